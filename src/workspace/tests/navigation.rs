//! What the views are about follows what is selected.

use std::sync::Arc;

use proptest::prelude::*;

use super::{goal_id, metric_id, project, workspace, workspace_of};
use crate::document::arbitrary::Random;
use crate::model::arbitrary::projects;
use crate::model::{Goal, Initiative, Tree};
use crate::workspace::*;

fn select(workspace: &mut Workspace, name: &str) {
    let _ = workspace.apply(Action::Select(Selection::Goal(goal_id(name))));
}

#[test]
fn the_kpi_view_shows_a_metric_of_the_objective_that_is_selected() {
    let mut workspace = workspace();
    select(&mut workspace, "a-grow");
    let _ = workspace.apply(Action::Show(Screen::Kpi));
    assert_eq!(workspace.view.metric, Some(metric_id("mau")));
    let _ = workspace.apply(Action::Show(Screen::Board));
    select(&mut workspace, "b-delight");
    let _ = workspace.apply(Action::Show(Screen::Kpi));
    assert_eq!(workspace.view.metric, Some(metric_id("nps")), "not that of the objective before");
}

#[test]
fn what_an_initiative_is_for_is_what_the_kpi_view_shows_of_it() {
    let mut project = project();
    let initiative = Goal::initiative(goal_id("call"), goal_id("nps"), "Call everybody", Initiative::default());
    project.goals.insert(initiative.id.clone(), Arc::new(initiative));
    let mut workspace = workspace_of(project);
    select(&mut workspace, "a-grow");
    let _ = workspace.apply(Action::Show(Screen::Board));
    select(&mut workspace, "call");
    let _ = workspace.apply(Action::Show(Screen::Kpi));
    assert_eq!(workspace.view.metric, Some(metric_id("nps")));
}

#[test]
fn of_an_objective_without_a_metric_no_other_metric_is_shown() {
    let mut project = project();
    let bare = Goal::objective(goal_id("c-bare"), None, "Bare");
    project.goals.insert(bare.id.clone(), Arc::new(bare));
    let mut workspace = workspace_of(project);
    let _ = workspace.apply(Action::Show(Screen::Board));
    select(&mut workspace, "c-bare");
    let _ = workspace.apply(Action::Show(Screen::Kpi));
    assert_eq!(workspace.view.metric, None);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    /// Wherever somebody comes from, the metric shown is one of the goal selected, or of what stands above or below it.
    #[test]
    fn the_metric_shown_belongs_to_the_goal_that_was_selected_last((project, seed) in (projects(8), any::<u64>())) {
        let mut workspace = workspace_of(project);
        let mut random = Random(seed);
        for _ in 0..12 {
            let goals: Vec<_> = workspace.project().goals.keys().cloned().collect();
            if goals.is_empty() {
                break;
            }
            let goal = random.pick(&goals);
            let screen = random.pick(&Screen::ALL);
            for action in [Action::Show(screen), Action::Select(Selection::Goal(goal.clone())), Action::Show(Screen::Kpi)] {
                let _ = workspace.apply(action);
            }
            let Some(metric) = workspace.view.metric.clone() else { continue };
            let tree = workspace.tree();
            let root = Tree::path(workspace.project(), &goal).first().unwrap().id.clone();
            let family = tree.subtree(&root);
            let belongs = family.iter().any(|visit| {
                let measured = workspace.project().goal(visit.goal).and_then(|g| g.as_key_result()?.metric.clone());
                let linked = workspace.project().linked_metrics(visit.goal);
                measured.as_ref() == Some(&metric) || linked.iter().any(|(m, _)| m.id == metric)
            });
            prop_assert!(belongs, "{metric} is shown of {goal}");
        }
    }
}
