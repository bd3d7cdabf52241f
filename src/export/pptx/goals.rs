//! Rows about goals: a table, with shapes for status and progress laid over its cells.

use super::ink::Ink;
use super::place::Place;
use super::sheet::{Called, Outline, Sheet};
use super::table::{Cell, Grid, PADDING, Row};
use super::text::{Align, Paragraph, Run, size};
use crate::analysis::attention::Tone;
use crate::chart::deck::GoalLine;
use crate::model::Status;
use crate::ui::theme::Theme;

const HEAD: f32 = 48.0;
const GLYPH: f32 = 20.0;
const BULLET: f32 = 22.0;

/// Name, status, progress, now and target, change, likelihood.
const COLUMNS: [f32; 6] = [0.33, 0.15, 0.13, 0.18, 0.12, 0.09];
/// Where nothing has a likelihood.
const FIVE: [f32; 5] = [0.38, 0.15, 0.16, 0.19, 0.12];
const STATUS: usize = 1;
const PROGRESS: usize = 2;

/// A table of goals in a place; answers with how high it is.
pub(super) fn table(sheet: &mut Sheet<'_>, place: Place, rows: &[GoalLine]) -> f32 {
    let height = ((place.height - HEAD) / rows.len().max(1) as f32).clamp(52.0, 84.0);
    let heads = ["Objective or key result", "Status", "Progress", "Now → target", "Change", "Likely"];
    let any_chance = rows.iter().any(|line| line.chance.contains(|c: char| c.is_ascii_digit()));
    let columns: &[f32] = if any_chance { &COLUMNS } else { &FIVE };
    let grid = Grid {
        columns: columns.to_vec(),
        head: Some(head(HEAD, &heads[..columns.len()], PROGRESS + 1)),
        rows: Vec::new(),
        line: Ink::Exact(sheet.theme.line.hairline),
    };
    let rows_of_grid = rows.iter().map(|line| row(sheet.theme, line, &grid, place.width, height)).collect();
    let grid = Grid { rows: rows_of_grid, ..grid };
    let words: Vec<String> = rows.iter().map(GoalLine::words).collect();
    let all = HEAD + height * rows.len() as f32;
    sheet.table(Called { name: "Goals", words: &words.join("; ") }, Place { height: all, ..place }, &grid);
    for (index, line) in rows.iter().enumerate() {
        let middle = place.y + HEAD + height * (index as f32 + 0.5);
        let (left, _) = grid.column(STATUS, place.width);
        glyph(sheet, line.status, place.x + left + PADDING, middle);
        let (left, width) = grid.column(PROGRESS, place.width);
        let room = Place::new(place.x + left + PADDING, middle - BULLET / 2.0, width - 2.0 * PADDING, BULLET);
        bullet(sheet, line, room);
    }
    all
}

/// The names of columns; those from `numbers` on stand right.
pub(super) fn head(height: f32, names: &[&str], numbers: usize) -> Row {
    let cell = |(index, name): (usize, &&str)| {
        let align = if index >= numbers { Align::Right } else { Align::Left };
        Cell { words: vec![Paragraph::from(Run::new(*name, size::CAPTION, Ink::Muted).strong()).aligned(align)], fill: Some(Ink::Panel) }
    };
    Row { height, cells: names.iter().enumerate().map(cell).collect() }
}

fn row(theme: &Theme, line: &GoalLine, grid: &Grid, width: f32, height: f32) -> Row {
    let GoalLine { title, status, now, change, tone, chance, .. } = line;
    let words = |column: usize, words: &str, ink: Ink| {
        let room = grid.column(column, width).1 - 2.0 * PADDING;
        Run::fitted(words, size::SMALL, room, height, ink)
    };
    let toned = match tone {
        Tone::Better => Ink::Exact(theme.xmr.improve),
        Tone::Worse => Ink::Exact(theme.xmr.concern),
        Tone::Neither => Ink::Text,
    };
    // The shape of a status stands before its word.
    let status_words = words(STATUS, &format!("\u{2003}{}", status.word()), Ink::Exact(theme.status(*status).text));
    let right = |run: Run| Cell::from(Paragraph::from(run).aligned(Align::Right));
    let mut cells = vec![
        Paragraph::from(words(0, title, Ink::Text)).into(),
        Paragraph::from(status_words).into(),
        Cell::default(),
        right(words(3, now, Ink::Text)),
        right(words(4, change, toned)),
    ];
    if grid.columns.len() > cells.len() {
        cells.push(right(words(cells.len(), chance, Ink::Text)));
    }
    Row { height, cells }
}

/// The shape of a status, left-aligned at a place.
pub(super) fn glyph(sheet: &mut Sheet<'_>, status: Status, x: f32, middle: f32) {
    let outline = match status {
        Status::Behind => Outline::Triangle,
        Status::AtRisk => Outline::Diamond,
        Status::Missed | Status::Closed => Outline::Square,
        _ => Outline::Circle,
    };
    let fill = Ink::Exact(sheet.theme.status(status).mark);
    let place = Place::new(x, middle - GLYPH / 2.0, GLYPH, GLYPH);
    sheet.mark(Called { name: "Status", words: status.word() }, place, outline, fill);
}

/// Progress from nothing to all of it, with a tick where it was expected to be.
pub(super) fn bullet(sheet: &mut Sheet<'_>, line: &GoalLine, room: Place) {
    let Some(progress) = line.progress else { return };
    let theme = sheet.theme;
    let share = |v: f64| (v as f32).clamp(0.0, 1.0) * room.width;
    let expected = line.expected.map(|e| format!(", {:.0} % expected", e * 100.0)).unwrap_or_default();
    let words = format!("{:.0} % of the way{expected}", progress * 100.0);
    let (track, mark, tick) = (Ink::Exact(theme.bullet[1]), Ink::Exact(theme.status(line.status).mark), Ink::Text);
    sheet.mark(Called { name: "Progress", words: &words }, room, Outline::Square, track);
    let bar = Place { y: room.y + room.height * 0.27, height: room.height * 0.46, width: share(progress).max(1.0), ..room };
    sheet.mark(Called { name: "Reached", words: "" }, bar, Outline::Square, mark);
    if let Some(expected) = line.expected {
        let at = Place { x: room.x + share(expected) - 2.0, width: 4.0, ..room };
        sheet.mark(Called { name: "Expected", words: "" }, at, Outline::Square, tick);
    }
}
