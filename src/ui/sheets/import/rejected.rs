//! Every row that is not taken, with the reason; all of them can be reached and copied.

use egui::{Align, Layout, ScrollArea, Ui, Vec2, vec2};

use super::Desk;
use crate::ui::theme::{TextSize, size, space};
use crate::ui::widgets;
use crate::workspace::Action;

const LINE: f32 = 72.0;
const COLUMN: f32 = 132.0;

/// Of all of it.
pub(super) fn height(desk: &Desk<'_>) -> f32 {
    size::CONTROL + space::S + size::ROW_DENSE * desk.found.rejected.len() as f32
}

pub(super) fn rejected_ui(desk: &mut Desk<'_>, ui: &mut Ui, room: Vec2) {
    let theme = desk.scene.theme;
    let rejected = &desk.found.rejected;
    if rejected.is_empty() {
        ui.add_space(space::S);
        ui.label(theme.muted("Every row with a date and a value is taken.", TextSize::Body));
        return;
    }
    ui.allocate_ui_with_layout(vec2(room.x, size::CONTROL), Layout::right_to_left(Align::Center), |ui| {
        if widgets::quiet_button_ui(ui, theme, "Copy the list").clicked() {
            let line = |r: &crate::import::Rejection| format!("{}\t{}\t{}", r.line, r.column, r.reason);
            let lines: Vec<String> = std::iter::once("Line\tColumn\tReason".to_owned()).chain(rejected.iter().map(line)).collect();
            desk.actions.push(Action::CopyText(lines.join("\n")));
        }
        ui.with_layout(Layout::left_to_right(Align::Center), |ui| {
            widgets::truncated_ui(ui, theme.muted("These rows are left out; all others come in.", TextSize::Small));
        });
    });
    let height = room.y - size::CONTROL - space::S;
    ScrollArea::vertical().id_salt("rows not taken").max_height(height).auto_shrink([false, false]).show_rows(
        ui,
        size::ROW_DENSE,
        rejected.len(),
        |ui, range| {
            for rejection in &rejected[range] {
                ui.horizontal(|ui| {
                    ui.set_height(size::ROW_DENSE);
                    let cell = |ui: &mut Ui, width: f32, words: egui::RichText| {
                        ui.allocate_ui_with_layout(vec2(width, size::ROW_DENSE), Layout::left_to_right(Align::Center), |ui| {
                            ui.set_min_width(width);
                            widgets::truncated_ui(ui, words);
                        });
                    };
                    cell(ui, LINE, theme.number(format!("Line {}", rejection.line), TextSize::Small));
                    cell(ui, COLUMN, theme.muted(&rejection.column, TextSize::Small));
                    let rest = ui.available_width();
                    cell(ui, rest, theme.rich(super::sentence(&rejection.reason), TextSize::Small).color(theme.error()));
                });
            }
        },
    );
}
