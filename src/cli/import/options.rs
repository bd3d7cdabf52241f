//! The words of options that stand for something of a table.

use clap::ValueEnum;

use crate::import::DateOrder;
use crate::model::{Cadence, Direction, ImportMode, OnDuplicate, PercentForm};

#[derive(Clone, Copy, Debug, ValueEnum)]
pub(super) enum CadenceWord {
    Hourly,
    Daily,
    Weekly,
    Monthly,
    Quarterly,
    Yearly,
}

impl From<CadenceWord> for Cadence {
    fn from(word: CadenceWord) -> Self {
        match word {
            CadenceWord::Hourly => Self::Hourly,
            CadenceWord::Daily => Self::Daily,
            CadenceWord::Weekly => Self::Weekly,
            CadenceWord::Monthly => Self::Monthly,
            CadenceWord::Quarterly => Self::Quarterly,
            CadenceWord::Yearly => Self::Yearly,
        }
    }
}

#[derive(Clone, Copy, Debug, ValueEnum)]
pub(super) enum DirectionWord {
    Up,
    Down,
}

#[derive(Clone, Copy, Debug, ValueEnum)]
pub(super) enum DateOrderWord {
    /// 3 April is 03/04/2026
    Dmy,
    /// 3 April is 04/03/2026
    Mdy,
}

#[derive(Clone, Copy, Debug, ValueEnum)]
pub(super) enum DecimalMark {
    /// One and a half is 1.5
    Point,
    /// One and a half is 1,5
    Comma,
}

impl From<DirectionWord> for Direction {
    fn from(word: DirectionWord) -> Self {
        match word {
            DirectionWord::Up => Self::Up,
            DirectionWord::Down => Self::Down,
        }
    }
}

impl From<DateOrderWord> for DateOrder {
    fn from(word: DateOrderWord) -> Self {
        match word {
            DateOrderWord::Dmy => Self::DayFirst,
            DateOrderWord::Mdy => Self::MonthFirst,
        }
    }
}

impl DecimalMark {
    pub(super) fn character(self) -> char {
        match self {
            Self::Point => '.',
            Self::Comma => ',',
        }
    }
}

/// How the series stand in a table.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(super) enum ShapeWord {
    /// A date and a value column
    Long,
    /// A date column and a column for each metric
    Wide,
    /// A date column, one with the metric's name, and one with the value
    Tall,
}

#[derive(Clone, Copy, Debug, ValueEnum)]
pub(super) enum PercentWord {
    /// 45 % is 45
    Hundredths,
    /// 45 % is 0.45
    Share,
}

/// How percentages are written: of all, or of one series.
#[derive(Clone, Debug)]
pub(super) struct PercentArg {
    pub(super) of: Option<String>,
    pub(super) form: PercentWord,
}

pub(super) fn parse_percent(text: &str) -> Result<PercentArg, String> {
    let (of, word) = match text.rsplit_once('=') {
        Some((of, word)) => (Some(of.trim().to_owned()), word),
        None => (None, text),
    };
    let known = PercentWord::from_str(word.trim(), true).ok().filter(|_| of.as_deref() != Some(""));
    let form = known.ok_or_else(|| format!("{text:?} is neither share nor hundredths, nor COLUMN=share or COLUMN=hundredths"))?;
    Ok(PercentArg { of, form })
}

impl From<PercentWord> for PercentForm {
    fn from(word: PercentWord) -> Self {
        match word {
            PercentWord::Hundredths => Self::Hundredths,
            PercentWord::Share => Self::Share,
        }
    }
}

#[derive(Clone, Copy, Debug, ValueEnum)]
pub(super) enum DuplicateWord {
    /// Take nothing
    Reject,
    /// Take the last row
    Last,
    /// Add the values up
    Sum,
    /// Take the mean of the values
    Mean,
}

impl From<DuplicateWord> for OnDuplicate {
    fn from(word: DuplicateWord) -> Self {
        match word {
            DuplicateWord::Reject => Self::Reject,
            DuplicateWord::Last => Self::Last,
            DuplicateWord::Sum => Self::Sum,
            DuplicateWord::Mean => Self::Mean,
        }
    }
}

#[derive(Clone, Copy, Debug, ValueEnum)]
pub(super) enum ModeWord {
    /// Add new dates and renew known ones
    Merge,
    /// Let go of dates that the table does not have
    Replace,
    /// Add new dates only
    FillGaps,
}

impl From<ModeWord> for ImportMode {
    fn from(word: ModeWord) -> Self {
        match word {
            ModeWord::Merge => Self::Merge,
            ModeWord::Replace => Self::Replace,
            ModeWord::FillGaps => Self::FillGaps,
        }
    }
}
