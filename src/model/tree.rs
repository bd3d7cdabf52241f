//! The order of goals, worked out once from their parents and order keys.

use std::collections::BTreeMap;

use super::{Goal, GoalId, Project};

/// Children of every goal in order. Goals whose parent is missing, or who sit in a loop, are not reached from the roots.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Tree {
    children: BTreeMap<Option<GoalId>, Vec<GoalId>>,
    seats: Vec<Seat>,
}

/// A goal's seat in the order of the tree: parents before children, siblings in order.
#[derive(Clone, Debug, PartialEq)]
pub struct Seat {
    pub goal: GoalId,
    pub depth: usize,
    /// One past the last seat of its subtree.
    pub end: usize,
    /// Its place among the project's goals by id, when the tree was made.
    pub rank: usize,
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
        let children: BTreeMap<_, Vec<GoalId>> = lists
            .into_iter()
            .map(|(parent, mut goals)| {
                goals.sort_by(|a, b| (&a.order, &a.id).cmp(&(&b.order, &b.id)));
                (parent, goals.into_iter().map(|g| g.id.clone()).collect())
            })
            .collect();
        let mut tree = Self { children, seats: Vec::new() };
        tree.seats = tree.take_seats(project);
        tree
    }

    fn take_seats(&self, project: &Project) -> Vec<Seat> {
        let ranks: BTreeMap<&GoalId, usize> = project.goals.keys().zip(0..).collect();
        let seat = |visit: Visit<'_>| {
            let rank = ranks.get(visit.goal).copied().unwrap_or_default();
            Seat { goal: visit.goal.clone(), depth: visit.depth, end: 0, rank }
        };
        let mut seats: Vec<Seat> = self.walk().into_iter().map(seat).collect();
        // Where a subtree ends: at the next seat that is no deeper.
        let mut open: Vec<usize> = Vec::new();
        for at in 0..=seats.len() {
            let depth = seats.get(at).map(|s| s.depth);
            while let Some(&last) = open.last().filter(|&&last| depth.is_none_or(|d| d <= seats[last].depth)) {
                seats[last].end = at;
                open.pop();
            }
            open.push(at);
        }
        seats
    }

    /// Every goal reached from the roots, parents before children: [`Self::walk`] as a list that can be indexed.
    pub fn seats(&self) -> &[Seat] {
        &self.seats
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
