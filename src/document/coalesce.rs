//! Many inverse edits become the one that takes all of them back.

use std::collections::BTreeSet;

use super::apply::{change_points, changes_nothing, points_of};
use super::{Edit, Entity, EntityId};
use crate::model::{MetricId, Project, Stamp};

#[derive(PartialEq, Eq, PartialOrd, Ord)]
enum Key {
    Entity(EntityId),
    Point(MetricId, Stamp),
    Heading,
    Settings,
    Deck,
}

/// From inverses in the order in which their edits were made to one edit that goes back before the first; `None` where that is where
/// the project is. Every edit sets a thing to a state, so of several inverses for one thing only the oldest counts.
pub(super) fn one_inverse(project: &Project, inverses: Vec<Edit>) -> Option<Edit> {
    let mut kept = Vec::new();
    let mut seen = BTreeSet::new();
    for inverse in inverses {
        gather(inverse, &mut kept, &mut seen);
    }
    // Each of them is about another thing now: what came and went again needs no inverse.
    kept.retain(|edit| !changes_nothing(project, edit));
    kept.reverse();
    if kept.len() > 1 { Some(Edit::Batch(kept)) } else { kept.pop() }
}

fn gather(edit: Edit, kept: &mut Vec<Edit>, seen: &mut BTreeSet<Key>) {
    let key = match &edit {
        Edit::Put(entity) => Key::Entity(entity.id()),
        Edit::Remove(id) => Key::Entity(id.clone()),
        Edit::Heading(_) => Key::Heading,
        Edit::Settings(_) => Key::Settings,
        Edit::Deck(_) => Key::Deck,
        Edit::Points { .. } => return gather_points(edit, kept, seen),
        Edit::Batch(_) => {
            if let Edit::Batch(edits) = edit {
                // A batch of inverses is in the order of application: its last is the oldest.
                for edit in edits.into_iter().rev() {
                    gather(edit, kept, seen);
                }
            }
            return;
        }
    };
    if seen.insert(key) {
        let edit = with_older_points(edit, kept);
        kept.push(edit);
    }
}

/// A metric that is put back takes the points along that had changed before: one state instead of two to be set after each other.
fn with_older_points(edit: Edit, kept: &mut Vec<Edit>) -> Edit {
    let Edit::Put(Entity::Metric(mut metric)) = edit else { return edit };
    kept.retain_mut(|older| {
        if points_of(older) != Some(&metric.id) {
            return true;
        }
        let Edit::Points { changes, .. } = older else { return true };
        if let Err(error) = change_points(&mut metric, std::mem::take(changes)) {
            log::error!("points of the history do not fit their metric: {error}");
        }
        false
    });
    Edit::Put(Entity::Metric(metric))
}

fn gather_points(edit: Edit, kept: &mut Vec<Edit>, seen: &mut BTreeSet<Key>) {
    let Edit::Points { metric, mut changes } = edit else { return };
    if seen.contains(&Key::Entity(EntityId::Metric(metric.clone()))) {
        return;
    }
    changes.retain(|(at, _)| seen.insert(Key::Point(metric.clone(), *at)));
    if changes.is_empty() {
        return;
    }
    // A drag of points moves one after the other: they become one edit, as long as nothing else of the metric lies between.
    if let Some(Edit::Points { changes: last, .. }) = kept.last_mut().filter(|e| points_of(e) == Some(&metric)) {
        last.append(&mut changes);
    } else {
        kept.push(Edit::Points { metric, changes });
    }
}
