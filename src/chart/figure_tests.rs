//! What each mode of the KPI view shows for the sample, as text.

use std::fmt::Write as _;

use super::{
    Against, Context, Figure, Other, Subject, compare_metrics, compare_periods, distribution, season_cycle, season_years, trend,
    value_table,
};
use crate::analysis::{evaluate, metric_values};
use crate::model::{Cadence, Date, Metric, MetricId, Project, Tree};
use crate::storage;

/// Everything a reader would see.
pub(crate) fn stated(figure: &Figure) -> String {
    let mut text = format!("{}\n{}\n", figure.title, figure.subtitle);
    if let Some(why) = &figure.empty {
        return format!("{text}empty: {why}\n");
    }
    let ticks = |ticks: Vec<super::Tick>| ticks.into_iter().map(|t| t.label).collect::<Vec<_>>().join(" | ");
    writeln!(text, "x {}", ticks(figure.x.ticks_across(900.0, |l| l.len() as f32 * 7.0))).unwrap();
    writeln!(text, "y {}", ticks(figure.y.ticks_up(320.0, 34.0))).unwrap();
    for zone in &figure.zones {
        writeln!(text, "zone {}: {} to {}", zone.name, zone.from, zone.to).unwrap();
    }
    for bar in &figure.bars {
        writeln!(text, "bar {} at {:?}", bar.label.as_deref().unwrap_or("–"), bar.x).unwrap();
    }
    for series in &figure.series {
        let runs: Vec<String> = series.runs.iter().map(|r| r.len().to_string()).collect();
        let label = series.end_label.as_deref().unwrap_or("–");
        writeln!(text, "series {} {:?} {:?}: runs of {}; {label}", series.name, series.tone, series.pen, runs.join(" + ")).unwrap();
    }
    for rule in &figure.rules {
        writeln!(text, "rule {:?} {:?}: {}", rule.way, rule.tone, rule.label).unwrap();
    }
    for spot in figure.spots.iter().take(2).chain(figure.spots.last()) {
        writeln!(text, "read {}", spot.sentence()).unwrap();
    }
    writeln!(text, "{}\n{}", figure.remarks.join(" · "), figure.summary).unwrap();
    for row in figure.table.as_text().lines().take(4) {
        writeln!(text, "{}", row.replace('\t', " | ")).unwrap();
    }
    text
}

fn day(text: &str) -> Date {
    text.parse().unwrap()
}

fn find<'a>(project: &'a Project, id: &str) -> &'a Metric {
    project.metric(&MetricId::parse(id).unwrap()).unwrap()
}

/// The figure that a function makes of a metric of the sample, over a year, with others.
fn of(id: &str, with: &[&str], make: impl FnOnce(&Subject<'_>) -> Figure) -> Figure {
    let project = storage::sample();
    let as_of = day("2026-11-21");
    let evaluation = evaluate(&project, &Tree::of(&project), as_of);
    let context = Context { project: &project, evaluation: &evaluation };
    let values = |metric: &Metric| metric_values(&project, metric, metric.cadence.max(Cadence::Daily), as_of);
    let with: Vec<Other<'_>> = with.iter().map(|id| find(&project, id)).map(|metric| Other { metric, values: values(metric) }).collect();
    let metric = find(&project, id);
    let days = (day("2025-11-21"), day("2026-11-21"));
    make(&Subject { context, metric, goal: None, values: &values(metric), days, with: &with })
}

#[test]
fn years_over_one_another() {
    insta::assert_snapshot!(stated(&of("m-mau", &[], season_years)));
}

#[test]
fn a_cycle_plot_of_weekdays() {
    insta::assert_snapshot!(stated(&of("m-dau", &[], season_cycle)));
}

#[test]
fn without_two_rounds_there_is_no_cycle_plot_but_a_reason() {
    let figure = of("m-market-share", &[], |subject| {
        let mut values = subject.values.clone();
        values.values.truncate(4);
        season_cycle(&Subject { values: &values, ..*subject })
    });
    assert_eq!(figure.empty.as_deref(), Some("No season to show: every place of the season has been there once at most"));
    let figure = of("m-market-share", &[], |subject| {
        let mut values = subject.values.clone();
        values.cadence = Cadence::Yearly;
        season_years(&Subject { values: &values, ..*subject })
    });
    assert_eq!(figure.empty.as_deref(), Some("No season to show: its values are yearly, and a season is what comes back within a year"));
}

#[test]
fn this_year_against_the_one_before() {
    insta::assert_snapshot!(stated(&of("m-mau", &[], compare_periods)));
}

#[test]
fn half_a_year_against_the_half_before_and_the_same_half_a_year_before() {
    insta::assert_snapshot!(stated(&of("m-nps", &[], |subject| {
        compare_periods(&Subject { days: (day("2026-05-21"), day("2026-11-21")), ..*subject })
    })));
}

#[test]
fn metrics_of_different_units_are_indexed_whatever_is_asked_for() {
    let figure = of("m-mau", &["m-mrr", "m-nps"], |subject| compare_metrics(subject, Against::Values));
    insta::assert_snapshot!(stated(&figure));
}

#[test]
fn metrics_of_one_unit_may_keep_their_values() {
    let figure = of("m-mau", &["m-mau-web", "m-mau-mobile"], |subject| compare_metrics(subject, Against::Values));
    let labels: Vec<&str> = figure.series.iter().filter_map(|s| s.end_label.as_deref()).collect();
    assert!(labels.iter().all(|l| l.ends_with(" M")), "{labels:?}");
    assert!(figure.remarks.iter().all(|r| !r.starts_with("100")), "{:?}", figure.remarks);
}

#[test]
fn how_often_which_values_came_about() {
    insta::assert_snapshot!(stated(&of("m-mau", &[], distribution)));
}

#[test]
fn a_few_values_are_no_distribution() {
    let figure = of("m-mau", &[], |subject| distribution(&Subject { days: (day("2026-08-01"), day("2026-11-21")), ..*subject }));
    assert_eq!(figure.empty.as_deref(), Some("3 complete months in this time; a distribution needs at least 5"));
}

#[test]
fn the_values_with_what_was_expected_of_them() {
    let table = |id: &str| of(id, &[], |subject| value_table(subject, &trend(&subject.context, &subject.metric.id, None)));
    insta::assert_snapshot!(table("m-mau").table.as_text());
    // A formula has no points of its own and a table all the same.
    assert!(table("m-revenue-per-team").table.rows.len() >= 12);
    let of_total = table("m-sign-ups").table;
    assert!(of_total.columns.contains(&"Total so far".to_owned()), "{:?}", of_total.columns);
}
