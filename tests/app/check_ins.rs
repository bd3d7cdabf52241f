//! Check-ins as people make them: by keyboard, row after row, and taken back again.

use egui::accesskit::Role;
use egui::{Event, Key, Modifiers};
use egui_kittest::kittest::{NodeT as _, Queryable as _};
use waymark::model::{CheckIn, MetricId, Stamp, Status};
use waymark::shell::Start;
use waymark::workspace::{Action, CheckInsOn, Sheet};

use super::Window;
use super::project::{day, goal_id, habit};

const MAU: &str = "Bring MAU to 10 M";
const STICKINESS: &str = "Stickiness to 38";
const NPS: &str = "NPS of 50";

impl Window {
    fn type_keys(&mut self, text: &str) {
        self.harness.event(Event::Text(text.to_owned()));
        self.harness.run();
    }

    /// Also where it is scrolled out of sight.
    fn click_anywhere(&mut self, button: &str) {
        self.harness.get_by_role_and_label(Role::Button, button).click_accesskit();
        self.harness.run();
    }

    fn check_in_on_all_due(&mut self) {
        self.press(Modifiers::COMMAND | Modifiers::SHIFT, Key::Enter);
        assert_eq!(self.workspace().view.sheet, Some(Sheet::CheckIns(CheckInsOn::Due)));
    }

    #[track_caller]
    fn is_in(&self, cell: &str) {
        assert!(self.harness.get_by_label(cell).is_focused(), "not in {cell}");
    }

    fn check_in_of(&self, goal: &str) -> Option<CheckIn> {
        self.workspace().project().check_ins.values().find(|c| c.goal == goal_id(goal)).cloned()
    }

    fn said_of(&self, goal: &str) -> String {
        self.harness.get_by_role_and_label(Role::TreeItem, goal).accesskit_node().description().unwrap()
    }
}

#[test]
fn a_value_a_million_times_too_small_is_asked_about_before_it_is_taken() {
    let mut window = Window::on_habit();
    window.check_in_on_all_due();
    window.type_keys("8.4");
    window.harness.get_by_label_contains("Did you mean 8.4 M?");
    window.press(Modifiers::NONE, Key::Enter);
    window.is_in(&format!("Value, {MAU}"));
    assert_eq!(window.check_in_of("mau"), None);

    // Said once more, it was meant.
    window.press(Modifiers::NONE, Key::Enter);
    assert_eq!(window.check_in_of("mau").unwrap().value, Some(8.4));
    window.is_in(&format!("Value, {STICKINESS}"));
}

#[test]
fn three_due_goals_are_checked_in_by_keyboard_alone_and_taken_back() {
    let mut window = Window::on_habit();
    assert!(window.said_of(MAU).ends_with("check-in 46 weeks overdue"), "{}", window.said_of(MAU));
    window.harness.get_by_label("3 check-ins due");
    window.check_in_on_all_due();
    window.is_in(&format!("Value, {MAU}"));
    window.type_keys("8.3m");
    window.press(Modifiers::NONE, Key::Tab);
    window.type_keys("6");
    window.press(Modifiers::NONE, Key::Enter);
    window.is_in(&format!("Value, {STICKINESS}"));
    window.harness.get_by_label(&format!("Checked in: {MAU}"));

    window.type_keys("35.1");
    window.press(Modifiers::NONE, Key::ArrowRight);
    window.is_in(&format!("Confidence, {STICKINESS}"));
    window.type_keys("10");
    // A status by its first letter, and why; then the note.
    window.press(Modifiers::NONE, Key::Tab);
    window.type_keys("b");
    window.press(Modifiers::NONE, Key::Tab);
    window.is_in(&format!("Why, {STICKINESS}"));
    window.type_keys("The campaign ends");
    window.press(Modifiers::NONE, Key::Tab);
    window.type_keys("Mobile is well");
    window.press(Modifiers::NONE, Key::Enter);
    window.is_in(&format!("Value, {NPS}"));
    window.type_keys("44");
    window.press(Modifiers::NONE, Key::Enter);

    let mau = window.check_in_of("mau").unwrap();
    assert_eq!((mau.date, mau.value, mau.confidence), (day("2026-11-21"), Some(8.3e6), Some(6)));
    // November is under way: its point says up to which day it counts.
    let metric = MetricId::parse("m-mau").unwrap();
    let november = Stamp::from_date(day("2026-11-01"));
    let point = window.workspace().project().metric(&metric).unwrap().series.get(november).unwrap();
    assert_eq!((point.value, point.data_to), (8.3e6, Some(day("2026-11-21"))));
    let stickiness = window.check_in_of("stick").unwrap();
    assert_eq!((stickiness.confidence, stickiness.note.as_str()), (Some(10), "Mobile is well"));
    let set = stickiness.status.unwrap();
    assert_eq!((set.status, set.computed, set.why.as_str()), (Status::Behind, Status::AtRisk, "The campaign ends"));
    assert_eq!(window.check_in_of("nps").unwrap().value, Some(44.0));

    window.press(Modifiers::NONE, Key::Escape);
    assert_eq!(window.workspace().view.sheet, None);
    assert!(window.harness.query_by_label_contains("check-ins due").is_none());
    assert!(!window.said_of(MAU).contains("check-in"), "{}", window.said_of(MAU));
    assert!(window.said_of(STICKINESS).starts_with("Behind"), "{}", window.said_of(STICKINESS));

    for title in [NPS, STICKINESS, MAU] {
        assert_eq!(window.workspace().document.undo_label(), Some(format!("Check in: {title}").as_str()));
        window.press(Modifiers::COMMAND, Key::Z);
    }
    assert_eq!(**window.workspace().project(), habit());
    window.harness.get_by_label("3 check-ins due");
}

#[test]
fn an_empty_cell_takes_the_last_check_in_back_and_what_was_typed_stays() {
    let mut window = Window::on_habit();
    window.check_in_on_all_due();
    window.type_keys("8.3m");
    window.press(Modifiers::NONE, Key::Enter);
    window.press(Modifiers::COMMAND, Key::Z);
    assert_eq!(window.check_in_of("mau"), None);
    assert_eq!(window.harness.get_by_label(&format!("Value, {MAU}")).value().as_deref(), Some("8.3m"));
    window.press(Modifiers::NONE, Key::ArrowUp);
    window.is_in(&format!("Value, {MAU}"));
    window.press(Modifiers::NONE, Key::Enter);
    assert_eq!(window.check_in_of("mau").unwrap().value, Some(8.3e6));
}

#[test]
fn all_rows_at_once_are_one_step_and_empty_rows_stay_due() {
    let mut window = Window::on_habit();
    window.check_in_on_all_due();
    window.type_keys("8.3m");
    window.press(Modifiers::NONE, Key::ArrowDown);
    window.press(Modifiers::NONE, Key::ArrowDown);
    window.is_in(&format!("Value, {NPS}"));
    window.type_keys("44");
    window.press(Modifiers::COMMAND, Key::Enter);
    assert_eq!(window.workspace().view.sheet, None);
    assert_eq!(window.workspace().document.undo_label(), Some("Check in on 2 goals"));
    window.harness.get_by_label("1 check-in due");
    window.press(Modifiers::COMMAND, Key::Z);
    assert_eq!(**window.workspace().project(), habit());
}

#[test]
fn what_cannot_be_read_is_said_at_the_cell_and_nothing_is_lost() {
    let mut window = Window::on_habit();
    window.check_in_on_all_due();
    window.type_keys("8.3m");
    window.press(Modifiers::NONE, Key::ArrowDown);
    window.type_keys("soon");
    window.press(Modifiers::COMMAND, Key::Enter);
    assert_eq!(**window.workspace().project(), habit());
    window.harness.get_by_label("“soon” is not a number");
    window.is_in(&format!("Value, {STICKINESS}"));
    // Typing replaces it; the other row is still there.
    window.type_keys("35.1");
    window.press(Modifiers::COMMAND, Key::Enter);
    assert_eq!(window.check_in_of("mau").unwrap().value, Some(8.3e6));
    assert_eq!(window.check_in_of("stick").unwrap().value, Some(35.1));
}

#[test]
fn what_was_typed_is_there_when_the_sheet_is_opened_again() {
    let mut window = Window::on_habit();
    window.check_in_on_all_due();
    window.type_keys("8.3m");
    window.press(Modifiers::NONE, Key::Escape);
    assert_eq!(window.workspace().view.sheet, None);
    assert_eq!(window.check_in_of("mau"), None);
    window.check_in_on_all_due();
    assert_eq!(window.harness.get_by_label(&format!("Value, {MAU}")).value().as_deref(), Some("8.3m"));
}

#[test]
fn the_selected_goal_alone_is_checked_in_under_the_name_that_is_remembered() {
    let mut window = Window::on_habit();
    window.click_goal(NPS);
    window.press(Modifiers::COMMAND, Key::Enter);
    assert_eq!(window.workspace().view.sheet, Some(Sheet::CheckIns(CheckInsOn::Goals(vec![goal_id("nps")]))));
    assert!(window.harness.query_by_label(&format!("Value, {MAU}")).is_none());
    window.harness.get_by_label("Your name").focus();
    window.harness.run();
    window.type_keys("Ana");
    window.press(Modifiers::NONE, Key::Enter);
    assert_eq!(window.workspace().preferences.user_name, "Ana");
    window.harness.get_by_label(&format!("Value, {NPS}")).focus();
    window.harness.run();
    window.type_keys("44");
    window.press(Modifiers::NONE, Key::Enter);
    assert_eq!(window.check_in_of("nps").unwrap().by, "Ana");
    // A second one on the same day changes the first.
    window.press(Modifiers::NONE, Key::Escape);
    window.press(Modifiers::COMMAND, Key::Enter);
    window.harness.get_by_label(&format!("Confidence, {NPS}")).focus();
    window.harness.run();
    window.type_keys("3");
    window.press(Modifiers::NONE, Key::Enter);
    let said = window.check_in_of("nps").unwrap();
    assert_eq!((window.workspace().project().check_ins.len(), said.value, said.confidence), (1, Some(44.0), Some(3)));
}

#[test]
fn computed_values_are_read_only_with_the_reason() {
    let mut window = Window::open(Start::Sample);
    window.act(Action::OpenSheet(Sheet::CheckIns(CheckInsOn::Goals(vec![goal_id("stickiness")]))));
    window.harness.get_by_label_contains("is computed by its formula");
    assert!(window.harness.query_by_label_contains("Value, ").is_none());
}

#[test]
fn with_nothing_due_it_says_what_to_do() {
    let mut window = Window::on_habit();
    window.act(Action::SetAsOf(Some(day("2025-12-31"))));
    window.check_in_on_all_due();
    window.harness.get_by_label("No check-in is due");
    // The sheet's button, not the one in its title.
    assert!(window.harness.get_all_by_role_and_label(egui::accesskit::Role::Button, "Close").any(|b| b.is_focused()));
    window.press(Modifiers::NONE, Key::Escape);
    assert_eq!(window.workspace().view.sheet, None);
    window.check_in_on_all_due();
    window.press(Modifiers::NONE, Key::Enter);
    assert_eq!(window.workspace().view.sheet, None);

    window.act(Action::New);
    window.check_in_on_all_due();
    window.click("Add the first objective");
    assert_eq!((window.workspace().view.sheet.clone(), window.workspace().project().goals.len()), (None, 1));
}

#[test]
fn the_history_of_a_goal_is_shown_corrected_and_removed() {
    let mut window = Window::open(Start::Sample);
    window.act(Action::Select(waymark::workspace::Selection::Goal(goal_id("mau"))));
    window.harness.get_by_label_contains("Confidence of 10: 7 on 6 Jul 2026, 6 on 14 Sep 2026");
    window.harness.get_by_label("16 Nov 2026 · Growth");
    let before = window.workspace().project().check_ins.len();
    window.click_anywhere("Correct the check-in of 16 Nov 2026");
    window.enter("Confidence, 0 to 10", "soon");
    window.harness.get_by_label("A whole number from 0 to 10");
    window.enter("Confidence, 0 to 10", "5/10");
    assert_eq!(window.workspace().document.undo_label().map(|l| l.starts_with("Change check-in of 16 Nov 2026 on")), Some(true));
    let id = waymark::model::CheckInId::parse("k-mau-2026-11-16").unwrap();
    assert_eq!(window.workspace().project().check_ins[&id].confidence, Some(5));
    window.click_anywhere("Remove the check-in of 16 Nov 2026");
    assert_eq!(window.workspace().project().check_ins.len(), before - 1);
    // Without it this week's is due again.
    assert!(window.said_of("Bring MAU to 10 M by Q4").contains("check-in"));
    window.press(Modifiers::COMMAND, Key::Z);
    window.press(Modifiers::COMMAND, Key::Z);
    assert_eq!(**window.workspace().project(), waymark::storage::sample());
}

#[test]
fn the_header_of_a_goal_leads_to_its_check_in() {
    let mut window = Window::on_habit();
    window.act(Action::Visit(waymark::workspace::Selection::Goal(goal_id("trust"))));
    window.harness.get_by_label("1 due under it");
    window.click("Check in");
    // The objective itself, and what is due under it.
    assert_eq!(window.workspace().view.sheet, Some(Sheet::CheckIns(CheckInsOn::Goals(vec![goal_id("trust")]))));
    window.is_in("Confidence, Be the product people trust");
    window.press(Modifiers::NONE, Key::ArrowDown);
    window.is_in(&format!("Confidence, {NPS}"));
    assert!(window.harness.query_by_label(&format!("Confidence, {MAU}")).is_none());
}
