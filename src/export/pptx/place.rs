//! Lengths: slides are laid out on 1920 × 1080, as on the screen, and written in the units of a presentation.

/// English Metric Units of the width and height of a slide: 13⅓ by 7½ inches.
pub(super) const WIDTH: i64 = 12_192_000;
pub(super) const HEIGHT: i64 = 6_858_000;

/// English Metric Units a point of the layout.
const EMU: f32 = 6350.0;

pub(super) const MARGIN: f32 = 96.0;
/// From margin to margin.
pub(super) const MEASURE: f32 = 1920.0 - 2.0 * MARGIN;

/// A rectangle on a slide.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Place {
    pub(super) x: f32,
    pub(super) y: f32,
    pub(super) width: f32,
    pub(super) height: f32,
}

impl Place {
    pub(super) const fn new(x: f32, y: f32, width: f32, height: f32) -> Self {
        Self { x, y, width, height }
    }

    /// The whole slide.
    pub(super) const SLIDE: Self = Self::new(0.0, 0.0, 1920.0, 1080.0);
    /// The goal above the message.
    pub(super) const KICKER: Self = Self::new(MARGIN, 52.0, MEASURE, 44.0);
    pub(super) const MESSAGE: Self = Self::new(MARGIN, 96.0, MEASURE, 112.0);
    pub(super) const BODY: Self = Self::new(MARGIN, 232.0, MEASURE, 752.0);
    pub(super) const FOOTER: Self = Self::new(MARGIN, 1010.0, 1440.0, 44.0);
    pub(super) const NUMBER: Self = Self::new(1664.0, 1010.0, 160.0, 44.0);

    /// The largest place of some proportions in the middle of this one.
    pub(super) fn fitted(self, width: f32, height: f32) -> Self {
        let zoom = (self.width / width).min(self.height / height);
        let (w, h) = (width * zoom, height * zoom);
        Self::new(self.x + (self.width - w) / 2.0, self.y + (self.height - h) / 2.0, w, h)
    }
}

pub(super) fn emu(length: f32) -> i64 {
    (length * EMU).round() as i64
}

/// Hundredths of a point of type, for a size in the units of the layout: 960 points are 1920.
pub(super) fn type_size(size: f32) -> i64 {
    (size * 50.0).round() as i64
}
