//! The roadmap: bars that are dragged, moved by key, and set where there are none.

use egui::accesskit::Role;
use egui::{Key, Modifiers, Pos2, vec2};
use egui_kittest::kittest::{NodeT as _, Queryable as _};
use waymark::document::edits;
use waymark::model::LedgerChange;
use waymark::workspace::{Action, Arrangement, RoadmapView, Screen, Selection, TimeRange};

use super::Window;
use super::project::{day, goal_id, habit};

impl Window {
    fn on_the_roadmap() -> Self {
        let mut window = Self::on_habit();
        window.press(Modifiers::COMMAND, Key::Num6);
        assert_eq!(window.workspace().view.screen, Screen::Roadmap);
        // Room for single days is not needed: a quarter is wide.
        window.act(Action::ToggleInspector);
        window
    }

    /// Drags from the middle of what has this label, sideways, without letting go.
    fn pull_sideways(&mut self, label: &str, right_px: f32) -> Pos2 {
        let from = self.harness.get_by_role_and_label(Role::Button, label).rect().center();
        self.harness.hover_at(from);
        self.harness.run();
        self.harness.drag_at(from);
        self.harness.run();
        for part in [0.5, 1.0] {
            self.harness.hover_at(from + vec2(right_px * part, 0.0));
            self.harness.run();
        }
        from + vec2(right_px, 0.0)
    }

    fn has_lane(&self, start_of_words: &str) -> bool {
        self.harness.query_all_by_role(Role::ListItem).any(|n| n.accesskit_node().label().is_some_and(|l| l.starts_with(start_of_words)))
    }
}

#[test]
fn lanes_say_status_progress_and_dates() {
    let window = Window::on_the_roadmap();
    window.harness.get_by_role_and_label(
        Role::ListItem,
        "Bring MAU to 10 M: At risk; 32 %, expected 83 %; 1 Jan 2026 – 31 Dec 2026, from the cycle 2026",
    );
    window.harness.get_by_label_contains("5 goals are due by 31 Dec");
}

#[test]
fn a_due_date_is_dragged_with_a_live_preview_as_one_step_that_undo_takes_back() {
    let mut window = Window::on_the_roadmap();
    let at = window.pull_sideways("Due date of Bring MAU to 10 M", -60.0);
    assert!(window.workspace().document.in_transaction());
    let due = window.goal("mau").due.unwrap();
    assert!(due < day("2026-12-31"), "{due}");
    assert_eq!(window.goal("mau").start, None, "what is inherited and not moved stays inherited");
    window.harness.get_by_label("was 1 Jan – 31 Dec 2026 · 52 weeks, from the cycle 2026");
    window.let_go(at);
    assert!(!window.workspace().document.in_transaction());
    assert_eq!(window.goal("mau").due, Some(due));
    assert_eq!(window.workspace().document.undo_label(), Some("Change dates of “Bring MAU to 10 M”"));
    assert_eq!(window.goal("mau").ledger.last().unwrap().change, LedgerChange::Due { old: None, new: Some(due) });
    window.press(Modifiers::COMMAND, Key::Z);
    assert_eq!(**window.workspace().project(), habit(), "the whole drag is one step");
}

#[test]
fn a_whole_bar_keeps_its_length() {
    let mut window = Window::on_the_roadmap();
    let at = window.pull_sideways("Bar of Bring MAU to 10 M", 40.0);
    window.let_go(at);
    let (start, due) = (window.goal("mau").start.unwrap(), window.goal("mau").due.unwrap());
    assert_eq!((due - start).num_days(), 364);
    assert!(start > day("2026-01-01") && (start - day("2026-01-01")).num_days() % 7 == 0, "{start}: by whole weeks");
}

#[test]
fn days_move_on_under_a_bar_that_is_held_at_the_edge() {
    let mut window = Window::on_the_roadmap();
    let range = window.workspace().view.range;
    let from = window.harness.get_by_role_and_label(Role::Button, "Due date of Bring MAU to 10 M").rect().center();
    window.harness.hover_at(from);
    window.harness.run();
    window.harness.drag_at(from);
    window.harness.run();
    let edge = egui::pos2(window.harness.ctx.content_rect().right() - 4.0, from.y);
    window.harness.hover_at(edge);
    window.harness.step();
    window.harness.step();
    let early = window.goal("mau").due.unwrap();
    for _ in 0..30 {
        window.harness.step();
    }
    let later = window.goal("mau").due.unwrap();
    assert!(later > early, "{later} after {early}: the pointer rests, the days go on");
    assert_eq!(window.workspace().view.range, range, "nothing is left behind before it is let go");
    window.harness.drop_at(edge);
    window.harness.run();
    assert!(window.goal("mau").due.unwrap() >= later);
    assert_ne!(window.workspace().view.range, range, "the days stay where the bar was let go");
    window.press(Modifiers::COMMAND, Key::Z);
    assert_eq!(**window.workspace().project(), habit(), "the whole drag is one step");
}

#[test]
fn escape_gives_the_dates_back_and_nothing_is_left_to_undo() {
    let mut window = Window::on_the_roadmap();
    let at = window.pull_sideways("Start of Bring MAU to 10 M", 80.0);
    assert!(window.goal("mau").start.is_some());
    window.press(Modifiers::NONE, Key::Escape);
    assert_eq!(window.goal("mau").start, None);
    window.harness.hover_at(at + vec2(60.0, 0.0));
    window.harness.run();
    window.let_go(at + vec2(60.0, 0.0));
    assert_eq!(**window.workspace().project(), habit());
    assert_eq!(window.workspace().document.undo_label(), None);
}

#[test]
fn keys_walk_the_lanes_move_bars_by_weeks_and_open_a_goal() {
    let mut window = Window::on_the_roadmap();
    window.harness.get_by_role_and_label(Role::Button, "Bar of Bring MAU to 10 M").click();
    window.harness.run();
    assert_eq!(window.workspace().view.selected, Some(Selection::Goal(goal_id("mau"))));
    window.press(Modifiers::SHIFT, Key::ArrowRight);
    assert_eq!((window.goal("mau").start, window.goal("mau").due), (Some(day("2026-01-08")), Some(day("2027-01-07"))));
    window.press(Modifiers::SHIFT, Key::ArrowLeft);
    window.press(Modifiers::SHIFT | Modifiers::ALT, Key::ArrowLeft);
    assert_eq!((window.goal("mau").start, window.goal("mau").due), (Some(day("2026-01-01")), Some(day("2026-12-24"))));
    window.press(Modifiers::SHIFT | Modifiers::COMMAND, Key::ArrowRight);
    assert_eq!(window.goal("mau").start, Some(day("2026-01-08")));
    for _ in 0..4 {
        window.press(Modifiers::COMMAND, Key::Z);
    }
    assert_eq!(**window.workspace().project(), habit(), "each press is one step");

    window.press(Modifiers::NONE, Key::ArrowDown);
    assert_eq!(window.workspace().view.selected, Some(Selection::Goal(goal_id("stick"))));
    window.press(Modifiers::NONE, Key::ArrowLeft);
    assert_eq!(window.workspace().view.selected, Some(Selection::Goal(goal_id("habit"))));
    window.press(Modifiers::NONE, Key::ArrowLeft);
    assert!(!window.has_lane("Bring MAU to 10 M"), "left folds");
    window.press(Modifiers::NONE, Key::ArrowRight);
    assert!(window.has_lane("Bring MAU to 10 M"));
    window.press(Modifiers::NONE, Key::Enter);
    assert_eq!(window.workspace().view.screen, Screen::Objective);
}

#[test]
fn a_goal_without_dates_gets_them_by_dragging_or_typing() {
    let mut window = Window::on_habit();
    let goal = window.workspace().project().goal(&goal_id("nps")).unwrap().clone();
    window.act(edits::set_cycle(&goal, None).into());
    window.act(Action::Show(Screen::Roadmap));
    window.act(Action::ToggleInspector);
    assert!(window.has_lane("NPS of 50: No data; no dates"));
    window.harness.get_by_label("1 without dates").click();
    window.harness.run();
    assert!(!window.has_lane("Bring MAU to 10 M"));
    let at = window.pull_sideways("Set the dates of NPS of 50 by dragging", 120.0);
    window.let_go(at);
    let (start, due) = (window.goal("nps").start.unwrap(), window.goal("nps").due.unwrap());
    assert!(start < due, "{start} – {due}");
    window.press(Modifiers::COMMAND, Key::Z);
    assert_eq!(window.goal("nps").start, None, "both dates are one step");

    window.harness.get_by_label("Set dates of NPS of 50").click();
    window.harness.run();
    window.harness.get_by_label("Due of the goal").focus();
    window.harness.run();
    window.press(Modifiers::COMMAND, Key::A);
    window.harness.get_by_label("Due of the goal").type_text("15 Dec 2026");
    window.harness.run();
    window.press(Modifiers::NONE, Key::Enter);
    window.click("Set dates");
    // The start that was offered is that of the goal above.
    assert_eq!((window.goal("nps").start, window.goal("nps").due), (Some(day("2026-01-01")), Some(day("2026-12-15"))));
    assert_eq!(window.workspace().document.undo_label(), Some("Change dates of “NPS of 50”"));
}

#[test]
fn the_axis_zooms_scrolls_and_shares_its_range() {
    let mut window = Window::on_the_roadmap();
    window.harness.get_by_role_and_label(Role::Tab, "Quarter").click();
    window.harness.run();
    assert_eq!(window.workspace().view.range, TimeRange::Months3);
    window.click("Later");
    let TimeRange::Custom { from, .. } = window.workspace().view.range else { panic!("scrolled") };
    assert!((day("2026-10-28")..day("2026-11-05")).contains(&from), "{from}: a third of the quarter on");
    // The bars end before this quarter is over; one that is out of sight says where it is.
    window.harness.get_by_role_and_label(Role::Tab, "Half year").click();
    window.harness.run();
    for _ in 0..3 {
        window.click("Later");
    }
    window.click("Ended 31 Dec 2026: go to Bring MAU to 10 M");
    window.harness.get_by_role_and_label(Role::Button, "Bar of Bring MAU to 10 M");
    window.harness.get_by_role_and_label(Role::Tab, "All").click();
    window.harness.run();
    assert_eq!(window.workspace().view.range, TimeRange::All);
}

#[test]
fn lanes_are_grouped_by_owner() {
    let mut window = Window::on_the_roadmap();
    let goal = window.goal("mau").clone();
    window.act(edits::set_owner(&goal, "Growth").into());
    let view = RoadmapView { grouping: waymark::chart::roadmap::Grouping::Owner, ..RoadmapView::default() };
    window.act(Action::Arrange(Arrangement::Roadmap(view)));
    window.harness.get_by_label("Growth · 1 goal");
    window.harness.get_by_label("No owner · 4 goals");
}

#[test]
fn the_past_cannot_be_planned_otherwise() {
    let mut window = Window::on_the_roadmap();
    let goal = window.goal("mau").clone();
    window.act(edits::set_due(&goal, Some(day("2026-11-30")), day("2026-11-01"), "").into());
    window.act(Action::SetAsOf(Some(day("2026-10-15"))));
    assert!(window.harness.query_by_role_and_label(Role::Button, "Due date of Bring MAU to 10 M").is_none());
    window.act(Action::SetAsOf(None));
    window.harness.get_by_role_and_label(Role::Button, "Due date of Bring MAU to 10 M");
}
