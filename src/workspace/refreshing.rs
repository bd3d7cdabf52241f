//! Files that metrics follow: read by hand, on open and when they change, compared, shown, and taken in as one step when somebody says so.
//!
//! Nothing is taken in unasked, and what changes nothing leaves the project clean: the day of a refresh and a failure are noted in the
//! project only with what is taken in. A failure that is not noted yet is known to this window ([`FailingLinks`]).

mod outside;
mod renewal;

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::jobs::{Done, RequestId};
use super::{Action, Effect, Severity, Sheet, Workspace};
use crate::import::followed;
use crate::model::{Date, Metric, MetricId, Origin, Project};
use crate::storage::ContentHash;
pub(super) use outside::outside_words;
pub use outside::{Asking, OutsideDone, OutsideEffect, OutsideLink, OutsideLinks, OutsideWanted};
pub use renewal::{FileByRecipe, FileRenewal, MetricRenewal, Renewal, read_linked};

/// What somebody wants of the files that metrics follow.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum RefreshAction {
    /// Reads them now, and shows what would change.
    Begin,
    /// Shows what was found.
    Show,
    /// All files that are not left out, as one step.
    TakeIn,
    /// Leaves a file out of what is taken in, or no longer.
    LeaveOut(FileByRecipe, LeftOut),
    /// Says no more of what was found until something else is.
    Leave,
    /// Gives up the reading that is going on.
    Cancel,
    /// Asks whether this file outside the project's folder may be read.
    Allow(String),
    /// It may not be read any more.
    TakeBack(String),
    /// Says no more of files that may not be read.
    LeaveUnread,
    /// A followed file of the project at this path was seen to hold something else.
    Noticed(PathBuf),
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LeftOut {
    Yes,
    No,
}

/// Since when and why files could not be taken in, where the project does not say so yet.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct FailingLinks(BTreeMap<MetricId, (Date, String)>);

impl FailingLinks {
    /// Nothing is known: exports, and projects in no file.
    pub const NONE: &'static Self = &Self(BTreeMap::new());

    /// Since when the file of a metric cannot be taken in, and why.
    pub fn of<'a>(&'a self, metric: &'a Metric) -> Option<(Date, &'a str)> {
        let Origin::Linked(source) = &metric.origin else { return None };
        self.0.get(&metric.id).or(source.failing.as_ref()).map(|(since, why)| (*since, bare_reason(why, &source.path)))
    }
}

/// A file that metrics follow, and what it held when it was read last; `None` before, and where it could not be read.
pub type FollowedFile = (String, Option<ContentHash>);

/// What goes on with the files that metrics of the project follow.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Links {
    /// Each file once, to be watched.
    pub files: Arc<Vec<FollowedFile>>,
    /// What the last reading found, until it is taken in.
    pub found: Option<Arc<Renewal>>,
    /// It is offered in a line of its own.
    pub is_offered: bool,
    pub failing: FailingLinks,
    pub outside: OutsideLinks,
    /// Files that may not be read are spoken of in a line of its own.
    pub(in crate::workspace) asks: bool,
    /// Files with news that are not taken in with the others.
    pub left_out: BTreeSet<FileByRecipe>,
    reading: Option<(RequestId, Why)>,
    /// Something changed while they were read.
    again: bool,
    /// What [`Self::files`] was last made for.
    known: Option<(PathBuf, Arc<Project>)>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Why {
    ByHand,
    /// The project was opened, or a file changed.
    Noticed,
    /// What was shown is wanted, but the project has changed since.
    TakeIn,
}

impl Links {
    pub fn is_reading(&self) -> bool {
        self.reading.is_some()
    }
}

impl Workspace {
    pub(super) fn act_on_refresh(&mut self, action: RefreshAction, effects: &mut Vec<Effect>) {
        match action {
            RefreshAction::Begin => {
                self.open_sheet(Sheet::Refresh);
                self.read_links(Why::ByHand, effects);
            }
            RefreshAction::Show => {
                self.links.is_offered = false;
                self.links.asks = false;
                self.open_sheet(Sheet::Refresh);
            }
            RefreshAction::TakeIn => self.take_links_in(effects),
            RefreshAction::LeaveOut(file, LeftOut::Yes) => drop(self.links.left_out.insert(file)),
            RefreshAction::LeaveOut(file, LeftOut::No) => drop(self.links.left_out.remove(&file)),
            RefreshAction::Leave => self.links.is_offered = false,
            RefreshAction::Cancel => {
                self.links.again = false;
                if let Some((request, _)) = self.links.reading {
                    effects.push(Effect::CancelJob(request));
                }
            }
            RefreshAction::Allow(path) => self.look_outside(path, effects),
            RefreshAction::TakeBack(path) => self.take_outside_back(path, effects),
            RefreshAction::LeaveUnread => self.links.asks = false,
            RefreshAction::Noticed(project) if self.file.path.as_ref() == Some(&project) => self.read_links(Why::Noticed, effects),
            // Of a project that is not open any more.
            RefreshAction::Noticed(_) => {}
        }
    }

    fn read_links(&mut self, why: Why, effects: &mut Vec<Effect>) {
        let Some(path) = self.file.path.clone() else { return };
        if followed(self.project()).is_empty() {
            self.links.found = None;
        } else if self.links.is_reading() {
            self.links.again = true;
        } else {
            let request = self.next_request();
            self.links.reading = Some((request, why));
            effects.push(Effect::Refresh { request, project: Arc::clone(self.project()), path, today: self.today });
        }
    }

    /// Comes last in every action: the files to watch are those of the project as it is now, and are read where it was just opened.
    pub(super) fn settle_links(&mut self, effects: &mut Vec<Effect>) {
        let Some(path) = &self.file.path else {
            if self.links != Links::default() {
                self.links = Links::default();
            }
            return;
        };
        let was_open = match &self.links.known {
            Some((known, project)) if known == path && Arc::ptr_eq(project, self.document.project()) => return,
            known => known.as_ref().is_some_and(|(known, project)| known == path && project.id == self.document.project().id),
        };
        if !was_open {
            self.links = Links::default();
        }
        self.links.known = Some((path.clone(), Arc::clone(self.document.project())));
        let known: BTreeMap<&str, Option<ContentHash>> = self.links.files.iter().map(|(path, held)| (path.as_str(), *held)).collect();
        let mut files: Vec<FollowedFile> = followed(self.document.project())
            .into_iter()
            .map(|file| {
                let held = known.get(file.path.as_str()).copied().flatten();
                (file.path, held)
            })
            .collect();
        files.dedup_by(|a, b| a.0 == b.0);
        if files.is_empty() {
            (self.links.found, self.links.is_offered) = (None, false);
        }
        if *self.links.files != files {
            self.links.files = Arc::new(files);
        }
        if !was_open {
            self.read_links(Why::Noticed, effects);
        }
    }

    /// Whether this answers the reading that goes on.
    pub(super) fn is_reading_links(&self, request: RequestId) -> bool {
        self.links.reading.is_some_and(|(reading, _)| reading == request)
    }

    pub(super) fn links_read(&mut self, done: Done, effects: &mut Vec<Effect>) {
        let Some((_, why)) = self.links.reading.take() else { return };
        match done {
            Done::Refreshed(renewal) => self.found_in_links(*renewal, why, effects),
            Done::Failed(message) => self.toast(Severity::Error, message),
            _ => {}
        }
        if std::mem::take(&mut self.links.again) {
            self.read_links(Why::Noticed, effects);
        }
    }

    fn found_in_links(&mut self, renewal: Renewal, why: Why, effects: &mut Vec<Effect>) {
        let held = renewal.held();
        let files = self.links.files.iter().map(|(path, before)| (path.clone(), held.get(path.as_str()).copied().unwrap_or(*before)));
        self.links.files = Arc::new(files.collect());
        self.links.failing = FailingLinks(renewal.failing());
        let outside = OutsideLinks::of_renewal(&renewal);
        let is_more = !outside.waiting().is_subset(&self.links.outside.waiting());
        self.links.asks = !outside.waiting().is_empty() && (self.links.asks || is_more);
        self.links.outside = outside;
        self.links.left_out.retain(|file| renewal.files.iter().any(|found| found.key() == *file));
        let is_as_shown = self.links.found.as_ref().is_some_and(|shown| shown.files == renewal.files);
        let is_shown = self.view.sheet == Some(Sheet::Refresh);
        self.links.is_offered = renewal.is_news() && !is_shown && (self.links.is_offered || !is_as_shown);
        self.links.found = Some(Arc::new(renewal));
        match why {
            Why::TakeIn if is_as_shown => self.take_links_in(effects),
            Why::TakeIn => {
                let words = "The files or the project changed meanwhile. Look again at what would change.";
                self.toast(Severity::Warning, words.to_owned());
            }
            Why::ByHand | Why::Noticed => {}
        }
    }

    fn take_links_in(&mut self, effects: &mut Vec<Effect>) {
        let Some(found) = self.links.found.clone() else { return };
        if !Arc::ptr_eq(&found.project, self.project()) {
            self.read_links(Why::TakeIn, effects);
            return;
        }
        let (found, left) = found.parted(&self.links.left_out);
        let Some(edit) = found.edit() else { return };
        self.links.found = None;
        self.links.is_offered = false;
        self.links.failing = FailingLinks::default();
        let before = Arc::clone(self.project());
        self.edit(&found.label(), edit);
        if !Arc::ptr_eq(&before, self.project()) {
            self.toast(Severity::Success, found.taken_words());
        }
        // No two files are followed by one metric: what is left is as it was.
        if left.is_news() {
            self.links.found = Some(Arc::new(left.for_project(self.project())));
        }
        if self.view.sheet == Some(Sheet::Refresh) {
            self.view.sheet = None;
        }
    }
}

/// Why a file cannot be taken in, without its path at the start and the stop at the end: both are said beside it.
fn bare_reason<'a>(why: &'a str, path: &str) -> &'a str {
    let bare = why.strip_prefix(path).and_then(|rest| rest.strip_prefix(" cannot be read: ")).unwrap_or(why);
    bare.trim_end_matches('.')
}

impl From<RefreshAction> for Action {
    fn from(action: RefreshAction) -> Self {
        Self::Refresh(action)
    }
}

/// Whether the project at `path` is the one whose files are read.
pub fn can_refresh(project: &Project, path: Option<&Path>) -> Result<(), &'static str> {
    match path {
        _ if followed(project).is_empty() => Err("No metric follows a file"),
        None => Err("Save the project first: the files that metrics follow are found from its folder"),
        Some(_) => Ok(()),
    }
}
