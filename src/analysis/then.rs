//! A goal as it was on a day: the ledger played backwards, states that had not begun undone.

use crate::model::{Aim, Date, Goal, GoalKind, GoalState, LedgerChange, Project, Span};

/// What a goal promised on a day.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Then {
    pub(super) span: Span,
    /// Key results only.
    pub(super) aim: Option<Aim>,
    /// The first target, where it had been changed by that day.
    pub(super) original_target: Option<f64>,
    pub(super) state: GoalState,
}

impl Then {
    pub(super) fn of(project: &Project, goal: &Goal, as_of: Date) -> Self {
        let mut aim = goal.as_key_result().map(|k| k.aim.clone());
        let (mut start, mut due) = (goal.start, goal.due);
        let mut original_target = None;
        for entry in goal.ledger.iter().rev() {
            let later = entry.on > as_of;
            match entry.change {
                LedgerChange::Target { old, .. } if later => aim = aim.map(|a| a.with_target(old)),
                LedgerChange::StartValue { old, .. } if later => aim = aim.map(|a| with_start(a, old)),
                LedgerChange::StartDate { old, .. } if later => start = old,
                LedgerChange::Due { old, .. } if later => due = old,
                // Oldest last: what stays is the first target.
                LedgerChange::Target { old, .. } => original_target = Some(old),
                LedgerChange::StartValue { .. } | LedgerChange::StartDate { .. } | LedgerChange::Due { .. } => {}
            }
        }
        let from_cycle = if start == goal.start && due == goal.due {
            project.span(goal)
        } else {
            let cycle = goal.cycle.as_ref().and_then(|id| project.cycles.get(id));
            Span { start: start.or(cycle.map(|c| c.start)), due: due.or(cycle.map(|c| c.end)) }
        };
        let original_target = original_target.filter(|&t| aim.as_ref().and_then(Aim::target) != Some(t));
        let state = if goal.state.since().is_some_and(|since| since > as_of) { GoalState::Active } else { goal.state.clone() };
        Self { span: from_cycle, aim, original_target, state }
    }
}

fn with_start(mut aim: Aim, old: f64) -> Aim {
    if let Aim::Increase { start, .. } | Aim::Decrease { start, .. } = &mut aim {
        *start = old;
    }
    aim
}

/// Whether a goal takes part in its parent's roll-up on a day: it contributes, and is neither postponed, abandoned nor archived.
/// (The children of an archived goal keep counting for it, so that its numbers stay.)
pub(super) fn rolls_up(goal: &Goal, parent_archived: Archived, as_of: Date) -> bool {
    let out = match &goal.state {
        GoalState::Postponed { since, .. } | GoalState::Abandoned { since, .. } => *since <= as_of,
        GoalState::Active | GoalState::Closed(_) => false,
    };
    let hidden = goal.archived && parent_archived == Archived::No;
    goal.contribution == crate::model::Contribution::Contributes && !out && !hidden
}

/// Whether a goal is out of sight.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Archived {
    Yes,
    No,
}

impl Archived {
    pub(super) fn of(goal: &Goal) -> Self {
        if goal.archived { Self::Yes } else { Self::No }
    }
}

/// The steps of a milestone or an initiative: done by a day, and all.
pub(super) fn steps_done(goal: &Goal, as_of: Date) -> Option<(usize, usize)> {
    let steps = match &goal.kind {
        GoalKind::Objective(_) => return None,
        GoalKind::Initiative(initiative) => &initiative.steps,
        GoalKind::KeyResult(key_result) => match &key_result.aim {
            Aim::Milestone { steps } => steps,
            _ => return None,
        },
    };
    let done = steps.iter().filter(|s| s.done_on.is_some_and(|on| on <= as_of)).count();
    Some((done, steps.len()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analysis::fixture::{Fixture, day};
    use crate::model::LedgerEntry;

    #[test]
    fn targets_and_dates_are_those_of_the_day() {
        let mut f = Fixture::new();
        let goal = f.increase(0.0, 120.0, "2026-01-01", "2026-12-31");
        let mut goal = f.project.goal(&goal).unwrap().clone();
        let entry = |on: &str, change| LedgerEntry { on: day(on), change, why: String::new() };
        goal.ledger = vec![
            entry("2026-03-01", LedgerChange::Target { old: 100.0, new: 150.0 }),
            entry("2026-05-01", LedgerChange::Due { old: Some(day("2026-09-30")), new: Some(day("2026-12-31")) }),
            entry("2026-06-01", LedgerChange::Target { old: 150.0, new: 120.0 }),
        ];
        let target = |on: &str| Then::of(&f.project, &goal, day(on)).aim.unwrap().target().unwrap();
        assert_eq!([target("2026-02-28"), target("2026-03-01"), target("2026-06-01")], [100.0, 150.0, 120.0]);
        let due = |on: &str| Then::of(&f.project, &goal, day(on)).span.due.unwrap();
        assert_eq!([due("2026-04-30"), due("2026-05-01")], [day("2026-09-30"), day("2026-12-31")]);
        let original = |on: &str| Then::of(&f.project, &goal, day(on)).original_target;
        assert_eq!([original("2026-02-01"), original("2026-03-01"), original("2026-07-01")], [None, Some(100.0), Some(100.0)]);
    }
}
