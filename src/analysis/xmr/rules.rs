//! What counts as a signal (Wheeler's three rules for values, and one for ranges).

use super::{Limits, XmrPoint};
use crate::model::Direction;

/// So many in a row on one side of the mean.
const RUN: usize = 8;

/// Why something is a signal. All inequalities are strict.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Rule {
    /// Rule 1: a point outside the limits.
    Outside,
    /// Rule 2: eight in a row on one side of the mean. A point on the mean is on neither side.
    Run,
    /// Rule 3: three of four consecutive points nearer a limit than the mean, on the same side.
    NearLimit,
    /// A moving range above its limit.
    Range,
}

impl Rule {
    pub const ALL: [Self; 4] = [Self::Outside, Self::Run, Self::NearLimit, Self::Range];

    /// As reports spell it.
    pub fn code(self) -> &'static str {
        match self {
            Self::Outside => "1",
            Self::Run => "2",
            Self::NearLimit => "3",
            Self::Range => "mr",
        }
    }

    /// As people read it.
    pub fn words(self) -> &'static str {
        match self {
            Self::Outside => "outside the limits",
            Self::Run => "eight or more in a row on one side of the mean",
            Self::NearLimit => "three of four nearer a limit than the mean",
            Self::Range => "an unusually large step",
        }
    }
}

/// On which side of the centre.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Side {
    Below,
    Above,
}

/// What a point is, by the metric's direction.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Variation {
    /// Routine variation: common causes.
    Common,
    /// A signal to the good side.
    Improving,
    /// A signal to the bad side.
    Concerning,
    /// A signal that is neither: of a large step alone, or of a metric that aims at a band.
    Neither,
}

/// Something that is not routine variation.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Signal {
    pub rule: Rule,
    /// `None` for ranges.
    pub side: Option<Side>,
    /// The points that make it, ascending, into [`super::Xmr::points`]. A run that goes on stays one signal.
    pub points: Vec<usize>,
    /// The point that completed it first: from there on it could be known.
    pub detected: usize,
}

impl Signal {
    /// What it means for a metric of a direction.
    pub fn variation(&self, direction: Direction) -> Variation {
        match (direction, self.side) {
            (Direction::Up, Some(Side::Above)) | (Direction::Down, Some(Side::Below)) => Variation::Improving,
            (Direction::Up, Some(Side::Below)) | (Direction::Down, Some(Side::Above)) => Variation::Concerning,
            (Direction::Within, _) | (_, None) => Variation::Neither,
        }
    }
}

/// The signals in one stretch, whose first point is number `first` of the chart.
pub(super) fn signals(points: &[XmrPoint], first: usize, limits: &Limits, tolerance: f64) -> Vec<Signal> {
    let beyond = |distance: f64| {
        move |p: &XmrPoint| {
            let side = if p.residual > 0.0 { Side::Above } else { Side::Below };
            (p.residual.abs() > distance + tolerance).then_some(side)
        }
    };
    let sides = |distance: f64| points.iter().map(beyond(distance)).collect::<Vec<_>>();
    let mut found = Vec::new();
    for (at, side) in sides(limits.spread).into_iter().enumerate() {
        if side.is_some() {
            found.push(Signal { rule: Rule::Outside, side, points: vec![first + at], detected: first + at });
        }
    }
    runs(&sides(0.0), first, &mut found);
    near_limits(&sides(limits.spread / 2.0), first, &mut found);
    for (at, point) in points.iter().enumerate() {
        if point.range.is_some_and(|r| r > limits.mr_limit + tolerance) {
            found.push(Signal { rule: Rule::Range, side: None, points: vec![first + at], detected: first + at });
        }
    }
    found
}

fn runs(sides: &[Option<Side>], first: usize, found: &mut Vec<Signal>) {
    let mut at = first;
    for run in sides.chunk_by(|a, b| a == b) {
        if run.len() >= RUN && run[0].is_some() {
            found.push(Signal { rule: Rule::Run, side: run[0], points: (at..at + run.len()).collect(), detected: at + RUN - 1 });
        }
        at += run.len();
    }
}

fn near_limits(sides: &[Option<Side>], first: usize, found: &mut Vec<Signal>) {
    for side in [Side::Below, Side::Above] {
        let mut open: Option<Signal> = None;
        for (start, window) in sides.windows(4).enumerate() {
            let near: Vec<usize> = (0..4).filter(|&k| window[k] == Some(side)).map(|k| first + start + k).collect();
            if near.len() < 3 {
                continue;
            }
            match &mut open {
                // Overlapping windows are one signal.
                Some(signal) if signal.points.last() >= near.first() => {
                    let last = signal.points.last().copied();
                    signal.points.extend(near.into_iter().filter(|n| Some(*n) > last));
                }
                _ => {
                    let detected = near[2];
                    found.extend(open.replace(Signal { rule: Rule::NearLimit, side: Some(side), points: near, detected }));
                }
            }
        }
        found.extend(open);
    }
}
