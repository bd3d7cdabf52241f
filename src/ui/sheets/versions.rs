//! Earlier versions of the file: when each was replaced, what it holds, and what has changed since.

use std::path::PathBuf;

use egui::{Align, Id, Layout, Ui, vec2};

use super::sheet_ui;
use super::unsaved::lines_ui;
use crate::ui::icons;
use crate::ui::scene::Scratch;
use crate::ui::theme::{TextSize, Theme, size, space};
use crate::ui::widgets;
use crate::workspace::safekeeping::{Version, Versions};
use crate::workspace::{Action, SafekeepingAction, Workspace};

const WIDTH: f32 = 640.0;

/// Which versions show all that changed since.
#[derive(Clone, Default)]
struct Unfolded(Vec<PathBuf>);

pub(super) fn versions_ui(ui: &Ui, workspace: &Workspace, theme: &Theme, scratch: &mut Scratch, actions: &mut Vec<Action>) {
    let unfolded = scratch.of::<Unfolded>(Id::unique("earlier versions"));
    let close = sheet_ui(ui, theme, "Earlier versions", WIDTH, |ui| {
        match &workspace.safekeeping.versions {
            Versions::Closed => {}
            Versions::Looking(_) => {
                ui.label(theme.muted("Looking for earlier versions…", TextSize::Body));
            }
            Versions::Failed(why) => {
                ui.label(theme.rich(why, TextSize::Body).color(theme.error()));
            }
            Versions::Listed(versions) if versions.is_empty() => {
                let why = "Each time the project is saved, the version before is kept on this computer, up to 20 of them.";
                widgets::empty_state_ui(ui, theme, icons::HISTORY, "No earlier version yet", why, None);
            }
            Versions::Listed(versions) => {
                let words = "What the file held before it was saved, the newest first. Restored, a version opens as an unsaved change that \
                             Undo takes back.";
                ui.label(theme.muted(words, TextSize::Body));
                for version in versions {
                    ui.push_id(&version.path, |ui| {
                        widgets::card_ui(ui, theme, |ui| version_ui(ui, theme, version, &mut unfolded.0, actions));
                    });
                }
            }
        }
        false
    });
    if close {
        actions.push(Action::CloseSheet);
        unfolded.0.clear();
    }
}

fn version_ui(ui: &mut Ui, theme: &Theme, version: &Version, unfolded: &mut Vec<PathBuf>, actions: &mut Vec<Action>) {
    ui.spacing_mut().item_spacing.y = theme.px(space::XS);
    ui.allocate_ui_with_layout(vec2(ui.available_width(), theme.px(size::CONTROL)), Layout::right_to_left(Align::Center), |ui| {
        ui.spacing_mut().item_spacing.x = theme.px(space::S);
        if version.holds.is_ok() {
            if widgets::button_ui(ui, theme, "Save a copy…").clicked() {
                actions.push(Action::Safekeeping(SafekeepingAction::CopyVersion(version.path.clone())));
            }
            if widgets::button_ui(ui, theme, "Restore").clicked() {
                actions.push(Action::Safekeeping(SafekeepingAction::Restore(version.path.clone())));
            }
        }
        ui.with_layout(Layout::left_to_right(Align::Center), |ui| {
            ui.label(theme.strong(version.words(), TextSize::Body));
            if let Ok(holds) = &version.holds {
                widgets::truncated_ui(ui, theme.muted(&holds.counts, TextSize::Small));
            }
        });
    });
    match &version.holds {
        Ok(holds) if holds.since.is_empty() => {
            ui.label(theme.muted("The same as now", TextSize::Small));
        }
        Ok(holds) => {
            ui.label(theme.muted("Changed since:", TextSize::Small));
            lines_ui(ui, theme, &holds.since, unfolded.contains(&version.path), || unfolded.push(version.path.clone()));
        }
        Err(why) => {
            ui.label(theme.rich(format!("It cannot be read: {why}"), TextSize::Small).color(theme.error()));
        }
    }
}
