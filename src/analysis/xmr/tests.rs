//! Published charts, the rules at their edges, and how often charts of pure noise cry wolf.

use super::*;
use crate::analysis::fixture::{Fixture, day};
use crate::analysis::noise::Noise;
use crate::model::{Aggregation, DatedTarget, Limit};

fn values(values: &[f64]) -> Vec<Option<f64>> {
    values.iter().copied().map(Some).collect()
}

fn plain(data: &[f64]) -> Xmr {
    chart(&values(data), &Options::default()).unwrap()
}

fn rules(chart: &Xmr) -> Vec<(Rule, Vec<usize>)> {
    chart.signals.iter().map(|s| (s.rule, s.points.clone())).collect()
}

#[track_caller]
fn close(found: f64, wanted: f64) {
    assert!((found - wanted).abs() <= 1e-12 * wanted.abs().max(1.0), "{found}, not {wanted}");
}

/// NIST/SEMATECH e-Handbook of Statistical Methods, 6.3.2.2: flow rates.
const FLOW: [f64; 10] = [49.6, 47.6, 49.9, 51.3, 47.8, 51.2, 52.6, 52.4, 53.6, 52.1];

#[test]
fn the_flow_rates_of_the_nist_handbook() {
    let found = plain(&FLOW);
    let limits = found.limits().unwrap();
    close(limits.mean, 50.81);
    close(limits.mr_mean, 1.877_777_777_777_778_4);
    // The handbook prints 55.8041 and 45.8159, with 3/1.128 for 2.66.
    close(limits.upper_at(0), 55.804_888_888_888_9);
    close(limits.lower_at(0), 45.815_111_111_111_11);
    close(limits.mr_limit, 6.136_577_777_777_78);
    assert_eq!((rules(&found), limits.is_trial()), (Vec::new(), true));
    let median = chart(&values(&FLOW), &Options { ranges: Ranges::Median, ..Options::default() }).unwrap();
    let limits = median.limits().unwrap();
    close(limits.mr_mean, 1.5);
    close(limits.upper_at(0), 55.5275);
    close(limits.lower_at(0), 46.0925);
    close(limits.mr_limit, 5.7975);
}

/// What Xmrit shows first.
const XMRIT: [f64; 16] =
    [5045.0, 4350.0, 4350.0, 3975.0, 4290.0, 4430.0, 4485.0, 4285.0, 3980.0, 3925.0, 3645.0, 3760.0, 3300.0, 3685.0, 3463.0, 5200.0];

#[test]
fn the_first_chart_of_xmrit() {
    let found = plain(&XMRIT);
    let limits = found.limits().unwrap();
    close(limits.mean, 4135.5);
    close(limits.mr_mean, 355.933_333_333_333_34);
    close(limits.upper_at(0), 5_082.282_666_666_667);
    close(limits.lower_at(0), 3_188.717_333_333_333);
    close(limits.mr_limit, 1_163.190_133_333_333_3);
    assert!(!limits.is_trial());
    assert_eq!(rules(&found), [(Rule::Outside, vec![15]), (Rule::Range, vec![15])]);
    assert_eq!(found.points[15].variation, Variation::Improving);
    assert!(found.is_signalling());
    let median = chart(&values(&XMRIT), &Options { ranges: Ranges::Median, ..Options::default() }).unwrap();
    close(median.limits().unwrap().upper_at(0), 5016.1);
    close(median.limits().unwrap().lower_at(0), 3254.9);
}

#[test]
fn a_point_on_the_mean_breaks_a_run() {
    // The mean is 0. Eight above it make a run …
    let mut data = vec![1.0, 2.0, 1.0, 2.0, 1.0, 2.0, 1.0, 2.0, -3.0, -3.0, -2.0, -1.0, -3.0];
    assert_eq!(rules(&plain(&data)).iter().filter(|s| s.0 == Rule::Run).count(), 1);
    assert_eq!(plain(&data).signals.iter().find(|s| s.rule == Rule::Run).unwrap().points, (0..8).collect::<Vec<_>>());
    // … with one of them on the mean, none.
    data[4] = 0.0;
    data.push(1.0);
    assert_eq!(plain(&data).limits().unwrap().mean, 0.0);
    assert_eq!(rules(&plain(&data)).iter().filter(|s| s.0 == Rule::Run).count(), 0);
}

#[test]
fn a_run_that_goes_on_is_one_signal_known_from_its_eighth_point() {
    let data: Vec<f64> = (0..20).map(|i| f64::from(i % 2) + if i < 10 { 0.0 } else { 10.0 }).collect();
    let found = plain(&data);
    let runs: Vec<_> = found.signals.iter().filter(|s| s.rule == Rule::Run).collect();
    assert_eq!(
        runs.iter().map(|s| (s.side, s.points.len(), s.detected)).collect::<Vec<_>>(),
        [(Some(Side::Below), 10, 7), (Some(Side::Above), 10, 17)]
    );
}

#[test]
fn three_of_four_near_a_limit() {
    // Mean 0, ranges of 2 (and one of 5, one of 1): limits near ±5, half-way at 2.6.
    let data = [1.0, -1.0, 1.0, -1.0, 1.0, -1.0, 1.0, -4.0, -4.0, 0.0, -4.0, 4.0, 2.0, 4.0, 1.0];
    let found = plain(&data);
    let limits = found.limits().unwrap();
    assert!(limits.mean.abs() < 1e-12 && limits.spread / 2.0 < 4.0 && limits.spread > 4.0, "{limits:?}");
    let near: Vec<_> = found.signals.iter().filter(|s| s.rule == Rule::NearLimit).collect();
    assert_eq!(near.iter().map(|s| (s.side, s.points.clone(), s.detected)).collect::<Vec<_>>(), [(Some(Side::Below), vec![7, 8, 10], 10)]);
    assert_eq!(found.points[9].variation, Variation::Common);
    assert_eq!(found.points[10].variation, Variation::Concerning);
}

#[test]
fn a_large_step_alone_says_not_which_way() {
    let mut data = vec![10.0, 10.5, 10.0, 10.5, 10.0, 10.5, 10.0, 10.5, 10.0, 10.5, 10.0, 10.5];
    // Steps of 0.5, then of 2.6: only the range of the last is beyond its limit (2.41); its value (limits 8.29 and 12.22) is not.
    data.extend([9.0, 11.6]);
    let found = plain(&data);
    assert_eq!(rules(&found), [(Rule::Range, vec![13])]);
    assert_eq!(found.points[13].variation, Variation::Neither);
}

#[test]
fn dividers_start_new_limits_and_a_baseline_locks_them() {
    let data: Vec<f64> = (0..24).map(|i| f64::from(i % 3) + if i < 12 { 0.0 } else { 50.0 }).collect();
    let divided = chart(&values(&data), &Options { dividers: vec![12], ..Options::default() }).unwrap();
    assert_eq!(
        divided.segments.iter().map(|s| (s.points.clone(), s.limits.unwrap().mean)).collect::<Vec<_>>(),
        [(0..12, 1.0), (12..24, 51.0)]
    );
    assert_eq!((divided.signals.len(), divided.points[12].range), (0, None));
    let locked = chart(&values(&data), &Options { baseline: Some(0..12), ..Options::default() }).unwrap();
    assert_eq!((locked.limits().unwrap().mean, locked.limits().unwrap().basis, locked.segments[0].is_locked), (1.0, 12, true));
    assert_eq!(locked.signals.iter().filter(|s| s.rule == Rule::Outside).count(), 12);
    // Four dividers: the fourth is one too many. The last stretch is too short for limits.
    let many = chart(&values(&data), &Options { dividers: vec![6, 12, 20, 22], baseline: Some(0..4), ..Options::default() }).unwrap();
    assert_eq!(many.segments.iter().map(|s| s.limits.is_some()).collect::<Vec<_>>(), [true, true, true, false]);
    assert!(many.baseline_too_short && many.points[23].band.is_none());
}

#[test]
fn a_trend_is_taken_out_before_judging() {
    let mut noise = Noise::new(11);
    let mut data: Vec<f64> = (0..36).map(|i| 100.0 + 5.0 * f64::from(i) + noise.normal()).collect();
    data[30] += 12.0;
    assert!(plain(&data).signals.iter().any(|s| s.rule == Rule::Run));
    let found = chart(&values(&data), &Options { form: Form::Trended, ..Options::default() }).unwrap();
    assert!((found.limits().unwrap().slope - 5.0).abs() < 0.1);
    assert_eq!(found.signals.iter().filter(|s| s.rule == Rule::Outside).map(|s| s.points[0]).collect::<Vec<_>>(), [30]);
    assert!(!found.signals.iter().any(|s| s.rule == Rule::Run));
    let band = found.points[0].band.unwrap();
    assert!((band.centre - 100.0).abs() < 2.0 && band.lower < 100.0 && band.upper > 100.0);
    let advice = advise(&values(&data), Some(12), &[]);
    assert_eq!((advice.form, plain(&data).warning().is_some(), found.warning()), (Form::Trended, true, None));
}

#[test]
fn a_season_is_taken_out_before_judging() {
    let mut noise = Noise::new(5);
    let mut data: Vec<f64> =
        (0..48).map(|i| 200.0 + 60.0 * (f64::from(i) * std::f64::consts::TAU / 12.0).sin() + 3.0 * noise.normal()).collect();
    // In the highest month, less than usual there, yet far above the mean of all.
    data[39] -= 30.0;
    let options = Options { form: Form::Deseasonalised, cycle: Some(12), direction: Direction::Down, ..Options::default() };
    let found = chart(&values(&data), &options).unwrap();
    let outside: Vec<_> = found.signals.iter().filter(|s| s.rule == Rule::Outside).map(|s| (s.points[0], s.side)).collect();
    assert_eq!(outside, [(39, Some(Side::Below))]);
    assert_eq!(found.points[39].variation, Variation::Improving);
    let (high, low) = (found.points[3].band.unwrap(), found.points[9].band.unwrap());
    assert!(high.centre > 240.0 && low.centre < 160.0 && high.lower > low.upper);
    assert_eq!(advise(&values(&data), Some(12), &[]).form, Form::Deseasonalised);
    assert_eq!(chart(&values(&data), &Options { cycle: None, ..options }), Err(Unsuited::NoSeason));
}

#[test]
fn the_plain_form_is_advised_for_unrelated_values_only() {
    let mut noise = Noise::new(4);
    let independent = values(&noise.normals(52));
    assert_eq!(advise(&independent, Some(52), &[]).form, Form::Plain);
    let related = values(&noise.autoregressive(52, 0.8));
    let advice = advise(&related, None, &[]);
    assert!(advice.form == Form::Trended && advice.autocorrelation.unwrap() > 0.3);
    // A step that a divider explains is no trend.
    let stepped: Vec<Option<f64>> = independent.iter().zip(0..).map(|(v, i)| v.map(|v| if i < 26 { v } else { v + 9.0 })).collect();
    assert_eq!((advise(&stepped, None, &[]).form, advise(&stepped, None, &[26]).form), (Form::Trended, Form::Plain));
}

#[test]
fn limits_are_clamped_for_drawing_only() {
    let data: Vec<f64> = (0..12).map(|i| 99.0 + f64::from(i % 2)).collect();
    let band = plain(&data).band().unwrap();
    assert!(band.upper > 100.0);
    let drawn = band.within(Bounds { lower: Some(0.0), upper: Some(100.0) });
    assert_eq!((drawn.upper, drawn.lower, drawn.centre), (100.0, band.lower, band.centre));
}

#[test]
fn what_the_limits_say_of_a_target() {
    let band = Band { centre: 50.0, lower: 40.0, upper: 60.0 };
    let of = |limit| Assurance::of(band, limit);
    assert_eq!(
        [39.0, 40.0, 60.0, 61.0].map(|t| of(Limit::AtLeast(t))),
        [Assurance::PassesConsistently, Assurance::HitAndMiss, Assurance::HitAndMiss, Assurance::FailsConsistently]
    );
    assert_eq!(
        [39.0, 50.0, 61.0].map(|t| of(Limit::AtMost(t))),
        [Assurance::FailsConsistently, Assurance::HitAndMiss, Assurance::PassesConsistently]
    );
    assert_eq!(
        [(30.0, 70.0), (45.0, 70.0), (61.0, 70.0)].map(|(low, high)| of(Limit::Within { low, high })),
        [Assurance::PassesConsistently, Assurance::HitAndMiss, Assurance::FailsConsistently]
    );
}

#[test]
fn of_a_metric_only_complete_periods_count() {
    let mut f = Fixture::new();
    let data: Vec<f64> = (0..24).map(|i| f64::from(i % 4) + if i < 12 { 10.0 } else { 20.0 }).collect();
    let id = f.monthly("nps", Aggregation::Last, "2024-01-01", &data);
    f.edit_metric(&id, |m| {
        m.xmr.dividers = vec![day("2025-01-01")];
        m.targets = vec![DatedTarget { from: day("2024-01-01"), limit: Limit::AtLeast(5.0) }];
    });
    // On 15 December 2025 the last month is not over.
    let found = of_metric(&f.project, f.metric(&id), day("2025-12-15")).unwrap();
    assert_eq!((found.periods.len(), found.periods[22].last), (23, day("2025-11-30")));
    assert_eq!(found.chart.segments[1].points, 12..23);
    assert_eq!((found.assurance, found.advice.form), (Some(Assurance::PassesConsistently), Form::Plain));
    assert_eq!(found.assurance_of(Limit::AtLeast(40.0)), Some(Assurance::FailsConsistently));
    f.edit_metric(&id, |m| {
        m.xmr.dividers.clear();
        m.xmr.baseline = Some((day("2024-01-01"), day("2024-12-31")));
        m.direction = Direction::Down;
    });
    let locked = of_values(
        f.metric(&id),
        &crate::analysis::metric_values(&f.project, f.metric(&id), f.metric(&id).cadence, day("2025-12-31")),
        Choice { form: Some(Form::Plain), ranges: Ranges::Mean },
    )
    .unwrap();
    assert!(locked.warning.is_some() && locked.chart.segments[0].is_locked);
    assert!(locked.signals_after(day("2025-11-30")).all(|s| locked.periods[s.detected].last > day("2025-11-30")));
    assert_eq!(locked.signals_after(day("2025-11-30")).count(), 1);
    assert_eq!(locked.turned_bad_since(day("2025-05-01")).map(|s| locked.periods[s.detected].first), Some(day("2025-05-01")));
    assert_eq!(locked.turned_bad_since(day("2026-01-01")), None);
    assert!(matches!(of_metric(&f.project, f.metric(&id), day("2024-05-31")), Err(Unsuited::TooFew { have: 5, need: 6 })));
}

/// The share of charts with a signal by rules 1 to 3, in percent.
fn false_alarms(charts: usize, mut series: impl FnMut() -> Vec<f64>) -> f64 {
    let mut cried = 0;
    for _ in 0..charts {
        cried += usize::from(plain(&series()).signals.iter().any(|s| s.rule != Rule::Range));
    }
    100.0 * cried as f64 / charts as f64
}

#[test]
fn how_often_noise_looks_like_a_signal() {
    // Simulated for this project, to two points: 10 % of charts of 24 unrelated points, 27–28 % of 52, 49–50 % of 100.
    let mut noise = Noise::new(1);
    for (n, wanted) in [(24, 10.0..=10.0), (52, 27.0..=28.0), (100, 49.0..=50.0)] {
        let found = false_alarms(6_000, || noise.normals(n));
        assert!(found > wanted.start() - 2.0 && found < wanted.end() + 2.0, "{n} points: {found} %");
    }
    // Of neighbours with an autocorrelation of 0.6: 98 % of charts of 52 points, 75 % of 24.
    for (n, wanted) in [(52, 98.0), (24, 75.0)] {
        let found = false_alarms(4_000, || noise.autoregressive(n, 0.6));
        assert!((found - wanted).abs() < 2.0, "{n} related points: {found} %");
    }
}
