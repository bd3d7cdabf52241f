//! Why there is nothing here, and the one thing to do about it.

use egui::{Layout, Response, Ui, vec2};

use crate::ui::icons::Icon;
use crate::ui::theme::{TextSize, Theme, size, space};

use super::primary_button_ui;

/// An icon, what is missing, why, and one action; true when it was asked for.
pub fn empty_state_ui(ui: &mut Ui, theme: &Theme, icon: Icon, title: &str, why: &str, action: Option<&str>) -> bool {
    empty_state_button_ui(ui, theme, icon, title, why, action).is_some_and(|button| button.clicked())
}

/// As [`empty_state_ui`]; answers with the button of the action, so that it can take the keyboard.
pub fn empty_state_button_ui(ui: &mut Ui, theme: &Theme, icon: Icon, title: &str, why: &str, action: Option<&str>) -> Option<Response> {
    let mut button = None;
    let room = ui.available_size();
    ui.allocate_ui_with_layout(vec2(room.x, 0.0), Layout::top_down(egui::Align::Center), |ui| {
        ui.add_space(theme.px(space::XXXL).min(room.y.max(0.0) / 4.0));
        ui.set_max_width(theme.px(size::EMPTY_STATE).min(room.x));
        ui.spacing_mut().item_spacing.y = theme.px(space::S);
        let (rect, _) = ui.allocate_exact_size(egui::Vec2::splat(theme.px(space::XXL)), egui::Sense::hover());
        icon.paint(ui.painter(), rect.center(), theme.px(28.0), theme.text.muted);
        ui.label(theme.rich(title, TextSize::Section));
        ui.label(theme.muted(why, TextSize::Body));
        if let Some(action) = action {
            ui.add_space(theme.px(space::XS));
            button = Some(primary_button_ui(ui, theme, action));
        }
    });
    button
}
