//! What would make the goals better, in a few lines of the briefing.

use crate::analysis::Evaluation;
use crate::analysis::Study;
use crate::analysis::lint::{Finding, lint};
use crate::model::{Place, Tree};

/// More are counted, not listed.
const MOST_LINES: usize = 8;

/// One line for each finding, the serious ones first, none wider than `width` characters; then how many there are beside them.
pub(super) fn mending_lines(project: Study<'_>, tree: &Tree, evaluation: &Evaluation, width: usize) -> Vec<String> {
    let mut findings = lint(project, tree, evaluation);
    findings.sort_by_key(|f| f.severity);
    let mut lines: Vec<String> = findings.iter().take(MOST_LINES).map(|f| line(project, f, width)).collect();
    if let Some(more) = findings.len().checked_sub(MOST_LINES + 1) {
        lines.push(format!("and {} more", more + 1));
    }
    lines
}

fn line(project: Study<'_>, finding: &Finding, width: usize) -> String {
    let what = finding.rule.word();
    let what = what.chars().take(1).flat_map(char::to_lowercase).chain(what.chars().skip(1)).collect::<String>();
    let name = match &finding.place {
        Place::Goal(id) => project.goal(id).map(|g| g.title.as_str()),
        Place::Metric(id) => project.metric(id).map(|m| m.name.as_str()),
        _ => Some(project.name.as_str()),
    };
    let name: Vec<&str> = name.unwrap_or_default().split_whitespace().collect();
    let name = name.join(" ");
    let room = width.saturating_sub(what.chars().count() + "“”: ".chars().count());
    if name.chars().count() <= room {
        return format!("“{name}”: {what}");
    }
    let cut: String = name.chars().take(room.saturating_sub(1)).collect();
    format!("“{}…”: {what}", cut.trim_end())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analysis::fixture::Fixture;

    #[test]
    fn eight_lines_and_the_number_of_the_rest() {
        let mut f = Fixture::new();
        let lines = |f: &Fixture| mending_lines((&f.project).into(), &Tree::of(&f.project), &f.evaluate("2026-05-10"), 40);
        assert_eq!(lines(&f), ["“Root”: no outcome metric", "“Root”: dates missing", "“Root”: no key result", "“Root”: no owner"]);
        f.project.settings.lint_off.insert("too-many-key-results".to_owned());
        for n in 0..5 {
            let goal = f.milestone(&[None], "2026-05-01", "2026-12-31");
            f.edit_goal(&goal, |g| g.title = format!("{n} A title that is too long for the line"));
        }
        // Two of the root are serious, and six goals have no owner: eight. With one more, one is left over.
        assert_eq!(lines(&f).len(), 8);
        f.milestone(&[None], "2026-05-01", "2026-12-31");
        let shown = lines(&f);
        assert_eq!(shown.len(), 9);
        assert_eq!((shown[3].as_str(), shown[8].as_str()), ("“0 A title that is too long…”: no owner", "and 1 more"));
        assert!(shown.iter().all(|line| line.chars().count() <= 40), "{shown:?}");
    }
}
