//! Goals that are not shown, and what nothing but they used.

use std::collections::BTreeSet;
use std::sync::Arc;

use crate::model::{CycleId, Goal, GoalId, GoalKind, Initiative, KeyResult, Metric, MetricId, Project, SlideSubject, Tree};

/// Takes goals with all under them out of `copy`, which has points where `project` has formulas.
pub(super) fn leave_out(project: &Project, copy: &mut Project, without: &BTreeSet<GoalId>) {
    let tree = Tree::of(project);
    let gone: BTreeSet<&GoalId> =
        without.iter().filter(|id| project.goal(id).is_some()).flat_map(|id| tree.subtree(id)).map(|v| v.goal).collect();
    if gone.is_empty() {
        return;
    }
    let (dropped, kept): (Vec<&Goal>, Vec<&Goal>) = project.goals.values().map(Arc::as_ref).partition(|goal| gone.contains(&goal.id));
    let metrics = only_used_by(project, &dropped, &kept);
    let cycles = |goals: &[&Goal]| goals.iter().filter_map(|goal| goal.cycle.clone()).collect::<BTreeSet<CycleId>>();
    let (of_dropped, of_kept) = (cycles(&dropped), cycles(&kept));
    copy.cycles.retain(|id, _| !of_dropped.contains(id) || of_kept.contains(id));
    copy.goals.retain(|id, _| !gone.contains(id));
    for goal in copy.goals.values_mut() {
        if let Some(changed) = without_references(goal, &gone, &metrics) {
            *goal = Arc::new(changed);
        }
    }
    copy.metrics.retain(|id, _| !metrics.contains(id));
    for metric in copy.metrics.values_mut() {
        if metric.segment.as_ref().is_some_and(|segment| metrics.contains(&segment.whole)) {
            *metric = Arc::new(Metric { segment: None, ..Metric::clone(metric) });
        }
    }
    copy.links.retain(|key, _| !gone.contains(&key.goal) && !metrics.contains(&key.metric));
    copy.check_ins.retain(|_, said| !gone.contains(&said.goal));
    // An event without metrics is drawn on all of them; one that loses all of its own goes.
    copy.events.retain(|_, event| {
        let had = event.metrics.len();
        event.metrics.retain(|metric| !metrics.contains(metric));
        had == 0 || !event.metrics.is_empty()
    });
    copy.deck.slides.retain(|slide| match &slide.subject {
        SlideSubject::Objective(goal) => !gone.contains(goal),
        SlideSubject::Kpi(metric) => !metrics.contains(metric),
        SlideSubject::Title
        | SlideSubject::Agreed
        | SlideSubject::Summary
        | SlideSubject::Changes
        | SlideSubject::Decisions
        | SlideSubject::Appendix => true,
    });
}

/// The metrics that the dropped goals use, those these rest on and their segments; without those that a kept goal, or a metric that
/// stays, uses as well.
fn only_used_by(project: &Project, dropped: &[&Goal], kept: &[&Goal]) -> BTreeSet<MetricId> {
    let mut candidates = spread(project, &used_by(project, dropped));
    for id in spread(project, &used_by(project, kept)) {
        candidates.remove(&id);
    }
    // A metric of no goal stays, and so does what it is computed from.
    let others: BTreeSet<MetricId> = project.metrics.keys().filter(|id| !candidates.contains(id)).cloned().collect();
    for id in others.iter().filter_map(|id| project.metric(id)?.formula()).flat_map(|formula| inputs_below(project, formula.inputs())) {
        candidates.remove(&id);
    }
    candidates
}

fn used_by(project: &Project, goals: &[&Goal]) -> BTreeSet<MetricId> {
    let mut found = BTreeSet::new();
    for goal in goals {
        match &goal.kind {
            GoalKind::Objective(_) => {}
            GoalKind::KeyResult(key_result) => found.extend(key_result.metric.clone()),
            GoalKind::Initiative(initiative) => found.extend(initiative.effects.iter().map(|effect| effect.metric.clone())),
        }
        found.extend(project.linked_metrics(&goal.id).into_iter().map(|(metric, _)| metric.id.clone()));
    }
    found
}

/// With what formulas rest on, and with segments.
fn spread(project: &Project, from: &BTreeSet<MetricId>) -> BTreeSet<MetricId> {
    inputs_below(project, from)
}

fn inputs_below<'a>(project: &Project, from: impl IntoIterator<Item = &'a MetricId>) -> BTreeSet<MetricId> {
    let mut found: BTreeSet<MetricId> = BTreeSet::new();
    let mut open: Vec<MetricId> = from.into_iter().cloned().collect();
    while let Some(id) = open.pop() {
        if found.insert(id.clone()) {
            open.extend(
                project.metric(&id).and_then(Metric::formula).into_iter().flat_map(|formula| formula.inputs().into_iter().cloned()),
            );
            open.extend(project.segments_of(&id).map(|segment| segment.id.clone()));
        }
    }
    found
}

/// A kept goal that names something that is gone.
fn without_references(goal: &Goal, goals: &BTreeSet<&GoalId>, metrics: &BTreeSet<MetricId>) -> Option<Goal> {
    let carried_on = goal.predecessor.as_ref().filter(|id| !goals.contains(id));
    let kind = match &goal.kind {
        GoalKind::Objective(objective) => GoalKind::Objective(objective.clone()),
        GoalKind::KeyResult(key_result) => {
            let metric = key_result.metric.clone().filter(|id| !metrics.contains(id));
            GoalKind::KeyResult(KeyResult { metric, ..key_result.clone() })
        }
        GoalKind::Initiative(initiative) => {
            let effects = initiative.effects.iter().filter(|effect| !metrics.contains(&effect.metric)).cloned().collect();
            GoalKind::Initiative(Initiative { effects, ..initiative.clone() })
        }
    };
    (kind != goal.kind || carried_on != goal.predecessor.as_ref()).then(|| Goal { kind, predecessor: carried_on.cloned(), ..goal.clone() })
}
