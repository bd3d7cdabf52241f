use std::collections::BTreeSet;
use std::io::{Cursor, Read as _};
use std::sync::Arc;

use super::sheet::{Value, form_of};
use super::{csv, sheets};
use crate::chart::ValueFormat;
use crate::export::{ExportError, ExportedFile, Stage, render, unwatched};
use crate::model::{Date, Goal, Limit, Metric, Project, Threshold, Unit};
use crate::storage;
use crate::ui::theme::Theme;
use crate::workspace::{ExportFormat, ExportRequest, ExportWhat, KpiMode, Screen, View};

fn today() -> Date {
    "2030-01-01".parse().unwrap()
}

fn made(project: &Project, what: ExportWhat, format: ExportFormat) -> Vec<ExportedFile> {
    render(project, &ExportRequest::of(what, format), today()).unwrap()
}

/// Head and rows of a CSV file.
fn read(file: &ExportedFile) -> (Vec<String>, Vec<Vec<String>>) {
    let mut reader = ::csv::ReaderBuilder::new().from_reader(file.bytes.as_slice());
    let heads = reader.headers().unwrap().iter().map(str::to_owned).collect();
    (heads, reader.records().map(|row| row.unwrap().iter().map(str::to_owned).collect()).collect())
}

/// The parts of a workbook.
fn parts(bytes: &[u8]) -> Vec<(String, String)> {
    let mut archive = zip::ZipArchive::new(Cursor::new(bytes)).unwrap();
    (0..archive.len())
        .map(|index| {
            let mut part = archive.by_index(index).unwrap();
            let (name, mut text) = (part.name().unwrap().into_owned(), String::new());
            part.read_to_string(&mut text).unwrap();
            (name, text)
        })
        .collect()
}

fn sample_views() -> impl Iterator<Item = ExportWhat> {
    [Screen::Board, Screen::Scorecard, Screen::Roadmap, Screen::Review].into_iter().map(ExportWhat::View)
}

#[test]
fn a_table_of_a_metric_holds_its_points() {
    let project = storage::sample();
    let as_of = project.settings.as_of.unwrap();
    let mut compared = 0;
    for metric in project.metrics.values().filter(|metric| metric.formula().is_none()) {
        // Of one point a period that is over, the value of the period is the point's.
        let calendar = project.settings.calendar;
        let periods: Vec<_> = metric.series.iter().map(|(at, _)| calendar.period_of(metric.cadence, at.date())).collect();
        if periods.windows(2).any(|pair| pair[0] == pair[1]) {
            continue;
        }
        let expected: Vec<f64> = metric.series.iter().filter(|(at, _)| at.date() <= as_of).map(|(_, value)| value).collect();
        let key_result = project.supported_goals(&metric.id);
        if key_result.iter().any(|(goal, _)| goal.as_key_result().is_some_and(|k| k.accumulating)) {
            continue;
        }
        let files = made(&project, ExportWhat::Chart(metric.id.clone()), ExportFormat::Csv);
        let (heads, rows) = read(&files[0]);
        let actual = heads.iter().position(|head| head.starts_with("Actual")).unwrap();
        let found: Vec<f64> = rows.iter().filter_map(|row| row[actual].parse().ok()).collect();
        assert_eq!(found, expected, "{}", metric.name);
        let dates: Vec<&String> = rows.iter().map(|row| &row[0]).collect();
        assert!(dates.is_sorted(), "{}: {dates:?}", metric.name);
        compared += 1;
    }
    assert!(compared > 5, "{compared}");
}

#[test]
fn every_view_and_everything_is_a_table_and_the_same_each_time() {
    let project = storage::sample();
    for what in sample_views().chain([ExportWhat::All]) {
        for format in [ExportFormat::Csv, ExportFormat::Xlsx] {
            let files = made(&project, what.clone(), format);
            assert!(!files.is_empty() && files.iter().all(|file| !file.bytes.is_empty()), "{what:?}");
            assert_eq!(files, made(&project, what.clone(), format), "{what:?} {format:?}");
            let names: BTreeSet<&String> = files.iter().map(|file| &file.name).collect();
            assert_eq!(names.len(), files.len());
            let one_file = ExportRequest::of(what.clone(), format).is_one_file();
            assert_eq!(one_file, files.len() == 1, "{what:?} {format:?}");
        }
    }
}

#[test]
fn every_mode_of_a_metric_is_a_table() {
    let project = storage::sample();
    let metric = project.find_metric("MAU").unwrap().id.clone();
    for mode in KpiMode::ALL {
        let (heads, rows) = read(&made(&project, ExportWhat::Kpi(metric.clone(), mode), ExportFormat::Csv)[0]);
        assert!(heads.len() > 1 && !rows.is_empty(), "{mode:?}");
    }
    let (heads, _) = read(&made(&project, ExportWhat::Kpi(metric, KpiMode::XMR), ExportFormat::Csv)[0]);
    assert!(["Mean", "Lower limit", "Upper limit"].iter().all(|wanted| heads.iter().any(|head| head == wanted)), "{heads:?}");
}

#[test]
fn goals_stand_in_the_order_of_the_tree_with_their_numbers() {
    let project = storage::sample();
    let (heads, rows) = read(&made(&project, ExportWhat::View(Screen::Board), ExportFormat::Csv)[0]);
    let column = |name: &str| heads.iter().position(|head| head == name).unwrap();
    let tree = crate::model::Tree::of(&project);
    let listed = tree.walk().into_iter().filter_map(|visit| project.goal(visit.goal)).filter(|goal| !goal.archived);
    let titles: Vec<&str> = listed.map(|goal| goal.title.as_str()).collect();
    assert_eq!(rows.iter().map(|row| row[column("Goal")].as_str()).collect::<Vec<_>>(), titles);
    let evaluation = crate::analysis::evaluate(&project, &tree, project.settings.as_of.unwrap());
    for (visit, row) in tree.walk().iter().zip(&rows) {
        let result = evaluation.goal(visit.goal).unwrap();
        assert_eq!(row[column("Progress")].parse().ok(), result.progress);
        assert_eq!(row[column("Current")].parse().ok(), result.current.map(|c| c.value));
        assert_eq!(row[column("Status")], result.status.word());
    }
}

/// The sample, with texts that spreadsheets and XML would take for something else.
fn hostile() -> (Project, [&'static str; 7]) {
    const TEXTS: [&str; 7] =
        ["=cmd|' /C calc'!A0", "+1+1", "-2+3", "@SUM(A1)", "\t=1", "</t><script>alert(1)</script>&\"'", "a\u{0}b\u{8}c\u{1b}\u{fffe}"];
    let mut project = storage::sample();
    let mut texts = TEXTS.iter().cycle();
    let mut next = || (*texts.next().unwrap()).to_owned();
    for goal in project.goals.values_mut() {
        let goal: &mut Goal = Arc::make_mut(goal);
        (goal.title, goal.owner) = (next(), next());
    }
    for metric in project.metrics.values_mut() {
        let metric: &mut Metric = Arc::make_mut(metric);
        (metric.name, metric.owner, metric.unit) = (next(), next(), Unit::Custom("\"; [Red]=1 \u{1}unit".to_owned()));
        metric.thresholds.push(Threshold { label: next(), limit: Limit::AtLeast(1.0) });
    }
    for entry in project.meeting_log.values_mut() {
        (entry.text, entry.outcome) = (next(), next());
    }
    (project, TEXTS)
}

#[test]
fn no_text_becomes_a_formula_in_csv() {
    let (project, texts) = hostile();
    let mut seen: BTreeSet<&str> = BTreeSet::new();
    for what in sample_views().chain([ExportWhat::All]) {
        for file in made(&project, what, ExportFormat::Csv) {
            let (heads, rows) = read(&file);
            for cell in heads.iter().chain(rows.iter().flatten()) {
                assert!(!cell.chars().any(|c| c.is_control() && !matches!(c, '\n' | '\t')), "{cell:?}");
                let begins = cell.starts_with(['=', '+', '-', '@', '\t', '\r']);
                assert!(!begins || cell.parse::<f64>().is_ok(), "{}: {cell:?}", file.name);
                seen.extend(texts.iter().filter(|text| cell.strip_prefix('\'') == Some(**text)));
            }
        }
    }
    assert_eq!(seen.len(), 5, "each of them is still there, as a text: {seen:?}");
}

#[test]
fn a_workbook_has_no_formula_and_one_native_chart_a_metric() {
    let (project, _) = hostile();
    let file = made(&project, ExportWhat::All, ExportFormat::Xlsx).remove(0);
    let parts = parts(&file.bytes);
    let named = |start: &str| parts.iter().filter(|(name, _)| name.starts_with(start)).collect::<Vec<_>>();
    let sheets = named("xl/worksheets/sheet");
    assert_eq!(sheets.len(), 3 + project.metrics.len());
    let drawn = project.metrics.values().filter(|metric| metric.formula().is_some() || !metric.series.is_empty()).count();
    assert_eq!(named("xl/charts/chart").len(), drawn);
    for (name, text) in sheets {
        assert!(!text.contains("<f>") && !text.contains("<f "), "{name} has a formula");
        assert!(text.contains("state=\"frozen\""), "{name} has no frozen heads");
    }
    for (name, text) in &parts {
        assert!(!text.contains("<script>"), "{name}");
        let mut reader = quick_xml::Reader::from_str(text);
        loop {
            let event = reader.read_event().unwrap_or_else(|error| panic!("{name}: {error}"));
            if event == quick_xml::events::Event::Eof {
                break;
            }
        }
    }
    // Every part has a type, and every relation leads to a part.
    let types = &parts.iter().find(|(name, _)| name == "[Content_Types].xml").unwrap().1;
    for (name, _) in &parts {
        let known = types.contains(&format!("PartName=\"/{name}\""))
            || name.rsplit_once('.').is_some_and(|(_, e)| e == "rels")
            || name.starts_with('[');
        assert!(known, "{name} has no content type");
    }
}

#[test]
fn the_day_of_the_numbers_is_the_day_of_the_file() {
    let project = storage::sample();
    let file = made(&project, ExportWhat::View(Screen::Board), ExportFormat::Xlsx).remove(0);
    let core = parts(&file.bytes).into_iter().find(|(name, _)| name == "docProps/core.xml").unwrap().1;
    assert!(core.contains(&format!("{}T00:00:00Z", project.settings.as_of.unwrap())), "{core}");
}

#[test]
fn units_are_written_as_codes_of_a_spreadsheet() {
    let locale = crate::model::Locale::default();
    for (unit, decimals, code) in [
        (Unit::Count, 0, "#,##0"),
        (Unit::Percent, 1, "#,##0.0\" %\""),
        (Unit::Currency("EUR".to_owned()), 2, "\"€ \"#,##0.00"),
        (Unit::Custom("a \"b\"".to_owned()), 0, "#,##0\" a  b \""),
        (Unit::Custom("long ".repeat(20)), 0, "#,##0"),
    ] {
        assert_eq!(&*form_of(&ValueFormat { unit, decimals, locale }), code);
    }
}

#[test]
fn numbers_in_csv_read_back() {
    for number in [0.0, -0.0, 0.1 + 0.2, 1e300, -5e-324, 9_007_199_254_740_993.0, 45.5] {
        let text = csv::plain(number);
        assert!(text.len() < 30, "{text}");
        assert_eq!(text.parse::<f64>().unwrap(), number);
    }
}

#[test]
fn what_is_empty_says_so_and_what_cannot_be_a_table_too() {
    let empty = Project::empty(crate::model::ProjectId::from_random(1), "Nothing");
    let view = View::default();
    let stage = Stage::new(&empty, &view, Theme::light(), today());
    assert!(matches!(sheets(&stage, &ExportWhat::All, &mut unwatched), Err(ExportError::NoRows)));
    let project = storage::sample();
    for what in [ExportWhat::Deck, ExportWhat::View(Screen::Map)] {
        let refused = render(&project, &ExportRequest::of(what, ExportFormat::Csv), today());
        assert!(matches!(refused, Err(ExportError::Combination { .. })));
    }
}

#[test]
fn an_unfinished_period_says_so_and_what_is_to_come_has_no_value_yet() {
    let project = storage::sample();
    let view = View::default();
    let stage = Stage::new(&project, &view, Theme::light(), project.settings.as_of.unwrap());
    let found = sheets(&stage, &ExportWhat::All, &mut unwatched).unwrap();
    let mut unfinished = 0;
    for sheet in found.iter().filter(|sheet| sheet.drawn.is_some()) {
        let column = |wanted: &str| sheet.heads.iter().position(|head| head.starts_with(wanted));
        let (actual, open) = (column("Actual").unwrap(), column("Unfinished").unwrap());
        unfinished += sheet.rows.iter().filter(|row| row[open] != Value::None).count();
        if let Some(forecast) = column("Forecast") {
            let ahead: Vec<_> = sheet.rows.iter().filter(|row| row[forecast] != Value::None).collect();
            assert!(!ahead.is_empty() && ahead.iter().all(|row| row[actual] == Value::None), "{}", sheet.name);
        }
    }
    assert!(unfinished > 0);
}
