//! Fifty pages of charts as a PDF: at most 2 s.

#[path = "common/large.rs"]
mod large;

use divan::Bencher;
use waymark::export;
use waymark::workspace::{ExportFormat, ExportRequest, ExportWhat, PageTheme};

fn main() {
    divan::main();
}

/// Fifty metrics of 20,000 hours; every metric is a page of its own.
const FIFTY_CHARTS: large::Size = large::Size { goals: 0, metrics: 50, ..large::LARGE };

#[divan::bench(sample_count = 5, sample_size = 1)]
fn fifty_charts_to_pdf(bencher: Bencher<'_, '_>) {
    let project = large::project(FIFTY_CHARTS);
    let today = project.settings.as_of.expect("the large project pins its day");
    let request = ExportRequest {
        what: ExportWhat::All,
        format: ExportFormat::Pdf,
        as_pictures: false,
        size: (1_280, 720),
        scale: 1.0,
        theme: PageTheme::Light,
        path: None,
        overwrite: false,
        as_of: None,
        view: None,
    };
    bencher.bench_local(|| {
        let files = export::render(&project, &request, today).expect("charts can be drawn");
        files.iter().map(|file| file.bytes.len()).sum::<usize>()
    });
}
