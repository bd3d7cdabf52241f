//! The lines of the table: heads of groups, and rows.

use egui::{Align, Color32, Rect, Role, Sense, Ui, Vec2, WidgetInfo, pos2, vec2};

use super::layout::{Layout, part};
use super::marks::{paint_assurance, paint_variation};
use super::tools::arrange;
use super::{CellOf, Kept, Place, TABLE_TEXT, cell, text_ui};
use crate::analysis::xmr::Choice;
use crate::chart::scorecard::{Group, Marks, Row, Scorecard};
use crate::chart::{WhyNumber, WhyOf};
use crate::model::Role as Link;
use crate::ui::icons;
use crate::ui::scene::{Medium, Scene};
use crate::ui::theme::{TextSize, size, space, stroke};
use crate::ui::why::{point_at_cell, why_cell_hover_ui, why_hover_ui};
use crate::ui::widgets::{paint_sparkline, paint_status_glyph};
use crate::workspace::{Action, ScorecardView, Selection};

/// Beside what stands left and right in its column.
pub(super) fn padding(align: Align) -> f32 {
    if align == Align::Max { space::S } else { space::M }
}

/// A line of the table that is drawn, and where.
pub(super) struct Drawn<'a> {
    pub(super) scorecard: &'a Scorecard,
    pub(super) layout: &'a Layout,
    pub(super) medium: Medium,
    pub(super) rect: Rect,
}

pub(super) fn group_ui(ui: &Ui, scene: &Scene<'_>, drawn: &Drawn<'_>, group: &Group, continued: bool, actions: &mut Vec<Action>) {
    let Drawn { layout, medium, rect, .. } = *drawn;
    let theme = scene.theme;
    let view = &scene.view.arranged.scorecard;
    let is_folded = medium.is_screen() && view.folded.contains(&group.key);
    ui.painter().rect_filled(rect, 0.0, theme.bg.panel);
    ui.painter().hline(rect.x_range(), rect.top(), theme.stroke(stroke::HAIRLINE, theme.line.hairline));
    let mut x = rect.left() + layout.px(space::M);
    if medium.is_screen() {
        let response = ui.interact(rect, ui.scope_id().with(("group", &group.key)), Sense::click());
        let verb = if is_folded { "Unfold" } else { "Fold" };
        response.widget_info(|| WidgetInfo::labeled(Role::Button, true, format!("{verb} {}", group.title)));
        if response.hovered() {
            ui.painter().rect_filled(rect, 0.0, theme.bg.hover);
        }
        if response.has_focus() {
            ui.painter().rect_stroke(rect, 0.0, theme.stroke(stroke::FOCUS_RING, theme.accent.accent), egui::StrokeKind::Inside);
        }
        if response.clicked() {
            let mut folded = view.folded.clone();
            if !folded.remove(&group.key) {
                folded.insert(group.key.clone());
            }
            arrange(actions, ScorecardView { folded, ..view.clone() });
        }
        if response.double_clicked()
            && let Some(goal) = &group.goal
        {
            actions.push(Action::Visit(Selection::Goal(goal.clone())));
        }
        let icon = if is_folded { icons::CHEVRON_RIGHT } else { icons::CHEVRON_DOWN };
        icon.paint(ui.painter(), pos2(x + 6.0, rect.center().y), layout.px(14.0), theme.text.muted);
        x += layout.px(space::L + space::XS);
    }
    if let Some(status) = group.status {
        let glyph = Rect::from_center_size(pos2(x + layout.px(6.0), rect.center().y), Vec2::splat(layout.px(size::GLYPH)));
        paint_status_glyph(ui.painter(), theme, glyph, status);
        x += layout.px(size::GLYPH + space::S);
    }
    let count = match group.met {
        (_, 0) => format!("{} without a target", group.rows.len()),
        (met, of) => format!("{met} of {of} on target"),
    };
    let right =
        Rect::from_min_max(pos2(rect.right() - layout.px(200.0), rect.top()), pos2(rect.right() - layout.px(space::M), rect.bottom()));
    let (counted, _) = text_ui(ui, (right, Align::Max), &count, theme.number_font(TABLE_TEXT), theme.text.muted);
    let title = if continued { format!("{} (continued)", group.title) } else { group.title.clone() };
    let place = Rect::from_min_max(pos2(x, rect.top()), pos2(counted.left() - layout.px(space::M), rect.bottom()));
    text_ui(ui, (place, Align::Min), &title, theme.strong_font(TABLE_TEXT), theme.text.strong);
}

/// Draws a row and hears what is done with it.
pub(super) fn row_ui(
    ui: &Ui,
    scene: &Scene<'_>,
    drawn: &Drawn<'_>,
    (index, row): (usize, &Row),
    kept: &mut Kept,
    marked: Option<&std::ops::RangeInclusive<usize>>,
    actions: &mut Vec<Action>,
) {
    let Drawn { scorecard, layout, medium, rect } = *drawn;
    let theme = scene.theme;
    let id = ui.scope_id().with(("row", index));
    let selection = Selection::Metric(row.subject.metric.clone());
    let is_selected = medium.is_screen() && scene.view.selected.as_ref() == Some(&selection);
    let mut ground = if is_selected { theme.bg.selected } else { Color32::TRANSPARENT };
    if medium.is_screen() {
        let response = ui.interact(rect, id, Sense::CLICK);
        response.widget_info(|| WidgetInfo::selected(Role::Row, true, is_selected, row.words()));
        if response.contains_pointer() && !is_selected {
            ground = theme.bg.hover;
        }
        if response.clicked() {
            actions.push(Action::Select(selection.clone()));
        }
        if response.double_clicked() {
            actions.push(Action::Visit(selection.clone()));
        }
        response.context_menu(|ui| menu_ui(ui, row, actions));
    }
    ui.painter().rect_filled(rect, 0.0, ground);
    ui.painter().hline(rect.x_range(), rect.bottom(), theme.stroke(stroke::HAIRLINE, theme.line.grid));
    name_ui(ui, scene, drawn, row, id);
    if let Some(owner) = layout.owner {
        let place = part(rect, owner).shrink2(vec2(layout.px(space::XS), 0.0));
        explain(
            ui,
            medium,
            text_ui(ui, (place, Align::Min), &row.owner, theme.font(TABLE_TEXT), theme.text.muted),
            id.with("owner"),
            &row.owner,
        );
    }
    if let Some(target) = layout.target {
        let place = part(rect, target).shrink2(vec2(layout.px(space::S), 0.0));
        let words = if row.target_words.is_empty() { "–" } else { &row.target_words };
        let shown = text_ui(ui, (place, Align::Max), words, theme.number_font(TABLE_TEXT), theme.text.muted);
        match row.subject.goals.first().filter(|_| medium.is_screen()) {
            Some(goal) => {
                why_hover_ui(ui.interact(place, id.with("target"), Sense::hover()), scene, WhyOf::new(goal, WhyNumber::Now));
            }
            None => explain(ui, medium, shown, id.with("target"), words),
        }
    }
    for column in layout.shown.clone() {
        let Some(span) = layout.period(column) else { continue };
        let place = part(rect, span);
        if medium.is_screen() {
            let is_marked = marked.is_some_and(|m| m.contains(&column));
            if is_marked {
                ui.painter().rect_filled(place, 0.0, theme.bg.selected);
            }
            if cell_ui(ui, scene, scorecard, row, column, place, id, kept, is_marked) {
                actions.push(Action::Select(selection.clone()));
            }
        }
        cell::paint_cell(ui, scene, layout, row, column, place);
        if medium.is_screen() && kept.cursor.as_ref().is_some_and(|c| is_at(c, scorecard, row, column)) {
            let has_keys = ui.memory(|m| m.has_focus(super::table::grid_id()));
            if has_keys {
                point_at_cell(ui, place, CellOf::new(row, scorecard.columns.list.get(column).map(|head| head.period.first)));
            }
            let line = if has_keys {
                theme.stroke(stroke::FOCUS_RING, theme.accent.accent)
            } else {
                theme.stroke(stroke::HAIRLINE, theme.line.control)
            };
            ui.painter().rect_stroke(place, layout.px(3.0), line, egui::StrokeKind::Inside);
        }
    }
    right_ui(ui, scene, drawn, row, id);
}

fn name_ui(ui: &Ui, scene: &Scene<'_>, drawn: &Drawn<'_>, row: &Row, id: egui::Id) {
    let Drawn { layout, medium, rect, .. } = *drawn;
    let theme = scene.theme;
    let mut place = part(rect, layout.name);
    place.min.x += layout.px(space::M);
    place.max.x -= layout.px(space::S);
    // What tells it from an outcome in plain numbers stands behind the name.
    let role = row.subject.role.filter(|role| *role != Link::Outcome).map(Link::word);
    let note = [row.unit_word(), role].into_iter().flatten().collect::<Vec<_>>().join(", ");
    let noted = if note.is_empty() {
        place.right()
    } else {
        let half = Rect::from_min_max(pos2(place.center().x, place.top()), place.max);
        text_ui(ui, (half, Align::Max), &note, theme.font(TextSize::Caption), theme.text.muted).0.left() - layout.px(space::S)
    };
    let name = Rect::from_min_max(place.min, pos2(noted, place.bottom()));
    let shown = text_ui(ui, (name, Align::Min), &row.name, theme.font(TABLE_TEXT), theme.text.default);
    explain(ui, medium, shown, id.with("name"), &row.name);
}

/// Says the whole of what was cut.
fn explain(ui: &Ui, medium: Medium, (rect, is_cut): (Rect, bool), id: egui::Id, words: &str) {
    if is_cut && medium.is_screen() {
        ui.interact(rect, id, Sense::hover()).on_hover_text(words);
    }
}

fn is_at(place: &Place, scorecard: &Scorecard, row: &Row, column: usize) -> bool {
    place.metric == row.subject.metric
        && place.objective == row.subject.objective
        && scorecard.columns.list.get(column).is_some_and(|c| c.period.first == place.period)
}

/// True where the cell was clicked.
#[expect(clippy::too_many_arguments, reason = "a cell needs its place in the table and what is marked there")]
fn cell_ui(
    ui: &Ui,
    scene: &Scene<'_>,
    scorecard: &Scorecard,
    row: &Row,
    column: usize,
    rect: Rect,
    id: egui::Id,
    kept: &mut Kept,
    is_marked: bool,
) -> bool {
    let response = ui.interact(rect, id.with(column), Sense::CLICK);
    let words = || format!("{}, {}", row.name, row.cell_words(&scorecard.columns, column));
    response.widget_info(|| WidgetInfo::selected(Role::Cell, true, is_marked, words()));
    let is_clicked = response.clicked();
    if is_clicked {
        let place = super::keys::place(scorecard, row, column);
        if !ui.input(|i| i.modifiers.shift) || kept.anchor.is_none() {
            kept.anchor.clone_from(&place);
        }
        kept.cursor = place;
        kept.focus = true;
    }
    if response.double_clicked() {
        kept.opened = scorecard.columns.list.get(column).map(|head| (row.subject.metric.clone(), head.period.last));
    }
    let period = scorecard.columns.list.get(column).map(|head| head.period.first);
    why_cell_hover_ui(response, scene, &CellOf::new(row, period), || row.why(scene.project, &scorecard.columns, column));
    is_clicked
}

/// What stands right of the periods.
fn right_ui(ui: &Ui, scene: &Scene<'_>, drawn: &Drawn<'_>, row: &Row, id: egui::Id) {
    let Drawn { layout, medium, rect, .. } = *drawn;
    let theme = scene.theme;
    let metric = &row.subject.metric;
    if let Some(span) = layout.spark {
        let spark = scene.memos.sparkline(scene.document, scene.as_of, metric);
        let room = part(rect, span).shrink2(vec2(layout.px(space::M), 0.0));
        let place = Rect::from_center_size(room.center(), vec2(room.width(), layout.px(size::SPARK_HEIGHT)));
        paint_sparkline(ui.painter(), theme, place, &spark);
        if medium.is_screen() {
            let response = ui.interact(place, id.with("spark"), Sense::hover());
            response.widget_info(|| WidgetInfo::labeled(Role::Image, true, &spark.summary));
            response.on_hover_text(&spark.summary);
        }
    }
    if let Some(span) = layout.marks {
        let xmr = scene.memos.xmr(scene.document, scene.as_of, metric, Choice::default());
        let marks = Marks::of(row, xmr.as_ref().as_ref());
        let room = part(rect, span);
        let at = |x: f32| pos2(room.left() + layout.px(x), room.center().y);
        if let Some(variation) = marks.variation {
            paint_variation(ui.painter(), theme, at(space::M + 6.0), layout.scale, variation);
        }
        if let Some(assurance) = marks.assurance {
            paint_assurance(ui.painter(), theme, at(space::M + 30.0), layout.scale, assurance);
        }
        if medium.is_screen() {
            let response = ui.interact(room, id.with("marks"), Sense::hover());
            response.widget_info(|| WidgetInfo::labeled(Role::Image, true, &marks.words));
            why_cell_hover_ui(response, scene, &CellOf::new(row, None), || super::marks_why(scene, row));
        }
    }
    let room = part(rect, layout.status).shrink2(vec2(layout.px(space::M), 0.0));
    let standing = &row.standing;
    let mut from = room.left();
    let colour = standing.mark.map_or(theme.text.muted, |mark| {
        let glyph = Rect::from_center_size(pos2(from + layout.px(6.0), room.center().y), Vec2::splat(layout.px(size::GLYPH)));
        paint_status_glyph(ui.painter(), theme, glyph, mark);
        from += layout.px(size::GLYPH + space::S);
        theme.status(mark).text
    });
    let place = Rect::from_min_max(pos2(from, room.top()), room.max);
    text_ui(ui, (place, Align::Min), &standing.word, theme.font(TABLE_TEXT), colour);
    if medium.is_screen() {
        let response = ui.interact(room, id.with("status"), Sense::hover());
        match row.subject.goals.first().filter(|_| row.subject.guards.is_none()) {
            Some(goal) => why_hover_ui(response, scene, WhyOf::new(goal, WhyNumber::Status)),
            None => response.on_hover_text(&standing.why),
        };
    }
    if let Some(span) = layout.note {
        let place = part(rect, span).shrink2(vec2(layout.px(space::M), 0.0));
        let shown = text_ui(ui, (place, Align::Min), &row.subject.note, theme.font(TABLE_TEXT), theme.text.muted);
        explain(ui, medium, shown, id.with("note"), &row.subject.note);
    }
}

fn menu_ui(ui: &mut Ui, row: &Row, actions: &mut Vec<Action>) {
    if ui.button("Open KPI").clicked() {
        actions.push(Action::Visit(Selection::Metric(row.subject.metric.clone())));
    }
    if let Some(goal) = row.subject.goals.first()
        && ui.button("Open its key result").clicked()
    {
        actions.push(Action::Visit(Selection::Goal(goal.clone())));
    }
    if ui.button("Copy row").clicked() {
        let all = 0..=row.cells.len().saturating_sub(1);
        actions.push(Action::CopyText(crate::chart::scorecard::block_text([row], all, &[crate::chart::scorecard::Part::Actual])));
    }
}
