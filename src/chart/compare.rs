//! Against earlier periods: the time shown, the time just before it, and the same time a year before, over one another.

use std::sync::Arc;

use super::figure::{Axis, Figure, Pen, Reading, Scale, Series, Spot, SpotRow, Tone};
use super::season::year_before;
use super::subject::Subject;
use super::table::{Cell, Table};
use super::values::day;
use super::words::few_words;
use crate::analysis::PeriodValue;
use crate::analysis::statistics::mean;
use crate::model::{Aggregation, Unit};

/// Earlier values, one for each that is shown.
struct Earlier<'a> {
    /// "12 months before", "a year before".
    name: String,
    tone: Tone,
    values: Vec<Option<&'a PeriodValue>>,
}

/// The values shown against those of as many periods just before, and of the same periods a year before.
pub fn compare_periods(subject: &Subject<'_>) -> Figure {
    let shown = subject.shown();
    let format = subject.format();
    let complete = shown.iter().take_while(|v| v.complete).count();
    let (Some(first), Some(last)) = (shown.first(), shown.last()) else {
        return Figure::empty(&subject.metric.name, subject.supports(), "No values in this time");
    };
    let earlier = earlier(subject, shown, complete.max(1));
    let x = |value: &PeriodValue| day(value.period.last);
    let mut series: Vec<Series> = Vec::new();
    for before in earlier.iter().rev() {
        let points = shown.iter().zip(&before.values).map(|(now, then)| (x(now), then.filter(|v| v.complete).and_then(|v| v.value)));
        let runs = runs(points);
        let end_label = (!runs.is_empty()).then(|| before.name.clone());
        series.push(Series { name: before.name.clone(), runs, tone: before.tone, pen: Pen::Line, end_label });
    }
    let now = runs(shown[..complete].iter().map(|v| (x(v), v.value)));
    let unfinished = shown[complete..].iter().find_map(|v| Some([day(v.data_to.unwrap_or(v.period.last)), v.value?]));
    if let Some(at) = unfinished {
        let from = now.last().and_then(|run| run.last()).copied();
        let run: Arc<[[f64; 2]]> = from.into_iter().chain([at]).collect();
        series.push(Series { name: "Unfinished".to_owned(), runs: vec![run], tone: Tone::Focus, pen: Pen::Dashed, end_label: None });
    }
    let pen = if shown.len() <= 40 { Pen::LineWithPoints } else { Pen::Line };
    let is_named = now.iter().any(|run| !run.is_empty());
    series.push(Series { name: "Now".to_owned(), runs: now, tone: Tone::Focus, pen, end_label: is_named.then(|| "Now".to_owned()) });
    let y =
        Axis::around(series.iter().flat_map(|s| &s.runs).flat_map(|run| run.iter().map(|p| p[1])), format.clone(), subject.metric.bounds);
    let (title, mut remarks) = findings(subject, &shown[..complete], &earlier);
    remarks.extend(unfinished.map(|_| "The unfinished period is not compared".to_owned()));
    remarks.extend(y.note());
    let largest = y.range.0.abs().max(y.range.1.abs());
    let subtitle = subject.subtitle(&title, largest, Some((first.period.last, last.period.last)));
    let calendar = subject.context.project.settings.calendar;
    let (from, to) = (x(first), x(last));
    let range = if from < to { (from, to) } else { (from - 15.0, to + 15.0) };
    Figure {
        name: subject.metric.name.clone(),
        subtitle,
        supports: subject.supports(),
        x: Axis { range, scale: Scale::Days { calendar, cadence: subject.values.cadence }, name: None },
        y,
        zones: Vec::new(),
        bars: Vec::new(),
        series,
        rules: Vec::new(),
        spots: spots(subject, shown, &earlier),
        reading: Reading::Across,
        remarks,
        summary: String::new(),
        table: table(subject, shown, &earlier),
        empty: None,
        title,
    }
    .summed_up(&[])
}

fn runs(points: impl Iterator<Item = (f64, Option<f64>)>) -> Vec<Arc<[[f64; 2]]>> {
    let points: Vec<_> = points.collect();
    let unbroken = points.chunk_by(|a, b| a.1.is_some() == b.1.is_some());
    unbroken.map(|chunk| chunk.iter().filter_map(|(x, y)| Some([*x, (*y)?])).collect::<Arc<[_]>>()).filter(|r| !r.is_empty()).collect()
}

/// What there is to compare with; the year before once only where it is the time just before as well.
fn earlier<'a>(subject: &Subject<'a>, shown: &[PeriodValue], count: usize) -> Vec<Earlier<'a>> {
    let values = &subject.values.values;
    let start = values.partition_point(|v| v.period.first < shown[0].period.first);
    let just_before: Vec<Option<&PeriodValue>> = (0..shown.len()).map(|j| (start + j).checked_sub(count).map(|i| &values[i])).collect();
    let cadence = subject.values.cadence;
    let year: Vec<Option<&PeriodValue>> = shown.iter().map(|v| subject.values.on(year_before(cadence, v.period.first)?)).collect();
    // A year of days is a day off from 52 weeks: that is no other time.
    let starts = |values: &[Option<&PeriodValue>]| values.iter().flatten().next_back().map(|v| v.period.first);
    let same = starts(&just_before).zip(starts(&year)).is_some_and(|(a, b)| (a - b).num_days().abs() < 7);
    let known = |values: &[Option<&PeriodValue>]| values.iter().flatten().any(|v| v.complete && v.value.is_some());
    let mut found = Vec::new();
    if known(&just_before) && !same {
        let name = format!("{count} {} before", subject.periods(count));
        found.push(Earlier { name, tone: Tone::Series(1), values: just_before });
    }
    if known(&year) {
        found.push(Earlier { name: "A year before".to_owned(), tone: Tone::Context, values: year });
    }
    found
}

/// The whole periods against the same number of earlier ones: totals of what is summed, means of the rest.
fn findings(subject: &Subject<'_>, now: &[PeriodValue], earlier: &[Earlier<'_>]) -> (String, Vec<String>) {
    let format = subject.format();
    let is_sum = subject.metric.aggregation == Aggregation::Sum;
    let of = |values: &[f64]| if is_sum { Some(values.iter().sum()) } else { mean(values) };
    let verb = if is_sum { "totalled" } else { "averaged" };
    let name = subject.metric.short_name();
    let (mut title, mut remarks) = (None, Vec::new());
    for before in earlier {
        let pairs: Vec<(f64, f64)> =
            now.iter().zip(&before.values).filter_map(|(now, then)| Some((now.value?, then.filter(|v| v.complete)?.value?))).collect();
        let (a, b): (Vec<f64>, Vec<f64>) = pairs.iter().copied().unzip();
        let (Some(a), Some(b)) = (of(&a), of(&b)) else { continue };
        let (difference, word) = (format.distance(a - b), if a >= b { "more" } else { "less" });
        let share = (subject.metric.unit != Unit::Percent && b > 0.0).then(|| {
            let sign = if a >= b { "+" } else { "−" };
            format!(", {sign}{}", format.locale.percent(((a - b) / b).abs(), 0))
        });
        let before_words = match before.name.as_str() {
            "A year before" => "a year before".to_owned(),
            other => format!("in the {other}"),
        };
        let count = pairs.len();
        // Where only some can be compared, the number says of how many it is.
        let is_whole = count == now.iter().filter(|v| v.value.is_some()).count();
        let over = if is_whole { String::new() } else { format!(" over {count} {}", subject.periods(count)) };
        let drafts = [
            format!("{name} {verb} {}{over}, {difference} {word} than {before_words}", format.value(a)),
            format!("{difference} {word} than {before_words}{over}"),
        ];
        title = title.or_else(|| drafts.into_iter().find(|d| few_words(d)));
        remarks.push(format!(
            "{count} {} {verb} {} against {} {before_words}: {}{}",
            subject.periods(count),
            format.value(a),
            format.value(b),
            format.difference(a - b),
            share.unwrap_or_default()
        ));
    }
    if remarks.is_empty() {
        remarks.push("There are no earlier values to compare with".to_owned());
    }
    (title.unwrap_or_else(|| subject.metric.name.clone()), remarks)
}

fn spots(subject: &Subject<'_>, shown: &[PeriodValue], earlier: &[Earlier<'_>]) -> Vec<Spot> {
    let format = subject.format();
    let spot = |(index, now): (usize, &PeriodValue)| {
        let value = now.value?;
        let mut rows = vec![SpotRow { tone: Some(Tone::Focus), name: "Now".to_owned(), value: format.exact(value) }];
        for before in earlier {
            let Some(then) = before.values.get(index).copied().flatten() else { continue };
            let Some(y) = then.value else { continue };
            let name = subject.period_words(then);
            rows.push(SpotRow { tone: Some(before.tone), name, value: format.exact(y) });
            // An unfinished period is not held against a whole one.
            if now.complete {
                let value = format.difference(value - y);
                rows.push(SpotRow { tone: None, name: "Difference".to_owned(), value });
            }
        }
        let x = if now.complete { now.period.last } else { now.data_to.unwrap_or(now.period.last) };
        Some(Spot { at: [day(x), value], title: subject.period_words(now), rows })
    };
    shown.iter().enumerate().filter_map(spot).collect()
}

fn table(subject: &Subject<'_>, shown: &[PeriodValue], earlier: &[Earlier<'_>]) -> Table {
    let format = subject.format();
    let mut columns = vec!["Period".to_owned(), "Now".to_owned()];
    for before in earlier {
        columns.extend([before.name.clone(), "Difference".to_owned()]);
    }
    let row = |(index, now): (usize, &PeriodValue)| {
        let period = Cell::Ordered { place: day(now.period.first), shown: subject.period_words(now), plain: now.period.first.to_string() };
        let mut row = vec![period, Cell::exact(now.value, &format)];
        for before in earlier {
            let then = before.values.get(index).copied().flatten().and_then(|v| v.value);
            let difference = now.value.filter(|_| now.complete).zip(then).map(|(a, b)| a - b);
            row.extend([Cell::exact(then, &format), Cell::difference(difference, &format)]);
        }
        row
    };
    Table { columns, rows: shown.iter().enumerate().map(row).collect() }
}
