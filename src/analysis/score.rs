//! What a final score says (SEMANTICS, "Progress": the bands of scores on closing).

use crate::model::{Horizon, Status};

/// How good a score is for a goal of its horizon.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum ScoreBand {
    /// Red.
    Low,
    /// Yellow.
    Partial,
    /// Green.
    Good,
}

/// A score that is shown as the lower end of a band belongs to it.
const TOLERANCE: f64 = 1e-9;

impl ScoreBand {
    /// Aspirational: from 0.7 good, from 0.4 partial. Committed: 1.0 is good, from 0.7 partial.
    pub fn of(score: f64, horizon: Horizon) -> Self {
        let (good, partial) = match horizon {
            Horizon::Aspirational => (0.7, 0.4),
            Horizon::Committed => (1.0, 0.7),
        };
        if score >= good - TOLERANCE {
            Self::Good
        } else if score >= partial - TOLERANCE {
            Self::Partial
        } else {
            Self::Low
        }
    }

    pub fn word(self) -> &'static str {
        match self {
            Self::Low => "Low",
            Self::Partial => "Partial",
            Self::Good => "Good",
        }
    }

    /// What the band says, in a sentence.
    pub fn sentence(self, horizon: Horizon) -> &'static str {
        match (self, horizon) {
            (Self::Good, Horizon::Committed) => "A committed goal is good at 1.0.",
            (Self::Partial, Horizon::Committed) => "A committed goal is partial from 0.7, good only at 1.0.",
            (Self::Low, Horizon::Committed) => "A committed goal is low under 0.7.",
            (Self::Good, Horizon::Aspirational) => "An aspirational goal is good from 0.7.",
            (Self::Partial, Horizon::Aspirational) => "An aspirational goal is partial from 0.4, good from 0.7.",
            (Self::Low, Horizon::Aspirational) => "An aspirational goal is low under 0.4.",
        }
    }

    /// The status whose colours and glyph it wears.
    pub fn status(self) -> Status {
        match self {
            Self::Good => Status::OnTrack,
            Self::Partial => Status::Behind,
            Self::Low => Status::AtRisk,
        }
    }
}

/// A score as it is suggested: in hundredths.
pub fn suggested_score(score: f64) -> f64 {
    (score.clamp(0.0, 1.0) * 100.0).round() / 100.0
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bands_are_those_of_the_horizon() {
        use ScoreBand::{Good, Low, Partial};
        let of = |horizon| [0.0, 0.39, 0.4, 0.69, 0.7, 0.99, 1.0].map(|score| ScoreBand::of(score, horizon));
        assert_eq!(of(Horizon::Aspirational), [Low, Low, Partial, Partial, Good, Good, Good]);
        assert_eq!(of(Horizon::Committed), [Low, Low, Low, Low, Partial, Partial, Good]);
        assert_eq!(ScoreBand::of(0.1 + 0.2 + 0.4, Horizon::Aspirational), Good, "0.7 but for rounding");
    }
}
