//! The scorecard.

use std::sync::Arc;

use egui::accesskit::Role;
use egui::{Event, Key, Modifiers, OutputCommand};
use egui_kittest::kittest::{NodeT as _, Queryable as _};
use waymark::chart::scorecard::{GroupBy, Sort, SortBy};
use waymark::model::{Cadence, Metric, MetricId, Project, ProjectId};
use waymark::shell::{Start, WaymarkApp};
use waymark::storage;
use waymark::workspace::{Action, Arrangement, CellLook, CellParts, IdSource, Preferences, ScorecardView, Screen, Selection, Workspace};

use super::{Window, day};

fn scorecard() -> Window {
    let mut window = Window::open(Start::Sample);
    window.press(Modifiers::COMMAND, Key::Num5);
    assert_eq!(window.workspace().view.screen, Screen::Scorecard);
    window
}

impl Window {
    fn arranged(&self) -> &ScorecardView {
        &self.workspace().view.arranged.scorecard
    }

    fn segment(&mut self, label: &str) {
        self.harness.get_by_role_and_label(Role::Tab, label).click();
        self.harness.run();
    }

    /// A cell by the beginning of what it says.
    fn cell(&self, words: &str) -> egui_kittest::Node<'_> {
        let found: Vec<_> = self.harness.get_all_by_role(Role::Cell).collect();
        let label = |node: &egui_kittest::Node<'_>| node.accesskit_node().label().unwrap_or_default();
        let all: Vec<String> = found.iter().map(label).collect();
        let place = all.iter().position(|said| said.starts_with(words));
        found.into_iter().nth(place.unwrap_or_else(|| panic!("{words:?} is none of {all:#?}"))).unwrap()
    }

    /// Somewhere on the screen.
    fn assert_says(&self, words: &str) {
        assert!(self.harness.query_all_by_label_contains(words).next().is_some(), "{words:?} is nowhere to be seen");
    }

    fn copied(&self) -> Option<String> {
        self.harness.output().platform_output.commands.iter().find_map(|command| match command {
            OutputCommand::CopyText(text) => Some(text.clone()),
            _ => None,
        })
    }
}

#[test]
fn each_kpi_stands_under_its_objective_with_its_periods() {
    let window = scorecard();
    window.assert_says("4 of 12 KPIs met their target in Oct 2026");
    window.harness.get_by_role_and_label(Role::Button, "Fold Become the daily habit");
    window.harness.get_by_role_and_label(Role::Row, "Monthly active users, behind, target 10 M, owner Growth");
    window.cell("Monthly active users, Oct 2026: 9.1 M, expected 9.56 M, −469 k, behind, +231 k on the month before");
    window.cell("Monthly active users, Nov 2026: 8.52 M to 21 Nov 2026, not over and not compared");
}

#[test]
fn grain_numbers_look_groups_and_order_are_arranged() {
    let mut window = scorecard();
    window.segment("Quarter");
    window.assert_says("met their target in Q3 2026");
    window.segment("All");
    window.segment("Heat");
    let view = window.arranged();
    assert_eq!((view.grain, view.parts, view.look), (Cadence::Quarterly, CellParts::All, CellLook::Heat));
    window.harness.get_by_label("Groups of rows").click();
    window.harness.run();
    window.harness.get_by_label("By category").click();
    window.harness.run();
    window.harness.get_by_role_and_label(Role::Button, "Fold Product usage");
    window.click("Sort by kpi");
    window.click("Sort by kpi");
    let view = window.arranged();
    assert_eq!((view.group, view.sort), (GroupBy::Category, Sort { by: SortBy::Name, is_reversed: true }));
    window.click("Sort by kpi");
    assert_eq!(window.arranged().sort, Sort::default());
}

#[test]
fn a_group_is_folded_and_unfolded() {
    let mut window = scorecard();
    let row = "Monthly active users, behind, target 10 M, owner Growth";
    window.click("Fold Become the daily habit");
    assert!(window.harness.query_by_role_and_label(Role::Row, row).is_none());
    window.click("Unfold Become the daily habit");
    window.harness.get_by_role_and_label(Role::Row, row);
}

#[test]
fn cells_are_walked_copied_and_opened_by_keyboard() {
    let mut window = scorecard();
    window.cell("Monthly active users, Oct 2026").click();
    window.harness.run();
    window.press(Modifiers::SHIFT, Key::ArrowLeft);
    window.press(Modifiers::SHIFT, Key::ArrowDown);
    window.harness.event(Event::Copy);
    window.harness.step();
    // September and October, of active users and of stickiness (a formula, with all its digits).
    let text = window.copied().unwrap();
    let lines: Vec<Vec<f64>> = text.lines().map(|l| l.split('\t').map(|n| n.parse().unwrap()).collect()).collect();
    assert_eq!(lines[0], [8_864_000.0, 9_095_000.0]);
    assert_eq!((lines.len(), lines[1].len()), (2, 2));
    window.harness.run();
    // To the oldest period, which is brought into sight.
    window.press(Modifiers::NONE, Key::Home);
    window.cell("Stickiness, Nov 2025");
    window.press(Modifiers::NONE, Key::Enter);
    assert_eq!(window.workspace().view.screen, Screen::Kpi);
    let stickiness = window.workspace().project().find_metric("Stickiness").unwrap().id.clone();
    assert_eq!(window.workspace().view.metric, Some(stickiness));
    window.harness.run();
    // Its chart is read at that period.
    let read = window.harness.get_all_by_role(Role::Image).filter_map(|node| node.value()).find(|read| read.starts_with("Nov 2025"));
    assert!(read.is_some(), "no chart is read in November 2025");
}

#[test]
fn a_click_selects_the_kpi_and_earlier_periods_are_one_button_away() {
    let mut window = scorecard();
    let cell = "Monthly active users, Nov 2025";
    let says = |window: &Window| {
        window.harness.get_all_by_role(Role::Cell).any(|n| n.accesskit_node().label().unwrap_or_default().starts_with(cell))
    };
    assert!(!says(&window));
    while window.harness.query_by_role_and_label(Role::Button, "Earlier periods").is_some() {
        window.click("Earlier periods");
    }
    assert!(says(&window));
    window.click("Later periods");
    window.harness.get_by_role_and_label(Role::Row, "Time to first value, at risk, target 4.9 min, owner Design").click();
    window.harness.run();
    let metric = window.workspace().project().find_metric("Time to first value").unwrap().id.clone();
    assert_eq!(window.workspace().view.selected, Some(Selection::Metric(metric)));
}

#[test]
fn the_whole_table_is_copied_for_a_spreadsheet() {
    let mut window = scorecard();
    window.harness.get_by_role_and_label(Role::Button, "Copy table").click();
    window.harness.step();
    let mut text = window.copied();
    for _ in 0..3 {
        window.harness.step();
        text = text.or_else(|| window.copied());
    }
    let text = text.unwrap();
    assert!(text.starts_with("Group\tKPI\tOwner\tUnit\tStatus\tTarget\tNumber\tNov 2025\t"), "{text}");
    assert!(text.contains("\nBecome the daily habit\tMonthly active users\tGrowth\tcount\tBehind\t10000000\tActual\t"), "{text}");
}

#[test]
fn a_project_without_metrics_says_what_to_do() {
    let project = Project::empty(ProjectId::from_random(7), "Empty");
    let workspace = Workspace::new(project, day("2026-11-21"), IdSource::seeded(1), Preferences::default());
    let mut window = Window::with(|services| WaymarkApp::new(services, workspace));
    window.press(Modifiers::COMMAND, Key::Num5);
    window.assert_says("No KPI to show");
    window.click("Add a metric");
    assert!(window.workspace().view.sheet.is_some());
}

#[test]
fn of_five_thousand_kpis_only_rows_in_sight_are_laid_out() {
    let mut project = storage::sample();
    for number in 0..5_000 {
        let id = MetricId::from_random(900_000 + number);
        project
            .metrics
            .insert(id.clone(), Arc::new(Metric::new(id, format!("A metric with a rather long name that says it is number {number}"))));
    }
    let workspace = Workspace::new(project, day("2026-11-21"), IdSource::seeded(1), Preferences::default());
    let mut window = Window::with(|services| WaymarkApp::new(services, workspace));
    window.act(Action::Show(Screen::Scorecard));
    window.act(Action::Arrange(Arrangement::Scorecard(ScorecardView { group: GroupBy::Nothing, ..ScorecardView::default() })));
    let rows = window.harness.get_all_by_role(Role::Row).count();
    assert!((10..40).contains(&rows), "{rows} rows");
    window.cell("Monthly active users, Oct 2026").click();
    window.harness.run();
    window.press(Modifiers::COMMAND, Key::End);
    // Metrics without a goal are listed by their ids.
    let last = window.workspace().project().metrics.values().next_back().unwrap().name.clone();
    window.harness.get_by_role_and_label(Role::Row, &format!("{last}, no data"));
}
