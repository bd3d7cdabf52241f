//! After a presentation: was this the meeting that the next one looks back to?

use egui::{Align, Frame, Layout, Margin, Panel, Ui};

use crate::document::edits;
use crate::model::date_words;
use crate::ui::icons;
use crate::ui::scene::Scene;
use crate::ui::theme::{TextSize, size, space};
use crate::ui::widgets;
use crate::workspace::{Action, Workspace};

/// A line under the top bar, as long as it is offered.
pub fn meeting_offer_ui(ui: &mut Ui, workspace: &Workspace, scene: &Scene<'_>, actions: &mut Vec<Action>) {
    let Some(held) = workspace.meeting_held else { return };
    let theme = scene.theme;
    let frame = Frame::new().fill(theme.bg.selected).inner_margin(Margin::symmetric(12, 4));
    Panel::top("meeting held").resizable(false).frame(frame).show(ui, |ui| {
        ui.allocate_ui_with_layout(egui::vec2(ui.available_width(), size::CONTROL), Layout::right_to_left(Align::Center), |ui| {
            ui.spacing_mut().item_spacing.x = space::S;
            if widgets::icon_button_ui(ui, theme, icons::X, "Not now").clicked() {
                actions.push(Action::ForgetMeetingHeld);
            }
            if widgets::button_ui(ui, theme, &format!("Set {} as the last meeting", date_words(held.on))).clicked() {
                actions.push(edits::set_last_meeting(scene.project, Some(held.on)).into());
            }
            ui.with_layout(Layout::left_to_right(Align::Center), |ui| {
                let lines = if held.added == 1 { "1 line was".to_owned() } else { format!("{} lines were", held.added) };
                let words = format!("{lines} written down. Make this the last meeting, and the next slides say what changed since.");
                widgets::truncated_ui(ui, theme.rich(words, TextSize::Body));
            });
        });
    });
}
