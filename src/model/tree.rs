//! The order of goals, worked out once from their parents and order keys.

use std::collections::BTreeMap;

use super::{Goal, GoalId, Project};

/// Children of every goal in order. Goals whose parent is missing, or who sit in a loop, are not reached from the roots.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Tree {
    children: BTreeMap<Option<GoalId>, Vec<GoalId>>,
}

/// A goal on the way through the tree.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Visit<'a> {
    pub goal: &'a GoalId,
    pub depth: usize,
}

impl Tree {
    /// O(n log n) in the number of goals.
    pub fn of(project: &Project) -> Self {
        let mut lists: BTreeMap<Option<GoalId>, Vec<&Goal>> = BTreeMap::new();
        for goal in project.goals.values() {
            lists.entry(goal.parent.clone()).or_default().push(goal);
        }
        let children = lists
            .into_iter()
            .map(|(parent, mut goals)| {
                goals.sort_by(|a, b| (&a.order, &a.id).cmp(&(&b.order, &b.id)));
                (parent, goals.into_iter().map(|g| g.id.clone()).collect())
            })
            .collect();
        Self { children }
    }

    pub fn roots(&self) -> &[GoalId] {
        self.children.get(&None).map_or(&[], Vec::as_slice)
    }

    pub fn children(&self, goal: &GoalId) -> &[GoalId] {
        self.children.get(&Some(goal.clone())).map_or(&[], Vec::as_slice)
    }

    /// Every goal reached from the roots, parents before children.
    pub fn walk(&self) -> Vec<Visit<'_>> {
        self.walk_from(self.roots(), 0)
    }

    /// A goal and everything under it, parents before children.
    pub fn subtree<'a>(&'a self, root: &'a GoalId) -> Vec<Visit<'a>> {
        self.walk_from(std::slice::from_ref(root), 0)
    }

    fn walk_from<'a>(&'a self, roots: &'a [GoalId], depth: usize) -> Vec<Visit<'a>> {
        let mut stack: Vec<Visit<'a>> = roots.iter().rev().map(|goal| Visit { goal, depth }).collect();
        let mut order = Vec::new();
        while let Some(visit) = stack.pop() {
            order.push(visit);
            stack.extend(self.children(visit.goal).iter().rev().map(|goal| Visit { goal, depth: visit.depth + 1 }));
        }
        order
    }

    /// From the root down to the goal itself.
    pub fn path<'a>(project: &'a Project, goal: &'a GoalId) -> Vec<&'a Goal> {
        let mut path = Vec::new();
        let mut next = project.goal(goal);
        while let Some(goal) = next {
            path.push(goal);
            // A loop would never end; a sound project has none.
            if path.len() > project.goals.len() {
                break;
            }
            next = goal.parent.as_ref().and_then(|id| project.goal(id));
        }
        path.reverse();
        path
    }
}
