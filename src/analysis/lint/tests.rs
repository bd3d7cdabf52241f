//! A project that no rule finds anything in, and one change for each rule that it finds.

use std::sync::Arc;

use super::*;
use crate::analysis::fixture::{Fixture, day};
use crate::model::{
    Aggregation, Aim, Benchmark, BenchmarkKind, Cadence, Contribution, Direction, Formula, Goal, GoalId, GoalState, KeyResult, Level,
    Limit, MetricId, MissingInput, Origin, ProductStage, Role, SegmentOf, Threshold,
};

const TODAY: &str = "2026-05-20";

struct Sound {
    f: Fixture,
    users: MetricId,
    goal: GoalId,
}

/// One objective with an owner and dates; under it one key result with a metric, a start, a target, and a fresh check-in.
fn sound() -> Sound {
    let mut f = Fixture::new();
    let root = f.root.clone();
    f.edit_goal(&root, |g| {
        g.title = "Become the daily habit".to_owned();
        g.owner = "Growth".to_owned();
        (g.start, g.due) = (Some(day("2026-01-01")), Some(day("2026-12-31")));
    });
    let users = f.monthly("Active users", Aggregation::Last, "2025-11-01", &[90.0, 100.0, 105.0, 110.0, 120.0, 125.0]);
    let goal = f.key_result(Aim::Increase { start: 100.0, target: 200.0 }, Some(&users), "2026-01-01", "2026-12-31");
    f.edit_goal(&goal, |g| g.owner = "Growth".to_owned());
    f.check_in(&goal, "2026-05-18", 125.0);
    // Six values with one trend say much of any target and date; what chances make of it has a test of its own.
    f.project.settings.lint_off.extend([Rule::OutOfReach.id().to_owned(), Rule::TooEasy.id().to_owned()]);
    Sound { f, users, goal }
}

impl Sound {
    fn aim(&mut self, aim: Aim) {
        let goal = self.goal.clone();
        let metric = self.users.clone();
        self.f.edit_goal(&goal, |g| g.kind = crate::model::GoalKind::KeyResult(KeyResult::new(aim, Some(metric))));
    }

    fn without_metric(&mut self, title: &str, aim: Aim) {
        let goal = self.goal.clone();
        self.f.edit_goal(&goal, |g| {
            title.clone_into(&mut g.title);
            g.kind = crate::model::GoalKind::KeyResult(KeyResult::new(aim, None));
        });
        let (root, users) = (self.f.root.clone(), self.users.clone());
        self.f.link(&root, &users, Role::Outcome);
    }

    fn root(&mut self, edit: impl FnOnce(&mut Goal)) {
        let root = self.f.root.clone();
        self.f.edit_goal(&root, edit);
    }

    fn key_result(&mut self, edit: impl FnOnce(&mut Goal)) {
        let goal = self.goal.clone();
        self.f.edit_goal(&goal, edit);
    }

    fn found(&self) -> Vec<Finding> {
        let project = &self.f.project;
        lint(project, &Tree::of(project), &self.f.evaluate(TODAY))
    }

    #[track_caller]
    fn expect(&self, expected: &[(Rule, &str)]) {
        let found = self.found();
        let shown: Vec<(Rule, &str)> = found.iter().map(|f| (f.rule, f.why.as_str())).collect();
        assert_eq!(shown, expected);
    }

    /// Only these rules, whatever they say.
    #[track_caller]
    fn expect_rules(&self, expected: &[Rule]) {
        let found = self.found();
        assert_eq!(found.iter().map(|f| f.rule).collect::<Vec<_>>(), expected, "{found:#?}");
    }
}

fn steps(done: &[bool]) -> Aim {
    let step = |done: &bool| crate::model::Step { title: "Step".to_owned(), done_on: done.then(|| day("2026-02-01")) };
    Aim::Milestone { steps: done.iter().map(step).collect() }
}

#[test]
fn a_sound_project_has_no_findings() {
    sound().expect(&[]);
}

#[test]
fn what_is_set_aside_is_left_alone() {
    let mut s = sound();
    s.key_result(|g| g.owner = String::new());
    s.expect_rules(&[Rule::NoOwner]);
    s.key_result(|g| g.state = GoalState::Postponed { since: day(TODAY), note: String::new() });
    s.expect(&[]);
    // On the day before it was not postponed yet.
    let project = &s.f.project;
    assert_eq!(lint(project, &Tree::of(project), &s.f.evaluate("2026-05-19")).len(), 1);
    s.key_result(|g| g.state = GoalState::Active);
    s.root(|g| g.archived = true);
    s.expect(&[]);
}

#[test]
fn a_rule_that_is_off_finds_nothing() {
    for rule in [Rule::NoOwner, Rule::KpiWithoutGoal] {
        let mut s = sound();
        s.root(|g| g.owner = String::new());
        s.f.monthly("Visits", Aggregation::Last, "2026-01-01", &[1.0]);
        s.expect_rules(&[Rule::NoOwner, Rule::KpiWithoutGoal]);
        s.f.project.settings.lint_off.insert(rule.id().to_owned());
        assert!(s.found().len() == 1 && s.found()[0].rule != rule, "{rule}");
    }
}

#[test]
fn a_vague_verb_needs_a_metric() {
    let mut s = sound();
    s.root(|g| g.title = "Improve user experience".to_owned());
    // Its key result is measured.
    s.expect(&[]);
    s.without_metric("Two markets entered", steps(&[false, false]));
    s.expect(&[]);
    s.f.project.links.clear();
    s.expect_rules(&[Rule::VagueGoal, Rule::NoOutcomeMetric, Rule::KpiWithoutGoal]);
    let found = &s.found()[0];
    assert_eq!(found.why, "“improve” is true of any change, however small, and no metric says how much is enough.");
    let rewrite = "Keep it as the objective, and add a key result such as “Raise customer satisfaction (CSAT) from … to … by 31 Dec 2026”.";
    assert_eq!(found.suggestion.as_deref(), Some(rewrite));
    s.root(|g| g.title = "Improve user experience in 3 markets".to_owned());
    s.expect_rules(&[Rule::NoOutcomeMetric, Rule::KpiWithoutGoal]);
}

#[test]
fn a_key_result_is_no_task() {
    let mut s = sound();
    s.without_metric("Launch the new website", steps(&[true, false]));
    s.expect(&[(
        Rule::TaskAsKeyResult,
        "“launch” is work, and no number says what it is good for. It can be done to the last step without anything being different afterwards.",
    )]);
    s.key_result(|g| g.title = "Launch in three countries".to_owned());
    s.expect(&[]);
}

#[test]
fn a_key_result_has_a_measure_a_start_and_a_target() {
    let mut s = sound();
    s.without_metric("Twenty lighthouse customers", Aim::Increase { start: 0.0, target: 20.0 });
    s.expect(&[(Rule::NoMeasure, "It has neither a metric nor a milestone: its value is what the last check-in says.")]);

    let mut s = sound();
    s.aim(Aim::Baseline { direction: Direction::Up, target: None });
    s.expect(&[(Rule::NoTarget, "It finds out where things stand, but has no target yet, so it has no progress either.")]);
    s.aim(Aim::Baseline { direction: Direction::Up, target: Some(150.0) });
    s.expect(&[(Rule::NoStart, "It has the target 150, but no start value, so how far it has come cannot be told.")]);
    assert_eq!(s.found()[0].suggestion.as_deref(), Some("Start from 125, the latest value."));
}

#[test]
fn a_target_asks_for_something() {
    let mut s = sound();
    // December's value was 100.
    s.aim(Aim::Increase { start: 80.0, target: 100.0 });
    s.expect(&[(Rule::TargetIsStart, "On 31 Dec 2025, before it began, the value was 100 already: the target 100 asks for nothing.")]);
    s.aim(Aim::Increase { start: 80.0, target: 101.0 });
    s.expect(&[]);
    s.aim(Aim::Decrease { start: 180.0, target: 100.0 });
    s.expect_rules(&[Rule::TargetIsStart]);
    // A project is not sound with this one, but the rule says why.
    s.aim(Aim::Increase { start: 130.0, target: 130.0 });
    s.expect(&[(Rule::TargetIsStart, "The target 130 equals the start value: nothing has to change.")]);
}

#[test]
fn without_history_benchmarks_say_what_is_possible() {
    let mut s = sound();
    let users = s.users.clone();
    let benchmark = |name: &str, value, on: &str| Benchmark {
        name: name.to_owned(),
        kind: BenchmarkKind::Competitor,
        value,
        date: day(on),
        source: String::new(),
    };
    s.f.edit_metric(&users, |m| m.benchmarks = vec![benchmark("Jotter", 180.0, "2026-01-01"), benchmark("Scribe", 150.0, "2026-01-01")]);
    // Six values are a history.
    s.expect(&[]);
    let few = s.f.monthly("Few", Aggregation::Last, "2026-03-01", &[110.0, 120.0]);
    let series = Arc::clone(&s.f.metric(&few).series);
    s.f.project.metrics.remove(&few);
    s.f.edit_metric(&users, |m| m.series = series);
    s.expect(&[(
        Rule::BeyondBenchmarks,
        "The target 200 lies beyond every benchmark; the best is Jotter with 180. Active users cannot tell yet whether it is possible, after 2 values.",
    )]);
    s.f.edit_metric(&users, |m| m.benchmarks.push(benchmark("Quill", 210.0, "2026-01-01")));
    s.expect(&[]);
    // Not known yet on the day.
    s.f.edit_metric(&users, |m| m.benchmarks[2].date = day("2026-06-01"));
    s.expect_rules(&[Rule::BeyondBenchmarks]);
}

#[test]
fn an_objective_at_the_top_is_not_part_of_another_one() {
    let mut s = sound();
    let id = GoalId::from_random(50);
    let quarter = |due: &str| Goal {
        title: "Second quarter".to_owned(),
        owner: "Growth".to_owned(),
        start: Some(day("2026-04-01")),
        due: Some(day(due)),
        ..Goal::objective(id.clone(), None, "")
    };
    let of_children = |s: &mut Sound| {
        let child = GoalId::from_random(51);
        let metric = s.users.clone();
        let key_result = KeyResult::new(Aim::Increase { start: 100.0, target: 200.0 }, Some(metric));
        let goal = Goal {
            owner: "Growth".to_owned(),
            start: Some(day("2026-05-18")),
            due: Some(day("2026-06-30")),
            ..Goal::key_result(child.clone(), id.clone(), "Users", key_result)
        };
        s.f.project.goals.insert(child, Arc::new(goal));
    };
    s.f.project.goals.insert(id.clone(), Arc::new(quarter("2026-06-30")));
    of_children(&mut s);
    s.expect(&[(
        Rule::NoParent,
        "It stands at the top beside “Become the daily habit”, which runs until 31 Dec 2026: nobody can see which of the longer aims it serves.",
    )]);
    // It reaches beyond the other one: an aim of its own.
    s.f.project.goals.insert(id.clone(), Arc::new(quarter("2027-01-31")));
    s.expect(&[]);
}

#[test]
fn objectives_have_outcomes_and_metrics_have_goals() {
    let mut s = sound();
    s.without_metric("Two markets entered", steps(&[false, false]));
    s.expect(&[]);
    let (root, users) = (s.f.root.clone(), s.users.clone());
    s.f.link(&root, &users, Role::Driver);
    s.expect(&[(Rule::NoOutcomeMetric, "The one metric linked to it is a driver or a guardrail, and none of its key results has one.")]);

    let mut s = sound();
    let visits = s.f.monthly("Visits", Aggregation::Last, "2026-01-01", &[1.0]);
    s.expect(&[(Rule::KpiWithoutGoal, "It supports no goal: whatever it does, nothing follows from it.")]);
    assert_eq!(s.found()[0].place, Place::Metric(visits.clone()));
    // A part of another metric, or what a formula is made of, has its use.
    let whole = s.users.clone();
    s.f.edit_metric(&visits, |m| m.segment = Some(SegmentOf { whole, dimension: "plan".to_owned(), value: "free".to_owned() }));
    s.expect(&[]);
    s.f.edit_metric(&visits, |m| m.segment = None);
    let users = s.users.clone();
    let formula = Formula::parse(&format!("[{visits}] * 2")).unwrap();
    s.f.edit_metric(&users, |m| m.origin = Origin::Computed { formula, missing: MissingInput::Missing });
    assert!(s.found().iter().all(|f| f.rule != Rule::KpiWithoutGoal));
}

#[test]
fn dates_are_there_and_inside_those_above() {
    let mut s = sound();
    s.key_result(|g| g.due = None);
    s.expect(&[(Rule::NoDates, "It has no due date, so it is never late and never missed.")]);
    s.key_result(|g| (g.start, g.due) = (None, Some(day("2026-06-30"))));
    s.expect(&[(Rule::NoDates, "It has no start date, so there is no pace to judge it by.")]);
    s.key_result(|g| (g.start, g.due) = (Some(day("2025-12-01")), Some(day("2027-02-28"))));
    s.expect(&[(
        Rule::OutsideParent,
        "It begins on 1 Dec 2025, before the goal above it on 1 Jan 2026, and is due on 28 Feb 2027, after the goal above it on 31 Dec 2026.",
    )]);
}

#[test]
fn a_period_ends_while_the_goal_is_pursued() {
    let mut s = sound();
    let users = s.users.clone();
    s.key_result(|g| (g.start, g.due) = (Some(day("2026-05-04")), Some(day("2026-05-29"))));
    s.expect(&[(
        Rule::CadenceTooCoarse,
        "Active users is monthly, and no month ends between 4 May 2026 and 29 May 2026: there will be no value to judge it by.",
    )]);
    assert_eq!(s.found()[0].suggestion.as_deref(), Some("Record Active users weekly, or choose dates that a month ends in."));
    s.key_result(|g| g.due = Some(day("2026-05-31")));
    s.expect(&[]);
    // A formula is as slow as its slowest input.
    let sales = s.f.every("Sales", Cadence::Quarterly, Aggregation::Last, "2026-01-01", &[1.0]);
    let formula = Formula::parse(&format!("[{sales}] * 2")).unwrap();
    s.f.edit_metric(&users, |m| m.origin = Origin::Computed { formula, missing: MissingInput::Missing });
    s.expect_rules(&[Rule::CadenceTooCoarse]);
}

#[test]
fn somebody_owns_it() {
    let mut s = sound();
    s.key_result(|g| g.owner = "  ".to_owned());
    s.expect(&[(Rule::NoOwner, "Nobody answers for it.")]);
    assert_eq!(s.found()[0].suggestion.as_deref(), Some("Name one person or one team. The goal above it is Growth’s."));
    assert_eq!(s.found()[0].severity, Severity::Advice);
}

#[test]
fn something_rolls_up_into_an_objective() {
    let mut s = sound();
    let (root, users) = (s.f.root.clone(), s.users.clone());
    s.f.link(&root, &users, Role::Outcome);
    s.key_result(|g| g.contribution = Contribution::Supports);
    s.expect(&[(Rule::NoKeyResult, "What is below it does not roll up, so nothing says when it is reached.")]);
    s.key_result(|g| g.archived = true);
    s.expect(&[(Rule::NoKeyResult, "Nothing is below it, so nothing says when it is reached.")]);
}

#[test]
fn few_key_results_and_few_kpis() {
    let mut s = sound();
    let users = s.users.clone();
    for n in 2..=6 {
        let goal = s.f.key_result(Aim::Increase { start: 100.0, target: 200.0 }, Some(&users), "2026-01-01", "2026-12-31");
        s.f.edit_goal(&goal, |g| g.owner = "Growth".to_owned());
        s.f.check_in(&goal, "2026-05-18", 1.0);
        if n == 5 {
            s.expect(&[]);
        }
    }
    s.expect(&[(Rule::TooManyKeyResults, "It has 6 key results; more than 5 and none of them has everybody’s eye.")]);

    let mut s = sound();
    let root = s.f.root.clone();
    for n in 1..=25 {
        let metric = s.f.monthly("Metric", Aggregation::Last, "2026-01-01", &[1.0]);
        let goal = if n <= 8 { root.clone() } else { s.goal.clone() };
        s.f.link(&goal, &metric, Role::Driver);
        match n {
            7 => s.expect(&[]),
            24 => s.expect_rules(&[Rule::TooManyKpis]),
            _ => {}
        }
    }
    // With the one that the key result is measured by.
    s.expect(&[
        (Rule::TooManyKpis, "8 metrics are linked to it; a few that matter beat many, and 7 are plenty."),
        (Rule::TooManyKpisInProject, "The project has 26 KPIs; a few that matter beat many, and 25 are plenty."),
    ]);
    assert_eq!(s.found()[1].place, Place::Project);
}

#[test]
fn metrics_suit_the_stage_of_the_product() {
    let mut s = sound();
    let users = s.users.clone();
    s.f.project.settings.stage = Some(ProductStage::Launch);
    s.expect(&[]);
    s.f.edit_metric(&users, |m| m.level = Level::Granular);
    s.expect(&[(
        Rule::TooGranular,
        "Active users is granular, and the product is being launched: such numbers move by chance while few people use it.",
    )]);
    // The goal's own stage comes first.
    s.root(|g| g.stage = Some(ProductStage::Maturity));
    s.expect(&[]);
    s.f.edit_metric(&users, |m| m.level = Level::Foundational);
    s.expect_rules(&[Rule::OnlyFoundational]);
    s.root(|g| g.stage = Some(ProductStage::Growth));
    s.expect(&[]);
}

#[test]
fn a_target_has_a_chance_and_asks_for_something() {
    let mut s = sound();
    s.f.project.settings.lint_off.clear();
    // Seven more each month: about 181 in December.
    s.expect(&[]);
    s.aim(Aim::Increase { start: 100.0, target: 400.0 });
    let found = s.found();
    assert_eq!(found.iter().map(|f| f.rule).collect::<Vec<_>>(), [Rule::OutOfReach]);
    assert!(found[0].why.starts_with("Under 1 % likely: for Dec 2026 the forecast is 181, in 8 of 10 cases between "), "{}", found[0].why);
    let target = found[0].target.unwrap();
    let advised = format!("A target of {target} has a chance of 70 %; or say what will make more possible than before.");
    assert_eq!(found[0].suggestion.as_ref(), Some(&advised));
    assert!(target < 181.0 && target > 150.0, "{target}");
    // That target is in order, and the one that is met already is no fault of the target.
    s.aim(Aim::Increase { start: 100.0, target });
    s.expect(&[]);
    s.aim(Aim::Increase { start: 100.0, target: 135.0 });
    s.expect_rules(&[Rule::TooEasy]);
    assert!(s.found()[0].target.unwrap() > 150.0);
    s.aim(Aim::Increase { start: 100.0, target: 120.0 });
    s.expect(&[]);
    // A limit may be sure to hold, but not sure to be broken; less is asked for where it is.
    s.aim(Aim::AtLeast { threshold: 50.0, required_share: 0.9 });
    s.expect(&[]);
    s.aim(Aim::AtLeast { threshold: 300.0, required_share: 0.9 });
    s.expect_rules(&[Rule::OutOfReach]);
}

#[test]
fn somebody_looks_at_it() {
    let mut s = sound();
    // Wednesday 20 May 2026; check-ins are weekly: one of 3 May was followed by the weeks to 10 and 17 May.
    let only = |s: &mut Sound, on: &str| {
        s.f.project.check_ins.clear();
        let goal = s.goal.clone();
        s.f.check_in(&goal, on, 1.0);
    };
    only(&mut s, "2026-05-04");
    s.expect(&[]);
    only(&mut s, "2026-05-03");
    s.expect(&[(Rule::NoCheckIn, "The last check-in was on 3 May 2026, though check-ins are weekly.")]);
    s.key_result(|g| g.check_in_cadence = Some(Cadence::Monthly));
    s.expect(&[]);
    s.f.project.check_ins.clear();
    s.expect(&[(Rule::NoCheckIn, "Nobody has checked in since it began on 1 Jan 2026, though check-ins are monthly.")]);
    s.key_result(|g| g.due = Some(day("2026-05-19")));
    s.expect(&[]);
}

#[test]
fn a_guardrail_that_holds() {
    let mut s = sound();
    let goal = s.goal.clone();
    let tickets = s.f.monthly("Tickets", Aggregation::Sum, "2026-01-01", &[90.0, 95.0, 99.0, 120.0]);
    s.f.edit_metric(&tickets, |m| m.thresholds = vec![Threshold { label: "most".to_owned(), limit: Limit::AtMost(100.0) }]);
    s.f.link(&goal, &tickets, Role::Guardrail);
    // Tripped, but nothing is achieved.
    s.expect(&[]);
    s.aim(Aim::Increase { start: 100.0, target: 120.0 });
    s.expect(&[(Rule::GuardrailTripped, "It is achieved, but the guardrail Tickets is tripped: it may have cost more than it brought.")]);
    s.f.edit_metric(&tickets, |m| m.thresholds[0].limit = Limit::AtMost(130.0));
    s.expect(&[]);
}
