//! A redacted copy: which goals it leaves out, and where it goes.

use std::collections::BTreeSet;
use std::path::PathBuf;
use std::sync::Arc;

use super::export_request::file_stem;
use super::files::file_name;
use super::jobs::Done;
use super::saving::{ENDING, with_ending};
use super::{Action, Effect, ExportRequest, ExportWhat, Question, Severity, Workspace};
use crate::model::GoalId;

/// Values indexed, people and notes left out ([`crate::document::redacted`]).
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Redaction {
    /// Left out too, each with all under it.
    pub without: BTreeSet<GoalId>,
}

/// What the dialog about a redacted copy shows.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct RedactionDraft {
    pub redaction: Redaction,
    /// The export dialog that it was opened from, to go back to.
    pub export: Option<ExportRequest>,
}

impl Workspace {
    /// Goes on, or back, to the export dialog: for the slides where none was open.
    pub(super) fn export_redacted(&mut self, draft: RedactionDraft) {
        self.redaction_draft = None;
        let RedactionDraft { redaction, export } = draft;
        match export {
            Some(export) => self.export_draft = Some(export),
            None => self.choose_export(ExportWhat::Deck),
        }
        if let Some(export) = &mut self.export_draft {
            export.redacted = Some(redaction);
        }
    }

    /// The project stays as it is, and so does its file.
    pub(super) fn save_redacted(&mut self, redaction: Redaction, effects: &mut Vec<Effect>) {
        self.redaction_draft = None;
        let name = self.file.path.as_ref().map_or_else(|| file_stem(&self.project().name), |path| file_name(path));
        let stem = name.strip_suffix(ENDING).or_else(|| name.strip_suffix(".ron")).unwrap_or(&name);
        effects.push(Effect::AskRedactedPath { suggested: format!("{stem}-redacted{ENDING}"), redaction });
    }

    pub(super) fn redact_to(&mut self, path: PathBuf, redaction: Redaction, overwrite: bool, effects: &mut Vec<Effect>) {
        let path = with_ending(path);
        if self.file.path.as_deref() == Some(&path) {
            self.toast(Severity::Warning, "That is the file of the project itself. Choose another one for the redacted copy.".to_owned());
            return;
        }
        let request = self.next_request();
        self.redacting.insert(request, redaction.clone());
        effects.push(Effect::Redact { request, project: Arc::clone(self.project()), redaction, path, overwrite });
    }

    pub(super) fn redact_done(&mut self, redaction: Redaction, done: Done) {
        match done {
            Done::Exported(paths) => {
                let name = paths.first().map(|path| file_name(path)).unwrap_or_default();
                self.toast(Severity::Success, format!("Saved a redacted copy as {name}"));
            }
            Done::Exists(path) => {
                let then = Action::RedactTo { path: path.clone(), redaction, overwrite: true };
                self.question = Some(Question::Overwrite { path, then: Box::new(then) });
            }
            Done::Failed(message) => self.toast(Severity::Error, message),
            // No answer to what was asked.
            Done::Loaded(_)
            | Done::Saved { .. }
            | Done::NotSaved { .. }
            | Done::Brought(_)
            | Done::Refreshed(_)
            | Done::NotBrought(_)
            | Done::Outside(_)
            | Done::Another(_)
            | Done::Safe(_)
            | Done::Copied { .. }
            | Done::Imported(_)
            | Done::Forecast(_)
            | Done::Cancelled => {}
        }
    }
}
