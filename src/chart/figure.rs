//! A picture whose horizontal axis need not be the calendar: years over one another, a histogram, parts of a change, a cloud of
//! points. Drawn by `ui::chart::figure_ui`, read out by [`Figure::summary`], as a table by [`Figure::table`].

use std::sync::Arc;

use super::domain::rounded;
use super::table::Table;
use super::ticks::{time_ticks, value_ticks};
use super::words::CaptionPart;
use super::{Supports, Tick, ValueFormat};
use crate::model::{Cadence, Calendar};

/// Everything that one figure states.
#[derive(Clone, Debug, PartialEq)]
pub struct Figure {
    /// The finding in one sentence of at most 15 words; without one, the name.
    pub title: String,
    /// The name of what is shown.
    pub name: String,
    /// What, unit, when.
    pub subtitle: String,
    /// The goals it is shown for.
    pub supports: Vec<Supports>,
    pub x: Axis,
    pub y: Axis,
    /// Shaded areas, behind everything.
    pub zones: Vec<Zone>,
    pub bars: Vec<Bar>,
    /// In drawing order, context first.
    pub series: Vec<Series>,
    pub rules: Vec<Rule>,
    /// What can be read, in reading order.
    pub spots: Vec<Spot>,
    /// Whether the spot read is the nearest one across (columns, lines) or the nearest in both directions (a cloud).
    pub reading: Reading,
    /// What has to be known to read it, in sentences without a full stop.
    pub remarks: Vec<String>,
    /// For screen readers: what is seen, in sentences.
    pub summary: String,
    /// The same as a table.
    pub table: Table,
    /// Why there is nothing to see, where that is so.
    pub empty: Option<String>,
}

/// One axis: what it shows and how it is written.
#[derive(Clone, Debug, PartialEq)]
pub struct Axis {
    pub range: (f64, f64),
    pub scale: Scale,
    /// What it measures, where the subtitle does not say it.
    pub name: Option<String>,
}

#[derive(Clone, Debug, PartialEq)]
pub enum Scale {
    Values(ValueFormat),
    /// Days since 1970.
    Days {
        calendar: Calendar,
        cadence: Cadence,
    },
    /// Named places; where they do not fit, every second, third, … of them.
    Places(Vec<Tick>),
}

/// What a part of a figure means; its colour is the theme's.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Tone {
    /// What it is about.
    Focus,
    /// One of several of equal standing, from 0; 0 wears the colour of [`Self::Focus`].
    Series(usize),
    /// For comparison only.
    Context,
    /// What is aimed at: strong ink.
    Target,
    /// Means, quartiles, reference lines.
    Muted,
    Better,
    Worse,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Pen {
    /// Lone points of a line are dots.
    Line,
    LineWithPoints,
    /// A level: half as wide.
    Thin,
    /// An unfinished period: its last point is hollow.
    Dashed,
    /// Points without a line.
    Points,
}

#[derive(Clone, Debug, PartialEq)]
pub struct Series {
    pub name: String,
    /// Ascending x and finite values. A gap starts a new run.
    pub runs: Vec<Arc<[[f64; 2]]>>,
    pub tone: Tone,
    pub pen: Pen,
    /// What stands in the right gutter beside its end.
    pub end_label: Option<String>,
}

/// From one place to another on both axes.
#[derive(Clone, Debug, PartialEq)]
pub struct Bar {
    pub x: (f64, f64),
    pub y: (f64, f64),
    pub tone: Tone,
    /// Written at its end, where there is room.
    pub label: Option<String>,
}

/// Across the whole plot.
#[derive(Clone, Debug, PartialEq)]
pub struct Rule {
    pub way: Way,
    pub at: f64,
    pub label: String,
    pub tone: Tone,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Way {
    Upright,
    Level,
}

/// A shaded stretch of the horizontal axis.
#[derive(Clone, Debug, PartialEq)]
pub struct Zone {
    pub from: f64,
    pub to: f64,
    pub name: String,
}

/// A place that can be read.
#[derive(Clone, Debug, PartialEq)]
pub struct Spot {
    pub at: [f64; 2],
    pub title: String,
    pub rows: Vec<SpotRow>,
}

#[derive(Clone, Debug, PartialEq)]
pub struct SpotRow {
    pub tone: Option<Tone>,
    pub name: String,
    pub value: String,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Reading {
    Across,
    Nearest,
}

impl Spot {
    /// One sentence for screen readers: "6.2 M to 6.4 M: 3 months".
    pub fn sentence(&self) -> String {
        let rows: Vec<String> = self.rows.iter().map(|row| format!("{} {}", row.name, row.value).trim().to_owned()).collect();
        format!("{}: {}", self.title, rows.join(", "))
    }
}

impl Series {
    /// The last point of the last run.
    pub fn end(&self) -> Option<[f64; 2]> {
        self.runs.last().and_then(|run| run.last()).copied()
    }
}

impl Axis {
    pub fn values(range: (f64, f64), format: ValueFormat) -> Self {
        Self { range, scale: Scale::Values(format), name: None }
    }

    /// An axis of values that shows all of them with air, in round numbers; with bars, zero too.
    pub fn around(values: impl IntoIterator<Item = f64>, format: ValueFormat, bounds: crate::model::Bounds) -> Self {
        let (low, high) = values.into_iter().fold((f64::INFINITY, f64::NEG_INFINITY), |(a, b), v| (a.min(v), b.max(v)));
        let range = if low <= high { rounded((low, high), bounds) } else { (0.0, 1.0) };
        Self::values(range, format)
    }

    /// Ticks across `width_px`, whose labels do not touch; each is as wide as `label_px` says.
    pub fn ticks_across(&self, width_px: f32, label_px: impl Fn(&str) -> f32) -> Vec<Tick> {
        match &self.scale {
            Scale::Values(format) => {
                let ends = value_ticks(self.range, width_px, width_px / 2.0, format);
                let widest = ends.iter().map(|t| label_px(&t.label)).fold(24.0, f32::max);
                value_ticks(self.range, width_px, widest * 1.8, format)
            }
            Scale::Days { calendar, cadence } => time_ticks(self.range, width_px, label_px, *calendar, *cadence, cadence.mean_days()),
            Scale::Places(places) => {
                let px = width_px / (self.range.1 - self.range.0).max(f64::MIN_POSITIVE) as f32;
                let fits = |stride: &usize| {
                    let shown: Vec<&Tick> = places.iter().step_by(*stride).collect();
                    shown.windows(2).all(|pair| {
                        let room = (pair[1].at - pair[0].at) as f32 * px;
                        f32::midpoint(label_px(&pair[0].label), label_px(&pair[1].label)) + 8.0 <= room
                    })
                };
                let stride = (1..places.len().max(2)).find(fits).unwrap_or(1);
                places.iter().step_by(stride).cloned().collect()
            }
        }
    }

    /// Ticks up `height_px`, at least `spacing_px` apart.
    pub fn ticks_up(&self, height_px: f32, spacing_px: f32) -> Vec<Tick> {
        match &self.scale {
            Scale::Values(format) => value_ticks(self.range, height_px, spacing_px, format),
            Scale::Days { .. } => Vec::new(),
            Scale::Places(places) => places.clone(),
        }
    }

    /// "Axis starts at 4.5 M", where zero is not on it.
    pub fn note(&self) -> Option<String> {
        let Scale::Values(format) = &self.scale else { return None };
        super::domain::axis_words(self.range, format)
    }
}

impl Figure {
    /// A figure that says why it shows nothing.
    pub(super) fn empty(name: &str, supports: Vec<Supports>, why: &str) -> Self {
        let places = || Axis { range: (0.0, 1.0), scale: Scale::Places(Vec::new()), name: None };
        Self {
            title: name.to_owned(),
            name: name.to_owned(),
            subtitle: String::new(),
            supports,
            x: places(),
            y: places(),
            zones: Vec::new(),
            bars: Vec::new(),
            series: Vec::new(),
            rules: Vec::new(),
            spots: Vec::new(),
            reading: Reading::Across,
            remarks: Vec::new(),
            summary: format!("{name}: {why}."),
            table: Table::default(),
            empty: Some(why.to_owned()),
        }
    }

    /// What stands below it.
    pub fn caption(&self) -> Vec<CaptionPart> {
        self.remarks.iter().map(|text| CaptionPart { sign: None, text: text.clone() }).collect()
    }

    /// The place in [`Self::spots`] nearest to a place, where one unit across is `px.0` points wide and one up `px.1` high.
    pub fn nearest(&self, [x, y]: [f64; 2], px: (f64, f64)) -> Option<usize> {
        let up = if self.reading == Reading::Nearest { 1.0 } else { 1e-3 };
        let distance = |spot: &Spot| ((spot.at[0] - x) * px.0).hypot((spot.at[1] - y) * px.1 * up);
        let found = self.spots.iter().enumerate().min_by(|a, b| distance(a.1).total_cmp(&distance(b.1)));
        found.map(|(index, _)| index)
    }

    /// Title, subtitle, what is drawn, what to know: the summary for a screen reader, of `found` in sentences.
    pub(super) fn summed_up(mut self, found: &[String]) -> Self {
        let mut said = vec![format!("{}. {}.", self.title, self.subtitle)];
        said.extend(found.iter().map(|words| format!("{words}.")));
        said.extend(self.remarks.iter().map(|words| format!("{words}.")));
        self.summary = said.join(" ");
        self
    }
}
