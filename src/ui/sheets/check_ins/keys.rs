//! Moving through the cells of the grid by keyboard, and the keys that write down.

use std::collections::BTreeMap;

use egui::text_selection::CCursorRange;
use egui::{Context, Id, Key, Modifiers, Popup, TextEdit};

use super::facts::{RowFacts, ValueFacts};
use super::reading::{Column, Draft};
use crate::model::GoalId;
use crate::ui::widgets::text_had_focus;

/// What the keys of a frame ask for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Wish {
    Move(usize, Column),
    /// To the field before the first cell.
    Leave,
    /// Write this row down and go on.
    Commit(usize),
    CommitAll,
    Undo,
}

pub(super) fn cell_id(goal: &GoalId, column: Column) -> Id {
    Id::unique(("check-in cell", goal.as_str(), column.word()))
}

/// The cells of the grid, as far as keys need to know them.
pub(super) struct Cells<'a> {
    pub(super) rows: &'a [RowFacts],
    pub(super) drafts: &'a BTreeMap<GoalId, Draft>,
}

impl Cells<'_> {
    /// Whether something can be typed: a reason only where there is a status.
    pub(super) fn is_open(&self, row: usize, column: Column) -> bool {
        let Some(facts) = self.rows.get(row) else { return false };
        match column {
            Column::Value => matches!(facts.value, ValueFacts::Entered(_)),
            Column::Why => self.drafts.get(&facts.goal).is_some_and(needs_why),
            Column::Confidence | Column::Status | Column::Note => true,
        }
    }

    pub(super) fn first_of(&self, row: usize) -> Option<Column> {
        Column::ALL.into_iter().find(|column| self.is_open(row, *column))
    }

    fn all(&self) -> impl DoubleEndedIterator<Item = (usize, Column)> {
        let each = |row| Column::ALL.map(|column| (row, column));
        (0..self.rows.len()).flat_map(each).filter(|(row, column)| self.is_open(*row, *column)).collect::<Vec<_>>().into_iter()
    }

    /// The cell that somebody was typing into before a crash.
    pub(super) fn had_focus(&self, ctx: &Context) -> Option<(usize, Column)> {
        let cells = (0..self.rows.len()).flat_map(|row| Column::ALL.map(|column| (row, column)));
        cells.into_iter().find(|(row, column)| text_had_focus(ctx, cell_id(&self.rows[*row].goal, *column)))
    }

    pub(super) fn focused(&self, ctx: &Context) -> Option<(usize, Column)> {
        let focused = ctx.memory(egui::Memory::focused)?;
        self.all().find(|(row, column)| cell_id(&self.rows[*row].goal, *column) == focused)
    }

    fn next(&self, from: (usize, Column)) -> Option<(usize, Column)> {
        self.all().find(|at| *at > from)
    }

    fn previous(&self, from: (usize, Column)) -> Option<(usize, Column)> {
        self.all().rfind(|at| *at < from)
    }

    /// The same column of another row, or the nearest before it that is open.
    fn in_row(&self, row: usize, column: Column) -> Option<(usize, Column)> {
        let before = Column::ALL.into_iter().rev().find(|c| *c <= column && self.is_open(row, *c));
        before.or_else(|| self.first_of(row)).map(|column| (row, column))
    }

    /// Takes the keys that mean something to the grid, before its cells see them.
    pub(super) fn take_keys(&self, ctx: &Context) -> Option<Wish> {
        if Popup::is_any_open(ctx) {
            return None;
        }
        let pressed = |modifiers, key| ctx.input_mut(|input| input.consume_key(modifiers, key));
        if pressed(Modifiers::COMMAND, Key::Enter) {
            return Some(Wish::CommitAll);
        }
        let at @ (row, column) = self.focused(ctx)?;
        let step = |to: Option<(usize, Column)>| to.map(|(row, column)| Wish::Move(row, column));
        if pressed(Modifiers::SHIFT, Key::Tab) {
            return Some(step(self.previous(at)).unwrap_or(Wish::Leave));
        }
        if pressed(Modifiers::NONE, Key::Tab) {
            return Some(step(self.next(at)).unwrap_or(Wish::Leave));
        }
        if pressed(Modifiers::NONE, Key::Enter) {
            return Some(Wish::Commit(row));
        }
        if pressed(Modifiers::NONE, Key::ArrowUp) {
            return step(row.checked_sub(1).and_then(|row| self.in_row(row, column)));
        }
        if pressed(Modifiers::NONE, Key::ArrowDown) {
            return step(self.in_row(row + 1, column));
        }
        let text = self.drafts.get(&self.rows[row].goal).map_or("", |d| d.cell(column));
        let (at_start, at_end) = edges(ctx, cell_id(&self.rows[row].goal, column), text);
        if at_start && pressed(Modifiers::NONE, Key::ArrowLeft) {
            return step(self.previous(at).filter(|(to, _)| *to == row));
        }
        if at_end && pressed(Modifiers::NONE, Key::ArrowRight) {
            return step(self.next(at).filter(|(to, _)| *to == row));
        }
        // An empty field has nothing of its own to take back.
        if text.is_empty() && pressed(Modifiers::COMMAND, Key::Z) {
            return Some(Wish::Undo);
        }
        None
    }
}

pub(super) fn needs_why(draft: &Draft) -> bool {
    !draft.cell(Column::Status).trim().is_empty() || !draft.cell(Column::Why).trim().is_empty()
}

/// Whether the cursor of a field stands before or after its whole text; a text selected as a whole is both.
fn edges(ctx: &Context, id: Id, text: &str) -> (bool, bool) {
    let Some(range) = TextEdit::load_state(ctx, id).and_then(|state| state.cursor.char_range()) else { return (true, true) };
    let chosen = range.as_sorted_char_range();
    let all = CCursorRange::select_all_str(text).as_sorted_char_range();
    if chosen == all {
        return (true, true);
    }
    (range.is_empty() && chosen.start == all.start, range.is_empty() && chosen.end == all.end)
}

/// Goes into a cell and selects what is in it, so that typing replaces it.
pub(super) fn enter(ctx: &Context, id: Id, text: &str) {
    let mut state = TextEdit::load_state(ctx, id).unwrap_or_default();
    state.cursor.set_char_range(Some(CCursorRange::select_all_str(text)));
    state.store(ctx, id);
    ctx.memory_mut(|memory| memory.request_focus(id));
}
