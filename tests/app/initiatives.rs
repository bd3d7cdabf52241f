//! Choosing among initiatives by value and effort.

use egui::accesskit::Role;
use egui::{Key, Modifiers, vec2};
use egui_kittest::kittest::Queryable as _;
use waymark::model::GoalKind;
use waymark::shell::Start;
use waymark::workspace::command::Command;
use waymark::workspace::{Action, Sheet};

use super::Window;
use super::project::goal_id;

const CAPTURE: &str = "Ship quick capture on mobile";

impl Window {
    fn rated(&self, title: &str) -> (Option<u8>, Option<u8>) {
        match &self.workspace().project().find_goal(title).unwrap().kind {
            GoalKind::Initiative(initiative) => (initiative.value, initiative.effort),
            kind => panic!("{kind:?}"),
        }
    }

    fn on_the_grid() -> Self {
        let mut window = Self::open(Start::Sample);
        window.act(Action::OpenSheet(Sheet::Initiatives(None)));
        window.harness.run_steps(4);
        window
    }

    fn point(&self, title: &str) -> egui::Rect {
        let begin = format!("{title}: value ");
        self.harness.get_by(|node| node.label().is_some_and(|label| label.starts_with(&begin))).rect()
    }
}

#[test]
fn an_initiative_is_dragged_to_another_cell_as_one_step() {
    let mut window = Window::on_the_grid();
    let (Some(value), Some(effort)) = window.rated(CAPTURE) else { panic!("the sample rates it") };
    let before = std::sync::Arc::clone(window.workspace().project());
    let from = window.point(CAPTURE).center();
    let step = vec2(0.0, 80.0);
    let drag = |window: &mut Window| {
        window.harness.hover_at(from);
        window.harness.run();
        window.harness.drag_at(from);
        window.harness.run();
        window.harness.hover_at(from + step / 2.0);
        window.harness.run();
        window.harness.hover_at(from + step);
        window.harness.run();
    };
    drag(&mut window);
    assert_eq!(window.rated(CAPTURE), (Some(value - 1), Some(effort)), "it follows the pointer");
    window.press(Modifiers::NONE, Key::Escape);
    assert_eq!(**window.workspace().project(), *before);
    assert!(window.workspace().view.sheet.is_some());
    window.let_go(from + step);

    drag(&mut window);
    window.let_go(from + step);
    assert_eq!(window.rated(CAPTURE), (Some(value - 1), Some(effort)));
    assert_eq!(window.workspace().document.undo_label(), Some("Change value and effort of “Ship quick capture on mobile”"));
    window.press(Modifiers::COMMAND, Key::Z);
    assert_eq!(**window.workspace().project(), *before);
}

#[test]
fn arrow_keys_and_lists_move_it_too() {
    let mut window = Window::on_the_grid();
    window.choose(&format!("Value of {CAPTURE}"), "4");
    window.choose(&format!("Effort of {CAPTURE}"), "2");
    window.harness.run_steps(2);
    window.harness.get_by(|node| node.label().is_some_and(|l| l.starts_with(&format!("{CAPTURE}: value 4, effort 2, quick win")))).focus();
    window.harness.run();
    window.press(Modifiers::NONE, Key::ArrowRight);
    window.press(Modifiers::NONE, Key::ArrowRight);
    window.press(Modifiers::NONE, Key::ArrowUp);
    window.press(Modifiers::NONE, Key::ArrowUp);
    assert_eq!(window.rated(CAPTURE), (Some(5), Some(4)), "and stops at the edge");
    assert!(window.harness.query_all_by_label("Big bet").next().is_some());
}

#[test]
fn without_initiatives_the_sheet_says_what_to_do() {
    let mut window = Window::on_habit();
    window.click_goal("Bring MAU to 10 M");
    let open = Command::CompareInitiatives.action(window.workspace()).unwrap();
    assert_eq!(open, Action::OpenSheet(Sheet::Initiatives(None)), "nothing stands under the key result");
    window.act(open);
    window.harness.run_steps(4);
    window.harness.get_by_label("No initiative yet");
    window.harness.get_by_role_and_label(Role::Button, "Add an initiative").click();
    window.harness.run_steps(6);
    let project = window.workspace().project();
    let added = project.goals.values().find(|g| matches!(g.kind, GoalKind::Initiative(_))).unwrap();
    assert_eq!(added.parent, Some(goal_id("mau")));
    assert!(window.harness.query_all_by_label("Not rated yet").next().is_some());
}
