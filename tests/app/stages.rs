//! The sheet that breaks an ambition into parts: shapes, rows and the chart edit the same stages.

use egui::accesskit::Role;
use egui::{Key, Modifiers};
use egui_kittest::kittest::{NodeT as _, Queryable as _};
use waymark::model::{Aim, Pace, TargetStage};
use waymark::workspace::command::Command;
use waymark::workspace::{Action, Sheet};

use super::Window;
use super::project::{day, goal_id, habit};

impl Window {
    fn stages(&self) -> (Pace, Vec<TargetStage>) {
        let key_result = self.workspace().project().goal(&goal_id("mau")).unwrap().as_key_result().unwrap();
        (key_result.pace, key_result.stages.clone())
    }

    fn on_the_plan() -> Self {
        let mut window = Self::on_habit();
        window.click_goal("Bring MAU to 10 M");
        let open = Command::PlanStages.action(window.workspace()).unwrap();
        assert_eq!(open, Action::OpenSheet(Sheet::Plan(goal_id("mau"))));
        window.act(open);
        window
    }
}

fn stage(by: &str, value: f64) -> TargetStage {
    TargetStage { by: day(by), value }
}

#[test]
fn a_shape_gives_the_stages_and_one_step_takes_them_back() {
    let mut window = Window::on_the_plan();
    assert_eq!(window.stages(), (Pace::Linear, vec![]), "looking changes nothing");
    window.harness.get_by_role_and_label(Role::Button, "Compound").click();
    window.harness.run();
    // 7.2 M · (10/7.2)^(day/364) at days 89, 180 and 272: 7,802,171 · 8,469,980 · 9,203,249 (worked out apart from the program).
    let quarters = [stage("2026-03-31", 7_802_171.0), stage("2026-06-30", 8_469_980.0), stage("2026-09-30", 9_203_249.0)];
    assert_eq!(window.stages(), (Pace::Compound, quarters.to_vec()));
    assert_eq!(window.workspace().document.undo_label(), Some("Plan stages of “Bring MAU to 10 M”"));
    // (7,802,171 ÷ 7,200,000)^⅓ − 1 = 2.71 %; then 2.78, 2.81 and 2.81 %: later quarters have more days in their three months.
    assert_eq!(window.harness.get_all_by_label("+2.7 %").count(), 1);
    assert_eq!(window.harness.get_all_by_label("+2.8 %").count(), 3);
    window.press(Modifiers::COMMAND, Key::Z);
    assert_eq!(**window.workspace().project(), habit());
}

#[test]
fn a_row_is_edited_and_the_pace_follows_it() {
    let mut window = Window::on_the_plan();
    window.harness.get_by_role_and_label(Role::Button, "Keep these stages").click();
    window.harness.run();
    assert_eq!(window.stages().1.len(), 3);
    window.enter("To reach by 30 Jun 2026", "8 M");
    let (pace, stages) = window.stages();
    assert_eq!((pace, stages[1]), (Pace::Points, stage("2026-06-30", 8_000_000.0)));
    window.enter("Day of stage 2", "15 Jul 2026");
    assert_eq!(window.stages().1[1], stage("2026-07-15", 8_000_000.0));
    window.enter("Day of stage 2", "15 Jul 2027");
    assert_eq!(window.stages().1[1], stage("2026-07-15", 8_000_000.0), "a stage stays between start and due");
    window.enter("To reach in the end", "9 M");
    let mau = window.workspace().project().goal(&goal_id("mau")).unwrap();
    assert_eq!(mau.as_key_result().unwrap().aim, Aim::Increase { start: 7_200_000.0, target: 9_000_000.0 });
    assert_eq!(mau.ledger.len(), 1);
    window.harness.get_by_role_and_label(Role::Button, "Remove stage 1").click();
    window.harness.run();
    assert_eq!(window.stages().1.len(), 2);
    window.harness.get_by_role_and_label(Role::Button, "Remove the stages").click();
    window.harness.run();
    assert_eq!(window.stages(), (Pace::Linear, vec![]));
}

#[test]
fn a_stage_is_dragged_on_the_chart_and_its_row_shows_it() {
    let mut window = Window::on_the_plan();
    window.harness.get_by_role_and_label(Role::Button, "Keep these stages").click();
    window.harness.run();
    let before = window.stages();
    let handle = "Stage of 30 Jun 2026; drag it, or use the up and down keys";
    let at = window.pull(handle, -40.0);
    assert!(window.stages().1[1].value > before.1[1].value);
    window.press(Modifiers::NONE, Key::Escape);
    assert_eq!(window.stages(), before, "Esc gives it back");
    assert!(window.workspace().view.sheet.is_some(), "and leaves the sheet open");
    window.let_go(at);

    let at = window.pull(handle, -40.0);
    window.let_go(at);
    let (pace, stages) = window.stages();
    assert_eq!(pace, Pace::Points);
    assert!(stages[1].value > before.1[1].value);
    let shown = window.harness.get_by_role_and_label(Role::TextInput, "To reach by 30 Jun 2026").accesskit_node().value().unwrap();
    assert_eq!(shown.replace(',', "").parse::<f64>().unwrap(), stages[1].value);
    assert_eq!(window.workspace().document.undo_label(), Some("Change stages of “Bring MAU to 10 M”"));
    window.press(Modifiers::COMMAND, Key::Z);
    assert_eq!(window.stages(), before);
}

#[test]
fn the_rhythm_is_changed_and_what_cannot_be_had_is_grey() {
    let mut window = Window::on_the_plan();
    window.harness.get_by_role_and_label(Role::Button, "Keep these stages").click();
    window.harness.run();
    window.harness.get_by_role_and_label(Role::Button, "Months").click();
    // The sheet grows.
    window.harness.run_steps(8);
    assert_eq!(window.stages().1.len(), 11);
    let seasonal = window.harness.get_by_role_and_label(Role::Button, "Seasonal");
    assert!(seasonal.accesskit_node().is_disabled(), "two whole seasons lie before no start here");
    let years = window.harness.get_by_role_and_label(Role::Button, "Years");
    assert!(years.accesskit_node().is_disabled(), "no year ends inside a year");
    window.press(Modifiers::NONE, Key::Escape);
    assert_eq!(window.workspace().view.sheet, None);
    assert_eq!(window.stages().1.len(), 11);
}
