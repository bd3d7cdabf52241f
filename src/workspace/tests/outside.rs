//! Others change the file of the open project.

use std::path::PathBuf;
use std::sync::Arc;

use super::files::{request_of, saved};
use super::saving::{edited_plan, plan};
use super::{day, goal, goal_id, metric_id, project, rename, target, texts};
use crate::document::edits;
use crate::document::merge::Side;
use crate::model::{Aim, MeetingEntryKind, Point, Project, ProjectId, SlideSubject, Stamp};
use crate::storage::{ContentHash, write_project};
use crate::workspace::jobs::{Done, Opened, Outcome};
use crate::workspace::presentation::Capture;
use crate::workspace::*;

const PLAN: &str = "/plans/plan.waymark.ron";

fn stored(project: &Project) -> Stored {
    Stored { hash: ContentHash::of(write_project(project).as_bytes()), project: Arc::new(project.clone()) }
}

/// A point of MAU, a target of NPS and a title of the other objective: nothing that `rename` touches.
fn theirs() -> Project {
    let mut project = project();
    let metric = Arc::make_mut(project.metrics.get_mut(&metric_id("mau")).unwrap());
    Arc::make_mut(&mut metric.series).put(Point::new(Stamp::from_date(day("2026-05-31")), 5.0)).unwrap();
    set_title(&mut project, "b-delight", "Delight all");
    project
}

fn set_title(project: &mut Project, goal: &str, title: &str) {
    let goal = project.goals.get_mut(&goal_id(goal)).unwrap();
    title.clone_into(&mut Arc::make_mut(goal).title);
}

fn title(workspace: &Workspace, goal: &str) -> String {
    workspace.project().goal(&goal_id(goal)).unwrap().title.clone()
}

fn see(workspace: &mut Workspace, project: &Project) -> Vec<Effect> {
    workspace.apply(Action::FileSeen(PathBuf::from(PLAN), Seen::Holds(stored(project).hash)))
}

fn asks_to_bring(effects: &[Effect]) -> bool {
    effects.iter().any(|e| matches!(e, Effect::Bring { .. }))
}

/// Does what the shell does for the last effect that asks for it, with the file as it is.
fn bring(workspace: &mut Workspace, effects: &[Effect], file: &Project) -> Vec<Effect> {
    let Some(Effect::Bring { request, base, mine, theirs, chosen, .. }) = effects.iter().find(|e| matches!(e, Effect::Bring { .. })) else {
        panic!("nothing is to be brought together in {effects:?}")
    };
    let theirs = theirs.clone().unwrap_or_else(|| stored(file));
    let brought = bring_together(base, Arc::clone(mine), theirs, chosen);
    workspace.apply(Action::JobDone(Outcome { request: *request, done: Done::Brought(Box::new(brought)) }))
}

fn banner(workspace: &Workspace) -> Option<String> {
    workspace.file.outside.as_ref().map(|outside| outside.words(&PathBuf::from(PLAN)))
}

#[test]
fn with_nothing_unsaved_it_is_reloaded_and_the_view_stays() {
    let mut workspace = plan();
    workspace.apply(Action::Select(goal("nps")));
    workspace.apply(Action::Show(Screen::Kpi));
    workspace.apply(Action::SetRange(TimeRange::Months3));
    workspace.apply(Action::SetAsOf(Some(day("2026-06-01"))));
    let view = workspace.view.clone();
    let effects = see(&mut workspace, &theirs());
    bring(&mut workspace, &effects, &theirs());
    assert_eq!(**workspace.project(), theirs());
    assert_eq!(workspace.view, view);
    assert!(!workspace.document.is_dirty());
    assert_eq!(
        texts(&workspace),
        [
            "Somebody else changed plan.waymark.ron. Now shown here:\nObjective “Delight all”: title Delight → Delight all\nMetric “MAU”: 1 value added"
        ]
    );
    assert_eq!(workspace.file.stored, Some(stored(&theirs())));
    // It can be looked at as it was, and then the file holds something else.
    workspace.apply(Action::Undo);
    assert_eq!(**workspace.project(), project());
    assert!(workspace.document.is_dirty());
    workspace.apply(Action::Redo);
    assert!(!workspace.document.is_dirty());
}

#[test]
fn another_layout_of_the_same_project_is_taken_over_without_a_word() {
    let mut workspace = edited_plan();
    let mine = Arc::clone(workspace.project());
    let effects = workspace.apply(Action::FileSeen(PathBuf::from(PLAN), Seen::Holds(ContentHash::of(b"other layout"))));
    let Some(Effect::Bring { request, base, mine: now, chosen, .. }) = effects.first().cloned() else { panic!("{effects:?}") };
    let theirs = Stored { hash: ContentHash::of(b"other layout"), project: Arc::new(project()) };
    let brought = bring_together(&base, now, theirs, &chosen);
    workspace.apply(Action::JobDone(Outcome { request, done: Done::Brought(Box::new(brought)) }));
    assert_eq!((workspace.project(), banner(&workspace), texts(&workspace)), (&mine, None, vec![]));
    assert!(workspace.document.is_dirty());
    let effects = workspace.apply(Action::Save);
    assert!(effects.iter().any(|e| matches!(e, Effect::Save { way, .. } if way.over == Over::Known(ContentHash::of(b"other layout")))));
}

#[test]
fn with_unsaved_edits_a_merge_is_offered_and_is_one_step() {
    let mut workspace = edited_plan();
    let mine = Arc::clone(workspace.project());
    let effects = see(&mut workspace, &theirs());
    bring(&mut workspace, &effects, &theirs());
    assert_eq!(workspace.project(), &mine, "it is only offered");
    assert_eq!(workspace.question, None);
    assert_eq!(
        banner(&workspace).unwrap(),
        "plan.waymark.ron was changed by somebody else, in 2 places. Objective “Delight all”: title Delight → Delight all"
    );
    let effects = workspace.apply(MergeAction::Begin.into());
    bring(&mut workspace, &effects, &theirs());
    assert_eq!((title(&workspace, "a-grow"), title(&workspace, "b-delight")), ("Grow more".to_owned(), "Delight all".to_owned()));
    assert_eq!(workspace.project().metric(&metric_id("mau")).unwrap().series.len(), 1);
    assert_eq!(workspace.project().validate(), []);
    assert!(workspace.document.is_dirty());
    assert!(texts(&workspace)[0].starts_with("Merged. From the others came:\nObjective “Delight all”"), "{:?}", texts(&workspace));
    assert_eq!(banner(&workspace), None);
    // The next save goes through: it expects what the others saved.
    let effects = workspace.apply(Action::Save);
    assert!(effects.iter().any(|e| matches!(e, Effect::Save { way, .. } if way.over == Over::Known(stored(&theirs()).hash))));
    saved(&mut workspace, &effects);
    workspace.apply(Action::Undo);
    assert_eq!(workspace.project(), &mine);
    assert!(workspace.document.is_dirty());
    workspace.apply(Action::Undo);
    assert!(workspace.document.is_dirty(), "that is what the file held long ago");
}

#[test]
fn mine_may_be_kept_for_now_and_the_save_asks() {
    let mut workspace = edited_plan();
    let effects = see(&mut workspace, &theirs());
    bring(&mut workspace, &effects, &theirs());
    workspace.apply(MergeAction::Leave.into());
    assert_eq!(banner(&workspace), None);
    let effects = workspace.apply(Action::Save);
    assert!(effects.iter().any(|e| matches!(e, Effect::Save { way, .. } if way.over == Over::Known(stored(&project()).hash))));
}

#[test]
fn what_both_changed_is_chosen_one_by_one() {
    let mut file = project();
    set_title(&mut file, "a-grow", "Grow slowly");
    set_title(&mut file, "b-delight", "Delight all");
    let target_of = |workspace: &Workspace| match &workspace.project().goal(&goal_id("mau")).unwrap().as_key_result().unwrap().aim {
        Aim::Increase { target, .. } => *target,
        other => panic!("{other:?}"),
    };
    let mau = Arc::make_mut(file.goals.get_mut(&goal_id("mau")).unwrap());
    if let crate::model::GoalKind::KeyResult(key_result) = &mut mau.kind {
        key_result.aim = Aim::Increase { start: 1.0, target: 12e6 };
    }
    let mut workspace = edited_plan();
    workspace.apply(target(&workspace, 9e6));
    let mine = Arc::clone(workspace.project());
    let effects = workspace.apply(MergeAction::Begin.into());
    bring(&mut workspace, &effects, &file);
    let merging = workspace.merging.clone().expect("conflicts");
    let shown: Vec<_> = merging.conflicts.iter().map(|c| (c.id.field.as_str(), c.ours.as_str(), c.theirs.as_str())).collect();
    assert_eq!(shown, [("title", "Grow more", "Grow slowly"), ("target", "9 M", "12 M")]);
    assert_eq!(workspace.project(), &mine, "nothing is merged before all are chosen");

    workspace.apply(MergeAction::Cancel.into());
    assert_eq!((workspace.project(), &workspace.merging), (&mine, &None));
    assert!(banner(&workspace).is_some(), "it can be taken up again");

    let effects = workspace.apply(MergeAction::Begin.into());
    bring(&mut workspace, &effects, &file);
    workspace.apply(MergeAction::ChooseAll(Side::Ours).into());
    workspace.apply(MergeAction::Choose(merging.conflicts[1].id.clone(), Side::Theirs).into());
    assert!(workspace.merging.as_ref().unwrap().is_decided());
    let effects = workspace.apply(MergeAction::Finish.into());
    bring(&mut workspace, &effects, &file);
    assert_eq!(workspace.merging, None);
    assert_eq!((title(&workspace, "a-grow"), target_of(&workspace)), ("Grow more".to_owned(), 12e6));
    assert_eq!(title(&workspace, "b-delight"), "Delight all");
    workspace.apply(Action::Undo);
    assert_eq!(workspace.project(), &mine);
}

#[test]
fn merging_before_a_save_saves_then() {
    let mut workspace = edited_plan();
    let effects = workspace.apply(Action::Save);
    let (request, path) = (request_of(&effects), PathBuf::from(PLAN));
    let way = SaveWay::over(Over::Known(stored(&project()).hash));
    workspace.apply(Action::JobDone(Outcome { request, done: Done::NotSaved { path, way, refusal: Refusal::Changed } }));
    let question = workspace.question.clone().unwrap();
    let effects = workspace.apply(Action::Confirmed(question, Answer::Merge));
    let effects = bring(&mut workspace, &effects, &theirs());
    assert!(effects.iter().any(|e| matches!(e, Effect::Save { way, .. } if way.over == Over::Known(stored(&theirs()).hash))));
    saved(&mut workspace, &effects);
    assert!(!workspace.document.is_dirty());
}

#[test]
fn edits_made_while_it_was_compared_are_in_the_merge() {
    let mut workspace = edited_plan();
    let effects = workspace.apply(MergeAction::Begin.into());
    rename(&mut workspace, "Grow most");
    let effects = bring(&mut workspace, &effects, &theirs());
    assert!(asks_to_bring(&effects), "{effects:?}");
    bring(&mut workspace, &effects, &theirs());
    assert_eq!((title(&workspace, "a-grow"), title(&workspace, "b-delight")), ("Grow most".to_owned(), "Delight all".to_owned()));
}

#[test]
fn slides_and_drags_are_not_disturbed() {
    let mut workspace = plan();
    workspace.apply(Action::Present(PresentAction::Begin(BeginAt::First)));
    assert!(workspace.presentation.is_some());
    assert!(!asks_to_bring(&see(&mut workspace, &theirs())));
    let effects = workspace.apply(Action::Present(PresentAction::End));
    assert!(asks_to_bring(&effects), "{effects:?}");
    bring(&mut workspace, &effects, &theirs());
    assert_eq!(**workspace.project(), theirs());

    let mut workspace = plan();
    workspace.apply(Action::BeginDrag { label: "Change target".to_owned() });
    workspace.apply(target(&workspace, 9e6));
    assert!(!asks_to_bring(&see(&mut workspace, &theirs())));
    let effects = workspace.apply(Action::CommitDrag);
    assert!(asks_to_bring(&effects), "{effects:?}");
}

#[test]
fn slides_begun_while_it_was_compared_are_not_disturbed_either() {
    let mut workspace = plan();
    let effects = see(&mut workspace, &theirs());
    workspace.apply(Action::Present(PresentAction::Begin(BeginAt::First)));
    bring(&mut workspace, &effects, &theirs());
    assert_eq!(**workspace.project(), project());
    assert!(asks_to_bring(&workspace.apply(Action::Present(PresentAction::End))));
}

#[test]
fn what_was_saved_here_is_no_change_of_others() {
    let mut workspace = edited_plan();
    let effects = workspace.apply(Action::Save);
    let now = Arc::clone(workspace.project());
    assert!(!asks_to_bring(&see(&mut workspace, &now)), "seen before the save has ended");
    assert!(!asks_to_bring(&saved(&mut workspace, &effects)));
    assert!(!asks_to_bring(&see(&mut workspace, &now)));
    assert!(!asks_to_bring(&workspace.apply(Action::FileSeen(PathBuf::from("/plans/other.waymark.ron"), Seen::Gone))));
    assert_eq!((banner(&workspace), workspace.document.is_dirty()), (None, false));
}

#[test]
fn a_file_that_goes_is_said_and_its_project_counts_as_unsaved_until_it_is_back() {
    let mut workspace = plan();
    let gone = || Action::FileSeen(PathBuf::from(PLAN), Seen::Gone);
    workspace.apply(gone());
    assert_eq!(banner(&workspace).unwrap(), "plan.waymark.ron was deleted, moved or renamed. Your project is still whole here.");
    assert!(workspace.document.is_dirty(), "closing the window would lose it");
    see(&mut workspace, &project());
    assert_eq!((banner(&workspace), workspace.document.is_dirty()), (None, false));

    workspace.apply(gone());
    let effects = workspace.apply(MergeAction::SaveAnew.into());
    assert!(effects.iter().any(|e| matches!(e, Effect::Save { way, .. } if way.allows(Permit::Anew))));
    saved(&mut workspace, &effects);
    assert_eq!((banner(&workspace), workspace.document.is_dirty()), (None, false));

    // It comes back with something else in it.
    workspace.apply(gone());
    let effects = see(&mut workspace, &theirs());
    bring(&mut workspace, &effects, &theirs());
    assert_eq!((&**workspace.project(), workspace.document.is_dirty()), (&theirs(), false));
}

#[test]
fn a_file_that_cannot_be_read_any_more_waits_until_it_can() {
    let mut workspace = plan();
    let broken = Action::FileSeen(PathBuf::from(PLAN), Seen::Holds(ContentHash::of(b"<<<<<<< ours")));
    let effects = workspace.apply(broken);
    let why = "plan.waymark.ron:1:1: two versions are marked here".to_owned();
    let done = Done::NotBrought(Outside::Unreadable { why });
    workspace.apply(Action::JobDone(Outcome { request: request_of(&effects), done }));
    assert!(banner(&workspace).unwrap().ends_with("Your project is still whole here. plan.waymark.ron:1:1: two versions are marked here"));
    assert!(workspace.document.is_dirty());
    let effects = see(&mut workspace, &theirs());
    bring(&mut workspace, &effects, &theirs());
    assert_eq!((&**workspace.project(), banner(&workspace)), (&theirs(), None));
    assert!(!workspace.document.is_dirty());
}

#[test]
fn another_project_in_the_file_is_shown_only_where_nothing_would_be_lost() {
    let other = Project::empty(ProjectId::from_random(9), "Other");
    let opened =
        || Opened { project: Arc::new(other.clone()), path: Some(PathBuf::from(PLAN)), read_only: false, hash: Some(stored(&other).hash) };
    let mut workspace = plan();
    let effects = see(&mut workspace, &other);
    workspace.apply(Action::JobDone(Outcome { request: request_of(&effects), done: Done::Another(opened()) }));
    assert_eq!(workspace.project().name, "Other");

    let mut workspace = edited_plan();
    let effects = see(&mut workspace, &other);
    workspace.apply(Action::JobDone(Outcome { request: request_of(&effects), done: Done::Another(opened()) }));
    assert_eq!(workspace.project().name, "Northwind");
    assert!(banner(&workspace).unwrap().contains("another project now, “Other”"));
    let effects = workspace.apply(MergeAction::Begin.into());
    workspace.apply(Action::JobDone(Outcome { request: request_of(&effects), done: Done::Another(opened()) }));
    let question = workspace.question.clone().expect("a question");
    assert!(!question.answers().iter().any(|(answer, _)| *answer == Answer::Merge));
}

#[test]
fn a_step_of_others_on_what_is_edited_is_refused_nothing() {
    // They remove what is edited here: it stays until somebody decides.
    let mut file = project();
    let change = edits::remove_goal(&file, &goal_id("a-grow")).unwrap();
    crate::document::apply(&mut file, change.edit).unwrap();
    let mut workspace = edited_plan();
    let effects = workspace.apply(MergeAction::Begin.into());
    bring(&mut workspace, &effects, &file);
    workspace.apply(MergeAction::ChooseAll(Side::Theirs).into());
    let effects = workspace.apply(MergeAction::Finish.into());
    bring(&mut workspace, &effects, &file);
    assert_eq!(workspace.project().validate(), []);
    assert_eq!(workspace.project().goal(&goal_id("a-grow")), None);
    assert_ne!(workspace.view.selected, Some(goal("a-grow")));
}

/// The first slide of a KPI that is on.
fn on_the_slide_of(workspace: &mut Workspace, metric: &str) {
    workspace.apply(Action::Present(PresentAction::Begin(BeginAt::First)));
    let outline = workspace.outline();
    let wanted = SlideSubject::Kpi(metric_id(metric));
    let entry = outline.iter().find(|e| e.id.subject == wanted).expect("a slide of the metric");
    workspace.apply(Action::Present(PresentAction::GoTo(entry.id.clone())));
}

fn subject(workspace: &Workspace) -> SlideSubject {
    workspace.presentation.as_ref().expect("slides are shown").at.subject.clone()
}

#[test]
fn slides_go_on_where_they_are_when_a_merge_comes_in_and_nothing_that_was_said_is_lost() {
    let mut workspace = edited_plan();
    on_the_slide_of(&mut workspace, "mau");
    let capture = Capture { text: "Raise the price".to_owned(), ..Capture::of(MeetingEntryKind::Decision) };
    workspace.apply(Action::Present(PresentAction::Capture(Some(capture))));
    workspace.apply(Action::Present(PresentAction::KeepCapture));
    let half_said = Capture { text: "Ask the".to_owned(), ..Capture::of(MeetingEntryKind::Action) };
    workspace.apply(Action::Present(PresentAction::Capture(Some(half_said.clone()))));
    workspace.apply(Action::Present(PresentAction::NextMode));
    let looks = workspace.presentation.as_ref().unwrap().looks.clone();

    let effects = workspace.apply(MergeAction::Begin.into());
    bring(&mut workspace, &effects, &theirs());
    assert_eq!(title(&workspace, "b-delight"), "Delight all", "theirs is there");
    assert_eq!(title(&workspace, "a-grow"), "Grow more", "and so is mine");
    assert!(workspace.project().meeting_log.values().any(|e| e.text == "Raise the price"));
    assert_eq!(subject(&workspace), SlideSubject::Kpi(metric_id("mau")));
    let presentation = workspace.presentation.as_ref().unwrap();
    assert_eq!((presentation.capture.as_ref(), &presentation.looks), (Some(&half_said), &looks));
    workspace.apply(Action::Present(PresentAction::KeepCapture));
    workspace.apply(Action::Present(PresentAction::End));
    assert!(workspace.project().meeting_log.values().any(|e| e.text == "Ask the"));
    assert_eq!(workspace.meeting_held.map(|held| held.added), Some(2));
}

#[test]
fn a_slide_whose_metric_others_took_away_gives_its_place_to_the_nearest() {
    let mut workspace = edited_plan();
    on_the_slide_of(&mut workspace, "mau");
    let place = workspace.outline().iter().position(|e| e.id.subject == subject(&workspace)).unwrap();
    let mut file = project();
    file.metrics.remove(&metric_id("mau"));
    let of_metric = |goal: &crate::model::Goal| goal.as_key_result().is_some_and(|k| k.metric == Some(metric_id("mau")));
    file.goals.retain(|_, goal| !of_metric(goal));
    assert_eq!(file.validate(), []);
    let effects = workspace.apply(MergeAction::Begin.into());
    bring(&mut workspace, &effects, &file);
    assert!(workspace.project().metric(&metric_id("mau")).is_none(), "{:?}", workspace.merging);
    let outline = workspace.outline();
    let now = outline.iter().position(|e| e.id.subject == subject(&workspace)).expect("a slide that is there");
    assert!(now.abs_diff(place) <= 1, "{place} then {now}");
    assert!(workspace.presented().is_some_and(|slide| !slide.title.is_empty()));
    workspace.apply(Action::Undo);
    assert!(workspace.outline().iter().any(|e| e.id.subject == SlideSubject::Kpi(metric_id("mau"))));
}
