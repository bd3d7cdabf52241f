//! The forecasts of a window, kept by what they were made from: worked out at once where few are missing, in the background where many are.

use std::cell::{Cell, RefCell};
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use super::Memo;
use super::jobs::{Done, Progress};
use super::memos::LeafKey;
use crate::analysis::forecast::{MetricForecast, of_metric};
use crate::analysis::{Forecasts, GoalResult, Notes, Outlook, leaf_of};
use crate::document::{Document, Revision};
use crate::model::{CheckIn, Date, GoalId, Metric, MetricId, Project, Series};

/// What a forecast was made from; never a target.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct OutlookKey {
    pub metric: MetricId,
    pub as_of: Date,
    /// Of the values up to that day.
    values: Revision,
    settings: Revision,
}

/// What a job is to work out.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Wanted {
    /// Forecasts, and what is known of each so far.
    pub(super) outlooks: Vec<(OutlookKey, Option<Arc<MetricForecast>>)>,
    /// The goals that they bear on, as of which day, and what their numbers depend on: simulating a chance takes longer than a frame has.
    pub(super) goals: Vec<(GoalId, Date, LeafKey)>,
}

/// What a job worked out, each with what it was made from.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Found {
    pub(super) outlooks: Vec<(OutlookKey, Outlook)>,
    pub(super) goals: Vec<(GoalId, Date, LeafKey, Arc<GoalResult>)>,
}

/// In one frame no more metrics are forecast than these,
const MOST_AT_ONCE: usize = 8;
/// nor more recorded points.
const MOST_POINTS_AT_ONCE: usize = 1_000;

/// The values of a metric up to a day, when they were looked at last.
#[derive(Clone, Debug)]
struct Visible {
    /// When any value had changed last, then.
    looked: Revision,
    /// When those up to the day had.
    changed: Revision,
    series: Arc<Series>,
}

#[derive(Debug)]
pub(super) struct Outlooks {
    known: Memo<OutlookKey, Outlook>,
    visible: Memo<(MetricId, Date), Visible>,
    /// Left to a job until it was looked back on.
    wanted: RefCell<BTreeMap<OutlookKey, Option<Arc<MetricForecast>>>>,
    /// With a job that has not ended, or that failed.
    started: RefCell<BTreeSet<OutlookKey>>,
    in_background: Cell<bool>,
    /// Metrics and points that this frame may still forecast.
    left: Cell<(usize, usize)>,
    /// Counts what came from jobs.
    generation: Cell<u64>,
    came: RefCell<BTreeMap<(MetricId, Date), u64>>,
}

impl Default for Outlooks {
    fn default() -> Self {
        Self {
            known: Memo::new(4096),
            visible: Memo::new(8192),
            wanted: RefCell::default(),
            started: RefCell::default(),
            in_background: Cell::new(false),
            left: Cell::new((MOST_AT_ONCE, MOST_POINTS_AT_ONCE)),
            generation: Cell::new(0),
            came: RefCell::default(),
        }
    }
}

impl Outlooks {
    fn key(&self, document: &Document, metric: &MetricId, as_of: Date) -> OutlookKey {
        let values = self.values_up_to(document, metric, as_of);
        OutlookKey { metric: metric.clone(), as_of, values, settings: document.settings_revision() }
    }

    /// When the values of a metric up to a day may have last changed: what is recorded after it says nothing of that day.
    pub(super) fn values_up_to(&self, document: &Document, metric: &MetricId, day: Date) -> Revision {
        let looked = document.values_revision(metric);
        // What a formula shows of that day, its inputs say.
        let Some(recorded) = document.project().metric(metric).filter(|m| m.formula().is_none()) else { return looked };
        let at = (metric.clone(), day);
        let before = self.visible.peek(&at);
        let agrees = |v: &Visible| {
            document.metric_revision(metric) <= v.changed
                && (Arc::ptr_eq(&v.series, &recorded.series) || v.series.agrees_up_to(&recorded.series, day))
        };
        let changed = match before {
            Some(known) if known.looked == looked => return known.changed,
            Some(known) if agrees(&known) => known.changed,
            _ => looked,
        };
        self.visible.put(at, Visible { looked, changed, series: Arc::clone(&recorded.series) });
        changed
    }

    /// Leaves work to jobs from now on.
    pub(super) fn work_in_background(&self) {
        self.in_background.set(true);
    }

    pub(super) fn is_in_background(&self) -> bool {
        self.in_background.get()
    }

    pub(super) fn begin_frame(&self) {
        self.left.set((MOST_AT_ONCE, MOST_POINTS_AT_ONCE));
    }

    /// Grows with everything that comes from a job.
    pub(super) fn generation(&self) -> u64 {
        self.generation.get()
    }

    /// The generation in which the forecast of a metric as of a day came from a job.
    pub(super) fn generation_of(&self, metric: &MetricId, as_of: Date) -> u64 {
        self.came.borrow().get(&(metric.clone(), as_of)).copied().unwrap_or(0)
    }

    /// The metrics whose forecast, as of which day, came after a generation.
    pub(super) fn came_after(&self, generation: u64) -> Vec<(MetricId, Date)> {
        if generation == self.generation.get() {
            return Vec::new();
        }
        self.came.borrow().iter().filter(|(_, came)| **came > generation).map(|(of, _)| of.clone()).collect()
    }

    pub(super) fn get(&self, document: &Document, metric: &Metric, as_of: Date) -> Outlook {
        let key = self.key(document, &metric.id, as_of);
        if !self.in_background.get() {
            return self.known.get(key, || Outlook::of(document.project(), metric, as_of));
        }
        if let Some(known) = self.known.peek(&key) {
            return known;
        }
        if self.started.borrow().contains(&key) {
            return Outlook::Pending;
        }
        let (metrics, points) = self.left.get();
        // A formula costs as much as its inputs, which is not known here.
        let cost = if metric.formula().is_some() { MOST_POINTS_AT_ONCE } else { metric.series.len() };
        if metrics == 0 || cost > points {
            self.wanted.borrow_mut().insert(key, None);
            return Outlook::Pending;
        }
        self.left.set((metrics - 1, points - cost));
        let outlook = match of_metric(document.project(), metric, as_of, None) {
            Ok(forecast) => {
                let forecast = Arc::new(forecast);
                self.wanted.borrow_mut().insert(key.clone(), Some(Arc::clone(&forecast)));
                Outlook::Rough(forecast)
            }
            Err(reason) => Outlook::Unknown(reason),
        };
        self.known.put(key, outlook.clone());
        outlook
    }

    /// What a job is to work out, of what is still so; nothing while one is at it.
    pub(super) fn start(&self, document: &Document) -> Vec<(OutlookKey, Option<Arc<MetricForecast>>)> {
        let wanted = self.wanted.take();
        let wanted: Vec<_> = wanted.into_iter().filter(|(key, _)| *key == self.key(document, &key.metric, key.as_of)).collect();
        let mut started = self.started.borrow_mut();
        started.clear();
        started.extend(wanted.iter().map(|(key, _)| key.clone()));
        wanted
    }

    /// Takes what a job worked out; what is not so any more is dropped.
    pub(super) fn take(&self, document: &Document, found: Vec<(OutlookKey, Outlook)>) {
        let generation = self.generation.get() + 1;
        self.generation.set(generation);
        self.started.borrow_mut().clear();
        for (key, outlook) in found {
            if key == self.key(document, &key.metric, key.as_of) {
                self.came.borrow_mut().insert((key.metric.clone(), key.as_of), generation);
                self.known.put(key, outlook);
            }
        }
    }
}

/// The forecasts that a job has found, for the goals that they bear on.
struct OfJob<'a> {
    found: &'a BTreeMap<(MetricId, Date), Outlook>,
    as_of: Date,
}

impl Forecasts for OfJob<'_> {
    fn outlook(&self, metric: &Metric) -> Outlook {
        self.found.get(&(metric.id.clone(), self.as_of)).cloned().unwrap_or(Outlook::Pending)
    }
}

/// The job.
pub fn work_out(project: &Project, wanted: Wanted, progress: &Progress) -> Done {
    let Wanted { outlooks, goals: of_goals } = wanted;
    let notes = Notes::of(project);
    let mut found = Vec::with_capacity(outlooks.len());
    for (key, known) in outlooks {
        if progress.is_cancelled() {
            return Done::Cancelled;
        }
        let Some(metric) = project.metric(&key.metric) else { continue };
        let outlook = match known {
            Some(forecast) => Outlook::Known(Arc::new(Arc::unwrap_or_clone(forecast).calibrated())),
            None => Outlook::of(&notes, metric, key.as_of),
        };
        found.push((key, outlook));
    }
    let by_metric = found.iter().map(|(key, outlook)| ((key.metric.clone(), key.as_of), outlook.clone())).collect();
    let mut said: BTreeMap<&GoalId, Vec<&CheckIn>> = BTreeMap::new();
    for check_in in project.check_ins.values() {
        said.entry(&check_in.goal).or_default().push(check_in);
    }
    for of_goal in said.values_mut() {
        of_goal.sort_by_key(|check_in| check_in.date);
    }
    let mut goals = Vec::with_capacity(of_goals.len());
    for (id, as_of, key) in of_goals {
        if progress.is_cancelled() {
            return Done::Cancelled;
        }
        let Some(goal) = project.goal(&id) else { continue };
        let said = said.get(&id).map_or(&[][..], Vec::as_slice);
        let said = &said[..said.partition_point(|check_in| check_in.date <= as_of)];
        let result = leaf_of(&notes, goal, said, as_of, &OfJob { found: &by_metric, as_of });
        if !result.pending {
            goals.push((id, as_of, key, Arc::new(result)));
        }
    }
    Done::Forecast(Found { outlooks: found, goals })
}
