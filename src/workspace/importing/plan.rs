//! The one edit that an accepted table is, with all that goes with it.

use super::super::ids::IdSource;
use super::{FollowAs, Wanted};
use crate::document::{self, Edit};
use crate::import::{Attach, ImportError, Looked, Preview, RecipeChoice, Request, metric_named};
use crate::model::{Date, GoalId, Metric, MetricId, Project, TableShape};

/// What accepting would do.
#[derive(Clone, Debug, PartialEq)]
pub struct Plan {
    pub(super) label: String,
    pub(super) edit: Edit,
    pub metrics: Vec<MetricId>,
    /// Their series, in the same order.
    pub from: Vec<String>,
    /// New, changed and removed points.
    pub points: usize,
    pub(super) objective: Option<GoalId>,
}

impl Plan {
    pub fn changes_nothing(&self) -> bool {
        matches!(&self.edit, Edit::Batch(edits) if edits.is_empty())
    }
}

/// Plans what can be read: a series that is refused is left out of it.
#[expect(clippy::too_many_arguments, reason = "each is one of the things that an import is made of")]
pub(super) fn plan(
    project: &Project,
    looked: &Looked,
    request: &Request,
    preview: Preview,
    wanted: &Wanted,
    inner: Option<&FollowAs>,
    as_of: Date,
    seed: u64,
) -> Result<Plan, ImportError> {
    let mut source = IdSource::seeded(seed);
    let ids = &mut || source.next_bits();
    let readable = Preview { refused: Vec::new(), ..preview };
    let points = readable.parts.iter().map(|part| part.added + part.changed + part.removed).sum();
    let attach = Attach { target: None, objective: wanted.objective.named(), role: wanted.role, as_of };
    let mut planned = readable.into_edit(project, &attach, ids)?;
    let used = match &wanted.choices.recipe {
        RecipeChoice::This(recipe) => Some(recipe.clone()),
        RecipeChoice::Fitting => looked.recipe.as_ref().map(|recipe| recipe.id.clone()),
        RecipeChoice::None => None,
    };
    let recipe = match &wanted.recipe {
        Some(name) => {
            let recipe = planned.keep_recipe(name, request, &looked.hints, project, ids)?;
            remember_names(&mut planned.edit, &planned.metrics, &planned.from, request, project);
            Some(recipe)
        }
        None => used,
    };
    if wanted.follow {
        let path = inner.ok_or_else(|| ImportError::Refused("the file cannot be followed".to_owned()))?;
        let recipe = recipe.ok_or(ImportError::NoRecipeName)?;
        planned.follow(&path.path, &recipe, project, as_of)?;
    }
    let objective = planned.attached.iter().find_map(|attached| attached.objective.as_ref()).map(|goal| goal.id.clone());
    Ok(Plan { label: planned.label, edit: planned.edit, metrics: planned.metrics, from: planned.from, points, objective })
}

/// A metric whose name the table does not have is known by the table's name from now on. A column that is only called "value" names nothing.
fn remember_names(edit: &mut Edit, metrics: &[MetricId], from: &[String], request: &Request, project: &Project) {
    if matches!(request.shape, TableShape::Long { .. }) {
        return;
    }
    let mut after = project.clone();
    if document::apply(&mut after, edit.clone()).is_err() {
        return;
    }
    for (id, from) in metrics.iter().zip(from) {
        let Some(metric) = after.metric(id) else { continue };
        if from.trim().is_empty() || metric_named(&after, from).is_some() {
            continue;
        }
        let synonyms = metric.synonyms.iter().cloned().chain([from.trim().to_owned()]).collect();
        let known = Edit::from(Metric { synonyms, ..metric.clone() });
        if document::apply(&mut after, known.clone()).is_ok()
            && let Edit::Batch(edits) = edit
        {
            edits.push(known);
        }
    }
}
