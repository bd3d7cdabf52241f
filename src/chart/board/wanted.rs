//! What is asked of the board: its groups, its order, what is left out and what is folded.

use std::collections::BTreeSet;

use crate::model::{GoalId, Status};

/// How rows are put together.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Grouping {
    /// As they hang in the tree.
    #[default]
    Objective,
    /// The goal's own owner, a team or a person.
    Owner,
    /// The owner of the objective that a goal belongs to: who stands for it where key results belong to people.
    Team,
    /// The stage of the product, the goal's or that of the nearest goal above that names one.
    Stage,
    /// Customer or business, found as the stage is.
    Driver,
    /// Each tag, found as the stage is; a goal with two tags is listed twice.
    Tag,
    Cycle,
    Status,
}

impl Grouping {
    pub const ALL: [Self; 8] = [Self::Objective, Self::Owner, Self::Team, Self::Stage, Self::Driver, Self::Tag, Self::Cycle, Self::Status];

    pub fn word(self) -> &'static str {
        match self {
            Self::Objective => "Objective",
            Self::Owner => "Owner",
            Self::Team => "Team",
            Self::Stage => "Stage",
            Self::Driver => "Driver",
            Self::Tag => "Tag",
            Self::Cycle => "Cycle",
            Self::Status => "Status",
        }
    }
}

/// A column of the board.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Column {
    Name,
    Status,
    Progress,
    Now,
    Change,
    Kpi,
    Owner,
    CheckIn,
    Likelihood,
    Forecast,
    Confidence,
}

impl Column {
    /// From left to right.
    pub const ALL: [Self; 11] = [
        Self::Name,
        Self::Status,
        Self::Progress,
        Self::Now,
        Self::Change,
        Self::Kpi,
        Self::Likelihood,
        Self::Forecast,
        Self::Confidence,
        Self::Owner,
        Self::CheckIn,
    ];

    /// Its head.
    pub fn word(self) -> &'static str {
        match self {
            Self::Name => "Goal",
            Self::Status => "Status",
            Self::Progress => "Progress, expected",
            Self::Now => "Now → target",
            Self::Change => "Change",
            Self::Kpi => "Leading KPI",
            Self::Owner => "Owner",
            Self::CheckIn => "Check-in",
            Self::Likelihood => "Likelihood",
            Self::Forecast => "Forecast",
            Self::Confidence => "Confidence",
        }
    }

    /// What it says and, where rows can be sorted by it, which come first.
    pub fn help(self) -> &'static str {
        match self {
            Self::Name => "The title of the goal. Sorts from A to Z.",
            Self::Status => "How it stands, and by which rule. Sorts the worst first.",
            Self::Progress => "The bar is what is done, the tick what is expected by now. Sorts what is furthest behind first.",
            Self::Now => "The value now and the one aimed at.",
            Self::Change => {
                "What moved since the last check-in that knew an older value; of objectives, progress in points. \
                 Sorts what fell back most first."
            }
            Self::Kpi => "The last complete values of the metric that leads the goal, on a scale of their own.",
            Self::Owner => "The team or person who answers for it. Sorts from A to Z.",
            Self::CheckIn => "Days since the last check-in. Sorts the longest first.",
            Self::Likelihood => "The chance of the target by the due date. Sorts the least likely first.",
            Self::Forecast => "Where the value will be on the due date in 8 of 10 cases.",
            Self::Confidence => "How sure the owner was at the last check-in, of 10. Sorts the least first.",
        }
    }

    /// Values of different units, and pictures, have no order.
    pub fn is_sortable(self) -> bool {
        !matches!(self, Self::Now | Self::Kpi | Self::Forecast)
    }
}

/// The order of siblings.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Sort {
    pub column: Column,
    /// Against the order that the column's help names.
    pub reversed: bool,
}

impl Sort {
    /// What a click on the head of a column asks for: its order, then the reverse, then that of the tree again.
    pub fn after_click(now: Option<Self>, column: Column) -> Option<Self> {
        match now {
            Some(sort) if sort.column == column && sort.reversed => None,
            Some(sort) if sort.column == column => Some(Self { reversed: true, ..sort }),
            _ => Some(Self { column, reversed: false }),
        }
    }
}

/// What is to be listed, and how.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Wanted {
    pub grouping: Grouping,
    /// `None` is the order of the tree.
    pub sort: Option<Sort>,
    /// Only these; empty lists all.
    pub statuses: BTreeSet<Status>,
    /// Only goals of this owner; an empty one are goals that nobody owns.
    pub owner: Option<String>,
    /// Only goals whose title, owner, tags or KPIs contain it.
    pub text: String,
    /// Initiatives are listed too.
    pub initiatives: bool,
    /// Goals that are not as they are at first: objectives closed, key results with their initiatives open.
    pub toggled: BTreeSet<GoalId>,
    /// Names of groups that are closed.
    pub closed: BTreeSet<String>,
}

impl Wanted {
    /// Whether some goals are left out.
    pub fn is_filtered(&self) -> bool {
        !self.statuses.is_empty() || self.owner.is_some() || !self.text.trim().is_empty()
    }

    /// Everything listed again, in the same groups and order.
    #[must_use]
    pub fn unfiltered(&self) -> Self {
        Self { statuses: BTreeSet::new(), owner: None, text: String::new(), ..self.clone() }
    }
}
