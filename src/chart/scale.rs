//! How high a value stands: evenly, from zero, or by its logarithm. `egui_plot` has no log axis: the drawing asks [`ValueScale::up`].

use super::ticks::value_ticks;
use super::{Chart, Tick, ValueFormat, words};
use crate::model::Magnitude;

/// The value axis of a chart over time.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum ValueScale {
    /// Where the values are; from zero where that costs little room.
    #[default]
    Auto,
    FromZero,
    /// Equal distances are equal ratios; for values above zero only.
    Log,
}

/// A range over less than this ratio has ticks in even steps.
const EVEN_UNDER: f64 = 8.0;

impl ValueScale {
    pub const ALL: [Self; 3] = [Self::Auto, Self::FromZero, Self::Log];

    pub fn word(self) -> &'static str {
        match self {
            Self::Auto => "Auto",
            Self::FromZero => "From zero",
            Self::Log => "Log",
        }
    }

    /// The height of a value on an even axis. What is not above zero lies below every log axis.
    pub fn up(self, value: f64) -> f64 {
        match self {
            Self::Auto | Self::FromZero => value,
            Self::Log => value.max(1e-30).log10(),
        }
    }

    /// The value at a height of an even axis: undoes [`Self::up`].
    pub fn down(self, height: f64) -> f64 {
        match self {
            Self::Auto | Self::FromZero => height,
            Self::Log => 10f64.powf(height),
        }
    }
}

impl Chart {
    /// The same chart on another value axis. Without values above zero only, a log axis is refused and the caption says so.
    #[must_use]
    pub fn scaled(&self, scale: ValueScale) -> Self {
        let refused = scale == ValueScale::Log && !self.positive;
        let mut chart = Self { scale: if refused { ValueScale::Auto } else { scale }, ..self.clone() };
        chart.remarks.extend(refused.then(|| "A log axis needs values above zero".to_owned()));
        chart.caption = words::caption(&chart);
        chart
    }
}

/// A log domain of values that are `low` to `high`, both above zero: with air, and over wide ranges from a 1, 2 or 5 to another.
pub(super) fn log_domain((low, high): (f64, f64)) -> (f64, f64) {
    if high / low < EVEN_UNDER {
        let air = (high / low).powf(0.06).max(1.02);
        return (low / air, high * air);
    }
    let ladder = |from: f64| (-1..3).flat_map(move |d| [1.0, 2.0, 5.0].map(|m| m * 10f64.powf(from.log10().floor() + f64::from(d))));
    let bottom = ladder(low).rfind(|v| *v <= low * (1.0 + 1e-9)).unwrap_or(low);
    let top = ladder(high).find(|v| *v >= high * (1.0 - 1e-9)).unwrap_or(high);
    (bottom, top)
}

/// Ticks of a log domain, at least `spacing_px` apart on `height_px`: powers of ten, with 2 and 5 between them where there is room.
pub(super) fn log_ticks((low, high): (f64, f64), height_px: f32, spacing_px: f32, format: &ValueFormat) -> Vec<Tick> {
    if !(low > 0.0 && high > low && high.is_finite()) {
        return Vec::new();
    }
    let px_per_decade = f64::from(height_px) / (high / low).log10();
    if high / low < EVEN_UNDER {
        let even = value_ticks((low, high), height_px, spacing_px, format);
        // Even steps come close at the top.
        let mut kept: Vec<Tick> = Vec::new();
        for tick in even.into_iter().rev().filter(|t| t.at > 0.0) {
            if kept.last().is_none_or(|above| (above.at / tick.at).log10() * px_per_decade >= f64::from(spacing_px) * 0.6) {
                kept.push(tick);
            }
        }
        kept.reverse();
        return kept;
    }
    let all: &[f64] = if px_per_decade >= 3.6 * f64::from(spacing_px) { &[1.0, 2.0, 5.0] } else { &[1.0] };
    let stride = (f64::from(spacing_px) / px_per_decade).ceil().max(1.0) as usize;
    let (first, last) = (low.log10().floor() as i32, high.log10().ceil() as i32);
    let places = (first..=last).step_by(stride).flat_map(|power| all.iter().map(move |m| m * 10f64.powi(power)));
    let inside = places.filter(|v| low * (1.0 - 1e-9) <= *v && *v <= high * (1.0 + 1e-9));
    // Letters and powers do not stand beside each other on one axis.
    let powers = matches!(Magnitude::of(high), Magnitude::Power(_)) || matches!(Magnitude::of(low), Magnitude::Power(_));
    let label = |at: f64| if powers { format.power(at) } else { format.value(at) };
    inside.map(|at| Tick { at, label: label(at) }).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::chart::fixture::{chart_of, project};

    fn labels(chart: &Chart) -> Vec<String> {
        chart.y_ticks(chart.y_domain(chart.fit_x), 320.0, 34.0).into_iter().map(|t| t.label).collect()
    }

    #[test]
    fn from_zero_shows_zero_and_needs_no_note() {
        let chart = chart_of(&project(), "m-mau");
        assert!(chart.axis_note(chart.fit_x).is_some_and(|note| note.starts_with("Axis starts at")));
        let whole = chart.scaled(ValueScale::FromZero);
        assert_eq!(whole.y_domain(whole.fit_x).0, 0.0);
        assert_eq!(whole.axis_note(whole.fit_x), None);
        assert!(!whole.caption.contains("Axis starts"));
    }

    #[test]
    fn a_log_axis_has_its_own_ticks_and_says_so() {
        let chart = chart_of(&project(), "m-mau").scaled(ValueScale::Log);
        assert_eq!(chart.scale, ValueScale::Log);
        assert!(chart.caption.contains("Log axis: equal distances are equal ratios"), "{}", chart.caption);
        let shown = labels(&chart);
        assert!(shown.len() >= 4 && shown.last().unwrap().ends_with(" M"), "{shown:?}");
        let wide = log_ticks(log_domain((30.0, 4.0e6)), 320.0, 34.0, &chart.format);
        assert_eq!(wide.iter().map(|t| t.at).collect::<Vec<_>>(), [1e2, 1e3, 1e4, 1e5, 1e6]);
        assert_eq!(log_domain((30.0, 4.0e6)), (20.0, 5.0e6));
    }

    #[test]
    fn values_that_are_not_above_zero_have_no_logarithm() {
        let chart = Chart { positive: false, ..chart_of(&project(), "m-mau") }.scaled(ValueScale::Log);
        assert_eq!(chart.scale, ValueScale::Auto);
        assert_eq!(chart.remarks.last().unwrap(), "A log axis needs values above zero");
    }
}
