//! One formula taken apart.

use std::collections::BTreeMap;

use crate::analysis::Study;
use crate::analysis::effort::Work;
use crate::model::{Formula, MetricId, Operator};

/// A formula's values before and after, and what a change of one in each input counts for: the sum of multiplier times change is the
/// change of the formula.
pub(super) struct Node {
    pub(super) before: f64,
    pub(super) after: f64,
    /// By input and how many periods back it is taken.
    pub(super) multipliers: BTreeMap<(MetricId, u32), f64>,
}

/// The logarithmic mean (a − b) ÷ ln(a ÷ b) of two positive numbers; L(a, a) = a.
pub fn logarithmic_mean(a: f64, b: f64) -> f64 {
    let (low, high) = if a < b { (a, b) } else { (b, a) };
    let r = (high - low) / low;
    // r ÷ ln(1 + r) = 1 + r/2 − r²/12 + r³/24 − …
    if r < 1e-5 { low * (1.0 + r / 2.0 - r * r / 12.0) } else { (high - low) / r.ln_1p() }
}

impl Node {
    fn constant(value: f64) -> Self {
        Self { before: value, after: value, multipliers: BTreeMap::new() }
    }

    fn input(id: &MetricId, lag: u32, values: (f64, f64)) -> Self {
        Self { before: values.0, after: values.1, multipliers: BTreeMap::from([((id.clone(), lag), 1.0)]) }
    }

    fn is_positive(&self) -> bool {
        self.before > 0.0 && self.after > 0.0
    }

    fn mean(&self) -> f64 {
        f64::midpoint(self.before, self.after)
    }

    /// The node of an operation on two, with what each of them counts for. `None` where a number is out of reach.
    fn joined(self, other: Self, values: [f64; 2], multipliers: [f64; 2]) -> Option<Self> {
        let [before, after] = values;
        let mut joined: BTreeMap<(MetricId, u32), f64> = BTreeMap::new();
        for (node, factor) in [(self, multipliers[0]), (other, multipliers[1])] {
            for (input, multiplier) in node.multipliers {
                *joined.entry(input).or_default() += factor * multiplier;
            }
        }
        let is_sound = before.is_finite() && after.is_finite() && joined.values().all(|m| m.is_finite());
        is_sound.then_some(Self { before, after, multipliers: joined })
    }

    fn plus(self, other: Self, sign: f64) -> Option<Self> {
        let values = [self.before + sign * other.before, self.after + sign * other.after];
        self.joined(other, values, [1.0, sign])
    }

    fn times(self, other: Self) -> Option<Self> {
        let values = [self.before * other.before, self.after * other.after];
        let multipliers = if self.is_positive() && other.is_positive() {
            let whole = logarithmic_mean(values[0], values[1]);
            [&self, &other].map(|x| whole / logarithmic_mean(x.before, x.after))
        } else {
            [other.mean(), self.mean()]
        };
        self.joined(other, values, multipliers)
    }

    fn over(self, other: Self) -> Option<Self> {
        let values = [self.before / other.before, self.after / other.after];
        let multipliers = if self.is_positive() && other.is_positive() {
            let whole = logarithmic_mean(values[0], values[1]);
            [whole / logarithmic_mean(self.before, self.after), -whole / logarithmic_mean(other.before, other.after)]
        } else {
            let (b0, b1) = (other.before, other.after);
            [f64::midpoint(1.0 / b0, 1.0 / b1), -self.mean() / b0 / b1]
        };
        self.joined(other, values, multipliers)
    }
}

/// An input's value before and after, so many periods back.
type ValuesOf<'a> = dyn FnMut(&MetricId, u32) -> Option<(f64, f64)> + 'a;

/// Takes a formula apart. `values` gives an input's value before and after, so many periods back; `segments` the parts of a whole.
/// `None` where an input is missing or a result is no finite number. Depth is bounded by [`Formula::MAX_DEPTH`].
pub(super) fn split(
    project: Study<'_>,
    formula: &Formula,
    lag: u32,
    values: &mut ValuesOf<'_>,
    segments: &dyn Fn(&MetricId) -> Vec<MetricId>,
) -> Option<Node> {
    if !project.spend(Work::Parts, 100) {
        return None;
    }
    match formula {
        Formula::Number(value) => Some(Node::constant(*value)),
        Formula::Metric(id) => Some(Node::input(id, lag, values(id, lag)?)),
        Formula::Negate(x) => Node::constant(0.0).plus(split(project, x, lag, values, segments)?, -1.0),
        Formula::Binary { operator, left, right } => {
            let (left, right) = (split(project, left, lag, values, segments)?, split(project, right, lag, values, segments)?);
            match operator {
                Operator::Add => left.plus(right, 1.0),
                Operator::Subtract => left.plus(right, -1.0),
                Operator::Multiply => left.times(right),
                Operator::Divide => left.over(right),
            }
        }
        Formula::Previous(x) => split(project, x, lag + 1, values, segments),
        Formula::Growth(x) => {
            let ratio = split(project, x, lag, values, segments)?.over(split(project, x, lag + 1, values, segments)?)?;
            ratio.plus(Node::constant(1.0), -1.0)
        }
        Formula::Segments(whole) => {
            let parts = segments(whole);
            let nodes = parts.iter().map(|id| Some(Node::input(id, lag, values(id, lag)?)));
            let sum = nodes.reduce(|sum, next| sum?.plus(next?, 1.0));
            sum.flatten()
        }
    }
}
