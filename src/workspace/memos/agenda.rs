//! What the review has to look at.

use std::sync::Arc;

use super::Memos;
use crate::analysis::attention::Since;
use crate::chart::review::{self, Agenda, LogDay};
use crate::document::{Document, Revision};
use crate::model::{CycleId, Date, GoalId, MetricId};
use crate::workspace::{View, Visited};

/// Everything that an agenda is made of: what is evaluated, the meeting log, forecasts, and what was looked at.
pub(super) type AgendaKey = (Revision, Revision, u64, Date, Since, Option<CycleId>, Vec<Visited>);
/// The meeting log, and the names of what it is about.
pub(super) type LogKey = (Revision, Revision, Date, Option<(Option<GoalId>, Option<MetricId>)>);

impl Memos {
    /// The agenda of the review as of a day: of the cycle that is shown, since what the review compares with.
    pub fn agenda(&self, document: &Document, as_of: Date, view: &View) -> Arc<Agenda> {
        let project = document.project();
        let review = &view.arranged.review;
        let since = review.since.of(project, as_of);
        let key = (
            document.evaluation_revision(),
            document.log_revision(),
            self.outlooks.generation(),
            as_of,
            since,
            view.cycle.clone(),
            review.visited.clone(),
        );
        self.agendas.get(key, || {
            let (tree, evaluation) = (self.tree(document), self.evaluation(document, as_of));
            let cycle = view.goals_of_cycle(project, &tree);
            let attention = self.attention(document, as_of, since);
            let agenda = review::agenda(project, &tree, &evaluation, attention.ranked(), cycle.as_ref());
            let visited = review.visited.iter().map(|v| (&v.id, v.place, v.section));
            Arc::new(agenda.with_settled(project, &evaluation, cycle.as_ref(), visited))
        })
    }

    /// The lines of the meeting log up to a day, the latest day first; of one goal or metric, or all.
    pub fn log(&self, document: &Document, as_of: Date, of: Option<(Option<&GoalId>, Option<&MetricId>)>) -> Arc<[LogDay]> {
        let whose = of.map(|(goal, metric)| (goal.cloned(), metric.cloned()));
        let key = (document.log_revision(), document.evaluation_revision(), as_of, whose);
        self.logs.get(key, || review::log_days(document.project(), as_of, of).into())
    }
}
