//! The arguments of `waymark import`.

use std::path::PathBuf;

use clap::{Args, ValueEnum};

use super::options::{
    CadenceWord, DateOrderWord, DecimalMark, DirectionWord, DuplicateWord, ModeWord, PercentArg, ShapeWord, parse_percent,
};
use crate::cli::args::{parse_date, parse_filter, parse_number};
use crate::model::{Date, Unit};

/// Take points of metrics in from a table: CSV, other delimited text, or an XLSX workbook
///
/// Columns that are not named are found. Every row is accounted for: taken, left out by a filter, without a value, or listed with the
/// reason why it was not taken. Dates are written as 2026-03-01, 2026-03, 2026-Q1, 2026-W14, 2026 or in another form that can be read in one
/// way only. Where something can be read in two ways, nothing is taken, and the option that decides it is named.
#[derive(Args, Debug)]
pub(in crate::cli) struct ImportArgs {
    /// The project file to change
    pub(super) file: PathBuf,
    /// The table
    #[arg(long, visible_alias = "csv", value_name = "TABLE")]
    pub(super) from: PathBuf,
    /// The column with the dates; "year + quarter" where they are in two columns [default: found]
    #[arg(long, value_name = "COLUMN")]
    pub(super) date: Option<String>,
    /// A column with values; may be given several times [default: found]
    #[arg(long = "value", value_name = "COLUMN")]
    pub(super) values: Vec<String>,
    /// The column with the metrics' names, where each row says whose value it has; "kpi + site" where two name it together
    #[arg(long, value_name = "COLUMN")]
    pub(super) names: Option<String>,
    /// How the series stand in the table [default: found]
    #[arg(long, value_enum)]
    pub(super) shape: Option<ShapeWord>,
    #[command(flatten)]
    pub(super) destination: DestinationArgs,
    /// Take only rows whose column holds the value; may be given several times
    #[arg(long = "filter", value_name = "COLUMN=VALUE", value_parser = parse_filter)]
    pub(super) filters: Vec<(String, String)>,
    /// How often the metric is recorded [default: as the dates show it; a known metric keeps its own]
    #[arg(long, value_enum)]
    pub(super) cadence: Option<CadenceWord>,
    /// Which way is better [default: up; a known metric keeps its own]
    #[arg(long, value_enum)]
    pub(super) direction: Option<DirectionWord>,
    /// The metric's target: at least this, or at most where down is better
    #[arg(long, value_name = "NUMBER", value_parser = parse_number, allow_negative_numbers = true)]
    pub(super) target: Option<f64>,
    /// The objective that the metrics support, made where there is none of this title; with --target also makes the key result, from
    /// the first point to the end of the current cycle
    #[arg(long, value_name = "GOAL")]
    pub(super) objective: Option<String>,
    #[command(flatten)]
    pub(super) reading: ReadingArgs,
    #[command(flatten)]
    pub(super) doing: DoingArgs,
}

#[derive(Args, Debug)]
pub(super) struct DestinationArgs {
    /// The metric to add to [default: the one that each series names]
    #[arg(long, value_name = "ID-OR-NAME", conflicts_with = "new")]
    pub(super) metric: Option<String>,
    /// Make a metric of this name
    #[arg(long, value_name = "NAME", requires = "unit")]
    pub(super) new: Option<String>,
    /// Unit of the new metrics: count, percent, currency:EUR, seconds, minutes, hours, days, ratio, score or custom:LABEL
    #[arg(long, conflicts_with = "metric", value_parser = |text: &str| Unit::parse(text))]
    pub(super) unit: Option<Unit>,
    /// Make a metric of each series that names none
    #[arg(long, conflicts_with_all = ["metric", "new"])]
    pub(super) create: bool,
}

#[derive(Args, Debug)]
#[command(next_help_heading = "How the table is written")]
pub(super) struct ReadingArgs {
    /// The sheet of a workbook [default: the first one with a table]
    #[arg(long, value_name = "NAME")]
    pub(super) sheet: Option<String>,
    /// What stands between columns, such as ";" [default: found]
    #[arg(long, value_name = "CHARACTER")]
    pub(super) delimiter: Option<char>,
    /// Such as windows-1252 [default: found]
    #[arg(long, value_name = "LABEL")]
    pub(super) encoding: Option<String>,
    /// Rows above the header that are not blank [default: found]
    #[arg(long, value_name = "ROWS")]
    pub(super) skip_rows: Option<usize>,
    /// The table has no header: columns are named "Column 1" and so on
    #[arg(long)]
    pub(super) no_header: bool,
    /// Order of day and month in dates such as 03/04/2026, where the column leaves it open
    #[arg(long, value_enum)]
    pub(super) date_order: Option<DateOrderWord>,
    /// How dates are written, such as %d/%m/%y
    #[arg(long, value_name = "PATTERN", conflicts_with = "date_order")]
    pub(super) date_format: Option<String>,
    /// Day of the first row, where rows are only counted
    #[arg(long, value_name = "DATE", value_parser = parse_date)]
    pub(super) start: Option<Date>,
    /// Decimal mark, where the column leaves it open
    #[arg(long, visible_alias = "decimal-mark", value_enum)]
    pub(super) decimal: Option<DecimalMark>,
    /// How percentages without a % sign are written: share where 45 % is 0.45, hundredths where it is 45; COLUMN=share says it of one
    /// column or name, and may be given several times
    #[arg(long, value_name = "[COLUMN=]FORM", value_parser = parse_percent)]
    pub(super) percent: Vec<PercentArg>,
    /// What to do where one date has several rows [default: reject]
    #[arg(long, value_enum)]
    pub(super) on_duplicate: Option<DuplicateWord>,
    /// What to do with points that are there [default: merge]
    #[arg(long, value_enum)]
    pub(super) mode: Option<ModeWord>,
}

#[derive(Args, Debug)]
#[command(next_help_heading = "What is done")]
pub(super) struct DoingArgs {
    /// Read the table as a recipe of the project says; other options go before it
    #[arg(long, value_name = "NAME")]
    pub(super) recipe: Option<String>,
    /// Keep how the table was read as a recipe of this name
    #[arg(long, value_name = "NAME")]
    pub(super) save_recipe: Option<String>,
    /// Have the metrics follow the file: `waymark refresh` reads it again, from outside the project's folder only where that is allowed
    #[arg(long)]
    pub(super) link: bool,
    /// Say what would change, and change nothing
    #[arg(long)]
    pub(super) dry_run: bool,
    /// How to say it
    #[arg(long, value_enum, default_value = "text")]
    pub(super) format: SaidAs,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(in crate::cli) enum SaidAs {
    Text,
    Json,
}
