//! The rules, and what each is called.

use std::fmt;

/// What is held against a goal, a metric or the project. The ids are stable: projects turn rules off by them.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Rule {
    /// A verb that any result would satisfy ("improve", "optimise"), and nothing that measures it.
    VagueGoal,
    /// A key result that is work to do ("launch", "build") without a number.
    TaskAsKeyResult,
    /// A key result with neither a metric nor a milestone.
    NoMeasure,
    /// A key result whose start value is still to be found out.
    NoStart,
    /// A key result without a target.
    NoTarget,
    /// A target that was reached before the goal began.
    TargetIsStart,
    /// A target beyond every benchmark of a metric that has no history.
    BeyondBenchmarks,
    /// A target with hardly a chance.
    OutOfReach,
    /// A target that is all but certain to be reached.
    TooEasy,
    /// An objective at the top, inside the longer time of another one.
    NoParent,
    /// An objective that no metric tells the success of.
    NoOutcomeMetric,
    /// A metric that supports no goal.
    KpiWithoutGoal,
    /// A goal without a start or a due date.
    NoDates,
    /// A goal that begins before its parent, or ends after it.
    OutsideParent,
    /// A metric of which no period ends while its goal is pursued.
    CadenceTooCoarse,
    /// A goal that nobody answers for.
    NoOwner,
    /// An objective into which nothing rolls up.
    NoKeyResult,
    /// An objective with more than [`MOST_KEY_RESULTS`](super::MOST_KEY_RESULTS) key results.
    TooManyKeyResults,
    /// An objective with more than [`MOST_KPIS`](super::MOST_KPIS) metrics linked to it.
    TooManyKpis,
    /// A project with more than [`MOST_KPIS_OF_PROJECT`](super::MOST_KPIS_OF_PROJECT) KPIs.
    TooManyKpisInProject,
    /// Granular metrics in an early stage of the product.
    TooGranular,
    /// Only foundational metrics for a mature product.
    OnlyFoundational,
    /// A key result without a check-in for two cadences.
    NoCheckIn,
    /// A goal that is achieved while one of its guardrails is tripped.
    GuardrailTripped,
}

/// How much a finding matters.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Severity {
    /// Whether the goal is reached cannot be told, or what is told misleads.
    Serious,
    /// The goal would be better for it.
    Advice,
}

impl Rule {
    pub const ALL: [Self; 24] = [
        Self::VagueGoal,
        Self::TaskAsKeyResult,
        Self::NoMeasure,
        Self::NoStart,
        Self::NoTarget,
        Self::TargetIsStart,
        Self::BeyondBenchmarks,
        Self::OutOfReach,
        Self::TooEasy,
        Self::NoParent,
        Self::NoOutcomeMetric,
        Self::KpiWithoutGoal,
        Self::NoDates,
        Self::OutsideParent,
        Self::CadenceTooCoarse,
        Self::NoOwner,
        Self::NoKeyResult,
        Self::TooManyKeyResults,
        Self::TooManyKpis,
        Self::TooManyKpisInProject,
        Self::TooGranular,
        Self::OnlyFoundational,
        Self::NoCheckIn,
        Self::GuardrailTripped,
    ];

    /// As files and reports spell it.
    pub fn id(self) -> &'static str {
        match self {
            Self::VagueGoal => "vague-goal",
            Self::TaskAsKeyResult => "task-as-key-result",
            Self::NoMeasure => "no-measure",
            Self::NoStart => "no-start",
            Self::NoTarget => "no-target",
            Self::TargetIsStart => "target-is-start",
            Self::BeyondBenchmarks => "beyond-benchmarks",
            Self::OutOfReach => "out-of-reach",
            Self::TooEasy => "too-easy",
            Self::NoParent => "no-parent",
            Self::NoOutcomeMetric => "no-outcome-metric",
            Self::KpiWithoutGoal => "kpi-without-goal",
            Self::NoDates => "no-dates",
            Self::OutsideParent => "outside-parent",
            Self::CadenceTooCoarse => "cadence-too-coarse",
            Self::NoOwner => "no-owner",
            Self::NoKeyResult => "no-key-result",
            Self::TooManyKeyResults => "too-many-key-results",
            Self::TooManyKpis => "too-many-kpis",
            Self::TooManyKpisInProject => "too-many-kpis-in-project",
            Self::TooGranular => "too-granular",
            Self::OnlyFoundational => "only-foundational",
            Self::NoCheckIn => "no-check-in",
            Self::GuardrailTripped => "guardrail-tripped",
        }
    }

    pub fn from_id(id: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|rule| rule.id() == id)
    }

    /// As people read it, over a finding and in the list of rules.
    pub fn word(self) -> &'static str {
        match self {
            Self::VagueGoal => "Vague words",
            Self::TaskAsKeyResult => "A task, not a result",
            Self::NoMeasure => "Nothing measures it",
            Self::NoStart => "No start value",
            Self::NoTarget => "No target",
            Self::TargetIsStart => "Target already reached at the start",
            Self::BeyondBenchmarks => "Target beyond every benchmark",
            Self::OutOfReach => "Target out of reach",
            Self::TooEasy => "Target too easy",
            Self::NoParent => "No parent",
            Self::NoOutcomeMetric => "No outcome metric",
            Self::KpiWithoutGoal => "Supports no goal",
            Self::NoDates => "Dates missing",
            Self::OutsideParent => "Outside the dates of its parent",
            Self::CadenceTooCoarse => "Measured too rarely",
            Self::NoOwner => "No owner",
            Self::NoKeyResult => "No key result",
            Self::TooManyKeyResults => "Too many key results",
            Self::TooManyKpis => "Too many KPIs",
            Self::TooManyKpisInProject => "Too many KPIs in the project",
            Self::TooGranular => "Metrics too granular for the stage",
            Self::OnlyFoundational => "Only foundational metrics",
            Self::NoCheckIn => "No check-in",
            Self::GuardrailTripped => "Achieved, but a guardrail is tripped",
        }
    }

    pub fn severity(self) -> Severity {
        match self {
            Self::NoMeasure
            | Self::NoStart
            | Self::NoTarget
            | Self::TargetIsStart
            | Self::NoOutcomeMetric
            | Self::NoDates
            | Self::OutsideParent
            | Self::CadenceTooCoarse
            | Self::NoKeyResult
            | Self::GuardrailTripped => Severity::Serious,
            Self::VagueGoal
            | Self::TaskAsKeyResult
            | Self::BeyondBenchmarks
            | Self::OutOfReach
            | Self::TooEasy
            | Self::NoParent
            | Self::KpiWithoutGoal
            | Self::NoOwner
            | Self::TooManyKeyResults
            | Self::TooManyKpis
            | Self::TooManyKpisInProject
            | Self::TooGranular
            | Self::OnlyFoundational
            | Self::NoCheckIn => Severity::Advice,
        }
    }

    /// The field of the file that a finding points at, where the thing says it.
    pub fn field(self) -> &'static str {
        match self {
            Self::VagueGoal | Self::TaskAsKeyResult => "title",
            Self::NoMeasure => "kind",
            Self::NoStart | Self::NoTarget | Self::TargetIsStart | Self::BeyondBenchmarks | Self::OutOfReach | Self::TooEasy => "aim",
            Self::NoDates | Self::OutsideParent => "due",
            Self::CadenceTooCoarse => "metric",
            Self::NoParent
            | Self::NoOutcomeMetric
            | Self::KpiWithoutGoal
            | Self::NoOwner
            | Self::NoKeyResult
            | Self::TooManyKeyResults
            | Self::TooManyKpis
            | Self::TooManyKpisInProject
            | Self::TooGranular
            | Self::OnlyFoundational
            | Self::NoCheckIn
            | Self::GuardrailTripped => "id",
        }
    }
}

impl fmt::Display for Rule {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.id())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_read_back_and_are_in_no_one_elses_way() {
        for rule in Rule::ALL {
            assert_eq!(Rule::from_id(rule.id()), Some(rule));
            assert!(rule.id().bytes().all(|b| b.is_ascii_lowercase() || b == b'-'), "{rule}");
        }
        assert_eq!(Rule::from_id("no-such-rule"), None);
    }
}
