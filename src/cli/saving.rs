//! How a command saves a project: over a file that is what it was when it was read, with the version before put by.

use std::path::Path;

use super::console::{Console, Failure, Outcome};
use crate::model::Project;
use crate::shell::Folders;
use crate::storage::{self, Expected, SaveError, Saved, Saving, io_words};

/// What git calls the files that it hands to a merge driver: it has their versions itself.
const OF_GIT: &str = ".merge_file_";

/// Saves over a file, if it holds what is expected. There is nobody to be asked: where the version before cannot be put by, or the disk does
/// not confirm, that is said and it is saved all the same.
pub(super) fn save_over(console: &mut Console<'_>, project: &Project, path: &Path, expected: Expected) -> Outcome {
    let is_of_git = path.file_name().is_some_and(|name| name.to_string_lossy().starts_with(OF_GIT));
    let backups = Folders::of_this_user().backups().filter(|_| !is_of_git);
    let saving = Saving { expected, backups: backups.as_ref(), ..Saving::default() };
    let saved = match storage::save_over(project, path, &saving) {
        Err(SaveError::Backup { error, .. }) => {
            writeln!(console.err, "{}: the version before could not be put by: {}", path.display(), io_words(&error))?;
            storage::save_over(project, path, &Saving { backups: None, ..saving })
        }
        saved => saved,
    };
    let Saved { is_durable, .. } = saved.map_err(Failure::bad)?;
    if !is_durable {
        writeln!(console.err, "{}: saved, but not confirmed on the disk yet", path.display())?;
    }
    Ok(())
}
