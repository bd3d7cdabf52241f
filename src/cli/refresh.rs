//! `waymark refresh`.

use std::path::{Path, PathBuf};

use clap::Args;

use super::args::new_ids;
use super::console::{Console, Failure, Outcome};
use super::import::{SaidAs, tell_rejected, telling};
use crate::document::{self, Edit};
use crate::import::{MAX_BYTES, Refreshed, followed, refresh};
use crate::model::{Date, Project};
use crate::shell::Folders;
use crate::storage::{self, Disk, Look, Reach, Unread, io_words};

/// Read the files again that metrics of a project follow
///
/// Where a file cannot be read, its metrics keep their values, and the project says since when. A file outside the project's folder is read
/// only where you allow it, here or in the window, and a link in the folder that leads out is such a file, too. Exit code 1 where any file
/// was not read.
#[derive(Args, Debug)]
pub(super) struct RefreshArgs {
    /// The project file to change
    file: PathBuf,
    /// Read this file outside the project's folder, too, if a metric follows it; the window does not learn of it. May be given several times
    #[arg(long, value_name = "PATH")]
    allow: Vec<PathBuf>,
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
    let mut reach = Reach::new(project.id.clone(), &args.file, Folders::of_this_user().permits());
    for path in &args.allow {
        reach.allow_once(&Disk, path).map_err(|problem| Failure::Bad(format!("{}: {}", path.display(), io_words(&problem))))?;
    }
    let before = project.clone();
    let (mut failed, mut said) = (0, Vec::new());
    for file in followed(&project) {
        let path = folder_of(&args.file).join(&file.path);
        let Look { outside, bytes } = reach.read(&Disk, &file.path, MAX_BYTES);
        if bytes == Err(Unread::NotAllowed) {
            failed += 1;
            let place = outside.unwrap_or_else(|| path.clone());
            if args.format == SaidAs::Json {
                said.push(serde_json::json!({ "file": file.path, "problem": Unread::NotAllowed.to_string(), "path": place }));
            } else {
                writeln!(
                    console.err,
                    "{}: it is outside the project's folder and was not read; to have it read, add --allow \"{}\", or allow it in the window",
                    file.path,
                    place.display()
                )?;
            }
            continue;
        }
        let bytes = bytes.map_err(|why| why.to_string());
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
