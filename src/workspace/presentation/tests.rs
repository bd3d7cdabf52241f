//! A presentation as somebody gives it.

use proptest::prelude::*;

use super::{BeginAt, Blank, Capture, Forecast, PresentAction as P, SlideLook, Step, following, moved_slide_by, numbered};
use crate::chart::deck::SlideId;
use crate::document::arbitrary::Random;
use crate::document::edits;
use crate::model::arbitrary::projects;
use crate::model::{MeetingEntryKind, SlideSubject};
use crate::storage;
use crate::workspace::{Action, Effect, IdSource, KpiMode, Preferences, Screen, Selection, TimeRange, Workspace};

fn workspace() -> Workspace {
    let today = "2026-11-21".parse().unwrap();
    Workspace::new(storage::sample(), today, IdSource::seeded(3), Preferences::default())
}

fn started() -> Workspace {
    let mut workspace = workspace();
    does(&mut workspace, P::Begin(BeginAt::First));
    workspace
}

fn does(workspace: &mut Workspace, action: P) -> Vec<Effect> {
    workspace.apply(Action::Present(action))
}

fn all(workspace: &mut Workspace, actions: impl IntoIterator<Item = P>) {
    for action in actions {
        does(workspace, action);
    }
}

fn at(workspace: &Workspace) -> SlideSubject {
    workspace.presentation.as_ref().unwrap().at.subject.clone()
}

fn number(workspace: &Workspace) -> Option<usize> {
    numbered(&workspace.outline(), &workspace.presentation.as_ref().unwrap().at).0
}

fn on_a_kpi() -> Workspace {
    let mut workspace = started();
    let outline = workspace.outline();
    let kpi = outline.iter().find(|e| matches!(e.id.subject, SlideSubject::Kpi(_)) && !e.hidden).unwrap();
    does(&mut workspace, P::GoTo(kpi.id.clone()));
    workspace
}

#[test]
fn from_the_first_to_the_last_and_behind_it_the_end() {
    let mut workspace = workspace();
    let effects = does(&mut workspace, P::Begin(BeginAt::First));
    assert!(effects.contains(&Effect::BeginPresenting));
    assert_eq!((at(&workspace), number(&workspace)), (SlideSubject::Title, Some(1)));
    let shown: Vec<SlideId> = workspace.outline().iter().filter(|e| !e.hidden).map(|e| e.id.clone()).collect();
    for id in &shown {
        assert_eq!(workspace.presentation.as_ref().unwrap().at, *id, "those that are left out are passed over");
        does(&mut workspace, P::Next);
    }
    assert!(workspace.presentation.as_ref().unwrap().at_end);
    does(&mut workspace, P::Back);
    let last = workspace.presentation.as_ref().unwrap();
    assert!(!last.at_end && last.at == *shown.last().unwrap());
    all(&mut workspace, [P::First, P::Back]);
    assert_eq!(number(&workspace), Some(1), "nothing comes before the first");
    does(&mut workspace, P::Last);
    assert_eq!(number(&workspace), Some(shown.len()));
    let effects = does(&mut workspace, P::Escape);
    assert!(workspace.presentation.is_none() && effects.contains(&Effect::EndPresenting));
}

#[test]
fn from_here_is_the_slide_about_what_is_selected() {
    let mut workspace = workspace();
    let key_result = |w: &Workspace| {
        let project = w.project();
        let goal = project.goals.values().find(|g| g.as_key_result().is_some_and(|k| k.metric.is_some())).unwrap();
        (goal.id.clone(), goal.as_key_result().unwrap().metric.clone().unwrap())
    };
    let (goal, metric) = key_result(&workspace);
    workspace.apply(Action::Select(Selection::Goal(goal.clone())));
    does(&mut workspace, P::Begin(BeginAt::Here));
    assert_eq!(at(&workspace), SlideSubject::Kpi(metric.clone()));
    does(&mut workspace, P::End);

    let objective = workspace.objective_of(&goal).unwrap();
    workspace.apply(Action::Visit(Selection::Goal(objective.clone())));
    does(&mut workspace, P::Begin(BeginAt::Here));
    assert_eq!(at(&workspace), SlideSubject::Objective(objective));
    does(&mut workspace, P::End);

    // The picture that is on the screen is the one that is shown.
    workspace.apply(Action::Visit(Selection::Metric(metric.clone())));
    workspace.apply(Action::SetKpiMode(KpiMode::XMR));
    does(&mut workspace, P::Begin(BeginAt::Here));
    let presentation = workspace.presentation.as_ref().unwrap();
    assert_eq!(presentation.look(&SlideSubject::Kpi(metric)).mode, Some(KpiMode::XMR));
}

#[test]
fn a_number_goes_to_its_slide_and_one_too_high_to_the_last() {
    let mut workspace = started();
    all(&mut workspace, [P::Digit(0), P::Digit(1), P::Digit(2)]);
    assert_eq!(workspace.presentation.as_ref().unwrap().digits, "12");
    does(&mut workspace, P::Enter);
    assert_eq!(number(&workspace), Some(12));
    all(&mut workspace, [P::Digit(9), P::Digit(9), P::Digit(9), P::Digit(9), P::Enter]);
    let count = numbered(&workspace.outline(), &workspace.presentation.as_ref().unwrap().at).1;
    assert_eq!(number(&workspace), Some(count));
    all(&mut workspace, [P::Digit(3), P::Digit(4), P::Erase, P::Enter]);
    assert_eq!(number(&workspace), Some(3));
    does(&mut workspace, P::Enter);
    assert_eq!(number(&workspace), Some(4), "without a number it goes on");
    does(&mut workspace, P::Erase);
    assert_eq!(number(&workspace), Some(3), "without a number it goes back");
}

#[test]
fn esc_takes_away_what_lies_over_the_slide_before_it_ends() {
    let mut workspace = on_a_kpi();
    let SlideSubject::Kpi(metric) = at(&workspace) else { panic!("not on a KPI") };
    workspace.apply(Action::Visit(Selection::Metric(metric)));
    all(&mut workspace, [P::Digit(4)]);
    does(&mut workspace, P::Capture(Some(Capture::of(MeetingEntryKind::Decision))));
    let state = |w: &Workspace| {
        let p = w.presentation.as_ref()?;
        Some((p.capture.is_some(), p.blank.is_some(), !p.digits.is_empty(), p.drilled.len()))
    };
    assert_eq!(state(&workspace), Some((true, false, false, 1)), "a line begun ends the number");
    does(&mut workspace, P::Escape);
    assert_eq!(state(&workspace), Some((false, false, false, 1)));
    does(&mut workspace, P::Escape);
    assert_eq!(state(&workspace), Some((false, false, false, 0)));
    all(&mut workspace, [P::Blank(Blank::Black), P::Digit(1)]);
    does(&mut workspace, P::Escape);
    assert_eq!(state(&workspace), Some((false, false, true, 0)));
    does(&mut workspace, P::Escape);
    assert_eq!(state(&workspace), Some((false, false, false, 0)));
    for over in [P::ToggleKeys, P::ToggleOverview] {
        does(&mut workspace, over);
        does(&mut workspace, P::Escape);
        assert!(workspace.presentation.as_ref().is_some_and(|p| !p.is_covered()));
    }
    does(&mut workspace, P::Escape);
    assert_eq!(state(&workspace), None);
}

#[test]
fn a_blank_screen_comes_back_to_the_same_slide() {
    let mut workspace = started();
    all(&mut workspace, [P::Next, P::Blank(Blank::Black)]);
    let on = at(&workspace);
    does(&mut workspace, P::Blank(Blank::White));
    assert_eq!(workspace.presentation.as_ref().unwrap().blank, Some(Blank::White));
    does(&mut workspace, P::Next);
    assert_eq!((at(&workspace), workspace.presentation.as_ref().unwrap().blank), (on.clone(), None));
    all(&mut workspace, [P::Blank(Blank::Black), P::Blank(Blank::Black)]);
    assert_eq!((at(&workspace), workspace.presentation.as_ref().unwrap().blank), (on, None));
}

#[test]
fn what_was_looked_at_before_comes_back() {
    let mut workspace = workspace();
    workspace.apply(Action::Show(Screen::Map));
    workspace.apply(Action::SetRange(TimeRange::Months6));
    let before = workspace.view.clone();
    does(&mut workspace, P::Begin(BeginAt::First));
    let goal = workspace.project().goals.values().find(|g| g.is_objective()).unwrap().id.clone();
    let metric = workspace.project().metrics.keys().next().unwrap().clone();
    workspace.apply(Action::Visit(Selection::Goal(goal.clone())));
    workspace.apply(Action::Visit(Selection::Metric(metric)));
    assert_eq!(workspace.view.screen, Screen::Kpi);
    does(&mut workspace, P::Escape);
    assert_eq!((workspace.view.screen, &workspace.view.objective), (Screen::Objective, &Some(goal)), "one step at a time");
    workspace.apply(Action::SetRange(TimeRange::All));
    all(&mut workspace, [P::Escape, P::Escape]);
    assert_eq!(workspace.view, before);
}

#[test]
fn the_chart_of_a_slide_is_looked_at_in_another_way_without_changing_the_screen() {
    let mut workspace = on_a_kpi();
    let (subject, range) = (at(&workspace), workspace.view.range);
    let look = |w: &Workspace| w.presentation.as_ref().unwrap().look(&subject);
    all(&mut workspace, [P::NextMode, P::ToggleForecast]);
    assert_eq!(look(&workspace), SlideLook { mode: Some(KpiMode::XMR), range: None, forecast: Forecast::Hidden });
    workspace.apply(Action::SetRange(TimeRange::Cycle));
    assert_eq!((look(&workspace).range, workspace.view.range), (Some(TimeRange::Cycle), range));
    let mut seen = Vec::new();
    for _ in 0..5 {
        does(&mut workspace, P::NextRange);
        seen.push(look(&workspace).range);
    }
    let wanted = [TimeRange::Months3, TimeRange::Months6, TimeRange::Year1, TimeRange::All].map(Some);
    assert_eq!((&seen[..4], seen[4]), (&wanted[..], None), "after all comes what the slide has");
    all(&mut workspace, [P::Next, P::Back]);
    assert_eq!(look(&workspace).forecast, Forecast::Hidden, "kept with the slide");
    // A slide without a chart has no look.
    all(&mut workspace, [P::First, P::NextMode, P::NextRange]);
    assert_eq!(workspace.presentation.as_ref().unwrap().looks.len(), 1);
}

#[test]
fn a_decision_is_written_down_about_what_is_on_and_the_slide_stays() {
    let mut workspace = on_a_kpi();
    let on = at(&workspace);
    let SlideSubject::Kpi(metric) = on.clone() else { panic!("not on a KPI") };
    let before = workspace.project().meeting_log.len();
    does(&mut workspace, P::Capture(Some(Capture::of(MeetingEntryKind::Decision))));
    does(&mut workspace, P::KeepCapture);
    assert!(workspace.presentation.as_ref().unwrap().capture.is_some(), "nothing is no decision");
    let due = Some("2026-12-01".parse().unwrap());
    let said = Capture { kind: MeetingEntryKind::Action, text: "Ask ten users".to_owned(), owner: "Ana".to_owned(), due };
    all(&mut workspace, [P::Capture(Some(said)), P::KeepCapture]);
    assert_eq!((at(&workspace), workspace.project().meeting_log.len()), (on, before + 1));
    let entry = workspace.project().meeting_log.values().find(|e| e.text == "Ask ten users").unwrap().clone();
    assert_eq!((entry.date, entry.due, entry.metric), (workspace.as_of(), due, Some(metric)));
    assert_eq!(workspace.presentation.as_ref().unwrap().added, 1);

    does(&mut workspace, P::End);
    assert_eq!(workspace.meeting_held.map(|held| held.added), Some(1), "it is offered to be the last meeting");
    workspace.apply(edits::set_last_meeting(workspace.project(), Some(workspace.as_of())).into());
    assert_eq!(workspace.meeting_held, None);
}

#[test]
fn a_slide_that_goes_leaves_its_place_to_the_next() {
    let mut workspace = started();
    let outline = workspace.outline();
    let objective = outline.iter().find(|e| matches!(e.id.subject, SlideSubject::Objective(_)) && !e.hidden).unwrap();
    let next = following(&outline, &objective.id).unwrap().id.clone();
    does(&mut workspace, P::GoTo(objective.id.clone()));
    let SlideSubject::Objective(goal) = &objective.id.subject else { panic!("not on an objective") };
    workspace.apply(Action::Remove(Selection::Goal(goal.clone())));
    let presentation = workspace.presentation.as_ref().unwrap();
    let there = workspace.outline();
    assert!(there.iter().any(|e| e.id == presentation.at));
    assert_ne!(presentation.at, objective.id);
    // The metric outlives the objective, though its slide may have moved.
    assert!(
        presentation.at == next
            || !there.iter().any(|e| e.id == next)
            || there.iter().any(|e| e.id == next && e.hidden)
            || number(&workspace).is_some()
    );
}

#[test]
fn slides_change_places_in_one_step() {
    let mut workspace = started();
    let outline = workspace.outline();
    let names = |w: &Workspace| {
        let subjects: Vec<SlideSubject> = w.outline().iter().filter(|e| e.id.part == 0).map(|e| e.id.subject.clone()).collect();
        subjects
    };
    let before = names(&workspace);
    let third = before[2].clone();
    let change = moved_slide_by(workspace.project(), &outline, &third, Step::Earlier).unwrap();
    workspace.apply(change.into());
    let after = names(&workspace);
    assert_eq!((&after[1], &after[2]), (&before[2], &before[1]));
    let hidden = |w: &Workspace| w.outline().iter().filter(|e| e.hidden).count();
    assert_eq!(hidden(&workspace), outline.iter().filter(|e| e.hidden).count(), "moving takes nothing in or out");
    workspace.apply(Action::Undo);
    assert_eq!(names(&workspace), before);
    assert_eq!(moved_slide_by(workspace.project(), &outline, &before[0], Step::Earlier), None);
    assert_eq!(moved_slide_by(workspace.project(), &outline, before.last().unwrap(), Step::Later), None);
    let change = moved_slide_by(workspace.project(), &outline, &before[0], Step::Later).unwrap();
    workspace.apply(change.into());
    assert_eq!(names(&workspace)[..2], [before[1].clone(), before[0].clone()]);
}

fn random(workspace: &Workspace, random: &mut Random) -> Action {
    let project = workspace.project();
    let outline = workspace.outline();
    let slide = random.pick(&outline).id;
    let capture = Capture { text: random.pick(&["", "Wait"]).to_owned(), ..Capture::of(random.pick(&MeetingEntryKind::ALL)) };
    Action::Present(match random.below(30) {
        0 => P::Begin(random.pick(&[BeginAt::First, BeginAt::Here, BeginAt::Slide(slide)])),
        1 | 2 => P::Next,
        3 => P::Back,
        4 => P::First,
        5 => P::Last,
        6 => P::GoTo(slide),
        7 | 8 => P::Digit(random.below(10) as u8),
        9 => P::Erase,
        10 => P::Enter,
        11 => P::Blank(random.pick(&[Blank::Black, Blank::White])),
        12 => P::ToggleOverview,
        13 => P::ToggleKeys,
        14 => P::TogglePresenter,
        15 => P::Capture(Some(capture)),
        16 => P::KeepCapture,
        17 => P::NextMode,
        18 => P::NextRange,
        19 => P::ToggleForecast,
        20 => return Action::Visit(Selection::Goal(random.goal(project))),
        21 => return Action::Visit(Selection::Metric(random.metric(project))),
        22 => return Action::Remove(Selection::Goal(random.goal(project))),
        23 => return Action::Remove(Selection::Metric(random.metric(project))),
        24 => return Action::Undo,
        25 => return edits::hide_slide(project, &slide.subject, "it", random.below(2) == 0).into(),
        26 => return moved_slide_by(project, &outline, &slide.subject, Step::Later).map_or(Action::Redo, Action::from),
        27 => return Action::SetRange(random.pick(&TimeRange::PRESETS)),
        28 => P::ChangeLine(project.meeting_log.keys().next().cloned()),
        _ => P::Escape,
    })
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 48, ..ProptestConfig::default() })]

    #[test]
    fn whatever_is_done_the_slide_that_is_on_is_there_and_esc_leads_out(project in projects(6), seed in any::<u64>()) {
        let mut source = Random(seed);
        let mut workspace = Workspace::new(project, "2026-11-21".parse().unwrap(), IdSource::seeded(seed), Preferences::default());
        does(&mut workspace, P::Begin(BeginAt::First));
        for _ in 0..40 {
            let action = random(&workspace, &mut source);
            workspace.apply(action.clone());
            if let Some(presentation) = &workspace.presentation {
                let outline = workspace.outline();
                prop_assert!(outline.iter().any(|e| e.id == presentation.at), "{action:?} leaves {:?}", presentation.at);
                prop_assert!(workspace.presented().is_some());
                prop_assert!(presentation.digits.len() <= 3);
            }
        }
        // Each Esc takes one thing away; behind the last one, the presentation ends.
        let layers = |w: &Workspace| w.presentation.as_ref().map(|p| {
            [p.capture.is_some(), p.line.is_some(), p.keys_shown, p.overview, p.blank.is_some(), !p.digits.is_empty()].into_iter().filter(|on| *on).count() + p.drilled.len()
        });
        while let Some(before) = layers(&workspace) {
            does(&mut workspace, P::Escape);
            prop_assert_eq!(layers(&workspace), before.checked_sub(1));
        }
    }
}
