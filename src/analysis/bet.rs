//! Did the bet pay off: what a metric did after an initiative or event, against how it was going before.
//!
//! What would have come without it is the level before, or its trend where it had one, with the season of that time. The interval allows
//! for the noise of both spans, for the uncertainty of the trend, and for neighbours that are alike.

use crate::analysis::Study;
use crate::model::{Cadence, Date, DeclaredEffect, Event, Metric, Period};

use super::decompose::{Season, season};
use super::statistics::{autocorrelation, mean, student_quantile, sum};
use super::trend::{SIGNIFICANT, mann_kendall};
use super::unsuited::{Unsuited, suited};
use super::values::metric_values;
use super::xmr::cycle_of;

/// Before it began, there must be so many values,
pub const FEWEST_BEFORE: usize = 6;
/// and after, before a verdict.
pub const FEWEST_AFTER: usize = 3;
/// Of the interval.
const COVERAGE: f64 = 0.95;
/// Beyond this, neighbours are taken to be alike no further.
const MOST_ALIKE: f64 = 0.9;

/// What a change is expected to be.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Predicted {
    /// Added to the metric's value.
    Absolute(f64),
    /// A share of what it would have been: 0.1 is +10 %.
    Relative(f64),
}

/// What can be said of a bet.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// Fewer than [`FEWEST_AFTER`] values since.
    TooEarly,
    /// Something changed, to the side that was predicted (or any, where nothing was), and the prediction lies in the interval.
    AsPredicted,
    /// Something changed, to the right side, but less than predicted.
    LessThanPredicted,
    /// Something changed by more than predicted.
    MoreThanPredicted,
    /// Something changed to the other side.
    OtherWay,
    /// Something changed; nothing was predicted.
    Changed,
    /// No change can be told from noise, and the predicted one would have been.
    NoEffect,
    /// The noise is too large to tell.
    CannotTell,
}

impl Verdict {
    /// As reports spell it.
    pub fn code(self) -> &'static str {
        match self {
            Self::TooEarly => "too_early",
            Self::AsPredicted => "as_predicted",
            Self::LessThanPredicted => "less_than_predicted",
            Self::MoreThanPredicted => "more_than_predicted",
            Self::OtherWay => "other_way",
            Self::Changed => "changed",
            Self::NoEffect => "no_effect",
            Self::CannotTell => "cannot_tell",
        }
    }

    /// As people read it, at the end of a sentence.
    pub fn words(self) -> &'static str {
        match self {
            Self::TooEarly => "too early to tell",
            Self::AsPredicted => "as predicted",
            Self::LessThanPredicted => "less than predicted",
            Self::MoreThanPredicted => "more than predicted",
            Self::OtherWay => "the other way",
            Self::Changed => "something changed",
            Self::NoEffect => "no effect to be seen",
            Self::CannotTell => "cannot be told from noise",
        }
    }
}

/// A metric before and after.
#[derive(Clone, Debug, PartialEq)]
pub struct Bet {
    /// Values that count as before and as after.
    pub counts: [usize; 2],
    /// The mean of what came after.
    pub observed: f64,
    /// The mean of what would have come without it.
    pub expected: f64,
    /// Observed minus expected.
    pub effect: f64,
    /// Where the effect lies with 95 %.
    pub interval: (f64, f64),
    /// The predicted change, in the metric's unit.
    pub predicted: Option<f64>,
    pub verdict: Verdict,
    /// What would have come went along with the trend before.
    pub follows_trend: bool,
    /// The season before was strong enough to be allowed for.
    pub is_seasonal: bool,
}

/// Compares the values from place `until` back with those from place `from` on. What lies between (while it was coming about) counts
/// neither way.
pub fn bet(values: &[Option<f64>], until: usize, from: usize, predicted: Option<Predicted>, cycle: Option<usize>) -> Result<Bet, Unsuited> {
    let until = until.min(values.len());
    let span = |range: std::ops::Range<usize>| -> Vec<(usize, f64)> { range.filter_map(|i| Some((i, values[i]?))).collect() };
    let (before, after) = (span(0..until), span(from.max(until)..values.len()));
    suited(&before.iter().map(|p| p.1).collect::<Vec<_>>(), FEWEST_BEFORE)?;
    suited(&after.iter().map(|p| p.1).collect::<Vec<_>>(), 1)?;
    let season = cycle.and_then(|cycle| season(&values[..until], cycle).ok()).filter(Season::is_strong);
    let adjusted: Vec<Option<f64>> = (0..until).map(|i| values[i].map(|v| season.as_ref().map_or(v, |s| s.adjusted(i, v)))).collect();
    let (places, levels): (Vec<f64>, Vec<f64>) = adjusted.iter().enumerate().filter_map(|(i, v)| Some((i as f64, (*v)?))).unzip();
    let follows_trend = mann_kendall(&levels).is_ok_and(|t| t.p < SIGNIFICANT);
    let (centre, middle) = (mean(&levels).unwrap_or_default(), mean(&places).unwrap_or_default());
    let spread = sum(places.iter().map(|t| (t - middle) * (t - middle)));
    let joint = sum(places.iter().zip(&levels).map(|(t, y)| (t - middle) * (y - centre)));
    let slope = if follows_trend { joint / spread } else { 0.0 };
    let usual = |i: usize| {
        let level = centre + slope * (i as f64 - middle);
        season.as_ref().map_or(level, |s| s.restored(i, level))
    };
    let rests: Vec<f64> = before.iter().map(|&(i, v)| v - usual(i)).collect();
    let (n, m) = (before.len() as f64, after.len() as f64);
    let degrees = n - if follows_trend { 2.0 } else { 1.0 };
    let variance = sum(rests.iter().map(|r| r * r)) / degrees;
    // A mean of alike neighbours is worth fewer of them.
    let alike = autocorrelation(&rests, 1).unwrap_or_default().clamp(0.0, MOST_ALIKE);
    let reach = mean(&after.iter().map(|p| p.0 as f64).collect::<Vec<_>>()).unwrap_or_default() - middle;
    let of_trend = if follows_trend { reach * reach / spread } else { 0.0 };
    let error = (variance * (1.0 / n + 1.0 / m + of_trend) * (1.0 + alike) / (1.0 - alike)).sqrt();
    let half = student_quantile(f64::midpoint(1.0, COVERAGE), degrees) * error;
    let observed = mean(&after.iter().map(|p| p.1).collect::<Vec<_>>()).unwrap_or_default();
    let expected = mean(&after.iter().map(|p| usual(p.0)).collect::<Vec<_>>()).unwrap_or_default();
    let effect = observed - expected;
    let interval = (effect - half, effect + half);
    let predicted = predicted.map(|p| match p {
        Predicted::Absolute(change) => change,
        Predicted::Relative(share) => share * expected,
    });
    let verdict = if after.len() < FEWEST_AFTER { Verdict::TooEarly } else { verdict(effect, interval, predicted) };
    let is_seasonal = season.is_some();
    Ok(Bet { counts: [before.len(), after.len()], observed, expected, effect, interval, predicted, verdict, follows_trend, is_seasonal })
}

fn verdict(effect: f64, (low, high): (f64, f64), predicted: Option<f64>) -> Verdict {
    let holds = |v: f64| low <= v && v <= high;
    let changed = !holds(0.0);
    match predicted {
        None if changed => Verdict::Changed,
        None => Verdict::CannotTell,
        Some(p) if !changed => {
            if holds(p) {
                Verdict::CannotTell
            } else {
                Verdict::NoEffect
            }
        }
        Some(p) if effect * p < 0.0 => Verdict::OtherWay,
        Some(p) if holds(p) => Verdict::AsPredicted,
        Some(p) if effect.abs() < p.abs() => Verdict::LessThanPredicted,
        Some(_) => Verdict::MoreThanPredicted,
    }
}

/// A bet on a metric, with the periods it is about.
#[derive(Clone, Debug, PartialEq)]
pub struct MetricBet {
    pub cadence: Cadence,
    /// The first period that counts as after, and the last that is complete.
    pub after: (Period, Period),
    pub bet: Bet,
}

/// A declared effect of an initiative against what the metric did.
pub fn of_effect<'a>(project: impl Into<Study<'a>>, effect: &DeclaredEffect, as_of: Date) -> Option<Result<MetricBet, Unsuited>> {
    let project = project.into();
    let metric = project.metric(&effect.metric)?;
    let predicted = if effect.relative { Predicted::Relative(effect.change) } else { Predicted::Absolute(effect.change) };
    Some(around(project, metric, effect.from, effect.from, Some(predicted), as_of))
}

/// An event against what a metric did from its last day on.
pub fn of_event<'a>(project: impl Into<Study<'a>>, event: &Event, metric: &Metric, as_of: Date) -> Result<MetricBet, Unsuited> {
    let project = project.into();
    around(project, metric, event.date, event.until.unwrap_or(event.date), None, as_of)
}

/// Whole periods before a day, and whole periods from another on.
fn around(
    project: Study<'_>,
    metric: &Metric,
    began: Date,
    done: Date,
    predicted: Option<Predicted>,
    as_of: Date,
) -> Result<MetricBet, Unsuited> {
    let found = metric_values(project, metric, metric.cadence, as_of);
    let values: Vec<Option<f64>> = found.values.iter().map(|v| v.value.filter(|_| v.complete)).collect();
    let until = found.values.partition_point(|v| v.period.last < began);
    let from = found.values.partition_point(|v| v.period.first < done);
    let bet = bet(&values, until, from, predicted, cycle_of(found.cadence))?;
    let after = |i: Option<usize>| i.map(|i| found.values[i].period).ok_or(Unsuited::TooFew { have: 0, need: 1 });
    let first = after((from..values.len()).find(|&i| values[i].is_some()))?;
    let last = after(values.iter().rposition(Option::is_some))?;
    Ok(MetricBet { cadence: found.cadence, after: (first, last), bet })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analysis::fixture::{Fixture, day};
    use crate::analysis::noise::Noise;
    use crate::model::{Aggregation, EventId, EventKind};

    fn present(values: &[f64]) -> Vec<Option<f64>> {
        values.iter().copied().map(Some).collect()
    }

    #[test]
    fn a_step_by_hand() {
        // Before: mean 10, deviations ±1, s² = 12/11; neighbours alternate. After: 14 ± 1.
        let data: Vec<f64> = (0..18).map(|i| f64::from(i % 2) * 2.0 + if i < 12 { 9.0 } else { 13.0 }).collect();
        let found = bet(&present(&data), 12, 12, Some(Predicted::Relative(0.4)), None).unwrap();
        assert_eq!((found.counts, found.expected, found.observed, found.predicted), ([12, 6], 10.0, 14.0, Some(4.0)));
        // t(0.975, 11) = 2.201
        let half = 2.201 * (12.0_f64 / 11.0 * (1.0 / 12.0 + 1.0 / 6.0)).sqrt();
        assert!((found.interval.1 - found.effect - half).abs() < 1e-3, "{found:?}");
        assert_eq!(found.verdict, Verdict::AsPredicted);
        let verdict = |p| bet(&present(&data), 12, 12, p, None).unwrap().verdict;
        assert_eq!(verdict(Some(Predicted::Absolute(9.0))), Verdict::LessThanPredicted);
        assert_eq!(verdict(Some(Predicted::Absolute(1.0))), Verdict::MoreThanPredicted);
        assert_eq!(verdict(Some(Predicted::Absolute(-4.0))), Verdict::OtherWay);
        assert_eq!(verdict(None), Verdict::Changed);
        let nothing = |p| bet(&present(&data[..12]), 8, 8, p, None).unwrap().verdict;
        assert_eq!([nothing(None), nothing(Some(Predicted::Absolute(0.5)))], [Verdict::CannotTell; 2]);
        assert_eq!(nothing(Some(Predicted::Absolute(20.0))), Verdict::NoEffect);
        assert_eq!(bet(&present(&data[..14]), 12, 12, None, None).unwrap().verdict, Verdict::TooEarly);
    }

    #[test]
    fn what_was_coming_anyway_is_no_effect() {
        let mut noise = Noise::new(14);
        let data: Vec<f64> = (0..72)
            .map(|i| 100.0 + 2.0 * f64::from(i) + 20.0 * (f64::from(i) * std::f64::consts::TAU / 12.0).sin() + noise.normal())
            .collect();
        let found = bet(&present(&data), 60, 60, None, Some(12)).unwrap();
        assert!(found.follows_trend && found.is_seasonal && found.verdict == Verdict::CannotTell, "{found:?}");
        let raised: Vec<f64> = data.iter().enumerate().map(|(i, v)| if i < 60 { *v } else { v + 10.0 }).collect();
        let found = bet(&present(&raised), 60, 60, Some(Predicted::Absolute(10.0)), Some(12)).unwrap();
        assert!(found.verdict == Verdict::AsPredicted && found.interval.0 > 5.0, "{found:?}");
    }

    #[test]
    fn the_interval_holds_the_truth_as_often_as_it_says() {
        let mut noise = Noise::new(15);
        let held = (0..2_000).filter(|_| {
            let found = bet(&present(&noise.normals(32)), 24, 24, None, None).unwrap();
            found.interval.0 <= 0.0 && 0.0 <= found.interval.1
        });
        let share = held.count() as f64 / 20.0;
        // 5 % of the spans before look like a trend and are carried on.
        assert!((92.0..=98.0).contains(&share), "{share} %");
    }

    #[test]
    fn an_event_in_the_middle_of_a_month_leaves_that_month_out() {
        let mut f = Fixture::new();
        let data: Vec<f64> = (0..18).map(|i| f64::from(i % 2) + if i < 12 { 10.0 } else { 20.0 }).collect();
        let id = f.monthly("tickets", Aggregation::Sum, "2025-01-01", &data);
        let event = Event {
            id: EventId::from_random(1),
            date: day("2025-12-10"),
            until: Some(day("2026-01-01")),
            title: "Launch".to_owned(),
            description: String::new(),
            kind: EventKind::Release,
            metrics: Vec::new(),
        };
        let found = of_event(&f.project, &event, f.metric(&id), day("2026-06-15")).unwrap();
        // Before: January to November. After: January to May, for June is not over.
        assert_eq!((found.bet.counts, found.after.0.first, found.after.1.last), ([11, 5], day("2026-01-01"), day("2026-05-31")));
        let effect = DeclaredEffect { metric: id, from: day("2026-01-01"), change: 1.0, relative: true, confidence: 0.5 };
        assert_eq!(of_effect(&f.project, &effect, day("2026-06-30")).unwrap().unwrap().bet.verdict, Verdict::AsPredicted);
        assert!(of_effect(&f.project, &effect, day("2025-05-31")).unwrap().is_err());
    }
}
