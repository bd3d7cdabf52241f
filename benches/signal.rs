//! What is signal, where it goes, what stands out and when it changed: of five years of months, and of 5,000 days.

use divan::{Bencher, black_box};
use waymark::analysis::change_points::change_points;
use waymark::analysis::outliers::outliers;
use waymark::analysis::trend::{mann_kendall, trend};
use waymark::analysis::xmr::{Form, Options, advise, chart};

fn main() {
    divan::main();
}

/// How many values, and how many in a cycle.
const SIZES: [(usize, usize); 2] = [(60, 12), (5_000, 7)];

/// A slow rise, a season and noise that repeats from run to run.
fn series((n, cycle): (usize, usize)) -> Vec<Option<f64>> {
    let mut state = 1_u64;
    let mut noise = || {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (state >> 40) as f64 / (1_u64 << 24) as f64 - 0.5
    };
    let season = |i: usize| (i as f64 * std::f64::consts::TAU / cycle as f64).sin();
    (0..n).map(|i| Some(1_000.0 + 0.5 * i as f64 + 80.0 * season(i) + 100.0 * noise())).collect()
}

#[divan::bench(args = SIZES)]
fn xmr_advised(bencher: Bencher<'_, '_>, size: (usize, usize)) {
    let values = series(size);
    bencher.bench_local(|| {
        let form = advise(black_box(&values), Some(size.1), &[]).form;
        chart(&values, &Options { form, cycle: Some(size.1), ..Options::default() }).map(|c| (c.signals.len(), c.warning()))
    });
}

#[divan::bench(args = SIZES)]
fn xmr_plain(bencher: Bencher<'_, '_>, size: (usize, usize)) {
    let values = series(size);
    bencher.bench_local(|| chart(black_box(&values), &Options { form: Form::Plain, ..Options::default() }).map(|c| c.signals.len()));
}

#[divan::bench(args = SIZES)]
fn trend_test(bencher: Bencher<'_, '_>, size: (usize, usize)) {
    let values: Vec<f64> = series(size).into_iter().flatten().collect();
    bencher.bench_local(|| mann_kendall(black_box(&values)));
}

#[divan::bench(args = SIZES)]
fn trend_and_slope(bencher: Bencher<'_, '_>, size: (usize, usize)) {
    let values = series(size);
    bencher.bench_local(|| trend(black_box(&values)));
}

#[divan::bench(args = SIZES)]
fn standing_out(bencher: Bencher<'_, '_>, size: (usize, usize)) {
    let values = series(size);
    bencher.bench_local(|| outliers(black_box(&values), Some(size.1)).map(|o| o.len()));
}

#[divan::bench(args = SIZES)]
fn changes_of_level(bencher: Bencher<'_, '_>, size: (usize, usize)) {
    let values = series(size);
    bencher.bench_local(|| change_points(black_box(&values)).map(|c| c.found.len()));
}
