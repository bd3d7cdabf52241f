//! Putting slides in another order.

use std::collections::BTreeMap;

use crate::chart::deck::{Entry, moved_orders};
use crate::document::{Change, edits};
use crate::model::{Project, SlideSubject};

/// One place towards the beginning or the end.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Step {
    Earlier,
    Later,
}

/// Puts the slides of a subject before those of another one, or at the end.
pub fn moved_slide(project: &Project, outline: &[Entry], moved: &SlideSubject, before: Option<&SlideSubject>) -> Change {
    let hidden: BTreeMap<&SlideSubject, bool> = outline.iter().map(|e| (&e.id.subject, e.hidden)).collect();
    let orders = moved_orders(outline, moved, before).into_iter().map(|(subject, order)| {
        let hidden = hidden.get(&subject).copied().unwrap_or_default();
        (subject, order, hidden)
    });
    edits::order_slides(project, orders.collect())
}

/// Moves the slides of a subject past the one beside them. None at the ends.
pub fn moved_slide_by(project: &Project, outline: &[Entry], moved: &SlideSubject, step: Step) -> Option<Change> {
    let subjects: Vec<&SlideSubject> = outline.iter().filter(|e| e.id.part == 0).map(|e| &e.id.subject).collect();
    let at = subjects.iter().position(|s| *s == moved)?;
    let before = match step {
        Step::Earlier => Some(*subjects.get(at.checked_sub(1)?)?),
        Step::Later if at + 1 >= subjects.len() => return None,
        Step::Later => subjects.get(at + 2).copied(),
    };
    Some(moved_slide(project, outline, moved, before))
}
