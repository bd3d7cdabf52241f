//! What moved the numbers: a sentence and compact bars for each.

use egui::{Align, Align2, CornerRadius, Label, Layout, Rect, Role, Sense, Ui, UiBuilder, WidgetInfo, pos2, vec2};

use super::tone;
use crate::chart::moves::{Breakdown, Step};
use crate::model::capitalised;
use crate::ui::scene::{Medium, Scene};
use crate::ui::theme::{TextSize, Theme, size, space, stroke};
use crate::ui::widgets;
use crate::workspace::{Action, KpiMode, Selection};

/// Bars beside the words from this width on, under them below.
const BESIDE_FROM: f32 = 620.0;
const BARS_WIDTH: f32 = 300.0;
const BAR_HEIGHT: f32 = 8.0;
/// Steps drawn here; all of them are on the KPI view.
const SHOWN: usize = 4;

/// A card with what moved each key result. Nothing where there is nothing to say.
pub fn moved_ui(ui: &mut Ui, scene: &Scene<'_>, moved: &[Breakdown], medium: Medium, actions: &mut Vec<Action>) {
    if moved.is_empty() {
        return;
    }
    let theme = scene.theme;
    widgets::card_ui(ui, theme, |ui| {
        ui.spacing_mut().item_spacing.y = theme.px(space::M);
        ui.label(theme.rich("What moved it", TextSize::Section));
        for (index, found) in moved.iter().enumerate() {
            if index > 0 {
                widgets::separator_ui(ui, theme);
            }
            one_ui(ui, scene, found, medium, actions);
        }
    });
}

/// What happened and the way to its picture; under it since when, and the steps.
fn one_ui(ui: &mut Ui, scene: &Scene<'_>, found: &Breakdown, medium: Medium, actions: &mut Vec<Action>) {
    let theme = scene.theme;
    let width = ui.available_width();
    ui.scope(|ui| {
        ui.spacing_mut().item_spacing.y = theme.px(space::XXS);
        sentence_ui(ui, scene, found, medium, actions);
        let steps = &found.steps[..found.steps.len().min(SHOWN)];
        let since = |ui: &mut Ui| {
            ui.add(Label::new(theme.muted(capitalised(&found.since), TextSize::Small)).wrap());
        };
        if width < theme.px(BESIDE_FROM) {
            since(ui);
            steps_ui(ui, theme, steps);
            return;
        }
        let (place, bars) = (ui.cursor().min, theme.px(BARS_WIDTH));
        let left = Rect::from_min_size(place, vec2(width - bars - theme.px(space::XL), f32::INFINITY));
        let right = Rect::from_min_size(place + vec2(width - bars, 0.0), vec2(bars, f32::INFINITY));
        let bottom = [
            ui.scope_builder(UiBuilder::new().max_rect(left).id_salt(("since", &found.metric)), since).response.rect.bottom(),
            ui.scope_builder(UiBuilder::new().max_rect(right).id_salt(("bars", &found.metric)), |ui| steps_ui(ui, theme, steps))
                .response
                .rect
                .bottom(),
        ];
        let bottom = bottom.into_iter().fold(place.y, f32::max);
        ui.advance_cursor_after_rect(Rect::from_min_max(place, pos2(place.x + width, bottom)));
    });
}

/// The sentence, and at its right the way to the whole picture.
fn sentence_ui(ui: &mut Ui, scene: &Scene<'_>, found: &Breakdown, medium: Medium, actions: &mut Vec<Action>) {
    let theme = scene.theme;
    let (place, width) = (ui.cursor().min, ui.available_width());
    let mut right = place.x + width;
    if medium.is_screen() {
        let line = Rect::from_min_size(place, vec2(width, theme.type_of(TextSize::Body).line_height));
        let layout = Layout::right_to_left(Align::Center);
        let link = ui.scope_builder(UiBuilder::new().max_rect(line).layout(layout).id_salt(("link", &found.metric)), |ui| {
            widgets::link_ui(ui, theme, "Contributions", TextSize::Small)
        });
        let link = link.inner.on_hover_text(format!("Show what moved {}, step by step", found.name));
        if link.clicked() {
            actions.push(Action::Visit(Selection::Metric(found.metric.clone())));
            actions.push(Action::SetKpiMode(KpiMode::Contributions));
        }
        right = link.rect.left() - theme.px(space::L);
    }
    let words = Rect::from_min_max(place, pos2(right, f32::INFINITY));
    let drawn = ui.scope_builder(UiBuilder::new().max_rect(words).id_salt(("sentence", &found.metric)), |ui| {
        ui.add(Label::new(theme.rich(&found.sentence, TextSize::Body)).wrap());
    });
    ui.advance_cursor_after_rect(Rect::from_min_max(place, pos2(place.x + width, drawn.response.rect.bottom())));
}

/// A row for each step: its name, a bar from the common zero, what it brought.
fn steps_ui(ui: &mut Ui, theme: &Theme, steps: &[Step]) {
    let width = ui.available_width();
    let gap = theme.px(space::S);
    let font = theme.number_font(TextSize::Small);
    let numbers: Vec<_> = steps.iter().map(|s| ui.painter().layout_no_wrap(s.text.clone(), font.clone(), theme.text.default)).collect();
    let number = numbers.iter().map(|g| g.size().x).fold(0.0, f32::max);
    let name = (width * 0.34).min(theme.px(140.0));
    let (left, right) = (name + gap, width - number - gap);
    let low = steps.iter().map(|s| s.amount).fold(0.0, f64::min);
    let high = steps.iter().map(|s| s.amount).fold(0.0, f64::max);
    let scale = f64::from((right - left).max(1.0)) / (high - low).max(f64::MIN_POSITIVE);
    ui.spacing_mut().item_spacing.y = 0.0;
    for (step, number) in steps.iter().zip(numbers) {
        let (rect, response) = ui.allocate_exact_size(vec2(width, theme.px(size::ROW_DENSE)), Sense::hover());
        response.widget_info(|| WidgetInfo::labeled(Role::Label, true, format!("{} {}", step.label, step.text)));
        let middle = rect.center().y;
        let label = Rect::from_min_max(rect.min, pos2(rect.left() + name, rect.bottom()));
        ui.scope_builder(UiBuilder::new().max_rect(label).layout(Layout::left_to_right(Align::Center)), |ui| {
            widgets::truncated_ui(ui, theme.muted(&step.label, TextSize::Small));
        });
        let x = |value: f64| rect.left() + left + ((value - low) * scale) as f32;
        let (from, to) = (x(step.amount.min(0.0)), x(step.amount.max(0.0)));
        let bar = Rect::from_min_max(pos2(from, middle - theme.px(BAR_HEIGHT) / 2.0), pos2(to, middle + theme.px(BAR_HEIGHT) / 2.0));
        ui.painter().rect_filled(bar, CornerRadius::ZERO, tone(theme, step.good));
        ui.painter().vline(x(0.0), rect.y_range(), theme.stroke(stroke::AXIS, theme.line.axis));
        let at = Align2::RIGHT_CENTER.anchor_size(pos2(rect.right(), middle), number.size()).min;
        ui.painter().galley(at, number, theme.text.default);
        if !step.why.is_empty() {
            response.on_hover_text(&step.why);
        }
    }
}
