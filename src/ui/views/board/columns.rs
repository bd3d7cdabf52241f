//! Which columns there is room for, and where they stand.

use crate::chart::board::Column;
use crate::ui::theme::{Scale, TextSize, Theme, size, space};

/// From the most to the least telling: what does not fit is dropped from the end, never squeezed to nothing.
const BY_WORTH: [Column; 10] = [
    Column::Status,
    Column::Now,
    Column::Progress,
    Column::CheckIn,
    Column::Change,
    Column::Kpi,
    Column::Owner,
    Column::Likelihood,
    Column::Confidence,
    Column::Forecast,
];
/// The first ones stay, however narrow the board is.
const ALWAYS: usize = 2;
/// These come only where the name has a fair room, or all that it wants.
const FROM_FAIR: usize = 6;
const FROM_ROOMY: usize = 7;

/// Widths at 100 %, in points.
const LEAST_NAME: f32 = 196.0;
const FAIR_NAME: f32 = 248.0;
const GOOD_NAME: f32 = 300.0;
const ROOMY_NAME: f32 = 320.0;
/// As wide as its head.
const LEAST_BULLET: f32 = 108.0;
const MORE_NOW: f32 = 44.0;
/// The small type of the screen, for which the widths are made.
const SMALL: f32 = 12.0;

fn least_width(column: Column) -> f32 {
    match column {
        Column::Name => LEAST_NAME,
        Column::Status => 104.0,
        Column::Progress => LEAST_BULLET,
        Column::Now => 136.0,
        Column::Change | Column::Confidence => 76.0,
        Column::Kpi => 92.0,
        Column::Owner | Column::Likelihood => 72.0,
        Column::CheckIn => 56.0,
        Column::Forecast => 148.0,
    }
}

/// The columns of a board, from left to right, each with its edges from the left edge of the table.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Columns {
    places: Vec<(Column, f32, f32)>,
}

impl Columns {
    pub(super) fn of(theme: &Theme, width: f32) -> Self {
        // Type grows less than space on a page.
        let factor = theme.type_of(TextSize::Small).size / SMALL;
        let px = |at_100: f32| at_100 * factor;
        let (gap, edge) = (px(space::M), theme.px(space::L));
        let room = width - 2.0 * edge;
        let mut chosen = vec![Column::Name];
        let mut used = 0.0;
        for (rank, column) in BY_WORTH.into_iter().enumerate() {
            let name = match rank {
                FROM_ROOMY.. => ROOMY_NAME,
                FROM_FAIR.. => FAIR_NAME,
                // On a page nothing says the rest of a name that is cut.
                _ if theme.scale != Scale::Screen => GOOD_NAME,
                _ => LEAST_NAME,
            };
            let next = used + px(least_width(column)) + gap;
            if rank >= ALWAYS && room - next < px(name) {
                break;
            }
            used = next;
            chosen.push(column);
        }
        // What is left makes the names longer, then the values, then the bars, then the names again.
        let left = (room - used - px(GOOD_NAME)).max(0.0);
        let now = left.min(px(MORE_NOW));
        let bullet = if chosen.contains(&Column::Progress) { (left - now).min(px(size::BULLET_WIDTH - LEAST_BULLET)) } else { 0.0 };
        let name = (room - used - bullet - now).max(px(size::ROW));
        let mut at = edge;
        let mut places = Vec::with_capacity(chosen.len());
        for column in Column::ALL.into_iter().filter(|c| chosen.contains(c)) {
            let width = match column {
                Column::Name => name,
                Column::Progress => px(least_width(column)) + bullet,
                Column::Now => px(least_width(column)) + now,
                _ => px(least_width(column)),
            };
            places.push((column, at, at + width));
            at += width + gap;
        }
        Self { places }
    }

    pub(super) fn iter(&self) -> impl Iterator<Item = (Column, f32, f32)> + '_ {
        self.places.iter().copied()
    }
}

/// Numbers stand at the right of their column.
pub(super) fn is_number(column: Column) -> bool {
    matches!(column, Column::Now | Column::Change | Column::CheckIn | Column::Likelihood | Column::Forecast | Column::Confidence)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(width: f32, expected: &[Column]) {
        let theme = Theme::light();
        let columns = Columns::of(&theme, width);
        assert_eq!(columns.iter().map(|(column, ..)| column).collect::<Vec<_>>(), expected, "at {width}");
        let mut before = 0.0;
        for (column, left, right) in columns.iter() {
            assert!(left >= before && right - left >= least_width(column).min(20.0), "{column:?} at {width}");
            before = right;
        }
        assert!((before - (width - space::L)).abs() < 0.5 || width < 500.0, "the table fills its width at {width}");
    }

    #[test]
    fn columns_are_dropped_by_their_worth() {
        use Column::{Change, CheckIn, Confidence, Forecast, Kpi, Likelihood, Name, Now, Owner, Progress, Status};
        // 1280 × 800 with tree and inspector, without the inspector, 1440 and 1920 points.
        check(632.0, &[Name, Status, Progress, Now]);
        check(952.0, &[Name, Status, Progress, Now, Change, Kpi, CheckIn]);
        check(1112.0, &[Name, Status, Progress, Now, Change, Kpi, Owner, CheckIn]);
        check(1272.0, &[Name, Status, Progress, Now, Change, Kpi, Likelihood, Confidence, Owner, CheckIn]);
        check(1592.0, &[Name, Status, Progress, Now, Change, Kpi, Likelihood, Forecast, Confidence, Owner, CheckIn]);
        check(300.0, &[Name, Status, Now]);
    }
}
