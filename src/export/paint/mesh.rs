use egui::epaint::{CornerRadiusF32, Mesh, Vertex, WHITE_UV};
use egui::{Color32, Pos2, Rect, TextureId};

use super::canvas::{Canvas, Fill, write_to};
use super::shapes::outline;
use super::textures::multiply;

/// A triangle whose corners differ by no more than this is drawn in one colour.
const SAME_ENOUGH: u8 = 12;
/// Each level cuts a triangle into four.
const MOST_CUTS: u32 = 4;

impl Canvas<'_> {
    /// Triangles as polygons; a pair that shows an upright piece of a picture becomes that picture.
    pub(super) fn mesh(&mut self, clip: Rect, mesh: &Mesh) {
        if !mesh.is_valid() || !self.place(clip, mesh.calc_bounds()) {
            return;
        }
        let mut rest = mesh.indices.as_slice();
        while let Some((triangle, after)) = rest.split_first_chunk::<3>() {
            if let Some((second, after_both)) = after.split_first_chunk::<3>()
                && let Some((area, uv, tint)) = upright_picture(mesh, *triangle, *second)
            {
                self.picture(area, mesh.texture_id, uv, tint, CornerRadiusF32::ZERO, "");
                rest = after_both;
                continue;
            }
            let corners = triangle.map(|index| mesh.vertices[index as usize]);
            self.triangle(corners, mesh.texture_id, MOST_CUTS);
            rest = after;
        }
    }

    fn triangle(&mut self, corners: [Vertex; 3], texture: TextureId, cuts: u32) {
        let [a, b, c] = corners;
        let alike = far_apart(a.color, b.color).max(far_apart(b.color, c.color)).max(far_apart(a.color, c.color)) <= SAME_ENOUGH;
        let plain = corners.iter().all(|corner| corner.uv == WHITE_UV);
        if cuts > 0 && !(alike && plain) {
            let (ab, bc, ca) = (between(a, b), between(b, c), between(c, a));
            for piece in [[a, ab, ca], [ab, b, bc], [ca, bc, c], [ab, bc, ca]] {
                self.triangle(piece, texture, cuts - 1);
            }
            return;
        }
        let mut colour = mix(mix(a.color, b.color, 0.5), c.color, 1.0 / 3.0);
        if !plain {
            let centre = Pos2::new((a.uv.x + b.uv.x + c.uv.x) / 3.0, (a.uv.y + b.uv.y + c.uv.y) / 3.0);
            colour = multiply(self.textures.sample(texture, centre), colour);
        }
        if colour == Color32::TRANSPARENT {
            return;
        }
        // Without crisp edges a hairline would show between neighbours.
        let points = corners.map(|corner| corner.pos);
        write_to(self.body(), format_args!("<path shape-rendering=\"crispEdges\"{} d=\"{}\"/>\n", Fill(colour), outline(&points, true)));
    }
}

/// Two triangles that together are an upright rectangle with one tint and a straight piece of texture.
fn upright_picture(mesh: &Mesh, first: [u32; 3], second: [u32; 3]) -> Option<(Rect, Rect, Color32)> {
    let corners: Vec<Vertex> = first.iter().chain(&second).map(|index| mesh.vertices[*index as usize]).collect();
    let tint = corners.first()?.color;
    if corners.iter().all(|corner| corner.uv == WHITE_UV) || corners.iter().any(|corner| corner.color != tint) {
        return None;
    }
    let area = Rect::from_points(&corners.iter().map(|corner| corner.pos).collect::<Vec<_>>());
    let at_edge = |corner: &Vertex| {
        (corner.pos.x == area.min.x || corner.pos.x == area.max.x) && (corner.pos.y == area.min.y || corner.pos.y == area.max.y)
    };
    let uv_at = |pos: Pos2| corners.iter().find(|corner| corner.pos == pos).map(|corner| corner.uv);
    let (nw, ne, sw, se) = (uv_at(area.left_top())?, uv_at(area.right_top())?, uv_at(area.left_bottom())?, uv_at(area.right_bottom())?);
    let straight = nw.y == ne.y && sw.y == se.y && nw.x == sw.x && ne.x == se.x;
    (area.is_positive() && corners.iter().all(at_edge) && straight).then_some((area, Rect { min: nw, max: se }, tint))
}

fn far_apart(a: Color32, b: Color32) -> u8 {
    a.to_array().into_iter().zip(b.to_array()).map(|(a, b)| a.abs_diff(b)).max().unwrap_or(0)
}

fn between(a: Vertex, b: Vertex) -> Vertex {
    Vertex { pos: a.pos + (b.pos - a.pos) / 2.0, uv: a.uv + (b.uv - a.uv) / 2.0, color: mix(a.color, b.color, 0.5) }
}

fn mix(a: Color32, b: Color32, share: f32) -> Color32 {
    let mut out = a.to_array();
    for (channel, other) in out.iter_mut().zip(b.to_array()) {
        *channel = (f32::from(*channel) * (1.0 - share) + f32::from(other) * share).round() as u8;
    }
    let [red, green, blue, alpha] = out;
    Color32::from_rgba_premultiplied(red, green, blue, alpha)
}
