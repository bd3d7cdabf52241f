//! A large project for benches and tests: deterministic, shaped like a company's.

use std::sync::Arc;

use waymark::model::{
    Aggregation, Aim, Cadence, Cycle, CycleId, Date, Goal, GoalId, KeyResult, Link, Metric, MetricId, OrderKey, Point, Project, ProjectId,
    Role, Series, Settings, Stamp,
};

/// How large a project is.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Size {
    /// Objectives and key results together.
    pub(crate) goals: usize,
    pub(crate) metrics: usize,
    /// Points over all metrics.
    pub(crate) points: usize,
}

/// DESIGN's "1,000 goals, 200 KPIs, 1,000,000 points".
pub(crate) const LARGE: Size = Size { goals: 1_000, metrics: 200, points: 1_000_000 };

fn date(text: &str) -> Date {
    text.parse().expect("a date in the code is a date")
}

/// A cheap, seeded walk: xorshift, scaled to −0.5…0.5.
struct Walk(u64);

impl Walk {
    fn step(&mut self) -> f64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 >> 11) as f64 / (1u64 << 53) as f64 - 0.5
    }
}

/// One objective for every nine key results; every key result measures a metric and links another as driver. Metrics are hourly,
/// so that a million points fit into 200 of them.
pub(crate) fn project(size: Size) -> Project {
    let mut project = Project::empty(ProjectId::from_random(1), "Large");
    project.settings = Settings { as_of: Some(date("2026-11-21")), ..Settings::default() };
    let cycle = Cycle { id: CycleId::from_random(1), name: "2026".to_owned(), start: date("2026-01-01"), end: date("2026-12-31") };
    let end = Stamp::from_date(date("2026-11-21")).seconds();
    let each = size.points / size.metrics.max(1);
    for n in 0..size.metrics {
        let mut walk = Walk(n as u64 + 1);
        let mut value = 1_000.0 + 10.0 * n as f64;
        let points = (0..each).map(|i| {
            value += walk.step() * 4.0 + 0.01;
            Point::new(Stamp::from_seconds(end - 3_600 * (each - i) as i64), (value * 100.0).round() / 100.0)
        });
        let id = MetricId::from_random(n as u64 + 1);
        let series = Arc::new(Series::from_points(points).expect("points are finite and apart"));
        let metric = Metric {
            cadence: Cadence::Hourly,
            aggregation: Aggregation::Mean,
            decimals: 1,
            series,
            ..Metric::new(id.clone(), format!("Metric number {}", n + 1))
        };
        project.metrics.insert(id, Arc::new(metric));
    }
    let metric = |n: usize| MetricId::from_random((n % size.metrics.max(1)) as u64 + 1);
    let mut order = OrderKey::middle();
    let mut parent = None;
    for n in 0..size.goals {
        let id = GoalId::from_random(n as u64 + 1);
        let mut goal = if let (Some(parent), 1..) = (&parent, n % 10) {
            let start = 1_000.0 + 10.0 * (n % size.metrics.max(1)) as f64;
            let key_result = KeyResult::new(Aim::Increase { start, target: start + 80.0 }, Some(metric(n)));
            let link = Link { goal: id.clone(), metric: metric(n + 7), role: Role::Driver, expected_lag_days: None };
            project.links.insert(link.key(), link);
            Goal::key_result(id.clone(), GoalId::clone(parent), format!("Key result number {n}"), key_result)
        } else {
            parent = Some(id.clone());
            Goal::objective(id.clone(), None, format!("Objective number {n}"))
        };
        order = OrderKey::between(Some(&order), None);
        goal.order = order.clone();
        goal.cycle = Some(cycle.id.clone());
        goal.owner = format!("Team {}", n % 12 + 1);
        project.goals.insert(id, Arc::new(goal));
    }
    project.cycles.insert(cycle.id.clone(), cycle);
    project
}
