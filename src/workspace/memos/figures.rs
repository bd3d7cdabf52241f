//! The pictures of the KPI view beyond the charts over time, remembered by what they are made of.

use std::sync::Arc;

use super::Memos;
use super::charts::ChartKey;
use crate::analysis::Regrained;
use crate::chart::{self, Figure, Subject};
use crate::document::{Document, Revision};
use crate::model::{Cadence, Date, GoalId, Metric, MetricId};
use crate::workspace::{KpiMode, Memo};

/// Which picture of a metric.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct FigureOf {
    pub metric: MetricId,
    /// Where it matters as the measure of a goal.
    pub goal: Option<GoalId>,
    pub mode: KpiMode,
    /// The days shown, both included.
    pub days: (Date, Date),
    /// Other metrics in it.
    pub with: Vec<MetricId>,
}

/// What it is, what charts of the metric depend on, and the values of the others.
type FigureKey = (FigureOf, ChartKey, Vec<Revision>);

#[derive(Debug)]
pub(super) struct Figures {
    made: Memo<FigureKey, Arc<Figure>>,
}

impl Default for Figures {
    fn default() -> Self {
        Self { made: Memo::new(64) }
    }
}

/// The grain that figures show a metric in: its own, hours as days.
fn grain(metric: &Metric) -> Cadence {
    metric.cadence.max(Cadence::Daily)
}

impl Memos {
    /// A picture of a metric; `None` where the metric is not there, or where a mode is no figure but a chart over time.
    pub fn figure(&self, document: &Document, as_of: Date, of: &FigureOf) -> Option<Arc<Figure>> {
        let project = document.project();
        let metric = project.metric(&of.metric)?;
        let make: fn(&Subject<'_>) -> Figure = match of.mode {
            KpiMode::Trend | KpiMode::Variation(_) => return None,
            KpiMode::Distribution => chart::distribution,
        };
        let evaluation = self.evaluation(document, as_of);
        let key = ChartKey::of_values(document, &evaluation, &of.metric, of.goal.as_ref());
        let others = of.with.iter().map(|id| document.values_revision(id)).collect();
        Some(self.figures.made.get((of.clone(), key, others), || {
            let cadence = grain(metric);
            let none = || Arc::new(Regrained { cadence, values: Vec::new() });
            let values = self.regrained(document, &of.metric, cadence, as_of).unwrap_or_else(none);
            let context = chart::Context { project, evaluation: &evaluation };
            Arc::new(make(&Subject { context, metric, goal: of.goal.as_ref(), values: &values, days: of.days }))
        }))
    }
}
