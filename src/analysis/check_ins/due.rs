//! When the next check-in of each goal is due.

use std::collections::BTreeMap;

use chrono::Days;

use crate::analysis::{Evaluation, GoalResult};
use crate::model::{Cadence, CheckIn, Date, Goal, GoalId, GoalKind, GoalState, Project, Status, Tree, date_words};

/// A check-in is asked for on this many days up to the end of its period: a whole week, the end of a month.
pub const ASKED_DAYS: u64 = 7;

/// How the check-ins of one goal stand on a day.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CheckIns {
    /// The goal's own, else the project's.
    pub cadence: Cadence,
    /// The day of the latest one.
    pub last: Option<Date>,
    /// The latest confidence that was given, 0…10.
    pub confidence: Option<u8>,
    /// The day by which the next one is due; in the past where it is overdue. `None` where none is asked for.
    pub due: Option<Date>,
    /// It is asked for now, or overdue.
    pub is_due: bool,
    /// Periods that ended without one since the latest, or since the goal began.
    pub overdue: u32,
}

/// All goals on the day of the evaluation. Linear in the number of goals and check-ins.
///
/// Asked for are check-ins on key results and initiatives, and on objectives with a cadence of their own; while they are active, have
/// begun, and are neither achieved nor missed; and not where they or a goal above them were put away.
pub fn check_ins(project: &Project, tree: &Tree, evaluation: &Evaluation) -> BTreeMap<GoalId, CheckIns> {
    let as_of = evaluation.as_of;
    let mut said: BTreeMap<&GoalId, Vec<&CheckIn>> = BTreeMap::new();
    for check_in in project.check_ins.values().filter(|c| c.date <= as_of) {
        said.entry(&check_in.goal).or_default().push(check_in);
    }
    let mut found = BTreeMap::new();
    let mut away_to = 0;
    for (index, seat) in tree.seats().iter().enumerate() {
        let Some(goal) = project.goal(&seat.goal) else { continue };
        if is_away(goal, as_of) {
            away_to = away_to.max(seat.end);
        }
        let Some(result) = evaluation.goal(&goal.id) else { continue };
        let mut own = said.remove(&goal.id).unwrap_or_default();
        own.sort_by_key(|c| c.date);
        let is_asked = index >= away_to && is_asked(goal, result);
        found.insert(goal.id.clone(), stand(project, goal, result, &own, is_asked, as_of));
    }
    found
}

/// Postponed, abandoned, closed or archived, with what is under it.
pub(in crate::analysis) fn is_away(goal: &Goal, as_of: Date) -> bool {
    let set_aside = match &goal.state {
        GoalState::Active => false,
        GoalState::Postponed { .. } | GoalState::Abandoned { .. } | GoalState::Closed(_) => goal.state.since().is_none_or(|s| s <= as_of),
    };
    goal.archived || set_aside
}

/// How the check-ins of a goal stand that lies under nothing that was put away; of its own, the latest is enough.
pub(in crate::analysis) fn stand_of_open(project: &Project, goal: &Goal, result: &GoalResult, own: &[&CheckIn], as_of: Date) -> CheckIns {
    stand(project, goal, result, own, is_asked(goal, result), as_of)
}

fn is_asked(goal: &Goal, result: &GoalResult) -> bool {
    let wanted = !matches!(goal.kind, GoalKind::Objective(_)) || goal.check_in_cadence.is_some();
    let open = !matches!(
        result.computed,
        Status::NotStarted | Status::Achieved | Status::Missed | Status::Postponed | Status::Abandoned | Status::Closed
    );
    wanted && open
}

fn stand(project: &Project, goal: &Goal, result: &GoalResult, own: &[&CheckIn], is_asked: bool, as_of: Date) -> CheckIns {
    let calendar = project.settings.calendar;
    let cadence = goal.check_in_cadence.unwrap_or(project.settings.check_in_cadence);
    let last = own.last().map(|c| c.date);
    let confidence = own.iter().rev().find_map(|c| c.confidence);
    let none = CheckIns { cadence, last, confidence, due: None, is_due: false, overdue: 0 };
    if !is_asked {
        return none;
    }
    let (start, end) = (result.span.start, result.span.due);
    // The last period that is asked for is the one of the due date.
    let reached = calendar.period_of(cadence, end.map_or(as_of, |end| end.min(as_of)));
    // A check-in before the start counts for the period in which the goal began.
    let since = last.max(start.map(|start| calendar.previous(cadence, calendar.period_of(cadence, start)).last));
    let first_open = since.map_or(reached, |since| calendar.next(cadence, calendar.period_of(cadence, since)));
    if end.is_some_and(|end| first_open.first > end) {
        return none;
    }
    let missing = calendar.periods_between(cadence, first_open.first, reached.first) + 1;
    let is_over = as_of > reached.last;
    let overdue = u32::try_from(if is_over { missing } else { missing - 1 }).unwrap_or(0);
    let asked_from = first_open.last.checked_sub_days(Days::new(ASKED_DAYS - 1)).unwrap_or(first_open.first);
    CheckIns { due: Some(first_open.last), is_due: overdue > 0 || (first_open.first <= as_of && asked_from <= as_of), overdue, ..none }
}

impl CheckIns {
    /// "4 weeks overdue", "due by 22 Nov 2026"; `None` while nothing is asked for.
    pub fn due_words(&self) -> Option<String> {
        let due = self.due.filter(|_| self.is_due)?;
        Some(match self.overdue {
            0 => format!("due by {}", date_words(due)),
            1 => format!("1 {} overdue", self.period_word()),
            n => format!("{n} {}s overdue", self.period_word()),
        })
    }

    /// The noun of one period: hours are not asked for.
    fn period_word(&self) -> &'static str {
        match self.cadence {
            Cadence::Hourly => Cadence::Daily.period_word(),
            cadence => cadence.period_word(),
        }
    }
}

/// How sure people were of a goal: a day and 0…10 for each check-in that says so, oldest first.
pub fn confidence_line(check_ins: &[&CheckIn]) -> Vec<(Date, u8)> {
    let mut line: Vec<(Date, u8)> = check_ins.iter().filter_map(|c| Some((c.date, c.confidence?))).collect();
    line.sort_by_key(|(date, _)| *date);
    line
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analysis::fixture::{Fixture, day};
    use crate::model::Closing;
    use chrono::Weekday;

    fn stand_of(f: &Fixture, goal: &GoalId, as_of: &str) -> CheckIns {
        check_ins(&f.project, &Tree::of(&f.project), &f.evaluate(as_of)).remove(goal).unwrap()
    }

    #[track_caller]
    fn check(f: &Fixture, goal: &GoalId, as_of: &str, due: Option<&str>, words: Option<&str>, overdue: u32) {
        let found = stand_of(f, goal, as_of);
        assert_eq!((found.due, found.due_words().as_deref(), found.overdue), (due.map(day), words, overdue), "as of {as_of}");
    }

    /// Weekly unless told otherwise; 2026-11-16 is a Monday.
    fn key_result() -> (Fixture, GoalId) {
        let mut f = Fixture::new();
        let goal = f.increase(0.0, 100.0, "2026-10-01", "2026-12-31");
        (f, goal)
    }

    #[test]
    fn a_weekly_check_in_is_due_by_the_end_of_its_week_and_then_overdue() {
        let (mut f, goal) = key_result();
        f.check_in(&goal, "2026-11-18", 40.0);
        check(&f, &goal, "2026-11-18", Some("2026-11-29"), None, 0);
        check(&f, &goal, "2026-11-22", Some("2026-11-29"), None, 0);
        check(&f, &goal, "2026-11-23", Some("2026-11-29"), Some("due by 29 Nov 2026"), 0);
        check(&f, &goal, "2026-11-29", Some("2026-11-29"), Some("due by 29 Nov 2026"), 0);
        check(&f, &goal, "2026-11-30", Some("2026-11-29"), Some("1 week overdue"), 1);
        check(&f, &goal, "2026-12-14", Some("2026-11-29"), Some("3 weeks overdue"), 3);
    }

    #[test]
    fn without_any_the_first_is_due_in_the_period_in_which_the_goal_began() {
        let (mut f, goal) = key_result();
        // 1 October 2026 is a Thursday.
        check(&f, &goal, "2026-09-30", None, None, 0);
        check(&f, &goal, "2026-10-01", Some("2026-10-04"), Some("due by 4 Oct 2026"), 0);
        // The weeks to 4, 11 and 18 October ended.
        check(&f, &goal, "2026-10-19", Some("2026-10-04"), Some("3 weeks overdue"), 3);
        f.edit_goal(&goal, |g| g.start = None);
        check(&f, &goal, "2026-10-19", Some("2026-10-25"), Some("due by 25 Oct 2026"), 0);
        // What was said long before the start does not count against the goal.
        f.edit_goal(&goal, |g| g.start = Some(day("2026-10-01")));
        f.check_in(&goal, "2026-03-01", 0.0);
        check(&f, &goal, "2026-10-02", Some("2026-10-04"), Some("due by 4 Oct 2026"), 0);
    }

    #[test]
    fn coarser_cadences_ask_in_the_last_week_of_their_fiscal_period() {
        let (mut f, goal) = key_result();
        f.project.settings.calendar.fiscal_start_month = 2;
        f.check_in(&goal, "2026-10-20", 10.0);
        for (cadence, due) in [
            (Cadence::Monthly, "2026-11-30"),
            // Quarters from February: November to January.
            (Cadence::Quarterly, "2027-01-31"),
        ] {
            f.edit_goal(&goal, |g| {
                g.check_in_cadence = Some(cadence);
                g.due = Some(day("2027-12-31"));
            });
            check(&f, &goal, "2026-11-01", Some(due), None, 0);
            let asked = day(due).checked_sub_days(Days::new(6)).unwrap();
            check(&f, &goal, &asked.pred_opt().unwrap().to_string(), Some(due), None, 0);
            assert!(stand_of(&f, &goal, &asked.to_string()).is_due, "{cadence:?}");
        }
        f.edit_goal(&goal, |g| g.check_in_cadence = Some(Cadence::Daily));
        check(&f, &goal, "2026-10-20", Some("2026-10-21"), None, 0);
        check(&f, &goal, "2026-10-21", Some("2026-10-21"), Some("due by 21 Oct 2026"), 0);
        check(&f, &goal, "2026-10-25", Some("2026-10-21"), Some("4 days overdue"), 4);
    }

    /// Whatever the cadence and the day: overdue is what was due before that day, one more period each time, and a check-in settles it.
    #[test]
    fn a_check_in_settles_what_is_due_on_every_day_of_a_year() {
        let (mut f, goal) = key_result();
        f.project.settings.calendar.fiscal_start_month = 4;
        for cadence in Cadence::ALL {
            f.edit_goal(&goal, |g| (g.check_in_cadence, g.due) = (Some(cadence), Some(day("2028-12-31"))));
            let mut before = 0;
            for days in 0..400 {
                let on = day("2026-10-01").checked_add_days(Days::new(days)).unwrap();
                let found = stand_of(&f, &goal, &on.to_string());
                assert_eq!(found.overdue > 0, found.due.unwrap() < on, "{cadence:?} {on}");
                assert!(found.overdue == before || found.overdue == before + 1, "{cadence:?} {on}");
                before = found.overdue;
                if days % 13 == 0 {
                    let said = f.check_in(&goal, &on.to_string(), 1.0);
                    let settled = stand_of(&f, &goal, &on.to_string());
                    assert!(!settled.is_due && settled.overdue == 0 && settled.due.unwrap() > on, "{cadence:?} {on}");
                    f.project.check_ins.remove(&said);
                }
            }
        }
    }

    #[test]
    fn weeks_begin_on_the_day_of_the_project() {
        let (mut f, goal) = key_result();
        // A Sunday: the first day of a week here.
        f.project.settings.calendar.first_weekday = Weekday::Sun;
        f.check_in(&goal, "2026-11-15", 40.0);
        check(&f, &goal, "2026-11-21", Some("2026-11-28"), None, 0);
        check(&f, &goal, "2026-11-22", Some("2026-11-28"), Some("due by 28 Nov 2026"), 0);
    }

    #[test]
    fn the_last_one_is_that_of_the_due_date_and_stays_due() {
        let (mut f, goal) = key_result();
        f.edit_goal(&goal, |g| g.due = Some(day("2026-11-18")));
        f.check_in(&goal, "2026-11-11", 40.0);
        check(&f, &goal, "2026-11-17", Some("2026-11-22"), Some("due by 22 Nov 2026"), 0);
        check(&f, &goal, "2026-12-20", Some("2026-11-22"), Some("1 week overdue"), 1);
        f.check_in(&goal, "2026-11-19", 60.0);
        check(&f, &goal, "2026-12-20", None, None, 0);
    }

    #[test]
    fn nothing_is_asked_of_what_was_put_away_or_is_decided() {
        let (mut f, goal) = key_result();
        let since = day("2026-11-01");
        let closing = Closing { on: since, score: 1.0, suggested: None, note: String::new() };
        for state in [
            GoalState::Postponed { since, note: String::new() },
            GoalState::Abandoned { since, note: String::new() },
            GoalState::Closed(closing),
        ] {
            f.edit_goal(&goal, |g| g.state = state.clone());
            check(&f, &goal, "2026-11-20", None, None, 0);
            // Before it was set aside it was asked for.
            assert!(stand_of(&f, &goal, "2026-10-30").is_due);
            // So is what stands under it.
            let root = f.root.clone();
            f.edit_goal(&goal, |g| g.state = GoalState::Active);
            f.edit_goal(&root, |g| g.state = state.clone());
            check(&f, &goal, "2026-11-20", None, None, 0);
            f.edit_goal(&root, |g| g.state = GoalState::Active);
        }
        assert!(stand_of(&f, &goal, "2026-11-20").is_due);
        f.edit_goal(&goal, |g| g.archived = true);
        check(&f, &goal, "2026-11-20", None, None, 0);
        f.edit_goal(&goal, |g| g.archived = false);
        f.check_in(&goal, "2026-10-20", 100.0);
        check(&f, &goal, "2026-11-20", None, None, 0);
    }

    #[test]
    fn objectives_are_asked_only_with_a_cadence_of_their_own() {
        let (mut f, _) = key_result();
        let root = f.root.clone();
        check(&f, &root, "2026-11-20", None, None, 0);
        f.edit_goal(&root, |g| (g.check_in_cadence, g.start) = (Some(Cadence::Monthly), Some(day("2026-10-05"))));
        check(&f, &root, "2026-11-20", Some("2026-10-31"), Some("1 month overdue"), 1);
    }

    #[test]
    fn the_latest_confidence_and_the_line_of_all() {
        let (mut f, goal) = key_result();
        let first = f.check_in(&goal, "2026-10-05", 1.0);
        let second = f.check_in(&goal, "2026-10-12", 2.0);
        f.check_in(&goal, "2026-10-19", 3.0);
        f.project.check_ins.get_mut(&second).unwrap().confidence = Some(4);
        f.project.check_ins.get_mut(&first).unwrap().confidence = Some(7);
        let found = stand_of(&f, &goal, "2026-10-20");
        assert_eq!((found.last, found.confidence), (Some(day("2026-10-19")), Some(4)));
        // As of an earlier day, later ones are not known.
        let found = stand_of(&f, &goal, "2026-10-06");
        assert_eq!((found.last, found.confidence), (Some(day("2026-10-05")), Some(7)));
        let line = confidence_line(&f.project.check_ins_of(&goal, day("2026-12-31")));
        assert_eq!(line, [(day("2026-10-05"), 7), (day("2026-10-12"), 4)]);
    }
}
