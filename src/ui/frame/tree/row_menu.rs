//! What can be done with a goal, or with all that are selected, from its row.

use egui::{Button, Ui, vec2};

use crate::model::{Goal, GoalKind};
use crate::ui::frame::menu::command_ui;
use crate::ui::theme::size;
use crate::workspace::command::Command;
use crate::workspace::{Action, ExportWhat, Selection, Workspace};

pub(super) fn goal_menu_ui(ui: &mut Ui, workspace: &Workspace, goal: &Goal, open: Option<bool>, actions: &mut Vec<Action>) {
    ui.set_min_width(240.0);
    let item = |ui: &mut Ui, words: &str, action: Action, actions: &mut Vec<Action>| {
        if ui.add(Button::new(words).min_size(vec2(200.0, size::ROW))).clicked() {
            actions.push(action);
        }
    };
    let alone = workspace.chosen().len() <= 1;
    if alone {
        item(ui, "Show", Action::Visit(Selection::Goal(goal.id.clone())), actions);
        match open {
            Some(true) => item(ui, "Collapse", Action::ToggleCollapsed(goal.id.clone()), actions),
            Some(false) => item(ui, "Expand", Action::ToggleCollapsed(goal.id.clone()), actions),
            None => {}
        }
        if !goal.archived {
            command_ui(ui, Command::CheckIn, workspace, actions);
            command_ui(ui, Command::Rename, workspace, actions);
        }
        let holds: &[Command] = match goal.kind {
            _ if goal.archived => &[],
            GoalKind::Objective(_) => &[Command::NewKeyResult, Command::NewObjective, Command::NewInitiative],
            GoalKind::KeyResult(_) => &[Command::NewInitiative],
            GoalKind::Initiative(_) => &[],
        };
        if !holds.is_empty() {
            ui.separator();
        }
        for command in holds {
            command_ui(ui, *command, workspace, actions);
        }
        if Command::PlanStages.is_enabled(workspace).is_ok() {
            command_ui(ui, Command::PlanStages, workspace, actions);
        }
        ui.separator();
    }
    if !goal.archived {
        for command in [Command::Duplicate, Command::MoveUp, Command::MoveDown, Command::Indent, Command::Outdent] {
            command_ui(ui, command, workspace, actions);
        }
        ui.separator();
    }
    let states = [
        Command::CloseGoals,
        Command::CarryOver,
        Command::Contribute,
        Command::Support,
        Command::Postpone,
        Command::Abandon,
        Command::Resume,
        Command::Archive,
        Command::Restore,
    ];
    for command in states.into_iter().filter(|c| c.is_enabled(workspace).is_ok()) {
        command_ui(ui, command, workspace, actions);
    }
    ui.separator();
    if alone {
        item(ui, "Export the page…", Action::ChooseExport(ExportWhat::Objective(goal.id.clone())), actions);
        item(ui, "Copy the title", Action::CopyText(goal.title.clone()), actions);
        ui.separator();
    }
    command_ui(ui, Command::Remove, workspace, actions);
}
