//! The presenter's own window: the slide that is on and the next one, notes, what to know about it, clock and timer.

use egui::{Align, Id, Label, Layout, Rect, ScrollArea, Ui, UiBuilder, pos2, vec2};

use super::Stage;
use super::keys;
use super::thumbs::{self, ThumbLook, Thumbs, slide_of};
use crate::analysis::attention::{News, Since};
use crate::chart::deck::{Body, Entry, Slide, Strip};
use crate::document::edits;
use crate::model::SlideSubject;
use crate::ui::icons;
use crate::ui::scene::{Scene, Scratch};
use crate::ui::slides;
use crate::ui::theme::{TextSize, size, space};
use crate::ui::widgets::{self, Drafts, TextField};
use crate::workspace::presentation::{Blank, PresentAction, Presentation, following, numbered};
use crate::workspace::{Action, Workspace};

/// What the clocks say.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Clock {
    /// "14:05".
    pub now: String,
    /// Since the presentation began.
    pub seconds: u64,
}

impl Clock {
    /// "4:05", "1:04:05".
    fn timer(&self) -> String {
        let (hours, minutes, seconds) = (self.seconds / 3600, self.seconds / 60 % 60, self.seconds % 60);
        if hours > 0 { format!("{hours}:{minutes:02}:{seconds:02}") } else { format!("{minutes}:{seconds:02}") }
    }
}

/// Of the width, for the slide that is on.
const SHARE: f32 = 0.6;

#[derive(Clone, Default)]
struct Kept {
    thumbs: Thumbs,
    drafts: Drafts,
}

/// Draws the window of the presenter.
pub fn presenter_ui(
    ui: &mut Ui,
    workspace: &Workspace,
    presentation: &Presentation,
    scene: &Scene<'_>,
    clock: &Clock,
    scratch: &mut Scratch,
    actions: &mut Vec<Action>,
) {
    let outline = scene.memos.deck(scene.document, scene.as_of);
    let stage = Stage { workspace, scene, presentation, outline: &outline };
    let theme = scene.theme;
    if ui.ctx().viewport_id() != egui::ViewportId::ROOT {
        keys::take_keys(ui, &stage, actions);
    }
    let id = Id::unique("presenter window");
    let mut kept: Kept = scratch.take(id);
    let room = ui.available_rect_before_wrap();
    ui.painter().rect_filled(room, 0.0, theme.bg.window);
    let room = room.shrink(theme.px(space::L));
    let bar = Rect::from_min_size(room.min, vec2(room.width(), theme.px(40.0)));
    ui.scope_builder(UiBuilder::new().max_rect(bar).layout(Layout::left_to_right(Align::Center)), |ui| bar_ui(ui, &stage, clock, actions));
    let body = Rect::from_min_max(pos2(room.left(), bar.bottom() + theme.px(space::M)), room.max);
    let gap = theme.px(space::L);
    let left = Rect::from_min_size(body.min, vec2((body.width() * SHARE - gap).max(1.0), body.height()));
    let right = Rect::from_min_max(pos2(left.right() + gap, body.top()), body.max);
    if let Some(entry) = stage.entry() {
        let look = presentation.look(&entry.id.subject);
        let slide = slide_of(scene, entry, look);
        let on = top_place(left, 0.72);
        let (number, _) = stage.number();
        kept.thumbs.paint(ui, scene, &slide, look, number.unwrap_or_default(), on);
        let look = if presentation.blank.is_some() { ThumbLook::Faded } else { ThumbLook::Plain };
        thumbs::framed(ui, scene, on, look, true);
        let below = Rect::from_min_max(pos2(left.left(), on.bottom() + gap), left.max);
        ui.scope_builder(UiBuilder::new().max_rect(below).id_salt("to know"), |ui| facts_ui(ui, scene, &entry.id.subject, &slide));
        let next = following(&outline, &entry.id).filter(|_| !presentation.at_end);
        let place = top_place(right, 0.5);
        next_ui(ui, &stage, next, place, &mut kept.thumbs);
        let below = Rect::from_min_max(pos2(right.left(), place.bottom() + theme.px(size::CONTROL) + gap), right.max);
        ui.scope_builder(UiBuilder::new().max_rect(below).id_salt("note"), |ui| {
            note_ui(ui, scene, entry, &slide, &mut kept.drafts, actions);
        });
    }
    ui.advance_cursor_after_rect(room);
    scratch.put(id, kept);
}

/// The largest place for a slide at the top of a column, no higher than a share of it.
fn top_place(column: Rect, share: f32) -> Rect {
    let room = Rect::from_min_size(column.min, vec2(column.width(), column.height() * share));
    let place = slides::place(room);
    place.translate(vec2(column.left() - place.left(), column.top() - place.top()))
}

fn bar_ui(ui: &mut Ui, stage: &Stage<'_, '_>, clock: &Clock, actions: &mut Vec<Action>) {
    let theme = stage.scene.theme;
    ui.spacing_mut().item_spacing.x = theme.px(space::S);
    let mut ask = |action: PresentAction| actions.push(Action::Present(action));
    if widgets::icon_button_ui(ui, theme, icons::CHEVRON_LEFT, "Slide before").clicked() {
        ask(PresentAction::Back);
    }
    let (number, of) = stage.number();
    let words = match number {
        _ if stage.presentation.at_end => "End".to_owned(),
        Some(number) => format!("Slide {number} of {of}"),
        None => "Left out of the deck".to_owned(),
    };
    ui.label(theme.number(words, TextSize::Section));
    if widgets::icon_button_ui(ui, theme, icons::CHEVRON_RIGHT, "Next slide").clicked() {
        ask(PresentAction::Next);
    }
    ui.add_space(theme.px(space::M));
    let black = stage.presentation.blank == Some(Blank::Black);
    if widgets::button_ui(ui, theme, if black { "Show the slide" } else { "Black" }).clicked() {
        ask(PresentAction::Blank(Blank::Black));
    }
    if widgets::button_ui(ui, theme, "All slides").clicked() {
        ask(PresentAction::ToggleOverview);
    }
    if widgets::button_ui(ui, theme, "Swap displays").clicked() {
        ask(PresentAction::SwapDisplays);
    }
    if widgets::button_ui(ui, theme, "End").clicked() {
        ask(PresentAction::End);
    }
    ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
        ui.label(theme.number(&clock.now, TextSize::Title));
        ui.add_space(theme.px(space::M));
        if widgets::icon_button_ui(ui, theme, icons::ROTATE_CCW, "Start the timer again").clicked() {
            ask(PresentAction::RestartTimer);
        }
        ui.label(theme.number(clock.timer(), TextSize::Title).color(theme.accent.accent));
    });
}

fn next_ui(ui: &mut Ui, stage: &Stage<'_, '_>, next: Option<&Entry>, place: Rect, thumbs: &mut Thumbs) {
    let (scene, theme) = (stage.scene, stage.scene.theme);
    let words = next.map_or_else(|| "Next: the end".to_owned(), |entry| format!("Next: {}", entry.name));
    match next {
        Some(entry) => {
            let look = stage.presentation.look(&entry.id.subject);
            let slide = slide_of(scene, entry, look);
            thumbs.paint(ui, scene, &slide, look, numbered(stage.outline, &entry.id).0.unwrap_or_default(), place);
        }
        None => {
            ui.painter().rect_filled(place, 0.0, theme.bg.panel);
        }
    }
    thumbs::framed(ui, scene, place, ThumbLook::Plain, false);
    let line = Rect::from_min_size(place.left_bottom() + vec2(0.0, theme.px(space::XS)), vec2(place.width(), theme.px(size::CONTROL)));
    ui.scope_builder(UiBuilder::new().max_rect(line).id_salt("next"), |ui| widgets::truncated_ui(ui, theme.muted(words, TextSize::Body)));
}

/// What people may ask about: the news on the subject of the slide.
fn facts_ui(ui: &mut Ui, scene: &Scene<'_>, subject: &SlideSubject, slide: &Slide) {
    let theme = scene.theme;
    ui.spacing_mut().item_spacing.y = theme.px(space::XS);
    ui.label(theme.strong("Worth knowing", TextSize::Body));
    let last = scene.project.deck.last_meeting.filter(|day| *day < scene.as_of);
    let attention = scene.memos.attention(scene.document, scene.as_of, last.map_or(Since::LastCheckIn, Since::Day));
    let news: Vec<&News> = match (subject, &slide.body) {
        (SlideSubject::Objective(goal), _) => {
            let under = scene.tree.children(goal).iter().flat_map(|child| attention.of_goal(child));
            attention.of_goal(goal).iter().chain(under).map(AsRef::as_ref).collect()
        }
        (SlideSubject::Kpi(metric), Body::Kpi(kpi)) => {
            let of_goal = kpi.goal.iter().flat_map(|goal| attention.of_goal(goal));
            attention.of_metric(metric).iter().chain(of_goal).map(AsRef::as_ref).collect()
        }
        _ => attention.ranked().iter().take(6).map(AsRef::as_ref).collect(),
    };
    ScrollArea::vertical().id_salt("to know").auto_shrink([false, false]).show(ui, |ui| {
        if news.is_empty() {
            ui.label(theme.muted("Nothing new about it.", TextSize::Body));
        }
        for news in news {
            ui.add(Label::new(theme.rich(&news.sentence, TextSize::Body)).wrap());
        }
        // Who shows a number is asked where it comes from.
        let Body::Kpi(kpi) = &slide.body else { return };
        for Strip { headline, why, .. } in kpi.strip.iter().filter(|strip| !strip.why.is_empty()) {
            ui.add_space(theme.px(space::XS));
            ui.label(theme.strong(headline, TextSize::Body));
            ui.add(Label::new(theme.muted(why, TextSize::Small)).wrap());
        }
    });
}

fn note_ui(ui: &mut Ui, scene: &Scene<'_>, entry: &Entry, slide: &Slide, drafts: &mut Drafts, actions: &mut Vec<Action>) {
    let theme = scene.theme;
    ui.label(theme.strong("Notes", TextSize::Body));
    let salt = ("note of the presenter", format!("{:?}", entry.id.subject));
    // As long as the window is.
    let rows = (ui.available_height() / theme.type_of(TextSize::Body).line_height - 1.0).clamp(4.0, 40.0) as usize;
    let field = TextField::new(salt, "Note on this slide", &slide.note).hint("What you want to say").rows(rows);
    if let Some(note) = field.show(ui, theme, drafts).committed {
        actions.push(edits::note_on_slide(scene.project, &entry.id.subject, entry.hidden, note).into());
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_timer_counts_minutes_and_then_hours() {
        let of = |seconds| Clock { now: String::new(), seconds }.timer();
        assert_eq!([of(5), of(245), of(3845)], ["0:05", "4:05", "1:04:05"]);
    }
}
