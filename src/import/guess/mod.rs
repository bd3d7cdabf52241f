//! What a table seems to be, decided over whole columns: which holds dates, which values, and whose. Every guess says how sure it is.

mod names;
#[cfg(test)]
mod tests;

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet, HashSet};

use super::dates::{DateColumn, DateHints, DateOrder, iso_stamp};
use super::names::{NameColumns, names_that_pass};
use super::numbers::{NumberColumn, ReadNumber};
use super::{Destination, ImportError, MAX_COLUMNS, Table, TableSource, Take, shortened};
use crate::model::{Calendar, Metric, Project, TableShape, Unit};
pub(super) use names::{Names, names_of, telling};

/// How sure a guess is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Sure {
    /// It can be read otherwise as well, and somebody must say.
    Open,
    Likely,
    Certain,
}

impl Sure {
    pub fn word(self) -> &'static str {
        match self {
            Self::Open => "please choose",
            Self::Likely => "likely",
            Self::Certain => "certain",
        }
    }
}

/// What a column holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Holds {
    Dates,
    Numbers,
    Words,
    Nothing,
}

/// A column of a table, looked at from top to bottom.
#[derive(Clone, Debug, PartialEq)]
pub struct Column {
    pub name: String,
    pub holds: Holds,
    /// Cells that are not blank, and those of them that are of the kind.
    pub filled: usize,
    pub fitting: usize,
    /// Cells that are dates, whatever the others are.
    pub dates: usize,
    /// The unit that signs and the name show, of numbers.
    pub unit: Unit,
    pub unit_sure: Sure,
    /// The first cells that are not blank.
    pub examples: Vec<String>,
}

/// A series of the table, and the metric that it seems to be.
#[derive(Clone, Debug, PartialEq)]
pub struct Match {
    pub take: Take,
    /// Of the metric; a new one is always certain.
    pub sure: Sure,
}

/// What a table seems to be.
#[derive(Clone, Debug, PartialEq)]
pub struct Guess {
    pub columns: Vec<Column>,
    pub shape: TableShape,
    pub sure: Sure,
    /// In words, why.
    pub because: String,
    pub matches: Vec<Match>,
}

/// Looks at a whole table. Fails where no column holds numbers.
pub fn guess(table: &Table, project: &Project) -> Result<Guess, ImportError> {
    let calendar = project.settings.calendar;
    let mut columns = columns_of(table, project);
    let dates = date_column(table, &mut columns, calendar);
    let in_dates = |index: usize| dates.columns.contains(&index);
    let numbers: Vec<usize> = (0..columns.len()).filter(|&i| columns[i].holds == Holds::Numbers && !in_dates(i)).collect();
    let Some(&first_number) = numbers.first() else { return Err(ImportError::NoNumbers { columns: table.header.clone() }) };
    let name = |index: usize| table.header[index].clone();
    let (shape, sure, because) = match names_of(table, &dates.columns, &columns, Some(project)) {
        Some(Names { metric, others, mut because }) => {
            let values: Vec<usize> = numbers.iter().copied().filter(|i| *i != metric && !others.contains(i)).collect();
            let named = values.iter().copied().find(|&i| is_value_name(&columns[i].name));
            let varied = || values.iter().copied().find(|&i| distinct(table, i) > 1);
            let Some(value) = named.or_else(varied).or(values.first().copied()) else {
                return Err(ImportError::NoNumbers { columns: table.header.clone() });
            };
            let is_alone = values.len() == 1 && others.is_empty() && columns[metric].holds == Holds::Words;
            if values.len() > 1 {
                because =
                    format!("{because}; the values are those in {}, and {} other columns have some too", name(value), values.len() - 1);
            }
            let sure = if is_alone { Sure::Certain } else { Sure::Likely };
            (TableShape::Tall { date: dates.name, metric: name(metric), value: name(value) }, sure, because)
        }
        None if numbers.len() == 1 => {
            let because = format!("{} is the only column with numbers", name(first_number));
            (TableShape::Long { date: dates.name, value: name(first_number) }, dates.sure, because)
        }
        None => {
            let because = format!(
                "{} columns hold numbers beside {}",
                numbers.len(),
                if dates.name.is_empty() { "none with dates" } else { &dates.name }
            );
            (TableShape::Wide { date: dates.name, columns: numbers.iter().map(|&i| name(i)).collect() }, dates.sure, because)
        }
    };
    let matches = matches(table, &shape, |index| columns[index].unit.clone(), project)?;
    Ok(Guess { columns, shape, sure, because, matches })
}

/// What the columns of a table hold, each looked at from top to bottom.
pub(super) fn columns_of(table: &Table, project: &Project) -> Vec<Column> {
    (0..table.header.len()).map(|index| look_at(table, index, project.settings.calendar)).collect()
}

/// The series of a table in a shape, each with the metric whose name fits it, or a new one; of a tall table those of which a row passes
/// the filters.
pub fn series_of(table: &Table, shape: &TableShape, filters: &[(String, String)], project: &Project) -> Result<Vec<Match>, ImportError> {
    let calendar = project.settings.calendar;
    for name in match shape {
        TableShape::Long { value, .. } => vec![value],
        TableShape::Wide { columns, .. } => columns.iter().collect(),
        TableShape::Tall { metric, value, .. } => {
            NameColumns::find(table, metric)?;
            vec![value]
        }
    } {
        table.column(name)?;
    }
    // Only columns of values are looked at.
    let found = matches(table, shape, |index| look_at(table, index, calendar).unit, project)?;
    let passing = names_that_pass(table, shape, filters)?;
    // Where nothing passes, it is said when the rows are read.
    let passing = passing.filter(|names| !names.is_empty());
    Ok(found.into_iter().filter(|m| passing.as_ref().is_none_or(|names| names.contains(m.take.from.as_str()))).collect())
}

/// The column that names the metrics of a table which is tall. `None` where none does so better than others.
pub fn names_in(table: &Table, date: &str, project: &Project) -> Option<String> {
    let columns = columns_of(table, project);
    let dates: Vec<usize> = match table.column(date) {
        Ok(column) => vec![column],
        Err(_) => date.split('+').filter_map(|name| table.column(name.trim()).ok()).collect(),
    };
    let mut words = (0..columns.len()).filter(|i| columns[*i].holds == Holds::Words && !dates.contains(i));
    let only = || words.next().filter(|_| words.next().is_none());
    let found = names_of(table, &dates, &columns, Some(project)).map(|names| names.metric).or_else(only)?;
    Some(table.header[found].clone())
}

pub(super) fn matches(
    table: &Table,
    shape: &TableShape,
    unit: impl Fn(usize) -> Unit,
    project: &Project,
) -> Result<Vec<Match>, ImportError> {
    let unit_of = |name: &str| table.column(name).map_or(Unit::Count, &unit);
    let named = |from: &str, unit: Unit| match metric_named(project, from) {
        Some((metric, sure)) => Match { take: Take::new(from, Destination::Metric(metric.id.to_string())), sure },
        None => Match { take: Take::new(from, Destination::New { name: from.trim().to_owned(), unit }), sure: Sure::Certain },
    };
    Ok(match shape {
        TableShape::Long { value, .. } => vec![named(value, unit_of(value))],
        TableShape::Wide { columns, .. } => columns.iter().map(|column| named(column, unit_of(column))).collect(),
        TableShape::Tall { metric, value, .. } => {
            let Ok(column) = NameColumns::find(table, metric) else { return Ok(Vec::new()) };
            let names: HashSet<Cow<'_, str>> = (0..table.len()).map(|row| column.of(table, row)).filter(|name| !name.is_empty()).collect();
            if names.len() > MAX_COLUMNS {
                return Err(ImportError::TooManySeries { series: names.len(), limit: MAX_COLUMNS });
            }
            let names = BTreeSet::from_iter(names);
            let unit = unit_of(value);
            names.into_iter().map(|name| named(&name, unit.clone())).collect()
        }
    })
}

/// The metric that a name means: by name, abbreviation or synonym, or by the same letters and digits.
pub fn metric_named<'a>(project: &'a Project, name: &str) -> Option<(&'a Metric, Sure)> {
    let letters = |text: &str| text.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect::<String>();
    let wanted = letters(name);
    if wanted.is_empty() {
        return None;
    }
    if let Some(metric) = project.find_metric(name.trim()) {
        return Some((metric, Sure::Certain));
    }
    let known_as = |metric: &Metric, is: &dyn Fn(&str) -> bool| {
        is(&metric.name) || is(&metric.abbreviation) || metric.synonyms.iter().any(|synonym| is(synonym))
    };
    let lower = name.trim().to_lowercase();
    let find = |is: &dyn Fn(&str) -> bool| {
        let mut found = project.metrics.values().filter(|metric| known_as(metric, is));
        let first = found.next()?;
        // Two that fit are none.
        found.next().is_none().then(|| first.as_ref())
    };
    find(&|text| text.to_lowercase() == lower)
        .map(|metric| (metric, Sure::Certain))
        .or_else(|| find(&|text| letters(text) == wanted).map(|metric| (metric, Sure::Likely)))
}

/// Of the cells that are not blank, nine in ten make a column what it is.
fn most(fitting: usize, filled: usize) -> bool {
    filled > 0 && fitting * 10 >= filled * 9
}

fn look_at(table: &Table, index: usize, calendar: Calendar) -> Column {
    let order = |order| DateColumn::decide("", [], Some(order), calendar);
    let readers = (
        order(DateOrder::DayFirst),
        order(DateOrder::MonthFirst),
        NumberColumn::decide("", [], Some('.'), ','),
        NumberColumn::decide("", [], Some(','), ','),
    );
    let name = table.header[index].clone();
    let mut column = Column {
        holds: Holds::Nothing,
        filled: 0,
        fitting: 0,
        dates: 0,
        unit: Unit::Count,
        unit_sure: Sure::Likely,
        examples: Vec::new(),
        name,
    };
    let (Ok(day_first), Ok(month_first), Ok(point), Ok(comma)) = readers else { return column };
    let (mut dates, mut numbers, mut percent) = (0, 0, 0);
    let mut currencies: BTreeMap<&'static str, usize> = BTreeMap::new();
    for (_, cell) in table.column_cells(index) {
        if iso_stamp(cell.as_bytes()).is_some() {
            column.note(cell);
            dates += 1;
            continue;
        }
        let read = point.read(cell).or_else(|| comma.read(cell));
        if read == Some(ReadNumber::Blank) {
            continue;
        }
        column.note(cell);
        if let Some(ReadNumber::Value { percent: is_percent, .. }) = read {
            numbers += 1;
            percent += usize::from(is_percent);
            // Most cells have digits only, and no sign to look for.
            let has_sign = !cell.bytes().all(|byte| matches!(byte, b'0'..=b'9' | b'.' | b',' | b'-'));
            if has_sign && let Some(code) = currency_in(cell) {
                *currencies.entry(code).or_default() += 1;
            }
        } else if day_first.read(cell).or_else(|| month_first.read(cell)).is_some() {
            dates += 1;
        }
    }
    (column.holds, column.fitting) = if column.filled == 0 {
        (Holds::Nothing, 0)
    } else if most(numbers, column.filled) || (numbers > dates && numbers * 2 > column.filled) {
        (Holds::Numbers, numbers)
    } else if most(dates + numbers, column.filled) && dates > 0 {
        (Holds::Dates, dates)
    } else {
        (Holds::Words, column.filled - numbers - dates)
    };
    column.dates = dates;
    (column.unit, column.unit_sure) = unit_of(&column.name, numbers, percent, &currencies);
    column
}

/// Cells that are shown of a column.
const EXAMPLES: usize = 5;

impl Column {
    /// Counts a cell that is not blank.
    fn note(&mut self, cell: &str) {
        self.filled += 1;
        if self.examples.len() < EXAMPLES {
            self.examples.push(shortened(cell));
        }
    }
}

fn unit_of(name: &str, numbers: usize, percent: usize, currencies: &BTreeMap<&'static str, usize>) -> (Unit, Sure) {
    if percent > 0 {
        return (Unit::Percent, if percent == numbers { Sure::Certain } else { Sure::Likely });
    }
    if let Some((code, count)) = currencies.iter().max_by_key(|(_, count)| **count) {
        let sure = if currencies.len() == 1 && *count == numbers && *code != "USD" { Sure::Certain } else { Sure::Likely };
        return (Unit::Currency((*code).to_owned()), sure);
    }
    let lower = name.to_lowercase();
    let word = |wanted: &[&str]| lower.split(|c: char| !c.is_alphanumeric() && c != '%').any(|word| wanted.contains(&word));
    let unit = if lower.contains('%') || word(&["pct", "percent", "percentage"]) {
        Unit::Percent
    } else if let Some(code) = currency_in(name).or_else(|| CODES.iter().copied().find(|code| word(&[&code.to_lowercase()]))) {
        Unit::Currency(code.to_owned())
    } else if word(&["seconds", "secs", "sec"]) {
        Unit::Seconds
    } else if word(&["minutes", "mins", "min"]) {
        Unit::Minutes
    } else if word(&["hours", "hrs"]) {
        Unit::Hours
    } else if word(&["days"]) {
        Unit::Days
    } else if word(&["ratio"]) {
        Unit::Ratio
    } else if word(&["score", "nps", "csat"]) {
        Unit::Score
    } else {
        return (Unit::Count, Sure::Likely);
    };
    (unit, Sure::Likely)
}

const CODES: [&str; 8] = ["EUR", "USD", "GBP", "CHF", "JPY", "SEK", "NOK", "DKK"];

fn currency_in(text: &str) -> Option<&'static str> {
    let sign = text.chars().find_map(|c| match c {
        '€' => Some("EUR"),
        '$' => Some("USD"),
        '£' => Some("GBP"),
        '¥' => Some("JPY"),
        _ => None,
    });
    sign.or_else(|| CODES.iter().copied().find(|code| text.contains(code)))
}

/// Where the dates are.
struct Dates {
    columns: Vec<usize>,
    /// As a request names it.
    name: String,
    sure: Sure,
}

pub(super) fn is_date_name(name: &str) -> bool {
    const WORDS: [&str; 23] = [
        "date",
        "day",
        "week",
        "month",
        "quarter",
        "year",
        "period",
        "time",
        "timestamp",
        "datum",
        "tag",
        "woche",
        "monat",
        "quartal",
        "jahr",
        "zeit",
        "jour",
        "semaine",
        "mois",
        "trimestre",
        "fecha",
        "mes",
        "t",
    ];
    name.to_lowercase().split(|c: char| !c.is_alphanumeric()).any(|word| WORDS.contains(&word))
}

pub(super) fn is_value_name(name: &str) -> bool {
    ["value", "wert", "valeur", "valor", "actual", "amount"].contains(&name.trim().to_lowercase().as_str())
}

fn date_column(table: &Table, columns: &mut [Column], calendar: Calendar) -> Dates {
    let found = |columns: Vec<usize>, sure| {
        let name = columns.iter().map(|&index| table.header[index].as_str()).collect::<Vec<_>>().join(" + ");
        Dates { columns, name, sure }
    };
    let dates: Vec<usize> = (0..columns.len()).filter(|&i| columns[i].holds == Holds::Dates).collect();
    if let Some(&first) = dates.iter().find(|&&i| is_date_name(&columns[i].name)).or(dates.first()) {
        return found(vec![first], if dates.len() == 1 { Sure::Certain } else { Sure::Likely });
    }
    // Years, day numbers and counted rows are numbers by their looks.
    let from_1904 = matches!(table.source, TableSource::Sheet { from_1904: true, .. });
    let hints = DateHints { order: Some(DateOrder::DayFirst), from_1904, ..DateHints::default() };
    let reads = |index: usize| {
        let column = DateColumn::decide_with("", table.column_cells(index), hints, calendar);
        column.is_ok_and(|column| table.column_cells(index).all(|(_, cell)| cell.trim().is_empty() || column.read(cell).is_some()))
    };
    let named: Vec<usize> = (0..columns.len()).filter(|&i| columns[i].holds == Holds::Numbers && is_date_name(&columns[i].name)).collect();
    if let [year, part, ..] = named[..]
        && is_year(&columns[year].name)
        && !is_year(&columns[part].name)
    {
        return found(vec![year, part], Sure::Likely);
    }
    let candidate = named.into_iter().chain([0]).find(|&index| columns[index].holds == Holds::Numbers && reads(index));
    // A column in which dates are rare, or none, is better asked about than passed over.
    let words = || (0..columns.len()).filter(|&i| columns[i].holds == Holds::Words);
    let dirty = words().filter(|&i| columns[i].dates > 0).max_by_key(|&i| columns[i].dates);
    let dirty = dirty.or_else(|| words().find(|&i| is_date_name(&columns[i].name)));
    let dirty = dirty.or_else(|| words().find(|&i| i == 0 && columns.len() > 1 && distinct(table, i) == table.len()));
    match candidate.or(dirty) {
        Some(index) => {
            columns[index].holds = Holds::Dates;
            found(vec![index], if is_date_name(&columns[index].name) { Sure::Likely } else { Sure::Open })
        }
        None => found(Vec::new(), Sure::Open),
    }
}

fn is_year(name: &str) -> bool {
    ["year", "jahr", "année", "annee", "año"].contains(&name.trim().to_lowercase().as_str())
}

fn distinct(table: &Table, column: usize) -> usize {
    table.column_cells(column).map(|(_, cell)| cell.trim()).collect::<HashSet<_>>().len()
}
