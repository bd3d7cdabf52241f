//! The scorecard, row by row: after an edit only the rows that it reaches are made again.

use std::sync::Arc;

use super::super::Memo;
use super::Memos;
use crate::analysis::forecast::MetricForecast;
use crate::analysis::{Evaluation, GoalResult};
use crate::chart::Context;
use crate::chart::scorecard::{Ask, ColumnState, Columns, Row, Scorecard, Subject, row, scorecard};
use crate::document::{Document, Revision};
use crate::model::{Cadence, CycleId, Date, GoalId, Status};

/// How a goal of a row stands: what is seen of it, its target as bits, whether the metric trips it.
type Standing = (GoalId, Revision, Option<(Status, Option<u64>, bool, String)>);

/// What a row is made from.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct RowKey {
    subject: Subject,
    grain: Cadence,
    days: Option<(Date, Date)>,
    as_of: Date,
    values: Revision,
    settings: Revision,
    cycles: Revision,
    standing: Vec<Standing>,
    /// When the forecast of the metric came from a job, where it is shown.
    forecast: Option<u64>,
}

/// Revision of all that is evaluated, the day, when forecasts last came from jobs, what is asked, the cycle.
type TableKey = (Revision, Date, u64, Ask, Option<CycleId>);

#[derive(Debug)]
pub(super) struct Scorecards {
    tables: Memo<TableKey, Arc<Scorecard>>,
    rows: Memo<RowKey, Option<Arc<Row>>>,
}

impl Default for Scorecards {
    fn default() -> Self {
        // More rows than a project has KPIs, in two arrangements.
        Self { tables: Memo::new(4), rows: Memo::new(16_384) }
    }
}

impl Memos {
    /// The scorecard of a day, of all goals or of those of a cycle.
    pub fn scorecard(&self, document: &Document, as_of: Date, ask: &Ask, cycle: Option<&CycleId>) -> Arc<Scorecard> {
        let key = (document.evaluation_revision(), as_of, self.outlooks.generation(), ask.clone(), cycle.cloned());
        self.scorecards.tables.get(key, || {
            let (project, tree, evaluation) = (document.project(), self.tree(document), self.evaluation(document, as_of));
            let goals = cycle.map(|cycle| project.goals_of_cycle(&tree, cycle));
            let context = Context { project, evaluation: &evaluation };
            let one = |subject: &Subject, columns: &Arc<Columns>| self.scorecard_row(document, &evaluation, subject, columns);
            Arc::new(scorecard(&context, &tree, goals.as_ref(), ask, one))
        })
    }

    fn scorecard_row(&self, document: &Document, evaluation: &Evaluation, subject: &Subject, columns: &Arc<Columns>) -> Option<Arc<Row>> {
        let as_of = evaluation.as_of;
        let standing = |goal: &GoalId| {
            let result = evaluation.goal(goal);
            let tripped = |r: &GoalResult| r.guardrails_tripped.contains(&subject.metric);
            let seen = result.map(|r| (r.status, r.target.map(f64::to_bits), tripped(r), r.reason.clone()));
            (goal.clone(), document.goal_revision(goal), seen)
        };
        let looks_ahead = columns.list.iter().any(|c| c.state == ColumnState::Ahead);
        let key = RowKey {
            subject: subject.clone(),
            grain: columns.grain,
            days: columns.list.first().zip(columns.list.last()).map(|(a, b)| (a.period.first, b.period.last)),
            as_of,
            values: document.values_revision(&subject.metric),
            settings: document.settings_revision(),
            cycles: document.cycles_revision(),
            standing: subject.goals.iter().chain(&subject.guards).map(standing).collect(),
            forecast: looks_ahead.then(|| self.outlooks.generation_of(&subject.metric, as_of)),
        };
        self.scorecards.rows.get(key, || {
            let context = Context { project: document.project(), evaluation };
            let values = self.regrained(document, &subject.metric, columns.grain, as_of)?;
            let coming = if looks_ahead { self.forecast(document, &subject.metric, as_of) } else { None };
            let last = columns.list.last().map(|c| c.period.last);
            let coming = coming.filter(|f| f.cadence == values.cadence);
            let steps = coming.as_deref().zip(last).map(|(forecast, last)| MetricForecast::until(forecast, last)).unwrap_or_default();
            let forecast = |period| steps.iter().find(|c| c.period == period).map(|c| c.step.p50);
            row(&context, subject, columns, &values, forecast).map(Arc::new)
        })
    }
}
