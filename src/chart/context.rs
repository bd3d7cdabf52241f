//! What a chart is stated from.

use super::Supports;
use crate::analysis::{Evaluation, GoalResult};
use crate::model::{Aim, Date, Goal, GoalId, KeyResult, Metric, MetricId, Project, Role, Tree};

/// A project and what is known of its goals on a day.
#[derive(Clone, Copy, Debug)]
pub struct Context<'a> {
    pub project: &'a Project,
    /// Its day is the chart's as-of day.
    pub evaluation: &'a Evaluation,
}

/// A key result with what is known of it.
#[derive(Clone, Copy)]
pub(super) struct Pursuit<'a> {
    pub(super) goal: &'a Goal,
    pub(super) key_result: &'a KeyResult,
    pub(super) result: Option<&'a GoalResult>,
}

impl<'a> Context<'a> {
    pub(super) fn as_of(&self) -> Date {
        self.evaluation.as_of
    }

    /// The key result whose target and pace are drawn: the asked one, or one under the asked objective, or the one that is
    /// pursued on the day; of several, the one due first after the day, else the one due last.
    pub(super) fn pursuit(&self, metric: &Metric, goal: Option<&GoalId>) -> Option<Pursuit<'a>> {
        if let Some(asked) = goal.and_then(|id| self.project.goal(id))
            && let Some(key_result) = asked.as_key_result()
        {
            // A key result of another metric has no target on this one's axis.
            return (key_result.metric.as_ref() == Some(&metric.id)).then(|| self.of(asked, key_result));
        }
        let measured = self.project.goals.values().filter_map(|g| Some((g.as_ref(), g.as_key_result()?)));
        let mut found: Vec<Pursuit<'a>> = measured
            .filter(|(g, k)| k.metric.as_ref() == Some(&metric.id) && !g.archived)
            .filter(|(g, _)| goal.is_none_or(|asked| Tree::path(self.project, &g.id).iter().any(|p| &p.id == asked)))
            .map(|(g, k)| self.of(g, k))
            .collect();
        found.sort_by_key(|p| self.turn_of(p.goal));
        found.into_iter().next()
    }

    /// What key results of one metric are sorted by: those due first after the day come first, those that are over last.
    pub(super) fn turn_of(&self, goal: &Goal) -> (bool, i64) {
        let due = self.project.span(goal).due;
        let days = due.map_or(0, |due| (due - self.as_of()).num_days());
        (due.is_some_and(|due| due < self.as_of()), days.abs())
    }

    fn of(&self, goal: &'a Goal, key_result: &'a KeyResult) -> Pursuit<'a> {
        Pursuit { goal, key_result, result: self.evaluation.goal(&goal.id) }
    }

    /// The key result whose target a chart of the metric shows, asked for under `goal`.
    pub fn pursued_goal(&self, metric: &MetricId, goal: Option<&GoalId>) -> Option<GoalId> {
        self.pursuit(self.project.metric(metric)?, goal).map(|p| p.goal.id.clone())
    }

    /// The goals that a metric supports, the pursued one first.
    pub(super) fn supports(&self, metric: &Metric, first: Option<&GoalId>) -> Vec<Supports> {
        let goals: Vec<(&Goal, Role)> = self.project.supported_goals(&metric.id).into_iter().filter(|(goal, _)| !goal.archived).collect();
        // The way to a goal names those above it: they are not named again for the same role.
        let said_below = |goal: &Goal, role: Role| {
            goals
                .iter()
                .any(|(other, r)| *r == role && other.id != goal.id && Tree::path(self.project, &other.id).iter().any(|g| g.id == goal.id))
        };
        let mut found: Vec<Supports> = goals
            .iter()
            .filter(|(goal, role)| !said_below(goal, *role))
            .map(|&(goal, role)| Supports {
                goal: goal.id.clone(),
                path: self.path(goal),
                status: self.evaluation.goal(&goal.id).map(|r| r.status),
                role,
            })
            .collect();
        found.sort_by_key(|s| Some(&s.goal) != first);
        found
    }

    pub(super) fn path(&self, goal: &'a Goal) -> String {
        let titles: Vec<&str> = Tree::path(self.project, &goal.id).iter().map(|g| g.title.as_str()).collect();
        titles.join(" › ")
    }
}

impl Pursuit<'_> {
    /// The target of the day: the ledger's, as the evaluation has it.
    pub(super) fn target(&self) -> Option<f64> {
        self.result.and_then(|r| r.target).or_else(|| self.key_result.aim.target())
    }

    /// Whether more is better on the way to the target; `None` where neither is.
    pub(super) fn upwards(&self) -> Option<bool> {
        match &self.key_result.aim {
            Aim::Increase { .. } | Aim::AtLeast { .. } | Aim::Milestone { .. } => Some(true),
            Aim::Decrease { .. } | Aim::AtMost { .. } => Some(false),
            Aim::Baseline { direction, .. } => match direction {
                crate::model::Direction::Up => Some(true),
                crate::model::Direction::Down => Some(false),
                crate::model::Direction::Within => None,
            },
            Aim::Between { .. } => None,
        }
    }
}
