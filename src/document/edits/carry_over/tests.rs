use proptest::prelude::*;

use super::*;
use crate::analysis::fixture::{Fixture, day};
use crate::analysis::{evaluate, suggested_score};
use crate::document::arbitrary::Random;
use crate::document::{apply, edits};
use crate::model::arbitrary::projects;
use crate::model::{CycleId, DEFAULT_REQUIRED_SHARE, GoalState, Role, TargetStage, Tree};

fn q2() -> Cycle {
    Cycle { id: CycleId::from_random(2), name: "Q2 2026".to_owned(), start: day("2026-04-01"), end: day("2026-06-30") }
}

fn carried(project: &Project, id: &GoalId, current: Option<f64>) -> CarriedGoal {
    let goal = project.goal(id).unwrap();
    let aim = goal.as_key_result().map(|k| carried_aim(project, k, current));
    CarriedGoal { goal: id.clone(), title: goal.title.clone(), aim, steps: CarriedSteps::Keep }
}

fn ids(from: u64) -> impl FnMut() -> GoalId {
    let mut next = from;
    move || {
        next += 1;
        GoalId::from_random(next)
    }
}

fn aim(f: &Fixture, key_result: &KeyResult, current: f64) -> Aim {
    carried_aim(&f.project, key_result, Some(current))
}

#[test]
fn a_key_result_begins_anew_at_its_current_value() {
    let f = Fixture::new();
    let up = KeyResult::new(Aim::Increase { start: 100.0, target: 200.0 }, None);
    assert_eq!(aim(&f, &up, 160.0), Aim::Increase { start: 160.0, target: 200.0 }, "the target lies ahead");
    assert_eq!(aim(&f, &up, 210.0), Aim::Increase { start: 210.0, target: 310.0 }, "reached: the same growth again");
    assert_eq!(aim(&f, &up, 90.0), Aim::Increase { start: 90.0, target: 200.0 }, "it fell back");
    assert_eq!(carried_aim(&f.project, &up, None), up.aim, "nothing is known of its value");
    let down = KeyResult::new(Aim::Decrease { start: 10.0, target: 4.0 }, None);
    assert_eq!(aim(&f, &down, 7.0), Aim::Decrease { start: 7.0, target: 4.0 });
    assert_eq!(aim(&f, &down, 3.0), Aim::Decrease { start: 3.0, target: 1.0 }, "by the same factor, where six less would be below zero");
    let stay = KeyResult::new(Aim::AtLeast { threshold: 99.9, required_share: DEFAULT_REQUIRED_SHARE }, None);
    assert_eq!(aim(&f, &stay, 99.95), stay.aim);
    let first = KeyResult::new(Aim::Baseline { direction: crate::model::Direction::Up, target: Some(50.0) }, None);
    assert_eq!(aim(&f, &first, 40.0), Aim::Increase { start: 40.0, target: 50.0 }, "the baseline is known now");
}

#[test]
fn totals_begin_at_nothing_again() {
    let mut f = Fixture::new();
    let total = KeyResult { accumulating: true, ..KeyResult::new(Aim::Increase { start: 0.0, target: 500.0 }, None) };
    assert_eq!(aim(&f, &total, 430.0), total.aim);
    let signups = f.monthly("Sign-ups", Aggregation::Sum, "2026-01-01", &[1.0]);
    let summed = KeyResult::new(Aim::Increase { start: 0.0, target: 500.0 }, Some(signups));
    assert_eq!(aim(&f, &summed, 430.0), summed.aim);
}

/// Root, with a key result from 100 to 200 that stands at 160, and under it an initiative of two steps, one of them done.
fn planned() -> (Fixture, GoalId, GoalId) {
    let mut f = Fixture::new();
    let users = f.monthly("Users", Aggregation::Last, "2026-01-01", &[120.0, 140.0, 160.0]);
    let goal = f.key_result(Aim::Increase { start: 100.0, target: 200.0 }, Some(&users), "2026-01-01", "2026-03-31");
    f.edit_goal(&goal, |g| {
        g.weight = Weight::Pinned(0.8);
        if let GoalKind::KeyResult(key_result) = &mut g.kind {
            key_result.pace = Pace::Steps;
            key_result.stages = vec![TargetStage { by: day("2026-02-28"), value: 150.0 }];
        }
    });
    let steps =
        vec![Step { title: "First".to_owned(), done_on: Some(day("2026-02-01")) }, Step { title: "Second".to_owned(), done_on: None }];
    let initiative = GoalId::from_random(900);
    let work = Goal::initiative(initiative.clone(), goal.clone(), "Work", Initiative { steps, ..Initiative::default() });
    f.project.goals.insert(initiative.clone(), std::sync::Arc::new(work));
    let root = f.root.clone();
    f.link(&root, &users, Role::Guardrail);
    f.link(&goal, &users, Role::Driver);
    (f, goal, initiative)
}

#[test]
fn a_subtree_goes_over_with_its_structure_links_and_weights_in_one_step() {
    let (mut f, goal, initiative) = planned();
    let (root, start) = (f.root.clone(), f.project.clone());
    let goals = vec![
        carried(&start, &root, None),
        carried(&start, &goal, Some(160.0)),
        CarriedGoal { steps: CarriedSteps::Reset, title: "Work again".to_owned(), ..carried(&start, &initiative, None) },
    ];
    let close = vec![ClosedGoal { goal: goal.clone(), score: 0.6, suggested: Some(0.6), note: "Carried over to Q2 2026".to_owned() }];
    let plan = CarryOver { into: q2(), goals, close, on: day("2026-03-31") };
    let (change, new) = carry_over(&start, &plan, ids(1000)).unwrap();
    assert_eq!(change.label, "Carry 3 goals over to Q2 2026");
    let inverse = apply(&mut f.project, change.edit).unwrap();
    assert_eq!(f.project.validate(), []);
    let of = |id: &GoalId| f.project.goal(&new[id]).unwrap();
    assert_eq!(of(&goal).parent.as_ref(), Some(&new[&root]));
    assert_eq!(of(&initiative).parent.as_ref(), Some(&new[&goal]));
    assert_eq!((of(&goal).predecessor.as_ref(), &of(&goal).cycle), (Some(&goal), &Some(q2().id)));
    assert_eq!(of(&goal).weight, Weight::Pinned(0.8), "under the new objective its share is the same");
    assert_eq!(f.project.span(of(&goal)), f.project.span(of(&root)));
    let key_result = of(&goal).as_key_result().unwrap();
    assert_eq!(key_result.aim, Aim::Increase { start: 160.0, target: 200.0 });
    assert_eq!((key_result.pace, key_result.stages.len()), (Pace::Linear, 0), "stages were days of the old cycle");
    let GoalKind::Initiative(work) = &of(&initiative).kind else { panic!() };
    assert_eq!((of(&initiative).title.as_str(), work.steps.iter().filter(|s| s.done_on.is_some()).count()), ("Work again", 0));
    let roles = |id: &GoalId| f.project.linked_metrics(id).into_iter().map(|(_, link)| link.role).collect::<Vec<_>>();
    assert_eq!((roles(&new[&root]), roles(&new[&goal])), (vec![Role::Guardrail], vec![Role::Driver]));
    let GoalState::Closed(closing) = &f.project.goal(&goal).unwrap().state else { panic!() };
    assert_eq!((closing.score, closing.on), (0.6, day("2026-03-31")));
    assert_eq!(f.project.goal(&root).unwrap().state, GoalState::Active, "only what was named is closed");
    assert!(f.project.goal(&new[&root]).unwrap().order > f.project.goal(&root).unwrap().order, "behind its siblings");
    apply(&mut f.project, inverse).unwrap();
    assert_eq!(f.project, start);
}

#[test]
fn alone_a_key_result_stays_under_its_objective_and_gives_up_its_pin() {
    let (mut f, goal, _) = planned();
    let start = f.project.clone();
    let plan = CarryOver { into: q2(), goals: vec![carried(&start, &goal, Some(160.0))], close: Vec::new(), on: day("2026-03-31") };
    let (change, new) = carry_over(&start, &plan, ids(1000)).unwrap();
    assert_eq!(change.label, "Carry “Key result” over to Q2 2026");
    apply(&mut f.project, change.edit).unwrap();
    let copy = f.project.goal(&new[&goal]).unwrap();
    assert_eq!((copy.parent.as_ref(), copy.weight), (Some(&f.root), Weight::Free(1.0)), "0.8 twice is more than the whole");
    assert_eq!(f.project.validate(), []);
    let nothing = CarryOver { goals: Vec::new(), ..plan };
    assert!(carry_over(&start, &nothing, ids(1)).is_err());
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(300))]

    #[test]
    fn whatever_is_carried_over_the_project_stays_sound_and_undo_takes_it_back(project in projects(10), seed: u64) {
        let mut random = Random(seed);
        let tree = Tree::of(&project);
        let on = day("2030-06-01");
        let evaluation = evaluate(&project, &tree, on);
        let wanted: Vec<GoalId> = project.goals.keys().filter(|_| random.below(3) > 0).cloned().collect();
        let mut goals = Vec::new();
        let mut close = Vec::new();
        for (goal, _) in edits::open_goals(&project, &tree, &wanted) {
            if random.below(5) == 0 {
                continue;
            }
            let result = evaluation.goal(&goal.id);
            let steps = random.pick(&[CarriedSteps::Keep, CarriedSteps::Reset]);
            goals.push(CarriedGoal { steps, ..carried(&project, &goal.id, result.and_then(|r| r.current).map(|c| c.value)) });
            if let Some(score) = result.and_then(|r| r.score).filter(|_| random.below(2) == 0) {
                let score = suggested_score(score);
                close.push(ClosedGoal { goal: goal.id.clone(), score, suggested: Some(score), note: String::new() });
            }
        }
        let count = goals.len();
        let plan = CarryOver { into: q2(), goals, close, on };
        let Ok((change, new)) = carry_over(&project, &plan, ids(5_000)) else {
            prop_assert_eq!(count, 0);
            return Ok(());
        };
        let mut after = project.clone();
        let inverse = apply(&mut after, change.edit).unwrap();
        prop_assert_eq!(after.validate(), vec![]);
        prop_assert_eq!(after.goals.len(), project.goals.len() + count, "every new goal has an id of its own");
        for (old, id) in &new {
            let (old, goal) = (project.goal(old).unwrap(), after.goal(id).unwrap());
            prop_assert_eq!(goal.predecessor.as_ref(), Some(&old.id));
            let parent = old.parent.as_ref().map(|p| new.get(p).unwrap_or(p));
            prop_assert_eq!(goal.parent.as_ref(), parent, "the structure is the same");
            prop_assert_eq!(after.linked_metrics(id).len(), project.linked_metrics(&old.id).len());
        }
        apply(&mut after, inverse).unwrap();
        prop_assert_eq!(after, project);
    }
}
