//! What comes in: tables to a checked preview, then to one edit.
//!
//! The way of a file: bytes → [`Table`] (encoding, delimiter or sheet, header, rows with their lines) → a [`Reading`] for each series (one
//! date and one value a row, or the reason why not) → [`Preview`] (what would change in the project) → one [`Edit`](crate::document::Edit).
//! Where somebody looks on, [`look`] and [`Choices`] stand between: what was guessed, what is said instead ([`Facts`], [`Open`]), and the
//! [`Request`] of both. Nothing is guessed cell by cell: the order of day and month and the decimal mark are decided over the whole column, or
//! the column is refused. No row disappears: each is a point, left out by a filter, without a value, or rejected with a reason.
//!
//! Not here: reading files from disk and applying the edit (the caller does both).

mod asked;
mod attach;
mod cadence;
mod choices;
mod dates;
mod differs;
mod error;
mod facts;
mod follow;
mod guess;
mod heading;
mod keep;
mod looked;
mod names;
mod numbers;
mod parallel;
mod paste;
mod points;
mod preview;
mod reading;
mod request;
pub mod sentence;
mod source;
mod table;
#[cfg(test)]
mod trials;
mod turned;
mod workbook;

pub use asked::{Answer, Asked, Open};
pub use attach::{Attach, Attached, AttachedGoal};
pub use choices::{Choices, Listed, Others, RecipeChoice, SeriesChoice};
pub use dates::DateOrder;
pub use differs::{Differs, differs};
pub use error::ImportError;
pub use facts::{Fact, Facts, delimiter_word};
pub use follow::{Followed, Refreshed, followed, refresh};
pub use guess::{Column, Guess, Holds, Match, Sure, guess, metric_named, names_in, series_of};
pub use keep::{WayTo, recipe_named};
pub use looked::{Looked, ShapeKind, look};
pub use paste::{Paste, PasteHints, PastedRow, read_paste};
pub use points::{Points, ReadPoint};
pub use preview::{Part, Planned, Preview, RandomBits, preview};
pub use reading::{DateReading, NumberReading, Reading, Rejection};
pub use request::{Destination, Request, Take};
pub use source::{MAX_BYTES, MAX_COLUMNS, MAX_ROWS, ReadHints, read_table};
pub use table::{Table, TableSource};
pub use turned::Turned;

use reading::shortened;
