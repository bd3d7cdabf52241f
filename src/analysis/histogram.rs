//! How often values came about: bins of one width.

use super::statistics::quantile;

/// Counts in bins of equal width, the first one starting at [`Self::from`].
#[derive(Clone, Debug, PartialEq)]
pub struct Histogram {
    pub from: f64,
    pub width: f64,
    /// At least one; the first and the last hold a value. A value on an edge belongs to the bin above it.
    pub counts: Vec<usize>,
    /// First quartile, median and third quartile (type 7 of Hyndman & Fan 1996).
    pub quartiles: [f64; 3],
}

/// No more bins are made, however long the tails are.
const MOST_BINS: f64 = 40.0;

impl Histogram {
    /// Bins of about 2 · IQR · n^(−1/3) (Freedman & Diaconis 1981, Zeitschrift für Wahrscheinlichkeitstheorie 57, 453–476), rounded to
    /// 1, 2 or 5 of a power of ten and never finer than `resolution`. Where half of the values are the same, Sturges' 1 + log₂ n bins
    /// (1926, JASA 21, 65–66). `None` without values.
    pub fn of(values: &[f64], resolution: f64) -> Option<Self> {
        let quartiles = [quantile(values, 0.25)?, quantile(values, 0.5)?, quantile(values, 0.75)?];
        let (low, high) = values.iter().fold((f64::INFINITY, f64::NEG_INFINITY), |(a, b), v| (a.min(*v), b.max(*v)));
        let n = values.len() as f64;
        let freedman = 2.0 * (quartiles[2] - quartiles[0]) * n.powf(-1.0 / 3.0);
        let rough = if freedman > 0.0 { freedman } else { (high - low) / (1.0 + n.log2()).ceil() };
        let floor = ((high - low) / MOST_BINS).max(resolution);
        let mut width = rounded(rough);
        while width < floor || (high / width).abs().max((low / width).abs()) > 1e12 {
            width = next_rounded(width);
        }
        // A hair over an edge by a rounding error is on it.
        let place = |v: f64| (v / width + 1e-9).floor();
        let (first, last) = (place(low), place(high));
        let mut counts = vec![0; (last - first) as usize + 1];
        for value in values {
            let at = ((place(*value) - first) as usize).min(counts.len() - 1);
            counts[at] += 1;
        }
        Some(Self { from: first * width, width, counts, quartiles })
    }

    /// The lower and the upper end of a bin.
    pub fn bin(&self, index: usize) -> (f64, f64) {
        let at = |i: usize| ((self.from / self.width).round() + i as f64) * self.width;
        (at(index), at(index + 1))
    }

    /// From the first bin's lower end to the last one's upper end.
    pub fn span(&self) -> (f64, f64) {
        (self.bin(0).0, self.bin(self.counts.len() - 1).1)
    }
}

/// The nearest 1, 2 or 5 of a power of ten, by proportion; 1 for what has none.
fn rounded(rough: f64) -> f64 {
    if !(rough.is_finite() && rough > f64::MIN_POSITIVE * 1e20) {
        return 1.0;
    }
    let power = 10f64.powf(rough.log10().floor());
    let nearest = [1.0, 2.0, 5.0, 10.0].into_iter().min_by(|a: &f64, b: &f64| {
        let off = |m: f64| (m * power / rough).ln().abs();
        off(*a).total_cmp(&off(*b))
    });
    nearest.unwrap_or(1.0) * power
}

fn next_rounded(width: f64) -> f64 {
    let power = 10f64.powf((width * (1.0 + 1e-9)).log10().floor());
    let of = width / power;
    if of < 1.5 {
        2.0 * power
    } else if of < 3.5 {
        5.0 * power
    } else {
        10.0 * power
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::analysis::reference;

    #[test]
    fn the_temperatures_of_nottingham_as_in_r() {
        // R: IQR(nottem) is 15.85; 2 · 15.85 · 240^(−1/3) = 5.1, so bins of 5; table(floor(nottem / 5)).
        let values = reference::nottem();
        let found = Histogram::of(&values, 0.1).unwrap();
        assert_eq!((found.from, found.width), (30.0, 5.0));
        let counted: Vec<usize> =
            (6..14).map(|k| values.iter().filter(|v| (f64::from(k) * 5.0..f64::from(k + 1) * 5.0).contains(*v)).count()).collect();
        assert_eq!(found.counts, counted);
    }

    #[test]
    fn values_that_are_all_the_same_are_one_bar() {
        let found = Histogram::of(&[7.0; 5], 1.0).unwrap();
        assert_eq!((found.counts.as_slice(), found.quartiles), ([5].as_slice(), [7.0; 3]));
        assert!(found.span().0 <= 7.0 && 7.0 < found.span().1);
        assert_eq!(Histogram::of(&[], 1.0), None);
    }

    #[test]
    fn counts_have_bins_of_whole_numbers() {
        let found = Histogram::of(&[1.0, 1.0, 2.0, 2.0, 2.0, 3.0, 3.0, 4.0], 1.0).unwrap();
        assert_eq!((found.from, found.width, found.counts.as_slice()), (1.0, 1.0, [2, 3, 2, 1].as_slice()));
    }

    proptest! {
        #[test]
        fn every_value_is_in_one_bin(values in prop::collection::vec(-1e9..1e9f64, 1..200), tiny in 1e-6..1.0f64) {
            let scaled: Vec<f64> = values.iter().map(|v| v * tiny).collect();
            let found = Histogram::of(&scaled, 0.0).unwrap();
            prop_assert_eq!(found.counts.iter().sum::<usize>(), values.len());
            prop_assert!(found.counts.len() <= 42);
            let (low, high) = found.span();
            let air = found.width * 1e-6;
            prop_assert!(scaled.iter().all(|v| low - air <= *v && *v <= high + air));
        }
    }
}
