//! The target on a chart, dragged by its line and moved by key.

use egui::accesskit::Role;
use egui::{Key, Modifiers, Pos2, vec2};
use egui_kittest::kittest::{NodeT as _, Queryable as _};
use waymark::chart::ValueScale;
use waymark::document::edits;
use waymark::model::{Aim, LedgerChange, Pace, Status, TargetStage};
use waymark::workspace::{Action, Arrangement, KpiView, Screen};

use super::Window;
use super::project::{day, goal_id, habit};

const HANDLE: &str = "Target; drag it, or use the up and down keys";

impl Window {
    fn target(&self) -> f64 {
        self.workspace().project().goal(&goal_id("mau")).unwrap().as_key_result().unwrap().aim.target().unwrap()
    }

    fn status_of_mau(&self) -> Status {
        self.workspace().evaluation().goal(&goal_id("mau")).unwrap().status
    }

    fn on_the_kpi() -> Self {
        let mut window = Self::on_habit();
        window.click_goal("Bring MAU to 10 M");
        window.act(Action::Show(Screen::Kpi));
        window
    }

    fn handle_at(&self, handle: &str) -> Pos2 {
        self.harness.get_by_role_and_label(Role::Slider, handle).rect().center()
    }

    /// Takes it and pulls, without letting go.
    pub(super) fn pull(&mut self, handle: &str, down_px: f32) -> Pos2 {
        let from = self.handle_at(handle);
        self.harness.hover_at(from);
        self.harness.run();
        self.harness.drag_at(from);
        self.harness.run();
        let to = from + vec2(0.0, down_px);
        self.harness.hover_at(from + vec2(0.0, down_px / 2.0));
        self.harness.run();
        self.harness.hover_at(to);
        self.harness.run();
        to
    }

    pub(super) fn let_go(&mut self, at: Pos2) {
        self.harness.drop_at(at);
        self.harness.run();
    }
}

#[test]
fn a_target_is_dragged_with_live_status_as_one_step_that_undo_takes_back() {
    let mut window = Window::on_the_kpi();
    assert_eq!((window.target(), window.status_of_mau()), (10_000_000.0, Status::AtRisk));
    let likely = |w: &Window| w.workspace().evaluation().goal(&goal_id("mau")).unwrap().likelihood.as_ref().map(|l| l.probability);
    let hardly = likely(&window).unwrap();
    let at = window.pull(HANDLE, 160.0);
    let dragged = window.target();
    assert!(likely(&window).unwrap() > hardly + 0.3, "the likelihood answers while the button is down");
    // October has 8.1 M, and December is forecast at about 8.25 M.
    assert!((7_300_000.0..8_200_000.0).contains(&dragged), "{dragged}");
    assert_ne!(window.status_of_mau(), Status::AtRisk, "the status follows while the button is down");
    assert!(window.workspace().document.in_transaction());
    window.let_go(at);
    assert!(!window.workspace().document.in_transaction());
    assert_eq!(window.target(), dragged);
    assert_eq!(window.workspace().document.undo_label(), Some("Change target of “Bring MAU to 10 M”"));
    let entry = window.workspace().project().goal(&goal_id("mau")).unwrap().ledger.last().unwrap().clone();
    assert_eq!((entry.on, entry.change), (day("2026-11-21"), LedgerChange::Target { old: 10_000_000.0, new: dragged }));

    // The reason is asked for in passing.
    window.harness.get_by_role_and_label(Role::TextInput, "Why did the target change?").focus();
    window.harness.run();
    window.harness.get_by_role_and_label(Role::TextInput, "Why did the target change?").type_text("The market is smaller");
    window.harness.run();
    window.press(Modifiers::NONE, Key::Enter);
    assert_eq!(window.workspace().project().goal(&goal_id("mau")).unwrap().ledger.last().unwrap().why, "The market is smaller");
    assert!(window.harness.query_by_role_and_label(Role::TextInput, "Why did the target change?").is_none());

    window.press(Modifiers::COMMAND, Key::Z);
    window.press(Modifiers::COMMAND, Key::Z);
    assert_eq!(**window.workspace().project(), habit(), "the reason is one step, the whole drag the other");
}

#[test]
fn escape_gives_the_target_back_and_nothing_is_left_to_undo() {
    let mut window = Window::on_the_kpi();
    let at = window.pull(HANDLE, -60.0);
    assert!(window.target() > 10_000_000.0);
    window.press(Modifiers::NONE, Key::Escape);
    assert_eq!(window.target(), 10_000_000.0);
    window.harness.hover_at(at + vec2(0.0, 200.0));
    window.harness.run();
    window.let_go(at + vec2(0.0, 200.0));
    assert_eq!(**window.workspace().project(), habit());
    assert_eq!(window.workspace().document.undo_label(), None);
}

#[test]
fn a_target_stops_before_its_start_value() {
    let mut window = Window::on_the_kpi();
    let at = window.pull(HANDLE, 2_000.0);
    window.let_go(at);
    // Counts have no decimals: the next whole number above the start.
    assert_eq!(window.target(), 7_200_001.0);
    assert!(window.workspace().toasts.is_empty(), "nothing was refused on the way");
}

#[test]
fn keys_move_the_focused_target_by_round_steps() {
    let mut window = Window::on_the_kpi();
    let handle = window.harness.get_by_role_and_label(Role::Slider, HANDLE);
    assert_eq!(handle.accesskit_node().numeric_value(), Some(10_000_000.0));
    handle.focus();
    window.harness.run();
    window.press(Modifiers::NONE, Key::ArrowUp);
    let step = window.target() - 10_000_000.0;
    assert!(step > 0.0 && 10_000_000.0 % step == 0.0, "{step}");
    assert!(window.harness.get_by_role_and_label(Role::Slider, HANDLE).is_focused());
    window.press(Modifiers::SHIFT, Key::ArrowDown);
    assert_eq!(window.target(), 10_000_000.0 + step - 10.0 * step);
    let goal = window.workspace().project().goal(&goal_id("mau")).unwrap();
    assert_eq!(goal.ledger.len(), 1, "what is changed on one day is one decision");
    assert_eq!(goal.as_key_result().unwrap().aim, Aim::Increase { start: 7_200_000.0, target: 10_000_000.0 - 9.0 * step });
}

#[test]
fn the_past_cannot_be_promised_otherwise() {
    let mut window = Window::on_the_kpi();
    let at = window.pull(HANDLE, 90.0);
    window.let_go(at);
    window.act(Action::SetAsOf(Some(day("2026-10-31"))));
    assert!(window.harness.query_by_role_and_label(Role::Slider, HANDLE).is_none());
}

/// A log axis has its own heights: what is dragged stays under the pointer there too.
#[test]
fn on_a_log_axis_target_stage_and_due_date_are_dragged_as_on_an_even_one() {
    let mut window = Window::on_the_kpi();
    let stages = vec![TargetStage { by: day("2026-06-30"), value: 8_600_000.0 }];
    let change = edits::plan_stages(window.workspace().project().goal(&goal_id("mau")).unwrap(), Pace::Points, stages);
    window.act(change.into());
    let view = KpiView { scale: ValueScale::Log, ..window.workspace().view.arranged.kpi.clone() };
    window.act(Action::Arrange(Arrangement::Kpi(view)));
    let before = window.workspace().project().clone();
    let stage = |w: &Window| w.workspace().project().goal(&goal_id("mau")).unwrap().as_key_result().unwrap().stages[0].value;

    let at = window.pull(HANDLE, 60.0);
    let dragged = window.target();
    assert!((7_300_000.0..9_900_000.0).contains(&dragged), "{dragged}");
    assert!((window.handle_at(HANDLE).y - at.y).abs() < 3.0, "it is under the pointer");
    assert!(window.workspace().document.in_transaction());
    window.let_go(at);
    assert_eq!(window.target(), dragged);
    window.press(Modifiers::COMMAND, Key::Z);
    assert_eq!(*window.workspace().project(), before, "one step");

    let name = "Stage of 30 Jun 2026; drag it, or use the up and down keys";
    let at = window.pull(name, -40.0);
    assert!(stage(&window) > 8_700_000.0, "{}", stage(&window));
    assert!((window.handle_at(name).y - at.y).abs() < 3.0);
    window.press(Modifiers::NONE, Key::Escape);
    window.let_go(at);
    assert_eq!(*window.workspace().project(), before);

    window.harness.get_by_role_and_label(Role::Slider, HANDLE).focus();
    window.harness.run();
    window.press(Modifiers::NONE, Key::ArrowDown);
    assert!((9_500_000.0..10_000_000.0).contains(&window.target()), "{}", window.target());
    window.press(Modifiers::COMMAND, Key::Z);

    // As far down as there is: it stays above zero, where a logarithm ends.
    let at = window.pull(HANDLE, 4_000.0);
    window.let_go(at);
    assert_eq!(window.target(), 7_200_001.0);
    assert!(window.workspace().toasts.iter().all(|toast| !toast.text.contains("cannot")), "nothing was refused on the way");
    window.harness.get_by_role_and_label(Role::Slider, "Due; drag it, or use the left and right keys");
}
