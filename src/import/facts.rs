//! How a table was read, part by part, each with how sure it is and why.

use super::looked::Looked;
use super::{Choices, DateOrder, ImportError, Preview, ShapeKind, Sure, TableSource, Turned};
use crate::model::{PercentForm, TableShape, Unit};

/// A preview, or why there is none.
type Read<'a> = Result<&'a Preview, &'a ImportError>;

/// One thing that was found out or said.
#[derive(Clone, Debug, PartialEq)]
pub struct Fact {
    pub words: String,
    pub sure: Sure,
    pub because: String,
}

/// How a table was read. What does not concern it is `None`.
#[derive(Clone, Debug, PartialEq)]
pub struct Facts {
    pub delimiter: Option<Fact>,
    pub encoding: Option<Fact>,
    pub sheet: Option<Fact>,
    pub header: Fact,
    pub shape: Fact,
    /// The column with the dates.
    pub dates: Fact,
    /// How its dates are written.
    /// Where a date was read.
    pub date_form: Option<Fact>,
    /// Where a number was read.
    pub decimal_mark: Option<Fact>,
    /// Where values are percentages.
    pub percent: Option<Fact>,
}

fn fact(words: impl Into<String>, sure: Sure, because: impl Into<String>) -> Fact {
    Fact { words: words.into(), sure, because: because.into() }
}

/// What somebody chose.
fn said(words: impl Into<String>) -> Fact {
    fact(words, Sure::Certain, "you chose it")
}

/// What the recipe says.
fn kept(words: impl Into<String>) -> Fact {
    fact(words, Sure::Certain, "the recipe says so")
}

impl Facts {
    pub fn of(looked: &Looked, choices: &Choices, read: Read<'_>) -> Self {
        let (delimiter, encoding, sheet) = source(looked, choices);
        Self {
            delimiter,
            encoding,
            sheet,
            header: header(looked, choices),
            shape: shape(looked, choices),
            dates: dates(looked, choices, read),
            date_form: date_form(looked, choices, read),
            decimal_mark: decimal_mark(looked, choices, read),
            percent: percent(looked, choices, read),
        }
    }
}

/// The name of a delimiter.
pub fn delimiter_word(delimiter: char) -> String {
    match delimiter {
        ',' => "Comma".to_owned(),
        ';' => "Semicolon".to_owned(),
        '\t' => "Tab".to_owned(),
        '|' => "Bar".to_owned(),
        ' ' => "Space".to_owned(),
        other => other.to_string(),
    }
}

fn source(looked: &Looked, choices: &Choices) -> (Option<Fact>, Option<Fact>, Option<Fact>) {
    let (hints, said_hints) = (&looked.hints, &choices.hints);
    match &looked.table.source {
        TableSource::Text { delimiter, encoding } => {
            let words = delimiter_word(*delimiter);
            let table = &looked.table;
            let uneven = (0..table.len()).filter(|row| table.width(*row) != table.header.len()).count();
            let found = match (said_hints.delimiter, hints.delimiter) {
                (Some(_), _) => said(words),
                (None, Some(_)) => kept(words),
                _ if table.header.len() == 1 => fact(words, Sure::Likely, "it divides nothing: there is one column"),
                _ if uneven == 0 => fact(words, Sure::Certain, "it divides every row into as many cells"),
                _ => fact(words, Sure::Likely, format!("{uneven} of {} rows have more or fewer cells than the header", table.len())),
            };
            let encoded = match (&said_hints.encoding, &hints.encoding) {
                (Some(_), _) => said(*encoding),
                (None, Some(_)) => kept(*encoding),
                _ if encoding.starts_with("UTF") => fact(*encoding, Sure::Certain, "every byte of the file fits it"),
                _ => fact(*encoding, Sure::Likely, "it is guessed from the letters of the file"),
            };
            (Some(found), Some(encoded), None)
        }
        TableSource::Sheet { name, sheets, .. } => {
            let found = match (&said_hints.sheet, &hints.sheet) {
                (Some(_), _) => said(name),
                (None, Some(_)) => kept(name),
                _ if sheets.len() == 1 => fact(name, Sure::Certain, "it is the only sheet"),
                _ => fact(name, Sure::Likely, format!("it is the first of {} sheets with cells", sheets.len())),
            };
            (None, None, Some(found))
        }
    }
}

fn header(looked: &Looked, choices: &Choices) -> Fact {
    let table = &looked.table;
    let words = match table.header_line {
        Some(line) => format!("In row {line}"),
        None => "In no row".to_owned(),
    };
    if let Some(turned) = &table.turned {
        return periods_across(words, turned);
    }
    let (said_hints, hints) = (&choices.hints, &looked.hints);
    if said_hints.has_header.is_some() || said_hints.skip_rows.is_some() {
        return said(words);
    }
    if hints.skip_rows.is_some() {
        return kept(words);
    }
    let numbers = table.header.iter().any(|name| name.trim().parse::<f64>().is_ok());
    match (table.header_line, table.skipped) {
        (None, _) => fact(words, Sure::Likely, "the first row holds a date and a number"),
        (Some(_), _) if numbers => fact(words, Sure::Likely, "some of its names are numbers"),
        (Some(_), 0) => fact(words, Sure::Certain, "its words stand above dates and numbers"),
        (Some(_), 1) => fact(words, Sure::Likely, "the row above it is no part of the table"),
        (Some(_), above) => fact(words, Sure::Likely, format!("the {above} rows above it are no part of the table")),
    }
}

/// The header of a table that has its periods in it.
fn periods_across(words: String, turned: &Turned) -> Fact {
    let left_out = match &turned.left_out[..] {
        [] => String::new(),
        columns => format!("; {} {} not read", quoted(columns), if columns.len() == 1 { "is" } else { "are" }),
    };
    let because = format!(
        "periods stand across the top: the table is turned, with the metrics of “{}” as its columns, and its lines count the columns of the file{left_out}",
        turned.names
    );
    fact(words, Sure::Likely, because)
}

fn quoted(names: &[String]) -> String {
    names.iter().map(|name| format!("“{name}”")).collect::<Vec<_>>().join(", ")
}

fn shape(looked: &Looked, choices: &Choices) -> Fact {
    let kind = |shape: &TableShape| match ShapeKind::of(shape) {
        ShapeKind::Long => "One metric",
        ShapeKind::Wide => "A column for each metric",
        ShapeKind::Tall => "Rows name their metric",
    };
    match (&choices.shape, &looked.recipe, &looked.guess) {
        (Some(shape), ..) => match &looked.guess {
            Ok(guess) if ShapeKind::of(&guess.shape) == ShapeKind::of(shape) => fact(kind(shape), Sure::Certain, &*guess.because),
            _ => said(kind(shape)),
        },
        (None, Some(recipe), _) => kept(kind(&recipe.shape)),
        (None, None, Ok(guess)) => fact(kind(&guess.shape), guess.sure, &*guess.because),
        (None, None, Err(problem)) => fact("Nothing was found", Sure::Open, problem.to_string()),
    }
}

fn dates(looked: &Looked, choices: &Choices, read: Read<'_>) -> Fact {
    let Ok(shape) = choices.shape(looked) else { return fact("–", Sure::Open, "no column with numbers was found") };
    let (TableShape::Long { date, .. } | TableShape::Wide { date, .. } | TableShape::Tall { date, .. }) = shape;
    let words = if date.is_empty() { "Rows are counted".to_owned() } else { date.clone() };
    match (&choices.shape, &looked.recipe) {
        (Some(_), _) => return said(words),
        (None, Some(_)) => return kept(words),
        (None, None) => {}
    }
    let columns = looked.date_columns(date);
    match columns[..] {
        [] => fact(words, Sure::Open, "no column holds dates: choose one, or the day of the first row"),
        [one] => {
            let column = &looked.columns[one];
            let because = if column.filled == column.dates {
                "all of its cells are dates".to_owned()
            } else if column.dates == 0 && read.is_ok() {
                "its numbers can be read as dates".to_owned()
            } else {
                format!("{} of its {} cells are dates", column.dates, column.filled)
            };
            let sure = if column.dates * 10 >= column.filled * 9 { Sure::Certain } else { Sure::Likely };
            fact(words, sure, because)
        }
        _ => fact(words, Sure::Likely, "a year and a part of it stand in two columns"),
    }
}

fn date_form(looked: &Looked, choices: &Choices, read: Read<'_>) -> Option<Fact> {
    let order_word = |order: DateOrder| match order {
        DateOrder::DayFirst => "Day first",
        DateOrder::MonthFirst => "Month first",
    };
    if let Some(format) = choices.date_format.as_ref().filter(|format| !format.trim().is_empty()) {
        return Some(said(format));
    }
    if let Some(order) = choices.date_order {
        return Some(said(order_word(order)));
    }
    if let Some(format) = looked.recipe.as_ref().and_then(|recipe| recipe.date_format.as_ref()) {
        return Some(kept(format));
    }
    let found = match read {
        Ok(preview) => preview.dates,
        Err(ImportError::AmbiguousDates { .. } | ImportError::ShortYears { .. }) => {
            return Some(fact("Day or month?", Sure::Open, "every date can be read both ways"));
        }
        Err(_) => return None,
    };
    Some(match found.order {
        Some(order) => fact(order_word(order), Sure::Certain, "a number above 12 can only be a day"),
        None if found.is_counted => fact("Counted", Sure::Likely, "the table names no days"),
        None if found.is_serial => fact("Day numbers", Sure::Likely, "spreadsheets count days so, from 1900 or 1904 on"),
        None => fact("As written", Sure::Certain, "no date can be read in two ways"),
    })
}

fn decimal_mark(looked: &Looked, choices: &Choices, read: Read<'_>) -> Option<Fact> {
    let word = |mark: char| if mark == ',' { "Decimal comma" } else { "Decimal point" };
    if let Some(mark) = choices.decimal_mark {
        return Some(said(word(mark)));
    }
    if let Some(mark) = looked.recipe.as_ref().and_then(|recipe| recipe.decimal_mark) {
        return Some(kept(word(mark)));
    }
    let is_open = |problem: &ImportError| matches!(problem, ImportError::AmbiguousNumbers { .. } | ImportError::MixedNumbers { .. });
    let open = match read {
        Err(problem) => is_open(problem),
        Ok(preview) => preview.refused.iter().any(|(_, problem)| is_open(problem)),
    };
    if open {
        return Some(fact("Point or comma?", Sure::Open, "the numbers can be read both ways"));
    }
    let marks: Vec<_> = read.ok()?.parts.iter().map(|part| part.numbers).collect();
    let first = marks.first()?;
    Some(if marks.iter().any(|other| other.decimal_mark != first.decimal_mark) {
        fact("By the column", Sure::Certain, "each column shows its own mark")
    } else if marks.iter().any(|mark| mark.mark_is_assumed) {
        fact(word('.'), Sure::Likely, "commas stand between the columns, so that those in numbers divide thousands")
    } else {
        fact(word(first.decimal_mark), Sure::Certain, "no number can be read in two ways")
    })
}

fn percent(looked: &Looked, choices: &Choices, read: Read<'_>) -> Option<Fact> {
    const SHARE: &str = "0.45 is 45 %";
    const WHOLE: &str = "45 is 45 %";
    let word = |form| if form == PercentForm::Share { SHARE } else { WHOLE };
    if let Err(ImportError::AmbiguousPercent { .. }) = read {
        return Some(fact("0.45 or 45?", Sure::Open, "no number without a % sign is above one"));
    }
    let preview = read.ok()?;
    if preview.refused.iter().any(|(_, problem)| matches!(problem, ImportError::AmbiguousPercent { .. })) {
        return Some(fact("0.45 or 45?", Sure::Open, "no number without a % sign is above one"));
    }
    let parts: Vec<_> = preview.parts.iter().filter(|part| part.unit == Unit::Percent).collect();
    let first = parts.first()?;
    let is_mixed = parts.iter().any(|part| part.numbers.shares != first.numbers.shares);
    if is_mixed {
        let some_said = choices.series.values().any(|said| said.percent.is_some());
        let because = if some_said { "you chose it" } else { "each shows or was said to have its own form" };
        return Some(fact("By the series", Sure::Certain, because));
    }
    if let Some(form) = choices.percent {
        return Some(said(word(form)));
    }
    if let Some(recipe) = &looked.recipe {
        return Some(kept(word(if first.numbers.shares { PercentForm::Share } else { recipe.percent })));
    }
    if parts.iter().any(|part| choices.series.get(&part.from).is_some_and(|said| said.percent.is_some())) {
        return Some(said(if first.numbers.shares { SHARE } else { WHOLE }));
    }
    Some(if first.numbers.shares {
        fact(SHARE, Sure::Likely, "no value is above one, but the metric has some that are")
    } else {
        fact(WHOLE, Sure::Certain, "some are above one, or all have a % sign")
    })
}
