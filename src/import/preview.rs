//! What an import would change in a project, shown before it does.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::reading::{DateReading, Dated, NumberReading, Reading};
use super::{Attach, Attached, Destination, ImportError, MAX_COLUMNS, Request, Table, Take, attach, cadence};
use crate::document::{self, Edit};
use crate::model::{Cadence, Calendar, Direction, ImportMode, Metric, MetricId, PercentForm, Point, Project, Stamp, TableShape, Unit};

/// Where the ids of what is made come from: 60 random bits each.
pub type RandomBits<'a> = &'a mut dyn FnMut() -> u64;

/// A table read for a project, compared with what the project has.
#[derive(Clone, Debug, PartialEq)]
pub struct Preview {
    pub dates: DateReading,
    pub parts: Vec<Part>,
    /// What is wanted and cannot be read, with the reason.
    pub refused: Vec<(String, ImportError)>,
}

/// One series of a table, read for one metric.
#[derive(Clone, Debug, PartialEq)]
pub struct Part {
    /// The column, or the name in the metric column.
    pub from: String,
    pub reading: Reading,
    pub numbers: NumberReading,
    /// The metric that the points go to; `None` for one that would be made.
    pub known: Option<MetricId>,
    pub name: String,
    pub unit: Unit,
    pub cadence: Cadence,
    pub direction: Direction,
    pub mode: ImportMode,
    /// Dates that had no point.
    pub added: usize,
    /// Dates whose value becomes another.
    pub changed: usize,
    /// Dates that keep their value.
    pub unchanged: usize,
    /// Dates whose point goes, since the file does not have it.
    pub removed: usize,
}

/// The most decimals that a new metric shows; its values keep all that were recorded.
const SHOWN_DECIMALS: u8 = 2;
const SHOWN_RATIO_DECIMALS: u8 = 4;

/// The most values of all series together: a project file of [`MAX_BYTES`](super::MAX_BYTES) holds no more.
const MAX_POINTS: usize = 3_500_000;

/// Reads a table for a project. Changes nothing. Fails where nothing of it can be read; what is wrong with one of several series is
/// said beside the others.
pub fn preview(table: &Table, request: &Request, project: &Project) -> Result<Preview, ImportError> {
    if request.takes.len() > MAX_COLUMNS {
        return Err(ImportError::TooManySeries { series: request.takes.len(), limit: MAX_COLUMNS });
    }
    let dated = Dated::new(table, request, project.settings.calendar)?;
    let mut preview = Preview { dates: dated.found, parts: Vec::new(), refused: Vec::new() };
    let mut taken: Vec<(Option<MetricId>, String)> = Vec::new();
    let mut points = 0;
    for take in &request.takes {
        match part(&dated, take, request, project) {
            Ok(part) => {
                let target = (part.known.clone(), part.name.to_lowercase());
                if taken.contains(&target) {
                    preview.refused.push((take.from.clone(), ImportError::TakenTwice(part.name)));
                } else {
                    taken.push(target);
                    points += part.reading.points.len();
                    if points > MAX_POINTS {
                        return Err(ImportError::TooManyPoints { limit: MAX_POINTS });
                    }
                    preview.parts.push(part);
                }
            }
            Err(problem) => preview.refused.push((take.from.clone(), problem)),
        }
    }
    let single = matches!(request.shape, TableShape::Long { .. }) || request.takes.len() == 1;
    match preview.refused.pop() {
        Some((_, problem)) if single => Err(problem),
        Some(last) => {
            preview.refused.push(last);
            Ok(preview)
        }
        None if preview.parts.is_empty() => Err(ImportError::NothingTaken),
        None => Ok(preview),
    }
}

fn part(dated: &Dated<'_>, take: &Take, request: &Request, project: &Project) -> Result<Part, ImportError> {
    let known = match &take.to {
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
    let (name, unit) = match (&take.to, known) {
        (Destination::New { name, unit }, _) => (name.trim().to_owned(), unit.clone()),
        (Destination::Metric(name), metric) => {
            (metric.map_or_else(|| name.clone(), |m| m.name.clone()), metric.map_or(Unit::Count, |m| m.unit.clone()))
        }
    };
    if name.is_empty() {
        return Err(ImportError::NoName);
    }
    let shown_above_one = known.is_some_and(|m| m.series.values().iter().any(|value| value.abs() > 1.0));
    let (mut reading, numbers) = dated.series(&take.from, &unit, shown_above_one)?;
    let cadence = match take.cadence.or(known.map(|m| m.cadence)) {
        Some(cadence) => cadence,
        None => cadence::infer(&reading.points).ok_or(ImportError::CadenceUnknown)?,
    };
    if let Some(metric) = known {
        to_known_days(&mut reading, metric, cadence, project.settings.calendar);
    }
    let direction = take.direction.or(known.map(|m| m.direction)).unwrap_or(Direction::Up);
    let (mut added, mut changed, mut unchanged) = (0, 0, 0);
    if let Some(metric) = known {
        for point in reading.points.iter() {
            match metric.series.get(point.at) {
                None => added += 1,
                Some(old) if old.value == point.value || request.mode == ImportMode::FillGaps => unchanged += 1,
                Some(_) => changed += 1,
            }
        }
    } else {
        added = reading.points.len();
    }
    let there = known.map_or(0, |m| m.series.len());
    let removed = if request.mode == ImportMode::Replace { there - changed - unchanged } else { 0 };
    Ok(Part {
        from: take.from.clone(),
        reading,
        numbers,
        known: known.map(|m| m.id.clone()),
        name,
        unit,
        cadence,
        direction,
        mode: request.mode,
        added,
        changed,
        unchanged,
        removed,
    })
}

/// A month that the file names by its last day and the metric by its first is one month: a point that is alone in its period goes to the
/// day of the one that the metric has there, where that is alone too.
fn to_known_days(reading: &mut Reading, metric: &Metric, cadence: Cadence, calendar: Calendar) {
    if cadence <= Cadence::Daily || metric.series.is_empty() {
        return;
    }
    let period = |at: Stamp| calendar.period_of(cadence, at.date());
    let times = metric.series.times();
    let own = |at: Stamp| {
        let period = period(at);
        let from = metric.series.index_at_or_after(Stamp::from_date(period.first));
        match times.get(from..).unwrap_or_default() {
            [only, rest @ ..] if period.contains(only.date()) && rest.first().is_none_or(|next| !period.contains(next.date())) => {
                Some(*only)
            }
            _ => None,
        }
    };
    let read = reading.points.times();
    let alone = |index: usize| {
        let here = period(read[index]).first;
        let other = |other: Option<&Stamp>| other.is_some_and(|at| period(*at).first == here);
        !other(index.checked_sub(1).map(|before| &read[before])) && !other(read.get(index + 1))
    };
    let days = read.iter().enumerate().map(|(index, at)| own(*at).filter(|_| alone(index)).unwrap_or(*at)).collect();
    reading.points.move_to(days);
}

/// What an import does, ready to be applied as one step.
#[derive(Clone, Debug, PartialEq)]
pub struct Planned {
    /// The history's words for it.
    pub label: String,
    pub edit: Edit,
    pub metrics: Vec<MetricId>,
    /// The column of each metric, or its name in the metric column.
    pub from: Vec<String>,
    /// How the percentages of each series without a % sign were taken, wherever there were some.
    pub percent_of: BTreeMap<String, PercentForm>,
    /// Of each metric.
    pub attached: Vec<Attached>,
}

impl Preview {
    /// The one edit that takes everything in: the metrics with their points, and what `attach` asks for. `project` is the one that the
    /// preview was made for. Fails where something is refused.
    pub fn into_edit(self, project: &Project, attach: &Attach, ids: RandomBits<'_>) -> Result<Planned, ImportError> {
        if let Some((_, problem)) = self.refused.into_iter().next() {
            return Err(problem);
        }
        let points: usize = self.parts.iter().map(|part| part.reading.points.len()).sum();
        let into = match &self.parts[..] {
            [part] => part.name.clone(),
            parts => format!("{} metrics", parts.len()),
        };
        // What one series makes, the next one finds.
        let mut so_far = project.clone();
        let (mut edits, mut metrics, mut attached) = (Vec::new(), Vec::new(), Vec::new());
        let percentages = self.parts.iter().filter(|part| part.unit == Unit::Percent);
        let form = |part: &Part| if part.numbers.shares { PercentForm::Share } else { PercentForm::Hundredths };
        let percent_of = percentages.map(|part| (part.from.trim().to_owned(), form(part))).collect();
        let from = self.parts.iter().map(|part| part.from.clone()).collect();
        for part in self.parts {
            let (metric, made, found) = part.into_edits(&so_far, attach, ids)?;
            document::apply(&mut so_far, Edit::Batch(made.clone())).map_err(|problem| ImportError::Refused(problem.to_string()))?;
            edits.extend(made);
            metrics.push(metric);
            attached.push(found);
        }
        Ok(Planned { label: format!("Import {points} points into {into}"), edit: Edit::Batch(edits), metrics, from, percent_of, attached })
    }
}

impl Part {
    fn into_edits(self, project: &Project, attach: &Attach, ids: RandomBits<'_>) -> Result<(MetricId, Vec<Edit>, Attached), ImportError> {
        let known = self.known.as_ref().and_then(|id| project.metric(id));
        let mut metric = known.cloned().unwrap_or_else(|| self.new_metric(MetricId::from_random(ids())));
        metric.cadence = self.cadence;
        metric.direction = self.direction;
        let (attached, mut edits) = attach::plan(project, &mut metric, &self.reading, attach, ids)?;
        if known.is_none() {
            metric.series = Arc::new(self.reading.points.into_series()?);
            let id = metric.id.clone();
            edits.insert(0, Edit::from(metric));
            return Ok((id, edits, attached));
        }
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
        Ok((metric.id, edits, attached))
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

    /// New, changed and removed points. A changed value keeps the note of its date, but not the mark that it was unfinished.
    fn changes(&self, known: Option<&Metric>) -> Vec<(Stamp, Option<Point>)> {
        let mut changes = Vec::with_capacity(self.added + self.changed + self.removed);
        for read in self.reading.points.iter() {
            let old = known.and_then(|m| m.series.get(read.at));
            if old.as_ref().is_some_and(|p| p.value == read.value || self.mode == ImportMode::FillGaps) {
                continue;
            }
            changes.push((read.at, Some(Point { note: old.and_then(|p| p.note), ..Point::new(read.at, read.value) })));
        }
        if self.removed > 0 {
            let times = known.map_or(&[][..], |m| m.series.times());
            let gone = |at: &Stamp| !self.reading.points.have(*at);
            changes.extend(times.iter().copied().filter(gone).map(|at| (at, None)));
        }
        changes
    }
}
