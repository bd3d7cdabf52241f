//! The project file: RON versions, errors with line and column, the save protocol, recovery of what was not saved, locks.
//!
//! A file is read into the structs of its version (`v1`), never into the model's types, and turned into a [`Project`]
//! that passes `Project::validate()`. What a project can begin with is a file of the program (`templates`).
//! Not here: what comes from tables (`import`) and what is exported.

mod backups;
#[cfg(test)]
mod crash_tests;
mod damage;
mod fs;
mod layout;
mod linked_path;
mod load;
mod locate;
mod locks;
mod no_file;
mod permits;
mod problem;
mod reach;
#[cfg(test)]
mod reach_tests;
mod read;
mod recovery;
#[cfg(test)]
mod recovery_crash_tests;
#[cfg(test)]
mod recovery_tests;
#[cfg(test)]
mod round_trip;
#[cfg(test)]
mod sample_tests;
mod save;
#[cfg(test)]
mod save_tests;
mod scalar;
pub mod templates;
mod temporary;
mod typed;
mod unusable;
mod v1;
mod words;

use crate::model::Project;

pub use backups::{Backup, Backups, time_of};
pub use damage::Damage;
pub use fs::{About, Disk, FolderLock, Fs, Mode};
pub use linked_path::check_linked_path;
pub use load::{ContentHash, LoadError, Loaded, io_words, load, load_file, load_with_bytes};
pub use locate::locate;
pub use locks::{Holder, Lock, Locks, NotLocked};
pub use no_file::{Handed, NoFile};
pub use permits::Permits;
pub use problem::FileProblem;
pub use reach::{Look, OutsideFile, Reach, Touch, Unread};
pub use read::{MAX_FILE_BYTES, read_project};
pub use recovery::{Found, Origin, Recovery, Snapshot, SnapshotId};
pub use save::{Expected, SaveError, Saved, Saving, create, save, save_over};
pub use typed::{Typed, TypedText};
pub use unusable::Unusable;

/// The text of the example that opens when no file is given.
pub const SAMPLE_TEXT: &str = include_str!("../../assets/sample.waymark.ron");

/// The example project.
pub fn sample() -> Project {
    // Read in a test, so it cannot fail here.
    #[expect(clippy::expect_used, reason = "the text is part of the program and is read in a test")]
    read_project(SAMPLE_TEXT.as_bytes()).expect("the sample is a project file")
}

/// A project as the text of a file of the newest version. The same project gives the same text.
pub fn write_project(project: &Project) -> String {
    // Into a string, and without a map or a type that refuses, nothing can fail.
    let compact = ron::to_string(&v1::File::from(project)).unwrap_or_default();
    layout::laid_out(&compact)
}
