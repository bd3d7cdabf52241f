//! A metric as the KPI view shows it.

use std::sync::Arc;

use egui::Ui;

use super::Source;
use super::plan::{Content, ViewPage, chart};
use crate::chart::{Chart, Figure, Table};
use crate::model::MetricId;
use crate::ui::chart::{FigureOptions, FigureScratch, Heading, figure_ui, heading_of_ui};
use crate::ui::scene::{Medium, Scratch};
use crate::ui::theme::space;
use crate::ui::views::{figure_of, rows_a_page, table_page_ui};
use crate::workspace::{ChartOf, KpiMode};

pub(super) fn contents<'a>(source: &Source<'_>, metric: &MetricId, mode: KpiMode) -> Vec<Content<'a>> {
    let scene = &source.scene;
    let over_time = ChartOf::Metric(metric.clone(), None);
    match mode {
        KpiMode::Trend => {
            let scale = scene.view.arranged.kpi.scale;
            let chart = scene.memos.scaled(scene.document, scene.as_of, &over_time, scale);
            vec![over_days(source, chart)]
        }
        KpiMode::Variation(choice) => vec![over_days(source, chart(source, &ChartOf::Variation(metric.clone(), choice)))],
        KpiMode::Season(_) | KpiMode::Compare(_) | KpiMode::Distribution | KpiMode::Contributions | KpiMode::Relation | KpiMode::Table => {
            let range = scene.view.days(scene.project, scene.as_of, chart(source, &over_time).fit_x);
            let of = figure_of(scene, (metric, None), mode, range);
            let Some(figure) = scene.memos.figure(scene.document, scene.as_of, &of) else { return Vec::new() };
            let pages = if mode == KpiMode::Table && figure.empty.is_none() { table_pages(source, &figure) } else { vec![page(figure)] };
            pages.into_iter().map(Content::View).collect()
        }
    }
}

/// A chart over the days that are looked at.
fn over_days<'a>(source: &Source<'_>, chart: Arc<Chart>) -> Content<'a> {
    let scene = &source.scene;
    let range = scene.view.days(scene.project, scene.as_of, chart.fit_x);
    Content::Chart { chart, range: Some(range) }
}

fn page<'a>(figure: Arc<Figure>) -> ViewPage<'a> {
    let (title, description) = (figure.name.clone(), figure.summary.clone());
    ViewPage { title, description, draw: Box::new(move |ui, source, scratch| draw(ui, source, scratch, &figure)) }
}

/// The objective it supports, the message, the figure, its caption.
fn draw(ui: &mut Ui, source: &Source<'_>, scratch: &mut Scratch, figure: &Arc<Figure>) {
    let theme = source.scene.theme;
    let heading = Heading { supports: &figure.supports, title: &figure.title, subtitle: &figure.subtitle };
    heading_of_ui(ui, theme, heading, Medium::Page);
    ui.add_space(theme.px(space::S));
    let id = ui.scope_id().with("figure");
    let options = FigureOptions { id, medium: Medium::Page, size: ui.available_size(), caption: true };
    let mut kept = scratch.take::<FigureScratch>(id);
    figure_ui(ui, theme, figure, &mut kept, &options);
    scratch.put(id, kept);
}

/// The table of a metric, as many rows a page as fit.
fn table_pages<'a>(source: &Source<'_>, figure: &Arc<Figure>) -> Vec<ViewPage<'a>> {
    let theme = source.scene.theme;
    let table = match source.scene.view.arranged.kpi.sorted {
        Some((column, down)) => figure.table.sorted(column, down),
        None => figure.table.clone(),
    };
    let rows = rows_a_page(theme, super::frame::content_area(theme, source.size).height(), figure.supports.len());
    let chunks = table.rows.chunks(rows).enumerate();
    chunks
        .map(|(index, rows)| {
            let part = Table { columns: table.columns.clone(), rows: rows.to_vec() };
            let figure = Arc::clone(figure);
            let title = if index == 0 { figure.name.clone() } else { format!("{} (continued)", figure.name) };
            let description = format!("{} {}", figure.summary, part.as_text().replace('\t', " ").replace('\n', "; "));
            let draw = move |ui: &mut Ui, source: &Source<'_>, _: &mut Scratch| {
                let theme = source.scene.theme;
                let heading = Heading { supports: &figure.supports, title: &figure.title, subtitle: &figure.subtitle };
                heading_of_ui(ui, theme, heading, Medium::Page);
                ui.add_space(theme.px(space::S));
                table_page_ui(ui, theme, &part);
            };
            ViewPage { title, description, draw: Box::new(draw) }
        })
        .collect()
}
