//! The review: going through it by keyboard, checking in, deciding, and the day of the meeting.

use egui::accesskit::Role;
use egui::{Event, Key, Modifiers};
use egui_kittest::kittest::{NodeT as _, Queryable as _};
use waymark::chart::review::{Agenda, ItemId};
use waymark::model::{GoalId, MeetingEntry, MeetingEntryKind};
use waymark::shell::Start;
use waymark::workspace::{Action, Arrangement, ReviewSince, ReviewView, Screen, Selection, Sheet};

use super::Window;
use super::project::{day, goal_id, habit};

impl Window {
    fn review(&self) -> &ReviewView {
        &self.workspace().view.arranged.review
    }

    fn agenda(&self) -> std::sync::Arc<Agenda> {
        self.workspace().agenda()
    }

    /// The title of what is on the stage; empty at the end.
    pub(crate) fn on_stage(&self) -> String {
        let agenda = self.agenda();
        agenda.items.get(self.review().place(&agenda)).map_or_else(String::new, |item| item.title.clone())
    }

    fn write(&mut self, text: &str) {
        self.harness.event(Event::Text(text.to_owned()));
        self.harness.run();
    }

    fn entries(&self) -> Vec<MeetingEntry> {
        self.workspace().project().meeting_log.values().cloned().collect()
    }
}

fn sample_review() -> Window {
    let mut window = Window::open(Start::Sample);
    window.press(Modifiers::COMMAND, Key::Num7);
    assert_eq!(window.workspace().view.screen, Screen::Review);
    window
}

#[test]
fn the_whole_agenda_is_walked_by_keyboard() {
    let mut window = sample_review();
    let agenda = window.agenda();
    let of = agenda.items.len();
    assert!(of > 8, "{of}");
    assert_eq!(window.on_stage(), agenda.items[0].title);
    window.harness.get_by_label(&format!("0 of {of} seen"));
    for place in 0..of {
        window.harness.get_by_label_contains(&format!("{} of {of}  ·  ", place + 1));
        // Every sentence of it can be read.
        for sentence in &agenda.items[place].sentences {
            assert!(window.harness.query_all_by_label_contains(&sentence.text).next().is_some(), "{}", sentence.text);
        }
        window.press(Modifiers::NONE, Key::N);
    }
    window.harness.get_by_label(&format!("{of} of {of} seen"));
    window.harness.get_by_label("That was all");
    window.press(Modifiers::NONE, Key::P);
    assert_eq!(window.on_stage(), agenda.items[of - 1].title);
}

#[test]
fn arrows_move_without_ticking_and_space_ticks() {
    let mut window = sample_review();
    let agenda = window.agenda();
    window.press(Modifiers::NONE, Key::ArrowDown);
    window.press(Modifiers::NONE, Key::ArrowDown);
    assert_eq!(window.on_stage(), agenda.items[2].title);
    assert!(window.review().seen.is_empty());
    window.press(Modifiers::NONE, Key::Space);
    assert_eq!(window.review().seen.iter().collect::<Vec<_>>(), [&agenda.items[2].id]);
    window.press(Modifiers::NONE, Key::Space);
    assert!(window.review().seen.is_empty());
    window.press(Modifiers::NONE, Key::ArrowUp);
    assert_eq!(window.on_stage(), agenda.items[1].title);
}

#[test]
fn what_is_on_the_stage_is_selected_and_enter_opens_it_and_back_returns() {
    let mut window = sample_review();
    let agenda = window.agenda();
    let place = agenda.items.iter().position(|i| i.goal.is_some()).unwrap();
    for _ in 0..place {
        window.press(Modifiers::NONE, Key::N);
    }
    let goal = agenda.items[place].goal.clone().unwrap();
    assert_eq!(window.workspace().view.selected, Some(Selection::Goal(goal.clone())));
    window.press(Modifiers::NONE, Key::Enter);
    assert_eq!(window.workspace().view.screen, Screen::Objective);
    window.act(Action::Back);
    assert_eq!(window.workspace().view.screen, Screen::Review);
    assert_eq!(window.on_stage(), agenda.items[place].title);
}

#[test]
fn a_goal_chosen_in_the_tree_comes_on_the_stage() {
    let mut window = sample_review();
    let agenda = window.agenda();
    let last = agenda.items.iter().rev().find(|i| matches!(i.id, ItemId::Goal(_))).unwrap();
    window.act(Action::Select(Selection::Goal(last.goal.clone().unwrap())));
    assert_eq!(window.on_stage(), last.title);
}

#[test]
fn checking_in_on_the_way_settles_the_item_in_its_place() {
    let mut window = Window::on_habit();
    window.press(Modifiers::COMMAND, Key::Num7);
    let agenda = window.agenda();
    let place = agenda.place(&ItemId::Goal(goal_id("nps"))).unwrap();
    let of = agenda.items.len();
    while window.on_stage() != "NPS of 50" {
        window.press(Modifiers::NONE, Key::N);
    }
    assert!(agenda.items[place].label.contains("heck-in overdue"), "{}", agenda.items[place].label);
    window.press(Modifiers::COMMAND, Key::Enter);
    assert!(matches!(window.workspace().view.sheet, Some(Sheet::CheckIns(_))));
    window.write("44");
    window.press(Modifiers::COMMAND, Key::Enter);
    // Back in the review, at the same place, with nothing left to be said.
    assert_eq!((window.workspace().view.sheet.clone(), window.workspace().view.screen), (None, Screen::Review));
    assert_eq!(window.workspace().project().check_ins.len(), 1);
    let agenda = window.agenda();
    assert_eq!((window.on_stage().as_str(), agenda.items.len()), ("NPS of 50", of));
    assert_eq!((agenda.place(&ItemId::Goal(goal_id("nps"))), agenda.items[place].label.as_str()), (Some(place), "Settled"));
    window.press(Modifiers::COMMAND, Key::Z);
    assert!(window.agenda().items[place].label.contains("heck-in overdue"));
}

#[test]
fn a_value_is_typed_beside_the_goal_without_a_sheet() {
    let mut window = Window::on_habit();
    window.act(Action::ToggleInspector);
    window.press(Modifiers::COMMAND, Key::Num7);
    while window.on_stage() != "NPS of 50" {
        window.press(Modifiers::NONE, Key::N);
    }
    window.harness.get_by_label("Value, NPS of 50").focus();
    window.harness.run();
    window.write("44");
    window.press(Modifiers::NONE, Key::Enter);
    let said = window.workspace().project().check_ins.values().next().cloned().unwrap();
    assert_eq!((said.goal, said.value, said.date), (goal_id("nps"), Some(44.0), day("2026-11-21")));
    window.press(Modifiers::COMMAND, Key::Z);
    window.press(Modifiers::COMMAND, Key::Z);
    assert_eq!(**window.workspace().project(), habit());
}

#[test]
fn a_decision_and_an_action_are_written_down_changed_done_and_taken_back() {
    let mut window = Window::on_habit();
    window.press(Modifiers::COMMAND, Key::Num7);
    let about = window.agenda().items[0].goal.clone().unwrap();
    window.press(Modifiers::NONE, Key::D);
    assert!(window.harness.get_by_label("New decision").is_focused());
    window.write("Ask the board for two more people");
    window.press(Modifiers::NONE, Key::Enter);
    let [decision] = &window.entries()[..] else { panic!("{:?}", window.entries()) };
    assert_eq!((decision.kind, decision.text.as_str()), (MeetingEntryKind::Decision, "Ask the board for two more people"));
    assert_eq!((decision.goal.clone(), decision.date), (Some(about), day("2026-11-21")));
    window.harness.get_by_label("21 Nov 2026, today");
    window.harness.get_by_label("Ask the board for two more people");
    assert_eq!(window.workspace().document.undo_label(), Some("Add decision “Ask the board for two more people”"));

    window.press(Modifiers::NONE, Key::A);
    window.write("Talk to Ana");
    window.harness.get_by_label("Owner of the new action").focus();
    window.harness.run();
    window.write("Ben");
    window.harness.get_by_label("Due date of the new action").focus();
    window.harness.run();
    window.write("2026-12-01");
    window.press(Modifiers::NONE, Key::Enter);
    let action = window.entries().into_iter().find(|e| e.kind == MeetingEntryKind::Action).unwrap();
    assert_eq!((action.text.as_str(), action.owner.as_str(), action.due), ("Talk to Ana", "Ben", Some(day("2026-12-01"))));
    window.harness.get_by_label("Ben · due 1 Dec 2026");

    window.harness.get_by_role_and_label(Role::CheckBox, "Done: Talk to Ana").click();
    window.harness.run();
    let done = window.entries().into_iter().find(|e| e.id == action.id).unwrap();
    assert_eq!(done.done_on, Some(day("2026-11-21")));

    window.click("Change: Talk to Ana");
    window.harness.get_by_label("Owner of the entry").focus();
    window.harness.run();
    window.press(Modifiers::COMMAND, Key::A);
    window.write("Cleo");
    window.press(Modifiers::NONE, Key::Enter);
    assert_eq!(window.entries().into_iter().find(|e| e.id == action.id).unwrap().owner, "Cleo");
    window.click("Close the entry");
    window.click("Remove: Talk to Ana");
    assert_eq!(window.entries().len(), 1);
    for _ in 0..5 {
        window.press(Modifiers::COMMAND, Key::Z);
    }
    assert_eq!(**window.workspace().project(), habit());
}

#[test]
fn an_open_action_of_an_earlier_meeting_is_on_the_agenda_and_can_be_done_there() {
    let mut window = sample_review();
    let agenda = window.agenda();
    let item = agenda.items.iter().find(|i| matches!(i.id, ItemId::Entry(_))).unwrap().clone();
    assert!(item.title.starts_with("Fix the crashes"), "{}", item.title);
    while window.on_stage() != item.title {
        window.press(Modifiers::NONE, Key::N);
    }
    window.click("Done");
    let entry = window.entries().into_iter().find(|e| e.text == item.title).unwrap();
    assert_eq!(entry.done_on, Some(day("2026-11-21")));
    assert_eq!(window.on_stage(), item.title, "it stays where it is");
    window.press(Modifiers::COMMAND, Key::Z);
    assert_eq!(window.entries().into_iter().find(|e| e.text == item.title).unwrap().done_on, None);
}

#[test]
fn the_review_ends_with_the_day_of_the_meeting_in_one_step() {
    let mut window = sample_review();
    window.press(Modifiers::NONE, Key::End);
    let before = window.workspace().project().deck.last_meeting;
    window.click("Set 21 Nov 2026 as the last meeting");
    assert_eq!(window.workspace().project().deck.last_meeting, Some(day("2026-11-21")));
    window.harness.get_by_label_contains("21 Nov 2026 is the last meeting");
    assert!(window.harness.query_by_role_and_label(Role::Button, "Set 21 Nov 2026 as the last meeting").is_none());
    window.press(Modifiers::COMMAND, Key::Z);
    assert_eq!(window.workspace().project().deck.last_meeting, before);
}

#[test]
fn since_the_last_meeting_is_another_agenda() {
    let mut window = sample_review();
    let since_check_in = window.agenda();
    window.harness.get_by_label("Meeting, 7 Nov").click();
    window.harness.run();
    assert_eq!(window.review().since, ReviewSince::LastMeeting);
    let since_meeting = window.agenda();
    assert_ne!(since_check_in, since_meeting);
    // What was ticked belongs to the other one.
    assert!(window.review().seen.is_empty());
}

#[test]
fn letters_typed_into_a_field_do_not_move() {
    let mut window = sample_review();
    let first = window.on_stage();
    window.press(Modifiers::COMMAND, Key::F);
    window.press(Modifiers::NONE, Key::N);
    window.press(Modifiers::NONE, Key::D);
    assert_eq!(window.on_stage(), first);
    assert!(window.harness.query_by_label("New decision").is_none());
}

#[test]
fn an_empty_project_says_why_there_is_nothing_to_review() {
    let mut window = Window::on_habit();
    window.act(Action::New);
    window.press(Modifiers::COMMAND, Key::Num7);
    window.harness.get_by_label("Nothing to review yet");
    window.click("Add an objective");
    assert_eq!(window.workspace().project().goals.len(), 1);
}

#[test]
fn ticks_of_what_is_gone_do_no_harm() {
    let mut window = sample_review();
    let gone = ItemId::Goal(GoalId::parse("g-gone").unwrap());
    let review = ReviewView { seen: [gone].into(), ..window.review().clone() };
    window.act(Action::Arrange(Arrangement::Review(review)));
    let of = window.agenda().items.len();
    window.harness.get_by_label(&format!("0 of {of} seen"));
}

#[test]
fn events_are_added_changed_and_removed_in_their_sheet() {
    let mut window = Window::on_habit();
    window.act(Action::OpenSheet(Sheet::Events(None)));
    window.harness.get_by_label("No event yet");
    window.click("Add an event");
    let event = window.workspace().project().events.values().next().unwrap().clone();
    assert_eq!((event.title.as_str(), event.date), ("New event", day("2026-11-21")));
    assert_eq!(window.workspace().view.sheet, Some(Sheet::Events(Some(event.id.clone()))));
    assert!(window.harness.get_by_label("Title of the event").is_focused());
    window.press(Modifiers::COMMAND, Key::A);
    window.write("Version 6");
    window.press(Modifiers::NONE, Key::Enter);
    window.harness.get_by_label("Release").click();
    window.harness.run();
    let changed = window.workspace().project().events[&event.id].clone();
    assert_eq!((changed.title.as_str(), changed.kind), ("Version 6", waymark::model::EventKind::Release));
    window.click("Remove Version 6");
    assert!(window.workspace().project().events.is_empty());
    window.press(Modifiers::COMMAND, Key::Z);
    assert_eq!(window.workspace().project().events[&event.id], changed);
    for _ in 0..3 {
        window.press(Modifiers::COMMAND, Key::Z);
    }
    assert_eq!(**window.workspace().project(), habit());
}

#[test]
fn a_click_on_the_flag_of_an_event_opens_it() {
    let mut window = Window::open(Start::Sample);
    window.act(Action::Visit(Selection::Metric(waymark::model::MetricId::parse("m-mau").unwrap())));
    let flag =
        window.harness.get_all_by_role(Role::Button).find(|b| b.accesskit_node().label().is_some_and(|label| label.starts_with("Event ")));
    flag.expect("a flag").click();
    window.harness.run();
    let Some(Sheet::Events(Some(event))) = window.workspace().view.sheet.clone() else { panic!("{:?}", window.workspace().view.sheet) };
    assert!(window.workspace().project().events.contains_key(&event));
    window.harness.get_by_label("Title of the event");
}
