//! Where in its year a period lies, so that years can be laid over one another.

use chrono::Datelike as _;

use crate::model::{Cadence, Calendar, Period, day_words, month_word};

/// A place that comes back every year.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Place {
    /// The (fiscal) year's number.
    pub(super) year: i32,
    /// Months since it began, 0…12, at the middle of the period.
    pub(super) at: f64,
    /// The same for the same place of every year; ascending within it.
    pub(super) order: u32,
}

/// The place of a period in its year; that of its first day where it crosses into the next.
pub(super) fn place(calendar: Calendar, cadence: Cadence, period: Period) -> Place {
    let year = calendar.period_of(Cadence::Yearly, period.first);
    let days = (period.first - year.first).num_days() as u32;
    let length = year.days() as f64;
    let month = calendar.periods_between(Cadence::Monthly, year.first, period.first).max(0) as u32;
    let (at, order) = match cadence {
        Cadence::Hourly | Cadence::Daily => ((f64::from(days) + 0.5) / length * 12.0, month * 32 + period.first.day()),
        // The days after the fifty-second week belong to it.
        Cadence::Weekly => ((f64::from(days) + 3.5) / length * 12.0, (days / 7).min(51)),
        Cadence::Monthly => (f64::from(month) + 0.5, month),
        Cadence::Quarterly => (f64::from(month) + 1.5, month / 3),
        Cadence::Yearly => (6.0, 0),
    };
    Place { year: calendar.fiscal_year(period.first), at: at.min(12.0), order }
}

/// "2026", or "FY27" where years do not begin in January.
pub(super) fn year_words(calendar: Calendar, year: i32) -> String {
    if calendar.fiscal_start_month == 1 { year.to_string() } else { format!("FY{:02}", year.rem_euclid(100)) }
}

/// The place in words: "Mar", "Q2", "Week 12", "5 Mar".
pub(super) fn place_words(calendar: Calendar, cadence: Cadence, period: Period) -> String {
    match cadence {
        Cadence::Hourly | Cadence::Daily => day_words(period.first),
        Cadence::Weekly => format!("Week {}", place(calendar, cadence, period).order + 1),
        Cadence::Monthly => month_word(period.first).to_owned(),
        Cadence::Quarterly => format!("Q{}", calendar.fiscal_quarter(period.first)),
        Cadence::Yearly => year_words(calendar, calendar.fiscal_year(period.first)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_place_comes_back_every_year() {
        let of = |calendar: Calendar, cadence, day: &str| place(calendar, cadence, calendar.period_of(cadence, day.parse().unwrap()));
        let plain = Calendar::default();
        assert_eq!(of(plain, Cadence::Monthly, "2026-03-09"), Place { year: 2026, at: 2.5, order: 2 });
        assert_eq!(of(plain, Cadence::Daily, "2024-03-01").order, of(plain, Cadence::Daily, "2026-03-01").order);
        assert!(of(plain, Cadence::Weekly, "2026-12-31").order == 51);
        let fiscal = Calendar { fiscal_start_month: 4, ..plain };
        assert_eq!(of(fiscal, Cadence::Quarterly, "2026-02-01"), Place { year: 2026, at: 10.5, order: 3 });
        assert_eq!(year_words(fiscal, 2027), "FY27");
    }
}
