//! Metrics: points indexed, formulas turned into points, words left out.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::UNIT;
use super::indexed::Scales;
use super::scale::Scale;
use super::words::Words;
use crate::analysis::{PeriodValue, metric_values};
use crate::model::{
    Benchmark, Bounds, Date, DatedTarget, Limit, Metric, MetricId, Origin, Point, Project, SegmentOf, Series, Stamp, Threshold, Unit,
};

/// The project with points in the place of every formula: one a period, as they are on the pinned day, else with all that is recorded.
pub(super) fn recorded(project: &Project) -> Project {
    let as_of = project.settings.as_of.unwrap_or_else(|| last_day(project));
    let metrics = project.metrics.iter().map(|(id, metric)| {
        let made = match &metric.origin {
            Origin::Recorded => Arc::clone(metric),
            Origin::Linked(_) => Arc::new(Metric { origin: Origin::Recorded, ..Metric::clone(metric) }),
            Origin::Computed { .. } => {
                let values = metric_values(project, metric, metric.cadence, as_of);
                let points = values.values.iter().filter_map(point);
                // Periods follow each other and values are finite, so the points are a series.
                let series = Series::from_points(points).unwrap_or_default();
                let (origin, cadence) = (Origin::Recorded, values.cadence);
                Arc::new(Metric { origin, cadence, series: Arc::new(series), ..Metric::clone(metric) })
            }
        };
        (id.clone(), made)
    });
    Project { metrics: metrics.collect(), ..project.clone() }
}

fn point(value: &PeriodValue) -> Option<Point> {
    Some(Point { data_to: value.data_to, ..Point::new(Stamp::from_date(value.period.first), value.value.filter(|v| v.is_finite())?) })
}

/// The last day of which anything is recorded, to the end of its year, so that no period that data reaches into is cut.
fn last_day(project: &Project) -> Date {
    let last = project.metrics.values().filter_map(|m| m.series.last()).map(|(at, _)| at.date()).max().unwrap_or_default();
    last.checked_add_days(chrono::Days::new(400)).unwrap_or(Date::MAX)
}

pub(super) fn redacted(
    metrics: &BTreeMap<MetricId, Arc<Metric>>,
    scales: &Scales,
    words: &Words,
    kept: KeptBounds,
) -> BTreeMap<MetricId, Arc<Metric>> {
    let mut parts: BTreeMap<&MetricId, Vec<&Metric>> = BTreeMap::new();
    for metric in metrics.values() {
        if let Some(segment) = &metric.segment {
            parts.entry(&segment.whole).or_default().push(metric);
        }
    }
    let made = metrics.iter().map(|(id, metric)| {
        let of_it = parts.get(id).map_or(&[][..], Vec::as_slice);
        (id.clone(), Arc::new(one(metric, of_it, scales.metric(id), words, kept)))
    });
    made.collect()
}

fn one(metric: &Metric, parts: &[&Metric], scale: Scale, words: &Words, kept: KeptBounds) -> Metric {
    // What could not be added before must not be added now.
    let is_share = matches!(metric.unit, Unit::Percent | Unit::Ratio | Unit::Score);
    let unit = if is_share && !parts.is_empty() { Unit::Score } else { Unit::Custom(UNIT.to_owned()) };
    let limit = |limit: Limit| match limit {
        Limit::AtLeast(low) => Limit::AtLeast(scale.of(low)),
        Limit::AtMost(high) => Limit::AtMost(scale.of(high)),
        Limit::Within { low, high } => Limit::Within { low: scale.of(low), high: scale.of(high) },
    };
    let bounds = bounds(metric, scale, kept);
    let thresholds = metric.thresholds.iter().enumerate();
    let benchmarks = metric.benchmarks.iter();
    Metric {
        id: metric.id.clone(),
        name: words.masked(&metric.name),
        abbreviation: words.masked(&metric.abbreviation),
        synonyms: Vec::new(),
        description: String::new(),
        headline: None,
        unit,
        decimals: decimals(metric, scale, bounds),
        direction: metric.direction,
        cadence: metric.cadence,
        aggregation: metric.aggregation,
        recording: metric.recording,
        category: metric.category,
        level: metric.level,
        bounds,
        owner: words.owner(&metric.owner),
        targets: metric.targets.iter().map(|target| DatedTarget { from: target.from, limit: limit(target.limit) }).collect(),
        thresholds: thresholds.map(|(index, t)| Threshold { label: format!("Threshold {}", index + 1), limit: limit(t.limit) }).collect(),
        benchmarks: benchmarks
            .map(|b| Benchmark {
                name: words.benchmark(&b.name),
                kind: b.kind,
                value: scale.of(b.value),
                date: b.date,
                source: String::new(),
            })
            .collect(),
        segment: metric.segment.as_ref().map(|segment| SegmentOf {
            whole: segment.whole.clone(),
            dimension: words.masked(&segment.dimension),
            value: words.masked(&segment.value),
        }),
        origin: Origin::Recorded,
        xmr: metric.xmr.clone(),
        series: Arc::new(series(&metric.series, parts, scale)),
    }
}

/// The share of the way between its bounds from which a metric counts as being at one of them.
const AT_BOUND: f64 = 0.95;

/// Which bounds stay. Forecasts depend on them: between two bounds they are made on another scale.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum KeptBounds {
    /// All, so that no likelihood changes: for what is drawn, which never says a bound.
    All,
    /// Zero, and the ends that values come up to, which everybody can see (uptime): for a file, where whoever knows that a percentage
    /// ends at 100 could divide by its bound.
    Reached,
}

fn bounds(metric: &Metric, scale: Scale, kept: KeptBounds) -> Bounds {
    let Bounds { lower, upper } = metric.bounds;
    if kept == KeptBounds::All {
        let (below, above) = (lower.map(|v| scale.of(v)), upper.map(|v| scale.of(v)));
        if below.zip(above).is_none_or(|(below, above)| below < above) {
            return Bounds { lower: below, upper: above };
        }
    }
    if let (Some(low), Some(high), Some((least, largest))) = (lower, upper, ends(&metric.series)) {
        let reach = |v: f64| (v - low) / (high - low);
        // Rounded as values are, which must not lie beyond them.
        let (below, above) = (scale.of(low), scale.of(high));
        if (reach(largest) >= AT_BOUND || (low != 0.0 && reach(least) <= 1.0 - AT_BOUND)) && below < above {
            return Bounds { lower: Some(below), upper: Some(above) };
        }
    }
    Bounds { lower: lower.filter(|low| *low == 0.0), upper: upper.filter(|high| *high == 0.0) }
}

/// The least and the largest value.
fn ends(series: &Series) -> Option<(f64, f64)> {
    series.values().iter().fold(None, |ends, v| Some(ends.map_or((*v, *v), |(low, high): (f64, f64)| (low.min(*v), high.max(*v)))))
}

/// Two decimals where values lie within five index points, else one; between bounds as many as say what the old ones said, since how near
/// a value can come to a bound depends on them.
fn decimals(metric: &Metric, scale: Scale, bounds: Bounds) -> u8 {
    if matches!(bounds, Bounds { lower: Some(_), upper: Some(_) }) {
        return (f64::from(metric.decimals) - scale.exact(1.0).log10()).round().clamp(0.0, 9.0) as u8;
    }
    if ends(&metric.series).is_some_and(|(low, high)| scale.exact(high) - scale.exact(low) < 5.0) { 2 } else { 1 }
}

/// A whole that its segments added up to still is their sum, whatever rounding did to each.
fn series(old: &Series, parts: &[&Metric], scale: Scale) -> Series {
    let along = parts.first().and_then(|m| m.segment.as_ref()).map(|s| s.dimension.as_str());
    let parts: Vec<&Metric> = parts.iter().copied().filter(|m| m.segment.as_ref().map(|s| s.dimension.as_str()) == along).collect();
    let value = |at: Stamp, whole: f64| {
        let values: Option<Vec<f64>> = parts.iter().map(|part| Some(part.series.get(at)?.value)).collect();
        let values = values.filter(|values| !values.is_empty() && (values.iter().sum::<f64>() - whole).abs() <= 1e-9 * whole.abs());
        values
            .map(|values| values.into_iter().map(|v| scale.of(v)).sum::<f64>())
            .filter(|sum| sum.is_finite())
            .unwrap_or_else(|| scale.of(whole))
    };
    let points = old.iter().map(|(at, whole)| Point { data_to: old.data_to(at), ..Point::new(at, value(at, whole)) });
    Series::from_points(points).unwrap_or_default()
}
