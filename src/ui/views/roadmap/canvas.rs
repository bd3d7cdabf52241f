//! Where days and lanes stand.

use egui::{Rangef, Rect};

use crate::ui::theme::{Theme, size};

/// Heights at 100 %, in points.
pub(super) const LANE: f32 = 36.0;
const BAR: f32 = 28.0;
/// Of an initiative: it is smaller than what it is for.
const BAR_SMALL: f32 = 20.0;
/// Of a quarter, where there is room.
pub(super) const QUARTER: f32 = 234.0;
/// Of the labels: the usual, and the least.
const LABELS: f32 = 240.0;
const LABELS_LEAST: f32 = 168.0;
const LABELS_FULL_FROM: f32 = 820.0;
/// A wide roadmap gives titles a share of what six quarters leave.
const LABELS_MOST: f32 = 340.0;
const WIDE_FROM: f32 = 1_240.0;

/// The chart part of the roadmap: which days are how far to the right.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Canvas {
    /// Of the lanes, labels included.
    pub(super) whole: Rangef,
    /// Of the days.
    pub(super) x: Rangef,
    /// Days since 1970.
    pub(super) range: (f64, f64),
}

impl Canvas {
    pub(super) fn labels_width(theme: &Theme, width: f32) -> f32 {
        let share = width / theme.px(LABELS_FULL_FROM);
        let usual = theme.px(LABELS_LEAST + (LABELS - LABELS_LEAST) * ((share - 0.75) / 0.25).clamp(0.0, 1.0));
        let spare = (width - theme.px(WIDE_FROM)).max(0.0) / 3.0;
        (usual + spare.min(theme.px(LABELS_MOST - LABELS))).round()
    }

    pub(super) fn px_per_day(&self) -> f64 {
        f64::from(self.x.span()) / (self.range.1 - self.range.0).max(1e-6)
    }

    pub(super) fn at(&self, day: f64) -> f32 {
        self.x.min + ((day - self.range.0) * self.px_per_day()) as f32
    }

    pub(super) fn day(&self, x: f32) -> f64 {
        self.range.0 + f64::from(x - self.x.min) / self.px_per_day()
    }

    /// The rectangle of a bar in a lane, from a day to before another one.
    pub(super) fn bar(&self, theme: &Theme, lane: Rect, from: f64, to: f64, is_small: Small) -> Rect {
        let height = theme.px(match is_small {
            Small::Yes => BAR_SMALL,
            Small::No => BAR,
        });
        let half = height / 2.0;
        let y = lane.center().y;
        // However short, it can be seen and taken.
        let (left, right) = (self.at(from), self.at(to));
        Rect::from_min_max(egui::pos2(left, y - half), egui::pos2(right.max(left + theme.px(size::GLYPH) / 2.0), y + half))
    }

    /// The part of the chart that a lane has.
    pub(super) fn chart(&self, lane: Rect) -> Rect {
        Rect::from_x_y_ranges(self.x, lane.y_range())
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Small {
    Yes,
    No,
}
