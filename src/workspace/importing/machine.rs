//! From a table to one edit, action by action.

use std::sync::Arc;

use super::super::jobs::{Done, RequestId};
use super::super::{Effect, Selection, Severity, TimeRange, Workspace};
use super::{About, Ask, AskSource, ImportAction, ImportSource, Importing};
use crate::model::MetricId;

impl From<ImportAction> for super::super::Action {
    fn from(action: ImportAction) -> Self {
        Self::Import(action)
    }
}

impl Workspace {
    pub(in crate::workspace) fn act_on_import(&mut self, action: ImportAction, effects: &mut Vec<Effect>) {
        match action {
            ImportAction::Begin => effects.push(Effect::AskImportPath),
            ImportAction::Read(source) => {
                self.drop_import(effects);
                let of = self.next_request();
                self.importing = Some(Importing::new(of, source, self.usual_objective()));
            }
            ImportAction::Want(wanted) => {
                if let Some(importing) = &mut self.importing {
                    importing.wanted = *wanted;
                }
            }
            ImportAction::Accept => self.accept_import(effects),
            ImportAction::Close => self.drop_import(effects),
        }
    }

    /// Nobody looks at the table any more.
    pub(in crate::workspace) fn drop_import(&mut self, effects: &mut Vec<Effect>) {
        if let Some(Importing { working: Some(request), .. }) = self.importing.take() {
            effects.push(Effect::CancelJob(request));
        }
    }

    /// Has worked out what is wanted now, if it is not yet.
    pub(in crate::workspace) fn settle_import(&mut self, effects: &mut Vec<Effect>) {
        let (project, as_of) = (Arc::clone(self.document.project()), self.as_of());
        let Some(importing) = &self.importing else { return };
        if importing.about.as_ref().is_some_and(|about| about.is(&importing.wanted, &project, as_of)) {
            return;
        }
        let request = self.next_request();
        let seed = self.ids.next_bits();
        let project_path = self.file.path.clone();
        let Some(importing) = &mut self.importing else { return };
        effects.extend(importing.working.replace(request).map(Effect::CancelJob));
        let about = About { wanted: importing.wanted.clone(), project, as_of };
        let source = match (&importing.found, &importing.source) {
            (Some(found), _) => AskSource::Bytes(Arc::clone(&found.bytes)),
            (None, ImportSource::Pasted(bytes)) => AskSource::Bytes(Arc::clone(bytes)),
            (None, ImportSource::File(path)) => AskSource::File(path.clone()),
        };
        importing.about = Some(about.clone());
        importing.failed = None;
        let (stem, known) = (importing.source.stem(), importing.found.clone());
        let ask = Ask { source, file: importing.source.path().cloned(), project_path, about, stem, seed, known };
        effects.push(Effect::Import { request, ask: Box::new(ask) });
    }

    /// Whether the outcome is that of the newest job about the table.
    pub(in crate::workspace) fn awaits_import(&self, request: RequestId) -> bool {
        self.importing.as_ref().is_some_and(|importing| importing.working == Some(request))
    }

    pub(in crate::workspace) fn import_done(&mut self, done: Done) {
        let Some(importing) = &mut self.importing else { return };
        importing.working = None;
        match done {
            Done::Imported(found) => importing.found = Some(found),
            Done::Failed(message) => importing.failed = Some(message),
            _ => {}
        }
    }

    /// One step; then the first metric is looked at, or what all of them are linked to.
    fn accept_import(&mut self, effects: &mut Vec<Effect>) {
        let Some(importing) = &self.importing else { return };
        if let Some(refusal) = importing.refusal() {
            self.toast(Severity::Warning, super::super::editing::sentence(&refusal));
            return;
        }
        let Some(plan) = importing.found.as_ref().and_then(|found| found.plan.as_ref().ok()).map(Arc::clone) else { return };
        let outside = importing.found.as_ref().and_then(|found| found.inner.as_ref().ok()?.outside.clone());
        let outside = outside.filter(|_| importing.wanted.follow);
        let before = self.document.save_point();
        self.edit(&plan.label, plan.edit.clone());
        let after = self.document.save_point();
        if before == after {
            return;
        }
        if let Some(file) = outside {
            // It was asked for when following it was chosen.
            self.allow_outside(file, effects);
        }
        self.importing = None;
        self.view.sheet = None;
        match (&plan.objective, &plan.metrics[..]) {
            (Some(objective), [_, _, ..]) => self.visit(&Selection::Goal(objective.clone())),
            (_, [first, ..]) => self.visit(&Selection::Metric(first.clone())),
            (_, []) => {}
        }
        self.look_where_points_are(&plan.metrics);
        self.toast_with_undo(plan.label.replacen("Import", "Imported", 1));
    }

    /// Charts show the days that came in.
    fn look_where_points_are(&mut self, metrics: &[MetricId]) {
        let project = self.document.project();
        let ends = |id: &MetricId| project.metric(id).and_then(|m| m.series.last()).map(|(at, _)| at.days());
        let Some(last) = metrics.iter().filter_map(ends).max_by(f64::total_cmp) else { return };
        let (from, to) = self.view.days(project, self.as_of(), (last, last));
        if last < from || last > to {
            self.view.range = TimeRange::All;
        }
    }
}
