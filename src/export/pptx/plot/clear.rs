//! Labels beside points find a place where no line runs and no other label stands.

use super::{Draw, Form, Plot, Says, Side};

/// What is known of a chart before it is drawn, in points of the layout.
#[derive(Clone, Copy, Debug)]
pub(super) struct Room {
    /// Of the plot within the chart.
    pub(super) width: f32,
    pub(super) height: f32,
    /// Of the whole chart.
    pub(super) chart: [f32; 2],
    pub(super) line: f32,
    pub(super) letter: f32,
}

/// Between a point and its label.
const GAP: f32 = 8.0;
const STEP: f32 = 8.0;
const FURTHEST: f32 = 240.0;
/// What the other side of a point costs, and a hairline behind the words, as if they were so much further away.
const OTHER_SIDE: f32 = 10.0;
const HAIRLINE: f32 = 24.0;

#[derive(Clone, Copy, Debug, PartialEq)]
struct Rect {
    x: [f32; 2],
    y: [f32; 2],
}

impl Rect {
    fn meets(&self, other: &Self) -> bool {
        self.x[0] < other.x[1] && other.x[0] < self.x[1] && self.y[0] < other.y[1] && other.y[0] < self.y[1]
    }

    /// Whether a stroke from `a` to `b`, which is not left of it, runs through.
    fn is_crossed(&self, a: [f32; 2], b: [f32; 2]) -> bool {
        if b[0] < self.x[0] || self.x[1] < a[0] {
            return false;
        }
        let at = |x: f32| if b[0] > a[0] { a[1] + (b[1] - a[1]) * ((x - a[0]) / (b[0] - a[0])).clamp(0.0, 1.0) } else { a[1] };
        let (mut low, mut high) = (at(self.x[0]), at(self.x[1]));
        if b[0] <= a[0] {
            (low, high) = (a[1], b[1]);
        }
        low.min(high) < self.y[1] && self.y[0] < low.max(high)
    }
}

/// Moves the labels above and below points; `value` writes a number as a label does.
pub(super) fn clear_labels(plot: &mut Plot, room: Room, value: impl Fn(f64) -> String) {
    let Some(((from, to), (low, high))) = plot.x.range.zip(plot.y.range) else { return };
    let x = |place: f64| ((place - from) / (to - from)) as f32 * room.width;
    let is_log = plot.y.logarithmic;
    let y = |v: f64| (1.0 - if is_log { (v / low).ln() / (high / low).ln() } else { (v - low) / (high - low) }) as f32 * room.height;
    let mut strokes: Vec<[[f32; 2]; 2]> = Vec::new();
    let (mut hairs, mut taken, mut wanted) = (Vec::new(), Vec::new(), Vec::new());
    for (index, series) in plot.series.iter().enumerate().filter(|(_, s)| s.draw == Draw::Line) {
        let place = |row: usize| match &plot.form {
            Form::Days(days) => days.get(row).map(|day| *day as f64),
            _ => series.across.get(row).copied(),
        };
        let point = |row: usize| Some([x(place(row)?), y((*series.values.get(row)?)?)]);
        if series.drop.is_some() {
            hairs.extend((0..series.values.len()).filter_map(point).map(|p| p[0]));
            continue;
        }
        let known: Vec<_> = (0..series.values.len()).map(point).collect();
        if series.pen.is_some() {
            strokes.extend(known.windows(2).filter_map(|pair| Some([pair[0]?, pair[1]?])));
        }
        if series.marker.is_some() {
            let worn = |row: &usize| series.marked.is_empty() || series.marked.contains(row);
            let dot = |p: [f32; 2]| Rect { x: [p[0] - GAP, p[0] + GAP], y: [p[1] - GAP + 2.0, p[1] + GAP - 2.0] };
            taken.extend((0..known.len()).filter(worn).filter_map(|row| known[row]).map(dot));
        }
        for (which, label) in series.labels.iter().enumerate() {
            let Some(p) = known.get(label.at).copied().flatten() else { continue };
            let number = || series.values.get(label.at).copied().flatten().map(&value).unwrap_or_default();
            let words = match &label.says {
                Says::Name => series.name.clone(),
                Says::Value(_) => number(),
                Says::NameAndValue(_) => format!("{} {}", series.name, number()),
                Says::Words(words) => words.clone(),
            };
            let wide = words.chars().count() as f32 * room.letter;
            match label.side {
                Side::Right => {
                    let left = p[0] + label.across * room.chart[0] + GAP;
                    let middle = p[1] - label.up * room.chart[1];
                    taken.push(Rect { x: [left, left + wide], y: [middle - room.line / 2.0, middle + room.line / 2.0] });
                }
                Side::Above | Side::Below => wanted.push((label.strong, index, which, p, wide)),
                Side::Base => {}
            }
        }
    }
    wanted.sort_by_key(|(strong, ..)| !strong);
    for (_, index, which, p, wide) in wanted {
        let label = &mut plot.series[index].labels[which];
        let mut best: Option<(f32, Side, [f32; 2], Rect)> = None;
        for side in [Side::Above, Side::Below] {
            let other = if side == label.side { 0.0 } else { OTHER_SIDE };
            for across in [0.0, -wide / 4.0, -wide / 2.0] {
                let mut away = 0.0;
                while away <= FURTHEST {
                    let top = if side == Side::Above { p[1] - GAP - away - room.line } else { p[1] + GAP + away };
                    let middle = p[0] + across;
                    let rect = Rect { x: [middle - wide / 2.0, middle + wide / 2.0], y: [top, top + room.line] };
                    let is_inside = rect.x[0] >= 0.0 && rect.y[0] >= 0.0 && rect.y[1] <= room.height;
                    if is_inside && !taken.iter().any(|t| t.meets(&rect)) && !strokes.iter().any(|[a, b]| rect.is_crossed(*a, *b)) {
                        let hair = if hairs.iter().any(|x| rect.x[0] < *x && *x < rect.x[1]) { HAIRLINE } else { 0.0 };
                        let cost = away - across / 2.0 + other + hair;
                        if best.as_ref().is_none_or(|b| cost < b.0) {
                            let up = if side == Side::Above { away } else { -away };
                            best = Some((cost, side, [across / room.chart[0], up / room.chart[1]], rect));
                        }
                        break;
                    }
                    away += STEP;
                }
            }
        }
        if let Some((_, side, [across, up], rect)) = best {
            (label.side, label.across, label.up) = (side, across, up);
            taken.push(rect);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::{Axis, Dash, Label, Pen, Series};
    use super::*;
    use crate::export::pptx::ink::Ink;

    #[test]
    fn a_stroke_runs_through_or_past() {
        let rect = Rect { x: [10.0, 20.0], y: [10.0, 20.0] };
        assert!(rect.is_crossed([0.0, 15.0], [30.0, 15.0]) && rect.is_crossed([0.0, 0.0], [30.0, 30.0]));
        assert!(rect.is_crossed([15.0, 0.0], [15.0, 30.0]), "upright");
        assert!(!rect.is_crossed([0.0, 0.0], [9.0, 30.0]) && !rect.is_crossed([0.0, 25.0], [30.0, 21.0]));
    }

    #[test]
    fn labels_leave_the_line_and_each_other() {
        let values = [10.0, 90.0, 40.0, 50.0].map(Some).to_vec();
        let mut line = Series::line("Actual", values, "0", Ink::Text, Pen { width: 1.0, dash: Dash::Solid });
        let label = |words: &str| Label {
            at: 3,
            says: Says::Words(words.to_owned()),
            side: Side::Above,
            strong: false,
            ink: Ink::Text,
            up: 0.0,
            across: 0.0,
        };
        line.labels = vec![label("The last value"), label("to 20 Nov")];
        let axis = |range| Axis { range: Some(range), step: None, code: String::new(), name: None, logarithmic: false, grid: false };
        let form = Form::Days(vec![0, 10, 20, 30]);
        let mut plot = Plot { form, series: vec![line], x: axis((0.0, 40.0)), y: axis((0.0, 100.0)), gutter: 0.1 };
        let room = Room { width: 800.0, height: 400.0, chart: [1000.0, 500.0], line: 30.0, letter: 14.0 };
        clear_labels(&mut plot, room, |value| value.to_string());
        let tops: Vec<f32> = plot.series[0]
            .labels
            .iter()
            .map(|l| match l.side {
                Side::Above => 200.0 - GAP - l.up * 500.0 - 30.0,
                _ => 200.0 + GAP - l.up * 500.0,
            })
            .collect();
        assert!((tops[0] - tops[1]).abs() >= 30.0, "{tops:?}");
        assert!(tops.iter().all(|top| *top >= 0.0 && *top + 30.0 <= 400.0), "{tops:?}");
    }
}
