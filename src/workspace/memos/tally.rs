//! The counts that stand in the status bar: a walk over all goals, so kept until something of them changes.

use std::sync::Arc;

use super::Memos;
use crate::chart::board;
use crate::document::{Document, Revision};
use crate::model::{Date, Goal, GoalKind, MetricId, Status};

/// What is evaluated, when forecasts last came from jobs, and the day.
pub(super) type TallyKey = (Revision, u64, Date);

/// How goals, guardrails and check-ins stand, in numbers.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Tally {
    /// How many goals have each status, in the order of the board; archived goals and initiatives are left out.
    pub statuses: Vec<(Status, usize)>,
    /// How many guardrails of goals are tripped, and the metric of the first.
    pub tripped: usize,
    pub first_tripped: Option<MetricId>,
    /// Check-ins that are asked for now.
    pub due: usize,
    /// Those of them that are late.
    pub overdue: usize,
}

impl Memos {
    pub fn tally(&self, document: &Document, as_of: Date) -> Arc<Tally> {
        let (revision, generation) = self.evaluated_of(document);
        self.tallies.get((revision, generation, as_of), || Arc::new(self.count(document, as_of)))
    }

    fn count(&self, document: &Document, as_of: Date) -> Tally {
        let (project, evaluation) = (document.project(), self.evaluation(document, as_of));
        // Both are in the order of their ids.
        let mut goals = project.goals.iter().peekable();
        let statuses = board::counts(evaluation.goals.iter().filter_map(|(id, result)| {
            while goals.next_if(|(known, _)| *known < id).is_some() {}
            goals.next_if(|(known, _)| *known == id).filter(|(_, goal)| is_counted(goal)).map(|_| result.status)
        }));
        let mut tripped = evaluation.goals.values().flat_map(|result| &result.guardrails_tripped);
        let first_tripped = tripped.next().cloned();
        let check_ins = self.check_ins(document, as_of);
        Tally {
            statuses,
            tripped: usize::from(first_tripped.is_some()) + tripped.count(),
            first_tripped,
            due: check_ins.values().filter(|c| c.is_due).count(),
            overdue: check_ins.values().filter(|c| c.overdue > 0).count(),
        }
    }
}

/// As on the board, which leaves initiatives out until they are asked for.
fn is_counted(goal: &Goal) -> bool {
    !goal.archived && !matches!(goal.kind, GoalKind::Initiative(_))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::edits;
    use crate::storage;

    #[test]
    fn it_counts_anew_after_an_edit_and_only_then() {
        let mut document = Document::new(storage::sample());
        let memos = Memos::default();
        let as_of = document.project().settings.as_of.unwrap();
        let before = memos.tally(&document, as_of);
        assert!(Arc::ptr_eq(&before, &memos.tally(&document, as_of)));
        let total = |tally: &Tally| tally.statuses.iter().map(|(_, count)| count).sum::<usize>();
        let counted = |document: &Document| document.project().goals.values().filter(|goal| is_counted(goal)).count();
        let all = document.project().goals.values().filter(|goal| !goal.archived).count();
        let shown = counted(&document);
        assert_eq!(total(&before), shown);
        assert!(shown < all, "the sample has initiatives");
        let goal = document.project().goals.values().find(|goal| !goal.archived && goal.is_objective()).unwrap();
        let archive = edits::archive_goals(document.project(), std::slice::from_ref(&goal.id));
        document.apply(&archive.label, archive.edit).unwrap();
        let shown = counted(&document);
        assert_eq!(total(&memos.tally(&document, as_of)), shown);
        assert!(shown < total(&before));
    }
}
