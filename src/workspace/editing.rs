//! Changes of the project.

use super::action::New;
use super::{Selection, Severity, Sheet, Workspace};
use crate::document::{Change, Edit, EditError, edits};
use crate::model::{Aim, Date, Goal, GoalId, KeyResult, MetricId};

impl Workspace {
    pub(super) fn edit(&mut self, label: &str, edit: Edit) {
        let way_out = self.way_out();
        match self.document.apply(label, edit) {
            Ok(()) => self.follow(&way_out),
            Err(error) => self.toast(Severity::Warning, sentence(&error.to_string())),
        }
    }

    pub(super) fn abort_drag(&mut self) {
        let way_out = self.way_out();
        self.document.abort();
        self.follow(&way_out);
    }

    pub(super) fn undo(&mut self) {
        let way_out = self.way_out();
        if let Some(label) = self.document.undo() {
            self.follow(&way_out);
            self.toast(Severity::Info, format!("Undone: {label}"));
        }
    }

    pub(super) fn redo(&mut self) {
        let way_out = self.way_out();
        if let Some(label) = self.document.redo() {
            self.follow(&way_out);
            self.toast(Severity::Info, format!("Done again: {label}"));
        }
    }

    pub(super) fn make(&mut self, change: Result<Change, EditError>) {
        match change {
            Ok(Change { label, edit }) => self.edit(&label, edit),
            Err(error) => self.toast(Severity::Warning, sentence(&error.to_string())),
        }
    }

    pub(super) fn add(&mut self, new: New) {
        let (change, selection) = match new {
            New::Sentence(quick) => return self.add_sentence(&quick),
            New::Objective { parent } => {
                let goal = Goal::objective(self.ids.goal(), parent, "New objective");
                let goal = self.in_shown_cycle(goal);
                let id = goal.id.clone();
                (edits::add_goal(self.project(), goal), Some(Selection::Goal(id)))
            }
            New::KeyResult { objective, metric } => {
                let aim = self.first_aim(metric.as_ref());
                let name = metric.as_ref().and_then(|m| self.project().metric(m)).map(|m| m.name.clone());
                let title = name.unwrap_or_else(|| "New key result".to_owned());
                let goal = Goal::key_result(self.ids.goal(), objective, title, KeyResult::new(aim, metric));
                let goal = self.in_shown_cycle(goal);
                let id = goal.id.clone();
                (edits::add_goal(self.project(), goal), Some(Selection::Goal(id)))
            }
            New::Initiative { parent } => {
                let goal = Goal::initiative(self.ids.goal(), parent, "New initiative", edits::one_step_initiative());
                let goal = self.in_shown_cycle(goal);
                let id = goal.id.clone();
                (edits::add_goal(self.project(), goal), Some(Selection::Goal(id)))
            }
            New::Metric { link } => {
                let metric = crate::model::Metric::new(self.ids.metric(), "New metric");
                let id = metric.id.clone();
                (edits::add_metric(metric, link), Some(Selection::Metric(id)))
            }
            New::FromLibrary { metric, origin, link } => {
                let (change, id) = self.library_step(metric, origin, link);
                (change, Some(Selection::Metric(id)))
            }
            New::Segment { whole, dimension, value } => {
                let Some(whole) = self.document.project().metric(&whole) else { return };
                (edits::add_segment(whole, self.ids.metric(), dimension, value), None)
            }
            New::Formula { metric, formula, missing } => {
                let Some(metric) = self.document.project().metric(&metric) else { return };
                (edits::compute(metric, formula, missing, self.ids.metric()), None)
            }
            New::Event { date, metrics } => return self.add_event(date, metrics),
            New::Entry(new) => (edits::add_entry(new, self.ids.meeting_entry()), None),
            New::Cycle { start, end } => (edits::add_cycle(edits::new_cycle(self.ids.cycle(), start, end)), None),
        };
        self.make(Ok(change));
        if let Some(selection) = selection {
            self.select(&selection);
        }
    }

    /// The sheet of events opens on it: a day without a title says nothing.
    fn add_event(&mut self, date: Date, metrics: Vec<MetricId>) {
        let id = self.ids.event();
        self.make(Ok(edits::add_event(edits::new_event(id.clone(), date, metrics))));
        self.open_sheet(Sheet::Events(Some(id)));
    }

    /// The aim of a new key result: what can be said without knowing the numbers.
    fn first_aim(&self, metric: Option<&crate::model::MetricId>) -> Aim {
        let direction = metric.and_then(|m| self.project().metric(m)).map(|m| m.direction);
        match direction {
            Some(direction) => Aim::Baseline { direction, target: None },
            None => edits::one_step_milestone(),
        }
    }

    pub(super) fn check_in(&mut self, said: Vec<edits::NewCheckIn>) {
        if said.is_empty() {
            return;
        }
        let said = said.into_iter().map(|new| (new, self.ids.check_in())).collect();
        let change = edits::check_in_all(self.project(), said);
        self.make(Ok(change));
    }

    pub(super) fn duplicate(&mut self, goals: &[GoalId]) {
        let project = std::sync::Arc::clone(self.project());
        match edits::duplicate_goals(&project, goals, || self.ids.goal()) {
            Ok((change, copies)) => {
                self.make(Ok(change));
                if let Some(first) = copies.first().cloned() {
                    self.mark(copies.into_iter().collect(), first);
                }
            }
            Err(error) => self.make(Err(error)),
        }
    }

    pub(super) fn remove(&mut self, selection: &Selection) {
        let change = match selection {
            Selection::Goal(goal) => edits::remove_goal(self.project(), goal),
            Selection::Metric(metric) => edits::remove_metric(self.project(), metric),
        };
        self.make(change);
    }
}

/// With a capital at the start and a full stop at the end.
pub(super) fn sentence(text: &str) -> String {
    let mut chars = text.chars();
    let mut sentence: String = chars.next().map(|c| c.to_uppercase().collect()).unwrap_or_default();
    sentence.push_str(chars.as_str());
    if !sentence.ends_with(['.', '?', '!']) {
        sentence.push('.');
    }
    sentence
}
