//! The values of a formula's inputs, all at the grain of its result.

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::analysis::Study;
use crate::analysis::effort::Work;
use crate::analysis::regrain::Regrained;
use crate::analysis::values::{formula_inputs, metric_values, segments_of};
use crate::model::{Cadence, Date, Formula, Metric, MetricId, MissingInput, Operator, Origin, Period};

/// Every metric that a computed one rests on, with its values.
pub(in crate::analysis) struct FormulaValues<'a> {
    pub(super) project: Study<'a>,
    pub(in crate::analysis) cadence: Cadence,
    known: BTreeMap<&'a MetricId, Arc<Regrained>>,
}

impl<'a> FormulaValues<'a> {
    pub(in crate::analysis) fn of(project: Study<'a>, metric: &'a Metric, as_of: Date) -> Self {
        let cadence = metric_values(project, metric, metric.cadence, as_of).cadence;
        let mut known = BTreeMap::new();
        let mut open = vec![metric];
        while let Some(next) = open.pop() {
            // An input is looked up by its id here and where its values are kept.
            if !project.spend(Work::Parts, 100) {
                break;
            }
            if !known.contains_key(&next.id) {
                known.insert(&next.id, metric_values(project, next, cadence, as_of));
                open.extend(formula_inputs(project, next).iter().filter_map(|id| project.metric(id)));
            }
        }
        Self { project, cadence, known }
    }

    pub(in crate::analysis) fn metric(&self, id: &MetricId) -> Option<&'a Metric> {
        self.project.metric(id)
    }

    pub(in crate::analysis) fn regrained(&self, id: &MetricId) -> Option<&Regrained> {
        self.known.get(id).map(Arc::as_ref)
    }

    /// Metrics with points of their own, by id.
    pub(in crate::analysis) fn sources(&self) -> impl Iterator<Item = &'a Metric> {
        self.known.keys().filter_map(|id| self.project.metric(id)).filter(|m| m.formula().is_none())
    }

    pub(in crate::analysis) fn at(&self, id: &MetricId, period: Period) -> Option<f64> {
        self.known.get(id)?.on(period.first)?.value
    }

    pub(in crate::analysis) fn segments(&self, whole: &MetricId) -> Vec<MetricId> {
        segments_of(self.project, whole)
    }

    /// The period so many before.
    pub(in crate::analysis) fn back(&self, period: Period, lag: u32) -> Period {
        (0..lag).fold(period, |p, _| self.project.settings.calendar.previous(self.cadence, p))
    }

    /// An input as a metric's formula sees it: nothing may count as zero.
    pub(in crate::analysis) fn input(&self, of: &Metric, id: &MetricId, period: Period) -> Option<f64> {
        self.at(id, period).or_else(|| counts_as_zero(of).then_some(0.0))
    }

    /// A metric's value in a period if a source's value there were `factor` times what it is.
    pub(in crate::analysis) fn if_scaled(&self, metric: &Metric, period: Period, source: &MetricId, factor: f64) -> Option<f64> {
        let mut scenario = Scenario { values: self, at: period, source, factor, known: BTreeMap::new() };
        scenario.metric(&metric.id, period, 0)
    }
}

fn counts_as_zero(metric: &Metric) -> bool {
    matches!(metric.origin, Origin::Computed { missing: MissingInput::Zero, .. })
}

/// All values as they would be.
struct Scenario<'a> {
    values: &'a FormulaValues<'a>,
    at: Period,
    source: &'a MetricId,
    factor: f64,
    known: BTreeMap<(MetricId, Period), Option<f64>>,
}

/// Deeper than any sound project goes.
const DEEPEST: usize = 200;

impl Scenario<'_> {
    fn metric(&mut self, id: &MetricId, period: Period, depth: usize) -> Option<f64> {
        let metric = self.values.metric(id)?;
        let Some(formula) = metric.formula() else {
            let factor = if id == self.source && period == self.at { self.factor } else { 1.0 };
            return self.values.at(id, period).map(|v| v * factor);
        };
        if depth > DEEPEST {
            return None;
        }
        let key = (id.clone(), period);
        if let Some(known) = self.known.get(&key) {
            return *known;
        }
        let found = self.formula(metric, formula, period, depth).filter(|v| v.is_finite());
        self.known.insert(key, found);
        found
    }

    fn input(&mut self, of: &Metric, id: &MetricId, period: Period, depth: usize) -> Option<f64> {
        self.metric(id, period, depth + 1).or_else(|| counts_as_zero(of).then_some(0.0))
    }

    fn formula(&mut self, of: &Metric, formula: &Formula, period: Period, depth: usize) -> Option<f64> {
        if !self.values.project.spend(Work::Parts, 50) {
            return None;
        }
        match formula {
            Formula::Number(value) => Some(*value),
            Formula::Metric(id) => self.input(of, id, period, depth),
            Formula::Negate(x) => Some(-self.formula(of, x, period, depth)?),
            Formula::Binary { operator, left, right } => {
                let (left, right) = (self.formula(of, left, period, depth)?, self.formula(of, right, period, depth)?);
                Some(match operator {
                    Operator::Add => left + right,
                    Operator::Subtract => left - right,
                    Operator::Multiply => left * right,
                    Operator::Divide => left / right,
                })
            }
            Formula::Previous(x) => self.formula(of, x, self.values.back(period, 1), depth),
            Formula::Growth(x) => {
                let before = self.formula(of, x, self.values.back(period, 1), depth)?;
                Some(self.formula(of, x, period, depth)? / before - 1.0)
            }
            Formula::Segments(whole) => {
                let parts = self.values.segments(whole);
                if parts.is_empty() {
                    return None;
                }
                parts.iter().map(|id| self.input(of, id, period, depth)).sum()
            }
        }
    }
}
