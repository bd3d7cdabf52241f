//! Which window has a file: a lock in the data folder of the program, never beside the file, which others may see or sync.
//!
//! The system gives a lock back when its process ends, however it ends. A lock keeps other windows of this computer from writing the same
//! file unasked; it protects nothing: that a file holds what is expected of it is looked at whenever it is saved. So a window may take a
//! file over that another one has: it writes without the lock, and the other one finds the file changed when it saves.

use std::fs::{File, OpenOptions, TryLockError};
use std::io::{self, Read as _, Seek as _, Write as _};
use std::path::{Path, PathBuf};

use chrono::NaiveDateTime;

use super::load::ContentHash;
use super::recovery::SnapshotId;

/// Where locks are.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Locks {
    folder: PathBuf,
}

/// Held until it is dropped, or the process ends.
#[derive(Debug)]
pub struct Lock {
    /// Closing it gives the lock back.
    _file: File,
    path: PathBuf,
}

/// Who holds a lock, as far as that can be told.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Holder {
    pub process: Option<u32>,
    /// By the clock on the wall.
    pub since: Option<NaiveDateTime>,
}

/// Why a lock was not given.
#[derive(Debug, thiserror::Error)]
pub enum NotLocked {
    #[error("another window has it")]
    Held(Holder),
    /// No lock can be had: the data folder cannot be written, or its disk knows no locks.
    #[error("no lock can be had: {0}")]
    Failed(#[from] io::Error),
}

const TIME: &str = "%Y-%m-%dT%H:%M:%S";
/// More than a holder writes.
const MAX_BYTES: u64 = 256;
/// Locks that may be taken away between opening and locking, before it is given up.
const MAX_TRIES: usize = 16;

impl Locks {
    /// In a folder of the program's own, which is made where it is missing.
    pub fn new(folder: impl Into<PathBuf>) -> Self {
        Self { folder: folder.into() }
    }

    /// Takes the lock of a file, which need not exist; all links and spellings that lead to it have the same one.
    pub fn of_file(&self, file: &Path, now: NaiveDateTime) -> Result<Lock, NotLocked> {
        let hash = ContentHash::of(canonical(file).as_os_str().as_encoded_bytes()).to_string();
        self.take(&format!("file-{}.lock", hash.get(..24).unwrap_or(&hash)), now)
    }

    /// Takes the lock of a snapshot: whoever has it may write, offer and remove that.
    pub fn of_snapshot(&self, id: SnapshotId, now: NaiveDateTime) -> Result<Lock, NotLocked> {
        self.take(&format!("window-{id}.lock"), now)
    }

    fn take(&self, name: &str, now: NaiveDateTime) -> Result<Lock, NotLocked> {
        std::fs::create_dir_all(&self.folder)?;
        let path = self.folder.join(name);
        for _ in 0..MAX_TRIES {
            let mut file = OpenOptions::new().read(true).write(true).create(true).truncate(false).open(&path)?;
            match file.try_lock() {
                Ok(()) => {}
                Err(TryLockError::WouldBlock) => return Err(NotLocked::Held(holder(&mut file))),
                Err(TryLockError::Error(error)) => return Err(error.into()),
            }
            // Its last holder may have taken the file away after it was opened here.
            if is_at(&file, &path) {
                // Only for people to read.
                if let Err(error) = sign(&mut file, now) {
                    log::warn!("who holds {} could not be written down: {error}", path.display());
                }
                return Ok(Lock { _file: file, path });
            }
        }
        Err(NotLocked::Failed(io::ErrorKind::ResourceBusy.into()))
    }
}

impl Drop for Lock {
    fn drop(&mut self) {
        // Where a file can go while it is open. Elsewhere it stays, unlocked and small.
        if cfg!(unix)
            && let Err(error) = std::fs::remove_file(&self.path)
        {
            log::warn!("the lock {} could not be removed: {error}", self.path.display());
        }
    }
}

fn sign(file: &mut File, now: NaiveDateTime) -> io::Result<()> {
    file.set_len(0)?;
    file.rewind()?;
    write!(file, "{} {}", std::process::id(), now.format(TIME))
}

/// Where a locked file cannot be read, nothing is known.
fn holder(file: &mut File) -> Holder {
    let mut text = String::new();
    if file.take(MAX_BYTES).read_to_string(&mut text).is_err() {
        return Holder::default();
    }
    let (process, since) = text.split_once(' ').unwrap_or((&text, ""));
    Holder { process: process.parse().ok(), since: NaiveDateTime::parse_from_str(since, TIME).ok() }
}

/// The file behind all links; one that is not there yet, in the folder behind all links.
fn canonical(file: &Path) -> PathBuf {
    let whole = std::path::absolute(file).unwrap_or_else(|_| file.to_owned());
    whole.canonicalize().unwrap_or_else(|_| match (whole.parent().map(Path::canonicalize), whole.file_name()) {
        (Some(Ok(folder)), Some(name)) => folder.join(name),
        _ => whole,
    })
}

#[cfg(unix)]
fn is_at(file: &File, path: &Path) -> bool {
    use std::os::unix::fs::MetadataExt as _;
    let identity = |found: std::fs::Metadata| (found.dev(), found.ino());
    matches!((file.metadata().map(identity), std::fs::metadata(path).map(identity)), (Ok(a), Ok(b)) if a == b)
}

#[cfg(not(unix))]
fn is_at(_: &File, path: &Path) -> bool {
    path.exists()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn now() -> NaiveDateTime {
        NaiveDateTime::parse_from_str("2026-11-22T14:05:09", TIME).unwrap()
    }

    #[test]
    fn a_file_has_one_lock_whatever_it_is_called() {
        let folder = tempfile::tempdir().unwrap();
        let locks = Locks::new(folder.path().join("data/locks"));
        let file = folder.path().join("plan.waymark.ron");
        std::fs::write(&file, "x").unwrap();
        let lock = locks.of_file(&file, now()).unwrap();
        let mut others = vec![file.clone(), folder.path().join("data/../plan.waymark.ron")];
        #[cfg(unix)]
        {
            let link = folder.path().join("link");
            std::os::unix::fs::symlink(&file, &link).unwrap();
            others.push(link);
        }
        for other in &others {
            let Err(NotLocked::Held(holder)) = locks.of_file(other, now()) else { panic!("{} is free", other.display()) };
            if cfg!(unix) {
                assert_eq!(holder, Holder { process: Some(std::process::id()), since: Some(now()) });
            }
        }
        assert!(locks.of_file(&folder.path().join("other.waymark.ron"), now()).is_ok());
        drop(lock);
        assert!(locks.of_file(&others[1], now()).is_ok());
    }

    #[test]
    fn nothing_is_written_beside_the_file_and_nothing_stays() {
        let folder = tempfile::tempdir().unwrap();
        let plans = tempfile::tempdir().unwrap();
        let locks = Locks::new(folder.path());
        let lock = locks.of_file(&plans.path().join("new.waymark.ron"), now()).unwrap();
        let _window = locks.of_snapshot(SnapshotId(3), now()).unwrap();
        assert_eq!(std::fs::read_dir(plans.path()).unwrap().count(), 0);
        assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 2);
        drop(lock);
        if cfg!(unix) {
            assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 1);
        }
    }

    #[test]
    fn two_that_ask_at_once_never_both_get_it() {
        let folder = tempfile::tempdir().unwrap();
        let holders = std::sync::atomic::AtomicUsize::new(0);
        std::thread::scope(|scope| {
            for _ in 0..4 {
                scope.spawn(|| {
                    for _ in 0..500 {
                        if let Ok(lock) = Locks::new(folder.path()).of_snapshot(SnapshotId(1), now()) {
                            assert_eq!(holders.fetch_add(1, std::sync::atomic::Ordering::SeqCst), 0);
                            std::thread::yield_now();
                            holders.fetch_sub(1, std::sync::atomic::Ordering::SeqCst);
                            drop(lock);
                        }
                    }
                });
            }
        });
    }

    #[cfg(unix)]
    #[test]
    #[expect(clippy::print_stdout, reason = "says that it was skipped")]
    fn a_process_that_was_killed_holds_nothing() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("window-0000000000000001.lock");
        std::fs::write(&path, "99999 2026-11-22T14:05:09").unwrap();
        let locks = Locks::new(folder.path());
        // Asked before the other process has it, the lock would be had and its file taken away under the other's hands.
        let hold = "echo held; exec sleep 60";
        let mut flock = std::process::Command::new("flock");
        let spawned = flock.arg("--no-fork").arg(&path).args(["sh", "-c", hold]).stdout(std::process::Stdio::piped()).spawn();
        let Ok(mut child) = spawned else {
            println!("skipped: there is no flock to hold a lock with");
            return;
        };
        let mut said = [0; 4];
        child.stdout.as_mut().unwrap().read_exact(&mut said).unwrap();
        let held = locks.of_snapshot(SnapshotId(1), now()).err();
        assert!(matches!(held, Some(NotLocked::Held(_))), "{held:?}");
        child.kill().unwrap();
        child.wait().unwrap();
        assert!(locks.of_snapshot(SnapshotId(1), now()).is_ok());
    }
}
