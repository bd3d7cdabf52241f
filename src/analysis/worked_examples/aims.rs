//! Progress and current value, one aim after the other.

use crate::analysis::fixture::{Fixture, day};
use crate::analysis::{Maintain, leaf};
use crate::model::{Aggregation, Aim, Cadence, Direction, GoalKind, MissingInput, Recording, Status};

use super::{progress, rounded};

fn up(start: f64, target: f64) -> Aim {
    Aim::Increase { start, target }
}

fn down(start: f64, target: f64) -> Aim {
    Aim::Decrease { start, target }
}

#[test]
fn progress_is_raw_in_both_directions() {
    for (aim, now, expected) in [
        (up(100.0, 200.0), 150.0, 0.5),
        (up(100.0, 200.0), 90.0, -0.1),
        (up(-50.0, 50.0), 0.0, 0.5),
        // (50 − 100)/(60 − 100) = 1.25; (110 − 100)/(60 − 100) = −0.25
        (down(100.0, 60.0), 50.0, 1.25),
        (down(100.0, 60.0), 110.0, -0.25),
    ] {
        let mut f = Fixture::new();
        let goal = f.key_result(aim.clone(), None, "2026-01-01", "2026-12-31");
        f.check_in(&goal, "2026-06-01", now);
        assert_eq!(progress(&f.result(&goal, "2026-06-30")), Some(expected), "{aim:?} at {now}");
    }
}

#[test]
fn an_increase_is_judged_on_the_last_day_of_its_period() {
    let mut f = Fixture::new();
    let users = f.monthly("users", Aggregation::Last, "2025-10-01", &[90.0, 95.0, 100.0, 110.0, 115.0, 130.0]);
    let goal = f.key_result(up(100.0, 200.0), Some(&users), "2026-01-01", "2026-12-31");
    let result = f.result(&goal, "2026-03-20");
    // March is not over: February's 115 counts, 15 % of the way. On 28 February 58 of 364 days have passed; on 20 March it would be 78.
    let current = result.current.unwrap();
    assert_eq!((current.value, current.previous, current.judged_on), (115.0, Some(110.0), day("2026-02-28")));
    assert_eq!((progress(&result), rounded(result.expected)), (Some(0.15), rounded(Some(58.0 / 364.0))));
    // At the month's end March counts.
    assert_eq!(progress(&f.result(&goal, "2026-03-31")), Some(0.3));
}

#[test]
fn what_lies_after_the_as_of_day_is_hidden() {
    let mut f = Fixture::new();
    let users = f.monthly("users", Aggregation::Last, "2026-01-01", &[110.0, 120.0, 130.0]);
    let goal = f.key_result(up(100.0, 200.0), Some(&users), "2026-01-01", "2026-12-31");
    assert_eq!(progress(&f.result(&goal, "2026-01-31")), Some(0.1));
    f.edit_metric(&users, |m| m.series = std::sync::Arc::default());
    f.edit_goal(&goal, |g| {
        if let GoalKind::KeyResult(k) = &mut g.kind {
            k.metric = None;
        }
    });
    f.check_in(&goal, "2026-02-01", 140.0);
    f.check_in(&goal, "2026-03-01", 160.0);
    assert_eq!(progress(&f.result(&goal, "2026-02-28")), Some(0.4));
}

#[test]
fn a_value_older_than_two_periods_is_no_data() {
    let mut f = Fixture::new();
    let users = f.monthly("users", Aggregation::Last, "2026-01-01", &[110.0, 120.0, 130.0]);
    let goal = f.key_result(up(100.0, 200.0), Some(&users), "2026-01-01", "2026-12-31");
    // March's value; April and May pass without one.
    assert_eq!(progress(&f.result(&goal, "2026-05-31")), Some(0.3));
    let stale = f.result(&goal, "2026-06-01");
    assert_eq!((stale.progress, stale.status), (None, Status::NoData));
    assert_eq!(stale.reason, "The last value is for Mar 2026, which is too old to judge by.");
}

#[test]
fn a_ratio_of_sums_is_measured_by_its_formula() {
    let mut f = Fixture::new();
    let orders = f.monthly("orders", Aggregation::Sum, "2026-01-01", &[10.0, 12.0, 14.0]);
    let visits = f.monthly("visits", Aggregation::Sum, "2026-01-01", &[100.0, 100.0, 100.0]);
    let rate = f.formula("rate", &format!("100 * [{orders}] / [{visits}]"), MissingInput::Missing);
    let goal = f.key_result(up(10.0, 20.0), Some(&rate), "2026-01-01", "2026-12-31");
    // 14 % of March: (14 − 10)/(20 − 10)
    assert_eq!(progress(&f.result(&goal, "2026-04-02")), Some(0.4));
}

#[test]
fn staying_at_or_above_counts_whole_periods() {
    let mut f = Fixture::new();
    // 2026-09-28 is a Monday; the week around 1 October belongs to nobody's Q4.
    let weeks = [99.0, 99.95, 99.80, 99.97, 99.91, 99.92];
    let uptime = f.every("uptime", Cadence::Weekly, Aggregation::Mean, "2026-09-28", &weeks);
    let goal = f.at_least(99.9, &uptime, "2026-10-01", "2026-12-31");
    let result = f.result(&goal, "2026-11-08");
    // Weeks of 5, 12, 19, 26 October and 2 November: met, missed, met, met, met.
    let maintain = result.maintain.unwrap();
    let expected = Maintain { met: 4, of: 5, in_a_row: 3, missed_in_a_row: 0, last_met: Some(true), cadence: Some(Cadence::Weekly) };
    assert_eq!(maintain, expected);
    assert_eq!(maintain.words(), "met 4 of 5 weeks, 3 in a row");
    assert_eq!((progress(&result), result.expected), (Some(0.8), Some(1.0)));
}

#[test]
fn a_limit_includes_its_ends() {
    for (aim, kept) in [
        (Aim::AtLeast { threshold: 10.0, required_share: 0.9 }, 1.0),
        (Aim::AtMost { threshold: 10.0, required_share: 0.9 }, 1.0),
        (Aim::Between { low: 10.0, high: 12.0, required_share: 0.9 }, 1.0),
        (Aim::AtLeast { threshold: 10.001, required_share: 0.9 }, 0.0),
        (Aim::AtMost { threshold: 9.999, required_share: 0.9 }, 0.0),
        (Aim::Between { low: 10.001, high: 12.0, required_share: 0.9 }, 0.0),
    ] {
        let mut f = Fixture::new();
        let metric = f.monthly("level", Aggregation::Last, "2026-01-01", &[10.0]);
        let goal = f.key_result(aim.clone(), Some(&metric), "2026-01-01", "2026-12-31");
        assert_eq!(progress(&f.result(&goal, "2026-01-31")), Some(kept), "{aim:?}");
    }
}

#[test]
fn a_missing_period_is_neither_met_nor_missed_but_ends_a_row() {
    let mut f = Fixture::new();
    let points = [("2026-01-01", 10.0), ("2026-02-01", 10.0), ("2026-04-01", 10.0)].map(|(d, v)| (day(d), v));
    let metric = f.recorded("level", Cadence::Monthly, Aggregation::Last, &points);
    let goal = f.at_least(5.0, &metric, "2026-01-01", "2026-12-31");
    let maintain = f.result(&goal, "2026-04-30").maintain.unwrap();
    assert_eq!((maintain.met, maintain.of, maintain.in_a_row), (3, 3, 1));
}

#[test]
fn milestones_count_their_steps() {
    let mut f = Fixture::new();
    let one = f.milestone(&[None], "2026-01-01", "2026-12-31");
    let two = f.milestone(&[Some("2026-03-01"), None, None, Some("2026-05-01")], "2026-01-01", "2026-12-31");
    let at = |goal, on| {
        let r = f.result(goal, on);
        (progress(&r), rounded(r.expected))
    };
    // One step: nothing is expected before the due date, everything on it.
    assert_eq!(at(&one, "2026-06-30"), (Some(0.0), Some(0.0)));
    assert_eq!(at(&one, "2026-12-31"), (Some(0.0), Some(1.0)));
    // Four steps: linear, 120 of 364 days on 1 May, when the second is done.
    assert_eq!(at(&two, "2026-04-30").0, Some(0.25));
    assert_eq!(at(&two, "2026-05-01"), (Some(0.5), rounded(Some(120.0 / 364.0))));
}

#[test]
fn a_baseline_gives_no_progress_until_it_is_set() {
    let mut f = Fixture::new();
    let metric = f.monthly("level", Aggregation::Last, "2026-01-01", &[10.0, 11.0, 12.0, 13.0]);
    let aim = Aim::Baseline { direction: Direction::Up, target: Some(20.0) };
    let goal = f.key_result(aim, Some(&metric), "2026-01-01", "2026-12-31");
    let result = f.result(&goal, "2026-05-10");
    assert_eq!((result.progress, result.expected, result.status), (None, None, Status::NoData));
    assert_eq!(result.current.unwrap().value, 13.0);
}

#[test]
fn increments_add_up_over_the_span_and_count_every_day() {
    let mut f = Fixture::new();
    // Ten a day from 25 September: six days before the quarter do not count.
    let points: Vec<_> = day("2026-09-25").iter_days().take(6 + 20).map(|d| (d, 10.0)).collect();
    let sign_ups = f.recorded("sign-ups", Cadence::Daily, Aggregation::Sum, &points);
    let goal = f.key_result(up(0.0, 1000.0), Some(&sign_ups), "2026-10-01", "2026-12-31");
    f.edit_goal(&goal, |g| {
        if let GoalKind::KeyResult(k) = &mut g.kind {
            k.accumulating = true;
        }
    });
    let result = f.result(&goal, "2026-10-20");
    // 1 to 20 October: 200 of 1000; 19 of 91 days have passed.
    assert_eq!((progress(&result), rounded(result.expected)), (Some(0.2), rounded(Some(19.0 / 91.0))));
    // 800 are left for the 72 days from 21 October to 31 December.
    let rate = result.required_rate.unwrap();
    assert_eq!((rate.periods_left, rounded(Some(rate.per_period)), rate.compound), (72, rounded(Some(800.0 / 72.0)), None));
}

#[test]
fn running_totals_take_the_last_one_of_the_span() {
    let mut f = Fixture::new();
    let points = [("2026-09-30", 900.0), ("2026-10-05", 40.0), ("2026-10-12", 130.0)].map(|(d, v)| (day(d), v));
    let sign_ups = f.recorded("sign-ups", Cadence::Daily, Aggregation::Sum, &points);
    f.edit_metric(&sign_ups, |m| m.recording = Recording::RunningTotals);
    let goal = f.key_result(up(0.0, 1000.0), Some(&sign_ups), "2026-10-01", "2026-12-31");
    f.edit_goal(&goal, |g| {
        if let GoalKind::KeyResult(k) = &mut g.kind {
            k.accumulating = true;
        }
    });
    assert_eq!(progress(&f.result(&goal, "2026-10-13")), Some(0.13));
}

#[test]
fn a_quarterly_sum_over_one_quarter_accumulates_by_itself() {
    let mut f = Fixture::new();
    let sales = f.every("sales", Cadence::Quarterly, Aggregation::Sum, "2026-07-01", &[500.0, 120.0]);
    f.mark_data_to(&sales, "2026-10-01", "2026-10-31");
    let goal = f.key_result(up(0.0, 600.0), Some(&sales), "2026-10-01", "2026-12-31");
    let result = f.result(&goal, "2026-11-15");
    // 120 of 600 in October, the 30th of 91 days.
    assert_eq!((progress(&result), rounded(result.expected)), (Some(0.2), rounded(Some(30.0 / 91.0))));
}

#[test]
fn the_required_rate_is_absolute_and_compound() {
    let mut f = Fixture::new();
    let users = f.monthly("users", Aggregation::Last, "2026-01-01", &[100.0, 100.0, 100.0]);
    let goal = f.key_result(up(50.0, 200.0), Some(&users), "2026-01-01", "2026-06-15");
    // The final period is May; from March two months are left: (200 − 100)/2 = 50 a month, or √2 − 1 = 41.4 %.
    let rate = leaf(&f.project, f.project.goal(&goal).unwrap(), day("2026-04-10")).required_rate.unwrap();
    assert_eq!((rate.per_period, rate.periods_left, rate.cadence), (50.0, 2, Cadence::Monthly));
    assert_eq!(rounded(rate.compound), rounded(Some(2f64.sqrt() - 1.0)));
}

#[test]
fn the_score_is_there_against_the_first_target_too() {
    use crate::model::{LedgerChange, LedgerEntry};
    let mut f = Fixture::new();
    let goal = f.increase(0.0, 100.0, "2026-01-01", "2026-12-31");
    f.edit_goal(&goal, |g| {
        let change = LedgerChange::Target { old: 200.0, new: 100.0 };
        g.ledger = vec![LedgerEntry { on: day("2026-04-01"), change, why: "Two markets were closed".to_owned() }];
    });
    f.check_in(&goal, "2026-03-01", 50.0);
    let before = f.result(&goal, "2026-03-31");
    assert_eq!((before.target, before.original_target, before.score, before.score_original), (Some(200.0), None, Some(0.25), None));
    let after = f.result(&goal, "2026-04-01");
    assert_eq!((after.target, after.original_target, after.score, after.score_original), (Some(100.0), Some(200.0), Some(0.5), Some(0.25)));
}
