//! Why did it move: the change of a computed metric as a sum of what each of its inputs brought, down the formulas.
//!
//! A node's change splits into M·Δx for each input x; multipliers chain, so that the inputs of inputs add up too. In sums M is ±1; in
//! products and quotients the logarithmic mean makes the parts add up exactly (LMDI: Ang 2005, Energy Policy 33).

mod segments;
mod split;
#[cfg(test)]
mod tests;
mod values;

use std::collections::BTreeMap;

use super::regrain::Regrained;
use super::values::{metric_values, segments_of};
use crate::analysis::Study;
use crate::model::{Cadence, Date, Formula, Metric, MetricId, Period};

use split::split;
pub(super) use values::FormulaValues;

pub use segments::{SegmentMove, of_segments};
pub use split::logarithmic_mean;

/// Formulas of formulas are followed so far down; what lies below counts as an input.
const DEEPEST: usize = 12;
/// A formula that uses the same metrics over and over is not written out beyond so many parts.
const MOST_PARTS: usize = 2_000;

/// What one input brought.
#[derive(Clone, Debug, PartialEq)]
pub struct Contribution {
    pub input: MetricId,
    /// So many periods before the two compared, for inputs in `prev` and `growth`.
    pub lag: u32,
    pub before: f64,
    pub after: f64,
    /// In the unit of the metric that moved.
    pub amount: f64,
    /// For an input that is computed itself: what its own inputs brought; they add up to `amount`.
    pub parts: Vec<Self>,
}

impl Contribution {
    fn is_finite(&self) -> bool {
        self.amount.is_finite() && self.parts.iter().all(Self::is_finite)
    }
}

/// The change of a metric and where it comes from.
#[derive(Clone, Debug, PartialEq)]
pub struct Move {
    pub cadence: Cadence,
    pub from: Period,
    pub to: Period,
    pub before: f64,
    pub after: f64,
    /// Largest first; the amounts add up to `after − before`.
    pub parts: Vec<Contribution>,
}

/// Why a change cannot be taken apart.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum WhyNoParts {
    #[error("it is recorded, not computed from other metrics")]
    NotComputed,
    #[error("it has no value in one of the two periods")]
    NoValue,
    #[error("one of its inputs is missing, or counts as zero where something is divided by it")]
    NoInput,
    #[error("its segments cannot be added up")]
    NoSum,
    #[error("its inputs are too large or too far apart to take their change apart")]
    TooLarge,
}

/// What moved a metric between the periods that contain two days.
pub fn contributions<'a>(
    project: impl Into<Study<'a>>,
    metric: &Metric,
    before: Date,
    after: Date,
    as_of: Date,
) -> Result<Move, WhyNoParts> {
    let project = project.into();
    metric.formula().ok_or(WhyNoParts::NotComputed)?;
    let values = FormulaValues::of(project, metric, as_of);
    let [from, to] = [before, after].map(|day| project.settings.calendar.period_of(values.cadence, day));
    between(&values, metric, from, to)
}

/// What moved a metric in its latest complete period that has a value, against the one before that has one.
pub fn latest_move<'a>(project: impl Into<Study<'a>>, metric: &Metric, as_of: Date) -> Result<Move, WhyNoParts> {
    let project = project.into();
    metric.formula().ok_or(WhyNoParts::NotComputed)?;
    let values = FormulaValues::of(project, metric, as_of);
    let span = values.regrained(&metric.id).and_then(|own| span_since(own, None)).ok_or(WhyNoParts::NoValue)?;
    between(&values, metric, span.from, span.to)
}

/// A change taken apart by the formula of a metric, or by its segments.
#[derive(Clone, Debug, PartialEq)]
pub enum Parts {
    Formula(Move),
    Segments(SegmentMove),
}

impl Parts {
    pub fn moved(&self) -> &Move {
        match self {
            Self::Formula(found) => found,
            Self::Segments(found) => &found.moved,
        }
    }

    /// What the parts leave unexplained: nothing, by a formula.
    pub fn rest(&self) -> f64 {
        match self {
            Self::Formula(_) => 0.0,
            Self::Segments(found) => found.rest,
        }
    }
}

/// What moved a metric between the periods that contain two days: by its formula, where it has one, else by its segments.
pub fn parts<'a>(project: impl Into<Study<'a>>, metric: &Metric, before: Date, after: Date, as_of: Date) -> Result<Parts, WhyNoParts> {
    let project = project.into();
    if metric.formula().is_some() {
        contributions(project, metric, before, after, as_of).map(Parts::Formula)
    } else {
        of_segments(project, metric, before, after, as_of).map(Parts::Segments)
    }
}

/// The same up to the latest complete period, [`since`](span_since) what was known on a day.
pub fn parts_since<'a>(project: impl Into<Study<'a>>, metric: &Metric, day: Option<Date>, as_of: Date) -> Result<Parts, WhyNoParts> {
    let project = project.into();
    if metric.formula().is_none() && segments_of(project, &metric.id).is_empty() {
        return Err(WhyNoParts::NotComputed);
    }
    let values = metric_values(project, metric, metric.cadence, as_of);
    let span = span_since(&values, day).ok_or(WhyNoParts::NoValue)?;
    parts(project, metric, span.from.first, span.to.first, as_of)
}

/// Two periods to compare.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Span {
    pub from: Period,
    pub to: Period,
    /// Whether `from` is what was known on the day asked for; else it is the value before `to`.
    pub is_since_day: bool,
}

/// The latest complete period that has a value, and the one that was the latest on a day: the one before it where nothing newer came after that
/// day, or nothing was known on it. `None` with fewer than two values.
pub fn span_since(values: &Regrained, day: Option<Date>) -> Option<Span> {
    let mut complete = values.complete().rev().map(|(v, _)| v.period);
    let (to, before) = complete.next().zip(complete.next())?;
    let known = day.filter(|day| *day < to.last).and_then(|day| std::iter::once(before).chain(complete).find(|p| p.last <= day));
    Some(Span { from: known.unwrap_or(before), to, is_since_day: known.is_some() })
}

fn between(values: &FormulaValues<'_>, metric: &Metric, from: Period, to: Period) -> Result<Move, WhyNoParts> {
    let (before, after) = values.at(&metric.id, from).zip(values.at(&metric.id, to)).ok_or(WhyNoParts::NoValue)?;
    let mut budget = MOST_PARTS;
    let whole = Above { values, from, to };
    let (parts, [first, last]) = whole.parts(metric, 0, 1.0, &mut vec![&metric.id], &mut budget).ok_or(WhyNoParts::NoInput)?;
    // A value that its own inputs do not lead to (a missing one that counts as nothing, before the first period) cannot be explained.
    let agrees = |a: f64, b: f64| (a - b).abs() <= 1e-9 * a.abs().max(b.abs());
    if !(agrees(first, before) && agrees(last, after)) {
        return Err(WhyNoParts::NoInput);
    }
    if !parts.iter().all(Contribution::is_finite) {
        return Err(WhyNoParts::TooLarge);
    }
    Ok(Move { cadence: values.cadence, from, to, before, after, parts })
}

struct Above<'a> {
    values: &'a FormulaValues<'a>,
    from: Period,
    to: Period,
}

impl<'a> Above<'a> {
    /// The parts of a computed metric `lag` periods back, each times what this metric counts for; and its values before and after.
    fn parts(
        &self,
        metric: &'a Metric,
        lag: u32,
        counts_for: f64,
        path: &mut Vec<&'a MetricId>,
        budget: &mut usize,
    ) -> Option<(Vec<Contribution>, [f64; 2])> {
        let formula: &Formula = metric.formula()?;
        let node = split(
            self.values.project,
            formula,
            lag,
            &mut |input, lag| {
                let [from, to] = [self.from, self.to].map(|p| self.values.back(p, lag));
                Some((self.values.input(metric, input, from)?, self.values.input(metric, input, to)?))
            },
            &|whole| self.values.segments(whole),
        )?;
        let mut found = Vec::with_capacity(node.multipliers.len());
        for ((input, lag), multiplier) in node.multipliers {
            let [from, to] = [self.from, self.to].map(|p| self.values.back(p, lag));
            let (before, after) = (self.values.input(metric, &input, from)?, self.values.input(metric, &input, to)?);
            let multiplier = counts_for * multiplier;
            let inner = self.values.metric(&input).filter(|m| m.formula().is_some() && path.len() < DEEPEST && !path.contains(&&m.id));
            *budget = budget.saturating_sub(1);
            let mut parts = Vec::new();
            if let Some(inner) = inner.filter(|_| *budget > 0) {
                path.push(&inner.id);
                parts = self.parts(inner, lag, multiplier, path, budget).map(|p| p.0).unwrap_or_default();
                path.pop();
            }
            found.push(Contribution { input, lag, before, after, amount: multiplier * (after - before), parts });
        }
        found.sort_by(|a, b| b.amount.abs().total_cmp(&a.amount.abs()).then_with(|| (&a.input, a.lag).cmp(&(&b.input, b.lag))));
        Some((found, [node.before, node.after]))
    }
}

impl Move {
    /// What each recorded input brought in all, wherever it enters; largest first.
    pub fn by_source(&self) -> Vec<(MetricId, f64)> {
        let mut totals: BTreeMap<&MetricId, f64> = BTreeMap::new();
        let mut open: Vec<&Contribution> = self.parts.iter().collect();
        while let Some(next) = open.pop() {
            if next.parts.is_empty() {
                *totals.entry(&next.input).or_default() += next.amount;
            }
            open.extend(&next.parts);
        }
        let mut found: Vec<(MetricId, f64)> = totals.into_iter().map(|(id, amount)| (id.clone(), amount)).collect();
        found.sort_by(|a, b| b.1.abs().total_cmp(&a.1.abs()));
        found
    }
}
