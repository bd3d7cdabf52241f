//! Getting things out of the window: the dialog, once more, and the clipboard.

use egui::accesskit::Role;
use egui::{Event, Key, Modifiers, OutputCommand};
use egui_kittest::kittest::{NodeT as _, Queryable as _};
use waymark::shell::{FileAnswer, Start};
use waymark::workspace::command::Command;
use waymark::workspace::{Action, ExportFormat, ExportWhat, Screen};

use super::Window;

const SHIFTED: Modifiers = Modifiers { shift: true, ..Modifiers::COMMAND };

#[test]
fn a_table_has_no_size_and_no_theme_and_is_exported_again_by_key() {
    let mut window = Window::open(Start::Sample);
    window.act(Action::Show(Screen::Board));
    window.press(Modifiers::COMMAND, Key::E);
    window.harness.get_by_label("Size");
    let draft = window.workspace().export_draft.clone().unwrap();
    window.act(Action::SetExportDraft(Some(waymark::workspace::ExportRequest { format: ExportFormat::Csv, ..draft })));
    assert!(window.harness.query_by_label("Size").is_none() && window.harness.query_by_label("Sharpness").is_none());
    let path = window.path("goals.csv");
    window.dialogs.will_answer(FileAnswer::Picked(path.clone()));
    window.click("Export…");
    window.harness.run();
    let first = std::fs::read_to_string(&path).unwrap();
    assert!(first.starts_with("Level,Kind,Goal,"), "{first}");
    std::fs::write(&path, "old").unwrap();
    window.press(SHIFTED, Key::E);
    window.harness.run();
    assert_eq!(std::fs::read_to_string(&path).unwrap(), first);
}

#[test]
fn the_picture_of_what_is_shown_goes_to_the_clipboard_by_key() {
    let mut window = Window::open(Start::Sample);
    window.press(Modifiers::COMMAND, Key::Num3);
    // One event alone: of several in a step only what the last one left could be seen.
    window.harness.event(Event::Key { key: Key::C, physical_key: None, pressed: true, repeat: false, modifiers: SHIFTED });
    let mut sizes = Vec::new();
    for _ in 0..10 {
        window.harness.step();
        for command in &window.harness.output().platform_output.commands {
            if let OutputCommand::CopyImage(image) = command {
                sizes.push(image.size);
            }
        }
    }
    assert_eq!(sizes, [[2400, 1350]], "the chart is on the clipboard");
}

/// Clicks the tick before a goal.
fn untick(window: &mut Window, title: &str) {
    window.harness.get_by_role_and_label(Role::CheckBox, title).click();
    window.harness.run();
}

#[test]
fn a_redacted_copy_is_saved_without_the_goals_that_are_left_out() {
    let mut window = Window::open(Start::Sample);
    let action = Command::RedactedCopy.action(window.workspace()).unwrap();
    window.act(action);
    untick(&mut window, "Become the daily habit");
    let under = window.workspace().project().find_goal("Bring MAU to 10 M by Q4").unwrap().title.clone();
    assert!(window.harness.get_by_role_and_label(Role::CheckBox, &under).accesskit_node().is_disabled(), "it goes along");
    let path = window.path("shown.waymark.ron");
    window.dialogs.will_answer(FileAnswer::Picked(path.clone()));
    window.click("Save as…");
    window.harness.run();
    window.harness.get_by_label("Saved a redacted copy as shown.waymark.ron");
    let copy = waymark::storage::load(&path).unwrap().project;
    assert!(copy.goals.len() > 3 && copy.goals.values().all(|goal| goal.title != "Become the daily habit"));
    assert!(copy.meeting_log.is_empty() && copy.metrics.values().all(|m| m.owner.is_empty() || m.owner.starts_with("Owner ")));
    let workspace = window.workspace();
    assert!(workspace.redaction_draft.is_none() && workspace.file.path.is_none(), "the project is in its own file, or in none");
    assert!(workspace.project().find_goal("Become the daily habit").is_some());
}

#[test]
fn an_export_can_leave_out_people_figures_and_goals() {
    let mut window = Window::open(Start::Sample);
    window.act(Action::ChooseExport(ExportWhat::Deck));
    window.harness.get_by_role_and_label(Role::CheckBox, "Values indexed to 100, no people, no notes").click();
    window.harness.run();
    window.harness.get_by_role_and_label(Role::Link, "Choose goals…").click();
    window.harness.run();
    assert!(window.workspace().export_draft.is_none(), "one dialog at a time");
    untick(&mut window, "Become the daily habit");
    window.press(Modifiers::NONE, Key::Escape);
    let draft = window.workspace().export_draft.clone().unwrap();
    assert!(draft.redacted.unwrap().without.is_empty(), "Esc leaves the choice as it was");
    window.harness.get_by_role_and_label(Role::Link, "Choose goals…").click();
    window.harness.run();
    untick(&mut window, "Become the daily habit");
    window.click("Use for the export");
    window.harness.get_by_label("Without 1 goal and what is under it");
    let path = window.path("deck.md");
    window.dialogs.will_answer(FileAnswer::Picked(path.clone()));
    let draft = window.workspace().export_draft.clone().unwrap();
    window.act(Action::SetExportDraft(Some(waymark::workspace::ExportRequest { format: ExportFormat::Md, ..draft })));
    window.click("Export…");
    window.harness.run();
    let said = std::fs::read_to_string(&path).unwrap();
    assert!(said.len() > 500 && !said.contains("daily habit") && !said.contains("Ana"), "{said}");
}
