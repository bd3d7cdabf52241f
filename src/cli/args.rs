//! Arguments that several commands share.

use std::collections::BTreeSet;
use std::path::PathBuf;

use clap::Args;

use super::console::Failure;
use crate::model::{Date, GoalId, Project};
use crate::shell::Folders;
use crate::storage::{self, Fs as _};
use crate::workspace::IdSource;
use crate::workspace::safekeeping::time_words;

/// Which project a command is about.
#[derive(Args, Debug)]
#[group(required = true, multiple = false)]
pub(super) struct Source {
    /// A project file (name.waymark.ron)
    file: Option<PathBuf>,
    /// The built-in sample project
    #[arg(long)]
    sample: bool,
}

impl Source {
    pub(super) fn load(&self) -> Result<Project, Failure> {
        match &self.file {
            Some(path) => Ok(storage::load(path).map_err(Failure::bad)?.project),
            None => Ok(storage::sample()),
        }
    }

    /// The goals of these ids or titles.
    pub(super) fn goals(&self, project: &Project, names: &[String]) -> Result<BTreeSet<GoalId>, Failure> {
        let found = names.iter().map(|name| {
            let missing = || Failure::Bad(format!("there is no goal {name:?} in {}; ids and titles must match exactly", self.name()));
            project.find_goal(name).map(|goal| goal.id.clone()).ok_or_else(missing)
        });
        found.collect()
    }

    /// The project, and the text that its places are in.
    pub(super) fn load_with_text(&self) -> Result<(Project, String), Failure> {
        let (project, text) = match &self.file {
            Some(path) => {
                let (loaded, bytes) = storage::load_with_bytes(path).map_err(Failure::bad)?;
                (loaded.project, String::from_utf8_lossy(&bytes).into_owned())
            }
            None => (storage::sample(), storage::SAMPLE_TEXT.to_owned()),
        };
        // As the file is read: a byte order mark takes no column.
        let text = text.strip_prefix('\u{feff}').map(str::to_owned).unwrap_or(text);
        Ok((project, text))
    }

    /// Adds to why a file cannot be read what happened to it, and which version of it can be read, where that is known.
    pub(super) fn with_damage(&self, failure: Failure) -> Failure {
        let (Failure::Bad(reason), Some(path)) = (&failure, &self.file) else { return failure };
        if storage::Disk.check_file(path, storage::Handed::IsFile).is_err() {
            // What a pipe held is gone.
            return failure;
        }
        // Never more than a project may have: a device has no end.
        let bytes = storage::Disk.read(path, storage::MAX_FILE_BYTES).ok().filter(|bytes| bytes.len() as u64 <= storage::MAX_FILE_BYTES);
        let Some(damage) = bytes.and_then(|bytes| storage::Damage::of(&bytes)) else { return failure };
        let kept = Folders::of_this_user().backups().and_then(|backups| backups.newest_sound(path));
        let version = kept.map_or_else(
            || "Waymark kept no earlier version of it".to_owned(),
            |(backup, _)| {
                let until = backup.until.map_or_else(String::new, |until| format!(" of {}", time_words(until)));
                format!("the newest version that can be read{until} is {}", backup.path.display())
            },
        );
        Failure::Bad(format!("{}\n{}: {damage}; {version}", reason.trim_end(), path.display()))
    }

    /// Whether a path leads to the very file.
    pub(super) fn is_file(&self, path: &std::path::Path) -> bool {
        let real = |path: &std::path::Path| path.canonicalize().ok();
        self.file.as_deref().is_some_and(|file| real(file).is_some_and(|file| real(path) == Some(file)))
    }

    /// How messages name it.
    pub(super) fn name(&self) -> String {
        self.file.as_ref().map_or_else(|| "the sample".to_owned(), |path| path.display().to_string())
    }
}

/// "1 row", "2 rows".
pub(super) fn counted(n: usize, what: &str) -> String {
    if n == 1 { format!("1 {what}") } else { format!("{n} {what}s") }
}

/// Ids for what a command makes.
pub(super) fn new_ids() -> Result<IdSource, Failure> {
    IdSource::from_system().ok_or_else(|| Failure::Bad("the system gives no random numbers, so nothing new can be named".to_owned()))
}

/// A day as 2026-03-01.
pub(super) fn parse_date(text: &str) -> Result<Date, String> {
    text.parse().ok().ok_or_else(|| format!("{text:?} is no date; write it as 2026-03-01"))
}

/// A finite number with a decimal point.
pub(super) fn parse_number(text: &str) -> Result<f64, String> {
    text.parse::<f64>().ok().filter(|v| v.is_finite()).ok_or_else(|| format!("{text:?} is no number; write it as 95 or 99.5"))
}

/// `COLUMN=VALUE`.
pub(super) fn parse_filter(text: &str) -> Result<(String, String), String> {
    match text.split_once('=') {
        Some((column, value)) if !column.trim().is_empty() => Ok((column.trim().to_owned(), value.to_owned())),
        _ => Err(format!("{text:?} is no filter; write it as COLUMN=VALUE")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn arguments_say_how_they_are_written() {
        assert_eq!(parse_filter("type=a=b"), Ok(("type".to_owned(), "a=b".to_owned())));
        assert_eq!(parse_number("-0.5"), Ok(-0.5));
        assert!(parse_number("inf").is_err() && parse_number("95%").is_err());
        assert!(parse_filter("type").is_err() && parse_filter("=1").is_err());
        assert_eq!(parse_date("1 May").unwrap_err(), "\"1 May\" is no date; write it as 2026-03-01");
    }
}
