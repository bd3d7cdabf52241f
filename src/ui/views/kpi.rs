//! The KPI view: what is this number doing, and will it get there?

use egui::{Frame, Margin, Ui};

use crate::ui::icons;
use crate::ui::scene::{Medium, Scene, Scratch};
use crate::ui::theme::{TextSize, space};
use crate::ui::widgets;
use crate::workspace::Action;

pub fn kpi_ui(ui: &mut Ui, scene: &Scene<'_>, _scratch: &mut Scratch, _medium: Medium, _actions: &mut Vec<Action>) {
    let theme = scene.theme;
    let metric = scene.view.metric.as_ref().and_then(|id| scene.project.metric(id));
    Frame::new().inner_margin(Margin::same(space::XL as i8)).show(ui, |ui| {
        let Some(metric) = metric else {
            widgets::empty_state_ui(ui, theme, icons::ACTIVITY, "No metric yet", "Add one from the Edit menu.", None);
            return;
        };
        ui.label(theme.rich(&metric.name, TextSize::Title));
        for (goal, role) in scene.project.supported_goals(&metric.id) {
            ui.label(theme.muted(format!("{}: {}", role.word(), goal.title), TextSize::Body));
        }
    });
}
