//! Delimited text to a [`Table`]: what encoding, what delimiter, which lines.

use std::borrow::Cow;

use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};
use encoding_rs::{Encoding, UTF_8, UTF_16BE, UTF_16LE};

use super::heading::{self, Heading};
use super::table::{Cells, Most, Parts, TableSource, cut};
use super::{ImportError, Table, workbook};
use crate::model::ImportRecipe;

/// The largest file that is read.
pub const MAX_BYTES: usize = 64 * 1024 * 1024;
/// The most rows below the header.
pub const MAX_ROWS: usize = 2_000_000;
/// The most columns of a header.
pub const MAX_COLUMNS: usize = 2_000;

/// The most cells.
const MAX_CELLS: usize = 10_000_000;

const DELIMITERS: [u8; 4] = [b',', b';', b'\t', b'|'];
/// Records looked at to find the delimiter, and the bytes they are looked for in.
const SNIFFED_RECORDS: usize = 60;
const SNIFFED_BYTES: usize = 1 << 20;

/// The bytes that tell an encoding that has no mark, and those before the first letter that is not ASCII.
const LETTERS: usize = 4 << 20;
const LETTERS_BEFORE: usize = 1 << 10;

/// What is known of a file before it is read. What is `None` is found out.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ReadHints {
    /// One ASCII character.
    pub delimiter: Option<char>,
    /// A WHATWG encoding label, such as `windows-1252`.
    pub encoding: Option<String>,
    /// A sheet's name; the first one with cells where missing.
    pub sheet: Option<String>,
    /// Rows above the header that are not blank.
    pub skip_rows: Option<usize>,
    /// Whether the first row names the columns.
    pub has_header: Option<bool>,
}

impl From<&ImportRecipe> for ReadHints {
    fn from(recipe: &ImportRecipe) -> Self {
        Self {
            delimiter: recipe.delimiter,
            encoding: recipe.encoding.clone(),
            sheet: recipe.sheet.clone(),
            skip_rows: (recipe.skip_rows > 0).then_some(recipe.skip_rows as usize),
            has_header: recipe.has_header,
        }
    }
}

/// Reads delimited text or a workbook. Bytes that are given away need not be copied.
pub fn read_table<'a>(bytes: impl Into<Cow<'a, [u8]>>, hints: &ReadHints) -> Result<Table, ImportError> {
    read(bytes.into(), hints)
}

fn read(bytes: Cow<'_, [u8]>, hints: &ReadHints) -> Result<Table, ImportError> {
    if bytes.len() > MAX_BYTES {
        return Err(ImportError::TooLarge { bytes: bytes.len(), limit: MAX_BYTES });
    }
    if bytes.starts_with(b"PK\x03\x04") {
        return workbook::read(&bytes, hints);
    }
    if bytes.starts_with(b"\xD0\xCF\x11\xE0") {
        return Err(ImportError::OldSpreadsheet);
    }
    read_text(decode(bytes, hints.encoding.as_deref())?, hints)
}

/// A text in its encoding, with the place where its byte order mark ends.
struct Decoded {
    text: String,
    from: usize,
    encoding: &'static Encoding,
}

fn read_text(decoded: Decoded, hints: &ReadHints) -> Result<Table, ImportError> {
    let Decoded { text, from, encoding } = decoded;
    let (declaration, declared) = separator_line(&text[from..]);
    let from = from + declaration;
    let delimiter = match hints.delimiter {
        Some(given) => u8::try_from(given).ok().filter(u8::is_ascii).ok_or(ImportError::Delimiter(given))?,
        None => declared.unwrap_or_else(|| sniff_delimiter(&text[from..])),
    };
    let parts = Parts::of(&text, from, delimiter);
    let found = parts.found();
    if found.nul
        && let Some(at) = text.find('\0')
    {
        return Err(ImportError::Binary { line: 1 + line_ends(&text.as_bytes()[..at]) });
    }
    let source = TableSource::Text { delimiter: char::from(delimiter), encoding: encoding.name() };
    let first_line = 1 + line_ends(&text.as_bytes()[..from]);
    // One more than the rows is the header.
    let most = Most { rows: MAX_ROWS + 1, columns: MAX_COLUMNS, cells: MAX_CELLS };
    let cells = if found.quote || found.carriage_return && has_lone_return(&text[from..]) {
        read_cells(&text[from..], delimiter, first_line, most)?
    } else {
        cut(text, &parts, delimiter, first_line, most)?
    };
    heading::table(cells, source, Heading { skip: hints.skip_rows, has: hints.has_header })
}

/// All rows that are not blank. `first_line` is that of the body in the file.
fn read_cells(body: &str, delimiter: u8, first_line: usize, most: Most) -> Result<Cells, ImportError> {
    let mut lines = LineCounter::new(body.as_bytes(), first_line);
    let mut cells = Cells::builder(body.len());
    let mut reader = reader(body, delimiter);
    let mut record = csv::ByteRecord::new();
    loop {
        let from = usize::try_from(reader.position().byte()).unwrap_or(usize::MAX);
        let line = lines.of_record_at(from);
        if !reader.read_byte_record(&mut record).map_err(|e| ImportError::Unreadable { line, reason: e.to_string() })? {
            break;
        }
        if record.as_slice().iter().all(u8::is_ascii_whitespace) {
            continue;
        }
        cells.row(&record, line, most)?;
    }
    cells.build().ok_or(ImportError::Binary { line: first_line })
}

/// Whether a line ends in `\r` alone, as on old Macintoshes.
fn has_lone_return(text: &str) -> bool {
    let bytes = text.as_bytes();
    let mut from = 0;
    while let Some(at) = text[from..].find('\r').map(|at| from + at) {
        if bytes.get(at + 1) != Some(&b'\n') {
            return true;
        }
        from = at + 1;
    }
    false
}

/// A label or a byte order mark decides; else what is sound UTF-8 is UTF-8; else the encoding is guessed from the letters.
fn decode(bytes: Cow<'_, [u8]>, label: Option<&str>) -> Result<Decoded, ImportError> {
    let decoded = |text: Cow<'_, str>, encoding| Decoded { text: text.into_owned(), from: 0, encoding };
    match Encoding::for_bom(&bytes) {
        Some((encoding, mark)) if encoding == UTF_8 => {
            return Ok(match String::from_utf8(bytes.into_owned()) {
                Ok(text) => Decoded { text, from: mark, encoding },
                Err(broken) => decoded(encoding.decode_without_bom_handling(&broken.as_bytes()[mark..]).0, encoding),
            });
        }
        Some((encoding, mark)) => return Ok(decoded(encoding.decode_without_bom_handling(&bytes[mark..]).0, encoding)),
        None => {}
    }
    if let Some(label) = label {
        let encoding = Encoding::for_label(label.as_bytes()).ok_or_else(|| ImportError::Encoding(label.to_owned()))?;
        let (text, bad) = encoding.decode_without_bom_handling(&bytes);
        return if bad { Err(ImportError::NotInEncoding(encoding.name())) } else { Ok(decoded(text, encoding)) };
    }
    if let Some(encoding) = utf_16_without_mark(&bytes) {
        return Ok(decoded(encoding.decode_without_bom_handling(&bytes).0, encoding));
    }
    let bytes = match String::from_utf8(bytes.into_owned()) {
        Ok(text) => return Ok(Decoded { text, from: 0, encoding: UTF_8 }),
        Err(other) => other.into_bytes(),
    };
    // What is told by letters is told by the first of them that are not ASCII, and what stands around them.
    let first = bytes.iter().position(|byte| !byte.is_ascii()).unwrap_or(0).saturating_sub(LETTERS_BEFORE);
    let mut detector = EncodingDetector::new(Iso2022JpDetection::Deny);
    detector.feed(&bytes[first..bytes.len().min(first + LETTERS)], true);
    let encoding = detector.guess(None, Utf8Detection::Deny);
    Ok(decoded(encoding.decode_without_bom_handling(&bytes).0, encoding))
}

/// Digits and delimiters of two bytes each have a zero in every other place.
fn utf_16_without_mark(bytes: &[u8]) -> Option<&'static Encoding> {
    let start = &bytes[..bytes.len().min(512) & !1];
    let zeros = |side: usize| start.iter().skip(side).step_by(2).filter(|&&b| b == 0).count();
    let most = start.len() / 2 * 3 / 4;
    match (zeros(0), zeros(1)) {
        _ if most == 0 => None,
        (0, odd) if odd >= most => Some(UTF_16LE),
        (even, 0) if even >= most => Some(UTF_16BE),
        _ => None,
    }
}

/// Excel's `sep=;` line, where there is one, says the delimiter and is no record: where it ends, and what it says.
fn separator_line(text: &str) -> (usize, Option<u8>) {
    let first = text.lines().next().unwrap_or("");
    match first.strip_prefix("sep=").map(str::as_bytes) {
        Some(&[delimiter]) if delimiter.is_ascii() => (first.len(), Some(delimiter)),
        _ => (0, None),
    }
}

fn reader(text: &str, delimiter: u8) -> csv::Reader<&[u8]> {
    csv::ReaderBuilder::new().delimiter(delimiter).flexible(true).has_headers(false).from_reader(text.as_bytes())
}

/// The delimiter under which most records are as long as the header; among equals the one that makes more columns.
fn sniff_delimiter(text: &str) -> u8 {
    // One record may be as long as the file: its beginning says as much.
    let text = &text[..text.floor_char_boundary(SNIFFED_BYTES)];
    let score = |delimiter: u8| {
        let lengths: Vec<usize> = reader(text, delimiter)
            .records()
            .map_while(Result::ok)
            .filter(|record| record.iter().any(|cell| !cell.trim().is_empty()))
            .take(SNIFFED_RECORDS)
            .map(|record| record.len())
            .collect();
        let columns = lengths.first().copied().unwrap_or(0);
        let alike = lengths.iter().filter(|&&n| n == columns).count();
        if columns < 2 { (0, 0) } else { (alike, columns) }
    };
    // `max_by_key` takes the last of equals, and the comma is the one to take.
    DELIMITERS.into_iter().rev().max_by_key(|&delimiter| score(delimiter)).unwrap_or(b',')
}

/// Counts lines up to the start of a record: the reader's own position lies before the blank lines that it skips.
pub(super) struct LineCounter<'a> {
    text: &'a [u8],
    at: usize,
    line: usize,
}

impl<'a> LineCounter<'a> {
    pub(super) fn new(text: &'a [u8], line: usize) -> Self {
        Self { text, at: 0, line }
    }

    pub(super) fn of_record_at(&mut self, from: usize) -> usize {
        let mut start = from.min(self.text.len());
        while self.text.get(start).is_some_and(|b| matches!(b, b'\r' | b'\n')) {
            start += 1;
        }
        if start > self.at {
            self.line += line_ends(&self.text[self.at..start]);
            self.at = start;
        }
        self.line
    }
}

/// Ends of lines: `\n`, `\r\n` or a lone `\r`.
fn line_ends(bytes: &[u8]) -> usize {
    let ends_a_line = |i: usize| bytes[i] == b'\n' || (bytes[i] == b'\r' && bytes.get(i + 1) != Some(&b'\n'));
    (0..bytes.len()).filter(|&i| ends_a_line(i)).count()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(bytes: &[u8]) -> Result<Table, ImportError> {
        read_table(bytes, &ReadHints::default())
    }

    fn cells(table: &Table, row: usize) -> Vec<&str> {
        (0..table.width(row)).map(|column| table.cell(row, column)).collect()
    }

    fn encoding(table: &Table) -> &'static str {
        match table.source {
            TableSource::Text { encoding, .. } => encoding,
            TableSource::Sheet { .. } => "",
        }
    }

    #[test]
    fn each_delimiter_is_found() {
        for (text, delimiter) in [
            ("date,value\n2026-01,\"1,5\"\n2026-02,\"2,5\"\n", ','),
            ("date;value\n2026-01;1,5\n2026-02;2,5\n", ';'),
            ("date\tvalue\n2026-01\t1,5\n2026-02\t2,5\n", '\t'),
            ("date|value\n2026-01|1,5\n2026-02|2,5\n", '|'),
            ("sep=;\ndate;a,b\n2026-01;1,5\n", ';'),
        ] {
            let table = read(text.as_bytes()).unwrap();
            assert_eq!(table.delimiter(), delimiter, "{text}");
            assert_eq!(cells(&table, 0), ["2026-01", "1,5"]);
        }
    }

    #[test]
    fn lines_count_blank_ones_and_breaks_within_quotes() {
        let table = read(b"\n\ndate,note,value\r\n2026-01,\"two\nlines\",1\r\n\r\n,,\n2026-02,x,2\n").unwrap();
        assert_eq!(table.header_line, Some(3));
        assert_eq!((0..table.len()).map(|row| table.line(row)).collect::<Vec<_>>(), [4, 8]);
        assert_eq!(read(b"sep=,\ndate,value\n2026-01,1\n").unwrap().line(0), 3);
        assert_eq!(read(b"date,value\r2026-01,1\r2026-02,1\r").unwrap().line(1), 3);
    }

    #[test]
    fn encodings_are_told_apart() {
        let utf8 = read("Monat,Zufriedenheit für März\n2026-03,4\n".as_bytes()).unwrap();
        assert_eq!((encoding(&utf8), utf8.header[1].as_str()), ("UTF-8", "Zufriedenheit für März"));
        let marked = read("\u{feff}date,value\n2026-03,4\n".as_bytes()).unwrap();
        assert_eq!(marked.header[0], "date");
        let latin = read(b"Monat;Zufriedenheit f\xFCr M\xE4rz\n2026-03;4\n2026-04;5\n").unwrap();
        assert_eq!((encoding(&latin), latin.header[1].as_str()), ("windows-1252", "Zufriedenheit für März"));
        let wide: Vec<u8> =
            [0xFF, 0xFE].into_iter().chain("date\tvalue\r\n2026-03\t4\r\n".encode_utf16().flat_map(u16::to_le_bytes)).collect();
        let wide = read(&wide).unwrap();
        assert_eq!((encoding(&wide), cells(&wide, 0)), ("UTF-16LE", vec!["2026-03", "4"]));
    }

    #[test]
    fn what_is_no_table_is_refused() {
        assert_eq!(read(b""), Err(ImportError::Empty));
        assert_eq!(read(b"date,value\n"), Err(ImportError::HeaderOnly));
        assert_eq!(read(b"date,value\n2026\x00,1\n"), Err(ImportError::Binary { line: 2 }));
        let wide = vec!["c"; MAX_COLUMNS + 1].join(",");
        assert_eq!(read(wide.as_bytes()), Err(ImportError::TooManyColumns { columns: MAX_COLUMNS + 1, limit: MAX_COLUMNS }));
    }
}
