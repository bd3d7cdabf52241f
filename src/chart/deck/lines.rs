//! Rows of slides: goals, changes, metrics.

use std::collections::BTreeSet;

use super::{ChangeLine, GoalLine, KpiLine, Source, Takeaway};
use crate::analysis::attention::{News, NewsKind, Tone};
use crate::chart::{Context, ValueFormat, leading_metric, now_to_target};
use crate::model::{Aim, Direction, Goal, GoalId, Locale, Metric, MetricId, Place, Unit, capitalised, period_words, within_period_words};

pub(super) const NOTHING: &str = "–";

pub(super) fn goal_line(source: &Source<'_>, goal: &GoalId) -> Option<GoalLine> {
    let Source { project, evaluation, .. } = *source;
    let goal = project.goal(goal)?;
    let result = evaluation.goal(&goal.id)?;
    let likelihood = result.likelihood.as_deref().map(|l| l.probability);
    let (change, tone) = change(source, goal);
    Some(GoalLine {
        goal: goal.id.clone(),
        title: goal.title.clone(),
        status: result.status,
        progress: result.progress,
        expected: result.expected,
        now: now_to_target(project, evaluation.as_of, goal, result),
        change,
        tone,
        likelihood,
        chance: likelihood.map_or_else(|| NOTHING.to_owned(), |p| short_chance(project.settings.locale, p)),
        owner: goal.owner.trim().to_owned(),
        metric: leading_metric(project, &goal.id),
    })
}

/// "31 %", "< 1 %": for cells.
fn short_chance(locale: Locale, share: f64) -> String {
    match share {
        p if p < 0.01 => format!("< {}", locale.percent(0.01, 0)),
        p if p > 0.99 => format!("> {}", locale.percent(0.99, 0)),
        p => locale.percent(p, 0),
    }
}

/// How a goal moved since the last meeting, and to which side: in the unit of its metric where it has one, else in points of progress.
fn change(source: &Source<'_>, goal: &Goal) -> (String, Tone) {
    let nothing = || (NOTHING.to_owned(), Tone::Neither);
    let Some((then, now)) = source.then.and_then(|t| t.goal(&goal.id)).zip(source.evaluation.goal(&goal.id)) else { return nothing() };
    let format = format_of(source, goal);
    let moved = match (then.progress, now.progress) {
        (Some(then), Some(now)) => Some(now - then),
        _ => None,
    };
    let tone = |moved: Option<f64>| match moved {
        Some(moved) if moved > 1e-9 => Tone::Better,
        Some(moved) if moved < -1e-9 => Tone::Worse,
        _ => Tone::Neither,
    };
    let values = then.current.zip(now.current).filter(|_| !goal.is_objective() && !goal.has_steps());
    match values {
        Some((before, after)) if before.judged_on < after.judged_on || before.value != after.value => {
            (format.difference(after.value - before.value), tone(moved.or_else(|| to_the_good(source, goal, after.value - before.value))))
        }
        Some(_) => nothing(),
        None => match moved {
            Some(moved) => (format.locale.difference(100.0 * moved, &Unit::Percent, 0), tone(Some(moved))),
            None => nothing(),
        },
    }
}

/// The difference with its sign turned so that more is better; `None` where neither side is.
fn to_the_good(source: &Source<'_>, goal: &Goal, difference: f64) -> Option<f64> {
    let key_result = goal.as_key_result()?;
    match &key_result.aim {
        Aim::Increase { .. } | Aim::AtLeast { .. } | Aim::Milestone { .. } => Some(difference),
        Aim::Decrease { .. } | Aim::AtMost { .. } => Some(-difference),
        Aim::Baseline { .. } | Aim::Between { .. } => {
            match key_result.metric.as_ref().and_then(|id| source.project.metric(id)).map(|m| m.direction)? {
                Direction::Up => Some(difference),
                Direction::Down => Some(-difference),
                Direction::Within => None,
            }
        }
    }
}

pub(super) fn format_of(source: &Source<'_>, goal: &Goal) -> ValueFormat {
    let metric = goal.as_key_result().and_then(|k| k.metric.as_ref()).and_then(|id| source.project.metric(id));
    ValueFormat::of(source.project, metric)
}

/// What news is about.
fn subject_of(news: &News) -> (Option<GoalId>, Option<MetricId>) {
    match &news.place {
        Place::Goal(goal) => (Some(goal.clone()), None),
        Place::Metric(metric) => (None, Some(metric.clone())),
        _ => (None, None),
    }
}

/// At most three sentences of the news that `wanted` lets through: the two most pressing and, where there is one, the best; no two about one thing.
pub(super) fn takeaways(source: &Source<'_>, wanted: impl Fn(&News) -> bool) -> Vec<Takeaway> {
    const MOST: usize = 3;
    let mut found: Vec<Takeaway> = Vec::new();
    let ranked: Vec<&News> = source.news.iter().map(AsRef::as_ref).filter(|n| wanted(n)).collect();
    let best = ranked.iter().find(|n| n.tone == Tone::Better);
    let room = MOST - usize::from(best.is_some());
    let pressing = ranked.iter().filter(|n| n.tone != Tone::Better && !matches!(n.kind, NewsKind::Overdue | NewsKind::Gap));
    let mut take = |news: &News, room: usize| {
        let (goal, metric) = subject_of(news);
        if found.len() < room && !found.iter().any(|t| (&t.goal, &t.metric) == (&goal, &metric)) {
            found.push(Takeaway { tone: news.tone, text: news.sentence.clone(), goal, metric });
        }
    };
    pressing.for_each(|news| take(news, room));
    if let Some(news) = best {
        take(news, MOST);
    }
    ranked.iter().filter(|n| !matches!(n.kind, NewsKind::Overdue | NewsKind::Gap)).for_each(|news| take(news, MOST));
    found
}

/// A change of a key result since the last meeting: its values, and in a sentence why it stands as it does.
pub(super) fn change_line(source: &Source<'_>, late: &Late<'_>, goal: &Goal) -> Option<(Tone, ChangeLine)> {
    let (then, now) = (source.then?.goal(&goal.id)?, source.evaluation.goal(&goal.id)?);
    let metric = goal.as_key_result().and_then(|k| k.metric.clone());
    let format = format_of(source, goal);
    let (_, tone) = change(source, goal);
    let (values, tone) = match (then.current, now.current) {
        (Some(before), Some(after)) if before.judged_on == after.judged_on && before.value == after.value => {
            return metric.as_ref().is_some_and(|metric| late.has(goal, metric)).then(|| {
                let values = format!("no value since {}", last_words(source, goal));
                (
                    Tone::Neither,
                    ChangeLine {
                        goal: Some(goal.id.clone()),
                        metric,
                        name: goal.title.clone(),
                        values,
                        reason: String::new(),
                        status: Some(now.status),
                    },
                )
            });
        }
        (Some(before), Some(after)) if !goal.has_steps() => match [before.value, after.value].map(|v| format.value(v)) {
            [before, after] if before == after => (format!("{after}, unchanged"), Tone::Neither),
            [before, after] => (format!("{before} → {after}"), tone),
        },
        _ => {
            let (before, after) = (then.progress?, now.progress?);
            if (before - after).abs() < 1e-9 {
                return None;
            }
            let percent = |share| format.locale.percent(share, 0);
            (format!("{} → {}", percent(before), percent(after)), tone)
        }
    };
    let reason = if then.status == now.status {
        now.status.word().to_owned()
    } else {
        format!("{} → {}", then.status.word(), now.status.word().to_lowercase())
    };
    Some((tone, ChangeLine { goal: Some(goal.id.clone()), metric, name: goal.title.clone(), values, reason, status: Some(now.status) }))
}

/// What news says that a value of is overdue.
pub(super) struct Late<'a> {
    goals: BTreeSet<&'a GoalId>,
    metrics: BTreeSet<&'a MetricId>,
}

impl<'a> Late<'a> {
    pub(super) fn of(source: &Source<'a>) -> Self {
        let mut late = Self { goals: BTreeSet::new(), metrics: BTreeSet::new() };
        for news in source.news.iter().filter(|news| news.kind == NewsKind::Gap) {
            match &news.place {
                Place::Goal(id) => late.goals.insert(id),
                Place::Metric(id) => late.metrics.insert(id),
                _ => continue,
            };
        }
        late
    }

    fn has(&self, goal: &Goal, metric: &MetricId) -> bool {
        self.goals.contains(&goal.id) || self.metrics.contains(metric)
    }
}

/// "Oct 2026": the period of the value that a goal is judged by.
fn last_words(source: &Source<'_>, goal: &Goal) -> String {
    let current = source.evaluation.goal(&goal.id).and_then(|r| r.current);
    let metric = goal.as_key_result().and_then(|k| k.metric.as_ref()).and_then(|id| source.project.metric(id));
    current
        .zip(metric)
        .map_or_else(String::new, |(current, metric)| period_words(&source.project.settings.calendar, metric.cadence, current.period))
}

pub(super) fn kpi_line(source: &Source<'_>, metric: &Metric) -> KpiLine {
    let Source { project, evaluation, .. } = *source;
    let context = Context { project, evaluation };
    let format = ValueFormat::of(project, Some(metric));
    let goal = context.pursued_goal(&metric.id, None);
    let result = goal.as_ref().and_then(|id| evaluation.goal(id));
    let values = crate::analysis::metric_values(project, metric, metric.cadence, evaluation.as_of);
    let last = values.complete().next_back();
    let calendar = &project.settings.calendar;
    let value = last.map_or_else(|| NOTHING.to_owned(), |(_, value)| format.value(value));
    let when = last.map_or_else(String::new, |(at, _)| period_words(calendar, values.cadence, at.period));
    let last =
        last.map_or_else(|| value.clone(), |(at, _)| format!("{value} {}", within_period_words(calendar, values.cadence, at.period)));
    let target = goal.as_ref().and_then(|id| project.goal(id)).and_then(Goal::as_key_result).map_or_else(
        || NOTHING.to_owned(),
        |key_result| match &key_result.aim {
            Aim::AtLeast { threshold, .. } => format!("≥ {}", format.value(*threshold)),
            Aim::AtMost { threshold, .. } => format!("≤ {}", format.value(*threshold)),
            Aim::Between { low, high, .. } => format.span(*low, *high, " – "),
            _ => result.and_then(|r| r.target).map_or_else(|| NOTHING.to_owned(), |t| format.value(t)),
        },
    );
    KpiLine {
        metric: metric.id.clone(),
        goal,
        name: capitalised(metric.name.trim()),
        last,
        value,
        when,
        target,
        status: result.map(|r| r.status),
        chance: result
            .and_then(|r| r.likelihood.as_deref())
            .map_or_else(|| NOTHING.to_owned(), |l| short_chance(project.settings.locale, l.probability)),
        owner: metric.owner.trim().to_owned(),
    }
}
