//! What a chart shows, free of egui: lines, bands, marks, labels, ticks, hover texts, domains and decimation.
//!
//! [`trend`] and [`milestone`] state a chart in words and numbers; `ui::chart` draws it. Lines say what they *mean*
//! ([`LineStyle`]), never a colour. Days are counted from 1970-01-01, as in [`crate::model::Stamp::days`]; the value
//! of a period stands on the last day that it covers, the day whose expectation it is compared with.
//! Not here: pixels, themes, gestures, and how a number is arrived at (`analysis`).

mod aims;
pub mod board;
mod context;
mod decimate;
mod distribution;
mod domain;
mod events;
mod facts;
mod figure;
mod forecast;
mod format;
mod hover;
mod insight;
pub mod map;
mod milestone;
pub mod moves;
mod parts;
pub mod review;
pub mod roadmap;
mod seen;
mod spark;
mod standing;
mod subject;
mod table;
mod ticks;
mod trend;
mod values;
mod variation;
mod words;

#[cfg(test)]
pub(crate) mod fixture;
#[cfg(test)]
mod tests;

pub use context::Context;
pub use decimate::{decimate, visible};
pub use distribution::distribution;
pub use facts::{Fact, facts};
pub use figure::{Axis, Bar, Figure, Pen, Reading, Rule, Scale, Series, Spot, SpotRow, Tone, Way, Zone};
pub use forecast::Prospect;
pub use format::ValueFormat;
pub use hover::{Hover, HoverRow};
pub use insight::{Known, insights};
pub use milestone::milestone;
pub use parts::{Band, BandId, Chart, Gap, Label, LabelKind, Line, LineId, LineStyle, Mark, Note, Spark, Supports, Unfinished};
pub use spark::sparkline;
pub use standing::{leading_metric, now_to_target};
pub use subject::Subject;
pub use table::{Cell, Table};
pub use ticks::{Tick, snapped};
pub use trend::{trend, trend_with};
pub use variation::{moving_ranges, variation};
pub use words::CaptionPart;
