//! The briefing as text, Markdown and JSON; problems as lines.
//!
//! Turns what `analysis` worked out into words and numbers to send round. Not here: where the text goes (`cli`), and pages with
//! charts on them (`export`).

mod check_ins;
mod json;
mod markdown;
mod meetings;
mod mending;
mod moves;
mod page;
mod problems;
mod series;
mod text;
#[cfg(test)]
mod worked_examples;

pub use check_ins::check_in_words;
pub use json::{json, json_text};
pub use markdown::{markdown, markdown_text};
pub use page::WIDTH;
pub use problems::{problem_lines, warning_lines};
pub use series::series;
pub use text::{glyph as status_glyph, text};
