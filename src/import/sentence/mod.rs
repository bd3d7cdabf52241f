//! One line of text to one goal: "Bring MAU to 10 million by Q4 2027".
//!
//! The way of a line: words with their places → clauses of time (`time`, `dates`) and of amounts (`slots`, `amounts`) → verb and
//! subject (`verbs`, `subject`) → a [`Reading`], which says what each part was understood as and what is missing → one
//! [`Edit`](crate::document::Edit) (`plan`). What cannot be meant is refused with the reason; nothing is guessed from the text
//! alone that the project knows better.
//!
//! The grammar is English. Not here: a clock (the as-of day is given) and applying the edit (the caller does).

mod amounts;
mod clauses;
mod correct;
mod dates;
mod numbers;
mod plan;
mod reader;
mod reading;
mod refusal;
mod slots;
mod subject;
mod time;
#[cfg(test)]
mod trials;
mod under;
mod verbs;
mod words;

pub use correct::{Corrections, Part, read_day};
pub use plan::{PlanError, Planned};
pub use reader::{Context, MAX_CHARS, read};
pub use reading::{Chip, ChipRole, Kind, Measure, Missing, Reading, Taken};
pub use refusal::Refusal;
pub use under::Under;
