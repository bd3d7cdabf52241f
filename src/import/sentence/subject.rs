//! What a sentence is about: a metric of the project, or the name of a new one.

use super::Refusal;
use super::clauses::tidy;
use super::reading::Measure;
use super::words::{self, Word};
use crate::model::capitalised;
use crate::model::{Metric, MetricId, Project};

/// Words that say nothing at the edges of a name.
const EDGE: &[&str] = &[
    "the", "a", "an", "our", "its", "their", "all", "of", "in", "to", "by", "at", "from", "for", "on", "with", "and", "is", "are", "be",
    "more", "number", "up", "down", ",", ":", ";", "!", "?", "–", "—", "→", "->", "overall", "average", "further", "new", "than", "per",
];
/// Words that add nothing to a metric's name when names are compared.
const FILLER: &[&str] = &[
    "the", "a", "an", "our", "of", "score", "number", "total", "overall", "rate", "level", "count", "metric", "value", "average", "in",
    "per",
];

const ABBREVIATIONS: &[(&str, &str)] = &[
    ("mau", "monthly active users"),
    ("wau", "weekly active users"),
    ("dau", "daily active users"),
    ("mrr", "monthly recurring revenue"),
    ("arr", "annual recurring revenue"),
    ("nps", "net promoter score"),
    ("csat", "customer satisfaction"),
    ("ces", "customer effort score"),
    ("cac", "customer acquisition cost"),
    ("ltv", "customer lifetime value"),
    ("clv", "customer lifetime value"),
    ("cltv", "customer lifetime value"),
    ("arpu", "average revenue per user"),
    ("arpa", "average revenue per account"),
    ("nrr", "net revenue retention"),
    ("grr", "gross revenue retention"),
    ("gmv", "gross merchandise value"),
    ("ctr", "click through rate"),
    ("mttr", "mean time to recovery"),
];

fn singular(word: &str) -> String {
    if word.len() > 4 && word.ends_with("ies") {
        return format!("{}y", &word[..word.len() - 3]);
    }
    let keeps = ["ss", "us", "is"].iter().any(|e| word.ends_with(e));
    if word.len() > 3 && !keeps { word.strip_suffix('s').unwrap_or(word).to_owned() } else { word.to_owned() }
}

/// A name as it is compared: no case, marks, plurals and fillers, well-known abbreviations in full.
fn key(name: &str) -> String {
    let lower = name.to_lowercase();
    let plain: String = lower
        .chars()
        .map(|c| {
            if c.is_alphanumeric() {
                c
            } else if matches!(c, '-' | '‑' | '\'' | '’') {
                '\u{1}'
            } else {
                ' '
            }
        })
        .collect();
    // "sign-ups" is "signups".
    let plain = plain.replace('\u{1}', "");
    let full: Vec<&str> =
        plain.split_whitespace().map(|w| ABBREVIATIONS.iter().find(|(short, _)| *short == w).map_or(w, |(_, long)| *long)).collect();
    let joined = full.join(" ");
    let words = || joined.split(' ').map(singular);
    let kept: String = words().filter(|w| !FILLER.contains(&w.as_str())).collect();
    // A name made of fillers alone stays as it is.
    if kept.is_empty() { words().collect() } else { kept }
}

fn initials(name: &str) -> String {
    name.split(|c: char| !c.is_alphanumeric()).filter_map(|w| w.chars().next()).flat_map(char::to_lowercase).collect()
}

/// What is left of a sentence as a name and the abbreviation in brackets behind it.
pub(super) fn named(words: &[Word]) -> Option<(String, String)> {
    let mut kept: Vec<Word> = words.to_vec();
    let mut abbreviation = String::new();
    if let Some(open) = kept.iter().position(|w| w.lower == "(")
        && kept.get(open + 2).is_some_and(|w| w.lower == ")")
        && open > 0
    {
        let inner = kept[open + 1].text.clone();
        let short = inner.chars().count() <= 8 && inner.chars().filter(|c| c.is_uppercase()).count() >= 2;
        if short {
            abbreviation = inner;
            kept.drain(open..open + 3);
            // "(CSAT) scores".
            if kept.get(open).is_some_and(|w| matches!(w.lower.as_str(), "score" | "scores" | "rate" | "level" | "levels")) {
                kept.remove(open);
            }
        }
    }
    let edge = |w: &Word| EDGE.contains(&w.lower.as_str()) || !w.text.chars().any(char::is_alphanumeric);
    while kept.last().is_some_and(edge) {
        kept.pop();
    }
    let lead = kept.iter().take_while(|w| edge(w) && !matches!(w.lower.as_str(), "new" | "average")).count();
    kept.drain(..lead);
    let text = tidy(&kept.iter().map(|w| w.text.as_str()).collect::<Vec<_>>().join(" "));
    let text: String = text.chars().filter(|c| !c.is_control()).collect();
    (text.chars().any(char::is_alphabetic)).then(|| (capitalised(&text), abbreviation))
}

/// Makes one word of each name of a metric that has a number in it, so that "Seen within 4 hours" is not read as an amount.
pub(super) fn join_names(project: &Project, words: &mut Vec<Word>) {
    let names = project.metrics.values().flat_map(|m| std::iter::once(&m.name).chain(&m.synonyms));
    let mut phrases: Vec<Vec<Word>> = names.filter(|n| n.contains(|c: char| c.is_ascii_digit())).map(|n| words::split(n)).collect();
    phrases.sort_by_key(|p| std::cmp::Reverse(p.len()));
    for phrase in phrases.iter().filter(|p| p.len() > 1) {
        let here = |w: &[Word]| w.iter().map(|w| &w.lower).eq(phrase.iter().map(|w| &w.lower));
        if let Some(place) = words.windows(phrase.len()).position(here) {
            let last = place + phrase.len();
            let texts = |of: fn(&Word) -> &str| words[place..last].iter().map(of).collect::<Vec<_>>().join(" ");
            let (text, lower) = (texts(|w| &w.text), texts(|w| &w.lower));
            let span = words[place].span.start..words[last - 1].span.end;
            words.splice(place..last, [Word { text, lower, span }]);
        }
    }
}

/// The metric that a name means: by id, name, abbreviation, synonym, then by small differences, then by initials.
pub(super) fn measure(project: &Project, name: String, abbreviation: String) -> Result<Measure, Refusal> {
    if let Some(metric) = known(project, &name)? {
        return Ok(Measure::Known(metric.clone()));
    }
    if !abbreviation.is_empty()
        && let Some(metric) = known(project, &abbreviation)?
    {
        return Ok(Measure::Known(metric.clone()));
    }
    Ok(Measure::New { name, abbreviation })
}

fn known<'a>(project: &'a Project, name: &str) -> Result<Option<&'a MetricId>, Refusal> {
    if let Some(metric) = MetricId::parse(&name.to_lowercase()).ok().and_then(|id| project.metric(&id)) {
        return Ok(Some(&metric.id));
    }
    let names = |m: &Metric| -> Vec<String> {
        let all = std::iter::once(&m.name).chain(std::iter::once(&m.abbreviation)).chain(&m.synonyms);
        all.filter(|n| !n.trim().is_empty()).cloned().collect()
    };
    let lower = name.to_lowercase();
    let wanted = key(name);
    let exact = |m: &Metric| names(m).iter().any(|n| n.to_lowercase() == lower);
    let near = |m: &Metric| names(m).iter().any(|n| key(n) == wanted);
    let short = name.chars().count() <= 5 && !name.contains(' ') && name.chars().all(char::is_alphabetic) && name.chars().count() >= 2;
    let by_initials = |m: &Metric| short && m.name.contains(' ') && initials(&m.name) == lower;
    let tiers: [&dyn Fn(&Metric) -> bool; 3] = [&exact, &near, &by_initials];
    for tier in tiers {
        let found: Vec<&Metric> = project.metrics.values().map(AsRef::as_ref).filter(|m| tier(m)).collect();
        match found[..] {
            [] => {}
            [one] => return Ok(Some(&one.id)),
            [first, second, ..] => {
                let called = |m: &Metric| format!("“{}” ({})", m.name, m.id);
                return Err(Refusal::AmbiguousMetric { said: name.to_owned(), first: called(first), second: called(second) });
            }
        }
    }
    Ok(None)
}
