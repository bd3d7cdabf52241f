//! A metric over time: what its chart draws, a row a day on which there is something.

use super::sheet::{Drawn, Form, Sheet, Value, clean, form_of, with_unit};
use crate::chart::{BandId, Cell, Chart, Line, LineId, LineStyle, Table};
use crate::export::Stage;
use crate::model::{Cadence, Metric, Stamp, period_words};
use crate::ui::views::figure_of;
use crate::workspace::{ChartOf, KpiMode};

/// As on the page of the metric.
pub(super) fn of_metric(stage: &Stage<'_>, metric: &Metric) -> Sheet {
    let of = ChartOf::Metric(metric.id.clone(), None);
    of_chart(&metric.name, &stage.memos.chart(&stage.document, stage.as_of, &of))
}

/// As the KPI view shows it in a mode.
pub(super) fn of_mode(stage: &Stage<'_>, metric: &Metric, mode: KpiMode) -> Sheet {
    let (memos, document, as_of) = (&stage.memos, &stage.document, stage.as_of);
    if let KpiMode::Variation(choice) = mode {
        return of_chart(&metric.name, &memos.chart(document, as_of, &ChartOf::Variation(metric.id.clone(), choice)));
    }
    let over_time = memos.chart(document, as_of, &ChartOf::Metric(metric.id.clone(), None));
    let range = stage.view.days(document.project(), as_of, over_time.fit_x);
    let of = figure_of(&stage.scene(), (&metric.id, None), mode, range);
    match memos.figure(document, as_of, &of).filter(|figure| !figure.table.rows.is_empty()) {
        Some(figure) => of_table(&metric.name, &figure.table, &over_time),
        None => of_chart(&metric.name, &over_time),
    }
}

/// What a table shows, with its numbers as numbers.
fn of_table(name: &str, table: &Table, chart: &Chart) -> Sheet {
    let form = form_of(&chart.format);
    let value = |cell: &Cell| match cell {
        Cell::Words(words) => Value::text(words),
        Cell::Number(number, _) => Value::number(Some(*number), &form),
        Cell::Ordered { plain, .. } => plain.parse().map_or_else(|_| Value::text(plain), Value::Day),
        Cell::None => Value::None,
    };
    let rows = table.rows.iter().map(|row| row.iter().map(value).collect()).collect();
    Sheet { name: name.to_owned(), heads: table.columns.iter().map(|head| clean(head)).collect(), rows, frozen: 1, drawn: None }
}

/// A column beside the values: what it is called, the lines that it gathers.
struct Column<'a> {
    head: &'static str,
    lines: Vec<&'a Line>,
    /// Only days after the last whole value: there the line begins, and it has no value of its own.
    is_ahead: bool,
}

/// Which lines a column gathers.
type Gathers = fn(LineId) -> bool;

const GATHERED: [(&str, Gathers); 10] = [
    ("Expected", |id| id == LineId::Pace),
    ("Target", |id| id == LineId::Target),
    ("Target at most", |id| id == LineId::TargetHigh),
    ("Original target", |id| id == LineId::OriginalTarget),
    ("KPI target", |id| matches!(id, LineId::OwnTarget(_))),
    ("Mean", |id| matches!(id, LineId::Centre(_))),
    ("Lower limit", |id| matches!(id, LineId::LowerLimit(_))),
    ("Upper limit", |id| matches!(id, LineId::UpperLimit(_))),
    ("Forecast", |id| id == LineId::Forecast),
    ("With initiatives", |id| id == LineId::WithInitiatives),
];

fn columns(chart: &Chart) -> Vec<Column<'_>> {
    let gathered = GATHERED.iter().map(|(head, is_of)| Column {
        head,
        lines: chart.lines.iter().filter(|line| is_of(line.id)).collect(),
        is_ahead: matches!(*head, "Forecast" | "With initiatives"),
    });
    gathered.filter(|column| !column.lines.is_empty()).collect()
}

impl Column<'_> {
    /// Of several lines the one that begins latest holds: each of them lasts until the next.
    fn at(&self, x: f64, last: f64) -> Option<f64> {
        if self.is_ahead {
            // On its own days only: between them nothing was forecast.
            let points = self.lines.iter().flat_map(|line| line.runs.iter().flat_map(|run| run.iter()));
            return points.filter(|_| x > last).find(|p| p[0] == x).map(|p| p[1]);
        }
        self.lines.iter().rev().find_map(|line| line.at(x))
    }

    /// Its own days, where it reaches beyond the values.
    fn days(&self) -> impl Iterator<Item = f64> {
        let every = self.lines.iter().filter(|_| self.is_ahead).flat_map(|line| line.runs.iter().flat_map(|run| run.iter().map(|p| p[0])));
        every.chain(self.lines.iter().filter(|line| line.id == LineId::Pace).filter_map(|line| line.end()).map(|end| end[0]))
    }
}

const DAY: f64 = 86_400.0;

pub(super) fn of_chart(name: &str, chart: &Chart) -> Sheet {
    let form = form_of(&chart.format);
    let columns = columns(chart);
    let last = chart.complete().last().map_or(f64::NEG_INFINITY, |p| p[0]);
    let after = chart.values.last().map_or(f64::NEG_INFINITY, |p| p[0]);
    let mut ahead: Vec<f64> = columns.iter().flat_map(Column::days).filter(|x| *x > after).collect();
    ahead.sort_by(f64::total_cmp);
    ahead.dedup();
    let is_timed = chart.cadence == Cadence::Hourly;
    let has_periods = chart.cadence > Cadence::Daily;
    let fan = chart.bands.iter().find(|band| band.id == BandId::Forecast(80));

    let mut heads = vec!["Date".to_owned()];
    heads.extend(has_periods.then(|| "Period".to_owned()));
    let actual = heads.len() as u16;
    heads.push(with_unit("Actual", &chart.format.unit));
    heads.push("Unfinished".to_owned());
    let first = heads.len() as u16;
    heads.extend(columns.iter().map(|column| column.head.to_owned()));
    heads.extend(fan.into_iter().flat_map(|_| ["Forecast P10".to_owned(), "Forecast P90".to_owned()]));
    let has_notes = !chart.notes.is_empty();
    heads.extend(has_notes.then(|| "Note".to_owned()));

    let row = |x: f64, value: Option<f64>| {
        let stamp = Stamp::from_seconds((x * DAY).round() as i64);
        let mut row = vec![if is_timed { Value::Moment(stamp) } else { Value::Day(stamp.date()) }];
        if has_periods {
            let period = chart.calendar.period_of(chart.cadence, stamp.date());
            row.push(Value::text(period_words(&chart.calendar, chart.cadence, period)));
        }
        row.push(Value::number(value, &form));
        let is_unfinished = value.is_some() && chart.unfinished.is_some_and(|u| u.x == x);
        row.push(if is_unfinished { Value::text("yes") } else { Value::None });
        row.extend(columns.iter().map(|column| Value::number(column.at(x, last), &form)));
        if let Some(fan) = fan {
            let rib = fan.points.iter().find(|p| p[0] == x && x > last);
            row.extend([1, 2].map(|end| Value::number(rib.map(|p| p[end]), &form)));
        }
        if has_notes {
            let notes = chart.notes.iter().filter(|note| note.at[0] == x).map(|note| note.text.trim());
            row.push(Value::text(notes.collect::<Vec<_>>().join("; ")));
        }
        row
    };
    let rows = chart.values.iter().map(|&[x, y]| row(x, Some(y))).chain(ahead.into_iter().map(|x| row(x, None))).collect();
    let drawn = chart.empty.is_none().then(|| drawn(chart, (actual, first), &columns, form.clone()));
    Sheet { name: name.to_owned(), heads, rows, frozen: 1, drawn }
}

/// The values, and what they are held against.
fn drawn(chart: &Chart, (actual, first): (u16, u16), columns: &[Column<'_>], form: Form) -> Drawn {
    let mut lines = vec![(actual, LineStyle::Solid)];
    for (place, column) in (first..).zip(columns) {
        if let Some(line) = column.lines.first().filter(|line| line.id != LineId::OriginalTarget) {
            lines.push((place, line.style));
        }
    }
    let complete = chart.unfinished.and_then(|u| chart.values.iter().position(|p| p[0] == u.x));
    Drawn { title: clean(&chart.title), summary: clean(&chart.summary), form, lines, complete }
}
