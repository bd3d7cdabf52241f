//! Rules about what a goal promises: its words, its measure, its target and its dates.

use super::Rule;
use super::subject::{Lint, Remark, Subject};
use super::wording::{has_number, rewritten, vague_verb, work_verb};
use std::collections::BTreeSet;

use crate::analysis::Study;
use crate::analysis::effort::Work;
use crate::analysis::measure::last_period_by;
use crate::analysis::status::{EARLY_POINTS, TOLERANCE};
use crate::analysis::values::{formula_inputs, metric_values};
use crate::model::{Aggregation, Aim, Cadence, Date, GoalKind, Metric, date_words};

pub(super) fn judge(lint: &Lint<'_>, subject: &Subject<'_>, rule: Rule) -> Option<Remark> {
    match rule {
        Rule::VagueGoal => vague(lint, subject),
        Rule::TaskAsKeyResult => task(subject),
        Rule::NoMeasure => no_measure(subject),
        Rule::NoStart | Rule::NoTarget => baseline(lint, subject, rule),
        Rule::TargetIsStart => target_is_start(lint, subject),
        Rule::BeyondBenchmarks => beyond_benchmarks(lint, subject),
        Rule::NoDates => no_dates(subject),
        Rule::OutsideParent => outside_parent(subject),
        Rule::CadenceTooCoarse => too_coarse(lint, subject),
        _ => None,
    }
}

fn vague(lint: &Lint<'_>, subject: &Subject<'_>) -> Option<Remark> {
    let goal = subject.goal;
    let is_measured = match &goal.kind {
        GoalKind::Objective(_) => super::shape::has_outcome_metric(lint, &goal.id),
        GoalKind::KeyResult(key_result) => key_result.metric.is_some(),
        GoalKind::Initiative(_) => true,
    };
    let verb = vague_verb(&goal.title).filter(|_| !is_measured && !has_number(&goal.title))?;
    let rewrite = rewritten(&lint.project, &goal.title, subject.result.span.due);
    let suggestion = if goal.is_objective() {
        format!("Keep it as the objective, and add a key result such as “{rewrite}”.")
    } else {
        format!("Say what will be different, such as “{rewrite}”.")
    };
    Some(Remark::new(format!("“{verb}” is true of any change, however small, and no metric says how much is enough."), suggestion))
}

fn task(subject: &Subject<'_>) -> Option<Remark> {
    let key_result = subject.goal.as_key_result().filter(|k| k.metric.is_none())?;
    let verb = work_verb(&subject.goal.title).filter(|_| !has_number(&subject.goal.title))?;
    let what = match &key_result.aim {
        Aim::Milestone { .. } => "It can be done to the last step",
        _ => "It can be done",
    };
    Some(Remark::new(
        format!("“{verb}” is work, and no number says what it is good for. {what} without anything being different afterwards."),
        "Make it an initiative, and let the key result measure what the work should change.",
    ))
}

fn no_measure(subject: &Subject<'_>) -> Option<Remark> {
    let key_result = subject.goal.as_key_result()?;
    let is_measured = key_result.metric.is_some() || matches!(key_result.aim, Aim::Milestone { .. });
    (!is_measured).then(|| {
        Remark::new(
            "It has neither a metric nor a milestone: its value is what the last check-in says.",
            "Link the metric that it is measured by, or make it a milestone with steps.",
        )
    })
}

/// A baseline is a good beginning, and no promise yet.
fn baseline(lint: &Lint<'_>, subject: &Subject<'_>, rule: Rule) -> Option<Remark> {
    let Some(Aim::Baseline { target, .. }) = subject.then.aim else { return None };
    let now = subject.result.current.map(|c| lint.value(subject.goal, c.value));
    match (target, rule) {
        (None, Rule::NoTarget) => Some(Remark::new(
            "It finds out where things stand, but has no target yet, so it has no progress either.",
            match now {
                Some(now) => format!("It is {now} now: choose a start value and a target as soon as that can be trusted."),
                None => "Record the first values, then choose a start value and a target.".to_owned(),
            },
        )),
        (Some(target), Rule::NoStart) => {
            let target = lint.value(subject.goal, target);
            Some(Remark::new(
                format!("It has the target {target}, but no start value, so how far it has come cannot be told."),
                match now {
                    Some(now) => format!("Start from {now}, the latest value."),
                    None => "Record a first value and start from there.".to_owned(),
                },
            ))
        }
        _ => None,
    }
}

fn target_is_start(lint: &Lint<'_>, subject: &Subject<'_>) -> Option<Remark> {
    let aim = subject.then.aim.as_ref()?;
    let (start, target, up) = match *aim {
        Aim::Increase { start, target } => (start, target, true),
        Aim::Decrease { start, target } => (start, target, false),
        _ => return None,
    };
    let words = lint.value(subject.goal, target);
    let suggestion = "Choose a target that asks for more, or one to stay at.";
    if (start - target).abs() <= TOLERANCE * target.abs().max(1.0) {
        return Some(Remark::new(format!("The target {words} equals the start value: nothing has to change."), suggestion));
    }
    let key_result = subject.goal.as_key_result().filter(|k| !k.accumulating)?;
    let metric = key_result.metric.as_ref().and_then(|id| lint.project.metric(id))?;
    let from = subject.result.span.start?.min(lint.as_of);
    let (on, value) = value_before(lint.project, metric, from)?;
    let is_reached = if up { value >= target } else { value <= target };
    is_reached.then(|| {
        let (value, on) = (lint.value(subject.goal, value), date_words(on));
        Remark::new(format!("On {on}, before it began, the value was {value} already: the target {words} asks for nothing."), suggestion)
    })
}

/// The value of the last period that was over before a day, where one recorded point says it.
fn value_before(project: Study<'_>, metric: &Metric, day: Date) -> Option<(Date, f64)> {
    let calendar = project.settings.calendar;
    let until = calendar.previous(metric.cadence, calendar.period_of(metric.cadence, day)).last;
    let index = metric.series.len_up_to(until).checked_sub(1)?;
    let on = metric.series.times()[index].date();
    let period = calendar.period_of(metric.cadence, on);
    let is_alone = metric.aggregation == Aggregation::Last || index == 0 || metric.series.times()[index - 1].date() < period.first;
    is_alone.then(|| (period.last, metric.series.values()[index]))
}

fn beyond_benchmarks(lint: &Lint<'_>, subject: &Subject<'_>) -> Option<Remark> {
    let metric = lint.metric_of(subject.goal)?;
    let aim = subject.then.aim.as_ref()?;
    let target = aim.target()?;
    let up = match aim {
        Aim::Increase { .. } | Aim::AtLeast { .. } => true,
        Aim::Decrease { .. } | Aim::AtMost { .. } => false,
        Aim::Baseline { direction, .. } => match direction {
            crate::model::Direction::Up => true,
            crate::model::Direction::Down => false,
            crate::model::Direction::Within => return None,
        },
        Aim::Between { .. } | Aim::Milestone { .. } => return None,
    };
    let known = metric.benchmarks.iter().filter(|b| b.date <= lint.as_of);
    let best = known.max_by(|a, b| if up { a.value.total_cmp(&b.value) } else { b.value.total_cmp(&a.value) })?;
    let is_beyond = if up { target > best.value } else { target < best.value };
    let history = if !is_beyond {
        return None;
    } else if metric.formula().is_some() {
        metric_values(lint.project, metric, metric.cadence, lint.as_of).present().count()
    } else {
        metric.series.len_up_to(lint.as_of)
    };
    (history < EARLY_POINTS).then(|| {
        let value = |v: f64| lint.value(subject.goal, v);
        let points = match history {
            0 => "without a value so far".to_owned(),
            1 => "after one value".to_owned(),
            n => format!("after {n} values"),
        };
        Remark::new(
            format!(
                "The target {} lies beyond every benchmark; the best is {} with {}. {} cannot tell yet whether it is possible, {points}.",
                value(target),
                best.name,
                value(best.value),
                metric.short_name()
            ),
            "Measure first, or say what makes more possible here than anywhere else.",
        )
    })
}

fn no_dates(subject: &Subject<'_>) -> Option<Remark> {
    let span = subject.result.span;
    let why = match (span.start, span.due) {
        (Some(_), Some(_)) => return None,
        (None, None) => "It has neither a start nor a due date, so nothing can be expected of it on any day.",
        (None, Some(_)) => "It has no start date, so there is no pace to judge it by.",
        (Some(_), None) => "It has no due date, so it is never late and never missed.",
    };
    let suggestion = match subject.parent_span {
        Some(parent) if parent.start.is_some() && parent.due.is_some() => "Take the dates of the goal above it, or a cycle.",
        _ => "Give it dates or a cycle.",
    };
    Some(Remark::new(why, suggestion))
}

fn outside_parent(subject: &Subject<'_>) -> Option<Remark> {
    let (span, above) = (subject.result.span, subject.parent_span?);
    let early = span.start.zip(above.start).filter(|(own, parent)| own < parent);
    let late = span.due.zip(above.due).filter(|(own, parent)| own > parent);
    let begins = early.map(|(own, parent)| format!("begins on {}, before the goal above it on {}", date_words(own), date_words(parent)));
    let ends = late.map(|(own, parent)| format!("is due on {}, after the goal above it on {}", date_words(own), date_words(parent)));
    let why = match (begins, ends) {
        (None, None) => return None,
        (Some(why), None) | (None, Some(why)) => why,
        (Some(begins), Some(ends)) => format!("{begins}, and {ends}"),
    };
    Some(Remark::new(format!("It {why}."), "Bring it inside the dates of the goal above, or move those."))
}

fn too_coarse(lint: &Lint<'_>, subject: &Subject<'_>) -> Option<Remark> {
    let key_result = subject.goal.as_key_result().filter(|k| !k.accumulating)?;
    let metric = key_result.metric.as_ref().and_then(|id| lint.project.metric(id))?;
    let (start, due) = subject.result.span.start.zip(subject.result.span.due)?;
    let calendar = lint.project.settings.calendar;
    let cadence = grain(lint.project, metric);
    // A total over one period needs no second one.
    let is_total = metric.aggregation == Aggregation::Sum && calendar.period_of(cadence, start).contains(due);
    let last = last_period_by(calendar, cadence, due);
    (!is_total && last.last <= start).then(|| {
        let finer = Cadence::ALL.into_iter().rev().find(|&finer| finer < cadence && last_period_by(calendar, finer, due).last > start);
        let suggestion = match finer {
            Some(finer) => {
                format!("Record {} {}, or choose dates that a {} ends in.", metric.short_name(), finer.word(), cadence.period_word())
            }
            None => format!("Choose dates that a {} ends in.", cadence.period_word()),
        };
        Remark::new(
            format!(
                "{} is {}, and no {} ends between {} and {}: there will be no value to judge it by.",
                metric.short_name(),
                cadence.word(),
                cadence.period_word(),
                date_words(start),
                date_words(due)
            ),
            suggestion,
        )
    })
}

/// The cadence that values come in: for a formula that of its slowest input. A chain of formulas is followed a few steps.
fn grain(project: Study<'_>, metric: &Metric) -> Cadence {
    let (mut slowest, mut seen, mut level) = (metric.cadence, BTreeSet::from([metric.id.clone()]), vec![metric]);
    for _ in 0..4 {
        let mut next = Vec::new();
        for input in level.into_iter().flat_map(|metric| formula_inputs(project, metric)) {
            if let Some(metric) = project.metric(&input).filter(|_| project.spend(Work::Parts, 20) && seen.insert(input)) {
                slowest = slowest.max(metric.cadence);
                next.push(metric);
            }
        }
        level = next;
    }
    slowest
}
