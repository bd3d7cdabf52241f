//! A metric against a driver at the lag that was found: a cloud of points, never with a line through it.

use std::sync::Arc;

use super::evidence::counted;
use super::{Evidence, evidence};
use crate::analysis::lead_lag::{MetricLeadLag, Pair, is_arithmetic, pairs_of};
use crate::analysis::{Regrained, Unsuited};
use crate::chart::figure::{Axis, Figure, Pen, Reading, Series, Spot, SpotRow, Tone};
use crate::chart::subject::Subject;
use crate::chart::table::{Cell, Table};
use crate::chart::{ValueFormat, words::few_words};
use crate::model::{Cadence, Metric, MetricId, Period, Project, period_words};

/// A driver with its values, in the cadence of the subject's.
#[derive(Clone, Copy, Debug)]
pub struct Against<'a> {
    pub driver: &'a Metric,
    pub values: &'a Regrained,
    pub found: &'a Result<MetricLeadLag, Unsuited>,
    /// Looked at together.
    pub tried: usize,
}

/// With fewer points nothing is drawn.
const FEWEST: usize = 3;

/// What a metric can be held against.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Drivers {
    /// The drivers linked with it first, then every other metric that is not worked out from it, by name.
    pub all: Vec<MetricId>,
    linked: usize,
}

impl Drivers {
    /// Those that a goal links with the metric.
    pub fn linked(&self) -> &[MetricId] {
        &self.all[..self.linked]
    }
}

/// What a metric can be held against.
pub fn drivers(project: &Project, metric: &Metric) -> Drivers {
    let goals: Vec<_> = project.supported_goals(&metric.id).into_iter().map(|(goal, _)| goal).collect();
    let mut all: Vec<MetricId> = pairs_of(project, goals).into_iter().filter(|p| p.outcome == metric.id).map(|p| p.driver).collect();
    let linked = all.len();
    let mut others: Vec<&Metric> = project.metrics.values().map(AsRef::as_ref).collect();
    others.retain(|m| !all.contains(&m.id) && !is_arithmetic(project, m, metric));
    others.sort_by_cached_key(|m| (m.name.to_lowercase(), m.id.clone()));
    all.extend(others.into_iter().map(|m| m.id.clone()));
    Drivers { all, linked }
}

/// The figure of a metric against a driver; `None` for the driver where there is none to choose.
pub fn relation(subject: &Subject<'_>, against: Option<Against<'_>>) -> Figure {
    let Some(against) = against else {
        let why = "There is no other metric to hold it against. Link a driver to its goal, and how they move together appears here";
        return Figure::empty(&subject.metric.name, subject.supports(), why);
    };
    let project = subject.context.project;
    let lag = against.found.as_ref().ok().filter(|f| f.result.is_found).map_or(0, |f| f.result.lag);
    let points = points(subject, &against, lag);
    let (own, other) = (subject.format(), ValueFormat::of(project, Some(against.driver)));
    if points.len() < FEWEST {
        let words = subject.periods(points.len());
        let why =
            format!("{} and {} have {} complete {words} in common in this time", subject.metric.name, against.driver.name, points.len());
        return Figure::empty(&subject.metric.name, subject.supports(), &why);
    }
    let pair = Pair { driver: against.driver.id.clone(), outcome: subject.metric.id.clone(), expected_lag_days: None };
    let said = evidence(project, &pair, against.tried, against.found);
    let title = said.as_ref().map(|e| e.sentence.clone()).filter(|t| few_words(t)).unwrap_or_else(|| subject.metric.name.clone());
    let words = |period: Period| period_words(&project.settings.calendar, subject.values.cadence, period);
    let (first, last) = (&points[0], &points[points.len() - 1]);
    let cloud = |points: &[Point], tone: Tone, name: String, end_label: Option<String>| Series {
        name,
        runs: points.iter().map(|p| Arc::from([p.at])).collect(),
        tone,
        pen: Pen::Points,
        end_label,
    };
    let inner = &points[1..points.len() - 1];
    let series = vec![
        cloud(inner, Tone::Focus, subject.metric.name.clone(), None),
        cloud(std::slice::from_ref(first), Tone::Series(1), "First".to_owned(), Some(format!("First: {}", words(first.period)))),
        cloud(std::slice::from_ref(last), Tone::Target, "Last".to_owned(), Some(format!("Last: {}", words(last.period)))),
    ];
    let driver = against.driver.short_name();
    let later = |cadence: Cadence| {
        if lag == 0 { format!("{driver}, same {}", cadence.period_word()) } else { format!("{driver}, {} before", counted(cadence, lag)) }
    };
    let spots = points.iter().map(|p| Spot {
        at: p.at,
        title: words(p.period),
        rows: vec![
            SpotRow { tone: Some(Tone::Focus), name: subject.metric.short_name().to_owned(), value: own.value(p.at[1]) },
            SpotRow { tone: None, name: driver.to_owned(), value: other.value(p.at[0]) },
        ],
    });
    let remarks = remarks(said.as_ref(), subject.values.cadence);
    let largest = points.iter().map(|p| p.at[1].abs()).fold(0.0, f64::max);
    let range = format!("{} points, {} to {}", points.len(), words(first.period), words(last.period));
    Figure {
        name: format!("{} against {}", subject.metric.name, against.driver.name),
        subtitle: subject.subtitle(&title, largest, Some((first.period.last, last.period.last))),
        supports: subject.supports(),
        x: Axis {
            name: Some(later(subject.values.cadence)),
            ..Axis::around(points.iter().map(|p| p.at[0]), other.clone(), against.driver.bounds)
        },
        y: Axis {
            name: Some(subject.metric.short_name().to_owned()),
            ..Axis::around(points.iter().map(|p| p.at[1]), own.clone(), subject.metric.bounds)
        },
        zones: Vec::new(),
        bars: Vec::new(),
        series,
        rules: Vec::new(),
        spots: spots.collect(),
        reading: Reading::Nearest,
        remarks,
        summary: String::new(),
        table: table(subject, &against, &points, [&other, &own]),
        empty: None,
        title,
    }
    .summed_up(&[range])
}

struct Point {
    /// Driver, metric.
    at: [f64; 2],
    /// The metric's.
    period: Period,
}

/// The periods shown in which the metric has a complete value, and the driver had one so many periods before.
fn points(subject: &Subject<'_>, against: &Against<'_>, lag: usize) -> Vec<Point> {
    let calendar = &subject.context.project.settings.calendar;
    let cadence = subject.values.cadence;
    let pair = |(value, own): (&crate::analysis::PeriodValue, f64)| {
        let before = (0..lag).fold(value.period, |period, _| calendar.previous(cadence, period));
        let driver = against.values.on(before.first).filter(|v| v.complete)?.value?;
        Some(Point { at: [driver, own], period: value.period })
    };
    subject.complete().filter_map(pair).collect()
}

fn remarks(said: Option<&Evidence>, cadence: Cadence) -> Vec<String> {
    let mut remarks: Vec<String> = said.map(|e| e.note.clone()).into_iter().collect();
    if said.is_some_and(|e| e.is_found) {
        remarks.push("To move before is not to drive".to_owned());
    } else {
        remarks.push(format!("Drawn in the same {}", cadence.period_word()));
    }
    remarks.push("The dots are the values as they are, and two that grow look alike whether they are related or not".to_owned());
    remarks
}

fn table(subject: &Subject<'_>, against: &Against<'_>, points: &[Point], [other, own]: [&ValueFormat; 2]) -> Table {
    let calendar = &subject.context.project.settings.calendar;
    let row = |p: &Point| {
        let words = period_words(calendar, subject.values.cadence, p.period);
        vec![Cell::words(words), Cell::exact(Some(p.at[0]), other), Cell::exact(Some(p.at[1]), own)]
    };
    let columns = vec!["Period".to_owned(), against.driver.name.clone(), subject.metric.name.clone()];
    Table { columns, rows: points.iter().map(row).collect() }
}
