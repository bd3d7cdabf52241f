//! A table as text: a header and rows that remember their lines.

use std::thread;

use super::ImportError;

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
    cells: Cells,
}

/// The cells of all rows in one text: a million rows need no million allocations.
#[derive(Clone, Debug, Default)]
pub(super) struct Cells {
    text: String,
    /// Where each cell begins and ends in `text`.
    spans: Vec<(u32, u32)>,
    /// Where each row ends in `spans`.
    rows: Vec<u32>,
    /// The line on which each row begins.
    lines: Vec<u32>,
    /// Rows above the first one that counts.
    dropped: usize,
}

/// Cells while they are read: bytes, until all of them are there.
pub(super) struct CellsBuilder {
    text: Vec<u8>,
    cells: Cells,
}

impl CellsBuilder {
    pub(super) fn rows(&self) -> usize {
        self.cells.rows.len()
    }

    /// Adds a whole row, or fails where that is more than `most` allows.
    pub(super) fn row(&mut self, record: &csv::ByteRecord, line: usize, most: Most) -> Result<(), ImportError> {
        let base = self.text.len();
        self.text.extend_from_slice(record.as_slice());
        let spans = (0..record.len()).filter_map(|index| record.range(index));
        self.cells.spans.extend(spans.map(|range| (count(base + range.start), count(base + range.end))));
        self.end_row(line);
        most.check(record.len(), &self.cells)
    }

    /// Adds a cell to the row that the next [`CellsBuilder::end_row`] ends.
    pub(super) fn push(&mut self, cell: &str) {
        let start = count(self.text.len());
        self.text.extend_from_slice(cell.as_bytes());
        self.cells.spans.push((start, count(self.text.len())));
    }

    pub(super) fn end_row(&mut self, line: usize) {
        self.cells.rows.push(count(self.cells.spans.len()));
        self.cells.lines.push(count(line));
    }

    /// Bytes in all cells so far.
    pub(super) fn bytes(&self) -> usize {
        self.text.len()
    }

    /// `None` where the bytes are no UTF-8, which a text cut at ASCII characters is.
    pub(super) fn build(self) -> Option<Cells> {
        Some(Cells { text: String::from_utf8(self.text).ok()?, ..self.cells })
    }
}

/// What a table may have at most.
#[derive(Clone, Copy)]
pub(super) struct Most {
    /// With the header.
    pub(super) rows: usize,
    pub(super) columns: usize,
    pub(super) cells: usize,
}

impl Most {
    /// Looks at a table whose last row has just ended, and is `width` cells wide.
    pub(super) fn check(self, width: usize, cells: &Cells) -> Result<(), ImportError> {
        if width > self.columns {
            return Err(ImportError::TooManyColumns { columns: width, limit: self.columns });
        }
        if cells.rows.len() > self.rows {
            return Err(ImportError::TooManyRows { limit: self.rows - 1 });
        }
        if cells.spans.len() > self.cells {
            return Err(ImportError::TooManyCells { limit: self.cells });
        }
        Ok(())
    }
}

/// Bytes from which on a text is copied by another thread.
const LONG: usize = 1 << 20;

/// A text without quotes, which needs no reader: its cells are where they are.
pub(super) struct PlainCells<'a> {
    text: &'a str,
    cells: Cells,
    /// Where the cell and the row begin.
    cell: usize,
    row: usize,
    line: usize,
}

impl<'a> PlainCells<'a> {
    /// `first_line` is that of the text in its file.
    pub(super) fn new(text: &'a str, first_line: usize) -> Self {
        // Room that is not needed costs nothing, and growing does: a cell of a dated table has about eight bytes.
        let cells = Cells {
            spans: Vec::with_capacity(text.len() / 8),
            rows: Vec::with_capacity(text.len() / 16),
            lines: Vec::with_capacity(text.len() / 16),
            ..Cells::default()
        };
        Self { text, cells, cell: 0, row: 0, line: first_line }
    }

    /// Cuts at every delimiter and `\n`. Fails where a row is wider, or there are more rows or cells, than `most` allows.
    pub(super) fn cut(self, delimiter: u8, most: Most) -> Result<Cells, ImportError> {
        let text = self.text;
        if text.len() < LONG {
            return Ok(Cells { text: text.to_owned(), ..self.places(delimiter, most)? });
        }
        // A long text is copied meanwhile.
        thread::scope(|scope| {
            let copy = thread::Builder::new().name("import".to_owned()).spawn_scoped(scope, || text.to_owned());
            let places = self.places(delimiter, most)?;
            let copy = copy.ok().and_then(|copy| copy.join().ok());
            Ok(Cells { text: copy.unwrap_or_else(|| text.to_owned()), ..places })
        })
    }

    /// Where cells and rows are, without the text.
    fn places(mut self, delimiter: u8, most: Most) -> Result<Cells, ImportError> {
        let bytes = self.text.as_bytes();
        for at in Marks::new(bytes, [delimiter, b'\n']) {
            if bytes[at] == b'\n' {
                let width = self.end_row(at);
                most.check(width, &self.cells)?;
                self.line += 1;
                (self.cell, self.row) = (at + 1, at + 1);
            } else {
                // Blank rows take no room in the end, but they do until they have ended.
                if self.cells.spans.len() > most.cells {
                    return Err(ImportError::TooManyCells { limit: most.cells });
                }
                self.cells.spans.push((count(self.cell), count(at)));
                self.cell = at + 1;
            }
        }
        if self.row < self.text.len() {
            let width = self.end_row(self.text.len());
            most.check(width, &self.cells)?;
        }
        Ok(self.cells)
    }

    /// Ends the last cell, and keeps the row unless it is blank; gives its width.
    fn end_row(&mut self, at: usize) -> usize {
        let end = if self.text.as_bytes()[self.cell..at].last() == Some(&b'\r') { at - 1 } else { at };
        let start = self.cells.rows.last().map_or(0, |row| *row as usize);
        self.cells.spans.push((count(self.cell), count(end)));
        let row = &self.cells.spans[start..];
        if row.iter().all(|(from, to)| self.text[*from as usize..*to as usize].trim_ascii().is_empty()) {
            self.cells.spans.truncate(start);
            return 0;
        }
        let width = row.len();
        self.cells.rows.push(count(self.cells.spans.len()));
        self.cells.lines.push(count(self.line));
        width
    }
}

/// The places of two bytes in a text, found eight bytes at a time.
struct Marks<'a> {
    bytes: &'a [u8],
    /// Eight times each of the two.
    wanted: [u64; 2],
    /// Where the word begins that was looked at last.
    word: usize,
    next: usize,
    /// The highest bit of each byte of the word that is one of the two and has not been given yet.
    found: u64,
}

impl<'a> Marks<'a> {
    fn new(bytes: &'a [u8], wanted: [u8; 2]) -> Self {
        Self { bytes, wanted: wanted.map(|byte| u64::from_ne_bytes([byte; 8])), word: 0, next: 0, found: 0 }
    }
}

/// The highest bit of each byte that is zero, and of no other.
fn zero_bytes(word: u64) -> u64 {
    const LOW: u64 = u64::from_ne_bytes([0x7F; 8]);
    !(((word & LOW) + LOW) | word | LOW)
}

impl Iterator for Marks<'_> {
    type Item = usize;

    fn next(&mut self) -> Option<usize> {
        while self.found == 0 {
            let rest = self.bytes.get(self.next..).filter(|rest| !rest.is_empty())?;
            // The last bytes are looked at with zeros behind them.
            let (eight, is_last) = match rest.first_chunk::<8>() {
                Some(eight) => (*eight, false),
                None => (std::array::from_fn(|at| rest.get(at).copied().unwrap_or(0)), true),
            };
            let word = u64::from_le_bytes(eight);
            self.found = zero_bytes(word ^ self.wanted[0]) | zero_bytes(word ^ self.wanted[1]);
            if is_last {
                self.found &= (1 << (8 * rest.len())) - 1;
            }
            (self.word, self.next) = (self.next, self.next + 8);
        }
        let place = self.word + (self.found.trailing_zeros() / 8) as usize;
        self.found &= self.found - 1;
        Some(place)
    }
}

impl Cells {
    pub(super) fn builder(bytes: usize) -> CellsBuilder {
        CellsBuilder { text: Vec::with_capacity(bytes), cells: Self::default() }
    }

    pub(super) fn len(&self) -> usize {
        self.rows.len() - self.dropped
    }

    pub(super) fn line(&self, row: usize) -> usize {
        self.lines[self.dropped + row] as usize
    }

    fn places(&self, row: usize) -> std::ops::Range<usize> {
        let row = self.dropped + row;
        let start = row.checked_sub(1).map_or(0, |before| self.rows[before]);
        start as usize..self.rows[row] as usize
    }

    pub(super) fn row(&self, row: usize) -> impl ExactSizeIterator<Item = &str> {
        self.places(row).map(|place| self.at(place))
    }

    fn at(&self, place: usize) -> &str {
        let (start, end) = self.spans[place];
        &self.text[start as usize..end as usize]
    }

    /// Takes the first rows away.
    pub(super) fn drop_first(&mut self, rows: usize) {
        self.dropped = (self.dropped + rows).min(self.rows.len());
    }
}

impl PartialEq for Cells {
    fn eq(&self, other: &Self) -> bool {
        self.len() == other.len() && (0..self.len()).all(|row| self.line(row) == other.line(row) && self.row(row).eq(other.row(row)))
    }
}

impl Eq for Cells {}

/// Files are far smaller than 4 GB, so that every place in them fits.
fn count(number: usize) -> u32 {
    u32::try_from(number).unwrap_or(u32::MAX)
}

impl Table {
    pub(super) fn new(header: Vec<String>, header_line: Option<usize>, skipped: usize, source: TableSource, cells: Cells) -> Self {
        Self { header, header_line, skipped, source, cells }
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
        self.cells.places(row).len()
    }

    /// The text of a cell; empty where the row ends before the column.
    pub fn cell(&self, row: usize, column: usize) -> &str {
        let places = self.cells.places(row);
        if column < places.len() { self.cells.at(places.start + column) } else { "" }
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

#[cfg(test)]
mod tests {
    use super::*;

    fn cells(rows: &[&[&str]]) -> Cells {
        let mut cells = Cells::builder(0);
        for (index, row) in rows.iter().enumerate() {
            row.iter().for_each(|cell| cells.push(cell));
            cells.end_row(index + 1);
        }
        cells.build().unwrap()
    }

    #[test]
    fn rows_give_back_their_cells_also_after_the_first_are_gone() {
        let mut kept = cells(&[&["title"], &[], &["a", "", "é"], &["1"]]);
        kept.drop_first(2);
        assert_eq!((kept.len(), kept.line(0)), (2, 3));
        assert_eq!(kept.row(0).collect::<Vec<_>>(), ["a", "", "é"]);
        assert_eq!(kept.row(1).collect::<Vec<_>>(), ["1"]);
        kept.drop_first(2);
        assert_eq!(kept, Cells::default());
    }

    #[test]
    fn marks_are_where_they_are() {
        let mut text = String::new();
        for (index, c) in "a,é\u{80}\n€,,\n\u{ff}x-+*\u{2028},b\n\n,".chars().cycle().take(300).enumerate() {
            text.push(c);
            for wanted in [[b',', b'\n'], [b'\t', b'\n'], [0, b'a']] {
                let plain: Vec<usize> = text.bytes().enumerate().filter(|(_, b)| wanted.contains(b)).map(|(at, _)| at).collect();
                assert_eq!(Marks::new(text.as_bytes(), wanted).collect::<Vec<_>>(), plain, "{index} {wanted:?}");
            }
        }
    }

    #[test]
    fn text_without_quotes_is_cut_as_the_reader_cuts_it() {
        let text = "a,b\r\n\n1,é,\n , \n,\r\nlast";
        let most = |rows, columns, cells| Most { rows, columns, cells };
        let cut = |most| PlainCells::new(text, 7).cut(b',', most);
        let found = cut(most(3, 3, 6)).unwrap();
        let rows: Vec<(usize, Vec<&str>)> = (0..found.len()).map(|row| (found.line(row), found.row(row).collect())).collect();
        assert_eq!(rows, [(7, vec!["a", "b"]), (9, vec!["1", "é", ""]), (12, vec!["last"])]);
        assert_eq!(cut(most(2, 3, 6)), Err(ImportError::TooManyRows { limit: 1 }));
        assert_eq!(cut(most(3, 2, 6)), Err(ImportError::TooManyColumns { columns: 3, limit: 2 }));
        assert_eq!(cut(most(3, 3, 5)), Err(ImportError::TooManyCells { limit: 5 }));
        assert_eq!(PlainCells::new(",,,,,,,,\n", 1).cut(b',', most(3, 3, 5)), Err(ImportError::TooManyCells { limit: 5 }));
    }
}
