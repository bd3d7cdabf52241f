//! News in files that metrics follow, and those that may not be read yet.

use egui::Ui;

use super::banner::banner_ui;
use crate::ui::scene::Scene;
use crate::workspace::{Action, Asking, RefreshAction, Workspace};

pub(super) fn linked_banner_ui(ui: &mut Ui, workspace: &Workspace, scene: &Scene<'_>, actions: &mut Vec<Action>) {
    if let Some(Asking { words, path }) = workspace.files_to_allow() {
        let allow = match path {
            Some(path) => ("Allow…", RefreshAction::Allow(path).into()),
            None => ("Show them…", RefreshAction::Show.into()),
        };
        let answers = [allow, ("Not now", RefreshAction::LeaveUnread.into())];
        banner_ui(ui, scene.theme, "linked files outside", &words, &answers, actions);
    }
    let Some(found) = workspace.links.found.as_ref().filter(|_| workspace.links.is_offered) else { return };
    let answers = [("Show what would change…", RefreshAction::Show.into()), ("Not now", RefreshAction::Leave.into())];
    banner_ui(ui, scene.theme, "news in linked files", &found.words(), &answers, actions);
}
