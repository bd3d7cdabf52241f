//! Which goals belong to a cycle, and which cycle comes next.

use std::collections::BTreeSet;

use super::{Cadence, Calendar, Cycle, CycleId, Date, Goal, GoalId, Period, Project, Tree, date_words, period_words};

/// The spans that planning follows, all counted from the start of the fiscal year.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum CyclePattern {
    #[default]
    Quarters,
    Halves,
    Years,
}

impl CyclePattern {
    pub const ALL: [Self; 3] = [Self::Quarters, Self::Halves, Self::Years];

    pub fn word(self) -> &'static str {
        match self {
            Self::Quarters => "Quarters",
            Self::Halves => "Halves",
            Self::Years => "Years",
        }
    }

    /// The span of the pattern that contains a day.
    pub fn period_of(self, calendar: &Calendar, date: Date) -> Period {
        match self {
            Self::Quarters => calendar.period_of(Cadence::Quarterly, date),
            Self::Years => calendar.period_of(Cadence::Yearly, date),
            Self::Halves => {
                let here = calendar.period_of(Cadence::Quarterly, date);
                if matches!(calendar.fiscal_quarter(date), 1 | 3) {
                    Period { first: here.first, last: calendar.next(Cadence::Quarterly, here).last }
                } else {
                    Period { first: calendar.previous(Cadence::Quarterly, here).first, last: here.last }
                }
            }
        }
    }

    pub fn next(self, calendar: &Calendar, period: Period) -> Period {
        self.period_of(calendar, period.last.succ_opt().unwrap_or(period.last))
    }

    /// "Q4 2026", "H2 2026", "2026"; where the fiscal year does not start in January "Q3 FY27", "H2 FY27", "FY27".
    pub fn name(self, calendar: &Calendar, period: Period) -> String {
        match self {
            Self::Quarters => period_words(calendar, Cadence::Quarterly, period),
            Self::Years => period_words(calendar, Cadence::Yearly, period),
            Self::Halves => {
                let half = if calendar.fiscal_quarter(period.first) <= 2 { 1 } else { 2 };
                format!("H{half} {}", period_words(calendar, Cadence::Yearly, period))
            }
        }
    }

    /// The pattern that a span follows exactly, if it does.
    pub fn of_span(calendar: &Calendar, start: Date, end: Date) -> Option<Self> {
        Self::ALL.into_iter().find(|pattern| pattern.period_of(calendar, start) == Period { first: start, last: end })
    }
}

/// The goals of one cycle in the tree.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct CycleGoals {
    /// Goals whose cycle it is, their own or the one of the nearest goal above that names one.
    pub members: BTreeSet<GoalId>,
    /// Goals of other cycles above them, which show where they hang.
    pub above: BTreeSet<GoalId>,
}

impl CycleGoals {
    /// Whether the goal is listed when only this cycle is.
    pub fn shows(&self, goal: &GoalId) -> bool {
        self.members.contains(goal) || self.above.contains(goal)
    }
}

impl Project {
    /// The cycle a goal belongs to: its own, else the one of the nearest goal above that names one.
    pub fn cycle_of(&self, goal: &Goal) -> Option<&Cycle> {
        let id = goal.cycle.as_ref().or_else(|| Tree::path(self, &goal.id).into_iter().rev().find_map(|g| g.cycle.as_ref()))?;
        self.cycles.get(id)
    }

    /// The goals of a cycle, archived ones and what is under them left out. One pass over the tree.
    pub fn goals_of_cycle(&self, tree: &Tree, cycle: &CycleId) -> CycleGoals {
        let mut found = CycleGoals::default();
        // From the root to the goal at hand: the goal, and the cycle that holds for it.
        let mut path: Vec<(&GoalId, Option<&CycleId>)> = Vec::new();
        let mut archived_to = 0;
        for (index, seat) in tree.seats().iter().enumerate() {
            let Some(goal) = self.goal(&seat.goal).filter(|_| index >= archived_to) else { continue };
            if goal.archived {
                archived_to = seat.end;
                continue;
            }
            path.truncate(seat.depth);
            let holds = goal.cycle.as_ref().or_else(|| path.last().and_then(|(_, cycle)| *cycle));
            if holds == Some(cycle) {
                found.members.insert(goal.id.clone());
                for (above, of) in &path {
                    if *of != Some(cycle) {
                        found.above.insert((*above).clone());
                    }
                }
            }
            path.push((&goal.id, holds));
        }
        found
    }

    /// The goals that carry a goal on, by id.
    pub fn successors(&self, goal: &GoalId) -> Vec<&Goal> {
        self.goals.values().map(AsRef::as_ref).filter(|g| g.predecessor.as_ref() == Some(goal)).collect()
    }

    /// All cycles, earliest first; of two that start on one day the shorter comes first.
    pub fn cycles_in_order(&self) -> Vec<&Cycle> {
        let mut cycles: Vec<&Cycle> = self.cycles.values().collect();
        cycles.sort_by(|a, b| (a.start, a.end, &a.name, &a.id).cmp(&(b.start, b.end, &b.name, &b.id)));
        cycles
    }

    /// The cycle that follows a span: of those that start after its end the earliest, the one nearest in length where several do.
    pub fn cycle_after(&self, start: Date, end: Date) -> Option<&Cycle> {
        let length = (end - start).num_days();
        let like = |cycle: &Cycle| ((cycle.end - cycle.start).num_days() - length).abs();
        self.cycles_in_order().into_iter().filter(|c| c.start > end).min_by_key(|c| (c.start, like(c)))
    }

    /// The cycle that leads up to a span: of those that end before its start the latest, the one nearest in length where several do.
    pub fn cycle_before(&self, start: Date, end: Date) -> Option<&Cycle> {
        let length = (end - start).num_days();
        let like = |cycle: &Cycle| ((cycle.end - cycle.start).num_days() - length).abs();
        self.cycles_in_order().into_iter().filter(|c| c.end < start).min_by_key(|c| (start - c.end, like(c)))
    }
}

/// The span after this one and its name: the next quarter, half or year where this is one, else as many days.
pub fn span_after(calendar: &Calendar, start: Date, end: Date) -> (Period, String) {
    if let Some(pattern) = CyclePattern::of_span(calendar, start, end) {
        let period = pattern.next(calendar, Period { first: start, last: end });
        return (period, pattern.name(calendar, period));
    }
    let first = end.succ_opt().unwrap_or(end);
    let last = first.checked_add_signed(end - start).unwrap_or(Date::MAX);
    (Period { first, last }, format!("{} – {}", date_words(first), date_words(last)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::ProjectId;
    use std::sync::Arc;

    fn day(text: &str) -> Date {
        text.parse().unwrap()
    }

    fn names(fiscal_start_month: u32, pattern: CyclePattern, from: &str, count: usize) -> Vec<String> {
        let calendar = Calendar { fiscal_start_month, ..Calendar::default() };
        let mut period = pattern.period_of(&calendar, day(from));
        let mut names = Vec::new();
        for _ in 0..count {
            names.push(format!("{}: {} to {}", pattern.name(&calendar, period), period.first, period.last));
            period = pattern.next(&calendar, period);
        }
        names
    }

    #[test]
    fn spans_are_named_as_the_fiscal_calendar_says() {
        use CyclePattern::{Halves, Quarters, Years};
        assert_eq!(names(1, Quarters, "2026-11-21", 2), ["Q4 2026: 2026-10-01 to 2026-12-31", "Q1 2027: 2027-01-01 to 2027-03-31"]);
        assert_eq!(names(1, Halves, "2026-06-30", 2), ["H1 2026: 2026-01-01 to 2026-06-30", "H2 2026: 2026-07-01 to 2026-12-31"]);
        assert_eq!(names(1, Years, "2026-06-30", 1), ["2026: 2026-01-01 to 2026-12-31"]);
        // A fiscal year from April is named after the year in which it ends.
        assert_eq!(names(4, Quarters, "2027-01-01", 2), ["Q4 FY27: 2027-01-01 to 2027-03-31", "Q1 FY28: 2027-04-01 to 2027-06-30"]);
        assert_eq!(names(4, Halves, "2027-01-01", 2), ["H2 FY27: 2026-10-01 to 2027-03-31", "H1 FY28: 2027-04-01 to 2027-09-30"]);
        assert_eq!(names(4, Years, "2026-04-01", 1), ["FY27: 2026-04-01 to 2027-03-31"]);
        // From February, where a half crosses the turn of the year.
        assert_eq!(names(2, Halves, "2027-01-31", 1), ["H2 FY27: 2026-08-01 to 2027-01-31"]);
    }

    #[test]
    fn every_day_lies_in_its_span_and_spans_follow_without_a_gap() {
        for month in 1..=12 {
            let calendar = Calendar { fiscal_start_month: month, ..Calendar::default() };
            for pattern in CyclePattern::ALL {
                let mut date = day("2027-01-01");
                while date < day("2029-01-01") {
                    let period = pattern.period_of(&calendar, date);
                    assert!(period.contains(date), "{pattern:?} from {month}: {date}");
                    assert_eq!(pattern.next(&calendar, period).first, period.last.succ_opt().unwrap());
                    assert_eq!(CyclePattern::of_span(&calendar, period.first, period.last), Some(pattern));
                    date = date.checked_add_days(chrono::Days::new(9)).unwrap();
                }
            }
        }
    }

    #[test]
    fn a_span_of_its_own_length_follows_where_there_is_no_pattern() {
        let calendar = Calendar::default();
        let (period, name) = span_after(&calendar, day("2026-09-01"), day("2026-10-12"));
        assert_eq!((period.first, period.last), (day("2026-10-13"), day("2026-11-23")));
        assert_eq!(name, "13 Oct 2026 – 23 Nov 2026");
        assert_eq!(span_after(&calendar, day("2026-10-01"), day("2026-12-31")).1, "Q1 2027");
    }

    fn goal_id(word: &str) -> GoalId {
        GoalId::parse(&format!("g-{word}")).unwrap()
    }

    /// Year (FY): quarter (Q4): part; and far, which names no cycle.
    fn project() -> (Project, CycleId, CycleId) {
        let mut project = Project::empty(ProjectId::from_random(1), "P");
        let cycle = |word: &str, start: &str, end: &str| Cycle {
            id: CycleId::parse(&format!("c-{word}")).unwrap(),
            name: word.to_owned(),
            start: day(start),
            end: day(end),
        };
        let (year, quarter) = (cycle("fy", "2026-01-01", "2026-12-31"), cycle("q4", "2026-10-01", "2026-12-31"));
        let (fy, q4) = (year.id.clone(), quarter.id.clone());
        for cycle in [year, quarter, cycle("q3", "2026-07-01", "2026-09-30"), cycle("q1", "2027-01-01", "2027-03-31")] {
            project.cycles.insert(cycle.id.clone(), cycle);
        }
        let mut add = |word: &str, parent: Option<&str>, cycle: Option<&CycleId>| {
            let goal = Goal { cycle: cycle.cloned(), ..Goal::objective(goal_id(word), parent.map(goal_id), word) };
            project.goals.insert(goal.id.clone(), Arc::new(goal));
        };
        add("year", None, Some(&fy));
        add("quarter", Some("year"), Some(&q4));
        add("part", Some("quarter"), None);
        add("far", None, None);
        (project, fy, q4)
    }

    #[test]
    fn a_goal_without_a_cycle_belongs_to_that_of_the_goal_above() {
        let (mut project, fy, q4) = project();
        let set = |words: &[&str]| words.iter().map(|w| goal_id(w)).collect::<BTreeSet<_>>();
        let tree = Tree::of(&project);
        let of = |project: &Project, cycle: &CycleId| project.goals_of_cycle(&tree, cycle);
        assert_eq!(of(&project, &q4), CycleGoals { members: set(&["quarter", "part"]), above: set(&["year"]) });
        assert_eq!(of(&project, &fy), CycleGoals { members: set(&["year"]), above: set(&[]) });
        for goal in project.goals.values() {
            let cycle = project.cycle_of(goal).map(|c| &c.id);
            for id in project.cycles.keys() {
                assert_eq!(of(&project, id).members.contains(&goal.id), cycle == Some(id), "{} in {id}", goal.title);
            }
        }
        Arc::make_mut(project.goals.get_mut(&goal_id("quarter")).unwrap()).archived = true;
        assert_eq!(of(&project, &q4), CycleGoals::default(), "what is archived is not listed, nor what is under it");
    }

    #[test]
    fn the_neighbours_of_a_cycle_are_those_of_its_length() {
        let (project, _, _) = project();
        let after = |start: &str, end: &str| project.cycle_after(day(start), day(end)).map(|c| c.name.as_str());
        let before = |start: &str, end: &str| project.cycle_before(day(start), day(end)).map(|c| c.name.as_str());
        assert_eq!((after("2026-07-01", "2026-09-30"), before("2027-01-01", "2027-03-31")), (Some("q4"), Some("q4")));
        assert_eq!((after("2027-01-01", "2027-03-31"), before("2026-07-01", "2026-09-30")), (None, None));
        assert_eq!(before("2027-01-01", "2027-12-31"), Some("fy"));
        let names: Vec<&str> = project.cycles_in_order().into_iter().map(|c| c.name.as_str()).collect();
        assert_eq!(names, ["fy", "q3", "q4", "q1"]);
    }
}
