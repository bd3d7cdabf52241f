//! Unsaved changes are put by and offered again; versions come back; a file that another window has is not written unasked.

use std::path::PathBuf;
use std::sync::Arc;

use super::{goal_id, project, rename, texts, workspace};
use crate::document::Document;
use crate::model::{Project, ProjectId};
use crate::storage::{ContentHash, Damage, Found, Holder, SnapshotId, Typed, Unusable, write_project};
use crate::workspace::jobs::{Done, Opened, Outcome, RequestId};
use crate::workspace::safekeeping::{Safe, Unsaved, UnsavedState, Versions};
use crate::workspace::*;

/// What is asked of the shell in a frame at this second.
fn frame(workspace: &mut Workspace, now: f64) -> Vec<SafekeepingEffect> {
    workspace.begin_frame(now, Pointer::Idle);
    safely(&workspace.keep_safe())
}

fn safely(effects: &[Effect]) -> Vec<SafekeepingEffect> {
    let found = effects.iter().filter_map(|effect| match effect {
        Effect::Safekeeping(effect) => Some(effect.clone()),
        _ => None,
    });
    found.collect()
}

fn kept(effects: &[SafekeepingEffect]) -> (RequestId, Arc<Project>) {
    let [SafekeepingEffect::Keep { request, project, .. }] = effects else { panic!("nothing is kept: {effects:?}") };
    (*request, Arc::clone(project))
}

fn answer(workspace: &mut Workspace, request: RequestId, safe: Safe) -> Vec<Effect> {
    workspace.apply(Action::JobDone(Outcome { request, done: Done::Safe(safe) }))
}

fn opened(project: &Project, path: &str) -> Opened {
    let hash = Some(ContentHash::of(write_project(project).as_bytes()));
    Opened { project: Arc::new(project.clone()), path: Some(PathBuf::from(path)), read_only: false, hash }
}

fn save(workspace: &mut Workspace, is_durable: bool) {
    let effects = workspace.apply(Action::SavePath(PathBuf::from("a.waymark.ron")));
    let Some(Effect::Save { request, project, path, save_point, .. }) = effects.into_iter().find(|e| matches!(e, Effect::Save { .. }))
    else {
        panic!("no save")
    };
    let stored = Stored { hash: ContentHash::of(write_project(&project).as_bytes()), project };
    workspace.apply(Action::JobDone(Outcome { request, done: Done::Saved { path, save_point, stored, is_durable } }));
}

#[test]
fn a_change_is_put_by_a_second_later_and_once() {
    let mut workspace = workspace();
    assert_eq!((frame(&mut workspace, 0.0), workspace.next_deadline()), (vec![], None), "nothing is unsaved, so no frame is needed");
    rename(&mut workspace, "Grow more");
    assert_eq!((frame(&mut workspace, 10.0), workspace.next_deadline()), (vec![], Some(11.0)));
    rename(&mut workspace, "Grow most");
    assert_eq!(frame(&mut workspace, 10.9), vec![], "going on does not put it off");
    assert_eq!(workspace.next_deadline(), Some(11.0));
    let (request, project) = kept(&frame(&mut workspace, 11.0));
    assert_eq!(&project, workspace.project());
    answer(&mut workspace, request, Safe::Kept);
    assert_eq!((frame(&mut workspace, 60.0), workspace.next_deadline()), (vec![], None), "then there is quiet");
}

#[test]
fn what_is_being_typed_is_put_by_until_it_is_thrown_away() {
    let mut workspace = workspace();
    let before = Arc::clone(workspace.project());
    let goal = before.goal(&goal_id("a-grow")).unwrap();
    let typed = |words: &str| {
        let change = crate::document::edits::describe_goal(goal, words);
        Action::Safekeeping(SafekeepingAction::Draft(Some(Box::new(change.edit))))
    };
    workspace.apply(typed("Half a"));
    assert_eq!((frame(&mut workspace, 0.0), workspace.next_deadline()), (vec![], Some(1.0)));
    let (request, project) = kept(&frame(&mut workspace, 1.0));
    assert_eq!(project.goal(&goal.id).unwrap().description, "Half a");
    assert_eq!((workspace.project(), workspace.document.is_dirty()), (&before, false), "nothing is changed yet");
    answer(&mut workspace, request, Safe::Kept);
    workspace.apply(typed("Half a thought"));
    frame(&mut workspace, 2.0);
    let (request, project) = kept(&frame(&mut workspace, 3.0));
    assert_eq!(project.goal(&goal.id).unwrap().description, "Half a thought");
    answer(&mut workspace, request, Safe::Kept);
    assert_eq!(frame(&mut workspace, 4.0), vec![]);
    workspace.apply(Action::Safekeeping(SafekeepingAction::Draft(None)));
    assert_eq!(frame(&mut workspace, 5.0), [SafekeepingEffect::Forget]);

    // What is committed takes its place.
    workspace.apply(typed("Half a thought"));
    let change = crate::document::edits::describe_goal(goal, "A whole one");
    workspace.apply(Action::from(change));
    frame(&mut workspace, 6.0);
    let (_, project) = kept(&frame(&mut workspace, 7.0));
    assert_eq!(&project, workspace.project());
}

#[test]
fn one_is_written_at_a_time_and_the_next_has_the_newest_state() {
    let mut workspace = workspace();
    rename(&mut workspace, "Grow more");
    frame(&mut workspace, 0.0);
    let (first, _) = kept(&frame(&mut workspace, 1.0));
    rename(&mut workspace, "Grow most");
    assert_eq!(frame(&mut workspace, 2.0), vec![]);
    assert_eq!(frame(&mut workspace, 9.0), vec![], "the disk is slow");
    assert_eq!(workspace.next_deadline(), None, "and is not asked every frame");
    answer(&mut workspace, first, Safe::Kept);
    let (_, project) = kept(&frame(&mut workspace, 9.1));
    assert_eq!(&project, workspace.project());
}

#[test]
fn nothing_is_put_by_in_the_middle_of_a_drag() {
    let mut workspace = workspace();
    workspace.apply(Action::BeginDrag { label: "Drag".to_owned() });
    rename(&mut workspace, "Grow more");
    for now in [0.0, 5.0] {
        workspace.begin_frame(now, Pointer::Held);
        assert_eq!((workspace.keep_safe(), workspace.next_deadline()), (vec![], None));
    }
    workspace.apply(Action::CommitDrag);
    frame(&mut workspace, 6.0);
    kept(&frame(&mut workspace, 7.0));
}

#[test]
fn what_was_put_by_goes_after_a_save_after_undo_and_after_a_discard() {
    let gone = [SafekeepingEffect::Forget];
    let dirty = || {
        let mut workspace = workspace();
        rename(&mut workspace, "Grow more");
        frame(&mut workspace, 0.0);
        let (request, _) = kept(&frame(&mut workspace, 1.0));
        answer(&mut workspace, request, Safe::Kept);
        workspace
    };
    let mut undone = dirty();
    undone.apply(Action::Undo);
    assert_eq!(frame(&mut undone, 2.0), gone);
    assert_eq!(frame(&mut undone, 3.0), []);

    let mut saved = dirty();
    save(&mut saved, true);
    assert!(frame(&mut saved, 2.0).contains(&SafekeepingEffect::Forget));

    let mut unconfirmed = dirty();
    save(&mut unconfirmed, false);
    assert!(!frame(&mut unconfirmed, 2.0).contains(&SafekeepingEffect::Forget), "a power cut might still take the save back");
    rename(&mut unconfirmed, "Grow most");
    save(&mut unconfirmed, true);
    assert!(frame(&mut unconfirmed, 3.0).contains(&SafekeepingEffect::Forget));

    let mut left = dirty();
    left.apply(Action::Quit);
    let question = left.question.clone().unwrap();
    let effects = left.apply(Action::Confirmed(question.clone(), Answer::Cancel));
    assert_eq!(safely(&effects), []);
    let effects = left.apply(Action::Confirmed(question, Answer::Discard));
    assert!(effects.contains(&Effect::CloseWindow));
    assert_eq!(safely(&effects), gone);

    let mut another = dirty();
    another.apply(Action::New);
    let question = another.question.clone().unwrap();
    another.apply(Action::Confirmed(question, Answer::Discard));
    assert_eq!(frame(&mut another, 2.0), gone);
}

#[test]
fn changes_made_while_saving_are_put_by_anew() {
    let mut workspace = workspace();
    rename(&mut workspace, "Grow more");
    frame(&mut workspace, 0.0);
    let (request, _) = kept(&frame(&mut workspace, 1.0));
    answer(&mut workspace, request, Safe::Kept);
    let effects = workspace.apply(Action::SavePath(PathBuf::from("a.waymark.ron")));
    rename(&mut workspace, "Grow most");
    let Some(Effect::Save { request, project, path, save_point, .. }) = effects.into_iter().find(|e| matches!(e, Effect::Save { .. }))
    else {
        panic!("no save")
    };
    let stored = Stored { hash: ContentHash::of(b"new"), project };
    workspace.apply(Action::JobDone(Outcome { request, done: Done::Saved { path, save_point, stored, is_durable: true } }));
    assert!(frame(&mut workspace, 2.0).iter().all(|effect| !matches!(effect, SafekeepingEffect::Forget)));
    let effects = frame(&mut workspace, 3.0);
    let [SafekeepingEffect::Keep { base, path, .. }] = &effects[..] else { panic!("{effects:?}") };
    assert_eq!((base.unwrap(), path.clone().unwrap()), (ContentHash::of(b"new"), PathBuf::from("a.waymark.ron")));
}

#[test]
fn that_nothing_can_be_kept_is_said_once() {
    let mut workspace = workspace();
    for now in [0.0, 10.0] {
        rename(&mut workspace, &format!("Grow {now}"));
        frame(&mut workspace, now);
        let (request, _) = kept(&frame(&mut workspace, now + 1.0));
        answer(&mut workspace, request, Safe::NotKept("the disk is full".to_owned()));
        let expected = "Unsaved changes cannot be kept for the case of a crash: the disk is full. Save them soon.";
        assert_eq!(texts(&workspace), if now < 5.0 { vec![expected] } else { vec![] });
    }
}

fn unsaved(workspace: &Workspace, id: u64) -> (Unsaved, Project) {
    let base = workspace.project();
    let mut changed = Document::new(Project::clone(base));
    let change = crate::document::edits::rename_goal(base.goal(&goal_id("a-grow")).unwrap(), "Grow anew");
    changed.apply(&change.label, change.edit).unwrap();
    let project = Project::clone(changed.project());
    let state = UnsavedState::Whole {
        project: Arc::clone(changed.project()),
        at: super::day("2026-06-30").and_hms_opt(14, 5, 0).unwrap(),
        path: Some(PathBuf::from("a.waymark.ron")),
        base: Some(Arc::clone(base)),
        hash: Some(ContentHash::of(b"there")),
        read_only: false,
        lines: vec!["Objective “Grow anew”: title Grow → Grow anew".to_owned()],
        note: None,
        typed: Typed::default(),
    };
    (Unsaved { id: Found::Snapshot(SnapshotId(id)), state }, project)
}

#[test]
fn recovered_changes_are_unsaved_one_step_and_still_put_by() {
    let mut workspace = workspace();
    let (found, project) = unsaved(&workspace, 5);
    let before = Arc::clone(workspace.project());
    let effects = workspace.apply(Action::Safekeeping(SafekeepingAction::FindUnsaved));
    let [SafekeepingEffect::Find { request }] = safely(&effects)[..] else { panic!("{effects:?}") };
    answer(&mut workspace, request, Safe::Found(vec![found]));
    assert!(workspace.safekeeping.snapshots.offered.is_some());
    let effects = workspace.apply(Action::Safekeeping(SafekeepingAction::Recover(Found::Snapshot(SnapshotId(5)))));
    assert_eq!(safely(&effects), [SafekeepingEffect::Take(SnapshotId(5)), SafekeepingEffect::Release]);
    assert_eq!(**workspace.project(), project);
    assert!(workspace.document.is_dirty() && workspace.safekeeping.snapshots.offered.is_none());
    assert_eq!(workspace.document.undo_label(), Some("Recover unsaved changes"));
    let stored = workspace.file.stored.clone().unwrap();
    assert_eq!((stored.hash, stored.project), (ContentHash::of(b"there"), Arc::clone(&before)));
    assert!(frame(&mut workspace, 20.0).iter().all(|effect| matches!(effect, SafekeepingEffect::Hold { .. })), "it is on the disk already");
    workspace.apply(Action::Undo);
    assert_eq!(*workspace.project(), before);
    assert_eq!(frame(&mut workspace, 21.0), [SafekeepingEffect::Forget]);
}

#[test]
fn an_offer_waits_for_what_is_unsaved_now() {
    let mut workspace = workspace();
    let (found, project) = unsaved(&workspace, 5);
    answer(&mut workspace, RequestId(0), Safe::Found(vec![found]));
    rename(&mut workspace, "Grow more");
    frame(&mut workspace, 0.0);
    workspace.apply(Action::Safekeeping(SafekeepingAction::Recover(Found::Snapshot(SnapshotId(5)))));
    let question = workspace.question.clone().expect("a question");
    let effects = workspace.apply(Action::Confirmed(question, Answer::Discard));
    assert_eq!(safely(&effects)[0], SafekeepingEffect::Forget, "what was put by of this window goes first");
    assert_eq!(**workspace.project(), project);
}

#[test]
fn unsaved_changes_go_only_after_a_question_and_later_keeps_them() {
    let mut workspace = workspace();
    let (one, _) = unsaved(&workspace, 5);
    let broken = UnsavedState::Broken(Unusable {
        path: PathBuf::from("6.waymark.ron"),
        why: "it was not written whole".to_owned(),
        at: None,
        file: None,
        name: None,
    });
    answer(&mut workspace, RequestId(0), Safe::Found(vec![one, Unsaved { id: Found::Snapshot(SnapshotId(6)), state: broken }]));
    let effects = workspace.apply(Action::Safekeeping(SafekeepingAction::Discard(Found::Snapshot(SnapshotId(5)))));
    assert_eq!(safely(&effects), []);
    let question = workspace.question.clone().expect("a question");
    workspace.apply(Action::Confirmed(question.clone(), Answer::Cancel));
    assert_eq!(workspace.safekeeping.snapshots.offered.as_ref().unwrap().len(), 2);
    let effects = workspace.apply(Action::Confirmed(question, Answer::Discard));
    assert_eq!(safely(&effects), [SafekeepingEffect::Discard(Found::Snapshot(SnapshotId(5)))]);
    assert_eq!(workspace.safekeeping.snapshots.offered.as_ref().unwrap().len(), 1);
    let before = Arc::clone(workspace.project());
    workspace.apply(Action::Safekeeping(SafekeepingAction::Recover(Found::Snapshot(SnapshotId(6)))));
    assert_eq!(*workspace.project(), before, "what is broken cannot be opened");
    let effects = workspace.apply(Action::Safekeeping(SafekeepingAction::Later));
    assert_eq!(safely(&effects), [SafekeepingEffect::Release]);
    assert_eq!(workspace.safekeeping.snapshots.offered, None);
}

fn on_file() -> Workspace {
    let mut workspace = workspace();
    workspace.apply(Action::Adopt(opened(&project(), "a.waymark.ron")));
    workspace
}

#[test]
fn a_version_comes_back_as_one_step() {
    let mut workspace = on_file();
    let mut old = project();
    "Northwind before".clone_into(&mut old.name);
    old.goals.remove(&goal_id("nps"));
    let effects = workspace.apply(Action::Safekeeping(SafekeepingAction::ShowVersions));
    let [SafekeepingEffect::ListVersions { request, .. }] = &safely(&effects)[..] else { panic!("{effects:?}") };
    answer(&mut workspace, *request, Safe::Versions(Ok(Vec::new())));
    assert_eq!((&workspace.safekeeping.versions, &workspace.view.sheet), (&Versions::Listed(Vec::new()), &Some(Sheet::Versions)));
    let restore = Action::Safekeeping(SafekeepingAction::Restore(PathBuf::from("1.waymark.ron")));
    let effects = workspace.apply(restore.clone());
    let [SafekeepingEffect::LoadVersion { request, .. }] = &safely(&effects)[..] else { panic!("{effects:?}") };
    let until = super::day("2026-06-30").and_hms_opt(9, 5, 0);
    answer(&mut workspace, *request, Safe::Version { project: Arc::new(old.clone()), until });
    assert_eq!((&**workspace.project(), workspace.document.is_dirty()), (&old, true));
    assert_eq!(workspace.document.undo_label(), Some("Restore the version of 30 Jun 2026, 09:05"));
    workspace.apply(Action::Undo);
    assert_eq!((&**workspace.project(), workspace.document.is_dirty()), (&project(), false));

    // What comes too late takes nothing's place.
    let effects = workspace.apply(restore);
    let [SafekeepingEffect::LoadVersion { request, .. }] = &safely(&effects)[..] else { panic!("{effects:?}") };
    rename(&mut workspace, "Grow more");
    answer(&mut workspace, *request, Safe::Version { project: Arc::new(old), until });
    assert_eq!(workspace.project().goals.len(), 4);
}

#[test]
fn a_damaged_file_offers_its_newest_version() {
    let mut workspace = workspace();
    let mut version = project();
    version.id = ProjectId::from_random(9);
    let effects = workspace.apply(Action::OpenPath(PathBuf::from("b.waymark.ron")));
    let Some(Effect::Load { request, .. }) = effects.first() else { panic!("{effects:?}") };
    let until = super::day("2026-06-30").and_hms_opt(9, 5, 0);
    let offer = Safe::Damaged { damage: Damage::Zeros, until, version: opened(&version, "b.waymark.ron") };
    answer(&mut workspace, *request, offer);
    let question = workspace.question.clone().expect("a question");
    assert_eq!(
        question.text(""),
        "“b.waymark.ron” cannot be opened: the file holds zeros in the place of text, as a crash of the computer or a full disk can leave \
         it. A version of 30 Jun 2026, 09:05 was kept when it was last saved (4 goals, 3 metrics, 0 values). Opened, it replaces the damaged \
         file only when you save."
    );
    workspace.apply(Action::Confirmed(question, Answer::OpenVersion));
    assert_eq!((&**workspace.project(), workspace.document.is_dirty()), (&version, true));
    assert_eq!(workspace.file.path, Some(PathBuf::from("b.waymark.ron")));
    let effects = workspace.apply(Action::Save);
    assert!(effects.iter().any(|e| matches!(e, Effect::Save { way, .. } if matches!(way.over, Over::Known(_)))), "{effects:?}");
}

fn hold_request(effects: &[SafekeepingEffect]) -> RequestId {
    let [SafekeepingEffect::Hold { request, .. }] = effects else { panic!("the file is not asked for: {effects:?}") };
    *request
}

#[test]
fn a_file_of_another_window_is_saved_only_after_taking_over() {
    let mut workspace = on_file();
    let request = hold_request(&frame(&mut workspace, 0.0));
    assert_eq!(frame(&mut workspace, 0.1), [], "it is asked for once");
    let holder = Holder { process: Some(7), since: super::day("2026-06-30").and_hms_opt(9, 5, 0) };
    answer(&mut workspace, request, Safe::Held(Some(holder)));
    assert_eq!(workspace.held_elsewhere(), Some(holder));
    rename(&mut workspace, "Grow more");

    // It is looked whether the other one still has it.
    let effects = workspace.apply(Action::Save);
    let request = hold_request(&safely(&effects));
    assert!(!effects.iter().any(|e| matches!(e, Effect::Save { .. })));
    answer(&mut workspace, request, Safe::Held(Some(holder)));
    let question = workspace.question.clone().expect("a question");
    assert_eq!(question, Question::HeldElsewhere(holder));
    assert!(question.text("").starts_with("This project is open in another window since 30 Jun 2026, 09:05."));
    let effects = workspace.apply(Action::Confirmed(question.clone(), Answer::SaveCopy));
    assert!(effects.iter().any(|e| matches!(e, Effect::AskSavePath { .. })));
    workspace.apply(Action::DialogCancelled);
    let effects = workspace.apply(Action::Confirmed(question, Answer::TakeOver));
    assert!(effects.iter().any(|e| matches!(e, Effect::Save { way, .. } if matches!(way.over, Over::Known(_)))), "{effects:?}");
    assert_eq!(workspace.held_elsewhere(), None);
}

#[test]
fn a_window_that_is_gone_holds_nothing_up() {
    let mut workspace = on_file();
    let request = hold_request(&frame(&mut workspace, 0.0));
    answer(&mut workspace, request, Safe::Held(Some(Holder::default())));
    rename(&mut workspace, "Grow more");
    let request = hold_request(&safely(&workspace.apply(Action::Save)));
    let effects = answer(&mut workspace, request, Safe::Held(None));
    assert!(effects.iter().any(|e| matches!(e, Effect::Save { .. })));
    assert_eq!((workspace.held_elsewhere(), &workspace.question), (None, &None));
}

#[test]
fn a_file_that_is_gone_is_written_anew_only_where_no_other_window_has_it() {
    let mut workspace = on_file();
    let request = hold_request(&frame(&mut workspace, 0.0));
    answer(&mut workspace, request, Safe::Held(Some(Holder::default())));
    workspace.apply(Action::FileSeen(PathBuf::from("a.waymark.ron"), Seen::Gone));
    let effects = workspace.apply(Action::Merge(MergeAction::SaveAnew));
    assert!(!effects.iter().any(|e| matches!(e, Effect::Save { .. })), "{effects:?}");
    let request = hold_request(&safely(&effects));
    answer(&mut workspace, request, Safe::Held(Some(Holder::default())));
    assert_eq!(workspace.question, Some(Question::HeldElsewhere(Holder::default())));
}
