//! Every picture of every metric and goal says what it shows to those who cannot see it; explanations say what views show.

use super::*;
use crate::analysis::xmr::{Choice, Form};
use crate::chart::{Against, Chart};

/// It says its title, whole sentences, and more than that.
#[track_caller]
fn assert_said(what: &str, title: &str, summary: &str, is_empty: bool) {
    let said = summary.trim();
    assert!(said.contains(title.trim()), "{what} does not say {title:?}: {said}");
    assert!(said.ends_with(['.', '?', '!', '”']), "{what} is no sentence: {said}");
    let least = title.len() + if is_empty { 8 } else { 30 };
    assert!(said.len() >= least, "{what} says only {said:?}");
}

fn modes() -> Vec<KpiMode> {
    let others = [KpiMode::Season(SeasonForm::Cycle), KpiMode::Compare(CompareWith::Others(Against::Index))];
    KpiMode::ALL.into_iter().chain(others).filter(|mode| mode.is_figure()).collect()
}

fn check(workspace: &Workspace) -> (usize, usize) {
    let Workspace { memos, document, .. } = workspace;
    let (project, as_of) = (workspace.project(), workspace.as_of());
    let (mut charts, mut figures) = (0, 0);
    let mut chart = |of: &ChartOf| {
        let found: Arc<Chart> = memos.chart(document, as_of, of);
        assert_said(&format!("{of:?}"), &found.title, &found.summary, found.empty.is_some());
        charts += 1;
    };
    for goal in project.goals.values().filter(|g| g.as_key_result().is_some()) {
        chart(&match goal.as_key_result().and_then(|k| k.metric.clone()) {
            Some(metric) => ChartOf::Metric(metric, Some(goal.id.clone())),
            None => ChartOf::Goal(goal.id.clone()),
        });
    }
    for metric in project.metrics.keys() {
        chart(&ChartOf::Metric(metric.clone(), None));
        for form in [None, Some(Form::Plain), Some(Form::Trended)] {
            let choice = Choice { form, ..Choice::default() };
            chart(&ChartOf::Variation(metric.clone(), choice));
            chart(&ChartOf::Steps(metric.clone(), choice));
        }
    }
    for metric in project.metrics.keys() {
        let whole = memos.chart(document, as_of, &ChartOf::Metric(metric.clone(), None)).fit_x;
        for mode in modes() {
            let with = project.metrics.keys().find(|other| *other != metric && mode.slug() == "metrics").cloned().into_iter();
            let of = FigureOf { metric: metric.clone(), goal: None, mode, days: Chart::days_of(whole), with: with.collect() };
            let figure = memos.figure(document, as_of, &of).unwrap();
            assert_said(&format!("{metric} {mode:?}"), &figure.title, &figure.summary, figure.empty.is_some());
            let has_values = figure.empty.is_none();
            assert_eq!(!figure.table.rows.is_empty(), has_values, "{metric} {mode:?}: what is drawn can be read as a table");
            figures += 1;
        }
    }
    (charts, figures)
}

#[test]
fn no_picture_of_the_sample_lacks_a_summary_and_a_table() {
    let workspace = Workspace::new(crate::storage::sample(), day("2026-11-21"), IdSource::seeded(7), Preferences::default());
    let (charts, figures) = check(&workspace);
    assert!(charts >= 100 && figures >= 100, "{charts} charts, {figures} figures");
}

#[test]
fn a_picture_without_values_says_so() {
    let (charts, figures) = check(&workspace());
    assert!(charts >= 20 && figures >= 20, "{charts} charts, {figures} figures");
}

/// What the KPI view shows of monthly active users in the modes that take more than their values: those over time, and what moves them. The
/// others are stated beside what makes them.
#[test]
fn the_modes_of_the_sample_in_text() {
    let Workspace { memos, document, .. } =
        &Workspace::new(crate::storage::sample(), day("2026-11-21"), IdSource::seeded(7), Preferences::default());
    let (as_of, metric) = (day("2026-11-21"), metric_id("mau"));
    let charts = [
        ("trend", ChartOf::Metric(metric.clone(), None)),
        ("xmr", ChartOf::Variation(metric.clone(), Choice::default())),
        ("xmr_steps", ChartOf::Steps(metric.clone(), Choice::default())),
    ];
    for (name, of) in charts {
        insta::assert_snapshot!(format!("mode_{name}"), crate::chart::tests::stated(&memos.chart(document, as_of, &of)));
    }
    for (name, mode) in [("contributions", KpiMode::Contributions), ("relation", KpiMode::Relation)] {
        let of = memos.figure_of(document, (&metric, None), mode, (day("2025-11-21"), as_of), &KpiView::default());
        let figure = memos.figure(document, as_of, &of).unwrap();
        insta::assert_snapshot!(format!("mode_{name}"), crate::chart::figure_tests::stated(&figure));
    }
}

#[test]
fn an_xmr_chart_tells_its_limits_and_signals() {
    let workspace = Workspace::new(crate::storage::sample(), day("2026-11-21"), IdSource::seeded(7), Preferences::default());
    let of = ChartOf::Variation(metric_id("mau"), Choice::default());
    let chart = workspace.memos.chart(&workspace.document, workspace.as_of(), &of);
    assert!(chart.summary.contains("Routine is now 8.61 M to 9.06 M, around 8.83 M."), "{}", chart.summary);
    assert!(chart.summary.contains("14 of 35 values are signals, the latest Oct 2026 for the better, Sep 2025"), "{}", chart.summary);
}

/// The board tells it from what it keeps, the explanation from the project: both must come to the same.
#[test]
fn the_change_of_every_goal_is_explained_as_the_board_says_it() {
    use crate::chart::{WhyNumber, WhyOf, why};
    let workspace = Workspace::new(crate::storage::sample(), day("2026-11-21"), IdSource::seeded(7), Preferences::default());
    let (project, tree, evaluation) = (workspace.project(), workspace.tree(), workspace.evaluation());
    let mut moved = 0;
    for id in project.goals.keys() {
        let row = workspace.memos.board_row(&workspace.document, workspace.as_of(), id).unwrap();
        let told = why(project, &tree, &evaluation, &WhyOf::new(id, WhyNumber::Change));
        assert_eq!(told.title, format!("Change: {}", row.moved.text), "{id}");
        assert!(told.lines.contains(&crate::model::capitalised(&row.moved.why)), "{id}: {:?}", told.lines);
        moved += usize::from(row.moved.text != "–");
    }
    assert!(moved >= 8, "{moved} goals moved");
}
