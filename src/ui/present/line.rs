//! Changing a line of the meeting log from its slide: who, by when, what came of it, and that it is done.

use egui::{Align, Align2, Area, Id, Layout, Order, Rect, Role, Sense, StrokeKind, Ui, WidgetInfo, vec2};

use super::Stage;
use crate::chart::deck::log_words;
use crate::chart::review::LogLine;
use crate::document::edits;
use crate::model::{MeetingEntry, MeetingEntryKind};
use crate::ui::icons;
use crate::ui::scene::Scratch;
use crate::ui::slides;
use crate::ui::theme::{TextSize, Theme, radius, space, stroke};
use crate::ui::widgets::{self, DateField, Drafts, TextField};
use crate::workspace::Action;
use crate::workspace::presentation::PresentAction;

const WIDTH: f32 = 640.0;
const NAME: f32 = 72.0;

#[derive(Clone, Debug, Default)]
struct Kept {
    drafts: Drafts,
}

/// Over the lines of a slide: a click opens one.
pub(super) fn lines_ui(ui: &Ui, stage: &Stage<'_, '_>, lines: &[LogLine], place: Rect, actions: &mut Vec<Action>) {
    let theme = stage.scene.theme;
    for (line, row) in lines.iter().zip(slides::log_places(place, lines.len())) {
        let response = ui.interact(row, Id::unique(("line of the log on the slide", line.id.as_str())), Sense::click());
        response.widget_info(|| WidgetInfo::labeled(Role::Button, true, format!("Change {}", log_words(line))));
        if response.hovered() || response.has_focus() {
            let line = theme.stroke(stroke::FOCUS_RING, theme.accent.accent);
            ui.painter().rect_stroke(row, f32::from(radius::CONTROL), line, StrokeKind::Inside);
        }
        if response.on_hover_text("Change owner, due date and outcome").clicked() {
            actions.push(Action::Present(PresentAction::ChangeLine(Some(line.id.clone()))));
        }
    }
}

/// The line that is open.
pub(super) fn line_ui(ui: &Ui, stage: &Stage<'_, '_>, scratch: &mut Scratch, actions: &mut Vec<Action>) {
    let id = Id::unique("line of the meeting log");
    let entry = stage.presentation.line.as_ref().and_then(|line| stage.scene.project.meeting_log.get(line));
    let Some(entry) = entry else {
        if !scratch.of::<Kept>(id).drafts.is_empty() {
            scratch.put(id, Kept::default());
        }
        return;
    };
    let theme = &stage.panel_theme(ui);
    let mut kept: Kept = scratch.take(id);
    let window = ui.ctx().content_rect();
    let at = window.center_bottom() - vec2(0.0, theme.px(space::XXL));
    let mut changed = entry.clone();
    Area::new(id).order(Order::Foreground).pivot(Align2::CENTER_BOTTOM).fixed_pos(at).show(ui.ctx(), |ui| {
        super::panel_frame(theme).show(ui, |ui| {
            ui.set_width(theme.px(WIDTH).min(window.width() - 4.0 * space::XL));
            ui.spacing_mut().item_spacing = vec2(theme.px(space::S), theme.px(space::S));
            ui.horizontal(|ui| {
                ui.label(theme.strong(entry.kind.word(), TextSize::Body));
                ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
                    if widgets::icon_button_ui(ui, theme, icons::X, "Close the line").clicked() {
                        actions.push(Action::Present(PresentAction::ChangeLine(None)));
                    }
                    if entry.kind == MeetingEntryKind::Action {
                        let done = entry.is_done(stage.scene.as_of);
                        if widgets::button_ui(ui, theme, if done { "Open again" } else { "Done" }).clicked() {
                            actions.push(edits::set_done(entry, (!done).then_some(stage.scene.as_of)).into());
                        }
                    }
                });
            });
            fields_ui(ui, stage, theme, entry, &mut changed, &mut kept.drafts);
        });
    });
    if changed != *entry {
        actions.push(edits::change_entry(changed).into());
    }
    scratch.put(id, kept);
}

fn fields_ui(ui: &mut Ui, stage: &Stage<'_, '_>, theme: &Theme, entry: &MeetingEntry, changed: &mut MeetingEntry, drafts: &mut Drafts) {
    let scene = stage.scene;
    let salt = |field: &'static str| ("line on the slide", entry.id.as_str().to_owned(), field);
    let row = |ui: &mut Ui, name: &str, add: &mut dyn FnMut(&mut Ui)| {
        widgets::key_value_ui(ui, theme, name, theme.px(NAME), |ui| add(ui));
    };
    row(ui, "Text", &mut |ui| {
        let field = TextField::new(salt("text"), "Text of the line", &entry.text).required("A line needs a text");
        changed.text = field.show(ui, theme, drafts).committed.unwrap_or_else(|| changed.text.clone());
    });
    if entry.kind == MeetingEntryKind::Note {
        return;
    }
    row(ui, "Owner", &mut |ui| {
        let field = TextField::new(salt("owner"), "Owner of the line", &entry.owner).hint("–");
        changed.owner = field.show(ui, theme, drafts).committed.unwrap_or_else(|| changed.owner.clone());
    });
    row(ui, "Due", &mut |ui| {
        let weekday = scene.project.settings.calendar.first_weekday;
        let field =
            DateField::new(salt("due"), "Due date of the line", entry.due, scene.as_of).first_weekday(weekday).width(theme.px(104.0));
        changed.due = field.show(ui, theme, drafts).committed.unwrap_or(changed.due);
    });
    row(ui, "Outcome", &mut |ui| {
        let field = TextField::new(salt("outcome"), "Outcome of the line", &entry.outcome).hint("What came of it");
        changed.outcome = field.show(ui, theme, drafts).committed.unwrap_or_else(|| changed.outcome.clone());
    });
}
