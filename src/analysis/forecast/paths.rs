//! Simulated futures, for what no formula gives: "at any time by the date", sums over periods, shares of periods, formula metrics.
//!
//! Both models are driven by the same shocks, so that a path wanders as their mean does; each step is then stretched to the standard
//! deviation that the forecast has there, k included. So the share of paths beyond a value agrees with the formula for that step.

use super::ets::{self, Form, Smoothing, spread};
use super::fit::{Combined, Fit, Method};
use super::random::Random;

/// How many futures are simulated: a chance of 50 % is then known to ±1.1 points (one standard error), and better where paths come in pairs of
/// opposite shocks.
pub const PATHS: usize = 2_000;

/// The one seed: futures differ between metrics only by their models, so that comparing targets compares nothing but targets.
pub(super) const SEED: u64 = 0x5741_594D_4152_4B21;

/// Futures of one metric, in its own unit.
#[derive(Clone, Debug, PartialEq)]
pub struct Paths {
    horizon: usize,
    values: Vec<f64>,
}

impl Paths {
    pub(super) fn new(horizon: usize, values: Vec<f64>) -> Self {
        Self { horizon, values }
    }

    /// Periods in each.
    pub fn horizon(&self) -> usize {
        self.horizon
    }

    /// One future after the other, each with one value a period.
    pub fn iter(&self) -> impl Iterator<Item = &[f64]> {
        self.values.chunks_exact(self.horizon.max(1))
    }

    /// What all futures say of one step (0 is the first), ascending; values that are no number are left out.
    pub fn sorted_at(&self, step: usize) -> Vec<f64> {
        sorted(self.iter().map(|path| path[step]))
    }
}

pub(super) fn sorted(values: impl Iterator<Item = f64>) -> Vec<f64> {
    let mut values: Vec<f64> = values.filter(|v| v.is_finite()).collect();
    values.sort_unstable_by(f64::total_cmp);
    values
}

/// The value under which a share of an ascending list lies, between its members; `None` of an empty one.
pub(super) fn quantile_of(sorted: &[f64], share: f64) -> Option<f64> {
    let place = share.clamp(0.0, 1.0) * sorted.len().checked_sub(1)? as f64;
    let (low, high) = (sorted[place.floor() as usize], sorted[place.ceil() as usize]);
    Some(low + (high - low) * place.fract())
}

/// Shocks for so many paths of so many steps: standard normal, each second path the mirror of the one before.
pub(super) fn normal_shocks(paths: usize, steps: usize) -> Vec<f64> {
    let mut random = Random::new(SEED);
    let mut shocks = vec![0.0; paths * steps];
    for pair in shocks.chunks_mut((2 * steps).max(1)) {
        let (first, second) = pair.split_at_mut(steps.min(pair.len()));
        random.fill_normal(first);
        second.iter_mut().zip(first).for_each(|(mirror, shock)| *mirror = -*shock);
    }
    shocks
}

impl Fit {
    /// Simulated futures of the next periods.
    pub fn paths(&self, horizon: usize) -> Paths {
        let steps = horizon + self.behind;
        self.paths_of(horizon, &normal_shocks(PATHS, steps))
    }

    /// Futures driven by given standard shocks: for each path as many as the horizon and the periods it lags behind.
    pub(super) fn paths_of(&self, horizon: usize, shocks: &[f64]) -> Paths {
        let steps = horizon + self.behind;
        if horizon == 0 {
            return Paths::new(0, Vec::new());
        }
        let latent = self.latent(horizon);
        let natural = self.natural_deviations(steps);
        let mut values = Vec::with_capacity(shocks.len() / steps * horizon);
        let mut deviations = vec![0.0; steps];
        let mut motion = self.motion();
        for path in shocks.chunks_exact(steps) {
            motion.reset();
            for (deviation, shock) in deviations.iter_mut().zip(path) {
                *deviation = motion.step(*shock);
            }
            for (step, latent) in latent.iter().enumerate() {
                let at = self.behind + step;
                values.push(self.scale.back(latent.mean + deviations[at] / natural[at] * latent.sd));
            }
        }
        Paths::new(horizon, values)
    }

    /// The standard deviation of each step of [`Self::motion`] under standard shocks.
    fn natural_deviations(&self, steps: usize) -> Vec<f64> {
        match &self.method {
            Method::Constant { .. } => vec![1.0; steps],
            Method::Short { .. } => (1..=steps).map(|h| (h as f64).sqrt()).collect(),
            Method::Combined(found) => {
                let Combined { ets, theta, .. } = &**found;
                let (a, b) = (0.5 * ets.variance.sqrt(), 0.5 * theta.variance.sqrt());
                let ets = ets::responses(ets.form, ets.smoothing, steps);
                let both: Vec<f64> = ets.iter().zip(theta.responses(steps)).map(|(e, t)| a * e + b * t).collect();
                spread(&both).into_iter().map(|sd| sd.max(f64::MIN_POSITIVE)).collect()
            }
        }
    }

    fn motion(&self) -> Motion {
        let zero = Smoothing { alpha: 0.0, beta: 0.0, gamma: 0.0, phi: 1.0 };
        let still = Form { trend: ets::Trend::None, season: None };
        match &self.method {
            Method::Constant { .. } => Motion::of(still, zero, 1.0, 0.0, 0.0),
            Method::Short { .. } => Motion::of(still, Smoothing { alpha: 1.0, ..zero }, 1.0, 0.0, 0.0),
            Method::Combined(found) => {
                let Combined { ets, theta, .. } = &**found;
                Motion::of(ets.form, ets.smoothing, 0.5 * ets.variance.sqrt(), theta.alpha, 0.5 * theta.variance.sqrt())
            }
        }
    }
}

/// How shocks carry a path away from the forecast.
struct Motion {
    smoothing: Smoothing,
    weight: f64,
    theta_alpha: f64,
    theta_weight: f64,
    level: f64,
    slope: f64,
    season: Vec<f64>,
    place: usize,
    theta_level: f64,
}

impl Motion {
    fn of(form: Form, smoothing: Smoothing, weight: f64, theta_alpha: f64, theta_weight: f64) -> Self {
        let season = vec![0.0; form.season.unwrap_or(0)];
        Self { smoothing, weight, theta_alpha, theta_weight, level: 0.0, slope: 0.0, season, place: 0, theta_level: 0.0 }
    }

    fn reset(&mut self) {
        (self.level, self.slope, self.theta_level, self.place) = (0.0, 0.0, 0.0, 0);
        self.season.fill(0.0);
    }

    fn step(&mut self, shock: f64) -> f64 {
        let Smoothing { alpha, beta, gamma, phi } = self.smoothing;
        let error = self.weight * shock;
        let base = self.level + phi * self.slope;
        let mut found = base + error + self.theta_level + self.theta_weight * shock;
        self.level = base + alpha * error;
        self.slope = phi * self.slope + beta * error;
        self.theta_level += self.theta_alpha * self.theta_weight * shock;
        if let Some(own) = self.season.get_mut(self.place) {
            found += *own;
            *own += gamma * error;
            self.place = if self.place + 1 == self.season.len() { 0 } else { self.place + 1 };
        }
        found
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analysis::forecast::Setup;
    use crate::analysis::noise::Noise;
    use crate::analysis::reference::air_passengers;

    #[test]
    fn the_share_of_paths_agrees_with_the_formula() {
        let values: Vec<Option<f64>> = air_passengers().into_iter().map(Some).collect();
        let fit = Fit::of(&values, &Setup { seasons: vec![12], ..Setup::default() }).unwrap();
        let paths = fit.paths(18);
        assert_eq!(paths.iter().count(), PATHS);
        for (step, forecast) in fit.forecast(18).into_iter().enumerate() {
            for value in [forecast.p10, forecast.p25, forecast.p50, forecast.p75, forecast.p90] {
                let share = paths.iter().filter(|p| p[step] <= value).count() as f64 / PATHS as f64;
                // Three standard errors of 2,000 draws are at most 3.4 points.
                assert!((share - fit.chance_at_most(value, step + 1)).abs() < 0.034, "{step} {share}");
            }
        }
        assert_eq!(paths, fit.paths(18));
    }

    #[test]
    fn neighbouring_months_wander_together() {
        let mut noise = Noise::new(8);
        let mut level = 1_000.0;
        let walk: Vec<Option<f64>> = (0..60)
            .map(|_| {
                level += noise.normal();
                Some(level)
            })
            .collect();
        let fit = Fit::of(&walk, &Setup::default()).unwrap();
        let paths = fit.paths(6);
        let forecast = fit.forecast(6);
        let product = |a: usize, b: usize| paths.iter().map(|p| (p[a] - forecast[a].p50) * (p[b] - forecast[b].p50)).sum::<f64>();
        let correlation = product(4, 5) / (product(4, 4) * product(5, 5)).sqrt();
        assert!(correlation > 0.7, "{correlation}");
    }
}
