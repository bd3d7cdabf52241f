//! Fields of goals: one by one, several goals at once, and what is typed when something else is selected.

use std::collections::BTreeSet;

use egui::accesskit::Role;
use egui_kittest::kittest::{NodeT as _, Queryable as _};
use waymark::model::{Cadence, DeclaredEffect, GoalKind, GoalState, Weight};
use waymark::shell::Start;
use waymark::workspace::{Action, Selection};

use super::Window;
use super::project::{day, goal_id, habit};

impl Window {
    fn mark(&mut self, words: &[&str]) {
        let goals: BTreeSet<_> = words.iter().map(|w| goal_id(w)).collect();
        self.act(Action::Mark { goals, lead: goal_id(words[0]) });
    }

    fn tags(&self, word: &str) -> Vec<&str> {
        self.goal(word).tags.iter().map(String::as_str).collect()
    }
}

#[test]
fn what_is_being_typed_counts_when_something_else_is_selected() {
    let mut window = Window::on_habit();
    window.click_goal("Bring MAU to 10 M");
    window.put_cursor("Owner");
    window.harness.get_by_role_and_label(Role::TextInput, "Owner").type_text("Growth");
    window.harness.run();
    window.act(Action::Select(Selection::Goal(goal_id("trust"))));
    assert_eq!(window.goal("mau").owner, "Growth");
    assert_eq!(window.goal("trust").owner, "");
    assert_eq!(window.workspace().view.selected, Some(Selection::Goal(goal_id("trust"))));
}

#[test]
fn what_cannot_be_read_is_said_when_something_else_is_selected() {
    let mut window = Window::on_habit();
    window.click_goal("Bring MAU to 10 M");
    window.put_cursor("Target");
    window.harness.get_by_role_and_label(Role::TextInput, "Target").type_text("nine or so");
    window.harness.run();
    window.act(Action::Select(Selection::Goal(goal_id("trust"))));
    assert_eq!(**window.workspace().project(), habit());
    assert!(window.workspace().toasts.iter().any(|t| t.text.starts_with("What was typed last was left out")));
}

#[test]
fn several_goals_get_an_owner_a_state_and_a_weight_in_one_step_each() {
    let mut window = Window::on_habit();
    window.click_goal("Bring MAU to 10 M");
    window.enter("Owner", "Growth");
    window.mark(&["mau", "stick"]);
    let owner = window.harness.get_by_role_and_label(Role::TextInput, "Owner");
    assert_eq!(owner.accesskit_node().value().unwrap_or_default(), "", "they differ");
    window.enter("Owner", "Product");
    assert_eq!((window.goal("mau").owner.as_str(), window.goal("stick").owner.as_str()), ("Product", "Product"));
    assert_eq!(window.workspace().document.undo_label(), Some("Change owner of 2 goals"));
    window.enter("Weight of each", "30");
    assert_eq!((window.goal("mau").weight, window.goal("stick").weight), (Weight::Pinned(0.3), Weight::Pinned(0.3)));
    window.choose("State", "Postponed");
    let postponed = GoalState::Postponed { since: day("2026-11-21"), note: String::new() };
    assert_eq!((&window.goal("mau").state, &window.goal("stick").state), (&postponed, &postponed));
    window.choose("Cycle", "–");
    assert_eq!((&window.goal("mau").cycle, &window.goal("stick").cycle), (&None, &None));
    window.act(Action::Undo);
    window.act(Action::Undo);
    assert_eq!(window.goal("stick").state, GoalState::Active);
}

#[test]
fn tags_are_given_to_one_goal_and_to_several() {
    let mut window = Window::on_habit();
    window.click_goal("Bring MAU to 10 M");
    window.enter("Tags", "growth, mobile,, growth");
    assert_eq!(window.tags("mau"), ["growth", "mobile"]);
    window.mark(&["mau", "stick"]);
    window.harness.get_by_label("mobile · 1 of 2");
    window.harness.get_by_role_and_label(Role::Button, "Tag all with mobile").click();
    window.harness.run();
    window.harness.get_by_role_and_label(Role::Button, "Remove the tag growth").click();
    window.harness.run();
    window.enter("Add a tag", "Q4");
    assert_eq!((window.tags("mau"), window.tags("stick")), (vec!["Q4", "mobile"], vec!["Q4", "mobile"]));
}

#[test]
fn a_goal_is_checked_in_at_a_rhythm_of_its_own() {
    let mut window = Window::on_habit();
    window.click_goal("Bring MAU to 10 M");
    window.choose("Asked for", "Monthly");
    assert_eq!(window.goal("mau").check_in_cadence, Some(Cadence::Monthly));
}

#[test]
fn the_reason_is_asked_for_under_the_field_that_changed() {
    let mut window = Window::on_habit();
    window.click_goal("Bring MAU to 10 M");
    assert!(window.harness.query_by_role_and_label(Role::TextInput, "Why the target changed").is_none());
    window.enter("Target", "9 M");
    window.enter("Why the target changed", "Less money");
    assert_eq!(window.goal("mau").ledger[0].why, "Less money");
    assert!(window.harness.query_by_role_and_label(Role::TextInput, "Why the target changed").is_none(), "asked once");
    window.enter("Why target changed on 21 Nov 2026", "Less money, fewer people");
    assert_eq!(window.goal("mau").ledger[0].why, "Less money, fewer people");
    // 8.1 M on the way from 7.2 M: 0.9 of 1.8 M, and of 2.8 M.
    window.harness.get_by_label("0.5, 0.32 by the first target");
}

#[test]
fn the_effects_of_an_initiative_are_declared() {
    let mut window = Window::open(Start::Sample);
    let title = "Guide every new team to its first note";
    let found = window.workspace().project().goals.values().find(|g| g.title.starts_with("Guide every new team")).unwrap().clone();
    assert!(found.title.starts_with(&title[..20]));
    window.act(Action::Select(Selection::Goal(found.id.clone())));
    let effects = |window: &Window| match &window.workspace().project().goal(&found.id).unwrap().kind {
        GoalKind::Initiative(initiative) => initiative.effects.clone(),
        kind => panic!("{kind:?}"),
    };
    let before = effects(&window);
    window.harness.get_by_role_and_label(Role::Button, "Add an effect").click_accesskit();
    window.harness.run();
    let number = before.len() + 1;
    window.enter(&format!("Change of effect {number}"), "12");
    window.enter(&format!("Confidence of effect {number}"), "80");
    window.enter(&format!("Effect {number} from"), "1 Dec 2026");
    let last = effects(&window).pop().unwrap();
    assert_eq!((last.from, last.change, last.relative, last.confidence), (day("2026-12-01"), 0.12, true, 0.8));
    window.choose(&format!("Way of effect {number}"), "added");
    assert_eq!(effects(&window).pop().unwrap(), DeclaredEffect { relative: false, ..last });
    window.harness.get_by_role_and_label(Role::Button, &format!("Remove effect {number}")).click_accesskit();
    window.harness.run();
    assert_eq!(effects(&window), before);
}

#[test]
fn several_goals_are_listed_as_in_the_tree() {
    let mut window = Window::on_habit();
    // By id it would be the other way round.
    window.mark(&["nps", "trust"]);
    let in_inspector = |title: &str| {
        let found = window.harness.query_all_by_label(title).map(|node| node.rect());
        found.max_by(|a, b| a.left().total_cmp(&b.left())).unwrap()
    };
    let rows = ["Be the product people trust", "NPS of 50"].map(in_inspector);
    let list = window.harness.get_by_label("2 goals").rect();
    assert!(list.bottom() < rows[0].top() && rows[0].bottom() < rows[1].top(), "{list} {rows:?}");
}
