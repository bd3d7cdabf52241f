//! A formula over all periods at once: each part of it is worked out once, however it is nested.

use std::sync::Arc;

use super::inputs::{Missing, Part};
use super::kept::Found;
use crate::analysis::Study;
use crate::analysis::effort::Work;
use crate::analysis::regrain::{PeriodValue, Regrained};
use crate::model::{Cadence, Calendar, Date, Formula, MissingInput, Operator, Period};

/// One input or result in one period.
#[derive(Clone, Copy, Debug)]
struct Cell {
    value: Option<f64>,
    complete: bool,
    data_to: Option<Date>,
    gaps: bool,
    /// The fewest points among the inputs; `None` for a plain number.
    points: Option<usize>,
}

impl Cell {
    /// Neither a value nor anything that would leave one unfinished.
    const NOTHING: Self = Self { value: None, complete: true, data_to: None, gaps: false, points: None };

    fn number(value: f64) -> Self {
        Self { value: Some(value), ..Self::NOTHING }
    }

    fn absent(missing: Missing, period: Period, as_of: Date) -> Self {
        Self { value: (missing == Missing::Zero).then_some(0.0), complete: period.last <= as_of, ..Self::NOTHING }
    }

    fn of(value: &PeriodValue) -> Option<Self> {
        value.value?;
        Some(Self { value: value.value, complete: value.complete, data_to: value.data_to, gaps: value.gaps, points: Some(value.points) })
    }

    fn join(self, other: Self, f: impl FnOnce(f64, f64) -> f64) -> Self {
        let value = self.value.zip(other.value).map(|(a, b)| f(a, b)).filter(|v| v.is_finite());
        Self {
            value,
            complete: self.complete && other.complete,
            data_to: [self.data_to, other.data_to].into_iter().flatten().min(),
            gaps: self.gaps || other.gaps,
            points: [self.points, other.points].into_iter().flatten().min(),
        }
    }
}

/// The sum of the segments of a metric, over all periods of any of them.
#[derive(Debug)]
pub(super) struct Sum {
    periods: Vec<Period>,
    cells: Vec<Cell>,
    /// Where at least one segment has a value.
    has_value: Vec<bool>,
    has_segments: bool,
}

impl Sum {
    /// Of the segments in their order; `None` for one that has no values because it leads back to the sum.
    pub(super) fn of(
        study: Study<'_>,
        segments: impl Iterator<Item = Option<Arc<Regrained>>>,
        cadence: Cadence,
        missing: Missing,
        as_of: Date,
    ) -> Self {
        let segments: Vec<Option<Arc<Regrained>>> = segments.collect();
        let span = joint(segments.iter().flatten().filter_map(|values| span_of(&values.values)));
        let periods = span.map_or_else(Vec::new, |span| periods_of(span, study.settings.calendar, cadence));
        let mut has_value = vec![false; periods.len()];
        let mut cells: Vec<Cell> = Vec::new();
        for values in &segments {
            if !study.spend(Work::Values, 2 * periods.len() + 10) {
                break;
            }
            let values = values.as_ref().map_or(&[][..], |values| &values.values);
            let next = cells_of(values, &periods, missing, as_of, &mut has_value);
            if cells.is_empty() {
                cells = next;
            } else {
                for (sum, next) in cells.iter_mut().zip(next) {
                    *sum = sum.join(next, |a, b| a + b);
                }
            }
        }
        Self { periods, cells, has_value, has_segments: !segments.is_empty() }
    }

    pub(super) fn len(&self) -> usize {
        self.periods.len()
    }
}

/// The periods of a formula, and what is known in each.
struct Sheet<'a, K> {
    study: Study<'a>,
    known: K,
    periods: &'a [Period],
    missing: Missing,
    as_of: Date,
    /// Where at least one input has a value.
    has_value: Vec<bool>,
}

/// The values of a formula from the first period of any of its inputs to the last.
pub(super) fn computed(
    study: Study<'_>,
    formula: &Formula,
    missing: MissingInput,
    cadence: Cadence,
    as_of: Date,
    known: impl Fn(&Part) -> Option<Found>,
) -> Vec<PeriodValue> {
    let missing = Missing::from(missing);
    let inputs = direct_inputs(formula, missing);
    let Some(span) = joint(inputs.iter().filter_map(|part| first_and_last(&known(part)?))) else { return Vec::new() };
    let periods = periods_of(span, study.settings.calendar, cadence);
    let mut sheet = Sheet { study, known, periods: &periods, missing, as_of, has_value: vec![false; periods.len()] };
    let cells = sheet.evaluate(formula);
    let of_period = |((period, cell), any): ((Period, Cell), bool)| {
        let over = period.last <= as_of;
        // Where no input has a value there is nothing to say, whatever counts as zero.
        let value = cell.value.filter(|_| any);
        let complete = over && (value.is_none() || cell.complete);
        PeriodValue {
            period,
            value,
            complete,
            points: if value.is_some() { cell.points.unwrap_or(0) } else { 0 },
            data_to: if complete || value.is_none() { None } else { Some(cell.data_to.unwrap_or(period.last).min(as_of).min(period.last)) },
            gaps: value.is_some() && cell.gaps,
        }
    };
    periods.iter().copied().zip(cells).zip(sheet.has_value).map(of_period).collect()
}

fn direct_inputs(formula: &Formula, missing: Missing) -> Vec<Part> {
    let metrics = formula.metrics().into_iter().map(|id| Part::Metric(id.clone()));
    let sums = formula.segmented().into_iter().map(|whole| Part::Segments { whole: whole.clone(), missing });
    metrics.chain(sums).collect()
}

fn span_of(values: &[PeriodValue]) -> Option<(Period, Period)> {
    Some((values.first()?.period, values.last()?.period))
}

fn first_and_last(found: &Found) -> Option<(Period, Period)> {
    match found {
        Found::Values(values) => span_of(&values.values),
        Found::Sum(sum) => Some((*sum.periods.first()?, *sum.periods.last()?)),
    }
}

fn joint(spans: impl Iterator<Item = (Period, Period)>) -> Option<(Period, Period)> {
    spans.reduce(|(first, last), (other_first, other_last)| (first.min(other_first), last.max(other_last)))
}

fn periods_of((first, last): (Period, Period), calendar: Calendar, cadence: Cadence) -> Vec<Period> {
    let mut periods = vec![first];
    let mut period = first;
    while period.first < last.first {
        let next = calendar.next(cadence, period);
        if next.first <= period.first {
            // The calendar ends here.
            break;
        }
        period = next;
        periods.push(period);
    }
    periods
}

/// One cell for each of `periods` from values in the same order, noting where there is one.
fn cells_of(values: &[PeriodValue], periods: &[Period], missing: Missing, as_of: Date, has_value: &mut [bool]) -> Vec<Cell> {
    let mut at = periods.first().map_or(0, |first| values.partition_point(|v| v.period.first < first.first));
    let mut cells = Vec::with_capacity(periods.len());
    for (period, has_value) in periods.iter().zip(has_value) {
        while values.get(at).is_some_and(|v| v.period.first < period.first) {
            at += 1;
        }
        let found = values.get(at).filter(|v| v.period.first == period.first).and_then(Cell::of);
        *has_value |= found.is_some();
        cells.push(found.unwrap_or_else(|| Cell::absent(missing, *period, as_of)));
    }
    cells
}

impl<K: Fn(&Part) -> Option<Found>> Sheet<'_, K> {
    /// One cell for each period. Depth is bounded by [`Formula::MAX_DEPTH`].
    fn evaluate(&mut self, formula: &Formula) -> Vec<Cell> {
        if !self.study.spend(Work::Values, 2 * self.periods.len() + 10) {
            return vec![Cell::NOTHING; self.periods.len()];
        }
        match formula {
            Formula::Number(value) => vec![Cell::number(*value); self.periods.len()],
            Formula::Metric(id) => self.leaf(&Part::Metric(id.clone())),
            Formula::Segments(whole) => self.leaf(&Part::Segments { whole: whole.clone(), missing: self.missing }),
            Formula::Negate(x) => {
                let mut cells = self.evaluate(x);
                for cell in &mut cells {
                    cell.value = cell.value.map(|v| -v);
                }
                cells
            }
            Formula::Binary { operator, left, right } => {
                let operation = match operator {
                    Operator::Add => |a: f64, b: f64| a + b,
                    Operator::Subtract => |a, b| a - b,
                    Operator::Multiply => |a, b| a * b,
                    Operator::Divide => |a, b| a / b,
                };
                let mut cells = self.evaluate(left);
                for (cell, right) in cells.iter_mut().zip(self.evaluate(right)) {
                    *cell = cell.join(right, operation);
                }
                cells
            }
            Formula::Previous(x) => {
                let cells = self.evaluate(x);
                self.before(x, cells)
            }
            Formula::Growth(x) => {
                let mut cells = self.evaluate(x);
                let before = self.before(x, cells.clone());
                for (cell, before) in cells.iter_mut().zip(before) {
                    *cell = cell.join(before, |now, before| now / before - 1.0);
                }
                cells
            }
        }
    }

    fn leaf(&mut self, part: &Part) -> Vec<Cell> {
        let Self { known, periods, missing, as_of, has_value, .. } = self;
        match known(part) {
            Some(Found::Values(values)) => cells_of(&values.values, periods, *missing, *as_of, has_value),
            Some(Found::Sum(sum)) if !sum.has_segments => vec![Cell::NOTHING; periods.len()],
            Some(Found::Sum(sum)) => {
                let before = periods.first().map_or(0, |first| sum.periods.partition_point(|p| p.first < first.first));
                let mut at = before;
                let mut cells = Vec::with_capacity(periods.len());
                for (period, has_value) in periods.iter().zip(has_value) {
                    if sum.periods.get(at).is_some_and(|p| p.first == period.first) {
                        *has_value |= sum.has_value[at];
                        cells.push(sum.cells[at]);
                        at += 1;
                    } else {
                        cells.push(Cell::absent(*missing, *period, *as_of));
                    }
                }
                cells
            }
            None => periods.iter().map(|period| Cell::absent(*missing, *period, *as_of)).collect(),
        }
    }

    /// The cells of `formula` one period later. Before its first recorded period there is nothing, not zero.
    fn before(&self, formula: &Formula, mut cells: Vec<Cell>) -> Vec<Cell> {
        let inputs = direct_inputs(formula, self.missing);
        let begins = inputs.iter().filter_map(|part| Some(first_and_last(&(self.known)(part)?)?.0.first)).min();
        cells.pop();
        for (cell, period) in cells.iter_mut().zip(self.periods) {
            if begins.is_none_or(|first| first > period.first) {
                *cell = Cell::NOTHING;
            }
        }
        cells.insert(0, Cell::NOTHING);
        cells.truncate(self.periods.len());
        cells
    }
}
