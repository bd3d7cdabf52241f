use serde::{Deserialize, Serialize};

use super::super::scalar::{Coded, List, Number, Text};
use super::{Cadence, Stage, is_default, mirror};
use crate::model::{self, CycleId, Date, GoalId, MetricId, OrderKey};

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Goal {
    id: Coded<GoalId>,
    #[serde(default, skip_serializing_if = "is_default")]
    parent: Option<Coded<GoalId>>,
    #[serde(default = "first_order")]
    order: Coded<OrderKey>,
    title: Text,
    #[serde(default, skip_serializing_if = "is_default")]
    description: Text,
    kind: Kind,
    #[serde(default, skip_serializing_if = "is_default")]
    owner: Text,
    #[serde(default, skip_serializing_if = "is_default")]
    cycle: Option<Coded<CycleId>>,
    #[serde(default, skip_serializing_if = "is_default")]
    start: Option<Coded<Date>>,
    #[serde(default, skip_serializing_if = "is_default")]
    due: Option<Coded<Date>>,
    #[serde(default, skip_serializing_if = "is_default")]
    contribution: Contribution,
    /// Left out where it is what the kind starts with: `Free(1)`, for initiatives `Free(0)`.
    #[serde(default, skip_serializing_if = "is_default")]
    weight: Option<Weight>,
    #[serde(default, skip_serializing_if = "is_default")]
    state: State,
    #[serde(default, skip_serializing_if = "is_default")]
    archived: bool,
    #[serde(default, skip_serializing_if = "is_default")]
    driven_by: Option<DrivenBy>,
    #[serde(default, skip_serializing_if = "is_default")]
    horizon: Horizon,
    #[serde(default, skip_serializing_if = "is_default")]
    stage: Option<Stage>,
    #[serde(default, skip_serializing_if = "is_default")]
    tags: List<Text>,
    #[serde(default, skip_serializing_if = "is_default")]
    predecessor: Option<Coded<GoalId>>,
    #[serde(default, skip_serializing_if = "is_default")]
    check_in_cadence: Option<Cadence>,
    #[serde(default, skip_serializing_if = "is_default")]
    ledger: List<LedgerEntry>,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
enum Kind {
    Objective {
        #[serde(default, skip_serializing_if = "is_default")]
        answered_questions: List<Text>,
    },
    KeyResult {
        #[serde(default, skip_serializing_if = "is_default")]
        metric: Option<Coded<MetricId>>,
        aim: Aim,
        #[serde(default, skip_serializing_if = "is_default")]
        pace: Pace,
        #[serde(default, skip_serializing_if = "is_default")]
        stages: List<TargetStage>,
        #[serde(default, skip_serializing_if = "is_default")]
        accumulating: bool,
    },
    Initiative {
        #[serde(default, skip_serializing_if = "is_default")]
        value: Option<u8>,
        #[serde(default, skip_serializing_if = "is_default")]
        effort: Option<u8>,
        #[serde(default, skip_serializing_if = "is_default")]
        effects: List<Effect>,
        steps: List<Step>,
    },
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
enum Aim {
    Increase {
        start: Number,
        target: Number,
    },
    Decrease {
        start: Number,
        target: Number,
    },
    AtLeast {
        threshold: Number,
        #[serde(default, skip_serializing_if = "is_default")]
        required_share: RequiredShare,
    },
    AtMost {
        threshold: Number,
        #[serde(default, skip_serializing_if = "is_default")]
        required_share: RequiredShare,
    },
    Between {
        low: Number,
        high: Number,
        #[serde(default, skip_serializing_if = "is_default")]
        required_share: RequiredShare,
    },
    Milestone {
        steps: List<Step>,
    },
    Baseline {
        direction: Direction,
        #[serde(default, skip_serializing_if = "is_default")]
        target: Option<Number>,
    },
}

/// 0.9 where left out.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
#[serde(transparent)]
struct RequiredShare(Number);

impl Default for RequiredShare {
    fn default() -> Self {
        Self(Number(0.9))
    }
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Step {
    title: Text,
    #[serde(default, skip_serializing_if = "is_default")]
    done_on: Option<Coded<Date>>,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct TargetStage {
    by: Coded<Date>,
    value: Number,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Effect {
    metric: Coded<MetricId>,
    from: Coded<Date>,
    change: Number,
    #[serde(default, skip_serializing_if = "is_default")]
    relative: bool,
    confidence: Number,
}

#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
enum Weight {
    Free(Number),
    Pinned(Number),
}

#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
enum State {
    #[default]
    Active,
    Postponed {
        since: Coded<Date>,
        #[serde(default, skip_serializing_if = "is_default")]
        note: Text,
    },
    Abandoned {
        since: Coded<Date>,
        #[serde(default, skip_serializing_if = "is_default")]
        note: Text,
    },
    Closed {
        on: Coded<Date>,
        score: Number,
        #[serde(default, skip_serializing_if = "is_default")]
        suggested: Option<Number>,
        #[serde(default, skip_serializing_if = "is_default")]
        note: Text,
    },
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct LedgerEntry {
    on: Coded<Date>,
    change: Change,
    #[serde(default, skip_serializing_if = "is_default")]
    why: Text,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
enum Change {
    Target { old: Number, new: Number },
    StartValue { old: Number, new: Number },
    StartDate { old: Option<Coded<Date>>, new: Option<Coded<Date>> },
    Due { old: Option<Coded<Date>>, new: Option<Coded<Date>> },
}

mirror!(Pace = Pace { Linear, Compound, Steps, SCurve, Points, Seasonal });
mirror!(Contribution = Contribution { Contributes, Supports });
mirror!(DrivenBy = DrivenBy { Customer, Business });
mirror!(Horizon = Horizon { Committed, Aspirational });
mirror!(Direction = Direction { Up, Down, Within });

#[expect(clippy::derivable_impls, reason = "the enum comes from a macro that knows no default")]
impl Default for Pace {
    fn default() -> Self {
        Self::Linear
    }
}

#[expect(clippy::derivable_impls, reason = "the enum comes from a macro that knows no default")]
impl Default for Contribution {
    fn default() -> Self {
        Self::Contributes
    }
}

#[expect(clippy::derivable_impls, reason = "the enum comes from a macro that knows no default")]
impl Default for Horizon {
    fn default() -> Self {
        Self::Committed
    }
}

fn first_order() -> Coded<OrderKey> {
    Coded(OrderKey::middle())
}

const fn usual_weight(kind: &model::GoalKind) -> model::Weight {
    match kind {
        model::GoalKind::Objective(_) | model::GoalKind::KeyResult(_) => model::Weight::Free(1.0),
        model::GoalKind::Initiative(_) => model::Weight::Free(0.0),
    }
}

impl From<&model::Goal> for Goal {
    fn from(goal: &model::Goal) -> Self {
        let model::Goal {
            id,
            parent,
            order,
            title,
            description,
            kind,
            owner,
            cycle,
            start,
            due,
            contribution,
            weight,
            state,
            archived,
            driven_by,
            horizon,
            stage,
            tags,
            ledger,
            predecessor,
            check_in_cadence,
        } = goal;
        Self {
            id: Coded(id.clone()),
            parent: parent.clone().map(Coded),
            order: Coded(order.clone()),
            title: Text(title.clone()),
            description: Text(description.clone()),
            weight: (*weight != usual_weight(kind)).then(|| (*weight).into()),
            kind: kind.into(),
            owner: Text(owner.clone()),
            cycle: cycle.clone().map(Coded),
            start: start.map(Coded),
            due: due.map(Coded),
            contribution: (*contribution).into(),
            state: state.into(),
            archived: *archived,
            driven_by: driven_by.map(Into::into),
            horizon: (*horizon).into(),
            stage: stage.map(Into::into),
            tags: tags.iter().cloned().map(Text).collect(),
            ledger: ledger.iter().map(Into::into).collect(),
            predecessor: predecessor.clone().map(Coded),
            check_in_cadence: check_in_cadence.map(Into::into),
        }
    }
}

impl From<Goal> for model::Goal {
    fn from(goal: Goal) -> Self {
        let Goal {
            id,
            parent,
            order,
            title,
            description,
            kind,
            owner,
            cycle,
            start,
            due,
            contribution,
            weight,
            state,
            archived,
            driven_by,
            horizon,
            stage,
            tags,
            ledger,
            predecessor,
            check_in_cadence,
        } = goal;
        let kind = kind.into();
        Self {
            id: id.0,
            parent: parent.map(|p| p.0),
            order: order.0,
            title: title.0,
            description: description.0,
            weight: weight.map_or(usual_weight(&kind), Into::into),
            kind,
            owner: owner.0,
            cycle: cycle.map(|c| c.0),
            start: start.map(|d| d.0),
            due: due.map(|d| d.0),
            contribution: contribution.into(),
            state: state.into(),
            archived,
            driven_by: driven_by.map(Into::into),
            horizon: horizon.into(),
            stage: stage.map(Into::into),
            tags: tags.into_set(),
            ledger: ledger.0.into_iter().map(Into::into).collect(),
            predecessor: predecessor.map(|p| p.0),
            check_in_cadence: check_in_cadence.map(Into::into),
        }
    }
}

impl From<&model::GoalKind> for Kind {
    fn from(kind: &model::GoalKind) -> Self {
        match kind {
            model::GoalKind::Objective(model::Objective { answered_questions }) => {
                Self::Objective { answered_questions: answered_questions.iter().cloned().map(Text).collect() }
            }
            model::GoalKind::KeyResult(model::KeyResult { metric, aim, pace, stages, accumulating }) => Self::KeyResult {
                metric: metric.clone().map(Coded),
                aim: aim.into(),
                pace: (*pace).into(),
                stages: stages.iter().map(|s| TargetStage { by: Coded(s.by), value: Number(s.value) }).collect(),
                accumulating: *accumulating,
            },
            model::GoalKind::Initiative(model::Initiative { steps, value, effort, effects }) => Self::Initiative {
                value: *value,
                effort: *effort,
                effects: effects.iter().map(Into::into).collect(),
                steps: steps.iter().map(Into::into).collect(),
            },
        }
    }
}

impl From<Kind> for model::GoalKind {
    fn from(kind: Kind) -> Self {
        match kind {
            Kind::Objective { answered_questions } => {
                Self::Objective(model::Objective { answered_questions: answered_questions.into_set() })
            }
            Kind::KeyResult { metric, aim, pace, stages, accumulating } => Self::KeyResult(model::KeyResult {
                metric: metric.map(|m| m.0),
                aim: aim.into(),
                pace: pace.into(),
                stages: stages.0.into_iter().map(|s| model::TargetStage { by: s.by.0, value: s.value.0 }).collect(),
                accumulating,
            }),
            Kind::Initiative { value, effort, effects, steps } => Self::Initiative(model::Initiative {
                steps: steps.0.into_iter().map(Into::into).collect(),
                value,
                effort,
                effects: effects.0.into_iter().map(Into::into).collect(),
            }),
        }
    }
}

impl From<&model::Aim> for Aim {
    fn from(aim: &model::Aim) -> Self {
        let share = |s: &f64| RequiredShare(Number(*s));
        match aim {
            model::Aim::Increase { start, target } => Self::Increase { start: Number(*start), target: Number(*target) },
            model::Aim::Decrease { start, target } => Self::Decrease { start: Number(*start), target: Number(*target) },
            model::Aim::AtLeast { threshold, required_share } => {
                Self::AtLeast { threshold: Number(*threshold), required_share: share(required_share) }
            }
            model::Aim::AtMost { threshold, required_share } => {
                Self::AtMost { threshold: Number(*threshold), required_share: share(required_share) }
            }
            model::Aim::Between { low, high, required_share } => {
                Self::Between { low: Number(*low), high: Number(*high), required_share: share(required_share) }
            }
            model::Aim::Milestone { steps } => Self::Milestone { steps: steps.iter().map(Into::into).collect() },
            model::Aim::Baseline { direction, target } => Self::Baseline { direction: (*direction).into(), target: target.map(Number) },
        }
    }
}

impl From<Aim> for model::Aim {
    fn from(aim: Aim) -> Self {
        match aim {
            Aim::Increase { start, target } => Self::Increase { start: start.0, target: target.0 },
            Aim::Decrease { start, target } => Self::Decrease { start: start.0, target: target.0 },
            Aim::AtLeast { threshold, required_share } => Self::AtLeast { threshold: threshold.0, required_share: required_share.0.0 },
            Aim::AtMost { threshold, required_share } => Self::AtMost { threshold: threshold.0, required_share: required_share.0.0 },
            Aim::Between { low, high, required_share } => Self::Between { low: low.0, high: high.0, required_share: required_share.0.0 },
            Aim::Milestone { steps } => Self::Milestone { steps: steps.0.into_iter().map(Into::into).collect() },
            Aim::Baseline { direction, target } => Self::Baseline { direction: direction.into(), target: target.map(|t| t.0) },
        }
    }
}

impl From<&model::Step> for Step {
    fn from(step: &model::Step) -> Self {
        let model::Step { title, done_on } = step;
        Self { title: Text(title.clone()), done_on: done_on.map(Coded) }
    }
}

impl From<Step> for model::Step {
    fn from(step: Step) -> Self {
        let Step { title, done_on } = step;
        Self { title: title.0, done_on: done_on.map(|d| d.0) }
    }
}

impl From<&model::DeclaredEffect> for Effect {
    fn from(effect: &model::DeclaredEffect) -> Self {
        let model::DeclaredEffect { metric, from, change, relative, confidence } = effect;
        Self {
            metric: Coded(metric.clone()),
            from: Coded(*from),
            change: Number(*change),
            relative: *relative,
            confidence: Number(*confidence),
        }
    }
}

impl From<Effect> for model::DeclaredEffect {
    fn from(effect: Effect) -> Self {
        let Effect { metric, from, change, relative, confidence } = effect;
        Self { metric: metric.0, from: from.0, change: change.0, relative, confidence: confidence.0 }
    }
}

impl From<model::Weight> for Weight {
    fn from(weight: model::Weight) -> Self {
        match weight {
            model::Weight::Free(w) => Self::Free(Number(w)),
            model::Weight::Pinned(w) => Self::Pinned(Number(w)),
        }
    }
}

impl From<Weight> for model::Weight {
    fn from(weight: Weight) -> Self {
        match weight {
            Weight::Free(w) => Self::Free(w.0),
            Weight::Pinned(w) => Self::Pinned(w.0),
        }
    }
}

impl From<&model::GoalState> for State {
    fn from(state: &model::GoalState) -> Self {
        match state {
            model::GoalState::Active => Self::Active,
            model::GoalState::Postponed { since, note } => Self::Postponed { since: Coded(*since), note: Text(note.clone()) },
            model::GoalState::Abandoned { since, note } => Self::Abandoned { since: Coded(*since), note: Text(note.clone()) },
            model::GoalState::Closed(model::Closing { on, score, suggested, note }) => {
                Self::Closed { on: Coded(*on), score: Number(*score), suggested: suggested.map(Number), note: Text(note.clone()) }
            }
        }
    }
}

impl From<State> for model::GoalState {
    fn from(state: State) -> Self {
        match state {
            State::Active => Self::Active,
            State::Postponed { since, note } => Self::Postponed { since: since.0, note: note.0 },
            State::Abandoned { since, note } => Self::Abandoned { since: since.0, note: note.0 },
            State::Closed { on, score, suggested, note } => {
                Self::Closed(model::Closing { on: on.0, score: score.0, suggested: suggested.map(|s| s.0), note: note.0 })
            }
        }
    }
}

impl From<&model::LedgerEntry> for LedgerEntry {
    fn from(entry: &model::LedgerEntry) -> Self {
        let model::LedgerEntry { on, change, why } = entry;
        let change = match change {
            model::LedgerChange::Target { old, new } => Change::Target { old: Number(*old), new: Number(*new) },
            model::LedgerChange::StartValue { old, new } => Change::StartValue { old: Number(*old), new: Number(*new) },
            model::LedgerChange::StartDate { old, new } => Change::StartDate { old: old.map(Coded), new: new.map(Coded) },
            model::LedgerChange::Due { old, new } => Change::Due { old: old.map(Coded), new: new.map(Coded) },
        };
        Self { on: Coded(*on), change, why: Text(why.clone()) }
    }
}

impl From<LedgerEntry> for model::LedgerEntry {
    fn from(entry: LedgerEntry) -> Self {
        let LedgerEntry { on, change, why } = entry;
        let day = |d: Option<Coded<Date>>| d.map(|d| d.0);
        let change = match change {
            Change::Target { old, new } => model::LedgerChange::Target { old: old.0, new: new.0 },
            Change::StartValue { old, new } => model::LedgerChange::StartValue { old: old.0, new: new.0 },
            Change::StartDate { old, new } => model::LedgerChange::StartDate { old: day(old), new: day(new) },
            Change::Due { old, new } => model::LedgerChange::Due { old: day(old), new: day(new) },
        };
        Self { on: on.0, change, why: why.0 }
    }
}
