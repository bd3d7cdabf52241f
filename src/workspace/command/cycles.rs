//! What the commands on cycles do now: looking at one after the other, closing and carrying over.

use super::Command;
use crate::document::edits;
use crate::model::CycleId;
use crate::workspace::{Action, CarrySource, CycleAction, Sheet, Workspace};

pub(super) fn action(command: Command, workspace: &Workspace) -> Result<Action, &'static str> {
    let switch = |cycle: Option<CycleId>| Action::Cycles(CycleAction::Switch(cycle));
    match command {
        Command::Cycles => Ok(Action::OpenSheet(Sheet::Cycles)),
        Command::AllCycles if workspace.view.cycle.is_none() => Err("All cycles are shown"),
        Command::AllCycles => Ok(switch(None)),
        Command::LaterCycle => beside(workspace, 1).map(|id| switch(Some(id))),
        Command::EarlierCycle => beside(workspace, -1).map(|id| switch(Some(id))),
        Command::CloseGoals | Command::CarryOver => {
            let chosen = workspace.chosen();
            if chosen.is_empty() {
                return Err("No goal is selected");
            }
            let (project, tree) = (workspace.project(), workspace.tree());
            if command == Command::CarryOver {
                if edits::carriable_goals(project, &tree, &chosen).is_empty() {
                    return Err("It is abandoned or archived");
                }
            } else if edits::open_goals(project, &tree, &chosen).is_empty() {
                return Err("It is closed, abandoned or archived");
            }
            Ok(Action::OpenSheet(match command {
                Command::CloseGoals => Sheet::Close(chosen),
                _ => Sheet::CarryOver { from: CarrySource::Goals(chosen), into: None },
            }))
        }
        _ => Err("It is no command on cycles"),
    }
}

/// The cycle so many places from the one that is shown, in time; from all cycles, the one that runs.
fn beside(workspace: &Workspace, step: isize) -> Result<CycleId, &'static str> {
    let project = workspace.project();
    let cycles = project.cycles_in_order();
    let Some(shown) = &workspace.view.cycle else {
        let running = project.cycle_on(workspace.as_of()).or_else(|| cycles.last().copied());
        return running.map(|c| c.id.clone()).ok_or("There is no cycle yet");
    };
    let at = cycles.iter().position(|c| &c.id == shown).ok_or("There is no cycle yet")?;
    let reason = if step > 0 { "It is the last cycle" } else { "It is the first cycle" };
    at.checked_add_signed(step).and_then(|at| cycles.get(at)).map(|c| c.id.clone()).ok_or(reason)
}
