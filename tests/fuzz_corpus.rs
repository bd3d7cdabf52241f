//! What fuzzing began with and what it found, read again: see `fuzz/README.md`.

#![expect(clippy::unwrap_used, reason = "what a test cannot do without fails it")]
#![expect(clippy::print_stdout, reason = "how many inputs were read is what a reader of the log wants to know")]

#[path = "support/fuzzed/mod.rs"]
mod fuzzed;

use std::fs;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::{Path, PathBuf};

/// Reads every input of a target. Those that break what must hold are named.
fn replay(target: &str, check: impl Fn(&[u8])) {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("fuzz/corpus").join(target);
    let mut inputs: Vec<PathBuf> = fs::read_dir(&folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    inputs.sort();
    assert!(inputs.len() >= 5, "{}: where is the corpus?", folder.display());
    let is_broken = |input: &&PathBuf| {
        let bytes = fs::read(input).unwrap();
        catch_unwind(AssertUnwindSafe(|| check(&bytes))).is_err()
    };
    let broken: Vec<&PathBuf> = inputs.iter().filter(is_broken).collect();
    println!("{target}: {} inputs read", inputs.len());
    assert!(broken.is_empty(), "{target}: {broken:?}");
}

#[test]
fn project_files() {
    replay("project_file", fuzzed::project_file::check);
}

#[test]
fn briefings_of_project_files() {
    replay("briefing", fuzzed::briefing::check);
}

#[test]
fn tables() {
    replay("csv_table", fuzzed::csv_table::check);
}

#[test]
fn workbooks() {
    replay("xlsx", fuzzed::xlsx::check);
}

#[test]
fn pasted_texts() {
    replay("pasted", fuzzed::pasted::check);
}

#[test]
fn sentences() {
    replay("sentence", fuzzed::sentence::check);
}

#[test]
fn formulas() {
    replay("formula", fuzzed::formula::check);
}
