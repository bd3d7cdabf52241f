//! What of a history is fitted: the part after a long gap, short gaps filled, outliers set aside.

use super::decompose::{self, Kind};

/// More periods than this are not looked back on: three years of days. Older ones tell little of the coming weeks, and time grows with them.
pub(super) const LONGEST_HISTORY: usize = 1_100;

/// Without a season, a gap longer than this starts history anew; with one, a gap longer than a season.
const LONGEST_GAP: usize = 6;

/// The stretch that is fitted, before scaling.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Stretch {
    /// Index of its first value in what was given.
    pub(super) from: usize,
    /// From the first known value to the last.
    pub(super) values: Vec<Option<f64>>,
    /// Periods given after the last known value.
    pub(super) behind: usize,
    /// Periods of the gap that cut history off, if one did.
    pub(super) gap: Option<usize>,
}

/// The latest stretch without a long gap, from its first known value to its last.
pub(super) fn stretch(values: &[Option<f64>], season: Option<usize>) -> Option<Stretch> {
    let known = |index: usize| values[index].is_some_and(f64::is_finite);
    let last = (0..values.len()).rev().find(|&i| known(i))?;
    let longest_gap = season.unwrap_or(0).max(LONGEST_GAP);
    let (mut from, mut gap) = (last, None);
    for index in (last.saturating_sub(LONGEST_HISTORY - 1)..last).rev().filter(|&i| known(i)) {
        let missing = from - index - 1;
        if missing > longest_gap {
            gap = Some(missing);
            break;
        }
        from = index;
    }
    let values_of = values[from..=last].iter().map(|v| v.filter(|v| v.is_finite())).collect();
    Some(Stretch { from, values: values_of, behind: values.len() - 1 - last, gap })
}

/// Fills gaps by straight lines, around the season where there are two of it. The first value must be known; a missing end takes the last
/// known value.
pub(super) fn fill(values: &[Option<f64>], season: Option<usize>) -> Vec<f64> {
    let plain = straight(values);
    let figure = season.filter(|_| values.iter().any(Option::is_none)).and_then(|m| decompose::classical(&plain, m, Kind::Additive));
    let Some((figure, _)) = figure else { return plain };
    let part = |i: usize| figure[i % figure.len()];
    let adjusted: Vec<Option<f64>> = values.iter().enumerate().map(|(i, v)| v.map(|v| v - part(i))).collect();
    // What is known stays as it is, to the last bit.
    straight(&adjusted).iter().enumerate().map(|(i, v)| values[i].unwrap_or(v + part(i))).collect()
}

fn straight(values: &[Option<f64>]) -> Vec<f64> {
    let mut filled: Vec<f64> = Vec::with_capacity(values.len());
    for (index, value) in values.iter().enumerate() {
        let Some(value) = *value else { continue };
        let before = filled.last().copied().unwrap_or(value);
        let missing = index - filled.len();
        filled.extend((1..=missing).map(|i| before + (value - before) * i as f64 / (missing + 1) as f64));
        filled.push(value);
    }
    let last = filled.last().copied().unwrap_or(0.0);
    filled.resize(values.len(), last);
    filled
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn gaps_are_bridged() {
        assert_eq!(straight(&[Some(1.0), None, None, Some(4.0), None]), [1.0, 2.0, 3.0, 4.0, 4.0]);
    }

    #[test]
    fn gaps_in_a_season_keep_its_shape() {
        let figure = [10.0, 0.0, -10.0, 0.0];
        let whole: Vec<f64> = (0..20).map(|i| 50.0 + f64::from(i) + figure[i as usize % 4]).collect();
        let mut holed: Vec<Option<f64>> = whole.iter().copied().map(Some).collect();
        holed[8] = None;
        let found = fill(&holed, Some(4));
        // A plain line would give 58 for 68.
        assert!((found[8] - whole[8]).abs() < 5.0, "{}", found[8]);
        assert_eq!(found[9], whole[9]);
    }

    #[test]
    fn a_long_gap_starts_anew() {
        let mut values = vec![Some(1.0); 10];
        values.extend([None; 24]);
        values.extend([Some(2.0), None, Some(3.0), None]);
        let found = stretch(&values, Some(12)).unwrap();
        assert_eq!((found.from, found.behind, found.gap), (34, 1, Some(24)));
        assert_eq!(found.values, [Some(2.0), None, Some(3.0)]);
        assert_eq!(stretch(&values, Some(52)).unwrap().from, 0);
        assert_eq!(stretch(&[None, Some(f64::NAN)], None), None);
    }
}
