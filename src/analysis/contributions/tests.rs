//! Worked examples, and ten thousand formulas that nobody thought of.

use std::collections::BTreeMap;

use super::*;
use crate::analysis::fixture::{Fixture, day};
use crate::analysis::noise::Noise;
use crate::model::{Aggregation, MissingInput, Operator, SegmentOf};

#[track_caller]
fn close(found: f64, wanted: f64) {
    assert!((found - wanted).abs() <= 1e-9 * wanted.abs().max(1.0), "{found}, not {wanted}");
}

#[test]
fn the_mean_of_two_levels() {
    close(logarithmic_mean(2.0, 2.0), 2.0);
    // (e − 1) ÷ ln e
    close(logarithmic_mean(1.0, std::f64::consts::E), std::f64::consts::E - 1.0);
    // Near each other, as far apart, and from either side.
    let (near, far) = (logarithmic_mean(1.0, 1.0 + 0.999_999e-5), logarithmic_mean(1.0, 1.0 + 1.000_001e-5));
    assert!((far - near - 1e-11).abs() < 1e-15, "{near} {far}");
    assert_eq!(logarithmic_mean(3.0, 7.0), logarithmic_mean(7.0, 3.0));
}

#[test]
fn a_product_of_sums_down_to_its_sources() {
    let mut f = Fixture::new();
    let new = f.monthly("new", Aggregation::Sum, "2026-01-01", &[40.0, 60.0]);
    let kept = f.monthly("kept", Aggregation::Sum, "2026-01-01", &[60.0, 60.0]);
    let price = f.monthly("price", Aggregation::Mean, "2026-01-01", &[10.0, 12.0]);
    let users = f.formula("users", &format!("[{new}] + [{kept}]"), MissingInput::Missing);
    let revenue = f.formula("revenue", &format!("[{users}] * [{price}]"), MissingInput::Missing);
    let found = latest_move(&f.project, f.metric(&revenue), day("2026-02-28")).unwrap();
    // 1,000 to 1,440: L = 440 / ln 1.44 shared by ln 1.2 and ln 1.2.
    assert_eq!((found.before, found.after), (1_000.0, 1_440.0));
    let amount = |id: &MetricId| found.parts.iter().find(|p| &p.input == id).unwrap().amount;
    close(amount(&users), 220.0);
    close(amount(&price), 220.0);
    let sources: BTreeMap<MetricId, f64> = found.by_source().into_iter().collect();
    close(sources[&new], 220.0);
    close(sources[&kept], 0.0);
    close(sources.values().sum(), 440.0);
    let whole = contributions(&f.project, f.metric(&revenue), day("2026-01-09"), day("2026-02-03"), day("2026-02-28")).unwrap();
    assert_eq!(whole, found);
}

#[test]
fn quotients_growth_and_segments() {
    let mut f = Fixture::new();
    let orders = f.monthly("orders", Aggregation::Sum, "2026-01-01", &[50.0, 80.0, 60.0]);
    let visits = f.monthly("visits", Aggregation::Sum, "2026-01-01", &[100.0, 200.0, 240.0]);
    let rate = f.formula("rate", &format!("[{orders}] / [{visits}]"), MissingInput::Missing);
    let found = latest_move(&f.project, f.metric(&rate), day("2026-03-31")).unwrap();
    // 0.4 to 0.25: L = −0.15 / ln 0.625; orders × ln 0.75, visits × −ln 1.2.
    let l = -0.15 / 0.625_f64.ln();
    close(found.by_source().iter().find(|s| s.0 == orders).unwrap().1, l * 0.75_f64.ln());
    close(found.by_source().iter().find(|s| s.0 == visits).unwrap().1, -l * 1.2_f64.ln());
    let growth = f.formula("growth", &format!("growth([{orders}])"), MissingInput::Missing);
    let found = latest_move(&f.project, f.metric(&growth), day("2026-03-31")).unwrap();
    assert_eq!(found.parts.iter().map(|p| p.lag).max(), Some(1));
    close(found.parts.iter().map(|p| p.amount).sum(), (60.0 / 80.0 - 1.0) - (80.0 / 50.0 - 1.0));
    for (id, value) in [(&orders, "web"), (&visits, "app")] {
        let whole = growth.clone();
        f.edit_metric(id, |m| m.segment = Some(SegmentOf { whole, dimension: "kind".to_owned(), value: value.to_owned() }));
    }
    let sum = f.formula("sum", &format!("segments([{growth}])"), MissingInput::Missing);
    let found = latest_move(&f.project, f.metric(&sum), day("2026-03-31")).unwrap();
    assert_eq!(found.by_source(), [(visits.clone(), 40.0), (orders.clone(), -20.0)]);
    assert_eq!(latest_move(&f.project, f.metric(&orders), day("2026-03-31")), Err(WhyNoParts::NotComputed));
    assert_eq!(latest_move(&f.project, f.metric(&rate), day("2026-01-31")), Err(WhyNoParts::NoValue));
}

#[test]
fn values_at_or_below_zero_add_up_too() {
    let mut f = Fixture::new();
    let profit = f.monthly("profit", Aggregation::Sum, "2026-01-01", &[-20.0, 30.0]);
    let share = f.monthly("share", Aggregation::Mean, "2026-01-01", &[0.5, -0.2]);
    for sign in ["*", "/"] {
        let metric = f.formula("both", &format!("[{profit}] {sign} [{share}]"), MissingInput::Missing);
        let found = latest_move(&f.project, f.metric(&metric), day("2026-02-28")).unwrap();
        close(found.parts.iter().map(|p| p.amount).sum(), found.after - found.before);
    }
    let zero = f.monthly("zero", Aggregation::Sum, "2026-01-01", &[1.0, 0.0]);
    let undefined = f.formula("undefined", &format!("[{profit}] / [{zero}]"), MissingInput::Missing);
    assert_eq!(latest_move(&f.project, f.metric(&undefined), day("2026-02-28")), Err(WhyNoParts::NoValue));
}

#[test]
fn metrics_that_share_inputs_over_and_over_end() {
    let mut f = Fixture::new();
    let mut last = [0.0, 1.0].map(|by| f.monthly("source", Aggregation::Sum, "2026-01-01", &[1.0, 2.0 + by]));
    for _ in 0..30 {
        last = ["+", "-"].map(|sign| f.formula("next", &format!("([{}] {sign} [{}]) / 2", last[0], last[1]), MissingInput::Missing));
    }
    let found = latest_move(&f.project, f.metric(&last[0]), day("2026-02-28")).unwrap();
    close(found.parts.iter().map(|p| p.amount).sum(), found.after - found.before);
}

/// A random formula of metrics, at most `depth` deep.
fn random_formula(noise: &mut Noise, metrics: &[MetricId], depth: usize) -> Formula {
    let kind = noise.below(if depth == 0 { 3 } else { 12 });
    let mut inner = || Box::new(random_formula(noise, metrics, depth - 1));
    match kind {
        0 => Formula::Number((noise.uniform() * 1e4).round() / 100.0 + 0.01),
        1 | 2 => Formula::Metric(metrics[noise.below(metrics.len())].clone()),
        3 => Formula::Negate(inner()),
        4 => Formula::Previous(inner()),
        5 => Formula::Growth(inner()),
        6 | 7 => Formula::Binary { operator: Operator::Add, left: inner(), right: inner() },
        8 => Formula::Binary { operator: Operator::Subtract, left: inner(), right: inner() },
        9 | 10 => Formula::Binary { operator: Operator::Multiply, left: inner(), right: inner() },
        _ => Formula::Binary { operator: Operator::Divide, left: inner(), right: inner() },
    }
}

#[test]
fn parts_add_up_to_the_change_of_ten_thousand_random_formulas() {
    let mut noise = Noise::new(99);
    let metrics: Vec<MetricId> = (0..5).map(MetricId::from_random).collect();
    let nothing = Fixture::new();
    let (mut tried, mut added_up) = (0, 0);
    while added_up < 10_000 {
        tried += 1;
        assert!(tried < 20_000, "most formulas have values");
        let formula = random_formula(&mut noise, &metrics, 4);
        // Some inputs negative, some unchanged; a value for each of six periods, of which the last two are compared.
        let history: BTreeMap<&MetricId, [f64; 10]> = metrics
            .iter()
            .map(|id| {
                let level = (noise.normal() * 3.0).exp() * if noise.below(5) == 0 { -1.0 } else { 1.0 };
                let moves = if noise.below(6) == 0 { 0.0 } else { 0.3 };
                (id, std::array::from_fn(|_| level * (1.0 + moves * noise.normal())))
            })
            .collect();
        let mut values = |id: &MetricId, lag: u32| Some((history[id][8 - lag as usize], history[id][9 - lag as usize]));
        let Some(node) = split((&nothing.project).into(), &formula, 0, &mut values, &|_| Vec::new()) else { continue };
        let amounts: Vec<f64> =
            node.multipliers.iter().map(|((id, lag), m)| m * (history[id][9 - *lag as usize] - history[id][8 - *lag as usize])).collect();
        let scale = amounts.iter().fold(node.before.abs() + node.after.abs(), |s, a| s + a.abs());
        let off = amounts.iter().sum::<f64>() - (node.after - node.before);
        assert!(off.abs() <= 1e-9 * scale.max(1.0), "{formula}: off by {off} of {scale}");
        added_up += 1;
    }
}
