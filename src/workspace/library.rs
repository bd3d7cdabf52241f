//! Metrics from the library: what the project has of them, and adding one.

use super::{LibraryOrigin, Workspace};
use crate::document::{Change, Edit, edits};
use crate::model::{GoalId, Metric, MetricId, MissingInput, Origin, Project, Role};
use crate::storage::templates::LibraryMetric;

/// The metric of a project that stands for one of the library.
pub fn in_project<'p>(project: &'p Project, metric: &LibraryMetric) -> Option<&'p Metric> {
    project.metrics.values().map(AsRef::as_ref).find(|m| metric.is(m))
}

impl Workspace {
    /// The step that adds it, and its id.
    pub(super) fn library_step(
        &mut self,
        metric: &LibraryMetric,
        origin: LibraryOrigin,
        link: Option<(GoalId, Role)>,
    ) -> (Change, MetricId) {
        let project = std::sync::Arc::clone(self.project());
        let currency = &project.settings.currency;
        let id = self.ids.metric();
        let mut made = metric.metric(id.clone(), currency);
        let mut steps = Vec::new();
        if origin == LibraryOrigin::Computed {
            let mut inputs = Vec::new();
            for input in metric.inputs() {
                let input_id = in_project(&project, input).map_or_else(
                    || {
                        let input_id = self.ids.metric();
                        steps.push(Edit::from(input.metric(input_id.clone(), currency)));
                        input_id
                    },
                    |known| known.id.clone(),
                );
                inputs.push((input.key.as_str(), input_id));
            }
            let of =
                |input: &LibraryMetric| inputs.iter().find(|(key, _)| *key == input.key).map_or_else(|| id.clone(), |(_, id)| id.clone());
            if let Some(formula) = metric.formula_of(of) {
                made.origin = Origin::Computed { formula, missing: MissingInput::Missing };
            }
        }
        let Change { label, edit } = edits::add_metric(made, link);
        steps.push(edit);
        (Change { label, edit: Edit::Batch(steps) }, id)
    }
}
