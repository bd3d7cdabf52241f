//! The forecast of a metric on its calendar.

use crate::analysis::metric_values;
use crate::model::{Cadence, Calendar, Date, Metric, MetricId, Period, Project};

use super::fit::{Fit, Reason, Setup};
use super::step::Step;

/// No forecast goes further than this many periods: ten years of days.
pub const LONGEST_HORIZON: usize = 3_660;

/// The complete periods of a metric, ready to be fitted.
#[derive(Clone, Debug, PartialEq)]
pub struct History {
    pub cadence: Cadence,
    /// One value for every period from the first complete one to the last that has a value.
    pub values: Vec<Option<f64>>,
    pub first: Period,
    pub last: Period,
    pub setup: Setup,
}

/// The complete periods of a metric as of a day; the unfinished one takes no part. `None` where no period is complete.
pub fn history(project: &Project, metric: &Metric, as_of: Date) -> Option<History> {
    let found = metric_values(project, metric, metric.cadence, as_of);
    let first = found.values.iter().position(|v| v.complete && v.value.is_some())?;
    let last = found.values.iter().rposition(|v| v.complete && v.value.is_some())?;
    let span = &found.values[first..=last];
    Some(History {
        cadence: found.cadence,
        values: span.iter().map(|v| v.value.filter(|_| v.complete)).collect(),
        first: span[0].period,
        last: span[span.len() - 1].period,
        setup: Setup { seasons: seasons(found.cadence), bounds: metric.bounds, decimals: metric.decimals, outliers: Vec::new() },
    })
}

/// Seasons by cadence, in periods. Hours come as days.
pub fn seasons(cadence: Cadence) -> Vec<usize> {
    match cadence {
        Cadence::Hourly | Cadence::Daily => vec![7, 365],
        Cadence::Weekly => vec![52],
        Cadence::Monthly => vec![12],
        Cadence::Quarterly => vec![4],
        Cadence::Yearly => Vec::new(),
    }
}

/// What is known beyond the series.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Hints {
    /// First days of periods whose values are outliers: fitted as if they were missing.
    pub outliers: Vec<Date>,
    /// How much wider intervals are than the models say, from [`super::calibrate`].
    pub k: Option<f64>,
}

/// Where a metric is going, as seen on a day. Depends on the metric's values up to that day alone, never on a target.
#[derive(Clone, Debug, PartialEq)]
pub struct MetricForecast {
    pub metric: MetricId,
    pub as_of: Date,
    pub cadence: Cadence,
    pub calendar: Calendar,
    /// The last complete period that has a value; the period after it is the first step.
    pub last: Period,
    pub fit: Fit,
}

/// A period to come.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Coming {
    pub period: Period,
    pub step: Step,
}

/// Fits a metric as of a day.
pub fn of_metric(project: &Project, metric: &Metric, as_of: Date, hints: &Hints) -> Result<MetricForecast, Reason> {
    let mut history = history(project, metric, as_of).ok_or(Reason::Empty)?;
    let calendar = project.settings.calendar;
    let index = |on: &Date| usize::try_from(calendar.periods_between(history.cadence, history.first.first, *on)).ok();
    history.setup.outliers = hints.outliers.iter().filter_map(index).collect();
    let mut fit = Fit::of(&history.values, &history.setup)?;
    if let Some(k) = hints.k {
        fit.k = k;
    }
    Ok(MetricForecast { metric: metric.id.clone(), as_of, cadence: history.cadence, calendar, last: history.last, fit })
}

impl MetricForecast {
    /// How many periods ahead the one that contains a day is; `None` where it is not ahead, or too far.
    pub fn ahead(&self, date: Date) -> Option<usize> {
        let ahead = self.calendar.periods_between(self.cadence, self.last.first, date);
        usize::try_from(ahead).ok().filter(|h| (1..=LONGEST_HORIZON).contains(h))
    }

    /// The periods to come, up to the one that contains a day; none where that is not ahead, and never more than [`LONGEST_HORIZON`].
    pub fn until(&self, date: Date) -> Vec<Coming> {
        let ahead = self.calendar.periods_between(self.cadence, self.last.first, date);
        self.steps(usize::try_from(ahead).unwrap_or(0).min(LONGEST_HORIZON))
    }

    /// The next periods.
    pub fn steps(&self, horizon: usize) -> Vec<Coming> {
        let mut period = self.last;
        let steps = self.fit.forecast(horizon.min(LONGEST_HORIZON)).into_iter();
        steps
            .map(|step| {
                period = self.calendar.next(self.cadence, period);
                Coming { period, step }
            })
            .collect()
    }

    /// The chance that the value of the period that contains a day is at or below a value; `None` where it is not ahead.
    pub fn chance_at_most(&self, value: f64, date: Date) -> Option<f64> {
        Some(self.fit.chance_at_most(value, self.ahead(date)?))
    }
}
