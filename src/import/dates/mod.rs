//! Dates as files write them. Whether `03/04/2026` is in March or in April is decided by the whole column.

mod names;
mod numbered;
mod serial;
#[cfg(test)]
mod tests;
mod written;

use std::sync::Arc;

use chrono::NaiveDateTime;
use chrono::format::{Item, StrftimeItems};

use numbered::{Counted, Fractions, decimal_year};
use written::{Written, is_fractional_year, number, short_year, written, year};

use super::ImportError;
pub use crate::model::DateOrder;
use crate::model::{Cadence, Calendar, Date, Stamp};

pub(super) use names::english_month;
pub(super) use serial::of_serial;
pub(super) use written::quarter_start;

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
            if iso_stamp(cell.as_bytes()).is_some() {
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
            // For a pattern with %Y chrono takes 26 as the year 26.
            Form::Pattern(pattern) => by_pattern(cell.trim(), pattern).filter(|read| read.at >= YEAR_1000),
            Form::Written => {
                if let Some(at) = iso_stamp(cell.as_bytes()) {
                    return Some(ReadDate { at, grain: None });
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
        // 12/31/25 is December: no date has the month 31, and none the day between the year and the month.
        let is_month_first = self.month_first.is_some() && self.day_first.is_none();
        if let Some((line, example)) = self.short.filter(|_| !is_month_first) {
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

/// The time at which `2026-03-01` begins, for a cell that is such a day and nothing else.
pub(super) fn iso_stamp(cell: &[u8]) -> Option<Stamp> {
    IsoDays::default().read(cell).map(of_day)
}

/// The time at which a day begins, counted from 1970-01-01 on.
pub(super) fn of_day(day: i32) -> Stamp {
    Stamp::from_seconds(i64::from(day) * 86_400)
}

/// Reads days such as `2026-03-01`, from the year 1000 on, and nothing else: what most files have, without a detour. Days of the month
/// that was read last cost next to nothing.
#[derive(Default)]
pub(super) struct IsoDays {
    /// `2026-03-`.
    written: [u8; 8],
    /// The day before its first one, and how many it has.
    before: i32,
    days: u8,
}

impl IsoDays {
    /// Days since 1970-01-01.
    pub(super) fn read(&mut self, cell: &[u8]) -> Option<i32> {
        let (month, day) = cell.split_first_chunk::<8>()?;
        let [ten, one] = <[u8; 2]>::try_from(day).ok()?.map(|byte| byte.wrapping_sub(b'0'));
        if *month != self.written {
            *self = Self::month(*month)?;
        }
        let day = 10 * ten.min(10) + one.min(10);
        (one <= 9 && (1..=self.days).contains(&day)).then(|| self.before + i32::from(day))
    }

    /// (After Howard Hinnant, “chrono-Compatible Low-Level Date Algorithms”, `days_from_civil`.)
    fn month(written: [u8; 8]) -> Option<Self> {
        const DAYS: [u8; 12] = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];
        /// Days before each month of a year that begins in March, from January on.
        const BEFORE: [i32; 12] = [306, 337, 0, 31, 61, 92, 122, 153, 184, 214, 245, 275];
        /// From the 1st of March of the year 0 to 1970-01-01.
        const TO_1970: i32 = 719_468;
        let [y1, y2, y3, y4, b'-', m1, m2, b'-'] = written else { return None };
        let digits = [y1, y2, y3, y4, m1, m2].map(|byte| byte.wrapping_sub(b'0'));
        if digits.iter().any(|digit| *digit > 9) || digits[0] == 0 {
            return None;
        }
        let [y1, y2, y3, y4, m1, m2] = digits.map(i32::from);
        let (year, month) = (1000 * y1 + 100 * y2 + 10 * y3 + y4, 10 * m1 + m2);
        let index = usize::try_from(month - 1).ok().filter(|index| *index < 12)?;
        let is_leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
        let days = DAYS[index] + u8::from(is_leap && month == 2);
        let year = year - i32::from(month <= 2);
        Some(Self { written, before: 365 * year + year / 4 - year / 100 + year / 400 + BEFORE[index] - 1 - TO_1970, days })
    }
}

/// 1000-01-01.
const YEAR_1000: Stamp = Stamp::from_seconds(-30_610_224_000);

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

/// Whether a period was placed by a fiscal year that does not begin in January.
pub(super) fn is_fiscal(grain: Option<Cadence>, calendar: Calendar) -> bool {
    calendar.fiscal_start_month != 1 && matches!(grain, Some(Cadence::Quarterly | Cadence::Yearly))
}
