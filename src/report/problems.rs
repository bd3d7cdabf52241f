//! Problems as lines that editors and build logs understand.

use std::path::Path;

use crate::analysis::lint::Finding;
use crate::model::{Place, Problem, Project};
use crate::storage::{FileProblem, locate};

/// `FILE:LINE:COL: message`, one line each. A message of several lines becomes one.
pub fn problem_lines(path: &Path, problems: &[FileProblem]) -> String {
    let line = |FileProblem { line, column, message }: &FileProblem| {
        let message: Vec<&str> = message.split_whitespace().collect();
        format!("{}:{line}:{column}: {}\n", path.display(), message.join(" "))
    };
    problems.iter().map(line).collect()
}

/// What the goal lint finds, as lines of the project file with this text, in the order of the file:
/// `FILE:LINE:COL: warning: “Title”: Nobody answers for it. [no-owner]`.
pub fn warning_lines(path: &Path, text: &str, project: &Project, findings: &[Finding]) -> String {
    let problems: Vec<Problem> = findings
        .iter()
        .map(|Finding { rule, place, why, .. }| Problem { place: place.clone(), field: rule.field(), message: format!("{why} [{rule}]") })
        .collect();
    let mut located = locate(text, &problems);
    for (warning, problem) in located.iter_mut().zip(&problems) {
        let title = match &problem.place {
            Place::Goal(id) => project.goal(id).map(|g| format!("“{}”", g.title)),
            Place::Metric(id) => project.metric(id).map(|m| format!("“{}”", m.name)),
            _ => None,
        };
        warning.message = format!("warning: {}: {}", title.unwrap_or_else(|| problem.place.to_string()), problem.message);
    }
    located.sort();
    problem_lines(path, &located)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analysis::lint::Rule;
    use crate::model::GoalId;

    #[test]
    fn a_warning_names_the_line_of_what_it_is_about() {
        let mut f = crate::analysis::fixture::Fixture::new();
        let goal = GoalId::parse("g-a").unwrap();
        f.project.goals.insert(goal.clone(), std::sync::Arc::new(crate::model::Goal::objective(goal.clone(), None, "Trust")));
        let finding =
            |rule: Rule, place| Finding { rule, place, why: "Why.".to_owned(), suggestion: None, target: None, severity: rule.severity() };
        let findings = [
            finding(Rule::NoDates, Place::Goal(goal.clone())),
            finding(Rule::NoOwner, Place::Goal(goal)),
            finding(Rule::TooManyKpisInProject, Place::Project),
        ];
        let text = "(\n  goals: [\n    (\n      id: \"g-a\",\n      title: \"Trust\",\n      due: Some(\"2026-12-31\"),\n    ),\n  ],\n)";
        assert_eq!(
            warning_lines(Path::new("plan.waymark.ron"), text, &f.project, &findings),
            "plan.waymark.ron:1:1: warning: the project: Why. [too-many-kpis-in-project]\n\
             plan.waymark.ron:4:7: warning: “Trust”: Why. [no-owner]\n\
             plan.waymark.ron:6:7: warning: “Trust”: Why. [no-dates]\n"
        );
    }

    #[test]
    fn a_line_names_file_line_and_column() {
        let problems = [
            FileProblem { line: 3, column: 7, message: "goal g-a: has no title".to_owned() },
            FileProblem { line: 9, column: 1, message: "expected a number,\n  but found \"x\"".to_owned() },
        ];
        assert_eq!(
            problem_lines(Path::new("plan.waymark.ron"), &problems),
            "plan.waymark.ron:3:7: goal g-a: has no title\nplan.waymark.ron:9:1: expected a number, but found \"x\"\n"
        );
    }
}
