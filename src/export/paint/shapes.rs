use egui::emath::{GuiRounding as _, Rot2};
use egui::epaint::{
    BandShape, CircleShape, ColorMode, CornerRadiusF32, CubicBezierShape, EllipseShape, PathShape, PathStroke, QuadraticBezierShape,
    RectShape, StrokeKind,
};
use egui::{Color32, Pos2, Rect, Stroke, Vec2, pos2, vec2};

use super::canvas::{Area, Canvas, Fill, Line, Number, stroke_offset, write_to};

/// Edges of rectangles and upright lines are put on this grid, in lines a point: sharp in a PNG at any even scale.
const SHARP: f32 = 2.0;

/// "x y" in a path.
struct At(Pos2);

impl std::fmt::Display for At {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{} {}", Number(self.0.x), Number(self.0.y))
    }
}

/// A path of straight pieces as `d` of a `<path>`.
pub(super) fn outline(points: &[Pos2], closed: bool) -> String {
    let mut d = String::with_capacity(points.len() * 14);
    for (index, point) in points.iter().enumerate() {
        write_to(&mut d, format_args!("{}{} {}", if index == 0 { "M" } else { "L" }, Number(point.x), Number(point.y)));
    }
    if closed {
        d.push('Z');
    }
    d
}

impl Canvas<'_> {
    pub(super) fn circle(&mut self, clip: Rect, circle: &CircleShape) {
        let CircleShape { center, radius, fill, stroke } = *circle;
        if self.place(clip, circle.visual_bounding_rect()) {
            let (x, y, r) = (Number(center.x), Number(center.y), Number(radius));
            write_to(self.body(), format_args!("<circle cx=\"{x}\" cy=\"{y}\" r=\"{r}\"{}{}/>\n", Fill(fill), Line(stroke)));
        }
    }

    pub(super) fn ellipse(&mut self, clip: Rect, ellipse: &EllipseShape) {
        let EllipseShape { center, radius, fill, stroke, angle } = *ellipse;
        if self.place(clip, ellipse.visual_bounding_rect()) {
            let (x, y, rx, ry) = (Number(center.x), Number(center.y), Number(radius.x), Number(radius.y));
            let turn = rotation(angle, center);
            write_to(
                self.body(),
                format_args!("<ellipse cx=\"{x}\" cy=\"{y}\" rx=\"{rx}\" ry=\"{ry}\"{}{}{turn}/>\n", Fill(fill), Line(stroke)),
            );
        }
    }

    pub(super) fn line(&mut self, clip: Rect, mut points: [Pos2; 2], stroke: Stroke) {
        if stroke.is_empty() {
            return;
        }
        let [a, b] = &mut points;
        if a.x == b.x {
            stroke.round_center_to_pixel(SHARP, &mut a.x);
            b.x = a.x;
        }
        if a.y == b.y {
            stroke.round_center_to_pixel(SHARP, &mut a.y);
            b.y = a.y;
        }
        if self.place(clip, Rect::from_two_pos(points[0], points[1]).expand(stroke.width / 2.0)) {
            self.segment(points, stroke);
        }
    }

    pub(super) fn path(&mut self, clip: Rect, path: &PathShape) {
        let PathShape { points, closed, fill, stroke } = path;
        if points.iter().any(|point| !point.is_finite()) || !self.place(clip, path.visual_bounding_rect()) {
            return;
        }
        self.filled_and_stroked(&outline(points, *closed), Rect::from_points(points), *closed, *fill, stroke, points);
    }

    pub(super) fn quadratic(&mut self, clip: Rect, curve: &QuadraticBezierShape) {
        let QuadraticBezierShape { points: [start, pull, end], closed, fill, stroke } = curve;
        if self.place(clip, curve.visual_bounding_rect()) {
            let d = format!("M{}Q{} {}{}", At(*start), At(*pull), At(*end), if *closed { "Z" } else { "" });
            self.filled_and_stroked(&d, curve.visual_bounding_rect(), *closed, *fill, stroke, &curve.flatten(Some(0.1)));
        }
    }

    pub(super) fn cubic(&mut self, clip: Rect, curve: &CubicBezierShape) {
        let CubicBezierShape { points: [start, pull, push, end], closed, fill, stroke } = curve;
        if self.place(clip, curve.visual_bounding_rect()) {
            let d = format!("M{}C{} {} {}{}", At(*start), At(*pull), At(*push), At(*end), if *closed { "Z" } else { "" });
            self.filled_and_stroked(&d, curve.visual_bounding_rect(), *closed, *fill, stroke, &curve.flatten(Some(0.1)));
        }
    }

    pub(super) fn band(&mut self, clip: Rect, band: &BandShape) {
        let BandShape { points, fill, stroke, stroke_kind, angle } = band;
        if !self.place(clip, band.visual_bounding_rect()) {
            return;
        }
        let turn = Rot2::from_angle(*angle);
        let grow = if stroke.is_empty() { 0.0 } else { stroke_offset(*stroke_kind, stroke.width) };
        let valid = |index: usize| points.get(index).is_some_and(|point| point.is_finite() && point.y.min <= point.y.max);
        let mut start = 0;
        while start < points.len() {
            let mut end = start;
            while valid(end) && valid(end + 1) && points[end].x < points[end + 1].x {
                end += 1;
            }
            if end > start {
                let run = &points[start..=end];
                let edge = |x: f32, y: f32| Pos2::ZERO + turn * vec2(x, y);
                let lower = run.iter().map(|point| edge(point.x, (point.y.min - grow).min(point.y.center())));
                let upper = run.iter().rev().map(|point| edge(point.x, (point.y.max + grow).max(point.y.center())));
                let ring: Vec<Pos2> = lower.chain(upper).collect();
                let d = outline(&ring, true);
                write_to(self.body(), format_args!("<path{}{} d=\"{d}\"/>\n", Fill(*fill), Line(*stroke)));
            }
            start = end + 1;
        }
    }

    pub(super) fn rect(&mut self, clip: Rect, shape: &RectShape) {
        let RectShape { rect, corner_radius, fill, stroke, stroke_kind, round_to_pixels, blur_width, brush, angle } = shape;
        let bounds = if brush.is_some() { *rect } else { shape.visual_bounding_rect() };
        if !self.place(clip, bounds) {
            return;
        }
        // Rectangles without end are common, mostly by accident.
        let mut rect = rect.intersect(Rect::from_center_size(Pos2::ZERO, Vec2::splat(2e7)));
        if *angle == 0.0 && round_to_pixels.unwrap_or(true) {
            rect = sharp(rect, *stroke, *stroke_kind);
        }
        let turn = rotation(*angle, rect.center());
        if let Some(brush) = brush.as_ref().filter(|brush| brush.uv != Rect::ZERO) {
            self.picture(rect, brush.fill_texture_id, brush.uv, *fill, CornerRadiusF32::from(*corner_radius), &turn);
            if stroke.is_empty() {
                return;
            }
        }
        let fill = if brush.is_some() { Color32::TRANSPARENT } else { *fill };
        let stroke = if stroke.is_empty() { Stroke::NONE } else { *stroke };
        let soft = if *blur_width > 0.0 { format!(" filter=\"url(#{})\"", self.blur(*blur_width)) } else { String::new() };

        let grow = stroke_offset(*stroke_kind, stroke.width);
        let middle = rect.expand(grow);
        let radius = grown(CornerRadiusF32::from(*corner_radius), grow);
        let body = self.body();
        if stroke.is_empty() || stroke.color.is_opaque() || fill == Color32::TRANSPARENT {
            // One element: the fill ends under the middle of the stroke, so no seam shows at its edge.
            write_box(body, middle, radius, format_args!("{}{}{turn}{soft}", Fill(fill), Line(stroke)));
        } else {
            write_box(body, rect, CornerRadiusF32::from(*corner_radius), format_args!("{}{turn}{soft}", Fill(fill)));
            write_box(body, middle, radius, format_args!(" fill=\"none\"{}{turn}{soft}", Line(stroke)));
        }
    }

    /// An embedded picture in a rectangle, with rounded corners where asked.
    pub(super) fn picture(&mut self, rect: Rect, id: egui::TextureId, uv: Rect, tint: Color32, radius: CornerRadiusF32, turn: &str) {
        let Some(url) = self.textures.data_url(id, uv, tint) else { return };
        let round = if radius == CornerRadiusF32::ZERO {
            String::new()
        } else {
            let name = self.clip_by(&rounded(rect, radius));
            format!(" clip-path=\"url(#{name})\"")
        };
        write_to(self.body(), format_args!("<g{turn}{round}><image{} preserveAspectRatio=\"none\" href=\"{url}\"/></g>\n", Area(rect)));
    }

    fn filled_and_stroked(&mut self, d: &str, extent: Rect, closed: bool, fill: Color32, stroke: &PathStroke, points: &[Pos2]) {
        let PathStroke { width, color, kind } = stroke;
        let fill = if closed { fill } else { Color32::TRANSPARENT };
        match color {
            ColorMode::Solid(color) => {
                let line = Stroke::new(*width, *color);
                match kind {
                    StrokeKind::Middle => {
                        let joined = if closed { "" } else { JOINED };
                        write_to(self.body(), format_args!("<path{}{}{joined} d=\"{d}\"/>\n", Fill(fill), Line(line)));
                    }
                    StrokeKind::Inside | StrokeKind::Outside => {
                        write_to(self.body(), format_args!("<path{} d=\"{d}\"/>\n", Fill(fill)));
                        if !line.is_empty() {
                            // SVG strokes lie on the edge: twice the width, and half of it cut away.
                            let keep = if *kind == StrokeKind::Inside {
                                self.clip_by(d)
                            } else {
                                let around = extent.expand(2.0 * width + 1.0);
                                let corners = [around.left_top(), around.right_top(), around.right_bottom(), around.left_bottom()];
                                self.clip_by(&format!("{}{d}", outline(&corners, true)))
                            };
                            let line = Line(Stroke::new(2.0 * width, *color)).to_string();
                            write_to(self.body(), format_args!("<path fill=\"none\"{line} clip-path=\"url(#{keep})\" d=\"{d}\"/>\n"));
                        }
                    }
                }
            }
            ColorMode::UV(colour_at) => {
                write_to(self.body(), format_args!("<path{} d=\"{d}\"/>\n", Fill(fill)));
                let extent = extent.expand(1.0);
                let back = closed.then(|| points.last().copied().zip(points.first().copied())).flatten();
                let steps = points.windows(2).map(|pair| (pair[0], pair[1])).chain(back);
                for (from, to) in steps {
                    let colour = colour_at(extent, from + (to - from) / 2.0);
                    self.segment([from, to], Stroke::new(*width, colour));
                }
            }
        }
    }
}

/// Lines of data have corners everywhere; sharp ones must not grow spikes.
const JOINED: &str = " stroke-linejoin=\"round\"";

pub(super) fn rotation(angle: f32, around: Pos2) -> String {
    if angle == 0.0 {
        String::new()
    } else {
        format!(" transform=\"rotate({} {} {})\"", Number(angle.to_degrees()), Number(around.x), Number(around.y))
    }
}

/// Puts the edge that the eye sees on the grid, by the rules of egui's tessellator.
fn sharp(rect: Rect, stroke: Stroke, kind: StrokeKind) -> Rect {
    let grid = 1.0 / SHARP;
    let odd =
        !stroke.is_empty() && kind == StrokeKind::Middle && (stroke.width <= grid || ((stroke.width * SHARP).round() as i64) % 2 == 1);
    let rounded = if odd { rect.round_to_pixel_center(SHARP) } else { rect.round_to_pixels(SHARP) };
    // What is thinner than the grid keeps its place rather than vanish.
    if rounded.is_positive() && rect.width() >= grid && rect.height() >= grid { rounded } else { rect }
}

fn grown(radius: CornerRadiusF32, by: f32) -> CornerRadiusF32 {
    let grow = |r: f32| if r > 0.0 { (r + by).max(0.0) } else { 0.0 };
    let CornerRadiusF32 { nw, ne, sw, se } = radius;
    CornerRadiusF32 { nw: grow(nw), ne: grow(ne), sw: grow(sw), se: grow(se) }
}

fn write_box(out: &mut String, rect: Rect, radius: CornerRadiusF32, rest: std::fmt::Arguments<'_>) {
    if radius.is_same() {
        let round = if radius.nw > 0.0 { format!(" rx=\"{}\"", Number(radius.nw)) } else { String::new() };
        write_to(out, format_args!("<rect{}{round}{rest}/>\n", Area(rect)));
    } else {
        write_to(out, format_args!("<path d=\"{}\"{rest}/>\n", rounded(rect, radius)));
    }
}

/// A rectangle whose four corners differ.
fn rounded(rect: Rect, radius: CornerRadiusF32) -> String {
    let most = 0.5 * rect.width().min(rect.height());
    let CornerRadiusF32 { nw, ne, sw, se } = radius;
    let (nw, ne, sw, se) = (nw.clamp(0.0, most), ne.clamp(0.0, most), sw.clamp(0.0, most), se.clamp(0.0, most));
    let Rect { min, max } = rect;
    let mut d = String::new();
    let start = pos2(min.x + nw, min.y);
    write_to(&mut d, format_args!("M{} {}", Number(start.x), Number(start.y)));
    let corners = [
        (pos2(max.x - ne, min.y), ne, pos2(max.x, min.y + ne)),
        (pos2(max.x, max.y - se), se, pos2(max.x - se, max.y)),
        (pos2(min.x + sw, max.y), sw, pos2(min.x, max.y - sw)),
        (pos2(min.x, min.y + nw), nw, start),
    ];
    for (from, r, to) in corners {
        write_to(&mut d, format_args!("L{} {}", Number(from.x), Number(from.y)));
        if r > 0.0 {
            write_to(&mut d, format_args!("A{0} {0} 0 0 1 {1} {2}", Number(r), Number(to.x), Number(to.y)));
        }
    }
    d.push('Z');
    d
}
