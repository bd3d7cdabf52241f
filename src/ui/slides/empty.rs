//! Why there is nothing to say.

use egui::{Align2, Role, Ui};

use super::paper::{BOTTOM, Paper, TOP};
use crate::ui::theme::TextSize;

const WIDTH: f32 = 1200.0;

pub(super) fn draw(ui: &Ui, paper: &Paper<'_, '_>, why: &str) {
    let room = paper.rect((super::PAPER.x - WIDTH) / 2.0, TOP, WIDTH, BOTTOM - TOP);
    paper.say(ui, room, "empty", Role::Label, why);
    paper.write(ui, room, why, paper.muted(TextSize::Body).rows(5).at(Align2::CENTER_CENTER).down_to(super::paper::ROW));
}
