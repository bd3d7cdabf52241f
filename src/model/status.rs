//! The state of a goal in one word.

/// Where a goal stands. The order of decision is that of SEMANTICS, "Status".
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Status {
    OnTrack,
    Behind,
    AtRisk,
    Achieved,
    Missed,
    TooEarly,
    NoData,
    NotStarted,
    Postponed,
    Abandoned,
    Closed,
}

impl Status {
    pub const ALL: [Self; 11] = [
        Self::OnTrack,
        Self::Behind,
        Self::AtRisk,
        Self::Achieved,
        Self::Missed,
        Self::TooEarly,
        Self::NoData,
        Self::NotStarted,
        Self::Postponed,
        Self::Abandoned,
        Self::Closed,
    ];

    /// As people read it: "On track".
    pub fn word(self) -> &'static str {
        match self {
            Self::OnTrack => "On track",
            Self::Behind => "Behind",
            Self::AtRisk => "At risk",
            Self::Achieved => "Achieved",
            Self::Missed => "Missed",
            Self::TooEarly => "Too early",
            Self::NoData => "No data",
            Self::NotStarted => "Not started",
            Self::Postponed => "Postponed",
            Self::Abandoned => "Abandoned",
            Self::Closed => "Closed",
        }
    }

    /// As files and reports spell it: `on_track`.
    pub fn code(self) -> &'static str {
        match self {
            Self::OnTrack => "on_track",
            Self::Behind => "behind",
            Self::AtRisk => "at_risk",
            Self::Achieved => "achieved",
            Self::Missed => "missed",
            Self::TooEarly => "too_early",
            Self::NoData => "no_data",
            Self::NotStarted => "not_started",
            Self::Postponed => "postponed",
            Self::Abandoned => "abandoned",
            Self::Closed => "closed",
        }
    }
}
