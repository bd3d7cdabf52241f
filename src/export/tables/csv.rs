//! A table as comma-separated values (RFC 4180): UTF-8 with a head, ISO dates, a decimal point.

use super::sheet::{Sheet, Value, clean};
use crate::export::ExportError;

pub(super) fn text(sheet: &Sheet) -> Result<String, ExportError> {
    let wrong = |error: String| ExportError::Drawing(error);
    let mut writer = csv::WriterBuilder::new().terminator(csv::Terminator::CRLF).from_writer(Vec::new());
    let mut put = |cells: Vec<String>| writer.write_record(&cells);
    put(sheet.heads.iter().map(|head| harmless(&clean(head))).collect()).map_err(|error| wrong(error.to_string()))?;
    for row in &sheet.rows {
        put(row.iter().map(cell).collect()).map_err(|error| wrong(error.to_string()))?;
    }
    let bytes = writer.into_inner().map_err(|error| wrong(error.to_string()))?;
    String::from_utf8(bytes).map_err(|error| wrong(error.to_string()))
}

fn cell(value: &Value) -> String {
    match value {
        Value::None => String::new(),
        Value::Text(text) => harmless(text),
        Value::Number(number, _) => plain(*number),
        Value::Day(date) => date.to_string(),
        Value::Moment(stamp) => stamp.date_time().format("%Y-%m-%dT%H:%M:%S").to_string(),
    }
}

/// A text that a spreadsheet would take for a formula gets an apostrophe before it, which spreadsheets take as the sign of a text (OWASP,
/// "CSV injection").
pub(super) fn harmless(text: &str) -> String {
    let first = text.trim_start_matches([' ', '\u{a0}', '\u{feff}']).chars().next();
    let is_formula = first.is_some_and(|c| matches!(c, '=' | '+' | '-' | '@' | '\t' | '\r' | '\n' | '＝' | '＋' | '－' | '＠'));
    if is_formula { format!("'{text}") } else { text.to_owned() }
}

/// Read back to the same number by whoever reads decimals.
pub(super) fn plain(number: f64) -> String {
    let size = number.abs();
    if number == 0.0 {
        "0".to_owned()
    } else if (1e-7..1e21).contains(&size) {
        number.to_string()
    } else {
        format!("{number:e}")
    }
}
