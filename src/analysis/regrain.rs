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
                close(&mut values, &done, own, cadence, aggregation, calendar, as_of);
            }
            let period = calendar.period_of(cadence, at.date());
            period_ends = end_of(period);
            fill_missing(&mut values, period, cadence, calendar, as_of);
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
        close(&mut values, &done, own, cadence, aggregation, calendar, as_of);
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

fn fill_missing(values: &mut Vec<PeriodValue>, up_to: Period, cadence: Cadence, calendar: &Calendar, as_of: Date) {
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
    calendar: &Calendar,
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
fn parts_inside(period: Period, own: Cadence, calendar: &Calendar, as_of: Date) -> i64 {
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
