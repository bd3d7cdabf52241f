#![no_main]

#[path = "../../tests/support/fuzzed/briefing.rs"]
mod briefing;

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| briefing::check(bytes));
