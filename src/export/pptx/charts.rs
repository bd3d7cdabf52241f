//! Slides of one chart: the message, the chart with its numbers behind it, what has to be known, three facts.

use super::Maker;
use super::deck;
use super::ink::Ink;
use super::place::{MARGIN, MEASURE, Place};
use super::plot::{Plot, of_figure, over_time};
use super::sheet::{Called, Sheet};
use super::table::{Cell, Grid, PADDING, Row};
use super::text::{Align, Anchor, Paragraph, Run, size};
use crate::chart::{Chart, Figure, Table};
use crate::export::ExportError;

/// Rows of a table that fit on a slide.
pub(super) const TABLE_ROWS: usize = 13;
const CHART: Place = Place::new(MARGIN, 250.0, MEASURE, 556.0);
const CAPTION: Place = Place::new(MARGIN, 0.0, MEASURE, 68.0);
const FACTS: Place = Place::new(MARGIN, 884.0, MEASURE, 96.0);
/// Without facts the chart has their room.
const TALL: f32 = 668.0;

/// A chart in any of its forms.
#[derive(Clone, Copy)]
pub(super) enum Drawn<'a> {
    Chart(&'a Chart),
    Figure(&'a Figure),
}

impl<'a> Drawn<'a> {
    pub(super) fn title(self) -> &'a str {
        match self {
            Self::Chart(chart) => &chart.title,
            Self::Figure(figure) => &figure.title,
        }
    }

    fn subtitle(self) -> &'a str {
        match self {
            Self::Chart(chart) => &chart.subtitle,
            Self::Figure(figure) => &figure.subtitle,
        }
    }

    pub(super) fn summary(self) -> &'a str {
        match self {
            Self::Chart(chart) => &chart.summary,
            Self::Figure(figure) => &figure.summary,
        }
    }

    fn empty(self) -> Option<&'a str> {
        match self {
            Self::Chart(chart) => chart.empty.as_deref(),
            Self::Figure(figure) => figure.empty.as_deref(),
        }
    }

    fn caption(self) -> String {
        match self {
            Self::Chart(chart) => chart.caption.clone(),
            Self::Figure(figure) => {
                let rules = figure.rules.iter().filter(|rule| rule.way == crate::chart::Way::Upright).map(|rule| rule.label.clone());
                rules.chain(figure.remarks.iter().cloned()).collect::<Vec<_>>().join(" · ")
            }
        }
    }

    /// The goal it is shown for.
    pub(super) fn supports(self) -> String {
        let supports = match self {
            Self::Chart(chart) => &chart.supports,
            Self::Figure(figure) => &figure.supports,
        };
        supports.first().map(|s| s.path.clone()).unwrap_or_default()
    }
}

/// Puts a chart, its words and facts on a slide; answers `false` where it has no form that can be edited and nothing was put there.
pub(super) fn chart(
    maker: &Maker<'_>,
    sheet: &mut Sheet<'_>,
    drawn: Drawn<'_>,
    range: Option<(f64, f64)>,
    told: &[deck::Told],
) -> Result<bool, ExportError> {
    let place = if told.is_empty() { Place { height: TALL, ..CHART } } else { CHART };
    let caption = drawn.caption();
    let below = Place { y: place.y + place.height + 4.0, ..CAPTION };
    if let Some(why) = drawn.empty() {
        sheet.text("Words", place, Anchor::Top, &[Run::new(why, size::BODY, Ink::Muted).into()]);
        return Ok(true);
    }
    if let Drawn::Figure(figure) = drawn
        && figure.series.is_empty()
        && figure.bars.is_empty()
    {
        table(sheet, &figure.name, &figure.table, 0, place);
        deck::facts(sheet, told, FACTS);
        return Ok(true);
    }
    let Some(plot) = plot(maker, drawn, range, place.height) else { return Ok(false) };
    subtitle(sheet, drawn.subtitle());
    sheet.chart(Called { name: "Chart", words: drawn.summary() }, place, &plot)?;
    if !caption.is_empty() {
        let run = Run::fitted(&caption, size::CAPTION, below.width, below.height, Ink::Muted);
        sheet.text("Caption", below, Anchor::Top, &[run.into()]);
    }
    deck::facts(sheet, told, FACTS);
    Ok(true)
}

fn plot(maker: &Maker<'_>, drawn: Drawn<'_>, range: Option<(f64, f64)>, height: f32) -> Option<Plot> {
    match drawn {
        Drawn::Chart(chart) => over_time(chart, range, &maker.stage.theme, height),
        Drawn::Figure(figure) => of_figure(figure, &maker.stage.theme, height),
    }
}

fn subtitle(sheet: &mut Sheet<'_>, words: &str) {
    if !words.is_empty() {
        let place = Place::new(MARGIN, 210.0, MEASURE, 36.0);
        let run = Run::fitted(words, size::CAPTION, place.width, place.height, Ink::Muted);
        sheet.text("Subtitle", place, Anchor::Middle, &[run.into()]);
    }
}

/// Rows of a table from one on.
pub(super) fn table(sheet: &mut Sheet<'_>, name: &str, table: &Table, from: usize, place: Place) {
    const HEAD: f32 = 48.0;
    let rows: Vec<&Vec<crate::chart::Cell>> = table.rows.iter().skip(from).take(TABLE_ROWS).collect();
    let height = ((place.height - HEAD) / TABLE_ROWS as f32).min(52.0);
    let longest = |column: usize| {
        let shown = rows.iter().filter_map(|row| row.get(column)).map(|cell| cell.shown().chars().count());
        shown.chain([table.columns.get(column).map_or(0, |c| c.chars().count())]).max().unwrap_or(1)
    };
    let columns: Vec<f32> = (0..table.columns.len()).map(|column| longest(column).clamp(9, 40) as f32).collect();
    let is_number = |column: usize| rows.iter().any(|row| row.get(column).is_some_and(crate::chart::Cell::is_number));
    let head = |(column, name): (usize, &String)| {
        let align = if is_number(column) { Align::Right } else { Align::Left };
        let words = Paragraph::from(Run::new(name, size::CAPTION, Ink::Muted).strong()).aligned(align);
        Cell { words: vec![words], fill: Some(Ink::Panel) }
    };
    let mut grid = Grid {
        head: Some(Row { height: HEAD, cells: table.columns.iter().enumerate().map(head).collect() }),
        columns,
        rows: Vec::new(),
        line: Ink::Exact(sheet.theme.line.hairline),
    };
    for row in &rows {
        let cell = |(column, cell): (usize, &crate::chart::Cell)| -> Cell {
            let room = grid.column(column, place.width).1 - 2.0 * PADDING;
            let words = cell.shown();
            let align = if is_number(column) { Align::Right } else { Align::Left };
            Paragraph::from(Run::fitted(words, size::CAPTION, room, height, Ink::Text)).aligned(align).into()
        };
        let cells = row.iter().enumerate().map(cell).collect();
        grid.rows.push(Row { height, cells });
    }
    let words = rows.iter().map(|row| row.iter().map(|cell| cell.shown().to_owned()).collect::<Vec<_>>().join(", ")).collect::<Vec<_>>();
    let all = HEAD + height * rows.len() as f32;
    sheet.table(Called { name, words: &words.join("; ") }, Place { height: all, ..place }, &grid);
}
