//! What is done to goals together with what is under them, and to several goals at once.

use std::collections::{BTreeMap, BTreeSet};

use super::{Change, put_goal, quoted, topmost};
use crate::document::{Edit, EditError, Entity};
use crate::model::{Contribution, Goal, GoalId, GoalState, Link, Project, Tree, Weight};

/// "Move “X”", "Move 3 goals".
pub(super) fn several(verb: &str, goals: &[&Goal]) -> String {
    match goals {
        [goal] => format!("{verb} {}", quoted(&goal.title)),
        _ => format!("{verb} {} goals", goals.len()),
    }
}

/// Copies goals with everything under them, each next to the one it is a copy of, and names the copies in their order. Links come
/// along. What only the first goal has lived through does not: check-ins, ledger, closing and predecessor.
pub fn duplicate_goals(
    project: &Project,
    goals: &[GoalId],
    mut new_id: impl FnMut() -> GoalId,
) -> Result<(Change, Vec<GoalId>), EditError> {
    let originals = topmost(project, goals);
    if originals.is_empty() {
        return Err(EditError::TreeRule("No goal is selected".to_owned()));
    }
    let tree = Tree::of(project);
    let mut edits = Vec::new();
    let mut copies = Vec::with_capacity(originals.len());
    let mut titles: BTreeSet<String> = project.goals.values().map(|g| g.title.clone()).collect();
    for original in &originals {
        let subtree = tree.subtree(&original.id);
        let ids: BTreeMap<&GoalId, GoalId> = subtree.iter().map(|v| (v.goal, new_id())).collect();
        for goal in subtree.iter().filter_map(|v| project.goal(v.goal)) {
            let Some(id) = ids.get(&goal.id) else { continue };
            let mut copy = fresh(goal, id.clone());
            if goal.id == original.id {
                copy.title = title_of_copy(&goal.title, &titles);
                titles.insert(copy.title.clone());
                copy.archived = false;
                // Two equal pins may be more than the whole.
                if let Weight::Pinned(_) = copy.weight {
                    copy.weight = Weight::Free(1.0);
                }
                copies.push(id.clone());
            } else {
                copy.parent = goal.parent.as_ref().and_then(|p| ids.get(p)).cloned();
            }
            if goal.id == original.id {
                edits.extend(super::tree::placed_after(project, goal, &copy));
            } else {
                edits.push(put_goal(copy));
            }
        }
        for link in project.links.values() {
            if let Some(id) = ids.get(&link.goal) {
                edits.push(Edit::Put(Entity::Link(Link { goal: id.clone(), ..link.clone() })));
            }
        }
    }
    Ok((Change::new(several("Duplicate", &originals), Edit::Batch(edits)), copies))
}

/// "X (copy)", "X (copy 2)": the first that nothing is called yet. A copy of a copy is one more of the same.
fn title_of_copy(title: &str, taken: &BTreeSet<String>) -> String {
    let title = without_copy(title);
    let first = format!("{title} (copy)");
    // There are more names than goals.
    let more = (2..taken.len() + 3).map(|number| format!("{title} (copy {number})"));
    std::iter::once(first.clone()).chain(more).find(|name| !taken.contains(name)).unwrap_or(first)
}

/// "X" of "X (copy)" and of "X (copy 2)".
fn without_copy(title: &str) -> &str {
    let said = title.strip_suffix(')').and_then(|rest| rest.rsplit_once(" (copy"));
    let is_copy = |number: &str| {
        number.is_empty() || number.strip_prefix(' ').is_some_and(|n| !n.is_empty() && n.bytes().all(|b| b.is_ascii_digit()))
    };
    said.filter(|(title, number)| !title.is_empty() && is_copy(number)).map_or(title, |(title, _)| title)
}

/// The same goal before anything happened to it.
fn fresh(goal: &Goal, id: GoalId) -> Goal {
    let state = match &goal.state {
        GoalState::Closed(_) => GoalState::Active,
        state => state.clone(),
    };
    Goal { id, state, ledger: Vec::new(), predecessor: None, ..goal.clone() }
}

/// Changes each of the goals that the change is a change for: one step, whose words name the only one.
pub(super) fn each(project: &Project, goals: &[GoalId], verb: &str, changed: impl Fn(&Goal) -> Goal) -> Change {
    let pairs: Vec<(&Goal, Goal)> =
        goals.iter().filter_map(|id| project.goal(id)).map(|g| (g, changed(g))).filter(|(g, c)| *g != c).collect();
    let touched: Vec<&Goal> = pairs.iter().map(|(g, _)| *g).collect();
    Change::new(several(verb, &touched), Edit::Batch(pairs.into_iter().map(|(_, changed)| put_goal(changed)).collect()))
}

/// Goals leave the tree with what is under them, and keep everything.
pub fn archive_goals(project: &Project, goals: &[GoalId]) -> Change {
    let topmost: Vec<GoalId> = topmost(project, goals).into_iter().map(|g| g.id.clone()).collect();
    each(project, &topmost, "Archive", |goal| Goal { archived: true, ..goal.clone() })
}

/// Archived goals come back into the tree.
pub fn restore_goals(project: &Project, goals: &[GoalId]) -> Change {
    each(project, goals, "Restore", |goal| Goal { archived: false, ..goal.clone() })
}

/// Postpones, abandons or resumes goals. What is closed stays closed.
pub fn set_states(project: &Project, goals: &[GoalId], state: &GoalState) -> Change {
    let verb = match state {
        GoalState::Active => "Resume",
        GoalState::Postponed { .. } => "Postpone",
        GoalState::Abandoned { .. } => "Abandon",
        GoalState::Closed(_) => "Close",
    };
    each(project, goals, verb, |goal| match (&goal.state, state) {
        (GoalState::Closed(_), _) => goal.clone(),
        // The day and the note of what holds already are kept.
        (GoalState::Postponed { .. }, GoalState::Postponed { .. }) | (GoalState::Abandoned { .. }, GoalState::Abandoned { .. }) => {
            goal.clone()
        }
        _ => Goal { state: state.clone(), ..goal.clone() },
    })
}

/// Whether goals roll up into their parents or only support them.
pub fn set_contributions(project: &Project, goals: &[GoalId], contribution: Contribution) -> Change {
    let ids: Vec<GoalId> = goals.iter().filter(|id| project.goal(id).is_some_and(|g| g.parent.is_some())).cloned().collect();
    each(project, &ids, "Change contribution of", |goal| Goal { contribution, ..goal.clone() })
}
