//! A metric: what it is, how it is counted, where its values come from, what it is held against, what it is for, and its points.

mod about;
mod benchmarks;
mod complete;
mod counted;
mod formula;
mod formula_help;
mod grains;
mod segments;
mod source;

use egui::{Align, Layout, Ui};

pub(super) use counted::currency_problem;
pub(super) use grains::GrainsKept;
pub(super) use segments::SegmentsKept;
pub(super) use source::SourceKept;

use super::desk::Desk;
use super::{findings, kpis, limits, points};
use crate::document::edits;
use crate::model::{Limit, Metric, Place, Status, period_words};
use crate::ui::theme::TextSize;
use crate::ui::widgets;
use crate::workspace::Selection;

pub(super) fn metric_ui(desk: &mut Desk<'_>, ui: &mut Ui, metric: &Metric) {
    if let Some(name) = desk.title(ui, "Name", &metric.name, "A metric needs a name") {
        desk.act(edits::rename_metric(metric, name));
    }
    results_ui(desk, ui, metric);
    goals_ui(desk, ui, metric);
    points::points_ui(desk, ui, metric);
    findings::findings_ui(desk, ui, &Place::Metric(metric.id.clone()));
    about::about_ui(desk, ui, metric);
    counted::counted_ui(desk, ui, metric);
    source::source_ui(desk, ui, metric);
    grains::grains_ui(desk, ui, metric);
    limits::targets_ui(desk, ui, metric);
    limits::thresholds_ui(desk, ui, metric);
    benchmarks::benchmarks_ui(desk, ui, metric);
    segments::segments_ui(desk, ui, metric);
}

/// The latest whole period, and what it is held against.
fn results_ui(desk: &mut Desk<'_>, ui: &mut Ui, metric: &Metric) {
    let scene = desk.scene;
    let settings = &scene.project.settings;
    let values = scene.memos.regrained(scene.document, &metric.id, metric.cadence, scene.as_of);
    let latest = values.as_ref().and_then(|values| {
        let mut whole = values.values.iter().rev().filter(|v| v.complete).filter_map(|v| Some((v.period, v.value?)));
        Some((whole.next()?, whole.next()))
    });
    let Some(((period, value), before)) = latest else {
        desk.note(ui, "No whole period has a value yet.");
        return;
    };
    let shown = |value: f64| settings.locale.value(value, &metric.unit, metric.decimals);
    ui.label(scene.theme.rich(shown(value), TextSize::Kpi));
    let change = before.map_or_else(String::new, |(_, before)| {
        format!(" · {}", settings.locale.difference(value - before, &metric.unit, metric.decimals))
    });
    desk.note(ui, format!("{}{change}", period_words(&settings.calendar, metric.cadence, period)));
    let judge = |limit: Limit| if limit.is_met_by(value) { "met" } else { "not met" };
    if let Some(limit) = metric.target_on(period.last) {
        desk.fact(ui, "Own target", &format!("{} · {}", limits::limit_words(limit, shown), judge(limit)));
    }
    for threshold in metric.thresholds.iter().filter(|t| !t.limit.is_met_by(value)) {
        desk.fact(ui, "Crossed", &format!("{} ({})", threshold.label, limits::limit_words(threshold.limit, shown)));
    }
}

/// The goals it supports.
fn goals_ui(desk: &mut Desk<'_>, ui: &mut Ui, metric: &Metric) {
    desk.section(ui, "Supports", None);
    let theme = desk.scene.theme;
    let goals = desk.scene.project.supported_goals(&metric.id);
    if goals.is_empty() {
        desk.note(ui, "No goal yet. Link it from an objective.");
    }
    for (goal, role) in goals {
        let width = ui.available_width();
        desk.cell(ui, width, |desk, ui| {
            let status = desk.scene.evaluation.goal(&goal.id).map_or(Status::NoData, |result| result.status);
            desk.glyph(ui, status);
            ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
                widgets::role_badge_ui(ui, theme, role);
                kpis::title_link_ui(desk, ui, &goal.title, Selection::Goal(goal.id.clone()));
            });
        });
    }
}
