//! Fewer points, the same picture: M4 (Jugel, Jerzak, Hackenbroich, Markl 2014): of each pixel column the first, lowest, highest and
//! last point, which is all that a line one pixel wide can show.

/// The part of ascending points that a range shows, with one neighbour outside on either side so that lines reach the edge.
/// O(log n).
pub fn visible(points: &[[f64; 2]], (low, high): (f64, f64)) -> &[[f64; 2]] {
    if low > high || low.is_nan() || high.is_nan() {
        return &[];
    }
    let first = points.partition_point(|p| p[0] < low).saturating_sub(1);
    let end = (points.partition_point(|p| p[0] <= high) + 1).min(points.len());
    points.get(first..end).unwrap_or(&[])
}

/// Points to draw of ascending, finite `points` in a range shown `columns` pixels wide. Up to four points a column they
/// all stay; above that, first, lowest, highest and last of each column do, in order. Neighbours outside the range stay.
pub fn decimate(points: &[[f64; 2]], x_range: (f64, f64), columns: usize) -> Vec<[f64; 2]> {
    let shown = visible(points, x_range);
    let columns = columns.max(1);
    let (low, high) = x_range;
    let width = high - low;
    if shown.len() <= columns.saturating_mul(4).saturating_add(2) || width <= 0.0 {
        return shown.to_vec();
    }
    let column_end = |column: usize| low + width * (column + 1) as f64 / columns as f64;
    let mut kept = Vec::with_capacity(columns * 4 + 2);
    let before = shown.partition_point(|p| p[0] < low);
    kept.extend_from_slice(&shown[..before]);
    let mut rest = &shown[before..];
    for column in 0..columns {
        let Some(first) = rest.first() else { break };
        let end = column_end(column);
        if first[0] >= end && column + 1 < columns {
            continue;
        }
        // The last column holds its right edge, too.
        let count = if column + 1 < columns { crossing(rest, end) } else { rest.partition_point(|p| p[0] <= high) };
        let (inside, after) = rest.split_at(count);
        keep_four(inside, &mut kept);
        rest = after;
    }
    kept.extend_from_slice(rest);
    kept
}

/// The number of leading points before `end`: found by doubling steps, since a column is short beside the whole.
fn crossing(points: &[[f64; 2]], end: f64) -> usize {
    let mut step = 16;
    let mut from = 0;
    while from + step < points.len() && points[from + step][0] < end {
        from += step;
        step *= 2;
    }
    let to = (from + step + 1).min(points.len());
    from + points[from..to].partition_point(|p| p[0] < end)
}

fn keep_four(inside: &[[f64; 2]], kept: &mut Vec<[f64; 2]>) {
    let (Some(first), Some(last)) = (inside.first(), inside.last()) else { return };
    let (mut lowest, mut highest) = (0, 0);
    let (mut low, mut high) = (first[1], first[1]);
    for (index, point) in inside.iter().enumerate() {
        if point[1] < low {
            (lowest, low) = (index, point[1]);
        }
        if point[1] > high {
            (highest, high) = (index, point[1]);
        }
    }
    let (early, late) = (lowest.min(highest), lowest.max(highest));
    kept.push(*first);
    let end = inside.len() - 1;
    if early > 0 && early < end {
        kept.push(inside[early]);
    }
    if late > early && late < end {
        kept.push(inside[late]);
    }
    if end > 0 {
        kept.push(*last);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn ascending() -> impl Strategy<Value = Vec<[f64; 2]>> {
        proptest::collection::vec((0.001f64..10.0, -1e6f64..1e6), 0..2000).prop_map(|steps| {
            let mut x = -500.0;
            steps
                .into_iter()
                .map(|(dx, y)| {
                    x += dx;
                    [x, y]
                })
                .collect()
        })
    }

    fn column_of(x: f64, (low, high): (f64, f64), columns: usize) -> usize {
        (0..columns).find(|&c| x < low + (high - low) * (c + 1) as f64 / columns as f64).unwrap_or(columns - 1)
    }

    proptest! {
        #[test]
        fn decimation_keeps_extremes_and_ends_of_each_column(points in ascending(), low in -600.0f64..5000.0, width in 0.5f64..9000.0, columns in 1usize..60) {
            let range = (low, low + width);
            let kept = decimate(&points, range, columns);
            prop_assert!(kept.iter().all(|p| p[0].is_finite() && p[1].is_finite()));
            prop_assert!(kept.is_sorted_by(|a, b| a[0] < b[0]), "ascending, none twice");
            prop_assert!(kept.iter().all(|p| points.contains(p)), "only points that were there");
            let inside: Vec<[f64; 2]> = points.iter().copied().filter(|p| range.0 <= p[0] && p[0] <= range.1).collect();
            let thinned = inside.len() > columns * 4 + 2;
            for column in 0..columns {
                let of = |list: &[[f64; 2]]| -> Vec<[f64; 2]> {
                    list.iter().copied().filter(|p| range.0 <= p[0] && p[0] <= range.1 && column_of(p[0], range, columns) == column).collect()
                };
                let (all, few) = (of(&inside), of(&kept));
                if thinned {
                    prop_assert!(few.len() <= 4);
                }
                prop_assert_eq!(all.first(), few.first());
                prop_assert_eq!(all.last(), few.last());
                let extreme = |list: &[[f64; 2]]| list.iter().fold((f64::MAX, f64::MIN), |(lo, hi), p| (lo.min(p[1]), hi.max(p[1])));
                prop_assert_eq!(extreme(&all), extreme(&few));
            }
            // The line still reaches both edges.
            let before = points.iter().rfind(|p| p[0] < range.0);
            let after = points.iter().find(|p| p[0] > range.1);
            prop_assert!(before.is_none_or(|p| kept.first() == Some(p)));
            prop_assert!(after.is_none_or(|p| kept.last() == Some(p)));
        }
    }

    #[test]
    fn a_spike_between_a_million_points_survives() {
        let mut points: Vec<[f64; 2]> = (0..1_000_000).map(|i| [f64::from(i), f64::from(i % 7)]).collect();
        points[654_321][1] = 1e9;
        let kept = decimate(&points, (0.0, 999_999.0), 1000);
        assert!(kept.len() <= 4000);
        assert!(kept.contains(&[654_321.0, 1e9]));
    }

    #[test]
    fn an_upside_down_range_shows_nothing() {
        assert!(decimate(&[[0.0, 1.0]], (2.0, 1.0), 10).is_empty());
        assert!(decimate(&[[0.0, 1.0]], (f64::NAN, 1.0), 10).is_empty());
    }
}
