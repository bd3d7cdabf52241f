//! Slides shown to people, driven by the keys of a presenter.

use super::*;
use waymark::model::{MeetingEntryKind, SlideSubject};
use waymark::shell::Displays;
use waymark::workspace::presentation::{Blank, PresentAction, Presentation, numbered};

fn sample() -> Window {
    Window::as_opened(|services| WaymarkApp::open(services, Start::Sample))
}

fn presenting() -> Window {
    let mut window = sample();
    window.press(Modifiers::NONE, Key::F5);
    window
}

fn presentation(window: &Window) -> &Presentation {
    window.workspace().presentation.as_ref().unwrap()
}

fn number(window: &Window) -> Option<usize> {
    numbered(&window.workspace().outline(), &presentation(window).at).0
}

fn count(window: &Window) -> usize {
    numbered(&window.workspace().outline(), &presentation(window).at).1
}

/// To the first slide whose subject is wanted.
fn go_to(window: &mut Window, wanted: impl Fn(&SlideSubject) -> bool) {
    let outline = window.workspace().outline();
    let at = outline.iter().filter(|e| !e.hidden).position(|e| wanted(&e.id.subject)).unwrap() + 1;
    for digit in at.to_string().chars() {
        window.press(Modifiers::NONE, Key::from_name(&digit.to_string()).unwrap());
    }
    window.press(Modifiers::NONE, Key::Enter);
    assert_eq!(number(window), Some(at));
}

#[test]
fn the_deck_is_walked_by_keyboard_from_the_first_slide_to_the_end_and_out() {
    let mut window = presenting();
    assert!(window.harness.query_by_role_and_label(Role::Tab, "Board").is_none(), "nothing but the slide is shown");
    let all = count(&window);
    for at in 1..=all {
        assert_eq!(number(&window), Some(at));
        let slide = window.workspace().presented().unwrap();
        window.harness.get_by_label(&format!("Slide {at} of {all}: {}", slide.title));
        window.press(Modifiers::NONE, [Key::ArrowRight, Key::PageDown, Key::Space, Key::N][at % 4]);
    }
    assert!(presentation(&window).at_end);
    window.harness.get_by_label("End of the slides");
    window.press(Modifiers::NONE, Key::Escape);
    assert!(window.workspace().presentation.is_none());
    window.harness.get_by_role_and_label(Role::Tab, "Board");
}

#[test]
fn a_number_and_enter_jump() {
    let mut window = presenting();
    window.press(Modifiers::NONE, Key::Num1);
    window.press(Modifiers::NONE, Key::Num2);
    window.harness.get_by_label_contains("Slide 12 of");
    window.press(Modifiers::NONE, Key::Enter);
    assert_eq!(number(&window), Some(12));
    window.press(Modifiers::NONE, Key::Num3);
    window.press(Modifiers::NONE, Key::Escape);
    assert_eq!((number(&window), presentation(&window).digits.as_str()), (Some(12), ""));
}

#[test]
fn a_screen_goes_black_and_comes_back() {
    let mut window = presenting();
    window.press(Modifiers::NONE, Key::Period);
    window.harness.get_by_label("Black screen");
    assert_eq!(presentation(&window).blank, Some(Blank::Black));
    window.press(Modifiers::NONE, Key::W);
    window.harness.get_by_label("White screen").click();
    window.harness.run();
    assert_eq!((presentation(&window).blank, number(&window)), (None, Some(1)));
}

#[test]
fn a_click_beside_everything_goes_on() {
    let mut window = presenting();
    let slide = window.workspace().presented().unwrap();
    let all = count(&window);
    window.harness.get_by_label(&format!("Slide 1 of {all}: {}", slide.title)).click();
    window.harness.run();
    assert_eq!(number(&window), Some(2));
}

#[test]
fn the_list_of_keys_opens_and_closes() {
    let mut window = presenting();
    window.press(Modifiers::NONE, Key::F1);
    window.harness.get_by_label("Keys while presenting");
    window.press(Modifiers::NONE, Key::Escape);
    assert!(window.harness.query_by_label("Keys while presenting").is_none());
    assert_eq!(number(&window), Some(1));
}

#[test]
fn slides_are_ordered_left_out_and_worded_over_the_presentation_and_each_is_one_step() {
    let mut window = presenting();
    let before = window.workspace().outline();
    window.press(Modifiers::NONE, Key::O);
    let name = |at: usize| format!("Slide {}: {}", at + 1, before[at].name);
    assert!(window.harness.get_by_role_and_label(Role::ListItem, &name(0)).is_focused());
    window.press(Modifiers::NONE, Key::ArrowRight);
    assert!(window.harness.get_by_role_and_label(Role::ListItem, &name(1)).is_focused());
    window.press(Modifiers::ALT, Key::ArrowRight);
    let moved = window.workspace().outline();
    assert_eq!((&moved[1].id, &moved[2].id), (&before[2].id, &before[1].id));
    // The keyboard stays with the slide that moved.
    window.press(Modifiers::NONE, Key::H);
    let hidden = |window: &Window| window.workspace().outline().iter().find(|e| e.id == before[1].id).unwrap().hidden;
    assert!(hidden(&window));
    window.press(Modifiers::COMMAND, Key::Z);
    assert!(!hidden(&window));
    window.press(Modifiers::COMMAND, Key::Z);
    assert_eq!(window.workspace().outline(), before);

    window.press(Modifiers::NONE, Key::F2);
    assert!(window.harness.get_by_role_and_label(Role::TextInput, "Title of the slide").is_focused());
    window.harness.get_by_role_and_label(Role::TextInput, "Title of the slide").type_text("What we said last time");
    window.harness.run();
    window.press(Modifiers::NONE, Key::Enter);
    let edit = window.workspace().project().deck.slides.iter().find(|e| e.subject == before[1].id.subject).cloned().unwrap();
    assert_eq!(edit.title.as_deref(), Some("What we said last time"));
    window.press(Modifiers::NONE, Key::Enter);
    assert_eq!(presentation(&window).at, before[1].id, "Enter goes to the slide that is chosen");
    assert!(!presentation(&window).overview);
}

#[test]
fn a_slide_is_dragged_before_another_one_in_one_step() {
    let mut window = presenting();
    let before = window.workspace().outline();
    window.press(Modifiers::NONE, Key::O);
    let cell = |window: &Window, at: usize| {
        window.harness.get_by_role_and_label(Role::ListItem, &format!("Slide {}: {}", at + 1, before[at].name)).rect()
    };
    let (from, to) = (cell(&window, 2).center(), cell(&window, 1).left_center() + vec2(6.0, 0.0));
    window.harness.hover_at(from);
    window.harness.run();
    window.harness.drag_at(from);
    window.harness.run();
    for part in [0.3, 0.7, 1.0] {
        window.harness.hover_at(from.lerp(to, part));
        window.harness.run();
    }
    assert_eq!(window.workspace().outline(), before, "nothing moves before it is let go");
    window.harness.drop_at(to);
    window.harness.run();
    let after = window.workspace().outline();
    assert_eq!((&after[1].id, &after[2].id), (&before[2].id, &before[1].id));
    window.press(Modifiers::COMMAND, Key::Z);
    assert_eq!(window.workspace().outline(), before);
}

#[test]
fn a_chart_is_pinned_as_it_is_looked_at() {
    let mut window = presenting();
    go_to(&mut window, |s| matches!(s, SlideSubject::Kpi(_)));
    let at = presentation(&window).at.clone();
    for key in [Key::M, Key::R, Key::O] {
        window.press(Modifiers::NONE, key);
    }
    window.click("Pin as shown now");
    let edit = |window: &Window| window.workspace().project().deck.slides.iter().find(|e| e.subject == at.subject).cloned();
    let pinned = edit(&window).unwrap();
    assert_eq!(pinned.mode.as_deref(), Some("xmr"));
    let (from, to) = pinned.range.unwrap();
    assert!(from == day("2026-08-21") && to > window.workspace().as_of(), "three months and what may come: {from} to {to}");
    window.press(Modifiers::COMMAND, Key::Z);
    assert!(edit(&window).is_none_or(|e| e.mode.is_none() && e.range.is_none()), "one step");
}

#[test]
fn a_decision_is_captured_without_leaving_the_slide_and_offered_as_the_last_meeting() {
    let mut window = presenting();
    go_to(&mut window, |s| matches!(s, SlideSubject::Kpi(_)));
    let at = presentation(&window).at.clone();
    window.press(Modifiers::NONE, Key::D);
    assert!(window.harness.get_by_label("What to write down").is_focused());
    window.harness.get_by_label("What to write down").type_text("Stop the campaign");
    window.harness.run();
    window.press(Modifiers::NONE, Key::Enter);
    let project = window.workspace().project();
    let entry = project.meeting_log.values().find(|e| e.text == "Stop the campaign").unwrap();
    assert_eq!((entry.kind, entry.date), (MeetingEntryKind::Decision, window.workspace().as_of()));
    let SlideSubject::Kpi(metric) = &at.subject else { panic!("not on a KPI") };
    assert_eq!(entry.metric.as_ref(), Some(metric));
    assert_eq!((&presentation(&window).at, presentation(&window).capture.is_none()), (&at, true));
    go_to(&mut window, |s| *s == SlideSubject::Decisions);
    assert!(window.workspace().presented().unwrap().words().contains("Stop the campaign"), "the slide of decisions lists it at once");

    window.press(Modifiers::NONE, Key::Escape);
    window.harness.get_by_label_contains("1 line was written down");
    window.click("Set 21 Nov 2026 as the last meeting");
    assert_eq!(window.workspace().project().deck.last_meeting, Some(day("2026-11-21")));
    assert!(window.harness.query_by_label_contains("1 line was written down").is_none());
}

fn type_into(window: &mut Window, field: &str, words: &str) {
    window.harness.get_by_role_and_label(Role::TextInput, field).focus();
    window.harness.run();
    window.harness.get_by_role_and_label(Role::TextInput, field).type_text(words);
    window.harness.run();
}

#[test]
fn an_action_is_captured_with_who_and_by_when_and_what_is_given_up_is_not_kept() {
    let mut window = presenting();
    go_to(&mut window, |s| matches!(s, SlideSubject::Kpi(_)));
    let at = presentation(&window).at.clone();
    let lines = window.workspace().project().meeting_log.len();
    window.press(Modifiers::NONE, Key::D);
    type_into(&mut window, "What to write down", "Not this");
    // As in every field, Esc first takes back what was typed, then closes.
    window.press(Modifiers::NONE, Key::Escape);
    assert!(presentation(&window).capture.is_some());
    window.press(Modifiers::NONE, Key::Escape);
    assert!(presentation(&window).capture.is_none());
    assert_eq!((window.workspace().project().meeting_log.len(), &presentation(&window).at), (lines, &at));

    window.press(Modifiers::NONE, Key::D);
    let text = window.harness.get_by_role_and_label(Role::TextInput, "What to write down");
    assert_eq!(text.value().unwrap_or_default(), "", "what was given up does not come back");
    window.harness.get_by_role_and_label(Role::Tab, "Action").click();
    window.harness.run();
    for (field, words) in [("What to write down", "Call ten teams"), ("Owner", "Ana"), ("Due date", "30 Nov 2026")] {
        type_into(&mut window, field, words);
    }
    window.press(Modifiers::NONE, Key::Enter);
    let entry = window.workspace().project().meeting_log.values().find(|e| e.text == "Call ten teams").cloned().unwrap();
    assert_eq!((entry.kind, entry.owner.as_str(), entry.due), (MeetingEntryKind::Action, "Ana", Some(day("2026-11-30"))));
    assert_eq!((presentation(&window).capture.is_none(), &presentation(&window).at), (true, &at), "the slide stays");

    // Nobody has to ask at the next meeting: it opens with what is open.
    window.press(Modifiers::NONE, Key::Escape);
    window.click("Set 21 Nov 2026 as the last meeting");
    window.act(Action::SetAsOf(Some(day("2026-12-05"))));
    window.press(Modifiers::NONE, Key::F5);
    window.press(Modifiers::NONE, Key::ArrowRight);
    let slide = window.workspace().presented().unwrap();
    assert_eq!(slide.id.subject, SlideSubject::Agreed, "right after the title");
    assert!(slide.words().contains("Call ten teams") && slide.words().contains("Ana"), "{}", slide.words());
}

#[test]
fn what_is_opened_from_a_slide_leads_back_to_it_and_leaving_to_where_one_was() {
    let mut window = sample();
    window.act(Action::Show(Screen::Scorecard));
    let before = window.workspace().view.clone();
    window.press(Modifiers::NONE, Key::F5);
    go_to(&mut window, |s| matches!(s, SlideSubject::Objective(_)));
    let at = presentation(&window).at.clone();
    let metric = window.workspace().project().metrics.keys().next().unwrap().clone();
    window.act(Action::Visit(Selection::Metric(metric)));
    window.harness.get_by_role_and_label(Role::Button, "Back to the slide (Esc)");
    assert!(window.harness.query_by_role_and_label(Role::Tab, "Board").is_none());
    window.press(Modifiers::NONE, Key::Escape);
    assert_eq!((&presentation(&window).at, presentation(&window).drilled.len()), (&at, 0));
    window.press(Modifiers::NONE, Key::Escape);
    assert_eq!(window.workspace().view, before);
}

/// The commands that the window is sent in the frames after a key is pressed.
fn sent_after(window: &mut Window, key: Key) -> Vec<ViewportCommand> {
    let event = egui::Event::Key { key, physical_key: None, pressed: true, repeat: false, modifiers: Modifiers::NONE };
    window.harness.input_mut().events.push(event);
    let mut sent = Vec::new();
    for _ in 0..3 {
        window.harness.step();
        sent.extend(window.harness.output().viewport_output[&ViewportId::ROOT].commands.iter().cloned());
    }
    sent
}

#[test]
fn presenting_takes_the_whole_screen_and_gives_it_back() {
    let mut window = sample();
    let begun = sent_after(&mut window, Key::F5);
    assert!(begun.contains(&ViewportCommand::Fullscreen(true)), "{begun:?}");
    let ended = sent_after(&mut window, Key::Escape);
    assert!(ended.contains(&ViewportCommand::Fullscreen(false)), "{ended:?}");
    // A window that had the whole screen keeps it.
    window.harness.input_mut().viewports.get_mut(&ViewportId::ROOT).unwrap().fullscreen = Some(true);
    window.harness.run();
    sent_after(&mut window, Key::F5);
    let ended = sent_after(&mut window, Key::Escape);
    assert!(ended.contains(&ViewportCommand::Fullscreen(true)) && !ended.contains(&ViewportCommand::Fullscreen(false)), "{ended:?}");
}

#[test]
fn of_two_displays_the_other_one_shows_the_slides_and_x_swaps() {
    let mut window = Window::as_opened(|mut services| {
        services.displays = Box::new(|_| Displays { count: 2, window_on: 0 });
        WaymarkApp::open(services, Start::Sample)
    });
    let begun = sent_after(&mut window, Key::F5);
    assert!(begun.contains(&ViewportCommand::SetMonitor(1)), "{begun:?}");
    assert!(presentation(&window).presenter, "the presenter's window opens by itself");
    let swapped = sent_after(&mut window, Key::X);
    assert!(swapped.contains(&ViewportCommand::SetMonitor(0)), "{swapped:?}");

    let mut window = presenting();
    window.press(Modifiers::NONE, Key::X);
    window.harness.get_by_label_contains("There is only one display");
}

#[test]
fn the_presenter_sees_what_comes_next_and_writes_notes() {
    let mut window = presenting();
    window.harness.key_press(Key::V);
    window.harness.run_steps(6);
    let outline = window.workspace().outline();
    let second = outline.iter().filter(|e| !e.hidden).nth(1).unwrap().clone();
    window.harness.get_by_label(&format!("Next: {}", second.name));
    window.harness.get_by_label("Note on this slide").focus();
    window.harness.run_steps(2);
    window.harness.get_by_label("Note on this slide").type_text("Thank Ana");
    window.harness.run_steps(2);
    window.harness.get_by_label("Next slide").click();
    window.harness.run_steps(6);
    assert_eq!(number(&window), Some(2));
    let edit = window.workspace().project().deck.slides.iter().find(|e| e.subject == SlideSubject::Title).cloned();
    assert_eq!(edit.map(|e| e.note), Some("Thank Ana".to_owned()));
    // The clock wants the next second, and nothing wants a frame before.
    window.harness.run_steps(4);
    let wanted = window.harness.output().viewport_output[&ViewportId::ROOT].repaint_delay;
    assert!(wanted > std::time::Duration::from_millis(1) && wanted <= std::time::Duration::from_secs(1), "{wanted:?}");
}

#[test]
fn slides_are_prepared_without_presenting() {
    let mut window = sample();
    window.act(Action::OpenSheet(Sheet::Slides));
    window.harness.get_by_role_and_label(Role::TextInput, "Title of the deck").focus();
    window.harness.run();
    window.press(Modifiers::COMMAND, Key::A);
    window.harness.get_by_role_and_label(Role::TextInput, "Title of the deck").type_text("Board meeting");
    window.harness.run();
    window.press(Modifiers::NONE, Key::Enter);
    assert_eq!(window.workspace().project().deck.title, "Board meeting");
    let outline = window.workspace().outline();
    window.harness.get_by_role_and_label(Role::ListItem, &format!("Slide 3: {}", outline[2].name)).click();
    window.harness.run();
    window.click("Leave out (H)");
    assert!(window.workspace().outline()[2].hidden);
    window.click("Show (H)");
    assert!(!window.workspace().outline()[2].hidden);
    window.click("Present from here");
    assert_eq!(presentation(&window).at, outline[2].id);
    assert_eq!(window.workspace().view.sheet, None);
}

#[test]
fn a_slide_at_rest_wants_no_frames() {
    let mut window = presenting();
    for subject in 0..3 {
        go_to(&mut window, |s| match subject {
            0 => *s == SlideSubject::Summary,
            1 => matches!(s, SlideSubject::Objective(_)),
            _ => matches!(s, SlideSubject::Kpi(_)),
        });
        window.harness.step();
        let wanted = window.harness.output().viewport_output[&ViewportId::ROOT].repaint_delay;
        assert_eq!(wanted, std::time::Duration::MAX);
    }
    window.act(Action::Present(PresentAction::ToggleOverview));
    window.harness.step();
    let wanted = window.harness.output().viewport_output[&ViewportId::ROOT].repaint_delay;
    assert_eq!(wanted, std::time::Duration::MAX, "nor does the table of all slides");
}

#[test]
fn a_line_of_the_log_is_changed_on_its_slide() {
    let mut window = presenting();
    go_to(&mut window, |s| *s == SlideSubject::Agreed);
    window.harness.get_by_label_contains("Change Action: Fix the crashes").click();
    window.harness.run();
    window.harness.get_by_role_and_label(Role::TextInput, "Outcome of the line").focus();
    window.harness.run();
    window.harness.get_by_role_and_label(Role::TextInput, "Outcome of the line").type_text("Fixed in 5.3");
    window.harness.run();
    window.press(Modifiers::NONE, Key::Enter);
    let entry = |window: &Window| {
        let log = &window.workspace().project().meeting_log;
        log.values().find(|e| e.text.starts_with("Fix the crashes")).cloned().unwrap()
    };
    assert_eq!(entry(&window).outcome, "Fixed in 5.3");
    window.click("Done");
    assert_eq!(entry(&window).done_on, Some(window.workspace().as_of()));
    window.press(Modifiers::NONE, Key::Escape);
    assert_eq!((&presentation(&window).line, &presentation(&window).at.subject), (&None, &SlideSubject::Agreed));
}

#[test]
fn a_goal_on_a_slide_opens_by_a_click_and_esc_comes_back() {
    let mut window = presenting();
    go_to(&mut window, |s| *s == SlideSubject::Summary);
    let goal = window.workspace().project().goals.values().find(|g| g.is_objective()).unwrap().clone();
    window.harness.get_all_by_label_contains(&goal.title).next().unwrap().click();
    window.harness.run();
    assert_eq!(presentation(&window).drilled, [Selection::Goal(goal.id.clone())]);
    window.press(Modifiers::NONE, Key::Escape);
    assert_eq!((presentation(&window).drilled.len(), &presentation(&window).at.subject), (0, &SlideSubject::Summary));
}

#[test]
fn a_kpi_that_goes_while_it_is_shown_leaves_its_place_to_another_slide_and_undo_brings_it_back() {
    let mut window = presenting();
    go_to(&mut window, |s| matches!(s, SlideSubject::Kpi(_)));
    let SlideSubject::Kpi(metric) = presentation(&window).at.subject.clone() else { panic!("not on a KPI") };
    let title = window.workspace().presented().unwrap().title.clone();
    window.act(Action::Remove(Selection::Metric(metric.clone())));
    let now = window.workspace().presented().unwrap();
    assert!(now.id.subject != SlideSubject::Kpi(metric.clone()) && !now.title.is_empty());
    let (at, all) = (number(&window).unwrap(), count(&window));
    window.harness.get_by_label(&format!("Slide {at} of {all}: {}", now.title));
    window.press(Modifiers::COMMAND, Key::Z);
    go_to(&mut window, |s| *s == SlideSubject::Kpi(metric.clone()));
    assert_eq!(window.workspace().presented().unwrap().title, title);
}

#[test]
fn a_project_without_anything_is_presented_in_two_slides_that_say_what_to_add() {
    let mut window = sample();
    window.act(Action::New);
    window.press(Modifiers::NONE, Key::F5);
    assert_eq!(count(&window), 2);
    window.press(Modifiers::NONE, Key::ArrowRight);
    window.harness.get_by_label("Slide 2 of 2: There is nothing to show yet");
    window.harness.get_by_label_contains("Add an objective");
    for key in [Key::M, Key::F, Key::R, Key::Num9, Key::Enter, Key::ArrowRight, Key::ArrowRight] {
        window.press(Modifiers::NONE, key);
    }
    assert!(window.workspace().presentation.is_none(), "behind the last slide comes the end");
}
