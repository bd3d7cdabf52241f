//! The values of a metric, recorded or computed by a formula.
//!
//! A formula first brings its inputs to the asked grain, each by its own aggregation, and is evaluated then: a quarter's ratio is the
//! quotient of the quarter's sums, never a mean of monthly ratios.

use std::collections::{BTreeMap, BTreeSet};

use crate::model::{Cadence, Date, Formula, Metric, MetricId, MissingInput, Operator, Origin, Period, Project};

use super::regrain::{PeriodValue, Regrained, regrain};

/// The values of a metric at a grain, as of a day. The grain is never finer than that of the recorded data; [`Regrained::cadence`] says
/// which it is. An input that leads back to the metric itself counts as missing.
pub fn metric_values(project: &Project, metric: &Metric, to: Cadence, as_of: Date) -> Regrained {
    let cadence = metric.cadence.max(to);
    if metric.formula().is_none() {
        return recorded(project, metric, cadence, as_of);
    }
    let order = inputs_first(project, metric);
    let cadence = coarsest(&order, cadence);
    let mut known: BTreeMap<&MetricId, BTreeMap<Date, PeriodValue>> = BTreeMap::new();
    for &each in &order {
        let values = match &each.origin {
            Origin::Recorded | Origin::Linked(_) => recorded(project, each, cadence, as_of).values,
            Origin::Computed { formula, missing } => computed(project, formula, *missing, cadence, &known, as_of),
        };
        known.insert(&each.id, values.into_iter().map(|v| (v.period.first, v)).collect());
    }
    let values = known.remove(&metric.id).map(|by_first| by_first.into_values().collect()).unwrap_or_default();
    Regrained { cadence, values }
}

/// The finest grain that a metric can be seen in: its own, or that of the coarsest input of its formula.
pub(super) fn own_cadence(project: &Project, metric: &Metric) -> Cadence {
    if metric.formula().is_some() { coarsest(&inputs_first(project, metric), metric.cadence) } else { metric.cadence }
}

fn coarsest(order: &[&Metric], at_least: Cadence) -> Cadence {
    order.iter().filter(|m| m.formula().is_none()).map(|m| m.cadence).fold(at_least, Cadence::max)
}

fn recorded(project: &Project, metric: &Metric, cadence: Cadence, as_of: Date) -> Regrained {
    regrain(&metric.series, metric.cadence, cadence, metric.aggregation, &project.settings.calendar, as_of)
}

/// A metric and all that its formula rests on, inputs before what uses them, each once. Loops are cut where they close.
fn inputs_first<'a>(project: &'a Project, metric: &'a Metric) -> Vec<&'a Metric> {
    enum Visit<'a> {
        Enter(&'a Metric),
        Leave(&'a Metric),
    }
    let mut seen = BTreeSet::new();
    let mut order = Vec::new();
    let mut stack = vec![Visit::Enter(metric)];
    while let Some(visit) = stack.pop() {
        match visit {
            Visit::Leave(metric) => order.push(metric),
            Visit::Enter(metric) => {
                if seen.insert(&metric.id) {
                    stack.push(Visit::Leave(metric));
                    stack.extend(project.formula_inputs(metric).iter().filter_map(|id| project.metric(id)).map(Visit::Enter));
                }
            }
        }
    }
    order
}

/// One input or result in one period.
#[derive(Clone, Copy)]
struct Cell {
    value: Option<f64>,
    complete: bool,
    data_to: Option<Date>,
    gaps: bool,
    /// The fewest points among the inputs; `None` for a plain number.
    points: Option<usize>,
}

impl Cell {
    fn number(value: f64) -> Self {
        Self { value: Some(value), complete: true, data_to: None, gaps: false, points: None }
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

struct Context<'a> {
    project: &'a Project,
    known: &'a BTreeMap<&'a MetricId, BTreeMap<Date, PeriodValue>>,
    missing: MissingInput,
    cadence: Cadence,
    as_of: Date,
}

fn computed(
    project: &Project,
    formula: &Formula,
    missing: MissingInput,
    cadence: Cadence,
    known: &BTreeMap<&MetricId, BTreeMap<Date, PeriodValue>>,
    as_of: Date,
) -> Vec<PeriodValue> {
    let context = Context { project, known, missing, cadence, as_of };
    let ids = context.direct_inputs(formula);
    let ends = |id: &MetricId| known.get(id).and_then(|v| Some((v.first_key_value()?.1.period, v.last_key_value()?.1.period)));
    let spans: Vec<(Period, Period)> = ids.iter().filter_map(ends).collect();
    let (Some(first), Some(last)) = (spans.iter().map(|s| s.0).min(), spans.iter().map(|s| s.1).max()) else { return Vec::new() };
    let calendar = &project.settings.calendar;
    let mut values = Vec::new();
    let mut period = first;
    loop {
        let any = ids.iter().any(|id| context.input(id, period).is_some_and(|v| v.value.is_some()));
        let cell = context.evaluate(formula, period);
        let over = period.last <= as_of;
        // Where no input has a value there is nothing to say, whatever counts as zero.
        let value = cell.value.filter(|_| any);
        let complete = over && (value.is_none() || cell.complete);
        values.push(PeriodValue {
            period,
            value,
            complete,
            points: if value.is_some() { cell.points.unwrap_or(0) } else { 0 },
            data_to: if complete || value.is_none() { None } else { Some(cell.data_to.unwrap_or(period.last).min(as_of).min(period.last)) },
            gaps: value.is_some() && cell.gaps,
        });
        if period.first >= last.first {
            return values;
        }
        period = calendar.next(cadence, period);
    }
}

impl Context<'_> {
    fn direct_inputs(&self, formula: &Formula) -> BTreeSet<MetricId> {
        let mut ids: BTreeSet<MetricId> = formula.metrics().into_iter().cloned().collect();
        for whole in formula.segmented() {
            ids.extend(self.project.segments_of(whole).map(|m| m.id.clone()));
        }
        ids
    }

    fn input(&self, id: &MetricId, period: Period) -> Option<&PeriodValue> {
        self.known.get(id)?.get(&period.first)
    }

    fn cell(&self, id: &MetricId, period: Period) -> Cell {
        match self.input(id, period) {
            Some(found) if found.value.is_some() => {
                Cell { value: found.value, complete: found.complete, data_to: found.data_to, gaps: found.gaps, points: Some(found.points) }
            }
            _ => {
                let value = (self.missing == MissingInput::Zero).then_some(0.0);
                Cell { value, complete: period.last <= self.as_of, data_to: None, gaps: false, points: None }
            }
        }
    }

    /// Depth is bounded by [`Formula::MAX_DEPTH`].
    fn evaluate(&self, formula: &Formula, period: Period) -> Cell {
        match formula {
            Formula::Number(value) => Cell::number(*value),
            Formula::Metric(id) => self.cell(id, period),
            Formula::Negate(x) => {
                let cell = self.evaluate(x, period);
                Cell { value: cell.value.map(|v| -v), ..cell }
            }
            Formula::Binary { operator, left, right } => {
                let operation = match operator {
                    Operator::Add => |a: f64, b: f64| a + b,
                    Operator::Subtract => |a, b| a - b,
                    Operator::Multiply => |a, b| a * b,
                    Operator::Divide => |a, b| a / b,
                };
                self.evaluate(left, period).join(self.evaluate(right, period), operation)
            }
            Formula::Previous(x) => self.before(x, period),
            Formula::Growth(x) => self.evaluate(x, period).join(self.before(x, period), |now, before| now / before - 1.0),
            Formula::Segments(whole) => {
                let mut segments = self.project.segments_of(whole).map(|m| self.cell(&m.id, period));
                match segments.next() {
                    Some(first) => segments.fold(first, |sum, next| sum.join(next, |a, b| a + b)),
                    None => Cell { value: None, ..Cell::number(0.0) },
                }
            }
        }
    }

    fn before(&self, formula: &Formula, period: Period) -> Cell {
        let before = self.project.settings.calendar.previous(self.cadence, period);
        // Before the first recorded period there is nothing, not zero.
        if self.direct_inputs(formula).iter().all(|id| self.known.get(id).is_none_or(|v| v.range(..=before.first).next().is_none())) {
            return Cell { value: None, ..Cell::number(0.0) };
        }
        self.evaluate(formula, before)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analysis::fixture::{Fixture, day};
    use crate::model::{Aggregation, SegmentOf};

    fn shown(values: &Regrained) -> Vec<(String, Option<f64>)> {
        values.values.iter().map(|v| (v.period.first.to_string(), v.value)).collect()
    }

    #[test]
    fn a_ratio_is_taken_after_regraining_its_inputs() {
        let mut f = Fixture::new();
        let orders = f.monthly("orders", Aggregation::Sum, "2026-01-01", &[10.0, 30.0, 20.0]);
        let visits = f.monthly("visits", Aggregation::Sum, "2026-01-01", &[100.0, 100.0, 400.0]);
        let rate = f.formula("rate", &format!("[{orders}] / [{visits}]"), MissingInput::Missing);
        let quarter = metric_values(&f.project, f.metric(&rate), Cadence::Quarterly, day("2026-03-31"));
        // (10 + 30 + 20) / (100 + 100 + 400) = 0.1; the mean of the monthly ratios would be (0.1 + 0.3 + 0.05)/3 = 0.15.
        assert_eq!(shown(&quarter), [("2026-01-01".to_owned(), Some(0.1))]);
        assert!(quarter.values[0].complete);
    }

    #[test]
    fn the_previous_period_and_growth() {
        let mut f = Fixture::new();
        let users = f.monthly("users", Aggregation::Last, "2026-01-01", &[100.0, 110.0, 0.0, 50.0]);
        let before = f.formula("before", &format!("prev([{users}])"), MissingInput::Missing);
        let growth = f.formula("growth", &format!("growth([{users}])"), MissingInput::Missing);
        let values = |id| metric_values(&f.project, f.metric(id), Cadence::Monthly, day("2026-04-30")).values;
        assert_eq!(values(&before).iter().map(|v| v.value).collect::<Vec<_>>(), [None, Some(100.0), Some(110.0), Some(0.0)]);
        let growth: Vec<_> = values(&growth).iter().map(|v| v.value.map(|g| (g * 1e9).round() / 1e9)).collect();
        // 110/100 − 1 = 0.1; 0/110 − 1 = −1; 50/0 is no number.
        assert_eq!(growth, [None, Some(0.1), Some(-1.0), None]);
    }

    #[test]
    fn missing_inputs_give_missing_unless_they_count_as_zero() {
        let mut f = Fixture::new();
        let whole = f.monthly("whole", Aggregation::Sum, "2026-01-01", &[]);
        let web = f.monthly("web", Aggregation::Sum, "2026-01-01", &[5.0, 6.0, 7.0]);
        let app = f.monthly("app", Aggregation::Sum, "2026-03-01", &[3.0]);
        for id in [&web, &app] {
            f.edit_metric(id, |m| {
                m.segment = Some(SegmentOf { whole: whole.clone(), dimension: "platform".to_owned(), value: m.name.clone() });
            });
        }
        let strict = f.formula("strict", &format!("segments([{whole}])"), MissingInput::Missing);
        let lenient = f.formula("lenient", &format!("segments([{whole}])"), MissingInput::Zero);
        let values = |id| metric_values(&f.project, f.metric(id), Cadence::Monthly, day("2026-03-31")).values;
        assert_eq!(values(&strict).iter().map(|v| v.value).collect::<Vec<_>>(), [None, None, Some(10.0)]);
        assert_eq!(values(&lenient).iter().map(|v| v.value).collect::<Vec<_>>(), [Some(5.0), Some(6.0), Some(10.0)]);
    }

    #[test]
    fn an_unfinished_input_makes_the_result_unfinished() {
        let mut f = Fixture::new();
        let a = f.monthly("a", Aggregation::Sum, "2026-01-01", &[1.0, 2.0]);
        let b = f.monthly("b", Aggregation::Sum, "2026-01-01", &[1.0, 2.0]);
        f.mark_data_to(&b, "2026-02-01", "2026-02-12");
        let sum = f.formula("sum", &format!("[{a}] + [{b}]"), MissingInput::Missing);
        let values = metric_values(&f.project, f.metric(&sum), Cadence::Monthly, day("2026-03-05")).values;
        assert_eq!((values[0].complete, values[0].data_to), (true, None));
        assert_eq!((values[1].value, values[1].complete, values[1].data_to), (Some(4.0), false, Some(day("2026-02-12"))));
    }

    #[test]
    fn a_loop_ends_and_gives_nothing() {
        let mut f = Fixture::new();
        let a = f.monthly("a", Aggregation::Sum, "2026-01-01", &[]);
        let b = f.formula("b", &format!("[{a}] + 1"), MissingInput::Missing);
        f.edit_metric(&a, |m| {
            m.origin = Origin::Computed { formula: Formula::parse(&format!("[{b}] + 1")).unwrap(), missing: MissingInput::Missing };
        });
        assert!(metric_values(&f.project, f.metric(&a), Cadence::Monthly, day("2026-03-31")).values.is_empty());
    }

    #[test]
    fn shared_inputs_are_computed_once() {
        // Each metric adds the one before to itself: without a memory this takes 2^60 steps.
        let mut f = Fixture::new();
        let mut last = f.monthly("one", Aggregation::Sum, "2026-01-01", &[1.0]);
        for step in 0..60 {
            last = f.formula(&format!("doubled {step}"), &format!("[{last}] + [{last}]"), MissingInput::Missing);
        }
        let values = metric_values(&f.project, f.metric(&last), Cadence::Monthly, day("2026-01-31")).values;
        assert_eq!(values[0].value, Some(2f64.powi(60)));
    }
}
