//! One value for several goals at once: one step, whose words name the only one or say how many.

use super::Change;
use super::branch::each;
use crate::model::{CycleId, Goal, GoalId, Project, Weight};

pub fn set_owners(project: &Project, goals: &[GoalId], owner: &str) -> Change {
    each(project, goals, "Change owner of", |goal| Goal { owner: owner.to_owned(), ..goal.clone() })
}

pub fn set_cycles(project: &Project, goals: &[GoalId], cycle: Option<&CycleId>) -> Change {
    each(project, goals, "Change cycle of", |goal| Goal { cycle: cycle.cloned(), ..goal.clone() })
}

/// The same weight for each; goals at the top have none.
pub fn set_weights(project: &Project, goals: &[GoalId], weight: Weight) -> Change {
    each(project, goals, "Change weight of", |goal| if goal.parent.is_some() { Goal { weight, ..goal.clone() } } else { goal.clone() })
}

pub fn tag_goals(project: &Project, goals: &[GoalId], tag: &str) -> Change {
    each(project, goals, "Tag", |goal| {
        let mut tags = goal.tags.clone();
        tags.insert(tag.to_owned());
        Goal { tags, ..goal.clone() }
    })
}

pub fn untag_goals(project: &Project, goals: &[GoalId], tag: &str) -> Change {
    each(project, goals, "Remove a tag of", |goal| {
        let mut tags = goal.tags.clone();
        tags.remove(tag);
        Goal { tags, ..goal.clone() }
    })
}
