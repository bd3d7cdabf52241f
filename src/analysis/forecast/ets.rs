//! Additive exponential smoothing in state-space form, for given parameters.
//!
//! Hyndman, Koehler, Ord & Snyder (2008), "Forecasting with Exponential Smoothing", with the parametrisation of R's `forecast::ets`:
//! ŷ = ℓ + φb + s, e = y − ŷ, then ℓ ← ℓ + φb + αe, b ← φb + βe, s ← s + γe.

/// How the level moves on.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Trend {
    None,
    Additive,
    /// Additive, fading by φ each period.
    Damped,
}

/// One of the additive six.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Form {
    pub trend: Trend,
    /// Periods in one season.
    pub season: Option<usize>,
}

impl Form {
    /// "ETS(A,Ad,N)".
    pub fn name(self) -> String {
        let trend = match self.trend {
            Trend::None => "N",
            Trend::Additive => "A",
            Trend::Damped => "Ad",
        };
        format!("ETS(A,{trend},{})", if self.season.is_some() { "A" } else { "N" })
    }

    /// Start values that are free: the seasonal ones add up to 0.
    pub(super) fn free_states(self) -> usize {
        1 + usize::from(self.trend != Trend::None) + self.season.map_or(0, |m| m - 1)
    }

    pub(super) fn smoothing_parameters(self) -> usize {
        let of_trend = match self.trend {
            Trend::None => 0,
            Trend::Additive => 1,
            Trend::Damped => 2,
        };
        1 + of_trend + usize::from(self.season.is_some())
    }

    /// All that is estimated, as R counts: smoothing parameters and free start values.
    pub fn parameters(self) -> usize {
        self.smoothing_parameters() + self.free_states()
    }
}

/// Smoothing parameters; those that a form does not use are 0 (φ 1).
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Smoothing {
    pub alpha: f64,
    pub beta: f64,
    pub gamma: f64,
    pub phi: f64,
}

/// What is known after a period.
#[derive(Clone, Debug, PartialEq)]
pub struct State {
    pub level: f64,
    pub slope: f64,
    /// One offset a period of the season, that of the coming period first; empty without a season.
    pub season: Vec<f64>,
}

/// A pass over a series.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Run {
    /// One-step errors, one for each value.
    pub errors: Vec<f64>,
    /// After the last value.
    pub end: State,
}

#[cfg(test)]
impl Run {
    pub(super) fn squared_errors(&self) -> f64 {
        self.errors.iter().map(|e| e * e).sum()
    }
}

/// Runs through a series from a start state. `season` of the start has the form's length, or is empty.
pub(super) fn run(values: &[f64], smoothing: Smoothing, start: &State) -> Run {
    let mut errors = Vec::with_capacity(values.len());
    let end = pass(values, smoothing, start, |e, _| errors.push(e));
    Run { errors, end }
}

/// As [`run`], telling each error together with the state after it.
pub(super) fn pass(values: &[f64], smoothing: Smoothing, start: &State, mut each: impl FnMut(f64, &Ring<'_>)) -> State {
    let Smoothing { alpha, beta, gamma, phi } = smoothing;
    let mut season = start.season.clone();
    let (mut level, mut slope, mut place) = (start.level, start.slope, 0);
    for &value in values {
        let base = level + phi * slope;
        let offset = season.get(place).copied().unwrap_or(0.0);
        let error = value - base - offset;
        level = base + alpha * error;
        slope = phi * slope + beta * error;
        if let Some(own) = season.get_mut(place) {
            *own = offset + gamma * error;
            place = if place + 1 == season.len() { 0 } else { place + 1 };
        }
        each(error, &Ring { level, slope, season: &season, place });
    }
    season.rotate_left(place);
    State { level, slope, season }
}

/// A state in the midst of a pass.
pub(super) struct Ring<'a> {
    level: f64,
    slope: f64,
    season: &'a [f64],
    /// Where the coming period's offset lies.
    place: usize,
}

impl Ring<'_> {
    /// The forecast `ahead` ≥ 1 periods ahead.
    pub(super) fn forecast(&self, phi: f64, ahead: usize) -> f64 {
        let offset = if self.season.is_empty() { 0.0 } else { self.season[(self.place + ahead - 1) % self.season.len()] };
        self.level + damped_sum(phi, ahead) * self.slope + offset
    }
}

impl State {
    /// The forecast `ahead` ≥ 1 periods ahead: ℓ + (φ + … + φ^h)·b + s.
    pub fn forecast(&self, phi: f64, ahead: usize) -> f64 {
        Ring { level: self.level, slope: self.slope, season: &self.season, place: 0 }.forecast(phi, ahead)
    }
}

/// φ + φ² + … with so many terms.
fn damped_sum(phi: f64, terms: usize) -> f64 {
    if phi == 1.0 { terms as f64 } else { phi * (1.0 - phi.powi(terms as i32)) / (1.0 - phi) }
}

/// How an error of one period moves the values after it: 1, c₁, c₂, … with `c(j) = α + β(φ + … + φ^j) + γ·1{m divides j}`.
pub(super) fn responses(form: Form, smoothing: Smoothing, horizon: usize) -> Vec<f64> {
    let mut found = vec![1.0; horizon];
    for (j, response) in found.iter_mut().enumerate().skip(1) {
        let seasonal = form.season.is_some_and(|m| j.is_multiple_of(m));
        *response = smoothing.alpha + smoothing.beta * damped_sum(smoothing.phi, j) + if seasonal { smoothing.gamma } else { 0.0 };
    }
    found
}

/// `√(1 + c₁² + … + c(h−1)²)` for h = 1…: the standard deviation at each step in units of the one-step one.
pub(super) fn spread(responses: &[f64]) -> Vec<f64> {
    let mut sum = 0.0;
    let of = |c: &f64| {
        sum += c * c;
        f64::sqrt(sum)
    };
    responses.iter().map(of).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analysis::forecast::close;
    use crate::analysis::reference::{nile, www_usage};

    /// R 4.2.2, `ets(Nile, "ANN", alpha = .25)`. 1e-8 relative.
    #[test]
    fn simple_smoothing_of_the_nile_as_in_r() {
        let form = Form { trend: Trend::None, season: None };
        let smoothing = Smoothing { alpha: 0.25, beta: 0.0, gamma: 0.0, phi: 1.0 };
        let found = run(&nile(), smoothing, &State { level: 1_111.363_75, slope: 0.0, season: Vec::new() });
        let variance = found.squared_errors() / (nile().len() - form.parameters()) as f64;
        close(variance, 20_803.107_86, 1e-8);
        let spread = spread(&responses(form, smoothing, 5));
        let lows = [521.202_845_4, 512.502_627_9, 504.054_752_1, 495.838_457_3, 487.835_682_2];
        for (step, low) in lows.into_iter().enumerate() {
            let mean = found.end.forecast(1.0, step + 1);
            close(mean, 803.893_988_2, 1e-8);
            close(mean - 1.959_963_984_540_054 * variance.sqrt() * spread[step], low, 1e-8);
        }
    }

    /// R 4.2.2, `ets(WWWusage, "AAN", damped = TRUE, alpha = .9, beta = .5, phi = .9)`. 1e-8 relative.
    #[test]
    fn a_damped_trend_of_users_as_in_r() {
        let form = Form { trend: Trend::Damped, season: None };
        let smoothing = Smoothing { alpha: 0.9, beta: 0.5, gamma: 0.0, phi: 0.9 };
        let found = run(&www_usage(), smoothing, &State { level: 89.875_591_14, slope: -2.492_104_843, season: Vec::new() });
        let variance = found.squared_errors() / (www_usage().len() - form.parameters()) as f64;
        close(variance, 17.373_715_39, 1e-8);
        let means = [218.279_945_9, 216.628_720_1, 215.142_616_9, 213.805_124, 212.601_380_3, 211.518_011_1, 210.542_978_9, 209.665_449_7];
        let lows = [210.110_465_4, 202.903_749_7, 195.294_771_9, 187.465_921_5, 179.532_330_1, 171.572_483_5, 163.641_766_7, 155.779_864_9];
        let spread = spread(&responses(form, smoothing, 8));
        for step in 0..8 {
            let mean = found.end.forecast(0.9, step + 1);
            close(mean, means[step], 1e-8);
            close(mean - 1.959_963_984_540_054 * variance.sqrt() * spread[step], lows[step], 1e-8);
        }
    }

    /// A season alone: the offsets come round, the level stays.
    #[test]
    fn a_season_comes_round() {
        let smoothing = Smoothing { alpha: 0.5, beta: 0.0, gamma: 0.25, phi: 1.0 };
        let start = State { level: 10.0, slope: 0.0, season: vec![3.0, -1.0, -2.0] };
        let found = run(&[13.0, 9.0, 8.0, 17.0], smoothing, &start);
        assert_eq!(found.errors, [0.0, 0.0, 0.0, 4.0]);
        assert_eq!(found.end, State { level: 12.0, slope: 0.0, season: vec![-1.0, -2.0, 4.0] });
        let ahead: Vec<f64> = (1..=4).map(|h| found.end.forecast(1.0, h)).collect();
        assert_eq!(ahead, [11.0, 10.0, 16.0, 11.0]);
        let form = Form { trend: Trend::None, season: Some(3) };
        assert_eq!(responses(form, smoothing, 5), [1.0, 0.5, 0.5, 0.75, 0.5]);
    }
}
