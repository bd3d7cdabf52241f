//! The first slide: what the deck is, for whom, and how fresh its numbers are.

use egui::{Align2, Role, Ui};

use super::paper::{BOTTOM, MARGIN, Paper, WIDTH};
use crate::ui::theme::TextSize;

/// The middle of title and subtitle stands a little above that of the slide.
const TITLE: (f32, f32) = (240.0, 560.0);
const SUBTITLE: (f32, f32) = (600.0, 720.0);
const LINE: f32 = 44.0;
const RULE: [f32; 2] = [120.0, 8.0];

pub(super) fn draw(ui: &Ui, paper: &Paper<'_, '_>, title: &str, subtitle: &str, lines: &[String]) {
    let room = paper.band(TITLE.0, TITLE.1);
    paper.say(ui, room, "message", Role::Heading, title);
    let drawn = paper.write(ui, room, title, paper.style(TextSize::Kpi).strong().rows(3).at(Align2::LEFT_BOTTOM).share(0.84).down_to(0.46));
    let rule = paper.rect(MARGIN, paper.points(drawn.top() - paper.place.top()) - 48.0, RULE[0], RULE[1]);
    ui.painter().rect_filled(rule, 0.0, paper.theme.accent.accent);
    let room = paper.band(SUBTITLE.0, SUBTITLE.1);
    paper.write(ui, room, subtitle, paper.muted(TextSize::Page).rows(2));
    paper.say(ui, room, "subtitle", Role::Label, subtitle);
    let from = BOTTOM + 40.0 - LINE * lines.len() as f32;
    for (index, line) in lines.iter().enumerate() {
        let room = paper.rect(MARGIN, from + LINE * index as f32, WIDTH, LINE);
        paper.write(ui, room, line, paper.muted(TextSize::Subtitle).at(Align2::LEFT_CENTER));
        paper.say(ui, room, ("line", index), Role::Label, line);
    }
}
