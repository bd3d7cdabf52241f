//! From a project to a file, so that at no moment the file is anything but the old project or the new one, whole.

use std::io;
use std::path::{Path, PathBuf};

use super::backups::Backups;
use super::fs::{About, Disk, Fs};
use super::load::{ContentHash, io_words};
use super::read::{MAX_FILE_BYTES, read_project};
use super::write_project;
use crate::model::Project;

/// Links that lead to links, before it counts as a circle.
const MAX_LINKS: usize = 40;
/// Names of temporary files that are tried.
const MAX_NAMES: usize = 100;

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
    let about = fs.about(&target).map_err(failed)?;
    if let Some(About { permissions, is_regular, names }) = &about {
        if !is_regular {
            return Err(SaveError::NoFile { path: path.to_owned() });
        }
        if permissions.readonly() && !saving.write_protected {
            return Err(SaveError::Protected { path: path.to_owned() });
        }
        if *names > 1 && !saving.cut_names {
            return Err(SaveError::HardLinked { path: path.to_owned(), names: *names });
        }
    }
    let before = expected_content(fs, &target, about.is_some(), saving, path)?;
    let text = write_project(project);
    if let (Some(backups), Some(before)) = (saving.backups, &before) {
        backups.keep(fs, &project.id, &target, before).map_err(|error| SaveError::Backup { path: path.to_owned(), error })?;
    }
    let permissions = about.map(|about| about.permissions);
    let temporary = write_temporary(fs, &target, text.as_bytes(), permissions.as_ref()).map_err(failed)?;
    let put = compare(fs, &temporary, project, text.as_bytes(), path)
        // Between the first look and now somebody else may have saved.
        .and_then(|()| expected_content(fs, &target, before.is_some(), saving, path).map(drop))
        .and_then(|()| fs.rename(&temporary, &target).map_err(failed));
    if let Err(error) = put {
        forget(fs, &temporary);
        return Err(error);
    }
    let is_durable = sync_folder_of(fs, &target);
    Ok(Saved { hash: ContentHash::of(text.as_bytes()), path: target, is_durable })
}

/// What the file holds, where anybody needs to know, if that is what is expected. A file that is gone holds nothing that could be lost.
fn expected_content(fs: &dyn Fs, target: &Path, is_there: bool, saving: &Saving<'_>, path: &Path) -> Result<Option<Vec<u8>>, SaveError> {
    let is_asked = saving.backups.is_some() || saving.expected != Expected::Anything;
    if !is_there || !is_asked {
        return Ok(None);
    }
    let bytes = match fs.read(target, MAX_FILE_BYTES) {
        Ok(bytes) => bytes,
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(None),
        Err(error) => return Err(SaveError::Failed { path: path.to_owned(), error }),
    };
    match saving.expected {
        Expected::Content(hash) if hash != ContentHash::of(&bytes) => Err(SaveError::Changed { path: path.to_owned() }),
        Expected::Content(_) | Expected::Anything => Ok(Some(bytes)),
    }
}

pub(super) fn create_in(fs: &dyn Fs, project: &Project, path: &Path) -> Result<Saved, SaveError> {
    let text = write_project(project);
    fs.write_new(path, text.as_bytes(), None).map_err(|error| match error.kind() {
        io::ErrorKind::AlreadyExists => SaveError::Exists { path: path.to_owned() },
        _ => SaveError::Failed { path: path.to_owned(), error },
    })?;
    if let Err(error) = compare(fs, path, project, text.as_bytes(), path) {
        forget(fs, path);
        return Err(error);
    }
    let is_durable = sync_folder_of(fs, path);
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

fn folder_of(path: &Path) -> &Path {
    path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."))
}

/// Writes beside the target, so that renaming never crosses disks.
pub(super) fn write_temporary(fs: &dyn Fs, target: &Path, bytes: &[u8], permissions: Option<&std::fs::Permissions>) -> io::Result<PathBuf> {
    let name = target.file_name().ok_or(io::ErrorKind::InvalidFilename)?.to_string_lossy().into_owned();
    for number in 0..MAX_NAMES {
        let temporary = folder_of(target).join(format!(".{name}.{}-{number}.tmp", std::process::id()));
        match fs.write_new(&temporary, bytes, permissions) {
            // Left by a process that was killed, or written by another thread right now.
            Err(error) if error.kind() == io::ErrorKind::AlreadyExists => {}
            Ok(()) => return Ok(temporary),
            Err(error) => return Err(error),
        }
    }
    Err(io::ErrorKind::AlreadyExists.into())
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

/// Takes a file away that is of no use; if that fails too, the first failure is the one to tell.
fn forget(fs: &dyn Fs, path: &Path) {
    if let Err(error) = fs.remove(path) {
        log::warn!("the temporary file {} could not be removed: {error}", path.display());
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
