//! The map by keyboard: arrows go from card to card, Enter opens, Space folds; F, 0, + and − fit and zoom.

use egui::{EventFilter, Id, Key, Modifiers, Ui};

use super::bar::find_id;
use super::canvas_id;
use crate::chart::map::{CardOf, Step};

/// What a key asks of the map.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Asks {
    Go(Step),
    Open,
    Fold,
    Fit,
    Zoom(bool),
    Find,
}

/// The key of this frame, if it is meant for the map: arrows, Enter and Space where the map or nothing has the keyboard, the others while
/// no text is edited.
pub(super) fn asked(ui: &Ui, selected: Option<&CardOf>, focused_card: Option<Id>) -> Option<Asks> {
    let busy = ui.ctx().text_edit_focused() || !ui.memory(|m| m.allows_interaction(ui.layer_id()));
    if busy {
        return None;
    }
    let focused = ui.memory(egui::Memory::focused);
    let ours = focused.is_none_or(|id| id == canvas_id() || Some(id) == focused_card);
    let pressed = |key| ui.input_mut(|i| i.consume_key(Modifiers::NONE, key));
    if ours {
        if let Some(focused) = focused {
            let keep = EventFilter { tab: false, horizontal_arrows: true, vertical_arrows: true, escape: false };
            ui.memory_mut(|m| m.set_focus_lock_filter(focused, keep));
        }
        let keys = [
            (Key::ArrowLeft, Asks::Go(Step::Parent)),
            (Key::ArrowRight, Asks::Go(Step::Child)),
            (Key::ArrowUp, Asks::Go(Step::Previous)),
            (Key::ArrowDown, Asks::Go(Step::Next)),
        ];
        if let Some((_, asks)) = keys.into_iter().find(|(key, _)| pressed(*key)) {
            return Some(asks);
        }
        if selected.is_some() && pressed(Key::Enter) {
            return Some(Asks::Open);
        }
        if selected.is_some() && pressed(Key::Space) {
            return Some(Asks::Fold);
        }
    }
    let keys = [
        (Key::F, Asks::Fit),
        (Key::Num0, Asks::Fit),
        (Key::Plus, Asks::Zoom(true)),
        (Key::Equals, Asks::Zoom(true)),
        (Key::Minus, Asks::Zoom(false)),
        (Key::Slash, Asks::Find),
    ];
    let found = keys.into_iter().find(|(key, _)| pressed(*key)).map(|(_, asks)| asks);
    if found == Some(Asks::Find) {
        // The sign itself is not to be typed.
        ui.input_mut(|i| i.events.retain(|event| !matches!(event, egui::Event::Text(text) if text == "/")));
        ui.memory_mut(|m| m.request_focus(find_id()));
    }
    found
}
