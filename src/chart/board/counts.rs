use std::collections::BTreeMap;

use crate::model::Status;

/// From good to bad, then what cannot be judged, then what people set aside: the order of the bar and of every count.
pub const BAR_ORDER: [Status; 11] = [
    Status::OnTrack,
    Status::Achieved,
    Status::Behind,
    Status::AtRisk,
    Status::Missed,
    Status::TooEarly,
    Status::NotStarted,
    Status::NoData,
    Status::Postponed,
    Status::Abandoned,
    Status::Closed,
];

/// How many there are of each status that occurs, in the order of the bar.
pub fn counts(statuses: impl Iterator<Item = Status>) -> Vec<(Status, usize)> {
    let mut found: BTreeMap<Status, usize> = BTreeMap::new();
    for status in statuses {
        *found.entry(status).or_default() += 1;
    }
    BAR_ORDER.into_iter().filter_map(|status| Some((status, *found.get(&status)?))).collect()
}
