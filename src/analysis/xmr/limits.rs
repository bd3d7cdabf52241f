//! Natural process limits.

use super::{FEWEST, FIRM, Form, Ranges};
use crate::analysis::statistics::{mean, median, sum};

/// The limits of one stretch, of values from which the season is taken where the form says so.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Limits {
    /// The mean of the points that the limits come from; on a trend, its line at [`Self::anchor`].
    pub mean: f64,
    /// Change of the centre in one period; 0 without a trend.
    pub slope: f64,
    /// The mean place of those points.
    pub anchor: f64,
    /// From the centre to either limit: 2.66·mR̄, or 3.145 median ranges.
    pub spread: f64,
    /// The mean (or median) moving range.
    pub mr_mean: f64,
    /// The upper limit of ranges.
    pub mr_limit: f64,
    /// How many points the limits come from.
    pub basis: usize,
}

impl Limits {
    /// `None` of too few points.
    pub(super) fn of(points: &[(usize, f64)], form: Form, ranges: Ranges) -> Option<Self> {
        if points.len() < FEWEST {
            return None;
        }
        let values: Vec<f64> = points.iter().map(|p| p.1).collect();
        let places: Vec<f64> = points.iter().map(|p| p.0 as f64).collect();
        let (mean, anchor) = (mean(&values)?, mean(&places)?);
        let slope = if form.has_trend() {
            let around = || places.iter().zip(&values).map(|(t, y)| (t - anchor, y - mean));
            sum(around().map(|(t, y)| t * y)) / sum(around().map(|(t, _)| t * t))
        } else {
            0.0
        };
        let residuals: Vec<f64> = places.iter().zip(&values).map(|(t, y)| y - mean - slope * (t - anchor)).collect();
        let moving: Vec<f64> = residuals.windows(2).map(|pair| (pair[1] - pair[0]).abs()).collect();
        let mr_mean = match ranges {
            Ranges::Mean => self::mean(&moving),
            Ranges::Median => median(&moving),
        }?;
        let (spread, mr_limit) = (ranges.limit_factor() * mr_mean, ranges.range_factor() * mr_mean);
        Some(Self { mean, slope, anchor, spread, mr_mean, mr_limit, basis: points.len() })
    }

    /// Fewer than [`FIRM`] points: they will still move.
    pub fn is_trial(&self) -> bool {
        self.basis < FIRM
    }

    /// The centre at a place of the series, without the season.
    pub fn centre_at(&self, index: usize) -> f64 {
        self.mean + self.slope * (index as f64 - self.anchor)
    }

    pub fn lower_at(&self, index: usize) -> f64 {
        self.centre_at(index) - self.spread
    }

    pub fn upper_at(&self, index: usize) -> f64 {
        self.centre_at(index) + self.spread
    }
}
