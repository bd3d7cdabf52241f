//! Pictures of the interface without a graphics card: what `egui_kittest` lays out is drawn by the exporter.

use egui::{Color32, Context, FullOutput, TexturesDelta};
use waymark::export;
use waymark::export::paint::{Fontbook, Sheet, Textures, shapes_to_svg};

/// Give it to `Harness::builder().with_render_cursor(false).renderer(..)`.
#[derive(Default)]
pub(crate) struct TestRenderer {
    fontbook: Fontbook,
    textures: Textures,
}

impl egui_kittest::TestRenderer for TestRenderer {
    fn handle_delta(&mut self, delta: &mut TexturesDelta) {
        self.textures.take_in(delta);
        delta.clear();
    }

    fn render(&mut self, context: &Context, output: &FullOutput) -> Result<image::RgbaImage, String> {
        let size = context.content_rect().size();
        let paper = context.global_style().visuals.panel_fill.blend(Color32::TRANSPARENT);
        let sheet = Sheet { size, title: "Test", description: "", language: "en", paper };
        let page = shapes_to_svg(context, &output.shapes, &sheet, &mut self.fontbook, &self.textures);
        export::image(&page, output.pixels_per_point).map_err(|error| error.to_string())
    }
}
