//! One KPI over the periods of the table.

use std::sync::Arc;

use super::{ColumnState, Columns, Subject};
use crate::analysis::{Judgement, PeriodTarget, PeriodTargets, PeriodValue, PeriodVerdict, Regrained, health};
use crate::chart::{Context, ValueFormat};
use crate::model::{Aim, Cadence, Calendar, Date, Direction, Goal, Limit, Metric, Period, Status};

/// A KPI: what it is, where it stands, and its cells.
#[derive(Clone, Debug, PartialEq)]
pub struct Row {
    pub subject: Subject,
    pub name: String,
    pub owner: String,
    pub format: ValueFormat,
    pub direction: Direction,
    pub calendar: Calendar,
    /// The grain of its values: the table's, or a coarser one of its own.
    pub cadence: Cadence,
    /// What is aimed at in the end: the key result's target, else the metric's own.
    pub target: Option<Limit>,
    /// That is a total over a span, not what each period should reach.
    pub is_total: bool,
    /// "10 M", "≥ 99.9 %"; empty without a target.
    pub target_words: String,
    pub standing: Standing,
    /// One for each column.
    pub cells: Vec<Cell>,
    /// The column of the latest complete value.
    pub latest: Option<usize>,
    /// The mean of the changes from one period to the next, signs aside.
    pub usual_change: Option<f64>,
}

/// Where a row stands, by shape and word.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Standing {
    /// `None` where nothing is aimed at.
    pub mark: Option<Status>,
    pub word: String,
    /// One sentence.
    pub why: String,
}

/// What is known of one period.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Cell {
    /// The metric's own; `None` where a longer one of it ends in another column.
    pub period: Option<Period>,
    pub actual: Option<f64>,
    /// The last day that an unfinished value covers. It is compared with nothing.
    pub data_to: Option<Date>,
    /// Finer periods inside it are missing.
    pub has_gaps: bool,
    pub target: Option<Limit>,
    /// The target is a limit to be kept, not a pace.
    pub is_kept: bool,
    pub judgement: Option<Judgement>,
    /// From the period before to this one, where both are complete.
    pub change: Option<f64>,
    /// The median of the forecast, where the period has no value yet.
    pub forecast: Option<f64>,
}

/// What a change means.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Turn {
    Better,
    Worse,
    /// None, or one of a metric that aims at a band.
    Neither,
}

/// The owner of the metric, else of the key result.
pub(super) fn owner<'a>(context: &Context<'a>, subject: &Subject) -> &'a str {
    let metric = context.project.metric(&subject.metric).map_or("", |m| m.owner.as_str());
    if !metric.is_empty() {
        return metric;
    }
    let goals = subject.goals.iter().chain(&subject.guards);
    goals.filter_map(|id| context.project.goal(id)).map(|g| g.owner.as_str()).find(|o| !o.is_empty()).unwrap_or("")
}

/// The row of a subject. `values` are the metric's in the grain of the table, as of the context's day; `forecast` gives the median for a
/// period to come.
pub fn row(
    context: &Context<'_>,
    subject: &Subject,
    columns: &Arc<Columns>,
    values: &Regrained,
    forecast: impl Fn(Period) -> Option<f64>,
) -> Option<Row> {
    let project = context.project;
    let metric = project.metric(&subject.metric)?;
    let calendar = project.settings.calendar;
    let goals: Vec<&Goal> = subject.goals.iter().filter_map(|id| project.goal(id)).collect();
    let targets = PeriodTargets::of(project, metric, &goals, context.as_of());
    let format = ValueFormat::of(project, Some(metric));
    let (target, target_words) = aimed_at(context, metric, goals.first().copied(), &format);
    let cells = cells(columns, values, &targets, calendar, context.as_of(), forecast);
    let latest = cells.iter().rposition(|c| c.actual.is_some() && c.data_to.is_none());
    let changes: Vec<f64> = cells.iter().filter_map(|c| c.change).map(f64::abs).collect();
    Some(Row {
        name: metric.name.clone(),
        owner: owner(context, subject).to_owned(),
        format,
        direction: metric.direction,
        calendar,
        cadence: values.cadence,
        target,
        is_total: targets.is_of_a_total(),
        target_words,
        standing: standing(context, metric, subject, goals.first().copied()),
        cells,
        latest,
        usual_change: (!changes.is_empty()).then(|| changes.iter().sum::<f64>() / changes.len() as f64),
        subject: subject.clone(),
    })
}

fn cells(
    columns: &Columns,
    values: &Regrained,
    targets: &PeriodTargets<'_>,
    calendar: Calendar,
    as_of: Date,
    forecast: impl Fn(Period) -> Option<f64>,
) -> Vec<Cell> {
    let mut cells = vec![Cell::default(); columns.list.len()];
    let (Some(first), Some(last)) = (columns.list.first(), columns.list.last()) else { return cells };
    // One period more, to compare the first with.
    let from = calendar.previous(values.cadence, calendar.period_of(values.cadence, first.period.first));
    let periods = std::iter::successors(Some(from), |p| Some(calendar.next(values.cadence, *p)).filter(|next| next.first > p.first));
    let known = |period: Period| {
        let empty = PeriodValue { period, value: None, complete: period.last <= as_of, points: 0, data_to: None, gaps: false };
        values.on(period.first).copied().unwrap_or(empty)
    };
    let listed: Vec<PeriodValue> = periods.take_while(|p| p.first <= last.period.last).map(known).collect();
    let judged = targets.judge(&listed, values.cadence);
    let mut before: Option<f64> = None;
    for (place, (value, (target, judgement))) in listed.iter().zip(judged).enumerate() {
        let complete = value.value.filter(|_| value.complete);
        let change = complete.zip(before).map(|(now, then)| now - then);
        before = complete;
        // A longer period stands where it ends, or where it has got to.
        let day = if value.period.first <= as_of { value.period.last.min(as_of.max(value.period.first)) } else { value.period.last };
        let column = if values.cadence == columns.grain { place.checked_sub(1) } else { columns.place(day) };
        let Some(cell) = column.and_then(|column| cells.get_mut(column)) else { continue };
        *cell = Cell {
            period: Some(value.period),
            actual: value.value,
            data_to: value.value.filter(|_| !value.complete).map(|_| value.data_to.unwrap_or(as_of)),
            has_gaps: value.gaps,
            target: target.as_ref().map(|t| t.limit),
            is_kept: target.as_ref().is_some_and(PeriodTarget::is_kept),
            judgement,
            change,
            forecast: if complete.is_none() && value.period.last > as_of { forecast(value.period) } else { None },
        };
    }
    cells
}

/// Of the first key result, else the metric's own.
fn aimed_at(context: &Context<'_>, metric: &Metric, goal: Option<&Goal>, format: &ValueFormat) -> (Option<Limit>, String) {
    let of_goal = goal.and_then(|goal| {
        let target = context.evaluation.goal(&goal.id).and_then(|r| r.target);
        Some(match &goal.as_key_result()?.aim {
            Aim::Increase { .. } => (Limit::AtLeast(target?), format.value(target?)),
            Aim::Decrease { .. } => (Limit::AtMost(target?), format.value(target?)),
            Aim::AtLeast { threshold, .. } => kept(Limit::AtLeast(target.unwrap_or(*threshold)), format),
            Aim::AtMost { threshold, .. } => kept(Limit::AtMost(target.unwrap_or(*threshold)), format),
            Aim::Between { low, high, .. } => kept(Limit::Within { low: *low, high: *high }, format),
            Aim::Baseline { .. } | Aim::Milestone { .. } => return None,
        })
    });
    let found = of_goal.or_else(|| Some(kept(metric.target_on(context.as_of())?, format)));
    found.map_or_else(Default::default, |(limit, words)| (Some(limit), words))
}

fn kept(limit: Limit, format: &ValueFormat) -> (Limit, String) {
    (limit, super::words::limit(limit, format))
}

fn standing(context: &Context<'_>, metric: &Metric, subject: &Subject, goal: Option<&Goal>) -> Standing {
    let guarded = subject.guards.as_ref().and_then(|id| context.evaluation.goal(id));
    if let Some(result) = guarded {
        return if result.guardrails_tripped.contains(&metric.id) {
            said(Some(Status::AtRisk), "Tripped", "As a guardrail it breaches a threshold or signals to the bad side.")
        } else {
            said(Some(Status::OnTrack), "Holds", "As a guardrail it neither breaches a threshold nor signals to the bad side.")
        };
    }
    if let Some((goal, result)) = goal.and_then(|goal| Some((goal, context.evaluation.goal(&goal.id)?))) {
        return said(Some(result.status), result.status.word(), &format!("{}: {}", goal.title, result.reason));
    }
    let health = health(context.project, metric, context.as_of());
    if health.current.is_none() || health.is_stale {
        return said(Some(Status::NoData), Status::NoData.word(), "It has no complete value, or none that is recent enough.");
    }
    if let Some(threshold) = health.breached.first().and_then(|&place| metric.thresholds.get(place)) {
        return said(Some(Status::AtRisk), "Breached", &format!("It is beyond its threshold “{}”.", threshold.label));
    }
    match health.meets_target {
        Some(true) => said(Some(Status::OnTrack), "On target", "Its latest value meets its own target."),
        Some(false) => said(Some(Status::Behind), "Off target", "Its latest value misses its own target."),
        None => said(None, "No target", "No key result and no target of its own says what it should be."),
    }
}

fn said(mark: Option<Status>, word: &str, why: &str) -> Standing {
    Standing { mark, word: word.to_owned(), why: why.to_owned() }
}

impl Row {
    /// How a period that is over did, where there was a target.
    pub fn verdict(&self, column: usize) -> Option<PeriodVerdict> {
        self.cells.get(column)?.judgement.map(|j| j.verdict)
    }

    /// What a change to a period means for a metric of this direction.
    pub fn turn(&self, column: usize) -> Turn {
        match (self.cells.get(column).and_then(|c| c.change), self.direction) {
            (Some(change), Direction::Up) if change != 0.0 => {
                if change > 0.0 {
                    Turn::Better
                } else {
                    Turn::Worse
                }
            }
            (Some(change), Direction::Down) if change != 0.0 => {
                if change < 0.0 {
                    Turn::Better
                } else {
                    Turn::Worse
                }
            }
            _ => Turn::Neither,
        }
    }

    /// A change against the usual one: 1 is as usual.
    pub fn unusual(&self, column: usize) -> Option<f64> {
        let change = self.cells.get(column)?.change?;
        self.usual_change.filter(|usual| *usual > 0.0).map(|usual| change.abs() / usual)
    }

    /// Its latest cell that can be compared.
    pub fn latest_cell(&self) -> Option<&Cell> {
        self.cells.get(self.latest?)
    }
}

impl Cell {
    /// It belongs to a period that has not begun.
    pub fn is_ahead(&self, columns: &Columns, column: usize) -> bool {
        columns.list.get(column).is_some_and(|c| c.state == ColumnState::Ahead)
    }
}
