use std::fmt::Write as _;

use egui::epaint::{Shape, StrokeKind};
use egui::{Color32, Context, Pos2, Rect, Stroke, Vec2};

use super::{Fontbook, Sheet, Textures};
use crate::model::is_unseen;

/// An SVG document being written: elements, the clips and filters they refer to, and lines waiting to be joined.
pub(super) struct Canvas<'a> {
    pub(super) context: &'a Context,
    pub(super) fontbook: &'a mut Fontbook,
    pub(super) textures: &'a Textures,
    page: Rect,
    body: String,
    definitions: String,
    clips: Vec<Rect>,
    clip: Option<usize>,
    blurs: Vec<f32>,
    shapes_used: usize,
    /// Segments of one stroke that follow each other, such as the dashes of a line, become one path.
    lines: Option<(Stroke, String)>,
}

impl<'a> Canvas<'a> {
    pub(super) fn new(size: Vec2, context: &'a Context, fontbook: &'a mut Fontbook, textures: &'a Textures) -> Self {
        Self {
            context,
            fontbook,
            textures,
            page: Rect::from_min_size(Pos2::ZERO, size),
            body: String::new(),
            definitions: String::new(),
            clips: Vec::new(),
            clip: None,
            blurs: Vec::new(),
            shapes_used: 0,
            lines: None,
        }
    }

    /// Prepares for something that paints within `bounds` under `clip`. `false`: none of it would be seen, so nothing
    /// of it may be written: hidden text would still be found in the file.
    pub(super) fn place(&mut self, clip: Rect, bounds: Rect) -> bool {
        let clip = clip.intersect(self.page);
        if bounds.any_nan() || !clip.intersect(bounds).is_positive() {
            return false;
        }
        let needed = (!clip.contains_rect(bounds) && clip != self.page).then_some(clip);
        let current = self.clip.and_then(|index| self.clips.get(index)).copied();
        if needed != current {
            self.flush();
            if self.clip.take().is_some() {
                self.body.push_str("</g>\n");
            }
            if let Some(rect) = needed {
                let index = self.clip_index(rect);
                self.clip = Some(index);
                write_to(&mut self.body, format_args!("<g clip-path=\"url(#c{index})\">\n"));
            }
        }
        true
    }

    /// Where the next element is written.
    pub(super) fn body(&mut self) -> &mut String {
        self.flush();
        &mut self.body
    }

    /// Adds a segment, joined to those before when the stroke is the same.
    pub(super) fn segment(&mut self, [from, to]: [Pos2; 2], stroke: Stroke) {
        if self.lines.as_ref().is_some_and(|(waiting, _)| *waiting != stroke) {
            self.flush();
        }
        let (_, path) = self.lines.get_or_insert_with(|| (stroke, String::new()));
        write_to(path, format_args!("M{} {}L{} {}", Number(from.x), Number(from.y), Number(to.x), Number(to.y)));
    }

    /// A clip by any path, for strokes that lie wholly inside or outside of it; gives the name to refer to.
    pub(super) fn clip_by(&mut self, path: &str) -> String {
        self.shapes_used += 1;
        let name = format!("s{}", self.shapes_used);
        write_to(&mut self.definitions, format_args!("<clipPath id=\"{name}\"><path clip-rule=\"evenodd\" d=\"{path}\"/></clipPath>\n"));
        name
    }

    /// A soft edge `width` points wide; gives the name to refer to.
    pub(super) fn blur(&mut self, width: f32) -> String {
        let index = self.blurs.iter().position(|known| *known == width).unwrap_or_else(|| {
            self.blurs.push(width);
            // A linear ramp of this width has this standard deviation.
            let deviation = Number(width / 12.0_f32.sqrt());
            let index = self.blurs.len() - 1;
            write_to(
                &mut self.definitions,
                format_args!(
                    "<filter id=\"b{index}\" x=\"-50%\" y=\"-50%\" width=\"200%\" height=\"200%\" color-interpolation-filters=\"sRGB\"><feGaussianBlur stdDeviation=\"{deviation}\"/></filter>\n"
                ),
            );
            index
        });
        format!("b{index}")
    }

    pub(super) fn finish(mut self, sheet: &Sheet<'_>) -> String {
        self.flush();
        if self.clip.take().is_some() {
            self.body.push_str("</g>\n");
        }
        let Self { page, body, definitions, .. } = self;
        let (width, height) = (Number(page.width()), Number(page.height()));
        let mut out = String::with_capacity(body.len() + definitions.len() + 512);
        write_to(
            &mut out,
            format_args!(
                "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{width}\" height=\"{height}\" viewBox=\"0 0 {width} {height}\" \
                 xml:lang=\"{}\" role=\"img\" aria-labelledby=\"title desc\">\n<title id=\"title\">{}</title>\n<desc id=\"desc\">{}</desc>\n",
                Escaped(sheet.language),
                Escaped(sheet.title),
                Escaped(sheet.description)
            ),
        );
        if !definitions.is_empty() {
            write_to(&mut out, format_args!("<defs>\n{definitions}</defs>\n"));
        }
        if sheet.paper != Color32::TRANSPARENT {
            write_to(&mut out, format_args!("<rect width=\"{width}\" height=\"{height}\"{}/>\n", Fill(sheet.paper)));
        }
        out.push_str(&body);
        out.push_str("</svg>\n");
        out
    }

    fn flush(&mut self) {
        if let Some((stroke, path)) = self.lines.take() {
            write_to(&mut self.body, format_args!("<path fill=\"none\"{} d=\"{path}\"/>\n", Line(stroke)));
        }
    }

    fn clip_index(&mut self, rect: Rect) -> usize {
        if let Some(index) = self.clips.iter().position(|known| *known == rect) {
            return index;
        }
        self.clips.push(rect);
        let index = self.clips.len() - 1;
        write_to(&mut self.definitions, format_args!("<clipPath id=\"c{index}\"><rect{}/></clipPath>\n", Area(rect)));
        index
    }
}

/// Appends to a string, which cannot fail.
pub(super) fn write_to(out: &mut String, what: std::fmt::Arguments<'_>) {
    out.write_fmt(what).unwrap_or_default();
}

/// At most three decimals, no trailing zeros, never "-0": the shortest text that is exact enough for any print.
pub(super) struct Number(pub(super) f32);

impl std::fmt::Display for Number {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        if !self.0.is_finite() {
            return f.write_str("0");
        }
        let thousandths = (f64::from(self.0) * 1000.0).round() as i64;
        let sign = if thousandths < 0 { "-" } else { "" };
        let (whole, rest) = (thousandths.unsigned_abs() / 1000, thousandths.unsigned_abs() % 1000);
        write!(f, "{sign}{whole}")?;
        if rest == 0 {
            Ok(())
        } else if rest % 100 == 0 {
            write!(f, ".{}", rest / 100)
        } else if rest % 10 == 0 {
            write!(f, ".{:02}", rest / 10)
        } else {
            write!(f, ".{rest:03}")
        }
    }
}

/// ` x y width height` of a rectangle.
pub(super) struct Area(pub(super) Rect);

impl std::fmt::Display for Area {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let Rect { min, .. } = self.0;
        let (x, y, width, height) = (Number(min.x), Number(min.y), Number(self.0.width()), Number(self.0.height()));
        write!(f, " x=\"{x}\" y=\"{y}\" width=\"{width}\" height=\"{height}\"")
    }
}

/// ` fill` and, unless opaque, ` fill-opacity`.
pub(super) struct Fill(pub(super) Color32);

impl std::fmt::Display for Fill {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write_colour(f, "fill", self.0)
    }
}

/// ` stroke`, its opacity and its width, or nothing.
pub(super) struct Line(pub(super) Stroke);

impl std::fmt::Display for Line {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        if self.0.is_empty() {
            return Ok(());
        }
        write_colour(f, "stroke", self.0.color)?;
        write!(f, " stroke-width=\"{}\"", Number(self.0.width))
    }
}

fn write_colour(f: &mut std::fmt::Formatter<'_>, what: &str, colour: Color32) -> std::fmt::Result {
    let [red, green, blue, alpha] = match colour.to_array() {
        [0, 0, 0, 0] => return write!(f, " {what}=\"none\""),
        // Additive light has no alpha; over a page it comes closest to paint as strong as its brightest channel.
        [red, green, blue, 0] => {
            let strength = red.max(green).max(blue);
            let full = |channel: u8| (u16::from(channel) * 255 / u16::from(strength)) as u8;
            [full(red), full(green), full(blue), strength]
        }
        _ => colour.to_srgba_unmultiplied(),
    };
    write!(f, " {what}=\"#{red:02x}{green:02x}{blue:02x}\"")?;
    if alpha == 255 { Ok(()) } else { write!(f, " {what}-opacity=\"{}\"", Number(f32::from(alpha) / 255.0)) }
}

/// Text for an element or an attribute. Characters that XML cannot hold become U+FFFD: seen, never dropped. What turns the text around or
/// hides in it is left out, as on the screen.
pub(in crate::export) struct Escaped<'a>(pub(in crate::export) &'a str);

impl std::fmt::Display for Escaped<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        for character in self.0.chars() {
            match character {
                '&' => f.write_str("&amp;")?,
                '<' => f.write_str("&lt;")?,
                '>' => f.write_str("&gt;")?,
                '"' => f.write_str("&quot;")?,
                '\'' => f.write_str("&#39;")?,
                '\t' | '\n' | '\r' | '\u{2028}' | '\u{2029}' => f.write_char(' ')?,
                '\u{0}'..='\u{1f}' | '\u{7f}'..='\u{9f}' | '\u{fffe}' | '\u{ffff}' => f.write_char('\u{fffd}')?,
                unseen if is_unseen(unseen) => {}
                other => f.write_char(other)?,
            }
        }
        Ok(())
    }
}

/// Where the middle of a stroke lies, seen from the edge it belongs to: inwards is negative.
pub(super) fn stroke_offset(kind: StrokeKind, width: f32) -> f32 {
    match kind {
        StrokeKind::Inside => -0.5 * width,
        StrokeKind::Middle => 0.0,
        StrokeKind::Outside => 0.5 * width,
    }
}

impl Canvas<'_> {
    /// Writes one shape. Without a wildcard: a new kind of shape must not be lost silently.
    pub(super) fn shape(&mut self, clip: Rect, shape: &Shape) {
        match shape {
            Shape::Noop => {}
            Shape::Vec(shapes) => {
                for shape in shapes {
                    self.shape(clip, shape);
                }
            }
            Shape::Circle(circle) => self.circle(clip, circle),
            Shape::Ellipse(ellipse) => self.ellipse(clip, ellipse),
            Shape::LineSegment { points, stroke } => self.line(clip, *points, *stroke),
            Shape::Path(path) => self.path(clip, path),
            Shape::Band(band) => self.band(clip, band),
            Shape::Rect(rect) => self.rect(clip, rect),
            Shape::Text(text) => self.text(clip, text),
            Shape::Mesh(mesh) => self.mesh(clip, mesh),
            Shape::QuadraticBezier(curve) => self.quadratic(clip, curve),
            Shape::CubicBezier(curve) => self.cubic(clip, curve),
            Shape::Callback(_) => log::warn!("A drawing made for the graphics card only is missing from the export."),
        }
    }
}
