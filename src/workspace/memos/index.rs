//! Which goals a metric matters to, and the check-ins of each goal: looked up in the project once, then kept up with its edits.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use super::Memos;
use crate::document::{Document, Revision};
use crate::model::{CheckIn, CheckInId, Date, Goal, GoalId, MetricId, Project, Role};

#[derive(Clone, Debug, Default)]
pub(super) struct Index {
    /// The revision of the project that it holds for; `None` before there was one.
    at: Option<Revision>,
    measure_of: BTreeMap<GoalId, MetricId>,
    measured_by: BTreeMap<MetricId, BTreeSet<GoalId>>,
    /// When a key result was first seen to be measured by a metric, or no longer.
    remeasured: BTreeMap<MetricId, Revision>,
    linked_to: BTreeMap<MetricId, Vec<(GoalId, Role)>>,
    predecessor_of: BTreeMap<GoalId, GoalId>,
    /// The goals that carry one on, in the order of their ids.
    carried_on_by: BTreeMap<GoalId, BTreeSet<GoalId>>,
    /// Oldest first; of one day as the project lists them.
    check_ins: BTreeMap<GoalId, Vec<(Date, CheckInId)>>,
}

impl Index {
    fn renew(&mut self, document: &Document) {
        let project = document.project();
        match self.at {
            // Settings count as changed in a document that was just opened.
            Some(at) if document.settings_revision() <= at => {
                let changed: BTreeSet<&GoalId> = document.goals_changed_after(at).collect();
                for goal in &changed {
                    self.measure(goal, project.goal(goal), document.revision());
                    self.carry_on(goal, project.goal(goal));
                }
                if document.links_revision() > at {
                    self.link(project);
                }
                let checked: BTreeSet<&GoalId> = changed.into_iter().filter(|goal| document.check_ins_revision(goal) > at).collect();
                if !checked.is_empty() {
                    self.check_ins.retain(|goal, _| !checked.contains(goal));
                    self.check_in(project.check_ins.values().filter(|c| checked.contains(&c.goal)));
                }
            }
            _ => {
                *self = Self::default();
                for goal in project.goals.values() {
                    self.measure(&goal.id, Some(goal), Revision::default());
                    self.carry_on(&goal.id, Some(goal));
                }
                self.link(project);
                self.check_in(project.check_ins.values());
            }
        }
        self.at = Some(document.revision());
    }

    fn measure(&mut self, id: &GoalId, goal: Option<&Goal>, at: Revision) {
        let measure = goal.and_then(Goal::as_key_result).and_then(|k| k.metric.as_ref());
        if self.measure_of.get(id) == measure {
            return;
        }
        let before = match measure {
            Some(metric) => {
                self.measured_by.entry(metric.clone()).or_default().insert(id.clone());
                self.measure_of.insert(id.clone(), metric.clone())
            }
            None => self.measure_of.remove(id),
        };
        self.remeasured.extend(measure.cloned().into_iter().chain(before.clone()).map(|metric| (metric, at)));
        if let Some(goals) = before.and_then(|metric| self.measured_by.get_mut(&metric)) {
            goals.remove(id);
        }
    }

    fn carry_on(&mut self, id: &GoalId, goal: Option<&Goal>) {
        let predecessor = goal.and_then(|goal| goal.predecessor.as_ref());
        if self.predecessor_of.get(id) == predecessor {
            return;
        }
        let before = match predecessor {
            Some(predecessor) => {
                self.carried_on_by.entry(predecessor.clone()).or_default().insert(id.clone());
                self.predecessor_of.insert(id.clone(), predecessor.clone())
            }
            None => self.predecessor_of.remove(id),
        };
        if let Some(goals) = before.and_then(|before| self.carried_on_by.get_mut(&before)) {
            goals.remove(id);
        }
    }

    fn link(&mut self, project: &Project) {
        self.linked_to.clear();
        for link in project.links.values() {
            self.linked_to.entry(link.metric.clone()).or_default().push((link.goal.clone(), link.role));
        }
    }

    fn check_in<'a>(&mut self, check_ins: impl Iterator<Item = &'a CheckIn>) {
        let mut touched: BTreeSet<&GoalId> = BTreeSet::new();
        for check_in in check_ins {
            self.check_ins.entry(check_in.goal.clone()).or_default().push((check_in.date, check_in.id.clone()));
            touched.insert(&check_in.goal);
        }
        for goal in touched {
            if let Some(list) = self.check_ins.get_mut(goal) {
                list.sort();
            }
        }
    }

    /// The metric that measures a key result.
    pub(super) fn measure_of(&self, goal: &GoalId) -> Option<&MetricId> {
        self.measure_of.get(goal)
    }

    /// The key results that a metric measures.
    pub(super) fn measured_by(&self, metric: &MetricId) -> impl Iterator<Item = &GoalId> {
        self.measured_by.get(metric).into_iter().flatten()
    }

    /// The metrics that measure other key results than at a revision.
    pub(super) fn remeasured_after(&self, at: Revision) -> impl Iterator<Item = &MetricId> {
        self.remeasured.iter().filter(move |(_, then)| **then > at).map(|(metric, _)| metric)
    }

    /// The goals that a metric is linked to.
    pub(super) fn linked_to(&self, metric: &MetricId) -> &[(GoalId, Role)] {
        self.linked_to.get(metric).map_or(&[], Vec::as_slice)
    }

    /// The check-ins of a goal up to a day, oldest first.
    pub(super) fn check_ins<'a>(&self, project: &'a Project, goal: &GoalId, up_to: Date) -> Vec<&'a CheckIn> {
        let list = self.check_ins.get(goal).map_or(&[][..], Vec::as_slice);
        list[..list.partition_point(|(date, _)| *date <= up_to)].iter().filter_map(|(_, id)| project.check_ins.get(id)).collect()
    }

    /// The latest check-in of a goal up to a day.
    pub(super) fn last_check_in<'a>(&self, project: &'a Project, goal: &GoalId, up_to: Date) -> Option<&'a CheckIn> {
        let list = self.check_ins.get(goal)?;
        let last = list.partition_point(|(date, _)| *date <= up_to).checked_sub(1)?;
        project.check_ins.get(&list[last].1)
    }
}

impl Memos {
    /// The index of the project as it is. Given back before the project changes, it is renewed in place.
    pub(super) fn index(&self, document: &Document) -> Arc<Index> {
        let mut known = self.index.take();
        if known.at != Some(document.revision()) {
            Arc::make_mut(&mut known).renew(document);
        }
        self.index.replace(Arc::clone(&known));
        known
    }

    /// The goals that carry one on, as `Project::successors` has them, without a look at every goal.
    pub fn successors(&self, document: &Document, goal: &GoalId) -> Vec<GoalId> {
        self.index(document).carried_on_by.get(goal).into_iter().flatten().cloned().collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::edits;
    use crate::model::{CheckInId, Link};
    use crate::storage;

    /// Everything looked up anew.
    fn new(document: &Document) -> Index {
        let mut index = Index::default();
        index.renew(document);
        index
    }

    type Step<'a> = Box<dyn Fn(&Document) -> crate::document::Edit + 'a>;

    #[test]
    fn it_keeps_up_with_every_edit() {
        let mut document = Document::new(storage::sample());
        let memos = Memos::default();
        let as_of = document.project().settings.as_of.unwrap();
        memos.index(&document);
        let goal = document.project().goals.values().find(|g| g.as_key_result().is_some_and(|k| k.metric.is_some())).unwrap().clone();
        let metrics: Vec<MetricId> = document.project().metrics.keys().take(2).cloned().collect();
        let moved = |document: &Document, to: Option<&MetricId>| {
            let mut goal = Goal::clone(document.project().goal(&goal.id).unwrap());
            let crate::model::GoalKind::KeyResult(key_result) = &mut goal.kind else { panic!("not a key result") };
            key_result.metric = to.cloned();
            crate::document::Edit::Put(crate::document::Entity::Goal(Arc::new(goal)))
        };
        let others: Vec<GoalId> = document.project().goals.keys().filter(|id| **id != goal.id).take(2).cloned().collect();
        let carried = |document: &Document, on: Option<usize>| {
            let goal = Goal { predecessor: on.map(|at| others[at].clone()), ..Goal::clone(document.project().goal(&goal.id).unwrap()) };
            crate::document::Edit::Put(crate::document::Entity::Goal(Arc::new(goal)))
        };
        let said = CheckIn {
            id: CheckInId::from_random(1),
            goal: goal.id.clone(),
            date: as_of,
            value: None,
            confidence: Some(3),
            status: None,
            note: String::new(),
            by: String::new(),
        };
        let edits: Vec<Step<'_>> = vec![
            Box::new(|d| moved(d, Some(&metrics[0]))),
            Box::new(|d| moved(d, Some(&metrics[1]))),
            Box::new(|_| crate::document::Edit::Put(crate::document::Entity::CheckIn(said.clone()))),
            Box::new(|d| {
                let metric = d.project().metrics.values().next_back().unwrap();
                edits::link(d.project().goal(&goal.id).unwrap(), metric, Role::Guardrail).edit
            }),
            Box::new(|d| moved(d, None)),
            Box::new(|d| carried(d, Some(0))),
            Box::new(|d| carried(d, Some(1))),
            Box::new(|d| carried(d, None)),
            Box::new(|d| edits::rename_goal(d.project().goal(&goal.id).unwrap(), "Renamed").edit),
        ];
        let compare = |document: &Document, step: usize| {
            let (kept, new) = (memos.index(document), new(document));
            let sets = |index: &Index| {
                index.measured_by.iter().filter(|(_, g)| !g.is_empty()).map(|(m, g)| (m.clone(), g.clone())).collect::<Vec<_>>()
            };
            assert_eq!(kept.measure_of, new.measure_of, "step {step}");
            assert_eq!(sets(&kept), sets(&new), "step {step}");
            assert_eq!((&kept.linked_to, &kept.check_ins), (&new.linked_to, &new.check_ins), "step {step}");
            for goal in document.project().goals.keys() {
                let carried: Vec<&GoalId> = document.project().successors(goal).into_iter().map(|g| &g.id).collect();
                assert_eq!(memos.successors(document, goal).iter().collect::<Vec<_>>(), carried, "step {step}");
            }
        };
        for (step, edit) in edits.iter().enumerate() {
            document.apply("Edit", edit(&document)).unwrap();
            compare(&document, step);
        }
        assert_eq!(memos.index(&document).last_check_in(document.project(), &goal.id, as_of).map(|c| &c.id), Some(&said.id));
        let links: Vec<&Link> = document.project().links.values().filter(|l| l.goal == goal.id && l.role == Role::Guardrail).collect();
        assert!(links.iter().all(|l| memos.index(&document).linked_to(&l.metric).contains(&(goal.id.clone(), Role::Guardrail))));
        while document.undo().is_some() {
            compare(&document, 99);
        }
    }
}
