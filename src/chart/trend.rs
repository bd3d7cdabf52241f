//! The chart of one metric over time, with what it is held against.

use std::sync::Arc;

use super::aims::Aims;
use super::context::{Context, Pursuit};
use super::forecast::Prospect;
use super::values::{Values, accumulates, day};
use super::{Chart, Gap, Label, LabelKind, LineId, Mark, Note, ValueFormat, ValueScale, events, words};
use crate::model::{Bounds, Cadence, GoalId, Metric, MetricId, Stamp, day_words};

/// What is drawn when there is nothing to draw: the year up to today.
const EMPTY_DAYS: f64 = 365.0;
/// Notes listed under a chart, the newest.
const NOTES: usize = 5;

/// The chart of a metric. With a goal, the target and pace are that key result's (or, for an objective, of a key result under
/// it); without one, those of the key result that the metric is pursued by now. Where the metric is missing the chart is empty and says so.
pub fn trend(context: &Context<'_>, metric: &MetricId, goal: Option<&GoalId>) -> Chart {
    trend_with(context, metric, goal, None)
}

/// The same with where the metric is going.
pub fn trend_with(context: &Context<'_>, metric: &MetricId, goal: Option<&GoalId>, outlook: Option<&Prospect<'_>>) -> Chart {
    let as_of = context.as_of();
    let Some(metric) = context.project.metric(metric) else {
        return empty(context, metric.as_str(), "This KPI is no longer in the project");
    };
    let format = ValueFormat { unit: metric.unit.clone(), decimals: metric.decimals, locale: context.project.settings.locale };
    let pursuit = context.pursuit(metric, goal);
    let span = pursuit.map(|p| p.result.map_or_else(|| context.project.span(p.goal), |r| r.span));
    let total = accumulates(metric, pursuit);
    let values = match span.and_then(|s| Some((s.start?, s.due?))).filter(|_| total) {
        Some(span) => Values::accumulated(context.project, metric, span, as_of),
        None => Values::of_metric(context.project, metric, as_of),
    };
    let first = values.all.first().map(|p| p[0]);
    let mut aims = Aims::default();
    if let Some(pursuit) = &pursuit {
        aims.pursue(context, pursuit, &format, first);
    }
    if let Some(outlook) = outlook {
        aims.outlook(outlook, metric, pursuit.as_ref(), &values, total, &format);
    }
    let x = domain(&values, &aims, day(as_of));
    aims.own_targets(metric, &format, x, as_of);
    aims.thresholds(metric, &format, x);
    aims.benchmarks(metric, &format, x, as_of);

    let supports = context.supports(metric, goal.or(pursuit.as_ref().map(|p| &p.goal.id)));
    let mut chart = assemble(context, &metric.name, format, values, aims, x);
    chart.cadence = if chart.cadence == Cadence::Hourly { Cadence::Hourly } else { chart.cadence.max(metric.cadence) };
    chart.supports = supports;
    chart.pursued = pursuit.as_ref().map(|p| p.goal.id.clone());
    chart.bounds = metric.bounds;
    chart.marks = events::marks(context.project, Some(&metric.id), x, as_of, chart.cadence);
    chart.bands.extend(events::bands(&chart.marks));
    chart.notes = if total { Vec::new() } else { notes(&chart, metric) };
    chart.gap = pursuit.as_ref().and_then(|p| gap(&chart, p));
    chart.labels.extend(value_labels(&chart));
    let heading = words::Heading { metric: Some(metric), total };
    words::finish(&mut chart, context, pursuit.as_ref(), &heading);
    chart
}

/// From the first thing to see to the last.
fn domain(values: &Values, aims: &Aims, today: f64) -> (f64, f64) {
    let ends = aims.lines.iter().flat_map(|l| [l.start(), l.end()]).flatten().map(|p| p[0]);
    let points = values.all.first().into_iter().chain(values.all.last()).map(|p| p[0]);
    let (low, high) = ends.chain(points).fold((f64::INFINITY, f64::NEG_INFINITY), |(lo, hi), x| (lo.min(x), hi.max(x)));
    if low > high { (today - EMPTY_DAYS, today) } else { (low, high) }
}

/// A chart of values and aims, without the words that need to know what it is of.
pub(super) fn assemble(context: &Context<'_>, name: &str, format: ValueFormat, values: Values, aims: Aims, x: (f64, f64)) -> Chart {
    let Aims { mut lines, bands, labels } = aims;
    lines.extend(values.lines(name));
    lines.sort_by_key(|l| l.id);
    let fit_x = if x.1 > x.0 { x } else { (x.0 - 15.0, x.1 + 15.0) };
    let empty = values.is_empty().then(|| "No values yet".to_owned());
    Chart {
        title: name.to_owned(),
        name: name.to_owned(),
        subtitle: String::new(),
        supports: Vec::new(),
        pursued: None,
        x,
        fit_x,
        lines,
        bands,
        marks: Vec::new(),
        notes: Vec::new(),
        labels,
        gap: None,
        as_of: day(context.as_of()),
        format,
        calendar: context.project.settings.calendar,
        cadence: values.cadence.unwrap_or(Cadence::Daily),
        bounds: Bounds::default(),
        scale: ValueScale::Auto,
        positive: !values.is_empty() && values.all.iter().all(|p| p[1] > 0.0),
        values: values.all,
        unfinished: values.unfinished,
        variations: Arc::default(),
        remarks: Vec::new(),
        caption: String::new(),
        summary: String::new(),
        empty,
        scope: None,
    }
}

/// A chart that says why it shows nothing.
pub(super) fn empty(context: &Context<'_>, name: &str, why: &str) -> Chart {
    let format = ValueFormat { unit: crate::model::Unit::Count, decimals: 0, locale: context.project.settings.locale };
    let today = day(context.as_of());
    let mut chart = assemble(context, name, format, Values::default(), Aims::default(), (today - EMPTY_DAYS, today));
    chart.lines.clear();
    chart.empty = Some(why.to_owned());
    chart.summary = format!("{name}: {why}.");
    chart
}

/// "a", …, "z", "aa", ….
fn letter(index: usize) -> String {
    let low = char::from(b'a' + (index % 26) as u8);
    if index < 26 { low.to_string() } else { format!("{}{low}", letter(index / 26 - 1)) }
}

/// The newest notes, at the value of the period that they belong to.
fn notes(chart: &Chart, metric: &Metric) -> Vec<Note> {
    let as_of = chart.as_of;
    let known: Vec<(Stamp, &str)> = metric.series.notes().filter(|(at, _)| at.days().floor() <= as_of).collect();
    let newest = &known[known.len().saturating_sub(NOTES)..];
    let mut notes: Vec<Note> = Vec::new();
    for (at, text) in newest {
        let found = if metric.cadence == Cadence::Hourly {
            chart.values.iter().position(|p| p[0] == at.days())
        } else {
            let period = chart.calendar.period_of(chart.cadence, at.date());
            chart.values.iter().position(|p| day(period.first) <= p[0] && p[0] <= day(period.last))
        };
        let Some(index) = found else { continue };
        let when = chart.when(index);
        match notes.last_mut().filter(|n| n.at == chart.values[index]) {
            Some(same) => same.text = format!("{}; {text}", same.text),
            None => notes.push(Note { letter: letter(notes.len()), at: chart.values[index], text: (*text).to_owned(), when }),
        }
    }
    notes
}

/// The last complete value against what was expected of it.
fn gap(chart: &Chart, pursuit: &Pursuit<'_>) -> Option<Gap> {
    if pursuit.key_result.aim.is_maintain() {
        return None;
    }
    let [x, value] = *chart.complete().last()?;
    let expected = chart.expected_at(x)?;
    let difference = value - expected;
    let good = if pursuit.upwards()? { difference >= 0.0 } else { difference <= 0.0 };
    Some(Gap { x, value, expected, text: chart.format.difference(difference), good })
}

/// First, lowest, highest and last of the complete values, and how far the unfinished one goes.
pub(super) fn value_labels(chart: &Chart) -> Vec<Label> {
    let complete = chart.complete();
    let mut labels = Vec::new();
    if let (Some(first), Some(last)) = (complete.first(), complete.last()) {
        let index = complete.len() - 1;
        labels.push(Label {
            kind: LabelKind::Last,
            at: *last,
            text: format!("{} {}", chart.format.value(last[1]), chart.within_words(index)),
            line: LineId::Actual,
        });
        let mut taken = vec![*last];
        let lowest = complete.iter().fold(*first, |m, p| if p[1] < m[1] { *p } else { m });
        let highest = complete.iter().fold(*first, |m, p| if p[1] > m[1] { *p } else { m });
        for (kind, at) in [(LabelKind::First, *first), (LabelKind::Max, highest), (LabelKind::Min, lowest)] {
            if !taken.contains(&at) && lowest[1] < highest[1] {
                labels.push(Label { kind, at, text: chart.format.value(at[1]), line: LineId::Actual });
                taken.push(at);
            }
        }
    }
    if let Some(unfinished) = chart.unfinished {
        labels.push(Label {
            kind: LabelKind::Unfinished,
            at: [unfinished.x, unfinished.value],
            text: format!("to {}", day_words(unfinished.data_to)),
            line: LineId::Unfinished,
        });
    }
    labels
}

/// Marks are looked up by the drawing; kept here so that every chart numbers them alike.
pub(super) fn number(marks: impl IntoIterator<Item = Mark>) -> Vec<Mark> {
    marks.into_iter().enumerate().map(|(index, mark)| Mark { number: index + 1, ..mark }).collect()
}

impl Chart {
    /// The complete values, in order of time.
    pub fn complete(&self) -> &[[f64; 2]] {
        let complete = self.values.len() - usize::from(self.unfinished.is_some() && !self.values.is_empty());
        &self.values[..complete]
    }

    /// The points of the actual line: shared, so that a cache can hold on to them.
    pub fn actual_runs(&self) -> &[Arc<[[f64; 2]]>] {
        self.lines.iter().find(|l| l.id == LineId::Actual).map_or(&[], |l| l.runs.as_slice())
    }
}
