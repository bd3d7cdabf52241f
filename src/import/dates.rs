//! Dates as files write them. Whether `03/04/2026` is in March or in April is decided by the whole column.

use chrono::{NaiveTime, Weekday};

use super::ImportError;
use crate::model::{Cadence, Calendar, Date, Stamp};

/// The order of day and month in dates such as `03/04/2026`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum DateOrder {
    DayFirst,
    MonthFirst,
}

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
    },
}

const MONTHS: [&str; 12] = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];

/// How the dates of one column are read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct DateColumn {
    /// `None` where no cell depends on it.
    order: Option<DateOrder>,
    calendar: Calendar,
}

impl DateColumn {
    /// Looks at every cell (with its line) and decides the order of day and month, unless it is given.
    pub(super) fn decide<'a>(
        name: &str,
        cells: impl IntoIterator<Item = (usize, &'a str)>,
        given: Option<DateOrder>,
        calendar: Calendar,
    ) -> Result<Self, ImportError> {
        let cells: Vec<(usize, &str)> = cells.into_iter().collect();
        // Some cells of such a column look like dates: 1949 and 1949.5 would be taken as a year and as May.
        if let Some((line, example)) = cells.iter().find(|(_, cell)| is_fractional_year(cell)) {
            return Err(ImportError::FractionalYears { column: name.to_owned(), line: *line, example: example.trim().to_owned() });
        }
        if given.is_some() {
            return Ok(Self { order: given, calendar });
        }
        let (mut day_first, mut month_first, mut open) = (None, None, None);
        for (line, cell) in cells {
            let Some(Written::Slashed { day_first: as_day, month_first: as_month, .. }) = written(cell, calendar) else { continue };
            match (as_day, as_month) {
                (Some(_), None) => day_first = day_first.or(Some((line, cell))),
                (None, Some(_)) => month_first = month_first.or(Some((line, cell))),
                (Some(a), Some(b)) if a != b => open = open.or(Some((line, cell))),
                _ => {}
            }
        }
        let order = match (day_first, month_first, open) {
            (Some((day_line, day)), Some((month_line, month)), _) => {
                return Err(ImportError::MixedDates {
                    column: name.to_owned(),
                    day_first: day.trim().to_owned(),
                    day_first_line: day_line,
                    month_first: month.trim().to_owned(),
                    month_first_line: month_line,
                });
            }
            (Some(_), None, _) => Some(DateOrder::DayFirst),
            (None, Some(_), _) => Some(DateOrder::MonthFirst),
            (None, None, Some((line, example))) => {
                return Err(ImportError::AmbiguousDates { column: name.to_owned(), line, example: example.trim().to_owned() });
            }
            (None, None, None) => None,
        };
        Ok(Self { order, calendar })
    }

    /// Reads one cell; `None` when it is no date.
    pub(super) fn read(self, cell: &str) -> Option<ReadDate> {
        match written(cell, self.calendar)? {
            Written::Plain(read) => Some(read),
            Written::Slashed { day_first, month_first, time } => {
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

fn whole(date: Date, grain: Cadence) -> Written {
    Written::Plain(ReadDate { at: Stamp::from_date(date), grain: Some(grain) })
}

fn dated(date: Date, time: NaiveTime) -> Written {
    Written::Plain(ReadDate { at: Stamp::from_date_time(date.and_time(time)), grain: None })
}

/// A year of four digits: shorter ones are not guessed at.
fn year(text: &str) -> Option<i32> {
    (text.len() == 4).then(|| number(text)).flatten().filter(|&y| y >= 1000).and_then(|y| i32::try_from(y).ok())
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

pub(super) fn month_number(word: &str) -> Option<u32> {
    const FULL: [&str; 12] =
        ["january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november", "december"];
    let word = word.to_ascii_lowercase();
    let place =
        MONTHS.iter().position(|m| *m == word || (word == "sept" && *m == "sep")).or_else(|| FULL.iter().position(|m| *m == word))?;
    u32::try_from(place + 1).ok()
}

fn written(cell: &str, calendar: Calendar) -> Option<Written> {
    let cell = cell.trim();
    // The longest date that people write, with its time, is far shorter.
    if cell.is_empty() || cell.len() > 48 {
        return None;
    }
    let (day, time) = match split_time(cell) {
        Some((day, time)) => (day, Some(time)),
        None => (cell, None),
    };
    let midnight = time.unwrap_or(NaiveTime::MIN);
    let parts: Vec<&str> = day.split(|c: char| matches!(c, '-' | '/' | '.' | ',') || c.is_whitespace()).filter(|p| !p.is_empty()).collect();
    if time.is_none()
        && let Some(period) = written_period(&parts, calendar)
    {
        return Some(period);
    }
    match parts[..] {
        [a, b, c] => {
            let named: Vec<u32> = parts.iter().filter_map(|p| month_number(p)).collect();
            if let [month] = named[..] {
                let rest: Vec<&str> = parts.iter().copied().filter(|p| month_number(p).is_none()).collect();
                let (year, day) = rest.iter().find_map(|p| year(p)).zip(rest.iter().find_map(|p| number(p).filter(|n| *n <= 31)))?;
                return Some(dated(Date::from_ymd_opt(year, month, day)?, midnight));
            }
            if let Some(year) = year(a) {
                return Some(dated(Date::from_ymd_opt(year, number(b)?, number(c)?)?, midnight));
            }
            let year = year(c)?;
            let (first, second) = (number(a)?, number(b)?);
            let day_first = Date::from_ymd_opt(year, second, first);
            let month_first = Date::from_ymd_opt(year, first, second);
            // With dots the day always comes first.
            if day.contains('.') {
                return Some(dated(day_first?, midnight));
            }
            (day_first.is_some() || month_first.is_some()).then_some(Written::Slashed { day_first, month_first, time: midnight })
        }
        [compact] if compact.len() == 8 => {
            let year = year(compact.get(..4)?)?;
            Some(dated(Date::from_ymd_opt(year, number(&compact[4..6])?, number(&compact[6..])?)?, midnight))
        }
        _ => None,
    }
}

/// A month, quarter, week or year. Quarters and years are those of the project's fiscal calendar, weeks those of ISO 8601.
fn written_period(parts: &[&str], calendar: Calendar) -> Option<Written> {
    let lettered = |text: &str, letter: char| text.strip_prefix([letter, letter.to_ascii_lowercase()]).and_then(number);
    let quarter = |year: i32, quarter: u32| Some(whole(quarter_start(year, quarter, calendar)?, Cadence::Quarterly));
    let week = |year: i32, week: u32| Some(whole(Date::from_isoywd_opt(year, week, Weekday::Mon)?, Cadence::Weekly));
    match *parts {
        [one] => {
            if let Some(year) = year(one) {
                return Some(whole(quarter_start(year, 1, calendar)?, Cadence::Yearly));
            }
            let (head, tail) = (one.get(..4)?, one.get(4..)?);
            if let Some(n) = lettered(tail, 'Q') {
                return quarter(year(head)?, n);
            }
            if let Some(n) = lettered(tail, 'W') {
                return week(year(head)?, n);
            }
            None
        }
        [a, b] => {
            let (year, other) = year(a).map(|y| (y, b)).or_else(|| year(b).map(|y| (y, a)))?;
            if let Some(n) = lettered(other, 'Q') {
                return quarter(year, n);
            }
            if let Some(n) = lettered(other, 'W') {
                return week(year, n);
            }
            let month = number(other).or_else(|| month_number(other))?;
            Some(whole(Date::from_ymd_opt(year, month, 1)?, Cadence::Monthly))
        }
        _ => None,
    }
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
        check("21/11/2026 2:30 PM", "2026-11-21T14:30:00", None);
    }

    #[test]
    fn what_is_no_date_is_not_guessed() {
        for cell in ["", "soon", "2026-02-30", "2026-13", "2021-W53", "2026-Q5", "01/02/26", "31/31/2026", "1", "2026-03-01 25:00", "é2026"]
        {
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
    fn a_column_of_years_with_fractions_is_refused_as_a_whole() {
        for (cells, line, example) in [
            (&["1949", "1949.08333333333", "1949.5"][..], 3, "1949.08333333333"),
            (&["1956.0", "1956.25"], 2, "1956.0"),
            (&["2026.03", " 2026.5 "], 3, "2026.5"),
        ] {
            let refused = ImportError::FractionalYears { column: "when".to_owned(), line, example: example.to_owned() };
            assert_eq!(column(cells), Err(refused));
        }
        assert_eq!(column(&["2026.03", "2026.12"]).unwrap(), [Some("2026-03-01".to_owned()), Some("2026-12-01".to_owned())]);
        assert_eq!(column(&["1949", "1950"]).unwrap(), [Some("1949-01-01".to_owned()), Some("1950-01-01".to_owned())]);
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
