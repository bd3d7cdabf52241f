#![no_main]

#[path = "../../tests/support/fuzzed/pasted.rs"]
mod pasted;

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| pasted::check(bytes));
