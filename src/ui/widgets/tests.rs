//! The fields and buttons as a user meets them: by name, with keyboard and pointer.

use std::cell::RefCell;
use std::rc::Rc;

use chrono::NaiveDate;
use egui::Key;
use egui_kittest::Harness;
use egui_kittest::kittest::Queryable as _;

use super::*;
use crate::model::{Date, Locale, Role, Status, Unit};
use crate::ui::icons;
use crate::ui::theme::{TextSize, Theme};

fn day(text: &str) -> Date {
    text.parse::<NaiveDate>().unwrap()
}

/// Draws with the theme installed from the first frame on.
fn harness<'a>(mut draw: impl FnMut(&mut egui::Ui, &Theme) + 'a) -> Harness<'a> {
    let theme = Theme::light();
    let setup = theme.clone();
    Harness::builder().with_size([640.0, 480.0]).with_context_setup(move |ctx| setup.install(ctx)).build_ui(move |ui| draw(ui, &theme))
}

/// A text field over a value that a commit replaces, and the list of commits.
struct Typed {
    value: String,
    commits: Vec<String>,
    drafts: Drafts,
}

fn text_field(value: &str) -> (Harness<'static>, Rc<RefCell<Typed>>) {
    let typed = Rc::new(RefCell::new(Typed { value: value.to_owned(), commits: Vec::new(), drafts: Drafts::default() }));
    let shared = Rc::clone(&typed);
    let harness = harness(move |ui, theme| {
        let Typed { value, commits, drafts } = &mut *shared.borrow_mut();
        let shown = value.clone();
        let entered = TextField::new("goal", "Goal name", &shown).width(200.0).required("Enter a name").show(ui, theme, drafts);
        if let Some(text) = entered.committed {
            commits.push(text.clone());
            *value = text;
        }
        let _ = button_ui(ui, theme, "Elsewhere");
    });
    (harness, typed)
}

#[test]
fn typing_changes_nothing_until_enter_commits_once() {
    let (mut harness, typed) = text_field("");
    harness.get_by_label("Goal name").focus();
    harness.run();
    harness.get_by_label("Goal name").type_text("Become the daily habit ");
    harness.run();
    assert!(typed.borrow().commits.is_empty());
    assert!(!typed.borrow().drafts.is_empty());
    harness.key_press(Key::Enter);
    harness.run();
    harness.run();
    assert_eq!(typed.borrow().commits, ["Become the daily habit"]);
    assert!(typed.borrow().drafts.is_empty());
}

#[test]
fn leaving_the_field_by_a_click_elsewhere_commits() {
    let (mut harness, typed) = text_field("");
    harness.get_by_label("Goal name").click();
    harness.run();
    harness.get_by_label("Goal name").type_text("Grow");
    harness.run();
    harness.get_by_label("Elsewhere").click();
    harness.run();
    assert_eq!(typed.borrow().commits, ["Grow"]);
}

#[test]
fn escape_restores_what_was_there() {
    let (mut harness, typed) = text_field("Grow");
    harness.get_by_label("Goal name").focus();
    harness.run();
    harness.get_by_label("Goal name").type_text("X");
    harness.run();
    harness.key_press(Key::Escape);
    harness.run();
    assert!(typed.borrow().commits.is_empty());
    assert!(typed.borrow().drafts.is_empty());
    assert_eq!(harness.get_by_label("Goal name").value().as_deref(), Some("Grow"));
    assert!(!harness.get_by_label("Goal name").is_focused());
}

#[test]
fn entering_and_leaving_without_a_change_commits_nothing() {
    let (mut harness, typed) = text_field("Grow");
    harness.get_by_label("Goal name").focus();
    harness.run();
    harness.key_press(Key::Enter);
    harness.run();
    assert!(typed.borrow().commits.is_empty());
}

#[test]
fn what_cannot_be_taken_stays_with_its_reason() {
    let (mut harness, typed) = text_field("");
    harness.get_by_label("Goal name").focus();
    harness.run();
    harness.get_by_label("Goal name").type_text("  ");
    harness.run();
    harness.key_press(Key::Enter);
    harness.run();
    assert!(typed.borrow().commits.is_empty());
    harness.get_by_label("Enter a name");
    assert!(harness.get_by_label("Goal name").is_focused(), "the field is where it can be mended");
    harness.get_by_label("Goal name").type_text("Grow");
    harness.run();
    assert!(harness.query_by_label("Enter a name").is_none());
}

#[test]
fn a_number_is_read_in_the_project_s_locale_with_its_unit() {
    let commits = Rc::new(RefCell::new(Vec::new()));
    let shared = Rc::clone(&commits);
    let locale = Locale { decimal_mark: ',', grouping: crate::model::Grouping::Point };
    let mut drafts = Drafts::default();
    let mut harness = harness(move |ui, theme| {
        let field = NumberField::new("target", "Target", None, &Unit::Percent, locale);
        shared.borrow_mut().extend(field.show(ui, theme, &mut drafts).committed);
    });
    harness.get_by_label("Target").focus();
    harness.run();
    harness.get_by_label("Target").type_text("soon");
    harness.run();
    harness.key_press(Key::Enter);
    harness.run();
    harness.get_by_label("“soon” is not a number");
    harness.key_press(Key::Escape);
    harness.run();
    harness.get_by_label("Target").focus();
    harness.run();
    harness.get_by_label("Target").type_text("12,5 %");
    harness.run();
    harness.key_press(Key::Enter);
    harness.run();
    assert_eq!(*commits.borrow(), [Some(12.5)]);
}

#[test]
fn a_day_is_picked_from_the_calendar() {
    let value = Rc::new(RefCell::new(Some(day("2026-11-21"))));
    let shared = Rc::clone(&value);
    let mut drafts = Drafts::default();
    let mut harness = harness(move |ui, theme| {
        let current = *shared.borrow();
        let field = DateField::new("due", "Due", current, day("2026-01-01"));
        if let Some(date) = field.show(ui, theme, &mut drafts).committed {
            *shared.borrow_mut() = date;
        }
    });
    harness.get_by_label("Due: open the calendar").click();
    harness.run();
    harness.get_by_label("Nov 2026");
    harness.get_by_label("Month after").click();
    harness.run();
    harness.get_by_label("24 Dec 2026").click();
    harness.run();
    assert_eq!(*value.borrow(), Some(day("2026-12-24")));
    assert!(harness.query_by_label("Month after").is_none(), "picking closes the calendar");
    assert_eq!(harness.get_by_label("Due").value().as_deref(), Some("24 Dec 2026"));
}

#[test]
fn a_question_is_answered_by_enter_and_cancelled_by_escape() {
    for (key, expected) in [(Key::Enter, QuestionAnswer::Given("save")), (Key::Escape, QuestionAnswer::Cancelled)] {
        let answer = Rc::new(RefCell::new(None));
        let shared = Rc::clone(&answer);
        let mut harness = harness(move |ui, theme| {
            if shared.borrow().is_none() {
                let buttons = [
                    QuestionButton { label: "Save", answer: "save" },
                    QuestionButton { label: "Discard", answer: "discard" },
                    QuestionButton { label: "Cancel", answer: "cancel" },
                ];
                *shared.borrow_mut() = question_ui(ui.ctx(), theme, "Save the changes?", "They would be lost.", &buttons);
            }
        });
        harness.run();
        assert!(harness.get_by_label("Save").is_focused());
        harness.key_press(key);
        harness.run();
        assert_eq!(*answer.borrow(), Some(expected));
    }
}

#[test]
fn tabs_and_icons_are_found_and_used_by_name() {
    let chosen = Rc::new(RefCell::new(Vec::new()));
    let shared = Rc::clone(&chosen);
    let mut harness = harness(move |ui, theme| {
        let mut chosen = shared.borrow_mut();
        let current = chosen.last().copied().unwrap_or("1 y");
        let options = [("3 m", "3 m"), ("1 y", "1 y"), ("All", "All")];
        chosen.extend(segmented_ui(ui, theme, "Range", current, &options));
        if icon_button_ui(ui, theme, icons::PLUS, "Add a goal").clicked() {
            chosen.push("added");
        }
    });
    harness.get_by_label("All").click();
    harness.run();
    harness.get_by_label("All").click();
    harness.run();
    harness.get_by_label("3 m").focus();
    harness.run();
    harness.key_press(Key::Space);
    harness.run();
    harness.get_by_label("Add a goal").click();
    harness.run();
    assert_eq!(*chosen.borrow(), ["All", "3 m", "added"], "choosing what is chosen says nothing");
}

#[test]
fn status_and_progress_have_words_for_those_who_do_not_see_them() {
    let mut harness = harness(|ui, theme| {
        for status in Status::ALL {
            ui.horizontal(|ui| {
                let _ = status_glyph_ui(ui, theme, status);
                let _ = status_pill_ui(ui, theme, status);
            });
        }
        let _ = bullet_ui(ui, theme, Bullet { progress: Some(1.34), expected: Some(0.58) }, 160.0);
        let _ = bullet_ui(ui, theme, Bullet { progress: None, expected: None }, 160.0);
        let _ = role_badge_ui(ui, theme, Role::Guardrail);
        let _ = link_ui(ui, theme, "Open", TextSize::Body);
    });
    harness.run();
    for status in Status::ALL {
        assert_eq!(harness.get_all_by_label(status.word()).count(), 2);
    }
    harness.get_by_label("Progress 134 %, expected 58 %");
    harness.get_by_label("No progress known");
    harness.get_by_label("guardrail");
}

#[test]
fn a_still_gallery_asks_for_no_frames() {
    let mut drafts = Drafts::default();
    let mut harness = harness(move |ui, theme| {
        let _ = TextField::new("name", "Name", "Grow").show(ui, theme, &mut drafts);
        let _ = toasts_ui(ui.ctx(), theme, &[ToastView { tone: Tone::Done, text: "Saved", action: None }]);
    });
    harness.get_by_label("Name").focus();
    harness.run();
    harness.step();
    let delay = harness.output().viewport_output.values().map(|viewport| viewport.repaint_delay).min();
    assert_eq!(delay, Some(std::time::Duration::MAX));
}

#[test]
fn messages_are_dismissed_and_acted_on_one_by_one() {
    let answers = Rc::new(RefCell::new(Vec::new()));
    let shared = Rc::clone(&answers);
    let mut harness = harness(move |ui, theme| {
        let toasts = [
            ToastView { tone: Tone::Done, text: "Saved", action: None },
            ToastView { tone: Tone::Info, text: "Removed 3 goals", action: Some("Undo") },
        ];
        shared.borrow_mut().extend(toasts_ui(ui.ctx(), theme, &toasts));
    });
    harness.run();
    harness.get_by_label("Undo").click();
    harness.run();
    harness.get_all_by_label("Dismiss this message").next().unwrap().click();
    harness.run();
    assert_eq!(*answers.borrow(), [ToastAnswer::Act(1), ToastAnswer::Dismiss(0)]);
}

#[test]
fn a_list_and_an_empty_view_answer_with_what_was_asked() {
    let answers = Rc::new(RefCell::new(Vec::new()));
    let shared = Rc::clone(&answers);
    let mut harness = harness(move |ui, theme| {
        let options = [(1, "Higher is better".to_owned()), (2, "Lower is better".to_owned())];
        shared.borrow_mut().extend(combo_ui(ui, theme, "Direction", &1, &options, 160.0));
        if empty_state_ui(ui, theme, icons::FLAG, "No goals yet", "A project begins with what you want to reach.", Some("Add a goal")) {
            shared.borrow_mut().push(0);
        }
    });
    harness.get_by_label("Direction").click();
    harness.run();
    harness.get_by_label("Lower is better").click();
    harness.run();
    harness.get_by_label("Add a goal").click();
    harness.run();
    assert_eq!(*answers.borrow(), [2, 0]);
}

#[test]
fn a_disabled_field_takes_nothing() {
    let mut drafts = Drafts::default();
    let mut harness = harness(move |ui, theme| {
        ui.add_enabled_ui(false, |ui| {
            let entered = TextField::new("name", "Name", "Grow").show(ui, theme, &mut drafts);
            assert_eq!(entered.committed, None);
        });
    });
    harness.get_by_label("Name").click();
    harness.run();
    assert!(!harness.get_by_label("Name").is_focused());
}
