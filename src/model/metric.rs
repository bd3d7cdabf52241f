//! Metrics: anything measured over time.

use std::sync::Arc;

use super::{Cadence, Date, Formula, MetricId, RecipeId, Series, Unit};

/// Which way is better.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Direction {
    Up,
    Down,
    /// Neither: a band is aimed at.
    Within,
}

/// How points of one period become one value.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Aggregation {
    Sum,
    Mean,
    Last,
    Min,
    Max,
}

/// What the recorded points of a metric say when it is accumulated over a span.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Recording {
    /// Each point is what came since the one before.
    Increments,
    /// Each point is the total so far.
    RunningTotals,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Category {
    ProductUsage,
    Revenue,
    Satisfaction,
    Retention,
    Conversion,
    MarketShare,
    ProductPerformance,
    Other,
}

impl Category {
    pub const ALL: [Self; 8] = [
        Self::ProductUsage,
        Self::Revenue,
        Self::Satisfaction,
        Self::Retention,
        Self::Conversion,
        Self::MarketShare,
        Self::ProductPerformance,
        Self::Other,
    ];

    pub fn word(self) -> &'static str {
        match self {
            Self::ProductUsage => "Product usage",
            Self::Revenue => "Revenue",
            Self::Satisfaction => "Satisfaction",
            Self::Retention => "Retention",
            Self::Conversion => "Conversion",
            Self::MarketShare => "Market share",
            Self::ProductPerformance => "Product performance",
            Self::Other => "Other",
        }
    }
}

/// Foundational metrics (acquisition, retention) suit early stages, granular ones (conversion, CLTV, feature adoption) later ones.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Level {
    Foundational,
    Granular,
}

/// What a value is held against. Ends are included.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Limit {
    AtLeast(f64),
    AtMost(f64),
    Within { low: f64, high: f64 },
}

impl Limit {
    pub fn is_met_by(self, value: f64) -> bool {
        match self {
            Self::AtLeast(low) => value >= low,
            Self::AtMost(high) => value <= high,
            Self::Within { low, high } => low <= value && value <= high,
        }
    }

    /// All numbers finite and a band not upside down.
    pub fn is_sound(self) -> bool {
        match self {
            Self::AtLeast(v) | Self::AtMost(v) => v.is_finite(),
            Self::Within { low, high } => low.is_finite() && high.is_finite() && low <= high,
        }
    }

    /// The numbers in it, one or two.
    pub fn values(self) -> impl Iterator<Item = f64> {
        let (a, b) = match self {
            Self::AtLeast(v) | Self::AtMost(v) => (v, None),
            Self::Within { low, high } => (low, Some(high)),
        };
        std::iter::once(a).chain(b)
    }
}

/// A metric's own target, apart from any goal, from a day on until the next one.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct DatedTarget {
    pub from: Date,
    pub limit: Limit,
}

/// A line that a metric should not cross.
#[derive(Clone, Debug, PartialEq)]
pub struct Threshold {
    pub label: String,
    pub limit: Limit,
}

/// What values can be at all. Either end may be open.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Bounds {
    pub lower: Option<f64>,
    pub upper: Option<f64>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum BenchmarkKind {
    Competitor,
    Industry,
}

/// What others reach, with where that is known from.
#[derive(Clone, Debug, PartialEq)]
pub struct Benchmark {
    pub name: String,
    pub kind: BenchmarkKind,
    pub value: f64,
    pub date: Date,
    pub source: String,
}

/// A metric that counts a part of another one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SegmentOf {
    pub whole: MetricId,
    /// "country", "plan", "platform".
    pub dimension: String,
    pub value: String,
}

/// What a formula gives for a period in which an input has no value.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum MissingInput {
    /// Nothing: the result is missing too.
    #[default]
    Missing,
    /// The input counts as zero (a segment that did not exist yet).
    Zero,
}

/// Where the values come from.
#[derive(Clone, Debug, PartialEq)]
pub enum Origin {
    /// Points of its own: entered, pasted or imported.
    Recorded,
    /// Points of its own, renewed from a file.
    Linked(LinkedSource),
    /// Computed from other metrics; its own series is empty.
    Computed { formula: Formula, missing: MissingInput },
}

/// A file that a metric follows.
#[derive(Clone, Debug, PartialEq)]
pub struct LinkedSource {
    /// From the project's folder, with `/` on every system. With `..`, or from the root of the disk, it leads out of that folder: such a
    /// file is read only where the program, not the project, remembers that somebody allowed it.
    pub path: String,
    pub recipe: RecipeId,
    /// Column, or value of the metric column, that is this metric.
    pub column: String,
    pub refreshed: Option<Date>,
    /// Why the last refresh failed, and since when.
    pub failing: Option<(Date, String)>,
}

/// How the XmR chart of a metric is cut and locked.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct XmrSettings {
    /// First days of new limits, at most three, ascending.
    pub dividers: Vec<Date>,
    /// Limits are computed from this span only.
    pub baseline: Option<(Date, Date)>,
}

/// Anything measured over time. With a link to a goal it is a KPI.
#[derive(Clone, Debug, PartialEq)]
pub struct Metric {
    pub id: MetricId,
    pub name: String,
    /// "MAU".
    pub abbreviation: String,
    pub synonyms: Vec<String>,
    pub description: String,
    /// A title of the user's own for its chart.
    pub headline: Option<String>,
    pub unit: Unit,
    /// Decimals shown, 0…9.
    pub decimals: u8,
    pub direction: Direction,
    pub cadence: Cadence,
    pub aggregation: Aggregation,
    pub recording: Recording,
    pub category: Category,
    pub level: Level,
    pub bounds: Bounds,
    pub owner: String,
    /// Ascending by date.
    pub targets: Vec<DatedTarget>,
    pub thresholds: Vec<Threshold>,
    pub benchmarks: Vec<Benchmark>,
    pub segment: Option<SegmentOf>,
    pub origin: Origin,
    pub xmr: XmrSettings,
    pub series: Arc<Series>,
}

impl Metric {
    /// A monthly count without points.
    pub fn new(id: MetricId, name: impl Into<String>) -> Self {
        Self {
            id,
            name: name.into(),
            abbreviation: String::new(),
            synonyms: Vec::new(),
            description: String::new(),
            headline: None,
            unit: Unit::Count,
            decimals: 0,
            direction: Direction::Up,
            cadence: Cadence::Monthly,
            aggregation: Aggregation::Last,
            recording: Recording::Increments,
            category: Category::Other,
            level: Level::Foundational,
            bounds: Bounds::default(),
            owner: String::new(),
            targets: Vec::new(),
            thresholds: Vec::new(),
            benchmarks: Vec::new(),
            segment: None,
            origin: Origin::Recorded,
            xmr: XmrSettings::default(),
            series: Arc::default(),
        }
    }

    /// The abbreviation where there is one, else the name.
    pub fn short_name(&self) -> &str {
        if self.abbreviation.is_empty() { &self.name } else { &self.abbreviation }
    }

    /// The metric's own target on a day.
    pub fn target_on(&self, date: Date) -> Option<Limit> {
        // In order of their days.
        let later = self.targets.partition_point(|t| t.from <= date);
        self.targets[..later].last().map(|t| t.limit)
    }

    pub fn formula(&self) -> Option<&Formula> {
        match &self.origin {
            Origin::Computed { formula, .. } => Some(formula),
            Origin::Recorded | Origin::Linked(_) => None,
        }
    }
}
