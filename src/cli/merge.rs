//! `waymark merge`.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use clap::{Args, ValueEnum};

use super::args::counted;
use super::console::{Console, Failure, Outcome};
use super::saving::save_over;
use crate::document::merge::{Conflict, Side, merge};
use crate::model::Project;
use crate::storage::{self, Expected, Loaded};

/// Merge what two people made of one project file
///
/// Goals, fields and values are merged one by one. What both changed in two ways is a conflict: it is listed on standard error, OURS is kept
/// unless --prefer says otherwise, and the exit code is 1. The result is a whole project file in either case. As a merge driver of git:
/// waymark merge %O %A %B --out %A
#[derive(Args, Debug)]
pub(super) struct MergeArgs {
    /// The project file that both began with; an empty file where there was none
    base: PathBuf,
    /// What one made of it
    ours: PathBuf,
    /// What the other made of it
    theirs: PathBuf,
    /// Where the result goes; may be one of the three [default: standard output]
    #[arg(long, value_name = "FILE")]
    out: Option<PathBuf>,
    /// Who wins where both changed the same: then there is no conflict
    #[arg(long, value_enum)]
    prefer: Option<Prefer>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Prefer {
    Ours,
    Theirs,
}

fn load(path: &Path) -> Result<Loaded, Failure> {
    storage::load(path).map_err(Failure::bad)
}

pub(super) fn run(args: &MergeArgs, console: &mut Console<'_>) -> Outcome {
    let (Loaded { project: ours, hash: ours_hash }, Loaded { project: theirs, hash: theirs_hash }) =
        (load(&args.ours)?, load(&args.theirs)?);
    let is_new = std::fs::metadata(&args.base).is_ok_and(|file| file.len() == 0);
    let (base, base_hash) = if is_new {
        (Project::empty(ours.id.clone(), ""), None)
    } else {
        let Loaded { project, hash } = load(&args.base)?;
        (project, Some(hash))
    };
    let mut merged = merge(&base, &ours, &theirs, &BTreeMap::new());
    if let Some(prefer) = args.prefer {
        let side = if prefer == Prefer::Ours { Side::Ours } else { Side::Theirs };
        let decided: BTreeMap<_, _> = merged.conflicts.iter().map(|conflict| (conflict.id.clone(), side)).collect();
        merged.project = merge(&base, &ours, &theirs, &decided).project;
        merged.conflicts.clear();
    }
    match &args.out {
        Some(path) => {
            // One of the three must still be what was read from it.
            let read = [(&args.ours, Some(ours_hash)), (&args.theirs, Some(theirs_hash)), (&args.base, base_hash)];
            let known = read.into_iter().find(|(file, _)| is_same(file, path)).and_then(|(_, hash)| hash);
            save_over(console, &merged.project, path, known.map_or(Expected::Anything, Expected::Content))?;
        }
        None => write!(console.out, "{}", storage::write_project(&merged.project))?,
    }
    if merged.conflicts.is_empty() {
        return Ok(());
    }
    for conflict in &merged.conflicts {
        writeln!(console.err, "{}", words(conflict))?;
    }
    let count = counted(merged.conflicts.len(), "conflict");
    Err(Failure::Bad(format!("{count}. The result is a whole project with the side named first; change what should be otherwise.")))
}

fn is_same(one: &Path, other: &Path) -> bool {
    one.canonicalize().is_ok_and(|one| other.canonicalize().is_ok_and(|other| one == other))
}

/// "Key result “Reach 10 M”, target: ours 10 M (kept), theirs 12 M".
fn words(conflict: &Conflict) -> String {
    let Conflict { id, name, ours, theirs, taken } = conflict;
    let field = if id.field.is_empty() { String::new() } else { format!(", {}", id.field) };
    let (first, second) = match taken {
        Side::Ours => (format!("ours {ours}"), format!("theirs {theirs}")),
        Side::Theirs => (format!("theirs {theirs}"), format!("ours {ours}")),
    };
    format!("{name}{field}: {first} (kept), {second}")
}
