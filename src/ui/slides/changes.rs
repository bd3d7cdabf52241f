//! What changed since the last meeting: for the better, for the worse, and what there is nothing new of.

use egui::{Align2, Role, Ui, pos2};

use super::paper::{BOTTOM, MARGIN, Paper, ROW, Style, TOP, WIDTH, target};
use super::rows::{tone_colour, tone_mark};
use crate::analysis::attention::Tone;
use crate::chart::deck::ChangeLine;
use crate::ui::theme::{TextSize, stroke};
use crate::workspace::Action;

const GAP: f32 = 56.0;
const HEADING: f32 = 64.0;
const MORE: f32 = 40.0;
const REASON: f32 = 36.0;
/// The sign of a status with the space behind it.
const GLYPH: f32 = 34.0;
/// Between two changes, at least and at most.
const BETWEEN: (f32, f32) = (12.0, 32.0);
/// Sizes that are tried, and over how many lines names may go; the last one is taken anyway.
const SIZES: [(f32, usize); 4] = [(ROW, 2), (0.85, 2), (0.8, 2), (ROW, 1)];

/// How the changes are set: the share of the body size, the lines of a name, and what is between two of them.
#[derive(Clone, Copy)]
struct Setting {
    share: f32,
    rows: usize,
    between: f32,
}

impl Setting {
    fn line(self, paper: &Paper<'_, '_>) -> f32 {
        paper.points(paper.theme.type_of(TextSize::Body).line_height) * self.share
    }

    fn name(self, paper: &Paper<'_, '_>) -> Style {
        paper.style(TextSize::Body).share(self.share).rows(self.rows)
    }

    fn values(self, paper: &Paper<'_, '_>) -> Style {
        let style = paper.style(TextSize::Body).strong().numbers().share(self.share).down_to(0.6);
        style.colour(paper.theme.text.strong).at(Align2::LEFT_CENTER)
    }

    /// Whether the reason has room beside the values.
    fn is_beside(self, ui: &Ui, paper: &Paper<'_, '_>, line: &ChangeLine, width: f32) -> bool {
        let room = paper.rect(0.0, 0.0, 4.0 * width, 100.0).size();
        let values = paper.lay(ui, room, &line.values, self.values(paper)).size().x;
        let reason = paper.lay(ui, room, &line.reason, reason_style(paper)).size().x;
        paper.points(values + reason) + GLYPH + GAP / 2.0 <= width
    }

    /// The height of a change in a column so wide.
    fn height(self, ui: &Ui, paper: &Paper<'_, '_>, line: &ChangeLine, width: f32) -> f32 {
        let room = paper.rect(0.0, 0.0, width, 400.0).size();
        let name = paper.points(paper.lay(ui, room, &line.name, self.name(paper)).size().y);
        self.line(paper) + name + if line.reason.is_empty() || self.is_beside(ui, paper, line, width) { 0.0 } else { REASON }
    }

    /// The largest that fits all columns.
    fn of(ui: &Ui, paper: &Paper<'_, '_>, columns: &[&[ChangeLine]], width: f32, room: f32) -> Self {
        let mut found = Self { share: ROW, rows: 1, between: BETWEEN.0 };
        for (share, rows) in SIZES {
            found = Self { share, rows, ..found };
            let used = |lines: &&[ChangeLine]| lines.iter().map(|l| found.height(ui, paper, l, width)).sum::<f32>();
            let spare = |lines: &&[ChangeLine]| (room - used(lines)) / lines.len().max(1) as f32;
            let between = columns.iter().map(spare).fold(BETWEEN.1, f32::min);
            if between >= BETWEEN.0 {
                return Self { between, ..found };
            }
        }
        found
    }
}

pub(super) fn draw(ui: &Ui, paper: &Paper<'_, '_>, columns: [&[ChangeLine]; 3], more: [usize; 3], since: &str, actions: &mut Vec<Action>) {
    let width = (WIDTH - 2.0 * GAP) / 3.0;
    let any_more = more.iter().any(|n| *n > 0);
    let room = BOTTOM - TOP - HEADING - 16.0 - if any_more { MORE } else { 0.0 };
    let setting = Setting::of(ui, paper, &columns, width, room);
    let heads = [(Tone::Better, "Better"), (Tone::Worse, "Worse"), (Tone::Neither, "No change")];
    for (index, ((lines, (tone, head)), more)) in columns.into_iter().zip(heads).zip(more).enumerate() {
        let x = MARGIN + index as f32 * (width + GAP);
        let heading = paper.rect(x, TOP, width, HEADING);
        tone_mark(ui, paper, pos2(heading.left() + 15.0 * paper.zoom(), heading.center().y), 28.0, tone);
        let words = format!("{head}: {}", lines.len() + more);
        let style = paper.style(TextSize::Section).colour(tone_text(paper, tone)).at(Align2::LEFT_CENTER);
        paper.write(ui, paper.rect(x + 48.0, TOP, width - 48.0, HEADING), &words, style);
        paper.say(ui, heading, ("heading", index), Role::Heading, &format!("{words} {since}"));
        let rule = paper.theme.stroke(stroke::FOCUS, tone_colour(paper, tone));
        ui.painter().hline(heading.x_range(), heading.bottom(), rule);
        let mut y = TOP + HEADING + 16.0;
        for (row, line) in lines.iter().enumerate() {
            if row > 0 {
                let hairline = paper.theme.stroke(stroke::HAIRLINE, paper.theme.line.hairline);
                ui.painter().hline(heading.x_range(), paper.at(0.0, y - setting.between / 2.0).y, hairline);
            }
            let height = setting.height(ui, paper, line, width);
            let place = paper.rect(x, y, width, height);
            paper.link(ui, place, &line.words(), target(line.goal.as_ref(), line.metric.as_ref()), actions);
            change(ui, paper, [x, y, width], line, setting);
            y += height + setting.between;
        }
        if lines.is_empty() {
            let none = match tone {
                Tone::Better => "Nothing got better",
                Tone::Worse => "Nothing got worse",
                Tone::Neither => "Everything has moved",
            };
            paper.write(ui, paper.rect(x, y, width, REASON * 2.0), none, paper.muted(TextSize::Body).share(ROW).down_to(0.7));
        }
        if more > 0 {
            let words = format!("and {more} more");
            let room = paper.rect(x, y, width, MORE);
            paper.write(ui, room, &words, paper.muted(TextSize::Label).at(Align2::LEFT_CENTER));
        }
    }
}

fn tone_text(paper: &Paper<'_, '_>, tone: Tone) -> egui::Color32 {
    if tone == Tone::Neither { paper.theme.text.strong } else { tone_colour(paper, tone) }
}

fn reason_style(paper: &Paper<'_, '_>) -> Style {
    paper.muted(TextSize::Label).at(Align2::LEFT_CENTER)
}

/// "old → new", the name, why it stands as it does: beside the values where there is room, else under the name.
fn change(ui: &Ui, paper: &Paper<'_, '_>, [x, y, width]: [f32; 3], line: &ChangeLine, setting: Setting) {
    let height = setting.line(paper);
    paper.write(ui, paper.rect(x, y, width, height), &line.values, setting.values(paper));
    let drawn = paper.write(ui, paper.rect(x, y + height, width, 400.0), &line.name, setting.name(paper));
    if line.reason.is_empty() {
        return;
    }
    let glyph = if line.status.is_some() { GLYPH } else { 0.0 };
    let (from, top, height) = if setting.is_beside(ui, paper, line, width) {
        let words = paper.lay(ui, paper.rect(0.0, 0.0, width, height).size(), &line.reason, reason_style(paper)).size().x;
        (x + width - paper.points(words) - glyph, y, height)
    } else {
        (x, paper.points(drawn.bottom() - paper.place.top()), REASON)
    };
    if let Some(status) = line.status {
        paper.glyph(ui, paper.at(from + 12.0, top + height / 2.0), 24.0, status);
    }
    paper.write(ui, paper.rect(from + glyph, top, x + width + 2.0 - from - glyph, height), &line.reason, reason_style(paper));
}
