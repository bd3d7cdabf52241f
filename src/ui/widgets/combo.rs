//! One of a list that is too long to lay out in a row.

use egui::{ComboBox, Ui};

use crate::ui::icons;
use crate::ui::theme::{TextSize, Theme};

/// A closed list that shows the current choice; `name` is its accessible name. Returns what was chosen now.
pub fn combo_ui<T: Clone + PartialEq>(
    ui: &mut Ui,
    theme: &Theme,
    name: &str,
    current: &T,
    options: &[(T, String)],
    width: f32,
) -> Option<T> {
    let shown = options.iter().find(|(option, _)| option == current).map_or("–", |(_, word)| word.as_str());
    let colour = theme.text.muted;
    let mut chosen = None;
    let combo = ComboBox::from_id_salt(name)
        .width(width)
        .truncate()
        .selected_text(egui::RichText::new(shown).font(theme.font(TextSize::Body)))
        .icon(move |ui, rect, _, _| {
            icons::CHEVRON_DOWN.paint(ui.painter(), rect.center(), 14.0, colour);
        })
        .show_ui(ui, |ui| {
            for (option, word) in options {
                if ui.selectable_label(option == current, word).clicked() {
                    // A pointer closes the list by itself, the keyboard does not.
                    ui.close();
                    chosen = Some(option.clone()).filter(|option| option != current);
                }
            }
        });
    combo.response.accessible_name(name);
    chosen
}
