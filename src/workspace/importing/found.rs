//! What is found of a table: worked out by a job, each part again only where what it depends on has changed.

use std::collections::{BTreeMap, BTreeSet};
use std::path::PathBuf;
use std::sync::Arc;

use super::super::jobs::{Done, Progress};
use super::plan::{Plan, plan};
use super::{About, LinkTo, Wanted};
use crate::analysis::Evaluation;
use crate::chart::{self, Chart};
use crate::document;
use crate::import::{Choices, Facts, ImportError, Listed, Looked, Open, Part, Preview, Rejection, Request, look, preview};
use crate::model::{Date, MetricId, Project};
use crate::storage::OutsideFile;

/// Where a job has the bytes from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum AskSource {
    File(PathBuf),
    Bytes(Arc<[u8]>),
}

/// What a job is to find.
#[derive(Clone, Debug)]
pub struct Ask {
    pub source: AskSource,
    /// The file that the metrics could follow.
    pub file: Option<PathBuf>,
    /// The file of the project, where it is saved.
    pub project_path: Option<PathBuf>,
    pub(super) about: About,
    pub(super) stem: String,
    /// Of the ids of what would be made.
    pub(super) seed: u64,
    pub(super) known: Option<Arc<Found>>,
}

impl PartialEq for Ask {
    fn eq(&self, other: &Self) -> bool {
        self.source == other.source
            && self.seed == other.seed
            && self.about.is(&other.about.wanted, &other.about.project, other.about.as_of)
    }
}

/// A file that metrics could follow.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FollowAs {
    /// How the project would name it.
    pub path: String,
    /// Where it is, if that is outside the project's folder: somebody has to allow it.
    pub outside: Option<OutsideFile>,
}

/// All that is known of a table.
#[derive(Clone, Debug)]
pub struct Found {
    pub(super) bytes: Arc<[u8]>,
    /// How the project would name the file, or why it cannot follow it.
    pub inner: Result<FollowAs, String>,
    pub looked: Result<Arc<Looked>, ImportError>,
    pub listed: Vec<Listed>,
    pub request: Option<Request>,
    pub read: Result<Arc<Preview>, ImportError>,
    pub facts: Option<Facts>,
    /// What somebody must say, and what is wrong.
    pub open: Open,
    /// Every row that is not taken, by line; one that no series could take is named once.
    pub rejected: Arc<[Rejection]>,
    /// The same by line, each with the column and the reason.
    pub marks: Arc<Marks>,
    pub plan: Result<Arc<Plan>, ImportError>,
    /// The project as it would be, with what can be read so far.
    after: Option<Arc<Project>>,
    pub shown: Option<Shown>,
    about: About,
}

/// Cells that are not taken, by line: the column, where it is one, and why.
pub type Marks = BTreeMap<usize, Vec<(Option<usize>, String)>>;

/// The series that is looked at, as it would be.
#[derive(Clone, Debug)]
pub struct Shown {
    pub from: String,
    pub chart: Arc<Chart>,
}

impl PartialEq for Found {
    /// Of one answer there is one.
    fn eq(&self, other: &Self) -> bool {
        std::ptr::eq(self, other)
    }
}

impl Found {
    /// What becomes of a series, where it can be read.
    pub fn part(&self, from: &str) -> Option<&Part> {
        self.read.as_ref().ok()?.parts.iter().find(|part| part.from == from)
    }

    /// Why a series cannot be read.
    pub fn problem(&self, from: &str) -> Option<&ImportError> {
        match &self.read {
            Ok(preview) => preview.refused.iter().find(|(name, _)| name == from).map(|(_, problem)| problem),
            // The problem of the only one is that of all.
            Err(problem) => self.listed.iter().any(|l| l.taken && l.take.from == from).then_some(problem),
        }
    }

    /// Whether a series can be read once a question is answered.
    pub fn waits(&self, from: &str) -> bool {
        let is_wrong = self.open.problems.iter().any(|(of, _)| of.as_ref().is_none_or(|of| of == from));
        self.problem(from).is_some() && !is_wrong
    }

    pub fn taken(&self) -> usize {
        self.listed.iter().filter(|l| l.taken).count()
    }

    pub(super) fn refusal(&self) -> Option<String> {
        if let Err(problem) = &self.looked {
            return Some(problem.to_string());
        }
        if let Some(asked) = self.open.asked.first() {
            let (question, _) = asked.question.split_once('?')?;
            return Some(format!("Answer first: {question}?"));
        }
        if let Some((from, problem)) = self.open.problems.first() {
            return Some(from.as_ref().map_or_else(|| problem.to_string(), |from| format!("{from}: {problem}")));
        }
        match &self.plan {
            Err(problem) => Some(problem.to_string()),
            Ok(plan) if plan.changes_nothing() => Some("all of it is in the project already".to_owned()),
            Ok(_) => None,
        }
    }
}

/// Works out what is asked. `bytes` is what is in the source, and `inner` how the project would name the file.
pub fn find(ask: Ask, bytes: Arc<[u8]>, inner: Result<FollowAs, String>, progress: &Progress) -> Done {
    let Ask { about, stem, seed, known, .. } = ask;
    let known = known.filter(|known| Arc::ptr_eq(&known.bytes, &bytes));
    let (project, wanted) = (&about.project, &about.wanted);
    let looked = looked(known.as_deref(), &bytes, wanted, project);
    progress.report(0.7);
    if progress.is_cancelled() {
        return Done::Cancelled;
    }
    let is_same = known.as_ref().is_some_and(|known| {
        let mut before = known.about.clone();
        before.wanted.shown.clone_from(&wanted.shown);
        before.is(wanted, project, about.as_of)
    });
    let mut found = match known {
        Some(known) if is_same => Found { looked, ..(*known).clone() },
        _ => {
            let read = Read::of(&looked, wanted, project, &stem);
            progress.report(0.9);
            if progress.is_cancelled() {
                return Done::Cancelled;
            }
            read.into_found(looked, bytes, inner, &about, seed)
        }
    };
    found.shown = found.shown(&about);
    found.about = about;
    Done::Imported(Arc::new(found))
}

fn looked(known: Option<&Found>, bytes: &[u8], wanted: &Wanted, project: &Arc<Project>) -> Result<Arc<Looked>, ImportError> {
    let said = |choices: &Choices| (choices.hints.clone(), choices.recipe.clone());
    match known {
        Some(known) if said(&known.about.wanted.choices) == said(&wanted.choices) => {
            let same_project = Arc::ptr_eq(&known.about.project, project);
            known.looked.clone().map(|looked| if same_project { looked } else { Arc::new(looked.for_project(project)) })
        }
        _ => look(bytes, &wanted.choices, project).map(Arc::new),
    }
}

/// The table as it is wanted.
struct Read {
    listed: Vec<Listed>,
    request: Option<Request>,
    preview: Result<Arc<Preview>, ImportError>,
}

impl Read {
    fn of(looked: &Result<Arc<Looked>, ImportError>, wanted: &Wanted, project: &Project, stem: &str) -> Self {
        let failed = |problem: ImportError| Self { listed: Vec::new(), request: None, preview: Err(problem) };
        let looked = match looked {
            Ok(looked) => looked,
            Err(problem) => return failed(problem.clone()),
        };
        let listed = match wanted.choices.listed(looked, project, stem) {
            Ok(listed) => listed,
            Err(problem) => return failed(problem),
        };
        match wanted.choices.request(looked, &listed) {
            Ok(request) => {
                let preview = preview(&looked.table, &request, project).map(Arc::new);
                Self { listed, request: Some(request), preview }
            }
            Err(problem) => Self { listed, request: None, preview: Err(problem) },
        }
    }

    fn into_found(
        self,
        looked: Result<Arc<Looked>, ImportError>,
        bytes: Arc<[u8]>,
        inner: Result<FollowAs, String>,
        about: &About,
        seed: u64,
    ) -> Found {
        let Self { listed, request, preview: read } = self;
        let calendar = about.project.settings.calendar;
        let as_read = read.as_deref();
        let table = looked.as_deref().ok().zip(request.as_ref());
        let open = Open::of(as_read, table, calendar);
        let facts = looked.as_ref().ok().map(|looked| Facts::of(looked, &about.wanted.choices, as_read));
        let rejected = rejected(as_read);
        let marks = looked.as_ref().map_or_else(|_| BTreeMap::new(), |looked| marks(&rejected, looked, request.as_ref()));
        let plan = match (&looked, &request, as_read) {
            (Ok(looked), Some(request), Ok(preview)) => {
                plan(&about.project, looked, request, preview.clone(), &about.wanted, inner.as_ref().ok(), about.as_of, seed)
            }
            (_, None, Ok(_)) => Err(ImportError::NothingTaken),
            // What cannot be looked at cannot be read either.
            (.., Err(problem)) | (Err(problem), Some(_), Ok(_)) => Err(ImportError::clone(problem)),
        };
        let after = plan.as_ref().ok().and_then(|plan| {
            let mut after = (*about.project).clone();
            document::apply(&mut after, plan.edit.clone()).ok()?;
            Some(Arc::new(after))
        });
        Found {
            bytes,
            inner,
            looked,
            listed,
            request,
            read,
            facts,
            open,
            rejected: rejected.into(),
            marks: Arc::new(marks),
            plan: plan.map(Arc::new),
            after,
            shown: None,
            about: about.clone(),
        }
    }
}

impl Found {
    fn shown(&self, about: &About) -> Option<Shown> {
        let (plan, after) = (self.plan.as_ref().ok()?, self.after.as_ref()?);
        let wanted = about.wanted.shown.as_ref().and_then(|from| plan.from.iter().position(|name| name == from));
        // What is looked at and cannot be read has no chart.
        let index = match (wanted, &about.wanted.shown) {
            (Some(index), _) => index,
            (None, None) => 0,
            (None, Some(_)) => return None,
        };
        let metric = plan.metrics.get(index)?;
        Some(Shown { from: plan.from.get(index)?.clone(), chart: Arc::new(trend(after, metric, about.as_of)) })
    }
}

/// The chart of a metric, without what its goals stand at.
fn trend(project: &Project, metric: &MetricId, as_of: Date) -> Chart {
    let evaluation = Evaluation { as_of, goals: BTreeMap::new() };
    chart::trend(&chart::Context { project, evaluation: &evaluation }, metric, None)
}

fn rejected(read: Result<&Preview, &ImportError>) -> Vec<Rejection> {
    let rejections: Vec<&Rejection> = match read {
        Ok(preview) => {
            let of_refused = preview.refused.iter().flat_map(|(_, problem)| of_problem(problem));
            preview.parts.iter().flat_map(|part| &part.reading.rejected).chain(of_refused).collect()
        }
        Err(problem) => of_problem(problem).iter().collect(),
    };
    let once: BTreeSet<(usize, &str, &str)> = rejections.into_iter().map(|r| (r.line, r.column.as_str(), r.reason.as_str())).collect();
    once.into_iter().map(|(line, column, reason)| Rejection { line, column: column.to_owned(), reason: reason.to_owned() }).collect()
}

fn of_problem(problem: &ImportError) -> &[Rejection] {
    match problem {
        ImportError::NothingToImport { rejected } => rejected,
        _ => &[],
    }
}

fn marks(rejected: &[Rejection], looked: &Looked, request: Option<&Request>) -> Marks {
    let mut marks = Marks::new();
    let dates = request.map(|request| looked.date_columns(request.date())).unwrap_or_default();
    for Rejection { line, column, reason } in rejected {
        let index = looked.table.column(column).ok().or_else(|| dates.first().copied().filter(|_| !column.is_empty()));
        marks.entry(*line).or_default().push((index, reason.clone()));
    }
    marks
}

impl LinkTo {
    /// As an import names it.
    pub(super) fn named(&self) -> Option<String> {
        match self {
            Self::Nothing => None,
            Self::Objective(goal) => Some(goal.to_string()),
            Self::New(title) => Some(title.clone()),
        }
    }
}
