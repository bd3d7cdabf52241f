//! The panel on the right: edits what is selected, with its live results on top; without a selection, the project itself.
//!
//! Fields commit one edit each (see `widgets::field`); what the document refuses is said in a message and changes nothing.
//! Not here: what the edits do (that is `document::edits`), and the views.

mod aim;
mod check_ins;
mod desk;
mod effects;
mod findings;
mod goal;
mod kpis;
mod ledger;
mod limits;
mod lineage;
mod live;
mod metric;
mod points;
mod project;
mod several;
mod steps;
pub(in crate::ui) mod words;

use std::collections::BTreeSet;

use egui::{Align, Frame, Id, Layout, Margin, ScrollArea, Ui, UiBuilder, vec2};

use self::desk::{Desk, Kept};
pub(super) use self::steps::ratings;
use super::icons;
use super::scene::{Scene, Scratch};
use super::theme::{TextSize, space};
use super::widgets;
use crate::model::{GoalId, MetricId};
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
    let about = About::of(scene.view.selected.as_ref(), &scene.view.marked);
    let (heading, key) = match (&about, goal, metric) {
        (About::Several(_), ..) => ("Several goals", "several"),
        (_, Some(goal), _) => (goal.kind.word(), goal.id.as_str()),
        (_, None, Some(metric)) => ("Metric", metric.id.as_str()),
        (_, None, None) => ("Project", ""),
    };
    heading_ui(ui, scene, heading, actions);

    let mut kept: Kept = scratch.take(scratch_id());
    let id = Id::unique(("inspector", key, &about));
    if kept.key != Some(id) {
        leave(ui, scene, &mut kept, actions);
        kept = Kept { key: Some(id), about: about.clone(), ..Kept::default() };
    }
    ScrollArea::vertical().id_salt(("inspector", key)).auto_shrink(false).show(ui, |ui| {
        Frame::new().inner_margin(Margin { left: space::L as i8, right: space::L as i8, top: 0, bottom: space::XL as i8 }).show(ui, |ui| {
            ui.spacing_mut().item_spacing = vec2(space::S, space::XS);
            let mut desk = Desk { scene, kept: &mut kept, actions, key: id };
            about_ui(&mut desk, ui, &about);
        });
    });
    scratch.put(scratch_id(), kept);
}

/// What the panel edits.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
enum About {
    #[default]
    Project,
    Goal(GoalId),
    Several(Vec<GoalId>),
    Metric(MetricId),
}

impl About {
    fn of(selected: Option<&Selection>, marked: &BTreeSet<GoalId>) -> Self {
        match selected {
            Some(Selection::Goal(goal)) if marked.len() > 1 && marked.contains(goal) => Self::Several(marked.iter().cloned().collect()),
            Some(Selection::Goal(goal)) => Self::Goal(goal.clone()),
            Some(Selection::Metric(metric)) => Self::Metric(metric.clone()),
            None => Self::Project,
        }
    }
}

fn about_ui(desk: &mut Desk<'_>, ui: &mut Ui, about: &About) {
    let project = desk.scene.project;
    match about {
        About::Goal(goal) => {
            if let Some(goal) = project.goal(goal) {
                goal::goal_ui(desk, ui, goal);
            }
        }
        About::Several(goals) => {
            let goals: Vec<_> = goals.iter().filter_map(|id| project.goal(id)).collect();
            several::several_ui(desk, ui, &goals);
        }
        About::Metric(metric) => {
            if let Some(metric) = project.metric(metric) {
                metric::metric_ui(desk, ui, metric);
            }
        }
        About::Project => project::project_ui(desk, ui),
    }
}

/// Something else is edited from now on: what was being typed counts, as when its field is left. What cannot be read is said.
fn leave(ui: &mut Ui, scene: &Scene<'_>, kept: &mut Kept, actions: &mut Vec<Action>) {
    let (Some(key), false) = (kept.key, kept.drafts.is_empty()) else { return };
    kept.drafts.leave();
    let mut unseen = ui.new_child(UiBuilder::new().max_rect(ui.max_rect()).invisible().id_salt("inspector left"));
    unseen.spacing_mut().item_spacing = vec2(space::S, space::XS);
    let about = kept.about.clone();
    about_ui(&mut Desk { scene, kept, actions, key }, &mut unseen, &about);
    for problem in kept.drafts.problems() {
        actions.push(Action::Refused(format!("What was typed last was left out: {problem}.")));
    }
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
