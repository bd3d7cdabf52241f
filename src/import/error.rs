//! Why a table cannot be taken in as a whole.

use super::reading::Rejection;
use crate::model::Stamp;

/// A table that is refused. What is wrong with single rows is a [`Rejection`] instead.
#[derive(Clone, Debug, PartialEq, thiserror::Error)]
pub enum ImportError {
    #[error("the file is empty")]
    Empty,
    #[error("the file has a header but no rows")]
    HeaderOnly,
    #[error("the file has {} MB; {} MB are the most", bytes.div_ceil(1 << 20), limit >> 20)]
    TooLarge { bytes: usize, limit: usize },
    #[error("the table has more than {limit} rows")]
    TooManyRows { limit: usize },
    #[error("the table has {columns} columns; {limit} are the most")]
    TooManyColumns { columns: usize, limit: usize },
    #[error("the table has more than {limit} cells")]
    TooManyCells { limit: usize },
    #[error("the table has {series} series; {limit} are the most at one time, so choose fewer of them")]
    TooManySeries { series: usize, limit: usize },
    #[error(
        "the table has more than {limit} values, which is more than a project file can hold; choose fewer series, or rows with a filter"
    )]
    TooManyPoints { limit: usize },
    #[error("the file is a workbook of an older format; save it as XLSX or CSV first")]
    OldSpreadsheet,
    #[error("the workbook cannot be read: {0}")]
    Workbook(String),
    #[error("there is no sheet {name:?}; the sheets are {}", quoted_list(sheets))]
    NoSheet { name: String, sheets: Vec<String> },
    #[error("the table has {rows} rows that are not blank, and all of them would be skipped")]
    AllSkipped { rows: usize },
    #[error("{0:?} cannot be a delimiter; it must be one ASCII character")]
    Delimiter(char),
    #[error("{0:?} is no encoding; examples are utf-8, windows-1252 and utf-16le")]
    Encoding(String),
    #[error("the file is not written in {0}")]
    NotInEncoding(&'static str),
    #[error("the file is no text: line {line} has a NUL byte")]
    Binary { line: usize },
    #[error("line {line} cannot be read: {reason}")]
    Unreadable { line: usize, reason: String },
    #[error("there is no column {name:?}; the columns are {}", quoted_list(columns))]
    NoColumn { name: String, columns: Vec<String> },
    #[error("several columns are named {name:?} on line {line}; rename all but one")]
    ColumnTwice { name: String, line: usize },
    #[error("no row has {}{}", wanted_list(wanted), found_list(found))]
    NothingPassesFilter { wanted: Vec<(String, String)>, found: Vec<String> },
    #[error(
        "the dates in column {column:?} can be read as day/month or as month/day, such as {example:?} on line {line}; \
         say which, or write them as 2026-03-01"
    )]
    AmbiguousDates { column: String, line: usize, example: String },
    #[error("{0:?} is no pattern for dates; an example is %d/%m/%Y")]
    DatePattern(String),
    #[error(
        "the years in column {column:?} have two digits, such as {example:?} on line {line}; say whether the day or the month comes first, \
         or write the dates as 2026-03-01"
    )]
    ShortYears { column: String, line: usize, example: String },
    #[error(
        "the dates in column {column:?} mix day/month ({day_first:?} on line {day_first_line}) and month/day \
         ({month_first:?} on line {month_first_line}); write them as 2026-03-01"
    )]
    MixedDates { column: String, day_first: String, day_first_line: usize, month_first: String, month_first_line: usize },
    #[error(
        "the dates in column {column:?} are years with a fraction, such as {example:?} on line {line}, which name no day; \
         write them as 2026-03-01 or 2026-03"
    )]
    FractionalYears { column: String, line: usize, example: String },
    #[error(
        "the numbers in column {column:?} can be read with a decimal point or a decimal comma, such as {example:?} on line {line}; \
         say which"
    )]
    AmbiguousNumbers { column: String, line: usize, example: String },
    #[error(
        "the numbers in column {column:?} mix decimal marks: {with_point:?} on line {with_point_line} has a \".\", \
         {with_comma:?} on line {with_comma_line} a \",\""
    )]
    MixedNumbers { column: String, with_point: String, with_point_line: usize, with_comma: String, with_comma_line: usize },
    #[error(
        "the percentages in column {column:?} can be read as shares or as hundredths, such as {example:?} on line {line}; say whether 0.45 \
         is 45 % or 0.45 %"
    )]
    AmbiguousPercent { column: String, line: usize, example: String },
    #[error("the sum of the values at {at} is too large for a number")]
    SumTooLarge { at: Stamp },
    #[error("no row is of {name:?}; the names are {}", quoted_list(found))]
    NoSeries { name: String, found: Vec<String> },
    #[error("no column holds numbers; the columns are {}", quoted_list(columns))]
    NoNumbers { columns: Vec<String> },
    #[error("nothing of the table is wanted; choose at least one column")]
    NothingTaken,
    #[error("two columns go to {0:?}; choose another metric for one of them")]
    TakenTwice(String),
    #[error("{0}")]
    Refused(String),
    #[error("{}", duplicate_lines(dates))]
    DuplicateDates { dates: Vec<(Stamp, Vec<usize>)> },
    #[error("no row has a date and a value")]
    NothingToImport { rejected: Vec<Rejection> },
    #[error("the dates do not show how often the metric is recorded; say its cadence")]
    CadenceUnknown,
    #[error("there is no recipe {0:?} in the project")]
    NoRecipe(String),
    #[error("a recipe needs a name")]
    NoRecipeName,
    #[error("there is no metric {0:?} in the project; ids and names must match exactly")]
    NoMetric(String),
    #[error("the project already has a metric named {name:?}, {id}; import into that one or choose another name")]
    MetricExists { name: String, id: String },
    #[error("{0:?} is computed by a formula and takes no points of its own")]
    Computed(String),
    #[error("{title:?} is of the kind {kind}; name the objective that the metric should support")]
    NotAnObjective { title: String, kind: String },
    #[error("a metric or objective needs a name")]
    NoName,
    #[error("there is no goal with the id {0}")]
    NoGoal(String),
}

fn quoted_list(names: &[String]) -> String {
    const SHOWN: usize = 20;
    let list = names.iter().take(SHOWN).map(|n| format!("{n:?}")).collect::<Vec<_>>().join(", ");
    if names.len() > SHOWN { format!("{list} and {} more", names.len() - SHOWN) } else { list }
}

fn wanted_list(wanted: &[(String, String)]) -> String {
    wanted.iter().map(|(column, value)| format!("{column} = {value}")).collect::<Vec<_>>().join(" and ")
}

fn found_list(found: &[String]) -> String {
    if found.is_empty() { String::new() } else { format!("; the column has {}", quoted_list(found)) }
}

fn duplicate_lines(dates: &[(Stamp, Vec<usize>)]) -> String {
    const SHOWN: usize = 5;
    let places = dates
        .iter()
        .take(SHOWN)
        .map(|(at, lines)| {
            let mut numbers = lines.iter().take(4).map(usize::to_string).collect::<Vec<_>>().join(", ");
            if lines.len() > 4 {
                numbers.push_str(", …");
            }
            format!("{at} (lines {numbers})")
        })
        .collect::<Vec<_>>()
        .join(", ");
    let (what, more) = match dates.len() {
        1 => ("one date occurs".to_owned(), String::new()),
        n if n <= SHOWN => (format!("{n} dates occur"), String::new()),
        n => (format!("{n} dates occur"), format!(" and {} more", n - SHOWN)),
    };
    format!("{what} more than once: {places}{more}; choose rows with a filter, or remove the extra ones")
}
