//! How a table is read: remembered by name, so that the next file needs no questions.

use super::RecipeId;

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
    pub sheet: Option<String>,
    /// Rows above the header.
    pub skip_rows: u32,
    /// Only rows whose column holds the value.
    pub filters: Vec<(String, String)>,
    pub percent: PercentForm,
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
