//! Statuses in their order of decision.

use crate::analysis::fixture::{Fixture, day};
use crate::analysis::{Forecasts, Outlook, leaf_of};
use crate::model::{Aggregation, Aim, Cadence, Closing, GoalId, GoalState, Horizon, Status, StatusOverride, StatusPreset};

use super::{progress, rounded};

/// 0 → 100 over the 100 days from 1 January to 11 April 2026, with a check-in of `value` on day 50 (20 February): e = 0.5.
fn half_way(value: f64, preset: StatusPreset) -> (Fixture, GoalId) {
    let mut f = Fixture::new();
    f.project.settings.status.preset = preset;
    let goal = f.increase(0.0, 100.0, "2026-01-01", "2026-04-11");
    f.check_in(&goal, "2026-02-20", value);
    (f, goal)
}

fn status_half_way(value: f64, preset: StatusPreset) -> Status {
    let (f, goal) = half_way(value, preset);
    let result = f.result(&goal, "2026-02-25");
    assert_eq!(result.expected, Some(0.5));
    result.status
}

#[test]
fn a_value_from_before_the_start_counts_and_is_told() {
    // (78 − 100) ÷ (200 − 100) = −22 %, of a value that is older than the goal.
    let mut f = Fixture::new();
    f.project.settings.status.preset = StatusPreset::PointsBehind;
    let goal = f.increase(100.0, 200.0, "2026-01-01", "2026-04-11");
    f.check_in(&goal, "2025-12-28", 78.0);
    let result = f.result(&goal, "2026-01-25");
    assert_eq!(rounded(result.progress), Some(-0.22));
    assert!(result.reason.ends_with("Its value was measured before the start: on 28 Dec 2025."), "{}", result.reason);
    f.check_in(&goal, "2026-01-20", 95.0);
    let result = f.result(&goal, "2026-01-25");
    assert!(!result.reason.contains("before the start"), "{}", result.reason);
}

#[test]
fn points_behind() {
    // Up to 25 points behind the expected 50 % is behind.
    for (value, expected) in [
        (60.0, Status::OnTrack),
        (50.0, Status::OnTrack),
        (49.9, Status::Behind),
        (25.0, Status::Behind),
        (24.9, Status::AtRisk),
        (-5.0, Status::AtRisk),
    ] {
        assert_eq!(status_half_way(value, StatusPreset::PointsBehind), expected, "{value}");
    }
}

#[test]
fn ratio_of_progress_to_expectation() {
    // Of the expected 50 %: 45 % is 0.9 of it, 35 % is 0.7 of it.
    for (value, expected) in [
        (50.0, Status::OnTrack),
        (45.0, Status::OnTrack),
        (44.9, Status::Behind),
        (35.0, Status::Behind),
        (34.9, Status::AtRisk),
        (-5.0, Status::AtRisk),
    ] {
        assert_eq!(status_half_way(value, StatusPreset::Ratio), expected, "{value}");
    }
}

#[test]
fn by_ratio_nothing_expected_and_less_than_nothing_done_is_behind() {
    let mut f = Fixture::new();
    f.project.settings.status.preset = StatusPreset::Ratio;
    let goal = f.increase(0.0, 100.0, "2026-01-01", "2026-04-11");
    // Said on the first day, when e = 0.
    f.check_in(&goal, "2026-01-01", -1.0);
    assert_eq!(f.result(&goal, "2026-02-25").status, Status::Behind);
}

#[test]
fn likelihood_falls_back_to_points_behind_and_says_so() {
    let (f, goal) = half_way(40.0, StatusPreset::Likelihood);
    let result = f.result(&goal, "2026-02-25");
    assert_eq!(result.status, Status::Behind);
    assert_eq!(
        result.reason,
        "40 % of the way by 20 Feb 2026, when 50 % was expected: 10 points behind. Judged by points behind, because there is no forecast."
    );
}

/// Monthly values from January 2025 that all lie on 100, 110, …, so that the forecast goes on with them; a key result of 2026 from the
/// value of December 2025.
fn steady(target: f64, months: usize) -> (Fixture, GoalId) {
    let mut f = Fixture::new();
    f.project.settings.status.preset = StatusPreset::Likelihood;
    // A little noise that repeats, without which there would be no doubt.
    let values: Vec<f64> = (0..months).map(|i| 100.0 + 10.0 * i as f64 + [2.0, -3.0, 1.0, 4.0, -4.0][i % 5]).collect();
    let users = f.monthly("users", Aggregation::Last, "2025-01-01", &values);
    let goal = f.key_result(Aim::Increase { start: 210.0, target }, Some(&users), "2026-01-01", "2026-12-31");
    (f, goal)
}

#[test]
fn by_likelihood_the_chance_of_the_target_decides() {
    // Eighteen months, up to June 2026 at about 270. December lies 60 on; Theta goes on with half the slope and exponential smoothing with all
    // of it, so that their mean lies 45 on.
    let chance = |target: f64| {
        let (f, goal) = steady(target, 18);
        let result = f.result(&goal, "2026-06-30");
        (result.likelihood.as_ref().unwrap().probability, result)
    };
    let (_, middle) = chance(315.0);
    let forecast = middle.likelihood.unwrap();
    assert!((forecast.p50 - 315.0).abs() < 3.0, "{forecast:?}");
    // Targets that have these chances by its own forecast.
    for (share, expected) in [
        (0.75, Status::OnTrack),
        (0.701, Status::OnTrack),
        (0.699, Status::Behind),
        (0.5, Status::Behind),
        (0.301, Status::Behind),
        (0.299, Status::AtRisk),
    ] {
        // The forecast never depends on the target: what stays under 1 − share is reached with a chance of share.
        let project = &steady(330.0, 18).0.project;
        let metric = project.metrics.values().next().unwrap();
        let Outlook::Known(outlook) = Outlook::of(project, metric, day("2026-06-30")) else { panic!("no forecast") };
        let target = outlook.quantile(1.0 - share, day("2026-12-31")).unwrap();
        let (probability, result) = chance(target);
        assert!((probability - share).abs() < 1e-6, "{probability} of {share}");
        assert_eq!(result.status, expected, "{share}");
        assert_eq!(result.reason, result.likelihood.unwrap().words);
    }
}

#[test]
fn thresholds_of_likelihood_are_settings() {
    let (mut f, goal) = steady(315.0, 18);
    let half = f.result(&goal, "2026-06-30");
    assert_eq!(half.status, Status::Behind, "{}", half.reason);
    f.project.settings.status.likelihood_on_track = 0.1;
    assert_eq!(f.result(&goal, "2026-06-30").status, Status::OnTrack);
    f.project.settings.status.likelihood_on_track = 0.99;
    f.project.settings.status.likelihood_at_risk = 0.95;
    assert_eq!(f.result(&goal, "2026-06-30").status, Status::AtRisk);
}

#[test]
fn an_aspirational_goal_is_likely_at_seventy_percent_of_the_way() {
    // 210 → 360: 70 % of the way is 315, as far as the median goes.
    let (mut f, goal) = steady(360.0, 18);
    let committed = f.result(&goal, "2026-06-30");
    f.edit_goal(&goal, |g| g.horizon = Horizon::Aspirational);
    let aspirational = f.result(&goal, "2026-06-30");
    let [all, most] = [&committed, &aspirational].map(|r| r.likelihood.clone().unwrap());
    assert_eq!(all.probability, most.probability);
    assert!(most.judged > all.judged && (most.judged - 0.5).abs() < 0.1, "{most:?}");
    assert_eq!((committed.status, aspirational.status), (Status::AtRisk, Status::Behind));
    assert!(aspirational.reason.contains("As an aspirational goal it is judged at 70 % of the way: "), "{}", aspirational.reason);
}

#[test]
fn nine_values_are_too_few_to_judge_by_their_forecast() {
    // January to September 2025; the tenth makes the difference.
    for (months, as_of, is_judged) in [(9, "2025-09-30", false), (10, "2025-10-31", true)] {
        let (mut f, goal) = steady(330.0, months);
        f.edit_goal(&goal, |g| g.start = Some(day("2025-01-01")));
        let result = f.result(&goal, as_of);
        assert!(result.likelihood.is_some());
        let fallback = " Judged by points behind, because the forecast rests on 9 values; from 10 on its likelihood counts.";
        assert_eq!(result.reason.ends_with(fallback), !is_judged, "{}", result.reason);
        assert_eq!(result.reason.contains(" likely: "), is_judged, "{}", result.reason);
    }
    let (mut f, goal) = steady(330.0, 3);
    f.edit_goal(&goal, |g| g.start = Some(day("2025-01-01")));
    let result = f.result(&goal, "2025-03-31");
    assert_eq!((result.status, result.likelihood), (Status::TooEarly, None));
}

#[test]
fn likelihood_is_worked_out_by_every_preset_and_only_while_it_is_open() {
    let (mut f, goal) = steady(330.0, 24);
    for preset in [StatusPreset::PointsBehind, StatusPreset::Ratio, StatusPreset::Likelihood] {
        f.project.settings.status.preset = preset;
        let known = |as_of: &str| f.result(&goal, as_of).likelihood.is_some();
        // Before its start, while it is under way, and when December is in.
        assert_eq!(["2025-12-15", "2026-06-30", "2026-12-30", "2026-12-31"].map(known), [false, true, true, false], "{preset:?}");
    }
    // When the value of December is not in yet, the chance goes on deciding.
    let (f, goal) = steady(330.0, 23);
    let before = f.result(&goal, "2026-12-31");
    let after = f.result(&goal, "2027-01-01");
    assert_eq!((before.status, after.status, after.provisional), (before.status, before.status, true));
    assert_eq!(before.likelihood, after.likelihood);
}

#[test]
fn while_the_forecast_is_being_worked_out_points_behind_stand_in() {
    struct Later;
    impl Forecasts for Later {
        fn outlook(&self, _: &crate::model::Metric) -> Outlook {
            Outlook::Pending
        }
    }
    let (f, goal) = steady(330.0, 18);
    let found = leaf_of(&f.project, f.project.goal(&goal).unwrap(), &[], day("2026-06-30"), &Later);
    assert!(found.reason.ends_with(" Judged by points behind for now: the forecast is being worked out."), "{}", found.reason);
    assert_eq!(found.likelihood, None);
}

#[test]
fn an_aspirational_goal_is_judged_at_seventy_percent_of_the_way() {
    // 35 % of the way is half of 70 %: as expected. 70 % of the way is achieved.
    for (value, expected) in [(35.0, Status::OnTrack), (34.0, Status::Behind), (70.0, Status::Achieved)] {
        let (mut f, goal) = half_way(value, StatusPreset::PointsBehind);
        f.edit_goal(&goal, |g| g.horizon = Horizon::Aspirational);
        assert_eq!(f.result(&goal, "2026-02-25").status, expected, "{value}");
    }
}

#[test]
fn before_the_start_there_is_nothing_to_say() {
    let (f, goal) = half_way(40.0, StatusPreset::PointsBehind);
    let result = f.result(&goal, "2025-12-31");
    assert_eq!((result.status, result.progress, result.expected), (Status::NotStarted, None, None));
}

#[test]
fn the_first_fifth_of_the_span_is_too_early() {
    let mut f = Fixture::new();
    let goal = f.increase(0.0, 100.0, "2026-01-01", "2026-04-11");
    f.check_in(&goal, "2026-01-02", -50.0);
    assert_eq!(f.result(&goal, "2026-01-20").status, Status::TooEarly);
    // Day 20 of 100 is 21 January.
    assert_eq!(f.result(&goal, "2026-01-21").status, Status::AtRisk);
}

#[test]
fn three_points_in_the_whole_history_are_needed() {
    let mut f = Fixture::new();
    let two = f.monthly("two", Aggregation::Last, "2026-02-01", &[1.0, 2.0]);
    let three = f.monthly("three", Aggregation::Last, "2026-01-01", &[0.0, 1.0, 2.0]);
    let aim = || Aim::Increase { start: 0.0, target: 100.0 };
    let (new, old) =
        (f.key_result(aim(), Some(&two), "2026-01-01", "2026-06-30"), f.key_result(aim(), Some(&three), "2026-01-01", "2026-06-30"));
    assert_eq!(f.result(&new, "2026-03-31").status, Status::TooEarly);
    assert_eq!(f.result(&old, "2026-03-31").status, Status::AtRisk);
}

#[test]
fn an_increase_is_achieved_early_and_missed_only_when_the_final_value_is_in() {
    let mut f = Fixture::new();
    let users = f.monthly("users", Aggregation::Last, "2026-01-01", &[10.0, 100.0, 80.0]);
    let goal = f.key_result(Aim::Increase { start: 0.0, target: 100.0 }, Some(&users), "2026-01-01", "2026-03-31");
    assert_eq!(f.result(&goal, "2026-03-15").status, Status::Achieved);
    // On the due date March is in and lies below, but the day is not over.
    assert_eq!(f.result(&goal, "2026-03-31").status, Status::Behind);
    let after = f.result(&goal, "2026-04-01");
    assert_eq!((after.status, after.provisional), (Status::Missed, false));
    assert_eq!(after.reason, "80 in Mar 2026, the target is 100.");
    // A year later it is still what it was, whatever the metric does.
    assert_eq!(f.result(&goal, "2027-04-01").status, Status::Missed);
}

#[test]
fn until_the_final_value_is_in_the_status_stays_and_is_provisional() {
    let mut f = Fixture::new();
    let users = f.monthly("users", Aggregation::Last, "2025-12-01", &[0.0, 10.0, 50.0]);
    let goal = f.key_result(Aim::Increase { start: 0.0, target: 100.0 }, Some(&users), "2026-01-01", "2026-03-31");
    // February's 50 % against 58/89 = 65 % expected on 28 February, before and after the due date.
    let before = f.result(&goal, "2026-03-31");
    assert_eq!((before.status, before.provisional), (Status::Behind, false));
    let after = f.result(&goal, "2026-04-02");
    assert_eq!((after.status, after.provisional, rounded(after.expected)), (Status::Behind, true, rounded(Some(58.0 / 89.0))));
}

#[test]
fn the_final_period_ends_on_or_before_the_due_date() {
    let mut f = Fixture::new();
    let users = f.monthly("users", Aggregation::Last, "2025-12-01", &[0.0, 10.0, 100.0, 20.0]);
    // Due on 15 March: February is final, March's fall does not count.
    let goal = f.key_result(Aim::Increase { start: 0.0, target: 100.0 }, Some(&users), "2026-01-01", "2026-03-15");
    let result = f.result(&goal, "2026-04-30");
    assert_eq!((progress(&result), result.status), (Some(1.0), Status::Achieved));
}

#[test]
fn a_stay_aim_goes_by_its_last_periods_before_due() {
    for (values, expected) in [
        (&[10.0, 10.0, 10.0, 10.0][..], Status::OnTrack),
        (&[10.0, 10.0, 10.0, 1.0], Status::Behind),
        (&[10.0, 10.0, 1.0, 1.0], Status::AtRisk),
        // However bad it was, the last one was met.
        (&[1.0, 1.0, 1.0, 10.0], Status::OnTrack),
    ] {
        let mut f = Fixture::new();
        let metric = f.monthly("level", Aggregation::Last, "2026-01-01", values);
        let goal = f.at_least(5.0, &metric, "2026-01-01", "2026-12-31");
        assert_eq!(f.result(&goal, "2026-04-30").status, expected, "{values:?}");
    }
}

#[test]
fn a_stay_aim_is_achieved_at_due_when_the_share_is_reached() {
    for (missed, expected) in [(1, Status::Achieved), (2, Status::Missed)] {
        // 90 % of ten months are required.
        let values: Vec<f64> = (0..10).map(|i| if i < missed { 1.0 } else { 10.0 }).collect();
        let mut f = Fixture::new();
        let metric = f.monthly("level", Aggregation::Last, "2026-01-01", &values);
        let goal = f.at_least(5.0, &metric, "2026-01-01", "2026-10-31");
        assert_eq!(f.result(&goal, "2026-10-30").status, Status::OnTrack, "never early");
        assert_eq!(f.result(&goal, "2026-11-01").status, expected, "{missed} missed");
    }
}

#[test]
fn a_milestone_is_achieved_when_done_and_missed_when_late() {
    let mut f = Fixture::new();
    let done = f.milestone(&[Some("2026-05-01")], "2026-01-01", "2026-06-30");
    let late = f.milestone(&[Some("2026-07-10")], "2026-01-01", "2026-06-30");
    assert_eq!(f.result(&done, "2026-04-30").status, Status::OnTrack);
    assert_eq!(f.result(&done, "2026-05-01").status, Status::Achieved);
    let late = f.result(&late, "2026-07-31");
    assert_eq!((late.status, late.reason.as_str()), (Status::Missed, "It was not done by 30 Jun 2026."));
}

#[test]
fn without_a_due_date_nothing_is_expected_and_the_reason_says_so() {
    let (mut f, goal) = half_way(40.0, StatusPreset::PointsBehind);
    f.edit_goal(&goal, |g| g.due = None);
    let result = f.result(&goal, "2026-02-25");
    assert_eq!((progress(&result), result.expected, result.status), (Some(0.4), None, Status::TooEarly));
    assert_eq!(result.reason, "There is no due date to judge it by.");
}

#[test]
fn states_set_by_people_come_first_from_their_day_on() {
    let since = day("2026-02-22");
    for (state, expected) in [
        (GoalState::Postponed { since, note: "Budget".to_owned() }, Status::Postponed),
        (GoalState::Abandoned { since, note: String::new() }, Status::Abandoned),
        (GoalState::Closed(Closing { on: since, score: 0.4, suggested: Some(0.4), note: String::new() }), Status::Closed),
    ] {
        let (mut f, goal) = half_way(40.0, StatusPreset::PointsBehind);
        f.edit_goal(&goal, |g| g.state = state.clone());
        assert_eq!(f.result(&goal, "2026-02-21").status, Status::Behind);
        assert_eq!(f.result(&goal, "2026-02-22").status, expected);
    }
}

#[test]
fn an_override_lapses_at_the_next_check_in_or_when_the_computed_status_changes() {
    let (mut f, goal) = half_way(40.0, StatusPreset::PointsBehind);
    let check_in = f.check_in(&goal, "2026-02-21", 40.0);
    let set = StatusOverride { status: Status::AtRisk, computed: Status::Behind, why: "The vendor left".to_owned() };
    f.project.check_ins.get_mut(&check_in).unwrap().status = Some(set);
    let holds = f.result(&goal, "2026-02-25");
    assert_eq!((holds.status, holds.computed, &holds.overridden), (Status::AtRisk, Status::Behind, &Some(check_in.clone())));
    assert_eq!(holds.said.unwrap().why, "The vendor left");
    // The computed status was behind when it was set; an easier target changes that.
    let mut easier = f.project.clone();
    std::mem::swap(&mut f.project, &mut easier);
    f.edit_goal(&goal, |g| {
        if let crate::model::GoalKind::KeyResult(k) = &mut g.kind {
            k.aim = Aim::Increase { start: 0.0, target: 78.0 };
        }
    });
    let lapsed = f.result(&goal, "2026-02-25");
    assert_eq!((lapsed.status, lapsed.overridden), (Status::OnTrack, None));
    f.project = easier;
    f.check_in(&goal, "2026-02-24", 41.0);
    let lapsed = f.result(&goal, "2026-02-25");
    assert_eq!((lapsed.status, lapsed.overridden), (Status::Behind, None));
}

#[test]
fn a_cadence_coarser_than_the_span_gives_no_data_in_the_end() {
    let mut f = Fixture::new();
    let nps = f.every("nps", Cadence::Quarterly, Aggregation::Last, "2025-01-01", &[30.0, 31.0, 32.0, 33.0]);
    let goal = f.key_result(Aim::Increase { start: 30.0, target: 40.0 }, Some(&nps), "2026-01-15", "2026-03-15");
    let result = f.result(&goal, "2026-04-30");
    assert_eq!((result.status, result.progress), (Status::NoData, None));
    assert_eq!(result.reason, "No quarter ends within its dates, so nps cannot judge it.");
}
