//! The forecast of a metric on its calendar.

use crate::analysis::Study;
use crate::analysis::effort::Work;
use crate::analysis::metric_values;
use crate::analysis::outliers::outliers;
use crate::model::{Cadence, Calendar, Date, Metric, MetricId, Period, Recording};

use super::calibrate::Calibration;
use super::fit::{Fit, Latent, Reason, Setup};
use super::formula::Simulated;
use super::paths::{PATHS, Paths, quantile_of};
use super::scale::Scale;
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
pub fn history<'a>(project: impl Into<Study<'a>>, metric: &Metric, as_of: Date) -> Option<History> {
    let project = project.into();
    history_at(project, metric, metric.cadence, as_of)
}

/// As [`history`], at a cadence that is not finer than the metric's own.
pub(super) fn history_at(project: Study<'_>, metric: &Metric, cadence: Cadence, as_of: Date) -> Option<History> {
    let found = metric_values(project, metric, cadence, as_of);
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

/// How far key results usually look ahead: about a quarter of days and weeks, half a year of months, a year of quarters.
fn usual_horizon(cadence: Cadence) -> usize {
    match cadence {
        Cadence::Hourly | Cadence::Daily => 30,
        Cadence::Weekly => 13,
        Cadence::Monthly => 6,
        Cadence::Quarterly => 4,
        Cadence::Yearly => 2,
    }
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
    pub source: Source,
    /// What comes in each period, where the recorded points are totals so far.
    pub(super) increments: Option<Fit>,
    /// What looking back said, once that was done ([`MetricForecast::calibrated`]).
    pub calibration: Option<Calibration>,
}

/// What the forecast of a metric is made from.
#[derive(Clone, Debug, PartialEq)]
pub enum Source {
    /// Its own values.
    Fitted(Fit),
    /// The futures of the inputs of its formula, drawn together.
    Simulated(Box<Simulated>),
}

/// A period to come.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Coming {
    pub period: Period,
    pub step: Step,
}

/// How the value of one period to come is distributed.
#[derive(Clone, Debug)]
pub(super) enum Value {
    Latent(Latent, Scale),
    /// Simulated ones, ascending.
    Drawn(Vec<f64>),
}

impl Value {
    pub(super) fn chance_at_most(&self, value: f64) -> Option<f64> {
        match self {
            Self::Latent(latent, scale) => Some(latent.chance_below(scale.forward(value))),
            Self::Drawn(sorted) => (!sorted.is_empty()).then(|| sorted.partition_point(|v| *v <= value) as f64 / sorted.len() as f64),
        }
    }

    pub(super) fn quantile(&self, share: f64) -> Option<f64> {
        match self {
            Self::Latent(latent, scale) => Some(scale.back(latent.quantile(share))),
            Self::Drawn(sorted) => quantile_of(sorted, share),
        }
    }
}

/// Fits a metric as of a day. Outliers are set aside while fitting (see [`Fit::set_aside`]). A metric with a formula is simulated from its
/// inputs; where one of them has too few values, what the formula gave so far is fitted instead. `k` is how much wider intervals are than
/// the models say, from [`MetricForecast::calibrate`]; without it, [`Fit::PRIOR_K`].
pub fn of_metric<'a>(project: impl Into<Study<'a>>, metric: &Metric, as_of: Date, k: Option<f64>) -> Result<MetricForecast, Reason> {
    let project = project.into();
    let history = history(project, metric, as_of).ok_or(Reason::Empty)?;
    if !project.spend(Work::Forecasts, steps_of_fit(history.values.len())) {
        return Err(Reason::Empty);
    }
    let simulated = metric.formula().and_then(|_| Simulated::of(project, metric, &history, as_of));
    let source = match simulated {
        Some(simulated) => Source::Simulated(Box::new(simulated)),
        None => Source::Fitted(fit_robustly(&history, k)?),
    };
    let increments = (metric.formula().is_none() && metric.recording == Recording::RunningTotals)
        .then(|| fit_robustly(&History { values: steps_of(&history.values), ..history.clone() }, k).ok())
        .flatten();
    Ok(MetricForecast {
        metric: metric.id.clone(),
        as_of,
        cadence: history.cadence,
        calendar: project.settings.calendar,
        last: history.last,
        source,
        increments,
        calibration: None,
    })
}

/// What fitting and looking back take, by measurement.
pub(super) fn steps_of_fit(periods: usize) -> usize {
    2_500 * periods.min(2_000) + 1_250 * periods
}

/// Fits with outliers set aside.
pub(super) fn fit_robustly(history: &History, k: Option<f64>) -> Result<Fit, Reason> {
    let mut setup = history.setup.clone();
    let cycle = setup.seasons.iter().copied().filter(|m| history.values.len() > 2 * m).max();
    // A series too short or too even to have outliers has none.
    setup.outliers.extend(outliers(&history.values, cycle).unwrap_or_default().iter().map(|found| found.at));
    let mut fit = Fit::of(&history.values, &setup)?;
    if let Some(k) = k {
        fit.k = k;
    }
    Ok(fit)
}

/// What came in each period, from totals so far: a total under the one before began anew.
fn steps_of(totals: &[Option<f64>]) -> Vec<Option<f64>> {
    let mut before: Option<f64> = None;
    let step = |total: &Option<f64>| {
        let found = total.zip(before).map(|(total, before)| if total >= before { total - before } else { total });
        before = *total;
        found
    };
    totals.iter().map(step).collect()
}

impl MetricForecast {
    /// How many periods ahead the one that contains a day is; `None` where it is not ahead, or too far.
    pub fn ahead(&self, date: Date) -> Option<usize> {
        let ahead = self.calendar.periods_between(self.cadence, self.last.first, date);
        usize::try_from(ahead).ok().filter(|h| (1..=LONGEST_HORIZON).contains(h))
    }

    /// The next periods, so many (never more than [`LONGEST_HORIZON`]).
    pub fn periods(&self, horizon: usize) -> Vec<Period> {
        let next = |last: &Period| Some(self.calendar.next(self.cadence, *last));
        std::iter::successors(next(&self.last), next).take(horizon.min(LONGEST_HORIZON)).collect()
    }

    /// The periods to come, up to the one that contains a day; none where that is not ahead.
    pub fn until(&self, date: Date) -> Vec<Coming> {
        self.steps(self.horizon_of(date))
    }

    /// How many periods there are up to the one that contains a day.
    pub(crate) fn horizon_of(&self, date: Date) -> usize {
        usize::try_from(self.calendar.periods_between(self.cadence, self.last.first, date)).unwrap_or(0)
    }

    /// The next periods.
    pub fn steps(&self, horizon: usize) -> Vec<Coming> {
        let periods = self.periods(horizon);
        let steps = match &self.source {
            Source::Fitted(fit) => fit.forecast(periods.len()),
            Source::Simulated(simulated) => {
                let paths = simulated.paths(periods.len());
                (0..periods.len()).map_while(|step| Step::of_sorted(&paths.sorted_at(step))).collect()
            }
        };
        periods.into_iter().zip(steps).map(|(period, step)| Coming { period, step }).collect()
    }

    /// The distribution of the value `ahead` ≥ 1 periods ahead, and the medians of so many periods, no fewer.
    pub(super) fn value_and_medians(&self, ahead: usize, periods: usize) -> Option<(Value, Vec<f64>)> {
        let periods = periods.min(LONGEST_HORIZON);
        match &self.source {
            Source::Fitted(fit) => {
                let latents = fit.latent(periods);
                let value = Value::Latent(*latents.get(ahead.checked_sub(1)?)?, fit.scale);
                Some((value, latents.into_iter().map(|latent| fit.scale.back(latent.mean)).collect()))
            }
            Source::Simulated(_) => Some((self.value(ahead)?, self.steps(periods).iter().map(|coming| coming.step.p50).collect())),
        }
    }

    /// The distribution of the value `ahead` ≥ 1 periods ahead.
    fn value(&self, ahead: usize) -> Option<Value> {
        match &self.source {
            Source::Fitted(fit) => Some(Value::Latent(fit.latent(ahead).pop()?, fit.scale)),
            Source::Simulated(simulated) => {
                let drawn = simulated.paths(ahead).sorted_at(ahead.checked_sub(1)?);
                (!drawn.is_empty()).then_some(Value::Drawn(drawn))
            }
        }
    }

    /// What [`Self::paths`] takes, in steps of effort.
    pub(crate) fn steps_to_draw(&self, horizon: usize) -> usize {
        match &self.source {
            Source::Fitted(_) => 5 * PATHS * horizon.min(LONGEST_HORIZON),
            Source::Simulated(_) => self.steps_to_tell(horizon),
        }
    }

    /// What telling the values of so many periods takes, or that of the last of them: nothing to speak of where they need not be drawn.
    pub(crate) fn steps_to_tell(&self, horizon: usize) -> usize {
        match &self.source {
            Source::Fitted(_) => 0,
            Source::Simulated(simulated) => simulated.steps_to_draw(horizon.min(LONGEST_HORIZON)),
        }
    }

    /// Simulated futures of the next periods, always the same ones.
    pub fn paths(&self, horizon: usize) -> Paths {
        let horizon = horizon.min(LONGEST_HORIZON);
        match &self.source {
            Source::Fitted(fit) => fit.paths(horizon),
            Source::Simulated(simulated) => simulated.paths(horizon),
        }
    }

    /// The chance that the value of the period that contains a day is at or below a value; `None` where it is not ahead.
    pub fn chance_at_most(&self, value: f64, date: Date) -> Option<f64> {
        self.value(self.ahead(date)?)?.chance_at_most(value)
    }

    /// The value that the period that contains a day stays under with a chance of `share`.
    pub fn quantile(&self, share: f64, date: Date) -> Option<f64> {
        self.value(self.ahead(date)?)?.quantile(share)
    }

    /// How many values were fitted: of a formula, those of the input that has the fewest.
    pub fn observed(&self) -> usize {
        match &self.source {
            Source::Fitted(fit) => fit.observed,
            Source::Simulated(simulated) => simulated.observed(),
        }
    }

    /// The forecast with what looking back on the metric's own past says of it: intervals as wide as its errors were. As far as key results
    /// usually look ahead, whatever targets there are; to be run in the background.
    #[must_use]
    pub fn calibrated(mut self) -> Self {
        let ahead = usual_horizon(self.cadence);
        if let Source::Fitted(fit) = &mut self.source {
            self.calibration = fit.calibrate(ahead);
            fit.k = self.calibration.map_or(fit.k, |c| c.k);
        }
        if let Some(increments) = &mut self.increments {
            increments.k = increments.calibrate(ahead).map_or(increments.k, |c| c.k);
        }
        self
    }

    /// Looks back on the metric's own past, with forecasts as far as `until`; to be run in the background. `None` where there is nothing to
    /// look back on, and for metrics with a formula.
    pub fn calibrate(&self, until: Date) -> Option<Calibration> {
        match &self.source {
            Source::Fitted(fit) => fit.calibrate(self.ahead(until).unwrap_or(1)),
            Source::Simulated(_) => None,
        }
    }
}
