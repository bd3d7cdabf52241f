//! What clicks and drags on the row of a goal do.

use egui::{PointerButton, Ui};

use super::row::Drawn;
use super::rows::Row;
use super::{Listed, TreeScratch, drag, keys, rename, row_menu};
use crate::ui::scene::Scene;
use crate::workspace::{Action, Selection, Workspace};

pub(super) fn goal_clicks_ui(
    ui: &mut Ui,
    workspace: &Workspace,
    scene: &Scene<'_>,
    listed: &Listed,
    drawn: Drawn<'_>,
    kept: &mut TreeScratch,
    actions: &mut Vec<Action>,
) {
    let Drawn { row, response, title } = drawn;
    let Some(goal) = scene.project.goal(row.id) else { return };
    let selection = Selection::Goal(row.id.clone());
    let modifiers = ui.input(|i| i.modifiers);
    if response.clicked() {
        let again = response.has_focus() && row.selected && scene.view.marked.is_empty() && !goal.archived;
        response.request_focus();
        kept.clicked_again = None;
        if modifiers.command {
            kept.anchor = Some(row.id.clone());
            actions.push(keys::toggled(scene, row.id));
        } else if modifiers.shift {
            actions.push(keys::up_to(scene, listed, kept, row.id));
        } else {
            kept.anchor = Some(row.id.clone());
            if again && response.interact_pointer_pos().is_some_and(|p| title.contains(p)) && !response.double_clicked() {
                kept.clicked_again = Some((row.id.clone(), ui.input(|i| i.time)));
            }
            actions.push(Action::Select(selection.clone()));
        }
    }
    if response.double_clicked() {
        kept.clicked_again = None;
        if row.open.is_some() {
            actions.push(Action::ToggleCollapsed(row.id.clone()));
        }
    }
    if response.drag_started_by(PointerButton::Primary) && !goal.archived {
        kept.clicked_again = None;
        drag::begin(scene, kept, row.id);
    }
    // The menu is about what is selected.
    if response.secondary_clicked() && !row.selected {
        actions.push(Action::Select(selection));
    }
    response.context_menu(|ui| row_menu::goal_menu_ui(ui, workspace, goal, row.open, actions));
    if row.renaming {
        rename::rename_ui(ui, scene, title, goal, kept, actions);
    }
}

/// How long after a second click the title is edited, in seconds: longer than between the clicks of a double click.
const SLOW_CLICK: f64 = 0.45;

/// Edits a title that was clicked twice, slowly; ends the editing of one that is no longer listed.
pub(super) fn rename_soon(ui: &Ui, scene: &Scene<'_>, listed: &Listed, kept: &mut TreeScratch, actions: &mut Vec<Action>) {
    if let Some((goal, at)) = kept.clicked_again.clone() {
        let left = at + SLOW_CLICK - ui.input(|i| i.time);
        let still = scene.view.selected == Some(Selection::Goal(goal.clone())) && kept.dragged.is_none();
        if left > 0.0 && still {
            ui.ctx().request_repaint_after_secs(left as f32);
        } else {
            kept.clicked_again = None;
            if still {
                actions.push(Action::Rename(Some(goal)));
            }
        }
    }
    match &scene.view.renaming {
        Some(goal) if !listed.rows.iter().any(|row| matches!(row, Row::Goal { id, archived: false, .. } if id == goal)) => {
            actions.push(Action::Rename(None));
        }
        Some(_) => {}
        None => kept.renaming = None,
    }
}
