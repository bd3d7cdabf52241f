//! A template as its file spells it: goals inside goals, metrics by their key in the library, dates told from the day of use.

use serde::{Deserialize, Serialize};

use super::library::Direction;
use crate::storage::v1::{Stage, mirror};

mirror!(DrivenBy = DrivenBy { Customer, Business });
mirror!(Horizon = Horizon { Committed, Aspirational });
mirror!(Pace = Pace { Linear, Compound, Steps, SCurve, Points, Seasonal });
mirror!(Role = Role { Outcome, Driver, Guardrail });
mirror!(BenchmarkKind = BenchmarkKind { Competitor, Industry });

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct TemplateText {
    pub(super) version: u32,
    pub(super) title: String,
    pub(super) sentence: String,
    #[serde(default)]
    pub(super) vision: String,
    #[serde(default)]
    pub(super) description: String,
    #[serde(default)]
    pub(super) stage: Option<Stage>,
    #[serde(default)]
    pub(super) cycles: Vec<CycleText>,
    #[serde(default)]
    pub(super) objectives: Vec<ObjectiveText>,
    /// What the library does not say of a metric.
    #[serde(default)]
    pub(super) metrics: Vec<MetricText>,
}

/// Fiscal quarters, counted from the one that contains the day of use: 0 is that one.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct CycleText {
    pub(super) key: String,
    pub(super) span: SpanText,
}

#[derive(Clone, Copy, Debug, Serialize, Deserialize)]
pub(super) enum SpanText {
    Quarter(i32),
    Quarters { first: i32, last: i32 },
    ThisYear,
}

#[derive(Clone, Copy, Debug, Serialize, Deserialize)]
pub(super) enum When {
    QuarterStart(i32),
    QuarterEnd(i32),
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct ObjectiveText {
    pub(super) title: String,
    #[serde(default)]
    pub(super) description: String,
    pub(super) cycle: String,
    #[serde(default)]
    pub(super) driven_by: Option<DrivenBy>,
    #[serde(default)]
    pub(super) horizon: Option<Horizon>,
    #[serde(default)]
    pub(super) key_results: Vec<KeyResultText>,
    #[serde(default)]
    pub(super) initiatives: Vec<InitiativeText>,
    #[serde(default)]
    pub(super) objectives: Vec<Self>,
    /// Besides the metrics of the key results, which are outcomes.
    #[serde(default)]
    pub(super) links: Vec<(Role, String)>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct KeyResultText {
    pub(super) title: String,
    #[serde(default)]
    pub(super) description: String,
    #[serde(default)]
    pub(super) metric: Option<String>,
    pub(super) aim: AimText,
    #[serde(default)]
    pub(super) pace: Option<Pace>,
    #[serde(default)]
    pub(super) stages: Vec<(When, f64)>,
    /// Where missing, the objective's.
    #[serde(default)]
    pub(super) cycle: Option<String>,
    #[serde(default)]
    pub(super) initiatives: Vec<InitiativeText>,
}

#[derive(Debug, Deserialize)]
pub(super) enum AimText {
    Increase { start: f64, target: f64 },
    AtLeast(f64),
    AtMost(f64),
    Milestone(Vec<String>),
    Baseline(Direction),
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct InitiativeText {
    pub(super) title: String,
    #[serde(default)]
    pub(super) description: String,
    pub(super) value: u8,
    pub(super) effort: u8,
    pub(super) steps: Vec<String>,
    #[serde(default)]
    pub(super) due: Option<When>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct MetricText {
    pub(super) key: String,
    /// With other metrics of the template by their keys, as in `[customers] / [reachable]`.
    #[serde(default)]
    pub(super) formula: Option<String>,
    /// From the quarter of the day of use on.
    #[serde(default)]
    pub(super) target: Option<LimitText>,
    #[serde(default)]
    pub(super) benchmarks: Vec<BenchmarkText>,
}

#[derive(Clone, Copy, Debug, Deserialize)]
pub(super) enum LimitText {
    AtLeast(f64),
    AtMost(f64),
}

/// Dated with the day of use: that is when it was looked up last.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct BenchmarkText {
    pub(super) name: String,
    pub(super) kind: BenchmarkKind,
    pub(super) value: f64,
    pub(super) source: String,
}
