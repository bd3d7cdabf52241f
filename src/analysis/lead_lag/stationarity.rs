//! Whether a series wanders, so that it has to be differenced before it can be correlated with anything.

use crate::analysis::statistics::{mean, sum};

/// 5 % critical value for a level (Kwiatkowski, Phillips, Schmidt & Shin 1992, table 1).
const CRITICAL: f64 = 0.463;
/// More than two differences are never needed.
const MOST: usize = 2;

/// The KPSS statistic of "the series stays around a level": large where it wanders. Lag window ⌊3√n ÷ 13⌋ with Bartlett weights, as R's
/// `forecast::ndiffs`. 0 for constants.
pub fn kpss(values: &[f64]) -> f64 {
    let n = values.len() as f64;
    let Some(mean) = mean(values) else { return 0.0 };
    let rests: Vec<f64> = values.iter().map(|v| v - mean).collect();
    let largest = values.iter().fold(0.0_f64, |most, v| most.max(v.abs()));
    if rests.iter().all(|r| r.abs() <= largest * 1e-12) {
        return 0.0;
    }
    let lags = (3.0 * n.sqrt() / 13.0) as usize;
    let product = |lag: usize| sum(rests.iter().zip(&rests[lag.min(rests.len())..]).map(|(a, b)| a * b));
    let weighted = |lag: usize| (1.0 - lag as f64 / (lags + 1) as f64) * product(lag);
    let long_run = (product(0) + 2.0 * (1..=lags).map(weighted).sum::<f64>()) / n;
    let mut so_far = 0.0;
    let squares = sum(rests.iter().map(|r| {
        so_far += r;
        so_far * so_far
    }));
    let found = squares / (n * n * long_run);
    if found.is_finite() { found } else { 0.0 }
}

/// How often a series has to be differenced until it stays around a level: 0, 1 or 2, as R's `ndiffs(test = "kpss")`.
pub fn differences_needed(values: &[f64]) -> usize {
    let mut values = values.to_vec();
    for needed in 0..MOST {
        if kpss(&values) <= CRITICAL {
            return needed;
        }
        values = values.windows(2).map(|pair| pair[1] - pair[0]).collect();
    }
    MOST
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analysis::reference;

    #[test]
    fn how_often_to_difference_as_in_r() {
        let found =
            [reference::air_passengers(), reference::nottem(), reference::nile(), reference::www_usage()].map(|s| differences_needed(&s));
        assert_eq!(found, [1, 0, 1, 1]);
        assert_eq!(differences_needed(&[7.0; 40]), 0);
    }
}
