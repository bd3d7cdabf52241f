//! The roadmap on pages: as many lanes on each as fit under the head.

use std::ops::Range;
use std::sync::Arc;

use egui::{Rangef, Rect, Ui, Vec2, pos2, vec2};

use super::canvas::{Canvas, LANE};
use super::{Kept, arranged, days, head, lane};
use crate::chart::roadmap::{Lane, Roadmap, axis_head, bar, title};
use crate::ui::scene::{Medium, Scene, Scratch};
use crate::ui::theme::{TextSize, space};
use crate::ui::widgets;

/// Lanes that stand on one page.
#[derive(Clone, Debug)]
pub struct RoadmapPart {
    roadmap: Arc<Roadmap>,
    lanes: Range<usize>,
}

impl RoadmapPart {
    /// What its lanes say, for who cannot see the page.
    pub fn description(&self, scene: &Scene<'_>) -> String {
        let told = |lane: &Lane| match lane {
            Lane::Group { title, .. } => Some(title.clone()),
            Lane::Goal { goal, .. } => bar(scene.project, &scene.tree, &scene.evaluation, goal).map(|bar| bar.words),
        };
        self.roadmap.lanes[self.lanes.clone()].iter().filter_map(told).collect::<Vec<_>>().join(". ")
    }
}

/// The parts that fit on pages of this size; none where there is no goal.
pub fn roadmap_parts(scene: &Scene<'_>, room: Vec2) -> Vec<RoadmapPart> {
    let theme = scene.theme;
    let roadmap = scene.memos.roadmap(scene.document, scene.as_of, &arranged(scene));
    let canvas = canvas(scene, &roadmap, Rect::from_min_size(pos2(0.0, 0.0), room));
    let axis = axis_head(scene.project, canvas.range, canvas.px_per_day(), scene.as_of);
    let above = theme.type_of(TextSize::Title).line_height + theme.px(space::M) + head::height(scene, &axis);
    let a_page = (((room.y - above) / theme.px(LANE)).floor().max(1.0)) as usize;
    (0..roadmap.lanes.len())
        .step_by(a_page)
        .map(|first| RoadmapPart { roadmap: Arc::clone(&roadmap), lanes: first..(first + a_page).min(roadmap.lanes.len()) })
        .collect()
}

fn canvas(scene: &Scene<'_>, roadmap: &Roadmap, room: Rect) -> Canvas {
    let labels = Canvas::labels_width(scene.theme, room.width());
    let range = days(scene, &mut Scratch::default(), roadmap, room.width() - labels);
    Canvas { whole: room.x_range(), x: Rangef::new(room.left() + labels, room.right()), range }
}

/// Title, head and the lanes of one page.
pub fn roadmap_page_ui(ui: &mut Ui, scene: &Scene<'_>, _scratch: &mut Scratch, part: &RoadmapPart) {
    let theme = scene.theme;
    ui.spacing_mut().item_spacing.y = theme.px(space::M);
    let words = title(scene.project, &scene.evaluation, &part.roadmap.goals);
    let words = if part.lanes.start > 0 { format!("{words} (continued)") } else { words };
    widgets::truncated_ui(ui, theme.rich(words, TextSize::Title));
    let room = ui.available_rect_before_wrap();
    let canvas = canvas(scene, &part.roadmap, room);
    let axis = axis_head(scene.project, canvas.range, canvas.px_per_day(), scene.as_of);
    let (_, head_rect) = ui.allocate_space(vec2(room.width(), head::height(scene, &axis)));
    head::head_ui(ui, scene, &canvas, &axis, head_rect, Medium::Page, &mut Vec::new());
    let height = theme.px(LANE);
    let lanes = Rect::from_min_size(head_rect.left_bottom(), vec2(room.width(), height * part.lanes.len() as f32));
    head::grid_ui(ui, scene, &canvas, &axis, lanes);
    let mut kept = Kept::default();
    for (row, index) in part.lanes.clone().enumerate() {
        let place = Rect::from_min_size(pos2(lanes.left(), lanes.top() + row as f32 * height), vec2(lanes.width(), height));
        lane::lane_ui(ui, scene, &mut kept, &canvas, place, &part.roadmap.lanes[index], Medium::Page, &mut Vec::new());
    }
    head::now_ui(ui, scene, &canvas, lanes);
}
