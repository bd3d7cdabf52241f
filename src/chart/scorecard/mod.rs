//! The scorecard as data: KPIs down, periods across, and in each cell what was reached, what was to be reached and the difference.
//!
//! Numbers and the words for them, free of egui. Rows are made one by one ([`row`]), so that they can be kept one by one; [`scorecard`]
//! puts them in groups and in order. Not here: what a verdict looks like, and which rows and columns are in sight.

mod columns;
mod marks;
mod order;
mod row;
mod subjects;
mod table;
mod why;
mod words;

#[cfg(test)]
mod tests;

use std::collections::BTreeSet;
use std::ops::Range;
use std::sync::Arc;

pub use columns::{Column, ColumnState, Columns, GRAINS};
pub use marks::Marks;
pub use order::{Sort, SortBy};
pub use row::{Cell, Row, Standing, Turn, row};
pub use subjects::{GroupBy, Subject};
pub use table::{block_text, table_text};
pub use words::Part;

use super::Context;
use crate::analysis::PeriodVerdict;
use crate::model::{Cadence, CycleGoals, Date, GoalId, MetricId, Status, Tree};

/// What a scorecard is to show.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Ask {
    pub grain: Cadence,
    /// First and last day.
    pub range: (Date, Date),
    pub group: GroupBy,
    pub sort: Sort,
}

/// Rows that belong together.
#[derive(Clone, Debug, PartialEq)]
pub struct Group {
    /// What it is folded by.
    pub key: String,
    pub title: String,
    /// Where it stands for an objective.
    pub goal: Option<GoalId>,
    pub status: Option<Status>,
    /// Into [`Scorecard::rows`].
    pub rows: Range<usize>,
    /// Rows that met their target in the latest period that is over, and rows that had one.
    pub met: (usize, usize),
}

/// The whole table.
#[derive(Clone, Debug, PartialEq)]
pub struct Scorecard {
    pub columns: Arc<Columns>,
    /// One without a title where rows are not grouped.
    pub groups: Vec<Group>,
    pub rows: Vec<Arc<Row>>,
    /// The finding: how many met their target in the latest period that is over.
    pub title: String,
    /// The grain and the days.
    pub subtitle: String,
    /// The letters of the longest target.
    pub longest_target: usize,
}

/// One line of the table as it is seen: the head of a group or a row, by their places.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Line {
    Group(usize),
    Row(usize),
}

/// The scorecard of the KPIs of all goals, or of those of a cycle, with rows from `row` (a cache, or [`row()`]).
pub fn scorecard(
    context: &Context<'_>,
    tree: &Tree,
    cycle: Option<&CycleGoals>,
    ask: &Ask,
    mut row: impl FnMut(&Subject, &Arc<Columns>) -> Option<Arc<Row>>,
) -> Scorecard {
    let project = context.project;
    let columns = Arc::new(Columns::of(&project.settings.calendar, ask.grain, ask.range, context.as_of()));
    let mut groups = Vec::new();
    let mut rows: Vec<Arc<Row>> = Vec::new();
    let latest = columns.latest_over();
    for listed in subjects::groups(context, tree, cycle, ask.group) {
        let first = rows.len();
        let mut made: Vec<Arc<Row>> = listed.subjects.iter().filter_map(|subject| row(subject, &columns)).collect();
        order::sort(&mut made, ask.sort);
        rows.append(&mut made);
        let judged = || rows[first..].iter().filter_map(|row| row.verdict(latest?));
        let met = (judged().filter(|v| *v == PeriodVerdict::Met).count(), judged().count());
        let status = listed.goal.as_ref().and_then(|goal| context.evaluation.goal(goal)).map(|r| r.status);
        groups.push(Group { key: listed.key, title: listed.title, goal: listed.goal, status, rows: first..rows.len(), met });
    }
    let (title, subtitle) = (words::title(&rows, &columns, latest), words::subtitle(&columns));
    let longest_target = rows.iter().map(|row| row.target_words.chars().count()).max().unwrap_or_default();
    Scorecard { columns, groups, rows, title, subtitle, longest_target }
}

impl Scorecard {
    /// What is seen with some groups folded, from the top.
    pub fn lines(&self, folded: &BTreeSet<String>) -> Vec<Line> {
        let mut lines = Vec::with_capacity(self.rows.len() + self.groups.len());
        for (place, group) in self.groups.iter().enumerate() {
            let is_named = !group.title.is_empty();
            if is_named {
                lines.push(Line::Group(place));
            }
            if !is_named || !folded.contains(&group.key) {
                lines.extend(group.rows.clone().map(Line::Row));
            }
        }
        lines
    }

    /// Different metrics in it.
    pub fn metrics(&self) -> usize {
        self.rows.iter().map(|row| &row.subject.metric).collect::<BTreeSet<&MetricId>>().len()
    }
}
