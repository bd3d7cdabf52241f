//! Contributions, the relation with a driver, and what hangs on which input, on the KPI view.

use egui::accesskit::Role;
use egui_kittest::kittest::Queryable as _;
use waymark::model::MetricId;
use waymark::shell::Start;
use waymark::workspace::{Action, Arrangement, KpiMode, KpiView, Screen, Selection, TimeRange};

use super::Window;
use super::project::day;

impl Window {
    fn on_kpi(metric: &str, mode: KpiMode) -> Self {
        let mut window = Self::open(Start::Sample);
        window.act(Action::Visit(Selection::Metric(MetricId::parse(metric).unwrap())));
        window.act(Action::SetKpiMode(mode));
        window
    }

    fn tells(&self, words: &str) {
        assert!(self.harness.query_all_by_label_contains(words).next().is_some(), "{words:?} is nowhere to be seen");
    }
}

#[test]
fn a_change_is_taken_apart_between_two_days_that_somebody_chooses() {
    let mut window = Window::on_kpi("m-mau", KpiMode::Contributions);
    window.tells("MAU grew by 1.63 M, most of it mobile (+1.48 M)");
    window.act(Action::SetRange(TimeRange::Custom { from: day("2026-09-01"), to: day("2026-10-31") }));
    window.tells("mobile: +168 k");
    window.enter("From", "1 Aug 2026");
    assert_eq!(window.workspace().view.range, TimeRange::Custom { from: day("2026-08-01"), to: day("2026-10-31") });
    window.tells("from Aug 2026 to Oct 2026");
}

#[test]
fn a_metric_recorded_whole_says_what_to_do() {
    let window = Window::on_kpi("m-nps", KpiMode::Contributions);
    window.tells("Give it a formula, or split it into segments");
}

#[test]
fn a_driver_is_chosen_and_the_lag_is_said_with_its_caveat() {
    let mut window = Window::on_kpi("m-time-to-value", KpiMode::Relation);
    window.tells("No lead of Activation rate over TTFV found in 62 weeks");
    window.tells("Not enough evidence");
    window.harness.get_by_role_and_label(Role::ComboBox, "Driver");
    let driver = MetricId::parse("m-uptime").ok();
    let arranged = KpiView { driver, ..window.workspace().view.arranged.kpi.clone() };
    window.act(Action::Arrange(Arrangement::Kpi(arranged)));
    window.tells("No lead of Uptime over TTFV found");
}

#[test]
fn a_computed_kpi_says_what_hangs_on_which_input() {
    let window = Window::on_kpi("m-stickiness", KpiMode::Trend);
    // A quotient: a tenth more of the dividend is a tenth more of 37 %.
    window.tells("10 % more DAU moves it by +3.7 pts, 10 % less by −3.7 pts");
    // And of the divisor an eleventh less, or a ninth more.
    window.tells("10 % more MAU moves it by −3.4 pts, 10 % less by +4.1 pts");
}

#[test]
fn from_the_objective_one_gets_to_the_contributions_and_the_relation() {
    let mut window = Window::open(Start::Sample);
    let goal = window.workspace().project().goals.values().find(|g| g.title == "Become the daily habit").unwrap().id.clone();
    window.act(Action::Visit(Selection::Goal(goal)));
    window.act(Action::Show(Screen::Objective));
    window.harness.get_all_by_label("Contributions").next().unwrap().click();
    window.harness.run();
    assert_eq!((window.workspace().view.screen, window.workspace().view.kpi_mode), (Screen::Kpi, KpiMode::Contributions));
}
