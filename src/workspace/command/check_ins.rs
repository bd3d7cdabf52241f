//! Which goals a check-in is about.

use super::Command;
use crate::model::{Goal, GoalId, GoalState};
use crate::workspace::{Action, CheckInsOn, Selection, Sheet, Workspace};

/// Checking in on the selected goals, on the key results that the selected metric measures, or on all that are due: without a selection
/// that is the same.
pub(super) fn action(command: Command, workspace: &Workspace) -> Result<Action, &'static str> {
    let open = |on| Ok(Action::OpenSheet(Sheet::CheckIns(on)));
    if command == Command::CheckInDue {
        return open(CheckInsOn::Due);
    }
    let project = workspace.project();
    let is_open = |id: &GoalId| project.goal(id).is_some_and(|g| !g.archived && !matches!(g.state, GoalState::Closed(_)));
    let (chosen, why_none): (Vec<GoalId>, _) = match &workspace.view.selected {
        None => return open(CheckInsOn::Due),
        Some(Selection::Goal(_)) => (workspace.chosen(), "It is closed or archived"),
        Some(Selection::Metric(metric)) => {
            let is_measured = |goal: &&Goal| goal.as_key_result().is_some_and(|k| k.metric.as_ref() == Some(metric));
            let measured = project.goals.values().map(AsRef::as_ref).filter(is_measured).map(|goal| goal.id.clone());
            (measured.collect(), "This metric measures no open key result")
        }
    };
    let goals: Vec<GoalId> = chosen.into_iter().filter(is_open).collect();
    if goals.is_empty() { Err(why_none) } else { open(CheckInsOn::Goals(goals)) }
}
