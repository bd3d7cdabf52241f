//! How a goal moved since it was last talked about.
//!
//! Compared is the latest check-in at which an older value was known: on the day of a check-in, and until a new value comes, the step
//! that was talked about stays in sight. Where nobody checked in before the present value came, it is the value before.

use crate::model::{CheckIn, Date, Goal, Project, Status};

use super::forecasts::NoForecasts;
use super::leaf::leaf_of;
use super::result::GoalResult;

/// What moved, now less then.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Change {
    /// The day of the check-in compared with; `None` where it is the value before, and for objectives, whose parts have days of their own.
    pub since: Option<Date>,
    /// The value compared with, in the unit of the metric or in steps; `None` for objectives.
    pub before: Option<f64>,
    /// By how much the value moved.
    pub value: Option<f64>,
    /// By how much progress moved, as a share of one.
    pub progress: Option<f64>,
}

/// A child of an objective: its share of the roll-up, 0…1, how it stands, and how it moved.
#[derive(Clone, Copy, Debug)]
pub struct ChangedPart<'a> {
    pub share: f64,
    pub result: &'a GoalResult,
    pub change: Option<Change>,
}

/// The day of the latest check-in at which an older value was known. `check_ins` are the goal's, oldest first.
pub fn compared_on(result: &GoalResult, check_ins: &[&CheckIn]) -> Option<Date> {
    let judged_on = result.current?.judged_on;
    check_ins.iter().rev().map(|c| c.date).find(|date| *date < judged_on)
}

/// How a key result or an initiative moved. `check_ins` are its own up to the day of `result`, oldest first. `None` where there is nothing to
/// compare with, and for goals that were set aside or closed.
pub fn change_of(project: &Project, goal: &Goal, result: &GoalResult, check_ins: &[&CheckIn]) -> Option<Change> {
    if goal.is_objective() || matches!(result.computed, Status::Closed | Status::Postponed | Status::Abandoned) {
        return None;
    }
    let now = result.current?;
    if let Some(day) = compared_on(result, check_ins) {
        let known = check_ins.partition_point(|c| c.date <= day);
        let then = leaf_of(project, goal, &check_ins[..known], day, &NoForecasts);
        if let Some(before) = then.current {
            let progress = result.progress.zip(then.progress).map(|(now, before)| now - before);
            return Some(Change { since: Some(day), before: Some(before.value), value: Some(now.value - before.value), progress });
        }
    }
    let before = now.previous?;
    let value = now.value - before;
    let way = result.start.zip(result.target).map(|(start, target)| target - start).filter(|way| *way != 0.0);
    Some(Change { since: None, before: Some(before), value: Some(value), progress: way.map(|way| value / way) })
}

/// How an objective moved: the weighted mean of what its parts moved, each clamped as in the roll-up. A part without an earlier value counts
/// as unmoved; `None` where no part has one.
pub fn change_of_parts<'a>(project: &Project, parts: impl IntoIterator<Item = ChangedPart<'a>>) -> Option<Change> {
    let cap = project.settings.roll_up_cap.max(1.0);
    let (mut weight, mut moved, mut is_known) = (0.0, 0.0, false);
    for ChangedPart { share, result, change } in parts {
        let is_closed = result.computed == Status::Closed;
        let progress = if is_closed { result.score } else { result.progress };
        let Some(now) = progress.filter(|_| share > 0.0) else { continue };
        weight += share;
        if let Some(by) = change.and_then(|c| c.progress).filter(|_| !is_closed) {
            is_known = true;
            moved += share * (now.clamp(0.0, cap) - (now - by).clamp(0.0, cap));
        }
    }
    is_known.then(|| Change { since: None, before: None, value: None, progress: Some(moved / weight) })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analysis::fixture::{Fixture, day};
    use crate::model::{Aggregation, Aim, GoalId};

    fn change(f: &Fixture, goal: &GoalId, as_of: &str) -> Option<Change> {
        change_of(&f.project, f.project.goal(goal).unwrap(), &f.result(goal, as_of), &f.project.check_ins_of(goal, day(as_of)))
    }

    #[track_caller]
    fn check(f: &Fixture, goal: &GoalId, as_of: &str, since: Option<&str>, value: f64, progress: f64) {
        let found = change(f, goal, as_of).unwrap();
        assert_eq!(found.since, since.map(day));
        for (found, wanted) in [(found.value, value), (found.progress, progress)] {
            assert!((found.unwrap() - wanted).abs() < 1e-9, "{found:?}, by hand {wanted}");
        }
    }

    /// 100 to 200 over the year; 110 in January, 130 in February, 135 in March.
    fn monthly() -> (Fixture, GoalId) {
        let mut f = Fixture::new();
        let users = f.monthly("Users", Aggregation::Last, "2026-01-01", &[110.0, 130.0, 135.0]);
        let goal = f.key_result(Aim::Increase { start: 100.0, target: 200.0 }, Some(&users), "2026-01-01", "2026-12-31");
        (f, goal)
    }

    #[test]
    fn a_value_is_compared_with_the_one_known_at_the_check_in_before_it_came() {
        let (mut f, goal) = monthly();
        f.check_in(&goal, "2026-02-10", 0.0);
        // February is over on the 28th; on the 10th January's 110 was known.
        check(&f, &goal, "2026-03-05", Some("2026-02-10"), 20.0, 0.2);
        // A check-in after it came changes nothing: the step is still the news.
        f.check_in(&goal, "2026-03-04", 0.0);
        check(&f, &goal, "2026-03-05", Some("2026-02-10"), 20.0, 0.2);
        // March is compared with what was known on 4 March.
        check(&f, &goal, "2026-03-31", Some("2026-03-04"), 5.0, 0.05);
    }

    #[test]
    fn without_a_check_in_it_is_the_value_before() {
        let (f, goal) = monthly();
        check(&f, &goal, "2026-03-05", None, 20.0, 0.2);
        assert_eq!(change(&f, &goal, "2026-02-05"), None, "January is the first value");
    }

    #[test]
    fn what_check_ins_carry_is_compared_with_the_one_before() {
        let mut f = Fixture::new();
        let goal = f.increase(0.0, 50.0, "2026-01-01", "2026-12-31");
        f.check_in(&goal, "2026-02-02", 10.0);
        assert_eq!(change(&f, &goal, "2026-02-05"), None);
        f.check_in(&goal, "2026-02-09", 25.0);
        check(&f, &goal, "2026-02-09", Some("2026-02-02"), 15.0, 0.3);
    }

    #[test]
    fn an_objective_moves_by_the_weighted_mean_of_its_measured_parts() {
        let (mut f, goal) = monthly();
        // The second has no earlier value; the third has none at all.
        let fresh = f.increase(0.0, 50.0, "2026-01-01", "2026-12-31");
        f.check_in(&fresh, "2026-03-02", 10.0);
        let unknown = f.increase(0.0, 50.0, "2026-01-01", "2026-12-31");
        let evaluation = f.evaluate("2026-03-05");
        let parts = [&goal, &fresh, &unknown].map(|id| {
            let result = evaluation.goal(id).unwrap();
            ChangedPart { share: result.weight_share.unwrap(), result, change: change(&f, id, "2026-03-05") }
        });
        let found = change_of_parts(&f.project, parts).unwrap();
        assert!((found.progress.unwrap() - 0.1).abs() < 1e-9, "{found:?}: 20 points over the two that have progress");
        assert_eq!(change_of_parts(&f.project, parts[1..].iter().copied()), None);
    }

    #[test]
    fn what_is_over_achieved_counts_as_one() {
        let mut f = Fixture::new();
        let users = f.monthly("Users", Aggregation::Last, "2026-01-01", &[190.0, 240.0]);
        let goal = f.key_result(Aim::Increase { start: 100.0, target: 200.0 }, Some(&users), "2026-01-01", "2026-12-31");
        let evaluation = f.evaluate("2026-03-05");
        let part = ChangedPart { share: 1.0, result: evaluation.goal(&goal).unwrap(), change: change(&f, &goal, "2026-03-05") };
        let found = change_of_parts(&f.project, [part]).unwrap();
        assert!((found.progress.unwrap() - 0.1).abs() < 1e-9, "from 90 % to 100 %, not to 140 %: {found:?}");
    }
}
