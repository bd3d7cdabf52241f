//! The roadmap: by when? Lanes of goals on a time axis, whose bars can be dragged to other dates.
//!
//! What it shows is stated by `chart::roadmap`; here it is drawn, and gestures become edits. Not here: what dates mean
//! (`analysis`), and the range of days, which all views share.

mod bars;
mod canvas;
mod dates;
mod drag;
mod head;
mod keys;
mod lane;
mod page;
mod tools;

use std::sync::Arc;

use egui::{CornerRadius, Frame, Id, Margin, Rangef, Rect, Role, ScrollArea, Sense, Ui, WidgetInfo, pos2, vec2};

use self::canvas::{Canvas, LANE, QUARTER};
use super::cycle::empty_cycle_ui;
use super::{page_ui, time_range};
use crate::chart::roadmap::{Arranged, AxisHead, Lane, Reach, Roadmap, axis_head, day_number, title, window};
use crate::model::{Date, GoalId};
use crate::ui::arrival;
use crate::ui::icons;
use crate::ui::scene::{Medium, Scene, Scratch};
use crate::ui::theme::{TextSize, radius, space, stroke};
use crate::ui::widgets;
use crate::workspace::{Action, New, Selection, TimeRange};

pub use page::{RoadmapPart, roadmap_page_ui, roadmap_parts};

/// Fewer days are not shown, nor more.
const LEAST_DAYS: f64 = 14.0;
const MOST_DAYS: f64 = 366.0 * 60.0;
/// Kept free for the scroll bar.
const BAR: f32 = 10.0;

/// What the roadmap keeps between frames.
#[derive(Clone, Default)]
struct Kept {
    held: Option<drag::Held>,
    dates: dates::DatesKept,
    /// To be brought into sight in this frame.
    reveal: Option<GoalId>,
    /// What was selected when that was last looked at.
    seen: Option<Selection>,
    /// A day to be brought into sight.
    go_to: Option<Date>,
    /// The days that a drag beyond the edge ended at.
    left_at: Option<(f64, f64)>,
}

fn kept_id() -> Id {
    Id::unique("roadmap")
}

fn arranged(scene: &Scene<'_>) -> Arranged {
    let view = &scene.view.arranged.roadmap;
    Arranged {
        grouping: view.grouping,
        levels: view.levels,
        folded: view.folded.clone(),
        only_undated: view.only_undated,
        cycle: scene.view.cycle.clone(),
    }
}

/// What it lists as it is arranged.
pub fn roadmap_shown(scene: &Scene<'_>) -> Arc<Roadmap> {
    scene.memos.roadmap(scene.document, scene.as_of, &arranged(scene))
}

/// The days shown: those of the shared range, as a view that looks ahead means them.
fn days(scene: &Scene<'_>, scratch: &mut Scratch, roadmap: &Roadmap, chart_width: f32) -> (f64, f64) {
    if let Some(exact) = time_range::exact(scene, scratch) {
        return exact;
    }
    let calendar = &scene.project.settings.calendar;
    let quarters = (chart_width / scene.theme.px(QUARTER)).round().clamp(4.0, 8.0) as u32;
    let year = window(calendar, scene.as_of, Reach::Year { quarters });
    let fit = roadmap.fit.map_or(year, |(first, last)| {
        let (from, to) = (day_number(first), day_number(last) + 1.0);
        let air = ((to - from) * 0.02).max(LEAST_DAYS / 2.0);
        (from - air, to + air)
    });
    match scene.view.range {
        TimeRange::Months3 => window(calendar, scene.as_of, Reach::Quarter),
        TimeRange::Months6 => window(calendar, scene.as_of, Reach::Half),
        TimeRange::Year1 => year,
        TimeRange::Cycle | TimeRange::All | TimeRange::Custom { .. } => scene.view.days(scene.project, scene.as_of, fit),
    }
}

pub fn roadmap_ui(ui: &mut Ui, scene: &Scene<'_>, scratch: &mut Scratch, medium: Medium, actions: &mut Vec<Action>) {
    if !medium.is_screen() {
        page_ui(ui, scene, medium, "roadmap", |ui| {
            for part in roadmap_parts(scene, ui.available_size()) {
                roadmap_page_ui(ui, scene, scratch, &part);
            }
        });
        return;
    }
    let roadmap = scene.memos.roadmap(scene.document, scene.as_of, &arranged(scene));
    if roadmap.goals.is_empty() {
        if !empty_cycle_ui(ui, scene, actions) {
            empty_ui(ui, scene, actions);
        }
        return;
    }
    Frame::new().inner_margin(Margin { left: 24, right: 24, top: 24, bottom: 16 }).show(ui, |ui| {
        let theme = scene.theme;
        ui.spacing_mut().item_spacing = vec2(space::S, space::S);
        let width = ui.available_width();
        let labels = Canvas::labels_width(theme, width);
        let held = scratch.of::<Kept>(kept_id()).held.as_ref().map(|held| held.range);
        let range = held.unwrap_or_else(|| days(scene, scratch, &roadmap, width - labels - BAR));
        let left = ui.max_rect().left();
        let canvas = Canvas { whole: Rangef::new(left, left + width), x: Rangef::new(left + labels, left + width - BAR), range };
        ui.label(theme.rich(title(scene.project, &scene.evaluation, &roadmap.goals), TextSize::Title));
        tools::tools_ui(ui, scene, scratch, &canvas, &roadmap, actions);
        let mut kept: Kept = scratch.take(kept_id());
        board_ui(ui, scene, scratch, &mut kept, &canvas, &roadmap, actions);
        if let Some(range) = kept.left_at.take() {
            time_range::moved(scratch, range, actions);
        }
        if let Some(day) = kept.go_to.take() {
            let (from, span) = (day_number(day), range.1 - range.0);
            time_range::moved(scratch, (from - span / 6.0, from + span * 5.0 / 6.0), actions);
        }
        scratch.put(kept_id(), kept);
    });
}

/// The card of head and lanes.
fn board_ui(
    ui: &mut Ui,
    scene: &Scene<'_>,
    scratch: &mut Scratch,
    kept: &mut Kept,
    canvas: &Canvas,
    roadmap: &Roadmap,
    actions: &mut Vec<Action>,
) {
    let theme = scene.theme;
    let card = ui.available_rect_before_wrap();
    let head = axis_head(scene.project, canvas.range, canvas.px_per_day(), scene.as_of);
    let head_height = head::height(scene, &head);
    let lanes_height = roadmap.lanes.len() as f32 * theme.px(LANE);
    let card = Rect::from_min_size(card.min, vec2(card.width(), card.height().min(head_height + lanes_height + theme.px(space::S))));
    let corner = CornerRadius::same(radius::CARD);
    ui.painter().rect_filled(card, corner, theme.bg.surface);
    ui.painter().rect_stroke(card, corner, theme.stroke(stroke::HAIRLINE, theme.line.hairline), egui::StrokeKind::Inside);
    let (_, head_rect) = ui.allocate_space(vec2(card.width(), head_height));
    let lanes_rect = Rect::from_min_max(pos2(card.left(), head_rect.bottom()), card.max);
    pan_ui(ui, scratch, canvas, Rect::from_min_max(pos2(canvas.x.min, card.top()), card.max), kept.held.is_some(), actions);
    head::head_ui(ui, scene, canvas, &head, head_rect, Medium::Screen, actions);
    label_head_ui(ui, scene, canvas, head_rect);
    if let Some(Selection::Goal(goal)) = &scene.view.selected
        && roadmap.lanes.iter().any(|lane| matches!(lane, Lane::Goal { goal: shown, .. } if shown == goal))
    {
        arrival::offer(ui, lane::lane_id(goal));
    }
    keys::keys(ui, scene, kept, roadmap, actions);
    if kept.seen != scene.view.selected {
        kept.seen.clone_from(&scene.view.selected);
        if let Some(Selection::Goal(goal)) = &scene.view.selected {
            kept.reveal = Some(goal.clone());
        }
    }
    ui.scope_builder(egui::UiBuilder::new().max_rect(lanes_rect), |ui| {
        lanes_ui(ui, scene, kept, canvas, &head, roadmap, actions);
        drag::drag_ui(ui, scene, kept, canvas, actions);
    });
    ui.painter().hline(card.x_range().shrink(1.0), head_rect.bottom(), theme.stroke(stroke::HAIRLINE, theme.line.hairline));
}

/// "Goal", over the labels.
fn label_head_ui(ui: &Ui, scene: &Scene<'_>, canvas: &Canvas, head: Rect) {
    let theme = scene.theme;
    let at = pos2(head.left() + theme.px(space::L), head.bottom() - theme.px(space::S));
    ui.painter().text(at, egui::Align2::LEFT_BOTTOM, "Goal", theme.font(TextSize::Caption), theme.text.muted);
    ui.painter().vline(canvas.x.min, head.y_range(), theme.stroke(stroke::HAIRLINE, theme.line.hairline));
}

/// Only the lanes in sight are drawn.
fn lanes_ui(
    ui: &mut Ui,
    scene: &Scene<'_>,
    kept: &mut Kept,
    canvas: &Canvas,
    head: &AxisHead,
    roadmap: &Roadmap,
    actions: &mut Vec<Action>,
) {
    let theme = scene.theme;
    let height = theme.px(LANE);
    let count = roadmap.lanes.len();
    let is_goal = |lane: &Lane, wanted: &GoalId| matches!(lane, Lane::Goal { goal, .. } if goal == wanted);
    let area = ScrollArea::vertical().id_salt("roadmap lanes").auto_shrink([false, false]);
    area.show_viewport(ui, |ui, viewport| {
        ui.set_height(count as f32 * height + theme.px(space::S));
        let top = ui.max_rect().top();
        let whole = Rect::from_x_y_ranges(canvas.whole, Rangef::new(top, top + count as f32 * height));
        head::grid_ui(ui, scene, canvas, head, ui.clip_rect());
        let first = (viewport.top() / height).floor().max(0.0) as usize;
        let last = ((viewport.bottom() / height).ceil().max(0.0) as usize).min(count);
        let place =
            |index: usize| Rect::from_min_size(pos2(canvas.whole.min, top + index as f32 * height), vec2(canvas.whole.span(), height));
        let revealed = kept.reveal.take().and_then(|goal| roadmap.lanes.iter().position(|lane| is_goal(lane, &goal)));
        if let Some(index) = revealed {
            ui.scroll_to_rect(place(index).expand2(vec2(0.0, height)), None);
        }
        // What is in hand is drawn wherever it is: else it would be let go.
        let held = drag::held_goal(kept).and_then(|goal| roadmap.lanes.iter().position(|lane| is_goal(lane, goal)));
        let beyond = [revealed, held].into_iter().flatten().filter(|index| !(first..last).contains(index));
        for index in (first..last).chain(beyond.collect::<std::collections::BTreeSet<usize>>()) {
            lane::lane_ui(ui, scene, kept, canvas, place(index), &roadmap.lanes[index], Medium::Screen, actions);
        }
        let visible = whole.intersect(ui.clip_rect());
        ui.painter().vline(canvas.x.min, visible.y_range(), theme.stroke(stroke::HAIRLINE, theme.line.hairline));
        head::now_ui(ui, scene, canvas, ui.clip_rect());
    });
}

/// The axis moves sideways with the wheel and with the ground under the bars, and grows with Ctrl and the wheel.
fn pan_ui(ui: &Ui, scratch: &mut Scratch, canvas: &Canvas, area: Rect, holding: bool, actions: &mut Vec<Action>) {
    let response = ui.interact(area, Id::unique("roadmap ground"), Sense::CLICK | Sense::DRAG);
    response.widget_info(|| WidgetInfo::labeled(Role::Image, true, "Roadmap; drag the ground to scroll sideways"));
    if holding {
        return;
    }
    let (from, to) = canvas.range;
    let mut range = canvas.range;
    if response.dragged() {
        let days = f64::from(response.drag_delta().x) / canvas.px_per_day();
        range = (from - days, to - days);
    }
    let over = ui.input(|i| i.pointer.hover_pos()).filter(|pointer| area.contains(*pointer) && ui.rect_contains_pointer(area));
    if let Some(pointer) = over {
        let (scroll, zoom) = ui.input(|i| (i.smooth_scroll_delta().x, i.zoom_delta()));
        if scroll != 0.0 {
            let days = f64::from(scroll) / canvas.px_per_day();
            range = (range.0 - days, range.1 - days);
        }
        if zoom != 1.0 {
            let at = canvas.day(pointer.x);
            let span = ((to - from) / f64::from(zoom)).clamp(LEAST_DAYS, MOST_DAYS);
            let share = (at - from) / (to - from).max(1e-6);
            range = (at - share * span, at + (1.0 - share) * span);
        }
    }
    if range != canvas.range {
        time_range::moved(scratch, range, actions);
    }
}

fn empty_ui(ui: &mut Ui, scene: &Scene<'_>, actions: &mut Vec<Action>) {
    let why = "Goals stand here from their start to their due date, with how far they have come. Start with an objective, or press C to say \
               a goal in one sentence, with its date.";
    if widgets::empty_state_ui(ui, scene.theme, icons::MILESTONE, "Nothing is planned yet", why, Some("Add an objective")) {
        actions.push(Action::Add(New::Objective { parent: None }));
    }
}
