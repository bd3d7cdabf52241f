//! The words of the trade, in Waymark's own words: what each means here, and an example.

/// A word that a label may be asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Term {
    Goal,
    Objective,
    KeyResult,
    Initiative,
    Metric,
    Kpi,
    Role,
    Guardrail,
    Cycle,
    Cadence,
    Aggregation,
    Baseline,
    Target,
    StagedTarget,
    Ledger,
    Pace,
    Progress,
    RollUp,
    Weight,
    Status,
    Confidence,
    CheckIn,
    Score,
    Ambition,
    ProductStage,
    Level,
    Benchmark,
    Threshold,
    Bounds,
    Segment,
    FormulaMetric,
    Accumulating,
    AsOf,
    Forecast,
    Likelihood,
    Xmr,
    RequiredRate,
}

impl Term {
    /// In the order of a first reading: what there is, then how it is measured, then how it is judged.
    pub const ALL: [Self; 37] = [
        Self::Goal,
        Self::Objective,
        Self::KeyResult,
        Self::Initiative,
        Self::Metric,
        Self::Kpi,
        Self::Role,
        Self::Guardrail,
        Self::Cycle,
        Self::Cadence,
        Self::Aggregation,
        Self::Baseline,
        Self::Target,
        Self::StagedTarget,
        Self::Ledger,
        Self::Pace,
        Self::Progress,
        Self::RollUp,
        Self::Weight,
        Self::Status,
        Self::Confidence,
        Self::CheckIn,
        Self::Score,
        Self::Ambition,
        Self::ProductStage,
        Self::Level,
        Self::Benchmark,
        Self::Threshold,
        Self::Bounds,
        Self::Segment,
        Self::FormulaMetric,
        Self::Accumulating,
        Self::AsOf,
        Self::Forecast,
        Self::Likelihood,
        Self::Xmr,
        Self::RequiredRate,
    ];

    /// The term that a label of the window is about: a field, a heading (what stands behind " · " in it left aside), the head of a column.
    pub fn of_label(label: &str) -> Option<Self> {
        let label = label.split(" · ").next().unwrap_or(label);
        Some(match label {
            "Goal" | "Goals" => Self::Goal,
            "Objective" | "Objectives" => Self::Objective,
            "Key result" | "Key results" => Self::KeyResult,
            "Initiative" | "Initiatives" | "Worth" => Self::Initiative,
            "Metric" => Self::Metric,
            "KPI" | "KPIs" => Self::Kpi,
            "Supports" | "Role" => Self::Role,
            "Guardrail" | "Guardrails" => Self::Guardrail,
            "Cycle" | "Cycles" | "Fiscal year" => Self::Cycle,
            "Cadence" => Self::Cadence,
            "Aggregation" => Self::Aggregation,
            "Start value" | "Baseline" => Self::Baseline,
            "Target" | "Own targets" | "Own target" => Self::Target,
            "Staged targets" | "Stages" => Self::StagedTarget,
            "Changes" | "First target" => Self::Ledger,
            "Pace" => Self::Pace,
            "Progress" | "Progress, expected" => Self::Progress,
            "Measured" | "Roll-up" | "Contribution" => Self::RollUp,
            "Weight" | "Weights" | "Parts and weights" => Self::Weight,
            "Status" | "State" | "Judged by" => Self::Status,
            "Confidence" => Self::Confidence,
            "Check-in" | "Check-ins" | "Check-in rhythm" => Self::CheckIn,
            "Score" | "Suggested" => Self::Score,
            "Ambition" => Self::Ambition,
            "Product stage" => Self::ProductStage,
            "Level" => Self::Level,
            "Benchmark" | "Benchmarks" => Self::Benchmark,
            "Threshold" | "Thresholds" => Self::Threshold,
            "Bounds" => Self::Bounds,
            "Segment" | "Segments" | "Segment of" => Self::Segment,
            "Formula" | "Computed" => Self::FormulaMetric,
            "Recording" | "Accumulating" => Self::Accumulating,
            "As of" => Self::AsOf,
            "Forecast" => Self::Forecast,
            "Likelihood" | "Target met" | "Target by" | "Likely targets" => Self::Likelihood,
            "Signals" | "XmR" | "XmR chart" => Self::Xmr,
            "Needed" | "Required rate" => Self::RequiredRate,
            _ => return None,
        })
    }

    /// As labels write it.
    pub fn word(self) -> &'static str {
        match self {
            Self::Goal => "Goal",
            Self::Objective => "Objective",
            Self::KeyResult => "Key result",
            Self::Initiative => "Initiative",
            Self::Metric => "Metric",
            Self::Kpi => "KPI",
            Self::Role => "Role of a KPI",
            Self::Guardrail => "Guardrail",
            Self::Cycle => "Cycle",
            Self::Cadence => "Cadence",
            Self::Aggregation => "Aggregation",
            Self::Baseline => "Baseline",
            Self::Target => "Target",
            Self::StagedTarget => "Staged targets",
            Self::Ledger => "Target ledger",
            Self::Pace => "Pace",
            Self::Progress => "Progress",
            Self::RollUp => "Roll-up",
            Self::Weight => "Weight",
            Self::Status => "Status",
            Self::Confidence => "Confidence",
            Self::CheckIn => "Check-in",
            Self::Score => "Score",
            Self::Ambition => "Committed, aspirational",
            Self::ProductStage => "Product stage",
            Self::Level => "Foundational, granular",
            Self::Benchmark => "Benchmark",
            Self::Threshold => "Threshold",
            Self::Bounds => "Bounds",
            Self::Segment => "Segment",
            Self::FormulaMetric => "Formula metric",
            Self::Accumulating => "Accumulating",
            Self::AsOf => "As of",
            Self::Forecast => "Forecast",
            Self::Likelihood => "Likelihood",
            Self::Xmr => "XmR chart",
            Self::RequiredRate => "Required rate",
        }
    }

    /// What it means here, in a few sentences, with an example where that helps.
    pub fn meaning(self) -> &'static str {
        match self {
            Self::Goal => "Anything in the tree on the left: an objective, a key result or an initiative.",
            Self::Objective => {
                "What you want to be true, in words: “Become the daily habit of small teams”. It has no number of its own; its key results make it measurable."
            }
            Self::KeyResult => {
                "How you will know. A start value, a target and dates for one metric, as in “MAU from 7.2 M to 10 M by December”, or a milestone that is reached or not."
            }
            Self::Initiative => {
                "Work that is meant to move a key result: “Rebuild sign-up”. It progresses by its own steps and never changes the key result by itself; only the numbers do."
            }
            Self::Metric => "Anything measured over time: a name, a unit and its values. Metrics outlive goals, and one may serve several.",
            Self::Kpi => {
                "A metric that is linked to a goal, and so matters. Few that have a strong effect are better than many: more than seven on an objective is flagged."
            }
            Self::Role => {
                "Why a metric stands beside a goal. An outcome is what success is. A driver is expected to move the outcome, perhaps some weeks later. A guardrail must not get worse on the way."
            }
            Self::Guardrail => {
                "A metric that must not get worse while you go for the goal, such as churn while you grow. It trips when one of its thresholds is breached, or when its XmR chart signals a change for the worse since the objective began; the objective then says so, even when it is met."
            }
            Self::Cycle => {
                "A named span that goals are set for: “Q4 2026” or “FY27”. A goal without dates of its own takes those of its cycle. The month in which the fiscal year starts is a setting of the project."
            }
            Self::Cadence => {
                "How often a metric has a value, or how often a goal is checked in: daily, weekly, monthly, quarterly or yearly."
            }
            Self::Aggregation => {
                "How several values become one for a longer period: sign-ups are summed, a satisfaction score is averaged, the number of customers is the last one. A wrong choice makes a right series lie."
            }
            Self::Baseline => {
                "The value from which a key result starts. Where nobody knows it yet, the key result is “baseline first”: it has no progress until the first value sets it."
            }
            Self::Target => "The value to be reached by the due date, or the line to stay above, below or between.",
            Self::StagedTarget => {
                "A long ambition in parts: a value to be reached by each of several dates, and the growth that each part needs."
            }
            Self::Ledger => {
                "Every change of a target, a start or a date, with its day and its reason. The first target stays on the chart as a ghost, and the score is known against both."
            }
            Self::Pace => {
                "Where the number should be on a day, to arrive in time. A straight line, unless compound growth, stages, an S-curve, a season or own points say otherwise."
            }
            Self::Progress => {
                "How much of the way is done: (current − start) ÷ (target − start). From 100 to 60, a value of 50 makes 125 %, and one of 110 makes −25 %. Without data there is none, which is not the same as 0 %."
            }
            Self::RollUp => {
                "The progress of an objective is the weighted mean of what contributes to it, each counted from 0 to 100 %. What has no data is left out, and the number left out is said: “4 of 5 measured”."
            }
            Self::Weight => {
                "How much a part counts in the progress of the goal above. The shares add up to 100 %. A share that is typed is pinned, and the others divide the rest."
            }
            Self::Status => {
                "Progress held against the pace on the last day that the data covers: on track, behind, at risk. The sentence behind each status has the numbers in it."
            }
            Self::Confidence => {
                "How sure you are that the goal will be met, from 0 to 10, said at a check-in. It is your judgement, beside what is computed."
            }
            Self::CheckIn => {
                "A short entry on a goal at a regular time: the value, how confident you are, and a note. It may override the computed status until the next check-in, or until the computed one changes."
            }
            Self::Score => {
                "What a goal came to when it was closed, from 0.0 to 1.0. It is suggested from the progress, and can be changed with a note."
            }
            Self::Ambition => {
                "A committed goal is a promise: 1.0 is expected. An aspirational one is a stretch: 0.7 is good, and it is judged at 70 % of the way."
            }
            Self::ProductStage => {
                "Where the product is: planning, launch, growth or maturity. Early stages want foundational metrics, later ones the granular ones."
            }
            Self::Level => {
                "A foundational metric says whether people come and stay: acquisition, retention. A granular one says how: conversion, lifetime value, use of a feature."
            }
            Self::Benchmark => {
                "What others have: a competitor or the industry, with its date and its source. It is drawn behind the series."
            }
            Self::Threshold => "A line on a metric that must not be crossed, with a name: “alarm below 99.5 %”.",
            Self::Bounds => {
                "What values are possible at all, such as 0 to 100. They belong to the metric and not to its unit: revenue retention in per cent goes above 100."
            }
            Self::Segment => "A part of a metric by country, plan, platform or the like. A formula can add the segments of a metric up.",
            Self::FormulaMetric => {
                "A metric that is worked out from others: users × revenue per user. The inputs are brought to the same period first, then the formula is applied; a missing input gives a missing value."
            }
            Self::Accumulating => "Counted up over the span of the key result, from 0: sign-ups this quarter.",
            Self::AsOf => {
                "The day that “now” means. Go back, and later values, targets and check-ins are hidden, as they were unknown then."
            }
            Self::Forecast => {
                "Where the values go if nothing changes: the mean of two models, Theta and exponential smoothing. The line is the middle; eight of ten futures lie within the wide band, five of ten within the narrow one. It knows nothing of your plans."
            }
            Self::Likelihood => {
                "How likely the target is by the due date, from the forecast and how far such forecasts were off. 70 % and more is on track, under 30 % is at risk, where the project judges by likelihood."
            }
            Self::Xmr => {
                "A chart that tells signal from noise: the mean of the values and the limits within which they vary by routine. A value outside, eight in a row on one side, or three of four near a limit mean that something changed."
            }
            Self::RequiredRate => "How much has to be gained in each period that is left, to reach the target in time.",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;

    #[test]
    fn a_term_is_the_label_of_itself_and_of_headings_with_a_count() {
        assert_eq!(Term::of_label("Goals · 4 of 5"), Some(Term::Goal));
        assert_eq!(Term::of_label("Owner"), None);
        let own: Vec<_> = Term::ALL.iter().filter(|t| Term::of_label(t.word()).is_some_and(|found| found != **t)).collect();
        assert_eq!(own, Vec::<&Term>::new(), "labels that lead to another term");
    }

    #[test]
    fn every_term_is_listed_once_and_says_something_of_its_own() {
        let words: BTreeSet<_> = Term::ALL.iter().map(|t| t.word()).collect();
        let meanings: BTreeSet<_> = Term::ALL.iter().map(|t| t.meaning()).collect();
        assert_eq!((words.len(), meanings.len()), (Term::ALL.len(), Term::ALL.len()));
        assert!(meanings.iter().all(|m| m.ends_with('.') && m.len() > 40), "{meanings:?}");
        // The last of the enum is in the list: none was forgotten when one was added.
        assert_eq!(Term::ALL.len(), Term::RequiredRate as usize + 1);
    }
}
