//! Cycles: made by a pattern, renamed, moved in time, and removed.

use super::{Change, put_goal, quoted};
use crate::document::{Edit, Entity, EntityId};
use crate::model::{Cycle, CycleId, CyclePattern, Date, Goal, Project, Span};

/// The most cycles that are made at once.
pub const MOST_CYCLES: usize = 40;

/// A cycle that a pattern asks for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PlannedCycle {
    pub name: String,
    pub start: Date,
    pub end: Date,
    /// The name of the cycle that has this span or this name already: then none is made.
    pub there: Option<String>,
}

/// The next `count` cycles of a pattern, from the one that contains a day on. Quarters, halves and years are those of the fiscal year.
pub fn planned_cycles(project: &Project, pattern: CyclePattern, from: Date, count: usize) -> Vec<PlannedCycle> {
    let calendar = &project.settings.calendar;
    let mut period = pattern.period_of(calendar, from);
    let mut planned = Vec::new();
    for _ in 0..count.min(MOST_CYCLES) {
        let name = pattern.name(calendar, period);
        let same = |c: &&Cycle| (c.start == period.first && c.end == period.last) || c.name.trim() == name;
        let there = project.cycles.values().find(same).map(|c| c.name.clone());
        planned.push(PlannedCycle { name, start: period.first, end: period.last, there });
        period = pattern.next(calendar, period);
    }
    planned
}

/// Makes the planned cycles that are not there yet; `None` where all are.
pub fn add_cycles(planned: &[PlannedCycle], mut new_id: impl FnMut() -> CycleId) -> Option<Change> {
    let new: Vec<Cycle> = planned
        .iter()
        .filter(|p| p.there.is_none())
        .map(|p| Cycle { id: new_id(), name: p.name.clone(), start: p.start, end: p.end })
        .collect();
    let label = match &new[..] {
        [] => return None,
        [cycle] => format!("Add cycle {}", quoted(&cycle.name)),
        [first, .., last] => format!("Add {} cycles, {} to {}", new.len(), first.name, last.name),
    };
    Some(Change::new(label, Edit::Batch(new.into_iter().map(|c| Edit::Put(Entity::Cycle(c))).collect())))
}

pub fn rename_cycle(cycle: &Cycle, name: impl Into<String>) -> Change {
    let label = format!("Rename cycle {}", quoted(&cycle.name));
    Change::new(label, Edit::Put(Entity::Cycle(Cycle { name: name.into(), ..cycle.clone() })))
}

/// Goals of the cycle without dates of their own move along.
pub fn set_cycle_span(cycle: &Cycle, start: Date, end: Date) -> Change {
    let label = format!("Change dates of cycle {}", quoted(&cycle.name));
    Change::new(label, Edit::Put(Entity::Cycle(Cycle { start, end, ..cycle.clone() })))
}

/// Goals of the cycle go to another one, whose dates they take where they have none of their own; where those would stand against
/// their own dates, they keep the dates that they had.
pub fn remove_cycle_into(project: &Project, cycle: &Cycle, other: &Cycle) -> Change {
    let mut edits: Vec<Edit> = Vec::new();
    for goal in project.goals.values().filter(|g| g.cycle.as_ref() == Some(&cycle.id)) {
        let (start, due) = (goal.start.unwrap_or(other.start), goal.due.unwrap_or(other.end));
        let span = if start <= due { Span { start: goal.start, due: goal.due } } else { project.span(goal) };
        edits.push(put_goal(Goal { cycle: Some(other.id.clone()), start: span.start, due: span.due, ..Goal::clone(goal) }));
    }
    edits.push(Edit::Remove(EntityId::Cycle(cycle.id.clone())));
    Change::new(format!("Remove cycle {}", quoted(&cycle.name)), Edit::Batch(edits))
}

/// How many goals name a cycle themselves: what its removal changes.
pub fn goals_naming(project: &Project, cycle: &CycleId) -> usize {
    project.goals.values().filter(|g| g.cycle.as_ref() == Some(cycle)).count()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::{apply, edits};
    use crate::model::{Calendar, GoalId, ProjectId};
    use std::sync::Arc;

    fn day(text: &str) -> Date {
        text.parse().unwrap()
    }

    fn ids() -> impl FnMut() -> CycleId {
        let mut next = 0;
        move || {
            next += 1;
            CycleId::from_random(next)
        }
    }

    #[test]
    fn four_quarters_are_made_and_those_that_exist_are_not_made_twice() {
        let mut project = Project::empty(ProjectId::from_random(1), "P");
        let first = planned_cycles(&project, CyclePattern::Quarters, day("2026-11-21"), 2);
        let change = add_cycles(&first, ids()).unwrap();
        assert_eq!(change.label, "Add 2 cycles, Q4 2026 to Q1 2027");
        apply(&mut project, change.edit).unwrap();
        assert_eq!(add_cycles(&planned_cycles(&project, CyclePattern::Quarters, day("2026-12-31"), 2), ids()), None);

        let planned = planned_cycles(&project, CyclePattern::Quarters, day("2026-11-21"), 4);
        let there: Vec<_> = planned.iter().map(|p| (p.name.as_str(), p.there.as_deref())).collect();
        assert_eq!(there, [("Q4 2026", Some("Q4 2026")), ("Q1 2027", Some("Q1 2027")), ("Q2 2027", None), ("Q3 2027", None)]);
        let more = add_cycles(&planned, ids()).unwrap();
        assert_eq!(more.label, "Add 2 cycles, Q2 2027 to Q3 2027");
        // One of the same span under another name counts as there, too.
        let year = Cycle { id: CycleId::from_random(50), name: "FY 2027".to_owned(), start: day("2027-01-01"), end: day("2027-12-31") };
        apply(&mut project, Edit::Put(Entity::Cycle(year))).unwrap();
        let years = planned_cycles(&project, CyclePattern::Years, day("2027-06-01"), 1);
        assert_eq!(years[0].there.as_deref(), Some("FY 2027"));
    }

    #[test]
    fn a_fiscal_year_from_october_names_its_halves() {
        let mut project = Project::empty(ProjectId::from_random(1), "P");
        project.settings.calendar = Calendar { fiscal_start_month: 10, ..Calendar::default() };
        let planned = planned_cycles(&project, CyclePattern::Halves, day("2026-11-21"), 2);
        let shown: Vec<_> = planned.iter().map(|p| format!("{} {} {}", p.name, p.start, p.end)).collect();
        assert_eq!(shown, ["H1 FY27 2026-10-01 2027-03-31", "H2 FY27 2027-04-01 2027-09-30"]);
        assert_eq!(planned_cycles(&project, CyclePattern::Years, day("2026-11-21"), 1000).len(), MOST_CYCLES);
    }

    fn with_goals() -> (Project, Cycle, Cycle) {
        let mut project = Project::empty(ProjectId::from_random(1), "P");
        let cycle = |n: u64, name: &str, start: &str, end: &str| Cycle {
            id: CycleId::from_random(n),
            name: name.to_owned(),
            start: day(start),
            end: day(end),
        };
        let (q4, q1) = (cycle(4, "Q4 2026", "2026-10-01", "2026-12-31"), cycle(1, "Q1 2027", "2027-01-01", "2027-03-31"));
        for (n, due) in [(1, None), (2, Some(day("2026-11-30")))] {
            let goal = Goal { cycle: Some(q4.id.clone()), due, ..Goal::objective(GoalId::from_random(n), None, "G") };
            project.goals.insert(goal.id.clone(), Arc::new(goal));
        }
        for cycle in [&q4, &q1] {
            project.cycles.insert(cycle.id.clone(), cycle.clone());
        }
        (project, q4, q1)
    }

    #[test]
    fn goals_of_a_removed_cycle_go_to_another_or_keep_its_dates() {
        let (mut project, q4, q1) = with_goals();
        let start = project.clone();
        assert_eq!(goals_naming(&project, &q4.id), 2);
        let inverse = apply(&mut project, remove_cycle_into(&start, &q4, &q1).edit).unwrap();
        let of = |project: &Project, n: u64| {
            let goal = project.goal(&GoalId::from_random(n)).unwrap();
            (goal.cycle.clone(), project.span(goal))
        };
        let span = |start: &str, due: &str| Span { start: Some(day(start)), due: Some(day(due)) };
        assert_eq!(of(&project, 1), (Some(q1.id.clone()), span("2027-01-01", "2027-03-31")));
        assert_eq!(of(&project, 2), (Some(q1.id.clone()), span("2026-10-01", "2026-11-30")), "due before the other begins: as it was");
        assert_eq!(project.validate(), []);
        apply(&mut project, inverse).unwrap();
        assert_eq!(project, start);

        apply(&mut project, edits::remove_cycle(&start, &q4).edit).unwrap();
        assert_eq!(of(&project, 1), (None, span("2026-10-01", "2026-12-31")));
    }

    #[test]
    fn dates_that_a_goal_stands_against_are_refused_by_its_name() {
        let (mut project, q4, _) = with_goals();
        let error = apply(&mut project, set_cycle_span(&q4, day("2026-12-01"), day("2026-12-31")).edit).unwrap_err();
        assert!(error.to_string().starts_with("“G” is due on 2026-11-30, before it starts on 2026-12-01"), "{error}");
        let change = rename_cycle(&q4, "Autumn");
        assert_eq!(change.label, "Rename cycle “Q4 2026”");
        apply(&mut project, change.edit).unwrap();
        assert_eq!(project.cycles[&q4.id].name, "Autumn");
    }
}
