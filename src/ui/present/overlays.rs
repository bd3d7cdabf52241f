//! What lies over a slide: a blank screen, the number being typed, the list of keys.

use egui::{Align, Align2, Area, Color32, CornerRadius, Frame, Id, Layout, Margin, Modal, Order, Rect, Role, Sense, Ui, WidgetInfo, vec2};

use super::Stage;
use super::keys::KEYS;
use crate::ui::frame::dialog_frame;
use crate::ui::theme::{TextSize, radius, size, space, stroke, tokens};
use crate::ui::widgets;
use crate::workspace::Action;
use crate::workspace::presentation::{Blank, PresentAction};

/// A window of this size shows the list of keys at 100 %.
const KEYS_FIT: egui::Vec2 = vec2(1100.0, 700.0);

/// Nothing at all; a click brings the slide back.
pub(super) fn blank_ui(ui: &Ui, room: Rect, blank: Blank, actions: &mut Vec<Action>) {
    let (colour, name): (Color32, _) = match blank {
        Blank::Black => (tokens::BLACK_SCREEN, "Black screen"),
        Blank::White => (tokens::WHITE_SCREEN, "White screen"),
    };
    ui.painter().rect_filled(room, 0.0, colour);
    let response = ui.interact(room, Id::unique("blank screen"), Sense::click());
    response.widget_info(|| WidgetInfo::labeled(Role::Button, true, name));
    if response.clicked() {
        actions.push(Action::Present(PresentAction::Blank(blank)));
    }
}

/// The number that is being typed, in a corner.
pub(super) fn digits_ui(ui: &Ui, stage: &Stage<'_, '_>, room: Rect) {
    let digits = &stage.presentation.digits;
    if digits.is_empty() {
        return;
    }
    let theme = &stage.panel_theme(ui);
    let words = format!("Slide {digits} of {}: Enter", stage.number().1);
    Area::new(Id::unique("number of a slide"))
        .order(Order::Foreground)
        .pivot(Align2::RIGHT_BOTTOM)
        .fixed_pos(room.max - vec2(space::XL, space::XL))
        .show(ui.ctx(), |ui| {
            Frame::new()
                .fill(theme.bg.surface)
                .stroke(theme.stroke(stroke::HAIRLINE, theme.line.hairline))
                .corner_radius(CornerRadius::same(radius::CARD))
                .inner_margin(Margin::symmetric(16, 8))
                .show(ui, |ui| ui.label(theme.number(words, TextSize::Section)));
        });
}

/// Says that the audience sees a slide that is not in the deck.
pub(super) fn left_out_ui(ui: &Ui, stage: &Stage<'_, '_>, place: Rect) {
    let theme = stage.scene.theme;
    let galley = ui.painter().layout_no_wrap("Left out of the deck".to_owned(), theme.font(TextSize::Small), theme.text.muted);
    let at = place.right_top() + vec2(-galley.size().x - space::L, space::S);
    ui.painter().galley(at, galley, theme.text.muted);
}

pub(super) fn keys_ui(ui: &Ui, stage: &Stage<'_, '_>, actions: &mut Vec<Action>) {
    if !stage.presentation.keys_shown {
        return;
    }
    // As large as the whole list can be.
    let window = ui.ctx().content_rect();
    let theme = &stage.scene.theme.zoomed((window.width() / KEYS_FIT.x).min(window.height() / KEYS_FIT.y).max(1.0));
    let mut close = false;
    let modal = Modal::new(Id::unique("keys of a presentation")).frame(dialog_frame(theme)).show(ui.ctx(), |ui| {
        ui.set_width(theme.px(size::DIALOG - 2.0 * space::XL));
        ui.spacing_mut().item_spacing.y = theme.px(space::XS);
        ui.label(theme.rich("Keys while presenting", TextSize::Section));
        ui.add_space(theme.px(space::XS));
        for (keys, words) in KEYS {
            ui.horizontal(|ui| {
                ui.label(theme.rich(words, TextSize::Body));
                ui.with_layout(Layout::right_to_left(Align::Center), |ui| ui.label(theme.muted(keys, TextSize::Body)));
            });
        }
        ui.with_layout(Layout::right_to_left(Align::Center), |ui| close = widgets::button_ui(ui, theme, "Close").clicked());
    });
    if close || modal.backdrop_response.clicked() {
        actions.push(Action::Present(PresentAction::ToggleKeys));
    }
}
