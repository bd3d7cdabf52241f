//! One goal's row of the grid in another view: what is typed there is checked in without a sheet over it.

use egui::{Id, Ui};

use super::facts::row_facts;
use super::keys::{Wish, cell_id, enter};
use super::reading::{Column, Reading};
use super::row::{Row, Widths};
use super::{Draft, Kept, Sheet, columns_ui};
use crate::model::GoalId;
use crate::ui::scene::{Scene, Scratch};
use crate::ui::widgets;
use crate::workspace::{Action, CheckInsOn, Workspace};

/// The cells of a goal with what is expected under them. Nothing while the sheet is open, which has the same cells.
pub(in crate::ui) fn check_in_row_ui(
    ui: &mut Ui,
    workspace: &Workspace,
    scene: &Scene<'_>,
    scratch: &mut Scratch,
    goal: &GoalId,
    actions: &mut Vec<Action>,
) {
    if scene.view.sheet.is_some() {
        return;
    }
    // The same as the sheet: what was typed here is there when it opens.
    let id = Id::unique("check-ins");
    let mut kept: Kept = scratch.take(id);
    let on = CheckInsOn::Goals(vec![goal.clone()]);
    let pass = ui.ctx().cumulative_pass_nr();
    if kept.open_on.as_ref() != Some(&on) || kept.date != Some(scene.as_of) || kept.pass_in_view + 1 < pass {
        kept.open(ui.ctx(), scene, &on, &workspace.preferences.user_name);
        kept.goals = vec![goal.clone()];
        if let Some(facts) = row_facts(scene, goal)
            && let Some(there) = &facts.there
        {
            kept.drafts.entry(goal.clone()).or_insert_with(|| Draft::of(there, &facts));
        }
    }
    kept.pass_in_view = pass;
    kept.forgotten = widgets::texts_forgotten(ui.ctx());
    kept.look_up(scene);
    let rows = kept.facts.as_ref().map(|(_, rows)| rows.clone()).unwrap_or_default();
    let Some(facts) = rows.first() else {
        scratch.put(id, kept);
        return;
    };
    workspace.preferences.user_name.clone_into(&mut kept.by);
    let theme = scene.theme;
    kept.drafts.entry(goal.clone()).or_default();
    let mut row = Sheet { scene, rows: &rows, kept: &mut kept, actions, told: &workspace.preferences.user_name };
    let reading = row.read(facts);
    let wish = row.cells().take_keys(ui.ctx());
    let widths = Widths::of(theme, ui.available_width());
    columns_ui(ui, theme, widths);
    let tried = row.kept.tried.contains(goal);
    let draft = row.kept.drafts.entry(goal.clone()).or_default();
    let pressed = ui.push_id(goal.as_str(), |ui| Row { facts, reading: &reading, tried, widths }.show(ui, theme, draft)).inner;
    let goto = match wish {
        Some(Wish::Move(_, column)) => Some(column),
        Some(Wish::Commit(_) | Wish::CommitAll) => commit(ui, &mut row),
        Some(Wish::Undo) => {
            row.actions.push(Action::Undo);
            None
        }
        Some(Wish::Leave) => {
            leave(ui);
            None
        }
        None if pressed => commit(ui, &mut row),
        None => None,
    };
    if let Some(column) = goto {
        let text = row.kept.drafts.get(goal).map_or("", |d| d.cell(column)).to_owned();
        enter(ui.ctx(), cell_id(goal, column), &text);
        ui.ctx().request_repaint();
    }
    scratch.put(id, kept);
}

/// Writes the row down and gives the keyboard back; or says which cell cannot be read.
fn commit(ui: &Ui, row: &mut Sheet<'_, '_>) -> Option<Column> {
    let wrong = row.rows.first().is_some_and(|facts| matches!(row.read(facts), Reading::Wrong(_)));
    let column = row.commit(ui.ctx(), 0).map(|(_, column)| column).filter(|_| wrong);
    if !wrong {
        leave(ui);
    }
    column
}

fn leave(ui: &Ui) {
    ui.memory_mut(|memory| {
        if let Some(field) = memory.focused() {
            memory.surrender_focus(field);
        }
    });
}
