//! Shares of a whole as people read them: rounded, and still the whole.

use std::collections::BTreeMap;

use crate::model::{GoalId, Project, Tree, Weight};

use super::Evaluation;

/// Finer than this nobody reads a weight.
const MOST_DECIMALS: u8 = 4;

/// Shares of one as percentages with so many decimals that add up to exactly as much as the shares do: what rounding down loses goes to
/// the largest remainders, of equal ones to the first (Hamilton's method).
pub fn whole_percentages(shares: &[f64], decimals: u8) -> Vec<f64> {
    let scale = 10f64.powi(i32::from(decimals));
    let exact: Vec<f64> = shares.iter().map(|share| share * 100.0 * scale).collect();
    // A share such as 0.29, which is a little less in binary, is no whole less.
    let mut units: Vec<f64> = exact.iter().map(|x| (x + 1e-6).floor()).collect();
    let missing = (exact.iter().sum::<f64>().round() - units.iter().sum::<f64>()).max(0.0) as usize;
    let mut by_remainder: Vec<usize> = (0..units.len()).collect();
    by_remainder.sort_by(|&a, &b| (exact[b] - units[b]).total_cmp(&(exact[a] - units[a])));
    for &index in by_remainder.iter().take(missing) {
        units[index] += 1.0;
    }
    units.into_iter().map(|unit| unit / scale).collect()
}

/// The weights of the goals that roll up into one as percentages to show: with one decimal, or as many as a pinned one has, and together
/// 100 %. Goals without a share are not in it.
pub fn shown_weights(project: &Project, tree: &Tree, evaluation: &Evaluation, parent: &GoalId) -> BTreeMap<GoalId, f64> {
    let parts: Vec<(&GoalId, f64)> = tree.children(parent).iter().filter_map(|id| Some((id, evaluation.goal(id)?.weight_share?))).collect();
    let pinned = parts.iter().filter(|(id, _)| project.goal(id).is_some_and(|g| matches!(g.weight, Weight::Pinned(_))));
    let pinned: Vec<f64> = pinned.map(|(_, share)| share * 100.0).collect();
    let is_enough = |decimals: &u8| {
        let scale = 10f64.powi(i32::from(*decimals));
        pinned.iter().all(|percent| (percent * scale - (percent * scale).round()).abs() < 1e-6)
    };
    let decimals = (1..MOST_DECIMALS).find(is_enough).unwrap_or(MOST_DECIMALS);
    let shares: Vec<f64> = parts.iter().map(|(_, share)| *share).collect();
    parts.into_iter().map(|(id, _)| id.clone()).zip(whole_percentages(&shares, decimals)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analysis::fixture::Fixture;
    use crate::analysis::roll_up::weight_shares;
    use proptest::prelude::*;

    #[test]
    fn the_largest_remainders_take_what_is_missing() {
        assert_eq!(whole_percentages(&[1.0 / 3.0; 3], 0), [34.0, 33.0, 33.0]);
        assert_eq!(whole_percentages(&[1.0 / 3.0; 3], 1), [33.4, 33.3, 33.3]);
        // 28.57, 28.57, 42.86: rounding down gives 98; 42.86 lost the most, then the first 28.57.
        assert_eq!(whole_percentages(&[2.0 / 7.0, 2.0 / 7.0, 3.0 / 7.0], 0), [29.0, 28.0, 43.0]);
        assert_eq!(whole_percentages(&[0.29, 0.71], 0), [29.0, 71.0]);
        assert_eq!(whole_percentages(&[], 0), [0.0; 0]);
    }

    #[test]
    fn pinned_weights_are_shown_as_they_were_typed_and_the_rest_fills_up() {
        let mut f = Fixture::new();
        let parts: Vec<GoalId> = (0..3).map(|_| f.increase(0.0, 100.0, "2026-01-01", "2026-12-31")).collect();
        let shown = |f: &Fixture| -> Vec<f64> {
            let found = shown_weights(&f.project, &Tree::of(&f.project), &f.evaluate("2026-06-30"), &f.root);
            parts.iter().map(|id| found[id]).collect()
        };
        assert_eq!(shown(&f), [33.4, 33.3, 33.3]);
        f.edit_goal(&parts[1], |g| g.weight = Weight::Pinned(0.3333));
        assert_eq!(shown(&f), [33.34, 33.33, 33.33]);
    }

    proptest! {
        #[test]
        fn shown_weights_are_together_a_hundred(
            weights in proptest::collection::vec((any::<bool>(), 0u32..1000), 1..40),
            decimals in 0u8..4,
        ) {
            let total: u32 = weights.iter().filter(|(pinned, _)| *pinned).map(|(_, n)| n).sum::<u32>().max(1);
            let weight = |&(pinned, n): &(bool, u32)| {
                if pinned { Weight::Pinned(f64::from(n) / f64::from(total) * 0.9) } else { Weight::Free(f64::from(n)) }
            };
            let weights: Vec<Weight> = weights.iter().map(weight).collect();
            let shares: Option<Vec<f64>> = weight_shares(weights.into_iter()).into_iter().collect();
            // No weight at all gives no shares.
            let Some(shares) = shares else { return Ok(()) };
            let shown = whole_percentages(&shares, decimals);
            let scale = 10f64.powi(i32::from(decimals));
            let units: i64 = shown.iter().map(|percent| (percent * scale).round() as i64).sum();
            prop_assert_eq!(units, (100.0 * scale) as i64, "{:?}", shown);
            for (share, percent) in shares.iter().zip(&shown) {
                prop_assert!((share * 100.0 - percent).abs() < 1.0001 / scale, "{share} as {percent}");
            }
        }
    }
}
