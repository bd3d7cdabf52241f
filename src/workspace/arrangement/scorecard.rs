use std::collections::BTreeSet;

use crate::chart::scorecard::{GroupBy, Part, Sort};
use crate::model::Cadence;

/// Which numbers of a cell are shown.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum CellParts {
    #[default]
    Actual,
    Variance,
    Change,
    /// Actual, target and variance below one another.
    All,
}

/// Whether cells are tinted by how they did.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum CellLook {
    #[default]
    Plain,
    Heat,
}

/// How the scorecard is arranged.
#[derive(Clone, Debug, PartialEq)]
pub struct ScorecardView {
    pub grain: Cadence,
    pub parts: CellParts,
    pub look: CellLook,
    pub group: GroupBy,
    pub sort: Sort,
    /// Groups that are closed, by their keys.
    pub folded: BTreeSet<String>,
}

impl Default for ScorecardView {
    fn default() -> Self {
        Self {
            grain: Cadence::Monthly,
            parts: CellParts::default(),
            look: CellLook::default(),
            group: GroupBy::default(),
            sort: Sort::default(),
            folded: BTreeSet::new(),
        }
    }
}

impl CellParts {
    pub const ALL: [Self; 4] = [Self::Actual, Self::Variance, Self::Change, Self::All];

    pub fn word(self) -> &'static str {
        match self {
            Self::Actual => "Actual",
            Self::Variance => "To target",
            Self::Change => "Change",
            Self::All => "All",
        }
    }

    /// From the top of a cell.
    pub fn parts(self) -> &'static [Part] {
        match self {
            Self::Actual => &[Part::Actual],
            Self::Variance => &[Part::Variance],
            Self::Change => &[Part::Change],
            Self::All => &[Part::Actual, Part::Target, Part::Variance],
        }
    }
}
