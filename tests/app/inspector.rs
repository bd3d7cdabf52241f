//! The inspector: what is typed there becomes an edit, and the results on top follow.

use egui::accesskit::Role;
use egui_kittest::kittest::{NodeT as _, Queryable as _};
use waymark::document::edits::{self, AimKind};
use waymark::model::{Aim, DatedTarget, Goal, GoalKind, GoalState, LedgerChange, Limit, MetricId, Stamp, Status, Threshold, Unit, Weight};
use waymark::shell::{FileAnswer, Start};
use waymark::storage;

use egui::{Key, Modifiers};

use super::Window;
use super::project::{day, goal_id};
use waymark::workspace::{Action, Selection};

impl Window {
    /// Types into a field in place of what is there, and leaves it with Enter.
    pub(crate) fn enter(&mut self, field: &str, text: &str) {
        self.put_cursor(field);
        self.press(Modifiers::COMMAND, Key::A);
        self.press(Modifiers::NONE, Key::Delete);
        self.harness.get_by_role_and_label(Role::TextInput, field).type_text(text);
        self.harness.run();
        self.press(Modifiers::NONE, Key::Enter);
    }

    pub(super) fn put_cursor(&mut self, field: &str) {
        self.harness.get_by_role_and_label(Role::TextInput, field).focus();
        self.harness.run();
    }

    pub(crate) fn shown(&self, field: &str) -> String {
        self.harness.get_by_role_and_label(Role::TextInput, field).accesskit_node().value().unwrap_or_default()
    }

    pub(crate) fn choose(&mut self, list: &str, option: &str) {
        self.harness.get_by_role_and_label(Role::ComboBox, list).click_accesskit();
        self.harness.run();
        self.harness.get_by_role_and_label(Role::Button, option).click_accesskit();
        self.harness.run();
    }

    pub(super) fn goal(&self, word: &str) -> &Goal {
        self.workspace().project().goal(&goal_id(word)).unwrap()
    }

    fn status(&self, goal: &Goal) -> Status {
        self.workspace().evaluation().goal(&goal.id).unwrap().status
    }
}

pub(crate) fn metric_id(word: &str) -> MetricId {
    MetricId::parse(&format!("m-{word}")).unwrap()
}

#[test]
fn a_target_is_edited_judged_undone_saved_and_loaded() {
    let mut window = Window::open(Start::Sample);
    let before = std::sync::Arc::clone(window.workspace().project());
    window.click_goal("Bring MAU to 10 M by Q4");
    let id = match &window.workspace().view.selected {
        Some(Selection::Goal(id)) => id.clone(),
        other => panic!("{other:?}"),
    };
    let old = window.workspace().evaluation().goal(&id).unwrap().clone();
    assert_ne!(old.status, Status::OnTrack);
    let current = old.current.unwrap().value;

    // A target that is all but reached.
    window.enter("Target", "8.3 M");
    let goal = before.goal(&id).unwrap();
    let changed = window.workspace().project().goal(&id).unwrap().clone();
    assert_eq!(changed.as_key_result().unwrap().aim, Aim::Increase { start: 7_400_000.0, target: 8_300_000.0 });
    let entry = changed.ledger.last().unwrap();
    assert!(matches!(entry.change, LedgerChange::Target { new: 8_300_000.0, .. }), "{entry:?}");
    let new = window.workspace().evaluation().goal(&id).unwrap().clone();
    let progress = (current - 7_400_000.0) / 900_000.0;
    assert!((new.progress.unwrap() - progress).abs() < 1e-9, "{:?} is not {progress}", new.progress);
    assert_ne!(new.reason, old.reason);
    window.harness.get_by_label(&new.reason);

    window.press(Modifiers::COMMAND, Key::Z);
    assert_eq!(window.workspace().project().goal(&id), Some(goal));
    assert_eq!(**window.workspace().project(), *before);
    assert_eq!(window.shown("Target"), "10,000,000");
    window.harness.get_by_label(&old.reason);

    window.press(Modifiers::COMMAND, Key::Y);
    let path = window.path("edited.waymark.ron");
    window.dialogs.will_answer(FileAnswer::Picked(path.clone()));
    window.press(Modifiers::COMMAND, Key::S);
    let loaded = storage::load(&path).unwrap().project;
    assert_eq!(loaded, **window.workspace().project());
    assert_eq!(loaded.goal(&id), Some(&changed));
}

#[test]
fn what_is_no_number_stays_in_the_field_with_the_reason() {
    let mut window = Window::on_habit();
    window.click_goal("Bring MAU to 10 M");
    let before = window.goal("mau").clone();
    window.enter("Target", "many");
    assert_eq!(window.goal("mau"), &before);
    assert_eq!(window.shown("Target"), "many");
    window.harness.get_by_label("“many” is not a number");
    window.press(Modifiers::NONE, Key::Escape);
    assert_eq!(window.shown("Target"), "10,000,000");
}

#[test]
fn what_the_project_cannot_be_is_refused_with_words() {
    let mut window = Window::on_habit();
    window.click_goal("Bring MAU to 10 M");
    let before = window.goal("mau").clone();
    window.enter("Target", "7 M");
    assert_eq!(window.goal("mau"), &before);
    window.harness.get_by_label_contains("its target 7000000 lies below its start");
}

#[test]
fn another_aim_keeps_the_numbers() {
    let mut window = Window::on_habit();
    window.click_goal("Bring MAU to 10 M");
    window.choose("Aim", AimKind::AtLeast.word());
    assert_eq!(window.goal("mau").as_key_result().unwrap().aim, Aim::AtLeast { threshold: 10_000_000.0, required_share: 0.9 });
    window.enter("Required in", "50 %");
    assert_eq!(window.goal("mau").as_key_result().unwrap().aim, Aim::AtLeast { threshold: 10_000_000.0, required_share: 0.5 });
}

#[test]
fn a_typed_weight_is_pinned_and_can_be_shared_freely_again() {
    let mut window = Window::on_habit();
    window.click_goal("Bring MAU to 10 M");
    assert_eq!(window.shown("Weight"), "50");
    window.enter("Weight", "80");
    assert_eq!(window.goal("mau").weight, Weight::Pinned(0.8));
    window.click_goal("Become the daily habit");
    assert_eq!(window.shown("Weight of Stickiness to 38"), "20");
    window.click("Share the weight of Bring MAU to 10 M freely");
    assert_eq!(window.goal("mau").weight, Weight::Free(1.0));
}

#[test]
fn a_goal_is_closed_with_the_score_that_its_progress_suggests() {
    let mut window = Window::on_habit();
    window.click_goal("Bring MAU to 10 M");
    window.choose("State", "Closed");
    let GoalState::Closed(closing) = &window.goal("mau").state else { panic!("{:?}", window.goal("mau").state) };
    assert_eq!((closing.score, closing.suggested, closing.on), (0.32, Some(0.32), day("2026-11-21")));
    assert_eq!(window.status(window.goal("mau")), Status::Closed);
    window.enter("Score", "0.4");
    let GoalState::Closed(closing) = &window.goal("mau").state else { panic!("{:?}", window.goal("mau").state) };
    assert_eq!((closing.score, closing.suggested), (0.4, Some(0.32)));
}

#[test]
fn points_are_changed_added_and_removed_in_the_table() {
    let mut window = Window::on_habit();
    window.act(Action::Select(Selection::Metric(metric_id("tickets"))));
    let at = Stamp::from_date(day("2026-10-01"));
    let series = |window: &Window| std::sync::Arc::clone(&window.workspace().project().metric(&metric_id("tickets")).unwrap().series);
    assert_eq!(series(&window).len(), 22);
    window.enter("Value, 1 Oct 2026", "61.5");
    assert_eq!(series(&window).get(at).unwrap().value, 61.5);
    window.enter("Note, 1 Oct 2026", "counted again");
    assert_eq!(series(&window).note(at), Some("counted again"));
    window.enter("Value of the new point", "60");
    assert_eq!(series(&window).get(Stamp::from_date(day("2026-11-01"))).unwrap().value, 60.0);
    window.enter("Date, 1 Nov 2026", "2 Nov 2026");
    assert_eq!(series(&window).last(), Some((Stamp::from_date(day("2026-11-02")), 60.0)));
    window.harness.get_by_role_and_label(Role::Button, "Remove the point of 2 Nov 2026").click_accesskit();
    window.harness.run();
    assert_eq!(series(&window).len(), 22);

    window.enter("Value, 1 Oct 2026", "few");
    window.harness.get_by_label("“few” is not a number");
    assert_eq!(series(&window).get(at).unwrap().value, 61.5);
}

#[test]
fn a_metric_is_linked_with_a_role_and_unlinked() {
    let mut window = Window::on_habit();
    window.click_goal("Become the daily habit");
    window.choose("Metric to link", "Tickets a week");
    let roles = |window: &Window| {
        let goal = goal_id("habit");
        window.workspace().project().linked_metrics(&goal).iter().map(|(_, link)| link.role.word()).collect::<Vec<_>>()
    };
    assert_eq!(roles(&window), ["driver"]);
    window.choose("Role of Tickets a week", "Guardrail");
    assert_eq!(roles(&window), ["guardrail"]);
    window.harness.get_by_role_and_label(Role::Button, "Unlink Tickets a week").click_accesskit();
    window.harness.run();
    assert_eq!(roles(&window), [""; 0]);
}

#[test]
fn without_a_selection_the_project_is_edited() {
    let mut window = Window::on_habit();
    window.press(Modifiers::COMMAND, Key::Comma);
    assert_eq!(window.workspace().view.selected, None);
    window.enter("Name", "Habits");
    assert_eq!(window.workspace().project().name, "Habits");
    window.choose("Decimal mark", "Comma: 0,5");
    let locale = window.workspace().project().settings.locale;
    assert_eq!((locale.decimal_mark, locale.fixed(1234.5, 1)), (',', "1.234,5".to_owned()));
    window.enter("As of", "1 Nov 2026");
    assert_eq!(window.workspace().as_of(), day("2026-11-01"));
    window.enter("Currency", "EURO");
    window.harness.get_by_label("A currency is three letters, such as EUR");
}

#[test]
fn steps_are_ticked_renamed_added_and_removed() {
    let mut window = Window::on_habit();
    window.click_goal("NPS of 50");
    window.choose("Aim", AimKind::Milestone.word());
    let steps = |window: &Window| match &window.goal("nps").as_key_result().unwrap().aim {
        Aim::Milestone { steps } => steps.iter().map(|step| (step.title.clone(), step.done_on)).collect::<Vec<_>>(),
        aim => panic!("{aim:?}"),
    };
    assert_eq!(steps(&window), [("Done".to_owned(), None)]);
    window.harness.get_by_role_and_label(Role::CheckBox, "Done: Done").click_accesskit();
    window.harness.run();
    assert_eq!(steps(&window), [("Done".to_owned(), Some(day("2026-11-21")))]);
    window.harness.get_by_role_and_label(Role::Button, "Add a step").click_accesskit();
    window.harness.run();
    window.enter("Step 2", "Ask every team");
    window.enter("Step 1 done on", "2 Nov 2026");
    assert_eq!(steps(&window), [("Done".to_owned(), Some(day("2026-11-02"))), ("Ask every team".to_owned(), None)]);
    window.harness.get_by_role_and_label(Role::Button, "Remove the step Done").click_accesskit();
    window.harness.run();
    assert_eq!(steps(&window), [("Ask every team".to_owned(), None)]);
}

#[test]
fn a_due_date_of_its_own_is_kept_with_its_reason_and_given_back_to_the_cycle() {
    let mut window = Window::on_habit();
    window.click_goal("Bring MAU to 10 M");
    window.enter("Due", "31 Jan 2027");
    assert_eq!(window.goal("mau").due, Some(day("2027-01-31")));
    window.enter("Why due changed on 21 Nov 2026", "The launch moved");
    let entry = window.goal("mau").ledger.last().unwrap();
    assert_eq!((&entry.change, entry.why.as_str()), (&LedgerChange::Due { old: None, new: Some(day("2027-01-31")) }, "The launch moved"));
    window.enter("Due", "");
    assert_eq!(window.goal("mau").due, None);
    assert_eq!(window.goal("mau").ledger, [], "a slip that is taken back on the same day was no change");
}

#[test]
fn a_metric_gets_a_target_of_its_own_and_a_threshold() {
    let mut window = Window::on_habit();
    window.act(Action::Select(Selection::Metric(metric_id("tickets"))));
    let metric = |window: &Window| window.workspace().project().metric(&metric_id("tickets")).unwrap().clone();
    window.choose("Unit", "Percent");
    assert_eq!(metric(&window).unit, Unit::Percent);
    window.choose("Direction", "Lower is better");
    window.harness.get_by_role_and_label(Role::Button, "Add a target of its own").click_accesskit();
    window.harness.run();
    assert_eq!(metric(&window).targets, [DatedTarget { from: day("2026-11-21"), limit: Limit::AtMost(59.0) }]);
    window.enter("Target from 21 Nov 2026", "55 %");
    window.enter("Start of the target from 21 Nov 2026", "1 Oct 2026");
    assert_eq!(metric(&window).targets, [DatedTarget { from: day("2026-10-01"), limit: Limit::AtMost(55.0) }]);
    window.harness.get_by_label("at most 55 % · not met");

    window.harness.get_by_role_and_label(Role::Button, "Add a threshold").click_accesskit();
    window.harness.run();
    window.enter("Name of threshold 1", "Crowded");
    window.choose("Kind of Threshold 1", "Within");
    window.enter("Low end of Threshold 1", "10");
    let threshold = Threshold { label: "Crowded".to_owned(), limit: Limit::Within { low: 10.0, high: 59.0 } };
    assert_eq!(metric(&window).thresholds, [threshold]);
}

#[test]
fn what_is_being_typed_counts_for_a_command() {
    let mut window = Window::on_habit();
    window.click_goal("Bring MAU to 10 M");
    window.put_cursor("Title");
    window.harness.get_by_role_and_label(Role::TextInput, "Title").type_text(" soon");
    window.harness.run();
    let path = window.path("typed.waymark.ron");
    window.dialogs.will_answer(FileAnswer::Picked(path.clone()));
    window.press(Modifiers::COMMAND, Key::S);
    let loaded = storage::load(&path).unwrap().project;
    assert_eq!(loaded.goal(&goal_id("mau")).unwrap().title, window.goal("mau").title);
    assert!(window.goal("mau").title.contains("soon"), "{}", window.goal("mau").title);
    assert!(!window.workspace().document.is_dirty());
    window.press(Modifiers::COMMAND, Key::Z);
    assert_eq!(window.goal("mau").title, "Bring MAU to 10 M");
}

#[test]
fn of_many_points_only_the_rows_in_sight_are_laid_out() {
    let mut window = Window::on_habit();
    let metric = window.workspace().project().metric(&metric_id("tickets")).unwrap().clone();
    let mut daily = waymark::model::Metric { cadence: waymark::model::Cadence::Daily, ..metric };
    let first = Stamp::from_date(day("1950-01-01")).seconds();
    let points = (0..25_000).map(|n| waymark::model::Point::new(Stamp::from_seconds(first + n * 86_400), n as f64));
    daily.series = std::sync::Arc::new(waymark::model::Series::from_points(points).unwrap());
    window.act(Action::Edit { label: "Import".to_owned(), edit: daily.into() });
    window.act(Action::Select(Selection::Metric(metric_id("tickets"))));
    let rows = window.harness.get_all_by(|node| node.label().is_some_and(|label| label.starts_with("Value, "))).count();
    assert!((5..40).contains(&rows), "{rows}");
}

#[test]
fn an_initiative_is_rated_and_a_total_is_added_up() {
    let mut window = Window::open(Start::Sample);
    let goal = |window: &Window, title: &str| window.workspace().project().find_goal(title).unwrap().clone();
    window.click_goal("Ship quick capture on mobile");
    window.choose("Effort", "1, little");
    let GoalKind::Initiative(initiative) = goal(&window, "Ship quick capture on mobile").kind else { panic!("no initiative") };
    assert_eq!((initiative.value, initiative.effort), (Some(5), Some(1)));

    let title = "Win 46,000 sign-ups in Q4";
    window.click_goal(title);
    let before = window.workspace().evaluation().goal(&goal(&window, title).id).unwrap().current.unwrap().value;
    window.harness.get_by_role_and_label(Role::CheckBox, "Add up from start to due").click_accesskit();
    window.harness.run();
    assert!(!goal(&window, title).as_key_result().unwrap().accumulating);
    let after = window.workspace().evaluation().goal(&goal(&window, title).id).unwrap().current.unwrap().value;
    assert!(after < before, "one period, {after}, is less than the total, {before}");
}

#[test]
fn a_list_closes_when_something_is_chosen_by_keyboard() {
    let mut window = Window::on_habit();
    window.click_goal("Bring MAU to 10 M");
    window.harness.get_by_role_and_label(Role::ComboBox, "Aim").focus();
    window.harness.run();
    window.press(Modifiers::NONE, Key::Enter);
    let option = AimKind::AtLeast.word();
    window.harness.get_by_role_and_label(Role::Button, option).focus();
    window.harness.run();
    window.press(Modifiers::NONE, Key::Enter);
    assert!(matches!(window.goal("mau").as_key_result().unwrap().aim, Aim::AtLeast { .. }));
    assert!(window.harness.query_by_role_and_label(Role::Button, AimKind::Between.word()).is_none(), "the list is closed");
}

#[test]
fn parts_of_the_same_title_are_weighted_each_by_itself() {
    let mut window = Window::on_habit();
    window.act(edits::rename_goal(window.goal("stick"), "Bring MAU to 10 M").into());
    window.click_goal("Become the daily habit");
    let name = "Weight of Bring MAU to 10 M";
    window.harness.get_all_by_role_and_label(Role::TextInput, name).next().unwrap().focus();
    window.harness.run();
    window.press(Modifiers::COMMAND, Key::A);
    window.harness.event(egui::Event::Text("80".to_owned()));
    window.harness.run();
    window.press(Modifiers::NONE, Key::Enter);
    let shown = window.harness.query_all_by_role_and_label(Role::TextInput, name);
    assert_eq!(shown.map(|f| f.accesskit_node().value().unwrap()).collect::<Vec<_>>(), ["80", "20"]);
}
