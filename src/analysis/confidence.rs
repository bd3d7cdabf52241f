//! How well people judge their own goals: past confidences against what became of the goals (Brier 1950).

use crate::model::{CheckIn, GoalState, Horizon, Project, Status};

use super::result::{Evaluation, GoalResult};

/// The highest confidence a check-in can state.
const SURE: u8 = 10;
/// The score from which a closed goal counts as reached, committed and aspirational.
const REACHED: [f64; 2] = [1.0, 0.7];

/// One step of the scale of confidence, and how it turned out.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Stated {
    /// 0…10.
    pub confidence: u8,
    /// Check-ins that stated it.
    pub count: usize,
    /// Of those, how many were of goals that were reached.
    pub reached: usize,
}

/// Confidences of check-ins against outcomes.
#[derive(Clone, Debug, PartialEq)]
pub struct Calibration {
    /// Check-ins of goals whose outcome is known.
    pub count: usize,
    /// The mean of (confidence ÷ 10 − outcome)², outcome 0 or 1: 0 is perfect, 0.25 what a coin says.
    pub brier: f64,
    /// The share of those check-ins whose goal was reached.
    pub base_rate: f64,
    /// The Brier score of somebody who always states the base rate.
    pub brier_of_base_rate: f64,
    /// The steps that were stated, ascending.
    pub by_confidence: Vec<Stated>,
}

impl Calibration {
    /// 1 − Brier ÷ Brier of the base rate: above 0 the confidences told something. `None` where all goals ended alike.
    pub fn skill(&self) -> Option<f64> {
        (self.brier_of_base_rate > 0.0).then(|| 1.0 - self.brier / self.brier_of_base_rate)
    }
}

/// The confidences stated before the outcome was known, of every goal that is closed or whose due date is past and judged for good.
/// Postponed and abandoned goals have no outcome. `None` without any.
pub fn calibration(project: &Project, evaluation: &Evaluation) -> Option<Calibration> {
    let mut steps = [(0_usize, 0_usize); SURE as usize + 1];
    for check_in in project.check_ins.values().filter(|c| c.date <= evaluation.as_of) {
        let Some(confidence) = check_in.confidence.map(|c| c.min(SURE)) else { continue };
        let Some(reached) = evaluation.goal(&check_in.goal).and_then(|result| outcome(project, check_in, result, evaluation)) else {
            continue;
        };
        let (count, successes) = &mut steps[usize::from(confidence)];
        *count += 1;
        *successes += usize::from(reached);
    }
    let count: usize = steps.iter().map(|s| s.0).sum();
    if count == 0 {
        return None;
    }
    let n = count as f64;
    let base_rate = steps.iter().map(|s| s.1).sum::<usize>() as f64 / n;
    let squares = steps.iter().zip(0_u8..).map(|(&(count, reached), confidence)| {
        let stated = f64::from(confidence) / f64::from(SURE);
        reached as f64 * (1.0 - stated) * (1.0 - stated) + (count - reached) as f64 * stated * stated
    });
    let by_confidence = steps.iter().zip(0..).filter(|(s, _)| s.0 > 0);
    Some(Calibration {
        count,
        brier: squares.sum::<f64>() / n,
        base_rate,
        brier_of_base_rate: base_rate * (1.0 - base_rate),
        by_confidence: by_confidence.map(|(&(count, reached), confidence)| Stated { confidence, count, reached }).collect(),
    })
}

/// Whether the goal of a check-in was reached, where that is known and was not when it was made.
fn outcome(project: &Project, check_in: &CheckIn, result: &GoalResult, evaluation: &Evaluation) -> Option<bool> {
    let goal = project.goal(&check_in.goal)?;
    match &goal.state {
        GoalState::Closed(closing) if closing.on <= evaluation.as_of => {
            let enough = match goal.horizon {
                Horizon::Committed => REACHED[0],
                Horizon::Aspirational => REACHED[1],
            };
            (check_in.date < closing.on).then_some(closing.score >= enough - 1e-9)
        }
        _ => {
            let due = result.span.due.filter(|due| *due < evaluation.as_of && check_in.date <= *due)?;
            match result.computed {
                _ if result.provisional || check_in.date >= due => None,
                Status::Achieved => Some(true),
                Status::Missed => Some(false),
                _ => None,
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analysis::fixture::{Fixture, day};
    use crate::model::{Closing, GoalId};

    fn say(f: &mut Fixture, goal: &GoalId, on: &str, value: f64, confidence: u8) {
        let id = f.check_in(goal, on, value);
        f.project.check_ins.get_mut(&id).unwrap().confidence = Some(confidence);
    }

    #[test]
    fn confidence_meets_what_became_of_it() {
        let mut f = Fixture::new();
        let reached = f.increase(0.0, 100.0, "2026-01-01", "2026-03-31");
        say(&mut f, &reached, "2026-02-01", 40.0, 8);
        say(&mut f, &reached, "2026-03-31", 100.0, 10);
        let missed = f.increase(0.0, 100.0, "2026-01-01", "2026-03-31");
        say(&mut f, &missed, "2026-02-01", 10.0, 5);
        say(&mut f, &missed, "2026-03-30", 20.0, 0);
        let closed = f.increase(0.0, 100.0, "2026-01-01", "2026-12-31");
        say(&mut f, &closed, "2026-02-01", 50.0, 8);
        f.edit_goal(&closed, |g| {
            g.horizon = Horizon::Aspirational;
            g.state = GoalState::Closed(Closing { on: day("2026-04-01"), score: 0.7, suggested: None, note: String::new() });
        });
        let open = f.increase(0.0, 100.0, "2026-01-01", "2026-12-31");
        say(&mut f, &open, "2026-04-01", 50.0, 9);
        let found = calibration(&f.project, &f.evaluate("2026-05-31")).unwrap();
        // 8 and 8 reached, 5 and 0 missed; on the last day the outcome is known, of the open goal nothing is.
        assert_eq!(
            found.by_confidence,
            [
                Stated { confidence: 0, count: 1, reached: 0 },
                Stated { confidence: 5, count: 1, reached: 0 },
                Stated { confidence: 8, count: 2, reached: 2 },
            ]
        );
        assert!((found.brier - (0.25 + 2.0 * 0.04) / 4.0).abs() < 1e-12, "{found:?}");
        assert_eq!((found.base_rate, found.brier_of_base_rate), (0.5, 0.25));
        assert!((found.skill().unwrap() - 0.67).abs() < 1e-12);
        assert_eq!(calibration(&f.project, &f.evaluate("2026-01-31")), None);
    }
}
