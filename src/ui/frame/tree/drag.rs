//! A drag in hand: the place under the pointer is shown, with the rules of the tree, and letting go moves.

use egui::{Area, CornerRadius, CursorIcon, Frame, Id, Key, Margin, Modifiers, Order, Pos2, Rect, StrokeKind, Ui, pos2, vec2};

use super::place::{Mark, Place, place_at};
use super::row::{CHEVRON, INDENT};
use super::{Listed, TreeScratch};
use crate::document::{EditError, edits};
use crate::model::{Goal, GoalId};
use crate::ui::scene::Scene;
use crate::ui::theme::{TextSize, radius, space, stroke};
use crate::workspace::Action;

/// How near to the top or bottom of the panel the tree scrolls under the pointer, and by how much in a frame.
const SCROLL_EDGE: f32 = 24.0;
const SCROLL_STEP: f32 = 6.0;

/// To be called once in a frame, after the rows; `origin` is the top left corner of the first.
pub(super) fn drag_ui(ui: &Ui, scene: &Scene<'_>, listed: &Listed, kept: &mut TreeScratch, origin: Pos2, actions: &mut Vec<Action>) {
    let Some(dragged) = kept.dragged.clone() else { return };
    let goals = edits::topmost(scene.project, &dragged);
    let pointer = ui.input(|i| i.pointer.latest_pos());
    let escaped = ui.input_mut(|i| i.consume_key(Modifiers::NONE, Key::Escape));
    let Some(pointer) = pointer.filter(|_| !escaped && !goals.is_empty()) else {
        kept.dragged = None;
        return;
    };
    let over = ui.clip_rect().expand2(vec2(space::M, 0.0)).contains(pointer);
    let target = over.then(|| place_at(scene.project, &scene.tree, &listed.rows, &listed.tops, pointer.y - origin.y, &goals)).flatten();
    // Over itself it would stay where it is.
    let target =
        target.filter(|(place, _)| !matches!(place.mark, Mark::Onto(_)) || !place.parent.as_ref().is_some_and(|p| dragged.contains(p)));
    if !ui.input(|i| i.pointer.primary_down()) {
        kept.dragged = None;
        if let Some((place, may)) = target {
            actions.push(edits::move_goals(scene.project, &dragged, place.parent.as_ref(), place.before.as_ref()).into());
            // What was put into a closed goal is to be seen there.
            if may.is_ok()
                && let Some(parent) = place.parent.filter(|p| scene.view.collapsed.contains(p))
            {
                actions.push(Action::ToggleCollapsed(parent));
            }
        }
        return;
    }
    scroll_ui(ui, pointer);
    let Some((place, may)) = target else {
        ui.set_cursor_icon(CursorIcon::Grabbing);
        return;
    };
    ui.set_cursor_icon(if may.is_ok() { CursorIcon::Grabbing } else { CursorIcon::NotAllowed });
    mark_ui(ui, scene, listed, origin, &place, may.is_ok());
    words_ui(ui, scene, pointer, &goals, &place, &may);
}

fn scroll_ui(ui: &Ui, pointer: Pos2) {
    let seen = ui.clip_rect();
    let step = if pointer.y < seen.top() + SCROLL_EDGE {
        SCROLL_STEP
    } else if pointer.y > seen.bottom() - SCROLL_EDGE {
        -SCROLL_STEP
    } else {
        return;
    };
    ui.scroll_with_delta(vec2(0.0, step));
    ui.ctx().request_repaint();
}

/// A line between two rows, or a ring around the row that takes it.
fn mark_ui(ui: &Ui, scene: &Scene<'_>, listed: &Listed, origin: Pos2, place: &Place, allowed: bool) {
    let theme = scene.theme;
    let colour = if allowed { theme.accent.accent } else { theme.error() };
    let line = theme.stroke(stroke::FOCUS, colour);
    let right = ui.max_rect().right();
    match place.mark {
        Mark::Onto(index) => {
            let row = Rect::from_x_y_ranges(origin.x..=right, origin.y + listed.tops[index]..=origin.y + listed.tops[index + 1]);
            ui.painter().rect_stroke(row.shrink2(vec2(0.0, 1.0)), f32::from(radius::CONTROL), line, StrokeKind::Inside);
        }
        Mark::Above(index, depth) => {
            let y = origin.y + listed.tops[index];
            let left = origin.x + space::XS + CHEVRON + INDENT * depth.min(super::row::DEEPEST_INDENT) as f32;
            ui.painter().hline(left + 3.0..=right, y, line);
            ui.painter().circle_stroke(pos2(left, y), 3.0, line);
        }
    }
}

/// What letting go would do, or why it must not be, beside the pointer.
fn words_ui(ui: &Ui, scene: &Scene<'_>, pointer: Pos2, goals: &[&Goal], place: &Place, may: &Result<(), EditError>) {
    let theme = scene.theme;
    let words = match may {
        Ok(()) => {
            let what = if let [goal] = goals { format!("“{}”", goal.title) } else { format!("{} goals", goals.len()) };
            match place.parent.as_ref().and_then(|p| scene.project.goal(p)) {
                Some(parent) => format!("Move {what} to “{}”", parent.title),
                None => format!("Move {what} to the top level"),
            }
        }
        Err(error) => error.to_string(),
    };
    let colour = if may.is_ok() { theme.text.default } else { theme.error() };
    let frame = Frame::NONE
        .fill(theme.bg.surface)
        .stroke(theme.stroke(stroke::HAIRLINE, if may.is_ok() { theme.line.control } else { theme.error() }))
        .corner_radius(CornerRadius::same(radius::CONTROL))
        .inner_margin(Margin::symmetric(space::S as i8, space::XS as i8));
    Area::new(Id::unique("goal tree drag")).order(Order::Tooltip).interactable(false).fixed_pos(pointer + vec2(16.0, 16.0)).show(
        ui.ctx(),
        |ui| {
            ui.set_max_width(300.0);
            frame.show(ui, |ui| ui.label(theme.rich(words, TextSize::Small).color(colour)));
        },
    );
}

/// Begins a drag of a goal; of all that are selected, if it is one of these.
pub(super) fn begin(scene: &Scene<'_>, kept: &mut TreeScratch, goal: &GoalId) {
    let marked = &scene.view.marked;
    kept.dragged = Some(if marked.contains(goal) { marked.iter().cloned().collect() } else { vec![goal.clone()] });
}
