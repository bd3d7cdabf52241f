//! What a text in the plot would cover, and what that costs: texts, lines, forecasts, the edge of the plot.

use egui::{Pos2, Rect};

use super::Frame;
use super::lines::cut;
use crate::chart::BandId;

/// What it costs to cover something.
pub(super) const A_LINE: f32 = 1.0;
pub(super) const A_FAN: f32 = 2.0;
/// For each text height that it stands away from its point: rather on a line of the grid than beyond the next line of the chart.
pub(super) const A_HEIGHT_AWAY: f32 = 0.35;
const A_LEADER_THROUGH_TEXT: f32 = 3.0;
pub(super) const OTHER_TEXT: f32 = 10.0;
const OUTSIDE: f32 = 100.0;

/// The room that a forecast takes.
pub(super) struct Fan {
    low: Vec<Pos2>,
    high: Vec<Pos2>,
}

impl Fan {
    pub(super) fn meets(&self, rect: Rect) -> bool {
        let (Some(first), Some(last)) = (self.low.first(), self.low.last()) else { return false };
        if rect.right() < first.x || last.x < rect.left() {
            return false;
        }
        // Its edges are all but straight from one side of a text to the other.
        [rect.left(), rect.center().x, rect.right()].into_iter().any(|x| {
            let x = x.clamp(first.x, last.x);
            at(&self.high, x) <= rect.bottom() && rect.top() <= at(&self.low, x)
        })
    }
}

/// The widest levels.
pub(super) fn fans(frame: &Frame<'_>) -> Vec<Fan> {
    let bands = frame.seen.chart.bands.iter().filter(|band| matches!(band.id, BandId::Forecast(level) if level > 60));
    bands
        .map(|band| {
            let side = |which: usize| {
                let edge: Vec<[f64; 2]> = band.points.iter().map(|p| [p[0], p[which]]).collect();
                cut(&edge, frame.range).into_iter().map(|p| frame.place(p)).collect()
            };
            Fan { low: side(1), high: side(2) }
        })
        .collect()
}

/// The height of an ascending path at an x.
fn at(path: &[Pos2], x: f32) -> f32 {
    let after = path.partition_point(|p| p.x < x).min(path.len() - 1);
    let (a, b) = (path[after.saturating_sub(1)], path[after]);
    if b.x > a.x { a.y + (x - a.x) / (b.x - a.x) * (b.y - a.y) } else { b.y }
}

/// What a text at a place would cover: nothing costs nothing; leaving the plot costs most, then texts, then lines.
pub(super) fn cost(rect: Rect, room: Rect, taken: &[Rect], paths: &[(f32, Vec<Pos2>)]) -> f32 {
    let outside = if room.contains_rect(rect) { 0.0 } else { OUTSIDE };
    let texts = taken.iter().filter(|t| t.intersects(rect)).count() as f32 * OTHER_TEXT;
    let lines: f32 = paths.iter().filter(|(_, path)| crosses(path, rect)).map(|(weight, _)| weight).sum();
    outside + texts + lines
}

/// From a point, beside its dot, to the nearest edge of a text above or below it.
pub(super) fn leader(point: Pos2, rect: Rect, gap: f32) -> [Pos2; 2] {
    let (from, to) = if point.y < rect.top() { (point.y + gap, rect.top()) } else { (point.y - gap, rect.bottom()) };
    [egui::pos2(point.x, from), egui::pos2(point.x.clamp(rect.left(), rect.right()), to)]
}

/// A leader through a text makes both unreadable.
pub(super) fn leader_cost(way: [Pos2; 2], taken: &[Rect]) -> f32 {
    let (left, right) = if way[0].x <= way[1].x { (way[0], way[1]) } else { (way[1], way[0]) };
    taken.iter().filter(|rect| crosses(&[left, right], **rect)).count() as f32 * A_LEADER_THROUGH_TEXT
}

/// A text on a line of the grid or the hairline of an event can be read, but better beside it.
pub(super) fn faint_cost(grid: &[f32], hairlines: &[f32], rect: Rect) -> f32 {
    let on_grid = grid.iter().any(|y| rect.y_range().contains(*y));
    let on_hairline = hairlines.iter().any(|x| rect.x_range().contains(*x));
    A_LINE / 4.0 * f32::from(u8::from(on_grid)) + A_LINE / 2.0 * f32::from(u8::from(on_hairline))
}

/// Whether an ascending path goes through a rectangle.
fn crosses(path: &[Pos2], rect: Rect) -> bool {
    let first = path.partition_point(|p| p.x < rect.left()).saturating_sub(1);
    path[first.min(path.len())..].windows(2).take_while(|pair| pair[0].x <= rect.right()).any(|pair| {
        let (a, b) = (pair[0], pair[1]);
        if b.x < rect.left() {
            return false;
        }
        if b.x <= a.x {
            return a.y.min(b.y) <= rect.bottom() && a.y.max(b.y) >= rect.top();
        }
        let at = |x: f32| a.y + (x - a.x) / (b.x - a.x) * (b.y - a.y);
        let (left, right) = (at(rect.left().clamp(a.x, b.x)), at(rect.right().clamp(a.x, b.x)));
        left.min(right) <= rect.bottom() && left.max(right) >= rect.top()
    })
}

#[cfg(test)]
mod tests {
    use egui::{pos2, vec2};

    use super::*;

    #[test]
    fn a_leader_goes_round_what_is_written_already() {
        let written = [Rect::from_min_size(pos2(0.0, 40.0), vec2(60.0, 16.0))];
        let below = Rect::from_min_size(pos2(20.0, 70.0), vec2(60.0, 16.0));
        assert!(leader_cost(leader(pos2(30.0, 10.0), below, 4.0), &written) > A_LINE, "through the text between");
        let beside = below.translate(vec2(60.0, 0.0));
        assert_eq!(leader_cost(leader(pos2(90.0, 10.0), beside, 4.0), &written), 0.0);
    }

    #[test]
    fn an_upright_line_is_crossed_as_well_as_a_slanted_one() {
        let rect = Rect::from_min_size(pos2(10.0, 10.0), vec2(20.0, 10.0));
        assert!(crosses(&[pos2(15.0, 0.0), pos2(15.0, 40.0)], rect));
        assert!(crosses(&[pos2(0.0, 0.0), pos2(40.0, 30.0)], rect));
        assert!(!crosses(&[pos2(35.0, 0.0), pos2(35.0, 40.0)], rect) && !crosses(&[pos2(15.0, 22.0), pos2(15.0, 40.0)], rect));
    }

    #[test]
    fn above_the_plot_there_is_room_but_not_on_a_flag() {
        let room = Rect::from_min_size(pos2(0.0, 0.0), vec2(200.0, 100.0));
        let flag = Rect::from_min_size(pos2(90.0, 0.0), vec2(20.0, 20.0));
        let text = Rect::from_min_size(pos2(20.0, 2.0), vec2(60.0, 16.0));
        assert_eq!(cost(text, room, &[flag], &[]), 0.0);
        assert!(cost(text.translate(vec2(20.0, 0.0)), room, &[flag], &[]) >= OTHER_TEXT);
    }
}
