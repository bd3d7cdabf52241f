//! A chart as a reader finds, reads and moves it.

use std::sync::Arc;

use egui::{Id, Key, Vec2, vec2};
use egui_kittest::Harness;
use egui_kittest::kittest::{NodeT as _, Queryable as _};

use super::{ChartOptions, Margins, PlotScratch, chart_ui, heading_ui};
use crate::chart::{Chart, fixture};
use crate::ui::scene::Medium;
use crate::ui::theme::Theme;

/// A view with one chart: it owns range and cursor, as every view does.
struct View {
    chart: Arc<Chart>,
    scratch: PlotScratch,
    medium: Medium,
    range: Option<(f64, f64)>,
    fits: usize,
    cursor: Option<f64>,
}

impl View {
    fn of(chart: Chart) -> Self {
        Self { chart: Arc::new(chart), scratch: PlotScratch::default(), medium: Medium::Screen, range: None, fits: 0, cursor: None }
    }

    fn draw(&mut self, ui: &mut egui::Ui) {
        let theme = Theme::light();
        let options = ChartOptions {
            id: Id::unique("chart"),
            medium: self.medium,
            range: self.range,
            cursor: None,
            size: ui.available_size(),
            caption: true,
            margins: Margins::default(),
        };
        let answer = chart_ui(ui, &theme, &self.chart, &mut self.scratch, &options);
        self.range = answer.new_range.or(self.range);
        if answer.fit {
            self.range = None;
            self.fits += 1;
        }
        self.cursor = answer.cursor;
    }
}

fn mau() -> Chart {
    fixture::chart_of(&fixture::project(), "m-mau")
}

fn harness(view: View, size: Vec2) -> Harness<'static, View> {
    let mut harness =
        Harness::builder().with_size(size).with_step_dt(0.05).with_context_setup(|ctx| Theme::light().install(ctx)).build_ui_state(
            |ui, view: &mut View| {
                view.draw(ui);
            },
            view,
        );
    harness.run();
    harness
}

#[test]
fn a_chart_is_found_by_what_it_says() {
    let harness = harness(View::of(mau()), vec2(900.0, 400.0));
    let chart = harness.get_by_label_contains("MAU is growing, but 10 M by 31 Dec is under 1 % likely");
    assert_eq!(chart.accesskit_node().role(), egui::accesskit::Role::Image);
}

#[test]
fn arrows_step_through_the_values_and_enter_pins_the_tooltip() {
    let mut harness = harness(View::of(mau()), vec2(900.0, 400.0));
    harness.get_by_label_contains("MAU is growing").focus();
    harness.run();
    harness.key_press(Key::End);
    harness.run();
    harness.key_press(Key::ArrowLeft);
    harness.run();
    let values = &harness.state().chart.values;
    assert_eq!(harness.state().cursor, values.get(values.len() - 2).map(|p| p[0]));
    assert!(harness.query_by_label("Oct 2026").is_some(), "the tooltip names the period");
    assert!(harness.query_by_label("−1.34 M").is_some(), "and the difference");
    let read = harness.get_by_label_contains("MAU is growing").value();
    assert_eq!(read.as_deref(), Some("Oct 2026: value 8,240,000, target 10 M, expected 9.58 M, difference −1.34 M"));
    harness.key_press(Key::Enter);
    harness.run();
    assert!(harness.query_by_label_contains("Pinned").is_some());
    harness.key_press(Key::Escape);
    harness.run();
    assert!(harness.query_by_label("Oct 2026").is_none());
}

#[test]
fn the_pointer_reads_the_nearest_value() {
    let mut harness = harness(View::of(mau()), vec2(900.0, 400.0));
    let plot = harness.get_by_label_contains("MAU is growing").rect();
    harness.hover_at(plot.left_center() + vec2(6.0, 0.0));
    harness.run();
    assert_eq!(harness.state().cursor, Some(harness.state().chart.values[0][0]));
    harness.remove_cursor();
    harness.run();
    assert_eq!(harness.state().cursor, None);
}

#[test]
fn dragging_pans_and_a_double_click_shows_everything() {
    let mut harness = harness(View::of(mau()), vec2(900.0, 400.0));
    let plot = harness.get_by_label_contains("MAU is growing").rect();
    harness.drag_at(plot.center());
    harness.run();
    harness.hover_at(plot.center() - vec2(150.0, 0.0));
    harness.run();
    harness.drop_at(plot.center() - vec2(150.0, 0.0));
    harness.run();
    let fit = harness.state().chart.fit_x;
    let (from, to) = harness.state().range.expect("panned");
    let moved = (fit.1 - fit.0) * 150.0 / f64::from(plot.width());
    assert!((from - fit.0 - moved).abs() < moved * 0.02 && ((to - from) - (fit.1 - fit.0)).abs() < 1e-3, "{from} {to} {fit:?} {moved}");
    for _ in 0..2 {
        harness.drag_at(plot.center());
        harness.step();
        harness.drop_at(plot.center());
        harness.step();
    }
    harness.run();
    assert_eq!((harness.state().range, harness.state().fits), (None, 1));
}

#[test]
fn ctrl_and_wheel_zoom_around_the_pointer() {
    let mut harness = harness(View::of(mau()), vec2(900.0, 400.0));
    let plot = harness.get_by_label_contains("MAU is growing").rect();
    harness.hover_at(plot.center());
    harness.step();
    harness.event(egui::Event::Zoom(2.0));
    harness.run();
    let fit = harness.state().chart.fit_x;
    let (from, to) = harness.state().range.expect("zoomed");
    assert!(((to - from) * 2.0 - (fit.1 - fit.0)).abs() < 1.0, "{from} {to}");
    assert!((f64::midpoint(from, to) - f64::midpoint(fit.0, fit.1)).abs() < 1.0);
}

#[test]
fn a_page_takes_no_gestures() {
    let view = View { medium: Medium::Page, ..View::of(mau()) };
    let mut harness = harness(view, vec2(900.0, 400.0));
    let plot = harness.get_by_label_contains("MAU is growing").rect();
    harness.drag_at(plot.center());
    harness.run();
    harness.hover_at(plot.center() - vec2(150.0, 0.0));
    harness.run();
    assert_eq!((harness.state().range, harness.state().cursor), (None, None));
}

#[test]
fn every_size_and_odd_data_can_be_drawn() {
    let charts = [mau(), fixture::chart_of(&fixture::project(), "m-gone"), fixture::wave(1), fixture::wave(3000)];
    for chart in charts {
        for size in [vec2(1.0, 1.0), vec2(40.0, 20.0), vec2(320.0, 160.0), vec2(2400.0, 1350.0)] {
            for range in [None, Some((f64::NAN, 1.0)), Some((5.0, 5.0)), Some((-1e12, 1e12))] {
                let view = View { range, ..View::of(chart.clone()) };
                let harness = harness(view, size);
                assert!(harness.query_by_label(&chart.summary).is_some(), "{size:?} {range:?}");
            }
        }
    }
}

#[test]
fn at_rest_nothing_asks_for_a_frame() {
    let mut harness = harness(View::of(mau()), vec2(900.0, 400.0));
    harness.get_by_label_contains("MAU is growing").focus();
    harness.run();
    harness.step();
    let delay = harness.output().viewport_output[&egui::ViewportId::ROOT].repaint_delay;
    assert_eq!(delay, std::time::Duration::MAX);
}

#[test]
fn the_goal_above_a_chart_is_a_link() {
    let chart = mau();
    let mut harness =
        Harness::builder().with_size(vec2(700.0, 200.0)).with_context_setup(|ctx| Theme::light().install(ctx)).build_ui_state(
            |ui, clicked: &mut Option<crate::model::GoalId>| {
                let answer = heading_ui(ui, &Theme::light(), &chart, None, Medium::Screen);
                *clicked = answer.or(clicked.take());
            },
            None,
        );
    harness.run();
    harness.get_by_label("Become the daily habit › Bring MAU to 10 M by Q4").click();
    harness.run();
    assert_eq!(harness.state(), &Some(fixture::goal_id("g-mau")));
}

/// Areas that a plot draws in place of the lines of a chart.
fn bands(chart: Chart) -> usize {
    let harness = harness(View::of(chart), vec2(260.0, 180.0));
    harness.output().shapes.iter().filter(|clipped| matches!(clipped.shape, egui::Shape::Band(_))).count()
}

/// A step between two days of a long quiet time must not become an area from the days before to those after.
#[test]
fn a_line_is_an_area_only_where_it_is_dense() {
    let project = crate::storage::sample();
    let steps = fixture::with_context(&project, |context| crate::chart::milestone(context, &fixture::goal_id("g-offline")));
    assert_eq!((bands(steps), bands(fixture::wave(3000))), (0, 1));
}

#[test]
fn a_chart_that_comes_up_under_a_pointer_at_rest_waits_until_it_moves() {
    let mut harness = harness(View::of(mau()), vec2(900.0, 400.0));
    let plot = harness.get_by_label_contains("MAU is growing").rect();
    harness.hover_at(plot.center());
    harness.run();
    assert!(harness.state().cursor.is_some(), "it moved there");
    for _ in 0..20 {
        harness.step();
    }
    // As on the next slide.
    harness.state_mut().scratch = PlotScratch::default();
    harness.run();
    assert_eq!(harness.state().cursor, None);
    harness.hover_at(plot.center() + vec2(4.0, 0.0));
    harness.run();
    assert!(harness.state().cursor.is_some());
}

#[test]
fn other_days_bring_another_value_under_a_pointer_at_rest() {
    let mut harness = harness(View::of(mau()), vec2(900.0, 400.0));
    let plot = harness.get_by_label_contains("MAU is growing").rect();
    harness.hover_at(plot.center());
    harness.run();
    let (from, to) = harness.state().chart.fit_x;
    let half = f64::midpoint(from, to) + 60.0;
    assert!(harness.state().cursor.expect("read") < half);
    harness.state_mut().range = Some((half, to));
    harness.run();
    assert!(harness.state().cursor.is_none_or(|day| day >= half));
}
