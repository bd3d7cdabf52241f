//! Carrying goals over into another cycle: new goals that start where the old ones stand, and name them as their predecessors.

use std::collections::BTreeMap;

use super::closing::close;
use super::{Change, ClosedGoal, put_goal, several};
use crate::document::{Edit, EditError, Entity};
use crate::model::{
    Aggregation, Aim, Cycle, Date, Goal, GoalId, GoalKind, GoalState, Initiative, KeyResult, Link, OrderKey, Pace, Project, Step, Weight,
};

/// What happens to the steps of milestones and initiatives.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum CarriedSteps {
    /// What is done stays done.
    #[default]
    Keep,
    /// All begin anew.
    Reset,
}

/// What becomes of one goal in the next cycle.
#[derive(Clone, Debug, PartialEq)]
pub struct CarriedGoal {
    pub goal: GoalId,
    pub title: String,
    /// The aim of a key result, as [`carried_aim`] suggests it; else none.
    pub aim: Option<Aim>,
    pub steps: CarriedSteps,
}

/// Everything that one carrying over does.
#[derive(Clone, Debug, PartialEq)]
pub struct CarryOver {
    /// The cycle of the new goals. One that the project does not have yet is added.
    pub into: Cycle,
    pub goals: Vec<CarriedGoal>,
    /// Old goals that are closed with it.
    pub close: Vec<ClosedGoal>,
    /// The day on which that happens.
    pub on: Date,
}

/// The aim of a key result that begins anew at its current value: the target is kept where it still lies ahead; where it is reached,
/// the same growth again is suggested. Totals over a span begin at nothing again and keep their target. What is to be stayed at stays.
pub fn carried_aim(project: &Project, key_result: &KeyResult, current: Option<f64>) -> Aim {
    let Some(current) = current.filter(|c| c.is_finite()) else { return key_result.aim.clone() };
    let metric = key_result.metric.as_ref().and_then(|id| project.metric(id));
    let is_total = |start: f64| key_result.accumulating || (start == 0.0 && metric.is_some_and(|m| m.aggregation == Aggregation::Sum));
    let aim = match key_result.aim {
        Aim::Increase { start, .. } if is_total(start) => key_result.aim.clone(),
        Aim::Increase { start, target } => {
            let target = if current < target { target } else { tidy(current + (target - start)) };
            Aim::Increase { start: current, target }
        }
        Aim::Decrease { start, target } => {
            let target = if current > target { target } else { same_growth_again(current + start - target, current) };
            Aim::Decrease { start: current, target }
        }
        // The baseline is known now.
        Aim::Baseline { target: Some(target), .. } if target > current => Aim::Increase { start: current, target },
        Aim::Baseline { target: Some(target), .. } if target < current => Aim::Decrease { start: current, target },
        _ => key_result.aim.clone(),
    };
    // Numbers too large to go on from stay as they are.
    if leads_somewhere(&aim) { aim } else { key_result.aim.clone() }
}

/// Whether an aim that goes from a start to a target goes the way that it says.
pub fn leads_somewhere(aim: &Aim) -> bool {
    match *aim {
        Aim::Increase { start, target } => start.is_finite() && target.is_finite() && start < target,
        Aim::Decrease { start, target } => start.is_finite() && target.is_finite() && start > target,
        _ => true,
    }
}

/// Where the way from `start` to `target` leads when it is gone once more. A way that would cross zero goes on by the same factor.
pub(super) fn same_growth_again(start: f64, target: f64) -> f64 {
    let next = target + (target - start);
    if start * target > 0.0 && next * target <= 0.0 { tidy(target * (target / start)) } else { tidy(next) }
}

/// Without the noise of binary fractions: ten significant digits.
fn tidy(value: f64) -> f64 {
    if value == 0.0 || !value.is_finite() {
        return value;
    }
    format!("{value:.9e}").parse().unwrap_or(value)
}

/// The new goals, their links, the closing of the old ones and, where it is new, the cycle: one step. Answers with the new id of each
/// goal. A goal whose parent is carried too goes under the new parent; else it stays under the old one, behind its siblings. Dates come
/// from the cycle; check-ins, ledger, stages and closing do not come along.
pub fn carry_over(
    project: &Project,
    plan: &CarryOver,
    mut new_id: impl FnMut() -> GoalId,
) -> Result<(Change, BTreeMap<GoalId, GoalId>), EditError> {
    let CarryOver { into, goals, close: closed, on } = plan;
    let carried: Vec<(&Goal, &CarriedGoal)> = goals.iter().filter_map(|c| Some((project.goal(&c.goal)?, c))).collect();
    if carried.is_empty() {
        return Err(EditError::TreeRule("No goal is chosen to be carried over".to_owned()));
    }
    let ids: BTreeMap<GoalId, GoalId> = carried.iter().map(|(goal, _)| (goal.id.clone(), new_id())).collect();
    let mut edits = Vec::new();
    if project.cycles.get(&into.id) != Some(into) {
        edits.push(Edit::Put(Entity::Cycle(into.clone())));
    }
    // The last place taken under each parent that gets new children.
    let mut last: BTreeMap<Option<GoalId>, OrderKey> = BTreeMap::new();
    for (goal, how) in &carried {
        let Some(id) = ids.get(&goal.id) else { continue };
        let mut copy = successor(goal, how, into, *on, id.clone());
        if let Some(parent) = goal.parent.as_ref().and_then(|p| ids.get(p)) {
            copy.parent = Some(parent.clone());
        } else {
            let before = last.remove(&goal.parent).or_else(|| last_child(project, goal.parent.as_ref()));
            copy.order = OrderKey::between(before.as_ref(), None);
            last.insert(goal.parent.clone(), copy.order.clone());
            // The old goal keeps its pin; two of them may be more than the whole.
            if let Weight::Pinned(_) = copy.weight {
                copy.weight = Weight::Free(1.0);
            }
        }
        edits.push(put_goal(copy));
    }
    for link in project.links.values() {
        if let Some(id) = ids.get(&link.goal) {
            edits.push(Edit::Put(Entity::Link(Link { goal: id.clone(), ..link.clone() })));
        }
    }
    let open = |goal: &&Goal| !matches!(goal.state, GoalState::Closed(_));
    edits.extend(closed.iter().filter_map(|c| project.goal(&c.goal).filter(open).map(|goal| close(goal, c, *on))));
    let originals: Vec<&Goal> = carried.iter().map(|(goal, _)| *goal).collect();
    let label = format!("{} over to {}", several("Carry", &originals), into.name);
    Ok((Change::new(label, Edit::Batch(edits)), ids))
}

fn last_child(project: &Project, parent: Option<&GoalId>) -> Option<OrderKey> {
    project.goals.values().filter(|g| g.parent.as_ref() == parent).map(|g| g.order.clone()).max()
}

/// The goal that carries another one on.
fn successor(goal: &Goal, how: &CarriedGoal, into: &Cycle, on: Date, id: GoalId) -> Goal {
    let kind = match &goal.kind {
        GoalKind::Objective(objective) => GoalKind::Objective(objective.clone()),
        GoalKind::KeyResult(key_result) => GoalKind::KeyResult(carried_key_result(key_result, how)),
        GoalKind::Initiative(initiative) => GoalKind::Initiative(Initiative {
            steps: carried_steps(&initiative.steps, how.steps),
            // What has begun to work is in the values already.
            effects: initiative.effects.iter().filter(|e| e.from > on).cloned().collect(),
            ..initiative.clone()
        }),
    };
    Goal {
        id,
        title: how.title.clone(),
        kind,
        cycle: Some(into.id.clone()),
        start: None,
        due: None,
        state: GoalState::Active,
        archived: false,
        ledger: Vec::new(),
        predecessor: Some(goal.id.clone()),
        ..goal.clone()
    }
}

fn carried_key_result(key_result: &KeyResult, how: &CarriedGoal) -> KeyResult {
    let mut aim = how.aim.clone().unwrap_or_else(|| key_result.aim.clone());
    if let Aim::Milestone { steps } = &mut aim {
        *steps = carried_steps(steps, how.steps);
    }
    let compound = matches!(aim, Aim::Increase { start, target } | Aim::Decrease { start, target } if start * target > 0.0);
    let numbers = matches!(aim, Aim::Increase { .. } | Aim::Decrease { .. });
    let pace = match key_result.pace {
        // The stages were days of the old cycle.
        Pace::Steps | Pace::Points => Pace::Linear,
        Pace::Compound if numbers && !compound => Pace::Linear,
        pace => pace,
    };
    let accumulating = key_result.accumulating && matches!(aim, Aim::Increase { start: 0.0, .. });
    KeyResult { metric: key_result.metric.clone(), aim, pace, stages: Vec::new(), accumulating }
}

fn carried_steps(steps: &[Step], how: CarriedSteps) -> Vec<Step> {
    let done_on = |step: &Step| step.done_on.filter(|_| how == CarriedSteps::Keep);
    steps.iter().map(|step| Step { title: step.title.clone(), done_on: done_on(step) }).collect()
}

#[cfg(test)]
mod tests;
