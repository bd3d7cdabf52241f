//! Zones, grid, bars, rules, lines and points.

use egui::{Pos2, Rect, Shape, Stroke, pos2};

use super::layout::OVER;
use super::{Frame, colour, hairline, radius};
use crate::chart::{Pen, Scale, Series, Spot, Tone, Way};
use crate::ui::theme::{dash, stroke};

/// Bars are this far apart, in points.
const GAP: f32 = 1.0;
/// Around a line that crosses bars.
const HALO: f32 = 2.0;

pub(super) fn behind(frame: &Frame<'_>) {
    let Frame { ui, theme, figure, layout } = *frame;
    let painter = ui.painter();
    for zone in &figure.zones {
        let area = Rect::from_x_y_ranges(frame.x(zone.from)..=frame.x(zone.to), layout.plot.y_range()).intersect(layout.plot);
        if area.is_positive() {
            painter.rect_filled(area, 0.0, theme.bg.selected.gamma_multiply(0.6));
        }
    }
    let both_sides = figure.y.range.0 < 0.0 && figure.y.range.1 > 0.0;
    // Rows of names have their grid upright, so that no line runs through the words beside the bars.
    if matches!(figure.y.scale, Scale::Places(_)) {
        for tick in &layout.x_ticks {
            let ink = if tick.at == 0.0 { theme.line.axis } else { theme.line.grid };
            painter.vline(painter.round_to_pixel_center(frame.x(tick.at)), layout.plot.y_range(), theme.stroke(stroke::GRID, ink));
        }
        return;
    }
    for tick in &layout.y_ticks {
        let ink = if tick.at == 0.0 && (both_sides || !figure.bars.is_empty()) { theme.line.axis } else { theme.line.grid };
        painter.hline(layout.plot.x_range(), painter.round_to_pixel_center(frame.y(tick.at)), theme.stroke(stroke::GRID, ink));
    }
}

pub(super) fn bars(frame: &Frame<'_>) {
    let Frame { ui, theme, figure, layout } = *frame;
    let painter = ui.painter().with_clip_rect(layout.plot.intersect(ui.clip_rect()));
    for bar in &figure.bars {
        let (top, bottom) = (frame.y(bar.y.0.max(bar.y.1)), frame.y(bar.y.0.min(bar.y.1)));
        let (left, right) = (frame.x(bar.x.0) + theme.px(GAP), frame.x(bar.x.1) - theme.px(GAP));
        // What is nearly nothing is still a line.
        let area = Rect::from_min_max(pos2(left, top.min(bottom - 1.0)), pos2(right.max(left + 1.0), bottom));
        painter.rect_filled(area, 0.0, colour(theme, bar.tone));
    }
}

pub(super) fn rules(frame: &Frame<'_>) {
    let Frame { ui, theme, figure, layout } = *frame;
    let painter = ui.painter();
    for rule in &figure.rules {
        let width = if rule.tone == Tone::Target { stroke::TARGET } else { stroke::CONTEXT };
        let ink = theme.stroke(width, colour(theme, rule.tone));
        let halo = Stroke::new(ink.width + theme.px(HALO), theme.bg.surface);
        match rule.way {
            Way::Upright => {
                let x = painter.round_to_pixel_center(frame.x(rule.at));
                if layout.plot.expand(1.0).x_range().contains(x) {
                    let from = layout.over.iter().find(|o| o.line && o.at == rule.at && o.text == rule.label);
                    let top = from.map_or(layout.plot.top(), |o| layout.plot.top() - o.row as f32 * layout.line_height - theme.px(OVER));
                    let range = egui::Rangef::new(top, layout.plot.bottom());
                    painter.vline(x, layout.plot.y_range(), halo);
                    painter.vline(x, range, ink);
                }
            }
            Way::Level => {
                let y = painter.round_to_pixel_center(frame.y(rule.at));
                if layout.plot.expand(1.0).y_range().contains(y) {
                    painter.hline(layout.plot.x_range(), y, ink);
                }
            }
        }
    }
}

pub(super) fn series(frame: &Frame<'_>) {
    for series in &frame.figure.series {
        one(frame, series);
    }
}

fn one(frame: &Frame<'_>, series: &Series) {
    let Frame { ui, theme, layout, .. } = *frame;
    let clip = layout.plot.expand(radius(theme) + 2.0).intersect(ui.clip_rect());
    let painter = ui.painter().with_clip_rect(clip);
    let ink = colour(theme, series.tone);
    let width = match (series.pen, series.tone) {
        (Pen::Thin, _) => stroke::AXIS,
        (_, Tone::Context | Tone::Muted) => stroke::CONTEXT,
        (_, Tone::Focus) => stroke::FOCUS,
        _ => stroke::SERIES,
    };
    let line = theme.stroke(width, ink);
    for run in &series.runs {
        let path: Vec<Pos2> = run.iter().map(|p| frame.place(*p)).collect();
        let dots = |r: f32| {
            for at in &path {
                painter.circle_filled(*at, r, ink);
            }
        };
        match series.pen {
            Pen::Points => dots(radius(theme)),
            Pen::Dashed => {
                painter.extend(Shape::dashed_line(&path, line, theme.px(dash::UNFINISHED[0]), theme.px(dash::UNFINISHED[1])));
                if let Some(end) = path.last() {
                    painter.circle(*end, radius(theme), theme.bg.surface, theme.stroke(stroke::CONTEXT, ink));
                }
            }
            Pen::Line | Pen::LineWithPoints | Pen::Thin => {
                if path.len() > 1 {
                    painter.add(Shape::line(path.clone(), line));
                }
                if path.len() == 1 || series.pen == Pen::LineWithPoints {
                    dots(radius(theme) * 0.8);
                }
            }
        }
    }
}

/// A hairline and a ring at what is read.
pub(super) fn read(frame: &Frame<'_>, spot: &Spot) {
    let Frame { ui, theme, layout, .. } = *frame;
    let painter = ui.painter().with_clip_rect(layout.plot.expand(radius(theme) * 2.0).intersect(ui.clip_rect()));
    let at = frame.place(spot.at);
    painter.vline(painter.round_to_pixel_center(at.x), layout.plot.y_range(), hairline(theme));
    let tone = spot.rows.iter().find_map(|row| row.tone).unwrap_or(Tone::Focus);
    painter.circle(at, radius(theme) + theme.px(1.0), theme.bg.surface, theme.stroke(stroke::SERIES, colour(theme, tone)));
}
