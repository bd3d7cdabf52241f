//! What a forecast says of one period.

use super::fit::{Fit, Latent};
use super::paths::quantile_of;
use super::scale::Scale;
use crate::analysis::statistics::{normal_cdf, normal_quantile};

/// The distribution of the value of one period to come, in the metric's own unit. All numbers are finite.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Step {
    pub mean: f64,
    pub p10: f64,
    pub p25: f64,
    /// The median: what is most plainly "the forecast".
    pub p50: f64,
    pub p75: f64,
    pub p90: f64,
    /// 95 % lie from `lo95` to `hi95`.
    pub lo95: f64,
    pub hi95: f64,
}

/// Φ⁻¹ of 0.75, 0.9 and 0.975.
const Z75: f64 = 0.674_489_750_196_081_7;
const Z90: f64 = 1.281_551_565_544_600_4;
const Z975: f64 = 1.959_963_984_540_054;

/// Nodes and weights for the mean of a function of a standard normal value (Gauss–Hermite, seven points; Abramowitz & Stegun 25.10 with
/// x√2 and w/√π).
const NODES: [(f64, f64); 4] = [
    (0.0, 0.457_142_857_142_857_1),
    (1.154_405_394_739_968_3, 0.240_123_178_605_012_7),
    (2.366_759_410_734_541_4, 0.030_757_123_967_586_5),
    (3.750_439_717_725_742_3, 0.000_548_268_855_972_2),
];

impl Latent {
    pub(super) fn quantile(self, p: f64) -> f64 {
        self.mean + normal_quantile(p) * self.sd
    }

    /// The chance of a value at or below `z`.
    pub(super) fn chance_below(self, z: f64) -> f64 {
        normal_cdf((z - self.mean) / self.sd)
    }

    pub(super) fn step(self, scale: Scale) -> Step {
        let at = |z: f64| scale.back(self.mean + z * self.sd);
        let side = |x: f64| scale.back(self.mean + x * self.sd);
        let mean = NODES.iter().map(|&(x, w)| if x == 0.0 { w * side(0.0) } else { w * side(x) + w * side(-x) }).sum();
        Step { mean, p10: at(-Z90), p25: at(-Z75), p50: at(0.0), p75: at(Z75), p90: at(Z90), lo95: at(-Z975), hi95: at(Z975) }
    }
}

impl Step {
    /// From simulated values, ascending; `None` without any.
    pub(super) fn of_sorted(sorted: &[f64]) -> Option<Self> {
        let at = |share| quantile_of(sorted, share);
        Some(Self {
            mean: sorted.iter().sum::<f64>() / sorted.len() as f64,
            p10: at(0.1)?,
            p25: at(0.25)?,
            p50: at(0.5)?,
            p75: at(0.75)?,
            p90: at(0.9)?,
            lo95: at(0.025)?,
            hi95: at(0.975)?,
        })
    }
}

impl Fit {
    /// The coming periods, the one after the last value given first.
    pub fn forecast(&self, horizon: usize) -> Vec<Step> {
        self.latent(horizon).into_iter().map(|latent| latent.step(self.scale)).collect()
    }

    /// The chance that the value `ahead` ≥ 1 periods ahead is at or below a value.
    pub fn chance_at_most(&self, value: f64, ahead: usize) -> f64 {
        self.latent(ahead).last().map_or(f64::NAN, |latent| latent.chance_below(self.scale.forward(value)))
    }
}
