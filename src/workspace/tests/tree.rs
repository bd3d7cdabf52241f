//! Editing the goal tree: whatever is moved, copied, put away or taken out, and several goals as one.

use std::collections::BTreeSet;
use std::sync::Arc;

use proptest::prelude::*;

use super::{goal, goal_id, metric_id, project, workspace, workspace_of};
use crate::document::arbitrary::Random;
use crate::document::edits;
use crate::model::arbitrary::projects;
use crate::model::{Contribution, GoalId, Link, Role, Tree, Weight};
use crate::workspace::command::Command;
use crate::workspace::*;

/// The commands that change the tree of what is selected.
const TREE_COMMANDS: [Command; 12] = [
    Command::Duplicate,
    Command::MoveUp,
    Command::MoveDown,
    Command::Indent,
    Command::Outdent,
    Command::Contribute,
    Command::Support,
    Command::Postpone,
    Command::Abandon,
    Command::Resume,
    Command::Archive,
    Command::Restore,
];

fn tree_action(workspace: &Workspace, random: &mut Random) -> Action {
    let project = workspace.project();
    match random.below(12) {
        0..=2 => Action::Mark { goals: (0..random.below(4)).map(|_| random.goal(project)).collect(), lead: random.goal(project) },
        3 | 4 => {
            let (goals, parent, before) = (workspace.chosen(), random.goal(project), random.goal(project));
            let parent = Some(parent).filter(|_| random.below(4) > 0);
            edits::move_goals(project, &goals, parent.as_ref(), Some(&before)).into()
        }
        5 => Command::Remove.action(workspace).unwrap_or(Action::ToggleArchive),
        6 => Action::Undo,
        7 => Action::Redo,
        8 => match project.goal(&random.goal(project)) {
            Some(goal) => edits::pin_weight(goal, random.below(6) as f64 / 10.0).into(),
            None => Action::Rename(workspace.chosen().pop()),
        },
        9 => Action::Add(New::Objective { parent: workspace.view.objective.clone() }),
        _ => random.pick(&TREE_COMMANDS).action(workspace).unwrap_or(Action::ToggleArchive),
    }
}

fn ids(workspace: &Workspace) -> BTreeSet<GoalId> {
    workspace.project().goals.keys().cloned().collect()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(32))]

    #[test]
    fn any_two_hundred_tree_actions_keep_the_project_sound_its_ids_and_undo(start in projects(8), seed: u64) {
        let mut random = Random(seed);
        let mut workspace = workspace_of(start.clone());
        for _ in 0..200 {
            // Copies of copies would grow without end.
            let action = match tree_action(&workspace, &mut random) {
                Action::Duplicate(_) if workspace.project().goals.len() > 60 => Action::Undo,
                action => action,
            };
            let (before, project) = (ids(&workspace), Arc::clone(workspace.project()));
            let label = workspace.document.undo_label().map(str::to_owned);
            workspace.apply(action.clone());
            prop_assert_eq!(workspace.project().validate(), vec![], "after {:?}", action);
            let after = ids(&workspace);
            match &action {
                Action::Duplicate(_) | Action::Add(_) => prop_assert!(after.is_superset(&before), "after {:?}", action),
                Action::Edit { label, .. } if label.starts_with("Remove") => prop_assert!(after.is_subset(&before)),
                Action::Remove(_) => prop_assert!(after.is_subset(&before)),
                Action::Undo | Action::Redo => {}
                _ => prop_assert_eq!(&after, &before, "a goal that moves stays the same goal: {:?}", action),
            }
            let reached = Tree::of(workspace.project()).walk().len();
            prop_assert_eq!(reached, after.len(), "after {:?} a goal hangs nowhere", action);
            // One step, which undo takes back and redo makes again.
            if !matches!(action, Action::Undo | Action::Redo) && **workspace.project() != *project {
                let changed = Arc::clone(workspace.project());
                workspace.apply(Action::Undo);
                prop_assert_eq!(&**workspace.project(), &*project, "undo of {:?}", action);
                prop_assert_eq!(workspace.document.undo_label().map(str::to_owned), label);
                workspace.apply(Action::Redo);
                prop_assert_eq!(&**workspace.project(), &*changed, "redo of {:?}", action);
            }
        }
        while workspace.document.undo_label().is_some() {
            workspace.apply(Action::Undo);
        }
        prop_assert_eq!(&**workspace.project(), &start);
    }
}

#[test]
fn a_copy_has_its_own_ids_and_links_but_no_history() {
    let mut project = project();
    let link = Link { goal: goal_id("mau"), metric: metric_id("loose"), role: Role::Driver, expected_lag_days: Some(14) };
    project.links.insert(link.key(), link);
    let original = Arc::make_mut(project.goals.get_mut(&goal_id("mau")).unwrap());
    original.weight = Weight::Pinned(0.7);
    *original = match edits::set_target(original, 11e6, super::day("2026-05-01"), "More is in reach").edit {
        crate::document::Edit::Put(crate::document::Entity::Goal(goal)) => Arc::unwrap_or_clone(goal),
        edit => panic!("{edit:?}"),
    };
    assert_eq!(original.ledger.len(), 1);
    let mut workspace = workspace_of(project);
    workspace.apply(Action::Duplicate(vec![goal_id("mau"), goal_id("a-grow"), goal_id("nps")]));
    let project = workspace.project();
    assert_eq!(project.goals.len(), 7, "the key result went along with its objective");
    let chosen: Vec<_> = workspace.chosen().into_iter().filter_map(|id| project.goal(&id)).collect();
    let mut titles: Vec<&str> = chosen.iter().map(|g| g.title.as_str()).collect();
    titles.sort_unstable();
    assert_eq!(titles, ["Grow (copy)", "NPS to 60 (copy)"], "the copies are selected");
    let copied = project.goals.values().find(|g| g.title == "MAU to 10 M" && g.id != goal_id("mau")).unwrap();
    assert_eq!(copied.ledger, []);
    assert_eq!(copied.weight, Weight::Pinned(0.7), "under its new parent the share is free");
    let link = project.links.values().find(|l| l.goal == copied.id).unwrap();
    assert_eq!((link.role, link.expected_lag_days), (Role::Driver, Some(14)));
    let of_root = chosen.iter().find(|g| g.title == "NPS to 60 (copy)").unwrap();
    assert_eq!(of_root.parent, Some(goal_id("b-delight")), "beside the goal it is a copy of");
}

#[test]
fn copies_are_counted_and_not_copies_of_copies() {
    let mut workspace = workspace_of(project());
    workspace.apply(Action::Duplicate(vec![goal_id("nps")]));
    for _ in 0..2 {
        // What was made last is selected.
        workspace.apply(Action::Duplicate(workspace.chosen()));
    }
    let mut titles: Vec<&str> = workspace.project().goals.values().map(|g| g.title.as_str()).filter(|t| t.starts_with("NPS")).collect();
    titles.sort_unstable();
    assert_eq!(titles, ["NPS to 60", "NPS to 60 (copy 2)", "NPS to 60 (copy 3)", "NPS to 60 (copy)"]);
}

#[test]
fn pinned_weights_that_would_be_too_much_keep_a_goal_where_it_is() {
    let mut project = project();
    for name in ["mau", "nps"] {
        Arc::make_mut(project.goals.get_mut(&goal_id(name)).unwrap()).weight = Weight::Pinned(0.6);
    }
    let refusal = edits::move_goals(&project, &[goal_id("nps")], Some(&goal_id("a-grow")), None).unwrap_err();
    assert_eq!(refusal.to_string(), "The pinned weights under “Grow” would add up to 120 %; unpin one first");
    let supports = edits::set_contributions(&project, &[goal_id("nps")], Contribution::Supports);
    crate::document::apply(&mut project, supports.edit).unwrap();
    edits::move_goals(&project, &[goal_id("nps")], Some(&goal_id("a-grow")), None).unwrap();
}

#[test]
fn a_move_to_where_it_is_leaves_no_step() {
    let mut workspace = workspace();
    for before in [None, Some(goal_id("mau"))] {
        let change = edits::move_goals(workspace.project(), &[goal_id("mau")], Some(&goal_id("a-grow")), before.as_ref());
        workspace.apply(change.into());
        assert_eq!(workspace.document.undo_label(), None);
    }
}

#[test]
fn archived_siblings_are_passed_over() {
    let mut workspace = workspace();
    workspace.apply(Action::Add(New::Objective { parent: None }));
    let last = workspace.chosen().remove(0);
    workspace.apply(Action::Select(goal("b-delight")));
    workspace.apply(Command::Archive.action(&workspace).unwrap());
    workspace.apply(Action::Select(Selection::Goal(last.clone())));
    workspace.apply(Command::MoveUp.action(&workspace).unwrap());
    let tree = workspace.tree();
    assert_eq!(tree.roots().first(), Some(&last), "above what is seen, not only above what was put away");
    assert_eq!(Command::MoveUp.action(&workspace), Err("It is the first already"));
    workspace.apply(Command::Outdent.action(&workspace).unwrap());
    assert!(super::texts(&workspace).contains(&"“New objective” stands at the top already."), "{:?}", super::texts(&workspace));
}
