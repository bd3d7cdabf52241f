//! Short messages that come and go at the lower right, or where they leave a dialog free.

use egui::{Align, Align2, Area, Context, CornerRadius, Frame, Id, Label, Layout, Margin, Order, Rect, Vec2, vec2};

use crate::model::Status;
use crate::ui::icons;
use crate::ui::theme::{TextSize, Theme, radius, size, space, stroke};

use super::{icon_button_ui, link_ui};

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Tone {
    Info,
    Done,
    Problem,
}

/// What one message says; `action` is a word to click, such as "Undo".
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ToastView<'a> {
    pub tone: Tone,
    pub text: &'a str,
    pub action: Option<&'a str>,
}

/// The message, by its place in the list, and what is asked of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ToastAnswer {
    Dismiss(usize),
    Act(usize),
}

/// The messages under each other, the newest (last) at the bottom.
pub fn toasts_ui(ctx: &Context, theme: &Theme, toasts: &[ToastView<'_>]) -> Option<ToastAnswer> {
    if toasts.is_empty() {
        return None;
    }
    let id = Id::unique("toasts");
    let dialog = ctx.memory(|memory| memory.top_modal_layer().and_then(|layer| memory.area_rect(layer.id)));
    let used = ctx.memory(|memory| memory.area_rect(id)).map_or(Vec2::ZERO, |rect| rect.size());
    let place = dialog.map_or(Place::USUAL, |dialog| Place::beside(dialog, ctx.content_rect(), used));
    // Beside a dialog there is little room: the newest alone, the others after it.
    let shown = if dialog.is_some() { toasts.len() - 1 } else { 0 };
    let mut answer = None;
    Area::new(id).order(Order::Tooltip).anchor(place.corner, place.offset()).show(ctx, |ui| {
        ui.spacing_mut().item_spacing.y = space::S;
        for (index, toast) in toasts.iter().enumerate().skip(shown) {
            ui.push_id(index, |ui| {
                if let Some(given) = toast_ui(ui, theme, *toast) {
                    answer = Some(match given {
                        ToastAnswer::Dismiss(_) => ToastAnswer::Dismiss(index),
                        ToastAnswer::Act(_) => ToastAnswer::Act(index),
                    });
                }
            });
        }
    });
    answer
}

/// Where the messages stand.
#[derive(Clone, Copy, Debug, PartialEq)]
struct Place {
    corner: Align2,
    /// From the edges of the window.
    air: f32,
    /// Whether there is a dialog under them after all.
    covers: bool,
}

impl Place {
    const USUAL: Self = Self { corner: Align2::RIGHT_BOTTOM, air: space::XL, covers: false };

    /// A corner that a dialog leaves free. A dialog has its buttons below and its way out above on the right: where it leaves none free,
    /// they stand over the beginning of its title.
    fn beside(dialog: Rect, window: Rect, used: Vec2) -> Self {
        let corners = [Align2::RIGHT_BOTTOM, Align2::LEFT_BOTTOM, Align2::RIGHT_TOP, Align2::LEFT_TOP];
        let airs = [space::XL, space::XS];
        let places = airs.into_iter().flat_map(|air| corners.map(|corner| Self { corner, air, covers: false }));
        let free = |place: &Self| !place.corner.align_size_within_rect(used, window.shrink(place.air)).intersects(dialog);
        places.into_iter().find(free).unwrap_or(Self { corner: Align2::LEFT_TOP, air: space::XS, covers: true })
    }

    fn offset(self) -> Vec2 {
        -self.corner.to_sign() * self.air
    }
}

fn toast_ui(ui: &mut egui::Ui, theme: &Theme, toast: ToastView<'_>) -> Option<ToastAnswer> {
    let ToastView { tone, text, action } = toast;
    let (icon, colour) = match tone {
        Tone::Info => (icons::INFO, theme.accent.accent),
        Tone::Done => (icons::CIRCLE_CHECK, theme.status(Status::OnTrack).mark),
        Tone::Problem => (icons::TRIANGLE_ALERT, theme.error()),
    };
    let mut answer = None;
    Frame::NONE
        .fill(theme.bg.surface)
        .stroke(theme.stroke(stroke::HAIRLINE, theme.line.hairline))
        .corner_radius(CornerRadius::same(radius::WINDOW))
        .inner_margin(Margin::symmetric(space::M as i8, space::S as i8))
        .shadow(ui.visuals().popup_shadow)
        .show(ui, |ui| {
            ui.set_width(theme.px(size::TOAST));
            ui.horizontal_top(|ui| {
                ui.label(icon.text(theme.px(size::ICON)).color(colour).line_height(Some(theme.px(size::CONTROL))));
                let room = ui.available_width() - theme.px(size::CONTROL) - space::S;
                ui.allocate_ui_with_layout(vec2(room, 0.0), Layout::top_down(Align::Min), |ui| {
                    ui.set_min_width(room);
                    ui.add_space(space::XXS);
                    ui.add(Label::new(theme.rich(text, TextSize::Body)).wrap());
                    if let Some(action) = action
                        && link_ui(ui, theme, action, TextSize::Body).clicked()
                    {
                        answer = Some(ToastAnswer::Act(0));
                    }
                });
                if icon_button_ui(ui, theme, icons::X, "Dismiss this message").clicked() {
                    answer = Some(ToastAnswer::Dismiss(0));
                }
            });
        });
    answer
}

#[cfg(test)]
mod tests {
    use egui::pos2;

    use super::*;

    const ONE: Vec2 = vec2(384.0, 44.0);

    fn corner(window: Vec2, dialog: Vec2, used: Vec2) -> (Align2, bool) {
        let window = Rect::from_min_size(pos2(0.0, 0.0), window);
        let dialog = Rect::from_center_size(window.center(), dialog);
        let place = Place::beside(dialog, window, used);
        let over = place.corner.align_size_within_rect(used, window.shrink(place.air));
        assert_eq!(place.covers, over.intersects(dialog));
        (place.corner, place.covers)
    }

    #[test]
    fn messages_stand_where_a_dialog_leaves_room() {
        assert_eq!(corner(vec2(1280.0, 800.0), vec2(480.0, 300.0), ONE), (Align2::RIGHT_BOTTOM, false));
        assert_eq!(corner(vec2(1280.0, 800.0), vec2(900.0, 700.0), ONE), (Align2::RIGHT_BOTTOM, false), "below it, closer to the edge");
        assert_eq!(corner(vec2(1280.0, 800.0), vec2(900.0, 760.0), ONE), (Align2::LEFT_TOP, true));
        assert_eq!(corner(vec2(640.0, 480.0), vec2(592.0, 440.0), ONE), (Align2::LEFT_TOP, true));
    }
}
