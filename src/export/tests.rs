//! Everything that can be exported leaves in every format that is offered for it.

use super::{ExportError, ExportedFile, render};
use crate::model::{GoalId, MetricId};
use crate::storage;
use crate::workspace::{CompareWith, ExportFormat, ExportRequest, ExportWhat, KpiMode, PageTheme, Screen, SeasonForm};

fn request(what: &ExportWhat, format: ExportFormat) -> ExportRequest {
    ExportRequest { size: (960, 540), scale: 0.25, theme: PageTheme::Dark, ..ExportRequest::of(what.clone(), format) }
}

/// What a file of a format begins with, or has in it.
fn is_of(format: ExportFormat, ExportedFile { name, bytes }: &ExportedFile) -> bool {
    let text = || std::str::from_utf8(bytes).unwrap();
    let right = match format {
        ExportFormat::Png => bytes.starts_with(b"\x89PNG\r\n"),
        ExportFormat::Svg => text().contains("<svg") && text().contains("<text"),
        ExportFormat::Pdf => bytes.starts_with(b"%PDF-"),
        ExportFormat::Pptx | ExportFormat::Xlsx => bytes.starts_with(b"PK"),
        ExportFormat::Html => text().contains("<html") && text().contains("<svg"),
        ExportFormat::Csv => text().lines().count() > 1 && text().contains(','),
        ExportFormat::Md => text().starts_with("# "),
    };
    right && name.rsplit_once('.').is_some_and(|(stem, extension)| !stem.is_empty() && extension == format.extension())
}

fn mau() -> MetricId {
    MetricId::parse("m-mau").unwrap()
}

fn views() -> Vec<ExportWhat> {
    let views = [Screen::Board, Screen::Map, Screen::Scorecard, Screen::Roadmap, Screen::Review];
    let others =
        [ExportWhat::Objective(GoalId::parse("g-daily-habit").unwrap()), ExportWhat::Chart(mau()), ExportWhat::Kpi(mau(), KpiMode::Table)];
    views.map(ExportWhat::View).into_iter().chain(others).collect()
}

/// Each offered format gives sound files, each other one is refused.
fn check(what: &ExportWhat, formats: &[ExportFormat]) {
    let project = storage::sample();
    let today = project.settings.as_of.unwrap();
    for &format in formats {
        let made = render(&project, &request(what, format), today);
        if !what.formats().contains(&format) {
            assert!(matches!(made, Err(ExportError::Combination { .. })), "{what:?} {format:?}");
            continue;
        }
        let files = made.unwrap_or_else(|error| panic!("{what:?} {format:?}: {error}"));
        assert!(!files.is_empty() && files.iter().all(|file| is_of(format, file)), "{what:?} {format:?}");
        assert!(files.len() == 1 || !format.holds_many(), "{what:?} {format:?}: {} files", files.len());
    }
}

#[test]
fn every_view_leaves_in_every_format_offered_for_it() {
    for what in views() {
        check(&what, &ExportFormat::ALL);
    }
}

#[test]
fn a_page_without_room_is_refused_with_what_is_allowed() {
    let project = storage::sample();
    let today = project.settings.as_of.unwrap();
    let small = |format| ExportRequest { size: (900, 180), ..request(&ExportWhat::Chart(mau()), format) };
    for format in [ExportFormat::Png, ExportFormat::Svg, ExportFormat::Pdf, ExportFormat::Pptx, ExportFormat::Html] {
        let refused = render(&project, &small(format), today).unwrap_err().to_string();
        assert_eq!(refused, "A page of 900 × 180 points has no room for what is drawn on it; it must be at least 400 wide and 300 high.");
    }
    assert!(render(&project, &small(ExportFormat::Csv), today).is_ok(), "a table has no page");
}

/// All text of a file, of whatever it is made of.
fn text_of(file: &ExportedFile) -> String {
    if !file.bytes.starts_with(b"PK") {
        return String::from_utf8_lossy(&file.bytes).into_owned();
    }
    let mut archive = zip::ZipArchive::new(std::io::Cursor::new(&file.bytes)).unwrap();
    let mut text = String::new();
    for index in 0..archive.len() {
        let mut bytes = Vec::new();
        std::io::Read::read_to_end(&mut archive.by_index(index).unwrap(), &mut bytes).unwrap();
        // Workbooks and pictures within are packed anew and say nothing.
        text.push_str(std::str::from_utf8(&bytes).unwrap_or_default());
    }
    text
}

#[test]
fn no_name_turns_around_what_stands_beside_it() {
    let mut project = storage::sample();
    let today = project.settings.as_of.unwrap();
    let family = "👩\u{200d}👧";
    let name = |what: &str| format!("{what} \u{202e}gnp.\u{2066}exe\u{200b} שלום {family}");
    let goal = GoalId::parse("g-daily-habit").unwrap();
    std::sync::Arc::make_mut(project.goals.get_mut(&goal).unwrap()).title = name("Habit");
    std::sync::Arc::make_mut(project.metrics.get_mut(&mau()).unwrap()).name = name("Users");
    project.name = name("Plan");
    let asked = [ExportWhat::Objective(goal), ExportWhat::Kpi(mau(), KpiMode::Trend), ExportWhat::Slide(3)];
    for what in asked {
        for &format in what.formats() {
            for file in render(&project, &request(&what, format), today).unwrap() {
                let text = text_of(&file);
                let found: Vec<char> = text.chars().filter(|c| crate::model::is_unseen(*c)).collect();
                // The bytes of packed pictures and pages say nothing.
                assert!(matches!(format, ExportFormat::Png | ExportFormat::Pdf) || found.is_empty(), "{what:?} {format:?}: {found:?}");
                let is_text = matches!(format, ExportFormat::Pptx | ExportFormat::Html | ExportFormat::Md | ExportFormat::Xlsx);
                assert!(!is_text || (text.contains("gnp.exe שלום") && text.contains(family)), "{what:?} {format:?}");
            }
        }
    }
}

/// Pictures of one page differ only in what makes files of it, which is tried above.
#[test]
fn every_mode_of_a_kpi_is_a_page_a_slide_and_a_table() {
    let more = [KpiMode::Season(SeasonForm::Cycle), KpiMode::Compare(CompareWith::Others(crate::chart::Against::Index))];
    for mode in KpiMode::ALL.into_iter().chain(more) {
        check(&ExportWhat::Kpi(mau(), mode), &[ExportFormat::Svg, ExportFormat::Pptx, ExportFormat::Csv, ExportFormat::Md]);
    }
}
