//! News in files that metrics follow.

use egui::Ui;

use super::banner::banner_ui;
use crate::ui::scene::Scene;
use crate::workspace::{Action, RefreshAction, Workspace};

pub(super) fn linked_banner_ui(ui: &mut Ui, workspace: &Workspace, scene: &Scene<'_>, actions: &mut Vec<Action>) {
    let Some(found) = workspace.links.found.as_ref().filter(|_| workspace.links.is_offered) else { return };
    let answers = [("Show what would change…", RefreshAction::Show.into()), ("Not now", RefreshAction::Leave.into())];
    banner_ui(ui, scene.theme, "news in linked files", &found.words(), &answers, actions);
}
