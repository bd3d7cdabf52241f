//! How handles look, at rest and in hand.

use egui::{Align2, Color32, CornerRadius, Pos2, Rect, Response, Shape, Stroke, StrokeKind, Ui, Vec2, pos2, vec2};

use super::{DAY_GRIP, Exact, FOOT, GRIP, Handle, HandlePlace, Part, written, y_of};
use crate::chart::Chart;
use crate::ui::chart::{ChartResponse, PlotScratch};
use crate::ui::theme::{TextSize, Theme, radius, size, space, stroke};

pub(super) fn paint(ui: &Ui, theme: &Theme, chart: &Chart, drawn: &ChartResponse, handle: &Handle, response: &Response, in_hand: bool) {
    let active = in_hand || response.hovered() || response.has_focus();
    let y = y_of(chart, drawn, handle.value);
    let painter = ui.painter();
    let ink = if active { theme.accent.accent } else { theme.text.strong };
    match handle.place {
        HandlePlace::Line { .. } => {
            let area = response.rect;
            if active {
                painter.hline(area.x_range(), y, theme.stroke(stroke::FOCUS, ink));
            }
            // At rest, it is seen that it can be taken where the pointer comes near.
            if active || drawn.response.contains_pointer() {
                let grip = Rect::from_center_size(pos2(area.right() - GRIP.x, y), GRIP);
                painter.rect(
                    grip,
                    CornerRadius::same(radius::CONTROL),
                    theme.bg.surface,
                    theme.stroke(stroke::CONTROL, ink),
                    StrokeKind::Middle,
                );
                for dy in [-1.5, 1.5] {
                    let x = egui::Rangef::new(grip.left() + 6.0, grip.right() - 6.0);
                    painter.hline(x, y + dy, Stroke::new(1.0, ink));
                }
            }
        }
        HandlePlace::Day { .. } if active || drawn.response.contains_pointer() => {
            let grip = Rect::from_center_size(response.rect.center(), DAY_GRIP);
            let line = theme.stroke(stroke::CONTROL, ink);
            painter.rect(grip, CornerRadius::same(radius::CONTROL), theme.bg.surface, line, StrokeKind::Middle);
            for dx in [-1.5, 1.5] {
                let y = egui::Rangef::new(grip.top() + 6.0, grip.bottom() - 6.0);
                painter.vline(grip.center().x + dx, y, Stroke::new(1.0, ink));
            }
        }
        HandlePlace::Day { .. } => {}
        HandlePlace::Upright(part) => upright(ui, theme, drawn, (part, response.rect), ink, active),
        HandlePlace::Point(_) => {
            let at = pos2(response.rect.center().x, y);
            let r = theme.px(size::POINT_RADIUS) * if active { 1.9 } else { 1.6 };
            let corners = [at - vec2(0.0, r), at + vec2(r, 0.0), at + vec2(0.0, r), at - vec2(r, 0.0)];
            let fill = if active { theme.accent.accent } else { theme.bg.surface };
            painter.add(Shape::convex_polygon(corners.to_vec(), fill, theme.stroke(stroke::CONTEXT, ink)));
        }
    }
    if response.has_focus() && !in_hand {
        let ring = match handle.place {
            HandlePlace::Line { .. } => Rect::from_center_size(pos2(response.rect.right() - GRIP.x, y), GRIP + Vec2::splat(space::S)),
            HandlePlace::Point(_) | HandlePlace::Day { .. } | HandlePlace::Upright(_) => response.rect,
        };
        let line = theme.stroke(stroke::FOCUS_RING, theme.accent.accent);
        painter.rect_stroke(ring, CornerRadius::same(radius::CONTROL), line, StrokeKind::Outside);
    }
}

/// The value beside the pointer, and what it was.
pub(super) fn pill(ui: &Ui, theme: &Theme, chart: &Chart, scratch: &PlotScratch, drawn: &ChartResponse, handle: &Handle) {
    let Some(grip) = &scratch.grip else { return };
    let y = match handle.place {
        HandlePlace::Day { height } => y_of(chart, drawn, height),
        HandlePlace::Upright(Part::Body) => drawn.plot.center().y,
        HandlePlace::Upright(Part::Foot) => drawn.plot.bottom() - FOOT,
        HandlePlace::Line { .. } | HandlePlace::Point(_) => y_of(chart, drawn, handle.value),
    };
    let x = ui.input(|i| i.pointer.latest_pos()).map_or(drawn.plot.right(), |p| p.x);
    let mut words = format!("{} {}", handle.name, written(chart, handle, handle.value, Exact::Yes));
    if handle.value != grip.value {
        let before = written(chart, handle, grip.value, Exact::No);
        words = format!("{words}  (was {before})");
    }
    if let Some(answer) = &handle.answer {
        words = format!("{words}  ·  {answer}");
    }
    let galley = ui.painter().layout_no_wrap(words, theme.strong_number_font(TextSize::Label), theme.text.strong);
    let pad = vec2(theme.px(space::S), theme.px(space::XS));
    let room = galley.size() + pad * 2.0;
    let above = y - room.y - theme.px(space::S) > drawn.plot.top() - room.y;
    let bottom = if above { y - theme.px(space::S) } else { y + theme.px(space::S) + room.y };
    let left = (x - room.x / 2.0).min(drawn.plot.right() - room.x).max(drawn.plot.left());
    let rect = Rect::from_min_size(pos2(left, bottom - room.y), room);
    let painter = ui.painter();
    let line = theme.stroke(stroke::CONTROL, theme.accent.accent);
    painter.rect(rect, CornerRadius::same(radius::CONTROL), theme.bg.surface, line, StrokeKind::Middle);
    let at: Pos2 = Align2::CENTER_CENTER.anchor_size(rect.center(), galley.size()).min;
    painter.galley(at, galley, theme.text.strong);
}

/// A line over the plot with a grip in its middle; at the foot only the grip.
fn upright(ui: &Ui, theme: &Theme, drawn: &ChartResponse, (part, area): (Part, Rect), ink: Color32, active: bool) {
    let painter = ui.painter();
    let x = painter.round_to_pixel_center(area.center().x);
    if part == Part::Body {
        let line = if active { theme.stroke(stroke::FOCUS, ink) } else { theme.stroke(stroke::CONTROL, theme.line.axis) };
        painter.vline(x, drawn.plot.y_range(), line);
    }
    if active || drawn.response.contains_pointer() {
        let grip = Rect::from_center_size(pos2(x, area.center().y), DAY_GRIP);
        let line = theme.stroke(stroke::CONTROL, ink);
        painter.rect(grip, CornerRadius::same(radius::CONTROL), theme.bg.surface, line, StrokeKind::Middle);
        for dx in [-1.5, 1.5] {
            painter.vline(x + dx, egui::Rangef::new(grip.top() + 6.0, grip.bottom() - 6.0), Stroke::new(1.0, ink));
        }
    }
}
