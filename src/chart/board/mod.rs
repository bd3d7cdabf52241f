//! The board as data: which rows in which order, the cells of each as text and values, how many there are of each status, and the sentence
//! on top.
//!
//! [`Board`] says what is listed; it is cheap, and made for all goals. A [`Row`] says what its cells show, and is made only for what is
//! seen or copied. Not here: widths, which columns there is room for, and the list of what to look at first (`analysis::attention`).

mod counts;
mod lines;
mod order;
mod row;
mod summary;
mod table;
mod wanted;

use std::collections::BTreeMap;

use crate::analysis::change::Change;
use crate::analysis::{CheckIns, Evaluation};
use crate::model::{Cycle, CycleGoals, Goal, GoalId, Project, Status, Tree};

pub use counts::{BAR_ORDER, counts};
pub use row::{CheckInCell, Moved, Row};
pub(super) use row::{moved, remarks};
pub(super) use summary::title as sentence_of_all;
pub(in crate::chart) use table::plain;
pub use table::tab_separated;
pub use wanted::{Column, Grouping, Sort, Wanted};

/// What a board is made from.
#[derive(Clone, Copy)]
pub struct Source<'a> {
    pub project: &'a Project,
    pub tree: &'a Tree,
    /// Its day is the board's.
    pub evaluation: &'a Evaluation,
    pub check_ins: &'a BTreeMap<GoalId, CheckIns>,
    /// Only the goals of this cycle, and those they hang on; `None` lists all.
    pub cycle: Option<(&'a Cycle, &'a CycleGoals)>,
    /// How a goal moved since its last check-in.
    pub change: &'a dyn Fn(&Goal) -> Option<Change>,
}

/// What is listed.
#[derive(Clone, Debug, PartialEq)]
pub struct Board {
    /// "Two of three objectives need attention".
    pub title: String,
    /// "Q4 2026, 52 of 92 days gone · compared with the last check-ins".
    pub subtitle: String,
    /// How many of what can be listed there are of each status, in the order of [`BAR_ORDER`]; the filter by status leaves them alone.
    pub counts: Vec<(Status, usize)>,
    pub lines: Vec<Line>,
    /// Who can be filtered by, in the order of the alphabet; an empty one where some goals have no owner.
    pub owners: Vec<String>,
    /// Goals that no filter leaves out, and all that could be listed.
    pub matched: usize,
    pub of: usize,
}

/// One line of the table.
#[derive(Clone, Debug, PartialEq)]
pub enum Line {
    Group {
        name: String,
        /// Goals in it by status, in the order of [`BAR_ORDER`].
        counts: Vec<(Status, usize)>,
        open: bool,
    },
    Goal {
        id: GoalId,
        /// The group that it stands in, counted from 0.
        group: usize,
        depth: usize,
        /// `None` where nothing can be folded away under it.
        open: Option<bool>,
        /// It only shows where others hang: of another cycle, or left out by a filter.
        is_context: bool,
    },
}

impl Board {
    pub fn of(source: &Source<'_>, wanted: &Wanted) -> Self {
        let listing = lines::list(source, wanted);
        let (title, subtitle) = (summary::title(source), summary::subtitle(source));
        let lines::Listing { counts, lines, owners, matched, of } = listing;
        Self { title, subtitle, counts, lines, owners, matched, of }
    }

    /// "19 goals", "5 of 19 goals".
    pub fn count_words(&self) -> String {
        let plural = if self.of == 1 { "" } else { "s" };
        if self.matched == self.of { format!("{} goal{plural}", self.of) } else { format!("{} of {} goal{plural}", self.matched, self.of) }
    }
}
