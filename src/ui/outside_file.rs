//! Where a followed file outside the project's folder is, whether it may be read, and the way to change that.

use egui::{Label, Ui};

use super::widgets::{button_ui, quiet_button_ui};
use crate::ui::theme::{TextSize, Theme, space};
use crate::workspace::{Action, OutsideLink, RefreshAction};

/// Says it on a line or more, with the button below. `path` is what the project calls the file.
pub(super) fn outside_file_ui(ui: &mut Ui, theme: &Theme, link: &OutsideLink, path: &str, actions: &mut Vec<Action>) {
    let place = link.place.display();
    let words = if link.allowed {
        format!("Outside the project's folder, read because you allowed it: {place}")
    } else {
        format!("Outside the project's folder, not read until you allow it: {place}")
    };
    ui.add(Label::new(theme.muted(words, TextSize::Small)).wrap());
    ui.horizontal(|ui| {
        ui.spacing_mut().item_spacing.x = theme.px(space::S);
        if link.allowed {
            let why = "It is not read any more until you allow it again. The values that were taken in stay.";
            if quiet_button_ui(ui, theme, "Do not read it any more").on_hover_text(why).clicked() {
                actions.push(RefreshAction::TakeBack(path.to_owned()).into());
            }
        } else if button_ui(ui, theme, "Allow…").on_hover_text("Asks once more before anything is read").clicked() {
            actions.push(RefreshAction::Allow(path.to_owned()).into());
        }
    });
}
