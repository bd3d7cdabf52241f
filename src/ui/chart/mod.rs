//! Draws a [`Chart`] on `egui_plot`: the plot gives the transform, panning and zooming; grid, axis labels, end labels, marks and
//! tooltips are drawn here, so that they look alike on the screen, on a page and on a slide.
//!
//! The caller owns the time range and the shared cursor: they go in with [`ChartOptions`], changes come back in
//! [`ChartResponse`]. Not here: what a chart says (that is `chart`).

mod axes;
mod caption;
mod covers;
mod figure;
mod gutter;
mod handle;
mod heading;
mod labels;
mod layout;
mod lines;
mod marks;
mod scratch;
mod tooltip;

#[cfg(test)]
mod tests;

use std::sync::Arc;

use egui::{EventFilter, Id, Key, Modifiers, Pos2, Rect, Response, Role, Sense, Ui, Vec2, WidgetInfo, vec2};
use egui_plot::{Plot, PlotBounds, PlotTransform};

pub use caption::caption_ui;
pub use figure::{FigureOptions, FigureScratch, figure_ui};
pub(crate) use gutter::push_apart;
pub use handle::{Handle, HandleMove, HandlePlace, Part, handles_ui};
pub use heading::{Heading, heading_of_ui, heading_ui};
pub use lines::colour as line_colour;
pub use scratch::PlotScratch;

use crate::chart::Chart;
use crate::model::EventId;
use crate::ui::scene::Medium;
use crate::ui::theme::{TextSize, Theme, space};
use layout::Layout;
use scratch::Seen;

/// How a chart is to be drawn.
#[derive(Clone, Copy, Debug)]
pub struct ChartOptions {
    /// Names the plot among all in the window.
    pub id: Id,
    pub medium: Medium,
    /// Days since 1970 to show; `None` shows all there is.
    pub range: Option<(f64, f64)>,
    /// Where another chart is being read.
    pub cursor: Option<f64>,
    /// Of plot, axis and caption together.
    pub size: Vec2,
    /// Events, notes and where the axis starts, under the plot.
    pub caption: bool,
    /// At least so much room beside the plot.
    pub margins: Margins,
}

/// The room to the left and to the right of a plot, for its axis and the names of its lines: charts under each other with the same share
/// their days.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Margins {
    pub left: f32,
    pub right: f32,
}

impl Margins {
    #[must_use]
    pub fn max(self, other: Self) -> Self {
        Self { left: self.left.max(other.left), right: self.right.max(other.right) }
    }
}

/// The room that a chart would take beside its plot by itself.
pub fn margins_ui(ui: &Ui, theme: &Theme, chart: &Arc<Chart>, scratch: &mut PlotScratch, options: &ChartOptions) -> Margins {
    let range = sound(options.range, chart);
    let outer = Rect::from_min_size(Pos2::ZERO, options.size.max(Vec2::splat(1.0)));
    let seen = scratch.seen(chart, range, columns_of(ui, outer));
    let layout = Layout::of(ui, theme, &seen, range, outer, Margins::default());
    Margins { left: layout.plot.left() - outer.left(), right: outer.right() - layout.plot.right() }
}

/// What is asked for is shown, however little of it this chart fills: charts under each other share their time axis.
fn sound(range: Option<(f64, f64)>, chart: &Chart) -> (f64, f64) {
    range.filter(|(from, to)| from.is_finite() && to.is_finite() && from < to).unwrap_or(chart.fit_x)
}

fn columns_of(ui: &Ui, outer: Rect) -> usize {
    (outer.width() * ui.ctx().pixels_per_point()).ceil().max(1.0) as usize
}

/// What the reader did.
#[derive(Debug)]
pub struct ChartResponse {
    /// Of the plot: context menus hang here.
    pub response: Response,
    /// Panned or zoomed to.
    pub new_range: Option<(f64, f64)>,
    /// All shall be shown again.
    pub fit: bool,
    /// The day that is being read here, for the other charts.
    pub cursor: Option<f64>,
    /// The event whose flag was clicked.
    pub flag: Option<EventId>,
    /// Where days and values are on the screen.
    pub transform: PlotTransform,
    /// As in [`ChartOptions::id`].
    pub id: Id,
    /// The plot itself, without axes and gutter.
    pub plot: Rect,
    /// The values from the bottom of the plot to its top.
    pub shown: (f64, f64),
}

/// A pointer that has not moved for so many seconds is at rest.
const AT_REST: f32 = 0.2;
/// A point is read from this far away, in points.
const READ_WITHIN: f32 = 48.0;
/// The least that can be zoomed to, in days, and the most beyond what there is, as a share of it.
const LEAST_RANGE: f64 = 2.0;
const MOST_BEYOND: f64 = 0.5;
/// Lower charts (in lines of text) have no caption.
const LEAST_LINES_WITH_CAPTION: f32 = 11.0;
/// The plot is this much higher than what it shows, so that lines along its edges keep their full width.
const EDGE: f32 = 4.0;

/// Draws a chart and tells what was done with it.
pub fn chart_ui(ui: &mut Ui, theme: &Theme, chart: &Arc<Chart>, scratch: &mut PlotScratch, options: &ChartOptions) -> ChartResponse {
    let interactive = options.medium == Medium::Screen;
    let (outer, _) = ui.allocate_exact_size(options.size.max(Vec2::splat(1.0)), Sense::hover());
    let range = sound(options.range, chart);
    let seen = scratch.seen(chart, range, columns_of(ui, outer));
    let mut drawn = outer;
    // A plot that is all but crowded out has no caption.
    if options.caption && outer.height() > LEAST_LINES_WITH_CAPTION * theme.type_of(TextSize::Label).line_height {
        drawn.max.y -= caption::paint(ui, theme, outer, &seen.caption);
    }
    let layout = Layout::of(ui, theme, &seen, range, drawn, options.margins);

    // Everything behind the lines is drawn when the transform is known, but in its place.
    let behind = ui.painter().add(egui::Shape::Noop);
    let (response, transform) = show_plot(ui, theme, &seen, &layout, range, options);
    let frame = Frame { ui, theme, seen: &seen, layout: &layout, transform: &transform, range };
    let mut shapes = axes::grid(&frame);
    shapes.extend(lines::bands(&frame));
    shapes.extend(marks::hairlines(&frame));
    frame.ui.painter().set(behind, egui::Shape::Vec(shapes));
    axes::labels(&frame);
    lines::dashes_and_points(&frame);
    let flag = marks::flags(&frame, interactive.then_some(options.id));
    gutter::paint(&frame);
    labels::paint(&frame);
    if let Some(empty) = seen.chart.empty.clone().or_else(|| chart.nothing_between(range)) {
        axes::say_empty(&frame, &empty);
    }

    let mut answer = ChartResponse {
        response,
        new_range: None,
        fit: false,
        cursor: None,
        flag,
        transform,
        id: options.id,
        plot: layout.plot,
        shown: seen.y,
    };
    let summary = || WidgetInfo::labeled(Role::Image, true, &chart.summary);
    if interactive {
        interact(ui, theme, chart, scratch, options, &layout, range, &mut answer);
        let read = scratch.read.and_then(|index| chart.hover_at(index));
        answer.response.widget_info(|| WidgetInfo { current_text_value: read.as_ref().map(crate::chart::Hover::sentence), ..summary() });
    } else {
        answer.response.widget_info(summary);
    }
    answer
}

/// What every part of the drawing needs.
struct Frame<'a> {
    ui: &'a Ui,
    theme: &'a Theme,
    seen: &'a Seen,
    layout: &'a Layout,
    transform: &'a PlotTransform,
    range: (f64, f64),
}

impl Frame<'_> {
    fn place(&self, [x, y]: [f64; 2]) -> Pos2 {
        Pos2::new(self.transform.position_from_point_x(x), self.y(y))
    }

    /// The height of a value.
    fn y(&self, value: f64) -> f32 {
        self.transform.position_from_point_y(self.seen.chart.scale.up(value))
    }

    /// Whether an x is shown, the edges included.
    fn shows(&self, x: f64) -> bool {
        let air = (self.range.1 - self.range.0) * 1e-6;
        self.range.0 - air <= x && x <= self.range.1 + air
    }

    /// A painter that may draw whole points at the edges of the plot.
    fn painter(&self) -> egui::Painter {
        self.ui.painter().with_clip_rect(self.layout.plot.expand(self.theme.px(EDGE + 2.0)).intersect(self.ui.clip_rect()))
    }
}

/// A range that a gesture may lead to: finite, the right way round, neither empty nor lost in the distance.
fn sound_range((from, to): (f64, f64), fit: (f64, f64)) -> (f64, f64) {
    if !(from.is_finite() && to.is_finite() && from < to) {
        return fit;
    }
    let whole = (fit.1 - fit.0).max(LEAST_RANGE);
    let width = (to - from).clamp(LEAST_RANGE.min(whole), whole * (1.0 + 2.0 * MOST_BEYOND));
    let wanted = f64::midpoint(from, to);
    let least = fit.0 - whole * MOST_BEYOND + width / 2.0;
    let middle = wanted.clamp(least, (fit.1 + whole * MOST_BEYOND - width / 2.0).max(least));
    if width == to - from && middle == wanted { (from, to) } else { (middle - width / 2.0, middle + width / 2.0) }
}

fn show_plot(
    ui: &mut Ui,
    theme: &Theme,
    seen: &Seen,
    layout: &Layout,
    range: (f64, f64),
    options: &ChartOptions,
) -> (Response, PlotTransform) {
    let interactive = options.medium == Medium::Screen;
    let frame = layout.plot.expand2(vec2(0.0, EDGE));
    let (bottom, top) = (seen.chart.scale.up(seen.y.0), seen.chart.scale.up(seen.y.1));
    let beyond = f64::from(EDGE / layout.plot.height().max(1.0)) * (top - bottom);
    let plot = Plot::new(options.id)
        .id(options.id)
        .width(frame.width())
        .height(frame.height())
        .show_axes(false)
        .show_grid(false)
        .show_background(false)
        .show_x(false)
        .show_y(false)
        .allow_drag([interactive, false])
        .allow_zoom([interactive, false])
        .allow_scroll([interactive, false])
        .allow_axis_zoom_drag(false)
        .allow_boxed_zoom(interactive)
        .allow_double_click_reset(false)
        .sense(if interactive { Sense::click_and_drag() } else { Sense::hover() });
    let mut inside = ui.new_child(egui::UiBuilder::new().max_rect(frame).id_salt(options.id));
    let shown = plot.show(&mut inside, |plot| {
        let bounds = PlotBounds::from_min_max([range.0, bottom - beyond], [range.1, top + beyond]);
        plot.set_plot_bounds(bounds);
        lines::solid(plot, theme, seen);
    });
    (shown.response, shown.transform)
}

#[expect(clippy::too_many_arguments, reason = "one place where everything that a gesture can touch comes together")]
fn interact(
    ui: &Ui,
    theme: &Theme,
    chart: &Arc<Chart>,
    scratch: &mut PlotScratch,
    options: &ChartOptions,
    layout: &Layout,
    range: (f64, f64),
    answer: &mut ChartResponse,
) {
    let response = answer.response.clone();
    answer.fit = response.double_clicked();
    let bounds = *answer.transform.bounds();
    let moved = (bounds.min()[0], bounds.max()[0]);
    let tiny = (range.1 - range.0) * 1e-6;
    if !answer.fit && ((moved.0 - range.0).abs() > tiny || (moved.1 - range.1).abs() > tiny) {
        let reach = (chart.fit_x.0.min(range.0), chart.fit_x.1.max(range.1));
        answer.new_range = Some(sound_range(moved, reach));
    }

    let place = |index: usize| {
        let [x, y] = chart.values.get(index).copied().unwrap_or_default();
        Pos2::new(answer.transform.position_from_point_x(x), answer.transform.position_from_point_y(chart.scale.up(y)))
    };
    let under_pointer = response.hover_pos().filter(|_| !response.dragged()).and_then(|pointer| {
        let index = chart.nearest(answer.transform.value_from_position(pointer).x)?;
        ((place(index).x - pointer.x).abs() <= READ_WITHIN).then_some(index)
    });
    let step = keys(ui, &response);
    if response.clicked() {
        response.request_focus();
    }
    if scratch.pinned && (scratch.read.is_none_or(|index| index >= chart.values.len()) || step == Some(Step::Leave)) {
        scratch.pinned = false;
    }
    let last = chart.values.len().checked_sub(1);
    match step {
        Some(Step::By(by)) => scratch.read = last.map(|last| scratch.read.map_or(last, |i| i.saturating_add_signed(by).min(last))),
        Some(Step::First) => scratch.read = last.map(|_| 0),
        Some(Step::Last) => scratch.read = last,
        Some(Step::Pin) => scratch.pinned = scratch.read.is_some() && !scratch.pinned,
        Some(Step::Leave) => scratch.read = None,
        None => {}
    }
    // A pointer at rest does not take the reading back from the keyboard, but reads what has come under it with other days.
    let pointer = response.hover_pos();
    let other_days = scratch.range.replace(range).is_some_and(|before| before != range);
    let follows = other_days && scratch.read.is_some() && !response.has_focus();
    // A chart that comes up under a pointer at rest is not read before the pointer moves.
    let entered = scratch.pointer.is_some() || ui.input(|i| i.pointer.time_since_last_movement()) < AT_REST;
    let pointer_moved = pointer != scratch.pointer && entered || follows;
    scratch.pointer = pointer;
    if under_pointer.is_some() && pointer_moved && !scratch.pinned {
        scratch.read = under_pointer;
    } else if under_pointer.is_none() && !response.has_focus() && !scratch.pinned {
        scratch.read = None;
    }
    scratch.read = scratch.read.filter(|index| Some(*index) <= last);

    let read_here = scratch.read;
    answer.cursor = read_here.and_then(|index| chart.values.get(index)).map(|p| p[0]);
    let shared = options.cursor.filter(|_| read_here.is_none()).and_then(|x| chart.nearest(x));
    if let Some(index) = read_here.or(shared) {
        // A shared cursor stands on the day that is read elsewhere, not on the nearest value here.
        let line_x = if read_here.is_some() { None } else { options.cursor };
        tooltip::crosshair(ui, theme, layout, &answer.transform, line_x, [chart.values[index][0], chart.scale.up(chart.values[index][1])]);
    }
    if let Some(hover) = read_here.and_then(|index| chart.hover_at(index)) {
        let anchor = Rect::from_center_size(place(hover.index), Vec2::splat(theme.px(space::L)));
        tooltip::tooltip_ui(ui, theme, &response, anchor.intersect(layout.plot.expand(theme.px(space::L))), &hover, chart, scratch.pinned);
    }
    if response.has_focus() {
        tooltip::focus_ring(ui, theme, layout.plot);
    }
}

#[derive(Clone, Copy, Debug, PartialEq)]
enum Step {
    By(isize),
    First,
    Last,
    Pin,
    Leave,
}

/// What the keyboard asks of a focused chart.
fn keys(ui: &Ui, response: &Response) -> Option<Step> {
    if !response.has_focus() {
        return None;
    }
    ui.memory_mut(|memory| {
        let filter = EventFilter { horizontal_arrows: true, escape: true, ..EventFilter::default() };
        memory.set_focus_lock_filter(response.id, filter);
    });
    let pressed = |key: Key| ui.input_mut(|i| i.count_and_consume_key(Modifiers::NONE, key));
    let steps = pressed(Key::ArrowRight).cast_signed() - pressed(Key::ArrowLeft).cast_signed();
    if steps != 0 {
        return Some(Step::By(steps));
    }
    let keys = [(Key::Home, Step::First), (Key::End, Step::Last), (Key::Enter, Step::Pin), (Key::Escape, Step::Leave)];
    keys.into_iter().find(|(key, _)| pressed(*key) > 0).map(|(_, step)| step)
}
