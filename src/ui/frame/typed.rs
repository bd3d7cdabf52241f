//! Texts of before a crash that wait for their fields.

use egui::Ui;

use super::banner::banner_ui;
use crate::ui::scene::Scene;
use crate::workspace::{Action, SafekeepingAction, Workspace};

pub(super) fn typed_banner_ui(ui: &mut Ui, workspace: &Workspace, scene: &Scene<'_>, actions: &mut Vec<Action>) {
    let Some(words) = workspace.waiting_words() else { return };
    let answers =
        [("Copy", Action::Safekeeping(SafekeepingAction::CopyTexts)), ("Dismiss", Action::Safekeeping(SafekeepingAction::ForgetTexts))];
    banner_ui(ui, scene.theme, "typed before a crash", &words, &answers, actions);
}
