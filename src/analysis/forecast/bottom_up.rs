//! The forecast plus what initiatives are declared to bring: the view from below, to be held against the staged targets from above.

use crate::analysis::forecast::Step;
use crate::model::{Aggregation, Aim, Date, Goal, GoalId, GoalKind, GoalState, Metric, Period, Project};

use super::metric::{Coming, MetricForecast};
use super::paths::SEED;
use super::random::Random;

/// A metric's future with its initiatives.
#[derive(Clone, Debug, PartialEq)]
pub struct BottomUp {
    /// Without initiatives.
    pub forecast: Vec<Coming>,
    /// With them; each comes true as often as its confidence says.
    pub with_initiatives: Vec<Coming>,
    /// By start, then by initiative.
    pub contributions: Vec<Contribution>,
}

/// What one initiative is declared to do, in the last period.
#[derive(Clone, Debug, PartialEq)]
pub struct Contribution {
    pub initiative: GoalId,
    pub from: Date,
    /// If it comes true, in the metric's unit; a relative effect is one of the median forecast.
    pub full: f64,
    /// 0…1.
    pub confidence: f64,
    /// `full` × `confidence`.
    pub expected: f64,
}

impl BottomUp {
    /// Target less the median with initiatives in the period that contains a day: what nobody has an idea for yet. Its sign is that of the
    /// missing change; nothing is missing where it leads the other way than the aim.
    pub fn gap(&self, aim: &Aim, on: Date) -> Option<f64> {
        let target = aim.target()?;
        let median = self.with_initiatives.iter().find(|c| c.period.contains(on))?.step.p50;
        let missing = target - median;
        Some(match aim {
            Aim::Increase { .. } | Aim::AtLeast { .. } => missing.max(0.0),
            Aim::Decrease { .. } | Aim::AtMost { .. } => missing.min(0.0),
            _ => missing,
        })
    }
}

struct Effect {
    contribution: Contribution,
    /// In each period to come.
    by_period: Vec<f64>,
}

/// The declared effects on a metric in the periods to come up to a day. Effects that began before the last recorded period was over are in
/// its values already and are left out, as are initiatives that were set aside or archived.
pub fn bottom_up(project: &Project, metric: &Metric, forecast: &MetricForecast, until: Date) -> BottomUp {
    let base = forecast.until(until);
    let mut effects: Vec<Effect> = Vec::new();
    for goal in project.goals.values().filter(|goal| takes_part(goal, forecast.as_of)) {
        let GoalKind::Initiative(initiative) = &goal.kind else { continue };
        for effect in initiative.effects.iter().filter(|e| e.metric == metric.id && e.from > forecast.last.last) {
            let share = |period: Period| share_in(metric.aggregation, period, effect.from);
            let change = |coming: &Coming| if effect.relative { effect.change * coming.step.p50 } else { effect.change };
            let by_period: Vec<f64> = base.iter().map(|coming| share(coming.period) * change(coming)).collect();
            let full = by_period.last().copied().unwrap_or(0.0);
            let confidence = effect.confidence.clamp(0.0, 1.0);
            let contribution =
                Contribution { initiative: goal.id.clone(), from: effect.from, full, confidence, expected: full * confidence };
            effects.push(Effect { contribution, by_period });
        }
    }
    effects.sort_by(|a, b| (a.contribution.from, &a.contribution.initiative).cmp(&(b.contribution.from, &b.contribution.initiative)));
    let with_initiatives = if effects.is_empty() { base.clone() } else { with(forecast, &base, &effects) };
    BottomUp { forecast: base, with_initiatives, contributions: effects.into_iter().map(|e| e.contribution).collect() }
}

fn takes_part(goal: &Goal, as_of: Date) -> bool {
    let aside = match &goal.state {
        GoalState::Postponed { since, .. } | GoalState::Abandoned { since, .. } => *since <= as_of,
        GoalState::Active | GoalState::Closed(_) => false,
    };
    !aside && !goal.archived
}

/// The share of a period's value that an effect reaches: of totals and means the days from its start on, of the others all once it is there.
fn share_in(aggregation: Aggregation, period: Period, from: Date) -> f64 {
    if from <= period.first {
        return 1.0;
    }
    if from > period.last {
        return 0.0;
    }
    match aggregation {
        Aggregation::Sum | Aggregation::Mean => ((period.last - from).num_days() + 1) as f64 / period.days() as f64,
        Aggregation::Last | Aggregation::Min | Aggregation::Max => 1.0,
    }
}

/// On each simulated future every initiative comes true or not, by its confidence.
fn with(forecast: &MetricForecast, base: &[Coming], effects: &[Effect]) -> Vec<Coming> {
    let paths = forecast.paths(base.len());
    let mut random = Random::new(SEED ^ 1);
    let mut by_step: Vec<Vec<f64>> = vec![Vec::new(); base.len()];
    for path in paths.iter() {
        let came: Vec<bool> = effects.iter().map(|effect| random.uniform() < effect.contribution.confidence).collect();
        for (step, value) in path.iter().enumerate() {
            let added: f64 = effects.iter().zip(&came).filter(|(_, came)| **came).map(|(effect, _)| effect.by_period[step]).sum();
            if (value + added).is_finite() {
                by_step[step].push(value + added);
            }
        }
    }
    let step = |(coming, mut values): (&Coming, Vec<f64>)| {
        values.sort_unstable_by(f64::total_cmp);
        Some(Coming { period: coming.period, step: Step::of_sorted(&values)? })
    };
    base.iter().zip(by_step).filter_map(step).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analysis::fixture::{Fixture, day};
    use crate::analysis::forecast::of_metric;
    use crate::analysis::noise::Noise;
    use crate::model::{DeclaredEffect, Initiative};
    use std::sync::Arc;

    #[test]
    fn declared_effects_lift_the_forecast_from_their_day_on() {
        let mut f = Fixture::new();
        let mut noise = Noise::new(2);
        let values: Vec<f64> = (0..36).map(|_| 1_000.0 + 5.0 * noise.normal()).collect();
        let metric = f.monthly("sign-ups", Aggregation::Sum, "2023-01-01", &values);
        let effect = |from: &str, change, relative, confidence| DeclaredEffect {
            metric: metric.clone(),
            from: day(from),
            change,
            relative,
            confidence,
        };
        let effects = vec![
            effect("2026-04-16", 100.0, false, 1.0),
            effect("2026-02-01", 0.1, true, 0.8),
            // In the values already.
            effect("2025-12-15", 500.0, false, 1.0),
        ];
        let id = GoalId::from_random(77);
        let initiative = Initiative { effects, ..Initiative::default() };
        f.project.goals.insert(id.clone(), Arc::new(Goal::initiative(id.clone(), f.root.clone(), "Invite flow", initiative)));
        let found = |f: &Fixture| {
            let forecast = of_metric(&f.project, f.metric(&metric), day("2025-12-31"), None).unwrap();
            bottom_up(&f.project, f.metric(&metric), &forecast, day("2026-06-30"))
        };
        let both = found(&f);
        let lift: Vec<f64> =
            both.with_initiatives.iter().zip(&both.forecast).map(|(with, without)| with.step.mean - without.step.mean).collect();
        // Eight in ten times + 10 %; half of April and all of May + 100.
        for (found, expected) in lift.into_iter().zip([0.0, 80.0, 80.0, 130.0, 180.0, 180.0]) {
            assert!((found - expected).abs() < 5.0, "{found} {expected}");
        }
        assert_eq!(both.contributions.len(), 2);
        assert_eq!((both.contributions[1].full, both.contributions[1].expected), (100.0, 100.0));
        // Nobody knows yet where 200 of 1,400 come from: the median has both initiatives.
        let gap = both.gap(&Aim::Increase { start: 1_000.0, target: 1_400.0 }, day("2026-06-30")).unwrap();
        assert!((gap - 200.0).abs() < 10.0, "{gap}");
        assert_eq!(both.gap(&Aim::Increase { start: 900.0, target: 950.0 }, day("2026-06-30")), Some(0.0));

        f.edit_goal(&id, |g| g.state = GoalState::Abandoned { since: day("2025-12-01"), note: String::new() });
        let none = found(&f);
        assert_eq!(none.with_initiatives, none.forecast);
    }
}
