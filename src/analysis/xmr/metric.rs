//! The chart of a metric: its complete periods, its dividers and baseline, its own target.

use std::sync::Arc;

use super::{Advice, Assurance, Form, Options, Ranges, Signal, Variation, Warning, Xmr, advise, chart};
use crate::analysis::Study;
use crate::analysis::effort::Work;
use crate::analysis::regrain::Regrained;
use crate::analysis::unsuited::Unsuited;
use crate::analysis::values::{kept_chart, metric_values};
use crate::model::{Cadence, Date, Limit, Metric, Period};

/// What chart to make of a metric.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Choice {
    /// `None` for the advised one.
    pub form: Option<Form>,
    pub ranges: Ranges,
}

/// The XmR chart of a metric.
#[derive(Clone, Debug, PartialEq)]
pub struct MetricXmr {
    pub cadence: Cadence,
    /// The period of each point of the chart.
    pub periods: Vec<Period>,
    pub chart: Xmr,
    pub advice: Advice,
    pub warning: Option<Warning>,
    /// The metric's own target in the last period.
    pub target: Option<Limit>,
    /// Of that target.
    pub assurance: Option<Assurance>,
}

impl MetricXmr {
    /// Signals that were complete only with a period that ended after a day.
    pub fn signals_after(&self, day: Date) -> impl Iterator<Item = &Signal> {
        self.chart.signals.iter().filter(move |s| self.periods.get(s.detected).is_some_and(|p| p.last > day))
    }

    /// The first signal to the bad side that was complete only with a period that begins on or after a day.
    pub fn turned_bad_since(&self, day: Date) -> Option<&Signal> {
        let since = |s: &&Signal| self.periods.get(s.detected).is_some_and(|p| p.first >= day);
        self.chart.signals.iter().filter(|s| s.variation(self.chart.direction) == Variation::Concerning).find(since)
    }

    /// What the limits that hold now say of a target.
    pub fn assurance_of(&self, target: Limit) -> Option<Assurance> {
        Some(Assurance::of(self.chart.band()?, target))
    }
}

/// The chart of a metric as of a day, in the form that suits it. Fails with fewer than six complete periods that have a value.
pub fn of_metric<'a>(project: impl Into<Study<'a>>, metric: &Metric, as_of: Date) -> Result<MetricXmr, Unsuited> {
    let project = project.into();
    let values = metric_values(project, metric, metric.cadence, as_of);
    // Its season is looked for twice: for the advice, and for the chart.
    if !project.spend(Work::Series, 230 * values.values.len() + 20) {
        return Err(Unsuited::TooLong);
    }
    of_values(metric, &values, Choice::default())
}

/// As [`of_metric`], worked out once where notes are taken.
pub fn shared_of_metric<'a>(project: impl Into<Study<'a>>, metric: &Metric, as_of: Date) -> Arc<Result<MetricXmr, Unsuited>> {
    let project = project.into();
    kept_chart(project, metric, as_of, || of_metric(project, metric, as_of))
}

/// The chart of a metric's values, as [`metric_values`] gives them. Only complete periods count.
pub fn of_values(metric: &Metric, values: &Regrained, choice: Choice) -> Result<MetricXmr, Unsuited> {
    let series: Vec<Option<f64>> = values.values.iter().map(|v| v.value.filter(|_| v.complete)).collect();
    let place = |day: Date| values.values.partition_point(|v| v.period.last < day);
    let cycle = cycle_of(values.cadence);
    let dividers: Vec<usize> = metric.xmr.dividers.iter().map(|&d| place(d)).collect();
    let advice = advise(&series, cycle, &dividers);
    let options = Options {
        form: choice.form.unwrap_or(advice.form),
        ranges: choice.ranges,
        direction: metric.direction,
        cycle,
        dividers,
        // Periods that lie in it wholly.
        baseline: metric.xmr.baseline.map(|(first, last)| {
            let starts = values.values.partition_point(|v| v.period.first < first);
            starts..values.values.partition_point(|v| v.period.last <= last).max(starts)
        }),
    };
    let chart = chart(&series, &options)?;
    let periods: Vec<Period> = chart.points.iter().map(|p| values.values[p.index].period).collect();
    let target = periods.last().and_then(|p| metric.target_on(p.last));
    let assurance = target.zip(chart.band()).map(|(t, band)| Assurance::of(band, t));
    let warning = chart.warning();
    Ok(MetricXmr { cadence: values.cadence, periods, chart, advice, warning, target, assurance })
}

/// Periods in a cycle. Hourly metrics are charted by the day.
pub(in crate::analysis) fn cycle_of(cadence: Cadence) -> Option<usize> {
    let cadence = if cadence == Cadence::Hourly { Cadence::Daily } else { cadence };
    cadence.season_length()
}
