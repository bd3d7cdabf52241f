//! Goals: values indexed, words left out, names without numbers.

use std::collections::BTreeSet;

use super::indexed::Scales;
use super::is_slug;
use super::scale::Scale;
use super::words::Words;
use crate::model::{
    Aim, Closing, DeclaredEffect, Direction, Goal, GoalKind, GoalState, Initiative, KeyResult, LedgerChange, LedgerEntry, Objective, Pace,
    Step, TargetStage,
};

pub(super) fn redacted(goal: &Goal, scales: &Scales, words: &Words) -> Goal {
    let scale = scales.goal(&goal.id);
    let kind = match &goal.kind {
        GoalKind::Objective(Objective { answered_questions }) => {
            let answered_questions = answered_questions.iter().filter(|id| is_slug(id)).cloned().collect();
            GoalKind::Objective(Objective { answered_questions })
        }
        GoalKind::KeyResult(key_result) => GoalKind::KeyResult(measured(key_result, scale, words)),
        GoalKind::Initiative(Initiative { steps: planned, value, effort, effects }) => GoalKind::Initiative(Initiative {
            steps: steps(planned, words),
            value: *value,
            effort: *effort,
            effects: effects
                .iter()
                .map(|effect| {
                    let change = if effect.relative { effect.change } else { scales.metric(&effect.metric).of(effect.change) };
                    DeclaredEffect { change, ..effect.clone() }
                })
                .collect(),
        }),
    };
    let state = match &goal.state {
        GoalState::Active => GoalState::Active,
        GoalState::Postponed { since, note: _ } => GoalState::Postponed { since: *since, note: String::new() },
        GoalState::Abandoned { since, note: _ } => GoalState::Abandoned { since: *since, note: String::new() },
        GoalState::Closed(closing) => GoalState::Closed(Closing { note: String::new(), ..closing.clone() }),
    };
    Goal {
        title: words.masked(&goal.title),
        description: String::new(),
        kind,
        owner: words.owner(&goal.owner),
        state,
        tags: BTreeSet::new(),
        ledger: goal.ledger.iter().map(|entry| changed(entry, scale)).collect(),
        ..goal.clone()
    }
}

fn steps(steps: &[Step], words: &Words) -> Vec<Step> {
    steps.iter().map(|step| Step { title: words.masked(&step.title), done_on: step.done_on }).collect()
}

fn changed(entry: &LedgerEntry, scale: Scale) -> LedgerEntry {
    let change = match entry.change {
        LedgerChange::Target { old, new } => LedgerChange::Target { old: scale.of(old), new: scale.of(new) },
        LedgerChange::StartValue { old, new } => LedgerChange::StartValue { old: scale.of(old), new: scale.of(new) },
        LedgerChange::StartDate { old, new } => LedgerChange::StartDate { old, new },
        LedgerChange::Due { old, new } => LedgerChange::Due { old, new },
    };
    LedgerEntry { on: entry.on, change, why: String::new() }
}

fn measured(key_result: &KeyResult, scale: Scale, words: &Words) -> KeyResult {
    let KeyResult { metric, aim, pace, stages, accumulating } = key_result;
    let indexed = match aim {
        Aim::Increase { start, target } | Aim::Decrease { start, target } => {
            let up = matches!(aim, Aim::Increase { .. });
            apart([*start, *target], up, scale)
                .unwrap_or(Aim::Baseline { direction: if up { Direction::Up } else { Direction::Down }, target: Some(scale.of(*target)) })
        }
        Aim::AtLeast { threshold, required_share } => Aim::AtLeast { threshold: scale.of(*threshold), required_share: *required_share },
        Aim::AtMost { threshold, required_share } => Aim::AtMost { threshold: scale.of(*threshold), required_share: *required_share },
        Aim::Between { low, high, required_share } => {
            Aim::Between { low: scale.of(*low), high: scale.of(*high), required_share: *required_share }
        }
        Aim::Milestone { steps: planned } => Aim::Milestone { steps: steps(planned, words) },
        Aim::Baseline { direction, target } => Aim::Baseline { direction: *direction, target: target.map(|target| scale.of(target)) },
    };
    let compounds = indexed.start().zip(indexed.target()).is_none_or(|(start, target)| start * target > 0.0);
    KeyResult {
        metric: metric.clone(),
        pace: if *pace == Pace::Compound && !compounds { Pace::Linear } else { *pace },
        stages: stages.iter().map(|stage| TargetStage { by: stage.by, value: scale.of(stage.value) }).collect(),
        accumulating: *accumulating && matches!(indexed, Aim::Increase { .. }),
        aim: indexed,
    }
}

/// The aim between two values; not rounded where rounding would make one of them. None where no number could tell them apart.
fn apart([start, target]: [f64; 2], up: bool, scale: Scale) -> Option<Aim> {
    let pairs = [[scale.of(start), scale.of(target)], [scale.exact(start), scale.exact(target)]];
    let [start, target] = pairs.into_iter().find(|[start, target]| start != target)?;
    Some(if up { Aim::Increase { start, target } } else { Aim::Decrease { start, target } })
}
