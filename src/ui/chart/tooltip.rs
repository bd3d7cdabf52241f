//! What is read at a point: a hairline, a ring, and the tooltip in the order of the lines.

use egui::{CornerRadius, Rect, Response, StrokeKind, Tooltip, Ui};
use egui_plot::PlotTransform;

use super::layout::{Layout, width_of};
use super::lines::colour;
use crate::chart::{Chart, Hover, LineStyle};
use crate::ui::theme::{TextSize, Theme, radius, size, space, stroke};

/// The hairline of the day that is read and a ring around the value. With `line_x` the hairline stands there (another chart is read).
pub(super) fn crosshair(ui: &Ui, theme: &Theme, layout: &Layout, transform: &PlotTransform, line_x: Option<f64>, [x, y]: [f64; 2]) {
    let painter = ui.painter().with_clip_rect(layout.plot.expand(theme.px(size::POINT_RADIUS * 2.0)).intersect(ui.clip_rect()));
    let line = theme.stroke(stroke::HAIRLINE, theme.line.axis);
    let at_x = transform.position_from_point_x(line_x.unwrap_or(x));
    if layout.plot.x_range().contains(at_x) {
        painter.vline(painter.round_to_pixel_center(at_x), layout.plot.y_range(), line);
    }
    let at = egui::pos2(transform.position_from_point_x(x), transform.position_from_point_y(y));
    if layout.plot.expand(1.0).contains(at) {
        painter.circle(
            at,
            theme.px(size::POINT_RADIUS + 1.0),
            theme.bg.surface,
            theme.stroke(stroke::SERIES, colour(theme, LineStyle::Solid)),
        );
    }
}

pub(super) fn tooltip_ui(ui: &Ui, theme: &Theme, response: &Response, anchor: Rect, hover: &Hover, chart: &Chart, pinned: bool) {
    let id = response.id.with("read");
    Tooltip::always_open(ui.ctx().clone(), response.layer_id, id, anchor).gap(theme.px(space::S)).show(|ui| {
        ui.spacing_mut().item_spacing.y = theme.px(space::XXS);
        // The popup's own margin does not grow with what is in it.
        let more = (theme.px(space::S) - space::S).max(0.0);
        egui::Frame::NONE.inner_margin(more).show(ui, |ui| rows_ui(ui, theme, id, hover, chart, pinned));
    });
}

fn rows_ui(ui: &mut Ui, theme: &Theme, id: egui::Id, hover: &Hover, chart: &Chart, pinned: bool) {
    ui.label(theme.strong(&hover.title, TextSize::Small));
    // Known before the grid is, so that numbers stand right in its first frame, too.
    let font = theme.number_font(TextSize::Small);
    let widest = hover.rows.iter().map(|row| width_of(ui, &row.value, &font)).fold(0.0, f32::max).ceil();
    let value = egui::vec2(widest, theme.type_of(TextSize::Small).line_height);
    egui::Grid::new(id.with("rows")).num_columns(2).spacing([theme.px(space::L), theme.px(space::XXS)]).show(ui, |ui| {
        for row in &hover.rows {
            ui.label(theme.muted(&row.name, TextSize::Small));
            let ink = row
                .line
                .and_then(|id| chart.lines.iter().find(|l| l.id == id))
                .map_or(theme.text.strong, |line| super::lines::text_colour(theme, line.style));
            ui.allocate_ui_with_layout(value, egui::Layout::right_to_left(egui::Align::Center), |ui| {
                ui.set_min_width(widest);
                ui.label(theme.number(&row.value, TextSize::Small).color(ink));
            });
            ui.end_row();
        }
    });
    if let Some(note) = &hover.note {
        ui.label(theme.rich(note, TextSize::Small));
    }
    if pinned {
        ui.label(theme.muted("Pinned; Enter or Esc lets go", TextSize::Caption));
    }
}

pub(super) fn focus_ring(ui: &Ui, theme: &Theme, plot: Rect) {
    let ring = theme.stroke(stroke::FOCUS_RING, theme.accent.accent);
    ui.painter().rect_stroke(plot.expand(theme.px(space::XS)), CornerRadius::same(radius::CONTROL), ring, StrokeKind::Outside);
}
