//! All goals on one day: leaves, then the roll-up from the bottom of the tree.

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::model::{CheckIn, Date, Goal, GoalId, Project, Tree};

use super::leaf::leaf_of;
use super::result::{Evaluation, GoalResult};
use super::roll_up::{Child, roll_up, weight_shares};
use super::then::{Archived, rolls_up};

/// All goals of a project as of a day.
pub fn evaluate(project: &Project, tree: &Tree, as_of: Date) -> Evaluation {
    let mut check_ins: BTreeMap<&GoalId, Vec<&CheckIn>> = BTreeMap::new();
    for check_in in project.check_ins.values().filter(|c| c.date <= as_of) {
        check_ins.entry(&check_in.goal).or_default().push(check_in);
    }
    for list in check_ins.values_mut() {
        list.sort_by_key(|c| c.date);
    }
    evaluate_with(project, tree, as_of, |goal| {
        let own = check_ins.get(&goal.id).map_or(&[][..], Vec::as_slice);
        Arc::new(leaf_of(project, goal, own, as_of))
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
        let shares = weight_shares(children.iter().map(|(_, child)| child.weight));
        for (&(seat, _), &share) in children.iter().zip(&shares) {
            share_of[seat] = share;
        }
        let parts: Vec<Child<'_>> = children
            .iter()
            .zip(&shares)
            .filter_map(|(&(seat, goal), &share)| Some(Child { goal, result: results[seat].as_deref()?, share: share.unwrap_or(0.0) }))
            .collect();
        if let Some(own) = &results[at] {
            results[at] = Some(Arc::new(roll_up(project, goal, own, &parts, as_of)));
        }
    }
    for (result, share) in results.iter_mut().zip(share_of) {
        // Copied only where the share is news: a leaf may come from an evaluation with other weights.
        if let Some(result) = result.as_mut().filter(|r| r.weight_share != share) {
            Arc::make_mut(result).weight_share = share;
        }
    }
    let mut found: Vec<(GoalId, Arc<GoalResult>)> =
        seats.iter().zip(results).filter_map(|(seat, result)| Some((seat.goal.clone(), result?))).collect();
    found.sort_by(|a, b| a.0.cmp(&b.0));
    Evaluation { as_of, goals: found.into_iter().collect() }
}
