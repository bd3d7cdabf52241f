//! Cycles: made by pattern, switched, and goals that are closed and carried over from one to the next.

use egui::accesskit::Role;
use egui::{Key, Modifiers};
use egui_kittest::kittest::{NodeT as _, Queryable as _};
use waymark::document::edits;
use waymark::model::{Aim, Cycle, CyclePattern, Goal, GoalState, Status};
use waymark::workspace::{Action, CycleAction, Selection, Sheet};

use super::Window;
use super::project::{day, goal_id, habit};

const HABIT: &str = "Become the daily habit";
const MAU: &str = "Bring MAU to 10 M";
const STICK: &str = "Stickiness to 38";

impl Window {
    fn cycle(&self, name: &str) -> &Cycle {
        self.workspace().project().cycles.values().find(|c| c.name == name).unwrap()
    }

    fn switch_to(&mut self, name: &str) {
        let id = self.cycle(name).id.clone();
        self.act(Action::Cycles(CycleAction::Switch(Some(id))));
    }

    fn choose_in_top_bar(&mut self, item: &str) {
        let switch = self.harness.get_by_role_and_label(Role::Button, "Cycle: all");
        switch.click();
        self.harness.run();
        self.harness.get_by_role_and_label(Role::Button, item).click();
        self.harness.run();
    }

    fn add_quarters(&mut self) {
        self.choose_in_top_bar("Cycles…");
        self.click("Add by pattern…");
        self.harness.get_by_label("Q4 2026");
        self.click("Add 4 cycles");
        self.press(Modifiers::NONE, Key::Escape);
        assert_eq!(self.workspace().view.sheet, None);
    }

    fn open_row_menu(&mut self, title: &str, item: &str) {
        self.harness.get_by_role_and_label(Role::TreeItem, title).click_secondary();
        self.harness.run();
        self.harness.get_by_role_and_label(Role::Button, item).click();
        self.harness.run();
    }

    fn goal_of(&self, word: &str) -> &Goal {
        self.workspace().project().goal(&goal_id(word)).unwrap()
    }

    fn successor(&self, word: &str) -> &Goal {
        self.workspace().project().successors(&goal_id(word))[0]
    }

    fn is_listed(&self, title: &str) -> bool {
        self.harness.query_all_by_role_and_label(Role::TreeItem, title).next().is_some()
    }
}

#[test]
fn four_quarters_are_made_by_pattern_and_taken_back_in_one_step() {
    let mut window = Window::on_habit();
    window.add_quarters();
    let names: Vec<&str> = window.workspace().project().cycles_in_order().into_iter().map(|c| c.name.as_str()).collect();
    assert_eq!(names, ["2026", "Q4 2026", "Q1 2027", "Q2 2027", "Q3 2027"]);
    assert_eq!(window.workspace().document.undo_label(), Some("Add 4 cycles, Q4 2026 to Q3 2027"));
    // Asked again, they are there already.
    window.act(Action::OpenSheet(Sheet::Cycles));
    window.click("Add by pattern…");
    assert_eq!(window.harness.query_all_by_label("is there already").count(), 4);
    assert!(window.harness.get_by_role_and_label(Role::Button, "Add none").accesskit_node().is_disabled());
    window.press(Modifiers::NONE, Key::Escape);
    window.press(Modifiers::COMMAND, Key::Z);
    assert_eq!(**window.workspace().project(), habit());
}

#[test]
fn a_cycle_is_renamed_moved_and_removed_with_a_word_about_its_goals() {
    let mut window = Window::on_habit();
    window.add_quarters();
    window.act(Action::OpenSheet(Sheet::Cycles));
    assert!(window.harness.get_by_label("Name of 2026").is_focused(), "the keyboard begins at the first field");
    window.enter("Name of 2026", "FY26");
    window.enter("End of FY26", "30 Nov 2026");
    assert_eq!(window.cycle("FY26").end, day("2026-11-30"));
    window.click("Remove Q3 2027");
    assert_eq!(window.workspace().project().cycles.len(), 4, "without goals it goes at once");
    window.click("Remove FY26");
    window.harness.get_by_label("5 goals belong to it:");
    window.choose("Where its goals go", "to Q4 2026");
    window.click("Remove the cycle");
    assert!(window.workspace().project().cycles.values().all(|c| c.name != "FY26"));
    assert_eq!(window.goal_of("mau").cycle, Some(window.cycle("Q4 2026").id.clone()));
    window.press(Modifiers::NONE, Key::Escape);
    window.press(Modifiers::COMMAND, Key::Z);
    assert_eq!(window.goal_of("mau").cycle, Some(window.cycle("FY26").id.clone()));
}

#[test]
fn the_switch_narrows_tree_and_view_to_a_cycle_and_an_empty_one_offers_what_is_open() {
    let mut window = Window::on_habit();
    window.add_quarters();
    window.choose_in_top_bar("2026");
    assert!(window.is_listed(MAU));
    window.harness.get_by_role_and_label(Role::Button, "Cycle: 2026");
    // By keyboard to the next one, which has no goals.
    window.press(Modifiers::ALT, Key::CloseBracket);
    assert!(!window.is_listed(MAU) && !window.is_listed(HABIT));
    assert_eq!(window.harness.query_all_by_label("No goal is in Q4 2026 yet").count(), 2, "in the tree and in the view");
    window.press(Modifiers::ALT, Key::CloseBracket);
    window.click("Carry goals over…");
    window.harness.get_by_label("Carry over from 2026");
    window.press(Modifiers::NONE, Key::Escape);
    window.act(Action::Cycles(CycleAction::Switch(None)));
    assert!(window.is_listed(MAU));
}

#[test]
fn what_is_added_while_a_cycle_is_shown_belongs_to_it() {
    let mut window = Window::on_habit();
    window.add_quarters();
    window.switch_to("Q1 2027");
    window.click("Add an objective to it");
    assert!(window.is_listed("New objective"));
    let Some(Selection::Goal(id)) = window.workspace().view.selected.clone() else { panic!() };
    assert_eq!(window.workspace().project().goal(&id).unwrap().cycle, Some(window.cycle("Q1 2027").id.clone()));
}

#[test]
fn a_goal_is_closed_with_another_score_than_the_suggested_one() {
    let mut window = Window::on_habit();
    window.open_row_menu(MAU, "Close…");
    let score = format!("Score of {MAU}");
    assert_eq!(window.shown(&score), "0.32", "of the way to 10 M");
    assert!(window.harness.get_by_role_and_label(Role::TextInput, &score).is_focused());
    window.harness.get_by_label("Low");
    window.enter(&score, "1.2");
    window.harness.get_by_label("A score lies between 0.0 and 1.0.");
    window.enter(&score, "0.8");
    window.harness.get_by_label("Partial");
    window.harness.get_by_role_and_label(Role::MultilineTextInput, "Note").focus();
    window.harness.run();
    window.harness.get_by_role_and_label(Role::MultilineTextInput, "Note").type_text("Two markets came late");
    window.harness.run();
    window.click("Close the goal");
    let GoalState::Closed(closing) = &window.goal_of("mau").state else { panic!("{:?}", window.goal_of("mau").state) };
    assert_eq!((closing.score, closing.suggested, closing.note.as_str()), (0.8, Some(0.32), "Two markets came late"));
    assert_eq!((closing.on, window.workspace().view.sheet.clone()), (day("2026-11-21"), None));
    window.press(Modifiers::COMMAND, Key::Z);
    assert_eq!(**window.workspace().project(), habit());
}

#[test]
fn an_objective_is_closed_with_or_without_what_is_under_it() {
    let mut window = Window::on_habit();
    window.open_row_menu(HABIT, "Close…");
    window.harness.get_by_label("The 2 open goals under it:");
    window.harness.get_by_role_and_label(Role::Tab, "Leave open").click();
    window.harness.run();
    window.click("Close the goal");
    assert!(matches!(window.goal_of("habit").state, GoalState::Closed(_)));
    assert_eq!(window.goal_of("mau").state, GoalState::Active);
    window.press(Modifiers::COMMAND, Key::Z);

    window.open_row_menu(HABIT, "Close…");
    window.click("Close 3 goals");
    assert_eq!(window.workspace().document.undo_label(), Some(format!("Close “{HABIT}” and 2 goals under it").as_str()));
    assert!(["habit", "mau", "stick"].iter().all(|w| matches!(window.goal_of(w).state, GoalState::Closed(_))));
    assert_eq!(window.goal_of("nps").state, GoalState::Active);
    window.press(Modifiers::COMMAND, Key::Z);
    assert_eq!(**window.workspace().project(), habit());
}

#[test]
fn an_objective_goes_over_into_the_next_cycle_and_back_by_undo() {
    let mut window = Window::on_habit();
    window.open_row_menu(HABIT, "Carry over…");
    // There is no 2027 yet: it is made with it.
    window.harness.get_by_label("1 Jan 2027 – 31 Dec 2027");
    assert_eq!(window.shown(&format!("Target of {MAU}")), "10,000,000");
    window.enter(&format!("Target of {MAU}"), "8 M");
    window.harness.get_by_label(&format!("The target of “{MAU}” has to be above 8.1 M."));
    window.enter(&format!("Target of {MAU}"), "12 M");
    window.harness.get_by_role_and_label(Role::CheckBox, &format!("Carry {STICK}")).click();
    window.harness.run();
    window.click("Carry 2 goals over");
    assert_eq!(window.workspace().document.undo_label(), Some("Carry 2 goals over to 2027"));
    let (objective, key_result) = (window.successor("habit"), window.successor("mau"));
    assert_eq!(key_result.parent.as_ref(), Some(&objective.id));
    assert_eq!(key_result.as_key_result().unwrap().aim, Aim::Increase { start: 8_100_000.0, target: 12_000_000.0 });
    assert_eq!(objective.cycle, Some(window.cycle("2027").id.clone()));
    assert!(matches!(&window.goal_of("mau").state, GoalState::Closed(c) if c.score == 0.32 && c.note == "Carried over to 2027"));
    assert_eq!(window.goal_of("stick").state, GoalState::Active, "what stays behind stays open");
    assert_eq!(window.workspace().view.selected, Some(Selection::Goal(objective.id.clone())));
    // The comparison with the goal before, and the way there.
    window.harness.get_by_label("Over the cycles");
    assert!(window.harness.query_all_by_label_contains("closed with 0.4, low").next().is_some());
    window.press(Modifiers::COMMAND, Key::Z);
    assert_eq!(**window.workspace().project(), habit());
}

#[test]
fn all_open_goals_of_a_cycle_go_over_at_once() {
    let mut window = Window::on_habit();
    window.act(Action::OpenSheet(Sheet::Cycles));
    window.harness.get_by_role_and_label(Role::Link, "Carry over…").click();
    window.harness.run();
    window.click("Carry 5 goals over");
    assert_eq!(window.workspace().project().goals.len(), 10);
    window.switch_to("2027");
    assert!(window.is_listed(MAU));
    assert_eq!(window.workspace().evaluation().goal(&window.successor("mau").id).unwrap().status, Status::NotStarted);
    window.press(Modifiers::COMMAND, Key::Z);
    assert_eq!(**window.workspace().project(), habit());
    assert_eq!(window.workspace().view.cycle, None, "the cycle that went is not shown any more");
}

#[test]
fn a_reached_key_result_asks_what_next_and_each_answer_is_one_step() {
    let mut window = Window::on_habit();
    let change = waymark::document::edits::set_target(window.goal_of("mau"), 8_000_000.0, day("2026-11-01"), "");
    window.act(change.into());
    let before = window.workspace().project().clone();
    window.click_goal(MAU);
    window.harness.get_by_label("Reached. What next?");
    window.click("Raise the target to 8.8 M");
    assert_eq!(window.goal_of("mau").as_key_result().unwrap().aim.target(), Some(8_800_000.0));
    assert!(window.harness.query_by_label("Reached. What next?").is_none(), "there is something to reach again");
    window.press(Modifiers::COMMAND, Key::Z);

    window.click("Keep it at or above 8 M");
    assert_eq!(window.successor("mau").title, "Keep Monthly active users at or above 8 M");
    window.press(Modifiers::COMMAND, Key::Z);
    window.click_goal(MAU);
    window.click("Close with 1.0");
    assert!(matches!(&window.goal_of("mau").state, GoalState::Closed(c) if c.score == 1.0));
    window.press(Modifiers::COMMAND, Key::Z);
    window.click("Not now");
    assert!(window.harness.query_by_label("Reached. What next?").is_none());
    assert_eq!(*window.workspace().project(), before);
}

#[test]
fn goals_of_the_same_title_are_scored_each_by_itself() {
    let mut window = Window::on_habit();
    window.act(edits::rename_goal(window.goal_of("stick"), MAU).into());
    window.open_row_menu(HABIT, "Close…");
    let name = format!("Score of {MAU}");
    let scores = |window: &Window| {
        let fields = window.harness.query_all_by_role_and_label(Role::TextInput, &name);
        fields.map(|f| f.accesskit_node().value().unwrap()).collect::<Vec<_>>()
    };
    let before = scores(&window);
    assert_eq!(before.len(), 2);
    window.harness.get_all_by_role_and_label(Role::TextInput, &name).next().unwrap().focus();
    window.harness.run();
    window.press(Modifiers::COMMAND, Key::A);
    window.harness.event(egui::Event::Text("0.9".to_owned()));
    window.harness.run();
    assert_eq!(scores(&window), ["0.9", &before[1]]);
}

#[test]
fn only_a_cycle_that_is_over_when_the_shown_one_begins_hands_its_goals_on() {
    let mut window = Window::on_habit();
    window.act(Action::Cycles(CycleAction::Add { pattern: CyclePattern::Quarters, from: day("2026-04-01"), count: 1 }));
    window.switch_to("Q2 2026");
    assert!(window.harness.query_by_label("Carry goals over…").is_none(), "2026 goes on");
    window.click("Add an objective to it");
    assert!(window.is_listed("New objective"));
}
