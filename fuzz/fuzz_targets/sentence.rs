#![no_main]

#[path = "../../tests/support/fuzzed/sentence.rs"]
mod sentence;

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| sentence::check(bytes));
