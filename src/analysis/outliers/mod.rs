//! Which values stand out from their neighbours, as R's `forecast::tsoutliers` (Hyndman & Khandakar 2008; Hyndman 2021).

mod super_smoother;

use super::decompose::{Fitting, STRONG, SeasonWindow, filled_by, interpolated, stl};
use super::statistics::{median, quantile, variance};
use super::unsuited::{Unsuited, suited};

pub use super_smoother::super_smoother;

/// With fewer values nothing is usual yet.
pub const FEWEST: usize = 8;
/// Beyond the quartiles of the residuals by so many interquartile ranges.
const FAR: f64 = 3.0;
/// One outlier may hide another; the second look is the last.
const PASSES: usize = 2;

/// A value that stands out.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Outlier {
    /// Its place in the series.
    pub at: usize,
    pub value: f64,
    /// What its neighbours, and its season, lead one to expect.
    pub expected: f64,
}

/// The outliers of one value a period, oldest first. Gaps are filled for the smoothing only; `cycle` is the number of periods in one,
/// where the cadence has a season.
pub fn outliers(values: &[Option<f64>], cycle: Option<usize>) -> Result<Vec<Outlier>, Unsuited> {
    suited(&values.iter().flatten().copied().collect::<Vec<_>>(), FEWEST)?;
    let mut kept = values.to_vec();
    for _ in 0..PASSES {
        for at in standing_out(&kept, cycle) {
            kept[at] = None;
        }
    }
    let expected = filled(&kept, cycle);
    let found = values.iter().enumerate().filter(|(at, _)| kept[*at].is_none());
    Ok(found.filter_map(|(at, value)| Some(Outlier { at, value: (*value)?, expected: expected[at] })).collect())
}

/// One pass.
fn standing_out(values: &[Option<f64>], cycle: Option<usize>) -> Vec<usize> {
    let whole = filled(values, cycle);
    let scale = whole.iter().fold(0.0_f64, |most, v| most.max(v.abs()));
    let adjusted =
        seasonal_part(&whole, cycle).map_or_else(|| whole.clone(), |seasonal| whole.iter().zip(&seasonal).map(|(v, s)| v - s).collect());
    let smooth = super_smoother(&adjusted);
    let residual = |at: usize| values[at].map(|_| adjusted[at] - smooth[at]);
    let present: Vec<f64> = (0..values.len()).filter_map(residual).collect();
    let (Some(low), Some(high)) = (quantile(&present, 0.25), quantile(&present, 0.75)) else { return Vec::new() };
    let reach = FAR * (high - low);
    // Where half of all residuals are rounding, nothing can be said of the others.
    if high - low + 2.0 * reach <= 1e-14 * scale.max(1.0) {
        return Vec::new();
    }
    (0..values.len()).filter(|&at| residual(at).is_some_and(|r| r < low - reach || r > high + reach)).collect()
}

/// The seasonal part where it is strong enough to matter: STL that smooths it over 11 cycles, as R's `mstl`. R weighs outliers down while
/// it fits, and with few cycles may end up following one; here they are taken out before.
fn seasonal_part(whole: &[f64], cycle: Option<usize>) -> Option<Vec<f64>> {
    let cycle = cycle.filter(|c| *c > 1 && whole.len() > 2 * c)?;
    let tame = without_extremes(whole, cycle)?;
    let parts = stl(&tame, cycle, SeasonWindow::Cycles(11), Fitting::LeastSquares).ok()?;
    let detrended: Vec<f64> = tame.iter().zip(&parts.trend).map(|(v, t)| v - t).collect();
    let strength = 1.0 - variance(&parts.remainder)? / variance(&detrended)?;
    (strength >= STRONG).then_some(parts.seasonal)
}

/// Values far from the running median over a cycle plus the median of their place in it are put there.
fn without_extremes(whole: &[f64], cycle: usize) -> Option<Vec<f64>> {
    let half = cycle / 2;
    let trend: Vec<f64> = (0..whole.len())
        .map(|at| {
            // At the ends the window stays inside.
            let first = at.saturating_sub(half).min(whole.len() - (2 * half + 1));
            median(&whole[first..=first + 2 * half])
        })
        .collect::<Option<_>>()?;
    let detrended: Vec<f64> = whole.iter().zip(&trend).map(|(v, t)| v - t).collect();
    let of_place = |place: usize| median(&detrended.iter().copied().skip(place).step_by(cycle).collect::<Vec<_>>());
    let season: Vec<f64> = (0..cycle).map(of_place).collect::<Option<_>>()?;
    let rests: Vec<f64> = detrended.iter().enumerate().map(|(at, v)| v - season[at % cycle]).collect();
    let (low, high) = (quantile(&rests, 0.25)?, quantile(&rests, 0.75)?);
    let reach = FAR * (high - low);
    let tame = |(at, rest): (usize, &f64)| {
        if *rest < low - reach || *rest > high + reach { trend[at] + season[at % cycle] } else { whole[at] }
    };
    Some(rests.iter().enumerate().map(tame).collect())
}

/// Gaps filled by straight lines, of the seasonally adjusted values where there is a season.
fn filled(values: &[Option<f64>], cycle: Option<usize>) -> Vec<f64> {
    let mut whole = interpolated(values);
    if values.iter().any(Option::is_none) {
        for _ in 0..2 {
            let Some(seasonal) = seasonal_part(&whole, cycle) else { break };
            whole = filled_by(values, &seasonal);
        }
    }
    whole
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analysis::noise::Noise;
    use crate::analysis::reference;

    #[test]
    fn the_price_of_gold_as_in_r() {
        // forecast::tsoutliers(gold): index 770 (from 1), replacement 494.9; a second run on the cleaned series finds none.
        let gold = reference::gold();
        let found = outliers(&gold, None).unwrap();
        assert_eq!(found.len(), 1, "{found:?}");
        assert_eq!((found[0].at, found[0].value), (769, 593.7));
        assert!((found[0].expected - 494.9).abs() < 1e-9);
        let mut clean = gold;
        clean[769] = Some(found[0].expected);
        assert_eq!(outliers(&clean, None).unwrap(), []);
    }

    #[test]
    fn a_season_is_not_an_outlier_but_a_month_out_of_season_is() {
        let mut noise = Noise::new(8);
        let mut values: Vec<Option<f64>> =
            (0..60).map(|i| Some(100.0 + if i % 12 == 11 { 80.0 } else { 0.0 } + 6.0 * noise.uniform())).collect();
        assert_eq!(outliers(&values, Some(12)).unwrap(), []);
        values[30] = Some(160.0);
        values[20] = None;
        let found = outliers(&values, Some(12)).unwrap();
        assert_eq!(found.iter().map(|o| o.at).collect::<Vec<_>>(), [30]);
        assert!((found[0].expected - 100.0).abs() < 8.0, "{found:?}");
    }

    #[test]
    fn constants_and_short_series_have_none() {
        assert_eq!(outliers(&[Some(4.0); 30], Some(12)).unwrap(), []);
        assert_eq!(outliers(&[Some(4.0); 3], None), Err(Unsuited::TooFew { have: 3, need: 8 }));
    }
}
