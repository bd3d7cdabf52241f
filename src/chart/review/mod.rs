//! The review as text: what is on the agenda, in which order, with which sentences; and what the meeting log says, day by day.
//!
//! Not here: what is news (`analysis::attention`), how it is drawn, and where in the agenda somebody is.

mod agenda;
mod log;
#[cfg(test)]
mod tests;

pub use agenda::{Agenda, AgendaItem, AgendaSection, AgendaSentence, ItemId, agenda};
pub(super) use log::line;
pub use log::{LogDay, LogLine, LogState, log_days, open_words};
