//! Pages of the sample, as the command line exports them.

use waymark::workspace::{ExportFormat, ExportRequest, ExportWhat};
use waymark::{export, storage};

/// Light pages of the usual size, one pixel a point, on the day of the sample. `asked` says what else is wanted of them.
pub(crate) fn sample_pages(what: ExportWhat, format: ExportFormat, asked: impl FnOnce(&mut ExportRequest)) -> Vec<Vec<u8>> {
    let sample = storage::sample();
    let as_of = sample.settings.as_of.unwrap();
    let mut request = ExportRequest { size: (1200, 675), scale: 1.0, ..ExportRequest::of(what, format) };
    asked(&mut request);
    export::render(&sample, &request, as_of).unwrap().into_iter().map(|file| file.bytes).collect()
}

/// Compares the first page with the picture of this name under `tests/snapshots`; `UPDATE_SNAPSHOTS=1` draws it anew.
pub(crate) fn looks_as_before(name: &str, pages: &[Vec<u8>]) {
    let page = image::load_from_memory(&pages[0]).unwrap().into_rgba8();
    egui_kittest::image_snapshot(&page, name);
}
