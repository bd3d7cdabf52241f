//! What can be undone and redone, and which state was saved.

use super::Edit;

/// A state in the history: what was saved is compared with what is now.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct SavePoint(u64);

#[derive(Clone, Debug)]
struct Entry {
    label: String,
    /// Takes the step back while it is to be undone, makes it again while it is to be redone.
    edit: Edit,
    before: SavePoint,
    after: SavePoint,
}

/// Steps to undo and to redo around the present state.
#[derive(Debug)]
pub(super) struct History {
    undo: Vec<Entry>,
    redo: Vec<Entry>,
    present: SavePoint,
    saved: Option<SavePoint>,
    last: u64,
}

impl History {
    /// Starts at a state that counts as saved.
    pub(super) fn new() -> Self {
        Self { undo: Vec::new(), redo: Vec::new(), present: SavePoint(0), saved: Some(SavePoint(0)), last: 0 }
    }

    pub(super) fn present(&self) -> SavePoint {
        self.present
    }

    pub(super) fn is_dirty(&self) -> bool {
        self.saved != Some(self.present)
    }

    pub(super) fn mark_saved(&mut self, point: SavePoint) {
        self.saved = Some(point);
    }

    /// The present state is saved nowhere.
    pub(super) fn mark_unsaved(&mut self) {
        self.saved = None;
    }

    /// A step was made: a new state that nothing was saved from, and nothing to redo.
    pub(super) fn push(&mut self, label: String, inverse: Edit) {
        self.last += 1;
        let after = SavePoint(self.last);
        self.redo.clear();
        self.undo.push(Entry { label, edit: inverse, before: self.present, after });
        self.present = after;
    }

    pub(super) fn undo_label(&self) -> Option<&str> {
        self.undo.last().map(|e| e.label.as_str())
    }

    pub(super) fn redo_label(&self) -> Option<&str> {
        self.redo.last().map(|e| e.label.as_str())
    }

    /// Moves one step back. `make` applies the edit and returns its inverse; `None` leaves the history as it is.
    pub(super) fn step_back(&mut self, make: impl FnOnce(Edit) -> Option<Edit>) -> Option<String> {
        let entry = self.undo.last()?;
        let edit = make(entry.edit.clone())?;
        let entry = self.undo.pop()?;
        self.present = entry.before;
        let label = entry.label.clone();
        self.redo.push(Entry { edit, ..entry });
        Some(label)
    }

    pub(super) fn step_forward(&mut self, make: impl FnOnce(Edit) -> Option<Edit>) -> Option<String> {
        let entry = self.redo.last()?;
        let edit = make(entry.edit.clone())?;
        let entry = self.redo.pop()?;
        self.present = entry.after;
        let label = entry.label.clone();
        self.undo.push(Entry { edit, ..entry });
        Some(label)
    }
}
