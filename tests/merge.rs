//! Merging the sample as two people changed it.

use std::collections::BTreeMap;

use waymark::document::apply;
use waymark::document::merge::{Merged, Side, merge};
use waymark::model::{GoalId, MetricId, Place, Point, Project, Stamp};
use waymark::storage;

fn undecided(base: &Project, ours: &Project, theirs: &Project) -> Merged {
    merge(base, ours, theirs, &BTreeMap::new())
}

#[test]
fn different_fields_and_points_meet_without_a_conflict_and_the_same_field_is_asked_about() {
    let base = storage::sample();
    let (goal, metric) = (GoalId::parse("g-mau").unwrap(), MetricId::parse("m-mau").unwrap());
    let with = |change: &dyn Fn(&mut waymark::model::Goal, &mut waymark::model::Series)| {
        let mut project = base.clone();
        let mut changed = waymark::model::Goal::clone(&project.goals[&goal]);
        let mut kpi = waymark::model::Metric::clone(&project.metrics[&metric]);
        let mut series = waymark::model::Series::clone(&kpi.series);
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
    let removal = waymark::document::edits::remove_metric(&ours, &metric).unwrap();
    apply(&mut ours, removal.edit).unwrap();
    let mut theirs = base.clone();
    let goal = GoalId::parse("g-revenue").unwrap();
    let link = waymark::model::Link { goal, metric: metric.clone(), role: waymark::model::Role::Driver, expected_lag_days: None };
    theirs.links.insert(link.key(), link.clone());
    let merged = undecided(&base, &ours, &theirs);
    assert_eq!(merged.project.validate(), []);
    assert!(merged.project.metrics.contains_key(&metric) && merged.project.links.contains_key(&link.key()));
    assert!(merged.conflicts.iter().any(|c| c.id.place == Place::Metric(metric.clone()) && c.ours == "removed"), "{:?}", merged.conflicts);
}
