//! What can be dragged on a chart: a line at a height, a point, or a day. The caller says which there are and does what the moves ask
//! for; while one is dragged the axis stands still, so that the value stays under the pointer.

mod paint;

use egui::accesskit::Action as Asked;
use egui::{CursorIcon, EventFilter, Id, Key, Modifiers, Rect, Response, Role, Sense, Ui, Vec2, WidgetInfo, pos2, vec2};

use chrono::{Datelike as _, Months};

use super::{ChartResponse, PlotScratch};
use crate::chart::{Chart, ValueScale, snapped};
use crate::model::{Date, Stamp, date_words};
use crate::ui::theme::Theme;
use paint::{paint, pill};

/// A value that can be dragged up and down, or a day that can be dragged to and fro.
#[derive(Clone, Debug, PartialEq)]
pub struct Handle {
    /// What it is, for screen readers: "Target", "Stage of 31 Mar 2026".
    pub name: String,
    pub place: HandlePlace,
    /// A value of the metric; for [`HandlePlace::Day`] and [`HandlePlace::Upright`] a day since 1970.
    pub value: f64,
    /// The least and the greatest value, both included; infinite where there is no end.
    pub limits: (f64, f64),
    /// What follows from it, said while it is dragged: "28 % likely".
    pub answer: Option<String>,
    /// The days that it can stand on, ascending; with none, a day stands anywhere.
    pub stops: Vec<f64>,
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
    /// Its value is the day; it stands over a part of the height of the plot. A click goes through to the plot.
    Upright(Part),
}

/// Of the height of a plot.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Part {
    /// All but the foot.
    Body,
    Foot,
}

impl HandlePlace {
    fn is_day(self) -> bool {
        matches!(self, Self::Day { .. } | Self::Upright(_))
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
    /// Of the axis, whose logarithms are even where it is one of these.
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

    /// The value that a way of so many points leads to.
    fn dragged(&self, chart: &Chart, handle: &Handle, by: f64) -> f64 {
        let at = |value: f64| chart.scale.down(chart.scale.up(value) + by * self.per_px);
        let raw = if self.is_day { self.value + by * self.per_px } else { at(self.value) };
        let to = match (self.is_day, chart.scale) {
            (true, _) if !handle.stops.is_empty() => {
                let open: Vec<f64> = handle.stops.iter().copied().filter(|stop| within(handle, *stop) == *stop).collect();
                nearest_stop(&open, raw).unwrap_or(self.value)
            }
            (true, _) => snapped_day(raw, self.per_px),
            (false, ValueScale::Auto | ValueScale::FromZero) => snapped(raw, chart.drag_step(self.per_px)),
            // A point of a log axis is a share of the value.
            (false, ValueScale::Log) => snapped(raw, chart.drag_step(raw * (10f64.powf(self.per_px) - 1.0))),
        };
        let to = within(handle, to);
        // Nothing but what is above zero has a place on a log axis.
        if !self.is_day && chart.scale == ValueScale::Log && to <= 0.0 { self.value } else { to }
    }

    /// The axis grows where a value leaves it.
    fn widen(&mut self, chart: &Chart, drawn: &ChartResponse, to: f64) {
        let (low, high) = self.shown;
        if chart.scale == ValueScale::Log {
            let air = (high / low).powf(AIR);
            self.shown = (low.min(to / air), high.max(to * air));
            return;
        }
        let air = (high - low) * AIR;
        self.shown = (low.min(to - air), high.max(to + air));
        if self.shown.0 < 0.0 && drawn.shown.0 >= 0.0 && to >= 0.0 {
            self.shown.0 = 0.0;
        }
    }
}

/// A line is taken from this far away, in points.
const REACH: f32 = 5.0;
const POINT: f32 = 18.0;
const GRIP: Vec2 = vec2(22.0, 8.0);
const DAY_GRIP: Vec2 = vec2(8.0, 22.0);
/// The foot of a plot, and how far from an upright line it is taken.
const FOOT: f32 = 26.0;
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
        let Some(area) = area(chart, drawn, handle) else {
            if scratch.grip.as_ref().is_some_and(|g| g.handle == id) {
                scratch.grip = None;
                moves.push((index, HandleMove::Aborted));
            }
            continue;
        };
        let upright = matches!(handle.place, HandlePlace::Upright(_));
        let response = ui.interact(area, id, if upright { Sense::drag() } else { Sense::click_and_drag() });
        let step = if handle.place.is_day() { 1.0 } else { key_step(chart, drawn, handle.value) };
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
        paint(ui, theme, chart, drawn, handle, &response, in_hand);
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
        (HandlePlace::Day { .. } | HandlePlace::Upright(_), _) => date_words(day_of(value)),
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

/// The stop that is nearest to a day.
fn nearest_stop(stops: &[f64], day: f64) -> Option<f64> {
    stops.iter().copied().min_by(|a, b| (a - day).abs().total_cmp(&(b - day).abs()))
}

/// On a log axis a step is one of the value itself: the same share of it everywhere.
fn key_step(chart: &Chart, drawn: &ChartResponse, value: f64) -> f64 {
    match chart.scale {
        ValueScale::Auto | ValueScale::FromZero => chart.key_step(drawn.shown),
        ValueScale::Log => chart.drag_step(value.abs() * (drawn.shown.1 / drawn.shown.0).ln().abs() / 300.0),
    }
}

/// The height of a value.
fn y_of(chart: &Chart, drawn: &ChartResponse, value: f64) -> f32 {
    drawn.transform.position_from_point_y(chart.scale.up(value))
}

/// Where it is taken hold of; `None` where it is out of sight.
fn area(chart: &Chart, drawn: &ChartResponse, handle: &Handle) -> Option<Rect> {
    let plot = drawn.plot;
    if let HandlePlace::Day { height } = handle.place {
        let at = pos2(drawn.transform.position_from_point_x(handle.value), y_of(chart, drawn, height));
        return plot.expand(REACH).contains(at).then(|| Rect::from_center_size(at, DAY_GRIP + Vec2::splat(4.0)));
    }
    if let HandlePlace::Upright(part) = handle.place {
        let at = drawn.transform.position_from_point_x(handle.value);
        let foot = (plot.bottom() - FOOT).max(plot.center().y);
        let (top, bottom) = if part == Part::Body { (plot.top(), foot) } else { (foot, plot.bottom()) };
        let seen = plot.expand(REACH).x_range().contains(at);
        return seen.then(|| Rect::from_min_max(pos2(at - REACH, top), pos2(at + REACH, bottom)));
    }
    let y = y_of(chart, drawn, handle.value);
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
        HandlePlace::Day { .. } | HandlePlace::Upright(_) => None,
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
        // Where the pointer came back to, the value is again what it was.
        let to = if by.abs() < 0.5 { grip.value } else { grip.dragged(chart, handle, f64::from(by)) };
        if !grip.is_day {
            grip.widen(chart, drawn, to);
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
    if steps == 0.0 {
        return None;
    }
    let to = if handle.stops.is_empty() {
        within(handle, snapped(handle.value + steps * step, step))
    } else {
        // From stop to stop, one for each press.
        let beyond = |stop: &&f64| if steps > 0.0 { **stop > handle.value } else { **stop < handle.value };
        let mut stops: Vec<f64> = handle.stops.iter().filter(beyond).copied().filter(|stop| within(handle, *stop) == *stop).collect();
        if steps < 0.0 {
            stops.reverse();
        }
        *stops.get((steps.abs() as usize).min(stops.len()).checked_sub(1)?)?
    };
    (to != handle.value).then_some(to)
}
