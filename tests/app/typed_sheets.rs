//! What stands in a sheet and is not entered: the window is killed, the sheet is closed, another project is opened.

use egui::accesskit::Role;
use egui::{Event, Key, Modifiers};
use egui_kittest::kittest::Queryable as _;
use waymark::model::{GoalState, Stamp};
use waymark::workspace::{Action, CarrySource, CheckInsOn, Screen, Selection, Sheet};

use crate::Window;
use crate::inspector::metric_id;
use crate::project::{day, goal_id, habit};
use crate::safekeeping::{snapshots, wait};
use crate::typed::{bench, cell_beside, cells, holds, type_into};

const NOTHING: [waymark::storage::Found; 0] = [];

impl Window {
    /// Types into the cell under the cursor of a table, which opens with the first letter.
    fn type_letters(&mut self, text: &str) {
        self.harness.event(Event::Text(text.to_owned()));
        self.harness.run();
    }

    /// Clicks a button that moves more than a click usually does.
    fn click_slowly(&mut self, label: &str) {
        self.harness.get_by_role_and_label(Role::Button, label).click();
        wait(self, 2.0);
    }

    fn close_beside(&mut self) {
        self.harness.drag_at(egui::pos2(4.0, 4.0));
        self.harness.drop_at(egui::pos2(4.0, 4.0));
        wait(self, 2.0);
    }
}

fn open_data(window: &mut Window) {
    window.act(Action::Select(Selection::Metric(metric_id("tickets"))));
    window.press(Modifiers::COMMAND, Key::T);
    assert_eq!(window.workspace().view.sheet, Some(Sheet::Data(metric_id("tickets"))));
}

/// What stands in the cell that is typed into.
fn entry(window: &Window, cell: &str) -> String {
    window.harness.get_by_role_and_label(Role::TextInput, cell).value().unwrap_or_default()
}

fn value(window: &Window, on: &str) -> Option<f64> {
    let metric = window.workspace().project().metric(&metric_id("tickets")).unwrap();
    metric.series.get(Stamp::from_date(day(on))).map(|point| point.value)
}

#[test]
fn a_cell_of_the_data_table_is_typed_on_in_its_place() {
    let bench = bench();
    let mut window = bench.killed_while(|window| {
        open_data(window);
        window.press(Modifiers::NONE, Key::ArrowUp);
        window.type_letters("61.5");
    });
    assert_eq!(window.workspace().view.sheet, Some(Sheet::Data(metric_id("tickets"))));
    assert_eq!(entry(&window, "Value, 1 Oct 2026"), "61.5");
    let field = window.harness.get_by_role_and_label(Role::TextInput, "Value, 1 Oct 2026");
    assert!(field.is_focused());
    wait(&mut window, 2.0);
    let mut window = bench.again(window);
    window.press(Modifiers::NONE, Key::Enter);
    assert_eq!(value(&window, "2026-10-01"), Some(61.5));
}

#[test]
fn the_day_and_the_value_of_the_next_point_come_back() {
    let bench = bench();
    let mut window = bench.killed_while(|window| {
        open_data(window);
        window.press(Modifiers::NONE, Key::ArrowLeft);
        window.type_letters("15 Dec 2026");
        window.press(Modifiers::NONE, Key::Enter);
        window.type_letters("58");
    });
    window.press(Modifiers::NONE, Key::Enter);
    assert_eq!(value(&window, "2026-12-15"), Some(58.0));
}

#[test]
fn a_cell_that_cannot_be_read_waits_for_the_table() {
    let bench = bench();
    let mut window = bench.window();
    open_data(&mut window);
    window.type_letters("few");
    window.press(Modifiers::NONE, Key::Enter);
    window.click_slowly("Close");
    window.harness.get_by_label_contains("Typed and not entered: Value of the next point, Tickets a week “few”");
    wait(&mut window, 2.0);
    assert_eq!(snapshots(bench.folder.path()).len(), 1);
    window.click_slowly("Go to it");
    window.harness.get_by_label_contains("“few”");
    assert_eq!(window.workspace().view.sheet, Some(Sheet::Data(metric_id("tickets"))));
    // Esc takes it back, and the way out is free.
    window.press(Modifiers::NONE, Key::Escape);
    window.press(Modifiers::NONE, Key::Escape);
    assert_eq!(window.workspace().view.sheet, None);
    wait(&mut window, 2.0);
    assert!(window.harness.query_by_label_contains("not entered").is_none());
    assert_eq!(snapshots(bench.folder.path()), NOTHING);
}

fn check_in_on_all(window: &mut Window) {
    window.press(Modifiers::COMMAND | Modifiers::SHIFT, Key::Enter);
    assert_eq!(window.workspace().view.sheet, Some(Sheet::CheckIns(CheckInsOn::Due)));
}

#[test]
fn check_ins_that_were_typed_outlive_the_sheet_until_they_are_recorded() {
    let bench = bench();
    for way in ["Esc", "×", "beside"] {
        let mut window = bench.killed_while(|window| {
            check_in_on_all(window);
            let cell = cells(window, "Value, ")[0].clone();
            type_into(window, &cell, "40");
            type_into(window, &cell_beside(&cell, "Note"), "A good month");
            match way {
                "Esc" => window.press(Modifiers::NONE, Key::Escape),
                "×" => window.click_slowly("Close"),
                _ => window.close_beside(),
            }
            assert_eq!(window.workspace().view.sheet, None, "{way}");
            window.harness.get_by_label_contains("Typed and not entered: Value, ");
        });
        // After a kill the sheet opens by itself; closed once more, it still has everything.
        window.click_slowly("Close");
        check_in_on_all(&mut window);
        let cell = cells(&window, "Value, ")[0].clone();
        assert_eq!((holds(&window, &cell), holds(&window, &cell_beside(&cell, "Note"))), ("40".to_owned(), "A good month".to_owned()));
        window.harness.get_by_label("typed before, not recorded yet");
        for _ in 0..2 {
            window.press(Modifiers::COMMAND, Key::Enter);
            window.harness.run();
        }
        assert_eq!(window.workspace().project().check_ins.len(), habit().check_ins.len() + 1, "{way}");
        window.harness.run();
        assert!(window.harness.query_by_label_contains("not entered").is_none(), "{way}: it is recorded");
        window.act(Action::Undo);
        wait(&mut window, 2.0);
        window.press(Modifiers::COMMAND | Modifiers::SHIFT, Key::Enter);
        window.press(Modifiers::NONE, Key::Escape);
        if window.harness.query_by_label("Discard").is_some() {
            window.click_slowly("Discard");
        }
        wait(&mut window, 2.0);
        assert_eq!(snapshots(bench.folder.path()), NOTHING, "{way}");
    }
}

#[test]
fn what_is_discarded_is_not_in_the_sheet_any_more() {
    let bench = bench();
    let mut window = bench.window();
    check_in_on_all(&mut window);
    let cell = cells(&window, "Value, ")[0].clone();
    type_into(&mut window, &cell, "40");
    window.press(Modifiers::NONE, Key::Escape);
    window.click_slowly("Discard");
    wait(&mut window, 2.0);
    assert_eq!(snapshots(bench.folder.path()), NOTHING);
    check_in_on_all(&mut window);
    assert_eq!(holds(&window, &cell), "");
    assert!(window.harness.query_by_label_contains("not recorded yet").is_none());
}

#[test]
fn check_ins_that_were_typed_are_still_there_on_the_next_day() {
    let bench = bench();
    let mut window = bench.window();
    check_in_on_all(&mut window);
    let cell = cells(&window, "Value, ")[0].clone();
    type_into(&mut window, &cell, "40");
    window.act(Action::SetAsOf(Some(day("2026-11-20"))));
    assert_eq!(holds(&window, &cell), "40");
}

#[test]
fn a_check_in_typed_beside_its_goal_outlives_another_view() {
    let bench = bench();
    let mut window = bench.window();
    window.act(Action::Show(Screen::Objective));
    window.act(Action::ToggleInspector);
    window.press(Modifiers::COMMAND, Key::Num7);
    while window.on_stage() != "NPS of 50" {
        window.press(Modifiers::NONE, Key::N);
    }
    window.harness.run();
    let cell = "Value, NPS of 50".to_owned();
    type_into(&mut window, &cell, "44");
    window.press(Modifiers::COMMAND, Key::Num1);
    wait(&mut window, 2.0);
    window.harness.get_by_label_contains("Typed and not entered: Value, NPS of 50 “44”");
    window.harness.get_by_role_and_label(Role::Label, "Typed, not entered");
    assert_eq!(snapshots(bench.folder.path()).len(), 1);
    window.press(Modifiers::COMMAND, Key::Num7);
    wait(&mut window, 1.0);
    assert_eq!(holds(&window, &cell), "44");
    assert!(window.harness.query_by_label_contains("Typed and not entered").is_none());
    // Discarded while it is out of sight, it does not come back with its row.
    window.press(Modifiers::COMMAND, Key::Num1);
    wait(&mut window, 1.0);
    window.click_slowly("Discard");
    window.press(Modifiers::COMMAND, Key::Num7);
    wait(&mut window, 2.0);
    assert_eq!(holds(&window, &cell), "");
    assert_eq!(snapshots(bench.folder.path()), NOTHING);
}

#[test]
fn another_project_is_opened_only_after_a_question() {
    let bench = bench();
    let mut window = bench.window();
    check_in_on_all(&mut window);
    let cell = cells(&window, "Value, ")[0].clone();
    type_into(&mut window, &cell, "40");
    window.press(Modifiers::NONE, Key::Escape);
    let other = bench.folder.path().join("other.waymark.ron");
    waymark::storage::save(&waymark::storage::sample(), &other).unwrap();
    window.act(Action::OpenPath(other.clone()));
    window.harness.get_by_label("Typed and not entered");
    window.harness.get_by_label_contains("before another project is opened, or it is lost");
    window.click_slowly("Go back to it");
    assert_eq!(**window.workspace().project(), habit());
    assert_eq!((window.workspace().view.sheet.clone(), holds(&window, &cell)), (Some(Sheet::CheckIns(CheckInsOn::Due)), "40".to_owned()));

    window.ask_to_close();
    assert!(!window.sent(&egui::ViewportCommand::Close), "nor is the window closed");
    window.click_slowly("Go back to it");
    window.act(Action::OpenPath(other));
    window.click_slowly("Discard it");
    wait(&mut window, 2.0);
    assert_ne!(window.workspace().project().id, habit().id);
    assert!(window.harness.query_by_label_contains("not entered").is_none());
    assert_eq!(snapshots(bench.folder.path()), NOTHING);
}

#[test]
fn scores_and_their_reasons_come_back_and_cancel_throws_them_away() {
    let bench = bench();
    let close = || Action::OpenSheet(Sheet::Close(vec![goal_id("habit")]));
    let scores = |window: &Window| cells(window, "Score of ");
    let mut window = bench.killed_while(|window| {
        window.act(close());
        let scores = scores(window);
        type_into(window, &scores[0], "0.55");
        type_into(window, &scores[1], "0.4");
        type_into(window, "Note", "It came too late");
    });
    let names = scores(&window);
    let all = |window: &Window| [&names[0], &names[1], "Note"].map(|name| holds(window, name));
    let typed = ["0.55", "0.4", "It came too late"].map(str::to_owned);
    assert!(all(&window)[0].ends_with(&typed[0]), "{:?}", all(&window));
    let before = all(&window);
    window.click_slowly("Close");
    assert_eq!(window.workspace().view.sheet, None);
    window.act(close());
    window.harness.run();
    assert_eq!(all(&window), before, "the way out keeps it");
    window.click_slowly("Cancel");
    window.act(close());
    window.harness.run();
    assert_eq!(holds(&window, "Note"), "");
    assert!(!holds(&window, &names[0]).ends_with("0.55"));
    assert!(!matches!(window.goal("habit").state, GoalState::Closed(_)));
}

#[test]
fn titles_of_goals_that_are_carried_over_come_back() {
    let bench = bench();
    let mut window = bench.killed_while(|window| {
        let from = CarrySource::Goals([goal_id("mau"), goal_id("stick")].into());
        window.act(Action::OpenSheet(Sheet::CarryOver { from, into: None }));
        let titles = cells(window, "Title of ");
        type_into(window, &titles[0], " again");
        type_into(window, &titles[1], " at last");
    });
    let titles = cells(&window, "Title of ");
    assert!(holds(&window, &titles[0]).contains("again") && holds(&window, &titles[1]).contains("at last"));
    window.harness.get_by_role_and_label(Role::Button, "Carry 2 goals over").click();
    wait(&mut window, 1.0);
    assert_eq!(window.workspace().view.sheet, None);
    let goals = window.workspace().project();
    assert_eq!(goals.goals.values().filter(|goal| goal.title.contains("again") || goal.title.contains("at last")).count(), 2);
    assert!(window.harness.query_by_label_contains("not entered").is_none());
}

#[test]
fn a_day_that_cannot_be_read_is_in_the_event_again() {
    let bench = bench();
    let mut window = bench.window();
    window.act(Action::Add(waymark::workspace::New::Event { date: day("2026-11-20"), metrics: Vec::new() }));
    window.act(Action::Save);
    let event = window.workspace().project().events.values().find(|event| event.date == day("2026-11-20")).unwrap().id.clone();
    window.act(Action::OpenSheet(Sheet::Events(Some(event.clone()))));
    window.harness.get_by_role_and_label(Role::TextInput, "Last day of the event").focus();
    window.harness.run();
    window.harness.get_by_role_and_label(Role::TextInput, "Last day of the event").type_text("31 No");
    window.harness.run();
    window.click_slowly("Close");
    window.harness.get_by_label_contains("Last day of the event “31 No”");
    window.click_slowly("Go to it");
    assert_eq!(window.workspace().view.sheet, Some(Sheet::Events(Some(event))));
    window.harness.run();
    let field = window.harness.get_by_role_and_label(Role::TextInput, "Last day of the event");
    assert_eq!(field.value().unwrap_or_default(), "31 No");
    window.harness.get_by_label_contains("“31 No” is not a date");
}

#[test]
fn a_sentence_outlives_quick_entry_until_it_is_made_or_discarded() {
    let bench = bench();
    let mut window = bench.window();
    window.press(Modifiers::NONE, Key::C);
    type_into(&mut window, "Say a goal in one sentence", "Bring MAU to 10 mil");
    window.press(Modifiers::NONE, Key::Escape);
    assert_eq!(window.workspace().view.sheet, None);
    window.press(Modifiers::NONE, Key::C);
    assert_eq!(holds(&window, "Say a goal in one sentence"), "Bring MAU to 10 mil");
}

fn write_down(window: &mut Window) {
    window.press(Modifiers::NONE, Key::F5);
    wait(window, 2.0);
    window.press(Modifiers::NONE, Key::D);
    window.harness.get_by_role_and_label(Role::Tab, "Action").click();
    wait(window, 1.0);
}

#[test]
fn what_was_being_written_down_in_a_meeting_is_spoken_of() {
    let bench = bench();
    let mut window = bench.killed_while(|window| {
        write_down(window);
        type_into(window, "What to write down", "Ask the board");
        type_into(window, "Owner", "Ana");
    });
    window.harness.get_by_label_contains("What to write down “Ask the board”");
    write_down(&mut window);
    assert_eq!((holds(&window, "What to write down"), holds(&window, "Owner")), ("Ask the board".to_owned(), "Ana".to_owned()));
    window.click_slowly("Add");
    let entry = window.workspace().project().meeting_log.values().find(|entry| entry.text == "Ask the board").unwrap().clone();
    assert_eq!(entry.owner, "Ana");
}
