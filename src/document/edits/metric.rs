//! Metrics: what they are, how they are counted, and where their values come from.

use super::{Change, quoted};
use crate::document::{Edit, Entity};
use crate::model::{
    Aggregation, Benchmark, Bounds, Cadence, Category, Date, DatedTarget, Direction, Formula, GoalId, Level, Limit, Link, Metric, MetricId,
    MissingInput, Origin, Point, Recording, Role, SegmentOf, Series, SeriesError, Threshold, Unit, XmrSettings,
};
use std::sync::Arc;

/// As many dividers as an XmR chart may have.
pub const MOST_DIVIDERS: usize = 3;

/// A new metric, linked to a goal or on its own.
pub fn add_metric(metric: Metric, link: Option<(GoalId, Role)>) -> Change {
    let label = format!("Add metric {}", quoted(&metric.name));
    let link = link.map(|(goal, role)| Link { goal, metric: metric.id.clone(), role, expected_lag_days: None });
    let put = Edit::from(metric);
    match link {
        Some(link) => Change::new(label, Edit::Batch(vec![put, Edit::Put(Entity::Link(link))])),
        None => Change::new(label, put),
    }
}

pub fn rename_metric(metric: &Metric, name: impl Into<String>) -> Change {
    Change::metric("Rename", Metric { name: name.into(), ..metric.clone() })
}

pub fn set_abbreviation(metric: &Metric, abbreviation: impl Into<String>) -> Change {
    Change::metric("Change abbreviation of", Metric { abbreviation: abbreviation.into(), ..metric.clone() })
}

pub fn describe_metric(metric: &Metric, description: impl Into<String>) -> Change {
    Change::metric("Change description of", Metric { description: description.into(), ..metric.clone() })
}

/// A title of the user's own for its chart; `None` leaves it to Waymark.
pub fn set_headline(metric: &Metric, headline: Option<String>) -> Change {
    let headline = headline.filter(|h| !h.trim().is_empty());
    Change::metric("Change chart title of", Metric { headline, ..metric.clone() })
}

pub fn set_metric_owner(metric: &Metric, owner: impl Into<String>) -> Change {
    Change::metric("Change owner of", Metric { owner: owner.into(), ..metric.clone() })
}

pub fn set_unit(metric: &Metric, unit: Unit) -> Change {
    Change::metric("Change unit of", Metric { unit, ..metric.clone() })
}

pub fn set_decimals(metric: &Metric, decimals: u8) -> Change {
    Change::metric("Change decimals of", Metric { decimals, ..metric.clone() })
}

pub fn set_direction(metric: &Metric, direction: Direction) -> Change {
    Change::metric("Change direction of", Metric { direction, ..metric.clone() })
}

pub fn set_cadence(metric: &Metric, cadence: Cadence) -> Change {
    Change::metric("Change cadence of", Metric { cadence, ..metric.clone() })
}

pub fn set_aggregation(metric: &Metric, aggregation: Aggregation) -> Change {
    Change::metric("Change aggregation of", Metric { aggregation, ..metric.clone() })
}

/// First days of periods from which an XmR chart has new limits: in order, each once, at most three.
pub fn set_dividers(metric: &Metric, dividers: impl IntoIterator<Item = Date>) -> Change {
    let mut dividers: Vec<Date> = dividers.into_iter().collect();
    dividers.sort_unstable();
    dividers.dedup();
    dividers.truncate(MOST_DIVIDERS);
    let xmr = XmrSettings { dividers, ..metric.xmr.clone() };
    Change::metric("Change limits of", Metric { xmr, ..metric.clone() })
}

/// The span that the limits of an XmR chart are worked out from; `None` for all values.
pub fn set_baseline_span(metric: &Metric, baseline: Option<(Date, Date)>) -> Change {
    let baseline = baseline.map(|(a, b)| (a.min(b), a.max(b)));
    let xmr = XmrSettings { baseline, ..metric.xmr.clone() };
    Change::metric("Change baseline of", Metric { xmr, ..metric.clone() })
}

pub fn set_category(metric: &Metric, category: Category) -> Change {
    Change::metric("Change category of", Metric { category, ..metric.clone() })
}

pub fn set_level(metric: &Metric, level: Level) -> Change {
    Change::metric("Change level of", Metric { level, ..metric.clone() })
}

/// Whether its points are increments or totals so far.
pub fn set_recording(metric: &Metric, recording: Recording) -> Change {
    Change::metric("Change recording of", Metric { recording, ..metric.clone() })
}

/// Other words for it; blank ones and repetitions go.
pub fn set_synonyms(metric: &Metric, words: impl IntoIterator<Item = String>) -> Change {
    let mut synonyms: Vec<String> = Vec::new();
    for word in words {
        let word = word.trim().to_owned();
        if !word.is_empty() && !synonyms.contains(&word) {
            synonyms.push(word);
        }
    }
    Change::metric("Change synonyms of", Metric { synonyms, ..metric.clone() })
}

pub fn set_bounds(metric: &Metric, bounds: Bounds) -> Change {
    Change::metric("Change bounds of", Metric { bounds, ..metric.clone() })
}

pub fn set_thresholds(metric: &Metric, thresholds: Vec<Threshold>) -> Change {
    Change::metric("Change thresholds of", Metric { thresholds, ..metric.clone() })
}

pub fn add_benchmark(metric: &Metric, benchmark: Benchmark) -> Change {
    let benchmarks = metric.benchmarks.iter().cloned().chain([benchmark]).collect();
    Change::metric("Add benchmark of", Metric { benchmarks, ..metric.clone() })
}

pub fn set_benchmarks(metric: &Metric, benchmarks: Vec<Benchmark>) -> Change {
    let verb = if benchmarks.len() < metric.benchmarks.len() { "Remove benchmark of" } else { "Change benchmark of" };
    Change::metric(verb, Metric { benchmarks, ..metric.clone() })
}

/// The part of another metric that this one counts; `None` makes it stand alone.
pub fn set_segment(metric: &Metric, segment: Option<SegmentOf>) -> Change {
    let verb = if segment.is_some() { "Change segment of" } else { "Remove segment of" };
    Change::metric(verb, Metric { segment, ..metric.clone() })
}

/// A new metric that counts a part of `whole`, in the same way: "Revenue, Germany".
pub fn add_segment(whole: &Metric, id: MetricId, dimension: impl Into<String>, value: impl Into<String>) -> Change {
    let value = value.into();
    let segment = SegmentOf { whole: whole.id.clone(), dimension: dimension.into(), value: value.clone() };
    let metric = Metric { segment: Some(segment), ..measured_alike(whole, id, format!("{}, {value}", whole.name)) };
    Change::new(format!("Add segment {} of {}", quoted(&value), super::shortened(whole.short_name())), Edit::from(metric))
}

/// A metric without points that is counted as another one is.
fn measured_alike(metric: &Metric, id: MetricId, name: String) -> Metric {
    Metric {
        unit: metric.unit.clone(),
        decimals: metric.decimals,
        direction: metric.direction,
        cadence: metric.cadence,
        aggregation: metric.aggregation,
        recording: metric.recording,
        category: metric.category,
        level: metric.level,
        bounds: metric.bounds,
        owner: metric.owner.clone(),
        ..Metric::new(id, name)
    }
}

/// The metric's own target from a day on; one that starts on the same day gives way.
pub fn set_metric_target(metric: &Metric, from: Date, limit: Limit) -> Change {
    let mut targets: Vec<DatedTarget> = metric.targets.iter().filter(|t| t.from != from).copied().collect();
    let place = targets.partition_point(|t| t.from < from);
    targets.insert(place, DatedTarget { from, limit });
    Change::metric("Change own target of", Metric { targets, ..metric.clone() })
}

pub fn remove_metric_target(metric: &Metric, from: Date) -> Change {
    let targets = metric.targets.iter().filter(|t| t.from != from).copied().collect();
    Change::metric("Remove own target of", Metric { targets, ..metric.clone() })
}

/// The metric is computed from now on; points of its own go. Where they shall stay, [`compute`] moves them.
pub fn set_formula(metric: &Metric, formula: Formula, missing: MissingInput) -> Change {
    let origin = Origin::Computed { formula, missing };
    Change::metric("Change formula of", Metric { origin, series: Arc::new(Series::default()), ..metric.clone() })
}

/// What a computed metric gives where an input has no value; `None` for one that is recorded.
pub fn set_missing_input(metric: &Metric, missing: MissingInput) -> Option<Change> {
    let formula = metric.formula()?.clone();
    let origin = Origin::Computed { formula, missing };
    Some(Change::metric("Change missing inputs of", Metric { origin, ..metric.clone() }))
}

/// What [`compute`] calls the metric that takes the points.
pub fn kept_name(metric: &Metric) -> String {
    format!("{} (recorded)", metric.name)
}

/// The metric is computed from now on. Points of its own, and the file that they follow, move to a new metric, so that none is lost.
pub fn compute(metric: &Metric, formula: Formula, missing: MissingInput, kept: MetricId) -> Change {
    let computed = Metric { origin: Origin::Computed { formula, missing }, series: Arc::default(), ..metric.clone() };
    let put = Change::metric("Compute", computed);
    if metric.formula().is_some() || (metric.series.is_empty() && metric.origin == Origin::Recorded) {
        return put;
    }
    let kept = measured_alike(metric, kept, kept_name(metric));
    let kept = Metric { origin: metric.origin.clone(), series: Arc::clone(&metric.series), ..kept };
    Change::new(put.label, Edit::Batch(vec![put.edit, Edit::from(kept)]))
}

/// A computed metric is recorded from now on, beginning with these points: those that its formula gave, or none.
pub fn record(metric: &Metric, points: Vec<Point>) -> Result<Change, SeriesError> {
    let series = Arc::new(Series::from_points(points)?);
    Ok(Change::metric("Record values of", Metric { origin: Origin::Recorded, series, ..metric.clone() }))
}
