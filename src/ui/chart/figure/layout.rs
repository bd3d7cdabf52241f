//! Where plot, axes, the labels over it and the gutter are.

use egui::{FontId, Rect, Ui, pos2};

use super::super::layout::width_of;
use crate::chart::{Figure, Tick, Tone, Way};
use crate::ui::theme::{TextSize, Theme, space};

/// Between the plot and the texts over it; the ring of a focused plot goes between them.
pub(super) const OVER: f32 = space::S;

/// A text over the plot, at a place across, in a row from the plot upwards.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Over {
    pub(super) text: String,
    pub(super) tone: Tone,
    pub(super) at: f64,
    /// Its left edge.
    pub(super) left: f32,
    pub(super) row: usize,
    /// A line leads down from it.
    pub(super) line: bool,
}

pub(super) struct Layout {
    pub(super) plot: Rect,
    /// Plot, axes, texts and gutter.
    pub(super) outer: Rect,
    pub(super) y_ticks: Vec<Tick>,
    pub(super) x_ticks: Vec<Tick>,
    pub(super) over: Vec<Over>,
    pub(super) gutter: bool,
    pub(super) font: FontId,
    pub(super) line_height: f32,
}

/// Figures narrower than this (in lines of text) have no gutter.
const GUTTER_FROM_LINES: f32 = 30.0;
/// No gutter takes more of the width.
const GUTTER_SHARE: f32 = 0.3;
/// More rows of texts are not put over a plot.
const MOST_ROWS: usize = 4;

impl Layout {
    pub(super) fn of(ui: &Ui, theme: &Theme, figure: &Figure, outer: Rect) -> Self {
        let font = theme.number_font(TextSize::Label);
        let line_height = theme.type_of(TextSize::Label).line_height;
        let small = theme.px(space::S);
        let bottom = line_height + small + if figure.x.name.is_some() { line_height } else { 0.0 };
        let rough = (outer.height() - bottom - line_height).max(1.0);
        let widest = |ticks: &[Tick]| ticks.iter().map(|t| width_of(ui, &t.label, &font)).fold(0.0, f32::max);
        let left = widest(&figure.y.ticks_up(rough, line_height * 2.2)) + small;
        let gutter = outer.width() >= GUTTER_FROM_LINES * line_height;
        let strong = theme.strong_number_font(TextSize::Label);
        let ends = figure.series.iter().filter_map(|s| s.end_label.as_ref());
        let levels = figure.rules.iter().filter(|r| r.way == Way::Level).map(|r| &r.label);
        let named = ends.chain(levels).map(|text| width_of(ui, text, &strong)).fold(0.0, f32::max);
        let right = if gutter && named > 0.0 { (named + theme.px(space::M)).min(outer.width() * GUTTER_SHARE) } else { theme.px(space::M) };
        let across = egui::Rangef::new(outer.left() + left, (outer.right() - right).max(outer.left() + left + 1.0));
        let over = over(ui, theme, figure, across);
        let rows = over.iter().map(|o| o.row + 1).max().unwrap_or(0);
        let head = if figure.y.name.is_some() { line_height * 1.5 } else { 0.0 };
        let top = (rows as f32 * line_height + if rows > 0 { theme.px(OVER) } else { 0.0 }).max(line_height / 2.0) + head;
        let plot = Rect::from_min_max(
            pos2(across.min, outer.top() + top),
            pos2(across.max, (outer.bottom() - bottom).max(outer.top() + top + 1.0)),
        );
        let y_ticks = figure.y.ticks_up(plot.height(), line_height * 2.2);
        let x_ticks = figure.x.ticks_across(plot.width(), |label| width_of(ui, label, &font) + theme.px(space::XS));
        Self { plot, outer, y_ticks, x_ticks, over, gutter, font, line_height }
    }
}

/// The names of what stands upright, each in the lowest row where it touches no other.
fn over(ui: &Ui, theme: &Theme, figure: &Figure, across: egui::Rangef) -> Vec<Over> {
    let (from, to) = figure.x.range;
    let place = |x: f64| across.min + ((x - from) / (to - from).max(f64::MIN_POSITIVE)) as f32 * across.span();
    let rules = figure.rules.iter().filter(|r| r.way == Way::Upright).map(|r| (r.label.clone(), r.tone, r.at, true));
    let zones = figure.zones.iter().map(|z| (z.name.clone(), Tone::Muted, f64::midpoint(z.from, z.to), false));
    let mut wanted: Vec<(String, Tone, f64, bool)> =
        rules.chain(zones).filter(|(text, _, at, _)| !text.is_empty() && from <= *at && *at <= to).collect();
    // What has a line is nearest to the plot.
    wanted.sort_by(|a, b| b.3.cmp(&a.3).then(a.2.total_cmp(&b.2)));
    let mut rows: Vec<Vec<egui::Rangef>> = Vec::new();
    let mut found = Vec::new();
    for (text, tone, at, line) in wanted {
        let width = width_of(ui, &text, &theme.strong_number_font(TextSize::Label));
        let left = (place(at) - width / 2.0).min(across.max - width).max(across.min);
        let taken = egui::Rangef::new(left - theme.px(space::S), left + width + theme.px(space::S));
        let free = |row: &Vec<egui::Rangef>| row.iter().all(|other| taken.max < other.min || other.max < taken.min);
        let row = rows.iter().position(free).unwrap_or(rows.len());
        if row >= MOST_ROWS {
            continue;
        }
        if row == rows.len() {
            rows.push(Vec::new());
        }
        rows[row].push(taken);
        found.push(Over { text, tone, at, left, row, line });
    }
    found
}
