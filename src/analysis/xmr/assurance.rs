//! What the limits say of a target: whether the process as it is will meet it.

use super::Band;
use crate::model::Limit;

/// Whether a target is met by routine variation (as NHS England's `NHSRplotthedots`).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Assurance {
    /// Routine variation stays on the good side of the target.
    PassesConsistently,
    /// Sometimes it is met, sometimes not; nothing changed in between.
    HitAndMiss,
    /// Without a change it will not be met.
    FailsConsistently,
}

impl Assurance {
    /// Uses the limits as they are, beyond what values can be.
    pub fn of(band: Band, target: Limit) -> Self {
        let Band { lower, upper, .. } = band;
        let (passes, fails) = match target {
            Limit::AtLeast(t) => (t < lower, t > upper),
            Limit::AtMost(t) => (t > upper, t < lower),
            Limit::Within { low, high } => (low < lower && upper < high, upper < low || high < lower),
        };
        match (passes, fails) {
            (true, _) => Self::PassesConsistently,
            (false, true) => Self::FailsConsistently,
            (false, false) => Self::HitAndMiss,
        }
    }

    /// As reports spell it.
    pub fn code(self) -> &'static str {
        match self {
            Self::PassesConsistently => "passes_consistently",
            Self::HitAndMiss => "hit_and_miss",
            Self::FailsConsistently => "fails_consistently",
        }
    }

    /// As people read it.
    pub fn words(self) -> &'static str {
        match self {
            Self::PassesConsistently => "passes consistently",
            Self::HitAndMiss => "hit and miss",
            Self::FailsConsistently => "fails consistently",
        }
    }
}
