//! Where a new goal goes: at the top, under a goal that is there, or under an objective that is made with it.

use std::sync::Arc;

use super::plan::{PlanError, Planned};
use super::reader::Context;
use super::reading::{Kind, Reading};
use crate::document::{self, Edit};
use crate::import::RandomBits;
use crate::model::{GoalId, Project};

/// What stands above a new goal.
#[derive(Clone, Debug, Default, PartialEq)]
pub enum Under {
    #[default]
    Top,
    Goal(GoalId),
    /// An objective with this title, which is made in the same step.
    NewObjective(String),
}

impl Reading {
    /// As [`Self::into_edit`], and with it the objective above where that is new: it has the due date of the goal, and without one the
    /// cycle that runs now.
    pub fn into_edit_under(&self, context: &Context<'_>, under: &Under, ids: RandomBits<'_>) -> Result<Planned, PlanError> {
        let title = match under {
            Under::Top => return self.into_edit(context, None, ids),
            Under::Goal(goal) => return self.into_edit(context, Some(goal), ids),
            Under::NewObjective(title) => title.trim(),
        };
        if title.is_empty() {
            return Err(PlanError::NoParent);
        }
        let objective = Self { kind: Kind::Objective, title: title.to_owned(), due: self.due, ..self.bare() };
        let above = objective.into_edit(context, None, ids)?;
        let with_objective = with(context.project, &above.edit)?;
        let inner = Context { project: &with_objective, ..*context };
        let planned = self.into_edit(&inner, Some(&above.goal), ids)?;
        Ok(Planned { edit: Edit::Batch(vec![above.edit, planned.edit]), ..planned })
    }

    /// Its kind and title alone.
    fn bare(&self) -> Self {
        Self {
            kind: self.kind,
            title: self.title.clone(),
            metric: None,
            unit: None,
            start: None,
            target: None,
            upper: None,
            relative: false,
            amount: None,
            decimals: 0,
            starts: None,
            due: None,
            initiative: None,
            taken: None,
            missing: Vec::new(),
            chips: Vec::new(),
        }
    }
}

/// The project as it is after an edit that adds to it.
fn with(project: &Project, edit: &Edit) -> Result<Arc<Project>, PlanError> {
    let mut project = project.clone();
    document::apply(&mut project, edit.clone())?;
    Ok(Arc::new(project))
}
