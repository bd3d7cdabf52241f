//! The health of a metric by itself, apart from any goal: its own dated targets and its thresholds.

use crate::analysis::Study;
use crate::model::{Date, Limit, Metric, Period};

use super::measure::{is_stale, latest};
use super::result::Current;
use super::values::metric_values;

/// One complete period against the target that held on its last day.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct PeriodHealth {
    pub period: Period,
    pub value: Option<f64>,
    pub target: Option<Limit>,
    /// `None` where either is missing.
    pub met: Option<bool>,
}

/// How a metric does by its own lights.
#[derive(Clone, Debug, PartialEq)]
pub struct MetricHealth {
    /// The latest complete period that has a value.
    pub current: Option<Current>,
    /// The latest value is older than two cadences.
    pub is_stale: bool,
    /// The target for the period of `current`.
    pub target: Option<Limit>,
    pub meets_target: Option<bool>,
    /// Indices into the metric's thresholds that `current` breaches.
    pub breached: Vec<usize>,
    /// Every complete period, oldest first.
    pub history: Vec<PeriodHealth>,
}

/// How a metric does by its own targets and thresholds, as of a day. A past period is judged by that period's target.
pub fn health<'a>(project: impl Into<Study<'a>>, metric: &Metric, as_of: Date) -> MetricHealth {
    let project = project.into();
    let values = metric_values(project, metric, metric.cadence, as_of);
    let judge = |value: Option<f64>, period: Period| {
        let target = metric.target_on(period.last);
        (target, target.zip(value).map(|(t, v)| t.is_met_by(v)))
    };
    let history = values.values.iter().filter(|v| v.complete).map(|v| {
        let (target, met) = judge(v.value, v.period);
        PeriodHealth { period: v.period, value: v.value, target, met }
    });
    let history = history.collect();
    let current = latest(&values, as_of);
    let is_stale = current.is_some_and(|c| is_stale(project.settings.calendar, values.cadence, c.period, as_of));
    let (target, meets_target) = current.map_or((metric.target_on(as_of), None), |c| judge(Some(c.value), c.period));
    let breached = |value: f64| metric.thresholds.iter().zip(0..).filter(|(t, _)| !t.limit.is_met_by(value)).map(|(_, i)| i).collect();
    let breached = current.map(|c| breached(c.value)).unwrap_or_default();
    MetricHealth { current, is_stale, target, meets_target, breached, history }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analysis::fixture::{Fixture, day};
    use crate::model::{Aggregation, DatedTarget, Threshold};

    #[test]
    fn a_past_period_is_judged_by_the_target_of_its_time() {
        let mut f = Fixture::new();
        let id = f.monthly("retention", Aggregation::Last, "2026-01-01", &[80.0, 80.0, 80.0]);
        f.edit_metric(&id, |m| {
            m.targets = vec![
                DatedTarget { from: day("2026-01-01"), limit: Limit::AtLeast(75.0) },
                DatedTarget { from: day("2026-03-01"), limit: Limit::AtLeast(85.0) },
            ];
            m.thresholds = vec![
                Threshold { label: "floor".to_owned(), limit: Limit::AtLeast(60.0) },
                Threshold { label: "ceiling".to_owned(), limit: Limit::AtMost(79.0) },
            ];
        });
        let found = health(&f.project, f.metric(&id), day("2026-03-31"));
        assert_eq!(found.history.iter().map(|h| h.met).collect::<Vec<_>>(), [Some(true), Some(true), Some(false)]);
        assert_eq!((found.meets_target, found.breached, found.is_stale), (Some(false), vec![1], false));
        // March is over on the 31st; April and May pass without a value: from 1 June it is older than two months.
        assert!(!health(&f.project, f.metric(&id), day("2026-05-31")).is_stale);
        assert!(health(&f.project, f.metric(&id), day("2026-06-01")).is_stale);
    }
}
