//! Key results, initiatives and the ledger of their changes.

use super::{Date, Direction, MetricId};

/// A metric or milestone with a start value, a target and dates (the dates are the goal's).
#[derive(Clone, Debug, PartialEq)]
pub struct KeyResult {
    /// Without one, check-ins carry the values.
    pub metric: Option<MetricId>,
    pub aim: Aim,
    pub pace: Pace,
    /// Values to have reached by given days, ascending: the parts of a long ambition, and the points of
    /// [`Pace::Steps`] and [`Pace::Points`].
    pub stages: Vec<TargetStage>,
    /// The total over the goal's span is aimed at (sign-ups this quarter), not a level.
    pub accumulating: bool,
}

/// What a key result wants of its metric.
#[derive(Clone, Debug, PartialEq)]
pub enum Aim {
    Increase {
        start: f64,
        target: f64,
    },
    Decrease {
        start: f64,
        target: f64,
    },
    /// Stay at or above, in a share of the periods (0…1).
    AtLeast {
        threshold: f64,
        required_share: f64,
    },
    /// Stay at or below.
    AtMost {
        threshold: f64,
        required_share: f64,
    },
    /// Stay within, both ends included.
    Between {
        low: f64,
        high: f64,
        required_share: f64,
    },
    /// Done or not with one step; n of m with more.
    Milestone {
        steps: Vec<Step>,
    },
    /// The start value is not known yet.
    Baseline {
        direction: Direction,
        target: Option<f64>,
    },
}

/// The share of periods that a "stay" aim requires unless it says otherwise.
pub const DEFAULT_REQUIRED_SHARE: f64 = 0.9;

impl Aim {
    /// As reports spell it.
    pub fn code(&self) -> &'static str {
        match self {
            Self::Increase { .. } => "increase",
            Self::Decrease { .. } => "decrease",
            Self::AtLeast { .. } => "at_least",
            Self::AtMost { .. } => "at_most",
            Self::Between { .. } => "between",
            Self::Milestone { .. } => "milestone",
            Self::Baseline { .. } => "baseline",
        }
    }

    /// As people read it.
    pub fn word(&self) -> &'static str {
        match self {
            Self::Increase { .. } => "Increase",
            Self::Decrease { .. } => "Decrease",
            Self::AtLeast { .. } => "Stay at or above",
            Self::AtMost { .. } => "Stay at or below",
            Self::Between { .. } => "Stay within",
            Self::Milestone { .. } => "Milestone",
            Self::Baseline { .. } => "Baseline first",
        }
    }

    /// Whether the aim is to stay somewhere rather than to get there.
    pub fn is_maintain(&self) -> bool {
        matches!(self, Self::AtLeast { .. } | Self::AtMost { .. } | Self::Between { .. })
    }

    /// The value aimed at, where it is one number.
    pub fn target(&self) -> Option<f64> {
        match *self {
            Self::Increase { target, .. } | Self::Decrease { target, .. } => Some(target),
            Self::AtLeast { threshold, .. } | Self::AtMost { threshold, .. } => Some(threshold),
            Self::Baseline { target, .. } => target,
            Self::Between { .. } | Self::Milestone { .. } => None,
        }
    }

    pub fn start(&self) -> Option<f64> {
        match *self {
            Self::Increase { start, .. } | Self::Decrease { start, .. } => Some(start),
            _ => None,
        }
    }

    /// The same aim at another single target; aims without one stay as they are.
    #[must_use]
    pub fn with_target(&self, new: f64) -> Self {
        let mut aim = self.clone();
        match &mut aim {
            Self::Increase { target, .. } | Self::Decrease { target, .. } => *target = new,
            Self::AtLeast { threshold, .. } | Self::AtMost { threshold, .. } => *threshold = new,
            Self::Baseline { target, .. } => *target = Some(new),
            Self::Between { .. } | Self::Milestone { .. } => {}
        }
        aim
    }
}

/// One part of a milestone.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Step {
    pub title: String,
    pub done_on: Option<Date>,
}

/// The shape of expected progress between start and due (SEMANTICS, "Pace and expectation").
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Pace {
    #[default]
    Linear,
    Compound,
    /// Holds the last stage passed.
    Steps,
    SCurve,
    /// Straight lines between the stages.
    Points,
    Seasonal,
}

/// A value to have reached by a day.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct TargetStage {
    pub by: Date,
    pub value: f64,
}

/// Work meant to move a key result.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Initiative {
    pub steps: Vec<Step>,
    /// 1 (little) … 5 (much).
    pub value: Option<u8>,
    /// 1 (little) … 5 (much).
    pub effort: Option<u8>,
    pub effects: Vec<DeclaredEffect>,
}

/// What an initiative is expected to do to a metric.
#[derive(Clone, Debug, PartialEq)]
pub struct DeclaredEffect {
    pub metric: MetricId,
    pub from: Date,
    /// Added to the metric's value; with `relative`, a share of it (0.1 is +10 %).
    pub change: f64,
    pub relative: bool,
    /// 0…1.
    pub confidence: f64,
}

/// A change of what was promised.
#[derive(Clone, Debug, PartialEq)]
pub struct LedgerEntry {
    pub on: Date,
    pub change: LedgerChange,
    pub why: String,
}

#[derive(Clone, Debug, PartialEq)]
pub enum LedgerChange {
    Target { old: f64, new: f64 },
    StartValue { old: f64, new: f64 },
    StartDate { old: Option<Date>, new: Option<Date> },
    Due { old: Option<Date>, new: Option<Date> },
}

impl KeyResult {
    pub fn new(aim: Aim, metric: Option<MetricId>) -> Self {
        Self { metric, aim, pace: Pace::Linear, stages: Vec::new(), accumulating: false }
    }
}
