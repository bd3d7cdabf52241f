//! `waymark new`.

use std::path::{Path, PathBuf};

use clap::Args;

use super::args::new_ids;
use super::console::{Console, Failure, Outcome};
use crate::model::Project;
use crate::storage;

/// Make an empty project
#[derive(Args, Debug)]
pub(super) struct NewArgs {
    /// The file to make (name.waymark.ron); one that is there is left alone
    file: PathBuf,
}

pub(super) fn run(args: &NewArgs, console: &mut Console<'_>) -> Outcome {
    let path = &args.file;
    let name = project_name(path).ok_or_else(|| Failure::Misuse(format!("{} names no file", path.display())))?;
    let project = Project::empty(new_ids()?.project(), name);
    storage::create(&project, path).map_err(Failure::bad)?;
    writeln!(console.out, "Made {}", path.display())?;
    Ok(())
}

/// The file's name without its endings.
fn project_name(path: &Path) -> Option<String> {
    let file = path.file_name()?.to_string_lossy();
    let name = file.strip_suffix(".waymark.ron").or_else(|| file.strip_suffix(".ron")).unwrap_or(&file).trim();
    Some(if name.is_empty() { file.into_owned() } else { name.to_owned() })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_project_is_named_after_its_file() {
        for (path, name) in [("/a/ed.waymark.ron", "ed"), ("plan.ron", "plan"), ("plan", "plan"), (".waymark.ron", ".waymark.ron")] {
            assert_eq!(project_name(Path::new(path)).as_deref(), Some(name));
        }
        assert_eq!(project_name(Path::new("/")), None);
    }
}
