//! What a project may read beside its own file: what lies in its folder, and what somebody allowed ([`Permits`]), since a project that
//! somebody sent must not read what is not its own. Outside its folder nothing is even looked at before that.

use std::fmt;
use std::fs::File;
use std::io::{self, Read as _};
use std::path::{Path, PathBuf};

use super::linked_path::named_place;
use super::permits::{Asking, Permits};
use super::{Disk, io_words};
use crate::model::ProjectId;

/// How files are touched, so that a test sees each touch.
pub trait Touch {
    /// The path without links and detours.
    fn canonical(&self, path: &Path) -> io::Result<PathBuf>;
    /// Whether it is a file: no folder, pipe or device. Where not, why, in plain words.
    fn check_regular(&self, path: &Path) -> Result<(), String>;
    /// All of a file, or `most` bytes and one more. Fails where [`Self::check_regular`] does: a pipe would be waited for without end.
    fn read_regular(&self, path: &Path, most: usize) -> Result<Vec<u8>, String>;
}

impl Touch for Disk {
    fn canonical(&self, path: &Path) -> io::Result<PathBuf> {
        path.canonicalize()
    }

    fn check_regular(&self, path: &Path) -> Result<(), String> {
        let about = std::fs::metadata(path).map_err(|problem| io_words(&problem))?;
        match (about.is_dir(), about.is_file()) {
            (true, _) => Err("this is a folder".to_owned()),
            (_, false) => Err("it is no file".to_owned()),
            (_, true) => Ok(()),
        }
    }

    fn read_regular(&self, path: &Path, most: usize) -> Result<Vec<u8>, String> {
        self.check_regular(path)?;
        let mut bytes = Vec::new();
        let limit = u64::try_from(most).unwrap_or(u64::MAX).saturating_add(1);
        let read = File::open(path).and_then(|file| file.take(limit).read_to_end(&mut bytes));
        read.map(|_| bytes).map_err(|problem| io_words(&problem))
    }
}

/// What a project in a file may read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reach {
    project: ProjectId,
    file: PathBuf,
    permits: Option<Permits>,
    also: Vec<PathBuf>,
}

/// A file outside the folder of a project that names it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OutsideFile {
    /// The whole path, as the project says it.
    pub named: PathBuf,
    /// Where that leads to.
    pub real: PathBuf,
}

/// What was read of a file that a project names.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Look {
    /// Its whole path, where it is outside the project's folder.
    pub outside: Option<PathBuf>,
    pub bytes: Result<Vec<u8>, Unread>,
}

/// Why a file was not read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Unread {
    /// It is outside the project's folder, and nobody allowed it.
    NotAllowed,
    /// In plain words.
    Failed(String),
}

impl fmt::Display for Unread {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NotAllowed => f.write_str("it is outside the folder of the project, and nobody has allowed to read it"),
            Self::Failed(why) => f.write_str(why),
        }
    }
}

/// A file that is named, and may be read.
struct Place {
    real: PathBuf,
    outside: Option<PathBuf>,
}

/// Why there is no place that may be read.
struct NoPlace {
    outside: Option<PathBuf>,
    why: Unread,
}

impl NoPlace {
    fn failed(why: String) -> Self {
        Self { outside: None, why: Unread::Failed(why) }
    }
}

impl Reach {
    /// Of a project that is in a file. Without `permits` nothing outside its folder is allowed.
    pub fn new(project: ProjectId, file: &Path, permits: Option<Permits>) -> Self {
        Self { project, file: file.to_path_buf(), permits, also: Vec::new() }
    }

    /// Allows this file, too, without keeping that.
    pub fn allow_once(&mut self, touch: &(impl Touch + ?Sized), file: &Path) -> io::Result<()> {
        self.also.push(touch.canonical(file)?);
        self.also.extend(std::path::absolute(file));
        Ok(())
    }

    /// The file of the project and its folder, without links: of the file that a link to a project leads to.
    fn home(&self, touch: &(impl Touch + ?Sized)) -> Result<(PathBuf, PathBuf), String> {
        let file = touch.canonical(&self.file).map_err(|problem| io_words(&problem))?;
        let folder = file.parent().map_or_else(|| file.clone(), Path::to_path_buf);
        Ok((file, folder))
    }

    fn asking<'a>(&'a self, file: &'a Path, named: &'a Path) -> Asking<'a> {
        Asking { project: &self.project, file, named }
    }

    fn place(&self, touch: &(impl Touch + ?Sized), path: &str) -> Result<Place, NoPlace> {
        let (file, folder) = self.home(touch).map_err(NoPlace::failed)?;
        let named = named_place(&folder, path).map_err(NoPlace::failed)?;
        let allowed = self.permits.as_ref().and_then(|permits| permits.allowed(self.asking(&file, &named)));
        let is_inside = named.starts_with(&folder);
        let not_allowed = |outside: &Path| NoPlace { outside: Some(outside.to_path_buf()), why: Unread::NotAllowed };
        if !is_inside && allowed.is_none() && !self.also.contains(&named) {
            return Err(not_allowed(&named));
        }
        let real = touch.canonical(&named).map_err(|problem| NoPlace {
            outside: (!is_inside).then(|| named.clone()),
            why: Unread::Failed(format!("{path} cannot be read: {}", io_words(&problem))),
        })?;
        match real.starts_with(&folder) {
            true => Ok(Place { real, outside: None }),
            false if allowed.as_ref() == Some(&real) || self.also.contains(&real) => Ok(Place { outside: Some(real.clone()), real }),
            false => Err(not_allowed(if is_inside { &real } else { &named })),
        }
    }

    /// Reads a file that the project names: all of it, or `most` bytes and one more.
    pub fn read(&self, touch: &(impl Touch + ?Sized), path: &str, most: usize) -> Look {
        match self.place(touch, path) {
            Ok(Place { real, outside }) => {
                let bytes = touch.read_regular(&real, most).map_err(|why| Unread::Failed(format!("{path} cannot be read: {why}")));
                Look { outside, bytes }
            }
            Err(NoPlace { outside, why }) => Look { outside, bytes: Err(why) },
        }
    }

    /// Where to watch for a file that the project names, which need not be there yet; `None` where its folder is not there or where it may
    /// not be read.
    pub fn watched_place(&self, touch: &(impl Touch + ?Sized), path: &str) -> Option<PathBuf> {
        match self.place(touch, path) {
            Ok(Place { outside: Some(real), .. }) => Some(real),
            Ok(Place { .. }) | Err(NoPlace { outside: None, why: Unread::Failed(_) }) => {
                let (_, folder) = self.home(touch).ok()?;
                let named = named_place(&folder, path).ok()?;
                let parent = touch.canonical(named.parent()?).ok().filter(|parent| parent.starts_with(&folder))?;
                Some(parent.join(named.file_name()?))
            }
            // Allowed, but not there now.
            Err(NoPlace { outside: Some(named), why: Unread::Failed(_) }) => Some(named),
            Err(NoPlace { why: Unread::NotAllowed, .. }) => None,
        }
    }

    /// What it would mean to allow a file. Somebody has asked for it: it is looked at, not read.
    pub fn look_up(&self, touch: &(impl Touch + ?Sized), path: &str) -> Result<OutsideFile, String> {
        let (_, folder) = self.home(touch)?;
        let named = named_place(&folder, path)?;
        let unreadable = |why: String| format!("{} cannot be read: {why}", named.display());
        let real = touch.canonical(&named).map_err(|problem| unreadable(io_words(&problem)))?;
        touch.check_regular(&real).map_err(unreadable)?;
        Ok(OutsideFile { named, real })
    }

    /// Remembers that somebody allowed it.
    pub fn allow(&self, touch: &(impl Touch + ?Sized), file: &OutsideFile) -> Result<(), String> {
        let (own, _) = self.home(touch)?;
        let permits = self.permits.as_ref().ok_or("this computer names no folder for what Waymark keeps")?;
        permits.allow(self.asking(&own, &file.named), &file.real).map_err(|problem| io_words(&problem))
    }

    /// Forgets that somebody allowed it.
    pub fn take_back(&self, touch: &(impl Touch + ?Sized), path: &str) -> Result<(), String> {
        let (own, folder) = self.home(touch)?;
        let named = named_place(&folder, path)?;
        let Some(permits) = &self.permits else { return Ok(()) };
        permits.take_back(self.asking(&own, &named)).map_err(|problem| io_words(&problem))
    }
}
