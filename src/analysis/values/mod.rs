//! The values of a metric, recorded or computed by a formula.
//!
//! A formula first brings its inputs to the asked grain, each by its own aggregation, and is evaluated then: a quarter's ratio is the
//! quotient of the quarter's sums, never a mean of monthly ratios.

mod cells;
mod inputs;
mod kept;

use std::collections::BTreeSet;
use std::sync::Arc;

use crate::model::{Cadence, Date, Metric, MetricId};

use super::effort::Work;
use super::regrain::Regrained;
use super::study::Study;
use inputs::Inputs;
use kept::is_own;
pub(super) use kept::{Store, kept_chart, kept_outlook};

/// The values of a metric at a grain, as of a day. The grain is never finer than that of the recorded data; [`Regrained::cadence`] says
/// which it is. An input that leads back to the metric itself counts as missing. Worked out once where notes are taken.
pub fn metric_values<'a>(of: impl Into<Study<'a>>, metric: &Metric, to: Cadence, as_of: Date) -> Arc<Regrained> {
    let study = of.into();
    asked(study, metric, |store| {
        let cadence = store.own_cadence(study, metric).max(to);
        store.values(study, metric, cadence, as_of)
    })
}

/// The finest grain that a metric can be seen in: its own, or that of the coarsest input of its formula.
pub(super) fn own_cadence(study: Study<'_>, metric: &Metric) -> Cadence {
    asked(study, metric, |store| store.own_cadence(study, metric))
}

/// The metrics that one is the whole of, by id: as [`Project::segments_of`](crate::model::Project::segments_of), without looking through all
/// of them where notes are taken.
pub(in crate::analysis) fn segments_of(study: Study<'_>, whole: &MetricId) -> Vec<MetricId> {
    let found = study.with_store(|store| store.segments_of(&study, whole));
    // Somebody will look at each of them.
    if study.spend(Work::Parts, 10 * found.len()) { found } else { Vec::new() }
}

/// What a metric's formula is made of, segments included, by id: as
/// [`Project::formula_inputs`](crate::model::Project::formula_inputs).
pub(in crate::analysis) fn formula_inputs(study: Study<'_>, metric: &Metric) -> BTreeSet<MetricId> {
    let Some(formula) = metric.formula() else { return BTreeSet::new() };
    let mut inputs: BTreeSet<MetricId> = formula.metrics().into_iter().cloned().collect();
    for whole in formula.segmented() {
        inputs.extend(segments_of(study, whole));
    }
    inputs
}

/// A metric that is not (yet) the project's own is worked out by itself.
fn asked<T>(study: Study<'_>, metric: &Metric, answer: impl FnOnce(&mut Store) -> T) -> T {
    if is_own(study, metric) { study.with_store(answer) } else { answer(&mut Store::default()) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analysis::fixture::{Fixture, day};
    use crate::model::{Aggregation, Formula, MissingInput, Origin, SegmentOf};

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
        let values = |id| metric_values(&f.project, f.metric(id), Cadence::Monthly, day("2026-04-30")).values.clone();
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
        let values = |id| metric_values(&f.project, f.metric(id), Cadence::Monthly, day("2026-03-31")).values.clone();
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
        let values = &metric_values(&f.project, f.metric(&sum), Cadence::Monthly, day("2026-03-05")).values;
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
        let values = &metric_values(&f.project, f.metric(&last), Cadence::Monthly, day("2026-01-31")).values;
        assert_eq!(values[0].value, Some(2f64.powi(60)));
    }
}
