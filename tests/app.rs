//! The real window, driven by what a person does and sees.

#![expect(clippy::unwrap_used, reason = "what a test cannot do without fails it")]

#[path = "app/as_of.rs"]
mod as_of;
#[path = "app/board.rs"]
mod board;
#[path = "app/check_ins.rs"]
mod check_ins;
#[path = "app/cycles.rs"]
mod cycles;
#[path = "app/data_table.rs"]
mod data_table;
#[path = "app/export.rs"]
mod export;
#[path = "app/fields.rs"]
mod fields;
#[path = "app/findings.rs"]
mod findings;
#[path = "app/import.rs"]
mod import;
#[path = "app/initiatives.rs"]
mod initiatives;
#[path = "app/inspector.rs"]
mod inspector;
#[path = "app/kpi.rs"]
mod kpi;
#[path = "app/kpi_moves.rs"]
mod kpi_moves;
#[path = "app/map.rs"]
mod map;
#[path = "app/metric.rs"]
mod metric;
#[path = "app/narrow.rs"]
mod narrow;
#[path = "app/objective.rs"]
mod objective;
#[path = "app/outside.rs"]
mod outside;
#[path = "app/outside_link.rs"]
mod outside_link;
#[path = "app/present.rs"]
mod present;
#[path = "support/project.rs"]
mod project;
#[path = "app/quick_entry.rs"]
mod quick_entry;
#[path = "app/refresh.rs"]
mod refresh;
#[path = "app/review.rs"]
mod review;
#[path = "app/roadmap.rs"]
mod roadmap;
#[path = "app/safekeeping.rs"]
mod safekeeping;
#[path = "app/scorecard.rs"]
mod scorecard;
#[path = "app/stages.rs"]
mod stages;
#[path = "app/target.rs"]
mod target;
#[path = "app/templates.rs"]
mod templates;
#[path = "app/tree.rs"]
mod tree;
#[path = "app/typed.rs"]
mod typed;
#[path = "app/typed_sheets.rs"]
mod typed_sheets;
#[path = "app/views.rs"]
mod views;
#[path = "app/why.rs"]
mod why;
#[path = "app/xmr.rs"]
mod xmr;

use std::path::{Path, PathBuf};
use std::sync::Arc;

use egui::accesskit::Role;
use egui::{DroppedFile, Key, Modifiers, ViewportCommand, ViewportEvent, ViewportId, vec2};
use egui_kittest::Harness;
use egui_kittest::kittest::{NodeT as _, Queryable as _};
use project::{day, goal_id, habit};
use tempfile::TempDir;
use waymark::document::edits;
use waymark::model::Goal;
use waymark::shell::fake::ScriptedDialogs;
use waymark::shell::{FileAnswer, FileQuestionKind, Services, Start, WaymarkApp};
use waymark::storage;
use waymark::workspace::glossary::Term;
use waymark::workspace::{Action, IdSource, Preferences, Question, Screen, Selection, Sheet, ThemeChoice, Workspace};

/// Frames until nothing is to be drawn any more: a table of slides fills in a few at a time.
const MOST_STEPS: u64 = 40;

struct Window {
    harness: Harness<'static, WaymarkApp>,
    folder: TempDir,
    dialogs: ScriptedDialogs,
}

impl Window {
    fn open(start: Start) -> Self {
        Self::with(|services| WaymarkApp::open(services, start))
    }

    /// On the small project, saved nowhere.
    fn on_habit() -> Self {
        Self::with(|services| {
            WaymarkApp::new(services, Workspace::new(habit(), day("2026-11-21"), IdSource::seeded(1), Preferences::default()))
        })
    }

    /// On the objective, which most of these tests are about.
    fn with(app: impl FnOnce(Services) -> WaymarkApp) -> Self {
        let mut window = Self::as_opened(app);
        window.act(Action::Show(Screen::Objective));
        window
    }

    fn as_opened(app: impl FnOnce(Services) -> WaymarkApp) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let dialogs = ScriptedDialogs::default();
        let app = app(Services::scripted(folder.path(), day("2026-11-21"), dialogs.clone()));
        let mut harness = Harness::builder().with_size(vec2(1280.0, 800.0)).with_max_steps(MOST_STEPS).build_eframe(|_| app);
        harness.run();
        Self { harness, folder, dialogs }
    }

    fn workspace(&self) -> &Workspace {
        self.harness.state().workspace()
    }

    fn act(&mut self, action: Action) {
        let ctx = self.harness.ctx.clone();
        self.harness.state_mut().act(&ctx, action);
        self.harness.run();
    }

    /// A row of the goal tree.
    fn click_goal(&mut self, title: &str) {
        self.harness.get_by_role_and_label(Role::TreeItem, title).click();
        self.harness.run();
    }

    fn click(&mut self, label: &str) {
        self.harness.get_by_role_and_label(Role::Button, label).click();
        self.harness.run();
    }

    fn press(&mut self, modifiers: Modifiers, key: Key) {
        self.harness.key_press_modifiers(modifiers, key);
        self.harness.run();
    }

    fn rename_the_objective(&mut self, title: &str) {
        let goal = self.workspace().project().goal(&goal_id("habit")).unwrap();
        let action = Action::from(edits::rename_goal(goal, title));
        self.act(action);
    }

    fn ask_to_close(&mut self) {
        let root = self.harness.input_mut().viewports.get_mut(&ViewportId::ROOT).unwrap();
        root.events.push(ViewportEvent::Close);
        self.harness.step();
    }

    fn drop_file(&mut self, path: &Path) {
        self.harness.input_mut().dropped_files.push(Arc::new(Dropped(path.to_owned())));
        self.harness.run();
    }

    fn sent(&self, command: &ViewportCommand) -> bool {
        self.harness.output().viewport_output[&ViewportId::ROOT].commands.contains(command)
    }

    fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }
}

fn saved(folder: &Path, name: &str) -> PathBuf {
    let path = folder.join(name);
    storage::save(&habit(), &path).unwrap();
    path
}

#[test]
fn the_window_opens_on_the_sample() {
    let window = Window::open(Start::Sample);
    assert_eq!(**window.workspace().project(), storage::sample());
    assert!(!window.workspace().document.is_dirty());
    assert_eq!(window.harness.get_all_by_label("Not saved in a file").count(), 2, "beside the name and in the status bar");
}

#[test]
fn a_file_named_on_the_command_line_is_shown() {
    let folder = tempfile::tempdir().unwrap();
    let path = saved(folder.path(), "plan.waymark.ron");
    let window = Window::open(Start::File(path.clone()));
    assert_eq!(**window.workspace().project(), habit());
    assert_eq!(window.workspace().file.path, Some(path.clone()));
    assert_eq!(window.workspace().preferences.recent, [path]);
    window.harness.get_by_label("All changes saved");
}

#[test]
fn a_broken_file_says_where_and_leaves_the_window_usable() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("broken.waymark.ron");
    std::fs::write(&path, "(\n  format: \"waymark\",\n  version: 1,\n  goals: [").unwrap();
    let mut window = Window::open(Start::File(path.clone()));
    let toast = window.workspace().toasts.first().unwrap().text.clone();
    assert!(toast.contains("broken.waymark.ron:4:"), "{toast}");
    window.harness.get_by_label_contains("broken.waymark.ron:4:");
    window.click("Dismiss this message");
    assert!(window.workspace().toasts.is_empty());
}

#[test]
#[cfg(unix)]
fn what_is_no_file_is_called_by_its_name_and_not_waited_for() {
    let folder = tempfile::tempdir().unwrap();
    let pipe = folder.path().join("p.waymark.ron");
    assert!(std::process::Command::new("mkfifo").arg(&pipe).status().unwrap().success());
    let mut window = Window::open(Start::File(pipe));
    window.harness.get_by_label_contains("p.waymark.ron: this file cannot be opened: this is a named pipe, not a file");
    window.act(Action::OpenPath(folder.path().to_owned()));
    window.harness.run();
    window.harness.get_by_label_contains("this is a folder, not a file; open the file in it");
    window.act(Action::OpenPath("/dev/zero".into()));
    window.harness.run();
    window.harness.get_by_label_contains("/dev/zero: this file cannot be opened: this is a device");
}

#[test]
fn a_click_in_the_tree_selects_and_shows_a_goal() {
    let mut window = Window::on_habit();
    window.click_goal("Be the product people trust");
    assert_eq!(window.workspace().view.selected, Some(Selection::Goal(goal_id("trust"))));
    assert_eq!(window.workspace().view.objective, Some(goal_id("trust")));
    let row = window.harness.get_by_role_and_label(Role::TreeItem, "Be the product people trust");
    assert!(row.is_focused());
}

#[test]
fn every_row_says_its_status_and_progress() {
    let window = Window::on_habit();
    let row = window.harness.get_by_role_and_label(Role::TreeItem, "Bring MAU to 10 M");
    // 8.1 M on the way from 7.2 to 10 M; October ends 303 of 364 days into the year.
    assert_eq!(row.accesskit_node().description().unwrap(), "At risk, 32 % done, 83 % expected, check-in 46 weeks overdue");
    let row = window.harness.get_by_role_and_label(Role::TreeItem, "NPS of 50");
    assert_eq!(row.accesskit_node().description().unwrap(), "No data, check-in 46 weeks overdue");
}

#[test]
fn arrow_keys_walk_the_tree() {
    let mut window = Window::on_habit();
    window.click_goal("Become the daily habit");
    window.press(Modifiers::NONE, Key::ArrowDown);
    assert_eq!(window.workspace().view.selected, Some(Selection::Goal(goal_id("mau"))));
    window.press(Modifiers::NONE, Key::ArrowLeft);
    assert_eq!(window.workspace().view.selected, Some(Selection::Goal(goal_id("habit"))));
    window.press(Modifiers::NONE, Key::ArrowLeft);
    assert!(window.harness.query_by_role_and_label(Role::TreeItem, "Bring MAU to 10 M").is_none(), "left closes an open goal");
    window.press(Modifiers::NONE, Key::ArrowDown);
    assert_eq!(window.workspace().view.selected, Some(Selection::Goal(goal_id("trust"))));
    window.press(Modifiers::NONE, Key::ArrowUp);
    window.press(Modifiers::NONE, Key::ArrowRight);
    window.harness.get_by_role_and_label(Role::TreeItem, "Bring MAU to 10 M");
}

#[test]
fn find_puts_the_cursor_into_the_filter_and_the_filter_narrows_the_tree() {
    let mut window = Window::on_habit();
    window.press(Modifiers::COMMAND, Key::F);
    assert!(window.harness.get_by_label("Filter goals").is_focused());
    window.harness.get_by_label("Filter goals").type_text("nps");
    window.harness.run();
    assert_eq!(window.workspace().view.filter, "nps");
    window.harness.get_by_role_and_label(Role::TreeItem, "NPS of 50");
    assert!(window.harness.query_by_role_and_label(Role::TreeItem, "Bring MAU to 10 M").is_none());
    window.click("Clear the filter");
    window.harness.get_by_role_and_label(Role::TreeItem, "Bring MAU to 10 M");
}

#[test]
fn undo_and_redo_by_key_and_by_button_with_their_labels() {
    let mut window = Window::on_habit();
    window.rename_the_objective("Become the daily home");
    window.harness.get_by_role_and_label(Role::Label, "Unsaved changes");
    let label = window.workspace().document.undo_label().unwrap().to_owned();
    window.press(Modifiers::COMMAND, Key::Z);
    assert_eq!(**window.workspace().project(), habit());
    assert!(!window.workspace().document.is_dirty());
    window.click(&format!("Redo {label} (Ctrl+Y)"));
    window.harness.get_by_role_and_label(Role::TreeItem, "Become the daily home");
    window.click(&format!("Undo {label} (Ctrl+Z)"));
    window.harness.get_by_role_and_label(Role::TreeItem, "Become the daily habit");
}

#[test]
fn a_letter_typed_into_a_field_is_no_command() {
    let mut window = Window::on_habit();
    let open = window.workspace().view.shows_inspector();
    window.press(Modifiers::COMMAND, Key::F);
    window.press(Modifiers::NONE, Key::I);
    assert_eq!(window.workspace().view.shows_inspector(), open);
    window.click_goal("Become the daily habit");
    window.press(Modifiers::NONE, Key::I);
    assert_eq!(window.workspace().view.shows_inspector(), !open);
}

#[test]
fn the_glossary_opens_over_the_view_and_keeps_keys_from_what_it_covers() {
    let mut window = Window::on_habit();
    window.click_goal("Become the daily habit");
    window.click("Menu");
    window.click("Help");
    window.click("Glossary");
    assert!(window.harness.get_by_label("Find a word").is_focused());
    window.harness.get_by_label("Find a word").type_text("roll-up");
    window.harness.run();
    window.harness.get_by_label_contains("4 of 5 measured");
    assert!(window.harness.query_by_label_contains("A named span that goals are set for").is_none());
    window.press(Modifiers::NONE, Key::Tab);
    window.press(Modifiers::NONE, Key::Tab);
    window.press(Modifiers::NONE, Key::Delete);
    assert_eq!(**window.workspace().project(), habit());
    window.press(Modifiers::NONE, Key::Escape);
    window.press(Modifiers::NONE, Key::Escape);
    assert_eq!(window.workspace().view.sheet, None);
}

#[test]
fn a_click_on_a_label_says_what_its_word_means() {
    let mut window = Window::on_habit();
    window.click_goal("Bring MAU to 10 M");
    window.click("What is “Pace”?");
    assert_eq!(window.workspace().view.sheet, Some(Sheet::Glossary(Some(Term::Pace))));
    window.harness.get_by_label_contains("Where the number should be on a day");
    window.click("Close");
    assert_eq!(window.workspace().view.sheet, None);
}

#[test]
fn saving_writes_the_file_that_opens_as_the_same_project() {
    let mut window = Window::on_habit();
    window.rename_the_objective("Become the daily home");
    let path = window.path("plan.waymark.ron");
    window.dialogs.will_answer(FileAnswer::Picked(path.clone()));
    window.press(Modifiers::COMMAND, Key::S);
    assert_eq!(window.dialogs.asked()[0].kind, FileQuestionKind::Save);
    assert_eq!(window.dialogs.asked()[0].suggested, "habit.waymark.ron");
    assert!(!window.workspace().document.is_dirty());
    window.harness.get_by_label("All changes saved");
    let before = Arc::clone(window.workspace().project());

    let again = Window::open(Start::File(path));
    assert_eq!(**again.workspace().project(), *before);
    assert_eq!(again.workspace().project().goal(&goal_id("habit")).unwrap().title, "Become the daily home");
}

#[test]
fn without_a_dialog_a_path_can_be_typed() {
    let mut window = Window::on_habit();
    window.rename_the_objective("Become the daily home");
    window.press(Modifiers::COMMAND, Key::S);
    let path = window.path("typed.waymark.ron");
    let field = "This desktop has no file dialog. Type the path of the file:";
    assert!(window.harness.get_by_label(field).is_focused());
    window.press(Modifiers::COMMAND, Key::A);
    window.harness.get_by_label(field).type_text(&path.display().to_string());
    window.harness.run();
    window.click("Save");
    assert_eq!(window.workspace().file.path, Some(path.clone()));
    assert_eq!(storage::load(&path).unwrap().project, **window.workspace().project());
}

#[test]
fn closing_with_unsaved_changes_asks_first() {
    let mut window = Window::on_habit();
    window.rename_the_objective("Become the daily home");
    window.ask_to_close();
    assert!(window.sent(&ViewportCommand::CancelClose));
    window.harness.run();
    assert!(matches!(window.workspace().question, Some(Question::UnsavedChanges { .. })));
    window.click("Cancel");
    assert_eq!(window.workspace().question, None);

    window.ask_to_close();
    window.harness.run();
    window.harness.get_by_role_and_label(Role::Button, "Discard changes").click();
    window.harness.step();
    assert!(window.sent(&ViewportCommand::Close), "the window closes when the changes may go");
}

#[test]
fn closing_with_everything_saved_asks_nothing() {
    let mut window = Window::on_habit();
    window.ask_to_close();
    assert!(!window.sent(&ViewportCommand::CancelClose));
    assert_eq!(window.workspace().question, None);
}

#[test]
fn quitting_can_save_first() {
    let mut window = Window::on_habit();
    window.rename_the_objective("Become the daily home");
    let path = window.path("plan.waymark.ron");
    window.dialogs.will_answer(FileAnswer::Picked(path.clone()));
    window.press(Modifiers::COMMAND, Key::Q);
    window.harness.get_by_role_and_label(Role::Button, "Save").click();
    let mut closed = false;
    for _ in 0..6 {
        window.harness.step();
        closed |= window.sent(&ViewportCommand::Close);
    }
    assert!(closed);
    assert_eq!(storage::load(&path).unwrap().project.goal(&goal_id("habit")).unwrap().title, "Become the daily home");
}

#[derive(Debug)]
struct Dropped(PathBuf);

impl DroppedFile for Dropped {
    fn path(&self) -> &Path {
        &self.0
    }

    fn bytes(&self) -> Result<Vec<u8>, String> {
        Err("the window reads files by their path".to_owned())
    }
}

#[test]
fn a_file_dropped_on_the_window_opens() {
    let mut window = Window::open(Start::Sample);
    let path = saved(window.folder.path(), "dropped.waymark.ron");
    window.drop_file(&path);
    assert_eq!(**window.workspace().project(), habit());
    window.harness.get_by_role_and_label(Role::TreeItem, "NPS of 50");
}

#[test]
fn a_dropped_file_does_not_replace_unsaved_changes_unasked() {
    let mut window = Window::on_habit();
    window.rename_the_objective("Become the daily home");
    let path = saved(window.folder.path(), "dropped.waymark.ron");
    window.drop_file(&path);
    assert!(window.workspace().document.is_dirty());
    window.click("Discard changes");
    assert_eq!(**window.workspace().project(), habit());
    assert_eq!(window.workspace().file.path, Some(path));
}

#[test]
fn the_theme_is_switched_and_remembered() {
    let mut window = Window::on_habit();
    let light = window.harness.ctx.global_style().visuals.panel_fill;
    window.click("Theme");
    window.click("Dark");
    assert_eq!(window.workspace().preferences.theme, ThemeChoice::Dark);
    assert!(window.harness.ctx.global_style().visuals.dark_mode);
    assert_ne!(window.harness.ctx.global_style().visuals.panel_fill, light);
    let stored = std::fs::read_to_string(window.path("config/preferences.ron")).unwrap();
    assert!(stored.contains("theme: \"dark\""), "{stored}");

    let services = Services::scripted(window.folder.path(), day("2026-11-21"), ScriptedDialogs::default());
    let again = WaymarkApp::open(services, Start::Sample);
    assert_eq!(again.workspace().preferences.theme, ThemeChoice::Dark);
}

#[test]
fn views_are_reached_by_tab_and_by_key() {
    let mut window = Window::on_habit();
    window.harness.get_by_role_and_label(Role::Tab, "KPI").click();
    window.harness.run();
    assert_eq!(window.workspace().view.screen, Screen::Kpi);
    window.press(Modifiers::COMMAND, Key::Num2);
    assert_eq!(window.workspace().view.screen, Screen::Objective);
}

#[test]
fn menus_show_the_commands_and_say_why_one_cannot_be_used() {
    let mut window = Window::on_habit();
    window.click("Menu");
    window.harness.get_by_label_contains("File").click();
    window.harness.run();
    window.harness.get_by_label_contains("New project").click();
    window.harness.run();
    assert_eq!(window.workspace().project().name, "New project");
}

#[test]
fn a_goal_can_be_removed_from_its_own_menu() {
    let mut window = Window::on_habit();
    window.harness.get_by_role_and_label(Role::TreeItem, "Become the daily habit").click_secondary();
    window.harness.run();
    window.harness.get_by_label_contains("Remove").click();
    window.harness.run();
    assert!(window.workspace().project().goal(&goal_id("habit")).is_none());
    assert!(window.workspace().project().goal(&goal_id("mau")).is_none(), "with everything under it");
    window.press(Modifiers::COMMAND, Key::Z);
    assert_eq!(**window.workspace().project(), habit());
}

#[test]
fn of_a_thousand_goals_only_the_visible_rows_are_laid_out() {
    let mut project = habit();
    for number in 0..1000 {
        let goal = Goal::objective(goal_id(&format!("many{number}")), None, format!("Goal number {number}"));
        project.goals.insert(goal.id.clone(), Arc::new(goal));
    }
    let workspace = Workspace::new(project, day("2026-11-21"), IdSource::seeded(1), Preferences::default());
    let mut window = Window::with(|services| WaymarkApp::new(services, workspace));
    let rows = window.harness.get_all_by_role(Role::TreeItem).count();
    assert!((10..40).contains(&rows), "{rows} rows");
    let last = Selection::Goal(goal_id("many999"));
    window.act(Action::Select(last));
    assert!(window.harness.query_by_role_and_label(Role::TreeItem, "Goal number 999").is_some(), "what is selected is scrolled into view");
}

#[test]
fn nothing_moves_when_nothing_happens() {
    let mut window = Window::on_habit();
    window.press(Modifiers::COMMAND, Key::F);
    assert!(window.harness.get_by_label("Filter goals").is_focused());
    // The run above ended, so no frame is wanted at once; and none is wanted later either.
    window.harness.step();
    let wanted = window.harness.output().viewport_output[&ViewportId::ROOT].repaint_delay;
    assert_eq!(wanted, std::time::Duration::MAX);
}
