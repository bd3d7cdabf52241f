//! The choices that lists offer, in words.

use chrono::Weekday;

use crate::model::{
    Aggregation, BenchmarkKind, Cadence, Category, Contribution, Direction, DrivenBy, Grouping, Horizon, Level, MissingInput,
    ObjectiveStatus, ProductStage, Recording, StatusPreset, capitalised,
};

/// Words for each of a few values, as [`combo_ui`](crate::ui::widgets::combo_ui) wants them.
pub(in crate::ui) fn options<T: Copy>(all: &[(T, &str)]) -> Vec<(T, String)> {
    all.iter().map(|(option, word)| (*option, (*word).to_owned())).collect()
}

pub(super) const CONTRIBUTIONS: [(Contribution, &str); 2] =
    [(Contribution::Contributes, "Counts in its parent"), (Contribution::Supports, "Only supports it")];

pub(super) const HORIZONS: [(Horizon, &str); 2] = [(Horizon::Committed, "Committed"), (Horizon::Aspirational, "Aspirational")];

pub(super) const STAGES: [(Option<ProductStage>, &str); 5] = [
    (None, "–"),
    (Some(ProductStage::Planning), "Planning"),
    (Some(ProductStage::Launch), "Launch"),
    (Some(ProductStage::Growth), "Growth"),
    (Some(ProductStage::Maturity), "Maturity"),
];

pub(super) const DRIVERS: [(Option<DrivenBy>, &str); 3] =
    [(None, "–"), (Some(DrivenBy::Customer), "The customer"), (Some(DrivenBy::Business), "The business")];

pub(in crate::ui) const DIRECTIONS: [(Direction, &str); 3] =
    [(Direction::Up, "Higher is better"), (Direction::Down, "Lower is better"), (Direction::Within, "Best within a band")];

pub(super) const AGGREGATIONS: [(Aggregation, &str); 5] = [
    (Aggregation::Sum, "Sum"),
    (Aggregation::Mean, "Mean"),
    (Aggregation::Last, "Last value"),
    (Aggregation::Min, "Smallest value"),
    (Aggregation::Max, "Largest value"),
];

pub(super) const CATEGORIES: [(Category, &str); 8] = [
    (Category::ProductUsage, "Product usage"),
    (Category::Revenue, "Revenue"),
    (Category::Satisfaction, "Satisfaction"),
    (Category::Retention, "Retention"),
    (Category::Conversion, "Conversion"),
    (Category::MarketShare, "Market share"),
    (Category::ProductPerformance, "Product performance"),
    (Category::Other, "Other"),
];

pub(super) const MISSING_INPUTS: [(MissingInput, &str); 2] =
    [(MissingInput::Missing, "Result is missing"), (MissingInput::Zero, "Counts as zero")];

pub(super) const LEVELS: [(Level, &str); 2] = [(Level::Foundational, "Foundational"), (Level::Granular, "Granular")];

pub(super) const RECORDINGS: [(Recording, &str); 2] = [(Recording::Increments, "Increments"), (Recording::RunningTotals, "Running totals")];

pub(super) const BENCHMARK_KINDS: [(BenchmarkKind, &str); 2] =
    [(BenchmarkKind::Competitor, "Competitor"), (BenchmarkKind::Industry, "Industry")];

pub(super) const GROUPINGS: [(Grouping, &str); 5] = [
    (Grouping::None, "1000000"),
    (Grouping::Comma, "1,000,000"),
    (Grouping::Point, "1.000.000"),
    (Grouping::Space, "1 000 000"),
    (Grouping::Apostrophe, "1’000’000"),
];

pub(super) const DECIMAL_MARKS: [(char, &str); 2] = [('.', "Point: 0.5"), (',', "Comma: 0,5")];

pub(super) const PRESETS: [(StatusPreset, &str); 3] =
    [(StatusPreset::Likelihood, "Likelihood"), (StatusPreset::PointsBehind, "Points behind pace"), (StatusPreset::Ratio, "Share of pace")];

pub(super) const OBJECTIVE_STATUSES: [(ObjectiveStatus, &str); 2] =
    [(ObjectiveStatus::OwnProgress, "Its own progress"), (ObjectiveStatus::WorstChild, "Its worst part")];

pub(super) const MONTHS: [(u32, &str); 12] = [
    (1, "January"),
    (2, "February"),
    (3, "March"),
    (4, "April"),
    (5, "May"),
    (6, "June"),
    (7, "July"),
    (8, "August"),
    (9, "September"),
    (10, "October"),
    (11, "November"),
    (12, "December"),
];

pub(super) const WEEKDAYS: [(Weekday, &str); 7] = [
    (Weekday::Mon, "Monday"),
    (Weekday::Tue, "Tuesday"),
    (Weekday::Wed, "Wednesday"),
    (Weekday::Thu, "Thursday"),
    (Weekday::Fri, "Friday"),
    (Weekday::Sat, "Saturday"),
    (Weekday::Sun, "Sunday"),
];

/// "Monthly".
pub(in crate::ui) fn cadences() -> Vec<(Cadence, String)> {
    Cadence::ALL.into_iter().map(|cadence| (cadence, capitalised(cadence.word()))).collect()
}
