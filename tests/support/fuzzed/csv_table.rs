//! Bytes as a table in a text file.

use super::table;

/// Every row is accounted for, and what is taken in makes a project that is sound and can be saved.
pub(crate) fn check(bytes: &[u8]) {
    if !bytes.starts_with(b"PK") {
        table::check(bytes);
    }
}
