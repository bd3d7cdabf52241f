//! Autoregressions by the Yule–Walker equations.

use crate::analysis::statistics::{autocorrelation, mean};

/// xₜ = φ₁xₜ₋₁ + … + φₚxₜ₋ₚ + noise, of a series less its mean.
#[derive(Clone, Debug, PartialEq)]
pub struct Autoregression {
    /// φ₁ … φₚ; empty where the series is noise already.
    pub coefficients: Vec<f64>,
}

/// The autoregression whose order has the least AIC, up to 10·log₁₀ n: the Levinson–Durbin recursion, as R's `ar`. `None` for constants.
pub fn yule_walker(values: &[f64]) -> Option<Autoregression> {
    let n = values.len();
    let most = ((10.0 * (n as f64).log10()).floor() as usize).min(n.checked_sub(2)?);
    let correlation: Vec<f64> = (0..=most).map(|lag| autocorrelation(values, lag)).collect::<Option<_>>()?;
    let (mut coefficients, mut variance): (Vec<f64>, f64) = (Vec::new(), 1.0);
    let (mut best, mut least) = (Vec::new(), 0.0);
    for order in 1..=most {
        let explained: f64 = coefficients.iter().enumerate().map(|(k, phi)| phi * correlation[order - 1 - k]).sum();
        let partial = (correlation[order] - explained) / variance;
        let mut next: Vec<f64> = (0..order - 1).map(|k| coefficients[k] - partial * coefficients[order - 2 - k]).collect();
        next.push(partial);
        coefficients = next;
        variance *= 1.0 - partial * partial;
        if variance <= 1e-12 || !variance.is_finite() {
            // The series repeats itself: higher orders fit rounding.
            break;
        }
        let criterion = n as f64 * variance.ln() + 2.0 * order as f64;
        if criterion < least {
            (best, least) = (coefficients.clone(), criterion);
        }
    }
    Some(Autoregression { coefficients: best })
}

impl Autoregression {
    /// What the autoregression leaves of a series: its own becomes white noise. Shorter by the order.
    pub fn filter(&self, values: &[f64]) -> Vec<f64> {
        let mean = mean(values).unwrap_or_default();
        let order = self.coefficients.len();
        let rest = |window: &[f64]| {
            let expected: f64 = self.coefficients.iter().zip(window.iter().rev().skip(1)).map(|(phi, v)| phi * (v - mean)).sum();
            window[order] - mean - expected
        };
        values.windows(order + 1).map(rest).collect()
    }
}
