//! What the commands on metrics do with the metric that is in view now.

use crate::model::MetricId;
use crate::workspace::{Action, KpiMode, Screen, Selection, Sheet, Workspace};

/// The metric that is selected, that measures the selected key result, or that the KPI view shows.
fn metric_in_view(workspace: &Workspace) -> Option<MetricId> {
    let view = &workspace.view;
    let selected = match &view.selected {
        Some(Selection::Metric(metric)) => Some(metric.clone()),
        Some(Selection::Goal(goal)) => {
            workspace.project().goal(goal).and_then(|g| g.as_key_result()).and_then(|key_result| key_result.metric.clone())
        }
        None => None,
    };
    selected.or_else(|| view.metric.clone().filter(|_| view.screen == Screen::Kpi))
}

pub(super) fn data_table(workspace: &Workspace) -> Result<Action, &'static str> {
    let metric = metric_in_view(workspace).and_then(|id| workspace.project().metric(&id));
    match metric {
        None => Err("Select a metric, or a key result that a metric measures"),
        Some(metric) if metric.formula().is_some() => Err("Its values are computed by a formula"),
        Some(metric) => Ok(Action::OpenSheet(Sheet::Data(metric.id.clone()))),
    }
}

pub(super) fn show_mode(workspace: &Workspace, mode: KpiMode) -> Result<Action, &'static str> {
    let view = &workspace.view;
    let project = workspace.project();
    let selected = match &view.selected {
        Some(Selection::Goal(goal)) if view.metric.is_none() => project.goal(goal).and_then(|g| g.as_key_result()),
        _ => None,
    };
    match selected {
        _ if project.metrics.is_empty() => Err("There is no metric yet; add one with “New metric…”"),
        Some(key_result) if key_result.metric.is_none() => Err("The selected key result has no metric"),
        _ => Ok(Action::ShowKpi(mode)),
    }
}
