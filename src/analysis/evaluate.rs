//! All goals on one day: leaves, then the roll-up.

use std::sync::Arc;

use crate::model::{Date, Goal, Project, Status, Tree};

use super::result::{Evaluation, GoalResult};

/// All goals of a project as of a day.
pub fn evaluate(project: &Project, tree: &Tree, as_of: Date) -> Evaluation {
    evaluate_with(project, tree, as_of, |goal| Arc::new(leaf(project, goal, as_of)))
}

/// The numbers that a goal has by itself. For objectives these are dates, check-ins and guardrails; the rest comes from the roll-up.
pub fn leaf(project: &Project, goal: &Goal, _as_of: Date) -> GoalResult {
    GoalResult {
        span: project.span(goal),
        progress: None,
        expected: None,
        status: Status::NoData,
        computed: Status::NoData,
        reason: "There is no data yet.".to_owned(),
        current: None,
        start: None,
        target: None,
        original_target: None,
        measured: None,
        weight_share: None,
        required_rate: None,
        provisional: false,
        maintain: None,
        overridden: None,
        said: None,
        guardrails_tripped: Vec::new(),
        score: None,
        score_original: None,
    }
}

/// As [`evaluate`], with the leaves from elsewhere (a cache). `leaf` is asked once for every goal, objectives included.
pub fn evaluate_with(project: &Project, tree: &Tree, as_of: Date, mut leaf: impl FnMut(&Goal) -> Arc<GoalResult>) -> Evaluation {
    let goals = tree.walk().into_iter().filter_map(|v| Some((v.goal.clone(), leaf(project.goal(v.goal)?)))).collect();
    Evaluation { as_of, goals }
}
