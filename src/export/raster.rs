use super::ExportError;
use super::paint::SvgPage;

/// The largest side of a picture, in pixels: four times a 4K screen, a gigabyte of memory.
pub const MOST_PIXELS: f32 = 16_384.0;

/// The page as a PNG with `scale` pixels a point. It says its resolution, so that it is placed at the size of its page.
pub fn png(page: &SvgPage, scale: f32) -> Result<Vec<u8>, ExportError> {
    let image = image(page, scale)?;
    let mut bytes = Vec::new();
    image
        .write_to(&mut std::io::Cursor::new(&mut bytes), image::ImageFormat::Png)
        .map_err(|error| ExportError::Drawing(error.to_string()))?;
    say_resolution(&mut bytes, scale);
    Ok(bytes)
}

/// The first chunk of every PNG, behind the signature: 13 bytes of header in their 12 bytes of frame.
const END_OF_HEADER: usize = 8 + 12 + 13;
const POINTS_A_METRE: f64 = 72.0 / 0.0254;

/// Puts the chunk `pHYs` behind the header (PNG specification, 11.3.4.3): pixels a metre both ways.
fn say_resolution(png: &mut Vec<u8>, scale: f32) {
    let pixels = (f64::from(scale) * POINTS_A_METRE).round() as u32;
    let mut body = b"pHYs".to_vec();
    body.extend(pixels.to_be_bytes());
    body.extend(pixels.to_be_bytes());
    body.push(1);
    let length = (body.len() as u32 - 4).to_be_bytes();
    let check = checksum(&body).to_be_bytes();
    let chunk = length.into_iter().chain(body).chain(check);
    png.splice(END_OF_HEADER..END_OF_HEADER, chunk);
}

/// CRC-32 as PNG uses it (ISO 3309, reflected polynomial).
fn checksum(bytes: &[u8]) -> u32 {
    let mut sum = u32::MAX;
    for byte in bytes {
        sum ^= u32::from(*byte);
        for _ in 0..8 {
            sum = if sum & 1 == 1 { (sum >> 1) ^ 0xedb8_8320 } else { sum >> 1 };
        }
    }
    !sum
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_picture_says_its_resolution() {
        // The check value of CRC-32, of every catalogue of checksums.
        assert_eq!(checksum(b"123456789"), 0xcbf4_3926);
        let mut bytes = Vec::new();
        let one = image::RgbaImage::new(1, 1);
        one.write_to(&mut std::io::Cursor::new(&mut bytes), image::ImageFormat::Png).unwrap();
        say_resolution(&mut bytes, 2.0);
        // 144 pixels an inch are 5669 a metre.
        let chunk = [&[0, 0, 0, 9][..], b"pHYs", &5669u32.to_be_bytes(), &5669u32.to_be_bytes(), &[1]].concat();
        assert_eq!(bytes[END_OF_HEADER..END_OF_HEADER + 17], chunk);
        assert_eq!(image::load_from_memory(&bytes).unwrap().to_rgba8(), one, "it is a sound PNG still");
    }
}
