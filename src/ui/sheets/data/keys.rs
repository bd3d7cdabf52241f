//! The keyboard of the table, while nothing is typed into a cell.

use egui::{Event, EventFilter, Id, Key, Ui};

use super::entry::Entry;
use super::rows::{Cell, Column, Marked};
use super::{Kept, Table, many, preview};
use crate::workspace::Action;

/// Arrows and Escape: the first move the cursor, the second closes the sheet.
const FILTER: EventFilter = EventFilter { tab: false, horizontal_arrows: true, vertical_arrows: true, escape: false };

/// Does what the keys say that the table, `id`, is given in this frame; `page` is the number of rows in sight.
pub(super) fn keys(ui: &Ui, id: Id, table: &Table<'_>, kept: &mut Kept, page: usize, actions: &mut Vec<Action>) {
    if !ui.memory(|memory| memory.has_focus(id)) || kept.entry.is_some() || kept.paste.is_some() {
        return;
    }
    ui.memory_mut(|memory| memory.set_focus_lock_filter(id, FILTER));
    let taken: Vec<Event> = ui.input_mut(|input| input.events.extract_if(.., |event| is_ours(event)).collect());
    for event in taken {
        kept.said = None;
        match event {
            Event::Text(text) if kept.entry.is_none() => begin(kept, Some(text)),
            Event::Copy | Event::Cut => actions.push(Action::CopyText(many::copied(table, kept))),
            Event::Paste(text) => preview::paste(table, kept, text),
            Event::Key { key, modifiers, .. } => press(ui, key, modifiers, table, kept, page, actions),
            _ => {}
        }
    }
}

fn is_ours(event: &Event) -> bool {
    match event {
        Event::Text(text) => !text.chars().any(char::is_control),
        Event::Copy | Event::Cut | Event::Paste(_) => true,
        Event::Key { key, pressed: true, modifiers, .. } => match key {
            Key::ArrowUp | Key::ArrowDown | Key::ArrowLeft | Key::ArrowRight => !modifiers.alt,
            Key::PageUp | Key::PageDown | Key::Home | Key::End | Key::Delete | Key::Backspace => true,
            Key::Enter | Key::F2 => !modifiers.command,
            Key::A | Key::D => modifiers.command,
            _ => false,
        },
        _ => false,
    }
}

/// Begins to edit the cell under the cursor: with what it says, or with what was typed in its place.
pub(super) fn begin(kept: &mut Kept, typed: Option<String>) {
    kept.entry = Some(Entry { cell: kept.marked.cursor, text: typed.unwrap_or_default(), problem: None, fresh: true });
}

fn press(ui: &Ui, key: Key, modifiers: egui::Modifiers, table: &Table<'_>, kept: &mut Kept, page: usize, actions: &mut Vec<Action>) {
    let last = table.rows.new_row();
    let Cell { row, column } = kept.marked.cursor;
    let far = modifiers.command;
    let to = match key {
        Key::ArrowUp => Cell { row: if far { 0 } else { row.saturating_sub(1) }, column },
        Key::ArrowDown => Cell { row: if far { last } else { (row + 1).min(last) }, column },
        Key::ArrowLeft => Cell { row, column: column.moved(if far { -3 } else { -1 }) },
        Key::ArrowRight => Cell { row, column: column.moved(if far { 3 } else { 1 }) },
        Key::PageUp => Cell { row: row.saturating_sub(page), column },
        Key::PageDown => Cell { row: (row + page).min(last), column },
        Key::Home => Cell { row: if far { 0 } else { row }, column: if far { column } else { Column::Date } },
        Key::End => Cell { row: if far { last } else { row }, column: if far { column } else { Column::DataTo } },
        Key::A => {
            let end = last.saturating_sub(usize::from(last > 0));
            kept.marked = Marked { from: Cell { row: 0, column: Column::Date }, cursor: Cell { row: end, column: Column::DataTo } };
            return;
        }
        Key::D => return many::act(many::Many::Down, table, kept, actions),
        Key::Delete | Key::Backspace => return many::act(many::Many::Clear, table, kept, actions),
        _ => {
            let text = table.text(kept, kept.marked.cursor);
            begin(kept, Some(text));
            return;
        }
    };
    kept.marked = if modifiers.shift { Marked { cursor: to, ..kept.marked } } else { Marked::one(to) };
    kept.scroll = true;
    ui.request_repaint();
}
