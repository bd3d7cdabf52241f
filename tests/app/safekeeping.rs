//! A window ends without saving, and nothing is lost; a file is open twice; earlier versions come back.

use std::path::Path;

use egui::accesskit::Role;
use egui::vec2;
use egui_kittest::Harness;
use egui_kittest::kittest::Queryable as _;
use tempfile::TempDir;
use waymark::shell::fake::ScriptedDialogs;
use waymark::shell::{FileAnswer, Services, Start, WaymarkApp};
use waymark::storage::{self, Found, Recovery};
use waymark::workspace::{Action, Screen, Selection};

use crate::project::{day, goal_id, habit};
use crate::{Window, saved};

/// Another window of the same user.
pub(crate) fn beside(folder: &Path, start: Start) -> Window {
    let dialogs = ScriptedDialogs::default();
    let app = WaymarkApp::open(Services::scripted(folder, day("2026-11-21"), dialogs.clone()), start);
    let mut harness = Harness::builder().with_size(vec2(1280.0, 800.0)).build_eframe(|_| app);
    harness.run();
    Window { harness, folder: TempDir::new().unwrap(), dialogs }
}

/// Ends as a process does that is killed: nothing is said and nothing is tidied up.
pub(crate) fn kill(window: Window) -> TempDir {
    window.folder
}

pub(crate) fn wait(window: &mut Window, seconds: f64) {
    for _ in 0..(seconds * 4.0).ceil() as usize {
        window.harness.step();
    }
    window.harness.run();
}

fn title(window: &Window) -> &str {
    &window.workspace().project().goal(&goal_id("habit")).unwrap().title
}

pub(crate) fn snapshots(folder: &Path) -> Vec<Found> {
    Recovery::new(folder.join("data/recovery")).list().unwrap()
}

fn edited(folder: &TempDir, titles: &[&str]) -> Window {
    let path = saved(folder.path(), "plan.waymark.ron");
    let mut window = beside(folder.path(), Start::File(path));
    for title in titles {
        window.rename_the_objective(title);
        wait(&mut window, 2.0);
    }
    window
}

#[test]
fn what_a_killed_window_had_is_offered_and_recovered() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("plan.waymark.ron");
    kill(edited(&folder, &["Become the daily home"]));
    assert_eq!(storage::load(&path).unwrap().project, habit(), "nothing was saved");

    // The window that is started next happens to show the sample.
    let mut window = beside(folder.path(), Start::Sample);
    window.harness.get_by_label("Unsaved changes were found");
    window.harness.get_by_label_contains("title Become the daily habit → Become the daily home");
    window.harness.get_by_label_contains("plan.waymark.ron");
    window.click("Recover");
    assert_eq!(title(&window), "Become the daily home");
    assert_eq!(window.workspace().file.path, Some(path.clone()));
    window.harness.get_by_role_and_label(Role::Label, "Unsaved changes");
    assert_eq!(snapshots(folder.path()).len(), 1, "it stays until it is saved");

    // A second crash, before anything was saved, and a third one after another change.
    kill(window);
    let mut window = beside(folder.path(), Start::File(path.clone()));
    assert_eq!(title(&window), "Become the daily habit", "the file as it is");
    window.click("Recover");
    window.rename_the_objective("Become the daily harbour");
    wait(&mut window, 2.0);
    kill(window);
    let mut window = beside(folder.path(), Start::File(path.clone()));
    window.click("Recover");
    assert_eq!(title(&window), "Become the daily harbour");
    window.press(egui::Modifiers::COMMAND, egui::Key::S);
    wait(&mut window, 1.0);
    assert_eq!(storage::load(&path).unwrap().project, **window.workspace().project());
    assert_eq!(snapshots(folder.path()), []);
    kill(window);
    let window = beside(folder.path(), Start::File(path));
    assert!(window.harness.query_by_label("Unsaved changes were found").is_none());
}

/// Types half a thought in two pieces, and does not leave the field.
fn describe(window: &mut Window) {
    window.act(Action::Show(Screen::Objective));
    window.act(Action::Select(Selection::Goal(goal_id("habit"))));
    window.harness.get_by_role_and_label(Role::MultilineTextInput, "Description").focus();
    window.harness.run();
    for words in ["Half a", " thought"] {
        window.harness.get_by_role_and_label(Role::MultilineTextInput, "Description").type_text(words);
        wait(window, 2.0);
    }
}

#[test]
fn what_is_being_typed_is_recovered_and_esc_still_throws_it_away() {
    let folder = tempfile::tempdir().unwrap();
    let path = saved(folder.path(), "plan.waymark.ron");
    let describing = |start: Start| {
        let mut window = beside(folder.path(), start);
        describe(&mut window);
        window
    };
    let mut window = describing(Start::File(path.clone()));
    assert_eq!((**window.workspace().project()).clone(), habit(), "nothing is changed while typing");
    assert_eq!(window.workspace().document.undo_label(), None);
    assert_eq!(snapshots(folder.path()).len(), 1);
    window.press(egui::Modifiers::NONE, egui::Key::Escape);
    wait(&mut window, 2.0);
    assert_eq!(snapshots(folder.path()), [], "thrown away");
    kill(window);

    kill(describing(Start::File(path.clone())));
    let mut window = beside(folder.path(), Start::File(path));
    window.harness.get_by_label_contains("Half a thought");
    window.click("Recover");
    assert_eq!(window.workspace().project().goal(&goal_id("habit")).unwrap().description, "Half a thought");
    assert!(window.workspace().document.is_dirty());
}

#[test]
fn a_text_that_was_typed_in_pieces_is_one_step_back() {
    let folder = tempfile::tempdir().unwrap();
    let path = saved(folder.path(), "plan.waymark.ron");
    let mut window = beside(folder.path(), Start::File(path));
    describe(&mut window);
    window.harness.get_by_role_and_label(Role::TextInput, "Owner").focus();
    wait(&mut window, 2.0);
    assert_eq!(window.workspace().project().goal(&goal_id("habit")).unwrap().description, "Half a thought");
    window.act(Action::Undo);
    assert_eq!(**window.workspace().project(), habit());
    wait(&mut window, 2.0);
    assert_eq!(snapshots(folder.path()), []);
}

#[test]
fn discarding_asks_and_later_offers_again() {
    let folder = tempfile::tempdir().unwrap();
    kill(edited(&folder, &["Become the daily home"]));
    let mut window = beside(folder.path(), Start::Sample);
    window.click("Later");
    assert!(window.harness.query_by_label("Unsaved changes were found").is_none());
    window.click("Menu");
    window.harness.get_by_label_contains("File").click();
    window.harness.run();
    window.harness.get_by_label_contains("Recover unsaved changes").click();
    window.harness.run();
    window.click("Discard…");
    window.harness.get_by_label_contains("cannot be brought back");
    window.click("Keep");
    assert_eq!(snapshots(folder.path()).len(), 1);
    window.click("Discard…");
    window.click("Discard");
    assert_eq!(snapshots(folder.path()), []);
    assert!(window.harness.query_by_label("Unsaved changes were found").is_none());
}

#[test]
fn changes_of_a_window_that_lives_are_not_offered() {
    let folder = tempfile::tempdir().unwrap();
    let first = edited(&folder, &["Become the daily home"]);
    assert_eq!(snapshots(folder.path()).len(), 1);
    let second = beside(folder.path(), Start::Sample);
    assert!(second.harness.query_by_label("Unsaved changes were found").is_none());
    kill(first);
    kill(second);
    beside(folder.path(), Start::Sample).harness.get_by_label("Unsaved changes were found");
}

#[test]
fn several_are_offered_together_and_what_is_broken_is_told() {
    let folder = tempfile::tempdir().unwrap();
    let first = edited(&folder, &["Become the daily home"]);
    let mut second = beside(folder.path(), Start::Sample);
    let rename = waymark::document::edits::rename_project(second.workspace().project(), "Fjord");
    second.act(rename.into());
    wait(&mut second, 2.0);
    kill(first);
    kill(second);
    std::fs::write(folder.path().join("data/recovery/00000000000000ff.waymark.ron"), "torn").unwrap();
    let mut third = beside(folder.path(), Start::Sample);
    assert_eq!(third.harness.get_all_by_role_and_label(Role::Button, "Recover").count(), 2);
    third.harness.get_by_label("Cannot be recovered");
    third.click("Later");
    assert_eq!(snapshots(folder.path()).len(), 3);
}

#[test]
fn what_cannot_be_read_is_announced_and_goes_only_with_a_yes() {
    let folder = tempfile::tempdir().unwrap();
    kill(edited(&folder, &["Become the daily home"]));
    let kept = folder.path().join("data/recovery");
    let snapshot = std::fs::read_dir(&kept).unwrap().next().unwrap().unwrap().path();
    let whole = std::fs::read_to_string(&snapshot).unwrap();
    std::fs::write(&snapshot, &whole[..whole.len() / 2]).unwrap();
    let newer = kept.join("00000000000000ff.waymark.ron");
    std::fs::write(&newer, whole.replace("Waymark. 1\n", "Waymark. 2\n")).unwrap();
    let copied = kept.join("old copy.waymark.ron");
    std::fs::write(&copied, &whole).unwrap();
    std::fs::write(kept.join(".DS_Store"), "x").unwrap();

    let mut window = beside(folder.path(), Start::Sample);
    window.harness.get_by_label_contains("what it put by cannot be read");
    let name = &habit().name;
    assert_eq!(window.harness.get_all_by_label(&format!("{name}: cannot be recovered")).count(), 3);
    assert_eq!(window.harness.get_all_by_label_contains("plan.waymark.ron").count(), 3, "of which project");
    window.harness.get_by_label_contains("The file ends in the middle: the rest of it is missing");
    window.harness.get_by_label_contains("Another version of Waymark wrote it, in version 2");
    window.harness.get_by_label_contains("It is a whole project: open it as a file");
    for path in [&snapshot, &newer, &copied] {
        window.harness.get_by_label(&path.display().to_string());
    }
    let copy = window.harness.get_all_by_role_and_label(Role::Button, "Copy the path").next().unwrap();
    copy.click();
    window.harness.step();
    let copied_text = |window: &Window| window.harness.output().platform_output.commands.clone();
    let mut commands = copied_text(&window);
    for _ in 0..3 {
        window.harness.step();
        commands.extend(copied_text(&window));
    }
    let path = |command: &egui::OutputCommand| matches!(command, egui::OutputCommand::CopyText(text) if text.ends_with(".waymark.ron"));
    assert!(commands.iter().any(path), "{commands:?}");

    // One of them may go, and the others are there at the next start.
    window.harness.get_all_by_role_and_label(Role::Button, "Discard…").last().unwrap().click();
    window.harness.run();
    assert!([&snapshot, &newer, &copied].iter().all(|path| path.exists()), "not before somebody says so");
    window.click("Discard");
    assert_eq!([&snapshot, &newer, &copied].iter().filter(|path| path.exists()).count(), 2);
    window.click("Later");
    kill(window);
    let window = beside(folder.path(), Start::Sample);
    assert_eq!(window.harness.get_all_by_label(&format!("{name}: cannot be recovered")).count(), 2);
}

#[test]
fn undoing_everything_leaves_nothing_to_recover() {
    let folder = tempfile::tempdir().unwrap();
    let mut window = edited(&folder, &["Become the daily home"]);
    assert_eq!(snapshots(folder.path()).len(), 1);
    window.press(egui::Modifiers::COMMAND, egui::Key::Z);
    wait(&mut window, 1.0);
    assert_eq!(snapshots(folder.path()), []);
    // The message that said so is gone by now too.
    wait(&mut window, 10.0);
    window.harness.step();
    let wanted = window.harness.output().viewport_output[&egui::ViewportId::ROOT].repaint_delay;
    assert_eq!(wanted, std::time::Duration::MAX);
}

#[test]
fn no_frame_is_wanted_once_changes_are_put_by() {
    let folder = tempfile::tempdir().unwrap();
    let mut window = edited(&folder, &["Become the daily home"]);
    wait(&mut window, 10.0);
    window.harness.step();
    let wanted = window.harness.output().viewport_output[&egui::ViewportId::ROOT].repaint_delay;
    assert_eq!((wanted, snapshots(folder.path()).len()), (std::time::Duration::MAX, 1));
}

#[test]
fn a_second_window_is_read_only_until_it_takes_over() {
    let folder = tempfile::tempdir().unwrap();
    let path = saved(folder.path(), "plan.waymark.ron");
    let mut first = beside(folder.path(), Start::File(path.clone()));
    let mut second = beside(folder.path(), Start::File(path.clone()));
    assert!(first.harness.query_by_label_contains("open in another window").is_none());
    second.harness.get_by_label_contains("This project is open in another window");
    second.harness.get_by_role_and_label(Role::Label, "Read-only");
    second.rename_the_objective("Become the daily home");
    second.press(egui::Modifiers::COMMAND, egui::Key::S);
    second.harness.get_by_label("Open in another window");
    second.click("Cancel");
    assert_eq!(storage::load(&path).unwrap().project, habit(), "nothing was written");
    second.click("Take over");
    assert!(second.harness.query_by_label_contains("open in another window").is_none());
    second.press(egui::Modifiers::COMMAND, egui::Key::S);
    wait(&mut second, 1.0);
    assert_eq!(storage::load(&path).unwrap().project, **second.workspace().project());

    // The first one finds the file changed, and asks.
    first.rename_the_objective("Become the daily harbour");
    first.press(egui::Modifiers::COMMAND, egui::Key::S);
    wait(&mut first, 1.0);
    assert!(first.workspace().question.is_some());
    assert_eq!(storage::load(&path).unwrap().project, **second.workspace().project());
}

#[test]
fn a_second_window_may_save_when_the_first_has_ended() {
    let folder = tempfile::tempdir().unwrap();
    let path = saved(folder.path(), "plan.waymark.ron");
    let first = beside(folder.path(), Start::File(path.clone()));
    let mut second = beside(folder.path(), Start::File(path.clone()));
    kill(first);
    second.rename_the_objective("Become the daily home");
    second.press(egui::Modifiers::COMMAND, egui::Key::S);
    wait(&mut second, 1.0);
    assert_eq!(storage::load(&path).unwrap().project, **second.workspace().project());
    assert!(second.harness.query_by_label_contains("open in another window").is_none());
}

#[test]
fn an_earlier_version_is_restored_and_copied() {
    let folder = tempfile::tempdir().unwrap();
    let path = saved(folder.path(), "plan.waymark.ron");
    let mut window = beside(folder.path(), Start::File(path.clone()));
    for title in ["Become the daily home", "Become the daily harbour"] {
        window.rename_the_objective(title);
        window.press(egui::Modifiers::COMMAND, egui::Key::S);
        wait(&mut window, 1.0);
    }
    window.click("Menu");
    window.harness.get_by_label_contains("File").click();
    window.harness.run();
    window.harness.get_by_label_contains("Earlier versions").click();
    window.harness.run();
    window.harness.get_by_label_contains("title Become the daily habit → Become the daily harbour");
    let copy = folder.path().join("before.waymark.ron");
    window.dialogs.will_answer(FileAnswer::Picked(copy.clone()));
    window.harness.get_all_by_role_and_label(Role::Button, "Save a copy…").last().unwrap().click();
    wait(&mut window, 1.0);
    assert_eq!(storage::load(&copy).unwrap().project, habit());
    window.harness.get_all_by_role_and_label(Role::Button, "Restore").last().unwrap().click();
    wait(&mut window, 1.0);
    assert_eq!(**window.workspace().project(), habit());
    assert!(window.workspace().document.is_dirty());
    assert_eq!(window.workspace().view.sheet, None);
    window.press(egui::Modifiers::COMMAND, egui::Key::Z);
    assert_eq!(title(&window), "Become the daily harbour");
    assert!(!window.workspace().document.is_dirty());
}

#[test]
fn a_file_of_zeros_offers_the_version_before() {
    let folder = tempfile::tempdir().unwrap();
    let path = saved(folder.path(), "plan.waymark.ron");
    let mut window = beside(folder.path(), Start::File(path.clone()));
    window.rename_the_objective("Become the daily home");
    window.press(egui::Modifiers::COMMAND, egui::Key::S);
    wait(&mut window, 1.0);
    kill(window);
    let length = std::fs::metadata(&path).unwrap().len() as usize;
    std::fs::write(&path, vec![0; length]).unwrap();

    let mut window = beside(folder.path(), Start::File(path.clone()));
    window.harness.get_by_label("The file is damaged");
    window.harness.get_by_label_contains("the file holds zeros in the place of text");
    window.click("Open that version");
    assert_eq!(**window.workspace().project(), habit());
    window.press(egui::Modifiers::COMMAND, egui::Key::S);
    wait(&mut window, 1.0);
    assert_eq!(storage::load(&path).unwrap().project, habit());
}

#[test]
fn a_file_of_zeros_without_a_version_is_told_in_plain_words() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("plan.waymark.ron");
    std::fs::write(&path, [0; 512]).unwrap();
    let window = beside(folder.path(), Start::File(path));
    window.harness.get_by_label_contains("Waymark kept no earlier version of it");
}
