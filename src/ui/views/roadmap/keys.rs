//! The roadmap by keyboard: up and down through the lanes, left and right fold, with Shift they move the bar by a week.

use egui::{EventFilter, Key, Modifiers, Ui};

use super::lane::{folded, lane_id};
use super::{Kept, dates, drag};
use crate::chart::roadmap::{Grip, Lane, Roadmap, is_movable, moved, own_dates};
use crate::document::edits;
use crate::model::{Goal, GoalId};
use crate::ui::scene::Scene;
use crate::workspace::{Action, Selection, Severity};

/// To be called before the lanes are drawn.
pub(super) fn keys(ui: &Ui, scene: &Scene<'_>, kept: &mut Kept, roadmap: &Roadmap, actions: &mut Vec<Action>) {
    let Some(focused) = ui.memory(egui::Memory::focused) else { return };
    let selected = match &scene.view.selected {
        Some(Selection::Goal(goal)) if lane_id(goal) == focused => goal,
        _ => return,
    };
    let goal_at = |lane: &Lane| if let Lane::Goal { goal, .. } = lane { Some(goal.clone()) } else { None };
    let Some(at) = roadmap.lanes.iter().position(|lane| matches!(lane, Lane::Goal { goal, .. } if goal == selected)) else { return };
    let keep = EventFilter { tab: false, horizontal_arrows: true, vertical_arrows: true, escape: false };
    ui.memory_mut(|m| m.set_focus_lock_filter(focused, keep));
    let Some(goal) = scene.project.goal(selected) else { return };
    for (modifiers, grip) in [
        (Modifiers::SHIFT | Modifiers::ALT, Grip::Due),
        (Modifiers::SHIFT | Modifiers::COMMAND, Grip::Start),
        (Modifiers::SHIFT, Grip::Whole),
    ] {
        let (later, earlier) = ui.input_mut(|i| (i.consume_key(modifiers, Key::ArrowRight), i.consume_key(modifiers, Key::ArrowLeft)));
        if later || earlier {
            actions.push(by_a_week(scene, goal, grip, if later { 7 } else { -7 }));
            return;
        }
    }
    let pressed = |key| ui.input_mut(|i| i.consume_key(Modifiers::NONE, key));
    let mut go = |to: Option<GoalId>, actions: &mut Vec<Action>| {
        if let Some(to) = to {
            ui.memory_mut(|m| m.request_focus(lane_id(&to)));
            kept.reveal = Some(to.clone());
            actions.push(Action::Select(Selection::Goal(to)));
        }
    };
    let open = if let Lane::Goal { open, .. } = &roadmap.lanes[at] { *open } else { None };
    if pressed(Key::ArrowDown) {
        go(roadmap.lanes[at + 1..].iter().find_map(goal_at), actions);
    } else if pressed(Key::ArrowUp) {
        go(roadmap.lanes[..at].iter().rev().find_map(goal_at), actions);
    } else if pressed(Key::Home) {
        go(roadmap.lanes.iter().find_map(goal_at), actions);
    } else if pressed(Key::End) {
        go(roadmap.lanes.iter().rev().find_map(goal_at), actions);
    } else if pressed(Key::Enter) {
        actions.push(Action::Visit(Selection::Goal(selected.clone())));
    } else if pressed(Key::ArrowRight) {
        match open {
            Some(false) => actions.push(folded(scene, selected)),
            Some(true) => go(roadmap.lanes[at + 1..].iter().find_map(goal_at), actions),
            None => {}
        }
    } else if pressed(Key::ArrowLeft) {
        if open == Some(true) {
            actions.push(folded(scene, selected));
        } else {
            let parent = goal.parent.clone().filter(|p| roadmap.lanes.iter().any(|l| goal_at(l).as_ref() == Some(p)));
            go(parent, actions);
        }
    } else if pressed(Key::D) {
        dates::open(scene, kept, goal);
    }
}

/// A step of a week, or why there is none.
fn by_a_week(scene: &Scene<'_>, goal: &Goal, grip: Grip, days: i64) -> Action {
    let say = |words: &str| Action::ShowToast(Severity::Info, words.to_owned());
    let span = scene.project.span(goal);
    let shown = scene.evaluation.goal(&goal.id).map(|r| r.span).unwrap_or_default();
    if !is_movable(scene.project, goal, shown) {
        return say(&format!("{}.", drag::WHY_FIXED));
    }
    let after = moved(span, grip, days);
    if after == span {
        return say("It has no date to move. Press D to set its dates.");
    }
    let (start, due) = own_dates(scene.project, goal, after);
    edits::set_dates(goal, start, due, scene.as_of, "").into()
}
