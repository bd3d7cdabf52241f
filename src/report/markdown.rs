//! The status report in Markdown: to paste into a chat, a page or a pull request.

use std::collections::BTreeSet;
use std::fmt::Write as _;

use super::meetings::{decisions_and_actions, sentence};
use super::text::{count_words, glyph};
use crate::analysis::Study;
use crate::analysis::attention::{Since, Tone, attention};
use crate::analysis::forecast::chance;
use crate::analysis::{Evaluation, GoalResult, evaluate, health};
use crate::model::{Aim, Goal, GoalId, GoalKind, Limit, Metric, MetricId, Place, Role, Tree, Unit, as_seen, date_words, period_words};

/// Sentences and changes that a reader still takes in.
const MOST_NEWS: usize = 7;
const MOST_CHANGES: usize = 12;
const MOST_ENTRIES: usize = 12;

const NOTHING: &str = "–";

/// Where the goals stand, what changed since the last meeting, what was decided and what is open, and the KPIs. Of the branch `under` a goal, or
/// of all. Every text of the project is escaped ([`markdown_text`]).
pub fn markdown<'a>(project: impl Into<Study<'a>>, tree: &Tree, evaluation: &Evaluation, under: Option<&GoalId>) -> String {
    let project = project.into();
    let last = project.deck.last_meeting.filter(|day| *day < evaluation.as_of);
    let then = last.map(|day| evaluate(project, tree, day));
    let report = Report { project, tree, evaluation, then: then.as_ref(), under };
    let mut page = String::new();
    for part in [report.heading(), report.goals(), report.takeaways(), report.changes(), report.meetings(), report.kpis()] {
        if !part.is_empty() {
            page.push_str(&part);
            page.push('\n');
        }
    }
    page.truncate(page.trim_end().len());
    page.push('\n');
    page
}

/// A text as Markdown shows it letter by letter, on one line: nothing in it is a table, a link, emphasis or HTML (section "Backslash escapes" of the `CommonMark` specification).
pub fn markdown_text(text: &str) -> String {
    let words = as_seen(text).chars().map(|c| if c.is_control() { ' ' } else { c }).collect::<String>();
    let words = words.split_whitespace().collect::<Vec<_>>().join(" ");
    let mut escaped = String::with_capacity(words.len() + 8);
    // "12. " at the start would number it anew.
    let digits = words.chars().take_while(char::is_ascii_digit).count();
    let is_numbered = digits > 0 && words.chars().nth(digits + 1).is_none_or(|c| c == ' ');
    for (place, letter) in words.chars().enumerate() {
        let always = matches!(letter, '\\' | '`' | '*' | '_' | '{' | '}' | '[' | ']' | '<' | '>' | '|' | '~' | '$' | '&');
        // At the start these make lists, headings and rules.
        let at_start = place == 0 && matches!(letter, '#' | '-' | '+' | '=');
        let numbers = is_numbered && place == digits && matches!(letter, '.' | ')');
        if always || at_start || numbers {
            escaped.push('\\');
        }
        escaped.push(letter);
    }
    escaped
}

/// Lines of a table with its head and rule.
fn table(heads: &[&str], rows: &[Vec<String>]) -> String {
    let line = |cells: &[String]| format!("| {} |\n", cells.join(" | "));
    let heads: Vec<String> = heads.iter().map(|head| (*head).to_owned()).collect();
    let rule: Vec<String> = heads.iter().map(|_| "---".to_owned()).collect();
    std::iter::once(line(&heads)).chain([line(&rule)]).chain(rows.iter().map(|row| line(row))).collect()
}

fn section(title: &str, body: &str) -> String {
    if body.is_empty() { String::new() } else { format!("## {title}\n\n{body}") }
}

/// Bullets, and how many more there are.
fn bullets(lines: &[String], most: usize) -> String {
    let mut text = lines.iter().take(most).map(|line| format!("- {line}\n")).collect::<Vec<_>>().concat();
    if let Some(more) = lines.len().checked_sub(most).filter(|more| *more > 0) {
        // A String takes everything.
        let _always = writeln!(text, "- {more} more");
    }
    text
}

struct Report<'a> {
    project: Study<'a>,
    tree: &'a Tree,
    evaluation: &'a Evaluation,
    /// On the day of the last meeting.
    then: Option<&'a Evaluation>,
    under: Option<&'a GoalId>,
}

impl<'a> Report<'a> {
    /// In the order of the tree, without what is archived; how deep each lies.
    fn listed(&self) -> Vec<(&'a Goal, &'a GoalResult, usize)> {
        let visits = match self.under {
            Some(goal) => self.tree.subtree(goal),
            None => self.tree.walk(),
        };
        let found = visits.into_iter().filter_map(|visit| {
            let goal = self.project.goal(visit.goal).filter(|goal| !goal.archived || Some(&goal.id) == self.under)?;
            Some((goal, self.evaluation.goal(visit.goal)?, visit.depth))
        });
        let found: Vec<_> = found.collect();
        let top = found.iter().map(|(.., depth)| *depth).min().unwrap_or(0);
        found.into_iter().map(|(goal, result, depth)| (goal, result, depth - top)).collect()
    }

    fn heading(&self) -> String {
        let of = self.under.and_then(|id| self.project.goal(id)).map_or(self.project.name.as_str(), |goal| goal.title.as_str());
        let mut text = format!("# {}\n\n", markdown_text(of));
        if self.under.is_none() && !self.project.vision.trim().is_empty() {
            let _always = writeln!(text, "> {}\n", markdown_text(&self.project.vision));
        }
        let compared = self.then.map_or_else(String::new, |then| format!(", compared with the meeting on {}", date_words(then.as_of)));
        let _always = writeln!(text, "As of {}{compared}\n", date_words(self.evaluation.as_of));
        let counts = count_words(&self.listed());
        text.push_str(&if counts.is_empty() { "There are no goals yet.\n".to_owned() } else { bullets(&counts, usize::MAX) });
        text
    }

    fn goals(&self) -> String {
        let locale = &self.project.settings.locale;
        let percent = |share: Option<f64>| share.map_or_else(|| NOTHING.to_owned(), |share| locale.percent(share, 0));
        let row = |(goal, result, depth): &(&Goal, &GoalResult, usize)| {
            let title = markdown_text(&goal.title);
            let name = match (goal.is_objective(), depth) {
                (true, 0) => format!("**{title}**"),
                (true, _) => format!("{}↳ **{title}**", "\u{2003}".repeat((depth - 1).min(6))),
                (false, _) => format!("{}↳ {title}", "\u{2003}".repeat(depth.saturating_sub(1).min(6))),
            };
            vec![
                name,
                format!("{} {}", glyph(result.status), result.status.word()),
                percent(result.progress),
                percent(result.expected),
                self.moved(goal, result),
                result.likelihood.as_deref().map_or_else(|| NOTHING.to_owned(), |l| chance(locale, l.probability)),
                if goal.owner.trim().is_empty() { NOTHING.to_owned() } else { markdown_text(&goal.owner) },
            ]
        };
        let rows: Vec<Vec<String>> =
            self.listed().iter().filter(|(goal, ..)| !matches!(goal.kind, GoalKind::Initiative(_))).map(row).collect();
        if rows.is_empty() {
            return String::new();
        }
        section("Goals", &table(&["Goal", "Status", "Progress", "Expected", "Change", "Likelihood", "Owner"], &rows))
    }

    /// In points of progress, since the last meeting.
    fn moved(&self, goal: &Goal, now: &GoalResult) -> String {
        let then = self.then.and_then(|then| then.goal(&goal.id)).and_then(|then| then.progress);
        match now.progress.zip(then) {
            Some((now, then)) => self.project.settings.locale.difference(100.0 * (now - then), &Unit::Percent, 0),
            None => NOTHING.to_owned(),
        }
    }

    fn metrics(&self) -> BTreeSet<&'a MetricId> {
        let goals: BTreeSet<&GoalId> = self.listed().into_iter().map(|(goal, ..)| &goal.id).collect();
        let measured = goals.iter().filter_map(|id| self.project.goal(id)?.as_key_result()?.metric.as_ref());
        let linked = self.project.project().links.values().filter(|link| goals.contains(&link.goal)).map(|link| &link.metric);
        measured.chain(linked).collect()
    }

    fn takeaways(&self) -> String {
        let since = self.then.map_or(Since::LastCheckIn, |then| Since::Day(then.as_of));
        let news = attention(self.project, self.tree, self.evaluation, since);
        let (goals, metrics): (BTreeSet<&GoalId>, _) = (self.listed().into_iter().map(|(goal, ..)| &goal.id).collect(), self.metrics());
        let concerns = |place: &Place| match place {
            Place::Goal(goal) => goals.contains(goal),
            Place::Metric(metric) => self.under.is_none() || metrics.contains(metric),
            _ => self.under.is_none(),
        };
        let line = |tone: Tone, sentence: &str| {
            let sign = match tone {
                Tone::Worse => "▼ ",
                Tone::Better => "▲ ",
                Tone::Neither => "",
            };
            format!("{sign}{}", markdown_text(sentence))
        };
        let lines: Vec<String> =
            news.ranked().iter().filter(|news| concerns(&news.place)).map(|news| line(news.tone, &news.sentence)).collect();
        section("What to look at", &bullets(&lines, MOST_NEWS))
    }

    fn changes(&self) -> String {
        let Some(then) = self.then else { return String::new() };
        let change = |(goal, now, _): (&Goal, &GoalResult, usize)| {
            let before = then.goal(&goal.id)?;
            let mut parts = Vec::new();
            let values = before.current.zip(now.current).filter(|(a, b)| a.value != b.value && goal.as_key_result().is_some());
            if let Some((before, now)) = values {
                let value = |v: f64| self.value(goal, v);
                parts.push(format!("{} → {}", value(before.value), value(now.value)));
            }
            if before.status != now.status {
                parts.push(format!("{} → {}", before.status.word().to_lowercase(), now.status.word().to_lowercase()));
            }
            (!parts.is_empty()).then(|| format!("**{}**: {}", markdown_text(&goal.title), markdown_text(&parts.join(", "))))
        };
        let lines: Vec<String> = self.listed().into_iter().filter_map(change).collect();
        section(&format!("Changes since {}", date_words(then.as_of)), &bullets(&lines, MOST_CHANGES))
    }

    fn value(&self, goal: &Goal, value: f64) -> String {
        let metric = goal.as_key_result().and_then(|k| k.metric.as_ref()).and_then(|id| self.project.metric(id));
        match metric {
            Some(metric) => self.metric_value(metric, value),
            None => self.project.settings.locale.short(value, 2),
        }
    }

    fn metric_value(&self, metric: &Metric, value: f64) -> String {
        self.project.settings.locale.value(value, &metric.unit, metric.decimals)
    }

    fn meetings(&self) -> String {
        let as_of = self.evaluation.as_of;
        let (decisions, actions) = decisions_and_actions(&self.project, as_of);
        let (goals, metrics): (BTreeSet<&GoalId>, _) = (self.listed().into_iter().map(|(goal, ..)| &goal.id).collect(), self.metrics());
        let concerned = |goal: Option<&GoalId>, metric: Option<&MetricId>| {
            self.under.is_none() || goal.is_some_and(|g| goals.contains(g)) || metric.is_some_and(|m| metrics.contains(m))
        };
        let entries = decisions.into_iter().chain(actions).filter(|e| concerned(e.goal.as_ref(), e.metric.as_ref()));
        let lines: Vec<String> = entries.map(|entry| markdown_text(&sentence(entry, as_of))).collect();
        section("Decisions and open actions", &bullets(&lines, 2 * MOST_ENTRIES))
    }

    fn kpis(&self) -> String {
        let mut metrics: Vec<&Metric> = self.metrics().into_iter().filter_map(|id| self.project.metric(id)).collect();
        metrics.sort_by(|a, b| (&a.name, &a.id).cmp(&(&b.name, &b.id)));
        let rows: Vec<Vec<String>> = metrics.into_iter().map(|metric| self.kpi(metric)).collect();
        if rows.is_empty() {
            return String::new();
        }
        section("KPIs", &table(&["KPI", "Latest", "Target", "Status", "Owner"], &rows))
    }

    fn kpi(&self, metric: &Metric) -> Vec<String> {
        let found = health(self.project, metric, self.evaluation.as_of);
        let latest = found.current.map_or_else(
            || NOTHING.to_owned(),
            |current| {
                let when = period_words(&self.project.settings.calendar, metric.cadence, current.period);
                format!("{} ({when})", self.metric_value(metric, current.value))
            },
        );
        let supported = self.project.supported_goals(&metric.id);
        let measured = supported.iter().find_map(|(goal, _)| {
            let key_result = goal.as_key_result().filter(|k| k.metric.as_ref() == Some(&metric.id))?;
            Some((&key_result.aim, self.evaluation.goal(&goal.id)?))
        });
        let target = match measured {
            Some((Aim::AtLeast { threshold, .. }, _)) => Some(Limit::AtLeast(*threshold)),
            Some((Aim::AtMost { threshold, .. }, _)) => Some(Limit::AtMost(*threshold)),
            Some((Aim::Between { low, high, .. }, _)) => Some(Limit::Within { low: *low, high: *high }),
            Some(_) => None,
            None => metric.target_on(self.evaluation.as_of),
        };
        let value = |v: f64| self.metric_value(metric, v);
        let target = match (target, measured.and_then(|(_, result)| result.target)) {
            (Some(Limit::AtLeast(v)), _) => format!("≥ {}", value(v)),
            (Some(Limit::AtMost(v)), _) => format!("≤ {}", value(v)),
            (Some(Limit::Within { low, high }), _) => format!("{} to {}", value(low), value(high)),
            (None, Some(target)) => value(target),
            (None, None) => NOTHING.to_owned(),
        };
        let guards =
            || supported.iter().filter(|(_, role)| *role == Role::Guardrail).filter_map(|(goal, _)| self.evaluation.goal(&goal.id));
        let status = match measured {
            Some((_, result)) => format!("{} {}", glyph(result.status), result.status.word()),
            None if guards().any(|r| r.guardrails_tripped.contains(&metric.id)) => "◆ Tripped".to_owned(),
            None if guards().next().is_some() => "● Holds".to_owned(),
            None => NOTHING.to_owned(),
        };
        let owner = if metric.owner.trim().is_empty() { NOTHING.to_owned() } else { markdown_text(&metric.owner) };
        vec![markdown_text(&metric.name), markdown_text(&latest), markdown_text(&target), status, owner]
    }
}

#[cfg(test)]
mod tests {
    use crate::model::Project;
    use std::sync::Arc;

    use super::*;
    use crate::storage;

    fn of(project: &Project, as_of: &str, under: Option<&str>) -> String {
        let tree = Tree::of(project);
        let evaluation = evaluate(project, &tree, as_of.parse().unwrap());
        let under = under.and_then(|title| project.find_goal(title)).map(|goal| goal.id.clone());
        markdown(project, &tree, &evaluation, under.as_ref())
    }

    #[test]
    fn the_status_report_of_the_sample() {
        insta::assert_snapshot!(of(&storage::sample(), "2026-11-21", None));
    }

    #[test]
    fn a_branch_says_nothing_of_the_others() {
        let report = of(&storage::sample(), "2026-11-21", Some("Become the daily habit"));
        assert!(report.starts_with("# Become the daily habit\n") && report.contains("| Monthly active users |"), "{report}");
        assert!(!report.contains("Net revenue retention"), "{report}");
    }

    #[test]
    fn texts_stay_texts() {
        for (text, expected) in [
            ("a|b", "a\\|b"),
            ("*bold* _it_ `code`", "\\*bold\\* \\_it\\_ \\`code\\`"),
            ("<script>x</script>", "\\<script\\>x\\</script\\>"),
            ("line\nbreak\t\u{7}end", "line break end"),
            ("- item", "\\- item"),
            ("# head", "\\# head"),
            ("12. point", "12\\. point"),
            ("1.5 %", "1.5 %"),
            ("[link](http://x)", "\\[link\\](http://x)"),
            ("plain – “quoted” €", "plain – “quoted” €"),
        ] {
            assert_eq!(markdown_text(text), expected);
        }
    }

    #[test]
    fn every_row_of_a_table_has_its_cells_whatever_the_names() {
        let mut project = storage::sample();
        for goal in project.goals.values_mut() {
            let goal = Arc::make_mut(goal);
            goal.title = format!("a | b\n| c | {}", goal.title);
            goal.owner = "x|y\\|z".to_owned();
        }
        for metric in project.metrics.values_mut() {
            Arc::make_mut(metric).name = "m | \\| n".to_owned();
        }
        let report = of(&project, "2026-11-21", None);
        let mut width = None;
        for line in report.lines() {
            // Bars that are not escaped divide cells.
            let mut bars = 0;
            let mut letters = line.chars();
            while let Some(letter) = letters.next() {
                match letter {
                    '\\' => drop(letters.next()),
                    '|' => bars += 1,
                    _ => {}
                }
            }
            if line.starts_with('|') {
                assert_eq!(*width.get_or_insert(bars), bars, "{line}");
            } else {
                width = None;
            }
        }
    }

    #[test]
    fn an_empty_project_says_so() {
        let project = Project::empty(crate::model::ProjectId::from_random(1), "Nothing *yet*");
        assert_eq!(of(&project, "2026-05-10", None), "# Nothing \\*yet\\*\n\nAs of 10 May 2026\n\nThere are no goals yet.\n");
    }
}
