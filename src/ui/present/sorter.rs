//! All slides: to choose one, to order them, to leave some out, to word them; and the title of the deck.

mod detail;
mod head;

use std::collections::BTreeMap;

use egui::{Event, EventFilter, Id, Key, Rect, Role, ScrollArea, Sense, Ui, UiBuilder, WidgetInfo, pos2, vec2};

use super::Stage;
use super::thumbs::{self, ThumbLook, Thumbs, slide_of};
use crate::chart::deck::{Entry, SlideId};
use crate::document::edits;
use crate::model::{Date, MetricId, SlideSubject};
use crate::ui::icons;
use crate::ui::scene::{Scene, Scratch};
use crate::ui::sheets::sheet_ui;
use crate::ui::slides;
use crate::ui::theme::{space, stroke};
use crate::ui::widgets::Drafts;
use crate::workspace::presentation::{BeginAt, PresentAction, SlideLook, Step, moved_slide, moved_slide_by};
use crate::workspace::{Action, Workspace};

/// A thumbnail is at least so wide.
const LEAST_WIDTH: f32 = 200.0;
const CAPTION: f32 = 24.0;
const DETAIL: f32 = 300.0;
/// Of the sheet, at 100 %.
const SHEET: f32 = 1200.0;

/// What is done with the slides and is not in the project.
#[derive(Clone, Default)]
struct Kept {
    chosen: Option<SlideId>,
    thumbs: Thumbs,
    drafts: Drafts,
    /// Shown in the frame before.
    open: bool,
    /// The subject that is being dragged.
    dragged: Option<SlideSubject>,
    /// The thumbnail that takes the keyboard.
    focus: Option<SlideId>,
    /// The field that takes it.
    edit: Option<Field>,
}

#[derive(Clone, Copy, Debug, PartialEq)]
enum Field {
    Title,
    Note,
}

/// The table of slides and what it works on.
struct Sorter<'a, 'p> {
    scene: &'a Scene<'p>,
    outline: &'a [Entry],
    /// The looks and the slide of a presentation, where one runs.
    stage: Option<&'a Stage<'a, 'p>>,
    /// The days that slides were zoomed to by hand.
    in_hand: BTreeMap<MetricId, (Date, Date)>,
    kept: Kept,
    actions: &'a mut Vec<Action>,
}

fn kept_id() -> Id {
    Id::unique("slide sorter")
}

fn cell_id(id: &SlideId) -> Id {
    Id::unique(("slide in the sorter", format!("{id:?}")))
}

/// The sorter over the slide.
pub(super) fn overview_ui(ui: &mut Ui, stage: &Stage<'_, '_>, scratch: &mut Scratch, actions: &mut Vec<Action>) {
    let scene = stage.scene;
    let mut kept: Kept = scratch.take(kept_id());
    if !std::mem::replace(&mut kept.open, true) {
        kept.chosen = Some(stage.presentation.at.clone());
        kept.focus.clone_from(&kept.chosen);
    }
    let in_hand = stage.outline.iter().filter_map(|entry| match &entry.id.subject {
        SlideSubject::Kpi(metric) => slides::range_in_hand(scratch, metric).map(|days| (metric.clone(), days)),
        _ => None,
    });
    let in_hand = in_hand.collect();
    let mut sorter = Sorter { scene, outline: stage.outline, stage: Some(stage), in_hand, kept, actions };
    let room = ui.available_rect_before_wrap().shrink(scene.theme.px(space::XL));
    ui.scope_builder(UiBuilder::new().max_rect(room), |ui| sorter.show(ui));
    let kept = sorter.kept;
    scratch.put(kept_id(), kept);
}

/// The sorter as a sheet, without a presentation.
pub(in crate::ui) fn slides_sheet_ui(ui: &Ui, workspace: &Workspace, scene: &Scene<'_>, scratch: &mut Scratch, actions: &mut Vec<Action>) {
    let outline = workspace.outline();
    let mut kept: Kept = scratch.take(kept_id());
    if !std::mem::replace(&mut kept.open, true) {
        kept.chosen = outline.first().map(|e| e.id.clone());
        kept.focus.clone_from(&kept.chosen);
    }
    let mut sorter = Sorter { scene, outline: &outline, stage: None, in_hand: BTreeMap::new(), kept, actions };
    let height = ui.ctx().content_rect().height() - scene.theme.px(180.0);
    let close = sheet_ui(ui, scene.theme, "Slides", SHEET, |ui| {
        ui.set_min_height(height);
        ui.set_max_height(height);
        sorter.show(ui);
        false
    });
    let mut kept = sorter.kept;
    if close {
        actions.push(Action::CloseSheet);
        kept = Kept::default();
    }
    scratch.put(kept_id(), kept);
}

/// The overview is not shown: it begins anew the next time.
pub(super) fn forget(scratch: &mut Scratch) {
    if scratch.of::<Kept>(kept_id()).open {
        let Kept { thumbs, .. } = scratch.take(kept_id());
        scratch.put(kept_id(), Kept { thumbs, ..Kept::default() });
    }
}

impl Sorter<'_, '_> {
    fn show(&mut self, ui: &mut Ui) {
        let theme = self.scene.theme;
        if self.kept.chosen.as_ref().is_none_or(|id| !self.outline.iter().any(|e| e.id == *id)) {
            let subject = self.kept.chosen.as_ref().map(|id| &id.subject);
            let near = self.outline.iter().find(|e| Some(&e.id.subject) == subject).or(self.outline.first());
            self.kept.chosen = near.map(|e| e.id.clone());
        }
        self.head_ui(ui);
        ui.add_space(theme.px(space::S));
        let room = ui.available_rect_before_wrap();
        let detail = Rect::from_min_max(pos2(room.right() - theme.px(DETAIL), room.top()), room.max);
        let grid = Rect::from_min_max(room.min, pos2(detail.left() - theme.px(space::L), room.bottom()));
        self.take_keys(ui, grid.width());
        ui.scope_builder(UiBuilder::new().max_rect(grid).id_salt("slides"), |ui| self.grid_ui(ui));
        ui.scope_builder(UiBuilder::new().max_rect(detail).id_salt("chosen slide"), |ui| self.detail_ui(ui));
        ui.advance_cursor_after_rect(room);
    }

    fn chosen(&self) -> Option<&Entry> {
        let id = self.kept.chosen.as_ref()?;
        self.outline.iter().find(|e| e.id == *id)
    }

    fn choose(&mut self, id: &SlideId) {
        if self.kept.chosen.as_ref() != Some(id) {
            // What is typed counts for the slide that it was typed for.
            self.kept.drafts.clear();
        }
        self.kept.chosen = Some(id.clone());
    }

    fn look(&self, subject: &SlideSubject) -> SlideLook {
        self.stage.map_or_else(SlideLook::default, |stage| stage.presentation.look(subject))
    }

    fn columns(&self, width: f32) -> usize {
        let gap = self.scene.theme.px(space::L);
        (((width + gap) / (self.scene.theme.px(LEAST_WIDTH) + gap)) as usize).max(1)
    }

    fn grid_ui(&mut self, ui: &mut Ui) {
        let theme = self.scene.theme;
        let gap = theme.px(space::L);
        // Beside the scroll bar.
        let width = ui.available_width() - gap;
        let columns = self.columns(width);
        let cell = ((width - gap * (columns - 1) as f32) / columns as f32).floor();
        let paper = vec2(cell, cell * 9.0 / 16.0);
        let row = paper.y + theme.px(CAPTION) + gap;
        let rows = self.outline.len().div_ceil(columns);
        ScrollArea::vertical().id_salt("slides").auto_shrink([false, false]).show_viewport(ui, |ui, shown| {
            ui.set_height(rows as f32 * row);
            let origin = ui.max_rect().min + vec2(2.0, 2.0);
            let place = |index: usize| {
                let at = vec2((index % columns) as f32 * (cell + gap), (index / columns) as f32 * row);
                Rect::from_min_size(origin + at, paper)
            };
            if let Some(id) = &self.kept.focus
                && let Some(index) = self.outline.iter().position(|e| e.id == *id)
            {
                ui.scroll_to_rect(place(index).expand2(vec2(0.0, theme.px(CAPTION) + gap)), None);
            }
            let first = (shown.top() / row).max(0.0) as usize * columns;
            let last = (((shown.bottom() / row).ceil().max(0.0) as usize + 1) * columns).min(self.outline.len());
            let mut places = Vec::new();
            for index in first..last {
                let entry = &self.outline[index];
                self.cell_ui(ui, entry, index, place(index));
                places.push((index, place(index)));
            }
            // The one that takes the keyboard may not be in sight yet.
            if let Some(id) = self.kept.focus.clone()
                && let Some(index) = self.outline.iter().position(|e| e.id == id)
                && !(first..last).contains(&index)
            {
                ui.ctx().request_repaint();
            } else {
                self.kept.focus = None;
            }
            self.drag_ui(ui, &places, gap);
        });
    }

    fn cell_ui(&mut self, ui: &mut Ui, entry: &Entry, index: usize, place: Rect) {
        let (scene, theme) = (self.scene, self.scene.theme);
        let whole = Rect::from_min_max(place.min, pos2(place.right(), place.bottom() + theme.px(CAPTION)));
        let response = ui.interact(whole, cell_id(&entry.id), Sense::click_and_drag());
        let number = crate::workspace::presentation::numbered(self.outline, &entry.id).0;
        let is_chosen = self.kept.chosen.as_ref() == Some(&entry.id);
        let words = match number {
            Some(number) => format!("Slide {number}: {}", entry.name),
            None => format!("Left out: {}", entry.name),
        };
        response.widget_info(|| WidgetInfo::selected(Role::ListItem, true, is_chosen, &words));
        if self.kept.focus.as_ref() == Some(&entry.id) {
            response.request_focus();
        }
        if response.has_focus() {
            let keep = EventFilter { tab: false, horizontal_arrows: true, vertical_arrows: true, escape: false };
            ui.memory_mut(|m| m.set_focus_lock_filter(response.id, keep));
            if !is_chosen {
                self.choose(&entry.id);
            }
        }
        if response.clicked() || response.drag_started() {
            response.request_focus();
            self.choose(&entry.id);
        }
        if response.drag_started() {
            self.kept.dragged = Some(entry.id.subject.clone());
        }
        if response.double_clicked() {
            self.go(&entry.id.clone());
        }
        let look = self.look(&entry.id.subject);
        let slide = slide_of(scene, entry, look);
        self.kept.thumbs.paint(ui, scene, &slide, look, number.unwrap_or(index + 1), place);
        let look = if entry.hidden { ThumbLook::Faded } else { ThumbLook::Plain };
        thumbs::framed(ui, scene, place, look, is_chosen);
        let edit = scene.project.deck.slides.iter().find(|e| e.subject == entry.id.subject);
        let mut signs = Vec::new();
        if entry.hidden {
            signs.push(icons::EYE_OFF);
        }
        if edit.is_some_and(|e| !e.note.is_empty()) {
            signs.push(icons::MESSAGE_SQUARE);
        }
        if edit.is_some_and(|e| e.mode.is_some() || e.range.is_some()) {
            signs.push(icons::LOCK);
        }
        let middle = place.bottom() + theme.px(CAPTION) / 2.0 + theme.px(space::XXS);
        let mut right = place.right();
        for sign in signs {
            right -= theme.px(16.0);
            sign.paint(ui.painter(), pos2(right + theme.px(8.0), middle), theme.px(13.0), theme.text.muted);
        }
        let words = number.map_or_else(|| entry.name.clone(), |n| format!("{n}  {}", entry.name));
        let galley = thumbs::caption(ui, scene, &words, right - place.left() - theme.px(space::XS));
        let colour = if entry.hidden { theme.text.muted } else { theme.text.default };
        ui.painter().galley_with_override_text_color(pos2(place.left(), middle - galley.size().y / 2.0), galley, colour);
    }

    /// A line where the slide would go, and the move when it is let go.
    fn drag_ui(&mut self, ui: &Ui, places: &[(usize, Rect)], gap: f32) {
        let theme = self.scene.theme;
        let Some(dragged) = self.kept.dragged.clone() else { return };
        let Some(pointer) = ui.ctx().pointer_latest_pos() else { return };
        let (released, escaped) = ui.input(|i| (!i.pointer.any_down(), i.key_pressed(Key::Escape)));
        if escaped {
            self.kept.dragged = None;
            return;
        }
        let near = |rect: &Rect| (rect.center().y - pointer.y).abs() * 4.0 + (rect.center().x - pointer.x).abs();
        let Some((index, rect)) = places.iter().min_by(|a, b| near(&a.1).total_cmp(&near(&b.1))).copied() else { return };
        let behind = pointer.x > rect.center().x;
        let x = if behind { rect.right() + gap / 2.0 } else { rect.left() - gap / 2.0 };
        ui.painter().vline(x, rect.y_range(), theme.stroke(stroke::FOCUS, theme.accent.accent));
        if !released {
            return;
        }
        self.kept.dragged = None;
        // All slides of a subject go together.
        let from = index + usize::from(behind);
        let before = self.outline.get(from..).into_iter().flatten().find(|e| e.id.part == 0).map(|e| e.id.subject.clone());
        if before.as_ref() == Some(&dragged) || self.outline[index].id.subject == dragged {
            return;
        }
        self.actions.push(moved_slide(self.scene.project, self.outline, &dragged, before.as_ref()).into());
        self.kept.focus.clone_from(&self.kept.chosen);
    }

    /// To the slide: on with the presentation, or a presentation from there.
    fn go(&mut self, id: &SlideId) {
        let action = if self.stage.is_some() { PresentAction::GoTo(id.clone()) } else { PresentAction::Begin(BeginAt::Slide(id.clone())) };
        self.kept.open = false;
        self.actions.push(Action::Present(action));
    }

    fn move_by(&mut self, step: Step) {
        let Some(subject) = self.chosen().map(|e| e.id.subject.clone()) else { return };
        if let Some(change) = moved_slide_by(self.scene.project, self.outline, &subject, step) {
            self.actions.push(change.into());
            self.kept.focus.clone_from(&self.kept.chosen);
        }
    }

    fn toggle_hidden(&mut self) {
        let Some(entry) = self.chosen() else { return };
        let change = edits::hide_slide(self.scene.project, &entry.id.subject, &entry.name, !entry.hidden);
        self.actions.push(change.into());
    }

    /// The arrows choose, with Alt they move; H leaves out, F2 words the title, N the note, Enter goes there.
    fn take_keys(&mut self, ui: &Ui, width: f32) {
        let focused = ui.memory(egui::Memory::focused);
        let Some(at) = self.outline.iter().position(|e| focused == Some(cell_id(&e.id))) else { return };
        let columns = self.columns(width - self.scene.theme.px(space::L));
        let mut pressed = Vec::new();
        ui.input_mut(|input| {
            input.events.retain(|event| match event {
                Event::Key { key, pressed: true, modifiers, .. } if !modifiers.command && !modifiers.ctrl => {
                    let ours = matches!(
                        key,
                        Key::ArrowLeft
                            | Key::ArrowRight
                            | Key::ArrowUp
                            | Key::ArrowDown
                            | Key::Home
                            | Key::End
                            | Key::Enter
                            | Key::H
                            | Key::N
                            | Key::F2
                    );
                    if ours {
                        pressed.push((*key, modifiers.alt));
                    }
                    !ours
                }
                Event::Text(_) => false,
                _ => true,
            });
        });
        let last = self.outline.len().saturating_sub(1);
        for (key, alt) in pressed {
            let to = match key {
                Key::ArrowLeft | Key::ArrowUp if alt => {
                    self.move_by(Step::Earlier);
                    continue;
                }
                Key::ArrowRight | Key::ArrowDown if alt => {
                    self.move_by(Step::Later);
                    continue;
                }
                Key::ArrowLeft => at.saturating_sub(1),
                Key::ArrowRight => (at + 1).min(last),
                Key::ArrowUp => at.checked_sub(columns).unwrap_or(at),
                Key::ArrowDown if at + columns > last => at,
                Key::ArrowDown => at + columns,
                Key::Home => 0,
                Key::End => last,
                Key::H => {
                    self.toggle_hidden();
                    continue;
                }
                Key::F2 => {
                    self.kept.edit = Some(Field::Title);
                    continue;
                }
                Key::N => {
                    self.kept.edit = Some(Field::Note);
                    continue;
                }
                _ => {
                    self.go(&self.outline[at].id.clone());
                    continue;
                }
            };
            let id = self.outline[to].id.clone();
            self.choose(&id);
            self.kept.focus = Some(id);
        }
    }
}

/// "12 of 31 slides are shown".
fn count_words(outline: &[Entry]) -> String {
    let shown = outline.iter().filter(|e| !e.hidden).count();
    format!("{shown} of {} slides are shown", outline.len())
}
