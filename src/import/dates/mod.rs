//! Dates as files write them. Whether `03/04/2026` is in March or in April is decided by the whole column.

mod names;
mod numbered;
mod serial;

use std::sync::Arc;

use chrono::format::{Item, StrftimeItems};
use chrono::{NaiveDateTime, NaiveTime, Weekday};

use numbered::{Counted, Fractions, decimal_year};

use super::ImportError;
use crate::model::{Cadence, Calendar, Date, Stamp};

pub(super) use names::english_month;
use names::month_number;
pub(super) use serial::of_serial;

/// The order of day and month in dates such as `03/04/2026`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum DateOrder {
    DayFirst,
    MonthFirst,
}

/// What is known of a column of dates beforehand.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct DateHints<'a> {
    pub(super) order: Option<DateOrder>,
    /// A strftime pattern: nothing else is a date then.
    pub(super) format: Option<&'a str>,
    /// Numbers of days count from 1904 on, not from 1900.
    pub(super) from_1904: bool,
    /// Where rows that are only counted begin, and what lies between them.
    pub(super) start: Option<Date>,
    pub(super) step: Option<Cadence>,
}

impl DateHints<'_> {
    /// The time of a row that is only counted, from one on.
    pub(super) fn of_row(self, number: u32) -> Option<ReadDate> {
        self.counted(1).at(number)
    }

    fn counted(self, first: u32) -> Counted {
        Counted { first, start: self.start.unwrap_or(COUNTED_FROM), step: self.step.unwrap_or(Cadence::Daily) }
    }
}

/// Where counted rows begin unless it is said.
pub(super) const COUNTED_FROM: Date = Date::from_ymd_opt(2000, 1, 1).unwrap();

/// A cell of the date column: when its period begins, and the grain that its form shows, where it shows one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct ReadDate {
    pub(super) at: Stamp,
    /// `2026-03` is a month; a full date does not say what it stands for.
    pub(super) grain: Option<Cadence>,
}

/// One cell by itself, before the column has decided.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Written {
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

/// How the dates of one column are read.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct DateColumn {
    form: Form,
    /// `None` where no cell depends on it.
    order: Option<DateOrder>,
    calendar: Calendar,
}

#[derive(Clone, Debug, PartialEq)]
enum Form {
    Written,
    Fractions(Fractions),
    Counted(Counted),
    /// Days since an epoch, as spreadsheets count them.
    Serial {
        from_1904: bool,
    },
    /// A strftime pattern.
    Pattern(Arc<str>),
}

impl DateColumn {
    /// Looks at every cell (with its line) and decides the order of day and month, unless it is given.
    pub(super) fn decide<'a>(
        name: &str,
        cells: impl IntoIterator<Item = (usize, &'a str), IntoIter: Clone>,
        order: Option<DateOrder>,
        calendar: Calendar,
    ) -> Result<Self, ImportError> {
        Self::decide_with(name, cells, DateHints { order, ..DateHints::default() }, calendar)
    }

    /// The same, with all that may be known beforehand.
    pub(super) fn decide_with<'a>(
        name: &str,
        cells: impl IntoIterator<Item = (usize, &'a str), IntoIter: Clone>,
        known: DateHints<'_>,
        calendar: Calendar,
    ) -> Result<Self, ImportError> {
        if let Some(pattern) = known.format {
            if StrftimeItems::new(pattern).any(|item| item == Item::Error) {
                return Err(ImportError::DatePattern(pattern.to_owned()));
            }
            return Ok(Self { form: Form::Pattern(pattern.into()), order: None, calendar });
        }
        let mut seen = Seen::default();
        let (mut serials, mut others) = (0_usize, 0_usize);
        let cells = cells.into_iter();
        for (line, cell) in cells.clone() {
            if iso_day(cell.as_bytes()).is_some() {
                others += 1;
                continue;
            }
            // Some cells of such a column look like dates: 1949 and 1949.05 would be taken as a year and as May.
            if is_fractional_year(cell) {
                let times: Option<Vec<f64>> =
                    cells.filter(|(_, cell)| !cell.trim().is_empty()).map(|(_, cell)| decimal_year(cell)).collect();
                let fractions = times.and_then(|times| Fractions::of(&times));
                let refused = || ImportError::FractionalYears { column: name.to_owned(), line, example: cell.trim().to_owned() };
                return Ok(Self { form: Form::Fractions(fractions.ok_or_else(refused)?), order: None, calendar });
            }
            if serial::is_likely(cell) {
                serials += 1;
            } else if !cell.trim().is_empty() {
                others += 1;
            }
            seen.take(line, cell, calendar);
        }
        if others > 0
            && seen.is_empty()
            && let Some(first) = numbered::count(cells.map(|(_, cell)| cell))
        {
            return Ok(Self { form: Form::Counted(known.counted(first)), order: None, calendar });
        }
        // Numbers beside other dates are no dates.
        let form = if serials > 0 && others == 0 { Form::Serial { from_1904: known.from_1904 } } else { Form::Written };
        Ok(Self { form, order: seen.order(name, known.order)?, calendar })
    }

    /// Whether numbers are taken as days since an epoch.
    pub(super) fn is_serial(&self) -> bool {
        matches!(self.form, Form::Serial { .. })
    }

    /// Whether rows are only counted, and put on days that the file does not name.
    pub(super) fn is_counted(&self) -> bool {
        matches!(self.form, Form::Counted(_))
    }

    /// The order of day and month, where cells depend on it.
    pub(super) fn order(&self) -> Option<DateOrder> {
        self.order
    }

    /// Reads one cell; `None` when it is no date.
    pub(super) fn read(&self, cell: &str) -> Option<ReadDate> {
        match &self.form {
            Form::Serial { from_1904 } => serial::read(cell, *from_1904),
            Form::Fractions(fractions) => fractions.read(cell),
            Form::Counted(counted) => counted.read(cell),
            Form::Pattern(pattern) => by_pattern(cell.trim(), pattern),
            Form::Written => {
                if let Some(date) = iso_day(cell.as_bytes()) {
                    return Some(ReadDate { at: Stamp::from_date(date), grain: None });
                }
                match written(cell, self.calendar)? {
                    Written::Plain(read) => Some(read),
                    Written::Slashed { day_first, month_first, time, .. } => {
                        let date = match self.order {
                            Some(DateOrder::DayFirst) => day_first?,
                            Some(DateOrder::MonthFirst) => month_first?,
                            // Undecided columns hold only dates that are the same either way.
                            None => day_first.filter(|d| Some(*d) == month_first)?,
                        };
                        Some(ReadDate { at: Stamp::from_date_time(date.and_time(time)), grain: None })
                    }
                }
            }
        }
    }

    /// Whether a cell would be a date if months came first.
    pub(super) fn reads_month_first(&self, cell: &str) -> bool {
        matches!(written(cell, self.calendar), Some(Written::Slashed { month_first: Some(_), .. }))
    }
}

/// The cells of a column that say, or leave open, the order of day and month.
#[derive(Default)]
struct Seen<'a> {
    day_first: Option<(usize, &'a str)>,
    month_first: Option<(usize, &'a str)>,
    open: Option<(usize, &'a str)>,
    short: Option<(usize, &'a str)>,
}

impl<'a> Seen<'a> {
    fn is_empty(&self) -> bool {
        self.day_first.is_none() && self.month_first.is_none() && self.open.is_none() && self.short.is_none()
    }

    fn take(&mut self, line: usize, cell: &'a str, calendar: Calendar) {
        let Some(Written::Slashed { day_first, month_first, short_year, .. }) = written(cell, calendar) else { return };
        let here = Some((line, cell.trim()));
        if short_year {
            self.short = self.short.or(here);
        }
        match (day_first, month_first) {
            (Some(_), None) => self.day_first = self.day_first.or(here),
            (None, Some(_)) => self.month_first = self.month_first.or(here),
            (Some(a), Some(b)) if a != b => self.open = self.open.or(here),
            _ => {}
        }
    }

    fn order(self, name: &str, given: Option<DateOrder>) -> Result<Option<DateOrder>, ImportError> {
        let column = name.to_owned();
        if given.is_some() {
            return Ok(given);
        }
        if let Some((line, example)) = self.short {
            return Err(ImportError::ShortYears { column, line, example: example.to_owned() });
        }
        match (self.day_first, self.month_first, self.open) {
            (Some((day_first_line, day_first)), Some((month_first_line, month_first)), _) => Err(ImportError::MixedDates {
                column,
                day_first: day_first.to_owned(),
                day_first_line,
                month_first: month_first.to_owned(),
                month_first_line,
            }),
            (Some(_), None, _) => Ok(Some(DateOrder::DayFirst)),
            (None, Some(_), _) => Ok(Some(DateOrder::MonthFirst)),
            (None, None, Some((line, example))) => Err(ImportError::AmbiguousDates { column, line, example: example.to_owned() }),
            (None, None, None) => Ok(None),
        }
    }
}

/// `2026-03-01` and nothing else: what most files have, without a detour.
fn iso_day(cell: &[u8]) -> Option<Date> {
    let (&[b'-', ref month_and_day @ ..], year) = cell.split_at_checked(4).map(|(year, rest)| (rest, year))? else { return None };
    let &[month_tens, month_ones, b'-', day_tens, day_ones] = month_and_day else { return None };
    let two =
        |tens: u8, ones: u8| (tens.is_ascii_digit() && ones.is_ascii_digit()).then(|| u32::from(tens - b'0') * 10 + u32::from(ones - b'0'));
    let year = two(year[0], year[1])? * 100 + two(year[2], year[3])?;
    let (month, day) = (two(month_tens, month_ones)?, two(day_tens, day_ones)?);
    (year >= 1000).then(|| Date::from_ymd_opt(i32::try_from(year).ok()?, month, day)).flatten()
}

/// A cell by a strftime pattern; what the pattern leaves out is the first of it.
fn by_pattern(cell: &str, pattern: &str) -> Option<ReadDate> {
    if cell.len() > 64 {
        return None;
    }
    if let Ok(time) = NaiveDateTime::parse_from_str(cell, pattern) {
        return Some(ReadDate { at: Stamp::from_date_time(time), grain: None });
    }
    let day = |cell: &str, pattern: &str| Date::parse_from_str(cell, pattern).ok().map(Stamp::from_date);
    let completed = |rest: &str, with: &str, grain| {
        let at = day(&format!("{cell}{with}"), &format!("{pattern}{rest}"))?;
        Some(ReadDate { at, grain: Some(grain) })
    };
    day(cell, pattern)
        .map(|at| ReadDate { at, grain: None })
        .or_else(|| completed(" %d", " 1", Cadence::Monthly))
        .or_else(|| completed(" %u", " 1", Cadence::Weekly))
        .or_else(|| completed(" %m %d", " 1 1", Cadence::Yearly))
}

fn whole(date: Date, grain: Cadence) -> Written {
    Written::Plain(ReadDate { at: Stamp::from_date(date), grain: Some(grain) })
}

fn dated(date: Date, time: NaiveTime) -> Written {
    Written::Plain(ReadDate { at: Stamp::from_date_time(date.and_time(time)), grain: None })
}

/// A year of four digits.
fn year(text: &str) -> Option<i32> {
    (text.len() == 4).then(|| number(text)).flatten().filter(|&y| y >= 1000).and_then(|y| i32::try_from(y).ok())
}

/// `26` or `'26`: 1970 to 2069, as POSIX has it.
fn short_year(text: &str) -> Option<i32> {
    let digits = text.trim_start_matches(['\'', '’']);
    let year = (digits.len() == 2).then(|| number(digits)).flatten().and_then(|y| i32::try_from(y).ok())?;
    Some(if year < 70 { 2000 + year } else { 1900 + year })
}

/// `1949.0833`, `1949.5`, `1949.0`; `2026.03` is a month.
fn is_fractional_year(cell: &str) -> bool {
    cell.trim().split_once('.').is_some_and(|(whole, fraction)| {
        let is_month = fraction.len() == 2 && number(fraction).is_some_and(|month| (1..=12).contains(&month));
        year(whole).is_some() && !fraction.is_empty() && fraction.bytes().all(|b| b.is_ascii_digit()) && !is_month
    })
}

fn number(text: &str) -> Option<u32> {
    if text.is_empty() || text.len() > 9 || !text.bytes().all(|b| b.is_ascii_digit()) {
        return None;
    }
    text.parse().ok()
}

fn written(cell: &str, calendar: Calendar) -> Option<Written> {
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
    let (first, second) = (number(a)?, number(b)?);
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
pub(super) fn quarter_start(year: i32, quarter: u32, calendar: Calendar) -> Option<Date> {
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

/// Whether a period was placed by a fiscal year that does not begin in January.
pub(super) fn is_fiscal(grain: Option<Cadence>, calendar: Calendar) -> bool {
    calendar.fiscal_start_month != 1 && matches!(grain, Some(Cadence::Quarterly | Cadence::Yearly))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn column(cells: &[&str]) -> Result<Vec<Option<String>>, ImportError> {
        let lines = || cells.iter().enumerate().map(|(i, c)| (i + 2, *c));
        let column = DateColumn::decide("when", lines(), None, Calendar::default())?;
        Ok(cells.iter().map(|c| column.read(c).map(|r| r.at.to_string())).collect())
    }

    fn check(cell: &str, expect: &str, grain: Option<Cadence>) {
        let column = DateColumn::decide("when", [(2, cell)], None, Calendar::default()).unwrap();
        let read = column.read(cell).unwrap_or_else(|| panic!("{cell} is a date"));
        assert_eq!((read.at.to_string().as_str(), read.grain), (expect, grain), "{cell}");
    }

    #[test]
    fn iso_forms_are_read() {
        check("2026-03-01", "2026-03-01", None);
        check(" 2026/03/01 ", "2026-03-01", None);
        check("20260301", "2026-03-01", None);
        check("2026-03-01T14:05:09Z", "2026-03-01T14:05:09", None);
        check("2026-03-01 14:05:09.250+02:00", "2026-03-01T14:05:09", None);
        check("2026-03-01 00:00", "2026-03-01", None);
        check("2026-03", "2026-03-01", Some(Cadence::Monthly));
        check("2026-Q2", "2026-04-01", Some(Cadence::Quarterly));
        check("2026Q4", "2026-10-01", Some(Cadence::Quarterly));
        check("Q1 2026", "2026-01-01", Some(Cadence::Quarterly));
        check("2026-W14", "2026-03-30", Some(Cadence::Weekly));
        check("2020-W53", "2020-12-28", Some(Cadence::Weekly));
        check("2026", "2026-01-01", Some(Cadence::Yearly));
    }

    #[test]
    fn forms_that_say_their_order_are_read() {
        check("21/11/2026", "2026-11-21", None);
        check("11/21/2026", "2026-11-21", None);
        check("05/05/2026", "2026-05-05", None);
        check("1.2.2026", "2026-02-01", None);
        check("1 Mar 2026", "2026-03-01", None);
        check("March 1, 2026", "2026-03-01", None);
        check("01-Mar-2026", "2026-03-01", None);
        check("Sept 2026", "2026-09-01", Some(Cadence::Monthly));
        check("31.12.25", "2025-12-31", None);
        check("21-Nov-26", "2026-11-21", None);
        check("Sunday, 1st of March 2026", "2026-03-01", None);
        check("21/11/2026 2:30 PM", "2026-11-21T14:30:00", None);
    }

    #[test]
    fn what_is_no_date_is_not_guessed() {
        for cell in ["", "soon", "2026-02-30", "2026-13", "2021-W53", "2026-Q5", "31/31/2026", "1", "2026-03-01 25:00", "é2026"] {
            let column = DateColumn::decide("when", [(2, cell)], None, Calendar::default()).unwrap();
            assert_eq!(column.read(cell), None, "{cell}");
        }
    }

    #[test]
    fn one_clear_date_decides_for_the_column() {
        assert_eq!(column(&["03/04/2026", "21/04/2026"]).unwrap(), [Some("2026-04-03".to_owned()), Some("2026-04-21".to_owned())]);
        assert_eq!(column(&["03/04/2026", "04/21/2026"]).unwrap(), [Some("2026-03-04".to_owned()), Some("2026-04-21".to_owned())]);
    }

    #[test]
    fn an_open_or_mixed_order_is_refused_with_its_lines() {
        assert_eq!(
            column(&["05/05/2026", "03/04/2026"]),
            Err(ImportError::AmbiguousDates { column: "when".to_owned(), line: 3, example: "03/04/2026".to_owned() })
        );
        assert_eq!(
            column(&["21/04/2026", "03/04/2026", "04/21/2026"]),
            Err(ImportError::MixedDates {
                column: "when".to_owned(),
                day_first: "21/04/2026".to_owned(),
                day_first_line: 2,
                month_first: "04/21/2026".to_owned(),
                month_first_line: 4,
            })
        );
    }

    #[test]
    fn years_with_fractions_are_decided_by_the_whole_column() {
        let months = column(&["1949", "1949.08333333333", "1949.5"]).unwrap();
        assert_eq!(months, [Some("1949-01-01".to_owned()), Some("1949-02-01".to_owned()), Some("1949-07-01".to_owned())]);
        let refused = ImportError::FractionalYears { column: "when".to_owned(), line: 3, example: "2026.5".to_owned() };
        assert_eq!(column(&["2026.03", " 2026.5 "]), Err(refused));
        assert_eq!(column(&["2026.03", "2026.12"]).unwrap(), [Some("2026-03-01".to_owned()), Some("2026-12-01".to_owned())]);
        assert_eq!(column(&["1949", "1950"]).unwrap(), [Some("1949-01-01".to_owned()), Some("1950-01-01".to_owned())]);
        assert_eq!(column(&["1", "2"]).unwrap(), [Some("2000-01-01".to_owned()), Some("2000-01-02".to_owned())]);
    }

    #[test]
    fn months_weeks_and_quarters_are_read_in_many_forms() {
        check("2026-W14-3", "2026-04-01", None);
        check("2026W14", "2026-03-30", Some(Cadence::Weekly));
        check("KW 14/2026", "2026-03-30", Some(Cadence::Weekly));
        check("Week 14, 2026", "2026-03-30", Some(Cadence::Weekly));
        check("Mar-26", "2026-03-01", Some(Cadence::Monthly));
        check("Mar '26", "2026-03-01", Some(Cadence::Monthly));
        check("2026M03", "2026-03-01", Some(Cadence::Monthly));
        check("202603", "2026-03-01", Some(Cadence::Monthly));
        check("Q3 FY26", "2026-07-01", Some(Cadence::Quarterly));
        check("FY 2026 Q3", "2026-07-01", Some(Cadence::Quarterly));
        check("FY26-Q3", "2026-07-01", Some(Cadence::Quarterly));
        check("Q3 '26", "2026-07-01", Some(Cadence::Quarterly));
        check("3. Quartal 2026", "2026-07-01", Some(Cadence::Quarterly));
        check("FY26", "2026-01-01", Some(Cadence::Yearly));
        check("FY2025/26", "2026-01-01", Some(Cadence::Yearly));
    }

    #[test]
    fn months_are_known_in_four_languages() {
        for cell in ["1. März 2026", "1 mrz. 2026", "1er mars 2026", "1 de marzo de 2026", "So, 1. März 2026"] {
            check(cell, "2026-03-01", None);
        }
        for cell in ["Dezember 2026", "Dez. 2026", "décembre 2026", "déc. 2026", "diciembre 2026", "dic 2026", "DECEMBER 2026"] {
            check(cell, "2026-12-01", Some(Cadence::Monthly));
        }
        for cell in ["août 2026", "aout 2026", "agosto de 2026", "ago-26", "August 2026"] {
            check(cell, "2026-08-01", Some(Cadence::Monthly));
        }
    }

    #[test]
    fn a_column_of_day_numbers_is_one_of_dates() {
        assert_eq!(
            column(&["46082", "46083.5", ""]).unwrap(),
            [Some("2026-03-01".to_owned()), Some("2026-03-02T12:00:00".to_owned()), None]
        );
        assert_eq!(column(&["46082", "2026-03-02"]).unwrap(), [None, Some("2026-03-02".to_owned())]);
        let hints = DateHints { from_1904: true, ..DateHints::default() };
        let column = DateColumn::decide_with("when", [(2, "44620")], hints, Calendar::default()).unwrap();
        assert_eq!(column.read("44620").unwrap().at.to_string(), "2026-03-01");
    }

    #[test]
    fn years_of_two_digits_are_asked_about() {
        let short = ImportError::ShortYears { column: "when".to_owned(), line: 2, example: "12/31/25".to_owned() };
        assert_eq!(column(&["12/31/25"]), Err(short));
        let column = DateColumn::decide("when", [(2, "12/31/25")], Some(DateOrder::MonthFirst), Calendar::default()).unwrap();
        assert_eq!(column.read("12/31/25").unwrap().at.to_string(), "2025-12-31");
    }

    #[test]
    fn a_pattern_reads_what_it_says_and_nothing_else() {
        let read = |pattern, cell: &str| {
            let hints = DateHints { format: Some(pattern), ..DateHints::default() };
            let column = DateColumn::decide_with("when", [], hints, Calendar::default()).unwrap();
            column.read(cell).map(|read| (read.at.to_string(), read.grain))
        };
        assert_eq!(read("%y/%m/%d", "26/03/01"), Some(("2026-03-01".to_owned(), None)));
        assert_eq!(read("%y/%m/%d", "2026-03-01"), None);
        assert_eq!(read("%m.%Y", "03.2026"), Some(("2026-03-01".to_owned(), Some(Cadence::Monthly))));
        assert_eq!(read("%G week %V", "2026 week 14"), Some(("2026-03-30".to_owned(), Some(Cadence::Weekly))));
        assert_eq!(read("year %Y", "year 2026"), Some(("2026-01-01".to_owned(), Some(Cadence::Yearly))));
        assert_eq!(read("%Y%m%d %H%M", "20260301 1405"), Some(("2026-03-01T14:05:00".to_owned(), None)));
        let hints = DateHints { format: Some("%Q"), ..DateHints::default() };
        assert_eq!(DateColumn::decide_with("when", [], hints, Calendar::default()), Err(ImportError::DatePattern("%Q".to_owned())));
    }

    #[test]
    fn the_order_can_be_given() {
        let read = |order| {
            let column = DateColumn::decide("when", [(2, "03/04/2026")], Some(order), Calendar::default()).unwrap();
            column.read("03/04/2026").unwrap().at.to_string()
        };
        assert_eq!((read(DateOrder::DayFirst).as_str(), read(DateOrder::MonthFirst).as_str()), ("2026-04-03", "2026-03-04"));
    }

    #[test]
    fn quarters_and_years_follow_the_fiscal_calendar() {
        let from_april = Calendar { fiscal_start_month: 4, ..Calendar::default() };
        for (cell, expect) in [("2026-Q1", "2025-04-01"), ("2026-Q4", "2026-01-01"), ("2026", "2025-04-01")] {
            let column = DateColumn::decide("when", [(2, cell)], None, from_april).unwrap();
            let read = column.read(cell).unwrap();
            assert_eq!(read.at.to_string(), expect, "{cell}");
            assert!(is_fiscal(read.grain, from_april));
            assert_eq!(from_april.fiscal_year(read.at.date()), 2026, "the calendar agrees");
        }
    }
}
