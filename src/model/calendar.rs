//! Cadences, periods and the fiscal calendar.

use chrono::{Datelike as _, Days, Months, NaiveDate, Weekday};

/// A calendar day.
pub type Date = NaiveDate;

/// How often a metric is recorded, or the grain that it is shown in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Cadence {
    Hourly,
    Daily,
    Weekly,
    Monthly,
    Quarterly,
    Yearly,
}

impl Cadence {
    pub const ALL: [Self; 6] = [Self::Hourly, Self::Daily, Self::Weekly, Self::Monthly, Self::Quarterly, Self::Yearly];

    /// The adjective: "monthly".
    pub fn word(self) -> &'static str {
        match self {
            Self::Hourly => "hourly",
            Self::Daily => "daily",
            Self::Weekly => "weekly",
            Self::Monthly => "monthly",
            Self::Quarterly => "quarterly",
            Self::Yearly => "yearly",
        }
    }

    /// The noun of one period: "month".
    pub fn period_word(self) -> &'static str {
        match self {
            Self::Hourly => "hour",
            Self::Daily => "day",
            Self::Weekly => "week",
            Self::Monthly => "month",
            Self::Quarterly => "quarter",
            Self::Yearly => "year",
        }
    }

    /// Mean length of a period in days.
    pub fn mean_days(self) -> f64 {
        match self {
            Self::Hourly => 1.0 / 24.0,
            Self::Daily => 1.0,
            Self::Weekly => 7.0,
            Self::Monthly => 365.2425 / 12.0,
            Self::Quarterly => 365.2425 / 4.0,
            Self::Yearly => 365.2425,
        }
    }

    /// Periods in one season, where the cadence has one (7, 52, 12, 4; SEMANTICS, "Forecast and likelihood").
    pub fn season_length(self) -> Option<usize> {
        match self {
            Self::Hourly => Some(24),
            Self::Daily => Some(7),
            Self::Weekly => Some(52),
            Self::Monthly => Some(12),
            Self::Quarterly => Some(4),
            Self::Yearly => None,
        }
    }
}

/// A span of whole days, both ends included. For an hourly metric the period is the day that contains the hours.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Period {
    pub first: Date,
    pub last: Date,
}

impl Period {
    pub fn contains(self, date: Date) -> bool {
        self.first <= date && date <= self.last
    }

    /// Number of days, at least one.
    pub fn days(self) -> i64 {
        (self.last - self.first).num_days() + 1
    }
}

/// What a project says of its years and weeks.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Calendar {
    /// Month in which the fiscal year starts, 1…12.
    pub fiscal_start_month: u32,
    pub first_weekday: Weekday,
}

impl Default for Calendar {
    fn default() -> Self {
        Self { fiscal_start_month: 1, first_weekday: Weekday::Mon }
    }
}

fn first_of_month(year: i32, month: u32) -> Date {
    Date::from_ymd_opt(year, month, 1).unwrap_or(Date::MAX)
}

fn minus_days(date: Date, days: u64) -> Date {
    date.checked_sub_days(Days::new(days)).unwrap_or(Date::MIN)
}

fn plus_days(date: Date, days: u64) -> Date {
    date.checked_add_days(Days::new(days)).unwrap_or(Date::MAX)
}

fn plus_months(date: Date, months: u32) -> Date {
    date.checked_add_months(Months::new(months)).unwrap_or(Date::MAX)
}

impl Calendar {
    /// The period of a cadence that contains a date. Hourly gives the day. Quarters and years are fiscal.
    pub fn period_of(&self, cadence: Cadence, date: Date) -> Period {
        match cadence {
            Cadence::Hourly | Cadence::Daily => Period { first: date, last: date },
            Cadence::Weekly => {
                let first = minus_days(date, u64::from(date.weekday().days_since(self.first_weekday)));
                Period { first, last: plus_days(first, 6) }
            }
            Cadence::Monthly => self.months(date, 1),
            Cadence::Quarterly => self.months(date, 3),
            Cadence::Yearly => self.months(date, 12),
        }
    }

    /// The block of `length` months, counted from the fiscal start, that contains the date.
    fn months(self, date: Date, length: u32) -> Period {
        let into = (date.month0() + 12 - (self.fiscal_start_month.clamp(1, 12) - 1)) % length.max(1);
        let month = first_of_month(date.year(), date.month());
        let first = month.checked_sub_months(Months::new(into)).unwrap_or(Date::MIN);
        Period { first, last: minus_days(plus_months(first, length), 1) }
    }

    pub fn next(&self, cadence: Cadence, period: Period) -> Period {
        self.period_of(cadence, plus_days(period.last, 1))
    }

    pub fn previous(&self, cadence: Cadence, period: Period) -> Period {
        self.period_of(cadence, minus_days(period.first, 1))
    }

    /// How many periods lie from the one that contains `from` to the one that contains `to`: 0 when they are the same,
    /// negative when `to` is earlier.
    pub fn periods_between(&self, cadence: Cadence, from: Date, to: Date) -> i64 {
        let (a, b) = (self.period_of(cadence, from).first, self.period_of(cadence, to).first);
        let months = || i64::from(b.year() - a.year()) * 12 + i64::from(b.month()) - i64::from(a.month());
        match cadence {
            Cadence::Hourly | Cadence::Daily => (b - a).num_days(),
            Cadence::Weekly => (b - a).num_days() / 7,
            Cadence::Monthly => months(),
            Cadence::Quarterly => months() / 3,
            Cadence::Yearly => months() / 12,
        }
    }

    /// The fiscal year's number: the calendar year in which it ends.
    pub fn fiscal_year(&self, date: Date) -> i32 {
        self.months(date, 12).last.year()
    }

    /// The fiscal quarter of a date, 1…4.
    pub fn fiscal_quarter(&self, date: Date) -> u32 {
        (date.month0() + 12 - (self.fiscal_start_month.clamp(1, 12) - 1)) % 12 / 3 + 1
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> Date {
        text.parse().unwrap()
    }

    #[test]
    fn periods_contain_their_date() {
        let calendar = Calendar { fiscal_start_month: 4, first_weekday: Weekday::Sun };
        for cadence in Cadence::ALL {
            let mut date = day("2024-01-01");
            while date < day("2026-01-01") {
                let period = calendar.period_of(cadence, date);
                assert!(period.contains(date), "{cadence:?} {date}");
                assert_eq!(calendar.next(cadence, period).first, plus_days(period.last, 1));
                assert_eq!(calendar.previous(cadence, period).last, minus_days(period.first, 1));
                assert_eq!(calendar.periods_between(cadence, date, calendar.next(cadence, period).first), 1);
                date = plus_days(date, 1);
            }
        }
    }

    #[test]
    fn a_fiscal_year_from_april() {
        let calendar = Calendar { fiscal_start_month: 4, ..Calendar::default() };
        let quarter = calendar.period_of(Cadence::Quarterly, day("2026-03-31"));
        assert_eq!((quarter.first, quarter.last), (day("2026-01-01"), day("2026-03-31")));
        assert_eq!(calendar.fiscal_quarter(day("2026-03-31")), 4);
        assert_eq!(calendar.fiscal_year(day("2026-03-31")), 2026);
        assert_eq!(calendar.fiscal_year(day("2026-04-01")), 2027);
    }

    #[test]
    fn weeks_start_on_the_chosen_day() {
        let monday = Calendar::default().period_of(Cadence::Weekly, day("2026-11-21"));
        assert_eq!((monday.first, monday.last), (day("2026-11-16"), day("2026-11-22")));
    }
}
