//! A small project for tests of the window.

use std::sync::Arc;

use chrono::Months;
use waymark::model::{
    Aim, Cadence, Cycle, CycleId, Date, Goal, GoalId, KeyResult, Metric, MetricId, OrderKey, Point, Project, ProjectId, Series, Stamp,
};

pub(crate) fn day(text: &str) -> Date {
    text.parse().unwrap()
}

pub(crate) fn goal_id(word: &str) -> GoalId {
    GoalId::parse(&format!("g-{word}")).unwrap()
}

/// Two objectives, three key results and a metric without a goal, as of 21 November 2026.
pub(crate) fn habit() -> Project {
    let mut project = Project::empty(ProjectId::parse("p-habit").unwrap(), "Habit");
    project.settings.as_of = Some(day("2026-11-21"));
    let cycle = CycleId::parse("c-2026").unwrap();
    let year = Cycle { id: cycle.clone(), name: "2026".to_owned(), start: day("2026-01-01"), end: day("2026-12-31") };
    project.cycles.insert(cycle.clone(), year);

    let mut metric = |word: &str, name: &str, first: f64, step: f64| {
        let id = MetricId::parse(&format!("m-{word}")).unwrap();
        let mut metric = Metric::new(id.clone(), name);
        metric.cadence = Cadence::Monthly;
        let months = (0..22).map(|month| {
            let date = day("2025-01-01").checked_add_months(Months::new(month)).unwrap();
            Point::new(Stamp::from_date(date), first + step * f64::from(month))
        });
        metric.series = Arc::new(Series::from_points(months).unwrap());
        project.metrics.insert(id.clone(), Arc::new(metric));
        id
    };
    let mau = metric("mau", "Monthly active users", 6_000_000.0, 100_000.0);
    let stickiness = metric("stickiness", "Stickiness", 31.0, 0.2);
    metric("tickets", "Tickets a week", 80.0, -1.0);

    let mut order = OrderKey::middle();
    let mut add = |mut goal: Goal| {
        order = OrderKey::between(Some(&order), None);
        goal.order = order.clone();
        goal.cycle = Some(cycle.clone());
        project.goals.insert(goal.id.clone(), Arc::new(goal));
    };
    let up = |metric: &MetricId, start: f64, target: f64| KeyResult::new(Aim::Increase { start, target }, Some(metric.clone()));
    add(Goal::objective(goal_id("habit"), None, "Become the daily habit"));
    add(Goal::key_result(goal_id("mau"), goal_id("habit"), "Bring MAU to 10 M", up(&mau, 7_200_000.0, 10_000_000.0)));
    add(Goal::key_result(goal_id("stick"), goal_id("habit"), "Stickiness to 38", up(&stickiness, 33.4, 38.0)));
    add(Goal::objective(goal_id("trust"), None, "Be the product people trust"));
    add(Goal::key_result(goal_id("nps"), goal_id("trust"), "NPS of 50", KeyResult::new(Aim::Increase { start: 40.0, target: 50.0 }, None)));
    assert_eq!(project.validate(), []);
    project
}
