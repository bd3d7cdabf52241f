//! Basic statistics, careful with rounding. `None` always means "too few values", or numbers beyond what a double holds.

mod distribution;

pub use distribution::{normal_cdf, normal_quantile, normal_upper, student_quantile};

/// Sum with the rounding errors carried along (Neumaier 1974).
pub(super) fn sum(values: impl IntoIterator<Item = f64>) -> f64 {
    let (mut sum, mut lost) = (0.0_f64, 0.0);
    for value in values {
        let next = sum + value;
        lost += if sum.abs() >= value.abs() { (sum - next) + value } else { (value - next) + sum };
        sum = next;
    }
    sum + lost
}

/// The arithmetic mean, corrected once by the mean of what it leaves (West 1979). Of at least one value.
pub fn mean(values: &[f64]) -> Option<f64> {
    let n = values.len() as f64;
    let rough = sum(values.iter().copied()) / n;
    let mean = rough + sum(values.iter().map(|v| v - rough)) / n;
    mean.is_finite().then_some(mean)
}

/// The sum of squared deviations from the mean, by the corrected two-pass algorithm (Chan, Golub & `LeVeque` 1983).
fn squared_deviations(values: &[f64], mean: f64) -> f64 {
    let squares = sum(values.iter().map(|v| (v - mean) * (v - mean)));
    let rest = sum(values.iter().map(|v| v - mean));
    squares - rest * rest / values.len() as f64
}

/// The sample variance, with n − 1. Of at least two values.
pub fn variance(values: &[f64]) -> Option<f64> {
    if values.len() < 2 {
        return None;
    }
    let found = squared_deviations(values, mean(values)?) / (values.len() - 1) as f64;
    found.is_finite().then_some(found.max(0.0))
}

/// The sample standard deviation, with n − 1. Of at least two values.
pub fn standard_deviation(values: &[f64]) -> Option<f64> {
    variance(values).map(f64::sqrt)
}

/// The autocorrelation at a lag: Σ (xₜ − x̄)(xₜ₊ₗ − x̄) ÷ Σ (xₜ − x̄)². `None` for constants and for lags as long as the series.
pub fn autocorrelation(values: &[f64], lag: usize) -> Option<f64> {
    if lag >= values.len() {
        return None;
    }
    let mean = mean(values)?;
    let all = sum(values.iter().map(|v| (v - mean) * (v - mean)));
    let shifted = sum(values.iter().zip(&values[lag..]).map(|(a, b)| (a - mean) * (b - mean)));
    let found = shifted / all;
    found.is_finite().then_some(found)
}

/// The middle value, or the mean of the two middle ones. Of at least one value.
pub fn median(values: &[f64]) -> Option<f64> {
    median_of(&mut values.to_vec())
}

/// As [`median`], of a list that may be put in another order.
pub(super) fn median_of(values: &mut [f64]) -> Option<f64> {
    let half = values.len() / 2;
    if values.is_empty() {
        return None;
    }
    let is_odd = values.len() % 2 == 1;
    let (below, &mut upper, _) = values.select_nth_unstable_by(half, f64::total_cmp);
    if is_odd {
        return Some(upper);
    }
    let lower = below.iter().copied().max_by(f64::total_cmp)?;
    Some(f64::midpoint(lower, upper))
}

/// The quantile at a share of one between the order statistics (type 7 of Hyndman & Fan 1996, as R's). Of at least one value.
pub fn quantile(values: &[f64], share: f64) -> Option<f64> {
    let mut sorted = values.to_vec();
    sorted.sort_unstable_by(f64::total_cmp);
    let place = share.clamp(0.0, 1.0) * (sorted.len().checked_sub(1)?) as f64;
    let lower = place.floor() as usize;
    let (a, b) = (sorted[lower], sorted[(lower + 1).min(sorted.len() - 1)]);
    Some(a + (b - a) * (place - lower as f64))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_the_middle_of_things() {
        assert_eq!([median(&[3.0, 1.0, 2.0]), median(&[4.0, 1.0, 2.0, 3.0]), median(&[])], [Some(2.0), Some(2.5), None]);
        // R: quantile(c(1, 2, 3, 4), c(.25, .75)) is 1.75 and 3.25.
        assert_eq!([quantile(&[4.0, 1.0, 3.0, 2.0], 0.25), quantile(&[4.0, 1.0, 3.0, 2.0], 0.75)], [Some(1.75), Some(3.25)]);
        assert_eq!(mean(&[]), None);
        assert_eq!(standard_deviation(&[1.0]), None);
        assert_eq!(autocorrelation(&[2.0, 2.0, 2.0], 1), None);
    }

    #[test]
    fn large_offsets_cost_no_digits() {
        // Deviations −1, 0, 1 around 10⁹: with the squares of the values, nothing would be left of them.
        let values = [1e9 - 1.0, 1e9, 1e9 + 1.0];
        assert_eq!((mean(&values), standard_deviation(&values)), (Some(1e9), Some(1.0)));
    }
}
