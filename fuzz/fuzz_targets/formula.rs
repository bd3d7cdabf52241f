#![no_main]

#[path = "../../tests/support/fuzzed/formula.rs"]
mod formula;

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| formula::check(bytes));
