//! Files that are written beside the one they will become, and what is done about those that a killed program left.
//!
//! They are called `.NAME.PROCESS-NUMBER.tmp`. One that failed is taken away at once; one whose process was killed by a later save.

use std::io;
use std::path::{Path, PathBuf};
use std::time::Duration;

use super::fs::{About, Fs, Mode};

/// Names of temporary files that are tried.
const MAX_NAMES: usize = 100;
/// The most bytes of the file's own name: systems take names of no more than 255.
const MAX_STEM_BYTES: usize = 100;
/// A save takes seconds; what is older is nobody's any more. Long enough for a disk behind a slow network.
const STALE: Duration = Duration::from_mins(10);
const ENDING: &str = ".tmp";

/// Writes beside the target, so that renaming never crosses disks.
pub(super) fn write_temporary(fs: &dyn Fs, target: &Path, bytes: &[u8], mode: Mode<'_>) -> io::Result<PathBuf> {
    let stem = stem(target).ok_or(io::ErrorKind::InvalidFilename)?;
    for number in 0..MAX_NAMES {
        let temporary = folder_of(target).join(format!("{stem}{}-{number}{ENDING}", std::process::id()));
        match fs.write_new(&temporary, bytes, mode) {
            // Left by a process that was killed, or written by another thread right now.
            Err(error) if error.kind() == io::ErrorKind::AlreadyExists => {}
            Ok(()) => return Ok(temporary),
            Err(error) => return Err(error),
        }
    }
    Err(io::ErrorKind::AlreadyExists.into())
}

/// Takes away what killed programs left of a file: what was last written long before the file was, and what is only a second name of a
/// file that is in its place. Failing at that harms nobody.
pub(super) fn sweep(fs: &dyn Fs, target: &Path) {
    sweep_before(fs, target, target);
}

/// As [`sweep`], where another file tells what time it is.
pub(super) fn sweep_before(fs: &dyn Fs, target: &Path, just_written: &Path) {
    let (Some(stem), Ok(Some(now))) = (stem(target), fs.about(just_written)) else { return };
    for path in fs.list(folder_of(target)).unwrap_or_default() {
        let is_ours = path.file_name().is_some_and(|name| is_temporary_of(&stem, &name.to_string_lossy()));
        if is_ours && fs.about(&path).is_ok_and(|about| about.is_some_and(|about| is_left(&about, &now))) {
            forget(fs, &path);
        }
    }
}

fn is_left(temporary: &About, target: &About) -> bool {
    let age = temporary.modified.zip(target.modified).and_then(|(then, now)| now.duration_since(then).ok());
    temporary.is_regular && (temporary.names > 1 || age.is_some_and(|age| age > STALE))
}

/// Takes a file away that is of no use; if that fails too, the first failure is the one to tell.
pub(super) fn forget(fs: &dyn Fs, path: &Path) {
    match fs.remove(path) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => {
            log::warn!("the temporary file {} could not be removed: {error}", path.display());
        }
        Ok(()) | Err(_) => {}
    }
}

pub(super) fn folder_of(path: &Path) -> &Path {
    path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."))
}

/// What the names of all temporary files of a file begin with.
fn stem(target: &Path) -> Option<String> {
    let name = target.file_name()?.to_string_lossy();
    let end = (0..=MAX_STEM_BYTES.min(name.len())).rev().find(|end| name.is_char_boundary(*end))?;
    Some(format!(".{}.", &name[..end]))
}

fn is_temporary_of(stem: &str, name: &str) -> bool {
    let numbers = name.strip_prefix(stem).and_then(|rest| rest.strip_suffix(ENDING)).and_then(|rest| rest.split_once('-'));
    let is_number = |text: &str| !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit());
    numbers.is_some_and(|(process, number)| is_number(process) && is_number(number))
}

#[cfg(test)]
mod tests {
    use std::fs::{self, File};

    use super::super::fs::Disk;
    use super::*;

    #[test]
    fn what_a_killed_program_left_goes_and_nothing_else() {
        let folder = tempfile::tempdir().unwrap();
        let path = |name: &str| folder.path().join(name);
        let target = path("a.waymark.ron");
        let age = |name: &str, minutes: u64| {
            let file = File::create(path(name)).unwrap();
            file.set_modified(fs::metadata(&target).unwrap().modified().unwrap() - Duration::from_mins(minutes)).unwrap();
        };
        fs::write(&target, "project").unwrap();
        let kept =
            [".a.waymark.ron.7-1.tmp", ".b.waymark.ron.7-0.tmp", ".a.waymark.ron.swp", ".a.waymark.ron.7-x.tmp", "a.waymark.ron.7-0.tmp"];
        for (name, minutes) in kept.iter().zip([5, 50, 50, 50, 50]) {
            age(name, minutes);
        }
        age(".a.waymark.ron.7-0.tmp", 50);
        sweep(&Disk, &target);
        let mut left: Vec<String> =
            fs::read_dir(folder.path()).unwrap().map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect();
        left.sort();
        let mut expected = kept.map(str::to_owned).to_vec();
        expected.push("a.waymark.ron".to_owned());
        expected.sort();
        assert_eq!(left, expected);
    }

    #[test]
    fn long_names_are_cut_between_characters() {
        let target = PathBuf::from("目".repeat(83));
        let stem = stem(&target).unwrap();
        assert_eq!(stem, format!(".{}.", "目".repeat(33)));
        assert!(is_temporary_of(&stem, &format!("{stem}1-0.tmp")));
    }
}
