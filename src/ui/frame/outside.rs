//! What others did to the file, as long as it is not settled.

use egui::Ui;

use super::banner::banner_ui;
use crate::ui::scene::Scene;
use crate::workspace::{Action, MergeAction, Outside, Workspace};

pub(super) fn outside_banner_ui(ui: &mut Ui, workspace: &Workspace, scene: &Scene<'_>, actions: &mut Vec<Action>) {
    let (Some(outside), Some(path)) = (&workspace.file.outside, &workspace.file.path) else { return };
    let answers: &[(&str, Action)] = &match outside {
        Outside::Changed { .. } => vec![("Merge", MergeAction::Begin.into()), ("Keep mine for now", MergeAction::Leave.into())],
        Outside::Another { .. } => {
            vec![("Open it", Action::OpenPath(path.clone())), ("Keep mine for now", MergeAction::Leave.into())]
        }
        Outside::Unreadable { .. } => {
            vec![("Save a copy…", MergeAction::SaveCopy.into()), ("Keep mine for now", MergeAction::Leave.into())]
        }
        Outside::Gone => vec![
            ("Save it there again", MergeAction::SaveAnew.into()),
            ("Save a copy…", MergeAction::SaveCopy.into()),
            ("Not now", MergeAction::Leave.into()),
        ],
    };
    banner_ui(ui, scene.theme, "changes of others", &outside.words(path), answers, actions);
}
