//! Short messages that come and go at the lower right.

use egui::{Align, Align2, Area, Context, CornerRadius, Frame, Id, Label, Layout, Margin, Order, vec2};

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
    let mut answer = None;
    Area::new(Id::unique("toasts")).order(Order::Tooltip).anchor(Align2::RIGHT_BOTTOM, vec2(-space::XL, -space::XL)).show(ctx, |ui| {
        ui.spacing_mut().item_spacing.y = space::S;
        for (index, toast) in toasts.iter().enumerate() {
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
