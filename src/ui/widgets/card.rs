//! Surfaces and the plain parts on them: cards, headers, rows of name and value.

use std::sync::Arc;

use egui::text::TextWrapping;
use egui::{Align, CornerRadius, Frame, InnerResponse, Layout, Margin, Response, Ui, vec2};

use crate::ui::theme::{TextSize, Theme, radius, size, space, stroke};

use super::truncated_ui;

/// A surface with a hairline and round corners, as wide as there is room.
pub fn card_ui<R>(ui: &mut Ui, theme: &Theme, add: impl FnOnce(&mut Ui) -> R) -> InnerResponse<R> {
    Frame::NONE
        .fill(theme.bg.surface)
        .stroke(theme.stroke(stroke::HAIRLINE, theme.line.hairline))
        .corner_radius(CornerRadius::same(theme.px(f32::from(radius::CARD)) as u8))
        .inner_margin(Margin::same(theme.px(space::L) as i8))
        .show(ui, |ui| {
            ui.set_min_width(ui.available_width());
            add(ui)
        })
}

/// One number with its name above and a note under it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Fact<'a> {
    pub name: &'a str,
    pub value: &'a str,
    pub note: &'a str,
}

/// A card of one fact.
pub fn fact_card_ui(ui: &mut Ui, theme: &Theme, fact: Fact<'_>) -> Response {
    let Fact { name, value, note } = fact;
    card_ui(ui, theme, |ui| {
        ui.spacing_mut().item_spacing = vec2(0.0, theme.px(space::XXS));
        truncated_ui(ui, theme.muted(name, TextSize::Small));
        value_ui(ui, theme, value);
        note_ui(ui, theme, note);
    })
    .response
}

/// The number, in smaller type where it would be cut off; the line stays as high.
fn value_ui(ui: &mut Ui, theme: &Theme, value: &str) {
    let room = |size: TextSize| {
        let words = egui::WidgetText::from(theme.rich(value, size));
        words.into_galley(ui, Some(egui::TextWrapMode::Extend), f32::INFINITY, egui::TextStyle::Body).size()
    };
    let height = room(TextSize::Kpi).y;
    let fits = |size: &TextSize| room(*size).x <= ui.available_width();
    let size = [TextSize::Kpi, TextSize::Title, TextSize::Page, TextSize::Section].into_iter().find(fits).unwrap_or(TextSize::Section);
    ui.allocate_ui_with_layout(vec2(ui.available_width(), height), Layout::left_to_right(Align::Max), |ui| {
        ui.set_min_height(height);
        truncated_ui(ui, theme.rich(value, size));
    });
}

/// A note of two lines at most; cards beside each other stay as high.
fn note_ui(ui: &mut Ui, theme: &Theme, note: &str) {
    let text = egui::WidgetText::from(theme.muted(note, TextSize::Small));
    let mut job = Arc::unwrap_or_clone(text.into_layout_job(ui.style(), egui::FontSelection::Default, Align::Min));
    job.wrap = TextWrapping { max_width: ui.available_width(), max_rows: 2, ..TextWrapping::default() };
    let galley = ui.fonts_mut(|fonts| fonts.layout_job(job));
    let missing = if galley.rows.len() < 2 { galley.rect.height() } else { 0.0 };
    ui.label(galley);
    ui.add_space(missing);
}

/// The head of a part of a view; what `trailing` adds stands at the right, laid out from right to left.
pub fn section_header_ui<R>(ui: &mut Ui, theme: &Theme, words: &str, trailing: impl FnOnce(&mut Ui) -> R) -> InnerResponse<R> {
    let height = theme.px(size::ROW);
    ui.allocate_ui_with_layout(vec2(ui.available_width(), height), Layout::left_to_right(Align::Center), |ui| {
        ui.set_min_height(height);
        ui.label(theme.rich(words, TextSize::Section));
        ui.with_layout(Layout::right_to_left(Align::Center), trailing).inner
    })
}

/// A name and what belongs to it, the value from `name_width` points on, so that rows under each other line up.
pub fn key_value_ui<R>(ui: &mut Ui, theme: &Theme, name: &str, name_width: f32, value: impl FnOnce(&mut Ui) -> R) -> InnerResponse<R> {
    ui.horizontal(|ui| {
        ui.set_min_height(theme.px(size::ROW));
        ui.allocate_ui_with_layout(vec2(name_width, theme.px(size::ROW)), Layout::left_to_right(Align::Center), |ui| {
            ui.set_min_width(name_width);
            truncated_ui(ui, theme.muted(name, TextSize::Small));
        });
        value(ui)
    })
}

/// A hairline across.
pub fn separator_ui(ui: &mut Ui, theme: &Theme) -> Response {
    let (rect, response) = ui.allocate_exact_size(vec2(ui.available_width(), theme.px(stroke::HAIRLINE)), egui::Sense::hover());
    ui.painter().hline(rect.x_range(), rect.center().y, theme.stroke(stroke::HAIRLINE, theme.line.hairline));
    response
}
