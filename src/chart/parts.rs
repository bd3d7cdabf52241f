//! The parts a chart is made of.

use std::sync::Arc;

use super::{ValueFormat, ValueScale};
use crate::analysis::xmr::Variation;
use crate::model::{Bounds, Cadence, Calendar, Date, EventId, GoalId, Role, Status};

/// Everything that one chart states. Drawn by `ui::chart`, read out by [`Chart::summary`].
#[derive(Clone, Debug, PartialEq)]
pub struct Chart {
    /// The finding in one sentence of at most 15 words; without one, the name.
    pub title: String,
    /// The name of what is shown.
    pub name: String,
    /// What, unit, scope, when: "Monthly active users, millions, Jan 2023 – Nov 2026".
    pub subtitle: String,
    /// What part of the whole it is: "country: Germany", "total since 1 Oct 2026".
    pub scope: Option<String>,
    /// The goals it is shown for, the one that the target belongs to first.
    pub supports: Vec<Supports>,
    /// The key result whose target and pace are drawn.
    pub pursued: Option<GoalId>,
    /// Days since 1970 over which there is anything to see.
    pub x: (f64, f64),
    /// [`Self::x`] with a little air: what "fit" shows.
    pub fit_x: (f64, f64),
    /// In drawing order, references first and the values last.
    pub lines: Vec<Line>,
    pub bands: Vec<Band>,
    /// Events, numbered in order of time.
    pub marks: Vec<Mark>,
    /// Notes on points, lettered in order of time.
    pub notes: Vec<Note>,
    pub labels: Vec<Label>,
    /// From the last complete value to what was expected then.
    pub gap: Option<Gap>,
    pub as_of: f64,
    pub format: ValueFormat,
    pub calendar: Calendar,
    pub cadence: Cadence,
    pub bounds: Bounds,
    /// How high values stand.
    pub scale: ValueScale,
    /// All values are above zero.
    pub positive: bool,
    /// Every value in order of time, gaps left out, the unfinished one last.
    pub values: Arc<[[f64; 2]]>,
    pub unfinished: Option<Unfinished>,
    /// What each complete value is, one for each; empty where the chart does not tell signals from noise.
    pub variations: Arc<[Variation]>,
    /// What has to be known to read it, in sentences without a full stop.
    pub remarks: Vec<String>,
    /// Events, notes, remarks and where the axis starts, for the whole of [`Self::fit_x`].
    pub caption: String,
    /// For screen readers: what is seen, in sentences.
    pub summary: String,
    /// Why there is nothing to see, where that is so.
    pub empty: Option<String>,
}

/// A goal that the chart is shown for.
#[derive(Clone, Debug, PartialEq)]
pub struct Supports {
    pub goal: GoalId,
    /// From the root: "Become the daily habit › Bring MAU to 10 M by Q4".
    pub path: String,
    pub status: Option<Status>,
    pub role: Role,
}

/// What a line is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum LineId {
    Benchmark(usize),
    /// One end of a limit of the metric.
    Threshold(usize),
    /// The metric's own dated target.
    OwnTarget(usize),
    OriginalTarget,
    Target,
    /// The other end of a band that is aimed at.
    TargetHigh,
    Pace,
    /// The mean of a stretch of an XmR chart.
    Centre(usize),
    LowerLimit(usize),
    UpperLimit(usize),
    ExpectedToday,
    /// The forecast with what initiatives are declared to bring.
    WithInitiatives,
    /// The median of the forecast.
    Forecast,
    Unfinished,
    Actual,
}

/// How a line speaks. Colours and widths are the theme's.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum LineStyle {
    /// Recorded values: solid, the focus.
    Solid,
    /// An unfinished period: dashed in the colour of the values, hollow point.
    Unfinished,
    /// What is aimed at: solid ink.
    Target,
    /// What was aimed at once.
    Ghost,
    /// What is expected on the way: muted, dashed 6–4.
    Pace,
    /// A limit that should not be crossed.
    Limit,
    /// What others reach: light.
    Reference,
    /// A single point of expectation.
    Point,
    /// The mean that values vary around: solid, thin.
    Centre,
    /// The limits of routine variation: dashed.
    Control,
    /// What is most likely to come: dashed in the colour of the values.
    Forecast,
    /// What is hoped to come: dashed in a colour of its own.
    Hope,
}

#[derive(Clone, Debug, PartialEq)]
pub struct Line {
    pub id: LineId,
    pub name: String,
    /// Ascending days and finite values. A gap starts a new run; a run of one point is a lone dot.
    pub runs: Vec<Arc<[[f64; 2]]>>,
    pub style: LineStyle,
    /// What stands in the right gutter beside the line's end.
    pub end_label: Option<String>,
    pub show_points: bool,
}

impl Chart {
    /// The same without what may come, over the same days.
    #[must_use]
    pub fn recorded(&self) -> Self {
        let mut chart = self.clone();
        let coming = |id: LineId| matches!(id, LineId::Forecast | LineId::WithInitiatives);
        chart.bands.retain(|band| !matches!(band.id, BandId::Forecast(_)));
        chart.lines.retain(|line| !coming(line.id));
        chart.labels.retain(|label| !coming(label.line));
        chart
    }
}

impl Line {
    /// The last point of the last run.
    pub fn end(&self) -> Option<[f64; 2]> {
        self.runs.last().and_then(|run| run.last()).copied()
    }

    /// The first point of the first run.
    pub fn start(&self) -> Option<[f64; 2]> {
        self.runs.first().and_then(|run| run.first()).copied()
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum BandId {
    /// Between the two ends of what is aimed at.
    Target,
    /// Where so many per cent of what may come lies.
    Forecast(u8),
    /// Between the two ends of one of the metric's own targets.
    OwnTarget(usize),
    /// An event that lasted: its number.
    Event(usize),
}

/// An area between two values over time.
#[derive(Clone, Debug, PartialEq)]
pub struct Band {
    pub id: BandId,
    pub name: String,
    /// Day, low, high; ascending. Infinite ends reach the edge of the plot.
    pub points: Arc<[[f64; 3]]>,
}

/// An event on the time axis.
#[derive(Clone, Debug, PartialEq)]
pub struct Mark {
    /// From 1, in order of time.
    pub number: usize,
    pub event: EventId,
    pub x: f64,
    /// Last day, where it lasted.
    pub until: Option<f64>,
    /// At most 50 characters.
    pub title: String,
    /// "Apr 2024", "12 Apr 2024".
    pub when: String,
}

/// A note that somebody left at a point.
#[derive(Clone, Debug, PartialEq)]
pub struct Note {
    /// "a", "b", …: as listed in the caption.
    pub letter: String,
    pub at: [f64; 2],
    pub text: String,
    pub when: String,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum LabelKind {
    /// The last complete value; always shown.
    Last,
    First,
    Min,
    Max,
    /// "set Jan 2026", "pace": written along a line.
    Along,
    /// "to 14 Mar", beside the hollow point.
    Unfinished,
}

/// A text at a point of the plot. The drawing leaves out what would clutter.
#[derive(Clone, Debug, PartialEq)]
pub struct Label {
    pub kind: LabelKind,
    pub at: [f64; 2],
    pub text: String,
    /// Whose colour it wears.
    pub line: LineId,
}

/// The difference between the last complete value and what was expected of it.
#[derive(Clone, Debug, PartialEq)]
pub struct Gap {
    pub x: f64,
    pub value: f64,
    pub expected: f64,
    /// "−0.8 M"
    pub text: String,
    /// On the good side, or exactly there.
    pub good: bool,
}

/// The last period, where it is not over.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Unfinished {
    pub x: f64,
    pub value: f64,
    /// The last day that the value covers.
    pub data_to: Date,
}

/// A word-sized line: its own scale, the last complete value as a dot.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Spark {
    /// x and y each 0…1 (y up); broken into runs by gaps.
    pub runs: Vec<Vec<[f32; 2]>>,
    /// The place of the last complete value.
    pub last: Option<[f32; 2]>,
    /// The last value in words: "8.2 M".
    pub value: String,
    /// For screen readers: "From 5.2 M in Jan 2023 to 8.2 M in Oct 2026".
    pub summary: String,
}
