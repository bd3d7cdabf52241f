//! Going through the agenda by keyboard.

use egui::{Event, EventFilter, Id, Key, Modifiers, Popup, Ui};

use super::{Desk, NewLine};
use crate::chart::review::ItemId;
use crate::model::MeetingEntryKind;

/// The row of an item in the agenda.
pub(super) fn row_id(id: &ItemId) -> Id {
    Id::unique(("review row", format!("{id:?}")))
}

/// The row behind the last item.
pub(super) fn end_id() -> Id {
    Id::unique("review end")
}

/// N ticks and goes on, P goes back, D, A and M begin a decision, an action and a note; with a row of the agenda or nothing focused, the
/// arrows move, Space ticks and Enter opens.
pub(super) fn take_keys(desk: &mut Desk<'_, '_>, ui: &Ui) {
    let workspace = desk.workspace;
    let covered = desk.scene.view.sheet.is_some()
        || workspace.question.is_some()
        || workspace.merging.is_some()
        || workspace.export_draft.is_some()
        || workspace.redaction_draft.is_some()
        || workspace.template_draft.is_some()
        || Popup::is_any_open(ui.ctx());
    if covered || ui.ctx().text_edit_focused() {
        return;
    }
    let pressed = |key: Key| {
        ui.input_mut(|input| {
            let pressed = input.consume_key(Modifiers::NONE, key);
            if pressed {
                // The letter itself is for nobody else.
                input.events.retain(|event| !matches!(event, Event::Text(text) if text.eq_ignore_ascii_case(key.name())));
            }
            pressed
        })
    };
    let last = desk.agenda.items.len();
    if pressed(Key::N) {
        desk.kept.focus = Some((desk.place + 1).min(last));
        desk.go_on();
        return;
    }
    if pressed(Key::P) {
        desk.kept.focus = Some(desk.place.saturating_sub(1));
        desk.go(desk.place.saturating_sub(1));
        return;
    }
    for (key, kind) in [(Key::D, MeetingEntryKind::Decision), (Key::A, MeetingEntryKind::Action), (Key::M, MeetingEntryKind::Note)] {
        if pressed(key) {
            desk.kept.new = Some(NewLine::of(kind));
            return;
        }
    }
    let here = desk.item().map_or_else(end_id, |item| row_id(&item.id));
    let focused = ui.memory(egui::Memory::focused);
    if focused.is_some_and(|id| id != here) {
        return;
    }
    if let Some(id) = focused {
        let keep = EventFilter { tab: false, horizontal_arrows: false, vertical_arrows: true, escape: false };
        ui.memory_mut(|m| m.set_focus_lock_filter(id, keep));
    }
    let to = if pressed(Key::ArrowDown) {
        (desk.place + 1).min(last)
    } else if pressed(Key::ArrowUp) {
        desk.place.saturating_sub(1)
    } else if pressed(Key::Home) {
        0
    } else if pressed(Key::End) {
        last
    } else {
        if pressed(Key::Space)
            && let Some(id) = desk.item().map(|item| item.id.clone())
        {
            let toggled = desk.review().toggled(&id);
            desk.arrange(toggled);
        } else if pressed(Key::Enter) {
            desk.open();
        }
        return;
    };
    desk.kept.focus = Some(to);
    if to != desk.place {
        desk.go(to);
    }
}
