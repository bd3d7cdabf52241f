//! What should have been reached by a day (SEMANTICS, "Pace and expectation").

use crate::model::{Date, Goal, Project};

/// The pace of a key result as a value of its metric on a day.
pub fn expected_value(project: &Project, goal: &Goal, on: Date) -> Option<f64> {
    let aim = &goal.as_key_result()?.aim;
    let (from, to) = (aim.start()?, aim.target()?);
    let span = project.span(goal);
    let (start, due) = (span.start?, span.due?);
    let whole = (due - start).num_days();
    let share = if whole <= 0 { 1.0 } else { ((on - start).num_days() as f64 / whole as f64).clamp(0.0, 1.0) };
    Some(from + share * (to - from))
}

/// The pace of a key result as a line from start to due.
pub fn pace_points(project: &Project, goal: &Goal) -> Vec<(Date, f64)> {
    let span = project.span(goal);
    [span.start, span.due].into_iter().flatten().filter_map(|on| Some((on, expected_value(project, goal, on)?))).collect()
}
