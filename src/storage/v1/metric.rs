use std::sync::Arc;

use serde::{Deserialize, Serialize};

use super::super::scalar::{Coded, List, Number, Text};
use super::points::{Points, Remarks};
use super::{Cadence, is_default, mirror};
use crate::model::{self, Date, Formula, MetricId, RecipeId, Unit};

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Metric {
    id: Coded<MetricId>,
    name: Text,
    #[serde(default, skip_serializing_if = "is_default")]
    abbreviation: Text,
    #[serde(default, skip_serializing_if = "is_default")]
    synonyms: List<Text>,
    #[serde(default, skip_serializing_if = "is_default")]
    description: Text,
    #[serde(default, skip_serializing_if = "is_default")]
    headline: Option<Text>,
    unit: Coded<Unit>,
    #[serde(default, skip_serializing_if = "is_default")]
    decimals: u8,
    direction: Direction,
    cadence: Cadence,
    aggregation: Aggregation,
    #[serde(default, skip_serializing_if = "is_default")]
    recording: Recording,
    #[serde(default, skip_serializing_if = "is_default")]
    category: Category,
    #[serde(default, skip_serializing_if = "is_default")]
    level: Level,
    #[serde(default, skip_serializing_if = "is_default")]
    bounds: Bounds,
    #[serde(default, skip_serializing_if = "is_default")]
    owner: Text,
    #[serde(default, skip_serializing_if = "is_default")]
    targets: List<DatedTarget>,
    #[serde(default, skip_serializing_if = "is_default")]
    thresholds: List<Threshold>,
    #[serde(default, skip_serializing_if = "is_default")]
    benchmarks: List<Benchmark>,
    #[serde(default, skip_serializing_if = "is_default")]
    segment: Option<Segment>,
    #[serde(default, skip_serializing_if = "is_default")]
    origin: Origin,
    #[serde(default, skip_serializing_if = "is_default")]
    xmr: Xmr,
    #[serde(default, skip_serializing_if = "is_default")]
    points: Points,
    /// What people wrote beside single points.
    #[serde(default, skip_serializing_if = "is_default")]
    notes: Remarks<Text>,
    /// The last day that a point covers, where its period was not over when it was recorded.
    #[serde(default, skip_serializing_if = "is_default")]
    data_to: Remarks<Coded<Date>>,
}

mirror!(Direction = Direction { Up, Down, Within });
mirror!(Aggregation = Aggregation { Sum, Mean, Last, Min, Max });
mirror!(Recording = Recording { Increments, RunningTotals });
mirror!(Category = Category { ProductUsage, Revenue, Satisfaction, Retention, Conversion, MarketShare, ProductPerformance, Other });
mirror!(Level = Level { Foundational, Granular });
mirror!(BenchmarkKind = BenchmarkKind { Competitor, Industry });
mirror!(MissingInput = MissingInput { Missing, Zero });

#[expect(clippy::derivable_impls, reason = "the enum comes from a macro that knows no default")]
impl Default for Recording {
    fn default() -> Self {
        Self::Increments
    }
}

#[expect(clippy::derivable_impls, reason = "the enum comes from a macro that knows no default")]
impl Default for Category {
    fn default() -> Self {
        Self::Other
    }
}

#[expect(clippy::derivable_impls, reason = "the enum comes from a macro that knows no default")]
impl Default for Level {
    fn default() -> Self {
        Self::Foundational
    }
}

#[expect(clippy::derivable_impls, reason = "the enum comes from a macro that knows no default")]
impl Default for MissingInput {
    fn default() -> Self {
        Self::Missing
    }
}

#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Bounds {
    #[serde(default, skip_serializing_if = "is_default")]
    lower: Option<Number>,
    #[serde(default, skip_serializing_if = "is_default")]
    upper: Option<Number>,
}

#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
enum Limit {
    AtLeast(Number),
    AtMost(Number),
    Within { low: Number, high: Number },
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct DatedTarget {
    from: Coded<Date>,
    limit: Limit,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Threshold {
    label: Text,
    limit: Limit,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Benchmark {
    name: Text,
    kind: BenchmarkKind,
    value: Number,
    date: Coded<Date>,
    #[serde(default, skip_serializing_if = "is_default")]
    source: Text,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Segment {
    whole: Coded<MetricId>,
    dimension: Text,
    value: Text,
}

#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
enum Origin {
    #[default]
    Recorded,
    Linked {
        path: Text,
        recipe: Coded<RecipeId>,
        column: Text,
        #[serde(default, skip_serializing_if = "is_default")]
        refreshed: Option<Coded<Date>>,
        #[serde(default, skip_serializing_if = "is_default")]
        failing: Option<Failing>,
    },
    Computed {
        formula: Coded<Formula>,
        #[serde(default, skip_serializing_if = "is_default")]
        missing: MissingInput,
    },
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Failing {
    since: Coded<Date>,
    why: Text,
}

#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Xmr {
    #[serde(default, skip_serializing_if = "is_default")]
    dividers: List<Coded<Date>>,
    #[serde(default, skip_serializing_if = "is_default")]
    baseline: Option<Baseline>,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Baseline {
    from: Coded<Date>,
    to: Coded<Date>,
}

impl From<&model::Metric> for Metric {
    fn from(metric: &model::Metric) -> Self {
        let model::Metric {
            id,
            name,
            abbreviation,
            synonyms,
            description,
            headline,
            unit,
            decimals,
            direction,
            cadence,
            aggregation,
            recording,
            category,
            level,
            bounds,
            owner,
            targets,
            thresholds,
            benchmarks,
            segment,
            origin,
            xmr,
            series,
        } = metric;
        Self {
            id: Coded(id.clone()),
            name: Text(name.clone()),
            abbreviation: Text(abbreviation.clone()),
            synonyms: synonyms.iter().cloned().map(Text).collect(),
            description: Text(description.clone()),
            headline: headline.clone().map(Text),
            unit: Coded(unit.clone()),
            decimals: *decimals,
            direction: (*direction).into(),
            cadence: (*cadence).into(),
            aggregation: (*aggregation).into(),
            recording: (*recording).into(),
            category: (*category).into(),
            level: (*level).into(),
            bounds: Bounds { lower: bounds.lower.map(Number), upper: bounds.upper.map(Number) },
            owner: Text(owner.clone()),
            targets: targets.iter().map(|t| DatedTarget { from: Coded(t.from), limit: t.limit.into() }).collect(),
            thresholds: thresholds.iter().map(|t| Threshold { label: Text(t.label.clone()), limit: t.limit.into() }).collect(),
            benchmarks: benchmarks.iter().map(Into::into).collect(),
            segment: segment.as_ref().map(Into::into),
            origin: origin.into(),
            xmr: xmr.into(),
            points: Points::of(series),
            notes: series.notes().map(|(at, note)| (Coded(at), Text(note.to_owned()))).collect(),
            data_to: series.times().iter().filter_map(|&at| Some((Coded(at), Coded(series.data_to(at)?)))).collect(),
        }
    }
}

impl Metric {
    /// The metric, and what is wrong with its points: then it comes without them.
    pub(super) fn into_model(self) -> (model::Metric, Option<model::SeriesError>) {
        let Self {
            id,
            name,
            abbreviation,
            synonyms,
            description,
            headline,
            unit,
            decimals,
            direction,
            cadence,
            aggregation,
            recording,
            category,
            level,
            bounds,
            owner,
            targets,
            thresholds,
            benchmarks,
            segment,
            origin,
            xmr,
            points,
            notes,
            data_to,
        } = self;
        let texts = |list: List<Text>| list.0.into_iter().map(|t| t.0).collect();
        let (series, error) = match points.into_series(notes, data_to) {
            Ok(series) => (series, None),
            Err(error) => (model::Series::default(), Some(error)),
        };
        let metric = model::Metric {
            id: id.0,
            name: name.0,
            abbreviation: abbreviation.0,
            synonyms: texts(synonyms),
            description: description.0,
            headline: headline.map(|t| t.0),
            unit: unit.0,
            decimals,
            direction: direction.into(),
            cadence: cadence.into(),
            aggregation: aggregation.into(),
            recording: recording.into(),
            category: category.into(),
            level: level.into(),
            bounds: model::Bounds { lower: bounds.lower.map(|b| b.0), upper: bounds.upper.map(|b| b.0) },
            owner: owner.0,
            targets: targets.0.into_iter().map(|t| model::DatedTarget { from: t.from.0, limit: t.limit.into() }).collect(),
            thresholds: thresholds.0.into_iter().map(|t| model::Threshold { label: t.label.0, limit: t.limit.into() }).collect(),
            benchmarks: benchmarks.0.into_iter().map(Into::into).collect(),
            segment: segment.map(Into::into),
            origin: origin.into(),
            xmr: xmr.into(),
            series: Arc::new(series),
        };
        (metric, error)
    }
}

impl From<model::Limit> for Limit {
    fn from(limit: model::Limit) -> Self {
        match limit {
            model::Limit::AtLeast(value) => Self::AtLeast(Number(value)),
            model::Limit::AtMost(value) => Self::AtMost(Number(value)),
            model::Limit::Within { low, high } => Self::Within { low: Number(low), high: Number(high) },
        }
    }
}

impl From<Limit> for model::Limit {
    fn from(limit: Limit) -> Self {
        match limit {
            Limit::AtLeast(value) => Self::AtLeast(value.0),
            Limit::AtMost(value) => Self::AtMost(value.0),
            Limit::Within { low, high } => Self::Within { low: low.0, high: high.0 },
        }
    }
}

impl From<&model::Benchmark> for Benchmark {
    fn from(benchmark: &model::Benchmark) -> Self {
        let model::Benchmark { name, kind, value, date, source } = benchmark;
        Self { name: Text(name.clone()), kind: (*kind).into(), value: Number(*value), date: Coded(*date), source: Text(source.clone()) }
    }
}

impl From<Benchmark> for model::Benchmark {
    fn from(benchmark: Benchmark) -> Self {
        let Benchmark { name, kind, value, date, source } = benchmark;
        Self { name: name.0, kind: kind.into(), value: value.0, date: date.0, source: source.0 }
    }
}

impl From<&model::SegmentOf> for Segment {
    fn from(segment: &model::SegmentOf) -> Self {
        let model::SegmentOf { whole, dimension, value } = segment;
        Self { whole: Coded(whole.clone()), dimension: Text(dimension.clone()), value: Text(value.clone()) }
    }
}

impl From<Segment> for model::SegmentOf {
    fn from(segment: Segment) -> Self {
        let Segment { whole, dimension, value } = segment;
        Self { whole: whole.0, dimension: dimension.0, value: value.0 }
    }
}

impl From<&model::Origin> for Origin {
    fn from(origin: &model::Origin) -> Self {
        match origin {
            model::Origin::Recorded => Self::Recorded,
            model::Origin::Linked(model::LinkedSource { path, recipe, column, refreshed, failing }) => Self::Linked {
                path: Text(path.clone()),
                recipe: Coded(recipe.clone()),
                column: Text(column.clone()),
                refreshed: refreshed.map(Coded),
                failing: failing.as_ref().map(|(since, why)| Failing { since: Coded(*since), why: Text(why.clone()) }),
            },
            model::Origin::Computed { formula, missing } => Self::Computed { formula: Coded(formula.clone()), missing: (*missing).into() },
        }
    }
}

impl From<Origin> for model::Origin {
    fn from(origin: Origin) -> Self {
        match origin {
            Origin::Recorded => Self::Recorded,
            Origin::Linked { path, recipe, column, refreshed, failing } => Self::Linked(model::LinkedSource {
                path: path.0,
                recipe: recipe.0,
                column: column.0,
                refreshed: refreshed.map(|d| d.0),
                failing: failing.map(|f| (f.since.0, f.why.0)),
            }),
            Origin::Computed { formula, missing } => Self::Computed { formula: formula.0, missing: missing.into() },
        }
    }
}

impl From<&model::XmrSettings> for Xmr {
    fn from(xmr: &model::XmrSettings) -> Self {
        let model::XmrSettings { dividers, baseline } = xmr;
        Self {
            dividers: dividers.iter().copied().map(Coded).collect(),
            baseline: baseline.map(|(from, to)| Baseline { from: Coded(from), to: Coded(to) }),
        }
    }
}

impl From<Xmr> for model::XmrSettings {
    fn from(xmr: Xmr) -> Self {
        let Xmr { dividers, baseline } = xmr;
        Self { dividers: dividers.0.into_iter().map(|d| d.0).collect(), baseline: baseline.map(|b| (b.from.0, b.to.0)) }
    }
}
