//! What the commands on goals do with the goals that are selected now.

use super::Command;
use crate::document::edits;
use crate::model::{Aim, Contribution, Goal, GoalId, GoalKind, GoalState};
use crate::workspace::{Action, Sheet, Workspace};

const NONE: &str = "No goal is selected";

/// The action of one of the commands on goals, else why it cannot be done. A move that the rules of the tree forbid can be asked for:
/// its action says why not.
pub(super) fn action(command: Command, workspace: &Workspace) -> Result<Action, &'static str> {
    let project = workspace.project();
    let ids = workspace.chosen();
    let goals: Vec<&Goal> = ids.iter().filter_map(|id| project.goal(id)).collect();
    let Some(first) = goals.first() else { return Err(NONE) };
    let when = |holds: bool, action: &dyn Fn() -> Action, reason: &'static str| if holds { Ok(action()) } else { Err(reason) };
    let any = |test: &dyn Fn(&Goal) -> bool| goals.iter().any(|g| test(g));
    let topmost = edits::topmost(project, &ids);
    let together = topmost.iter().all(|g| Some(&g.parent) == topmost.first().map(|f| &f.parent));
    match command {
        Command::Rename => when(goals.len() == 1, &|| Action::Rename(Some(first.id.clone())), "Several goals are selected"),
        Command::Duplicate => Ok(Action::Duplicate(ids.clone())),
        Command::MoveUp if together => edits::move_goals_up(project, &ids).ok().map(Action::from).ok_or("It is the first already"),
        Command::MoveDown if together => edits::move_goals_down(project, &ids).ok().map(Action::from).ok_or("It is the last already"),
        Command::MoveUp | Command::MoveDown => Err("The selected goals stand under different goals"),
        Command::Indent => Ok(edits::indent_goals(project, &ids).into()),
        Command::Outdent => Ok(edits::outdent_goals(project, &ids).into()),
        Command::Postpone => {
            let state = || GoalState::Postponed { since: workspace.as_of(), note: String::new() };
            let open = any(&|g| matches!(g.state, GoalState::Active | GoalState::Abandoned { .. }));
            when(open, &|| edits::set_states(project, &ids, &state()).into(), "It is postponed or closed already")
        }
        Command::Abandon => {
            let state = || GoalState::Abandoned { since: workspace.as_of(), note: String::new() };
            let open = any(&|g| matches!(g.state, GoalState::Active | GoalState::Postponed { .. }));
            when(open, &|| edits::set_states(project, &ids, &state()).into(), "It is abandoned or closed already")
        }
        Command::Resume => {
            let paused = any(&|g| matches!(g.state, GoalState::Postponed { .. } | GoalState::Abandoned { .. }));
            when(paused, &|| edits::set_states(project, &ids, &GoalState::Active).into(), "It is neither postponed nor abandoned")
        }
        Command::Contribute => contribution(workspace, &goals, &ids, Contribution::Contributes, "It contributes already"),
        Command::Support => contribution(workspace, &goals, &ids, Contribution::Supports, "It supports already"),
        Command::Archive => when(any(&|g| !g.archived), &|| edits::archive_goals(project, &ids).into(), "It is archived already"),
        Command::Restore => when(any(&|g| g.archived), &|| edits::restore_goals(project, &ids).into(), "It is not archived"),
        Command::PlanStages => {
            let leads = matches!(first.as_key_result().map(|k| &k.aim), Some(Aim::Increase { .. } | Aim::Decrease { .. }));
            when(
                leads,
                &|| Action::OpenSheet(Sheet::Plan(first.id.clone())),
                "Select a key result that leads from a start value to a target",
            )
        }
        _ => Err(NONE),
    }
}

/// Those under the selected goal, or under the one that the selected initiative is for; where there are none, all.
pub(super) fn compare_initiatives(workspace: &Workspace) -> Action {
    let project = workspace.project();
    let is_initiative = |goal: &Goal| matches!(goal.kind, GoalKind::Initiative(_));
    let selected = super::selected_goal(workspace).ok();
    let under = selected.and_then(|goal| if is_initiative(goal) { goal.parent.clone() } else { Some(goal.id.clone()) });
    let has_any = |id: &GoalId| {
        let tree = workspace.tree();
        tree.subtree(id).iter().filter_map(|v| project.goal(v.goal)).any(|g| is_initiative(g) && !g.archived)
    };
    Action::OpenSheet(Sheet::Initiatives(under.filter(has_any)))
}

fn contribution(
    workspace: &Workspace,
    goals: &[&Goal],
    ids: &[GoalId],
    contribution: Contribution,
    already: &'static str,
) -> Result<Action, &'static str> {
    if goals.iter().all(|g| g.parent.is_none()) {
        return Err("It stands at the top");
    }
    if goals.iter().all(|g| g.parent.is_none() || g.contribution == contribution) {
        return Err(already);
    }
    Ok(edits::set_contributions(workspace.project(), ids, contribution).into())
}
