//! A task that has a screen of its own over the view; at most one is open.

use super::CarrySource;
use super::glossary::Term;
use crate::model::{CycleId, EventId, GoalId, MetricId, Project};

#[derive(Clone, Debug, PartialEq)]
pub enum Sheet {
    /// What the words mean, beginning at one of them.
    Glossary(Option<Term>),
    /// The stages of a key result.
    Plan(GoalId),
    /// Initiatives by value and effort: those under a goal, or all.
    Initiatives(Option<GoalId>),
    /// A goal of one sentence, which may have begun elsewhere.
    QuickEntry { line: String },
    /// Metrics to add, to be linked to a goal where one is meant.
    MetricLibrary { goal: Option<GoalId> },
    /// Commands, goals and metrics by name.
    Palette,
    /// All points of a metric, as a table.
    Data(MetricId),
    /// Saying how goals stand.
    CheckIns(CheckInsOn),
    /// All slides: their order, titles and notes, and the title of the deck.
    Slides,
    /// What files that metrics follow would change.
    Refresh,
    /// Earlier versions of the file.
    Versions,
    /// All cycles.
    Cycles,
    /// All events, with one of them open.
    Events(Option<EventId>),
    /// The end of goals, with their scores.
    Close(Vec<GoalId>),
    /// Goals go over into a cycle; `None` means the next one.
    CarryOver { from: CarrySource, into: Option<CycleId> },
}

/// What is checked in on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum CheckInsOn {
    /// Every goal whose check-in is due.
    Due,
    /// These; for an objective, also what is due under it.
    Goals(Vec<GoalId>),
}

impl Sheet {
    /// Whether everything that it is about is in the project; else it is closed.
    pub(super) fn is_about_something(&self, project: &Project) -> bool {
        match self {
            Self::Initiatives(goal) | Self::MetricLibrary { goal } => goal.as_ref().is_none_or(|goal| project.goals.contains_key(goal)),
            Self::Plan(goal) => project.goals.contains_key(goal),
            Self::Glossary(_)
            | Self::CheckIns(CheckInsOn::Due)
            | Self::Slides
            | Self::Refresh
            | Self::Versions
            | Self::Cycles
            | Self::Events(_)
            | Self::QuickEntry { .. }
            | Self::Palette => true,
            Self::Data(metric) => project.metrics.contains_key(metric),
            Self::CheckIns(CheckInsOn::Goals(goals)) => goals.iter().any(|goal| project.goals.contains_key(goal)),
            Self::Close(goals) => goals.iter().any(|g| project.goals.contains_key(g)),
            Self::CarryOver { from, into } => from.is_there(project) && into.as_ref().is_none_or(|c| project.cycles.contains_key(c)),
        }
    }
}
