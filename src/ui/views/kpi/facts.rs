//! The numbers beside a picture, and what they say beyond it.

use egui::{Align, Layout, Ui, UiBuilder, vec2};

use crate::ui::scene::Scene;
use crate::ui::theme::{TextSize, space};
use crate::ui::widgets::{self, Fact};
use crate::workspace::ChartOf;

/// Widths of the columns of what the numbers say.
const INSIGHT_NAME: f32 = 136.0;
const INSIGHT_VALUE: f32 = 176.0;
pub(super) const FACT_HEIGHT: f32 = 112.0;
const FOUR_FACTS_FROM: f32 = 560.0;

/// What the numbers say, line by line, each with its arithmetic under the pointer.
pub(super) fn insights_ui(ui: &mut Ui, scene: &Scene<'_>, of: &ChartOf) {
    let theme = scene.theme;
    let insights = scene.memos.insights(scene.document, scene.as_of, of);
    if insights.is_empty() {
        return;
    }
    widgets::card_ui(ui, theme, |ui| {
        ui.spacing_mut().item_spacing.y = theme.px(space::XS);
        ui.label(theme.rich("What the numbers say", TextSize::Section));
        let (name, value) = (theme.px(INSIGHT_NAME), theme.px(INSIGHT_VALUE));
        for fact in insights.iter() {
            let row = ui.horizontal_top(|ui| {
                let cell = |ui: &mut Ui, width: f32, text: egui::RichText| {
                    ui.allocate_ui_with_layout(vec2(width, 0.0), Layout::top_down(Align::Min), |ui| {
                        ui.set_width(width);
                        ui.add(egui::Label::new(text).wrap());
                    });
                };
                cell(ui, name, theme.muted(&fact.label, TextSize::Body));
                cell(ui, value, theme.number(&fact.value, TextSize::Body).color(theme.text.strong));
                cell(ui, ui.available_width(), theme.rich(&fact.note, TextSize::Body));
            });
            if !fact.why.is_empty() {
                let response = ui.interact(row.response.rect, ui.scope_id().with(("insight", &fact.label)), egui::Sense::hover());
                response.widget_info(|| {
                    egui::WidgetInfo::labeled(egui::Role::Label, true, format!("{}: {}. {}", fact.label, fact.value, fact.note))
                });
                let _explained = widgets::explained(response, theme, &fact.label, std::slice::from_ref(&fact.why));
            }
        }
    });
}

/// Cards of equal width: four in a row, or two by two.
pub(in crate::ui::views) fn facts_ui(ui: &mut Ui, scene: &Scene<'_>, facts: &[crate::chart::Fact]) {
    let theme = scene.theme;
    let gap = theme.px(space::M);
    let width = ui.available_width();
    let columns = if width >= theme.px(FOUR_FACTS_FROM) { facts.len().clamp(1, 4) } else { 2 };
    let card = vec2((width - gap * (columns - 1) as f32) / columns as f32, theme.px(FACT_HEIGHT));
    for row in facts.chunks(columns) {
        let (_, rect) = ui.allocate_space(vec2(width, card.y));
        for (column, fact) in row.iter().enumerate() {
            let place = egui::Rect::from_min_size(rect.min + vec2(column as f32 * (card.x + gap), 0.0), card);
            ui.scope_builder(UiBuilder::new().max_rect(place).id_salt(("fact", column)), |ui| {
                let shown = Fact { name: &fact.label, value: &fact.value, note: &fact.note };
                let response = widgets::fact_card_ui(ui, theme, shown);
                let _explained = widgets::explained(response, theme, &fact.label, std::slice::from_ref(&fact.why));
            });
        }
    }
}
