//! Rows to points: one date and one value a row, or the reason why not.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;

use super::dates::{self, DateColumn};
use super::numbers::{NumberColumn, ReadNumber};
use super::{ImportError, Request, Row, Table};
use crate::model::{Cadence, Calendar, Stamp, Unit};

/// A row that became a point.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct ReadPoint {
    pub at: Stamp,
    pub value: f64,
    pub line: usize,
    /// What the form of the date says: `2026-03` stands for a month. Full dates say nothing.
    pub grain: Option<Cadence>,
}

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

/// All rows of a table, each accounted for: `points + without_value + rejected + left_out` is the number of rows.
#[derive(Clone, Debug, PartialEq)]
pub struct Reading {
    /// Ascending by time, no two at one time.
    pub points: Vec<ReadPoint>,
    /// Lines whose value is blank or "n/a": nothing was recorded, and nothing is made of it.
    pub without_value: Vec<usize>,
    /// By line.
    pub rejected: Vec<Rejection>,
    /// Rows that the filter leaves out.
    pub left_out: usize,
    /// The most digits after the decimal mark.
    pub decimals: u8,
    /// Whether quarters or years were placed by a fiscal year that does not begin in January.
    pub fiscal: bool,
}

/// The columns that a request names, found in a table.
struct Columns<'a> {
    date: usize,
    value: usize,
    filters: Vec<(usize, &'a str)>,
}

fn cell(row: &Row, column: usize) -> &str {
    row.cells.get(column).unwrap_or("")
}

impl Columns<'_> {
    fn passes(&self, row: &Row) -> bool {
        self.filters.iter().all(|&(column, wanted)| cell(row, column).trim() == wanted.trim())
    }
}

/// Reads the rows of a table as points of a metric in `unit`. Fails where a column cannot be decided, the filter leaves nothing, a
/// date occurs twice, or no row is left.
pub(super) fn read(table: &Table, request: &Request, unit: &Unit, calendar: Calendar) -> Result<Reading, ImportError> {
    let columns = Columns {
        date: table.column(&request.date)?,
        value: table.column(&request.value)?,
        filters: request
            .filters
            .iter()
            .map(|(name, value)| Ok((table.column(name)?, value.as_str())))
            .collect::<Result<_, ImportError>>()?,
    };
    let column = |index: usize| table.rows.iter().map(move |row| (row.line, cell(row, index)));
    // Rows that the filter leaves out still tell how the file writes its dates and numbers.
    let dates = DateColumn::decide(&request.date, column(columns.date), request.date_order, calendar)?;
    let numbers = NumberColumn::decide(&request.value, column(columns.value), request.decimal_mark, table.delimiter)?;
    let mut reading =
        Reading { points: Vec::new(), without_value: Vec::new(), rejected: Vec::new(), left_out: 0, decimals: 0, fiscal: false };
    for row in &table.rows {
        if !columns.passes(row) {
            reading.left_out += 1;
            continue;
        }
        match read_row(row, table, request, &columns, dates, numbers, unit) {
            Ok(Some((point, decimals))) => {
                reading.decimals = reading.decimals.max(decimals);
                reading.fiscal |= dates::is_fiscal(point.grain, calendar);
                reading.points.push(point);
            }
            Ok(None) => reading.without_value.push(row.line),
            Err(rejection) => reading.rejected.push(rejection),
        }
    }
    if reading.left_out == table.rows.len() {
        return Err(nothing_passes(table, request, &columns));
    }
    reading.points.sort_by_key(|p| p.at);
    refuse_duplicates(&reading.points)?;
    if reading.points.is_empty() {
        return Err(ImportError::NothingToImport { rejected: reading.rejected });
    }
    Ok(reading)
}

fn read_row(
    row: &Row,
    table: &Table,
    request: &Request,
    columns: &Columns<'_>,
    dates: DateColumn,
    numbers: NumberColumn,
    unit: &Unit,
) -> Result<Option<(ReadPoint, u8)>, Rejection> {
    let line = row.line;
    let reject = |column: &str, reason: String| Rejection { line, column: column.to_owned(), reason };
    if row.cells.len() > table.header.len() {
        return Err(reject("", format!("has {} cells, but the header has {}", row.cells.len(), table.header.len())));
    }
    for (index, name) in [(columns.date, &request.date), (columns.value, &request.value)] {
        if index >= row.cells.len() {
            return Err(reject(name, "the row ends before this column".to_owned()));
        }
    }
    let (date_cell, value_cell) = (cell(row, columns.date), cell(row, columns.value));
    let number = numbers.read(value_cell).ok_or_else(|| reject(&request.value, format!("{:?} is no number", shortened(value_cell))))?;
    if date_cell.trim().is_empty() {
        return match number {
            ReadNumber::Blank => Ok(None),
            ReadNumber::Value { .. } => Err(reject(&request.date, "the date is missing".to_owned())),
        };
    }
    let date = dates.read(date_cell).ok_or_else(|| {
        reject(&request.date, format!("{:?} is no date; write it as 2026-03-01, 2026-03, 2026-Q1, 2026-W14 or 2026", shortened(date_cell)))
    })?;
    match number {
        ReadNumber::Blank => Ok(None),
        ReadNumber::Value { value, percent, decimals } => {
            let (value, decimals) = in_unit(value, percent, decimals, unit, value_cell).map_err(|reason| reject(&request.value, reason))?;
            Ok(Some((ReadPoint { at: date.at, value, line, grain: date.grain }, decimals)))
        }
    }
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

fn nothing_passes(table: &Table, request: &Request, columns: &Columns<'_>) -> ImportError {
    // With one filter the values that there are help; with several it is their combination that is missing.
    let found: BTreeSet<&str> = match columns.filters[..] {
        [(column, _)] => table.rows.iter().map(|row| cell(row, column).trim()).collect(),
        _ => BTreeSet::new(),
    };
    ImportError::NothingPassesFilter { wanted: request.filters.clone(), found: found.into_iter().map(shortened).collect() }
}

fn refuse_duplicates(points: &[ReadPoint]) -> Result<(), ImportError> {
    let mut lines: BTreeMap<Stamp, Vec<usize>> = BTreeMap::new();
    for pair in points.windows(2).filter(|pair| pair[0].at == pair[1].at) {
        let entry = lines.entry(pair[0].at).or_insert_with(|| vec![pair[0].line]);
        entry.push(pair[1].line);
    }
    if lines.is_empty() { Ok(()) } else { Err(ImportError::DuplicateDates { dates: lines.into_iter().collect() }) }
}

#[cfg(test)]
mod tests {
    use super::super::{Destination, read_table};
    use super::*;

    fn reading(text: &str, filters: &[(&str, &str)], unit: &Unit) -> Result<Reading, ImportError> {
        let table = read_table(text.as_bytes()).unwrap();
        let request = Request {
            filters: filters.iter().map(|&(c, v)| (c.to_owned(), v.to_owned())).collect(),
            ..Request::new("date", "value", Destination::New { name: "X".to_owned(), unit: unit.clone() })
        };
        read(&table, &request, unit, Calendar::default())
    }

    fn pairs(reading: &Reading) -> Vec<(String, f64)> {
        reading.points.iter().map(|p| (p.at.to_string(), p.value)).collect()
    }

    #[test]
    fn every_row_is_accounted_for() {
        let text = "date,value,type\n2026-02,20,a\n2026-01,10,a\n2026-03,,a\n2026-04,n/a,a\nsoon,5,a\n2026-05,many,a\n,7,a\n2026-06,1,b\n\
                    2026-07,3,a,extra\n2026-08\n";
        let reading = reading(text, &[], &Unit::Count).unwrap();
        assert_eq!(pairs(&reading), [("2026-01-01".to_owned(), 10.0), ("2026-02-01".to_owned(), 20.0), ("2026-06-01".to_owned(), 1.0)]);
        assert_eq!(reading.without_value, [4, 5]);
        let rejected: Vec<String> = reading.rejected.iter().map(Rejection::to_string).collect();
        assert_eq!(
            rejected,
            [
                "line 6, column \"date\": \"soon\" is no date; write it as 2026-03-01, 2026-03, 2026-Q1, 2026-W14 or 2026",
                "line 7, column \"value\": \"many\" is no number",
                "line 8, column \"date\": the date is missing",
                "line 10: has 4 cells, but the header has 3",
                "line 11, column \"value\": the row ends before this column",
            ]
        );
        assert_eq!(reading.points.len() + reading.without_value.len() + reading.rejected.len() + reading.left_out, 10);
    }

    #[test]
    fn filters_choose_rows() {
        let text = "date,value,type,region\n2026-01,1,1,north\n2026-01,2,2,north\n2026-01,3,1,south\n";
        let found = reading(text, &[("type", "1"), ("region", "south")], &Unit::Count).unwrap();
        assert_eq!((pairs(&found), found.left_out), (vec![("2026-01-01".to_owned(), 3.0)], 2));
        let none = reading(text, &[("type", "4")], &Unit::Count).unwrap_err();
        assert_eq!(none.to_string(), "no row has type = 4; the column has \"1\", \"2\"");
        let unknown = reading(text, &[("kind", "4")], &Unit::Count).unwrap_err();
        assert_eq!(unknown.to_string(), "there is no column \"kind\"; the columns are \"date\", \"value\", \"type\", \"region\"");
    }

    #[test]
    fn a_date_that_occurs_twice_is_refused_with_its_lines() {
        let text = "date,value\n2026-01,1\n2026-02,2\n2026-01-01,3\n2026-01,1\n";
        let refused = reading(text, &[], &Unit::Count).unwrap_err();
        assert_eq!(
            refused.to_string(),
            "one date occurs more than once: 2026-01-01 (lines 2, 4, 5); choose rows with a filter, or remove the extra ones"
        );
    }

    #[test]
    fn percentages_suit_percent_and_ratio_only() {
        let text = "date,value\n2026-01,45 %\n2026-02,50\n";
        assert_eq!(pairs(&reading(text, &[], &Unit::Percent).unwrap())[0].1, 45.0);
        assert_eq!(pairs(&reading(text, &[], &Unit::Ratio).unwrap())[0].1, 0.45);
        let count = reading(text, &[], &Unit::Count).unwrap();
        assert_eq!(count.rejected[0].reason, "\"45 %\" is a percentage, but the metric's unit is count");
    }

    #[test]
    fn a_table_without_a_sound_row_is_refused_with_its_reasons() {
        let Err(ImportError::NothingToImport { rejected }) = reading("date,value\nx,1\ny,2\n", &[], &Unit::Count) else {
            panic!("nothing can be imported")
        };
        assert_eq!(rejected.iter().map(|r| r.line).collect::<Vec<_>>(), [2, 3]);
    }
}
