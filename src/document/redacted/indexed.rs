//! Which numbers share a scale: those of a metric and of all that is said about it; a whole and its segments; a goal that no metric
//! measures by itself.

use std::collections::{BTreeMap, BTreeSet};

use super::scale::Scale;
use crate::model::{Aim, CheckIn, Goal, GoalId, GoalKind, LedgerChange, Limit, Metric, MetricId, Project};

/// The scale of every metric and every goal.
pub(super) struct Scales {
    metrics: BTreeMap<MetricId, Scale>,
    goals: BTreeMap<GoalId, Scale>,
    /// For a metric or goal of which there is none.
    plain: Scale,
}

impl Scales {
    /// Of a project without formulas.
    pub(super) fn of(project: &Project) -> Self {
        let mut said: BTreeMap<&GoalId, Vec<&CheckIn>> = BTreeMap::new();
        for check_in in project.check_ins.values() {
            said.entry(&check_in.goal).or_default().push(check_in);
        }
        let mut groups: BTreeMap<&MetricId, Group> = BTreeMap::new();
        for metric in project.metrics.values() {
            groups.entry(whole_of(project, &metric.id)).or_default().add_metric(metric, project);
        }
        let mut goals = BTreeMap::new();
        for goal in project.goals.values() {
            let mut numbers = said.remove(&goal.id).map(values_said).unwrap_or_default();
            aimed_at(goal, &mut numbers);
            match metric_of(goal).map(|metric| whole_of(project, metric)) {
                Some(whole) => groups.entry(whole).or_default().held_against.append(&mut numbers),
                None => drop(goals.insert(goal.id.clone(), Scale::of_numbers(&numbers))),
            }
            if let GoalKind::Initiative(initiative) = &goal.kind {
                for effect in initiative.effects.iter().filter(|effect| !effect.relative) {
                    groups.entry(whole_of(project, &effect.metric)).or_default().held_against.push(effect.change);
                }
            }
        }
        let scales: BTreeMap<&MetricId, Scale> = groups.into_iter().map(|(whole, group)| (whole, group.scale())).collect();
        let plain = Scale::of_numbers(&[]);
        let of_metric = |metric: &MetricId| scales.get(whole_of(project, metric)).copied().unwrap_or(plain);
        for goal in project.goals.values() {
            if let Some(metric) = metric_of(goal) {
                goals.insert(goal.id.clone(), of_metric(metric));
            }
        }
        Self { metrics: project.metrics.keys().map(|id| (id.clone(), of_metric(id))).collect(), goals, plain }
    }

    pub(super) fn metric(&self, id: &MetricId) -> Scale {
        self.metrics.get(id).copied().unwrap_or(self.plain)
    }

    pub(super) fn goal(&self, id: &GoalId) -> Scale {
        self.goals.get(id).copied().unwrap_or(self.plain)
    }
}

/// The numbers of one scale, those first that it is taken from.
#[derive(Default)]
struct Group {
    /// Of the whole.
    own: Vec<f64>,
    /// Of its segments.
    parts: Vec<f64>,
    held_against: Vec<f64>,
}

impl Group {
    fn add_metric(&mut self, metric: &Metric, project: &Project) {
        let is_whole = whole_of(project, &metric.id) == &metric.id;
        if is_whole { &mut self.own } else { &mut self.parts }.extend_from_slice(metric.series.values());
        let limits = metric.targets.iter().map(|t| t.limit).chain(metric.thresholds.iter().map(|t| t.limit));
        self.held_against.extend(limits.flat_map(Limit::values));
        self.held_against.extend(metric.benchmarks.iter().map(|b| b.value));
    }

    fn scale(self) -> Scale {
        let Self { mut own, mut parts, mut held_against } = self;
        own.append(&mut parts);
        own.append(&mut held_against);
        Scale::of_numbers(&own)
    }
}

/// The metric that a metric is in the end a part of, itself where it is none. A circle of parts has its least id for its whole.
pub(super) fn whole_of<'a>(project: &'a Project, metric: &'a MetricId) -> &'a MetricId {
    let mut path: BTreeSet<&MetricId> = BTreeSet::new();
    let mut at = metric;
    while let Some(segment) = project.metric(at).and_then(|m| m.segment.as_ref()) {
        if !path.insert(at) {
            // Round once more, so that those on the circle agree wherever they began.
            let mut least = at;
            let mut next = &segment.whole;
            while next != at {
                least = least.min(next);
                let Some(on) = project.metric(next).and_then(|m| m.segment.as_ref()) else { break };
                next = &on.whole;
            }
            return least;
        }
        at = &segment.whole;
    }
    at
}

fn metric_of(goal: &Goal) -> Option<&MetricId> {
    goal.as_key_result()?.metric.as_ref()
}

fn values_said(mut said: Vec<&CheckIn>) -> Vec<f64> {
    said.sort_by_key(|check_in| check_in.date);
    said.into_iter().filter_map(|check_in| check_in.value).collect()
}

fn aimed_at(goal: &Goal, numbers: &mut Vec<f64>) {
    if let GoalKind::KeyResult(key_result) = &goal.kind {
        numbers.extend(key_result.aim.start());
        numbers.extend(key_result.aim.target());
        if let Aim::Between { low, high, required_share: _ } = key_result.aim {
            numbers.extend([low, high]);
        }
        numbers.extend(key_result.stages.iter().map(|stage| stage.value));
    }
    for entry in &goal.ledger {
        match entry.change {
            LedgerChange::Target { old, new } | LedgerChange::StartValue { old, new } => numbers.extend([old, new]),
            LedgerChange::StartDate { .. } | LedgerChange::Due { .. } => {}
        }
    }
}
