//! The line that says that another window has the file.

use egui::{Align, Frame, Layout, Margin, Panel, Ui};

use crate::ui::scene::Scene;
use crate::ui::theme::{TextSize, space};
use crate::ui::widgets;
use crate::workspace::safekeeping::holder_words;
use crate::workspace::{Action, SafekeepingAction, Workspace};

const HEIGHT: f32 = 30.0;

/// Under the top bar, as long as the other window is not known to be gone and this one has not taken the file over.
pub(super) fn banner_ui(ui: &mut Ui, workspace: &Workspace, scene: &Scene<'_>, actions: &mut Vec<Action>) {
    let Some(holder) = workspace.held_elsewhere() else { return };
    let theme = scene.theme;
    let frame = Frame::new().fill(theme.bg.selected).inner_margin(Margin::symmetric(space::L as i8, 0));
    Panel::top("open in another window").exact_size(HEIGHT).show_separator_line(false).frame(frame).show(ui, |ui| {
        ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
            ui.spacing_mut().item_spacing.x = space::S;
            let what = "From then on this window saves to the file, too. Whoever saves second is asked how to go on.";
            if widgets::button_ui(ui, theme, "Take over").on_hover_text(what).clicked() {
                actions.push(Action::Safekeeping(SafekeepingAction::TakeOver));
            }
            ui.with_layout(Layout::left_to_right(Align::Center), |ui| {
                let words = format!("{}. It is read-only here: changes can be saved as a copy.", holder_words(holder));
                widgets::truncated_ui(ui, theme.rich(words, TextSize::Body));
            });
        });
    });
}
