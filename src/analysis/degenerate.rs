//! Series that nobody wants: every analysis answers or says plainly why not, without a panic and without a number that is none.

use std::fmt::Debug;

use proptest::prelude::*;

use super::bet::{Predicted, bet};
use super::change_points::change_points;
use super::contributions::latest_move;
use super::decompose::season;
use super::fixture::{Fixture, day};
use super::lead_lag::lead_lag;
use super::outliers::outliers;
use super::sensitivity::sensitivity;
use super::statistics::{autocorrelation, mean, median, quantile, standard_deviation};
use super::trend::trend;
use super::xmr::{Form, Options, Ranges, advise, chart, of_metric};
use crate::model::{Aggregation, MissingInput, Tree};

/// All numbers of what was found are numbers.
#[track_caller]
fn sound(what: &str, found: &impl Debug) {
    let text = format!("{found:?}");
    let wrong = ["NaN", " inf", "-inf", "(inf", "[inf"].into_iter().find(|bad| text.contains(bad));
    assert_eq!(wrong, None, "{what}: {text}");
}

fn everything(values: &[Option<f64>], other: &[Option<f64>]) {
    let present: Vec<f64> = values.iter().flatten().copied().collect();
    sound("mean", &mean(&present));
    sound("standard deviation", &standard_deviation(&present));
    sound("autocorrelation", &autocorrelation(&present, 1));
    sound("median", &(median(&present), quantile(&present, 0.25)));
    sound("trend", &trend(values));
    sound("change points", &change_points(values));
    for cycle in [None, Some(4), Some(12)] {
        sound("outliers", &outliers(values, cycle));
        sound("advice", &advise(values, cycle, &[5, 20]));
        sound("bet", &bet(values, values.len() / 2, values.len() / 2 + 1, Some(Predicted::Relative(0.1)), cycle));
        sound("lead–lag", &lead_lag(values, other, cycle, 12, 3));
        for form in Form::ALL {
            for ranges in [Ranges::Mean, Ranges::Median] {
                let options = Options { form, ranges, cycle, dividers: vec![3, 11, 30], baseline: Some(2..14), ..Options::default() };
                let found = chart(values, &options);
                if let Ok(chart) = &found {
                    sound("warning", &chart.warning());
                }
                sound("chart", &found);
            }
        }
    }
    sound("season", &season(values, 4));
}

/// From ordinary numbers to those at the ends of what a double holds.
fn any_value() -> impl Strategy<Value = f64> {
    prop_oneof![
        4 => -100.0..100.0,
        2 => Just(0.0),
        2 => Just(7.0),
        1 => Just(1e-300),
        1 => Just(-1e16),
        1 => Just(1e74),
        1 => Just(1e308),
        1 => Just(-1.7e308),
    ]
}

/// Mostly of one kind, with gaps, sometimes with one wild value.
fn any_series() -> impl Strategy<Value = Vec<Option<f64>>> {
    let ordinary = || proptest::collection::vec(proptest::option::weighted(0.9, -5.0..50.0), 0..80);
    let constant = (any_value(), 0..70_usize).prop_map(|(value, n)| vec![Some(value); n]);
    let wild = (ordinary(), any_value(), 0..80_usize).prop_map(|(mut values, value, at)| {
        if let Some(slot) = values.get_mut(at) {
            *slot = Some(value);
        }
        values
    });
    let two_levels =
        (any_value(), any_value(), 0..60_usize).prop_map(|(a, b, n)| (0..n).map(|i| Some(if i * 2 < n { a } else { b })).collect());
    let with_a_gap = (ordinary(), 0..80_usize).prop_map(|(mut values, at)| {
        let at = at.min(values.len());
        values.splice(at..at, vec![None; 24]);
        values
    });
    let anything = proptest::collection::vec(proptest::option::weighted(0.8, any_value()), 0..80);
    prop_oneof![constant, wild, two_levels, with_a_gap, anything]
}

#[test]
fn a_series_of_five_thousand() {
    let mut noise = super::noise::Noise::new(40);
    let values: Vec<Option<f64>> = (0..5_000).map(|i| Some(noise.normal() + f64::from(i) * 0.001)).collect();
    sound("chart", &chart(&values, &Options { form: Form::DeseasonalisedTrended, cycle: Some(7), ..Options::default() }));
    sound("advice", &advise(&values, Some(7), &[]));
    sound("outliers", &outliers(&values, Some(7)));
    assert!(trend(&values).unwrap().is_significant());
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(150))]
    #[test]
    fn any_series_has_an_answer_or_a_reason(values in any_series(), other in any_series()) {
        everything(&values, &other);
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(60))]
    #[test]
    fn any_metric_has_an_answer_or_a_reason(a in any_series(), b in any_series()) {
        let mut f = Fixture::new();
        let series = |values: &[Option<f64>]| {
            let mut month = day("2021-01-01");
            let mut points = Vec::new();
            for value in values {
                points.extend(value.map(|v| (month, v)));
                month = month + chrono::Months::new(1);
            }
            points
        };
        let a = f.recorded("a", crate::model::Cadence::Monthly, Aggregation::Sum, &series(&a));
        let b = f.recorded("b", crate::model::Cadence::Monthly, Aggregation::Last, &series(&b));
        let mixed = f.formula("mixed", &format!("[{a}] / [{b}] - growth([{b}]) * 3"), MissingInput::Zero);
        let as_of = day("2026-06-30");
        for id in [&a, &b, &mixed] {
            let metric = f.metric(id);
            sound("chart", &of_metric(&f.project, metric, as_of));
            sound("move", &latest_move(&f.project, metric, as_of));
            sound("sensitivity", &sensitivity(&f.project, metric, 0.1, as_of, |_| None));
            sound("guardrail", &super::guardrail::trip(&f.project, metric, Some(day("2022-01-01")), as_of));
        }
        let tree = Tree::of(&f.project);
        sound("attention", &super::attention::attention(&f.project, &tree, &f.evaluate("2026-06-30"), super::attention::Since::Day(day("2021-01-01"))));
    }
}
