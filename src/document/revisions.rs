//! When each part of a project last changed: what memos are keyed by.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::check::Touched;
use super::{Entity, EntityId};
use crate::model::{Goal, GoalId, Metric, MetricId, OrderKey, Project};

/// A count of changes that only grows; undo counts as a change.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Revision(u64);

/// The revision at which each part changed last; what is not listed is as it was when the document was opened.
#[derive(Clone, Debug, Default)]
pub(super) struct Revisions {
    now: Revision,
    opened: Revision,
    goals: BTreeMap<GoalId, Revision>,
    metrics: BTreeMap<MetricId, Revision>,
    series: BTreeMap<MetricId, Revision>,
    check_ins_of: BTreeMap<GoalId, Revision>,
    any_goal: Revision,
    any_metric: Revision,
    any_series: Revision,
    heading: Revision,
    settings: Revision,
    tree: Revision,
    links: Revision,
    cycles: Revision,
    events: Revision,
    check_ins: Revision,
    log: Revision,
    deck: Revision,
}

macro_rules! read {
    ($($(#[$doc:meta])* $name:ident),* $(,)?) => {
        $($(#[$doc])* pub(super) fn $name(&self) -> Revision { self.$name })*
    };
}

impl Revisions {
    /// Revisions of a document that follows another one in the same window: they go on counting, so that no memo of the old
    /// document fits the new one.
    pub(super) fn after(before: Revision) -> Self {
        let opened = Revision(before.0 + 1);
        Self {
            now: opened,
            opened,
            any_goal: opened,
            any_metric: opened,
            any_series: opened,
            heading: opened,
            settings: opened,
            tree: opened,
            links: opened,
            cycles: opened,
            events: opened,
            check_ins: opened,
            log: opened,
            deck: opened,
            ..Self::default()
        }
    }

    read!(now, any_goal, any_metric, heading, settings, tree, links, cycles, events, log, deck);

    pub(super) fn structure(&self) -> Revision {
        self.tree.max(self.links).max(self.cycles).max(self.events).max(self.check_ins)
    }

    /// When anything changed that a goal's status is worked out from.
    pub(super) fn evaluation(&self) -> Revision {
        let values = self.any_goal.max(self.any_metric).max(self.any_series).max(self.settings);
        values.max(self.tree).max(self.links).max(self.cycles).max(self.check_ins)
    }

    /// When anything changed that every goal's status may depend on.
    pub(super) fn common(&self) -> Revision {
        self.settings.max(self.tree).max(self.links).max(self.cycles)
    }

    /// The goals that changed after a revision (itself later than the opening), or whose check-ins did.
    pub(super) fn goals_after(&self, at: Revision) -> impl Iterator<Item = &GoalId> {
        let later = move |(id, revision): (_, &Revision)| (*revision > at).then_some(id);
        self.goals.iter().filter_map(later).chain(self.check_ins_of.iter().filter_map(later))
    }

    /// When a metric or a series changed last.
    pub(super) fn any_value(&self) -> Revision {
        self.any_metric.max(self.any_series)
    }

    pub(super) fn goal(&self, id: &GoalId) -> Revision {
        self.goals.get(id).copied().unwrap_or(self.opened)
    }

    pub(super) fn metric(&self, id: &MetricId) -> Revision {
        self.metrics.get(id).copied().unwrap_or(self.opened)
    }

    pub(super) fn series(&self, id: &MetricId) -> Revision {
        self.series.get(id).copied().unwrap_or(self.opened)
    }

    pub(super) fn check_ins_of(&self, id: &GoalId) -> Revision {
        self.check_ins_of.get(id).copied().unwrap_or(self.opened)
    }

    /// Counts one change. `project` is the state after it.
    pub(super) fn advance(&mut self, touched: &Touched, project: &Project) {
        self.now.0 += 1;
        let now = self.now;
        let Touched { before, heading, settings, deck } = touched;
        for (changed, revision) in [(*heading, &mut self.heading), (*settings, &mut self.settings), (*deck, &mut self.deck)] {
            if changed {
                *revision = now;
            }
        }
        for (id, before) in before {
            self.advance_entity(now, id, before.as_ref(), project);
        }
    }

    fn advance_entity(&mut self, now: Revision, id: &EntityId, before: Option<&Entity>, project: &Project) {
        match id {
            EntityId::Goal(id) => {
                let old = if let Some(Entity::Goal(goal)) = before { Some(goal.as_ref()) } else { None };
                self.goals.insert(id.clone(), now);
                self.any_goal = now;
                if place(old) != place(project.goal(id)) {
                    self.tree = now;
                }
            }
            EntityId::Metric(id) => {
                let old = if let Some(Entity::Metric(metric)) = before { Some(metric) } else { None };
                let new = project.metrics.get(id);
                let (same_series, same_rest) = compare(old, new);
                if !same_series {
                    self.series.insert(id.clone(), now);
                    self.any_series = now;
                }
                if !same_rest {
                    self.metrics.insert(id.clone(), now);
                    self.any_metric = now;
                }
            }
            EntityId::CheckIn(id) => {
                self.check_ins = now;
                let after = project.check_ins.get(id).map(|c| &c.goal);
                let old = if let Some(Entity::CheckIn(check_in)) = before { Some(&check_in.goal) } else { None };
                for goal in old.into_iter().chain(after) {
                    self.check_ins_of.insert(goal.clone(), now);
                }
            }
            EntityId::Link(_) => self.links = now,
            EntityId::Cycle(_) => self.cycles = now,
            EntityId::Event(_) => self.events = now,
            EntityId::MeetingEntry(_) => self.log = now,
            EntityId::Recipe(_) => {}
        }
    }
}

/// What the tree is made of: parent, order, and whether others may roll up into it.
fn place(goal: Option<&Goal>) -> Option<(&Option<GoalId>, &OrderKey, bool)> {
    goal.map(|g| (&g.parent, &g.order, g.is_objective()))
}

/// Whether the series and all other fields are the same.
fn compare(old: Option<&Arc<Metric>>, new: Option<&Arc<Metric>>) -> (bool, bool) {
    let (Some(old), Some(new)) = (old, new) else { return (old.is_none() == new.is_none(), old.is_none() == new.is_none()) };
    if Arc::ptr_eq(old, new) {
        return (true, true);
    }
    let same_series = Arc::ptr_eq(&old.series, &new.series) || old.series == new.series;
    // The series are compared once: a copy that borrows the other's leaves only the rest to compare.
    let rest = Metric { series: Arc::clone(&old.series), ..Metric::clone(new) };
    let same_rest = **old == rest;
    (same_series, same_rest)
}
