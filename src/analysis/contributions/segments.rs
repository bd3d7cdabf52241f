//! What the segments of a recorded metric brought to its change.

use std::collections::BTreeMap;

use super::{Contribution, Move, WhyNoParts};
use crate::analysis::Study;
use crate::analysis::regrain::Regrained;
use crate::analysis::values::{metric_values, segments_of};
use crate::model::{Aggregation, Date, Metric, MetricId, Unit};

/// The change of a metric by its segments along one dimension.
#[derive(Clone, Debug, PartialEq)]
pub struct SegmentMove {
    /// "platform".
    pub dimension: String,
    /// The parts are the segments', largest first.
    pub moved: Move,
    /// What no segment accounts for: those nobody counts, less what two segments both count. The parts and this add up to the change.
    pub rest: f64,
}

/// What moved a metric between the periods that contain two days, by the dimension whose segments leave the least unexplained.
pub fn of_segments<'a>(
    project: impl Into<Study<'a>>,
    metric: &Metric,
    before: Date,
    after: Date,
    as_of: Date,
) -> Result<SegmentMove, WhyNoParts> {
    let project = project.into();
    let mut dimensions: BTreeMap<&str, Vec<&Metric>> = BTreeMap::new();
    for segment in segments_of(project, &metric.id).iter().filter_map(|id| project.metric(id)) {
        let dimension = segment.segment.as_ref().map_or("", |s| s.dimension.as_str());
        dimensions.entry(dimension).or_default().push(segment);
    }
    if dimensions.is_empty() {
        return Err(WhyNoParts::NotComputed);
    }
    if !adds_up(metric) {
        return Err(WhyNoParts::NoSum);
    }
    let mut best = Err(WhyNoParts::NoValue);
    for (dimension, segments) in dimensions {
        let found = along(project, metric, dimension, &segments, [before, after], as_of);
        best = match (best, found) {
            (Ok(a), Ok(b)) if closer(&b, &a) => Ok(b),
            (Ok(a), _) => Ok(a),
            (Err(_), found) => found,
        };
    }
    best
}

fn closer(a: &SegmentMove, b: &SegmentMove) -> bool {
    a.rest.abs() < b.rest.abs()
}

/// Whether the values of parts can be added: not those of shares and scores, and not extremes.
fn adds_up(metric: &Metric) -> bool {
    let sums = matches!(metric.aggregation, Aggregation::Sum | Aggregation::Mean | Aggregation::Last);
    sums && !matches!(metric.unit, Unit::Percent | Unit::Ratio | Unit::Score)
}

fn along(
    project: Study<'_>,
    metric: &Metric,
    dimension: &str,
    segments: &[&Metric],
    days: [Date; 2],
    as_of: Date,
) -> Result<SegmentMove, WhyNoParts> {
    let whole = metric_values(project, metric, metric.cadence, as_of);
    let [from, to] = days.map(|day| project.settings.calendar.period_of(whole.cadence, day));
    let at = |values: &Regrained, day: Date| values.on(day).and_then(|v| v.value);
    let (before, after) = at(&whole, from.first).zip(at(&whole, to.first)).ok_or(WhyNoParts::NoValue)?;
    let part = |segment: &&Metric| {
        let values = metric_values(project, segment, whole.cadence, as_of);
        let (before, after) = at(&values, from.first).zip(at(&values, to.first)).ok_or(WhyNoParts::NoInput)?;
        Ok(Contribution { input: MetricId::clone(&segment.id), lag: 0, before, after, amount: after - before, parts: Vec::new() })
    };
    let mut parts = segments.iter().map(part).collect::<Result<Vec<Contribution>, WhyNoParts>>()?;
    parts.sort_by(|a, b| b.amount.abs().total_cmp(&a.amount.abs()).then_with(|| a.input.cmp(&b.input)));
    let rest = after - before - parts.iter().map(|p| p.amount).sum::<f64>();
    // Dust of adding up is no rest.
    let scale = before.abs().max(after.abs());
    let rest = if rest.abs() <= 1e-9 * scale { 0.0 } else { rest };
    if !rest.is_finite() {
        return Err(WhyNoParts::TooLarge);
    }
    let moved = Move { cadence: whole.cadence, from, to, before, after, parts };
    Ok(SegmentMove { dimension: dimension.to_owned(), moved, rest })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analysis::fixture::{Fixture, day};
    use crate::model::SegmentOf;

    fn segment(f: &mut Fixture, whole: &MetricId, dimension: &str, value: &str, data: &[f64]) -> MetricId {
        let id = f.monthly(value, Aggregation::Last, "2026-01-01", data);
        let of = SegmentOf { whole: whole.clone(), dimension: dimension.to_owned(), value: value.to_owned() };
        f.edit_metric(&id, |m| m.segment = Some(of));
        id
    }

    #[test]
    fn segments_and_a_rest_add_up_to_the_change() {
        let mut f = Fixture::new();
        let whole = f.monthly("users", Aggregation::Last, "2026-01-01", &[100.0, 150.0]);
        let of = |f: &Fixture| of_segments(&f.project, f.metric(&whole), day("2026-01-05"), day("2026-02-28"), day("2026-02-28"));
        assert_eq!(of(&f), Err(WhyNoParts::NotComputed));
        let web = segment(&mut f, &whole, "platform", "web", &[70.0, 65.0]);
        let mobile = segment(&mut f, &whole, "platform", "mobile", &[40.0, 92.0]);
        // By country one is missing, so that 30 of 50 remain.
        segment(&mut f, &whole, "country", "Austria", &[10.0, 30.0]);
        let found = of(&f).unwrap();
        assert_eq!((found.dimension.as_str(), found.rest), ("platform", 3.0));
        let parts: Vec<_> = found.moved.parts.iter().map(|p| (p.input.clone(), p.amount)).collect();
        assert_eq!(parts, [(mobile, 52.0), (web, -5.0)]);
        f.edit_metric(&whole, |m| m.unit = Unit::Percent);
        assert_eq!(of(&f), Err(WhyNoParts::NoSum));
    }
}
