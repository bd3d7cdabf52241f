//! Moving through the table by keyboard.

use egui::{EventFilter, Key, Modifiers, Ui};

use super::arrange;
use super::table::line_id;
use crate::chart::board::Line;
use crate::ui::scene::Scene;
use crate::workspace::{Action, Selection};

/// Lines that Page Up and Page Down pass.
const PAGE: usize = 12;

/// Arrow keys, while a line has the focus: up and down select, left and right close and open, Enter goes to the goal.
pub(super) fn move_by_keys(ui: &Ui, scene: &Scene<'_>, lines: &[Line], actions: &mut Vec<Action>) {
    let Some(focused) = ui.memory(egui::Memory::focused) else { return };
    let Some(at) = lines.iter().position(|line| line_id(line) == focused) else { return };
    let keep = EventFilter { tab: false, horizontal_arrows: true, vertical_arrows: true, escape: false };
    ui.memory_mut(|m| m.set_focus_lock_filter(focused, keep));
    let pressed = |key| ui.input_mut(|i| i.consume_key(Modifiers::NONE, key));
    let go = |index: usize, actions: &mut Vec<Action>| {
        let Some(line) = lines.get(index) else { return };
        ui.memory_mut(|m| m.request_focus(line_id(line)));
        if let Line::Goal { id, .. } = line {
            actions.push(Action::Select(Selection::Goal(id.clone())));
        }
    };
    let last = lines.len().saturating_sub(1);
    if pressed(Key::ArrowDown) {
        go((at + 1).min(last), actions);
    } else if pressed(Key::ArrowUp) {
        go(at.saturating_sub(1), actions);
    } else if pressed(Key::PageDown) {
        go((at + PAGE).min(last), actions);
    } else if pressed(Key::PageUp) {
        go(at.saturating_sub(PAGE), actions);
    } else if pressed(Key::Home) {
        go(0, actions);
    } else if pressed(Key::End) {
        go(last, actions);
    } else {
        match &lines[at] {
            Line::Group { open, .. } => {
                if pressed(Key::Enter) || pressed(Key::Space) || pressed(if *open { Key::ArrowLeft } else { Key::ArrowRight }) {
                    actions.push(fold(scene, &lines[at]));
                }
            }
            Line::Goal { id, open, depth, .. } => {
                if pressed(Key::Enter) {
                    actions.push(Action::Visit(Selection::Goal(id.clone())));
                } else if pressed(Key::ArrowRight) {
                    match open {
                        Some(false) => actions.push(fold(scene, &lines[at])),
                        Some(true) => go((at + 1).min(last), actions),
                        None => {}
                    }
                } else if pressed(Key::ArrowLeft) {
                    if *open == Some(true) {
                        actions.push(fold(scene, &lines[at]));
                    } else if let Some(above) = lines[..at].iter().rposition(|line| is_above(line, *depth)) {
                        go(above, actions);
                    }
                }
            }
        }
    }
}

/// Whether a line further up is what a goal of this depth hangs on.
fn is_above(line: &Line, depth: usize) -> bool {
    match line {
        Line::Group { .. } => true,
        Line::Goal { depth: other, .. } => *other < depth,
    }
}

/// Opens what is closed, and the other way round.
pub(super) fn fold(scene: &Scene<'_>, line: &Line) -> Action {
    arrange(scene, |view| match line {
        Line::Group { name, .. } => {
            if !view.wanted.closed.remove(name) {
                view.wanted.closed.insert(name.clone());
            }
        }
        Line::Goal { id, .. } => {
            if !view.wanted.toggled.remove(id) {
                view.wanted.toggled.insert(id.clone());
            }
        }
    })
}
