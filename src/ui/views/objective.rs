//! The objective view: what moves this goal?

use egui::{Frame, Margin, Ui};

use crate::ui::icons;
use crate::ui::scene::{Medium, Scene, Scratch};
use crate::ui::theme::{TextSize, space};
use crate::ui::widgets;
use crate::workspace::Action;

pub fn objective_ui(ui: &mut Ui, scene: &Scene<'_>, _scratch: &mut Scratch, _medium: Medium, _actions: &mut Vec<Action>) {
    let theme = scene.theme;
    let goal = scene.view.objective.as_ref().and_then(|id| scene.project.goal(id));
    Frame::new().inner_margin(Margin::same(space::XL as i8)).show(ui, |ui| {
        let Some(goal) = goal else {
            widgets::empty_state_ui(ui, theme, icons::TARGET, "No objective yet", "Add one from the Edit menu.", None);
            return;
        };
        ui.label(theme.rich(&goal.title, TextSize::Title));
        if let Some(result) = scene.evaluation.goals.get(&goal.id) {
            ui.horizontal(|ui| {
                widgets::status_pill_ui(ui, theme, result.status);
                ui.label(theme.muted(&result.reason, TextSize::Body));
            });
        }
    });
}
