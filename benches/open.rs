//! Opening a project of a million points: at most 1.2 times what `ron::from_str` alone takes for the same text.

#[path = "common/large.rs"]
mod large;

use std::sync::LazyLock;

use divan::{Bencher, black_box};
use serde::Deserialize;
use waymark::storage;

fn main() {
    divan::main();
}

static TEXT: LazyLock<String> = LazyLock::new(|| storage::write_project(&large::project(large::LARGE)));

/// The least that reads the points: no dates, no checks, no columns; everything else is skipped.
#[derive(Deserialize)]
struct Bare<'a> {
    #[serde(borrow)]
    metrics: Vec<BareMetric<'a>>,
}

#[derive(Deserialize)]
struct BareMetric<'a> {
    #[serde(borrow)]
    points: Vec<(&'a str, f64)>,
}

#[divan::bench(sample_count = 5, sample_size = 1)]
fn read_project(bencher: Bencher<'_, '_>) {
    let text = TEXT.as_bytes();
    bencher.bench_local(|| storage::read_project(black_box(text)).expect("what is written can be read").metrics.len());
}

#[divan::bench(sample_count = 5, sample_size = 1)]
fn bare_ron(bencher: Bencher<'_, '_>) {
    let text = TEXT.as_str();
    bencher.bench_local(|| {
        let bare: Bare<'_> = ron::from_str(black_box(text)).expect("what is written can be read");
        bare.metrics.iter().map(|metric| metric.points.iter().map(|(at, value)| at.len() as f64 + value).sum::<f64>()).sum::<f64>()
    });
}

#[divan::bench(sample_count = 5, sample_size = 1)]
fn write_project(bencher: Bencher<'_, '_>) {
    let project = large::project(large::LARGE);
    bencher.bench_local(|| storage::write_project(black_box(&project)).len());
}
