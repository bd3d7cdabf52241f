//! What if: each driver a little more or less, and what that does to the outcome (and to the chance of its target). As a tornado chart.

use crate::analysis::Study;
use crate::model::{Date, Metric, MetricId, Period};

use super::contributions::{FormulaValues, WhyNoParts};

/// By how much drivers are moved where nobody asks for another share: ±10 %.
pub const SHARE: f64 = 0.1;

/// One driver, moved both ways.
#[derive(Clone, Debug, PartialEq)]
pub struct Swing {
    pub driver: MetricId,
    /// Its value in the period.
    pub value: f64,
    /// With the driver lowered.
    pub low: Outcome,
    /// With the driver raised.
    pub high: Outcome,
}

/// The outcome as it would be.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Outcome {
    pub value: f64,
    /// Value minus the present one.
    pub change: f64,
    /// The chance of the target with it, 0…1, where that is known.
    pub likelihood: Option<f64>,
}

/// The drivers of an outcome, the strongest first.
#[derive(Clone, Debug, PartialEq)]
pub struct Sensitivity {
    pub period: Period,
    /// The outcome as it is.
    pub value: f64,
    /// By how much each driver was moved: 0.1 is ±10 %.
    pub share: f64,
    pub swings: Vec<Swing>,
}

impl Swing {
    /// How far apart the two outcomes are.
    pub fn span(&self) -> f64 {
        (self.high.value - self.low.value).abs()
    }
}

/// Moves every recorded metric that a computed one rests on by ± `share` in the latest complete period, one at a time.
///
/// `likelihood` says what chance of its target the outcome would have from a value on (asked twice for each driver).
pub fn sensitivity<'a>(
    project: impl Into<Study<'a>>,
    outcome: &Metric,
    share: f64,
    as_of: Date,
    mut likelihood: impl FnMut(f64) -> Option<f64>,
) -> Result<Sensitivity, WhyNoParts> {
    let project = project.into();
    outcome.formula().ok_or(WhyNoParts::NotComputed)?;
    let values = FormulaValues::of(project, outcome, as_of);
    let latest = values.regrained(&outcome.id).and_then(|v| v.complete().next_back().map(|(v, value)| (v.period, value)));
    let (period, value) = latest.ok_or(WhyNoParts::NoValue)?;
    let mut swings = Vec::new();
    for driver in values.sources() {
        let Some(own) = values.at(&driver.id, period) else { continue };
        let mut with = |factor: f64| {
            let value_then = values.if_scaled(outcome, period, &driver.id, factor)?;
            Some(Outcome { value: value_then, change: value_then - value, likelihood: likelihood(value_then) })
        };
        let Some((low, high)) = with(1.0 - share).zip(with(1.0 + share)) else { continue };
        swings.push(Swing { driver: driver.id.clone(), value: own, low, high });
    }
    swings.sort_by(|a, b| b.span().total_cmp(&a.span()).then_with(|| a.driver.cmp(&b.driver)));
    Ok(Sensitivity { period, value, share, swings })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analysis::fixture::{Fixture, day};
    use crate::model::{Aggregation, MissingInput};

    #[test]
    fn the_strongest_driver_comes_first() {
        let mut f = Fixture::new();
        let visits = f.monthly("visits", Aggregation::Sum, "2026-01-01", &[900.0, 1_000.0]);
        let buyers = f.monthly("buyers", Aggregation::Sum, "2026-01-01", &[40.0, 50.0]);
        let costs = f.monthly("costs", Aggregation::Sum, "2026-01-01", &[200.0, 300.0]);
        let rate = f.formula("rate", &format!("[{buyers}] / [{visits}]"), MissingInput::Missing);
        let profit = f.formula("profit", &format!("[{visits}] * [{visits}] * [{rate}] / 100 - [{costs}]"), MissingInput::Missing);
        let found = sensitivity(&f.project, f.metric(&profit), 0.1, day("2026-02-28"), |v| Some(v / 1_000.0)).unwrap();
        // 1,000² × 0.05 ÷ 100 − 300 = 200. Visits enter as v² × b ÷ v: 10 % more are 50 more.
        assert_eq!((found.value, found.period.last), (200.0, day("2026-02-28")));
        let shown: Vec<_> = found.swings.iter().map(|s| (s.driver.clone(), s.low.change.round(), s.high.change.round())).collect();
        let mut equal = [(visits, -50.0, 50.0), (buyers, -50.0, 50.0)];
        equal.sort_by(|a, b| a.0.cmp(&b.0));
        assert_eq!(shown[2], (costs, 30.0, -30.0));
        let mut first = shown[..2].to_vec();
        first.sort_by(|a, b| a.0.cmp(&b.0));
        assert_eq!(first, equal);
        assert!((found.swings[2].high.likelihood.unwrap() - 0.17).abs() < 1e-9);
    }

    #[test]
    fn only_the_latest_period_is_moved() {
        let mut f = Fixture::new();
        let users = f.monthly("users", Aggregation::Last, "2026-01-01", &[100.0, 110.0]);
        let growth = f.formula("growth", &format!("growth([{users}])"), MissingInput::Missing);
        let found = sensitivity(&f.project, f.metric(&growth), 0.1, day("2026-02-28"), |_| None).unwrap();
        // 121 ÷ 100 − 1.
        assert!((found.swings[0].high.value - 0.21).abs() < 1e-9);
        assert_eq!(sensitivity(&f.project, f.metric(&users), 0.1, day("2026-02-28"), |_| None), Err(WhyNoParts::NotComputed));
    }
}
