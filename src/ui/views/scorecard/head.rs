//! The heads of the columns: they stay while rows move, sort the rows, and lead to earlier and later periods.

use egui::{Align, Rect, Role, Sense, Ui, Vec2, WidgetInfo, pos2, vec2};

use super::layout::{Layout, part};
use super::tools::arrange;
use super::{Kept, TABLE_TEXT, cell, text_ui};
use crate::chart::scorecard::{ColumnState, Scorecard, SortBy};
use crate::ui::icons;
use crate::ui::scene::{Medium, Scene};
use crate::ui::sheets::gloss_ui;
use crate::ui::theme::{TextSize, space, stroke};
use crate::workspace::{Action, ScorecardView};

pub(super) fn head_ui(
    ui: &Ui,
    scene: &Scene<'_>,
    scorecard: &Scorecard,
    layout: &Layout,
    rect: Rect,
    medium: Medium,
    actions: &mut Vec<Action>,
) {
    let theme = scene.theme;
    ui.painter().hline(rect.x_range(), rect.bottom(), theme.stroke(stroke::HAIRLINE, theme.line.control));
    let columns = [
        (Some(layout.name), "KPI", Align::Min, Some(SortBy::Name)),
        (layout.owner, "Owner", Align::Min, Some(SortBy::Owner)),
        (layout.target, "Target", Align::Max, None),
        (layout.spark, "Trend", Align::Min, None),
        (layout.marks, "Signal", Align::Min, None),
        (Some(layout.status), "Status", Align::Min, Some(SortBy::Status)),
        (layout.note, "Note", Align::Min, None),
    ];
    let view = &scene.view.arranged.scorecard;
    for (span, words, align, sort) in columns {
        let Some(span) = span else { continue };
        let beside = if sort == Some(SortBy::Owner) { space::XS } else { super::lines::padding(align) };
        let place = lower_half(part(rect, span)).shrink2(vec2(layout.px(beside), 0.0));
        let is_sorted = sort.is_some_and(|by| by == view.sort.by);
        let mut colour = if is_sorted { theme.text.strong } else { theme.text.muted };
        if let Some(by) = sort.filter(|_| medium.is_screen()) {
            let response = ui.interact(place.expand2(vec2(space::XS, 0.0)), ui.scope_id().with(("sort", by)), Sense::click());
            let name = format!("Sort by {}", words.to_lowercase());
            response.widget_info(|| WidgetInfo::labeled(Role::Button, true, &name));
            if response.hovered() || response.has_focus() {
                colour = theme.text.strong;
            }
            if response.clicked() {
                arrange(actions, ScorecardView { sort: view.sort.toggled(by), ..view.clone() });
            }
            response.on_hover_text(name);
        }
        let (drawn, _) = text_ui(ui, (place, align), words, theme.font(TextSize::Caption), colour);
        if is_sorted && medium.is_screen() {
            let icon = if view.sort.is_reversed { icons::ARROW_UP } else { icons::ARROW_DOWN };
            icon.paint(ui.painter(), pos2(drawn.right() + layout.px(space::S), drawn.center().y), layout.px(11.0), colour);
        }
        if medium.is_screen() && sort.is_none() {
            gloss_ui(ui, drawn, words, actions);
        }
    }
    periods_ui(ui, scene, scorecard, layout, rect);
}

/// Heads of columns stand on one line, under the years.
fn lower_half(rect: Rect) -> Rect {
    Rect::from_min_max(pos2(rect.left(), rect.center().y), rect.max)
}

fn periods_ui(ui: &Ui, scene: &Scene<'_>, scorecard: &Scorecard, layout: &Layout, rect: Rect) {
    let theme = scene.theme;
    for column in layout.shown.clone() {
        let (Some(span), Some(head)) = (layout.period(column), scorecard.columns.list.get(column)) else { continue };
        let place = cell::inner_of(layout, part(rect, span));
        let (top, bottom) = (Rect::from_min_max(place.min, pos2(place.right(), place.center().y)), lower_half(place));
        // A year is also said over the first period in sight.
        let begins = column == layout.shown.start && head.note.is_empty();
        let note = if begins { head.words.rsplit(' ').next().unwrap_or_default() } else { head.note.as_str() };
        text_ui(ui, (top, Align::Max), note, theme.number_font(TextSize::Caption), theme.text.muted);
        let is_over = head.state == ColumnState::Over;
        text_ui(ui, (bottom, Align::Max), &head.head, theme.number_font(TABLE_TEXT), cell::head_colour(scene, is_over));
    }
}

/// The way to periods that are out of sight: two small buttons over the ends of the periods, and the wheel across the table.
pub(super) fn wander_ui(ui: &Ui, scene: &Scene<'_>, scorecard: &Scorecard, layout: &Layout, rect: Rect, kept: &mut Kept) {
    let all = scorecard.columns.list.len();
    let count = layout.shown.len();
    if count >= all {
        kept.first = None;
        return;
    }
    let first = layout.shown.start;
    let latest = all - count;
    let (from, to) = layout.periods();
    let step = count.saturating_sub(1).max(1);
    let mut go = None;
    // Over the first period in sight, and after the last.
    let half = layout.px(space::S);
    let buttons = [
        ("Earlier periods", icons::CHEVRON_LEFT, from + half, first > 0, first.saturating_sub(step)),
        ("Later periods", icons::CHEVRON_RIGHT, to + half, first < latest, (first + step).min(latest)),
    ];
    for (name, icon, x, is_there, target) in buttons {
        if !is_there {
            continue;
        }
        let place = Rect::from_center_size(pos2(rect.left() + x, rect.top() + rect.height() / 4.0 + 1.0), Vec2::splat(layout.px(space::L)));
        let response = ui.interact(place, ui.scope_id().with(name), Sense::click());
        response.widget_info(|| WidgetInfo::labeled(Role::Button, true, name));
        let is_hot = response.hovered() || response.has_focus();
        if is_hot {
            ui.painter().rect_filled(place, layout.px(4.0), scene.theme.bg.hover);
        }
        let colour = if is_hot { scene.theme.text.strong } else { scene.theme.text.muted };
        icon.paint(ui.painter(), place.center(), layout.px(14.0), colour);
        if response.clicked() {
            go = Some(target);
        }
        response.on_hover_text(name);
    }
    if let Some(target) = go {
        kept.first = Some(target).filter(|first| *first < latest);
    }
}

/// Turns a wheel that goes sideways into whole periods.
pub(super) fn wheel(ui: &Ui, layout: &Layout, all: usize, table: Rect, kept: &mut Kept) {
    let count = layout.shown.len();
    if count >= all || !ui.rect_contains_pointer(table) {
        kept.wheel = 0.0;
        return;
    }
    kept.wheel -= ui.input(|i| i.smooth_scroll_delta().x);
    let (from, to) = layout.periods();
    let period = ((to - from) / count.max(1) as f32).max(1.0);
    let steps = (kept.wheel / period).trunc();
    if steps == 0.0 {
        return;
    }
    kept.wheel -= steps * period;
    let latest = all - count;
    let first = (layout.shown.start as f32 + steps).clamp(0.0, latest as f32) as usize;
    kept.first = Some(first).filter(|first| *first < latest);
    ui.ctx().request_repaint();
}
