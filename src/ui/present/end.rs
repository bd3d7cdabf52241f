//! Behind the last slide: what was written down, and whether this was the meeting that the next one looks back to.

use egui::{Align, Id, Label, Layout, Sense, Ui, UiBuilder, vec2};

use super::Stage;
use crate::document::edits;
use crate::model::date_words;
use crate::ui::theme::{TextSize, space};
use crate::ui::{slides, widgets};
use crate::workspace::Action;
use crate::workspace::presentation::PresentAction;

/// Of the width of a slide.
const WIDTH: f32 = 0.6;

pub(super) fn end_ui(ui: &mut Ui, stage: &Stage<'_, '_>, actions: &mut Vec<Action>) {
    let (scene, theme) = (stage.scene, &stage.panel_theme(ui));
    let room = ui.available_rect_before_wrap();
    let ground = ui.interact(room, Id::unique("ground behind the last slide"), Sense::click());
    let place = slides::place(room);
    let middle = egui::Rect::from_center_size(place.center(), vec2(place.width() * WIDTH, place.height() * WIDTH));
    ui.scope_builder(UiBuilder::new().max_rect(middle).layout(Layout::top_down(Align::Min)), |ui| {
        ui.spacing_mut().item_spacing.y = theme.px(space::M);
        ui.label(theme.rich("End of the slides", TextSize::Title));
        let today: Vec<_> = scene.project.meeting_log.values().filter(|e| e.date == scene.as_of).collect();
        if today.is_empty() {
            ui.label(theme.muted("Nothing was written down on this day. Press D to write down a decision.", TextSize::Body));
        }
        for entry in today.iter().take(8) {
            ui.add(Label::new(theme.rich(format!("{}: {}", entry.kind.word(), entry.text), TextSize::Body)).wrap());
        }
        if today.len() > 8 {
            ui.label(theme.muted(format!("and {} more", today.len() - 8), TextSize::Body));
        }
        ui.horizontal(|ui| {
            let is_last = scene.project.deck.last_meeting == Some(scene.as_of);
            if is_last {
                ui.label(
                    theme.muted(format!("{} is the last meeting: the next one looks back to it.", date_words(scene.as_of)), TextSize::Body),
                );
            } else if stage.presentation.added > 0
                && widgets::primary_button_ui(ui, theme, &format!("Set {} as the last meeting", date_words(scene.as_of))).clicked()
            {
                actions.push(edits::set_last_meeting(scene.project, Some(scene.as_of)).into());
            }
            if widgets::button_ui(ui, theme, "Leave (Esc)").clicked() {
                actions.push(Action::Present(PresentAction::End));
            }
        });
    });
    if ground.clicked() {
        actions.push(Action::Present(PresentAction::End));
    }
}
