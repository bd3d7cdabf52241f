//! Words that may not fit, and words that can be asked why.

use egui::{Label, Response, RichText, Ui};

use crate::ui::theme::{TextSize, Theme, space};

/// A label cut with "…" where there is no room; hover shows all of it.
pub fn truncated_ui(ui: &mut Ui, text: RichText) -> Response {
    ui.add(Label::new(text).truncate())
}

/// A tooltip of a heading and lines under it: the sentence and its numbers.
#[must_use]
pub fn explained(response: Response, theme: &Theme, heading: &str, lines: &[String]) -> Response {
    response.on_hover_ui(|ui| {
        ui.spacing_mut().item_spacing.y = theme.px(space::XXS);
        if !heading.is_empty() {
            ui.label(theme.strong(heading, TextSize::Small));
        }
        for line in lines {
            ui.label(theme.number(line, TextSize::Small));
        }
    })
}
