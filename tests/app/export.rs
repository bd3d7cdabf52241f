//! Getting things out of the window: the dialog, once more, and the clipboard.

use egui::{Event, Key, Modifiers, OutputCommand};
use egui_kittest::kittest::Queryable as _;
use waymark::shell::{FileAnswer, Start};
use waymark::workspace::{Action, ExportFormat, Screen};

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
