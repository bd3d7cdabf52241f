//! What comes back every year or every week: years over one another, and a cycle plot (Cleveland & Terpenning 1982, JASA 77, 52–62).

use std::collections::BTreeMap;
use std::sync::Arc;

use chrono::{Datelike as _, Days, Weekday};

use super::ValueFormat;
use super::figure::{Axis, Figure, Pen, Reading, Scale, Series, Spot, SpotRow, Tone};
use super::subject::Subject;
use super::table::{Cell, Table};
use super::ticks::Tick;
use super::words::few_words;
use super::year::{place, place_words, year_words};
use crate::analysis::PeriodValue;
use crate::analysis::decompose::season;
use crate::model::{Cadence, Date, Period, capitalised, month_word};

/// Up to so many values a year are drawn with their points.
const WITH_POINTS: usize = 12;
/// Of the width of a place in a cycle plot: the margin at each side.
const MARGIN: f64 = 0.1;

/// What is said of the season, on both pictures.
struct Finding {
    title: String,
    remark: String,
}

/// Years over one another: this one strong, those before it in grey.
pub fn season_years(subject: &Subject<'_>) -> Figure {
    if subject.values.cadence == Cadence::Yearly {
        return without(subject, "its values are yearly, and a season is what comes back within a year");
    }
    let (calendar, cadence) = (subject.context.project.settings.calendar, subject.values.cadence);
    let format = subject.format();
    let mut years: BTreeMap<i32, Vec<(f64, Option<f64>)>> = BTreeMap::new();
    let mut groups: BTreeMap<u32, (String, f64, BTreeMap<i32, f64>)> = BTreeMap::new();
    let mut open: Option<([f64; 2], i32)> = None;
    for value in &subject.values.values {
        let place = place(calendar, cadence, value.period);
        match value.value {
            Some(y) if !value.complete => {
                open = Some(([place.at, y], place.year));
                continue;
            }
            seen => years.entry(place.year).or_default().push((place.at, seen)),
        }
        if let Some(y) = value.value {
            let words = || (place_words(calendar, cadence, value.period), place.at, BTreeMap::new());
            groups.entry(place.order).or_insert_with(words).2.insert(place.year, y);
        }
    }
    let present: Vec<(&PeriodValue, f64)> = subject.values.complete().collect();
    let (Some((first, _)), Some((last, _))) = (present.first(), present.last()) else {
        return without(subject, "there are no complete values yet");
    };
    let newest = open.map_or_else(|| place(calendar, cadence, last.period).year, |(_, year)| year);
    let mut series: Vec<Series> = Vec::new();
    for (year, points) in &years {
        let tone = if *year == newest { Tone::Focus } else { Tone::Context };
        let pen = if points.len() <= WITH_POINTS && *year == newest { Pen::LineWithPoints } else { Pen::Line };
        let name = year_words(calendar, *year);
        series.push(Series { end_label: Some(name.clone()), name, runs: runs(points), tone, pen });
    }
    if let Some((at, year)) = open {
        let from = series.iter().find(|s| s.name == year_words(calendar, year)).and_then(Series::end);
        let run: Arc<[[f64; 2]]> = from.into_iter().chain([at]).collect();
        let end_label = from.is_none().then(|| year_words(calendar, year));
        series.push(Series { name: "Unfinished".to_owned(), runs: vec![run], tone: Tone::Focus, pen: Pen::Dashed, end_label });
    }
    let finding = finding(subject);
    let y = Axis::around(present.iter().map(|v| v.1).chain(open.map(|(at, _)| at[1])), format.clone(), subject.metric.bounds);
    let mut remarks = vec![finding.remark];
    remarks.extend(open.map(|_| "The last point is of an unfinished period".to_owned()));
    remarks.extend(y.note());
    let largest = y.range.0.abs().max(y.range.1.abs());
    let subtitle = subject.subtitle(&finding.title, largest, Some((first.period.last, last.period.last)));
    let said = [format!("{} over one another, the last one in front", count_words(years.len(), "year"))];
    Figure {
        name: subject.metric.name.clone(),
        subtitle,
        supports: subject.supports(),
        x: Axis { range: (0.0, 12.0), scale: Scale::Places(year_ticks(subject)), name: None },
        y,
        zones: Vec::new(),
        bars: Vec::new(),
        series,
        rules: Vec::new(),
        spots: groups.values().map(|(words, at, by_year)| year_spot(subject, words, *at, by_year, newest)).collect(),
        reading: Reading::Across,
        remarks,
        summary: String::new(),
        table: year_table(subject, &groups, &format),
        empty: None,
        title: finding.title,
    }
    .summed_up(&said)
}

/// One small series for each month, quarter, week or weekday, with its mean: whether a place in the season is high, and whether it changes.
pub fn season_cycle(subject: &Subject<'_>) -> Figure {
    let (calendar, cadence) = (subject.context.project.settings.calendar, subject.values.cadence);
    let Some(length) = cadence.season_length() else {
        return without(subject, "its values are yearly, and a season is what comes back within a year");
    };
    let format = subject.format();
    let complete: Vec<&PeriodValue> = subject.values.values.iter().filter(|v| v.complete).collect();
    let group = |period: Period| match cadence {
        Cadence::Daily | Cadence::Hourly => period.first.weekday().days_since(calendar.first_weekday),
        _ => place(calendar, cadence, period).order,
    };
    let mut by_group: BTreeMap<u32, Vec<(Date, Option<f64>)>> = BTreeMap::new();
    for value in &complete {
        by_group.entry(group(value.period)).or_default().push((value.period.last, value.value));
    }
    let most = by_group.values().map(Vec::len).max().unwrap_or(0);
    let present: Vec<(&PeriodValue, f64)> = subject.values.complete().collect();
    let (Some((first, _)), Some((last, _))) = (present.first(), present.last()) else {
        return without(subject, "there are no complete values yet");
    };
    if most < 2 {
        return without(subject, "every place of the season has been there once at most");
    }
    let (mut series, mut spots, mut rows) = (Vec::new(), Vec::new(), Vec::new());
    for (index, values) in &by_group {
        let from = f64::from(*index);
        let x = |k: usize| from + MARGIN + (1.0 - 2.0 * MARGIN) * (k as f64 + 0.5) / most as f64;
        let points: Vec<(f64, Option<f64>)> = values.iter().enumerate().map(|(k, (_, y))| (x(k), *y)).collect();
        let known: Vec<f64> = values.iter().filter_map(|v| v.1).collect();
        let Some(mean) = crate::analysis::statistics::mean(&known) else { continue };
        let pen = if most <= WITH_POINTS { Pen::LineWithPoints } else { Pen::Line };
        let name = group_words(subject, *index);
        let level: Arc<[[f64; 2]]> = Arc::from([[from + MARGIN / 2.0, mean], [from + 1.0 - MARGIN / 2.0, mean]]);
        series.push(Series { name: name.clone(), runs: runs(&points), tone: Tone::Focus, pen, end_label: None });
        series.push(Series { name: format!("Mean of {name}"), runs: vec![level], tone: Tone::Target, pen: Pen::Line, end_label: None });
        let (low, high) = known.iter().fold((known[0], known[0]), |(a, b), v| (a.min(*v), b.max(*v)));
        let latest = known[known.len() - 1];
        let row = |name: &str, v: f64, tone| SpotRow { tone, name: name.to_owned(), value: format.exact(v) };
        spots.push(Spot {
            at: [from + 0.5, mean],
            title: name.clone(),
            rows: vec![
                row("Mean", mean, Some(Tone::Target)),
                row("Latest", latest, Some(Tone::Focus)),
                row("Highest", high, None),
                row("Lowest", low, None),
            ],
        });
        rows.push(
            std::iter::once(Cell::Ordered { place: from, shown: name.clone(), plain: name })
                .chain([mean, latest, high, low].map(|v| Cell::exact(Some(v), &format)))
                .collect(),
        );
    }
    let finding = finding(subject);
    let y = Axis::around(present.iter().map(|v| v.1), format.clone(), subject.metric.bounds);
    let largest = y.range.0.abs().max(y.range.1.abs());
    let over = if cadence == Cadence::Daily { "weeks" } else { "years" };
    let mut remarks =
        vec![finding.remark, format!("Each line is one {} over the {over}; the level across it is its mean", place_noun(cadence))];
    remarks.extend(y.note());
    let subtitle = subject.subtitle(&finding.title, largest, Some((first.period.last, last.period.last)));
    let ticks = (0..length as u32).map(|i| Tick { at: f64::from(i) + 0.5, label: short_group_words(subject, i) }).collect();
    let name = (cadence == Cadence::Weekly).then(|| "Week of the year".to_owned());
    let headers = [capitalised(place_noun(cadence)), "Mean".to_owned(), "Latest".to_owned(), "Highest".to_owned(), "Lowest".to_owned()];
    let said: Vec<String> = spots.iter().map(|spot| format!("{} {}", spot.title, spot.rows[0].value)).collect();
    Figure {
        name: subject.metric.name.clone(),
        subtitle,
        supports: subject.supports(),
        x: Axis { range: (0.0, length as f64), scale: Scale::Places(ticks), name },
        y,
        zones: Vec::new(),
        bars: Vec::new(),
        series,
        rules: Vec::new(),
        spots,
        reading: Reading::Across,
        remarks,
        summary: String::new(),
        table: Table { columns: headers.to_vec(), rows },
        empty: None,
        title: finding.title,
    }
    .summed_up(&[format!("Means: {}", said.join(", "))])
}

fn without(subject: &Subject<'_>, why: &str) -> Figure {
    Figure::empty(&subject.metric.name, subject.supports(), &format!("No season to show: {why}"))
}

/// Points in runs, broken where there is no value.
fn runs(points: &[(f64, Option<f64>)]) -> Vec<Arc<[[f64; 2]]>> {
    let unbroken = points.chunk_by(|a, b| a.1.is_some() == b.1.is_some());
    let run = |chunk: &[(f64, Option<f64>)]| chunk.iter().filter_map(|(x, y)| Some([*x, (*y)?])).collect::<Arc<[[f64; 2]]>>();
    unbroken.map(run).filter(|run| !run.is_empty()).collect()
}

/// How strong the season is, and when it is high and low.
fn finding(subject: &Subject<'_>) -> Finding {
    let (calendar, cadence) = (subject.context.project.settings.calendar, subject.values.cadence);
    let name = subject.metric.short_name();
    let values = &subject.values.values;
    let whole: Vec<Option<f64>> = values.iter().take_while(|v| v.complete).map(|v| v.value).collect();
    let length = cadence.season_length().unwrap_or(1);
    match season(&whole, length) {
        Err(why) => Finding { title: format!("{name}: no season can be told yet"), remark: format!("No season yet: {why}") },
        Ok(found) => {
            let every = if cadence == Cadence::Daily { "week" } else { "year" };
            let share = subject.format().locale.percent(found.strength, 0);
            let remark = format!("{share} of what varies around the trend comes back every {every}");
            let by_size = |a: &usize, b: &usize| found.at(*a).total_cmp(&found.at(*b));
            let when = |index: usize| match cadence {
                Cadence::Hourly | Cadence::Daily => format!("on {}s", weekday_word(values[index].period.first.weekday())),
                Cadence::Weekly => format!("in {}", place_words(calendar, cadence, values[index].period).to_lowercase()),
                _ => format!("in {}", place_words(calendar, cadence, values[index].period)),
            };
            let drafts = match ((0..length).max_by(by_size), (0..length).min_by(by_size)) {
                (Some(high), Some(low)) if found.is_strong() => {
                    vec![
                        format!("{name} is usually highest {} and lowest {}", when(high), when(low)),
                        format!("{name} has a strong season"),
                    ]
                }
                _ => vec![format!("{name} has no strong season")],
            };
            let title = drafts.into_iter().find(|d| few_words(d)).unwrap_or_else(|| subject.metric.name.clone());
            Finding { title, remark }
        }
    }
}

fn weekday_word(day: Weekday) -> &'static str {
    ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"][day.num_days_from_monday() as usize]
}

fn place_noun(cadence: Cadence) -> &'static str {
    if cadence <= Cadence::Daily { "weekday" } else { cadence.period_word() }
}

fn count_words(count: usize, noun: &str) -> String {
    if count == 1 { format!("1 {noun}") } else { format!("{count} {noun}s") }
}

fn group_words(subject: &Subject<'_>, index: u32) -> String {
    match subject.values.cadence {
        Cadence::Weekly => format!("Week {}", index + 1),
        Cadence::Daily | Cadence::Hourly => weekday_word(weekday_of(subject, index)).to_owned(),
        _ => short_group_words(subject, index),
    }
}

fn weekday_of(subject: &Subject<'_>, index: u32) -> Weekday {
    let first = subject.context.project.settings.calendar.first_weekday;
    (0..index).fold(first, |day, _| day.succ())
}

fn short_group_words(subject: &Subject<'_>, index: u32) -> String {
    match subject.values.cadence {
        Cadence::Hourly | Cadence::Daily => weekday_word(weekday_of(subject, index))[..3].to_owned(),
        Cadence::Weekly => (index + 1).to_string(),
        Cadence::Quarterly => format!("Q{}", index + 1),
        Cadence::Monthly | Cadence::Yearly => month_of(subject, index).to_owned(),
    }
}

/// The month that lies so many months into the year.
fn month_of(subject: &Subject<'_>, index: u32) -> &'static str {
    let start = subject.context.project.settings.calendar.fiscal_start_month.clamp(1, 12) - 1;
    Date::from_ymd_opt(2001, (start + index) % 12 + 1, 1).map_or("", month_word)
}

fn year_ticks(subject: &Subject<'_>) -> Vec<Tick> {
    if subject.values.cadence == Cadence::Quarterly {
        return (0..4).map(|q| Tick { at: f64::from(q) * 3.0 + 1.5, label: format!("Q{}", q + 1) }).collect();
    }
    // Finer values begin with the month, whole months stand in its middle.
    (0..12).map(|m| Tick { at: f64::from(m) + 0.5, label: month_of(subject, m).to_owned() }).collect()
}

fn year_spot(subject: &Subject<'_>, words: &str, at: f64, by_year: &BTreeMap<i32, f64>, newest: i32) -> Spot {
    let calendar = subject.context.project.settings.calendar;
    let format = subject.format();
    let row = |(year, value): (&i32, &f64)| SpotRow {
        tone: Some(if *year == newest { Tone::Focus } else { Tone::Context }),
        name: year_words(calendar, *year),
        value: format.exact(*value),
    };
    let y = by_year.last_key_value().map_or(0.0, |(_, y)| *y);
    Spot { at: [at, y], title: words.to_owned(), rows: by_year.iter().rev().take(8).map(row).collect() }
}

fn year_table(subject: &Subject<'_>, groups: &BTreeMap<u32, (String, f64, BTreeMap<i32, f64>)>, format: &ValueFormat) -> Table {
    let calendar = subject.context.project.settings.calendar;
    let years: std::collections::BTreeSet<i32> = groups.values().flat_map(|g| g.2.keys().copied()).collect();
    let columns = std::iter::once(capitalised(subject.values.cadence.period_word())).chain(years.iter().map(|y| year_words(calendar, *y)));
    let row = |(words, at, by_year): &(String, f64, BTreeMap<i32, f64>)| {
        let place = Cell::Ordered { place: *at, shown: words.clone(), plain: words.clone() };
        std::iter::once(place).chain(years.iter().map(|y| Cell::exact(by_year.get(y).copied(), format))).collect()
    };
    Table { columns: columns.collect(), rows: groups.values().map(row).collect() }
}

/// A day one year before another: for weeks and days the same weekday.
pub(super) fn year_before(cadence: Cadence, day: Date) -> Option<Date> {
    if cadence <= Cadence::Weekly { day.checked_sub_days(Days::new(364)) } else { day.checked_sub_months(chrono::Months::new(12)) }
}
