//! A question that must be answered before something is lost.

use egui::{Align, Context, CornerRadius, Frame, Id, Layout, Margin, Modal, vec2};

use crate::ui::theme::{TextSize, Theme, radius, size, space, stroke};

use super::{button_ui, primary_button_ui};

/// What can be answered; the first one is the one Enter takes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct QuestionButton<'a, T> {
    pub label: &'a str,
    pub answer: T,
}

/// How a question ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum QuestionAnswer<T> {
    Given(T),
    /// Esc or a click outside.
    Cancelled,
}

/// A title, a sentence and buttons over everything else. The first button is the primary one and has the keyboard.
pub fn question_ui<T: Copy>(
    ctx: &Context,
    theme: &Theme,
    title: &str,
    text: &str,
    buttons: &[QuestionButton<'_, T>],
) -> Option<QuestionAnswer<T>> {
    let id = Id::unique(("question", title));
    let frame = ctx.cumulative_frame_nr();
    // Newly shown when the frame before did not show it.
    let last_shown = ctx.data(|data| data.get_temp::<u64>(id));
    let is_new = last_shown.is_none_or(|last| last + 1 < frame);
    ctx.data_mut(|data| data.insert_temp(id, frame));

    let mut answer = None;
    let modal = Modal::new(id)
        .frame(
            Frame::NONE
                .fill(theme.bg.surface)
                .stroke(theme.stroke(stroke::HAIRLINE, theme.line.hairline))
                .corner_radius(CornerRadius::same(radius::CARD))
                .inner_margin(Margin::same(space::XL as i8)),
        )
        .show(ctx, |ui| {
            ui.set_width(theme.px(size::DIALOG) - 2.0 * space::XL);
            ui.spacing_mut().item_spacing = vec2(theme.px(space::S), theme.px(space::M));
            ui.label(theme.rich(title, TextSize::Section));
            ui.label(theme.rich(text, TextSize::Body));
            ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
                for (index, button) in buttons.iter().enumerate() {
                    let response = if index == 0 { primary_button_ui(ui, theme, button.label) } else { button_ui(ui, theme, button.label) };
                    if index == 0 && is_new {
                        response.request_focus();
                    }
                    if response.clicked() {
                        answer = Some(QuestionAnswer::Given(button.answer));
                    }
                }
            });
        });
    if answer.is_none() && modal.should_close() { Some(QuestionAnswer::Cancelled) } else { answer }
}
