//! The modes of the KPI view that are no chart over time.

use std::sync::Arc;

use egui::{Id, Ui, vec2};

use super::{Room, facts, table, tools};
use crate::chart::{Chart, Figure};
use crate::model::{GoalId, MetricId};
use crate::ui::arrival;
use crate::ui::chart::{FigureOptions, FigureScratch, Heading, figure_ui, heading_of_ui};
use crate::ui::scene::{Medium, Scene, Scratch};
use crate::ui::views::chart_card::copy_menu_ui;
use crate::ui::views::time_range;
use crate::ui::widgets;
use crate::workspace::{Action, ChartOf, ExportWhat, FigureOf, KpiMode, Selection, Sheet};

/// The picture of a metric in a mode, over days since 1970.
pub fn figure_of(scene: &Scene<'_>, subject: (&MetricId, Option<&GoalId>), mode: KpiMode, range: (f64, f64)) -> FigureOf {
    scene.memos.figure_of(scene.document, subject, mode, Chart::days_of(range), &scene.view.arranged.kpi)
}

/// Heading, tools, figure, facts.
pub(super) fn figure_card_ui(
    ui: &mut Ui,
    scene: &Scene<'_>,
    scratch: &mut Scratch,
    medium: Medium,
    room: &Room,
    subject: (&MetricId, Option<&GoalId>),
    actions: &mut Vec<Action>,
) {
    let theme = scene.theme;
    let mode = scene.view.kpi_mode;
    let over_time = ChartOf::Metric(subject.0.clone(), subject.1.cloned());
    let data = scene.memos.chart(scene.document, scene.as_of, &over_time).fit_x;
    let range = time_range::shown(scene, scratch, data);
    let of = figure_of(scene, subject, mode, range);
    let Some(figure) = scene.memos.figure(scene.document, scene.as_of, &of) else { return };
    let heading = Heading { supports: &figure.supports, title: &figure.title, subtitle: &figure.subtitle };
    if let Some(goal) = heading_of_ui(ui, theme, heading, medium) {
        actions.push(Action::Visit(Selection::Goal(goal)));
    }
    let facts = scene.memos.facts(scene.document, scene.as_of, &over_time);
    let height = room.left(ui, scene, Some(subject.0), facts.len());
    widgets::card_ui(ui, theme, |ui| {
        if medium.is_screen() {
            tools::tools_ui(ui, scene, scratch, Some(subject.0), actions);
        }
        if of.mode == KpiMode::Table && figure.empty.is_none() {
            table::table_card_ui(ui, scene, scratch, &figure, height, actions);
            return;
        }
        let id = Id::unique(("figure", &of.metric));
        let mut kept = scratch.take::<FigureScratch>(id);
        let options = FigureOptions { id, medium, size: vec2(ui.available_width(), height), caption: true };
        let response = figure_ui(ui, theme, &figure, &mut kept, &options);
        scratch.put(id, kept);
        if medium.is_screen() {
            arrival::offer(ui, id);
            ui.ctx().accesskit_node_builder(response.id, |node| {
                node.set_description("Left and right read what it shows; the command “Table of the KPI” lists the values.");
            });
            response.context_menu(|ui| menu_ui(ui, scene, &of, &figure, actions));
        }
    });
    facts::facts_ui(ui, scene, &facts);
}

fn menu_ui(ui: &mut Ui, scene: &Scene<'_>, of: &FigureOf, figure: &Arc<Figure>, actions: &mut Vec<Action>) {
    let recorded = scene.project.metric(&of.metric).is_some_and(|m| m.formula().is_none());
    if ui.add_enabled(recorded, egui::Button::new("Data table…")).clicked() {
        actions.push(Action::OpenSheet(Sheet::Data(of.metric.clone())));
    }
    if ui.button("Export chart…").clicked() {
        actions.push(Action::ChooseExport(ExportWhat::Kpi(of.metric.clone(), of.mode)));
    }
    if of.mode != KpiMode::Table && ui.button("Show as table").clicked() {
        actions.push(Action::SetKpiMode(KpiMode::Table));
    }
    copy_menu_ui(ui, &ExportWhat::Kpi(of.metric.clone(), of.mode), actions);
    if ui.add_enabled(!figure.table.rows.is_empty(), egui::Button::new("Copy values")).clicked() {
        actions.push(Action::CopyText(figure.table.as_text()));
    }
}
