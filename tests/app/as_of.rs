//! Looking at another day: the window shows the numbers that `waymark report --as-of` prints for it.

use std::process::Command;

use egui::accesskit::Role;
use egui::{Key, Modifiers};
use egui_kittest::kittest::{NodeT as _, Queryable as _};
use serde_json::Value;
use waymark::model::Locale;
use waymark::shell::Start;
use waymark::workspace::{Action, Screen};

use super::Window;
use super::project::day;

/// The goals of the sample as the command line reports them.
fn reported(as_of: &str) -> Vec<Value> {
    let output =
        Command::new(env!("CARGO_BIN_EXE_waymark")).args(["report", "--sample", "--as-of", as_of, "--format", "json"]).output().unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let report: Value = serde_json::from_slice(&output.stdout).unwrap();
    assert_eq!(report["as_of"], as_of);
    report["goals"].as_array().unwrap().clone()
}

/// "Behind, 65 % done, 83 % expected": what a row of the tree begins with, from nothing but the numbers of the report.
fn row_words(goal: &Value) -> String {
    let word = goal["status"].as_str().unwrap().replace('_', " ");
    let mut parts = vec![waymark::model::capitalised(&word)];
    for (key, verb) in [("progress", "done"), ("expected", "expected")] {
        if let Some(share) = goal[key].as_f64() {
            parts.push(format!("{} {verb}", Locale::default().percent(share, 0)));
        }
    }
    if parts.len() == 2 && goal["progress"].is_null() {
        parts.pop();
    }
    parts.join(", ")
}

#[test]
fn every_row_in_sight_has_the_numbers_of_the_report_of_that_day() {
    let mut window = Window::open(Start::Sample);
    let mut days = Vec::new();
    for as_of in ["2026-11-21", "2026-11-07", "2026-06-30", "2026-02-15"] {
        window.act(Action::SetAsOf(Some(day(as_of))));
        let goals = reported(as_of);
        let mut told = Vec::new();
        for row in window.harness.get_all_by_role(Role::TreeItem) {
            let node = row.accesskit_node();
            let (title, words) = (node.label().unwrap(), node.description().unwrap_or_default());
            let Some(goal) = goals.iter().find(|g| g["title"].as_str() == Some(title.as_str())) else { continue };
            let wanted = row_words(goal);
            assert!(words == wanted || words.starts_with(&format!("{wanted}, check-in ")), "{as_of}, {title}: {words:?} is not {wanted:?}");
            told.push(wanted);
        }
        assert!(told.len() >= 10, "{as_of}: {} rows", told.len());
        days.push(told);
    }
    assert!(days.windows(2).all(|pair| pair[0] != pair[1]), "each day has numbers of its own");
}

#[test]
fn the_roadmap_of_an_earlier_day_has_its_numbers_and_says_which_day_it_is() {
    let mut window = Window::open(Start::Sample);
    window.act(Action::SetAsOf(Some(day("2026-06-30"))));
    window.press(Modifiers::COMMAND, Key::Num6);
    assert_eq!(window.workspace().view.screen, Screen::Roadmap);
    window.harness.get_by_label("As it was on 30 Jun 2026. Later data is hidden; later corrections of earlier points are included.");
    let goals = reported("2026-06-30");
    let mut seen = 0;
    for row in window.harness.get_all_by_role(Role::ListItem) {
        let words = row.accesskit_node().label().unwrap();
        let named = |g: &&Value| words.starts_with(&format!("{}: ", g["title"].as_str().unwrap()));
        let Some(goal) = goals.iter().find(named) else { continue };
        let word = waymark::model::capitalised(&goal["status"].as_str().unwrap().replace('_', " "));
        assert!(words.contains(&format!(": {word};")), "{words}");
        if let Some(progress) = goal["progress"].as_f64() {
            assert!(words.contains(&format!("; {}", Locale::default().percent(progress, 0))), "{words}");
        }
        seen += 1;
    }
    assert!(seen >= 8, "{seen} lanes");
}
