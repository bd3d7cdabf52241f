//! The sample as a redacted copy: what it keeps, and what goes with goals that are left out.

use std::collections::BTreeSet;

use waymark::analysis::evaluate;
use waymark::document::redacted::redact;
use waymark::model::Tree;
use waymark::storage;

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
        let [likely, likely_after] = [a, b].map(|result| result.likelihood.as_deref().map(|l| l.probability));
        assert!(close(likely, likely_after, 0.02), "{}: {likely:?}, then {likely_after:?}", goal.title);
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
