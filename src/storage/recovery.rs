//! Unsaved changes, put by in the data folder of the program so that neither a crash nor a power cut takes them along.
//!
//! There is one snapshot for each window, named by the window. It is written whole beside the one before and takes its place in one step.
//! It is a project file whose first lines, comments to any other reader, say where it belongs. Nothing here is removed unless it is asked
//! for by its name: files that are broken or of somebody else stay. Which snapshots belong to windows that live is told by `locks`.

use std::collections::BTreeSet;
use std::ffi::OsStr;
use std::fmt::{self, Write as _};
use std::io;
use std::path::{Path, PathBuf};

use chrono::NaiveDateTime;

use super::fs::{Disk, Fs, Mode};
use super::load::ContentHash;
use super::read::{MAX_FILE_BYTES, read_project};
use super::save::sync_folder_of;
use super::temporary::{sweep_before, write_temporary};
use super::typed::Typed;
use super::unusable::{self, Unusable};
use super::write_project;
use crate::model::Project;

/// Names a snapshot: the window that made it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct SnapshotId(pub u64);

/// What is known of a snapshot besides the project.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Origin {
    /// When it was made, by the clock on the wall.
    pub at: NaiveDateTime,
    /// The file that the project was opened from or saved to; `None` for one that has none.
    pub path: Option<PathBuf>,
    /// What that file held then.
    pub base: Option<ContentHash>,
    /// What was being typed on top of the project.
    pub typed: Typed,
}

/// Changes that were not saved.
#[derive(Clone, Debug, PartialEq)]
pub struct Snapshot {
    pub id: SnapshotId,
    pub origin: Origin,
    pub project: Project,
}

/// Something in the folder.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Found {
    Snapshot(SnapshotId),
    /// Not named like a snapshot.
    Foreign(PathBuf),
}

/// Where snapshots are.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Recovery {
    folder: PathBuf,
}

pub(super) const ENDING: &str = ".waymark.ron";
/// How the first line begins, with the version of the lines below it.
pub(super) const TITLE: &str = "// Unsaved changes, kept by Waymark. 1";
pub(super) const TIME: &str = "%Y-%m-%dT%H:%M:%S";
/// More than the lines before the project take.
const MAX_HEAD_BYTES: u64 = 2 * 1024 * 1024;

impl Recovery {
    /// In a folder of the program's own, which is made where it is missing.
    pub fn new(folder: impl Into<PathBuf>) -> Self {
        Self { folder: folder.into() }
    }

    /// The file of a snapshot.
    pub fn path(&self, id: SnapshotId) -> PathBuf {
        self.folder.join(format!("{id}{ENDING}"))
    }

    /// Puts a state of a project by, in the place of the one that the window put by before. On an error that one is still there.
    pub fn write(&self, id: SnapshotId, origin: &Origin, project: &Project) -> io::Result<()> {
        self.write_in(&Disk, id, origin, project)
    }

    pub(super) fn write_in(&self, fs: &dyn Fs, id: SnapshotId, origin: &Origin, project: &Project) -> io::Result<()> {
        fs.make_folder(&self.folder)?;
        let path = self.path(id);
        let temporary = write_temporary(fs, &path, text(origin, project).as_bytes(), Mode::Private)?;
        if let Err(error) = fs.rename(&temporary, &path) {
            fs.remove(&temporary).unwrap_or_default();
            return Err(error);
        }
        // After a power cut the one before might come back: that is all that can still happen.
        sync_folder_of(fs, &path);
        self.sweep(fs, &path);
        Ok(())
    }

    /// Takes away what windows left that were killed while they wrote: one that never had a snapshot is asked for by nobody else.
    fn sweep(&self, fs: &dyn Fs, just_written: &Path) {
        let id = |path: &PathBuf| {
            let name = path.file_name()?.to_str()?.strip_prefix('.')?.to_owned();
            id_of(Path::new(&format!("{}{ENDING}", name.split_once(ENDING)?.0)))
        };
        let left = fs.list(&self.folder).unwrap_or_default();
        let ids: BTreeSet<SnapshotId> = left.iter().filter(|path| is_temporary(path)).filter_map(id).collect();
        for id in ids {
            sweep_before(fs, &self.path(id), just_written);
        }
    }

    /// What is in the folder, sorted by name. What a crash left of a snapshot that was being written is passed over.
    pub fn list(&self) -> io::Result<Vec<Found>> {
        self.list_in(&Disk)
    }

    pub(super) fn list_in(&self, fs: &dyn Fs) -> io::Result<Vec<Found>> {
        let found = fs.list(&self.folder)?.into_iter().filter(|path| !is_temporary(path));
        Ok(found.map(|path| id_of(&path).map_or(Found::Foreign(path), Found::Snapshot)).collect())
    }

    /// Reads a snapshot and makes sure that it is as it was written.
    pub fn read(&self, id: SnapshotId) -> Result<Snapshot, Unusable> {
        self.read_in(&Disk, id)
    }

    pub(super) fn read_in(&self, fs: &dyn Fs, id: SnapshotId) -> Result<Snapshot, Unusable> {
        let path = self.path(id);
        let bytes = fs.read(&path, MAX_FILE_BYTES + MAX_HEAD_BYTES).map_err(|error| Unusable::unread(fs, &path, &error))?;
        let whole = parts(&bytes).and_then(|(origin, text)| Some(Snapshot { id, origin, project: read_project(text).ok()? }));
        whole.ok_or_else(|| Unusable::of(fs, &path, &bytes))
    }

    /// Looks at a file that is not named like a snapshot; `None` where it has nothing to do with unsaved changes.
    pub fn look_at(&self, foreign: &Path) -> Option<Unusable> {
        unusable::look_at(&Disk, foreign, MAX_FILE_BYTES + MAX_HEAD_BYTES)
    }

    /// Takes a file of the folder away that is not named like a snapshot, because somebody asks for it by its name.
    pub fn remove_foreign(&self, path: &Path) -> io::Result<()> {
        if path.parent() != Some(&self.folder) {
            return Err(io::ErrorKind::InvalidInput.into());
        }
        Disk.remove(path)
    }

    /// Takes a snapshot away, if there is one, with what a crash left of it: its changes were saved, or nobody wants them.
    pub fn remove(&self, id: SnapshotId) -> io::Result<()> {
        self.remove_in(&Disk, id)
    }

    pub(super) fn remove_in(&self, fs: &dyn Fs, id: SnapshotId) -> io::Result<()> {
        let path = self.path(id);
        let own = format!(".{id}{ENDING}.");
        let is_left_over =
            |other: &PathBuf| is_temporary(other) && other.file_name().is_some_and(|n| n.to_string_lossy().starts_with(&own));
        for left_over in fs.list(&self.folder)?.into_iter().filter(is_left_over) {
            fs.remove(&left_over)?;
        }
        match fs.remove(&path) {
            Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(()),
            Err(error) => Err(error),
            Ok(()) => {
                // Where it comes back after a power cut, it is offered once more: no harm.
                sync_folder_of(fs, &path);
                Ok(())
            }
        }
    }
}

impl fmt::Display for SnapshotId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:016x}", self.0)
    }
}

fn id_of(path: &Path) -> Option<SnapshotId> {
    let name = path.file_name()?.to_str()?.strip_suffix(ENDING)?;
    let id = u64::from_str_radix(name, 16).ok().map(SnapshotId)?;
    (id.to_string() == name).then_some(id)
}

fn is_temporary(path: &Path) -> bool {
    path.file_name().is_some_and(|name| {
        let name = name.to_string_lossy();
        name.starts_with('.') && name.ends_with(".tmp")
    })
}

/// The project as a file, below what is known of it.
fn text(origin: &Origin, project: &Project) -> String {
    let Origin { at, path, base, typed } = origin;
    let body = write_project(project);
    let mut text = format!("{TITLE}\n// made: {}\n", at.format(TIME));
    let mut line = |name: &str, value: Option<String>| {
        if let Some(value) = value {
            // Into a string, which cannot fail.
            writeln!(text, "// {name}: {value}").unwrap_or_default();
        }
    };
    line("file", path.as_deref().map(|path| escaped(path.as_os_str())));
    line("base", base.map(|hash| hash.to_string()));
    for (name, value) in typed.lines() {
        line(name, Some(value));
    }
    line("holds", Some(ContentHash::of(body.as_bytes()).to_string()));
    text + &body
}

/// What is known of a snapshot and its project's text; `None` where it is not whole.
fn parts(bytes: &[u8]) -> Option<(Origin, &[u8])> {
    // No line of the head begins like this.
    let (head, body) = bytes.split_at(bytes.windows(2).position(|pair| pair == b"\n(")? + 1);
    let mut lines = std::str::from_utf8(head).ok()?.lines();
    if lines.next()? != TITLE {
        return None;
    }
    let (mut at, mut path, mut base, mut holds, mut typed) = (None, None, None, None, Typed::default());
    for line in lines {
        let (name, value) = line.strip_prefix("// ")?.split_once(": ")?;
        match name {
            "made" => at = Some(NaiveDateTime::parse_from_str(value, TIME).ok()?),
            "file" => path = Some(unescaped(value)?),
            "base" => base = Some(ContentHash::parse(value)?),
            "holds" => holds = Some(ContentHash::parse(value)?),
            _ => typed.take_line(name, value)?,
        }
    }
    (holds? == ContentHash::of(body)).then_some((Origin { at: at?, path, base, typed }, body))
}

/// A path or a text on one line: what is no text, or would end the line, is written as %XX.
pub(super) fn escaped(path: &OsStr) -> String {
    let mut out = String::new();
    for chunk in path.as_encoded_bytes().utf8_chunks() {
        for c in chunk.valid().chars() {
            if c.is_control() || c == '%' {
                c.encode_utf8(&mut [0; 4]).bytes().for_each(|byte| hex(&mut out, byte));
            } else {
                out.push(c);
            }
        }
        chunk.invalid().iter().for_each(|byte| hex(&mut out, *byte));
    }
    out
}

fn hex(out: &mut String, byte: u8) {
    // Into a string, which cannot fail.
    write!(out, "%{byte:02X}").unwrap_or_default();
}

pub(super) fn unescaped(text: &str) -> Option<PathBuf> {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.as_bytes();
    while let Some((&first, after)) = rest.split_first() {
        if first == b'%' {
            let (digits, after) = after.split_at_checked(2)?;
            bytes.push(u8::from_str_radix(std::str::from_utf8(digits).ok()?, 16).ok()?);
            rest = after;
        } else {
            bytes.push(first);
            rest = after;
        }
    }
    path_of(bytes)
}

#[cfg(unix)]
#[expect(clippy::unnecessary_wraps, reason = "elsewhere not every sequence of bytes is a path")]
fn path_of(bytes: Vec<u8>) -> Option<PathBuf> {
    Some(PathBuf::from(<std::ffi::OsString as std::os::unix::ffi::OsStringExt>::from_vec(bytes)))
}

#[cfg(not(unix))]
fn path_of(bytes: Vec<u8>) -> Option<PathBuf> {
    String::from_utf8(bytes).ok().map(PathBuf::from)
}
