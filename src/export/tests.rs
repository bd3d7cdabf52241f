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

/// Pictures of one page differ only in what makes files of it, which is tried above.
#[test]
fn every_mode_of_a_kpi_is_a_page_a_slide_and_a_table() {
    let more = [KpiMode::Season(SeasonForm::Cycle), KpiMode::Compare(CompareWith::Others(crate::chart::Against::Index))];
    for mode in KpiMode::ALL.into_iter().chain(more) {
        check(&ExportWhat::Kpi(mau(), mode), &[ExportFormat::Svg, ExportFormat::Pptx, ExportFormat::Csv, ExportFormat::Md]);
    }
}
