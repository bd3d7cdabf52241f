//! Initiatives as bars and events as flags, on the time axis of the charts below.

use egui::{Align, Align2, CornerRadius, FontId, Layout, Rect, Role, Sense, Ui, UiBuilder, WidgetInfo, pos2, vec2};

use crate::chart::Chart;
use crate::chart::moves::{Lane, LaneBar, LaneFlag};
use crate::model::Stamp;
use crate::ui::scene::{Medium, Scene};
use crate::ui::theme::{TextSize, size, space, stroke};
use crate::ui::widgets;
use crate::workspace::{Action, Selection};

const NAME_SHARE: f32 = 0.28;
const NAME_MOST: f32 = 248.0;
/// Rows of initiatives; the rest is counted.
const ROWS: usize = 6;
const BAR_HEIGHT: f32 = 10.0;

/// A card with a row for each initiative, one for the events and the time axis. `chart` gives the axis its ticks.
pub fn lane_ui(ui: &mut Ui, scene: &Scene<'_>, lane: &Lane, chart: &Chart, range: (f64, f64), medium: Medium, actions: &mut Vec<Action>) {
    let (bars, flags) = lane.within(range);
    if bars.is_empty() && flags.is_empty() {
        return;
    }
    let theme = scene.theme;
    widgets::card_ui(ui, theme, |ui| {
        ui.spacing_mut().item_spacing.y = 0.0;
        let name = (ui.available_width() * NAME_SHARE).min(theme.px(NAME_MOST));
        let axis = Axis { range, name, width: ui.available_width() };
        let top = ui.cursor().top();
        let today = ui.painter().add(egui::Shape::Noop);
        for bar in bars.iter().take(ROWS) {
            bar_ui(ui, scene, bar, &axis, medium, actions);
        }
        if !flags.is_empty() {
            flags_ui(ui, scene, &flags, &axis);
        }
        let bottom = ui.cursor().top();
        ticks_ui(ui, scene, chart, &axis, bottom);
        // Behind the words.
        let day = Stamp::from_date(scene.as_of).days();
        if axis.range.0 <= day && day <= axis.range.1 {
            let x = axis.x(ui.min_rect(), day);
            let line = theme.stroke(stroke::TARGET, theme.accent.accent.gamma_multiply(0.7));
            ui.painter().set(today, egui::Shape::vline(x, top..=bottom, line));
        }
        if bars.len() > ROWS {
            ui.label(theme.muted(format!("{} more initiatives", bars.len() - ROWS), TextSize::Small));
        }
    });
}

/// Where days are in a row.
struct Axis {
    range: (f64, f64),
    /// The width of the names at the left.
    name: f32,
    width: f32,
}

impl Axis {
    fn plot(&self, rect: Rect) -> Rect {
        Rect::from_min_max(pos2(rect.left() + self.name, rect.top()), rect.max)
    }

    fn x(&self, rect: Rect, day: f64) -> f32 {
        let plot = self.plot(rect);
        let share = (day - self.range.0) / (self.range.1 - self.range.0).max(f64::MIN_POSITIVE);
        plot.left() + plot.width() * share.clamp(0.0, 1.0) as f32
    }
}

fn bar_ui(ui: &mut Ui, scene: &Scene<'_>, bar: &LaneBar, axis: &Axis, medium: Medium, actions: &mut Vec<Action>) {
    let theme = scene.theme;
    let sense = if medium.is_screen() { Sense::click() } else { Sense::hover() };
    let (rect, response) = ui.allocate_exact_size(vec2(axis.width, theme.px(size::ROW)), sense);
    response.widget_info(|| WidgetInfo::labeled(Role::Button, true, &bar.words));
    let selection = Selection::Goal(bar.goal.clone());
    let selected = medium.is_screen() && scene.view.selected.as_ref() == Some(&selection);
    if selected || response.hovered() || response.has_focus() {
        let ground = if selected { theme.bg.selected } else { theme.bg.hover };
        ui.painter().rect_filled(rect, CornerRadius::same(4), ground);
    }
    let label = Rect::from_min_max(rect.min, pos2(rect.left() + axis.name - theme.px(space::M), rect.bottom()));
    ui.scope_builder(UiBuilder::new().max_rect(label).layout(Layout::left_to_right(Align::Center)), |ui| {
        ui.spacing_mut().item_spacing.x = theme.px(space::S);
        if let Some(status) = bar.status {
            let (glyph, _) = ui.allocate_exact_size(vec2(theme.px(size::GLYPH), theme.px(size::GLYPH)), Sense::hover());
            widgets::paint_status_glyph(ui.painter(), theme, glyph, status);
        }
        widgets::truncated_ui(ui, theme.rich(&bar.title, TextSize::Small));
    });
    let middle = rect.center().y;
    let half = theme.px(BAR_HEIGHT) / 2.0;
    let (from, to) = (axis.x(rect, bar.from), axis.x(rect, bar.to));
    let whole = Rect::from_min_max(pos2(from, middle - half), pos2(to.max(from + 2.0), middle + half));
    // An end beyond what is shown is not rounded.
    let rounded = |inside: bool| if inside { 3 } else { 0 };
    let (west, east) = (rounded(bar.from >= axis.range.0), rounded(bar.to <= axis.range.1));
    let corners = CornerRadius { nw: west, sw: west, ne: east, se: east };
    ui.painter().rect_filled(whole, corners, theme.bullet[1]);
    if let Some(done) = bar.done.filter(|_| bar.from.is_finite() && bar.to.is_finite()) {
        let until = axis.x(rect, bar.from + (bar.to - bar.from) * done.clamp(0.0, 1.0));
        if until > from {
            let part = Rect::from_min_max(whole.min, pos2(until, whole.max.y));
            ui.painter().rect_filled(part, CornerRadius { ne: 0, se: 0, ..corners }, theme.text.muted);
        }
    }
    let response = if medium.is_screen() { response.on_hover_text(&bar.words) } else { response };
    if response.clicked() {
        actions.push(Action::Select(selection));
    }
}

/// Flags on a line, each with its title where there is room before the next.
fn flags_ui(ui: &mut Ui, scene: &Scene<'_>, flags: &[&LaneFlag], axis: &Axis) {
    let theme = scene.theme;
    let (rect, _) = ui.allocate_exact_size(vec2(axis.width, theme.px(size::ROW)), Sense::hover());
    let font: FontId = theme.font(TextSize::Caption);
    let middle = rect.center().y;
    ui.painter().text(pos2(rect.left(), middle), Align2::LEFT_CENTER, "Events", theme.font(TextSize::Small), theme.text.muted);
    let plot = axis.plot(rect);
    for (index, flag) in flags.iter().enumerate() {
        let at = axis.x(rect, flag.at);
        let until = flag.until.map_or(at, |u| axis.x(rect, u));
        if until > at {
            let band = Rect::from_min_max(pos2(at, middle - 3.0), pos2(until, middle + 3.0));
            ui.painter().rect_filled(band, CornerRadius::ZERO, theme.line.axis.gamma_multiply(0.4));
        }
        ui.painter().vline(at, rect.shrink(3.0).y_range(), theme.stroke(stroke::AXIS, theme.line.axis));
        let pennant = vec![pos2(at, middle - 8.0), pos2(at + 7.0, middle - 4.5), pos2(at, middle - 1.0)];
        ui.painter().add(egui::Shape::convex_polygon(pennant, theme.line.axis, egui::Stroke::NONE));
        let next = flags.get(index + 1).map_or(plot.right(), |f| axis.x(rect, f.at));
        let left = until.max(at + 7.0) + theme.px(space::XS);
        let room = next - left - theme.px(space::S);
        let galley = ui.painter().layout_no_wrap(flag.title.clone(), font.clone(), theme.text.muted);
        if galley.size().x <= room {
            // The line of today passes behind the words.
            let words = Rect::from_min_size(pos2(left, middle - galley.size().y / 2.0), galley.size());
            ui.painter().rect_filled(words.expand2(vec2(theme.px(space::XXS), 0.0)), CornerRadius::ZERO, theme.bg.surface);
            ui.painter().galley(words.min, galley, theme.text.muted);
        }
        let area = Rect::from_min_max(pos2(at - 6.0, rect.top()), pos2((at + 10.0).max(until).min(next.max(at + 4.0)), rect.bottom()));
        let response = ui.interact(area, ui.scope_id().with(("event", index)), Sense::hover());
        response.widget_info(|| WidgetInfo::labeled(Role::Label, true, &flag.words));
        response.on_hover_text(&flag.words);
    }
}

/// The time axis.
fn ticks_ui(ui: &mut Ui, scene: &Scene<'_>, chart: &Chart, axis: &Axis, bottom: f32) {
    let theme = scene.theme;
    let font = theme.number_font(TextSize::Label);
    let height = theme.type_of(TextSize::Label).line_height + theme.px(space::XS);
    let (rect, _) = ui.allocate_exact_size(vec2(axis.width, height), Sense::hover());
    let plot = axis.plot(rect);
    let painter = ui.painter();
    painter.hline(plot.x_range(), bottom, theme.stroke(stroke::HAIRLINE, theme.line.grid));
    let ticks = chart.x_ticks(axis.range, plot.width(), |label| {
        painter.layout_no_wrap(label.to_owned(), font.clone(), theme.text.muted).size().x + theme.px(space::XS)
    });
    for tick in ticks {
        let x = axis.x(rect, tick.at);
        let galley = painter.layout_no_wrap(tick.label, font.clone(), theme.text.muted);
        let left = (x - galley.size().x / 2.0).max(plot.left()).min(rect.right() - galley.size().x);
        painter.galley(pos2(left, rect.bottom() - galley.size().y), galley, theme.text.muted);
        painter.vline(x, bottom..=bottom + 3.0, theme.stroke(stroke::HAIRLINE, theme.line.axis));
    }
}
