//! What is done so that nothing is lost: unsaved changes are put by and offered again, earlier versions come back, and a file that another
//! window has is not written unasked.
//!
//! Not here: how any of that lies on the disk (`storage`), when a file is saved and what is asked then (`saving`).

mod holding;
mod place;
mod snapshots;
mod versions;

use std::path::PathBuf;
use std::sync::Arc;

use chrono::NaiveDateTime;

use super::jobs::{Opened, RequestId};
use super::{Effect, Question, Severity, Workspace};
use crate::document::difference::differences;
use crate::document::{Edit, Revision, edits};
use crate::model::{Project, date_words};
use crate::storage::{ContentHash, Damage, Found, Holder, SnapshotId, Typed, TypedText};
pub use holding::holder_words;
pub use snapshots::{Snapshots, Unsaved, UnsavedNow, UnsavedState, typed_line};
pub use versions::{Version, VersionHolds, Versions};

/// What a window knows of its own safety.
#[derive(Debug, Default)]
pub struct Safekeeping {
    pub snapshots: Snapshots,
    /// What the sheet of earlier versions shows, while it is open.
    pub versions: Versions,
    /// The version that is being read to be restored, and the state that it is to take the place of.
    restoring: Option<(RequestId, Revision)>,
    holding: holding::Holding,
}

#[derive(Clone, Debug, PartialEq)]
pub enum SafekeepingAction {
    /// Looks at the start for unsaved changes that windows left behind.
    FindUnsaved,
    /// The same, because somebody asks.
    AskForUnsaved,
    /// Opens them, as unsaved.
    Recover(Found),
    /// Asks whether they may go.
    Discard(Found),
    /// They go.
    DiscardNow(Found),
    /// The offer is put away until the next start.
    Later,
    /// Opens the sheet of earlier versions.
    ShowVersions,
    /// Puts a version in the place of the project, as one step that can be undone.
    Restore(PathBuf),
    /// Asks where a copy of a version is to go.
    CopyVersion(PathBuf),
    /// Copies it there.
    CopyVersionTo { version: PathBuf, to: PathBuf, overwrite: bool },
    /// Goes to where texts were typed that wait for their fields.
    ShowTexts,
    /// Puts them on the clipboard.
    CopyTexts,
    /// They are not wanted any more.
    ForgetTexts,
    /// The file is written from here on, whoever else has it.
    TakeOver,
    /// What a field that is not left yet would change, so that it is put by, too; `None` where it holds nothing new any more.
    Draft(Option<Box<Edit>>),
}

/// What the shell is to do for safety's sake; each with a request is answered by [`Safe`].
#[derive(Clone, Debug, PartialEq)]
pub enum SafekeepingEffect {
    /// Puts unsaved changes by, in the place of those before.
    Keep {
        request: RequestId,
        project: Arc<Project>,
        path: Option<PathBuf>,
        base: Option<ContentHash>,
        /// On top of it.
        typed: Typed,
    },
    /// Texts go back to the fields that they were typed into, once these are shown.
    RestoreTexts(Vec<TypedText>),
    /// Those that wait for their fields are not wanted any more.
    ForgetTexts,
    /// What this window put by is needed no more.
    Forget,
    /// Looks for what windows left behind that are gone, and keeps others from finding it too.
    Find {
        request: RequestId,
    },
    /// What was found goes on as what this window put by.
    Take(SnapshotId),
    /// What was found goes.
    Discard(Found),
    /// Others may find what was found.
    Release,
    /// Has this file from now on, and no other.
    Hold {
        request: RequestId,
        path: Option<PathBuf>,
    },
    ListVersions {
        request: RequestId,
        path: PathBuf,
        project: Arc<Project>,
    },
    LoadVersion {
        request: RequestId,
        version: PathBuf,
    },
    /// Answered by [`SafekeepingAction::CopyVersionTo`] or [`Action::DialogCancelled`](super::Action::DialogCancelled).
    AskCopyPath {
        version: PathBuf,
        suggested: String,
    },
    CopyVersion {
        request: RequestId,
        version: PathBuf,
        to: PathBuf,
        overwrite: bool,
    },
}

/// What came of it.
#[derive(Clone, Debug, PartialEq)]
pub enum Safe {
    Kept,
    /// Unsaved changes could not be put by: why.
    NotKept(String),
    Found(Vec<Unsaved>),
    /// `None` where this window has the file now.
    Held(Option<Holder>),
    Versions(Result<Vec<Version>, String>),
    /// A version, to be put in the place of the project.
    Version {
        project: Arc<Project>,
        until: Option<NaiveDateTime>,
    },
    Copied(PathBuf),
    /// A file that was to be opened is damaged, and there is a version of it.
    Damaged {
        damage: Damage,
        until: Option<NaiveDateTime>,
        version: Opened,
    },
    Failed(String),
}

impl Workspace {
    pub(super) fn act_safely(&mut self, action: SafekeepingAction, effects: &mut Vec<Effect>) {
        match action {
            SafekeepingAction::FindUnsaved => self.find_unsaved(effects),
            SafekeepingAction::AskForUnsaved => self.ask_for_unsaved(effects),
            SafekeepingAction::Recover(id) => self.recover(&id, effects),
            SafekeepingAction::Discard(id) => self.ask_to_discard(&id),
            SafekeepingAction::DiscardNow(id) => self.discard_unsaved(&id, effects),
            SafekeepingAction::Later => self.put_offer_away(effects),
            SafekeepingAction::ShowVersions => self.show_versions(effects),
            SafekeepingAction::Restore(version) => self.restore(version, effects),
            SafekeepingAction::CopyVersion(version) => self.copy_version(version, effects),
            SafekeepingAction::CopyVersionTo { version, to, overwrite } => {
                let request = self.next_request();
                effects.push(Effect::Safekeeping(SafekeepingEffect::CopyVersion { request, version, to, overwrite }));
            }
            SafekeepingAction::CopyTexts => self.copy_texts(effects),
            SafekeepingAction::ShowTexts => self.show_texts(),
            SafekeepingAction::ForgetTexts => effects.push(Effect::Safekeeping(SafekeepingEffect::ForgetTexts)),
            SafekeepingAction::TakeOver => self.take_over(effects),
            SafekeepingAction::Draft(edit) => self.hold_draft(edit.map(|edit| *edit)),
        }
    }

    pub(super) fn safe_done(&mut self, request: RequestId, done: Safe, effects: &mut Vec<Effect>) {
        match done {
            Safe::Kept => self.snapshot_kept(request, None),
            Safe::NotKept(why) => self.snapshot_kept(request, Some(&why)),
            Safe::Found(found) => self.unsaved_found(found),
            Safe::Held(holder) => self.held(request, holder, effects),
            Safe::Versions(found) => self.versions_listed(request, found),
            Safe::Version { project, until } => self.version_loaded(request, &project, until),
            Safe::Copied(path) => self.toast(Severity::Success, format!("Saved {}", super::files::file_name(&path))),
            Safe::Failed(message) => self.toast(Severity::Error, message),
            Safe::Damaged { damage, until, version } => {
                if self.file.loading == Some(request) {
                    self.file.loading = None;
                    self.discard = None;
                    self.question = Some(Question::Damaged { damage, until, version });
                }
            }
        }
    }

    /// The version of a damaged file, which is in no file yet.
    pub(in crate::workspace) fn open_version(&mut self, version: Opened) {
        self.adopt(version);
        self.document.mark_unsaved();
    }

    /// Comes with every frame: sees to it that what is unsaved is put by, and that the file is had.
    pub fn keep_safe(&mut self) -> Vec<Effect> {
        let mut effects = Vec::new();
        self.hold_file(&mut effects);
        self.keep_snapshot(&mut effects);
        effects
    }

    /// Puts a state in the place of the project, as one step.
    fn replace(&mut self, new: &Project, label: String) {
        let change = edits::replace_project(self.project(), new, label);
        self.edit(&change.label, change.edit);
    }
}

/// "22 Nov 2026, 14:05".
pub fn time_words(at: NaiveDateTime) -> String {
    format!("{}, {}", date_words(at.date()), at.format("%H:%M"))
}

/// What turns one project into another: a line each.
pub fn difference_lines(old: &Project, new: &Project) -> Vec<String> {
    differences(old, new).iter().map(crate::document::difference::Difference::line).collect()
}

/// "12 goals, 8 metrics, 2,320 values".
pub fn counts_words(project: &Project) -> String {
    let counted = |n: usize, noun: &str| {
        let number = project.settings.locale.fixed(n as f64, 0);
        if n == 1 { format!("1 {noun}") } else { format!("{number} {noun}s") }
    };
    let values = project.metrics.values().map(|metric| metric.series.len()).sum();
    format!("{}, {}, {}", counted(project.goals.len(), "goal"), counted(project.metrics.len(), "metric"), counted(values, "value"))
}
