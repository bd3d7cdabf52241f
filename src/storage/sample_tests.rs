//! The example project shows what Waymark can do.

use std::collections::BTreeSet;

use super::{SAMPLE_TEXT, sample, write_project};
use crate::model::{Cadence, GoalState, Origin, Project};

fn codes(project: &Project) -> BTreeSet<&'static str> {
    project.goals.values().map(|goal| goal.kind.code()).collect()
}

#[test]
fn the_sample_is_written_as_waymark_writes() {
    assert!(SAMPLE_TEXT == write_project(&sample()), "the sample differs from what a save would make of it");
    assert!(SAMPLE_TEXT.len() < 350 * 1024);
}

#[test]
fn the_sample_has_every_kind_of_goal() {
    let project = sample();
    let every = ["objective", "increase", "decrease", "at_least", "at_most", "between", "milestone", "baseline", "initiative"];
    assert_eq!(codes(&project), BTreeSet::from(every));
    assert_eq!(project.goals.values().filter(|g| g.is_objective()).count(), 3);
    let key_results: Vec<_> = project.goals.values().filter_map(|g| g.as_key_result()).collect();
    assert!(key_results.len() >= 9);
    assert!(key_results.iter().any(|k| k.accumulating));
    assert!(project.goals.values().any(|g| matches!(g.state, GoalState::Postponed { .. })));
    assert!(project.goals.values().any(|g| matches!(g.state, GoalState::Closed(_))));
    assert!(project.goals.values().any(|g| !g.ledger.is_empty()));
}

#[test]
fn the_sample_has_metrics_of_every_cadence_over_years() {
    let project = sample();
    assert!(project.metrics.len() >= 14);
    let as_of = project.settings.as_of.expect("the sample does not age");
    for cadence in [Cadence::Daily, Cadence::Weekly, Cadence::Monthly, Cadence::Quarterly] {
        let longest = project.metrics.values().filter(|m| m.cadence == cadence).filter_map(|m| m.series.first()).map(|(at, _)| at).min();
        let years = (as_of - longest.expect("a recorded metric").date()).num_days() / 365;
        assert!(years >= 2, "{cadence:?} has {years} years");
    }
    assert!(project.metrics.values().any(|m| matches!(m.origin, Origin::Computed { .. })));
    assert!(project.metrics.values().any(|m| m.segment.is_some()));
    assert!(project.metrics.values().all(|m| m.series.last().is_none_or(|(at, _)| at.date() <= as_of)), "no point of the future");
}
