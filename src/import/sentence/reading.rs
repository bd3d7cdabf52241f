//! What a sentence was understood as.

use std::ops::Range;

use crate::model::{Date, MetricId, Unit};

/// What the sentence makes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Kind {
    Objective,
    Increase,
    Decrease,
    AtLeast,
    AtMost,
    Between,
    Milestone,
}

impl Kind {
    /// As reports spell it.
    pub fn code(self) -> &'static str {
        match self {
            Self::Objective => "objective",
            Self::Increase => "increase",
            Self::Decrease => "decrease",
            Self::AtLeast => "at_least",
            Self::AtMost => "at_most",
            Self::Between => "between",
            Self::Milestone => "milestone",
        }
    }

    /// As people read it.
    pub fn word(self) -> &'static str {
        match self {
            Self::Objective => "Objective",
            Self::Increase => "Increase",
            Self::Decrease => "Decrease",
            Self::AtLeast => "Stay at or above",
            Self::AtMost => "Stay at or below",
            Self::Between => "Stay within",
            Self::Milestone => "Milestone",
        }
    }

    /// In the order in which they are offered.
    pub const ALL: [Self; 7] =
        [Self::Increase, Self::Decrease, Self::AtLeast, Self::AtMost, Self::Between, Self::Milestone, Self::Objective];

    /// Whether a metric tells how far it is.
    pub fn is_measured(self) -> bool {
        !matches!(self, Self::Objective | Self::Milestone)
    }

    /// Whether values move from a start to a target.
    pub fn moves(self) -> bool {
        matches!(self, Self::Increase | Self::Decrease)
    }
}

/// The metric of a key result.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Measure {
    Known(MetricId),
    /// To be made.
    New {
        name: String,
        abbreviation: String,
    },
}

/// What a reading does without and would be better with.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Missing {
    /// What to measure.
    Metric,
    /// Neither said nor known from the metric's data: the baseline comes first.
    Start,
    Target,
    Due,
    /// The due date that was said is before the as-of day.
    FutureDue,
}

impl Missing {
    pub fn code(self) -> &'static str {
        match self {
            Self::Metric => "metric",
            Self::Start => "start",
            Self::Target => "target",
            Self::Due => "due",
            Self::FutureDue => "future_due",
        }
    }

    /// The question to ask for it.
    pub fn question(self) -> &'static str {
        match self {
            Self::Metric => "of which metric?",
            Self::Start => "from what value?",
            Self::Target => "to what value?",
            Self::Due => "by when?",
            Self::FutureDue => "the due date is in the past; by when?",
        }
    }
}

/// What a part of the sentence was understood as.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum ChipRole {
    /// The verb, which gives the kind.
    Kind,
    Subject,
    Start,
    /// The target, or the limits of a band.
    Target,
    /// By how much.
    Amount,
    /// When: start, due date or both.
    Time,
    Initiative,
}

impl ChipRole {
    pub fn word(self) -> &'static str {
        match self {
            Self::Kind => "Kind",
            Self::Subject => "Of what",
            Self::Start => "From",
            Self::Target => "Target",
            Self::Amount => "By how much",
            Self::Time => "When",
            Self::Initiative => "Initiative",
        }
    }
}

/// A part of the sentence, in bytes, on the boundaries of characters.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Chip {
    pub span: Range<usize>,
    pub role: ChipRole,
}

/// A number that could be a year or an amount, and which of them it was taken for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Taken {
    /// "by 2030", of a rise.
    Year(String),
    /// "by 2000", of a fall.
    Amount(String),
}

impl Taken {
    /// What it was read as, and how to say the other.
    pub fn words(&self) -> String {
        let number = |said: &str| said.rsplit(' ').next().unwrap_or_default().to_owned();
        match self {
            Self::Year(said) => {
                format!("“{said}” is read as the end of that year; to mean an amount, say “by a total of {}”", number(said))
            }
            Self::Amount(said) => {
                let year = number(said);
                format!("“{said}” is read as an amount; to mean the year, say “by end of {year}”")
            }
        }
    }
}

/// What a sentence says. What it does not say is `None`.
#[derive(Clone, Debug, PartialEq)]
pub struct Reading {
    pub kind: Kind,
    /// The sentence without its time and its initiative.
    pub title: String,
    pub metric: Option<Measure>,
    /// Of start, target and absolute amount: the metric's where it is known, else as written.
    pub unit: Option<Unit>,
    pub start: Option<f64>,
    /// The value aimed at; of a milestone the number of steps, of a band its lower end.
    pub target: Option<f64>,
    /// The upper end of a band.
    pub upper: Option<f64>,
    /// Whether `amount` is in hundredths of the start value.
    pub relative: bool,
    /// By how much to rise or fall; positive.
    pub amount: Option<f64>,
    /// Decimals as written, the most of all numbers.
    pub decimals: u8,
    pub starts: Option<Date>,
    pub due: Option<Date>,
    /// "by revamping the login" without its "by".
    pub initiative: Option<String>,
    /// What could have been meant otherwise.
    pub taken: Option<Taken>,
    pub missing: Vec<Missing>,
    /// Ascending, without overlaps.
    pub chips: Vec<Chip>,
}
