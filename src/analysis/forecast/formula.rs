//! Metrics with a formula: the futures of their inputs drawn together, and the formula worked out on each.
//!
//! Inputs are drawn jointly: every simulated period takes the surprises that all inputs had in one and the same past period, so that what
//! moved together goes on moving together.

use std::collections::BTreeMap;

use crate::analysis::Study;
use crate::analysis::effort::Work;
use crate::analysis::values::segments_of;
use crate::analysis::{Regrained, metric_values};
use crate::model::{Cadence, Calendar, Date, Formula, Metric, MetricId, MissingInput, Operator, Origin, Period};

use super::fit::{Fit, Method};
use super::metric::{History, fit_robustly, history_at, steps_of_fit};
use super::paths::{PATHS, Paths, SEED, normal_shocks};
use super::random::Random;

/// Everything that is needed to simulate a metric with a formula.
#[derive(Clone, Debug, PartialEq)]
pub struct Simulated {
    /// The recorded metrics it rests on.
    pub inputs: Vec<Input>,
    /// Inputs before what uses them; the last is the metric.
    nodes: Vec<Node>,
    /// Past surprises: for each date one of each input, in standard deviations; empty where they have too few dates in common.
    surprises: Vec<Vec<f64>>,
}

/// A recorded metric in a formula.
#[derive(Clone, Debug, PartialEq)]
pub struct Input {
    pub metric: MetricId,
    pub fit: Fit,
    /// Its values up to the metric's last period and beyond, where it is ahead of the others: the last [`LOOK_BACK`] and those after.
    known: Vec<Option<f64>>,
}

/// How many past periods `prev(…)` can reach.
const LOOK_BACK: usize = 24;

/// With fewer dates in common, inputs are drawn each for itself.
const FEWEST_DATES: usize = 8;

/// Formulas of more parts are fitted by their values instead.
const MOST_NODES: usize = 2_000;

#[derive(Clone, Debug, PartialEq)]
enum Node {
    Number(f64),
    Input(usize),
    OrZero(usize),
    Negate(usize),
    Binary(Operator, usize, usize),
    Previous(usize),
    Sum(Vec<usize>),
}

impl Simulated {
    /// `None` where an input cannot be forecast.
    pub(super) fn of(project: Study<'_>, metric: &Metric, history: &History, as_of: Date) -> Option<Self> {
        let mut builder = Builder { project, nodes: Vec::new(), metrics: BTreeMap::new(), leaves: Vec::new(), depth: 0 };
        builder.metric(metric)?;
        let Builder { nodes, leaves, .. } = builder;
        let calendar = project.settings.calendar;
        let mut inputs = Vec::new();
        let mut errors: Vec<BTreeMap<Date, f64>> = Vec::new();
        for leaf in leaves {
            let own = history_at(project, leaf, history.cadence, as_of)?;
            if own.cadence != history.cadence {
                return None;
            }
            if !project.spend(Work::Forecasts, steps_of_fit(own.values.len())) {
                return None;
            }
            let mut fit = fit_robustly(&own, None).ok()?;
            // The first step is the period after the formula's last value, wherever this input ends.
            let lead = calendar.periods_between(own.cadence, history.last.first, own.last.first);
            fit.behind += usize::try_from(-lead).unwrap_or(0);
            errors.push(surprises_of(&fit, &own, calendar));
            let values = metric_values(project, leaf, history.cadence, as_of);
            let known = known_around(&values, calendar, history.cadence, history.last, usize::try_from(lead).unwrap_or(0));
            inputs.push(Input { metric: leaf.id.clone(), fit, known });
        }
        let dates = errors.first()?.keys().filter(|date| errors.iter().all(|of| of.contains_key(date)));
        let surprises: Vec<Vec<f64>> = dates.map(|date| errors.iter().map(|of| of[date]).collect()).collect();
        let surprises = if surprises.len() >= FEWEST_DATES { standardised(surprises) } else { Vec::new() };
        Some(Self { inputs, nodes, surprises })
    }

    pub(super) fn observed(&self) -> usize {
        self.inputs.iter().map(|input| input.fit.observed).min().unwrap_or(0)
    }

    /// What [`Self::paths`] takes, in steps of effort.
    pub(super) fn steps_to_draw(&self, horizon: usize) -> usize {
        PATHS * (horizon + LOOK_BACK) * (self.nodes.len() + 5 * self.inputs.len())
    }

    /// Simulated futures of the metric; a period in which the formula has no value is no number.
    pub(super) fn paths(&self, horizon: usize) -> Paths {
        let drawn: Vec<Paths> = self.draw(horizon);
        let times = LOOK_BACK + horizon;
        let mut values = Vec::with_capacity(PATHS * horizon);
        let mut found = vec![0.0; self.nodes.len() * times];
        let mut futures: Vec<_> = drawn.iter().map(Paths::iter).collect();
        for _ in 0..if horizon > 0 { PATHS } else { 0 } {
            let path: Vec<&[f64]> = futures.iter_mut().map(|of| of.next().unwrap_or(&[])).collect();
            for (at, node) in self.nodes.iter().enumerate() {
                for time in 0..times {
                    let of = |node: usize, time: usize| -> f64 { found[node * times + time] };
                    let value = match node {
                        Node::Number(value) => *value,
                        Node::Input(input) => match self.inputs[*input].known.get(time) {
                            Some(known) => known.unwrap_or(f64::NAN),
                            None => path[*input][time - self.inputs[*input].known.len()],
                        },
                        Node::OrZero(x) if of(*x, time).is_nan() => 0.0,
                        Node::OrZero(x) => of(*x, time),
                        Node::Negate(x) => -of(*x, time),
                        Node::Binary(operator, a, b) => {
                            let (a, b) = (of(*a, time), of(*b, time));
                            match operator {
                                Operator::Add => a + b,
                                Operator::Subtract => a - b,
                                Operator::Multiply => a * b,
                                Operator::Divide => a / b,
                            }
                        }
                        Node::Previous(x) => time.checked_sub(1).map_or(f64::NAN, |before| of(*x, before)),
                        Node::Sum(parts) => parts.iter().map(|part| of(*part, time)).sum(),
                    };
                    found[at * times + time] = if value.is_finite() { value } else { f64::NAN };
                }
            }
            values.extend_from_slice(&found[(self.nodes.len() - 1) * times + LOOK_BACK..]);
        }
        Paths::new(horizon, values)
    }

    fn draw(&self, horizon: usize) -> Vec<Paths> {
        let longest = horizon + self.inputs.iter().map(|input| input.fit.behind).max().unwrap_or(0);
        let separate = if self.surprises.is_empty() { normal_shocks(PATHS * self.inputs.len(), longest) } else { Vec::new() };
        let mut random = Random::new(SEED);
        // One date a path and period, the same for all inputs; its mirror image in each second path.
        let dates: Vec<usize> = (0..PATHS / 2 * longest).map(|_| random.index(self.surprises.len().max(1))).collect();
        let draw = |(at, input): (usize, &Input)| {
            // What is known of it beyond the metric's last period needs no drawing.
            let horizon = (horizon + LOOK_BACK).saturating_sub(input.known.len());
            let steps = horizon + input.fit.behind;
            let mut shocks = Vec::with_capacity(PATHS * steps);
            for path in 0..PATHS {
                // Counted from the end: the same column is the same period for every input.
                for step in longest - steps..longest {
                    shocks.push(match self.surprises.get(dates[path / 2 * longest + step]) {
                        Some(surprise) => surprise[at] * if path % 2 == 0 { 1.0 } else { -1.0 },
                        None => separate[(at * PATHS + path) * longest + step],
                    });
                }
            }
            input.fit.paths_of(horizon, &shocks)
        };
        self.inputs.iter().enumerate().map(draw).collect()
    }
}

/// One-step errors by the first day of their period, where there was a value.
fn surprises_of(fit: &Fit, history: &History, calendar: Calendar) -> BTreeMap<Date, f64> {
    let Method::Combined(found) = &fit.method else { return BTreeMap::new() };
    let next = |period: &Period| Some(calendar.next(history.cadence, *period));
    let periods = std::iter::successors(Some(history.first), next).skip(fit.from);
    let errors = periods.zip(found.ets.errors.iter().zip(&fit.seen));
    errors.filter(|(_, (_, seen))| **seen).map(|(period, (error, _))| (period.first, *error)).collect()
}

/// Each column with mean 0 and variance 1 (a column without variance stays 0).
fn standardised(mut rows: Vec<Vec<f64>>) -> Vec<Vec<f64>> {
    let n = rows.len() as f64;
    for column in 0..rows[0].len() {
        let mean = rows.iter().map(|row| row[column]).sum::<f64>() / n;
        let deviation = (rows.iter().map(|row| (row[column] - mean).powi(2)).sum::<f64>() / n).sqrt();
        for row in &mut rows {
            row[column] = if deviation > 0.0 { (row[column] - mean) / deviation } else { 0.0 };
        }
    }
    rows
}

/// The last [`LOOK_BACK`] complete values up to a period, and `lead` after it.
fn known_around(values: &Regrained, calendar: Calendar, cadence: Cadence, last: Period, lead: usize) -> Vec<Option<f64>> {
    let mut first = last;
    for _ in 1..LOOK_BACK {
        first = calendar.previous(cadence, first);
    }
    let next = |period: &Period| Some(calendar.next(cadence, *period));
    let of = |period: Period| values.on(period.first).filter(|v| v.complete).and_then(|v| v.value);
    std::iter::successors(Some(first), next).take(LOOK_BACK + lead).map(of).collect()
}

struct Builder<'a> {
    project: Study<'a>,
    nodes: Vec<Node>,
    /// Nodes of metrics; `None` while one is being built: a loop.
    metrics: BTreeMap<&'a MetricId, Option<usize>>,
    leaves: Vec<&'a Metric>,
    depth: usize,
}

impl<'a> Builder<'a> {
    fn push(&mut self, node: Node) -> Option<usize> {
        (self.nodes.len() < MOST_NODES).then(|| {
            self.nodes.push(node);
            self.nodes.len() - 1
        })
    }

    fn metric(&mut self, metric: &'a Metric) -> Option<usize> {
        if let Some(known) = self.metrics.get(&metric.id) {
            return *known;
        }
        self.metrics.insert(&metric.id, None);
        self.depth += 1;
        let node = match &metric.origin {
            Origin::Recorded | Origin::Linked(_) => {
                self.leaves.push(metric);
                self.push(Node::Input(self.leaves.len() - 1))?
            }
            // Formulas that lead on for longer than a formula can be deep are not simulated.
            Origin::Computed { .. } if self.depth > Formula::MAX_DEPTH => return None,
            Origin::Computed { formula, missing } => {
                let found = self.formula(formula, *missing)?;
                // The metric is the last node, even where its formula is another metric alone.
                self.push(Node::Sum(vec![found]))?
            }
        };
        self.depth -= 1;
        self.metrics.insert(&metric.id, Some(node));
        Some(node)
    }

    fn named(&mut self, id: &'a MetricId, missing: MissingInput) -> Option<usize> {
        let node = self.metric(self.project.metric(id)?)?;
        if missing == MissingInput::Zero { self.push(Node::OrZero(node)) } else { Some(node) }
    }

    fn formula(&mut self, formula: &'a Formula, missing: MissingInput) -> Option<usize> {
        let node = match formula {
            Formula::Number(value) => Node::Number(*value),
            Formula::Metric(id) => return self.named(id, missing),
            Formula::Negate(x) => Node::Negate(self.formula(x, missing)?),
            Formula::Binary { operator, left, right } => {
                Node::Binary(*operator, self.formula(left, missing)?, self.formula(right, missing)?)
            }
            Formula::Previous(x) => Node::Previous(self.formula(x, missing)?),
            Formula::Growth(x) => {
                let now = self.formula(x, missing)?;
                let before = self.push(Node::Previous(now))?;
                let ratio = self.push(Node::Binary(Operator::Divide, now, before))?;
                let one = self.push(Node::Number(1.0))?;
                Node::Binary(Operator::Subtract, ratio, one)
            }
            Formula::Segments(whole) => {
                let project = self.project;
                let found = segments_of(project, whole);
                let segments = found.iter().filter_map(|id| project.metric(id)).map(|segment| &segment.id);
                let parts = segments.map(|id| self.named(id, missing)).collect::<Option<Vec<_>>>()?;
                if parts.is_empty() {
                    return None;
                }
                Node::Sum(parts)
            }
        };
        self.push(node)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analysis::fixture::{Fixture, day};
    use crate::analysis::forecast::{Source, of_metric};
    use crate::analysis::noise::Noise;
    use crate::model::Aggregation;

    fn noisy(seed: u64, level: f64, slope: f64, sd: f64) -> Vec<f64> {
        let mut noise = Noise::new(seed);
        (0..48).map(|i| level + slope * f64::from(i) + sd * noise.normal()).collect()
    }

    #[test]
    fn a_product_is_simulated_from_its_inputs() {
        let mut f = Fixture::new();
        let users = f.monthly("users", Aggregation::Last, "2023-01-01", &noisy(1, 1_000.0, 10.0, 5.0));
        let spend = f.monthly("spend", Aggregation::Mean, "2023-01-01", &noisy(2, 20.0, 0.0, 0.5));
        let revenue = f.formula("revenue", &format!("[{users}] * [{spend}]"), MissingInput::Missing);
        let found = of_metric(&f.project, f.metric(&revenue), day("2026-12-31"), None).unwrap();
        assert!(matches!(found.source, Source::Simulated(_)));
        let steps = found.until(day("2027-06-30"));
        assert_eq!(steps.len(), 6);
        // Users go on to about 1,000 + 10 · 53 = 1,530, each spends about 20.
        let june = steps[5].step;
        assert!((june.p50 / 30_600.0 - 1.0).abs() < 0.06, "{june:?}");
        assert!(june.p10 < june.p50 && june.p50 < june.p90);
        let chance = found.chance_at_most(june.p50, day("2027-06-30")).unwrap();
        assert!((chance - 0.5).abs() < 0.01);
        assert_eq!(found.paths(6), found.paths(6));
    }

    #[test]
    fn inputs_that_move_against_each_other_cancel() {
        let mut f = Fixture::new();
        let shared = noisy(3, 0.0, 0.0, 10.0);
        let a: Vec<f64> = shared.iter().map(|v| 500.0 + v).collect();
        let b: Vec<f64> = shared.iter().map(|v| 500.0 - v).collect();
        let a = f.monthly("a", Aggregation::Last, "2023-01-01", &a);
        let b = f.monthly("b", Aggregation::Last, "2023-01-01", &b);
        let sum = f.formula("sum", &format!("[{a}] + [{b}]"), MissingInput::Missing);
        let width = |id| {
            let step = of_metric(&f.project, f.metric(id), day("2026-12-31"), None).unwrap().steps(1)[0].step;
            step.p90 - step.p10
        };
        // Drawn each for itself, the sum would be √2 times as wide as one of them.
        assert!(width(&sum) < 0.3 * width(&a), "{} {}", width(&sum), width(&a));
    }

    #[test]
    fn the_period_before_is_known_at_the_first_step() {
        let mut f = Fixture::new();
        let users = f.monthly("users", Aggregation::Last, "2023-01-01", &noisy(4, 1_000.0, 10.0, 1.0));
        let growth = f.formula("growth", &format!("growth([{users}])"), MissingInput::Missing);
        let steps = of_metric(&f.project, f.metric(&growth), day("2026-12-31"), None).unwrap().steps(2);
        for coming in steps {
            assert!((coming.step.p50 - 10.0 / 1_480.0).abs() < 0.004, "{coming:?}");
        }
    }

    #[test]
    fn an_input_without_history_leaves_the_values_themselves() {
        let mut f = Fixture::new();
        let users = f.monthly("users", Aggregation::Last, "2023-01-01", &noisy(4, 1_000.0, 10.0, 1.0));
        let price = f.monthly("price", Aggregation::Last, "2023-01-01", &[2.0]);
        let both = f.formula("both", &format!("[{users}] + [{price}]"), MissingInput::Zero);
        let found = of_metric(&f.project, f.metric(&both), day("2026-12-31"), None).unwrap();
        assert!(matches!(found.source, Source::Fitted(_)));
    }

    #[test]
    fn shared_inputs_are_built_once_and_loops_not_at_all() {
        let mut f = Fixture::new();
        let mut last = f.monthly("one", Aggregation::Sum, "2023-01-01", &noisy(6, 100.0, 0.0, 1.0));
        for step in 0..30 {
            last = f.formula(&format!("doubled {step}"), &format!("[{last}] + [{last}]"), MissingInput::Missing);
        }
        let found = of_metric(&f.project, f.metric(&last), day("2026-12-31"), None).unwrap();
        let Source::Simulated(simulated) = &found.source else { panic!("not simulated") };
        assert_eq!(simulated.inputs.len(), 1);
        assert!((found.steps(1)[0].step.p50 / 2f64.powi(30) / 100.0 - 1.0).abs() < 0.05);
    }
}
