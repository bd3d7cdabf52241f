//! Where the window onto the map begins, and where it goes: with gestures, with what is asked for, and with the map when that changes.

use std::collections::BTreeSet;
use std::sync::Arc;

use egui::{Pos2, Rect, Response, Ui, Vec2, pos2, vec2};

use super::Kept;
use super::camera::{Camera, TITLED};
use crate::chart::map::{CARD_WIDTH, CardOf, Map, Wanted};
use crate::ui::scene::Scene;
use crate::ui::theme::space;
use crate::workspace::{Action, Arrangement, MapView};

/// The zoom at which a map that does not fit is first shown, and at which something far away is shown.
const FIRST: f32 = 0.75;
/// A map that fits at this zoom is first shown whole.
const WHOLE_FROM: f32 = 0.45;
/// A flight takes this long, in seconds.
const FLIGHT: f64 = 0.25;
/// How near to the edge the map moves under a drag, and by how much in a frame.
const EDGE: f32 = 28.0;
const EDGE_STEP: f32 = 10.0;

/// On the way to somewhere else.
#[derive(Clone, Copy)]
pub(super) struct Flight {
    from: Camera,
    to: Camera,
    start: f64,
}

/// Where the window onto the map begins, and where it goes when the map, its own size or the selection changes.
pub(super) fn keep_place(
    ui: &Ui,
    scene: &Scene<'_>,
    map: &Arc<Map>,
    kept: &mut Kept,
    view: Rect,
    selected: Option<&CardOf>,
    actions: &mut Vec<Action>,
) {
    let place = selected.and_then(|s| map.place_of(s));
    let Some(mut camera) = kept.camera else {
        let whole = Camera::whole(view, map);
        kept.fitted = whole.zoom >= WHOLE_FROM;
        let first = place.unwrap_or(0);
        kept.camera = Some(if kept.fitted { whole } else { beside(map, first, view) });
        kept.seen.clone_from(&scene.view.selected);
        return;
    };
    if kept.fitted && kept.view.is_some_and(|before| before.size() != view.size()) {
        camera = Camera::whole(view, map);
        kept.flight = None;
    }
    if let Some(before) = kept.map.as_ref().filter(|before| !Arc::ptr_eq(before, map)) {
        let moved = moved(before, map, &camera, kept.view.unwrap_or(view), kept.anchor.as_ref().or(selected));
        camera.centre += moved;
        if let Some(flight) = &mut kept.flight {
            flight.from.centre += moved;
            flight.to.centre += moved;
        }
    }
    kept.anchor = None;
    kept.camera = Some(camera);
    if kept.seen == scene.view.selected {
        return;
    }
    match place {
        Some(at) => {
            kept.seen.clone_from(&scene.view.selected);
            // What is too small to read is brought near.
            let near =
                if camera.zoom < TITLED { Camera { centre: middle(map, at), zoom: FIRST } } else { camera.showing(view, &map.nodes[at]) };
            fly_to(ui, kept, near);
        }
        None => match selected.map(|s| unfolding(scene, s)) {
            Some(folded) if !folded.is_empty() => {
                let left = scene.view.arranged.map.folded.difference(&folded).cloned().collect();
                actions.push(Action::Arrange(Arrangement::Map(MapView { folded: left })));
            }
            _ => kept.seen.clone_from(&scene.view.selected),
        },
    }
}

fn middle(map: &Map, at: usize) -> Pos2 {
    pos2(map.nodes[at].left + CARD_WIDTH / 2.0, map.nodes[at].middle())
}

/// A card at the left of the view, with room for what hangs on it.
fn beside(map: &Map, at: usize, view: Rect) -> Camera {
    let node = &map.nodes[at];
    let zoom = FIRST;
    // As much of what is beside it as there is, but nothing beyond the map.
    let left = node.left - space::XL / zoom;
    let wide = (map.width + space::XL / zoom - view.width() / zoom).max(-space::XL / zoom);
    let x = left.min(wide.max(-space::XL / zoom)) + view.width() / 2.0 / zoom;
    Camera { centre: pos2(x, node.middle()), zoom }
}

/// The folded cards above something that is not shown because of them.
fn unfolding(scene: &Scene<'_>, subject: &CardOf) -> BTreeSet<CardOf> {
    let folded = &scene.view.arranged.map.folded;
    if folded.is_empty() {
        return BTreeSet::new();
    }
    let cycle = scene.view.goals_of_cycle(scene.project, &scene.tree);
    let nothing = BTreeSet::new();
    let whole = Map::of(scene.project, &scene.tree, Wanted { cycle: cycle.as_ref(), folded: &nothing, aspect: 1.0 });
    whole.above(subject).into_iter().filter(|above| folded.contains(above)).collect()
}

/// How far what was looked at has moved: the wanted card if it was seen, else the one nearest to the middle that is still there.
fn moved(before: &Map, now: &Map, camera: &Camera, view: Rect, wanted: Option<&CardOf>) -> Vec2 {
    let way = |subject: &CardOf| {
        let (old, new) = (before.place_of(subject)?, now.place_of(subject)?);
        Some((old, middle(now, new) - middle(before, old)))
    };
    let area = camera.area(view);
    if let Some((old, way)) = wanted.and_then(way)
        && let at = middle(before, old)
        && area.contains(at.x, at.y)
    {
        return way;
    }
    let distance = |at: usize| (middle(before, at) - camera.centre).length();
    let stays = (0..before.nodes.len()).filter(|&at| now.place_of(&before.nodes[at].subject).is_some());
    let nearest = stays.min_by(|&a, &b| distance(a).total_cmp(&distance(b)));
    nearest.and_then(|at| way(&before.nodes[at].subject)).map_or(Vec2::ZERO, |(_, way)| way)
}

/// Goes there, in a moment where things may move.
pub(super) fn fly_to(ui: &Ui, kept: &mut Kept, to: Camera) {
    let Some(from) = kept.camera.filter(|from| *from != to) else { return };
    kept.fitted = false;
    if ui.style().animation_time > 0.0 {
        kept.flight = Some(Flight { from, to, start: ui.input(|i| i.time) });
    } else {
        kept.camera = Some(to);
    }
}

/// The next step of a flight; the last one ends it, and no frame is asked for any more.
pub(super) fn fly(ui: &Ui, kept: &mut Kept) {
    let Some(Flight { from, to, start }) = kept.flight else { return };
    let share = ((ui.input(|i| i.time) - start) / FLIGHT).clamp(0.0, 1.0) as f32;
    kept.camera = Some(from.towards(&to, share));
    if share >= 1.0 {
        kept.camera = Some(to);
        kept.flight = None;
    } else {
        ui.ctx().request_repaint();
    }
}

pub(super) fn fit(ui: &Ui, map: &Map, kept: &mut Kept, view: Rect) {
    fly_to(ui, kept, Camera::whole(view, map));
    kept.fitted = true;
}

pub(super) fn zoom(map: &Map, kept: &mut Kept, view: Rect, about: Pos2, factor: f32) {
    if let Some(camera) = &mut kept.camera {
        camera.zoom_about(view, about, factor, map);
        (kept.fitted, kept.flight) = (false, None);
    }
}

/// Dragging the ground, scrolling, pinching; the edges while a card is dragged.
pub(super) fn gestures(ui: &Ui, map: &Map, kept: &mut Kept, canvas: &Response, view: Rect) {
    let Some(mut camera) = kept.camera else { return };
    let before = camera;
    if canvas.dragged() {
        camera.centre -= canvas.drag_delta() / camera.zoom;
    }
    if canvas.contains_pointer() {
        let (scroll, factor, pointer) = ui.input(|i| (i.smooth_scroll_delta(), i.zoom_delta(), i.pointer.hover_pos()));
        if let Some(pointer) = pointer
            && factor != 1.0
        {
            camera.zoom_about(view, pointer, factor, map);
        }
        camera.centre -= scroll / camera.zoom;
    }
    if kept.held.is_some()
        && let Some(pointer) = ui.input(|i| i.pointer.latest_pos())
    {
        let towards = |at: f32, low: f32, high: f32| {
            if at < low + EDGE {
                -EDGE_STEP
            } else if at > high - EDGE {
                EDGE_STEP
            } else {
                0.0
            }
        };
        let by = vec2(towards(pointer.x, view.left(), view.right()), towards(pointer.y, view.top(), view.bottom()));
        if by != Vec2::ZERO && view.contains(pointer) {
            camera.centre += by / camera.zoom;
            ui.ctx().request_repaint();
        }
    }
    camera.keep_on(map);
    if camera != before {
        kept.camera = Some(camera);
        (kept.fitted, kept.flight) = (false, None);
    }
}
