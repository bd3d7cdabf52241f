//! Writing a line of the meeting log, and changing one.

use egui::{Align, Key, Layout, Response, Ui, vec2};

use super::{Desk, NewLine};
use crate::document::edits::{self, NewEntry};
use crate::model::{MeetingEntry, MeetingEntryId, MeetingEntryKind};
use crate::ui::icons;
use crate::ui::theme::{TextSize, size, space};
use crate::ui::widgets::{self, DateField, TextField};
use crate::workspace::{Action, New};

const OWNER_WIDTH: f32 = 112.0;
const DATE_WIDTH: f32 = 100.0;
/// One row holds all fields from this width on.
const ONE_ROW_FROM: f32 = 640.0;
const NAME_WIDTH: f32 = 72.0;

fn entered(ui: &Ui, response: &Response) -> bool {
    response.lost_focus() && ui.input(|i| i.key_pressed(Key::Enter))
}

/// Names a part of the line that is being written, as it is put by.
fn line_id(kind: MeetingEntryKind, part: &str) -> egui::Id {
    egui::Id::unique(("new line of the log", kind.code(), part))
}

/// The line was added, or is not wanted.
fn settle(ctx: &egui::Context, kind: MeetingEntryKind, from: widgets::ToldSoFar) {
    widgets::settle_told(ctx, from);
    for part in ["text", "owner", "due"] {
        widgets::settle_text(ctx, line_id(kind, part));
    }
}

impl Desk<'_, '_> {
    /// The line that is being written: Enter adds it, Esc leaves it.
    pub(super) fn new_line_ui(&mut self, ui: &mut Ui) {
        let (scene, theme) = (self.scene, self.scene.theme);
        let Some(mut new) = self.kept.new.take() else { return };
        let ctx = ui.ctx().clone();
        let from = widgets::told_so_far(&ctx);
        let wide = ui.available_width() >= theme.px(ONE_ROW_FROM);
        let mut add = false;
        let mut leave = false;
        let mut owner_id = None;
        let mut rest = |desk: &mut Self, ui: &mut Ui, new: &mut NewLine| {
            leave |= widgets::icon_button_ui(ui, theme, icons::X, "Do not add it").clicked();
            add |= widgets::primary_button_ui(ui, theme, "Add").clicked();
            if new.kind != MeetingEntryKind::Note {
                let due_name = format!("Due date of the new {}", new.kind.code());
                let owner_name = format!("Owner of the new {}", new.kind.code());
                let weekday = scene.project.settings.calendar.first_weekday;
                let field = DateField::new("new entry due", &due_name, new.due, scene.as_of).hint("Due").first_weekday(weekday);
                let room = vec2(theme.px(DATE_WIDTH + size::CONTROL + space::XS), theme.px(size::CONTROL));
                let due = ui.allocate_ui_with_layout(room, Layout::left_to_right(Align::Min), |ui| {
                    field.width(theme.px(DATE_WIDTH)).show(ui, theme, &mut desk.kept.drafts)
                });
                add |= entered(ui, &due.inner.response);
                new.due = due.inner.committed.unwrap_or(new.due);
                let field =
                    TextField::new("new entry owner", &owner_name, &new.owner).hint("Owner").width(theme.px(OWNER_WIDTH)).kept_outside();
                owner_id = Some(field.id());
                let owner = ui.allocate_ui(vec2(theme.px(OWNER_WIDTH), 0.0), |ui| field.show(ui, theme, &mut desk.kept.drafts)).inner;
                add |= entered(ui, &owner.response);
                new.owner = owner.committed.unwrap_or_else(|| new.owner.clone());
            }
        };
        let mut text_entered = false;
        let mut text_id = None;
        let mut escaped = false;
        let mut text = |desk: &mut Self, ui: &mut Ui, new: &mut NewLine| {
            let name = format!("New {}", new.kind.code());
            let hint = match new.kind {
                MeetingEntryKind::Decision => "What was decided",
                MeetingEntryKind::Action => "What is to be done",
                MeetingEntryKind::Note => "What was said",
            };
            let field = TextField::new("new entry text", &name, &new.text).hint(hint).kept_outside();
            text_id = Some(field.id());
            let field = field.show(ui, theme, &mut desk.kept.drafts);
            if std::mem::take(&mut new.focus) {
                field.response.request_focus();
            }
            text_entered = entered(ui, &field.response);
            if field.response.lost_focus() && ui.input(|i| i.key_pressed(Key::Escape)) {
                escaped = true;
            }
            if let Some(text) = field.committed {
                new.text = text;
            }
        };
        let row = vec2(ui.available_width(), theme.px(size::CONTROL));
        if wide {
            ui.allocate_ui_with_layout(row, Layout::right_to_left(Align::Min), |ui| {
                rest(self, ui, &mut new);
                text(self, ui, &mut new);
            });
        } else {
            text(self, ui, &mut new);
            ui.allocate_ui_with_layout(row, Layout::right_to_left(Align::Min), |ui| rest(self, ui, &mut new));
        }
        leave |= escaped;
        add |= text_entered;
        if leave {
            self.kept.drafts.clear();
            settle(&ctx, new.kind, from);
            return;
        }
        // What cannot be read stays in its field, with the reason.
        if add && !new.text.trim().is_empty() && self.kept.drafts.problems().next().is_none() {
            settle(&ctx, new.kind, from);
            let (goal, metric) = self.about().unwrap_or_default();
            let NewLine { kind, text, owner, due, focus: _ } = new;
            let entry = NewEntry { date: scene.as_of, kind, text, owner, due, goal, metric };
            self.actions.push(Action::Add(New::Entry(entry)));
            return;
        }
        if add {
            new.focus = new.text.trim().is_empty();
        }
        let typed =
            |field: Option<egui::Id>, entered: &str| field.and_then(|field| self.kept.drafts.text(field)).unwrap_or(entered).to_owned();
        let (text, owner) = (typed(text_id, &new.text), typed(owner_id, &new.owner));
        if !text.trim().is_empty() || !owner.trim().is_empty() {
            let kind = new.kind.code();
            widgets::tell_text(&ctx, line_id(new.kind, "text"), &format!("New {kind}"), &text);
            widgets::tell_text(&ctx, line_id(new.kind, "owner"), &format!("Owner of the new {kind}"), &owner);
            let due = new.due.map_or_else(String::new, |due| due.to_string());
            widgets::tell_text(&ctx, line_id(new.kind, "due"), &format!("Due date of the new {kind}"), &due);
        }
        self.kept.new = Some(new);
    }

    /// A line that was being written before a crash is written on.
    pub(super) fn restore_new_line(&mut self, ui: &Ui) {
        for kind in MeetingEntryKind::ALL {
            let take = |part: &str| widgets::take_text(ui.ctx(), line_id(kind, part)).map(|restored| restored.text);
            if let Some(text) = take("text") {
                let (owner, due) = (take("owner").unwrap_or_default(), take("due").and_then(|due| due.parse().ok()));
                self.kept.new = Some(NewLine { kind, text, owner, due, focus: true });
            }
        }
    }

    /// A line of the log with a field for everything that it says.
    pub(super) fn edit_ui(&mut self, ui: &mut Ui, id: &MeetingEntryId) {
        let (scene, theme) = (self.scene, self.scene.theme);
        let Some(entry) = scene.project.meeting_log.get(id) else { return };
        let mut changed = entry.clone();
        let salt = |field: &'static str| ("entry", id.as_str().to_owned(), field);
        let weekday = scene.project.settings.calendar.first_weekday;
        widgets::card_ui(ui, theme, |ui| {
            ui.spacing_mut().item_spacing.y = theme.px(space::XS);
            ui.horizontal(|ui| {
                let options = MeetingEntryKind::ALL.map(|kind| (kind, kind.word()));
                if let Some(kind) = widgets::segmented_ui(ui, theme, "Kind", entry.kind, &options) {
                    changed.kind = kind;
                }
                ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
                    if widgets::icon_button_ui(ui, theme, icons::CHECK, "Close the entry").clicked() {
                        self.kept.open = None;
                    }
                    if widgets::icon_button_ui(ui, theme, icons::TRASH_2, &format!("Remove: {}", entry.text)).clicked() {
                        self.actions.push(edits::remove_entry(entry).into());
                        self.kept.open = None;
                    }
                });
            });
            let drafts = &mut self.kept.drafts;
            let row = |ui: &mut Ui, name: &str, add: &mut dyn FnMut(&mut Ui)| {
                widgets::key_value_ui(ui, theme, name, theme.px(NAME_WIDTH), |ui| add(ui));
            };
            row(ui, "Text", &mut |ui| {
                let field = TextField::new(salt("text"), "Text of the entry", &entry.text).required("An entry needs a text").told();
                changed.text = field.show(ui, theme, drafts).committed.unwrap_or_else(|| changed.text.clone());
            });
            row(ui, "On", &mut |ui| {
                let field = DateField::new(salt("date"), "Day of the meeting", Some(entry.date), entry.date).required();
                changed.date = field.first_weekday(weekday).show(ui, theme, drafts).committed.flatten().unwrap_or(changed.date);
            });
            if entry.kind != MeetingEntryKind::Note {
                row(ui, "Owner", &mut |ui| {
                    let field = TextField::new(salt("owner"), "Owner of the entry", &entry.owner).hint("–");
                    changed.owner = field.show(ui, theme, drafts).committed.unwrap_or_else(|| changed.owner.clone());
                });
                row(ui, "Due", &mut |ui| {
                    let field = DateField::new(salt("due"), "Due date of the entry", entry.due, scene.as_of).first_weekday(weekday);
                    changed.due = field.show(ui, theme, drafts).committed.unwrap_or(changed.due);
                });
                row(ui, "Done on", &mut |ui| {
                    let field = DateField::new(salt("done"), "Done on", entry.done_on, scene.as_of).first_weekday(weekday);
                    changed.done_on = field.show(ui, theme, drafts).committed.unwrap_or(changed.done_on);
                });
                row(ui, "Outcome", &mut |ui| {
                    let field = TextField::new(salt("outcome"), "What came of it", &entry.outcome).hint("What came of it").told();
                    changed.outcome = field.show(ui, theme, drafts).committed.unwrap_or_else(|| changed.outcome.clone());
                });
            }
            self.about_ui(ui, entry, &mut changed);
        });
        if changed != *entry {
            self.actions.push(edits::change_entry(changed).into());
        }
    }

    /// What an entry is about, and the item on the stage as another.
    fn about_ui(&self, ui: &mut Ui, entry: &MeetingEntry, changed: &mut MeetingEntry) {
        let (scene, theme) = (self.scene, self.scene.theme);
        let goal = entry.goal.as_ref().and_then(|id| scene.project.goal(id)).map(|g| g.title.as_str());
        let metric = entry.metric.as_ref().and_then(|id| scene.project.metric(id)).map(crate::model::Metric::short_name);
        let words = [goal, metric].into_iter().flatten().collect::<Vec<_>>().join(" · ");
        widgets::key_value_ui(ui, theme, "About", theme.px(NAME_WIDTH), |ui| {
            ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
                if !words.is_empty() && widgets::link_ui(ui, theme, "Nothing in particular", TextSize::Small).clicked() {
                    (changed.goal, changed.metric) = (None, None);
                }
                if let Some((goal, metric)) = self.about()
                    && (&goal, &metric) != (&entry.goal, &entry.metric)
                    && widgets::link_ui(ui, theme, "What is on the stage", TextSize::Small).clicked()
                {
                    (changed.goal, changed.metric) = (goal, metric);
                }
                ui.with_layout(Layout::left_to_right(Align::Center), |ui| {
                    let shown = if words.is_empty() { "nothing in particular" } else { &words };
                    widgets::truncated_ui(ui, theme.rich(shown, TextSize::Body));
                });
            });
        });
    }
}
