//! One of a few: tabs with an underline for places, segments with a filled background for modes.

use egui::{Align, Color32, CornerRadius, Layout, Rect, Response, Sense, Stroke, StrokeKind, Ui, WidgetInfo, pos2, vec2};

use crate::ui::theme::{TextSize, Theme, radius, size, space, stroke};

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Look {
    Underlined,
    Filled,
}

/// Places to be: the chosen one is strong and underlined in the accent colour. Returns what was chosen now.
pub fn tabs_ui<T: Copy + PartialEq>(ui: &mut Ui, theme: &Theme, name: &str, current: T, options: &[(T, &str)]) -> Option<T> {
    row_ui(ui, theme, name, current, options, Look::Underlined)
}

/// Ways to see: the chosen one is strong on a filled background. Returns what was chosen now.
pub fn segmented_ui<T: Copy + PartialEq>(ui: &mut Ui, theme: &Theme, name: &str, current: T, options: &[(T, &str)]) -> Option<T> {
    row_ui(ui, theme, name, current, options, Look::Filled)
}

fn row_ui<T: Copy + PartialEq>(ui: &mut Ui, theme: &Theme, name: &str, current: T, options: &[(T, &str)], look: Look) -> Option<T> {
    let mut chosen = None;
    // From left to right even in a row that is laid out from the right.
    let layout = Layout::left_to_right(Align::Center);
    let row = ui.scope_builder(egui::UiBuilder::new().layout(layout), |ui| {
        ui.spacing_mut().item_spacing.x = match look {
            Look::Underlined => theme.px(space::S),
            Look::Filled => theme.px(space::XXS),
        };
        for &(option, word) in options {
            if option_ui(ui, theme, word, option == current, look).clicked() && option != current {
                chosen = Some(option);
            }
        }
    });
    row.response.widget_info(|| WidgetInfo::labeled(egui::Role::TabList, true, name));
    chosen
}

fn option_ui(ui: &mut Ui, theme: &Theme, word: &str, selected: bool, look: Look) -> Response {
    // Room for the strong face, so that choosing moves nothing.
    let strong = theme.strong_font(TextSize::Body);
    let width = ui.painter().layout_no_wrap(word.to_owned(), strong.clone(), Color32::PLACEHOLDER).size().x;
    let padding = match look {
        Look::Underlined => theme.px(space::XS),
        Look::Filled => theme.px(space::S),
    };
    let (rect, response) = ui.allocate_exact_size(vec2(width + 2.0 * padding, theme.px(size::CONTROL)), Sense::click());
    response.widget_info(|| WidgetInfo::selected(egui::Role::Tab, ui.is_enabled(), selected, word));
    if ui.is_rect_visible(rect) {
        let corner = CornerRadius::same(radius::CONTROL);
        let fill = match look {
            Look::Filled if selected => Some(theme.bg.selected),
            _ if response.hovered() => Some(theme.bg.hover),
            _ => None,
        };
        if let Some(fill) = fill {
            ui.painter().rect_filled(rect, corner, fill);
        }
        let (font, colour) = if selected {
            (strong, theme.text.strong)
        } else if response.hovered() {
            (theme.font(TextSize::Body), theme.text.strong)
        } else {
            (theme.font(TextSize::Body), theme.text.muted)
        };
        ui.painter().text(rect.center(), egui::Align2::CENTER_CENTER, word, font, colour);
        if selected && look == Look::Underlined {
            let line = Rect::from_min_max(pos2(rect.left(), rect.bottom() - 2.0), rect.right_bottom());
            ui.painter().rect_filled(line, 0.0, theme.accent.accent);
        }
        if response.has_focus() {
            ui.painter().rect_stroke(rect, corner, Stroke::new(stroke::FOCUS_RING, theme.accent.accent), StrokeKind::Inside);
        }
    }
    response
}
