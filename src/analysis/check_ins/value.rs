//! What the value of a check-in means: it is the data of a goal without a metric, and a point of a metric that is recorded by hand.

use crate::analysis::measure::accumulates;
use crate::analysis::then::{Then, steps_done};
use crate::analysis::{expected_value_as_of, metric_values};
use crate::model::{Date, Goal, GoalKind, Metric, Origin, Period, Point, Project, Recording, Stamp};

/// What a value that is said of a goal becomes.
#[derive(Clone, Debug, PartialEq)]
pub enum ValueSaid<'a> {
    /// The goal has no metric: the check-in is its data.
    Data,
    /// Also a point of this metric in one of these places: the usual one first, never empty.
    Point { metric: &'a Metric, places: Vec<PointPlace> },
    /// Nothing: the goal knows its value from elsewhere.
    Elsewhere(WhyNoValue<'a>),
}

#[derive(Clone, Copy, Debug, PartialEq)]
pub enum WhyNoValue<'a> {
    /// Milestones and initiatives.
    Steps,
    /// Objectives.
    Parts,
    Computed(&'a Metric),
    Linked {
        metric: &'a Metric,
        path: &'a str,
    },
}

/// Where a value can go in a metric's series.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct PointPlace {
    /// The period that it belongs to, in the metric's cadence.
    pub period: Period,
    pub at: Stamp,
    /// The value of the point that is there.
    pub replaces: Option<f64>,
    /// The last day that the value covers, where the period is not over.
    pub data_to: Option<Date>,
}

/// A value that is known, and the period it stands for (one day for a check-in's).
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct KnownValue {
    pub value: f64,
    pub period: Period,
}

/// What a value that is said of a goal on a day becomes.
pub fn value_said<'a>(project: &'a Project, goal: &'a Goal, on: Date) -> ValueSaid<'a> {
    let key_result = match &goal.kind {
        GoalKind::Objective(_) => return ValueSaid::Elsewhere(WhyNoValue::Parts),
        GoalKind::Initiative(_) => return ValueSaid::Elsewhere(WhyNoValue::Steps),
        GoalKind::KeyResult(key_result) => key_result,
    };
    if steps_done(goal, on).is_some() {
        return ValueSaid::Elsewhere(WhyNoValue::Steps);
    }
    let Some(metric) = key_result.metric.as_ref().and_then(|id| project.metric(id)) else { return ValueSaid::Data };
    match &metric.origin {
        Origin::Computed { .. } => ValueSaid::Elsewhere(WhyNoValue::Computed(metric)),
        Origin::Linked(source) => ValueSaid::Elsewhere(WhyNoValue::Linked { metric, path: &source.path }),
        Origin::Recorded => ValueSaid::Point { metric, places: places(project, goal, metric, on) },
    }
}

/// The period under way and the one before it. The one before comes first while it still lacks its whole value, nothing is known of the
/// period under way, and the goal had begun.
fn places(project: &Project, goal: &Goal, metric: &Metric, on: Date) -> Vec<PointPlace> {
    let calendar = project.settings.calendar;
    let now = calendar.period_of(metric.cadence, on);
    let before = calendar.previous(metric.cadence, now);
    let had_begun = project.span(goal).start.is_none_or(|start| start <= before.last);
    let is_open = points_in(metric, before).last().is_none_or(|p| p.data_to.is_some_and(|to| to < before.last));
    let (now, before) = (place(metric, now, on), place(metric, before, on));
    if had_begun && is_open && now.replaces.is_none() { vec![before, now] } else { vec![now, before] }
}

fn points_in(metric: &Metric, period: Period) -> Vec<Point> {
    let series = &metric.series;
    let from = series.times().partition_point(|t| t.date() < period.first);
    let to = series.times().partition_point(|t| t.date() <= period.last);
    series.times()[from..to].iter().filter_map(|at| series.get(*at)).collect()
}

/// The one point of a period is replaced; where a period has several, a day stands for itself.
fn place(metric: &Metric, period: Period, on: Date) -> PointPlace {
    let there = points_in(metric, period);
    let day = Stamp::from_date(on.min(period.last));
    let at = match there.as_slice() {
        [] => Stamp::from_date(period.first),
        [one] => one.at,
        _ => day,
    };
    let whole = there.len() <= 1;
    PointPlace { period, at, replaces: metric.series.get(at).map(|p| p.value), data_to: Some(on).filter(|on| whole && *on < period.last) }
}

impl PointPlace {
    /// The point with this value; what was noted for one that is there stays.
    pub fn point(&self, metric: &Metric, value: f64) -> Point {
        let note = metric.series.get(self.at).and_then(|p| p.note);
        Point { at: self.at, value, note, data_to: self.data_to }
    }
}

/// The latest value that is known of a goal on a day: of its metric, or of its check-ins. For a metric it is that of a period, also where
/// the goal counts a total.
pub fn last_value(project: &Project, goal: &Goal, on: Date) -> Option<KnownValue> {
    let key_result = goal.as_key_result()?;
    if let Some(metric) = key_result.metric.as_ref().and_then(|id| project.metric(id)) {
        let values = metric_values(project, metric, metric.cadence, on);
        return values.present().next_back().map(|(v, value)| KnownValue { value, period: v.period });
    }
    let said = project.check_ins_of(&goal.id, on);
    let (date, value) = said.iter().rev().find_map(|c| Some((c.date, c.value?)))?;
    Some(KnownValue { value, period: Period { first: date, last: date } })
}

/// What the pace of a goal expects where a value would go. `None` where nothing is, and where what is recorded are the parts of a total.
pub fn expected_there(project: &Project, goal: &Goal, place: Option<&PointPlace>, on: Date) -> Option<f64> {
    let key_result = goal.as_key_result()?;
    let metric = key_result.metric.as_ref().and_then(|id| project.metric(id));
    let day = match (metric, place) {
        (Some(metric), Some(place)) => {
            let then = Then::of(project, goal, on);
            let total = then.aim.as_ref().is_some_and(|aim| accumulates(key_result, metric, aim, then.span, project.settings.calendar));
            match (total, metric.recording) {
                (true, Recording::Increments) => return None,
                (true, Recording::RunningTotals) => on.min(place.period.last),
                (false, _) => place.period.last,
            }
        }
        _ => on,
    };
    expected_value_as_of(project, goal, day, on)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analysis::fixture::{Fixture, day};
    use crate::model::{Aggregation, Aim, Cadence, GoalId, LinkedSource, MetricId, MissingInput, RecipeId};

    fn monthly(values: &[f64]) -> (Fixture, MetricId, GoalId) {
        let mut f = Fixture::new();
        let users = f.monthly("Users", Aggregation::Last, "2026-01-01", values);
        let goal = f.key_result(Aim::Increase { start: 100.0, target: 200.0 }, Some(&users), "2026-01-01", "2026-12-31");
        (f, users, goal)
    }

    fn places_on(f: &Fixture, goal: &GoalId, on: &str) -> Vec<PointPlace> {
        match value_said(&f.project, f.project.goal(goal).unwrap(), day(on)) {
            ValueSaid::Point { places, .. } => places,
            other => panic!("{other:?}"),
        }
    }

    fn in_words(place: &PointPlace) -> (String, Option<f64>, Option<String>) {
        (place.at.to_string(), place.replaces, place.data_to.map(|d| d.to_string()))
    }

    #[test]
    fn a_value_goes_to_the_month_that_ended_while_it_has_none_else_to_the_one_under_way() {
        let (f, ..) = monthly(&[110.0, 120.0]);
        let goal = f.project.goals.keys().find(|id| **id != f.root).unwrap().clone();
        let first = |on: &str| in_words(&places_on(&f, &goal, on)[0]);
        // March ended without a value.
        assert_eq!(first("2026-04-02"), ("2026-03-01".to_owned(), None, None));
        // February has one: March is under way.
        assert_eq!(first("2026-03-10"), ("2026-03-01".to_owned(), None, Some("2026-03-10".to_owned())));
        // On its last day a month is whole.
        assert_eq!(first("2026-03-31"), ("2026-03-01".to_owned(), None, None));
        // February's value is there; on the other place it would be replaced.
        assert_eq!(in_words(&places_on(&f, &goal, "2026-03-10")[1]), ("2026-02-01".to_owned(), Some(120.0), None));
        assert_eq!(first("2026-02-10"), ("2026-02-01".to_owned(), Some(120.0), Some("2026-02-10".to_owned())));
    }

    #[test]
    fn an_unfinished_month_is_finished_first() {
        let (mut f, users, goal) = monthly(&[110.0, 120.0]);
        f.mark_data_to(&users, "2026-02-01", "2026-02-20");
        assert_eq!(in_words(&places_on(&f, &goal, "2026-03-02")[0]), ("2026-02-01".to_owned(), Some(120.0), None));
        let place = places_on(&f, &goal, "2026-03-02")[0];
        assert_eq!(place.point(f.metric(&users), 125.0), Point::new(Stamp::from_date(day("2026-02-01")), 125.0));
    }

    #[test]
    fn a_goal_that_has_just_begun_says_nothing_of_the_time_before() {
        let (mut f, _, goal) = monthly(&[]);
        f.edit_goal(&goal, |g| g.start = Some(day("2026-04-01")));
        assert_eq!(places_on(&f, &goal, "2026-04-08")[0].at, Stamp::from_date(day("2026-04-01")));
    }

    #[test]
    fn among_finer_points_a_day_stands_for_itself() {
        let mut f = Fixture::new();
        let points = [(day("2026-03-02"), 5.0), (day("2026-03-05"), 6.0)];
        let calls = f.recorded("Calls", Cadence::Monthly, Aggregation::Sum, &points);
        let goal = f.key_result(Aim::Increase { start: 0.0, target: 200.0 }, Some(&calls), "2026-03-01", "2026-12-31");
        assert_eq!(in_words(&places_on(&f, &goal, "2026-03-10")[0]), ("2026-03-10".to_owned(), None, None));
        assert_eq!(in_words(&places_on(&f, &goal, "2026-03-05")[0]), ("2026-03-05".to_owned(), Some(6.0), None));
    }

    #[test]
    fn what_is_known_from_elsewhere_takes_no_value() {
        let (mut f, users, goal) = monthly(&[110.0]);
        let root = f.root.clone();
        let steps = f.milestone(&[None], "2026-01-01", "2026-12-31");
        let none = f.increase(0.0, 10.0, "2026-01-01", "2026-12-31");
        let on = day("2026-03-10");
        let said = |f: &Fixture, id: &GoalId| format!("{:?}", value_said(&f.project, f.project.goal(id).unwrap(), on)).replace('\n', " ");
        assert_eq!([said(&f, &root), said(&f, &steps), said(&f, &none)], ["Elsewhere(Parts)", "Elsewhere(Steps)", "Data"]);
        let double = f.formula("Double", &format!("[{users}] * 2"), MissingInput::Missing);
        f.edit_goal(&goal, |g| {
            if let GoalKind::KeyResult(k) = &mut g.kind {
                k.metric = Some(double);
            }
        });
        assert!(said(&f, &goal).starts_with("Elsewhere(Computed("));
        f.edit_goal(&goal, |g| {
            if let GoalKind::KeyResult(k) = &mut g.kind {
                k.metric = Some(users.clone());
            }
        });
        let source = LinkedSource {
            path: "users.csv".to_owned(),
            recipe: RecipeId::from_random(1),
            column: String::new(),
            refreshed: None,
            failing: None,
        };
        f.edit_metric(&users, |m| m.origin = Origin::Linked(source));
        assert!(said(&f, &goal).starts_with("Elsewhere(Linked"));
    }

    #[test]
    fn what_is_known_and_expected_is_that_of_the_period() {
        let (f, _, goal) = monthly(&[110.0, 120.0]);
        let goal = f.project.goal(&goal).unwrap();
        let on = day("2026-04-02");
        let known = last_value(&f.project, goal, on).unwrap();
        assert_eq!((known.value, known.period.first), (120.0, day("2026-02-01")));
        let place = places_on(&f, &goal.id, "2026-04-02")[0];
        // 31 March is day 89 of 364.
        let expected = expected_there(&f.project, goal, Some(&place), on).unwrap();
        assert!((expected - (100.0 + 100.0 * 89.0 / 364.0)).abs() < 1e-9);
    }

    #[test]
    fn parts_of_a_total_are_not_held_against_the_total() {
        let (mut f, _, goal) = monthly(&[110.0, 120.0]);
        f.edit_goal(&goal, |g| {
            if let GoalKind::KeyResult(k) = &mut g.kind {
                k.accumulating = true;
            }
        });
        let place = places_on(&f, &goal, "2026-04-02")[0];
        assert_eq!(expected_there(&f.project, f.project.goal(&goal).unwrap(), Some(&place), day("2026-04-02")), None);
    }

    #[test]
    fn without_a_metric_the_last_value_said_is_known() {
        let mut f = Fixture::new();
        let goal = f.increase(0.0, 100.0, "2026-01-01", "2026-12-31");
        f.check_in(&goal, "2026-02-01", 10.0);
        let quiet = f.check_in(&goal, "2026-02-08", 0.0);
        f.project.check_ins.get_mut(&quiet).unwrap().value = None;
        let goal = f.project.goal(&goal).unwrap();
        let known = last_value(&f.project, goal, day("2026-02-10")).unwrap();
        assert_eq!((known.value, known.period.last), (10.0, day("2026-02-01")));
        assert!(expected_there(&f.project, goal, None, day("2026-12-31")).is_some_and(|v| v == 100.0));
    }
}
