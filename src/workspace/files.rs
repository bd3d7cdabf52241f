//! New, open and quit: nothing that is unsaved goes without a question.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::jobs::{Done, Opened, Outcome};
use super::{Action, Answer, Effect, FileState, Links, Memos, Question, Severity, Stored, View, Workspace};
use crate::document::{Document, SavePoint};
use crate::model::Project;
use crate::storage::templates;

/// Changes up to here may be lost by opening another project: it was asked while the file dialog was still to come.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Discard(SavePoint);

impl Workspace {
    /// Asks where something would be lost; true where one may go on.
    pub(super) fn may_leave(&mut self, then: Action) -> bool {
        let (is_dirty, is_typed) = (self.document.is_dirty(), self.is_typed());
        if !(is_dirty || is_typed) || self.discard == Some(Discard(self.document.save_point())) {
            return true;
        }
        let then = Box::new(then);
        self.question = Some(if is_dirty {
            Question::UnsavedChanges { then }
        } else {
            let words = self.typed_words().unwrap_or_else(|| "the text that is being typed".to_owned());
            Question::NotEntered { then, words }
        });
        false
    }

    pub(super) fn new_project(&mut self, effects: &mut Vec<Effect>) {
        if self.may_leave(Action::New) {
            let project = Project::empty(self.ids.project(), "New project");
            self.adopt(Opened { project: Arc::new(project), path: None, read_only: false, hash: None });
            effects.push(Effect::Wake);
        }
    }

    pub(super) fn new_from_template(&mut self, name: &'static str, effects: &mut Vec<Effect>) {
        self.template_draft = None;
        if !self.may_leave(Action::NewFromTemplate(name)) {
            return;
        }
        let (today, ids) = (self.today, &mut self.ids);
        let made = templates::find(name)
            .and_then(|template| templates::instantiate(template.name, today, &mut || ids.next_bits(), template.title));
        match made {
            Ok(project) => {
                self.adopt(Opened { project: Arc::new(project), path: None, read_only: false, hash: None });
                effects.push(Effect::Wake);
            }
            Err(unknown) => self.toast(Severity::Error, unknown.to_string()),
        }
    }

    pub(super) fn open(&mut self, effects: &mut Vec<Effect>) {
        if self.may_leave(Action::Open) {
            effects.push(Effect::AskOpenPath);
        }
    }

    pub(super) fn open_path(&mut self, path: PathBuf, effects: &mut Vec<Effect>) {
        if self.may_leave(Action::OpenPath(path.clone())) {
            let request = self.next_request();
            self.file.loading = Some(request);
            effects.push(Effect::Load { request, path });
        }
    }

    pub(super) fn open_sample(&mut self, effects: &mut Vec<Effect>) {
        if self.may_leave(Action::OpenSample) {
            let request = self.next_request();
            self.file.loading = Some(request);
            effects.push(Effect::LoadSample { request });
        }
    }

    pub(super) fn adopt(&mut self, opened: Opened) {
        if !self.may_leave(Action::Adopt(opened.clone())) {
            return;
        }
        self.leave_texts();
        let Opened { project, path, read_only, hash } = opened;
        if let Some(path) = &path {
            self.preferences.remember(path);
        }
        let stored = hash.map(|hash| Stored { hash, project: Arc::clone(&project) });
        self.document = Document::following(project, self.document.revision());
        self.memos = Memos::like(&self.memos);
        self.forecasting = None;
        self.file = FileState { path, read_only, stored, ..FileState::default() };
        self.links = Links::default();
        self.merging = None;
        self.importing = None;
        self.after_save = None;
        self.discard = None;
        self.export_draft = None;
        self.redaction_draft = None;
        self.exported = None;
        self.template_draft = None;
        self.presentation = None;
        self.meeting_held = None;
        let View { range, inspector, .. } = std::mem::take(&mut self.view);
        self.view = View { range, inspector, ..View::default() };
        self.look_at_first_goal();
        self.look_where_there_is_data();
    }

    pub(super) fn dialog_cancelled(&mut self) {
        self.after_save = None;
        self.discard = None;
    }

    pub(super) fn quit(&mut self, effects: &mut Vec<Effect>) {
        if self.file.saving.is_some() {
            self.after_save = Some(Action::Quit);
        } else if self.may_leave(Action::Quit) {
            if self.document.is_dirty() || self.is_typed() {
                self.forget_snapshot(effects);
            }
            effects.push(Effect::CloseWindow);
        }
    }

    pub(super) fn answer(&mut self, question: Question, answer: Answer, effects: &mut Vec<Effect>) {
        self.question = None;
        match (question, answer) {
            (Question::UnsavedChanges { then }, Answer::Save) => {
                self.after_save = Some(*then);
                self.save(effects);
            }
            (Question::UnsavedChanges { then } | Question::NotEntered { then, .. }, Answer::Discard) => {
                self.discard = Some(Discard(self.document.save_point()));
                self.perform(*then, effects);
                // Only opening goes on after this frame.
                if self.file.loading.is_none() && !effects.contains(&Effect::AskOpenPath) {
                    self.discard = None;
                }
            }
            (Question::Overwrite { then, .. }, Answer::Overwrite) => self.perform(*then, effects),
            (Question::NotSaved { path, way, refusal }, answer) => self.go_on_saving(path, way, &refusal, answer, effects),
            (Question::DiscardUnsaved { id, .. }, Answer::Discard) => self.discard_unsaved(&id, effects),
            (Question::Damaged { version, .. }, Answer::OpenVersion) => self.open_version(version),
            (Question::HeldElsewhere(_), Answer::TakeOver) => {
                self.take_over(effects);
                self.save(effects);
            }
            (Question::HeldElsewhere(_), Answer::SaveCopy) => self.save_copy(effects),
            (Question::ReadOutside { file, .. }, answer) => self.answer_outside(file, answer, effects),
            (Question::DiscardUnsaved { .. }, _) => {}
            (Question::NotEntered { .. }, _) => {
                self.dialog_cancelled();
                self.show_texts();
            }
            (Question::UnsavedChanges { .. } | Question::Overwrite { .. } | Question::Damaged { .. } | Question::HeldElsewhere(_), _) => {
                self.dialog_cancelled();
            }
        }
    }

    pub(super) fn job_done(&mut self, outcome: Outcome, effects: &mut Vec<Effect>) {
        let Outcome { request, done } = outcome;
        if let Done::Forecast(found) = done {
            // What an older project asked for fits nothing in this one.
            if self.forecasting == Some(request) {
                self.forecasting = None;
                self.memos.take_forecasts(&self.document, found);
            }
            return;
        }
        if let Done::Safe(done) = done {
            return self.safe_done(request, done, effects);
        }
        if let Done::Outside(done) = done {
            return self.outside_done(done, effects);
        }
        if self.forecasting == Some(request) {
            self.forecasting = None;
        }
        if self.file.loading == Some(request) {
            self.file.loading = None;
            self.load_done(done);
        } else if self.file.saving == Some(request) {
            self.file.saving = None;
            self.save_done(done, effects);
        } else if self.file.bringing.is_some_and(|bringing| bringing.request == request) {
            self.brought(done, effects);
        } else if self.is_reading_links(request) {
            self.links_read(done, effects);
        } else if let Some(export) = self.exporting.remove(&request) {
            self.export_done(export, done);
        } else if self.awaits_import(request) {
            self.import_done(done);
        } else if let Some(redaction) = self.redacting.remove(&request) {
            self.redact_done(redaction, done);
        } else if self.copying.remove(&request) {
            self.copy_done(done, effects);
        } else if let Done::Failed(message) = done {
            // Nobody waits for it any more, but a save that failed must not go unsaid.
            self.toast(Severity::Error, message);
        }
    }

    fn load_done(&mut self, done: Done) {
        match done {
            Done::Loaded(opened) => self.adopt(opened),
            Done::Failed(message) => {
                self.discard = None;
                self.toast(Severity::Error, message);
            }
            _ => self.discard = None,
        }
    }
}

pub(super) fn file_name(path: &Path) -> String {
    path.file_name().map_or_else(|| path.display().to_string(), |n| n.to_string_lossy().into_owned())
}
