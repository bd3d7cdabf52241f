//! Whatever is done, in whatever order.

use proptest::prelude::*;

use super::workspace_of;
use crate::analysis::evaluate;
use crate::chart::{Context, milestone, sparkline, trend};
use crate::document::arbitrary::{Random, edit};
use crate::model::arbitrary::projects;
use crate::model::{Formula, Goal, MetricId, MissingInput, Role, Tree};
use crate::workspace::command::{Command, Group};
use crate::workspace::*;

fn random_action(workspace: &Workspace, random: &mut Random) -> Action {
    let project = workspace.project();
    match random.below(26) {
        0 => Action::Select(Selection::Goal(random.goal(project))),
        1 => Action::Visit(Selection::Metric(random.metric(project))),
        2 => Action::Show(random.pick(&[Screen::Objective, Screen::Kpi])),
        3 => Action::Back,
        4 => Action::Forward,
        5 => Action::BeginDrag { label: "Drag".to_owned() },
        6 => Action::CommitDrag,
        7 => Action::AbortDrag,
        8 => Action::Undo,
        9 => Action::Redo,
        10 => Action::Remove(Selection::Goal(random.goal(project))),
        11 => Action::Remove(Selection::Metric(random.metric(project))),
        12 => Action::Add(random.pick(&[
            New::Objective { parent: workspace.view.objective.clone() },
            New::Objective { parent: None },
            New::Metric { link: workspace.view.objective.clone().map(|g| (g, Role::Guardrail)) },
            New::Segment {
                whole: workspace.view.metric.clone().unwrap_or_else(|| MetricId::from_random(1)),
                dimension: "country".to_owned(),
                value: "Austria".to_owned(),
            },
            New::Formula {
                metric: workspace.view.metric.clone().unwrap_or_else(|| MetricId::from_random(1)),
                formula: Formula::Number(2.0),
                missing: MissingInput::Zero,
            },
            New::Event { date: workspace.as_of(), metrics: workspace.view.metric.clone().into_iter().collect() },
        ])),
        13 => match &workspace.view.objective {
            Some(objective) => Action::Add(New::KeyResult { objective: objective.clone(), metric: workspace.view.metric.clone() }),
            None => Action::ToggleInspector,
        },
        14 => {
            let commands: Vec<Command> = Command::all().filter(|c| c.group() == Group::Edit).collect();
            random.pick(&commands).action(workspace).unwrap_or(Action::ToggleInspector)
        }
        15 | 16 => Action::Mark { goals: (0..3).map(|_| random.goal(project)).collect(), lead: random.goal(project) },
        _ => Action::Edit { label: "Edit".to_owned(), edit: edit(project, random) },
    }
}

/// Nothing that is not in the project is in view.
fn assert_view_is_sound(workspace: &Workspace) {
    let (project, view) = (workspace.project(), &workspace.view);
    match &view.selected {
        Some(Selection::Goal(goal)) => assert!(project.goals.contains_key(goal), "{goal} is selected, but gone"),
        Some(Selection::Metric(metric)) => assert!(project.metrics.contains_key(metric), "{metric} is selected, but gone"),
        None => {}
    }
    assert!(view.marked.iter().chain(&view.renaming).all(|g| project.goals.contains_key(g)), "{:?}, {:?}", view.marked, view.renaming);
    assert!(view.objective.as_ref().is_none_or(|o| project.goal(o).is_some_and(Goal::is_objective)), "{:?}", view.objective);
    assert!(view.metric.as_ref().is_none_or(|m| project.metrics.contains_key(m)), "{:?}", view.metric);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]

    #[test]
    fn whatever_is_done_the_project_stays_sound_and_undo_leads_back_to_the_start(project in projects(6), seed: u64) {
        let mut random = Random(seed);
        let start = project.clone();
        let mut workspace = workspace_of(project);
        for _ in 0..200 {
            let action = random_action(&workspace, &mut random);
            workspace.apply(action.clone());
            prop_assert_eq!(workspace.project().validate(), vec![], "after {:?}", action);
            assert_view_is_sound(&workspace);
        }
        workspace.apply(Action::AbortDrag);
        while workspace.document.undo_label().is_some() {
            workspace.apply(Action::Undo);
            assert_view_is_sound(&workspace);
        }
        prop_assert_eq!(&**workspace.project(), &start);
        prop_assert!(!workspace.document.is_dirty());
    }

    #[test]
    fn memos_answer_what_would_be_computed_anew(project in projects(6), seed: u64) {
        let mut random = Random(seed);
        let mut workspace = workspace_of(project);
        for _ in 0..30 {
            let action = random_action(&workspace, &mut random);
            workspace.apply(action.clone());
            // Sometimes several edits come before anybody asks.
            if random.below(3) == 0 {
                continue;
            }
            let tree = Tree::of(workspace.project());
            let fresh = evaluate(workspace.project(), &tree, workspace.as_of());
            // NaN (a huge quotient) equals itself in print only.
            prop_assert_eq!(format!("{:?}", workspace.evaluation()), format!("{:?}", fresh), "after {:?}", action);
            let context = Context { project: workspace.project(), evaluation: &fresh };
            let (document, memos, as_of) = (&workspace.document, &workspace.memos, workspace.as_of());
            for metric in workspace.project().metrics.values() {
                let (kept, new) = (memos.trend(document, as_of, &metric.id, None), trend(&context, &metric.id, None));
                prop_assert_eq!(format!("{kept:?}"), format!("{new:?}"), "after {:?}", action);
                let (kept, new) = (memos.sparkline(document, as_of, &metric.id), sparkline(workspace.project(), metric, as_of));
                prop_assert_eq!(format!("{kept:?}"), format!("{new:?}"), "after {:?}", action);
            }
            for goal in workspace.project().goals.values().filter(|g| g.as_key_result().is_some_and(|k| k.metric.is_none())) {
                let (kept, new) = (memos.milestone(document, as_of, &goal.id), milestone(&context, &goal.id));
                prop_assert_eq!(format!("{kept:?}"), format!("{new:?}"), "after {:?}", action);
            }
        }
    }
}
