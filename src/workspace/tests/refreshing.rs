//! Files that metrics follow, in an open project.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::{day, metric_id, project, texts, workspace_of};
use crate::import::{Attach, Destination, ReadHints, Request, preview, read_table};
use crate::model::{Metric, Origin, Project, Role};
use crate::storage::{ContentHash, Look, Unread, write_project};
use crate::workspace::jobs::{Done, Opened, Outcome};
use crate::workspace::*;

const PLAN: &str = "/plans/plan.waymark.ron";
const TABLE: &str = "month,mau\n2026-01,10\n2026-02,11\n";

/// MAU follows `data/mau.csv`, which held two values.
fn following() -> Project {
    let mut project = project();
    let table = read_table(TABLE.as_bytes(), &ReadHints::default()).unwrap();
    let request = Request::new("month", "mau", Destination::Metric("m-mau".to_owned()));
    let attach = Attach { target: None, objective: None, role: Role::Outcome, as_of: day("2026-03-01") };
    let mut ids = || 5;
    let mut planned = preview(&table, &request, &project).unwrap().into_edit(&project, &attach, &mut ids).unwrap();
    let recipe = planned.keep_recipe("Export", &request, &ReadHints::default(), &project, &mut ids).unwrap();
    planned.follow("data/mau.csv", &recipe, &project, day("2026-03-01")).unwrap();
    crate::document::apply(&mut project, planned.edit).unwrap();
    project
}

/// The file as the shell reads it.
type Held<'a> = Result<&'a str, &'a str>;

/// Opened from its file.
fn opened(project: &Project) -> (Workspace, Vec<Effect>) {
    let mut workspace = workspace_of(Project::empty(project.id.clone(), ""));
    let hash = Some(ContentHash::of(write_project(project).as_bytes()));
    let opened = Opened { project: Arc::new(project.clone()), path: Some(PathBuf::from(PLAN)), read_only: false, hash };
    let effects = workspace.apply(Action::Adopt(opened));
    (workspace, effects)
}

fn asks(effects: &[Effect]) -> bool {
    effects.iter().any(|effect| matches!(effect, Effect::Refresh { .. }))
}

/// Does what the shell does for the effect that asks for it.
fn answer(workspace: &mut Workspace, effects: &[Effect], held: Held<'_>) -> Vec<Effect> {
    let Some(Effect::Refresh { request, project, path, today }) = effects.iter().find(|e| matches!(e, Effect::Refresh { .. })) else {
        panic!("nothing is to be read in {effects:?}")
    };
    assert_eq!(path, Path::new(PLAN));
    let mut read = |named: &str| {
        assert_eq!(named, "data/mau.csv");
        Look { outside: None, bytes: held.map(|text| text.as_bytes().to_vec()).map_err(|why| Unread::Failed(why.to_owned())) }
    };
    let found = read_linked(project, *today, &mut read, &mut |_| true).unwrap();
    workspace.apply(Action::JobDone(Outcome { request: *request, done: Done::Refreshed(Box::new(found)) }))
}

fn mau(workspace: &Workspace) -> &Metric {
    workspace.project().metric(&metric_id("mau")).unwrap()
}

fn banner(workspace: &Workspace) -> Option<String> {
    workspace.links.found.as_ref().filter(|_| workspace.links.is_offered).map(|found| found.words())
}

#[test]
fn opening_a_project_whose_files_hold_nothing_new_changes_nothing() {
    let (mut workspace, effects) = opened(&following());
    answer(&mut workspace, &effects, Ok(TABLE));
    assert_eq!(**workspace.project(), following());
    assert!(!workspace.document.is_dirty());
    assert_eq!((banner(&workspace), texts(&workspace)), (None, vec![]));
    let (_, effects) = opened(&project());
    assert!(!asks(&effects), "nothing is followed");
}

#[test]
fn news_are_offered_shown_and_taken_in_as_one_step() {
    let (mut workspace, effects) = opened(&following());
    let newer = "month,mau\n2026-01,10\n2026-02,12.5\n2026-03,13\nApril,x\n";
    answer(&mut workspace, &effects, Ok(newer));
    assert_eq!(banner(&workspace).unwrap(), "data/mau.csv: 1 new and 1 changed values.");
    assert!(!workspace.document.is_dirty(), "it is only offered");
    workspace.apply(RefreshAction::Show.into());
    assert_eq!((workspace.view.sheet.clone(), banner(&workspace)), (Some(Sheet::Refresh), None));
    let found = workspace.links.found.clone().unwrap();
    let metric = &found.files[0].metrics[0];
    assert_eq!(metric.lines(workspace.project().settings.locale), ["1 Feb 2026: 11 → 12.5", "1 Mar 2026: 13, new"]);
    assert_eq!(metric.rejections, ["line 5, column \"mau\": \"x\" is no number"]);
    workspace.apply(RefreshAction::TakeIn.into());
    assert_eq!(mau(&workspace).series.values(), [10.0, 12.5, 13.0]);
    let Origin::Linked(source) = &mau(&workspace).origin else { panic!("it follows the file still") };
    assert_eq!(source.refreshed, Some(day("2026-06-30")));
    assert_eq!((workspace.view.sheet.clone(), texts(&workspace)), (None, vec!["Taken in for MAU: 1 new and 1 changed values"]));
    assert_eq!(workspace.document.undo_label(), Some("Refresh from data/mau.csv"));
    workspace.apply(Action::Undo);
    assert_eq!(**workspace.project(), following());
    assert!(!workspace.document.is_dirty());
}

/// MAU follows one file, and visits another.
fn following_two() -> Project {
    let mut project = following();
    let table = read_table(b"month,visits\n2026-01,5\n2026-02,6\n", &ReadHints::default()).unwrap();
    let to = Destination::New { name: "Visits".to_owned(), unit: crate::model::Unit::Count };
    let request = Request::new("month", "visits", to);
    let attach = Attach { target: None, objective: None, role: Role::Outcome, as_of: day("2026-03-01") };
    let mut last = 70;
    let mut ids = || {
        last += 1;
        last
    };
    let mut planned = preview(&table, &request, &project).unwrap().into_edit(&project, &attach, &mut ids).unwrap();
    let recipe = planned.keep_recipe("Visits", &request, &ReadHints::default(), &project, &mut ids).unwrap();
    planned.follow("data/visits.csv", &recipe, &project, day("2026-03-01")).unwrap();
    crate::document::apply(&mut project, planned.edit).unwrap();
    project
}

#[test]
fn a_file_can_be_left_out_and_a_failing_one_keeps_nothing_back() {
    let (mut workspace, effects) = opened(&following_two());
    let Some(Effect::Refresh { request, project, today, .. }) = effects.iter().find(|e| matches!(e, Effect::Refresh { .. })) else {
        panic!("{effects:?}")
    };
    let found = |mau: Held<'_>, visits: Held<'_>| {
        let mut read = |named: &str| {
            let held = if named == "data/mau.csv" { mau } else { visits };
            Look { outside: None, bytes: held.map(|text| text.as_bytes().to_vec()).map_err(|why| Unread::Failed(why.to_owned())) }
        };
        Done::Refreshed(Box::new(read_linked(project, *today, &mut read, &mut |_| true).unwrap()))
    };
    let done = found(Ok("month,mau\n2026-02,12\n"), Ok("month,visits\n2026-03,7\n"));
    workspace.apply(Action::JobDone(Outcome { request: *request, done }));
    workspace.apply(RefreshAction::Show.into());
    let key = workspace.links.found.as_ref().unwrap().files[0].key();
    assert_eq!(key.0, "data/mau.csv");
    workspace.apply(RefreshAction::LeaveOut(key.clone(), LeftOut::Yes).into());
    workspace.apply(RefreshAction::TakeIn.into());
    let visits = |workspace: &Workspace| workspace.project().find_metric("Visits").unwrap().series.values().to_vec();
    assert_eq!((mau(&workspace).series.values(), visits(&workspace)), (&[10.0, 11.0][..], vec![5.0, 6.0, 7.0]));
    let Origin::Linked(source) = &mau(&workspace).origin else { panic!("it follows the file still") };
    assert_eq!(source.refreshed, Some(day("2026-03-01")), "it was not taken in");
    assert_eq!(workspace.document.undo_label(), Some("Refresh from data/visits.csv"));
    assert_eq!(texts(&workspace), ["Taken in for Visits: 1 new value"]);
    assert_eq!(banner(&workspace), None, "it was left on purpose");
    // What was left can be taken in as it was shown.
    workspace.apply(RefreshAction::Show.into());
    assert_eq!(workspace.links.found.as_ref().unwrap().files.len(), 1);
    workspace.apply(RefreshAction::LeaveOut(key, LeftOut::No).into());
    workspace.apply(RefreshAction::TakeIn.into());
    assert_eq!(mau(&workspace).series.values(), [10.0, 12.0]);
    workspace.apply(Action::Undo);
    workspace.apply(Action::Undo);
    assert_eq!(**workspace.project(), following_two());
    // One that fails is noted, and the other comes in.
    let effects = workspace.apply(RefreshAction::Begin.into());
    let Some(Effect::Refresh { request: again, .. }) = effects.iter().find(|e| matches!(e, Effect::Refresh { .. })) else {
        panic!("{effects:?}")
    };
    let Done::Refreshed(renewal) =
        found(Err("data/mau.csv cannot be read: there is no such file or folder"), Ok("month,visits\n2026-03,7\n"))
    else {
        panic!("it was read")
    };
    let done = Done::Refreshed(Box::new(renewal.for_project(workspace.project())));
    workspace.apply(Action::JobDone(Outcome { request: *again, done }));
    workspace.apply(RefreshAction::TakeIn.into());
    assert_eq!(visits(&workspace), [5.0, 6.0, 7.0]);
    assert_eq!(workspace.links.failing.of(mau(&workspace)), Some((day("2026-06-30"), "there is no such file or folder")));
}

#[test]
fn what_was_left_is_offered_again_only_when_it_is_something_else() {
    let (mut workspace, effects) = opened(&following());
    answer(&mut workspace, &effects, Ok("month,mau\n2026-01,10\n2026-02,12\n"));
    workspace.apply(RefreshAction::Leave.into());
    assert_eq!(banner(&workspace), None);
    let other = workspace.apply(RefreshAction::Noticed(PathBuf::from("/plans/other.waymark.ron")).into());
    assert!(!asks(&other), "a look at another project's files");
    let effects = workspace.apply(RefreshAction::Noticed(PathBuf::from(PLAN)).into());
    answer(&mut workspace, &effects, Ok("month,mau\n2026-01,10\n2026-02,12\n"));
    assert_eq!(banner(&workspace), None);
    let effects = workspace.apply(RefreshAction::Noticed(PathBuf::from(PLAN)).into());
    let while_reading = workspace.apply(RefreshAction::Noticed(PathBuf::from(PLAN)).into());
    assert!(!asks(&while_reading), "one reading at a time");
    let again = answer(&mut workspace, &effects, Ok("month,mau\n2026-01,10\n2026-02,13\n"));
    assert_eq!(banner(&workspace).unwrap(), "data/mau.csv: 1 changed value.");
    assert!(asks(&again), "it changed meanwhile");
}

#[test]
fn a_file_that_cannot_be_read_keeps_the_values_and_says_since_when() {
    let (mut workspace, effects) = opened(&following());
    answer(&mut workspace, &effects, Err("data/mau.csv cannot be read: there is no such file or folder"));
    assert!(!workspace.document.is_dirty());
    let said = (day("2026-06-30"), "there is no such file or folder");
    assert_eq!(workspace.links.failing.of(mau(&workspace)), Some(said));
    assert_eq!(banner(&workspace).unwrap(), "data/mau.csv cannot be taken in: there is no such file or folder.");
    // Taken in, the project says it to everybody, and since when stays.
    workspace.apply(RefreshAction::TakeIn.into());
    assert_eq!(mau(&workspace).series.values(), [10.0, 11.0]);
    workspace.apply(Action::DayChanged(day("2026-07-04")));
    let effects = workspace.apply(RefreshAction::Begin.into());
    answer(&mut workspace, &effects, Ok("month,users\n2026-01,10\n"));
    let why = "there is no column \"mau\"; the columns are \"month\", \"users\"";
    assert_eq!(workspace.links.failing.of(mau(&workspace)), Some((day("2026-06-30"), why)));
    assert!(!workspace.links.found.as_ref().unwrap().is_news(), "the project says already that it fails");
    let effects = workspace.apply(RefreshAction::Begin.into());
    answer(&mut workspace, &effects, Ok(TABLE));
    assert_eq!(workspace.links.found.as_ref().unwrap().words(), "data/mau.csv: can be taken in again, nothing is new.");
    workspace.apply(RefreshAction::TakeIn.into());
    assert_eq!(workspace.links.failing.of(mau(&workspace)), None);
}

#[test]
fn what_is_taken_in_is_what_was_shown() {
    let (mut workspace, effects) = opened(&following());
    let newer = "month,mau\n2026-01,10\n2026-02,11\n2026-03,13\n";
    answer(&mut workspace, &effects, Ok(newer));
    super::rename(&mut workspace, "Grow more");
    let effects = workspace.apply(RefreshAction::TakeIn.into());
    assert!(asks(&effects), "the project is another one than was compared");
    answer(&mut workspace, &effects, Ok(newer));
    assert_eq!(mau(&workspace).series.values(), [10.0, 11.0, 13.0]);
    let effects = workspace.apply(RefreshAction::Begin.into());
    answer(&mut workspace, &effects, Ok("month,mau\n2026-02,12\n"));
    super::rename(&mut workspace, "Grow most");
    let effects = workspace.apply(RefreshAction::TakeIn.into());
    answer(&mut workspace, &effects, Ok("month,mau\n2026-02,99\n"));
    assert_eq!(mau(&workspace).series.values(), [10.0, 11.0, 13.0], "99 was not shown");
    assert_eq!(texts(&workspace).last(), Some(&"The files or the project changed meanwhile. Look again at what would change."));
}

#[test]
fn what_is_not_allowed_waits_and_a_panic_or_a_stop_leaves_all_as_it_was() {
    let mut project = following();
    let metric = Arc::make_mut(project.metrics.get_mut(&metric_id("mau")).unwrap());
    let Origin::Linked(source) = &mut metric.origin else { panic!("it follows a file") };
    "../mau.csv".clone_into(&mut source.path);
    let project = Arc::new(project);
    let place = PathBuf::from("/work/mau.csv");
    let mut read = |_: &str| Look { outside: Some(place.clone()), bytes: Err(Unread::NotAllowed) };
    let found = read_linked(&project, day("2026-06-30"), &mut read, &mut |_| true).unwrap();
    assert!(found.files[0].is_waiting() && !found.is_news(), "{found:?}");
    assert_eq!(
        (found.files[0].summary().as_str(), found.files[0].outside.as_ref().map(|link| &link.place)),
        ("not allowed yet", Some(&place))
    );
    assert_eq!(read_linked(&project, day("2026-06-30"), &mut read, &mut |_| false), None);

    let (mut workspace, effects) = opened(&following());
    let Some(Effect::Refresh { request, .. }) = effects.iter().find(|e| matches!(e, Effect::Refresh { .. })) else { panic!("{effects:?}") };
    let failed = "The refresh stopped unexpectedly (no message). The project is unchanged.".to_owned();
    workspace.apply(Action::JobDone(Outcome { request: *request, done: Done::Failed(failed.clone()) }));
    assert_eq!((texts(&workspace), workspace.links.is_reading()), (vec![failed.as_str()], false));
    let effects = workspace.apply(RefreshAction::Begin.into());
    let Some(Effect::Refresh { request, .. }) = effects.iter().find(|e| matches!(e, Effect::Refresh { .. })) else { panic!("{effects:?}") };
    assert_eq!(workspace.apply(RefreshAction::Cancel.into()), [Effect::CancelJob(*request)]);
    workspace.apply(Action::JobDone(Outcome { request: *request, done: Done::Cancelled }));
    assert_eq!((**workspace.project()).clone(), following());
}

#[test]
fn a_metric_stops_following_and_undo_brings_the_file_back() {
    let (mut workspace, effects) = opened(&following());
    answer(&mut workspace, &effects, Ok("month,mau\n2026-01,10\n2026-02,12\n"));
    let change = crate::document::edits::stop_following(mau(&workspace)).unwrap();
    workspace.apply(change.into());
    assert_eq!((&mau(&workspace).origin, mau(&workspace).series.values()), (&Origin::Recorded, &[10.0, 11.0][..]));
    assert_eq!((workspace.links.files.len(), banner(&workspace)), (0, None));
    assert_eq!(crate::workspace::can_refresh(workspace.project(), Some(Path::new(PLAN))), Err("No metric follows a file"));
    workspace.apply(Action::Undo);
    assert_eq!(workspace.links.files.iter().map(|(path, _)| path.as_str()).collect::<Vec<_>>(), ["data/mau.csv"]);
    assert_eq!(texts(&workspace), ["Undone: Stop following data/mau.csv for MAU"]);
}
