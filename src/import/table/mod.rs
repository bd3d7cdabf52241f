//! A table as text: a header and rows that remember their lines.

mod cells;
mod cut;

use std::ops::Range;

use super::{ImportError, Turned};
pub(super) use cells::{Cells, Most, Row};
pub(super) use cut::{Parts, cut};

/// Where a table was read from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum TableSource {
    Text {
        delimiter: char,
        /// WHATWG name of the encoding, such as "UTF-8" or "windows-1252".
        encoding: &'static str,
    },
    /// A sheet of a workbook. Its numbers are written with a point and without marks between thousands, its dates as in ISO 8601.
    Sheet {
        name: String,
        /// All sheets of the workbook, in their order.
        sheets: Vec<String>,
        /// Whether days count from 1904 on.
        from_1904: bool,
    },
}

/// A table. Rows may be shorter or longer than the header; who reads a row says so.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Table {
    pub header: Vec<String>,
    /// Line of the header, from 1; `None` where the table has none and the columns are numbered.
    pub header_line: Option<usize>,
    /// Lines above the header that hold something else, such as a title.
    pub skipped: usize,
    pub source: TableSource,
    /// Where the table lies the other way in the file: its rows are columns there, and lines count them.
    pub turned: Option<Turned>,
    cells: Cells,
}

impl Table {
    pub(super) fn new(header: Vec<String>, header_line: Option<usize>, skipped: usize, source: TableSource, cells: Cells) -> Self {
        Self { header, header_line, skipped, source, turned: None, cells }
    }

    /// The number of rows below the header.
    pub fn len(&self) -> usize {
        self.cells.len()
    }

    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// Line of the file, or row of the sheet, on which a row begins, from 1.
    pub fn line(&self, row: usize) -> usize {
        self.cells.line(row)
    }

    /// The number of cells in a row.
    pub fn width(&self, row: usize) -> usize {
        self.cells.width(row)
    }

    /// The text of a cell; empty where the row ends before the column.
    pub fn cell(&self, row: usize, column: usize) -> &str {
        self.cells.cell(row, column).unwrap_or("")
    }

    /// Some rows, one after the other.
    pub(super) fn rows(&self, rows: Range<usize>) -> impl Iterator<Item = Row<'_>> {
        self.cells.rows(rows)
    }

    /// The cells of a column with their lines.
    pub(super) fn column_cells(&self, column: usize) -> impl Iterator<Item = (usize, &str)> + Clone {
        (0..self.len()).map(move |row| (self.line(row), self.cell(row, column)))
    }

    /// The delimiter of text; a tab for a sheet, whose cells no mark divides.
    pub fn delimiter(&self) -> char {
        match self.source {
            TableSource::Text { delimiter, .. } => delimiter,
            TableSource::Sheet { .. } => '\t',
        }
    }

    /// The place of a column, by its exact name or, where only one fits, regardless of case and outer spaces.
    pub fn column(&self, name: &str) -> Result<usize, ImportError> {
        let exact: Vec<usize> = (0..self.header.len()).filter(|&i| self.header[i] == name).collect();
        let wanted = name.trim().to_lowercase();
        let found = if exact.is_empty() {
            (0..self.header.len()).filter(|&i| self.header[i].trim().to_lowercase() == wanted).collect()
        } else {
            exact
        };
        match found[..] {
            [index] => Ok(index),
            [] => Err(ImportError::NoColumn { name: name.to_owned(), columns: self.header.clone() }),
            _ => Err(ImportError::ColumnTwice { name: name.to_owned(), line: self.header_line.unwrap_or(1) }),
        }
    }
}
