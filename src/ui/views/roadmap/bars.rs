//! A bar, painted: ground in the tint of its status, filled as far as its progress goes, with a tick where it should be.

use egui::{Color32, CornerRadius, Painter, Rect, Shape, Stroke, StrokeKind, Ui, pos2, vec2};

use super::canvas::{Canvas, Small};
use crate::chart::roadmap::{Bar, MarkKind, day_number};
use crate::model::{GoalKind, Span};
use crate::ui::scene::Scene;
use crate::ui::theme::{TextSize, Theme, radius, size, space, stroke};
use crate::ui::widgets;

/// How much of the status colour the filled part has over the ground.
const FILL: f32 = 0.34;
/// Of a diamond, at 100 %; that of a milestone is larger by a share.
const MARK_RADIUS: f32 = 5.0;
const MILESTONE: f32 = 1.2;

pub(super) fn small(kind: &GoalKind) -> Small {
    match kind {
        GoalKind::Initiative(_) => Small::Yes,
        GoalKind::Objective(_) | GoalKind::KeyResult(_) => Small::No,
    }
}

/// Where a bar of these dates stands; `None` without both of them.
pub(super) fn place(theme: &Theme, canvas: &Canvas, lane: Rect, span: Span, is_small: Small) -> Option<Rect> {
    let (start, due) = (span.start?, span.due?);
    Some(canvas.bar(theme, lane, day_number(start), day_number(due) + 1.0, is_small))
}

/// How a bar stands out.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Standing {
    Plain,
    /// Under the pointer or in hand.
    Active,
}

/// Paints a bar whose place is `rect`, clipped to the chart.
pub(super) fn paint(ui: &Ui, scene: &Scene<'_>, canvas: &Canvas, rect: Rect, bar: &Bar, standing: Standing) {
    let theme = scene.theme;
    let clip = ui.clip_rect().intersect(Rect::from_x_y_ranges(canvas.x, ui.clip_rect().y_range()));
    let painter = ui.painter().with_clip_rect(clip);
    let colours = theme.status(bar.status);
    let corner = CornerRadius::same(theme.px(f32::from(radius::CONTROL)) as u8);
    painter.rect_filled(rect, corner, colours.tint.unwrap_or(theme.bg.surface));
    if let Some(progress) = bar.progress.filter(|p| p.is_finite() && *p > 0.0) {
        let right = rect.left() + rect.width() * progress.min(1.0) as f32;
        let filled = Rect::from_min_max(rect.min, pos2(right, rect.bottom()));
        let corner = if progress >= 1.0 { corner } else { CornerRadius { ne: 0, se: 0, ..corner } };
        painter.rect_filled(filled, corner, colours.mark.gamma_multiply(FILL));
    }
    let width = if standing == Standing::Active { stroke::SERIES } else { stroke::HAIRLINE };
    let line = theme.stroke(width, if standing == Standing::Active { theme.accent.accent } else { colours.mark });
    painter.rect_stroke(rect, corner, line, StrokeKind::Inside);
    if let Some(expected) = bar.expected.filter(|e| e.is_finite()) {
        let x = rect.left() + rect.width() * expected.clamp(0.0, 1.0) as f32;
        let half = theme.px(1.0);
        let x = x.clamp(rect.left() + half, rect.right() - half);
        painter.rect_filled(Rect::from_center_size(pos2(x, rect.center().y), vec2(2.0 * half, rect.height())), 0.0, theme.accent.accent);
    }
    text(ui, &painter, scene, canvas, rect, bar);
    // A mark on the first or last day shown stands whole.
    let half = theme.px(MARK_RADIUS * MILESTONE);
    let marks = painter.with_clip_rect(clip.expand2(vec2(half, 0.0)).intersect(ui.clip_rect()));
    for mark in &bar.marks {
        let x = canvas.at(day_number(mark.on) + 0.5);
        if canvas.x.contains(x) {
            let x = x.min(ui.clip_rect().right() - half - 1.0);
            paint_mark(&marks, theme, pos2(x, rect.center().y), rect, mark.kind, colours.text);
        }
    }
}

/// The glyph of the status and the percentage: in the bar, at its left edge or where it comes into sight, else beside it.
fn text(ui: &Ui, painter: &Painter, scene: &Scene<'_>, canvas: &Canvas, rect: Rect, bar: &Bar) {
    let theme = scene.theme;
    let glyph = theme.px(size::GLYPH);
    let gap = theme.px(space::XS);
    let ink = theme.text.strong;
    let galley = ui.painter().layout_no_wrap(bar.percent.clone(), theme.strong_number_font(TextSize::Small), ink);
    let wanted = glyph + gap + galley.size().x + 2.0 * theme.px(space::S);
    let seen = rect.intersect(Rect::from_x_y_ranges(canvas.x, rect.y_range()));
    let left = if seen.width() >= wanted { seen.left() + theme.px(space::S) } else { rect.right() + gap };
    if seen.width() <= 0.0 {
        return;
    }
    let middle = rect.center().y;
    widgets::paint_status_glyph(painter, theme, Rect::from_center_size(pos2(left + glyph / 2.0, middle), vec2(glyph, glyph)), bar.status);
    painter.galley(pos2(left + glyph + gap, middle - galley.size().y / 2.0), galley, ink);
}

fn paint_mark(painter: &Painter, theme: &Theme, at: egui::Pos2, bar: Rect, kind: MarkKind, ink: Color32) {
    let r = theme.px(MARK_RADIUS);
    let diamond = |r: f32| vec![at - vec2(0.0, r), at + vec2(r, 0.0), at + vec2(0.0, r), at - vec2(r, 0.0)];
    match kind {
        MarkKind::Stage(_) => {
            painter.add(Shape::convex_polygon(diamond(r), theme.bg.surface, theme.stroke(stroke::CONTEXT, theme.text.strong)));
        }
        MarkKind::Milestone => {
            painter.add(Shape::convex_polygon(diamond(r * MILESTONE), theme.text.strong, Stroke::NONE));
        }
        MarkKind::StepDone => {
            // A bead on the lower edge, clear of the percentage.
            painter.circle(pos2(at.x, bar.bottom() - theme.px(1.0)), theme.px(2.5), ink, theme.stroke(stroke::HAIRLINE, theme.bg.surface));
        }
        MarkKind::Effect => {
            let line = theme.stroke(stroke::CONTEXT, ink);
            painter.vline(at.x, egui::Rangef::new(bar.top(), bar.bottom()), line);
            let tip = pos2(at.x + theme.px(5.0), bar.top() + theme.px(3.0));
            let points = vec![pos2(at.x, bar.top()), tip, pos2(at.x, bar.top() + theme.px(6.0))];
            painter.add(Shape::convex_polygon(points, ink, Stroke::NONE));
        }
    }
}

/// A bracket over the days of the goals under one that lacks dates itself.
pub(super) fn paint_under(ui: &Ui, theme: &Theme, canvas: &Canvas, lane: Rect, (first, last): (crate::model::Date, crate::model::Date)) {
    let painter = ui.painter().with_clip_rect(ui.clip_rect().intersect(canvas.chart(lane)));
    let (left, right) = (canvas.at(day_number(first)), canvas.at(day_number(last) + 1.0));
    let line = theme.stroke(stroke::CONTEXT, theme.line.context_series);
    let (y, foot) = (lane.center().y, theme.px(5.0));
    painter.add(Shape::line(vec![pos2(left, y + foot), pos2(left, y), pos2(right, y), pos2(right, y + foot)], line));
}

/// The dashed outline of dates that are only proposed.
pub(super) fn paint_ghost(ui: &Ui, theme: &Theme, canvas: &Canvas, rect: Rect) {
    let painter = ui.painter().with_clip_rect(ui.clip_rect().intersect(Rect::from_x_y_ranges(canvas.x, rect.y_range())));
    let corners = [rect.left_top(), rect.right_top(), rect.right_bottom(), rect.left_bottom(), rect.left_top()];
    painter.extend(Shape::dashed_line(&corners, theme.stroke(stroke::CONTEXT, theme.line.axis), theme.px(4.0), theme.px(4.0)));
}
