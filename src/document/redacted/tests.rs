use std::collections::BTreeSet;
use std::sync::Arc;

use proptest::prelude::*;

use super::*;
use crate::analysis::evaluate;
use crate::model::arbitrary::projects;
use crate::model::{Aim, Bounds, Cadence, Closing, Date, Goal, GoalState, KeyResult, Metric, MetricId, Point, Series, Stamp, Tree, Unit};

/// In every text that must not remain.
const MARK: &str = "Xyzzy";

/// Replaces what somebody wrote, but for names, by marked texts.
fn marked(project: &mut Project) {
    let mut count = 0;
    let mut mark = |text: &mut String| {
        count += 1;
        *text = format!("{MARK} {count}");
    };
    mark(&mut project.vision);
    mark(&mut project.description);
    for goal in project.goals.values_mut() {
        let goal = Arc::make_mut(goal);
        mark(&mut goal.description);
        mark(&mut goal.owner);
        goal.tags = [MARK.to_owned()].into();
        match &mut goal.state {
            GoalState::Active => {}
            GoalState::Postponed { note, .. } | GoalState::Abandoned { note, .. } | GoalState::Closed(Closing { note, .. }) => mark(note),
        }
        goal.ledger.iter_mut().for_each(|entry| mark(&mut entry.why));
    }
    for metric in project.metrics.values_mut() {
        let metric = Arc::make_mut(metric);
        mark(&mut metric.description);
        mark(&mut metric.owner);
        metric.headline = Some(MARK.to_owned());
        metric.synonyms = vec![MARK.to_owned()];
        metric.thresholds.iter_mut().for_each(|t| mark(&mut t.label));
        for benchmark in &mut metric.benchmarks {
            mark(&mut benchmark.name);
            mark(&mut benchmark.source);
        }
        if let crate::model::Origin::Linked(source) = &mut metric.origin {
            mark(&mut source.path);
            mark(&mut source.column);
        }
        let points = metric.series.points().map(|point| Point { note: Some(MARK.to_owned()), ..point });
        metric.series = Arc::new(Series::from_points(points).unwrap());
    }
    for event in project.events.values_mut() {
        mark(&mut event.title);
        mark(&mut event.description);
    }
    for check_in in project.check_ins.values_mut() {
        mark(&mut check_in.note);
        mark(&mut check_in.by);
        if let Some(status) = &mut check_in.status {
            mark(&mut status.why);
        }
    }
    for entry in project.meeting_log.values_mut() {
        mark(&mut entry.text);
        mark(&mut entry.owner);
        mark(&mut entry.outcome);
    }
    project.recipes.values_mut().for_each(|recipe| mark(&mut recipe.name));
    mark(&mut project.deck.title);
    mark(&mut project.deck.subtitle);
    for slide in &mut project.deck.slides {
        slide.title = Some(MARK.to_owned());
        mark(&mut slide.note);
    }
}

proptest! {
    #[test]
    fn any_project_can_be_redacted_with_and_without_its_goals(mut project in projects(8), choice in any::<u64>()) {
        marked(&mut project);
        let without = project.goals.keys().enumerate().filter(|(n, _)| (choice >> (n % 64)).is_multiple_of(4)).map(|(_, id)| id.clone()).collect();
        for without in [BTreeSet::new(), without] {
            let copy = redact(&project, &without);
            prop_assert_eq!(copy.validate(), []);
            let everything = format!("{copy:?}");
            prop_assert!(!everything.contains(MARK));
            prop_assert!(without.iter().all(|id| copy.goal(id).is_none()));
            prop_assert_eq!(super::copy(&project, &without).validate(), []);
        }
    }
}

/// Twenty-four months of one metric and a key result on it, for each seed another: small and large values, some between bounds.
fn pursued(seed: u64) -> Project {
    let share = |n: u64| {
        (seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(n.wrapping_mul(1_442_695_040_888_963_407)) >> 40) as f64 / 16_777_216.0
    };
    let is_share = seed.is_multiple_of(2);
    let scale = if is_share { 1.0 } else { 10f64.powi((seed % 9) as i32 - 3) };
    let start = if is_share { 35.0 + 55.0 * share(1) } else { scale * (1.0 + 8.0 * share(1)) };
    let step = start * (0.001 + 0.012 * share(2));
    let first: Date = "2024-01-01".parse().unwrap();
    let mut value = start;
    let points = (0..24).map(|month| {
        value += step * (2.0 * share(10 + u64::from(month)) - 0.6);
        let rounded = (value / scale * 100.0).round() / 100.0 * scale;
        Point::new(
            Stamp::from_date(first.checked_add_months(chrono::Months::new(month)).unwrap()),
            if is_share { rounded.min(100.0) } else { rounded },
        )
    });
    let mut metric = Metric::new(MetricId::from_random(1), "Metric");
    (metric.cadence, metric.decimals) = (Cadence::Monthly, 1);
    if is_share {
        metric.unit = Unit::Percent;
        metric.bounds = Bounds { lower: Some(0.0), upper: Some(100.0) };
    } else if seed.is_multiple_of(3) {
        metric.bounds.lower = Some(0.0);
    }
    metric.series = Arc::new(Series::from_points(points).unwrap());
    let target = (start + step * 24.0 * (share(3) - 0.2)).max(start * 1.001);
    let aim = Aim::Increase { start, target: if is_share { target.min(99.9) } else { target } };
    let objective = Goal::objective(GoalId::from_random(1), None, "Objective");
    let mut goal =
        Goal::key_result(GoalId::from_random(2), objective.id.clone(), "Key result", KeyResult::new(aim, Some(metric.id.clone())));
    (goal.start, goal.due) = (Some(first), Some("2026-06-30".parse().unwrap()));
    let mut project = Project::empty(crate::model::ProjectId::from_random(1), "P");
    project.goals.extend([objective, goal].map(|goal| (goal.id.clone(), Arc::new(goal))));
    project.metrics.insert(metric.id.clone(), Arc::new(metric));
    project
}

/// Index numbers are rounded to five digits, so that nobody finds the whole numbers behind them; this is what that may cost.
#[test]
fn likelihoods_and_statuses_are_those_of_the_original() {
    let (mut known, mut worst) = (0, 0.0_f64);
    for seed in 0..60 {
        let project = pursued(seed);
        assert_eq!(project.validate(), [], "{seed}");
        let as_of = "2026-01-10".parse().unwrap();
        let of = |project: &Project| {
            let result = evaluate(project, &Tree::of(project), as_of).goals[&GoalId::from_random(2)].clone();
            (result.status, result.likelihood.as_deref().map(|l| l.probability))
        };
        // What a file must not say is the only difference between the two copies.
        let bounds = super::copy(&project, &BTreeSet::new()).metrics.values().next().unwrap().bounds;
        assert!(bounds.upper.is_none() || project.metrics[&MetricId::from_random(1)].series.values().iter().any(|v| *v > 90.0), "{seed}");
        let (before, after) = (of(&project), of(&redact(&project, &BTreeSet::new())));
        assert_eq!(before.0, after.0, "{seed}: {before:?}, then {after:?}");
        match (before.1, after.1) {
            (Some(a), Some(b)) => {
                known += 1;
                worst = worst.max((a - b).abs());
            }
            (a, b) => assert_eq!(a, b, "{seed}"),
        }
    }
    assert!(worst <= 0.005, "{worst}");
    assert!(known > 40, "{known} likelihoods were compared");
}
