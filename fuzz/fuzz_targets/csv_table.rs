#![no_main]

#[path = "../../tests/support/fuzzed/csv_table.rs"]
mod csv_table;
#[path = "../../tests/support/fuzzed/table.rs"]
mod table;

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| csv_table::check(bytes));
