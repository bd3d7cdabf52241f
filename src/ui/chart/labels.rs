//! Texts inside the plot: values, "set Jan 2026", "pace", the difference arrow. Each is tried at several places around its point;
//! what would cover a line or another text is left out, but for the last value.

use std::sync::Arc;

use egui::{Color32, FontId, Galley, Pos2, Rect, Shape, Vec2, vec2};

use super::Frame;
use super::covers::{A_FAN, A_HEIGHT_AWAY, A_LINE, Fan, OTHER_TEXT, cost, faint_cost, fans, leader, leader_cost};
use super::lines::{colour, cut, text_colour};
use crate::chart::{Label, LabelKind, LineId, LineStyle};
use crate::ui::theme::{TextSize, size, space, stroke};

/// Where a text may stand, seen from its point: the share of its size that it is moved by.
const AROUND: [Vec2; 12] = [
    vec2(-0.5, -1.0),
    vec2(-1.0, -1.0),
    vec2(0.0, -1.0),
    vec2(-0.5, 0.0),
    vec2(-1.0, 0.0),
    vec2(0.0, 0.0),
    vec2(0.0, -0.5),
    vec2(-1.0, -0.5),
    vec2(-1.0, -0.8),
    vec2(0.0, -0.8),
    vec2(-1.0, -0.2),
    vec2(0.0, -0.2),
];
/// Where a text that must be shown may stand, too.
const FURTHER: [Vec2; 14] = [
    vec2(-0.75, 0.0),
    vec2(-0.25, 0.0),
    vec2(-0.75, -1.0),
    vec2(-0.25, -1.0),
    vec2(-1.0, 0.8),
    vec2(-0.5, 0.8),
    vec2(0.0, 0.8),
    vec2(-1.0, -1.8),
    vec2(-0.5, -1.8),
    vec2(-1.0, 1.6),
    vec2(-0.5, 1.6),
    vec2(0.0, 1.6),
    vec2(-0.8, 2.4),
    vec2(-1.0, -2.6),
];
/// The unfinished value stands at the end, where it is crowded: its text may also go below that of the last whole one.
const BELOW: [Vec2; 16] = [
    vec2(-0.5, 1.8),
    vec2(-0.8, 1.8),
    vec2(-0.8, 1.2),
    vec2(-1.0, 1.8),
    vec2(-0.5, 2.6),
    vec2(0.0, 2.6),
    vec2(-0.9, 3.4),
    vec2(-0.5, 3.4),
    vec2(0.0, 3.4),
    vec2(-0.9, 4.4),
    vec2(-0.5, 4.4),
    vec2(0.0, 4.4),
    vec2(-0.9, -3.4),
    vec2(-0.5, -3.4),
    vec2(-0.9, -4.6),
    vec2(-0.5, -4.6),
];
/// From so many heights away a thin line leads from a text to its point.
const LED_FROM: f32 = 1.6;
/// Along a line: above it, beginning at the point; else below.
const ALONG: [Vec2; 3] = [vec2(0.0, -1.0), vec2(0.0, 0.0), vec2(-1.0, -1.0)];
/// Beside the end of the edge of the widest level, else on it.
const LEVEL: [Vec2; 2] = [vec2(0.0, -0.5), vec2(-1.0, -1.0)];
/// Beside the edge of an inner level, else within it.
const INNER_LEVEL: [Vec2; 2] = [vec2(0.0, -0.5), vec2(-1.0, 0.0)];
/// Against the right end of a line.
const AT_END: [Vec2; 2] = [vec2(-1.0, -1.0), vec2(-1.0, 0.0)];
/// Beside an upright line.
const BESIDE: [Vec2; 2] = [vec2(0.0, -0.5), vec2(-1.0, -0.5)];
/// A difference under this many line heights is too small for an arrow.
const ARROW_FROM_LINES: f32 = 1.2;

/// A short dashed line is lost under a text; a long even one is not.
fn weight(style: LineStyle) -> f32 {
    match style {
        LineStyle::Unfinished | LineStyle::Forecast | LineStyle::Hope => 3.0,
        LineStyle::Target => 2.0,
        LineStyle::Solid | LineStyle::Pace | LineStyle::Control => 1.5,
        LineStyle::Ghost | LineStyle::Limit | LineStyle::Reference | LineStyle::Point | LineStyle::Centre => 1.0,
    }
}

struct Wish {
    text: String,
    /// Points that it may stand beside, the best first.
    at: Vec<Pos2>,
    font: FontId,
    ink: Color32,
    around: &'static [Vec2],
    /// Where else it may stand.
    further: &'static [Vec2],
    /// Shown even where it covers something.
    must: bool,
}

pub(super) fn paint(frame: &Frame<'_>) {
    let Frame { theme, seen, layout, .. } = *frame;
    let chart = &seen.chart;
    let mut taken: Vec<Rect> = Vec::new();
    let paths: Vec<(f32, Vec<Pos2>)> = chart
        .lines
        .iter()
        .flat_map(|line| {
            let weight = A_LINE * weight(line.style);
            line.runs.iter().map(move |run| (weight, cut(run, frame.range).into_iter().map(|p| frame.place(p)).collect()))
        })
        .collect();
    let dot = Vec2::splat(theme.px(size::POINT_RADIUS + 1.0) * 2.0);
    let lone = chart.lines.iter().filter(|l| l.style == LineStyle::Point).filter_map(crate::chart::Line::end);
    let points = chart.complete().last().copied().into_iter().chain(chart.unfinished.map(|u| [u.x, u.value])).chain(lone);
    taken.extend(points.filter(|p| frame.shows(p[0])).map(|p| Rect::from_center_size(frame.place(p), dot)));
    taken.extend(arrow(frame));
    let grid: Vec<f32> = layout.y_ticks.iter().map(|t| frame.y(t.at)).collect();

    let marks = seen.chart.marks.iter().filter(|m| frame.shows(m.x));
    let hairlines: Vec<f32> = marks.map(|m| frame.transform.position_from_point_x(m.x)).collect();
    taken.extend(hairlines.iter().map(|x| super::marks::flag_place(frame, *x)));

    let fans = fans(frame);

    // A text at the top of the plot may stand between the flags of events.
    let room = Rect { min: egui::pos2(layout.plot.left() - 2.0, layout.outer.top()), max: layout.plot.max + Vec2::splat(2.0) };
    for wish in wishes(frame) {
        let galley = frame.ui.painter().layout_no_wrap(wish.text, wish.font, wish.ink);
        let air = theme.px(size::POINT_RADIUS + 3.0);
        let further: &[Vec2] = if wish.must { &FURTHER } else { &[] };
        let places = wish.at.iter().flat_map(|at| wish.around.iter().chain(further).chain(wish.further).map(move |side| (at, side)));
        let best = places
            .map(|(at, side)| {
                let gap = vec2((side.x + 0.5) * 2.0, ((side.y + 0.5) * 2.0).clamp(-1.0, 1.0)) * air;
                let rect = Rect::from_min_size(*at + galley.size() * *side + gap, galley.size());
                let away = A_HEIGHT_AWAY * ((side.y + 0.5).abs() - 0.5).max(0.0);
                let in_a_fan = A_FAN * f32::from(u8::from(fans.iter().any(|fan| fan.meets(rect))));
                let led = ((side.y + 0.5).abs() - 0.5 >= LED_FROM).then(|| leader(*at, rect, dot.y / 2.0 + theme.px(1.0)));
                let dear = cost(rect, room, &taken, &paths) + led.map_or(0.0, |way| leader_cost(way, &taken));
                let above = A_LINE / 8.0 * f32::from(u8::from(rect.top() < layout.plot.top()));
                (dear, led, dear + faint_cost(&grid, &hairlines, rect) + in_a_fan + away + above, rect)
            })
            .filter(|(dear, ..)| *dear < if wish.must { OTHER_TEXT } else { A_LINE })
            // Of equals the first.
            .min_by(|a, b| a.2.total_cmp(&b.2));
        if let Some((dear, led, _, rect)) = best {
            if dear >= A_LINE {
                // The line gives way for as long as the text is wide, so that both can be read.
                frame.ui.painter().rect_filled(rect, 0.0, theme.bg.surface);
            }
            if let Some(way) = led {
                frame.ui.painter().line_segment(way, theme.stroke(stroke::HAIRLINE, theme.text.muted));
                taken.push(Rect::from_two_pos(way[0], way[1]).expand2(vec2(theme.px(1.0), 0.0)));
            }
            interrupt(frame, &hairlines, &fans, rect);
            write(frame, rect, galley, wish.ink);
            taken.push(rect.expand2(vec2(theme.px(space::XS), 0.0)));
        }
    }
}

fn write(frame: &Frame<'_>, rect: Rect, galley: Arc<Galley>, ink: Color32) {
    frame.ui.painter().galley(rect.min, galley, ink);
}

/// The hairline of an event gives way to a text on it, but not where the ground is that of a forecast.
fn interrupt(frame: &Frame<'_>, hairlines: &[f32], fans: &[Fan], rect: Rect) {
    if fans.iter().any(|fan| fan.meets(rect)) {
        return;
    }
    for x in hairlines.iter().filter(|x| rect.x_range().contains(**x)) {
        let gap = Rect::from_center_size(egui::pos2(*x, rect.center().y), vec2(frame.theme.px(3.0), rect.height()));
        frame.ui.painter().rect_filled(gap.intersect(frame.layout.plot), 0.0, frame.theme.bg.surface);
    }
}

/// Texts that want a place, the important ones first.
fn wishes(frame: &Frame<'_>) -> Vec<Wish> {
    let Frame { theme, seen, layout, range, .. } = *frame;
    let chart = &seen.chart;
    let mut wishes = Vec::new();
    let of_kind = |kind: LabelKind| chart.labels.iter().filter(move |l| l.kind == kind).filter_map(|l| labelled(frame, l));
    wishes.extend(of_kind(LabelKind::Last));
    wishes.extend(difference(frame));
    wishes.extend(of_kind(LabelKind::Unfinished));
    if !layout.gutter {
        // Without a gutter only the target is named, on its line.
        for named in super::gutter::named(chart, range, seen.y).into_iter().filter(|n| n.style == LineStyle::Target) {
            wishes.push(Wish {
                text: named.text,
                at: vec![frame.place(named.end)],
                font: theme.strong_font(TextSize::Label),
                ink: text_colour(theme, named.style),
                around: &AT_END,
                further: &[],
                must: false,
            });
        }
    }
    for line in chart.lines.iter().filter(|l| l.style == LineStyle::Point) {
        if let (Some(text), Some(at)) = (&line.end_label, line.end().filter(|p| frame.shows(p[0]))) {
            wishes.push(Wish {
                text: text.clone(),
                at: vec![frame.place(at)],
                font: theme.font(TextSize::Label),
                ink: text_colour(theme, line.style),
                around: &AROUND,
                further: &[],
                must: false,
            });
        }
    }
    wishes.extend(of_kind(LabelKind::Along));
    for note in chart.notes.iter().filter(|n| frame.shows(n.at[0])) {
        wishes.push(Wish {
            text: note.letter.clone(),
            at: vec![frame.place(note.at)],
            font: theme.strong_font(TextSize::Caption),
            ink: theme.text.default,
            around: &AROUND,
            further: &[],
            must: true,
        });
    }
    for kind in [LabelKind::Max, LabelKind::Min, LabelKind::First] {
        wishes.extend(of_kind(kind));
    }
    wishes
}

/// The text of the difference arrow.
fn difference(frame: &Frame<'_>) -> Option<Wish> {
    let theme = frame.theme;
    let gap = frame.seen.chart.gap.as_ref().filter(|g| frame.shows(g.x) && arrow_fits(frame, g.value, g.expected))?;
    let (from, to) = (frame.place([gap.x, gap.value]), frame.place([gap.x, gap.expected]));
    Some(Wish {
        text: gap.text.clone(),
        at: [0.5, 0.35, 0.65, 0.2, 0.8].map(|share| from.lerp(to, share)).to_vec(),
        font: theme.strong_number_font(TextSize::Label),
        ink: theme.text.default,
        around: &BESIDE,
        further: &[],
        must: false,
    })
}

/// The wish of a label, where its point is seen. What is written along a line moves with the part of it that is seen.
fn labelled(frame: &Frame<'_>, label: &Label) -> Option<Wish> {
    let theme = frame.theme;
    let is_along = label.kind == LabelKind::Along;
    let at = if is_along { along(frame, label.line, label.at)? } else { label.at };
    let last = label.kind == LabelKind::Last;
    let style = frame.seen.chart.lines.iter().find(|l| l.id == label.line).map_or(LineStyle::Solid, |l| l.style);
    let quiet = is_along || label.kind == LabelKind::Unfinished;
    frame.shows(at[0]).then(|| Wish {
        text: label.text.clone(),
        at: vec![frame.place(at)],
        font: if last { theme.strong_font(TextSize::Label) } else { theme.font(TextSize::Label) },
        ink: if quiet { theme.text.muted } else { text_colour(theme, style) },
        around: match label.kind {
            LabelKind::Along if label.line == LineId::Forecast => {
                let outer = |other: &Label| other.line == label.line && other.kind == label.kind && other.at[1] > label.at[1];
                if frame.seen.chart.labels.iter().any(outer) { &INNER_LEVEL } else { &LEVEL }
            }
            LabelKind::Along => &ALONG,
            _ => &AROUND,
        },
        further: if label.kind == LabelKind::Unfinished { &BELOW } else { &[] },
        must: last || label.kind == LabelKind::Unfinished,
    })
}

/// The point of a line at which a text along it begins: its own, or where the seen part of the line begins.
fn along(frame: &Frame<'_>, line: LineId, at: [f64; 2]) -> Option<[f64; 2]> {
    if frame.shows(at[0]) {
        return Some(at);
    }
    let line = frame.seen.chart.lines.iter().find(|l| l.id == line)?;
    let path = cut(line.runs.first()?, frame.range);
    // A word like "set Jan 2026" belongs to the beginning: where that is out of sight it is left out.
    if line.style == LineStyle::Target { None } else { path.get(path.len() / 3).copied() }
}

fn arrow_fits(frame: &Frame<'_>, value: f64, expected: f64) -> bool {
    let height = (frame.y(value) - frame.y(expected)).abs();
    height >= frame.layout.line_height * ARROW_FROM_LINES
}

/// The difference arrow from the last value to what was expected of it; answers with the room that it takes.
fn arrow(frame: &Frame<'_>) -> Option<Rect> {
    let Frame { ui, theme, seen, .. } = *frame;
    let gap = seen.chart.gap.as_ref().filter(|g| frame.shows(g.x) && arrow_fits(frame, g.value, g.expected))?;
    let (from, to) = (frame.place([gap.x, gap.value]), frame.place([gap.x, gap.expected]));
    let up = if to.y < from.y { -1.0 } else { 1.0 };
    let head = theme.px(space::XS);
    let from = from + vec2(0.0, up * theme.px(size::POINT_RADIUS + 1.0));
    let ink = theme.stroke(stroke::HAIRLINE, colour(theme, LineStyle::Pace));
    let painter = ui.painter();
    painter.add(Shape::line_segment([from, to], ink));
    for (tip, direction) in [(to, -up), (from, up)] {
        let wings = [tip + vec2(-head * 0.6, direction * head), tip, tip + vec2(head * 0.6, direction * head)];
        painter.add(Shape::line(wings.to_vec(), ink));
    }
    Some(Rect::from_two_pos(from, to).expand2(vec2(head * 0.6, 0.0)))
}
