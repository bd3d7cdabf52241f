//! The board in the window: rows, filters, groups and order, by pointer and by keyboard.

use std::sync::Arc;

use egui::accesskit::{Role, SortDirection};
use egui::{Key, Modifiers, OutputCommand};
use egui_kittest::kittest::{NodeT as _, Queryable as _};
use waymark::chart::board::Grouping;
use waymark::model::{Goal, Project, ProjectId};
use waymark::shell::{Start, WaymarkApp};
use waymark::workspace::{Action, IdSource, Preferences, Screen, Selection, Workspace};

use super::Window;
use super::project::{day, goal_id, habit};

const MAU: &str = "Bring MAU to 10 M: At risk";
const HABIT: &str = "Become the daily habit: At risk";

impl Window {
    pub(super) fn on_board(project: Project) -> Self {
        let workspace = Workspace::new(project, day("2026-11-21"), IdSource::seeded(1), Preferences::default());
        Self::as_opened(|services| WaymarkApp::new(services, workspace))
    }

    fn on_the_board_of_the_sample() -> Self {
        Self::as_opened(|services| WaymarkApp::open(services, Start::Sample))
    }

    /// The rows in sight, by title and status, from top to bottom.
    fn board_rows(&self) -> Vec<String> {
        let rows = self.harness.get_all_by_role(Role::Row);
        let mut rows: Vec<(f32, String)> = rows.map(|row| (row.rect().top(), row.accesskit_node().label().unwrap())).collect();
        rows.sort_by(|a, b| a.0.total_cmp(&b.0));
        rows.into_iter().map(|(_, label)| label).collect()
    }

    fn click_row(&mut self, label: &str) {
        self.harness.get_by_role_and_label(Role::Row, label).click();
        self.harness.run();
    }

    fn click_head(&mut self, word: &str) {
        self.harness.get_by_role_and_label(Role::ColumnHeader, word).click();
        self.harness.run();
    }
}

#[test]
fn a_project_opens_on_the_board_and_a_key_leads_back_to_it() {
    let mut window = Window::on_the_board_of_the_sample();
    assert_eq!(window.workspace().view.screen, Screen::Board);
    window.press(Modifiers::COMMAND, Key::Num3);
    assert_eq!(window.workspace().view.screen, Screen::Kpi);
    window.press(Modifiers::COMMAND, Key::Num1);
    window.harness.get_by_label("Two of three objectives need attention");
}

#[test]
fn the_board_says_in_a_sentence_how_things_stand() {
    let window = Window::on_the_board_of_the_sample();
    window.harness.get_by_label("Two of three objectives need attention");
    window.harness.get_by_label_contains("Q4 2026, 52 of 92 days gone");
    window.harness.get_by_role_and_label(Role::Button, "7 on track");
    window.harness.get_by_role_and_label(Role::Image, "7 on track, 1 achieved, 4 behind, 4 at risk, 1 no data, 1 postponed, 1 closed");
}

#[test]
fn every_row_says_all_its_cells() {
    let window = Window::on_board(habit());
    let row = window.harness.get_by_role_and_label(Role::Row, MAU);
    assert_eq!(
        row.accesskit_node().description().unwrap(),
        "32 % done, 83 % expected, 8.1 M → 10 M, change +100 k, < 1 % likely. No check-in yet; the first is 46 weeks overdue"
    );
}

#[test]
fn a_click_selects_and_a_double_click_opens() {
    let mut window = Window::on_board(habit());
    window.click_row(MAU);
    assert_eq!(window.workspace().view.selected, Some(Selection::Goal(goal_id("mau"))));
    assert_eq!(window.workspace().view.screen, Screen::Board);
    let row = window.harness.get_by_role_and_label(Role::Row, MAU);
    assert!(row.is_focused() && row.accesskit_node().is_selected() == Some(true));
    window.press(Modifiers::NONE, Key::Enter);
    assert_eq!(window.workspace().view.screen, Screen::Objective);
    window.press(Modifiers::COMMAND, Key::OpenBracket);
    assert_eq!(window.workspace().view.screen, Screen::Board, "back leads to the board");
}

#[test]
fn arrow_keys_walk_fold_and_unfold() {
    let mut window = Window::on_board(habit());
    window.click_row(HABIT);
    window.press(Modifiers::NONE, Key::ArrowDown);
    assert_eq!(window.workspace().view.selected, Some(Selection::Goal(goal_id("mau"))));
    window.press(Modifiers::NONE, Key::ArrowLeft);
    assert_eq!(window.workspace().view.selected, Some(Selection::Goal(goal_id("habit"))), "left goes up to the objective");
    window.press(Modifiers::NONE, Key::ArrowLeft);
    assert!(window.harness.query_by_role_and_label(Role::Row, MAU).is_none(), "and closes it");
    window.press(Modifiers::NONE, Key::ArrowRight);
    window.harness.get_by_role_and_label(Role::Row, MAU);
    window.press(Modifiers::NONE, Key::End);
    assert_eq!(window.workspace().view.selected, Some(Selection::Goal(goal_id("nps"))));
    window.press(Modifiers::NONE, Key::Home);
    assert_eq!(window.workspace().view.selected, Some(Selection::Goal(goal_id("habit"))));
    window.click("Fold Become the daily habit");
    assert!(window.harness.query_by_role_and_label(Role::Row, MAU).is_none());
}

#[test]
fn a_count_filters_by_its_status_until_it_is_clicked_again() {
    let mut window = Window::on_board(habit());
    let all = window.board_rows();
    assert_eq!(all.len(), 5, "{all:?}");
    window.click("2 no data");
    let found = window.board_rows();
    assert_eq!(found, ["Be the product people trust: No data", "NPS of 50: No data"]);
    window.click("2 no data");
    assert_eq!(window.board_rows(), all);
    window.click("2 no data");
    window.harness.get_by_role_and_label(Role::Link, "Show all goals").click();
    window.harness.run();
    assert_eq!(window.board_rows(), all);
}

#[test]
fn words_that_find_nothing_say_so_and_offer_the_way_back() {
    let mut window = Window::on_board(habit());
    window.harness.get_by_label("Filter the board").focus();
    window.harness.run();
    window.harness.get_by_label("Filter the board").type_text("stick");
    window.harness.run();
    assert_eq!(window.board_rows().len(), 2, "the key result and the objective that it hangs on");
    window.harness.get_by_label("Filter the board").type_text("y tape");
    window.harness.run();
    window.harness.get_by_label("No goal matches");
    window.click("Show all goals");
    assert_eq!(window.board_rows().len(), 5);
}

#[test]
fn a_head_sorts_by_its_column_and_back() {
    let mut window = Window::on_board(habit());
    let in_order = window.board_rows();
    window.click_head("Goal");
    assert!(window.board_rows()[0].starts_with("Be the product people trust"));
    let direction =
        |window: &Window| window.harness.get_by_role_and_label(Role::ColumnHeader, "Goal").accesskit_node().data().sort_direction();
    assert_eq!(direction(&window), Some(SortDirection::Ascending));
    window.click_head("Goal");
    assert_eq!(direction(&window), Some(SortDirection::Descending));
    assert_eq!(window.board_rows()[1], "Stickiness to 38: At risk");
    window.click_head("Goal");
    assert_eq!((direction(&window), window.board_rows()), (None, in_order));
    // By keyboard as well.
    window.harness.get_by_role_and_label(Role::ColumnHeader, "Goal").focus();
    window.harness.run();
    window.press(Modifiers::NONE, Key::Space);
    assert_eq!(direction(&window), Some(SortDirection::Ascending));
}

#[test]
fn goals_are_grouped_by_what_is_chosen_and_groups_fold() {
    let mut window = Window::on_the_board_of_the_sample();
    window.harness.get_by_role_and_label(Role::ComboBox, "Group by").click();
    window.harness.run();
    window.harness.get_by_role_and_label(Role::Button, "Team").click();
    window.harness.run();
    assert_eq!(window.workspace().view.arranged.board.wanted.grouping, Grouping::Team);
    assert_eq!(window.board_rows()[0], "Growth: 7");
    window.click_row("Growth: 7");
    assert_eq!(window.board_rows()[1], "Revenue: 6", "a click closes the group");
    window.press(Modifiers::NONE, Key::Enter);
    assert_ne!(window.board_rows()[1], "Revenue: 6", "and Enter opens it");
}

#[test]
fn what_to_look_at_first_leads_there() {
    let mut window = Window::on_the_board_of_the_sample();
    window.harness.get_by_role_and_label(Role::Link, "12 to look at").click();
    window.harness.run();
    let open = "Open: The guardrail Crash-free sessions of “Become the daily habit” is tripped";
    window.harness.get_by_label_contains(open).click();
    window.harness.run();
    assert_eq!(window.workspace().view.screen, Screen::Objective);
    assert_eq!(window.workspace().view.selected, Some(Selection::Goal(goal_id("daily-habit"))));
}

#[test]
fn the_table_is_copied_for_a_spreadsheet() {
    let mut window = Window::on_board(habit());
    window.harness.get_by_role_and_label(Role::Button, "Copy table").click();
    let mut copied = String::new();
    for _ in 0..4 {
        window.harness.step();
        for command in &window.harness.output().platform_output.commands {
            if let OutputCommand::CopyText(text) = command {
                copied.clone_from(text);
            }
        }
    }
    assert_eq!(copied.lines().count(), 6, "{copied}");
    assert!(copied.contains("Bring MAU to 10 M\tKey result\tBecome the daily habit\tAt risk\t32.1429%"), "{copied}");
}

#[test]
fn an_edit_shows_on_the_board_at_once() {
    let mut window = Window::on_board(habit());
    let goal = window.workspace().project().goal(&goal_id("mau")).unwrap();
    let action = Action::from(waymark::document::edits::rename_goal(goal, "Bring MAU to 12 M"));
    window.act(action);
    window.harness.get_by_role_and_label(Role::Row, "Bring MAU to 12 M: At risk");
}

#[test]
fn of_a_thousand_goals_only_the_rows_in_sight_are_laid_out() {
    let mut project = habit();
    for number in 0..1000 {
        let goal = Goal::objective(goal_id(&format!("many{number}")), None, format!("Goal number {number}"));
        project.goals.insert(goal.id.clone(), Arc::new(goal));
    }
    let mut window = Window::on_board(project);
    let rows = window.board_rows().len();
    assert!((10..40).contains(&rows), "{rows} rows");
    window.act(Action::Select(Selection::Goal(goal_id("many999"))));
    window.harness.get_by_role_and_label(Role::Row, "Goal number 999: No data");
    let head = window.harness.get_by_role_and_label(Role::ColumnHeader, "Goal").rect();
    let row = window.harness.get_by_role_and_label(Role::Row, "Goal number 999: No data").rect();
    assert!(head.top() > 40.0 && head.bottom() <= row.top() + 1.0, "the head stays in sight above what is scrolled to: {head:?}, {row:?}");
}

#[test]
fn an_empty_project_says_what_to_do() {
    let mut window = Window::on_board(Project::empty(ProjectId::parse("p-empty").unwrap(), "Empty"));
    window.harness.get_by_label("No objective yet");
    window.click("Add an objective");
    assert_eq!(window.workspace().project().goals.len(), 1);
}
