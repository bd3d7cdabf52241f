//! Forecasts that a window has worked out in the background.

use std::sync::Arc;

use super::{day, goal_id, workspace_of};
use crate::analysis::attention::{NewsKind, Since, attention};
use crate::analysis::{Evaluation, evaluate};
use crate::document::edits;
use crate::model::{Aim, Goal, GoalId, KeyResult, Metric, MetricId, Point, Project, ProjectId, Series, Stamp, Tree};
use crate::workspace::jobs::{Job, Jobs};
use crate::workspace::{Effect, Pointer, Workspace, work_out};

/// Twelve key results of a year, each with a metric of twenty months.
fn project() -> Project {
    let mut project = Project::empty(ProjectId::from_random(1), "Northwind");
    let root = Goal::objective(goal_id("root"), None, "Grow");
    for n in 0..12_u32 {
        let id = MetricId::from_random(u64::from(n) + 1);
        let months = (0..20_u32).map(|month| {
            let date = day("2024-11-01").checked_add_months(chrono::Months::new(month)).unwrap();
            Point::new(Stamp::from_date(date), f64::from(100 + 10 * month + (month * (n + 3)) % 7))
        });
        let series = Arc::new(Series::from_points(months).unwrap());
        project.metrics.insert(id.clone(), Arc::new(Metric { series, ..Metric::new(id.clone(), format!("Metric {n}")) }));
        let goal = GoalId::from_random(u64::from(n) + 100);
        let key_result = KeyResult::new(Aim::Increase { start: 200.0, target: 340.0 }, Some(id));
        let (start, due) = (Some(day("2026-01-01")), Some(day("2026-12-31")));
        let goal = Goal { start, due, ..Goal::key_result(goal, root.id.clone(), "Reach it", key_result) };
        project.goals.insert(goal.id.clone(), Arc::new(goal));
    }
    project.goals.insert(root.id.clone(), Arc::new(root));
    project
}

fn window() -> Workspace {
    let mut workspace = workspace_of(project());
    workspace.memos.work_in_background();
    workspace.begin_frame(0.0, Pointer::Idle);
    workspace
}

/// What the shell does with the effects of a frame; true where there was something to do.
fn work(workspace: &mut Workspace, jobs: &mut Jobs) -> bool {
    let effects = workspace.start_forecasts();
    let is_busy = !effects.is_empty();
    for effect in effects {
        let Effect::Forecast { request, project, wanted } = effect else { panic!("{effect:?}") };
        jobs.start(Job::new(request, "forecast", move |progress| work_out(&project, wanted, progress)));
    }
    workspace.finish_jobs(jobs);
    is_busy
}

fn pending(workspace: &Workspace) -> usize {
    workspace.evaluation().goals.values().filter(|r| r.reason.contains("is being worked out")).count()
}

fn settled(workspace: &Workspace) -> Evaluation {
    evaluate(workspace.project(), &Tree::of(workspace.project()), workspace.as_of())
}

#[test]
fn what_is_missing_comes_from_a_job_and_then_nothing_is_left_to_do() {
    let (mut workspace, mut jobs) = (window(), Jobs::inline());
    assert_eq!(pending(&workspace), 4, "eight of twelve in the first frame");
    let computed = workspace.memos.leaves_computed();
    assert!(work(&mut workspace, &mut jobs));
    assert_eq!(pending(&workspace), 0);
    assert_eq!(workspace.memos.leaves_computed(), computed, "what a chance takes to simulate is done by the job");
    assert_eq!(*workspace.evaluation(), settled(&workspace));
    for _ in 0..3 {
        workspace.begin_frame(1.0, Pointer::Idle);
        workspace.evaluation();
        assert!(!work(&mut workspace, &mut jobs), "idle stays idle");
    }
}

/// The same number is never told twice with different values: until a forecast was looked back on, no chance is told.
#[test]
fn a_likelihood_is_told_only_when_it_is_that_of_the_report() {
    let (mut workspace, mut jobs) = (window(), Jobs::inline());
    let report = settled(&workspace);
    let told = |workspace: &Workspace| {
        let now = workspace.evaluation();
        let chances = now.goals.iter().filter_map(|(goal, result)| Some((goal.clone(), result.likelihood.as_ref()?.probability)));
        (chances.collect::<Vec<_>>(), now.goals.values().filter(|r| r.awaits_likelihood).count())
    };
    let first = told(&workspace);
    assert_eq!((first.0.len(), first.1), (0, 12), "in the first frame all are awaited");
    while work(&mut workspace, &mut jobs) {
        for (goal, chance) in told(&workspace).0 {
            assert_eq!(Some(chance), report.goal(&goal).and_then(|r| r.likelihood.as_ref()).map(|l| l.probability));
        }
        workspace.begin_frame(1.0, Pointer::Idle);
    }
    let last = told(&workspace);
    assert_eq!((last.0.len(), last.1), (12, 0));
}

/// What is news of the likelihood of goals, with everything that jobs were asked for at hand.
#[test]
fn news_waits_for_the_forecasts_of_earlier_days_and_never_says_what_they_do_not_bear_out() {
    let (mut workspace, mut jobs) = (window(), Jobs::inline());
    let since = Since::Day(day("2026-03-31"));
    let told = |workspace: &Workspace| workspace.memos.attention(&workspace.document, workspace.as_of(), since);
    let settled = attention(workspace.project(), &Tree::of(workspace.project()), &settled(&workspace), since);
    assert!(settled.ranked().iter().any(|n| n.kind == NewsKind::Forecast) && settled.ranked().iter().any(|n| n.kind == NewsKind::Status));
    let mut frames = 0;
    loop {
        let found = told(&workspace);
        let early = found.ranked().iter().filter(|n| matches!(n.kind, NewsKind::Status)).find(|n| !settled.ranked().contains(n));
        assert_eq!(early, None, "in frame {frames}");
        if !work(&mut workspace, &mut jobs) {
            break;
        }
        workspace.begin_frame(1.0, Pointer::Idle);
        frames += 1;
    }
    assert!(frames > 0);
    assert_eq!(*told(&workspace), settled);
}

#[test]
fn a_new_value_forecasts_one_metric_and_what_is_stale_is_dropped() {
    let (mut workspace, mut jobs) = (window(), Jobs::inline());
    workspace.evaluation();
    work(&mut workspace, &mut jobs);
    let metric = workspace.project().metrics.values().next().unwrap().clone();
    let put = |value: f64| edits::put_value(&metric, Stamp::from_date(day("2026-06-01")), value).into();
    workspace.begin_frame(1.0, Pointer::Idle);
    workspace.apply(put(400.0));
    assert_eq!(pending(&workspace), 0, "one is forecast at once");
    let effects = workspace.start_forecasts();
    let Some(Effect::Forecast { request, project, wanted }) = effects.into_iter().next() else { panic!("nothing to look back on") };
    assert_eq!(wanted.outlooks.len(), 1);
    // The value changes again while the job is at it: what it finds fits nothing any more.
    workspace.begin_frame(2.0, Pointer::Idle);
    workspace.apply(put(150.0));
    workspace.evaluation();
    assert!(workspace.start_forecasts().is_empty(), "one job at a time");
    jobs.start(Job::new(request, "forecast", move |progress| work_out(&project, wanted, progress)));
    workspace.finish_jobs(&mut jobs);
    workspace.evaluation();
    assert!(work(&mut workspace, &mut jobs));
    assert_eq!(*workspace.evaluation(), settled(&workspace));
}

#[test]
fn a_chart_follows_what_an_initiative_is_declared_to_bring() {
    let mut workspace = super::workspace_of(crate::storage::sample());
    let mau = workspace.project().find_metric("Monthly active users").unwrap().id.clone();
    let initiative = workspace.project().find_goal("Ship quick capture on mobile").unwrap().clone();
    let brought = |workspace: &Workspace| {
        let chart = workspace.memos.trend(&workspace.document, workspace.as_of(), &mau, None);
        chart.lines.iter().find(|l| l.id == crate::chart::LineId::WithInitiatives).and_then(crate::chart::Line::end).map(|end| end[1])
    };
    let declared = |change: f64| crate::model::DeclaredEffect {
        metric: mau.clone(),
        from: "2026-11-25".parse().unwrap(),
        change,
        relative: false,
        confidence: 1.0,
    };
    assert_eq!(brought(&workspace), None, "what it brought so far is in the values");
    workspace.apply(edits::set_effects(&initiative, vec![declared(100_000.0)]).into());
    let little = brought(&workspace).unwrap();
    workspace.apply(edits::set_effects(&initiative, vec![declared(300_000.0)]).into());
    let more = brought(&workspace).unwrap();
    assert!((more - little - 200_000.0).abs() < 1.0, "{little} {more}");
    workspace.apply(edits::set_effects(&initiative, Vec::new()).into());
    assert_eq!(brought(&workspace), None);
}
