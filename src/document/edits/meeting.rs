//! The meeting log: what was decided, what is to be done by whom, what was noted; and when the last meeting was.

use super::{Change, quoted};
use crate::document::{Edit, Entity, EntityId};
use crate::model::{Date, Deck, GoalId, MeetingEntry, MeetingEntryId, MeetingEntryKind, MetricId, Project, date_words};

/// A line of the meeting log before it is written down.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewEntry {
    pub date: Date,
    pub kind: MeetingEntryKind,
    pub text: String,
    pub owner: String,
    pub due: Option<Date>,
    pub goal: Option<GoalId>,
    pub metric: Option<MetricId>,
}

pub fn add_entry(new: NewEntry, id: MeetingEntryId) -> Change {
    let NewEntry { date, kind, text, owner, due, goal, metric } = new;
    let (text, owner) = (text.trim().to_owned(), owner.trim().to_owned());
    let entry = MeetingEntry { id, date, kind, text, owner, due, done_on: None, outcome: String::new(), goal, metric };
    Change::new(words("Add", &entry), Edit::Put(Entity::MeetingEntry(entry)))
}

pub fn change_entry(entry: MeetingEntry) -> Change {
    Change::new(words("Change", &entry), Edit::Put(Entity::MeetingEntry(entry)))
}

/// Done on a day, or open again.
pub fn set_done(entry: &MeetingEntry, done_on: Option<Date>) -> Change {
    let verb = if done_on.is_some() { "Finish" } else { "Reopen" };
    Change::new(words(verb, entry), Edit::Put(Entity::MeetingEntry(MeetingEntry { done_on, ..entry.clone() })))
}

pub fn remove_entry(entry: &MeetingEntry) -> Change {
    Change::new(words("Remove", entry), Edit::Remove(EntityId::MeetingEntry(entry.id.clone())))
}

/// The day that the next review and the deck compare with.
pub fn set_last_meeting(project: &Project, day: Option<Date>) -> Change {
    let label = day.map_or_else(|| "Forget the last meeting".to_owned(), |day| format!("Set {} as the last meeting", date_words(day)));
    Change::new(label, Edit::Deck(Box::new(Deck { last_meeting: day, ..project.deck.clone() })))
}

fn words(verb: &str, entry: &MeetingEntry) -> String {
    format!("{verb} {} {}", entry.kind.code(), quoted(&entry.text))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analysis::fixture::{Fixture, day};
    use crate::document::apply::apply;

    fn new(goal: &GoalId) -> NewEntry {
        NewEntry {
            date: day("2026-11-21"),
            kind: MeetingEntryKind::Action,
            text: "  Call the three largest customers ".to_owned(),
            owner: "Ana".to_owned(),
            due: Some(day("2026-12-01")),
            goal: Some(goal.clone()),
            metric: None,
        }
    }

    #[test]
    fn an_action_is_added_done_reopened_and_removed_and_each_step_can_be_taken_back() {
        let mut f = Fixture::new();
        let id = MeetingEntryId::from_random(7);
        let add = add_entry(new(&f.root), id.clone());
        assert_eq!(add.label, "Add action “Call the three largest customers”");
        let before = f.project.clone();
        let undo = apply(&mut f.project, add.edit).unwrap();
        let entry = f.project.meeting_log[&id].clone();
        assert_eq!((entry.text.as_str(), entry.is_open(day("2026-11-21"))), ("Call the three largest customers", true));
        assert!(!entry.is_overdue(day("2026-12-01")) && entry.is_overdue(day("2026-12-02")));

        let done = set_done(&entry, Some(day("2026-11-30")));
        assert_eq!(done.label, "Finish action “Call the three largest customers”");
        apply(&mut f.project, done.edit).unwrap();
        let entry = f.project.meeting_log[&id].clone();
        // As of a day before, it was not done yet.
        assert!(entry.is_open(day("2026-11-29")) && !entry.is_open(day("2026-11-30")));
        apply(&mut f.project, set_done(&entry, None).edit).unwrap();
        assert!(f.project.meeting_log[&id].is_open(day("2026-12-05")));

        let gone = apply(&mut f.project, remove_entry(&entry).edit).unwrap();
        assert!(f.project.meeting_log.is_empty());
        apply(&mut f.project, gone).unwrap();
        apply(&mut f.project, undo).unwrap();
        assert_eq!(f.project, before);
    }

    #[test]
    fn a_decision_is_open_until_it_says_what_came_of_it() {
        let mut f = Fixture::new();
        let id = MeetingEntryId::from_random(8);
        let decision = NewEntry { kind: MeetingEntryKind::Decision, ..new(&f.root) };
        apply(&mut f.project, add_entry(decision, id.clone()).edit).unwrap();
        let entry = f.project.meeting_log[&id].clone();
        assert!(entry.is_open(day("2026-12-31")));
        apply(&mut f.project, change_entry(MeetingEntry { outcome: "All renewed".to_owned(), ..entry }).edit).unwrap();
        assert!(!f.project.meeting_log[&id].is_open(day("2026-12-31")));
    }

    #[test]
    fn the_last_meeting_is_one_step_and_leaves_the_rest_of_the_deck() {
        let mut f = Fixture::new();
        f.project.deck.title = "Board".to_owned();
        let change = set_last_meeting(&f.project, Some(day("2026-11-21")));
        assert_eq!(change.label, "Set 21 Nov 2026 as the last meeting");
        let undo = apply(&mut f.project, change.edit).unwrap();
        assert_eq!((f.project.deck.title.as_str(), f.project.deck.last_meeting), ("Board", Some(day("2026-11-21"))));
        apply(&mut f.project, undo).unwrap();
        assert_eq!(f.project.deck.last_meeting, None);
    }
}
