//! Adding and moving goals, by the rules of the tree.

use std::collections::BTreeSet;

use super::{Change, put_goal, quoted};
use crate::document::{Edit, EditError, EntityId};
use crate::model::{Contribution, Goal, GoalId, GoalKind, OrderKey, Project, Tree, Weight};

/// The children of a parent (`None`: the roots), in order.
fn children<'a>(project: &'a Project, parent: Option<&GoalId>) -> Vec<&'a Goal> {
    let mut found: Vec<&Goal> = project.goals.values().map(AsRef::as_ref).filter(|g| g.parent.as_ref() == parent).collect();
    found.sort_by(|a, b| (&a.order, &a.id).cmp(&(&b.order, &b.id)));
    found
}

/// The goal becomes the last child of its parent.
pub fn add_goal(project: &Project, mut goal: Goal) -> Change {
    let last = children(project, goal.parent.as_ref()).into_iter().rfind(|g| g.id != goal.id).map(|g| g.order.clone());
    goal.order = OrderKey::between(last.as_ref(), None);
    let verb = format!("Add {}", goal.kind.word().to_lowercase());
    Change::goal(&verb, goal)
}

/// These goals without those that stand under another one of them, in the order of the tree: what moves takes its subtree along.
pub fn topmost<'a>(project: &'a Project, goals: &[GoalId]) -> Vec<&'a Goal> {
    let wanted: BTreeSet<&GoalId> = goals.iter().collect();
    if let [goal] = goals {
        return project.goal(goal).into_iter().collect();
    }
    let tree = Tree::of(project);
    let mut found = Vec::new();
    let mut covered_to = 0;
    for (index, seat) in tree.seats().iter().enumerate() {
        if index >= covered_to && wanted.contains(&seat.goal) {
            found.extend(project.goal(&seat.goal));
            covered_to = seat.end;
        }
    }
    found
}

/// Whether these goals may stand under a parent (`None`: at the top), else why not, in words for people.
pub fn may_move(project: &Project, goals: &[&Goal], parent: Option<&GoalId>) -> Result<(), EditError> {
    let above = parent.map(|id| project.goal(id).ok_or_else(|| EditError::Missing(EntityId::Goal(id.clone())))).transpose()?;
    let path = parent.map(|id| Tree::path(project, id)).unwrap_or_default();
    for goal in goals {
        let title = quoted(&goal.title);
        let refusal = match above.map(|a| &a.kind) {
            _ if path.iter().any(|g| g.id == goal.id) => Some(format!("{title} cannot go under itself")),
            None if !goal.is_objective() => Some(format!("Only objectives stand at the top; {title} is {}", with_article(&goal.kind))),
            Some(kind) if !kind.may_hold(&goal.kind) => Some(match kind {
                GoalKind::KeyResult(_) => format!("A key result holds only initiatives; {title} is {}", with_article(&goal.kind)),
                GoalKind::Initiative(_) | GoalKind::Objective(_) => "An initiative holds no other goals".to_owned(),
            }),
            _ => None,
        };
        if let Some(refusal) = refusal {
            return Err(EditError::TreeRule(refusal));
        }
    }
    pins_fit(project, goals, parent)
}

/// Whether the pinned weights of the goals leave those under their new parent at 100 % or less.
fn pins_fit(project: &Project, goals: &[&Goal], parent: Option<&GoalId>) -> Result<(), EditError> {
    let pin = |goal: &Goal| match goal.weight {
        Weight::Pinned(share) if goal.contribution == Contribution::Contributes => share,
        Weight::Pinned(_) | Weight::Free(_) => 0.0,
    };
    let arriving: f64 = goals.iter().filter(|g| g.parent.as_ref() != parent).map(|g| pin(g)).sum();
    if arriving <= 0.0 {
        return Ok(());
    }
    let sum = arriving + project.goals.values().filter(|g| g.parent.as_ref() == parent).map(|g| pin(g)).sum::<f64>();
    if sum <= 1.0 + 1e-9 {
        return Ok(());
    }
    let place = parent.and_then(|id| project.goal(id)).map_or_else(|| "at the top".to_owned(), |g| format!("under {}", quoted(&g.title)));
    Err(EditError::TreeRule(format!("The pinned weights {place} would add up to {:.0} %; unpin one first", sum * 100.0)))
}

fn with_article(kind: &GoalKind) -> &'static str {
    match kind {
        GoalKind::Objective(_) => "an objective",
        GoalKind::KeyResult(_) => "a key result",
        GoalKind::Initiative(_) => "an initiative",
    }
}

/// Puts goals under a parent one after the other, before one of its children, or to the end.
fn placed(project: &Project, goals: &[&Goal], parent: Option<&GoalId>, before: Option<&GoalId>) -> Vec<Edit> {
    let moves = |goal: &Goal| goals.iter().any(|g| g.id == goal.id);
    let all = children(project, parent);
    // A goal that moves itself gives its place to the next that stays.
    let before = before.and_then(|b| all.iter().skip_while(|g| &g.id != b).find(|g| !moves(g)));
    let mut order: Vec<&Goal> = all.iter().copied().filter(|g| !moves(g)).collect();
    let place = before.and_then(|b| order.iter().position(|g| g.id == b.id)).unwrap_or(order.len());
    let lower = place.checked_sub(1).and_then(|i| order.get(i)).map(|g| &g.order);
    let upper = order.get(place).map(|g| &g.order);
    let after: Vec<&GoalId> = order[..place].iter().chain(goals).chain(&order[place..]).map(|g| &g.id).collect();
    if after.iter().copied().eq(all.iter().map(|g| &g.id)) {
        return Vec::new();
    }
    let put = |goal: &Goal, order: OrderKey| put_goal(Goal { parent: parent.cloned(), order, ..goal.clone() });
    let numbered = |goals: &[&Goal], lower: Option<&OrderKey>, upper: Option<&OrderKey>| {
        let mut last = lower.cloned();
        let mut edits = Vec::with_capacity(goals.len());
        for goal in goals {
            let key = OrderKey::between(last.as_ref(), upper);
            edits.push(put(goal, key.clone()));
            last = Some(key);
        }
        edits
    };
    if lower.zip(upper).is_none_or(|(lower, upper)| lower < upper) {
        return numbered(goals, lower, upper);
    }
    // Two neighbours share a key (both were made on branches): all siblings get new ones.
    order.splice(place..place, goals.iter().copied());
    numbered(&order, None, None)
}

/// Puts a new goal right after its sibling.
pub(super) fn placed_after(project: &Project, sibling: &Goal, new: &Goal) -> Vec<Edit> {
    let parent = sibling.parent.as_ref();
    let next = children(project, parent).into_iter().skip_while(|g| g.id != sibling.id).nth(1);
    placed(project, &[new], parent, next.map(|g| &g.id))
}

fn moved(project: &Project, goals: &[&Goal], parent: Option<&GoalId>, before: Option<&GoalId>) -> Change {
    let mut edits = placed(project, goals, parent, before);
    let edit = if edits.len() == 1 { edits.remove(0) } else { Edit::Batch(edits) };
    Change::new(super::several("Move", goals), edit)
}

/// Moves a goal under a parent (`None`: to the top), before one of its children, or to the end. Ids, history and dates stay.
pub fn move_goal(project: &Project, goal: &Goal, parent: Option<&GoalId>, before: Option<&GoalId>) -> Change {
    moved(project, &[goal], parent, before)
}

/// Moves goals with what is under them, as [`move_goal`] does one, where the rules of the tree allow it.
pub fn move_goals(project: &Project, goals: &[GoalId], parent: Option<&GoalId>, before: Option<&GoalId>) -> Result<Change, EditError> {
    let goals = topmost(project, goals);
    may_move(project, &goals, parent)?;
    Ok(moved(project, &goals, parent, before))
}

/// The topmost goals, their parent, and the siblings that stay; archived ones are not seen, and nothing moves past them.
struct Block<'a> {
    goals: Vec<&'a Goal>,
    parent: Option<&'a GoalId>,
    above: Option<&'a Goal>,
    below: Option<&'a Goal>,
    /// The sibling after `below`.
    after: Option<&'a Goal>,
}

impl<'a> Block<'a> {
    fn of(project: &'a Project, goals: &[GoalId]) -> Result<Self, EditError> {
        let goals = topmost(project, goals);
        let Some(first) = goals.first() else { return Err(EditError::TreeRule("No goal is selected".to_owned())) };
        let parent = first.parent.as_ref();
        if goals.iter().any(|g| g.parent.as_ref() != parent) {
            return Err(EditError::TreeRule("The selected goals stand under different goals".to_owned()));
        }
        let key = |g: &'a Goal| (&g.order, &g.id);
        let (start, end) = (key(first), goals.last().map_or(key(first), |g| key(g)));
        let stays = |g: &&'a Goal| goals.iter().all(|m| m.id != g.id);
        let all = children(project, parent);
        let above = all.iter().copied().filter(stays).rfind(|g| !g.archived && key(g) < start);
        let below = all.iter().copied().filter(stays).find(|g| !g.archived && key(g) > end);
        let after = below.and_then(|b| all.iter().copied().filter(stays).find(|g| key(g) > key(b)));
        Ok(Self { goals, parent, above, below, after })
    }

    fn title(&self) -> String {
        self.goals.first().map_or_else(String::new, |g| quoted(&g.title))
    }
}

/// One place up among the siblings.
pub fn move_goals_up(project: &Project, goals: &[GoalId]) -> Result<Change, EditError> {
    let block = Block::of(project, goals)?;
    let above = block.above.ok_or_else(|| EditError::TreeRule(format!("{} is the first already", block.title())))?;
    Ok(moved(project, &block.goals, block.parent, Some(&above.id)))
}

/// One place down among the siblings.
pub fn move_goals_down(project: &Project, goals: &[GoalId]) -> Result<Change, EditError> {
    let block = Block::of(project, goals)?;
    if block.below.is_none() {
        return Err(EditError::TreeRule(format!("{} is the last already", block.title())));
    }
    Ok(moved(project, &block.goals, block.parent, block.after.map(|g| &g.id)))
}

/// Under the sibling above, as its last child.
pub fn indent_goals(project: &Project, goals: &[GoalId]) -> Result<Change, EditError> {
    let block = Block::of(project, goals)?;
    let above = block.above.ok_or_else(|| EditError::TreeRule(format!("No goal stands above {} to take it", block.title())))?;
    may_move(project, &block.goals, Some(&above.id))?;
    Ok(moved(project, &block.goals, Some(&above.id), None))
}

/// Out of the parent, to the place after it.
pub fn outdent_goals(project: &Project, goals: &[GoalId]) -> Result<Change, EditError> {
    let block = Block::of(project, goals)?;
    let parent = block.parent.and_then(|id| project.goal(id));
    let parent = parent.ok_or_else(|| EditError::TreeRule(format!("{} stands at the top already", block.title())))?;
    may_move(project, &block.goals, parent.parent.as_ref())?;
    let uncles = children(project, parent.parent.as_ref());
    let next = uncles.iter().skip_while(|g| g.id != parent.id).nth(1);
    Ok(moved(project, &block.goals, parent.parent.as_ref(), next.map(|g| &g.id)))
}
