//! Bytes as a formula, with ids as in the file and with names as it is typed.

use std::sync::LazyLock;

use waymark::model::{Formula, Project};
use waymark::storage;

static SAMPLE: LazyLock<Project> = LazyLock::new(storage::sample);

/// What can be read is printed and read back as it is, in both forms.
pub(crate) fn check(bytes: &[u8]) {
    let text = String::from_utf8_lossy(bytes);
    if let Ok(formula) = Formula::parse(&text) {
        round_trips(&formula);
    }
    match Formula::read_named(&text, &SAMPLE) {
        Ok(formula) => {
            round_trips(&formula);
            let named = formula.named(&SAMPLE);
            assert_eq!(Formula::read_named(&named, &SAMPLE).as_ref(), Ok(&formula), "{named:?}");
        }
        Err(problem) => {
            let length = text.chars().count();
            assert!(problem.at.start <= problem.at.end && problem.at.end <= length, "{problem:?} of {text:?}");
            assert!(!problem.message.is_empty());
        }
    }
}

fn round_trips(formula: &Formula) {
    let printed = formula.to_string();
    assert_eq!(Formula::parse(&printed).as_ref(), Ok(formula), "{printed:?}");
}
