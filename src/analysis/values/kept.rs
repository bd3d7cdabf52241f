//! What is asked again and again while one thing is worked out, worked out once.
//!
//! Many key results are measured by one metric, and many formulas rest on the same inputs: a report of them is linear in the project
//! only where each metric's values are brought to a grain once. They are kept for as long as [`keeping`] runs, which borrows the project, so
//! that nothing kept can be out of date.

use std::cell::{OnceCell, RefCell};
use std::collections::BTreeMap;
use std::sync::Arc;

use super::Inputs;
use super::cells::Sum;
use super::inputs::{Part, Segments};
use crate::analysis::effort::{Work, spend};
use crate::analysis::forecasts::Outlook;
use crate::analysis::regrain::{Regrained, regrain};
use crate::analysis::unsuited::Unsuited;
use crate::analysis::xmr::MetricXmr;
use crate::model::{Cadence, Date, Metric, MetricId, Origin, Project};

/// The most periods that are kept, at 40 bytes each. What comes later is worked out whenever it is asked for.
const MOST_PERIODS: usize = 10_000_000;

thread_local! {
    static OPEN: RefCell<Option<Open>> = const { RefCell::new(None) };
}

/// What is kept, and of which project: it stays where it is while it is borrowed.
struct Open {
    project: *const Project,
    store: Store,
}

/// Puts back what was open before, whatever happens.
struct Closing(Option<Open>);

impl Drop for Closing {
    fn drop(&mut self) {
        OPEN.set(self.0.take());
    }
}

/// Does some work, during which the values of each metric of the project are worked out once for every grain and day.
pub fn keeping<T>(project: &Project, work: impl FnOnce() -> T) -> T {
    let is_open = OPEN.with_borrow(|open| open.as_ref().is_some_and(|open| std::ptr::eq(open.project, project)));
    if is_open {
        return work();
    }
    let _closing = Closing(OPEN.replace(Some(Open { project, store: Store::default() })));
    work()
}

/// With what is kept of a project, or with something empty.
pub(super) fn with_store<T>(project: &Project, ask: impl FnOnce(&mut Store) -> T) -> T {
    OPEN.with_borrow_mut(|open| match open {
        Some(open) if std::ptr::eq(open.project, project) => ask(&mut open.store),
        _ => ask(&mut Store::default()),
    })
}

/// The chart of a metric as of a day.
pub(in crate::analysis) fn kept_chart(
    project: &Project,
    metric: &Metric,
    as_of: Date,
    make: impl FnOnce() -> Result<MetricXmr, Unsuited>,
) -> Arc<Result<MetricXmr, Unsuited>> {
    if !project.metric(&metric.id).is_some_and(|own| std::ptr::eq(own, metric)) {
        return Arc::new(make());
    }
    let key = (metric.id.clone(), as_of);
    if let Some(known) = with_store(project, |store| store.charts.get(&key).cloned()) {
        return known;
    }
    let found = Arc::new(make());
    with_store(project, |store| {
        let periods = found.as_ref().as_ref().map_or(0, |chart| chart.periods.len());
        // A chart is about as large as the values it is made of.
        if store.periods + periods <= MOST_PERIODS {
            store.periods += periods;
            store.charts.insert(key, Arc::clone(&found));
        }
    });
    found
}

/// Where a metric of the project is going, as seen on a day.
pub(in crate::analysis) fn kept_outlook(project: &Project, metric: &Metric, as_of: Date, make: impl FnOnce() -> Outlook) -> Outlook {
    let is_own = project.metric(&metric.id).is_some_and(|own| std::ptr::eq(own, metric));
    let key = (metric.id.clone(), as_of);
    let known = is_own.then(|| with_store(project, |store| store.outlooks.get(&key).cloned())).flatten();
    if let Some(known) = known {
        return known;
    }
    let found = make();
    if is_own {
        with_store(project, |store| {
            // A fit holds several numbers for each value.
            let periods = if let Outlook::Known(forecast) = &found { 4 * forecast.observed() } else { 0 };
            if store.periods + periods <= MOST_PERIODS {
                store.periods += periods;
                store.outlooks.insert(key, found.clone());
            }
        });
    }
    found
}

/// A part of formulas in a grain as of a day.
#[derive(Clone, Debug)]
pub(super) enum Found {
    Values(Arc<Regrained>),
    Sum(Arc<Sum>),
}

impl Found {
    fn periods(&self) -> usize {
        match self {
            Self::Values(values) => values.values.len(),
            Self::Sum(sum) => sum.len(),
        }
    }
}

/// What is known of one project.
#[derive(Debug, Default)]
pub(super) struct Store {
    found: BTreeMap<(Part, Cadence, Date), Found>,
    periods: usize,
    /// Of the recorded data that a part rests on: the coarsest grain.
    grains: BTreeMap<Part, Cadence>,
    segments: Option<Arc<Segments>>,
    charts: BTreeMap<(MetricId, Date), Arc<Result<MetricXmr, Unsuited>>>,
    outlooks: BTreeMap<(MetricId, Date), Outlook>,
}

impl Store {
    pub(super) fn own_cadence(&mut self, project: &Project, metric: &Metric) -> Cadence {
        if metric.formula().is_none() {
            return metric.cadence;
        }
        let root = Part::Metric(metric.id.clone());
        if let Some(known) = self.grains.get(&root) {
            return metric.cadence.max(*known);
        }
        let inputs = self.inputs(project, metric);
        let order = inputs.first(&root, |part| self.grains.contains_key(part));
        let mut new: BTreeMap<Part, Cadence> = BTreeMap::new();
        for part in order.parts {
            let grain = if let Some(recorded) = inputs.recorded(&part) {
                recorded.cadence
            } else {
                let of = |input: &Part| new.get(input).or_else(|| self.grains.get(input)).copied();
                inputs.of(&part).iter().filter_map(of).fold(Cadence::Hourly, Cadence::max)
            };
            new.insert(part, grain);
        }
        self.segments = inputs.segments.into_inner();
        let found = new.get(&root).copied().unwrap_or(metric.cadence);
        if !order.has_loop {
            self.grains.extend(new);
        }
        metric.cadence.max(found)
    }

    /// At just this grain, which is none finer than that of the recorded data.
    pub(super) fn values(&mut self, project: &Project, metric: &Metric, cadence: Cadence, as_of: Date) -> Arc<Regrained> {
        let root = (Part::Metric(metric.id.clone()), cadence, as_of);
        if let Some(Found::Values(known)) = self.found.get(&root) {
            return Arc::clone(known);
        }
        let inputs = self.inputs(project, metric);
        let order = inputs.first(&root.0, |part| self.found.contains_key(&(part.clone(), cadence, as_of)));
        let mut new: BTreeMap<(Part, Cadence, Date), Found> = BTreeMap::new();
        for part in order.parts {
            let known = |input: &Part| {
                let key = (input.clone(), cadence, as_of);
                new.get(&key).or_else(|| self.found.get(&key)).cloned()
            };
            let found = inputs.work_out(&part, cadence, as_of, known);
            new.insert((part, cadence, as_of), found);
        }
        self.segments = inputs.segments.into_inner();
        let found = match new.get(&root) {
            Some(Found::Values(values)) => Arc::clone(values),
            _ => Arc::new(Regrained { cadence, values: Vec::new() }),
        };
        // Where a loop was cut depends on where one entered it.
        if !order.has_loop {
            for (key, found) in new {
                if self.periods + found.periods() <= MOST_PERIODS {
                    self.periods += found.periods();
                    self.found.insert(key, found);
                }
            }
        }
        found
    }

    pub(super) fn segments_of(&mut self, project: &Project, whole: &MetricId) -> Vec<MetricId> {
        self.segments.get_or_insert_with(|| Arc::new(Segments::of(project))).of_whole(whole).to_vec()
    }

    fn inputs<'a>(&self, project: &'a Project, metric: &'a Metric) -> Inputs<'a> {
        Inputs { project, root: metric, segments: self.segments.clone().map_or_else(OnceCell::new, OnceCell::from) }
    }
}

impl Inputs<'_> {
    fn work_out(&self, part: &Part, cadence: Cadence, as_of: Date, known: impl Fn(&Part) -> Option<Found>) -> Found {
        let Self { project, .. } = self;
        let calendar = &project.settings.calendar;
        match part {
            Part::Metric(id) => {
                let Some(metric) = self.metric(id) else { return Found::Values(Arc::new(Regrained { cadence, values: Vec::new() })) };
                Found::Values(Arc::new(match &metric.origin {
                    Origin::Recorded | Origin::Linked(_) if !spend(Work::Values, steps(metric, cadence, as_of)) => {
                        Regrained { cadence, values: Vec::new() }
                    }
                    Origin::Recorded | Origin::Linked(_) => {
                        regrain(&metric.series, metric.cadence, cadence, metric.aggregation, calendar, as_of)
                    }
                    Origin::Computed { formula, missing } => {
                        Regrained { cadence, values: super::cells::computed(*calendar, formula, *missing, cadence, as_of, known) }
                    }
                }))
            }
            Part::Segments { missing, .. } => {
                let segments = self.of(part).into_iter().map(|segment| match known(&segment) {
                    Some(Found::Values(values)) => Some(values),
                    _ => None,
                });
                Found::Sum(Arc::new(Sum::of(segments, *calendar, cadence, *missing, as_of)))
            }
        }
    }
}

/// One for each point, two for each period from the first to the last.
fn steps(metric: &Metric, cadence: Cadence, as_of: Date) -> usize {
    let points = metric.series.len_up_to(as_of);
    let ends = metric.series.times().first().zip(points.checked_sub(1).map(|last| &metric.series.times()[last]));
    let days = ends.map_or(0, |(first, last)| (last.date() - first.date()).num_days());
    let length = match cadence {
        Cadence::Hourly | Cadence::Daily => 1,
        Cadence::Weekly => 7,
        Cadence::Monthly => 28,
        Cadence::Quarterly => 90,
        Cadence::Yearly => 365,
    };
    points + 2 * usize::try_from(days / length).unwrap_or(0) + 20
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analysis::fixture::{Fixture, day};
    use crate::analysis::metric_values;
    use crate::model::{Aggregation, MissingInput};

    #[test]
    fn values_are_the_same_object_while_they_are_kept_and_equal_ones_otherwise() {
        let mut f = Fixture::new();
        let users = f.monthly("users", Aggregation::Last, "2026-01-01", &[1.0, 2.0, 3.0]);
        let twice = f.formula("twice", &format!("[{users}] * 2"), MissingInput::Missing);
        let ask = |cadence, on| metric_values(&f.project, f.metric(&twice), cadence, day(on));
        let (first, again) = keeping(&f.project, || (ask(Cadence::Monthly, "2026-03-31"), ask(Cadence::Monthly, "2026-03-31")));
        assert!(Arc::ptr_eq(&first, &again));
        let (earlier, quarter) = keeping(&f.project, || (ask(Cadence::Monthly, "2026-02-28"), ask(Cadence::Quarterly, "2026-03-31")));
        assert_eq!((earlier.values.len(), quarter.values.len()), (2, 1));
        let alone = ask(Cadence::Monthly, "2026-03-31");
        assert!(!Arc::ptr_eq(&first, &alone));
        assert_eq!(first, alone);
    }

    #[test]
    fn nothing_is_kept_of_another_project_or_after_a_panic() {
        let mut f = Fixture::new();
        let users = f.monthly("users", Aggregation::Last, "2026-01-01", &[1.0]);
        let mut other = f.project.clone();
        let metric = Arc::make_mut(other.metrics.get_mut(&users).unwrap());
        metric.series = Arc::default();
        let of =
            |project: &Project| metric_values(project, project.metric(&users).unwrap(), Cadence::Monthly, day("2026-03-31")).values.len();
        let counts = keeping(&f.project, || {
            let before = of(&f.project);
            let within = keeping(&other, || (of(&other), of(&f.project)));
            (before, within, of(&f.project))
        });
        assert_eq!(counts, (1, (0, 1), 1));
        let stopped = std::panic::catch_unwind(|| keeping(&f.project, || std::panic::panic_any("stop")));
        assert!(stopped.is_err());
        assert!(OPEN.with_borrow(Option::is_none));
    }
}
