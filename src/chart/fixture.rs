//! A small project for tests: one objective, an increasing key result with a history, a maintained one, a milestone.

use std::sync::Arc;

use super::{Chart, Context, trend};
use crate::analysis::evaluate;
use crate::model::{
    Aggregation, Aim, Cadence, Date, Event, EventId, EventKind, Goal, GoalId, KeyResult, LedgerChange, LedgerEntry, Link, Metric, MetricId,
    Point, Project, ProjectId, Role, Series, Stamp, Step, Tree, Unit,
};

pub(crate) fn date(text: &str) -> Date {
    text.parse().unwrap()
}

pub(crate) fn goal_id(text: &str) -> GoalId {
    GoalId::parse(text).unwrap()
}

pub(crate) fn metric_id(text: &str) -> MetricId {
    MetricId::parse(text).unwrap()
}

pub(crate) fn series(points: impl IntoIterator<Item = (Date, f64)>) -> Arc<Series> {
    Arc::new(Series::from_points(points.into_iter().map(|(on, value)| Point::new(Stamp::from_date(on), value))).unwrap())
}

fn months(first: &str, values: &[f64]) -> Vec<(Date, f64)> {
    let first = date(first);
    values.iter().enumerate().map(|(i, v)| (first + chrono::Months::new(i as u32), *v)).collect()
}

/// As of 21 November 2026.
pub(crate) fn project() -> Project {
    let mut project = Project::empty(ProjectId::from_random(1), "Fieldnote");
    project.settings.status.preset = crate::model::StatusPreset::PointsBehind;
    project.settings.as_of = Some(date("2026-11-21"));
    let objective = Goal::objective(goal_id("g-habit"), None, "Become the daily habit");

    let mut mau = Metric::new(metric_id("m-mau"), "Monthly active users");
    mau.abbreviation = "MAU".to_owned();
    let millions = [
        5.18, 5.31, 5.40, 5.54, 5.73, 5.85, 6.03, 6.02, 6.04, 6.00, 5.97, 5.99, 6.08, 6.21, 6.37, 6.65, 6.83, 6.82, 6.90, 6.90, 6.89, 6.99,
        7.00, 6.90, 6.99, 7.07, 7.11, 7.17, 7.24, 7.33, 7.38, 7.43, 7.58, 7.53, 7.50, 7.52, 7.66, 7.72, 7.93, 7.97, 8.01, 8.11, 8.12, 8.12,
        8.17, 8.24, 7.9,
    ];
    let values: Vec<f64> = millions.iter().map(|m| m * 1e6).collect();
    let mut points: Vec<Point> =
        months("2023-01-01", &values).into_iter().map(|(on, value)| Point::new(Stamp::from_date(on), value)).collect();
    points[20].note = Some("Counting changed: bots are left out".to_owned());
    mau.series = Arc::new(Series::from_points(points).unwrap());

    let mut bring = Goal::key_result(
        goal_id("g-mau"),
        objective.id.clone(),
        "Bring MAU to 10 M by Q4",
        KeyResult::new(Aim::Increase { start: 7.52e6, target: 10e6 }, Some(mau.id.clone())),
    );
    bring.start = Some(date("2026-01-01"));
    bring.due = Some(date("2026-12-31"));
    bring.ledger.push(LedgerEntry {
        on: date("2026-03-15"),
        change: LedgerChange::Target { old: 9e6, new: 10e6 },
        why: "The app launch went better than planned".to_owned(),
    });

    let mut uptime = Metric::new(metric_id("m-uptime"), "Uptime");
    uptime.unit = Unit::Percent;
    uptime.decimals = 2;
    uptime.cadence = Cadence::Weekly;
    uptime.aggregation = Aggregation::Mean;
    uptime.bounds.upper = Some(100.0);
    let week = |i: i64| date("2026-08-03") + chrono::TimeDelta::days(7 * i);
    let percent = [99.95, 99.97, 99.92, 99.99, 98.7, 99.93, 99.96, 100.0, 99.94, 99.91, 99.85, 99.97, 99.98, 99.95, 99.96];
    // Two weeks are missing.
    uptime.series = series(percent.iter().enumerate().filter(|(i, _)| *i != 7 && *i != 8).map(|(i, v)| (week(i as i64), *v)));
    let mut keep = Goal::key_result(
        goal_id("g-uptime"),
        objective.id.clone(),
        "Uptime ≥ 99.9 %",
        KeyResult::new(Aim::AtLeast { threshold: 99.9, required_share: 0.9 }, Some(uptime.id.clone())),
    );
    keep.start = Some(date("2026-08-03"));
    keep.due = Some(date("2026-12-31"));

    let step = |title: &str, on: Option<&str>| Step { title: title.to_owned(), done_on: on.map(date) };
    let mut markets = Goal::key_result(
        goal_id("g-markets"),
        objective.id.clone(),
        "Enter four new markets",
        KeyResult::new(
            Aim::Milestone {
                steps: vec![
                    step("Spain", Some("2026-03-02")),
                    step("Italy", Some("2026-06-15")),
                    step("Poland", None),
                    step("Greece", None),
                ],
            },
            None,
        ),
    );
    markets.start = Some(date("2026-01-01"));
    markets.due = Some(date("2026-12-31"));

    for (id, on, title, metrics) in [
        ("e-app", "2024-04-09", "Mobile app launched", vec![]),
        ("e-price", "2025-10-14", "Price change", vec![mau.id.clone()]),
        ("e-outage", "2026-09-02", "Data centre outage", vec![uptime.id.clone()]),
    ] {
        let id = EventId::parse(id).unwrap();
        let event = Event {
            id: id.clone(),
            date: date(on),
            until: None,
            title: title.to_owned(),
            description: String::new(),
            kind: EventKind::Release,
            metrics,
        };
        project.events.insert(id, event);
    }
    let link = Link { goal: objective.id.clone(), metric: uptime.id.clone(), role: Role::Guardrail, expected_lag_days: None };
    project.links.insert(link.key(), link);
    for goal in [objective, bring, keep, markets] {
        project.goals.insert(goal.id.clone(), Arc::new(goal));
    }
    for metric in [mau, uptime] {
        project.metrics.insert(metric.id.clone(), Arc::new(metric));
    }
    project
}

/// Uses the evaluation of a project on its own day.
pub(crate) fn with_context<R>(project: &Project, use_it: impl FnOnce(&Context<'_>) -> R) -> R {
    let as_of = project.as_of(date("2026-11-21"));
    let evaluation = evaluate(project, &Tree::of(project), as_of);
    use_it(&Context { project, evaluation: &evaluation })
}

pub(crate) fn chart_of(project: &Project, metric: &str) -> Chart {
    with_context(project, |context| trend(context, &metric_id(metric), None))
}

/// An hourly metric of so many points, without a goal.
pub(crate) fn wave(points: usize) -> Chart {
    let mut project = Project::empty(ProjectId::from_random(2), "Wave");
    let mut metric = Metric::new(metric_id("m-wave"), "Wave");
    metric.cadence = Cadence::Hourly;
    let start = Stamp::from_date(date("2000-01-01")).seconds();
    let point = |i: usize| {
        Point::new(Stamp::from_seconds(start + 3600 * i as i64), 1000.0 + 300.0 * (i as f64 / 700.0).sin() + (i * 7919 % 101) as f64)
    };
    metric.series = Arc::new(Series::from_points((0..points).map(point)).unwrap());
    project.settings.as_of = Some(date("2199-01-01"));
    project.metrics.insert(metric.id.clone(), Arc::new(metric));
    chart_of(&project, "m-wave")
}
