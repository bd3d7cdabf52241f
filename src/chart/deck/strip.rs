//! The three facts under the chart of a KPI: where it is, the gap that matters, and what is to be expected.

use super::{Source, Strip, StripTone};
use crate::analysis::forecast::chance;
use crate::chart::Fact;
use crate::model::{Aim, Goal, GoalId, Limit, Status, date_words};

/// At most three, from the facts beside the chart.
pub(super) fn strip(source: &Source<'_>, facts: &[Fact], goal: Option<&GoalId>) -> Vec<Strip> {
    let find = |label: &str| facts.iter().find(|f| f.label == label);
    let goal = goal.and_then(|id| source.project.goal(id));
    let status = goal.and_then(|g| source.evaluation.goal(&g.id)).map(|r| r.status);
    let to_target = find("Gap to target").map(|fact| short_of_target(source, fact, goal));
    let mut strip = Vec::new();
    if let Some(now) = find("Now") {
        // Where the second fact is about the pace, the target is named here.
        let target = to_target.as_ref().filter(|_| find("Against pace").is_some());
        let note = target.map_or_else(|| now.note.clone(), |gap| gap.headline.clone());
        let why = target.map_or_else(|| now.why.clone(), |gap| format!("{}; {}", now.why, gap.why));
        strip.push(Strip { headline: format!("{} now", now.value), note, tone: StripTone::Plain, why });
    }
    let standing = status.map_or(StripTone::Plain, StripTone::Standing);
    let gap = find("Against pace")
        .map(|fact| against_pace(source, fact, goal))
        .or(to_target)
        .or_else(|| find("Against the limit").map(|fact| against_limit(source, fact, goal)));
    strip.extend(gap.map(|gap| Strip { tone: standing, ..gap }));
    let plain = |headline: String, fact: &Fact| Strip { headline, note: fact.note.clone(), tone: StripTone::Plain, why: fact.why.clone() };
    for fact in facts {
        let made = match fact.label.as_str() {
            "Likelihood" => Strip { tone: StripTone::Chance, ..likelihood(source, fact, goal) },
            "Kept" if find("Likelihood").is_none() => Strip { tone: standing, ..plain(format!("{} kept", fact.value), fact) },
            "Progress" => Strip { tone: standing, ..plain(format!("{} of the way", fact.value), fact) },
            "Steps done" => Strip { tone: standing, ..plain(format!("{} steps done", fact.value), fact) },
            "Baseline" => plain("No baseline yet".to_owned(), fact),
            "Change" => plain(moved(&fact.value, "", "Unchanged"), fact),
            "Against a year ago" => plain(moved(&fact.value, " than a year ago", "As a year ago"), fact),
            "Against target" => against_own_target(fact),
            _ => continue,
        };
        strip.push(made);
    }
    strip.truncate(3);
    strip
}

/// "0.8 M", without its sign.
fn size(difference: &str) -> &str {
    difference.trim_start_matches(['+', '−', '±', '-'])
}

/// Whether it is rounded to nothing: "±0 min".
fn is_nothing(difference: &str) -> bool {
    !difference.contains(|c| matches!(c, '1'..='9'))
}

fn moved(difference: &str, than: &str, same: &str) -> String {
    if is_nothing(difference) {
        return same.to_owned();
    }
    let word = if difference.starts_with('−') { "less" } else { "more" };
    format!("{} {word}{than}", size(difference))
}

fn key_result_aim(goal: Option<&Goal>) -> Option<&Aim> {
    goal.and_then(Goal::as_key_result).map(|k| &k.aim)
}

fn short_of_target(source: &Source<'_>, fact: &Fact, goal: Option<&Goal>) -> Strip {
    let result = goal.and_then(|g| source.evaluation.goal(&g.id));
    let reached = result.and_then(|r| r.progress).is_some_and(|p| p >= 1.0);
    let format = goal.map(|g| super::lines::format_of(source, g));
    let target = result.and_then(|r| r.target).zip(format).map_or_else(|| "the target".to_owned(), |(target, format)| format.value(target));
    let headline = match (is_nothing(&fact.value), reached) {
        (true, _) => format!("exactly at {target}"),
        (false, true) => format!("{} beyond {target}", size(&fact.value)),
        (false, false) if matches!(key_result_aim(goal), Some(Aim::Decrease { .. })) => format!("{} above {target}", size(&fact.value)),
        (false, false) => format!("{} short of {target}", size(&fact.value)),
    };
    Strip { headline, note: fact.note.clone(), tone: StripTone::Plain, why: fact.why.clone() }
}

fn against_pace(source: &Source<'_>, fact: &Fact, goal: Option<&Goal>) -> Strip {
    let result = goal.and_then(|g| source.evaluation.goal(&g.id));
    let down = matches!(key_result_aim(goal), Some(Aim::Decrease { .. }));
    let ahead = fact.value.starts_with('+') != down;
    let headline = if is_nothing(&fact.value) {
        "On pace".to_owned()
    } else {
        format!("{} {}", size(&fact.value), if ahead { "ahead of pace" } else { "behind pace" })
    };
    let tone = result.map_or(StripTone::Plain, |r| StripTone::Standing(r.status));
    Strip { headline, note: fact.note.clone(), tone, why: fact.why.clone() }
}

fn against_limit(source: &Source<'_>, fact: &Fact, goal: Option<&Goal>) -> Strip {
    let value = goal.and_then(|g| source.evaluation.goal(&g.id)).and_then(|r| r.current).map(|c| c.value);
    let limit = match key_result_aim(goal) {
        Some(Aim::AtLeast { threshold, .. }) => Some(Limit::AtLeast(*threshold)),
        Some(Aim::AtMost { threshold, .. }) => Some(Limit::AtMost(*threshold)),
        Some(Aim::Between { low, high, .. }) => Some(Limit::Within { low: *low, high: *high }),
        _ => None,
    };
    let met = value.zip(limit).is_some_and(|(value, limit)| limit.is_met_by(value));
    let headline = match (met, limit) {
        (true, Some(Limit::Within { .. })) => "Within the limits".to_owned(),
        _ if is_nothing(&fact.value) => "At the limit".to_owned(),
        (true, _) => format!("{} to spare", size(&fact.value)),
        (false, _) if fact.value.starts_with('−') => format!("{} under the limit", size(&fact.value)),
        (false, _) => format!("{} over the limit", size(&fact.value)),
    };
    Strip { headline, note: fact.note.clone(), tone: StripTone::Plain, why: fact.why.clone() }
}

fn against_own_target(fact: &Fact) -> Strip {
    let status = if fact.note.ends_with(", met") { Status::OnTrack } else { Status::AtRisk };
    let headline = if is_nothing(&fact.value) { "At the target".to_owned() } else { format!("{} from target", size(&fact.value)) };
    Strip { headline, note: fact.note.clone(), tone: StripTone::Standing(status), why: fact.why.clone() }
}

/// With what it was at the last meeting.
fn likelihood(source: &Source<'_>, fact: &Fact, goal: Option<&Goal>) -> Strip {
    let then = source.then.zip(goal).and_then(|(then, goal)| Some((then.as_of, then.goal(&goal.id)?.likelihood.as_deref()?.probability)));
    let now = goal.and_then(|g| source.evaluation.goal(&g.id)).and_then(|r| r.likelihood.as_deref()).map(|l| l.probability);
    let words = |share: f64| chance(&source.project.settings.locale, share);
    let note = match (then, now) {
        (Some((day, before)), Some(now)) if words(before) == words(now) => format!("unchanged since {}", date_words(day)),
        (Some((day, before)), _) => format!("was {} on {}", words(before), date_words(day)),
        (None, _) => fact.note.clone(),
    };
    Strip { headline: format!("{} likely", fact.value), note, tone: StripTone::Chance, why: fact.why.clone() }
}
