//! The goal tree is edited where it stands: titles, order, levels, and several goals at once.

use egui::accesskit::Role;
use egui::{Event, Key, Modifiers, PointerButton, Pos2, Rect, pos2, vec2};
use egui_kittest::kittest::{NodeT as _, Queryable as _};
use waymark::model::{Contribution, GoalId, GoalState, Project, Tree};
use waymark::workspace::{Action, Selection};

use super::Window;
use super::project::{goal_id, habit};

const HABIT: &str = "Become the daily habit";
const MAU: &str = "Bring MAU to 10 M";
const STICK: &str = "Stickiness to 38";
const TRUST: &str = "Be the product people trust";
const NPS: &str = "NPS of 50";

fn level(project: &Project, tree: &Tree, goals: &[GoalId]) -> String {
    let words = goals.iter().map(|id| {
        let known = ["habit", "mau", "stick", "trust", "nps"].into_iter().find(|w| goal_id(w) == *id);
        let word = known.map_or_else(|| project.goal(id).unwrap().title.clone(), str::to_owned);
        match tree.children(id) {
            [] => word,
            below => format!("{word}({})", level(project, tree, below)),
        }
    });
    words.collect::<Vec<_>>().join(" ")
}

impl Window {
    fn row(&self, title: &str) -> Rect {
        self.harness.get_by_role_and_label(Role::TreeItem, title).rect()
    }

    fn title_of(&self, word: &str) -> String {
        self.workspace().project().goal(&goal_id(word)).unwrap().title.clone()
    }

    /// The tree as words: "habit(mau stick) trust(nps)", new goals by their titles.
    fn outline(&self) -> String {
        let project = self.workspace().project();
        let tree = Tree::of(project);
        level(project, &tree, tree.roots())
    }

    fn type_title(&mut self, title: &str) {
        self.harness.get_by_label("Title in the tree").type_text(title);
        self.harness.run();
    }

    /// Holds a row over a place, in steps as a hand does.
    fn drag_over(&mut self, title: &str, to: Pos2) {
        let from = self.row(title).center();
        self.harness.hover_at(from);
        self.harness.run();
        self.harness.drag_at(from);
        self.harness.run();
        for step in 1..=4 {
            self.harness.hover_at(from + (to - from) * (step as f32 / 4.0));
            self.harness.run();
        }
    }

    fn drop_at(&mut self, place: Pos2) {
        self.harness.drop_at(place);
        self.harness.run();
    }

    fn click_with(&mut self, modifiers: Modifiers, title: &str) {
        self.harness.get_by_role_and_label(Role::TreeItem, title).click_modifiers(modifiers);
        self.harness.run();
    }

    fn choose_from_menu(&mut self, title: &str, item: &str) {
        self.harness.get_by_role_and_label(Role::TreeItem, title).click_secondary();
        self.harness.run();
        self.harness.get_by_role_and_label(Role::Button, item).click();
        self.harness.run();
    }
}

#[test]
fn a_title_is_edited_in_place() {
    let mut window = Window::on_habit();
    window.click_goal(MAU);
    window.press(Modifiers::NONE, Key::F2);
    assert!(window.harness.get_by_label("Title in the tree").is_focused());
    window.type_title("Ten million");
    window.press(Modifiers::NONE, Key::Enter);
    assert_eq!(window.title_of("mau"), "Ten million", "what was there was selected, so typing replaced it");
    assert!(window.harness.query_by_label("Title in the tree").is_none());
    assert!(window.harness.get_by_role_and_label(Role::TreeItem, "Ten million").is_focused(), "the arrow keys go on from there");

    window.press(Modifiers::NONE, Key::F2);
    window.type_title("Something else");
    window.press(Modifiers::NONE, Key::Escape);
    assert_eq!(window.title_of("mau"), "Ten million");
    assert!(window.harness.query_by_label("Title in the tree").is_none());

    window.press(Modifiers::NONE, Key::F2);
    window.press(Modifiers::NONE, Key::Delete);
    window.press(Modifiers::NONE, Key::Enter);
    window.harness.get_by_label("A goal needs a title");
    window.press(Modifiers::NONE, Key::Escape);
    window.press(Modifiers::COMMAND, Key::Z);
    assert_eq!(**window.workspace().project(), habit(), "one step");
}

#[test]
fn a_slow_second_click_edits_the_title_and_a_double_click_does_not() {
    let mut window = Window::on_habit();
    let on_title = |window: &Window, title: &str| window.row(title).left_top() + vec2(80.0, 14.0);
    // Press and release in one frame: with two frames for each click, two of them are too slow for a double click.
    let click = |window: &mut Window, place: Pos2| {
        let button = |pressed| Event::PointerButton { pos: place, button: PointerButton::Primary, pressed, modifiers: Modifiers::NONE };
        window.harness.input_mut().events.extend([Event::PointerMoved(place), button(true), button(false)]);
        window.harness.step();
    };
    let place = on_title(&window, MAU);
    click(&mut window, place);
    for _ in 0..8 {
        window.harness.step();
    }
    assert_eq!(window.workspace().view.renaming, None, "the first click selects");
    click(&mut window, place);
    for _ in 0..8 {
        window.harness.step();
    }
    assert_eq!(window.workspace().view.renaming, Some(goal_id("mau")));
    window.press(Modifiers::NONE, Key::Escape);

    let place = on_title(&window, HABIT);
    click(&mut window, place);
    for _ in 0..8 {
        window.harness.step();
    }
    click(&mut window, place);
    click(&mut window, place);
    for _ in 0..8 {
        window.harness.step();
    }
    assert_eq!(window.workspace().view.renaming, None);
    assert!(window.workspace().view.collapsed.contains(&goal_id("habit")), "a double click closes an objective");
}

#[test]
fn a_copy_brings_its_subtree_and_undo_takes_it_all_away() {
    let mut window = Window::on_habit();
    window.click_goal(HABIT);
    window.press(Modifiers::COMMAND, Key::D);
    assert_eq!(window.outline(), format!("habit(mau stick) {HABIT} (copy)({MAU} {STICK}) trust(nps)"));
    let selected = window.workspace().view.selected.clone();
    let copy = Tree::of(window.workspace().project()).roots()[1].clone();
    assert_eq!(selected, Some(Selection::Goal(copy)), "the copy is selected");
    window.press(Modifiers::COMMAND, Key::Z);
    assert_eq!(**window.workspace().project(), habit());
}

#[test]
fn levels_change_by_keyboard_where_the_rules_allow_it() {
    let mut window = Window::on_habit();
    window.click_goal(TRUST);
    window.press(Modifiers::ALT, Key::ArrowRight);
    assert_eq!(window.outline(), "habit(mau stick trust(nps))");
    window.press(Modifiers::ALT, Key::ArrowLeft);
    assert_eq!(window.outline(), "habit(mau stick) trust(nps)");
    window.press(Modifiers::ALT, Key::ArrowUp);
    assert_eq!(window.outline(), "trust(nps) habit(mau stick)");

    let before = window.workspace().project().clone();
    window.click_goal(STICK);
    window.press(Modifiers::ALT, Key::ArrowRight);
    window.harness.get_by_label(&format!("A key result holds only initiatives; “{STICK}” is a key result."));
    window.press(Modifiers::ALT, Key::ArrowLeft);
    window.harness.get_by_label(&format!("Only objectives stand at the top; “{STICK}” is a key result."));
    assert_eq!(*window.workspace().project(), before);
}

#[test]
fn what_is_indented_under_a_closed_goal_stays_in_sight() {
    let mut window = Window::on_habit();
    window.act(Action::ToggleCollapsed(goal_id("habit")));
    window.click_goal(TRUST);
    window.press(Modifiers::ALT, Key::ArrowRight);
    window.harness.get_by_role_and_label(Role::TreeItem, TRUST);
}

#[test]
fn a_key_result_is_dragged_onto_another_objective() {
    let mut window = Window::on_habit();
    let onto = window.row(TRUST).center();
    window.drag_over(MAU, onto);
    window.harness.get_by_label(&format!("Move “{MAU}” to “{TRUST}”"));
    assert_eq!(window.outline(), "habit(mau stick) trust(nps)", "nothing moves before it is let go");
    window.drop_at(onto);
    assert_eq!(window.outline(), "habit(stick) trust(nps mau)");
    window.press(Modifiers::COMMAND, Key::Z);
    assert_eq!(**window.workspace().project(), habit());
}

#[test]
fn a_drop_between_rows_puts_it_there() {
    let mut window = Window::on_habit();
    let above_nps = window.row(NPS).left_top() + vec2(100.0, 3.0);
    window.drag_over(STICK, above_nps);
    window.drop_at(above_nps);
    assert_eq!(window.outline(), "habit(mau) trust(stick nps)");
    // Between two objectives a key result can only be the last of the first.
    let above_trust = window.row(TRUST).left_top() + vec2(100.0, 3.0);
    window.drag_over(NPS, above_trust);
    window.drop_at(above_trust);
    assert_eq!(window.outline(), "habit(mau nps) trust(stick)");
    // Below the last row is the end of the top level.
    let below = pos2(window.row(HABIT).center().x, window.row(STICK).bottom() + 60.0);
    window.drag_over(HABIT, below);
    window.drop_at(below);
    assert_eq!(window.outline(), "trust(stick) habit(mau nps)");
}

#[test]
fn a_drop_that_the_rules_forbid_says_why_and_changes_nothing() {
    let mut window = Window::on_habit();
    let onto = window.row(NPS).center();
    window.drag_over(STICK, onto);
    window.harness.get_by_label(&format!("A key result holds only initiatives; “{STICK}” is a key result"));
    assert_eq!(window.harness.output().platform_output.cursor_icon, egui::CursorIcon::NotAllowed);
    window.drop_at(onto);
    assert_eq!(**window.workspace().project(), habit());
    window.harness.get_by_label(&format!("A key result holds only initiatives; “{STICK}” is a key result."));

    let under = window.row(MAU).center();
    window.drag_over(HABIT, under);
    window.harness.get_by_label(&format!("“{HABIT}” cannot go under itself"));
    window.drop_at(under);
    assert!(!window.workspace().document.is_dirty());
}

#[test]
fn escape_ends_a_drag() {
    let mut window = Window::on_habit();
    let onto = window.row(TRUST).center();
    window.drag_over(MAU, onto);
    window.press(Modifiers::NONE, Key::Escape);
    window.drop_at(onto);
    assert_eq!(**window.workspace().project(), habit());
}

#[test]
fn several_goals_are_removed_in_one_step() {
    let mut window = Window::on_habit();
    window.click_goal(MAU);
    window.click_with(Modifiers::COMMAND, NPS);
    for title in [MAU, NPS] {
        let row = window.harness.get_by_role_and_label(Role::TreeItem, title);
        assert_eq!(row.accesskit_node().is_selected(), Some(true), "{title}");
    }
    window.press(Modifiers::NONE, Key::Delete);
    assert_eq!(window.outline(), "habit(stick) trust");
    assert_eq!(window.workspace().document.undo_label(), Some("Remove 2 goals"));
    window.press(Modifiers::COMMAND, Key::Z);
    assert_eq!(**window.workspace().project(), habit());
}

#[test]
fn a_range_is_selected_with_shift_and_acted_on_as_one() {
    let mut window = Window::on_habit();
    window.click_goal(MAU);
    window.press(Modifiers::SHIFT, Key::ArrowDown);
    assert_eq!(window.workspace().chosen(), [goal_id("mau"), goal_id("stick")]);
    window.choose_from_menu(STICK, "Let it only support");
    let supports = |window: &Window, word: &str| window.workspace().project().goal(&goal_id(word)).unwrap().contribution;
    assert_eq!([supports(&window, "mau"), supports(&window, "stick")], [Contribution::Supports; 2]);
    let onto = window.row(TRUST).center();
    window.drag_over(MAU, onto);
    window.harness.get_by_label(&format!("Move 2 goals to “{TRUST}”"));
    window.drop_at(onto);
    assert_eq!(window.outline(), "habit trust(nps mau stick)");
    window.press(Modifiers::COMMAND, Key::Z);
    window.press(Modifiers::COMMAND, Key::Z);
    assert_eq!(**window.workspace().project(), habit());

    window.click_goal(HABIT);
    window.click_with(Modifiers::SHIFT, TRUST);
    assert_eq!(window.workspace().chosen().len(), 4);
    window.click_goal(HABIT);
    assert_eq!(window.workspace().chosen(), [goal_id("habit")], "a plain click selects one");
}

#[test]
fn the_menu_of_a_row_offers_what_its_kind_allows() {
    let mut window = Window::on_habit();
    window.harness.get_by_role_and_label(Role::TreeItem, NPS).click_secondary();
    window.harness.run();
    assert_eq!(window.workspace().view.selected, Some(Selection::Goal(goal_id("nps"))), "the menu is about the row under it");
    assert!(window.harness.query_by_role_and_label(Role::Button, "New objective").is_none());
    window.harness.get_by_role_and_label(Role::Button, "New initiative").click();
    window.harness.run();
    assert_eq!(window.outline(), "habit(mau stick) trust(nps(New initiative))");
    window.choose_from_menu(STICK, "Postpone");
    assert!(matches!(window.workspace().project().goal(&goal_id("stick")).unwrap().state, GoalState::Postponed { .. }));
    window.choose_from_menu(STICK, "Resume");
    assert_eq!(window.workspace().project().goal(&goal_id("stick")).unwrap().state, GoalState::Active);
}

#[test]
fn archived_goals_wait_under_a_heading_of_their_own() {
    let mut window = Window::on_habit();
    window.choose_from_menu(STICK, "Archive");
    assert!(window.harness.query_by_role_and_label(Role::TreeItem, STICK).is_none());
    window.click("Archived · 1");
    window.choose_from_menu(STICK, "Restore from the archive");
    assert!(window.harness.query_by_role_and_label(Role::Button, "Archived · 1").is_none());
    assert_eq!(window.outline(), "habit(mau stick) trust(nps)");
    assert!(window.row(STICK).top() < window.row(TRUST).top());
}
