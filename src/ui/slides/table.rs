//! The appendix: every KPI in a row.

use egui::{Align2, Ui};

use super::paper::{BOTTOM, MARGIN, Paper, ROW, TOP, WIDTH, target};
use crate::chart::deck::KpiLine;
use crate::ui::theme::TextSize;
use crate::workspace::Action;

const HEADS: f32 = 44.0;
const MOST_PITCH: f32 = 60.0;
const GAP: f32 = 24.0;
/// Value, period, target, status, chance, owner; the name takes the rest.
const WIDTHS: [f32; 6] = [180.0, 244.0, 205.0, 170.0, 104.0, 150.0];
const HEAD_WORDS: [&str; 6] = ["Now", "", "Target", "Status", "Chance", "Owner"];

pub(super) fn draw(ui: &Ui, paper: &Paper<'_, '_>, rows: &[KpiLine], actions: &mut Vec<Action>) {
    let name = WIDTH - WIDTHS.iter().map(|w| w + GAP).sum::<f32>();
    let mut x = MARGIN + name + GAP;
    let columns: Vec<(f32, f32)> = WIDTHS
        .iter()
        .map(|width| {
            let at = (x, *width);
            x += width + GAP;
            at
        })
        .collect();
    let head = paper.muted(TextSize::Label).at(Align2::LEFT_CENTER);
    paper.write(ui, paper.rect(MARGIN, TOP, name, HEADS), "KPI", head);
    for (index, (x, width)) in columns.iter().enumerate() {
        let anchor = if is_number(index) { Align2::RIGHT_CENTER } else { Align2::LEFT_CENTER };
        paper.write(ui, paper.rect(*x, TOP, *width, HEADS), HEAD_WORDS[index], head.at(anchor));
    }
    let top = TOP + HEADS;
    let pitch = ((BOTTOM - top) / rows.len().max(1) as f32).min(MOST_PITCH);
    for (index, row) in rows.iter().enumerate() {
        let y = top + index as f32 * pitch;
        paper.hairline(ui, y);
        paper.link(ui, paper.band(y + 1.0, y + pitch - 1.0), &row.words(), target(None, Some(&row.metric)), actions);
        let words = paper.style(TextSize::Body).share(ROW).at(Align2::LEFT_CENTER);
        paper.write(ui, paper.rect(MARGIN, y, name, pitch), &row.name, words.colour(paper.theme.text.strong).down_to(0.76));
        let quiet = paper.muted(TextSize::Label).at(Align2::LEFT_CENTER);
        for (index, (x, width)) in columns.iter().enumerate() {
            let room = paper.rect(*x, y, *width, pitch);
            let number = words.numbers().at(Align2::RIGHT_CENTER).down_to(0.66);
            match index {
                0 => paper.write(ui, room, &row.value, number.colour(paper.theme.text.strong)),
                1 => paper.write(ui, room, &row.when, quiet.down_to(0.86)),
                2 => paper.write(ui, room, &row.target, number),
                3 => {
                    if let Some(status) = row.status {
                        paper.status(ui, room, status, TextSize::Label);
                    }
                    room
                }
                4 => paper.write(ui, room, &row.chance, number),
                _ => paper.write(ui, room, &row.owner, quiet.down_to(0.86)),
            };
        }
    }
}

fn is_number(index: usize) -> bool {
    matches!(index, 0 | 2 | 4)
}
