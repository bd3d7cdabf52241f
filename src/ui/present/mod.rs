//! Slides shown to people: the one that is on, what lies over it, the presenter's own window, and all slides to choose from and to order.
//!
//! Not here: what a slide says (`chart::deck`), how it looks (`slides`), what an action does to a presentation (`workspace::presentation`), and
//! full screen and displays (`shell`).

mod capture;
mod drill;
mod end;
mod keys;
mod line;
mod offer;
mod overlays;
mod presenter;
mod sorter;
mod thumbs;

use std::time::Duration;

use egui::{CornerRadius, CursorIcon, Frame, Id, Margin, Rect, Role, Sense, Ui, WidgetInfo};

pub use offer::meeting_offer_ui;
pub use presenter::{Clock, presenter_ui};
pub(in crate::ui) use sorter::slides_sheet_ui;

use super::scene::{Medium, Scene, Scratch};
use super::slides;
use super::theme::{Theme, radius, space, stroke};
use crate::chart::deck::{Body, Entry};
use crate::workspace::presentation::{PresentAction, Presentation, numbered};
use crate::workspace::{Action, Workspace};

/// Windows that are wider have larger panels.
const PANELS_FROM: f32 = 1100.0;

/// After so many seconds a pointer at rest is hidden.
const POINTER_RESTS: f32 = 3.0;

/// What every part of a presentation is drawn from.
pub(super) struct Stage<'a, 'p> {
    workspace: &'a Workspace,
    scene: &'a Scene<'p>,
    presentation: &'a Presentation,
    outline: &'a [Entry],
}

impl Stage<'_, '_> {
    /// The slide that is on.
    fn entry(&self) -> Option<&Entry> {
        self.outline.iter().find(|e| e.id == self.presentation.at)
    }

    /// What lies over a slide grows with it, so that the room can read along.
    fn panel_theme(&self, ui: &Ui) -> Theme {
        self.scene.theme.zoomed((ui.ctx().content_rect().width() / PANELS_FROM).max(1.0))
    }

    /// Its number among those that are shown, else its place in the outline; and how many are shown.
    fn number(&self) -> (Option<usize>, usize) {
        numbered(self.outline, &self.presentation.at)
    }
}

/// Draws the window of the audience.
pub fn present_ui(
    ui: &mut Ui,
    workspace: &Workspace,
    presentation: &Presentation,
    scene: &Scene<'_>,
    scratch: &mut Scratch,
    actions: &mut Vec<Action>,
) {
    let outline = scene.memos.deck(scene.document, scene.as_of);
    let stage = Stage { workspace, scene, presentation, outline: &outline };
    keys::take_keys(ui, &stage, actions);
    if !presentation.overview {
        sorter::forget(scratch);
    }
    let room = ui.available_rect_before_wrap();
    ui.painter().rect_filled(room, 0.0, scene.theme.bg.window);
    if presentation.overview {
        sorter::overview_ui(ui, &stage, scratch, actions);
    } else if let Some(blank) = presentation.blank {
        overlays::blank_ui(ui, room, blank, actions);
    } else if !presentation.drilled.is_empty() {
        drill::drill_ui(ui, &stage, scratch, actions);
    } else if presentation.at_end {
        end::end_ui(ui, &stage, actions);
    } else {
        slide_ui(ui, &stage, room, scratch, actions);
    }
    overlays::digits_ui(ui, &stage, room);
    capture::capture_ui(ui, &stage, scratch, actions);
    line::line_ui(ui, &stage, scratch, actions);
    overlays::keys_ui(ui, &stage, actions);
    let is_slide = presentation.drilled.is_empty() && !presentation.overview && !presentation.keys_shown;
    if is_slide && presentation.capture.is_none() && presentation.line.is_none() {
        hide_pointer_at_rest(ui);
    }
}

/// A pointer that nobody moves is in the way of what is shown.
fn hide_pointer_at_rest(ui: &Ui) {
    let rest = ui.input(|i| i.pointer.time_since_last_movement());
    if rest >= POINTER_RESTS {
        ui.ctx().set_cursor_icon(CursorIcon::None);
    } else {
        ui.ctx().request_repaint_after(Duration::from_secs_f32(POINTER_RESTS - rest));
    }
}

/// The slide, as large as it fits; a click beside what can be clicked goes on.
fn slide_ui(ui: &mut Ui, stage: &Stage<'_, '_>, room: Rect, scratch: &mut Scratch, actions: &mut Vec<Action>) {
    let Some(entry) = stage.entry() else { return };
    let scene = stage.scene;
    let place = slides::place(room);
    let ground = ui.interact(room, Id::unique("ground of the slide"), Sense::click());
    let slide = thumbs::slide_of(scene, entry, stage.presentation.look(&entry.id.subject));
    let (number, of) = stage.number();
    let words = number.map_or_else(|| format!("{}, left out of the deck", entry.name), |n| format!("Slide {n} of {of}: {}", slide.title));
    ground.widget_info(|| WidgetInfo::labeled(Role::Button, true, &words));
    let shown = number.unwrap_or_default();
    let look = thumbs::look_of(stage.presentation.look(&entry.id.subject));
    ui.push_id(("slide", &entry.id), |ui| {
        slides::slide_with_ui(ui, scene, &slide, shown, place, Medium::Screen, &look, scratch, actions);
    });
    if let Body::Log(lines) = &slide.body {
        line::lines_ui(ui, stage, lines, place, actions);
    }
    if number.is_none() {
        overlays::left_out_ui(ui, stage, place);
    }
    if ground.clicked() {
        actions.push(Action::Present(PresentAction::Next));
    }
}

/// The ground of a panel over a slide.
fn panel_frame(theme: &Theme) -> Frame {
    Frame::new()
        .fill(theme.bg.surface)
        .stroke(theme.stroke(stroke::CONTROL, theme.line.control))
        .corner_radius(CornerRadius::same(radius::CARD))
        .inner_margin(Margin::same(space::L as i8))
}
