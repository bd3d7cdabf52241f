//! What people add around goals and metrics: links, cycles, events, check-ins and the meeting log.

use super::{CheckInId, CycleId, Date, EventId, GoalId, MeetingEntryId, MetricId, Status};

/// A metric that belongs to a goal: with it, the metric is a KPI.
#[derive(Clone, Debug, PartialEq)]
pub struct Link {
    pub goal: GoalId,
    pub metric: MetricId,
    pub role: Role,
    /// For a driver: the days after which it is expected to move the outcome.
    pub expected_lag_days: Option<u32>,
}

/// What a link is named by: one link for each pair of goal and metric.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct LinkKey {
    pub goal: GoalId,
    pub metric: MetricId,
}

impl Link {
    pub fn key(&self) -> LinkKey {
        LinkKey { goal: self.goal.clone(), metric: self.metric.clone() }
    }
}

/// What a metric is to a goal.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Role {
    /// What success is.
    Outcome,
    /// Expected to move it.
    Driver,
    /// Must not get worse.
    Guardrail,
}

impl Role {
    pub const ALL: [Self; 3] = [Self::Outcome, Self::Driver, Self::Guardrail];

    pub fn word(self) -> &'static str {
        match self {
            Self::Outcome => "outcome",
            Self::Driver => "driver",
            Self::Guardrail => "guardrail",
        }
    }
}

/// A named span, such as Q4 2026. Both ends included.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Cycle {
    pub id: CycleId,
    pub name: String,
    pub start: Date,
    pub end: Date,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum EventKind {
    Release,
    Incident,
    Campaign,
    External,
    Other,
}

impl EventKind {
    pub const ALL: [Self; 5] = [Self::Release, Self::Incident, Self::Campaign, Self::External, Self::Other];

    pub fn word(self) -> &'static str {
        match self {
            Self::Release => "Release",
            Self::Incident => "Incident",
            Self::Campaign => "Campaign",
            Self::External => "From outside",
            Self::Other => "Other",
        }
    }
}

/// Something that happened, marked on the charts.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Event {
    pub id: EventId,
    pub date: Date,
    /// Last day, where it lasted.
    pub until: Option<Date>,
    pub title: String,
    pub description: String,
    pub kind: EventKind,
    /// The metrics it is drawn on, sorted; none means all.
    pub metrics: Vec<MetricId>,
}

/// What somebody said of a goal on a day.
#[derive(Clone, Debug, PartialEq)]
pub struct CheckIn {
    pub id: CheckInId,
    pub goal: GoalId,
    pub date: Date,
    /// The data of a key result without a metric; else what was said of the metric on that day.
    pub value: Option<f64>,
    /// 0…10.
    pub confidence: Option<u8>,
    pub status: Option<StatusOverride>,
    pub note: String,
    pub by: String,
}

/// A status set by hand, with the computed one at that time: it lapses when that changes or at the next check-in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StatusOverride {
    pub status: Status,
    pub computed: Status,
    pub why: String,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum MeetingEntryKind {
    Decision,
    Action,
    Note,
}

impl MeetingEntryKind {
    pub const ALL: [Self; 3] = [Self::Decision, Self::Action, Self::Note];

    pub fn word(self) -> &'static str {
        match self {
            Self::Decision => "Decision",
            Self::Action => "Action",
            Self::Note => "Note",
        }
    }

    /// As reports spell it.
    pub fn code(self) -> &'static str {
        match self {
            Self::Decision => "decision",
            Self::Action => "action",
            Self::Note => "note",
        }
    }
}

/// A line of the meeting log.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MeetingEntry {
    pub id: MeetingEntryId,
    pub date: Date,
    pub kind: MeetingEntryKind,
    pub text: String,
    pub owner: String,
    pub due: Option<Date>,
    pub done_on: Option<Date>,
    pub outcome: String,
    pub goal: Option<GoalId>,
    pub metric: Option<MetricId>,
}

impl MeetingEntry {
    pub fn is_done(&self, on: Date) -> bool {
        self.done_on.is_some_and(|done| done <= on)
    }

    /// Whether something is still awaited of it on a day: that an action is done, or what comes of a decision.
    pub fn is_open(&self, on: Date) -> bool {
        match self.kind {
            MeetingEntryKind::Action => !self.is_done(on),
            MeetingEntryKind::Decision => !self.is_done(on) && self.outcome.trim().is_empty(),
            MeetingEntryKind::Note => false,
        }
    }

    /// Whether it should have been done before a day.
    pub fn is_overdue(&self, on: Date) -> bool {
        self.is_open(on) && self.due.is_some_and(|due| due < on)
    }
}
