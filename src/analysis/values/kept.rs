//! What is asked again and again while one thing is worked out, worked out once.
//!
//! It is kept in the [`Notes`](crate::analysis::Notes) of whoever asks.

use std::cell::OnceCell;
use std::collections::BTreeMap;
use std::sync::Arc;

use super::Inputs;
use super::cells::Sum;
use super::inputs::{Part, Segments};
use crate::analysis::Study;
use crate::analysis::effort::Work;
use crate::analysis::forecasts::Outlook;
use crate::analysis::regrain::{Regrained, regrain};
use crate::analysis::unsuited::Unsuited;
use crate::analysis::xmr::MetricXmr;
use crate::model::{Cadence, Date, Metric, MetricId, Origin, Project};

/// The most periods that are kept, at 40 bytes each. What comes later is worked out whenever it is asked for.
const MOST_PERIODS: usize = 10_000_000;

/// Whether a metric is that of the project, and not (yet) another of the same id.
pub(super) fn is_own(study: Study<'_>, metric: &Metric) -> bool {
    study.metric(&metric.id).is_some_and(|own| std::ptr::eq(own, metric))
}

/// The chart of a metric as of a day.
pub(in crate::analysis) fn kept_chart(
    study: Study<'_>,
    metric: &Metric,
    as_of: Date,
    make: impl FnOnce() -> Result<MetricXmr, Unsuited>,
) -> Arc<Result<MetricXmr, Unsuited>> {
    if !is_own(study, metric) {
        return Arc::new(make());
    }
    let key = (metric.id.clone(), as_of);
    if let Some(known) = study.with_store(|store| store.charts.get(&key).cloned()) {
        return known;
    }
    let found = Arc::new(make());
    study.with_store(|store| {
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
pub(in crate::analysis) fn kept_outlook(study: Study<'_>, metric: &Metric, as_of: Date, make: impl FnOnce() -> Outlook) -> Outlook {
    let is_own = is_own(study, metric);
    let key = (metric.id.clone(), as_of);
    let known = is_own.then(|| study.with_store(|store| store.outlooks.get(&key).cloned())).flatten();
    if let Some(known) = known {
        return known;
    }
    let found = make();
    if is_own {
        study.with_store(|store| {
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
pub(in crate::analysis) struct Store {
    found: BTreeMap<(Part, Cadence, Date), Found>,
    periods: usize,
    /// Of the recorded data that a part rests on: the coarsest grain.
    grains: BTreeMap<Part, Cadence>,
    segments: Option<Arc<Segments>>,
    charts: BTreeMap<(MetricId, Date), Arc<Result<MetricXmr, Unsuited>>>,
    outlooks: BTreeMap<(MetricId, Date), Outlook>,
}

impl Store {
    pub(super) fn own_cadence(&mut self, study: Study<'_>, metric: &Metric) -> Cadence {
        if metric.formula().is_none() {
            return metric.cadence;
        }
        let root = Part::Metric(metric.id.clone());
        if let Some(known) = self.grains.get(&root) {
            return metric.cadence.max(*known);
        }
        let inputs = self.inputs(study, metric);
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
    pub(super) fn values(&mut self, study: Study<'_>, metric: &Metric, cadence: Cadence, as_of: Date) -> Arc<Regrained> {
        let root = (Part::Metric(metric.id.clone()), cadence, as_of);
        if let Some(Found::Values(known)) = self.found.get(&root) {
            return Arc::clone(known);
        }
        let inputs = self.inputs(study, metric);
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

    fn inputs<'a>(&self, study: Study<'a>, metric: &'a Metric) -> Inputs<'a> {
        Inputs { study, root: metric, segments: self.segments.clone().map_or_else(OnceCell::new, OnceCell::from) }
    }
}

impl Inputs<'_> {
    fn work_out(&self, part: &Part, cadence: Cadence, as_of: Date, known: impl Fn(&Part) -> Option<Found>) -> Found {
        let study = self.study;
        let calendar = &study.settings.calendar;
        match part {
            Part::Metric(id) => {
                let Some(metric) = self.metric(id) else { return Found::Values(Arc::new(Regrained { cadence, values: Vec::new() })) };
                Found::Values(Arc::new(match &metric.origin {
                    Origin::Recorded | Origin::Linked(_) if !study.spend(Work::Values, steps(metric, cadence, as_of)) => {
                        Regrained { cadence, values: Vec::new() }
                    }
                    Origin::Recorded | Origin::Linked(_) => {
                        regrain(&metric.series, metric.cadence, cadence, metric.aggregation, calendar, as_of)
                    }
                    Origin::Computed { formula, missing } => {
                        Regrained { cadence, values: super::cells::computed(study, formula, *missing, cadence, as_of, known) }
                    }
                }))
            }
            Part::Segments { missing, .. } => {
                let segments = self.of(part).into_iter().map(|segment| match known(&segment) {
                    Some(Found::Values(values)) => Some(values),
                    _ => None,
                });
                Found::Sum(Arc::new(Sum::of(study, segments, cadence, *missing, as_of)))
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
    use crate::analysis::{Notes, metric_values};
    use crate::model::{Aggregation, MissingInput};

    #[test]
    fn values_are_the_same_object_where_notes_are_taken_and_equal_ones_otherwise() {
        let mut f = Fixture::new();
        let users = f.monthly("users", Aggregation::Last, "2026-01-01", &[1.0, 2.0, 3.0]);
        let twice = f.formula("twice", &format!("[{users}] * 2"), MissingInput::Missing);
        let notes = Notes::of(&f.project);
        let ask = |cadence, on| metric_values(&notes, f.metric(&twice), cadence, day(on));
        let (first, again) = (ask(Cadence::Monthly, "2026-03-31"), ask(Cadence::Monthly, "2026-03-31"));
        assert!(Arc::ptr_eq(&first, &again));
        let (earlier, quarter) = (ask(Cadence::Monthly, "2026-02-28"), ask(Cadence::Quarterly, "2026-03-31"));
        assert_eq!((earlier.values.len(), quarter.values.len()), (2, 1));
        let alone = metric_values(&f.project, f.metric(&twice), Cadence::Monthly, day("2026-03-31"));
        assert!(!Arc::ptr_eq(&first, &alone));
        assert_eq!(first, alone);
    }

    #[test]
    fn nothing_is_noted_of_a_metric_that_is_not_the_projects_own() {
        let mut f = Fixture::new();
        let users = f.monthly("users", Aggregation::Last, "2026-01-01", &[1.0]);
        let mut other = f.metric(&users).clone();
        other.series = Arc::default();
        let notes = Notes::of(&f.project);
        let count = |metric: &Metric| metric_values(&notes, metric, Cadence::Monthly, day("2026-03-31")).values.len();
        assert_eq!([f.metric(&users), &other, f.metric(&users)].map(count), [1, 0, 1]);
    }
}
