//! How goals stood on earlier days, each worked out only as far as somebody asks.

use std::cell::RefCell;
use std::collections::BTreeMap;
use std::rc::Rc;
use std::sync::Arc;

use crate::analysis::Study;
use crate::analysis::forecasts::{NewForecasts, NoForecasts};
use crate::analysis::result::GoalResult;
use crate::analysis::{evaluate_one, leaf_of};
use crate::model::{CheckIn, Date, Goal, GoalId, Status, StatusPreset, Tree};

/// Objectives that are remembered, of all days: more than a project of some size has on the days of its check-ins.
const MOST_KNOWN: usize = 100_000;

/// Earlier days of a project.
pub(super) struct Past<'a> {
    project: Study<'a>,
    tree: &'a Tree,
    /// Of each goal, oldest first.
    check_ins: BTreeMap<&'a GoalId, Vec<&'a CheckIn>>,
    forecasts: RefCell<BTreeMap<Date, Rc<NewForecasts<'a>>>>,
    known: RefCell<Known>,
}

/// Objectives by day, and how many of them in all.
#[derive(Default)]
struct Known {
    days: BTreeMap<Date, BTreeMap<GoalId, Arc<GoalResult>>>,
    count: usize,
}

impl<'a> Past<'a> {
    pub(super) fn of(project: Study<'a>, tree: &'a Tree) -> Self {
        let mut check_ins: BTreeMap<&GoalId, Vec<&CheckIn>> = BTreeMap::new();
        for check_in in project.project().check_ins.values() {
            check_ins.entry(&check_in.goal).or_default().push(check_in);
        }
        for list in check_ins.values_mut() {
            list.sort_by_key(|c| c.date);
        }
        Self { project, tree, check_ins, forecasts: RefCell::default(), known: RefCell::default() }
    }

    /// The forecasts that were made on a day.
    pub(super) fn forecasts(&self, day: Date) -> Rc<NewForecasts<'a>> {
        let mut forecasts = self.forecasts.borrow_mut();
        Rc::clone(forecasts.entry(day).or_insert_with(|| Rc::new(NewForecasts::new(self.project, day))))
    }

    /// The status as it was computed on a day.
    pub(super) fn status_on(&self, goal: &Goal, day: Date) -> Option<Status> {
        if !goal.is_objective() {
            return Some(self.leaf(goal, day).computed);
        }
        let mut known = {
            let mut all = self.known.borrow_mut();
            if all.count > MOST_KNOWN {
                *all = Known::default();
            }
            all.days.remove(&day).unwrap_or_default()
        };
        let before = known.len();
        let found = evaluate_one(&self.project, self.tree, &goal.id, day, &mut known, |goal| Arc::new(self.leaf(goal, day)));
        let mut all = self.known.borrow_mut();
        all.count += known.len() - before;
        all.days.insert(day, known);
        found.map(|result| result.computed)
    }

    fn leaf(&self, goal: &Goal, day: Date) -> GoalResult {
        let all = self.check_ins.get(&goal.id).map_or(&[][..], Vec::as_slice);
        let then = &all[..all.partition_point(|c| c.date <= day)];
        if self.project.settings.status.preset == StatusPreset::Likelihood {
            leaf_of(self.project, goal, then, day, &*self.forecasts(day))
        } else {
            leaf_of(self.project, goal, then, day, &NoForecasts)
        }
    }
}
