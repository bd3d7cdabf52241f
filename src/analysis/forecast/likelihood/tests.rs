use super::*;
use crate::analysis::fixture::{Fixture, day};
use crate::analysis::forecast::of_metric;
use crate::analysis::noise::Noise;
use crate::model::{Aggregation, Cadence, GoalId, MetricId, Recording};

/// 36 months to December 2025: 100, 102, 104 … with some noise.
fn rising(f: &mut Fixture) -> MetricId {
    let mut noise = Noise::new(7);
    let values: Vec<f64> = (0..36).map(|i| 100.0 + 2.0 * f64::from(i) + 2.0 * noise.normal()).collect();
    f.monthly("MAU", Aggregation::Last, "2023-01-01", &values)
}

fn asked(f: &Fixture, goal: &GoalId, on: &str) -> Option<Likelihood> {
    let goal = f.project.goal(goal).unwrap();
    let metric = f.metric(goal.as_key_result().unwrap().metric.as_ref().unwrap());
    likelihood(&f.project, goal, day(on), &of_metric(&f.project, metric, day(on), None).unwrap())
}

#[test]
fn what_the_trend_reaches_is_likely_and_what_lies_beyond_is_not() {
    let mut f = Fixture::new();
    let metric = rising(&mut f);
    let forecast = of_metric(&f.project, f.metric(&metric), day("2025-12-31"), None).unwrap();
    // June 2026 is forecast at about 100 + 2 · 41 = 182.
    let mut chance = |target: f64| {
        let goal = f.key_result(Aim::Increase { start: 170.0, target }, Some(&metric), "2026-01-01", "2026-06-30");
        asked(&f, &goal, "2025-12-31").unwrap()
    };
    let (easy, even, hard) = (chance(174.0), chance(182.0), chance(195.0));
    assert!(easy.probability > 0.8 && hard.probability < 0.05, "{} {}", easy.probability, hard.probability);
    assert!((0.2..0.8).contains(&even.probability), "{even:?}");
    assert_eq!(even.period.first, day("2026-06-01"));
    assert!((even.p50 - 182.0).abs() < 4.0);
    assert!(even.at_any_time(&forecast).unwrap() >= even.probability);
    assert!(even.at_any_time(&forecast) <= easy.at_any_time(&forecast));
    // Advice: at the median 50 %; with 70 % less is promised. The target's own date lies later the higher it is.
    assert_eq!(even.advice_50, Some(even.p50));
    assert!(even.advice_70 < even.advice_50);
    let advised = chance(even.advice_70.unwrap());
    assert!((advised.probability - 0.7).abs() < 1e-6);
    assert!(hard.likely_date > even.likely_date);
    assert!(
        easy.words
            .starts_with(&format!("{} likely: for Jun 2026 the forecast is", words::chance(&f.project.settings.locale, easy.probability))),
        "{}",
        easy.words
    );
    assert!(easy.how.starts_with("Mean of Theta and ETS(") && easy.how.contains("from 36 monthly values up to Dec 2025"), "{}", easy.how);
}

#[test]
fn down_is_the_mirror_of_up() {
    let mut f = Fixture::new();
    let metric = rising(&mut f);
    let down = f.key_result(Aim::Decrease { start: 170.0, target: 180.0 }, Some(&metric), "2026-01-01", "2026-06-30");
    let up = f.key_result(Aim::Increase { start: 170.0, target: 180.0 }, Some(&metric), "2026-01-01", "2026-06-30");
    let (down, up) = (asked(&f, &down, "2025-12-31").unwrap(), asked(&f, &up, "2025-12-31").unwrap());
    assert!((down.probability + up.probability - 1.0).abs() < 1e-12);
    assert!(down.advice_70 > down.advice_50);
}

#[test]
fn aspirational_goals_are_judged_at_seven_tenths() {
    let mut f = Fixture::new();
    let metric = rising(&mut f);
    let goal = f.key_result(Aim::Increase { start: 170.0, target: 190.0 }, Some(&metric), "2026-01-01", "2026-06-30");
    let committed = asked(&f, &goal, "2025-12-31").unwrap();
    f.edit_goal(&goal, |g| g.horizon = Horizon::Aspirational);
    let aspirational = asked(&f, &goal, "2025-12-31").unwrap();
    assert_eq!(committed.probability, aspirational.probability);
    assert_eq!(committed.judged, committed.probability);
    assert!(aspirational.judged > aspirational.probability + 0.2);
}

#[test]
fn a_limit_that_holds_by_far_is_kept_and_one_missed_too_often_is_lost() {
    let mut f = Fixture::new();
    let mut noise = Noise::new(3);
    let values: Vec<f64> = (0..40).map(|_| 99.0 + 0.3 * noise.normal()).collect();
    let metric = f.monthly("uptime", Aggregation::Mean, "2023-01-01", &values);
    let mut asked_of = |threshold: f64| {
        let goal = f.at_least(threshold, &metric, "2026-01-01", "2026-12-31");
        asked(&f, &goal, "2026-04-30").unwrap()
    };
    let easy = asked_of(97.0);
    let kept = easy.kept.unwrap();
    assert_eq!((kept.met, kept.of, kept.to_come), (4, 4, 8));
    assert!(easy.probability > 0.99 && kept.expected > 0.99);
    assert!(asked_of(99.9).probability < 0.01);
    // The limit advised with 70 % has just that chance, as far as 2,000 paths tell.
    let advised = asked_of(easy.advice_70.unwrap());
    assert!((advised.probability - 0.7).abs() < 0.01, "{}", advised.probability);
    assert!(easy.words.contains("kept in 4 of 4 months so far, 8 are to come"), "{}", easy.words);
}

#[test]
fn a_total_is_what_came_plus_what_is_to_come() {
    let mut f = Fixture::new();
    let mut noise = Noise::new(9);
    let values: Vec<f64> = (0..38).map(|_| 100.0 + 5.0 * noise.normal()).collect();
    let so_far = values[36] + values[37];
    let metric = f.monthly("sign-ups", Aggregation::Sum, "2023-01-01", &values);
    let goal = f.key_result(Aim::Increase { start: 0.0, target: 300.0 }, Some(&metric), "2026-01-01", "2026-03-31");
    f.edit_goal(&goal, |g| {
        if let crate::model::GoalKind::KeyResult(k) = &mut g.kind {
            k.accumulating = true;
        }
    });
    let found = asked(&f, &goal, "2026-02-28").unwrap();
    assert_eq!(found.basis, Basis::Total);
    assert!((found.p50 - so_far - 100.0).abs() < 4.0, "{found:?}");
    // One month is uncertain, not three.
    assert!(found.p90 - found.p10 < 25.0);
    assert!(found.words.contains("by 31 Mar 2026 the total is forecast at"), "{}", found.words);
    assert_eq!(found.likely_date.map(|d| d >= day("2026-03-31")), Some(true));

    // The same as running totals that begin anew each quarter.
    let mut total = 0.0;
    let totals: Vec<f64> = values
        .iter()
        .enumerate()
        .map(|(i, v)| {
            total = if i % 3 == 0 { *v } else { total + v };
            total
        })
        .collect();
    let running = f.monthly("running", Aggregation::Last, "2023-01-01", &totals);
    f.edit_metric(&running, |m| m.recording = Recording::RunningTotals);
    f.edit_goal(&goal, |g| {
        if let crate::model::GoalKind::KeyResult(k) = &mut g.kind {
            k.metric = Some(running.clone());
        }
    });
    let same = asked(&f, &goal, "2026-02-28").unwrap();
    assert!((same.p50 - found.p50).abs() < 3.0, "{} {}", same.p50, found.p50);
}

#[test]
fn a_month_under_way_counts_for_the_days_that_are_left() {
    let mut f = Fixture::new();
    let values: Vec<f64> = (0..36).map(|i| 100.0 + f64::from(i * 7 % 5)).collect();
    let metric = f.monthly("sign-ups", Aggregation::Sum, "2023-01-01", &values);
    // January 2026: 60 by the 15th.
    f.edit_metric(&metric, |m| {
        let series = std::sync::Arc::make_mut(&mut m.series);
        series.put(crate::model::Point::new(crate::model::Stamp::from_date(day("2026-01-01")), 60.0)).unwrap();
    });
    f.mark_data_to(&metric, "2026-01-01", "2026-01-15");
    let goal = f.key_result(Aim::Increase { start: 0.0, target: 110.0 }, Some(&metric), "2026-01-01", "2026-01-31");
    let found = asked(&f, &goal, "2026-01-15").unwrap();
    // 60 and 16 of 31 days of about 102.
    assert!((found.p50 - 60.0 - 102.0 * 16.0 / 31.0).abs() < 2.0, "{found:?}");
}

#[test]
fn where_nothing_is_left_to_ask_there_is_no_likelihood() {
    let mut f = Fixture::new();
    let metric = rising(&mut f);
    let past = f.key_result(Aim::Increase { start: 100.0, target: 150.0 }, Some(&metric), "2025-01-01", "2025-11-30");
    assert_eq!(asked(&f, &past, "2025-12-31"), None);
    let other = f.every("other", Cadence::Weekly, Aggregation::Last, "2025-01-06", &[1.0, 2.0, 3.0, 2.0, 4.0, 3.0]);
    let goal = f.key_result(Aim::Increase { start: 170.0, target: 180.0 }, Some(&metric), "2026-01-01", "2026-06-30");
    let forecast = of_metric(&f.project, f.metric(&other), day("2025-12-31"), None).unwrap();
    assert_eq!(likelihood(&f.project, f.project.goal(&goal).unwrap(), day("2025-12-31"), &forecast), None);
    f.edit_goal(&goal, |g| g.state = GoalState::Postponed { since: day("2025-12-01"), note: String::new() });
    assert_eq!(asked(&f, &goal, "2025-12-31"), None);
}
