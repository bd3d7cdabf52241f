//! Days as spreadsheets count them: 46082 is 1 March 2026.

use chrono::{NaiveTime, TimeDelta};

use super::ReadDate;
use crate::model::{Date, Stamp};

/// Numbers that stand for the days from 1950 to 2099, in either system: what smaller and larger numbers stand for is not guessed.
const LIKELY: std::ops::RangeInclusive<f64> = 18_000.0..=73_050.0;

/// Whether a cell by itself may be the number of a day.
pub(super) fn is_likely(cell: &str) -> bool {
    number(cell).is_some_and(|number| LIKELY.contains(&number))
}

pub(super) fn read(cell: &str, from_1904: bool) -> Option<ReadDate> {
    let number = number(cell).filter(|number| LIKELY.contains(number))?;
    Some(ReadDate { at: of_serial(number, from_1904)?, grain: None })
}

/// Digits, and perhaps a decimal mark with more of them.
fn number(cell: &str) -> Option<f64> {
    let cell = cell.trim();
    let (whole, fraction) = cell.split_once(['.', ',']).unwrap_or((cell, ""));
    let digits = |text: &str| text.bytes().all(|b| b.is_ascii_digit());
    (whole.len() == 5 && fraction.len() <= 20 && digits(whole) && digits(fraction)).then(|| format!("{whole}.{fraction}").parse().ok())?
}

/// The time of a spreadsheet's day number, to the second. In the system of 1900, whose day 1 is 1 January 1900, day 60 is a
/// 29 February that never was and gives none (ECMA-376 part 1, 18.17.4.1); in that of 1904, day 0 is 1 January 1904.
pub(in crate::import) fn of_serial(number: f64, from_1904: bool) -> Option<Stamp> {
    if !(0.0..3_000_000.0).contains(&number) {
        return None;
    }
    let epoch = match number {
        _ if from_1904 => Date::from_ymd_opt(1904, 1, 1),
        n if n < 60.0 => Date::from_ymd_opt(1899, 12, 31),
        n if n < 61.0 => None,
        _ => Date::from_ymd_opt(1899, 12, 30),
    }?;
    #[expect(clippy::cast_possible_truncation, reason = "the number was found to be small")]
    let seconds = (number * 86_400.0).round() as i64;
    Some(Stamp::from_date_time(epoch.and_time(NaiveTime::MIN).checked_add_signed(TimeDelta::try_seconds(seconds)?)?))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn day_numbers_of_both_systems_agree_with_the_standard() {
        for (number, from_1904, expect) in [
            (1.0, false, Some("1900-01-01")),
            (59.0, false, Some("1900-02-28")),
            (60.0, false, None),
            (61.0, false, Some("1900-03-01")),
            (46_082.0, false, Some("2026-03-01")),
            (44_620.0, true, Some("2026-03-01")),
            (0.0, true, Some("1904-01-01")),
            (46_082.75, false, Some("2026-03-01T18:00:00")),
            // One second before midnight in floating point is midnight.
            (46_082.999_999_999, false, Some("2026-03-02")),
            (-1.0, false, None),
            (f64::NAN, false, None),
        ] {
            assert_eq!(of_serial(number, from_1904).map(|at| at.to_string()).as_deref(), expect, "{number}");
        }
    }
}
