//! The report's numbers worked out by hand, one kind of goal after the other; the arithmetic stands beside each.

use serde_json::{Value, json};

use super::{json as report, text};
use crate::analysis::fixture::{Fixture, day};
use crate::model::{
    Aggregation, Aim, Cadence, Closing, Direction, GoalId, GoalKind, GoalState, KeyResult, LedgerChange, LedgerEntry, Pace, Recording,
    StatusPreset, TargetStage, Tree,
};

fn up(start: f64, target: f64) -> Aim {
    Aim::Increase { start, target }
}

fn entry(f: &Fixture, goal: &GoalId, as_of: &str) -> Value {
    let whole = report(&f.project, &Tree::of(&f.project), &f.evaluate(as_of));
    whole["goals"].as_array().unwrap().iter().find(|g| g["id"] == goal.as_str()).unwrap().clone()
}

/// Every key of `expected` is in the entry; numbers agree to nine decimals.
#[track_caller]
fn check(f: &Fixture, goal: &GoalId, as_of: &str, expected: &Value) {
    let found = entry(f, goal, as_of);
    for (key, wanted) in expected.as_object().unwrap() {
        let value = found.get(key).unwrap_or_else(|| panic!("no key {key}"));
        match (value.as_f64(), wanted.as_f64()) {
            (Some(value), Some(wanted)) => assert!((value - wanted).abs() < 1e-9, "{key}: {value}, by hand {wanted}"),
            _ => assert_eq!(value, wanted, "{key}"),
        }
    }
}

fn key_result(f: &mut Fixture, goal: &GoalId, edit: impl FnOnce(&mut KeyResult)) {
    f.edit_goal(goal, |g| match &mut g.kind {
        GoalKind::KeyResult(key_result) => edit(key_result),
        _ => panic!("not a key result"),
    });
}

#[test]
fn an_increase() {
    let mut f = Fixture::new();
    let users = f.monthly("Users", Aggregation::Last, "2026-01-01", &[100.0, 110.0, 120.0]);
    let goal = f.key_result(up(100.0, 200.0), Some(&users), "2025-12-31", "2026-12-31");
    // March: 20 of 100. 90 of 365 days: 24.7 % expected. 80 are left for nine months; (200/120)^(1/9) − 1 a month.
    check(
        &f,
        &goal,
        "2026-04-15",
        &json!({
            "progress": 0.2, "expected": 90.0 / 365.0, "status": "behind", "start": 100.0, "current": 120.0, "target": 200.0,
            "original_target": null, "score": 0.2, "score_original": null, "required_rate": 80.0 / 9.0,
            "required_growth": (200f64 / 120.0).powf(1.0 / 9.0) - 1.0, "required_cadence": "monthly", "periods_left": 9,
            "provisional": false, "weight_share": 1.0, "measured": null, "target_band": null,
        }),
    );
}

#[test]
fn a_decrease_by_both_presets() {
    let mut f = Fixture::new();
    let minutes = f.monthly("Minutes", Aggregation::Mean, "2026-01-01", &[10.0, 9.0, 9.0]);
    let goal = f.key_result(Aim::Decrease { start: 10.0, target: 6.0 }, Some(&minutes), "2026-01-01", "2026-06-30");
    // 1 of 4 minutes gone on 31 March, day 89 of 180: 49.4 % expected. 24.4 points behind: behind. 25/49.4 = 51 %: below 70 %, at risk.
    let expected = 89.0 / 180.0;
    let mut wanted =
        json!({ "progress": 0.25, "expected": expected, "status": "behind", "current": 9.0, "required_rate": -1.0, "periods_left": 3 });
    check(&f, &goal, "2026-04-10", &wanted);
    f.project.settings.status.preset = StatusPreset::Ratio;
    wanted["status"] = json!("at_risk");
    check(&f, &goal, "2026-04-10", &wanted);
}

#[test]
fn staying_above_below_and_within() {
    let mut f = Fixture::new();
    let level = f.monthly("Level", Aggregation::Last, "2026-01-01", &[5.0, 3.0, 5.0, 5.0]);
    let share = 0.9;
    let above = f.key_result(Aim::AtLeast { threshold: 4.0, required_share: share }, Some(&level), "2026-01-01", "2026-12-31");
    let below = f.key_result(Aim::AtMost { threshold: 4.0, required_share: share }, Some(&level), "2026-01-01", "2026-12-31");
    let within = f.key_result(Aim::Between { low: 4.0, high: 6.0, required_share: share }, Some(&level), "2026-01-01", "2026-12-31");
    // Above: met in January, March and April. Below: in February alone, the last two missed.
    let kept = |progress: f64, status: &str| json!({ "progress": progress, "score": progress, "expected": 1.0, "status": status, "current": 5.0, "required_rate": null });
    check(&f, &above, "2026-05-10", &kept(0.75, "on_track"));
    check(&f, &above, "2026-05-10", &json!({ "target": 4.0, "start": null, "target_band": null }));
    check(&f, &below, "2026-05-10", &kept(0.25, "at_risk"));
    check(&f, &within, "2026-05-10", &kept(0.75, "on_track"));
    check(&f, &within, "2026-05-10", &json!({ "target": null, "target_band": [4.0, 6.0] }));
}

#[test]
fn milestones_of_one_and_of_many_steps() {
    let mut f = Fixture::new();
    let one = f.milestone(&[None], "2026-01-01", "2026-04-11");
    let many = f.milestone(&[Some("2026-02-01"), None], "2026-01-01", "2026-04-11");
    check(&f, &one, "2026-02-20", &json!({ "start": 0.0, "current": 0.0, "target": 1.0, "progress": 0.0, "expected": 0.0, "score": 0.0 }));
    // Day 50 of 100.
    check(&f, &many, "2026-02-20", &json!({ "current": 1.0, "target": 2.0, "progress": 0.5, "expected": 0.5, "status": "on_track" }));
}

#[test]
fn a_baseline_first() {
    let mut f = Fixture::new();
    let level = f.monthly("Level", Aggregation::Last, "2026-01-01", &[10.0, 11.0, 12.0]);
    let goal = f.key_result(Aim::Baseline { direction: Direction::Up, target: Some(20.0) }, Some(&level), "2026-01-01", "2026-12-31");
    let nothing = json!({ "start": null, "current": 12.0, "target": 20.0, "progress": null, "score": null, "required_rate": null, "status": "no_data" });
    check(&f, &goal, "2026-04-10", &nothing);
}

#[test]
fn totals_from_increments_and_from_running_totals() {
    let mut f = Fixture::new();
    let points: Vec<_> = day("2026-10-01").iter_days().take(20).map(|d| (d, 10.0)).collect();
    let running: Vec<_> = points
        .iter()
        .scan(0.0, |sum, (d, v)| {
            Some((*d, {
                *sum += v;
                *sum
            }))
        })
        .collect();
    let increments = f.recorded("Sign-ups", Cadence::Daily, Aggregation::Sum, &points);
    let totals = f.recorded("Sign-ups so far", Cadence::Daily, Aggregation::Sum, &running);
    f.edit_metric(&totals, |m| m.recording = Recording::RunningTotals);
    for metric in [&increments, &totals] {
        let goal = f.key_result(up(0.0, 1000.0), Some(metric), "2026-10-01", "2026-12-31");
        key_result(&mut f, &goal, |k| k.accumulating = true);
        // Twenty days of ten; day 19 of 91; 800 for the 72 days left.
        let wanted = json!({ "start": 0.0, "current": 200.0, "target": 1000.0, "progress": 0.2, "expected": 19.0 / 91.0, "required_rate": 800.0 / 72.0, "required_growth": null, "periods_left": 72, "required_cadence": "daily" });
        check(&f, &goal, "2026-10-20", &wanted);
    }
}

#[test]
fn a_staged_target_expects_what_its_stages_say() {
    let mut f = Fixture::new();
    let goal = f.increase(0.0, 100.0, "2026-01-01", "2026-04-11");
    let stage = |by: &str, value: f64| TargetStage { by: day(by), value };
    key_result(&mut f, &goal, |k| (k.pace, k.stages) = (Pace::Steps, vec![stage("2026-01-31", 20.0), stage("2026-03-02", 70.0)]));
    f.check_in(&goal, "2026-02-20", 30.0);
    // Day 50: the stage of 31 January asks for 20.
    check(&f, &goal, "2026-02-20", &json!({ "progress": 0.3, "expected": 0.2, "status": "on_track", "target": 100.0 }));
    key_result(&mut f, &goal, |k| k.pace = Pace::Points);
    // From 20 on day 30 to 70 on day 60, day 50 lies at 20 + 50·20/30 = 53.3: 23.3 points behind.
    check(&f, &goal, "2026-02-20", &json!({ "expected": 0.2 + 0.5 * 20.0 / 30.0, "status": "behind" }));
}

#[test]
fn a_changed_target_is_scored_against_both() {
    let mut f = Fixture::new();
    let goal = f.increase(0.0, 100.0, "2026-01-01", "2026-12-31");
    let change = LedgerChange::Target { old: 200.0, new: 100.0 };
    f.edit_goal(&goal, |g| g.ledger = vec![LedgerEntry { on: day("2026-04-01"), change, why: "Two markets closed".to_owned() }]);
    f.check_in(&goal, "2026-03-01", 50.0);
    check(&f, &goal, "2026-03-31", &json!({ "target": 200.0, "original_target": null, "score": 0.25, "score_original": null }));
    check(&f, &goal, "2026-04-01", &json!({ "target": 100.0, "original_target": 200.0, "score": 0.5, "score_original": 0.25 }));
    let closing = Closing { on: day("2026-06-30"), score: 0.6, suggested: Some(0.5), note: "The last market came late".to_owned() };
    f.edit_goal(&goal, |g| g.state = GoalState::Closed(closing));
    check(&f, &goal, "2026-07-01", &json!({ "status": "closed", "score": 0.6, "score_original": 0.25 }));
    let page = text(&f.project, &Tree::of(&f.project), &f.evaluate("2026-07-01"));
    assert!(page.contains("score 0.6 (0.3 against the first target)"), "{page}");
}

#[test]
fn after_the_due_date_a_value_that_is_not_the_last_is_provisional() {
    let mut f = Fixture::new();
    let users = f.monthly("Users", Aggregation::Last, "2025-12-01", &[0.0, 10.0, 50.0]);
    let goal = f.key_result(up(0.0, 100.0), Some(&users), "2026-01-01", "2026-03-31");
    check(&f, &goal, "2026-03-31", &json!({ "provisional": false }));
    check(&f, &goal, "2026-04-02", &json!({ "provisional": true, "status": "behind", "required_rate": null }));
    let page = text(&f.project, &Tree::of(&f.project), &f.evaluate("2026-04-02"));
    assert!(page.contains("provisional until the final value is in"), "{page}");
}

#[test]
fn an_objective_of_measured_missing_postponed_and_closed_parts() {
    let mut f = Fixture::new();
    let part = |f: &mut Fixture, value: Option<f64>| {
        let goal = f.increase(0.0, 100.0, "2026-01-01", "2026-04-11");
        if let Some(value) = value {
            f.check_in(&goal, "2026-02-20", value);
        }
        goal
    };
    let (half, ahead) = (part(&mut f, Some(50.0)), part(&mut f, Some(120.0)));
    let missing = part(&mut f, None);
    let (postponed, closed) = (part(&mut f, Some(0.0)), part(&mut f, Some(10.0)));
    let since = day("2026-02-01");
    f.edit_goal(&postponed, |g| g.state = GoalState::Postponed { since, note: String::new() });
    f.edit_goal(&closed, |g| g.state = GoalState::Closed(Closing { on: since, score: 0.4, suggested: None, note: String::new() }));
    let root = f.root.clone();
    // Half, 120 % counted as 100, and the closed one's 0.4, each a third of what is measured; expected 0.5, 0.5 and, closed, 1.
    check(
        &f,
        &root,
        "2026-02-20",
        &json!({
            "progress": 1.9 / 3.0, "expected": 2.0 / 3.0, "measured": "3 of 4", "status": "behind", "score": 1.9 / 3.0, "weight_share": null,
            "current": null, "target": null,
        }),
    );
    for (goal, share) in
        [(&half, json!(0.25)), (&ahead, json!(0.25)), (&missing, json!(0.25)), (&closed, json!(0.25)), (&postponed, Value::Null)]
    {
        check(&f, goal, "2026-02-20", &json!({ "weight_share": share }));
    }
    check(
        &f,
        &missing,
        "2026-02-20",
        &json!({ "progress": null, "score": null, "current": null, "findings": ["no-measure", "no-owner", "no-check-in"] }),
    );
    // By ratio 0.633/0.667 = 95 % is on track.
    f.project.settings.status.preset = StatusPreset::Ratio;
    check(&f, &root, "2026-02-20", &json!({ "status": "on_track" }));
}
