//! Files beside a project file: found and read without leaving its folder, since a project that somebody sent must not read what is not
//! its own.

use std::fs::File;
use std::io::Read as _;
use std::path::{Path, PathBuf};

use super::io_words;

/// The folder of the project, with links resolved: of the file that a link to a project leads to.
fn folder_of(project: &Path) -> Result<PathBuf, String> {
    let whole = project.canonicalize().map_err(|problem| io_words(&problem))?;
    Ok(whole.parent().map_or_else(|| whole.clone(), Path::to_path_buf))
}

/// Where the file `inner` of the project's folder really is. Fails, in plain words, where it is not there or a link leads out of the folder.
fn place_inside(project: &Path, inner: &Path) -> Result<PathBuf, String> {
    let folder = folder_of(project)?;
    let name = inner.display();
    let place = folder.join(inner).canonicalize().map_err(|problem| format!("{name} cannot be read: {}", io_words(&problem)))?;
    if place.starts_with(&folder) { Ok(place) } else { Err(format!("{name} is a link that leads out of the folder of the project")) }
}

/// Reads a file of the project's folder: all of it, or `most` bytes and one more. Fails, in plain words, where [`watched_place`] would,
/// where it cannot be read, and where it is no file: a pipe would be waited for without end.
pub fn read_inside(project: &Path, inner: &Path, most: usize) -> Result<Vec<u8>, String> {
    let name = inner.display();
    let place = place_inside(project, inner)?;
    let unreadable = |problem: std::io::Error| format!("{name} cannot be read: {}", io_words(&problem));
    let about = std::fs::metadata(&place).map_err(unreadable)?;
    if about.is_dir() {
        return Err(format!("{name} cannot be read: this is a folder"));
    }
    if !about.is_file() {
        return Err(format!("{name} cannot be read: it is no file"));
    }
    let mut bytes = Vec::new();
    let limit = u64::try_from(most).unwrap_or(u64::MAX).saturating_add(1);
    let read = File::open(&place).and_then(|file| file.take(limit).read_to_end(&mut bytes));
    read.map(|_| bytes).map_err(unreadable)
}

/// Where to watch for a file of the project's folder, which need not be there yet; `None` where its folder is not there or where a link
/// leads out.
pub fn watched_place(project: &Path, inner: &Path) -> Option<PathBuf> {
    let folder = folder_of(project).ok()?;
    let place = folder.join(inner);
    let parent = place.parent()?.canonicalize().ok().filter(|parent| parent.starts_with(&folder))?;
    let place = parent.join(place.file_name()?);
    let leads_out = place.symlink_metadata().is_ok() && place.canonicalize().is_ok_and(|real| !real.starts_with(&folder));
    (!leads_out).then_some(place)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_inside_is_read_up_to_the_limit() {
        let folder = tempfile::tempdir().unwrap();
        let project = folder.path().join("plan.waymark.ron");
        std::fs::write(&project, "()").unwrap();
        std::fs::create_dir(folder.path().join("data")).unwrap();
        std::fs::write(folder.path().join("data/a.csv"), "month,mau\n").unwrap();
        let inner = Path::new("data/a.csv");
        assert_eq!(read_inside(&project, inner, 64).unwrap(), b"month,mau\n");
        assert_eq!(read_inside(&project, inner, 4).unwrap(), b"month", "one more than the limit tells that it is too long");
        assert_eq!(read_inside(&project, Path::new("data"), 64).unwrap_err(), "data cannot be read: this is a folder");
        assert_eq!(
            read_inside(&project, Path::new("data/b.csv"), 64).unwrap_err(),
            "data/b.csv cannot be read: there is no such file or folder"
        );
        let data = folder.path().canonicalize().unwrap().join("data");
        assert_eq!(watched_place(&project, inner), Some(data.join("a.csv")));
        assert_eq!(watched_place(&project, Path::new("data/b.csv")), Some(data.join("b.csv")), "it may come");
        assert_eq!(watched_place(&project, Path::new("none/b.csv")), None);
    }

    #[cfg(unix)]
    #[test]
    fn no_link_and_no_pipe_is_followed() {
        use std::os::unix::fs::symlink;
        let (folder, outside) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
        let project = folder.path().join("plan.waymark.ron");
        std::fs::write(&project, "()").unwrap();
        std::fs::write(outside.path().join("secret.csv"), "secret").unwrap();
        symlink(outside.path().join("secret.csv"), folder.path().join("a.csv")).unwrap();
        symlink(outside.path(), folder.path().join("data")).unwrap();
        symlink("plan.waymark.ron", folder.path().join("own.csv")).unwrap();
        for inner in ["a.csv", "data/secret.csv"] {
            let refused = read_inside(&project, Path::new(inner), 64).unwrap_err();
            assert!(refused.ends_with("is a link that leads out of the folder of the project"), "{refused}");
            assert_eq!(watched_place(&project, Path::new(inner)), None);
        }
        assert_eq!(read_inside(&project, Path::new("own.csv"), 64).unwrap(), b"()", "a link that stays inside is a file like others");
        let pipe = folder.path().join("pipe.csv");
        assert!(std::process::Command::new("mkfifo").arg(&pipe).status().unwrap().success());
        assert_eq!(read_inside(&project, Path::new("pipe.csv"), 64).unwrap_err(), "pipe.csv cannot be read: it is no file");
    }
}
