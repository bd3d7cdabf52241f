//! What happened, as numbered marks.

use std::sync::Arc;

use super::trend::number;
use super::values::day;
use super::{Band, BandId, Mark};
use crate::model::{Cadence, Date, Event, MetricId, Project, date_words, month_word};

/// Longer titles are cut.
const TITLE_CHARS: usize = 50;

/// Events of a metric (or of all metrics) within a time range and up to a day, numbered in order of time.
pub(super) fn marks(project: &Project, metric: Option<&MetricId>, x: (f64, f64), as_of: Date, cadence: Cadence) -> Vec<Mark> {
    let concerns = |e: &&Event| e.metrics.is_empty() || metric.is_some_and(|m| e.metrics.contains(m));
    let mut events: Vec<&Event> =
        project.events.values().filter(concerns).filter(|e| e.date <= as_of && x.0 <= day(e.date) && day(e.date) <= x.1).collect();
    events.sort_by_key(|e| (e.date, &e.id));
    number(events.into_iter().map(|e| Mark {
        number: 0,
        event: e.id.clone(),
        x: day(e.date),
        until: e.until.filter(|until| *until > e.date).map(|until| day(until.min(as_of))),
        title: shortened(&e.title, TITLE_CHARS),
        when: when(e, cadence),
    }))
}

/// A title of so many characters at the most; one that is cut ends with "…".
pub fn shortened(title: &str, longest: usize) -> String {
    let title = title.trim();
    if title.chars().count() <= longest {
        return title.to_owned();
    }
    let kept: String = title.chars().take(longest.saturating_sub(1)).collect();
    format!("{}…", kept.trim_end())
}

/// As fine as the chart is: "Apr 2024", "12 Apr 2024".
fn when(event: &Event, cadence: Cadence) -> String {
    use chrono::Datelike as _;
    let one = |date: Date| {
        if cadence >= Cadence::Monthly { format!("{} {}", month_word(date), date.year()) } else { date_words(date) }
    };
    match event.until.filter(|until| *until > event.date) {
        Some(until) if one(until) != one(event.date) => format!("{} – {}", one(event.date), one(until)),
        _ => one(event.date),
    }
}

/// Areas of the events that lasted.
pub(super) fn bands(marks: &[Mark]) -> Vec<Band> {
    let lasted = marks.iter().filter_map(|m| Some((m, m.until.filter(|until| *until > m.x)?)));
    lasted
        .map(|(mark, until)| Band {
            id: BandId::Event(mark.number),
            name: mark.title.clone(),
            points: Arc::from([[mark.x, f64::NEG_INFINITY, f64::INFINITY], [until, f64::NEG_INFINITY, f64::INFINITY]]),
        })
        .collect()
}
