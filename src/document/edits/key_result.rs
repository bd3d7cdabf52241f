//! What a key result aims at, and the steps of initiatives.

use super::Change;
use super::goal::note;
use crate::model::{
    Aim, DEFAULT_REQUIRED_SHARE, Date, DeclaredEffect, Direction, Goal, GoalKind, Initiative, KeyResult, LedgerChange, MetricId, Pace,
    Step, TargetStage,
};

/// The kinds of aim, as the inspector lists them.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum AimKind {
    Increase,
    Decrease,
    AtLeast,
    AtMost,
    Between,
    Milestone,
    Baseline,
}

impl AimKind {
    pub const ALL: [Self; 7] =
        [Self::Increase, Self::Decrease, Self::AtLeast, Self::AtMost, Self::Between, Self::Milestone, Self::Baseline];

    pub fn of(aim: &Aim) -> Self {
        match aim {
            Aim::Increase { .. } => Self::Increase,
            Aim::Decrease { .. } => Self::Decrease,
            Aim::AtLeast { .. } => Self::AtLeast,
            Aim::AtMost { .. } => Self::AtMost,
            Aim::Between { .. } => Self::Between,
            Aim::Milestone { .. } => Self::Milestone,
            Aim::Baseline { .. } => Self::Baseline,
        }
    }

    /// As people read it: "Stay at or above".
    pub fn word(self) -> &'static str {
        self.from_aim(&one_step_milestone(), None).word()
    }

    /// An aim of this kind that keeps the numbers of another one as far as they fit; `current` is the metric's present value.
    pub fn from_aim(self, aim: &Aim, current: Option<f64>) -> Aim {
        let target = aim.target().or(match aim {
            Aim::Between { low, .. } => Some(*low),
            _ => current,
        });
        let target = target.unwrap_or(0.0);
        let start = aim.start().or(current);
        let share = match aim {
            Aim::AtLeast { required_share, .. } | Aim::AtMost { required_share, .. } | Aim::Between { required_share, .. } => {
                *required_share
            }
            _ => DEFAULT_REQUIRED_SHARE,
        };
        // A tenth away, where no start or target on the right side is known.
        let step = if target == 0.0 { 1.0 } else { target.abs() / 10.0 };
        match self {
            Self::Increase => match start {
                Some(start) if start < target => Aim::Increase { start, target },
                Some(start) if start > target && aim.start().is_some() => Aim::Increase { start: target, target: start },
                _ => Aim::Increase { start: target - step, target },
            },
            Self::Decrease => match start {
                Some(start) if start > target => Aim::Decrease { start, target },
                Some(start) if start < target && aim.start().is_some() => Aim::Decrease { start: target, target: start },
                _ => Aim::Decrease { start: target + step, target },
            },
            Self::AtLeast => Aim::AtLeast { threshold: target, required_share: share },
            Self::AtMost => Aim::AtMost { threshold: target, required_share: share },
            Self::Between => match aim {
                Aim::Between { .. } => aim.clone(),
                _ => Aim::Between { low: target - step, high: target + step, required_share: share },
            },
            Self::Milestone => match aim {
                Aim::Milestone { .. } => aim.clone(),
                _ => one_step_milestone(),
            },
            Self::Baseline => {
                let direction = match aim {
                    Aim::Baseline { direction, .. } => *direction,
                    Aim::Decrease { .. } | Aim::AtMost { .. } => Direction::Down,
                    Aim::Between { .. } => Direction::Within,
                    Aim::Increase { .. } | Aim::AtLeast { .. } | Aim::Milestone { .. } => Direction::Up,
                };
                Aim::Baseline { direction, target: aim.target() }
            }
        }
    }
}

/// Done or not done.
pub fn one_step_milestone() -> Aim {
    Aim::Milestone { steps: vec![Step { title: "Done".to_owned(), done_on: None }] }
}

pub fn one_step_initiative() -> Initiative {
    Initiative { steps: vec![Step { title: "Done".to_owned(), done_on: None }], ..Initiative::default() }
}

fn with_key_result(goal: &Goal, verb: &str, change: impl FnOnce(&mut Goal, KeyResult) -> KeyResult) -> Change {
    let mut changed = goal.clone();
    if let GoalKind::KeyResult(key_result) = &goal.kind {
        let key_result = change(&mut changed, key_result.clone());
        changed.kind = GoalKind::KeyResult(key_result);
    }
    Change::goal(verb, changed)
}

/// Another target (or threshold) for a key result, kept in the ledger as of `on`.
pub fn set_target(goal: &Goal, target: f64, on: Date, why: &str) -> Change {
    with_key_result(goal, "Change target of", |changed, key_result| {
        let aim = key_result.aim.with_target(target);
        aimed(changed, key_result, aim, on, why)
    })
}

/// Another start value, for aims that have one or are still without.
pub fn set_start_value(goal: &Goal, start: f64, on: Date, why: &str) -> Change {
    with_key_result(goal, "Change start value of", |changed, key_result| {
        let aim = match key_result.aim.clone() {
            Aim::Increase { target, .. } => Aim::Increase { start, target },
            Aim::Decrease { target, .. } => Aim::Decrease { start, target },
            // The baseline is known now.
            Aim::Baseline { target: Some(target), .. } if target > start => Aim::Increase { start, target },
            Aim::Baseline { target: Some(target), .. } if target < start => Aim::Decrease { start, target },
            other => other,
        };
        aimed(changed, key_result, aim, on, why)
    })
}

/// Another aim altogether. What does not fit it any more (accumulation, a compound pace) goes.
pub fn set_aim(goal: &Goal, aim: Aim, on: Date, why: &str) -> Change {
    with_key_result(goal, "Change aim of", |changed, key_result| {
        let accumulating = key_result.accumulating && matches!(aim, Aim::Increase { start: 0.0, .. });
        let compound = matches!(aim, Aim::Increase { start, target } | Aim::Decrease { start, target } if start * target > 0.0);
        let numbers = matches!(aim, Aim::Increase { .. } | Aim::Decrease { .. });
        let pace = match key_result.pace {
            Pace::Compound if numbers && !compound => Pace::Linear,
            pace => pace,
        };
        aimed(changed, KeyResult { pace, accumulating, ..key_result }, aim, on, why)
    })
}

/// Puts the aim in and what it changes into the ledger.
fn aimed(goal: &mut Goal, key_result: KeyResult, aim: Aim, on: Date, why: &str) -> KeyResult {
    if let (Some(old), Some(new)) = (key_result.aim.target(), aim.target()) {
        note(goal, on, LedgerChange::Target { old, new }, why);
    }
    if let (Some(old), Some(new)) = (key_result.aim.start(), aim.start()) {
        note(goal, on, LedgerChange::StartValue { old, new }, why);
    }
    KeyResult { aim, ..key_result }
}

/// Measures the key result by another metric, or by check-ins.
pub fn set_metric(goal: &Goal, metric: Option<MetricId>) -> Change {
    with_key_result(goal, "Change metric of", |_, key_result| KeyResult { metric, ..key_result })
}

pub fn set_pace(goal: &Goal, pace: Pace) -> Change {
    with_key_result(goal, "Change pace of", |_, key_result| KeyResult { pace, ..key_result })
}

/// Whether the total over the goal's span is aimed at.
pub fn set_accumulating(goal: &Goal, accumulating: bool) -> Change {
    with_key_result(goal, "Change accumulation of", |_, key_result| KeyResult { accumulating, ..key_result })
}

/// Stages in any order; of two on one day the later in the list counts.
pub fn set_stages(goal: &Goal, mut stages: Vec<TargetStage>) -> Change {
    stages.reverse();
    stages.sort_by_key(|s| s.by);
    stages.dedup_by_key(|s| s.by);
    with_key_result(goal, "Change stages of", |_, key_result| KeyResult { stages, ..key_result })
}

/// The steps of a milestone or an initiative; other goals stay as they are.
pub fn set_steps(goal: &Goal, steps: Vec<Step>) -> Change {
    let mut changed = goal.clone();
    match &mut changed.kind {
        GoalKind::KeyResult(KeyResult { aim: Aim::Milestone { steps: old }, .. }) => *old = steps,
        GoalKind::Initiative(initiative) => initiative.steps = steps,
        GoalKind::KeyResult(_) | GoalKind::Objective(_) => {}
    }
    Change::goal("Change steps of", changed)
}

/// What an initiative is worth and what it takes, 1 … 5 each; other goals stay as they are.
pub fn set_rating(goal: &Goal, value: Option<u8>, effort: Option<u8>) -> Change {
    let mut changed = goal.clone();
    if let GoalKind::Initiative(initiative) = &mut changed.kind {
        (initiative.value, initiative.effort) = (value, effort);
    }
    Change::goal("Change value and effort of", changed)
}

/// What an initiative is expected to do to metrics; other goals stay as they are.
pub fn set_effects(goal: &Goal, effects: Vec<DeclaredEffect>) -> Change {
    let mut changed = goal.clone();
    if let GoalKind::Initiative(initiative) = &mut changed.kind {
        initiative.effects = effects;
    }
    Change::goal("Change effects of", changed)
}

/// Marks one step as done on a day, or as not done.
pub fn set_step_done(goal: &Goal, index: usize, done_on: Option<Date>) -> Change {
    let steps = match &goal.kind {
        GoalKind::KeyResult(KeyResult { aim: Aim::Milestone { steps }, .. }) => steps.as_slice(),
        GoalKind::Initiative(initiative) => initiative.steps.as_slice(),
        GoalKind::KeyResult(_) | GoalKind::Objective(_) => &[],
    };
    let mut steps = steps.to_vec();
    if let Some(step) = steps.get_mut(index) {
        step.done_on = done_on;
    }
    set_steps(goal, steps)
}
