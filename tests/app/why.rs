//! Why a number is what it is: with W, for what is pointed at or selected.

use egui::accesskit::Role;
use egui::{Key, Modifiers};
use egui_kittest::kittest::{NodeT as _, Queryable as _};
use waymark::model::date_words;
use waymark::workspace::Action;
use waymark::workspace::command::Command;

use super::Window;
use super::project::{day, goal_id};

#[test]
fn w_explains_every_number_of_what_is_selected_and_goes_again() {
    let mut window = Window::on_habit();
    window.click_goal("Bring MAU to 10 M");
    window.press(Modifiers::NONE, Key::W);
    assert!(window.workspace().view.why_open);
    window.harness.get_by_label("Progress: 32 %");
    // 8.1 M in October, from 7.2 M to 10 M.
    window.harness.get_by_label("(8,100,000 − 7,200,000) ÷ (10,000,000 − 7,200,000) = 32.1 %");
    window.harness.get_by_label("303 of 364 days from 1 Jan 2026 to 31 Dec 2026 had passed on 31 Oct 2026: τ = 83.2 %");
    assert!(window.harness.get_all_by_label_contains("Rule: ").count() == 1);
    window.press(Modifiers::NONE, Key::Escape);
    assert!(!window.workspace().view.why_open);
    assert!(window.harness.query_by_label("Progress: 32 %").is_none());
}

#[test]
fn w_explains_only_the_number_that_is_pointed_at() {
    let mut window = Window::on_habit();
    window.click_goal("Become the daily habit");
    let status = window.workspace().evaluation().goal(&goal_id("habit")).unwrap().status;
    // In the head of the view: right of the tree, left of the inspector.
    let pill = {
        let mut pills = window.harness.get_all_by_role_and_label(Role::Label, status.word()).map(|pill| pill.rect().center());
        pills.find(|at| (300.0..900.0).contains(&at.x) && at.y < 300.0).unwrap()
    };
    window.harness.hover_at(pill);
    window.harness.run();
    window.press(Modifiers::NONE, Key::W);
    assert!(window.harness.query_all_by_label(&format!("Status: {}", status.word())).next().is_some());
    assert!(window.harness.query_by_label_contains("Weighted mean of its parts").is_none(), "only the number pointed at");
    window.press(Modifiers::NONE, Key::W);
    assert!(!window.workspace().view.why_open);
}

impl Window {
    /// Rests the pointer there until what it is about is explained.
    pub(super) fn point_at(&mut self, at: egui::Pos2) {
        self.harness.hover_at(at);
        for _ in 0..30 {
            self.harness.step();
        }
        self.harness.run();
    }

    fn explains(&self, words: &str) {
        let all = self.harness.query_all_by_label_contains(words).count();
        assert!(all > 0, "{words:?} is not explained");
    }
}

#[test]
fn every_number_of_a_row_of_the_board_is_explained_under_the_pointer() {
    let mut window = Window::on_habit();
    window.press(Modifiers::COMMAND, Key::Num1);
    let row = window.harness.get_by_role_and_label(Role::Row, "Bring MAU to 10 M: At risk").rect();
    let answers = [
        ("Status", "Rule: "),
        ("Progress, expected", "(8,100,000 − 7,200,000) ÷ (10,000,000 − 7,200,000) = 32.1 %"),
        ("Now → target", "Target 10,000,000, which leaves +1.9 M"),
        ("Change", "8,100,000 − 8,000,000 = +100 k"),
    ];
    for (column, words) in answers {
        let head = window.harness.get_by_role_and_label(Role::ColumnHeader, column).rect();
        window.point_at(egui::pos2(head.center().x, row.center().y));
        window.explains(words);
        window.explains("W keeps this open");
    }
    window.press(Modifiers::NONE, Key::W);
    window.harness.hover_at(egui::pos2(2.0, 2.0));
    window.harness.run();
    window.explains("8,100,000 − 8,000,000 = +100 k");
    assert!(window.harness.query_by_label_contains("Rule: ").is_none(), "only the number pointed at");
}

#[test]
fn what_was_explained_under_the_pointer_goes_when_a_dialog_is_opened_by_key() {
    let mut window = Window::on_habit();
    window.press(Modifiers::COMMAND, Key::Num1);
    let row = window.harness.get_by_role_and_label(Role::Row, "Bring MAU to 10 M: At risk").rect();
    let head = window.harness.get_by_role_and_label(Role::ColumnHeader, "Now → target").rect();
    let number = egui::pos2(head.center().x, row.center().y);
    for (modifiers, key) in [(Modifiers::COMMAND, Key::K), (Modifiers::COMMAND, Key::E), (Modifiers::NONE, Key::C)] {
        window.point_at(number);
        window.explains("W keeps this open");
        window.press(modifiers, key);
        let left = window.harness.query_all_by_label("W keeps this open").count();
        assert_eq!(left, 0, "{key:?} opens a dialog under the explanation");
        window.press(Modifiers::NONE, Key::Escape);
        window.harness.hover_at(egui::pos2(2.0, 2.0));
        window.harness.run();
    }
    window.point_at(number);
    window.press(Modifiers::NONE, Key::W);
    window.explains("Target 10,000,000, which leaves +1.9 M");
    assert_eq!(window.harness.query_all_by_label("W keeps this open").count(), 0, "the card takes the place of the explanation");
}

#[test]
fn cells_target_signs_and_status_of_the_scorecard_are_explained() {
    let mut window = Window::open(waymark::shell::Start::Sample);
    window.press(Modifiers::COMMAND, Key::Num5);
    let cell = |window: &Window, words: &str| {
        let mut cells = window.harness.get_all_by_role(Role::Cell);
        cells.find(|cell| cell.accesskit_node().label().unwrap().starts_with(words)).unwrap().rect().center()
    };
    let at = cell(&window, "Monthly active users, Oct 2026");
    window.point_at(at);
    window.explains("Variance: 9,095,000 − ");
    window.explains("Change: 9,095,000 − 8,864,000 of the month before = +231 k");
    // The one that the keyboard is at, when the pointer is elsewhere.
    window.harness.hover_at(egui::pos2(2.0, 2.0));
    window.harness.run();
    window.press(Modifiers::NONE, Key::ArrowLeft);
    window.press(Modifiers::NONE, Key::ArrowRight);
    window.press(Modifiers::NONE, Key::ArrowLeft);
    window.press(Modifiers::NONE, Key::W);
    window.explains("Monthly active users, Sep 2026: ");
    window.press(Modifiers::NONE, Key::Escape);
    let row = window.harness.get_by_role_and_label(Role::Row, "Monthly active users, behind, target 10 M, owner Growth").rect();
    for (head, words) in [("What is “Target”?", "The first target was 9,500,000"), ("Sort by status", "Rule: points behind.")] {
        let heads = window.harness.get_all_by_label(head).map(|node| node.rect().center());
        let at = heads.into_iter().find(|at| at.y < row.top() && row.x_range().contains(at.x)).unwrap();
        window.point_at(egui::pos2(at.x, row.center().y));
        window.explains(words);
    }
    let signs = window.harness.get_all_by_role(Role::Image).map(|node| (node.accesskit_node().label().unwrap_or_default(), node.rect()));
    let (_, at) = signs.into_iter().find(|(words, at)| words.starts_with("Oct 2026 ") && row.contains(at.center())).unwrap();
    window.point_at(at.center());
    window.explains("Routine is ");
}

#[test]
fn a_roll_up_names_its_parts_and_their_weights() {
    let mut window = Window::on_habit();
    window.click_goal("Become the daily habit");
    window.press(Modifiers::NONE, Key::W);
    assert!(window.harness.get_all_by_label("Weighted mean of its parts: Σ (weight × part) ÷ Σ weights").count() >= 1);
    window.harness.get_by_label("50.0 % × 32.1 %  Bring MAU to 10 M");
}

#[test]
fn the_day_goes_by_keys_and_says_so_until_it_is_back() {
    let mut window = Window::on_habit();
    assert!(window.harness.query_by_label_contains("As it was on").is_none());
    window.press(Modifiers::ALT, Key::Comma);
    assert_eq!(window.workspace().as_of(), day("2026-11-20"));
    let words =
        format!("As it was on {}. Later data is hidden; later corrections of earlier points are included.", date_words(day("2026-11-20")));
    window.harness.get_by_label(&words);
    for screen in [Key::Num1, Key::Num2, Key::Num3, Key::Num4, Key::Num5, Key::Num6, Key::Num7] {
        window.press(Modifiers::COMMAND, screen);
        window.harness.get_by_label(&words);
    }
    window.press(Modifiers::ALT, Key::Period);
    assert_eq!(window.workspace().view.as_of, None, "back on the day of the project nothing is set");
    assert!(window.harness.query_by_label_contains("As it was on").is_none());
    window.press(Modifiers::ALT, Key::Period);
    assert_eq!(window.workspace().as_of(), day("2026-11-21"), "nothing is known after it");
}

#[test]
fn any_day_can_be_typed_and_left_by_a_button() {
    let mut window = Window::on_habit();
    window.click("As of 21 Nov 2026");
    window.harness.get_by_label("Any day").focus();
    window.harness.run();
    window.press(Modifiers::COMMAND, Key::A);
    window.harness.get_by_label("Any day").type_text("7 Nov 2026");
    window.harness.run();
    window.press(Modifiers::NONE, Key::Enter);
    assert_eq!(window.workspace().as_of(), day("2026-11-07"));
    window.harness.get_by_label("Any day").focus();
    window.harness.run();
    window.press(Modifiers::SHIFT, Key::ArrowDown);
    assert_eq!(window.workspace().as_of(), day("2026-10-31"));
    window.press(Modifiers::NONE, Key::ArrowUp);
    assert_eq!(window.workspace().as_of(), day("2026-11-01"));
    window.press(Modifiers::NONE, Key::Escape);
    window.press(Modifiers::NONE, Key::Escape);
    window.click("Back to today");
    assert_eq!(window.workspace().view.as_of, None);
    window.act(Action::SetAsOf(None));
    assert!(Command::all().any(|command| command == Command::Why), "it stands in a menu and in the palette");
}
