//! A table as text: a header and rows that remember their lines.

use super::ImportError;

/// One record of the table.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Row {
    /// Line of the file on which the record begins, from 1.
    pub line: usize,
    pub cells: csv::StringRecord,
}

/// A table read from text. Rows may be shorter or longer than the header; who reads a row says so.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Table {
    pub header: Vec<String>,
    /// Line of the header, from 1.
    pub header_line: usize,
    pub rows: Vec<Row>,
    pub delimiter: char,
    /// WHATWG name of the encoding, such as "UTF-8" or "windows-1252".
    pub encoding: &'static str,
}

impl Table {
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
            _ => Err(ImportError::ColumnTwice { name: name.to_owned(), line: self.header_line }),
        }
    }
}
