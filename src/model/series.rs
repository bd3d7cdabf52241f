//! A metric's recorded points, in columns, sorted by time.

use std::collections::BTreeMap;
use std::fmt;

use chrono::{DateTime, Datelike as _, Months, NaiveDateTime, NaiveTime};

use super::{Cadence, Date};

/// When a point was recorded, in whole seconds since 1970-01-01 (no time zone). A dated point is at midnight.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Stamp(i64);

impl Stamp {
    pub fn from_date(date: Date) -> Self {
        Self(date.and_time(NaiveTime::MIN).and_utc().timestamp())
    }

    pub fn from_date_time(time: NaiveDateTime) -> Self {
        Self(time.and_utc().timestamp())
    }

    pub const fn from_seconds(seconds: i64) -> Self {
        Self(seconds)
    }

    pub fn seconds(self) -> i64 {
        self.0
    }

    /// Days since 1970-01-01 with the time of day as a fraction: the x of every chart.
    pub fn days(self) -> f64 {
        self.0 as f64 / 86_400.0
    }

    pub fn date_time(self) -> NaiveDateTime {
        DateTime::from_timestamp(self.0, 0).map_or(NaiveDateTime::MAX, |t| t.naive_utc())
    }

    pub fn date(self) -> Date {
        self.date_time().date()
    }

    /// The time `periods` periods of a cadence later: the same hour, weekday or day of the month. The last day of a month stays that.
    #[must_use]
    pub fn later_by(self, cadence: Cadence, periods: u32) -> Self {
        let months = |each: u32| {
            let time = self.date_time();
            let by = Months::new(each.saturating_mul(periods));
            let Some(later) = time.date().checked_add_months(by) else { return Self::from_date_time(NaiveDateTime::MAX) };
            let is_last = |day: Date| day.succ_opt().is_none_or(|next| next.month() != day.month());
            let later =
                if is_last(time.date()) { [31, 30, 29].into_iter().find_map(|day| later.with_day(day)).unwrap_or(later) } else { later };
            Self::from_date_time(later.and_time(time.time()))
        };
        let seconds = |each: i64| Self(self.0.saturating_add(each * i64::from(periods)));
        match cadence {
            Cadence::Hourly => seconds(3_600),
            Cadence::Daily => seconds(86_400),
            Cadence::Weekly => seconds(7 * 86_400),
            Cadence::Monthly => months(1),
            Cadence::Quarterly => months(3),
            Cadence::Yearly => months(12),
        }
    }
}

impl fmt::Display for Stamp {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let time = self.date_time();
        if time.time() == NaiveTime::MIN { write!(f, "{}", time.date()) } else { write!(f, "{}", time.format("%Y-%m-%dT%H:%M:%S")) }
    }
}

/// One recorded point.
#[derive(Clone, Debug, PartialEq)]
pub struct Point {
    pub at: Stamp,
    /// Finite.
    pub value: f64,
    pub note: Option<String>,
    /// The last day that the value covers, where its period was not over when it was recorded.
    pub data_to: Option<Date>,
}

impl Point {
    pub fn new(at: Stamp, value: f64) -> Self {
        Self { at, value, note: None, data_to: None }
    }
}

/// Why points do not make a series.
#[derive(Clone, Debug, PartialEq, thiserror::Error)]
pub enum SeriesError {
    #[error("two points are dated {0}")]
    Duplicate(Stamp),
    #[error("the value at {0} is not a finite number")]
    NotFinite(Stamp),
    #[error("something is noted for {0}, but there is no point at that time")]
    NoPoint(Stamp),
}

/// Points sorted by time, no two at one time, every value finite. Columns: 16 bytes a point; notes and cut-off dates are sparse.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Series {
    times: Vec<Stamp>,
    values: Vec<f64>,
    notes: BTreeMap<Stamp, String>,
    data_to: BTreeMap<Stamp, Date>,
}

impl Series {
    /// Sorts the points. Fails on two points at one time and on values that are not finite.
    pub fn from_points(points: impl IntoIterator<Item = Point>) -> Result<Self, SeriesError> {
        let points = points.into_iter();
        let (mut times, mut values) = (Vec::with_capacity(points.size_hint().0), Vec::with_capacity(points.size_hint().0));
        let (mut notes, mut data_until) = (BTreeMap::new(), BTreeMap::new());
        for Point { at, value, note, data_to } in points {
            times.push(at);
            values.push(value);
            notes.extend(note.map(|note| (at, note)));
            data_until.extend(data_to.map(|date| (at, date)));
        }
        Self::from_columns(times, values, notes, data_until)
    }

    /// The series of two columns of one length, in any order, and of what is noted for some of their times. Keeps the columns where
    /// they are sorted already. Fails on two points at one time, on values that are not finite, and on remarks without a point.
    pub fn from_columns(
        mut times: Vec<Stamp>,
        mut values: Vec<f64>,
        notes: BTreeMap<Stamp, String>,
        data_to: BTreeMap<Stamp, Date>,
    ) -> Result<Self, SeriesError> {
        debug_assert_eq!(times.len(), values.len(), "a value for every time");
        if !times.is_sorted() {
            let mut rows: Vec<(Stamp, f64)> = times.iter().copied().zip(values.iter().copied()).collect();
            rows.sort_by_key(|(at, _)| *at);
            (times, values) = rows.into_iter().unzip();
        }
        if let Some(pair) = times.windows(2).find(|pair| pair[0] == pair[1]) {
            return Err(SeriesError::Duplicate(pair[0]));
        }
        if let Some(index) = values.iter().position(|value| !value.is_finite()) {
            return Err(SeriesError::NotFinite(times[index]));
        }
        if let Some(at) = notes.keys().chain(data_to.keys()).find(|at| times.binary_search(at).is_err()) {
            return Err(SeriesError::NoPoint(*at));
        }
        times.shrink_to_fit();
        values.shrink_to_fit();
        Ok(Self { times, values, notes, data_to })
    }

    pub fn len(&self) -> usize {
        self.times.len()
    }

    pub fn is_empty(&self) -> bool {
        self.times.is_empty()
    }

    /// Ascending, without duplicates.
    pub fn times(&self) -> &[Stamp] {
        &self.times
    }

    /// As long as [`Self::times`].
    pub fn values(&self) -> &[f64] {
        &self.values
    }

    pub fn iter(&self) -> impl DoubleEndedIterator<Item = (Stamp, f64)> + ExactSizeIterator + '_ {
        self.times.iter().copied().zip(self.values.iter().copied())
    }

    pub fn points(&self) -> impl Iterator<Item = Point> + '_ {
        self.iter().map(|(at, value)| Point { at, value, note: self.notes.get(&at).cloned(), data_to: self.data_to.get(&at).copied() })
    }

    pub fn get(&self, at: Stamp) -> Option<Point> {
        let index = self.times.binary_search(&at).ok()?;
        Some(Point { at, value: self.values[index], note: self.notes.get(&at).cloned(), data_to: self.data_to.get(&at).copied() })
    }

    pub fn note(&self, at: Stamp) -> Option<&str> {
        self.notes.get(&at).map(String::as_str)
    }

    /// Points with a note, by time.
    pub fn notes(&self) -> impl Iterator<Item = (Stamp, &str)> {
        self.notes.iter().map(|(at, note)| (*at, note.as_str()))
    }

    /// The last day a point covers, where it was marked.
    pub fn data_to(&self, at: Stamp) -> Option<Date> {
        self.data_to.get(&at).copied()
    }

    pub fn first(&self) -> Option<(Stamp, f64)> {
        Some((*self.times.first()?, *self.values.first()?))
    }

    pub fn last(&self) -> Option<(Stamp, f64)> {
        Some((*self.times.last()?, *self.values.last()?))
    }

    /// Index of the first point at or after a time.
    pub fn index_at_or_after(&self, at: Stamp) -> usize {
        self.times.partition_point(|&t| t < at)
    }

    /// The number of points dated on or before a day.
    pub fn len_up_to(&self, date: Date) -> usize {
        self.times.partition_point(|t| t.date() <= date)
    }

    /// Whether another series says the same up to a day, notes aside.
    pub fn agrees_up_to(&self, other: &Self, date: Date) -> bool {
        let visible = self.len_up_to(date);
        let marks =
            |series: &Self| series.data_to.iter().take_while(|(at, _)| at.date() <= date).map(|(at, to)| (*at, *to)).collect::<Vec<_>>();
        visible == other.len_up_to(date)
            && self.times[..visible] == other.times[..visible]
            && self.values[..visible] == other.values[..visible]
            && marks(self) == marks(other)
    }

    /// Puts a point in its place and returns the one it replaces. Fails on a value that is not finite.
    pub fn put(&mut self, point: Point) -> Result<Option<Point>, SeriesError> {
        if !point.value.is_finite() {
            return Err(SeriesError::NotFinite(point.at));
        }
        let old = self.remove(point.at);
        let index = self.index_at_or_after(point.at);
        self.times.insert(index, point.at);
        self.values.insert(index, point.value);
        if let Some(note) = point.note {
            self.notes.insert(point.at, note);
        }
        if let Some(date) = point.data_to {
            self.data_to.insert(point.at, date);
        }
        Ok(old)
    }

    /// Takes the point at a time away and returns it.
    pub fn remove(&mut self, at: Stamp) -> Option<Point> {
        let index = self.times.binary_search(&at).ok()?;
        self.times.remove(index);
        let value = self.values.remove(index);
        Some(Point { at, value, note: self.notes.remove(&at), data_to: self.data_to.remove(&at) })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(text: &str) -> Stamp {
        Stamp::from_date(text.parse().unwrap())
    }

    #[test]
    fn points_are_sorted_and_told_apart() {
        let series = Series::from_points([Point::new(at("2026-02-01"), 2.0), Point::new(at("2026-01-01"), 1.0)]).unwrap();
        assert_eq!(series.values(), [1.0, 2.0]);
        let twice = Series::from_points([Point::new(at("2026-02-01"), 2.0), Point::new(at("2026-02-01"), 1.0)]);
        assert_eq!(twice, Err(SeriesError::Duplicate(at("2026-02-01"))));
        let nan = Series::from_points([Point::new(at("2026-02-01"), f64::NAN)]);
        assert_eq!(nan, Err(SeriesError::NotFinite(at("2026-02-01"))));
    }

    #[test]
    fn columns_make_the_same_series_as_points() {
        let noted = Point { note: Some("launch".to_owned()), ..Point::new(at("2026-01-01"), 1.0) };
        let points = Series::from_points([noted, Point::new(at("2026-02-01"), 2.0)]).unwrap();
        let notes = || BTreeMap::from([(at("2026-01-01"), "launch".to_owned())]);
        let columns = |times: [&str; 2], values| Series::from_columns(times.map(at).to_vec(), values, notes(), BTreeMap::new());
        assert_eq!(columns(["2026-01-01", "2026-02-01"], vec![1.0, 2.0]), Ok(points.clone()));
        assert_eq!(columns(["2026-02-01", "2026-01-01"], vec![2.0, 1.0]), Ok(points));
        assert_eq!(columns(["2026-01-01", "2026-01-01"], vec![1.0, 2.0]), Err(SeriesError::Duplicate(at("2026-01-01"))));
        assert_eq!(columns(["2026-01-01", "2026-02-01"], vec![1.0, f64::NAN]), Err(SeriesError::NotFinite(at("2026-02-01"))));
        assert_eq!(columns(["2026-03-01", "2026-02-01"], vec![1.0, 2.0]), Err(SeriesError::NoPoint(at("2026-01-01"))));
    }

    #[test]
    fn two_series_agree_up_to_where_they_part() {
        let of = |march: f64| Series::from_points([Point::new(at("2026-01-01"), 1.0), Point::new(at("2026-03-01"), march)]).unwrap();
        let day = |text: &str| -> Date { text.parse().unwrap() };
        let noted = {
            let mut series = of(3.0);
            series.put(Point { note: Some("launch".to_owned()), ..Point::new(at("2026-01-01"), 1.0) }).unwrap();
            series
        };
        let marked = {
            let mut series = of(3.0);
            series.put(Point { data_to: Some(day("2026-01-20")), ..Point::new(at("2026-01-01"), 1.0) }).unwrap();
            series
        };
        assert!(of(3.0).agrees_up_to(&of(4.0), day("2026-02-28")) && !of(3.0).agrees_up_to(&of(4.0), day("2026-03-01")));
        assert!(of(3.0).agrees_up_to(&noted, day("2026-12-31")));
        assert!(!of(3.0).agrees_up_to(&marked, day("2026-02-28")));
        assert!(!of(3.0).agrees_up_to(&Series::default(), day("2026-02-28")));
    }

    #[test]
    fn putting_and_removing_are_inverse() {
        let mut series = Series::from_points([Point::new(at("2026-01-01"), 1.0)]).unwrap();
        let before = series.clone();
        let noted = Point { note: Some("launch".to_owned()), ..Point::new(at("2026-01-01"), 5.0) };
        let old = series.put(noted.clone()).unwrap().unwrap();
        assert_eq!(series.get(at("2026-01-01")), Some(noted));
        series.put(old).unwrap();
        assert_eq!(series, before);
    }

    #[test]
    fn a_period_later_is_the_same_day_or_the_last_of_the_month() {
        for (from, cadence, periods, expected) in [
            ("2026-01-31", Cadence::Monthly, 1, "2026-02-28"),
            ("2026-01-31", Cadence::Monthly, 2, "2026-03-31"),
            ("2026-02-28", Cadence::Quarterly, 1, "2026-05-31"),
            ("2026-01-30", Cadence::Monthly, 1, "2026-02-28"),
            ("2026-01-15", Cadence::Monthly, 13, "2027-02-15"),
            ("2024-02-29", Cadence::Yearly, 1, "2025-02-28"),
            ("2025-02-28", Cadence::Yearly, 3, "2028-02-29"),
            ("2026-11-16", Cadence::Weekly, 2, "2026-11-30"),
        ] {
            assert_eq!(at(from).later_by(cadence, periods).to_string(), expected, "{from}");
        }
    }

    #[test]
    fn stamps_print_as_dates_or_times() {
        assert_eq!(at("2026-03-01").to_string(), "2026-03-01");
        assert_eq!(Stamp::from_seconds(at("2026-03-01").seconds() + 3600).to_string(), "2026-03-01T01:00:00");
        assert_eq!(at("1970-01-02").days(), 1.0);
    }
}
