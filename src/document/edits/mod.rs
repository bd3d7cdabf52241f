//! The changes that people make, each as one edit with the words that undo shows for it.
//!
//! The constructors read the present state and never touch it; what they make is judged when it is applied. They record changes of
//! what was promised (target, start value, dates) in the goal's ledger.

mod branch;
mod carry_over;
mod check_in;
mod closing;
mod cycles;
mod deck;
mod follow_up;
mod goal;
mod key_result;
mod link;
mod meeting;
mod metric;
mod points;
mod record;
mod removal;
mod replacement;
mod several;
mod stages;
mod tree;

pub use branch::*;
pub use carry_over::*;
pub use check_in::*;
pub use closing::*;
pub use cycles::*;
pub use deck::{hide_slide, name_deck, note_on_slide, order_slides, pin_slide, redraft_slides, title_slide};
pub use follow_up::*;
pub use goal::*;
pub use key_result::*;
pub use link::*;
pub use meeting::*;
pub use metric::*;
pub use points::*;
pub use record::*;
pub use removal::*;
pub use replacement::replace_project;
pub use several::*;
pub use stages::*;
pub use tree::*;

use super::{Edit, Entity};
use crate::model::{Goal, Metric};
use branch::several;
use std::sync::Arc;

/// An edit with the words that undo shows for it.
#[derive(Clone, Debug, PartialEq)]
pub struct Change {
    pub label: String,
    pub edit: Edit,
}

impl Change {
    fn new(label: impl Into<String>, edit: Edit) -> Self {
        Self { label: label.into(), edit }
    }

    fn goal(verb: &str, goal: Goal) -> Self {
        Self::new(format!("{verb} {}", quoted(&goal.title)), Edit::from(goal))
    }

    fn metric(verb: &str, metric: Metric) -> Self {
        Self::new(format!("{verb} {}", shortened(metric.short_name())), Edit::from(metric))
    }
}

impl From<Change> for (String, Edit) {
    fn from(Change { label, edit }: Change) -> Self {
        (label, edit)
    }
}

fn put_goal(goal: Goal) -> Edit {
    Edit::Put(Entity::Goal(Arc::new(goal)))
}

const LONGEST_NAME: usize = 40;

fn shortened(name: &str) -> String {
    if name.chars().count() <= LONGEST_NAME {
        return name.to_owned();
    }
    let cut: String = name.chars().take(LONGEST_NAME - 1).collect();
    format!("{}…", cut.trim_end())
}

pub(super) fn quoted(name: &str) -> String {
    format!("“{}”", shortened(name))
}
