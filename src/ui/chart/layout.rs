//! Where plot, axes and gutters are, worked out before anything is drawn.

use egui::{FontId, Rect, Ui, pos2};

use super::Margins;
use super::scratch::Seen;
use crate::chart::Tick;
use crate::ui::theme::{TextSize, Theme, space};

/// Places of the parts of one chart.
pub(super) struct Layout {
    /// The plot itself; everything else is around it.
    pub(super) plot: Rect,
    /// Plot, axes, flags and gutter.
    pub(super) outer: Rect,
    pub(super) y_ticks: Vec<Tick>,
    pub(super) x_ticks: Vec<Tick>,
    /// Whether line ends are named in a gutter to the right; else inside the plot.
    pub(super) gutter: bool,
    pub(super) font: FontId,
    pub(super) line_height: f32,
}

/// Charts narrower than this (in lines of text) name their lines inside the plot.
const GUTTER_FROM_LINES: f32 = 34.0;
/// No gutter takes more of the width.
const GUTTER_SHARE: f32 = 0.3;

pub(super) fn width_of(ui: &Ui, text: &str, font: &FontId) -> f32 {
    ui.painter().layout_no_wrap(text.to_owned(), font.clone(), egui::Color32::PLACEHOLDER).size().x
}

impl Layout {
    pub(super) fn of(ui: &Ui, theme: &Theme, seen: &Seen, range: (f64, f64), outer: Rect, least: Margins) -> Self {
        let font = theme.number_font(TextSize::Label);
        let line_height = theme.type_of(TextSize::Label).line_height;
        let small = theme.px(space::XS);
        let chart = &seen.chart;
        let has_marks = chart.marks.iter().any(|m| range.0 <= m.x && m.x <= range.1);
        let top = if has_marks { line_height + theme.px(space::S) } else { line_height / 2.0 };
        let bottom = line_height + theme.px(space::S);
        let height = (outer.height() - top - bottom).max(1.0);
        let y_ticks = chart.y_ticks(seen.y, height, line_height * 2.2);
        let y_width = y_ticks.iter().map(|t| width_of(ui, &t.label, &font)).fold(0.0, f32::max);
        let left = (y_width + theme.px(space::S)).max(least.left);
        let gutter = outer.width() >= GUTTER_FROM_LINES * line_height;
        let named = super::gutter::named(chart, range, seen.y);
        let strong = theme.strong_number_font(TextSize::Label);
        let widest = named.iter().map(|n| width_of(ui, &n.text, &strong)).fold(0.0, f32::max);
        let right =
            if gutter && widest > 0.0 { (widest + theme.px(space::M)).min(outer.width() * GUTTER_SHARE) } else { theme.px(space::M) };
        let right = right.max(least.right);
        let plot = Rect::from_min_max(
            pos2(outer.left() + left, outer.top() + top),
            pos2((outer.right() - right).max(outer.left() + left + 1.0), (outer.bottom() - bottom).max(outer.top() + top + 1.0)),
        );
        let x_ticks = chart.x_ticks(range, plot.width(), |label| width_of(ui, label, &font) + small);
        Self { plot, outer, y_ticks, x_ticks, gutter, font, line_height }
    }
}
