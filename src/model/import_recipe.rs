//! How a table is read: remembered by name, so that the next file needs no questions.

use std::collections::BTreeMap;

use super::{Date, RecipeId};

/// Each `None` is guessed anew from the file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ImportRecipe {
    pub id: RecipeId,
    pub name: String,
    pub shape: TableShape,
    pub delimiter: Option<char>,
    /// A WHATWG encoding label, such as `windows-1252`.
    pub encoding: Option<String>,
    pub decimal_mark: Option<char>,
    /// A strftime pattern, such as `%d/%m/%Y`.
    pub date_format: Option<String>,
    /// Of day and month in dates such as 03/04/2026.
    pub date_order: Option<DateOrder>,
    /// The day of the first row where rows are only counted.
    pub start: Option<Date>,
    pub sheet: Option<String>,
    /// Rows above the header.
    pub skip_rows: u32,
    /// Whether the first row names the columns.
    pub has_header: Option<bool>,
    /// Only rows whose column holds the value.
    pub filters: Vec<(String, String)>,
    pub percent: PercentForm,
    /// Of series that write them otherwise than the others, by their name in the table.
    pub percent_of: BTreeMap<String, PercentForm>,
    pub on_duplicate: OnDuplicate,
    pub mode: ImportMode,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum TableShape {
    /// A date and a value column.
    Long { date: String, value: String },
    /// A date column and one column a metric.
    Wide { date: String, columns: Vec<String> },
    /// A date, a metric name and a value column.
    Tall { date: String, metric: String, value: String },
}

/// The order of day and month in dates such as `03/04/2026`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum DateOrder {
    DayFirst,
    MonthFirst,
}

/// How percentages are written in the file.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum PercentForm {
    /// 45 or "45 %".
    #[default]
    Hundredths,
    /// 0.45.
    Share,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum OnDuplicate {
    #[default]
    Reject,
    Last,
    Sum,
    Mean,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum ImportMode {
    /// New dates are added and known ones renewed.
    #[default]
    Merge,
    /// What was there goes.
    Replace,
    /// Only dates that had no point.
    FillGaps,
}
