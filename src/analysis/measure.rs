//! The value that a goal is judged by: the latest complete period, a total so far, a check-in or the steps done.

use crate::analysis::Study;
use crate::model::{Aggregation, Aim, Cadence, Calendar, CheckIn, Date, Goal, KeyResult, Limit, Metric, Period, Project, Recording, Span};

use super::effort::Work;
use super::regrain::{PeriodValue, Regrained};
use super::result::{Current, Maintain};
use super::then::{Then, steps_done};
use super::values::metric_values;

/// What is known of the value of a key result or initiative on a day.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Measure {
    pub(super) current: Option<Current>,
    /// The latest value, where it is too old to count.
    pub(super) stale: Option<Current>,
    /// The value of the final period is there.
    pub(super) is_final: bool,
    /// The last period that ends on or before the due date; `None` where none lies in the span or there is no due date.
    pub(super) final_period: Option<Period>,
    /// Points in the metric's whole history; `None` where no metric is measured.
    pub(super) history: Option<usize>,
    pub(super) cadence: Cadence,
    pub(super) maintain: Option<Maintain>,
    /// The total over the span is aimed at.
    pub(super) accumulates: bool,
}

/// The limit that a "stay" aim keeps to, and the share of periods required.
pub(super) fn kept_limit(aim: &Aim) -> Option<(Limit, f64)> {
    match *aim {
        Aim::AtLeast { threshold, required_share } => Some((Limit::AtLeast(threshold), required_share)),
        Aim::AtMost { threshold, required_share } => Some((Limit::AtMost(threshold), required_share)),
        Aim::Between { low, high, required_share } => Some((Limit::Within { low, high }, required_share)),
        Aim::Increase { .. } | Aim::Decrease { .. } | Aim::Milestone { .. } | Aim::Baseline { .. } => None,
    }
}

/// The latest complete period that has a value, and the value before it.
pub(super) fn latest(values: &Regrained, until: Date) -> Option<Current> {
    let mut complete = values.complete().rev().skip_while(|(v, _)| v.period.last > until);
    let (found, value) = complete.next()?;
    let period = found.period;
    Some(Current { value, period, previous: complete.next().map(|(_, v)| v), judged_on: period.last })
}

/// Older than two cadences: the two periods after it are over as well.
pub(super) fn is_stale(calendar: Calendar, cadence: Cadence, period: Period, on: Date) -> bool {
    let second = calendar.next(cadence, calendar.next(cadence, calendar.period_of(cadence, period.last)));
    on > second.last
}

impl Measure {
    pub(super) fn of(project: Study<'_>, goal: &Goal, then: &Then, check_ins: &[&CheckIn], as_of: Date) -> Self {
        let until = then.span.due.map_or(as_of, |due| due.min(as_of));
        let check_in_cadence = goal.check_in_cadence.unwrap_or(project.settings.check_in_cadence);
        if steps_done(goal, until).is_some() {
            return Self::steps(goal, until, check_in_cadence);
        }
        let Some((key_result, aim)) = goal.as_key_result().zip(then.aim.as_ref()) else {
            return Self::nothing(check_in_cadence);
        };
        match key_result.metric.as_ref().and_then(|id| project.metric(id)) {
            Some(metric) => Self::metric(project, key_result, metric, aim, then.span, as_of),
            None => Self::check_ins(&project, check_ins, aim, then.span, check_in_cadence),
        }
    }

    fn nothing(cadence: Cadence) -> Self {
        Self { current: None, stale: None, is_final: false, final_period: None, history: None, cadence, maintain: None, accumulates: false }
    }

    fn steps(goal: &Goal, until: Date, cadence: Cadence) -> Self {
        let day = Period { first: until, last: until };
        let current = steps_done(goal, until).filter(|(_, all)| *all > 0).map(|(done, _)| Current {
            value: done as f64,
            period: day,
            previous: None,
            judged_on: until,
        });
        // What is done by the due date is known on the due date.
        Self { current, is_final: true, final_period: Some(day), ..Self::nothing(cadence) }
    }

    fn metric(project: Study<'_>, key_result: &KeyResult, metric: &Metric, aim: &Aim, span: Span, as_of: Date) -> Self {
        let calendar = project.settings.calendar;
        let until = span.due.map_or(as_of, |due| due.min(as_of));
        let values = metric_values(project, metric, metric.cadence, as_of);
        let cadence = values.cadence;
        let is_long = metric.formula().is_some() || kept_limit(aim).is_some() || key_result.accumulating;
        if is_long && !project.spend(Work::Goals, values.values.len().max(if key_result.accumulating { metric.series.len() } else { 0 })) {
            return Self::nothing(cadence);
        }
        let history = if metric.formula().is_none() { metric.series.len_up_to(as_of) } else { values.present().count() };
        let final_period = span.due.map(|due| last_period_by(calendar, cadence, due)).filter(|p| span.start.is_none_or(|s| p.last > s));
        let known = Self { history: Some(history), final_period, ..Self::nothing(cadence) };
        if accumulates(key_result, metric, aim, span, calendar) {
            return known.total(metric, &values, calendar, span, as_of);
        }
        // In the end only a period of the span can judge a goal.
        let is_over = span.due.is_some_and(|due| as_of > due);
        let found = latest(&values, until).filter(|_| !is_over || final_period.is_some());
        let stale = found.filter(|c| is_stale(calendar, cadence, c.period, until));
        let current = found.filter(|_| stale.is_none());
        let maintain = kept_limit(aim).filter(|_| current.is_some()).map(|(limit, _)| {
            let inside = |p: Period| span.start.is_none_or(|s| s <= p.first) && p.last <= until;
            kept(limit, values.values.iter().filter(|v| v.complete && inside(v.period)).map(|v| v.value), Some(cadence))
        });
        let is_final = current.is_some_and(|c| Some(c.period) == final_period);
        Self { current, stale, is_final, maintain, ..known }
    }

    /// Accumulating: every recorded day of the span counts, unfinished periods too.
    fn total(self, metric: &Metric, values: &Regrained, calendar: Calendar, span: Span, as_of: Date) -> Self {
        let cadence = self.cadence;
        let until = span.due.map_or(as_of, |due| due.min(as_of));
        // A span inside one period takes the point of that period, whichever of its days the point is dated.
        let within_one = span.start.zip(span.due).is_some_and(|(start, due)| calendar.period_of(cadence, start).contains(due));
        let start = span.start.map_or(Date::MIN, |start| if within_one { calendar.period_of(cadence, start).first } else { start });
        let inside = |date: Date| start <= date && date <= until;
        let points: Vec<(Date, f64, Option<Date>)> = if metric.formula().is_some() {
            let of = |v: &PeriodValue| v.value.filter(|_| inside(v.period.first)).map(|value| (v.period.first, value, v.data_to));
            values.values.iter().filter_map(of).collect()
        } else {
            let series = &metric.series;
            let visible = series.len_up_to(until);
            let from = series.times().partition_point(|t| t.date() < start).min(visible);
            let points = series.times()[from..visible].iter().zip(&series.values()[from..visible]);
            points.map(|(&at, &value)| (at.date(), value, series.data_to(at))).collect()
        };
        let Some(&(last_on, last, mark)) = points.last() else { return Self { accumulates: true, ..self } };
        let total: f64 = match metric.recording {
            Recording::Increments => points.iter().map(|p| p.1).sum(),
            // "The total so far" is that of the span.
            Recording::RunningTotals => last,
        };
        let before = points.len().checked_sub(2).map(|i| points[i].1);
        let previous = match metric.recording {
            Recording::Increments => before.map(|_| total - last),
            Recording::RunningTotals => before,
        };
        let reaches = mark.unwrap_or(calendar.period_of(cadence, last_on).last);
        let covered = reaches.min(until).max(last_on);
        let period = Period { first: span.start.unwrap_or(points[0].0), last: covered };
        let found = Current { value: total, period, previous, judged_on: covered };
        let is_old = is_stale(calendar, cadence, Period { first: covered, last: covered }, until);
        // Nothing more is expected once two further periods have passed.
        let is_final = span.due.is_some_and(|due| reaches >= due || is_stale(calendar, cadence, Period { first: due, last: due }, as_of));
        let (current, stale) = if is_old { (None, Some(found)) } else { (Some(found), None) };
        Self { current, stale, is_final, accumulates: true, ..self }
    }

    /// Without a metric the last check-in's value counts.
    fn check_ins(project: &Project, check_ins: &[&CheckIn], aim: &Aim, span: Span, cadence: Cadence) -> Self {
        let said: Vec<(Date, f64)> = check_ins.iter().filter_map(|c| Some((c.date, c.value?))).collect();
        let current = said.last().map(|&(on, value)| Current {
            value,
            period: Period { first: on, last: on },
            previous: said.len().checked_sub(2).map(|i| said[i].1),
            judged_on: on,
        });
        let final_period = span.due.map(|due| project.settings.calendar.period_of(cadence, due));
        let is_final = current.zip(final_period).is_some_and(|(c, p)| c.judged_on >= p.first);
        let maintain = kept_limit(aim).filter(|_| current.is_some()).map(|(limit, _)| {
            let inside = said.iter().filter(|(on, _)| span.start.is_none_or(|s| s <= *on));
            kept(limit, inside.map(|&(_, value)| Some(value)), None)
        });
        Self { current, is_final, final_period, maintain, ..Self::nothing(cadence) }
    }
}

/// The last period that ends on or before a day.
pub(super) fn last_period_by(calendar: Calendar, cadence: Cadence, day: Date) -> Period {
    let containing = calendar.period_of(cadence, day);
    if containing.last <= day { containing } else { calendar.previous(cadence, containing) }
}

/// Said so, or a sum whose cadence is not shorter than the span (and that starts from nothing).
pub(super) fn accumulates(key_result: &KeyResult, metric: &Metric, aim: &Aim, span: Span, calendar: Calendar) -> bool {
    if key_result.accumulating {
        return true;
    }
    let from_nothing = matches!(aim, Aim::Increase { start, .. } if *start == 0.0);
    let fits = span.start.zip(span.due).is_some_and(|(start, due)| calendar.period_of(metric.cadence, start).contains(due));
    from_nothing && metric.aggregation == Aggregation::Sum && metric.cadence > Cadence::Daily && fits
}

/// Counts periods met. A period without a value counts neither way, but ends a row.
fn kept(limit: Limit, values: impl Iterator<Item = Option<f64>>, cadence: Option<Cadence>) -> Maintain {
    let mut result = Maintain { met: 0, of: 0, in_a_row: 0, missed_in_a_row: 0, last_met: None, cadence };
    for value in values {
        let Some(value) = value else {
            (result.in_a_row, result.missed_in_a_row) = (0, 0);
            continue;
        };
        let met = limit.is_met_by(value);
        result.of += 1;
        result.last_met = Some(met);
        if met {
            result.met += 1;
            (result.in_a_row, result.missed_in_a_row) = (result.in_a_row + 1, 0);
        } else {
            (result.in_a_row, result.missed_in_a_row) = (0, result.missed_in_a_row + 1);
        }
    }
    result
}
