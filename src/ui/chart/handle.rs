//! What can be dragged on a chart: a line at a height, a point, or a day. The caller says which there are and does what the moves ask
//! for; while one is dragged the axis stands still, so that the value stays under the pointer.

use egui::accesskit::Action as Asked;
use egui::{Align2, CornerRadius, CursorIcon, EventFilter, Id, Key, Modifiers, Pos2, Rect, Response, Role, Sense, Shape, Stroke};
use egui::{StrokeKind, Ui, Vec2, WidgetInfo, pos2, vec2};

use chrono::{Datelike as _, Months};

use super::{ChartResponse, PlotScratch};
use crate::chart::{Chart, snapped};
use crate::model::{Date, Stamp, date_words};
use crate::ui::theme::{TextSize, Theme, radius, size, space, stroke};

/// A value that can be dragged up and down, or a day that can be dragged to and fro.
#[derive(Clone, Debug, PartialEq)]
pub struct Handle {
    /// What it is, for screen readers: "Target", "Stage of 31 Mar 2026".
    pub name: String,
    pub place: HandlePlace,
    /// A value of the metric; for [`HandlePlace::Day`] a day since 1970.
    pub value: f64,
    /// The least and the greatest value, both included; infinite where there is no end.
    pub limits: (f64, f64),
    /// What follows from it, said while it is dragged: "28 % likely".
    pub answer: Option<String>,
}

/// Days since 1970.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum HandlePlace {
    Line {
        from: f64,
        to: f64,
    },
    Point(f64),
    /// Its value is the day; it stands at this height.
    Day {
        height: f64,
    },
}

impl HandlePlace {
    fn is_day(self) -> bool {
        matches!(self, Self::Day { .. })
    }
}

/// What somebody did with a handle.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum HandleMove {
    /// A drag begins; moves follow until it is released or aborted.
    Began,
    To(f64),
    Released,
    Aborted,
    /// One step by key: complete in itself.
    Set(f64),
}

/// The handle in hand.
#[derive(Clone, Debug)]
pub(super) struct Grip {
    handle: Id,
    value: f64,
    /// Where the pointer took it: its height, for days its place across.
    pointer: f32,
    per_px: f64,
    /// A day is in hand: the days shown stand still.
    is_day: bool,
    /// The values of the axis: it stands still, and grows where the value leaves it.
    pub(super) shown: (f64, f64),
}

impl Grip {
    pub(super) fn is_day(&self) -> bool {
        self.is_day
    }
}

/// A line is taken from this far away, in points.
const REACH: f32 = 5.0;
const POINT: f32 = 18.0;
const GRIP: Vec2 = vec2(22.0, 8.0);
const DAY_GRIP: Vec2 = vec2(8.0, 22.0);
/// The ends of months are caught from this far away, in points.
const CATCH: f32 = 4.0;
/// Of the axis, above or below a value that left it.
const AIR: f64 = 0.04;

/// Draws the handles over a chart that was just drawn, and tells what was done with which of them, in order.
pub fn handles_ui(
    ui: &Ui,
    theme: &Theme,
    chart: &Chart,
    scratch: &mut PlotScratch,
    drawn: &ChartResponse,
    handles: &[Handle],
) -> Vec<(usize, HandleMove)> {
    let mut moves = Vec::new();
    let mut held = false;
    for (index, handle) in handles.iter().enumerate() {
        let id = drawn.id.with(("handle", &handle.name));
        let Some(area) = area(drawn, handle) else {
            if scratch.grip.as_ref().is_some_and(|g| g.handle == id) {
                scratch.grip = None;
                moves.push((index, HandleMove::Aborted));
            }
            continue;
        };
        let response = ui.interact(area, id, Sense::click_and_drag());
        let step = if handle.place.is_day() { 1.0 } else { chart.key_step(drawn.shown) };
        drag(ui, chart, scratch, drawn, handle, &response, &mut |m| moves.push((index, m)));
        if let Some(to) = keys(ui, &response, handle, step) {
            moves.push((index, HandleMove::Set(to)));
        }
        let in_hand = scratch.grip.as_ref().is_some_and(|g| g.handle == id);
        held |= in_hand;
        if response.hovered() || in_hand {
            ui.ctx().set_cursor_icon(if handle.place.is_day() { CursorIcon::ResizeHorizontal } else { CursorIcon::ResizeVertical });
        }
        if response.clicked() {
            response.request_focus();
        }
        paint(ui, theme, drawn, handle, &response, in_hand);
        if in_hand {
            pill(ui, theme, chart, scratch, drawn, handle);
        }
        let keys = if handle.place.is_day() { "left and right" } else { "up and down" };
        response.widget_info(|| WidgetInfo {
            value: Some(handle.value),
            current_text_value: Some(written(chart, handle, handle.value, Exact::Yes)),
            ..WidgetInfo::labeled(Role::Slider, true, format!("{}; drag it, or use the {keys} keys", handle.name))
        });
    }
    if !held {
        scratch.grip = None;
    }
    moves
}

#[derive(Clone, Copy, PartialEq)]
enum Exact {
    Yes,
    No,
}

/// A value of a handle in words.
fn written(chart: &Chart, handle: &Handle, value: f64, exact: Exact) -> String {
    match (handle.place, exact) {
        (HandlePlace::Day { .. }, _) => date_words(day_of(value)),
        (_, Exact::Yes) => chart.format.exact(value),
        (_, Exact::No) => chart.format.value(value),
    }
}

fn day_of(days: f64) -> Date {
    Stamp::from_seconds((days.round() * 86_400.0) as i64).date()
}

/// A whole day, or the end of a month that is near.
fn snapped_day(raw: f64, per_px: f64) -> f64 {
    let day = day_of(raw);
    let first = day.with_day(1).unwrap_or(day);
    let ends = [Some(first), first.checked_add_months(Months::new(1))].into_iter().flatten().filter_map(|d| d.pred_opt());
    let near = ends.map(|end| Stamp::from_date(end).days()).min_by(|a, b| (a - raw).abs().total_cmp(&(b - raw).abs()));
    near.filter(|end| (end - raw).abs() <= f64::from(CATCH) * per_px).unwrap_or_else(|| raw.round())
}

/// Where it is taken hold of; `None` where it is out of sight.
fn area(drawn: &ChartResponse, handle: &Handle) -> Option<Rect> {
    let plot = drawn.plot;
    if let HandlePlace::Day { height } = handle.place {
        let at = pos2(drawn.transform.position_from_point_x(handle.value), drawn.transform.position_from_point_y(height));
        return plot.expand(REACH).contains(at).then(|| Rect::from_center_size(at, DAY_GRIP + Vec2::splat(4.0)));
    }
    let y = drawn.transform.position_from_point_y(handle.value);
    if !plot.expand(REACH).y_range().contains(y) {
        return None;
    }
    let x = |day: f64| drawn.transform.position_from_point_x(day);
    match handle.place {
        HandlePlace::Line { from, to } => {
            let (from, to) = (x(from).max(plot.left()), x(to).min(plot.right()));
            // A line that has hardly begun is taken at its end.
            let from = from.min(to - GRIP.x).max(plot.left());
            (from < to).then(|| Rect::from_min_max(pos2(from, y - REACH), pos2(to, y + REACH)))
        }
        HandlePlace::Point(day) => {
            let at = pos2(x(day), y);
            plot.expand(REACH).contains(at).then(|| Rect::from_center_size(at, Vec2::splat(POINT)))
        }
        HandlePlace::Day { .. } => None,
    }
}

fn within(handle: &Handle, value: f64) -> f64 {
    value.max(handle.limits.0).min(handle.limits.1)
}

fn drag(
    ui: &Ui,
    chart: &Chart,
    scratch: &mut PlotScratch,
    drawn: &ChartResponse,
    handle: &Handle,
    response: &Response,
    moved: &mut impl FnMut(HandleMove),
) {
    if response.drag_started()
        && let Some(origin) = ui.input(|i| i.pointer.press_origin())
    {
        let is_day = handle.place.is_day();
        let per_px = drawn.transform.dvalue_dpos()[usize::from(!is_day)].abs();
        let (value, pointer) = (handle.value, if is_day { origin.x } else { origin.y });
        scratch.grip = Some(Grip { handle: response.id, value, pointer, per_px, is_day, shown: drawn.shown });
        scratch.read = None;
        response.request_focus();
        moved(HandleMove::Began);
    }
    let Some(grip) = scratch.grip.as_mut().filter(|g| g.handle == response.id) else { return };
    if ui.input_mut(|i| i.consume_key(Modifiers::NONE, Key::Escape)) {
        ui.ctx().stop_dragging();
        scratch.grip = None;
        moved(HandleMove::Aborted);
        return;
    }
    if let Some(pointer) = response.interact_pointer_pos().or_else(|| ui.input(|i| i.pointer.latest_pos())) {
        let by = if grip.is_day { pointer.x - grip.pointer } else { grip.pointer - pointer.y };
        let raw = grip.value + f64::from(by) * grip.per_px;
        // Where the pointer came back to, the value is again what it was.
        let to = match grip.is_day {
            _ if by.abs() < 0.5 => grip.value,
            true => snapped_day(raw, grip.per_px),
            false => snapped(raw, chart.drag_step(grip.per_px)),
        };
        let to = within(handle, to);
        if !grip.is_day {
            let air = (grip.shown.1 - grip.shown.0) * AIR;
            grip.shown = (grip.shown.0.min(to - air), grip.shown.1.max(to + air));
            if grip.shown.0 < 0.0 && drawn.shown.0 >= 0.0 && to >= 0.0 {
                grip.shown.0 = 0.0;
            }
        }
        if to != handle.value && (response.dragged() || response.drag_stopped()) {
            moved(HandleMove::To(to));
        }
    }
    if response.drag_stopped() || !ui.input(|i| i.pointer.any_down()) {
        scratch.grip = None;
        moved(HandleMove::Released);
    }
}

/// A step up or down by key, or a value that a screen reader sets.
fn keys(ui: &Ui, response: &Response, handle: &Handle, step: f64) -> Option<f64> {
    let (more, less) = ui.input(|i| {
        let asked = |action| i.num_accesskit_action_requests(response.id, action) as f64;
        (asked(Asked::Increment), asked(Asked::Decrement))
    });
    let mut steps = more - less;
    if response.gained_focus() {
        // The arrow keys are ours from the second frame on.
        ui.ctx().request_repaint();
    }
    if response.has_focus() {
        let is_day = handle.place.is_day();
        let filter = EventFilter { vertical_arrows: !is_day, horizontal_arrows: is_day, ..EventFilter::default() };
        ui.memory_mut(|memory| memory.set_focus_lock_filter(response.id, filter));
        let pressed = |modifiers: Modifiers, key: Key| ui.input_mut(|i| i.count_and_consume_key(modifiers, key)) as f64;
        let (up, down, many) = if is_day { (Key::ArrowRight, Key::ArrowLeft, 7.0) } else { (Key::ArrowUp, Key::ArrowDown, 10.0) };
        steps += many * (pressed(Modifiers::SHIFT, up) - pressed(Modifiers::SHIFT, down));
        steps += pressed(Modifiers::NONE, up) - pressed(Modifiers::NONE, down);
    }
    let to = within(handle, snapped(handle.value + steps * step, step));
    (steps != 0.0 && to != handle.value).then_some(to)
}

fn paint(ui: &Ui, theme: &Theme, drawn: &ChartResponse, handle: &Handle, response: &Response, in_hand: bool) {
    let active = in_hand || response.hovered() || response.has_focus();
    let y = drawn.transform.position_from_point_y(handle.value);
    let painter = ui.painter();
    let ink = if active { theme.accent.accent } else { theme.text.strong };
    match handle.place {
        HandlePlace::Line { .. } => {
            let area = response.rect;
            if active {
                painter.hline(area.x_range(), y, theme.stroke(stroke::FOCUS, ink));
            }
            // At rest, it is seen that it can be taken where the pointer comes near.
            if active || drawn.response.contains_pointer() {
                let grip = Rect::from_center_size(pos2(area.right() - GRIP.x, y), GRIP);
                painter.rect(
                    grip,
                    CornerRadius::same(radius::CONTROL),
                    theme.bg.surface,
                    theme.stroke(stroke::CONTROL, ink),
                    StrokeKind::Middle,
                );
                for dy in [-1.5, 1.5] {
                    let x = egui::Rangef::new(grip.left() + 6.0, grip.right() - 6.0);
                    painter.hline(x, y + dy, Stroke::new(1.0, ink));
                }
            }
        }
        HandlePlace::Day { .. } if active || drawn.response.contains_pointer() => {
            let grip = Rect::from_center_size(response.rect.center(), DAY_GRIP);
            let line = theme.stroke(stroke::CONTROL, ink);
            painter.rect(grip, CornerRadius::same(radius::CONTROL), theme.bg.surface, line, StrokeKind::Middle);
            for dx in [-1.5, 1.5] {
                let y = egui::Rangef::new(grip.top() + 6.0, grip.bottom() - 6.0);
                painter.vline(grip.center().x + dx, y, Stroke::new(1.0, ink));
            }
        }
        HandlePlace::Day { .. } => {}
        HandlePlace::Point(_) => {
            let at = pos2(response.rect.center().x, y);
            let r = theme.px(size::POINT_RADIUS) * if active { 1.9 } else { 1.6 };
            let corners = [at - vec2(0.0, r), at + vec2(r, 0.0), at + vec2(0.0, r), at - vec2(r, 0.0)];
            let fill = if active { theme.accent.accent } else { theme.bg.surface };
            painter.add(Shape::convex_polygon(corners.to_vec(), fill, theme.stroke(stroke::CONTEXT, ink)));
        }
    }
    if response.has_focus() && !in_hand {
        let ring = match handle.place {
            HandlePlace::Line { .. } => Rect::from_center_size(pos2(response.rect.right() - GRIP.x, y), GRIP + Vec2::splat(space::S)),
            HandlePlace::Point(_) | HandlePlace::Day { .. } => response.rect,
        };
        let line = theme.stroke(stroke::FOCUS_RING, theme.accent.accent);
        painter.rect_stroke(ring, CornerRadius::same(radius::CONTROL), line, StrokeKind::Outside);
    }
}

/// The value beside the pointer, and what it was.
fn pill(ui: &Ui, theme: &Theme, chart: &Chart, scratch: &PlotScratch, drawn: &ChartResponse, handle: &Handle) {
    let Some(grip) = &scratch.grip else { return };
    let height = if let HandlePlace::Day { height } = handle.place { height } else { handle.value };
    let y = drawn.transform.position_from_point_y(height);
    let x = ui.input(|i| i.pointer.latest_pos()).map_or(drawn.plot.right(), |p| p.x);
    let mut words = format!("{} {}", handle.name, written(chart, handle, handle.value, Exact::Yes));
    if handle.value != grip.value {
        let before = written(chart, handle, grip.value, Exact::No);
        words = format!("{words}  (was {before})");
    }
    if let Some(answer) = &handle.answer {
        words = format!("{words}  ·  {answer}");
    }
    let galley = ui.painter().layout_no_wrap(words, theme.strong_number_font(TextSize::Label), theme.text.strong);
    let pad = vec2(theme.px(space::S), theme.px(space::XS));
    let room = galley.size() + pad * 2.0;
    let above = y - room.y - theme.px(space::S) > drawn.plot.top() - room.y;
    let bottom = if above { y - theme.px(space::S) } else { y + theme.px(space::S) + room.y };
    let left = (x - room.x / 2.0).min(drawn.plot.right() - room.x).max(drawn.plot.left());
    let rect = Rect::from_min_size(pos2(left, bottom - room.y), room);
    let painter = ui.painter();
    let line = theme.stroke(stroke::CONTROL, theme.accent.accent);
    painter.rect(rect, CornerRadius::same(radius::CONTROL), theme.bg.surface, line, StrokeKind::Middle);
    let at: Pos2 = Align2::CENTER_CENTER.anchor_size(rect.center(), galley.size()).min;
    painter.galley(at, galley, theme.text.strong);
}
