//! The parts that a long ambition is broken into.

use super::Change;
use crate::model::{Goal, GoalKind, Pace, TargetStage};

/// Stages together with the pace that they lie on.
pub fn plan_stages(goal: &Goal, pace: Pace, stages: Vec<TargetStage>) -> Change {
    staged("Plan stages of", goal, pace, stages)
}

/// Other stages, which the pace follows from now on: those that somebody moved, added or removed by hand. Steps stay steps.
pub fn move_stages(goal: &Goal, stages: Vec<TargetStage>) -> Change {
    let pace = match goal.as_key_result().map(|k| k.pace) {
        Some(Pace::Steps) => Pace::Steps,
        _ => Pace::Points,
    };
    staged("Change stages of", goal, pace, stages)
}

/// No stages; a pace that followed them is straight from now on.
pub fn remove_stages(goal: &Goal) -> Change {
    let pace = goal.as_key_result().map(|k| k.pace).unwrap_or_default();
    staged("Remove stages of", goal, pace, Vec::new())
}

/// In any order; of two on one day the later in the list counts.
fn staged(verb: &str, goal: &Goal, pace: Pace, mut stages: Vec<TargetStage>) -> Change {
    stages.reverse();
    stages.sort_by_key(|s| s.by);
    stages.dedup_by_key(|s| s.by);
    let mut changed = goal.clone();
    if let GoalKind::KeyResult(key_result) = &mut changed.kind {
        let follows = matches!(pace, Pace::Steps | Pace::Points);
        key_result.pace = if follows && stages.is_empty() { Pace::Linear } else { pace };
        key_result.stages = stages;
    }
    Change::goal(verb, changed)
}
