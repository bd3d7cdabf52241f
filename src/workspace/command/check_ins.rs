//! Which goals a check-in is about.

use super::Command;
use crate::model::{GoalId, GoalState};
use crate::workspace::{Action, CheckInsOn, Sheet, Workspace};

/// Checking in on the selected goals, or on all that are due: without a selection that is the same.
pub(super) fn action(command: Command, workspace: &Workspace) -> Result<Action, &'static str> {
    let open = |on| Ok(Action::OpenSheet(Sheet::CheckIns(on)));
    let chosen = workspace.chosen();
    if command == Command::CheckInDue || chosen.is_empty() {
        return open(CheckInsOn::Due);
    }
    let project = workspace.project();
    let is_open = |id: &GoalId| project.goal(id).is_some_and(|g| !g.archived && !matches!(g.state, GoalState::Closed(_)));
    let goals: Vec<GoalId> = chosen.into_iter().filter(is_open).collect();
    if goals.is_empty() { Err("It is closed or archived") } else { open(CheckInsOn::Goals(goals)) }
}
