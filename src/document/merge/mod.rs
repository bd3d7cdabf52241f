//! Two people changed one project: what both did, in one project again.
//!
//! [`merge`] takes the project that both began with and what each made of it, and goes by id, by field and by point: what only one side changed
//! is taken over, what both changed alike counts once, and what both changed in two ways is a [`Conflict`] that somebody decides. The result is
//! always sound. Not here: files and their times (`storage`), and what changed in words (`document::difference`).

mod desk;
mod parts;
mod sound;

#[cfg(test)]
mod tests;

use std::collections::BTreeMap;

use super::said;
use crate::model::{Place, Project};

/// One of the two that changed the project.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Side {
    Ours,
    Theirs,
}

/// What a conflict is named by: it stays the same when it is decided and merged again.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct ConflictId {
    pub place: Place,
    /// As people read it: "title", "value on 2026-03-01"; empty where it is the thing as a whole.
    pub field: String,
}

/// Something that both sides changed, each in its own way.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Conflict {
    pub id: ConflictId,
    /// "Goal “Become the daily habit”".
    pub name: String,
    /// What each side has: "10 M", "removed".
    pub ours: String,
    pub theirs: String,
    /// What the merged project has for now.
    pub taken: Side,
}

/// Two projects made one.
#[derive(Clone, Debug, PartialEq)]
pub struct Merged {
    /// Sound. Where there are conflicts it has what was decided; undecided, what is ours, and what one side removed and the other changed.
    pub project: Project,
    pub conflicts: Vec<Conflict>,
}

/// Merges what two sides made of one project, all three sound. `decided` says which side wins in conflicts that somebody looked at. With
/// `merge(b, x, b)`, `merge(b, b, x)` and `merge(b, x, x)` the result is `x`, without a conflict.
pub fn merge(base: &Project, ours: &Project, theirs: &Project, decided: &BTreeMap<ConflictId, Side>) -> Merged {
    let mut desk = desk::Desk::new(decided);
    let mut project = parts::project(&mut desk, base, ours, theirs);
    sound::mend(&mut desk, &mut project, [base, ours, theirs]);
    let conflicts = desk.conflicts.into_iter().map(|(id, taken)| worded(id, taken, ours, theirs)).collect();
    Merged { project, conflicts }
}

fn worded(id: ConflictId, taken: Side, ours: &Project, theirs: &Project) -> Conflict {
    let words = |project: &Project| match said::fields(project, &id.place) {
        None => "removed".to_owned(),
        Some(_) if id.field.is_empty() => "changed".to_owned(),
        Some(fields) => match said::point(project, &id.place, &id.field) {
            Some(value) => value,
            None => fields.into_iter().find(|(name, _)| *name == id.field).map_or_else(|| "–".to_owned(), |(_, words)| words),
        },
    };
    let name = said::name(ours, &id.place).or_else(|| said::name(theirs, &id.place)).unwrap_or_else(|| id.place.to_string());
    let (ours, theirs) = (words(ours), words(theirs));
    Conflict { id, name, ours, theirs, taken }
}
