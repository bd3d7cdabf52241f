//! A copy of a project that may be shown to others: the shape of everything, the values and the people of nothing.
//!
//! - **Values** are indexed: a metric's first value that is not zero becomes 100, and everything that is held against it (targets,
//!   thresholds, benchmarks, aims, stages, the ledger, check-ins, absolute effects) is multiplied by the same factor, so that progress
//!   and status stay what they were. Segments share the factor of their whole and still add up to it. A computed metric becomes
//!   recorded points: its formula would lead back to the values. What is drawn keeps its bounds, and with them every likelihood. A
//!   file keeps a bound that is not zero only where values come up to it: who knows that a percentage ends at 100 could divide by it. The
//!   forecasts of that metric are then those of one without bounds, and a likelihood can differ from the original. Numbers are rounded so
//!   far that the whole numbers behind them cannot be found again.
//! - **Words** that people wrote are left out: vision, descriptions, notes, reasons, headlines, synonyms, tags, the meeting log, the names
//!   of benchmarks and events, recipes and paths. Owners become "Owner 1", "Owner 2", the same person the same number everywhere.
//! - **Names** of goals, steps, metrics and cycles stay, since nothing could be understood without them; their numbers do not
//!   (`words`), nor do the names of people in them.
//!
//! Dates, cycles, weights, confidence, scores and done steps are what is being shown, and stay. Not here: who asks for it and where it
//! goes (`cli`, `workspace`, `export`).

mod goals;
mod ids;
mod indexed;
mod left_out;
mod metrics;
mod scale;
#[cfg(test)]
mod tests;
mod words;

use std::collections::{BTreeMap, BTreeSet};

use crate::model::{CheckIn, Cycle, Deck, Event, GoalId, Project, SlideEdit, StatusOverride};

use indexed::Scales;
use metrics::KeptBounds;
use words::Words;

/// What values are counted in afterwards.
pub const UNIT: &str = "index";

/// The copy, without the given goals, all that is under them, and what only those used: metrics, links, events and cycles.
/// Ids stay, so that what names goals and metrics of the project names those of the copy. Goals that do not exist are passed over.
pub fn redact(project: &Project, without: &BTreeSet<GoalId>) -> Project {
    made(project, without, KeptBounds::All)
}

fn made(project: &Project, without: &BTreeSet<GoalId>, bounds: KeptBounds) -> Project {
    let words = Words::of(project);
    let mut copy = metrics::recorded(project);
    left_out::leave_out(project, &mut copy, without);
    let scales = Scales::of(&copy);
    let Project { id, name, vision: _, description: _, settings, cycles, goals, metrics, links, events, check_ins, meeting_log: _, .. } =
        copy;
    Project {
        id,
        name: words.masked(&name),
        vision: String::new(),
        description: String::new(),
        cycles: cycles.into_iter().map(|(id, cycle)| (id, Cycle { name: words.masked(&cycle.name), ..cycle })).collect(),
        goals: goals.iter().map(|(id, goal)| (id.clone(), goals::redacted(goal, &scales, &words).into())).collect(),
        metrics: metrics::redacted(&metrics, &scales, &words, bounds),
        links,
        events: events_by_date(events.into_values()),
        check_ins: check_ins
            .into_iter()
            .map(|(id, said)| {
                let value = said.value.map(|value| scales.goal(&said.goal).of(value));
                let status = said.status.map(|status| StatusOverride { why: String::new(), ..status });
                (id, CheckIn { value, status, note: String::new(), by: String::new(), ..said })
            })
            .collect(),
        meeting_log: BTreeMap::new(),
        recipes: BTreeMap::new(),
        deck: Deck {
            title: String::new(),
            subtitle: String::new(),
            last_meeting: copy.deck.last_meeting,
            slides: copy
                .deck
                .slides
                .into_iter()
                .map(|slide| SlideEdit { title: None, note: String::new(), mode: slide.mode.filter(|mode| is_slug(mode)), ..slide })
                .collect(),
        },
        settings: {
            let mut settings = settings;
            settings.lint_off.retain(|rule| is_slug(rule));
            settings
        },
    }
}

/// [`redact`] for a file of its own, where more can be read than is drawn: with other ids, since ids can be made of words, and without the
/// bounds that would lead back to the values.
pub fn copy(project: &Project, without: &BTreeSet<GoalId>) -> Project {
    ids::renamed(made(project, without, KeptBounds::Reached))
}

/// Numbered as they happened.
fn events_by_date(events: impl Iterator<Item = Event>) -> BTreeMap<crate::model::EventId, Event> {
    let mut events: Vec<Event> = events.collect();
    events.sort_by(|a, b| (a.date, &a.id).cmp(&(b.date, &b.id)));
    let numbered = events.into_iter().enumerate();
    numbered
        .map(|(index, event)| (event.id.clone(), Event { title: format!("Event {}", index + 1), description: String::new(), ..event }))
        .collect()
}

/// Whether a text can be a word of the program ("xmr", "target-missing") rather than one of people.
fn is_slug(text: &str) -> bool {
    !text.is_empty() && text.len() <= 32 && text.bytes().all(|b| b.is_ascii_lowercase() || matches!(b, b'-' | b'_'))
}
