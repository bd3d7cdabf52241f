//! The values of a metric as a table: what was expected, how far off it was, and how it changed.

use super::figure::Figure;
use super::hover::date_of;
use super::season::year_before;
use super::subject::Subject;
use super::table::{Cell, Table};
use super::values::{accumulates, day};
use super::{Chart, ValueFormat};
use crate::analysis::PeriodValue;
use crate::model::{Limit, capitalised, day_words};

/// What a value is held against.
enum Aimed {
    /// On the way to a target.
    Pace(f64),
    /// To be kept.
    Kept(Limit),
}

/// One row for each period shown that has a value: period, actual, expected or target, variance, change, change on a year ago, note.
/// `trend` is the chart of the same metric over time, whose pace it is.
pub fn value_table(subject: &Subject<'_>, trend: &Chart) -> Figure {
    let format = subject.format();
    let pursuit = subject.context.pursuit(subject.metric, subject.goal);
    // Towards a total, the total so far is expected, not the value of one period.
    let total = accumulates(subject.metric, pursuit);
    let shown: Vec<&PeriodValue> = subject.shown().iter().filter(|v| v.value.is_some()).collect();
    let (Some(first), Some(last)) = (shown.first(), shown.last()) else {
        return Figure::empty(&subject.metric.name, subject.supports(), "No values in this time");
    };
    let total_on = |value: &PeriodValue| {
        let end =
            pursuit.and_then(|p| subject.context.project.span(p.goal).due).map_or(value.period.last, |due| due.min(value.period.last));
        let end = day(end.min(subject.context.as_of()));
        trend.values.iter().find(|p| p[0] == end).map(|p| p[1])
    };
    let aimed = |value: &PeriodValue| {
        if let Some(pace) = trend.expected_at(day(value.period.last)) {
            return Some(Aimed::Pace(pace));
        }
        let kept = pursuit.filter(|p| p.key_result.aim.is_maintain()).and_then(|p| {
            let span = p.result.map_or_else(|| subject.context.project.span(p.goal), |r| r.span);
            let inside = span.start.is_none_or(|s| s <= value.period.first) && span.due.is_none_or(|d| value.period.last <= d);
            subject.target().filter(|_| inside)
        });
        kept.or_else(|| subject.metric.target_on(value.period.last)).map(Aimed::Kept)
    };
    let has_pace = shown.iter().any(|v| matches!(aimed(v), Some(Aimed::Pace(_))));
    let mut columns = vec!["Period".to_owned(), "Actual".to_owned()];
    columns.extend(total.then(|| "Total so far".to_owned()));
    columns.push(if has_pace { "Expected" } else { "Target" }.to_owned());
    columns.extend(["Variance", "Change", "On a year ago", "Note"].map(str::to_owned));
    let rows = shown.iter().rev().map(|value| {
        let actual = value.value;
        let held = if total { total_on(value) } else { actual };
        let aimed = aimed(value);
        // An unfinished period is not held against a whole one.
        let whole = |v: Option<f64>| v.filter(|_| value.complete);
        let variance = whole(held).zip(aimed.as_ref()).map(|(v, aim)| match *aim {
            Aimed::Pace(expected) => v - expected,
            Aimed::Kept(limit) => off(v, limit),
        });
        let calendar = subject.context.project.settings.calendar;
        let before = subject.values.on(calendar.previous(subject.values.cadence, value.period).last);
        let a_year = year_before(subject.values.cadence, value.period.first).and_then(|d| subject.values.on(d));
        let change = |then: Option<&PeriodValue>| whole(actual).zip(then.filter(|v| v.complete).and_then(|v| v.value)).map(|(a, b)| a - b);
        let mut row = vec![period(subject, value), Cell::exact(actual, &format)];
        row.extend(total.then(|| Cell::exact(held, &format)));
        row.push(aimed.as_ref().map_or(Cell::None, |aim| aim_cell(aim, &format)));
        row.extend([variance, change(before), change(a_year)].map(|v| Cell::difference(v, &format)));
        row.push(Cell::words(note(subject, value)));
        row
    });
    let rows: Vec<Vec<Cell>> = rows.collect();
    let title = trend.title.clone();
    let largest = shown.iter().filter_map(|v| v.value).fold(0.0f64, |m, v| m.max(v.abs()));
    let count = rows.len();
    let remarks =
        shown.iter().filter(|v| !v.complete).map(|v| format!("{} is unfinished", capitalised(&subject.period_words(v)))).collect();
    Figure {
        name: subject.metric.name.clone(),
        subtitle: subject.subtitle(&title, largest, Some((first.period.last, last.period.last))),
        table: Table { columns, rows },
        remarks,
        empty: None,
        title: title.clone(),
        ..Figure::empty(&subject.metric.name, subject.supports(), "")
    }
    .summed_up(&[format!("A table of {count} {}", subject.periods(count))])
}

/// How far a value is outside what is to be kept, with its sign; 0 inside. For one-sided limits how far it is from the limit.
fn off(value: f64, limit: Limit) -> f64 {
    match limit {
        Limit::AtLeast(limit) | Limit::AtMost(limit) => value - limit,
        Limit::Within { low, high } => value - value.clamp(low, high),
    }
}

fn aim_cell(aim: &Aimed, format: &ValueFormat) -> Cell {
    match *aim {
        Aimed::Pace(expected) => Cell::exact(Some(expected), format),
        Aimed::Kept(Limit::AtLeast(v)) => Cell::Number(v, format!("≥ {}", format.exact(v))),
        Aimed::Kept(Limit::AtMost(v)) => Cell::Number(v, format!("≤ {}", format.exact(v))),
        Aimed::Kept(Limit::Within { low, high }) => Cell::Words(format!("{} to {}", format.exact(low), format.exact(high))),
    }
}

fn period(subject: &Subject<'_>, value: &PeriodValue) -> Cell {
    let words = subject.period_words(value);
    let to = value.data_to.filter(|_| !value.complete).map(|to| format!(", to {}", day_words(to))).unwrap_or_default();
    Cell::Ordered { place: day(value.period.first), shown: format!("{words}{to}"), plain: value.period.first.to_string() }
}

/// What was noted on the points of a period.
fn note(subject: &Subject<'_>, value: &PeriodValue) -> String {
    let inside = subject.metric.series.notes().filter(|(at, _)| value.period.contains(date_of(at.days().floor())));
    inside.map(|(_, text)| text.trim()).collect::<Vec<_>>().join("; ")
}
