//! Beside an empty view: data that are somewhere else already need not be typed.

use egui::{Align, Layout, Ui, vec2};

use crate::ui::theme::{TextSize, Theme, size, space};
use crate::ui::widgets;
use crate::workspace::{Action, ImportAction};

/// A sentence and a link, in the middle under what an empty view says of itself.
pub(super) fn import_offer_ui(ui: &mut Ui, theme: &Theme, actions: &mut Vec<Action>) {
    let width = ui.available_width();
    ui.add_space(theme.px(space::L));
    ui.allocate_ui_with_layout(vec2(width, 0.0), Layout::top_down(Align::Center), |ui| {
        ui.set_max_width(theme.px(size::EMPTY_STATE).min(width));
        ui.spacing_mut().item_spacing.y = theme.px(space::XXS);
        ui.label(theme.muted("Or paste a table from a spreadsheet, or drop a CSV or Excel file here.", TextSize::Small));
        if widgets::link_ui(ui, theme, "Import data…", TextSize::Small).clicked() {
            actions.push(ImportAction::Begin.into());
        }
    });
}
