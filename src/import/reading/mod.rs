//! Rows to points: one date and one value a row, or the reason why not.

mod plain;
#[cfg(test)]
mod tests;

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};
use std::fmt;

use super::dates::{self, DateColumn, DateHints, ReadDate};
use super::names::NameColumns;
use super::numbers::{NumberColumn, ReadNumber};
use super::points::{Points, ReadPoint};
use super::table::TableSource;
use super::{DateOrder, ImportError, Request, Table};
use crate::model::{Calendar, OnDuplicate, PercentForm, Stamp, TableShape, Unit};

/// A row that could not become a point.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Rejection {
    pub line: usize,
    /// Empty where the row as a whole is wrong.
    pub column: String,
    pub reason: String,
}

impl fmt::Display for Rejection {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { line, column, reason } = self;
        if column.is_empty() { write!(f, "line {line}: {reason}") } else { write!(f, "line {line}, column {column:?}: {reason}") }
    }
}

/// All rows of a table as one series, each accounted for: `points + joined + without_value + rejected + left_out + of_others` is the
/// number of rows.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Reading {
    /// Ascending by time, no two at one time.
    pub points: Points,
    /// Lines whose value is blank or "n/a": nothing was recorded, and nothing is made of it.
    pub without_value: Vec<usize>,
    /// By line.
    pub rejected: Vec<Rejection>,
    /// Rows that the filter leaves out.
    pub left_out: usize,
    /// Rows of other metrics, in a tall table.
    pub of_others: usize,
    /// Dates that occurred more than once, and the rows that their points took in beyond the first.
    pub repeated: usize,
    pub joined: usize,
    /// The most digits after the decimal mark.
    pub decimals: u8,
    /// Whether quarters or years were placed by a fiscal year that does not begin in January.
    pub fiscal: bool,
}

/// What was decided over a column of dates.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct DateReading {
    /// Where dates depend on it.
    pub order: Option<DateOrder>,
    /// Numbers were taken as days since an epoch.
    pub is_serial: bool,
    /// Rows were only counted, and put on days that the file does not name.
    pub is_counted: bool,
}

/// What was decided over a column of values.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NumberReading {
    pub decimal_mark: char,
    /// The numbers could be read with another mark, though a comma between the columns makes it unlikely.
    pub mark_is_assumed: bool,
    /// Numbers without a % sign were taken as shares: 0.45 is 45 %.
    pub shares: bool,
}

/// A date cell, read once for all series of a table.
#[derive(Clone, Copy, Debug)]
enum DateCell {
    Read(ReadDate),
    Blank,
    Bad,
}

/// The dates of all rows.
enum Dates {
    /// Days since 1970, where each row has one.
    Days(Vec<i32>),
    Cells(Vec<DateCell>),
}

impl Dates {
    fn at(&self, row: usize) -> DateCell {
        match self {
            Self::Days(days) => DateCell::Read(ReadDate { at: dates::of_day(days[row]), grain: None }),
            Self::Cells(cells) => cells[row],
        }
    }
}

/// The rows of a table with their dates, ready for any number of series.
pub(super) struct Dated<'a> {
    table: &'a Table,
    request: &'a Request,
    calendar: Calendar,
    /// None where rows are only counted.
    date_columns: Vec<usize>,
    dates: Dates,
    pub(super) found: DateReading,
    /// Whether the filters let each row through; empty where there are none.
    passes: Vec<bool>,
    /// The metric column and its rows by their name, in a tall table.
    names: Option<BTreeMap<Cow<'a, str>, Vec<u32>>>,
    /// How the numbers of a tall table are read, decided once for all of its names.
    tall_numbers: Option<Result<NumberColumn, ImportError>>,
}

impl<'a> Dated<'a> {
    /// Fails where a column is missing or cannot be decided, and where the filters let nothing through.
    pub(super) fn new(table: &'a Table, request: &'a Request, calendar: Calendar) -> Result<Self, ImportError> {
        let from_1904 = matches!(table.source, TableSource::Sheet { from_1904: true, .. });
        let step = request.takes.iter().find_map(|take| take.cadence);
        let hints = DateHints { order: request.date_order, format: request.date_format.as_deref(), from_1904, start: request.start, step };
        // Rows that the filter leaves out still tell how the file writes its dates and numbers.
        let source = DateCells::find(table, request.date())?;
        let (dates, found) = match &source {
            DateCells::None => {
                let row = |row: usize| u32::try_from(row + 1).ok().and_then(|number| hints.of_row(number));
                let dates = (0..table.len()).map(|at| row(at).map_or(DateCell::Bad, DateCell::Read)).collect();
                (Dates::Cells(dates), DateReading { is_counted: true, ..DateReading::default() })
            }
            DateCells::Column(column) => {
                let days = if hints.format.is_none() { plain::iso_days(table, *column) } else { None };
                match days {
                    Some(days) => (Dates::Days(days), DateReading { order: hints.order, ..DateReading::default() }),
                    None => date_cells(request.date(), table.column_cells(*column), hints, calendar)?,
                }
            }
            DateCells::Joined { cells, .. } => {
                let cells = cells.iter().enumerate().map(|(row, cell)| (table.line(row), cell.as_str()));
                date_cells(request.date(), cells, hints, calendar)?
            }
        };
        let passes = passes(table, request)?;
        let (names, tall_numbers) = match &request.shape {
            TableShape::Tall { metric, value, .. } => {
                let names = rows_by_name(table, &NameColumns::find(table, metric)?, &passes);
                (Some(names), Some(table.column(value).and_then(|column| decided(table, request, value, column))))
            }
            TableShape::Long { .. } | TableShape::Wide { .. } => (None, None),
        };
        let date_columns = match source {
            DateCells::None => Vec::new(),
            DateCells::Column(column) => vec![column],
            DateCells::Joined { columns, .. } => columns.to_vec(),
        };
        Ok(Self { table, request, calendar, date_columns, dates, found, passes, names, tall_numbers })
    }

    /// Reads the series `from` for a metric in `unit`. `shown_above_one` is whether the metric is known to have percentages above one.
    /// Fails where the column is missing or cannot be decided, a date occurs twice and may not, or no row is left.
    pub(super) fn series(&self, from: &str, unit: &Unit, shown_above_one: bool) -> Result<(Reading, NumberReading), ImportError> {
        let value_name = match &self.request.shape {
            TableShape::Long { .. } | TableShape::Wide { .. } => from,
            TableShape::Tall { value, .. } => value,
        };
        let column = self.table.column(value_name)?;
        if let Some(plain) = plain::series(self, column, unit) {
            let plain::PlainSeries { points, without_value, decimals, fiscal } = plain;
            let reading = Reading { points, without_value, decimals, fiscal, ..Reading::default() };
            return Ok((self.sorted(reading)?, NumberReading { decimal_mark: '.', mark_is_assumed: false, shares: false }));
        }
        let own = match &self.names {
            Some(names) => Some(names.get(from.trim()).ok_or_else(|| no_name(from, names))?.as_slice()),
            None => None,
        };
        let numbers = self.numbers((value_name, column), own, unit, self.request.percent_for(from), shown_above_one)?;
        let mut reading = Reading { left_out: self.passes.iter().filter(|passes| !**passes).count(), ..Reading::default() };
        let rows = SeriesRows { dated: self, value_name, column, numbers, unit };
        if let Some(own) = own {
            reading.of_others = self.table.len() - reading.left_out - own.len();
            for row in own {
                rows.take(*row as usize, &mut reading);
            }
        } else {
            let passes = |row: &usize| self.passes.get(*row).copied().unwrap_or(true);
            (0..self.table.len()).filter(passes).for_each(|row| rows.take(row, &mut reading));
        }
        let reading = self.sorted(reading)?;
        if reading.points.is_empty() {
            return Err(ImportError::NothingToImport { rejected: reading.rejected });
        }
        let found =
            NumberReading { decimal_mark: numbers.decimal_mark(), mark_is_assumed: numbers.is_assumed(), shares: numbers.takes_shares() };
        Ok((reading, found))
    }

    /// The points in the order of their times, one at each.
    fn sorted(&self, mut reading: Reading) -> Result<Reading, ImportError> {
        reading.points.sort();
        join_repeated(&mut reading, self.request.on_duplicate)?;
        Ok(reading)
    }

    fn numbers(
        &self,
        (name, column): (&str, usize),
        own: Option<&[u32]>,
        unit: &Unit,
        percent: Option<PercentForm>,
        shown_above_one: bool,
    ) -> Result<NumberColumn, ImportError> {
        let numbers = match &self.tall_numbers {
            Some(decided) => decided.clone()?,
            None => decided(self.table, self.request, name, column)?,
        };
        if *unit != Unit::Percent {
            return Ok(numbers);
        }
        match percent {
            Some(PercentForm::Share) => return Ok(numbers.of_shares()),
            Some(PercentForm::Hundredths) => return Ok(numbers),
            None => {}
        }
        let rows: &mut dyn Iterator<Item = usize> = match own {
            Some(own) => &mut own.iter().map(|row| *row as usize),
            None => &mut (0..self.table.len()),
        };
        match numbers.look_like_shares(rows.map(|row| (self.table.line(row), self.table.cell(row, column)))) {
            None => Ok(numbers),
            Some(_) if shown_above_one => Ok(numbers.of_shares()),
            Some((line, example)) => {
                Err(ImportError::AmbiguousPercent { column: name.to_owned(), line, example: example.trim().to_owned() })
            }
        }
    }
}

fn decided(table: &Table, request: &Request, name: &str, column: usize) -> Result<NumberColumn, ImportError> {
    NumberColumn::decide(name, table.column_cells(column), request.decimal_mark, table.delimiter())
}

/// The rows of one series.
struct SeriesRows<'a> {
    dated: &'a Dated<'a>,
    value_name: &'a str,
    column: usize,
    numbers: NumberColumn,
    unit: &'a Unit,
}

impl SeriesRows<'_> {
    fn take(&self, row: usize, reading: &mut Reading) {
        match self.read(row) {
            Ok(Some((point, decimals))) => {
                reading.decimals = reading.decimals.max(decimals);
                reading.fiscal |= dates::is_fiscal(point.grain, self.dated.calendar);
                reading.points.push(point);
            }
            Ok(None) => reading.without_value.push(self.dated.table.line(row)),
            Err((column, reason)) => {
                reading.rejected.push(Rejection { line: self.dated.table.line(row), column: column.to_owned(), reason });
            }
        }
    }

    fn read(&self, row: usize) -> Result<Option<(ReadPoint, u8)>, (&str, String)> {
        let Dated { table, request, date_columns, dates, .. } = self.dated;
        let width = table.width(row);
        if width > table.header.len() {
            return Err(("", format!("has {width} cells, but the header has {}", table.header.len())));
        }
        if matches!(table.source, TableSource::Text { .. }) {
            let dates = date_columns.iter().map(|column| (*column, request.date()));
            for (column, name) in dates.chain([(self.column, self.value_name)]) {
                if column >= width {
                    return Err((name, "the row ends before this column".to_owned()));
                }
            }
        }
        let cell = table.cell(row, self.column);
        let number = self.numbers.read(cell).ok_or_else(|| (self.value_name, format!("{:?} is no number", shortened(cell))))?;
        let date = match dates.at(row) {
            DateCell::Read(date) => date,
            DateCell::Blank if number == ReadNumber::Blank => return Ok(None),
            DateCell::Blank => return Err((request.date(), "the date is missing".to_owned())),
            DateCell::Bad => {
                let cells: Vec<&str> = date_columns.iter().map(|column| table.cell(row, *column)).collect();
                let text = shortened(&cells.join(" "));
                let reason = match &request.date_format {
                    Some(pattern) => format!("{text:?} is no date of the form {pattern}"),
                    None => format!("{text:?} is no date; write it as 2026-03-01, 2026-03, 2026-Q1, 2026-W14 or 2026"),
                };
                return Err((request.date(), reason));
            }
        };
        match number {
            ReadNumber::Blank => Ok(None),
            ReadNumber::Value { .. } if !plain::can_be_held(date.at) => {
                Err((request.date(), format!("{} lies outside the years 0 to 9999, which a project can hold", date.at)))
            }
            ReadNumber::Value { value, percent, decimals } => {
                let (value, decimals) = in_unit(value, percent, decimals, self.unit, cell).map_err(|reason| (self.value_name, reason))?;
                Ok(Some((ReadPoint { at: date.at, value, line: table.line(row), grain: date.grain }, decimals)))
            }
        }
    }
}

/// Where the dates of a table are.
enum DateCells {
    /// Nowhere.
    None,
    Column(usize),
    /// In a year's column and one of its quarters, months or weeks.
    Joined {
        columns: [usize; 2],
        cells: Vec<String>,
    },
}

impl DateCells {
    fn find(table: &Table, name: &str) -> Result<Self, ImportError> {
        if name.is_empty() {
            return Ok(Self::None);
        }
        let whole = table.column(name);
        let Some((year, part)) = name.split_once('+').filter(|_| whole.is_err()) else { return whole.map(Self::Column) };
        let columns = [table.column(year.trim())?, table.column(part.trim())?];
        let letter = match part.trim().to_lowercase() {
            name if name.starts_with('q') || name.starts_with("tri") => "Q",
            name if name.starts_with('w') || name.starts_with('k') || name.starts_with("sem") => "W",
            _ => "",
        };
        let join = |row: usize| {
            let [year, part] = columns.map(|column| table.cell(row, column).trim());
            let letter = if part.starts_with(|c: char| c.is_ascii_digit()) { letter } else { "" };
            if year.is_empty() && part.is_empty() { String::new() } else { format!("{year}-{letter}{part}") }
        };
        Ok(Self::Joined { columns, cells: (0..table.len()).map(join).collect() })
    }
}

fn date_cells<'a>(
    name: &str,
    cells: impl Iterator<Item = (usize, &'a str)> + Clone,
    hints: DateHints<'_>,
    calendar: Calendar,
) -> Result<(Dates, DateReading), ImportError> {
    let column = DateColumn::decide_with(name, cells.clone(), hints, calendar)?;
    let read = |(_, cell): (usize, &str)| match column.read(cell) {
        Some(date) => DateCell::Read(date),
        None if cell.trim().is_empty() => DateCell::Blank,
        None => DateCell::Bad,
    };
    let found = DateReading { order: column.order(), is_serial: column.is_serial(), is_counted: column.is_counted() };
    Ok((Dates::Cells(cells.map(read).collect()), found))
}

fn passes(table: &Table, request: &Request) -> Result<Vec<bool>, ImportError> {
    if request.filters.is_empty() {
        return Ok(Vec::new());
    }
    let filters: Vec<(usize, &str)> =
        request.filters.iter().map(|(name, value)| Ok((table.column(name)?, value.trim()))).collect::<Result<_, ImportError>>()?;
    let passes: Vec<bool> =
        (0..table.len()).map(|row| filters.iter().all(|&(column, wanted)| table.cell(row, column).trim() == wanted)).collect();
    if passes.iter().any(|passes| *passes) {
        return Ok(passes);
    }
    // With one filter the values that there are help; with several it is their combination that is missing.
    let found: BTreeSet<&str> = match filters[..] {
        [(column, _)] => table.column_cells(column).map(|(_, cell)| cell.trim()).collect(),
        _ => BTreeSet::new(),
    };
    Err(ImportError::NothingPassesFilter { wanted: request.filters.clone(), found: found.into_iter().map(shortened).collect() })
}

fn rows_by_name<'a>(table: &'a Table, columns: &NameColumns, passes: &[bool]) -> BTreeMap<Cow<'a, str>, Vec<u32>> {
    let mut names: BTreeMap<Cow<'_, str>, Vec<u32>> = BTreeMap::new();
    for row in (0..table.len()).filter(|row| passes.get(*row).copied().unwrap_or(true)) {
        names.entry(columns.of(table, row)).or_default().extend(u32::try_from(row).ok());
    }
    names
}

fn no_name(wanted: &str, names: &BTreeMap<Cow<'_, str>, Vec<u32>>) -> ImportError {
    ImportError::NoSeries { name: wanted.to_owned(), found: names.keys().map(|name| shortened(name)).collect() }
}

/// Makes one point of several at one time, as the request says.
fn join_repeated(reading: &mut Reading, how: OnDuplicate) -> Result<(), ImportError> {
    if !reading.points.repeat() {
        return Ok(());
    }
    let points = &reading.points;
    if how == OnDuplicate::Reject {
        let mut lines: BTreeMap<Stamp, Vec<usize>> = BTreeMap::new();
        for group in points.by_time().filter(|group| group.len() > 1) {
            lines.insert(points.at(group.start).at, group.map(|index| points.at(index).line).collect());
        }
        return Err(ImportError::DuplicateDates { dates: lines.into_iter().collect() });
    }
    let mut joined = Points::default();
    for group in points.by_time() {
        let last = points.at(group.end - 1);
        let sum: f64 = points.values()[group.clone()].iter().sum();
        let value = match how {
            OnDuplicate::Last | OnDuplicate::Reject => last.value,
            OnDuplicate::Sum => sum,
            OnDuplicate::Mean => sum / group.len() as f64,
        };
        joined.push(ReadPoint { value, ..last });
        reading.repeated += usize::from(group.len() > 1);
        reading.joined += group.len() - 1;
    }
    if let Some(point) = joined.iter().find(|point| !point.value.is_finite()) {
        return Err(ImportError::SumTooLarge { at: point.at });
    }
    reading.points = joined;
    Ok(())
}

/// A number of a cell in the metric's own terms: percentages suit percent and ratio only.
pub(super) fn in_unit(value: f64, percent: bool, decimals: u8, unit: &Unit, cell: &str) -> Result<(f64, u8), String> {
    match (percent, unit) {
        (false, _) | (true, Unit::Percent) => Ok((value, decimals)),
        (true, Unit::Ratio) => Ok((value / 100.0, decimals.saturating_add(2))),
        (true, _) => Err(format!("{:?} is a percentage, but the metric's unit is {}", shortened(cell), unit.code())),
    }
}

pub(super) fn shortened(cell: &str) -> String {
    const LENGTH: usize = 60;
    let cell = cell.trim();
    let mut text: String = cell.chars().take(LENGTH).collect();
    if cell.chars().nth(LENGTH).is_some() {
        text.push('…');
    }
    text
}
