//! One line of the table, drawn.

use std::sync::Arc;

use egui::{Align2, Color32, CornerRadius, Id, Rect, Role, Sense, Stroke, StrokeKind, Ui, WidgetInfo, pos2, vec2};

use super::columns::{Columns, is_number};
use super::keys::fold;
use super::table::{corner, line_id, paint_words};
use crate::chart::board::{Column, Line, Row};
use crate::chart::{WhyNumber, WhyOf};
use crate::model::Status;
use crate::ui::icons;
use crate::ui::scene::{Medium, Scene};
use crate::ui::theme::{TextSize, Theme, radius, size, space, stroke};
use crate::ui::why::why_hover_ui;
use crate::ui::widgets::{self, Bullet, one_line};
use crate::workspace::{Action, Selection};

/// Where a line stands.
pub(super) struct Place<'a> {
    pub(super) rect: Rect,
    pub(super) columns: &'a Columns,
    pub(super) is_last: bool,
    pub(super) medium: Medium,
}

const INDENT: f32 = 18.0;
/// Deeper goals are not moved further to the right: their titles would have no room.
const DEEPEST_INDENT: usize = 5;
const CHEVRON: f32 = 14.0;
const MARK: f32 = 16.0;
const TOOLTIP_WIDTH: f32 = 360.0;

pub(super) fn goal_row_ui(
    ui: &Ui,
    scene: &Scene<'_>,
    line: &Line,
    row: &Row,
    place: &Place<'_>,
    selected: bool,
    actions: &mut Vec<Action>,
) {
    let Line::Goal { depth, open, is_context, group, .. } = line else { return };
    let theme = scene.theme;
    let rect = place.rect;
    let id = line_id(line);
    let mut is_hovered = false;
    let mut clicked = None;
    if place.medium.is_screen() {
        let response = ui.interact(rect, id, Sense::click());
        response.widget_info(|| WidgetInfo::selected(Role::Row, true, selected, format!("{}: {}", row.title, row.status.word())));
        ui.ctx().accesskit_node_builder(response.id, |node| {
            node.set_description(row.words());
            node.set_selected(selected);
            node.set_level(depth + 1);
            if let Some(open) = open {
                node.set_expanded(*open);
            }
        });
        is_hovered = response.hovered();
        clicked = Some(response);
    }
    let is_head = row.is_objective && *group == 0 && *depth == 0 && open.is_some();
    let fill = if selected {
        theme.bg.selected
    } else if is_hovered {
        theme.bg.hover
    } else if is_head {
        theme.bg.panel
    } else {
        Color32::TRANSPARENT
    };
    paint_line_ground(ui, theme, place, fill, is_head || *depth == 0);
    if clicked.as_ref().is_some_and(egui::Response::has_focus) {
        let ring = Stroke::new(stroke::FOCUS_RING, theme.accent.accent);
        ui.painter().rect_stroke(rect.shrink(1.0), CornerRadius::same(radius::CONTROL), ring, StrokeKind::Inside);
    }
    for (column, left, right) in place.columns.iter() {
        let cell = Rect::from_min_max(pos2(rect.left() + left, rect.top()), pos2(rect.left() + right, rect.bottom()));
        let was_cut = match column {
            Column::Name => name_cell(ui, scene, line, row, cell, place.medium),
            _ => cell_ui(ui, scene, row, column, cell, *is_context, place.medium),
        };
        if is_hovered {
            hover_ui(ui, scene, row, column, cell, id.with(column.word()), was_cut);
        }
    }
    if let Some(open) = open
        && place.medium.is_screen()
    {
        chevron_ui(ui, scene, line, row, *open, place, actions);
    }
    let Some(response) = clicked else { return };
    let selection = Selection::Goal(row.goal.clone());
    if response.clicked() {
        response.request_focus();
        actions.push(Action::Select(selection.clone()));
    }
    if response.double_clicked() {
        actions.push(Action::Visit(selection));
    }
}

fn paint_line_ground(ui: &Ui, theme: &Theme, place: &Place<'_>, fill: Color32, has_line: bool) {
    let Place { rect, is_last, .. } = *place;
    if fill != Color32::TRANSPARENT {
        let round = if is_last { CornerRadius { nw: 0, ne: 0, ..corner(theme) } } else { CornerRadius::ZERO };
        ui.painter().rect_filled(rect.shrink2(vec2(1.0, 0.0)), round, fill);
    }
    if has_line {
        ui.painter().hline(rect.x_range(), rect.top(), theme.stroke(stroke::HAIRLINE, theme.line.hairline));
    }
}

fn indent(theme: &Theme, depth: usize) -> f32 {
    theme.px(INDENT * depth.min(DEEPEST_INDENT) as f32)
}

/// The title, after its room for folding; true where it was cut.
fn name_cell(ui: &Ui, scene: &Scene<'_>, line: &Line, row: &Row, cell: Rect, medium: Medium) -> bool {
    let Line::Goal { depth, is_context, .. } = line else { return false };
    let theme = scene.theme;
    let left = cell.left() + theme.px(CHEVRON) - theme.px(space::XS) + indent(theme, *depth);
    let mut right = cell.right();
    if row.guardrails_tripped > 0 {
        right -= theme.px(MARK);
    }
    let (font, colour) = match (row.is_objective, row.kind) {
        _ if *is_context => (theme.font(TextSize::Body), theme.text.muted),
        (true, _) => (theme.strong_font(TextSize::Body), theme.text.strong),
        (false, "Initiative") => (theme.font(TextSize::Body), theme.text.muted),
        (false, _) => (theme.font(TextSize::Body), theme.text.default),
    };
    let words = in_a_line(ui, medium, &row.title, font, colour, right - left);
    let (was_cut, end) = (words.elided, left + words.size().x);
    paint_words(ui, Rect::from_min_max(pos2(left, cell.top()), pos2(right, cell.bottom())), words, Align2::LEFT_CENTER);
    if row.guardrails_tripped > 0 {
        let at = pos2(end + theme.px(MARK) / 2.0 + theme.px(2.0), cell.center().y);
        icons::TRIANGLE_ALERT.paint(ui.painter(), at, theme.px(12.0), theme.status(Status::AtRisk).mark);
    }
    was_cut
}

/// Words in a line. On a page, where nobody can hover to read the rest, they are set smaller before they are cut.
fn in_a_line(ui: &Ui, medium: Medium, text: &str, font: egui::FontId, colour: egui::Color32, width: f32) -> Arc<egui::Galley> {
    const SHARES: [f32; 4] = [1.0, 0.92, 0.85, 0.78];
    let shares = if medium == Medium::Page { &SHARES[..] } else { &SHARES[..1] };
    let mut galleys = shares.iter().map(|share| {
        let font = egui::FontId { size: font.size * share, ..font.clone() };
        one_line(ui, text, font, colour, width)
    });
    let fits = galleys.find(|galley| !galley.elided);
    fits.unwrap_or_else(|| one_line(ui, text, font, colour, width))
}

/// True where the text was cut.
fn cell_ui(ui: &Ui, scene: &Scene<'_>, row: &Row, column: Column, cell: Rect, is_context: bool, medium: Medium) -> bool {
    let theme = scene.theme;
    let painter = ui.painter();
    match column {
        Column::Name => false,
        Column::Status => {
            widgets::paint_status_pill(painter, theme, cell, row.status);
            false
        }
        Column::Progress => {
            let bar = Rect::from_center_size(cell.center(), vec2(cell.width(), theme.px(size::BULLET_HEIGHT)));
            widgets::paint_bullet(painter, theme, bar, Bullet { progress: row.progress, expected: row.expected });
            false
        }
        Column::Kpi => {
            if let Some(metric) = &row.metric {
                let spark = scene.memos.sparkline(scene.document, scene.as_of, metric);
                let place = Rect::from_center_size(cell.center(), vec2(cell.width(), theme.px(size::SPARK_HEIGHT)));
                widgets::paint_sparkline(painter, theme, place, &spark);
            }
            false
        }
        Column::Now | Column::Change | Column::Owner | Column::CheckIn | Column::Likelihood | Column::Forecast | Column::Confidence => {
            let text = row.text(column);
            let colour = match column {
                _ if text == "–" => theme.text.muted,
                Column::CheckIn if row.check_in.overdue > 0 => theme.status(Status::Behind).text,
                Column::Now if !is_context => theme.text.default,
                _ => theme.text.muted,
            };
            let font = if is_number(column) { theme.number_font(TextSize::Body) } else { theme.font(TextSize::Body) };
            let font = if column == Column::Now { font } else { egui::FontId { size: theme.type_of(TextSize::Small).size, ..font } };
            let words = in_a_line(ui, medium, &text, font, colour, cell.width());
            let was_cut = words.elided;
            let align = if is_number(column) { Align2::RIGHT_CENTER } else { Align2::LEFT_CENTER };
            paint_words(ui, cell, words, align);
            was_cut
        }
    }
}

/// The number that a cell shows; an empty cell that has nothing to explain, and one that is no number, has none.
fn number_of(column: Column, row: &Row) -> Option<WhyNumber> {
    match column {
        Column::Status => Some(WhyNumber::Status),
        Column::Progress => Some(WhyNumber::Progress),
        Column::Now => Some(WhyNumber::Now).filter(|_| row.now != "–"),
        Column::Change => Some(WhyNumber::Change),
        Column::Likelihood | Column::Forecast => Some(WhyNumber::Likelihood),
        Column::Name | Column::Kpi | Column::Owner | Column::CheckIn | Column::Confidence => None,
    }
}

/// What stands behind a cell, under the pointer.
fn hover_ui(ui: &Ui, scene: &Scene<'_>, row: &Row, column: Column, cell: Rect, id: Id, was_cut: bool) {
    let spark = || row.metric.as_ref().map(|metric| scene.memos.sparkline(scene.document, scene.as_of, metric).summary.clone());
    if let Some(number) = number_of(column, row) {
        why_hover_ui(ui.interact(cell, id, Sense::hover()), scene, WhyOf::new(&row.goal, number));
        return;
    }
    let heading = if was_cut { row.text(column) } else { String::new() };
    let lines = if column == Column::Kpi { spark().into_iter().collect() } else { row.why(column) };
    if heading.is_empty() && lines.is_empty() {
        return;
    }
    let theme = scene.theme;
    ui.interact(cell, id, Sense::hover()).on_hover_ui(|ui| {
        ui.set_max_width(TOOLTIP_WIDTH);
        ui.spacing_mut().item_spacing.y = space::XXS;
        if !heading.is_empty() {
            ui.label(theme.strong(&heading, TextSize::Small));
        }
        for line in &lines {
            ui.label(theme.rich(line, TextSize::Small));
        }
    });
}

fn chevron_ui(ui: &Ui, scene: &Scene<'_>, line: &Line, row: &Row, open: bool, place: &Place<'_>, actions: &mut Vec<Action>) {
    let Line::Goal { depth, .. } = line else { return };
    let theme = scene.theme;
    let x = place.rect.left() + theme.px(space::L) + indent(theme, *depth) + theme.px(space::XXS);
    let centre = pos2(x, place.rect.center().y);
    let name = if open { format!("Fold {}", row.title) } else { format!("Unfold {}", row.title) };
    if paint_chevron(ui, theme, centre, line_id(line).with("chevron"), &name, open) {
        actions.push(fold(scene, line));
    }
}

fn paint_chevron(ui: &Ui, theme: &Theme, centre: egui::Pos2, id: Id, name: &str, open: bool) -> bool {
    let response = ui.interact(Rect::from_center_size(centre, vec2(18.0, 24.0)), id, Sense::CLICK);
    response.widget_info(|| WidgetInfo::labeled(Role::Button, true, name));
    let colour = if response.hovered() { theme.text.strong } else { theme.text.muted };
    let icon = if open { icons::CHEVRON_DOWN } else { icons::CHEVRON_RIGHT };
    icon.paint(ui.painter(), centre, theme.px(12.0), colour);
    response.clicked()
}

/// The head of a group: its name, and how its goals stand.
#[expect(clippy::too_many_arguments, reason = "a line needs its place in the table and the whole scene")]
pub(super) fn group_row_ui(
    ui: &Ui,
    scene: &Scene<'_>,
    id: Id,
    name: &str,
    counts: &[(Status, usize)],
    open: bool,
    place: &Place<'_>,
    actions: &mut Vec<Action>,
) {
    let theme = scene.theme;
    let rect = place.rect;
    let fold = || fold(scene, &Line::Group { name: name.to_owned(), counts: counts.to_vec(), open });
    let mut fill = theme.bg.panel;
    if place.medium.is_screen() {
        let response = ui.interact(rect, id, Sense::click());
        let total: usize = counts.iter().map(|(_, count)| count).sum();
        let words: Vec<String> = counts.iter().map(|(status, count)| format!("{count} {}", status.word().to_lowercase())).collect();
        response.widget_info(|| WidgetInfo::labeled(Role::Row, true, format!("{name}: {total}")));
        ui.ctx().accesskit_node_builder(response.id, |node| {
            node.set_description(words.join(", "));
            node.set_expanded(open);
        });
        if response.hovered() {
            fill = theme.bg.hover;
        }
        if response.clicked() {
            response.request_focus();
            actions.push(fold());
        }
        paint_line_ground(ui, theme, place, fill, true);
        if response.has_focus() {
            let ring = Stroke::new(stroke::FOCUS_RING, theme.accent.accent);
            ui.painter().rect_stroke(rect.shrink(1.0), CornerRadius::same(radius::CONTROL), ring, StrokeKind::Inside);
        }
    } else {
        paint_line_ground(ui, theme, place, fill, true);
    }
    let chevron = pos2(rect.left() + theme.px(space::L) + theme.px(space::XXS), rect.center().y);
    let icon = if open { icons::CHEVRON_DOWN } else { icons::CHEVRON_RIGHT };
    if place.medium.is_screen() {
        icon.paint(ui.painter(), chevron, theme.px(12.0), theme.text.muted);
    }
    let left = rect.left() + theme.px(space::L) + theme.px(CHEVRON) - theme.px(space::XS);
    let (glyph, gap) = (theme.px(size::GLYPH), theme.px(space::S));
    let numbers: Vec<_> = counts
        .iter()
        .map(|&(status, count)| (status, one_line(ui, &count.to_string(), theme.number_font(TextSize::Small), theme.text.muted, 80.0)))
        .collect();
    let wide: f32 = numbers.iter().map(|(_, words)| glyph + theme.px(space::XS) + words.size().x + gap).sum();
    let words = one_line(ui, name, theme.strong_font(TextSize::Body), theme.text.strong, rect.right() - left - wide - 3.0 * gap);
    let mut x = left + words.size().x + 2.0 * gap;
    paint_words(ui, Rect::from_min_max(pos2(left, rect.top()), rect.max), words, Align2::LEFT_CENTER);
    for (status, words) in numbers {
        let place = Rect::from_center_size(pos2(x + glyph / 2.0, rect.center().y), egui::Vec2::splat(glyph));
        widgets::paint_status_glyph(ui.painter(), theme, place, status);
        let text = Rect::from_min_max(pos2(place.right() + theme.px(space::XS), rect.top()), rect.max);
        x = text.left() + words.size().x + gap;
        paint_words(ui, text, words, Align2::LEFT_CENTER);
    }
}
