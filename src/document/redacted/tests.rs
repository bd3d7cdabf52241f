use std::collections::BTreeSet;
use std::sync::Arc;

use proptest::prelude::*;

use super::*;
use crate::analysis::evaluate;
use crate::model::arbitrary::projects;
use crate::model::{Closing, GoalState, Point, Series, Tree};
use crate::storage;

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
        let without = project.goals.keys().enumerate().filter(|(n, _)| choice >> (n % 64) & 3 == 0).map(|(_, id)| id.clone()).collect();
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

#[test]
fn the_sample_keeps_its_statuses_and_shapes() {
    let sample = storage::sample();
    let copy = redact(&sample, &BTreeSet::new());
    assert_eq!(copy.validate(), []);
    let as_of = sample.settings.as_of.unwrap();
    let [before, after] = [&sample, &copy].map(|project| evaluate(project, &Tree::of(project), as_of));
    let close = |a: Option<f64>, b: Option<f64>, by: f64| a.zip(b).map_or(a == b, |(a, b)| (a - b).abs() < by);
    for (id, goal) in &sample.goals {
        let (a, b) = (&before.goals[id], &after.goals[id]);
        assert_eq!(a.status, b.status, "{}: {} / {}", goal.title, a.reason, b.reason);
        assert!(close(a.progress, b.progress, 0.002), "{}: {:?}, then {:?}", goal.title, a.progress, b.progress);
        assert!(close(a.expected, b.expected, 0.002), "{}: {:?}, then {:?}", goal.title, a.expected, b.expected);
    }
    for metric in copy.metrics.values().filter(|metric| metric.segment.is_none()) {
        let first = metric.series.values().iter().find(|v| **v != 0.0);
        assert!(first.is_none_or(|v| (v.abs() - 100.0).abs() < 0.05), "{}: {first:?}", metric.name);
    }
}

#[test]
fn segments_still_add_up_to_their_whole() {
    let copy = redact(&storage::sample(), &BTreeSet::new());
    let [whole, mobile, web] = ["MAU", "MAU mobile", "MAU web"].map(|name| copy.find_metric(name).unwrap());
    for (at, value) in whole.series.iter() {
        let parts: Option<f64> = [mobile, web].iter().map(|part| Some(part.series.get(at)?.value)).sum();
        assert!(parts.is_none_or(|sum| (sum - value).abs() < 1e-9), "{at}: {parts:?} of {value}");
    }
}

#[test]
fn what_only_left_out_goals_used_is_left_out() {
    let sample = storage::sample();
    let goal = sample.find_goal("Bring MAU to 10 M by Q4").unwrap().id.clone();
    let root = sample.find_goal("Grow revenue that stays").unwrap().id.clone();
    let copy = redact(&sample, &[goal.clone(), root].into());
    assert_eq!(copy.validate(), []);
    // Stickiness, which stays, is made of MAU; nothing but the revenue goal used what revenue is made of.
    assert!(copy.find_metric("MAU").is_some() && copy.find_metric("MRR").is_none());
    let under: Vec<&str> = sample.goals.values().filter(|g| g.parent.as_ref() == Some(&goal)).map(|g| g.id.as_str()).collect();
    assert!(!under.is_empty() && under.iter().all(|id| copy.goals.keys().all(|kept| kept.as_str() != *id)));
    let named: BTreeSet<_> = copy.goals.values().filter_map(|g| g.cycle.clone()).collect();
    let were: BTreeSet<_> = sample.goals.values().filter_map(|g| g.cycle.clone()).collect();
    assert!(were.difference(&named).all(|gone| !copy.cycles.contains_key(gone)));
}
