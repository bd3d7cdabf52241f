//! What may be meant by the letters before the cursor in a formula: metrics by any of their names, and functions.

use crate::model::{Formula, Metric, MetricId, Project};

/// Something to put in the place of the last letters.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Offer {
    /// All of the text before the cursor, as it would be.
    pub(super) text: String,
    pub(super) words: String,
    pub(super) hint: String,
}

const MOST: usize = 8;
const FUNCTIONS: [(&str, &str); 3] =
    [("prev(", "the period before"), ("growth(", "change on the period before"), ("segments(", "sum of the segments of a metric")];

/// How a metric is written in a formula.
pub(super) fn reference(project: &Project, id: &MetricId) -> String {
    Formula::Metric(id.clone()).named(project)
}

/// The offers for a text up to the cursor, the best first; none where nothing is begun or it is written in full. `own` is not offered.
pub(super) fn offers(project: &Project, own: &MetricId, before: &str) -> Vec<Offer> {
    for (start, begun) in beginnings(before) {
        let head = &before[..start];
        let mut found: Vec<(bool, &str, Offer)> = Vec::new();
        for metric in project.metrics.values().filter(|m| &m.id != own) {
            let Some(rank) = fit(metric, begun) else { continue };
            let text = format!("{head}{}", reference(project, &metric.id));
            found.push((rank, &metric.name, Offer { text, words: metric.name.clone(), hint: metric.abbreviation.clone() }));
        }
        found.sort_by(|a, b| (a.0, a.1).cmp(&(b.0, b.1)));
        let functions = FUNCTIONS.iter().filter(|(name, _)| name.starts_with(begun) && !before[start..].starts_with('['));
        let functions =
            functions.map(|(name, hint)| Offer { text: format!("{head}{name}"), words: (*name).to_owned(), hint: (*hint).to_owned() });
        let offers: Vec<Offer> = found.into_iter().map(|(_, _, offer)| offer).chain(functions).take(MOST).collect();
        if !offers.is_empty() {
            return offers;
        }
    }
    Vec::new()
}

/// Where what is being written may have begun, the longest first, and what it says from there on.
fn beginnings(before: &str) -> Vec<(usize, &str)> {
    if let Some(open) = before.rfind('[').filter(|open| !before[*open..].contains(']')) {
        return vec![(open, &before[open + 1..])];
    }
    let is_sign = |c: char| matches!(c, '+' | '−' | '*' | '×' | '/' | '÷' | '(' | ')' | ']' | '=' | '"');
    let from = before.char_indices().rev().find(|(_, c)| is_sign(*c)).map_or(0, |(at, c)| at + c.len_utf8());
    let starts_a_word = |at: usize| before[..at].chars().next_back().is_none_or(|c| at == from || c.is_whitespace() || c == '-');
    before[from..]
        .char_indices()
        .map(|(at, c)| (from + at, c))
        .filter(|(at, c)| c.is_alphabetic() && starts_a_word(*at))
        .map(|(at, _)| (at, &before[at..]))
        .collect()
}

/// Whether some name of a metric begins like this (`false`, which sorts first) or has a word that does; `None` where it does not fit or
/// says the name already.
fn fit(metric: &Metric, begun: &str) -> Option<bool> {
    let begun = begun.to_lowercase().replace('_', " ");
    let names = || [&metric.name, &metric.abbreviation].into_iter().chain(&metric.synonyms).map(|name| name.to_lowercase());
    if begun.trim().is_empty() || names().any(|name| name == begun.trim()) {
        return None;
    }
    if names().any(|name| name.starts_with(&begun)) {
        return Some(false);
    }
    let inside = |name: String| name.split([' ', '-']).skip(1).any(|word| word.starts_with(&begun));
    names().any(inside).then_some(true)
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::*;
    use crate::model::ProjectId;

    fn project() -> Project {
        let mut project = Project::empty(ProjectId::parse("p-a").unwrap(), "P");
        for (id, name, abbreviation) in
            [("m-mau", "Monthly active users", "MAU"), ("m-arpu", "Revenue per user", ""), ("m-s", "Sign-ups", "")]
        {
            let id = MetricId::parse(id).unwrap();
            let metric = Metric { abbreviation: abbreviation.to_owned(), ..Metric::new(id.clone(), name) };
            project.metrics.insert(id, Arc::new(metric));
        }
        project
    }

    fn check(before: &str, expect: &[&str]) {
        let own = MetricId::parse("m-own").unwrap();
        let offers = offers(&project(), &own, before);
        assert_eq!(offers.iter().map(|o| o.text.as_str()).collect::<Vec<_>>(), expect, "{before}");
    }

    #[test]
    fn metrics_and_functions_are_offered_for_what_is_begun() {
        check("Mon", &["[Monthly active users]"]);
        check("2 * monthly ac", &["2 * [Monthly active users]"]);
        check("2 * [monthly ac", &["2 * [Monthly active users]"]);
        check("growth(mau) + rev", &["growth(mau) + [Revenue per user]"]);
        check("sign-u", &["[Sign-ups]"]);
        check("us", &["[Monthly active users]", "[Revenue per user]"]);
        check("1 + pr", &["1 + prev("]);
    }

    #[test]
    fn nothing_is_offered_for_what_is_written_in_full_or_not_begun() {
        for before in ["", "mau", "2 + ", "[Monthly active users]", "12", "nothing like it"] {
            check(before, &[]);
        }
        assert_eq!(offers(&project(), &MetricId::parse("m-mau").unwrap(), "Mon"), [], "a metric is not offered for itself");
    }
}
