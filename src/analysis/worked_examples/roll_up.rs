//! Objectives from their parts.

use std::sync::Arc;

use proptest::prelude::*;

use crate::analysis::fixture::{Fixture, day};
use crate::analysis::roll_up::weight_shares;
use crate::analysis::{evaluate, evaluate_with, leaf};
use crate::model::{
    Aggregation, Closing, Contribution, Goal, GoalId, GoalState, Initiative, Limit, ObjectiveStatus, Role, Status, Step, Threshold, Tree,
    Weight,
};

use super::{progress, rounded};

const AS_OF: &str = "2026-02-20"; // day 50 of 100: e = 0.5

/// Key results from 0 to 100 over 100 days, with the given values on day 50.
fn with_parts(values: &[Option<f64>]) -> (Fixture, Vec<GoalId>) {
    let mut f = Fixture::new();
    let goals = values
        .iter()
        .map(|value| {
            let goal = f.increase(0.0, 100.0, "2026-01-01", "2026-04-11");
            if let Some(value) = value {
                f.check_in(&goal, AS_OF, *value);
            }
            goal
        })
        .collect();
    (f, goals)
}

#[test]
fn an_objective_is_the_mean_of_its_measured_parts() {
    let (f, parts) = with_parts(&[Some(40.0), Some(60.0), None]);
    let root = f.result(&f.root, AS_OF);
    assert_eq!((progress(&root), root.expected, root.measured), (Some(0.5), Some(0.5), Some((2, 3))));
    assert_eq!(root.status, Status::OnTrack);
    assert_eq!(root.reason, "50 % of the way, when 50 % was expected. 2 of 3 parts are measured.");
    assert_eq!(rounded(f.result(&parts[2], AS_OF).weight_share), rounded(Some(1.0 / 3.0)));
}

#[test]
fn weights_are_free_or_pinned() {
    let (mut f, parts) = with_parts(&[Some(10.0), Some(20.0), Some(50.0)]);
    f.edit_goal(&parts[0], |g| g.weight = Weight::Pinned(0.4));
    f.edit_goal(&parts[1], |g| g.weight = Weight::Free(2.0));
    // 0.4 pinned, the others share 0.6 as 2 : 1. 0.4·0.1 + 0.4·0.2 + 0.2·0.5 = 0.22
    let shares: Vec<_> = parts.iter().map(|p| rounded(f.result(p, AS_OF).weight_share)).collect();
    assert_eq!(shares, [Some(0.4), Some(0.4), Some(0.2)]);
    assert_eq!(progress(&f.result(&f.root, AS_OF)), Some(0.22));
}

#[test]
fn no_weight_at_all_gives_no_progress() {
    let (mut f, parts) = with_parts(&[Some(40.0), Some(60.0)]);
    for part in &parts {
        f.edit_goal(part, |g| g.weight = Weight::Free(0.0));
    }
    let root = f.result(&f.root, AS_OF);
    assert_eq!((root.progress, root.status), (None, Status::NoData));
    assert_eq!(f.result(&parts[0], AS_OF).weight_share, None);
}

#[test]
fn parts_are_clamped_before_they_are_averaged() {
    let (mut f, _) = with_parts(&[Some(150.0), Some(-30.0)]);
    assert_eq!(progress(&f.result(&f.root, AS_OF)), Some(0.5));
    // Over-achievement may count up to 120 %: (1.2 + 0)/2
    f.project.settings.roll_up_cap = 1.2;
    assert_eq!(progress(&f.result(&f.root, AS_OF)), Some(0.6));
}

#[test]
fn supporting_postponed_abandoned_and_archived_parts_stay_out() {
    let since = day("2026-02-01");
    let out: [fn(&mut Goal); 4] = [
        |g| g.contribution = Contribution::Supports,
        |g| g.state = GoalState::Postponed { since: "2026-02-01".parse().unwrap(), note: String::new() },
        |g| g.state = GoalState::Abandoned { since: "2026-02-01".parse().unwrap(), note: String::new() },
        |g| g.archived = true,
    ];
    for change in out {
        let (mut f, parts) = with_parts(&[Some(20.0), Some(80.0)]);
        f.edit_goal(&parts[1], change);
        let root = f.result(&f.root, AS_OF);
        assert_eq!((progress(&root), root.measured), (Some(0.2), Some((1, 1))));
        let goal = f.project.goal(&parts[1]).unwrap();
        assert_eq!(f.result(&parts[1], AS_OF).weight_share, None);
        // As of a day before it was put aside, it still counted.
        if goal.state.since() == Some(since) {
            f.check_in(&parts[0], "2026-01-25", 20.0);
            f.check_in(&parts[1], "2026-01-25", 80.0);
            assert_eq!(progress(&f.result(&f.root, "2026-01-31")), Some(0.5));
        }
    }
}

#[test]
fn a_closed_part_counts_with_its_final_score() {
    let (mut f, parts) = with_parts(&[Some(20.0), Some(80.0)]);
    let closing = Closing { on: day("2026-02-01"), score: 0.4, suggested: Some(0.8), note: "Half of it was luck".to_owned() };
    f.edit_goal(&parts[1], |g| g.state = GoalState::Closed(closing));
    let root = f.result(&f.root, AS_OF);
    // (0.2 + 0.4)/2, and of what is closed everything was expected: (0.5 + 1)/2
    assert_eq!((progress(&root), root.expected), (Some(0.3), Some(0.75)));
    assert_eq!(f.result(&parts[1], AS_OF).score, Some(0.4));
}

#[test]
fn initiatives_weigh_nothing_under_an_objective_until_set_and_never_move_a_key_result() {
    let (mut f, parts) = with_parts(&[Some(20.0)]);
    let step = Step { title: "Ship".to_owned(), done_on: Some(day("2026-02-01")) };
    let work = Initiative { steps: vec![step], ..Initiative::default() };
    let ids = [GoalId::from_random(901), GoalId::from_random(902)];
    for (id, parent) in ids.iter().zip([f.root.clone(), parts[0].clone()]) {
        let goal = Goal {
            start: Some(day("2026-01-01")),
            due: Some(day("2026-04-11")),
            ..Goal::initiative(id.clone(), parent, "Work", work.clone())
        };
        f.project.goals.insert(id.clone(), Arc::new(goal));
    }
    let root = f.result(&f.root, AS_OF);
    assert_eq!((progress(&root), root.measured), (Some(0.2), Some((1, 1))));
    assert_eq!(progress(&f.result(&ids[0], AS_OF)), Some(1.0));
    f.edit_goal(&ids[0], |g| g.weight = Weight::Free(1.0));
    // (0.2 + 1)/2
    assert_eq!(progress(&f.result(&f.root, AS_OF)), Some(0.6));
    assert_eq!(progress(&f.result(&parts[0], AS_OF)), Some(0.2));
}

#[test]
fn objectives_roll_up_into_objectives() {
    let (mut f, _) = with_parts(&[Some(20.0), Some(40.0)]);
    let top = GoalId::from_random(900);
    f.project.goals.insert(top.clone(), Arc::new(Goal::objective(top.clone(), None, "Top")));
    let below = f.root.clone();
    f.edit_goal(&below, |g| g.parent = Some(top.clone()));
    let result = f.result(&top, AS_OF);
    assert_eq!((progress(&result), result.expected, result.measured), (Some(0.3), Some(0.5), Some((1, 1))));
    // 20 points behind
    assert_eq!(result.status, Status::Behind);
}

#[test]
fn an_objective_may_follow_its_worst_part() {
    let (mut f, parts) = with_parts(&[Some(90.0), Some(10.0), None]);
    assert_eq!(f.result(&f.root, AS_OF).status, Status::OnTrack);
    f.project.settings.status.objective = ObjectiveStatus::WorstChild;
    f.edit_goal(&parts[1], |g| g.title = "Faster answers".to_owned());
    let root = f.result(&f.root, AS_OF);
    // 40 points behind is at risk; the part without data does not count.
    assert_eq!(root.status, Status::AtRisk);
    assert!(root.reason.starts_with("It follows its worst part: “Faster answers” is at risk."), "{}", root.reason);
    f.edit_goal(&parts[1], |g| g.contribution = Contribution::Supports);
    assert_eq!(f.result(&f.root, AS_OF).status, Status::OnTrack);
}

#[test]
fn a_part_without_dates_leaves_the_objective_without_expectation() {
    let (mut f, parts) = with_parts(&[Some(20.0), Some(40.0)]);
    f.edit_goal(&parts[0], |g| g.due = None);
    let root = f.result(&f.root, AS_OF);
    assert_eq!((progress(&root), root.expected, root.status), (Some(0.3), None, Status::TooEarly));
    assert_eq!(root.reason, "1 part has no start or due date, so nothing can be expected by a day.");
}

#[test]
fn an_objective_is_achieved_or_missed_after_its_due_date() {
    for (value, expected) in [(100.0, Status::Achieved), (99.0, Status::Missed)] {
        let (mut f, parts) = with_parts(&[Some(100.0)]);
        let root = f.root.clone();
        f.edit_goal(&root, |g| (g.start, g.due) = (Some(day("2026-01-01")), Some(day("2026-04-11"))));
        f.check_in(&parts[0], "2026-04-10", value);
        assert_eq!(f.result(&f.root, "2026-04-12").status, expected);
    }
    // Without a check-in in the final week the part, and so the objective, is provisional.
    let (mut f, _) = with_parts(&[Some(40.0)]);
    let root = f.root.clone();
    f.edit_goal(&root, |g| (g.start, g.due) = (Some(day("2026-01-01")), Some(day("2026-04-11"))));
    let result = f.result(&f.root, "2026-04-12");
    assert_eq!((result.status, result.provisional), (Status::Behind, true));
}

#[test]
fn a_guardrail_trips_on_a_breached_threshold() {
    let (mut f, _) = with_parts(&[Some(100.0)]);
    let tickets = f.monthly("tickets", Aggregation::Sum, "2025-11-01", &[90.0, 95.0, 120.0]);
    f.edit_metric(&tickets, |m| m.thresholds = vec![Threshold { label: "ceiling".to_owned(), limit: Limit::AtMost(100.0) }]);
    let root = f.root.clone();
    f.link(&root, &tickets, Role::Driver);
    assert!(f.result(&root, AS_OF).guardrails_tripped.is_empty());
    f.link(&root, &tickets, Role::Guardrail);
    assert_eq!(f.result(&root, AS_OF).guardrails_tripped, std::slice::from_ref(&tickets));
    // On 30 January the month of 120 is not over yet.
    assert!(f.result(&root, "2026-01-30").guardrails_tripped.is_empty());
    // Met with a tripped guardrail is flagged.
    f.edit_goal(&root, |g| (g.start, g.due) = (Some(day("2026-01-01")), Some(day("2026-02-19"))));
    let met = f.result(&root, AS_OF);
    assert_eq!(met.reason, "100 % of the way. But its guardrail tickets is tripped.");
}

#[test]
fn cached_leaves_give_the_same_evaluation() {
    let (mut f, parts) = with_parts(&[Some(20.0), Some(40.0), None]);
    f.edit_goal(&parts[0], |g| g.weight = Weight::Pinned(0.25));
    let tree = Tree::of(&f.project);
    let once = evaluate(&f.project, &tree, day(AS_OF));
    // Leaves out of an evaluation of another weighting carry its shares; they are put right.
    let cached = evaluate_with(&f.project, &tree, day(AS_OF), |goal| {
        let mut result = leaf(&f.project, goal, day(AS_OF));
        result.weight_share = Some(0.123);
        Arc::new(result)
    });
    assert_eq!(cached, once);
}

proptest! {
    #[test]
    fn renewing_what_an_edit_reached_gives_the_whole_evaluation(
        values in proptest::collection::vec(0.0f64..100.0, 2..6),
        changed in proptest::collection::vec((0usize..6, 0usize..5), 1..4),
        deep in 0usize..6,
    ) {
        let (mut f, parts) = with_parts(&values.iter().copied().map(Some).collect::<Vec<_>>());
        // One part lies under an objective of its own.
        let below = GoalId::from_random(900);
        f.project.goals.insert(below.clone(), Arc::new(Goal::objective(below.clone(), Some(f.root.clone()), "Below")));
        f.edit_goal(&parts[deep % parts.len()], |g| g.parent = Some(below.clone()));
        let tree = Tree::of(&f.project);
        let before = evaluate(&f.project, &tree, day(AS_OF));
        let mut reached = Vec::new();
        for (which, what) in changed {
            let id = if which == 5 { &below } else { &parts[which % parts.len()] };
            reached.push(id.clone());
            f.edit_goal(id, |g| match what {
                0 => g.weight = Weight::Pinned(0.3),
                1 => g.contribution = Contribution::Supports,
                2 => g.state = GoalState::Abandoned { since: day("2026-02-01"), note: String::new() },
                3 => g.horizon = crate::model::Horizon::Aspirational,
                _ => g.weight = Weight::Free(3.0),
            });
        }
        let mut after = before.clone();
        let renewed = after.renew(&f.project, &tree, &reached, |goal| Arc::new(leaf(&f.project, goal, day(AS_OF))));
        for (id, result) in &after.goals {
            prop_assert_eq!(!renewed.contains(id), std::sync::Arc::ptr_eq(result, &before.goals[id]), "{}", id);
        }
        prop_assert_eq!(after, evaluate(&f.project, &tree, day(AS_OF)));
    }

    #[test]
    fn shares_add_up_to_one(
        free in proptest::collection::vec(0.0f64..10.0, 0..6),
        pinned in proptest::collection::vec(0.0f64..0.2, 0..5),
    ) {
        let weights: Vec<Weight> = free.iter().map(|&w| Weight::Free(w)).chain(pinned.iter().map(|&s| Weight::Pinned(s))).collect();
        let shares = weight_shares(weights.iter().copied());
        prop_assert_eq!(shares.len(), weights.len());
        let total: f64 = shares.iter().flatten().sum();
        let any = free.iter().chain(&pinned).any(|&w| w > 0.0);
        let sound = if any { (total - 1.0).abs() < 1e-9 } else { shares.iter().all(Option::is_none) };
        prop_assert!(sound);
        // A pinned share stays what it is as long as somebody takes the rest.
        if free.iter().any(|&w| w > 0.0) {
            for (share, weight) in shares.iter().zip(&weights) {
                if let Weight::Pinned(pinned) = weight {
                    prop_assert!((share.unwrap() - pinned).abs() < 1e-9);
                }
            }
        }
    }

    #[test]
    fn an_objective_lies_between_its_parts(values in proptest::collection::vec(0.0f64..100.0, 1..6)) {
        let (f, _) = with_parts(&values.iter().copied().map(Some).collect::<Vec<_>>());
        let progress = f.result(&f.root, AS_OF).progress.unwrap() * 100.0;
        let (low, high) = (values.iter().copied().fold(f64::MAX, f64::min), values.iter().copied().fold(f64::MIN, f64::max));
        prop_assert!(low - 1e-9 <= progress && progress <= high + 1e-9);
    }
}
