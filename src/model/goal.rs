//! Goals: the nodes of the tree.

use std::collections::BTreeSet;

use super::{Cadence, CycleId, Date, GoalId, Initiative, KeyResult, LedgerEntry, OrderKey};

/// A node of the tree: an objective, a key result or an initiative.
#[derive(Clone, Debug, PartialEq)]
pub struct Goal {
    pub id: GoalId,
    /// `None` for a root, which is always an objective.
    pub parent: Option<GoalId>,
    pub order: OrderKey,
    pub title: String,
    pub description: String,
    pub kind: GoalKind,
    /// A team or a person.
    pub owner: String,
    pub cycle: Option<CycleId>,
    /// Where missing, the cycle's.
    pub start: Option<Date>,
    /// Where missing, the cycle's end.
    pub due: Option<Date>,
    pub contribution: Contribution,
    pub weight: Weight,
    pub state: GoalState,
    pub archived: bool,
    pub driven_by: Option<DrivenBy>,
    pub horizon: Horizon,
    pub stage: Option<ProductStage>,
    pub tags: BTreeSet<String>,
    /// Changes of target, start value and dates, oldest first.
    pub ledger: Vec<LedgerEntry>,
    /// The goal of an earlier cycle that this one carries on.
    pub predecessor: Option<GoalId>,
    /// How often somebody checks in; where missing, the project's setting.
    pub check_in_cadence: Option<Cadence>,
}

#[derive(Clone, Debug, PartialEq)]
pub enum GoalKind {
    Objective(Objective),
    KeyResult(KeyResult),
    Initiative(Initiative),
}

/// A qualitative aim that key results make measurable.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Objective {
    /// Ids of the key questions that were answered with yes.
    pub answered_questions: BTreeSet<String>,
}

/// Whether a goal rolls up into its parent or only supports it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Contribution {
    #[default]
    Contributes,
    Supports,
}

/// How much a goal weighs among its siblings.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Weight {
    /// Shares what the pinned siblings leave, in proportion to this number (≥ 0).
    Free(f64),
    /// A fixed share of the parent, 0…1.
    Pinned(f64),
}

/// Set by people; everything else about a goal's status is computed.
#[derive(Clone, Debug, Default, PartialEq)]
pub enum GoalState {
    #[default]
    Active,
    Postponed {
        since: Date,
        note: String,
    },
    Abandoned {
        since: Date,
        note: String,
    },
    Closed(Closing),
}

impl GoalState {
    /// The first day on which the state holds, where it is not active.
    pub fn since(&self) -> Option<Date> {
        match self {
            Self::Active => None,
            Self::Postponed { since, .. } | Self::Abandoned { since, .. } => Some(*since),
            Self::Closed(closing) => Some(closing.on),
        }
    }
}

/// The end of a goal: its final score, and the one that progress suggested.
#[derive(Clone, Debug, PartialEq)]
pub struct Closing {
    pub on: Date,
    /// 0.0…1.0.
    pub score: f64,
    pub suggested: Option<f64>,
    pub note: String,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum DrivenBy {
    Customer,
    Business,
}

/// Committed goals are expected in full; of aspirational ones 0.7 is good.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Horizon {
    #[default]
    Committed,
    Aspirational,
}

/// Stage of the product.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum ProductStage {
    Planning,
    Launch,
    Growth,
    Maturity,
}

impl Goal {
    fn new(id: GoalId, parent: Option<GoalId>, title: impl Into<String>, kind: GoalKind, weight: Weight) -> Self {
        Self {
            id,
            parent,
            order: OrderKey::middle(),
            title: title.into(),
            description: String::new(),
            kind,
            owner: String::new(),
            cycle: None,
            start: None,
            due: None,
            contribution: Contribution::Contributes,
            weight,
            state: GoalState::Active,
            archived: false,
            driven_by: None,
            horizon: Horizon::Committed,
            stage: None,
            tags: BTreeSet::new(),
            ledger: Vec::new(),
            predecessor: None,
            check_in_cadence: None,
        }
    }

    pub fn objective(id: GoalId, parent: Option<GoalId>, title: impl Into<String>) -> Self {
        Self::new(id, parent, title, GoalKind::Objective(Objective::default()), Weight::Free(1.0))
    }

    pub fn key_result(id: GoalId, parent: GoalId, title: impl Into<String>, key_result: KeyResult) -> Self {
        Self::new(id, Some(parent), title, GoalKind::KeyResult(key_result), Weight::Free(1.0))
    }

    /// Weighs nothing under an objective until a weight is set.
    pub fn initiative(id: GoalId, parent: GoalId, title: impl Into<String>, initiative: Initiative) -> Self {
        Self::new(id, Some(parent), title, GoalKind::Initiative(initiative), Weight::Free(0.0))
    }

    pub fn as_key_result(&self) -> Option<&KeyResult> {
        match &self.kind {
            GoalKind::KeyResult(key_result) => Some(key_result),
            GoalKind::Objective(_) | GoalKind::Initiative(_) => None,
        }
    }

    /// Whether its progress is the steps that are done: that of an initiative, and of a key result that is a milestone.
    pub fn has_steps(&self) -> bool {
        match &self.kind {
            GoalKind::Initiative(_) => true,
            GoalKind::KeyResult(key_result) => matches!(key_result.aim, super::Aim::Milestone { .. }),
            GoalKind::Objective(_) => false,
        }
    }

    pub fn is_objective(&self) -> bool {
        matches!(self.kind, GoalKind::Objective(_))
    }
}

impl GoalKind {
    /// "Objective", "Key result", "Initiative".
    pub fn word(&self) -> &'static str {
        match self {
            Self::Objective(_) => "Objective",
            Self::KeyResult(_) => "Key result",
            Self::Initiative(_) => "Initiative",
        }
    }

    /// As reports spell it: `objective`, the aim's code, or `initiative`.
    pub fn code(&self) -> &'static str {
        match self {
            Self::Objective(_) => "objective",
            Self::KeyResult(key_result) => key_result.aim.code(),
            Self::Initiative(_) => "initiative",
        }
    }

    /// The tree rules: objectives hold anything, key results hold initiatives, initiatives hold nothing.
    pub fn may_hold(&self, child: &Self) -> bool {
        match self {
            Self::Objective(_) => true,
            Self::KeyResult(_) => matches!(child, Self::Initiative(_)),
            Self::Initiative(_) => false,
        }
    }
}
