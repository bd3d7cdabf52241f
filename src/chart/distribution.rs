//! Which values are usual: how often they came about, where the middle half lies, and where the last one and the target stand.

use super::ValueFormat;
use super::figure::{Axis, Bar, Figure, Reading, Rule, Spot, SpotRow, Tone, Way, Zone};
use super::subject::Subject;
use super::table::{Cell, Table};
use super::words::few_words;
use crate::analysis::histogram::Histogram;
use crate::model::Unit;

/// With fewer values a histogram says nothing.
const FEWEST: usize = 5;

/// The histogram of the complete values in the days shown.
pub fn distribution(subject: &Subject<'_>) -> Figure {
    let format = subject.format();
    let complete: Vec<_> = subject.complete().collect();
    let values: Vec<f64> = complete.iter().map(|(_, v)| *v).collect();
    let resolution = 10f64.powi(-i32::from(format.decimals));
    let Some(found) = Histogram::of(&values, resolution).filter(|_| values.len() >= FEWEST) else {
        let words = subject.periods(values.len());
        let why = format!("{} complete {words} in this time; a distribution needs at least {FEWEST}", values.len());
        return Figure::empty(&subject.metric.name, subject.supports(), &why);
    };
    let [low, median, high] = found.quartiles;
    let (first, last) = (complete[0], complete[complete.len() - 1]);
    let most = found.counts.iter().copied().max().unwrap_or(1);
    let counts = ValueFormat { unit: Unit::Count, decimals: 0, locale: format.locale };
    let bars = found.counts.iter().enumerate().filter(|(_, count)| **count > 0).map(|(index, count)| Bar {
        x: found.bin(index),
        y: (0.0, *count as f64),
        tone: Tone::Focus,
        label: Some(count.to_string()),
    });
    let title = title(subject, &found, values.len());
    let subtitle =
        subject.subtitle(&title, found.span().0.abs().max(found.span().1.abs()), Some((first.0.period.last, last.0.period.last)));
    let (x, targets, mut remarks) = targets(subject, &found, &format);
    let mut rules = vec![Rule { way: Way::Upright, at: median, label: format!("Median {}", format.value(median)), tone: Tone::Muted }];
    rules.push(Rule { way: Way::Upright, at: last.1, label: format!("Last {}", format.value(last.1)), tone: Tone::Focus });
    rules.extend(targets);
    remarks.insert(0, format!("Bars are {} wide", format.distance(found.width)));
    if let Some(open) = subject.shown().iter().rfind(|v| !v.complete && v.value.is_some()) {
        remarks.push(format!("{} is unfinished and not counted", crate::model::capitalised(&subject.period_words(open))));
    }
    let said = [
        format!("{} values; the middle half from {} to {}", values.len(), format.value(low), format.value(high)),
        rules.iter().map(|rule| rule.label.clone()).collect::<Vec<_>>().join("; "),
    ];
    Figure {
        name: subject.metric.name.clone(),
        subtitle,
        supports: subject.supports(),
        x: Axis::values(x, format.clone()),
        y: Axis { name: Some(capitalised_periods(subject)), ..Axis::values((0.0, most as f64 * 1.12), counts) },
        zones: vec![Zone { from: low, to: high, name: "Middle half".to_owned() }],
        bars: bars.collect(),
        series: Vec::new(),
        rules,
        spots: spots(subject, &found, &format),
        reading: Reading::Across,
        remarks,
        summary: String::new(),
        table: table(subject, &found, &format),
        empty: None,
        title,
    }
    .summed_up(&said)
}

fn capitalised_periods(subject: &Subject<'_>) -> String {
    crate::model::capitalised(&subject.periods(2))
}

fn title(subject: &Subject<'_>, found: &Histogram, count: usize) -> String {
    let format = subject.format();
    let (low, high) = (format.value(found.quartiles[0]), format.value(found.quartiles[2]));
    let name = subject.metric.short_name();
    let drafts = if low == high {
        vec![format!("{name} was {low} in most of {count} {}", subject.periods(count))]
    } else {
        vec![
            format!("{name} was between {low} and {high} in half of {count} {}", subject.periods(count)),
            format!("{low} to {high} in half of {count} {}", subject.periods(count)),
        ]
    };
    drafts.into_iter().find(|d| few_words(d)).unwrap_or_else(|| subject.metric.name.clone())
}

/// The horizontal axis with the targets on it; one that would squeeze the values into half of the width is told instead.
fn targets(subject: &Subject<'_>, found: &Histogram, format: &ValueFormat) -> ((f64, f64), Vec<Rule>, Vec<String>) {
    let (mut low, mut high) = found.span();
    let span = high - low;
    let (mut rules, mut off) = (Vec::new(), Vec::new());
    for value in subject.target().iter().flat_map(|limit| limit.values()) {
        let label = format!("Target {}", format.value(value));
        if value < found.span().0 - span || value > found.span().1 + span {
            off.push(format!("Off the chart: {label}"));
        } else {
            (low, high) = (low.min(value), high.max(value));
            rules.push(Rule { way: Way::Upright, at: value, label, tone: Tone::Target });
        }
    }
    let air = (high - low) * 0.03;
    ((low - air, high + air), rules, off)
}

fn bin_words(found: &Histogram, index: usize, format: &ValueFormat) -> String {
    let (from, to) = found.bin(index);
    // As fine as the edges are.
    let fine = ValueFormat { decimals: format.decimals.max(1), ..format.clone() };
    format!("{} to under {}", fine.value(from), fine.value(to))
}

fn spots(subject: &Subject<'_>, found: &Histogram, format: &ValueFormat) -> Vec<Spot> {
    let all: usize = found.counts.iter().sum();
    let spot = |(index, count): (usize, &usize)| {
        let (from, to) = found.bin(index);
        let share = format.locale.percent(*count as f64 / all as f64, 0);
        let row = |name: String, value: String| SpotRow { tone: Some(Tone::Focus), name, value };
        Spot {
            at: [f64::midpoint(from, to), *count as f64],
            title: bin_words(found, index, format),
            rows: vec![
                row(crate::model::capitalised(&subject.periods(2)), count.to_string()),
                SpotRow { tone: None, ..row("Share".to_owned(), share) },
            ],
        }
    };
    found.counts.iter().enumerate().map(spot).collect()
}

fn table(subject: &Subject<'_>, found: &Histogram, format: &ValueFormat) -> Table {
    let row = |(index, count): (usize, &usize)| {
        let (from, to) = found.bin(index);
        vec![Cell::exact(Some(from), format), Cell::exact(Some(to), format), Cell::count(*count)]
    };
    Table {
        columns: vec!["From".to_owned(), "To under".to_owned(), capitalised_periods(subject)],
        rows: found.counts.iter().enumerate().map(row).collect(),
    }
}
