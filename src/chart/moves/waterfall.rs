//! What brought a metric from one value to another, step by step: a waterfall whose steps hang between its two totals.

use std::sync::Arc;

use super::{Breakdown, Step};
use crate::analysis::contributions::WhyNoParts;
use crate::chart::figure::{Axis, Bar, Figure, Pen, Reading, Scale, Series, Spot, SpotRow, Tone};
use crate::chart::subject::Subject;
use crate::chart::table::{Cell, Table};
use crate::chart::words::few_words;
use crate::chart::{Tick, ValueFormat};

/// Of a row that a bar is high, on either side of its middle.
const HALF: f64 = 0.34;
/// Where the steps span less of the larger total than this, the totals are points on an axis that does not begin at zero.
const FROM_ZERO: f64 = 0.1;
/// Of the axis, for the words beside the bars.
const BESIDE: f64 = 0.14;

/// The figure of a change, or why it cannot be taken apart.
pub fn waterfall(subject: &Subject<'_>, found: &Result<Breakdown, WhyNoParts>) -> Figure {
    match found {
        Ok(found) => of_breakdown(subject, found),
        Err(why) => {
            let next = match why {
                WhyNoParts::NotComputed => {
                    "This metric is recorded whole. Give it a formula, or split it into segments, and what moved it appears here".to_owned()
                }
                WhyNoParts::NoSum => "The values of its segments cannot be added up, as those of shares and scores cannot".to_owned(),
                WhyNoParts::NoValue => "Two complete values are needed in the days shown; choose a longer time".to_owned(),
                WhyNoParts::NoInput => format!("The change cannot be taken apart between these two periods: {why}"),
                WhyNoParts::TooLarge => format!("The change cannot be taken apart: {why}"),
            };
            Figure::empty(&subject.metric.name, subject.supports(), &next)
        }
    }
}

fn of_breakdown(subject: &Subject<'_>, found: &Breakdown) -> Figure {
    let Breakdown { before, after, steps, format, .. } = found;
    let rows = steps.len() + 2;
    // The first row is at the top.
    let at = |row: usize| (rows - row) as f64;
    let ends = || [before.value, after.value].into_iter().chain(steps.iter().map(|s| s.to));
    let (low, high) = ends().fold((f64::INFINITY, f64::NEG_INFINITY), |(a, b), v| (a.min(v), b.max(v)));
    let largest = low.abs().max(high.abs());
    let from_zero = low <= 0.0 || high - low >= FROM_ZERO * largest;
    let (low, high) = if from_zero { (low.min(0.0), high.max(0.0)) } else { (low, high) };
    let span = (high - low).max(largest * 1e-9).max(f64::MIN_POSITIVE);
    let range = (if low < 0.0 || !from_zero { low - span * 0.06 } else { low }, high + span * BESIDE);

    let row = |row: usize, from: f64, to: f64, tone: Tone, label: &str| Bar {
        x: (from.min(to), from.max(to)),
        y: (at(row) - HALF, at(row) + HALF),
        tone,
        label: Some(label.to_owned()),
    };
    let mut bars = Vec::new();
    let mut series = Vec::new();
    for (index, total) in [(0, before), (rows - 1, after)] {
        if from_zero {
            bars.push(row(index, 0.0, total.value, Tone::Muted, &total.text));
        } else {
            // A point has no length that could be misread.
            bars.push(row(index, total.value, total.value, Tone::Muted, &total.text));
            let run = Arc::from([[total.value, at(index)]]);
            series.push(Series { name: total.label.clone(), runs: vec![run], tone: Tone::Muted, pen: Pen::Points, end_label: None });
        }
    }
    bars.extend(steps.iter().enumerate().map(|(i, s)| row(i + 1, s.from, s.to, tone(s), &s.text)));
    // Each row hands over to the next.
    for (index, value) in std::iter::once(before.value).chain(steps.iter().map(|s| s.to)).enumerate() {
        let run = Arc::from([[value, at(index) - HALF], [value, at(index + 1) + HALF]]);
        series.push(Series { name: String::new(), runs: vec![run], tone: Tone::Muted, pen: Pen::Thin, end_label: None });
    }
    let labels = std::iter::once(&before.label).chain(steps.iter().map(|s| &s.label)).chain([&after.label]);
    let places = labels.enumerate().map(|(index, label)| Tick { at: at(index), label: short(label) }).collect();
    let title = title(found);
    let mut remarks = vec![format!("{}; the steps add up to {}", found.how, found.change)];
    if !from_zero {
        let fine = ValueFormat { decimals: format.decimals.max(2), ..format.clone() };
        remarks.push(format!("Axis starts at {}, so that the two totals are points", fine.value(range.0)));
    }
    let mut said = vec![found.sentence.clone()];
    said.extend(steps.iter().map(|s| format!("{}: {}", s.label, s.text)));
    Figure {
        name: subject.metric.name.clone(),
        subtitle: subject.subtitle(&title, largest, Some((before.period.last, after.period.last))),
        supports: subject.supports(),
        x: Axis::values(range, format.clone()),
        y: Axis { range: (0.4, rows as f64 + 0.6), scale: Scale::Places(places), name: None },
        zones: Vec::new(),
        bars,
        series,
        rules: Vec::new(),
        spots: spots(found, at),
        reading: Reading::Nearest,
        remarks,
        summary: String::new(),
        table: table(found),
        empty: None,
        title,
    }
    .summed_up(&said)
}

fn tone(step: &Step) -> Tone {
    match step.good {
        Some(true) => Tone::Better,
        Some(false) => Tone::Worse,
        None => Tone::Focus,
    }
}

/// Names stand beside the rows; long ones are cut.
fn short(label: &str) -> String {
    const MOST: usize = 26;
    if label.chars().count() <= MOST {
        label.to_owned()
    } else {
        format!("{}…", label.chars().take(MOST - 1).collect::<String>().trim_end())
    }
}

/// "MAU grew by 231 k, most of it mobile (+168 k)".
fn title(found: &Breakdown) -> String {
    let change = found.after.value - found.before.value;
    let head = found.sentence.split(" from ").next().unwrap_or(&found.name).to_owned();
    let tail = found.steps.first().map(|s| {
        let share = if change == 0.0 { 0.0 } else { s.amount / change };
        let words = if (0.5..=1.0).contains(&share) { "most of it" } else { "led by" };
        format!("{head}, {words} {} ({})", s.label, s.text)
    });
    [tail, Some(head)].into_iter().flatten().find(|d| few_words(d)).unwrap_or_else(|| found.name.clone())
}

fn spots(found: &Breakdown, at: impl Fn(usize) -> f64) -> Vec<Spot> {
    let value = |name: &str, value: &str, tone: Tone| SpotRow { tone: Some(tone), name: name.to_owned(), value: value.to_owned() };
    let total = |row: usize, total: &super::Total| Spot {
        at: [total.value, at(row)],
        title: total.label.clone(),
        rows: vec![value(&found.name, &total.text, Tone::Muted)],
    };
    let mut spots = vec![total(0, &found.before)];
    for (index, step) in found.steps.iter().enumerate() {
        let mut rows = vec![value("Brings", &step.text, tone(step))];
        if !step.why.is_empty() {
            rows.push(SpotRow { tone: None, name: String::new(), value: step.why.clone() });
        }
        spots.push(Spot { at: [f64::midpoint(step.from, step.to), at(index + 1)], title: step.label.clone(), rows });
    }
    spots.push(total(found.steps.len() + 1, &found.after));
    spots
}

fn table(found: &Breakdown) -> Table {
    let format = &found.format;
    let total = |t: &super::Total| vec![Cell::words(&t.label), Cell::None, Cell::exact(Some(t.value), format)];
    let step = |s: &Step| vec![Cell::words(&s.label), Cell::difference(Some(s.amount), format), Cell::exact(Some(s.to), format)];
    let rows = std::iter::once(total(&found.before)).chain(found.steps.iter().map(step)).chain([total(&found.after)]);
    Table { columns: vec!["Part".to_owned(), "Brings".to_owned(), found.name.clone()], rows: rows.collect() }
}
