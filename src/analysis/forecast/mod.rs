//! Where a metric is going, and how likely its target is (SEMANTICS, "Forecast and likelihood").
//!
//! A forecast is the mean of two models, Theta and the exponential smoothing that AICc chooses, on the scale that suits the series, with
//! intervals widened by what such models are known to miss. It depends on the series and the day alone, never on a target; likelihoods
//! are asked of it. Everything is deterministic: simulations have fixed seeds. Not here: what is signal and what noise, which values are
//! outliers (`outliers`), and how forecasts are drawn.

mod bottom_up;
mod calibrate;
mod decompose;
mod ets;
mod ets_fit;
mod fit;
mod formula;
mod likelihood;
mod metric;
mod optimise;
mod paths;
mod prepare;
mod random;
mod residuals;
mod scale;
mod step;
mod theta;
#[cfg(test)]
mod trials;
mod words;

pub use bottom_up::{BottomUp, Contribution, bottom_up};
pub use calibrate::Calibration;
pub use decompose::Kind;
pub use ets::{Form, Smoothing, State, Trend};
pub use ets_fit::EtsFit;
pub use fit::{Combined, Fit, LongSeason, Method, Reason, Setup};
pub use formula::Simulated;
pub(in crate::analysis) use likelihood::likelihood_of;
pub use likelihood::{Basis, Kept, Likelihood, likelihood};
pub use metric::{Coming, History, LONGEST_HORIZON, MetricForecast, Source, history, of_metric, seasons};
pub use paths::{PATHS, Paths};
pub use residuals::{LjungBox, ljung_box};
pub use scale::Scale;
pub use step::Step;
pub use theta::{Figure, ThetaFit, fit as theta};
pub use words::chance;

/// Fails unless two numbers agree to a share of the expected one.
#[cfg(test)]
#[track_caller]
fn close(found: f64, expected: f64, relative: f64) {
    assert!((found - expected).abs() <= relative * expected.abs(), "{found} is not {expected} within {relative:e}");
}
