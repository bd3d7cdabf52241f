//! News in files that metrics follow: a line under the top bar, which disturbs nobody and changes nothing.

use egui::{Align, Frame, Layout, Margin, Panel, Ui, vec2};

use crate::ui::scene::Scene;
use crate::ui::theme::{TextSize, size, space};
use crate::ui::widgets;
use crate::workspace::{Action, RefreshAction, Workspace};

pub(super) fn linked_banner_ui(ui: &mut Ui, workspace: &Workspace, scene: &Scene<'_>, actions: &mut Vec<Action>) {
    let Some(found) = workspace.links.found.as_ref().filter(|_| workspace.links.is_offered) else { return };
    let theme = scene.theme;
    let answers = [("Show what would change…", RefreshAction::Show), ("Not now", RefreshAction::Leave)];
    let frame = Frame::new().fill(theme.bg.selected).inner_margin(Margin::symmetric(space::M as i8, space::XS as i8));
    Panel::top("news in linked files").resizable(false).show_separator_line(false).frame(frame).show(ui, |ui| {
        ui.allocate_ui_with_layout(vec2(ui.available_width(), size::CONTROL), Layout::right_to_left(Align::Center), |ui| {
            ui.spacing_mut().item_spacing.x = space::S;
            for (label, action) in answers.into_iter().rev() {
                if widgets::button_ui(ui, theme, label).clicked() {
                    actions.push(action.into());
                }
            }
            ui.with_layout(Layout::left_to_right(Align::Center), |ui| {
                widgets::truncated_ui(ui, theme.rich(found.words(), TextSize::Body));
            });
        });
    });
}
