//! Ticks in human steps: 1, 2 or 5 of a power of ten on the value axis; days, weeks, months and years on the time axis.

use chrono::{Datelike as _, Days, Months, NaiveDate};

use super::hover::date_of;
use super::scale::log_ticks;
use super::{Chart, ValueFormat, ValueScale};
use crate::model::{Cadence, Calendar, Date, Magnitude, Stamp, Unit, month_word};

/// A place on an axis and what is written there.
#[derive(Clone, Debug, PartialEq)]
pub struct Tick {
    pub at: f64,
    pub label: String,
}

/// The smallest 1, 2 or 5 times a power of ten that is at least `rough`.
pub(super) fn nice_step(rough: f64) -> f64 {
    if !(rough.is_finite() && rough > f64::MIN_POSITIVE * 1e20) {
        return 1.0;
    }
    let power = 10f64.powf(rough.log10().floor());
    // The small allowance keeps 0.2 from becoming 0.5 by a rounding error.
    let step = [1.0, 2.0, 5.0, 10.0].into_iter().map(|m| m * power).find(|s| *s >= rough * (1.0 - 1e-9));
    step.unwrap_or(power * 10.0)
}

/// The multiple of a step that is nearest, without the dust of binary fractions.
pub fn snapped(value: f64, step: f64) -> f64 {
    if step < 1.0 {
        let parts = (1.0 / step).round();
        (value * parts).round() / parts
    } else {
        (value / step).round() * step
    }
}

impl Chart {
    /// The step in which a value is dragged where a pixel is `per_px` of it: a round number that every pixel or two can reach, and none
    /// that the metric does not write.
    pub fn drag_step(&self, per_px: f64) -> f64 {
        let least = 10f64.powi(-i32::from(self.format.decimals));
        nice_step(per_px * 1.5).max(least)
    }

    /// The step in which the keyboard moves a value that is shown in a domain: a two-hundredth of it, rounded.
    pub fn key_step(&self, (low, high): (f64, f64)) -> f64 {
        self.drag_step((high - low) / 300.0)
    }

    /// Ticks of a value domain, ascending, at least `spacing_px` apart on `height_px`. The last one carries the unit.
    pub fn y_ticks(&self, (low, high): (f64, f64), height_px: f32, spacing_px: f32) -> Vec<Tick> {
        match self.scale {
            ValueScale::Auto | ValueScale::FromZero => value_ticks((low, high), height_px, spacing_px, &self.format),
            ValueScale::Log => log_ticks((low, high), height_px, spacing_px, &self.format),
        }
    }

    /// Ticks of a time range shown `width_px` wide, with labels that do not touch: each is taken to be as wide as
    /// `label_px` says.
    pub fn x_ticks(&self, range: (f64, f64), width_px: f32, label_px: impl Fn(&str) -> f32) -> Vec<Tick> {
        time_ticks(range, width_px, label_px, self.calendar, self.cadence, 0.0)
    }
}

/// Ticks of a value domain, ascending, at least `spacing_px` apart on `length_px`. The last one carries the unit.
pub(super) fn value_ticks((low, high): (f64, f64), length_px: f32, spacing_px: f32, format: &ValueFormat) -> Vec<Tick> {
    let span = high - low;
    if !(span > 0.0 && span.is_finite()) {
        return Vec::new();
    }
    let room = f64::from((length_px / spacing_px.max(1.0)).floor().clamp(1.0, 12.0));
    let mut step = nice_step(span / room);
    let count = |step: f64| (high / step + 1e-6).floor() - (low / step - 1e-6).ceil() + 1.0;
    // Two ticks say little about a scale: rather a few that are closer.
    let closer = nice_step(step * 0.3);
    if count(step) < 3.0 && closer < step && f64::from(length_px) / span * closer >= f64::from(spacing_px) * CLOSER {
        step = closer;
    }
    // Counts without decimals have no halves.
    let step = if format.unit == Unit::Count && format.decimals == 0 { step.max(1.0) } else { step };
    let (first, last) = ((low / step - 1e-6).ceil() as i64, (high / step + 1e-6).floor() as i64);
    let places: Vec<f64> = (first..=last).map(|i| i as f64 * step).collect();
    let largest = places.iter().fold(0.0f64, |m, v| m.max(v.abs()));
    let magnitude = Magnitude::of(largest);
    let decimals = decimals_for(step / magnitude.scale_and_letter().0);
    let top = places.len().saturating_sub(1);
    let label = |(index, at): (usize, f64)| Tick { at, label: format.tick(at, magnitude, decimals, index == top) };
    places.into_iter().enumerate().map(label).collect()
}

/// Ticks of a time range shown `width_px` wide, with labels that do not touch: each is taken to be as wide as `label_px` says.
/// They are at least `finest` days apart.
pub(super) fn time_ticks(
    range: (f64, f64),
    width_px: f32,
    label_px: impl Fn(&str) -> f32,
    calendar: Calendar,
    cadence: Cadence,
    finest: f64,
) -> Vec<Tick> {
    let span = range.1 - range.0;
    if !(span > 0.0 && span.is_finite() && width_px > 0.0) {
        return Vec::new();
    }
    let px_per_day = f64::from(width_px) / span;
    let least = Step::LADDER.iter().position(|s| s.mean_days() * px_per_day >= LEAST_SPACING_PX).unwrap_or(Step::LADDER.len() - 1);
    for step in Step::LADDER[least..].iter().filter(|s| s.mean_days() >= finest * 0.9) {
        let ticks = step.ticks(range, calendar, cadence);
        let fits = ticks.windows(2).all(|pair| {
            let room = (pair[1].at - pair[0].at) * px_per_day;
            f64::from(f32::midpoint(label_px(&pair[0].label), label_px(&pair[1].label))) + LABEL_AIR_PX <= room
        });
        if fits && !ticks.is_empty() {
            return ticks;
        }
    }
    // A range so odd that no step has a tick in it: its first day.
    let date = date_of(range.0);
    vec![Tick { at: range.0, label: format!("{} {} {}", date.day(), month_word(date), date.year()) }]
}

/// Of the wanted distance, that ticks may have where there would be fewer than three.
const CLOSER: f64 = 0.7;
/// Steps narrower than this are not tried.
const LEAST_SPACING_PX: f64 = 28.0;
const LABEL_AIR_PX: f64 = 24.0;

fn decimals_for(step: f64) -> u8 {
    (0..9).find(|d| (step * 10f64.powi(i32::from(*d))).fract().min(1.0 - (step * 10f64.powi(i32::from(*d))).fract()) < 1e-6).unwrap_or(9)
}

/// The distance of two ticks of time.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Step {
    Hours(i64),
    Days(i64),
    Months(i32),
    Years(i32),
}

impl Step {
    const LADDER: [Self; 23] = [
        Self::Hours(1),
        Self::Hours(3),
        Self::Hours(6),
        Self::Hours(12),
        Self::Days(1),
        Self::Days(2),
        Self::Days(7),
        Self::Days(14),
        Self::Months(1),
        Self::Months(2),
        Self::Months(3),
        Self::Months(6),
        Self::Years(1),
        Self::Years(2),
        Self::Years(5),
        Self::Years(10),
        Self::Years(20),
        Self::Years(50),
        Self::Years(100),
        Self::Years(200),
        Self::Years(500),
        Self::Years(1000),
        Self::Years(5000),
    ];

    fn mean_days(self) -> f64 {
        match self {
            Self::Hours(n) => n as f64 / 24.0,
            Self::Days(n) => n as f64,
            Self::Months(n) => f64::from(n) * 365.2425 / 12.0,
            Self::Years(n) => f64::from(n) * 365.2425,
        }
    }

    /// Ticks stand where values do: for values of weeks, months and longer on the last day of the period they name.
    fn ticks(self, (low, high): (f64, f64), calendar: Calendar, cadence: Cadence) -> Vec<Tick> {
        let mut ticks: Vec<Tick> = Vec::new();
        let whole_months = cadence >= Cadence::Monthly;
        let mut push = |at: f64, label: &dyn Fn(bool) -> String| {
            if low <= at && at <= high {
                ticks.push(Tick { at, label: label(ticks.is_empty()) });
            }
        };
        match self {
            Self::Hours(n) => {
                let (first, last) = ((low * 24.0 / n as f64).ceil() as i64, (high * 24.0 / n as f64).floor() as i64);
                for hour in (first..=last).map(|i| i * n) {
                    let at = hour as f64 / 24.0;
                    push(at, &|first| {
                        if hour.rem_euclid(24) == 0 { day_label(date_of(at), first) } else { format!("{:02}:00", hour.rem_euclid(24)) }
                    });
                }
            }
            Self::Days(n) => {
                // Day 0 was a Thursday. Weeks are told by their first day, the values of weeks stand on their last.
                let weekday = i64::from(calendar.first_weekday.num_days_from_monday()) + if cadence == Cadence::Weekly { 6 } else { 0 };
                let shift = if n >= 7 { (weekday - 3).rem_euclid(7) } else { 0 };
                let first = ((low - shift as f64) / n as f64).ceil() as i64;
                let last = ((high - shift as f64) / n as f64).floor() as i64;
                for day in (first..=last).map(|i| i * n + shift) {
                    push(day as f64, &|first| day_label(date_of(day as f64), first));
                }
            }
            Self::Months(n) => {
                let from = date_of(low);
                // Quarters and years are named by the month that they end in.
                let year_end = (calendar.fiscal_start_month as i32 + 10).rem_euclid(12);
                let phase = if cadence >= Cadence::Quarterly { year_end.rem_euclid(n) } else { 0 };
                let mut month = (from.year() * 12 + from.month0() as i32 - phase).div_euclid(n) * n + phase;
                let mut year_said = None;
                while let Some(date) = NaiveDate::from_ymd_opt(month.div_euclid(12), month.rem_euclid(12) as u32 + 1, 1) {
                    let at = Stamp::from_date(if whole_months { last_of_month(date) } else { date }).days();
                    if at > high {
                        break;
                    }
                    if at >= low {
                        let name = month_word(date);
                        let said = year_said == Some(date.year());
                        let label = if said { name.to_owned() } else { format!("{name} {:02}", date.year().rem_euclid(100)) };
                        year_said = Some(date.year());
                        ticks.push(Tick { at, label });
                    }
                    month += n;
                }
            }
            Self::Years(n) => {
                let mut year = date_of(low).year().div_euclid(n) * n;
                while let Some(first) = NaiveDate::from_ymd_opt(year, 1, 1) {
                    let date = if cadence == Cadence::Yearly { calendar.period_of(Cadence::Yearly, first).last } else { first };
                    let at = Stamp::from_date(date).days();
                    if at > high {
                        break;
                    }
                    if at >= low {
                        let fiscal = cadence == Cadence::Yearly && calendar.fiscal_start_month != 1;
                        let name = calendar.fiscal_year(date).rem_euclid(100);
                        ticks.push(Tick { at, label: if fiscal { format!("FY{name:02}") } else { year.to_string() } });
                    }
                    year += n;
                }
            }
        }
        ticks
    }
}

fn last_of_month(first: Date) -> Date {
    first.checked_add_months(Months::new(1)).and_then(|next| next.checked_sub_days(Days::new(1))).unwrap_or(first)
}

/// "16 Nov"; the first one and those that start a year say the year.
fn day_label(date: Date, first: bool) -> String {
    let day = format!("{} {}", date.day(), month_word(date));
    if first || (date.month() == 1 && date.day() <= 1) { format!("{day} {}", date.year()) } else { day }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::Locale;

    fn labels(range: (f64, f64)) -> Vec<String> {
        let format = ValueFormat { unit: Unit::Currency("EUR".to_owned()), decimals: 0, locale: Locale::default() };
        value_ticks(range, 300.0, 60.0, &format).into_iter().map(|t| t.label).collect()
    }

    #[test]
    fn an_axis_has_one_unit_where_there_are_no_letters_either() {
        assert_eq!(labels((0.0, 2e15)), ["0.0", "0.5", "1.0", "1.5", "€ 2.0 × 10¹⁵"]);
        assert_eq!(labels((0.0, 1e15)), ["0.0", "0.2", "0.4", "0.6", "0.8", "€ 1.0 × 10¹⁵"]);
        assert_eq!(labels((0.0, 8e-8)), ["0", "2", "4", "6", "€ 8 × 10⁻⁸"]);
        assert_eq!(labels((0.0, 8e14)), ["0", "200", "400", "600", "€ 800 T"]);
    }
}
