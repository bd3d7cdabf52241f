//! A goal of one sentence: what it would become, and making it.

use super::{Selection, Workspace};
use crate::document::{self, Edit, EditError, edits};
use crate::import::sentence::{Context, Measure, PlanError, Planned, Reading, Refusal, Under, read};
use crate::model::{Goal, GoalId, Metric, Point, Stamp};

/// A sentence as it is meant, and where its goal goes.
#[derive(Clone, Debug, PartialEq)]
pub struct QuickGoal {
    pub reading: Reading,
    pub under: Under,
    /// The value of a new metric on the day that is now: its first point, and the start unless another one is said.
    pub now: Option<f64>,
}

/// What a sentence would make.
#[derive(Clone, Debug, PartialEq)]
pub struct QuickPreview {
    pub goal: Goal,
    pub metric: Option<Metric>,
    pub metric_is_new: bool,
    /// Where values and dates that were not said come from.
    pub notes: Vec<String>,
}

/// Why a sentence cannot be made a goal yet.
#[derive(Clone, Debug, PartialEq, thiserror::Error)]
pub enum QuickProblem {
    #[error(transparent)]
    Plan(#[from] PlanError),
    #[error(transparent)]
    Edit(#[from] EditError),
}

impl Workspace {
    /// What quick-entry sentences are read against.
    pub fn sentence_context(&self) -> Context<'_> {
        let project = self.project();
        let cycle = self.view.cycle.as_ref().and_then(|id| project.cycles.get(id));
        Context { project, as_of: self.as_of(), cycle }
    }

    pub fn read_sentence(&self, line: &str) -> Result<Reading, Refusal> {
        read(line, &self.sentence_context())
    }

    /// The objective that a key result goes under unless somebody says otherwise: the one that is shown, else the only one there is.
    pub fn usual_objective(&self) -> Option<GoalId> {
        let project = self.project();
        let is_open = |id: &GoalId| project.goal(id).is_some_and(|g| g.is_objective() && !g.archived);
        let shown = self.view.objective.clone().filter(is_open);
        let only = || {
            let mut open = project.goals.values().filter(|g| g.is_objective() && !g.archived);
            open.next().filter(|_| open.next().is_none()).map(|g| g.id.clone())
        };
        shown.or_else(only)
    }

    /// What the sentence would make now; nothing changes.
    pub fn preview_of(&self, quick: &QuickGoal) -> Result<QuickPreview, QuickProblem> {
        let mut ids = self.ids.clone();
        let planned = self.planned(quick, &mut || ids.next_bits())?;
        let mut project = (**self.project()).clone();
        document::apply(&mut project, planned.edit)?;
        let goal = project.goal(&planned.goal).cloned().ok_or(PlanError::NoParent)?;
        let metric = planned.metric.and_then(|id| project.metric(&id).cloned());
        Ok(QuickPreview { goal, metric, metric_is_new: planned.metric_is_new, notes: planned.notes })
    }

    fn planned(&self, quick: &QuickGoal, ids: &mut dyn FnMut() -> u64) -> Result<Planned, PlanError> {
        let context = self.sentence_context();
        let now = quick.now.filter(|_| matches!(quick.reading.metric, Some(Measure::New { .. })));
        let Some(now) = now else { return quick.reading.into_edit_under(&context, &quick.under, ids) };
        let reading = &quick.reading;
        let follows = reading.kind.moves() && reading.start.is_none() && !(reading.target.is_some() && reading.amount.is_some());
        let reading = Reading { start: if follows { Some(now) } else { reading.start }, ..reading.clone() };
        let planned = reading.into_edit_under(&context, &quick.under, ids)?;
        let mut project = (**self.project()).clone();
        let made = document::apply(&mut project, planned.edit.clone()).ok().and(planned.metric.as_ref()).and_then(|id| project.metric(id));
        let first = made.map(|metric| edits::put_point(metric, Point::new(Stamp::from_date(self.as_of()), now)).edit);
        Ok(Planned { edit: Edit::Batch(std::iter::once(planned.edit).chain(first).collect()), ..planned })
    }

    /// One step that makes the goal and what it needs; then it is selected.
    pub(super) fn add_sentence(&mut self, quick: &QuickGoal) {
        let mut ids = self.ids.clone();
        let planned = self.planned(quick, &mut || ids.next_bits());
        self.ids = ids;
        match planned {
            Ok(planned) => {
                self.edit(&planned.label, planned.edit);
                self.select(&Selection::Goal(planned.goal));
            }
            Err(problem) => self.toast(super::Severity::Warning, super::editing::sentence(&problem.to_string())),
        }
    }
}
