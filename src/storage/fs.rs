//! The few things that storage asks of a file system, so that tests can let each of them fail.

use std::fs::{self, File, OpenOptions, Permissions};
use std::io::{self, Read as _, Write as _};
use std::path::{Path, PathBuf};
use std::thread;
use std::time::{Duration, SystemTime};

use super::no_file::{self, Handed};

/// What a file is, besides what it holds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct About {
    pub permissions: Permissions,
    /// Neither a folder nor a device.
    pub is_regular: bool,
    /// Names that lead to it; 1 where the system does not say.
    pub names: u64,
    /// The numbers of its user and its group, where the system has such.
    pub owner: Option<(u32, u32)>,
    /// When it was last written, by the clock of its disk; `None` where that is not known.
    pub modified: Option<SystemTime>,
}

/// Who may do what with a new file.
#[derive(Clone, Copy, Debug)]
pub enum Mode<'a> {
    /// What new files are like here.
    Usual,
    /// Only its user may read it.
    Private,
    /// As with the file that it is to replace: permissions, and user, group, access list and attributes where that can be.
    Like { file: &'a Path, about: &'a About },
}

/// Held until it is dropped.
pub struct FolderLock {
    _folder: Option<File>,
}

impl FolderLock {
    /// Of a disk that knows no locks.
    pub fn none() -> Self {
        Self { _folder: None }
    }
}

/// How long others may hold a folder or a file before it is given up.
const PATIENCE: Duration = Duration::from_mins(1);
const FIRST_STEP: Duration = Duration::from_millis(10);
const LONGEST_STEP: Duration = Duration::from_millis(100);

/// A file system.
pub trait Fs {
    /// Whether there is a file that can be read to its end. Where there is something else, the error says what ([`NoFile`](super::NoFile)).
    fn check_file(&self, path: &Path, handed: Handed) -> io::Result<()>;
    /// The whole of a file, or as much as one byte more than `limit`. Fails as [`Self::check_file`] does.
    fn read(&self, path: &Path, limit: u64) -> io::Result<Vec<u8>>;
    /// Bytes in a file.
    fn size(&self, path: &Path) -> io::Result<u64>;
    /// Where a link leads; `None` where the path is none, or nothing.
    fn link_target(&self, path: &Path) -> io::Result<Option<PathBuf>>;
    /// What is known of a file, behind links; `None` where there is none.
    fn about(&self, path: &Path) -> io::Result<Option<About>>;
    /// Makes a file that does not exist, writes it and waits until it is on the disk.
    fn write_new(&self, path: &Path, bytes: &[u8], mode: Mode<'_>) -> io::Result<()>;
    /// Puts a file in the place of another, or of none, in one step.
    fn rename(&self, from: &Path, to: &Path) -> io::Result<()>;
    /// Puts a file where none is, whole from the first moment; `AlreadyExists` where one is.
    fn publish(&self, from: &Path, to: &Path) -> io::Result<()>;
    /// Whether a file that is there may be written: an error where not.
    fn may_write(&self, path: &Path) -> io::Result<()>;
    /// Waits until no other save is about to put a file into this folder. A disk without locks gives one that holds nobody back.
    fn lock_folder(&self, folder: &Path) -> io::Result<FolderLock>;
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

/// Does what others may hold up for a moment, again and again, until they do not.
fn patiently<T>(act: impl Fn() -> io::Result<T>, is_passing: impl Fn(&io::Error) -> bool) -> io::Result<T> {
    let (mut waited, mut step) = (Duration::ZERO, FIRST_STEP);
    loop {
        match act() {
            Err(error) if is_passing(&error) && waited < PATIENCE => {
                thread::sleep(step);
                waited += step;
                step = (step + FIRST_STEP).min(LONGEST_STEP);
            }
            done => return done,
        }
    }
}

/// A virus scanner or an index has the file open: on Windows it cannot be replaced then.
fn is_held_by_others(error: &io::Error) -> bool {
    const ACCESS_DENIED: i32 = 5;
    const SHARING_VIOLATION: i32 = 32;
    const LOCK_VIOLATION: i32 = 33;
    cfg!(windows) && matches!(error.raw_os_error(), Some(ACCESS_DENIED | SHARING_VIOLATION | LOCK_VIOLATION))
}

/// Gives a file to the user and the group of the one that it replaces. Only the superuser can give to others; whoever can keeps the group.
fn keep_owner(file: &File, owner: Option<(u32, u32)>) {
    #[cfg(unix)]
    if let Some((user, group)) = owner
        && std::os::unix::fs::fchown(file, Some(user), Some(group)).is_err()
        && let Err(error) = std::os::unix::fs::fchown(file, None, Some(group))
    {
        log::debug!("the group of the file could not be kept: {error}");
    }
    #[cfg(not(unix))]
    let _ = (file, owner);
}

/// Gives a file the access list and the attributes of the one that it replaces, such as tags. Those of the system itself stay away, and so does
/// what its disk does not know.
fn keep_attributes(file: &File, old: &Path) {
    #[cfg(unix)]
    {
        use xattr::FileExt as _;
        // A system without attributes has none.
        for name in xattr::list(old).into_iter().flatten().filter(|name| is_kept(&name.to_string_lossy())) {
            let kept = xattr::get(old, &name).and_then(|value| value.map_or(Ok(()), |value| file.set_xattr(&name, &value)));
            if let Err(error) = kept {
                log::debug!("the attribute {} could not be kept: {error}", name.display());
            }
        }
    }
    #[cfg(not(unix))]
    let _ = (file, old);
}

/// Rights that a file has for being run are not those of what is written in its place; a label says where it belongs.
#[cfg(unix)]
fn is_kept(attribute: &str) -> bool {
    !attribute.starts_with("trusted.") && (!attribute.starts_with("security.") || attribute == "security.selinux")
}

impl Fs for Disk {
    fn check_file(&self, path: &Path, handed: Handed) -> io::Result<()> {
        no_file::check(path, handed)
    }

    fn read(&self, path: &Path, limit: u64) -> io::Result<Vec<u8>> {
        // To open a pipe is to wait for whoever writes into it.
        self.check_file(path, Handed::MayBePipe)?;
        let file = File::open(path)?;
        let size = file.metadata()?.len().min(limit);
        let mut bytes = Vec::with_capacity(usize::try_from(size).unwrap_or(0) + 1);
        file.take(limit + 1).read_to_end(&mut bytes)?;
        Ok(bytes)
    }

    fn size(&self, path: &Path) -> io::Result<u64> {
        fs::metadata(path).map(|about| about.len())
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
            #[cfg(unix)]
            owner: Some((std::os::unix::fs::MetadataExt::uid(&found), std::os::unix::fs::MetadataExt::gid(&found))),
            #[cfg(not(unix))]
            owner: None,
            modified: found.modified().ok(),
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

    fn write_new(&self, path: &Path, bytes: &[u8], mode: Mode<'_>) -> io::Result<()> {
        let mut options = OpenOptions::new();
        options.write(true).create_new(true);
        #[cfg(unix)]
        if !matches!(mode, Mode::Usual) {
            // What will be private is never readable by others, not even for a moment.
            std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
        }
        let mut file = options.open(path)?;
        let write = || {
            file.write_all(bytes)?;
            if let Mode::Like { file: old, about: About { permissions, owner, .. } } = mode {
                keep_owner(&file, *owner);
                keep_attributes(&file, old);
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
        patiently(|| fs::rename(from, to), is_held_by_others)
    }

    fn publish(&self, from: &Path, to: &Path) -> io::Result<()> {
        match fs::hard_link(from, to) {
            // Its second name is all that is left to take away; one that stays is taken away by a later save.
            Ok(()) => fs::remove_file(from).or(Ok(())),
            Err(error) if matches!(error.kind(), io::ErrorKind::AlreadyExists | io::ErrorKind::NotFound) => Err(error),
            Err(_no_second_names_on_this_disk) => {
                OpenOptions::new().write(true).create_new(true).open(to)?;
                self.rename(from, to).inspect_err(|_| fs::remove_file(to).unwrap_or_default())
            }
        }
    }

    fn may_write(&self, path: &Path) -> io::Result<()> {
        OpenOptions::new().append(true).open(path).map(drop)
    }

    fn lock_folder(&self, folder: &Path) -> io::Result<FolderLock> {
        if !cfg!(unix) {
            // Here a folder is nothing that can be opened and locked.
            return Ok(FolderLock::none());
        }
        // One that is gone, or may not be read, is left to the rename to complain of.
        let Ok(opened) = File::open(folder) else { return Ok(FolderLock::none()) };
        let locked = patiently(|| opened.try_lock().map_err(io::Error::from), |error| error.kind() == io::ErrorKind::WouldBlock);
        match locked {
            Ok(()) => Ok(FolderLock { _folder: Some(opened) }),
            Err(error) if error.kind() == io::ErrorKind::WouldBlock => Err(io::ErrorKind::ResourceBusy.into()),
            Err(_no_locks_on_this_disk) => Ok(FolderLock::none()),
        }
    }

    fn remove(&self, path: &Path) -> io::Result<()> {
        fs::remove_file(path)
    }

    fn sync_folder(&self, path: &Path) -> io::Result<()> {
        if cfg!(unix) { File::open(path)?.sync_all() } else { Ok(()) }
    }
}

#[cfg(test)]
mod tests {
    use std::cell::Cell;

    use super::*;

    #[test]
    fn what_passes_is_tried_again_and_what_does_not_is_told_at_once() {
        let tries = Cell::new(0);
        let act = |until: u32, kind: io::ErrorKind| {
            tries.set(tries.get() + 1);
            if tries.get() < until { Err(io::Error::from(kind)) } else { Ok(tries.get()) }
        };
        let is_passing = |error: &io::Error| error.kind() == io::ErrorKind::WouldBlock;
        assert_eq!(patiently(|| act(4, io::ErrorKind::WouldBlock), is_passing).unwrap(), 4);
        tries.set(0);
        assert!(patiently(|| act(4, io::ErrorKind::StorageFull), is_passing).is_err());
        assert_eq!(tries.get(), 1);
    }

    #[test]
    fn a_file_is_published_only_where_none_is() {
        let folder = tempfile::tempdir().unwrap();
        let [from, to] = ["from", "to"].map(|name| folder.path().join(name));
        Disk.write_new(&from, b"first", Mode::Private).unwrap();
        Disk.publish(&from, &to).unwrap();
        Disk.write_new(&from, b"second", Mode::Usual).unwrap();
        assert_eq!(Disk.publish(&from, &to).unwrap_err().kind(), io::ErrorKind::AlreadyExists);
        assert_eq!(fs::read(&to).unwrap(), b"first");
        assert!(fs::exists(&from).unwrap());
    }
}
