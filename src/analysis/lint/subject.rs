//! What every rule looks at, gathered once.

use std::collections::{BTreeMap, BTreeSet};

use super::Rule;
use crate::analysis::Study;
use crate::analysis::result::{Evaluation, GoalResult};
use crate::analysis::then::Then;
use crate::model::{Date, Formula, Goal, GoalId, GoalState, Metric, MetricId, ProductStage, Role, Span, Tree};

/// What a rule has to say.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Remark {
    pub(super) why: String,
    pub(super) suggestion: Option<String>,
    /// A better target.
    pub(super) target: Option<f64>,
}

impl Remark {
    pub(super) fn new(why: impl Into<String>, suggestion: impl Into<String>) -> Self {
        Self { why: why.into(), suggestion: Some(suggestion.into()), target: None }
    }
}

/// The project as the rules see it.
pub(super) struct Lint<'a> {
    pub(super) project: Study<'a>,
    pub(super) tree: &'a Tree,
    pub(super) as_of: Date,
    evaluation: &'a Evaluation,
    last_check_ins: BTreeMap<&'a GoalId, Date>,
    /// Metrics that are linked to a goal, or that measure a key result.
    pub(super) kpis: BTreeSet<&'a MetricId>,
    /// Metrics that formulas are made of, and those that are parts of one another.
    pub(super) ingredients: BTreeSet<MetricId>,
    /// The objectives at the top that are pursued, with their dates.
    pub(super) roots: Vec<(&'a Goal, Span)>,
}

/// A goal that the rules look at.
pub(super) struct Subject<'a> {
    pub(super) goal: &'a Goal,
    pub(super) result: &'a GoalResult,
    pub(super) then: Then,
    pub(super) parent: Option<&'a Goal>,
    pub(super) parent_span: Option<Span>,
    pub(super) last_check_in: Option<Date>,
}

impl<'a> Lint<'a> {
    /// To look at all goals, or at some.
    pub(super) fn of(project: Study<'a>, tree: &'a Tree, evaluation: &'a Evaluation, only: Option<&BTreeSet<GoalId>>) -> Self {
        let as_of = evaluation.as_of;
        let is_asked = |goal: &GoalId| only.is_none_or(|some| some.contains(goal));
        let mut last_check_ins: BTreeMap<&GoalId, Date> = BTreeMap::new();
        for check_in in project.project().check_ins.values().filter(|c| c.date <= as_of && is_asked(&c.goal)) {
            let last = last_check_ins.entry(&check_in.goal).or_insert(check_in.date);
            *last = check_in.date.max(*last);
        }
        let measures = project.project().goals.values().filter_map(|goal| goal.as_key_result()?.metric.as_ref());
        let kpis = project.project().links.values().map(|link| &link.metric).chain(measures).collect();
        let mut ingredients = BTreeSet::new();
        for metric in project.metrics.values() {
            // The segments that a formula adds up are found below.
            ingredients.extend(metric.formula().into_iter().flat_map(Formula::metrics).cloned());
            if let Some(segment) = &metric.segment {
                ingredients.extend([metric.id.clone(), segment.whole.clone()]);
            }
        }
        let span_of = |goal: &Goal| evaluation.goal(&goal.id).map_or_else(Span::default, |r| r.span);
        let roots = super::shape::pursued_roots(tree.roots().iter().filter_map(|id| project.goal(id)), span_of);
        Self { project, tree, as_of, evaluation, last_check_ins, kpis, ingredients, roots }
    }

    /// Every goal that is pursued, parents before children.
    pub(super) fn each_goal(&self, mut look: impl FnMut(&Subject<'_>)) {
        let seats = self.tree.seats();
        let mut at = 0;
        while let Some(seat) = seats.get(at) {
            let known = self.project.goal(&seat.goal).zip(self.evaluation.goal(&seat.goal));
            let Some(subject) = known.and_then(|(goal, result)| self.subject(goal, result)) else {
                at = seat.end.max(at + 1);
                continue;
            };
            look(&subject);
            at += 1;
        }
    }

    /// One goal, where it and all above it are pursued.
    pub(super) fn pursued(&self, goal: &'a GoalId, look: impl FnOnce(&Subject<'_>)) {
        let known = |goal: &'a Goal| self.subject(goal, self.evaluation.goal(&goal.id)?);
        let path = Tree::path(self.project.project(), goal);
        let Some((own, above)) = path.split_last().filter(|(own, _)| &own.id == goal) else { return };
        if let Some(subject) = known(own)
            && above.iter().all(|goal| known(goal).is_some())
        {
            look(&subject);
        }
    }

    /// Whether the project has not turned the rule off.
    pub(super) fn is_on(&self, rule: Rule) -> bool {
        !self.project.settings.lint_off.contains(rule.id())
    }

    fn subject(&self, goal: &'a Goal, result: &'a GoalResult) -> Option<Subject<'a>> {
        let then = Then::of(&self.project, goal, self.as_of);
        if goal.archived || then.state != GoalState::Active {
            return None;
        }
        let parent = goal.parent.as_ref().and_then(|id| self.project.goal(id));
        Some(Subject {
            goal,
            result,
            then,
            parent,
            parent_span: parent.and_then(|p| self.evaluation.goal(&p.id)).map(|r| r.span),
            last_check_in: self.last_check_ins.get(&goal.id).copied(),
        })
    }

    /// The children that still count: neither archived nor abandoned on the day.
    pub(super) fn children(&self, goal: &'a GoalId) -> impl Iterator<Item = &'a Goal> {
        let is_gone = |goal: &Goal| matches!(&goal.state, GoalState::Abandoned { since, .. } if *since <= self.as_of);
        self.tree.children(goal).iter().filter_map(|id| self.project.goal(id)).filter(move |g| !g.archived && !is_gone(g))
    }

    /// The stage of the product: the goal's own, else that of those above it, else the project's.
    pub(super) fn stage_of(&self, goal: &Goal) -> Option<ProductStage> {
        let above = || Tree::path(&self.project, &goal.id).into_iter().rev().find_map(|g| g.stage);
        goal.stage.or_else(above).or(self.project.settings.stage)
    }

    pub(super) fn span(&self, goal: &GoalId) -> Span {
        self.evaluation.goal(goal).map_or_else(Span::default, |r| r.span)
    }

    /// The metrics that tell how an objective does: those linked to it as outcome or driver, and the measures of its key results.
    pub(super) fn metrics_of(&self, objective: &'a GoalId) -> Vec<&'a Metric> {
        let linked =
            self.project.project().linked_metrics(objective).into_iter().filter(|(_, link)| link.role != Role::Guardrail).map(|(m, _)| m);
        let measured = self.children(objective).filter_map(|child| self.metric_of(child));
        let by_id: BTreeMap<&MetricId, &Metric> = linked.chain(measured).map(|metric| (&metric.id, metric)).collect();
        by_id.into_values().collect()
    }

    pub(super) fn metric_of(&self, goal: &Goal) -> Option<&'a Metric> {
        goal.as_key_result()?.metric.as_ref().and_then(|id| self.project.metric(id))
    }

    /// A value of what a goal measures, as people read it.
    pub(super) fn value(&self, goal: &Goal, value: f64) -> String {
        let locale = &self.project.settings.locale;
        self.metric_of(goal).map_or_else(|| locale.short(value, 2), |m| locale.value(value, &m.unit, m.decimals))
    }
}

/// "A", "A and B", "A, B and C".
pub(super) fn listed(names: &[&str]) -> String {
    match names {
        [] => String::new(),
        [only] => (*only).to_owned(),
        [first @ .., last] => format!("{} and {last}", first.join(", ")),
    }
}
