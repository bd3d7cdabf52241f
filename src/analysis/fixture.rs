//! Small projects for tests, built in a few words.

use std::sync::Arc;

use crate::model::{
    Aggregation, Aim, Cadence, CheckIn, CheckInId, DEFAULT_REQUIRED_SHARE, Date, Formula, Goal, GoalId, KeyResult, Link, Metric, MetricId,
    MissingInput, Origin, Point, Project, ProjectId, Role, Series, Stamp, StatusPreset, Step, Tree,
};

use super::{Evaluation, GoalResult, evaluate};

pub(crate) fn day(text: &str) -> Date {
    text.parse().unwrap()
}

/// A project with one root objective, judged by points behind (preset 1).
pub(crate) struct Fixture {
    pub(crate) project: Project,
    pub(crate) root: GoalId,
    next: u64,
}

impl Fixture {
    pub(crate) fn new() -> Self {
        let mut project = Project::empty(ProjectId::from_random(1), "Test");
        project.settings.status.preset = StatusPreset::PointsBehind;
        let root = GoalId::from_random(0);
        project.goals.insert(root.clone(), Arc::new(Goal::objective(root.clone(), None, "Root")));
        Self { project, root, next: 1 }
    }

    fn number(&mut self) -> u64 {
        self.next += 1;
        self.next
    }

    pub(crate) fn metric(&self, id: &MetricId) -> &Metric {
        self.project.metric(id).unwrap()
    }

    pub(crate) fn edit_metric(&mut self, id: &MetricId, edit: impl FnOnce(&mut Metric)) {
        edit(Arc::make_mut(self.project.metrics.get_mut(id).unwrap()));
    }

    pub(crate) fn edit_goal(&mut self, id: &GoalId, edit: impl FnOnce(&mut Goal)) {
        edit(Arc::make_mut(self.project.goals.get_mut(id).unwrap()));
    }

    /// Points at the given dates.
    pub(crate) fn recorded(&mut self, name: &str, cadence: Cadence, aggregation: Aggregation, points: &[(Date, f64)]) -> MetricId {
        let id = MetricId::from_random(self.number());
        let series = Series::from_points(points.iter().map(|&(at, value)| Point::new(Stamp::from_date(at), value))).unwrap();
        let metric = Metric { cadence, aggregation, series: Arc::new(series), ..Metric::new(id.clone(), name) };
        self.project.metrics.insert(id.clone(), Arc::new(metric));
        id
    }

    /// One value a period from a day on, dated at the first day of each period.
    pub(crate) fn every(&mut self, name: &str, cadence: Cadence, aggregation: Aggregation, from: &str, values: &[f64]) -> MetricId {
        let calendar = self.project.settings.calendar;
        let mut period = calendar.period_of(cadence, day(from));
        let mut points = Vec::new();
        for &value in values {
            points.push((period.first, value));
            period = calendar.next(cadence, period);
        }
        self.recorded(name, cadence, aggregation, &points)
    }

    pub(crate) fn monthly(&mut self, name: &str, aggregation: Aggregation, from: &str, values: &[f64]) -> MetricId {
        self.every(name, Cadence::Monthly, aggregation, from, values)
    }

    pub(crate) fn formula(&mut self, name: &str, formula: &str, missing: MissingInput) -> MetricId {
        let id = self.monthly(name, Aggregation::Last, "2026-01-01", &[]);
        self.edit_metric(&id, |m| m.origin = Origin::Computed { formula: Formula::parse(formula).unwrap(), missing });
        id
    }

    pub(crate) fn mark_data_to(&mut self, metric: &MetricId, at: &str, to: &str) {
        self.edit_metric(metric, |m| {
            let series = Arc::make_mut(&mut m.series);
            let point = series.get(Stamp::from_date(day(at))).unwrap();
            series.put(Point { data_to: Some(day(to)), ..point }).unwrap();
        });
    }

    /// A key result under the root.
    pub(crate) fn key_result(&mut self, aim: Aim, metric: Option<&MetricId>, start: &str, due: &str) -> GoalId {
        let id = GoalId::from_random(self.number());
        let key_result = KeyResult::new(aim, metric.cloned());
        let goal = Goal {
            start: Some(day(start)),
            due: Some(day(due)),
            ..Goal::key_result(id.clone(), self.root.clone(), "Key result", key_result)
        };
        self.project.goals.insert(id.clone(), Arc::new(goal));
        id
    }

    /// An increase whose values come from check-ins.
    pub(crate) fn increase(&mut self, start: f64, target: f64, from: &str, due: &str) -> GoalId {
        self.key_result(Aim::Increase { start, target }, None, from, due)
    }

    pub(crate) fn milestone(&mut self, done_on: &[Option<&str>], from: &str, due: &str) -> GoalId {
        let steps = done_on.iter().map(|d| Step { title: "Step".to_owned(), done_on: d.map(day) }).collect();
        self.key_result(Aim::Milestone { steps }, None, from, due)
    }

    pub(crate) fn at_least(&mut self, threshold: f64, metric: &MetricId, from: &str, due: &str) -> GoalId {
        self.key_result(Aim::AtLeast { threshold, required_share: DEFAULT_REQUIRED_SHARE }, Some(metric), from, due)
    }

    pub(crate) fn check_in(&mut self, goal: &GoalId, on: &str, value: f64) -> CheckInId {
        let id = CheckInId::from_random(self.number());
        let check_in = CheckIn {
            id: id.clone(),
            goal: goal.clone(),
            date: day(on),
            value: Some(value),
            confidence: None,
            status: None,
            note: String::new(),
            by: "Team Growth".to_owned(),
        };
        self.project.check_ins.insert(id.clone(), check_in);
        id
    }

    pub(crate) fn link(&mut self, goal: &GoalId, metric: &MetricId, role: Role) {
        let link = Link { goal: goal.clone(), metric: metric.clone(), role, expected_lag_days: None };
        self.project.links.insert(link.key(), link);
    }

    pub(crate) fn evaluate(&self, as_of: &str) -> Evaluation {
        evaluate(&self.project, &Tree::of(&self.project), day(as_of))
    }

    pub(crate) fn result(&self, goal: &GoalId, as_of: &str) -> GoalResult {
        self.evaluate(as_of).goal(goal).unwrap().clone()
    }
}
