//! Where a goal would land that is let go of over the tree: before anything is drawn.

use super::row::ROW_HEIGHT;
use super::rows::Row;
use crate::document::{EditError, edits};
use crate::model::{Goal, GoalId, Project, Tree};

/// How near to the edge of a row a goal is put before or after it, rather than under it.
const EDGE: f32 = 11.0;

/// A place in the tree, and how it is shown.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Place {
    pub(super) parent: Option<GoalId>,
    pub(super) before: Option<GoalId>,
    pub(super) mark: Mark,
}

#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Mark {
    /// This row takes it.
    Onto(usize),
    /// It goes above this row, at this depth.
    Above(usize, usize),
}

/// The place at a height above the rows for these goals, and whether they may go there. Between two rows that stand at different
/// levels it is the one that the rules allow; the nearer one where they allow both or none.
pub(super) fn place_at(
    project: &Project,
    tree: &Tree,
    rows: &[Row],
    tops: &[f32],
    y: f32,
    goals: &[&Goal],
) -> Option<(Place, Result<(), EditError>)> {
    let judged = |place: Place| {
        let may = edits::may_move(project, goals, place.parent.as_ref());
        (place, may)
    };
    let candidates = candidates(project, tree, rows, tops, y)?;
    let mut judged = candidates.into_iter().map(judged);
    let first = judged.next()?;
    if first.1.is_ok() {
        return Some(first);
    }
    Some(judged.find(|(_, may)| may.is_ok()).unwrap_or(first))
}

/// Possible places at a height, the nearest first.
fn candidates(project: &Project, tree: &Tree, rows: &[Row], tops: &[f32], y: f32) -> Option<Vec<Place>> {
    // Rows of the living tree come first, all of them goals.
    let count = rows.iter().take_while(|row| matches!(row, Row::Goal { archived: false, .. })).count();
    let end = Place { parent: None, before: None, mark: Mark::Above(count, 0) };
    if count == 0 {
        return None;
    }
    if y >= tops[count] {
        return Some(vec![end]);
    }
    let at = tops[..count].partition_point(|top| *top <= y).saturating_sub(1);
    let before = |index: usize| match rows[..count].get(index) {
        Some(Row::Goal { id, depth, .. }) => {
            let parent = project.goal(id).and_then(|g| g.parent.clone());
            Some(Place { parent, before: Some(id.clone()), mark: Mark::Above(index, *depth) })
        }
        Some(_) => None,
        None => Some(end.clone()),
    };
    let after = |index: usize| {
        let Row::Goal { id, depth, open, .. } = rows.get(index)? else { return None };
        if *open == Some(true) {
            let before = tree.children(id).first().cloned();
            return Some(Place { parent: Some(id.clone()), before, mark: Mark::Above(index + 1, depth + 1) });
        }
        let parent = project.goal(id)?.parent.clone();
        let siblings = parent.as_ref().map_or_else(|| tree.roots(), |p| tree.children(p));
        let before = siblings.iter().skip_while(|s| *s != id).nth(1).cloned();
        Some(Place { parent, before, mark: Mark::Above(index + 1, *depth) })
    };
    let within = y - tops[at];
    if within < EDGE {
        Some([before(at), at.checked_sub(1).and_then(after)].into_iter().flatten().collect())
    } else if within > ROW_HEIGHT - EDGE {
        Some([after(at), before(at + 1)].into_iter().flatten().collect())
    } else {
        let Row::Goal { id, .. } = &rows[at] else { return None };
        Some(vec![Place { parent: Some(id.clone()), before: None, mark: Mark::Onto(at) }])
    }
}
