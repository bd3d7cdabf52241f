use std::collections::BTreeSet;

use crate::analysis::attention::Since;
use crate::chart::review::{Agenda, AgendaSection, ItemId};
use crate::model::{Date, Project};

/// Since when things are news in the review.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum ReviewSince {
    /// Each goal's last check-in.
    #[default]
    LastCheckIn,
    /// The last meeting, where there was one up to the day; else as above.
    LastMeeting,
}

/// What is on the stage.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ReviewPlace {
    Item(ItemId),
    /// Behind the last item.
    End,
}

/// An item that was looked at, and where it stood: it keeps its place when nothing is left to say of it.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Visited {
    pub id: ItemId,
    pub place: usize,
    pub section: AgendaSection,
}

/// Where somebody is in the review.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct ReviewView {
    /// None before it begins.
    pub at: Option<ReviewPlace>,
    /// What was ticked.
    pub seen: BTreeSet<ItemId>,
    pub since: ReviewSince,
    /// The log of all meetings, not only of what is on the stage.
    pub whole_log: bool,
    /// By place.
    pub visited: Vec<Visited>,
}

impl ReviewSince {
    /// The last meeting, where it can be compared with.
    pub fn meeting(project: &Project, as_of: Date) -> Option<Date> {
        project.deck.last_meeting.filter(|day| *day <= as_of)
    }

    pub fn of(self, project: &Project, as_of: Date) -> Since {
        match (self, Self::meeting(project, as_of)) {
            (Self::LastMeeting, Some(day)) => Since::Day(day),
            (Self::LastMeeting, None) | (Self::LastCheckIn, _) => Since::LastCheckIn,
        }
    }
}

impl ReviewView {
    /// The place of what is on the stage among the items; one behind the last is the end.
    pub fn place(&self, agenda: &Agenda) -> usize {
        match &self.at {
            Some(ReviewPlace::Item(id)) => agenda.place(id).unwrap_or(0),
            Some(ReviewPlace::End) => agenda.items.len(),
            None => 0,
        }
    }

    /// How many of the items are ticked.
    pub fn seen_of(&self, agenda: &Agenda) -> usize {
        agenda.items.iter().filter(|item| self.seen.contains(&item.id)).count()
    }

    /// With another item on the stage, or the end where there is none at the place.
    #[must_use]
    pub fn moved(&self, agenda: &Agenda, place: usize) -> Self {
        let mut moved = self.clone();
        let Some(item) = agenda.items.get(place) else {
            moved.at = Some(ReviewPlace::End);
            return moved;
        };
        moved.visited.retain(|v| v.id != item.id);
        moved.visited.push(Visited { id: item.id.clone(), place, section: item.section });
        moved.visited.sort_by_key(|v| v.place);
        moved.at = Some(ReviewPlace::Item(item.id.clone()));
        moved
    }

    /// With what is on the stage ticked, and the next item there.
    #[must_use]
    pub fn moved_on(&self, agenda: &Agenda) -> Self {
        let place = self.place(agenda);
        let mut moved = self.moved(agenda, (place + 1).min(agenda.items.len()));
        moved.seen.extend(agenda.items.get(place).map(|item| item.id.clone()));
        moved
    }

    /// With the tick of an item set or taken away.
    #[must_use]
    pub fn toggled(&self, id: &ItemId) -> Self {
        let mut toggled = self.clone();
        if !toggled.seen.remove(id) {
            toggled.seen.insert(id.clone());
        }
        toggled
    }

    /// At the beginning, with nothing ticked.
    #[must_use]
    pub fn started_over(&self) -> Self {
        Self { since: self.since, whole_log: self.whole_log, ..Self::default() }
    }
}
