//! Fifty pages of charts and a deck of fifty charts as a PDF: at most 2 s each. Memory: the same deck with four times the slides beside it.

#[path = "common/large.rs"]
mod large;

use divan::Bencher;
use waymark::export;
use waymark::model::{Project, SlideEdit, SlideSubject};
use waymark::workspace::{ExportFormat, ExportRequest, ExportWhat};

fn main() {
    divan::main();
}

/// So many metrics of 20,000 hours; every metric is a page of its own.
fn charts(count: usize) -> Project {
    large::project(large::Size { goals: 0, metrics: count, points: large::LARGE.points / 50 * count })
}

/// Every metric has a slide, pinned by hand.
fn deck(count: usize) -> Project {
    let mut project = charts(count);
    let pinned = |metric| SlideEdit {
        subject: SlideSubject::Kpi(metric),
        hidden: false,
        title: None,
        note: String::new(),
        order: None,
        mode: None,
        range: None,
    };
    project.deck.slides = project.metrics.keys().cloned().map(pinned).collect();
    project
}

fn to_pdf(bencher: Bencher<'_, '_>, project: &Project, what: &ExportWhat, size: (u32, u32)) {
    let today = project.settings.as_of.expect("the large project pins its day");
    let request = ExportRequest { size, scale: 1.0, ..ExportRequest::of(what.clone(), ExportFormat::Pdf) };
    bencher.bench_local(|| {
        let files = export::render(project, &request, today).expect("charts can be drawn");
        files.iter().map(|file| file.bytes.len()).sum::<usize>()
    });
}

#[divan::bench(sample_count = 5, sample_size = 1)]
fn fifty_charts_to_pdf(bencher: Bencher<'_, '_>) {
    to_pdf(bencher, &charts(50), &ExportWhat::All, (1_280, 720));
}

#[divan::bench(args = [50, 200], sample_count = 5, sample_size = 1)]
fn a_deck_of_charts_to_pdf(bencher: Bencher<'_, '_>, slides: usize) {
    to_pdf(bencher, &deck(slides), &ExportWhat::Deck, (1_920, 1_080));
}
