//! Moving through the tree by keyboard.

use std::collections::BTreeSet;

use egui::{EventFilter, Key, Modifiers, Ui};

use super::rows::Row;
use super::{Listed, TreeScratch, row_id, selection_of};
use crate::model::GoalId;
use crate::ui::scene::Scene;
use crate::workspace::{Action, Screen, Selection};

/// Arrow keys, while a row has the focus: up and down select, with Shift they select more, left and right close and open, as in every
/// tree.
pub(super) fn move_by_keys(ui: &Ui, scene: &Scene<'_>, listed: &Listed, kept: &mut TreeScratch, actions: &mut Vec<Action>) {
    let Some(focused) = ui.memory(egui::Memory::focused) else { return };
    let Some(at) = listed.rows.iter().position(|row| selection_of(row).is_some_and(|s| row_id(&s) == focused)) else { return };
    let keep = EventFilter { tab: false, horizontal_arrows: true, vertical_arrows: true, escape: false };
    ui.memory_mut(|m| m.set_focus_lock_filter(focused, keep));
    for (key, step) in [(Key::ArrowDown, 1), (Key::ArrowUp, -1)] {
        if ui.input_mut(|i| i.consume_key(Modifiers::SHIFT, key)) {
            let next = at.checked_add_signed(step).and_then(|next| listed.rows.get(next));
            if let Some(Row::Goal { id, .. }) = next {
                ui.memory_mut(|m| m.request_focus(row_id(&Selection::Goal(id.clone()))));
                actions.push(up_to(scene, listed, kept, id));
            }
            return;
        }
    }
    let pressed = |key| ui.input_mut(|i| i.consume_key(Modifiers::NONE, key));
    let select = |row: Option<&Row>, actions: &mut Vec<Action>| {
        if let Some(selection) = row.and_then(selection_of) {
            ui.memory_mut(|m| m.request_focus(row_id(&selection)));
            actions.push(Action::Select(selection));
        }
    };
    if pressed(Key::ArrowDown) {
        select(listed.rows[at + 1..].iter().find(|row| selection_of(row).is_some()), actions);
    } else if pressed(Key::ArrowUp) {
        select(listed.rows[..at].iter().rev().find(|row| selection_of(row).is_some()), actions);
    } else if pressed(Key::Enter) {
        // To the view that says most about it.
        let screen = match &listed.rows[at] {
            Row::Goal { id, .. } if scene.project.goal(id).is_some_and(|goal| goal.as_key_result().is_none()) => Screen::Objective,
            Row::Goal { .. } | Row::Metric { .. } | Row::Heading { .. } | Row::Archive { .. } => Screen::Kpi,
        };
        select(listed.rows.get(at), actions);
        actions.push(Action::Show(screen));
    } else if pressed(Key::Home) {
        select(listed.rows.first(), actions);
    } else if pressed(Key::End) {
        select(listed.rows.last(), actions);
    } else if let Row::Goal { id, open, .. } = &listed.rows[at] {
        if pressed(Key::ArrowRight) {
            match open {
                Some(false) => actions.push(Action::ToggleCollapsed(id.clone())),
                Some(true) => select(listed.rows.get(at + 1), actions),
                None => {}
            }
        } else if pressed(Key::ArrowLeft) {
            if *open == Some(true) {
                actions.push(Action::ToggleCollapsed(id.clone()));
            } else if let Some(parent) = scene.project.goal(id).and_then(|goal| goal.parent.clone()) {
                let row = listed.rows.iter().find(|row| matches!(row, Row::Goal { id, .. } if *id == parent));
                select(row, actions);
            }
        }
    }
}

/// Selects everything from where the selection began to this goal.
pub(super) fn up_to(scene: &Scene<'_>, listed: &Listed, kept: &mut TreeScratch, to: &GoalId) -> Action {
    let place = |goal: &GoalId| listed.rows.iter().position(|row| matches!(row, Row::Goal { id, .. } if id == goal));
    let selected = match &scene.view.selected {
        Some(Selection::Goal(goal)) => Some(goal.clone()),
        Some(Selection::Metric(_)) | None => None,
    };
    // What is selected alone is where the next range begins.
    if scene.view.marked.is_empty() || kept.anchor.as_ref().is_none_or(|a| !scene.view.marked.contains(a)) {
        kept.anchor = selected;
    }
    let end = place(to).unwrap_or_default();
    let start = kept.anchor.as_ref().and_then(place).unwrap_or(end);
    let between = listed.rows.iter().take(start.max(end) + 1).skip(start.min(end));
    let goals: BTreeSet<GoalId> = between.filter_map(|row| if let Row::Goal { id, .. } = row { Some(id.clone()) } else { None }).collect();
    Action::Mark { goals, lead: to.clone() }
}

/// Adds a goal to what is selected, or takes it out.
pub(super) fn toggled(scene: &Scene<'_>, goal: &GoalId) -> Action {
    let mut goals = scene.view.marked.clone();
    let selected = match &scene.view.selected {
        Some(Selection::Goal(selected)) => Some(selected),
        Some(Selection::Metric(_)) | None => None,
    };
    goals.extend(selected.cloned());
    if goals.len() > 1 && goals.remove(goal) {
        let lead = selected.filter(|s| *s != goal).cloned().or_else(|| goals.first().cloned()).unwrap_or_else(|| goal.clone());
        return Action::Mark { goals, lead };
    }
    goals.insert(goal.clone());
    Action::Mark { goals, lead: goal.clone() }
}
