//! Forecast and likelihood of one monthly KPI of 60 points: at most 2 ms. 200 of them, in the background: under 1 s.

use divan::{Bencher, black_box};
use waymark::analysis::forecast::{MetricForecast, likelihood, of_metric};
use waymark::model::{Aim, Bounds, Cadence, Date, Goal, GoalId, KeyResult, Metric, MetricId, Point, Project, ProjectId, Series, Stamp};

fn main() {
    divan::main();
}

fn date(text: &str) -> Date {
    text.parse().expect("a date in the code is a date")
}

const AS_OF: &str = "2025-12-31";

/// Metrics of 60 months with a trend, a season and noise, every fifth of them bounded; each has a key result due in half a year.
fn project(metrics: u64) -> Project {
    let mut project = Project::empty(ProjectId::from_random(1), "Forecasts");
    let root = GoalId::from_random(1);
    project.goals.insert(root.clone(), Goal::objective(root.clone(), None, "Grow").into());
    for n in 0..metrics {
        let mut state = n + 1;
        let mut noise = || {
            // xorshift, scaled to −0.5…0.5.
            state ^= state << 13;
            state ^= state >> 7;
            state ^= state << 17;
            (state >> 11) as f64 / (1_u64 << 53) as f64 - 0.5
        };
        let bounded = n % 5 == 4;
        let calendar = project.settings.calendar;
        let mut period = calendar.period_of(Cadence::Monthly, date("2021-01-01"));
        let points: Vec<Point> = (0..60)
            .map(|i| {
                let season = (std::f64::consts::TAU * f64::from(i) / 12.0).sin();
                let value = if bounded {
                    60.0 + 0.4 * f64::from(i) + 3.0 * season + 4.0 * noise()
                } else {
                    1_000.0 * 1.01_f64.powi(i) * (1.0 + 0.1 * season + 0.1 * noise())
                };
                let point = Point::new(Stamp::from_date(period.first), value);
                period = calendar.next(Cadence::Monthly, period);
                point
            })
            .collect();
        let id = MetricId::from_random(n + 1);
        let bounds = if bounded { Bounds { lower: Some(0.0), upper: Some(100.0) } } else { Bounds::default() };
        let series = Series::from_points(points).expect("points are finite and apart").into();
        project.metrics.insert(id.clone(), Metric { bounds, series, ..Metric::new(id.clone(), format!("Metric {n}")) }.into());
        let goal = GoalId::from_random(n + 1_000);
        let key_result = KeyResult::new(Aim::Increase { start: 80.0, target: if bounded { 90.0 } else { 2_000.0 } }, Some(id));
        let goal = Goal {
            start: Some(date("2026-01-01")),
            due: Some(date("2026-06-30")),
            ..Goal::key_result(goal, root.clone(), "Reach it", key_result)
        };
        project.goals.insert(goal.id.clone(), goal.into());
    }
    project
}

fn forecast(project: &Project, metric: u64) -> MetricForecast {
    let metric = project.metric(&MetricId::from_random(metric + 1)).expect("it was put there");
    of_metric(project, metric, date(AS_OF), None).expect("60 points can be forecast")
}

fn chance(project: &Project, metric: u64) -> f64 {
    let goal = project.goal(&GoalId::from_random(metric + 1_000)).expect("it was put there");
    let found = likelihood(project, goal, date(AS_OF), &forecast(project, metric));
    found.expect("the key result is under way").probability
}

#[divan::bench(sample_count = 100, sample_size = 1)]
fn forecast_and_likelihood_of_one(bencher: Bencher<'_, '_>) {
    let project = project(1);
    bencher.bench_local(|| chance(black_box(&project), 0));
}

#[divan::bench(sample_count = 50, sample_size = 1)]
fn looking_back_on_one(bencher: Bencher<'_, '_>) {
    let project = project(1);
    let forecast = forecast(&project, 0);
    bencher.bench_local(|| black_box(&forecast).calibrate(date("2026-06-30")));
}

#[divan::bench(sample_count = 5, sample_size = 1)]
fn two_hundred_with_looking_back(bencher: Bencher<'_, '_>) {
    let project = project(200);
    bencher.bench_local(|| {
        let of = |n| forecast(&project, n).calibrate(date("2026-06-30")).map_or(0.0, |c| c.k) + chance(&project, n);
        (0..200).map(of).sum::<f64>()
    });
}
