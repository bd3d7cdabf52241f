//! Which drivers move before the outcome, and whether the bets on it paid off.

use std::ops::Range;

use egui::{Align2, Color32, CornerRadius, Label, Rect, Role, Sense, Ui, UiBuilder, WidgetInfo, pos2, vec2};

use super::tone;
use crate::chart::moves::{BetBar, BetLine, Evidence};
use crate::ui::scene::{Medium, Scene};
use crate::ui::theme::{TextSize, Theme, size, space, stroke};
use crate::ui::widgets;
use crate::workspace::{Action, Arrangement, KpiMode, KpiView, Selection};

/// Pairs listed; the rest is counted.
const LISTED: usize = 6;
const PLOT_WIDTH: f32 = 160.0;
const PLOT_FROM: f32 = 560.0;

/// How many pairs have a line of their own.
pub fn evidence_listed(lines: &[Evidence]) -> usize {
    lines.len().min(LISTED)
}

/// A card with a line for each pair of a driver and an outcome, of those shown; after the last one that is listed, how many more
/// there are.
pub fn evidence_ui(ui: &mut Ui, scene: &Scene<'_>, lines: &[Evidence], shown: Range<usize>, medium: Medium, actions: &mut Vec<Action>) {
    let listed = evidence_listed(lines);
    let shown = shown.start..shown.end.min(listed);
    if shown.is_empty() {
        return;
    }
    let theme = scene.theme;
    widgets::card_ui(ui, theme, |ui| {
        ui.spacing_mut().item_spacing.y = theme.px(space::S);
        ui.label(theme.rich("What moves before it", TextSize::Section));
        for line in &lines[shown.clone()] {
            ui.scope(|ui| {
                ui.spacing_mut().item_spacing.y = theme.px(space::XXS);
                ui.horizontal(|ui| {
                    ui.spacing_mut().item_spacing.x = theme.px(space::S);
                    mark_ui(ui, theme, line.is_found);
                    let words = if line.is_found {
                        theme.strong(&line.sentence, TextSize::Body)
                    } else {
                        theme.rich(&line.sentence, TextSize::Body)
                    };
                    ui.add(Label::new(words).truncate());
                });
                ui.add(Label::new(theme.muted(&line.note, TextSize::Small)).wrap());
                if medium.is_screen() && widgets::link_ui(ui, theme, "Open the relation", TextSize::Small).clicked() {
                    let arranged = KpiView { driver: Some(line.driver.clone()), ..scene.view.arranged.kpi.clone() };
                    actions.push(Action::Visit(Selection::Metric(line.outcome.clone())));
                    actions.push(Action::SetKpiMode(KpiMode::Relation));
                    actions.push(Action::Arrange(Arrangement::Kpi(arranged)));
                }
            });
        }
        if shown.end == listed && lines.len() > LISTED {
            ui.label(theme.muted(format!("{} more pairs, none of them with more evidence", lines.len() - LISTED), TextSize::Small));
        }
    });
}

/// A full dot for what was found, an empty one for what was not.
fn mark_ui(ui: &mut Ui, theme: &Theme, is_found: bool) {
    let (rect, _) = ui.allocate_exact_size(vec2(theme.px(size::GLYPH), theme.px(size::GLYPH)), Sense::hover());
    let radius = theme.px(4.0);
    if is_found {
        ui.painter().circle_filled(rect.center(), radius, theme.accent.accent);
    } else {
        ui.painter().circle_stroke(rect.center(), radius, theme.stroke(stroke::CONTEXT, theme.text.muted));
    }
}

/// A card with what each initiative was to bring against what came.
pub fn bets_ui(ui: &mut Ui, scene: &Scene<'_>, lines: &[BetLine], medium: Medium, actions: &mut Vec<Action>) {
    if lines.is_empty() {
        return;
    }
    let theme = scene.theme;
    widgets::card_ui(ui, theme, |ui| {
        ui.spacing_mut().item_spacing.y = theme.px(space::S);
        ui.label(theme.rich("Bets", TextSize::Section));
        for (index, line) in lines.iter().enumerate() {
            if index > 0 {
                widgets::separator_ui(ui, theme);
            }
            ui.push_id((index, &line.initiative), |ui| bet_ui(ui, scene, line, medium, actions));
        }
    });
}

fn bet_ui(ui: &mut Ui, scene: &Scene<'_>, line: &BetLine, medium: Medium, actions: &mut Vec<Action>) {
    let theme = scene.theme;
    let (width, place) = (ui.available_width(), ui.cursor().min);
    let plot = line.bar.filter(|_| width >= theme.px(PLOT_FROM));
    let words = width - plot.map_or(0.0, |_| theme.px(PLOT_WIDTH + space::XL));
    let left = Rect::from_min_size(place, vec2(words, f32::INFINITY));
    let told = ui.scope_builder(UiBuilder::new().max_rect(left), |ui| {
        ui.spacing_mut().item_spacing = vec2(theme.px(space::S), theme.px(space::XXS));
        ui.horizontal(|ui| {
            let verdict = theme.strong(&line.verdict, TextSize::Small).color(line.good.map_or(theme.text.muted, |g| tone(theme, Some(g))));
            ui.with_layout(egui::Layout::right_to_left(egui::Align::Center), |ui| {
                ui.label(verdict);
                ui.with_layout(egui::Layout::left_to_right(egui::Align::Center), |ui| {
                    if medium.is_screen() {
                        ui.style_mut().wrap_mode = Some(egui::TextWrapMode::Truncate);
                        if widgets::link_ui(ui, theme, &line.title, TextSize::Body).clicked() {
                            actions.push(Action::Select(Selection::Goal(line.initiative.clone())));
                        }
                    } else {
                        widgets::truncated_ui(ui, theme.rich(&line.title, TextSize::Body));
                    }
                });
            });
        });
        ui.add(Label::new(theme.rich(format!("Predicted {}; observed {}", line.predicted, line.observed), TextSize::Small)).wrap());
        ui.add(Label::new(theme.muted(&line.note, TextSize::Small)).wrap());
    });
    let bottom = told.response.rect.bottom();
    if let Some(bar) = plot {
        let rect = Rect::from_min_max(pos2(place.x + width - theme.px(PLOT_WIDTH), place.y), pos2(place.x + width, bottom));
        bar_ui(ui, theme, rect, &bar, line);
    }
    ui.advance_cursor_after_rect(Rect::from_min_max(place, pos2(place.x + width, bottom)));
}

/// The effect with its interval, what was predicted as a tick, and zero.
fn bar_ui(ui: &Ui, theme: &Theme, rect: Rect, bar: &BetBar, line: &BetLine) {
    let response = ui.interact(rect, ui.scope_id().with("interval"), Sense::hover());
    response.widget_info(|| WidgetInfo::labeled(Role::Image, true, format!("Predicted {}; observed {}", line.predicted, line.observed)));
    let all = [0.0, bar.effect, bar.interval.0, bar.interval.1].into_iter().chain(bar.predicted);
    let (low, high) = all.fold((0.0_f64, 0.0_f64), |(low, high), v| (low.min(v), high.max(v)));
    let inner = rect.shrink2(vec2(theme.px(space::S), 0.0));
    let x = |v: f64| inner.left() + inner.width() * ((v - low) / (high - low).max(f64::MIN_POSITIVE)) as f32;
    let middle = rect.top() + theme.px(22.0);
    let half = theme.px(9.0);
    let painter = ui.painter();
    painter.vline(x(0.0), middle - half..=middle + half, theme.stroke(stroke::AXIS, theme.line.axis));
    let caption = theme.number_font(TextSize::Caption);
    painter.text(pos2(x(0.0), middle + half), Align2::CENTER_TOP, "0", caption.clone(), theme.text.muted);
    let ink = line.good.map_or(theme.text.default, |g| tone(theme, Some(g)));
    let span = Rect::from_min_max(pos2(x(bar.interval.0), middle - 2.0), pos2(x(bar.interval.1), middle + 2.0));
    painter.rect_filled(span, CornerRadius::same(2), faint(ink));
    painter.circle_filled(pos2(x(bar.effect), middle), theme.px(size::POINT_RADIUS), ink);
    if let Some(predicted) = bar.predicted {
        painter.vline(x(predicted), middle - half..=middle + half, theme.stroke(stroke::FOCUS, theme.text.strong));
        let near_zero = (x(predicted) - x(0.0)).abs() < theme.px(48.0);
        let align = if x(predicted) > inner.center().x { Align2::RIGHT_BOTTOM } else { Align2::LEFT_BOTTOM };
        if !near_zero || line.bar.is_some() {
            painter.text(pos2(x(predicted), middle - half), align, "predicted", caption, theme.text.muted);
        }
    }
}

fn faint(ink: Color32) -> Color32 {
    ink.gamma_multiply(0.45)
}
