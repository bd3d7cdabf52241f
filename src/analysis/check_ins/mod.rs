//! Check-ins: when the next one of a goal is due, how sure people were, and what a value said in one means.
//!
//! One check-in belongs to each period of the goal's check-in cadence, on any of its days; it is asked for in the last week of the period
//! and overdue when the period is over. Not here: what is written down (`document::edits`).

mod due;
mod value;

pub use due::{ASKED_DAYS, CheckIns, check_ins, confidence_line};
pub(super) use due::{is_away, stand_of_open};
pub use value::{KnownValue, PointPlace, ValueSaid, WhyNoValue, expected_there, last_value, value_said};
