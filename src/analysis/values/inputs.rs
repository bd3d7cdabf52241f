//! What a formula rests on, and in which order.

use std::cell::OnceCell;
use std::collections::BTreeMap;
use std::sync::Arc;

use crate::analysis::Study;
use crate::model::{Metric, MetricId, MissingInput, Origin, Project};

/// Something that formulas are made of: the values of a metric, or the sum of the segments of one.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Part {
    Metric(MetricId),
    Segments { whole: MetricId, missing: Missing },
}

/// [`MissingInput`], in an order.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Missing {
    Missing,
    Zero,
}

impl From<MissingInput> for Missing {
    fn from(missing: MissingInput) -> Self {
        match missing {
            MissingInput::Missing => Self::Missing,
            MissingInput::Zero => Self::Zero,
        }
    }
}

/// The segments of each metric that has some, by id.
#[derive(Debug, Default)]
pub(super) struct Segments(BTreeMap<MetricId, Vec<MetricId>>);

impl Segments {
    pub(super) fn of(project: &Project) -> Self {
        let mut segments: BTreeMap<MetricId, Vec<MetricId>> = BTreeMap::new();
        for metric in project.metrics.values() {
            if let Some(segment) = &metric.segment {
                segments.entry(segment.whole.clone()).or_default().push(metric.id.clone());
            }
        }
        Self(segments)
    }

    pub(super) fn of_whole(&self, whole: &MetricId) -> &[MetricId] {
        self.0.get(whole).map_or(&[], Vec::as_slice)
    }
}

/// What is looked up for the values of one metric.
pub(super) struct Inputs<'a> {
    pub(super) study: Study<'a>,
    /// Perhaps not the project's own, and then it goes before that.
    pub(super) root: &'a Metric,
    /// Gathered where some formula asks for them.
    pub(super) segments: OnceCell<Arc<Segments>>,
}

/// A part and all that it rests on, inputs before what uses them, each once.
pub(super) struct Order {
    pub(super) parts: Vec<Part>,
    /// A loop was cut where it closed.
    pub(super) has_loop: bool,
}

impl<'a> Inputs<'a> {
    pub(super) fn metric(&self, id: &MetricId) -> Option<&'a Metric> {
        if *id == self.root.id { Some(self.root) } else { self.study.metric(id) }
    }

    fn segments(&self) -> &Segments {
        self.segments.get_or_init(|| Arc::new(Segments::of(&self.study)))
    }

    /// The metric, where its values are recorded.
    pub(super) fn recorded(&self, part: &Part) -> Option<&'a Metric> {
        let Part::Metric(id) = part else { return None };
        self.metric(id).filter(|metric| metric.formula().is_none())
    }

    /// What a part rests on directly.
    pub(super) fn of(&self, part: &Part) -> Vec<Part> {
        match part {
            Part::Metric(id) => match self.metric(id).map(|metric| &metric.origin) {
                Some(Origin::Computed { formula, missing }) => {
                    let missing = Missing::from(*missing);
                    let metrics = formula.metrics().into_iter().map(|id| Part::Metric(id.clone()));
                    let sums = formula.segmented().into_iter().map(|whole| Part::Segments { whole: whole.clone(), missing });
                    let mut inputs: Vec<Part> = metrics.chain(sums).collect();
                    inputs.sort_unstable();
                    inputs.dedup();
                    inputs
                }
                _ => Vec::new(),
            },
            Part::Segments { whole, .. } => self.segments().of_whole(whole).iter().map(|segment| Part::Metric(segment.clone())).collect(),
        }
    }

    /// Of a part and what it rests on, all that is not known yet.
    pub(super) fn first(&self, root: &Part, is_known: impl Fn(&Part) -> bool) -> Order {
        enum Visit {
            Enter(Part),
            Leave(Part),
        }
        let mut is_left: BTreeMap<Part, bool> = BTreeMap::new();
        let mut order = Order { parts: Vec::new(), has_loop: false };
        let mut stack = vec![Visit::Enter(root.clone())];
        while let Some(visit) = stack.pop() {
            match visit {
                Visit::Leave(part) => {
                    is_left.insert(part.clone(), true);
                    order.parts.push(part);
                }
                Visit::Enter(part) => {
                    if let Some(is_left) = is_left.get(&part) {
                        order.has_loop |= !is_left;
                        continue;
                    }
                    is_left.insert(part.clone(), false);
                    let inputs = self.of(&part);
                    stack.push(Visit::Leave(part));
                    stack.extend(inputs.into_iter().filter(|input| self.is_there(input) && !is_known(input)).map(Visit::Enter));
                }
            }
        }
        order
    }

    fn is_there(&self, part: &Part) -> bool {
        match part {
            Part::Metric(id) => self.metric(id).is_some(),
            Part::Segments { .. } => true,
        }
    }
}
