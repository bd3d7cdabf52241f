//! Files that metrics follow: refreshed by hand, on open and when they change, shown before, and never lost.

use egui::Key;
use egui::Modifiers;
use egui::accesskit::Role;
use egui_kittest::kittest::{NodeT as _, Queryable as _};
use waymark::import::{Attach, Destination, ReadHints, Request, preview, read_table};
use waymark::model::{Origin, Project, Role as LinkRole};
use waymark::shell::fake::ScriptedWatcher;
use waymark::shell::{Start, WaymarkApp};
use waymark::storage;
use waymark::workspace::{Action, KpiMode, Selection};

use crate::Window;
use crate::inspector::metric_id;
use crate::project::{day, habit};

const TABLE: &str = "month,tickets\n2026-09,60\n2026-10,59\n";

struct Linked {
    window: Window,
    watcher: ScriptedWatcher,
    folder: tempfile::TempDir,
}

/// The small project, in which “Tickets a week” follows `data/tickets.csv`.
fn following() -> Project {
    following_file("data/tickets.csv")
}

pub(crate) fn following_file(path: &str) -> Project {
    let mut project = habit();
    let table = read_table(TABLE.as_bytes(), &ReadHints::default()).unwrap();
    let request = Request::new("month", "tickets", Destination::Metric("m-tickets".to_owned()));
    let attach = Attach { target: None, objective: None, role: LinkRole::Outcome, as_of: day("2026-11-01") };
    let mut ids = || 5;
    let mut planned = preview(&table, &request, &project).unwrap().into_edit(&project, &attach, &mut ids).unwrap();
    let recipe = planned.keep_recipe("Desk export", &request, &ReadHints::default(), &project, &mut ids).unwrap();
    planned.follow(path, &recipe, &project, day("2026-11-01")).unwrap();
    waymark::document::apply(&mut project, planned.edit).unwrap();
    project
}

impl Linked {
    /// A window on the project, whose followed file holds this; `None` where it is not there.
    fn open(held: Option<&str>) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("plan.waymark.ron");
        storage::save(&following(), &path).unwrap();
        std::fs::create_dir(folder.path().join("data")).unwrap();
        if let Some(held) = held {
            std::fs::write(folder.path().join("data/tickets.csv"), held).unwrap();
        }
        let watcher = ScriptedWatcher::default();
        let own = watcher.clone();
        let mut window = Window::with(|mut services| {
            services.watcher = Some(Box::new(own));
            WaymarkApp::open(services, Start::File(path))
        });
        window.harness.run();
        Self { window, watcher, folder }
    }

    fn write(&mut self, text: &str) {
        std::fs::write(self.folder.path().join("data/tickets.csv"), text).unwrap();
        self.hear();
    }

    fn hear(&mut self) {
        self.watcher.hear();
        for _ in 0..3 {
            self.window.harness.run();
        }
    }

    fn last_values(&self) -> Vec<f64> {
        let metric = self.window.workspace().project().metric(&metric_id("tickets")).unwrap();
        metric.series.values()[metric.series.len() - 2..].to_vec()
    }

    fn shows(&self, words: &str) -> bool {
        self.window.harness.query_all_by_label_contains(words).next().is_some()
    }

    fn show_the_metric(&mut self) {
        self.window.act(Action::ShowKpi(KpiMode::Trend));
        self.window.act(Action::Select(Selection::Metric(metric_id("tickets"))));
    }
}

#[test]
fn a_refresh_by_hand_shows_what_would_change_and_takes_it_in_as_one_step() {
    let mut linked = Linked::open(Some(TABLE));
    linked.window.harness.get_by_label("All changes saved");
    assert!(!linked.shows("Show what would change"), "nothing is new");
    std::fs::write(linked.folder.path().join("data/tickets.csv"), "month,tickets\n2026-10,57.5\n2026-11,56\nlater,x\n").unwrap();
    linked.show_the_metric();
    assert!(linked.shows("Values from data/tickets.csv, refreshed 1 Nov 2026"));
    linked.window.press(Modifiers::COMMAND, Key::K);
    linked.window.harness.get_by_label("Find a command, a goal or a metric").type_text("refresh linked");
    linked.window.harness.run();
    linked.window.press(Modifiers::NONE, Key::Enter);
    linked.window.harness.run();
    let window = &mut linked.window;
    for words in ["Refresh from linked files", "data/tickets.csv", "Tickets a week", "•  1 Oct 2026: 59 → 57.5", "•  1 Nov 2026: 56, new"]
    {
        assert!(window.harness.query_all_by_label(words).next().is_some(), "{words}");
    }
    window.harness.get_by_label("•  line 4, column \"tickets\": \"x\" is no number");
    window.harness.get_by_label("All changes saved");
    window.click("Take in");
    assert_eq!(linked.last_values(), [57.5, 56.0]);
    assert!(linked.shows("Taken in for Tickets a week: 1 new and 1 changed values"));
    assert!(linked.shows("Values from data/tickets.csv, refreshed 21 Nov 2026"));
    linked.window.press(Modifiers::COMMAND, Key::Z);
    assert_eq!(**linked.window.workspace().project(), following());
    linked.window.harness.get_by_label("All changes saved");
}

#[test]
fn a_file_whose_tick_is_taken_away_is_left_out() {
    let mut linked = Linked::open(Some("month,tickets\n2026-10,57\n"));
    linked.window.click("Show what would change…");
    linked.window.harness.get_by_role_and_label(Role::CheckBox, "Take in data/tickets.csv").click();
    linked.window.harness.run();
    assert!(linked.shows("left out: 1 changed value") && !linked.shows("59 → 57"));
    let take = linked.window.harness.get_by_role_and_label(Role::Button, "Take in");
    assert!(take.accesskit_node().is_disabled(), "nothing is ticked");
    linked.window.harness.get_by_role_and_label(Role::CheckBox, "Take in data/tickets.csv").click();
    linked.window.harness.run();
    linked.window.click("Take in");
    assert_eq!(linked.last_values(), [60.0, 57.0]);
}

#[test]
fn on_open_news_are_offered_in_a_line_and_nothing_is_dirty() {
    let mut linked = Linked::open(Some("month,tickets\n2026-10,57\n"));
    linked.window.harness.get_by_label("data/tickets.csv: 1 changed value.");
    linked.window.harness.get_by_label("All changes saved");
    linked.window.click("Not now");
    assert!(!linked.shows("1 changed value"));
    assert_eq!(**linked.window.workspace().project(), following());
}

#[test]
fn a_file_that_changes_is_noticed_and_one_that_is_only_touched_is_not() {
    let mut linked = Linked::open(Some(TABLE));
    let watched = linked.watcher.all_watched();
    assert!(watched.iter().any(|path| path.ends_with("data/tickets.csv")), "{watched:?}");
    linked.write(TABLE);
    assert!(!linked.shows("Show what would change"));
    linked.write("month,tickets\n2026-09,60\n2026-10,58\n");
    linked.window.harness.get_by_label("data/tickets.csv: 1 changed value.");
    linked.window.click("Show what would change…");
    linked.window.harness.get_by_label("•  1 Oct 2026: 59 → 58");
    // It changes once more while somebody looks: what is shown is what it holds now.
    linked.write("month,tickets\n2026-09,60\n2026-10,55\n");
    linked.window.harness.get_by_label("•  1 Oct 2026: 59 → 55");
    linked.window.click("Take in");
    assert_eq!(linked.last_values(), [60.0, 55.0]);
}

#[test]
fn a_failure_keeps_the_values_says_why_and_since_when_and_ends_with_the_file() {
    let mut linked = Linked::open(None);
    assert!(linked.shows("data/tickets.csv cannot be taken in: there is no such file or folder."));
    linked.window.harness.get_by_label("All changes saved");
    linked.show_the_metric();
    let words = "data/tickets.csv has not been taken in since 21 Nov 2026: there is no such file or folder. The values are kept.";
    linked.window.harness.get_by_label(words);
    linked.window.harness.get_by_label_contains("It keeps its values.");
    assert_eq!(linked.last_values(), [60.0, 59.0]);
    linked.write(TABLE);
    assert!(!linked.shows("has not been taken in"), "it is there again");
    assert!(!linked.shows("cannot be taken in"));
}

#[test]
fn the_inspector_says_what_is_followed_and_ends_it_with_undo() {
    let mut linked = Linked::open(Some(TABLE));
    linked.show_the_metric();
    if !linked.window.workspace().view.shows_inspector() {
        linked.window.act(Action::ToggleInspector);
    }
    for words in ["data/tickets.csv", "Desk export", "1 Nov 2026"] {
        assert!(linked.window.harness.query_all_by_label_contains(words).next().is_some(), "{words}");
    }
    linked.window.harness.get_by_role_and_label(Role::Button, "Stop following").click_accesskit();
    linked.window.harness.run();
    let origin = |linked: &Linked| linked.window.workspace().project().metric(&metric_id("tickets")).unwrap().origin.clone();
    assert_eq!((origin(&linked), linked.last_values()), (Origin::Recorded, vec![60.0, 59.0]));
    linked.window.press(Modifiers::COMMAND, Key::Z);
    assert!(matches!(origin(&linked), Origin::Linked(_)));
}
