//! Signal and noise: the XmR chart of Shewhart and Wheeler ("Understanding Variation", 1993; "Making Sense of Data", 2003).
//!
//! What lies between the limits is routine variation and needs no story. Limits come from the moving range, the difference of
//! neighbours, which a slow drift or a single outlier hardly widens. Here are limits, signals, advice on the right form, and what the
//! limits say of a target. Not here: how a chart is drawn, and that drawn limits stop at what values can be at all
//! ([`Band::within`]; rules always use the limits as they are).

mod advice;
mod assurance;
mod limits;
mod metric;
mod rules;
#[cfg(test)]
mod tests;

use std::ops::Range;

use crate::model::{Bounds, Direction};

use super::decompose::season;
use super::unsuited::{Unsuited, suited};

pub use advice::{Advice, MOST_AUTOCORRELATION, Warning, advise};
pub use assurance::Assurance;
pub use limits::Limits;
pub(super) use metric::cycle_of;
pub use metric::{Choice, MetricXmr, of_metric, of_values, shared_of_metric};
pub use rules::{Rule, Side, Signal, Variation};

/// With fewer points there are no limits.
pub const FEWEST: usize = 6;
/// With fewer points the limits are a trial.
pub const FIRM: usize = 12;
/// More breaks in one chart explain everything away.
pub const MOST_DIVIDERS: usize = 3;

/// What is taken out of the values before they are judged.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Form {
    /// Nothing: limits around the mean.
    #[default]
    Plain,
    /// A straight line (least squares): limits go along with it.
    Trended,
    /// The season (STL): limits go up and down with it.
    Deseasonalised,
    /// Both.
    DeseasonalisedTrended,
}

impl Form {
    pub const ALL: [Self; 4] = [Self::Plain, Self::Trended, Self::Deseasonalised, Self::DeseasonalisedTrended];

    pub fn has_trend(self) -> bool {
        matches!(self, Self::Trended | Self::DeseasonalisedTrended)
    }

    pub fn has_season(self) -> bool {
        matches!(self, Self::Deseasonalised | Self::DeseasonalisedTrended)
    }
}

/// How the moving ranges become one number.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Ranges {
    /// Limits at 2.66, range limit at 3.268 mean ranges.
    #[default]
    Mean,
    /// Limits at 3.145, range limit at 3.865 median ranges: for few very large ranges.
    Median,
}

impl Ranges {
    /// 3 ÷ d₂ of the mean, 3 ÷ d₄ of the median range of two.
    fn limit_factor(self) -> f64 {
        match self {
            Self::Mean => 2.66,
            Self::Median => 3.145,
        }
    }

    fn range_factor(self) -> f64 {
        match self {
            Self::Mean => 3.268,
            Self::Median => 3.865,
        }
    }
}

/// What chart to make of a series. Places count the periods of the series from 0.
#[derive(Clone, Debug, PartialEq)]
pub struct Options {
    pub form: Form,
    pub ranges: Ranges,
    /// Which way is better.
    pub direction: Direction,
    /// Periods in a cycle, for the forms with a season.
    pub cycle: Option<usize>,
    /// Places of the first periods of new limits, ascending; those after the third are ignored.
    pub dividers: Vec<usize>,
    /// Limits are computed from these places only, in every stretch that holds enough of them.
    pub baseline: Option<Range<usize>>,
}

impl Default for Options {
    fn default() -> Self {
        Self { form: Form::Plain, ranges: Ranges::Mean, direction: Direction::Up, cycle: None, dividers: Vec::new(), baseline: None }
    }
}

/// Limits at one point, in the metric's unit: trend and season are in them.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Band {
    pub centre: f64,
    pub lower: f64,
    pub upper: f64,
}

impl Band {
    /// For drawing only: limits stop where values do.
    #[must_use]
    pub fn within(self, bounds: Bounds) -> Self {
        let clamp = |v: f64| v.max(bounds.lower.unwrap_or(f64::NEG_INFINITY)).min(bounds.upper.unwrap_or(f64::INFINITY));
        Self { centre: self.centre, lower: clamp(self.lower), upper: clamp(self.upper) }
    }
}

/// One value on the chart.
#[derive(Clone, Debug, PartialEq)]
pub struct XmrPoint {
    /// Its place in the series.
    pub index: usize,
    pub value: f64,
    /// What is left of it after season and trend or mean: what the rules look at.
    pub residual: f64,
    /// `None` in a stretch with too few points for limits.
    pub band: Option<Band>,
    /// The moving range; none at the first point of a stretch.
    pub range: Option<f64>,
    /// Of the signals it is part of, each once.
    pub rules: Vec<Rule>,
    pub variation: Variation,
}

/// A stretch of the series with limits of its own.
#[derive(Clone, Debug, PartialEq)]
pub struct Segment {
    /// Into [`Xmr::points`].
    pub points: Range<usize>,
    /// `None` with fewer than [`FEWEST`] points.
    pub limits: Option<Limits>,
    /// The limits come from the baseline.
    pub is_locked: bool,
}

/// An XmR chart.
#[derive(Clone, Debug, PartialEq)]
pub struct Xmr {
    pub form: Form,
    pub ranges: Ranges,
    pub direction: Direction,
    /// Every value, oldest first; gaps have no point.
    pub points: Vec<XmrPoint>,
    /// One more than there are dividers within the points.
    pub segments: Vec<Segment>,
    /// By the point that completed them.
    pub signals: Vec<Signal>,
    /// A baseline was asked for, but no stretch holds enough of its points; limits are computed without it.
    pub baseline_too_short: bool,
}

impl Xmr {
    /// The limits that hold now.
    pub fn limits(&self) -> Option<&Limits> {
        self.segments.last()?.limits.as_ref()
    }

    /// The limits that hold now, at the last point and in the metric's unit.
    pub fn band(&self) -> Option<Band> {
        self.points.last()?.band
    }

    /// The latest value is part of a signal.
    pub fn is_signalling(&self) -> bool {
        self.points.last().is_some_and(|p| !p.rules.is_empty())
    }
}

/// The chart of one value a period. Neighbours are the values before and after, whatever gap lies between.
///
/// Fails with fewer than [`FEWEST`] values, and for forms with a season where there is none.
pub fn chart(values: &[Option<f64>], options: &Options) -> Result<Xmr, Unsuited> {
    let present: Vec<(usize, f64)> = values.iter().enumerate().filter_map(|(i, v)| Some((i, (*v)?))).collect();
    suited(&present.iter().map(|p| p.1).collect::<Vec<_>>(), FEWEST)?;
    let season = match (options.form.has_season(), options.cycle) {
        (false, _) => None,
        (true, Some(cycle)) => Some(season(values, cycle)?),
        (true, None) => return Err(Unsuited::NoSeason),
    };
    let adjusted: Vec<(usize, f64)> =
        present.iter().map(|&(i, value)| (i, season.as_ref().map_or(value, |s| s.adjusted(i, value)))).collect();
    // Differences smaller than this come from rounding.
    let tolerance = present.iter().map(|p| p.1.abs()).fold(0.0, f64::max) * 1e-12;
    let mut chart = Xmr {
        form: options.form,
        ranges: options.ranges,
        direction: options.direction,
        points: Vec::with_capacity(present.len()),
        segments: Vec::new(),
        signals: Vec::new(),
        baseline_too_short: false,
    };
    let in_baseline = |i: usize| options.baseline.as_ref().is_some_and(|b| b.contains(&i));
    for points in stretches(&adjusted, &options.dividers) {
        let stretch = &adjusted[points.clone()];
        let of_baseline: Vec<(usize, f64)> = stretch.iter().copied().filter(|p| in_baseline(p.0)).collect();
        let is_locked = of_baseline.len() >= FEWEST;
        let basis = if is_locked { &of_baseline[..] } else { stretch };
        let limits = Limits::of(basis, options.form, options.ranges);
        let own_mean = stretch.iter().map(|p| p.1 / stretch.len() as f64).sum();
        let mut before: Option<f64> = None;
        for &(index, value) in stretch {
            let centre = limits.as_ref().map_or(own_mean, |l| l.centre_at(index));
            let residual = value - centre;
            let restored = |adjusted: f64| season.as_ref().map_or(adjusted, |s| s.restored(index, adjusted));
            let band = limits.as_ref().map(|l| Band {
                centre: restored(centre),
                lower: restored(centre - l.spread),
                upper: restored(centre + l.spread),
            });
            let range = before.map(|b| (residual - b).abs());
            before = Some(residual);
            let value = values[index].unwrap_or(value);
            chart.points.push(XmrPoint { index, value, residual, band, range, rules: Vec::new(), variation: Variation::Common });
        }
        if let Some(limits) = &limits {
            let found = rules::signals(&chart.points[points.clone()], points.start, limits, tolerance);
            chart.signals.extend(found);
        }
        chart.segments.push(Segment { points, limits, is_locked });
    }
    chart.baseline_too_short = options.baseline.is_some() && !chart.segments.iter().any(|s| s.is_locked);
    chart.mark_points();
    Ok(chart)
}

impl Xmr {
    fn mark_points(&mut self) {
        self.signals.sort_by_key(|s| (s.detected, s.rule));
        for signal in &self.signals {
            for &at in &signal.points {
                let point = &mut self.points[at];
                if !point.rules.contains(&signal.rule) {
                    point.rules.push(signal.rule);
                }
                // A point lies on one side only; a large range alone says that something changed, not which way.
                if point.variation == Variation::Common || point.variation == Variation::Neither {
                    point.variation = signal.variation(self.direction);
                }
            }
        }
        for point in &mut self.points {
            point.rules.sort_unstable();
        }
    }
}

/// The points between dividers.
fn stretches(points: &[(usize, f64)], dividers: &[usize]) -> Vec<Range<usize>> {
    let mut starts: Vec<usize> = dividers.iter().take(MOST_DIVIDERS).map(|d| points.partition_point(|p| p.0 < *d)).collect();
    starts.push(points.len());
    starts.sort_unstable();
    let mut from = 0;
    let mut found = Vec::new();
    for to in starts {
        if to > from {
            found.push(from..to);
            from = to;
        }
    }
    found
}
