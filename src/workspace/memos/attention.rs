//! What to look at, renewed from the last list after an edit, and how goals stood on earlier days to tell.

use std::cell::RefCell;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use super::Memos;
use super::goals::{Leaves, reached};
use super::index::Index;
use crate::analysis::attention::{Attention, Desk, Since, Sources};
use crate::analysis::xmr::Choice;
use crate::analysis::{GoalResult, Notes, Study, evaluate_one};
use crate::document::{Document, Revision};
use crate::model::{Date, Goal, GoalId, Metric, MetricId, Tree};

/// The last list of a day and what it was made of: the next one starts from it.
#[derive(Debug)]
pub(super) struct Attended {
    /// The revision of all that is evaluated, and when forecasts last came from jobs.
    of: (Revision, u64),
    at: Revision,
    attention: Arc<Attention>,
}

/// Goals as they were on a day, as far as anybody asked.
#[derive(Debug, Default)]
pub(super) struct PastDay {
    at: Revision,
    generation: u64,
    leaves: Leaves,
    /// With all that rolls up into them.
    objectives: BTreeMap<GoalId, Arc<GoalResult>>,
}

/// Earlier days, while one list is worked out.
struct Past<'a> {
    memos: &'a Memos,
    document: &'a Document,
    study: Study<'a>,
    index: &'a Index,
    tree: &'a Tree,
    /// The metrics whose values changed after a revision.
    changed: RefCell<BTreeMap<Revision, Arc<BTreeSet<MetricId>>>>,
}

impl Past<'_> {
    fn result(&self, goal: &GoalId, day: Date) -> Option<Arc<GoalResult>> {
        let Self { memos, document, study, index, tree, .. } = self;
        let mut past = memos.past.take(&day).unwrap_or_default();
        self.renew(&mut past, day);
        let PastDay { leaves, objectives, .. } = &mut past;
        let leaf = |goal: &Goal| memos.leaf(document, *study, index, goal, day, leaves);
        let result = evaluate_one(document.project(), tree, goal, day, objectives, leaf);
        memos.past.put(day, past);
        result
    }

    /// Forgets the objectives above what changed on the day.
    fn renew(&self, past: &mut PastDay, day: Date) {
        let Self { memos, document, index, .. } = self;
        let (now, generation) = (document.revision(), memos.outlooks.generation());
        if past.at == now && past.generation == generation {
            return;
        }
        if document.common_revision() > past.at {
            past.objectives.clear();
        } else {
            let metrics = self.changed_after(past.at);
            let visible = metrics.iter().filter(|metric| memos.outlooks.values_up_to(document, metric, day) > past.at).cloned();
            let came = memos.outlooks.came_after(past.generation).into_iter().filter(|(_, of)| *of == day).map(|(metric, _)| metric);
            for goal in reached(document, index, past.at, visible.chain(came)) {
                for above in Tree::path(document.project(), &goal) {
                    past.objectives.remove(&above.id);
                }
            }
        }
        (past.at, past.generation) = (now, generation);
    }

    fn changed_after(&self, at: Revision) -> Arc<BTreeSet<MetricId>> {
        Arc::clone(self.changed.borrow_mut().entry(at).or_insert_with(|| Arc::new(self.document.values_changed_after(at))))
    }
}

impl Memos {
    /// What to look at on a day, the most pressing first ([`Attention::ranked`]), and by goal and metric. Where forecasts are left to jobs, what
    /// depends on one that is still missing is told once it came. After an edit only what it reaches is looked at again; given back before the
    /// project changes, the list is renewed in place.
    pub fn attention(&self, document: &Document, as_of: Date, since: Since) -> Arc<Attention> {
        let of = self.evaluated_of(document);
        let known = self.attended.read(&(as_of, since), |known| (known.of == of).then(|| Arc::clone(&known.attention)));
        known.unwrap_or_else(|| self.attend(document, as_of, since))
    }

    fn attend(&self, document: &Document, as_of: Date, since: Since) -> Arc<Attention> {
        let (project, tree, evaluation) = (document.project(), self.tree(document), self.evaluation(document, as_of));
        let (index, of, at) = (self.index(document), self.evaluated_of(document), document.revision());
        let notes = Notes::of(project);
        let past = Past { memos: self, document, study: (&notes).into(), index: &index, tree: &tree, changed: RefCell::default() };
        let signals = |metric: &Metric| self.xmr(document, as_of, &metric.id, Choice::default());
        let status_on = |goal: &Goal, day: Date| past.result(&goal.id, day).filter(|then| !then.pending).map(|then| then.computed);
        let chances = |goal: &Goal, day: Date| {
            let now = evaluation.goal(&goal.id)?.likelihood.as_ref()?.judged;
            Some((past.result(&goal.id, day)?.likelihood.as_ref()?.judged, now))
        };
        let last_check_in = |goal: &GoalId| index.last_check_in(project, goal, as_of);
        let last_look = |metric: &MetricId| {
            let goals = index.measured_by(metric).chain(index.linked_to(metric).iter().map(|(goal, _)| goal));
            goals.filter_map(|goal| index.last_check_in(project, goal, as_of)).map(|c| c.date).max()
        };
        let sources =
            Sources { signals: &signals, status_on: &status_on, chances: &chances, last_check_in: &last_check_in, last_look: &last_look };
        let desk = Desk { project: (&notes).into(), evaluation: &evaluation, since, sources };
        let before = self.attended.take(&(as_of, since)).filter(|before| document.common_revision() <= before.at);
        let attention = match before {
            Some(Attended { at, of: (_, generation), mut attention }) => {
                let values = past.changed_after(at);
                let came = self.outlooks.came_after(generation).into_iter().map(|(metric, _)| metric);
                let goals = reached(document, &index, at, values.iter().cloned().chain(came));
                let above = goals.iter().flat_map(|goal| Tree::path(project, goal)).map(|goal| goal.id.clone());
                let goals: BTreeSet<GoalId> = above.chain(goals.iter().cloned()).collect();
                let mut metrics = BTreeSet::clone(&values);
                metrics.extend(index.remeasured_after(at).cloned());
                for goal in document.goals_changed_after(at).filter(|goal| document.check_ins_revision(goal) > at) {
                    metrics.extend(index.measure_of(goal).cloned());
                    metrics.extend(project.linked_metrics(goal).into_iter().map(|(metric, _)| metric.id.clone()));
                }
                let gone = attention.metrics().filter(|metric| !project.metrics.contains_key(metric)).cloned();
                metrics.extend(gone.collect::<Vec<_>>());
                Arc::make_mut(&mut attention).renew(desk, &tree, &goals, &metrics);
                attention
            }
            None => Arc::new(Attention::of(desk)),
        };
        self.attended.put((as_of, since), Attended { of, at, attention: Arc::clone(&attention) });
        attention
    }
}
