#![no_main]

use std::sync::Once;

#[path = "../../tests/support/fuzzed/table.rs"]
mod table;
#[path = "../../tests/support/fuzzed/xlsx.rs"]
mod xlsx;

// The reader of workbooks is allowed to panic, since that is caught: what is not caught still ends the run.
static QUIET: Once = Once::new();

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| {
    QUIET.call_once(|| std::panic::set_hook(Box::new(|_| {})));
    xlsx::check(bytes);
});
