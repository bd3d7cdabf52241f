//! What every slide but the title has: the message with the goal above it, and the footer.

use egui::{Align2, Role, Ui, pos2};

use super::paper::{MARGIN, Paper, WIDTH, place_galley};
use crate::chart::deck::{Body, Slide};
use crate::model::date_words;
use crate::ui::theme::TextSize;
use crate::workspace::{Action, Selection};

/// Where the message begins, and where it begins under a kicker.
const MESSAGE: f32 = 72.0;
const UNDER_KICKER: f32 = 112.0;
const MESSAGE_END: f32 = 200.0;
/// Over two lines the message may reach a little further.
const TWO_LINES_END: f32 = 216.0;
/// One line is not made smaller than this share of the size; then it breaks into two.
const ONE_LINE: f32 = 0.82;
const TWO_LINES: (f32, f32) = (0.86, 0.64);
const FOOTER: (f32, f32) = (1016.0, 1056.0);

/// The goal that it supports, and the finding.
pub(super) fn message(ui: &Ui, paper: &Paper<'_, '_>, slide: &Slide, actions: &mut Vec<Action>) {
    let top = if let Some(kicker) = &slide.kicker {
        let room = paper.band(MESSAGE - 4.0, UNDER_KICKER - 4.0);
        let words =
            kicker.status.map_or_else(|| kicker.path.clone(), |status| format!("{}, {}", kicker.path, status.word().to_lowercase()));
        let style = paper.muted(TextSize::Label).at(Align2::LEFT_CENTER);
        let glyph = if kicker.status.is_some() { 40.0 } else { 0.0 };
        let text = egui::Rect::from_min_max(pos2(room.left() + glyph * paper.zoom(), room.top()), room.max);
        let galley = paper.lay(ui, text.size(), &kicker.path, style);
        let link = egui::Rect::from_min_max(room.min, pos2(text.left() + galley.size().x, room.bottom()));
        paper.link(ui, link, &words, Some(Selection::Goal(kicker.goal.clone())), actions);
        if let Some(status) = kicker.status {
            paper.glyph(ui, pos2(room.left() + 13.0 * paper.zoom(), room.center().y), 26.0, status);
        }
        place_galley(ui, text, galley, style);
        UNDER_KICKER
    } else {
        MESSAGE
    };
    let one = paper.style(TextSize::Title).at(Align2::LEFT_CENTER).down_to(ONE_LINE);
    let room = paper.band(top, if slide.kicker.is_some() { MESSAGE_END - 20.0 } else { MESSAGE_END });
    let galley = paper.lay(ui, room.size(), &slide.title, one);
    paper.say(ui, room, "message", Role::Heading, &slide.title);
    if galley.elided {
        let room = paper.band(top - 4.0, TWO_LINES_END);
        let two = paper.style(TextSize::Title).at(Align2::LEFT_CENTER).rows(2).share(TWO_LINES.0).down_to(TWO_LINES.1);
        paper.write(ui, room, &slide.title, two);
    } else {
        place_galley(ui, room, galley, one);
    }
}

/// "Fieldnote · data to 21 Nov 2026", and the number of the page.
pub(super) fn footer(ui: &Ui, paper: &Paper<'_, '_>, slide: &Slide, number: usize) {
    let scene = paper.scene;
    let mut words = vec![scene.project.name.trim().to_owned(), format!("data to {}", date_words(scene.as_of))];
    if let Body::Kpi(kpi) = &slide.body
        && let Some(owner) = scene.project.metric(&kpi.metric).map(|m| m.owner.trim()).filter(|o| !o.is_empty())
    {
        words.push(format!("owner: {owner}"));
    }
    words.retain(|part| !part.is_empty());
    let number_width = 120.0;
    let room = paper.rect(MARGIN, FOOTER.0, WIDTH - number_width, FOOTER.1 - FOOTER.0);
    let words = words.join(" · ");
    paper.write(ui, room, &words, paper.muted(TextSize::Caption).at(Align2::LEFT_CENTER));
    let room = paper.rect(MARGIN + WIDTH - number_width, FOOTER.0, number_width, FOOTER.1 - FOOTER.0);
    paper.write(ui, room, &number.to_string(), paper.muted(TextSize::Caption).numbers().at(Align2::RIGHT_CENTER));
    paper.say(ui, paper.band(FOOTER.0, FOOTER.1), "footer", Role::Label, &format!("{words}, page {number}"));
}
