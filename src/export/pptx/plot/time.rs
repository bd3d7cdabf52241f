//! A chart over time as lines over a date axis, what may come as areas behind them.

use super::clear::{Room, clear_labels};
use super::fan::{areas, fans};
use super::numbers::{EPOCH, FIRST_DAY, code_in_full, code_of, code_of_ticks, counted_from};
use super::sample::{Runs, cut, places, sampled, whole};
use super::{Axis, Dash, Form, Label, Marker, Pen, Plot, Says, Series, Side, Sign, Step};
use crate::analysis::xmr::Variation;
use crate::chart::{Chart, LabelKind, Line, LineId, LineStyle, ValueScale, decimate};
use crate::export::pptx::ink::Ink;
use crate::model::{Cadence, Date, Stamp};
use crate::ui::chart::push_apart;
use crate::ui::theme::Theme;

/// More rows than this are thinned out, every high and low kept.
const MOST_ROWS: usize = 3000;
/// The room that is known of a chart before it is drawn, in points of the layout.
const WIDTH: f32 = 1300.0;
const LINE: f32 = 32.0;
/// Of the whole chart, and the share left of its plot.
const CHART: f32 = 1728.0;
const LEFT: f32 = 0.07;
/// A letter of a label on an axis.
const LETTER: f32 = 14.0;
/// Of the width: lines that end further left than this are not named at the right edge.
const AT_THE_EDGE: f64 = 0.08;
const MOST_NAMED: usize = 7;
/// A line over less of the width has no room for its name.
const NAMED_FROM: f32 = 0.25;

/// The plot of a chart, `height` points of the layout high; none where it cannot be one.
pub(crate) fn over_time(chart: &Chart, range: Option<(f64, f64)>, theme: &Theme, height: f32) -> Option<Plot> {
    let shown = range.unwrap_or(chart.fit_x);
    let (from, to) = (shown.0.floor() as i64, shown.1.ceil() as i64);
    if chart.empty.is_some() || from < FIRST_DAY || from >= to {
        return None;
    }
    let domain = chart.y_domain(shown);
    let source = Source { chart, theme, from, to, domain };
    let mut plot = if chart.cadence == Cadence::Hourly { source.hours() } else { source.days() }?;
    name_ends(&mut plot, &source, height);
    Some(plot)
}

struct Source<'a> {
    chart: &'a Chart,
    theme: &'a Theme,
    from: i64,
    to: i64,
    domain: (f64, f64),
}

impl Source<'_> {
    fn y(&self) -> Axis {
        let Self { chart, domain, .. } = self;
        let ticks = chart.y_ticks(*domain, 520.0, LINE * 1.9);
        let largest = ticks.iter().map(|t| t.at.abs()).fold(0.0, f64::max);
        let step = ticks.windows(2).map(|pair| pair[1].at - pair[0].at).next();
        let is_log = chart.scale == ValueScale::Log;
        let step = if is_log { step } else { step.map(|step| counted_from(domain.0, step)) };
        let code = step.map_or_else(|| code_in_full(&chart.format), |step| code_of_ticks(&chart.format, step, largest));
        Axis { range: Some(*domain), step: step.map(Step::Units), code, name: None, logarithmic: is_log, grid: true }
    }

    /// The time axis, its ticks as far apart as Waymark's.
    fn x(&self, (from, to): (i64, i64)) -> Axis {
        let chart = self.chart;
        let ticks = chart.x_ticks((from as f64, to as f64), WIDTH, |label| label.chars().count() as f32 * LETTER);
        let apart = ticks.windows(2).map(|pair| pair[1].at - pair[0].at).next().unwrap_or(f64::from(u16::MAX));
        let (step, code) = match apart {
            days if days < 25.0 => (Step::Days(days.round().max(1.0) as u32), "d mmm"),
            days => {
                let months = (days / 30.4369).round() as u32;
                (Step::Months(months), if months.is_multiple_of(12) { "yyyy" } else { "mmm yy" })
            }
        };
        // Whole months stand on their last days; finer values are told by the first day of a month.
        let begins = match step {
            Step::Months(_) if chart.cadence < Cadence::Monthly => first_of_month(from),
            _ => from,
        };
        Axis {
            range: Some((begins as f64, to as f64)),
            step: Some(step),
            code: code.to_owned(),
            name: None,
            logarithmic: false,
            grid: false,
        }
    }

    fn days(&self) -> Option<Plot> {
        let Self { chart, from, to, .. } = *self;
        let of = |line: &Line| cut(whole(&line.runs, |x| x.floor() as i64), (from, to));
        let recorded = self.thinned(chart.lines.iter().find(|l| l.id == LineId::Actual).map(of).unwrap_or_default());
        let mut lines: Vec<(&Line, Runs)> =
            chart.lines.iter().filter(|l| l.id != LineId::Actual).map(|l| (l, of(l))).filter(|(_, runs)| !runs.is_empty()).collect();
        lines.sort_by_key(|(line, _)| order(line.style));
        let fans = fans(&chart.bands, (from, to));
        let ends: Runs = fans.iter().flat_map(|fan| [&fan.low, &fan.high]).cloned().collect();
        // One day behind the end of what may come it is gone, not sloping down to nothing.
        let mut others: Vec<&Runs> = lines.iter().map(|(_, runs)| runs).collect();
        others.push(&ends);
        let furthest = others.iter().flat_map(|runs| runs.iter().flatten()).map(|p| p.0).max();
        let fan_end = ends.iter().flatten().map(|p| p.0).max().filter(|end| furthest.is_some_and(|f| f > *end));
        let behind: Runs = fan_end.map(|end| vec![vec![(end + 1, 0.0)]]).unwrap_or_default();
        others.push(&behind);
        let between = |end: i64, _: i64| day(chart.calendar.period_of(chart.cadence, date(end + 1)).last);
        let days = places(&recorded, &others, between);
        let (first, last) = (*days.first()?, *days.last()?);
        if first < FIRST_DAY {
            return None;
        }
        let code = code_in_full(&chart.format);
        let mut series = Vec::new();
        if let Some(line) = chart.lines.iter().find(|l| l.id == LineId::Actual) {
            series.push(self.series(line, sampled(&recorded, &days), &code));
        }
        series.extend(lines.iter().map(|(line, runs)| self.series(line, sampled(runs, &days), &code)));
        series.extend(self.signals(&days, &code));
        series.extend(areas(&fans, self.theme.cat(0), &days, &code));
        series.extend(self.events(&days));
        Some(Plot { form: Form::Days(days), series, x: self.x((first, last)), y: self.y(), gutter: 0.03 })
    }

    /// Values of hours have no place on an axis of days.
    fn hours(&self) -> Option<Plot> {
        let Self { chart, from, to, .. } = *self;
        let code = code_in_full(&chart.format);
        let range = (from as f64, to as f64);
        let mut lines: Vec<&Line> = chart.lines.iter().collect();
        lines.sort_by_key(|line| if line.id == LineId::Actual { 0 } else { order(line.style) });
        let series = lines.into_iter().filter_map(|line| {
            let (mut across, mut values) = (Vec::new(), Vec::new());
            for run in &line.runs {
                let kept = decimate(run, range, MOST_ROWS / 4);
                let kept: Vec<[f64; 2]> = kept.into_iter().filter(|p| range.0 <= p[0] && p[0] <= range.1).collect();
                if !values.is_empty()
                    && let Some(start) = kept.first()
                {
                    across.push(start[0] + EPOCH as f64);
                    values.push(None);
                }
                across.extend(kept.iter().map(|p| p[0] + EPOCH as f64));
                values.extend(kept.iter().map(|p| Some(p[1])));
            }
            (!values.is_empty()).then(|| Series { across, ..self.series(line, values, &code) })
        });
        let series: Vec<Series> = series.collect();
        let x = self.x((from, to));
        let step = match x.step {
            Some(Step::Days(days)) => f64::from(days),
            Some(Step::Months(months)) => f64::from(months) * 30.0,
            _ => 1.0,
        };
        let shift = EPOCH as f64;
        let code = if to - from <= 3 { "d mmm hh:mm" } else { "d mmm" };
        let step = if to - from <= 3 { 0.25 } else { step };
        let x = Axis { range: Some((from as f64 + shift, to as f64 + shift)), step: Some(Step::Units(step)), code: code.to_owned(), ..x };
        (!series.is_empty()).then(|| Plot { form: Form::Numbers, series, x, y: self.y(), gutter: 0.03 })
    }

    /// What was recorded, in rows that a person can scroll through.
    fn thinned(&self, runs: Runs) -> Runs {
        if runs.iter().map(Vec::len).sum::<usize>() <= MOST_ROWS {
            return runs;
        }
        let range = (self.from as f64, self.to as f64);
        let thin = |run: Vec<(i64, f64)>| -> Vec<(i64, f64)> {
            let points: Vec<[f64; 2]> = run.iter().map(|p| [p.0 as f64, p.1]).collect();
            decimate(&points, range, MOST_ROWS / 4).into_iter().map(|p| (p[0] as i64, p[1])).collect()
        };
        runs.into_iter().map(thin).collect()
    }

    fn series(&self, line: &Line, values: Vec<Option<f64>>, code: &str) -> Series {
        let Self { chart, theme, .. } = self;
        let (ink, width, dash) = look(theme, line.style, !chart.variations.is_empty());
        let mut series = Series::line(&line.name, values, code, ink, Pen { width, dash });
        let filled = Marker { sign: Sign::Circle, size: 6, hollow: false };
        match line.style {
            LineStyle::Unfinished | LineStyle::Point => {
                series.marker = Some(Marker { hollow: true, size: 7, ..filled });
                series.marked.extend(series.last());
            }
            LineStyle::Solid => {
                // What has no neighbours is no line.
                let alone = |i: usize| {
                    let known = |i: Option<usize>| i.and_then(|i| series.values.get(i)).is_some_and(Option::is_some);
                    known(Some(i)) && !known(i.checked_sub(1)) && !known(Some(i + 1))
                };
                let last = series.last();
                series.marked = (0..series.values.len()).filter(|i| alone(*i) || Some(*i) == last).collect();
                series.marker = Some(filled);
                if let Some((at, value)) = last.and_then(|at| Some((at, series.values[at]?))) {
                    // Where things go on from here is not where the number stands.
                    let ahead = chart.lines.iter().find(|l| l.style == LineStyle::Forecast).and_then(Line::end).map(|end| end[1]);
                    let next = chart.unfinished.map(|u| u.value).or(ahead);
                    let side = if next.is_some_and(|next| next > value) { Side::Below } else { Side::Above };
                    let says = Says::Value(code_of(&chart.format, value));
                    series.labels.push(Label { at, says, side, strong: true, ink, up: 0.0, across: 0.0 });
                }
            }
            _ => {}
        }
        let told = |kind: LabelKind| chart.labels.iter().find(|l| l.kind == kind && l.line == line.id);
        if let (Some(label), Some(at)) = (told(LabelKind::Unfinished), series.last()) {
            let says = Says::Words(label.text.clone());
            let from = chart.complete().last().map_or(f64::INFINITY, |p| p[1]);
            let side = if chart.unfinished.is_some_and(|u| u.value > from) { Side::Above } else { Side::Below };
            series.labels.push(Label { at, says, side, strong: false, ink: Ink::Exact(theme.text.muted), up: 0.0, across: 0.0 });
        }
        if line.style == LineStyle::Pace
            && let Some(at) = middle(&series.values)
            && line.start().zip(line.end()).is_some_and(|(a, b)| b[0] - a[0] > f64::from(NAMED_FROM) * (self.to - self.from) as f64)
        {
            series.labels.push(Label {
                at,
                says: Says::Name,
                side: Side::Above,
                strong: false,
                ink: Ink::Exact(theme.text.muted),
                up: 0.0,
                across: 0.0,
            });
        }
        series
    }

    /// Points that mean something, by shape and by colour.
    fn signals(&self, days: &[i64], code: &str) -> Vec<Series> {
        let Self { chart, theme, .. } = self;
        let kinds = [
            (Variation::Improving, "Signal for the better", Sign::Triangle, theme.xmr.improve),
            (Variation::Concerning, "Signal for the worse", Sign::Square, theme.xmr.concern),
            (Variation::Neither, "Signal", Sign::Diamond, theme.text.default),
        ];
        let points = || chart.complete().iter().zip(chart.variations.iter());
        let one = |(kind, name, sign, colour): (Variation, &str, Sign, egui::Color32)| {
            let mut values = vec![None; days.len()];
            for (point, _) in points().filter(|(_, v)| **v == kind) {
                if let Ok(row) = days.binary_search(&(point[0].floor() as i64)) {
                    values[row] = Some(point[1]);
                }
            }
            values.iter().any(Option::is_some).then(|| Series {
                pen: None,
                marker: Some(Marker { sign, size: 8, hollow: false }),
                ..Series::line(name, values, code, Ink::Exact(colour), Pen { width: 1.0, dash: Dash::Solid })
            })
        };
        kinds.into_iter().filter_map(one).collect()
    }

    /// Numbered flags at the top, each with a hairline down.
    fn events(&self, days: &[i64]) -> Option<Series> {
        let Self { chart, theme, from, to, .. } = self;
        let top = self.domain.1;
        let mut values = vec![None; days.len()];
        let mut labels: Vec<Label> = Vec::new();
        for mark in chart.marks.iter().filter(|m| *from as f64 <= m.x && m.x <= *to as f64) {
            let wanted = mark.x.floor() as i64;
            let Some(at) = (0..days.len()).min_by_key(|i| (days[*i] - wanted).abs()) else { continue };
            values[at] = Some(top);
            match labels.iter_mut().find(|label| label.at == at) {
                Some(Label { says: Says::Words(words), .. }) => *words = format!("{words}, {}", mark.number),
                _ => labels.push(Label {
                    at,
                    says: Says::Words(mark.number.to_string()),
                    side: Side::Above,
                    strong: true,
                    ink: Ink::Exact(theme.text.muted),
                    up: 0.0,
                    across: 0.0,
                }),
            }
        }
        (!labels.is_empty()).then(|| Series {
            pen: None,
            marker: Some(Marker { sign: Sign::Diamond, size: 5, hollow: false }),
            labels,
            drop: Some(self.domain.1 - self.y().range.map_or(self.domain.0, |range| range.0)),
            ..Series::line("Events", values, "General", Ink::Exact(theme.line.axis), Pen { width: 1.0, dash: Dash::Solid })
        })
    }
}

/// Writes name and value at the ends of lines, pushed apart, and makes room for them.
fn name_ends(plot: &mut Plot, source: &Source<'_>, height: f32) {
    let Source { chart, theme, domain, .. } = source;
    let (low, high) = plot.y.range.unwrap_or(*domain);
    let rows = plot.rows();
    let place = |series: &Series, row: usize| match &plot.form {
        Form::Days(days) => days[row] as f64,
        _ => series.across[row],
    };
    let edge = (0..rows).rev().find_map(|row| plot.series.iter().find(|s| row < s.values.len()).map(|s| place(s, row))).unwrap_or(0.0);
    let span = plot.x.range.map_or(1.0, |(a, b)| b - a);
    let mut ends: Vec<(usize, usize, f64, String, f64)> = Vec::new();
    for (index, series) in plot.series.iter().enumerate() {
        let Some(line) = chart.lines.iter().find(|l| l.name == series.name && l.end_label.is_some() && l.style != LineStyle::Solid) else {
            continue;
        };
        let Some((row, value)) = series.last().and_then(|row| Some((row, series.values[row]?))) else { continue };
        let near = edge - place(series, row) <= span * AT_THE_EDGE;
        let is_last_of_its_kind = line.runs.last().and_then(|run| run.last()).is_some();
        if near && is_last_of_its_kind && low <= value && value <= high && ends.len() < MOST_NAMED {
            let back = (edge - place(series, row)) / span;
            ends.push((index, row, value, format!("{} {}", series.name, chart.format.value(value)), back));
        }
    }
    ends.sort_by(|a, b| b.2.total_cmp(&a.2));
    let is_log = plot.y.logarithmic;
    let share = |v: f64| if is_log { (v / low).ln() / (high / low).ln() } else { (v - low) / (high - low) };
    let room = height - 94.0;
    let wanted: Vec<f32> = ends.iter().map(|end| (1.0 - share(end.2)) as f32 * room).collect();
    let placed = push_apart(&wanted, LINE, 0.0, room);
    let longest = ends.iter().map(|end| end.3.chars().count()).max().unwrap_or(0);
    plot.gutter = ((longest as f32 * LETTER + 24.0) / CHART).clamp(0.03, 0.32);
    let width = CHART * (1.0 - LEFT - plot.gutter);
    for ((index, at, value, _, back), (wanted, placed)) in ends.into_iter().zip(wanted.into_iter().zip(placed)) {
        let series = &mut plot.series[index];
        let style = chart.lines.iter().find(|l| l.name == series.name).map_or(LineStyle::Reference, |l| l.style);
        let strong = matches!(style, LineStyle::Target | LineStyle::Forecast);
        let ink = match style {
            LineStyle::Target | LineStyle::Forecast | LineStyle::Hope => series.ink.unwrap_or(Ink::Text),
            _ => Ink::Exact(theme.text.muted),
        };
        let says = Says::NameAndValue(code_of(&chart.format, value));
        // All names stand in one column behind the last day.
        let across = back as f32 * width / CHART;
        series.labels.push(Label { at, says, side: Side::Right, strong, ink, up: (wanted - placed) / height, across });
    }
    let room = Room { width, height: room, chart: [CHART, height], line: LINE, letter: LETTER };
    clear_labels(plot, room, |value| chart.format.value(value));
}

/// What is told first stands first.
fn order(style: LineStyle) -> u8 {
    match style {
        LineStyle::Solid => 0,
        LineStyle::Unfinished => 1,
        LineStyle::Forecast => 2,
        LineStyle::Hope => 3,
        LineStyle::Target => 4,
        LineStyle::Pace => 5,
        LineStyle::Point => 6,
        LineStyle::Centre | LineStyle::Control => 7,
        LineStyle::Ghost | LineStyle::Limit | LineStyle::Reference => 8,
    }
}

/// Where signals carry the meaning, the line between the points steps back.
fn look(theme: &Theme, style: LineStyle, has_signals: bool) -> (Ink, f32, Dash) {
    match style {
        LineStyle::Solid if has_signals => (Ink::Exact(theme.xmr.common), 1.5, Dash::Solid),
        LineStyle::Solid => (Ink::Accent(0), 2.5, Dash::Solid),
        LineStyle::Unfinished | LineStyle::Forecast => (Ink::Accent(0), 2.0, Dash::Dotted),
        LineStyle::Hope => (Ink::Accent(1), 2.0, Dash::Dotted),
        LineStyle::Target => (Ink::Exact(theme.text.strong), 1.5, Dash::Solid),
        LineStyle::Ghost | LineStyle::Reference => (Ink::Exact(theme.line.context_series), 1.0, Dash::Solid),
        LineStyle::Limit | LineStyle::Centre => (Ink::Exact(theme.line.axis), 1.0, Dash::Solid),
        LineStyle::Pace | LineStyle::Control => (Ink::Exact(theme.text.muted), 1.5, Dash::Dashed),
        LineStyle::Point => (Ink::Exact(theme.text.muted), 1.5, Dash::Solid),
    }
}

/// A place in the middle of a line.
fn middle(values: &[Option<f64>]) -> Option<usize> {
    let known: Vec<usize> = (0..values.len()).filter(|i| values[*i].is_some()).collect();
    known.get(known.len() * 2 / 5).copied()
}

fn date(day: i64) -> Date {
    Stamp::from_seconds(day * 86_400).date()
}

fn day(date: Date) -> i64 {
    Stamp::from_date(date).days() as i64
}

fn first_of_month(at: i64) -> i64 {
    use chrono::Datelike as _;
    day(date(at).with_day(1).unwrap_or_else(|| date(at)))
}
