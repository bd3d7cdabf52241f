//! Draws a [`Figure`]: bars, lines and points on axes that need not be the calendar. It is read like a chart, by pointer and by
//! keyboard, and neither pans nor zooms.

mod layout;
mod marks;
mod text;

use std::sync::Arc;

use egui::{Color32, Id, Pos2, Rect, Response, Sense, Tooltip, Ui, Vec2, WidgetInfo, pos2};

use super::{LEAST_LINES_WITH_CAPTION, READ_WITHIN, Step, caption, keys, tooltip};
use crate::chart::{Figure, Reading, Spot, Tone};
use crate::ui::scene::Medium;
use crate::ui::theme::{TextSize, Theme, size, space, stroke};
use layout::Layout;

/// How a figure is to be drawn.
#[derive(Clone, Copy, Debug)]
pub struct FigureOptions {
    /// Names it among all in the window.
    pub id: Id,
    pub medium: Medium,
    /// Of plot, axes and caption together.
    pub size: Vec2,
    /// What has to be known to read it, under the plot.
    pub caption: bool,
}

/// Scratch of one figure.
#[derive(Clone, Debug, Default)]
pub struct FigureScratch {
    /// The place in the figure's spots that is being read.
    read: Option<usize>,
    /// The tooltip stays until Enter or Esc.
    pinned: bool,
    pointer: Option<Pos2>,
}

/// What every part of the drawing needs.
struct Frame<'a> {
    ui: &'a Ui,
    theme: &'a Theme,
    figure: &'a Figure,
    layout: &'a Layout,
}

impl Frame<'_> {
    fn x(&self, x: f64) -> f32 {
        let (from, to) = self.figure.x.range;
        self.layout.plot.left() + ((x - from) / (to - from).max(f64::MIN_POSITIVE)) as f32 * self.layout.plot.width()
    }

    fn y(&self, y: f64) -> f32 {
        let (from, to) = self.figure.y.range;
        self.layout.plot.bottom() - ((y - from) / (to - from).max(f64::MIN_POSITIVE)) as f32 * self.layout.plot.height()
    }

    fn place(&self, [x, y]: [f64; 2]) -> Pos2 {
        pos2(self.x(x), self.y(y))
    }

    /// Points on the screen for one unit across and one up.
    fn px(&self) -> (f64, f64) {
        let span = |(from, to): (f64, f64)| (to - from).max(f64::MIN_POSITIVE);
        (f64::from(self.layout.plot.width()) / span(self.figure.x.range), f64::from(self.layout.plot.height()) / span(self.figure.y.range))
    }

    fn value_at(&self, at: Pos2) -> [f64; 2] {
        let (x, y) = self.px();
        let plot = self.layout.plot;
        let across = self.figure.x.range.0 + f64::from(at.x - plot.left()) / x;
        [across, self.figure.y.range.0 + f64::from(plot.bottom() - at.y) / y]
    }
}

/// The colour of a mark.
pub(super) fn colour(theme: &Theme, tone: Tone) -> Color32 {
    match tone {
        Tone::Focus => theme.cat(0),
        Tone::Series(index) => theme.cat(index),
        Tone::Context => theme.line.context_series,
        Tone::Target => theme.text.strong,
        Tone::Muted => theme.text.muted,
        Tone::Better => theme.xmr.improve,
        Tone::Worse => theme.xmr.concern,
    }
}

/// The colour of its label.
fn text_colour(theme: &Theme, tone: Tone) -> Color32 {
    if tone == Tone::Context { theme.text.muted } else { colour(theme, tone) }
}

/// Draws a figure. The answer is of the plot: context menus hang there.
pub fn figure_ui(ui: &mut Ui, theme: &Theme, figure: &Arc<Figure>, scratch: &mut FigureScratch, options: &FigureOptions) -> Response {
    let (outer, _) = ui.allocate_exact_size(options.size.max(Vec2::splat(1.0)), Sense::hover());
    let mut drawn = outer;
    if options.caption && outer.height() > LEAST_LINES_WITH_CAPTION * theme.type_of(TextSize::Label).line_height {
        drawn.max.y -= caption::paint(ui, theme, outer, &figure.caption());
    }
    let layout = Layout::of(ui, theme, figure, drawn);
    let sense = if options.medium.is_screen() { Sense::click() } else { Sense::hover() };
    let response = ui.interact(layout.plot, options.id, sense);
    let frame = Frame { ui, theme, figure, layout: &layout };
    if let Some(why) = &figure.empty {
        text::say_empty(&frame, why);
    } else {
        marks::behind(&frame);
        marks::bars(&frame);
        marks::rules(&frame);
        marks::series(&frame);
        text::axes(&frame);
        text::over(&frame);
        text::gutter(&frame);
    }
    let mut read = None;
    if options.medium.is_screen() {
        if figure.empty.is_none() {
            read = read_at(&frame, &response, scratch);
        }
        if response.has_focus() {
            tooltip::focus_ring(ui, theme, layout.plot);
        }
    }
    let sentence = read.map(Spot::sentence);
    response.widget_info(|| WidgetInfo {
        current_text_value: sentence.clone(),
        ..WidgetInfo::labeled(egui::Role::Image, true, &figure.summary)
    });
    response
}

/// What is read, by pointer or by keyboard, with its tooltip.
fn read_at<'f>(frame: &Frame<'f>, response: &Response, scratch: &mut FigureScratch) -> Option<&'f Spot> {
    let Frame { ui, figure, layout, .. } = *frame;
    let last = figure.spots.len().checked_sub(1)?;
    if response.clicked() {
        response.request_focus();
    }
    match keys(ui, response) {
        Some(Step::By(by)) => scratch.read = Some(scratch.read.map_or(last, |i| i.saturating_add_signed(by).min(last))),
        Some(Step::First) => scratch.read = Some(0),
        Some(Step::Last) => scratch.read = Some(last),
        Some(Step::Pin) => scratch.pinned = scratch.read.is_some() && !scratch.pinned,
        Some(Step::Leave) => (scratch.read, scratch.pinned) = (None, false),
        None => {}
    }
    let pointer = response.hover_pos();
    // A pointer at rest does not take the reading back from the keyboard.
    let moved = pointer != scratch.pointer;
    scratch.pointer = pointer;
    let under = pointer.and_then(|at| {
        let found = figure.nearest(frame.value_at(at), frame.px())?;
        let spot = frame.place(figure.spots[found].at);
        let off = if figure.reading == Reading::Nearest { spot.distance(at) } else { (spot.x - at.x).abs() };
        // Wide columns are read wherever the pointer is in them.
        let reach = READ_WITHIN.max(layout.plot.width() / figure.spots.len().max(1) as f32);
        (off <= reach).then_some(found)
    });
    if under.is_some() && moved && !scratch.pinned {
        scratch.read = under;
    } else if under.is_none() && !response.has_focus() && !scratch.pinned {
        scratch.read = None;
    }
    scratch.read = scratch.read.filter(|index| *index <= last);
    let spot = figure.spots.get(scratch.read?)?;
    marks::read(frame, spot);
    tooltip_ui(frame, response, spot, scratch.pinned);
    Some(spot)
}

fn tooltip_ui(frame: &Frame<'_>, response: &Response, spot: &Spot, pinned: bool) {
    let Frame { ui, theme, layout, .. } = *frame;
    let id = response.id.with("read");
    let anchor = Rect::from_center_size(frame.place(spot.at), Vec2::splat(theme.px(space::L)));
    let anchor = anchor.intersect(layout.plot.expand(theme.px(space::L)));
    Tooltip::always_open(ui.ctx().clone(), response.layer_id, id, anchor).gap(theme.px(space::S)).show(|ui| {
        ui.spacing_mut().item_spacing.y = theme.px(space::XXS);
        ui.label(theme.strong(&spot.title, TextSize::Small));
        egui::Grid::new(id.with("rows")).num_columns(2).spacing([theme.px(space::L), theme.px(space::XXS)]).show(ui, |ui| {
            for row in &spot.rows {
                let ink = row.tone.map_or(theme.text.strong, |tone| text_colour(theme, tone));
                ui.label(theme.muted(&row.name, TextSize::Small));
                ui.with_layout(egui::Layout::right_to_left(egui::Align::Center), |ui| {
                    ui.label(theme.number(&row.value, TextSize::Small).color(ink));
                });
                ui.end_row();
            }
        });
        if pinned {
            ui.label(theme.muted("Pinned; Enter or Esc lets go", TextSize::Caption));
        }
    });
}

/// The radius of a point.
fn radius(theme: &Theme) -> f32 {
    theme.px(size::POINT_RADIUS)
}

fn hairline(theme: &Theme) -> egui::Stroke {
    theme.stroke(stroke::HAIRLINE, theme.line.axis)
}
