//! What was read of a series, in columns.

use std::ops::Range;

use super::ImportError;
use crate::model::{Cadence, Series, Stamp};

/// A row that became a point, or several rows that became one.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct ReadPoint {
    pub at: Stamp,
    pub value: f64,
    /// Of the last row.
    pub line: usize,
    /// What the form of the date says: `2026-03` stands for a month. Full dates say nothing.
    pub grain: Option<Cadence>,
}

/// Points in columns, of which a series takes its own without looking at each.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Points {
    times: Vec<Stamp>,
    values: Vec<f64>,
    lines: Vec<u32>,
    /// Empty where no date names one.
    grains: Vec<Option<Cadence>>,
}

impl Points {
    pub fn len(&self) -> usize {
        self.times.len()
    }

    pub fn is_empty(&self) -> bool {
        self.times.is_empty()
    }

    pub fn times(&self) -> &[Stamp] {
        &self.times
    }

    pub fn values(&self) -> &[f64] {
        &self.values
    }

    /// # Panics
    /// Where there is no such point.
    pub fn at(&self, index: usize) -> ReadPoint {
        ReadPoint { at: self.times[index], value: self.values[index], line: self.lines[index] as usize, grain: self.grain(index) }
    }

    pub fn first(&self) -> Option<ReadPoint> {
        self.iter().next()
    }

    pub fn last(&self) -> Option<ReadPoint> {
        self.iter().next_back()
    }

    pub fn iter(&self) -> impl DoubleEndedIterator<Item = ReadPoint> + ExactSizeIterator {
        (0..self.len()).map(|index| self.at(index))
    }

    /// Whether there is a point at a time, where the points are in the order of their times.
    pub fn have(&self, at: Stamp) -> bool {
        self.times.binary_search(&at).is_ok()
    }

    /// The values at their times. Fails where they are no series, which points of a [`Reading`](super::Reading) are.
    pub fn into_series(self) -> Result<Series, ImportError> {
        let series = Series::from_columns(self.times, self.values, [].into(), [].into());
        series.map_err(|problem| ImportError::Refused(problem.to_string()))
    }

    fn grain(&self, index: usize) -> Option<Cadence> {
        self.grains.get(index).copied().flatten()
    }

    /// The grain that all points name.
    pub(super) fn common_grain(&self) -> Option<Cadence> {
        let first = self.grain(0)?;
        self.grains.iter().all(|grain| *grain == Some(first)).then_some(first)
    }

    /// Columns of one length; `grains` may also be empty.
    pub(super) fn of_columns(times: Vec<Stamp>, values: Vec<f64>, lines: Vec<u32>, grains: Vec<Option<Cadence>>) -> Self {
        debug_assert!(times.len() == values.len() && times.len() == lines.len() && (grains.is_empty() || grains.len() == times.len()));
        let grains = if grains.iter().any(Option::is_some) { grains } else { Vec::new() };
        Self { times, values, lines, grains }
    }

    pub(super) fn push(&mut self, point: ReadPoint) {
        if point.grain.is_some() {
            self.grains.resize(self.len(), None);
        }
        if point.grain.is_some() || !self.grains.is_empty() {
            self.grains.push(point.grain);
        }
        self.times.push(point.at);
        self.values.push(point.value);
        self.lines.push(u32::try_from(point.line).unwrap_or(u32::MAX));
    }

    /// Puts the points in the order of their times; those of one time stay in theirs.
    pub(super) fn sort(&mut self) {
        if !self.times.is_sorted() {
            let mut points: Vec<ReadPoint> = self.iter().collect();
            points.sort_by_key(|point| point.at);
            *self = points.into_iter().collect();
        }
    }

    /// Whether a time occurs twice, where the points are in the order of their times.
    pub(super) fn repeat(&self) -> bool {
        self.times.windows(2).any(|pair| pair[0] == pair[1])
    }

    /// The points of each time, where they are in the order of their times.
    pub(super) fn by_time(&self) -> impl Iterator<Item = Range<usize>> {
        self.times.chunk_by(|a, b| a == b).scan(0, |from, same| {
            let range = *from..*from + same.len();
            *from = range.end;
            Some(range)
        })
    }

    /// Moves the points to other times, given in the order of the points.
    pub(super) fn move_to(&mut self, times: Vec<Stamp>) {
        debug_assert_eq!(times.len(), self.len());
        self.times = times;
    }
}

impl FromIterator<ReadPoint> for Points {
    fn from_iter<T: IntoIterator<Item = ReadPoint>>(points: T) -> Self {
        let mut all = Self::default();
        points.into_iter().for_each(|point| all.push(point));
        all
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn points_come_back_as_they_were_put_in() {
        let point = |seconds, line, grain| ReadPoint { at: Stamp::from_seconds(seconds), value: seconds as f64, line, grain };
        let given = [point(5, 2, None), point(3, 3, Some(Cadence::Monthly)), point(5, 4, None), point(9, 5, Some(Cadence::Monthly))];
        let mut points: Points = given.into_iter().collect();
        assert!(points.iter().eq(given));
        assert_eq!((points.first(), points.last(), points.common_grain()), (Some(given[0]), Some(given[3]), None));
        points.sort();
        assert!(points.iter().eq([given[1], given[0], given[2], given[3]]));
        assert_eq!((points.repeat(), points.by_time().collect::<Vec<_>>()), (true, vec![0..1, 1..3, 3..4]));
        assert_eq!((points.have(Stamp::from_seconds(9)), points.have(Stamp::from_seconds(4))), (true, false));
        assert!(points.into_series().is_err());
        let months: Points = given.into_iter().filter(|point| point.grain.is_some()).collect();
        assert_eq!(months.common_grain(), Some(Cadence::Monthly));
        assert_eq!(months.into_series().unwrap().values(), [3.0, 9.0]);
    }
}
