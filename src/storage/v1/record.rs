use serde::{Deserialize, Serialize};

use super::super::scalar::{Coded, List, Number, Text};
use super::{is_default, mirror};
use crate::model::{self, CheckInId, CycleId, Date, EventId, GoalId, MeetingEntryId, MetricId};

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Link {
    goal: Coded<GoalId>,
    metric: Coded<MetricId>,
    role: Role,
    #[serde(default, skip_serializing_if = "is_default")]
    expected_lag_days: Option<u32>,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Cycle {
    id: Coded<CycleId>,
    name: Text,
    start: Coded<Date>,
    end: Coded<Date>,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Event {
    id: Coded<EventId>,
    date: Coded<Date>,
    #[serde(default, skip_serializing_if = "is_default")]
    until: Option<Coded<Date>>,
    title: Text,
    #[serde(default, skip_serializing_if = "is_default")]
    description: Text,
    kind: EventKind,
    /// None means all.
    #[serde(default, skip_serializing_if = "is_default")]
    metrics: List<Coded<MetricId>>,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct CheckIn {
    id: Coded<CheckInId>,
    goal: Coded<GoalId>,
    date: Coded<Date>,
    #[serde(default, skip_serializing_if = "is_default")]
    value: Option<Number>,
    #[serde(default, skip_serializing_if = "is_default")]
    confidence: Option<u8>,
    #[serde(default, skip_serializing_if = "is_default")]
    status: Option<StatusOverride>,
    #[serde(default, skip_serializing_if = "is_default")]
    note: Text,
    #[serde(default, skip_serializing_if = "is_default")]
    by: Text,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct StatusOverride {
    status: Status,
    computed: Status,
    #[serde(default, skip_serializing_if = "is_default")]
    why: Text,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct MeetingEntry {
    id: Coded<MeetingEntryId>,
    date: Coded<Date>,
    kind: MeetingEntryKind,
    text: Text,
    #[serde(default, skip_serializing_if = "is_default")]
    owner: Text,
    #[serde(default, skip_serializing_if = "is_default")]
    due: Option<Coded<Date>>,
    #[serde(default, skip_serializing_if = "is_default")]
    done_on: Option<Coded<Date>>,
    #[serde(default, skip_serializing_if = "is_default")]
    outcome: Text,
    #[serde(default, skip_serializing_if = "is_default")]
    goal: Option<Coded<GoalId>>,
    #[serde(default, skip_serializing_if = "is_default")]
    metric: Option<Coded<MetricId>>,
}

mirror!(Role = Role { Outcome, Driver, Guardrail });
mirror!(EventKind = EventKind { Release, Incident, Campaign, External, Other });
mirror!(MeetingEntryKind = MeetingEntryKind { Decision, Action, Note });
mirror!(Status = Status { OnTrack, Behind, AtRisk, Achieved, Missed, TooEarly, NoData, NotStarted, Postponed, Abandoned, Closed });

impl From<&model::Link> for Link {
    fn from(link: &model::Link) -> Self {
        let model::Link { goal, metric, role, expected_lag_days } = link;
        Self { goal: Coded(goal.clone()), metric: Coded(metric.clone()), role: (*role).into(), expected_lag_days: *expected_lag_days }
    }
}

impl From<Link> for model::Link {
    fn from(link: Link) -> Self {
        let Link { goal, metric, role, expected_lag_days } = link;
        Self { goal: goal.0, metric: metric.0, role: role.into(), expected_lag_days }
    }
}

impl From<&model::Cycle> for Cycle {
    fn from(cycle: &model::Cycle) -> Self {
        let model::Cycle { id, name, start, end } = cycle;
        Self { id: Coded(id.clone()), name: Text(name.clone()), start: Coded(*start), end: Coded(*end) }
    }
}

impl From<Cycle> for model::Cycle {
    fn from(cycle: Cycle) -> Self {
        let Cycle { id, name, start, end } = cycle;
        Self { id: id.0, name: name.0, start: start.0, end: end.0 }
    }
}

impl From<&model::Event> for Event {
    fn from(event: &model::Event) -> Self {
        let model::Event { id, date, until, title, description, kind, metrics } = event;
        Self {
            id: Coded(id.clone()),
            date: Coded(*date),
            until: until.map(Coded),
            title: Text(title.clone()),
            description: Text(description.clone()),
            kind: (*kind).into(),
            metrics: metrics.iter().cloned().map(Coded).collect(),
        }
    }
}

impl From<Event> for model::Event {
    fn from(event: Event) -> Self {
        let Event { id, date, until, title, description, kind, metrics } = event;
        let mut metrics: Vec<MetricId> = metrics.0.into_iter().map(|m| m.0).collect();
        metrics.sort();
        Self { id: id.0, date: date.0, until: until.map(|d| d.0), title: title.0, description: description.0, kind: kind.into(), metrics }
    }
}

impl From<&model::CheckIn> for CheckIn {
    fn from(check_in: &model::CheckIn) -> Self {
        let model::CheckIn { id, goal, date, value, confidence, status, note, by } = check_in;
        Self {
            id: Coded(id.clone()),
            goal: Coded(goal.clone()),
            date: Coded(*date),
            value: value.map(Number),
            confidence: *confidence,
            status: status.as_ref().map(|s| {
                let model::StatusOverride { status, computed, why } = s;
                StatusOverride { status: (*status).into(), computed: (*computed).into(), why: Text(why.clone()) }
            }),
            note: Text(note.clone()),
            by: Text(by.clone()),
        }
    }
}

impl From<CheckIn> for model::CheckIn {
    fn from(check_in: CheckIn) -> Self {
        let CheckIn { id, goal, date, value, confidence, status, note, by } = check_in;
        Self {
            id: id.0,
            goal: goal.0,
            date: date.0,
            value: value.map(|v| v.0),
            confidence,
            status: status.map(|s| {
                let StatusOverride { status, computed, why } = s;
                model::StatusOverride { status: status.into(), computed: computed.into(), why: why.0 }
            }),
            note: note.0,
            by: by.0,
        }
    }
}

impl From<&model::MeetingEntry> for MeetingEntry {
    fn from(entry: &model::MeetingEntry) -> Self {
        let model::MeetingEntry { id, date, kind, text, owner, due, done_on, outcome, goal, metric } = entry;
        Self {
            id: Coded(id.clone()),
            date: Coded(*date),
            kind: (*kind).into(),
            text: Text(text.clone()),
            owner: Text(owner.clone()),
            due: due.map(Coded),
            done_on: done_on.map(Coded),
            outcome: Text(outcome.clone()),
            goal: goal.clone().map(Coded),
            metric: metric.clone().map(Coded),
        }
    }
}

impl From<MeetingEntry> for model::MeetingEntry {
    fn from(entry: MeetingEntry) -> Self {
        let MeetingEntry { id, date, kind, text, owner, due, done_on, outcome, goal, metric } = entry;
        Self {
            id: id.0,
            date: date.0,
            kind: kind.into(),
            text: text.0,
            owner: owner.0,
            due: due.map(|d| d.0),
            done_on: done_on.map(|d| d.0),
            outcome: outcome.0,
            goal: goal.map(|g| g.0),
            metric: metric.map(|m| m.0),
        }
    }
}
