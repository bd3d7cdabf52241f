//! The finding, and how the table is arranged.

use egui::{Align, Layout, Ui, vec2};

use crate::chart::scorecard::{GRAINS, GroupBy, Scorecard, Sort, SortBy, table_text};
use crate::model::{Cadence, capitalised};
use crate::ui::scene::Scene;
use crate::ui::theme::{TextSize, size, space};
use crate::ui::widgets;
use crate::workspace::{Action, Arrangement, CellLook, CellParts, ScorecardView, Severity};

/// From this width on everything stands in one row.
const ONE_ROW_FROM: f32 = 840.0;
const GROUP_WIDTH: f32 = 116.0;
const SORT_WIDTH: f32 = 156.0;

pub(super) fn heading_ui(ui: &mut Ui, scene: &Scene<'_>, scorecard: &Scorecard) {
    let theme = scene.theme;
    ui.vertical(|ui| {
        ui.spacing_mut().item_spacing.y = theme.px(space::XXS);
        widgets::truncated_ui(ui, theme.rich(&scorecard.title, TextSize::Title));
        widgets::truncated_ui(ui, theme.muted(&scorecard.subtitle, TextSize::Body));
    });
}

pub(super) fn tools_ui(ui: &mut Ui, scene: &Scene<'_>, scorecard: &Scorecard, actions: &mut Vec<Action>) {
    let view = &scene.view.arranged.scorecard;
    let width = ui.available_width();
    let row = vec2(width, scene.theme.px(size::CONTROL));
    let left_to_right = Layout::left_to_right(Align::Center);
    if width >= ONE_ROW_FROM {
        ui.allocate_ui_with_layout(row, left_to_right, |ui| {
            numbers_ui(ui, scene, view, actions);
            order_ui(ui, scene, view, actions);
            ui.allocate_ui_with_layout(ui.available_size(), Layout::right_to_left(Align::Center), |ui| {
                copy_ui(ui, scene, view, scorecard, actions);
                look_ui(ui, scene, view, actions);
            });
        });
    } else {
        ui.allocate_ui_with_layout(row, left_to_right, |ui| numbers_ui(ui, scene, view, actions));
        ui.allocate_ui_with_layout(row, left_to_right, |ui| {
            order_ui(ui, scene, view, actions);
            look_ui(ui, scene, view, actions);
            ui.allocate_ui_with_layout(ui.available_size(), Layout::right_to_left(Align::Center), |ui| {
                copy_ui(ui, scene, view, scorecard, actions);
            });
        });
    }
}

/// Which periods and which of their numbers.
fn numbers_ui(ui: &mut Ui, scene: &Scene<'_>, view: &ScorecardView, actions: &mut Vec<Action>) {
    let theme = scene.theme;
    let words = GRAINS.map(|grain| (grain, capitalised(grain.period_word())));
    let grains: Vec<(Cadence, &str)> = words.iter().map(|(grain, word)| (*grain, word.as_str())).collect();
    if let Some(grain) = widgets::segmented_ui(ui, theme, "Length of a period", view.grain, &grains) {
        arrange(actions, ScorecardView { grain, ..view.clone() });
    }
    ui.add_space(theme.px(space::S));
    let parts = CellParts::ALL.map(|parts| (parts, parts.word()));
    if let Some(parts) = widgets::segmented_ui(ui, theme, "Numbers shown", view.parts, &parts) {
        arrange(actions, ScorecardView { parts, ..view.clone() });
    }
}

/// Which rows belong together, and in which order they stand.
fn order_ui(ui: &mut Ui, scene: &Scene<'_>, view: &ScorecardView, actions: &mut Vec<Action>) {
    let theme = scene.theme;
    let groups = GroupBy::ALL.map(|by| (by, by.word().to_owned()));
    if let Some(group) = widgets::combo_ui(ui, theme, "Groups of rows", &view.group, &groups, theme.px(GROUP_WIDTH)) {
        arrange(actions, ScorecardView { group, ..view.clone() });
    }
    let sorts = SortBy::ALL.map(|by| (by, by.word().to_owned()));
    if let Some(by) = widgets::combo_ui(ui, theme, "Order of the rows", &view.sort.by, &sorts, theme.px(SORT_WIDTH)) {
        arrange(actions, ScorecardView { sort: Sort::by(by), ..view.clone() });
    }
}

fn look_ui(ui: &mut Ui, scene: &Scene<'_>, view: &ScorecardView, actions: &mut Vec<Action>) {
    let looks = [(CellLook::Plain, "Plain"), (CellLook::Heat, "Heat")];
    if let Some(look) = widgets::segmented_ui(ui, scene.theme, "Look of the cells", view.look, &looks) {
        arrange(actions, ScorecardView { look, ..view.clone() });
    }
}

fn copy_ui(ui: &mut Ui, scene: &Scene<'_>, view: &ScorecardView, scorecard: &Scorecard, actions: &mut Vec<Action>) {
    let copy = widgets::button_ui(ui, scene.theme, "Copy table").on_hover_text("All rows and periods, as a spreadsheet takes them");
    if copy.clicked() {
        let text = table_text(scorecard, view.parts.parts());
        let said = format!("{} rows copied. Paste them into a spreadsheet.", scorecard.rows.len());
        actions.push(Action::CopyText(text));
        actions.push(Action::ShowToast(Severity::Info, said));
    }
}

pub(super) fn arrange(actions: &mut Vec<Action>, view: ScorecardView) {
    actions.push(Action::Arrange(Arrangement::Scorecard(view)));
}
