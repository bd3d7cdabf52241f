//! Number formats of spreadsheets that write what Waymark writes.

use crate::chart::ValueFormat;
use crate::model::{Magnitude, Unit};

/// The serial number of 1970-01-01 in the calendar of spreadsheets that begins in 1900.
pub(super) const EPOCH: i64 = 25_569;
/// Days before 1 March 1900 have no number that every spreadsheet agrees on.
pub(super) const FIRST_DAY: i64 = 61 - EPOCH;

/// Longer units are left to the words around a chart.
const LONGEST_UNIT: usize = 24;

/// Numbers in a magnitude with so many decimals, dressed in the unit: `"€ "#,##0.0,," M"`.
pub(super) fn code(format: &ValueFormat, magnitude: Magnitude, decimals: u8) -> String {
    let (scale, letter) = match magnitude {
        // A spreadsheet writes powers in its own way.
        Magnitude::Power(_) => return format!("{}0.0#E+0{}", quoted(&format.unit.prefix()), quoted(&format.unit.suffix())),
        _ => magnitude.scale_and_letter(),
    };
    let thousands = (scale.log10() / 3.0).round() as usize;
    let fraction = if decimals == 0 { String::new() } else { format!(".{}", "0".repeat(usize::from(decimals.min(9)))) };
    let letter = if letter.is_empty() { String::new() } else { format!(" {letter}") };
    let suffix = if format.unit.suffix().chars().count() > LONGEST_UNIT { String::new() } else { format.unit.suffix() };
    let number =
        format!("{}#,##0{fraction}{}{}", quoted(&format.unit.prefix()), ",".repeat(thousands), quoted(&format!("{letter}{suffix}")));
    format!("{number};{}{number}", quoted("−"))
}

/// As a short value is written: "8.2 M", "37 %".
pub(super) fn code_of(format: &ValueFormat, value: f64) -> String {
    let written = format.value(value);
    let decimals =
        written.split_once(format.locale.decimal_mark).map_or(0, |(_, tail)| tail.chars().take_while(char::is_ascii_digit).count());
    code(format, Magnitude::of(value), decimals as u8)
}

/// With all its digits, as a cell of a table shows it.
pub(super) fn code_in_full(format: &ValueFormat) -> String {
    code(format, Magnitude::One, format.decimals)
}

/// Of the ticks of an axis, which are a step apart and end at `largest`.
pub(super) fn code_of_ticks(format: &ValueFormat, step: f64, largest: f64) -> String {
    let magnitude = Magnitude::of(largest);
    let scaled = step / magnitude.scale_and_letter().0;
    let decimals = (0..9u8).find(|d| {
        let part = (scaled * 10f64.powi(i32::from(*d))).fract().abs();
        part.min(1.0 - part) < 1e-6
    });
    let decimals =
        if format.unit == Unit::Count && magnitude == Magnitude::One && format.decimals == 0 { 0 } else { decimals.unwrap_or(2) };
    code(format, magnitude, decimals)
}

/// The distance of ticks that are counted from the lower end of an axis, so that they stand on round numbers: a whole part of `step`.
pub(super) fn counted_from(low: f64, step: f64) -> f64 {
    let whole = |step: &f64| {
        let count = low / step;
        (count - count.round()).abs() < 1e-6
    };
    [1.0, 2.0, 4.0, 5.0].into_iter().map(|parts| step / parts).find(whole).unwrap_or(step)
}

/// Letters that stand for themselves.
fn quoted(words: &str) -> String {
    let plain: String = words.chars().filter(|c| *c != '"' && !c.is_control()).collect();
    if plain.is_empty() { plain } else { format!("\"{plain}\"") }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::Locale;

    fn format(unit: Unit, decimals: u8) -> ValueFormat {
        ValueFormat { unit, decimals, locale: Locale::default() }
    }

    #[test]
    fn numbers_are_written_as_waymark_writes_them() {
        let millions = code_of(&format(Unit::Count, 0), 8_231_000.0);
        assert_eq!(millions, "#,##0.00,,\" M\";\"−\"#,##0.00,,\" M\"");
        assert_eq!(code_of(&format(Unit::Percent, 1), 37.0), "#,##0\" %\";\"−\"#,##0\" %\"");
        assert_eq!(code_of(&format(Unit::Currency("EUR".to_owned()), 0), 430_000.0), "\"€ \"#,##0,\" k\";\"−\"\"€ \"#,##0,\" k\"");
        assert_eq!(code_of_ticks(&format(Unit::Minutes, 1), 0.5, 12.0), "#,##0.0\" min\";\"−\"#,##0.0\" min\"");
        assert_eq!(code_of(&format(Unit::Currency("EUR".to_owned()), 0), 2.5e16), "\"€ \"0.0#E+0");
        assert_eq!(code_in_full(&format(Unit::Custom("a\"b".to_owned()), 0)), "#,##0\" ab\";\"−\"#,##0\" ab\"");
    }
}
