//! What stands in the place of a file and is none: reading it might wait for ever, or never end.

use std::fs::FileType;
use std::io;
use std::path::{Component, Path};

/// What it is, and what helps.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum NoFile {
    #[error("this is a named pipe, not a file, and could be waited for without end; write what comes out of it into a file, and open that")]
    Pipe,
    #[error("this is a socket of a program, not a file; open the file of the project")]
    Socket,
    #[error("this is a device, not a file; open the file of the project")]
    Device,
    #[error("this is a folder, not a file; open the file in it")]
    Folder,
}

impl NoFile {
    /// Of an error that says so.
    pub(super) fn of(error: &io::Error) -> Option<Self> {
        error.get_ref()?.downcast_ref::<Self>().copied()
    }
}

/// Who asks for the bytes of a path.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Handed {
    /// A command, which others may hand a pipe: `waymark diff <(git show HEAD:plan.waymark.ron) plan.waymark.ron`.
    MayBePipe,
    /// A window, which lives on with the file.
    IsFile,
}

/// Fails where the path leads to no file, and says what it is.
pub(super) fn check(path: &Path, handed: Handed) -> io::Result<()> {
    let about = std::fs::metadata(path)?;
    let Some(what) = kind(about.file_type()) else { return Ok(()) };
    if handed == Handed::MayBePipe && what != NoFile::Folder && is_descriptor(path) {
        return Ok(());
    }
    let kind = if what == NoFile::Folder { io::ErrorKind::IsADirectory } else { io::ErrorKind::InvalidInput };
    Err(io::Error::new(kind, what))
}

fn kind(found: FileType) -> Option<NoFile> {
    #[cfg(unix)]
    {
        use std::os::unix::fs::FileTypeExt as _;
        if found.is_fifo() {
            return Some(NoFile::Pipe);
        }
        if found.is_socket() {
            return Some(NoFile::Socket);
        }
    }
    match (found.is_dir(), found.is_file()) {
        (true, _) => Some(NoFile::Folder),
        (_, true) => None,
        _ => Some(NoFile::Device),
    }
}

/// Whether a path names what whoever started the program opened for it: `/dev/stdin`, `/dev/fd/63`, `/proc/self/fd/0`.
fn is_descriptor(path: &Path) -> bool {
    let parts: Vec<_> = path.components().map(Component::as_os_str).map(|part| part.to_str().unwrap_or_default()).collect();
    let is_number = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    match parts[..] {
        ["/", "dev", "stdin"] => true,
        ["/", "dev", "fd", number] => is_number(number),
        ["/", "proc", process, "fd", number] => (process == "self" || is_number(process)) && is_number(number),
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_handed_over_is_told_from_what_has_a_name() {
        for path in ["/dev/stdin", "/dev/fd/63", "/proc/self/fd/0", "/proc/4711/fd/12"] {
            assert!(is_descriptor(Path::new(path)), "{path}");
        }
        for path in ["/dev/zero", "/dev/fd", "/dev/fd/x", "/tmp/dev/fd/3", "dev/fd/3", "/proc/self/maps", "/dev/fd/../zero"] {
            assert!(!is_descriptor(Path::new(path)), "{path}");
        }
    }

    #[test]
    #[cfg(unix)]
    fn what_is_no_file_is_called_by_its_name() {
        let folder = tempfile::tempdir().unwrap();
        let [pipe, socket, file] = ["pipe", "socket", "file"].map(|name| folder.path().join(name));
        assert!(std::process::Command::new("mkfifo").arg(&pipe).status().unwrap().success());
        let _listener = std::os::unix::net::UnixListener::bind(&socket).unwrap();
        std::fs::write(&file, "").unwrap();
        for handed in [Handed::MayBePipe, Handed::IsFile] {
            let what = |path: &Path| check(path, handed).err().as_ref().and_then(NoFile::of);
            assert_eq!(what(&pipe), Some(NoFile::Pipe));
            assert_eq!(what(&socket), Some(NoFile::Socket));
            assert_eq!(what(Path::new("/dev/zero")), Some(NoFile::Device));
            assert_eq!(what(folder.path()), Some(NoFile::Folder));
            assert_eq!(what(&file), None);
            assert_eq!(check(&folder.path().join("none"), handed).unwrap_err().kind(), io::ErrorKind::NotFound);
        }
    }
}
