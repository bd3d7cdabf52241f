//! One factor for all numbers that are held against each other, and how far they are rounded.

/// Digits that every number keeps.
const DIGITS: i32 = 5;
/// Digits of a `f64` that mean anything.
const MOST_DIGITS: i32 = 15;

/// From values to index numbers.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Scale {
    factor: f64,
    /// The power of ten that index numbers are rounded to, where [`DIGITS`] digits are coarser.
    grid: i32,
}

impl Scale {
    /// The scale on which the first of the numbers that is not zero is 100 (or −100). It is finer than [`DIGITS`] digits where the numbers lie
    /// close together, so that they stay apart: about 10,000 steps from the least to the largest.
    pub(super) fn of_numbers(numbers: &[f64]) -> Self {
        let first = numbers.iter().copied().find(|v| *v != 0.0).unwrap_or(100.0);
        let (least, largest) = numbers.iter().fold((f64::MAX, f64::MIN), |(low, high), v| (low.min(*v), high.max(*v)));
        let farthest = least.abs().max(largest.abs());
        // Nothing may leave the range of numbers: neither vanish nor become infinite.
        let most = if farthest > 0.0 && !numbers.is_empty() { f64::MAX / 2.0 / farthest } else { f64::MAX };
        let factor = (100.0 / first.abs()).clamp(1e-100, 1e100).min(most);
        let span = largest * factor - least * factor;
        let grid = if span.is_finite() && span > 0.0 { span.log10().floor() as i32 - DIGITS + 1 } else { 0 };
        Self { factor, grid }
    }

    /// The index number of a value: finite, zero for zero. Keeps order: of two values the larger never gets the smaller number.
    pub(super) fn of(self, value: f64) -> f64 {
        let exact = self.exact(value);
        if exact == 0.0 {
            return 0.0;
        }
        let digits = (exact.abs().log10().floor() as i32 - self.grid + 1).clamp(DIGITS, MOST_DIGITS);
        // By way of decimal digits, so that what is kept in a file is as short as it looks.
        let text = format!("{exact:.*e}", (digits - 1) as usize);
        text.parse().ok().filter(|v: &f64| v.is_finite()).unwrap_or(exact)
    }

    /// Without rounding.
    pub(super) fn exact(self, value: f64) -> f64 {
        (value * self.factor).clamp(f64::MIN, f64::MAX)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_value_that_is_not_zero_is_a_hundred() {
        let scale = Scale::of_numbers(&[0.0, 7_400_000.0, 10_000_000.0]);
        assert_eq!([0.0, 7_400_000.0, -3_700_000.0, 10_000_000.0].map(|v| scale.of(v)), [0.0, 100.0, -50.0, 135.14]);
        assert_eq!(Scale::of_numbers(&[-4.0, 2.0]).of(-4.0), -100.0);
        assert_eq!(Scale::of_numbers(&[]).of(3.0), 3.0);
    }

    #[test]
    fn numbers_that_lie_close_together_stay_apart() {
        let scale = Scale::of_numbers(&[99.98, 99.9, 99.9871, 99.899]);
        assert!(scale.of(99.899) < scale.of(99.9) && scale.of(99.9) < scale.of(99.9001), "{scale:?}");
        assert_eq!(scale.of(99.98), 100.0);
    }

    #[test]
    fn no_number_is_too_small_or_too_large() {
        for numbers in [&[5e-324, f64::MAX, f64::MIN, 1.0][..], &[f64::MAX, 5e-324, 1.0], &[1e-7, 1e300]] {
            let scale = Scale::of_numbers(numbers);
            let mut sorted = numbers.to_vec();
            sorted.sort_by(f64::total_cmp);
            let made: Vec<f64> = sorted.iter().map(|v| scale.of(*v)).collect();
            assert!(made.iter().all(|v| v.is_finite()) && made.is_sorted(), "{scale:?}: {made:?}");
            assert!(scale.of(1.0) > 0.0);
        }
    }
}
