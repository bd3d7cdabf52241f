//! The window onto the map: which part of it is seen, and how large.

use egui::{Pos2, Rect, Vec2, pos2, vec2};

use crate::chart::map::{Area, CARD_WIDTH, Map, Node};

/// From this on cards say all that they have to say; below it a glyph and the title.
pub(super) const FULL: f32 = 0.6;
/// Below this a card has no room for words.
pub(super) const TITLED: f32 = 0.24;
/// Below this a card is a speck in the colour of its status.
pub(super) const SPECK: f32 = 0.09;

const LARGEST: f32 = 2.0;
/// The smallest, unless the whole map asks for less.
const SMALLEST: f32 = 0.05;
/// Kept free around what is fitted, in points of the screen.
const MARGIN: f32 = 32.0;

#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Camera {
    /// What is in the middle of the view, in points of the map.
    pub(super) centre: Pos2,
    /// Points of the screen for one of the map.
    pub(super) zoom: f32,
}

impl Camera {
    /// All of a rectangle of the map in a view, not larger than `most`.
    pub(super) fn fitting(view: Rect, of: Rect, most: f32) -> Self {
        let room = (view.size() - Vec2::splat(2.0 * MARGIN)).max(Vec2::splat(32.0));
        let zoom = (room.x / of.width().max(1.0)).min(room.y / of.height().max(1.0)).clamp(1e-4, most);
        Self { centre: of.center(), zoom }
    }

    /// The whole map in a view.
    pub(super) fn whole(view: Rect, map: &Map) -> Self {
        Self::fitting(view, Rect::from_min_size(Pos2::ZERO, vec2(map.width, map.height)), 1.0)
    }

    pub(super) fn point(&self, view: Rect, at: Pos2) -> Pos2 {
        view.center() + (at - self.centre) * self.zoom
    }

    pub(super) fn at(&self, view: Rect, point: Pos2) -> Pos2 {
        self.centre + (point - view.center()) / self.zoom
    }

    pub(super) fn rect(&self, view: Rect, node: &Node) -> Rect {
        Rect::from_min_size(self.point(view, pos2(node.left, node.top)), vec2(CARD_WIDTH, node.height) * self.zoom)
    }

    /// The part of the map that is seen.
    pub(super) fn area(&self, view: Rect) -> Area {
        let (min, max) = (self.at(view, view.min), self.at(view, view.max));
        Area { left: min.x, top: min.y, right: max.x, bottom: max.y }
    }

    /// Makes everything larger or smaller around a point that stays where it is.
    pub(super) fn zoom_about(&mut self, view: Rect, point: Pos2, factor: f32, map: &Map) {
        let least = Self::whole(view, map).zoom.min(SMALLEST);
        let before = self.at(view, point);
        self.zoom = (self.zoom * factor).clamp(least, LARGEST);
        self.centre += before - self.at(view, point);
    }

    /// Some of the map stays in view.
    pub(super) fn keep_on(&mut self, map: &Map) {
        self.centre = self.centre.clamp(Pos2::ZERO, pos2(map.width, map.height));
    }

    /// Moved as little as shows a card whole.
    pub(super) fn showing(&self, view: Rect, node: &Node) -> Self {
        let (card, room) = (self.rect(view, node), view.shrink(MARGIN.min(view.width() / 4.0)));
        let over =
            |low: f32, high: f32, from: f32, to: f32| if low < from || high - low > to - from { low - from } else { (high - to).max(0.0) };
        let by =
            vec2(over(card.left(), card.right(), room.left(), room.right()), over(card.top(), card.bottom(), room.top(), room.bottom()));
        Self { centre: self.centre + by / self.zoom, zoom: self.zoom }
    }

    /// On the way to another one: both the zoom and the place change evenly to the eye.
    pub(super) fn towards(&self, to: &Self, share: f32) -> Self {
        let eased = share * share * (3.0 - 2.0 * share);
        let zoom = self.zoom * (to.zoom / self.zoom).powf(eased);
        Self { centre: self.centre.lerp(to.centre, eased), zoom }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const VIEW: Rect = Rect { min: Pos2 { x: 100.0, y: 50.0 }, max: Pos2 { x: 1100.0, y: 750.0 } };

    fn map() -> Map {
        let mut map = Map::default();
        (map.width, map.height) = (5_000.0, 4_000.0);
        map
    }

    #[test]
    fn the_point_under_the_pointer_stays_while_zooming() {
        let mut camera = Camera { centre: pos2(2_000.0, 1_000.0), zoom: 0.8 };
        let pointer = pos2(300.0, 600.0);
        let before = camera.at(VIEW, pointer);
        for factor in [1.3, 0.5, 1.9, 0.01, 900.0] {
            camera.zoom_about(VIEW, pointer, factor, &map());
            assert!((camera.at(VIEW, pointer) - before).length() < 0.1, "{camera:?}");
            assert!((0.05..=LARGEST).contains(&camera.zoom));
        }
    }

    #[test]
    fn the_whole_map_fits() {
        let map = map();
        let camera = Camera::whole(VIEW, &map);
        let (from, to) = (camera.point(VIEW, Pos2::ZERO), camera.point(VIEW, pos2(map.width, map.height)));
        assert!(VIEW.contains(from) && VIEW.contains(to), "{from:?} to {to:?}");
    }
}
