//! What the pages of the sample look like: one picture a view, that of the scorecard beside its numbers.
//!
//! What a page says is tested as text where the page is made.

#![expect(clippy::unwrap_used, reason = "helpers of tests, where a missing value is the failure")]

#[path = "support/pages.rs"]
mod pages;

use pages::{looks_as_before, sample_pages};
use waymark::model::{GoalId, MetricId};
use waymark::workspace::{ExportFormat, ExportWhat, KpiMode, Screen};

/// Pixels a point: pictures that hold enough to see a change by, and no more.
const SMALL: f32 = 0.75;
/// The sheet is as large as the map needs; every card and line can still be told apart.
const SMALLER: f32 = 0.45;

#[track_caller]
fn check(name: &str, what: ExportWhat, scale: f32) {
    looks_as_before(name, &sample_pages(what, ExportFormat::Png, |request| request.scale = scale));
}

fn mau(mode: KpiMode) -> ExportWhat {
    ExportWhat::Kpi(MetricId::parse("m-mau").unwrap(), mode)
}

#[test]
fn the_board_looks_as_before() {
    check("board-page", ExportWhat::View(Screen::Board), SMALL);
}

#[test]
fn an_objective_looks_as_before() {
    check("objective-page", ExportWhat::Objective(GoalId::parse("g-daily-habit").unwrap()), SMALL);
}

#[test]
fn the_trend_of_a_kpi_looks_as_before() {
    check("kpi-trend-page", mau(KpiMode::Trend), SMALL);
}

#[test]
fn the_xmr_chart_of_a_kpi_looks_as_before() {
    check("kpi-xmr-page", mau(KpiMode::XMR), SMALL);
}

#[test]
fn the_roadmap_looks_as_before() {
    check("roadmap-page", ExportWhat::View(Screen::Roadmap), SMALL);
}

#[test]
fn the_review_looks_as_before() {
    check("review-page", ExportWhat::View(Screen::Review), SMALL);
}

#[test]
fn the_map_looks_as_before() {
    check("map-page", ExportWhat::View(Screen::Map), SMALLER);
}
