//! What is known of a goal on a day.

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::model::{Cadence, CheckInId, Date, GoalId, MetricId, Period, Span, Status};

use super::forecast::Likelihood;

/// Everything known about one goal on one day. Shares (progress, expectation, score) are of one: 1.0 is 100 %.
#[derive(Clone, Debug, PartialEq)]
pub struct GoalResult {
    /// The dates that held on that day.
    pub span: Span,
    /// Raw and unclamped; `None` where there is no data, never 0.
    pub progress: Option<f64>,
    /// Expected progress on the day that [`Current::judged_on`] names.
    pub expected: Option<f64>,
    /// What is shown: the computed status, unless a check-in overrides it.
    pub status: Status,
    pub computed: Status,
    /// One plain sentence: why the computed status, with the numbers.
    pub reason: String,
    pub current: Option<Current>,
    pub start: Option<f64>,
    pub target: Option<f64>,
    /// The first target, where the target was changed since.
    pub original_target: Option<f64>,
    /// Objectives: how many of the children that roll up have progress.
    pub measured: Option<(usize, usize)>,
    /// Share in the parent's roll-up, renormalised over the siblings that roll up.
    pub weight_share: Option<f64>,
    pub required_rate: Option<RequiredRate>,
    /// Key results with a metric, from their start until the final value is in, where there is a forecast. Whatever the preset is.
    pub likelihood: Option<Arc<Likelihood>>,
    /// It, or a part of it, is judged without a forecast for now that is still being worked out.
    pub pending: bool,
    /// Its likelihood is still being worked out; until then none is told.
    pub awaits_likelihood: bool,
    /// After the due date while the final value is not in.
    pub provisional: bool,
    pub maintain: Option<Maintain>,
    /// The check-in whose status is shown in place of the computed one.
    pub overridden: Option<CheckInId>,
    /// The status that the latest check-in set by hand, whether or not it still holds.
    pub said: Option<Said>,
    /// Guardrail metrics that breach a threshold, or signalled to the bad side since the goal began ([`super::guardrail`]).
    pub guardrails_tripped: Vec<MetricId>,
    /// 0…1: the final score of a closed goal, else the one that progress suggests.
    pub score: Option<f64>,
    /// The score against the first target, where the target was changed since.
    pub score_original: Option<f64>,
}

/// The value that a goal is judged by.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Current {
    pub value: f64,
    /// The period it comes from; for accumulating key results, the days counted.
    pub period: Period,
    /// The value before it.
    pub previous: Option<f64>,
    /// The day whose expectation it is compared with: the period's last, or the check-in's.
    pub judged_on: Date,
}

/// What every period that is left has to bring.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct RequiredRate {
    /// (target − current) ÷ periods left.
    pub per_period: f64,
    /// (target ÷ current)^(1 ÷ periods left) − 1, for levels of one sign.
    pub compound: Option<f64>,
    /// At least one.
    pub periods_left: u32,
    pub cadence: Cadence,
}

/// How a "stay" aim was kept over the complete periods since the start that have a value.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Maintain {
    pub met: usize,
    pub of: usize,
    /// Periods met in a row up to the last.
    pub in_a_row: usize,
    /// Periods missed in a row up to the last.
    pub missed_in_a_row: usize,
    pub last_met: Option<bool>,
    /// The grain of the periods; `None` where check-ins carry the values.
    pub cadence: Option<Cadence>,
}

impl Maintain {
    /// "met 9 of 13 weeks, 2 in a row".
    pub fn words(&self) -> String {
        let noun = match self.cadence {
            Some(Cadence::Hourly) => Cadence::Daily.period_word(),
            Some(cadence) => cadence.period_word(),
            None => "check-in",
        };
        let plural = if self.of == 1 { "" } else { "s" };
        let streak = if self.in_a_row > 1 {
            format!(", {} in a row", self.in_a_row)
        } else if self.missed_in_a_row > 1 {
            format!(", the last {} missed", self.missed_in_a_row)
        } else if self.missed_in_a_row == 1 {
            ", the last one missed".to_owned()
        } else {
            String::new()
        };
        format!("met {} of {} {noun}{plural}{streak}", self.met, self.of)
    }
}

/// A status that somebody set by hand in the latest check-in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Said {
    pub check_in: CheckInId,
    pub status: Status,
    /// What was computed when it was set: it lapses when that changes.
    pub computed: Status,
    pub on: Date,
    pub by: String,
    pub why: String,
}

/// All goals on one day.
#[derive(Clone, Debug, PartialEq)]
pub struct Evaluation {
    pub as_of: Date,
    /// Every goal that is reached from the roots.
    pub goals: BTreeMap<GoalId, Arc<GoalResult>>,
}

impl Evaluation {
    pub fn goal(&self, id: &GoalId) -> Option<&GoalResult> {
        self.goals.get(id).map(Arc::as_ref)
    }
}
