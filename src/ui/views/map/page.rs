//! The map on paper: as large a page as all of it needs to be read, and more pages where that would be too large.

use egui::{Rect, Ui, Vec2, pos2, vec2};

use super::camera::Camera;
use super::cards::{Brush, Look};
use super::lines::Lines;
use super::{headings, kind_of, overview};
use crate::chart;
use crate::chart::map::{CardOf, Map, card, pages, summary};
use crate::model::Tree;
use crate::ui::scene::{Medium, Scene};
use crate::ui::theme::{Scale, TextSize, space};
use crate::ui::widgets;

/// Cards are never smaller than this on a page, so that their words can be read; and not much larger than on a screen.
const LEAST_ZOOM: f32 = 0.8;
const MOST_ZOOM: f32 = 1.6;
/// No page is wider or higher than this, in points: a sheet of A0 is 2384 × 3370.
const LARGEST: Vec2 = Vec2::new(4_800.0, 3_400.0);

/// A map that is drawn on a page of its own.
pub struct MapPage {
    pub map: Map,
    /// Width and height of the page, in points.
    pub size: Vec2,
    /// What is on it, for who cannot see it.
    pub description: String,
}

/// The pages of the map as a scene has it. `around` is what a page of this size keeps free for margins and footer.
pub fn map_pages(scene: &Scene<'_>, size: Vec2, around: Vec2) -> Vec<MapPage> {
    let whole = scene.memos.map(scene.document, scene.view);
    let around = around + vec2(0.0, head_height(scene));
    let room = size - around;
    let largest = LARGEST.max(size) - around;
    let most = largest / LEAST_ZOOM;
    let context = chart::Context { project: scene.project, evaluation: &scene.evaluation };
    if whole.is_empty() {
        return Vec::new();
    }
    let page = |map: Map| {
        // The page that was asked for where that is large enough, else one as large as it has to be.
        let wanted = vec2(map.width, map.height) * LEAST_ZOOM;
        MapPage { size: (wanted.max(room) + around).ceil(), description: summary(&context, &map), map }
    };
    if let Some(map) = whole.within((room / LEAST_ZOOM).into()) {
        return vec![page(map)];
    }
    pages(&whole, (most.x, most.y), room.x / room.y.max(1.0)).into_iter().map(page).collect()
}

/// What is above the map: title and what its marks mean.
fn head_height(scene: &Scene<'_>) -> f32 {
    let theme = scene.theme;
    theme.type_of(TextSize::Page).line_height + theme.type_of(TextSize::Small).line_height + theme.px(space::M)
}

/// A map in the room that there is, with its head.
pub fn map_page_ui(ui: &mut Ui, scene: &Scene<'_>, map: &Map) {
    let theme = scene.theme;
    let area = ui.available_rect_before_wrap();
    ui.spacing_mut().item_spacing.y = 0.0;
    widgets::truncated_ui(ui, theme.rich(title(scene, map), TextSize::Page));
    let line = theme.type_of(TextSize::Small).line_height;
    let row = ui.available_rect_before_wrap().top() + line / 2.0;
    overview::legend_ui(ui, theme, pos2(area.left(), row), false);
    let room = Rect::from_min_max(pos2(area.left(), area.top() + head_height(scene)), area.max);
    let wanted = vec2(map.width, map.height);
    let zoom = (room.size() / wanted).min_elem().min(MOST_ZOOM);
    // From the top left, as one reads; in the middle across where it is narrow.
    let left = ((room.width() - wanted.x * zoom) / 2.0).max(0.0) / zoom;
    let camera = Camera { zoom, centre: (room.size() / 2.0 / zoom).to_pos2() - vec2(left, 0.0) };
    let painter = ui.painter().clone();
    let screen = theme.scaled(Scale::Screen);
    let lines = Lines { painter: &painter, theme: &screen, view: room, camera, map, lit: None };
    headings(ui, &Scene { theme: &screen, ..scene.clone() }, map, &camera, room);
    lines.paint_stems();
    let all: Vec<usize> = (0..map.nodes.len()).collect();
    lines.paint_links(&all);
    let wraps = std::cell::RefCell::default();
    let brush = Brush { painter: &painter, theme: &screen, zoom, medium: Medium::Page, wraps: &wraps };
    let context = chart::Context { project: scene.project, evaluation: &scene.evaluation };
    for (at, node) in map.nodes.iter().enumerate() {
        let spark = match &node.subject {
            CardOf::Metric(id) => Some(scene.memos.sparkline(scene.document, scene.as_of, id)),
            CardOf::Goal(_) => None,
        };
        let card = card(&context, map, at, spark.as_deref());
        let rect = camera.rect(room, node);
        brush.card(rect, node, &card, kind_of(scene, &node.subject), spark.as_deref(), Look::default());
        if node.folded == Some(true)
            && let Some(place) = brush.knob_place(rect, node)
        {
            brush.knob(place, node, false);
        }
    }
}

/// "Fieldnote: what supports what", and what the page is about where it is one of several.
fn title(scene: &Scene<'_>, map: &Map) -> String {
    let first = map.nodes.first().map(|node| &node.subject);
    let above = match first {
        Some(CardOf::Goal(id)) => Tree::path(scene.project, id),
        _ => Vec::new(),
    };
    let name = &scene.project.name;
    match above.split_last() {
        Some((_, above)) if !above.is_empty() => {
            let path: Vec<&str> = above.iter().map(|g| g.title.as_str()).collect();
            format!("{name}: what supports what, under {}", path.join(" › "))
        }
        _ => format!("{name}: what supports what"),
    }
}
