//! What charts state for a small project, and laws that hold for any.

use std::fmt::Write as _;
use std::sync::Arc;

use proptest::prelude::*;

use super::fixture::{chart_of, date, goal_id, metric_id, project, series, with_context};
use super::{Chart, LineId, LineStyle, facts, milestone, sparkline, trend};
use crate::model::{
    Aim, Benchmark, BenchmarkKind, Bounds, Cadence, CheckIn, CheckInId, DatedTarget, Goal, KeyResult, Limit, Metric, Project, ProjectId,
    Stamp, Threshold, Unit,
};

/// Everything a reader would see, as text.
pub(crate) fn stated(chart: &Chart) -> String {
    let mut text = format!("{}\n{}\n", chart.title, chart.subtitle);
    for s in &chart.supports {
        writeln!(text, "for {} ({}, {})", s.path, s.status.map_or("–", crate::model::Status::word), s.role.word()).unwrap();
    }
    for line in &chart.lines {
        let runs: Vec<String> = line.runs.iter().map(|r| r.len().to_string()).collect();
        let label = line.end_label.as_deref().unwrap_or("–");
        writeln!(text, "line {:?} {:?}: runs of {}; {label}", line.id, line.style, runs.join(" + ")).unwrap();
    }
    for label in &chart.labels {
        writeln!(text, "label {:?}: {} at {:.2}", label.kind, label.text, label.at[1]).unwrap();
    }
    if let Some(gap) = &chart.gap {
        writeln!(text, "gap {}", gap.text).unwrap();
    }
    for band in &chart.bands {
        writeln!(text, "band {}", band.name).unwrap();
    }
    let ticks = |ticks: Vec<super::Tick>| ticks.into_iter().map(|t| t.label).collect::<Vec<_>>().join(" | ");
    writeln!(text, "y {:?}: {}", chart.y_domain(chart.fit_x), ticks(chart.y_ticks(chart.y_domain(chart.fit_x), 320.0, 34.0))).unwrap();
    writeln!(text, "x {}", ticks(chart.x_ticks(chart.fit_x, 900.0, |l| l.len() as f32 * 7.0))).unwrap();
    writeln!(text, "{}\n{}", chart.caption, chart.summary).unwrap();
    text
}

#[test]
fn an_increasing_key_result() {
    insta::assert_snapshot!(stated(&chart_of(&project(), "m-mau")));
}

#[test]
fn a_chance_from_few_values_is_no_headline() {
    let mut project = project();
    let title = |project: &Project| chart_of(project, "m-mau").title;
    assert!(title(&project).ends_with("is under 1 % likely"), "{}", title(&project));
    let few = [("2026-06-01", 8.11e6), ("2026-07-01", 8.12e6), ("2026-08-01", 8.12e6), ("2026-09-01", 8.17e6), ("2026-10-01", 8.24e6)];
    edit(&mut project, "m-mau", |metric| metric.series = series(few.map(|(on, value)| (date(on), value))));
    assert_eq!(title(&project), "MAU is 1.34 M behind the pace");
}

#[test]
fn a_maintained_key_result_with_a_gap() {
    insta::assert_snapshot!(stated(&chart_of(&project(), "m-uptime")));
}

#[test]
fn a_milestone() {
    insta::assert_snapshot!(with_context(&project(), |c| stated(&milestone(c, &goal_id("g-markets")))));
}

fn edit(project: &mut Project, metric: &str, change: impl FnOnce(&mut Metric)) {
    change(Arc::make_mut(project.metrics.get_mut(&metric_id(metric)).unwrap()));
}

fn one_metric(metric: Metric) -> Project {
    let mut project = Project::empty(ProjectId::from_random(3), "One");
    project.settings.as_of = Some(date("2026-11-21"));
    project.metrics.insert(metric.id.clone(), Arc::new(metric));
    project
}

#[test]
fn the_headline_of_the_user_wins() {
    let mut project = project();
    edit(&mut project, "m-mau", |m| m.headline = Some("Growth has stalled".to_owned()));
    let chart = chart_of(&project, "m-mau");
    assert_eq!(chart.title, "Growth has stalled");
    assert_eq!(chart.subtitle, "Monthly active users, millions, Jan 2023 – Nov 2026");
}

#[test]
fn a_drafted_title_has_fifteen_words_at_most() {
    let mut project = project();
    let long = "Share of accident and emergency patients seen admitted transferred or discharged within four hours";
    edit(&mut project, "m-mau", |m| {
        m.abbreviation = String::new();
        m.name = long.to_owned();
    });
    let title = chart_of(&project, "m-mau").title;
    assert!(title.split_whitespace().count() <= 15, "{title}");
}

#[test]
fn hover_reads_value_target_expectation_and_difference() {
    let chart = chart_of(&project(), "m-mau");
    let october = chart.hover(date("2026-10-20").signed_duration_since(date("1970-01-01")).num_days() as f64).unwrap();
    let rows: Vec<_> = october.rows.iter().map(|r| (r.name.as_str(), r.value.as_str())).collect();
    assert_eq!(october.title, "Oct 2026");
    // Linear from 7.52 M on 1 Jan to 10 M on 31 Dec: on 31 Oct 303 of 364 days, 7.52 + 2.48 · 303/364 = 9.584 M.
    assert_eq!(rows, [("Value", "8,240,000"), ("Target", "10 M"), ("Expected", "9.58 M"), ("Difference", "−1.34 M")]);
}

#[test]
fn an_unfinished_period_is_never_held_against_the_pace() {
    let chart = chart_of(&project(), "m-mau");
    let last = chart.hover_at(chart.values.len() - 1).unwrap();
    assert_eq!(last.title, "Nov 2026, to 21 Nov");
    assert!(last.rows.iter().all(|r| r.name != "Difference"));
}

#[test]
fn notes_are_read_at_their_point_and_listed() {
    let chart = chart_of(&project(), "m-mau");
    let note = &chart.notes[0];
    assert_eq!(chart.hover(note.at[0]).unwrap().note.as_deref(), Some("Counting changed: bots are left out"));
    assert!(chart.caption.contains("a Counting changed: bots are left out, Sep 2024"), "{}", chart.caption);
}

#[test]
fn a_chart_of_the_past_knows_nothing_of_later() {
    let mut project = project();
    project.settings.as_of = Some(date("2026-02-10"));
    let chart = chart_of(&project, "m-mau");
    assert_eq!(chart.when(chart.values.len() - 1), "Feb 2026, to 10 Feb");
    // The target was raised in March.
    assert_eq!(chart.lines.iter().find(|l| l.id == LineId::Target).and_then(|l| l.end_label.as_deref()), Some("Target 9 M by 31 Dec"));
    assert!(chart.lines.iter().all(|l| l.id != LineId::OriginalTarget));
}

#[test]
fn nothing_recorded_is_said() {
    let chart = chart_of(&one_metric(Metric::new(metric_id("m-new"), "New")), "m-new");
    assert_eq!(chart.empty.as_deref(), Some("No values yet"));
    assert_eq!(chart.title, "New");
    let (low, high) = chart.y_domain(chart.fit_x);
    assert!(low < high);
    assert!(chart.hover(0.0).is_none());
    let missing = chart_of(&project(), "m-gone");
    assert_eq!(missing.empty.as_deref(), Some("This KPI is no longer in the project"));
}

#[test]
fn one_point_and_constant_values_have_a_domain_around_them() {
    for values in [vec![42.0], vec![42.0; 5], vec![-42.0; 3]] {
        let mut metric = Metric::new(metric_id("m-flat"), "Flat");
        metric.series = series((1..).zip(&values).map(|(m, v)| (date(&format!("2026-{m:02}-01")), *v)));
        let chart = chart_of(&one_metric(metric), "m-flat");
        let (low, high) = chart.y_domain(chart.fit_x);
        assert!(low < values[0] && values[0] < high, "{low} {high}");
        assert!(chart.fit_x.0 < chart.fit_x.1);
    }
}

#[test]
fn accumulating_key_results_show_the_total_against_the_pace() {
    let mut project = project();
    let mut metric = Metric::new(metric_id("m-signups"), "Sign-ups");
    metric.aggregation = crate::model::Aggregation::Sum;
    metric.series = series([("2026-09-01", 900.0), ("2026-10-01", 1000.0), ("2026-11-01", 700.0)].map(|(on, v)| (date(on), v)));
    let mut key_result = KeyResult::new(Aim::Increase { start: 0.0, target: 3000.0 }, Some(metric.id.clone()));
    key_result.accumulating = true;
    let mut goal = Goal::key_result(goal_id("g-signups"), goal_id("g-habit"), "3,000 sign-ups in Q4", key_result);
    goal.start = Some(date("2026-10-01"));
    goal.due = Some(date("2026-12-31"));
    project.metrics.insert(metric.id.clone(), Arc::new(metric));
    project.goals.insert(goal.id.clone(), Arc::new(goal));
    let chart = chart_of(&project, "m-signups");
    // September is before the span; 1,000 in October and 700 up to 21 November make 1,700.
    assert_eq!(chart.values.iter().map(|p| p[1]).collect::<Vec<_>>(), [1000.0, 1700.0]);
    assert!(chart.subtitle.contains("total since 1 Oct 2026"), "{}", chart.subtitle);
}

#[test]
fn check_ins_carry_the_values_of_a_key_result_without_a_metric() {
    let mut project = project();
    let key_result = KeyResult::new(Aim::Increase { start: 0.0, target: 8.0 }, None);
    let mut goal = Goal::key_result(goal_id("g-partners"), goal_id("g-habit"), "Eight partners", key_result);
    goal.start = Some(date("2026-01-01"));
    goal.due = Some(date("2026-12-31"));
    for (id, on, value) in [("k-one", "2026-03-01", 1.0), ("k-two", "2026-06-01", 4.0)] {
        let id = CheckInId::parse(id).unwrap();
        let check_in = CheckIn {
            id: id.clone(),
            goal: goal.id.clone(),
            date: date(on),
            value: Some(value),
            confidence: None,
            status: None,
            note: String::new(),
            by: String::new(),
        };
        project.check_ins.insert(id, check_in);
    }
    project.goals.insert(goal.id.clone(), Arc::new(goal));
    let chart = with_context(&project, |c| milestone(c, &goal_id("g-partners")));
    assert_eq!(chart.values.iter().map(|p| p[1]).collect::<Vec<_>>(), [1.0, 4.0]);
    assert_eq!(chart.lines.iter().find(|l| l.id == LineId::Target).and_then(|l| l.end_label.as_deref()), Some("Target 8 by 31 Dec"));
}

#[test]
fn own_targets_thresholds_and_benchmarks_are_drawn_and_far_ones_told() {
    let mut metric = Metric::new(metric_id("m-wait"), "Wait");
    metric.unit = Unit::Minutes;
    metric.series = series((1..=10).map(|m| (date(&format!("2026-{m:02}-01")), 20.0 + f64::from(m))));
    metric.targets = vec![
        DatedTarget { from: date("2026-01-01"), limit: Limit::AtMost(30.0) },
        DatedTarget { from: date("2026-07-01"), limit: Limit::AtMost(25.0) },
    ];
    metric.thresholds = vec![Threshold { label: "Limit".to_owned(), limit: Limit::AtMost(32.0) }];
    let benchmark = |name: &str, value: f64, on: &str| Benchmark {
        name: name.to_owned(),
        kind: BenchmarkKind::Competitor,
        value,
        date: date(on),
        source: String::new(),
    };
    metric.benchmarks =
        vec![benchmark("Acme", 24.0, "2025-01-01"), benchmark("Acme", 22.0, "2026-01-01"), benchmark("Slowcoach", 900.0, "2026-01-01")];
    let chart = chart_of(&one_metric(metric), "m-wait");
    let ends: Vec<&str> = chart.lines.iter().filter_map(|l| l.end_label.as_deref()).collect();
    assert_eq!(ends, ["Acme 22 min", "Slowcoach 900 min", "Limit 32 min", "At most 25 min"]);
    assert!(chart.y_domain(chart.fit_x).1 < 100.0);
    assert!(chart.caption.contains("Off the chart: Slowcoach 900 min"), "{}", chart.caption);
    assert_eq!(chart.title, "Wait was 30 min in Oct, above its target of at most 25 min");
}

#[test]
fn a_sparkline_ends_at_the_last_complete_value() {
    let project = project();
    let spark = sparkline(&project, project.metric(&metric_id("m-mau")).unwrap(), date("2026-11-21"));
    assert_eq!(spark.value, "8.24 M");
    assert_eq!(spark.last, Some([1.0, 1.0]));
    let uptime = sparkline(&project, project.metric(&metric_id("m-uptime")).unwrap(), date("2026-11-21"));
    assert_eq!(uptime.runs.len(), 2, "missing weeks break the line");
}

#[test]
fn a_goal_of_another_metric_lends_no_target() {
    let chart = with_context(&project(), |c| trend(c, &metric_id("m-mau"), Some(&goal_id("g-uptime"))));
    assert!(chart.lines.iter().all(|l| l.style != LineStyle::Target));
}

fn any_metric() -> impl Strategy<Value = Metric> {
    let values = proptest::collection::vec(prop_oneof![-1e9f64..1e9, -1.0f64..1.0, Just(0.0), Just(100.0)], 0..40);
    let bounds = (proptest::option::of(-1e3f64..0.0), proptest::option::of(1.0f64..1e3));
    (values, bounds, 0usize..6).prop_map(|(values, (lower, upper), cadence)| {
        let mut metric = Metric::new(metric_id("m-any"), "Any");
        metric.cadence = Cadence::ALL[cadence];
        metric.bounds = Bounds { lower, upper };
        metric.series = series((0..).zip(values).map(|(i, v)| (date("2020-01-03") + chrono::TimeDelta::days(i * 37), v)));
        metric
    })
}

proptest! {
    #[test]
    fn a_domain_is_never_flat_holds_its_values_and_respects_bounds(metric in any_metric()) {
        let bounds = metric.bounds;
        let chart = chart_of(&one_metric(metric), "m-any");
        let (low, high) = chart.y_domain(chart.fit_x);
        prop_assert!(low.is_finite() && high.is_finite() && low < high);
        prop_assert!(chart.values.iter().all(|p| low <= p[1] && p[1] <= high), "{low} {high} {:?}", chart.values);
        if chart.values.iter().all(|p| bounds.lower.is_none_or(|l| p[1] > l) && bounds.upper.is_none_or(|u| p[1] < u)) && !chart.values.is_empty() {
            prop_assert!(bounds.lower.is_none_or(|l| low >= l) && bounds.upper.is_none_or(|u| high <= u), "{low} {high} {bounds:?}");
        }
        let ticks = chart.y_ticks((low, high), 300.0, 34.0);
        prop_assert!(ticks.is_sorted_by(|a, b| a.at < b.at) && ticks.iter().all(|t| low <= t.at + 1e-6 * (high - low) && t.at <= high + 1e-6 * (high - low)));
    }

    #[test]
    fn time_labels_never_touch(from in -60_000.0f64..60_000.0, span in 0.2f64..40_000.0, width in 120.0f32..2400.0, cadence in 0usize..6) {
        let mut chart = chart_of(&project(), "m-mau");
        chart.cadence = Cadence::ALL[cadence];
        let range = (from, from + span);
        let label_px = |text: &str| text.chars().count() as f32 * 7.0;
        let ticks = chart.x_ticks(range, width, label_px);
        prop_assert!(!ticks.is_empty());
        let px = |at: f64| ((at - from) / span) as f32 * width;
        for pair in ticks.windows(2) {
            prop_assert!(px(pair[0].at) + label_px(&pair[0].label) / 2.0 < px(pair[1].at) - label_px(&pair[1].label) / 2.0, "{ticks:?}");
        }
        prop_assert!(ticks.iter().all(|t| range.0 <= t.at && t.at <= range.1));
    }
}

#[test]
fn a_range_without_values_says_where_they_are() {
    let values = series([(date("2016-04-01"), 95.0), (date("2019-03-01"), 86.0)]);
    let project = one_metric(Metric { series: values, ..Metric::new(metric_id("m-seen"), "Seen within four hours") });
    let chart = chart_of(&project, "m-seen");
    let days = |text: &str| Stamp::from_date(date(text)).days();
    let told = chart.nothing_between((days("2025-11-01"), days("2026-11-01")));
    assert_eq!(told.as_deref(), Some("No values here; they run from 30 Apr 2016 to 31 Mar 2019"));
    assert_eq!(chart.nothing_between((days("2019-01-01"), days("2026-11-01"))), None);
}

#[test]
fn an_earlier_day_is_held_against_the_pace_of_its_own_target() {
    let mut project = project();
    // On 28 February the target was 9 M still; it was raised to 10 M on 15 March.
    project.settings.as_of = Some(date("2026-02-28"));
    let chart = chart_of(&project, "m-mau");
    let line = |id: LineId| chart.lines.iter().find(|l| l.id == id).unwrap();
    assert_eq!(line(LineId::Pace).end().unwrap()[1], 9e6);
    let on_the_way = 7.52e6 + (9e6 - 7.52e6) * 58.0 / 364.0;
    assert!((line(LineId::ExpectedToday).end().unwrap()[1] - on_the_way).abs() < 1.0);
    let told = with_context(&project, |context| facts(&project, context.evaluation, Some(&metric_id("m-mau")), Some(&goal_id("g-mau"))));
    let against = told.iter().find(|f| f.label == "Against pace").unwrap();
    assert!(against.note.starts_with("expected 7.76 M"), "{}", against.note);
}
