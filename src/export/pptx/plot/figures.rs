//! Figures of the KPI view as plots: years over one another, comparisons, clouds of points, histograms, what brought a change.

use std::collections::BTreeSet;

use super::numbers::{FIRST_DAY, code_in_full, code_of_ticks, counted_from};
use super::sample::{Runs, places, sampled, whole};
use super::{Axis, Dash, Draw, Form, Label, Marker, Pen, Plot, Says, Series, Side, Sign, Step};
use crate::chart::{self, Figure, Scale, Tick, Tone, Way};
use crate::export::pptx::ink::Ink;
use crate::model::{Date, Stamp, month_word};
use crate::ui::chart::push_apart;
use crate::ui::theme::Theme;

/// Places across a figure whose axis names places.
const PLACES: f64 = 366.0;
const LETTER: f32 = 14.0;
const LINE: f32 = 32.0;
const WIDTH: f32 = 1400.0;
/// Names that fit beside one another.
const MOST_NAMES: usize = 14;

/// The plot of a figure; none where it has no form that can be edited.
pub(crate) fn of_figure(figure: &Figure, theme: &Theme, height: f32) -> Option<Plot> {
    if figure.empty.is_some() {
        return None;
    }
    match (&figure.x.scale, &figure.y.scale) {
        (Scale::Values(_), Scale::Places(rows)) if !figure.bars.is_empty() => waterfall(figure, rows, theme),
        (Scale::Values(_), Scale::Values(_)) if !figure.bars.is_empty() => histogram(figure, theme),
        (Scale::Values(_), Scale::Values(_)) if !figure.series.is_empty() => cloud(figure, theme),
        (Scale::Days { .. } | Scale::Places(_), Scale::Values(_)) if !figure.series.is_empty() => lines(figure, theme, height),
        _ => None,
    }
}

fn ink(theme: &Theme, tone: Tone) -> Ink {
    match tone {
        Tone::Focus => Ink::Accent(0),
        Tone::Series(index) => Ink::series(theme, index),
        Tone::Context => Ink::Exact(theme.line.context_series),
        Tone::Target => Ink::Exact(theme.text.strong),
        Tone::Muted => Ink::Exact(theme.text.muted),
        Tone::Better => Ink::Exact(theme.xmr.improve),
        Tone::Worse => Ink::Exact(theme.xmr.concern),
    }
}

fn text_ink(theme: &Theme, tone: Tone) -> Ink {
    if tone == Tone::Context { Ink::Exact(theme.text.muted) } else { ink(theme, tone) }
}

/// An axis of values and how the numbers on it are written in full.
fn values(axis: &chart::Axis, length: f32, spacing: f32, grid: bool) -> Option<(Axis, String)> {
    let Scale::Values(format) = &axis.scale else { return None };
    let ticks = axis.ticks_up(length, spacing);
    let step = ticks.windows(2).map(|pair| pair[1].at - pair[0].at).next();
    let largest = ticks.iter().map(|t| t.at.abs()).fold(0.0, f64::max);
    let step = step.map(|step| counted_from(axis.range.0, step));
    let code = step.map_or_else(|| code_in_full(format), |step| code_of_ticks(format, step, largest));
    let made = Axis { range: Some(axis.range), step: step.map(Step::Units), code, name: axis.name.clone(), logarithmic: false, grid };
    Some((made, code_in_full(format)))
}

fn series_of(series: &chart::Series, values: Vec<Option<f64>>, code: &str, theme: &Theme) -> Series {
    let (width, dash) = match series.pen {
        chart::Pen::Dashed => (2.0, Dash::Dotted),
        chart::Pen::Thin => (1.0, Dash::Solid),
        chart::Pen::Line | chart::Pen::LineWithPoints | chart::Pen::Points => {
            (if series.tone == Tone::Context { 1.25 } else { 2.25 }, Dash::Solid)
        }
    };
    let mut made = Series::line(&series.name, values, code, ink(theme, series.tone), Pen { width, dash });
    let round = Marker { sign: Sign::Circle, size: 5, hollow: false };
    match series.pen {
        chart::Pen::Points => (made.pen, made.marker) = (None, Some(Marker { size: 6, ..round })),
        chart::Pen::LineWithPoints => made.marker = Some(round),
        chart::Pen::Dashed => {
            made.marker = Some(Marker { hollow: true, size: 7, ..round });
            made.marked.extend(made.last());
        }
        chart::Pen::Line | chart::Pen::Thin => {
            let known = |i: usize| made.values.get(i).is_some_and(Option::is_some);
            made.marked = (0..made.values.len()).filter(|i| known(*i) && (*i == 0 || !known(i - 1)) && !known(i + 1)).collect();
            made.marker = (!made.marked.is_empty()).then_some(round);
        }
    }
    made
}

/// Lines over days or over named places.
fn lines(figure: &Figure, theme: &Theme, height: f32) -> Option<Plot> {
    let (low, high) = figure.x.range;
    let is_time = matches!(figure.x.scale, Scale::Days { .. });
    let place = |x: f64| if is_time { x.floor() as i64 } else { ((x - low) / (high - low) * PLACES).round() as i64 };
    let all: Vec<Runs> = figure.series.iter().map(|s| whole(&s.runs, place)).collect();
    let firm = |index: &usize| figure.series[*index].pen != chart::Pen::Dashed;
    // Every place of a firm line is a row; an unfinished end is a row only behind them.
    let mut merged: Runs = vec![(0..all.len()).filter(firm).flat_map(|i| all[i].iter().flatten().copied()).collect()];
    for run in &mut merged {
        run.sort_by_key(|p| p.0);
    }
    let gaps: BTreeSet<i64> = (0..all.len())
        .filter(firm)
        .flat_map(|i| all[i].windows(2).filter_map(|pair| Some(i64::midpoint(pair[0].last()?.0, pair[1].first()?.0))).collect::<Vec<_>>())
        .collect();
    let others: Vec<&Runs> = all.iter().collect();
    let mut rows: BTreeSet<i64> = places(&merged, &others, |end, _| end + 1).into_iter().collect();
    rows.extend(gaps);
    let rows: Vec<i64> = rows.into_iter().collect();
    let (first, last) = (*rows.first()?, *rows.last()?);
    if is_time && first < FIRST_DAY {
        return None;
    }
    let (y, code) = values(&figure.y, 520.0, LINE * 1.9, true)?;
    let mut made: Vec<Series> = Vec::new();
    let mut ends: Vec<(usize, usize, f64)> = Vec::new();
    let mut longest = 0;
    for (series, runs) in figure.series.iter().zip(&all) {
        let one = series_of(series, sampled(runs, &rows), &code, theme);
        if let (Some(_), Some(at)) = (&series.end_label, one.last())
            && let Some(value) = one.values[at]
        {
            longest = longest.max(series.name.chars().count());
            ends.push((made.len(), at, value));
        }
        made.push(one);
    }
    for rule in figure.rules.iter().filter(|rule| rule.way == Way::Level) {
        let level = vec![Some(rule.at); rows.len()];
        made.push(Series::line(&rule.label, level, &code, ink(theme, rule.tone), Pen { width: 1.25, dash: Dash::Solid }));
    }
    let (bottom, top) = y.range?;
    ends.retain(|(_, _, value)| bottom <= *value && *value <= top);
    ends.sort_by(|a, b| b.2.total_cmp(&a.2));
    let room = height - 94.0;
    let wanted: Vec<f32> = ends.iter().map(|end| (1.0 - (end.2 - bottom) / (top - bottom)) as f32 * room).collect();
    let placed = push_apart(&wanted, LINE, 0.0, room);
    for ((index, at, _), (wanted, placed)) in ends.into_iter().zip(wanted.into_iter().zip(placed)) {
        let tone = figure.series[index].tone;
        let (strong, ink) = (tone == Tone::Focus, text_ink(theme, tone));
        made[index].labels.push(Label {
            at,
            says: Says::Name,
            side: Side::Right,
            strong,
            ink,
            up: (wanted - placed) / height,
            across: 0.0,
        });
    }
    let (form, x) = if is_time {
        let ticks = figure.x.ticks_across(WIDTH, |label| label.chars().count() as f32 * LETTER);
        let apart = ticks.windows(2).map(|pair| pair[1].at - pair[0].at).next().unwrap_or(365.0);
        let months = (apart / 30.4369).round() as u32;
        let (step, code) = match months {
            0 => (Step::Days(apart.round().max(1.0) as u32), "d mmm"),
            months if months.is_multiple_of(12) => (Step::Months(months), "yyyy"),
            months => (Step::Months(months), "mmm yy"),
        };
        let range = Some((first as f64, last as f64));
        let x = Axis { range, step: Some(step), code: code.to_owned(), name: figure.x.name.clone(), logarithmic: false, grid: false };
        (Form::Days(rows), x)
    } else {
        let Scale::Places(ticks) = &figure.x.scale else { return None };
        // Names that stand over few places are read; over many, only a calendar can say them.
        if rows.len() <= 2 * ticks.len() {
            (Form::Names(names(ticks, &rows, place)), Axis { name: figure.x.name.clone(), ..Axis::of_names(1) })
        } else {
            a_year(ticks, &rows)?
        }
    };
    let gutter = ((longest as f32 * LETTER + 24.0) / 1728.0).clamp(0.03, 0.3);
    Some(Plot { form, series: made, x, y, gutter })
}

/// The places of a year as days of one, where they are months: 2004 had as many days as there are places.
fn a_year(ticks: &[Tick], rows: &[i64]) -> Option<(Form, Axis)> {
    let month = (1..=12).find(|m| Date::from_ymd_opt(2004, *m, 1).is_some_and(|day| ticks[0].label == month_word(day)))?;
    if ticks.len() != 12 {
        return None;
    }
    let first = Stamp::from_date(Date::from_ymd_opt(2004, month, 1)?).days() as i64;
    let range = Some((first as f64, first as f64 + PLACES));
    let x = Axis { range, step: Some(Step::Months(1)), code: "mmm".to_owned(), name: None, logarithmic: false, grid: false };
    Some((Form::Days(rows.iter().map(|row| first + row).collect()), x))
}

/// The name of each place, at the row nearest to it; not all where they would touch.
fn names(ticks: &[Tick], rows: &[i64], place: impl Fn(f64) -> i64) -> Vec<String> {
    let mut names = vec![String::new(); rows.len()];
    let every = ticks.len().div_ceil(MOST_NAMES).max(1);
    for tick in ticks.iter().step_by(every) {
        let at = place(tick.at);
        if let Some(row) = (0..rows.len()).min_by_key(|row| (rows[*row] - at).abs()) {
            names[row].clone_from(&tick.label);
        }
    }
    names
}

/// Points by two numbers.
fn cloud(figure: &Figure, theme: &Theme) -> Option<Plot> {
    let (y, code) = values(&figure.y, 520.0, LINE * 1.9, true)?;
    let (x, _) = values(&figure.x, WIDTH, 160.0, false)?;
    let series = figure.series.iter().filter(|s| !s.runs.is_empty()).map(|series| {
        let (mut across, mut up) = (Vec::new(), Vec::new());
        let joined = series.pen != chart::Pen::Points;
        for run in &series.runs {
            if joined && !up.is_empty() {
                across.push(run.first().map_or(0.0, |p| p[0]));
                up.push(None);
            }
            across.extend(run.iter().map(|p| p[0]));
            up.extend(run.iter().map(|p| Some(p[1])));
        }
        let mut made = Series { across, ..series_of(series, up, &code, theme) };
        if let (Some(label), Some(at)) = (&series.end_label, made.last()) {
            let ink = text_ink(theme, series.tone);
            made.labels.push(Label { at, says: Says::Words(label.clone()), side: Side::Right, strong: false, ink, up: 0.0, across: 0.0 });
        }
        made
    });
    let series = series.collect();
    Some(Plot { form: Form::Numbers, series, x, y, gutter: 0.1 })
}

/// How often which values came about, as columns.
fn histogram(figure: &Figure, theme: &Theme) -> Option<Plot> {
    let Scale::Values(format) = &figure.x.scale else { return None };
    let (y, code) = values(&figure.y, 520.0, LINE * 1.9, true)?;
    let first = figure.bars.first()?;
    let (start, width) = (first.x.0, first.x.1 - first.x.0);
    let bins = figure.bars.iter().map(|bar| ((bar.x.0 - start) / width).round() as usize).max()? + 1;
    let mut counts = vec![0.0; bins];
    for bar in &figure.bars {
        counts[((bar.x.0 - start) / width).round() as usize] = bar.y.1;
    }
    // As fine as the edges are.
    let fine = chart::ValueFormat { decimals: format.decimals.max(1), ..format.clone() };
    let edge = |bin: usize| fine.value(start + bin as f64 * width);
    let names = (0..bins).map(|bin| format!("{} – {}", edge(bin), edge(bin + 1))).collect();
    let counts: Vec<Option<f64>> = counts.into_iter().map(Some).collect();
    let name = figure.y.name.clone().unwrap_or_else(|| figure.name.clone());
    let series = vec![Series::bar(name, counts, &code, Some(ink(theme, first.tone)))];
    let every = bins.div_ceil(8);
    Some(Plot { form: Form::Names(names), series, x: Axis::of_names(every), y, gutter: 0.03 })
}

/// What brought a change: totals and steps as lying bars on one that is not seen.
fn waterfall(figure: &Figure, rows: &[Tick], theme: &Theme) -> Option<Plot> {
    let (y, code) = values(&figure.x, WIDTH, 160.0, true)?;
    let row_of = |bar: &chart::Bar| {
        let middle = f64::midpoint(bar.y.0, bar.y.1);
        rows.iter().position(|tick| (tick.at - middle).abs() < 0.5)
    };
    let gap = || vec![None; rows.len()];
    let mut base = gap();
    let kinds = [(Tone::Muted, "Total"), (Tone::Better, "Better"), (Tone::Worse, "Worse"), (Tone::Focus, "Step")];
    let mut above: Vec<Vec<Option<f64>>> = kinds.iter().map(|_| gap()).collect();
    let mut below: Vec<Vec<Option<f64>>> = kinds.iter().map(|_| gap()).collect();
    let mut labels: Vec<Label> = Vec::new();
    for bar in &figure.bars {
        let row = row_of(bar)?;
        let kind = kinds.iter().position(|(tone, _)| *tone == bar.tone)?;
        let (low, high) = bar.x;
        // Bars are stacked away from zero, on each side of it.
        if low >= 0.0 {
            (base[row], above[kind][row]) = (Some(low), Some(high - low));
        } else if high <= 0.0 {
            (base[row], above[kind][row]) = (Some(high), Some(low - high));
        } else {
            (above[kind][row], below[kind][row]) = (Some(high), Some(low));
        }
        if let Some(words) = &bar.label {
            let ink = Ink::Exact(theme.text.default);
            labels.push(Label { at: row, says: Says::Words(words.clone()), side: Side::Right, strong: false, ink, up: 0.0, across: 0.0 });
        }
    }
    // Where the words stand: at the outer end of each bar, a series of no length.
    let ends: Vec<Option<f64>> = (0..rows.len()).map(|row| figure.bars.iter().find(|bar| row_of(bar) == Some(row)).map(|_| 0.0)).collect();
    let mut series = vec![Series::bar("Carried over", base, &code, None)];
    for (values, tail) in [(above, ""), (below, ", below zero")] {
        for ((tone, name), values) in kinds.iter().zip(values).filter(|(_, values)| values.iter().any(Option::is_some)) {
            series.push(Series::bar(format!("{name}{tail}"), values, &code, Some(ink(theme, *tone))));
        }
    }
    for label in &mut labels {
        label.side = Side::Base;
    }
    series.push(Series { labels, ..Series::bar("Words", ends, &code, None) });
    debug_assert!(series.iter().all(|s| s.draw == Draw::Bar), "a waterfall is made of bars");
    let names = rows.iter().map(|tick| tick.label.clone()).collect();
    Some(Plot { form: Form::Rows(names), series, x: Axis::of_names(1), y, gutter: 0.03 })
}
