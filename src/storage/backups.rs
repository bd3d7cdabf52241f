//! The versions before: a ring of them for each project file, in the data folder of the program.

use std::io;
use std::path::{Path, PathBuf};

use chrono::{DateTime, Local, NaiveDateTime};

use super::fs::{Disk, Fs, Mode};
use super::load::{ContentHash, load};
use super::read::MAX_FILE_BYTES;
use super::save::behind_links;
use super::temporary::{forget, sweep_before, write_temporary};
use crate::model::{Project, ProjectId};

/// Where versions are put by.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Backups {
    folder: PathBuf,
}

/// A version that was put by when a newer one was saved.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Backup {
    pub path: PathBuf,
    /// Counts up from 1: the larger, the newer.
    pub number: u64,
    /// When a newer version took its place, by the clock on the wall; `None` where the disk does not say.
    pub until: Option<NaiveDateTime>,
}

const ENDING: &str = ".waymark.ron";
/// Numbers that others may take at the same moment.
const MAX_TRIES: u64 = 100;

impl Backups {
    /// Versions of one file that are kept.
    pub const MOST: usize = 20;

    /// In a folder of the program's own, which is made where it is missing.
    pub fn new(folder: impl Into<PathBuf>) -> Self {
        Self { folder: folder.into() }
    }

    /// The versions of a project's file, the newest first.
    pub fn list(&self, id: &ProjectId, file: &Path) -> io::Result<Vec<Backup>> {
        let target = behind_links(&Disk, file).unwrap_or_else(|_| file.to_owned());
        Ok(self.list_in(&Disk, id, &target)?.into_iter().map(dated).collect())
    }

    /// The newest version of a file that can be read, whatever project it holds: for a file that does not say any more which it is.
    pub fn newest_sound(&self, file: &Path) -> Option<(Backup, Project)> {
        let target = behind_links(&Disk, file).unwrap_or_else(|_| file.to_owned());
        let ending = format!("-{}", short_hash(&target));
        let folders = Disk.list(&self.folder).ok()?.into_iter().filter(|path| path.to_string_lossy().ends_with(&ending));
        let mut found: Vec<Backup> = folders.filter_map(|folder| in_folder(&Disk, &folder).ok()).flatten().map(dated).collect();
        found.sort_by_key(|backup| std::cmp::Reverse((backup.until, backup.number)));
        found.into_iter().find_map(|backup| load(&backup.path).ok().map(|loaded| (backup, loaded.project)))
    }

    fn list_in(&self, fs: &dyn Fs, id: &ProjectId, file: &Path) -> io::Result<Vec<Backup>> {
        in_folder(fs, &self.folder_of(id, file))
    }

    /// Puts a version by, synced, unless the newest one is the same; the oldest go when there are too many.
    pub(super) fn keep(&self, fs: &dyn Fs, id: &ProjectId, file: &Path, bytes: &[u8]) -> io::Result<()> {
        let folder = self.folder_of(id, file);
        let known = self.list_in(fs, id, file)?;
        if let Some(newest) = known.first()
            && fs.read(&newest.path, MAX_FILE_BYTES).is_ok_and(|kept| kept == bytes)
        {
            return Ok(());
        }
        fs.make_folder(&folder)?;
        let next = known.first().map_or(1, |newest| newest.number + 1);
        let kept = put(fs, &folder, next, bytes)?;
        fs.sync_folder(&folder)?;
        if known.is_empty() {
            fs.sync_folder(&self.folder)?;
        }
        sweep_before(fs, &folder.join(ENDING), &kept);
        for old in known.iter().skip(Self::MOST - 1) {
            // One too many harms nobody.
            if let Err(error) = fs.remove(&old.path) {
                log::warn!("the old version {} could not be removed: {error}", old.path.display());
            }
        }
        Ok(())
    }

    /// A project may be copied and a name used again: both together say which file it is.
    fn folder_of(&self, id: &ProjectId, file: &Path) -> PathBuf {
        self.folder.join(format!("{id}-{}", short_hash(file)))
    }
}

/// Writes a version under the first number that is free, from `next` on: whole, or not at all.
fn put(fs: &dyn Fs, folder: &Path, next: u64, bytes: &[u8]) -> io::Result<PathBuf> {
    let temporary = write_temporary(fs, &folder.join(ENDING), bytes, Mode::Private)?;
    let mut put = Err(io::ErrorKind::AlreadyExists.into());
    for number in next..next + MAX_TRIES {
        let path = folder.join(format!("{number:06}{ENDING}"));
        put = fs.publish(&temporary, &path).map(|()| path);
        if !matches!(&put, Err(error) if error.kind() == io::ErrorKind::AlreadyExists) {
            break;
        }
    }
    if put.is_err() {
        forget(fs, &temporary);
    }
    put
}

fn short_hash(file: &Path) -> String {
    let path = std::path::absolute(file).unwrap_or_else(|_| file.to_owned());
    let hash = ContentHash::of(path.as_os_str().as_encoded_bytes()).to_string();
    hash.get(..12).unwrap_or(&hash).to_owned()
}

/// The newest first, without their times.
fn in_folder(fs: &dyn Fs, folder: &Path) -> io::Result<Vec<Backup>> {
    let number = |path: &Path| path.file_name()?.to_str()?.strip_suffix(ENDING)?.parse::<u64>().ok();
    let paths = fs.list(folder)?;
    let mut found: Vec<Backup> = paths.into_iter().filter_map(|path| Some(Backup { number: number(&path)?, path, until: None })).collect();
    found.sort_by_key(|backup| std::cmp::Reverse(backup.number));
    Ok(found)
}

fn dated(backup: Backup) -> Backup {
    Backup { until: time_of(&backup.path), ..backup }
}

/// When a file was written, by the clock on the wall; `None` where the disk does not say.
pub fn time_of(file: &Path) -> Option<NaiveDateTime> {
    let modified = std::fs::metadata(file).and_then(|found| found.modified()).ok()?;
    Some(DateTime::<Local>::from(modified).naive_local())
}
