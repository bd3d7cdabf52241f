//! The keyboard of the table: arrows walk the cells, Enter opens the KPI at a period, Ctrl+C copies what is marked.

use std::ops::RangeInclusive;

use egui::{Event, EventFilter, Id, Key, Modifiers, Ui};

use super::{Kept, Place};
use crate::chart::scorecard::{Line, Row, Scorecard, block_text};
use crate::ui::scene::Scene;
use crate::workspace::{Action, Severity};

const FILTER: EventFilter = EventFilter { tab: false, horizontal_arrows: true, vertical_arrows: true, escape: false };

/// The cell of a row and a column.
pub(super) fn place(scorecard: &Scorecard, row: &Row, column: usize) -> Option<Place> {
    let period = scorecard.columns.list.get(column)?.period.first;
    Some(Place { metric: row.subject.metric.clone(), objective: row.subject.objective.clone(), period })
}

/// Rows in sight or not, from the top: their places in the table.
pub(super) fn rows_of(lines: &[Line]) -> Vec<usize> {
    lines.iter().filter_map(|line| if let Line::Row(row) = line { Some(*row) } else { None }).collect()
}

/// Where a cell is now: its place among `rows`, and its column.
pub(super) fn find(scorecard: &Scorecard, rows: &[usize], place: &Place) -> Option<(usize, usize)> {
    let column = scorecard.columns.list.iter().position(|c| c.period.first == place.period)?;
    let is_it = |row: &&usize| {
        let subject = &scorecard.rows[**row].subject;
        subject.metric == place.metric && subject.objective == place.objective
    };
    Some((rows.iter().position(|row| is_it(&row))?, column))
}

/// What is marked: places among `rows`, and columns.
pub(super) fn marked(scorecard: &Scorecard, rows: &[usize], kept: &Kept) -> Option<(RangeInclusive<usize>, RangeInclusive<usize>)> {
    let cursor = find(scorecard, rows, kept.cursor.as_ref()?)?;
    let anchor = kept.anchor.as_ref().and_then(|anchor| find(scorecard, rows, anchor)).unwrap_or(cursor);
    Some((cursor.0.min(anchor.0)..=cursor.0.max(anchor.0), cursor.1.min(anchor.1)..=cursor.1.max(anchor.1)))
}

/// Does what the keys say while the table, `id`, has them; `page` is the number of rows in sight.
pub(super) fn keys(
    ui: &Ui,
    id: Id,
    scene: &Scene<'_>,
    scorecard: &Scorecard,
    (lines, page): (&[Line], usize),
    kept: &mut Kept,
    actions: &mut Vec<Action>,
) {
    if !ui.memory(|memory| memory.has_focus(id)) {
        return;
    }
    ui.memory_mut(|memory| memory.set_focus_lock_filter(id, FILTER));
    let rows = rows_of(lines);
    if rows.is_empty() || scorecard.columns.list.is_empty() {
        return;
    }
    let last = scorecard.columns.list.len() - 1;
    if kept.cursor.as_ref().and_then(|cursor| find(scorecard, &rows, cursor)).is_none() {
        let column = scorecard.columns.latest_over().unwrap_or(last);
        kept.cursor = place(scorecard, &scorecard.rows[rows[0]], column);
        kept.anchor.clone_from(&kept.cursor);
    }
    let taken: Vec<Event> = ui.input_mut(|input| input.events.extract_if(.., |event| is_ours(event)).collect());
    for event in taken {
        match event {
            Event::Copy => copy(scene, scorecard, &rows, kept, actions),
            Event::Key { key: Key::Enter, .. } => {
                let cursor = kept.cursor.as_ref().and_then(|cursor| Some((cursor.metric.clone(), find(scorecard, &rows, cursor)?.1)));
                kept.opened = cursor.map(|(metric, column)| (metric, scorecard.columns.list[column].period.last));
            }
            Event::Key { key: Key::A, .. } => {
                kept.anchor = place(scorecard, &scorecard.rows[rows[0]], 0);
                kept.cursor = place(scorecard, &scorecard.rows[rows[rows.len() - 1]], last);
            }
            Event::Key { key, modifiers, .. } => step(scorecard, &rows, kept, key, modifiers, page),
            _ => {}
        }
    }
}

fn is_ours(event: &Event) -> bool {
    match event {
        Event::Copy => true,
        Event::Key { key, pressed: true, modifiers, .. } => match key {
            Key::ArrowUp | Key::ArrowDown | Key::ArrowLeft | Key::ArrowRight => !modifiers.alt,
            Key::PageUp | Key::PageDown | Key::Home | Key::End => true,
            Key::Enter => modifiers.is_none(),
            Key::A => modifiers.command,
            _ => false,
        },
        _ => false,
    }
}

fn step(scorecard: &Scorecard, rows: &[usize], kept: &mut Kept, key: Key, modifiers: Modifiers, page: usize) {
    let Some((row, column)) = kept.cursor.as_ref().and_then(|cursor| find(scorecard, rows, cursor)) else { return };
    let (bottom, right) = (rows.len() - 1, scorecard.columns.list.len() - 1);
    let far = modifiers.command;
    let (row, column) = match key {
        Key::ArrowUp => (if far { 0 } else { row.saturating_sub(1) }, column),
        Key::ArrowDown => (if far { bottom } else { (row + 1).min(bottom) }, column),
        Key::ArrowLeft => (row, if far { 0 } else { column.saturating_sub(1) }),
        Key::ArrowRight => (row, if far { right } else { (column + 1).min(right) }),
        Key::PageUp => (row.saturating_sub(page), column),
        Key::PageDown => ((row + page).min(bottom), column),
        Key::Home => (if far { 0 } else { row }, 0),
        Key::End => (if far { bottom } else { row }, right),
        _ => return,
    };
    kept.cursor = place(scorecard, &scorecard.rows[rows[row]], column);
    if !modifiers.shift {
        kept.anchor.clone_from(&kept.cursor);
    }
    kept.scroll = true;
}

fn copy(scene: &Scene<'_>, scorecard: &Scorecard, rows: &[usize], kept: &Kept, actions: &mut Vec<Action>) {
    let Some((from_to, columns)) = marked(scorecard, rows, kept) else { return };
    let parts = scene.view.arranged.scorecard.parts.parts();
    let count = from_to.clone().count() * columns.clone().count() * parts.len();
    let block = rows[from_to].iter().map(|row| scorecard.rows[*row].as_ref());
    actions.push(Action::CopyText(block_text(block, columns, parts)));
    let said = if count == 1 { "Copied".to_owned() } else { format!("{count} cells copied") };
    actions.push(Action::ShowToast(Severity::Info, said));
}
