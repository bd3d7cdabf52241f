//! What was agreed, or what is to be decided: the ask, who and by when, what came of it.

use egui::{Align2, Rect, Role, Ui, vec2};

use super::PAPER;
use super::paper::{BOTTOM, MARGIN, Paper, ROW, TOP, WIDTH, place_galley};
use crate::chart::deck::{Slide, log_words};
use crate::chart::review::{LogLine, LogState};
use crate::model::SlideSubject;
use crate::ui::theme::{TextSize, stroke};

const KIND: f32 = 200.0;
const FACTS: f32 = 460.0;
const GAP: f32 = 32.0;
const HEADS: f32 = 44.0;
const MOST_PITCH: f32 = 150.0;
/// Lines to write on where nothing is written yet.
const BLANK: usize = 5;

/// The height of a line.
fn pitch(lines: usize) -> f32 {
    let rows = if lines == 0 { BLANK } else { lines };
    ((BOTTOM - TOP - HEADS) / rows as f32).min(MOST_PITCH)
}

/// Where the lines of a slide stand that is drawn in a place.
pub fn log_places(place: Rect, lines: usize) -> Vec<Rect> {
    let zoom = place.width() / PAPER.x;
    let size = vec2(WIDTH, pitch(lines)) * zoom;
    let top = |index: usize| TOP + HEADS + index as f32 * pitch(lines);
    (0..lines).map(|index| Rect::from_min_size(place.min + vec2(MARGIN, top(index)) * zoom, size)).collect()
}

pub(super) fn draw(ui: &Ui, paper: &Paper<'_, '_>, slide: &Slide, lines: &[LogLine]) {
    let middle = (MARGIN + KIND + GAP, WIDTH - KIND - FACTS - 2.0 * GAP);
    let facts = MARGIN + WIDTH - FACTS;
    let heads = [(MARGIN, KIND, "Kind"), (middle.0, middle.1, "Decision or action"), (facts, FACTS, "Who and by when")];
    let style = paper.muted(TextSize::Label).at(Align2::LEFT_CENTER);
    for (x, width, head) in heads {
        paper.write(ui, paper.rect(x, TOP, width, HEADS), head, style);
    }
    let (top, pitch) = (TOP + HEADS, pitch(lines.len()));
    for (index, line) in lines.iter().enumerate() {
        let y = top + index as f32 * pitch;
        paper.hairline(ui, y);
        let room = paper.band(y, y + pitch);
        paper.say(ui, room, ("line", index), Role::Label, &log_words(line));
        let kind = paper.rect(MARGIN, y, KIND, pitch);
        mark(ui, paper, kind, line.state);
        let words = Rect::from_min_max(kind.min + vec2(44.0 * paper.zoom(), 0.0), kind.max);
        paper.write(ui, words, line.kind.word(), style.colour(paper.theme.text.default));
        ask(ui, paper, [middle.0, y, middle.1, pitch], line);
        let about = line.about.as_deref().unwrap_or_default();
        owner_and_due(ui, paper, [facts, y, FACTS, pitch], line, about);
    }
    if lines.is_empty() {
        let decides = matches!(slide.id.subject, SlideSubject::Decisions);
        for index in 0..BLANK {
            paper.hairline(ui, top + index as f32 * pitch);
        }
        let hint = match (decides, paper.is_live()) {
            (true, true) => "Press D to write down what is decided, who does it and by when.",
            (true, false) => "",
            (false, _) => "Nothing was agreed earlier.",
        };
        let room = paper.rect(middle.0, top, WIDTH - KIND - GAP, pitch);
        paper.say(ui, room, "hint", Role::Label, hint);
        paper.write(ui, room, hint, paper.muted(TextSize::Body).share(ROW).at(Align2::LEFT_CENTER));
    }
}

/// What is asked in one or two lines, and what came of it under that.
fn ask(ui: &Ui, paper: &Paper<'_, '_>, [x, y, width, pitch]: [f32; 4], line: &LogLine) {
    let outcome = if line.outcome.trim().is_empty() { String::new() } else { format!("Outcome: {}", line.outcome.trim()) };
    let below = if outcome.is_empty() { 0.0 } else { 40.0 };
    let done = line.state == LogState::Done;
    let colour = if done { paper.theme.text.muted } else { paper.theme.text.strong };
    let style = paper.style(TextSize::Body).share(ROW).rows(2).colour(colour).at(Align2::LEFT_CENTER).down_to(0.76);
    let galley = paper.lay(ui, paper.rect(x, y, width, pitch - below - 8.0).size(), &line.text, style);
    let height = paper.points(galley.size().y);
    let top = y + (pitch - height - below) / 2.0;
    place_galley(ui, paper.rect(x, top, width, height), galley, style);
    paper.write(ui, paper.rect(x, top + height, width, below), &outcome, paper.muted(TextSize::Label).at(Align2::LEFT_CENTER));
}

fn owner_and_due(ui: &Ui, paper: &Paper<'_, '_>, [x, y, width, pitch]: [f32; 4], line: &LogLine, about: &str) {
    let late = line.state == LogState::Overdue;
    let colour = if late { paper.theme.error() } else { paper.theme.text.default };
    let style = paper.style(TextSize::Label).rows(2).colour(colour).at(Align2::LEFT_CENTER);
    let below = if about.is_empty() { 0.0 } else { 38.0 };
    let galley = paper.lay(ui, paper.rect(x, y, width, pitch - below).size(), &line.facts, style);
    let height = if line.facts.is_empty() { 0.0 } else { paper.points(galley.size().y) };
    let top = y + (pitch - height - below) / 2.0;
    if !line.facts.is_empty() {
        place_galley(ui, paper.rect(x, top, width, height), galley, style);
    }
    paper.write(ui, paper.rect(x, top + height, width, below), about, paper.muted(TextSize::Label).at(Align2::LEFT_CENTER));
}

/// An empty box for what is open, one with a tick for what is done.
fn mark(ui: &Ui, paper: &Paper<'_, '_>, room: Rect, state: LogState) {
    let zoom = paper.zoom();
    let place = Rect::from_center_size(room.left_center() + vec2(14.0 * zoom, 0.0), vec2(28.0, 28.0) * zoom);
    let painter = ui.painter();
    let colour = match state {
        LogState::Overdue => paper.theme.error(),
        LogState::Done => paper.theme.xmr.improve,
        LogState::Said | LogState::Open => paper.theme.text.muted,
    };
    let line = paper.theme.stroke(stroke::SERIES, colour);
    if state == LogState::Said {
        painter.circle_filled(place.center(), 6.0 * zoom, colour);
        return;
    }
    painter.rect_stroke(place, 4.0 * zoom, line, egui::StrokeKind::Inside);
    if state == LogState::Done {
        let at = |x: f32, y: f32| place.center() + vec2(x, y) * zoom;
        painter.add(egui::Shape::line(vec![at(-7.0, 0.0), at(-2.0, 6.0), at(8.0, -7.0)], line));
    }
}
