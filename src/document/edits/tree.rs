//! Adding and moving goals.

use super::{Change, put_goal, quoted};
use crate::document::Edit;
use crate::model::{Goal, GoalId, OrderKey, Project};

/// Siblings under a parent (`None`: the roots), in order, without one of them.
fn siblings<'a>(project: &'a Project, parent: Option<&GoalId>, without: &GoalId) -> Vec<&'a Goal> {
    let mut found: Vec<&Goal> =
        project.goals.values().map(AsRef::as_ref).filter(|g| g.parent.as_ref() == parent && &g.id != without).collect();
    found.sort_by(|a, b| (&a.order, &a.id).cmp(&(&b.order, &b.id)));
    found
}

/// The goal becomes the last child of its parent.
pub fn add_goal(project: &Project, mut goal: Goal) -> Change {
    let last = siblings(project, goal.parent.as_ref(), &goal.id).last().map(|g| g.order.clone());
    goal.order = OrderKey::between(last.as_ref(), None);
    let verb = format!("Add {}", goal.kind.word().to_lowercase());
    Change::goal(&verb, goal)
}

/// Moves a goal under a parent (`None`: to the top), before one of its children, or to the end. Ids, history and dates stay.
pub fn move_goal(project: &Project, goal: &Goal, parent: Option<&GoalId>, before: Option<&GoalId>) -> Change {
    let others = siblings(project, parent, &goal.id);
    let place = before.and_then(|b| others.iter().position(|g| &g.id == b)).unwrap_or(others.len());
    let lower = place.checked_sub(1).and_then(|i| others.get(i)).map(|g| &g.order);
    let upper = others.get(place).map(|g| &g.order);
    let label = format!("Move {}", quoted(&goal.title));
    if lower.zip(upper).is_none_or(|(lower, upper)| lower < upper) {
        let order = OrderKey::between(lower, upper);
        return Change::new(label, put_goal(Goal { parent: parent.cloned(), order, ..goal.clone() }));
    }
    // Two neighbours share a key (both were made on branches): all siblings get new ones.
    let mut order = others;
    order.insert(place, goal);
    let mut edits = Vec::new();
    let mut last: Option<OrderKey> = None;
    for sibling in order {
        let key = OrderKey::between(last.as_ref(), None);
        edits.push(put_goal(Goal { parent: parent.cloned(), order: key.clone(), ..sibling.clone() }));
        last = Some(key);
    }
    Change::new(label, Edit::Batch(edits))
}

/// One place up among the siblings; `None` for the first.
pub fn move_goal_up(project: &Project, goal: &Goal) -> Option<Change> {
    let others = siblings(project, goal.parent.as_ref(), &goal.id);
    let above = others.iter().rfind(|g| (&g.order, &g.id) < (&goal.order, &goal.id))?;
    Some(move_goal(project, goal, goal.parent.as_ref(), Some(&above.id)))
}

/// One place down among the siblings; `None` for the last.
pub fn move_goal_down(project: &Project, goal: &Goal) -> Option<Change> {
    let others = siblings(project, goal.parent.as_ref(), &goal.id);
    let below = others.iter().position(|g| (&g.order, &g.id) > (&goal.order, &goal.id))?;
    Some(move_goal(project, goal, goal.parent.as_ref(), others.get(below + 1).map(|g| &g.id)))
}
