//! The document: a project with its history.

use std::collections::BTreeSet;
use std::sync::Arc;

use super::apply::{apply_noting, changes_nothing, exchange};
use super::check::Touched;
use super::coalesce::one_inverse;
use super::history::History;
use super::revisions::Revisions;
use super::{Edit, EditError, Revision, SavePoint};
use crate::model::{GoalId, Metric, MetricId, Project};

/// The one owner of a project. Only `workspace` changes it.
#[derive(Debug)]
pub struct Document {
    project: Arc<Project>,
    history: History,
    revisions: Revisions,
    open: Option<Transaction>,
}

/// Edits that become one step of the history.
#[derive(Debug)]
struct Transaction {
    label: String,
    /// In the order in which their edits were made.
    inverses: Vec<Edit>,
}

impl Document {
    /// A document without history, which counts as saved. The project is sound.
    pub fn new(project: impl Into<Arc<Project>>) -> Self {
        Self::following(project, Revision::default())
    }

    /// As [`Self::new`], for a document that takes the place of another one at `revision`: its revisions go on counting.
    pub fn following(project: impl Into<Arc<Project>>, revision: Revision) -> Self {
        Self { project: project.into(), history: History::new(), revisions: Revisions::after(revision), open: None }
    }

    pub fn project(&self) -> &Arc<Project> {
        &self.project
    }

    /// Changes the project: one step of the history, or part of the open transaction. An edit that changes nothing leaves no step.
    pub fn apply(&mut self, label: &str, edit: Edit) -> Result<(), EditError> {
        if !matches!(edit, Edit::Remove(_)) && changes_nothing(&self.project, &edit) {
            return Ok(());
        }
        let mut touched = Touched::default();
        let inverse = apply_noting(Arc::make_mut(&mut self.project), edit, &mut touched)?;
        self.revisions.advance(&touched, &self.project);
        if let Some(open) = &mut self.open {
            open.inverses.push(inverse);
        } else {
            self.push(label.to_owned(), vec![inverse]);
        }
        Ok(())
    }

    /// Opens a transaction; one that is open is committed first.
    pub fn begin(&mut self, label: &str) {
        self.commit();
        self.open = Some(Transaction { label: label.to_owned(), inverses: Vec::new() });
    }

    pub fn in_transaction(&self) -> bool {
        self.open.is_some()
    }

    /// Makes one step of all edits since [`Self::begin`]; none, if they changed nothing in the end.
    pub fn commit(&mut self) {
        if let Some(Transaction { label, inverses }) = self.open.take() {
            self.push(label, inverses);
        }
    }

    /// Takes all edits since [`Self::begin`] back.
    pub fn abort(&mut self) {
        if let Some(Transaction { inverses, .. }) = self.open.take()
            && let Some(inverse) = one_inverse(&self.project, inverses)
        {
            Self::exchange(&mut self.project, &mut self.revisions, inverse);
        }
    }

    fn push(&mut self, label: String, inverses: Vec<Edit>) {
        if let Some(inverse) = one_inverse(&self.project, inverses) {
            self.history.push(label, inverse);
        }
    }

    /// Moves between states that were sound; returns the way back.
    fn exchange(project: &mut Arc<Project>, revisions: &mut Revisions, edit: Edit) -> Option<Edit> {
        let mut touched = Touched::default();
        match exchange(Arc::make_mut(project), edit, &mut touched) {
            Ok(inverse) => {
                revisions.advance(&touched, project);
                Some(inverse)
            }
            Err(error) => {
                log::error!("a step of the history does not fit the project: {error}");
                None
            }
        }
    }

    /// Takes the last step back and returns its label. An open transaction is aborted first.
    pub fn undo(&mut self) -> Option<String> {
        self.abort();
        let Self { project, history, revisions, .. } = self;
        history.step_back(|edit| Self::exchange(project, revisions, edit))
    }

    /// Makes the step that was last undone again and returns its label. An open transaction is aborted first.
    pub fn redo(&mut self) -> Option<String> {
        self.abort();
        let Self { project, history, revisions, .. } = self;
        history.step_forward(|edit| Self::exchange(project, revisions, edit))
    }

    pub fn undo_label(&self) -> Option<&str> {
        self.history.undo_label()
    }

    pub fn redo_label(&self) -> Option<&str> {
        self.history.redo_label()
    }

    /// Whether the present state is another than the saved one; undo back to it is clean. What an open transaction did counts.
    pub fn is_dirty(&self) -> bool {
        self.history.is_dirty() || self.open.as_ref().is_some_and(|open| !open.inverses.is_empty())
    }

    /// Names the present state, for [`Self::mark_saved`] when the save that starts now has ended.
    pub fn save_point(&self) -> SavePoint {
        self.history.present()
    }

    pub fn mark_saved(&mut self, point: SavePoint) {
        self.history.mark_saved(point);
    }

    /// The present state is in no file: a recovered or imported project.
    pub fn mark_unsaved(&mut self) {
        self.history.mark_unsaved();
    }

    /// When anything last changed.
    pub fn revision(&self) -> Revision {
        self.revisions.now()
    }

    /// When the goal's own fields last changed.
    pub fn goal_revision(&self, goal: &GoalId) -> Revision {
        self.revisions.goal(goal)
    }

    /// When the fields of any goal last changed, or one came or went.
    pub fn any_goal_revision(&self) -> Revision {
        self.revisions.any_goal()
    }

    /// When the metric's fields last changed, its points aside.
    pub fn metric_revision(&self, metric: &MetricId) -> Revision {
        self.revisions.metric(metric)
    }

    /// When the fields of any metric last changed, or one came or went.
    pub fn any_metric_revision(&self) -> Revision {
        self.revisions.any_metric()
    }

    /// When the metric's own points last changed.
    pub fn series_revision(&self, metric: &MetricId) -> Revision {
        self.revisions.series(metric)
    }

    /// When the values of a metric may have last changed: its fields, its points and, down its formula, those of its inputs.
    pub fn values_revision(&self, metric: &MetricId) -> Revision {
        let mut newest = self.revisions.metric(metric).max(self.revisions.series(metric));
        let Some(root) = self.project.metric(metric).filter(|m| m.formula().is_some()) else { return newest };
        // A metric elsewhere may have become a segment of an input.
        newest = newest.max(self.revisions.any_metric());
        let mut seen = BTreeSet::new();
        let mut stack: Vec<&Metric> = vec![root];
        while let Some(next) = stack.pop() {
            for id in self.project.formula_inputs(next) {
                newest = newest.max(self.revisions.metric(&id)).max(self.revisions.series(&id));
                if let Some(input) = self.project.metric(&id)
                    && seen.insert(id)
                {
                    stack.push(input);
                }
            }
        }
        newest
    }

    /// When settings last changed.
    pub fn settings_revision(&self) -> Revision {
        self.revisions.settings()
    }

    /// When name, vision or description last changed.
    pub fn heading_revision(&self) -> Revision {
        self.revisions.heading()
    }

    /// When a goal came, went or moved, became an objective or ceased to be one.
    pub fn tree_revision(&self) -> Revision {
        self.revisions.tree()
    }

    /// When the tree, links, cycles, events or check-ins last changed.
    pub fn structure_revision(&self) -> Revision {
        self.revisions.structure()
    }

    /// When anything last changed that progress and status are worked out from.
    pub fn evaluation_revision(&self) -> Revision {
        self.revisions.evaluation()
    }

    /// When settings, the tree, links or cycles last changed, or the document was opened: what may reach any goal.
    pub fn common_revision(&self) -> Revision {
        self.revisions.common()
    }

    /// The goals whose own fields or check-ins changed after `at`, a revision of this document; some may be named twice.
    pub fn goals_changed_after(&self, at: Revision) -> impl Iterator<Item = &GoalId> {
        self.revisions.goals_after(at)
    }

    /// The metrics whose values may have changed after `at`.
    pub fn values_changed_after(&self, at: Revision) -> BTreeSet<MetricId> {
        if self.revisions.any_value() <= at {
            return BTreeSet::new();
        }
        self.project.metrics.keys().filter(|id| self.values_revision(id) > at).cloned().collect()
    }

    pub fn links_revision(&self) -> Revision {
        self.revisions.links()
    }

    pub fn cycles_revision(&self) -> Revision {
        self.revisions.cycles()
    }

    pub fn events_revision(&self) -> Revision {
        self.revisions.events()
    }

    /// When a check-in of this goal last changed.
    pub fn check_ins_revision(&self, goal: &GoalId) -> Revision {
        self.revisions.check_ins_of(goal)
    }

    pub fn deck_revision(&self) -> Revision {
        self.revisions.deck()
    }

    pub fn log_revision(&self) -> Revision {
        self.revisions.log()
    }
}
