//! Cells with dates, one by one, in all the forms that people and programs give them.

use chrono::{NaiveTime, Weekday};

use super::ReadDate;
use super::names::{self, month_number};
use crate::model::{Cadence, Calendar, Date, Stamp};

/// One cell by itself, before the column has decided.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Written {
    Plain(ReadDate),
    /// Two numbers that are day and month in an order that the column decides, and what each order would give.
    Slashed {
        day_first: Option<Date>,
        month_first: Option<Date>,
        time: NaiveTime,
        /// `03/04/26`, which may be a day of the year 2003 as well.
        short_year: bool,
    },
}

fn whole(date: Date, grain: Cadence) -> Written {
    Written::Plain(ReadDate { at: Stamp::from_date(date), grain: Some(grain) })
}

fn dated(date: Date, time: NaiveTime) -> Written {
    Written::Plain(ReadDate { at: Stamp::from_date_time(date.and_time(time)), grain: None })
}

/// A year of four digits.
pub(super) fn year(text: &str) -> Option<i32> {
    (text.len() == 4).then(|| number(text)).flatten().filter(|&y| y >= 1000).and_then(|y| i32::try_from(y).ok())
}

/// `26` or `'26`: 1970 to 2069, as POSIX has it.
pub(super) fn short_year(text: &str) -> Option<i32> {
    let digits = text.trim_start_matches(['\'', '’']);
    let year = (digits.len() == 2).then(|| number(digits)).flatten().and_then(|y| i32::try_from(y).ok())?;
    Some(if year < 70 { 2000 + year } else { 1900 + year })
}

/// `1949.0833`, `1949.5`, `1949.0`; `2026.03` is a month.
pub(super) fn is_fractional_year(cell: &str) -> bool {
    cell.trim().split_once('.').is_some_and(|(whole, fraction)| {
        let is_month = fraction.len() == 2 && number(fraction).is_some_and(|month| (1..=12).contains(&month));
        year(whole).is_some() && !fraction.is_empty() && fraction.bytes().all(|b| b.is_ascii_digit()) && !is_month
    })
}

pub(super) fn number(text: &str) -> Option<u32> {
    if text.is_empty() || text.len() > 9 || !text.bytes().all(|b| b.is_ascii_digit()) {
        return None;
    }
    text.parse().ok()
}

pub(super) fn written(cell: &str, calendar: Calendar) -> Option<Written> {
    let cell = cell.trim();
    // The longest date that people write, with its weekday and time, is shorter.
    if cell.is_empty() || cell.len() > 64 {
        return None;
    }
    let (day, time) = match split_time(cell) {
        Some((day, time)) => (day, Some(time)),
        None => (cell, None),
    };
    let midnight = time.unwrap_or(NaiveTime::MIN);
    let split = day.split(|c: char| matches!(c, '-' | '/' | '.' | ',') || c.is_whitespace()).filter(|p| !p.is_empty());
    let parts: Vec<&str> = split.filter(|part| !names::is_filler(part)).map(names::without_ordinal).collect();
    if time.is_none()
        && let Some(period) = written_period(&parts, calendar)
    {
        return Some(period);
    }
    match parts[..] {
        [a, b, c] => day_of_three(day, [a, b, c], midnight),
        [compact] if compact.len() == 8 && compact.is_ascii() => {
            let year = year(&compact[..4])?;
            Some(dated(Date::from_ymd_opt(year, number(compact.get(4..6)?)?, number(compact.get(6..)?)?)?, midnight))
        }
        _ => None,
    }
}

fn day_of_three(cell: &str, [a, b, c]: [&str; 3], time: NaiveTime) -> Option<Written> {
    let parts = [a, b, c];
    let mut named = parts.iter().enumerate().filter_map(|(place, part)| Some((place, month_number(part)?)));
    if let Some((place, month)) = named.next() {
        let rest: Vec<&str> = (0..3).filter(|other| *other != place).map(|other| parts[other]).collect();
        let (first, last) = (rest[0], rest[1]);
        let (year, day) = match (year(first), year(last)) {
            (Some(year), None) => (year, number(last)?),
            (None, Some(year)) => (year, number(first)?),
            // Who writes the month as a word writes the day before the year.
            (None, None) => (short_year(last)?, number(first)?),
            (Some(_), Some(_)) => return None,
        };
        return Some(dated(Date::from_ymd_opt(year, month, day)?, time));
    }
    if let Some(year) = year(a) {
        // `2026-W14-3` is the third day of a week.
        if let Some(week) = b.strip_prefix(['W', 'w']).and_then(number) {
            let weekday = Weekday::try_from(u8::try_from(number(c)?.checked_sub(1)?).ok()?).ok()?;
            return Some(dated(Date::from_isoywd_opt(year, week, weekday)?, time));
        }
        return Some(dated(Date::from_ymd_opt(year, number(b)?, number(c)?)?, time));
    }
    let (year, short) = match year(c) {
        Some(year) => (year, false),
        None => (short_year(c)?, true),
    };
    // 0001-01-01 is no day of the year 1 of a century.
    let of_two_digits = |text: &str| number(text).filter(|_| text.len() <= 2);
    let (first, second) = (of_two_digits(a)?, of_two_digits(b)?);
    let day_first = Date::from_ymd_opt(year, second, first);
    let month_first = Date::from_ymd_opt(year, first, second);
    // With dots the day always comes first.
    if cell.contains('.') {
        return Some(dated(day_first?, time));
    }
    (day_first.is_some() || month_first.is_some()).then_some(Written::Slashed { day_first, month_first, time, short_year: short })
}

/// A month, quarter, week or year. Quarters and years are those of the project's fiscal calendar, weeks those of ISO 8601.
fn written_period(parts: &[&str], calendar: Calendar) -> Option<Written> {
    let joined;
    let parts: Vec<&str> = if parts.iter().any(|part| names::period_letter(part).is_some()) {
        joined = names::with_letters(parts);
        joined.iter().map(String::as_str).collect()
    } else {
        parts.to_vec()
    };
    match parts[..] {
        [one] => {
            if let Some(year) = year(one).or_else(|| names::fiscal_year(one)) {
                return Some(whole(quarter_start(year, 1, calendar)?, Cadence::Yearly));
            }
            if one.len() == 6 && one.bytes().all(|b| b.is_ascii_digit()) {
                // `202603`.
                let year = year(&one[..4]).filter(|year| (1900..2100).contains(year))?;
                return Some(whole(Date::from_ymd_opt(year, number(&one[4..])?, 1)?, Cadence::Monthly));
            }
            let (head, tail) = (one.get(..4)?, one.get(4..)?);
            // More digits are another number.
            period_of(year(head)?, tail, calendar).filter(|_| !tail.starts_with(|c: char| c.is_ascii_digit()))
        }
        [a, b] => {
            // `FY2025/26` ends in 2026.
            if let (Some(first), Some(last)) = (names::fiscal_year(a), short_year(b))
                && a.len() > 4
                && last == first + 1
            {
                return Some(whole(quarter_start(last, 1, calendar)?, Cadence::Yearly));
            }
            let any_year = |text: &str| year(text).or_else(|| names::fiscal_year(text));
            let (year, other) = match (any_year(a), any_year(b)) {
                (Some(year), _) => (year, b),
                (None, Some(year)) => (year, a),
                // `Mar-26` and `Q3 '26`: what is no number says what the number is.
                (None, None) if number(a).is_none() => (short_year(b)?, a),
                (None, None) => return None,
            };
            period_of(year, other, calendar)
        }
        _ => None,
    }
}

fn period_of(year: i32, text: &str, calendar: Calendar) -> Option<Written> {
    let lettered = |letter: char| text.strip_prefix([letter, letter.to_ascii_lowercase()]).and_then(number);
    if let Some(n) = lettered('Q').or_else(|| lettered('T')) {
        return Some(whole(quarter_start(year, n, calendar)?, Cadence::Quarterly));
    }
    if let Some(n) = lettered('W') {
        return Some(whole(Date::from_isoywd_opt(year, n, Weekday::Mon)?, Cadence::Weekly));
    }
    let month = lettered('M').or_else(|| number(text)).or_else(|| month_number(text))?;
    Some(whole(Date::from_ymd_opt(year, month, 1)?, Cadence::Monthly))
}

/// First day of a fiscal quarter; the fiscal year is named by the calendar year in which it ends.
pub(in crate::import) fn quarter_start(year: i32, quarter: u32, calendar: Calendar) -> Option<Date> {
    if !(1..=4).contains(&quarter) {
        return None;
    }
    let months_before = calendar.fiscal_start_month.clamp(1, 12) - 1 + 3 * (quarter - 1);
    let first_year = if calendar.fiscal_start_month > 1 { year - 1 } else { year };
    Date::from_ymd_opt(first_year + i32::try_from(months_before / 12).ok()?, months_before % 12 + 1, 1)
}

/// A time of day after the date, to the second; a zone is left as written, since a metric has one clock of its own.
fn split_time(cell: &str) -> Option<(&str, NaiveTime)> {
    let at = cell.find(':')?;
    let start = cell[..at].rfind(['T', 't', ' '])?;
    let (day, rest) = (cell[..start].trim_end_matches([' ', ',']), &cell[start + 1..]);
    let end = rest.find(|c: char| !(c.is_ascii_digit() || c == ':')).unwrap_or(rest.len());
    let (clock, tail) = rest.split_at(end);
    let mut numbers = clock.split(':');
    let (hour, minute) = (number(numbers.next()?)?, number(numbers.next()?)?);
    let second = match numbers.next() {
        Some(text) => number(text)?,
        None => 0,
    };
    if numbers.next().is_some() {
        return None;
    }
    let tail = tail.strip_prefix('.').map_or(tail, |t| t.trim_start_matches(|c: char| c.is_ascii_digit())).trim();
    let hour = match tail.to_ascii_lowercase().as_str() {
        "am" if (1..=12).contains(&hour) => hour % 12,
        "pm" if (1..=12).contains(&hour) => hour % 12 + 12,
        "" | "z" | "utc" => hour,
        zone if is_offset(zone) => hour,
        _ => return None,
    };
    Some((day, NaiveTime::from_hms_opt(hour, minute, second)?))
}

/// `+02:00`, `-0530`, `+01`.
fn is_offset(text: &str) -> bool {
    text.strip_prefix(['+', '-', '−']).is_some_and(|digits| {
        let digits = digits.replace(':', "");
        matches!(digits.len(), 2 | 4) && digits.bytes().all(|b| b.is_ascii_digit())
    })
}
