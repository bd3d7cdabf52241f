//! What moves a goal, on the objective view: guardrails, contributions, evidence, bets, and the lane of initiatives and events.
//!
//! What each part says is worked out and worded elsewhere (`chart::moves`); a part that has nothing to say takes no room.

mod evidence;
mod guardrails;
mod lane;
mod moved;

pub use evidence::{bets_ui, evidence_listed, evidence_ui};
pub(super) use guardrails::guardrails_ui;
pub use lane::lane_ui;
pub use moved::moved_ui;

use std::sync::Arc;

use egui::Color32;

use crate::chart::moves::Moves;
use crate::model::Goal;
use crate::ui::scene::Scene;
use crate::ui::theme::Theme;

/// What moves a goal in the cycle that is looked at.
pub(super) fn moves_of(scene: &Scene<'_>, goal: &Goal) -> Arc<Moves> {
    scene.memos.moves(scene.document, scene.as_of, &goal.id, scene.view.cycle.as_ref())
}

/// The colour of a change: to the good side, to the bad one, or neither.
fn tone(theme: &Theme, good: Option<bool>) -> Color32 {
    match good {
        Some(true) => theme.xmr.improve,
        Some(false) => theme.xmr.concern,
        None => theme.xmr.common,
    }
}
