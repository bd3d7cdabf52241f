//! Which point stands in which row, and what is marked.

use std::sync::Arc;

use crate::model::{Series, Stamp};

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) enum Column {
    Date,
    #[default]
    Value,
    Note,
    DataTo,
}

impl Column {
    pub(super) const ALL: [Self; 4] = [Self::Date, Self::Value, Self::Note, Self::DataTo];

    pub(super) fn word(self) -> &'static str {
        match self {
            Self::Date => "Date",
            Self::Value => "Value",
            Self::Note => "Note",
            Self::DataTo => "Data to",
        }
    }

    /// The column `by` places further to the right; stays within the table.
    pub(super) fn moved(self, by: isize) -> Self {
        let place = Self::ALL.iter().position(|c| *c == self).unwrap_or_default();
        Self::ALL[place.saturating_add_signed(by).min(Self::ALL.len() - 1)]
    }
}

/// The order of the rows; that of the points in the project never changes.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum Sort {
    /// What is named stands in the first row.
    #[default]
    Oldest,
    Newest,
    Smallest,
    Largest,
}

impl Sort {
    /// What a click on the head of a column makes of it.
    pub(super) fn toggled(self, column: Column) -> Self {
        match (column, self) {
            (Column::Date, Self::Oldest) => Self::Newest,
            (Column::Value, Self::Largest) => Self::Smallest,
            (Column::Value, _) => Self::Largest,
            _ => Self::Oldest,
        }
    }
}

/// The rows of a table: one for each point, and a last one for the next point.
#[derive(Clone, Debug, Default)]
pub(super) struct Rows {
    len: usize,
    newest_first: bool,
    /// Places in the series by row, where they are not in the order of time.
    by_value: Option<Arc<[u32]>>,
}

impl Rows {
    pub(super) fn of(series: &Series, sort: Sort) -> Self {
        let by_value = |descending: bool| {
            let values = series.values();
            let mut places: Vec<u32> = (0..u32::try_from(values.len()).unwrap_or(u32::MAX)).collect();
            // Stable: among equal values the older one comes first.
            places.sort_by(|a, b| {
                let (a, b) = (values[*a as usize], values[*b as usize]);
                if descending { b.total_cmp(&a) } else { a.total_cmp(&b) }
            });
            Some(places.into())
        };
        Self {
            len: series.len(),
            newest_first: sort == Sort::Newest,
            by_value: match sort {
                Sort::Oldest | Sort::Newest => None,
                Sort::Smallest => by_value(false),
                Sort::Largest => by_value(true),
            },
        }
    }

    /// Points and the row for the next one.
    pub(super) fn count(&self) -> usize {
        self.len + 1
    }

    /// The row for the next point.
    pub(super) fn new_row(&self) -> usize {
        self.len
    }

    /// The place in the series of what stands in a row; `None` for the row of the next point.
    pub(super) fn place(&self, row: usize) -> Option<usize> {
        if row >= self.len {
            return None;
        }
        Some(match &self.by_value {
            Some(places) => places[row] as usize,
            None if self.newest_first => self.len - 1 - row,
            None => row,
        })
    }

    pub(super) fn stamp(&self, series: &Series, row: usize) -> Option<Stamp> {
        series.times().get(self.place(row)?).copied()
    }

    /// Where a point stands.
    pub(super) fn row_of(&self, series: &Series, at: Stamp) -> Option<usize> {
        let place = series.times().binary_search(&at).ok()?;
        match &self.by_value {
            Some(places) => places.iter().position(|p| *p as usize == place),
            None if self.newest_first => Some(self.len - 1 - place),
            None => Some(place),
        }
    }
}

/// A cell.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Cell {
    pub(super) row: usize,
    pub(super) column: Column,
}

/// A rectangle of cells from where marking began to the cursor.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Marked {
    pub(super) cursor: Cell,
    pub(super) from: Cell,
}

impl Marked {
    pub(super) fn one(cell: Cell) -> Self {
        Self { cursor: cell, from: cell }
    }

    /// First and last row.
    pub(super) fn rows(self) -> (usize, usize) {
        (self.cursor.row.min(self.from.row), self.cursor.row.max(self.from.row))
    }

    pub(super) fn columns(self) -> impl Iterator<Item = Column> {
        let (first, last) = (self.cursor.column.min(self.from.column), self.cursor.column.max(self.from.column));
        Column::ALL.into_iter().filter(move |c| first <= *c && *c <= last)
    }

    pub(super) fn contains(self, cell: Cell) -> bool {
        let (first, last) = self.rows();
        first <= cell.row && cell.row <= last && self.columns().any(|c| c == cell.column)
    }

    /// The times of the marked points in the order of their rows.
    pub(super) fn stamps(self, rows: &Rows, series: &Series) -> Vec<Stamp> {
        let (first, last) = self.rows();
        (first..=last.min(rows.count())).filter_map(|row| rows.stamp(series, row)).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::Point;

    #[test]
    fn rows_are_sorted_for_the_eye_only() {
        let at = |day: i64| Stamp::from_seconds(day * 86_400);
        let series = Series::from_points([(1, 5.0), (2, 9.0), (3, 5.0)].map(|(day, value)| Point::new(at(day), value))).unwrap();
        let days = |sort| {
            let rows = Rows::of(&series, sort);
            let stamps: Vec<Stamp> = (0..rows.count()).filter_map(|row| rows.stamp(&series, row)).collect();
            assert!(stamps.iter().enumerate().all(|(row, at)| rows.row_of(&series, *at) == Some(row)));
            assert_eq!(rows.place(rows.new_row()), None);
            stamps.into_iter().map(|at| at.seconds() / 86_400).collect::<Vec<_>>()
        };
        assert_eq!(days(Sort::Oldest), [1, 2, 3]);
        assert_eq!(days(Sort::Newest), [3, 2, 1]);
        assert_eq!(days(Sort::Smallest), [1, 3, 2]);
        assert_eq!(days(Sort::Largest), [2, 1, 3]);
    }

    #[test]
    fn a_rectangle_of_cells_is_marked() {
        let marked = Marked { from: Cell { row: 3, column: Column::Note }, cursor: Cell { row: 1, column: Column::Value } };
        assert_eq!(marked.rows(), (1, 3));
        assert!(marked.contains(Cell { row: 2, column: Column::Value }));
        assert!(!marked.contains(Cell { row: 2, column: Column::Date }));
        assert_eq!(Column::Date.moved(-1), Column::Date);
        assert_eq!(Column::Note.moved(5), Column::DataTo);
    }
}
