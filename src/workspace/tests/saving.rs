//! Saving over a file that is not what it was: it is asked, and every answer leads somewhere.

use std::path::PathBuf;

use super::files::{loaded, request_of, saved};
use super::{project, rename, texts, workspace};
use crate::storage::{ContentHash, write_project};
use crate::workspace::jobs::{Done, Outcome};
use crate::workspace::*;

const PLAN: &str = "/plans/plan.waymark.ron";

/// On a file, with an edit that is not saved.
pub(super) fn edited_plan() -> Workspace {
    let mut workspace = plan();
    rename(&mut workspace, "Grow more");
    workspace
}

/// On a file, as it was read.
pub(super) fn plan() -> Workspace {
    let mut workspace = workspace();
    let effects = workspace.apply(Action::OpenPath(PathBuf::from(PLAN)));
    loaded(&mut workspace, &effects, project(), PLAN);
    assert!(!workspace.document.is_dirty());
    workspace
}

fn way_of(effects: &[Effect]) -> SaveWay {
    effects.iter().find_map(|e| if let Effect::Save { way, .. } = e { Some(way.clone()) } else { None }).expect("a save")
}

fn refused(workspace: &mut Workspace, effects: &[Effect], refusal: Refusal) -> Question {
    let (request, way) = (request_of(effects), way_of(effects));
    workspace.apply(Action::JobDone(Outcome { request, done: Done::NotSaved { path: PathBuf::from(PLAN), way, refusal } }));
    workspace.question.clone().expect("a question")
}

fn words(question: &Question) -> Vec<&'static str> {
    question.answers().iter().map(|(_, word)| *word).collect()
}

#[test]
fn the_file_must_hold_what_was_read_from_it_and_then_what_was_saved() {
    let mut workspace = edited_plan();
    let effects = workspace.apply(Action::Save);
    assert_eq!(way_of(&effects).over, Over::Known(ContentHash::of(write_project(&project()).as_bytes())));
    let now = ContentHash::of(write_project(workspace.project()).as_bytes());
    saved(&mut workspace, &effects);
    assert!(!workspace.document.is_dirty());
    rename(&mut workspace, "Grow most");
    assert_eq!(way_of(&workspace.apply(Action::Save)).over, Over::Known(now));
}

#[test]
fn a_file_that_somebody_else_changed_is_merged_copied_replaced_or_left() {
    let offered = |answer: Answer| {
        let mut workspace = edited_plan();
        let effects = workspace.apply(Action::Save);
        let question = refused(&mut workspace, &effects, Refusal::Changed);
        assert_eq!(words(&question), ["Merge", "Save a copy…", "Replace with mine", "Cancel"]);
        assert!(question.text("Northwind").contains("kept as a backup"), "{}", question.text("Northwind"));
        let effects = workspace.apply(Action::Confirmed(question, answer));
        assert!(workspace.document.is_dirty(), "nothing is saved yet");
        assert_eq!(workspace.question, None);
        effects
    };
    assert!(matches!(&offered(Answer::Merge)[..], [Effect::Bring { theirs: None, .. }]));
    assert_eq!(offered(Answer::SaveCopy), [Effect::AskSavePath { suggested: "plan copy.waymark.ron".to_owned() }]);
    assert_eq!(way_of(&offered(Answer::Overwrite)), SaveWay::over(Over::Anything));
    assert_eq!(offered(Answer::Cancel), []);
}

#[test]
fn what_is_allowed_is_remembered_while_the_save_is_tried_again() {
    let mut workspace = edited_plan();
    let effects = workspace.apply(Action::Save);
    let question = refused(&mut workspace, &effects, Refusal::WriteProtected);
    assert_eq!(words(&question), ["Save a copy…", "Write anyway", "Cancel"]);
    let effects = workspace.apply(Action::Confirmed(question, Answer::Anyway));
    assert!(way_of(&effects).allows(Permit::WriteProtected));
    let question = refused(&mut workspace, &effects, Refusal::HardLinked { names: 3 });
    assert!(question.text("Northwind").contains("has 3 names"));
    let effects = workspace.apply(Action::Confirmed(question, Answer::Anyway));
    let question = refused(&mut workspace, &effects, Refusal::Backup("the disk is full".to_owned()));
    assert_eq!(words(&question), ["Save a copy…", "Save without a backup", "Cancel"]);
    let effects = workspace.apply(Action::Confirmed(question, Answer::Anyway));
    let way = way_of(&effects);
    assert!([Permit::WriteProtected, Permit::CutNames, Permit::NoBackup].iter().all(|permit| way.allows(*permit)));
    assert!(matches!(way.over, Over::Known(_)), "the file must still be what it was");
    saved(&mut workspace, &effects);
    rename(&mut workspace, "Grow most");
    assert_eq!(way_of(&workspace.apply(Action::Save)).permits.len(), 0, "the next save asks again");
}

#[test]
fn after_a_failed_save_the_edits_stay_and_another_place_is_offered() {
    let mut workspace = edited_plan();
    let effects = workspace.apply(Action::Save);
    let message = "/plans/plan.waymark.ron could not be saved: the disk is full.".to_owned();
    let question = refused(&mut workspace, &effects, Refusal::Failed(message));
    assert_eq!(
        question.text("Northwind"),
        "/plans/plan.waymark.ron could not be saved: the disk is full. Your changes are still in this window."
    );
    assert_eq!(words(&question), ["Save a copy…", "Try again", "Cancel"]);
    assert!(workspace.document.is_dirty());
    let effects = workspace.apply(Action::Confirmed(question, Answer::Again));
    let question = refused(&mut workspace, &effects, Refusal::NoFile);
    assert_eq!(words(&question), ["Save a copy…", "Cancel"]);
    workspace.apply(Action::Confirmed(question, Answer::SaveCopy));
    let effects = workspace.apply(Action::SavePath(PathBuf::from("/else/plan copy.waymark.ron")));
    assert_eq!(way_of(&effects).over, Over::Nothing);
    saved(&mut workspace, &effects);
    assert_eq!((workspace.document.is_dirty(), workspace.file.name().as_deref()), (false, Some("plan copy")));
}

#[test]
fn what_waits_for_a_save_waits_for_the_answers_too() {
    let mut workspace = edited_plan();
    workspace.apply(Action::Quit);
    let question = workspace.question.clone().unwrap();
    let effects = workspace.apply(Action::Confirmed(question, Answer::Save));
    let question = refused(&mut workspace, &effects, Refusal::Changed);
    let effects = workspace.apply(Action::Confirmed(question, Answer::Overwrite));
    assert!(saved(&mut workspace, &effects).contains(&Effect::CloseWindow));
    // Cancelled, the window stays.
    rename(&mut workspace, "Grow most");
    workspace.apply(Action::Quit);
    let question = workspace.question.clone().unwrap();
    let effects = workspace.apply(Action::Confirmed(question, Answer::Save));
    let question = refused(&mut workspace, &effects, Refusal::Changed);
    workspace.apply(Action::Confirmed(question, Answer::Cancel));
    let effects = workspace.apply(Action::Save);
    assert!(!saved(&mut workspace, &effects).contains(&Effect::CloseWindow));
}

#[test]
fn a_save_that_the_disk_has_not_confirmed_says_so() {
    let mut workspace = edited_plan();
    let effects = workspace.apply(Action::Save);
    let Some(Effect::Save { request, project, path, save_point, .. }) = effects.into_iter().find(|e| matches!(e, Effect::Save { .. }))
    else {
        panic!("no save")
    };
    let stored = Stored { hash: ContentHash::of(b"as written"), project };
    workspace.apply(Action::JobDone(Outcome { request, done: Done::Saved { path, save_point, stored, is_durable: false } }));
    assert_eq!(texts(&workspace), ["Saved plan.waymark.ron, but not confirmed on the disk yet"]);
    assert!(!workspace.document.is_dirty());
}
