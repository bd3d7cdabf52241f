//! Five by five: value upwards, effort to the right. An initiative is dragged from cell to cell, or moved with the arrow keys.

use egui::{Align2, CornerRadius, CursorIcon, EventFilter, Key, Modifiers, Pos2, Rect, Response, Role, Sense, StrokeKind, Ui, WidgetInfo};
use egui::{pos2, vec2};

use super::Item;
use crate::analysis::{Quadrant, quadrant};
use crate::document::edits;
use crate::model::GoalId;
use crate::ui::scene::Scene;
use crate::ui::theme::{TextSize, Theme, radius, space, stroke};
use crate::workspace::Action;

const MARGIN: f32 = 36.0;
const POINT: f32 = 11.0;
const CELLS: u8 = 5;

/// What the grid remembers between frames.
#[derive(Clone, Default)]
pub(super) struct Kept {
    /// In the hand.
    dragged: Option<GoalId>,
}

/// Where the cells are.
struct Cells {
    area: Rect,
    side: f32,
}

impl Cells {
    fn of(theme: &Theme, outer: Rect) -> Self {
        let margin = theme.px(MARGIN);
        let side = ((outer.width().min(outer.height()) - margin) / f32::from(CELLS)).floor();
        let area = Rect::from_min_size(pos2(outer.left() + margin, outer.top()), vec2(side, side) * f32::from(CELLS));
        Self { area, side }
    }

    fn cell(&self, value: u8, effort: u8) -> Rect {
        let column = f32::from(effort.clamp(1, CELLS) - 1);
        let row = f32::from(CELLS - value.clamp(1, CELLS));
        Rect::from_min_size(self.area.min + vec2(column, row) * self.side, vec2(self.side, self.side))
    }

    /// Value and effort under a place; outside, those of the nearest cell.
    fn at(&self, place: Pos2) -> (u8, u8) {
        let index = |x: f32| (x / self.side).floor().clamp(0.0, f32::from(CELLS - 1)) as u8;
        let inside = place - self.area.min;
        (CELLS - index(inside.y), index(inside.x) + 1)
    }
}

pub(super) fn grid_ui(ui: &Ui, scene: &Scene<'_>, kept: &mut Kept, items: &[Item<'_>], actions: &mut Vec<Action>) {
    let theme = scene.theme;
    let cells = Cells::of(theme, ui.max_rect());
    ground(ui, theme, &cells);
    for item in items {
        let (Some(value), Some(effort)) = (item.initiative.value, item.initiative.effort) else { continue };
        let together: Vec<&Item<'_>> =
            items.iter().filter(|i| i.initiative.value == Some(value) && i.initiative.effort == Some(effort)).collect();
        let place = together.iter().position(|i| i.number == item.number).unwrap_or(0);
        let at = spread(theme, cells.cell(value, effort), place, together.len());
        point_ui(ui, scene, kept, &cells, item, (value, effort), at, actions);
    }
}

/// Those in one cell stand side by side, in rows of three.
fn spread(theme: &Theme, cell: Rect, place: usize, count: usize) -> Pos2 {
    let columns = count.clamp(1, 3);
    let rows = count.div_ceil(columns);
    let gap = (theme.px(POINT) * 2.0 + 2.0).min(cell.width() / columns as f32).min(cell.height() / rows as f32);
    let (column, row) = (place % columns, place / columns);
    cell.center() + vec2(column as f32 - (columns - 1) as f32 / 2.0, row as f32 - (rows - 1) as f32 / 2.0) * gap
}

/// Cells, the names of the corners and of the axes.
fn ground(ui: &Ui, theme: &Theme, cells: &Cells) {
    let painter = ui.painter();
    painter.rect_filled(cells.area, CornerRadius::same(radius::CONTROL), theme.bg.panel);
    let best = cells.cell(5, 1).union(cells.cell(4, 2));
    painter.rect_filled(best, CornerRadius::same(radius::CONTROL), theme.bg.selected);
    let line = theme.stroke(stroke::GRID, theme.line.grid);
    for step in 0..=CELLS {
        let at = f32::from(step) * cells.side;
        painter.vline(cells.area.left() + at, cells.area.y_range(), line);
        painter.hline(cells.area.x_range(), cells.area.top() + at, line);
    }
    let air = theme.px(space::XS);
    let small = theme.font(TextSize::Small);
    for (corner, align, quadrant) in [
        (cells.area.left_top() + vec2(air, air), Align2::LEFT_TOP, Quadrant::QuickWin),
        (cells.area.right_top() + vec2(-air, air), Align2::RIGHT_TOP, Quadrant::BigBet),
        (cells.area.left_bottom() + vec2(air, -air), Align2::LEFT_BOTTOM, Quadrant::FillIn),
        (cells.area.right_bottom() + vec2(-air, -air), Align2::RIGHT_BOTTOM, Quadrant::ThinkTwice),
    ] {
        let words = format!("{}s", quadrant.word()).replace("Think twices", "Think twice");
        painter.text(corner, align, words, small.clone(), theme.text.muted);
    }
    let numbers = theme.number_font(TextSize::Small);
    for step in 1..=CELLS {
        let (row, column) = (cells.cell(step, 1), cells.cell(1, step));
        painter.text(row.left_center() - vec2(air * 1.5, 0.0), Align2::RIGHT_CENTER, step, numbers.clone(), theme.text.muted);
        painter.text(column.center_bottom() + vec2(0.0, air), Align2::CENTER_TOP, step, numbers.clone(), theme.text.muted);
    }
    let under = cells.area.bottom() + air;
    painter.text(pos2(cells.area.right() + air, under), Align2::LEFT_TOP, "→", small.clone(), theme.text.muted);
    painter.text(pos2(cells.area.left() - theme.px(MARGIN), under), Align2::LEFT_TOP, "Effort", small.clone(), theme.text.muted);
    let galley = painter.layout_no_wrap("Value ↑".to_owned(), small, theme.text.muted);
    let at = pos2(cells.area.left() - theme.px(MARGIN), cells.area.top());
    let text =
        egui::epaint::TextShape::new(at + vec2(0.0, galley.size().x), galley, theme.text.muted).with_angle(-std::f32::consts::FRAC_PI_2);
    painter.add(text);
}

#[expect(clippy::too_many_arguments, reason = "one point with all that a gesture on it can touch")]
fn point_ui(
    ui: &Ui,
    scene: &Scene<'_>,
    kept: &mut Kept,
    cells: &Cells,
    item: &Item<'_>,
    (value, effort): (u8, u8),
    at: Pos2,
    actions: &mut Vec<Action>,
) {
    let theme = scene.theme;
    let radius = theme.px(POINT);
    let area = Rect::from_center_size(at, vec2(radius, radius) * 2.0);
    let response = ui.interact(area, ui.scope_id().with(("initiative", &item.goal.id)), Sense::click_and_drag());
    if response.drag_started() {
        kept.dragged = Some(item.goal.id.clone());
        let label = edits::set_rating(item.goal, Some(value), Some(effort)).label;
        actions.push(Action::BeginDrag { label });
    }
    let in_hand = kept.dragged.as_ref() == Some(&item.goal.id);
    let mut to = (value, effort);
    if in_hand {
        ui.ctx().set_cursor_icon(CursorIcon::Grabbing);
        if ui.input_mut(|i| i.consume_key(Modifiers::NONE, Key::Escape)) {
            ui.ctx().stop_dragging();
            kept.dragged = None;
            actions.push(Action::AbortDrag);
        } else if response.drag_stopped() || !ui.input(|i| i.pointer.any_down()) {
            kept.dragged = None;
            actions.push(Action::CommitDrag);
        } else if response.dragged()
            && !response.drag_started()
            && let Some(pointer) = response.interact_pointer_pos()
        {
            to = cells.at(pointer);
        }
    } else {
        to = by_key(ui, &response, to);
    }
    if to != (value, effort) {
        actions.push(edits::set_rating(item.goal, Some(to.0), Some(to.1)).into());
    }
    if response.clicked() {
        response.request_focus();
    }
    paint(ui, theme, item, &response, in_hand, area);
    let word = quadrant(item.initiative).map_or("", Quadrant::word).to_lowercase();
    let name = format!("{}: value {value}, effort {effort}, {word}; drag it, or use the arrow keys", item.goal.title);
    response.widget_info(|| WidgetInfo::labeled(Role::Button, true, &name));
    if !in_hand {
        response.on_hover_cursor(CursorIcon::Grab).on_hover_text(format!("{}\nValue {value}, effort {effort}: {word}", item.goal.title));
    }
}

fn by_key(ui: &Ui, response: &Response, (value, effort): (u8, u8)) -> (u8, u8) {
    if response.gained_focus() {
        // The arrow keys are ours from the second frame on.
        ui.ctx().request_repaint();
    }
    if !response.has_focus() {
        return (value, effort);
    }
    let arrows = EventFilter { vertical_arrows: true, horizontal_arrows: true, ..EventFilter::default() };
    ui.memory_mut(|memory| memory.set_focus_lock_filter(response.id, arrows));
    let pressed = |key: Key| ui.input_mut(|i| i.count_and_consume_key(Modifiers::NONE, key)) as i64;
    let moved = |from: u8, by: i64| (i64::from(from) + by).clamp(1, i64::from(CELLS)) as u8;
    (moved(value, pressed(Key::ArrowUp) - pressed(Key::ArrowDown)), moved(effort, pressed(Key::ArrowRight) - pressed(Key::ArrowLeft)))
}

fn paint(ui: &Ui, theme: &Theme, item: &Item<'_>, response: &Response, in_hand: bool, area: Rect) {
    let active = in_hand || response.hovered() || response.has_focus();
    let (fill, ink) = if active { (theme.accent.fill, theme.text.on_accent) } else { (theme.bg.surface, theme.text.strong) };
    let painter = ui.painter();
    painter.circle(area.center(), area.width() / 2.0, fill, theme.stroke(stroke::CONTEXT, theme.accent.accent));
    painter.text(area.center(), Align2::CENTER_CENTER, item.number, theme.strong_number_font(TextSize::Small), ink);
    if response.has_focus() {
        let ring = theme.stroke(stroke::FOCUS_RING, theme.accent.accent);
        painter.rect_stroke(area.expand(3.0), CornerRadius::same(area.width() as u8), ring, StrokeKind::Outside);
    }
}
