//! Status by shape, word and colour: the glyph and the pill.

use std::f32::consts::{PI, TAU};
use std::sync::Arc;

use egui::{
    Color32, CornerRadius, Galley, Painter, Pos2, Rect, Response, Role, Sense, Shape, Stroke, StrokeKind, Ui, Vec2, WidgetInfo, pos2, vec2,
};

use crate::model::Status;
use crate::ui::theme::{TextSize, Theme, radius, size, space};

/// Paints the shape of a status into a square around the centre of `rect`. It is made for 12 points and grows with the square.
pub fn paint_status_glyph(painter: &Painter, theme: &Theme, rect: Rect, status: Status) {
    let centre = rect.center();
    let unit = rect.width().min(rect.height()) / size::GLYPH;
    let at = |x: f32, y: f32| centre + vec2(x, y) * unit;
    let mark = theme.status(status).mark;
    let line = Stroke::new(1.5 * unit, mark);
    // What is cut out of a filled shape.
    let cut = Stroke::new(1.6 * unit, theme.bg.surface);
    match status {
        Status::OnTrack => {
            painter.circle_filled(centre, 4.75 * unit, mark);
        }
        Status::Behind => {
            painter.add(Shape::convex_polygon(vec![at(-5.25, -4.0), at(5.25, -4.0), at(0.0, 5.0)], mark, Stroke::NONE));
        }
        Status::AtRisk => {
            painter.add(Shape::convex_polygon(vec![at(0.0, -5.75), at(5.75, 0.0), at(0.0, 5.75), at(-5.75, 0.0)], mark, Stroke::NONE));
        }
        Status::Missed => {
            painter.rect_filled(square(centre, 5.25 * unit), unit, mark);
            painter.line_segment([at(-2.4, -2.4), at(2.4, 2.4)], cut);
            painter.line_segment([at(-2.4, 2.4), at(2.4, -2.4)], cut);
        }
        Status::Achieved => {
            painter.circle_filled(centre, 5.75 * unit, mark);
            painter.add(Shape::line(vec![at(-2.7, 0.2), at(-0.8, 2.2), at(2.8, -1.9)], cut));
        }
        Status::TooEarly => {
            painter.circle_stroke(centre, 4.5 * unit, line);
            let half = (0..=16).map(|step| on_circle(centre, 4.5 * unit, PI / 2.0 + PI * step as f32 / 16.0)).collect();
            painter.add(Shape::convex_polygon(half, mark, Stroke::NONE));
        }
        Status::NotStarted => {
            painter.circle_stroke(centre, 4.5 * unit, line);
        }
        Status::NoData => {
            const DASHES: usize = 6;
            for dash in 0..DASHES {
                let from = TAU * dash as f32 / DASHES as f32;
                let arc = (0..=4).map(|step| on_circle(centre, 4.5 * unit, from + 0.6 * TAU / DASHES as f32 * step as f32 / 4.0)).collect();
                painter.add(Shape::line(arc, line));
            }
        }
        Status::Postponed => {
            for x in [-2.6, 2.6] {
                painter.rect_filled(Rect::from_center_size(at(x, 0.0), vec2(2.6, 9.5) * unit), 0.5 * unit, mark);
            }
        }
        Status::Abandoned => {
            painter.circle_stroke(centre, 4.5 * unit, line);
            painter.line_segment([at(-3.2, 3.2), at(3.2, -3.2)], line);
        }
        Status::Closed => {
            painter.rect_stroke(square(centre, 4.5 * unit), unit, line, StrokeKind::Middle);
        }
    }
}

fn square(centre: Pos2, half: f32) -> Rect {
    Rect::from_center_size(centre, Vec2::splat(2.0 * half))
}

fn on_circle(centre: Pos2, radius: f32, angle: f32) -> Pos2 {
    centre + Vec2::angled(angle) * radius
}

/// The glyph alone, 12 points at 100 %; its word is the accessible name and the tooltip.
pub fn status_glyph_ui(ui: &mut Ui, theme: &Theme, status: Status) -> Response {
    let (rect, response) = ui.allocate_exact_size(Vec2::splat(theme.px(size::GLYPH)), Sense::hover());
    response.widget_info(|| WidgetInfo::labeled(Role::Image, true, status.word()));
    if ui.is_rect_visible(rect) {
        paint_status_glyph(ui.painter(), theme, rect, status);
    }
    response.on_hover_text(status.word())
}

/// Glyph and word on the tint of the status; "no data" has no tint but a hairline.
pub fn status_pill_ui(ui: &mut Ui, theme: &Theme, status: Status) -> Response {
    let padding = theme.px(space::S);
    let word = pill_word(ui, theme, status);
    let size = vec2(2.0 * padding + pill_glyph(theme) + word.size().x, pill_height(theme).max(word.size().y));
    let (rect, response) = ui.allocate_exact_size(size, Sense::hover());
    response.widget_info(|| WidgetInfo::labeled(Role::Label, true, status.word()));
    if ui.is_rect_visible(rect) {
        paint_pill(ui.painter(), theme, rect, status, word);
    }
    response
}

/// The pill in the middle of a cell, as wide as the cell, so that a column of them has one edge.
pub fn paint_status_pill(painter: &Painter, theme: &Theme, cell: Rect, status: Status) {
    let word = painter.layout_no_wrap(status.word().to_owned(), theme.strong_font(TextSize::Small), theme.status(status).text);
    let height = pill_height(theme).max(word.size().y).min(cell.height());
    paint_pill(painter, theme, Rect::from_center_size(cell.center(), vec2(cell.width(), height)), status, word);
}

fn pill_word(ui: &Ui, theme: &Theme, status: Status) -> Arc<Galley> {
    ui.painter().layout_no_wrap(status.word().to_owned(), theme.strong_font(TextSize::Small), theme.status(status).text)
}

/// The glyph and the gap after it.
fn pill_glyph(theme: &Theme) -> f32 {
    theme.type_of(TextSize::Small).size + theme.px(space::XS)
}

fn pill_height(theme: &Theme) -> f32 {
    theme.type_of(TextSize::Small).line_height + 2.0 * theme.px(space::XXS)
}

fn paint_pill(painter: &Painter, theme: &Theme, rect: Rect, status: Status, word: Arc<Galley>) {
    let corner = CornerRadius::same(theme.px(f32::from(radius::CONTROL)) as u8);
    match theme.status(status).tint {
        Some(tint) => {
            painter.rect_filled(rect, corner, tint);
        }
        None => {
            painter.rect_stroke(rect, corner, theme.stroke(1.0, theme.line.hairline), StrokeKind::Inside);
        }
    }
    let (glyph, left) = (theme.type_of(TextSize::Small).size, rect.left() + theme.px(space::S));
    let place = Rect::from_center_size(pos2(left + glyph / 2.0, rect.center().y), Vec2::splat(glyph));
    paint_status_glyph(painter, theme, place, status);
    let text = pos2(left + pill_glyph(theme), rect.center().y - word.size().y / 2.0);
    painter.galley(text, word, Color32::PLACEHOLDER);
}
