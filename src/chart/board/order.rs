//! The order of siblings by a column.

use std::cmp::Ordering;

use super::{Column, Sort, Source};
use crate::analysis::GoalResult;
use crate::model::{Goal, Status};

/// What a goal is sorted by: a number or a text. What is unknown comes last either way.
enum Key {
    Number(f64),
    Text(String),
    Unknown,
}

/// Puts places of goals into an order; equals stay as they are.
pub(super) fn sort<'a>(
    source: &Source<'_>,
    sort: Sort,
    places: &mut Vec<usize>,
    goal_of: impl Fn(usize) -> Option<(&'a Goal, Option<&'a GoalResult>)>,
) {
    let key_of = |at: usize| goal_of(at).map_or(Key::Unknown, |(goal, result)| key(source, sort.column, goal, result));
    let mut keyed: Vec<(Key, usize)> = places.iter().map(|&at| (key_of(at), at)).collect();
    keyed.sort_by(|(a, _), (b, _)| compare(a, b, sort.reversed));
    *places = keyed.into_iter().map(|(_, at)| at).collect();
}

fn compare(a: &Key, b: &Key, reversed: bool) -> Ordering {
    let turn = |order: Ordering| if reversed { order.reverse() } else { order };
    match (a, b) {
        (Key::Number(a), Key::Number(b)) => turn(a.total_cmp(b)),
        (Key::Text(a), Key::Text(b)) => turn(a.cmp(b)),
        (Key::Unknown, Key::Number(_) | Key::Text(_)) => Ordering::Greater,
        (Key::Number(_) | Key::Text(_), Key::Unknown) => Ordering::Less,
        // One column gives one kind.
        (Key::Unknown, Key::Unknown) | (Key::Number(_), Key::Text(_)) | (Key::Text(_), Key::Number(_)) => Ordering::Equal,
    }
}

fn key(source: &Source<'_>, column: Column, goal: &Goal, result: Option<&GoalResult>) -> Key {
    let number = |value: Option<f64>| value.filter(|v| v.is_finite()).map_or(Key::Unknown, Key::Number);
    let text = |text: &str| if text.trim().is_empty() { Key::Unknown } else { Key::Text(text.to_lowercase()) };
    match column {
        Column::Name => text(&goal.title),
        Column::Owner => text(&goal.owner),
        Column::Status => number(result.map(|r| f64::from(urgency(r.status)))),
        Column::Progress => number(result.and_then(|r| Some(r.progress? - r.expected?))),
        Column::Change => number((source.change)(goal).and_then(|c| c.progress)),
        Column::CheckIn => {
            let stand = source.check_ins.get(&goal.id);
            let days = stand.and_then(|s| s.last).map(|last| -((source.evaluation.as_of - last).num_days() as f64));
            // Nobody ever checked in where somebody should have: longer than any.
            number(days.or_else(|| stand.filter(|s| s.overdue > 0).map(|s| f64::MIN / 2.0 - f64::from(s.overdue))))
        }
        Column::Likelihood => number(result.and_then(|r| r.likelihood.as_ref()).map(|l| l.probability)),
        Column::Confidence => number(source.check_ins.get(&goal.id).and_then(|c| c.confidence).map(f64::from)),
        Column::Now | Column::Kpi | Column::Forecast => Key::Unknown,
    }
}

/// The worst first, then what cannot be judged, then what needs nobody.
pub(super) fn urgency(status: Status) -> u8 {
    match status {
        Status::Missed => 0,
        Status::AtRisk => 1,
        Status::Behind => 2,
        Status::NoData => 3,
        Status::TooEarly => 4,
        Status::OnTrack => 5,
        Status::NotStarted => 6,
        Status::Achieved => 7,
        Status::Postponed => 8,
        Status::Abandoned => 9,
        Status::Closed => 10,
    }
}
