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

/// The width that [`tabs_ui`] takes.
pub fn tabs_width<T: Copy>(ui: &Ui, theme: &Theme, options: &[(T, &str)]) -> f32 {
    whole_width(
        theme,
        &options.iter().map(|(_, word)| option_width(ui, theme, word, Look::Underlined)).collect::<Vec<_>>(),
        Look::Underlined,
    )
}

/// Ways to see: the chosen one is strong on a filled background. Returns what was chosen now.
pub fn segmented_ui<T: Copy + PartialEq>(ui: &mut Ui, theme: &Theme, name: &str, current: T, options: &[(T, &str)]) -> Option<T> {
    row_ui(ui, theme, name, current, options, Look::Filled)
}

/// How wide [`segmented_ui`] will be.
pub fn segmented_width<T>(ui: &Ui, theme: &Theme, options: &[(T, &str)]) -> f32 {
    let words: f32 = options.iter().map(|(_, word)| option_width(ui, theme, word, Look::Filled)).sum();
    words + theme.px(space::XXS) * options.len().saturating_sub(1) as f32
}

fn row_ui<T: Copy + PartialEq>(ui: &mut Ui, theme: &Theme, name: &str, current: T, options: &[(T, &str)], look: Look) -> Option<T> {
    let widths: Vec<f32> = options.iter().map(|(_, word)| option_width(ui, theme, word, look)).collect();
    let (gap, whole) = (gap(theme, look), whole_width(theme, &widths, look));
    let mut chosen = None;
    // Of a known size and from left to right, also in a row that is laid out from the right.
    let size = vec2(whole, theme.px(size::CONTROL));
    let row = ui.allocate_ui_with_layout(size, Layout::left_to_right(Align::Center), |ui| {
        ui.spacing_mut().item_spacing.x = gap;
        for (&(option, word), width) in options.iter().zip(widths) {
            if option_ui(ui, theme, word, width, option == current, look).clicked() && option != current {
                chosen = Some(option);
            }
        }
    });
    row.response.widget_info(|| WidgetInfo::labeled(egui::Role::TabList, true, name));
    chosen
}

fn gap(theme: &Theme, look: Look) -> f32 {
    match look {
        Look::Underlined => theme.px(space::S),
        Look::Filled => theme.px(space::XXS),
    }
}

fn whole_width(theme: &Theme, widths: &[f32], look: Look) -> f32 {
    widths.iter().sum::<f32>() + gap(theme, look) * widths.len().saturating_sub(1) as f32
}

/// Room for the strong face, so that choosing moves nothing.
fn option_width(ui: &Ui, theme: &Theme, word: &str, look: Look) -> f32 {
    let padding = match look {
        Look::Underlined => theme.px(space::XS),
        Look::Filled => theme.px(space::S),
    };
    let strong = theme.strong_font(TextSize::Body);
    ui.painter().layout_no_wrap(word.to_owned(), strong, Color32::PLACEHOLDER).size().x + 2.0 * padding
}

fn option_ui(ui: &mut Ui, theme: &Theme, word: &str, width: f32, selected: bool, look: Look) -> Response {
    let (rect, response) = ui.allocate_exact_size(vec2(width, theme.px(size::CONTROL)), Sense::click());
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
            (theme.strong_font(TextSize::Body), theme.text.strong)
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
