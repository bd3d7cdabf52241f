//! A word in a frame: the role of a metric, a kind, a mode.

use egui::{Color32, CornerRadius, Response, Sense, StrokeKind, Ui, WidgetInfo, vec2};

use crate::model::Role;
use crate::ui::theme::{TextSize, Theme, radius, space, stroke};

/// A quiet word in a frame.
pub fn badge_ui(ui: &mut Ui, theme: &Theme, word: &str) -> Response {
    let padding = vec2(theme.px(space::XS + space::XXS), theme.px(1.0));
    let galley = ui.painter().layout_no_wrap(word.to_owned(), theme.font(TextSize::Small), theme.text.muted);
    let height = theme.type_of(TextSize::Small).line_height + 2.0 * padding.y;
    let (rect, response) = ui.allocate_exact_size(vec2(galley.size().x + 2.0 * padding.x, height), Sense::hover());
    response.widget_info(|| WidgetInfo::labeled(egui::Role::Label, true, word));
    if ui.is_rect_visible(rect) {
        let corner = CornerRadius::same(theme.px(f32::from(radius::CONTROL)) as u8);
        ui.painter().rect_stroke(rect, corner, theme.stroke(stroke::CONTROL, theme.line.control), StrokeKind::Inside);
        ui.painter().galley(rect.center() - galley.size() / 2.0, galley, Color32::PLACEHOLDER);
    }
    response
}

/// The role of a metric for a goal, with what the word means on hover.
pub fn role_badge_ui(ui: &mut Ui, theme: &Theme, role: Role) -> Response {
    let meaning = match role {
        Role::Outcome => "Outcome: what success is",
        Role::Driver => "Driver: expected to move the outcome",
        Role::Guardrail => "Guardrail: must not get worse",
    };
    badge_ui(ui, theme, role.word()).on_hover_text(meaning)
}
