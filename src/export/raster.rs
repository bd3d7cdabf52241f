use super::ExportError;
use super::paint::SvgPage;

/// The largest side of a picture, in pixels: four times a 4K screen, a gigabyte of memory.
pub const MOST_PIXELS: f32 = 16_384.0;

/// The page as a PNG with `scale` pixels a point.
pub fn png(page: &SvgPage, scale: f32) -> Result<Vec<u8>, ExportError> {
    let image = image(page, scale)?;
    let mut bytes = Vec::new();
    image
        .write_to(&mut std::io::Cursor::new(&mut bytes), image::ImageFormat::Png)
        .map_err(|error| ExportError::Drawing(error.to_string()))?;
    Ok(bytes)
}

/// The page as pixels, with `scale` pixels a point.
pub fn image(page: &SvgPage, scale: f32) -> Result<image::RgbaImage, ExportError> {
    let width = (page.size.x * scale).round();
    let height = (page.size.y * scale).round();
    if !(width >= 1.0 && height >= 1.0 && width <= MOST_PIXELS && height <= MOST_PIXELS) {
        return Err(ExportError::Size { width, height });
    }
    let tree = tree(page)?;
    let mut pixels = resvg::tiny_skia::Pixmap::new(width as u32, height as u32).ok_or(ExportError::Size { width, height })?;
    let transform = resvg::tiny_skia::Transform::from_scale(width / tree.size().width(), height / tree.size().height());
    resvg::render(&tree, transform, &mut pixels.as_mut());
    image::RgbaImage::from_raw(width as u32, height as u32, pixels.take_demultiplied()).ok_or(ExportError::Size { width, height })
}

/// The page as the tree that both the PNG and the PDF are drawn from.
pub(super) fn tree(page: &SvgPage) -> Result<usvg::Tree, ExportError> {
    let options = usvg::Options {
        fontdb: std::sync::Arc::clone(&page.fonts),
        // Every run names the face that has its characters; where none has, its own box is drawn, not some other face's.
        font_resolver: usvg::FontResolver {
            select_font: usvg::FontResolver::default_font_selector(),
            select_fallback: Box::new(|_, _, _| None),
        },
        ..usvg::Options::default()
    };
    usvg::Tree::from_str(&page.svg, &options).map_err(|error| ExportError::Drawing(error.to_string()))
}
