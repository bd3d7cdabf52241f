//! A line under the top bar that says what happened elsewhere and offers answers: it disturbs nobody and changes nothing.

use egui::{Align, Frame, Layout, Margin, Panel, Ui, vec2};

use crate::ui::theme::{TextSize, Theme, size, space};
use crate::ui::widgets;
use crate::workspace::Action;

/// Draws the line with its answers at the right, in their order; pushes the action of the one that is clicked.
pub(super) fn banner_ui(ui: &mut Ui, theme: &Theme, id: &'static str, words: &str, answers: &[(&str, Action)], actions: &mut Vec<Action>) {
    let frame = Frame::new().fill(theme.bg.selected).inner_margin(Margin::symmetric(space::M as i8, space::XS as i8));
    Panel::top(id).resizable(false).show_separator_line(false).frame(frame).show(ui, |ui| {
        ui.allocate_ui_with_layout(vec2(ui.available_width(), size::CONTROL), Layout::right_to_left(Align::Center), |ui| {
            ui.spacing_mut().item_spacing.x = space::S;
            for (label, action) in answers.iter().rev() {
                if widgets::button_ui(ui, theme, label).clicked() {
                    actions.push(action.clone());
                }
            }
            ui.with_layout(Layout::left_to_right(Align::Center), |ui| {
                widgets::truncated_ui(ui, theme.rich(words, TextSize::Body));
            });
        });
    });
}
