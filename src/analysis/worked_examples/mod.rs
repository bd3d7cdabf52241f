//! Results worked out by hand, the arithmetic beside each.

mod aims;
mod roll_up;
mod statuses;

use super::result::GoalResult;

/// Rounded to nine decimals, so that a hand-worked fraction compares.
fn rounded(value: Option<f64>) -> Option<f64> {
    value.map(|v| (v * 1e9).round() / 1e9)
}

fn progress(result: &GoalResult) -> Option<f64> {
    rounded(result.progress)
}
