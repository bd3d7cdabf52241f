//! Followed files outside the project's folder: none is read before somebody has allowed it, and that can be taken back.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use super::{Renewal, Why};
use crate::import::followed;
use crate::model::{Metric, MetricId, Origin, ProjectId};
use crate::storage::OutsideFile;
use crate::workspace::{Answer, Effect, Question, Workspace};

/// A followed file outside the project's folder.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OutsideLink {
    /// The whole path.
    pub place: PathBuf,
    pub allowed: bool,
}

/// What is to be done about a file outside the folder of the project at `file`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OutsideEffect {
    pub project: ProjectId,
    pub file: PathBuf,
    pub wanted: OutsideWanted,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum OutsideWanted {
    /// Finds out what the path leads to, so that somebody can be asked. Answered by [`OutsideDone::Found`].
    LookUp(String),
    /// Remembers that it was allowed. Answered by [`OutsideDone::Settled`].
    Allow(OutsideFile),
    /// Forgets that the path was allowed. Answered by [`OutsideDone::Settled`].
    TakeBack(String),
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum OutsideDone {
    Found { project: ProjectId, file: PathBuf, path: String, leads_to: OutsideFile },
    Settled { file: PathBuf },
}

/// The followed files outside the folder, by the metrics that follow them.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct OutsideLinks(BTreeMap<MetricId, OutsideLink>);

impl OutsideLinks {
    /// Nothing is known: exports, and projects in no file.
    pub const NONE: &'static Self = &Self(BTreeMap::new());

    pub(super) fn of_renewal(renewal: &Renewal) -> Self {
        let links = renewal.files.iter().filter_map(|file| Some((file, file.outside.as_ref()?)));
        Self(links.flat_map(|(file, link)| file.followed.metrics.iter().map(move |metric| (metric.clone(), link.clone()))).collect())
    }

    /// The file that a metric follows, where it is outside the folder.
    pub fn of(&self, metric: &Metric) -> Option<&OutsideLink> {
        self.0.get(&metric.id).filter(|_| matches!(metric.origin, Origin::Linked(_)))
    }

    /// The whole paths of those that nobody has allowed.
    pub(super) fn waiting(&self) -> BTreeSet<&Path> {
        self.0.values().filter(|link| !link.allowed).map(|link| link.place.as_path()).collect()
    }
}

/// What asks for attention: files outside the folder that nobody has allowed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Asking {
    /// One sentence or two.
    pub words: String,
    /// As the project names it, where it is one.
    pub path: Option<String>,
}

impl Workspace {
    /// The files that the line under the top bar asks for, unless it was put away.
    pub fn files_to_allow(&self) -> Option<Asking> {
        let found = self.links.found.as_ref().filter(|_| self.links.asks)?;
        let waiting: Vec<_> = found.files.iter().filter(|file| file.is_waiting()).collect();
        let ([file, ..], Some(link)) = (&waiting[..], waiting.first().and_then(|file| file.outside.as_ref())) else { return None };
        let count = waiting.iter().map(|file| &file.followed.path).collect::<BTreeSet<_>>().len();
        if count > 1 {
            let words = format!("{count} followed files are outside the project's folder. They are not read until you allow it.");
            return Some(Asking { words, path: None });
        }
        let metrics = file.followed.metrics.iter().filter_map(|id| self.project().metric(id)).map(Metric::short_name);
        let who = match metrics.collect::<Vec<_>>()[..] {
            [one] => format!("{one} follows"),
            ref several => format!("{} metrics follow", several.len()),
        };
        let words = format!("{who} a file outside the project's folder, not read until you allow it: {}", link.place.display());
        Some(Asking { words, path: Some(file.followed.path.clone()) })
    }

    fn outside_effect(&mut self, wanted: OutsideWanted, effects: &mut Vec<Effect>) {
        let Some(file) = self.file.path.clone() else { return };
        let request = self.next_request();
        let project = self.project().id.clone();
        effects.push(Effect::Outside { request, effect: OutsideEffect { project, file, wanted } });
    }

    pub(super) fn look_outside(&mut self, path: String, effects: &mut Vec<Effect>) {
        // Only what the project names now is looked for.
        if followed(self.project()).iter().any(|file| file.path == path) {
            self.outside_effect(OutsideWanted::LookUp(path), effects);
        }
    }

    pub(super) fn take_outside_back(&mut self, path: String, effects: &mut Vec<Effect>) {
        self.outside_effect(OutsideWanted::TakeBack(path), effects);
    }

    /// Somebody said yes to this file.
    pub(in crate::workspace) fn allow_outside(&mut self, file: OutsideFile, effects: &mut Vec<Effect>) {
        self.outside_effect(OutsideWanted::Allow(file), effects);
    }

    pub(in crate::workspace) fn answer_outside(&mut self, file: OutsideFile, answer: Answer, effects: &mut Vec<Effect>) {
        if answer == Answer::Allow {
            self.allow_outside(file, effects);
        }
    }

    pub(in crate::workspace) fn outside_done(&mut self, done: OutsideDone, effects: &mut Vec<Effect>) {
        match done {
            OutsideDone::Found { project, file, path, leads_to } => {
                let is_open = self.file.path.as_ref() == Some(&file) && self.project().id == project;
                if is_open && self.question.is_none() {
                    self.question = Some(Question::ReadOutside { path, file: leads_to });
                }
            }
            OutsideDone::Settled { file } if self.file.path.as_ref() == Some(&file) => self.read_links(Why::Noticed, effects),
            OutsideDone::Settled { .. } => {}
        }
    }
}

/// What is asked before a file outside the folder is read.
pub(in crate::workspace) fn outside_words(path: &str, file: &OutsideFile, project_name: &str) -> String {
    let OutsideFile { named, real } = file;
    let detour = if named == real { String::new() } else { format!(", to which {} leads", named.display()) };
    format!(
        "“{project_name}” takes values from\n\n{}{detour}\n\nIn the project it is called {path}. If you allow it, Waymark reads it whenever this \
         project is open from where it is now, on this computer, until you take that back. Allow it only if you know the file.",
        real.display()
    )
}
