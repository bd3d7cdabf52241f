//! A narrow window, or a wide one at 200 %: nothing lies over anything else, and what gave way is in the menu.

use egui::accesskit::Role;
use egui::{Key, Modifiers, Rect, vec2};
use egui_kittest::kittest::{NodeT as _, Queryable as _};
use waymark::shell::{Start, WaymarkApp};
use waymark::workspace::{Action, KpiMode, Screen, SeasonForm, Selection, Severity, Sheet};

use super::Window;
use super::inspector::metric_id;
use super::project::goal_id;

impl Window {
    fn of_width(width: f32) -> Self {
        let mut window = Self::as_opened(|services| WaymarkApp::open(services, Start::Sample));
        window.harness.set_size(vec2(width, 400.0));
        window.harness.run();
        window
    }

    /// The buttons whose middle is in a part of the window.
    fn buttons_in(&self, part: Rect) -> Vec<(String, Rect)> {
        let all = self.harness.query_all_by(|node: &egui_kittest::kittest::AccessKitNode<'_>| node.role() == Role::Button);
        let named = all.map(|node| (node.accesskit_node().label().unwrap_or_default(), node.rect()));
        named.filter(|(_, rect)| part.contains(rect.center())).collect()
    }

    #[track_caller]
    fn assert_apart(&self, part: Rect, about: &str) -> Vec<String> {
        let buttons = self.buttons_in(part);
        for (index, (name, rect)) in buttons.iter().enumerate() {
            assert!(part.expand(1.0).contains_rect(*rect), "{about}: {name} is cut off at {rect}");
            for (other, beside) in &buttons[index + 1..] {
                assert!(!rect.shrink(1.0).intersects(beside.shrink(1.0)), "{about}: {name} lies over {other}");
            }
        }
        buttons.into_iter().map(|(name, _)| name).collect()
    }
}

#[test]
fn the_top_bar_keeps_what_fits_and_first_of_all_menu_and_views() {
    for width in [400.0, 640.0, 720.0, 860.0, 1000.0, 1280.0] {
        let window = Window::of_width(width);
        let bar = Rect::from_min_size(egui::Pos2::ZERO, vec2(width, 44.0));
        let names = window.assert_apart(bar, &format!("{width} points"));
        let has = |name: &str| names.iter().any(|n| n.starts_with(name));
        assert!(has("Menu") && (has("View: Board") || width >= 1280.0), "{width}: {names:?}");
        assert!(has("Export") && (has("As of") || width < 640.0), "{width}: {names:?}");
        assert!(width < 900.0 || names.iter().any(|name| name.ends_with("undo (Ctrl+Z)")), "{width}: {names:?}");
    }
}

#[test]
fn the_inspector_takes_the_place_of_the_tree_until_a_goal_is_looked_for() {
    let mut window = Window::of_width(640.0);
    let tree = |window: &Window| window.harness.query_by_role_and_label(Role::TreeItem, "Bring MAU to 10 M by Q4").is_some();
    assert!(tree(&window));
    window.act(Action::Select(Selection::Goal(goal_id("mau"))));
    window.act(Action::ToggleInspector);
    assert!(!tree(&window) && window.harness.query_by_label("Close the inspector (I)").is_some());
    window.press(Modifiers::COMMAND, Key::F);
    assert!(tree(&window));
}

#[test]
fn a_review_keeps_its_agenda_beside_its_stage() {
    let mut window = Window::of_width(640.0);
    window.act(Action::Show(Screen::Review));
    let head = Rect::from_min_max(egui::pos2(0.0, 44.0), egui::pos2(640.0, 84.0));
    let names = window.assert_apart(head, "head");
    assert!(names.iter().any(|name| name.starts_with("Seen, next")), "{names:?}");
    let log = window.harness.get_by_label("Add a decision").rect().expand2(vec2(640.0, 4.0));
    let log = log.intersect(Rect::from_min_size(egui::Pos2::ZERO, vec2(640.0, 400.0)));
    let names = window.assert_apart(log, "log");
    assert!(names.iter().any(|name| name == "Add a note"), "{names:?}");
}

#[test]
fn the_tools_of_charts_and_roadmap_are_not_cut_off() {
    for width in [640.0, 720.0, 860.0] {
        let mut window = Window::of_width(width);
        window.act(Action::Select(Selection::Metric(metric_id("mau"))));
        window.act(Action::Show(Screen::Kpi));
        if window.harness.query_by_label("Close the inspector (I)").is_some() {
            window.act(Action::ToggleInspector);
        }
        for mode in [KpiMode::Trend, KpiMode::Season(SeasonForm::Years), KpiMode::Distribution] {
            window.act(Action::SetKpiMode(mode));
            let at = |role, name: &str| window.harness.query_by_role_and_label(role, name).map(|node| node.rect());
            let days = at(Role::TabList, "Time range").or_else(|| at(Role::ComboBox, "Time range"));
            let Some(days) = days else {
                assert!(!mode.obeys_range(), "{width} {mode:?}: no days");
                continue;
            };
            assert!(days.left() > 280.0 && days.right() <= width, "{width} {mode:?}: {days}");
            let axis = at(Role::ComboBox, "Value axis").or_else(|| at(Role::TabList, "Kind of season chart"));
            assert!(axis.is_none_or(|axis| axis.left() > 280.0 && axis.right() <= days.left() + 0.5), "{width} {mode:?}: {axis:?} {days}");
        }
        window.act(Action::Show(Screen::Roadmap));
        for (role, name) in [(Role::ComboBox, "Group by"), (Role::ComboBox, "Down to"), (Role::Button, "Earlier"), (Role::Button, "Later")]
        {
            let rect = window.harness.get_by_role_and_label(role, name).rect();
            assert!(rect.left() > 280.0 && rect.right() <= width, "{width} {name}: {rect}");
        }
        let at = |role| window.harness.query_by_role_and_label(role, "Days shown").map(|node| node.rect());
        let days = at(Role::TabList).or_else(|| at(Role::ComboBox)).unwrap();
        assert!(days.left() > 280.0 && days.right() <= width, "{width} days: {days}");
    }
}

#[test]
fn a_message_leaves_the_buttons_of_a_dialog_free() {
    let message = "Imported 3 metrics with 36 points from a table that is called orders-of-the-last-twelve-months.csv";
    for size in [vec2(1280.0, 800.0), vec2(800.0, 600.0), vec2(640.0, 480.0)] {
        let mut window = Window::of_width(size.x);
        window.harness.set_size(size);
        let line = "Raise weekly users from 2 k to 5 k by 2099".to_owned();
        for (sheet, buttons) in [(Sheet::QuickEntry { line }, vec!["Close", "Add key result"]), (Sheet::Cycles, vec!["Close"])] {
            window.act(Action::OpenSheet(sheet));
            for _ in 0..2 {
                window.act(Action::ShowToast(Severity::Error, message.to_owned()));
            }
            window.harness.run();
            let toast = window.harness.get_by_label(message).rect().expand(12.0);
            for name in buttons {
                let button = window.harness.get_by_role_and_label(Role::Button, name).rect();
                assert!(!toast.intersects(button), "{size}: the message at {toast} lies over {name} at {button}");
            }
            window.press(Modifiers::NONE, Key::Escape);
        }
    }
}

#[test]
fn who_checks_in_has_room_to_say_so() {
    for width in [640.0, 800.0, 1280.0] {
        let mut window = Window::of_width(width);
        window.press(Modifiers::COMMAND, Key::Enter);
        let name = window.harness.get_by_role_and_label(Role::TextInput, "Your name").rect();
        let told = window.harness.get_by_label_contains("Rows left empty stay as they are.").rect();
        assert!(name.width() > 100.0 && !name.intersects(told) && told.right() <= width, "{width}: {name} {told}");
    }
}
