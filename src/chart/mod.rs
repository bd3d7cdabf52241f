//! What charts and views show, free of egui: lines, bands, marks, labels, ticks, hover texts, domains and decimation.
//!
//! [`trend`] and [`milestone`] state a chart in words and numbers; `ui::chart` draws it. Lines say what they *mean*
//! ([`LineStyle`]), never a colour. Days are counted from 1970-01-01, as in [`crate::model::Stamp::days`]; the value
//! of a period stands on the last day that it covers, the day whose expectation it is compared with. `board`, `map`, `scorecard`,
//! `roadmap` and `review` state the views of those names; [`Figure`] is whatever has no calendar as its axis; `why` takes numbers apart.
//! Not here: pixels, themes, gestures, and how a number is arrived at (`analysis`).

mod aims;
pub mod board;
mod compare;
mod context;
mod decimate;
pub mod deck;
mod distribution;
mod domain;
mod events;
mod facts;
mod figure;
mod forecast;
mod format;
mod hover;
mod indexed;
mod insight;
pub mod map;
mod milestone;
pub mod moves;
mod parts;
pub mod review;
pub mod roadmap;
mod scale;
pub mod scorecard;
mod season;
mod seen;
mod spark;
mod standing;
mod subject;
mod table;
mod ticks;
mod trend;
mod value_table;
mod values;
mod variation;
mod why;
mod words;
mod year;

#[cfg(test)]
pub(crate) mod figure_tests;
#[cfg(test)]
pub(crate) mod fixture;
#[cfg(test)]
pub(crate) mod tests;

pub use compare::compare_periods;
pub use context::Context;
pub use decimate::{decimate, visible};
pub use distribution::distribution;
pub use events::shortened;
pub use facts::{Fact, facts};
pub use figure::{Axis, Bar, Figure, Pen, Reading, Rule, Scale, Series, Spot, SpotRow, Tone, Way, Zone};
pub use forecast::Prospect;
pub use format::ValueFormat;
pub use hover::{Hover, HoverRow};
pub use indexed::{Against, compare_metrics};
pub use insight::{Known, insights};
pub use milestone::milestone;
pub use parts::{Band, BandId, Chart, Gap, Label, LabelKind, Line, LineId, LineStyle, Mark, Note, Spark, Supports, Unfinished};
pub use scale::ValueScale;
pub use season::{season_cycle, season_years};
pub use spark::sparkline;
pub use standing::{leading_metric, now_to_target};
pub use subject::{Other, Subject};
pub use table::{Cell, Table};
pub use ticks::{Tick, snapped};
pub use trend::{trend, trend_with};
pub use value_table::value_table;
pub use variation::{moving_ranges, variation};
pub use why::{Why, WhyNumber, WhyOf, why, whys};
pub use words::CaptionPart;
