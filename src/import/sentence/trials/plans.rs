//! What goals, metrics and initiatives sentences make.

use super::*;
use crate::document;

/// The goal that a sentence makes in a project, under its objective.
pub(super) fn made(project: &Project, line: &str) -> Result<(Project, Planned), String> {
    let context = Context { project, as_of: day("2026-11-21"), cycle: None };
    let reading = read(line, &context).map_err(|r| r.to_string())?;
    let mut bits = 100;
    let parent = GoalId::parse("g-grow").unwrap();
    let mut ids = || {
        bits += 1;
        bits
    };
    let planned = reading.into_edit(&context, Some(&parent), &mut ids).map_err(|e| e.to_string())?;
    let mut after = project.clone();
    let inverse = document::apply(&mut after, planned.edit.clone()).map_err(|e| e.to_string())?;
    let mut back = after.clone();
    document::apply(&mut back, inverse).unwrap();
    assert_eq!(&back, project, "{line}");
    assert_eq!(after.validate(), []);
    Ok((after, planned))
}

fn aim(project: &Project, line: &str) -> Result<Aim, String> {
    let (after, planned) = made(project, line)?;
    Ok(after.goal(&planned.goal).unwrap().as_key_result().unwrap().aim.clone())
}

#[test]
fn starts_come_from_the_sentence_the_data_or_the_baseline() {
    let known = known();
    assert_eq!(aim(&known, "Increase MRR by 15% by Q4 2027"), Ok(Aim::Increase { start: 100_000.0, target: 115_000.0 }));
    assert_eq!(aim(&known, "Increase MRR to 150k by Q4 2027"), Ok(Aim::Increase { start: 100_000.0, target: 150_000.0 }));
    assert_eq!(aim(&known, "Reduce page load time by 20% by Q4 2027"), Ok(Aim::Decrease { start: 2.5, target: 2.0 }));
    assert_eq!(aim(&known, "Raise NPS by 5 points from 30 by Q4 2027"), Ok(Aim::Increase { start: 30.0, target: 35.0 }));
    assert_eq!(aim(&known, "Raise sign-ups to 900 by Q4 2027"), Ok(Aim::Baseline { direction: Direction::Up, target: Some(900.0) }));
    assert_eq!(aim(&known, "Reduce onboarding time by 30% by Q4 2027"), Ok(Aim::Baseline { direction: Direction::Down, target: None }));
    let steps = |aim: Result<Aim, String>| matches!(aim, Ok(Aim::Milestone { steps }) if steps.len() == 2);
    assert!(steps(aim(&known, "Enter two new international markets within the next quarter")));
}

#[test]
fn what_is_missing_is_asked_for() {
    let mut project = known();
    let refused = |project: &Project, line| made(project, line).unwrap_err();
    assert_eq!(
        refused(&project, "Keep uptime above 99.9%"),
        "by when? Say a due date, such as “by Q4”; neither the objective nor a cycle gives one"
    );
    assert_eq!(refused(&project, "Improve NPS by Q4 2027"), "to what value? Say a target, such as “to 10 million” or “by 15 %”");
    assert_eq!(
        refused(&project, "Raise NPS to 30 by Q4 2027"),
        "NPS is at 34 already, so it cannot rise to 30; say another target, or to keep it there"
    );
    let id = CycleId::parse("c-q4").unwrap();
    let cycle = Cycle { id: id.clone(), name: "Q4 2026".to_owned(), start: day("2026-10-01"), end: day("2026-12-31") };
    project.cycles.insert(id.clone(), cycle);
    let (after, planned) = made(&project, "Keep uptime above 99.9%").unwrap();
    let goal = after.goal(&planned.goal).unwrap();
    assert_eq!((goal.due, goal.cycle.clone(), after.span(goal).due), (None, Some(id), Some(day("2026-12-31"))));
    assert_eq!(planned.notes, ["No due date was said; it is the end of the cycle, 31 Dec 2026"]);
}

#[test]
fn one_edit_makes_goal_metric_link_and_initiative() {
    let project = empty();
    let (after, planned) =
        made(&project, "Increase Net promoter score (NPS) by 5 points in next 6 months by revamping the login experience").unwrap();
    let metric = after.metric(planned.metric.as_ref().unwrap()).unwrap();
    assert_eq!((metric.name.as_str(), metric.abbreviation.as_str(), metric.direction), ("Net promoter score", "NPS", Direction::Up));
    assert_eq!(after.links.len(), 1);
    let work = after.goal(planned.initiative.as_ref().unwrap()).unwrap();
    assert_eq!((work.title.as_str(), work.parent.as_ref()), ("Revamping the login experience", Some(&planned.goal)));
    let goal = after.goal(&planned.goal).unwrap();
    assert_eq!((goal.start, goal.due), (Some(day("2026-11-21")), Some(day("2027-05-21"))));
    assert_eq!(planned.label, "Add key result “Increase Net promoter score (NPS) by 5…”");
}

#[test]
fn a_past_due_date_is_taken_and_said() {
    let (after, planned) = made(&known(), "Bring MAU to 10 million by Q4 2024").unwrap();
    let goal = after.goal(&planned.goal).unwrap();
    assert_eq!((goal.start, goal.due), (None, Some(day("2024-12-31"))));
    assert!(planned.notes.contains(&"The due date, 31 Dec 2024, is in the past".to_owned()), "{:?}", planned.notes);
}
