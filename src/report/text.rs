//! The report for people: a page of plain text that one would send round.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::check_ins::{check_in_words, due_count};
use super::meetings::meeting_lines;
use super::mending::mending_lines;
use super::page::{Page, WIDTH};
use crate::analysis::Study;
use crate::analysis::attention::{News, Since, attention};
use crate::analysis::{CheckIns, Evaluation, GoalResult, check_ins, health};
use crate::model::{Goal, GoalKind, Limit, Metric, Role, Status, Tree, capitalised, date_words, period_words_after, within_period_words};

/// Columns that the status takes before a title.
const STATUS_COLUMNS: usize = 14;

/// The briefing: what the project aims at, what to look at first, how each objective and key result stands and why, guardrails, decisions and open actions, what moved the numbers, what has no data, and what is worth mending. Archived
/// goals are left out; initiatives are counted, not listed.
pub fn text<'a>(project: impl Into<Study<'a>>, tree: &Tree, evaluation: &Evaluation) -> String {
    let project = project.into();
    let mut page = Page::of(project);
    heading(&mut page, project, evaluation);
    let shown: Vec<(&Goal, &GoalResult, usize)> = tree
        .walk()
        .into_iter()
        .filter_map(|visit| Some((project.goal(visit.goal)?, evaluation.goal(visit.goal)?, visit.depth)))
        .filter(|(goal, ..)| !goal.archived)
        .collect();
    counts(&mut page, &shown);
    let check_ins = check_ins(&project, tree, evaluation);
    page.paragraph("", 4, &due_count(&check_ins));
    attention_lines(&mut page, attention(project, tree, evaluation, Since::LastCheckIn).ranked());
    for &(goal, result, depth) in &shown {
        match goal.kind {
            GoalKind::Objective(_) => {
                page.blank();
                goal_lines(&mut page, project, goal, result, check_ins.get(&goal.id), depth);
            }
            GoalKind::KeyResult(_) => goal_lines(&mut page, project, goal, result, check_ins.get(&goal.id), depth),
            GoalKind::Initiative(_) => {}
        }
    }
    guardrails(&mut page, project, evaluation);
    meeting_lines(&mut page, &project, evaluation.as_of);
    listed(&mut page, "What moved, and why", &super::moves::lines(project, evaluation));
    without_data(&mut page, project, evaluation, &shown);
    mending(&mut page, &mending_lines(project, tree, evaluation, WIDTH - 2));
    page.text
}

fn heading(page: &mut Page<'_>, project: Study<'_>, evaluation: &Evaluation) {
    page.paragraph("", 0, &project.name);
    page.line(&"═".repeat(project.name.trim().chars().count().min(WIDTH)));
    page.paragraph("", 0, &project.vision);
    page.line(&format!("As of {}", date_words(evaluation.as_of)));
}

fn counts(page: &mut Page<'_>, shown: &[(&Goal, &GoalResult, usize)]) {
    page.blank();
    for words in count_words(shown) {
        page.paragraph("", 4, &words);
    }
    if shown.is_empty() {
        page.line("There are no goals yet.");
    }
}

/// "4 objectives: 1 on track, 3 behind": a line for each kind of goal that there is.
pub(super) fn count_words(shown: &[(&Goal, &GoalResult, usize)]) -> Vec<String> {
    let of_kind =
        |wanted: fn(&GoalKind) -> bool| shown.iter().filter(move |(goal, ..)| wanted(&goal.kind)).map(|(_, result, _)| result.status);
    let groups: [(&str, &str, Vec<Status>); 3] = [
        ("objective", "objectives", of_kind(|k| matches!(k, GoalKind::Objective(_))).collect()),
        ("key result", "key results", of_kind(|k| matches!(k, GoalKind::KeyResult(_))).collect()),
        ("initiative", "initiatives", of_kind(|k| matches!(k, GoalKind::Initiative(_))).collect()),
    ];
    let words = groups.into_iter().filter(|(.., statuses)| !statuses.is_empty()).map(|(one, many, statuses)| {
        let mut count: BTreeMap<Status, usize> = BTreeMap::new();
        for status in &statuses {
            *count.entry(*status).or_default() += 1;
        }
        let parts: Vec<String> = count.iter().map(|(status, n)| format!("{n} {}", status.word().to_lowercase())).collect();
        let noun = if statuses.len() == 1 { one } else { many };
        format!("{} {noun}: {}", statuses.len(), parts.join(", "))
    });
    words.collect()
}

/// One character for each status, as the screen's shapes.
pub fn glyph(status: Status) -> char {
    match status {
        Status::OnTrack => '●',
        Status::Behind => '▼',
        Status::AtRisk => '◆',
        Status::Achieved => '✓',
        Status::Missed => '✗',
        Status::TooEarly => '◐',
        Status::NotStarted | Status::Abandoned => '○',
        Status::NoData => '–',
        Status::Postponed => '‖',
        Status::Closed => '■',
    }
}

fn goal_lines(page: &mut Page<'_>, project: Study<'_>, goal: &Goal, result: &GoalResult, check_ins: Option<&CheckIns>, depth: usize) {
    let margin = " ".repeat(2 * depth.min(8));
    let status = format!("{margin}{} {:<width$}", glyph(result.status), result.status.word(), width = STATUS_COLUMNS - 2);
    let indent = status.chars().count();
    page.paragraph(&status, indent, &goal.title);
    let detail = |page: &mut Page<'_>, words: &str| page.paragraph(&" ".repeat(indent), indent, words);
    detail(page, &numbers(project, goal, result));
    if let Some(said) = result.said.as_ref().filter(|_| result.overridden.is_some()) {
        let by = if said.by.is_empty() { String::new() } else { format!(" by {}", said.by) };
        let why = if said.why.is_empty() { String::new() } else { format!(": {}", said.why) };
        let computed = result.computed.word().to_lowercase();
        detail(page, &format!("Set by hand{by} on {}{why} (computed: {computed}).", date_words(said.on)));
    }
    detail(page, &result.reason);
    // Where the status goes by something else, the chance is worth saying all the same.
    if let Some(likelihood) = result.likelihood.as_ref().filter(|l| !result.reason.starts_with(&l.words)) {
        detail(page, &capitalised(&likelihood.words));
    }
    if let Some(words) = check_ins.and_then(|c| check_in_words(c, result)) {
        detail(page, &words);
    }
    for metric in result.guardrails_tripped.iter().filter_map(|id| project.metric(id)) {
        detail(page, &format!("◆ Its guardrail {} is tripped.", metric.name));
    }
}

/// "54 % (expected 60 %) · 45 % → now 50 % → 60 % by 31 Dec 2026 · Team Growth".
fn numbers(project: Study<'_>, goal: &Goal, result: &GoalResult) -> String {
    let locale = &project.settings.locale;
    let mut parts = Vec::new();
    parts.push(match (result.progress, result.expected) {
        (Some(progress), Some(expected)) => format!("{} (expected {})", locale.percent(progress, 0), locale.percent(expected, 0)),
        (Some(progress), None) => locale.percent(progress, 0),
        (None, _) => "no progress yet".to_owned(),
    });
    if let Some(score) = result.score.filter(|_| result.computed == Status::Closed) {
        let original = result.score_original.map_or_else(String::new, |s| format!(" ({} against the first target)", locale.fixed(s, 1)));
        parts.push(format!("score {}{original}", locale.fixed(score, 1)));
    }
    if result.provisional {
        parts.push("provisional until the final value is in".to_owned());
    }
    if let Some((measured, of)) = result.measured.filter(|_| goal.is_objective()) {
        parts.push(format!("{measured} of {of} measured"));
    }
    if let Some(key_result) = goal.as_key_result() {
        let metric = key_result.metric.as_ref().and_then(|id| project.metric(id));
        let value = |v: f64| metric.map_or_else(|| locale.short(v, 2), |m| locale.value(v, &m.unit, m.decimals));
        let now = result.current.map_or_else(|| "–".to_owned(), |c| value(c.value));
        let target = match (&key_result.aim, result.target) {
            (crate::model::Aim::Between { low, high, .. }, _) => Some(format!("stay within {} and {}", value(*low), value(*high))),
            (aim, Some(target)) if aim.is_maintain() => Some(format!("{} {}", aim.word().to_lowercase(), value(target))),
            (_, target) => target.map(value),
        };
        parts.push(match target {
            Some(target) => format!("now {now} → {target}"),
            None => format!("now {now}"),
        });
        if let Some(original) = result.original_target {
            parts.push(format!("first target {}", value(original)));
        }
        if let Some(rate) = result.required_rate {
            let step =
                metric.map_or_else(|| locale.short(rate.per_period, 2), |m| locale.difference(rate.per_period, &m.unit, m.decimals.max(1)));
            parts.push(format!("needs {step} a {}", rate.cadence.period_word()));
        }
    }
    if let Some(due) = result.span.due {
        parts.push(format!("by {}", date_words(due)));
    }
    if !goal.owner.is_empty() {
        parts.push(goal.owner.clone());
    }
    parts.join(" · ")
}

fn guardrails(page: &mut Page<'_>, project: Study<'_>, evaluation: &Evaluation) {
    let mut guarded: BTreeMap<&str, (&Metric, Vec<&str>)> = BTreeMap::new();
    for link in project.links.values().filter(|l| l.role == Role::Guardrail) {
        if let (Some(metric), Some(goal)) = (project.metric(&link.metric), project.goal(&link.goal).filter(|g| !g.archived)) {
            guarded.entry(metric.id.as_str()).or_insert_with(|| (metric, Vec::new())).1.push(&goal.title);
        }
    }
    if guarded.is_empty() {
        return;
    }
    page.title("Guardrails");
    for (metric, goals) in guarded.into_values() {
        let found = health(project, metric, evaluation.as_of);
        let locale = &project.settings.locale;
        let value = |v: f64| locale.value(v, &metric.unit, metric.decimals);
        let (word, state) = match found.current {
            None => ("– No data", "no complete value yet".to_owned()),
            Some(current) => {
                let when = within_period_words(&project.settings.calendar, metric.cadence, current.period);
                let breached = found.breached.first().and_then(|&i| metric.thresholds.get(i));
                let state = match breached {
                    Some(threshold) => {
                        let limit = match threshold.limit {
                            Limit::AtLeast(low) => format!("at least {}", value(low)),
                            Limit::AtMost(high) => format!("at most {}", value(high)),
                            Limit::Within { low, high } => format!("within {} and {}", value(low), value(high)),
                        };
                        format!("{} {when}; it should be {limit} ({})", value(current.value), threshold.label)
                    }
                    None => format!("{} {when}", value(current.value)),
                };
                let word = match (found.is_stale, breached) {
                    (true, _) => "– Too old",
                    (false, Some(_)) => "◆ Tripped",
                    (false, None) => "● Holds",
                };
                (word, state)
            }
        };
        let goals: Vec<String> = goals.iter().map(|g| format!("“{g}”")).collect();
        let first = format!("{word:<STATUS_COLUMNS$}");
        page.paragraph(&first, STATUS_COLUMNS, &format!("{}: {state}. Guards {}.", metric.name, goals.join(", ")));
    }
}

/// More news than these are for the screen.
const MOST_NEWS: usize = 7;

fn attention_lines(page: &mut Page<'_>, news: &[Arc<News>]) {
    if news.is_empty() {
        return;
    }
    page.title("What needs attention");
    for each in news.iter().take(MOST_NEWS) {
        page.paragraph("– ", 2, &each.sentence);
    }
    match news.len().saturating_sub(MOST_NEWS) {
        0 => {}
        1 => page.line("– 1 more."),
        more => page.line(&format!("– {more} more.")),
    }
}

fn listed(page: &mut Page<'_>, title: &str, lines: &[String]) {
    if lines.is_empty() {
        return;
    }
    page.title(title);
    for line in lines {
        page.paragraph("– ", 2, line);
    }
}

fn mending(page: &mut Page<'_>, lines: &[String]) {
    if lines.is_empty() {
        return;
    }
    page.title("Worth mending");
    for line in lines {
        page.line(&format!("– {line}"));
    }
}

fn without_data(page: &mut Page<'_>, project: Study<'_>, evaluation: &Evaluation, shown: &[(&Goal, &GoalResult, usize)]) {
    let goals = shown.iter().filter(|(_, result, _)| result.computed == Status::NoData).map(|(goal, ..)| goal.title.as_str());
    let stale = project.metrics.values().filter_map(|metric| {
        let found = health(project, metric, evaluation.as_of);
        match found.current {
            None => Some(format!("{}: no complete value yet", metric.name)),
            Some(current) if found.is_stale => {
                let when = period_words_after(&project.settings.calendar, metric.cadence, current.period);
                Some(format!("{}: the last value is for {when}", metric.name))
            }
            Some(_) => None,
        }
    });
    let entries: Vec<String> = goals.map(|title| format!("“{title}” has no progress")).chain(stale).collect();
    if entries.is_empty() {
        return;
    }
    page.title("What has no data");
    for entry in entries {
        page.paragraph("– ", 2, &entry);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    use crate::analysis::fixture::{Fixture, day};
    use crate::model::{Aggregation, Aim, StatusOverride, Threshold, Unit};

    fn report(f: &Fixture, as_of: &str) -> String {
        text(&f.project, &Tree::of(&f.project), &f.evaluate(as_of))
    }

    fn project() -> Fixture {
        let mut f = Fixture::new();
        f.project.vision = "People find what they need before they ask.".to_owned();
        let root = f.root.clone();
        f.edit_goal(&root, |g| g.title = "Make the first week the reason people stay".to_owned());
        let active = f.monthly("Activation rate", Aggregation::Last, "2026-01-01", &[40.0, 42.0, 44.0, 45.0]);
        f.edit_metric(&active, |m| m.unit = Unit::Percent);
        let goal = f.key_result(Aim::Increase { start: 40.0, target: 60.0 }, Some(&active), "2026-01-01", "2026-12-31");
        f.edit_goal(&goal, |g| {
            g.title =
                "Raise activation from 40 to 60 percent of all the new accounts that were opened in the ninety days before".to_owned();
            g.owner = "Team Growth".to_owned();
        });
        let said = f.check_in(&goal, "2026-05-01", 45.0);
        let set = StatusOverride { status: Status::AtRisk, computed: Status::Behind, why: "The vendor left".to_owned() };
        f.project.check_ins.get_mut(&said).unwrap().status = Some(set);
        let silent = f.increase(0.0, 10.0, "2026-01-01", "2026-12-31");
        f.edit_goal(&silent, |g| g.title = "Ten lighthouse customers".to_owned());
        let tickets = f.monthly("Tickets", Aggregation::Sum, "2026-01-01", &[90.0, 95.0, 99.0, 120.0]);
        f.edit_metric(&tickets, |m| {
            m.thresholds = vec![Threshold { label: "what support can bear".to_owned(), limit: Limit::AtMost(100.0) }];
        });
        f.link(&root, &tickets, Role::Guardrail);
        f
    }

    #[test]
    fn the_briefing_of_a_small_project() {
        // Activation: (45 − 40)/20 = 25 %; on 30 April 119 of 364 days = 33 % are expected. From April to December eight months
        // are left for 15 points: 1.9 a month.
        assert_eq!(
            report(&project(), "2026-05-10"),
            "\
Test
════
People find what they need before they ask.
As of 10 May 2026

1 objective: 1 behind
2 key results: 1 at risk, 1 no data
2 check-ins are due, 1 of them overdue.

What needs attention
────────────────────
– The guardrail Tickets of “Make the first week the reason people stay” is tripped: 120 in Apr 2026
  breaches “what support can bear” (at most 100).
– The check-in of “Ten lighthouse customers” is 18 weeks overdue; nobody has checked in yet.

▼ Behind      Make the first week the reason people stay
              25 % (expected 33 %) · 1 of 2 measured
              25 % of the way, when 33 % was expected: 8 points behind. 1 of 2 parts are measured.
              ◆ Its guardrail Tickets is tripped.
  ◆ At risk     Raise activation from 40 to 60 percent of all the new accounts that were opened in
                the ninety days before
                25 % (expected 33 %) · now 45 % → 60 % · needs +1.9 pts a month · by 31 Dec 2026 ·
                Team Growth
                Set by hand by Team Growth on 1 May 2026: The vendor left (computed: behind).
                25 % of the way by 30 Apr 2026, when 33 % was expected: 8 points behind.
                42 % likely: for Dec 2026 the forecast is 58 %, in 8 of 10 cases between 48 % and
                68 %; the target is 60 %.
                Last check-in on 1 May 2026; the next is due by 10 May 2026.
  – No data     Ten lighthouse customers
                no progress yet · now – → 10 · by 31 Dec 2026
                No check-in has given a value yet.
                No check-in yet; the first is 18 weeks overdue.

Guardrails
──────────
◆ Tripped     Tickets: 120 in Apr 2026; it should be at most 100 (what support can bear). Guards
              “Make the first week the reason people stay”.

What has no data
────────────────
– “Ten lighthouse customers” has no progress

Worth mending
─────────────
– “Make the first week the reason people stay”: dates missing
– “Ten lighthouse customers”: nothing measures it
– “Make the first week the reason people stay”: no owner
– “Ten lighthouse customers”: no owner
– “Ten lighthouse customers”: no check-in
"
        );
    }

    #[test]
    fn no_line_is_too_wide() {
        let mut f = project();
        let root = f.root.clone();
        f.edit_goal(&root, |g| g.title = format!("{} and {}", "x".repeat(250), "words ".repeat(60)));
        f.project.name = "A long name ".repeat(20);
        for line in report(&f, "2026-05-10").lines() {
            assert!(line.chars().count() <= WIDTH, "{line}");
        }
    }

    #[test]
    fn an_empty_project_says_so() {
        let mut f = Fixture::new();
        f.project.goals.clear();
        assert_eq!(report(&f, "2026-05-10"), "Test\n════\nAs of 10 May 2026\n\nThere are no goals yet.\n");
        assert!(f.evaluate("2026-05-10").as_of == day("2026-05-10"));
    }
}
