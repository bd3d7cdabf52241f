//! How a project gets into its file: what the file must hold, what may be done to it, and what is asked when it may not.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::export_request::file_stem;
use super::files::file_name;
use super::jobs::Done;
use super::{Action, Answer, Effect, Question, Severity, Workspace};
use crate::model::Project;
use crate::storage::{ContentHash, SaveError};

/// What every project file's name ends in.
pub(super) const ENDING: &str = ".waymark.ron";

/// What a file held when it was last read or written here: saving compares with it, merging begins with it.
#[derive(Clone, Debug, PartialEq)]
pub struct Stored {
    pub hash: ContentHash,
    pub project: Arc<Project>,
}

/// What a save may do to what is there.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SaveWay {
    pub over: Over,
    /// What somebody was asked about and allowed.
    pub permits: BTreeSet<Permit>,
}

/// What may be at the path that is saved to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Over {
    /// No file.
    Nothing,
    /// The file as it was last read or written here.
    Known(ContentHash),
    /// Whatever there is; it is put by as a backup.
    Anything,
}

/// Something that is not done without a question.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Permit {
    /// Writes a file again that was deleted or renamed away.
    Anew,
    /// Leaves the other names of a hard-linked file with the old content.
    CutNames,
    WriteProtected,
    NoBackup,
}

/// Why a project was not saved.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Refusal {
    /// Somebody else saved to the file.
    Changed,
    /// What the file holds cannot be merged: why.
    CannotMerge(String),
    /// The file was deleted or renamed away.
    Gone,
    HardLinked {
        names: u64,
    },
    /// A folder or a device.
    NoFile,
    WriteProtected,
    /// The version before could not be put by: why.
    Backup(String),
    /// What happened, what was kept and what to do.
    Failed(String),
}

impl SaveWay {
    pub fn over(over: Over) -> Self {
        Self { over, permits: BTreeSet::new() }
    }

    pub fn allows(&self, permit: Permit) -> bool {
        self.permits.contains(&permit)
    }

    fn with(mut self, permit: Permit) -> Self {
        self.permits.insert(permit);
        self
    }
}

impl From<&SaveError> for Refusal {
    fn from(error: &SaveError) -> Self {
        match error {
            SaveError::Changed { .. } => Self::Changed,
            SaveError::HardLinked { names, .. } => Self::HardLinked { names: *names },
            SaveError::NoFile { .. } => Self::NoFile,
            SaveError::Protected { .. } => Self::WriteProtected,
            SaveError::Backup { error, .. } => Self::Backup(crate::storage::io_words(error)),
            SaveError::Failed { .. } | SaveError::Circle { .. } | SaveError::Unsound { .. } | SaveError::Exists { .. } => {
                Self::Failed(error.to_string())
            }
        }
    }
}

impl Refusal {
    /// The title of the question.
    pub fn title(&self) -> &'static str {
        match self {
            Self::Changed => "The file was changed by somebody else",
            Self::CannotMerge(_) => "The other version cannot be merged",
            Self::Gone => "The file is gone",
            Self::HardLinked { .. } => "The file has several names",
            Self::NoFile => "This is not a file",
            Self::WriteProtected => "The file is write-protected",
            Self::Backup(_) => "The version before could not be put by",
            Self::Failed(_) => "Not saved",
        }
    }

    /// What happened, what was kept and what can be done.
    pub(super) fn text(&self, path: &Path) -> String {
        let name = file_name(path);
        match self {
            Self::Changed => format!(
                "“{name}” holds other changes than when it was last read here. Merge brings both together, value by value. Replaced, the \
                 other version is kept as a backup."
            ),
            Self::CannotMerge(why) => format!(
                "“{name}” holds something else than when it was last read here. {why} Your changes are still in this window. Replaced, \
                 the other version is kept as a backup."
            ),
            Self::Gone => {
                format!("“{name}” was deleted, moved or renamed. Your project is still whole in this window. Save it there again?")
            }
            Self::HardLinked { names } => format!(
                "“{name}” has {names} names on this disk. Saving here leaves the other names with the old content. Nothing was changed yet."
            ),
            Self::NoFile => {
                format!("“{name}” is a folder or a device now. Your changes are still in this window; save them in another place.")
            }
            Self::WriteProtected => {
                format!("“{name}” may only be read. It can be replaced all the same and stays write-protected, or save to another file.")
            }
            Self::Backup(why) => format!(
                "Before “{name}” is replaced, its present version is copied to a safe place, and that failed: {why}. Nothing was changed \
                 yet, and your changes are still in this window."
            ),
            Self::Failed(message) => format!("{message} Your changes are still in this window."),
        }
    }

    /// The safe and usual answer first.
    pub(super) fn answers(&self) -> &'static [(Answer, &'static str)] {
        const COPY: (Answer, &str) = (Answer::SaveCopy, "Save a copy…");
        const CANCEL: (Answer, &str) = (Answer::Cancel, "Cancel");
        match self {
            Self::Changed => &[(Answer::Merge, "Merge"), COPY, (Answer::Overwrite, "Replace with mine"), CANCEL],
            Self::CannotMerge(_) => &[COPY, (Answer::Overwrite, "Replace with mine"), CANCEL],
            Self::Gone => &[(Answer::Anyway, "Save it there again"), COPY, CANCEL],
            Self::HardLinked { .. } | Self::WriteProtected => &[COPY, (Answer::Anyway, "Write anyway"), CANCEL],
            Self::Backup(_) => &[COPY, (Answer::Anyway, "Save without a backup"), CANCEL],
            Self::NoFile => &[COPY, CANCEL],
            Self::Failed(_) => &[COPY, (Answer::Again, "Try again"), CANCEL],
        }
    }

    /// What lets the next try go through.
    fn permit(&self) -> Option<Permit> {
        match self {
            Self::Gone => Some(Permit::Anew),
            Self::HardLinked { .. } => Some(Permit::CutNames),
            Self::WriteProtected => Some(Permit::WriteProtected),
            Self::Backup(_) => Some(Permit::NoBackup),
            Self::Changed | Self::CannotMerge(_) | Self::NoFile | Self::Failed(_) => None,
        }
    }
}

impl Workspace {
    pub(super) fn save(&mut self, effects: &mut Vec<Effect>) {
        match self.file.path.clone() {
            Some(path) if self.may_write(effects) => self.begin_save(path, None, effects),
            Some(_) => {}
            None => self.ask_save_path(Suggest::Own, effects),
        }
    }

    pub(super) fn save_copy(&self, effects: &mut Vec<Effect>) {
        self.ask_save_path(Suggest::Copy, effects);
    }

    pub(super) fn save_as(&mut self, effects: &mut Vec<Effect>) {
        self.after_save = None;
        self.ask_save_path(Suggest::Own, effects);
    }

    fn ask_save_path(&self, suggest: Suggest, effects: &mut Vec<Effect>) {
        let own = self.file.path.as_deref().map(file_name);
        let suggested = match (suggest, own) {
            (Suggest::Own, Some(name)) => name,
            (Suggest::Copy, Some(name)) => {
                let stem = name.strip_suffix(".ron").unwrap_or(&name);
                format!("{} copy{ENDING}", stem.strip_suffix(".waymark").unwrap_or(stem))
            }
            (_, None) => format!("{}{ENDING}", file_stem(&self.project().name)),
        };
        effects.push(Effect::AskSavePath { suggested });
    }

    /// Saves to a path of which nobody knows yet what is there.
    pub(super) fn save_path(&mut self, path: PathBuf, effects: &mut Vec<Effect>) {
        self.begin_save(with_ending(path), Some(Over::Nothing), effects);
    }

    /// Saves to a path whatever is there: somebody was asked.
    pub(super) fn save_over(&mut self, path: PathBuf, effects: &mut Vec<Effect>) {
        self.begin_save(path, Some(Over::Anything), effects);
    }

    /// The project's own file must hold what is known of it, whatever somebody said of `other` files.
    fn begin_save(&mut self, path: PathBuf, other: Option<Over>, effects: &mut Vec<Effect>) {
        let own = self.file.stored.as_ref().filter(|_| self.file.path.as_ref() == Some(&path)).map(|stored| Over::Known(stored.hash));
        let over = own.or(other).unwrap_or(Over::Nothing);
        if self.file.saving.is_some() {
            // One after the other: what was asked for last is done when the running one has ended.
            let again = if over == Over::Nothing { Action::SavePath(path) } else { Action::SaveOver(path) };
            self.after_save.get_or_insert(again);
            return;
        }
        self.start_save(path, SaveWay::over(over), effects);
    }

    fn start_save(&mut self, path: PathBuf, way: SaveWay, effects: &mut Vec<Effect>) {
        let request = self.next_request();
        self.file.saving = Some(request);
        let (project, save_point) = (Arc::clone(self.project()), self.document.save_point());
        effects.push(Effect::Save { request, project, path, save_point, way });
    }

    pub(super) fn save_done(&mut self, done: Done, effects: &mut Vec<Effect>) {
        match done {
            Done::Saved { path, save_point, stored, is_durable } => {
                self.document.mark_saved(save_point);
                self.safekeeping.snapshots.unconfirmed = !is_durable;
                self.preferences.remember(&path);
                let name = file_name(&path);
                if is_durable {
                    self.toast(Severity::Success, format!("Saved {name}"));
                } else {
                    self.toast(Severity::Warning, format!("Saved {name}, but not confirmed on the disk yet"));
                }
                self.file_is_ours(path, stored);
                if let Some(then) = self.after_save.take() {
                    self.perform(then, effects);
                }
            }
            Done::NotSaved { path, way, refusal } => self.question = Some(Question::NotSaved { path, way, refusal }),
            Done::Exists(path) => {
                self.question = Some(Question::Overwrite { path: path.clone(), then: Box::new(Action::SaveOver(path)) });
            }
            Done::Failed(message) => {
                self.after_save = None;
                self.toast(Severity::Error, message);
            }
            _ => self.after_save = None,
        }
    }

    /// Saves to where the project's file was. Another window that has it is asked about first, as with every save.
    pub(super) fn save_anew(&mut self, effects: &mut Vec<Effect>) {
        if self.file.saving.is_none()
            && self.may_write(effects)
            && let Some((path, stored)) = self.file.path.clone().zip(self.file.stored.clone())
        {
            self.start_save(path, SaveWay::over(Over::Known(stored.hash)).with(Permit::Anew), effects);
        }
    }

    /// How to go on after a save that was refused. What waits for the save goes on waiting, unless this is the end of it.
    pub(super) fn go_on_saving(&mut self, path: PathBuf, way: SaveWay, refusal: &Refusal, answer: Answer, effects: &mut Vec<Effect>) {
        match answer {
            Answer::Merge => self.merge_and_save(effects),
            Answer::SaveCopy => self.ask_save_path(Suggest::Copy, effects),
            Answer::Overwrite => self.start_save(path, SaveWay { over: Over::Anything, ..way }, effects),
            Answer::Again => self.start_save(path, way, effects),
            Answer::Anyway => match refusal.permit() {
                Some(permit) => self.start_save(path, way.with(permit), effects),
                None => self.dialog_cancelled(),
            },
            Answer::Save | Answer::Discard | Answer::OpenVersion | Answer::TakeOver | Answer::Allow | Answer::Cancel => {
                self.dialog_cancelled();
            }
        }
    }
}

/// The name that is offered where a path is asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Suggest {
    Own,
    Copy,
}

/// A name without any ending gets the one of project files.
pub(super) fn with_ending(path: PathBuf) -> PathBuf {
    if path.extension().is_some() {
        return path;
    }
    let mut name = path.into_os_string();
    name.push(ENDING);
    PathBuf::from(name)
}
