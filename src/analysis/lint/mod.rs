//! What would make goals better: each finding says why, with the numbers, and what to do.
//!
//! Rules look at one thing at a time, as of the day of the evaluation. Goals that are archived, closed, postponed or abandoned are left
//! alone, with all that hangs on them. Findings are never errors: a project with findings is sound. Not here: the repairs
//! (`document::repair`), and how findings are shown.

mod achievable;
mod promise;
mod questions;
mod rule;
mod shape;
mod subject;
#[cfg(test)]
mod tests;
mod upkeep;
mod wording;

use std::collections::BTreeSet;

use crate::analysis::Study;
use crate::model::{GoalId, Place, Tree};

use super::effort::Work;
use super::result::Evaluation;
use subject::{Lint, Remark, Subject};

pub use questions::{KEY_QUESTIONS, KeyQuestion, answers};
pub use rule::{Rule, Severity};
pub use shape::{possible_parents, pursued_roots};

/// An objective with more key results has lost its focus.
pub const MOST_KEY_RESULTS: usize = 5;
/// An objective with more metrics linked to it is hard to read.
pub const MOST_KPIS: usize = 7;
/// A few KPIs that matter beat many that do not.
pub const MOST_KPIS_OF_PROJECT: usize = 25;

/// Something that would be better otherwise.
#[derive(Clone, Debug, PartialEq)]
pub struct Finding {
    pub rule: Rule,
    /// A goal, a metric, or the project.
    pub place: Place,
    /// A sentence or two about the thing, which they do not name.
    pub why: String,
    /// What to do about it.
    pub suggestion: Option<String>,
    /// A target that would be better, where the rule knows one.
    pub target: Option<f64>,
    pub severity: Severity,
}

/// Everything that the rules find, except those that the project turned off: goals in the order of the tree, then metrics, then the
/// project. Linear in the number of goals, links and metrics.
pub fn lint<'a>(project: impl Into<Study<'a>>, tree: &Tree, evaluation: &Evaluation) -> Vec<Finding> {
    let project = project.into();
    let lint = Lint::of(project, tree, evaluation, None);
    let mut found = Vec::new();
    lint.each_goal(|subject| judge(&lint, subject, &mut found));
    judge_whole(&lint, &mut found);
    found
}

/// What the rules find about some goals only, and about metrics and the project as a whole.
///
/// What is found about a goal depends on the goal, its check-ins, its result, its children, its links and the metrics of all these, on
/// those above it, and for a goal at the top on the others there.
pub fn lint_some<'a>(project: impl Into<Study<'a>>, tree: &Tree, evaluation: &Evaluation, goals: &BTreeSet<GoalId>) -> Vec<Finding> {
    let project = project.into();
    let lint = Lint::of(project, tree, evaluation, Some(goals));
    let mut found = Vec::new();
    for goal in goals {
        lint.pursued(goal, |subject| judge(&lint, subject, &mut found));
    }
    judge_whole(&lint, &mut found);
    found
}

fn finding(place: Place, rule: Rule, remark: Remark) -> Finding {
    let Remark { why, suggestion, target } = remark;
    Finding { rule, place, why, suggestion, target, severity: rule.severity() }
}

fn judge(lint: &Lint<'_>, subject: &Subject<'_>, found: &mut Vec<Finding>) {
    for rule in Rule::ALL.into_iter().filter(|rule| lint.is_on(*rule)) {
        let remark = promise::judge(lint, subject, rule)
            .or_else(|| achievable::judge(lint, subject, rule))
            .or_else(|| shape::judge(lint, subject, rule))
            .or_else(|| upkeep::judge(lint, subject, rule));
        let told =
            remark.filter(|remark| lint.project.spend(Work::Goals, remark.why.len() + remark.suggestion.as_ref().map_or(0, String::len)));
        found.extend(told.map(|remark| finding(Place::Goal(subject.goal.id.clone()), rule, remark)));
    }
}

fn judge_whole(lint: &Lint<'_>, found: &mut Vec<Finding>) {
    if lint.is_on(Rule::KpiWithoutGoal) {
        let unused = lint.project.metrics.values().filter_map(|metric| Some((metric, shape::unused(lint, metric)?)));
        found.extend(unused.map(|(metric, remark)| finding(Place::Metric(metric.id.clone()), Rule::KpiWithoutGoal, remark)));
    }
    if let Some(remark) = shape::too_many_in_project(lint).filter(|_| lint.is_on(Rule::TooManyKpisInProject)) {
        found.push(finding(Place::Project, Rule::TooManyKpisInProject, remark));
    }
}
