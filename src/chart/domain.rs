//! The value domain: what is seen, with air, in round numbers.

use super::scale::log_domain;
use super::ticks::nice_step;
use super::{BandId, Chart, Line, LineId, LineStyle, ValueFormat, ValueScale, visible};
use crate::model::{Bounds, Stamp, date_words};

/// A chart of values that are all above this share of the largest does not have to start at zero.
const ZERO_SHARE: f64 = 0.3;
/// Steps that a domain is rounded to halves of.
const STEPS: f64 = 6.0;

impl Chart {
    /// The value domain for a time range: every value, target and pace that can be seen in it, with air, rounded, inside the metric's
    /// bounds. Never empty, never upside down.
    pub fn y_domain(&self, x_range: (f64, f64)) -> (f64, f64) {
        let Some((low, high)) = self.extent(x_range).or_else(|| self.extent(self.fit_x)) else { return (0.0, 1.0) };
        match self.scale {
            ValueScale::Auto => rounded((low, high), self.bounds),
            ValueScale::FromZero => rounded((low.min(0.0), high.max(0.0)), self.bounds),
            ValueScale::Log => log_domain((low, high)),
        }
    }

    /// Lowest and highest of what must be seen: values, what is aimed at, and of the rest what is near them.
    fn extent(&self, range: (f64, f64)) -> Option<(f64, f64)> {
        let mut extent: Option<(f64, f64)> = None;
        let is_log = self.scale == ValueScale::Log;
        let include = |extent: &mut Option<(f64, f64)>, y: f64| {
            if !is_log || y > 0.0 {
                include(extent, y);
            }
        };
        for line in self.lines.iter().filter(|l| near(l.style).is_none()) {
            seen_of(line, range, |y| include(&mut extent, y));
        }
        for band in self.bands.iter().filter(|b| !matches!(b.id, BandId::Forecast(_))) {
            for point in band.points.iter().filter(|p| range.0 <= p[0] && p[0] <= range.1) {
                include(&mut extent, point[1]);
                include(&mut extent, point[2]);
            }
        }
        // What may come is seen whole unless that would flatten what came.
        let known = extent;
        for band in self.bands.iter().filter(|b| matches!(b.id, BandId::Forecast(_))) {
            for point in band.points.iter().filter(|p| range.0 <= p[0] && p[0] <= range.1) {
                let (low, high) = known.map_or((point[1], point[2]), |(low, high)| (low - (high - low), high + (high - low)));
                include(&mut extent, point[1].clamp(low, high));
                include(&mut extent, point[2].clamp(low, high));
            }
        }
        let core = extent;
        for line in &self.lines {
            let Some(share) = near(line.style) else { continue };
            seen_of(line, range, |y| {
                let air = |(low, high): (f64, f64)| share * (high - low).max(high.abs().max(low.abs()) * 0.1);
                if core.is_none_or(|(low, high)| low - air((low, high)) <= y && y <= high + air((low, high))) {
                    include(&mut extent, y);
                }
            });
        }
        extent
    }

    /// Where the values are, when none of them lies in a range: "No values here; they run from 30 Apr 2016 to 31 Mar 2019".
    pub fn nothing_between(&self, (from, to): (f64, f64)) -> Option<String> {
        let (first, last) = (self.values.first()?[0], self.values.last()?[0]);
        let inside = self.values.get(self.values.partition_point(|p| p[0] < from)).is_some_and(|p| p[0] <= to);
        // A line that crosses the range from one side to the other is something to see.
        if inside || (first < from && to < last) {
            return None;
        }
        let day = |x: f64| date_words(Stamp::from_seconds((x * 86_400.0) as i64).date());
        Some(if first == last {
            format!("No values here; the only one is of {}", day(first))
        } else {
            format!("No values here; they run from {} to {}", day(first), day(last))
        })
    }

    /// Where the value axis starts, said where that is not zero: "Axis starts at 4.5 M".
    pub fn axis_note(&self, x_range: (f64, f64)) -> Option<String> {
        let (low, high) = self.y_domain(x_range);
        let drawn = self.lines.iter().any(|l| l.id == LineId::Actual && !l.runs.is_empty());
        match self.scale {
            ValueScale::Log => drawn.then(|| "Log axis: equal distances are equal ratios".to_owned()),
            ValueScale::Auto | ValueScale::FromZero => axis_words((low, high), &self.format).filter(|_| drawn),
        }
    }
}

/// "Axis starts at 4.5 M", where zero is not between the ends.
pub(super) fn axis_words((low, high): (f64, f64), format: &ValueFormat) -> Option<String> {
    let shows_zero = low <= 0.0 && high >= 0.0;
    (!shows_zero).then(|| {
        let edge = if low > 0.0 { low } else { high };
        let verb = if low > 0.0 { "starts" } else { "ends" };
        let fine = ValueFormat { decimals: format.decimals.max(2), ..format.clone() };
        format!("Axis {verb} at {}", fine.value(edge))
    })
}

/// A domain of values that are `low` to `high`: with air, in round numbers, from zero where that costs little, inside `bounds`. Never
/// empty, never upside down.
pub(super) fn rounded((low, high): (f64, f64), bounds: Bounds) -> (f64, f64) {
    let (low, high) = if high > low {
        (low, high)
    } else if low == 0.0 {
        (0.0, 1.0)
    } else {
        // One value, or always the same: it stands in the middle.
        (low - low.abs() * 0.1, high + high.abs() * 0.1)
    };
    let span = high - low;
    let half_step = nice_step(span / STEPS) / 2.0;
    let from_zero = low >= 0.0 && low < high * ZERO_SHARE;
    let to_zero = high <= 0.0 && high > low * ZERO_SHARE;
    let mut bottom = if from_zero { 0.0 } else { ((low - span * 0.06) / half_step).floor() * half_step };
    let mut top = if to_zero { 0.0 } else { ((high + span * 0.06) / half_step).ceil() * half_step };
    // Bounds cut the air, never a value.
    if let Some(lower) = bounds.lower.filter(|l| *l <= low) {
        bottom = bottom.max(lower);
    }
    if let Some(upper) = bounds.upper.filter(|u| *u >= high) {
        top = top.min(upper);
    }
    if bottom < top && (top - bottom).is_finite() { (bottom, top) } else { (low - 1.0, low + 1.0) }
}

/// Limits and benchmarks may stretch the domain by this share of it and no further: what is far from the values is told below the
/// chart and does not flatten them. `None` for lines that must be seen.
fn near(style: LineStyle) -> Option<f64> {
    match style {
        LineStyle::Limit => Some(1.0),
        LineStyle::Reference => Some(0.5),
        LineStyle::Solid
        | LineStyle::Unfinished
        | LineStyle::Target
        | LineStyle::Ghost
        | LineStyle::Pace
        | LineStyle::Point
        | LineStyle::Centre
        | LineStyle::Control
        | LineStyle::Forecast
        | LineStyle::Hope => None,
    }
}

fn include(extent: &mut Option<(f64, f64)>, y: f64) {
    if y.is_finite() {
        let (low, high) = extent.unwrap_or((y, y));
        *extent = Some((low.min(y), high.max(y)));
    }
}

/// Every height that a line has inside a range, where it enters and leaves included.
fn seen_of(line: &Line, (from, to): (f64, f64), mut see: impl FnMut(f64)) {
    for run in &line.runs {
        let inside = visible(run, (from, to));
        for point in inside.iter().filter(|p| from <= p[0] && p[0] <= to) {
            see(point[1]);
        }
        for pair in inside.windows(2).filter(|p| p[0][0] < from || p[1][0] > to) {
            let (a, b) = (pair[0], pair[1]);
            let at = |x: f64| if b[0] > a[0] { a[1] + (x.clamp(a[0], b[0]) - a[0]) / (b[0] - a[0]) * (b[1] - a[1]) } else { b[1] };
            if b[0] >= from && a[0] <= to {
                see(at(from));
                see(at(to));
            }
        }
    }
}
