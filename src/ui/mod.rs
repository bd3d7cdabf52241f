//! Theme, widgets and views: draws, answers with actions.
//!
//! Not here: anything that changes a project (that is `document`), what a chart shows (that is `chart`), files (that is
//! `export`), and colours or sizes outside [`theme`].

mod arrival;
pub mod chart;
pub mod fonts;
pub mod frame;
pub mod icons;
pub mod inspector;
mod outside_file;
pub mod present;
pub mod scene;
pub mod sheets;
pub mod slides;
pub mod theme;
pub mod views;
pub mod why;
pub mod widgets;
