//! An export as a job, and what the clipboard is to hold as another.

use std::ops::ControlFlow;
use std::sync::Arc;

use crate::export::{self, ExportError};
use crate::model::{Date, Project};
use crate::workspace::ExportRequest;
use crate::workspace::jobs::{Done, Progress};

pub(super) fn export(project: &Arc<Project>, export: &ExportRequest, as_of: Date, progress: &Progress) -> Done {
    let request = ExportRequest { as_of: export.as_of.or(Some(as_of)), ..export.clone() };
    let mut watch = |share| {
        progress.report(share);
        if progress.is_cancelled() { ControlFlow::Break(()) } else { ControlFlow::Continue(()) }
    };
    match export::run_watched(project, &request, as_of, &mut watch) {
        Ok(paths) => Done::Exported(paths),
        Err(ExportError::Cancelled) => Done::Cancelled,
        Err(ExportError::Exists(path)) => Done::Exists(path),
        Err(error) => Done::Failed(error.to_string()),
    }
}

pub(super) fn copy(project: &Arc<Project>, request: &ExportRequest, as_of: Date, progress: &Progress) -> Done {
    let mut watch = |share| {
        progress.report(share);
        if progress.is_cancelled() { ControlFlow::Break(()) } else { ControlFlow::Continue(()) }
    };
    match export::clip(project, request, as_of, &mut watch) {
        Ok((clip, pages)) => Done::Copied { clip, pages },
        Err(ExportError::Cancelled) => Done::Cancelled,
        Err(error) => Done::Failed(error.to_string()),
    }
}
