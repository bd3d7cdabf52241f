//! What the board lists and shows, kept.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::Memos;
use super::index::Index;
use crate::analysis::change::{Change, ChangedPart, change_of, change_of_parts};
use crate::analysis::{CheckIns, Evaluation};
use crate::chart::board::{Board, Row, Source, Wanted};
use crate::document::{Document, Revision};
use crate::model::{CycleId, Date, Goal, GoalId, Project, Tree};
use crate::workspace::{Memo, View};

/// The document's revision, the day, and when forecasts last came from a job.
type Moment = (Revision, Date, u64);

/// What the change of a goal since its last check-in depends on.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct ChangeKey {
    id: GoalId,
    as_of: Date,
    goal: Revision,
    values: Revision,
    check_ins: Revision,
    cycles: Revision,
    settings: Revision,
}

#[derive(Debug)]
pub(super) struct BoardMemos {
    boards: Memo<(Moment, Wanted, Option<CycleId>), Arc<Board>>,
    rows: Memo<(GoalId, Moment), Option<Arc<Row>>>,
    /// Of what has numbers of its own.
    changes: Memo<ChangeKey, Option<Change>>,
    /// Of objectives.
    changes_of_parts: Memo<(GoalId, Moment), Option<Change>>,
}

impl Default for BoardMemos {
    fn default() -> Self {
        Self { boards: Memo::new(4), rows: Memo::new(2048), changes: Memo::new(32_768), changes_of_parts: Memo::new(4096) }
    }
}

/// What everything on a board is worked out with.
struct Desk<'a> {
    memos: &'a Memos,
    document: &'a Document,
    evaluation: Arc<Evaluation>,
    tree: Arc<Tree>,
    check_ins: Arc<BTreeMap<GoalId, CheckIns>>,
    index: Arc<Index>,
    moment: Moment,
}

impl Memos {
    /// What the board lists, as the view asks for it.
    pub fn board(&self, document: &Document, as_of: Date, view: &View) -> Arc<Board> {
        let desk = Desk::of(self, document, as_of);
        let wanted = &view.arranged.board.wanted;
        let key = (desk.moment, wanted.clone(), view.cycle.clone());
        self.board.boards.get(key, || {
            let goals = view.goals_of_cycle(document.project(), &desk.tree);
            let cycle = view.cycle.as_ref().and_then(|id| document.project().cycles.get(id)).zip(goals.as_ref());
            let change = |goal: &Goal| desk.change(goal);
            Arc::new(Board::of(&Source { cycle, ..desk.source(&change) }, wanted))
        })
    }

    /// What the row of a goal shows; `None` for one that is not there.
    pub fn board_row(&self, document: &Document, as_of: Date, goal: &GoalId) -> Option<Arc<Row>> {
        let moment = self.moment(document, as_of);
        self.board.rows.get((goal.clone(), moment), || {
            let desk = Desk::of(self, document, as_of);
            Row::of(&desk.source(&|goal: &Goal| desk.change(goal)), goal).map(Arc::new)
        })
    }

    fn moment(&self, document: &Document, as_of: Date) -> Moment {
        (document.revision(), as_of, self.outlooks.generation())
    }
}

impl<'a> Desk<'a> {
    fn of(memos: &'a Memos, document: &'a Document, as_of: Date) -> Self {
        let (evaluation, tree) = (memos.evaluation(document, as_of), memos.tree(document));
        let (check_ins, index) = (memos.check_ins(document, as_of), memos.index(document));
        Self { memos, document, evaluation, tree, check_ins, index, moment: memos.moment(document, as_of) }
    }

    fn project(&self) -> &'a Project {
        self.document.project()
    }

    fn source<'b>(&'b self, change: &'b dyn Fn(&Goal) -> Option<Change>) -> Source<'b> {
        let (project, tree, evaluation) = (self.project(), self.tree.as_ref(), self.evaluation.as_ref());
        Source { project, tree, evaluation, check_ins: &self.check_ins, cycle: None, change }
    }

    fn change(&self, goal: &Goal) -> Option<Change> {
        let memos = &self.memos.board;
        let result = self.evaluation.goal(&goal.id)?;
        if goal.is_objective() {
            return memos.changes_of_parts.get((goal.id.clone(), self.moment), || {
                let children = self.tree.children(&goal.id).iter().filter_map(|id| self.project().goal(id));
                let parts = children.filter_map(|child| {
                    let result = self.evaluation.goal(&child.id)?;
                    // What does not roll up moves nothing.
                    let share = result.weight_share.filter(|share| *share > 0.0)?;
                    Some(ChangedPart { share, result, change: self.change(child) })
                });
                change_of_parts(self.project(), parts)
            });
        }
        let (document, as_of) = (self.document, self.evaluation.as_of);
        let metric = goal.as_key_result().and_then(|k| k.metric.as_ref());
        let key = ChangeKey {
            id: goal.id.clone(),
            as_of,
            goal: document.goal_revision(&goal.id),
            values: metric.map(|m| document.values_revision(m)).unwrap_or_default(),
            check_ins: document.check_ins_revision(&goal.id),
            cycles: document.cycles_revision(),
            settings: document.settings_revision(),
        };
        memos.changes.get(key, || change_of(self.project(), goal, result, &self.index.check_ins(self.project(), &goal.id, as_of)))
    }
}
