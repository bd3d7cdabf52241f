//! How often a metric is recorded, as its dates show it.

use super::Points;
use crate::model::{Cadence, Stamp};

/// The cadence that the forms of the dates name, or else the one nearest to the usual distance of two points in a row.
/// `points` are ascending. `None` where fewer than two points say nothing.
pub(super) fn infer(points: &Points) -> Option<Cadence> {
    if let Some(named) = points.common_grain() {
        return Some(named);
    }
    let times = points.times();
    let timed = || times.iter().any(|at| at.seconds().rem_euclid(86_400) != 0);
    let gap = |pair: &[Stamp]| pair[1].seconds() - pair[0].seconds();
    let first = times.windows(2).map(gap).next()?;
    let usual = if times.windows(2).all(|pair| gap(pair) == first) {
        first
    } else {
        let mut gaps: Vec<i64> = times.windows(2).map(gap).collect();
        // The lower middle: a missing point doubles a gap, nothing halves it.
        let middle = (gaps.len() - 1) / 2;
        *gaps.select_nth_unstable(middle).1
    };
    let usual_days = usual as f64 / 86_400.0;
    Some(match usual_days {
        days if days < 0.5 && timed() => Cadence::Hourly,
        days if days < 4.0 => Cadence::Daily,
        days if days < 18.0 => Cadence::Weekly,
        days if days < 60.0 => Cadence::Monthly,
        days if days < 230.0 => Cadence::Quarterly,
        _ => Cadence::Yearly,
    })
}

#[cfg(test)]
mod tests {
    use super::super::ReadPoint;
    use super::*;

    fn check(dates: &[&str], expect: Option<Cadence>) {
        let points: Points =
            dates.iter().map(|d| ReadPoint { at: Stamp::from_date(d.parse().unwrap()), value: 1.0, line: 2, grain: None }).collect();
        assert_eq!(infer(&points), expect, "{dates:?}");
    }

    #[test]
    fn distances_name_the_cadence() {
        check(&["2026-01-05", "2026-01-06", "2026-01-07", "2026-01-12"], Some(Cadence::Daily));
        check(&["2026-01-05", "2026-01-12", "2026-01-26"], Some(Cadence::Weekly));
        check(&["2026-01-01", "2026-02-01", "2026-03-01", "2026-07-01"], Some(Cadence::Monthly));
        check(&["2026-01-31", "2026-04-30", "2026-07-31"], Some(Cadence::Quarterly));
        check(&["2024-06-30", "2025-06-30"], Some(Cadence::Yearly));
        check(&["2026-01-01"], None);
        check(&[], None);
    }

    #[test]
    fn hours_and_named_periods() {
        let hour = |h: i64| ReadPoint { at: Stamp::from_seconds(h * 3600), value: 1.0, line: 2, grain: None };
        assert_eq!(infer(&[hour(0), hour(1), hour(2), hour(30)].into_iter().collect()), Some(Cadence::Hourly));
        let quarter = ReadPoint { grain: Some(Cadence::Quarterly), ..hour(0) };
        assert_eq!(infer(&[quarter].into_iter().collect()), Some(Cadence::Quarterly));
    }
}
