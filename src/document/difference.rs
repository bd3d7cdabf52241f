//! What is different between two projects, in lines that people read: "Key result “Reach 10 M”: target 10 M → 12 M".

use std::collections::BTreeSet;

use super::said;
use crate::model::{Metric, MetricId, Place, Project, Stamp};

/// Something that differs.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Difference {
    pub place: Place,
    /// What it is called: "Goal “Become the daily habit”".
    pub name: String,
    /// "added", "removed", or what changed of it: "target 10 M → 12 M", "3 values added, 1 changed".
    pub changes: Vec<String>,
}

impl Difference {
    /// "Metric “MAU”: 3 values added".
    pub fn line(&self) -> String {
        format!("{}: {}", self.name, self.changes.join("; "))
    }
}

/// What turns `old` into `new`, in a steady order: the project, its settings and its deck, then goals, metrics, links, cycles, events,
/// check-ins, the meeting log and recipes. Empty where both are the same.
pub fn differences(old: &Project, new: &Project) -> Vec<Difference> {
    places(old, new)
        .into_iter()
        .filter_map(|place| {
            let changes = changes(old, new, &place);
            let name = said::name(new, &place).or_else(|| said::name(old, &place))?;
            (!changes.is_empty()).then_some(Difference { place, name, changes })
        })
        .collect()
}

/// Everything that either has and that is not the same in both.
fn places(old: &Project, new: &Project) -> BTreeSet<Place> {
    let mut places = BTreeSet::new();
    if (&old.id, &old.name, &old.vision, &old.description) != (&new.id, &new.name, &new.vision, &new.description) {
        places.insert(Place::Project);
    }
    if old.settings != new.settings {
        places.insert(Place::Settings);
    }
    if old.deck != new.deck {
        places.insert(Place::Deck);
    }
    macro_rules! each {
        ($($field:ident => $place:ident),+ $(,)?) => {
            $(for id in old.$field.keys().chain(new.$field.keys()) {
                if old.$field.get(id) != new.$field.get(id) {
                    places.insert(Place::$place(id.clone()));
                }
            })+
        };
    }
    each!(goals => Goal, metrics => Metric, links => Link, cycles => Cycle, events => Event, check_ins => CheckIn,
        meeting_log => MeetingEntry, recipes => Recipe);
    places
}

fn changes(old: &Project, new: &Project, place: &Place) -> Vec<String> {
    let (before, after) = match (said::fields(old, place), said::fields(new, place)) {
        (None, None) => return Vec::new(),
        (None, Some(_)) => return vec![added(new, place)],
        (Some(_), None) => return vec!["removed".to_owned()],
        (Some(before), Some(after)) => (before, after),
    };
    let mut changes = Vec::new();
    for (field, words) in &after {
        match before.iter().find(|(name, _)| name == field) {
            Some((_, then)) if then == words => {}
            Some(_) if *field == "place" => {}
            Some((_, then)) => changes.push(format!("{field} {} → {}", shortened(then), shortened(words))),
            None => changes.push(format!("{field} {}", shortened(words))),
        }
    }
    let moved = |fields: &said::Fields| fields.iter().find(|(name, _)| *name == "place").map(|(_, words)| words.clone());
    if moved(&before) != moved(&after) && !changes.iter().any(|c| c.starts_with("parent ")) {
        changes.push("moved among its siblings".to_owned());
    }
    if let Place::Metric(id) = place {
        changes.extend(values(old, new, id));
    }
    if changes.is_empty() {
        changes.push("details changed".to_owned());
    }
    changes
}

fn added(project: &Project, place: &Place) -> String {
    let values = match place {
        Place::Metric(id) => project.metric(id).map_or(0, |m| m.series.len()),
        _ => 0,
    };
    if values == 0 { "added".to_owned() } else { format!("added with {}", counted(values)) }
}

fn counted(n: usize) -> String {
    if n == 1 { "1 value".to_owned() } else { format!("{n} values") }
}

/// A few values one by one, many counted.
fn values(old: &Project, new: &Project, id: &MetricId) -> Option<String> {
    const FEW: usize = 3;
    let (before, after) = (old.metric(id)?, new.metric(id)?);
    if before.series == after.series {
        return None;
    }
    let at = |metric: &Metric| metric.series.iter().collect::<std::collections::BTreeMap<Stamp, f64>>();
    let (then, now) = (at(before), at(after));
    let added: Vec<_> = now.iter().filter(|(at, _)| !then.contains_key(at)).collect();
    let removed: Vec<_> = then.iter().filter(|(at, _)| !now.contains_key(at)).collect();
    let changed: Vec<_> = now.iter().filter_map(|(at, v)| Some((at, then.get(at)?, v))).filter(|(_, then, now)| then != now).collect();
    let shown = |value: f64| said::value(new, Some(after), value);
    let mut parts = Vec::new();
    if !changed.is_empty() && changed.len() <= FEW {
        parts.extend(changed.iter().map(|(at, then, now)| format!("{at} {} → {}", shown(**then), shown(**now))));
    } else if !changed.is_empty() {
        parts.push(format!("{} changed", counted(changed.len())));
    }
    if !added.is_empty() {
        parts.push(format!("{} added", counted(added.len())));
    }
    if !removed.is_empty() {
        parts.push(format!("{} removed", counted(removed.len())));
    }
    if parts.is_empty() {
        parts.push("notes on values changed".to_owned());
    }
    Some(parts.join(", "))
}

/// As much of a long text as a line bears.
fn shortened(text: &str) -> String {
    const LONGEST: usize = 60;
    let one_line: String = text.split_whitespace().collect::<Vec<_>>().join(" ");
    if one_line.chars().count() <= LONGEST { one_line } else { one_line.chars().take(LONGEST - 1).chain(['…']).collect() }
}
