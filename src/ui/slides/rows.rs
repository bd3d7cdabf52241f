//! Rows about goals, and the sentences under them.

use egui::{Align2, Rect, Ui, pos2};

use super::paper::{BOTTOM, MARGIN, Paper, ROW, WIDTH, place_galley, target};
use crate::analysis::attention::Tone;
use crate::chart::deck::{GoalLine, Takeaway};
use crate::ui::theme::TextSize;
use crate::ui::widgets::{Bullet, paint_bullet};
use crate::workspace::{Action, Selection};

/// Of a row of words.
pub(super) const LEAST_PITCH: f32 = 47.0;
const HEADS: f32 = 44.0;
const GAP: f32 = 24.0;
const BULLET: f32 = 28.0;
/// Between sentences.
const BETWEEN: f32 = 10.0;

/// A column of the rows about goals: its head, its width in points, and what stands in it.
#[derive(Clone, Debug)]
pub(super) struct Column<'a> {
    pub(super) head: &'a str,
    pub(super) width: f32,
    pub(super) cell: Cell,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Cell {
    Status,
    /// Takes what the others leave.
    Name,
    Progress,
    Now,
    Change,
    Chance,
}

/// The height of so many rows with their heads.
pub(super) fn height(rows: usize, pitch: f32) -> f32 {
    HEADS + rows as f32 * pitch
}

/// Rows under their heads from a height on.
pub(super) fn goals(
    ui: &Ui,
    paper: &Paper<'_, '_>,
    top: f32,
    pitch: f32,
    columns: &[Column<'_>],
    rows: &[GoalLine],
    actions: &mut Vec<Action>,
) {
    let fixed: f32 = columns.iter().map(|c| c.width + GAP).sum::<f32>() - GAP;
    let rest = WIDTH - fixed;
    let mut places = Vec::new();
    let mut x = MARGIN;
    for column in columns {
        let width = column.width + if column.cell == Cell::Name { rest } else { 0.0 };
        places.push((x, width));
        x += width + GAP;
    }
    for (column, (x, width)) in columns.iter().zip(&places) {
        let right = matches!(column.cell, Cell::Change | Cell::Chance);
        let anchor = if right { Align2::RIGHT_CENTER } else { Align2::LEFT_CENTER };
        paper.write(ui, paper.rect(*x, top, *width, HEADS), column.head, paper.muted(TextSize::Label).at(anchor).down_to(0.8));
    }
    for (index, row) in rows.iter().enumerate() {
        let y = top + HEADS + index as f32 * pitch;
        paper.hairline(ui, y);
        let band = paper.band(y + 1.0, y + pitch - 1.0);
        paper.link(ui, band, &row.words(), Some(Selection::Goal(row.goal.clone())), actions);
        for (column, (x, width)) in columns.iter().zip(&places) {
            cell(ui, paper, paper.rect(*x, y, *width, pitch), column.cell, row);
        }
    }
}

fn cell(ui: &Ui, paper: &Paper<'_, '_>, room: Rect, cell: Cell, row: &GoalLine) {
    let words = paper.style(TextSize::Body).share(ROW).at(Align2::LEFT_CENTER);
    let numbers = words.numbers();
    match cell {
        Cell::Status => paper.status(ui, room, row.status, TextSize::Subtitle),
        Cell::Name => {
            paper.write(ui, room, &row.title, words.colour(paper.theme.text.strong).down_to(0.76));
        }
        Cell::Progress => {
            let bar = Rect::from_center_size(room.center(), egui::vec2(room.width(), BULLET * paper.zoom()));
            paint_bullet(ui.painter(), &paper.theme, bar, Bullet { progress: row.progress, expected: row.expected });
        }
        Cell::Now => {
            paper.write(ui, room, &row.now, numbers.down_to(0.7));
        }
        Cell::Change => {
            let colour = if row.tone == Tone::Neither { paper.theme.text.muted } else { tone_colour(paper, row.tone) };
            paper.write(ui, room, &row.change, numbers.at(Align2::RIGHT_CENTER).colour(colour).down_to(0.7));
        }
        Cell::Chance => {
            paper.write(ui, room, &row.chance, numbers.at(Align2::RIGHT_CENTER).down_to(0.7));
        }
    }
}

pub(super) fn tone_colour(paper: &Paper<'_, '_>, tone: Tone) -> egui::Color32 {
    match tone {
        Tone::Better => paper.theme.xmr.improve,
        Tone::Worse => paper.theme.xmr.concern,
        Tone::Neither => paper.theme.text.muted,
    }
}

/// ▲ for the better, ▼ for the worse, ● for neither, in a square of the paper.
pub(super) fn tone_mark(ui: &Ui, paper: &Paper<'_, '_>, middle: egui::Pos2, size: f32, tone: Tone) {
    let half = size * paper.zoom() / 2.0;
    let (colour, painter) = (tone_colour(paper, tone), ui.painter());
    let at = |x: f32, y: f32| middle + egui::vec2(x, y) * half;
    let triangle = |points: Vec<egui::Pos2>| egui::Shape::convex_polygon(points, colour, egui::Stroke::NONE);
    match tone {
        Tone::Better => painter.add(triangle(vec![at(0.0, -0.85), at(1.0, 0.8), at(-1.0, 0.8)])),
        Tone::Worse => painter.add(triangle(vec![at(-1.0, -0.8), at(1.0, -0.8), at(0.0, 0.85)])),
        Tone::Neither => painter.circle_filled(middle, half * 0.7, colour),
    };
}

/// Sentences from a height to the end of the body, as many as there is room for, each with the sign of its tone.
pub(super) fn takeaways(ui: &Ui, paper: &Paper<'_, '_>, top: f32, sentences: &[Takeaway], actions: &mut Vec<Action>) {
    const INDENT: f32 = 52.0;
    let style = paper.style(TextSize::Body).share(ROW).rows(2);
    let line = paper.points(paper.theme.type_of(TextSize::Body).line_height) * ROW;
    let mut y = top;
    for sentence in sentences {
        let room = paper.rect(MARGIN + INDENT, y, WIDTH - INDENT, 2.0 * line);
        let rows = if y + 2.0 * line <= BOTTOM + 1.0 { 2 } else { 1 };
        if y + line > BOTTOM + 1.0 {
            return;
        }
        let galley = paper.lay(ui, room.size(), &sentence.text, style.rows(rows));
        let height = paper.points(galley.size().y);
        let band = paper.band(y, y + height);
        paper.link(ui, band, &sentence.text, target(sentence.goal.as_ref(), sentence.metric.as_ref()), actions);
        tone_mark(ui, paper, pos2(band.left() + 13.0 * paper.zoom(), paper.at(0.0, y + line / 2.0).y), 24.0, sentence.tone);
        place_galley(ui, room, galley, style);
        y += height + BETWEEN;
    }
}

/// The height that sentences take, in points.
pub(super) fn takeaways_height(ui: &Ui, paper: &Paper<'_, '_>, sentences: &[Takeaway]) -> f32 {
    let style = paper.style(TextSize::Body).share(ROW).rows(2);
    let room = paper.rect(0.0, 0.0, WIDTH - 52.0, 400.0);
    let heights = sentences.iter().map(|s| paper.points(paper.lay(ui, room.size(), &s.text, style).size().y) + BETWEEN);
    (heights.sum::<f32>() - BETWEEN).max(0.0)
}
