//! The table: its head, which stays in sight, and the lines that are in sight.

use std::ops::Range;

use egui::accesskit::SortDirection;
use egui::{Align2, Color32, CornerRadius, Id, Rect, Role, Sense, Stroke, StrokeKind, Ui, WidgetInfo, pos2, vec2};

use super::columns::{Columns, is_number};
use super::row::{Place, goal_row_ui, group_row_ui};
use super::{Kept, arrange, keys, row_of, tools, wanted};
use crate::chart::board::{Board, Column, Line, Sort};
use crate::model::GoalId;
use crate::ui::arrival;
use crate::ui::icons;
use crate::ui::scene::{Medium, Scene};
use crate::ui::theme::{Scale, TextSize, Theme, radius, size, space, stroke};
use crate::ui::widgets;
use crate::workspace::{Action, Selection};

/// Heights at 100 %, in points.
const HEAD: f32 = 34.0;
const TOP_LINE: f32 = 36.0;
const LINE: f32 = 30.0;
/// The same on a page, where space grows more than type.
const PAGE_HEAD: f32 = 26.0;
const PAGE_TOP_LINE: f32 = 28.0;
const PAGE_LINE: f32 = 24.0;

/// The widget of a line, the same wherever it stands.
pub(super) fn line_id(line: &Line) -> Id {
    match line {
        Line::Group { name, .. } => Id::unique(("board group", name)),
        Line::Goal { id, group, .. } => Id::unique(("board row", *group, id.as_str())),
    }
}

fn height(theme: &Theme, line: &Line) -> f32 {
    let is_screen = theme.scale == Scale::Screen;
    theme.px(match line {
        Line::Group { .. } | Line::Goal { depth: 0, group: 0, open: Some(_), .. } if is_screen => TOP_LINE,
        Line::Group { .. } | Line::Goal { depth: 0, group: 0, open: Some(_), .. } => PAGE_TOP_LINE,
        Line::Goal { .. } if is_screen => LINE,
        Line::Goal { .. } => PAGE_LINE,
    })
}

fn head_height(theme: &Theme) -> f32 {
    theme.px(if theme.scale == Scale::Screen { HEAD } else { PAGE_HEAD })
}

/// The top of each line below the head, and the bottom of the last.
fn tops(theme: &Theme, lines: &[Line]) -> Vec<f32> {
    let mut top = head_height(theme);
    let mut tops = Vec::with_capacity(lines.len() + 1);
    for line in lines {
        tops.push(top);
        top += height(theme, line);
    }
    tops.push(top);
    tops
}

pub(super) fn table_ui(ui: &mut Ui, scene: &Scene<'_>, board: &Board, kept: &mut Kept, actions: &mut Vec<Action>) {
    let theme = scene.theme;
    let lines = &board.lines;
    if lines.is_empty() {
        nothing_ui(ui, scene, actions);
        return;
    }
    keys::move_by_keys(ui, scene, lines, actions);
    let tops = tops(theme, lines);
    let width = ui.available_width();
    let whole_height = tops.last().copied().unwrap_or_default();
    let (whole, response) = ui.allocate_exact_size(vec2(width, whole_height), Sense::hover());
    ui.ctx().accesskit_node_builder(response.id, |node| {
        node.set_role(Role::TreeGrid);
        node.set_label("Goals on the board");
        node.set_row_count(lines.len());
    });
    paint_ground(ui, theme, whole);
    let columns = Columns::of(theme, width);
    let seen = ui.clip_rect();
    let line_rect = |index: usize| {
        let top = whole.top() + tops[index];
        Rect::from_min_max(pos2(whole.left(), top), pos2(whole.right(), whole.top() + tops[index + 1]))
    };

    let selected = match &scene.view.selected {
        Some(Selection::Goal(goal)) => Some(goal),
        Some(Selection::Metric(_)) | None => None,
    };
    scroll_to_new(ui, theme, lines, selected, kept, &line_rect);
    let of_selected = lines.iter().find(|line| matches!(line, Line::Goal { id, .. } if Some(id) == selected));
    arrival::offer(ui, line_id(of_selected.unwrap_or(&lines[0])));
    let focused = ui.memory(egui::Memory::focused);
    let first = tops.partition_point(|top| whole.top() + top <= seen.top()).saturating_sub(1);
    for (index, line) in lines.iter().enumerate() {
        let rect = line_rect(index);
        let in_sight = index >= first && rect.top() < seen.bottom();
        // What has the keyboard is kept wherever it is, or it would lose it.
        if !in_sight && focused != Some(line_id(line)) {
            if index > first && focused.is_none() {
                break;
            }
            continue;
        }
        let place = Place { rect, columns: &columns, is_last: index + 1 == lines.len(), medium: Medium::Screen };
        line_ui(ui, scene, line, &place, selected, actions);
    }
    // The head stays at the top while lines pass under it.
    let head_top = whole.top().max(seen.top()).min(whole.bottom() - head_height(theme));
    let head = Rect::from_min_size(pos2(whole.left(), head_top), vec2(width, head_height(theme)));
    head_ui(ui, scene, head, &columns, head_top > whole.top(), actions);
    paint_frame(ui, theme, whole);
}

fn line_ui(ui: &Ui, scene: &Scene<'_>, line: &Line, place: &Place<'_>, selected: Option<&GoalId>, actions: &mut Vec<Action>) {
    match line {
        Line::Group { name, counts, open } => group_row_ui(ui, scene, line_id(line), name, counts, *open, place, actions),
        Line::Goal { id, .. } => {
            if let Some(row) = row_of(scene, id) {
                goal_row_ui(ui, scene, line, &row, place, selected == Some(id), actions);
            }
        }
    }
}

/// What was selected elsewhere is brought into sight, once, clear of the head.
fn scroll_to_new(ui: &Ui, theme: &Theme, lines: &[Line], selected: Option<&GoalId>, kept: &mut Kept, line_rect: &dyn Fn(usize) -> Rect) {
    if selected == kept.seen.as_ref() {
        return;
    }
    kept.seen = selected.cloned();
    let focused = ui.memory(egui::Memory::focused);
    let of_selected = |line: &&Line| matches!(line, Line::Goal { id, .. } if Some(id) == selected);
    // Of a goal in several groups, the one that was gone to.
    let line = lines.iter().filter(of_selected).find(|line| focused == Some(line_id(line))).or_else(|| lines.iter().find(of_selected));
    if let Some(index) = line.and_then(|line| lines.iter().position(|other| std::ptr::eq(other, line))) {
        let rect = line_rect(index);
        let clear = Rect::from_min_max(rect.min - vec2(0.0, head_height(theme)), rect.max + vec2(0.0, theme.px(space::S)));
        ui.scroll_to_rect(clear, None);
    }
}

fn paint_ground(ui: &Ui, theme: &Theme, whole: Rect) {
    ui.painter().rect_filled(whole, corner(theme), theme.bg.surface);
}

fn paint_frame(ui: &Ui, theme: &Theme, whole: Rect) {
    let line = theme.stroke(stroke::HAIRLINE, theme.line.hairline);
    ui.painter().rect_stroke(whole, corner(theme), line, StrokeKind::Inside);
}

pub(super) fn corner(theme: &Theme) -> CornerRadius {
    CornerRadius::same(theme.px(f32::from(radius::CARD)) as u8)
}

fn head_ui(ui: &Ui, scene: &Scene<'_>, rect: Rect, columns: &Columns, is_stuck: bool, actions: &mut Vec<Action>) {
    let theme = scene.theme;
    let round = if is_stuck { CornerRadius::ZERO } else { CornerRadius { sw: 0, se: 0, ..corner(theme) } };
    // Lines under it are neither seen nor clicked.
    ui.painter().rect_filled(rect, round, theme.bg.surface);
    ui.interact(rect, Id::unique("board head"), Sense::CLICK);
    ui.painter().hline(rect.x_range(), rect.bottom() - 0.5, theme.stroke(stroke::HAIRLINE, theme.line.hairline));
    for (column, left, right) in columns.iter() {
        let cell = Rect::from_min_max(pos2(rect.left() + left, rect.top()), pos2(rect.left() + right, rect.bottom()));
        head_cell_ui(ui, scene, column, cell, actions);
    }
}

fn head_cell_ui(ui: &Ui, scene: &Scene<'_>, column: Column, cell: Rect, actions: &mut Vec<Action>) {
    let theme = scene.theme;
    let sort = wanted(scene).sort.filter(|sort| sort.column == column);
    let sense = if column.is_sortable() { Sense::click() } else { Sense::hover() };
    let response = ui.interact(cell, Id::unique(("board column", column.word())), sense);
    response.widget_info(|| WidgetInfo::labeled(Role::ColumnHeader, true, column.word()));
    if let Some(sort) = sort {
        let direction = if sort.reversed { SortDirection::Descending } else { SortDirection::Ascending };
        ui.ctx().accesskit_node_builder(response.id, |node| node.set_sort_direction(direction));
    }
    let is_pointed_at = column.is_sortable() && (response.hovered() || response.has_focus());
    let colour = if sort.is_some() || is_pointed_at { theme.text.strong } else { theme.text.muted };
    paint_head(ui, theme, column, cell, colour, sort);
    if response.has_focus() {
        let ring = Stroke::new(stroke::FOCUS_RING, theme.accent.accent);
        ui.painter().rect_stroke(cell.expand2(vec2(4.0, -4.0)), CornerRadius::same(radius::CONTROL), ring, StrokeKind::Inside);
    }
    if response.clicked() {
        actions.push(arrange(scene, |view| view.wanted.sort = Sort::after_click(view.wanted.sort, column)));
    }
    response.on_hover_text(column.help());
}

fn paint_head(ui: &Ui, theme: &Theme, column: Column, cell: Rect, colour: Color32, sort: Option<Sort>) {
    let arrow = theme.px(12.0);
    let font = if sort.is_some() { theme.strong_font(TextSize::Caption) } else { theme.font(TextSize::Caption) };
    let whole = widgets::one_line(ui, column.word(), font.clone(), colour, cell.width());
    // Rather its first word than a part of it.
    let first = column.word().split(',').next().unwrap_or_default();
    let words = if whole.elided { widgets::one_line(ui, first, font, colour, cell.width()) } else { whole };
    // Bullets keep room for an arrow head on the left.
    let indent = if column == Column::Progress { theme.px(size::BULLET_HEIGHT) * 0.4 } else { 0.0 };
    let left = if is_number(column) { cell.right() - words.size().x } else { cell.left() + indent };
    let at = pos2(left, cell.center().y - words.size().y / 2.0);
    let (from, to) = (left, left + words.size().x);
    ui.painter().galley(at, words, colour);
    if let Some(sort) = sort {
        let icon = if sort.reversed { icons::ARROW_DOWN } else { icons::ARROW_UP };
        let x = if is_number(column) { from - arrow * 0.7 } else { to + arrow * 0.7 };
        icon.paint(ui.painter(), pos2(x, cell.center().y), arrow, colour);
    }
}

/// In place of the lines, where a filter leaves none.
fn nothing_ui(ui: &mut Ui, scene: &Scene<'_>, actions: &mut Vec<Action>) {
    let theme = scene.theme;
    widgets::card_ui(ui, theme, |ui| {
        ui.spacing_mut().item_spacing.y = space::S;
        ui.label(theme.strong("No goal matches", TextSize::Body));
        ui.label(theme.muted("The filters by status, owner and words leave none of the goals.", TextSize::Small));
        if widgets::button_ui(ui, theme, "Show all goals").clicked() {
            actions.push(tools::show_all(scene));
        }
    });
}

/// The height of a line on a page.
pub fn page_line_height(theme: &Theme, line: &Line) -> f32 {
    height(theme, line)
}

/// The height of the head of the table on a page.
pub fn page_table_head(theme: &Theme) -> f32 {
    head_height(theme)
}

/// Some lines under a head.
pub(super) fn page_table_ui(ui: &mut Ui, scene: &Scene<'_>, board: &Board, lines: Range<usize>) {
    let theme = scene.theme;
    let lines = &board.lines[lines];
    let tops = tops(theme, lines);
    let width = ui.available_width();
    let (whole, _) = ui.allocate_exact_size(vec2(width, tops.last().copied().unwrap_or_default()), Sense::hover());
    paint_ground(ui, theme, whole);
    let columns = Columns::of(theme, width);
    for (column, left, right) in columns.iter() {
        let cell = Rect::from_min_size(pos2(whole.left() + left, whole.top()), vec2(right - left, head_height(theme)));
        let sort = wanted(scene).sort.filter(|sort| sort.column == column);
        paint_head(ui, theme, column, cell, theme.text.muted, sort);
    }
    for (index, line) in lines.iter().enumerate() {
        let rect = Rect::from_min_max(whole.min + vec2(0.0, tops[index]), pos2(whole.right(), whole.top() + tops[index + 1]));
        let place = Place { rect, columns: &columns, is_last: index + 1 == lines.len(), medium: Medium::Page };
        line_ui(ui, scene, line, &place, None, &mut Vec::new());
    }
    paint_frame(ui, theme, whole);
}

/// Words in the middle of the height of a rect, from its left or to its right edge.
pub(super) fn paint_words(ui: &Ui, rect: Rect, words: std::sync::Arc<egui::Galley>, align: Align2) {
    let at = align.align_size_within_rect(words.size(), rect).min;
    ui.painter().galley(at, words, Color32::PLACEHOLDER);
}
