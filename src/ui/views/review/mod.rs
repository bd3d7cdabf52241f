//! The review: what must we look at today?
//!
//! The agenda at the left, what is on the stage beside it, and beneath that what meetings said of it. One goes through it by keyboard, and
//! checks in, decides and notes on the way. Not here: what is on the agenda (`chart::review`).

mod agenda;
mod entry;
mod keys;
mod log;
mod page;
mod stage;

use egui::{Id, Rect, Ui, UiBuilder, pos2};

pub use page::{ReviewPart, review_part_ui, review_parts};

use super::cycle::empty_cycle_ui;
use crate::chart::review::{Agenda, AgendaItem};
use crate::model::{Date, GoalId, MeetingEntryId, MeetingEntryKind, MetricId};
use crate::ui::arrival;
use crate::ui::icons;
use crate::ui::scene::{Scene, Scratch};
use crate::ui::theme::{space, stroke};
use crate::ui::widgets::{self, Drafts};
use crate::workspace::{Action, Arrangement, New, ReviewView, Workspace, selection_of};

const AGENDA_WIDTH: f32 = 280.0;
/// Of a narrow view, so that the stage keeps most of it.
const AGENDA_SHARE: f32 = 0.36;
/// Of the height: notes and decisions.
const LOG_SHARE: f32 = 0.30;
const LOG_LEAST: f32 = 168.0;
const LOG_MOST: f32 = 320.0;

/// What the review remembers between frames.
#[derive(Clone, Default)]
struct Kept {
    drafts: Drafts,
    /// The line that is being written.
    new: Option<NewLine>,
    /// The line of the log that is being changed.
    open: Option<MeetingEntryId>,
    /// Lines of the log that are shown beyond the first ones.
    more: usize,
    /// The place in the agenda that was scrolled to.
    shown: Option<usize>,
    /// The row of this place takes the keyboard once it is on the stage.
    focus: Option<usize>,
}

/// A line for the log before it is added.
#[derive(Clone, Debug, PartialEq)]
struct NewLine {
    kind: MeetingEntryKind,
    text: String,
    owner: String,
    due: Option<Date>,
    /// Its field takes the keyboard.
    focus: bool,
}

impl NewLine {
    fn of(kind: MeetingEntryKind) -> Self {
        Self { kind, text: String::new(), owner: String::new(), due: None, focus: true }
    }
}

/// What a line that is added now is about.
type About = (Option<GoalId>, Option<MetricId>);

/// What every part of the review works with.
struct Desk<'a, 'p> {
    workspace: &'a Workspace,
    scene: &'a Scene<'p>,
    agenda: &'a Agenda,
    /// Of the item on the stage; one behind the last is the end.
    place: usize,
    kept: Kept,
    actions: &'a mut Vec<Action>,
}

impl Desk<'_, '_> {
    fn review(&self) -> &ReviewView {
        &self.scene.view.arranged.review
    }

    fn item(&self) -> Option<&AgendaItem> {
        self.agenda.items.get(self.place)
    }

    fn about(&self) -> Option<About> {
        self.item().map(|item| (item.goal.clone(), item.metric.clone()))
    }

    fn arrange(&mut self, review: ReviewView) {
        self.actions.push(Action::Arrange(Arrangement::Review(review)));
    }

    /// Puts another item on the stage: it is selected, too.
    fn go(&mut self, place: usize) {
        let moved = self.review().moved(self.agenda, place);
        self.go_with(place, moved);
    }

    /// Ticks what is on the stage and goes on.
    fn go_on(&mut self) {
        let moved = self.review().moved_on(self.agenda);
        self.go_with((self.place + 1).min(self.agenda.items.len()), moved);
    }

    fn go_with(&mut self, place: usize, moved: ReviewView) {
        if let Some(selection) = self.agenda.items.get(place).and_then(selection_of) {
            self.actions.push(Action::Select(selection));
        }
        self.arrange(moved);
    }

    /// Goes to the view that says most of what is on the stage.
    fn open(&mut self) {
        if let Some(selection) = self.item().and_then(selection_of) {
            self.actions.push(Action::Visit(selection));
        }
    }
}

pub fn review_ui(ui: &mut Ui, workspace: &Workspace, scene: &Scene<'_>, scratch: &mut Scratch, actions: &mut Vec<Action>) {
    if empty_cycle_ui(ui, scene, actions) {
        return;
    }
    let agenda = scene.memos.agenda(scene.document, scene.as_of, scene.view);
    if agenda.items.is_empty() {
        empty_ui(ui, scene, actions);
        return;
    }
    let id = Id::unique("review");
    let place = scene.view.arranged.review.place(&agenda);
    let mut desk = Desk { workspace, scene, agenda: &agenda, place, kept: scratch.take(id), actions };
    arrival::offer(ui, desk.item().map_or_else(keys::end_id, |item| keys::row_id(&item.id)));
    keys::take_keys(&mut desk, ui);

    let theme = scene.theme;
    let whole = ui.available_rect_before_wrap();
    let left = theme.px(AGENDA_WIDTH).min(whole.width() * AGENDA_SHARE).round();
    let log = (whole.height() * LOG_SHARE).clamp(theme.px(LOG_LEAST), theme.px(LOG_MOST)).round();
    let line = theme.stroke(stroke::HAIRLINE, theme.line.hairline);
    let agenda_rect = Rect::from_min_max(whole.min, pos2(whole.left() + left, whole.bottom()));
    let stage_rect = Rect::from_min_max(pos2(agenda_rect.right(), whole.top()), pos2(whole.right(), whole.bottom() - log));
    let log_rect = Rect::from_min_max(pos2(agenda_rect.right(), stage_rect.bottom()), whole.max);
    ui.painter().rect_filled(agenda_rect, 0.0, theme.bg.panel);
    ui.painter().rect_filled(log_rect, 0.0, theme.bg.panel);
    ui.painter().vline(agenda_rect.right(), whole.y_range(), line);
    ui.painter().hline(log_rect.x_range(), log_rect.top(), line);
    let inside = |rect: Rect, air: f32| UiBuilder::new().max_rect(rect.shrink2(egui::vec2(theme.px(air), theme.px(space::M))));
    ui.scope_builder(inside(agenda_rect, space::S).id_salt("agenda"), |ui| desk.agenda_ui(ui));
    ui.scope_builder(inside(stage_rect, space::L).id_salt("stage"), |ui| desk.stage_ui(ui, scratch));
    ui.scope_builder(inside(log_rect, space::L).id_salt("log"), |ui| desk.log_ui(ui));
    ui.advance_cursor_after_rect(whole);
    scratch.put(id, desk.kept);
}

fn empty_ui(ui: &mut Ui, scene: &Scene<'_>, actions: &mut Vec<Action>) {
    let why = "A review goes through what changed, what is at risk and what nobody looked at. It begins with an objective.";
    if widgets::empty_state_ui(ui, scene.theme, icons::INBOX, "Nothing to review yet", why, Some("Add an objective")) {
        actions.push(Action::Add(New::Objective { parent: None }));
    }
}
