//! The scale that a series is fitted on: plain, logarithmic, or between its bounds.

use crate::model::Bounds;

/// A rising function from values to the fitted scale. Everything it gives is finite.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Scale {
    /// z = y ÷ unit, a power of two near the greatest value, so that squares stay within a double.
    Plain { unit: f64 },
    /// z = ln(y − below).
    Log { below: f64 },
    /// z = ln((y − L + δ) ÷ (U − y + δ)), δ half the last shown decimal.
    Logit { lower: f64, upper: f64, delta: f64 },
}

/// Far enough for any value, near enough for a sum of some.
const GREATEST: f64 = 1e307;

impl Scale {
    pub(super) fn plain(values: &[f64]) -> Self {
        let greatest = values.iter().fold(0.0_f64, |most, v| most.max(v.abs()));
        let unit = if greatest > 0.0 { 2f64.powi(greatest.log2().floor().clamp(-1_000.0, 1_000.0) as i32) } else { 1.0 };
        Self::Plain { unit }
    }

    /// Where both bounds are set and all values lie within them.
    pub(super) fn between(bounds: Bounds, decimals: u8, values: &[f64]) -> Option<Self> {
        let (lower, upper) = bounds.lower.zip(bounds.upper).filter(|(lower, upper)| lower < upper)?;
        let inside = values.iter().all(|v| (lower..=upper).contains(v));
        inside.then(|| Self::Logit { lower, upper, delta: half_decimal(decimals).min(0.25 * (upper - lower)) })
    }

    /// Where all values are positive, or keep to a lower bound of at least 0 that some of them touch.
    pub(super) fn logarithmic(bounds: Bounds, decimals: u8, values: &[f64]) -> Option<Self> {
        let least = values.iter().copied().fold(f64::INFINITY, f64::min);
        let below = match bounds.lower {
            Some(lower) if least >= lower && least <= 0.0 => lower - half_decimal(decimals),
            _ => 0.0,
        };
        // Without this share of the greatest value above the asymptote, logarithms tell of little but rounding.
        let greatest = values.iter().copied().fold(f64::NEG_INFINITY, f64::max);
        (least > below && least - below > 1e-12 * (greatest - below)).then_some(Self::Log { below })
    }

    pub fn forward(self, y: f64) -> f64 {
        match self {
            Self::Plain { unit } => y.clamp(-GREATEST, GREATEST) / unit,
            Self::Log { below } => (y - below).max(f64::MIN_POSITIVE).ln(),
            Self::Logit { lower, upper, delta } => {
                let y = y.clamp(lower, upper);
                ((y - lower + delta) / (upper - y + delta)).ln()
            }
        }
    }

    pub fn back(self, z: f64) -> f64 {
        match self {
            Self::Plain { unit } => (z * unit).clamp(-GREATEST, GREATEST),
            Self::Log { below } => (z.exp() + below).min(GREATEST),
            Self::Logit { lower, upper, delta } => {
                let share = 1.0 / (1.0 + (-z).exp());
                (lower - delta + (upper - lower + 2.0 * delta) * share).clamp(lower, upper)
            }
        }
    }

    /// Σ ln|dy/dz|: what has to be added twice to n·ln(SSE) on this scale to compare it with others.
    pub(super) fn log_slopes(self, values: &[f64]) -> f64 {
        let slope = |y: f64| match self {
            Self::Plain { unit } => unit.ln(),
            Self::Log { below } => (y - below).max(f64::MIN_POSITIVE).ln(),
            Self::Logit { lower, upper, delta } => {
                ((y - lower + delta) * (upper - y + delta) / (upper - lower + 2.0 * delta)).max(f64::MIN_POSITIVE).ln()
            }
        };
        values.iter().map(|&y| slope(y)).sum()
    }

    /// In a sentence: "on a logarithmic scale"; empty for the plain one.
    pub fn words(self) -> &'static str {
        match self {
            Self::Plain { .. } => "",
            Self::Log { .. } => "on a logarithmic scale",
            Self::Logit { .. } => "between its bounds (on a logit scale)",
        }
    }
}

pub(super) fn half_decimal(decimals: u8) -> f64 {
    0.5 * 10f64.powi(-i32::from(decimals))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_come_back() {
        let bounds = Bounds { lower: Some(0.0), upper: Some(100.0) };
        let values = [0.0, 0.4, 45.0, 99.9, 100.0];
        let logit = Scale::between(bounds, 1, &values).unwrap();
        for y in values {
            assert!((logit.back(logit.forward(y)) - y).abs() < 1e-9, "{y}");
        }
        assert_eq!((logit.back(1e9), logit.back(-1e9)), (100.0, 0.0));
        for scale in [Scale::plain(&[1e300, 3.0]), Scale::Log { below: 0.0 }] {
            for y in [3.0, 1e6, 1e300] {
                assert!((scale.back(scale.forward(y)) / y - 1.0).abs() < 1e-12, "{scale:?} {y}");
            }
        }
        assert!(Scale::Log { below: 0.0 }.back(1e9).is_finite());
    }

    #[test]
    fn bounds_that_values_break_are_no_bounds() {
        let bounds = Bounds { lower: Some(0.0), upper: Some(100.0) };
        assert_eq!(Scale::between(bounds, 0, &[50.0, 101.0]), None);
        assert_eq!(Scale::between(Bounds { upper: None, ..bounds }, 0, &[50.0]), None);
        assert_eq!(Scale::logarithmic(Bounds::default(), 0, &[1.0, 0.0]), None);
        assert_eq!(Scale::logarithmic(Bounds { upper: None, ..bounds }, 0, &[1.0, 0.0]), Some(Scale::Log { below: -0.5 }));
        assert_eq!(Scale::logarithmic(Bounds::default(), 0, &[1.0, 2.0]), Some(Scale::Log { below: 0.0 }));
    }
}
