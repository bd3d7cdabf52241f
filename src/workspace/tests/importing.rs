//! A table on its way in: worked out by jobs, of which only the newest counts, and taken in as one step.

use std::sync::Arc;

use super::{goal, goal_id, metric_id, rename, texts, workspace};
use crate::import::{Answer, DateOrder, Destination};
use crate::model::{LinkKey, Role};
use crate::storage::templates;
use crate::workspace::importing::{Ask, AskSource, ImportAction, ImportSource, LinkTo, Wanted, find};
use crate::workspace::jobs::{Job, Jobs, Outcome, RequestId};
use crate::workspace::*;

const TABLE: &str = "month\tMAU\tsign-ups\n2026-01\t10\t1\n2026-02\t11\t2\n2026-03\t12\t3\n";

fn read(workspace: &mut Workspace, text: &str) -> Vec<Effect> {
    workspace.apply(ImportAction::Read(ImportSource::pasted(text).unwrap()).into())
}

fn asked(effects: Vec<Effect>) -> (RequestId, Ask) {
    let ask = effects.into_iter().find_map(|effect| match effect {
        Effect::Import { request, ask } => Some((request, *ask)),
        _ => None,
    });
    ask.expect("a job is asked for")
}

/// What a job answers.
fn answer((request, ask): (RequestId, Ask)) -> Outcome {
    let mut jobs = Jobs::inline();
    jobs.start(Job::new(request, "import", move |progress| {
        let AskSource::Bytes(bytes) = ask.source.clone() else { panic!("no file is read here") };
        find(ask, bytes, Err("A pasted table is in no file".to_owned()), progress)
    }));
    jobs.next_outcome().unwrap()
}

/// Looks at a table until nothing is open.
fn settled(workspace: &mut Workspace, effects: Vec<Effect>) {
    let effects = workspace.apply(Action::JobDone(answer(asked(effects))));
    assert!(!effects.iter().any(|effect| matches!(effect, Effect::Import { .. })), "one answer is enough");
}

fn want(workspace: &mut Workspace, change: impl FnOnce(&mut Wanted)) -> Vec<Effect> {
    let mut wanted = workspace.importing.as_ref().unwrap().wanted.clone();
    change(&mut wanted);
    workspace.apply(ImportAction::Want(Box::new(wanted)).into())
}

#[test]
fn a_table_that_is_accepted_is_one_step_and_undo_gives_back_the_same_project() {
    let mut workspace = workspace();
    workspace.apply(Action::Select(goal("a-grow")));
    let before = (**workspace.project()).clone();
    let effects = read(&mut workspace, TABLE);
    settled(&mut workspace, effects);
    assert_eq!(**workspace.project(), before, "looking changes nothing");
    workspace.apply(ImportAction::Accept.into());
    assert!(workspace.importing.is_none());
    assert_eq!(workspace.document.undo_label(), Some("Import 6 points into 2 metrics"));
    let project = Arc::clone(workspace.project());
    assert_eq!(project.metric(&metric_id("mau")).unwrap().series.values(), [10.0, 11.0, 12.0]);
    let made = project.find_metric("sign-ups").unwrap().id.clone();
    let link = &project.links[&LinkKey { goal: goal_id("a-grow"), metric: made }];
    assert_eq!(link.role, Role::Outcome);
    assert_eq!(workspace.view.selected, Some(goal("a-grow")), "where the charts of all of them are");
    assert!(workspace.toasts[0].offers_undo(&workspace.document));
    rename(&mut workspace, "Grow more");
    assert!(!workspace.toasts[0].offers_undo(&workspace.document), "undo would take back something else");
    workspace.apply(Action::Undo);
    workspace.apply(Action::Undo);
    assert_eq!(**workspace.project(), before);
}

#[test]
fn an_answer_to_what_was_wanted_before_is_dropped() {
    let mut workspace = workspace();
    let first = asked(read(&mut workspace, TABLE));
    let effects = want(&mut workspace, |wanted| wanted.objective = LinkTo::Nothing);
    assert!(effects.contains(&Effect::CancelJob(first.0)), "nobody waits for it");
    let second = asked(effects);
    workspace.apply(Action::JobDone(answer(first)));
    assert!(workspace.importing.as_ref().unwrap().found.is_none());
    workspace.apply(Action::JobDone(answer(second)));
    let importing = workspace.importing.as_ref().unwrap();
    assert!(importing.found.is_some() && importing.refusal().is_none());
}

#[test]
fn a_change_of_the_project_has_the_table_looked_at_again() {
    let mut workspace = workspace();
    let effects = read(&mut workspace, TABLE);
    settled(&mut workspace, effects);
    let effects = rename(&mut workspace, "Grow more");
    assert_eq!(workspace.importing.as_ref().unwrap().refusal(), Some("Being read again".to_owned()));
    settled(&mut workspace, effects);
    workspace.apply(ImportAction::Accept.into());
    assert_eq!(workspace.document.undo_label(), Some("Import 6 points into 2 metrics"));
    assert_eq!(workspace.project().goal(&goal_id("a-grow")).unwrap().title, "Grow more");
}

#[test]
fn closing_leaves_everything_as_it_was_and_ends_the_job() {
    let mut workspace = workspace();
    let before = (Arc::clone(workspace.project()), workspace.view.clone());
    let (request, ask) = asked(read(&mut workspace, TABLE));
    let effects = workspace.apply(ImportAction::Close.into());
    assert!(effects.contains(&Effect::CancelJob(request)));
    workspace.apply(Action::JobDone(answer((request, ask))));
    assert!(workspace.importing.is_none() && texts(&workspace).is_empty());
    assert_eq!((Arc::clone(workspace.project()), workspace.view.clone()), before);
    assert!(!workspace.document.is_dirty());
}

#[test]
fn what_is_open_cannot_be_accepted() {
    let mut workspace = workspace();
    let effects = read(&mut workspace, "day\tMAU\n03/04/2026\t1\n05/06/2026\t2\n");
    settled(&mut workspace, effects);
    workspace.apply(ImportAction::Accept.into());
    assert_eq!(texts(&workspace), ["Answer first: Which day is 03/04/2026 on line 2?"]);
    assert!(workspace.importing.is_some() && !workspace.document.is_dirty());
    let effects = want(&mut workspace, |wanted| wanted.choices.answer(Answer::Order(DateOrder::DayFirst), &[], &[]));
    settled(&mut workspace, effects);
    workspace.apply(ImportAction::Accept.into());
    assert_eq!(workspace.document.undo_label(), Some("Import 2 points into MAU"));
}

#[test]
fn a_job_that_stops_says_why_and_another_way_of_reading_is_tried() {
    let mut workspace = workspace();
    let (request, _) = asked(read(&mut workspace, TABLE));
    let mut jobs = Jobs::inline();
    jobs.start(Job::new(request, "import", |_| panic!("of a test")));
    workspace.apply(Action::JobDone(jobs.next_outcome().unwrap()));
    let refusal = workspace.importing.as_ref().unwrap().refusal().unwrap();
    assert_eq!(refusal, "The import stopped unexpectedly (of a test). The project is unchanged.");
    let effects = want(&mut workspace, |wanted| wanted.role = Role::Driver);
    settled(&mut workspace, effects);
    assert_eq!(workspace.importing.as_ref().unwrap().refusal(), None);
}

#[test]
fn a_remembered_mapping_is_used_for_the_next_table() {
    let mut workspace = workspace();
    let effects = read(&mut workspace, "month\tusers, all\tloose ends\n2026-01\t10\t1\n2026-02\t11\t2\n");
    settled(&mut workspace, effects);
    let mau = metric_id("mau").to_string();
    let effects = want(&mut workspace, |wanted| {
        wanted.recipe = Some("Monthly export".to_owned());
        wanted.choices.of_series("users, all").to = Some(Destination::Metric(mau));
        wanted.choices.of_series("loose ends").taken = Some(false);
    });
    settled(&mut workspace, effects);
    workspace.apply(ImportAction::Accept.into());
    assert_eq!(workspace.project().validate(), []);
    assert_eq!(workspace.project().metric(&metric_id("mau")).unwrap().synonyms, ["users, all"]);

    let effects = read(&mut workspace, "month\tusers, all\tloose ends\n2026-03\t12\t1\n2026-04\t13\t2\n");
    settled(&mut workspace, effects);
    let found = workspace.importing.as_ref().unwrap().found.clone().unwrap();
    assert_eq!(found.looked.as_ref().unwrap().recipe.as_ref().unwrap().name, "Monthly export");
    assert_eq!(found.listed.iter().map(|l| l.taken).collect::<Vec<_>>(), [true, false]);
    workspace.apply(ImportAction::Accept.into());
    assert_eq!(workspace.project().metric(&metric_id("mau")).unwrap().series.values(), [10.0, 11.0, 12.0, 13.0]);
}

#[test]
fn another_project_takes_the_place_of_a_table_that_was_looked_at() {
    let mut workspace = workspace();
    let effects = read(&mut workspace, TABLE);
    settled(&mut workspace, effects);
    workspace.apply(Action::NewFromTemplate(templates::names().next().unwrap()));
    assert!(workspace.importing.is_none());
}
