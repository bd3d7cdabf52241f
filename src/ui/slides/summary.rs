//! How are we doing: how many objectives stand how, each in a row, and what to take away.

use egui::{Align2, Rect, Role, Ui, pos2, vec2};

use super::paper::{BOTTOM, MARGIN, Paper, TOP, WIDTH};
use super::rows::{self, Cell, Column};
use crate::chart::deck::{GoalLine, Takeaway};
use crate::model::Status;
use crate::ui::theme::TextSize;
use crate::workspace::Action;

pub(super) struct Parts<'a> {
    pub(super) rows: &'a [GoalLine],
    pub(super) more: usize,
    pub(super) counts: &'a [(Status, usize)],
    pub(super) takeaways: &'a [Takeaway],
    pub(super) since: &'a str,
}

const BAR: f32 = 20.0;
const COUNTS: f32 = 52.0;
/// The bar is not longer than it says much.
const BAR_WIDTH: f32 = 864.0;
const MOST_PITCH: f32 = 76.0;
/// Between the rows and the sentences.
const AIR: f32 = 36.0;

pub(super) fn draw(ui: &Ui, paper: &Paper<'_, '_>, parts: &Parts<'_>, actions: &mut Vec<Action>) {
    let Parts { rows, more, counts, takeaways, since } = *parts;
    count_bar(ui, paper, TOP, counts);
    let top = TOP + COUNTS;
    let sentences = rows::takeaways_height(ui, paper, takeaways);
    let room = BOTTOM - top - AIR - sentences;
    let pitch = ((room - rows::height(0, 0.0)) / rows.len().max(1) as f32).clamp(rows::LEAST_PITCH, MOST_PITCH);
    let of_all = format!("{} of {} objectives", rows.len(), rows.len() + more);
    let name = if more > 0 { of_all.as_str() } else { "Objective" };
    let mut columns = vec![
        Column { head: "Status", width: 240.0, cell: Cell::Status },
        Column { head: name, width: 0.0, cell: Cell::Name },
        Column { head: "Progress", width: 360.0, cell: Cell::Progress },
    ];
    if !since.is_empty() {
        columns.push(Column { head: since, width: 240.0, cell: Cell::Change });
    }
    rows::goals(ui, paper, top, pitch, &columns, rows, actions);
    rows::takeaways(ui, paper, top + rows::height(rows.len(), pitch) + AIR, takeaways, actions);
}

/// Side by side, as long as there are many of a status, and in words beside it.
fn count_bar(ui: &Ui, paper: &Paper<'_, '_>, top: f32, counts: &[(Status, usize)]) {
    let total: usize = counts.iter().map(|(_, count)| count).sum();
    if total == 0 {
        return;
    }
    let words: Vec<String> = counts.iter().map(|(status, count)| format!("{count} {}", status.word().to_lowercase())).collect();
    let whole = paper.band(top, top + COUNTS);
    paper.say(ui, whole, "counts", Role::Image, &words.join(", "));
    let zoom = paper.zoom();
    // First the words from the right, then the bar in what they leave.
    let style = paper.muted(TextSize::Label).at(Align2::LEFT_CENTER);
    let widths: Vec<f32> = words.iter().map(|w| paper.lay(ui, whole.size(), w, style).size().x + 72.0 * zoom).collect();
    let said: f32 = widths.iter().sum();
    let bar_width = (WIDTH * zoom - said).min(BAR_WIDTH * zoom).max(0.0);
    let gap = 6.0 * zoom;
    let each = (bar_width - gap * (counts.len() - 1) as f32).max(0.0) / total as f32;
    let middle = paper.at(0.0, top + BAR / 2.0 + 4.0).y;
    let mut x = paper.at(MARGIN, 0.0).x;
    for (status, count) in counts {
        let part = Rect::from_min_size(pos2(x, middle - BAR * zoom / 2.0), vec2(each * *count as f32, BAR * zoom));
        ui.painter().rect_filled(part, 4.0 * zoom, paper.theme.status(*status).mark);
        x = part.right() + gap;
    }
    let mut x = paper.at(MARGIN, 0.0).x + bar_width + 24.0 * zoom;
    for (((status, _), words), width) in counts.iter().zip(&words).zip(widths) {
        paper.glyph(ui, pos2(x + 13.0 * zoom, middle), 26.0, *status);
        let room = Rect::from_min_max(pos2(x + 36.0 * zoom, middle - 20.0 * zoom), pos2(whole.right(), middle + 20.0 * zoom));
        paper.write(ui, room, words, style);
        x += width;
    }
}
