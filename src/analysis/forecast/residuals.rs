//! Whether what a model missed still follows a pattern.

use crate::analysis::statistics::{autocorrelation, normal_upper};

use super::fit::{Fit, Method};

/// The test of Ljung & Box (1978, Biometrika 65) for autocorrelation.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct LjungBox {
    /// Q = n(n + 2) Σ r²(k) ÷ (n − k), k = 1 … lags.
    pub statistic: f64,
    pub lags: usize,
    /// From χ² with as many degrees of freedom as lags, by the cube root of Wilson & Hilferty (1931), good to about 1 % of itself.
    pub p: f64,
}

/// `None` for constants and for series not longer than the lags.
pub fn ljung_box(values: &[f64], lags: usize) -> Option<LjungBox> {
    let n = values.len() as f64;
    if lags == 0 || values.len() <= lags {
        return None;
    }
    let part = |lag: usize| Some(autocorrelation(values, lag)?.powi(2) / (n - lag as f64));
    let statistic = n * (n + 2.0) * (1..=lags).map(part).sum::<Option<f64>>()?;
    let degrees = lags as f64;
    let small = 2.0 / (9.0 * degrees);
    let p = normal_upper(((statistic / degrees).cbrt() - (1.0 - small)) / small.sqrt());
    Some(LjungBox { statistic, lags, p })
}

impl Fit {
    /// Whether one-step errors are autocorrelated (Ljung–Box, p under 1 %; ten lags or two seasons, at most a fifth of the series: Hyndman &
    /// Athanasopoulos, "Forecasting: Principles and Practice", 5.4).
    pub fn pattern_left(&self) -> bool {
        let Method::Combined(found) = &self.method else { return false };
        let lags = found.ets.form.season.map_or(10, |m| 2 * m).min(found.ets.errors.len() / 5);
        ljung_box(&found.ets.errors, lags).is_some_and(|test| test.p < 0.01)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analysis::forecast::close;
    use crate::analysis::noise::Noise;
    use crate::analysis::reference::lake_huron;

    /// R: `Box.test(LakeHuron, lag = 10, type = "Ljung-Box")` gives 189.857006 (nine digits).
    #[test]
    fn lake_huron_as_in_r() {
        let found = ljung_box(&lake_huron(), 10).unwrap();
        close(found.statistic, 189.857_006, 1e-8);
        assert!(found.p < 1e-12);
    }

    #[test]
    fn noise_is_called_a_pattern_as_often_as_promised() {
        let mut noise = Noise::new(21);
        let called = (0..500).filter(|_| ljung_box(&noise.normals(80), 10).unwrap().p < 0.05).count();
        // 5 % of 500 are 25; three standard errors are 15.
        assert!((10..=40).contains(&called), "{called}");
        assert_eq!(ljung_box(&[1.0; 30], 5), None);
    }
}
