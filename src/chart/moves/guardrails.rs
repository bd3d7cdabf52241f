//! Where a guardrail stands: its value, its limit, and why it is tripped where it is.

use crate::analysis::GoalResult;
use crate::analysis::MetricHealth;
use crate::analysis::guardrail::Trip;
use crate::chart::ValueFormat;
use crate::model::{Limit, Metric, MetricId, Project, date_words, within_period_words};

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum GuardrailState {
    Tripped,
    /// No complete value, or none that is recent.
    Unknown,
    Holds,
}

/// A guardrail in one line.
#[derive(Clone, Debug, PartialEq)]
pub struct GuardrailLine {
    pub metric: MetricId,
    pub name: String,
    pub state: GuardrailState,
    /// "98.91 % in the week of 12 Oct 2026 breaches “Store minimum” (at least 99.5 %)".
    pub words: String,
    /// The latest complete value.
    pub value: Option<f64>,
}

impl GuardrailState {
    pub fn word(self) -> &'static str {
        match self {
            Self::Tripped => "tripped",
            Self::Unknown => "not known",
            Self::Holds => "holds",
        }
    }
}

/// How a guardrail of a goal stands: `trip` as the goal has it, `health` as the metric has it.
pub fn guardrail_line(
    project: &Project,
    metric: &Metric,
    result: Option<&GoalResult>,
    trip: Option<Trip>,
    health: &MetricHealth,
) -> GuardrailLine {
    let format = ValueFormat::of(project, Some(metric));
    let when = |period| within_period_words(&project.settings.calendar, metric.cadence, period);
    let now = health.current.map(|c| format!("{} {}", format.value(c.value), when(c.period)));
    let (state, words) = match (trip, now) {
        (Some(trip), _) => (GuardrailState::Tripped, trip.words(project, metric)),
        (None, None) => (GuardrailState::Unknown, "no complete value yet".to_owned()),
        (None, Some(now)) if health.is_stale => (GuardrailState::Unknown, format!("{now}, nothing newer")),
        (None, Some(now)) => {
            let limits: Vec<String> = metric.thresholds.iter().map(|t| limit_words(t.limit, &t.label, &format)).collect();
            let since = result.and_then(|r| r.span.start).map(|start| format!("no signal to the bad side since {}", date_words(start)));
            let held = limits.into_iter().chain(since).collect::<Vec<_>>().join("; ");
            (GuardrailState::Holds, if held.is_empty() { now } else { format!("{now}; {held}") })
        }
    };
    GuardrailLine { metric: metric.id.clone(), name: metric.name.clone(), state, words, value: health.current.map(|c| c.value) }
}

/// "at least 99.5 % (Store minimum)".
fn limit_words(limit: Limit, label: &str, format: &ValueFormat) -> String {
    let words = match limit {
        Limit::AtLeast(low) => format!("at least {}", format.value(low)),
        Limit::AtMost(high) => format!("at most {}", format.value(high)),
        Limit::Within { low, high } => format!("{} to {}", format.value(low), format.value(high)),
    };
    if label.trim().is_empty() { words } else { format!("{words} ({})", label.trim()) }
}
