//! Charts that can be edited: what a chart states as series with their numbers, a `DrawingML` chart part (ECMA-376 part 1, §21.2) and the
//! workbook behind it.
//!
//! [`over_time`] and [`of_figure`] turn what Waymark draws into a [`Plot`]; `part` and `workbook` write that. Not here: what a chart says
//! (`chart`) and where it stands on a slide.

mod axes;
mod clear;
mod fan;
mod figures;
mod numbers;
mod part;
mod sample;
mod series;
mod time;
mod workbook;

use super::ink::Ink;

pub(super) use figures::of_figure;
pub(super) use part::chart_part;
pub(super) use time::over_time;
pub(super) use workbook::workbook;

/// A chart that can be edited.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Plot {
    pub(super) form: Form,
    pub(super) series: Vec<Series>,
    pub(super) x: Axis,
    pub(super) y: Axis,
    /// The share of the width at the right that the names of lines need.
    pub(super) gutter: f32,
}

/// What the numbers stand at.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Form {
    /// Whole days since 1970, ascending.
    Days(Vec<i64>),
    /// Named places, one behind the other.
    Names(Vec<String>),
    /// The same from top to bottom, their bars lying.
    Rows(Vec<String>),
    /// Each series has numbers of its own across.
    Numbers,
}

/// How a series is drawn.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Draw {
    Line,
    /// Stacked on the areas before it.
    Area,
    /// Stacked on the bars before it.
    Bar,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Dash {
    Solid,
    /// Longer: on the way to somewhere.
    Dashed,
    /// Shorter: not certain.
    Dotted,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Sign {
    Circle,
    Triangle,
    Square,
    Diamond,
}

/// A stroke in points of type.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Pen {
    pub(super) width: f32,
    pub(super) dash: Dash,
}

/// Signs at points.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Marker {
    pub(super) sign: Sign,
    /// In points of type.
    pub(super) size: u8,
    pub(super) hollow: bool,
}

#[derive(Clone, Debug, PartialEq)]
pub(super) struct Series {
    pub(super) name: String,
    pub(super) draw: Draw,
    /// Across, where [`Form::Numbers`] asks for it: one for each value.
    pub(super) across: Vec<f64>,
    /// One for each place; a gap where there is none.
    pub(super) values: Vec<Option<f64>>,
    /// How its numbers are written.
    pub(super) code: String,
    /// None is not drawn at all: what others are stacked on.
    pub(super) ink: Option<Ink>,
    /// None joins no points.
    pub(super) pen: Option<Pen>,
    pub(super) marker: Option<Marker>,
    /// Points that wear the marker; empty means all.
    pub(super) marked: Vec<usize>,
    pub(super) labels: Vec<Label>,
    /// How far a hairline reaches down from each point.
    pub(super) drop: Option<f64>,
}

impl Series {
    pub(super) fn line(name: impl Into<String>, values: Vec<Option<f64>>, code: &str, ink: Ink, pen: Pen) -> Self {
        Self {
            name: name.into(),
            draw: Draw::Line,
            across: Vec::new(),
            values,
            code: code.to_owned(),
            ink: Some(ink),
            pen: Some(pen),
            marker: None,
            marked: Vec::new(),
            labels: Vec::new(),
            drop: None,
        }
    }

    pub(super) fn area(name: impl Into<String>, values: Vec<Option<f64>>, code: &str, ink: Option<Ink>) -> Self {
        Self { draw: Draw::Area, ink, pen: None, ..Self::line(name, values, code, Ink::Text, Pen { width: 0.0, dash: Dash::Solid }) }
    }

    pub(super) fn bar(name: impl Into<String>, values: Vec<Option<f64>>, code: &str, ink: Option<Ink>) -> Self {
        Self { draw: Draw::Bar, ..Self::area(name, values, code, ink) }
    }

    /// The place of the last value.
    pub(super) fn last(&self) -> Option<usize> {
        self.values.iter().rposition(Option::is_some)
    }
}

/// What is written beside a point.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Label {
    /// The place of the point.
    pub(super) at: usize,
    pub(super) says: Says,
    pub(super) side: Side,
    pub(super) strong: bool,
    pub(super) ink: Ink,
    /// Moved up by so much of the height of the chart.
    pub(super) up: f32,
    /// Moved to the right by so much of its width.
    pub(super) across: f32,
}

/// Words that follow the numbers, where they can.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Says {
    Name,
    /// In a number format.
    Value(String),
    NameAndValue(String),
    Words(String),
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Side {
    Right,
    Above,
    Below,
    /// At the near end of a bar, inside it.
    Base,
}

impl Side {
    fn code(self) -> &'static str {
        match self {
            Self::Right => "r",
            Self::Above => "t",
            Self::Below => "b",
            Self::Base => "inBase",
        }
    }
}

#[derive(Clone, Debug, PartialEq)]
pub(super) struct Axis {
    pub(super) range: Option<(f64, f64)>,
    /// The distance of two ticks.
    pub(super) step: Option<Step>,
    pub(super) code: String,
    pub(super) name: Option<String>,
    pub(super) logarithmic: bool,
    /// Whether it has grid lines.
    pub(super) grid: bool,
}

#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Step {
    Units(f64),
    Days(u32),
    Months(u32),
    /// Every so many names.
    Names(usize),
}

impl Axis {
    /// Of names: nothing to measure.
    pub(super) fn of_names(every: usize) -> Self {
        Self { range: None, step: Some(Step::Names(every.max(1))), code: "General".to_owned(), name: None, logarithmic: false, grid: false }
    }
}

impl Plot {
    /// How many rows the numbers take.
    pub(super) fn rows(&self) -> usize {
        match &self.form {
            Form::Days(days) => days.len(),
            Form::Names(names) | Form::Rows(names) => names.len(),
            Form::Numbers => self.series.iter().map(|s| s.values.len()).max().unwrap_or(0),
        }
    }
}
