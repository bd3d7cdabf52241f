//! The slides of the deck, drawn: the same on the screen of a meeting, as a thumbnail and on a page.
//!
//! A slide is laid out on 1920 × 1080 points (VISUAL) and drawn at the size of the place it is given, by a theme zoomed to that. Not here: what a
//! slide says (`chart::deck`) and which one is shown (`workspace`).

use egui::{Align, Layout, Rect, Ui, UiBuilder, vec2};

use super::scene::{Medium, Scene, Scratch};
use super::theme::{Scale, TextSize, Theme};
use crate::chart::deck::Slide;
use crate::workspace::Action;

/// The paper that slides are laid out on, in points.
pub const PAPER: egui::Vec2 = vec2(1920.0, 1080.0);
const MARGIN: f32 = 96.0;

/// The largest place for a slide in the middle of a room.
pub fn place(room: Rect) -> Rect {
    let zoom = (room.width() / PAPER.x).min(room.height() / PAPER.y);
    Rect::from_center_size(room.center(), PAPER * zoom)
}

/// The theme for a slide drawn so wide.
pub fn theme_of(theme: &Theme, width: f32) -> Theme {
    theme.scaled(Scale::Slide).zoomed(width / PAPER.x)
}

/// Draws a slide in its place, which has the proportions of [`PAPER`]. On a screen it is live.
#[expect(clippy::too_many_arguments, reason = "what a view function gets, and which slide is drawn where")]
pub fn slide_ui(
    ui: &mut Ui,
    scene: &Scene<'_>,
    slide: &Slide,
    number: usize,
    place: Rect,
    _medium: Medium,
    _scratch: &mut Scratch,
    _actions: &mut Vec<Action>,
) {
    let theme = &theme_of(scene.theme, place.width());
    let zoom = place.width() / PAPER.x;
    ui.painter().rect_filled(place, 0.0, theme.bg.surface);
    ui.scope_builder(UiBuilder::new().max_rect(place.shrink(MARGIN * zoom)).layout(Layout::top_down(Align::Min)), |ui| {
        ui.label(theme.rich(&slide.title, TextSize::Title));
        ui.label(theme.rich(slide.words(), TextSize::Body));
        ui.label(theme.muted(number.to_string(), TextSize::Caption));
    });
}
