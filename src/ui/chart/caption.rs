//! What stands below a chart: events and notes with their signs, and remarks, in one wrapped paragraph.

use std::sync::Arc;

use egui::text::{LayoutJob, TextFormat, TextWrapping};
use egui::{Galley, Rect, Response, Sense, Ui, WidgetInfo, pos2};

use crate::chart::CaptionPart;
use crate::ui::theme::{TextSize, Theme, space};

/// More lines than this are not given to a caption.
const MOST_ROWS: usize = 3;

fn galley(ui: &Ui, theme: &Theme, parts: &[CaptionPart], width: f32) -> Option<Arc<Galley>> {
    if parts.is_empty() {
        return None;
    }
    let format = |font, ink| TextFormat {
        font_id: font,
        color: ink,
        line_height: Some(theme.type_of(TextSize::Small).line_height),
        ..TextFormat::default()
    };
    let words = format(theme.font(TextSize::Small), theme.text.muted);
    let signs = format(theme.strong_font(TextSize::Small), theme.text.default);
    let mut job =
        LayoutJob { wrap: TextWrapping { max_rows: MOST_ROWS, ..TextWrapping::wrap_at_width(width.max(1.0)) }, ..LayoutJob::default() };
    for (index, part) in parts.iter().enumerate() {
        if index > 0 {
            job.append("  ·  ", 0.0, words.clone());
        }
        if let Some(sign) = &part.sign {
            job.append(sign, 0.0, signs.clone());
            // Does not break between a sign and what it says.
            job.append("\u{a0}", 0.0, words.clone());
        }
        job.append(&part.text, 0.0, words.clone());
    }
    Some(ui.painter().layout_job(job))
}

/// Paints the caption along the bottom of `outer` and answers with the height that it takes there.
pub(super) fn paint(ui: &Ui, theme: &Theme, outer: Rect, parts: &[CaptionPart]) -> f32 {
    let Some(galley) = galley(ui, theme, parts, outer.width()) else { return 0.0 };
    let height = galley.size().y;
    ui.painter().galley(pos2(outer.left(), outer.bottom() - height), galley, theme.text.muted);
    height + theme.px(space::S)
}

/// The caption as a widget of its own, for views that place it themselves.
pub fn caption_ui(ui: &mut Ui, theme: &Theme, parts: &[CaptionPart]) -> Response {
    let galley = galley(ui, theme, parts, ui.available_width());
    let size = galley.as_ref().map_or(egui::Vec2::ZERO, |g| g.size());
    let (rect, response) = ui.allocate_exact_size(size, Sense::hover());
    if let Some(galley) = galley {
        let text = galley.job.text.clone();
        response.widget_info(|| WidgetInfo::labeled(egui::Role::Label, true, &text));
        ui.painter().galley(rect.min, galley, theme.text.muted);
    }
    response
}
