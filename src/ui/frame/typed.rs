//! Texts that are not entered and whose fields are not shown.

use egui::Ui;

use super::banner::banner_ui;
use crate::ui::scene::Scene;
use crate::workspace::{Action, SafekeepingAction, Workspace};

pub(super) fn typed_banner_ui(ui: &mut Ui, workspace: &Workspace, scene: &Scene<'_>, actions: &mut Vec<Action>) {
    let Some(words) = workspace.waiting_words() else { return };
    let answers =
        [("Go to it", SafekeepingAction::ShowTexts), ("Copy", SafekeepingAction::CopyTexts), ("Discard", SafekeepingAction::ForgetTexts)];
    let answers = answers.map(|(label, action)| (label, Action::Safekeeping(action)));
    banner_ui(ui, scene.theme, "typed and not entered", &words, &answers, actions);
}
