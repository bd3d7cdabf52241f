//! The laws of merging, on arbitrary projects with arbitrary edits on both sides.

#![expect(clippy::unwrap_used, reason = "helpers of tests, where a missing value is the failure")]

use proptest::prelude::*;

use super::*;
use crate::document::apply;
use crate::document::arbitrary::{Random, edit};
use crate::model::arbitrary::projects;
use crate::model::{GoalId, MetricId, Point, Stamp};
use crate::storage;

/// The project after a few edits, those that are refused left out.
fn edited(project: &Project, seed: u64, edits: usize) -> Project {
    let (mut project, mut random) = (project.clone(), Random(seed));
    for _ in 0..edits {
        let change = edit(&project, &mut random);
        if apply(&mut project, change).is_err() {
            continue;
        }
    }
    project
}

fn undecided(base: &Project, ours: &Project, theirs: &Project) -> Merged {
    merge(base, ours, theirs, &BTreeMap::new())
}

proptest! {
    #[test]
    fn who_changed_nothing_has_no_say(base in projects(6), seed in any::<u64>(), edits in 0usize..12) {
        let x = edited(&base, seed, edits);
        for merged in [undecided(&base, &x, &base), undecided(&base, &base, &x), undecided(&base, &x, &x)] {
            prop_assert_eq!(merged.conflicts, []);
            prop_assert_eq!(&merged.project, &x);
        }
    }

    #[test]
    fn what_both_did_is_there_and_sound(base in projects(6), seeds in any::<[u64; 2]>(), edits in [0usize..8, 0usize..8]) {
        let (ours, theirs) = (edited(&base, seeds[0], edits[0]), edited(&base, seeds[1], edits[1]));
        let merged = undecided(&base, &ours, &theirs);
        prop_assert_eq!(merged.project.validate(), []);
        if merged.conflicts.is_empty() {
            // Whose changes are in it has nothing to add to it.
            for side in [&ours, &theirs] {
                let again = undecided(&base, side, &merged.project);
                prop_assert_eq!(again.conflicts, []);
                prop_assert_eq!(&again.project, &merged.project);
            }
        }
        // Whoever wins, it is sound, and what is asked stays the same question.
        let all = |side: Side| merged.conflicts.iter().map(|c| (c.id.clone(), side)).collect::<BTreeMap<_, _>>();
        for side in [Side::Ours, Side::Theirs] {
            let decided = merge(&base, &ours, &theirs, &all(side));
            prop_assert_eq!(decided.project.validate(), []);
        }
    }
}

#[test]
fn different_fields_and_points_meet_without_a_conflict_and_the_same_field_is_asked_about() {
    let base = storage::sample();
    let (goal, metric) = (GoalId::parse("g-mau").unwrap(), MetricId::parse("m-mau").unwrap());
    let with = |change: &dyn Fn(&mut crate::model::Goal, &mut crate::model::Series)| {
        let mut project = base.clone();
        let mut changed = crate::model::Goal::clone(&project.goals[&goal]);
        let mut kpi = crate::model::Metric::clone(&project.metrics[&metric]);
        let mut series = crate::model::Series::clone(&kpi.series);
        change(&mut changed, &mut series);
        kpi.series = std::sync::Arc::new(series);
        project.goals.insert(goal.clone(), std::sync::Arc::new(changed));
        project.metrics.insert(metric.clone(), std::sync::Arc::new(kpi));
        project
    };
    let day = |text: &str| Stamp::from_date(text.parse().unwrap());
    let ours = with(&|g, s| {
        "Ana".clone_into(&mut g.owner);
        s.put(Point::new(day("2027-01-01"), 9.3e6)).unwrap();
        "Ours".clone_into(&mut g.title);
    });
    let theirs = with(&|g, s| {
        g.tags.insert("board".to_owned());
        s.put(Point::new(day("2027-02-01"), 9.4e6)).unwrap();
        "Theirs".clone_into(&mut g.title);
    });
    let merged = undecided(&base, &ours, &theirs);
    let [conflict] = merged.conflicts.as_slice() else { panic!("{:?}", merged.conflicts) };
    assert_eq!((conflict.id.field.as_str(), conflict.ours.as_str(), conflict.theirs.as_str()), ("title", "Ours", "Theirs"));
    let both = merged.project.goal(&goal).unwrap();
    assert_eq!((both.owner.as_str(), both.title.as_str(), both.tags.contains("board")), ("Ana", "Ours", true));
    let points = &merged.project.metric(&metric).unwrap().series;
    assert!(points.get(day("2027-01-01")).is_some() && points.get(day("2027-02-01")).is_some());

    let decided = merge(&base, &ours, &theirs, &BTreeMap::from([(conflict.id.clone(), Side::Theirs)]));
    assert_eq!(decided.project.goal(&goal).unwrap().title, "Theirs");
    assert_eq!(decided.conflicts[0].taken, Side::Theirs);
}

#[test]
fn what_one_removed_and_the_other_leans_on_comes_back() {
    let base = storage::sample();
    let metric = MetricId::parse("m-market-share").unwrap();
    let mut ours = base.clone();
    let removal = crate::document::edits::remove_metric(&ours, &metric).unwrap();
    apply(&mut ours, removal.edit).unwrap();
    let mut theirs = base.clone();
    let goal = GoalId::parse("g-revenue").unwrap();
    let link = crate::model::Link { goal, metric: metric.clone(), role: crate::model::Role::Driver, expected_lag_days: None };
    theirs.links.insert(link.key(), link.clone());
    let merged = undecided(&base, &ours, &theirs);
    assert_eq!(merged.project.validate(), []);
    assert!(merged.project.metrics.contains_key(&metric) && merged.project.links.contains_key(&link.key()));
    assert!(merged.conflicts.iter().any(|c| c.id.place == Place::Metric(metric.clone()) && c.ours == "removed"), "{:?}", merged.conflicts);
}
