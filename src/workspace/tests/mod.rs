//! The workspace as somebody uses it: actions in, what is seen and what is asked of the world out.

mod commands;
mod exports;
mod files;
mod forecasts;
mod importing;
mod navigation;
mod outside;
mod pictures;
mod refreshing;
mod safekeeping;
mod saving;
mod sweeps;
mod tree;

use std::sync::Arc;

use super::command::Command;
use super::*;
use crate::document::edits;
use crate::model::{Aim, Date, Goal, GoalId, KeyResult, Metric, MetricId, Point, Project, ProjectId, Stamp};

fn goal_id(name: &str) -> GoalId {
    GoalId::parse(&format!("g-{name}")).unwrap()
}

fn metric_id(name: &str) -> MetricId {
    MetricId::parse(&format!("m-{name}")).unwrap()
}

fn day(text: &str) -> Date {
    text.parse().unwrap()
}

/// Grow ← MAU to 10 M; Delight ← NPS to 60; a metric without a goal.
fn project() -> Project {
    let mut project = Project::empty(ProjectId::from_random(1), "Northwind");
    for (name, title) in [("mau", "MAU"), ("nps", "NPS"), ("loose", "Loose")] {
        let metric = Metric::new(metric_id(name), title);
        project.metrics.insert(metric.id.clone(), Arc::new(metric));
    }
    let key_result = |target, metric| KeyResult::new(Aim::Increase { start: 1.0, target }, Some(metric_id(metric)));
    let goals = [
        Goal::objective(goal_id("a-grow"), None, "Grow"),
        Goal::key_result(goal_id("mau"), goal_id("a-grow"), "MAU to 10 M", key_result(10e6, "mau")),
        Goal::objective(goal_id("b-delight"), None, "Delight"),
        Goal::key_result(goal_id("nps"), goal_id("b-delight"), "NPS to 60", key_result(60.0, "nps")),
    ];
    project.goals.extend(goals.map(|g| (g.id.clone(), Arc::new(g))));
    project
}

fn workspace_of(project: Project) -> Workspace {
    Workspace::new(project, day("2026-06-30"), IdSource::seeded(7), Preferences::default())
}

fn workspace() -> Workspace {
    workspace_of(project())
}

fn rename(workspace: &mut Workspace, title: &str) -> Vec<Effect> {
    let change = edits::rename_goal(workspace.project().goal(&goal_id("a-grow")).unwrap(), title);
    workspace.apply(change.into())
}

fn target(workspace: &Workspace, target: f64) -> Action {
    edits::set_target(workspace.project().goal(&goal_id("mau")).unwrap(), target, day("2026-06-30"), "").into()
}

fn goal(name: &str) -> Selection {
    Selection::Goal(goal_id(name))
}

fn metric(name: &str) -> Selection {
    Selection::Metric(metric_id(name))
}

fn texts(workspace: &Workspace) -> Vec<&str> {
    workspace.toasts.iter().map(|t| t.text.as_str()).collect()
}

#[test]
fn it_opens_on_the_first_objective() {
    let workspace = workspace();
    assert_eq!(workspace.view.selected, Some(goal("a-grow")));
    assert_eq!(workspace.view.metric, Some(metric_id("mau")));
    assert_eq!(workspace.title(), "Northwind – Waymark");
}

#[test]
fn selecting_a_key_result_moves_both_screens_to_it() {
    let mut workspace = workspace();
    assert_eq!(workspace.view.screen, Screen::Board, "where a project opens");
    workspace.apply(Action::Show(Screen::Objective));
    workspace.apply(Action::Select(goal("nps")));
    assert_eq!(workspace.view.objective, Some(goal_id("b-delight")));
    assert_eq!(workspace.view.metric, Some(metric_id("nps")));
    assert_eq!(workspace.view.screen, Screen::Objective);
    workspace.apply(Action::Select(metric("loose")));
    assert_eq!(workspace.view.screen, Screen::Kpi, "no objective shows that metric");
    workspace.apply(Action::Select(goal("a-grow")));
    assert_eq!(workspace.view.screen, Screen::Objective, "the KPI view has nothing to say of an objective");
}

#[test]
fn back_and_forward_retrace_the_way() {
    let mut workspace = workspace();
    workspace.apply(Action::Visit(metric("nps")));
    workspace.apply(Action::Select(goal("mau")));
    workspace.apply(Action::Back);
    assert_eq!((workspace.view.screen, &workspace.view.selected), (Screen::Kpi, &Some(metric("nps"))));
    workspace.apply(Action::Back);
    assert_eq!((workspace.view.screen, &workspace.view.selected), (Screen::Board, &Some(goal("a-grow"))));
    assert!(!workspace.view.can_go_back());
    workspace.apply(Action::Forward);
    workspace.apply(Action::Forward);
    assert_eq!(workspace.view.selected, Some(goal("mau")));
    workspace.apply(Action::Back);
    workspace.apply(Action::Select(goal("a-grow")));
    assert!(!workspace.view.can_go_forward(), "a new way cuts the old one off");
}

#[test]
fn what_is_removed_leaves_the_view_and_comes_back_with_undo() {
    let mut workspace = workspace();
    workspace.apply(Action::Select(goal("nps")));
    workspace.apply(Action::Remove(goal("nps")));
    assert_eq!(workspace.view.selected, Some(goal("b-delight")), "the parent takes its place");
    workspace.apply(Action::Remove(goal("b-delight")));
    assert_eq!(workspace.view.selected, Some(goal("a-grow")), "then the first objective");
    workspace.apply(Action::Undo);
    workspace.apply(Action::Undo);
    assert_eq!(**workspace.project(), project());
    assert_eq!(texts(&workspace), ["Undone: Remove “Delight”", "Undone: Remove “NPS to 60”"]);
}

#[test]
fn a_refused_edit_is_said_in_plain_words_and_changes_nothing() {
    let mut workspace = workspace();
    let effects = rename(&mut workspace, " ");
    assert_eq!(texts(&workspace), ["The goal has no title."]);
    assert!(!workspace.document.is_dirty());
    assert!(!effects.iter().any(|e| matches!(e, Effect::SetTitle(title) if title.starts_with('●'))));
}

#[test]
fn a_drag_left_open_is_aborted_when_the_button_is_up() {
    let mut workspace = workspace();
    workspace.apply(Action::BeginDrag { label: "Change target".to_owned() });
    workspace.apply(target(&workspace, 9e6));
    workspace.begin_frame(0.1, Pointer::Held);
    assert_ne!(**workspace.project(), project());
    workspace.begin_frame(0.2, Pointer::Idle);
    assert_eq!(**workspace.project(), project());
    assert_eq!(workspace.document.undo_label(), None);
}

#[test]
fn another_action_aborts_a_drag_and_release_commits_it() {
    let mut workspace = workspace();
    workspace.apply(Action::BeginDrag { label: "Change target".to_owned() });
    workspace.apply(target(&workspace, 9e6));
    workspace.apply(Action::Select(goal("nps")));
    assert_eq!(**workspace.project(), project());

    workspace.apply(Action::BeginDrag { label: "Change target of MAU".to_owned() });
    for value in [9e6, 8e6, 7e6] {
        workspace.apply(target(&workspace, value));
    }
    workspace.apply(Action::CommitDrag);
    assert_eq!(Command::Undo.text_now(&workspace), "Undo change target of MAU");
    workspace.apply(Action::Undo);
    assert_eq!(**workspace.project(), project());
}

#[test]
fn toasts_go_when_their_time_is_over() {
    let mut workspace = workspace();
    workspace.begin_frame(10.0, Pointer::Idle);
    workspace.apply(Action::ShowToast(Severity::Info, "Copied".to_owned()));
    workspace.apply(Action::ShowToast(Severity::Info, "Copied".to_owned()));
    assert_eq!((workspace.toasts.len(), workspace.next_deadline()), (1, Some(14.0)));
    workspace.begin_frame(14.5, Pointer::Idle);
    assert_eq!((workspace.toasts.len(), workspace.next_deadline()), (0, None));
}

#[test]
fn the_title_tells_of_unsaved_changes() {
    let mut workspace = workspace();
    assert!(workspace.apply(Action::ToggleInspector).contains(&Effect::SetTitle("Northwind – Waymark".to_owned())));
    assert!(rename(&mut workspace, "Grow more").contains(&Effect::SetTitle("● Northwind – Waymark".to_owned())));
    assert!(workspace.apply(Action::Undo).contains(&Effect::SetTitle("Northwind – Waymark".to_owned())));
}

#[test]
fn one_edit_recomputes_only_what_it_reaches() {
    let mut workspace = workspace();
    let first = workspace.evaluation();
    assert_eq!(workspace.memos.leaves_computed(), 4);
    assert!(Arc::ptr_eq(&first, &workspace.evaluation()));

    workspace.apply(target(&workspace, 9e6));
    workspace.evaluation();
    assert_eq!(workspace.memos.leaves_computed(), 5, "only the goal whose target changed");

    let at = Stamp::from_date(day("2026-05-31"));
    let change = edits::put_point(workspace.project().metric(&metric_id("nps")).unwrap(), Point::new(at, 30.0));
    workspace.apply(change.into());
    workspace.evaluation();
    assert_eq!(workspace.memos.leaves_computed(), 6, "only the goal that the metric measures");

    let change = edits::set_abbreviation(workspace.project().metric(&metric_id("loose")).unwrap(), "L");
    workspace.apply(change.into());
    workspace.evaluation();
    assert_eq!(workspace.memos.leaves_computed(), 6, "no goal is measured by that metric");
}

#[test]
fn an_old_project_opens_on_all_of_its_values() {
    let with_value_on = |date: &str| {
        let mut project = project();
        let metric = Arc::make_mut(project.metrics.get_mut(&metric_id("mau")).unwrap());
        Arc::make_mut(&mut metric.series).put(Point::new(Stamp::from_date(day(date)), 5.0)).unwrap();
        workspace_of(project).view.range
    };
    assert_eq!(with_value_on("2026-01-01"), TimeRange::Year1);
    assert_eq!(with_value_on("2019-03-01"), TimeRange::All);
}
