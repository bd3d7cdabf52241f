//! Season, trend and rest of a series by STL (Cleveland and others, 1990, Journal of Official Statistics 6).

use super::statistics::variance;
use super::unsuited::{Unsuited, suited};

/// From this strength on a season is worth adjusting for (as R's `tsoutliers`).
pub const STRONG: f64 = 0.6;

/// The parts of a series; they add up to it.
#[derive(Clone, Debug, PartialEq)]
pub struct Decomposition {
    pub seasonal: Vec<f64>,
    pub trend: Vec<f64>,
    pub remainder: Vec<f64>,
}

impl Decomposition {
    /// 1 − Var(remainder) ÷ Var(seasonal + remainder), at least 0 (Wang, Smith & Hyndman 2006). A series without either has no season.
    pub fn season_strength(&self) -> f64 {
        strength(&self.seasonal, &self.remainder)
    }

    /// 1 − Var(remainder) ÷ Var(trend + remainder), at least 0.
    pub fn trend_strength(&self) -> f64 {
        strength(&self.trend, &self.remainder)
    }
}

fn strength(part: &[f64], remainder: &[f64]) -> f64 {
    let both: Vec<f64> = part.iter().zip(remainder).map(|(a, b)| a + b).collect();
    match (variance(remainder), variance(&both)) {
        (Some(rest), Some(all)) if all > 0.0 => (1.0 - rest / all).clamp(0.0, 1.0),
        _ => 0.0,
    }
}

/// How the seasonal part may change over the years.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SeasonWindow {
    /// The same every year: R's `s.window = "periodic"`.
    Periodic,
    /// Smoothed over this odd number of years.
    Cycles(usize),
}

/// Whether outliers are weighed down while fitting.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fitting {
    LeastSquares,
    Robust,
}

/// STL of an unbroken series, with the defaults of R's `stats::stl`. Needs more than two full cycles.
pub fn stl(values: &[f64], cycle: usize, window: SeasonWindow, fitting: Fitting) -> Result<Decomposition, Unsuited> {
    suited(values, (2 * cycle + 1).max(4))?;
    let mut params = stlrs::params();
    params.robust(fitting == Fitting::Robust);
    match window {
        SeasonWindow::Periodic => params.seasonal_length(10 * values.len() + 1).seasonal_degree(0),
        SeasonWindow::Cycles(cycles) => params.seasonal_length(cycles).seasonal_degree(0),
    };
    // The only errors are a cycle under two and a series under two cycles.
    let fitted = params.fit(values, cycle).map_err(|_error| Unsuited::TooFew { have: values.len(), need: 4 })?;
    let (mut seasonal, trend, mut remainder, _) = fitted.into_parts();
    if window == SeasonWindow::Periodic {
        let mut means = vec![0.0; cycle];
        for (place, mean) in means.iter_mut().enumerate() {
            let of_place = seasonal.iter().skip(place).step_by(cycle);
            let count = of_place.len() as f64;
            *mean = of_place.sum::<f64>() / count;
        }
        for (i, part) in seasonal.iter_mut().enumerate() {
            *part = means[i % cycle];
            remainder[i] = values[i] - *part - trend[i];
        }
    }
    Ok(Decomposition { seasonal, trend, remainder })
}

/// How a season acts on the level.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SeasonForm {
    /// Offsets around 0.
    Additive,
    /// Factors around 1, for values that are all positive.
    Multiplicative,
}

/// The seasonal part of a series that may have gaps.
#[derive(Clone, Debug, PartialEq)]
pub struct Season {
    pub form: SeasonForm,
    /// Periods in a cycle.
    pub cycle: usize,
    /// [`Decomposition::season_strength`], 0…1; of the logarithms where multiplicative.
    pub strength: f64,
    /// One offset or factor for each place in the cycle, the first period of the series at place 0.
    by_place: Vec<f64>,
}

impl Season {
    pub fn is_strong(&self) -> bool {
        self.strength >= STRONG
    }

    /// The offset or factor at a period.
    pub fn at(&self, index: usize) -> f64 {
        self.by_place[index % self.cycle]
    }

    /// A value without its season.
    pub fn adjusted(&self, index: usize, value: f64) -> f64 {
        match self.form {
            SeasonForm::Additive => value - self.at(index),
            SeasonForm::Multiplicative => value / self.at(index),
        }
    }

    /// A seasonally adjusted value with its season put back.
    pub fn restored(&self, index: usize, adjusted: f64) -> f64 {
        match self.form {
            SeasonForm::Additive => adjusted + self.at(index),
            SeasonForm::Multiplicative => adjusted * self.at(index),
        }
    }
}

/// The season of one value a period, the same in every cycle; additive or, where that explains a positive series better,
/// multiplicative. Gaps are filled for the fit only: by straight lines, then twice by straight lines between adjusted neighbours.
pub fn season(values: &[Option<f64>], cycle: usize) -> Result<Season, Unsuited> {
    let present: Vec<f64> = values.iter().flatten().copied().collect();
    suited(&present, (2 * cycle + 1).max(4))?;
    if 2 * present.len() < values.len() {
        return Err(Unsuited::TooManyGaps);
    }
    let additive = fitted(values, cycle, SeasonForm::Additive)?;
    // Logarithms of numbers near the smallest there are would still be fine; their factors would not.
    if present.iter().any(|v| *v < 1e-75) {
        return Ok(additive);
    }
    let logs: Vec<Option<f64>> = values.iter().map(|v| v.map(f64::ln)).collect();
    let multiplicative = fitted(&logs, cycle, SeasonForm::Multiplicative)?;
    Ok(if multiplicative.strength > additive.strength { multiplicative } else { additive })
}

fn fitted(values: &[Option<f64>], cycle: usize, form: SeasonForm) -> Result<Season, Unsuited> {
    let of = |whole: &[f64]| stl(whole, cycle, SeasonWindow::Periodic, Fitting::LeastSquares);
    let mut parts = of(&interpolated(values))?;
    if values.iter().any(Option::is_none) {
        for _ in 0..2 {
            parts = of(&filled_by(values, &parts.seasonal))?;
        }
    }
    let strength = parts.season_strength();
    let mut by_place: Vec<f64> = parts.seasonal[..cycle].to_vec();
    let mean = by_place.iter().sum::<f64>() / cycle as f64;
    for place in &mut by_place {
        *place -= mean;
        if form == SeasonForm::Multiplicative {
            *place = place.exp();
        }
    }
    Ok(Season { form, cycle, strength, by_place })
}

/// Gaps filled by straight lines between the adjusted neighbours, with the season put back.
pub(super) fn filled_by(values: &[Option<f64>], seasonal: &[f64]) -> Vec<f64> {
    let adjusted: Vec<Option<f64>> = values.iter().zip(seasonal).map(|(v, s)| v.map(|v| v - s)).collect();
    interpolated(&adjusted).iter().zip(seasonal).zip(values).map(|((a, s), v)| v.unwrap_or(a + s)).collect()
}

/// Gaps filled by straight lines; before the first and after the last value by those. All zero where there is none.
pub(super) fn interpolated(values: &[Option<f64>]) -> Vec<f64> {
    let mut whole: Vec<f64> = Vec::with_capacity(values.len());
    let mut last: Option<f64> = None;
    for (i, value) in values.iter().enumerate() {
        let Some(value) = *value else { continue };
        let missing = i - whole.len();
        let from = last.unwrap_or(value);
        whole.extend((1..=missing).map(|k| from + (value - from) * (k as f64 / (missing + 1) as f64)));
        whole.push(value);
        last = Some(value);
    }
    whole.resize(values.len(), last.unwrap_or_default());
    whole
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analysis::noise::Noise;
    use crate::analysis::reference;

    #[track_caller]
    fn close(found: &[f64], wanted: &[f64], tolerance: f64) {
        for (a, b) in found.iter().zip(wanted) {
            assert!((a - b).abs() < tolerance, "{found:?}, not {wanted:?}");
        }
    }

    #[test]
    fn the_temperatures_of_nottingham_as_in_r() {
        // stl(nottem, s.window = "periodic"), printed to nine digits.
        let parts = stl(&reference::nottem(), 12, SeasonWindow::Periodic, Fitting::LeastSquares).unwrap();
        close(&parts.seasonal[..3], &[-9.347_198_03, -9.855_249_62, -6.853_300_79], 1e-7);
        close(&parts.trend[..3], &[49.680_672_6, 49.545_520_8, 49.410_369], 1e-7);
        close(&parts.remainder[..3], &[0.266_525_379, 1.109_728_8, 1.842_931_8], 1e-7);
        close(&[parts.trend_strength(), parts.season_strength()], &[0.205_488, 0.943_833_4], 1e-6);
    }

    #[test]
    fn the_robust_fit_as_in_r() {
        // stl(nottem, s.window = 7, robust = TRUE). Fifteen rounds of weighing have not settled yet, and the two programs are not alike
        // in the last digits of the first: they agree to 0.011 of a season of 25 degrees.
        let parts = stl(&reference::nottem(), 12, SeasonWindow::Cycles(7), Fitting::Robust).unwrap();
        close(&parts.seasonal[..3], &[-8.279_329_45, -9.652_883_57, -6.592_734_42], 0.011);
        close(&parts.trend[..3], &[49.572_794_6, 49.597_146_2, 49.621_497_7], 0.011);
    }

    #[test]
    fn a_season_is_found_through_gaps_and_in_its_form() {
        let mut noise = Noise::new(3);
        let shape = [0.8, 0.9, 1.3, 1.0];
        let mut values: Vec<Option<f64>> =
            (0..48).map(|i| Some((100.0 + 20.0 * i as f64) * shape[i % 4] * (0.005 * noise.normal()).exp())).collect();
        for gap in [5, 6, 20, 33] {
            values[gap] = None;
        }
        let found = season(&values, 4).unwrap();
        assert_eq!((found.form, found.is_strong()), (SeasonForm::Multiplicative, true));
        for (i, factor) in shape.iter().enumerate() {
            assert!((found.at(i) / factor * found.at(0).recip() * shape[0] - 1.0).abs() < 0.02, "{i}: {found:?}");
        }
        assert_eq!(found.restored(7, found.adjusted(7, 90.0)), 90.0);
        let mostly_missing: Vec<Option<f64>> = (0..48).map(|i| values[i].filter(|_| i % 3 == 0)).collect();
        assert_eq!(season(&mostly_missing, 4), Err(Unsuited::TooManyGaps));
        assert_eq!(season(&values[..8], 4).unwrap_err(), Unsuited::TooFew { have: 6, need: 9 });
    }

    #[test]
    fn gaps_become_straight_lines() {
        assert_eq!(interpolated(&[None, Some(1.0), None, None, Some(4.0), None]), [1.0, 1.0, 2.0, 3.0, 4.0, 4.0]);
        assert_eq!(interpolated(&[None, None]), [0.0, 0.0]);
    }
}
