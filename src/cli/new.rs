//! `waymark new`.

use std::path::{Path, PathBuf};

use clap::Args;

use super::args::new_ids;
use super::console::{Console, Failure, Outcome};
use crate::model::{Date, Project};
use crate::storage::{self, templates};

/// Make a project, empty or from a template
#[derive(Args, Debug)]
pub(super) struct NewArgs {
    /// The file to make (name.waymark.ron); one that is there is left alone
    #[arg(required_unless_present = "list_templates")]
    file: Option<PathBuf>,
    /// Begin with the goals, metrics and cycles of a template
    #[arg(long, value_name = "NAME")]
    template: Option<String>,
    /// Show the templates there are
    #[arg(long, conflicts_with_all = ["file", "template"])]
    list_templates: bool,
}

pub(super) fn run(args: &NewArgs, console: &mut Console<'_>, today: Date) -> Outcome {
    // Without a file, only the list can be meant.
    let Some(path) = &args.file else { return list(console) };
    let name = project_name(path).ok_or_else(|| Failure::Misuse(format!("{} names no file", path.display())))?;
    let mut ids = new_ids()?;
    let project = match &args.template {
        None => Project::empty(ids.project(), name),
        Some(template) => {
            templates::instantiate(template, today, &mut || ids.next_bits(), &name).map_err(|e| Failure::Misuse(e.to_string()))?
        }
    };
    storage::create(&project, path).map_err(Failure::bad)?;
    writeln!(console.out, "Made {}", path.display())?;
    Ok(())
}

/// One template a line: its name and whom it is for.
fn list(console: &mut Console<'_>) -> Outcome {
    let width = templates::names().map(str::len).max().unwrap_or(0);
    for template in templates::list() {
        writeln!(console.out, "{:width$}  {}", template.name, template.sentence)?;
    }
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
