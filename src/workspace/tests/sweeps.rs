//! Whatever is done, in whatever order.

use proptest::prelude::*;

use super::workspace_of;
use std::collections::BTreeMap;

use crate::analysis::attention::{Since, attention};
use crate::analysis::forecast::bottom_up;
use crate::analysis::lint::{Finding, lint};
use crate::analysis::{Outlook, evaluate};
use crate::chart::{Chart, Context, Prospect, milestone, sparkline, trend_with};
use crate::document::arbitrary::{Random, edit};
use crate::document::edits::{self, CarriedGoal, CarryOver, ClosedGoal};
use crate::model::arbitrary::projects;
use crate::model::{Contribution, Cycle, CycleId, Formula, Goal, GoalId, GoalState, Metric, MetricId, MissingInput, Place, Role, Tree};
use crate::workspace::command::{Command, Group};
use crate::workspace::*;

fn random_action(workspace: &Workspace, random: &mut Random) -> Action {
    let project = workspace.project();
    match random.below(32) {
        0 => Action::Select(Selection::Goal(random.goal(project))),
        1 => Action::Visit(Selection::Metric(random.metric(project))),
        2 => Action::Show(random.pick(&Screen::ALL)),
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
        26.. => goal_action(workspace, random),
        15 | 16 => Action::Mark { goals: (0..3).map(|_| random.goal(project)).collect(), lead: random.goal(project) },
        _ => Action::Edit { label: "Edit".to_owned(), edit: edit(project, random) },
    }
}

/// What can be done to goals in the tree.
fn goal_action(workspace: &Workspace, random: &mut Random) -> Action {
    let (project, on) = (workspace.project(), workspace.as_of());
    let ids: Vec<GoalId> = (0..2).map(|_| random.goal(project)).collect();
    let Some(goal) = project.goal(&ids[0]) else { return Action::ToggleInspector };
    let closed = ClosedGoal { goal: goal.id.clone(), score: 0.5, suggested: None, note: String::new() };
    match random.below(16) {
        0 => Action::Duplicate(ids),
        1 => edits::rename_goal(goal, "Renamed").into(),
        2 => edits::pin_weight(goal, random.below(12) as f64 / 10.0).into(),
        3 => edits::free_weight(goal, random.below(4) as f64).into(),
        4 => edits::set_contributions(project, &ids, random.pick(&[Contribution::Contributes, Contribution::Supports])).into(),
        5 => edits::set_states(project, &ids, &GoalState::Postponed { since: on, note: "Later".to_owned() }).into(),
        6 => edits::set_states(project, &ids, &GoalState::Abandoned { since: on, note: String::new() }).into(),
        7 => edits::archive_goals(project, &ids).into(),
        8 => edits::restore_goals(project, &ids).into(),
        9 => edits::close_goals(project, &[closed], on).into(),
        10 => edits::move_goals_up(project, &ids).into(),
        11 => edits::move_goals_down(project, &ids).into(),
        12 => edits::indent_goals(project, &ids).into(),
        13 => edits::outdent_goals(project, &ids).into(),
        14 => edits::move_goals(project, &ids, Some(&random.goal(project)), None).into(),
        _ => {
            let mut bits = random.bits() >> 8;
            let into = Cycle { id: CycleId::from_random(bits), name: "Next".to_owned(), start: on, end: on + chrono::Days::new(90) };
            let aim = goal.as_key_result().map(|k| edits::carried_aim(project, k, None));
            let carried = CarriedGoal { goal: goal.id.clone(), title: goal.title.clone(), aim, steps: edits::CarriedSteps::Reset };
            let plan = CarryOver { into, goals: vec![carried], close: vec![closed], on };
            let carried = edits::carry_over(project, &plan, || {
                bits += 1;
                GoalId::from_random(bits)
            });
            carried.map(|(change, _)| change).into()
        }
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

/// The chart of a metric with where it is going, nothing of it remembered.
fn trend_anew(context: &Context<'_>, metric: &Metric) -> Chart {
    let Context { project, evaluation } = *context;
    let forecast = Outlook::of(project, metric, evaluation.as_of).known();
    let pursued = context.pursued_goal(&metric.id, None).and_then(|g| evaluation.goal(&g));
    let hoped = forecast.as_ref().zip(pursued.and_then(|r| r.span.due)).map(|(f, due)| bottom_up(project, metric, f, due));
    let likelihood = pursued.and_then(|r| r.likelihood.clone());
    let prospect = forecast.as_deref().map(|forecast| Prospect { forecast, bottom_up: hoped.as_ref(), likelihood: likelihood.as_deref() });
    trend_with(context, &metric.id, None, prospect.as_ref())
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
            let mut findings: BTreeMap<Place, Vec<Finding>> = BTreeMap::new();
            for finding in lint(workspace.project(), &tree, &fresh) {
                findings.entry(finding.place.clone()).or_default().push(finding);
            }
            let kept = workspace.memos.findings(&workspace.document, workspace.as_of());
            prop_assert_eq!(format!("{:?}", *kept), format!("{:?}", findings), "after {:?}", action);
            for since in [Since::LastCheckIn, Since::Day(workspace.as_of() - chrono::Days::new(45))] {
                let kept = workspace.memos.attention(&workspace.document, workspace.as_of(), since);
                let new = attention(workspace.project(), &tree, &fresh, since);
                prop_assert_eq!(format!("{kept:?}"), format!("{new:?}"), "after {:?}", action);
            }
            let context = Context { project: workspace.project(), evaluation: &fresh };
            let (document, memos, as_of) = (&workspace.document, &workspace.memos, workspace.as_of());
            for metric in workspace.project().metrics.values() {
                let (kept, new) = (memos.trend(document, as_of, &metric.id, None), trend_anew(&context, metric));
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
