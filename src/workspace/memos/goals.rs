//! The goals as of a day: evaluation, findings of the lint and check-ins, each renewed from the last one after an edit.

use std::cell::OnceCell;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use super::super::outlooks::Outlooks;
use super::Memos;
use crate::analysis::lint::{Finding, lint, lint_some};
use crate::analysis::{CheckIns, Evaluation, Forecasts, GoalResult, Outlook, check_ins, evaluate_with, leaf_of};
use crate::document::{Document, Revision};
use crate::model::{CheckIn, Date, Goal, GoalId, Link, Metric, MetricId, Place, Project, Role, Tree};

/// What a goal's own numbers depend on.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct LeafKey {
    goal: Revision,
    values: Revision,
    check_ins: Revision,
    links: Revision,
    cycles: Revision,
    settings: Revision,
    /// When the forecast of its metric came from a job.
    forecast: u64,
}

type Leaves = BTreeMap<GoalId, (LeafKey, Arc<GoalResult>)>;

/// The last evaluation of a day and what it was made of: the next one starts from it.
#[derive(Debug)]
pub(super) struct Evaluated {
    at: Revision,
    generation: u64,
    leaves: Leaves,
    evaluation: Arc<Evaluation>,
}

/// What the goal lint found, by what it is about.
pub type Findings = BTreeMap<Place, Arc<[Finding]>>;

/// The last findings of a day and what they were made of: the next ones start from them.
#[derive(Debug)]
pub(super) struct Linted {
    at: Revision,
    evaluation: Arc<Evaluation>,
    findings: Arc<Findings>,
}

/// The forecasts of a day as the memos have them.
pub(super) struct Remembered<'a> {
    pub(super) memos: &'a Memos,
    pub(super) document: &'a Document,
    pub(super) as_of: Date,
}

impl Forecasts for Remembered<'_> {
    fn outlook(&self, metric: &Metric) -> Outlook {
        self.memos.outlook(self.document, metric, self.as_of)
    }
}

impl Memos {
    /// Days whose last evaluation is kept: the one shown, and one for an export or a comparison.
    const MOST_DAYS: usize = 2;

    /// All goals as of a day. After an edit only the goals that it reaches are worked out again, and those above them; after one of
    /// settings, cycles, links or the tree, the roll-up runs over all.
    pub fn evaluation(&self, document: &Document, as_of: Date) -> Arc<Evaluation> {
        self.evaluations.get((document.evaluation_revision(), as_of, self.outlooks.generation()), || self.evaluate(document, as_of))
    }

    fn evaluate(&self, document: &Document, as_of: Date) -> Arc<Evaluation> {
        let (project, tree) = (document.project(), self.tree(document));
        let before = self.evaluated.borrow_mut().remove(&as_of);
        let (mut leaves, last) = before.map_or_else(Default::default, |b| (b.leaves, Some((b.at, b.generation, b.evaluation))));
        let generation = self.outlooks.generation();
        let check_ins = OnceCell::new();
        let forecasts = Remembered { memos: self, document, as_of };
        let leaf = |goal: &Goal| {
            let key = leaf_key(document, goal, &self.outlooks);
            if let Some((of, result)) = leaves.get(&goal.id)
                && *of == key
            {
                return Arc::clone(result);
            }
            self.leaves_computed.set(self.leaves_computed.get() + 1);
            let by_goal = check_ins.get_or_init(|| check_ins_by_goal(project, as_of));
            let own = by_goal.get(&goal.id).map_or(&[][..], Vec::as_slice);
            let result = Arc::new(leaf_of(project, goal, own, as_of, &forecasts));
            leaves.insert(goal.id.clone(), (key, Arc::clone(&result)));
            result
        };
        let evaluation = match last {
            Some((at, generation, last)) if document.common_revision() <= at => {
                let came = self.outlooks.came_after(generation);
                last.renewed(project, &tree, &reached(document, at, &came), leaf)
            }
            _ => {
                let evaluation = evaluate_with(project, &tree, as_of, leaf);
                leaves.retain(|goal, _| evaluation.goals.contains_key(goal));
                evaluation
            }
        };
        let evaluation = Arc::new(evaluation);
        let mut days = self.evaluated.borrow_mut();
        if days.len() >= Self::MOST_DAYS {
            days.clear();
        }
        days.insert(as_of, Evaluated { at: document.revision(), generation, leaves, evaluation: Arc::clone(&evaluation) });
        evaluation
    }

    /// What the goal lint finds as of a day, in the rules' order for each place. After an edit of goals, check-ins or points only the
    /// goals that it reaches are looked at again.
    pub fn findings(&self, document: &Document, as_of: Date) -> Arc<Findings> {
        self.findings.get((document.evaluation_revision(), as_of, self.outlooks.generation()), || self.lint(document, as_of))
    }

    fn lint(&self, document: &Document, as_of: Date) -> Arc<Findings> {
        let (project, tree, evaluation) = (document.project(), self.tree(document), self.evaluation(document, as_of));
        let before = self.linted.borrow_mut().remove(&as_of);
        let before = before.filter(|b| document.common_revision().max(document.any_metric_revision()) <= b.at);
        let (mut findings, found) = match before {
            Some(Linted { at, evaluation: last, findings }) => {
                let reached = reached_by_lint(document, &tree, at, &last, &evaluation);
                let mut findings = Arc::unwrap_or_clone(findings);
                findings.retain(|place, _| matches!(place, Place::Goal(goal) if !reached.contains(goal)));
                (findings, lint_some(project, &tree, &evaluation, &reached))
            }
            None => (Findings::new(), lint(project, &tree, &evaluation)),
        };
        let mut by_place: BTreeMap<Place, Vec<Finding>> = BTreeMap::new();
        for finding in found {
            by_place.entry(finding.place.clone()).or_default().push(finding);
        }
        findings.extend(by_place.into_iter().map(|(place, found)| (place, found.into())));
        let findings = Arc::new(findings);
        let mut days = self.linted.borrow_mut();
        if days.len() >= Self::MOST_DAYS {
            days.clear();
        }
        days.insert(as_of, Linted { at: document.revision(), evaluation, findings: Arc::clone(&findings) });
        findings
    }

    /// How the check-ins of each goal stand on a day.
    pub fn check_ins(&self, document: &Document, as_of: Date) -> Arc<BTreeMap<GoalId, CheckIns>> {
        self.check_ins.get((document.evaluation_revision(), as_of, self.outlooks.generation()), || {
            Arc::new(check_ins(document.project(), &self.tree(document), &self.evaluation(document, as_of)))
        })
    }
}

/// The goals whose own numbers may have changed after `at`.
fn reached(document: &Document, at: Revision, forecast: &[MetricId]) -> Vec<GoalId> {
    let mut reached: BTreeSet<GoalId> = document.goals_changed_after(at).cloned().collect();
    let mut metrics = document.values_changed_after(at);
    metrics.extend(forecast.iter().cloned());
    if !metrics.is_empty() {
        let project = document.project();
        let measured = |goal: &&Arc<Goal>| goal.as_key_result().and_then(|k| k.metric.as_ref()).is_some_and(|m| metrics.contains(m));
        reached.extend(project.goals.values().filter(measured).map(|goal| goal.id.clone()));
        let guards = |link: &&Link| link.role == Role::Guardrail && metrics.contains(&link.metric);
        reached.extend(project.links.values().filter(guards).map(|link| link.goal.clone()));
    }
    reached.into_iter().collect()
}

/// The goals about which the lint may find something else than at `at`, where neither the tree nor links, cycles, settings nor the
/// fields of a metric changed since: those that changed with all under them, those whose result is another, and the goals right above.
fn reached_by_lint(document: &Document, tree: &Tree, at: Revision, before: &Evaluation, now: &Evaluation) -> BTreeSet<GoalId> {
    let project = document.project();
    let mut reached: BTreeSet<GoalId> = reached(document, at, &[]).into_iter().collect();
    let same = |id: &GoalId, result: &Arc<GoalResult>| before.goals.get(id).is_some_and(|old| Arc::ptr_eq(old, result));
    reached.extend(now.goals.iter().filter(|(id, result)| !same(id, result)).map(|(id, _)| id.clone()));
    let above: Vec<GoalId> = reached.iter().filter_map(|id| project.goal(id)?.parent.clone()).collect();
    for id in document.goals_changed_after(at) {
        reached.extend(tree.subtree(id).into_iter().map(|visit| visit.goal.clone()));
        // Goals at the top are held against one another.
        if project.goal(id).is_some_and(|goal| goal.parent.is_none()) {
            reached.extend(tree.roots().iter().cloned());
        }
    }
    reached.extend(above);
    reached
}

pub(super) fn check_ins_by_goal(project: &Project, as_of: Date) -> BTreeMap<&GoalId, Vec<&CheckIn>> {
    let mut by_goal: BTreeMap<&GoalId, Vec<&CheckIn>> = BTreeMap::new();
    for check_in in project.check_ins.values().filter(|c| c.date <= as_of) {
        by_goal.entry(&check_in.goal).or_default().push(check_in);
    }
    for list in by_goal.values_mut() {
        list.sort_by_key(|c| c.date);
    }
    by_goal
}

pub(super) fn leaf_key(document: &Document, goal: &Goal, outlooks: &Outlooks) -> LeafKey {
    let metric = goal.as_key_result().and_then(|k| k.metric.as_ref());
    let own = metric.map(|m| document.values_revision(m));
    // Of the metrics that are linked, only guardrails bear on the goal itself.
    let linked = document.project().linked_metrics(&goal.id).into_iter().filter(|(_, link)| link.role == Role::Guardrail);
    let linked = linked.map(|(m, _)| document.values_revision(&m.id)).max();
    LeafKey {
        goal: document.goal_revision(&goal.id),
        values: own.max(linked).unwrap_or_default(),
        check_ins: document.check_ins_revision(&goal.id),
        links: document.links_revision(),
        cycles: document.cycles_revision(),
        settings: document.settings_revision(),
        forecast: metric.map_or(0, |m| outlooks.generation_of(m)),
    }
}
