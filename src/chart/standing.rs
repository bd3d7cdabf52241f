//! Where a goal stands, in the few words of a cell.

use super::ValueFormat;
use super::format::without_unit_of;
use crate::analysis::GoalResult;
use crate::model::{Aim, Date, Goal, GoalId, GoalKind, MetricId, Project, Step};

/// "8.2 M → 10 M", "99.94 %, ≥ 99.9 %", "1 of 2", "4 of 5 measured", "–".
pub fn now_to_target(project: &Project, as_of: Date, goal: &Goal, result: &GoalResult) -> String {
    let key_result = match &goal.kind {
        GoalKind::KeyResult(key_result) => key_result,
        GoalKind::Objective(_) => return result.measured.map_or_else(|| "–".to_owned(), |(m, n)| format!("{m} of {n} measured")),
        GoalKind::Initiative(initiative) => return steps_words(&initiative.steps, as_of),
    };
    let metric = key_result.metric.as_ref().and_then(|id| project.metric(id));
    let format = ValueFormat::of(project, metric);
    let now = result.current.map_or_else(|| "–".to_owned(), |c| format.value(c.value));
    match &key_result.aim {
        Aim::Milestone { steps } => steps_words(steps, as_of),
        Aim::Increase { .. } | Aim::Decrease { .. } | Aim::Baseline { .. } => {
            let target = result.target.map_or_else(|| "–".to_owned(), |t| format.value(t));
            format!("{now} → {target}")
        }
        Aim::AtLeast { threshold, .. } => format!("{now}, ≥ {}", format.value(*threshold)),
        Aim::AtMost { threshold, .. } => format!("{now}, ≤ {}", format.value(*threshold)),
        Aim::Between { low, high, .. } => {
            let limits = format.span(*low, *high, " – ");
            // The unit stands once.
            format!("{}, {limits}", without_unit_of(&now, &limits))
        }
    }
}

fn steps_words(steps: &[Step], as_of: Date) -> String {
    let done = steps.iter().filter(|s| s.done_on.is_some_and(|d| d <= as_of)).count();
    if steps.len() == 1 { if done == 1 { "done".to_owned() } else { "open".to_owned() } } else { format!("{done} of {}", steps.len()) }
}

/// The metric whose line stands for a goal: its own, else the first outcome linked to it.
pub fn leading_metric(project: &Project, goal: &GoalId) -> Option<MetricId> {
    let own = project.goal(goal)?.as_key_result().and_then(|key_result| key_result.metric.clone());
    own.or_else(|| project.linked_metrics(goal).first().map(|(metric, _)| metric.id.clone()))
}
