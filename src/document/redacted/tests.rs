use std::collections::BTreeSet;
use std::sync::Arc;

use proptest::prelude::*;

use super::*;
use crate::model::arbitrary::projects;
use crate::model::{Closing, GoalState, Point, Series};

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
