//! Files come and go, and nothing unsaved is lost.

use std::path::PathBuf;
use std::sync::Arc;

use super::{goal_id, rename, texts, workspace};
use crate::model::{Project, ProjectId};
use crate::storage::{ContentHash, write_project};
use crate::workspace::command::Command;
use crate::workspace::jobs::{Done, Job, Jobs, Opened, Outcome, RequestId};
use crate::workspace::*;

pub(super) fn request_of(effects: &[Effect]) -> RequestId {
    effects
        .iter()
        .find_map(|e| match e {
            Effect::Load { request, .. }
            | Effect::Save { request, .. }
            | Effect::Bring { request, .. }
            | Effect::Export { request, .. } => Some(*request),
            _ => None,
        })
        .expect("a request")
}

pub(super) fn saved(workspace: &mut Workspace, effects: &[Effect]) -> Vec<Effect> {
    let Some((request, project, path, save_point)) = effects.iter().find_map(|e| match e {
        Effect::Save { request, project, path, save_point, .. } => Some((*request, Arc::clone(project), path.clone(), *save_point)),
        _ => None,
    }) else {
        panic!("no save among {effects:?}")
    };
    let stored = Stored { hash: ContentHash::of(write_project(&project).as_bytes()), project };
    workspace.apply(Action::JobDone(Outcome { request, done: Done::Saved { path, save_point, stored, is_durable: true } }))
}

pub(super) fn loaded(workspace: &mut Workspace, effects: &[Effect], project: Project, path: &str) -> Vec<Effect> {
    let hash = Some(ContentHash::of(write_project(&project).as_bytes()));
    let opened = Opened { project: Arc::new(project), path: Some(PathBuf::from(path)), read_only: false, hash };
    workspace.apply(Action::JobDone(Outcome { request: request_of(effects), done: Done::Loaded(opened) }))
}

#[test]
fn unsaved_changes_are_asked_about_before_they_would_be_lost() {
    for action in [Action::New, Action::Open, Action::OpenPath(PathBuf::from("b.waymark.ron")), Action::OpenSample, Action::Quit] {
        let mut workspace = workspace();
        rename(&mut workspace, "Grow more");
        assert_eq!(workspace.apply(action.clone()), []);
        let question = workspace.question.clone().expect("a question");
        workspace.apply(Action::Confirmed(question.clone(), Answer::Cancel));
        assert_eq!(workspace.question, None);
        assert_eq!(workspace.project().goal(&goal_id("a-grow")).unwrap().title, "Grow more");
        workspace.apply(action);
        let effects = workspace.apply(Action::Confirmed(question, Answer::Discard));
        let went_on = effects.iter().any(|e| {
            matches!(e, Effect::AskOpenPath | Effect::Load { .. } | Effect::LoadSample { .. } | Effect::CloseWindow | Effect::Wake)
        });
        assert!(went_on, "{effects:?}");
    }
}

#[test]
fn save_in_the_question_saves_first_and_then_goes_on() {
    let mut workspace = workspace();
    rename(&mut workspace, "Grow more");
    workspace.apply(Action::Quit);
    let question = workspace.question.clone().unwrap();
    let effects = workspace.apply(Action::Confirmed(question, Answer::Save));
    assert!(effects.contains(&Effect::AskSavePath { suggested: "northwind.waymark.ron".to_owned() }));
    let effects = workspace.apply(Action::SavePath(PathBuf::from("/tmp/plan")));
    let effects = saved(&mut workspace, &effects);
    assert!(effects.contains(&Effect::CloseWindow), "{effects:?}");
    assert_eq!(workspace.file.path, Some(PathBuf::from("/tmp/plan.waymark.ron")));
    assert_eq!(workspace.preferences.recent, [PathBuf::from("/tmp/plan.waymark.ron")]);
}

#[test]
fn a_cancelled_dialog_forgets_that_changes_might_be_lost() {
    let mut workspace = workspace();
    rename(&mut workspace, "Grow more");
    workspace.apply(Action::Open);
    let question = workspace.question.clone().unwrap();
    workspace.apply(Action::Confirmed(question, Answer::Discard));
    workspace.apply(Action::DialogCancelled);
    workspace.apply(Action::OpenPath(PathBuf::from("b.waymark.ron")));
    assert!(workspace.question.is_some());
}

#[test]
fn edits_made_while_a_file_loads_are_not_lost() {
    let mut workspace = workspace();
    let effects = workspace.apply(Action::OpenPath(PathBuf::from("b.waymark.ron")));
    rename(&mut workspace, "Grow more");
    loaded(&mut workspace, &effects, Project::empty(ProjectId::from_random(2), "Other"), "b.waymark.ron");
    assert_eq!(workspace.project().name, "Northwind");
    let question = workspace.question.clone().expect("a question");
    workspace.apply(Action::Confirmed(question, Answer::Discard));
    assert_eq!(workspace.project().name, "Other");
    assert_eq!(workspace.file.name().as_deref(), Some("b"));
}

#[test]
fn an_answer_to_an_older_request_is_dropped() {
    let mut workspace = workspace();
    let first = workspace.apply(Action::OpenPath(PathBuf::from("a.waymark.ron")));
    let second = workspace.apply(Action::OpenPath(PathBuf::from("b.waymark.ron")));
    loaded(&mut workspace, &second, Project::empty(ProjectId::from_random(2), "B"), "b.waymark.ron");
    loaded(&mut workspace, &first, Project::empty(ProjectId::from_random(3), "A"), "a.waymark.ron");
    assert_eq!(workspace.project().name, "B");
}

#[test]
fn a_file_that_cannot_be_opened_leaves_the_project_and_says_why() {
    let mut workspace = workspace();
    let effects = workspace.apply(Action::OpenPath(PathBuf::from("b.waymark.ron")));
    let message = "b.waymark.ron:3:1: expected a comma".to_owned();
    workspace.apply(Action::JobDone(Outcome { request: request_of(&effects), done: Done::Failed(message.clone()) }));
    assert_eq!((texts(&workspace), workspace.project().name.as_str()), (vec![message.as_str()], "Northwind"));
    workspace.begin_frame(1e6, Pointer::Idle);
    assert_eq!(workspace.toasts.len(), 1, "an error stays until it is dismissed");
}

#[test]
fn changes_made_while_saving_stay_unsaved() {
    let mut workspace = workspace();
    rename(&mut workspace, "Grow more");
    let effects = workspace.apply(Action::SavePath(PathBuf::from("a.waymark.ron")));
    rename(&mut workspace, "Grow most");
    let effects = saved(&mut workspace, &effects);
    assert!(workspace.document.is_dirty());
    assert!(!effects.contains(&Effect::SetTitle("Northwind – Waymark".to_owned())));
    let effects = workspace.apply(Action::Save);
    saved(&mut workspace, &effects);
    assert!(!workspace.document.is_dirty());
}

#[test]
fn another_file_is_not_replaced_without_a_question() {
    let mut workspace = workspace();
    let effects = workspace.apply(Action::SavePath(PathBuf::from("there.waymark.ron")));
    assert!(effects.iter().any(|e| matches!(e, Effect::Save { way, .. } if way.over == Over::Nothing)));
    let path = PathBuf::from("there.waymark.ron");
    workspace.apply(Action::JobDone(Outcome { request: request_of(&effects), done: Done::Exists(path) }));
    let question = workspace.question.clone().unwrap();
    assert_eq!(question.text("Northwind"), "“there.waymark.ron” is already there. Replace it?");
    let effects = workspace.apply(Action::Confirmed(question, Answer::Overwrite));
    assert!(effects.iter().any(|e| matches!(e, Effect::Save { way, .. } if way.over == Over::Anything)));
    saved(&mut workspace, &effects);
    rename(&mut workspace, "Grow more");
    let effects = workspace.apply(Action::Save);
    assert!(
        effects.iter().any(|e| matches!(e, Effect::Save { way, .. } if matches!(way.over, Over::Known(_)))),
        "its own file needs no question"
    );
}

#[test]
fn quitting_waits_for_a_running_save() {
    let mut workspace = workspace();
    rename(&mut workspace, "Grow more");
    let effects = workspace.apply(Action::SavePath(PathBuf::from("a.waymark.ron")));
    assert!(!workspace.apply(Action::Quit).contains(&Effect::CloseWindow));
    assert!(saved(&mut workspace, &effects).contains(&Effect::CloseWindow));
}

#[test]
fn an_export_asks_where_and_remembers_how() {
    let mut workspace = workspace();
    workspace.apply(Action::Show(Screen::Objective));
    workspace.apply(Command::Export.action(&workspace).unwrap());
    let draft = workspace.export_draft.clone().unwrap();
    assert_eq!(draft.what, ExportWhat::Objective(goal_id("a-grow")));
    let request = ExportRequest { format: ExportFormat::Pdf, ..draft };
    let effects = workspace.apply(Action::Export(request.clone()));
    assert!(effects.contains(&Effect::AskExportPath { suggested: "grow.pdf".to_owned(), request: request.clone() }));
    assert!(effects.contains(&Effect::SavePreferences));
    let effects = workspace.apply(Action::Export(ExportRequest { path: Some(PathBuf::from("grow.pdf")), ..request }));
    let done = Done::Exported(vec![PathBuf::from("out/grow.pdf")]);
    workspace.apply(Action::JobDone(Outcome { request: request_of(&effects), done }));
    assert_eq!(texts(&workspace), ["Exported grow.pdf"]);
    assert!(workspace.exporting.is_empty());
}

#[test]
fn a_job_that_panics_is_a_failure_with_words() {
    let mut jobs = Jobs::inline();
    jobs.start(Job::new(RequestId(1), "export", |_| panic!("no paper")));
    let Some(Outcome { request: RequestId(1), done: Done::Failed(message) }) = jobs.next_outcome() else { panic!("no failure") };
    assert_eq!(message, "The export stopped unexpectedly (no paper). The project is unchanged.");
}

#[test]
fn background_jobs_wake_the_window_and_can_be_cancelled() {
    let (woken, wakes) = std::sync::mpsc::channel();
    let mut jobs = Jobs::background(Arc::new(move || woken.send(()).unwrap_or(())));
    jobs.start(Job::new(RequestId(1), "export", |progress| {
        progress.report(0.5);
        while !progress.is_cancelled() {
            std::thread::yield_now();
        }
        Done::Cancelled
    }));
    wakes.recv().unwrap();
    assert_eq!((jobs.running()[0].progress.share(), jobs.next_outcome()), (0.5, None));
    jobs.cancel(RequestId(1));
    wakes.recv().unwrap();
    assert_eq!(jobs.next_outcome(), Some(Outcome { request: RequestId(1), done: Done::Cancelled }));
    assert!(jobs.running().is_empty());
}
