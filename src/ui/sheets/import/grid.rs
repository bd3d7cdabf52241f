//! The table as it is read: what each column is taken for, and which cells are not taken. Only what is in sight is laid out.

use std::ops::Range;

use egui::{Align2, Rect, Role, ScrollArea, Sense, StrokeKind, Ui, Vec2, WidgetInfo, pos2, vec2};

use super::Desk;
use crate::import::{Column, Holds, Looked, Sure};
use crate::model::TableShape;
use crate::ui::icons;
use crate::ui::theme::{TextSize, size, space, stroke};
use crate::ui::widgets;

const LINE: f32 = 56.0;
/// Least and most of a column; so many as are at least so wide are all in sight.
const COLUMN: (f32, f32) = (100.0, 272.0);
/// Where some are out of sight anyway.
const SCROLLED: f32 = 136.0;
const HEAD: f32 = 38.0;
const MARK: f32 = 12.0;

pub(super) fn grid_ui(desk: &Desk<'_>, ui: &mut Ui, room: Vec2) {
    let theme = desk.scene.theme;
    let looked = match &desk.found.looked {
        Ok(looked) => looked,
        Err(problem) => {
            ui.label(theme.rich(super::sentence(&problem.to_string()), TextSize::Body).color(theme.error()));
            ui.label(theme.muted("Choose at the left how it is to be read.", TextSize::Body));
            return;
        }
    };
    let table = &looked.table;
    let (whole, response) = ui.allocate_exact_size(room, Sense::hover());
    let name = format!("Table, {} rows, {} columns", table.len(), table.header.len());
    response.widget_info(|| WidgetInfo::labeled(Role::Table, true, &name));
    ui.painter().rect(whole, 0.0, theme.bg.surface, theme.stroke(stroke::HAIRLINE, theme.line.hairline), StrokeKind::Inside);
    let share = (room.x - LINE - 2.0) / table.header.len().max(1) as f32;
    let column = if share < COLUMN.0 { SCROLLED } else { share.min(COLUMN.1) };
    let head = Rect::from_min_max(whole.min, pos2(whole.right(), whole.top() + HEAD));
    let below = Rect::from_min_max(pos2(whole.left(), head.bottom()), whole.max).shrink(1.0);
    let mut offset = 0.0;
    ui.scope_builder(egui::UiBuilder::new().max_rect(below), |ui| {
        ui.spacing_mut().item_spacing = Vec2::ZERO;
        let all = vec2(LINE + column * table.header.len() as f32, size::ROW_DENSE * table.len() as f32);
        let area = ScrollArea::both().id_salt("table to import").auto_shrink([false, false]);
        let output = area.show_viewport(ui, |ui, view| {
            let (content, _) = ui.allocate_exact_size(all, Sense::hover());
            let rows = in_view(view.top(), view.bottom(), size::ROW_DENSE, table.len());
            let columns = in_view(view.left() - LINE, view.right() - LINE, column, table.header.len());
            for row in rows {
                let top = content.top() + size::ROW_DENSE * row as f32;
                row_ui(desk, ui, looked, row, columns.clone(), pos2(content.left(), top), column);
            }
        });
        offset = output.state.clamped_offset().x;
    });
    heads_ui(desk, ui, looked, head, offset, column);
}

/// Which of so many things of one size lie between two places.
fn in_view(from: f32, to: f32, each: f32, count: usize) -> Range<usize> {
    let first = (from / each).floor().max(0.0) as usize;
    let end = (to / each).ceil().max(0.0) as usize;
    first.min(count)..end.min(count)
}

fn heads_ui(desk: &Desk<'_>, ui: &Ui, looked: &Looked, head: Rect, offset: f32, width: f32) {
    let theme = desk.scene.theme;
    let painter = ui.painter().with_clip_rect(head.intersect(ui.clip_rect()));
    painter.hline(head.x_range(), head.bottom(), theme.stroke(stroke::HAIRLINE, theme.line.axis));
    let line = looked.table.header_line.map_or_else(|| "Row".to_owned(), |line| format!("Row {line}"));
    painter.text(head.left_top() + vec2(space::S, space::S), Align2::LEFT_TOP, line, theme.font(TextSize::Caption), theme.text.muted);
    let shown = in_view(offset - LINE, offset + head.width() - LINE, width, looked.table.header.len());
    for index in shown {
        let left = head.left() + LINE + width * index as f32 - offset;
        let rect = Rect::from_min_size(pos2(left, head.top()), vec2(width, head.height()));
        let name = &looked.table.header[index];
        let (becomes, taken) = becomes(desk, looked, index);
        let inner = rect.shrink2(vec2(space::S, space::XS));
        let clip = painter.with_clip_rect(inner.intersect(head).intersect(ui.clip_rect()));
        let first = widgets::one_line(ui, name, theme.strong_font(TextSize::Small), theme.text.strong, inner.width());
        let colour = if taken { theme.accent.accent } else { theme.text.muted };
        let second = widgets::one_line(ui, &becomes, theme.font(TextSize::Caption), colour, inner.width());
        let below = inner.top() + first.size().y;
        let numbers = looked.columns[index].holds == Holds::Numbers;
        let x = |galley: &egui::Galley| if numbers { inner.right() - galley.size().x } else { inner.left() };
        clip.galley(pos2(x(&first), inner.top()), first, theme.text.strong);
        clip.galley(pos2(x(&second), below), second, colour);
        let seen = rect.intersect(head);
        if seen.is_positive() {
            let response = ui.interact(seen, ui.scope_id().with(("column", index)), Sense::hover());
            response.widget_info(|| WidgetInfo::labeled(Role::ColumnHeader, true, format!("{name}: {becomes}")));
            let lines = about(&looked.columns[index], desk);
            drop(widgets::explained(response, theme, &format!("{name}: {becomes}"), &lines));
        }
    }
}

/// What a column is taken for, and whether it comes in.
fn becomes(desk: &Desk<'_>, looked: &Looked, index: usize) -> (String, bool) {
    let name = &looked.table.header[index];
    let choices = &desk.wanted.choices;
    let Ok(shape) = choices.shape(looked) else { return (holds_word(&looked.columns[index]).to_owned(), false) };
    let (TableShape::Long { date, .. } | TableShape::Wide { date, .. } | TableShape::Tall { date, .. }) = shape;
    if looked.date_columns(date).contains(&index) {
        return ("Dates".to_owned(), true);
    }
    match shape {
        TableShape::Tall { metric, .. } if looked.name_columns(metric).contains(&index) => {
            return ("Metric names".to_owned(), true);
        }
        TableShape::Tall { value, .. } if value == name => return ("Values".to_owned(), true),
        _ => {}
    }
    if choices.filters(looked).iter().any(|(column, _)| column == name) {
        return ("Filter".to_owned(), true);
    }
    let listed = desk.found.listed.iter().find(|l| l.take.from == *name).filter(|_| !matches!(shape, TableShape::Tall { .. }));
    match listed {
        Some(listed) if listed.taken => (format!("→ {}", super::series::goes_to(desk, listed)), true),
        Some(_) => ("Left out".to_owned(), false),
        None => (format!("Not used: {}", holds_word(&looked.columns[index])), false),
    }
}

fn holds_word(column: &Column) -> &'static str {
    match column.holds {
        Holds::Dates => "dates",
        Holds::Numbers => "numbers",
        Holds::Words => "words",
        Holds::Nothing => "empty",
    }
}

/// What was seen in a column.
fn about(column: &Column, desk: &Desk<'_>) -> Vec<String> {
    let Column { filled, fitting, unit, unit_sure, examples, .. } = column;
    let mut lines = vec![format!("Holds {}: {} of {} cells", holds_word(column), desk.count(*fitting), desk.count(*filled))];
    if column.holds == Holds::Numbers {
        lines.push(format!("Unit: {} ({})", unit.words(), unit_sure.word()));
    }
    if !examples.is_empty() {
        lines.push(format!("Such as {}", examples.join("; ")));
    }
    lines
}

fn row_ui(desk: &Desk<'_>, ui: &Ui, looked: &Looked, row: usize, columns: Range<usize>, at: egui::Pos2, width: f32) {
    let theme = desk.scene.theme;
    let table = &looked.table;
    let line = table.line(row);
    let marks = desk.found.marks.get(&line);
    let middle = at.y + size::ROW_DENSE / 2.0;
    let painter = ui.painter();
    let end = at.x + LINE + width * table.header.len() as f32;
    painter.hline(at.x..=end, at.y + size::ROW_DENSE, theme.stroke(stroke::HAIRLINE, theme.line.grid));
    painter.text(
        pos2(at.x + LINE - space::S, middle),
        Align2::RIGHT_CENTER,
        line.to_string(),
        theme.number_font(TextSize::Caption),
        theme.text.muted,
    );
    for index in columns {
        let rect = Rect::from_min_size(pos2(at.x + LINE + width * index as f32, at.y), vec2(width, size::ROW_DENSE));
        let reasons = marks.map(|marks| marks.iter().filter(|(column, _)| column.is_none_or(|c| c == index)).map(|(_, r)| r.as_str()));
        let reason = reasons.and_then(|mut reasons| reasons.next());
        let numbers = looked.columns[index].holds == Holds::Numbers;
        let font = if numbers { theme.number_font(TextSize::Small) } else { theme.font(TextSize::Small) };
        let colour = if reason.is_some() { theme.error() } else { theme.text.default };
        let inner = rect.shrink2(vec2(space::S, 0.0));
        let room = inner.width() - if reason.is_some() { MARK + space::XXS } else { 0.0 };
        let text = widgets::one_line(ui, &table.cell(row, index).replace(['\n', '\r'], " "), font, colour, room);
        let x = if numbers { inner.right() - text.size().x } else { inner.left() + inner.width() - room };
        if let Some(reason) = reason {
            // A sign beside the colour.
            icons::TRIANGLE_ALERT.paint(painter, pos2(inner.left() + MARK / 2.0, middle), MARK, theme.error());
            let response = ui.interact(rect.intersect(ui.clip_rect()), ui.scope_id().with(("cell", row, index)), Sense::hover());
            let name = format!("Line {line}, {}: {reason}", table.header[index]);
            response.widget_info(|| WidgetInfo::labeled(Role::Cell, true, &name));
            response.on_hover_text(super::sentence(reason));
        }
        painter.galley(pos2(x, middle - text.size().y / 2.0), text, colour);
    }
}

/// How sure something is, as a word beside it.
pub(super) fn sure_ui(ui: &mut Ui, desk: &Desk<'_>, sure: Sure, because: &str) {
    let theme = desk.scene.theme;
    let words = match sure {
        Sure::Open => theme.strong(sure.word(), TextSize::Caption).color(theme.error()),
        Sure::Likely => theme.rich(sure.word(), TextSize::Caption),
        Sure::Certain => theme.muted(sure.word(), TextSize::Caption),
    };
    let label = ui.label(words);
    if !because.is_empty() {
        label.on_hover_text(super::sentence(because));
    }
}
