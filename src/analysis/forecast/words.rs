//! How a forecast and a likelihood are told.

use crate::model::{Cadence, Date, Locale, Metric, Project, date_words, period_words};

use super::fit::{Fit, Method};
use super::likelihood::{Basis, Likelihood};
use super::metric::{MetricForecast, Source};
use super::paths::PATHS;

/// "41 %", but never quite 0 or 100: a model does not know that much.
pub fn chance(locale: &Locale, share: f64) -> String {
    if share < 0.01 {
        format!("under {}", locale.percent(0.01, 0))
    } else if share > 0.99 {
        format!("over {}", locale.percent(0.99, 0))
    } else {
        locale.percent(share, 0)
    }
}

/// "41 % likely: for Dec 2026 the forecast is 8.9 M, in 8 of 10 cases between 7.2 M and 10.7 M; the target is 10 M."
pub(super) fn sentence(project: &Project, metric: &Metric, forecast: &MetricForecast, due: Date, found: &Likelihood) -> String {
    let locale = &project.settings.locale;
    let value = |v: f64| locale.value(v, &metric.unit, metric.decimals);
    let likely = chance(locale, found.probability);
    let (low, middle, high) = (value(found.p10), value(found.p50), value(found.p90));
    let target = found.target.map(|t| format!("; the target is {}", value(t))).unwrap_or_default();
    match (found.basis, found.kept) {
        (Basis::Share, Some(kept)) => format!(
            "{likely} likely: the limit was kept in {} of {} {} so far, {} are to come, and {} have to keep it.",
            kept.met,
            kept.of,
            plural(forecast.cadence),
            kept.to_come,
            locale.percent(kept.required, 0)
        ),
        (Basis::Total, _) => {
            let by = date_words(due);
            format!("{likely} likely: by {by} the total is forecast at {middle}, in 8 of 10 cases between {low} and {high}{target}.")
        }
        _ => {
            let period = period_words(&project.settings.calendar, forecast.cadence, found.period);
            format!("{likely} likely: for {period} the forecast is {middle}, in 8 of 10 cases between {low} and {high}{target}.")
        }
    }
}

/// "Mean of Theta and ETS(A,Ad,N) on a logarithmic scale, from 48 monthly values up to Oct 2026; intervals 1.15 times as wide as the models
/// say."
pub(super) fn how(project: &Project, forecast: &MetricForecast, simulated: bool) -> String {
    let locale = &project.settings.locale;
    let last = period_words(&project.settings.calendar, forecast.cadence, forecast.last);
    let adverb = forecast.cadence.word();
    let drawn = if simulated { format!("; {} futures simulated", locale.fixed(PATHS as f64, 0)) } else { String::new() };
    match &forecast.source {
        Source::Simulated(simulated) => format!(
            "The formula worked out on {} simulated futures of its {} inputs, drawn together; the inputs by the mean of Theta and exponential smoothing, \
             from {} {adverb} values or more up to {last}.",
            locale.fixed(PATHS as f64, 0),
            simulated.inputs.len(),
            simulated.observed()
        ),
        Source::Fitted(fit) => {
            let scale = fit.scale.words();
            let on = if scale.is_empty() { String::new() } else { format!(" {scale}") };
            let model = fit.model();
            let aside = match fit.set_aside.len() {
                0 => String::new(),
                1 => ", one outlier set aside".to_owned(),
                n => format!(", {n} outliers set aside"),
            };
            let gap = fit.gap.map(|gap| format!(", since a gap of {gap} {}", plural(forecast.cadence))).unwrap_or_default();
            let left =
                if fit.pattern_left() { " What it missed so far still follows a pattern, so it may improve on more history." } else { "" };
            let k = locale.fixed(fit.k, 2);
            let n = fit.observed;
            format!(
                "{model}{on}, from {n} {adverb} values up to {last}{aside}{gap}; intervals {k} times as wide as the models say{drawn}.{left}"
            )
        }
    }
}

fn plural(cadence: Cadence) -> String {
    // Hours come as days.
    let word = if cadence == Cadence::Hourly { Cadence::Daily.period_word() } else { cadence.period_word() };
    format!("{word}s")
}

impl Fit {
    /// "Mean of Theta and ETS(A,Ad,N)", "Last value", "Straight line on from the last value".
    pub fn model(&self) -> String {
        match &self.method {
            Method::Constant { .. } => "The same value as ever".to_owned(),
            Method::Short { drift, .. } if *drift == 0.0 => "Last value".to_owned(),
            Method::Short { .. } => "Straight line on from the last value".to_owned(),
            Method::Combined(found) => {
                let season = if found.long.is_empty() { "" } else { ", the season by STL" };
                format!("Mean of Theta and {}{season}", found.ets.form.name())
            }
        }
    }
}

impl MetricForecast {
    /// The models in short, as reports name them.
    pub fn model(&self) -> String {
        match &self.source {
            Source::Fitted(fit) => fit.model(),
            Source::Simulated(_) => "Simulated from the inputs of the formula".to_owned(),
        }
    }

    /// One sentence: how the forecast was computed.
    pub fn how(&self, project: &Project) -> String {
        how(project, self, false)
    }
}
