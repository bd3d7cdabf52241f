//! What the roadmap shows, free of egui: the lanes and their order, the bar of each goal, the head of the time axis, and what moving a
//! bar would do to dates. Days on the axis are counted from 1970-01-01; a span covers its last day to the end.
//!
//! Not here: pixels, gestures, and how dates are written into a project (`document::edits`).

mod axis;
mod bar;
mod lanes;
mod moves;
mod title;

#[cfg(test)]
mod tests;

pub use axis::{AxisHead, Cell, Reach, axis_head, day_number, window};
pub use bar::{Bar, BarMark, DateOrigin, MarkKind, bar};
pub use lanes::{Arranged, Grouping, Lane, Levels, Roadmap, roadmap};
pub use moves::{Edges, Grip, Pull, Snap, between, is_movable, moved, own_dates, preview, pulled, stage_moved, suggested};
pub use title::title;
