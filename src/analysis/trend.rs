//! Is it going anywhere: the Mann–Kendall test with Sen's slope. Both ask only which of two values is the larger, so that one outlier
//! bends neither.

use super::statistics::{median_of, normal_upper};
use super::unsuited::{MOST_IN_PAIRS, Unsuited, suited};

/// With fewer values no order of them is rare.
pub const FEWEST: usize = 4;
/// A trend is taken for real when chance alone would show one as clear in less than one of twenty series.
pub const SIGNIFICANT: f64 = 0.05;

/// Up to this length all slopes fit in little memory.
const SHORT: usize = 700;

/// Which way a series goes, and how sure that is.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Trend {
    /// Pairs that rise minus pairs that fall.
    pub score: i64,
    /// Kendall's τ-b between −1 and 1: all pairs fall, all rise.
    pub tau: f64,
    /// The chance of a score as far from zero without any trend, two-sided.
    pub p: f64,
    /// Sen's slope: the median change per period.
    pub slope: f64,
    /// Where the line of that slope through the middle of the points is at the first period.
    pub intercept: f64,
}

impl Trend {
    pub fn is_significant(&self) -> bool {
        self.p < SIGNIFICANT
    }
}

/// The trend of one value a period; gaps are left out, their time is not.
///
/// [`mann_kendall`] for the direction, Sen (1968) for the slope. O(n²) in time, and therefore refused beyond `MOST_IN_PAIRS`
/// values; for the test alone, O(n log n) is enough.
pub fn trend(values: &[Option<f64>]) -> Result<Trend, Unsuited> {
    let (places, present): (Vec<usize>, Vec<f64>) = values.iter().enumerate().filter_map(|(i, v)| Some((i, (*v)?))).unzip();
    let Test { score, tau, p } = mann_kendall(&present)?;
    if present.len() > MOST_IN_PAIRS {
        return Err(Unsuited::TooLong);
    }
    let slope = sen_slope(&places, &present);
    let mut rests: Vec<f64> = places.iter().zip(&present).map(|(&t, y)| y - slope * t as f64).collect();
    let intercept = median_of(&mut rests).unwrap_or_default();
    Ok(Trend { score, tau, p, slope, intercept })
}

/// What the order of values alone says.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Test {
    /// Pairs that rise minus pairs that fall.
    pub score: i64,
    /// Kendall's τ-b.
    pub tau: f64,
    /// Two-sided.
    pub p: f64,
}

/// Mann (1945), Kendall (1975) with the variance for ties, normal approximation as in R's `cor.test(method = "kendall")`.
pub fn mann_kendall(present: &[f64]) -> Result<Test, Unsuited> {
    suited(present, FEWEST)?;
    let n = present.len() as f64;
    let mut sorted = present.to_vec();
    let falling = inversions(&mut sorted);
    let (mut tied, mut correction) = (0_i64, 0.0);
    for run in sorted.chunk_by(|a, b| a == b) {
        let t = run.len() as f64;
        tied += (run.len() * (run.len() - 1) / 2) as i64;
        correction += t * (t - 1.0) * (2.0 * t + 5.0);
    }
    let pairs = (present.len() * (present.len() - 1) / 2) as i64;
    if tied == pairs {
        return Ok(Test { score: 0, tau: 0.0, p: 1.0 });
    }
    let score = pairs - tied - 2 * falling;
    let variance = (n * (n - 1.0) * (2.0 * n + 5.0) - correction) / 18.0;
    let tau = score as f64 / ((pairs - tied) as f64 * pairs as f64).sqrt();
    Ok(Test { score, tau, p: (2.0 * normal_upper(score.abs() as f64 / variance.sqrt())).min(1.0) })
}

/// The number of pairs in which the earlier value is the larger; leaves the values sorted. O(n log n), by merging.
fn inversions(values: &mut [f64]) -> i64 {
    let mut spare = values.to_vec();
    let mut count = 0;
    let mut width = 1;
    while width < values.len() {
        for start in (0..values.len()).step_by(2 * width) {
            let middle = (start + width).min(values.len());
            let end = (start + 2 * width).min(values.len());
            let (mut i, mut j) = (start, middle);
            for slot in &mut spare[start..end] {
                if j >= end || (i < middle && values[i] <= values[j]) {
                    *slot = values[i];
                    i += 1;
                } else {
                    *slot = values[j];
                    count += (middle - i) as i64;
                    j += 1;
                }
            }
        }
        values.copy_from_slice(&spare);
        width *= 2;
    }
    count
}

fn slopes<'a>(places: &'a [usize], values: &'a [f64]) -> impl Iterator<Item = f64> + 'a {
    let from = move |i: usize| places[i + 1..].iter().zip(&values[i + 1..]).map(move |(&t, y)| (y - values[i]) / (t - places[i]) as f64);
    (0..values.len()).flat_map(from)
}

/// The median of the slopes of all pairs.
///
/// For a long series the middle is first fenced in by a sample of the pairs; one pass then counts what lies below the fence and keeps
/// what lies inside, so that the result is exact without holding all pairs.
fn sen_slope(places: &[usize], values: &[f64]) -> f64 {
    let all = |places: &[usize], values: &[f64]| median_of(&mut slopes(places, values).collect::<Vec<_>>()).unwrap_or_default();
    if values.len() <= SHORT {
        return all(places, values);
    }
    let pairs = values.len() * (values.len() - 1) / 2;
    let mut sample: Vec<f64> = slopes(places, values).step_by(pairs / 20_011 + 1).collect();
    sample.sort_unstable_by(f64::total_cmp);
    // Far beyond what a sample of this size can be off by.
    let margin = sample.len() / 20;
    let (low, high) = (sample[sample.len() / 2 - margin], sample[sample.len() / 2 + margin]);
    let (mut below, mut inside) = (0_usize, Vec::with_capacity(pairs / 8));
    for slope in slopes(places, values) {
        if slope < low {
            below += 1;
        } else if slope <= high {
            inside.push(slope);
        }
    }
    let nth = |inside: &mut [f64], rank: usize| {
        let place = rank.checked_sub(below).filter(|p| *p < inside.len())?;
        Some(*inside.select_nth_unstable_by(place, f64::total_cmp).1)
    };
    match (nth(&mut inside, (pairs - 1) / 2), nth(&mut inside, pairs / 2)) {
        (Some(a), Some(b)) => a + (b - a) / 2.0,
        _ => all(places, values),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analysis::reference;

    fn present(values: &[f64]) -> Vec<Option<f64>> {
        values.iter().copied().map(Some).collect()
    }

    #[test]
    fn the_nile_as_in_r() {
        // cor.test(time(Nile), Nile, method = "kendall") and Sen's slope, to the digits printed.
        let found = trend(&present(&reference::nile())).unwrap();
        assert!((found.tau + 0.280_741_335).abs() < 5e-10, "{}", found.tau);
        assert!((found.p / 3.611_18e-5 - 1.0).abs() < 2e-6, "{}", found.p);
        assert_eq!(found.slope, -2.6);
        assert!(found.is_significant());
    }

    #[test]
    fn gaps_take_time() {
        // 0, 1, gap, gap, 4: one a period.
        let found = trend(&[Some(0.0), Some(1.0), None, None, Some(4.0), Some(5.0)]).unwrap();
        assert_eq!((found.slope, found.intercept, found.tau, found.score), (1.0, 0.0, 1.0, 6));
    }

    #[test]
    fn constants_go_nowhere() {
        let found = trend(&present(&[3.0; 9])).unwrap();
        assert_eq!((found.p, found.slope, found.tau, found.intercept), (1.0, 0.0, 0.0, 3.0));
        assert_eq!(trend(&present(&[1.0, 2.0, 3.0])), Err(Unsuited::TooFew { have: 3, need: 4 }));
        assert_eq!(trend(&vec![Some(1.0); MOST_IN_PAIRS + 1]), Err(Unsuited::TooLong));
    }

    #[test]
    fn long_series_have_the_same_slope_by_less_memory() {
        let mut noise = crate::analysis::noise::Noise::new(7);
        let values: Vec<f64> = (0..SHORT + 100).map(|i| (noise.normal() * 30.0).round() + 0.05 * i as f64).collect();
        let places: Vec<usize> = (0..values.len()).collect();
        let exact = median_of(&mut slopes(&places, &values).collect::<Vec<_>>()).unwrap();
        assert_eq!(sen_slope(&places, &values), exact);
    }
}
