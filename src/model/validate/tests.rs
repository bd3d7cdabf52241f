use super::*;
use crate::model::ProjectId;
use std::sync::Arc;

fn goal_id(n: u64) -> GoalId {
    GoalId::from_random(n)
}

fn project() -> Project {
    let mut project = Project::empty(ProjectId::from_random(1), "Test");
    let objective = Goal::objective(goal_id(1), None, "Grow");
    let key_result = Goal::key_result(goal_id(2), goal_id(1), "Raise it", KeyResult::new(Aim::Increase { start: 1.0, target: 2.0 }, None));
    for goal in [objective, key_result] {
        project.goals.insert(goal.id.clone(), Arc::new(goal));
    }
    project
}

fn messages(project: &Project) -> Vec<String> {
    project.validate().iter().map(ToString::to_string).collect()
}

fn change(project: &mut Project, n: u64, change: impl FnOnce(&mut Goal)) {
    change(Arc::make_mut(project.goals.get_mut(&goal_id(n)).unwrap()));
}

#[test]
fn a_sound_project_has_no_problems() {
    assert_eq!(messages(&project()), Vec::<String>::new());
}

#[test]
fn no_text_is_longer_than_a_file_can_hold() {
    let mut project = project();
    let longest = "ü".repeat(Project::MAX_TEXT);
    change(&mut project, 1, |g| g.description.clone_from(&longest));
    project.vision.clone_from(&longest);
    assert_eq!(messages(&project), Vec::<String>::new());
    let longer = longest + "!";
    change(&mut project, 2, |g| g.title.clone_from(&longer));
    project.vision.clone_from(&longer);
    let says = "has a text of more than 100,000 characters, which is more than one can hold; shorten it";
    assert_eq!(messages(&project), [format!("the project: {says}"), format!("goal {}: {says}", goal_id(2))]);
}

#[test]
fn a_goal_cannot_be_its_own_ancestor() {
    let mut project = project();
    change(&mut project, 1, |g| g.parent = Some(goal_id(3)));
    let child = Goal::objective(goal_id(3), Some(goal_id(1)), "Below");
    project.goals.insert(child.id.clone(), Arc::new(child));
    assert!(messages(&project)[0].ends_with("is its own ancestor: its parents go round in a circle"));
}

/// Objectives one below the other under the first of [`project`].
fn deep(count: u64) -> Project {
    let mut project = project();
    for n in 0..count {
        let parent = if n == 0 { goal_id(1) } else { goal_id(99 + n) };
        let goal = Goal::objective(goal_id(100 + n), Some(parent), "Below");
        project.goals.insert(goal.id.clone(), Arc::new(goal));
    }
    project
}

#[test]
fn goals_have_an_end_of_depth() {
    let most = Goal::MAX_ABOVE as u64;
    assert_eq!(messages(&deep(most)), Vec::<String>::new());
    let found = messages(&deep(most + 1));
    assert!(found.len() == 1 && found[0].ends_with("has more than 64 goals above it; move it up, or join some of those"), "{found:?}");
    // Each followed up to the top, this would take 200 million steps.
    assert_eq!(messages(&deep(20_000)).len(), 20_000 - 64);
    let mut round = deep(20_000);
    change(&mut round, 1, |g| g.parent = Some(goal_id(100 + 19_999)));
    assert_eq!(messages(&round).iter().filter(|m| m.ends_with("its parents go round in a circle")).count(), 20_002);
}

#[test]
fn the_tree_rules_are_named() {
    let mut project = project();
    let wrong = Goal::objective(goal_id(3), Some(goal_id(2)), "Below a key result");
    project.goals.insert(wrong.id.clone(), Arc::new(wrong));
    let message = messages(&project).pop().unwrap();
    assert!(message.ends_with("is an objective under the key result g-200000000000, but a key result holds only initiatives"), "{message}");
}

#[test]
fn a_target_must_lie_on_the_right_side_of_its_start() {
    let mut project = project();
    change(&mut project, 2, |g| g.kind = GoalKind::KeyResult(KeyResult::new(Aim::Increase { start: 2.0, target: 1.0 }, None)));
    assert!(messages(&project)[0].ends_with("is to increase, but its target 1 lies below its start 2"));
    change(&mut project, 2, |g| g.kind = GoalKind::KeyResult(KeyResult::new(Aim::Increase { start: 2.0, target: 2.0 }, None)));
    assert_eq!(messages(&project).len(), 1);
}

#[test]
fn pinned_weights_cannot_pass_a_whole() {
    let mut project = project();
    change(&mut project, 2, |g| g.weight = Weight::Pinned(0.7));
    let other = Goal { weight: Weight::Pinned(0.4), ..Goal::objective(goal_id(3), Some(goal_id(1)), "Other") };
    project.goals.insert(other.id.clone(), Arc::new(other));
    assert!(messages(&project)[0].contains("add up to 110 %"));
}
