//! One state of a project in the place of another: what a merge, a version that was put by or a recovery brings, as one step.

use std::sync::Arc;

use super::Change;
use crate::document::{Edit, Entity, EntityId, Heading};
use crate::model::Project;

/// What makes `new` of `old`, both sound projects, as one step; the ids of the projects aside. Nothing in an empty batch where both are the
/// same.
pub fn replace_project(old: &Project, new: &Project, label: impl Into<String>) -> Change {
    let mut edits = Vec::new();
    if Heading::of(old) != Heading::of(new) {
        edits.push(Edit::Heading(Heading::of(new)));
    }
    if old.settings != new.settings {
        edits.push(Edit::Settings(Box::new(new.settings.clone())));
    }
    if old.deck != new.deck {
        edits.push(Edit::Deck(Box::new(new.deck.clone())));
    }
    macro_rules! each {
        ($($field:ident, $kind:ident, $entity:expr);+ $(;)?) => {
            $(for (id, there) in &new.$field {
                if old.$field.get(id) != Some(there) {
                    edits.push(Edit::Put(Entity::$kind($entity(there))));
                }
            }
            for id in old.$field.keys().filter(|id| !new.$field.contains_key(id)) {
                edits.push(Edit::Remove(EntityId::$kind(id.clone())));
            })+
        };
    }
    each!(goals, Goal, Arc::clone; metrics, Metric, Arc::clone; links, Link, Clone::clone; cycles, Cycle, Clone::clone;
        events, Event, Clone::clone; check_ins, CheckIn, Clone::clone; meeting_log, MeetingEntry, Clone::clone; recipes, Recipe, Clone::clone);
    Change::new(label, Edit::Batch(edits))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::document::Document;
    use crate::model::arbitrary::projects;

    proptest! {
        #[test]
        fn any_project_takes_the_place_of_any_other_and_gives_it_back(old in projects(6), new in projects(6)) {
            let mut document = Document::new(old.clone());
            let Change { label, edit } = replace_project(&old, &new, "Restore an earlier version");
            document.apply(&label, edit).unwrap();
            prop_assert_eq!(&**document.project(), &Project { id: old.id.clone(), ..new });
            document.undo();
            prop_assert_eq!(&**document.project(), &old);
        }

        #[test]
        fn the_same_project_needs_no_edit(old in projects(6)) {
            prop_assert_eq!(replace_project(&old, &old, "").edit, Edit::Batch(Vec::new()));
        }
    }
}
