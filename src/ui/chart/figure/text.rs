//! Axis labels, values on bars, the names over the plot and beside it.

use egui::{Align2, Shape, pos2};

use super::super::gutter::push_apart;
use super::super::layout::width_of;
use super::layout::OVER;
use super::{Frame, colour, text_colour};
use crate::chart::{Scale, Tone, Way};
use crate::ui::theme::{TextSize, space, stroke};

/// A label moved further than this from its line gets a leader, in points.
const LEADER_FROM: f32 = 8.0;
/// More are not named beside a plot; the rest is counted.
const MOST_NAMED: usize = 6;

pub(super) fn axes(frame: &Frame<'_>) {
    let Frame { ui, theme, figure, layout } = *frame;
    let painter = ui.painter();
    let ink = theme.text.muted;
    for tick in &layout.y_ticks {
        let at = pos2(layout.plot.left() - theme.px(space::S), frame.y(tick.at));
        painter.text(at, Align2::RIGHT_CENTER, &tick.label, layout.font.clone(), ink);
    }
    let y = layout.plot.bottom() + theme.px(space::S);
    let mut free_from = f32::NEG_INFINITY;
    for tick in &layout.x_ticks {
        let x = frame.x(tick.at);
        if !layout.plot.expand(1.0).x_range().contains(x) {
            continue;
        }
        let half = width_of(ui, &tick.label, &layout.font) / 2.0;
        let centre = x.min(layout.outer.right() - half).max(layout.outer.left() + half);
        if centre - half < free_from {
            continue;
        }
        free_from = centre + half + theme.px(space::XS);
        painter.text(pos2(centre, y), Align2::CENTER_TOP, &tick.label, layout.font.clone(), ink);
    }
    let words = theme.font(TextSize::Label);
    if let Some(name) = &figure.x.name {
        let at = pos2(layout.plot.center().x, y + layout.line_height);
        painter.text(at, Align2::CENTER_TOP, name, words.clone(), ink);
    }
    if let Some(name) = &figure.y.name {
        painter.text(pos2(layout.outer.left(), layout.outer.top()), Align2::LEFT_TOP, name, words, ink);
    }
}

/// Names over the plot, and values at the ends of bars.
pub(super) fn over(frame: &Frame<'_>) {
    let Frame { ui, theme, figure, layout } = *frame;
    let painter = ui.painter();
    for over in &layout.over {
        let y = layout.plot.top() - theme.px(OVER) - over.row as f32 * layout.line_height;
        let strong = over.line && over.tone != Tone::Muted;
        let font = if strong { theme.strong_number_font(TextSize::Label) } else { layout.font.clone() };
        let galley = painter.layout_no_wrap(over.text.clone(), font, text_colour(theme, over.tone));
        let at = pos2(over.left, y - galley.size().y);
        // What leads down to the plot passes behind.
        let behind = egui::Rect::from_min_size(at, galley.size()).expand2(egui::vec2(theme.px(space::XXS), 0.0));
        painter.rect_filled(behind, 0.0, theme.bg.surface);
        painter.galley(at, galley, theme.text.muted);
    }
    for bar in &figure.bars {
        let Some(label) = &bar.label else { continue };
        let galley = painter.layout_no_wrap(label.clone(), layout.font.clone(), theme.text.default);
        let (left, right) = (frame.x(bar.x.0), frame.x(bar.x.1));
        // Bars that lie have their values beside them.
        if matches!(figure.y.scale, Scale::Places(_)) {
            let air = theme.px(space::S);
            let fits = right + air + galley.size().x <= layout.outer.right();
            let x = if fits { right + air } else { left - air - galley.size().x };
            let y = f32::midpoint(frame.y(bar.y.0), frame.y(bar.y.1)) - galley.size().y / 2.0;
            painter.galley(pos2(x, y), galley, theme.text.default);
            continue;
        }
        if galley.size().x > right - left {
            continue;
        }
        // At the far end: above what rises, below what falls under zero.
        let below = bar.y.1 < bar.y.0 || (bar.y.1 <= 0.0 && bar.y.0 < 0.0);
        let air = theme.px(space::XXS);
        let y = if below { frame.y(bar.y.0.min(bar.y.1)) + air } else { frame.y(bar.y.0.max(bar.y.1)) - air - galley.size().y };
        let at = pos2(beside_rules(frame, (left, right), galley.size().x), y);
        if layout.plot.expand(layout.line_height).contains(at) {
            painter.galley(at, galley, theme.text.default);
        }
    }
}

/// Left edge of a value over a bar: in its middle, or beside the upright rule that would cross it there.
fn beside_rules(frame: &Frame<'_>, (left, right): (f32, f32), width: f32) -> f32 {
    let air = frame.theme.px(space::XXS);
    let middle = f32::midpoint(left, right) - width / 2.0;
    let rules = || frame.figure.rules.iter().filter(|rule| rule.way == Way::Upright).map(|rule| frame.x(rule.at));
    let is_clear = |x: f32| !rules().any(|rule| (x - air..x + width + air).contains(&rule));
    let beside = rules().flat_map(|rule| [rule + 2.0 * air, rule - 2.0 * air - width]);
    let mut places = std::iter::once(middle).chain(beside);
    places.find(|x| *x >= left && x + width <= right && is_clear(*x)).unwrap_or(middle)
}

struct Named<'a> {
    text: &'a str,
    tone: Tone,
    end: [f64; 2],
}

/// Names at the ends of lines and of level rules, pushed apart.
pub(super) fn gutter(frame: &Frame<'_>) {
    let Frame { ui, theme, figure, layout } = *frame;
    if !layout.gutter {
        return;
    }
    let lines = figure.series.iter().filter_map(|s| Some(Named { text: s.end_label.as_deref()?, tone: s.tone, end: s.end()? }));
    let rules = figure.rules.iter().filter(|r| r.way == Way::Level);
    let rules = rules.map(|r| Named { text: &r.label, tone: r.tone, end: [figure.x.range.1, r.at] });
    let mut named: Vec<Named<'_>> = lines.chain(rules).filter(|n| !n.text.is_empty()).collect();
    let mut others = 0;
    if named.len() > MOST_NAMED {
        // What it is about is named before what gives context.
        named.sort_by_key(|n| match n.tone {
            Tone::Focus | Tone::Target => 0,
            Tone::Series(_) | Tone::Better | Tone::Worse => 1,
            Tone::Muted => 2,
            Tone::Context => 3,
        });
        others = named.len() - (MOST_NAMED - 1);
        named.truncate(MOST_NAMED - 1);
    }
    named.sort_by(|a, b| b.end[1].total_cmp(&a.end[1]));
    let counted = format!("{others} others");
    if others > 0 {
        named.push(Named { text: &counted, tone: Tone::Context, end: [figure.x.range.1, figure.y.range.0] });
    }
    let half = layout.line_height / 2.0;
    let wanted: Vec<f32> = named.iter().map(|n| frame.y(n.end[1])).collect();
    let places = push_apart(&wanted, layout.line_height * 1.25, layout.plot.top() + half * 0.2, layout.plot.bottom() - half * 0.2);
    let x = layout.plot.right() + theme.px(space::S);
    for (label, (y, want)) in named.iter().zip(places.into_iter().zip(wanted)) {
        let end = frame.x(label.end[0]).min(layout.plot.right());
        // A line that ended before the edge is led to its name as well.
        if (y - want).abs() > LEADER_FROM || layout.plot.right() - end > theme.px(space::XL) {
            let line = theme.stroke(stroke::HAIRLINE, colour(theme, label.tone).gamma_multiply(0.6));
            ui.painter().add(Shape::line_segment([pos2(end + theme.px(space::XS), want), pos2(x - theme.px(space::XXS), y)], line));
        }
        let strong = matches!(label.tone, Tone::Focus | Tone::Target);
        let font = if strong { theme.strong_font(TextSize::Label) } else { theme.font(TextSize::Label) };
        let ink = text_colour(theme, label.tone);
        let mut job = egui::text::LayoutJob::simple_singleline(label.text.to_owned(), font, ink);
        job.wrap = egui::text::TextWrapping::truncate_at_width((layout.outer.right() - x).max(1.0));
        let galley = ui.painter().layout_job(job);
        let at = Align2::LEFT_CENTER.anchor_size(pos2(x, y), galley.size()).min;
        ui.painter().galley(at, galley, ink);
    }
}

/// Why there is nothing to see, in the middle of the plot.
pub(super) fn say_empty(frame: &Frame<'_>, why: &str) {
    let Frame { ui, theme, layout, .. } = *frame;
    let galley = ui.painter().layout(why.to_owned(), theme.font(TextSize::Body), theme.text.muted, layout.outer.width());
    ui.painter().galley(layout.outer.center() - galley.size() / 2.0, galley, theme.text.muted);
}
