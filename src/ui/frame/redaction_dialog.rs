//! What a redacted copy leaves out, in words and as a tree of goals to choose from.

use std::collections::BTreeSet;

use egui::{Align, Checkbox, Id, Layout, Modal, ScrollArea, TextWrapMode, Ui, vec2};

use super::dialog_frame;
use crate::model::GoalId;
use crate::ui::scene::Scene;
use crate::ui::theme::{TextSize, size, space};
use crate::ui::widgets;
use crate::workspace::{Action, Redaction, Workspace};

const WIDTH: f32 = 560.0;
/// What stands above and below the list, and the air around the dialog.
const AROUND_LIST: f32 = 380.0;
const MOST_ROWS: f32 = 12.0;

/// What happens to what, a line each.
const CHANGES: [(&str, &str); 4] = [
    ("Values", "Each metric starts at 100. Targets and limits move along, so that progress, status and shape stay."),
    ("People", "Owners become Owner 1, Owner 2, and so on, in titles too."),
    ("Words", "Notes, descriptions, reasons, the meeting log and the names of events and benchmarks are left out."),
    ("Titles", "Names of goals and metrics stay, without the numbers in them. Dates stay."),
];

pub(super) fn redaction_dialog_ui(ui: &Ui, workspace: &Workspace, scene: &Scene<'_>, actions: &mut Vec<Action>) {
    let Some(current) = &workspace.redaction_draft else { return };
    let theme = scene.theme;
    let mut draft = current.clone();
    let mut answer = None;
    let close = || match &current.export {
        // Back to the dialog that it was opened from, as that was.
        Some(export) => vec![Action::SetRedactionDraft(None), Action::SetExportDraft(Some(export.clone()))],
        None => vec![Action::SetRedactionDraft(None)],
    };
    let modal = Modal::new(Id::unique("redacted copy")).frame(dialog_frame(theme)).show(ui.ctx(), |ui| {
        ui.set_width(WIDTH);
        ui.spacing_mut().item_spacing.y = space::S;
        ui.label(theme.rich("Redacted copy", TextSize::Section));
        ui.label(theme.muted("For people who may see how things go, but not the figures. Your project stays as it is.", TextSize::Body));
        for (what, becomes) in CHANGES {
            widgets::key_value_ui(ui, theme, what, 64.0, |ui| {
                ui.add(egui::Label::new(theme.rich(becomes, TextSize::Body)).wrap());
            });
        }
        ui.add_space(space::XS);
        goals_ui(ui, scene, &mut draft.redaction.without);
        ui.add_space(space::XS);
        ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
            if current.export.is_some() {
                if widgets::primary_button_ui(ui, theme, "Use for the export").clicked() {
                    answer = Some(vec![Action::ExportRedacted(draft.clone())]);
                }
            } else {
                if widgets::primary_button_ui(ui, theme, "Save as…").clicked() {
                    answer = Some(vec![Action::SaveRedacted(draft.redaction.clone())]);
                }
                if widgets::button_ui(ui, theme, "Export slides…").clicked() {
                    answer = Some(vec![Action::ExportRedacted(draft.clone())]);
                }
            }
            if widgets::button_ui(ui, theme, "Cancel").clicked() {
                answer = Some(close());
            }
        });
    });
    if answer.is_none() && modal.should_close() {
        answer = Some(close());
    }
    match answer {
        Some(answer) => actions.extend(answer),
        None if draft != *current => actions.push(Action::SetRedactionDraft(Some(draft))),
        None => {}
    }
}

/// The tree of goals, each with a tick while it stays. What is under a goal goes with it.
fn goals_ui(ui: &mut Ui, scene: &Scene<'_>, without: &mut BTreeSet<GoalId>) {
    let theme = scene.theme;
    let visits = scene.tree.walk();
    // Under a goal that is left out, however deep.
    let mut gone_from: Option<usize> = None;
    let goes_along: Vec<bool> = visits
        .iter()
        .map(|visit| {
            gone_from = gone_from.filter(|depth| visit.depth > *depth);
            let along = gone_from.is_some();
            if !along && without.contains(visit.goal) {
                gone_from = Some(visit.depth);
            }
            along
        })
        .collect();
    let left_out = visits.iter().zip(&goes_along).filter(|(visit, along)| **along || without.contains(visit.goal)).count();
    ui.horizontal(|ui| {
        ui.label(theme.strong("Goals in the copy", TextSize::Body));
        ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
            let words = if left_out == 0 { "all of them".to_owned() } else { format!("{left_out} of {} left out", visits.len()) };
            ui.label(theme.muted(words, TextSize::Small));
        });
    });
    if visits.is_empty() {
        ui.label(theme.muted("This project has no goals yet.", TextSize::Body));
        return;
    }
    let room = (ui.ctx().content_rect().height() - AROUND_LIST).clamp(3.0 * size::ROW, MOST_ROWS * size::ROW);
    let area = ScrollArea::vertical().max_height(room).min_scrolled_height(room.min(visits.len() as f32 * size::ROW));
    ui.spacing_mut().item_spacing.y = 0.0;
    area.auto_shrink([false, true]).show_rows(ui, size::ROW, visits.len(), |ui, rows| {
        for at in rows {
            let (visit, along) = (visits[at], goes_along[at]);
            let Some(goal) = scene.project.goal(visit.goal) else { continue };
            let (row, _) = ui.allocate_exact_size(vec2(ui.available_width(), size::ROW), egui::Sense::hover());
            let place = row.with_min_x(row.left() + visit.depth as f32 * space::L);
            let mut stays = !along && !without.contains(visit.goal);
            let builder = egui::UiBuilder::new().id_salt(visit.goal).max_rect(place).layout(Layout::left_to_right(Align::Center));
            ui.scope_builder(builder, |ui| {
                ui.style_mut().wrap_mode = Some(TextWrapMode::Truncate);
                let tick = ui.add_enabled(!along, Checkbox::new(&mut stays, theme.rich(&goal.title, TextSize::Body)));
                if tick.on_disabled_hover_text("It goes with the goal above it").changed() {
                    if stays {
                        without.remove(visit.goal);
                    } else {
                        without.insert(visit.goal.clone());
                    }
                }
            });
        }
    });
}

/// What an export says of the goals that it leaves out: "without 2 goals and what is under them".
pub(super) fn without_words(redaction: &Redaction) -> String {
    match redaction.without.len() {
        0 => "With all goals".to_owned(),
        1 => "Without 1 goal and what is under it".to_owned(),
        n => format!("Without {n} goals and what is under them"),
    }
}
