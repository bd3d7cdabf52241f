//! From a project to a file, so that at no moment the file is anything but the old project or the new one, whole.

use std::io;
use std::path::{Path, PathBuf};

use super::backups::Backups;
use super::fs::{About, Disk, Fs, Mode};
use super::load::{ContentHash, io_words};
use super::read::{MAX_FILE_BYTES, read_project, too_large};
use super::temporary::{folder_of, forget, sweep, write_temporary};
use super::write_project;
use crate::model::Project;

/// Links that lead to links, before it counts as a circle.
const MAX_LINKS: usize = 40;

/// A project on the disk.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Saved {
    pub hash: ContentHash,
    /// The file that was written: behind links, where the path was one.
    pub path: PathBuf,
    /// It survives a power cut. Where it is not, only the name of the file is not known to be on the disk yet.
    pub is_durable: bool,
}

/// Why a project was not saved. Whatever file there was is still there, unchanged.
#[derive(Debug, thiserror::Error)]
pub enum SaveError {
    #[error("{} could not be saved: {}. {KEPT} Choose another name or another folder.", path.display(), io_words(error))]
    Failed { path: PathBuf, error: io::Error },
    #[error("{} could not be saved: the file is write-protected. {KEPT} Allow writing to it, or save under another name.", path.display())]
    Protected { path: PathBuf },
    #[error("{} could not be saved: its links lead round in a circle. {KEPT} Save under another name.", path.display())]
    Circle { path: PathBuf },
    #[error("{} could not be saved: {what}. {KEPT} Undo the last change, or save under another name.", path.display())]
    Unsound { path: PathBuf, what: String },
    #[error("{} already exists and was left as it is; choose another name", path.display())]
    Exists { path: PathBuf },
    #[error("{} was changed by somebody else since it was opened here. {KEPT} Merge both, or save under another name.", path.display())]
    Changed { path: PathBuf },
    #[error("{} could not be saved: it is no file but a folder or a device. {KEPT} Save under another name.", path.display())]
    NoFile { path: PathBuf },
    #[error(
        "{} has {names} names on this disk, and saving would leave the others with the old content. {KEPT} Allow that, or save under another name.",
        path.display()
    )]
    HardLinked { path: PathBuf, names: u64 },
    #[error("{} could not be saved: the version before could not be put by, because {}. {KEPT} Make room, or save under another name.", path.display(), io_words(error))]
    Backup { path: PathBuf, error: io::Error },
}

/// What is believed of the file that is saved over.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Expected {
    /// Whatever it holds may go.
    Anything,
    /// What was last read from it or written to it. Holding anything else, it stays.
    Content(ContentHash),
}

/// How a file is saved over.
#[derive(Clone, Copy, Debug)]
pub struct Saving<'a> {
    pub expected: Expected,
    /// Whether a file of several names may be cut off from the others.
    pub cut_names: bool,
    /// Whether a write-protected file may be replaced; it stays write-protected.
    pub write_protected: bool,
    /// Where the version before is put by.
    pub backups: Option<&'a Backups>,
}

impl Default for Saving<'_> {
    fn default() -> Self {
        Self { expected: Expected::Anything, cut_names: true, write_protected: false, backups: None }
    }
}

const KEPT: &str = "Nothing was lost: what is on the disk is as it was.";

/// Saves over the file at a path, if there is one: writes a temporary file beside it, reads that back, compares it with the project and
/// puts it in the file's place. Follows links and keeps permissions.
pub fn save(project: &Project, path: &Path) -> Result<Saved, SaveError> {
    save_to(&Disk, project, path, &Saving::default())
}

/// As [`save`], where the file must hold what is expected of it.
pub fn save_over(project: &Project, path: &Path, saving: &Saving<'_>) -> Result<Saved, SaveError> {
    save_to(&Disk, project, path, saving)
}

/// Saves to a path where no file is yet; never overwrites.
pub fn create(project: &Project, path: &Path) -> Result<Saved, SaveError> {
    create_in(&Disk, project, path)
}

pub(super) fn save_to(fs: &dyn Fs, project: &Project, path: &Path, saving: &Saving<'_>) -> Result<Saved, SaveError> {
    let failed = |error| SaveError::Failed { path: path.to_owned(), error };
    let target = behind_links(fs, path)?;
    let about = about_target(fs, &target, saving, path)?;
    let before = expected_content(fs, &target, saving, path)?;
    let text = fitting(project, path)?;
    put_by(fs, project, &target, before.as_deref(), saving, path)?;
    let mode = about.as_ref().map_or(Mode::Usual, |about| Mode::Like { file: &target, about });
    let temporary = write_temporary(fs, &target, text.as_bytes(), mode).map_err(failed)?;
    let put = compare(fs, &temporary, project, text.as_bytes(), path)
        .and_then(|()| put_in_place(fs, project, &temporary, &target, before.as_deref(), saving, path));
    if let Err(error) = put {
        forget(fs, &temporary);
        return Err(error);
    }
    let is_durable = sync_folder_of(fs, &target);
    sweep(fs, &target);
    Ok(Saved { hash: ContentHash::of(text.as_bytes()), path: target, is_durable })
}

/// What is known of the file that is saved over, if it may be.
fn about_target(fs: &dyn Fs, target: &Path, saving: &Saving<'_>, path: &Path) -> Result<Option<About>, SaveError> {
    let failed = |error| SaveError::Failed { path: path.to_owned(), error };
    let Some(mut about) = fs.about(target).map_err(failed)? else { return Ok(None) };
    if !about.is_regular {
        return Err(SaveError::NoFile { path: path.to_owned() });
    }
    if !saving.write_protected && (about.permissions.readonly() || is_refused(fs.may_write(target)).map_err(failed)?) {
        return Err(SaveError::Protected { path: path.to_owned() });
    }
    if about.names > 1 && !saving.cut_names {
        // Perhaps the other name is only what a killed program left.
        sweep(fs, target);
        about = fs.about(target).map_err(failed)?.unwrap_or(about);
        if about.names > 1 {
            return Err(SaveError::HardLinked { path: path.to_owned(), names: about.names });
        }
    }
    Ok(Some(about))
}

/// Whether a file must not be written: replacing it would be a way round that.
fn is_refused(may_write: io::Result<()>) -> io::Result<bool> {
    match may_write {
        Ok(()) => Ok(false),
        Err(error) if error.kind() == io::ErrorKind::PermissionDenied => Ok(true),
        // Gone meanwhile: there is nothing that could be refused.
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(false),
        Err(error) => Err(error),
    }
}

/// The text of a file that can be read again.
fn fitting(project: &Project, path: &Path) -> Result<String, SaveError> {
    let text = write_project(project);
    if text.len() as u64 > MAX_FILE_BYTES {
        return Err(SaveError::Unsound { path: path.to_owned(), what: too_large(text.len() as u64) });
    }
    Ok(text)
}

/// Puts the version before by, where versions are kept.
fn put_by(fs: &dyn Fs, project: &Project, target: &Path, before: Option<&[u8]>, saving: &Saving<'_>, path: &Path) -> Result<(), SaveError> {
    match (saving.backups, before) {
        (Some(backups), Some(before)) => {
            backups.keep(fs, &project.id, target, before).map_err(|error| SaveError::Backup { path: path.to_owned(), error })
        }
        (None, _) | (_, None) => Ok(()),
    }
}

/// The last look and the rename, one save at a time in each folder: of two that expect the same file, one finds it changed.
fn put_in_place(
    fs: &dyn Fs,
    project: &Project,
    temporary: &Path,
    target: &Path,
    before: Option<&[u8]>,
    saving: &Saving<'_>,
    path: &Path,
) -> Result<(), SaveError> {
    let failed = |error| SaveError::Failed { path: path.to_owned(), error };
    let _alone = fs.lock_folder(folder_of(target)).map_err(failed)?;
    // Between the first look and now somebody else may have saved.
    let now = expected_content(fs, target, saving, path)?;
    if now.as_deref() != before {
        put_by(fs, project, target, now.as_deref(), saving, path)?;
    }
    fs.rename(temporary, target).map_err(failed)
}

/// What the file holds, where anybody needs to know, if that is what is expected. A file that is gone holds nothing that could be lost.
fn expected_content(fs: &dyn Fs, target: &Path, saving: &Saving<'_>, path: &Path) -> Result<Option<Vec<u8>>, SaveError> {
    if saving.backups.is_none() && saving.expected == Expected::Anything {
        return Ok(None);
    }
    let bytes = match fs.read(target, MAX_FILE_BYTES) {
        Ok(bytes) => bytes,
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(None),
        Err(error) => return Err(SaveError::Failed { path: path.to_owned(), error }),
    };
    if bytes.len() as u64 > MAX_FILE_BYTES && saving.backups.is_some() {
        return Err(SaveError::Backup { path: path.to_owned(), error: io::ErrorKind::FileTooLarge.into() });
    }
    match saving.expected {
        Expected::Content(hash) if hash != ContentHash::of(&bytes) => Err(SaveError::Changed { path: path.to_owned() }),
        Expected::Content(_) | Expected::Anything => Ok(Some(bytes)),
    }
}

pub(super) fn create_in(fs: &dyn Fs, project: &Project, path: &Path) -> Result<Saved, SaveError> {
    let failed = |error: io::Error| match error.kind() {
        io::ErrorKind::AlreadyExists => SaveError::Exists { path: path.to_owned() },
        _ => SaveError::Failed { path: path.to_owned(), error },
    };
    // A link that leads nowhere is something, too.
    if fs.link_target(path).map_err(failed)?.is_some() || fs.about(path).map_err(failed)?.is_some() {
        return Err(failed(io::ErrorKind::AlreadyExists.into()));
    }
    let text = fitting(project, path)?;
    let temporary = write_temporary(fs, path, text.as_bytes(), Mode::Usual).map_err(failed)?;
    let put = compare(fs, &temporary, project, text.as_bytes(), path).and_then(|()| fs.publish(&temporary, path).map_err(failed));
    if let Err(error) = put {
        forget(fs, &temporary);
        return Err(error);
    }
    let is_durable = sync_folder_of(fs, path);
    sweep(fs, path);
    Ok(Saved { hash: ContentHash::of(text.as_bytes()), path: path.to_owned(), is_durable })
}

/// The path that a chain of links ends at.
pub(super) fn behind_links(fs: &dyn Fs, path: &Path) -> Result<PathBuf, SaveError> {
    let mut target = path.to_owned();
    for _ in 0..MAX_LINKS {
        match fs.link_target(&target).map_err(|error| SaveError::Failed { path: path.to_owned(), error })? {
            // A relative link starts from the folder it stands in; `join` takes an absolute one as it is.
            Some(next) => target = folder_of(&target).join(next),
            None => return Ok(target),
        }
    }
    Err(SaveError::Circle { path: path.to_owned() })
}

/// Reads what was written the way every file is read, and requires it to be the project.
fn compare(fs: &dyn Fs, written: &Path, project: &Project, bytes: &[u8], path: &Path) -> Result<(), SaveError> {
    let unsound = |what: String| SaveError::Unsound { path: path.to_owned(), what };
    let read = fs.read(written, MAX_FILE_BYTES).map_err(|error| SaveError::Failed { path: path.to_owned(), error })?;
    if read != bytes {
        return Err(unsound("the disk gave back something else than was written".to_owned()));
    }
    match read_project(&read) {
        Ok(again) if again == *project => Ok(()),
        Ok(_) => Err(unsound("reading it back gave another project".to_owned())),
        Err(problems) => {
            let first = problems.first().map_or_else(String::new, |problem| problem.message.clone());
            Err(unsound(format!("it could not be read back, because {first}")))
        }
    }
}

/// The new file is in its place already: only after a power cut the old one might come back. Says whether it cannot.
pub(super) fn sync_folder_of(fs: &dyn Fs, path: &Path) -> bool {
    let synced = fs.sync_folder(folder_of(path));
    if let Err(error) = &synced {
        log::warn!("the folder of {} could not be synced: {error}", path.display());
    }
    synced.is_ok()
}
