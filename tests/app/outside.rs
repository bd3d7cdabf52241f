//! Others change the file that is open: it is reloaded, merged, or asked about, and nothing of anybody is lost.

use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, Instant};

use egui::accesskit::Role;
use egui::{Key, Modifiers};
use egui_kittest::kittest::Queryable as _;
use waymark::model::{GoalId, Project};
use waymark::shell::fake::ScriptedWatcher;
use waymark::shell::{FileAnswer, FolderWatcher, JobMode, Start, WaymarkApp};
use waymark::storage;
use waymark::workspace::{Screen, Selection};

use crate::project::{goal_id, habit};
use crate::{Window, saved};

struct Shared {
    window: Window,
    watcher: ScriptedWatcher,
    folder: tempfile::TempDir,
}

impl Shared {
    /// A window on a file, and a watcher that hears what it is told.
    fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let path = saved(folder.path(), "plan.waymark.ron");
        let watcher = ScriptedWatcher::default();
        let own = watcher.clone();
        let window = Window::with(|mut services| {
            services.watcher = Some(Box::new(own));
            WaymarkApp::open(services, Start::File(path.clone()))
        });
        assert_eq!(watcher.watched(), Some(path));
        Self { window, watcher, folder }
    }

    fn path(&self) -> std::path::PathBuf {
        self.folder.path().join("plan.waymark.ron")
    }

    fn others_save(&mut self, change: impl FnOnce(&mut Project)) {
        others_save(&self.path(), change);
        self.hear();
    }

    fn hear(&mut self) {
        self.watcher.hear();
        self.window.harness.run();
        self.window.harness.run();
    }

    fn in_file(&self) -> Project {
        storage::load(&self.path()).unwrap().project
    }
}

fn others_save(path: &Path, change: impl FnOnce(&mut Project)) {
    let mut project = storage::load(path).unwrap().project;
    change(&mut project);
    storage::save(&project, path).unwrap();
}

fn set_title(project: &mut Project, goal: &GoalId, title: &str) {
    title.clone_into(&mut Arc::make_mut(project.goals.get_mut(goal).unwrap()).title);
}

fn title(project: &Project, goal: &str) -> String {
    project.goal(&goal_id(goal)).unwrap().title.clone()
}

#[test]
fn with_nothing_unsaved_the_window_shows_what_others_saved() {
    let mut shared = Shared::new();
    shared.window.click_goal("NPS of 50");
    shared.others_save(|p| set_title(p, &goal_id("nps"), "NPS of 55"));
    let window = &shared.window;
    window.harness.get_by_role_and_label(Role::TreeItem, "NPS of 55");
    window.harness.get_by_label_contains("Somebody else changed plan.waymark.ron. Now shown here:");
    assert_eq!(window.workspace().view.selected, Some(Selection::Goal(goal_id("nps"))));
    assert_eq!(window.workspace().view.screen, Screen::Objective);
    window.harness.get_by_label("All changes saved");
}

#[test]
fn with_unsaved_edits_a_line_offers_to_merge() {
    let mut shared = Shared::new();
    shared.window.rename_the_objective("Become the daily home");
    shared.others_save(|p| set_title(p, &goal_id("nps"), "NPS of 55"));
    let window = &mut shared.window;
    assert_eq!(title(window.workspace().project(), "nps"), "NPS of 50");
    window
        .harness
        .get_by_label_contains("plan.waymark.ron was changed by somebody else. Key result “NPS of 55”: title NPS of 50 → NPS of 55");
    window.click("Merge");
    assert!(window.harness.query_by_label("Keep mine for now").is_none());
    window.harness.get_by_role_and_label(Role::TreeItem, "NPS of 55");
    window.harness.get_by_role_and_label(Role::TreeItem, "Become the daily home");
    window.press(Modifiers::COMMAND, Key::S);
    let both = shared.in_file();
    assert_eq!((title(&both, "habit"), title(&both, "nps")), ("Become the daily home".to_owned(), "NPS of 55".to_owned()));
    shared.window.press(Modifiers::COMMAND, Key::Z);
    assert_eq!(title(shared.window.workspace().project(), "nps"), "NPS of 50", "the merge is one step");
}

#[test]
fn keeping_mine_asks_when_it_is_saved_and_replacing_keeps_the_other_version() {
    let mut shared = Shared::new();
    shared.window.rename_the_objective("Become the daily home");
    shared.others_save(|p| set_title(p, &goal_id("nps"), "NPS of 55"));
    shared.window.click("Keep mine for now");
    shared.window.press(Modifiers::COMMAND, Key::S);
    shared.window.harness.get_by_label("The file was changed by somebody else");
    assert_eq!(title(&shared.in_file(), "nps"), "NPS of 55", "nothing is replaced unasked");
    shared.window.click("Replace with mine");
    assert_eq!(title(&shared.in_file(), "nps"), "NPS of 50");
    let backups = shared.window.path("data/backups");
    let ring = std::fs::read_dir(&backups).unwrap().next().unwrap().unwrap().path();
    let kept: Vec<_> = std::fs::read_dir(ring).unwrap().map(|f| storage::load(&f.unwrap().path()).unwrap().project).collect();
    assert_eq!(kept.iter().map(|p| title(p, "nps")).collect::<Vec<_>>(), ["NPS of 55"]);
}

#[test]
fn what_both_changed_is_chosen_by_key_and_saved() {
    let mut shared = Shared::new();
    shared.window.rename_the_objective("Become the daily home");
    let nps = shared.window.workspace().project().goal(&goal_id("nps")).unwrap().clone();
    shared.window.act(waymark::document::edits::rename_goal(&nps, "NPS of 60").into());
    others_save(&shared.path(), |p| {
        set_title(p, &goal_id("habit"), "Become the weekly habit");
        set_title(p, &goal_id("nps"), "NPS of 55");
    });
    shared.window.press(Modifiers::COMMAND, Key::S);
    shared.window.click("Merge");
    let window = &mut shared.window;
    window.harness.get_by_label("2 things were changed both here and in plan");
    window.harness.get_by_label("0 of 2 chosen");
    let mine = "Mine of Objective “Become the daily home”, title: Become the daily home";
    assert!(window.harness.get_by_role_and_label(Role::RadioButton, mine).is_focused());
    window.press(Modifiers::NONE, Key::M);
    window.harness.get_by_label("1 of 2 chosen");
    let mine = "Mine of Key result “NPS of 60”, title: NPS of 60";
    assert!(window.harness.get_by_role_and_label(Role::RadioButton, mine).is_focused(), "it goes on to the next");
    window.press(Modifiers::NONE, Key::T);
    window.harness.get_by_label("2 of 2 chosen");
    assert!(window.harness.get_by_role_and_label(Role::Button, "Merge").is_focused());
    window.press(Modifiers::NONE, Key::Enter);
    assert!(window.harness.query_by_label("2 of 2 chosen").is_none());
    let both = shared.in_file();
    assert_eq!((title(&both, "habit"), title(&both, "nps")), ("Become the daily home".to_owned(), "NPS of 55".to_owned()));
    shared.window.harness.get_by_label("All changes saved");
}

#[test]
fn leaving_the_conflicts_loses_nothing() {
    let mut shared = Shared::new();
    shared.window.rename_the_objective("Become the daily home");
    shared.others_save(|p| set_title(p, &goal_id("habit"), "Become the weekly habit"));
    shared.window.click("Merge");
    shared.window.click("Use all theirs");
    shared.window.press(Modifiers::NONE, Key::Escape);
    assert_eq!(title(shared.window.workspace().project(), "habit"), "Become the daily home");
    assert_eq!(title(&shared.in_file(), "habit"), "Become the weekly habit");
    shared.window.click("Merge");
    shared.window.harness.get_by_label("0 of 1 chosen");
    let theirs = "Theirs of Objective “Become the daily home”, title: Become the weekly habit";
    shared.window.harness.get_by_role_and_label(Role::RadioButton, theirs).click();
    shared.window.harness.run();
    shared.window.click("Merge");
    assert_eq!(title(shared.window.workspace().project(), "habit"), "Become the weekly habit");
}

#[test]
fn a_write_protected_file_is_written_when_somebody_says_so() {
    let mut shared = Shared::new();
    shared.window.rename_the_objective("Become the daily home");
    let mut permissions = std::fs::metadata(shared.path()).unwrap().permissions();
    permissions.set_readonly(true);
    std::fs::set_permissions(shared.path(), permissions).unwrap();
    shared.window.press(Modifiers::COMMAND, Key::S);
    shared.window.harness.get_by_label("The file is write-protected");
    assert_eq!(title(&shared.in_file(), "habit"), "Become the daily habit");
    shared.window.click("Write anyway");
    assert_eq!(title(&shared.in_file(), "habit"), "Become the daily home");
    assert!(std::fs::metadata(shared.path()).unwrap().permissions().readonly());
}

#[cfg(unix)]
#[test]
fn a_file_of_two_names_is_cut_off_only_when_somebody_says_so() {
    let mut shared = Shared::new();
    let other = shared.folder.path().join("other.waymark.ron");
    std::fs::hard_link(shared.path(), &other).unwrap();
    shared.window.rename_the_objective("Become the daily home");
    shared.window.press(Modifiers::COMMAND, Key::S);
    shared.window.harness.get_by_label_contains("has 2 names on this disk");
    shared.window.click("Cancel");
    assert_eq!(title(&shared.in_file(), "habit"), "Become the daily habit");
    shared.window.press(Modifiers::COMMAND, Key::S);
    shared.window.click("Write anyway");
    assert_eq!(title(&shared.in_file(), "habit"), "Become the daily home");
    assert_eq!(storage::load(&other).unwrap().project, habit());
}

#[test]
fn a_file_that_goes_is_said_and_saved_there_again() {
    let mut shared = Shared::new();
    std::fs::remove_file(shared.path()).unwrap();
    shared.hear();
    shared.window.harness.get_by_label_contains("plan.waymark.ron was deleted, moved or renamed.");
    shared.window.harness.get_by_role_and_label(Role::Label, "Unsaved changes");
    shared.window.click("Save it there again");
    assert_eq!(shared.in_file(), habit());
    assert!(shared.window.harness.query_by_label("Save it there again").is_none());
}

#[test]
fn where_it_cannot_be_saved_the_edits_stay_and_another_place_is_one_button_away() {
    let mut shared = Shared::new();
    shared.window.rename_the_objective("Become the daily home");
    let moved = shared.folder.path().with_extension("moved");
    std::fs::rename(shared.folder.path(), &moved).unwrap();
    shared.window.press(Modifiers::COMMAND, Key::S);
    shared.window.harness.get_by_label("The file is gone");
    shared.window.click("Save it there again");
    shared.window.harness.get_by_label_contains("there is no such file or folder");
    shared.window.harness.get_by_label_contains("Your changes are still in this window.");
    let copy = shared.window.path("plan copy.waymark.ron");
    shared.window.dialogs.will_answer(FileAnswer::Picked(copy.clone()));
    shared.window.click("Save a copy…");
    assert_eq!(shared.window.dialogs.asked().last().unwrap().suggested, "plan copy.waymark.ron");
    assert_eq!(title(&storage::load(&copy).unwrap().project, "habit"), "Become the daily home");
    assert_eq!(shared.window.workspace().file.path, Some(copy));
    std::fs::rename(&moved, shared.folder.path()).unwrap();
}

/// With the real watcher, real threads and a real folder.
#[test]
fn the_folder_is_watched_and_only_another_content_wakes_the_window() {
    let folder = tempfile::tempdir().unwrap();
    let path = saved(folder.path(), "plan.waymark.ron");
    let wakes = Arc::new(AtomicUsize::new(0));
    let counted = Arc::clone(&wakes);
    let mut window = Window::as_opened(|mut services| {
        services.watcher = Some(Box::new(FolderWatcher::default()));
        services.jobs = JobMode::Background;
        services.waker = Arc::new(move || {
            counted.fetch_add(1, Ordering::SeqCst);
        });
        WaymarkApp::open(services, Start::File(path.clone()))
    });
    let wait_for = |window: &mut Window, what: &str, done: &dyn Fn(&Window) -> bool| {
        let begun = Instant::now();
        while !done(window) {
            assert!(begun.elapsed() < Duration::from_secs(30), "{what}");
            std::thread::sleep(Duration::from_millis(20));
            window.harness.step();
        }
    };
    wait_for(&mut window, "it opens", &|w| w.workspace().file.stored.is_some());

    others_save(&path, |p| set_title(p, &goal_id("nps"), "NPS of 55"));
    wait_for(&mut window, "a file put in its place is noticed", &|w| title(w.workspace().project(), "nps") == "NPS of 55");
    // Written in place, as simple editors do.
    let text = std::fs::read_to_string(&path).unwrap();
    std::fs::write(&path, text.replace("NPS of 55", "NPS of 58")).unwrap();
    wait_for(&mut window, "a file written in place is noticed", &|w| title(w.workspace().project(), "nps") == "NPS of 58");

    // Its own save is nobody else's.
    window.rename_the_objective("Become the daily home");
    let step = window.workspace().document.undo_label().map(str::to_owned);
    let ctx = window.harness.ctx.clone();
    window.harness.state_mut().act(&ctx, waymark::workspace::Action::Save);
    wait_for(&mut window, "it is saved", &|w| !w.workspace().document.is_dirty());
    let quiet = |window: &mut Window| {
        for _ in 0..60 {
            std::thread::sleep(Duration::from_millis(20));
            window.harness.step();
        }
    };
    quiet(&mut window);
    assert_eq!(window.workspace().document.undo_label().map(str::to_owned), step);
    assert_eq!(window.workspace().file.outside, None);

    // The same content once more wakes nobody; nor does another file.
    let before = wakes.load(Ordering::SeqCst);
    let text = std::fs::read_to_string(&path).unwrap();
    std::fs::write(&path, &text).unwrap();
    std::fs::write(folder.path().join("notes.txt"), "other").unwrap();
    quiet(&mut window);
    assert_eq!(wakes.load(Ordering::SeqCst), before);

    std::fs::remove_file(&path).unwrap();
    wait_for(&mut window, "it is noticed that the file went", &|w| w.workspace().file.outside.is_some());
    std::fs::write(&path, &text).unwrap();
    wait_for(&mut window, "and that it is back", &|w| w.workspace().file.outside.is_none() && !w.workspace().document.is_dirty());
}
