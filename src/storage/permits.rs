//! Files outside a project's folder that somebody allowed it to follow: kept by the program in a folder of its own, never by the project.
//!
//! Each is a small file. A yes holds for one project, at one place, that names one file by one path, and for the one file that this led to
//! when it was given: where any of these is another, it is asked for again. What cannot be read is no yes.

use std::io;
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

use super::load::ContentHash;
use crate::model::ProjectId;

/// Where they are.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Permits {
    folder: PathBuf,
}

/// A project that asks, and what it asks for.
#[derive(Clone, Copy, Debug)]
pub(super) struct Asking<'a> {
    pub(super) project: &'a ProjectId,
    /// Its file, without links.
    pub(super) file: &'a Path,
    /// The whole path that it names.
    pub(super) named: &'a Path,
}

#[derive(Serialize, Deserialize, PartialEq)]
#[serde(deny_unknown_fields)]
struct Stored {
    project: String,
    file: String,
    named: String,
    /// Where that led to.
    real: String,
}

impl Permits {
    /// In a folder of the program's own, which is made where it is missing.
    pub fn new(folder: impl Into<PathBuf>) -> Self {
        Self { folder: folder.into() }
    }

    /// The file that was allowed.
    pub(super) fn allowed(&self, asking: Asking<'_>) -> Option<PathBuf> {
        let bytes = std::fs::read(self.place(asking)).ok()?;
        let stored: Stored = ron::de::from_bytes(&bytes).ok()?;
        let real = PathBuf::from(&stored.real);
        (asking.stored(&real).ok()? == stored).then_some(real)
    }

    pub(super) fn allow(&self, asking: Asking<'_>, real: &Path) -> io::Result<()> {
        let text = ron::ser::to_string_pretty(&asking.stored(real)?, ron::ser::PrettyConfig::new()).map_err(io::Error::other)?;
        std::fs::create_dir_all(&self.folder)?;
        // One that is cut off is no yes, and is asked for again.
        std::fs::write(self.place(asking), text)
    }

    pub(super) fn take_back(&self, asking: Asking<'_>) -> io::Result<()> {
        match std::fs::remove_file(self.place(asking)) {
            Err(problem) if problem.kind() == io::ErrorKind::NotFound => Ok(()),
            done => done,
        }
    }

    fn place(&self, asking: Asking<'_>) -> PathBuf {
        let mut said = asking.project.to_string().into_bytes();
        for path in [asking.file, asking.named] {
            said.push(0);
            said.extend(path.as_os_str().as_encoded_bytes());
        }
        let hash = ContentHash::of(&said).to_string();
        self.folder.join(format!("{}.ron", hash.get(..32).unwrap_or(&hash)))
    }
}

impl Asking<'_> {
    fn stored(self, real: &Path) -> io::Result<Stored> {
        let text = |path: &Path| {
            let text = path.to_str().map(ToOwned::to_owned);
            text.ok_or_else(|| io::Error::new(io::ErrorKind::InvalidInput, "its path has letters that cannot be written down"))
        };
        Ok(Stored { project: self.project.to_string(), file: text(self.file)?, named: text(self.named)?, real: text(real)? })
    }
}
