//! What moves a goal, in words and bars: where its guardrails stand, what its numbers came from, which drivers move before it, and
//! whether the bets on it paid off.
//!
//! Each part is worded from what `analysis` found; `workspace` keeps both. Not here: how the numbers are arrived at, and what a part looks
//! like on the screen.

mod bets;
mod breakdown;
mod evidence;
mod guardrails;
mod lane;
mod relation;
mod swings;
mod waterfall;

pub use bets::{BetBar, BetLine, bet_line};
pub use breakdown::{Breakdown, Since, Step, Total, breakdown};
pub use evidence::{Evidence, evidence};
pub use guardrails::{GuardrailLine, GuardrailState, guardrail_line};
pub use lane::{Lane, LaneBar, LaneFlag, lane};
pub use relation::{Against, Drivers, drivers, relation};
pub use swings::{SwingLine, swing_lines};
pub use waterfall::waterfall;

/// All of it, for one goal.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Moves {
    /// Tripped ones first.
    pub guardrails: Vec<GuardrailLine>,
    /// Of the key results that are computed from others, or split into segments.
    pub moved: Vec<Breakdown>,
    /// Drivers against outcomes: found ones first.
    pub evidence: Vec<Evidence>,
    pub bets: Vec<BetLine>,
}
