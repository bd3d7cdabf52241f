//! Exports as programs that others wrote see them. A check whose program is not installed says so and passes.

#![expect(clippy::unwrap_used, reason = "what a test cannot do without fails it")]
#![expect(clippy::print_stderr, reason = "a test that skips says so")]

#[path = "support/hostile.rs"]
mod hostile;
#[path = "outside/html.rs"]
mod html;
#[path = "outside/pdf.rs"]
mod pdf;
#[path = "outside/pptx.rs"]
mod pptx;
#[path = "outside/redacted.rs"]
mod redacted;
#[path = "support/secrets.rs"]
mod secrets;

use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use waymark::export;
use waymark::model::Project;
use waymark::workspace::{ExportFormat, ExportRequest, ExportWhat, NamedSize};

/// Runs a program; `None`, with a line that says so, where there is none of that name.
fn program(name: &str, arguments: &[&str], files: &[&Path]) -> Option<Output> {
    let output = Command::new(name).args(arguments).args(files).output();
    match output {
        Ok(output) => Some(output),
        Err(error) => {
            skipped(&format!("{name} cannot be run here ({error})"));
            None
        }
    }
}

fn skipped(why: &str) {
    eprintln!("skipped: {why}");
}

fn said(output: &Output) -> String {
    format!("{}{}", String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr))
}

/// The files of an export, in a folder. `size` is a name, such as `a4`.
fn exported(project: &Project, what: ExportWhat, format: ExportFormat, size: &str, folder: &Path) -> Vec<PathBuf> {
    let size = NamedSize::ALL.iter().find(|named| named.slug == size).unwrap().size;
    let path = Some(folder.join(format!("export.{}", format.extension())));
    let request = ExportRequest { size, scale: 1.0, path, overwrite: true, ..ExportRequest::of(what, format) };
    export::run(project, &request, project.settings.as_of.unwrap_or_default()).unwrap()
}
