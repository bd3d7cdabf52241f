//! What was opened from a slide, on the whole window, with the way back.

use egui::{Align, CentralPanel, Frame, Layout, Margin, Panel, Ui};

use super::Stage;
use crate::ui::icons;
use crate::ui::scene::{Medium, Scratch};
use crate::ui::theme::{TextSize, size, space};
use crate::ui::{views, widgets};
use crate::workspace::presentation::PresentAction;
use crate::workspace::{Action, Screen, Selection};

pub(super) fn drill_ui(ui: &mut Ui, stage: &Stage<'_, '_>, scratch: &mut Scratch, actions: &mut Vec<Action>) {
    let (scene, theme) = (stage.scene, stage.scene.theme);
    let frame = Frame::new().fill(theme.bg.panel).inner_margin(Margin::symmetric(12, 0));
    Panel::top("back to the slide").exact_size(size::TOP_BAR).frame(frame).show(ui, |ui| {
        ui.with_layout(Layout::left_to_right(Align::Center), |ui| {
            ui.spacing_mut().item_spacing.x = space::S;
            ui.label(icons::ARROW_LEFT.text(size::ICON).color(theme.text.muted));
            if widgets::button_ui(ui, theme, &back_words(stage)).clicked() {
                actions.push(Action::Present(PresentAction::Escape));
            }
            widgets::truncated_ui(ui, theme.muted(&scene.project.name, TextSize::Body));
        });
    });
    CentralPanel::no_frame().frame(Frame::new().fill(theme.bg.window)).show(ui, |ui| match scene.view.screen {
        Screen::Kpi => views::kpi_ui(ui, scene, scratch, Medium::Screen, actions),
        Screen::Objective => views::objective_ui(ui, scene, scratch, Medium::Screen, actions),
        Screen::Board => views::board_ui(ui, scene, scratch, Medium::Screen, actions),
        Screen::Map => views::map_ui(ui, scene, scratch, Medium::Screen, actions),
        Screen::Scorecard => views::scorecard_ui(ui, scene, scratch, Medium::Screen, actions),
        Screen::Roadmap => views::roadmap_ui(ui, scene, scratch, Medium::Screen, actions),
        Screen::Review => views::review_ui(ui, stage.workspace, scene, scratch, actions),
    });
}

/// "Back to the slide (Esc)", or to what was opened before.
fn back_words(stage: &Stage<'_, '_>) -> String {
    let project = stage.scene.project;
    let drilled = &stage.presentation.drilled;
    let before = drilled.len().checked_sub(2).and_then(|at| drilled.get(at)).and_then(|s| match s {
        Selection::Goal(goal) => project.goal(goal).map(|g| g.title.as_str()),
        Selection::Metric(metric) => project.metric(metric).map(crate::model::Metric::short_name),
    });
    before.map_or_else(|| "Back to the slide (Esc)".to_owned(), |name| format!("Back to {name} (Esc)"))
}
