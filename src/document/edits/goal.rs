//! What every goal has: title, owner, dates, weight, state.

use std::collections::BTreeSet;

use super::Change;
use crate::model::{
    Cadence, Contribution, CycleId, Date, DrivenBy, Goal, GoalKind, GoalState, Horizon, LedgerChange, LedgerEntry, ProductStage, Weight,
};

pub fn rename_goal(goal: &Goal, title: impl Into<String>) -> Change {
    Change::goal("Rename", Goal { title: title.into(), ..goal.clone() })
}

pub fn describe_goal(goal: &Goal, description: impl Into<String>) -> Change {
    Change::goal("Change description of", Goal { description: description.into(), ..goal.clone() })
}

pub fn set_owner(goal: &Goal, owner: impl Into<String>) -> Change {
    Change::goal("Change owner of", Goal { owner: owner.into(), ..goal.clone() })
}

/// `None` leaves the date to the cycle. The change is kept in the ledger as of `on`.
pub fn set_start(goal: &Goal, start: Option<Date>, on: Date, why: &str) -> Change {
    let mut changed = Goal { start, ..goal.clone() };
    note(&mut changed, on, LedgerChange::StartDate { old: goal.start, new: start }, why);
    Change::goal("Change start of", changed)
}

pub fn set_due(goal: &Goal, due: Option<Date>, on: Date, why: &str) -> Change {
    let mut changed = Goal { due, ..goal.clone() };
    note(&mut changed, on, LedgerChange::Due { old: goal.due, new: due }, why);
    Change::goal("Change due date of", changed)
}

/// Both dates at once; each change is kept in the ledger as of `on`.
pub fn set_dates(goal: &Goal, start: Option<Date>, due: Option<Date>, on: Date, why: &str) -> Change {
    let mut changed = Goal { start, due, ..goal.clone() };
    note(&mut changed, on, LedgerChange::StartDate { old: goal.start, new: start }, why);
    note(&mut changed, on, LedgerChange::Due { old: goal.due, new: due }, why);
    Change::goal("Change dates of", changed)
}

pub fn set_cycle(goal: &Goal, cycle: Option<CycleId>) -> Change {
    Change::goal("Change cycle of", Goal { cycle, ..goal.clone() })
}

/// Pins the goal to a share of its parent, 0…1; the unpinned siblings share the rest.
pub fn pin_weight(goal: &Goal, share: f64) -> Change {
    Change::goal("Change weight of", Goal { weight: Weight::Pinned(share), ..goal.clone() })
}

/// Lets the goal share what pinned siblings leave, in proportion to a number.
pub fn free_weight(goal: &Goal, weight: f64) -> Change {
    Change::goal("Change weight of", Goal { weight: Weight::Free(weight), ..goal.clone() })
}

pub fn set_contribution(goal: &Goal, contribution: Contribution) -> Change {
    Change::goal("Change contribution of", Goal { contribution, ..goal.clone() })
}

pub fn set_horizon(goal: &Goal, horizon: Horizon) -> Change {
    Change::goal("Change horizon of", Goal { horizon, ..goal.clone() })
}

pub fn set_state(goal: &Goal, state: GoalState) -> Change {
    let verb = match state {
        GoalState::Active => "Reopen",
        GoalState::Postponed { .. } => "Postpone",
        GoalState::Abandoned { .. } => "Abandon",
        GoalState::Closed(_) => "Close",
    };
    Change::goal(verb, Goal { state, ..goal.clone() })
}

pub fn set_driven_by(goal: &Goal, driven_by: Option<DrivenBy>) -> Change {
    Change::goal("Change what drives", Goal { driven_by, ..goal.clone() })
}

pub fn set_stage(goal: &Goal, stage: Option<ProductStage>) -> Change {
    Change::goal("Change stage of", Goal { stage, ..goal.clone() })
}

pub fn set_tags(goal: &Goal, tags: BTreeSet<String>) -> Change {
    Change::goal("Change tags of", Goal { tags, ..goal.clone() })
}

pub fn set_check_in_cadence(goal: &Goal, check_in_cadence: Option<Cadence>) -> Change {
    Change::goal("Change check-ins of", Goal { check_in_cadence, ..goal.clone() })
}

/// Answers a key question of an objective with yes, or takes the answer back. Nothing for other goals.
pub fn toggle_answer(goal: &Goal, question: &str) -> Option<Change> {
    let mut changed = goal.clone();
    let GoalKind::Objective(objective) = &mut changed.kind else { return None };
    if !objective.answered_questions.remove(question) {
        objective.answered_questions.insert(question.to_owned());
    }
    Some(Change::goal("Answer a key question of", changed))
}

/// Why something that was promised changed: the words of one entry of the ledger.
pub fn explain_change(goal: &Goal, entry: usize, why: impl Into<String>) -> Change {
    let mut changed = goal.clone();
    if let Some(entry) = changed.ledger.get_mut(entry) {
        entry.why = why.into();
    }
    Change::goal("Explain a change of", changed)
}

/// Writes a change into the ledger, oldest first. Several changes of one thing on one day are one entry, from the first old value to
/// the last new one: a slider that is dragged, or a slip that is corrected, is one decision. One that ends where it began is none.
pub(super) fn note(goal: &mut Goal, on: Date, change: LedgerChange, why: &str) {
    let same_day = goal.ledger.iter().position(|e| e.on == on && joined(&e.change, &change).is_some());
    if let Some(index) = same_day {
        let entry = &mut goal.ledger[index];
        if let Some(joined) = joined(&entry.change, &change) {
            entry.change = joined;
        }
        if !why.is_empty() {
            why.clone_into(&mut entry.why);
        }
        if is_nothing(&goal.ledger[index].change) {
            goal.ledger.remove(index);
        }
    } else if !is_nothing(&change) {
        let place = goal.ledger.partition_point(|e| e.on <= on);
        goal.ledger.insert(place, LedgerEntry { on, change, why: why.to_owned() });
    }
}

/// One change after the other as one, where they are of one kind.
fn joined(first: &LedgerChange, then: &LedgerChange) -> Option<LedgerChange> {
    match (first, then) {
        (LedgerChange::Target { old, .. }, LedgerChange::Target { new, .. }) => Some(LedgerChange::Target { old: *old, new: *new }),
        (LedgerChange::StartValue { old, .. }, LedgerChange::StartValue { new, .. }) => {
            Some(LedgerChange::StartValue { old: *old, new: *new })
        }
        (LedgerChange::StartDate { old, .. }, LedgerChange::StartDate { new, .. }) => {
            Some(LedgerChange::StartDate { old: *old, new: *new })
        }
        (LedgerChange::Due { old, .. }, LedgerChange::Due { new, .. }) => Some(LedgerChange::Due { old: *old, new: *new }),
        _ => None,
    }
}

fn is_nothing(change: &LedgerChange) -> bool {
    match change {
        LedgerChange::Target { old, new } | LedgerChange::StartValue { old, new } => old == new,
        LedgerChange::StartDate { old, new } | LedgerChange::Due { old, new } => old == new,
    }
}
