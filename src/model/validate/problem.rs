//! What is wrong in a project, and where.

use std::fmt;

use crate::model::{CheckInId, CycleId, EventId, GoalId, LinkKey, MeetingEntryId, MetricId, RecipeId};

/// Where in a project something is wrong.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Place {
    Project,
    Settings,
    Deck,
    Goal(GoalId),
    Metric(MetricId),
    Link(LinkKey),
    Cycle(CycleId),
    Event(EventId),
    CheckIn(CheckInId),
    MeetingEntry(MeetingEntryId),
    Recipe(RecipeId),
}

impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Project => f.write_str("the project"),
            Self::Settings => f.write_str("the settings"),
            Self::Deck => f.write_str("the deck"),
            Self::Goal(id) => write!(f, "goal {id}"),
            Self::Metric(id) => write!(f, "metric {id}"),
            Self::Link(key) => write!(f, "the link of {} to {}", key.metric, key.goal),
            Self::Cycle(id) => write!(f, "cycle {id}"),
            Self::Event(id) => write!(f, "event {id}"),
            Self::CheckIn(id) => write!(f, "check-in {id}"),
            Self::MeetingEntry(id) => write!(f, "meeting entry {id}"),
            Self::Recipe(id) => write!(f, "recipe {id}"),
        }
    }
}

/// Something in a project that cannot be.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Problem {
    pub place: Place,
    /// The field that is wrong, as the file spells it; empty where it is the thing as a whole.
    pub field: &'static str,
    /// A clause in plain words that says what is wrong and what to do.
    pub message: String,
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.place, self.message)
    }
}

/// Gathers the problems of one place.
pub(super) struct Findings<'a> {
    pub(super) place: Place,
    pub(super) found: &'a mut Vec<Problem>,
}

impl Findings<'_> {
    pub(super) fn report(&mut self, field: &'static str, message: impl Into<String>) {
        self.found.push(Problem { place: self.place.clone(), field, message: message.into() });
    }

    pub(super) fn require(&mut self, holds: bool, field: &'static str, message: impl FnOnce() -> String) {
        if !holds {
            self.report(field, message());
        }
    }
}
