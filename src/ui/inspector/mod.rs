//! The panel at the right that edits what is selected.
//!
//! Every field edits a draft and answers with one edit when it is left; nothing here changes a project.

use egui::Ui;

use super::scene::{Scene, Scratch};
use super::theme::{TextSize, Theme};
use super::widgets;
use crate::model::date_words;
use crate::workspace::{Action, Selection};

/// Draws into the panel's whole width; scrolls what does not fit.
pub fn inspector_ui(ui: &mut Ui, scene: &Scene<'_>, _scratch: &mut Scratch, actions: &mut Vec<Action>) {
    egui::ScrollArea::vertical().auto_shrink(false).show(ui, |ui| match &scene.view.selected {
        Some(Selection::Goal(id)) => goal_ui(ui, scene, id, actions),
        Some(Selection::Metric(id)) => metric_ui(ui, scene, id),
        None => {
            ui.label(scene.theme.muted("Select a goal or a KPI to see and edit it here.", TextSize::Body));
        }
    });
}

fn goal_ui(ui: &mut Ui, scene: &Scene<'_>, id: &crate::model::GoalId, actions: &mut Vec<Action>) {
    let theme = scene.theme;
    let Some(goal) = scene.project.goal(id) else { return };
    ui.label(theme.muted(goal.kind.word(), TextSize::Small));
    ui.label(theme.rich(&goal.title, TextSize::Section));
    let span = scene.project.span(goal);
    let day = |day: Option<crate::model::Date>| day.map_or_else(|| "–".to_owned(), date_words);
    said_ui(ui, theme, "Owner", if goal.owner.is_empty() { "–" } else { &goal.owner });
    said_ui(ui, theme, "Start", &day(span.start));
    said_ui(ui, theme, "Due", &day(span.due));
    if let Some(metric) = goal.as_key_result().and_then(|key_result| scene.project.metric(key_result.metric.as_ref()?))
        && widgets::link_ui(ui, theme, &metric.name, TextSize::Body).clicked()
    {
        actions.push(Action::Visit(Selection::Metric(metric.id.clone())));
    }
}

fn metric_ui(ui: &mut Ui, scene: &Scene<'_>, id: &crate::model::MetricId) {
    let theme = scene.theme;
    let Some(metric) = scene.project.metric(id) else { return };
    ui.label(theme.muted("Metric", TextSize::Small));
    ui.label(theme.rich(&metric.name, TextSize::Section));
    let last = metric.series.last().map(|(_, value)| scene.project.settings.locale.value(value, &metric.unit, metric.decimals));
    said_ui(ui, theme, "Last value", last.as_deref().unwrap_or("–"));
    said_ui(ui, theme, "Points", &metric.series.len().to_string());
}

fn said_ui(ui: &mut Ui, theme: &Theme, name: &str, words: &str) {
    widgets::key_value_ui(ui, theme, name, 88.0, |ui| widgets::truncated_ui(ui, theme.rich(words, TextSize::Body)));
}
