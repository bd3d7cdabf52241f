//! Every number of the sample's scorecard that the report has too is the report's.

#![expect(clippy::unwrap_used, reason = "helpers of tests, where a missing value is the failure")]

#[path = "support/pages.rs"]
mod support;

use std::sync::Arc;

use serde_json::Value;
use support::{looks_as_before, sample_pages};
use waymark::analysis::{evaluate, metric_values, xmr};
use waymark::chart::Context;
use waymark::chart::scorecard::{Ask, GRAINS, GroupBy, Marks, Part, Row, Scorecard, Sort, row, scorecard};
use waymark::model::{Cadence, Date, Project, Tree};
use waymark::workspace::{CellParts, ExportFormat, ExportWhat, Screen, View};
use waymark::{report, storage};

fn as_of() -> Date {
    storage::sample().settings.as_of.unwrap()
}

fn scorecard_of(project: &Project, grain: Cadence, group: GroupBy) -> Scorecard {
    let tree = Tree::of(project);
    let evaluation = evaluate(project, &tree, as_of());
    let context = Context { project, evaluation: &evaluation };
    let ask = Ask { grain, range: ("2023-01-01".parse().unwrap(), as_of()), group, sort: Sort::default() };
    scorecard(&context, &tree, None, &ask, |subject, columns| {
        let values = metric_values(project, project.metric(&subject.metric)?, columns.grain, as_of());
        row(&context, subject, columns, &values, |_| None).map(Arc::new)
    })
}

fn found<'a>(report: &'a Value, list: &str, id: &str) -> &'a Value {
    report[list].as_array().unwrap().iter().find(|entry| entry["id"] == id).unwrap()
}

/// The key result whose target the row shows.
fn goal_of<'a>(report: &'a Value, row: &Row) -> Option<&'a Value> {
    Some(found(report, "goals", row.subject.goals.first()?.as_str()))
}

fn near(a: f64, b: f64) -> bool {
    (a - b).abs() <= 1e-9 * a.abs().max(b.abs()).max(1.0)
}

#[test]
fn targets_values_and_statuses_are_those_of_the_report() {
    let project = storage::sample();
    let tree = Tree::of(&project);
    let report = report::json(&project, &tree, &evaluate(&project, &tree, as_of()));
    let (mut targets, mut values, mut statuses, mut lasts) = (0, 0, 0, 0);
    for grain in GRAINS {
        for row in &scorecard_of(&project, grain, GroupBy::Objective).rows {
            let metric = project.metric(&row.subject.metric).unwrap();
            let is_own = metric.cadence == grain && row.cadence == grain;
            if is_own
                && let Some((last, cell)) = found(&report, "metrics", metric.id.as_str())["last"]["value"]
                    .as_f64()
                    .zip(row.cells.iter().rev().find_map(|cell| cell.number(Part::Actual)))
            {
                // In its own grain a period has one point: the last value, unfinished or not.
                assert!(near(cell, last), "{}: {cell}, the report has {last}", row.name);
                lasts += 1;
            }
            let Some(goal) = goal_of(&report, row) else { continue };
            if row.subject.guards.is_none() {
                assert_eq!(row.standing.mark.unwrap().code(), goal["status"].as_str().unwrap(), "{}", row.name);
                statuses += 1;
            }
            if let Some(target) = goal["target"].as_f64() {
                assert!(row.target.unwrap().values().any(|v| near(v, target)), "{}: {:?}, {target}", row.name, row.target);
                targets += 1;
            }
            if let Some(band) = goal["target_band"].as_array() {
                let band: Vec<f64> = band.iter().map(|v| v.as_f64().unwrap()).collect();
                assert_eq!(row.target.unwrap().values().collect::<Vec<_>>(), band, "{}", row.name);
                targets += 1;
            }
            let is_total = project.goal(&row.subject.goals[0]).unwrap().as_key_result().unwrap().accumulating;
            if let Some(current) = goal["current"].as_f64().filter(|_| is_own && !is_total) {
                let cell = row.latest_cell().unwrap();
                assert!(near(cell.actual.unwrap(), current), "{}: {:?}, {current}", row.name, cell.actual);
                values += 1;
                // The expected value is that of the expected progress.
                if let (Some(expected), Some(start), Some(target)) =
                    (goal["expected"].as_f64(), goal["start"].as_f64(), goal["target"].as_f64())
                    && !cell.is_kept
                {
                    let pace = cell.number(Part::Target).unwrap();
                    assert!(near(pace, start + expected * (target - start)), "{}: expected {pace}", row.name);
                }
            }
        }
    }
    assert!(targets >= 40 && values >= 10 && statuses >= 40 && lasts >= 15, "{targets} {values} {statuses} {lasts}");
}

#[test]
fn signals_and_assurance_are_those_of_the_report() {
    let project = storage::sample();
    let tree = Tree::of(&project);
    let report = report::json(&project, &tree, &evaluate(&project, &tree, as_of()));
    let (mut assured, mut signalling) = (0, 0);
    for row in &scorecard_of(&project, Cadence::Monthly, GroupBy::Nothing).rows {
        let metric = project.metric(&row.subject.metric).unwrap();
        let told = &found(&report, "metrics", metric.id.as_str())["xmr"];
        let xmr = xmr::of_metric(&project, metric, as_of());
        let marks = Marks::of(row, xmr.as_ref());
        assert_eq!(marks.variation.is_none(), told.is_null(), "{}", row.name);
        if let Some(assurance) = told["assurance"].as_str() {
            assert_eq!(marks.assurance.unwrap().code(), assurance, "{}", row.name);
            assured += 1;
        }
        // A signal that is complete with the latest value is one of its marks.
        let latest = xmr.as_ref().ok().and_then(|x| x.periods.last()).map(|p| p.first.to_string());
        let signals = told["signals"].as_array().map(Vec::as_slice).unwrap_or_default();
        if signals.iter().any(|s| s["date"].as_str() == latest.as_deref()) {
            assert_ne!(marks.variation, Some(xmr::Variation::Common), "{}", row.name);
            signalling += 1;
        }
    }
    assert!(assured >= 2 && signalling >= 1, "{assured} {signalling}");
}

fn pages(format: ExportFormat, parts: CellParts) -> Vec<Vec<u8>> {
    let mut view = View::default();
    view.arranged.scorecard.parts = parts;
    sample_pages(ExportWhat::View(Screen::Scorecard), format, |request| request.view = Some(Box::new(view)))
}

#[test]
fn pages_of_the_scorecard_have_every_row_under_repeated_heads() {
    let project = storage::sample();
    for parts in CellParts::ALL {
        let pages: Vec<String> = pages(ExportFormat::Svg, parts).into_iter().map(|bytes| String::from_utf8(bytes).unwrap()).collect();
        assert!(pages.len() > 1, "{parts:?}");
        for page in &pages {
            for head in ["4 of 12 KPIs met their target in Oct 2026", ">KPI<", ">Target<", ">Status<", ">Oct<", ">to 21 Nov<"] {
                assert!(page.contains(head), "{head} is not on each page");
            }
        }
        let all = pages.concat();
        for row in &scorecard_of(&project, Cadence::Monthly, GroupBy::Objective).rows {
            let name = row.name.chars().take(12).collect::<String>();
            assert!(all.contains(&name), "{} is on no page", row.name);
        }
    }
}

#[test]
fn the_first_page_of_the_scorecard_looks_as_before() {
    looks_as_before("scorecard-page", &pages(ExportFormat::Png, CellParts::Actual));
}
