//! What to look at, and how goals stood on earlier days to tell.

use std::cell::OnceCell;
use std::sync::Arc;

use super::super::Memo;
use super::Memos;
use super::goals::{LeafKey, Remembered, check_ins_by_goal, leaf_key};
use crate::analysis::attention::{Attention, Since, Sources};
use crate::analysis::xmr::Choice;
use crate::analysis::{GoalResult, evaluate_one, leaf_of};
use crate::document::{Document, Revision};
use crate::model::{Date, Goal, GoalId, Metric};

/// The revision of all that is evaluated, the day, and when forecasts last came from jobs.
pub(super) type AttentionKey = (Revision, Date, Since, u64);

/// Goals as they were on earlier days.
#[derive(Debug)]
pub(super) struct Past {
    leaves: Memo<(GoalId, Date, LeafKey), Arc<GoalResult>>,
}

impl Default for Past {
    fn default() -> Self {
        Self { leaves: Memo::new(32_768) }
    }
}

impl Memos {
    /// What to look at on a day, the most pressing first ([`Attention::ranked`]), and by goal and metric. Where forecasts are left to jobs, what
    /// depends on one that is still missing is told once it came.
    pub fn attention(&self, document: &Document, as_of: Date, since: Since) -> Arc<Attention> {
        let key = (document.evaluation_revision(), as_of, since, self.outlooks.generation());
        self.attentions.get(key, || {
            let evaluation = self.evaluation(document, as_of);
            let check_ins = OnceCell::new();
            let past = |goal: &Goal, day: Date| {
                let leaf = |goal: &Goal| {
                    self.past.leaves.get((goal.id.clone(), day, leaf_key(document, goal, &self.outlooks)), || {
                        let check_ins = check_ins.get_or_init(|| check_ins_by_goal(document.project(), as_of));
                        let own = check_ins.get(&goal.id).map_or(&[][..], Vec::as_slice);
                        let own = &own[..own.partition_point(|c| c.date <= day)];
                        Arc::new(leaf_of(document.project(), goal, own, day, &Remembered { memos: self, document, as_of: day }))
                    })
                };
                evaluate_one(document.project(), &self.tree(document), &goal.id, day, leaf)
            };
            let signals = |metric: &Metric| self.xmr(document, as_of, &metric.id, Choice::default());
            let status_on = |goal: &Goal, day: Date| past(goal, day).filter(|then| !then.pending).map(|then| then.computed);
            let chances = |goal: &Goal, day: Date| {
                let now = evaluation.goal(&goal.id)?.likelihood.as_ref()?.judged;
                Some((past(goal, day)?.likelihood.as_ref()?.judged, now))
            };
            let sources = Sources { signals: &signals, status_on: &status_on, chances: &chances };
            Arc::new(Attention::of(document.project(), &evaluation, since, sources))
        })
    }
}
