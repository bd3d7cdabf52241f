//! Every view and every picture of a KPI, reached by keyboard alone.

use egui::accesskit::Role;
use egui::{Key, Modifiers};
use egui_kittest::kittest::{NodeT as _, Queryable as _};
use waymark::shell::{Start, WaymarkApp};
use waymark::workspace::command::Command;
use waymark::workspace::{Action, KpiMode, Screen, Selection};

use super::Window;

const KEYS: [Key; 7] = [Key::Num1, Key::Num2, Key::Num3, Key::Num4, Key::Num5, Key::Num6, Key::Num7];

impl Window {
    /// What has the keyboard: its role and its name.
    fn focused(&self) -> Option<(Role, String)> {
        let all = self.harness.query_all_by(|node: &egui_kittest::kittest::AccessKitNode<'_>| node.is_focused());
        let mut found = all.map(|node| (node.accesskit_node().role(), node.accesskit_node().label().unwrap_or_default()));
        found.find(|(role, _)| *role != Role::Window)
    }

    #[track_caller]
    fn assert_at(&self, screen: Screen, role: Role, name: &str, content: &str) {
        assert_eq!(self.workspace().view.screen, screen);
        let (found, words) = self.focused().unwrap_or_else(|| panic!("nothing has the keyboard on {screen:?}"));
        assert!(found == role && words.starts_with(name), "{screen:?} gives the keyboard to {found:?} {words:?}");
        let says = |words: &str| self.harness.query_all_by_label_contains(words).next().is_some();
        assert!(says(content), "{screen:?} does not say {content:?}");
    }

    fn choose_mode(&mut self, mode: KpiMode) {
        self.press(Modifiers::COMMAND, Key::K);
        self.harness.get_by_label("Find a command, a goal or a metric").type_text(mode.command());
        self.harness.run();
        self.press(Modifiers::NONE, Key::Enter);
        assert_eq!(self.workspace().view.kpi_mode, mode);
    }
}

/// What has the keyboard on each view of the sample, by the beginning of its name, and something that the view says.
const VIEWS: [(Screen, Role, &str, &str); 7] = [
    (Screen::Board, Role::Row, "Become the daily habit: Behind", "Two of three objectives need attention"),
    (Screen::Objective, Role::ListItem, "Bring MAU to 10 M", "MAU grew by 231 k from Sep 2026 to Oct 2026"),
    (Screen::Kpi, Role::Image, "MAU is growing, but 10 M by 31 Dec is under 1 % likely.", "MAU is growing, but"),
    (Screen::Map, Role::Canvas, "Map. 23 goals and 22 KPIs from left to right.", "Fit"),
    (Screen::Scorecard, Role::Grid, "Scorecard: 4 of 12 KPIs met their target in Oct 2026", "Monthly active users, behind, target 10 M"),
    (Screen::Roadmap, Role::ListItem, "Become the daily habit: Behind; 61 %, expected 76 %", "Ship quick capture on mobile"),
    (
        Screen::Review,
        Role::ListItem,
        "Become the daily habit: Guardrail tripped",
        "99.37 % in the week of 9 Nov 2026 breaches “Store minimum”",
    ),
];

#[test]
fn every_view_is_reached_by_key_says_its_content_and_takes_the_keyboard() {
    let mut window = Window::as_opened(|services| WaymarkApp::open(services, Start::Sample));
    // The project opened on the board.
    let walk: Vec<_> = KEYS.into_iter().zip(VIEWS).skip(1).chain([(Key::Num1, VIEWS[0])]).collect();
    for (key, (screen, role, name, content)) in walk {
        window.press(Modifiers::COMMAND, key);
        window.assert_at(screen, role, name, content);
    }
    // Back through all of them, and forward again.
    let stops = [Screen::Review, Screen::Roadmap, Screen::Scorecard, Screen::Map, Screen::Kpi, Screen::Objective];
    for stop in stops {
        window.press(Modifiers::COMMAND, Key::OpenBracket);
        let (screen, role, name, content) = VIEWS.into_iter().find(|view| view.0 == stop).unwrap();
        window.assert_at(screen, role, name, content);
    }
    for stop in stops.into_iter().rev().skip(1) {
        window.press(Modifiers::COMMAND, Key::CloseBracket);
        let (screen, role, name, content) = VIEWS.into_iter().find(|view| view.0 == stop).unwrap();
        window.assert_at(screen, role, name, content);
    }
}

#[test]
fn arrow_keys_go_on_in_the_view_that_took_the_keyboard() {
    let mut window = Window::as_opened(|services| WaymarkApp::open(services, Start::Sample));
    window.press(Modifiers::COMMAND, Key::Num7);
    window.press(Modifiers::COMMAND, Key::Num1);
    window.press(Modifiers::NONE, Key::ArrowDown);
    let selected = window.workspace().view.selected.clone();
    assert!(
        matches!(&selected, Some(Selection::Goal(goal)) if window.workspace().project().goal(goal).unwrap().title.starts_with("Bring MAU"))
    );
    // Of a goal that is selected the row takes the keyboard, not the first one.
    window.press(Modifiers::COMMAND, Key::Num6);
    assert!(window.focused().unwrap().1.starts_with("Bring MAU to 10 M"));
    window.press(Modifiers::COMMAND, Key::Num2);
    let (role, first) = window.focused().unwrap();
    window.press(Modifiers::NONE, Key::ArrowDown);
    let (_, second) = window.focused().unwrap();
    assert!(role == Role::ListItem && first != second, "{first}");
    window.press(Modifiers::NONE, Key::ArrowUp);
    assert_eq!(window.focused().unwrap().1, first);
    window.press(Modifiers::COMMAND, Key::Num3);
    window.press(Modifiers::NONE, Key::ArrowLeft);
    let chart = window.harness.get_by(|node| node.is_focused() && node.role() == Role::Image);
    assert!(chart.accesskit_node().value().is_some(), "the chart reads a value out");
}

#[test]
fn who_walks_through_the_tree_goes_on_walking() {
    let mut window = Window::as_opened(|services| WaymarkApp::open(services, Start::Sample));
    window.click_goal("Grow revenue that stays");
    window.press(Modifiers::COMMAND, Key::Num5);
    assert_eq!(window.focused(), Some((Role::TreeItem, "Grow revenue that stays".to_owned())));
}

#[test]
fn every_picture_of_a_kpi_is_reached_by_keyboard_and_takes_it() {
    let mut window = Window::as_opened(|services| WaymarkApp::open(services, Start::Sample));
    window.press(Modifiers::COMMAND, Key::Num3);
    for mode in KpiMode::ALL.into_iter().rev() {
        window.choose_mode(mode);
        let (role, name) = window.focused().unwrap_or_else(|| panic!("nothing has the keyboard in {mode:?}"));
        let wanted = if mode == KpiMode::Table { Role::Grid } else { Role::Image };
        assert_eq!(role, wanted, "{mode:?}: {name}");
        assert!(name.contains("Monthly active users"), "{mode:?}: {name}");
        // Its sentence is read out with it, and stands over it.
        let sentence = name.split(". ").next().unwrap().trim_end_matches('.');
        let said = window.harness.query_all_by_label_contains(sentence).count();
        assert!(said >= if mode == KpiMode::Table { 1 } else { 2 }, "{mode:?}: {sentence:?} is said {said} times");
        window.press(Modifiers::NONE, Key::End);
        let node = window.harness.get_by(|node| node.is_focused() && node.role() == wanted);
        let read = node.accesskit_node().value().unwrap_or_default();
        assert!(!read.is_empty(), "{mode:?} reads nothing out");
        window.press(Modifiers::NONE, Key::Escape);
    }
}

#[test]
fn the_table_behind_a_view_is_copied_by_its_command() {
    let mut window = Window::as_opened(|services| WaymarkApp::open(services, Start::Sample));
    let copied = |window: &mut Window| {
        window.press(Modifiers::COMMAND, Key::K);
        window.harness.get_by_label("Find a command, a goal or a metric").type_text("copy table");
        window.harness.run();
        window.press(Modifiers::NONE, Key::Enter);
        assert!(window.workspace().toasts.iter().any(|toast| toast.text.starts_with("Table copied.")));
        // The frame of the key is gone with what it copied: once more, to see it.
        let ctx = window.harness.ctx.clone();
        window.harness.state_mut().act(&ctx, Action::CopyTable);
        window.harness.step();
        window.harness.output().platform_output.commands.iter().find_map(|command| match command {
            egui::OutputCommand::CopyText(text) => Some(text.clone()),
            _ => None,
        })
    };
    let board = copied(&mut window).unwrap();
    assert!(board.starts_with("Goal\tKind\tUnder\tStatus\t") && board.contains("Bring MAU to 10 M by Q4\tKey result\t"), "{board}");
    window.press(Modifiers::COMMAND, Key::Num5);
    let scorecard = copied(&mut window).unwrap();
    assert!(scorecard.lines().count() > 10 && scorecard.contains("Monthly active users"), "{scorecard}");
    window.press(Modifiers::COMMAND, Key::Num3);
    let kpi = copied(&mut window).unwrap();
    assert!(kpi.starts_with("Period\tActual\tExpected\t") && kpi.contains("2026-11-01\t8515000\t"), "{kpi}");
    window.press(Modifiers::COMMAND, Key::Num2);
    let objective = copied(&mut window).unwrap();
    assert!(objective.lines().nth(1).unwrap().starts_with("Become the daily habit\tObjective\t"), "{objective}");
    assert!(objective.contains("Ship quick capture on mobile") && !objective.contains("Increase MRR"), "{objective}");
    window.press(Modifiers::COMMAND, Key::Num4);
    let map = copied(&mut window).unwrap();
    assert!(map.starts_with("Level\tName\tKind\tHangs on\t"), "{map}");
    assert!(map.contains("Monthly active users\tKPI\tBring MAU to 10 M by Q4\toutcome\tBecome the daily habit (outcome)"), "{map}");
    // Where there is none, the command says so.
    assert_eq!(Command::CopyTable.is_enabled(window.workspace()), Ok(()));
    window.press(Modifiers::COMMAND, Key::Num6);
    assert!(Command::CopyTable.is_enabled(window.workspace()).is_err());
}

#[test]
fn the_kpi_view_follows_the_objective_that_is_chosen_on_another_view() {
    let mut window = Window::as_opened(|services| WaymarkApp::open(services, Start::Sample));
    window.press(Modifiers::COMMAND, Key::Num3);
    assert!(window.harness.query_all_by_label_contains("MAU is growing, but 10 M by 31 Dec is under 1 % likely").count() > 0);
    window.press(Modifiers::COMMAND, Key::Num1);
    let trust = window.workspace().project().find_goal("Be the product people trust").unwrap().id.clone();
    window.act(Action::Select(waymark::workspace::Selection::Goal(trust)));
    window.press(Modifiers::COMMAND, Key::Num3);
    let shown = window.workspace().view.metric.clone().unwrap();
    assert_eq!(window.workspace().project().metric(&shown).unwrap().name, "Uptime");
}

/// Cards that are too small to be told one by one are told by the map itself, as arrows come to them.
#[test]
fn the_map_reads_out_the_card_that_is_selected() {
    let mut window = Window::as_opened(|services| WaymarkApp::open(services, Start::Sample));
    window.press(Modifiers::COMMAND, Key::Num4);
    let read = |window: &Window| window.harness.get_by_role(Role::Canvas).accesskit_node().value().unwrap_or_default();
    assert!(read(&window).starts_with("Objective “Become the daily habit”: Behind"), "{}", read(&window));
    window.press(Modifiers::NONE, Key::ArrowRight);
    assert!(read(&window).starts_with("Key result “Bring MAU to 10 M by Q4”: Behind"), "{}", read(&window));
}
