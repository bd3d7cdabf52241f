//! What the title of a goal says: vague verbs, tasks, numbers; and a better sentence.

use crate::model::{Date, Direction, Metric, Project, date_words};

/// Verbs that say that something shall change, but not what or by how much.
const VAGUE: [&str; 27] = [
    "improve",
    "enhance",
    "optimise",
    "optimize",
    "boost",
    "strengthen",
    "grow",
    "increase",
    "raise",
    "reduce",
    "lower",
    "decrease",
    "streamline",
    "foster",
    "support",
    "drive",
    "leverage",
    "modernise",
    "modernize",
    "maximise",
    "maximize",
    "minimise",
    "minimize",
    "accelerate",
    "elevate",
    "encourage",
    "promote",
];

/// Verbs of work: done or not, whatever comes of it.
const WORK: [&str; 30] = [
    "launch",
    "ship",
    "build",
    "implement",
    "develop",
    "create",
    "write",
    "release",
    "deploy",
    "deliver",
    "migrate",
    "refactor",
    "redesign",
    "design",
    "introduce",
    "install",
    "organise",
    "organize",
    "publish",
    "finish",
    "complete",
    "prepare",
    "integrate",
    "rewrite",
    "document",
    "research",
    "conduct",
    "set",
    "roll",
    "add",
];

/// Words that count like digits.
const NUMBERS: [&str; 20] = [
    "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve", "hundred", "thousand", "million",
    "half", "halve", "double", "triple", "zero",
];

/// What a subject is usually measured by: words, measure, and which way is better.
const MEASURES: [(&[&str], &str, Direction); 11] = [
    (&["onboarding", "activation", "adoption"], "the share of new users who reach their first result in a week", Direction::Up),
    (&["retention", "churn", "loyalty", "stickiness"], "monthly retention", Direction::Up),
    (&["conversion", "funnel", "checkout", "sign-up", "signup", "trial"], "the conversion rate", Direction::Up),
    (&["revenue", "sales", "income", "business", "monetisation", "monetization"], "monthly recurring revenue", Direction::Up),
    (&["performance", "speed", "latency", "load", "loading"], "page load time", Direction::Down),
    (&["quality", "reliability", "stability", "bugs", "errors"], "the share of sessions without an error", Direction::Up),
    (&["engagement", "usage", "activity", "audience"], "weekly active users", Direction::Up),
    (&["brand", "awareness", "market", "marketing", "reach"], "market share", Direction::Up),
    (
        &["productivity", "efficiency", "process", "processes", "collaboration", "delivery"],
        "the days from idea to release",
        Direction::Down,
    ),
    (&["security", "privacy", "compliance"], "the days until a serious finding is closed", Direction::Down),
    (
        &["experience", "user", "users", "usability", "customer", "customers", "satisfaction", "service", "support", "happiness"],
        "customer satisfaction (CSAT)",
        Direction::Up,
    ),
];

fn words(text: &str) -> impl Iterator<Item = String> + '_ {
    text.split(|c: char| !c.is_alphanumeric() && c != '-').filter(|word| !word.is_empty()).map(str::to_lowercase)
}

/// The vague verb that a title begins with.
pub(super) fn vague_verb(title: &str) -> Option<String> {
    words(title).next().filter(|first| VAGUE.contains(&first.as_str()))
}

/// The verb of work that a title begins with.
pub(super) fn work_verb(title: &str) -> Option<String> {
    let mut words = words(title);
    let first = words.next().filter(|first| WORK.contains(&first.as_str()))?;
    // "Set up", "roll out"; "set" and "roll" alone are something else.
    let second = match first.as_str() {
        "set" => Some("up"),
        "roll" => Some("out"),
        _ => None,
    };
    match second {
        None => Some(first),
        Some(second) => words.next().filter(|word| word == second).map(|_| format!("{first} {second}")),
    }
}

pub(super) fn has_number(title: &str) -> bool {
    title.chars().any(char::is_numeric) || words(title).any(|word| NUMBERS.contains(&word.as_str()))
}

/// A sentence that can be measured in place of a vague one: "Raise customer satisfaction (CSAT) from … to … by 31 Dec 2026". The
/// metric is the project's own where its name shares a word with the title, else what the subject is usually measured by.
pub(super) fn rewritten(project: &Project, title: &str, due: Option<Date>) -> String {
    let said: Vec<String> = words(title).skip(1).filter(|word| word.chars().count() >= 4).collect();
    let by = due.map_or_else(|| "…".to_owned(), date_words);
    let names = |metric: &Metric| -> Vec<String> {
        let names = [&metric.name, &metric.abbreviation].into_iter().chain(&metric.synonyms);
        names.flat_map(|name| words(name).collect::<Vec<_>>()).collect()
    };
    let own = project.metrics.values().find(|metric| names(metric).iter().any(|word| said.contains(word)));
    let usual = || MEASURES.iter().find(|(subjects, ..)| said.iter().any(|word| subjects.contains(&word.as_str())));
    let (measure, direction) = own
        .map(|metric| (metric.name.as_str(), metric.direction))
        .or_else(|| usual().map(|&(_, measure, direction)| (measure, direction)))
        .unwrap_or(("what will be different", Direction::Up));
    match direction {
        Direction::Up => format!("Raise {measure} from … to … by {by}"),
        Direction::Down => format!("Lower {measure} from … to … by {by}"),
        Direction::Within => format!("Keep {measure} between … and … until {by}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{MetricId, ProjectId};
    use std::sync::Arc;

    #[test]
    fn verbs_are_told_from_results() {
        for vague in ["Improve user experience", "optimise onboarding", "Increase revenue"] {
            assert!(vague_verb(vague).is_some(), "{vague}");
        }
        for clear in ["Become the daily habit", "NPS of 50 or more", "Improvements pay off", ""] {
            assert_eq!(vague_verb(clear), None, "{clear}");
        }
        for task in ["Launch the new website", "Set up a data warehouse", "Roll out single sign-on"] {
            assert!(work_verb(task).is_some(), "{task}");
        }
        for result in ["Set new standards", "Shipping costs under a third", "Win pilot customers"] {
            assert_eq!(work_verb(result), None, "{result}");
        }
    }

    #[test]
    fn numbers_in_digits_and_words() {
        for with in ["Launch in 3 countries", "Open in three new countries", "Halve time to first value", "Ship at 99.9 %"] {
            assert!(has_number(with), "{with}");
        }
        assert!(!has_number("Launch the new website") && !has_number("Someone tends it"));
    }

    #[test]
    fn a_rewrite_prefers_the_projects_own_metric() {
        let mut project = Project::empty(ProjectId::from_random(1), "Test");
        let due = "2026-12-31".parse().ok();
        assert_eq!(rewritten(&project, "Improve user experience", due), "Raise customer satisfaction (CSAT) from … to … by 31 Dec 2026");
        assert_eq!(rewritten(&project, "Improve performance", None), "Lower page load time from … to … by …");
        assert_eq!(rewritten(&project, "Improve things", None), "Raise what will be different from … to … by …");
        let id = MetricId::from_random(1);
        let metric = Metric { synonyms: vec!["user experience score".to_owned()], ..Metric::new(id.clone(), "System usability scale") };
        project.metrics.insert(id, Arc::new(metric));
        assert_eq!(rewritten(&project, "Improve user experience", due), "Raise System usability scale from … to … by 31 Dec 2026");
    }
}
