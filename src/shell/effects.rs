//! What an [`Effect`] does to the world.

use std::collections::BTreeMap;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use egui::{Context, ViewportCommand};

use super::app::WaymarkApp;
use super::safekeeping::not_loaded;
use super::services::Files;
use super::{FileAnswer, FileQuestion, FileQuestionKind, preferences};
use crate::document::merge::{ConflictId, Side};
use crate::document::{SavePoint, redacted};
use crate::import::MAX_BYTES;
use crate::model::Project;
use crate::storage::{self, Backups, Expected, LoadError, Loaded, Permits, Reach, SaveError, Saving};
use crate::ui::frame::{self, PathDraft};
use crate::workspace::importing::TABLE_ENDINGS;
use crate::workspace::jobs::{Done, Job, Opened, Picture};
use crate::workspace::{
    Action, Effect, ExportRequest, ImportAction, ImportSource, Outside, OutsideDone, OutsideEffect, OutsideWanted, Over, Permit, Redaction,
    Refusal, SafekeepingAction, SaveWay, Stored, bring_together, read_linked, work_out,
};

/// What a path was asked for.
#[derive(Clone, Debug)]
pub(super) enum Purpose {
    Open,
    Save,
    Redact(Redaction),
    Export(ExportRequest),
    Import,
    /// A copy of this earlier version.
    Version(PathBuf),
}

impl WaymarkApp {
    pub(super) fn run_effects(&mut self, ctx: &Context, effects: Vec<Effect>) {
        for effect in effects {
            self.run_effect(ctx, effect);
        }
    }

    fn run_effect(&mut self, ctx: &Context, effect: Effect) {
        match effect {
            Effect::AskOpenPath => {
                let question = FileQuestion {
                    kind: FileQuestionKind::Open,
                    title: "Open a project".to_owned(),
                    folder: self.folder_of_file(),
                    suggested: String::new(),
                    filter: Some(project_filter()),
                };
                self.ask(question, Purpose::Open);
            }
            Effect::AskSavePath { suggested } => {
                let question = FileQuestion {
                    kind: FileQuestionKind::Save,
                    title: "Save the project".to_owned(),
                    folder: self.folder_of_file(),
                    suggested,
                    filter: Some(project_filter()),
                };
                self.ask(question, Purpose::Save);
            }
            Effect::AskRedactedPath { suggested, redaction } => {
                let question = FileQuestion {
                    kind: FileQuestionKind::Save,
                    title: "Save a redacted copy".to_owned(),
                    folder: self.folder_of_file(),
                    suggested,
                    filter: Some(project_filter()),
                };
                self.ask(question, Purpose::Redact(redaction));
            }
            Effect::AskExportPath { suggested, request } => {
                let one_file = request.is_one_file();
                let question = FileQuestion {
                    kind: if one_file { FileQuestionKind::Save } else { FileQuestionKind::Folder },
                    title: if one_file { "Export to a file" } else { "Export to a folder" }.to_owned(),
                    folder: self.folder_of_file(),
                    suggested,
                    filter: one_file.then(|| (request.format.word().to_owned(), vec![request.format.extension().to_owned()])),
                };
                self.ask(question, Purpose::Export(request));
            }
            Effect::AskImportPath => {
                let endings = TABLE_ENDINGS.map(str::to_owned).to_vec();
                let question = FileQuestion {
                    kind: FileQuestionKind::Open,
                    title: "Import a table".to_owned(),
                    folder: self.folder_of_file(),
                    suggested: String::new(),
                    filter: Some(("Table".to_owned(), endings)),
                };
                self.ask(question, Purpose::Import);
            }
            Effect::Import { request, ask } => {
                let files = Arc::clone(&self.services.files);
                self.jobs.start(Job::new(request, "import", move |progress| super::importing::import(&*files, *ask, progress)));
            }
            Effect::Load { request, path } => {
                let (files, backups) = (Arc::clone(&self.services.files), self.services.folders.backups());
                self.jobs.start(Job::new(request, "open", move |_| load(&*files, backups.as_ref(), path)));
            }
            Effect::LoadSample { request } => self.jobs.start(Job::new(request, "open", |_| {
                Done::Loaded(Opened { project: Arc::new(storage::sample()), path: None, read_only: false, hash: None })
            })),
            Effect::Save { request, project, path, save_point, way } => {
                let (files, backups) = (Arc::clone(&self.services.files), self.services.folders.backups());
                self.jobs.start(Job::new(request, "save", move |_| save(&*files, backups.as_ref(), project, path, save_point, way)));
            }
            Effect::Bring { request, path, base, mine, theirs, chosen } => {
                let files = Arc::clone(&self.services.files);
                self.jobs.start(Job::new(request, "comparison with the file", move |_| bring(&*files, path, &base, mine, theirs, &chosen)));
            }
            Effect::Refresh { request, project, path, today } => {
                let files = Arc::clone(&self.services.files);
                let reach = Reach::new(project.id.clone(), &path, self.services.folders.permits());
                self.jobs.start(Job::new(request, "refresh", move |progress| {
                    let mut read = |path: &str| reach.read(&*files, path, MAX_BYTES);
                    let mut goes_on = |share| {
                        progress.report(share);
                        !progress.is_cancelled()
                    };
                    read_linked(&project, today, &mut read, &mut goes_on).map_or(Done::Cancelled, |found| Done::Refreshed(Box::new(found)))
                }));
            }
            Effect::Outside { request, effect } => {
                let (files, permits) = (Arc::clone(&self.services.files), self.services.folders.permits());
                self.jobs.start(Job::new(request, "a linked file", move |_| settle_outside(&*files, permits, effect)));
            }
            Effect::Redact { request, project, redaction, path, overwrite } => {
                let (files, backups) = (Arc::clone(&self.services.files), self.services.folders.backups());
                self.jobs.start(Job::new(request, "redacted copy", move |_| {
                    let copy = redacted::copy(&project, &redaction.without);
                    let over = Saving { expected: Expected::Anything, cut_names: false, write_protected: false, backups: backups.as_ref() };
                    let saved = if overwrite { files.save(&copy, &path, &over) } else { files.create(&copy, &path) };
                    match saved {
                        Ok(_) => Done::Exported(vec![path]),
                        Err(SaveError::Exists { path }) => Done::Exists(path),
                        Err(problem) => Done::Failed(problem.to_string()),
                    }
                }));
            }
            Effect::Export { request, project, export, as_of } => {
                self.jobs.start(Job::new(request, "export", move |progress| super::exporting::export(&project, &export, as_of, progress)));
            }
            Effect::Forecast { request, project, wanted } => {
                self.jobs.start(Job::new(request, "forecast", move |progress| work_out(&project, wanted, progress)));
            }
            Effect::CancelJob(request) => self.jobs.cancel(request),
            Effect::Safekeeping(effect) => self.run_safekeeping(ctx, effect),
            Effect::Copy { request, project, export, as_of } => {
                self.jobs.start(Job::new(request, "copy", move |progress| super::exporting::copy(&project, &export, as_of, progress)));
            }
            Effect::CopyText(text) => ctx.copy_text(text),
            Effect::CopyPicture(Picture { width, height, rgba }) => {
                ctx.copy_image(egui::ColorImage::from_rgba_unmultiplied([width, height], &rgba));
            }
            Effect::SetTheme(_) => {
                // A choice made in the window replaces the one of the command line.
                self.theme_of_this_run = None;
                ctx.request_repaint();
            }
            Effect::SetZoom(zoom) => ctx.set_zoom_factor(zoom),
            Effect::ToggleFullScreen => {
                let full = ctx.input(|i| i.viewport().fullscreen.unwrap_or(false));
                ctx.send_viewport_cmd(ViewportCommand::Fullscreen(!full));
            }
            Effect::BeginPresenting => self.presenting.begin(ctx),
            Effect::EndPresenting => self.presenting.end(ctx),
            Effect::SwapDisplays => self.presenting.swap(ctx),
            Effect::SetTitle(title) => ctx.send_viewport_cmd(ViewportCommand::Title(title)),
            Effect::FocusFilter => {
                ctx.memory_mut(|m| m.request_focus(frame::filter_id()));
                ctx.request_repaint();
            }
            Effect::SavePreferences => self.save_preferences(),
            Effect::CloseWindow => {
                self.closing = true;
                ctx.send_viewport_cmd(ViewportCommand::Close);
            }
            Effect::Wake => ctx.request_repaint(),
        }
    }

    pub(super) fn folder_of_file(&self) -> Option<PathBuf> {
        let last = self.workspace.file.path.as_ref().or_else(|| self.workspace.preferences.recent.first());
        last.and_then(|path| path.parent()).filter(|folder| folder.is_dir()).map(Path::to_path_buf)
    }

    /// Asks for a path; the answer comes in a later frame.
    pub(super) fn ask(&mut self, question: FileQuestion, purpose: Purpose) {
        let (answers, waker) = (self.answers.clone(), Arc::clone(&self.services.waker));
        let typed = PathDraft::new(&question.title, purpose.verb(), suggested_path(&question));
        self.services.dialogs.ask(
            question,
            Box::new(move |answer| {
                // Nobody is left to hear it when the window has closed.
                drop(answers.send((purpose, typed, answer)));
                waker();
            }),
        );
    }

    /// What dialogs have answered since the last frame.
    pub(super) fn take_answers(&mut self) -> Vec<Action> {
        let mut actions = Vec::new();
        while let Ok((purpose, typed, answer)) = self.dialog_answers.try_recv() {
            match answer {
                FileAnswer::Picked(path) => actions.push(purpose.picked(path)),
                FileAnswer::Cancelled => actions.push(Action::DialogCancelled),
                FileAnswer::Unavailable => self.typed_path = Some((purpose, typed)),
            }
        }
        actions
    }

    /// Writes the preferences; of two writes that overlap the later one stays.
    pub(super) fn save_preferences(&mut self) {
        let Some(path) = preferences_path(&self.services.folders) else { return };
        let text = preferences::text(&self.workspace.preferences);
        let files = Arc::clone(&self.services.files);
        self.preferences_written += 1;
        let (number, newest) = (self.preferences_written, Arc::clone(&self.newest_preferences));
        let handle = self.services.spawn("preferences", move || {
            let mut newest = newest.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
            if *newest >= number {
                return;
            }
            *newest = number;
            if let Err(problem) = files.write(&path, text.as_bytes()) {
                log::warn!("the preferences could not be written to {}: {problem}", path.display());
            }
        });
        self.writing.retain(|handle| !handle.is_finished());
        self.writing.extend(handle);
    }
}

/// Asks, remembers or forgets whether a project may read a file outside its folder.
fn settle_outside(files: &dyn Files, permits: Option<Permits>, effect: OutsideEffect) -> Done {
    let OutsideEffect { project, file, wanted } = effect;
    let reach = Reach::new(project.clone(), &file, permits);
    match wanted {
        OutsideWanted::LookUp(path) => match reach.look_up(files, &path) {
            Ok(leads_to) => Done::Outside(OutsideDone::Found { project, file, path, leads_to }),
            Err(why) => Done::Failed(why),
        },
        OutsideWanted::Allow(leads_to) => match reach.allow(files, &leads_to) {
            Ok(()) => Done::Outside(OutsideDone::Settled { file }),
            Err(why) => Done::Failed(format!("That it may be read cannot be kept: {why}")),
        },
        OutsideWanted::TakeBack(path) => match reach.take_back(files, &path) {
            Ok(()) => Done::Outside(OutsideDone::Settled { file }),
            Err(why) => Done::Failed(format!("That it may be read cannot be taken back: {why}")),
        },
    }
}

pub(super) fn preferences_path(folders: &super::Folders) -> Option<PathBuf> {
    Some(folders.config.as_ref()?.join("preferences.ron"))
}

fn load(files: &dyn Files, backups: Option<&Backups>, path: PathBuf) -> Done {
    match files.load(&path) {
        Ok(loaded) => {
            let read_only = files.is_read_only(&path);
            Done::Loaded(Opened { project: Arc::new(loaded.project), path: Some(path), read_only, hash: Some(loaded.hash) })
        }
        Err(problem) => not_loaded(files, backups, path, &problem),
    }
}

/// Reads what others made of a file, unless that is known, and makes one project of both.
fn bring(
    files: &dyn Files,
    path: PathBuf,
    base: &Project,
    mine: Arc<Project>,
    theirs: Option<Stored>,
    chosen: &BTreeMap<ConflictId, Side>,
) -> Done {
    let read = || files.load(&path).map(|Loaded { project, hash }| Stored { hash, project: Arc::new(project) });
    let theirs = match theirs.map_or_else(read, Ok) {
        Ok(theirs) => theirs,
        Err(LoadError::Unreadable { error, .. }) if error.kind() == io::ErrorKind::NotFound => return Done::NotBrought(Outside::Gone),
        Err(problem) => {
            let why = match problem {
                LoadError::Unreadable { error, .. } => format!("What the computer says: {}.", storage::io_words(&error)),
                // Which file it is, is said before.
                LoadError::Problems { problems, .. } => {
                    problems.first().map_or_else(String::new, |first| format!("Line {}: {}.", first.line, first.message))
                }
            };
            return Done::NotBrought(Outside::Unreadable { why });
        }
    };
    if theirs.project.id != base.id {
        let read_only = files.is_read_only(&path);
        return Done::Another(Opened { project: theirs.project, path: Some(path), read_only, hash: Some(theirs.hash) });
    }
    Done::Brought(Box::new(bring_together(base, mine, theirs, chosen)))
}

fn save(files: &dyn Files, backups: Option<&Backups>, project: Arc<Project>, path: PathBuf, save_point: SavePoint, way: SaveWay) -> Done {
    if matches!(way.over, Over::Known(_)) && !way.allows(Permit::Anew) && !files.exists(&path) {
        return Done::NotSaved { path, way, refusal: Refusal::Gone };
    }
    let saving = |expected| Saving {
        expected,
        cut_names: way.allows(Permit::CutNames),
        write_protected: way.allows(Permit::WriteProtected),
        backups: backups.filter(|_| !way.allows(Permit::NoBackup)),
    };
    let saved = match way.over {
        Over::Nothing => files.create(&project, &path),
        Over::Known(hash) => files.save(&project, &path, &saving(Expected::Content(hash))),
        Over::Anything => files.save(&project, &path, &saving(Expected::Anything)),
    };
    match saved {
        Ok(saved) => Done::Saved { path, save_point, stored: Stored { hash: saved.hash, project }, is_durable: saved.is_durable },
        Err(SaveError::Exists { path }) => Done::Exists(path),
        Err(problem) => {
            log::warn!("{problem}");
            Done::NotSaved { path, refusal: Refusal::from(&problem), way }
        }
    }
}

/// What somebody who types a path begins with.
fn suggested_path(question: &FileQuestion) -> String {
    let folder = question.folder.clone().or_else(|| std::env::current_dir().ok()).unwrap_or_default();
    folder.join(&question.suggested).display().to_string()
}

pub(super) fn project_filter() -> (String, Vec<String>) {
    ("Waymark project".to_owned(), vec!["waymark.ron".to_owned(), "ron".to_owned()])
}

impl Purpose {
    fn verb(&self) -> &'static str {
        match self {
            Self::Open => "Open",
            Self::Save | Self::Redact(_) => "Save",
            Self::Export(_) => "Export",
            Self::Import => "Import",
            Self::Version(_) => "Save a copy",
        }
    }

    /// A dialog has asked before it names a file that is there.
    fn picked(self, path: PathBuf) -> Action {
        match self {
            Self::Open => Action::OpenPath(path),
            // A name that still gets its ending is not the one that the dialog asked about.
            Self::Save if has_ending(&path) => Action::SaveOver(path),
            Self::Save => Action::SavePath(path),
            Self::Redact(redaction) => Action::RedactTo { overwrite: has_ending(&path), path, redaction },
            Self::Export(request) => {
                // Where the ending is still to be set, nobody was asked about the file of that name.
                let overwrite = !request.is_one_file() || path.extension().is_some();
                Action::Export(ExportRequest { path: Some(path), overwrite, ..request })
            }
            Self::Import => ImportAction::Read(ImportSource::File(path)).into(),
            Self::Version(version) => copy_version(version, path, true),
        }
    }

    /// A typed path has not been asked about.
    pub(super) fn typed(self, path: PathBuf) -> Action {
        match self {
            Self::Open => Action::OpenPath(path),
            Self::Save => Action::SavePath(path),
            Self::Redact(redaction) => Action::RedactTo { overwrite: false, path, redaction },
            Self::Export(request) => Action::Export(ExportRequest { path: Some(path), overwrite: false, ..request }),
            Self::Import => ImportAction::Read(ImportSource::File(path)).into(),
            Self::Version(version) => copy_version(version, path, false),
        }
    }
}

fn copy_version(version: PathBuf, to: PathBuf, overwrite: bool) -> Action {
    Action::Safekeeping(SafekeepingAction::CopyVersionTo { version, to, overwrite })
}

fn has_ending(path: &Path) -> bool {
    path.extension().is_some_and(|ending| ending.eq_ignore_ascii_case("ron"))
}
