use std::collections::BTreeSet;

use crate::chart::roadmap::{Grouping, Levels};
use crate::model::GoalId;

/// How the roadmap is arranged. The days that it shows are those of the window's time range.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct RoadmapView {
    pub grouping: Grouping,
    pub levels: Levels,
    /// Goals that hide what is under them.
    pub folded: BTreeSet<GoalId>,
    /// Only goals that lack a date.
    pub only_undated: bool,
}
