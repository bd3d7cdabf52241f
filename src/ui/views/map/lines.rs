//! What leads from card to card: lines to the goal above, lines of KPIs in the colour and with the mark of their role, lines of formulas.

use egui::{Color32, Mesh, Painter, Pos2, Rect, Shape, Stroke, pos2, vec2};

use super::camera::{Camera, SPECK, TITLED};
use crate::chart::map::{Link, Lit, Map, Tie};
use crate::model::Role;
use crate::ui::theme::{Theme, stroke};

/// Where lines turn down, from the right edge of a card: those to goals, to KPIs by role, to inputs of a formula.
const TURNS: [f32; 5] = [22.0, 34.0, 42.0, 50.0, 34.0];
/// The room of the mark before a KPI.
const MARK: f32 = 9.0;
const CORNER: f32 = 8.0;
/// More curves than this are drawn only for what is pointed at.
const MOST_CURVES: usize = 400;

/// The colour of a role, wherever it is drawn.
pub(super) fn role_colour(theme: &Theme, role: Role) -> Color32 {
    theme.cat(match role {
        Role::Outcome => 0,
        Role::Driver => 2,
        Role::Guardrail => 1,
    })
}

fn colour_of(theme: &Theme, tie: Tie) -> Color32 {
    match tie {
        Tie::Top | Tie::Under => theme.line.context_series,
        Tie::Role(role) => role_colour(theme, role),
        Tie::Input => theme.text.muted,
    }
}

/// Which of [`TURNS`] a line takes.
fn turn_of(tie: Tie) -> usize {
    match tie {
        Tie::Top | Tie::Under => 0,
        Tie::Role(Role::Outcome) => 1,
        Tie::Role(Role::Driver) => 2,
        Tie::Role(Role::Guardrail) => 3,
        Tie::Input => 4,
    }
}

/// The mark of what a line means: outcome a disc, driver an arrow head that pushes, guardrail a bar, input of a formula a ring.
pub(super) fn paint_mark(painter: &Painter, theme: &Theme, centre: Pos2, radius: f32, tie: Tie) {
    let colour = colour_of(theme, tie);
    match tie {
        Tie::Top | Tie::Under => {}
        Tie::Role(Role::Outcome) => {
            painter.circle_filled(centre, radius, colour);
        }
        Tie::Role(Role::Driver) => {
            let points = vec![
                centre + vec2(-radius * 1.2, 0.0),
                centre + vec2(radius * 0.9, -radius * 1.15),
                centre + vec2(radius * 0.9, radius * 1.15),
            ];
            painter.add(Shape::convex_polygon(points, colour, Stroke::NONE));
        }
        Tie::Role(Role::Guardrail) => {
            painter.rect_filled(Rect::from_center_size(centre, vec2(radius * 0.9, radius * 2.6)), 0.0, colour);
        }
        Tie::Input => {
            painter.circle(centre, radius * 0.8, theme.bg.window, Stroke::new(radius * 0.45, colour));
        }
    }
}

/// Everything that lines are drawn with.
pub(super) struct Lines<'a> {
    pub(super) painter: &'a Painter,
    pub(super) theme: &'a Theme,
    pub(super) view: Rect,
    pub(super) camera: Camera,
    pub(super) map: &'a Map,
    /// What belongs to the card that is pointed at or selected.
    pub(super) lit: Option<&'a Lit>,
}

impl Lines<'_> {
    /// The lines by which cards hang on others.
    pub(super) fn paint_stems(&self) {
        let Self { map, camera, view, lit, .. } = self;
        let parents: Vec<usize> = map.parents_in_area(camera.area(*view)).collect();
        if camera.zoom < TITLED {
            let mut mesh = Mesh::default();
            for &parent in &parents {
                self.paint_plain(&mut mesh, parent);
            }
            self.painter.add(Shape::mesh(mesh));
            return;
        }
        // What is lit lies above the rest.
        for pass in [false, true] {
            if pass && lit.is_none() {
                break;
            }
            for &parent in &parents {
                for child in map.children(parent) {
                    let is_lit = lit.is_some_and(|lit| lit.stems[child]);
                    if is_lit == pass {
                        self.paint_stem(parent, child, is_lit);
                    }
                }
            }
        }
    }

    fn turn(&self, tie: Tie) -> f32 {
        TURNS[turn_of(tie)] * self.camera.zoom
    }

    /// Where lines leave a card.
    fn out_of(&self, card: usize) -> Pos2 {
        let node = &self.map.nodes[card];
        self.camera.point(self.view, pos2(node.right(), node.middle()))
    }

    /// Where the line from what it hangs on meets a card.
    fn into(&self, card: usize) -> Pos2 {
        let node = &self.map.nodes[card];
        self.camera.point(self.view, pos2(node.left, node.middle()))
    }

    /// Right angles without round corners, for when they are small: one mesh for all, with one trunk for what hangs on a card alike.
    fn paint_plain(&self, mesh: &mut Mesh, parent: usize) {
        let half = if self.camera.zoom < SPECK { 0.375 } else { 0.5 };
        let mut line = |a: Pos2, b: Pos2, half: f32, colour: Color32| {
            let rect = Rect::from_two_pos(a, b).expand(half);
            if rect.intersects(self.view) {
                mesh.add_colored_rect(rect.intersect(self.view), colour);
            }
        };
        // From where to where each trunk reaches, and its colour.
        let mut trunks: [Option<(f32, f32, Tie)>; TURNS.len()] = [None; TURNS.len()];
        let from = self.out_of(parent);
        for child in self.map.children(parent) {
            let tie = self.map.nodes[child].tie;
            let to = self.into(child);
            line(pos2(from.x + self.turn(tie), to.y), to, half, colour_of(self.theme, tie));
            let (top, bottom, _) = trunks[turn_of(tie)].unwrap_or((from.y, from.y, tie));
            trunks[turn_of(tie)] = Some((top.min(to.y), bottom.max(to.y), tie));
        }
        for (top, bottom, tie) in trunks.into_iter().flatten() {
            let (turn, colour) = (from.x + self.turn(tie), colour_of(self.theme, tie));
            line(from, pos2(turn, from.y), half, colour);
            line(pos2(turn, top), pos2(turn, bottom), half, colour);
        }
        let Some(lit) = self.lit else { return };
        for child in self.map.children(parent).filter(|&child| lit.stems[child]) {
            let tie = self.map.nodes[child].tie;
            let (to, turn) = (self.into(child), from.x + self.turn(tie));
            let colour = if tie == Tie::Under { self.theme.accent.accent } else { colour_of(self.theme, tie) };
            for (a, b) in [(from, pos2(turn, from.y)), (pos2(turn, from.y), pos2(turn, to.y)), (pos2(turn, to.y), to)] {
                line(a, b, 2.0 * half, colour);
            }
        }
    }

    fn paint_stem(&self, parent: usize, child: usize, is_lit: bool) {
        let Self { theme, view, camera, map, painter, .. } = self;
        let tie = map.nodes[child].tie;
        let (from, to) = (self.out_of(parent), self.into(child));
        if !Rect::from_two_pos(from, to).expand(8.0).intersects(*view) {
            return;
        }
        let colour = if is_lit && tie == Tie::Under { theme.accent.accent } else { colour_of(theme, tie) };
        let width = if is_lit { stroke::FOCUS } else { stroke::CONTEXT } * camera.zoom.clamp(0.5, 1.5);
        let line = Stroke::new(width, colour);
        let points = elbow(from, to, from.x + self.turn(tie), CORNER * camera.zoom);
        if tie == Tie::Input {
            painter.extend(Shape::dashed_line(&points, line, 4.0 * camera.zoom, 3.0 * camera.zoom));
        } else {
            painter.add(Shape::line(points, line));
        }
        paint_mark(painter, theme, to - vec2(MARK * camera.zoom, 0.0), 4.5 * camera.zoom, tie);
    }

    /// Links to other goals and formulas, as curves. All of those that begin or end in view; of very many only the lit ones.
    pub(super) fn paint_links(&self, seen: &[usize]) {
        let Self { map, lit, .. } = self;
        let mut links: Vec<usize> = seen.iter().flat_map(|&node| map.links_at(node)).collect();
        links.sort_unstable();
        links.dedup();
        let is_lit = |link: usize| lit.is_some_and(|lit| lit.links[link]);
        if links.len() > MOST_CURVES || self.camera.zoom < SPECK {
            links.retain(|&link| is_lit(link));
            links.truncate(MOST_CURVES);
        }
        for pass in [false, true] {
            for &link in links.iter().filter(|&&link| is_lit(link) == pass) {
                self.paint_link(map.links[link], pass);
            }
        }
    }

    fn paint_link(&self, link: Link, is_lit: bool) {
        let Self { theme, view, camera, map, painter, .. } = self;
        let (from, to) = (camera.rect(*view, &map.nodes[link.from]), camera.rect(*view, &map.nodes[link.to]));
        let zoom = camera.zoom;
        let reach = |a: f32, b: f32| ((b - a).abs() * 0.5).clamp(30.0 * zoom, 160.0 * zoom);
        // The lower third: the middle is where what hangs on a card begins.
        let height = |rect: Rect| rect.top() + rect.height() * 0.72;
        let (start, end, bend) = if to.right() < from.left() {
            (pos2(from.left(), height(from)), pos2(to.right(), height(to)), [-1.0, 1.0])
        } else if to.left() > from.right() {
            (pos2(from.right(), height(from)), pos2(to.left(), height(to)), [1.0, -1.0])
        } else {
            (pos2(from.right(), height(from)), pos2(to.right(), height(to)), [1.0, 1.0])
        };
        let mark_at = end + vec2(bend[1] * MARK * zoom, 0.0);
        let pull = reach(start.x, mark_at.x);
        let curve = [start, start + vec2(bend[0] * pull, 0.0), mark_at + vec2(bend[1] * pull, 0.0), mark_at];
        let colour = colour_of(theme, link.tie);
        let colour = if is_lit { colour } else { colour.gamma_multiply(0.75) };
        let width = if is_lit { stroke::FOCUS } else { stroke::GRID } * zoom.clamp(0.6, 1.5);
        let line = Stroke::new(width, colour);
        if link.tie == Tie::Input {
            let points: Vec<Pos2> = (0..=32).map(|step| bezier(curve, step as f32 / 32.0)).collect();
            painter.extend(Shape::dashed_line(&points, line, 4.0 * zoom.max(0.4), 3.0 * zoom.max(0.4)));
        } else {
            painter.add(egui::epaint::CubicBezierShape::from_points_stroke(curve, false, Color32::TRANSPARENT, line));
        }
        paint_mark(painter, theme, mark_at, 4.5 * zoom.max(0.4), link.tie);
    }
}

/// The point of a cubic Bézier curve after de Casteljau.
fn bezier(curve: [Pos2; 4], share: f32) -> Pos2 {
    let [first, middle, last] = [0, 1, 2].map(|at| curve[at].lerp(curve[at + 1], share));
    first.lerp(middle, share).lerp(middle.lerp(last, share), share)
}

/// Right, down or up at `turn`, and right again, with round corners.
fn elbow(from: Pos2, to: Pos2, turn: f32, corner: f32) -> Vec<Pos2> {
    let rise = to.y - from.y;
    let corner = corner.min(rise.abs() / 2.0).min((turn - from.x).abs()).min((to.x - turn).abs());
    if corner < 0.5 {
        return if rise.abs() < 0.5 { vec![from, to] } else { vec![from, pos2(turn, from.y), pos2(turn, to.y), to] };
    }
    let down = rise.signum();
    let mut points = vec![from];
    for step in 0..=4 {
        let angle = std::f32::consts::FRAC_PI_2 * step as f32 / 4.0;
        points.push(pos2(turn - corner + corner * angle.sin(), from.y + down * corner * (1.0 - angle.cos())));
    }
    for step in 0..=4 {
        let angle = std::f32::consts::FRAC_PI_2 * step as f32 / 4.0;
        points.push(pos2(turn + corner * (1.0 - angle.cos()), to.y - down * corner * (1.0 - angle.sin())));
    }
    points.push(to);
    points
}
