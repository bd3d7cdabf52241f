//! The import of a table: pasted, dropped or chosen, looked at, asked about, and taken in by one step.

use egui::accesskit::Role;
use egui::{Event, Key, Modifiers};
use egui_kittest::kittest::{NodeT as _, Queryable as _};
use waymark::model::{Cadence, Goal, GoalId, PercentForm, Project, ProjectId, Unit};
use waymark::shell::{FileAnswer, WaymarkApp};
use waymark::workspace::{IdSource, Preferences, Screen, Selection, Workspace};

use super::Window;
use super::inspector::metric_id;
use super::project::{day, goal_id};

impl Window {
    /// A project with one objective and nothing else.
    fn on_an_objective() -> Self {
        let mut project = Project::empty(ProjectId::parse("p-empty").unwrap(), "Empty");
        project.settings.as_of = Some(day("2026-11-21"));
        let goal = Goal::objective(goal_id("habit"), None, "Become the daily habit");
        project.goals.insert(goal.id.clone(), std::sync::Arc::new(goal));
        Self::as_opened(|services| {
            WaymarkApp::new(services, Workspace::new(project, day("2026-11-21"), IdSource::seeded(1), Preferences::default()))
        })
    }

    fn paste_table(&mut self, text: &str) {
        self.harness.event(Event::Paste(text.to_owned()));
        self.harness.run();
    }

    fn metric_named(&self, name: &str) -> waymark::model::Metric {
        self.workspace().project().find_metric(name).unwrap_or_else(|| panic!("no metric {name}")).clone()
    }

    fn button_is_enabled(&self, label: &str) -> bool {
        !self.harness.get_by_role_and_label(Role::Button, label).accesskit_node().is_disabled()
    }
}

const MAU: &str = "Month\tMAU\n2026-06\t7,900,000\n2026-07\t8,000,000\n2026-08\t8,250,000\n2026-09\t8,300,000\n2026-10\t8,410,000\n";

#[test]
fn a_table_pasted_from_a_spreadsheet_becomes_a_chart_linked_to_the_objective_by_two_keys() {
    let mut window = Window::on_an_objective();
    let before = (**window.workspace().project()).clone();
    window.paste_table(MAU);
    assert_eq!(**window.workspace().project(), before, "nothing is changed before it is accepted");
    window.harness.get_by_label("Import from the clipboard");
    window.harness.get_by_label_contains("5 new. One step, which Undo takes back.");
    let accept = window.harness.get_by_role_and_label(Role::Button, "Import 5 points into MAU");
    assert!(accept.is_focused(), "Enter takes it");
    window.press(Modifiers::NONE, Key::Enter);

    assert!(window.workspace().importing.is_none());
    let metric = window.metric_named("MAU");
    assert_eq!((metric.cadence, metric.unit.clone(), metric.series.values().len()), (Cadence::Monthly, Unit::Count, 5));
    let links: Vec<&GoalId> = window.workspace().project().links.keys().map(|key| &key.goal).collect();
    assert_eq!(links, [&goal_id("habit")]);
    assert_eq!(
        (window.workspace().view.screen, &window.workspace().view.selected),
        (Screen::Kpi, &Some(Selection::Metric(metric.id.clone())))
    );
    window.harness.get_all_by_label_contains("Become the daily habit").next().unwrap();
    window.harness.get_by_label("Imported 5 points into MAU");
    window.harness.get_by_role_and_label(Role::Link, "Undo").click();
    window.harness.run();
    assert_eq!(**window.workspace().project(), before, "one step takes all of it back");
}

#[test]
fn what_can_be_read_in_two_ways_is_asked_before_anything_is_taken() {
    let mut window = Window::on_an_objective();
    window.paste_table("date\tsignups\n03/04/2026\t5\n05/06/2026\t6\n07/08/2026\t9\n");
    window.harness.get_by_label("Which day is 03/04/2026 on line 2? Nothing in the column date tells day and month apart.");
    window.harness.get_by_label("Answer first: Which day is 03/04/2026 on line 2?");
    assert!(!window.button_is_enabled("Import"));
    assert!(window.harness.get_by_role_and_label(Role::Button, "3 Apr 2026, day first").is_focused(), "the question has the keyboard");
    window.press(Modifiers::NONE, Key::Tab);
    window.press(Modifiers::NONE, Key::Enter);
    assert!(window.harness.query_by_label_contains("Which day is").is_none());
    let accept = window.harness.get_by_role_and_label(Role::Button, "Import 3 points into signups");
    assert!(accept.is_focused());
    window.press(Modifiers::NONE, Key::Enter);
    let metric = window.metric_named("signups");
    let days: Vec<String> = metric.series.times().iter().map(ToString::to_string).collect();
    assert_eq!(days, ["2026-03-04", "2026-05-06", "2026-07-08"]);
}

#[test]
fn rows_that_are_not_taken_are_listed_with_their_reasons() {
    let mut window = Window::on_an_objective();
    window.paste_table("date\tsignups\n2026-01\t5\n2026-02\tmany\nsoon\t7\n2026-04\t8\n2026-05\t9\n");
    window.harness.get_by_role_and_label(Role::Cell, "Line 3, signups: \"many\" is no number");
    window.harness.get_by_role_and_label(Role::Tab, "Rows not taken, 2").click();
    window.harness.run();
    window.harness.get_by_label("Line 3");
    window.harness.get_by_label("\"many\" is no number.");
    window.harness.get_by_label("Line 4");
    window.harness.get_by_label("\"soon\" is no date; write it as 2026-03-01, 2026-03, 2026-Q1, 2026-W14 or 2026.");
    window.click("Copy the list");
    assert!(window.workspace().toasts.iter().any(|toast| toast.text == "Copied"));
    window.click("Import 3 points into signups");
    assert_eq!(window.metric_named("signups").series.values(), [5.0, 8.0, 9.0]);
}

#[test]
fn a_wide_file_goes_to_metrics_by_name_and_the_others_are_left_out_until_they_are_ticked() {
    let mut window = Window::on_habit();
    let columns: Vec<String> = (1..=58).map(|n| format!("metric {n}")).collect();
    let mut text = format!("month;Monthly active users;Stickiness;{}\n", columns.join(";"));
    for month in 1..=9 {
        let values: Vec<String> = (1..=58).map(|n| (n * month).to_string()).collect();
        text = format!("{text}2026-0{month};{};{};{}\n", 9_000_000 + month, 40 + month, values.join(";"));
    }
    let path = window.path("wide.csv");
    std::fs::write(&path, text).unwrap();
    window.drop_file(&path);
    window.harness.get_by_label("Import from wide.csv");
    window.harness.get_by_role_and_label(Role::Tab, "Series, 2 of 60 taken");
    window.harness.get_by_role_and_label(Role::Button, "Import 18 points into 2 metrics");
    window.click("Take all");
    window.harness.get_by_role_and_label(Role::Tab, "Series, 60 of 60 taken");
    window.click("Take none");
    assert!(!window.button_is_enabled("Import"), "nothing is taken");
    window.harness.get_by_role_and_label(Role::CheckBox, "Take Stickiness").click();
    window.harness.run();
    window.harness.get_by_role_and_label(Role::CheckBox, "Take metric 1").click();
    window.harness.run();
    window.click("Import 18 points into 2 metrics");
    let stickiness = window.workspace().project().metric(&metric_id("stickiness")).unwrap().series.last().unwrap();
    assert_eq!(stickiness.1, 35.2, "October is as it was");
    assert_eq!(window.metric_named("metric 1").series.values().len(), 9);
    assert_eq!(window.workspace().document.undo_label(), Some("Import 18 points into 2 metrics"));
}

#[test]
fn escape_leaves_everything_as_it_was() {
    let mut window = Window::on_habit();
    let before = (**window.workspace().project()).clone();
    window.paste_table(MAU);
    window.press(Modifiers::NONE, Key::Escape);
    assert!(window.workspace().importing.is_none());
    assert_eq!(**window.workspace().project(), before);
    assert!(!window.workspace().document.is_dirty());
}

#[test]
fn a_word_or_a_line_from_the_clipboard_is_no_table() {
    let mut window = Window::on_habit();
    window.paste_table("just some words");
    assert!(window.workspace().importing.is_none());
}

#[test]
fn the_command_asks_for_a_file_and_says_why_one_cannot_be_read() {
    let mut window = Window::on_habit();
    let missing = window.path("missing.csv");
    window.dialogs.will_answer(FileAnswer::Picked(missing));
    window.press(Modifiers::COMMAND, Key::I);
    assert_eq!(window.dialogs.asked()[0].title, "Import a table");
    window.harness.get_by_label_contains("missing.csv” cannot be read: there is no such file or folder");
    window.click("Cancel");
    assert!(window.workspace().importing.is_none());
}

#[test]
fn of_several_files_one_is_taken_and_that_is_said() {
    let mut window = Window::on_habit();
    let (one, two) = (window.path("one.csv"), window.path("two.csv"));
    for path in [&one, &two] {
        std::fs::write(path, "month,signups\n2026-01,5\n2026-02,6\n").unwrap();
    }
    for path in [&one, &two] {
        window.harness.input_mut().dropped_files.push(std::sync::Arc::new(super::Dropped(path.clone())));
    }
    window.harness.run();
    window.harness.get_by_label("Import from one.csv");
    window.harness.get_by_label("“one.csv” was taken. The other file was left alone: one at a time.");
}

#[test]
fn percentages_are_shares_in_one_column_and_hundredths_in_another() {
    let mut window = Window::on_an_objective();
    window.paste_table("month\tchurn %\tbounce %\trefund %\n2026-01\t0.02\t45\t0.3\n2026-02\t0.03\t46\t0.4\n2026-03\t0.01\t44\t0.2\n");
    window.harness.get_by_label_contains("The same goes for one other series.");
    window.click("2 %");
    window.choose("How percentages are written", "45 is 45 %");
    window.harness.get_by_label("Import 9 points into 3 metrics");
    window.choose("How percentages of this series are written", "0.45 is 45 %");
    window.harness.get_by_role_and_label(Role::CheckBox, "Remember how this table was read").click();
    window.harness.run();
    window.click("Import 9 points into 3 metrics");
    let values = |name: &str| window.metric_named(name).series.values().to_vec();
    assert_eq!(
        (values("churn %"), values("bounce %"), values("refund %")),
        (vec![2.0, 3.0, 1.0], vec![45.0, 46.0, 44.0], vec![0.3, 0.4, 0.2])
    );
    let recipe = window.workspace().project().recipes.values().next().unwrap().clone();
    assert_eq!(recipe.percent, PercentForm::Hundredths);
    assert_eq!(recipe.percent_of.into_iter().collect::<Vec<_>>(), [("churn %".to_owned(), PercentForm::Share)]);
}

const TWO_NAMES: &str = "month\tregion\tmetric\tvalue\n2026-01\tNorth\tCalls\t10\n2026-01\tNorth\tWaits\t20\n2026-01\tSouth\tCalls\t30\n\
                         2026-02\tNorth\tCalls\t11\n2026-02\tNorth\tWaits\t21\n2026-02\tSouth\tCalls\t31\n";

#[test]
fn of_two_columns_of_names_one_names_the_metrics_and_the_other_is_asked_about() {
    let mut window = Window::on_an_objective();
    window.paste_table(TWO_NAMES);
    window.harness.get_by_label("The rows of a date differ in metric (2) and region (2); metric is a usual name for a column of metrics.");
    window.harness.get_by_label(
        "2 dates occur more than once, in 4 rows, such as 1 Jan 2026 on lines 2, 4. They differ in region: which rows count?",
    );
    window.click("North (4 rows)");
    window.harness.get_by_label("region = North");
    window.click("Import 4 points into 2 metrics");
    assert_eq!(window.metric_named("Calls").series.values(), [10.0, 11.0]);
    assert_eq!(window.metric_named("Waits").series.values(), [20.0, 21.0]);
}

#[test]
fn each_combination_of_two_names_can_be_a_metric_of_its_own() {
    let mut window = Window::on_an_objective();
    window.paste_table(TWO_NAMES);
    window.click("Each, as a metric of its own");
    window.click("Import 6 points into 3 metrics");
    assert_eq!(window.metric_named("Calls – South").series.values(), [30.0, 31.0]);
    assert_eq!(window.metric_named("Waits – North").series.values(), [20.0, 21.0]);
}

const TALL: &str = "day,site,kpi,value\n2026-01-01,North,Calls,10\n2026-01-01,North,Waits,20\n2026-01-01,South,Calls,30\n\
                    2026-01-02,North,Calls,11\n2026-01-02,North,Waits,21\n2026-01-02,South,Calls,31\n";

#[test]
fn rows_of_one_date_are_asked_about_and_counted() {
    let mut window = Window::on_an_objective();
    window.paste_table(&TALL.replace(',', "\t"));
    window.choose("Shape of the table", "Rows name it");
    window.choose("Column with the names", "kpi");
    window
        .harness
        .get_by_label("2 dates occur more than once, in 4 rows, such as 1 Jan 2026 on lines 2, 4. They differ in site: which rows count?");
    window.click("Their sum");
    window.harness.get_by_label("2 dates more than once; 2 rows joined with another.");
    window.click("Import 4 points into 2 metrics");
    assert_eq!(window.metric_named("Calls").series.values(), [40.0, 42.0]);
    assert_eq!(window.metric_named("Waits").series.values(), [20.0, 21.0]);
}

#[test]
fn a_filter_takes_the_rows_of_one_site() {
    let mut window = Window::on_an_objective();
    window.paste_table(&TALL.replace(',', "\t"));
    window.choose("Shape of the table", "Rows name it");
    window.choose("Column with the names", "kpi");
    window.choose("Column to filter by", "site");
    window.choose("Value to filter by", "North");
    window.click("Import 4 points into 2 metrics");
    assert_eq!(window.metric_named("Calls").series.values(), [10.0, 11.0]);
}

#[test]
fn a_series_goes_to_the_metric_that_is_found_by_its_letters() {
    let mut window = Window::on_habit();
    window.paste_table("month\tusers\n2026-11\t8500000\n2026-12\t8600000\n");
    window.harness.get_by_role_and_label(Role::TextInput, "Name of the new metric");
    window.click("Metric that users goes to: A new metric");
    window.harness.get_by_label("Find a metric").type_text("active");
    window.harness.run();
    window.press(Modifiers::NONE, Key::Enter);
    window.harness.get_by_label("2 new.");
    window.click("Import 2 points into Monthly active users");
    assert_eq!(window.workspace().project().metric(&metric_id("mau")).unwrap().series.len(), 24);
}

#[test]
fn a_file_beside_the_project_is_remembered_and_followed() {
    let mut window = Window::on_habit();
    let project = window.path("habit.waymark.ron");
    window.dialogs.will_answer(FileAnswer::Picked(project));
    window.press(Modifiers::COMMAND, Key::S);
    let table = window.path("visits.csv");
    std::fs::write(&table, "month,visits\n2026-01,5\n2026-02,6\n").unwrap();
    window.drop_file(&table);
    window.harness.get_by_role_and_label(Role::CheckBox, "Follow this file").click();
    window.harness.run();
    window.harness.get_by_role_and_label(Role::TextInput, "Name of the recipe");
    window.click("Import 2 points into visits");
    let metric = window.metric_named("visits");
    let waymark::model::Origin::Linked(source) = &metric.origin else { panic!("it follows the file") };
    assert_eq!((source.path.as_str(), source.column.as_str()), ("visits.csv", "visits"));
    let names: Vec<&str> = window.workspace().project().recipes.values().map(|recipe| recipe.name.as_str()).collect();
    assert_eq!(names, ["visits.csv"]);
    assert_eq!(window.workspace().document.undo_label(), Some("Import 2 points into visits"));
}

#[test]
fn a_file_outside_the_project_is_followed_only_after_a_yes() {
    let mut window = Window::on_habit();
    std::fs::create_dir(window.path("plans")).unwrap();
    let project = window.path("plans/habit.waymark.ron");
    window.dialogs.will_answer(FileAnswer::Picked(project));
    window.press(Modifiers::COMMAND, Key::S);
    let table = window.path("visits.csv");
    std::fs::write(&table, "month,visits\n2026-01,5\n2026-02,6\n").unwrap();
    window.drop_file(&table);
    let whole = table.canonicalize().unwrap().display().to_string();
    for (answer, follows) in [("Cancel", false), ("Follow it", true)] {
        window.harness.get_by_role_and_label(Role::CheckBox, "Follow this file").click();
        window.harness.run();
        window.harness.get_by_label("Follow a file outside the project's folder?");
        window.harness.get_by_label_contains(&whole);
        window.harness.get_all_by_role_and_label(Role::Button, answer).last().unwrap().click_accesskit();
        window.harness.run();
        assert_eq!(window.workspace().importing.as_ref().unwrap().wanted.follow, follows, "{answer}");
    }
    window.click("Import 2 points into visits");
    let metric = window.metric_named("visits");
    let waymark::model::Origin::Linked(source) = &metric.origin else { panic!("it follows the file") };
    assert_eq!(source.path, "../visits.csv");
    // What was answered holds: new values are read without another question.
    std::fs::write(&table, "month,visits\n2026-01,5\n2026-02,7\n").unwrap();
    window.act(waymark::workspace::RefreshAction::Begin.into());
    window.harness.run();
    window.harness.get_by_label_contains("1 Feb 2026: 6 → 7");
    assert!(window.path("data/allowed").is_dir());
}

#[test]
fn a_pasted_table_can_follow_no_file() {
    let mut window = Window::on_habit();
    window.paste_table(MAU);
    assert!(window.harness.get_by_role_and_label(Role::CheckBox, "Follow this file").accesskit_node().is_disabled());
    window.harness.get_by_label("A pasted table is in no file.");
}

#[test]
fn an_empty_project_says_how_data_come_in() {
    let mut window = Window::as_opened(|services| {
        let project = Project::empty(ProjectId::parse("p-empty").unwrap(), "Empty");
        WaymarkApp::new(services, Workspace::new(project, day("2026-11-21"), IdSource::seeded(1), Preferences::default()))
    });
    window.harness.get_by_label("Or paste a table from a spreadsheet, or drop a CSV or Excel file here.");
    window.harness.get_by_role_and_label(Role::Link, "Import data…").click();
    window.harness.run();
    assert_eq!(window.dialogs.asked()[0].title, "Import a table");
}
