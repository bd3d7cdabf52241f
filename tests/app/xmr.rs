//! The limits of an XmR chart, taken on the chart.

use egui::accesskit::Role;
use egui::{Key, Modifiers, Pos2, vec2};
use egui_kittest::kittest::{NodeT as _, Queryable as _};
use waymark::analysis::xmr::{Choice, Form, of_metric};
use waymark::document::edits;
use waymark::model::{Date, Metric, Project};
use waymark::shell::Start;
use waymark::workspace::{Action, KpiMode, Selection, TimeRange};

use super::Window;
use super::project::day;

const DIVIDER: &str = "New limits from; drag it, or use the left and right keys";
const FROM: &str = "Baseline from; drag it, or use the left and right keys";
const TO: &str = "Baseline to; drag it, or use the left and right keys";

impl Window {
    /// The XmR chart of the active users of the sample, all 35 months.
    fn on_xmr() -> Self {
        let mut window = Self::open(Start::Sample);
        let mau = window.workspace().project().find_metric("Monthly active users").unwrap().id.clone();
        window.act(Action::Visit(Selection::Metric(mau)));
        window.act(Action::ToggleInspector);
        window.act(Action::SetRange(TimeRange::All));
        window.act(Action::SetKpiMode(KpiMode::Variation(Choice { form: Some(Form::Plain), ..Choice::default() })));
        window
    }

    fn active_users(&self) -> &Metric {
        self.workspace().project().find_metric("Monthly active users").unwrap()
    }

    fn divide(&mut self, days: &[&str]) {
        let change = edits::set_dividers(self.active_users(), days.iter().map(|d| day(d)));
        self.act(change.into());
    }

    fn edge(&self, name: &str) -> Pos2 {
        self.harness.get_by_role_and_label(Role::Slider, name).rect().center()
    }

    /// Takes an edge and moves it across, without letting go.
    fn draw_across(&mut self, name: &str, by: f32) -> Pos2 {
        let from = self.edge(name);
        self.harness.hover_at(from);
        self.harness.run();
        self.harness.drag_at(from);
        self.harness.run();
        for part in [0.5, 1.0] {
            self.harness.hover_at(from + vec2(by * part, 0.0));
            self.harness.run();
        }
        from + vec2(by, 0.0)
    }

    fn drop_edge(&mut self, at: Pos2) {
        self.harness.drop_at(at);
        self.harness.run();
    }

    fn project_now(&self) -> Project {
        (**self.workspace().project()).clone()
    }
}

#[test]
fn new_limits_are_dragged_to_another_period_as_one_step() {
    let mut window = Window::on_xmr();
    window.divide(&["2025-10-01"]);
    let before = window.project_now();
    let limits = |w: &Window| of_metric(w.workspace().project(), w.active_users(), w.workspace().as_of()).unwrap().chart.band();
    let (band, place) = (limits(&window), window.edge(DIVIDER));
    let at = window.draw_across(DIVIDER, -150.0);
    let moved = window.active_users().xmr.dividers.clone();
    assert_eq!(moved.len(), 1);
    assert!(moved[0] < day("2025-07-01"), "{moved:?}");
    assert!(window.workspace().document.in_transaction());
    assert_ne!(limits(&window), band, "the limits answer while the button is down");
    let stands = window.edge(DIVIDER);
    assert!((stands.x - at.x).abs() < 20.0 && (stands.x - place.x).abs() > 100.0, "{stands} is not under {at}");
    window.drop_edge(at);
    assert!(!window.workspace().document.in_transaction());
    assert_eq!(window.active_users().xmr.dividers, moved);
    assert_eq!(window.workspace().document.undo_label(), Some("Change limits of MAU"));
    window.press(Modifiers::COMMAND, Key::Z);
    assert_eq!(window.project_now(), before, "the whole drag is one step");
}

#[test]
fn escape_gives_the_limits_back() {
    let mut window = Window::on_xmr();
    window.divide(&["2025-10-01"]);
    let (before, label) = (window.project_now(), window.workspace().document.undo_label().unwrap().to_owned());
    let at = window.draw_across(DIVIDER, -120.0);
    assert_ne!(window.project_now(), before);
    window.press(Modifiers::NONE, Key::Escape);
    assert_eq!(window.project_now(), before);
    window.harness.hover_at(at - vec2(60.0, 0.0));
    window.harness.run();
    window.drop_edge(at - vec2(60.0, 0.0));
    assert_eq!(window.project_now(), before, "and they stay while the button is still down");
    assert_eq!(window.workspace().document.undo_label(), Some(label.as_str()));
}

#[test]
fn keys_go_from_period_to_period_and_stop_before_other_limits() {
    let mut window = Window::on_xmr();
    window.divide(&["2025-03-01", "2025-07-01"]);
    let second = "New limits 2 from; drag it, or use the left and right keys";
    window.harness.get_by_role_and_label(Role::Slider, second).focus();
    window.harness.run();
    window.press(Modifiers::NONE, Key::ArrowLeft);
    assert_eq!(window.active_users().xmr.dividers, [day("2025-03-01"), day("2025-06-01")]);
    let slider = window.harness.get_by_role_and_label(Role::Slider, second);
    assert!(slider.is_focused());
    assert_eq!(slider.accesskit_node().value().as_deref(), Some("1 Jun 2025"));
    for _ in 0..6 {
        window.press(Modifiers::NONE, Key::ArrowLeft);
    }
    assert_eq!(window.active_users().xmr.dividers, [day("2025-03-01"), day("2025-04-01")], "each keeps its place in their order");
    let at = window.draw_across(second, -400.0);
    assert_eq!(window.active_users().xmr.dividers, [day("2025-03-01"), day("2025-04-01")]);
    window.drop_edge(at);
}

#[test]
fn the_menu_of_the_chart_begins_new_limits_where_it_was_asked_for_and_takes_them_away() {
    let mut window = Window::on_xmr();
    let charts = window.harness.get_all_by_role(Role::Image).map(|node| (node.accesskit_node().label().unwrap_or_default(), node.rect()));
    let (_, plot) = charts.into_iter().find(|(label, _)| label.starts_with("MAU ")).unwrap();
    let ask = |window: &mut Window| {
        let at = plot.center();
        window.harness.hover_at(at);
        window.harness.run();
        for pressed in [true, false] {
            window.harness.event(egui::Event::PointerButton {
                pos: at,
                button: egui::PointerButton::Secondary,
                pressed,
                modifiers: Modifiers::NONE,
            });
        }
        window.harness.run();
    };
    ask(&mut window);
    window.harness.get_by_label_contains("New limits from ").click();
    window.harness.run();
    let [divider] = window.active_users().xmr.dividers[..] else { panic!("{:?}", window.active_users().xmr) };
    // In the middle of all months.
    assert!((day("2024-12-01")..day("2025-10-01")).contains(&divider), "{divider}");
    let x = window.edge(DIVIDER).x;
    assert!((x - plot.center().x).abs() < 40.0, "{x} is far from {}", plot.center().x);
    ask(&mut window);
    window.harness.get_by_label_contains("Remove new limits from ").click();
    window.harness.run();
    assert!(window.active_users().xmr.dividers.is_empty());
}

#[test]
fn the_end_of_the_baseline_locks_and_unlocks_the_limits() {
    let mut window = Window::on_xmr();
    let before = window.project_now();
    assert!(window.harness.query_by_role_and_label(Role::Slider, FROM).is_none(), "nothing is locked");
    let free = window.edge(TO);
    let at = window.draw_across(TO, -200.0);
    window.drop_edge(at);
    let baseline = |w: &Window| w.active_users().xmr.baseline;
    let (from, to) = baseline(&window).unwrap();
    // The first month of the series, up to the end of one in the middle.
    assert_eq!(from, day("2023-12-01"));
    assert!(to < day("2026-06-01") && next(to) == next(to).format("%Y-%m-01").to_string().parse().unwrap(), "{to}");
    assert_eq!(window.workspace().document.undo_label(), Some("Change baseline of MAU"));
    assert!(window.harness.query_all_by_label_contains("Limits locked to values from 1 Dec 2023 to").next().is_some());
    window.press(Modifiers::COMMAND, Key::Z);
    assert_eq!(window.project_now(), before);
    window.press(Modifiers::COMMAND, Key::Y);
    assert_eq!(baseline(&window), Some((from, to)));
    // By key the beginning moves a month.
    window.harness.get_by_role_and_label(Role::Slider, FROM).focus();
    window.harness.run();
    window.press(Modifiers::NONE, Key::ArrowRight);
    assert_eq!(baseline(&window), Some((day("2024-01-01"), to)));
    window.press(Modifiers::NONE, Key::ArrowLeft);
    // Back at the last value nothing is locked.
    let held = window.edge(TO);
    let at = window.draw_across(TO, free.x - held.x + 30.0);
    window.drop_edge(at);
    assert_eq!(baseline(&window), None);
    assert!(window.harness.query_by_role_and_label(Role::Slider, FROM).is_none());
}

fn next(day: Date) -> Date {
    day.succ_opt().unwrap()
}
