//! How formulas are written, in a few lines.

use egui::{Grid, Ui};

use super::super::desk::Desk;
use crate::ui::theme::{TextSize, space};

const SIGNS: [(&str, &str); 6] = [
    ("+ − × ÷ ( )", "also - * /"),
    ("[Web revenue]", "a metric by its name; MAU by its abbreviation"),
    ("prev(x)", "x in the period before"),
    ("growth(x)", "x ÷ prev(x) − 1"),
    ("segments(x)", "the sum of the segments of x"),
    ("1.5", "a number"),
];

const EXAMPLES: [&str; 3] = ["[Web revenue] + [App revenue]", "MAU × [Revenue per user]", "[Our revenue] ÷ [Market size] × 100"];

pub(super) fn help_ui(desk: &Desk<'_>, ui: &mut Ui) {
    let theme = desk.scene.theme;
    Grid::new("formula help").num_columns(2).spacing([space::S, space::XXS]).show(ui, |ui| {
        for (sign, meaning) in SIGNS {
            ui.label(theme.number(sign, TextSize::Small));
            ui.label(theme.muted(meaning, TextSize::Small));
            ui.end_row();
        }
    });
    desk.note(ui, "For example:");
    for example in EXAMPLES {
        ui.label(theme.number(example, TextSize::Small));
    }
    desk.note(ui, "Inputs are brought to the same period first. Dividing by zero gives no value.");
}
