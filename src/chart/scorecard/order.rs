use std::cmp::Ordering;
use std::sync::Arc;

use super::{Row, Turn};
use crate::model::Status;

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum SortBy {
    /// In the order of the tree.
    #[default]
    Goals,
    Name,
    Owner,
    /// The worst first.
    Status,
    /// The furthest behind its target in the latest period first.
    Behind,
    /// The largest change for the worse first, against what is usual for the metric.
    Change,
}

/// The order of the rows of a group.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Sort {
    pub by: SortBy,
    pub is_reversed: bool,
}

impl SortBy {
    pub const ALL: [Self; 6] = [Self::Goals, Self::Name, Self::Owner, Self::Status, Self::Behind, Self::Change];

    pub fn word(self) -> &'static str {
        match self {
            Self::Goals => "As in the tree",
            Self::Name => "By name",
            Self::Owner => "By owner",
            Self::Status => "Worst status first",
            Self::Behind => "Furthest behind first",
            Self::Change => "Worst change first",
        }
    }
}

impl Sort {
    pub fn by(by: SortBy) -> Self {
        Self { by, is_reversed: false }
    }

    /// After a click on a head: by it, then the other way round, then as in the tree again.
    #[must_use]
    pub fn toggled(self, by: SortBy) -> Self {
        match (self.by == by, self.is_reversed) {
            (false, _) => Self::by(by),
            (true, false) => Self { by, is_reversed: true },
            (true, true) => Self::default(),
        }
    }
}

/// Sorts stably; rows that have nothing to be sorted by stay last both ways.
pub(super) fn sort(rows: &mut [Arc<Row>], Sort { by, is_reversed }: Sort) {
    let turned = |order: Ordering| if is_reversed { order.reverse() } else { order };
    let known = |a: Option<f64>, b: Option<f64>| match (a, b) {
        (Some(a), Some(b)) => turned(b.total_cmp(&a)),
        (Some(_), None) => Ordering::Less,
        (None, Some(_)) => Ordering::Greater,
        (None, None) => Ordering::Equal,
    };
    let text = |a: &str, b: &str| a.is_empty().cmp(&b.is_empty()).then_with(|| turned(a.to_lowercase().cmp(&b.to_lowercase())));
    match by {
        SortBy::Goals => {
            if is_reversed {
                rows.reverse();
            }
        }
        SortBy::Name => rows.sort_by(|a, b| text(&a.name, &b.name)),
        SortBy::Owner => rows.sort_by(|a, b| text(&a.owner, &b.owner)),
        SortBy::Status => rows.sort_by(|a, b| known(severity(a), severity(b))),
        SortBy::Behind => rows.sort_by(|a, b| known(behind(a), behind(b))),
        SortBy::Change => rows.sort_by(|a, b| known(worsening(a), worsening(b))),
    }
}

fn severity(row: &Row) -> Option<f64> {
    Some(match row.standing.mark? {
        Status::Missed => 9.0,
        Status::AtRisk => 8.0,
        Status::Behind => 7.0,
        Status::NoData => 6.0,
        Status::TooEarly => 5.0,
        Status::NotStarted => 4.0,
        Status::OnTrack => 3.0,
        Status::Achieved => 2.0,
        Status::Postponed | Status::Abandoned | Status::Closed => 1.0,
    })
}

/// A share of the way for a pace; a limit that is kept is at none, one that is missed behind everything that is on its way.
fn behind(row: &Row) -> Option<f64> {
    let judgement = row.latest_cell()?.judgement?;
    Some(judgement.behind.unwrap_or(match judgement.verdict {
        crate::analysis::PeriodVerdict::Met => 0.0,
        crate::analysis::PeriodVerdict::Short => 1.0,
        crate::analysis::PeriodVerdict::FarShort => 2.0,
    }))
}

fn worsening(row: &Row) -> Option<f64> {
    let latest = row.latest?;
    let size = row.unusual(latest)?;
    match row.turn(latest) {
        Turn::Worse => Some(size),
        Turn::Better => Some(-size),
        Turn::Neither => None,
    }
}
