//! What a finding of the goal lint can be mended by with one click.
//!
//! Only changes that leave nothing to decide: where there is more than one way out, people choose.

use std::sync::Arc;

use super::edits;
use super::{Change, Edit, Entity};
use crate::analysis::leaf;
use crate::analysis::lint::{Finding, Rule, possible_parents, pursued_roots};
use crate::model::{Aim, Date, Direction, Goal, GoalKind, GoalState, Initiative, Metric, Place, Project, Role, Span, Tree, Weight};

/// The change that mends a finding, where there is exactly one that does. Changes of dates and targets are kept in the ledger as of
/// `as_of`. `None`, too, where what was promised by the goal, or by one above it, has changed after that day.
pub fn repair(project: &Project, finding: &Finding, as_of: Date) -> Option<Change> {
    match (&finding.place, finding.rule) {
        (Place::Goal(id), rule) => {
            let is_as_then = Tree::path(project, id).iter().all(|goal| goal.ledger.iter().all(|entry| entry.on <= as_of));
            repair_goal(project, project.goal(id).filter(|_| is_as_then)?, rule, finding, as_of)
        }
        (Place::Metric(id), Rule::KpiWithoutGoal) => link_to_only_objective(project, project.metric(id)?),
        _ => None,
    }
}

fn repair_goal(project: &Project, goal: &Goal, rule: Rule, finding: &Finding, as_of: Date) -> Option<Change> {
    match rule {
        Rule::NoOwner => {
            let owner = above(project, goal).find_map(|g| Some(g.owner.trim()).filter(|owner| !owner.is_empty()))?;
            Some(edits::set_owner(goal, owner))
        }
        Rule::NoDates => dates_from_above(project, goal, as_of),
        Rule::OutsideParent => into_parent(project, goal, as_of),
        Rule::NoStart => start_from_current(project, goal, as_of),
        Rule::NoParent => {
            let roots = project.goals.values().map(Arc::as_ref).filter(|g| g.parent.is_none());
            match possible_parents(goal, project.span(goal), &pursued_roots(roots, |g| project.span(g))).as_slice() {
                [only] => Some(edits::move_goal(project, goal, Some(&only.id), None)),
                _ => None,
            }
        }
        Rule::TaskAsKeyResult => as_initiative(project, goal),
        Rule::OutOfReach | Rule::TooEasy => Some(edits::set_target(goal, finding.target?, as_of, "What the forecast gives a good chance")),
        _ => None,
    }
}

/// The goals above one, the nearest first.
fn above<'a>(project: &'a Project, goal: &'a Goal) -> impl Iterator<Item = &'a Goal> {
    Tree::path(project, &goal.id).into_iter().rev().skip(1)
}

/// What a goal does not say itself it takes from the nearest goal above that does: its cycle where that is all there is to say.
fn dates_from_above(project: &Project, goal: &Goal, as_of: Date) -> Option<Change> {
    let parent = above(project, goal).next()?;
    let says_nothing = |g: &Goal| g.start.is_none() && g.due.is_none();
    if says_nothing(goal)
        && goal.cycle.is_none()
        && says_nothing(parent)
        && let Some(cycle) = &parent.cycle
    {
        return Some(edits::set_cycle(goal, Some(cycle.clone())));
    }
    let own = project.span(goal);
    let start = own.start.or_else(|| above(project, goal).find_map(|g| project.span(g).start))?;
    let due = own.due.or_else(|| above(project, goal).find_map(|g| project.span(g).due))?;
    (start <= due).then(|| with_span(goal, own, start, due, as_of, "Taken from the goal above"))
}

fn into_parent(project: &Project, goal: &Goal, as_of: Date) -> Option<Change> {
    let (own, parent) = (project.span(goal), project.span(above(project, goal).next()?));
    let start = own.start.max(parent.start.filter(|_| own.start.is_some()));
    let due = own.due.zip(parent.due).map(|(own, parent)| own.min(parent)).or(own.due);
    match (start, due) {
        (Some(start), Some(due)) if start > due => None,
        (start, due) => {
            let changed = |new: Option<Date>, old: Option<Date>, said: Option<Date>| if new == old { said } else { new };
            let (start, due) = (changed(start, own.start, goal.start), changed(due, own.due, goal.due));
            Some(edits::set_dates(goal, start, due, as_of, "Brought inside the dates of the goal above"))
        }
    }
}

/// What a goal leaves to its cycle stays so.
fn with_span(goal: &Goal, own: Span, start: Date, due: Date, as_of: Date, why: &str) -> Change {
    let start = if own.start == Some(start) { goal.start } else { Some(start) };
    let due = if own.due == Some(due) { goal.due } else { Some(due) };
    edits::set_dates(goal, start, due, as_of, why)
}

/// A baseline with a target begins at its latest value, if that leaves some way to go.
fn start_from_current(project: &Project, goal: &Goal, as_of: Date) -> Option<Change> {
    let Aim::Baseline { direction, target: Some(target) } = goal.as_key_result()?.aim else { return None };
    let start = leaf(project, goal, as_of).current?.value;
    let aim = match direction {
        Direction::Up if start < target => Aim::Increase { start, target },
        Direction::Down if start > target => Aim::Decrease { start, target },
        Direction::Up | Direction::Down | Direction::Within => return None,
    };
    Some(edits::set_aim(goal, aim, as_of, "The baseline is known"))
}

/// A milestone that is work becomes an initiative with the same steps. One that has initiatives of its own is left to people.
fn as_initiative(project: &Project, goal: &Goal) -> Option<Change> {
    let Aim::Milestone { steps } = &goal.as_key_result()?.aim else { return None };
    if project.goals.values().any(|g| g.parent.as_ref() == Some(&goal.id)) {
        return None;
    }
    let kind = GoalKind::Initiative(Initiative { steps: steps.clone(), ..Initiative::default() });
    let changed = Goal { kind, weight: Weight::Free(0.0), ..goal.clone() };
    let label = format!("Make an initiative of “{}”", goal.title);
    Some(Change { label, edit: Edit::Put(Entity::Goal(Arc::new(changed))) })
}

fn link_to_only_objective(project: &Project, metric: &Metric) -> Option<Change> {
    let mut open = project.goals.values().filter(|g| g.is_objective() && !g.archived && g.state == GoalState::Active);
    let only = open.next().filter(|_| open.next().is_none())?;
    Some(edits::link(only, metric, Role::Driver))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::analysis::evaluate;
    use crate::analysis::fixture::{Fixture, day};
    use crate::analysis::lint::lint;
    use crate::document::apply;
    use crate::model::arbitrary::projects;
    use crate::model::{Aggregation, Cycle, CycleId, GoalId, LedgerChange};

    fn findings(project: &Project, as_of: Date) -> Vec<Finding> {
        let tree = Tree::of(project);
        lint(project, &tree, &evaluate(project, &tree, as_of))
    }

    /// Mends the one finding of a rule; says what undo would show.
    #[track_caller]
    fn mended(project: &mut Project, rule: Rule, as_of: &str) -> String {
        let found: Vec<Finding> = findings(project, day(as_of)).into_iter().filter(|f| f.rule == rule).collect();
        assert_eq!(found.len(), 1, "{rule}");
        let change = repair(project, &found[0], day(as_of)).expect("a repair");
        apply(project, change.edit).unwrap();
        assert!(findings(project, day(as_of)).iter().all(|f| f.rule != rule), "{rule}");
        change.label
    }

    fn fixture() -> (Fixture, GoalId) {
        let mut f = Fixture::new();
        let root = f.root.clone();
        f.edit_goal(&root, |g| {
            g.owner = "Growth".to_owned();
            (g.start, g.due) = (Some(day("2026-01-01")), Some(day("2026-12-31")));
        });
        let goal = f.milestone(&[None, None], "2026-02-01", "2026-06-30");
        f.edit_goal(&goal, |g| g.owner = "Mobile".to_owned());
        (f, goal)
    }

    #[test]
    fn an_owner_and_dates_come_from_above() {
        let (mut f, goal) = fixture();
        f.edit_goal(&goal, |g| {
            g.owner = String::new();
            g.due = None;
        });
        assert_eq!(mended(&mut f.project, Rule::NoOwner, "2026-03-01"), "Change owner of “Key result”");
        mended(&mut f.project, Rule::NoDates, "2026-03-01");
        let goal = f.project.goal(&goal).unwrap();
        assert_eq!((goal.owner.as_str(), goal.start, goal.due), ("Growth", Some(day("2026-02-01")), Some(day("2026-12-31"))));
        assert_eq!(goal.ledger[0].change, LedgerChange::Due { old: None, new: Some(day("2026-12-31")) });
    }

    #[test]
    fn where_the_goal_above_has_a_cycle_it_is_taken() {
        let (mut f, goal) = fixture();
        let cycle = CycleId::from_random(1);
        let (start, end) = (day("2026-01-01"), day("2026-12-31"));
        f.project.cycles.insert(cycle.clone(), Cycle { id: cycle.clone(), name: "2026".to_owned(), start, end });
        let root = f.root.clone();
        f.edit_goal(&root, |g| (g.cycle, g.start, g.due) = (Some(cycle.clone()), None, None));
        f.edit_goal(&goal, |g| (g.start, g.due) = (None, None));
        mended(&mut f.project, Rule::NoDates, "2026-03-01");
        assert_eq!(f.project.goal(&goal).unwrap().cycle, Some(cycle));
    }

    #[test]
    fn dates_are_brought_inside_those_above_unless_nothing_would_be_left() {
        let (mut f, goal) = fixture();
        f.edit_goal(&goal, |g| g.due = Some(day("2027-02-28")));
        mended(&mut f.project, Rule::OutsideParent, "2026-03-01");
        assert_eq!(f.project.goal(&goal).unwrap().due, Some(day("2026-12-31")));
        f.edit_goal(&goal, |g| (g.start, g.due, g.ledger) = (Some(day("2027-01-01")), Some(day("2027-02-28")), Vec::new()));
        let found = findings(&f.project, day("2026-03-01")).into_iter().find(|f| f.rule == Rule::OutsideParent).unwrap();
        assert_eq!(repair(&f.project, &found, day("2026-03-01")), None);
    }

    #[test]
    fn a_target_out_of_reach_becomes_one_with_a_good_chance() {
        let (mut f, _) = fixture();
        let values: Vec<f64> = (0..28).map(|i| 1_000.0 + 20.0 * f64::from(i) + [40.0, -30.0, -10.0][i as usize % 3]).collect();
        let users = f.monthly("Users", Aggregation::Last, "2024-01-01", &values);
        let goal = f.key_result(Aim::Increase { start: 1_460.0, target: 9_000.0 }, Some(&users), "2026-01-01", "2026-12-31");
        f.edit_goal(&goal, |g| g.owner = "Growth".to_owned());
        let stand = |f: &Fixture| {
            let result = crate::analysis::leaf(&f.project, f.project.goal(&goal).unwrap(), day("2026-05-10"));
            (result.target.unwrap(), result.likelihood.unwrap().judged)
        };
        let as_of = "2026-05-10";
        assert_eq!(mended(&mut f.project, Rule::OutOfReach, as_of), "Change target of “Key result”");
        let (target, chance) = stand(&f);
        // A round number on the easier side of 70 %.
        assert!(target % 10.0 == 0.0 && (0.7..0.85).contains(&chance), "{target} {chance}");
    }

    #[test]
    fn a_baseline_begins_at_its_latest_value() {
        let (mut f, _) = fixture();
        let metric = f.monthly("Sharing", Aggregation::Last, "2026-01-01", &[20.0, 25.0]);
        let aim = Aim::Baseline { direction: Direction::Up, target: Some(40.0) };
        let goal = f.key_result(aim, Some(&metric), "2026-01-01", "2026-12-31");
        mended(&mut f.project, Rule::NoStart, "2026-03-05");
        assert_eq!(f.project.goal(&goal).unwrap().as_key_result().unwrap().aim, Aim::Increase { start: 25.0, target: 40.0 });
    }

    #[test]
    fn an_objective_finds_its_parent_a_task_its_kind_a_metric_its_goal() {
        let (mut f, goal) = fixture();
        f.edit_goal(&goal, |g| g.title = "Launch the new website".to_owned());
        assert_eq!(mended(&mut f.project, Rule::TaskAsKeyResult, "2026-03-01"), "Make an initiative of “Launch the new website”");
        assert!(matches!(&f.project.goal(&goal).unwrap().kind, GoalKind::Initiative(i) if i.steps.len() == 2));

        let metric = f.monthly("Visits", Aggregation::Last, "2026-01-01", &[1.0]);
        mended(&mut f.project, Rule::KpiWithoutGoal, "2026-03-01");
        assert!(f.project.links.values().any(|l| l.metric == metric && l.goal == f.root));

        let id = GoalId::from_random(77);
        let quarter = Goal { start: Some(day("2026-01-01")), due: Some(day("2026-03-31")), ..Goal::objective(id.clone(), None, "Q1") };
        f.project.goals.insert(id.clone(), Arc::new(quarter));
        mended(&mut f.project, Rule::NoParent, "2026-03-01");
        assert_eq!(f.project.goal(&id).unwrap().parent, Some(f.root.clone()));
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(96))]

        #[test]
        fn every_repair_applies_keeps_the_project_sound_and_removes_its_finding(project in projects(8), year in 2024i32..2028, month in 1u32..13) {
            let as_of = Date::from_ymd_opt(year, month, 15).unwrap();
            for finding in findings(&project, as_of) {
                prop_assert!(!finding.why.is_empty());
                let Some(change) = repair(&project, &finding, as_of) else { continue };
                let mut mended = project.clone();
                prop_assert!(apply(&mut mended, change.edit).is_ok(), "{finding:?}");
                prop_assert_eq!(mended.validate(), Vec::new());
                let still = findings(&mended, as_of).into_iter().any(|f| (&f.place, f.rule) == (&finding.place, finding.rule));
                prop_assert!(!still, "{finding:?}");
            }
        }
    }
}
