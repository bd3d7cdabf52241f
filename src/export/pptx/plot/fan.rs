//! What may come, as areas stacked on one another.

use std::sync::Arc;

use egui::Color32;

use super::Series;
use super::sample::{Runs, cut, sampled, whole};
use crate::chart::{Band, BandId};
use crate::export::pptx::ink::Ink;

/// One level of what may come.
pub(super) struct Fan {
    level: u8,
    pub(super) low: Vec<(i64, f64)>,
    pub(super) high: Vec<(i64, f64)>,
}

impl Fan {
    /// "P10", "P90".
    fn names(&self) -> (String, String) {
        let outside = (100 - self.level) / 2;
        (format!("P{outside}"), format!("P{}", 100 - outside))
    }
}

/// Where eight and five of ten futures lie.
pub(super) fn fans(bands: &[Band], range: (i64, i64)) -> Vec<Fan> {
    let mut fans: Vec<Fan> = Vec::new();
    for band in bands {
        let BandId::Forecast(level) = band.id else { continue };
        let side = |at: usize| -> Runs {
            let run: Arc<[[f64; 2]]> = band.points.iter().map(|p| [p[0], p[at]]).collect();
            cut(whole(&[run], |x| x.floor() as i64), range)
        };
        let (low, high) = (side(1), side(2));
        if let (Some(low), Some(high)) = (low.into_iter().next(), high.into_iter().next()) {
            fans.push(Fan { level, low, high });
        }
    }
    fans.sort_by_key(|fan| std::cmp::Reverse(fan.level));
    fans
}

/// Areas that are stacked from the lowest limit up; the first one only carries the others.
pub(super) fn areas(fans: &[Fan], colour: Color32, days: &[i64], code: &str) -> Vec<Series> {
    let ink = |share: u8| Some(Ink::Veil(colour, share));
    let at = |run: &[(i64, f64)]| sampled(&vec![run.to_vec()], days);
    let between = |low: &[Option<f64>], high: &[Option<f64>]| -> Vec<Option<f64>> {
        low.iter().zip(high).map(|(low, high)| Some(((*high)? - (*low)?).max(0.0))).collect()
    };
    let Some(outer) = fans.first() else { return Vec::new() };
    let (p10, p90) = (at(&outer.low), at(&outer.high));
    let (low, high) = outer.names();
    let base = Series::area(format!("Forecast, {low}"), p10.clone(), code, None);
    let Some(inner) = fans.get(1) else {
        return vec![base, Series::area(format!("Forecast, {low} to {high}"), between(&p10, &p90), code, ink(16))];
    };
    let (p25, p75) = (at(&inner.low), at(&inner.high));
    let (second, third) = inner.names();
    vec![
        base,
        Series::area(format!("Forecast, {low} to {second}"), between(&p10, &p25), code, ink(14)),
        Series::area(format!("Forecast, {second} to {third}"), between(&p25, &p75), code, ink(26)),
        Series::area(format!("Forecast, {third} to {high}"), between(&p75, &p90), code, ink(14)),
    ]
}
