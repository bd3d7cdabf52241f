//! One drawing, every output: runs a piece of interface in a headless [`egui::Context`] and writes the shapes it
//! paints as SVG, from which the PNG and the PDF are made.
//!
//! Not here: what is on a page (`export::page`) and what becomes of the SVG (`export::png`, `export::pdf`).

mod canvas;
mod direction;
mod fontbook;
mod letters;
mod mesh;
mod press;
mod shapes;
mod text;
mod textures;

#[cfg(test)]
mod tests;

pub use fontbook::Fontbook;
pub use press::{PIXELS_PER_POINT, Press, Sheet, svg};
pub use textures::Textures;

use std::sync::Arc;

use egui::epaint::ClippedShape;

pub(super) use canvas::Escaped;
use canvas::{Canvas, Number};

use crate::model::as_seen;

/// One page as SVG with real text, and the fonts it is set in.
#[derive(Clone)]
pub struct SvgPage {
    /// A whole SVG document, UTF-8, without anything it would have to load.
    pub svg: String,
    /// Width and height in points; one point is one SVG unit and one PDF point.
    pub size: egui::Vec2,
    /// What the page is called, for an outline.
    pub title: String,
    /// What it shows, for who cannot see it; a line a thought. May be empty.
    pub description: String,
    /// How deep in an outline: 0 at the top, 1 under the page before it that is at the top.
    pub level: u8,
    /// Every face that the text names, under the name it uses.
    pub fonts: Arc<fontdb::Database>,
}

impl SvgPage {
    /// The same drawing at another size, in points, of the same proportions.
    #[must_use]
    pub fn resized(self, size: egui::Vec2) -> Self {
        if size == self.size {
            return self;
        }
        let sides = |size: egui::Vec2| format!(" width=\"{}\" height=\"{}\" viewBox=", Number(size.x), Number(size.y));
        Self { svg: self.svg.replacen(&sides(self.size), &sides(size), 1), size, ..self }
    }
}

impl std::fmt::Debug for SvgPage {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let Self { svg, size, title, description: _, level: _, fonts: _ } = self;
        f.debug_struct("SvgPage").field("title", title).field("size", size).field("bytes", &svg.len()).finish_non_exhaustive()
    }
}

/// Writes shapes that some [`egui::Context`] painted as one SVG document. `fontbook` and `textures` must belong to that context.
pub fn shapes_to_svg(
    context: &egui::Context,
    shapes: &[ClippedShape],
    sheet: &Sheet<'_>,
    fontbook: &mut Fontbook,
    textures: &Textures,
) -> SvgPage {
    fontbook.take_in(context);
    let mut canvas = Canvas::new(sheet.size, context, fontbook, textures);
    for ClippedShape { clip_rect, shape, transform_after_tessellation: moved } in shapes {
        if *moved == egui::emath::TSTransform::IDENTITY {
            canvas.shape(*clip_rect, shape);
        } else if moved.is_valid() {
            let mut shape = shape.clone();
            shape.transform(*moved);
            canvas.shape(*clip_rect, &shape);
        }
    }
    let (title, description) = (as_seen(sheet.title), as_seen(sheet.description));
    SvgPage { svg: canvas.finish(sheet), size: sheet.size, title, description, level: 0, fonts: fontbook.database() }
}
