//! Does one metric move before another: cross-correlation with guards against chance (Box & Jenkins 1976; Granger & Newbold 1974 on why).
//!
//! Two random walks that have nothing to do with each other correlate at their best lag in nine cases of ten. So both series lose their
//! season and, where either wanders, are differenced; then the driver is made white noise by an autoregression, the outcome goes through
//! the same filter, and what is left has to pass a test that knows how many lags and pairs were tried, in the whole and in each half.
//! What is found *moves before*; that it drives, no such test can say.

mod autoregression;
mod metrics;
mod stationarity;

use super::decompose::season;
use super::statistics::{mean, normal_upper, sum};
use super::unsuited::{Unsuited, suited};

pub use autoregression::{Autoregression, yule_walker};
pub use metrics::{MetricLeadLag, Pair, is_arithmetic, of_metrics, pairs_of, pairs_tried};
pub use stationarity::{differences_needed, kpss};

/// With fewer pairs nothing is said.
pub const FEWEST_PAIRS: usize = 30;
/// Lags are tried up to this share of the length.
const MOST_LAG_SHARE: usize = 5;
/// Of all findings together, at most this share is chance.
const LEVEL: f64 = 0.05;

/// What is known of one series and another.
#[derive(Clone, Debug, PartialEq)]
pub struct LeadLag {
    /// The best lag, in periods by which the driver is ahead; 0 means together.
    pub lag: usize,
    /// The correlation of the filtered series at that lag.
    pub correlation: f64,
    /// The chance of a correlation as strong at any of the lags (and pairs) tried, were there none.
    pub p: f64,
    /// Pairs that the correlation is of.
    pub pairs: usize,
    /// The correlation at each lag from 0 on.
    pub correlations: Vec<f64>,
    /// The correlation at that lag in the first and in the second half.
    pub halves: [f64; 2],
    /// Everything holds: the driver moves before the outcome (or with it, at lag 0). Else there is not enough evidence.
    pub is_found: bool,
    /// How often both series were differenced.
    pub differenced: usize,
    /// Both series were taken as logarithms.
    pub is_logarithmic: bool,
}

/// Whether `driver` moves before `outcome`, both with one value a period on the same calendar.
///
/// `cycle` is the number of periods in one, where the cadence has a season. `pairs_tried` counts the pairs of metrics looked at together
/// (at least one). `most_lag` caps the lags tried; they never go beyond a fifth of the length.
pub fn lead_lag(
    driver: &[Option<f64>],
    outcome: &[Option<f64>],
    cycle: Option<usize>,
    most_lag: usize,
    pairs_tried: usize,
) -> Result<LeadLag, Unsuited> {
    let (driver, outcome) = shared_stretch(driver, outcome);
    suited(&driver, FEWEST_PAIRS)?;
    suited(&outcome, FEWEST_PAIRS)?;
    let is_logarithmic = driver.iter().chain(&outcome).all(|v| *v > 0.0);
    let prepared = |values: &[f64]| {
        let values: Vec<f64> = values.iter().map(|v| if is_logarithmic { v.ln() } else { *v }).collect();
        deseasonalised(values, cycle)
    };
    let (driver, outcome) = (prepared(&driver), prepared(&outcome));
    let differenced = differences_needed(&driver).max(differences_needed(&outcome));
    let (driver, outcome) = (differences(driver, differenced), differences(outcome, differenced));
    let model = yule_walker(&driver).ok_or(Unsuited::Constant)?;
    let (driver, outcome) = (model.filter(&driver), model.filter(&outcome));
    let (n, need) = (driver.len(), FEWEST_PAIRS);
    let most_lag = most_lag.min(n / MOST_LAG_SHARE).min(n.saturating_sub(need));
    if n < need {
        return Err(Unsuited::TooFew { have: n, need });
    }
    let correlations: Vec<f64> = cross_correlation(&driver, &outcome, most_lag).ok_or(Unsuited::Constant)?;
    let strongest = |best: usize, next: usize| if correlations[next].abs() > correlations[best].abs() { next } else { best };
    let lag = (0..correlations.len()).fold(0, strongest);
    let (correlation, pairs) = (correlations[lag], n - lag);
    let alone = 2.0 * normal_upper(correlation.clamp(-1.0, 1.0).atanh().abs() * ((pairs - 3) as f64).sqrt());
    let p = (alone * (correlations.len() * pairs_tried.max(1)) as f64).min(1.0);
    let (ahead, behind) = (&driver[..pairs], &outcome[lag..]);
    let half = pairs / 2;
    let halves = [correlated(&ahead[..half], &behind[..half]), correlated(&ahead[half..], &behind[half..])].map(Option::unwrap_or_default);
    let holds = |r: f64| r * correlation > 0.0 && r.abs() > 1.96 / (half as f64).sqrt();
    let is_found = p < LEVEL && halves.into_iter().all(holds);
    Ok(LeadLag { lag, correlation, p, pairs, correlations, halves, is_found, differenced, is_logarithmic })
}

/// The longest stretch in which both have every value.
fn shared_stretch(a: &[Option<f64>], b: &[Option<f64>]) -> (Vec<f64>, Vec<f64>) {
    let both: Vec<Option<(f64, f64)>> = a.iter().zip(b).map(|(a, b)| a.zip(*b)).collect();
    let longest = both.split(Option::is_none).max_by_key(|stretch| stretch.len()).unwrap_or_default();
    longest.iter().flatten().copied().unzip()
}

fn deseasonalised(values: Vec<f64>, cycle: Option<usize>) -> Vec<f64> {
    let whole: Vec<Option<f64>> = values.iter().copied().map(Some).collect();
    match cycle.and_then(|cycle| season(&whole, cycle).ok()).filter(super::decompose::Season::is_strong) {
        Some(season) => values.iter().enumerate().map(|(i, v)| season.adjusted(i, *v)).collect(),
        None => values,
    }
}

fn differences(mut values: Vec<f64>, times: usize) -> Vec<f64> {
    for _ in 0..times {
        values = values.windows(2).map(|pair| pair[1] - pair[0]).collect();
    }
    values
}

/// The correlation of `ahead` now with `behind` 0, 1, … periods later: Σ (aₜ − ā)(bₜ₊ₗ − b̄) ÷ √(Σ (a − ā)² Σ (b − b̄)²), with means and
/// deviations of the whole, as R's `ccf`. `None` for constants.
pub fn cross_correlation(ahead: &[f64], behind: &[f64], most_lag: usize) -> Option<Vec<f64>> {
    let (a, b) = (mean(ahead)?, mean(behind)?);
    let scale = (sum(ahead.iter().map(|v| (v - a) * (v - a))) * sum(behind.iter().map(|v| (v - b) * (v - b)))).sqrt();
    if scale <= f64::MIN_POSITIVE {
        return None;
    }
    let at = |lag: usize| sum(ahead.iter().zip(behind.get(lag..).unwrap_or_default()).map(|(x, y)| (x - a) * (y - b))) / scale;
    Some((0..=most_lag).map(at).collect())
}

fn correlated(a: &[f64], b: &[f64]) -> Option<f64> {
    cross_correlation(a, b, 0)?.first().copied()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analysis::noise::Noise;
    use crate::analysis::reference;

    fn present(values: &[f64]) -> Vec<Option<f64>> {
        values.iter().copied().map(Some).collect()
    }

    fn close(found: f64, wanted: f64, tolerance: f64) {
        assert!((found - wanted).abs() < tolerance, "{found}, not {wanted}");
    }

    #[test]
    fn the_steps_of_box_and_jenkins_as_in_r() {
        let (sales, lead) = reference::sales_and_lead();
        let (sales, lead) = (differences(sales, 1), differences(lead, 1));
        // ccf(diff(lead), diff(sales)) at lags 0, −1, …, −12, to the six digits printed.
        let raw = cross_correlation(&lead, &sales, 12).unwrap();
        let printed = [
            -0.003_170_34,
            0.070_923_5,
            -0.380_291,
            0.720_07,
            0.104_489,
            0.108_422,
            0.043_637_4,
            0.141_192,
            0.048_539_6,
            0.089_893_8,
            -0.030_475_2,
            0.118_007,
            0.030_273_7,
        ];
        for (found, wanted) in raw.iter().zip(printed) {
            close(*found, wanted, 5e-7);
        }
        let model = yule_walker(&lead).unwrap();
        assert_eq!(model.coefficients.len(), 3);
        for (found, wanted) in model.coefficients.iter().zip([-0.527_472_7, -0.202_025_89, -0.115_512_33]) {
            close(*found, wanted, 5e-9);
        }
        let (white, filtered) = (model.filter(&lead), model.filter(&sales));
        assert_eq!(white.len(), 146);
        let found = cross_correlation(&white, &filtered, 12).unwrap();
        for (lag, wanted) in [(0, 0.061_954), (1, 0.050_178), (2, 0.058_955_9), (3, 0.678_199), (4, 0.520_203), (12, 0.074_301)] {
            close(found[lag], wanted, 5e-7);
        }
    }

    #[test]
    fn the_leading_indicator_of_sales_leads_by_three() {
        let (sales, lead) = reference::sales_and_lead();
        let found = lead_lag(&present(&lead), &present(&sales), None, 12, 1).unwrap();
        assert_eq!((found.lag, found.is_found, found.differenced, found.is_logarithmic), (3, true, 1, true));
        close(found.correlation, 0.678, 0.01);
        // Sales do not lead their indicator.
        assert!(!lead_lag(&present(&sales), &present(&lead), None, 12, 1).unwrap().is_found);
    }

    #[test]
    fn unrelated_wanderers_are_rarely_related() {
        // At a level of 5 %, at most 7 % of pairs of independent random walks; without the guards, nine of ten.
        let mut noise = Noise::new(31);
        for n in [60, 120] {
            let trials = 400;
            let found =
                (0..trials).filter(|_| lead_lag(&present(&noise.walk(n)), &present(&noise.walk(n)), None, 12, 1).unwrap().is_found).count();
            assert!(found * 100 <= 7 * trials, "{found} of {trials} pairs of {n} points");
        }
    }

    #[test]
    fn what_follows_is_found_through_season_and_gaps() {
        let mut noise = Noise::new(17);
        let driver = noise.autoregressive(150, 0.5);
        let season = |i: usize| 3.0 * (i as f64 * std::f64::consts::TAU / 12.0).sin();
        let outcome: Vec<f64> = (0..150_usize).map(|i| 0.8 * driver[i.saturating_sub(4)] + 0.5 * noise.normal() + season(i)).collect();
        let driver: Vec<f64> = driver.iter().enumerate().map(|(i, v)| v - season(i + 5)).collect();
        let (driver, mut outcome) = (present(&driver), present(&outcome));
        outcome[20] = None;
        let found = lead_lag(&driver, &outcome, Some(12), 12, 10).unwrap();
        assert_eq!((found.lag, found.is_found), (4, true), "{found:?}");
        assert!(found.correlation > 0.6);
        assert_eq!(lead_lag(&driver[..25], &outcome, None, 12, 1), Err(Unsuited::TooFew { have: 20, need: 30 }));
        assert_eq!(lead_lag(&present(&[1.0; 60]), &driver, None, 12, 1), Err(Unsuited::Constant));
    }
}
