//! The map: cards by label, by keyboard, folded, found, zoomed, and dragged onto each other.

use egui::accesskit::Role;
use egui::{Event, Key, Modifiers, MouseWheelSource, MouseWheelUnit, Pos2, Rect, TouchPhase, vec2};
use egui_kittest::kittest::{NodeT as _, Queryable as _};
use waymark::model::{LinkKey, MetricId, Role as KpiRole};
use waymark::workspace::{Action, Screen, Selection};

use super::Window;
use super::project::{goal_id, habit};

const HABIT: &str = "Objective “Become the daily habit”: At risk, 2 of 2 measured";
const MAU: &str = "Key result “Bring MAU to 10 M”: At risk, 8.1 M → 10 M";
const NPS: &str = "Key result “NPS of 50”: No data, – → 50";
const TICKETS: &str = "KPI “Tickets a week”: 59, no goal";

fn metric_id(word: &str) -> MetricId {
    MetricId::parse(&format!("m-{word}")).unwrap()
}

impl Window {
    fn on_map() -> Self {
        let mut window = Self::on_habit();
        window.act(Action::Show(Screen::Map));
        window.settle_map();
        window
    }

    /// Until a flight is over.
    fn settle_map(&mut self) {
        self.harness.run_steps(6);
        self.harness.run();
    }

    fn card(&self, words: &str) -> Rect {
        self.harness.get_by_role_and_label(Role::ListItem, words).rect()
    }

    fn shows_card(&self, words: &str) -> bool {
        self.harness.query_by_role_and_label(Role::ListItem, words).is_some()
    }

    fn zoom(&self) -> String {
        let percent = self.harness.get_all_by_role(Role::Button).find(|b| b.accesskit_node().label().is_some_and(|l| l.ends_with(" %")));
        percent.unwrap().accesskit_node().label().unwrap()
    }

    fn selects(&self, word: &str) -> bool {
        self.workspace().view.selected == Some(Selection::Goal(goal_id(word)))
    }

    /// Holds a card over a place, in steps as a hand does.
    fn hold_card(&mut self, words: &str, to: Pos2) {
        let from = self.card(words).center();
        self.harness.hover_at(from);
        self.harness.run();
        self.harness.drag_at(from);
        self.harness.run();
        for step in 1..=4 {
            self.harness.hover_at(from + (to - from) * (step as f32 / 4.0));
            self.harness.run();
        }
    }

    fn drop_card(&mut self, at: Pos2) {
        self.harness.drop_at(at);
        self.harness.run();
    }

    fn role_of(&self, metric: &str, goal: &str) -> Option<KpiRole> {
        let key = LinkKey { goal: goal_id(goal), metric: metric_id(metric) };
        self.workspace().project().links.get(&key).map(|l| l.role)
    }
}

#[test]
fn every_goal_and_kpi_is_a_card_that_says_how_it_stands() {
    let window = Window::on_map();
    for words in [HABIT, MAU, NPS, TICKETS, "KPI “Monthly active users”: 8.1 M, outcome of “Bring MAU to 10 M”"] {
        assert!(window.shows_card(words), "{words}");
    }
    let canvas = window.harness.get_by_role(Role::Canvas);
    let words = canvas.accesskit_node().label().unwrap();
    assert!(words.starts_with("Map. 5 goals and 3 KPIs from left to right. Become the daily habit: At risk, 4 cards under it."), "{words}");
    // What supports a goal stands to its right.
    assert!(window.card(MAU).left() > window.card(HABIT).right());
}

#[test]
fn arrows_go_to_parent_child_and_sibling_enter_opens_and_space_folds() {
    let mut window = Window::on_map();
    window.act(Action::Select(Selection::Goal(goal_id("habit"))));
    window.settle_map();
    for (key, word) in [(Key::ArrowRight, "mau"), (Key::ArrowDown, "stick"), (Key::ArrowUp, "mau"), (Key::ArrowLeft, "habit")] {
        window.press(Modifiers::NONE, key);
        window.settle_map();
        assert!(window.selects(word), "{key:?} goes to {word}");
    }
    assert!(window.harness.get_by_role_and_label(Role::ListItem, HABIT).is_focused(), "the selected card has the keyboard");
    window.press(Modifiers::NONE, Key::Space);
    window.settle_map();
    assert!(!window.shows_card(MAU), "folded");
    let folded = format!("{HABIT}, folded, 4 cards under it");
    assert!(window.shows_card(&folded));
    assert_eq!(window.workspace().view.screen, Screen::Map, "Space does not open");
    window.press(Modifiers::NONE, Key::ArrowRight);
    window.settle_map();
    assert!(window.shows_card(MAU), "right unfolds");
    window.press(Modifiers::NONE, Key::Enter);
    assert_eq!(window.workspace().view.screen, Screen::Objective);
    assert!(window.selects("habit"));
}

#[test]
fn a_click_selects_and_what_is_selected_elsewhere_is_unfolded() {
    let mut window = Window::on_map();
    window.harness.get_by_role_and_label(Role::ListItem, MAU).click();
    window.harness.run();
    assert!(window.selects("mau"));
    window.click("Fold to two levels");
    window.settle_map();
    let kpi = "KPI “Monthly active users”: 8.1 M, outcome of “Bring MAU to 10 M”";
    assert!(!window.shows_card(kpi));
    window.act(Action::Select(Selection::Metric(metric_id("mau"))));
    window.settle_map();
    assert!(window.shows_card(kpi), "its key result is unfolded for it");
}

#[test]
fn finding_goes_from_one_to_the_next() {
    let mut window = Window::on_map();
    window.press(Modifiers::NONE, Key::Slash);
    assert!(window.harness.get_by_label("Find on the map").is_focused());
    window.harness.get_by_label("Find on the map").type_text("st");
    window.harness.run();
    // Trust, Stickiness twice.
    window.harness.get_by_label("3 found");
    window.press(Modifiers::NONE, Key::Enter);
    window.settle_map();
    window.harness.get_by_label("1 of 3");
    assert!(window.selects("stick"));
    window.press(Modifiers::NONE, Key::Enter);
    window.settle_map();
    assert_eq!(window.workspace().view.selected, Some(Selection::Metric(metric_id("stickiness"))));
    window.press(Modifiers::SHIFT, Key::Enter);
    window.settle_map();
    assert!(window.selects("stick"));
}

#[test]
fn the_wheel_moves_and_with_ctrl_zooms_about_the_pointer_and_f_fits() {
    let mut window = Window::on_map();
    window.press(Modifiers::NONE, Key::F);
    window.settle_map();
    let whole = window.zoom();
    let before = window.card(MAU);
    let pointer = before.center();
    window.harness.hover_at(pointer);
    window.harness.run();
    let wheel = |delta, modifiers| Event::MouseWheel {
        unit: MouseWheelUnit::Point,
        delta,
        phase: TouchPhase::Move,
        source: MouseWheelSource::Wheel,
        modifiers,
    };
    window.harness.event(wheel(vec2(0.0, -60.0), Modifiers::NONE));
    window.settle_map();
    assert!(window.card(MAU).top() < before.top(), "scrolled");
    window.harness.event(wheel(vec2(0.0, 60.0), Modifiers::NONE));
    window.settle_map();
    window.harness.event_modifiers(wheel(vec2(0.0, 40.0), Modifiers::COMMAND), Modifiers::COMMAND);
    window.settle_map();
    let near = window.card(MAU);
    assert!(near.width() > before.width() * 1.02, "{near:?} {before:?}");
    assert!((near.center() - pointer).length() < 4.0, "the card under the pointer stays there: {near:?} {pointer:?}");
    window.press(Modifiers::NONE, Key::Plus);
    window.settle_map();
    assert_ne!(window.zoom(), whole);
    window.press(Modifiers::NONE, Key::Num0);
    window.settle_map();
    assert_eq!(window.zoom(), whole);
}

#[test]
fn a_key_result_dragged_onto_an_objective_moves_there_as_one_step() {
    let mut window = Window::on_map();
    let onto = window.card("Objective “Be the product people trust”: No data, 0 of 1 measured").center();
    window.hold_card(MAU, onto);
    window.harness.get_by_label("Move “Bring MAU to 10 M” to “Be the product people trust”");
    window.drop_card(onto);
    let parent = |w: &Window| w.workspace().project().goal(&goal_id("mau")).unwrap().parent.clone();
    assert_eq!(parent(&window), Some(goal_id("trust")));
    window.press(Modifiers::COMMAND, Key::Z);
    assert_eq!(**window.workspace().project(), habit(), "one step back");

    // Onto a key result it may not go; Esc lets it be.
    window.settle_map();
    let onto = window.card(NPS).center();
    window.hold_card(MAU, onto);
    window.harness.get_by_label("A key result holds only initiatives; “Bring MAU to 10 M” is a key result");
    window.press(Modifiers::NONE, Key::Escape);
    window.drop_card(onto);
    assert_eq!(**window.workspace().project(), habit());
}

#[test]
fn a_kpi_dragged_onto_a_goal_asks_for_its_role() {
    let mut window = Window::on_map();
    let onto = window.card(HABIT).center();
    window.hold_card(TICKETS, onto);
    window.harness.get_by_label("Link Tickets a week to “Become the daily habit”…");
    window.drop_card(onto);
    window.click("Link as guardrail");
    assert_eq!(window.role_of("tickets", "habit"), Some(KpiRole::Guardrail));
    window.settle_map();
    let linked = "KPI “Tickets a week”: 59, guardrail of “Become the daily habit”";
    assert!(window.shows_card(linked), "it stands beside its goal now");

    let onto = window.card(HABIT).center();
    window.hold_card(linked, onto);
    window.drop_card(onto);
    window.click("Make it a driver");
    assert_eq!(window.role_of("tickets", "habit"), Some(KpiRole::Driver));
    window.settle_map();

    let onto = window.card(NPS).center();
    window.hold_card("KPI “Tickets a week”: 59, driver of “Become the daily habit”", onto);
    window.drop_card(onto);
    window.click("Move from “Become the daily habit”, as driver");
    assert_eq!((window.role_of("tickets", "habit"), window.role_of("tickets", "nps")), (None, Some(KpiRole::Driver)));
    for _ in 0..3 {
        window.press(Modifiers::COMMAND, Key::Z);
    }
    assert_eq!(**window.workspace().project(), habit(), "three steps");
}

#[test]
fn a_card_that_is_added_elsewhere_does_not_move_what_is_looked_at() {
    let mut window = Window::on_map();
    window.act(Action::Select(Selection::Goal(goal_id("nps"))));
    window.settle_map();
    let before = window.card(NPS).min;
    window.act(Action::Add(waymark::workspace::New::KeyResult { objective: goal_id("habit"), metric: None }));
    window.act(Action::Select(Selection::Goal(goal_id("nps"))));
    window.settle_map();
    assert!((window.card(NPS).min - before).length() < 1.5, "{before:?} {:?}", window.card(NPS).min);
}

#[test]
fn nothing_moves_by_itself() {
    let mut window = Window::on_map();
    window.act(Action::Select(Selection::Goal(goal_id("nps"))));
    window.settle_map();
    let output = window.harness.output();
    let root = &output.viewport_output[&egui::ViewportId::ROOT];
    assert_eq!(root.repaint_delay, std::time::Duration::MAX, "no frame is asked for");
}

#[test]
fn an_empty_project_says_what_to_do() {
    let mut window = Window::on_habit();
    for word in ["habit", "trust"] {
        window.act(Action::Remove(Selection::Goal(goal_id(word))));
    }
    for word in ["mau", "stickiness", "tickets"] {
        window.act(Action::Remove(Selection::Metric(metric_id(word))));
    }
    window.act(Action::Show(Screen::Map));
    window.harness.get_by_label("Nothing on the map yet");
    window.click("Add an objective");
    assert_eq!(window.workspace().project().goals.len(), 1);
}
