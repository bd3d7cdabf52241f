//! What is worth mending: seen in the tree and in the inspector, mended or turned off there.

use egui::accesskit::Role;
use egui_kittest::kittest::Queryable as _;
use waymark::model::LedgerChange;
use waymark::shell::Start;

use super::Window;
use super::project::{day, goal_id};

impl Window {
    fn follow(&mut self, role: Role, label: &str) {
        self.harness.get_by_role_and_label(role, label).click_accesskit();
        self.harness.run();
    }
}

#[test]
fn a_finding_is_mended_and_a_rule_turned_off_and_on_again() {
    let mut window = Window::open(Start::Sample);
    window.click_goal("Open in three new countries");
    window.harness.get_by_label("Worth mending · 2");
    window.harness.get_by_label("It is due on 28 Feb 2027, after the goal above it on 31 Dec 2026.");
    window.follow(Role::Link, "Mend: Outside the dates of its parent");
    let goal = window.workspace().project().goal(&goal_id("countries")).unwrap();
    assert_eq!(goal.due, Some(day("2026-12-31")));
    let change = &goal.ledger.last().unwrap().change;
    assert_eq!(change, &LedgerChange::Due { old: Some(day("2027-02-28")), new: Some(day("2026-12-31")) });
    window.harness.get_by_label("Worth mending · 1");

    window.follow(Role::Link, "Turn this rule off: No check-in");
    assert!(window.workspace().project().settings.lint_off.contains("no-check-in"));
    assert!(window.harness.query_by_label("Worth mending · 1").is_none());
    window.follow(Role::Button, "Edit the project itself");
    window.harness.get_by_label("23 of 24 rules are on; worth mending: 8.");
    window.follow(Role::Link, "Turn this rule on: No check-in");
    window.harness.get_by_label("24 of 24 rules are on; worth mending: 11.");
}

#[test]
fn a_key_question_is_answered_and_taken_back() {
    let mut window = Window::open(Start::Sample);
    window.click_goal("Become the daily habit");
    window.harness.get_by_label("Key questions · 0 of 9 yes");
    let question = "Does it serve the goal above it, or the vision?";
    window.follow(Role::CheckBox, question);
    window.harness.get_by_label("Key questions · 1 of 9 yes");
    assert_eq!(window.workspace().document.undo_label(), Some("Answer a key question of “Become the daily habit”"));
    window.follow(Role::CheckBox, question);
    window.harness.get_by_label("Key questions · 0 of 9 yes");
}
