//! What comes in: tables to a checked preview, then to one edit.
//!
//! The way of a file: bytes → [`Table`] (encoding, delimiter, header, rows with their lines) → [`Reading`] (one date and
//! one value a row, or the reason why not) → [`Preview`] (what would change in the project) → one [`Edit`](crate::document::Edit).
//! Nothing is guessed cell by cell: the order of day and month and the decimal mark are decided over the whole column, or
//! the column is refused. No row disappears: each is a point, left out by a filter, without a value, or rejected with a reason.
//!
//! Not here: reading files from disk and applying the edit (the caller does both).

mod attach;
mod cadence;
mod dates;
mod error;
mod numbers;
mod paste;
mod preview;
mod reading;
pub mod sentence;
mod source;
mod table;
#[cfg(test)]
mod trials;

pub use attach::{Attach, Attached, AttachedGoal};
pub use dates::DateOrder;
pub use error::ImportError;
pub use paste::{Paste, PasteHints, PastedRow, read_paste};
pub use preview::{Destination, Planned, Preview, RandomBits, Request, preview};
pub use reading::{ReadPoint, Reading, Rejection};
pub use source::{MAX_BYTES, MAX_COLUMNS, MAX_ROWS, read_table};
pub use table::{Row, Table};
