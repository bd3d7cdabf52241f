//! Which row names the columns: files begin with titles, days of export and blank rows, or with the data at once.

use super::ImportError;
use super::dates::{DateColumn, DateOrder};
use super::numbers::{NumberColumn, ReadNumber};
use super::source::{MAX_COLUMNS, MAX_ROWS};
use super::table::{Cells, Table, TableSource};
use super::turned::turned;
use crate::model::Calendar;

/// What is known of the header.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Heading {
    /// Rows above it.
    pub(super) skip: Option<usize>,
    /// Whether there is one.
    pub(super) has: Option<bool>,
}

/// Rows looked at to find the header.
const LOOKED_AT: usize = 60;

/// A table of all rows that are not blank, cut into what is above the header, the header, and the rows below it.
pub(super) fn table(mut cells: Cells, source: TableSource, known: Heading) -> Result<Table, ImportError> {
    if cells.len() == 0 {
        return Err(ImportError::Empty);
    }
    let looks = Looks::new()?;
    let (skip, has) = match (known.skip, known.has) {
        (Some(skip), Some(has)) => (skip, has),
        (Some(skip), None) => (skip, skip >= cells.len() || !looks.is_data(&cells, skip)),
        (None, Some(true)) => (looks.header(&cells).unwrap_or(0), true),
        (None, Some(false)) => (looks.first_data(&cells).unwrap_or(0), false),
        (None, None) => match looks.header(&cells) {
            Some(header) => (header, true),
            None => (looks.first_data(&cells).unwrap_or(0), false),
        },
    };
    if skip >= cells.len() {
        return Err(ImportError::AllSkipped { rows: cells.len() });
    }
    let header_line = cells.line(skip);
    let mut header: Vec<String> =
        if has { cells.row(skip).map(|name| name.trim().to_owned()).collect() } else { vec![String::new(); widest(&cells, skip)] };
    if has {
        // A sheet's or an export's empty columns on the right are none.
        while header.len() > 1 && header.last().is_some_and(String::is_empty) && widest(&cells, skip + 1) < header.len() {
            header.pop();
        }
    }
    if matches!(source, TableSource::Sheet { .. }) {
        // A remark beside a table in a sheet makes a column without a name.
        header.resize(header.len().max(widest(&cells, skip + 1)), String::new());
    }
    for (index, name) in header.iter_mut().enumerate().filter(|(_, name)| name.is_empty()) {
        *name = format!("Column {}", index + 1);
    }
    if header.len() > MAX_COLUMNS {
        return Err(ImportError::TooManyColumns { columns: header.len(), limit: MAX_COLUMNS });
    }
    cells.drop_first(skip + usize::from(has));
    match cells.len() {
        0 => Err(ImportError::HeaderOnly),
        rows if rows > MAX_ROWS => Err(ImportError::TooManyRows { limit: MAX_ROWS }),
        _ => {
            let table = Table::new(header, has.then_some(header_line), skip, source, cells);
            Ok(turned(&table, &looks).unwrap_or(table))
        }
    }
}

fn widest(cells: &Cells, from: usize) -> usize {
    (from..cells.len()).map(|row| cells.row(row).len()).max().unwrap_or(0)
}

/// Tells words from dates and numbers, without knowing how the file writes them.
pub(super) struct Looks {
    dates: DateColumn,
    point: NumberColumn,
    comma: NumberColumn,
}

impl Looks {
    fn new() -> Result<Self, ImportError> {
        let number = |mark| NumberColumn::decide("", [], Some(mark), ',');
        Ok(Self {
            dates: DateColumn::decide("", [], Some(DateOrder::DayFirst), Calendar::default())?,
            point: number('.')?,
            comma: number(',')?,
        })
    }

    pub(super) fn is_number(&self, cell: &str) -> bool {
        [&self.point, &self.comma].into_iter().any(|column| matches!(column.read(cell), Some(ReadNumber::Value { .. })))
    }

    /// A date that is not just a number: 2026 and 20260301 say nothing by themselves.
    pub(super) fn is_date(&self, cell: &str) -> bool {
        let month_first = || self.dates.reads_month_first(cell);
        !cell.trim().bytes().all(|b| b.is_ascii_digit()) && (self.dates.read(cell).is_some() || month_first())
    }

    /// A date and, beside it, a number.
    fn is_data(&self, cells: &Cells, row: usize) -> bool {
        let date = cells.row(row).position(|cell| self.is_date(cell));
        date.is_some_and(|date| cells.row(row).enumerate().any(|(index, cell)| index != date && self.is_number(cell)))
    }

    /// At least one word, and neither dates nor numbers.
    fn is_words(&self, cells: &Cells, row: usize) -> bool {
        let mut filled = cells.row(row).filter(|cell| !cell.trim().is_empty()).peekable();
        filled.peek().is_some() && filled.all(|cell| !self.is_number(cell) && !self.is_date(cell))
    }

    fn first_data(&self, cells: &Cells) -> Option<usize> {
        (0..cells.len().min(LOOKED_AT)).find(|&row| self.is_data(cells, row))
    }

    /// The last row of words above the first one with data that is about as wide; without data the first row as wide as most, where it
    /// has a word. `None` where data begins at once.
    fn header(&self, cells: &Cells) -> Option<usize> {
        let filled = |row: usize| cells.row(row).filter(|cell| !cell.trim().is_empty()).count();
        if let Some(data) = self.first_data(cells) {
            let rows = (0..data).rev().filter(|&row| self.is_words(cells, row));
            let wide = rows.clone().find(|&row| filled(row) >= 2 && filled(row) * 2 >= filled(data));
            // A header may hold years or dates of its own.
            return wide.or_else(|| (0..data).rev().find(|&row| filled(row) >= 2 && cells.row(row).any(|cell| !self.is_number(cell))));
        }
        let looked = 0..cells.len().min(LOOKED_AT);
        let width = looked.clone().map(filled).max().unwrap_or(0);
        let first = looked.clone().find(|&row| filled(row) * 2 > width)?;
        let has_word = cells.row(first).any(|cell| !cell.trim().is_empty() && !self.is_number(cell) && !self.is_date(cell));
        has_word.then_some(first)
    }
}

#[cfg(test)]
mod tests {
    use super::super::source::{ReadHints, read_table};
    use super::*;

    fn check(text: &str, header: &[&str], header_line: Option<usize>, first: &str) {
        let table = read_table(text.as_bytes(), &ReadHints::default()).unwrap();
        assert_eq!(table.header, header, "{text}");
        assert_eq!((table.header_line, table.cell(0, 0)), (header_line, first), "{text}");
    }

    #[test]
    fn titles_above_the_header_are_passed_over() {
        check("Monthly report\nGenerated,2026-04-01\n\nMonth,MAU\n2026-01,12\n", &["Month", "MAU"], Some(4), "2026-01");
        check("Source,Data team\nMonth,MAU\nMar 2026,12\n", &["Month", "MAU"], Some(2), "Mar 2026");
        check("Month,MAU\n2026-01,12\n", &["Month", "MAU"], Some(1), "2026-01");
        check("Month;2025;2026\n2026-01;1;2\n", &["Month", "2025", "2026"], Some(1), "2026-01");
    }

    #[test]
    fn a_table_may_have_no_header() {
        check("2026-01-01,12\n2026-01-02,13\n", &["Column 1", "Column 2"], None, "2026-01-01");
        check("1949,112\n1950,118\n", &["Column 1", "Column 2"], None, "1949");
        check("year,value\n1949,112\n1950,118\n", &["year", "value"], Some(1), "1949");
    }

    #[test]
    fn what_is_said_of_the_header_is_obeyed() {
        let read = |skip_rows, has_header| {
            let hints = ReadHints { skip_rows, has_header, ..ReadHints::default() };
            read_table(b"a,b\nc,d\n2026-01,1\n", &hints).map(|t| (t.header.clone(), t.len()))
        };
        let names = |a: &str, b: &str| vec![a.to_owned(), b.to_owned()];
        assert_eq!(read(None, None), Ok((names("c", "d"), 1)));
        assert_eq!(read(Some(0), None), Ok((names("a", "b"), 2)));
        assert_eq!(read(Some(2), None), Ok((names("Column 1", "Column 2"), 1)));
        assert_eq!(read(Some(0), Some(false)), Ok((names("Column 1", "Column 2"), 3)));
        assert_eq!(read(Some(2), Some(true)), Err(ImportError::HeaderOnly));
        assert_eq!(read(Some(3), None), Err(ImportError::AllSkipped { rows: 3 }));
    }
}
