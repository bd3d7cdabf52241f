//! How sure people were over time: a small line on an axis from 0 to 10, and a confidence as it is typed.

use egui::{Align2, Response, Role, Sense, Shape, Ui, Vec2, WidgetInfo, pos2};

use crate::model::{Date, date_words};
use crate::ui::theme::{TextSize, Theme, space, stroke};

const HEIGHT: f32 = 64.0;
/// The two digits of "10", left of the line; and the last value, right of it.
const AXIS: f32 = 20.0;
const DOT: f32 = 3.0;

/// The line in a box of `width` points: a day and 0…10 for each point, oldest first.
pub fn confidence_line_ui(ui: &mut Ui, theme: &Theme, line: &[(Date, u8)], width: f32) -> Response {
    let (rect, response) = ui.allocate_exact_size(Vec2::new(width, theme.px(HEIGHT)), Sense::hover());
    let summary = summary(line);
    response.widget_info(|| WidgetInfo::labeled(Role::Image, true, &summary));
    let ([(first, _), ..], [.., (last, latest)]) = (line, line) else { return response };
    let axis = theme.px(AXIS);
    let inset = theme.px(space::S);
    let plot = egui::Rect::from_min_max(rect.min + egui::vec2(axis, inset), rect.max - egui::vec2(axis, inset));
    let height = |confidence: u8| plot.bottom() - plot.height() * f32::from(confidence.min(10)) / 10.0;
    let days = (*last - *first).num_days().max(1) as f32;
    let place = |&(date, confidence): &(Date, u8)| {
        // A lone point stands at the end, where the latest stands.
        let share = if first == last { 1.0 } else { (date - *first).num_days() as f32 / days };
        pos2(plot.left() + plot.width() * share, height(confidence))
    };
    let painter = ui.painter();
    for mark in [0, 5, 10] {
        painter.hline(plot.x_range(), height(mark), theme.stroke(stroke::HAIRLINE, theme.line.grid));
        let at = pos2(plot.left() - theme.px(space::XS), height(mark));
        painter.text(at, Align2::RIGHT_CENTER, mark, theme.number_font(TextSize::Caption), theme.text.muted);
    }
    let points: Vec<_> = line.iter().map(place).collect();
    painter.add(Shape::line(points.clone(), theme.stroke(stroke::SERIES, theme.cat(0))));
    for point in &points {
        painter.circle_filled(*point, theme.px(DOT), theme.cat(0));
    }
    if let Some(end) = points.last() {
        let at = pos2(plot.right() + theme.px(space::S), end.y);
        painter.text(at, Align2::LEFT_CENTER, latest, theme.strong_number_font(TextSize::Small), theme.text.strong);
    }
    response.on_hover_text(summary)
}

/// "Confidence 7 on 6 Jul 2026, 4 on 16 Nov 2026".
fn summary(line: &[(Date, u8)]) -> String {
    if line.is_empty() {
        return "No confidence was given".to_owned();
    }
    let parts: Vec<String> = line.iter().map(|(date, confidence)| format!("{confidence} on {}", date_words(*date))).collect();
    format!("Confidence of 10: {}", parts.join(", "))
}

/// A confidence as it is typed: 0…10; "7/10" and "7 of 10" are 7. Empty is none.
pub fn parse_confidence(text: &str) -> Result<Option<u8>, &'static str> {
    let text = text.trim();
    if text.is_empty() {
        return Ok(None);
    }
    let of_ten = text.split_once('/').or_else(|| text.split_once(" of ")).filter(|(_, of)| of.trim() == "10");
    let number = of_ten.map_or(text, |(number, _)| number);
    number.trim().parse().ok().filter(|n| *n <= 10).map(Some).ok_or("A whole number from 0 to 10")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn confidences_are_read_as_people_write_them() {
        for (text, read) in [("", None), (" 0 ", Some(0)), ("10", Some(10)), ("7/10", Some(7)), ("7 of 10", Some(7))] {
            assert_eq!(parse_confidence(text), Ok(read), "{text}");
        }
        for text in ["11", "-1", "7.5", "ten", "7/11", "/10"] {
            assert!(parse_confidence(text).is_err(), "{text}");
        }
    }

    #[test]
    fn the_line_in_words() {
        let day = |text: &str| text.parse().unwrap();
        assert_eq!(summary(&[(day("2026-07-06"), 7), (day("2026-11-16"), 4)]), "Confidence of 10: 7 on 6 Jul 2026, 4 on 16 Nov 2026");
        assert_eq!(summary(&[]), "No confidence was given");
    }
}
