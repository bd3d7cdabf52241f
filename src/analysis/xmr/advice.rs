//! Which form suits a series. The plain chart takes neighbours for unrelated; where they are not, it cries wolf: of charts of 52
//! points with an autocorrelation of 0.6, 98 of 100 show a "signal" that is none.

use super::{Form, Xmr, stretches};
use crate::analysis::decompose::season;
use crate::analysis::statistics::{autocorrelation, mean};
use crate::analysis::trend::{SIGNIFICANT, mann_kendall};

/// The largest lag-1 autocorrelation that the plain form is offered with.
pub const MOST_AUTOCORRELATION: f64 = 0.3;

/// Which form is the right one, and the numbers that say so.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Advice {
    pub form: Form,
    /// Of the Mann–Kendall test.
    pub trend_p: Option<f64>,
    /// At lag 1.
    pub autocorrelation: Option<f64>,
    /// Where it was looked for: only if the plain form does not do.
    pub season_strength: Option<f64>,
}

/// Why the signals of a chart are not to be trusted.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Warning {
    /// The chance that a series without trend looks as this one.
    Trending { p: f64 },
    /// The lag-1 autocorrelation of what is left after trend and season.
    Autocorrelated { r: f64 },
}

/// Advises on one value a period, less the mean of each stretch between dividers.
pub fn advise(values: &[Option<f64>], cycle: Option<usize>, dividers: &[usize]) -> Advice {
    let present: Vec<(usize, f64)> = values.iter().enumerate().filter_map(|(i, v)| Some((i, (*v)?))).collect();
    let plain = Independence::of(&present, dividers);
    let mut advice = Advice { form: Form::Plain, trend_p: plain.trend_p, autocorrelation: plain.autocorrelation, season_strength: None };
    if plain.is_given() {
        return advice;
    }
    advice.form = Form::Trended;
    let Some(season) = cycle.and_then(|cycle| season(values, cycle).ok()) else { return advice };
    advice.season_strength = Some(season.strength);
    if season.is_strong() {
        let adjusted: Vec<(usize, f64)> = present.iter().map(|&(i, value)| (i, season.adjusted(i, value))).collect();
        let is_enough = Independence::of(&adjusted, dividers).is_given();
        advice.form = if is_enough { Form::Deseasonalised } else { Form::DeseasonalisedTrended };
    }
    advice
}

/// Whether values can be taken for unrelated.
struct Independence {
    trend_p: Option<f64>,
    autocorrelation: Option<f64>,
}

impl Independence {
    fn of(points: &[(usize, f64)], dividers: &[usize]) -> Self {
        let mut centred: Vec<f64> = Vec::with_capacity(points.len());
        for stretch in stretches(points, dividers) {
            let own: Vec<f64> = points[stretch.clone()].iter().map(|p| p.1).collect();
            let mean = mean(&own).unwrap_or_default();
            centred.extend(points[stretch].iter().map(|p| p.1 - mean));
        }
        Self::of_residuals(&centred)
    }

    fn of_residuals(residuals: &[f64]) -> Self {
        Self { trend_p: mann_kendall(residuals).ok().map(|t| t.p), autocorrelation: autocorrelation(residuals, 1) }
    }

    /// What cannot be told is no reason against the plain form.
    fn is_given(&self) -> bool {
        self.trend_p.is_none_or(|p| p > SIGNIFICANT) && self.autocorrelation.is_none_or(|r| r <= MOST_AUTOCORRELATION)
    }
}

impl Xmr {
    /// Why this chart, in the form it has, signals too often, if it does.
    pub fn warning(&self) -> Option<Warning> {
        let residuals: Vec<f64> = self.points.iter().map(|p| p.residual).collect();
        let left = Independence::of_residuals(&residuals);
        let trending = left.trend_p.filter(|p| *p <= SIGNIFICANT && !self.form.has_trend());
        let related = left.autocorrelation.filter(|r| *r > MOST_AUTOCORRELATION);
        trending.map(|p| Warning::Trending { p }).or(related.map(|r| Warning::Autocorrelated { r }))
    }
}
