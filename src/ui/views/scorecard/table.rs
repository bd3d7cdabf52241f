//! The table on the screen: heads that stay, and of the rows those in sight.

use egui::{CornerRadius, Id, Rect, Role, ScrollArea, Sense, StrokeKind, Ui, UiBuilder, Vec2, WidgetInfo, pos2, vec2};

use super::layout::Layout;
use super::lines::{Drawn, group_ui, row_ui};
use super::{Kept, head, keys};
use crate::chart::scorecard::{Line, Scorecard};
use crate::ui::arrival;
use crate::ui::scene::{Medium, Scene};
use crate::ui::theme::{radius, stroke};
use crate::workspace::Action;

pub(super) fn grid_id() -> Id {
    Id::unique("cells of the scorecard")
}

/// Where each line begins, and where the last one ends.
pub(super) fn tops(lines: &[Line], layout: &Layout) -> Vec<f32> {
    let mut top = 0.0;
    let mut tops = Vec::with_capacity(lines.len() + 1);
    for line in lines {
        tops.push(top);
        top += height(*line, layout);
    }
    tops.push(top);
    tops
}

pub(super) fn height(line: Line, layout: &Layout) -> f32 {
    match line {
        Line::Group(_) => layout.group,
        Line::Row(_) => layout.row,
    }
}

pub(super) fn table_ui(ui: &mut Ui, scene: &Scene<'_>, scorecard: &Scorecard, kept: &mut Kept, actions: &mut Vec<Action>) {
    if scorecard.columns.list.is_empty() {
        super::no_columns_ui(ui, scene, actions);
        return;
    }
    let theme = scene.theme;
    let view = &scene.view.arranged.scorecard;
    ui.spacing_mut().item_spacing = Vec2::ZERO;
    let lines = scorecard.lines(&view.folded);
    let all = scorecard.columns.list.len();
    let room = ui.available_rect_before_wrap();
    let layout_from = |first| Layout::of(theme, room.width(), all, first, view.parts, scorecard.longest_target);
    let earliest = scorecard.columns.list.first().map(|column| column.period);
    if kept.earliest != earliest {
        // Other periods, or longer ones: what was gone to is no more.
        kept.earliest = earliest;
        kept.first = None;
        kept.wheel = 0.0;
    }
    let layout = layout_from(kept.first);
    let tops = tops(&lines, &layout);
    let content = tops.last().copied().unwrap_or_default();
    // No taller than its rows.
    let card = Rect::from_min_size(room.min, vec2(room.width(), room.height().min(layout.head + content + 2.0)));
    ui.allocate_rect(card, Sense::hover());
    let id = grid_id();
    let response = ui.interact(card, id, Sense::click());
    response.widget_info(|| WidgetInfo::labeled(Role::Grid, true, format!("Scorecard: {}", scorecard.title)));
    arrival::offer(ui, id);
    if std::mem::take(&mut kept.focus) {
        response.request_focus();
    }
    let corner = CornerRadius::same(radius::WINDOW);
    ui.painter().rect(card, corner, theme.bg.surface, theme.stroke(stroke::HAIRLINE, theme.line.hairline), StrokeKind::Inside);
    let page = (((card.height() - layout.head) / layout.row) as usize).max(1);
    keys::keys(ui, id, scene, scorecard, (&lines, page), kept, actions);
    bring_into_sight(scorecard, &lines, &layout, kept);
    head::wheel(ui, &layout, all, card, kept);
    // As it is after keys and wheel.
    let layout = layout_from(kept.first);
    let heads = Rect::from_min_size(card.min, vec2(card.width(), layout.head));
    ui.scope_builder(UiBuilder::new().max_rect(heads).id_salt("heads"), |ui| {
        head::head_ui(ui, scene, scorecard, &layout, heads, Medium::Screen, actions);
        head::wander_ui(ui, scene, scorecard, &layout, heads, kept);
    });
    let body = Rect::from_min_max(pos2(card.left(), heads.bottom() + 1.0), card.max - vec2(0.0, 1.0));
    ui.scope_builder(UiBuilder::new().max_rect(body).id_salt("rows"), |ui| {
        rows_ui(ui, scene, scorecard, (&lines, &tops), &layout, kept, actions);
    });
}

fn rows_ui(
    ui: &mut Ui,
    scene: &Scene<'_>,
    scorecard: &Scorecard,
    (lines, tops): (&[Line], &[f32]),
    layout: &Layout,
    kept: &mut Kept,
    actions: &mut Vec<Action>,
) {
    let rows = if kept.cursor.is_some() { keys::rows_of(lines) } else { Vec::new() };
    let marked = keys::marked(scorecard, &rows, kept);
    let marked_rows: std::collections::BTreeSet<usize> =
        marked.as_ref().map(|(places, _)| rows[places.clone()].iter().copied().collect()).unwrap_or_default();
    ScrollArea::vertical().auto_shrink(false).show_viewport(ui, |ui, viewport| {
        ui.set_height(tops.last().copied().unwrap_or_default());
        ui.set_width(layout.width);
        let origin = ui.max_rect().min;
        let first = tops.partition_point(|top| *top <= viewport.top()).saturating_sub(1);
        for (place, line) in lines.iter().enumerate().skip(first) {
            if tops[place] >= viewport.bottom() {
                break;
            }
            let corner = origin + vec2(0.0, tops[place]);
            let rect = Rect::from_min_size(corner, vec2(layout.width, tops[place + 1] - tops[place]));
            let drawn = Drawn { scorecard, layout, medium: Medium::Screen, rect };
            match *line {
                Line::Group(group) => group_ui(ui, scene, &drawn, &scorecard.groups[group], false, actions),
                Line::Row(row) => {
                    let columns = marked.as_ref().map(|(_, columns)| columns).filter(|_| marked_rows.contains(&row));
                    row_ui(ui, scene, &drawn, (row, &scorecard.rows[row]), kept, columns, actions);
                }
            }
        }
        if std::mem::take(&mut kept.scroll)
            && let Some((at, _)) = kept.cursor.as_ref().and_then(|cursor| keys::find(scorecard, &rows, cursor))
            && let Some(place) = lines.iter().position(|line| *line == Line::Row(rows[at]))
        {
            let rect = Rect::from_min_max(origin + vec2(0.0, tops[place]), origin + vec2(layout.width, tops[place + 1]));
            ui.scroll_to_rect_animation(rect, None, egui::style::ScrollAnimation::none());
        }
    });
}

/// Moves the periods so far that the cursor is among them.
fn bring_into_sight(scorecard: &Scorecard, lines: &[Line], layout: &Layout, kept: &mut Kept) {
    if !kept.scroll {
        return;
    }
    let rows = keys::rows_of(lines);
    let Some((_, column)) = kept.cursor.as_ref().and_then(|cursor| keys::find(scorecard, &rows, cursor)) else { return };
    let count = layout.shown.len();
    let latest = scorecard.columns.list.len() - count;
    let first = if column < layout.shown.start {
        column
    } else if column >= layout.shown.end {
        column + 1 - count
    } else {
        return;
    };
    kept.first = Some(first).filter(|first| *first < latest);
}
