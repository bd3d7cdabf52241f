//! Light horizontal grid, value labels to the left, time labels below.

use egui::{Align2, Shape, pos2};

use super::Frame;
use super::layout::width_of;
use crate::ui::theme::{TextSize, space, stroke};

/// Horizontal lines at the value ticks; zero is a little stronger where values lie on both sides of it.
pub(super) fn grid(frame: &Frame<'_>) -> Vec<Shape> {
    let Frame { ui, theme, seen, layout, .. } = *frame;
    let painter = ui.painter();
    let line = |at: f64| {
        let y = painter.round_to_pixel_center(frame.y(at));
        let both_sides = at == 0.0 && seen.y.0 < 0.0 && seen.y.1 > 0.0;
        let colour = if both_sides { theme.line.axis } else { theme.line.grid };
        Shape::hline(layout.plot.x_range(), y, theme.stroke(stroke::GRID, colour))
    };
    layout.y_ticks.iter().map(|tick| line(tick.at)).collect()
}

pub(super) fn labels(frame: &Frame<'_>) {
    let Frame { ui, theme, layout, transform, .. } = *frame;
    let painter = ui.painter();
    for tick in &layout.y_ticks {
        let at = pos2(layout.plot.left() - theme.px(space::S), frame.y(tick.at));
        painter.text(at, Align2::RIGHT_CENTER, &tick.label, layout.font.clone(), theme.text.muted);
    }
    let y = layout.plot.bottom() + theme.px(space::S);
    let mut free_from = f32::NEG_INFINITY;
    for tick in &layout.x_ticks {
        let x = transform.position_from_point_x(tick.at);
        if x < layout.plot.left() - 1.0 || x > layout.plot.right() + 1.0 {
            continue;
        }
        let half = width_of(ui, &tick.label, &layout.font) / 2.0;
        let centre = x.min(layout.outer.right() - half).max(layout.outer.left() + half);
        if centre - half < free_from {
            continue;
        }
        free_from = centre + half + theme.px(space::S);
        painter.text(pos2(centre, y), Align2::CENTER_TOP, &tick.label, layout.font.clone(), theme.text.muted);
    }
}

/// Why there is nothing to see, in the middle of the plot.
pub(super) fn say_empty(frame: &Frame<'_>, why: &str) {
    let Frame { ui, theme, layout, .. } = *frame;
    let galley = ui.painter().layout(why.to_owned(), theme.font(TextSize::Body), theme.text.muted, layout.plot.width());
    let at = layout.plot.center() - galley.size() / 2.0;
    let behind = egui::Rect::from_min_size(at, galley.size()).expand(theme.px(space::S));
    ui.painter().rect_filled(behind, 0.0, theme.bg.surface);
    ui.painter().galley(at, galley, theme.text.muted);
}
