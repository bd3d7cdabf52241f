//! Columns of times that name no day: years with a fraction, as statistics programs write them, and rows that are only counted.

use chrono::Days;

use super::ReadDate;
use crate::model::{Cadence, Date, Stamp};

/// Years with a fraction, and what the fractions of a whole column divide a year into.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Fractions {
    /// 1956.25 is the second quarter.
    Quarters,
    /// 1949.0833 is February.
    Months,
    /// Weeks counted from the first one.
    Weeks { first: f64 },
}

/// How far from the start of its month or quarter, as a share of it, a rounded time may lie: 1949.08 is February.
const SLACK: f64 = 0.05;
/// A week as a share of a year.
const WEEK: f64 = 7.0 / 365.25;

impl Fractions {
    /// What all the times, in the order of the file, agree with. `None` where they agree with nothing.
    pub(super) fn of(times: &[f64]) -> Option<Self> {
        let fits = |parts: f64| times.iter().all(|time| ((time * parts) - (time * parts).round()).abs() <= SLACK);
        if fits(4.0) {
            return Some(Self::Quarters);
        }
        if fits(12.0) {
            return Some(Self::Months);
        }
        let first = *times.first()?;
        let weekly = |pair: &[f64]| {
            let weeks = (pair[1] - pair[0]) / WEEK;
            weeks > 0.5 && (weeks - weeks.round()).abs() <= SLACK
        };
        (times.len() > 2 && times.windows(2).all(weekly)).then_some(Self::Weeks { first })
    }

    pub(super) fn read(self, cell: &str) -> Option<ReadDate> {
        let time = decimal_year(cell)?;
        let part = |parts: i32, months: u32, grain| {
            #[expect(clippy::cast_possible_truncation, reason = "years have four digits")]
            let whole = (time * f64::from(parts)).round() as i32;
            let month = u32::try_from(whole.rem_euclid(parts)).ok()? * months + 1;
            Some(ReadDate { at: Stamp::from_date(Date::from_ymd_opt(whole.div_euclid(parts), month, 1)?), grain: Some(grain) })
        };
        match self {
            Self::Quarters => part(4, 3, Cadence::Quarterly),
            Self::Months => part(12, 1, Cadence::Monthly),
            Self::Weeks { first } => {
                #[expect(
                    clippy::cast_possible_truncation,
                    clippy::cast_sign_loss,
                    reason = "the first is the smallest, and years have four digits"
                )]
                let weeks = ((time - first) / WEEK).round() as u64;
                #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a share of a year")]
                let (year, day) = (first as i32, (first.fract() * 365.25).round() as u64);
                let date = Date::from_ymd_opt(year, 1, 1)?.checked_add_days(Days::new(day + 7 * weeks))?;
                Some(ReadDate { at: Stamp::from_date(date), grain: None })
            }
        }
    }
}

/// A number that may be a year with a fraction.
pub(super) fn decimal_year(cell: &str) -> Option<f64> {
    let cell = cell.trim();
    let (whole, fraction) = cell.split_once('.').unwrap_or((cell, ""));
    let digits = |text: &str| text.bytes().all(|b| b.is_ascii_digit());
    let is_one = whole.len() == 4 && fraction.len() <= 20 && digits(whole) && digits(fraction) && !whole.starts_with('0');
    is_one.then(|| cell.parse().ok())?
}

/// Rows that are counted from one on: the first is put on a day, and each further one a period later.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Counted {
    pub(super) first: u32,
    pub(super) start: Date,
    pub(super) step: Cadence,
}

impl Counted {
    pub(super) fn read(self, cell: &str) -> Option<ReadDate> {
        self.at(super::number(cell.trim())?)
    }

    /// The time of a row by its number.
    pub(super) fn at(self, number: u32) -> Option<ReadDate> {
        let at = Stamp::from_date(self.start).later_by(self.step, number.checked_sub(self.first)?);
        Some(ReadDate { at, grain: None })
    }
}

/// Whether the cells that are not blank count 0, 1, 2, … or 1, 2, 3, …; with the first number.
pub(super) fn count<'a>(cells: impl Iterator<Item = &'a str>) -> Option<u32> {
    let mut numbers = cells.filter(|cell| !cell.trim().is_empty()).map(|cell| super::number(cell.trim()));
    let first = numbers.next()?.filter(|first| *first <= 1)?;
    let mut expected = first;
    for number in numbers {
        expected += 1;
        if number != Some(expected) {
            return None;
        }
    }
    (expected > first).then_some(first)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(cells: &[&str]) -> Option<Vec<String>> {
        let times: Vec<f64> = cells.iter().map(|cell| decimal_year(cell).unwrap()).collect();
        let fractions = Fractions::of(&times)?;
        Some(cells.iter().map(|cell| fractions.read(cell).unwrap().at.to_string()).collect())
    }

    #[test]
    fn fractions_of_years_are_months_quarters_or_weeks() {
        assert_eq!(read(&["1949", "1949.08333333333", "1949.917"]).unwrap(), ["1949-01-01", "1949-02-01", "1949-12-01"]);
        assert_eq!(read(&["1949.92", "1950.0", "1950.08"]).unwrap(), ["1949-12-01", "1950-01-01", "1950-02-01"]);
        assert_eq!(read(&["1956.0", "1956.25", "1956.75"]).unwrap(), ["1956-01-01", "1956-04-01", "1956-10-01"]);
        let weeks = read(&["1991.1", "1991.11916495551", "1991.13832991102", "1991.17665982204"]).unwrap();
        assert_eq!(weeks, ["1991-02-07", "1991-02-14", "1991-02-21", "1991-03-07"]);
        assert_eq!(read(&["2026.03", "2026.5"]), None);
    }

    #[test]
    fn counting_rows_is_told_from_numbers() {
        assert_eq!(count(["1", " 2", "", "3"].into_iter()), Some(1));
        assert_eq!(count(["0", "1"].into_iter()), Some(0));
        assert_eq!(count(["1"].into_iter()), None);
        assert_eq!(count(["1", "3"].into_iter()), None);
        let counted = Counted { first: 1, start: "2000-01-31".parse().unwrap(), step: Cadence::Monthly };
        assert_eq!(counted.read("2").unwrap().at.to_string(), "2000-02-29");
    }
}
