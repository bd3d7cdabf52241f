use std::sync::Arc;

use egui::{Ui, Vec2};

use crate::chart::Chart;
use crate::ui::chart::{ChartOptions, Margins, PlotScratch, chart_ui, heading_ui};
use crate::ui::scene::Medium;
use crate::ui::theme::{Theme, space};

/// The objective it supports, the message, the chart, its caption.
pub(super) fn show(ui: &mut Ui, theme: &Theme, chart: &Arc<Chart>, range: Option<(f64, f64)>, scratch: &mut PlotScratch) {
    heading_ui(ui, theme, chart, range, Medium::Page);
    ui.add_space(theme.px(space::S));
    let size = ui.available_size();
    plot(ui, theme, chart, range, scratch, size);
}

/// A chart that fills a size, with its caption.
pub(super) fn plot(ui: &mut Ui, theme: &Theme, chart: &Arc<Chart>, range: Option<(f64, f64)>, scratch: &mut PlotScratch, size: Vec2) {
    let id = ui.scope_id().with("chart");
    chart_ui(
        ui,
        theme,
        chart,
        scratch,
        &ChartOptions { id, medium: Medium::Page, range, cursor: None, size, caption: true, margins: Margins::default() },
    );
}
