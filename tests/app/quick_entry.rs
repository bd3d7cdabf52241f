//! Goals of one sentence, and the command palette: by keyboard, seen by their labels.

use egui::accesskit::Role;
use egui::{Key, Modifiers};
use egui_kittest::kittest::{NodeT as _, Queryable as _};
use waymark::model::{Aim, CyclePattern, Project, ProjectId};
use waymark::shell::{Services, WaymarkApp};
use waymark::workspace::command::Command;
use waymark::workspace::{Action, CycleAction, IdSource, Preferences, Selection, Sheet, ThemeChoice, Workspace};

use super::Window;
use super::project::{day, goal_id, habit};

impl Window {
    pub(super) fn on_nothing() -> Self {
        let project = Project::empty(ProjectId::from_random(1), "New project");
        Self::with(|services: Services| {
            WaymarkApp::new(services, Workspace::new(project, day("2026-11-21"), IdSource::seeded(1), Preferences::default()))
        })
    }

    /// Types into the field that has the keyboard.
    pub(super) fn type_text(&mut self, text: &str) {
        self.harness.event(egui::Event::Text(text.to_owned()));
        self.harness.run();
    }

    fn key(&mut self, key: Key) {
        self.press(Modifiers::NONE, key);
    }

    fn shows(&self, label: &str) -> bool {
        self.harness.query_all_by_label(label).next().is_some()
    }

    fn shows_part(&self, label: &str) -> bool {
        self.harness.query_all_by_label_contains(label).next().is_some()
    }
}

#[test]
fn a_sentence_is_read_while_it_is_typed_and_enter_makes_it_in_one_step() {
    let mut window = Window::on_habit();
    window.click_goal("Become the daily habit");
    window.key(Key::C);
    window.type_text("Reduce page load time from 2.4 s to 1.2 s by Q1 2027 by caching pages");
    for chip in [
        "Kind: Decrease",
        "Title: Reduce page load time from 2.4 s to 1.2 s",
        "Metric: New metric “Page load time”",
        "Unit: seconds",
        "From: 2.4 s",
        "To: 1.2 s",
        "Due: 31 Mar 2027",
        "Initiative: Caching pages",
        "Under: Become the daily habit",
    ] {
        assert!(window.shows(chip), "{chip}");
    }
    window.key(Key::Enter);
    assert_eq!(window.workspace().view.sheet, None);
    let Some(Selection::Goal(id)) = window.workspace().view.selected.clone() else { panic!("the new goal is selected") };
    let project = window.workspace().project();
    let goal = project.goal(&id).unwrap();
    let key_result = goal.as_key_result().unwrap();
    assert_eq!(key_result.aim, Aim::Decrease { start: 2.4, target: 1.2 });
    assert_eq!(project.metric(key_result.metric.as_ref().unwrap()).unwrap().name, "Page load time");
    assert_eq!(goal.due, Some(day("2027-03-31")));
    assert_eq!(goal.parent, Some(goal_id("habit")));
    assert_eq!(project.validate(), []);
    window.press(Modifiers::COMMAND, Key::Z);
    assert_eq!(**window.workspace().project(), habit());
}

#[test]
fn what_is_missing_is_asked_for_and_in_an_empty_project_the_objective_too() {
    let mut window = Window::on_nothing();
    window.key(Key::C);
    window.type_text("Bring MAU to 10 million");
    assert!(window.shows("By when?") && window.shows("Where is it now?") && window.shows("For which objective?"));
    window.key(Key::Enter);
    window.type_text("Become the daily habit");
    window.key(Key::Enter);
    window.type_text("end of march");
    assert!(window.shows("31 Mar 2027"));
    window.key(Key::Enter);
    assert!(window.shows("Under: new objective “Become the daily habit”") && window.shows("Due: 31 Mar 2027"));
    window.key(Key::Enter);
    let project = window.workspace().project();
    let titles: Vec<&str> = project.goals.values().map(|g| g.title.as_str()).collect();
    assert!(titles.contains(&"Become the daily habit") && titles.contains(&"Bring MAU to 10 million"), "{titles:?}");
    assert_eq!(project.metrics.len(), 1);
    assert_eq!(project.validate(), []);
    window.press(Modifiers::COMMAND, Key::Z);
    assert!(window.workspace().project().goals.is_empty() && window.workspace().project().metrics.is_empty(), "one step");
}

#[test]
fn a_correction_stays_while_the_sentence_goes_on_and_yields_to_what_is_said_anew() {
    let mut window = Window::on_habit();
    window.key(Key::C);
    window.type_text("Raise sign-ups from 100 to 200");
    window.click("By when?");
    window.type_text("Q1 2027");
    window.key(Key::Enter);
    assert!(window.shows("Due: 31 Mar 2027"));
    window.click("Kind: Increase");
    window.type_text("at or above");
    window.key(Key::Enter);
    assert!(window.shows("Kind: Stay at or above") && !window.shows("From: 100"));
    window.type_text(" by writing guides");
    assert!(window.shows("Initiative: Writing guides"));
    assert!(window.shows("Kind: Stay at or above") && window.shows("Due: 31 Mar 2027"), "they hold");
    window.type_text(" by Q2 2027");
    assert!(window.shows("Due: 30 Jun 2027"), "the sentence says it itself now");
    window.key(Key::Enter);
    let goal = window.workspace().project().goals.values().find(|g| g.due == Some(day("2027-06-30"))).unwrap();
    assert!(matches!(goal.as_key_result().unwrap().aim, Aim::AtLeast { threshold: 200.0, .. }));
}

#[test]
fn a_refusal_and_a_past_date_are_said_in_plain_words() {
    let mut window = Window::on_habit();
    window.key(Key::C);
    window.type_text("Raise sign-ups from 200 to 100");
    assert!(window.shows_part("It is to rise, but"));
    window.key(Key::Enter);
    assert!(matches!(window.workspace().view.sheet, Some(Sheet::QuickEntry { .. })), "nothing is made of it");
    window.press(Modifiers::COMMAND, Key::A);
    window.type_text("Raise sign-ups from 100 to 200 by Q4 2024");
    assert!(window.shows("Due: 31 Dec 2024, in the past"));
    window.key(Key::Escape);
    assert_eq!(window.workspace().view.sheet, None);
    assert_eq!(**window.workspace().project(), habit());
}

#[test]
fn esc_closes_a_question_first_and_then_the_sheet() {
    let mut window = Window::on_habit();
    window.key(Key::C);
    window.type_text("Raise sign-ups from 100 to 200");
    window.click("By when?");
    assert!(window.harness.get_by_role_and_label(Role::TextInput, "By when?").is_focused());
    window.type_text("never");
    assert!(window.shows_part("is no time"));
    window.key(Key::Escape);
    assert!(window.harness.get_by_label("Say a goal in one sentence").is_focused());
    window.key(Key::Escape);
    assert_eq!(window.workspace().view.sheet, None);
}

#[test]
fn the_palette_finds_commands_goals_and_metrics_and_says_why_not() {
    let mut window = Window::on_habit();
    window.press(Modifiers::COMMAND, Key::K);
    assert!(window.harness.get_by_label("Find a command, a goal or a metric").is_focused());
    window.type_text("undo");
    let undo = window.harness.get_by_role_and_label(Role::Button, "Edit: Undo");
    assert!(undo.accesskit_node().is_disabled());
    assert_eq!(undo.accesskit_node().description().as_deref(), Some("There is nothing to undo"));
    window.key(Key::Enter);
    assert_eq!(window.workspace().view.sheet, Some(Sheet::Palette), "what is grey is not done");

    window.press(Modifiers::COMMAND, Key::A);
    window.type_text("drk thm");
    window.key(Key::Enter);
    assert_eq!(window.workspace().preferences.theme, ThemeChoice::Dark);
    assert_eq!(window.workspace().view.sheet, None);
    assert_eq!(window.workspace().preferences.recent_commands, [Command::Theme(ThemeChoice::Dark)]);

    window.press(Modifiers::COMMAND, Key::K);
    assert!(window.shows("Recent") && window.shows("View: Dark theme"));
    window.type_text("10 M");
    window.click("Bring MAU to 10 M");
    assert!(matches!(&window.workspace().view.selected, Some(Selection::Goal(_))));
}

#[test]
fn the_palette_shows_five_of_a_kind_and_then_all() {
    let mut window = Window::on_habit();
    window.press(Modifiers::COMMAND, Key::K);
    assert!(!window.shows("Edit: Quick entry…"));
    for _ in 0..5 {
        window.key(Key::ArrowDown);
    }
    window.key(Key::Enter);
    assert!(window.shows("Edit: Quick entry…"), "all commands are listed");
}

#[test]
fn the_palette_offers_what_is_typed_as_a_goal() {
    let mut window = Window::on_habit();
    window.press(Modifiers::COMMAND, Key::K);
    window.type_text("Keep uptime above 99.9% in 2027");
    window.key(Key::Enter);
    assert!(window.shows("Kind: Stay at or above") && window.shows("To: 99.9 %"));
    window.key(Key::Enter);
    assert!(window.workspace().project().metrics.values().any(|m| m.name == "Uptime"));
}

#[test]
fn a_metric_comes_from_the_library_with_the_inputs_that_it_is_computed_from() {
    let mut window = Window::on_habit();
    window.click_goal("Become the daily habit");
    window.act(waymark::workspace::Action::OpenSheet(Sheet::MetricLibrary { goal: Some(goal_id("habit")) }));
    assert!(window.harness.get_by_label("Find a metric").is_focused());
    assert!(window.shows("Blank metric") && window.shows("Product usage"));
    window.type_text("ARPU");
    assert!(window.shows_part("Revenue of the month divided by the customers active in it."));
    assert!(window.shows_part("Misleads when small customers leave"));
    assert!(window.shows("Revenue and Active customers are not in the project yet and are added with it."));
    window.harness.get_by_role_and_label(Role::Tab, "Guardrail").click();
    window.harness.run();
    window.click("Add metric");
    let project = window.workspace().project();
    let arpu = project.metrics.values().find(|m| m.abbreviation == "ARPU").unwrap();
    assert!(arpu.formula().is_some());
    assert_eq!(
        project.links.values().filter(|l| l.metric == arpu.id).map(|l| l.role).collect::<Vec<_>>(),
        [waymark::model::Role::Guardrail]
    );
    assert!(project.metrics.values().any(|m| m.name == "Active customers"));
    assert_eq!(project.validate(), []);
    assert_eq!(window.workspace().view.selected, Some(Selection::Metric(arpu.id.clone())));
    window.press(Modifiers::COMMAND, Key::Z);
    assert_eq!(**window.workspace().project(), habit(), "one step");
}

#[test]
fn what_the_project_has_already_is_linked_and_a_blank_metric_is_one_key_away() {
    let mut window = Window::on_habit();
    window.act(waymark::workspace::Action::OpenSheet(Sheet::MetricLibrary { goal: Some(goal_id("trust")) }));
    window.type_text("Monthly active users");
    window.key(Key::Enter);
    let project = window.workspace().project();
    assert_eq!(project.metrics.len(), habit().metrics.len());
    assert!(project.links.keys().any(|k| k.goal == goal_id("trust") && k.metric.as_str() == "m-mau"));

    window.act(waymark::workspace::Action::OpenSheet(Sheet::MetricLibrary { goal: None }));
    window.key(Key::Enter);
    assert!(window.workspace().project().metrics.values().any(|m| m.name == "New metric"));
}

/// What README tells, key by key.
#[test]
fn the_project_of_one_sentence_is_built_from_nothing_by_keyboard_alone() {
    let mut window = Window::on_nothing();
    let mut presses = 0;
    let mut press = |window: &mut Window, modifiers: Modifiers, key: Key| {
        presses += 1;
        window.press(modifiers, key);
    };
    let plain = Modifiers::NONE;
    press(&mut window, plain, Key::C);
    window.type_text("Bring MAU to 10 million by Q4");
    for _ in 0..5 {
        press(&mut window, plain, Key::Tab);
    }
    assert!(window.harness.get_by_label("Where is it now?").is_focused());
    press(&mut window, plain, Key::Enter);
    window.type_text("8.2 M");
    press(&mut window, plain, Key::Enter);
    assert!(window.shows("Now: 8.2 M") && window.shows("From: 8.2 M") && window.shows("To: 10 M"));
    press(&mut window, plain, Key::Enter);
    window.type_text("Become the daily habit");
    press(&mut window, plain, Key::Enter);
    press(&mut window, plain, Key::Enter);

    press(&mut window, Modifiers::COMMAND, Key::T);
    for (date, value) in [("1 Sep 2026", "7.8 M"), ("1 Oct 2026", "8.0 M")] {
        press(&mut window, plain, Key::ArrowLeft);
        for words in [date, value] {
            window.type_text(words);
            press(&mut window, plain, Key::Enter);
        }
    }
    press(&mut window, plain, Key::Escape);
    press(&mut window, Modifiers::COMMAND, Key::Num3);
    assert!(presses <= 30, "{presses} key presses");

    let project = window.workspace().project().clone();
    assert_eq!(project.validate(), []);
    let key_result = project.goals.values().find(|g| g.as_key_result().is_some()).unwrap();
    assert_eq!(key_result.title, "Bring MAU to 10 million");
    assert_eq!(key_result.as_key_result().unwrap().aim, Aim::Increase { start: 8_200_000.0, target: 10_000_000.0 });
    assert_eq!(key_result.due, Some(day("2026-12-31")));
    let objective = project.goal(key_result.parent.as_ref().unwrap()).unwrap();
    assert_eq!(objective.title, "Become the daily habit");
    let metric = project.metrics.values().next().unwrap();
    let values: Vec<(String, f64)> = metric.series.iter().map(|(at, value)| (at.date().to_string(), value)).collect();
    let expected = [("2026-09-01", 7.8e6), ("2026-10-01", 8.0e6), ("2026-11-21", 8.2e6)];
    assert_eq!(values, expected.map(|(at, value)| (at.to_owned(), value)));
    let status = window.workspace().evaluation().goal(&key_result.id).unwrap().status;
    assert!(window.shows_part("Bring MAU to 10 million"), "the chart");
    assert!(window.shows_part(status.word()), "{}", status.word());
}

#[test]
fn a_sentence_goes_into_the_cycle_that_is_shown() {
    let mut window = Window::on_habit();
    window.click_goal("Become the daily habit");
    window.act(Action::Cycles(CycleAction::Add { pattern: CyclePattern::Quarters, from: day("2027-01-01"), count: 1 }));
    let cycle = window.workspace().project().cycles.values().find(|c| c.name == "Q1 2027").unwrap().id.clone();
    window.act(Action::Cycles(CycleAction::Switch(Some(cycle.clone()))));
    let made = |window: &Window| {
        let Some(Selection::Goal(id)) = &window.workspace().view.selected else { panic!("nothing is selected") };
        window.workspace().project().goal(id).unwrap().clone()
    };
    let before = window.workspace().project().clone();

    // The objective belongs to another cycle, and no day is said.
    window.key(Key::C);
    window.type_text("Raise stickiness to 45");
    assert!(window.shows("No due date was said; it is the end of Q1 2027, the cycle that is shown, 31 Mar 2027."));
    window.key(Key::Enter);
    let goal = made(&window);
    assert_eq!((&goal.cycle, goal.start, goal.due), (&Some(cycle.clone()), None, None));
    assert_eq!(window.workspace().project().span(&goal).due, Some(day("2027-03-31")));
    assert!(window.shows("Raise stickiness to 45"), "the tree lists it");
    window.press(Modifiers::COMMAND, Key::Z);
    assert_eq!(window.workspace().project(), &before);

    window.key(Key::C);
    window.type_text("Raise stickiness to 45 by end of February 2027");
    assert!(window.shows("It goes into Q1 2027, the cycle that is shown."));
    window.key(Key::Enter);
    let goal = made(&window);
    assert_eq!((&goal.cycle, goal.due), (&Some(cycle.clone()), Some(day("2027-02-28"))));

    // From the palette, and at the top.
    window.press(Modifiers::COMMAND, Key::K);
    window.type_text("Become the easiest tool to start with");
    window.key(Key::Enter);
    window.key(Key::Enter);
    assert_eq!(made(&window).cycle, Some(cycle));
    assert_eq!(window.workspace().project().validate(), []);
}

#[test]
fn the_palette_lists_what_can_be_done_before_what_cannot_and_names_before_sentences() {
    let mut window = Window::on_habit();
    window.press(Modifiers::COMMAND, Key::K);
    window.type_text("cycles");
    assert!(window.harness.get_by_role_and_label(Role::Button, "View: All cycles").accesskit_node().is_disabled());
    window.key(Key::Enter);
    assert_eq!(window.workspace().view.sheet, Some(Sheet::Cycles));
    window.key(Key::Escape);
    assert_eq!(window.workspace().view.sheet, None, "one Esc is enough where nothing is typed");

    window.press(Modifiers::COMMAND, Key::K);
    window.type_text("Bring MAU to 10");
    assert!(window.shows("Add: Bring MAU to 10"));
    window.key(Key::Enter);
    assert_eq!(window.workspace().view.sheet, None);
    assert_eq!(window.workspace().view.selected, Some(Selection::Goal(goal_id("mau"))), "a goal is called so");
}

#[test]
fn the_palette_never_does_what_only_has_the_letters_somewhere_before_what_is_called_so() {
    let mut window = Window::on_habit();
    let before = window.workspace().project().clone();
    // "Move under the goal above" has these letters in this order, too.
    window.act(waymark::document::edits::rename_goal(window.workspace().project().goal(&goal_id("stick")).unwrap(), "Halve churn").into());
    window.press(Modifiers::COMMAND, Key::K);
    window.type_text("halve");
    window.key(Key::Enter);
    assert_eq!(window.workspace().view.selected, Some(Selection::Goal(goal_id("stick"))));
    window.press(Modifiers::COMMAND, Key::Z);
    assert_eq!(window.workspace().project(), &before);
}
