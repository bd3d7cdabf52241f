//! Several metrics over the same time: each from 100 where the time begins, or as they are where they share a unit.

use std::sync::Arc;

use super::ValueFormat;
use super::figure::{Axis, Figure, Pen, Reading, Rule, Scale, Series, Spot, SpotRow, Tone, Way};
use super::hover::date_of;
use super::subject::{Subject, span_words};
use super::table::{Cell, Table};
use super::values::day;
use super::words::few_words;
use crate::analysis::Regrained;
use crate::model::{Bounds, Cadence, Metric, Unit, period_words};

/// So many metrics wear colours of their own; the rest is context.
const COLOURED: usize = 5;

/// How several metrics share an axis.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Against {
    /// 100 is the first complete value of each in the days shown.
    #[default]
    Index,
    /// As they are, where all have the same unit.
    Values,
}

struct Curve<'a> {
    metric: &'a Metric,
    format: ValueFormat,
    tone: Tone,
    cadence: Cadence,
    /// Days and values of the complete periods shown, `None` for gaps.
    values: Vec<(f64, Option<f64>)>,
    /// What is 100.
    base: Option<(f64, f64)>,
}

/// The metric and those it is compared with over the days shown.
pub fn compare_metrics(subject: &Subject<'_>, against: Against) -> Figure {
    let mut curves = vec![curve(subject, subject.metric, subject.values, Tone::Focus)];
    for (index, other) in subject.with.iter().enumerate() {
        let tone = if index + 1 < COLOURED { Tone::Series(index + 1) } else { Tone::Context };
        curves.push(curve(subject, other.metric, &other.values, tone));
    }
    let same_unit = curves.iter().all(|c| c.metric.unit == subject.metric.unit);
    let against = if same_unit { against } else { Against::Index };
    let mut remarks = Vec::new();
    if against == Against::Index {
        for curve in curves.iter().filter(|c| c.base.is_none_or(|(_, base)| base <= 0.0)) {
            let why =
                if curve.base.is_none() { "has no complete value in this time" } else { "does not begin above zero, so it has no index" };
            remarks.push(format!("{} {why}", curve.metric.name));
        }
        curves.retain(|c| c.base.is_some_and(|(_, base)| base > 0.0));
    } else {
        curves.retain(|c| c.base.is_some());
    }
    let Some((from, to)) = span(&curves) else {
        return Figure::empty(&subject.metric.name, subject.supports(), "No values in this time that can be compared");
    };
    let plain = ValueFormat { unit: Unit::Count, decimals: 0, locale: subject.format().locale };
    let format = if against == Against::Index { plain } else { subject.format() };
    let height = |curve: &Curve<'_>, y: f64| match against {
        Against::Index => curve.base.map_or(y, |(_, base)| y / base * 100.0),
        Against::Values => y,
    };
    // Context first, what it is about last.
    let series: Vec<Series> = curves
        .iter()
        .rev()
        .map(|curve| {
            let points: Vec<(f64, Option<f64>)> = curve.values.iter().map(|(x, y)| (*x, y.map(|y| height(curve, y)))).collect();
            let runs: Vec<Arc<[[f64; 2]]>> = runs(&points);
            let end = runs.last().and_then(|r| r.last()).map(|p| format!("{} {}", curve.metric.short_name(), format.value(p[1])));
            Series { name: curve.metric.name.clone(), runs, tone: curve.tone, pen: Pen::Line, end_label: end }
        })
        .collect();
    let bounds = if against == Against::Values { subject.metric.bounds } else { Bounds::default() };
    let y = Axis::around(series.iter().flat_map(|s| &s.runs).flat_map(|run| run.iter().map(|p| p[1])), format.clone(), bounds);
    if against == Against::Index {
        remarks.insert(0, starts(subject, &curves));
    } else {
        remarks.extend(y.note());
    }
    if subject.with.is_empty() {
        remarks.push("Nothing is compared with it yet".to_owned());
    }
    let title = title(subject, &curves, against);
    let subtitle = subtitle(&curves, against, &format, (from, to), y.range.1);
    let rules = match against {
        Against::Index => vec![Rule { way: Way::Level, at: 100.0, label: String::new(), tone: Tone::Muted }],
        Against::Values => Vec::new(),
    };
    let said: Vec<String> = series.iter().rev().filter_map(|s| s.end_label.clone()).collect();
    let calendar = subject.context.project.settings.calendar;
    let cadence = curves.iter().map(|c| c.cadence).min().unwrap_or(subject.values.cadence);
    Figure {
        name: subject.metric.name.clone(),
        subtitle,
        supports: subject.supports(),
        x: Axis { range: (from, to), scale: Scale::Days { calendar, cadence }, name: None },
        y,
        zones: Vec::new(),
        bars: Vec::new(),
        series,
        rules,
        spots: spots(subject, &curves, height, against, &format),
        reading: Reading::Across,
        remarks,
        summary: String::new(),
        table: table(subject, &curves),
        empty: None,
        title,
    }
    .summed_up(&[format!("At the end: {}", said.join(", "))])
}

fn curve<'a>(subject: &Subject<'_>, metric: &'a Metric, values: &Regrained, tone: Tone) -> Curve<'a> {
    let shown = values.values.iter().filter(|v| v.complete && subject.days.0 <= v.period.last && v.period.last <= subject.days.1);
    let values_shown: Vec<(f64, Option<f64>)> = shown.map(|v| (day(v.period.last), v.value)).collect();
    let base = values_shown.iter().find_map(|(x, y)| Some((*x, (*y)?)));
    let format = ValueFormat::of(subject.context.project, Some(metric));
    Curve { metric, format, tone, cadence: values.cadence, values: values_shown, base }
}

fn runs(points: &[(f64, Option<f64>)]) -> Vec<Arc<[[f64; 2]]>> {
    let unbroken = points.chunk_by(|a, b| a.1.is_some() == b.1.is_some());
    unbroken.map(|chunk| chunk.iter().filter_map(|(x, y)| Some([*x, (*y)?])).collect::<Arc<[_]>>()).filter(|r| !r.is_empty()).collect()
}

fn span(curves: &[Curve<'_>]) -> Option<(f64, f64)> {
    let days = curves.iter().flat_map(|c| c.values.iter().filter(|v| v.1.is_some()).map(|v| v.0));
    let (from, to) = days.fold((f64::INFINITY, f64::NEG_INFINITY), |(a, b), x| (a.min(x), b.max(x)));
    (from <= to).then_some(if from < to { (from, to) } else { (from - 15.0, to + 15.0) })
}

fn when(subject: &Subject<'_>, cadence: Cadence, x: f64) -> String {
    let calendar = subject.context.project.settings.calendar;
    period_words(&calendar, cadence, calendar.period_of(cadence, date_of(x)))
}

/// "100 is Nov 2025; NPS begins in Jan 2026".
fn starts(subject: &Subject<'_>, curves: &[Curve<'_>]) -> String {
    let begins = |c: &Curve<'_>| c.base.map(|(x, _)| when(subject, c.cadence, x)).unwrap_or_default();
    let first = curves.first().map(begins).unwrap_or_default();
    let mut words = vec![format!("100 is the first complete value in this time: {first}")];
    let late = curves.iter().skip(1).filter(|c| begins(c) != first);
    words.extend(late.map(|c| format!("of {}: {}", c.metric.short_name(), begins(c))));
    words.join("; ")
}

fn grown(curve: &Curve<'_>) -> Option<f64> {
    let last = curve.values.iter().rev().find_map(|v| v.1)?;
    Some(last / curve.base?.1 - 1.0)
}

fn title(subject: &Subject<'_>, curves: &[Curve<'_>], against: Against) -> String {
    let name = |c: &Curve<'_>| c.metric.short_name().to_owned();
    let locale = subject.format().locale;
    let change = |c: &Curve<'_>| {
        let share = grown(c)?;
        let verb = if share >= 0.0 { "rose" } else { "fell" };
        Some(format!("{} {verb} {}", name(c), locale.percent(share.abs(), 0)))
    };
    let is_subject = |c: &&Curve<'_>| c.metric.id == subject.metric.id;
    let drafts = match against {
        Against::Values => Vec::new(),
        Against::Index => {
            let own = curves.iter().find(is_subject).and_then(change);
            let mut others: Vec<&Curve<'_>> = curves.iter().filter(|c| !is_subject(c)).collect();
            others.sort_by(|a, b| grown(b).unwrap_or(0.0).total_cmp(&grown(a).unwrap_or(0.0)));
            let most = others.first().and_then(|c| change(c));
            match (own, most) {
                (Some(own), Some(most)) => vec![format!("{own}, {most}"), own],
                (Some(own), None) => vec![own],
                (None, most) => most.into_iter().collect(),
            }
        }
    };
    drafts.into_iter().find(|d| few_words(d)).unwrap_or_else(|| curves.iter().map(name).collect::<Vec<_>>().join(", "))
}

fn subtitle(curves: &[Curve<'_>], against: Against, format: &ValueFormat, (from, to): (f64, f64), largest: f64) -> String {
    let when = span_words(date_of(from), date_of(to));
    match against {
        Against::Index => format!("{}, index, {when}", crate::model::capitalised(&metrics_words(curves.len()))),
        Against::Values => {
            let unit = format.unit_words(crate::model::Magnitude::of(largest)).map(|u| format!(", {u}")).unwrap_or_default();
            format!("{}{unit}, {when}", crate::model::capitalised(&metrics_words(curves.len())))
        }
    }
}

fn metrics_words(count: usize) -> String {
    if count == 1 { "1 metric".to_owned() } else { format!("{count} metrics") }
}

/// The last value that a curve has on a day or before it.
fn known_on(curve: &Curve<'_>, x: f64) -> Option<f64> {
    let after = curve.values.partition_point(|v| v.0 <= x);
    // Older than its own period it is no value of that day.
    let (at, y) = *curve.values.get(after.checked_sub(1)?)?;
    y.filter(|_| x - at < curve.cadence.mean_days() * 1.1 + 1.0)
}

/// Days that are read: those of the first curve.
fn read_days<'c>(curves: &'c [Curve<'_>]) -> impl Iterator<Item = f64> + 'c {
    curves.first().into_iter().flat_map(|c| c.values.iter().filter(|v| v.1.is_some()).map(|v| v.0))
}

fn spots(
    subject: &Subject<'_>,
    curves: &[Curve<'_>],
    height: impl Fn(&Curve<'_>, f64) -> f64,
    against: Against,
    format: &ValueFormat,
) -> Vec<Spot> {
    let spot = |x: f64| {
        let first = curves.first()?;
        let rows = curves.iter().filter_map(|curve| {
            let y = known_on(curve, x)?;
            let value = match against {
                Against::Index => format!("{} ({})", format.value(height(curve, y)), curve.format.value(y)),
                Against::Values => curve.format.exact(y),
            };
            Some(SpotRow { tone: Some(curve.tone), name: curve.metric.short_name().to_owned(), value })
        });
        Some(Spot { at: [x, height(first, known_on(first, x)?)], title: when(subject, first.cadence, x), rows: rows.collect() })
    };
    read_days(curves).filter_map(spot).collect()
}

fn table(subject: &Subject<'_>, curves: &[Curve<'_>]) -> Table {
    let columns = std::iter::once("Period".to_owned()).chain(curves.iter().map(|c| c.metric.name.clone())).collect();
    let Some(cadence) = curves.first().map(|c| c.cadence) else { return Table::default() };
    let row = |x: f64| {
        let period = Cell::Ordered { place: x, shown: when(subject, cadence, x), plain: date_of(x).to_string() };
        std::iter::once(period).chain(curves.iter().map(|c| Cell::exact(known_on(c, x), &c.format))).collect()
    };
    Table { columns, rows: read_days(curves).map(row).collect() }
}
