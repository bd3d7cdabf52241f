//! The head of the time axis: cycles, quarters, months, and the flag of the as-of day.

use egui::{Align2, CornerRadius, Rect, Role, Sense, StrokeKind, Ui, WidgetInfo, pos2, vec2};

use super::canvas::Canvas;
use crate::chart::roadmap::{AxisHead, Cell, day_number};
use crate::model::{date_words, day_words};
use crate::ui::scene::{Medium, Scene};
use crate::ui::theme::{TextSize, space, stroke};
use crate::ui::widgets;
use crate::workspace::{Action, CycleAction};

const CYCLE_ROW: f32 = 22.0;
const UNIT_ROW: f32 = 24.0;
const PART_ROW: f32 = 18.0;
/// A cycle's name is not cut to less than this.
const LEAST_NAME: f32 = 48.0;
/// Of the flag of the as-of day.
const FLAG_ROW: f32 = 18.0;

pub(super) fn height(scene: &Scene<'_>, head: &AxisHead) -> f32 {
    let rows = head.cycles.len() as f32 * CYCLE_ROW + UNIT_ROW + if head.parts.is_empty() { 0.0 } else { PART_ROW } + FLAG_ROW;
    scene.theme.px(rows)
}

/// Draws the head into `rect`, whose top it fills.
pub(super) fn head_ui(ui: &Ui, scene: &Scene<'_>, canvas: &Canvas, head: &AxisHead, rect: Rect, medium: Medium, actions: &mut Vec<Action>) {
    let theme = scene.theme;
    let mut top = rect.top();
    let mut row = |height: f32| {
        let y = egui::Rangef::new(top, top + theme.px(height));
        top = y.max;
        Rect::from_x_y_ranges(canvas.x, y)
    };
    for cycles in &head.cycles {
        let place = row(CYCLE_ROW);
        for cell in cycles {
            cell_ui(ui, scene, canvas, place, cell, Look::Cycle, medium, actions);
        }
    }
    let place = row(UNIT_ROW);
    for cell in &head.units {
        let look = if cell.cycle.is_some() { Look::Cycle } else { Look::Unit };
        cell_ui(ui, scene, canvas, place, cell, look, medium, actions);
    }
    if !head.parts.is_empty() {
        let place = row(PART_ROW);
        for cell in &head.parts {
            cell_ui(ui, scene, canvas, place, cell, Look::Part, medium, actions);
        }
    }
    flag_ui(ui, scene, canvas, row(FLAG_ROW));
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Look {
    /// A strip that can be switched to.
    Cycle,
    Unit,
    Part,
}

#[expect(clippy::too_many_arguments, reason = "a cell needs its place on both axes and the whole scene")]
fn cell_ui(ui: &Ui, scene: &Scene<'_>, canvas: &Canvas, row: Rect, cell: &Cell, look: Look, medium: Medium, actions: &mut Vec<Action>) {
    let theme = scene.theme;
    let (left, right) = (canvas.at(cell.from), canvas.at(cell.to));
    let seen = Rect::from_min_max(pos2(left.max(row.left()), row.top()), pos2(right.min(row.right()), row.bottom()));
    if seen.width() < 1.0 {
        return;
    }
    let painter = ui.painter().with_clip_rect(ui.clip_rect().intersect(Rect::from_x_y_ranges(canvas.x, row.y_range())));
    let shown = cell.cycle.is_some() && scene.view.cycle == cell.cycle;
    if look == Look::Cycle {
        let strip = Rect::from_min_max(pos2(left + 1.0, row.top() + 1.0), pos2(right - 1.0, row.bottom() - 2.0));
        let fill = if shown { theme.bg.selected } else { theme.bg.hover };
        painter.rect_filled(strip, CornerRadius::same(3), fill);
        if cell.is_now {
            let line = theme.stroke(stroke::HAIRLINE, theme.line.axis);
            painter.rect_stroke(strip, CornerRadius::same(3), line, StrokeKind::Inside);
        }
    } else {
        painter.vline(left, row.y_range(), theme.stroke(stroke::GRID, theme.line.grid));
    }
    let (font, colour) = match (look, cell.is_now) {
        (Look::Part, false) => (theme.font(TextSize::Caption), theme.text.muted),
        (Look::Part, true) => (theme.medium_font(TextSize::Caption), theme.text.strong),
        (_, true) => (theme.strong_font(TextSize::Small), theme.text.strong),
        (_, false) => (theme.medium_font(TextSize::Small), theme.text.default),
    };
    let room = seen.width() - theme.px(space::S);
    // A cycle's own name is cut where it must be; a day or month is either whole or left out.
    let galley = if look == Look::Cycle && room >= theme.px(LEAST_NAME) {
        widgets::one_line(ui, &cell.label, font, colour, room)
    } else {
        ui.painter().layout_no_wrap(cell.label.clone(), font, colour)
    };
    if galley.size().x <= room {
        painter.galley(Align2::CENTER_CENTER.anchor_size(seen.center(), galley.size()).min, galley, colour);
    }
    let Some(cycle) = cell.cycle.as_ref().and_then(|id| scene.project.cycles.get(id)).filter(|_| medium.is_screen()) else { return };
    let response = ui.interact(seen, egui::Id::unique(("roadmap cycle", cycle.id.as_str())), Sense::click());
    response.widget_info(|| WidgetInfo::selected(Role::Button, true, shown, format!("Cycle {}", cycle.name)));
    if response.has_focus() {
        painter.rect_stroke(
            seen.shrink(1.0),
            CornerRadius::same(3),
            theme.stroke(stroke::FOCUS_RING, theme.accent.accent),
            StrokeKind::Inside,
        );
    }
    let days = format!("{}: {} – {}.", cycle.name, date_words(cycle.start), date_words(cycle.end));
    let asks = if shown { "Click to show all cycles." } else { "Click to show only its goals." };
    if response.on_hover_text(format!("{days} {asks}")).clicked() {
        actions.push(Action::Cycles(CycleAction::Switch((!shown).then(|| cycle.id.clone()))));
    }
}

/// "As of 21 Nov", over the line that runs down through the lanes.
fn flag_ui(ui: &Ui, scene: &Scene<'_>, canvas: &Canvas, row: Rect) {
    let theme = scene.theme;
    let x = canvas.at(day_number(scene.as_of) + 0.5);
    if !canvas.x.contains(x) {
        return;
    }
    let words = format!("As of {}", day_words(scene.as_of));
    let galley = ui.painter().layout_no_wrap(words, theme.strong_font(TextSize::Caption), theme.text.on_accent);
    let room = galley.size() + vec2(theme.px(space::S), theme.px(1.0));
    let left = (x - room.x / 2.0).min(canvas.x.max - room.x).max(canvas.x.min);
    let flag = Rect::from_min_size(pos2(left, row.bottom() - room.y), room);
    ui.painter().rect_filled(flag, CornerRadius::same(3), theme.accent.fill);
    ui.painter().galley(Align2::CENTER_CENTER.anchor_size(flag.center(), galley.size()).min, galley, theme.text.on_accent);
}

/// Hairlines where units begin, and the line of the as-of day.
pub(super) fn grid_ui(ui: &Ui, scene: &Scene<'_>, canvas: &Canvas, head: &AxisHead, area: Rect) {
    let theme = scene.theme;
    let painter = ui.painter().with_clip_rect(ui.clip_rect().intersect(Rect::from_x_y_ranges(canvas.x, area.y_range())));
    let line = theme.stroke(stroke::GRID, theme.line.grid);
    for cell in &head.units {
        painter.vline(canvas.at(cell.from), area.y_range(), line);
    }
    // A quiet ground under what the cycle filter shows.
    if let Some(cycle) = scene.view.cycle.as_ref().and_then(|id| scene.project.cycles.get(id)) {
        let x = egui::Rangef::new(canvas.at(day_number(cycle.start)), canvas.at(day_number(cycle.end) + 1.0));
        painter.rect_filled(Rect::from_x_y_ranges(x, area.y_range()), 0.0, theme.bg.selected.gamma_multiply(0.35));
    }
}

/// The line of the as-of day, over the bars.
pub(super) fn now_ui(ui: &Ui, scene: &Scene<'_>, canvas: &Canvas, area: Rect) {
    let x = canvas.at(day_number(scene.as_of) + 0.5);
    if canvas.x.contains(x) {
        ui.painter().vline(x, area.y_range(), scene.theme.stroke(stroke::TARGET, scene.theme.accent.accent));
    }
}
