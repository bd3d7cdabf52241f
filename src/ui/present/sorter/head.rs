//! Over the slides: what the deck is called, when the last meeting was, and drafting anew.

use egui::{Align, Layout, Ui, vec2};

use super::{Sorter, count_words};
use crate::document::edits;
use crate::ui::theme::{TextSize, size, space};
use crate::ui::widgets::{self, DateField, TextField};
use crate::workspace::Action;
use crate::workspace::presentation::PresentAction;

const TITLE_WIDTH: f32 = 240.0;
const SUBTITLE_WIDTH: f32 = 240.0;

impl Sorter<'_, '_> {
    pub(super) fn head_ui(&mut self, ui: &mut Ui) {
        let (scene, theme) = (self.scene, self.scene.theme);
        let deck = &scene.project.deck;
        let row = vec2(ui.available_width(), theme.px(size::CONTROL + 20.0));
        ui.allocate_ui_with_layout(row, Layout::left_to_right(Align::Max), |ui| {
            ui.spacing_mut().item_spacing.x = theme.px(space::M);
            let field = |ui: &mut Ui, name: &str, width: f32, add: &mut dyn FnMut(&mut Ui)| {
                ui.allocate_ui_with_layout(vec2(theme.px(width), row.y), Layout::top_down(Align::Min), |ui| {
                    ui.set_width(theme.px(width));
                    ui.spacing_mut().item_spacing.y = theme.px(space::XXS);
                    ui.label(theme.muted(name, TextSize::Caption));
                    add(ui);
                });
            };
            let drafts = &mut self.kept.drafts;
            let actions = &mut *self.actions;
            let hint = if scene.project.name.is_empty() { "Untitled" } else { scene.project.name.as_str() };
            field(ui, "Title of the deck", TITLE_WIDTH, &mut |ui| {
                let entered = TextField::new("title of the deck", "Title of the deck", &deck.title).hint(hint).show(ui, theme, drafts);
                if let Some(title) = entered.committed {
                    actions.push(edits::name_deck(scene.project, title, deck.subtitle.clone()).into());
                }
            });
            field(ui, "Subtitle", SUBTITLE_WIDTH, &mut |ui| {
                let entered = TextField::new("subtitle of the deck", "Subtitle of the deck", &deck.subtitle).show(ui, theme, drafts);
                if let Some(subtitle) = entered.committed {
                    actions.push(edits::name_deck(scene.project, deck.title.clone(), subtitle).into());
                }
            });
            field(ui, "Last meeting", 140.0, &mut |ui| {
                let weekday = scene.project.settings.calendar.first_weekday;
                let day = DateField::new("last meeting of the deck", "Last meeting", deck.last_meeting, scene.as_of).first_weekday(weekday);
                if let Some(day) = day.show(ui, theme, drafts).committed {
                    actions.push(edits::set_last_meeting(scene.project, day).into());
                }
            });
            ui.with_layout(Layout::right_to_left(Align::Max), |ui| {
                ui.spacing_mut().item_spacing.x = theme.px(space::S);
                if self.stage.is_some() {
                    if widgets::button_ui(ui, theme, "Back to the slide (Esc)").clicked() {
                        self.actions.push(Action::Present(PresentAction::ToggleOverview));
                    }
                } else if widgets::primary_button_ui(ui, theme, "Present from here").clicked()
                    && let Some(id) = self.kept.chosen.clone()
                {
                    self.go(&id);
                }
                let anything = !deck.slides.is_empty();
                let redraft = ui.add_enabled_ui(anything, |ui| widgets::button_ui(ui, theme, "Draft anew")).inner;
                let redraft = redraft
                    .on_hover_text("Forget the order, titles, notes and charts of these slides that were set by hand; it can be undone");
                if redraft.on_disabled_hover_text("Nothing was changed by hand").clicked() {
                    self.actions.push(edits::redraft_slides(scene.project).into());
                }
                widgets::truncated_ui(ui, theme.muted(count_words(self.outline), TextSize::Small));
            });
        });
    }
}
