//! What a chart shows, free of egui: lines, bands, marks, labels, ticks, hover texts, domains and decimation.
//!
//! [`trend`] and [`milestone`] state a chart in words and numbers; `ui::chart` draws it. Lines say what they *mean*
//! ([`LineStyle`]), never a colour. Days are counted from 1970-01-01, as in [`crate::model::Stamp::days`]; the value of
//! a period stands on the period's first day, and everything it is compared with (the pace) stands on the same day.
//! Not here: pixels, themes, gestures, and how a number is arrived at (`analysis`).

mod decimate;
mod domain;
mod format;
mod hover;
mod parts;
mod ticks;

pub use decimate::{decimate, visible};
pub use format::ValueFormat;
pub use hover::{Hover, HoverRow};
pub use parts::{Band, BandId, Chart, Gap, Label, LabelKind, Line, LineId, LineStyle, Mark, Note, Spark, Supports, Unfinished};
pub use ticks::Tick;
