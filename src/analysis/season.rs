//! The seasonal shape of a metric's history, for a pace that follows it: classical decomposition with a centred moving average.

use chrono::Datelike as _;

use crate::model::{Cadence, Calendar, Period};

use super::effort::Work;
use super::regrain::Regrained;
use super::study::Study;

/// How a season acts on the level.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Form {
    /// Factors around 1, for totals.
    Multiplicative,
    /// Offsets around 0, for levels.
    Additive,
}

/// One number for each place in the season.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Season {
    cadence: Cadence,
    by_place: Vec<f64>,
}

impl Season {
    /// From at least two full cycles of complete values; `None` with less, with holes all over, or where totals are not positive.
    pub(super) fn of(project: Study<'_>, values: &Regrained, form: Form) -> Option<Self> {
        // Hours come as days.
        let cadence = if values.cadence == Cadence::Hourly { Cadence::Daily } else { values.cadence };
        let length = cadence.season_length()?;
        let complete: Vec<Option<f64>> = values.values.iter().map(|v| v.value.filter(|_| v.complete)).collect();
        if complete.iter().flatten().count() < 2 * length {
            return None;
        }
        // Each mean goes over a whole cycle.
        if !project.spend(Work::Series, complete.len() * length / 10) {
            return None;
        }
        let half = length / 2;
        let mut sums = vec![(0.0, 0_u32); length];
        for (middle, window) in (half..).zip(complete.windows(2 * half + 1)) {
            let (Some(trend), Some(value)) = (centred_mean(window, length), complete[middle]) else { continue };
            let part = match form {
                Form::Additive => value - trend,
                Form::Multiplicative if trend > 0.0 && value >= 0.0 => value / trend,
                Form::Multiplicative => return None,
            };
            let (sum, count) = &mut sums[place(project.settings.calendar, cadence, values.values[middle].period)];
            *sum += part;
            *count += 1;
        }
        let known: Vec<Option<f64>> = sums.iter().map(|&(sum, count)| (count > 0).then(|| sum / f64::from(count))).collect();
        // A week that two years of data happen to skip takes the one before it.
        let mut by_place: Vec<f64> =
            (0..length).map(|i| (0..length).find_map(|back| known[(i + length - back) % length])).collect::<Option<_>>()?;
        let mean = by_place.iter().sum::<f64>() / length as f64;
        for each in &mut by_place {
            match form {
                Form::Additive => *each -= mean,
                Form::Multiplicative if mean > 0.0 => *each /= mean,
                Form::Multiplicative => return None,
            }
        }
        Some(Self { cadence, by_place })
    }

    pub(super) fn cadence(&self) -> Cadence {
        self.cadence
    }

    pub(super) fn at(&self, calendar: Calendar, period: Period) -> f64 {
        self.by_place[place(calendar, self.cadence, period)]
    }
}

/// The mean over one season around the middle; an even season takes half of each end.
fn centred_mean(window: &[Option<f64>], length: usize) -> Option<f64> {
    let mut sum = 0.0;
    for (index, value) in window.iter().enumerate() {
        let end = index == 0 || index + 1 == window.len();
        sum += (*value)? * if end && length.is_multiple_of(2) { 0.5 } else { 1.0 };
    }
    Some(sum / length as f64)
}

/// Where in its season a period lies, from 0.
fn place(calendar: Calendar, cadence: Cadence, period: Period) -> usize {
    match cadence {
        Cadence::Hourly | Cadence::Daily => period.first.weekday().num_days_from_monday() as usize,
        Cadence::Weekly => (period.first.ordinal0() as usize / 7).min(51),
        Cadence::Monthly => period.first.month0() as usize,
        Cadence::Quarterly => calendar.fiscal_quarter(period.first) as usize - 1,
        Cadence::Yearly => 0,
    }
}
