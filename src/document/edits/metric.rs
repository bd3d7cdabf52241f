//! Metrics and their points.

use super::{Change, quoted, shortened};
use crate::document::{Edit, Entity};
use crate::model::{
    Aggregation, Bounds, Cadence, Category, Date, DatedTarget, Direction, Formula, GoalId, Limit, Link, Metric, MissingInput, Origin,
    Point, Role, Series, Stamp, Threshold, Unit,
};
use std::sync::Arc;

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

pub fn set_category(metric: &Metric, category: Category) -> Change {
    Change::metric("Change category of", Metric { category, ..metric.clone() })
}

pub fn set_bounds(metric: &Metric, bounds: Bounds) -> Change {
    Change::metric("Change bounds of", Metric { bounds, ..metric.clone() })
}

pub fn set_thresholds(metric: &Metric, thresholds: Vec<Threshold>) -> Change {
    Change::metric("Change thresholds of", Metric { thresholds, ..metric.clone() })
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

/// The metric is computed from now on; points of its own go.
pub fn set_formula(metric: &Metric, formula: Formula, missing: MissingInput) -> Change {
    let origin = Origin::Computed { formula, missing };
    Change::metric("Change formula of", Metric { origin, series: Arc::new(Series::default()), ..metric.clone() })
}

/// Sets one value; the note and the cut-off date of a point that is there stay.
pub fn put_value(metric: &Metric, at: Stamp, value: f64) -> Change {
    let point = Point { value, ..metric.series.get(at).unwrap_or_else(|| Point::new(at, value)) };
    put_point(metric, point)
}

pub fn put_point(metric: &Metric, point: Point) -> Change {
    let verb = if metric.series.get(point.at).is_some() { "Change" } else { "Add" };
    let label = format!("{verb} {} of {}", point.at, shortened(metric.short_name()));
    Change::new(label, points(metric, vec![(point.at, Some(point))]))
}

/// A note on a point that is there; an empty one is no note.
pub fn set_note(metric: &Metric, at: Stamp, note: &str) -> Option<Change> {
    let note = Some(note.trim().to_owned()).filter(|n| !n.is_empty());
    let point = Point { note, ..metric.series.get(at)? };
    Some(Change::new(format!("Change note at {at} of {}", shortened(metric.short_name())), points(metric, vec![(at, Some(point))])))
}

/// Moves a point in time; one that is at the new time is replaced.
pub fn move_point(metric: &Metric, from: Stamp, to: Stamp) -> Option<Change> {
    let point = Point { at: to, ..metric.series.get(from)? };
    let label = format!("Move {from} of {} to {to}", shortened(metric.short_name()));
    Some(Change::new(label, points(metric, vec![(from, None), (to, Some(point))])))
}

pub fn put_points(metric: &Metric, new: Vec<Point>) -> Change {
    let label = match new.len() {
        1 => format!("Put a point of {}", shortened(metric.short_name())),
        n => format!("Put {n} points of {}", shortened(metric.short_name())),
    };
    Change::new(label, points(metric, new.into_iter().map(|p| (p.at, Some(p))).collect()))
}

pub fn remove_points(metric: &Metric, at: &[Stamp]) -> Change {
    let label = match at {
        [one] => format!("Remove {one} of {}", shortened(metric.short_name())),
        many => format!("Remove {} points of {}", many.len(), shortened(metric.short_name())),
    };
    Change::new(label, points(metric, at.iter().map(|at| (*at, None)).collect()))
}

fn points(metric: &Metric, changes: Vec<(Stamp, Option<Point>)>) -> Edit {
    Edit::Points { metric: metric.id.clone(), changes }
}
