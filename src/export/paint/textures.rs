use std::collections::BTreeMap;

use base64::Engine as _;
use egui::epaint::{ImageData, ImageDelta};
use egui::{Color32, ColorImage, Rect, TextureId, TexturesDelta};

/// The pictures that a context has handed to its renderer, kept to be embedded.
#[derive(Default)]
pub struct Textures {
    images: BTreeMap<(u8, u64), ColorImage>,
}

impl Textures {
    /// Applies what changed in a frame. What a frame frees is kept until then: it may still have been painted.
    pub fn take_in(&mut self, delta: &TexturesDelta) {
        for (id, changes) in sorted(delta) {
            for ImageDelta { image: ImageData::Color(image), pos, .. } in changes {
                match pos {
                    None => {
                        self.images.insert(id, ColorImage::clone(image));
                    }
                    Some([x, y]) => {
                        if let Some(whole) = self.images.get_mut(&id) {
                            overwrite(whole, image, *x, *y);
                        }
                    }
                }
            }
        }
    }

    /// The part `uv` of a texture (0 to 1) times `tint`, as a `data:` address of a PNG; `None` when it is unknown or empty.
    pub(super) fn data_url(&self, id: TextureId, uv: Rect, tint: Color32) -> Option<String> {
        let image = self.images.get(&key(id))?;
        let [width, height] = image.size;
        let column = |u: f32| ((u * width as f32).round().max(0.0) as usize).min(width);
        let row = |v: f32| ((v * height as f32).round().max(0.0) as usize).min(height);
        let (left, right) = (column(uv.min.x.min(uv.max.x)), column(uv.min.x.max(uv.max.x)));
        let (top, bottom) = (row(uv.min.y.min(uv.max.y)), row(uv.min.y.max(uv.max.y)));
        if left >= right || top >= bottom {
            return None;
        }
        let mut bytes = Vec::with_capacity((right - left) * (bottom - top) * 4);
        let flip_x = uv.min.x > uv.max.x;
        let flip_y = uv.min.y > uv.max.y;
        for y in top..bottom {
            let y = if flip_y { top + bottom - 1 - y } else { y };
            for x in left..right {
                let x = if flip_x { left + right - 1 - x } else { x };
                bytes.extend(multiply(image.pixels[y * width + x], tint).to_srgba_unmultiplied());
            }
        }
        let picture = image::RgbaImage::from_raw((right - left) as u32, (bottom - top) as u32, bytes)?;
        let mut png = Vec::new();
        picture.write_to(&mut std::io::Cursor::new(&mut png), image::ImageFormat::Png).ok()?;
        Some(format!("data:image/png;base64,{}", base64::engine::general_purpose::STANDARD.encode(png)))
    }

    /// The colour of a texture at `uv`, white where it is unknown.
    pub(super) fn sample(&self, id: TextureId, uv: egui::Pos2) -> Color32 {
        let Some(image) = self.images.get(&key(id)) else { return Color32::WHITE };
        let [width, height] = image.size;
        if width == 0 || height == 0 {
            return Color32::WHITE;
        }
        let x = ((uv.x * width as f32) as usize).min(width - 1);
        let y = ((uv.y * height as f32) as usize).min(height - 1);
        image.pixels[y * width + x]
    }
}

/// Colours multiply channel by channel, as a renderer does with a texture and its tint.
pub(super) fn multiply(a: Color32, b: Color32) -> Color32 {
    if b == Color32::WHITE {
        return a;
    }
    let mut out = a.to_array();
    for (channel, other) in out.iter_mut().zip(b.to_array()) {
        *channel = ((u16::from(*channel) * u16::from(other) + 127) / 255) as u8;
    }
    let [red, green, blue, alpha] = out;
    Color32::from_rgba_premultiplied(red, green, blue, alpha)
}

fn overwrite(whole: &mut ColorImage, part: &ColorImage, x: usize, y: usize) {
    let [whole_width, whole_height] = whole.size;
    let [width, height] = part.size;
    if x + width > whole_width || y + height > whole_height {
        return;
    }
    for row in 0..height {
        let to = (y + row) * whole_width + x;
        whole.pixels[to..to + width].copy_from_slice(&part.pixels[row * width..(row + 1) * width]);
    }
}

fn key(id: TextureId) -> (u8, u64) {
    match id {
        TextureId::Managed(number) => (0, number),
        TextureId::User(number) => (1, number),
    }
}

fn sorted(delta: &TexturesDelta) -> BTreeMap<(u8, u64), &[ImageDelta]> {
    delta.set.iter().map(|(id, changes)| (key(*id), changes.as_slice())).collect()
}
