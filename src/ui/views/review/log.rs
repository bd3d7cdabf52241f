//! Notes and decisions beneath the stage: what meetings said of it, and a line to add.

use egui::{Align, Label, Layout, ScrollArea, Ui, vec2};

use super::Desk;
use crate::chart::review::{LogDay, LogLine, LogState};
use crate::document::edits;
use crate::model::{GoalId, MeetingEntryKind, MetricId, Status};
use crate::ui::icons;
use crate::ui::theme::{TextSize, size, space};
use crate::ui::widgets;
use crate::workspace::{Action, Arrangement, Selection};

/// More lines are shown when they are asked for.
const FEW: usize = 60;
const KIND_WIDTH: f32 = 72.0;

impl Desk<'_, '_> {
    pub(super) fn log_ui(&mut self, ui: &mut Ui) {
        let (scene, theme) = (self.scene, self.scene.theme);
        ui.spacing_mut().item_spacing = vec2(theme.px(space::S), theme.px(space::XS));
        self.log_head_ui(ui);
        self.restore_new_line(ui);
        if self.kept.new.is_some() {
            self.new_line_ui(ui);
        }
        let whole = self.review().whole_log;
        // A line that is about nothing in particular stands among all.
        let about = self.about().filter(|(goal, metric)| !whole && (goal.is_some() || metric.is_some()));
        let of = about.as_ref().map(|(goal, metric): &(Option<GoalId>, Option<MetricId>)| (goal.as_ref(), metric.as_ref()));
        let days = scene.memos.log(scene.document, scene.as_of, of);
        ScrollArea::vertical().id_salt(("log", whole)).auto_shrink([false, false]).show(ui, |ui| {
            if days.is_empty() {
                let words = if about.is_some() {
                    "Nothing was decided or noted of it yet. Press D for a decision, A for an action, M for a note."
                } else {
                    "Nothing was decided or noted yet. Press D for a decision, A for an action, M for a note."
                };
                ui.add(Label::new(theme.muted(words, TextSize::Body)).wrap());
            }
            self.days_ui(ui, &days, about.is_none());
        });
    }

    fn log_head_ui(&mut self, ui: &mut Ui) {
        let theme = self.scene.theme;
        let whole = self.review().whole_log || self.item().is_none();
        ui.horizontal(|ui| {
            ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
                for (kind, key) in [(MeetingEntryKind::Note, "M"), (MeetingEntryKind::Action, "A"), (MeetingEntryKind::Decision, "D")] {
                    let button = widgets::button_ui(ui, theme, kind.word());
                    let name = format!("Add {} {}", if kind == MeetingEntryKind::Action { "an" } else { "a" }, kind.code());
                    button.widget_info(|| egui::WidgetInfo::labeled(egui::Role::Button, true, &name));
                    if button.on_hover_text(format!("{name} ({key})")).clicked() {
                        self.kept.new = Some(super::NewLine::of(kind));
                    }
                }
                ui.with_layout(Layout::left_to_right(Align::Center), |ui| {
                    let room = ui.available_width() > theme.px(300.0);
                    if room {
                        ui.label(theme.rich("Notes and decisions", TextSize::Section));
                    }
                    let options = [(false, "This item"), (true, "All meetings")];
                    if self.item().is_some()
                        && let Some(whole_log) = widgets::segmented_ui(ui, theme, "Notes and decisions of", whole, &options)
                    {
                        let review = crate::workspace::ReviewView { whole_log, ..self.review().clone() };
                        self.actions.push(Action::Arrange(Arrangement::Review(review)));
                    }
                });
            });
        });
    }

    fn days_ui(&mut self, ui: &mut Ui, days: &[LogDay], with_subject: bool) {
        let theme = self.scene.theme;
        let mut left = FEW + self.kept.more;
        let all: usize = days.iter().map(|day| day.lines.len()).sum();
        for day in days {
            if left == 0 {
                break;
            }
            ui.add_space(theme.px(space::XXS));
            ui.label(theme.muted(&day.heading, TextSize::Small));
            for line in day.lines.iter().take(left) {
                ui.push_id(line.id.as_str(), |ui| {
                    if self.kept.open.as_ref() == Some(&line.id) {
                        self.edit_ui(ui, &line.id);
                    } else {
                        self.line_ui(ui, line, with_subject);
                    }
                });
                left -= 1;
            }
        }
        let shown = FEW + self.kept.more;
        if all > shown && widgets::link_ui(ui, theme, &format!("Show {} more", (all - shown).min(FEW)), TextSize::Small).clicked() {
            self.kept.more += FEW;
        }
    }

    fn line_ui(&mut self, ui: &mut Ui, line: &LogLine, with_subject: bool) {
        let (scene, theme) = (self.scene, self.scene.theme);
        let Some(entry) = scene.project.meeting_log.get(&line.id) else { return };
        ui.horizontal_top(|ui| {
            ui.allocate_ui_with_layout(vec2(theme.px(KIND_WIDTH), theme.px(size::CONTROL)), Layout::left_to_right(Align::Center), |ui| {
                ui.set_min_width(theme.px(KIND_WIDTH));
                ui.set_min_height(theme.px(size::CONTROL));
                if line.kind == MeetingEntryKind::Action {
                    let mut done = line.state == LogState::Done;
                    let tick = ui.add(egui::Checkbox::without_text(&mut done));
                    tick.widget_info(|| egui::WidgetInfo::selected(egui::Role::CheckBox, true, done, format!("Done: {}", line.text)));
                    if tick.clicked() {
                        self.actions.push(edits::set_done(entry, done.then_some(scene.as_of)).into());
                    }
                }
                ui.label(theme.muted(line.kind.word(), TextSize::Small));
            });
            ui.with_layout(Layout::right_to_left(Align::Min), |ui| {
                if widgets::icon_button_ui(ui, theme, icons::TRASH_2, &format!("Remove: {}", line.text)).clicked() {
                    self.actions.push(edits::remove_entry(entry).into());
                }
                if widgets::icon_button_ui(ui, theme, icons::PENCIL, &format!("Change: {}", line.text)).clicked() {
                    self.kept.open = Some(line.id.clone());
                }
                ui.with_layout(Layout::top_down(Align::Min), |ui| {
                    ui.spacing_mut().item_spacing.y = 0.0;
                    ui.add_space(theme.px(space::XXS));
                    let text = theme.rich(&line.text, TextSize::Body);
                    let text = if line.state == LogState::Done { text.color(theme.text.muted) } else { text.color(theme.text.strong) };
                    ui.add(Label::new(text).wrap());
                    if !line.facts.is_empty() {
                        let facts = theme.muted(&line.facts, TextSize::Small);
                        let late = line.state == LogState::Overdue;
                        ui.add(Label::new(if late { facts.color(theme.status(Status::AtRisk).text) } else { facts }).wrap());
                    }
                    if !line.outcome.is_empty() {
                        ui.add(Label::new(theme.muted(format!("→ {}", line.outcome), TextSize::Small)).wrap());
                    }
                    if let Some(about) = line.about.as_ref().filter(|_| with_subject) {
                        let selection = entry.goal.clone().map(Selection::Goal).or_else(|| entry.metric.clone().map(Selection::Metric));
                        ui.style_mut().wrap_mode = Some(egui::TextWrapMode::Truncate);
                        if let Some(selection) = selection
                            && widgets::link_ui(ui, theme, about, TextSize::Small).clicked()
                        {
                            self.actions.push(Action::Select(selection));
                        }
                    }
                });
            });
        });
    }
}
