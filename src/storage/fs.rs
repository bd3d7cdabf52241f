//! The few things that storage asks of a file system, so that tests can let each of them fail.

use std::fs::{self, File, OpenOptions, Permissions};
use std::io::{self, Read as _, Write as _};
use std::path::{Path, PathBuf};

/// What a file is, besides what it holds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct About {
    pub permissions: Permissions,
    /// Neither a folder nor a device.
    pub is_regular: bool,
    /// Names that lead to it; 1 where the system does not say.
    pub names: u64,
}

/// A file system.
pub trait Fs {
    /// The whole of a file, or as much as one byte more than `limit`.
    fn read(&self, path: &Path, limit: u64) -> io::Result<Vec<u8>>;
    /// Bytes in a file.
    fn size(&self, path: &Path) -> io::Result<u64>;
    /// Where a link leads; `None` where the path is none, or nothing.
    fn link_target(&self, path: &Path) -> io::Result<Option<PathBuf>>;
    /// What is known of a file, behind links; `None` where there is none.
    fn about(&self, path: &Path) -> io::Result<Option<About>>;
    /// Makes a file that does not exist, writes it and waits until it is on the disk.
    fn write_new(&self, path: &Path, bytes: &[u8], permissions: Option<&Permissions>) -> io::Result<()>;
    /// Puts a file in the place of another, or of none, in one step.
    fn rename(&self, from: &Path, to: &Path) -> io::Result<()>;
    fn remove(&self, path: &Path) -> io::Result<()>;
    /// Makes a folder and those above it, where they are missing.
    fn make_folder(&self, path: &Path) -> io::Result<()>;
    /// What is in a folder, sorted; nothing where there is no folder.
    fn list(&self, folder: &Path) -> io::Result<Vec<PathBuf>>;
    /// Waits until the names in a folder are on the disk.
    fn sync_folder(&self, path: &Path) -> io::Result<()>;
}

/// The disk.
#[derive(Clone, Copy, Debug, Default)]
pub struct Disk;

/// `NotFound` is an answer, not an error.
fn if_there<T>(result: io::Result<T>) -> io::Result<Option<T>> {
    match result {
        Ok(value) => Ok(Some(value)),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
        Err(error) => Err(error),
    }
}

impl Fs for Disk {
    fn read(&self, path: &Path, limit: u64) -> io::Result<Vec<u8>> {
        let file = File::open(path)?;
        let size = file.metadata()?.len().min(limit);
        let mut bytes = Vec::with_capacity(usize::try_from(size).unwrap_or(0) + 1);
        file.take(limit + 1).read_to_end(&mut bytes)?;
        Ok(bytes)
    }

    fn size(&self, path: &Path) -> io::Result<u64> {
        let about = fs::metadata(path)?;
        if about.is_dir() { Err(io::ErrorKind::IsADirectory.into()) } else { Ok(about.len()) }
    }

    fn link_target(&self, path: &Path) -> io::Result<Option<PathBuf>> {
        match if_there(fs::symlink_metadata(path))? {
            Some(about) if about.is_symlink() => fs::read_link(path).map(Some),
            Some(_) | None => Ok(None),
        }
    }

    fn about(&self, path: &Path) -> io::Result<Option<About>> {
        Ok(if_there(fs::metadata(path))?.map(|found| About {
            permissions: found.permissions(),
            is_regular: found.is_file(),
            #[cfg(unix)]
            names: std::os::unix::fs::MetadataExt::nlink(&found),
            #[cfg(not(unix))]
            names: 1,
        }))
    }

    fn make_folder(&self, path: &Path) -> io::Result<()> {
        fs::create_dir_all(path)
    }

    fn list(&self, folder: &Path) -> io::Result<Vec<PathBuf>> {
        let Some(entries) = if_there(fs::read_dir(folder))? else { return Ok(Vec::new()) };
        let mut paths = entries.map(|entry| Ok(entry?.path())).collect::<io::Result<Vec<PathBuf>>>()?;
        paths.sort();
        Ok(paths)
    }

    fn write_new(&self, path: &Path, bytes: &[u8], permissions: Option<&Permissions>) -> io::Result<()> {
        let mut options = OpenOptions::new();
        options.write(true).create_new(true);
        #[cfg(unix)]
        if permissions.is_some() {
            // What will be private is never readable by others, not even for a moment.
            std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
        }
        let mut file = options.open(path)?;
        let write = || {
            file.write_all(bytes)?;
            if let Some(permissions) = permissions {
                file.set_permissions(permissions.clone())?;
            }
            file.sync_all()
        };
        let written = { write }();
        if written.is_err() {
            // Half a file is of no use; that it could not be written is what is told.
            fs::remove_file(path).unwrap_or_default();
        }
        written
    }

    fn rename(&self, from: &Path, to: &Path) -> io::Result<()> {
        fs::rename(from, to)
    }

    fn remove(&self, path: &Path) -> io::Result<()> {
        fs::remove_file(path)
    }

    fn sync_folder(&self, path: &Path) -> io::Result<()> {
        if cfg!(unix) { File::open(path)?.sync_all() } else { Ok(()) }
    }
}
