//! All goals on one day: leaves, then the roll-up from the bottom of the tree.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use crate::analysis::Study;
use crate::model::{CheckIn, Date, Goal, GoalId, Project, Tree};

use super::forecasts::NewForecasts;
use super::leaf::leaf_of;
use super::result::{Evaluation, GoalResult};
use super::roll_up::{Child, roll_up, weight_shares};
use super::then::{Archived, rolls_up};

/// All goals of a project as of a day, with forecasts worked out here.
pub fn evaluate<'a>(project: impl Into<Study<'a>>, tree: &Tree, as_of: Date) -> Evaluation {
    let project = project.into();
    let mut check_ins: BTreeMap<&GoalId, Vec<&CheckIn>> = BTreeMap::new();
    for check_in in project.check_ins.values().filter(|c| c.date <= as_of) {
        check_ins.entry(&check_in.goal).or_default().push(check_in);
    }
    for list in check_ins.values_mut() {
        list.sort_by_key(|c| c.date);
    }
    let forecasts = NewForecasts::new(project, as_of);
    evaluate_with(&project, tree, as_of, |goal| {
        let own = check_ins.get(&goal.id).map_or(&[][..], Vec::as_slice);
        Arc::new(leaf_of(project, goal, own, as_of, &forecasts))
    })
}

/// As [`evaluate`], with the leaves from elsewhere (a cache). `leaf` is asked once for every goal, objectives included: what it gives
/// for an objective is [`super::leaf`] of it, which depends on the goal, its check-ins, its links, and the metrics of its guardrails.
///
/// Linear in the number of goals.
pub fn evaluate_with(project: &Project, tree: &Tree, as_of: Date, mut leaf: impl FnMut(&Goal) -> Arc<GoalResult>) -> Evaluation {
    let by_rank: Vec<&Goal> = project.goals.values().map(Arc::as_ref).collect();
    let seats = tree.seats();
    // The goal of each seat; a tree older than the project may have lost some.
    let goals: Vec<Option<&Goal>> = seats
        .iter()
        .map(|seat| by_rank.get(seat.rank).copied().filter(|g| g.id == seat.goal).or_else(|| project.goal(&seat.goal)))
        .collect();
    let mut results: Vec<Option<Arc<GoalResult>>> = goals.iter().map(|goal| goal.map(&mut leaf)).collect();
    let mut share_of: Vec<Option<f64>> = vec![None; seats.len()];
    let mut children: Vec<(usize, &Goal)> = Vec::new();
    for at in (0..seats.len()).rev() {
        let Some(goal) = goals[at].filter(|g| g.is_objective()) else { continue };
        children.clear();
        let mut next = at + 1;
        while next < seats[at].end {
            if let Some(child) = goals[next].filter(|child| rolls_up(child, Archived::of(goal), as_of)) {
                children.push((next, child));
            }
            next = seats[next].end.max(next + 1);
        }
        let parts: Vec<(&Goal, &GoalResult)> =
            children.iter().filter_map(|&(seat, goal)| Some((goal, results[seat].as_deref()?))).collect();
        if let Some(own) = &results[at] {
            let (shares, result) = from_parts(project, goal, own, &parts, as_of);
            for (&(seat, _), share) in children.iter().zip(shares) {
                share_of[seat] = share;
            }
            results[at] = Some(Arc::new(result));
        }
    }
    let found =
        seats.iter().zip(results).zip(share_of).filter_map(|((seat, result), share)| Some((seat.goal.clone(), with_share(result?, share))));
    Evaluation { as_of, goals: found.collect() }
}

/// One goal as of a day, from its own leaf and those of the goals under it; shares of a parent are left out. Objectives that are `known` are
/// taken as they are, and those that were worked out are known afterwards.
pub fn evaluate_one(
    project: &Project,
    tree: &Tree,
    goal: &GoalId,
    as_of: Date,
    known: &mut BTreeMap<GoalId, Arc<GoalResult>>,
    mut leaf: impl FnMut(&Goal) -> Arc<GoalResult>,
) -> Option<Arc<GoalResult>> {
    let mut order: Vec<&Goal> = project.goal(goal).into_iter().collect();
    let mut at = 0;
    while let Some(&next) = order.get(at) {
        if next.is_objective() && !known.contains_key(&next.id) {
            let children = tree.children(&next.id).iter().filter_map(|child| project.goal(child));
            order.extend(children.filter(|child| rolls_up(child, Archived::of(next), as_of)));
        }
        at += 1;
    }
    // Parts before wholes.
    let mut leaves: BTreeMap<&GoalId, Arc<GoalResult>> = BTreeMap::new();
    for &next in order.iter().rev() {
        if !next.is_objective() {
            leaves.insert(&next.id, leaf(next));
        } else if !known.contains_key(&next.id) {
            let children = tree.children(&next.id).iter().filter_map(|child| project.goal(child));
            let parts: Vec<(&Goal, &GoalResult)> = children
                .filter(|child| rolls_up(child, Archived::of(next), as_of))
                .filter_map(|child| Some((child, leaves.get(&child.id).or_else(|| known.get(&child.id))?.as_ref())))
                .collect();
            let result = Arc::new(from_parts(project, next, &leaf(next), &parts, as_of).1);
            known.insert(next.id.clone(), result);
        }
    }
    leaves.remove(goal).or_else(|| known.get(goal).cloned())
}

/// The shares of the parts of an objective, in their order, and its result.
fn from_parts(
    project: &Project,
    goal: &Goal,
    own: &GoalResult,
    parts: &[(&Goal, &GoalResult)],
    as_of: Date,
) -> (Vec<Option<f64>>, GoalResult) {
    let shares = weight_shares(parts.iter().map(|(child, _)| child.weight));
    let children: Vec<Child<'_>> =
        parts.iter().zip(&shares).map(|(&(goal, result), share)| Child { goal, result, share: share.unwrap_or(0.0) }).collect();
    let result = roll_up(project, goal, own, &children, as_of);
    (shares, result)
}

impl Evaluation {
    /// Brings itself up to date after an edit that reached only the goals `changed` (themselves, their check-ins, links or metrics) and left
    /// every goal under its parent: only they and the objectives above them are worked out again. `leaf` is asked for those alone. Says which
    /// goals have another result.
    pub fn renew(
        &mut self,
        project: &Project,
        tree: &Tree,
        changed: &[GoalId],
        mut leaf: impl FnMut(&Goal) -> Arc<GoalResult>,
    ) -> BTreeSet<GoalId> {
        let Self { as_of, goals } = self;
        let as_of = *as_of;
        let mut renewed = BTreeSet::new();
        // Deepest first.
        let mut above: BTreeSet<(Reverse<usize>, &GoalId)> = BTreeSet::new();
        for id in changed {
            for (depth, goal) in Tree::path(project, id).into_iter().enumerate() {
                if goal.is_objective() {
                    above.insert((Reverse(depth), &goal.id));
                } else if &goal.id == id {
                    let share = goals.get(id).and_then(|r| r.weight_share);
                    goals.insert(id.clone(), with_share(leaf(goal), share));
                    renewed.insert(id.clone());
                }
            }
        }
        for (_, id) in above {
            let Some(goal) = project.goal(id) else { continue };
            let children: Vec<&Goal> = tree.children(id).iter().filter_map(|child| project.goal(child)).collect();
            let parts: Vec<(&Goal, &GoalResult)> = children
                .iter()
                .filter(|child| rolls_up(child, Archived::of(goal), as_of))
                .filter_map(|child| Some((*child, goals.get(&child.id)?.as_ref())))
                .collect();
            let (shares, mut result) = from_parts(project, goal, &leaf(goal), &parts, as_of);
            // Parts are among the children, in their order.
            let mut parts = parts.iter().map(|(part, _)| &part.id).zip(shares).peekable();
            let of_children: Vec<Option<f64>> =
                children.iter().map(|child| parts.next_if(|(part, _)| **part == child.id).and_then(|(_, share)| share)).collect();
            for (child, share) in children.iter().zip(of_children) {
                if let Some(result) = goals.get_mut(&child.id).filter(|r| r.weight_share != share) {
                    Arc::make_mut(result).weight_share = share;
                    renewed.insert(child.id.clone());
                }
            }
            // Its own share is its parent's to give, which comes next.
            result.weight_share = goals.get(id).and_then(|r| r.weight_share);
            goals.insert(id.clone(), Arc::new(result));
            renewed.insert(id.clone());
        }
        renewed
    }
}

/// Copied only where the share is news: a leaf may come from an evaluation with other weights.
fn with_share(mut result: Arc<GoalResult>, share: Option<f64>) -> Arc<GoalResult> {
    if result.weight_share != share {
        Arc::make_mut(&mut result).weight_share = share;
    }
    result
}
