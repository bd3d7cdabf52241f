//! Closing goals with their final scores.

use std::collections::BTreeSet;

use super::{Change, put_goal, several, topmost};
use crate::document::Edit;
use crate::model::{Closing, Date, Goal, GoalId, GoalState, Project, Tree};

/// A goal that is closed with a score.
#[derive(Clone, Debug, PartialEq)]
pub struct ClosedGoal {
    pub goal: GoalId,
    /// 0.0…1.0.
    pub score: f64,
    /// The score that progress suggested.
    pub suggested: Option<f64>,
    pub note: String,
}

/// Whether a goal is still worked on, now or later: it is active or postponed, and in sight.
pub fn is_open(goal: &Goal) -> bool {
    !goal.archived && matches!(goal.state, GoalState::Active | GoalState::Postponed { .. })
}

/// Whether a goal can go on in another cycle: it is open, or was closed.
fn can_go_on(goal: &Goal) -> bool {
    is_open(goal) || (!goal.archived && matches!(goal.state, GoalState::Closed(_)))
}

/// As [`open_goals`], with those that were closed: what was closed at the end of a cycle may still be carried into the next.
pub fn carriable_goals<'a>(project: &'a Project, tree: &Tree, goals: &[GoalId]) -> Vec<(&'a Goal, usize)> {
    goals_where(project, tree, goals, can_go_on)
}

/// The open ones of these goals and of all that is under them, in the order of the tree, each with its depth below the topmost of
/// them. What is archived is left out with everything under it.
pub fn open_goals<'a>(project: &'a Project, tree: &Tree, goals: &[GoalId]) -> Vec<(&'a Goal, usize)> {
    goals_where(project, tree, goals, is_open)
}

fn goals_where<'a>(project: &'a Project, tree: &Tree, goals: &[GoalId], wanted: fn(&Goal) -> bool) -> Vec<(&'a Goal, usize)> {
    let mut found = Vec::new();
    for root in topmost(project, goals) {
        let mut archived_from: Option<usize> = None;
        for visit in tree.subtree(&root.id) {
            let Some(goal) = project.goal(visit.goal) else { continue };
            if archived_from.is_some_and(|depth| visit.depth > depth) {
                continue;
            }
            archived_from = goal.archived.then_some(visit.depth);
            if wanted(goal) {
                found.push((goal, visit.depth));
            }
        }
    }
    found
}

/// Closes goals as of a day, each with its score: one step. Those that are closed already stay as they are.
pub fn close_goals(project: &Project, closed: &[ClosedGoal], on: Date) -> Change {
    let open: Vec<(&Goal, &ClosedGoal)> = closed
        .iter()
        .filter_map(|c| Some((project.goal(&c.goal)?, c)))
        .filter(|(goal, _)| !matches!(goal.state, GoalState::Closed(_)))
        .collect();
    let edits = open.iter().map(|(goal, closed)| close(goal, closed, on)).collect();
    Change::new(label(project, &open.iter().map(|(goal, _)| *goal).collect::<Vec<_>>()), Edit::Batch(edits))
}

pub(super) fn close(goal: &Goal, closed: &ClosedGoal, on: Date) -> Edit {
    let ClosedGoal { goal: _, score, suggested, note } = closed;
    let closing = Closing { on, score: *score, suggested: *suggested, note: note.clone() };
    put_goal(Goal { state: GoalState::Closed(closing), ..goal.clone() })
}

/// "Close “X” and 2 goals under it", "Close 3 goals".
fn label(project: &Project, goals: &[&Goal]) -> String {
    let ids: BTreeSet<&GoalId> = goals.iter().map(|g| &g.id).collect();
    let is_under = |goal: &&&Goal| Tree::path(project, &goal.id).iter().any(|above| above.id != goal.id && ids.contains(&above.id));
    let roots: Vec<&Goal> = goals.iter().filter(|g| !is_under(g)).copied().collect();
    let under = match (roots.len(), goals.len() - roots.len()) {
        (1, 1) => " and the goal under it".to_owned(),
        (1, n) if n > 1 => format!(" and {n} goals under it"),
        _ => return several("Close", goals),
    };
    format!("{}{under}", several("Close", &roots))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analysis::fixture::{Fixture, day};
    use crate::document::apply;

    fn closed(goal: &GoalId, score: f64) -> ClosedGoal {
        ClosedGoal { goal: goal.clone(), score, suggested: Some(0.5), note: "Enough".to_owned() }
    }

    #[test]
    fn a_goal_is_closed_with_what_is_under_it_in_one_step() {
        let mut f = Fixture::new();
        let (a, b) = (f.increase(0.0, 10.0, "2026-01-01", "2026-12-31"), f.increase(0.0, 10.0, "2026-01-01", "2026-12-31"));
        let root = f.root.clone();
        let start = f.project.clone();
        let change = close_goals(&start, &[closed(&root, 0.7), closed(&a, 1.0), closed(&b, 0.4)], day("2026-06-30"));
        assert_eq!(change.label, "Close “Root” and 2 goals under it");
        let inverse = apply(&mut f.project, change.edit).unwrap();
        let result = f.evaluate("2026-07-01");
        let state = |id: &GoalId| f.project.goal(id).unwrap().state.clone();
        let expected = Closing { on: day("2026-06-30"), score: 0.4, suggested: Some(0.5), note: "Enough".to_owned() };
        assert_eq!(state(&b), GoalState::Closed(expected));
        assert_eq!(result.goal(&root).unwrap().score, Some(0.7), "the score that was set, not the mean of the parts");
        // What is closed stays so, with its score.
        let again = close_goals(&f.project, &[closed(&a, 0.1)], day("2026-08-01"));
        assert_eq!(again.edit, Edit::Batch(Vec::new()));
        apply(&mut f.project, inverse).unwrap();
        assert_eq!(f.project, start);
    }

    #[test]
    fn what_is_closed_abandoned_or_archived_is_not_open() {
        let mut f = Fixture::new();
        let goals: Vec<GoalId> = (0..4).map(|_| f.increase(0.0, 10.0, "2026-01-01", "2026-12-31")).collect();
        f.edit_goal(&goals[0], |g| g.state = GoalState::Abandoned { since: day("2026-02-01"), note: String::new() });
        f.edit_goal(&goals[1], |g| g.state = GoalState::Postponed { since: day("2026-02-01"), note: String::new() });
        f.edit_goal(&goals[2], |g| g.archived = true);
        let tree = Tree::of(&f.project);
        let found: Vec<(GoalId, usize)> =
            open_goals(&f.project, &tree, &[f.root.clone(), goals[3].clone()]).into_iter().map(|(g, d)| (g.id.clone(), d)).collect();
        assert_eq!(found.len(), 3, "each once");
        assert!(found.contains(&(f.root.clone(), 0)) && found.contains(&(goals[1].clone(), 1)) && found.contains(&(goals[3].clone(), 1)));
        let label = |ids: &[&GoalId]| label(&f.project, &ids.iter().map(|id| f.project.goal(id).unwrap()).collect::<Vec<_>>());
        assert_eq!(label(&[&goals[0], &goals[1]]), "Close 2 goals");
        assert_eq!(label(&[&f.root, &goals[1]]), "Close “Root” and the goal under it");
    }
}
