//! Check-ins: what somebody says of a goal on a day, and the point of its metric that goes with it.

use std::collections::BTreeMap;

use super::{Change, quoted};
use crate::analysis::evaluate;
use crate::document::apply::apply;
use crate::document::{Edit, Entity, EntityId};
use crate::model::{CheckIn, CheckInId, Date, Goal, GoalId, MetricId, Point, Project, Status, StatusOverride, Tree, date_words};

/// What is said of a goal on a day, before it is written down.
#[derive(Clone, Debug, PartialEq)]
pub struct NewCheckIn {
    pub goal: GoalId,
    pub date: Date,
    pub value: Option<f64>,
    /// 0…10.
    pub confidence: Option<u8>,
    /// Set by hand, and why.
    pub status: Option<(Status, String)>,
    pub note: String,
    pub by: String,
    /// The value as a point of the goal's metric, where it is to be recorded there too.
    pub point: Option<(MetricId, Point)>,
}

/// One check-in and its point, as one step. A goal has one check-in a day: one that is there is changed, and keeps its id.
pub fn check_in(project: &Project, said: NewCheckIn, id: CheckInId) -> Change {
    let label = project.goal(&said.goal).map_or_else(|| "Check in".to_owned(), |g| format!("Check in: {}", super::shortened(&g.title)));
    Change::new(label, written(project, vec![(said, id)]))
}

/// Several check-ins as one step.
pub fn check_in_all(project: &Project, mut said: Vec<(NewCheckIn, CheckInId)>) -> Change {
    if said.len() == 1
        && let Some((one, id)) = said.pop()
    {
        return check_in(project, one, id);
    }
    Change::new(format!("Check in on {} goals", said.len()), written(project, said))
}

/// The check-in of a goal on a day: the last written one, where a file has several.
pub fn check_in_on<'a>(project: &'a Project, goal: &GoalId, date: Date) -> Option<&'a CheckIn> {
    project.check_ins.values().rfind(|c| &c.goal == goal && c.date == date)
}

/// Points first, then the check-ins. What is computed at the time of an override is what is computed with all of them in place: else an
/// override would lapse by the value that it came with.
fn written(project: &Project, said: Vec<(NewCheckIn, CheckInId)>) -> Edit {
    let mut edits = Vec::new();
    let mut statuses: BTreeMap<CheckInId, (Status, String)> = BTreeMap::new();
    let mut new: Vec<CheckIn> = Vec::new();
    for (NewCheckIn { goal, date, value, confidence, status, note, by, point }, id) in said {
        let id = check_in_on(project, &goal, date).map_or(id, |there| there.id.clone());
        if let Some((metric, point)) = point {
            edits.push(Edit::Points { metric, changes: vec![(point.at, Some(point))] });
        }
        if let Some(status) = status {
            statuses.insert(id.clone(), status);
        }
        new.push(CheckIn { id, goal, date, value, confidence, status: None, note, by });
    }
    if let Some(date) = new.iter().filter(|c| statuses.contains_key(&c.id)).map(|c| c.date).max() {
        let mut then = project.clone();
        let all = edits.iter().cloned().chain(new.iter().cloned().map(|c| Edit::Put(Entity::CheckIn(c)))).collect();
        // What cannot be applied is refused with its reason when it is applied to the document.
        if apply(&mut then, Edit::Batch(all)).is_ok() {
            let found = evaluate(&then, &Tree::of(&then), date);
            for check_in in &mut new {
                let set = statuses.remove(&check_in.id);
                check_in.status = set.zip(found.goal(&check_in.goal)).map(|((status, why), result)| StatusOverride {
                    status,
                    computed: result.computed,
                    why,
                });
            }
        }
    }
    edits.extend(new.into_iter().map(|c| Edit::Put(Entity::CheckIn(c))));
    Edit::Batch(edits)
}

/// A correction of a check-in that is there. The points of a metric stay as they are.
pub fn change_check_in(project: &Project, check_in: CheckIn) -> Change {
    let label = format!("Change check-in of {}{}", date_words(check_in.date), on(project.goal(&check_in.goal)));
    Change::new(label, Edit::Put(Entity::CheckIn(check_in)))
}

/// The points of a metric stay as they are.
pub fn remove_check_in(project: &Project, check_in: &CheckIn) -> Change {
    let label = format!("Remove check-in of {}{}", date_words(check_in.date), on(project.goal(&check_in.goal)));
    Change::new(label, Edit::Remove(EntityId::CheckIn(check_in.id.clone())))
}

fn on(goal: Option<&Goal>) -> String {
    goal.map_or_else(String::new, |g| format!(" on {}", quoted(&g.title)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analysis::fixture::{Fixture, day};
    use crate::model::{Aggregation, Aim, Stamp};

    fn id(n: u64) -> CheckInId {
        CheckInId::from_random(n)
    }

    fn said(goal: &GoalId, on: &str) -> NewCheckIn {
        NewCheckIn {
            goal: goal.clone(),
            date: day(on),
            value: None,
            confidence: Some(6),
            status: None,
            note: String::new(),
            by: "Ana".to_owned(),
            point: None,
        }
    }

    #[test]
    fn a_value_is_written_down_and_recorded_in_one_step_that_is_taken_back_whole() {
        let mut f = Fixture::new();
        let users = f.monthly("Users", Aggregation::Last, "2026-01-01", &[110.0]);
        let goal = f.key_result(Aim::Increase { start: 100.0, target: 200.0 }, Some(&users), "2025-12-31", "2026-12-31");
        let at = Stamp::from_date(day("2026-02-01"));
        let new = NewCheckIn { value: Some(130.0), point: Some((users.clone(), Point::new(at, 130.0))), ..said(&goal, "2026-03-02") };
        let Change { label, edit } = check_in(&f.project, new, id(900));
        assert_eq!(label, "Check in: Key result");
        let before = f.project.clone();
        let inverse = apply(&mut f.project, edit).unwrap();
        assert_eq!(f.metric(&users).series.get(at).unwrap().value, 130.0);
        let written = &f.project.check_ins[&id(900)];
        assert_eq!((written.value, written.confidence, written.by.as_str()), (Some(130.0), Some(6), "Ana"));
        apply(&mut f.project, inverse).unwrap();
        assert_eq!(f.project, before);
    }

    #[test]
    fn a_second_check_in_on_a_day_changes_the_first() {
        let mut f = Fixture::new();
        let goal = f.increase(0.0, 100.0, "2026-01-01", "2026-12-31");
        let first = f.check_in(&goal, "2026-03-02", 10.0);
        let Change { edit, .. } = check_in(&f.project, NewCheckIn { value: Some(12.0), ..said(&goal, "2026-03-02") }, id(900));
        apply(&mut f.project, edit).unwrap();
        assert_eq!(f.project.check_ins.keys().collect::<Vec<_>>(), [&first]);
        assert_eq!(f.project.check_ins[&first].value, Some(12.0));
    }

    #[test]
    fn an_override_holds_against_the_status_that_its_own_value_gives() {
        let mut f = Fixture::new();
        // Half of the time has passed on 2 July 2026 (182 of 364 days).
        let goal = f.increase(0.0, 100.0, "2026-01-01", "2026-12-31");
        f.check_in(&goal, "2026-06-20", 60.0);
        assert_eq!(f.result(&goal, "2026-07-02").computed, Status::OnTrack);
        let status = Some((Status::AtRisk, "The vendor left".to_owned()));
        let new = NewCheckIn { value: Some(40.0), status, ..said(&goal, "2026-07-02") };
        let Change { edit, .. } = check_in(&f.project, new, id(900));
        apply(&mut f.project, edit).unwrap();
        let result = f.result(&goal, "2026-07-02");
        assert_eq!((result.status, result.computed, result.overridden), (Status::AtRisk, Status::Behind, Some(id(900))));
    }

    #[test]
    fn all_in_one_step() {
        let mut f = Fixture::new();
        let goals = [f.increase(0.0, 10.0, "2026-01-01", "2026-12-31"), f.increase(0.0, 10.0, "2026-01-01", "2026-12-31")];
        let all = |goals: &[GoalId]| goals.iter().zip(900..).map(|(g, n)| (said(g, "2026-03-02"), id(n))).collect();
        assert_eq!(check_in_all(&f.project, all(&goals[..1])).label, "Check in: Key result");
        let Change { label, edit } = check_in_all(&f.project, all(&goals));
        assert_eq!(label, "Check in on 2 goals");
        apply(&mut f.project, edit).unwrap();
        assert_eq!(f.project.check_ins.len(), 2);
    }

    #[test]
    fn corrections_and_removals_name_the_day_and_the_goal() {
        let mut f = Fixture::new();
        let goal = f.increase(0.0, 100.0, "2026-01-01", "2026-12-31");
        let there = f.check_in(&goal, "2026-03-02", 10.0);
        let there = f.project.check_ins[&there].clone();
        assert_eq!(remove_check_in(&f.project, &there).label, "Remove check-in of 2 Mar 2026 on “Key result”");
        let changed = CheckIn { note: "Better".to_owned(), ..there };
        assert_eq!(change_check_in(&f.project, changed).label, "Change check-in of 2 Mar 2026 on “Key result”");
    }
}
