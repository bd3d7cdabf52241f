//! A task that has a screen of its own over the view; at most one is open.

use super::glossary::Term;
use crate::model::{GoalId, MetricId, Project};

#[derive(Clone, Debug, PartialEq)]
pub enum Sheet {
    /// What the words mean, beginning at one of them.
    Glossary(Option<Term>),
    /// The stages of a key result.
    Plan(GoalId),
    /// A goal of one sentence, which may have begun elsewhere.
    QuickEntry { line: String },
    /// Commands, goals and metrics by name.
    Palette,
    /// All points of a metric, as a table.
    Data(MetricId),
    /// Saying how goals stand.
    CheckIns(CheckInsOn),
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
            Self::Plan(goal) => project.goals.contains_key(goal),
            Self::Glossary(_) | Self::CheckIns(CheckInsOn::Due) | Self::QuickEntry { .. } | Self::Palette => true,
            Self::Data(metric) => project.metrics.contains_key(metric),
            Self::CheckIns(CheckInsOn::Goals(goals)) => goals.iter().any(|goal| project.goals.contains_key(goal)),
        }
    }
}
