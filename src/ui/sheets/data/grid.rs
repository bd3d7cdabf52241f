//! The table itself: heads to sort by, rows in sight only, the marked cells, and the field of the cell that is typed into.

use egui::{
    Align2, Color32, Id, Key, Modifiers, Rect, Role, ScrollArea, Sense, Stroke, StrokeKind, TextEdit, Ui, Vec2, WidgetInfo, pos2, vec2,
};

use super::rows::{Cell, Column, Marked};
use super::{Kept, Table, keys};
use crate::ui::icons;
use crate::ui::theme::{TextSize, size, space, stroke};
use crate::workspace::Action;

const DATE_WIDTH: f32 = 148.0;
const VALUE_WIDTH: f32 = 132.0;
const DATA_TO_WIDTH: f32 = 108.0;

pub(super) fn grid_id() -> Id {
    Id::unique("cells of the data sheet")
}

/// Left and right edge of a column, from the left edge of the table.
fn span(column: Column, width: f32) -> (f32, f32) {
    let end = width - DATA_TO_WIDTH;
    match column {
        Column::Date => (0.0, DATE_WIDTH),
        Column::Value => (DATE_WIDTH, DATE_WIDTH + VALUE_WIDTH),
        Column::Note => (DATE_WIDTH + VALUE_WIDTH, end),
        Column::DataTo => (end, width),
    }
}

pub(super) fn grid_ui(ui: &mut Ui, table: &Table<'_>, kept: &mut Kept, size: Vec2, actions: &mut Vec<Action>) {
    let theme = table.scene.theme;
    ui.spacing_mut().item_spacing = Vec2::ZERO;
    // Room for the scroll bar.
    let width = size.x - space::M;
    heads_ui(ui, table, kept, width);
    let (frame, _) = ui.allocate_exact_size(vec2(size.x, size.y - size::ROW), Sense::hover());
    let id = grid_id();
    let response = ui.interact(frame, id, Sense::click_and_drag());
    response.widget_info(|| {
        let mut info = WidgetInfo::labeled(Role::Grid, true, format!("Points of {}", table.metric.name));
        info.current_text_value = Some(table.text(kept, kept.marked.cursor));
        info
    });
    if kept.focus && kept.entry.is_none() && kept.paste.is_none() {
        kept.focus = false;
        response.request_focus();
    }
    let page = (frame.height() / size::ROW) as usize;
    keys::keys(ui, id, table, kept, page.max(1), actions);
    ui.painter().rect(frame, 0.0, theme.bg.surface, theme.stroke(stroke::HAIRLINE, theme.line.hairline), StrokeKind::Inside);
    ui.scope_builder(egui::UiBuilder::new().max_rect(frame.shrink(1.0)), |ui| {
        ScrollArea::vertical().id_salt("points").auto_shrink(false).show_viewport(ui, |ui, viewport| {
            let count = table.rows.count();
            ui.set_height(count as f32 * size::ROW);
            ui.set_width(width);
            let top = ui.max_rect().top();
            let left = ui.max_rect().left();
            let row_rect = |row: usize| Rect::from_min_size(pos2(left, top + row as f32 * size::ROW), vec2(width, size::ROW));
            let first = (viewport.top() / size::ROW).floor().max(0.0) as usize;
            let after = ((viewport.bottom() / size::ROW).ceil().max(0.0) as usize).min(count);
            drag(ui, &response, kept, top, left, width, count);
            for row in first..after {
                row_ui(ui, table, kept, row, row_rect(row));
            }
            if let Some(entry) = &kept.entry {
                let (from, to) = span(entry.cell.column, width);
                let rect = row_rect(entry.cell.row);
                let rect = Rect::from_min_max(pos2(rect.left() + from, rect.top()), pos2(rect.left() + to, rect.bottom()));
                entry_ui(ui, table, kept, rect, actions);
            }
            if std::mem::take(&mut kept.scroll) {
                ui.scroll_to_rect_animation(row_rect(kept.marked.cursor.row), None, egui::style::ScrollAnimation::none());
            }
        });
    });
}

fn heads_ui(ui: &mut Ui, table: &Table<'_>, kept: &mut Kept, width: f32) {
    let theme = table.scene.theme;
    let (rect, _) = ui.allocate_exact_size(vec2(width, size::ROW), Sense::hover());
    for column in Column::ALL {
        let (from, to) = span(column, width);
        let rect = Rect::from_min_max(pos2(rect.left() + from, rect.top()), pos2(rect.left() + to, rect.bottom()));
        let unit = format!("{}{}", table.metric.unit.prefix(), table.metric.unit.suffix());
        let words = match column {
            Column::Date if table.metric.cadence == crate::model::Cadence::Hourly => "Date and time".to_owned(),
            Column::Value if !unit.trim().is_empty() => format!("Value, {}", unit.trim()),
            other => other.word().to_owned(),
        };
        let font = theme.font(TextSize::Caption);
        let sortable = matches!(column, Column::Date | Column::Value);
        let (place, align) = if column == Column::Value {
            (rect.right_center() - vec2(space::S, 0.0), Align2::RIGHT_CENTER)
        } else {
            (rect.left_center() + vec2(space::S, 0.0), Align2::LEFT_CENTER)
        };
        let mut colour = theme.text.muted;
        if sortable {
            let response = ui.interact(rect, grid_id().with(("head", column)), Sense::click());
            let name = format!("Sort by {}", column.word().to_lowercase());
            response.widget_info(|| WidgetInfo::labeled(Role::Button, true, &name));
            if response.hovered() || response.has_focus() {
                colour = theme.text.strong;
            }
            if response.clicked() {
                let at = table.rows.stamp(&table.metric.series, kept.marked.cursor.row);
                kept.sort = kept.sort.toggled(column);
                kept.follow = Some(at.map_or(super::Follow::NewRow, super::Follow::Point));
                kept.focus = true;
            }
            response.on_hover_text(name);
        }
        let drawn = ui.painter().text(place, align, words, font, colour);
        if let Some(icon) = sign_of(kept.sort, column) {
            let x = if column == Column::Value { drawn.left() - space::S } else { drawn.right() + space::S };
            icon.paint(ui.painter(), pos2(x, rect.center().y), 12.0, theme.text.muted);
        }
    }
}

fn sign_of(sort: super::Sort, column: Column) -> Option<icons::Icon> {
    use super::Sort;
    match (column, sort) {
        (Column::Date, Sort::Oldest) | (Column::Value, Sort::Smallest) => Some(icons::ARROW_UP),
        (Column::Date, Sort::Newest) | (Column::Value, Sort::Largest) => Some(icons::ARROW_DOWN),
        _ => None,
    }
}

/// Marks from where a drag began to where it is.
fn drag(ui: &Ui, response: &egui::Response, kept: &mut Kept, top: f32, left: f32, width: f32, count: usize) {
    let cell_at = |at: egui::Pos2| {
        let row = (((at.y - top) / size::ROW).floor().max(0.0) as usize).min(count - 1);
        let x = at.x - left;
        let column = Column::ALL.into_iter().find(|c| x < span(*c, width).1).unwrap_or(Column::DataTo);
        Cell { row, column }
    };
    if response.drag_started()
        && let Some(origin) = ui.input(|i| i.pointer.press_origin())
    {
        kept.marked = Marked::one(cell_at(origin));
        response.request_focus();
    }
    if response.dragged()
        && let Some(at) = response.interact_pointer_pos()
    {
        let cursor = cell_at(at);
        kept.scroll = cursor.row != kept.marked.cursor.row;
        kept.marked.cursor = cursor;
    }
}

fn row_ui(ui: &Ui, table: &Table<'_>, kept: &mut Kept, row: usize, rect: Rect) {
    let theme = table.scene.theme;
    let is_new = table.rows.place(row).is_none();
    let words = table.words(table.stamp(kept, row));
    ui.painter().hline(rect.x_range(), rect.bottom(), theme.stroke(stroke::HAIRLINE, theme.line.grid));
    for column in Column::ALL {
        let cell = Cell { row, column };
        let (from, to) = span(column, rect.width());
        let rect = Rect::from_min_max(pos2(rect.left() + from, rect.top()), pos2(rect.left() + to, rect.bottom()));
        let response = ui.interact(rect, grid_id().with((row, column)), Sense::CLICK);
        let text = table.text(kept, cell);
        let name = if is_new { format!("{} of the next point", column.word()) } else { format!("{}, {words}", column.word()) };
        response.widget_info(|| {
            let mut info = WidgetInfo::selected(Role::Cell, true, kept.marked.contains(cell), &name);
            info.current_text_value = Some(text.clone());
            info
        });
        if response.clicked() {
            let extend = ui.input(|i| i.modifiers.shift);
            kept.marked = if extend { Marked { cursor: cell, ..kept.marked } } else { Marked::one(cell) };
            kept.said = None;
            kept.focus = true;
            if response.double_clicked() {
                keys::begin(kept, Some(text.clone()));
            }
        }
        if kept.marked.contains(cell) {
            ui.painter().rect_filled(rect, 0.0, theme.bg.selected);
        }
        let colour = if is_new { theme.text.muted } else { theme.text.default };
        let text = if is_new && column == Column::Value { "Next value".to_owned() } else { text };
        cell_text(ui, table, column, rect, &text, colour);
        if kept.marked.cursor == cell {
            let focused = ui.memory(|m| m.has_focus(grid_id()));
            let line = if focused { Stroke::new(stroke::FOCUS_RING, theme.accent.accent) } else { Stroke::new(1.0, theme.line.control) };
            ui.painter().rect_stroke(rect, 0.0, line, StrokeKind::Inside);
        }
        if column == Column::Note && !text.is_empty() {
            response.on_hover_text(text);
        }
    }
}

fn cell_text(ui: &Ui, table: &Table<'_>, column: Column, rect: Rect, text: &str, colour: Color32) {
    let theme = table.scene.theme;
    let painter = ui.painter().with_clip_rect(rect.shrink2(vec2(space::XS, 0.0)).intersect(ui.clip_rect()));
    let font = if column == Column::Note { theme.font(TextSize::Body) } else { theme.number_font(TextSize::Body) };
    if column == Column::Value {
        painter.text(rect.right_center() - vec2(space::S, 0.0), Align2::RIGHT_CENTER, text, font, colour);
    } else if column == Column::Note {
        let mut job = egui::text::LayoutJob::simple_singleline(text.replace(['\n', '\r'], " "), font, colour);
        job.wrap = egui::text::TextWrapping::truncate_at_width(rect.width() - 2.0 * space::S);
        let galley = painter.layout_job(job);
        painter.galley(rect.left_center() + vec2(space::S, -galley.size().y / 2.0), galley, colour);
    } else {
        painter.text(rect.left_center() + vec2(space::S, 0.0), Align2::LEFT_CENTER, text, font, colour);
    }
}

/// Where the cursor goes when an entry is taken.
#[derive(Clone, Copy, PartialEq)]
enum Then {
    Stay,
    Down,
    Right,
    Left,
}

fn entry_ui(ui: &mut Ui, table: &Table<'_>, kept: &mut Kept, rect: Rect, actions: &mut Vec<Action>) {
    let theme = table.scene.theme;
    let Some(mut entry) = kept.entry.take() else { return };
    let id = grid_id().with("entry");
    let pressed = |ui: &Ui, modifiers, key| ui.input_mut(|i| i.consume_key(modifiers, key));
    let focused = ui.memory(|m| m.has_focus(id));
    if focused && pressed(ui, Modifiers::NONE, Key::Escape) {
        table.settle(ui.ctx(), entry.cell);
        kept.focus = true;
        return;
    }
    let mut then = None;
    if focused && pressed(ui, Modifiers::SHIFT, Key::Tab) {
        then = Some(Then::Left);
    } else if focused && pressed(ui, Modifiers::NONE, Key::Tab) {
        then = Some(Then::Right);
    }
    let name = format!("{}, {}", entry.cell.column.word(), table.words(table.stamp(kept, entry.cell.row)));
    let align = if entry.cell.column == Column::Value { Align2::RIGHT_CENTER } else { Align2::LEFT_CENTER };
    let ring = if entry.problem.is_some() { theme.error() } else { theme.accent.accent };
    ui.painter().rect_filled(rect, 0.0, theme.bg.surface);
    let edit = TextEdit::singleline(&mut entry.text)
        .id(id)
        .font(theme.number_font(TextSize::Body))
        .align(align)
        .frame(egui::Frame::NONE)
        .event_filter(egui::EventFilter { tab: true, horizontal_arrows: true, vertical_arrows: true, escape: true });
    let response = ui.put(rect.shrink2(vec2(space::S, 0.0)), edit);
    response.widget_info(|| WidgetInfo::labeled(Role::TextInput, true, &name));
    ui.painter().rect_stroke(rect, 0.0, Stroke::new(stroke::FOCUS_RING, ring), StrokeKind::Inside);
    if std::mem::take(&mut entry.fresh) {
        response.request_focus();
        kept.scroll = true;
        kept.entry = Some(entry);
        return;
    }
    if response.changed() {
        entry.problem = None;
    }
    if response.lost_focus() && then.is_none() {
        then = Some(if ui.input(|i| i.key_pressed(Key::Enter)) { Then::Down } else { Then::Stay });
    }
    let Some(then) = then else {
        kept.entry = Some(entry);
        return;
    };
    match table.read(&entry, kept) {
        Ok(action) => {
            table.settle(ui.ctx(), entry.cell);
            actions.extend(action);
            go(table, kept, entry.cell, then);
        }
        Err(problem) => {
            entry.problem = Some(problem);
            if then != Then::Stay {
                response.request_focus();
            }
            kept.entry = Some(entry);
        }
    }
}

fn go(table: &Table<'_>, kept: &mut Kept, from: Cell, then: Then) {
    let last = table.rows.new_row();
    let to = match then {
        Then::Stay => {
            // Somebody went elsewhere, and stays there.
            kept.follow = None;
            return;
        }
        Then::Down => Cell { row: (from.row + 1).min(last), ..from },
        Then::Right => Cell { column: from.column.moved(1), ..from },
        Then::Left => Cell { column: from.column.moved(-1), ..from },
    };
    // Of the next point the date is typed first, then its value.
    let to =
        if from.row == last && from.column == Column::Date && then == Then::Down { Cell { row: last, column: Column::Value } } else { to };
    if from.row == last && then == Then::Down && kept.follow.is_some() {
        // The value after the next one can be typed at once.
        kept.follow = Some(super::Follow::NewRow);
    }
    kept.marked = Marked::one(to);
    kept.scroll = true;
    kept.focus = true;
}
