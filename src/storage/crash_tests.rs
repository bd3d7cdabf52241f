//! Every moment at which the power can fail while a project is saved.
//!
//! [`Model`] is a disk in memory that keeps apart what was written and what a power cut leaves: the content of a file is whole only once it
//! was synced, and until a folder is synced any number of the names that were changed in it last may be as before.

use std::cell::RefCell;
use std::collections::BTreeMap;
use std::io;
use std::path::{Path, PathBuf};

use super::backups::Backups;
use super::fs::{About, FolderLock, Fs, Mode};
use super::no_file::Handed;
use super::save::{Saving, create_in, save_to};
use super::{read_project, write_project};
use crate::model::{Project, ProjectId};

type Names = BTreeMap<PathBuf, usize>;

#[derive(Clone, Debug)]
enum Name {
    Put(PathBuf, usize),
    Gone(PathBuf),
    Moved(PathBuf, PathBuf),
}

impl Name {
    fn apply(&self, names: &mut Names) {
        match self {
            Self::Put(path, file) => drop(names.insert(path.clone(), *file)),
            Self::Gone(path) => drop(names.remove(path)),
            Self::Moved(from, to) => {
                if let Some(file) = names.remove(from) {
                    names.insert(to.clone(), file);
                }
            }
        }
    }
}

#[derive(Clone, Debug, Default)]
struct Content {
    bytes: Vec<u8>,
    synced: bool,
}

/// The disk as programs see it, and what is on it for certain.
#[derive(Clone, Debug, Default)]
pub(super) struct State {
    files: Vec<Content>,
    names: Names,
    durable: Names,
    /// Changes of names that are not synced, oldest first.
    pending: Vec<Name>,
}

/// A disk that remembers how it was after every step.
#[derive(Default)]
pub(super) struct Model {
    now: RefCell<State>,
    pub(super) moments: RefCell<Vec<State>>,
}

impl Model {
    pub(super) fn with(path: &Path, bytes: &[u8]) -> Self {
        let model = Self::default();
        model.write_new(path, bytes, Mode::Usual).unwrap();
        model.sync_folder(Path::new("/")).unwrap();
        model.moments.borrow_mut().clear();
        model
    }

    fn step(&self, change: impl FnOnce(&mut State)) {
        let mut now = self.now.borrow_mut();
        change(&mut now);
        self.moments.borrow_mut().push(now.clone());
    }
}

impl State {
    fn name(&mut self, change: Name) {
        change.apply(&mut self.names);
        self.pending.push(change);
    }

    /// Every disk that a power cut at this moment may leave.
    pub(super) fn after_power_cut(&self) -> Vec<BTreeMap<PathBuf, Vec<u8>>> {
        let mut disks = Vec::new();
        for kept in 0..=self.pending.len() {
            let mut names = self.durable.clone();
            self.pending.iter().take(kept).for_each(|change| change.apply(&mut names));
            // What was not synced is there, in part, not at all, or as zeros.
            for half in [1.0, 0.5, 0.0, -1.0] {
                let content = |file: &usize| {
                    let Content { bytes, synced } = &self.files[*file];
                    match half {
                        _ if *synced => bytes.clone(),
                        half if half < 0.0 => vec![0; bytes.len()],
                        half => bytes[..(bytes.len() as f64 * half) as usize].to_vec(),
                    }
                };
                disks.push(names.iter().map(|(path, file)| (path.clone(), content(file))).collect());
            }
        }
        disks
    }
}

impl Fs for Model {
    fn check_file(&self, path: &Path, _: Handed) -> io::Result<()> {
        self.read(path, 0).map(drop)
    }

    fn read(&self, path: &Path, _: u64) -> io::Result<Vec<u8>> {
        let now = self.now.borrow();
        now.names.get(path).map(|file| now.files[*file].bytes.clone()).ok_or_else(|| io::ErrorKind::NotFound.into())
    }

    fn size(&self, path: &Path) -> io::Result<u64> {
        self.read(path, 0).map(|bytes| bytes.len() as u64)
    }

    fn link_target(&self, _: &Path) -> io::Result<Option<PathBuf>> {
        Ok(None)
    }

    fn about(&self, path: &Path) -> io::Result<Option<About>> {
        let permissions = std::fs::metadata(".")?.permissions();
        Ok(self.now.borrow().names.get(path).map(|_| About { permissions, is_regular: true, names: 1, owner: None, modified: None }))
    }

    fn write_new(&self, path: &Path, bytes: &[u8], _: Mode<'_>) -> io::Result<()> {
        if self.now.borrow().names.contains_key(path) {
            return Err(io::ErrorKind::AlreadyExists.into());
        }
        let file = self.now.borrow().files.len();
        self.step(|state| {
            state.files.push(Content::default());
            state.name(Name::Put(path.to_owned(), file));
        });
        self.step(|state| bytes.clone_into(&mut state.files[file].bytes));
        self.step(|state| state.files[file].synced = true);
        Ok(())
    }

    fn rename(&self, from: &Path, to: &Path) -> io::Result<()> {
        self.step(|state| state.name(Name::Moved(from.to_owned(), to.to_owned())));
        Ok(())
    }

    fn publish(&self, from: &Path, to: &Path) -> io::Result<()> {
        let Some(file) = self.now.borrow().names.get(from).copied() else { return Err(io::ErrorKind::NotFound.into()) };
        if self.now.borrow().names.contains_key(to) {
            return Err(io::ErrorKind::AlreadyExists.into());
        }
        self.step(|state| state.name(Name::Put(to.to_owned(), file)));
        self.step(|state| state.name(Name::Gone(from.to_owned())));
        Ok(())
    }

    fn may_write(&self, _: &Path) -> io::Result<()> {
        Ok(())
    }

    fn lock_folder(&self, _: &Path) -> io::Result<FolderLock> {
        Ok(FolderLock::none())
    }

    fn remove(&self, path: &Path) -> io::Result<()> {
        self.step(|state| state.name(Name::Gone(path.to_owned())));
        Ok(())
    }

    fn make_folder(&self, _: &Path) -> io::Result<()> {
        Ok(())
    }

    fn list(&self, folder: &Path) -> io::Result<Vec<PathBuf>> {
        Ok(self.now.borrow().names.keys().filter(|path| path.parent() == Some(folder)).cloned().collect())
    }

    fn sync_folder(&self, folder: &Path) -> io::Result<()> {
        self.step(|state| {
            // The order of changes in one folder is kept by the disks that people have.
            let is_here = |change: &Name| match change {
                Name::Put(path, _) | Name::Gone(path) => path.starts_with(folder),
                Name::Moved(_, to) => to.starts_with(folder),
            };
            let (here, others): (Vec<Name>, Vec<Name>) = std::mem::take(&mut state.pending).into_iter().partition(is_here);
            for change in &here {
                change.apply(&mut state.durable);
            }
            state.pending = others;
        });
        Ok(())
    }
}

fn project(name: &str) -> Project {
    Project::empty(ProjectId::from_random(7), name)
}

#[test]
#[expect(clippy::print_stdout, reason = "the figures are what the test is for")]
fn at_every_crash_point_the_file_is_the_old_project_or_the_new_one_whole() {
    let path = Path::new("/plans/a.waymark.ron");
    let (old, new) = (project("old"), project("new"));
    let (old_text, new_text) = (write_project(&old), write_project(&new));
    let (mut tried, mut olds, mut news, mut torn) = (0, 0, 0, 0);
    for backups in [None, Some(Backups::new("/data"))] {
        let disk = Model::with(path, old_text.as_bytes());
        let saving = Saving { backups: backups.as_ref(), ..Saving::default() };
        let saved = save_to(&disk, &new, path, &saving).unwrap();
        assert!(saved.is_durable);
        let moments = disk.moments.borrow();
        for state in moments.iter() {
            for left in state.after_power_cut() {
                tried += 1;
                match left.get(path) {
                    Some(bytes) if *bytes == old_text.as_bytes() => olds += 1,
                    Some(bytes) if *bytes == new_text.as_bytes() => news += 1,
                    _ => torn += 1,
                }
                // A version that was put by is whole, or not among the versions.
                let versions = left.iter().filter(|(path, _)| path.starts_with("/data") && !path.to_string_lossy().ends_with(".tmp"));
                torn += versions.filter(|(_, bytes)| **bytes != old_text.as_bytes()).count();
                // Where the new one is in place, the old one was put by.
                if backups.is_some() && left.get(path).is_some_and(|bytes| *bytes == new_text.as_bytes()) {
                    let kept = left.iter().find(|(path, _)| path.starts_with("/data")).unwrap();
                    assert_eq!(read_project(kept.1).unwrap(), old);
                }
            }
        }
        // Said to be saved and durable, it is.
        let last = moments.last().unwrap();
        assert!(last.after_power_cut().iter().all(|left| left[path] == new_text.as_bytes()));
    }
    println!("crash points tried {tried}: old {olds}, new {news}, torn {torn}");
    assert_eq!(torn, 0);
    assert!(tried >= 100 && olds > 0 && news > 0);
}

#[test]
fn at_every_crash_point_a_new_file_is_not_there_or_whole() {
    let path = Path::new("/plans/a.waymark.ron");
    let new = project("new");
    let text = write_project(&new);
    let disk = Model::default();
    assert!(create_in(&disk, &new, path).unwrap().is_durable);
    let moments = disk.moments.borrow();
    let left: Vec<_> = moments.iter().flat_map(State::after_power_cut).collect();
    let (there, none): (Vec<_>, Vec<_>) = left.iter().partition(|left| left.contains_key(path));
    assert!(there.iter().all(|left| left[path] == text.as_bytes()));
    assert!(!there.is_empty() && !none.is_empty());
    assert!(moments.last().unwrap().after_power_cut().iter().all(|left| left.contains_key(path)));
}

#[test]
fn the_model_tears_what_is_not_synced() {
    // Otherwise the test above could not fail.
    let disk = Model::default();
    let path = Path::new("/a");
    disk.write_new(path, b"whole", Mode::Usual).unwrap();
    disk.sync_folder(Path::new("/")).unwrap();
    disk.step(|state| state.files[0] = Content { bytes: b"other".to_vec(), synced: false });
    let left: Vec<Vec<u8>> = disk.now.borrow().after_power_cut().into_iter().map(|mut disk| disk.remove(path).unwrap()).collect();
    assert!(left.contains(&b"ot".to_vec()) && left.contains(&Vec::new()));
}
