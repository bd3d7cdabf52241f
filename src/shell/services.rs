//! Everything that touches the world outside the program, so that tests can stand in for it.

use std::io;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::thread::JoinHandle;

use chrono::{NaiveDateTime, NaiveTime};

use super::presenting::Displays;
use super::{Dialogs, FolderWatcher, NativeDialogs, Watcher};
use crate::model::{Date, Project};
use crate::storage::{
    self, Backups, ContentHash, Fs as _, Handed, LoadError, Loaded, Locks, Permits, Recovery, SaveError, Saved, Saving, Touch,
};
use crate::workspace::jobs::{Jobs, Progress, Waker};

/// The world outside. [`Services::native`] is the real one; `shell::fake` has one for tests.
pub struct Services {
    pub files: Arc<dyn Files>,
    pub dialogs: Box<dyn Dialogs>,
    pub today: Box<dyn Fn() -> Date>,
    /// The time of day, for the clock of a presenter.
    pub time: Box<dyn Fn() -> NaiveTime>,
    /// Day and time, for what is put by. Called on worker threads.
    pub now: Arc<dyn Fn() -> NaiveDateTime + Send + Sync>,
    pub displays: Box<dyn Fn(&eframe::Frame) -> Displays>,
    /// Without one, others are only noticed when the window gets the keyboard back.
    pub watcher: Option<Box<dyn Watcher>>,
    pub folders: Folders,
    /// The seed of new ids.
    pub seed: u64,
    /// Called from any thread to have the window draw a frame.
    pub waker: Waker,
    pub jobs: JobMode,
}

/// Where work runs that must not hold up a frame.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum JobMode {
    /// On named threads.
    Background,
    /// At once: tests and headless commands.
    Inline,
}

/// The folders that belong to the program. `None` where the system names none: nothing is kept then.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Folders {
    /// Preferences.
    pub config: Option<PathBuf>,
    /// Backups and what is to be recovered.
    pub data: Option<PathBuf>,
}

/// The file system, as far as the window needs it. Called on worker threads.
pub trait Files: Touch + Send + Sync {
    fn load(&self, path: &Path) -> Result<Loaded, LoadError>;
    /// Replaces the file that is there, if it is what is expected.
    fn save(&self, project: &Project, path: &Path, saving: &Saving<'_>) -> Result<Saved, SaveError>;
    /// Refuses where a file is there.
    fn create(&self, project: &Project, path: &Path) -> Result<Saved, SaveError>;
    fn exists(&self, path: &Path) -> bool;
    /// Of what a file holds now.
    fn hash(&self, path: &Path) -> io::Result<ContentHash>;
    /// Whether the file is there and may not be written.
    fn is_read_only(&self, path: &Path) -> bool;
    fn read(&self, path: &Path) -> io::Result<Vec<u8>>;
    /// As much of a file as shows that it is too large for a table, or all of it; `None` where it is not wanted any more.
    fn read_table(&self, path: &Path, progress: &Progress) -> io::Result<Option<Vec<u8>>>;
    /// Writes the whole file or leaves the old one; makes the folder where it is missing.
    fn write(&self, path: &Path, bytes: &[u8]) -> io::Result<()>;
}

/// The real file system.
#[derive(Clone, Copy, Debug, Default)]
pub struct Disk;

impl Touch for Disk {
    fn canonical(&self, path: &Path) -> io::Result<PathBuf> {
        storage::Disk.canonical(path)
    }

    fn check_regular(&self, path: &Path) -> Result<(), String> {
        storage::Disk.check_regular(path)
    }

    fn read_regular(&self, path: &Path, most: usize) -> Result<Vec<u8>, String> {
        storage::Disk.read_regular(path, most)
    }
}

impl Files for Disk {
    fn load(&self, path: &Path) -> Result<Loaded, LoadError> {
        storage::load_file(path)
    }

    fn save(&self, project: &Project, path: &Path, saving: &Saving<'_>) -> Result<Saved, SaveError> {
        storage::save_over(project, path, saving)
    }

    fn create(&self, project: &Project, path: &Path) -> Result<Saved, SaveError> {
        storage::create(project, path)
    }

    fn exists(&self, path: &Path) -> bool {
        path.exists()
    }

    fn hash(&self, path: &Path) -> io::Result<ContentHash> {
        ContentHash::of_file(path)
    }

    fn is_read_only(&self, path: &Path) -> bool {
        std::fs::metadata(path).is_ok_and(|found| found.permissions().readonly())
    }

    fn read(&self, path: &Path) -> io::Result<Vec<u8>> {
        storage::Disk.check_file(path, Handed::IsFile)?;
        std::fs::read(path)
    }

    fn read_table(&self, path: &Path, progress: &Progress) -> io::Result<Option<Vec<u8>>> {
        storage::Disk.check_file(path, Handed::IsFile)?;
        let mut file = std::fs::File::open(path)?;
        let whole = file.metadata()?.len();
        super::importing::read_parts(&mut file, whole, progress)
    }

    fn write(&self, path: &Path, bytes: &[u8]) -> io::Result<()> {
        if let Some(folder) = path.parent() {
            std::fs::create_dir_all(folder)?;
        }
        let mut name = path.file_name().unwrap_or_default().to_owned();
        name.push(format!(".{}.tmp", std::process::id()));
        let temporary = path.with_file_name(name);
        let written = std::fs::write(&temporary, bytes).and_then(|()| std::fs::rename(&temporary, path));
        if written.is_err() {
            // The first problem is the one to report.
            drop(std::fs::remove_file(&temporary));
        }
        written
    }
}

impl Services {
    /// The desktop that the program runs on.
    pub fn native(waker: Waker) -> Self {
        Self {
            files: Arc::new(Disk),
            dialogs: Box::new(NativeDialogs),
            today: Box::new(system_today),
            time: Box::new(system_time),
            now: Arc::new(system_now),
            displays: Box::new(Displays::of_window),
            watcher: Some(Box::new(FolderWatcher::default())),
            folders: Folders::of_this_user(),
            seed: random_bits(),
            waker,
            jobs: JobMode::Background,
        }
    }

    pub(super) fn new_jobs(&self) -> Jobs {
        match self.jobs {
            JobMode::Background => Jobs::background(Arc::clone(&self.waker)),
            JobMode::Inline => Jobs::inline(),
        }
    }

    /// Does a small thing that nobody waits for; the handle is for the end of the program.
    pub(super) fn spawn(&self, name: &str, work: impl FnOnce() + Send + 'static) -> Option<JoinHandle<()>> {
        match self.jobs {
            JobMode::Inline => {
                work();
                None
            }
            JobMode::Background => std::thread::Builder::new()
                .name(name.to_owned())
                .spawn(work)
                .inspect_err(|problem| log::error!("no thread for {name}: {problem}"))
                .ok(),
        }
    }
}

impl Folders {
    /// Where versions of project files are put by.
    pub fn backups(&self) -> Option<Backups> {
        self.data.as_ref().map(|data| Backups::new(data.join("backups")))
    }

    /// Where it is kept which files outside a project's folder somebody allowed it to follow.
    pub fn permits(&self) -> Option<Permits> {
        self.data.as_ref().map(|data| Permits::new(data.join("allowed")))
    }

    /// Where unsaved changes are put by.
    pub(super) fn recovery(&self) -> Option<(Recovery, Locks)> {
        self.data.as_ref().map(|data| (Recovery::new(data.join("recovery")), Locks::new(data.join("locks"))))
    }

    pub(crate) fn of_this_user() -> Self {
        directories::ProjectDirs::from("", "", "waymark")
            .map(|found| Self { config: Some(found.config_dir().to_path_buf()), data: Some(found.data_local_dir().to_path_buf()) })
            .unwrap_or_default()
    }
}

/// Today by the clock of this computer.
#[expect(clippy::disallowed_methods, reason = "the one place that reads the clock for today")]
fn system_today() -> Date {
    chrono::Local::now().date_naive()
}

/// The time of day by the clock of this computer.
#[expect(clippy::disallowed_methods, reason = "the one place that reads the clock for the presenter")]
fn system_time() -> NaiveTime {
    chrono::Local::now().time()
}

/// Day and time by the clock of this computer.
#[expect(clippy::disallowed_methods, reason = "the one place that reads the clock for what is put by")]
fn system_now() -> NaiveDateTime {
    chrono::Local::now().naive_local()
}

/// 64 bits from the system.
fn random_bits() -> u64 {
    getrandom::u64().unwrap_or_else(|problem| {
        log::warn!("the system gives no random numbers: {problem}");
        // Unique enough for ids that are checked against the project's own: the time in nanoseconds.
        std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH).map_or(0, |d| d.as_nanos() as u64)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn disk_writes_whole_files_and_makes_the_folder() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("deep/preferences.ron");
        Disk.write(&path, b"one").unwrap();
        Disk.write(&path, b"two").unwrap();
        assert_eq!(Disk.read(&path).unwrap(), b"two");
        assert_eq!(std::fs::read_dir(path.parent().unwrap()).unwrap().count(), 1, "no temporary file stays");
    }
}
