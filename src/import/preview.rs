//! What an import would change in a project, shown before it does.

use std::sync::Arc;

use super::reading::{self, Reading};
use super::{Attach, Attached, DateOrder, ImportError, Table, attach, cadence};
use crate::document::Edit;
use crate::model::{Cadence, Direction, Metric, MetricId, Point, Project, Stamp, Unit};

/// Where the points go.
#[derive(Clone, Debug, PartialEq)]
pub enum Destination {
    /// The metric with this id or exactly this name.
    Metric(String),
    New {
        name: String,
        unit: Unit,
    },
}

/// What is wanted of a table: one date and one value column for one metric.
#[derive(Clone, Debug, PartialEq)]
pub struct Request {
    pub date: String,
    pub value: String,
    /// Column and value; only rows that have all of them are taken.
    pub filters: Vec<(String, String)>,
    pub destination: Destination,
    /// Where missing, a new metric's is inferred from its dates and a known metric keeps its own.
    pub cadence: Option<Cadence>,
    /// Where missing, up for a new metric, and a known metric keeps its own.
    pub direction: Option<Direction>,
    /// Decided over the column unless given.
    pub date_order: Option<DateOrder>,
    /// `.` or `,`; decided over the column unless given.
    pub decimal_mark: Option<char>,
}

impl Request {
    pub fn new(date: impl Into<String>, value: impl Into<String>, destination: Destination) -> Self {
        Self {
            date: date.into(),
            value: value.into(),
            filters: Vec::new(),
            destination,
            cadence: None,
            direction: None,
            date_order: None,
            decimal_mark: None,
        }
    }
}

/// Where the ids of what is made come from: 60 random bits each.
pub type RandomBits<'a> = &'a mut dyn FnMut() -> u64;

/// A table read for one metric, compared with what the project has.
#[derive(Clone, Debug, PartialEq)]
pub struct Preview {
    pub reading: Reading,
    /// The metric that the points go to; `None` for one that would be made.
    pub known: Option<MetricId>,
    pub name: String,
    pub unit: Unit,
    pub cadence: Cadence,
    pub direction: Direction,
    /// Dates that had no point.
    pub added: usize,
    /// Dates whose value becomes another.
    pub changed: usize,
    /// Dates that keep their value.
    pub unchanged: usize,
}

/// The most decimals that a new metric shows; its values keep all that were recorded.
const SHOWN_DECIMALS: u8 = 2;
const SHOWN_RATIO_DECIMALS: u8 = 4;

/// Reads a table for a project. Changes nothing.
pub fn preview(table: &Table, request: &Request, project: &Project) -> Result<Preview, ImportError> {
    let known = match &request.destination {
        Destination::Metric(name) => Some(project.find_metric(name).ok_or_else(|| ImportError::NoMetric(name.clone()))?),
        Destination::New { name, .. } => {
            if let Some(metric) = project.find_metric(name) {
                return Err(ImportError::MetricExists { name: name.clone(), id: metric.id.to_string() });
            }
            None
        }
    };
    if let Some(metric) = known.filter(|m| m.formula().is_some()) {
        return Err(ImportError::Computed(metric.name.clone()));
    }
    let (name, unit) = match (&request.destination, known) {
        (Destination::New { name, unit }, _) => (name.trim().to_owned(), unit.clone()),
        (Destination::Metric(name), metric) => {
            (metric.map_or_else(|| name.clone(), |m| m.name.clone()), metric.map_or(Unit::Count, |m| m.unit.clone()))
        }
    };
    if name.is_empty() {
        return Err(ImportError::NoName);
    }
    let reading = reading::read(table, request, &unit, project.settings.calendar)?;
    let cadence = match request.cadence.or(known.map(|m| m.cadence)) {
        Some(cadence) => cadence,
        None => cadence::infer(&reading.points).ok_or(ImportError::CadenceUnknown)?,
    };
    let direction = request.direction.or(known.map(|m| m.direction)).unwrap_or(Direction::Up);
    let (mut added, mut changed, mut unchanged) = (0, 0, 0);
    for point in &reading.points {
        match known.and_then(|m| m.series.get(point.at)) {
            None => added += 1,
            Some(old) if old.value == point.value => unchanged += 1,
            Some(_) => changed += 1,
        }
    }
    Ok(Preview { reading, known: known.map(|m| m.id.clone()), name, unit, cadence, direction, added, changed, unchanged })
}

/// What an import does, ready to be applied as one step.
#[derive(Clone, Debug, PartialEq)]
pub struct Planned {
    /// The history's words for it.
    pub label: String,
    pub edit: Edit,
    pub metric: MetricId,
    pub attached: Attached,
}

impl Preview {
    /// The one edit that takes everything in: the metric with its points, and what `attach` asks for. `project` is the one that
    /// the preview was made for.
    pub fn into_edit(self, project: &Project, attach: &Attach, ids: RandomBits<'_>) -> Result<Planned, ImportError> {
        let known = self.known.as_ref().and_then(|id| project.metric(id));
        let mut metric = known.cloned().unwrap_or_else(|| self.new_metric(MetricId::from_random(ids())));
        metric.cadence = self.cadence;
        metric.direction = self.direction;
        let (attached, mut edits) = attach::plan(project, &mut metric, &self.reading, attach, ids)?;
        let changes = self.changes(known);
        // Points alone leave everything else of a known metric to whoever edits it.
        if known.is_some_and(|before| *before == metric) {
            if !changes.is_empty() {
                edits.insert(0, Edit::Points { metric: metric.id.clone(), changes });
            }
        } else {
            let id = metric.id.clone();
            edits.insert(0, Edit::from(metric.clone()));
            edits.insert(1, Edit::Points { metric: id, changes });
        }
        let label = format!("Import {} points into {}", self.reading.points.len(), metric.name);
        Ok(Planned { label, edit: Edit::Batch(edits), metric: metric.id, attached })
    }

    fn new_metric(&self, id: MetricId) -> Metric {
        let most = if self.unit == Unit::Ratio { SHOWN_RATIO_DECIMALS } else { SHOWN_DECIMALS };
        Metric {
            unit: self.unit.clone(),
            decimals: self.reading.decimals.min(most),
            series: Arc::default(),
            ..Metric::new(id, &*self.name)
        }
    }

    /// New and changed points. A changed value keeps the note of its date, but not the mark that it was unfinished.
    fn changes(&self, known: Option<&Metric>) -> Vec<(Stamp, Option<Point>)> {
        let mut changes = Vec::with_capacity(self.added + self.changed);
        for read in &self.reading.points {
            let old = known.and_then(|m| m.series.get(read.at));
            if old.as_ref().is_some_and(|p| p.value == read.value) {
                continue;
            }
            changes.push((read.at, Some(Point { note: old.and_then(|p| p.note), ..Point::new(read.at, read.value) })));
        }
        changes
    }
}
