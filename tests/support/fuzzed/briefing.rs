//! Bytes as a project file whose goals are worked out: what a project holds stops no analysis.

use chrono::NaiveDate;
use waymark::analysis::attention::{Since, attention};
use waymark::analysis::evaluate;
use waymark::analysis::lint::lint;
use waymark::model::Tree;
use waymark::report;
use waymark::storage::read_project;

/// The briefing of a project can be written as text, Markdown and JSON, whatever the numbers and days in it.
pub(crate) fn check(bytes: &[u8]) {
    let Ok(project) = read_project(bytes) else { return };
    let as_of = project.as_of(NaiveDate::from_ymd_opt(2026, 11, 21).expect("a day"));
    let tree = Tree::of(&project);
    let evaluation = evaluate(&project, &tree, as_of);
    assert!(!report::text(&project, &tree, &evaluation).is_empty());
    assert!(!report::markdown(&project, &tree, &evaluation, None).is_empty());
    assert!(report::json(&project, &tree, &evaluation).is_object());
    for finding in lint(&project, &tree, &evaluation) {
        assert!(!finding.why.is_empty());
    }
    assert!(attention(&project, &tree, &evaluation, Since::LastCheckIn).ranked().len() <= project.goals.len() + project.metrics.len());
}
