//! What stands on the lane of one goal.

use crate::analysis::{Evaluation, GoalResult};
use crate::chart::ValueFormat;
use crate::model::{Aim, Date, Goal, GoalId, GoalKind, Project, Span, Status, Step, Tree, date_words};

/// Where a date comes from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum DateOrigin {
    Own,
    /// The goal says none itself: that of the cycle of this name.
    Cycle(String),
}

/// A goal from its start to its due date.
#[derive(Clone, Debug, PartialEq)]
pub struct Bar {
    pub span: Span,
    pub start_origin: Option<DateOrigin>,
    pub due_origin: Option<DateOrigin>,
    pub status: Status,
    /// Shares of one.
    pub progress: Option<f64>,
    pub expected: Option<f64>,
    /// "52 %", or "–".
    pub percent: String,
    pub marks: Vec<BarMark>,
    /// Where it lacks a date: the first and last day of what is under it.
    pub under: Option<(Date, Date)>,
    /// "1 Jan 2026 – 31 Dec 2026, from the cycle FY 2026".
    pub dates: String,
    /// Everything it says, for those who cannot see it.
    pub words: String,
}

/// A day on the way.
#[derive(Clone, Debug, PartialEq)]
pub struct BarMark {
    pub on: Date,
    pub kind: MarkKind,
    /// "€ 400 k by 30 Jun 2026", "Read offline, done on 19 May 2026".
    pub words: String,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum MarkKind {
    /// Of the key result's stages, the one at this place: a value to have reached by the day.
    Stage(usize),
    /// A step that was done on the day.
    StepDone,
    /// The day on which what is either done or not is due.
    Milestone,
    /// The day from which an initiative is expected to show.
    Effect,
}

/// The bar of a goal as of the day of the evaluation; `None` for a goal that is not there.
pub fn bar(project: &Project, tree: &Tree, evaluation: &Evaluation, id: &GoalId) -> Option<Bar> {
    let (goal, result) = (project.goal(id)?, evaluation.goal(id)?);
    let Span { start, due } = result.span;
    let cycle = goal.cycle.as_ref().and_then(|id| project.cycles.get(id));
    let origin = |date: Option<Date>, own: Option<Date>, of_cycle: Option<Date>| {
        date?;
        let inherited = own.is_none() && date == of_cycle;
        Some(cycle.filter(|_| inherited).map_or(DateOrigin::Own, |c| DateOrigin::Cycle(c.name.clone())))
    };
    let start_origin = origin(start, goal.start, cycle.map(|c| c.start));
    let due_origin = origin(due, goal.due, cycle.map(|c| c.end));
    let locale = project.settings.locale;
    let percent = result.progress.map_or_else(|| "–".to_owned(), |p| locale.percent(p, 0));
    let under = if start.is_none() || due.is_none() { span_under(tree, evaluation, id) } else { None };
    let dates = dates_words(result.span, start_origin.as_ref(), due_origin.as_ref());
    let marks = marks(project, goal, result, evaluation.as_of);
    let mut parts = vec![format!("{}: {}", goal.title, result.status.word())];
    match (result.progress, result.expected) {
        (Some(_), Some(expected)) => parts.push(format!("{percent}, expected {}", locale.percent(expected, 0))),
        (Some(_), None) => parts.push(percent.clone()),
        (None, _) => {}
    }
    parts.push(dates.clone());
    parts.extend(marks.iter().map(|mark| mark.words.clone()));
    let words = parts.join("; ");
    let (status, progress, expected) = (result.status, result.progress, result.expected);
    Some(Bar { span: result.span, start_origin, due_origin, status, progress, expected, percent, marks, under, dates, words })
}

/// "1 Jan 2026 – 31 Dec 2026, from the cycle FY 2026"; "from 1 Jan 2026, no due date"; "no dates".
fn dates_words(span: Span, start: Option<&DateOrigin>, due: Option<&DateOrigin>) -> String {
    let days = match (span.start, span.due) {
        (Some(start), Some(due)) => format!("{} – {}", date_words(start), date_words(due)),
        (Some(start), None) => format!("from {}, no due date", date_words(start)),
        (None, Some(due)) => format!("due {}, no start", date_words(due)),
        (None, None) => "no dates".to_owned(),
    };
    match (start, due) {
        (Some(DateOrigin::Cycle(name)), Some(DateOrigin::Cycle(_))) => format!("{days}, from the cycle {name}"),
        (Some(DateOrigin::Cycle(name)), _) => format!("{days}, the start from the cycle {name}"),
        (_, Some(DateOrigin::Cycle(name))) => format!("{days}, the due date from the cycle {name}"),
        _ => days,
    }
}

/// First and last day of the goals under one.
fn span_under(tree: &Tree, evaluation: &Evaluation, id: &GoalId) -> Option<(Date, Date)> {
    let spans = tree.subtree(id).into_iter().skip(1).filter_map(|visit| evaluation.goal(visit.goal).map(|r| r.span));
    let days: Vec<Date> = spans.flat_map(|s| [s.start, s.due]).flatten().collect();
    days.iter().min().copied().zip(days.iter().max().copied())
}

fn marks(project: &Project, goal: &Goal, result: &GoalResult, as_of: Date) -> Vec<BarMark> {
    let mut marks = Vec::new();
    let done = |steps: &[Step], marks: &mut Vec<BarMark>| {
        for step in steps {
            let Some(on) = step.done_on.filter(|on| *on <= as_of) else { continue };
            marks.push(BarMark { on, kind: MarkKind::StepDone, words: format!("{}, done on {}", step.title, date_words(on)) });
        }
    };
    match &goal.kind {
        GoalKind::Objective(_) => {}
        GoalKind::KeyResult(key_result) => {
            let metric = key_result.metric.as_ref().and_then(|id| project.metric(id));
            let format = ValueFormat::of(project, metric);
            let last = result.span.due;
            for (index, stage) in key_result.stages.iter().enumerate() {
                // The last stage is the target itself, at the end of the bar.
                if Some(stage.by) == last {
                    continue;
                }
                let words = format!("{} by {}", format.value(stage.value), date_words(stage.by));
                marks.push(BarMark { on: stage.by, kind: MarkKind::Stage(index), words });
            }
            if let Aim::Milestone { steps } = &key_result.aim {
                done(steps, &mut marks);
                if let Some(due) = result.span.due {
                    marks.push(BarMark { on: due, kind: MarkKind::Milestone, words: format!("milestone on {}", date_words(due)) });
                }
            }
        }
        GoalKind::Initiative(initiative) => {
            done(&initiative.steps, &mut marks);
            for effect in &initiative.effects {
                let Some(metric) = project.metric(&effect.metric) else { continue };
                let words = format!("expected to show in {} from {}", metric.short_name(), date_words(effect.from));
                marks.push(BarMark { on: effect.from, kind: MarkKind::Effect, words });
            }
        }
    }
    marks.sort_by_key(|mark| mark.on);
    marks
}
