//! Events: a hairline through the plot and a numbered flag above it.

use egui::{Align2, CornerRadius, Id, Rect, Sense, Shape, Vec2, WidgetInfo, pos2};

use super::Frame;
use super::layout::width_of;
use crate::model::EventId;
use crate::ui::theme::{TextSize, radius, space, stroke};
use crate::ui::widgets::explained;

pub(super) fn hairlines(frame: &Frame<'_>) -> Vec<Shape> {
    let Frame { ui, theme, seen, layout, transform, .. } = *frame;
    let line = theme.stroke(stroke::HAIRLINE, theme.line.axis.gamma_multiply(0.55));
    let marks = seen.chart.marks.iter().filter(|m| frame.shows(m.x));
    marks
        .map(|mark| {
            let x = ui.painter().round_to_pixel_center(transform.position_from_point_x(mark.x));
            Shape::vline(x, layout.plot.top() - theme.px(space::XS)..=layout.plot.bottom(), line)
        })
        .collect()
}

/// Where the flag of an event alone stands.
pub(super) fn flag_place(frame: &Frame<'_>, x: f32) -> Rect {
    let height = frame.theme.type_of(TextSize::Caption).line_height;
    let bottom = frame.layout.plot.top() - frame.theme.px(space::XS);
    Rect::from_center_size(pos2(x, bottom - height / 2.0), Vec2::splat(height + frame.theme.px(space::S)))
}

/// Flags that would touch become one: "2–4". Answers with the event whose flag was clicked, the first of several, where a click is looked
/// for.
pub(super) fn flags(frame: &Frame<'_>, interactive: Option<Id>) -> Option<EventId> {
    let Frame { ui, theme, seen, layout, transform, .. } = *frame;
    let font = theme.strong_number_font(TextSize::Caption);
    let height = theme.type_of(TextSize::Caption).line_height;
    let air = theme.px(space::XS);
    let mut flags: Vec<Flag> = Vec::new();
    for mark in seen.chart.marks.iter().filter(|m| frame.shows(m.x)) {
        let x = transform.position_from_point_x(mark.x);
        let width = |first: usize, last: usize| width_of(ui, &flag_text(first, last), &font) + 2.0 * air;
        match flags.last_mut() {
            Some(flag) if x - width(mark.number, mark.number) / 2.0 < flag.x + flag.width / 2.0 + air / 2.0 => {
                flag.last = mark.number;
                flag.until = x;
                flag.x = f32::midpoint(flag.from, flag.until);
                flag.width = width(flag.first, flag.last).max(flag.until - flag.from + 2.0 * air);
            }
            _ => {
                let width = width(mark.number, mark.number).max(height);
                flags.push(Flag { first: mark.number, last: mark.number, from: x, until: x, x, width });
            }
        }
    }
    let mut clicked = None;
    for flag in flags {
        let bottom = layout.plot.top() - air;
        let rect = Rect::from_center_size(pos2(flag.x, bottom - height / 2.0), Vec2::new(flag.width, height));
        let dx = (layout.outer.right() - rect.right()).min(0.0) + (layout.outer.left() - rect.left()).max(0.0);
        let rect = rect.translate(Vec2::new(dx, 0.0));
        let mut ground = theme.line.axis;
        if let Some(id) = interactive {
            // Above the plot, so that the plot keeps its own pointer.
            let response = ui.interact(rect, id.with(("flag", flag.first)), Sense::CLICK);
            let marks = seen.chart.marks.iter().filter(|m| (flag.first..=flag.last).contains(&m.number));
            let lines: Vec<String> = marks.clone().map(|m| format!("{}: {}", m.when, m.title)).collect();
            response.widget_info(|| WidgetInfo::labeled(egui::Role::Button, true, format!("Event {}", lines.join("; "))));
            if response.hovered() {
                ground = theme.accent.accent;
            }
            if response.clicked() {
                clicked = marks.clone().next().map(|m| m.event.clone());
            }
            let _explained = explained(response.on_hover_cursor(egui::CursorIcon::PointingHand), theme, "", &lines);
        }
        ui.painter().rect_filled(rect, CornerRadius::same(radius::CONTROL / 2), ground);
        ui.painter().text(rect.center(), Align2::CENTER_CENTER, flag_text(flag.first, flag.last), font.clone(), theme.bg.surface);
    }
    clicked
}

struct Flag {
    first: usize,
    last: usize,
    from: f32,
    until: f32,
    x: f32,
    width: f32,
}

fn flag_text(first: usize, last: usize) -> String {
    if first == last { first.to_string() } else { format!("{first}–{last}") }
}
