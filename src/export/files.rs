use std::ffi::OsString;
use std::fs::{self, File, OpenOptions};
use std::io::{ErrorKind, Write as _};
use std::path::{Path, PathBuf};

use super::ExportError;

/// A file that an export is made of, not yet anywhere.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ExportedFile {
    /// Safe on every system, unique within an export.
    pub name: String,
    pub bytes: Vec<u8>,
}

/// Whether what is there may be replaced.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Existing {
    Keep,
    Replace,
}

/// Writes an export: one file to `path` itself, several into the folder `path`. All are written and synced beside their places
/// before the first is moved there, so a full disk leaves nothing behind and no file is ever half there. Answers with where they are.
pub fn write(files: &[ExportedFile], path: &Path, existing: Existing) -> Result<Vec<PathBuf>, ExportError> {
    let names = names(files, path);
    let targets: Vec<PathBuf> = names.iter().map(|name| behind_link(name)).collect();
    if existing == Existing::Keep
        && let Some(taken) = targets.iter().find(|target| target.symlink_metadata().is_ok())
    {
        return Err(ExportError::Exists(taken.clone()));
    }
    for folder in folders(&targets) {
        fs::create_dir_all(folder).map_err(|error| ExportError::Io { error, path: folder.to_owned() })?;
    }
    let mut drafts = Drafts::default();
    for (file, target) in files.iter().zip(&targets) {
        drafts.write(target, &file.bytes).map_err(|error| ExportError::Io { error, path: target.clone() })?;
    }
    drafts.publish(existing)?;
    for folder in folders(&targets) {
        // Not every system can sync a folder; the files themselves are safe.
        if let Ok(folder) = File::open(folder) {
            folder.sync_all().unwrap_or_default();
        }
    }
    Ok(names)
}

/// A link keeps pointing where it points: what it points at is replaced.
fn behind_link(name: &Path) -> PathBuf {
    let linked = name.is_symlink().then(|| fs::canonicalize(name).ok()).flatten();
    linked.unwrap_or_else(|| name.to_owned())
}

/// Where the files go, as the path was said.
fn names(files: &[ExportedFile], path: &Path) -> Vec<PathBuf> {
    match files {
        [only] if path.is_dir() => vec![path.join(&only.name)],
        [_] => vec![path.to_owned()],
        several => several.iter().map(|file| path.join(&file.name)).collect(),
    }
}

fn folders(targets: &[PathBuf]) -> Vec<&Path> {
    let mut folders: Vec<&Path> =
        targets.iter().filter_map(|target| target.parent()).filter(|folder| !folder.as_os_str().is_empty()).collect();
    folders.dedup();
    folders
}

/// Files written beside their places; those not moved there are removed again.
#[derive(Default)]
struct Drafts {
    waiting: Vec<(PathBuf, PathBuf)>,
}

impl Drafts {
    fn write(&mut self, target: &Path, bytes: &[u8]) -> std::io::Result<()> {
        let mut name = OsString::from(".");
        name.push(target.file_name().unwrap_or_default());
        name.push(format!(".{}.part", std::process::id()));
        let draft = target.with_file_name(name);
        let mut file = OpenOptions::new().write(true).create_new(true).open(&draft)?;
        self.waiting.push((draft, target.to_owned()));
        file.write_all(bytes)?;
        file.sync_all()
    }

    fn publish(&mut self, existing: Existing) -> Result<(), ExportError> {
        for (index, (draft, target)) in self.waiting.iter().enumerate() {
            if let Err(error) = place(draft, target, existing) {
                if existing == Existing::Keep {
                    // All of these are new: take them back.
                    for (_, placed) in self.waiting.iter().take(index) {
                        fs::remove_file(placed).unwrap_or_default();
                    }
                }
                return Err(match error.kind() {
                    ErrorKind::AlreadyExists => ExportError::Exists(target.clone()),
                    _ => ExportError::Io { error, path: target.clone() },
                });
            }
        }
        self.waiting.clear();
        Ok(())
    }
}

impl Drop for Drafts {
    fn drop(&mut self) {
        for (draft, _) in &self.waiting {
            fs::remove_file(draft).unwrap_or_default();
        }
    }
}

/// Moves a draft to its place. A new name is linked rather than renamed to: linking fails where another program has made the
/// file meanwhile, renaming would replace it.
fn place(draft: &Path, target: &Path, existing: Existing) -> std::io::Result<()> {
    if existing == Existing::Keep {
        match fs::hard_link(draft, target) {
            Ok(()) => return fs::remove_file(draft),
            Err(error) if error.kind() == ErrorKind::AlreadyExists => return Err(error),
            // A file system without links.
            Err(_) => {}
        }
        if target.symlink_metadata().is_ok() {
            return Err(ErrorKind::AlreadyExists.into());
        }
    }
    fs::rename(draft, target)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn file(name: &str, text: &str) -> ExportedFile {
        ExportedFile { name: name.to_owned(), bytes: text.into() }
    }

    fn names(folder: &Path) -> Vec<String> {
        let mut names: Vec<String> = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect();
        names.sort();
        names
    }

    #[test]
    fn one_file_goes_to_the_path_and_several_into_the_folder() {
        let folder = tempfile::tempdir().unwrap();
        let one = folder.path().join("new/chart.svg");
        assert_eq!(write(&[file("mau.svg", "a")], &one, Existing::Keep).unwrap(), std::slice::from_ref(&one));
        assert_eq!(fs::read_to_string(&one).unwrap(), "a");

        let all = folder.path().join("all");
        let written = write(&[file("1-a.svg", "a"), file("2-b.svg", "b")], &all, Existing::Keep).unwrap();
        assert_eq!(written, [all.join("1-a.svg"), all.join("2-b.svg")]);
        assert_eq!(names(&all), ["1-a.svg", "2-b.svg"], "and nothing else stays behind");

        assert_eq!(write(&[file("mau.svg", "c")], &all, Existing::Keep).unwrap(), [all.join("mau.svg")], "an existing folder takes it in");
    }

    #[test]
    fn nothing_is_replaced_unless_allowed_and_then_nothing_is_written_at_all() {
        let folder = tempfile::tempdir().unwrap();
        fs::write(folder.path().join("2-b.svg"), "old").unwrap();
        let files = [file("1-a.svg", "a"), file("2-b.svg", "b")];
        let refused = write(&files, folder.path(), Existing::Keep).unwrap_err();
        assert!(refused.to_string().contains("2-b.svg exists already"), "{refused}");
        assert_eq!(names(folder.path()), ["2-b.svg"]);
        assert_eq!(fs::read_to_string(folder.path().join("2-b.svg")).unwrap(), "old");

        write(&files, folder.path(), Existing::Replace).unwrap();
        assert_eq!(fs::read_to_string(folder.path().join("2-b.svg")).unwrap(), "b");
        assert_eq!(names(folder.path()), ["1-a.svg", "2-b.svg"]);
    }

    #[test]
    fn a_place_that_cannot_be_written_leaves_nothing_behind_and_names_the_path() {
        let folder = tempfile::tempdir().unwrap();
        let in_the_way = folder.path().join("notes.txt");
        fs::write(&in_the_way, "mine").unwrap();
        let error = write(&[file("a.svg", "a")], &in_the_way.join("a.svg"), Existing::Keep).unwrap_err();
        assert!(error.to_string().contains("could not be written"), "{error}");
        assert_eq!(names(folder.path()), ["notes.txt"]);
    }

    #[test]
    fn the_answer_names_a_file_as_it_was_named() {
        let folder = tempfile::tempdir().unwrap();
        // The long way to the same place.
        let path = folder.path().join(".").join("a.svg");
        for existing in [Existing::Keep, Existing::Replace] {
            assert_eq!(write(&[file("a.svg", "a")], &path, existing).unwrap()[0].as_os_str(), path.as_os_str());
        }
    }

    #[cfg(unix)]
    #[test]
    fn a_link_to_a_file_keeps_pointing_there() {
        let folder = tempfile::tempdir().unwrap();
        let real = folder.path().join("real.svg");
        let link = folder.path().join("link.svg");
        fs::write(&real, "old").unwrap();
        std::os::unix::fs::symlink(&real, &link).unwrap();
        assert!(matches!(write(&[file("a.svg", "new")], &link, Existing::Keep), Err(ExportError::Exists(_))));
        write(&[file("a.svg", "new")], &link, Existing::Replace).unwrap();
        assert_eq!(fs::read_to_string(&real).unwrap(), "new");
        assert!(link.symlink_metadata().unwrap().is_symlink());
    }
}
