//! Everything that is worked out from the project and kept, keyed by the revisions of what it was worked out from.

use std::cell::RefCell;
use std::collections::BTreeMap;
use std::sync::Arc;

use super::Memo;
use crate::analysis::{Evaluation, GoalResult, Regrained, evaluate_with, leaf, metric_values};
use crate::document::{Document, Revision};
use crate::model::{Cadence, Date, Goal, GoalId, MetricId, Tree};

/// What a goal's own numbers depend on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct LeafKey {
    goal: Revision,
    values: Revision,
    check_ins: Revision,
    links: Revision,
    cycles: Revision,
    settings: Revision,
}

type Leaves = BTreeMap<GoalId, (LeafKey, Arc<GoalResult>)>;

/// The caches of one window. They hand out `Arc`s and are not borrowed while something is computed.
#[derive(Debug)]
pub struct Memos {
    trees: Memo<Revision, Arc<Tree>>,
    evaluations: Memo<(Revision, Date), Arc<Evaluation>>,
    leaves: RefCell<BTreeMap<Date, Leaves>>,
    regrained: Memo<(MetricId, Cadence, Date, Revision, Revision), Arc<Regrained>>,
    leaves_computed: std::cell::Cell<u64>,
}

impl Default for Memos {
    fn default() -> Self {
        Self {
            trees: Memo::new(2),
            evaluations: Memo::new(8),
            leaves: RefCell::default(),
            regrained: Memo::new(1024),
            leaves_computed: std::cell::Cell::new(0),
        }
    }
}

impl Memos {
    /// Days for which leaves are kept: the one shown, and one for an export or a comparison.
    const MOST_DAYS: usize = 2;

    pub fn tree(&self, document: &Document) -> Arc<Tree> {
        self.trees.get(document.tree_revision(), || Arc::new(Tree::of(document.project())))
    }

    /// All goals as of a day. After an edit only the goals that it reaches are worked out again; the roll-up runs over all.
    pub fn evaluation(&self, document: &Document, as_of: Date) -> Arc<Evaluation> {
        self.evaluations.get((document.evaluation_revision(), as_of), || Arc::new(self.evaluate(document, as_of)))
    }

    fn evaluate(&self, document: &Document, as_of: Date) -> Evaluation {
        let tree = self.tree(document);
        let mut known = self.leaves.borrow_mut().remove(&as_of).unwrap_or_default();
        let mut leaves = Leaves::new();
        let evaluation = evaluate_with(document.project(), &tree, as_of, |goal| {
            let key = leaf_key(document, goal);
            let result = match known.remove(&goal.id) {
                Some((of, result)) if of == key => result,
                _ => {
                    self.leaves_computed.set(self.leaves_computed.get() + 1);
                    Arc::new(leaf(document.project(), goal, as_of))
                }
            };
            leaves.insert(goal.id.clone(), (key, Arc::clone(&result)));
            result
        });
        let mut days = self.leaves.borrow_mut();
        if days.len() >= Self::MOST_DAYS {
            days.clear();
        }
        days.insert(as_of, leaves);
        evaluation
    }

    /// A metric's values in a cadence as of a day; formulas are evaluated.
    pub fn regrained(&self, document: &Document, metric: &MetricId, cadence: Cadence, as_of: Date) -> Option<Arc<Regrained>> {
        let found = document.project().metric(metric)?;
        let key = (metric.clone(), cadence, as_of, document.values_revision(metric), document.settings_revision());
        Some(self.regrained.get(key, || Arc::new(metric_values(document.project(), found, cadence, as_of))))
    }

    /// How many goals were worked out so far: tests see by it what an edit reached.
    pub fn leaves_computed(&self) -> u64 {
        self.leaves_computed.get()
    }
}

fn leaf_key(document: &Document, goal: &Goal) -> LeafKey {
    let own = goal.as_key_result().and_then(|k| k.metric.as_ref()).map(|m| document.values_revision(m));
    let linked = document.project().linked_metrics(&goal.id).into_iter().map(|(m, _)| document.values_revision(&m.id)).max();
    LeafKey {
        goal: document.goal_revision(&goal.id),
        values: own.max(linked).unwrap_or_default(),
        check_ins: document.check_ins_revision(&goal.id),
        links: document.links_revision(),
        cycles: document.cycles_revision(),
        settings: document.settings_revision(),
    }
}
