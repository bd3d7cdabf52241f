//! The pictures of the KPI view beyond the charts over time, remembered by what they are made of.

use std::sync::Arc;

use super::Memos;
use super::charts::{ChartKey, ChartOf};
use crate::analysis::Regrained;
use crate::chart::{self, Chart, Figure, Other, Subject, ValueScale};
use crate::document::{Document, Revision};
use crate::model::{Cadence, Date, GoalId, Metric, MetricId};
use crate::workspace::{CompareWith, KpiMode, Memo, SeasonForm};

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
    /// A chart with what it is on another axis.
    scaled: Memo<(usize, ValueScale), (Arc<Chart>, Arc<Chart>)>,
}

impl Default for Figures {
    fn default() -> Self {
        Self { made: Memo::new(64), scaled: Memo::new(16) }
    }
}

/// The grain that figures show a metric in: its own, hours as days.
fn grain(metric: &Metric) -> Cadence {
    metric.cadence.max(Cadence::Daily)
}

impl Memos {
    /// A chart over time on a value axis.
    pub fn scaled(&self, document: &Document, as_of: Date, of: &ChartOf, scale: ValueScale) -> Arc<Chart> {
        let chart = self.chart(document, as_of, of);
        if scale == ValueScale::Auto {
            return chart;
        }
        // The chart is kept with what was made of it, so that no other one can come to stand at its address.
        let key = (Arc::as_ptr(&chart).addr(), scale);
        self.figures.scaled.get(key, || (Arc::clone(&chart), Arc::new(chart.scaled(scale)))).1
    }

    /// A picture of a metric; `None` where the metric is not there, or where a mode is no figure but a chart over time.
    pub fn figure(&self, document: &Document, as_of: Date, of: &FigureOf) -> Option<Arc<Figure>> {
        let project = document.project();
        let metric = project.metric(&of.metric)?;
        if !of.mode.is_figure() {
            return None;
        }
        if matches!(of.mode, KpiMode::Contributions | KpiMode::Relation) {
            return Some(self.moves_figure(document, as_of, metric, of));
        }
        let evaluation = self.evaluation(document, as_of);
        let mut key = ChartKey::of_values(document, &evaluation, &of.metric, of.goal.as_ref());
        if of.mode == KpiMode::Table {
            // Its message is that of the chart over time.
            key.forecast = self.outlooks.generation_of(&of.metric, as_of);
        }
        let others = of.with.iter().map(|id| document.values_revision(id)).collect();
        Some(self.figures.made.get((of.clone(), key, others), || {
            let values = |metric: &Metric| {
                let cadence = grain(metric);
                let none = || Arc::new(Regrained { cadence, values: Vec::new() });
                self.regrained(document, &metric.id, cadence, as_of).unwrap_or_else(none)
            };
            let with: Vec<Other<'_>> =
                of.with.iter().filter_map(|id| project.metric(id)).map(|metric| Other { metric, values: values(metric) }).collect();
            let context = chart::Context { project, evaluation: &evaluation };
            let (values, goal) = (values(metric), of.goal.as_ref());
            let subject = Subject { context, metric, goal, values: &values, days: of.days, with: &with };
            let trend = || self.trend(document, as_of, &of.metric, goal);
            Arc::new(made(of.mode, &subject, trend))
        }))
    }
}

fn made(mode: KpiMode, subject: &Subject<'_>, trend: impl FnOnce() -> Arc<Chart>) -> Figure {
    match mode {
        KpiMode::Season(SeasonForm::Years) => chart::season_years(subject),
        KpiMode::Season(SeasonForm::Cycle) => chart::season_cycle(subject),
        KpiMode::Compare(CompareWith::Earlier) => chart::compare_periods(subject),
        KpiMode::Compare(CompareWith::Others(against)) => chart::compare_metrics(subject, against),
        KpiMode::Distribution => chart::distribution(subject),
        // Those with a memo of their own are their values here.
        KpiMode::Trend | KpiMode::Variation(_) | KpiMode::Contributions | KpiMode::Relation | KpiMode::Table => {
            chart::value_table(subject, &trend())
        }
    }
}
