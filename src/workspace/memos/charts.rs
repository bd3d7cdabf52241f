//! Charts and what is told beside them.

use std::sync::Arc;

use super::Memos;
use crate::analysis::forecast::{BottomUp, Likelihood, MetricForecast, bottom_up};
use crate::analysis::xmr::Choice;
use crate::analysis::{Evaluation, Outlook};
use crate::chart::{self, Chart, Fact, Spark};
use crate::document::{Document, Revision};
use crate::model::{Date, Goal, GoalId, GoalKind, MetricId, Status, Tree};

/// What a chart is about.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum ChartOf {
    /// A metric, where it matters as the measure of a goal.
    Metric(MetricId, Option<GoalId>),
    /// A key result without a metric.
    Goal(GoalId),
    /// The XmR chart of a metric.
    Variation(MetricId, Choice),
    /// The moving ranges below it.
    Steps(MetricId, Choice),
}

impl ChartOf {
    /// What it is drawn of, where that is a metric.
    pub fn metric(&self) -> Option<&MetricId> {
        match self {
            Self::Metric(metric, _) | Self::Variation(metric, _) | Self::Steps(metric, _) => Some(metric),
            Self::Goal(_) => None,
        }
    }
}

/// How a chart of signal and noise is asked for: as [`ChartOf::Variation`] or as [`ChartOf::Steps`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Panel {
    Values(Choice),
    Steps(Choice),
}

/// How a goal stands; progress and expectation as bits, so that they can be keys.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Standing {
    goal: GoalId,
    status: Option<Status>,
    progress: Option<u64>,
    expected: Option<u64>,
}

/// What a chart depends on: its points, everything around them, and how the goals that it names stand.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct ChartKey {
    metric: Option<MetricId>,
    panel: Option<Panel>,
    goal: Option<GoalId>,
    as_of: Date,
    values: Revision,
    structure: Revision,
    settings: Revision,
    /// When the forecast of the metric came from a job.
    pub(super) forecast: u64,
    /// The newest of the goals named and those above them.
    goals: Revision,
    standing: Vec<Standing>,
}

impl ChartKey {
    /// Of a picture that is made of a metric's values, and of how the goals stand that it is shown for.
    pub(super) fn of_values(document: &Document, evaluation: &Evaluation, metric: &MetricId, goal: Option<&GoalId>) -> Self {
        let mut named: Vec<&GoalId> = document.project().supported_goals(metric).into_iter().map(|(g, _)| &g.id).collect();
        named.extend(goal);
        let key = chart_key(document, evaluation, goal, &named);
        Self { metric: Some(metric.clone()), values: document.values_revision(metric), ..key }
    }
}

/// The revisions of all that is evaluated and of the metric's values.
pub(super) type FactsKey = (ChartOf, Date, Revision, Option<Revision>, u64);
pub(super) type SparkKey = (MetricId, Date, Revision, Revision);

/// What is known of the future of a metric.
struct Ahead {
    forecast: Arc<MetricForecast>,
    bottom_up: Option<BottomUp>,
    likelihood: Option<Arc<Likelihood>>,
}

impl Ahead {
    fn prospect(&self) -> chart::Prospect<'_> {
        chart::Prospect { forecast: &self.forecast, bottom_up: self.bottom_up.as_ref(), likelihood: self.likelihood.as_deref() }
    }
}

impl Memos {
    /// The chart of a metric, seen from a goal or on its own.
    pub fn trend(&self, document: &Document, as_of: Date, metric: &MetricId, goal: Option<&GoalId>) -> Arc<Chart> {
        let project = document.project();
        let evaluation = self.evaluation(document, as_of);
        let mut named: Vec<&GoalId> = project.supported_goals(metric).into_iter().map(|(g, _)| &g.id).collect();
        named.extend(goal);
        // What they are declared to bring is drawn.
        let declares = |g: &&Arc<Goal>| matches!(&g.kind, GoalKind::Initiative(i) if i.effects.iter().any(|e| e.metric == *metric));
        named.extend(project.goals.values().filter(declares).map(|g| &g.id));
        let key = ChartKey { metric: Some(metric.clone()), ..chart_key(document, &evaluation, goal, &named) };
        let key = ChartKey { values: document.values_revision(metric), forecast: self.outlooks.generation_of(metric, as_of), ..key };
        let context = chart::Context { project, evaluation: &evaluation };
        self.charts.get(key, || {
            let ahead = self.ahead(document, &evaluation, metric, context.pursued_goal(metric, goal).as_ref());
            Arc::new(chart::trend_with(&context, metric, goal, ahead.as_ref().map(Ahead::prospect).as_ref()))
        })
    }

    /// The chart of a key result without a metric.
    pub fn milestone(&self, document: &Document, as_of: Date, goal: &GoalId) -> Arc<Chart> {
        let evaluation = self.evaluation(document, as_of);
        let key = chart_key(document, &evaluation, Some(goal), &[goal]);
        let context = chart::Context { project: document.project(), evaluation: &evaluation };
        self.charts.get(key, || Arc::new(chart::milestone(&context, goal)))
    }

    /// The chart of a metric or of a key result without one.
    pub fn chart(&self, document: &Document, as_of: Date, of: &ChartOf) -> Arc<Chart> {
        match of {
            ChartOf::Metric(metric, goal) => self.trend(document, as_of, metric, goal.as_ref()),
            ChartOf::Goal(goal) => self.milestone(document, as_of, goal),
            ChartOf::Variation(metric, choice) => self.panel(document, as_of, metric, Panel::Values(*choice)),
            ChartOf::Steps(metric, choice) => self.panel(document, as_of, metric, Panel::Steps(*choice)),
        }
    }

    /// The values or the steps of a metric's XmR chart.
    fn panel(&self, document: &Document, as_of: Date, metric: &MetricId, panel: Panel) -> Arc<Chart> {
        let evaluation = self.evaluation(document, as_of);
        let key = ChartKey { panel: Some(panel), ..ChartKey::of_values(document, &evaluation, metric, None) };
        let (Panel::Values(choice) | Panel::Steps(choice)) = panel;
        self.charts.get(key, || {
            let context = chart::Context { project: document.project(), evaluation: &evaluation };
            let xmr = self.xmr(document, as_of, metric, choice);
            let xmr = xmr.as_ref().as_ref().map_err(ToString::to_string);
            Arc::new(match panel {
                Panel::Values(_) => chart::variation(&context, metric, xmr),
                Panel::Steps(_) => chart::moving_ranges(&context, metric, xmr),
            })
        })
    }

    /// What is known of the future of a metric, for the key result that pursues it.
    fn ahead(&self, document: &Document, evaluation: &Evaluation, metric: &MetricId, goal: Option<&GoalId>) -> Option<Ahead> {
        let project = document.project();
        let forecast = self.forecast(document, metric, evaluation.as_of)?;
        let result = goal.and_then(|g| evaluation.goal(g));
        let due = result.and_then(|r| r.span.due);
        let bottom_up = due.zip(project.metric(metric)).map(|(due, metric)| bottom_up(project, metric, &forecast, due));
        Some(Ahead { forecast, bottom_up, likelihood: result.and_then(|r| r.likelihood.clone()) })
    }

    /// What the numbers of a chart say beyond it; nothing for a key result without a metric.
    pub fn insights(&self, document: &Document, as_of: Date, of: &ChartOf) -> Arc<[Fact]> {
        let values = of.metric().map(|metric| document.values_revision(metric));
        self.insights.get((of.clone(), as_of, document.evaluation_revision(), values, self.outlooks.generation()), || {
            let (project, evaluation) = (document.project(), self.evaluation(document, as_of));
            let Some(metric) = of.metric().and_then(|id| project.metric(id)) else { return Arc::default() };
            let goal = if let ChartOf::Metric(_, goal) = of { goal.as_ref() } else { None };
            let pursued = chart::Context { project, evaluation: &evaluation }.pursued_goal(&metric.id, goal);
            let why = match self.outlook(document, metric, as_of) {
                Outlook::Unknown(reason) => reason.to_string(),
                Outlook::Rough(_) | Outlook::Pending => "it is being worked out".to_owned(),
                Outlook::Known(_) => String::new(),
            };
            let ahead = self.ahead(document, &evaluation, &metric.id, pursued.as_ref()).filter(|_| why.is_empty());
            let due = pursued.as_ref().and_then(|g| evaluation.goal(g)).and_then(|r| r.span.due).unwrap_or(as_of);
            let calibration = ahead.as_ref().and_then(|a| a.forecast.calibrate(due));
            let xmr = self.xmr(document, as_of, &metric.id, Choice::default());
            let known = chart::Known {
                project,
                metric,
                as_of,
                forecast: ahead.as_ref().map(|a| a.forecast.as_ref()).ok_or(why.as_str()),
                calibration: calibration.as_ref(),
                likelihood: ahead.as_ref().and_then(|a| a.likelihood.as_deref()),
                aim: pursued.as_ref().and_then(|g| project.goal(g)).and_then(Goal::as_key_result).map(|k| &k.aim),
                bottom_up: ahead.as_ref().and_then(|a| a.bottom_up.as_ref()),
                xmr: xmr.as_ref().as_ref().ok(),
            };
            chart::insights(&known).into()
        })
    }

    /// The numbers beside that chart.
    pub fn facts(&self, document: &Document, as_of: Date, of: &ChartOf) -> Arc<[Fact]> {
        let values = of.metric().map(|metric| document.values_revision(metric));
        self.facts.get((of.clone(), as_of, document.evaluation_revision(), values, self.outlooks.generation()), || {
            let (project, evaluation) = (document.project(), self.evaluation(document, as_of));
            let context = chart::Context { project, evaluation: &evaluation };
            let (metric, goal) = match of {
                ChartOf::Metric(metric, goal) => (Some(metric), context.pursued_goal(metric, goal.as_ref())),
                ChartOf::Goal(goal) => (None, Some(goal.clone())),
                ChartOf::Variation(metric, _) | ChartOf::Steps(metric, _) => (Some(metric), None),
            };
            chart::facts(project, &evaluation, metric, goal.as_ref()).into()
        })
    }

    /// The word-sized chart of a metric; empty for one that is not there.
    pub fn sparkline(&self, document: &Document, as_of: Date, metric: &MetricId) -> Arc<Spark> {
        let key = (metric.clone(), as_of, document.values_revision(metric), document.settings_revision());
        self.sparks.get(key, || {
            let found = document.project().metric(metric);
            Arc::new(found.map(|m| chart::sparkline(document.project(), m, as_of)).unwrap_or_default())
        })
    }
}

fn chart_key(document: &Document, evaluation: &Evaluation, goal: Option<&GoalId>, named: &[&GoalId]) -> ChartKey {
    let above = named.iter().flat_map(|g| Tree::path(document.project(), g));
    let standing = named.iter().map(|id| {
        let result = evaluation.goal(id);
        Standing {
            goal: GoalId::clone(id),
            status: result.map(|r| r.status),
            progress: result.and_then(|r| r.progress).map(f64::to_bits),
            expected: result.and_then(|r| r.expected).map(f64::to_bits),
        }
    });
    ChartKey {
        metric: None,
        panel: None,
        goal: goal.cloned(),
        as_of: evaluation.as_of,
        values: Revision::default(),
        structure: document.structure_revision(),
        settings: document.settings_revision(),
        forecast: 0,
        goals: above.map(|g| document.goal_revision(&g.id)).max().unwrap_or_default(),
        standing: standing.collect(),
    }
}
