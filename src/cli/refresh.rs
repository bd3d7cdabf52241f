//! `waymark refresh`.

use std::path::{Path, PathBuf};

use clap::Args;

use super::args::new_ids;
use super::console::{Console, Failure, Outcome};
use super::import::{SaidAs, tell_rejected, telling};
use crate::document::{self, Edit};
use crate::import::{MAX_BYTES, Refreshed, followed, inner_path, refresh};
use crate::model::{Date, Project};
use crate::storage;

/// Read the files again that metrics of a project follow
///
/// Where a file cannot be read, its metrics keep their values, and the project says since when. Exit code 1 where any failed.
#[derive(Args, Debug)]
pub(super) struct RefreshArgs {
    /// The project file to change
    file: PathBuf,
    /// Say what would change, and change nothing
    #[arg(long)]
    dry_run: bool,
    /// How to say it
    #[arg(long, value_enum, default_value = "text")]
    format: SaidAs,
}

pub(super) fn run(args: &RefreshArgs, console: &mut Console<'_>, today: Date) -> Outcome {
    let storage::Loaded { mut project, hash } = storage::load(&args.file).map_err(Failure::bad)?;
    let mut ids = new_ids()?;
    let before = project.clone();
    let (mut failed, mut said) = (0, Vec::new());
    for file in followed(&project) {
        let path = folder_of(&args.file).join(&file.path);
        let bytes = read_inside(&args.file, &file.path);
        let bytes = bytes.as_deref().map_err(Clone::clone);
        let refreshed = refresh(&project, file, bytes, today, &mut || ids.next_bits());
        failed += usize::from(refreshed.found.is_err());
        if args.format == SaidAs::Json {
            said.push(as_json(&refreshed));
        } else {
            tell(console, &refreshed, &path, &project)?;
        }
        document::apply(&mut project, Edit::Batch(refreshed.edits)).map_err(Failure::bad)?;
    }
    let changed = project != before;
    if changed && !args.dry_run {
        super::saving::save_over(console, &project, &args.file, storage::Expected::Content(hash))?;
    }
    if args.format == SaidAs::Json {
        writeln!(console.out, "{:#}", serde_json::Value::Array(said))?;
    } else {
        match (followed(&project).is_empty(), changed, args.dry_run) {
            (true, ..) => writeln!(console.out, "No metric follows a file")?,
            (_, _, true) => writeln!(console.out, "Nothing was changed")?,
            (_, false, _) => writeln!(console.out, "Nothing is new")?,
            (_, true, false) => writeln!(console.out, "Saved {}", args.file.display())?,
        }
    }
    if failed > 0 {
        Err(Failure::Bad(format!("{failed} of the files could not be taken in; their metrics keep their values")))
    } else {
        Ok(())
    }
}

fn folder_of(project: &Path) -> &Path {
    project.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or_else(|| Path::new("."))
}

/// What is in a linked file. Neither its path nor a link in the folder leads out of the project's folder.
fn read_inside(project: &Path, path: &str) -> Result<Vec<u8>, String> {
    let inner = inner_path(path).map_err(|problem| problem.to_string())?;
    storage::read_inside(project, &inner, MAX_BYTES)
}

fn tell(console: &mut Console<'_>, refreshed: &Refreshed, path: &Path, project: &Project) -> Outcome {
    writeln!(console.out, "{}", refreshed.followed.path)?;
    match &refreshed.found {
        Ok(preview) => {
            tell_rejected(console, path, preview)?;
            for part in &preview.parts {
                telling::tell_part(console, part, &part.known.as_ref().map(ToString::to_string).unwrap_or_default())?;
            }
            telling::tell_dates(console, preview.dates)
        }
        Err(problem) => {
            let names: Vec<&str> = refreshed.followed.metrics.iter().filter_map(|id| project.metric(id)).map(|m| m.name.as_str()).collect();
            writeln!(console.err, "{}: {problem}; kept as they were: {}", refreshed.followed.path, names.join(", "))?;
            Ok(())
        }
    }
}

fn as_json(refreshed: &Refreshed) -> serde_json::Value {
    let Refreshed { followed, found, .. } = refreshed;
    match found {
        Ok(preview) => serde_json::json!({ "file": followed.path, "found": telling::as_json(None, preview) }),
        Err(problem) => serde_json::json!({ "file": followed.path, "problem": problem.to_string() }),
    }
}
