//! The map from afar: cards as specks, the small map in the corner, and what the marks mean.

use egui::{Color32, CornerRadius, Mesh, Rect, Role, Sense, Shape, StrokeKind, Ui, WidgetInfo, pos2, vec2};

use super::camera::Camera;
use super::lines::paint_mark;
use crate::chart::map::{Map, Tie};
use crate::model::Status;
use crate::ui::theme::{TextSize, Theme, radius, space, stroke};

const WIDTH: f32 = 176.0;
const HEIGHT: f32 = 116.0;
const PADDING: f32 = 6.0;

/// The colour that stands for a card from afar.
fn speck_colour(theme: &Theme, status: Option<Status>) -> Color32 {
    status.map_or(theme.line.context_series, |status| theme.status(status).mark)
}

/// Many cards as one mesh: a frame as soon as there is room for one, filled with the colour of the status.
pub(super) fn specks(theme: &Theme, view: Rect, camera: &Camera, map: &Map, statuses: &[Option<Status>], seen: &[usize]) -> Shape {
    let mut mesh = Mesh::default();
    mesh.reserve_triangles(2 * seen.len());
    mesh.reserve_vertices(4 * seen.len());
    // Cards come column by column, from top to bottom.
    let mut last = pos2(f32::NAN, f32::NAN);
    for &at in seen {
        let rect = camera.rect(view, &map.nodes[at]);
        // What would fall on half a point with another one is drawn once.
        if rect.left() == last.x && rect.top() - last.y < 0.5 {
            continue;
        }
        last = rect.min;
        let rect = Rect::from_min_size(rect.min, rect.size().max(vec2(1.0, 1.0))).intersect(view);
        let status = statuses.get(at).copied().flatten();
        if rect.height() > 5.0 {
            mesh.add_colored_rect(rect, theme.line.axis);
            mesh.add_colored_rect(rect.shrink(1.0), theme.bg.surface);
            let middle = Rect::from_center_size(rect.center(), vec2(rect.width() * 0.5, rect.height() * 0.4));
            mesh.add_colored_rect(middle, speck_colour(theme, status));
        } else {
            mesh.add_colored_rect(rect, speck_colour(theme, status));
        }
    }
    Shape::mesh(mesh)
}

/// The whole map in the lower right corner, with a frame around what is seen. A click or drag goes there.
pub(super) fn minimap_ui(ui: &Ui, theme: &Theme, view: Rect, camera: &mut Camera, map: &Map, statuses: &[Option<Status>]) -> bool {
    let place = Rect::from_min_size(view.max - vec2(WIDTH + space::M, HEIGHT + space::M), vec2(WIDTH, HEIGHT));
    let scale = ((WIDTH - 2.0 * PADDING) / map.width.max(1.0)).min((HEIGHT - 2.0 * PADDING) / map.height.max(1.0));
    let origin = place.center() - vec2(map.width, map.height) * scale / 2.0;
    let response = ui.interact(place, egui::Id::unique("map overview"), Sense::click_and_drag());
    response.widget_info(|| WidgetInfo::labeled(Role::Image, true, "The whole map, small: click to go there"));
    let painter = ui.painter().with_clip_rect(place.intersect(view));
    let corner = CornerRadius::same(radius::WINDOW);
    painter.rect(place, corner, theme.bg.panel, theme.stroke(stroke::HAIRLINE, theme.line.hairline), StrokeKind::Inside);
    let mut mesh = Mesh::default();
    for column in map.columns() {
        let mut last = f32::NEG_INFINITY;
        for at in column {
            let node = &map.nodes[at];
            let top = origin.y + node.top * scale;
            // What would fall on the same pixel is drawn once.
            if top - last < 1.0 {
                continue;
            }
            last = top;
            let size = vec2((crate::chart::map::CARD_WIDTH * scale).max(1.0), (node.height * scale).max(1.0));
            let rect = Rect::from_min_size(pos2(origin.x + node.left * scale, top), size);
            mesh.add_colored_rect(rect, speck_colour(theme, statuses.get(at).copied().flatten()));
        }
    }
    painter.add(Shape::mesh(mesh));
    let area = camera.area(view);
    let seen = Rect::from_min_max(origin + vec2(area.left, area.top) * scale, origin + vec2(area.right, area.bottom) * scale);
    let seen = seen.intersect(place.shrink(2.0));
    painter.rect_stroke(seen, 2.0, theme.stroke(stroke::CONTEXT, theme.accent.accent), StrokeKind::Inside);
    if (response.clicked() || response.dragged())
        && let Some(pointer) = response.interact_pointer_pos()
    {
        camera.centre = ((pointer - origin) / scale).to_pos2();
        return true;
    }
    false
}

/// What lines and marks mean, from a point to the right; answers with the width.
pub(super) fn legend_ui(ui: &Ui, theme: &Theme, left_centre: egui::Pos2, framed: bool) -> f32 {
    const ENTRIES: [(Tie, &str); 4] = [
        (Tie::Role(crate::model::Role::Outcome), "outcome"),
        (Tie::Role(crate::model::Role::Driver), "driver"),
        (Tie::Role(crate::model::Role::Guardrail), "guardrail"),
        (Tie::Input, "part of a formula"),
    ];
    let painter = ui.painter();
    let font = theme.font(TextSize::Caption);
    let galleys: Vec<_> =
        ENTRIES.iter().map(|(_, word)| painter.layout_no_wrap((*word).to_owned(), font.clone(), theme.text.muted)).collect();
    let (gap, mark) = (theme.px(space::M), theme.px(12.0));
    let width = galleys.iter().map(|g| g.size().x + mark + gap).sum::<f32>() + gap;
    let height = theme.type_of(TextSize::Caption).line_height + theme.px(space::S);
    let place = Rect::from_min_size(left_centre - vec2(0.0, height / 2.0), vec2(width, height));
    if framed {
        let corner = CornerRadius::same(radius::WINDOW);
        painter.rect(place, corner, theme.bg.panel, theme.stroke(stroke::HAIRLINE, theme.line.hairline), StrokeKind::Inside);
    }
    let mut x = place.left() + if framed { gap } else { 0.0 };
    for ((tie, _), galley) in ENTRIES.into_iter().zip(galleys) {
        paint_mark(painter, theme, pos2(x + theme.px(4.0), place.center().y), theme.px(4.0), tie);
        x += mark;
        let size = galley.size();
        painter.galley(pos2(x, place.center().y - size.y / 2.0), galley, Color32::PLACEHOLDER);
        x += size.x + gap;
    }
    width
}
