//! What others did to the file, as long as it is not settled: a line under the top bar, which disturbs nobody.

use egui::{Align, Frame, Layout, Margin, Panel, Ui, vec2};

use crate::ui::scene::Scene;
use crate::ui::theme::{TextSize, size, space};
use crate::ui::widgets;
use crate::workspace::{Action, MergeAction, Outside, Workspace};

pub(super) fn outside_banner_ui(ui: &mut Ui, workspace: &Workspace, scene: &Scene<'_>, actions: &mut Vec<Action>) {
    let (Some(outside), Some(path)) = (&workspace.file.outside, &workspace.file.path) else { return };
    let theme = scene.theme;
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
    let frame = Frame::new().fill(theme.bg.selected).inner_margin(Margin::symmetric(space::M as i8, space::XS as i8));
    Panel::top("changes of others").resizable(false).show_separator_line(false).frame(frame).show(ui, |ui| {
        ui.allocate_ui_with_layout(vec2(ui.available_width(), size::CONTROL), Layout::right_to_left(Align::Center), |ui| {
            ui.spacing_mut().item_spacing.x = space::S;
            for (label, action) in answers.iter().rev() {
                if widgets::button_ui(ui, theme, label).clicked() {
                    actions.push(action.clone());
                }
            }
            ui.with_layout(Layout::left_to_right(Align::Center), |ui| {
                widgets::truncated_ui(ui, theme.rich(outside.words(path), TextSize::Body));
            });
        });
    });
}
