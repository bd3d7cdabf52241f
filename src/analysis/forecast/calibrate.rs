//! How good a forecast would have been: rolling origins over the metric's own past.
//!
//! The parameters are those of the whole history; only what is known at each origin (level, slope, season, the drift of Theta) is as it was
//! then. That is quick enough for hundreds of metrics in the background.

use crate::model::Locale;

use super::ets::{self, pass, spread};
use super::fit::{Combined, Fit, Method};

/// What looking back says.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Calibration {
    /// How much wider intervals should be than the models say: [`Fit::PRIOR_K`] drawn towards the metric's own errors as origins grow.
    pub k: f64,
    /// How often a forecast was made in hindsight.
    pub origins: usize,
    /// Mean absolute error as a share of that of "the same as the last value".
    pub against_last: f64,
    /// … of "the same as in the same period of the season before", where the metric has a season.
    pub against_last_season: Option<f64>,
}

impl Calibration {
    /// Whether the forecast is better than both simple ones.
    pub fn beats_naive(&self) -> bool {
        self.against_last < 1.0 && self.against_last_season.is_none_or(|share| share < 1.0)
    }

    /// "In 24 looks back it missed by 31 % less than repeating the last value."
    pub fn words(&self, locale: &Locale) -> String {
        let (rival, share) = match self.against_last_season {
            Some(season) if season > self.against_last => ("repeating the same period of the season before", season),
            _ => ("repeating the last value", self.against_last),
        };
        let looks = self.origins;
        if self.beats_naive() {
            format!("In {looks} looks back it missed by {} less than {rival}.", locale.percent(1.0 - share, 0))
        } else {
            format!("In {looks} looks back it was no better than {rival}.")
        }
    }
}

/// With so many origins the metric's own errors count as much as what is known of forecasts in general.
const HALF_WAY: f64 = 30.0;

/// More origins than this cost time and say little more.
const MOST_ORIGINS: usize = 60;

impl Fit {
    /// Looks back with forecasts of up to `horizon` periods. `None` for short and constant series, where there is nothing to look back on.
    pub fn calibrate(&self, horizon: usize) -> Option<Calibration> {
        let Method::Combined(found) = &self.method else { return None };
        let Combined { ets, theta, long } = &**found;
        let n = self.z.len();
        let first = Self::SHORT.max(self.season.filter(|m| 3 * m <= n).unwrap_or(0)).max(n.saturating_sub(MOST_ORIGINS));
        let horizon = horizon.clamp(1, (n / 3).max(1));
        let ets_spread = spread(&ets::responses(ets.form, ets.smoothing, horizon));
        let theta_spread = spread(&theta.responses(horizon));
        let sd: Vec<f64> =
            (0..horizon).map(|h| 0.5 * (ets.variance.sqrt() * ets_spread[h] + theta.variance.sqrt() * theta_spread[h])).collect();
        let adjusted: Vec<f64> = (0..n).map(|i| self.z[i] - long.iter().map(|s| s.at(i, n)).sum::<f64>()).collect();
        // Origin t knows values 0 … t.
        let mut by_ets = vec![Vec::new(); n];
        let mut at = 0;
        pass(&adjusted, ets.smoothing, &ets.start, |_, ring| {
            by_ets[at] = (1..=horizon).map(|h| ring.forecast(ets.smoothing.phi, h)).collect();
            at += 1;
        });
        let by_theta = theta.looking_back(&adjusted, horizon);
        let value = |i: usize| self.scale.back(self.z[i]);
        let season = self.season.filter(|m| n >= 3 * m);
        let (mut origins, mut count, mut squares) = (0, 0, 0.0);
        let (mut own, mut last, mut last_season) = (0.0, 0.0, 0.0);
        for origin in first - 1..n - 1 {
            if !self.seen[origin] {
                continue;
            }
            origins += 1;
            for h in 1..=horizon.min(n - 1 - origin) {
                let at = origin + h;
                if !self.seen[at] {
                    continue;
                }
                let long: f64 = long.iter().map(|s| s.at(at, n)).sum();
                let z = 0.5 * (by_ets[origin][h - 1] + by_theta[origin][h - 1]) + long;
                squares += ((self.z[at] - z) / sd[h - 1]).powi(2);
                count += 1;
                own += (value(at) - self.scale.back(z)).abs();
                last += (value(at) - value(origin)).abs();
                if let Some(m) = season {
                    last_season += (value(at) - value(at - m * h.div_ceil(m))).abs();
                }
            }
        }
        // Parameters that know the whole history flatter it: what is known to be missing in general is missing here too.
        let own_k = Self::PRIOR_K * (squares / f64::from(count)).sqrt();
        if origins == 0 || count == 0 || !own_k.is_finite() {
            return None;
        }
        let weight = origins as f64 / (origins as f64 + HALF_WAY);
        // Where even the simple forecast never missed, nothing beats it.
        let share = |of: f64| if of > 0.0 { own / of } else { 1.0 };
        Some(Calibration {
            k: (Self::PRIOR_K + weight * (own_k - Self::PRIOR_K)).clamp(1.0, 2.0),
            origins,
            against_last: share(last),
            against_last_season: season.map(|_| share(last_season)),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analysis::forecast::Setup;
    use crate::analysis::noise::Noise;
    use crate::analysis::reference::air_passengers;

    fn fit(values: &[f64], seasons: &[usize]) -> Fit {
        let values: Vec<Option<f64>> = values.iter().copied().map(Some).collect();
        Fit::of(&values, &Setup { seasons: seasons.to_vec(), ..Setup::default() }).unwrap()
    }

    #[test]
    fn passengers_are_forecast_better_than_by_repeating() {
        let found = fit(&air_passengers(), &[12]).calibrate(6).unwrap();
        assert!(found.beats_naive() && found.against_last < 0.5 && found.against_last_season.unwrap() < 0.7, "{found:?}");
        assert_eq!(found.origins, 60);
        assert!((1.0..=2.0).contains(&found.k));
        assert!(found.words(&Locale::default()).starts_with("In 60 looks back it missed by"), "{}", found.words(&Locale::default()));
    }

    #[test]
    fn nothing_beats_the_last_value_of_a_random_walk_by_much() {
        let mut noise = Noise::new(5);
        let mut level = 100.0;
        let walk: Vec<f64> = (0..120)
            .map(|_| {
                level += noise.normal();
                level
            })
            .collect();
        let found = fit(&walk, &[]).calibrate(1).unwrap();
        assert!(found.against_last > 0.9, "{found:?}");
    }

    #[test]
    fn wild_errors_widen_the_intervals() {
        // Calm for four years, then ten times as wild: what was fitted to all of it is too narrow for the end.
        let mut noise = Noise::new(11);
        let values: Vec<f64> = (0..90).map(|i| 500.0 + noise.normal() * if i < 60 { 1.0 } else { 10.0 }).collect();
        let found = fit(&values, &[]).calibrate(3).unwrap();
        assert!(found.k > 1.2, "{found:?}");
    }

    #[test]
    fn nothing_to_look_back_on() {
        assert_eq!(fit(&[3.0; 20], &[]).calibrate(3), None);
        assert_eq!(fit(&[3.0, 4.0, 6.0, 5.0], &[]).calibrate(3), None);
    }
}
