//! Bytes to a [`Table`]: what encoding, what delimiter, which lines.

use std::borrow::Cow;

use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};
use encoding_rs::{Encoding, UTF_8};

use super::{ImportError, Row, Table};

/// The largest file that is read.
pub const MAX_BYTES: usize = 64 * 1024 * 1024;
/// The most rows below the header.
pub const MAX_ROWS: usize = 2_000_000;
/// The most columns of a header.
pub const MAX_COLUMNS: usize = 2_000;

const DELIMITERS: [u8; 4] = [b',', b';', b'\t', b'|'];
/// Records looked at to find the delimiter.
const SNIFFED_RECORDS: usize = 60;

/// Reads delimited text. The first record that is not blank is the header.
pub fn read_table(bytes: &[u8]) -> Result<Table, ImportError> {
    if bytes.len() > MAX_BYTES {
        return Err(ImportError::TooLarge { bytes: bytes.len(), limit: MAX_BYTES });
    }
    if bytes.starts_with(b"PK\x03\x04") || bytes.starts_with(b"\xD0\xCF\x11\xE0") {
        return Err(ImportError::Spreadsheet);
    }
    let (text, encoding) = decode(bytes);
    if let Some(at) = text.find('\0') {
        return Err(ImportError::Binary { line: 1 + line_ends(&text.as_bytes()[..at]) });
    }
    let (body, declared) = after_separator_line(&text);
    let delimiter = declared.unwrap_or_else(|| sniff_delimiter(body));
    let mut lines = LineCounter { text: body.as_bytes(), at: 0, line: 1 + line_ends(&text.as_bytes()[..text.len() - body.len()]) };
    let mut header: Option<(usize, Vec<String>)> = None;
    let mut rows = Vec::new();
    let mut reader = reader(body, delimiter);
    let mut record = csv::StringRecord::new();
    loop {
        let from = usize::try_from(reader.position().byte()).unwrap_or(usize::MAX);
        let line = lines.of_record_at(from);
        if !reader.read_record(&mut record).map_err(|e| ImportError::Unreadable { line, reason: e.to_string() })? {
            break;
        }
        if record.iter().all(|cell| cell.trim().is_empty()) {
            continue;
        }
        if header.is_none() {
            if record.len() > MAX_COLUMNS {
                return Err(ImportError::TooManyColumns { columns: record.len(), limit: MAX_COLUMNS });
            }
            header = Some((line, record.iter().map(|name| name.trim().to_owned()).collect()));
            continue;
        }
        if rows.len() == MAX_ROWS {
            return Err(ImportError::TooManyRows { limit: MAX_ROWS });
        }
        rows.push(Row { line, cells: record.clone() });
    }
    let (header_line, header) = header.ok_or(ImportError::Empty)?;
    if rows.is_empty() {
        return Err(ImportError::HeaderOnly);
    }
    Ok(Table { header, header_line, rows, delimiter: char::from(delimiter), encoding: encoding.name() })
}

/// A byte order mark decides; else what is sound UTF-8 is UTF-8; else the encoding is guessed from the letters.
fn decode(bytes: &[u8]) -> (Cow<'_, str>, &'static Encoding) {
    if let Some((encoding, mark)) = Encoding::for_bom(bytes) {
        return (encoding.decode_without_bom_handling(&bytes[mark..]).0, encoding);
    }
    if let Ok(text) = std::str::from_utf8(bytes) {
        return (Cow::Borrowed(text), UTF_8);
    }
    let mut detector = EncodingDetector::new(Iso2022JpDetection::Deny);
    detector.feed(bytes, true);
    let encoding = detector.guess(None, Utf8Detection::Deny);
    (encoding.decode_without_bom_handling(bytes).0, encoding)
}

/// Excel's `sep=;` line, where there is one, says the delimiter and is no record.
fn after_separator_line(text: &str) -> (&str, Option<u8>) {
    let first = text.lines().next().unwrap_or("");
    match first.strip_prefix("sep=").map(str::as_bytes) {
        Some(&[delimiter]) if DELIMITERS.contains(&delimiter) => (&text[first.len()..], Some(delimiter)),
        _ => (text, None),
    }
}

fn reader(text: &str, delimiter: u8) -> csv::Reader<&[u8]> {
    csv::ReaderBuilder::new().delimiter(delimiter).flexible(true).has_headers(false).from_reader(text.as_bytes())
}

/// The delimiter under which most records are as long as the header; among equals the one that makes more columns.
fn sniff_delimiter(text: &str) -> u8 {
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
struct LineCounter<'a> {
    text: &'a [u8],
    at: usize,
    line: usize,
}

impl LineCounter<'_> {
    fn of_record_at(&mut self, from: usize) -> usize {
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

    fn cells(table: &Table, row: usize) -> Vec<&str> {
        table.rows[row].cells.iter().collect()
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
            let table = read_table(text.as_bytes()).unwrap();
            assert_eq!(table.delimiter, delimiter, "{text}");
            assert_eq!(cells(&table, 0), ["2026-01", "1,5"]);
        }
    }

    #[test]
    fn lines_count_blank_ones_and_breaks_within_quotes() {
        let table = read_table(b"\n\ndate,note,value\r\n2026-01,\"two\nlines\",1\r\n\r\n,,\n2026-02,x,2\n").unwrap();
        assert_eq!(table.header_line, 3);
        assert_eq!(table.rows.iter().map(|r| r.line).collect::<Vec<_>>(), [4, 8]);
        assert_eq!(read_table(b"sep=,\ndate,value\n2026-01,1\n").unwrap().rows[0].line, 3);
        assert_eq!(read_table(b"date,value\r2026-01,1\r2026-02,1\r").unwrap().rows[1].line, 3);
    }

    #[test]
    fn encodings_are_told_apart() {
        let utf8 = read_table("Monat,Zufriedenheit für März\n2026-03,4\n".as_bytes()).unwrap();
        assert_eq!((utf8.encoding, utf8.header[1].as_str()), ("UTF-8", "Zufriedenheit für März"));
        let marked = read_table("\u{feff}date,value\n2026-03,4\n".as_bytes()).unwrap();
        assert_eq!(marked.header[0], "date");
        let latin = read_table(b"Monat;Zufriedenheit f\xFCr M\xE4rz\n2026-03;4\n2026-04;5\n").unwrap();
        assert_eq!((latin.encoding, latin.header[1].as_str()), ("windows-1252", "Zufriedenheit für März"));
        let wide: Vec<u8> =
            [0xFF, 0xFE].into_iter().chain("date\tvalue\r\n2026-03\t4\r\n".encode_utf16().flat_map(u16::to_le_bytes)).collect();
        let wide = read_table(&wide).unwrap();
        assert_eq!((wide.encoding, cells(&wide, 0)), ("UTF-16LE", vec!["2026-03", "4"]));
    }

    #[test]
    fn what_is_no_table_is_refused() {
        assert_eq!(read_table(b""), Err(ImportError::Empty));
        assert_eq!(read_table(b"date,value\n"), Err(ImportError::HeaderOnly));
        assert_eq!(read_table(b"PK\x03\x04rest"), Err(ImportError::Spreadsheet));
        assert_eq!(read_table(b"date,value\n2026\x00,1\n"), Err(ImportError::Binary { line: 2 }));
        let wide = vec!["c"; MAX_COLUMNS + 1].join(",");
        assert_eq!(read_table(wide.as_bytes()), Err(ImportError::TooManyColumns { columns: MAX_COLUMNS + 1, limit: MAX_COLUMNS }));
    }
}
