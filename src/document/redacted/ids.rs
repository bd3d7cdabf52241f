//! New ids for a file of its own: people and templates make ids of words ("m-support-load").

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::model::{
    CheckIn, CheckInId, Cycle, CycleId, Event, EventId, Goal, GoalId, GoalKind, Link, Metric, MetricId, Project, ProjectId, SlideEdit,
    SlideSubject,
};

/// By the old ones. Their order is that of the old ones, since what is equal otherwise is ordered by them.
struct NewIds {
    goals: BTreeMap<GoalId, GoalId>,
    metrics: BTreeMap<MetricId, MetricId>,
    cycles: BTreeMap<CycleId, CycleId>,
}

fn numbered<Id: Ord + Clone>(old: impl Iterator<Item = Id>, new: impl Fn(u64) -> Id) -> BTreeMap<Id, Id> {
    (1..).zip(old).map(|(number, id)| (id, new(number))).collect()
}

fn of<Id: Ord + Clone>(ids: &BTreeMap<Id, Id>, old: &Id) -> Id {
    ids.get(old).unwrap_or(old).clone()
}

/// The project with other ids throughout. It has neither formulas, recipes nor a meeting log.
pub(super) fn renamed(project: Project) -> Project {
    let ids = NewIds {
        goals: numbered(project.goals.keys().cloned(), GoalId::from_random),
        metrics: numbered(project.metrics.keys().cloned(), MetricId::from_random),
        cycles: numbered(project.cycles.keys().cloned(), CycleId::from_random),
    };
    let cycles = project.cycles.into_values().map(|cycle| Cycle { id: of(&ids.cycles, &cycle.id), ..cycle });
    let links =
        project.links.into_values().map(|link| Link { goal: of(&ids.goals, &link.goal), metric: of(&ids.metrics, &link.metric), ..link });
    let events = (1..).zip(project.events.into_values()).map(|(number, event)| {
        let metrics = event.metrics.iter().map(|metric| of(&ids.metrics, metric)).collect();
        Event { id: EventId::from_random(number), metrics, ..event }
    });
    let check_ins = (1..).zip(project.check_ins.into_values()).map(|(number, said)| CheckIn {
        id: CheckInId::from_random(number),
        goal: of(&ids.goals, &said.goal),
        ..said
    });
    let mut deck = project.deck;
    deck.slides = deck.slides.into_iter().map(|slide| SlideEdit { subject: ids.subject(&slide.subject), ..slide }).collect();
    deck.slides.sort_by(|a, b| a.subject.cmp(&b.subject));
    Project {
        id: ProjectId::from_random(0),
        goals: project.goals.values().map(|goal| ids.goal(goal)).map(|goal| (goal.id.clone(), Arc::new(goal))).collect(),
        metrics: project.metrics.values().map(|metric| ids.metric(metric)).map(|metric| (metric.id.clone(), Arc::new(metric))).collect(),
        cycles: cycles.map(|cycle| (cycle.id.clone(), cycle)).collect(),
        links: links.map(|link| (link.key(), link)).collect(),
        events: events.map(|event| (event.id.clone(), event)).collect(),
        check_ins: check_ins.map(|said| (said.id.clone(), said)).collect(),
        deck,
        ..project
    }
}

impl NewIds {
    fn goal(&self, goal: &Goal) -> Goal {
        let mut goal = goal.clone();
        goal.id = of(&self.goals, &goal.id);
        goal.parent = goal.parent.map(|id| of(&self.goals, &id));
        goal.predecessor = goal.predecessor.map(|id| of(&self.goals, &id));
        goal.cycle = goal.cycle.map(|id| of(&self.cycles, &id));
        match &mut goal.kind {
            GoalKind::Objective(_) => {}
            GoalKind::KeyResult(key_result) => key_result.metric = key_result.metric.take().map(|id| of(&self.metrics, &id)),
            GoalKind::Initiative(initiative) => {
                for effect in &mut initiative.effects {
                    effect.metric = of(&self.metrics, &effect.metric);
                }
            }
        }
        goal
    }

    fn metric(&self, metric: &Metric) -> Metric {
        let mut metric = metric.clone();
        metric.id = of(&self.metrics, &metric.id);
        if let Some(segment) = &mut metric.segment {
            segment.whole = of(&self.metrics, &segment.whole);
        }
        metric
    }

    fn subject(&self, subject: &SlideSubject) -> SlideSubject {
        match subject {
            SlideSubject::Objective(goal) => SlideSubject::Objective(of(&self.goals, goal)),
            SlideSubject::Kpi(metric) => SlideSubject::Kpi(of(&self.metrics, metric)),
            other => other.clone(),
        }
    }
}
