//! The KPI view.

use egui::accesskit::Role;
use egui::{Key, Modifiers};
use egui_kittest::kittest::{NodeT as _, Queryable as _};
use waymark::analysis::xmr::{Choice, Form};
use waymark::chart::{Against, ValueScale};
use waymark::model::{Project, ProjectId};
use waymark::shell::Start;
use waymark::workspace::{Action, CompareWith, KpiMode, Screen, SeasonForm, Selection, Sheet};

use super::Window;

#[test]
fn signal_and_noise_in_every_form_with_new_limits_from_an_event() {
    let mut window = Window::open(Start::Sample);
    let mau = window.workspace().project().find_metric("Monthly active users").unwrap().id.clone();
    window.act(Action::Visit(Selection::Metric(mau.clone())));
    // Without the inspector there is room for tabs.
    window.act(Action::ToggleInspector);
    window.harness.get_by_role_and_label(Role::Tab, "XmR").click();
    window.harness.run();
    assert_eq!(window.workspace().view.kpi_mode, KpiMode::Variation(Choice::default()));
    window.assert_shows("MAU signals a change for the better in Oct: outside the limits");
    window.act(Action::SetKpiMode(KpiMode::Variation(Choice { form: Some(Form::Plain), ..Choice::default() })));
    window.click("Limits");
    window.harness.get_by_role_and_label(Role::CheckBox, "Price change, 6 Oct 2025").click();
    window.harness.run();
    let metric = |window: &Window| window.workspace().project().metric(&mau).unwrap().clone();
    assert_eq!(metric(&window).xmr.dividers.len(), 1);
    window.press(Modifiers::NONE, Key::Escape);
    window.press(Modifiers::COMMAND, Key::Z);
    assert!(metric(&window).xmr.dividers.is_empty());
    window.harness.get_by_role_and_label(Role::Tab, "Trend").click();
    window.harness.run();
    assert_eq!(window.workspace().view.kpi_mode, KpiMode::Trend);
}

#[test]
fn every_mode_is_reached_by_its_tab_and_by_the_palette() {
    let mut window = Window::open(Start::Sample);
    let mau = window.workspace().project().find_metric("Monthly active users").unwrap().id.clone();
    window.act(Action::Visit(Selection::Metric(mau)));
    // Without the inspector there is room for tabs.
    window.act(Action::ToggleInspector);
    let said = [
        (KpiMode::Trend, "MAU is growing, but"),
        (KpiMode::XMR, "MAU signals a change"),
        (KpiMode::Season(SeasonForm::Years), "MAU has no strong season"),
        (KpiMode::Compare(CompareWith::Earlier), "MAU averaged 8.17 M, 1.59 M more than a year before"),
        (KpiMode::Distribution, "MAU was between 7.77 M and 8.42 M in half of 12 months"),
        (KpiMode::Table, "MAU is growing, but"),
    ];
    for (mode, title) in said {
        window.harness.get_by_role_and_label(Role::Tab, mode.word()).focus();
        window.harness.run();
        window.press(Modifiers::NONE, Key::Space);
        assert_eq!(window.workspace().view.kpi_mode, mode);
        window.assert_shows(title);
    }
    window.act(Action::SetKpiMode(KpiMode::Trend));
    // Beside the tabs of the modes the value axis is a list.
    window.harness.get_by_role_and_label(Role::ComboBox, "Value axis").click();
    window.harness.run();
    window.click("Log axis");
    assert_eq!(window.workspace().view.arranged.kpi.scale, ValueScale::Log);
    for mode in KpiMode::ALL {
        window.press(Modifiers::COMMAND, Key::K);
        window.harness.get_by_label("Find a command, a goal or a metric").type_text(mode.command());
        window.harness.run();
        window.press(Modifiers::NONE, Key::Enter);
        assert_eq!(window.workspace().view.kpi_mode, mode, "{mode:?}");
    }
}

#[test]
fn beside_the_inspector_the_modes_are_a_list() {
    let mut window = Window::open(Start::Sample);
    let mau = window.workspace().project().find_metric("Monthly active users").unwrap().id.clone();
    window.act(Action::Visit(Selection::Metric(mau)));
    assert!(window.workspace().view.shows_inspector());
    assert!(window.harness.query_by_role_and_label(Role::Tab, "Season").is_none());
    window.harness.get_by_role_and_label(Role::ComboBox, "Kind of chart").click();
    window.harness.run();
    window.click("Season");
    assert_eq!(window.workspace().view.kpi_mode, KpiMode::Season(SeasonForm::Years));
    window.harness.get_by_role_and_label(Role::Tab, "Cycle plot").click();
    window.harness.run();
    assert_eq!(window.workspace().view.kpi_mode, KpiMode::Season(SeasonForm::Cycle));
}

#[test]
fn the_table_is_sorted_read_by_keyboard_and_copied() {
    let mut window = Window::open(Start::Sample);
    let mau = window.workspace().project().find_metric("Monthly active users").unwrap().id.clone();
    window.act(Action::Visit(Selection::Metric(mau)));
    window.act(Action::ToggleInspector);
    window.act(Action::SetKpiMode(KpiMode::Table));
    let first = |window: &Window| window.harness.query_all_by_role(Role::Row).next().unwrap().accesskit_node().label().unwrap();
    assert_eq!(first(&window), "Nov 2026, to 21 Nov: actual 8,515,000, expected 9,778,571, note Counted up to Saturday 21 November");
    window.click("Sort by change");
    assert!(first(&window).starts_with("Sep 2026: actual 8,864,000, expected 9,342,857, variance −479 k, change +343 k"));
    window.click("Sort by change");
    assert!(first(&window).starts_with("Dec 2025:"), "{}", first(&window));
    window.click("Sort by change");
    assert!(first(&window).starts_with("Nov 2026"), "the third time it is as it was");
    window.harness.get_by_role_and_label(Role::Grid, "Values of Monthly active users").focus();
    window.harness.run();
    window.press(Modifiers::NONE, Key::ArrowDown);
    window.press(Modifiers::NONE, Key::ArrowDown);
    let grid = window.harness.get_by_role_and_label(Role::Grid, "Values of Monthly active users");
    assert!(grid.accesskit_node().value().unwrap().starts_with("Oct 2026: actual 9,095,000"));
    window.harness.get_by_role_and_label(Role::Button, "Copy the table").click();
    window.harness.step();
    let copied = window.harness.output().platform_output.commands.iter().find_map(|c| match c {
        egui::OutputCommand::CopyText(text) => Some(text.clone()),
        _ => None,
    });
    let copied = copied.unwrap();
    assert!(copied.starts_with("Period\tActual\tExpected\tVariance\tChange\tOn a year ago\tNote\n2026-11-01\t8515000\t"), "{copied}");
}

#[test]
fn others_are_chosen_to_compare_with() {
    let mut window = Window::open(Start::Sample);
    let mau = window.workspace().project().find_metric("Monthly active users").unwrap().id.clone();
    window.act(Action::Visit(Selection::Metric(mau)));
    window.act(Action::ToggleInspector);
    window.act(Action::SetKpiMode(KpiMode::Compare(CompareWith::Others(Against::Index))));
    window.click("Metrics to compare: Choose metrics");
    window.harness.get_by_label("Find a metric to compare").type_text("mrr");
    window.harness.run();
    window.harness.get_by_role_and_label(Role::CheckBox, "Monthly recurring revenue").click();
    window.harness.run();
    let mrr = window.workspace().project().find_metric("Monthly recurring revenue").unwrap().id.clone();
    assert_eq!(window.workspace().view.arranged.kpi.compared, [mrr]);
    window.assert_shows("MAU rose 22 %, MRR rose");
}

impl Window {
    /// Somewhere on the screen, or in what is read out of it.
    fn assert_shows(&self, words: &str) {
        assert!(self.harness.query_all_by_label_contains(words).next().is_some(), "{words:?} is nowhere to be seen");
    }
}

#[test]
fn without_a_metric_the_view_says_so_and_offers_one() {
    let mut window = Window::on_board(Project::empty(ProjectId::parse("p-empty").unwrap(), "Empty"));
    window.press(Modifiers::COMMAND, Key::Num3);
    assert_eq!(window.workspace().view.screen, Screen::Kpi);
    window.assert_shows("No metric to show");
    window.click("Add a metric");
    assert_eq!(window.workspace().view.sheet, Some(Sheet::MetricLibrary { goal: None }));
}
