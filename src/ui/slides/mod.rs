//! The slides of the deck, drawn: the same on the screen of a meeting, as a thumbnail and on a page.
//!
//! A slide is laid out on 1920 × 1080 points (VISUAL) and drawn at the size of the place it is given, by a theme zoomed to that. One file draws one
//! kind of slide. Not here: what a slide says (`chart::deck`) and which one is shown (`workspace`).

mod changes;
mod empty;
mod head;
mod kpi;
mod log;
mod objective;
mod paper;
mod rows;
mod summary;
mod table;
mod title;

#[cfg(test)]
mod tests;

use egui::{Rect, Ui, UiBuilder, vec2};

use super::scene::{Medium, Scene, Scratch};
use super::theme::{Scale, Theme};
use crate::chart::deck::{Body, Slide};
use crate::model::Date;
use crate::workspace::{Action, KpiMode};
pub use kpi::range_in_hand;
pub use log::log_places;
use paper::Paper;

/// The paper that slides are laid out on, in points.
pub const PAPER: egui::Vec2 = vec2(1920.0, 1080.0);

/// What who presents changed about a slide for the moment; nothing of it is kept in the project.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct SlideLook {
    /// The picture of a KPI, instead of the pinned one.
    pub mode: Option<KpiMode>,
    /// The days of a KPI, both included, instead of those pinned. Panning and zooming by hand go on from there.
    pub range: Option<(Date, Date)>,
    /// What may come of a KPI is not shown.
    pub hide_forecast: bool,
}

/// The largest place for a slide in the middle of a room.
pub fn place(room: Rect) -> Rect {
    let zoom = (room.width() / PAPER.x).min(room.height() / PAPER.y).max(0.0);
    Rect::from_center_size(room.center(), PAPER * zoom)
}

/// The theme for a slide drawn so wide.
pub fn theme_of(theme: &Theme, width: f32) -> Theme {
    theme.scaled(Scale::Slide).zoomed(width / PAPER.x)
}

/// Draws a slide in its place, which has the proportions of [`PAPER`]. On a screen it is live; thumbnails are drawn for [`Medium::Page`]. Slides
/// drawn in one window need an id scope of their own each (`ui.push_id`).
#[expect(clippy::too_many_arguments, reason = "what a view function gets, and which slide is drawn where")]
pub fn slide_ui(
    ui: &mut Ui,
    scene: &Scene<'_>,
    slide: &Slide,
    number: usize,
    place: Rect,
    medium: Medium,
    scratch: &mut Scratch,
    actions: &mut Vec<Action>,
) {
    slide_with_ui(ui, scene, slide, number, place, medium, &SlideLook::default(), scratch, actions);
}

/// As [`slide_ui`], with what was changed about the slide for the moment.
#[expect(clippy::too_many_arguments, reason = "what a view function gets, and which slide is drawn where and how")]
pub fn slide_with_ui(
    ui: &mut Ui,
    scene: &Scene<'_>,
    slide: &Slide,
    number: usize,
    place: Rect,
    medium: Medium,
    look: &SlideLook,
    scratch: &mut Scratch,
    actions: &mut Vec<Action>,
) {
    if !place.is_positive() {
        return;
    }
    let theme = theme_of(scene.theme, place.width());
    ui.painter().rect_filled(place, 0.0, theme.bg.surface);
    let paper = Paper { scene, theme, place, medium };
    let clip = place.intersect(ui.clip_rect());
    ui.scope_builder(UiBuilder::new().id_salt(("slide", format!("{:?}", slide.id))).max_rect(place), |ui| {
        ui.set_clip_rect(clip);
        if let Body::Title { subtitle, lines } = &slide.body {
            title::draw(ui, &paper, &slide.title, subtitle, lines);
            return;
        }
        head::message(ui, &paper, slide, actions);
        head::footer(ui, &paper, slide, number);
        match &slide.body {
            Body::Title { .. } => {}
            Body::Summary { rows, more, counts, takeaways, since } => {
                summary::draw(ui, &paper, &summary::Parts { rows, more: *more, counts, takeaways, since }, actions);
            }
            Body::Objective { line, reason, rows, more, takeaways, since } => {
                objective::draw(ui, &paper, &objective::Parts { line, reason, rows, more: *more, takeaways, since }, actions);
            }
            Body::Kpi(kpi) => kpi::draw(ui, &paper, kpi, look, scratch, actions),
            Body::Changes { better, worse, silent, more, since } => {
                changes::draw(ui, &paper, [better, worse, silent], *more, since, actions);
            }
            Body::Log(lines) => log::draw(ui, &paper, slide, lines),
            Body::Table(rows) => table::draw(ui, &paper, rows, actions),
            Body::Empty(why) => empty::draw(ui, &paper, why),
        }
    });
}
