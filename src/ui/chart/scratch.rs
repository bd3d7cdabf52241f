//! What one plot remembers between frames: the point that is read, and the lines thinned for the pixels they are drawn on.

use std::sync::Arc;

use egui_plot::PlotPoint;

use crate::chart::{CaptionPart, Chart, LineId, LineStyle};

/// Scratch of one plot. It holds nothing that the project or the view knows.
#[derive(Clone, Debug, Default)]
pub struct PlotScratch {
    /// The place in the chart's values that is being read.
    pub(super) read: Option<usize>,
    /// The tooltip stays until Enter or Esc.
    pub(super) pinned: bool,
    /// Where the pointer was in the frame before.
    pub(super) pointer: Option<egui::Pos2>,
    /// The days that were shown in the frame before.
    pub(super) range: Option<(f64, f64)>,
    /// The day, since 1970, at which the menu was asked for.
    pub asked_at: Option<f64>,
    /// What is being dragged.
    pub(super) grip: Option<super::handle::Grip>,
    seen: Option<Arc<Seen>>,
}

/// A chart thinned for a range and a width, and what follows from that.
#[derive(Debug)]
pub(super) struct Seen {
    /// Held so that its address stays its own.
    of: Arc<Chart>,
    range: (f64, f64),
    /// Physical pixels from the left of the chart to its right.
    pub(super) columns: usize,
    held: Option<(f64, f64)>,
    pub(super) chart: Chart,
    pub(super) y: (f64, f64),
    pub(super) caption: Vec<CaptionPart>,
    /// The solid lines, as the plot borrows them.
    pub(super) solid: Vec<(LineId, usize, Vec<PlotPoint>)>,
}

impl PlotScratch {
    /// Reads one of the chart's values and holds on to it, as Enter does.
    pub fn pin(&mut self, place: usize) {
        self.read = Some(place);
        self.pinned = true;
    }

    /// Whether a day is being dragged: the days shown are to stand still.
    pub fn holds_a_day(&self) -> bool {
        self.grip.as_ref().is_some_and(super::handle::Grip::is_day)
    }

    /// The thinned chart, from the frame before where nothing changed.
    pub(super) fn seen(&mut self, chart: &Arc<Chart>, range: (f64, f64), columns: usize) -> Arc<Seen> {
        // While a value is dragged the axis stands still.
        let held = self.grip.as_ref().map(|grip| grip.shown);
        if let Some(seen) = &self.seen
            && Arc::ptr_eq(&seen.of, chart)
            && seen.range == range
            && seen.columns == columns
            && seen.held == held
        {
            return Arc::clone(seen);
        }
        let thinned = chart.seen(range, columns);
        let y = held.unwrap_or_else(|| thinned.y_domain(range));
        let caption = thinned.caption_in(range);
        let solid = thinned
            .lines
            .iter()
            .filter(|line| line.style == LineStyle::Solid)
            .flat_map(|line| line.runs.iter().enumerate().map(|(index, run)| (line.id, index, run)))
            .filter(|(_, _, run)| run.len() > 1)
            .map(|(id, index, run)| (id, index, run.iter().map(|p| PlotPoint::new(p[0], thinned.scale.up(p[1]))).collect()))
            .collect();
        let seen = Arc::new(Seen { of: Arc::clone(chart), range, columns, held, chart: thinned, y, caption, solid });
        self.seen = Some(Arc::clone(&seen));
        seen
    }
}
