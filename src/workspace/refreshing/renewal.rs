//! What the files that metrics follow hold now, compared with what the metrics have.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use super::{OutsideLink, bare_reason};
use crate::document::Edit;
use crate::import::{Followed, MAX_BYTES, Part, Refreshed, followed, refresh};
use crate::model::{Date, ImportMode, Locale, Metric, MetricId, Origin, Project, RecipeId, Stamp, Unit, date_words};
use crate::storage::{ContentHash, Look, Unread};

/// The most bytes that one refresh reads, all files together.
const MAX_TOGETHER: usize = 4 * MAX_BYTES;
/// The most changes of values and rejected rows that are kept to be shown, of one metric.
const MOST_SHOWN: usize = 200;

/// What all followed files hold, for the project that they were compared with.
#[derive(Clone, Debug, PartialEq)]
pub struct Renewal {
    pub project: Arc<Project>,
    pub files: Vec<FileRenewal>,
    /// Takes each of the files in.
    edits: Vec<Vec<Edit>>,
}

/// A file with the recipe by which it is read.
pub type FileByRecipe = (String, RecipeId);

/// What one file would change by one recipe.
#[derive(Clone, Debug, PartialEq)]
pub struct FileRenewal {
    pub followed: Followed,
    /// `None` where it could not be read.
    pub held: Option<ContentHash>,
    pub metrics: Vec<MetricRenewal>,
    /// Since when and why it cannot be taken in.
    pub failing: Option<(Date, String)>,
    /// The project says otherwise about whether it can be taken in.
    pub turned: bool,
    /// It is outside the project's folder.
    pub outside: Option<OutsideLink>,
}

#[derive(Clone, Debug, PartialEq)]
pub struct MetricRenewal {
    pub metric: MetricId,
    pub name: String,
    unit: Unit,
    decimals: u8,
    pub added: usize,
    pub changed: usize,
    pub unchanged: usize,
    pub removed: usize,
    /// Rows without a value.
    pub blank: usize,
    /// Rows that cannot be read.
    pub rejected: usize,
    /// The first of all: changed and removed values before new ones, then by time.
    pub changes: Vec<ValueChange>,
    /// The first rows that cannot be read, a line each.
    pub rejections: Vec<String>,
}

/// A value that comes, goes or becomes another.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct ValueChange {
    pub at: Stamp,
    pub old: Option<f64>,
    pub new: Option<f64>,
}

/// Reads all files that metrics of a project follow. `read` is given a path as the project says it, and `goes_on` the share that is done;
/// `None` where it says that this is not wanted any more.
pub fn read_linked(
    project: &Arc<Project>,
    today: Date,
    read: &mut dyn FnMut(&str) -> Look,
    goes_on: &mut dyn FnMut(f32) -> bool,
) -> Option<Renewal> {
    let all = followed(project);
    let (mut files, mut edits) = (Vec::new(), Vec::new());
    let mut left = MAX_TOGETHER;
    let count = all.len();
    for (index, file) in all.into_iter().enumerate() {
        if !goes_on(index as f32 / count as f32) {
            return None;
        }
        let Look { outside, bytes } = read(&file.path);
        let outside = outside.map(|place| OutsideLink { place, allowed: bytes != Err(Unread::NotAllowed) });
        if bytes == Err(Unread::NotAllowed) {
            files.push(FileRenewal { followed: file, held: None, metrics: Vec::new(), failing: None, turned: false, outside });
            edits.push(Vec::new());
            continue;
        }
        let bytes = bytes.map_err(|why| why.to_string()).and_then(|bytes| {
            let too_much = || format!("the files that metrics follow have more than {} MB together", MAX_TOGETHER >> 20);
            left = left.checked_sub(bytes.len()).ok_or_else(too_much)?;
            Ok(bytes)
        });
        let held = bytes.as_ref().ok().map(|bytes| ContentHash::of(bytes));
        // Ids are for new metrics, and here each is known.
        let refreshed = refresh(project, file, bytes.as_deref().map_err(Clone::clone), today, &mut || 0);
        let (file, edit) = FileRenewal::of(project, refreshed, held, today);
        files.push(FileRenewal { outside, ..file });
        edits.push(edit);
    }
    Some(Renewal { project: Arc::clone(project), files, edits })
}

impl Renewal {
    pub fn is_news(&self) -> bool {
        self.files.iter().any(FileRenewal::is_news)
    }

    /// Takes everything in; `None` where nothing is news.
    pub(super) fn edit(&self) -> Option<Edit> {
        self.is_news().then(|| Edit::Batch(self.edits.concat()))
    }

    /// What is taken in where some files are left out, and what is left.
    pub fn parted(&self, left_out: &BTreeSet<FileByRecipe>) -> (Self, Self) {
        let part = |wanted: bool| {
            let is_wanted = |file: &FileRenewal| file.may_be_left_out() && left_out.contains(&file.key());
            let of = self.files.iter().zip(&self.edits).filter(|(file, _)| is_wanted(file) != wanted);
            let (files, edits) = of.map(|(file, edits)| (file.clone(), edits.clone())).unzip();
            Self { project: Arc::clone(&self.project), files, edits }
        };
        (part(true), part(false))
    }

    /// The same for a project in which nothing of it is another.
    pub(in crate::workspace) fn for_project(self, project: &Arc<Project>) -> Self {
        Self { project: Arc::clone(project), ..self }
    }

    pub(super) fn held(&self) -> BTreeMap<&str, Option<ContentHash>> {
        self.files.iter().map(|file| (file.followed.path.as_str(), file.held)).collect()
    }

    pub(super) fn failing(&self) -> BTreeMap<MetricId, (Date, String)> {
        let of = |file: &FileRenewal| {
            let failing = file.failing.clone();
            file.followed.metrics.clone().into_iter().filter_map(move |metric| Some((metric, failing.clone()?)))
        };
        self.files.iter().flat_map(of).collect()
    }

    /// The step's name in the history.
    pub(super) fn label(&self) -> String {
        match &self.news()[..] {
            [file] => format!("Refresh from {}", file.followed.path),
            files => format!("Refresh from {} files", files.len()),
        }
    }

    fn news(&self) -> Vec<&FileRenewal> {
        self.files.iter().filter(|file| file.is_news()).collect()
    }

    /// What would come in, in one sentence; empty where nothing would.
    pub fn words(&self) -> String {
        let news = self.news();
        let (failing, good): (Vec<&FileRenewal>, Vec<&FileRenewal>) = news.into_iter().partition(|file| file.failing.is_some());
        let mut sentences = Vec::new();
        match &good[..] {
            [] => {}
            [file] => sentences.push(format!("{}: {}.", file.followed.path, file.summary())),
            files => {
                let values = counts(files.iter().flat_map(|file| &file.metrics));
                sentences.push(format!("{} followed files have news: {values}.", files.len()));
            }
        }
        match &failing[..] {
            [] => {}
            [file] => sentences.push(format!("{} cannot be taken in: {}.", file.followed.path, file.reason())),
            files => sentences.push(format!("{} followed files cannot be taken in; their metrics keep their values.", files.len())),
        }
        sentences.join(" ")
    }

    pub(super) fn taken_words(&self) -> String {
        let changed: Vec<&MetricRenewal> = self.files.iter().flat_map(|file| &file.metrics).filter(|metric| metric.is_news()).collect();
        match changed.len() {
            0 => "Noted in the project which files can be taken in".to_owned(),
            1 => format!("Taken in for {}: {}", changed[0].name, counts(changed.iter().copied())),
            count => format!("Taken in for {count} metrics: {}", counts(changed.iter().copied())),
        }
    }
}

impl FileRenewal {
    fn of(project: &Project, refreshed: Refreshed, held: Option<ContentHash>, today: Date) -> (Self, Vec<Edit>) {
        let Refreshed { followed, found, edits } = refreshed;
        let noted = followed.metrics.iter().filter_map(|id| project.metric(id)).find_map(|metric| match &metric.origin {
            Origin::Linked(source) => source.failing.clone(),
            Origin::Recorded | Origin::Computed { .. } => None,
        });
        let turned = noted.is_some() != found.is_err();
        let (metrics, failing) = match &found {
            Ok(preview) => (preview.parts.iter().filter_map(|part| MetricRenewal::of(project, part)).collect(), None),
            Err(problem) => (Vec::new(), Some((noted.map_or(today, |(since, _)| since), problem.to_string()))),
        };
        (Self { followed, held, metrics, failing, turned, outside: None }, edits)
    }

    pub fn is_news(&self) -> bool {
        self.turned || self.metrics.iter().any(MetricRenewal::is_news)
    }

    /// It is outside the project's folder, and nobody has allowed it: it was not read.
    pub fn is_waiting(&self) -> bool {
        self.outside.as_ref().is_some_and(|link| !link.allowed)
    }

    pub fn key(&self) -> FileByRecipe {
        (self.followed.path.clone(), self.followed.recipe.clone())
    }

    /// Whether it has values to take in or to leave out. That a file fails is noted whatever comes in.
    pub fn may_be_left_out(&self) -> bool {
        self.failing.is_none() && self.is_news()
    }

    /// What would change, in a few words.
    pub fn summary(&self) -> String {
        match &self.failing {
            Some((since, _)) => format!("cannot be taken in since {}", date_words(*since)),
            None if self.metrics.iter().any(MetricRenewal::is_news) => counts(&self.metrics),
            None if self.is_waiting() => "not allowed yet".to_owned(),
            None if self.turned => "can be taken in again, nothing is new".to_owned(),
            None => "nothing is new".to_owned(),
        }
    }

    /// Why it cannot be taken in, without what is said beside it.
    pub fn reason(&self) -> &str {
        self.failing.as_ref().map_or("", |(_, why)| bare_reason(why, &self.followed.path))
    }
}

impl MetricRenewal {
    fn of(project: &Project, part: &Part) -> Option<Self> {
        let metric = project.metric(part.known.as_ref()?)?;
        let Part { reading, added, changed, unchanged, removed, .. } = part;
        Some(Self {
            metric: metric.id.clone(),
            name: metric.name.clone(),
            unit: metric.unit.clone(),
            decimals: metric.decimals,
            added: *added,
            changed: *changed,
            unchanged: *unchanged,
            removed: *removed,
            blank: reading.without_value.len(),
            rejected: reading.rejected.len(),
            changes: changes(metric, part),
            rejections: reading.rejected.iter().take(MOST_SHOWN).map(ToString::to_string).collect(),
        })
    }

    pub fn is_news(&self) -> bool {
        self.added + self.changed + self.removed > 0
    }

    /// "3 new, 1 changed", or that nothing is.
    pub fn summary(&self) -> String {
        if self.is_news() { counts([self]) } else { "nothing is new".to_owned() }
    }

    /// The changes of values, a line each, and how many more there are.
    pub fn lines(&self, locale: Locale) -> Vec<String> {
        let value = |value: f64| locale.exact(value, &self.unit, self.decimals_for(value));
        let day = |at: Stamp| {
            let words = date_words(at.date());
            if at == Stamp::from_date(at.date()) { words } else { at.to_string().replace('T', " ") }
        };
        let line = |change: &ValueChange| match (change.old, change.new) {
            (Some(old), Some(new)) => format!("{}: {} → {}", day(change.at), value(old), value(new)),
            (Some(old), None) => format!("{}: {} is removed", day(change.at), value(old)),
            (_, new) => format!("{}: {}, new", day(change.at), new.map_or_else(String::new, value)),
        };
        let mut lines: Vec<String> = self.changes.iter().map(line).collect();
        let more = (self.added + self.changed + self.removed).saturating_sub(lines.len());
        if more > 0 {
            lines.push(format!("and {more} more"));
        }
        lines
    }

    /// As many decimals as tell a changed value from the old one.
    fn decimals_for(&self, value: f64) -> u8 {
        let is_told = |decimals: &u8| {
            let scaled = value * 10_f64.powi(i32::from(*decimals));
            (scaled - scaled.round()).abs() <= scaled.abs() * 1e-12
        };
        (self.decimals..=6).find(is_told).unwrap_or(6)
    }
}

fn changes(metric: &Metric, part: &Part) -> Vec<ValueChange> {
    let (mut news, mut added) = (Vec::new(), Vec::new());
    for point in part.reading.points.iter() {
        match metric.series.get(point.at).map(|old| old.value) {
            None => added.push(ValueChange { at: point.at, old: None, new: Some(point.value) }),
            Some(old) if old == point.value || part.mode == ImportMode::FillGaps => {}
            Some(old) => news.push(ValueChange { at: point.at, old: Some(old), new: Some(point.value) }),
        }
    }
    if part.mode == ImportMode::Replace {
        let own = metric.series.times().iter().zip(metric.series.values());
        let gone = own.filter(|(at, _)| !part.reading.points.have(**at));
        news.extend(gone.map(|(at, value)| ValueChange { at: *at, old: Some(*value), new: None }));
        news.sort_by_key(|change| change.at);
    }
    // The newest of what is new says most.
    added.reverse();
    news.extend(added);
    news.truncate(MOST_SHOWN);
    news
}

/// "3 new, 1 changed and 2 removed values".
fn counts<'a>(metrics: impl IntoIterator<Item = &'a MetricRenewal>) -> String {
    let (mut added, mut changed, mut removed) = (0, 0, 0);
    for metric in metrics {
        added += metric.added;
        changed += metric.changed;
        removed += metric.removed;
    }
    let parts = [(added, "new"), (changed, "changed"), (removed, "removed")];
    let words: Vec<String> = parts.iter().filter(|(count, _)| *count > 0).map(|(count, word)| format!("{count} {word}")).collect();
    let noun = if added + changed + removed == 1 { "value" } else { "values" };
    match &words[..] {
        [one] => format!("{one} {noun}"),
        [first @ .., last] => format!("{} and {last} {noun}", first.join(", ")),
        [] => "nothing is new".to_owned(),
    }
}
