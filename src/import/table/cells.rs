//! The cells of a table, in one text.

use std::ops::Range;

use super::super::ImportError;

/// The cells of all rows in one text: a million rows need no million allocations.
#[derive(Clone, Debug, Default)]
pub(in crate::import) struct Cells {
    pub(super) text: String,
    /// Where each cell ends in `text`; those of a row follow each other there.
    pub(super) ends: Vec<u32>,
    /// What lies between two cells of a row.
    pub(super) gap: u32,
    pub(super) rows: Vec<RowStart>,
    pub(super) lines: Lines,
    /// Rows above the first one that counts.
    pub(super) dropped: usize,
}

/// Where a row begins in the text, and its first cell among the ends.
pub(super) type RowStart = [u32; 2];

/// The lines on which rows begin: mostly one after the other.
#[derive(Clone, Debug, Default)]
pub(super) struct Lines {
    /// The rows, with their lines, that do not begin on the line after that of the row before.
    pub(super) jumps: Vec<RowLine>,
}

#[derive(Clone, Copy, Debug)]
pub(super) struct RowLine {
    row: u32,
    line: u32,
}

impl Lines {
    /// The line of the row, which is the next one.
    pub(super) fn push(&mut self, row: usize, line: usize) {
        if self.jumps.last().is_none_or(|jump| jump.of(row) != line) {
            self.jumps.push(RowLine { row: count(row), line: count(line) });
        }
    }

    /// Those of a text that begins with this one, and of what follows, whose first row is then `row`.
    pub(super) fn extend(&mut self, row: usize, others: &Self) {
        for jump in &others.jumps {
            self.push(row + jump.row as usize, jump.line as usize);
        }
    }

    fn of(&self, row: usize) -> usize {
        let after = match &self.jumps[..] {
            [_] => 1,
            jumps => jumps.partition_point(|jump| jump.row as usize <= row),
        };
        after.checked_sub(1).map_or(0, |last| self.jumps[last].of(row))
    }
}

impl RowLine {
    fn of(self, row: usize) -> usize {
        self.line as usize + row - self.row as usize
    }
}

/// Cells while they are read: bytes, until all of them are there.
pub(in crate::import) struct CellsBuilder {
    text: Vec<u8>,
    cells: Cells,
    row: RowStart,
}

impl CellsBuilder {
    pub(in crate::import) fn rows(&self) -> usize {
        self.cells.rows.len()
    }

    /// Adds a whole row, or fails where that is more than `most` allows.
    pub(in crate::import) fn row(&mut self, record: &csv::ByteRecord, line: usize, most: Most) -> Result<(), ImportError> {
        let base = self.text.len();
        self.text.extend_from_slice(record.as_slice());
        self.cells.ends.extend((0..record.len()).filter_map(|index| record.range(index)).map(|range| count(base + range.end)));
        self.end_row(line);
        most.check(record.len(), self.cells.rows.len(), self.cells.ends.len())
    }

    /// Adds a cell to the row that the next [`CellsBuilder::end_row`] ends.
    pub(in crate::import) fn push(&mut self, cell: &str) {
        self.text.extend_from_slice(cell.as_bytes());
        self.cells.ends.push(count(self.text.len()));
    }

    pub(in crate::import) fn end_row(&mut self, line: usize) {
        self.cells.lines.push(self.cells.rows.len(), line);
        self.cells.rows.push(self.row);
        self.row = [count(self.text.len()), count(self.cells.ends.len())];
    }

    /// Bytes in all cells so far.
    pub(in crate::import) fn bytes(&self) -> usize {
        self.text.len()
    }

    /// `None` where the bytes are no UTF-8, which a text cut at ASCII characters is.
    pub(in crate::import) fn build(self) -> Option<Cells> {
        Some(Cells { text: String::from_utf8(self.text).ok()?, ..self.cells })
    }
}

/// What a table may have at most.
#[derive(Clone, Copy)]
pub(in crate::import) struct Most {
    /// With the header.
    pub(in crate::import) rows: usize,
    pub(in crate::import) columns: usize,
    pub(in crate::import) cells: usize,
}

impl Most {
    /// Looks at a table of so many rows and cells, of which one row is `width` cells wide.
    pub(super) fn check(self, width: usize, rows: usize, cells: usize) -> Result<(), ImportError> {
        if width > self.columns {
            return Err(ImportError::TooManyColumns { columns: width, limit: self.columns });
        }
        if rows > self.rows {
            return Err(ImportError::TooManyRows { limit: self.rows - 1 });
        }
        if cells > self.cells {
            return Err(ImportError::TooManyCells { limit: self.cells });
        }
        Ok(())
    }
}

impl Cells {
    pub(in crate::import) fn builder(bytes: usize) -> CellsBuilder {
        CellsBuilder { text: Vec::with_capacity(bytes), cells: Self::default(), row: [0, 0] }
    }

    pub(in crate::import) fn len(&self) -> usize {
        self.rows.len() - self.dropped
    }

    pub(in crate::import) fn line(&self, row: usize) -> usize {
        self.lines.of(self.dropped + row)
    }

    /// Where a row begins in the text, and its cells.
    fn places(&self, row: usize) -> (usize, &[u32]) {
        let row = self.dropped + row;
        let [text, first] = self.rows[row];
        let end = self.rows.get(row + 1).map_or(self.ends.len(), |[_, next]| *next as usize);
        (text as usize, &self.ends[first as usize..end])
    }

    pub(super) fn width(&self, row: usize) -> usize {
        self.places(row).1.len()
    }

    /// `None` where the row ends before.
    pub(super) fn cell(&self, row: usize, column: usize) -> Option<&str> {
        let (start, ends) = self.places(row);
        let end = *ends.get(column)?;
        Some(self.between(column.checked_sub(1).map_or(start, |before| (ends[before] + self.gap) as usize), end))
    }

    pub(in crate::import) fn row(&self, row: usize) -> impl ExactSizeIterator<Item = &str> {
        let (mut start, ends) = self.places(row);
        ends.iter().map(move |end| {
            let cell = self.between(start, *end);
            start = (*end + self.gap) as usize;
            cell
        })
    }

    /// The rows from one on, up to another, one after the other.
    pub(in crate::import) fn rows(&self, rows: Range<usize>) -> impl Iterator<Item = Row<'_>> {
        let (first, last) = (self.dropped + rows.start, self.dropped + rows.end);
        let starts = self.rows[first..last].iter();
        let nexts = self.rows[first..].iter().skip(1).map(|[_, next]| *next as usize).chain([self.ends.len()]);
        let text = self.text.as_bytes();
        starts.zip(nexts).map(move |([start, first], next)| Row {
            text,
            start: *start as usize,
            ends: &self.ends[*first as usize..next],
            gap: self.gap,
        })
    }

    fn between(&self, start: usize, end: u32) -> &str {
        &self.text[start..end as usize]
    }

    /// Takes the first rows away.
    pub(in crate::import) fn drop_first(&mut self, rows: usize) {
        self.dropped = (self.dropped + rows).min(self.rows.len());
    }
}

/// The cells of one row as bytes.
pub(in crate::import) struct Row<'a> {
    text: &'a [u8],
    start: usize,
    ends: &'a [u32],
    gap: u32,
}

impl<'a> Row<'a> {
    pub(in crate::import) fn width(&self) -> usize {
        self.ends.len()
    }

    /// Empty where the row ends before.
    pub(in crate::import) fn cell(&self, column: usize) -> &'a [u8] {
        let Some(end) = self.ends.get(column) else { return &[] };
        let start = column.checked_sub(1).map_or(self.start, |before| (self.ends[before] + self.gap) as usize);
        &self.text[start..*end as usize]
    }
}

impl PartialEq for Cells {
    fn eq(&self, other: &Self) -> bool {
        self.len() == other.len() && (0..self.len()).all(|row| self.line(row) == other.line(row) && self.row(row).eq(other.row(row)))
    }
}

impl Eq for Cells {}

/// Files are far smaller than 4 GB, so that every place in them fits.
pub(super) fn count(number: usize) -> u32 {
    u32::try_from(number).unwrap_or(u32::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rows_give_back_their_cells_also_after_the_first_are_gone() {
        let rows: [&[&str]; 4] = [&["title"], &[], &["a", "", "é"], &["1"]];
        let mut builder = Cells::builder(0);
        for (row, line) in rows.iter().zip([1, 2, 5, 6]) {
            row.iter().for_each(|cell| builder.push(cell));
            builder.end_row(line);
        }
        let mut kept = builder.build().unwrap();
        assert_eq!((0..4).map(|row| kept.line(row)).collect::<Vec<_>>(), [1, 2, 5, 6]);
        kept.drop_first(2);
        assert_eq!((kept.len(), kept.line(0), kept.line(1)), (2, 5, 6));
        assert_eq!(kept.row(0).collect::<Vec<_>>(), ["a", "", "é"]);
        assert_eq!((0..4).map(|column| kept.cell(0, column)).collect::<Vec<_>>(), [Some("a"), Some(""), Some("é"), None]);
        assert_eq!(kept.row(1).collect::<Vec<_>>(), ["1"]);
        kept.drop_first(2);
        assert_eq!(kept, Cells::default());
    }
}
