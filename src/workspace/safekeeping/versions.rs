//! Earlier versions of the file: what they hold, what has changed since, and the way back to them.

use std::path::PathBuf;

use chrono::NaiveDateTime;

use super::{SafekeepingEffect, time_words};
use crate::model::Project;
use crate::workspace::files::file_name;
use crate::workspace::jobs::RequestId;
use crate::workspace::{Effect, Severity, Sheet, Workspace};

/// An earlier version of the file, told against the project as it was when it was looked for.
#[derive(Clone, Debug, PartialEq)]
pub struct Version {
    pub path: PathBuf,
    /// When a newer one took its place.
    pub until: Option<NaiveDateTime>,
    /// What it holds, or why it cannot be read.
    pub holds: Result<VersionHolds, String>,
}

#[derive(Clone, Debug, PartialEq)]
pub struct VersionHolds {
    /// "12 goals, 8 metrics, 320 values".
    pub counts: String,
    /// What was changed since, a line each.
    pub since: Vec<String>,
}

#[derive(Clone, Debug, Default, PartialEq)]
pub enum Versions {
    #[default]
    Closed,
    Looking(RequestId),
    /// The newest first.
    Listed(Vec<Version>),
    Failed(String),
}

impl Version {
    /// "Until 22 Nov 2026, 14:05".
    pub fn words(&self) -> String {
        self.until.map_or_else(|| "An earlier version".to_owned(), |until| format!("Until {}", time_words(until)))
    }
}

impl Workspace {
    pub(super) fn show_versions(&mut self, effects: &mut Vec<Effect>) {
        let Some(path) = self.file.path.clone() else { return };
        let (request, project) = (self.next_request(), std::sync::Arc::clone(self.project()));
        self.safekeeping.versions = Versions::Looking(request);
        self.open_sheet(Sheet::Versions);
        effects.push(Effect::Safekeeping(SafekeepingEffect::ListVersions { request, path, project }));
    }

    pub(super) fn versions_listed(&mut self, request: RequestId, found: Result<Vec<Version>, String>) {
        if self.safekeeping.versions == Versions::Looking(request) {
            self.safekeeping.versions = found.map_or_else(Versions::Failed, Versions::Listed);
        }
    }

    pub(super) fn restore(&mut self, version: PathBuf, effects: &mut Vec<Effect>) {
        let request = self.next_request();
        self.safekeeping.restoring = Some((request, self.document.revision()));
        effects.push(Effect::Safekeeping(SafekeepingEffect::LoadVersion { request, version }));
    }

    pub(super) fn version_loaded(&mut self, request: RequestId, project: &Project, until: Option<NaiveDateTime>) {
        // What was asked for another project, or before another change, is not wanted any more.
        if self.safekeeping.restoring.take() != Some((request, self.document.revision())) || project.id != self.project().id {
            return;
        }
        let version = until.map_or_else(|| "an earlier version".to_owned(), |until| format!("the version of {}", time_words(until)));
        self.replace(project, format!("Restore {version}"));
        self.view.sheet = None;
        self.toast(Severity::Success, format!("This is {version}, not saved yet. Undo takes it back."));
    }

    pub(super) fn copy_version(&self, version: PathBuf, effects: &mut Vec<Effect>) {
        let name = self.file.path.as_deref().map(file_name).unwrap_or_default();
        let stem = name.strip_suffix(".ron").unwrap_or(&name);
        let suggested = format!("{} earlier.waymark.ron", stem.strip_suffix(".waymark").unwrap_or(stem));
        effects.push(Effect::Safekeeping(SafekeepingEffect::AskCopyPath { version, suggested }));
    }
}
