//! Lines, bands and points in the theme's words.

use egui::{Color32, Mesh, Pos2, Rect, Shape, Stroke, pos2};
use egui_plot::{Line as PlotLine, PlotPoints, PlotUi};

use super::Frame;
use super::scratch::Seen;
use crate::analysis::xmr::Variation;
use crate::chart::{BandId, Line, LineStyle};
use crate::ui::theme::{Theme, dash, size, stroke};

/// The colour of a line; its label wears the one of `text_colour`.
pub fn colour(theme: &Theme, style: LineStyle) -> Color32 {
    match style {
        LineStyle::Solid | LineStyle::Unfinished | LineStyle::Forecast => theme.cat(0),
        LineStyle::Hope => theme.cat(1),
        LineStyle::Target => theme.text.strong,
        LineStyle::Ghost | LineStyle::Reference => theme.line.context_series,
        LineStyle::Limit | LineStyle::Centre => theme.line.axis,
        LineStyle::Pace | LineStyle::Point | LineStyle::Control => theme.text.muted,
    }
}

pub(super) fn text_colour(theme: &Theme, style: LineStyle) -> Color32 {
    match style {
        LineStyle::Solid | LineStyle::Unfinished | LineStyle::Forecast => theme.cat(0),
        LineStyle::Hope => theme.cat(1),
        LineStyle::Target => theme.text.strong,
        _ => theme.text.muted,
    }
}

/// The recorded values, through the plot.
pub(super) fn solid<'a>(plot: &mut PlotUi<'a>, theme: &Theme, seen: &'a Seen) {
    // Where points carry the meaning, the line between them steps back.
    let line = if seen.chart.variations.is_empty() {
        theme.stroke(stroke::FOCUS, colour(theme, LineStyle::Solid))
    } else {
        theme.stroke(stroke::CONTEXT, theme.xmr.common)
    };
    for (id, run, points) in &seen.solid {
        // A band joins points of one pixel column, also a sparse line's step from one day to the next, whose neighbours are far away.
        let dense = points.len() > seen.columns;
        plot.line(PlotLine::new("", PlotPoints::Borrowed(points)).id((id, run)).stroke(line).allow_band(dense).allow_hover(false));
    }
}

/// Areas behind everything.
pub(super) fn bands(frame: &Frame<'_>) -> Vec<Shape> {
    let Frame { theme, seen, layout, transform, .. } = *frame;
    let mut shapes = Vec::new();
    for band in &seen.chart.bands {
        let fill = match band.id {
            BandId::Forecast(level) => {
                fan(frame, &band.points, level, &mut shapes);
                continue;
            }
            BandId::Target | BandId::OwnTarget(_) => theme.bg.selected.gamma_multiply(0.6),
            BandId::Event(_) => theme.line.axis.gamma_multiply(0.12),
        };
        for pair in band.points.windows(2) {
            let [a, b] = [pair[0], pair[1]];
            let y = |value: f64, open: f32| if value.is_finite() { frame.y(value) } else { open };
            let (bottom, top) = (y(a[1], layout.plot.bottom()), y(a[2], layout.plot.top()));
            let (left, right) = (transform.position_from_point_x(a[0]), transform.position_from_point_x(b[0]));
            let area = Rect::from_min_max(pos2(left, top), pos2(right, bottom)).intersect(layout.plot);
            if area.is_positive() {
                shapes.push(Shape::rect_filled(area, 0.0, fill));
            }
        }
    }
    shapes
}

/// A level of a forecast: tinted, with hairlines at its ends. The inner levels are drawn over the outer ones.
fn fan(frame: &Frame<'_>, points: &[[f64; 3]], level: u8, shapes: &mut Vec<Shape>) {
    let Frame { theme, layout, range, .. } = *frame;
    let ink = colour(theme, LineStyle::Forecast);
    let fill = ink.gamma_multiply(if level > 60 { 0.14 } else { 0.12 });
    let side = |at: usize| cut(&points.iter().map(|p| [p[0], p[at]]).collect::<Vec<_>>(), range);
    let place = |p: [f64; 2]| {
        let at = frame.place(p);
        pos2(at.x, at.y.clamp(layout.plot.top(), layout.plot.bottom()))
    };
    let low: Vec<Pos2> = side(1).into_iter().map(place).collect();
    let high: Vec<Pos2> = side(2).into_iter().map(place).collect();
    // Triangles have no feathered corners, which would stick far out of a steep thin fan.
    let mut area = Mesh::default();
    for (low, high) in low.iter().zip(&high) {
        area.colored_vertex(*low, fill);
        area.colored_vertex(*high, fill);
    }
    for at in (0..area.vertices.len().saturating_sub(2) as u32).step_by(2) {
        area.add_triangle(at, at + 1, at + 2);
        area.add_triangle(at + 1, at + 2, at + 3);
    }
    shapes.push(Shape::mesh(area));
    let edge = theme.stroke(stroke::HAIRLINE, ink.gamma_multiply(0.5));
    shapes.extend([low, high].into_iter().filter(|path| path.len() > 1).map(|path| Shape::line(path, edge)));
}

/// Everything that is not a long solid line: targets, pace, unfinished periods, points.
pub(super) fn dashes_and_points(frame: &Frame<'_>) {
    let Frame { theme, seen, layout, .. } = *frame;
    let painter = frame.painter();
    for line in &seen.chart.lines {
        let ink = colour(theme, line.style);
        let straight = |width: f32| theme.stroke(width, ink);
        match line.style {
            // Points that mean something are drawn by their meaning.
            LineStyle::Solid if seen.chart.variations.is_empty() => points(frame, &painter, line, ink),
            LineStyle::Solid => {}
            LineStyle::Target => run_shapes(frame, line).for_each(|path| {
                painter.add(Shape::line(path, straight(stroke::TARGET)));
            }),
            LineStyle::Ghost | LineStyle::Limit | LineStyle::Reference | LineStyle::Centre => run_shapes(frame, line).for_each(|path| {
                painter.add(Shape::line(path, straight(stroke::AXIS)));
            }),
            LineStyle::Pace | LineStyle::Control => dashed(frame, &painter, line, straight(stroke::TARGET), dash::PACE),
            LineStyle::Forecast | LineStyle::Hope => dashed(frame, &painter, line, straight(stroke::SERIES), dash::UNFINISHED),
            LineStyle::Unfinished => {
                dashed(frame, &painter, line, straight(stroke::SERIES), dash::UNFINISHED);
                if let Some(end) = line.end().filter(|p| frame.shows(p[0])) {
                    hollow(theme, &painter, frame.place(end), ink);
                }
            }
            LineStyle::Point => {
                if let Some(end) = line.end().filter(|p| frame.shows(p[0])) {
                    hollow(theme, &painter, frame.place(end), ink);
                }
            }
        }
    }
    if !seen.chart.variations.is_empty() {
        meanings(frame, &painter);
    } else if let Some(last) = seen.chart.complete().last().filter(|p| frame.shows(p[0])) {
        painter.circle_filled(frame.place(*last), theme.px(size::POINT_RADIUS), colour(theme, LineStyle::Solid));
    }
    // Notes wear a ring.
    for note in seen.chart.notes.iter().filter(|n| frame.shows(n.at[0])) {
        painter.circle_stroke(frame.place(note.at), theme.px(size::POINT_RADIUS + 2.5), theme.stroke(stroke::AXIS, theme.text.muted));
    }
    debug_assert!(layout.plot.is_finite(), "a plot has a place");
}

fn hollow(theme: &Theme, painter: &egui::Painter, at: Pos2, ink: Color32) {
    painter.circle(at, theme.px(size::POINT_RADIUS), theme.bg.surface, theme.stroke(stroke::CONTEXT, ink));
}

/// Points by what they mean, by shape and by colour: ▲ better, ▼ worse, ◆ changed, ● routine. Signals are drawn however many points there are.
fn meanings(frame: &Frame<'_>, painter: &egui::Painter) {
    let Frame { theme, seen, layout, .. } = *frame;
    let radius = theme.px(size::POINT_RADIUS);
    let shown = || seen.chart.complete().iter().zip(seen.chart.variations.iter()).filter(|(p, _)| frame.shows(p[0]));
    let apart = layout.plot.width() / shown().count().max(1) as f32;
    let airy = apart > radius * 2.5;
    // Signs that stand close together are smaller, but can still be told apart.
    let sign = (apart * 0.8).clamp(radius * 0.6, radius);
    for (point, variation) in shown() {
        let at = frame.place(*point);
        match variation {
            Variation::Common if airy => drop(painter.circle_filled(at, radius * 0.8, theme.xmr.common)),
            Variation::Common => {}
            Variation::Improving => mark(painter, at, sign, &[[0.0, -1.3], [1.25, 0.95], [-1.25, 0.95]], theme.xmr.improve),
            Variation::Concerning => mark(painter, at, sign, &[[0.0, 1.3], [-1.25, -0.95], [1.25, -0.95]], theme.xmr.concern),
            Variation::Neither => mark(painter, at, sign, &[[0.0, -1.3], [1.3, 0.0], [0.0, 1.3], [-1.3, 0.0]], theme.text.default),
        }
    }
}

/// A convex shape around a point, its corners in radii.
fn mark(painter: &egui::Painter, at: Pos2, radius: f32, corners: &[[f32; 2]], ink: Color32) {
    let corners = corners.iter().map(|[x, y]| at + egui::vec2(*x, *y) * radius).collect();
    painter.add(Shape::convex_polygon(corners, ink, Stroke::NONE));
}

/// Points where they are sparse, and lone ones always.
fn points(frame: &Frame<'_>, painter: &egui::Painter, line: &Line, ink: Color32) {
    let radius = frame.theme.px(size::POINT_RADIUS);
    for run in &line.runs {
        // At least three diameters apart, else they would hide the line.
        let shown = run.iter().filter(|p| frame.shows(p[0]));
        let count = shown.clone().count();
        let airy = count < 2 || frame.layout.plot.width() / count as f32 > radius * 5.0;
        if run.len() == 1 || (line.show_points && airy) {
            for point in shown {
                painter.circle_filled(frame.place(*point), if run.len() == 1 { radius } else { radius * 0.8 }, ink);
            }
        }
    }
}

/// The runs as paths, cut to the range.
fn run_shapes<'f>(frame: &'f Frame<'_>, line: &'f Line) -> impl Iterator<Item = Vec<Pos2>> + 'f {
    line.runs.iter().filter_map(move |run| {
        let path = cut(run, frame.range);
        (path.len() > 1).then(|| path.into_iter().map(|p| frame.place(p)).collect())
    })
}

fn dashed(frame: &Frame<'_>, painter: &egui::Painter, line: &Line, ink: Stroke, [dash, gap]: [f32; 2]) {
    let theme = frame.theme;
    for path in run_shapes(frame, line) {
        painter.extend(Shape::dashed_line(&path, ink, theme.px(dash), theme.px(gap)));
    }
}

/// The part of a run inside a range, with points put in where it enters and leaves.
pub(super) fn cut(run: &[[f64; 2]], (from, to): (f64, f64)) -> Vec<[f64; 2]> {
    let mut path = Vec::with_capacity(run.len());
    let at = |a: [f64; 2], b: [f64; 2], x: f64| [x, a[1] + (x - a[0]) / (b[0] - a[0]) * (b[1] - a[1])];
    let mut before: Option<[f64; 2]> = None;
    for &point in run {
        if let Some(a) = before {
            if a[0] < from && point[0] > from {
                path.push(at(a, point, from));
            }
            if a[0] < to && point[0] > to {
                path.push(at(a, point, to));
            }
        }
        if from <= point[0] && point[0] <= to {
            path.push(point);
        }
        before = Some(point);
    }
    path
}

#[cfg(test)]
mod tests {
    use super::cut;

    #[test]
    fn a_line_is_cut_where_it_enters_and_leaves() {
        let run = [[0.0, 0.0], [10.0, 10.0], [20.0, 0.0]];
        assert_eq!(cut(&run, (5.0, 15.0)), [[5.0, 5.0], [10.0, 10.0], [15.0, 5.0]]);
        assert_eq!(cut(&run, (12.0, 14.0)), [[12.0, 8.0], [14.0, 6.0]]);
        assert_eq!(cut(&run, (30.0, 40.0)), [[0.0; 2]; 0]);
        assert_eq!(cut(&run, (-5.0, 50.0)), run);
    }
}
