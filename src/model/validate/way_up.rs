//! How many goals are above a goal, and whether that ever ends.

use std::collections::BTreeMap;

use crate::model::{Goal, GoalId, Project};

/// The way from a goal up to the top.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum WayUp {
    /// So many goals are above it. One that is missing is the end, too.
    Above(usize),
    /// It comes back to itself, or ends in such a circle.
    Circle,
}

impl Goal {
    /// The most goals that may be above one: people do with ten, and whatever follows a way up stays fast.
    pub const MAX_ABOVE: usize = 64;
}

impl Default for WayUp {
    fn default() -> Self {
        Self::Above(0)
    }
}

impl WayUp {
    pub(super) fn is_too_long(self) -> bool {
        matches!(self, Self::Above(above) if above > Goal::MAX_ABOVE)
    }

    /// Of what is right below.
    fn below(self) -> Self {
        match self {
            Self::Above(above) => Self::Above(above + 1),
            Self::Circle => Self::Circle,
        }
    }
}

impl Project {
    /// The ways up of all goals. Linear in their number, whatever they hang on.
    pub(super) fn ways_up(&self) -> BTreeMap<&GoalId, WayUp> {
        let mut ways: BTreeMap<&GoalId, WayUp> = BTreeMap::new();
        for id in self.goals.keys() {
            let mut path: Vec<&GoalId> = Vec::new();
            let mut next = Some(id);
            let end = loop {
                let Some((id, goal)) = next.and_then(|id| self.goals.get_key_value(id)) else { break None };
                if let Some(known) = ways.get(id) {
                    break Some(*known);
                }
                // Where this goal is met again on the same way, that is a circle.
                ways.insert(id, WayUp::Circle);
                path.push(id);
                next = goal.parent.as_ref();
            };
            let mut above = end;
            for id in path.into_iter().rev() {
                let way = above.map_or_else(WayUp::default, WayUp::below);
                ways.insert(id, way);
                above = Some(way);
            }
        }
        ways
    }

    /// The way up of one goal, followed little further than it may be.
    pub(super) fn way_up(&self, goal: &Goal) -> WayUp {
        let mut above: Vec<&GoalId> = Vec::new();
        let mut next = goal.parent.as_ref();
        while let Some((id, parent)) = next.and_then(|id| self.goals.get_key_value(id)) {
            if id == &goal.id || above.contains(&id) {
                return WayUp::Circle;
            }
            above.push(id);
            if above.len() > 2 * Goal::MAX_ABOVE {
                break;
            }
            next = parent.parent.as_ref();
        }
        WayUp::Above(above.len())
    }
}
