//! The table of all points of a metric: typed, pasted, filled, sorted and removed, each in one step.

use egui::accesskit::Role;
use egui::{Event, Key, Modifiers};
use egui_kittest::kittest::{NodeT as _, Queryable as _};
use std::sync::Arc;
use waymark::model::{Cadence, Metric, Point, Series, Stamp};
use waymark::shell::Start;
use waymark::workspace::{Action, Selection, Sheet};

use super::Window;
use super::inspector::metric_id;
use super::project::{day, habit};

impl Window {
    fn on_data(word: &str) -> Self {
        let mut window = Self::on_habit();
        window.act(Action::Select(Selection::Metric(metric_id(word))));
        window.press(Modifiers::COMMAND, Key::T);
        assert_eq!(window.workspace().view.sheet, Some(Sheet::Data(metric_id(word))));
        window
    }

    fn series(&self, word: &str) -> Arc<Series> {
        Arc::clone(&self.workspace().project().metric(&metric_id(word)).unwrap().series)
    }

    fn type_in(&mut self, text: &str) {
        self.harness.event(Event::Text(text.to_owned()));
        self.harness.run();
        self.press(Modifiers::NONE, Key::Enter);
    }

    fn paste(&mut self, text: &str) {
        self.harness.event(Event::Paste(text.to_owned()));
        self.harness.run();
    }

    fn click_cell(&mut self, label: &str) {
        self.harness.get_by_role_and_label(Role::Cell, label).click();
        self.harness.run();
    }

    fn shift_click_cell(&mut self, label: &str) {
        self.harness.get_by_role_and_label(Role::Cell, label).click_modifiers(Modifiers::SHIFT);
        self.harness.run();
    }

    fn steps_back_to(&mut self, before: &Series, word: &str) {
        self.press(Modifiers::COMMAND, Key::Z);
        assert_eq!(&*self.series(word), before, "one step to undo");
    }
}

fn value(series: &Series, on: &str) -> Option<f64> {
    series.get(Stamp::from_date(day(on))).map(|p| p.value)
}

#[test]
fn the_next_values_are_typed_one_under_the_other() {
    let mut window = Window::on_data("tickets");
    assert!(window.harness.get_by_role_and_label(Role::Grid, "Points of Tickets a week").is_focused());
    window.type_in("58.5");
    window.type_in("57");
    let series = window.series("tickets");
    assert_eq!((value(&series, "2026-11-01"), value(&series, "2026-12-01"), series.len()), (Some(58.5), Some(57.0), 24));
    window.type_in("few");
    window.harness.get_by_label("“few” is not a number");
    assert_eq!(window.series("tickets").len(), 24);
    window.press(Modifiers::NONE, Key::Escape);
    assert!(window.workspace().view.sheet.is_some(), "Esc takes back what was typed first");
    window.press(Modifiers::NONE, Key::Escape);
    assert_eq!(window.workspace().view.sheet, None);
}

#[test]
fn cells_are_changed_in_place_by_keyboard() {
    let mut window = Window::on_data("tickets");
    window.press(Modifiers::NONE, Key::ArrowUp);
    window.type_in("61.5");
    assert_eq!(value(&window.series("tickets"), "2026-10-01"), Some(61.5));
    window.press(Modifiers::NONE, Key::ArrowUp);
    window.press(Modifiers::NONE, Key::ArrowRight);
    window.type_in("counted again");
    assert_eq!(window.series("tickets").note(Stamp::from_date(day("2026-10-01"))), Some("counted again"));
    window.click_cell("Data to, 1 Oct 2026");
    window.type_in("9 Nov 2026");
    window.harness.get_by_label_contains("lies outside the period");
    window.press(Modifiers::NONE, Key::Escape);
    window.type_in("14 Oct 2026");
    assert_eq!(window.series("tickets").data_to(Stamp::from_date(day("2026-10-01"))), Some(day("2026-10-14")));
    window.click_cell("Date, 1 Oct 2026");
    window.type_in("1 Sep 2026");
    window.harness.get_by_label("There is a point on 1 Sep 2026 already");
    window.press(Modifiers::NONE, Key::Escape);
    window.type_in("2 Oct 2026");
    let series = window.series("tickets");
    assert_eq!((value(&series, "2026-10-01"), value(&series, "2026-10-02"), series.len()), (None, Some(61.5), 22));
}

#[test]
fn a_paste_is_shown_before_it_is_set() {
    let mut window = Window::on_data("tickets");
    let before = window.series("tickets");
    window.paste("Month\tTickets\n01/10/2026\t60\n13/11/2026\t1.234,5\n01/12/2026\tmany\n");
    window.harness.get_by_label("1 new, 1 changed, 1 refused");
    window.harness.get_by_label("Line 4: \"many\" is no number");
    window.harness.get_by_label("1 Oct 2026: 59 → 60");
    assert_eq!(window.series("tickets"), before, "nothing is set before it is agreed to");
    window.press(Modifiers::NONE, Key::Enter);
    let series = window.series("tickets");
    assert_eq!((value(&series, "2026-10-01"), value(&series, "2026-11-13")), (Some(60.0), Some(1234.5)));
    assert_eq!(window.workspace().document.undo_label(), Some("Paste 2 points of Tickets a week"));
    window.steps_back_to(&before, "tickets");
}

#[test]
fn what_can_be_read_in_two_ways_is_asked_and_esc_leads_back_to_the_table() {
    let mut window = Window::on_data("tickets");
    window.paste("03/04/2027\t1\n05/06/2027\t2\n");
    window.harness.get_by_label_contains("can be read as day/month or as month/day");
    window.harness.get_by_role_and_label(Role::Tab, "Month first").click();
    window.harness.run();
    window.harness.get_by_label_contains("4 Mar 2027: 1, new");
    window.press(Modifiers::NONE, Key::Escape);
    assert!(window.workspace().view.sheet.is_some());
    assert!(window.harness.query_by_label_contains("4 Mar 2027").is_none());
    window.click_cell("Value, 1 Sep 2026");
    window.paste("7\n8\n9\n");
    window.harness.get_by_label("1 new, 2 changed");
    window.press(Modifiers::NONE, Key::Enter);
    let series = window.series("tickets");
    assert_eq!(["2026-09-01", "2026-10-01", "2026-11-01"].map(|on| value(&series, on)), [Some(7.0), Some(8.0), Some(9.0)]);
}

#[test]
fn marked_rows_are_filled_and_removed_together() {
    let mut window = Window::on_data("tickets");
    let before = window.series("tickets");
    window.click_cell("Value, 1 Jul 2026");
    window.shift_click_cell("Value, 1 Oct 2026");
    window.harness.get_by_label_contains("4 marked · sum 242");
    window.press(Modifiers::COMMAND, Key::D);
    let series = window.series("tickets");
    assert_eq!(["2026-06-01", "2026-07-01", "2026-10-01"].map(|on| value(&series, on)), [Some(63.0), Some(62.0), Some(62.0)]);
    window.steps_back_to(&before, "tickets");

    window.press(Modifiers::NONE, Key::Delete);
    assert_eq!(window.series("tickets").len(), 18);
    assert_eq!(window.workspace().document.undo_label(), Some("Remove 4 points of Tickets a week"));
    window.steps_back_to(&before, "tickets");

    window.click_cell("Value, 1 Aug 2026");
    window.shift_click_cell("Value, 1 Sep 2026");
    window.click("Remove 2 points");
    window.click_cell("Value, 1 Jul 2026");
    window.shift_click_cell("Value, 1 Oct 2026");
    window.click("Fill");
    window.click("Missing periods in between");
    let series = window.series("tickets");
    assert_eq!((value(&series, "2026-08-01"), value(&series, "2026-09-01")), (Some(61.0), Some(60.0)));
    assert_eq!(series.note(Stamp::from_date(day("2026-08-01"))), Some("Interpolated"));
}

#[test]
fn the_marked_cells_are_copied_and_pasted_elsewhere() {
    let mut window = Window::on_data("tickets");
    window.click_cell("Date, 1 Sep 2026");
    window.shift_click_cell("Value, 1 Oct 2026");
    window.harness.event(Event::Copy);
    window.harness.step();
    let copied = window.harness.output().platform_output.commands.iter().find_map(|command| match command {
        egui::OutputCommand::CopyText(text) => Some(text.clone()),
        _ => None,
    });
    assert_eq!(copied.as_deref(), Some("2026-09-01\t60\n2026-10-01\t59"));
}

#[test]
fn rows_are_sorted_for_the_eye_only() {
    let mut window = Window::on_data("tickets");
    let before = window.series("tickets");
    window.click("Sort by value");
    window.press(Modifiers::COMMAND, Key::Home);
    let value = window.harness.get_by_role_and_label(Role::Grid, "Points of Tickets a week").accesskit_node().value();
    assert_eq!(value.as_deref(), Some("80"), "the largest stands on top");
    assert_eq!(window.series("tickets"), before);
    assert!(!window.workspace().document.is_dirty());
}

#[test]
fn hours_are_edited_with_their_time() {
    let mut window = Window::on_habit();
    let metric = window.workspace().project().metric(&metric_id("tickets")).unwrap().clone();
    let start = Stamp::from_date(day("2026-11-20")).seconds();
    let hours = (0..3).map(|hour| Point::new(Stamp::from_seconds(start + hour * 3_600), 5.0));
    let hourly = Metric { cadence: Cadence::Hourly, series: Arc::new(Series::from_points(hours).unwrap()), ..metric };
    window.act(Action::Edit { label: "Import".to_owned(), edit: hourly.into() });
    window.act(Action::OpenSheet(Sheet::Data(metric_id("tickets"))));
    window.type_in("6");
    assert_eq!(window.series("tickets").last(), Some((Stamp::from_seconds(start + 3 * 3_600), 6.0)));
    window.click_cell("Date, 20 Nov 2026 03:00");
    window.type_in("20 Nov 2026 05:30");
    assert_eq!(window.series("tickets").last(), Some((Stamp::from_seconds(start + 5 * 3_600 + 1_800), 6.0)));
}

#[test]
fn of_many_points_only_the_rows_in_sight_are_laid_out_in_the_table() {
    let mut window = Window::on_habit();
    let metric = window.workspace().project().metric(&metric_id("tickets")).unwrap().clone();
    let first = Stamp::from_date(day("1950-01-01")).seconds();
    let points = (0..25_000).map(|n| Point::new(Stamp::from_seconds(first + n * 86_400), n as f64));
    let daily = Metric { cadence: Cadence::Daily, series: Arc::new(Series::from_points(points).unwrap()), ..metric };
    window.act(Action::Edit { label: "Import".to_owned(), edit: daily.into() });
    window.act(Action::OpenSheet(Sheet::Data(metric_id("tickets"))));
    let rows = window.harness.get_all_by(|node| node.role() == Role::Cell && node.label().is_some_and(|l| l.starts_with("Value"))).count();
    assert!((10..40).contains(&rows), "{rows}");
    window.press(Modifiers::COMMAND, Key::ArrowUp);
    window.harness.get_by_role_and_label(Role::Cell, "Value, 1 Jan 1950");
    window.type_in("7");
    assert_eq!(window.series("tickets").first().map(|(_, value)| value), Some(7.0));
}

#[test]
fn a_metric_without_values_says_how_to_enter_some_and_a_computed_one_where_they_come_from() {
    let mut window = Window::on_habit();
    let metric = Metric { series: Arc::default(), ..(*habit().metrics[&metric_id("tickets")]).clone() };
    window.act(Action::Edit { label: "Clear".to_owned(), edit: metric.into() });
    window.act(Action::OpenSheet(Sheet::Data(metric_id("tickets"))));
    window.harness.get_by_label("No values yet");
    window.type_in("12");
    assert_eq!(window.series("tickets").last(), Some((Stamp::from_date(day("2026-11-01")), 12.0)));
    assert!(window.harness.query_by_label("No values yet").is_none());

    let mut window = Window::open(Start::Sample);
    let computed = window.workspace().project().metrics.values().find(|m| m.formula().is_some()).unwrap().id.clone();
    window.act(Action::Select(Selection::Metric(computed)));
    window.press(Modifiers::COMMAND, Key::T);
    assert_eq!(window.workspace().view.sheet, None);
    assert!(window.workspace().toasts.last().unwrap().text.contains("computed by a formula"));
}
