//! An export as a job.

use std::sync::Arc;

use crate::model::{Date, Project};
use crate::workspace::ExportRequest;
use crate::workspace::jobs::{Done, Progress};

pub(super) fn export(_project: &Arc<Project>, export: &ExportRequest, _as_of: Date, progress: &Progress) -> Done {
    if progress.is_cancelled() {
        return Done::Cancelled;
    }
    Done::Failed(format!("{} pages cannot be made yet. Nothing was written.", export.format.word()))
}
