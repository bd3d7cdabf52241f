//! The scorecard as tables that can be edited, a dozen rows a slide.

use std::sync::Arc;

use super::goals::head;
use super::ink::Ink;
use super::place::{MEASURE, Place};
use super::sheet::{Called, Sheet};
use super::table::{Cell, Grid, PADDING, Row};
use super::text::{Align, Paragraph, Run, size};
use crate::analysis::PeriodVerdict;
use crate::chart::scorecard::{self, Line, Scorecard};
use crate::model::Status;
use crate::ui::scene::Scene;
use crate::ui::views::scorecard_shown;

const LINES: usize = 14;
/// Periods that stay readable from the back row, the latest ones.
const PERIODS: usize = 8;
/// Two lines: a period, and how far it reaches.
const HEAD: f32 = 64.0;
/// Name, target, status.
const ABOUT: [f32; 3] = [0.27, 0.11, 0.12];

/// The part of a scorecard on one slide.
pub(super) struct Part {
    scorecard: Arc<Scorecard>,
    lines: Vec<Line>,
    number: usize,
}

impl Part {
    pub(super) fn title(&self) -> String {
        if self.number == 0 { self.scorecard.title.clone() } else { format!("{} (continued)", self.scorecard.title) }
    }
}

pub(super) fn parts(scene: &Scene<'_>) -> Vec<Part> {
    let scorecard = scorecard_shown(scene);
    let lines = scorecard.lines(&std::collections::BTreeSet::new());
    let chunks = lines.chunks(LINES).enumerate();
    chunks.map(|(number, lines)| Part { scorecard: Arc::clone(&scorecard), lines: lines.to_vec(), number }).collect()
}

pub(super) fn table(sheet: &mut Sheet<'_>, part: &Part) {
    let Part { scorecard, lines, .. } = part;
    let columns = &scorecard.columns.list;
    let first = columns.len().saturating_sub(PERIODS);
    let periods = columns.len() - first;
    let share = (1.0 - ABOUT.iter().sum::<f32>()) / periods.max(1) as f32;
    let heads: Vec<String> = ["KPI", "Target", "Status"]
        .map(str::to_owned)
        .into_iter()
        .chain(columns[first..].iter().map(|column| format!("{} {}", column.head, column.note).trim().to_owned()))
        .collect();
    let heads: Vec<&str> = heads.iter().map(String::as_str).collect();
    let mut grid = Grid {
        columns: ABOUT.into_iter().chain(std::iter::repeat_n(share, periods)).collect(),
        head: Some(head(HEAD, &heads, ABOUT.len())),
        rows: Vec::new(),
        line: Ink::Exact(sheet.theme.line.hairline),
    };
    let height = (Place::BODY.height - HEAD) / LINES as f32;
    let mut words: Vec<String> = vec![scorecard.subtitle.clone()];
    for line in lines {
        let cells = match line {
            Line::Group(group) => {
                let title = scorecard.groups.get(*group).map_or("", |g| g.title.as_str());
                words.push(title.to_owned());
                let filled = |cell: Cell| Cell { fill: Some(Ink::Panel), ..cell };
                let room = grid.column(0, MEASURE).1 - 2.0 * PADDING;
                let name = Run::fitted(title, size::CAPTION, room, height, Ink::Text).strong();
                std::iter::once(filled(Paragraph::from(name).into()))
                    .chain((1..grid.columns.len()).map(|_| filled(Cell::default())))
                    .collect()
            }
            Line::Row(row) => match scorecard.rows.get(*row) {
                Some(row) => {
                    words.push(row.words());
                    cells(sheet, &grid, row, first, height)
                }
                None => Vec::new(),
            },
        };
        grid.rows.push(Row { height, cells });
    }
    let all = HEAD + height * grid.rows.len() as f32;
    sheet.table(Called { name: "Scorecard", words: &words.join("; ") }, Place { height: all, ..Place::BODY }, &grid);
}

fn cells(sheet: &Sheet<'_>, grid: &Grid, row: &scorecard::Row, first: usize, height: f32) -> Vec<Cell> {
    let theme = sheet.theme;
    let cell = |column: usize, words: &str, ink: Ink, align: Align, fill: Option<Ink>| {
        let room = grid.column(column, MEASURE).1 - 2.0 * PADDING;
        let run = Run::fitted(words, size::CAPTION, room, height, ink);
        Cell { words: vec![Paragraph::from(run).aligned(align)], fill }
    };
    let unit = row.unit_word().map(|unit| format!(", {unit}")).unwrap_or_default();
    let status = row.standing.mark.map_or(Ink::Muted, |mark| Ink::Exact(theme.status(mark).text));
    let mut cells = vec![
        cell(0, &format!("{}{unit}", row.name), Ink::Text, Align::Left, None),
        cell(1, if row.target_words.is_empty() { "–" } else { &row.target_words }, Ink::Text, Align::Left, None),
        cell(2, &row.standing.word, status, Align::Left, None),
    ];
    for column in first..row.cells.len() {
        let tint = |status: Status| theme.status(status).tint.map(Ink::Exact);
        let fill = match row.verdict(column) {
            Some(PeriodVerdict::Met) => tint(Status::OnTrack),
            Some(PeriodVerdict::Short) => tint(Status::Behind),
            Some(PeriodVerdict::FarShort) => tint(Status::AtRisk),
            None => None,
        };
        let words = row.text(column, scorecard::Part::Actual);
        cells.push(cell(ABOUT.len() + column - first, &words, Ink::Text, Align::Right, fill));
    }
    cells
}
