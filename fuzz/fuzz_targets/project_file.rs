#![no_main]

#[path = "../../tests/support/fuzzed/project_file.rs"]
mod project_file;

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| project_file::check(bytes));
