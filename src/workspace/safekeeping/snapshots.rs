//! Unsaved changes: put by about a second after they were made, and offered when a window is gone that had some.

use std::collections::BTreeSet;
use std::path::PathBuf;
use std::sync::Arc;

use chrono::NaiveDateTime;

use super::{Safekeeping, SafekeepingAction, SafekeepingEffect};
use crate::document::{Edit, Revision};
use crate::model::Project;
use crate::storage::{ContentHash, Found, Typed, TypedText, Unusable};
use crate::workspace::jobs::{Opened, RequestId};
use crate::workspace::{Action, Effect, Question, Severity, Stored, Workspace};

/// Seconds from a change until it is put by.
const DELAY: f64 = 1.0;

/// What is put by of this window, and what is offered of others.
#[derive(Debug, Default)]
pub struct Snapshots {
    /// What is offered; `None` while nothing is.
    pub offered: Option<Vec<Unsaved>>,
    /// What was put by last, or is being put by.
    kept: Option<Kept>,
    /// When the present state is to be put by, in the seconds of [`Workspace::begin_frame`].
    due: Option<f64>,
    keeping: Option<RequestId>,
    /// What is being typed and is no part of the project yet.
    draft: Option<Draft>,
    /// What stands in fields besides.
    typed: Typed,
    /// How often something was typed.
    changes: u64,
    /// Texts whose fields are not shown.
    waiting: Vec<TypedText>,
    /// The fields of those that are from before a crash.
    restored: BTreeSet<String>,
    /// They are on their way to the window.
    restoring: bool,
    /// There may be a snapshot of this window on the disk.
    exists: bool,
    /// The last save might not survive a power cut.
    pub(in crate::workspace) unconfirmed: bool,
    /// What somebody is to be told, or was told already.
    words: Words,
}

/// What is said once.
#[derive(Clone, Copy, Debug, Default)]
struct Words {
    /// It was said that unsaved changes cannot be put by.
    failing: bool,
    /// Somebody asked what there is: that there is nothing is said, too.
    asked: bool,
}

/// A text that is being typed: what would become of the project if its field were left now.
#[derive(Debug)]
struct Draft {
    edit: Edit,
    /// Of what it is a change.
    revision: Revision,
}

/// Names a state with unsaved changes, those that are being typed included.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct UnsavedNow {
    revision: Revision,
    /// How often something was typed on top of it.
    typed: u64,
}

/// A state of the project, and what its file held.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Kept {
    state: UnsavedNow,
    path: Option<PathBuf>,
    base: Option<ContentHash>,
}

/// Changes that a window left behind.
#[derive(Clone, Debug, PartialEq)]
pub struct Unsaved {
    pub id: Found,
    /// What can be done with them.
    pub state: UnsavedState,
}

#[derive(Clone, Debug, PartialEq)]
pub enum UnsavedState {
    Whole {
        project: Arc<Project>,
        at: NaiveDateTime,
        path: Option<PathBuf>,
        /// What the changes were made of, as far as it can be had: they come as one step on top of it.
        base: Option<Arc<Project>>,
        /// What the file is believed to hold; `None` where there is none, or it cannot be read.
        hash: Option<ContentHash>,
        read_only: bool,
        /// What they change against the file as it is now, a line each.
        lines: Vec<String>,
        /// What is to be known of the file before.
        note: Option<&'static str>,
        /// What was being typed on top of them.
        typed: Typed,
    },
    /// Cannot be recovered.
    Broken(Unusable),
}

/// A text that was not entered, in one line.
pub fn typed_line(typed: &TypedText) -> String {
    const MOST: usize = 60;
    let text = typed.text.split_whitespace().collect::<Vec<_>>().join(" ");
    let mut shown: String = text.chars().take(MOST).collect();
    if shown.len() < text.len() {
        shown.push('…');
    }
    format!("{} “{shown}”", typed.name)
}

/// Texts that were not entered, the first few of them.
fn typed_lines(texts: &[TypedText]) -> String {
    const MOST: usize = 3;
    let mut lines: Vec<String> = texts.iter().take(MOST).map(typed_line).collect();
    if texts.len() > MOST {
        lines.push(format!("and {} more", texts.len() - MOST));
    }
    lines.join("; ")
}

impl Snapshots {
    /// The time at which something is to be put by: a frame is needed then.
    pub(in crate::workspace) fn deadline(&self) -> Option<f64> {
        self.due.filter(|_| self.keeping.is_none())
    }
}

impl Workspace {
    fn state_now(&self) -> Kept {
        let base = self.file.stored.as_ref().map(|stored| stored.hash);
        let typed = if self.is_typed() { self.safekeeping.snapshots.changes } else { 0 };
        let state = UnsavedNow { revision: self.document.revision(), typed };
        Kept { state, path: self.file.path.clone(), base }
    }

    /// What is being typed, unless the project has changed since: leaving the field changes it, too.
    fn draft(&self) -> Option<&Draft> {
        self.safekeeping.snapshots.draft.as_ref().filter(|draft| draft.revision == self.document.revision())
    }

    /// What a field that is not left yet would change; `None` where it holds nothing new any more.
    pub(super) fn hold_draft(&mut self, edit: Option<Edit>) {
        let revision = self.document.revision();
        let snapshots = &mut self.safekeeping.snapshots;
        snapshots.changes += 1;
        snapshots.draft = edit.map(|edit| Draft { edit, revision });
    }

    /// What stands in fields in this frame and is not entered; of that, what only waits for its field.
    pub fn hold_texts(&mut self, texts: Vec<TypedText>, waiting: Vec<TypedText>) {
        let before = &self.typed().place;
        let place = match () {
            () if texts.is_empty() => String::new(),
            // They are looked for where they were typed.
            () if texts.len() == waiting.len() && !before.is_empty() => before.clone(),
            () => self.place_words(),
        };
        let typed = Typed { texts, place };
        let snapshots = &mut self.safekeeping.snapshots;
        snapshots.restored.retain(|field| waiting.iter().any(|text| text.field == *field));
        snapshots.waiting = waiting;
        snapshots.restoring = false;
        if snapshots.typed != typed {
            snapshots.typed = typed;
            snapshots.changes += 1;
        }
    }

    /// What stands in fields and is not entered.
    pub fn typed(&self) -> &Typed {
        &self.safekeeping.snapshots.typed
    }

    /// Texts were given back, and the next frame shows them.
    pub fn is_restoring_texts(&self) -> bool {
        self.safekeeping.snapshots.restoring
    }

    /// What is said of texts whose fields are not shown; `None` where there are none.
    pub fn waiting_words(&self) -> Option<String> {
        let Snapshots { waiting, restored, .. } = &self.safekeeping.snapshots;
        (!waiting.is_empty() && !self.is_restoring_texts()).then(|| {
            let since = if waiting.iter().any(|text| restored.contains(&text.field)) { " before the crash" } else { "" };
            format!("Typed{since} and not entered: {}", typed_lines(waiting))
        })
    }

    /// What stands in fields and is not entered, in a line; `None` where that is nothing.
    pub(in crate::workspace) fn typed_words(&self) -> Option<String> {
        let texts: Vec<TypedText> = self.typed().texts.iter().filter(|text| !text.text.trim().is_empty()).cloned().collect();
        (!texts.is_empty()).then(|| typed_lines(&texts))
    }

    pub(in crate::workspace) fn show_texts(&mut self) {
        if !self.safekeeping.snapshots.waiting.is_empty() {
            let place = self.typed().place.clone();
            self.go_to_place(&place);
        }
    }

    /// Another project is open: what was typed belongs to the one before.
    pub(in crate::workspace) fn leave_texts(&mut self) {
        let snapshots = &mut self.safekeeping.snapshots;
        (snapshots.typed, snapshots.draft) = (Typed::default(), None);
        snapshots.waiting.clear();
    }

    pub(super) fn copy_texts(&mut self, effects: &mut Vec<Effect>) {
        let lines: Vec<String> = self.safekeeping.snapshots.waiting.iter().map(|typed| format!("{}: {}", typed.name, typed.text)).collect();
        effects.push(Effect::CopyText(lines.join("\n")));
        self.toast(Severity::Info, "Copied".to_owned());
    }

    /// Names what is unsaved now, if there is anything.
    pub fn unsaved_now(&self) -> Option<UnsavedNow> {
        (self.document.is_dirty() || self.is_typed()).then(|| self.state_now().state)
    }

    /// Whether something is typed that is not entered.
    pub(in crate::workspace) fn is_typed(&self) -> bool {
        self.draft().is_some() || !self.typed().is_empty()
    }

    /// The project with what is being typed.
    pub fn project_as_typed(&self) -> Arc<Project> {
        let Some(Draft { edit, .. }) = self.draft() else { return Arc::clone(self.project()) };
        let mut project = Project::clone(self.project());
        match crate::document::apply(&mut project, edit.clone()) {
            Ok(_) => Arc::new(project),
            // What cannot be entered is told when the field is left.
            Err(_) => Arc::clone(self.project()),
        }
    }

    pub(super) fn keep_snapshot(&mut self, effects: &mut Vec<Effect>) {
        if self.unsaved_now().is_none() {
            if !self.safekeeping.snapshots.unconfirmed {
                self.forget_snapshot(effects);
            }
            self.safekeeping.snapshots.due = None;
            return;
        }
        let present = self.state_now();
        let (now, in_drag) = (self.now, self.document.in_transaction());
        let snapshots = &mut self.safekeeping.snapshots;
        if snapshots.kept.as_ref() == Some(&present) || in_drag {
            snapshots.due = None;
            return;
        }
        snapshots.exists = true;
        let due = *snapshots.due.get_or_insert(now + DELAY);
        if now < due || snapshots.keeping.is_some() {
            return;
        }
        let Kept { path, base, .. } = present.clone();
        let request = self.next_request();
        let snapshots = &mut self.safekeeping.snapshots;
        (snapshots.due, snapshots.keeping, snapshots.kept) = (None, Some(request), Some(present));
        let project = self.project_as_typed();
        let typed = self.typed().clone();
        effects.push(Effect::Safekeeping(SafekeepingEffect::Keep { request, project, path, base, typed }));
    }

    /// What this window put by was saved, or nobody wants it.
    pub(in crate::workspace) fn forget_snapshot(&mut self, effects: &mut Vec<Effect>) {
        let snapshots = &mut self.safekeeping.snapshots;
        if std::mem::take(&mut snapshots.exists) {
            snapshots.kept = None;
            effects.push(Effect::Safekeeping(SafekeepingEffect::Forget));
        }
    }

    pub(super) fn snapshot_kept(&mut self, request: RequestId, failure: Option<&str>) {
        let snapshots = &mut self.safekeeping.snapshots;
        if snapshots.keeping == Some(request) {
            snapshots.keeping = None;
        }
        let Some(why) = failure else {
            snapshots.words.failing = false;
            return;
        };
        if !std::mem::replace(&mut snapshots.words.failing, true) {
            let message = format!("Unsaved changes cannot be kept for the case of a crash: {why}. Save them soon.");
            self.toast(Severity::Warning, message);
        }
    }

    pub(super) fn find_unsaved(&mut self, effects: &mut Vec<Effect>) {
        let request = self.next_request();
        effects.push(Effect::Safekeeping(SafekeepingEffect::Find { request }));
    }

    pub(super) fn unsaved_found(&mut self, found: Vec<Unsaved>) {
        let asked = std::mem::take(&mut self.safekeeping.snapshots.words.asked);
        if found.is_empty() {
            if asked {
                self.toast(Severity::Info, "There are no unsaved changes of other windows".to_owned());
            }
            return;
        }
        self.safekeeping.snapshots.offered = Some(found);
    }

    fn offered(&self, id: &Found) -> Option<&Unsaved> {
        self.safekeeping.snapshots.offered.as_ref()?.iter().find(|unsaved| unsaved.id == *id)
    }

    pub(super) fn recover(&mut self, found: &Found, effects: &mut Vec<Effect>) {
        let Found::Snapshot(id) = *found else { return };
        let Some(UnsavedState::Whole { project, path, base, hash, read_only, typed, .. }) =
            self.offered(found).map(|found| found.state.clone())
        else {
            return;
        };
        let on_top = base.filter(|base| base.id == project.id);
        let first = on_top.clone().unwrap_or_else(|| Arc::clone(&project));
        // While a question is open that may lose something, the offer waits.
        let again = Action::Safekeeping(SafekeepingAction::Recover(found.clone()));
        if !self.may_leave(again) {
            return;
        }
        self.forget_snapshot(effects);
        self.adopt(Opened { project: first, path, read_only, hash: None });
        let name = project.name.clone();
        if let Some(base) = on_top {
            self.file.stored = hash.map(|hash| Stored { hash, project: base });
            if project != *self.document.project() {
                self.replace(&project, "Recover unsaved changes".to_owned());
            }
        } else {
            self.document.mark_unsaved();
        }
        if !typed.is_empty() {
            self.go_to_place(&typed.place);
            effects.push(Effect::Safekeeping(SafekeepingEffect::RestoreTexts(typed.texts.clone())));
        }
        let Safekeeping { snapshots, .. } = &mut self.safekeeping;
        snapshots.changes += 1;
        snapshots.restored = typed.texts.iter().map(|text| text.field.clone()).collect();
        (snapshots.restoring, snapshots.typed) = (!typed.is_empty(), typed);
        let present = self.state_now();
        let Safekeeping { snapshots, .. } = &mut self.safekeeping;
        (snapshots.exists, snapshots.kept, snapshots.offered) = (true, Some(present), None);
        effects.push(Effect::Safekeeping(SafekeepingEffect::Take(id)));
        effects.push(Effect::Safekeeping(SafekeepingEffect::Release));
        effects.push(Effect::Wake);
        self.toast(Severity::Success, format!("Recovered the unsaved changes of {name}. Save to keep them."));
    }

    pub(super) fn ask_to_discard(&mut self, id: &Found) {
        if let Some(unsaved) = self.offered(id) {
            let name = match &unsaved.state {
                UnsavedState::Whole { project, .. } => project.name.clone(),
                UnsavedState::Broken(Unusable { path, name, .. }) => {
                    name.clone().unwrap_or_else(|| crate::workspace::files::file_name(path))
                }
            };
            self.question = Some(Question::DiscardUnsaved { id: id.clone(), name });
        }
    }

    pub(in crate::workspace) fn discard_unsaved(&mut self, id: &Found, effects: &mut Vec<Effect>) {
        if self.offered(id).is_none() {
            return;
        }
        effects.push(Effect::Safekeeping(SafekeepingEffect::Discard(id.clone())));
        let offered = &mut self.safekeeping.snapshots.offered;
        if let Some(unsaved) = offered {
            unsaved.retain(|unsaved| unsaved.id != *id);
            if unsaved.is_empty() {
                *offered = None;
            }
        }
    }

    pub(super) fn put_offer_away(&mut self, effects: &mut Vec<Effect>) {
        self.safekeeping.snapshots.offered = None;
        effects.push(Effect::Safekeeping(SafekeepingEffect::Release));
    }

    /// Somebody asks for what other windows left behind.
    pub(super) fn ask_for_unsaved(&mut self, effects: &mut Vec<Effect>) {
        self.safekeeping.snapshots.words.asked = true;
        self.find_unsaved(effects);
    }
}
