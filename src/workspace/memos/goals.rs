//! The goals as of a day: evaluation, findings of the lint and check-ins, each renewed from the last one after an edit.

use std::collections::{BTreeMap, BTreeSet, VecDeque};
use std::sync::Arc;

use super::super::outlooks::Outlooks;
use super::Memos;
use super::index::Index;
use crate::analysis::lint::{Finding, lint, lint_some};
use crate::analysis::{CheckIns, Evaluation, Forecasts, GoalResult, Notes, Outlook, Study, check_ins, evaluate_with, leaf_of};
use crate::document::{Document, Revision};
use crate::model::{Date, Goal, GoalId, Metric, MetricId, Place, Role, Tree};

/// What a goal's own numbers on a day depend on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::workspace) struct LeafKey {
    goal: Revision,
    /// Of the values up to that day.
    values: Revision,
    check_ins: Revision,
    links: Revision,
    cycles: Revision,
    settings: Revision,
    /// When the forecast of its metric as of that day came from a job.
    forecast: u64,
}

impl LeafKey {
    /// Whatever the forecast is made from when it comes.
    fn of_inputs(self) -> Self {
        Self { forecast: 0, ..self }
    }
}

/// What jobs have worked out of goals and nobody has asked for yet.
pub(super) type Prepared = BTreeMap<(GoalId, Date), (LeafKey, Arc<GoalResult>)>;

pub(super) type Leaves = BTreeMap<GoalId, (LeafKey, Arc<GoalResult>)>;

/// The last evaluation of a day and what it was made of: the next one starts from it.
#[derive(Debug)]
pub(super) struct Evaluated {
    /// The revision of all that is evaluated, and when forecasts last came from jobs.
    of: (Revision, u64),
    at: Revision,
    leaves: Leaves,
    evaluation: Arc<Evaluation>,
    changes: Changes,
}

/// Which results changed from one evaluation of a day to the next. Evaluations are counted over all days.
#[derive(Debug, Default)]
struct Changes {
    /// The count of the evaluation that all the others go on from.
    since: u64,
    steps: VecDeque<(u64, BTreeSet<GoalId>)>,
}

impl Changes {
    /// Who asks less often than once in so many evaluations starts over.
    const MOST: usize = 64;

    fn push(&mut self, count: u64, changed: BTreeSet<GoalId>) {
        self.steps.push_back((count, changed));
        if self.steps.len() > Self::MOST
            && let Some((count, _)) = self.steps.pop_front()
        {
            self.since = count;
        }
    }

    fn last(&self) -> u64 {
        self.steps.back().map_or(self.since, |(count, _)| *count)
    }

    /// The goals whose result changed after an evaluation; `None` where that is not known any more.
    fn after(&self, count: u64) -> Option<BTreeSet<GoalId>> {
        let later = self.steps.iter().filter(|(step, _)| *step > count);
        (count >= self.since).then(|| later.flat_map(|(_, changed)| changed.iter().cloned()).collect())
    }
}

/// What the goal lint found, by what it is about.
pub type Findings = BTreeMap<Place, Arc<[Finding]>>;

/// The last findings of a day and what they were made of: the next ones start from them.
#[derive(Debug)]
pub(super) struct Linted {
    of: (Revision, u64),
    at: Revision,
    /// The count of the evaluation.
    evaluation: u64,
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
    /// What an evaluation depends on: the revision of all that is evaluated, and when forecasts last came from jobs.
    pub(super) fn evaluated_of(&self, document: &Document) -> (Revision, u64) {
        (document.evaluation_revision(), self.outlooks.generation())
    }

    /// All goals as of a day. After an edit only the goals that it reaches are worked out again, and those above them; after one of
    /// settings, cycles, links or the tree, the roll-up runs over all. Given back before the project changes, it is renewed in place.
    pub fn evaluation(&self, document: &Document, as_of: Date) -> Arc<Evaluation> {
        let of = self.evaluated_of(document);
        let known = self.evaluated.read(&as_of, |known| (known.of == of).then(|| Arc::clone(&known.evaluation)));
        known.unwrap_or_else(|| self.evaluate(document, as_of))
    }

    fn evaluate(&self, document: &Document, as_of: Date) -> Arc<Evaluation> {
        let (project, tree, index) = (document.project(), self.tree(document), self.index(document));
        let (of, at) = (self.evaluated_of(document), document.revision());
        let before = self.evaluated.take(&as_of);
        let (mut leaves, last) = before.map_or_else(Default::default, |b| (b.leaves, Some((b.at, b.of.1, b.evaluation, b.changes))));
        let notes = Notes::of(project);
        let leaf = |goal: &Goal| self.leaf(document, (&notes).into(), &index, goal, as_of, &mut leaves);
        let count = self.evaluations.get() + 1;
        self.evaluations.set(count);
        let (evaluation, changes) = match last {
            Some((at, generation, mut evaluation, mut changes)) if document.common_revision() <= at => {
                let came = self.outlooks.came_after(generation).into_iter().filter(|(_, day)| *day == as_of).map(|(metric, _)| metric);
                let reached = reached(document, &index, at, document.values_changed_after(at).into_iter().chain(came));
                changes.push(count, Arc::make_mut(&mut evaluation).renew(project, &tree, &reached, leaf));
                (evaluation, changes)
            }
            _ => {
                let evaluation = evaluate_with(project, &tree, as_of, leaf);
                leaves.retain(|goal, _| evaluation.goals.contains_key(goal));
                (Arc::new(evaluation), Changes { since: count, steps: VecDeque::new() })
            }
        };
        self.evaluated.put(as_of, Evaluated { of, at, leaves, evaluation: Arc::clone(&evaluation), changes });
        evaluation
    }

    /// A goal's own numbers on a day.
    pub(super) fn leaf(
        &self,
        document: &Document,
        study: Study<'_>,
        index: &Index,
        goal: &Goal,
        day: Date,
        leaves: &mut Leaves,
    ) -> Arc<GoalResult> {
        let key = leaf_key(document, goal, &self.outlooks, day);
        if let Some((of, result)) = leaves.get(&goal.id)
            && *of == key
        {
            return Arc::clone(result);
        }
        let prepared = self.prepared.borrow_mut().remove(&(goal.id.clone(), day));
        if let Some((of, result)) = prepared
            && of == key.of_inputs()
        {
            leaves.insert(goal.id.clone(), (key, Arc::clone(&result)));
            return result;
        }
        self.leaves_computed.set(self.leaves_computed.get() + 1);
        let own = index.check_ins(&study, &goal.id, day);
        let result = Arc::new(leaf_of(study, goal, &own, day, &Remembered { memos: self, document, as_of: day }));
        leaves.insert(goal.id.clone(), (key, Arc::clone(&result)));
        result
    }

    /// What the forecasts of a job bear on, and what that depends on besides them.
    pub(super) fn goals_of(&self, document: &Document, outlooks: &[(MetricId, Date)]) -> Vec<(GoalId, Date, LeafKey)> {
        let (project, index) = (document.project(), self.index(document));
        let of = |(metric, day): &(MetricId, Date)| {
            let goals = index.measured_by(metric).filter_map(|id| project.goal(id));
            let keyed = goals.map(|goal| (goal.id.clone(), *day, leaf_key(document, goal, &self.outlooks, *day).of_inputs()));
            keyed.collect::<Vec<_>>()
        };
        outlooks.iter().flat_map(of).collect()
    }

    /// What the goal lint finds as of a day, in the rules' order for each place. After an edit of goals, check-ins or points only the
    /// goals that it reaches are looked at again.
    pub fn findings(&self, document: &Document, as_of: Date) -> Arc<Findings> {
        let of = self.evaluated_of(document);
        let known = self.linted.read(&as_of, |known| (known.of == of).then(|| Arc::clone(&known.findings)));
        known.unwrap_or_else(|| self.lint(document, as_of))
    }

    fn lint(&self, document: &Document, as_of: Date) -> Arc<Findings> {
        let (project, tree, evaluation) = (document.project(), self.tree(document), self.evaluation(document, as_of));
        let of = self.evaluated_of(document);
        let before = self.linted.take(&as_of);
        let before = before.filter(|b| document.common_revision().max(document.any_metric_revision()) <= b.at).and_then(|before| {
            let changed = self.evaluated.read(&as_of, |known| known.changes.after(before.evaluation))?;
            Some((before, changed))
        });
        let (mut findings, found) = match before {
            Some((Linted { at, mut findings, .. }, changed)) => {
                let reached = reached_by_lint(document, &tree, &self.index(document), at, changed);
                let kept = Arc::make_mut(&mut findings);
                kept.retain(|place, _| matches!(place, Place::Goal(_)));
                for goal in &reached {
                    kept.remove(&Place::Goal(goal.clone()));
                }
                (findings, lint_some(project, &tree, &evaluation, &reached))
            }
            None => (Arc::default(), lint(project, &tree, &evaluation)),
        };
        let mut by_place: BTreeMap<Place, Vec<Finding>> = BTreeMap::new();
        for finding in found {
            by_place.entry(finding.place.clone()).or_default().push(finding);
        }
        Arc::make_mut(&mut findings).extend(by_place.into_iter().map(|(place, found)| (place, found.into())));
        let evaluation = self.evaluated.read(&as_of, |known| Some(known.changes.last())).unwrap_or_default();
        self.linted.put(as_of, Linted { of, at: document.revision(), evaluation, findings: Arc::clone(&findings) });
        findings
    }

    /// How the check-ins of each goal stand on a day.
    pub fn check_ins(&self, document: &Document, as_of: Date) -> Arc<BTreeMap<GoalId, CheckIns>> {
        self.check_ins.get((document.evaluation_revision(), as_of, self.outlooks.generation()), || {
            Arc::new(check_ins(document.project(), &self.tree(document), &self.evaluation(document, as_of)))
        })
    }
}

/// The goals whose own numbers may have changed after `at`: with their fields and check-ins, or with the values or forecasts of some metrics.
pub(super) fn reached(document: &Document, index: &Index, at: Revision, metrics: impl Iterator<Item = MetricId>) -> Vec<GoalId> {
    let mut reached: BTreeSet<&GoalId> = document.goals_changed_after(at).collect();
    for metric in metrics {
        reached.extend(index.measured_by(&metric));
        reached.extend(index.linked_to(&metric).iter().filter(|(_, role)| *role == Role::Guardrail).map(|(goal, _)| goal));
    }
    reached.into_iter().cloned().collect()
}

/// The goals about which the lint may find something else than at `at`, where neither the tree nor links, cycles, settings nor the
/// fields of a metric changed since: those that changed with all under them, those whose result is another, and the goals right above.
fn reached_by_lint(document: &Document, tree: &Tree, index: &Index, at: Revision, changed: BTreeSet<GoalId>) -> BTreeSet<GoalId> {
    let project = document.project();
    let mut reached: BTreeSet<GoalId> = reached(document, index, at, document.values_changed_after(at).into_iter()).into_iter().collect();
    reached.extend(changed);
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

fn leaf_key(document: &Document, goal: &Goal, outlooks: &Outlooks, day: Date) -> LeafKey {
    let metric = goal.as_key_result().and_then(|k| k.metric.as_ref());
    let own = metric.map(|m| outlooks.values_up_to(document, m, day));
    // Of the metrics that are linked, only guardrails bear on the goal itself.
    let linked = document.project().linked_metrics(&goal.id).into_iter().filter(|(_, link)| link.role == Role::Guardrail);
    let linked = linked.map(|(m, _)| outlooks.values_up_to(document, &m.id, day)).max();
    LeafKey {
        goal: document.goal_revision(&goal.id),
        values: own.max(linked).unwrap_or_default(),
        check_ins: document.check_ins_revision(&goal.id),
        links: document.links_revision(),
        cycles: document.cycles_revision(),
        settings: document.settings_revision(),
        forecast: metric.map_or(0, |m| outlooks.generation_of(m, day)),
    }
}
