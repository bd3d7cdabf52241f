//! The KPI view.

use egui::accesskit::Role;
use egui::{Key, Modifiers};
use egui_kittest::kittest::Queryable as _;
use waymark::analysis::xmr::{Choice, Form};
use waymark::shell::Start;
use waymark::workspace::{Action, KpiMode, Selection};

use super::Window;

#[test]
fn signal_and_noise_in_every_form_with_new_limits_from_an_event() {
    let mut window = Window::open(Start::Sample);
    let mau = window.workspace().project().find_metric("Monthly active users").unwrap().id.clone();
    window.act(Action::Visit(Selection::Metric(mau.clone())));
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

impl Window {
    /// Somewhere on the screen, or in what is read out of it.
    fn assert_shows(&self, words: &str) {
        assert!(self.harness.query_all_by_label_contains(words).next().is_some(), "{words:?} is nowhere to be seen");
    }
}
