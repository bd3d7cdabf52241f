//! Lines of their own points as columns of one table.
//!
//! A table has one list of places for all its series, and a place without a value breaks a line. So the places are those of what was
//! recorded, and before and after it those of everything else; straight lines have their height at each place.

use std::collections::BTreeSet;
use std::sync::Arc;

/// The runs of a line at whole places.
pub(super) type Runs = Vec<Vec<(i64, f64)>>;

pub(super) fn whole(runs: &[Arc<[[f64; 2]]>], place: impl Fn(f64) -> i64) -> Runs {
    let run = |run: &Arc<[[f64; 2]]>| {
        let mut points: Vec<(i64, f64)> = Vec::with_capacity(run.len());
        for [x, y] in run.iter() {
            let at = place(*x);
            match points.last_mut() {
                Some(last) if last.0 == at => last.1 = *y,
                _ => points.push((at, *y)),
            }
        }
        points
    };
    runs.iter().map(run).filter(|run| !run.is_empty()).collect()
}

/// The part of runs between two places, both included; straight lines are cut at the ends.
pub(super) fn cut(runs: Runs, (from, to): (i64, i64)) -> Runs {
    let part = |run: Vec<(i64, f64)>| -> Vec<(i64, f64)> {
        let ends = [from, to].into_iter().filter_map(|at| Some((at, height(&run, at)?)));
        let mut kept: Vec<(i64, f64)> = run.iter().copied().filter(|p| from <= p.0 && p.0 <= to).chain(ends).collect();
        kept.sort_by_key(|p| p.0);
        kept.dedup_by_key(|p| p.0);
        kept
    };
    runs.into_iter().map(part).filter(|run| !run.is_empty()).collect()
}

/// Where rows stand: the places of what was `recorded`, a place in each gap of it that `between` names, and of the `others` those
/// before its first and after its last.
pub(super) fn places(recorded: &Runs, others: &[&Runs], between: impl Fn(i64, i64) -> i64) -> Vec<i64> {
    let mut places: BTreeSet<i64> = recorded.iter().flatten().map(|p| p.0).collect();
    let (first, last) = (places.first().copied(), places.last().copied());
    for pair in recorded.windows(2) {
        if let (Some(end), Some(start)) = (pair[0].last(), pair[1].first())
            && start.0 - end.0 > 1
        {
            places.insert(between(end.0, start.0).clamp(end.0 + 1, start.0 - 1));
        }
    }
    let outside = |at: i64| first.is_none_or(|first| at < first) || last.is_none_or(|last| at > last);
    places.extend(others.iter().flat_map(|runs| runs.iter().flatten()).map(|p| p.0).filter(|at| outside(*at)));
    places.into_iter().collect()
}

/// The heights of a line at places. A run that meets none of them stands at the nearest.
pub(super) fn sampled(runs: &Runs, places: &[i64]) -> Vec<Option<f64>> {
    let mut values = vec![None; places.len()];
    for run in runs {
        let (Some(first), Some(last)) = (run.first(), run.last()) else { continue };
        let (from, to) = (places.partition_point(|p| *p < first.0), places.partition_point(|p| *p <= last.0));
        for index in from..to {
            values[index] = height(run, places[index]);
        }
        if from == to {
            let near = [from.checked_sub(1), Some(from)].into_iter().flatten().filter(|i| *i < places.len());
            if let Some(index) = near.min_by_key(|i| (places[*i] - last.0).abs()).filter(|i| values[*i].is_none()) {
                values[index] = Some(last.1);
            }
        }
    }
    values
}

/// The height of a run at a place; none outside it.
fn height(run: &[(i64, f64)], at: i64) -> Option<f64> {
    let after = run.partition_point(|p| p.0 < at);
    let b = run.get(after)?;
    if b.0 == at {
        return Some(b.1);
    }
    let a = run.get(after.checked_sub(1)?)?;
    Some(a.1 + (at - a.0) as f64 / (b.0 - a.0) as f64 * (b.1 - a.1))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn line(points: &[(i64, f64)]) -> Runs {
        vec![points.to_vec()]
    }

    #[test]
    fn what_was_recorded_stands_where_it_was_recorded_and_gaps_stay() {
        let recorded = vec![vec![(10, 1.0), (17, 2.0)], vec![(31, 4.0)]];
        let pace = line(&[(12, 0.0), (52, 4.0)]);
        let places = places(&recorded, &[&pace], |end, _| end + 7);
        assert_eq!(places, [10, 17, 24, 31, 52]);
        assert_eq!(sampled(&recorded, &places), [Some(1.0), Some(2.0), None, Some(4.0), None]);
        assert_eq!(sampled(&pace, &places), [None, Some(0.5), Some(1.2), Some(1.9), Some(4.0)]);
    }

    #[test]
    fn a_lone_point_between_rows_stands_at_the_nearest() {
        assert_eq!(sampled(&line(&[(13, 5.0)]), &[10, 14, 20]), [None, Some(5.0), None]);
    }

    #[test]
    fn a_range_cuts_straight_lines_where_it_ends() {
        let cut = cut(line(&[(0, 0.0), (10, 10.0), (20, 0.0)]), (5, 15));
        assert_eq!(cut, [vec![(5, 5.0), (10, 10.0), (15, 5.0)]]);
    }
}
