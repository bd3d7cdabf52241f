//! Words that may not fit, and words that can be asked why.

use std::sync::Arc;

use egui::text::{LayoutJob, TextFormat, TextWrapping};
use egui::{Color32, FontId, Galley, Label, Response, RichText, Ui};

use crate::ui::theme::{TextSize, Theme, space};

/// A label cut with "…" where there is no room; hover shows all of it.
pub fn truncated_ui(ui: &mut Ui, text: RichText) -> Response {
    ui.add(Label::new(text).truncate())
}

/// What was cut for lack of room says all of its words on hover. Labels do so by themselves; links and buttons do not.
#[must_use]
pub fn whole_on_hover(ui: &Ui, response: Response, text: &str, font: FontId) -> Response {
    if ui.wrap_mode() != egui::TextWrapMode::Truncate || !response.hovered() {
        return response;
    }
    let whole = ui.painter().layout_no_wrap(text.to_owned(), font, Color32::PLACEHOLDER);
    if whole.size().x > response.rect.width() + 1.0 { response.on_hover_text(text) } else { response }
}

/// Words to paint on one line of so many points, cut with "…" where there is no room; its `elided` says whether they were.
pub fn one_line(ui: &Ui, text: &str, font: FontId, colour: Color32, width: f32) -> Arc<Galley> {
    let mut job = LayoutJob::single_section(text.to_owned(), TextFormat::simple(font, colour));
    job.wrap = TextWrapping::truncate_at_width(width.max(16.0));
    ui.fonts_mut(|fonts| fonts.layout_job(job))
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
