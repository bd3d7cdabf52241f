//! The pictures of the KPI view beyond the charts over time, remembered by what they are made of.

use std::sync::Arc;

use super::Memos;
use super::charts::{ChartKey, ChartOf};
use crate::analysis::Regrained;
use crate::chart::{self, Chart, Figure, Other, Subject, ValueScale};
use crate::document::{Document, Revision};
use crate::model::{Cadence, Date, GoalId, Metric, MetricId, Project};
use crate::workspace::{CompareWith, KpiMode, KpiView, Memo, SeasonForm};

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
    /// A chart with what it is without its forecast.
    recorded: Memo<usize, (Arc<Chart>, Arc<Chart>)>,
}

impl Default for Figures {
    fn default() -> Self {
        Self { made: Memo::new(64), scaled: Memo::new(16), recorded: Memo::new(16) }
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

    /// A chart without what may come.
    pub fn recorded(&self, document: &Document, as_of: Date, of: &ChartOf) -> Arc<Chart> {
        let chart = self.chart(document, as_of, of);
        self.figures.recorded.get(Arc::as_ptr(&chart).addr(), || (Arc::clone(&chart), Arc::new(chart.recorded()))).1
    }

    /// The driver that a metric is held against: the one chosen where it can be, else the first there is.
    pub fn driver(&self, document: &Document, metric: &MetricId, arranged: &KpiView) -> Option<MetricId> {
        let drivers = self.drivers(document, metric)?;
        let chosen = arranged.driver.as_ref().filter(|id| drivers.all.contains(id));
        chosen.or(drivers.all.first()).cloned()
    }

    /// The picture that a mode shows of a metric over days since 1970, arranged as in the KPI view.
    pub fn figure_of(
        &self,
        document: &Document,
        (metric, goal): (&MetricId, Option<&GoalId>),
        mode: KpiMode,
        days: (Date, Date),
        arranged: &KpiView,
    ) -> FigureOf {
        let with = match mode {
            KpiMode::Compare(CompareWith::Others(_)) => arranged.others(document.project(), metric),
            KpiMode::Relation => self.driver(document, metric, arranged).into_iter().collect(),
            _ => Vec::new(),
        };
        // A season is of all there is: which days are looked at makes no other picture.
        let days = if mode.obeys_range() { days } else { (Date::MIN, Date::MAX) };
        FigureOf { metric: metric.clone(), goal: goal.cloned(), mode, days, with }
    }

    /// The picture that a mode shows of a metric on a slide: that of the KPI view as it opens. A deck is the same for everyone who opens the
    /// project, so a comparison with others is with those nearest to it (`akin`). `None` where the mode is no figure.
    pub fn pinned_figure(
        &self,
        document: &Document,
        as_of: Date,
        (metric, goal): (&MetricId, Option<&GoalId>),
        mode: KpiMode,
        range: Option<(Date, Date)>,
    ) -> Option<FigureOf> {
        if !mode.is_figure() {
            return None;
        }
        let over_time = ChartOf::Metric(metric.clone(), goal.cloned());
        let days = range.unwrap_or_else(|| Chart::days_of(self.chart(document, as_of, &over_time).fit_x));
        let compared = match mode {
            KpiMode::Compare(CompareWith::Others(_)) => akin(document.project(), metric),
            _ => Vec::new(),
        };
        Some(self.figure_of(document, (metric, goal), mode, days, &KpiView { compared, ..KpiView::default() }))
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

/// The metrics that matter to the goals that one matters to, those of its own unit first.
fn akin(project: &Project, metric: &MetricId) -> Vec<MetricId> {
    const MOST: usize = 4;
    let unit = project.metric(metric).map(|m| &m.unit);
    let mut found: Vec<&Metric> = Vec::new();
    for (goal, _) in project.supported_goals(metric) {
        // A key result shares its metrics with those beside it.
        let above = goal.parent.as_ref().filter(|_| goal.as_key_result().is_some()).unwrap_or(&goal.id);
        let beside = project.goals.values().filter(|g| g.parent.as_ref() == Some(above) && !g.archived);
        let measured = beside.filter_map(|g| project.metric(g.as_key_result()?.metric.as_ref()?));
        let linked = project.linked_metrics(above).into_iter().map(|(metric, _)| metric);
        for other in measured.chain(linked) {
            if other.id != *metric && !found.iter().any(|m| m.id == other.id) {
                found.push(other);
            }
        }
    }
    found.sort_by_key(|m| Some(&m.unit) != unit);
    found.into_iter().take(MOST).map(|m| m.id.clone()).collect()
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
