//! A text without quotes, which needs no reader: its cells are where they are.

use std::ops::Range;

use super::cells::{Cells, Lines, Most, RowStart, count};
use crate::import::ImportError;
use crate::import::parallel::{close_up, each, slices, threads};

/// Bytes from which on several threads look at a text.
const LONG: usize = 1 << 20;

/// A text in parts of whole lines, and what each of them has.
pub(in crate::import) struct Parts(Vec<Part>);

struct Part {
    /// Its bytes in the text.
    range: Range<usize>,
    found: Found,
}

/// What a text has anywhere.
#[derive(Clone, Copy, Default)]
pub(in crate::import) struct Found {
    pub(in crate::import) nul: bool,
    pub(in crate::import) quote: bool,
    /// A `\r`, be it before a `\n` or not.
    pub(in crate::import) carriage_return: bool,
    delimiters: usize,
    line_ends: usize,
}

impl Found {
    /// Looks at all bytes once.
    fn of(bytes: &[u8], delimiter: u8) -> Self {
        // Short enough that the counts of one piece fit a byte: then many bytes are looked at in one step.
        bytes.chunks(255).fold(Self::default(), |found, piece| {
            let mut seen = [false; 3];
            let mut counts = [0_u8; 2];
            for byte in piece {
                seen[0] |= *byte == 0;
                seen[1] |= *byte == b'"';
                seen[2] |= *byte == b'\r';
                counts[0] += u8::from(*byte == delimiter);
                counts[1] += u8::from(*byte == b'\n');
            }
            found.and(Self {
                nul: seen[0],
                quote: seen[1],
                carriage_return: seen[2],
                delimiters: counts[0].into(),
                line_ends: counts[1].into(),
            })
        })
    }

    fn and(self, other: Self) -> Self {
        Self {
            nul: self.nul | other.nul,
            quote: self.quote | other.quote,
            carriage_return: self.carriage_return | other.carriage_return,
            delimiters: self.delimiters + other.delimiters,
            line_ends: self.line_ends + other.line_ends,
        }
    }
}

impl Parts {
    /// Looks at the text from a byte on.
    pub(in crate::import) fn of(text: &str, from: usize, delimiter: u8) -> Self {
        let bytes = text.as_bytes();
        let parts = threads(bytes.len() - from, LONG);
        let mut starts: Vec<usize> = (1..parts)
            .map(|part| from + (bytes.len() - from) * part / parts)
            .map(|near| bytes[near..].iter().position(|byte| *byte == b'\n').map_or(bytes.len(), |end| near + end + 1))
            .collect();
        starts.insert(0, from);
        let ends = starts.iter().skip(1).copied().chain([bytes.len()]);
        let ranges: Vec<Range<usize>> = starts.iter().zip(ends).map(|(start, end)| *start..end).collect();
        Self(each(ranges, |range| Part { found: Found::of(&bytes[range.clone()], delimiter), range }))
    }

    /// What all of them have.
    pub(in crate::import) fn found(&self) -> Found {
        self.0.iter().fold(Found::default(), |all, part| all.and(part.found))
    }
}

/// Cuts a text at every delimiter and `\n`. `line` is that on which the first part begins. Fails where a row is wider, or there are more
/// rows or cells, than `most` allows.
pub(in crate::import) fn cut(text: String, parts: &Parts, delimiter: u8, line: usize, most: Most) -> Result<Cells, ImportError> {
    let Parts(parts) = parts;
    // Zeros that nobody touches take no memory.
    let cells_of = |part: &Part| part.found.delimiters + part.found.line_ends + 1;
    let rows_of = |part: &Part| part.found.line_ends + 1;
    let mut ends = vec![0_u32; parts.iter().map(cells_of).sum()];
    let mut rows = vec![[0_u32; 2]; parts.iter().map(rows_of).sum()];
    let lines = parts.iter().scan(line, |line, part| Some(std::mem::replace(line, *line + part.found.line_ends)));
    let places = slices(&mut ends, parts.iter().map(cells_of)).into_iter().zip(slices(&mut rows, parts.iter().map(rows_of)));
    let work = parts.iter().zip(lines).zip(places).map(|((part, line), (ends, rows))| Cutting {
        bytes: text.as_bytes(),
        delimiter,
        most,
        ends,
        rows,
        used: Used::default(),
        cell: part.range.start,
        row: part.range.start,
        line,
        until: part.range.end,
    });
    let used: Vec<Used> = each(work, Cutting::places).into_iter().collect::<Result<_, ImportError>>()?;
    close_up(&mut ends, parts.iter().map(cells_of).zip(used.iter().map(|part| part.cells)));
    close_up(&mut rows, parts.iter().map(rows_of).zip(used.iter().map(|part| part.rows)));
    most.check(0, rows.len(), ends.len())?;
    let mut lines = Lines::default();
    let (mut cells_before, mut rows_before) = (0, 0);
    for part in &used {
        if cells_before > 0 {
            rows[rows_before..rows_before + part.rows].iter_mut().for_each(|[_, first]| *first += count(cells_before));
        }
        lines.extend(rows_before, &part.lines);
        (cells_before, rows_before) = (cells_before + part.cells, rows_before + part.rows);
    }
    Ok(Cells { text, ends, gap: 1, rows, lines, dropped: 0 })
}

/// A part of a text while it is cut.
struct Cutting<'a> {
    /// The whole text.
    bytes: &'a [u8],
    delimiter: u8,
    most: Most,
    ends: &'a mut [u32],
    rows: &'a mut [RowStart],
    used: Used,
    /// Where the cell and the row begin.
    cell: usize,
    row: usize,
    line: usize,
    until: usize,
}

/// How much was found in a part, counted from its beginning.
#[derive(Default)]
struct Used {
    cells: usize,
    rows: usize,
    lines: Lines,
    /// The first cell of the row that has not ended.
    first: usize,
}

impl Cutting<'_> {
    fn places(mut self) -> Result<Used, ImportError> {
        let (bytes, mut from) = (self.bytes, self.cell);
        let mut marks = Marks::new([self.delimiter, b'\n']);
        while from < self.until {
            let piece = from..self.until.min(from + PIECE);
            for at in marks.of(&bytes[piece.clone()]) {
                self.take(from + usize::from(*at))?;
            }
            from = piece.end;
        }
        if self.row < self.until {
            self.end_row(self.until)?;
        }
        Ok(self.used)
    }

    fn take(&mut self, at: usize) -> Result<(), ImportError> {
        if self.bytes[at] == b'\n' {
            self.end_row(at)?;
            self.line += 1;
            (self.cell, self.row) = (at + 1, at + 1);
        } else {
            // Blank rows take no room in the end, but they do until they have ended.
            if self.used.cells > self.most.cells {
                return Err(ImportError::TooManyCells { limit: self.most.cells });
            }
            self.end_cell(at);
            self.cell = at + 1;
        }
        Ok(())
    }

    fn end_cell(&mut self, at: usize) {
        self.ends[self.used.cells] = count(at);
        self.used.cells += 1;
    }

    /// Ends the last cell, and keeps the row unless it is blank.
    fn end_row(&mut self, at: usize) -> Result<(), ImportError> {
        let is_empty = |byte: &u8| *byte == self.delimiter || byte.is_ascii_whitespace();
        if self.bytes[self.row..at].iter().all(is_empty) {
            self.used.cells = self.used.first;
            return Ok(());
        }
        self.end_cell(if self.bytes[self.cell..at].last() == Some(&b'\r') { at - 1 } else { at });
        let Used { cells, rows, lines, first } = &mut self.used;
        self.rows[*rows] = [count(self.row), count(*first)];
        lines.push(*rows, self.line);
        let width = *cells - *first;
        (*rows, *first) = (*rows + 1, *cells);
        self.most.check(width, *rows, *cells)
    }
}

/// Bytes whose marks are found before any of them is looked at.
const PIECE: usize = 4096;

/// The places of two bytes in a piece of text. They are written down without asking whether there is one, since nobody can foresee that.
struct Marks {
    /// Eight times each of the two.
    wanted: [u64; 2],
    /// With room behind the last for a word of eight.
    places: Box<[u16; PIECE + 8]>,
}

impl Marks {
    fn new(wanted: [u8; 2]) -> Self {
        Self { wanted: wanted.map(|byte| u64::from_ne_bytes([byte; 8])), places: Box::new([0; PIECE + 8]) }
    }

    /// The places in a piece of at most [`PIECE`] bytes, ascending.
    fn of(&mut self, piece: &[u8]) -> &[u16] {
        let mut len = 0;
        let (words, rest) = piece.as_chunks::<8>();
        let mut last = [0; 8];
        last[..rest.len()].copy_from_slice(rest);
        let mut word_at = 0;
        for word in words {
            len = self.write(word_at, self.found(*word), len);
            word_at += 8;
        }
        // Zeros stand behind the last bytes, and may be looked for.
        len = self.write(word_at, self.found(last) & ((1 << (8 * rest.len())) - 1), len);
        &self.places[..len]
    }

    /// The highest bit of each byte that is one of the two.
    fn found(&self, word: [u8; 8]) -> u64 {
        let word = u64::from_le_bytes(word);
        zero_bytes(word ^ self.wanted[0]) | zero_bytes(word ^ self.wanted[1])
    }

    /// Writes the places of a word behind `len` others; gives how many there are then.
    fn write(&mut self, word_at: u16, mut found: u64, len: usize) -> usize {
        // Each byte has its highest bit or none: the product adds them up in its highest byte.
        let many = ((found >> 7).wrapping_mul(u64::from_ne_bytes([1; 8])) >> 56) as usize;
        let Some(places) = self.places[len..].first_chunk_mut::<8>() else { return len };
        // Mostly there are no more than two.
        for place in &mut places[..2] {
            *place = word_at + (found.trailing_zeros() / 8) as u16;
            found &= found.wrapping_sub(1);
        }
        if many > 2 {
            for place in &mut places[2..many] {
                *place = word_at + (found.trailing_zeros() / 8) as u16;
                found &= found - 1;
            }
        }
        len + many
    }
}

/// The highest bit of each byte that is zero, and of no other.
fn zero_bytes(word: u64) -> u64 {
    const LOW: u64 = u64::from_ne_bytes([0x7F; 8]);
    !(((word & LOW) + LOW) | word | LOW)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks_are_where_they_are() {
        let mut text = String::new();
        for (index, c) in "a,é\u{80}\n€,,\n\u{ff}x-+*\u{2028},b\n\n,".chars().cycle().take(300).enumerate() {
            text.push(c);
            for wanted in [[b',', b'\n'], [b'\t', b'\n'], [0, b'a']] {
                let plain: Vec<usize> = text.bytes().enumerate().filter(|(_, b)| wanted.contains(b)).map(|(at, _)| at).collect();
                let found: Vec<usize> = Marks::new(wanted).of(text.as_bytes()).iter().map(|at| usize::from(*at)).collect();
                assert_eq!(found, plain, "{index} {wanted:?}");
            }
        }
    }

    fn cut_at_commas(text: &str, from: usize, most: Most) -> Result<Cells, ImportError> {
        cut(text.to_owned(), &Parts::of(text, from, b','), b',', 7, most)
    }

    #[test]
    fn text_without_quotes_is_cut_as_the_reader_cuts_it() {
        let text = "sep=,\na,b\r\n\n1,é,\n , \n,\r\nlast";
        let most = |rows, columns, cells| Most { rows, columns, cells };
        let cut = |most| cut_at_commas(text, 6, most);
        let found = cut(most(3, 3, 6)).unwrap();
        let rows: Vec<(usize, Vec<&str>)> = (0..found.len()).map(|row| (found.line(row), found.row(row).collect())).collect();
        assert_eq!(rows, [(7, vec!["a", "b"]), (9, vec!["1", "é", ""]), (12, vec!["last"])]);
        assert_eq!(cut(most(2, 3, 6)), Err(ImportError::TooManyRows { limit: 1 }));
        assert_eq!(cut(most(3, 2, 6)), Err(ImportError::TooManyColumns { columns: 3, limit: 2 }));
        assert_eq!(cut(most(3, 3, 5)), Err(ImportError::TooManyCells { limit: 5 }));
        assert_eq!(cut_at_commas(",,,,,,,,\n", 0, most(3, 3, 5)), Err(ImportError::TooManyCells { limit: 5 }));
    }

    #[test]
    fn a_long_text_is_cut_in_parts_as_a_short_one_is() {
        let (mut text, mut expect) = (String::new(), Vec::new());
        let mut line = 7;
        for row in 0..150_000_usize {
            // Rows of several widths, and blank ones in between, so that no part has as many cells or rows as it has room for.
            let cells: Vec<String> = (0..=row % 3).map(|column| format!("{row}.{column}")).collect();
            text.push_str(&cells.join(","));
            text.push_str(if row % 5 == 0 { "\r\n" } else { "\n" });
            expect.push((line, cells));
            line += 1;
            if row % 7 == 0 {
                text.push_str(" ,\n");
                line += 1;
            }
        }
        assert!(text.len() > 2 * LONG, "it is cut by several threads where there are some");
        let found = cut_at_commas(&text, 0, Most { rows: 1_000_000, columns: 9, cells: 1_000_000 }).unwrap();
        assert_eq!(found.len(), expect.len());
        for (row, (line, cells)) in expect.iter().enumerate() {
            assert!(found.line(row) == *line && found.row(row).eq(cells.iter().map(String::as_str)), "row {row}");
            assert_eq!(found.cell(row, cells.len() - 1), cells.last().map(String::as_str));
        }
    }
}
