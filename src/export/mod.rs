//! Pages of views to SVG, PNG, PDF, HTML and PowerPoint; tables; words.
//!
//! `paint` turns a drawing into SVG, `png` and `pdf` make the other forms from that SVG, `page` lays out what an export
//! shows, `pptx` makes slides that can be edited, `files` writes it. Not here: what a chart shows (`chart`) and how it is drawn (`ui`).

mod clip;
mod error;
mod files;
mod html;
mod markdown;
pub mod page;
pub mod paint;
mod pdf;
mod pptx;
mod raster;
mod run;
mod stage;
mod tables;
#[cfg(test)]
mod tests;

pub use clip::clip;
pub use error::ExportError;
pub use files::{Existing, ExportedFile, write};
pub use paint::SvgPage;
pub use pdf::{PdfMeta, pdf};
pub use raster::{MOST_PIXELS, image, png};
use stage::Stage;

pub use run::{Watch, render, run, run_watched, unwatched};
