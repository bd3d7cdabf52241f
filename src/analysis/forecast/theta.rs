//! The Theta method, as R's `thetaf`.
//!
//! Assimakopoulos & Nikolopoulos (2000), "The theta model: a decomposition approach to forecasting", International Journal of Forecasting
//! 16; as Hyndman & Billah (2003) showed, simple exponential smoothing with a drift of half the slope of the line through all values.

use super::decompose::{self, Kind};
use super::ets::{Form, Trend};
use super::ets_fit::{self, line};

/// Theta on a series.
#[derive(Clone, Debug, PartialEq)]
pub struct ThetaFit {
    pub alpha: f64,
    /// Half the slope of the line through all values (without the season).
    pub drift: f64,
    /// Smoothed level after the last value (without the season).
    pub level: f64,
    pub start: f64,
    /// SSE ÷ (n − 2) of the smoothing (without the season).
    pub variance: f64,
    pub season: Option<Figure>,
    /// Number of values.
    pub n: usize,
    /// One-step errors of the smoothing, drift included.
    pub errors: Vec<f64>,
}

/// A classical season.
#[derive(Clone, Debug, PartialEq)]
pub struct Figure {
    pub kind: Kind,
    /// That of the coming period first.
    pub parts: Vec<f64>,
}

impl Figure {
    fn apply(&self, value: f64, ahead: usize) -> f64 {
        let part = self.parts[(ahead - 1) % self.parts.len()];
        match self.kind {
            Kind::Additive => value + part,
            Kind::Multiplicative => value * part,
        }
    }
}

/// Fits Theta; the season is taken out where the autocorrelation at its lag stands out. `None` under four values.
pub fn fit(values: &[f64], season: Option<(usize, Kind)>) -> Option<ThetaFit> {
    let n = values.len();
    if n < 4 {
        return None;
    }
    let decomposed = season.filter(|&(m, _)| decompose::is_seasonal(values, m)).and_then(|(m, kind)| {
        let (mut figure, adjusted) = decompose::classical(values, m, kind)?;
        figure.rotate_left(n % m);
        Some((Figure { kind, parts: figure }, adjusted))
    });
    let (season, adjusted) = match decomposed {
        Some((figure, adjusted)) => (Some(figure), adjusted),
        None => (None, values.to_vec()),
    };
    let smooth = ets_fit::fit(&adjusted, Form { trend: Trend::None, season: None })?;
    let (level, alpha) = (smooth.end.level, smooth.smoothing.alpha);
    let (_, slope) = line(&adjusted);
    Some(ThetaFit {
        alpha,
        drift: 0.5 * slope,
        level,
        start: smooth.start.level,
        variance: smooth.variance,
        season,
        n,
        errors: smooth.errors,
    })
}

impl ThetaFit {
    /// The forecast `ahead` ≥ 1 periods ahead: `ℓ + (b/2)(h − 1 + (1 − (1 − α)ⁿ)/α)`, seasoned.
    pub fn forecast(&self, ahead: usize) -> f64 {
        let plain = drifting(self.level, self.drift, self.alpha, self.n, ahead);
        self.season.as_ref().map_or(plain, |figure| figure.apply(plain, ahead))
    }

    /// Forecasts 1 … `horizon` ahead as they would have been made after each value: α, the start and the season as fitted, the drift from
    /// what was known.
    pub(super) fn looking_back(&self, values: &[f64], horizon: usize) -> Vec<Vec<f64>> {
        let n = values.len();
        let seasonal = |index: usize, value: f64| match &self.season {
            // The figure begins with the period after the last value.
            Some(figure) => {
                let season = figure.parts.len();
                let part = figure.parts[(index + season - n % season) % season];
                match figure.kind {
                    Kind::Additive => (value - part, part),
                    Kind::Multiplicative => (value / part, part),
                }
            }
            None => (value, 0.0),
        };
        let mut level = self.start;
        // Running sums for the slope of the line through values 0 … t.
        let (mut sum_y, mut sum_ty) = (0.0, 0.0);
        let mut found = Vec::with_capacity(n);
        for (t, &value) in values.iter().enumerate() {
            let (adjusted, _) = seasonal(t, value);
            level += self.alpha * (adjusted - level);
            sum_y += adjusted;
            sum_ty += t as f64 * adjusted;
            let count = (t + 1) as f64;
            let spread = count * (count * count - 1.0) / 12.0;
            let slope = if t == 0 { 0.0 } else { (sum_ty - 0.5 * t as f64 * sum_y) / spread };
            let ahead = |h: usize| {
                let plain = drifting(level, 0.5 * slope, self.alpha, t + 1, h);
                let (_, part) = seasonal(t + h, 1.0);
                match self.season.as_ref().map(|figure| figure.kind) {
                    None => plain,
                    Some(Kind::Additive) => plain + part,
                    Some(Kind::Multiplicative) => plain * part,
                }
            };
            found.push((1..=horizon).map(ahead).collect());
        }
        found
    }

    /// How an error of one period moves the values after it: 1, α, α, …
    pub fn responses(&self, horizon: usize) -> Vec<f64> {
        (0..horizon).map(|j| if j == 0 { 1.0 } else { self.alpha }).collect()
    }
}

fn drifting(level: f64, drift: f64, alpha: f64, n: usize, ahead: usize) -> f64 {
    level + drift * ((ahead - 1) as f64 + (1.0 - (1.0 - alpha).powi(n as i32)) / alpha)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analysis::forecast::close;
    use crate::analysis::forecast::ets::{Smoothing, State, run, spread};
    use crate::analysis::reference::{air_passengers, nile};

    #[track_caller]
    fn check(found: &ThetaFit, alpha: f64, means: &[f64], lows: &[f64]) {
        // Optimised: 1e-3.
        close(found.alpha, alpha, 1e-3);
        let spread = spread(&found.responses(means.len()));
        for (step, (&mean, &low)) in means.iter().zip(lows).enumerate() {
            close(found.forecast(step + 1), mean, 1e-3);
            close(found.forecast(step + 1) - 1.959_963_984_540_054 * found.variance.sqrt() * spread[step], low, 1e-3);
        }
    }

    /// R 4.2.2, `thetaf(Nile)`.
    #[test]
    fn the_nile_as_in_r() {
        let means = [799.811_996, 798.454_844, 797.097_691, 795.740_538, 794.383_385, 793.026_233, 791.669_08, 790.311_927];
        let lows = [517.122_943, 507.360_213, 497.833_482, 488.523_922, 479.415_082, 470.492_491, 461.743_335, 453.156_206];
        check(&fit(&nile(), None).unwrap(), 0.245_668_15, &means, &lows);
    }

    /// R 4.2.2, `thetaf(AirPassengers)`: with a multiplicative season.
    #[test]
    fn passengers_as_in_r() {
        let means = [440.078_191, 428.384_281, 489.707_099, 475.704_628, 479.670_389, 545.366_272, 602.752_002, 601.100_763];
        let lows = [418.996_719, 400.882_624, 457.022_948, 438.554_038, 438.535_502, 500.600_308, 554.628_16, 549.838_528];
        check(&fit(&air_passengers(), Some((12, Kind::Multiplicative))).unwrap(), 0.837_752_09, &means, &lows);
    }

    /// Looking back from the last value is forecasting.
    #[test]
    fn the_last_look_back_is_the_forecast() {
        let values = air_passengers();
        let found = fit(&values, Some((12, Kind::Multiplicative))).unwrap();
        let back = found.looking_back(&values, 14);
        for (h, value) in back[143].iter().enumerate() {
            close(*value, found.forecast(h + 1), 1e-9);
        }
    }

    /// Given R's α the rest follows exactly: 1e-8 (α is printed to eight digits, the level to nine).
    #[test]
    fn the_drift_of_the_nile_given_alpha() {
        let values = nile();
        let smoothing = Smoothing { alpha: 0.245_668_15, beta: 0.0, gamma: 0.0, phi: 1.0 };
        // The start is far away: (1 − α)^100 ≈ 6e-13 of it is left.
        let level = run(&values, smoothing, &State { level: 1_100.0, slope: 0.0, season: Vec::new() }).end.level;
        let (_, slope) = line(&values);
        close(slope, -2.714_305, 1e-6);
        let step = drifting(level, 0.5 * slope, 0.245_668_15, 100, 2) - drifting(level, 0.5 * slope, 0.245_668_15, 100, 1);
        close(step, 798.454_844 - 799.811_996, 1e-6);
        close(drifting(level, 0.5 * slope, 0.245_668_15, 100, 1), 799.811_996, 1e-8);
    }
}
