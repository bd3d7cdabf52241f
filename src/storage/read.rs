//! From the bytes of a file to a project.

use super::problem::FileProblem;
use super::v1;
use crate::model::Project;

/// Reads a project file. On failure every problem that could be found at once, at least one.
pub fn read_project(text: &[u8]) -> Result<Project, Vec<FileProblem>> {
    let text = std::str::from_utf8(text).map_err(|e| vec![FileProblem { line: 1, column: 1, message: e.to_string() }])?;
    let file: v1::File = ron::from_str(text)
        .map_err(|e| vec![FileProblem { line: e.span.end.line, column: e.span.end.col, message: e.code.to_string() }])?;
    let (project, _) = file.into_project();
    let problems: Vec<_> = project.validate().iter().map(|p| FileProblem { line: 1, column: 1, message: p.to_string() }).collect();
    if problems.is_empty() { Ok(project) } else { Err(problems) }
}
