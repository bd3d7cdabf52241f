//! A project that is looked at: what is asked of it again and again is worked out once, and what is asked for may have a limit.

use std::cell::RefCell;
use std::ops::Deref;
use std::sync::Arc;

use super::effort::{Effort, TooMuch, Work};
use super::values::Store;
use crate::model::{Goal, GoalId, Metric, MetricId, Project};

/// A project, and the notes that are taken while it is looked at, where somebody takes some. Handed down by whoever asks: there are no others.
#[derive(Clone, Copy, Debug)]
pub struct Study<'a> {
    project: &'a Project,
    notes: Option<&'a Notes<'a>>,
}

/// What is known of a project so far and what was spent on it, for as long as it is borrowed: nothing noted can be out of date.
///
/// Many key results are measured by one metric, and many formulas rest on the same inputs: a report of them is linear in the project only where
/// each metric's values are brought to a grain once.
#[derive(Debug)]
pub struct Notes<'a> {
    project: &'a Project,
    store: RefCell<Store>,
    effort: Effort,
}

impl<'a> Notes<'a> {
    /// As much as it takes.
    pub fn of(project: &'a Project) -> Self {
        Self { project, store: RefCell::default(), effort: Effort::unlimited() }
    }

    /// No more than so many steps ([`fair_share`](super::effort::fair_share)); ask [`Self::enough`] before an answer is given.
    pub fn within(project: &'a Project, steps: u64) -> Self {
        Self { effort: Effort::of(steps), ..Self::of(project) }
    }

    /// Whether all that was asked for was worked out: fails where it was too much, and what came of it is to be thrown away.
    pub fn enough(&self) -> Result<(), TooMuch> {
        self.effort.enough()
    }
}

impl<'a> Study<'a> {
    pub fn project(self) -> &'a Project {
        self.project
    }

    /// As [`Project::metric`], for as long as the project is borrowed.
    pub fn metric(self, id: &MetricId) -> Option<&'a Metric> {
        self.project.metric(id)
    }

    /// As [`Project::goal`], for as long as the project is borrowed.
    pub fn goal(self, id: &GoalId) -> Option<&'a Goal> {
        self.project.goal(id)
    }

    /// Takes steps from what is left. False where they are too many: what they were for is left undone.
    pub(crate) fn spend(self, work: Work, steps: usize) -> bool {
        self.notes.is_none_or(|notes| notes.effort.spend(work, steps))
    }

    /// With what is known, or with something empty.
    pub(super) fn with_store<T>(self, ask: impl FnOnce(&mut Store) -> T) -> T {
        match self.notes {
            Some(notes) => ask(&mut notes.store.borrow_mut()),
            None => ask(&mut Store::default()),
        }
    }
}

impl Deref for Study<'_> {
    type Target = Project;

    fn deref(&self) -> &Project {
        self.project
    }
}

/// Nothing is noted.
impl<'a> From<&'a Project> for Study<'a> {
    fn from(project: &'a Project) -> Self {
        Self { project, notes: None }
    }
}

impl<'a> From<&'a Arc<Project>> for Study<'a> {
    fn from(project: &'a Arc<Project>) -> Self {
        Self::from(&**project)
    }
}

impl<'a> From<&'a Notes<'a>> for Study<'a> {
    fn from(notes: &'a Notes<'a>) -> Self {
        Self { project: notes.project, notes: Some(notes) }
    }
}
