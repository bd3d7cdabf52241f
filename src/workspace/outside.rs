//! What others do to the file of the open project: noticed, said, and brought together with what was done here.
//!
//! Whatever was seen of the file waits until nothing else is going on: no drag, no slides before people, no save. With nothing unsaved the
//! project takes the changes over as one step; else they are offered. Where both changed the same, somebody chooses one by one.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::files::file_name;
use super::jobs::{Done, Opened, RequestId};
use super::saving::{Over, Refusal, SaveWay, Stored};
use super::{Action, Effect, Question, Severity, Workspace};
use crate::document::merge::{Conflict, ConflictId, Side, merge};
use crate::document::{Change, Edit, difference, edits};
use crate::model::Project;
use crate::storage::ContentHash;

/// What a look at the file found.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Seen {
    Holds(ContentHash),
    Gone,
}

/// What others did to the file that the project has not taken over.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Outside {
    /// They changed the project: what would come in, a line each.
    Changed {
        news: Vec<String>,
    },
    /// The file holds another project, of this name.
    Another {
        name: String,
    },
    /// What the file holds is no project any more: why.
    Unreadable {
        why: String,
    },
    Gone,
}

/// What somebody wants of the changes of others.
#[derive(Clone, Debug, PartialEq)]
pub enum MergeAction {
    /// Brings in what the file holds now.
    Begin,
    /// Says no more of it until the file changes again.
    Leave,
    /// Writes a file again that is gone.
    SaveAnew,
    /// To another file than the one that others changed.
    SaveCopy,
    Choose(ConflictId, Side),
    ChooseAll(Side),
    /// Merges with what was chosen.
    Finish,
    Cancel,
}

/// The project and the file made one.
#[derive(Clone, Debug, PartialEq)]
pub struct Brought {
    /// What the project was when this was worked out.
    pub mine: Arc<Project>,
    pub theirs: Stored,
    pub conflicts: Vec<Conflict>,
    /// What makes of mine what both did; `None` where theirs adds nothing.
    pub edit: Option<Edit>,
    /// What comes in by it, a line each.
    pub news: Vec<String>,
    /// Nothing is left that the file does not hold.
    pub is_theirs: bool,
}

/// Conflicts that somebody is choosing in.
#[derive(Clone, Debug, PartialEq)]
pub struct Merging {
    pub conflicts: Vec<Conflict>,
    pub chosen: BTreeMap<ConflictId, Side>,
    theirs: Stored,
    news: Vec<String>,
    then: Then,
}

/// A file that is being read and compared.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Bringing {
    pub(super) request: RequestId,
    why: Why,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Why {
    /// The file was seen to hold something else.
    Noticed,
    /// Somebody wants both in one.
    Merge(Then),
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Then {
    Stay,
    Save,
}

/// Makes one project of what was done here and what the file holds. Long for large projects: on a worker.
pub fn bring_together(base: &Project, mine: Arc<Project>, theirs: Stored, chosen: &BTreeMap<ConflictId, Side>) -> Brought {
    let merged = merge(base, &mine, &theirs.project, chosen);
    let news = difference::differences(&mine, &merged.project).iter().map(difference::Difference::line).collect();
    let Change { edit, .. } = edits::replace_project(&mine, &merged.project, "");
    let edit = (edit != Edit::Batch(Vec::new())).then_some(edit);
    let is_theirs = merged.project == *theirs.project;
    Brought { mine, theirs, conflicts: merged.conflicts, edit, news, is_theirs }
}

impl Merging {
    /// Every conflict has its side.
    pub fn is_decided(&self) -> bool {
        self.conflicts.iter().all(|conflict| self.chosen.contains_key(&conflict.id))
    }
}

impl Outside {
    /// What happened, for the line that says so.
    pub fn words(&self, path: &Path) -> String {
        let name = file_name(path);
        match self {
            Self::Changed { news } => match news.as_slice() {
                [] => format!("{name} was changed by somebody else, and you have unsaved changes too."),
                [one] => format!("{name} was changed by somebody else. {one}"),
                [first, ..] => format!("{name} was changed by somebody else, in {} places. {first}", news.len()),
            },
            Self::Another { name: other } => format!("{name} holds another project now, “{other}”. Yours is still whole here."),
            Self::Unreadable { why } => format!("{name} was changed and cannot be read now. Your project is still whole here. {why}"),
            Self::Gone => format!("{name} was deleted, moved or renamed. Your project is still whole here."),
        }
    }
}

/// Lines under a heading, as many as a message bears.
fn said(heading: &str, lines: &[String]) -> String {
    const MOST: usize = 3;
    let mut said = heading.to_owned();
    for line in lines.iter().take(MOST) {
        said.push('\n');
        said.push_str(line);
    }
    if lines.len() > MOST {
        said.push_str("\nand ");
        said.push_str(&(lines.len() - MOST).to_string());
        said.push_str(" more");
    }
    said
}

/// Seconds that a message with several lines stays.
const LONG: f64 = 12.0;

impl Workspace {
    /// Something was seen of a file; that of another file than the open one is of no interest.
    pub(super) fn file_seen(&mut self, path: &Path, seen: Seen) {
        if self.file.path.as_deref() == Some(path) {
            self.file.seen = Some(seen);
        }
    }

    /// Deals with what was seen of the file, as soon as nothing else is going on.
    pub(super) fn settle_file(&mut self, effects: &mut Vec<Effect>) {
        let file = &self.file;
        let is_busy = file.saving.is_some() || file.loading.is_some() || file.bringing.is_some() || self.merging.is_some();
        if is_busy || self.presentation.is_some() || self.document.in_transaction() || self.question.is_some() {
            return;
        }
        let (Some(stored), Some(seen)) = (&self.file.stored, self.file.seen) else { return };
        self.file.seen = None;
        match seen {
            Seen::Gone => self.lose_file(Outside::Gone),
            Seen::Holds(hash) if hash == stored.hash => self.have_file_back(),
            Seen::Holds(_) => self.bring(Why::Noticed, None, BTreeMap::new(), effects),
        }
    }

    /// What was saved is nowhere else any more.
    fn lose_file(&mut self, outside: Outside) {
        if !self.document.is_dirty() {
            self.file.saved_before = Some(self.document.save_point());
            self.document.mark_unsaved();
        }
        self.file.outside = Some(outside);
    }

    /// The file holds again what was last read from it or written to it.
    fn have_file_back(&mut self) {
        if let Some(point) = self.file.saved_before.take() {
            self.document.mark_saved(point);
        }
        self.file.outside = None;
    }

    /// Nothing was done here since the project was in its file.
    fn is_as_stored(&self) -> bool {
        !self.document.is_dirty() || self.file.saved_before == Some(self.document.save_point())
    }

    fn bring(&mut self, why: Why, theirs: Option<Stored>, chosen: BTreeMap<ConflictId, Side>, effects: &mut Vec<Effect>) {
        let (Some(path), Some(stored)) = (self.file.path.clone(), &self.file.stored) else { return };
        let (base, mine) = (Arc::clone(&stored.project), Arc::clone(self.project()));
        let request = self.next_request();
        self.file.bringing = Some(Bringing { request, why });
        effects.push(Effect::Bring { request, path, base, mine, theirs, chosen });
    }

    pub(super) fn act_on_merge(&mut self, action: MergeAction, effects: &mut Vec<Effect>) {
        match action {
            MergeAction::Begin => self.begin_merge(Then::Stay, effects),
            MergeAction::Leave => self.file.outside = None,
            MergeAction::SaveAnew => self.save_anew(effects),
            MergeAction::SaveCopy => self.save_copy(effects),
            MergeAction::Choose(conflict, side) => {
                if let Some(merging) = &mut self.merging {
                    merging.chosen.insert(conflict, side);
                }
            }
            MergeAction::ChooseAll(side) => {
                if let Some(merging) = &mut self.merging {
                    merging.chosen = merging.conflicts.iter().map(|conflict| (conflict.id.clone(), side)).collect();
                }
            }
            MergeAction::Finish => {
                if let Some(Merging { theirs, chosen, then, .. }) = self.merging.clone() {
                    self.bring(Why::Merge(then), Some(theirs), chosen, effects);
                }
            }
            MergeAction::Cancel => {
                if let Some(Merging { news, .. }) = self.merging.take() {
                    self.file.outside = Some(Outside::Changed { news });
                }
                self.dialog_cancelled();
            }
        }
    }

    /// Merges what the file holds now, and saves then.
    pub(super) fn merge_and_save(&mut self, effects: &mut Vec<Effect>) {
        self.begin_merge(Then::Save, effects);
    }

    fn begin_merge(&mut self, then: Then, effects: &mut Vec<Effect>) {
        self.bring(Why::Merge(then), None, BTreeMap::new(), effects);
    }

    pub(super) fn brought(&mut self, done: Done, effects: &mut Vec<Effect>) {
        let Some(Bringing { why, .. }) = self.file.bringing.take() else { return };
        match done {
            Done::Brought(brought) => self.take_in(*brought, why, effects),
            Done::NotBrought(outside) => self.not_brought(outside, why, effects),
            Done::Another(opened) => {
                let name = opened.project.name.clone();
                if why == Why::Noticed && self.is_as_stored() && self.may_change_now() {
                    self.show_another(opened);
                } else {
                    self.not_brought(Outside::Another { name }, why, effects);
                }
            }
            Done::Failed(message) => {
                self.after_save = None;
                self.toast(Severity::Error, message);
            }
            _ => self.after_save = None,
        }
    }

    /// Nobody is in the middle of something that a change would disturb.
    fn may_change_now(&self) -> bool {
        self.presentation.is_none() && !self.document.in_transaction()
    }

    fn take_in(&mut self, brought: Brought, why: Why, effects: &mut Vec<Effect>) {
        let chosen = self.merging.as_ref().map(|merging| merging.chosen.clone()).unwrap_or_default();
        let is_stale = !Arc::ptr_eq(&brought.mine, self.project());
        let is_open = brought.conflicts.iter().any(|conflict| !chosen.contains_key(&conflict.id));
        match why {
            // Seen once more, when there is time for it.
            Why::Noticed if !self.may_change_now() => self.file.seen = Some(Seen::Holds(brought.theirs.hash)),
            _ if is_stale || self.document.in_transaction() => self.bring(why, Some(brought.theirs), chosen, effects),
            Why::Noticed if self.is_as_stored() => {
                let heading = format!("Somebody else changed {}. Now shown here:", self.file_name());
                self.adopt_brought(brought, "Changes of others", Severity::Info, &heading);
            }
            // Both did the same, or only the layout of the text is another.
            Why::Noticed if brought.edit.is_none() && !is_open => self.adopt_brought(brought, "", Severity::Info, ""),
            Why::Noticed => self.file.outside = Some(Outside::Changed { news: brought.news }),
            Why::Merge(then) if is_open => {
                let Brought { conflicts, theirs, news, .. } = brought;
                self.file.outside = None;
                self.merging = Some(Merging { conflicts, chosen, theirs, news, then });
            }
            Why::Merge(then) => {
                self.merging = None;
                let heading = if brought.news.is_empty() { "Merged: theirs adds nothing new." } else { "Merged. From the others came:" };
                self.adopt_brought(brought, "Merge with the changes of others", Severity::Success, heading);
                if then == Then::Save {
                    self.save(effects);
                }
            }
        }
    }

    /// One step of the history; what the file holds is the base of the next merge.
    fn adopt_brought(&mut self, brought: Brought, label: &str, severity: Severity, heading: &str) {
        let Brought { theirs, edit, news, is_theirs, .. } = brought;
        if let Some(edit) = edit {
            let way_out = self.way_out();
            if let Err(error) = self.document.apply(label, edit) {
                self.toast(Severity::Error, super::editing::sentence(&error.to_string()));
                return;
            }
            self.follow(&way_out);
            self.toast_for(severity, said(heading, &news), LONG);
        } else if severity == Severity::Success {
            self.toast(severity, heading.to_owned());
        }
        self.file.stored = Some(theirs);
        self.file.outside = None;
        self.file.saved_before = None;
        // Whatever state was saved before, the file does not hold it any more.
        self.document.mark_unsaved();
        if is_theirs {
            self.document.mark_saved(self.document.save_point());
        }
    }

    fn not_brought(&mut self, outside: Outside, why: Why, effects: &mut Vec<Effect>) {
        self.merging = None;
        let Some((path, stored)) = self.file.path.clone().zip(self.file.stored.clone()) else { return };
        match (why, outside) {
            (Why::Noticed, outside @ Outside::Changed { .. }) => self.file.outside = Some(outside),
            (Why::Noticed, outside) => self.lose_file(outside),
            // Saving says that it is gone, and asks.
            (Why::Merge(Then::Save), Outside::Gone) => self.save(effects),
            (Why::Merge(Then::Stay), Outside::Gone) => self.lose_file(Outside::Gone),
            (Why::Merge(_), outside) => {
                let why = match outside {
                    Outside::Unreadable { why } => format!("It cannot be read: {why}"),
                    Outside::Another { name } => format!("It holds another project, “{name}”."),
                    Outside::Changed { .. } | Outside::Gone => String::new(),
                };
                let way = SaveWay::over(Over::Known(stored.hash));
                self.question = Some(Question::NotSaved { path, way, refusal: Refusal::CannotMerge(why) });
            }
        }
    }

    /// Another project took the place of this one in its file, and nothing is unsaved.
    fn show_another(&mut self, opened: Opened) {
        self.document.mark_saved(self.document.save_point());
        let text = format!("{} holds another project now, which is shown.", self.file_name());
        self.adopt(opened);
        self.toast_for(Severity::Info, text, LONG);
    }

    fn file_name(&self) -> String {
        self.file.path.as_deref().map_or_else(|| "the file".to_owned(), file_name)
    }

    /// A save that ended well settles what was said of the file.
    pub(super) fn file_is_ours(&mut self, path: PathBuf, stored: Stored) {
        let file = &mut self.file;
        if file.path.as_ref() != Some(&path) {
            file.seen = None;
        }
        (file.path, file.stored) = (Some(path), Some(stored));
        (file.read_only, file.outside, file.saved_before) = (false, None, None);
    }
}

impl From<MergeAction> for Action {
    fn from(action: MergeAction) -> Self {
        Self::Merge(action)
    }
}
