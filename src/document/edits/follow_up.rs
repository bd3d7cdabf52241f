//! What next, when a key result is reached: a higher target, staying there, or the end.

use super::carry_over::same_growth_again;
use super::{Change, add_goal, quoted, set_target};
use crate::analysis::{GoalResult, ScoreBand, suggested_score};
use crate::document::{Edit, Entity};
use crate::model::{Aim, Cycle, DEFAULT_REQUIRED_SHARE, Date, Goal, GoalId, GoalState, KeyResult, Project, Status};

/// What can follow on a key result that is reached; each is one step.
#[derive(Clone, Debug, PartialEq)]
pub struct FollowUps {
    /// The target that asks for the same growth again, while the key result is open.
    pub raise_to: Option<f64>,
    /// The aim of a key result that stays where this one got to.
    pub keep: Option<Aim>,
    /// The score to close it with, while it is open.
    pub close_with: Option<f64>,
}

/// The follow-ups of a key result that is achieved, or closed with a good score; none for others, and none where a goal carries it on
/// already.
pub fn follow_ups(project: &Project, goal: &Goal, result: &GoalResult) -> Option<FollowUps> {
    let key_result = goal.as_key_result()?;
    let is_closed = matches!(goal.state, GoalState::Closed(_));
    let is_good = result.score.is_some_and(|score| ScoreBand::of(score, goal.horizon) == ScoreBand::Good);
    let is_reached = if is_closed { is_good } else { result.computed == Status::Achieved };
    if !is_reached || goal.archived || !project.successors(&goal.id).is_empty() {
        return None;
    }
    let keep = match key_result.aim {
        Aim::Increase { target, .. } if !key_result.accumulating => {
            Some(Aim::AtLeast { threshold: target, required_share: DEFAULT_REQUIRED_SHARE })
        }
        Aim::Decrease { target, .. } => Some(Aim::AtMost { threshold: target, required_share: DEFAULT_REQUIRED_SHARE }),
        _ => None,
    };
    Some(FollowUps {
        raise_to: raised(project, key_result).filter(|_| !is_closed),
        keep,
        close_with: result.score.map(suggested_score).filter(|_| !is_closed),
    })
}

/// The same growth again, as far as the metric can go.
fn raised(project: &Project, key_result: &KeyResult) -> Option<f64> {
    let (Aim::Increase { start, target } | Aim::Decrease { start, target }) = key_result.aim else { return None };
    let bounds = key_result.metric.as_ref().and_then(|id| project.metric(id)).map(|m| m.bounds).unwrap_or_default();
    let mut next = same_growth_again(start, target);
    if let Some(upper) = bounds.upper {
        next = next.min(upper);
    }
    if let Some(lower) = bounds.lower {
        next = next.max(lower);
    }
    ((next > target) == (target > start) && next != target && next.is_finite()).then_some(next)
}

/// A higher (or lower) target in place of the one that was reached, kept in the ledger.
pub fn raise_target(goal: &Goal, target: f64, on: Date) -> Change {
    let change = set_target(goal, target, on, "The target before was reached");
    Change::new(format!("Raise target of {}", quoted(&goal.title)), change.edit)
}

/// "Keep MAU at or above 10 M".
pub fn kept_title(project: &Project, goal: &Goal, aim: &Aim) -> String {
    let metric = goal.as_key_result().and_then(|k| k.metric.as_ref()).and_then(|id| project.metric(id));
    let locale = &project.settings.locale;
    let value = |value: f64| metric.map_or_else(|| locale.short(value, 2), |m| locale.value(value, &m.unit, m.decimals));
    let name = metric.map_or(goal.title.as_str(), |m| m.short_name());
    match *aim {
        Aim::AtLeast { threshold, .. } => format!("Keep {name} at or above {}", value(threshold)),
        Aim::AtMost { threshold, .. } => format!("Keep {name} at or below {}", value(threshold)),
        _ => goal.title.clone(),
    }
}

/// A key result beside this one that stays where it got to. With a cycle it belongs to that one, which is added where it is new; else
/// it runs from `on` to the due date of this one.
pub fn keep_level(project: &Project, goal: &Goal, aim: Aim, id: &GoalId, into: Option<&Cycle>, on: Date) -> Change {
    let metric = goal.as_key_result().and_then(|k| k.metric.clone());
    let title = kept_title(project, goal, &aim);
    let label = format!("Add key result {}", quoted(&title));
    let (cycle, start, due) = match into {
        Some(cycle) => (Some(cycle.id.clone()), None, None),
        None => (goal.cycle.clone(), Some(on), goal.due),
    };
    let kind = Goal::key_result(id.clone(), goal.parent.clone().unwrap_or_else(|| id.clone()), title, KeyResult::new(aim, metric));
    let kept = Goal {
        parent: goal.parent.clone(),
        owner: goal.owner.clone(),
        cycle,
        start,
        due,
        horizon: goal.horizon,
        driven_by: goal.driven_by,
        stage: goal.stage,
        tags: goal.tags.clone(),
        check_in_cadence: goal.check_in_cadence,
        predecessor: Some(goal.id.clone()),
        ..kind
    };
    let mut edits = Vec::new();
    if let Some(cycle) = into.filter(|c| project.cycles.get(&c.id) != Some(*c)) {
        edits.push(Edit::Put(Entity::Cycle(cycle.clone())));
    }
    edits.push(add_goal(project, kept).edit);
    Change::new(label, Edit::Batch(edits))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analysis::fixture::{Fixture, day};
    use crate::document::{apply, edits};
    use crate::model::{Aggregation, Bounds, CycleId};

    /// From 100 to 200, at 210 by the end of March.
    fn reached() -> (Fixture, GoalId) {
        let mut f = Fixture::new();
        let users = f.monthly("Users", Aggregation::Last, "2026-01-01", &[150.0, 190.0, 210.0]);
        let goal = f.key_result(Aim::Increase { start: 100.0, target: 200.0 }, Some(&users), "2026-01-01", "2026-06-30");
        (f, goal)
    }

    fn of(f: &Fixture, goal: &GoalId, on: &str) -> Option<FollowUps> {
        follow_ups(&f.project, f.project.goal(goal).unwrap(), f.evaluate(on).goal(goal).unwrap())
    }

    #[test]
    fn a_reached_key_result_can_be_raised_kept_or_closed() {
        let (mut f, goal) = reached();
        assert_eq!(of(&f, &goal, "2026-03-15"), None, "190 of 200 is not there yet");
        let found = of(&f, &goal, "2026-04-02").unwrap();
        let keep = Aim::AtLeast { threshold: 200.0, required_share: DEFAULT_REQUIRED_SHARE };
        assert_eq!(found, FollowUps { raise_to: Some(300.0), keep: Some(keep.clone()), close_with: Some(1.0) });

        // Bounds hold: there is no way beyond 200.
        let metric = f.project.goal(&goal).unwrap().as_key_result().unwrap().metric.clone().unwrap();
        f.edit_metric(&metric, |m| m.bounds = Bounds { lower: None, upper: Some(250.0) });
        assert_eq!(of(&f, &goal, "2026-04-02").unwrap().raise_to, Some(250.0));
        f.edit_metric(&metric, |m| m.bounds = Bounds { lower: None, upper: Some(200.0) });
        assert_eq!(of(&f, &goal, "2026-04-02").unwrap().raise_to, None);

        let start = f.project.clone();
        let old = f.project.goal(&goal).unwrap().clone();
        let id = GoalId::from_random(77);
        let change = keep_level(&f.project, &old, keep, &id, None, day("2026-04-02"));
        assert_eq!(change.label, "Add key result “Keep Users at or above 200”");
        let inverse = apply(&mut f.project, change.edit).unwrap();
        let kept = f.project.goal(&id).unwrap();
        assert_eq!((kept.start, kept.due, kept.predecessor.as_ref()), (Some(day("2026-04-02")), Some(day("2026-06-30")), Some(&goal)));
        assert_eq!(f.project.validate(), []);
        assert_eq!(of(&f, &goal, "2026-04-02"), None, "it is carried on");
        apply(&mut f.project, inverse).unwrap();
        assert_eq!(f.project, start);
    }

    #[test]
    fn raising_keeps_the_old_target_in_the_ledger() {
        let (mut f, goal) = reached();
        let change = raise_target(f.project.goal(&goal).unwrap(), 300.0, day("2026-04-02"));
        assert_eq!(change.label, "Raise target of “Key result”");
        apply(&mut f.project, change.edit).unwrap();
        assert_eq!(f.project.goal(&goal).unwrap().ledger.len(), 1);
        assert_eq!(of(&f, &goal, "2026-04-02"), None, "there is something to reach again");
    }

    #[test]
    fn a_closed_one_can_only_be_carried_on() {
        let (mut f, goal) = reached();
        let closed = edits::ClosedGoal { goal: goal.clone(), score: 1.0, suggested: Some(1.0), note: String::new() };
        let change = edits::close_goals(&f.project, &[closed], day("2026-06-30"));
        apply(&mut f.project, change.edit).unwrap();
        let found = of(&f, &goal, "2026-07-02").unwrap();
        assert_eq!((found.raise_to, found.close_with), (None, None));
        let next = Cycle { id: CycleId::from_random(5), name: "Q3 2026".to_owned(), start: day("2026-07-01"), end: day("2026-09-30") };
        let old = f.project.goal(&goal).unwrap().clone();
        let change = keep_level(&f.project, &old, found.keep.unwrap(), &GoalId::from_random(78), Some(&next), day("2026-07-02"));
        apply(&mut f.project, change.edit).unwrap();
        assert_eq!(f.project.validate(), []);
        assert_eq!(f.project.cycles.get(&next.id), Some(&next), "the cycle comes with it");
    }

    #[test]
    fn the_same_growth_again_never_crosses_zero() {
        assert_eq!(same_growth_again(100.0, 200.0), 300.0);
        assert_eq!(same_growth_again(10.0, 8.0), 6.0);
        // From 10 to 4 and on by the same factor: −2 would make no sense of a time.
        assert_eq!(same_growth_again(10.0, 4.0), 1.6);
        assert_eq!(same_growth_again(33.4, 38.0), 42.6);
    }
}
