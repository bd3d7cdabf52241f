//! The panel on the right: edits what is selected, with its live results on top; without a selection, the project itself.
//!
//! Fields commit one edit each (see `widgets::field`); what the document refuses is said in a message and changes nothing.
//! Not here: what the edits do (that is `document::edits`), and the views.

mod aim;
mod desk;
mod findings;
mod goal;
mod kpis;
mod ledger;
mod limits;
mod live;
mod metric;
mod points;
mod project;
mod steps;
mod words;

use egui::{Align, Frame, Id, Layout, Margin, ScrollArea, Ui, vec2};

use self::desk::{Desk, Kept};
use super::icons;
use super::scene::{Scene, Scratch};
use super::theme::{TextSize, space};
use super::widgets;
use crate::workspace::{Action, Selection};

fn scratch_id() -> Id {
    Id::unique("inspector")
}

/// Draws into the panel's whole width; scrolls what does not fit.
pub fn inspector_ui(ui: &mut Ui, scene: &Scene<'_>, scratch: &mut Scratch, actions: &mut Vec<Action>) {
    let goal = match &scene.view.selected {
        Some(Selection::Goal(id)) => scene.project.goal(id),
        _ => None,
    };
    let metric = match &scene.view.selected {
        Some(Selection::Metric(id)) => scene.project.metric(id),
        _ => None,
    };
    let (heading, key) = match (goal, metric) {
        (Some(goal), _) => (goal.kind.word(), goal.id.as_str()),
        (None, Some(metric)) => ("Metric", metric.id.as_str()),
        (None, None) => ("Project", ""),
    };
    heading_ui(ui, scene, heading, actions);

    let mut kept: Kept = scratch.take(scratch_id());
    let id = Id::unique(("inspector", key));
    if kept.key != Some(id) {
        // What was not committed there would be taken for what is so, later.
        kept = Kept { key: Some(id), ..Kept::default() };
    }
    ScrollArea::vertical().id_salt(("inspector", key)).auto_shrink(false).show(ui, |ui| {
        Frame::new().inner_margin(Margin { left: space::L as i8, right: space::L as i8, top: 0, bottom: space::XL as i8 }).show(ui, |ui| {
            ui.spacing_mut().item_spacing = vec2(space::S, space::XS);
            let mut desk = Desk { scene, kept: &mut kept, actions, key: id };
            match (goal, metric) {
                (Some(goal), _) => goal::goal_ui(&mut desk, ui, goal),
                (None, Some(metric)) => metric::metric_ui(&mut desk, ui, metric),
                (None, None) => project::project_ui(&mut desk, ui),
            }
        });
    });
    scratch.put(scratch_id(), kept);
}

/// What is edited, and the way out.
fn heading_ui(ui: &mut Ui, scene: &Scene<'_>, words: &str, actions: &mut Vec<Action>) {
    Frame::new().inner_margin(Margin { left: space::L as i8, right: space::S as i8, top: space::S as i8, bottom: space::XS as i8 }).show(
        ui,
        |ui| {
            ui.horizontal(|ui| {
                let heading = ui.label(scene.theme.rich(words, TextSize::Section));
                super::sheets::gloss_ui(ui, heading.rect, words, actions);
                ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
                    if widgets::icon_button_ui(ui, scene.theme, icons::X, "Close this panel").clicked() {
                        actions.push(Action::ToggleInspector);
                    }
                    if scene.view.selected.is_some()
                        && widgets::icon_button_ui(ui, scene.theme, icons::SETTINGS, "Edit the project itself").clicked()
                    {
                        actions.push(Action::EditProject);
                    }
                });
            });
        },
    );
}
