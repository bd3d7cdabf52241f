//! One cell: the numbers of a period, how they did, and whether they can be compared.

use egui::{Align, Color32, Pos2, Rect, Shape, Stroke, Ui, Vec2, pos2, vec2};

use super::layout::Layout;
use super::marks::paint_arrow;
use super::{TABLE_TEXT, text_ui};
use crate::analysis::PeriodVerdict;
use crate::chart::scorecard::{Part, Row, Turn};
use crate::model::Status;
use crate::ui::scene::Scene;
use crate::ui::theme::{TextSize, space, stroke};
use crate::ui::widgets::paint_status_glyph;
use crate::workspace::{CellLook, CellParts};

const GLYPH: f32 = 7.0;
/// Changes larger than this many usual ones are signals (the range limit of an XmR chart, Wheeler).
const SIGNAL: f64 = 3.268;

fn status_of(verdict: PeriodVerdict) -> Status {
    match verdict {
        PeriodVerdict::Met => Status::OnTrack,
        PeriodVerdict::Short => Status::Behind,
        PeriodVerdict::FarShort => Status::AtRisk,
    }
}

/// The status whose tint a cell takes under heat: how it did, or how much it changed.
fn heat(row: &Row, column: usize, parts: CellParts) -> Option<Status> {
    if parts != CellParts::Change {
        return row.verdict(column).map(status_of);
    }
    let unusual = row.unusual(column).filter(|times| *times > 1.0)?;
    match row.turn(column) {
        Turn::Better => Some(Status::OnTrack),
        Turn::Worse if unusual > SIGNAL => Some(Status::AtRisk),
        Turn::Worse => Some(Status::Behind),
        Turn::Neither => None,
    }
}

pub(super) fn paint_cell(ui: &Ui, scene: &Scene<'_>, layout: &Layout, row: &Row, column: usize, rect: Rect) {
    let Some(cell) = row.cells.get(column) else { return };
    let view = &scene.view.arranged.scorecard;
    let theme = scene.theme;
    let inner = rect.shrink2(vec2(layout.px(space::XXS), layout.px(space::XXS)));
    if view.look == CellLook::Heat
        && let Some(tint) = heat(row, column, view.parts).and_then(|status| theme.status(status).tint)
    {
        ui.painter().rect_filled(inner, layout.px(3.0), tint);
    }
    if cell.actual.is_none() {
        paint_to_come(ui, scene, layout, row, column, inner);
        return;
    }
    let place = inner_of(layout, rect);
    // Nothing stands beside the value of what has no target in sight.
    let is_aimed = layout.shown.clone().any(|column| row.cells.get(column).is_some_and(|cell| cell.target.is_some()));
    let parts = if view.parts == CellParts::All && !is_aimed { &[Part::Actual] } else { view.parts.parts() };
    let line = theme.type_of(TABLE_TEXT).line_height;
    let top = rect.center().y - line * parts.len() as f32 / 2.0;
    let open = cell.data_to.is_some();
    for (index, part) in parts.iter().enumerate() {
        let place = Rect::from_min_size(pos2(place.left(), top + index as f32 * line), vec2(place.width(), line));
        // What is not over is shown in every arrangement, so that nobody takes it for missing.
        let shown = if open && parts.len() == 1 { Part::Actual } else { *part };
        part_ui(ui, scene, layout, row, column, (shown, open), place);
    }
    if cell.has_gaps && !open {
        // A corner cut off.
        let corner = inner.right_top();
        let side = layout.px(5.0);
        let points = vec![corner, corner + vec2(-side, 0.0), corner + vec2(0.0, side)];
        ui.painter().add(Shape::convex_polygon(points, theme.line.control, Stroke::NONE));
    }
}

/// One number with its sign at the left.
fn part_ui(ui: &Ui, scene: &Scene<'_>, layout: &Layout, row: &Row, column: usize, (part, open): (Part, bool), place: Rect) {
    let theme = scene.theme;
    let view = &scene.view.arranged.scorecard;
    let text = row.text(column, part);
    if text.is_empty() {
        return;
    }
    let verdict = row.verdict(column).map(status_of);
    let mut sign = Sign::None;
    let colour = match part {
        _ if open => {
            if part == Part::Actual {
                sign = Sign::NotOver;
            }
            theme.text.muted
        }
        Part::Actual => {
            if let Some(status) = verdict.filter(|_| view.parts == CellParts::Actual) {
                sign = Sign::Status(status);
            }
            theme.text.default
        }
        Part::Target => theme.text.muted,
        Part::Variance => {
            let status = verdict.unwrap_or(Status::NoData);
            sign = Sign::Status(status);
            if view.look == CellLook::Heat { theme.text.default } else { theme.status(status).text }
        }
        Part::Change => {
            let change = row.cells.get(column).and_then(|c| c.change).unwrap_or(0.0);
            let colour = match row.turn(column) {
                Turn::Better => theme.status(Status::OnTrack).mark,
                Turn::Worse => theme.status(Status::AtRisk).mark,
                Turn::Neither => theme.text.muted,
            };
            // Nor where it is too small to be told.
            if change != 0.0 && !text.starts_with('±') {
                sign = Sign::Arrow(change > 0.0, colour);
            }
            theme.text.default
        }
    };
    // A number that leaves no room for its sign is cut last.
    let room = if sign == Sign::None { 0.0 } else { layout.px(GLYPH + space::XXS) };
    let number = number_ui(ui, scene, Rect::from_min_max(pos2(place.left() + room, place.top()), place.max), &text, colour);
    // Just left of its own number, clear of the one before.
    let middle = (number.left() - layout.px(space::XS + GLYPH / 2.0)).max(place.left() + layout.px(GLYPH) / 2.0);
    sign.paint(ui, scene, layout, pos2(middle, place.center().y));
}

/// What stands before a number.
#[derive(Clone, Copy, PartialEq)]
enum Sign {
    None,
    /// A hollow point.
    NotOver,
    Status(Status),
    /// Up or down.
    Arrow(bool, Color32),
}

impl Sign {
    fn paint(self, ui: &Ui, scene: &Scene<'_>, layout: &Layout, centre: Pos2) {
        let theme = scene.theme;
        match self {
            Self::None => {}
            Self::NotOver => {
                ui.painter().circle_stroke(centre, layout.px(2.6), theme.stroke(1.2, theme.text.muted));
            }
            Self::Status(status) => {
                let place = Rect::from_center_size(centre, Vec2::splat(layout.px(GLYPH)));
                paint_status_glyph(ui.painter(), theme, place, status);
            }
            Self::Arrow(is_up, colour) => paint_arrow(ui.painter(), centre, layout.scale, is_up, colour),
        }
    }
}

/// The room for numbers in a cell or head.
pub(super) fn inner_of(layout: &Layout, rect: Rect) -> Rect {
    Rect::from_min_max(rect.min + vec2(layout.px(space::XS), 0.0), rect.max - vec2(layout.px(6.0), 0.0))
}

/// At the right; set smaller before it is cut. Where it was put.
fn number_ui(ui: &Ui, scene: &Scene<'_>, place: Rect, text: &str, colour: Color32) -> Rect {
    let theme = scene.theme;
    let font = theme.number_font(TABLE_TEXT);
    let wide = ui.painter().layout_no_wrap(text.to_owned(), font.clone(), colour).size().x > place.width();
    let font = if wide { theme.number_font(TextSize::Caption) } else { font };
    text_ui(ui, (place, Align::Max), text, font, colour).0
}

/// Where there is no value: the forecast on hatched ground, else the plan in an outline, else nothing.
fn paint_to_come(ui: &Ui, scene: &Scene<'_>, layout: &Layout, row: &Row, column: usize, inner: Rect) {
    let Some(cell) = row.cells.get(column) else { return };
    let theme = scene.theme;
    let place = inner.shrink2(vec2(layout.px(space::XS), 0.0));
    if let Some(forecast) = cell.forecast {
        hatch(ui, inner, layout.px(6.0), theme.stroke(stroke::HAIRLINE, theme.line.hairline));
        number_ui(ui, scene, place, &row.format.value(forecast), theme.text.muted);
    } else if cell.target.is_some() && cell.period.is_some_and(|p| p.first > scene.as_of) {
        let line = theme.stroke(stroke::HAIRLINE, theme.line.control);
        ui.painter().rect_stroke(inner, layout.px(3.0), line, egui::StrokeKind::Inside);
        number_ui(ui, scene, place, &row.text(column, Part::Target), theme.text.muted);
    }
}

/// Slanted lines.
fn hatch(ui: &Ui, rect: Rect, step: f32, line: Stroke) {
    let painter = ui.painter().with_clip_rect(rect.intersect(ui.clip_rect()));
    let mut x = rect.left() - rect.height();
    while x < rect.right() {
        painter.line_segment([pos2(x, rect.bottom()), pos2(x + rect.height(), rect.top())], line);
        x += step;
    }
}

/// The colour of a column head.
pub(super) fn head_colour(scene: &Scene<'_>, is_over: bool) -> Color32 {
    if is_over { scene.theme.text.default } else { scene.theme.text.muted }
}
