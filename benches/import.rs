//! A million rows of CSV to a series: at most 1.5 times what the `csv` crate's own loop over byte records takes for the same text.

use std::fmt::Write as _;
use std::sync::LazyLock;

use divan::{Bencher, black_box};
use waymark::import::{Destination, ReadHints, Request, preview, read_table};
use waymark::model::{Date, Project, ProjectId, Unit};

fn main() {
    divan::main();
}

const ROWS: u64 = 1_000_000;

static TEXT: LazyLock<String> = LazyLock::new(|| {
    let mut text = String::from("date,value\n");
    let first = Date::from_ymd_opt(1000, 1, 1).expect("a date");
    for (row, day) in (0..ROWS).zip(first.iter_days()) {
        writeln!(text, "{day},{}", (row * 7919 % 1_000_000) as f64 / 100.0).expect("a string takes it");
    }
    text
});

/// From the bytes of a file, as they are in memory, to the series that a new metric has.
#[divan::bench(sample_count = 21, sample_size = 1)]
fn rows_to_series(bencher: Bencher<'_, '_>) {
    let project = Project::empty(ProjectId::from_random(1), "Bench");
    let request = Request::new("date", "value", Destination::New { name: "Large".to_owned(), unit: Unit::Count });
    bencher.with_inputs(|| TEXT.as_bytes().to_vec()).bench_local_values(|text| {
        let table = read_table(black_box(text), &ReadHints::default()).expect("it is a table");
        let mut found = preview(&table, &request, &project).expect("it can be read");
        found.parts.remove(0).reading.points.into_series().expect("no date occurs twice").len()
    });
}

#[divan::bench(sample_count = 21, sample_size = 1)]
fn byte_records_alone(bencher: Bencher<'_, '_>) {
    let text = TEXT.as_bytes();
    bencher.bench_local(|| {
        let mut reader = csv::ReaderBuilder::new().has_headers(false).from_reader(black_box(text));
        let (mut record, mut cells) = (csv::ByteRecord::new(), 0);
        while reader.read_byte_record(&mut record).expect("it is a table") {
            cells += record.len();
        }
        cells
    });
}
