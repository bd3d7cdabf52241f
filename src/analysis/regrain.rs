//! From recorded points to one value a period (SEMANTICS, "Periods").

use crate::model::{Aggregation, Cadence, Calendar, Date, Period, Series, Stamp};

/// The value of one period.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct PeriodValue {
    pub period: Period,
    /// Missing stays missing.
    pub value: Option<f64>,
    /// The as-of day is at or past the last day, and no point is marked "data to" an earlier day.
    pub complete: bool,
    /// How many points went into the value.
    pub points: usize,
    /// Where unfinished: the last day that the value covers.
    pub data_to: Option<Date>,
    /// The value stands for less than the period (up to the as-of day): finer periods inside it are missing.
    pub gaps: bool,
}

/// A metric's values, one for **every** period from the first point to the last.
#[derive(Clone, Debug, PartialEq)]
pub struct Regrained {
    /// What was asked for, or the coarser grain that the data has.
    pub cadence: Cadence,
    pub values: Vec<PeriodValue>,
}

impl Regrained {
    /// Periods that have a value, oldest first.
    pub fn present(&self) -> impl DoubleEndedIterator<Item = (&PeriodValue, f64)> {
        self.values.iter().filter_map(|v| Some((v, v.value?)))
    }

    /// Complete periods that have a value, oldest first.
    pub fn complete(&self) -> impl DoubleEndedIterator<Item = (&PeriodValue, f64)> {
        self.present().filter(|(v, _)| v.complete)
    }

    /// The entry of the period that contains a day.
    pub fn on(&self, date: Date) -> Option<&PeriodValue> {
        let index = self.values.partition_point(|v| v.period.last < date);
        self.values.get(index).filter(|v| v.period.contains(date))
    }
}

/// Gathers the points of one period.
struct Gathering {
    period: Period,
    points: usize,
    total: f64,
    /// The value so far for `last`, `min` and `max`.
    kept: f64,
    /// Finer periods, wholly inside this one, that have a complete point.
    whole_parts: i64,
    last_part: Period,
    mark: Option<Date>,
}

impl Gathering {
    fn value(&self, aggregation: Aggregation) -> f64 {
        match aggregation {
            Aggregation::Sum => self.total,
            Aggregation::Mean => self.total / self.points as f64,
            Aggregation::Last | Aggregation::Min | Aggregation::Max => self.kept,
        }
    }
}

/// Points of cadence `own` to periods of cadence `to` (never finer than `own`). Points after `as_of` are hidden.
pub fn regrain(series: &Series, own: Cadence, to: Cadence, aggregation: Aggregation, calendar: &Calendar, as_of: Date) -> Regrained {
    let cadence = own.max(to);
    let visible = series.len_up_to(as_of);
    let mut values: Vec<PeriodValue> = Vec::new();
    let mut open: Option<Gathering> = None;
    // Period bounds in seconds, so that a million points need no calendar arithmetic each.
    let (mut part_ends, mut period_ends) = (i64::MIN, i64::MIN);
    for (&at, &value) in series.times()[..visible].iter().zip(series.values()) {
        let new_part = at.seconds() >= part_ends;
        let mut part = None;
        if new_part {
            let found = calendar.period_of(own, at.date());
            part_ends = end_of(found);
            part = Some(found);
        }
        if at.seconds() >= period_ends {
            if let Some(done) = open.take() {
                close(&mut values, &done, own, cadence, aggregation, *calendar, as_of);
            }
            let period = calendar.period_of(cadence, at.date());
            period_ends = end_of(period);
            fill_missing(&mut values, period, cadence, *calendar, as_of);
            // A week that began in the month before goes on in this one.
            let part = part.unwrap_or_else(|| calendar.period_of(own, at.date()));
            open = Some(Gathering { period, points: 0, total: 0.0, kept: value, whole_parts: 0, last_part: part, mark: None });
            if let Some(g) = &mut open {
                g.count_part(part);
            }
        } else if let (Some(g), Some(part)) = (&mut open, part) {
            g.count_part(part);
        }
        if let Some(g) = &mut open {
            g.points += 1;
            g.total += value;
            g.kept = match aggregation {
                Aggregation::Min => g.kept.min(value),
                Aggregation::Max => g.kept.max(value),
                Aggregation::Sum | Aggregation::Mean | Aggregation::Last => value,
            };
            g.mark = series.data_to(at);
        }
    }
    if let Some(done) = open {
        close(&mut values, &done, own, cadence, aggregation, *calendar, as_of);
    }
    Regrained { cadence, values }
}

impl Gathering {
    fn count_part(&mut self, part: Period) {
        self.last_part = part;
        if part.first >= self.period.first && part.last <= self.period.last {
            self.whole_parts += 1;
        }
    }
}

/// The first second after a period.
fn end_of(period: Period) -> i64 {
    Stamp::from_date(period.last).seconds() + 86_400
}

fn fill_missing(values: &mut Vec<PeriodValue>, up_to: Period, cadence: Cadence, calendar: Calendar, as_of: Date) {
    while let Some(last) = values.last() {
        let period = calendar.next(cadence, last.period);
        if period.first >= up_to.first || period.first <= last.period.first {
            break;
        }
        values.push(PeriodValue { period, value: None, complete: period.last <= as_of, points: 0, data_to: None, gaps: false });
    }
}

fn close(
    values: &mut Vec<PeriodValue>,
    done: &Gathering,
    own: Cadence,
    cadence: Cadence,
    aggregation: Aggregation,
    calendar: Calendar,
    as_of: Date,
) {
    let period = done.period;
    // A mark on the last point says how far the value reaches; without one it reaches to the end of its own period.
    let reaches = done.mark.unwrap_or(done.last_part.last).min(as_of);
    let cut_short = done.mark.is_some_and(|mark| mark < period.last.min(done.last_part.last));
    let complete = period.last <= as_of && !cut_short;
    let data_to = (!complete).then_some(reaches.min(period.last));
    let gaps = own < cadence && done.whole_parts < parts_inside(period, own, calendar, as_of);
    values.push(PeriodValue { period, value: Some(done.value(aggregation)), complete, points: done.points, data_to, gaps });
}

/// Finer periods that lie wholly inside a period and are over.
fn parts_inside(period: Period, own: Cadence, calendar: Calendar, as_of: Date) -> i64 {
    let end = period.last.min(as_of);
    let mut first = calendar.period_of(own, period.first);
    if first.first < period.first {
        first = calendar.next(own, first);
    }
    let mut last = calendar.period_of(own, end);
    if last.last > end {
        last = calendar.previous(own, last);
    }
    if last.first < first.first { 0 } else { calendar.periods_between(own, first.first, last.first) + 1 }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analysis::fixture::day;
    use crate::model::Point;
    use proptest::prelude::*;

    fn series(points: &[(&str, f64)]) -> Series {
        Series::from_points(points.iter().map(|&(at, value)| Point::new(Stamp::from_date(day(at)), value))).unwrap()
    }

    fn to_months(points: &[(&str, f64)], aggregation: Aggregation, as_of: &str) -> Vec<PeriodValue> {
        regrain(&series(points), Cadence::Daily, Cadence::Monthly, aggregation, &Calendar::default(), day(as_of)).values
    }

    #[test]
    fn points_of_a_month_become_one_value() {
        let points = [("2026-01-05", 4.0), ("2026-01-20", 1.0), ("2026-01-31", 7.0)];
        let value = |aggregation| to_months(&points, aggregation, "2026-01-31")[0].value.unwrap();
        assert_eq!(
            [Aggregation::Sum, Aggregation::Mean, Aggregation::Last, Aggregation::Min, Aggregation::Max].map(value),
            [12.0, 4.0, 7.0, 1.0, 7.0]
        );
    }

    #[test]
    fn a_month_without_points_is_there_and_missing() {
        let values = to_months(&[("2026-01-31", 1.0), ("2026-03-31", 3.0)], Aggregation::Last, "2026-04-10");
        assert_eq!(values.iter().map(|v| v.value).collect::<Vec<_>>(), [Some(1.0), None, Some(3.0)]);
        assert_eq!(values.iter().map(|v| v.points).collect::<Vec<_>>(), [1, 0, 1]);
    }

    #[test]
    fn the_month_under_way_is_unfinished_and_says_how_far_it_reaches() {
        let points = [("2026-01-31", 1.0), ("2026-02-10", 2.0), ("2026-02-20", 5.0)];
        let values = to_months(&points, Aggregation::Sum, "2026-02-15");
        // The 20th is hidden on the 15th.
        assert_eq!((values[1].value, values[1].complete, values[1].data_to), (Some(2.0), false, Some(day("2026-02-10"))));
        let whole = to_months(&points, Aggregation::Sum, "2026-02-28");
        assert_eq!((whole[1].value, whole[1].complete, whole[1].data_to), (Some(7.0), true, None));
    }

    #[test]
    fn a_point_marked_data_to_leaves_its_period_unfinished() {
        let mut marked = series(&[("2026-01-01", 10.0), ("2026-02-01", 4.0)]);
        let at = Stamp::from_date(day("2026-02-01"));
        marked.put(Point { data_to: Some(day("2026-02-12")), ..Point::new(at, 4.0) }).unwrap();
        let of = |to| regrain(&marked, Cadence::Monthly, to, Aggregation::Sum, &Calendar::default(), day("2026-04-30")).values;
        let february = of(Cadence::Monthly)[1];
        assert_eq!((february.complete, february.data_to), (false, Some(day("2026-02-12"))));
        let quarter = of(Cadence::Quarterly)[0];
        assert_eq!((quarter.value, quarter.complete, quarter.data_to), (Some(14.0), false, Some(day("2026-02-12"))));
    }

    #[test]
    fn a_sum_over_gaps_says_so() {
        let of = |points: &[(&str, f64)]| {
            regrain(&series(points), Cadence::Monthly, Cadence::Quarterly, Aggregation::Sum, &Calendar::default(), day("2026-04-30")).values
                [0]
        };
        assert!(!of(&[("2026-01-01", 1.0), ("2026-02-01", 1.0), ("2026-03-01", 1.0)]).gaps);
        assert!(of(&[("2026-01-01", 1.0), ("2026-03-01", 1.0)]).gaps);
    }

    #[test]
    fn weeks_across_a_month_are_no_gap() {
        // Mondays of January 2026 are the 5th, 12th, 19th and 26th; the week of 29 December reaches into January.
        let points = [("2026-01-05", 1.0), ("2026-01-12", 1.0), ("2026-01-19", 1.0), ("2026-01-26", 1.0)];
        let month = regrain(&series(&points), Cadence::Weekly, Cadence::Monthly, Aggregation::Sum, &Calendar::default(), day("2026-02-28"));
        assert_eq!((month.values[0].value, month.values[0].gaps), (Some(4.0), false));
        let without_one = regrain(
            &series(&[points[0], points[1], points[3]]),
            Cadence::Weekly,
            Cadence::Monthly,
            Aggregation::Sum,
            &Calendar::default(),
            day("2026-02-28"),
        );
        assert!(without_one.values[0].gaps);
    }

    #[test]
    fn a_coarser_metric_is_not_made_finer() {
        let quarterly = regrain(
            &series(&[("2026-01-01", 1.0)]),
            Cadence::Quarterly,
            Cadence::Monthly,
            Aggregation::Last,
            &Calendar::default(),
            day("2026-12-31"),
        );
        assert_eq!((quarterly.cadence, quarterly.values.len()), (Cadence::Quarterly, 1));
    }

    fn any_cadence() -> impl Strategy<Value = Cadence> {
        proptest::sample::select(Cadence::ALL.to_vec())
    }

    proptest! {
        #[test]
        fn sums_keep_the_total_and_periods_follow_each_other(
            days in proptest::collection::btree_map(0u64..1500, -1000i32..1000, 1..200),
            own in any_cadence(),
            to in any_cadence(),
            fiscal_start_month in 1u32..=12,
        ) {
            let first = day("2023-01-01");
            let points = days.iter().map(|(&d, &v)| Point::new(Stamp::from_date(first + chrono::Days::new(d)), f64::from(v)));
            let series = Series::from_points(points).unwrap();
            let calendar = Calendar { fiscal_start_month, ..Calendar::default() };
            let found = regrain(&series, own, to, Aggregation::Sum, &calendar, day("2030-01-01"));
            let total: f64 = series.values().iter().sum();
            prop_assert_eq!(found.present().map(|(_, v)| v).sum::<f64>(), total);
            prop_assert_eq!(found.values.iter().map(|v| v.points).sum::<usize>(), series.len());
            for pair in found.values.windows(2) {
                prop_assert_eq!(calendar.next(found.cadence, pair[0].period), pair[1].period);
            }
            for (value, _) in found.present() {
                prop_assert!(value.complete && value.data_to.is_none());
            }
        }

        #[test]
        fn hidden_points_change_nothing(
            days in proptest::collection::btree_map(0u64..400, -1000i32..1000, 1..100),
            cut in 0u64..400,
            to in any_cadence(),
        ) {
            let first = day("2025-01-01");
            let as_of = first + chrono::Days::new(cut);
            let make = |limit: u64| {
                let points = days.iter().filter(|(d, _)| **d <= limit);
                let points = points.map(|(&d, &v)| Point::new(Stamp::from_date(first + chrono::Days::new(d)), f64::from(v)));
                regrain(&Series::from_points(points).unwrap(), Cadence::Daily, to, Aggregation::Mean, &Calendar::default(), as_of)
            };
            prop_assert_eq!(make(cut), make(u64::MAX));
        }
    }
}
