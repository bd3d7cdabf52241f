//! XLSX workbooks, cell by cell. What a workbook says of its own size is never believed: a file of a kilobyte may claim billions.

use std::io::{Cursor, Read as _};
use std::panic::{AssertUnwindSafe, catch_unwind};

use calamine::{DataRef, Reader as _, Style, Xlsx, XlsxError};
use zip::ZipArchive;

use super::dates::of_serial;
use super::heading::{self, Heading};
use super::source::{MAX_COLUMNS, MAX_ROWS, ReadHints};
use super::table::{Cells, Table, TableSource};
use super::{ImportError, shortened};

/// The most bytes of all parts of a workbook together, unpacked.
const MAX_UNPACKED: u64 = 256 * 1024 * 1024;
/// The most bytes of one part that is held in memory as a whole.
const MAX_HELD: u64 = 64 * 1024 * 1024;
/// The most parts.
const MAX_PARTS: usize = 10_000;
/// The most cells that are read.
const MAX_CELLS: usize = 4_000_000;
/// The most bytes in the cells together.
const MAX_CELL_BYTES: usize = 128 * 1024 * 1024;

/// The reader of workbooks panics at some numbers that no spreadsheet writes: then nothing was read, and nothing of it is kept.
pub(super) fn read(bytes: &[u8], hints: &ReadHints) -> Result<Table, ImportError> {
    look_through(bytes)?;
    let read = catch_unwind(AssertUnwindSafe(|| read_workbook(bytes, hints)));
    read.unwrap_or_else(|_| Err(ImportError::Workbook("its cells are numbered in a way that makes no sense".to_owned())))
}

fn read_workbook(bytes: &[u8], hints: &ReadHints) -> Result<Table, ImportError> {
    let mut workbook: Xlsx<_> = calamine::open_workbook_from_rs(Cursor::new(bytes)).map_err(|problem| broken(&problem))?;
    let from_1904 = workbook.has_1904_epoch();
    let sheets = workbook.sheet_names();
    let wanted: Vec<String> = match &hints.sheet {
        Some(name) => {
            let found = sheets.iter().find(|s| *s == name).or_else(|| sheets.iter().find(|s| s.to_lowercase() == name.to_lowercase()));
            vec![found.cloned().ok_or_else(|| ImportError::NoSheet { name: name.clone(), sheets: sheets.clone() })?]
        }
        None => sheets.clone(),
    };
    let mut first_problem = None;
    for name in wanted {
        let cells = read_cells(&mut workbook, &name, from_1904)?;
        let source = TableSource::Sheet { name, sheets: sheets.clone(), from_1904 };
        match heading::table(cells, source, Heading { skip: hints.skip_rows, has: hints.has_header }) {
            Ok(table) => return Ok(table),
            // Workbooks have covers and empty sheets.
            Err(problem) => first_problem = first_problem.or(Some(problem)),
        }
    }
    Err(first_problem.unwrap_or(ImportError::Empty))
}

/// Unpacks every part into nothing, to know how large it is, and refuses what would not fit.
fn look_through(bytes: &[u8]) -> Result<(), ImportError> {
    let unreadable = |problem: &dyn std::fmt::Display| ImportError::Workbook(shortened(&problem.to_string()));
    let mut archive = ZipArchive::new(Cursor::new(bytes)).map_err(|problem| unreadable(&problem))?;
    if archive.len() > MAX_PARTS {
        return Err(ImportError::Workbook(format!("it has {} parts; {MAX_PARTS} are the most", archive.len())));
    }
    let mut left = MAX_UNPACKED;
    let mut buffer = vec![0; 64 * 1024];
    for index in 0..archive.len() {
        let mut part = archive.by_index(index).map_err(|problem| unreadable(&problem))?;
        let name = part.name().map_err(|problem| unreadable(&problem))?.into_owned();
        let is_sheet = name.to_lowercase().contains("worksheets/");
        let (mut size, mut head) = (0_u64, Vec::new());
        loop {
            let read = part.read(&mut buffer).map_err(|problem| unreadable(&problem))?;
            if read == 0 {
                break;
            }
            size += read as u64;
            if head.len() < HEAD {
                head.extend_from_slice(&buffer[..read.min(HEAD - head.len())]);
            }
            let held = !is_sheet && name.to_lowercase().ends_with(".xml") && size > MAX_HELD;
            left = left.checked_sub(read as u64).filter(|_| !held).ok_or_else(|| {
                ImportError::Workbook(format!(
                    "{name} is larger, unpacked, than {} MB",
                    if held { MAX_HELD >> 20 } else { MAX_UNPACKED >> 20 }
                ))
            })?;
        }
        if let Some(claimed) = claimed_strings(&head).filter(|claimed| *claimed > size) {
            return Err(ImportError::Workbook(format!("{name} claims {claimed} texts in {size} bytes")));
        }
    }
    Ok(())
}

/// Bytes in which the root element of a part begins.
const HEAD: usize = 4096;

/// What a table of shared strings says of its own length.
fn claimed_strings(head: &[u8]) -> Option<u64> {
    let text = String::from_utf8_lossy(head);
    let (_, after) = text.split_once("uniqueCount")?;
    let digits = after.trim_start().strip_prefix('=')?.trim_start().trim_start_matches(['"', '\'']);
    let end = digits.find(|c: char| !c.is_ascii_digit()).unwrap_or(digits.len());
    // What does not fit is more than any file has.
    Some(digits[..end].parse().unwrap_or(if end == 0 { 0 } else { u64::MAX }))
}

fn read_cells(workbook: &mut Xlsx<Cursor<&[u8]>>, sheet: &str, from_1904: bool) -> Result<Cells, ImportError> {
    let mut reader = match workbook.worksheet_cells_reader(sheet) {
        Ok(reader) => reader,
        // Charts have sheets of their own, without cells.
        Err(XlsxError::WorksheetNotFound(_)) => return Cells::builder(0).build().ok_or(ImportError::Empty),
        Err(problem) => return Err(broken(&problem)),
    };
    let percent: Vec<bool> = reader.styles().iter().map(is_percent).collect();
    let mut cells = Cells::builder(0);
    let mut row: Option<u32> = None;
    let (mut column, mut count) = (0_usize, 0_usize);
    while let Some((cell, style)) = reader.next_cell_with_style_id().map_err(|problem| broken(&problem))? {
        let (at_row, at_column) = cell.get_position();
        let text = text(cell.get_value(), CellForm { is_percent: percent.get(style).copied().unwrap_or(false), from_1904 });
        if text.trim().is_empty() {
            continue;
        }
        let at_column = at_column as usize;
        if at_column >= MAX_COLUMNS {
            return Err(ImportError::TooManyColumns { columns: at_column + 1, limit: MAX_COLUMNS });
        }
        count += 1;
        if count > MAX_CELLS || cells.bytes() > MAX_CELL_BYTES {
            return Err(ImportError::Workbook(format!("sheet {sheet:?} has more than {MAX_CELLS} cells")));
        }
        if row != Some(at_row) {
            if let Some(before) = row {
                if before > at_row {
                    return Err(ImportError::Workbook(format!("the rows of sheet {sheet:?} are out of order")));
                }
                cells.end_row(before as usize + 1);
            }
            if cells.rows() > MAX_ROWS {
                return Err(ImportError::TooManyRows { limit: MAX_ROWS });
            }
            (row, column) = (Some(at_row), 0);
        }
        if at_column < column {
            return Err(ImportError::Workbook(format!("the cells of row {} of sheet {sheet:?} are out of order", at_row + 1)));
        }
        for _ in column..at_column {
            cells.push("");
        }
        cells.push(&text);
        column = at_column + 1;
    }
    if let Some(last) = row {
        cells.end_row(last as usize + 1);
    }
    cells.build().ok_or(ImportError::Empty)
}

/// How a cell is shown, as far as it says what is meant.
#[derive(Clone, Copy)]
struct CellForm {
    is_percent: bool,
    from_1904: bool,
}

/// A cell as text that is read in one way only.
fn text(value: &DataRef<'_>, form: CellForm) -> String {
    match value {
        DataRef::Int(number) => number.to_string(),
        DataRef::Float(number) if form.is_percent => hundredfold(*number),
        DataRef::Float(number) => number.to_string(),
        DataRef::String(text) | DataRef::DateTimeIso(text) | DataRef::DurationIso(text) => text.clone(),
        DataRef::SharedString(text) => (*text).to_owned(),
        DataRef::Bool(true) => "TRUE".to_owned(),
        DataRef::Bool(false) => "FALSE".to_owned(),
        DataRef::DateTime(time) if time.is_duration() => time.as_f64().to_string(),
        DataRef::DateTime(time) => of_serial(time.as_f64(), form.from_1904).map_or_else(|| time.as_f64().to_string(), |at| at.to_string()),
        DataRef::Error(error) => error.to_string(),
        DataRef::Empty => String::new(),
    }
}

/// Shown as a percentage: 0.07 is `7%`, exactly.
fn hundredfold(number: f64) -> String {
    let shown = number.to_string();
    let (whole, fraction) = shown.split_once('.').unwrap_or((&shown, ""));
    let (moved, rest) = fraction.split_at(fraction.len().min(2));
    let digits = format!("{whole}{moved:0<2}");
    let (sign, digits) = digits.strip_prefix('-').map_or(("", digits.as_str()), |d| ("-", d));
    let digits = digits.trim_start_matches('0');
    let digits = if digits.is_empty() { "0" } else { digits };
    if rest.is_empty() { format!("{sign}{digits}%") } else { format!("{sign}{digits}.{rest}%") }
}

/// A `%` in the format that is neither quoted nor escaped.
fn is_percent(style: &Style) -> bool {
    let Some(format) = &style.number_format else { return false };
    let (mut quoted, mut escaped) = (false, false);
    for character in format.format_code.chars() {
        match character {
            _ if escaped => escaped = false,
            '\\' => escaped = true,
            '"' => quoted = !quoted,
            '%' if !quoted => return true,
            _ => {}
        }
    }
    false
}

fn broken(problem: &XlsxError) -> ImportError {
    ImportError::Workbook(match problem {
        XlsxError::Password => "it is protected by a password".to_owned(),
        XlsxError::FileNotFound(part) => format!("it has no {part}; is it a workbook in the XLSX format?"),
        other => shortened(&other.to_string()),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn percentages_are_moved_by_two_places_exactly() {
        for (number, shown) in [
            (0.07, "7%"),
            (0.45, "45%"),
            (1.0, "100%"),
            (0.999_9, "99.99%"),
            (-0.125, "-12.5%"),
            (0.0, "0%"),
            (0.000_5, "0.05%"),
            (12.345, "1234.5%"),
            (0.1, "10%"),
        ] {
            assert_eq!(hundredfold(number), shown);
        }
    }

    #[test]
    fn what_shared_strings_claim_is_found() {
        assert_eq!(claimed_strings(b"<sst count=\"9\" uniqueCount=\"4000000000\">"), Some(4_000_000_000));
        assert_eq!(claimed_strings(b"<x:sst uniqueCount = '99999999999999999999999'>"), Some(u64::MAX));
        assert_eq!(claimed_strings(b"<worksheet>"), None);
    }
}
