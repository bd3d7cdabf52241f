//! Metrics that many teams use, with how they are counted and when they mislead.

use std::sync::LazyLock;

use serde::{Deserialize, Serialize};

use crate::model::{self, Bounds, Formula, Metric, MetricId};
use crate::storage::v1::{Cadence, Stage, mirror};

mirror!(Direction = Direction { Up, Down, Within });
mirror!(Aggregation = Aggregation { Sum, Mean, Last, Min, Max });
mirror!(Category = Category { ProductUsage, Revenue, Satisfaction, Retention, Conversion, MarketShare, ProductPerformance, Other });
mirror!(Level = Level { Foundational, Granular });

/// A file of the library.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct LibraryText {
    pub(super) version: u32,
    pub(super) metrics: Vec<LibraryMetric>,
}

/// A metric of the library.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct LibraryMetric {
    /// What templates call it.
    pub key: String,
    pub name: String,
    /// "MAU"; empty where nobody abbreviates it.
    #[serde(default)]
    pub abbreviation: String,
    #[serde(default)]
    pub synonyms: Vec<String>,
    /// How it is counted, in words.
    pub formula: String,
    /// One sentence on when it misleads.
    pub misleads: String,
    /// A formula over keys of the library, `100 * [dau] / [mau]`; empty where no other metrics of it give the value.
    #[serde(default)]
    computed: String,
    unit: Unit,
    #[serde(default)]
    decimals: u8,
    direction: Direction,
    cadence: Cadence,
    aggregation: Aggregation,
    category: Category,
    level: Level,
    /// The stage of a product from which it is worth watching.
    stage: Stage,
    #[serde(default)]
    lower: Option<f64>,
    #[serde(default)]
    upper: Option<f64>,
}

/// A unit; money is in the project's currency.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
enum Unit {
    Count,
    Percent,
    Currency,
    Seconds,
    Minutes,
    Hours,
    Days,
    Ratio,
    Score,
    Custom(String),
}

const TEXT: &str = include_str!("../../../assets/templates/metrics.ron");
/// The version of the files in `assets/templates`.
pub(super) const VERSION: u32 = 1;

static LIBRARY: LazyLock<Vec<LibraryMetric>> = LazyLock::new(|| {
    let LibraryText { version, metrics } = super::read(TEXT);
    debug_assert_eq!(version, VERSION);
    metrics
});

/// Every metric of the library, category by category.
pub fn library() -> &'static [LibraryMetric] {
    &LIBRARY
}

impl LibraryMetric {
    pub(super) fn find(key: &str) -> Option<&'static Self> {
        LIBRARY.iter().find(|metric| metric.key == key)
    }

    pub fn unit(&self, currency: &str) -> model::Unit {
        match &self.unit {
            Unit::Count => model::Unit::Count,
            Unit::Percent => model::Unit::Percent,
            Unit::Currency => model::Unit::Currency(currency.to_owned()),
            Unit::Seconds => model::Unit::Seconds,
            Unit::Minutes => model::Unit::Minutes,
            Unit::Hours => model::Unit::Hours,
            Unit::Days => model::Unit::Days,
            Unit::Ratio => model::Unit::Ratio,
            Unit::Score => model::Unit::Score,
            Unit::Custom(label) => model::Unit::Custom(label.clone()),
        }
    }

    pub fn category(&self) -> model::Category {
        self.category.into()
    }

    pub fn stage(&self) -> model::ProductStage {
        self.stage.into()
    }

    pub fn direction(&self) -> model::Direction {
        self.direction.into()
    }

    pub fn cadence(&self) -> model::Cadence {
        self.cadence.into()
    }

    /// The metric of the library that goes by a name, an abbreviation or a synonym.
    pub fn named(word: &str) -> Option<&'static Self> {
        let word = word.trim();
        let is = |name: &str| !name.is_empty() && name.eq_ignore_ascii_case(word);
        LIBRARY.iter().find(|m| is(&m.name) || is(&m.abbreviation) || m.synonyms.iter().any(|s| is(s)))
    }

    /// Whether a metric of a project is this one: it has its name or its abbreviation.
    pub fn is(&self, metric: &Metric) -> bool {
        let same = |a: &str, b: &str| !a.is_empty() && a.eq_ignore_ascii_case(b);
        same(&self.name, &metric.name) || same(&self.abbreviation, &metric.abbreviation) || same(&self.abbreviation, &metric.name)
    }

    /// The metrics that its value can be computed from, in the order of its formula; none where it can only be recorded.
    pub fn inputs(&self) -> Vec<&'static Self> {
        self.computed.split('[').skip(1).filter_map(|part| Self::find(part.split(']').next()?)).collect()
    }

    /// Its formula over metrics of a project, given what stands there for each of its inputs; `None` where it has none.
    pub fn formula_of(&self, input: impl Fn(&Self) -> MetricId) -> Option<Formula> {
        if self.computed.is_empty() {
            return None;
        }
        let named = |text: String, metric: &&'static Self| text.replace(&format!("[{}]", metric.key), &format!("[{}]", input(metric)));
        Formula::parse(&self.inputs().iter().fold(self.computed.clone(), named)).ok()
    }

    /// What a project says of it: how it is counted and when it misleads.
    pub fn description(&self) -> String {
        format!("{} {}", self.formula, self.misleads)
    }

    /// A metric like this for a project, without points.
    pub fn metric(&self, id: MetricId, currency: &str) -> Metric {
        Metric {
            abbreviation: self.abbreviation.clone(),
            synonyms: self.synonyms.clone(),
            description: self.description(),
            unit: self.unit(currency),
            decimals: self.decimals,
            direction: self.direction.into(),
            cadence: self.cadence.into(),
            aggregation: self.aggregation.into(),
            category: self.category.into(),
            level: self.level.into(),
            bounds: Bounds { lower: self.lower, upper: self.upper },
            ..Metric::new(id, self.name.clone())
        }
    }
}
