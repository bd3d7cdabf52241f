//! Buttons by weight: one primary a view, framed ones for the rest, quiet ones and icons where frames would be noise.

use egui::{Button, Color32, Response, Stroke, Ui, Vec2};

use super::whole_on_hover;
use crate::ui::icons::Icon;
use crate::ui::theme::{TextSize, Theme, size, stroke};

/// The one thing to do here.
pub fn primary_button_ui(ui: &mut Ui, theme: &Theme, text: &str) -> Response {
    ui.scope(|ui| {
        let widgets = &mut ui.visuals_mut().widgets;
        for (state, fill) in [
            (&mut widgets.inactive, theme.accent.fill),
            (&mut widgets.hovered, theme.accent.fill_hover),
            (&mut widgets.active, theme.accent.fill_hover),
        ] {
            state.weak_bg_fill = fill;
            state.bg_stroke = Stroke::new(stroke::CONTROL, fill);
        }
        // The ring must stand out from the fill.
        widgets.active.bg_stroke = Stroke::new(stroke::FOCUS_RING, theme.text.strong);
        let text = theme.strong(text, TextSize::Body).color(theme.text.on_accent);
        ui.add(Button::new(text).min_size(Vec2::splat(theme.px(size::CONTROL))))
    })
    .inner
}

/// A framed button.
pub fn button_ui(ui: &mut Ui, theme: &Theme, text: &str) -> Response {
    ui.add(Button::new(egui::RichText::new(text).font(theme.font(TextSize::Body))).min_size(Vec2::splat(theme.px(size::CONTROL))))
}

/// A button that shows its frame only under the pointer or with the keyboard.
pub fn quiet_button_ui(ui: &mut Ui, theme: &Theme, text: &str) -> Response {
    quiet_ui(ui, |ui| {
        ui.add(Button::new(egui::RichText::new(text).font(theme.font(TextSize::Body))).min_size(Vec2::splat(theme.px(size::CONTROL))))
    })
}

fn quiet_ui(ui: &mut Ui, add: impl FnOnce(&mut Ui) -> Response) -> Response {
    ui.scope(|ui| {
        let widgets = &mut ui.visuals_mut().widgets;
        widgets.inactive.weak_bg_fill = Color32::TRANSPARENT;
        widgets.inactive.bg_stroke = Stroke::NONE;
        widgets.hovered.bg_stroke = Stroke::NONE;
        add(ui)
    })
    .inner
}

/// An icon; `name` is what it does, for the tooltip and for screen readers.
pub fn icon_button_ui(ui: &mut Ui, theme: &Theme, icon: Icon, name: &str) -> Response {
    let button = Button::new(icon.text(theme.px(size::ICON))).min_size(Vec2::splat(theme.px(size::CONTROL)));
    let response = quiet_ui(ui, |ui| {
        ui.spacing_mut().button_padding = Vec2::splat(theme.px(3.0));
        ui.add(button)
    });
    response.widget_info(|| egui::WidgetInfo::labeled(egui::Role::Button, ui.is_enabled(), name));
    response.on_hover_text(name).on_disabled_hover_text(name)
}

/// An icon that stays pressed while what it opens is open.
pub fn icon_toggle_ui(ui: &mut Ui, theme: &Theme, icon: Icon, name: &str, on: &mut bool) -> Response {
    let pressed = *on;
    let colour = if pressed { theme.accent.accent } else { theme.text.default };
    let button = Button::new(icon.text(theme.px(size::ICON)).color(colour)).min_size(Vec2::splat(theme.px(size::CONTROL)));
    let mut response = quiet_ui(ui, |ui| {
        ui.spacing_mut().button_padding = Vec2::splat(theme.px(3.0));
        if pressed {
            ui.visuals_mut().widgets.inactive.weak_bg_fill = theme.bg.selected;
        }
        ui.add(button)
    });
    if response.clicked() {
        *on = !pressed;
        response.mark_changed();
    }
    response.widget_info(|| egui::WidgetInfo::selected(egui::Role::Button, ui.is_enabled(), *on, name));
    response.on_hover_text(name)
}

/// Words in the accent colour that lead somewhere.
pub fn link_ui(ui: &mut Ui, theme: &Theme, text: &str, size: TextSize) -> Response {
    let words = egui::RichText::new(text).font(theme.font(size)).line_height(Some(theme.type_of(size).line_height));
    let response = ui.add(egui::Link::new(words));
    whole_on_hover(ui, response, text, theme.font(size))
}
