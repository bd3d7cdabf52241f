//! The review: what must we look at today?

use egui::Ui;

use super::page_ui;
use crate::ui::scene::{Medium, Scene, Scratch};
use crate::ui::theme::TextSize;
use crate::workspace::{Action, Screen};

pub fn review_ui(ui: &mut Ui, scene: &Scene<'_>, _scratch: &mut Scratch, medium: Medium, _actions: &mut Vec<Action>) {
    page_ui(ui, scene, medium, "review", |ui| {
        ui.label(scene.theme.rich(Screen::Review.question(), TextSize::Title));
    });
}
