//! How the table is put together, what it leaves out, and the way to a spreadsheet.

use egui::{Align, Id, Key, Layout, Margin, Ui, vec2};

use super::{arrange, row_of, wanted};
use crate::chart::board::{Board, Grouping, Line, tab_separated};
use crate::ui::scene::Scene;
use crate::ui::theme::{TextSize, size, space};
use crate::ui::widgets;
use crate::workspace::Action;

const FILTER_WIDTH: f32 = 152.0;
const COMBO_WIDTH: f32 = 116.0;
/// Under this the name of a list stands only on it.
const NAMES_FROM: f32 = 760.0;
const COUNT_FROM: f32 = 880.0;
/// Under this the lists stand below the filter.
const ONE_ROW_FROM: f32 = 480.0;

fn filter_id() -> Id {
    Id::unique("board filter")
}

pub(super) fn tools_ui(ui: &mut Ui, scene: &Scene<'_>, board: &Board, actions: &mut Vec<Action>) {
    let theme = scene.theme;
    let width = ui.available_width();
    if width < ONE_ROW_FROM {
        return narrow_tools_ui(ui, scene, board, actions);
    }
    ui.allocate_ui_with_layout(vec2(width, size::CONTROL), Layout::left_to_right(Align::Center), |ui| {
        ui.spacing_mut().item_spacing.x = space::S;
        filter_ui(ui, scene, actions);
        let named = width >= NAMES_FROM;
        if named {
            ui.label(theme.muted("Group by", TextSize::Small));
        }
        grouping_ui(ui, scene, actions);
        owner_ui(ui, scene, board, actions);
        initiatives_ui(ui, scene, actions);
        ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
            copy_ui(ui, scene, board, actions);
            if width >= COUNT_FROM {
                ui.label(theme.muted(board.count_words(), TextSize::Small));
            }
            show_all_ui(ui, scene, actions);
        });
    });
}

fn grouping_ui(ui: &mut Ui, scene: &Scene<'_>, actions: &mut Vec<Action>) {
    let groups: Vec<(Grouping, String)> = Grouping::ALL.into_iter().map(|g| (g, g.word().to_owned())).collect();
    if let Some(grouping) = widgets::combo_ui(ui, scene.theme, "Group by", &wanted(scene).grouping, &groups, COMBO_WIDTH) {
        actions.push(arrange(scene, |view| view.wanted.grouping = grouping));
    }
}

fn copy_ui(ui: &mut Ui, scene: &Scene<'_>, board: &Board, actions: &mut Vec<Action>) {
    if widgets::button_ui(ui, scene.theme, "Copy table").on_hover_text("Copies what is listed, for a spreadsheet").clicked() {
        actions.push(Action::CopyText(copied(scene, board)));
    }
}

fn show_all_ui(ui: &mut Ui, scene: &Scene<'_>, actions: &mut Vec<Action>) {
    if wanted(scene).is_filtered() && widgets::link_ui(ui, scene.theme, "Show all goals", TextSize::Small).clicked() {
        actions.push(show_all(scene));
    }
}

/// The same in as many rows as they need.
fn narrow_tools_ui(ui: &mut Ui, scene: &Scene<'_>, board: &Board, actions: &mut Vec<Action>) {
    ui.horizontal_wrapped(|ui| {
        ui.spacing_mut().item_spacing = vec2(space::S, space::S);
        filter_ui(ui, scene, actions);
        grouping_ui(ui, scene, actions);
        owner_ui(ui, scene, board, actions);
        initiatives_ui(ui, scene, actions);
        copy_ui(ui, scene, board, actions);
        show_all_ui(ui, scene, actions);
    });
}

/// Without any filter.
pub(super) fn show_all(scene: &Scene<'_>) -> Action {
    arrange(scene, |view| view.wanted = view.wanted.unfiltered())
}

/// The rows that are listed, each goal once.
fn copied(scene: &Scene<'_>, board: &Board) -> String {
    let mut seen = std::collections::BTreeSet::new();
    let goals = board.lines.iter().filter_map(|line| match line {
        Line::Goal { id, .. } => Some(id),
        Line::Group { .. } => None,
    });
    let rows: Vec<_> = goals.filter(|id| seen.insert(*id)).filter_map(|id| row_of(scene, id)).collect();
    tab_separated(rows.iter().map(AsRef::as_ref))
}

fn filter_ui(ui: &mut Ui, scene: &Scene<'_>, actions: &mut Vec<Action>) {
    let theme = scene.theme;
    let mut text = wanted(scene).text.clone();
    let output = egui::TextEdit::singleline(&mut text)
        .id(filter_id())
        .hint_text(theme.muted("Filter the board", TextSize::Body))
        .desired_width(FILTER_WIDTH)
        .margin(Margin::symmetric(8, 3))
        .show(ui);
    let response = output.response.response;
    ui.ctx().accesskit_node_builder(response.id, |node| node.set_label("Filter the board"));
    if response.changed() {
        actions.push(arrange(scene, |view| view.wanted.text.clone_from(&text)));
    }
    if response.lost_focus() && !text.is_empty() && ui.input(|i| i.key_pressed(Key::Escape)) {
        actions.push(arrange(scene, |view| view.wanted.text.clear()));
    }
}

fn owner_ui(ui: &mut Ui, scene: &Scene<'_>, board: &Board, actions: &mut Vec<Action>) {
    let now = wanted(scene).owner.clone();
    let word = |owner: &str| if owner.is_empty() { "No owner".to_owned() } else { owner.to_owned() };
    let mut owners: Vec<(Option<String>, String)> = vec![(None, "All owners".to_owned())];
    owners.extend(board.owners.iter().map(|owner| (Some(owner.clone()), word(owner))));
    // Somebody who owns nothing any more is still what the list is filtered by.
    if let Some(gone) = now.as_ref().filter(|owner| !board.owners.contains(owner)) {
        owners.push((Some(gone.clone()), word(gone)));
    }
    if owners.len() > 2
        && let Some(owner) = widgets::combo_ui(ui, scene.theme, "Owner", &now, &owners, COMBO_WIDTH)
    {
        actions.push(arrange(scene, |view| view.wanted.owner = owner));
    }
}

fn initiatives_ui(ui: &mut Ui, scene: &Scene<'_>, actions: &mut Vec<Action>) {
    let has_some = scene.project.goals.values().any(|g| matches!(g.kind, crate::model::GoalKind::Initiative(_)) && !g.archived);
    let mut on = wanted(scene).initiatives;
    if (has_some || on) && ui.checkbox(&mut on, scene.theme.rich("Initiatives", TextSize::Body)).changed() {
        actions.push(arrange(scene, |view| {
            view.wanted.initiatives = on;
            // What was opened or closed one by one follows again; objectives stay.
            let project = scene.project;
            view.wanted.toggled.retain(|id| project.goal(id).is_some_and(crate::model::Goal::is_objective));
        }));
    }
}
