//! What would make goals better: each finding says why, with the numbers, and what to do.
//!
//! Rules look at one thing at a time, as of the day of the evaluation. Goals that are archived, closed, postponed or abandoned are left
//! alone, with all that hangs on them. Findings are never errors: a project with findings is sound. Not here: the repairs
//! (`document::repair`), and how findings are shown.

mod promise;
mod questions;
mod rule;
mod shape;
mod subject;
#[cfg(test)]
mod tests;
mod upkeep;
mod wording;

use crate::model::{Place, Project, Tree};

use super::result::Evaluation;
use subject::{Lint, Remark};

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
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Finding {
    pub rule: Rule,
    /// A goal, a metric, or the project.
    pub place: Place,
    /// A sentence or two about the thing, which they do not name.
    pub why: String,
    /// What to do about it.
    pub suggestion: Option<String>,
    pub severity: Severity,
}

/// Everything that the rules find, except those that the project turned off: goals in the order of the tree, then metrics, then the
/// project. Linear in the number of goals, links and metrics.
pub fn lint(project: &Project, tree: &Tree, evaluation: &Evaluation) -> Vec<Finding> {
    let lint = Lint::of(project, tree, evaluation);
    let rules: Vec<Rule> = Rule::ALL.into_iter().filter(|rule| !project.settings.lint_off.contains(rule.id())).collect();
    let mut found = Vec::new();
    let mut report = |place: Place, rule: Rule, remark: Remark| {
        let Remark { why, suggestion } = remark;
        found.push(Finding { rule, place, why, suggestion, severity: rule.severity() });
    };
    lint.each_goal(|subject| {
        for &rule in &rules {
            let remark = promise::judge(&lint, subject, rule)
                .or_else(|| shape::judge(&lint, subject, rule))
                .or_else(|| upkeep::judge(&lint, subject, rule));
            if let Some(remark) = remark {
                report(Place::Goal(subject.goal.id.clone()), rule, remark);
            }
        }
    });
    for metric in project.metrics.values() {
        if let Some(remark) = shape::unused(&lint, metric).filter(|_| rules.contains(&Rule::KpiWithoutGoal)) {
            report(Place::Metric(metric.id.clone()), Rule::KpiWithoutGoal, remark);
        }
    }
    if let Some(remark) = shape::too_many_in_project(&lint).filter(|_| rules.contains(&Rule::TooManyKpisInProject)) {
        report(Place::Project, Rule::TooManyKpisInProject, remark);
    }
    found
}
