use egui::{Label, Rect, Ui, UiBuilder, Vec2, pos2};

use super::Source;
use super::frame::content_area;
use crate::model::Goal;
use crate::ui::scene::{Medium, Scratch};
use crate::ui::theme::{TextSize, space};
use crate::ui::views::{ChartItem, chart_item_ui, common_span};
use crate::ui::widgets::status_glyph_ui;

/// The least a chart needs, in points at 100 %.
const CHART_WIDTH: f32 = 340.0;
const CHART_HEIGHT: f32 = 190.0;

/// Columns and rows of charts on a page.
fn grid(source: &Source<'_>) -> (usize, usize) {
    let theme = source.scene.theme;
    let area = content_area(theme, source.size);
    let heading = theme.type_of(TextSize::Section).line_height + theme.px(space::M);
    let fit = |room: f32, least: f32| ((room / theme.px(least)).floor() as usize).clamp(1, 3);
    (fit(area.width(), CHART_WIDTH), fit(area.height() - heading, CHART_HEIGHT))
}

pub(super) fn charts_a_page(source: &Source<'_>) -> usize {
    let (columns, rows) = grid(source);
    columns * rows
}

/// Small charts in a grid, under the objective's title, on one time axis.
pub(super) fn charts(ui: &mut Ui, source: &Source<'_>, goal: &Goal, items: &[ChartItem], scratch: &mut Scratch) {
    let Source { scene, .. } = source;
    let theme = scene.theme;
    ui.horizontal(|ui| {
        ui.spacing_mut().item_spacing.x = theme.px(space::S);
        if let Some(result) = scene.evaluation.goal(&goal.id) {
            status_glyph_ui(ui, theme, result.status);
        }
        ui.add(Label::new(theme.rich(&goal.title, TextSize::Section)).truncate());
    });
    ui.add_space(theme.px(space::S));
    let (columns, most_rows) = grid(source);
    let rows = items.len().div_ceil(columns).clamp(1, most_rows);
    let columns = columns.min(items.len().max(1));
    let area = ui.available_rect_before_wrap();
    let gap = theme.px(space::M);
    let cell =
        Vec2::new((area.width() - gap * (columns - 1) as f32) / columns as f32, (area.height() - gap * (rows - 1) as f32) / rows as f32);
    let range = scene.view.days(scene.project, scene.as_of, common_span(scene, items));
    for (index, item) in items.iter().enumerate() {
        let (column, row) = ((index % columns) as f32, (index / columns) as f32);
        let corner = pos2(area.left() + column * (cell.x + gap), area.top() + row * (cell.y + gap));
        let place = Rect::from_min_size(corner, cell);
        ui.scope_builder(UiBuilder::new().id_salt(("chart", index)).max_rect(place), |ui| {
            chart_item_ui(ui, scene, scratch, item, range, Medium::Page, &mut Vec::new());
        });
    }
}
