//! Tables on their way into the window: dropped, pasted, or named by a path; read by a job, part by part.

use std::io::{self, Read};
use std::path::Path;
use std::sync::Arc;

use egui::{Context, Event};

use super::services::Files;
use crate::import::{ImportError, MAX_BYTES, WayTo};
use crate::storage::{self, OutsideFile};
use crate::workspace::importing::{Ask, AskSource, FollowAs, find};
use crate::workspace::jobs::{Done, Progress};
use crate::workspace::{Action, ImportAction, ImportSource, Severity, Sheet, Workspace};

/// Bytes between two looks at whether the table is still wanted.
const PART: usize = 1 << 20;

/// Reads a file as far as it may be read. `None` where nobody wants it any more.
pub(super) fn read_parts(file: &mut dyn Read, whole: u64, progress: &Progress) -> io::Result<Option<Vec<u8>>> {
    let most = MAX_BYTES as u64 + 1;
    let mut bytes = Vec::with_capacity(whole.min(most) as usize);
    let mut file = file.take(most);
    loop {
        if progress.is_cancelled() {
            return Ok(None);
        }
        if (&mut file).take(PART as u64).read_to_end(&mut bytes)? == 0 {
            return Ok(Some(bytes));
        }
        // What is made of the bytes takes longer than reading them.
        progress.report(0.3 * (bytes.len() as f64 / whole.max(1) as f64).min(1.0) as f32);
    }
}

/// Looks at a table.
pub(super) fn import(files: &dyn Files, ask: Ask, progress: &Progress) -> Done {
    let bytes = match &ask.source {
        AskSource::Bytes(bytes) => Arc::clone(bytes),
        AskSource::File(path) => match files.read_table(path, progress) {
            Ok(Some(bytes)) if bytes.len() > MAX_BYTES => {
                let limit = ImportError::TooLarge { bytes: bytes.len(), limit: MAX_BYTES };
                return Done::Failed(format!("“{}” is not read: {limit}", path.display()));
            }
            Ok(Some(bytes)) => bytes.into(),
            Ok(None) => return Done::Cancelled,
            Err(problem) => return Done::Failed(format!("“{}” cannot be read: {}", path.display(), storage::io_words(&problem))),
        },
    };
    let inner = inner(files, ask.file.as_deref(), ask.project_path.as_deref());
    find(ask, bytes, inner, progress)
}

/// How the project would name the file, or why it cannot follow it.
fn inner(files: &dyn Files, file: Option<&Path>, project: Option<&Path>) -> Result<FollowAs, String> {
    let Some(file) = file else { return Err("A pasted table is in no file".to_owned()) };
    let Some(project) = project else { return Err("Save the project first: the file is found from its folder".to_owned()) };
    let whole = |path: &Path| files.canonical(path).map_err(|problem| storage::io_words(&problem));
    let (file, project) = (whole(file)?, whole(project)?);
    let folder = project.parent().unwrap_or(&project);
    let WayTo { path, is_outside } = WayTo::new(folder, &file).map_err(|problem| problem.to_string())?;
    Ok(FollowAs { path, outside: is_outside.then(|| OutsideFile { named: file.clone(), real: file }) })
}

/// What is done with files that were dropped: a project is opened, else a table is imported, one at a time.
pub(super) fn dropped(ctx: &Context) -> Vec<Action> {
    let paths: Vec<_> = ctx.input(|i| i.raw.dropped_files.iter().map(|file| file.path().to_path_buf()).collect());
    let Some(taken) = paths.iter().find(|path| !ImportSource::is_table(path)).or(paths.first()) else { return Vec::new() };
    let mut actions = vec![if ImportSource::is_table(taken) {
        ImportAction::Read(ImportSource::File(taken.clone())).into()
    } else {
        Action::OpenPath(taken.clone())
    }];
    if paths.len() > 1 {
        let name = taken.file_name().map_or_else(String::new, |name| name.to_string_lossy().into_owned());
        let others = if paths.len() == 2 { "The other file was".to_owned() } else { format!("The other {} files were", paths.len() - 1) };
        actions.push(Action::ShowToast(Severity::Info, format!("“{name}” was taken. {others} left alone: one at a time.")));
    }
    actions
}

/// A table that is pasted where nothing else takes it.
pub(super) fn pasted(ctx: &Context, workspace: &Workspace) -> Option<Action> {
    let takes_it = ctx.text_edit_focused() || workspace.presentation.is_some() || matches!(workspace.view.sheet, Some(Sheet::Data(_)));
    if takes_it {
        return None;
    }
    ctx.input_mut(|input| {
        let source_of = |event: &Event| match event {
            Event::Paste(text) => ImportSource::pasted(text),
            _ => None,
        };
        let source = input.events.iter().find_map(source_of)?;
        input.events.retain(|event| source_of(event).is_none());
        Some(ImportAction::Read(source).into())
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::workspace::jobs::{Job, Jobs};

    fn read_in_job(bytes: usize) -> Done {
        let mut jobs = Jobs::inline();
        let mut workspace = crate::workspace::Workspace::new(
            storage::sample(),
            "2026-11-21".parse().unwrap(),
            crate::workspace::IdSource::seeded(1),
            crate::workspace::Preferences::default(),
        );
        let effects = workspace.apply(ImportAction::Read(ImportSource::Pasted(Arc::from(&b"a\tb\n"[..]))).into());
        let Some(crate::workspace::Effect::Import { request, .. }) =
            effects.into_iter().find(|e| matches!(e, crate::workspace::Effect::Import { .. }))
        else {
            panic!("the table is looked at")
        };
        jobs.start(Job::new(request, "import", move |progress| {
            let read = read_parts(&mut io::repeat(b'x').take(bytes as u64), bytes as u64, progress).unwrap();
            Done::Failed(read.map_or(0, |bytes| bytes.len()).to_string())
        }));
        jobs.next_outcome().unwrap().done
    }

    #[test]
    fn no_more_is_read_than_a_table_may_have() {
        assert_eq!(read_in_job(3_000_000), Done::Failed("3000000".to_owned()));
        assert_eq!(read_in_job(MAX_BYTES + 5_000_000), Done::Failed((MAX_BYTES + 1).to_string()));
    }
}
