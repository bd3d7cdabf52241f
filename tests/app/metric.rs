//! The editor of a metric: benchmarks, segments, other words for it, and how it reads as longer periods.

use egui::accesskit::Role;
use egui_kittest::kittest::Queryable as _;
use waymark::model::{Aggregation, Benchmark, BenchmarkKind, Formula, Level, Metric, Origin, Recording, SegmentOf};
use waymark::workspace::{Action, Selection};

use super::Window;
use super::inspector::metric_id;
use super::project::{day, habit};

impl Window {
    fn on_metric(word: &str) -> Self {
        let mut window = Self::on_habit();
        window.act(Action::Select(Selection::Metric(metric_id(word))));
        window
    }

    fn metric(&self, word: &str) -> Metric {
        self.workspace().project().metric(&metric_id(word)).unwrap().clone()
    }

    fn undo_label(&self) -> &str {
        self.workspace().document.undo_label().unwrap_or_default()
    }

    /// A button that may be out of sight.
    fn push(&mut self, label: &str) {
        self.harness.get_by_role_and_label(Role::Button, label).click_accesskit();
        self.harness.run();
    }
}

#[test]
fn a_benchmark_is_added_edited_and_removed() {
    let mut window = Window::on_metric("tickets");
    window.push("Add a benchmark");
    assert_eq!(window.undo_label(), "Add benchmark of Tickets a week");
    window.enter("Name of benchmark 1", "Helpdesk Report");
    window.choose("Kind of benchmark 1", "Competitor");
    window.enter("Value of benchmark 1", "45");
    window.enter("Date of benchmark 1", "1 Jun 2026");
    window.enter("Source of benchmark 1", "page 12");
    let expected = Benchmark {
        name: "Helpdesk Report".to_owned(),
        kind: BenchmarkKind::Competitor,
        value: 45.0,
        date: day("2026-06-01"),
        source: "page 12".to_owned(),
    };
    assert_eq!(window.metric("tickets").benchmarks, [expected]);
    window.push("Remove benchmark 1");
    assert_eq!(window.metric("tickets").benchmarks, []);
    assert_eq!(window.undo_label(), "Remove benchmark of Tickets a week");
}

#[test]
fn segments_are_added_listed_and_summed_and_the_points_of_the_whole_are_kept() {
    let mut window = Window::on_metric("tickets");
    window.push("Add a segment…");
    window.enter("Dimension of the new segment", "plan");
    window.enter("Value of the new segment", "Pro");
    window.enter("Value of the new segment", "Team");
    let project = window.workspace().project();
    let found: Vec<_> = project.segments_of(&metric_id("tickets")).map(|m| (m.name.clone(), m.segment.clone())).collect();
    let segment = |value: &str| Some(SegmentOf { whole: metric_id("tickets"), dimension: "plan".to_owned(), value: value.to_owned() });
    assert_eq!(found.len(), 2, "{found:?}");
    assert!(found.contains(&("Tickets a week, Pro".to_owned(), segment("Pro"))));
    assert!(found.contains(&("Tickets a week, Team".to_owned(), segment("Team"))));
    window.harness.get_by_label("plan · Pro");

    window.push("Compute it as the sum of its segments");
    assert_eq!(window.metric("tickets").formula(), Some(&Formula::Segments(metric_id("tickets"))));
    let kept = window.workspace().project().find_metric("Tickets a week (recorded)").unwrap();
    assert_eq!(kept.series, habit().metrics[&metric_id("tickets")].series, "no point is lost");
    window.press(egui::Modifiers::COMMAND, egui::Key::Z);
    assert_eq!(window.metric("tickets").origin, Origin::Recorded);
    assert_eq!(window.metric("tickets").series.len(), 22);
    assert!(window.workspace().project().find_metric("Tickets a week (recorded)").is_none());
}

#[test]
fn a_metric_becomes_a_segment_and_stands_alone_again() {
    let mut window = Window::on_metric("tickets");
    window.choose("Segment of", "Monthly active users");
    // Without a pointer the list stays open.
    window.press(egui::Modifiers::NONE, egui::Key::Escape);
    window.enter("By", "platform");
    window.enter("This one is", "iOS");
    let segment = SegmentOf { whole: metric_id("mau"), dimension: "platform".to_owned(), value: "iOS".to_owned() };
    assert_eq!(window.metric("tickets").segment, Some(segment));
    window.choose("Segment of", "–");
    assert_eq!(window.metric("tickets").segment, None);
    assert_eq!(window.undo_label(), "Remove segment of Tickets a week");
}

#[test]
fn words_level_and_recording_are_edited() {
    let mut window = Window::on_metric("tickets");
    window.enter("Synonyms", "support load, cases, , cases");
    window.choose("Level", "Granular");
    window.choose("Recording", "Running totals");
    let metric = window.metric("tickets");
    assert_eq!(metric.synonyms, ["support load", "cases"]);
    assert_eq!((metric.level, metric.recording), (Level::Granular, Recording::RunningTotals));
    assert_eq!(window.undo_label(), "Change recording of Tickets a week");
}

#[test]
fn an_aggregation_is_tried_out_before_it_is_used() {
    let mut window = Window::on_metric("tickets");
    // 62, 61 and 60 from July to September make the third quarter.
    let texts = |window: &Window, text: &str| window.harness.query_all_by_label(text).count();
    assert_eq!(texts(&window, "183"), 0);
    window.harness.get_by_role_and_label(Role::Tab, "Sum").click_accesskit();
    window.harness.run();
    assert_eq!(texts(&window, "183"), 1);
    window.harness.get_by_label_contains("Only tried out.");
    assert_eq!(window.metric("tickets").aggregation, Aggregation::Last);
    window.push("Use sum");
    assert_eq!(window.metric("tickets").aggregation, Aggregation::Sum);
    assert_eq!(texts(&window, "183"), 1);
}

impl Window {
    fn type_formula(&mut self, text: &str) {
        self.harness.get_by_role_and_label(Role::MultilineTextInput, "Formula").focus();
        self.harness.run();
        self.press(egui::Modifiers::COMMAND, egui::Key::A);
        self.press(egui::Modifiers::NONE, egui::Key::Delete);
        self.harness.get_by_role_and_label(Role::MultilineTextInput, "Formula").type_text(text);
        self.harness.run();
    }
}

#[test]
fn a_recorded_metric_is_computed_by_names_and_keeps_its_points_elsewhere() {
    let mut window = Window::on_metric("tickets");
    window.choose("Values", "Computed by a formula");
    assert_eq!(window.metric("tickets").origin, Origin::Recorded, "nothing happens before it is agreed to");
    window.harness.get_by_label("Its 22 points move to a new metric, “Tickets a week (recorded)”. Nothing is lost.");
    window.type_formula("[Monthly active users] / 1000 * stickines");
    window.harness.get_by_label_contains("No metric is called “stickines”; did you mean “Stickiness”? (column 33)");
    window.type_formula("[Monthly active users] ÷ 1000");
    // 8.0 M in September, 8.1 M in October.
    window.harness.get_by_label("Sep 2026: 8,000");
    window.harness.get_by_label("Oct 2026: 8,100");
    window.push("Compute it");
    assert_eq!(window.undo_label(), "Compute Tickets a week");
    assert_eq!(window.metric("tickets").formula().unwrap().to_string(), "[m-mau] / 1000");
    let kept = window.workspace().project().find_metric("Tickets a week (recorded)").unwrap().clone();
    assert_eq!(kept.series, habit().metrics[&metric_id("tickets")].series);

    window.type_formula("[Monthly active users] ÷ 100");
    window.press(egui::Modifiers::NONE, egui::Key::Enter);
    assert_eq!(window.metric("tickets").formula().unwrap().to_string(), "[m-mau] / 100");
    window.choose("Missing input", "Counts as zero");
    assert!(matches!(window.metric("tickets").origin, Origin::Computed { missing: waymark::model::MissingInput::Zero, .. }));

    window.choose("Values", "Recorded");
    window.push("Keep its 22 values as points");
    assert_eq!(window.metric("tickets").origin, Origin::Recorded);
    assert_eq!(window.metric("tickets").series.last().map(|(_, value)| value), Some(81_000.0));
}

#[test]
fn a_formula_that_leads_back_to_itself_is_refused_and_the_way_is_named() {
    let mut window = Window::on_metric("tickets");
    window.choose("Values", "Computed by a formula");
    window.type_formula("Stickiness * 2");
    window.push("Compute it");
    window.act(Action::Select(Selection::Metric(metric_id("stickiness"))));
    window.choose("Values", "Computed by a formula");
    window.type_formula("[Tickets a week] + 1");
    window.harness.get_by_label("It would lead back to itself: Stickiness → Tickets a week → Stickiness.");
    window.push("Compute it");
    assert_eq!(window.metric("stickiness").origin, Origin::Recorded, "the button is not enabled");
    window.push("Leave it recorded");
    assert!(window.harness.query_by_role_and_label(Role::MultilineTextInput, "Formula").is_none());
}

#[test]
fn names_are_completed_while_a_formula_is_typed() {
    let mut window = Window::on_metric("tickets");
    window.choose("Values", "Computed by a formula");
    window.type_formula("2 * mon");
    window.press(egui::Modifiers::NONE, egui::Key::Enter);
    let text = window.harness.get_by_role_and_label(Role::MultilineTextInput, "Formula");
    assert_eq!(egui_kittest::kittest::NodeT::accesskit_node(&text).value().as_deref(), Some("2 * [Monthly active users]"));
    window.harness.get_by_label_contains("Oct 2026: 16.2 M");
}
