//! The sentence on top and how many goals there are of each status: a bar, and words that filter.

use egui::{CornerRadius, Rect, Response, Role, Sense, Stroke, StrokeKind, Ui, UiBuilder, Vec2, WidgetInfo, pos2, vec2};

use super::{Kept, arrange, wanted};
use crate::chart::board::Board;
use crate::model::Status;
use crate::ui::scene::{Medium, Scene};
use crate::ui::theme::{TextSize, Theme, radius, size, space, stroke};
use crate::ui::widgets;
use crate::workspace::Action;

/// The bar at 100 %, in points.
const BAR_WIDTH: f32 = 560.0;
const BAR_HEIGHT: f32 = 8.0;
const LEAST_SEGMENT: f32 = 6.0;
/// Around a count, inside its button.
const PAD: f32 = 6.0;
/// Between the parts of a page's head.
const PAGE_GAP: f32 = space::S;

pub(super) fn head_ui(
    ui: &mut Ui,
    scene: &Scene<'_>,
    board: &Board,
    news: usize,
    kept: &mut Kept,
    medium: Medium,
    actions: &mut Vec<Action>,
) {
    let theme = scene.theme;
    titles_ui(ui, scene, board);
    bar_ui(ui, scene, board, medium, actions);
    // The first glyph of every line stands under the bar, not its button; what is below keeps to the bar.
    let room = ui.available_rect_before_wrap();
    let mut line = ui.new_child(UiBuilder::new().max_rect(Rect::from_min_max(room.min - vec2(PAD, 0.0), room.max)).id_salt("counts"));
    line.horizontal_wrapped(|ui| {
        ui.spacing_mut().item_spacing = vec2(theme.px(space::XS), theme.px(space::XXS));
        for &(status, count) in &board.counts {
            let on = wanted(scene).statuses.contains(&status);
            if count_ui(ui, theme, status, count, on).clicked() {
                actions.push(toggled(scene, status));
            }
        }
        if !wanted(scene).statuses.is_empty() && widgets::link_ui(ui, theme, "All statuses", TextSize::Small).clicked() {
            actions.push(arrange(scene, |view| view.wanted.statuses.clear()));
        }
        if news > 0 && news_link_ui(ui, theme, &format!("{news} to look at")).clicked() {
            kept.to_news = true;
            ui.ctx().request_repaint();
        }
    });
    let used = line.min_rect();
    ui.advance_cursor_after_rect(Rect::from_min_max(pos2(room.left(), used.top()), pos2(used.right().min(room.right()), used.bottom())));
}

fn toggled(scene: &Scene<'_>, status: Status) -> Action {
    arrange(scene, |view| {
        if !view.wanted.statuses.remove(&status) {
            view.wanted.statuses.insert(status);
        }
    })
}

fn titles_ui(ui: &mut Ui, scene: &Scene<'_>, board: &Board) {
    let theme = scene.theme;
    ui.scope(|ui| {
        ui.spacing_mut().item_spacing.y = theme.px(space::XS);
        ui.add(egui::Label::new(theme.rich(&board.title, TextSize::Title)).wrap());
        widgets::truncated_ui(ui, theme.muted(&board.subtitle, TextSize::Subtitle));
    });
}

/// The parts of the whole, side by side; a click on one filters.
fn bar_ui(ui: &mut Ui, scene: &Scene<'_>, board: &Board, medium: Medium, actions: &mut Vec<Action>) {
    let theme = scene.theme;
    let width = ui.available_width().min(theme.px(BAR_WIDTH));
    let (whole, response) = ui.allocate_exact_size(vec2(width, theme.px(BAR_HEIGHT)), Sense::hover());
    let total: usize = board.counts.iter().map(|(_, count)| count).sum();
    response.widget_info(|| WidgetInfo::labeled(Role::Image, true, counts_words(board)));
    let gap = theme.px(3.0);
    let least = theme.px(LEAST_SEGMENT);
    let room = (width - gap * board.counts.len().saturating_sub(1) as f32 - least * board.counts.len() as f32).max(0.0);
    let mut left = whole.left();
    for &(status, count) in &board.counts {
        let part = least + room * count as f32 / total.max(1) as f32;
        let rect = Rect::from_min_size(pos2(left, whole.top()), vec2(part, whole.height()));
        left += part + gap;
        let is_out = !wanted(scene).statuses.is_empty() && !wanted(scene).statuses.contains(&status);
        let colour = theme.status(status).mark;
        let colour = if is_out { colour.gamma_multiply(0.35) } else { colour };
        ui.painter().rect_filled(rect, CornerRadius::same(theme.px(2.0) as u8), colour);
        if medium.is_screen() {
            // The words below say the same and take the keyboard.
            let part = ui.interact(rect.expand2(vec2(0.0, 4.0)), ui.scope_id().with(("status bar", status.code())), Sense::CLICK);
            if part.clicked() {
                actions.push(toggled(scene, status));
            }
            part.on_hover_text(format!("{count} {}", status.word().to_lowercase()));
        }
    }
}

/// "4 on track, 1 achieved, 3 behind".
fn counts_words(board: &Board) -> String {
    let parts: Vec<String> = board.counts.iter().map(|(status, count)| format!("{count} {}", status.word().to_lowercase())).collect();
    parts.join(", ")
}

/// As wide and high as a count, so that lines of both stand even.
fn news_link_ui(ui: &mut Ui, theme: &Theme, words: &str) -> Response {
    let galley = ui.painter().layout_no_wrap(words.to_owned(), theme.font(TextSize::Small), theme.accent.accent);
    let (rect, response) = ui.allocate_exact_size(vec2(galley.size().x + 2.0 * PAD, theme.px(size::CONTROL)), Sense::click());
    response.widget_info(|| WidgetInfo::labeled(Role::Link, true, words));
    let at = pos2(rect.left() + PAD, rect.center().y - galley.size().y / 2.0);
    if response.hovered() || response.has_focus() {
        let line = Stroke::new(1.0, theme.accent.accent);
        ui.painter().hline(at.x..=rect.right() - PAD, at.y + galley.size().y, line);
    }
    ui.painter().galley(at, galley, theme.accent.accent);
    response.on_hover_cursor(egui::CursorIcon::PointingHand)
}

/// Glyph, count and word; filled while the table shows only these.
fn count_ui(ui: &mut Ui, theme: &Theme, status: Status, count: usize, on: bool) -> Response {
    let words = format!("{count} {}", status.word().to_lowercase());
    let galley = ui.painter().layout_no_wrap(words.clone(), theme.font(TextSize::Small), theme.text.default);
    let (glyph, pad) = (theme.px(size::GLYPH), PAD);
    let wide = vec2(glyph + theme.px(6.0) + galley.size().x + 2.0 * pad, theme.px(size::CONTROL));
    let (rect, response) = ui.allocate_exact_size(wide, Sense::click());
    response.widget_info(|| WidgetInfo::selected(Role::Button, true, on, &words));
    if ui.is_rect_visible(rect) {
        let corner = CornerRadius::same(radius::CONTROL);
        if on || response.hovered() {
            ui.painter().rect_filled(rect, corner, if on { theme.bg.selected } else { theme.bg.hover });
        }
        if response.has_focus() {
            ui.painter().rect_stroke(rect, corner, Stroke::new(stroke::FOCUS_RING, theme.accent.accent), StrokeKind::Inside);
        }
        paint_count(ui, theme, rect.shrink2(vec2(pad, 0.0)), status, galley);
    }
    let hint = if on { "Show the other statuses too" } else { "Show only these" };
    response.on_hover_text(hint)
}

fn paint_count(ui: &Ui, theme: &Theme, rect: Rect, status: Status, words: std::sync::Arc<egui::Galley>) {
    let glyph = theme.px(size::GLYPH);
    let place = Rect::from_center_size(pos2(rect.left() + glyph / 2.0, rect.center().y), Vec2::splat(glyph));
    widgets::paint_status_glyph(ui.painter(), theme, place, status);
    let text = pos2(place.right() + theme.px(6.0), rect.center().y - words.size().y / 2.0);
    ui.painter().galley(text, words, theme.text.default);
}

/// The height of `page_head_ui`, gaps between the parts included.
pub fn page_head_height(theme: &Theme, continued: bool) -> f32 {
    let title = theme.type_of(TextSize::Title).line_height;
    if continued {
        return title + theme.px(space::M);
    }
    let gaps = theme.px(space::XS) + 3.0 * theme.px(PAGE_GAP);
    title + theme.type_of(TextSize::Subtitle).line_height + theme.px(BAR_HEIGHT) + theme.px(size::ROW) + gaps
}

pub(super) fn page_head_ui(ui: &mut Ui, scene: &Scene<'_>, board: &Board, continued: bool) {
    let theme = scene.theme;
    if continued {
        widgets::truncated_ui(ui, theme.rich(format!("{} (continued)", board.title), TextSize::Title));
        return;
    }
    ui.spacing_mut().item_spacing.y = theme.px(PAGE_GAP);
    ui.scope(|ui| {
        ui.spacing_mut().item_spacing.y = theme.px(space::XS);
        widgets::truncated_ui(ui, theme.rich(&board.title, TextSize::Title));
        widgets::truncated_ui(ui, theme.muted(&board.subtitle, TextSize::Subtitle));
    });
    bar_ui(ui, scene, board, Medium::Page, &mut Vec::new());
    let (row, _) = ui.allocate_exact_size(vec2(ui.available_width(), theme.px(size::ROW)), Sense::hover());
    let mut left = row.left();
    for &(status, count) in &board.counts {
        let words = format!("{count} {}", status.word().to_lowercase());
        let galley = ui.painter().layout_no_wrap(words, theme.font(TextSize::Small), theme.text.default);
        let width = theme.px(size::GLYPH) + theme.px(6.0) + galley.size().x;
        if left + width > row.right() {
            break;
        }
        paint_count(ui, theme, Rect::from_min_size(pos2(left, row.top()), vec2(width, row.height())), status, galley);
        left += width + theme.px(space::L);
    }
}
