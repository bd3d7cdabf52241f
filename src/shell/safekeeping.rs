//! What a [`SafekeepingEffect`] does to the world.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use egui::Context;

use super::app::WaymarkApp;
use super::effects::{Purpose, project_filter};
use super::keeper::{self, Keeper, State};
use super::services::Files;
use super::{FileQuestion, FileQuestionKind};
use crate::model::Project;
use crate::storage::{self, Backups, ContentHash, Damage, Expected, Found, LoadError, Loaded, Saving, Snapshot};
use crate::ui::widgets::{self, Typed};
use crate::workspace::jobs::{Done, Job, Opened};
use crate::workspace::safekeeping::{Safe, Unsaved, UnsavedState, Version, VersionHolds, counts_words, difference_lines};
use crate::workspace::{Action, SafekeepingAction, SafekeepingEffect};

impl WaymarkApp {
    pub(super) fn run_safekeeping(&mut self, ctx: &Context, effect: SafekeepingEffect) {
        let files = Arc::clone(&self.services.files);
        let backups = self.services.folders.backups();
        self.last_safekeeping += 1;
        let number = self.last_safekeeping;
        let keeper = self.keeper.clone();
        match effect {
            SafekeepingEffect::Keep { request, project, path, base, typed } => {
                let state = State { project, path, base, typed };
                self.jobs.start(Job::new(request, "recovery", move |_| {
                    // Without a folder nothing is kept, and nothing is said of it each time.
                    let kept = keeper.map_or(Ok(()), |keeper| keeper.keep(number, &state));
                    Done::Safe(kept.map_or_else(Safe::NotKept, |()| Safe::Kept))
                }));
            }
            SafekeepingEffect::Find { request } => self.jobs.start(Job::new(request, "recovery", move |_| {
                Done::Safe(Safe::Found(keeper.map_or_else(Vec::new, |keeper| found(&keeper, &*files, backups.as_ref()))))
            })),
            SafekeepingEffect::Forget => self.with_keeper("recovery", move |keeper| keeper.forget(number)),
            SafekeepingEffect::Discard(id) => self.with_keeper("recovery", move |keeper| keeper.discard(&id)),
            // Before anything else is put by.
            SafekeepingEffect::Take(id) => keeper.into_iter().for_each(|keeper| keeper.take(number, id)),
            SafekeepingEffect::RestoreTexts(texts) => widgets::restore_texts(ctx, texts),
            SafekeepingEffect::ForgetTexts => widgets::forget_waiting_texts(ctx),
            SafekeepingEffect::Release => keeper.into_iter().for_each(|keeper| keeper.release()),
            SafekeepingEffect::Hold { request, path } => self.jobs.start(Job::new(request, "lock", move |_| {
                Done::Safe(Safe::Held(keeper.and_then(|keeper| keeper.hold(number, path.as_ref()))))
            })),
            SafekeepingEffect::ListVersions { request, path, project } => {
                self.jobs.start(Job::new(request, "versions", move |_| {
                    Done::Safe(Safe::Versions(versions(&*files, backups.as_ref(), &path, &project)))
                }));
            }
            SafekeepingEffect::LoadVersion { request, version } => self.jobs.start(Job::new(request, "versions", move |_| {
                Done::Safe(match files.load(&version) {
                    Ok(loaded) => Safe::Version { project: Arc::new(loaded.project), until: storage::time_of(&version) },
                    Err(error) => Safe::Failed(error.to_string()),
                })
            })),
            SafekeepingEffect::AskCopyPath { version, suggested } => {
                let question = FileQuestion {
                    kind: FileQuestionKind::Save,
                    title: "Save a copy of the version".to_owned(),
                    folder: self.folder_of_file(),
                    suggested,
                    filter: Some(project_filter()),
                };
                self.ask(question, Purpose::Version(version));
            }
            SafekeepingEffect::CopyVersion { request, version, to, overwrite } => {
                self.jobs.start(Job::new(request, "versions", move |_| {
                    Done::Safe(copy(&*files, backups.as_ref(), &version, to, overwrite).map_or_else(Safe::Failed, Safe::Copied))
                }));
            }
        }
    }

    /// Does a small thing that nobody waits for, but the end of the program.
    fn with_keeper(&mut self, name: &str, work: impl FnOnce(&Keeper) + Send + 'static) {
        let Some(keeper) = self.keeper.clone() else { return };
        let handle = self.services.spawn(name, move || work(&keeper));
        self.writing.retain(|handle| !handle.is_finished());
        self.writing.extend(handle);
    }

    /// Has the present state put by if the program panics.
    pub(super) fn guard_unsaved(&mut self) {
        let Some(keeper) = self.keeper.as_ref().filter(|_| self.guards_panics) else { return };
        let document = &self.workspace.document;
        // What is guarded is copied by the next change: not in every frame of a drag.
        if document.in_transaction() {
            return;
        }
        let now = self.workspace.unsaved_now();
        if now == self.guarded {
            return;
        }
        self.guarded = now;
        keeper::guard(now.map(|_| {
            let file = &self.workspace.file;
            let base = file.stored.as_ref().map(|stored| stored.hash);
            let typed = self.workspace.typed().clone();
            (Arc::clone(keeper), State { project: self.workspace.project_as_typed(), path: file.path.clone(), base, typed })
        }));
    }
}

/// What is being typed in a field for long texts is put by and changes nothing yet. Where the same frame brings another edit, both are meant.
pub(super) fn hold_typed(ctx: &Context, actions: &mut Vec<Action>) {
    let is_edit = |action: &Action| matches!(action, Action::Edit { .. });
    match widgets::take_typed(ctx) {
        None => {}
        Some(Typed::Gone) => actions.push(Action::Safekeeping(SafekeepingAction::Draft(None))),
        Some(Typed::SoFar) => {
            let mut edits = actions.iter_mut().filter(|action| is_edit(action));
            if let (Some(only), None) = (edits.next(), edits.next())
                && let Action::Edit { edit, .. } = only
            {
                let edit = edit.clone();
                *only = Action::Safekeeping(SafekeepingAction::Draft(Some(Box::new(edit))));
            }
        }
    }
}

/// What windows left behind that are gone; newest first, what cannot be used last. What is in its file by now is removed; what cannot be used
/// stays until somebody discards it.
fn found(keeper: &Keeper, files: &dyn Files, backups: Option<&Backups>) -> Vec<Unsaved> {
    let listed = keeper.recovery.list().unwrap_or_else(|error| {
        log::warn!("unsaved changes could not be looked for: {error}");
        Vec::new()
    });
    let mut unsaved = Vec::new();
    for one in listed {
        let id = match one {
            Found::Snapshot(id) => id,
            Found::Foreign(path) => {
                match keeper.recovery.look_at(&path) {
                    Some(broken) => unsaved.push(Unsaved { id: Found::Foreign(path), state: UnsavedState::Broken(broken) }),
                    None => log::warn!("{} is no snapshot of unsaved changes and was left alone", path.display()),
                }
                continue;
            }
        };
        if !keeper.claim(id) {
            continue;
        }
        match keeper.recovery.read(id) {
            Ok(snapshot) => match whole(snapshot, files, backups) {
                Some(state) => unsaved.push(Unsaved { id: Found::Snapshot(id), state }),
                None => keeper.discard(&Found::Snapshot(id)),
            },
            Err(broken) => unsaved.push(Unsaved { id: Found::Snapshot(id), state: UnsavedState::Broken(broken) }),
        }
    }
    let place = |unsaved: &Unsaved| match &unsaved.state {
        UnsavedState::Whole { at, .. } => (true, Some(*at)),
        UnsavedState::Broken(broken) => (false, broken.at),
    };
    unsaved.sort_by_key(|unsaved| std::cmp::Reverse(place(unsaved)));
    unsaved
}

/// A snapshot against its file as it is now; `None` where that holds the same.
fn whole(snapshot: Snapshot, files: &dyn Files, backups: Option<&Backups>) -> Option<UnsavedState> {
    let Snapshot { origin: storage::Origin { at, path, base: expected, typed }, project, .. } = snapshot;
    let loaded = path.as_deref().map(|path| files.load(path));
    let (base, hash, now, note) = match loaded {
        Some(Ok(Loaded { project: there, .. })) if there == project && typed.is_empty() => return None,
        Some(Ok(Loaded { project: there, hash })) if Some(hash) == expected => (Some(there.clone()), Some(hash), Some(there), None),
        Some(Ok(Loaded { project: there, hash })) => {
            // With the version that the changes were made of, saving merges both.
            let common = path.as_deref().zip(expected).and_then(|(path, expected)| version_of(backups?, files, &project, path, expected));
            match common {
                Some(common) => {
                    (Some(common), expected, Some(there), Some("The file was changed since. Saving asks to bring both together."))
                }
                None => (
                    Some(there.clone()),
                    Some(hash),
                    Some(there),
                    Some("The file was changed since. Saving would take back what it gained, as listed."),
                ),
            }
        }
        Some(Err(LoadError::Unreadable { error, .. })) if error.kind() == std::io::ErrorKind::NotFound => {
            (None, None, None, Some("The file is not there any more. Saving writes it again."))
        }
        Some(Err(_)) => (None, None, None, Some("The file cannot be read any more. Saving asks before it is replaced.")),
        None => {
            let sample = Some(storage::sample()).filter(|sample| sample.id == project.id);
            (sample.clone(), None, sample, None)
        }
    };
    let lines = now.map_or_else(|| vec![counts_words(&project)], |now| difference_lines(&now, &project));
    let read_only = path.as_deref().is_some_and(|path| files.is_read_only(path));
    Some(UnsavedState::Whole { project: Arc::new(project), at, path, base: base.map(Arc::new), hash, read_only, lines, note, typed })
}

/// The version of a file that held exactly this.
fn version_of(backups: &Backups, files: &dyn Files, project: &Project, path: &Path, hash: ContentHash) -> Option<Project> {
    let listed = backups.list(&project.id, path).ok()?;
    let found = listed.into_iter().find(|backup| files.read(&backup.path).is_ok_and(|bytes| ContentHash::of(&bytes) == hash))?;
    files.load(&found.path).ok().map(|loaded| loaded.project)
}

fn versions(files: &dyn Files, backups: Option<&Backups>, path: &Path, now: &Project) -> Result<Vec<Version>, String> {
    let backups = backups.ok_or("This computer has no folder to keep versions in.")?;
    let listed =
        backups.list(&now.id, path).map_err(|error| format!("Earlier versions cannot be listed: {}.", storage::io_words(&error)))?;
    let version = |backup: storage::Backup| {
        let holds = match files.load(&backup.path) {
            Ok(loaded) => Ok(VersionHolds { counts: counts_words(&loaded.project), since: difference_lines(&loaded.project, now) }),
            Err(error) => Err(error.to_string()),
        };
        Version { path: backup.path, until: backup.until, holds }
    };
    Ok(listed.into_iter().map(version).collect())
}

fn copy(files: &dyn Files, backups: Option<&Backups>, version: &Path, to: PathBuf, overwrite: bool) -> Result<PathBuf, String> {
    let project = files.load(version).map_err(|error| error.to_string())?.project;
    let saved = if overwrite {
        files.save(&project, &to, &Saving { expected: Expected::Anything, backups, ..Saving::default() })
    } else {
        files.create(&project, &to)
    };
    saved.map(|_| to).map_err(|error| error.to_string())
}

/// What comes of a file that gives no project: damaged, the newest version of it that can be read is offered.
pub(super) fn not_loaded(files: &dyn Files, backups: Option<&Backups>, path: PathBuf, problem: &LoadError) -> Done {
    let bytes = match problem {
        LoadError::Problems { .. } => files.read(&path).ok(),
        LoadError::Unreadable { .. } => None,
    };
    let Some((bytes, damage)) = bytes.and_then(|bytes| Damage::of(&bytes).map(|damage| (bytes, damage))) else {
        return Done::Failed(problem.to_string());
    };
    match backups.and_then(|backups| backups.newest_sound(&path)) {
        Some((backup, project)) => {
            let read_only = files.is_read_only(&path);
            // Saving over the damaged file is what opening the version is for.
            let version = Opened { project: Arc::new(project), path: Some(path), read_only, hash: Some(ContentHash::of(&bytes)) };
            Done::Safe(Safe::Damaged { damage, until: backup.until, version })
        }
        None => Done::Failed(format!("{problem}\n{}: {damage}. Waymark kept no earlier version of it.", path.display())),
    }
}
