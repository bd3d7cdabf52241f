//! How much work one question may take, counted in steps and not by a clock, so that the same project always gets the same answer.
//!
//! A small file can ask for a lot: two points nine thousand years apart, a thousand drivers times a thousand outcomes. A project of many
//! metrics may take long, too, and that is its good right ([`fair_share`]). Within a limit ([`Notes::within`](super::Notes::within)) everything
//! that costs more than its share of the file says so before it begins; once too much was asked for, the rest is left undone and the answer is
//! thrown away.

use std::cell::Cell;

use crate::model::Project;

/// What any project may take: about two seconds.
const FOR_ANY: u64 = 200_000_000;

/// What pairs of metrics may take, however much is recorded: they are many where metrics are few.
const FOR_PAIRS: u64 = 300_000_000;

/// What each recorded point of a metric may take beside that, up to [`FORECAST_ON`] of them: four times what a forecast with its backtest
/// and everything else that is said of a metric takes. Further points are only looked through.
const FOR_A_POINT: u64 = 100_000;
const FORECAST_ON: usize = 200;
const FOR_A_FURTHER_POINT: u64 = 1_000;

/// The steps that a project may ask for without being asked back: many for what is recorded in it, few for what is not.
pub fn fair_share(project: &Project) -> u64 {
    let of = |points: usize| {
        let first = points.min(FORECAST_ON);
        FOR_A_POINT.saturating_mul(first as u64).saturating_add(FOR_A_FURTHER_POINT.saturating_mul((points - first) as u64))
    };
    project.metrics.values().fold(FOR_ANY, |sum, metric| sum.saturating_add(of(metric.series.len())))
}

/// What steps are spent on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Work {
    Values,
    Goals,
    Forecasts,
    Series,
    Leads,
    Parts,
}

impl Work {
    const ALL: [Self; 6] = [Self::Values, Self::Goals, Self::Forecasts, Self::Series, Self::Leads, Self::Parts];

    fn words(self) -> &'static str {
        match self {
            Self::Values => "the values of metrics and formulas, period by period",
            Self::Goals => "the goals and what they are measured by",
            Self::Forecasts => "the forecasts of metrics",
            Self::Series => "signals, trends and changes of level in long series",
            Self::Leads => "pairs of drivers and outcomes",
            Self::Parts => "what formulas are made of",
        }
    }
}

/// More was asked for than was allowed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("most of it is {mostly}")]
pub struct TooMuch {
    /// What most steps were spent on, in words.
    pub mostly: &'static str,
}

#[derive(Clone, Copy, Debug)]
struct Allowance {
    left: u64,
    is_spent: bool,
    of: [u64; Work::ALL.len()],
}

/// How many steps may still be taken, of one question; see [`Notes`](super::Notes).
#[derive(Debug)]
pub(super) struct Effort {
    /// None: as much as it takes.
    allowed: Cell<Option<Allowance>>,
}

impl Effort {
    pub(super) fn unlimited() -> Self {
        Self { allowed: Cell::new(None) }
    }

    /// So many steps; a million of them take about ten milliseconds.
    pub(super) fn of(steps: u64) -> Self {
        Self { allowed: Cell::new(Some(Allowance { left: steps, is_spent: false, of: [0; Work::ALL.len()] })) }
    }

    /// Takes steps from what is left. False where they are too many: what they were for is left undone.
    pub(super) fn spend(&self, work: Work, steps: usize) -> bool {
        let Some(mut allowed) = self.allowed.get() else { return true };
        let steps = steps as u64;
        let of = &mut allowed.of[work as usize];
        *of = of.saturating_add(steps);
        let is_fair = work != Work::Leads || *of <= FOR_PAIRS;
        match allowed.left.checked_sub(steps).filter(|_| is_fair && !allowed.is_spent) {
            Some(left) => allowed.left = left,
            None => allowed.is_spent = true,
        }
        self.allowed.set(Some(allowed));
        !allowed.is_spent
    }

    /// Fails where more was asked for than was allowed.
    pub(super) fn enough(&self) -> Result<(), TooMuch> {
        match self.allowed.get() {
            Some(Allowance { is_spent: true, of, .. }) => {
                let most = Work::ALL.into_iter().zip(of).max_by_key(|(_, steps)| *steps);
                Err(TooMuch { mostly: most.map_or(Work::Values, |(work, _)| work).words() })
            }
            _ => Ok(()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_costs_too_much_is_refused_and_said() {
        let spent = |steps| {
            let effort = Effort::of(100);
            let found = [(Work::Values, 30), (Work::Forecasts, steps), (Work::Values, 1)].map(|(work, steps)| effort.spend(work, steps));
            (found, effort.enough())
        };
        assert_eq!(spent(60), ([true, true, true], Ok(())));
        assert_eq!(spent(71), ([true, false, false], Err(TooMuch { mostly: "the forecasts of metrics" })));
    }

    #[test]
    fn what_is_recorded_may_be_worked_on() {
        use crate::analysis::fixture::Fixture;
        use crate::model::Aggregation;
        let mut f = Fixture::new();
        assert_eq!(fair_share(&f.project), FOR_ANY);
        f.monthly("users", Aggregation::Last, "2026-01-01", &[1.0, 2.0, 3.0]);
        f.monthly("visits", Aggregation::Last, "2000-01-01", &[1.0; 2 * FORECAST_ON]);
        let many = FORECAST_ON as u64;
        assert_eq!(fair_share(&f.project), FOR_ANY + (3 + many) * FOR_A_POINT + many * FOR_A_FURTHER_POINT);
    }

    #[test]
    fn pairs_have_a_limit_of_their_own() {
        let pairs = |steps| {
            let effort = Effort::of(10 * FOR_PAIRS);
            (effort.spend(Work::Leads, steps), effort.enough())
        };
        assert_eq!(pairs(FOR_PAIRS as usize), (true, Ok(())));
        assert_eq!(pairs(FOR_PAIRS as usize + 1), (false, Err(TooMuch { mostly: Work::Leads.words() })));
    }

    #[test]
    fn without_a_limit_nothing_is_too_much() {
        let effort = Effort::unlimited();
        assert!(effort.spend(Work::Values, usize::MAX) && effort.spend(Work::Goals, usize::MAX));
        assert_eq!(effort.enough(), Ok(()));
    }
}
