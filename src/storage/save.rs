//! From a project to a file, so that at no moment the file is anything but the old project or the new one, whole.

use std::io;
use std::path::{Path, PathBuf};

use super::fs::{Disk, Fs};
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
}

const KEPT: &str = "Nothing was lost: what is on the disk is as it was.";

/// Saves over the file at a path, if there is one: writes a temporary file beside it, reads that back, compares it with the project and
/// puts it in the file's place. Follows links and keeps permissions.
pub fn save(project: &Project, path: &Path) -> Result<Saved, SaveError> {
    save_to(&Disk, project, path)
}

/// Saves to a path where no file is yet; never overwrites.
pub fn create(project: &Project, path: &Path) -> Result<Saved, SaveError> {
    create_in(&Disk, project, path)
}

pub(super) fn save_to(fs: &dyn Fs, project: &Project, path: &Path) -> Result<Saved, SaveError> {
    let failed = |error| SaveError::Failed { path: path.to_owned(), error };
    let target = behind_links(fs, path)?;
    let permissions = fs.permissions(&target).map_err(failed)?;
    if permissions.as_ref().is_some_and(std::fs::Permissions::readonly) {
        return Err(SaveError::Protected { path: path.to_owned() });
    }
    let text = write_project(project);
    let temporary = write_temporary(fs, &target, text.as_bytes(), permissions.as_ref()).map_err(failed)?;
    let put = compare(fs, &temporary, project, text.as_bytes(), path).and_then(|()| fs.rename(&temporary, &target).map_err(failed));
    if let Err(error) = put {
        forget(fs, &temporary);
        return Err(error);
    }
    sync_folder_of(fs, &target);
    Ok(Saved { hash: ContentHash::of(text.as_bytes()), path: target })
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
    sync_folder_of(fs, path);
    Ok(Saved { hash: ContentHash::of(text.as_bytes()), path: path.to_owned() })
}

/// The path that a chain of links ends at.
fn behind_links(fs: &dyn Fs, path: &Path) -> Result<PathBuf, SaveError> {
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
fn write_temporary(fs: &dyn Fs, target: &Path, bytes: &[u8], permissions: Option<&std::fs::Permissions>) -> io::Result<PathBuf> {
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

/// The new file is in its place already: only after a power cut the old one might come back.
fn sync_folder_of(fs: &dyn Fs, path: &Path) {
    if let Err(error) = fs.sync_folder(folder_of(path)) {
        log::warn!("the folder of {} could not be synced: {error}", path.display());
    }
}
