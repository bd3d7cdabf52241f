//! From a file to a project.

use std::fmt;
use std::io;
use std::path::{Path, PathBuf};

use sha2::{Digest as _, Sha256};

use super::fs::{Disk, Fs};
use super::no_file::{Handed, NoFile};
use super::problem::FileProblem;
use super::read::{MAX_FILE_BYTES, read_project, too_large};
use crate::model::Project;

/// What a file held, as a SHA-256: tells whether somebody else has changed it since.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub struct ContentHash([u8; 32]);

impl ContentHash {
    pub fn of(bytes: &[u8]) -> Self {
        Self(Sha256::digest(bytes).into())
    }

    /// From what [`fmt::Display`] writes.
    pub(super) fn parse(hex: &str) -> Option<Self> {
        let digits = hex.as_bytes();
        let mut bytes = [0; 32];
        if digits.len() != 2 * bytes.len() || !digits.iter().all(u8::is_ascii_hexdigit) {
            return None;
        }
        for (byte, at) in bytes.iter_mut().zip((0..).step_by(2)) {
            *byte = u8::from_str_radix(&hex[at..at + 2], 16).ok()?;
        }
        Some(Self(bytes))
    }

    /// Of a file as it is now.
    pub fn of_file(path: &Path) -> io::Result<Self> {
        Ok(Self::of(&Disk.read(path, MAX_FILE_BYTES)?))
    }
}

impl fmt::Display for ContentHash {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.iter().try_for_each(|byte| write!(f, "{byte:02x}"))
    }
}

impl fmt::Debug for ContentHash {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

/// A project and what its file held.
#[derive(Clone, Debug, PartialEq)]
pub struct Loaded {
    pub project: Project,
    pub hash: ContentHash,
}

/// Why a file gives no project. It was not changed.
#[derive(Debug)]
pub enum LoadError {
    /// The file cannot be read at all.
    Unreadable { path: PathBuf, error: io::Error },
    /// At least one, ordered by line.
    Problems { path: PathBuf, problems: Vec<FileProblem> },
}

/// One line a problem: `FILE:LINE:COL: message`, or `FILE: message` where there is no place.
impl fmt::Display for LoadError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Unreadable { path, error } => write!(f, "{}: this file cannot be opened: {}", path.display(), io_words(error)),
            Self::Problems { path, problems } => {
                for (index, problem) in problems.iter().enumerate() {
                    let end = if index == 0 { "" } else { "\n" };
                    write!(f, "{end}{}:{problem}", path.display())?;
                }
                Ok(())
            }
        }
    }
}

impl std::error::Error for LoadError {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match self {
            Self::Unreadable { error, .. } => Some(error),
            Self::Problems { .. } => None,
        }
    }
}

/// Reads a project file, or what was handed over as one: the standard input, a pipe of the shell.
pub fn load(path: &Path) -> Result<Loaded, LoadError> {
    load_from(&Disk, path, Handed::MayBePipe).map(|(loaded, _)| loaded)
}

/// Reads a project file, and nothing else.
pub fn load_file(path: &Path) -> Result<Loaded, LoadError> {
    load_from(&Disk, path, Handed::IsFile).map(|(loaded, _)| loaded)
}

/// As [`load`], with the bytes that it was read from: a pipe can be read once.
pub fn load_with_bytes(path: &Path) -> Result<(Loaded, Vec<u8>), LoadError> {
    load_from(&Disk, path, Handed::MayBePipe)
}

fn load_from(fs: &dyn Fs, path: &Path, handed: Handed) -> Result<(Loaded, Vec<u8>), LoadError> {
    let unreadable = |error| LoadError::Unreadable { path: path.to_owned(), error };
    let problems = |problems| LoadError::Problems { path: path.to_owned(), problems };
    fs.check_file(path, handed).map_err(unreadable)?;
    let size = fs.size(path).map_err(unreadable)?;
    if size > MAX_FILE_BYTES {
        return Err(problems(vec![FileProblem::at_start(too_large(size))]));
    }
    let bytes = fs.read(path, MAX_FILE_BYTES).map_err(unreadable)?;
    let project = read_project(&bytes).map_err(problems)?;
    Ok((Loaded { project, hash: ContentHash::of(&bytes) }, bytes))
}

/// An error of the system in plain words.
pub fn io_words(error: &io::Error) -> String {
    if let Some(what) = NoFile::of(error) {
        return what.to_string();
    }
    match error.kind() {
        io::ErrorKind::NotFound => "there is no such file or folder".to_owned(),
        io::ErrorKind::PermissionDenied => "you have no permission for it".to_owned(),
        io::ErrorKind::IsADirectory => "this is a folder".to_owned(),
        io::ErrorKind::NotADirectory => "a part of its path is no folder".to_owned(),
        io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded => "the disk is full".to_owned(),
        io::ErrorKind::ReadOnlyFilesystem => "the disk can only be read".to_owned(),
        io::ErrorKind::AlreadyExists => "there is already a file of this name".to_owned(),
        io::ErrorKind::InvalidFilename => "the name is not possible here".to_owned(),
        _ => error.to_string(),
    }
}
