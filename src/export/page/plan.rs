use std::collections::BTreeSet;
use std::sync::Arc;

use super::objective_page::{self, Overview};
use super::{SharedChart, Source};
use crate::chart::{self, Chart};
use crate::export::ExportError;
use crate::model::{Goal, GoalId, GoalKind, MetricId};
use crate::workspace::ExportWhat;

/// What is on one page.
pub(super) enum Content<'a> {
    Chart(SharedChart),
    /// What an objective is, how it stands, and the goals under it, or some of them.
    Objective(Overview<'a>),
    /// Charts of an objective, as many as fit.
    Charts {
        goal: &'a Goal,
        charts: Vec<SharedChart>,
    },
}

impl Content<'_> {
    pub(super) fn title(&self) -> String {
        match self {
            Self::Chart(chart) => chart.name.clone(),
            Self::Objective(part) => part.goal.title.clone(),
            Self::Charts { goal, .. } => format!("{}, charts", goal.title),
        }
    }

    /// For who cannot see the page.
    pub(super) fn description(&self, source: &Source<'_>) -> String {
        match self {
            Self::Chart(chart) => chart.summary.clone(),
            Self::Objective(part) => part.description(source),
            Self::Charts { charts, .. } => charts.iter().map(|chart| chart.summary.as_str()).collect::<Vec<_>>().join(" "),
        }
    }
}

/// The pages that show something, in reading order.
pub(super) fn contents<'a>(source: &Source<'a>, what: &ExportWhat) -> Result<Vec<Content<'a>>, ExportError> {
    let project = source.project;
    match what {
        ExportWhat::Chart(metric) => {
            let known = project.metric(metric).ok_or_else(|| ExportError::NoMetric(metric.to_string()))?;
            Ok(vec![Content::Chart(trend(source, &known.id, None))])
        }
        ExportWhat::Objective(goal) => {
            let goal = project.goal(goal).ok_or_else(|| ExportError::NoGoal(goal.to_string()))?;
            Ok(of_goal(source, goal))
        }
        ExportWhat::All => {
            let visits = source.tree.walk();
            let goals = visits.iter().filter_map(|visit| project.goal(visit.goal));
            let objectives = goals.filter(|goal| matches!(goal.kind, GoalKind::Objective(_)) && !goal.archived);
            let mut contents: Vec<Content<'a>> = objectives.flat_map(|goal| of_goal(source, goal)).collect();
            let mut metrics: Vec<_> = project.metrics.values().collect();
            metrics.sort_by(|a, b| (&a.name, &a.id).cmp(&(&b.name, &b.id)));
            contents.extend(metrics.into_iter().map(|metric| Content::Chart(trend(source, &metric.id, None))));
            if contents.is_empty() { Err(ExportError::Nothing) } else { Ok(contents) }
        }
    }
}

/// A key result is its chart; an objective is its overview and the charts that say what moves it.
fn of_goal<'a>(source: &Source<'a>, goal: &'a Goal) -> Vec<Content<'a>> {
    match &goal.kind {
        GoalKind::Objective(_) => {
            let overviews = objective_page::overviews(source, goal).into_iter().map(Content::Objective);
            let charts = charts_of(source, goal);
            let pages = charts.chunks(objective_page::charts_a_page(source)).map(|part| Content::Charts { goal, charts: part.to_vec() });
            overviews.chain(pages).collect()
        }
        GoalKind::KeyResult(_) | GoalKind::Initiative(_) => vec![Content::Chart(of_leaf(source, goal))],
    }
}

/// One chart for each key result and each linked KPI, none twice.
fn charts_of(source: &Source<'_>, goal: &Goal) -> Vec<SharedChart> {
    let project = source.project;
    let mut shown: BTreeSet<&MetricId> = BTreeSet::new();
    let mut charts = Vec::new();
    let leaves = source.tree.children(&goal.id).iter().filter_map(|id| project.goal(id)).filter(|child| !child.archived);
    for child in leaves.filter(|child| matches!(child.kind, GoalKind::KeyResult(_))) {
        let chart = of_leaf(source, child);
        charts.push(only_for(chart, &[&child.id, &goal.id]));
        shown.extend(child.as_key_result().and_then(|key_result| key_result.metric.as_ref()));
    }
    for (metric, _) in project.linked_metrics(&goal.id) {
        if shown.insert(&metric.id) {
            charts.push(only_for(trend(source, &metric.id, Some(&goal.id)), &[&goal.id]));
        }
    }
    charts
}

fn of_leaf(source: &Source<'_>, goal: &Goal) -> SharedChart {
    match goal.as_key_result().and_then(|key_result| key_result.metric.as_ref()) {
        Some(metric) => trend(source, metric, Some(&goal.id)),
        None => Arc::new(chart::milestone(&context(source), &goal.id)),
    }
}

fn trend(source: &Source<'_>, metric: &MetricId, goal: Option<&GoalId>) -> SharedChart {
    Arc::new(chart::trend(&context(source), metric, goal))
}

fn context<'a>(source: &Source<'a>) -> chart::Context<'a> {
    chart::Context { project: source.project, evaluation: source.evaluation }
}

/// On an objective's page a chart says what it is to that objective, not what it is to others.
fn only_for(chart: SharedChart, goals: &[&GoalId]) -> SharedChart {
    let mut own = Chart::clone(&chart);
    own.supports.retain(|supported| goals.contains(&&supported.goal));
    own.supports.truncate(1);
    if own.supports.is_empty() { chart } else { Arc::new(own) }
}
