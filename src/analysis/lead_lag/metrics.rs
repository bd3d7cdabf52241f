//! Two metrics on one calendar.

use std::collections::BTreeSet;

use super::{LeadLag, lead_lag};
use crate::analysis::Study;
use crate::analysis::effort::Work;
use crate::analysis::regrain::Regrained;
use crate::analysis::unsuited::Unsuited;
use crate::analysis::values::{formula_inputs, metric_values, segments_of};
use crate::analysis::xmr::cycle_of;
use crate::model::{Cadence, Date, Goal, GoalId, Metric, MetricId, Role};

/// What is known of a driver and an outcome.
#[derive(Clone, Debug, PartialEq)]
pub struct MetricLeadLag {
    /// The coarser of the two; lags count its periods.
    pub cadence: Cadence,
    pub result: LeadLag,
}

/// No more periods than these are looked at, the latest: what held long ago says little of now.
const MOST_PERIODS: usize = 1_500;

/// Whether a metric moves before another, by complete periods as of a day. `pairs_tried` counts the pairs of metrics looked at together.
pub fn of_metrics<'a>(
    project: impl Into<Study<'a>>,
    driver: &Metric,
    outcome: &Metric,
    as_of: Date,
    pairs_tried: usize,
) -> Result<MetricLeadLag, Unsuited> {
    let project = project.into();
    let rough = driver.cadence.max(outcome.cadence);
    let cadence = [driver, outcome].map(|m| metric_values(project, m, rough, as_of).cadence).into_iter().fold(rough, Cadence::max);
    let [a, b] = [driver, outcome].map(|m| metric_values(project, m, cadence, as_of));
    let (a, b) = aligned(&a, &b);
    let recent = |values: Vec<Option<f64>>| values.get(values.len().saturating_sub(MOST_PERIODS)..).map(<[_]>::to_vec).unwrap_or_default();
    let (a, b) = (recent(a), recent(b));
    // Both are adjusted for their seasons first.
    let may_adjust = project.spend(Work::Series, 100 * (a.len() + b.len()));
    if !may_adjust || !project.spend(Work::Leads, 500 * a.len().min(b.len())) {
        return Err(Unsuited::TooLong);
    }
    let result = lead_lag(&a, &b, cycle_of(cadence), most_lag(cadence), pairs_tried)?;
    Ok(MetricLeadLag { cadence, result })
}

/// A driver that is linked to a goal, and something that the goal is measured by.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Pair {
    pub driver: MetricId,
    pub outcome: MetricId,
    pub expected_lag_days: Option<u32>,
}

/// The drivers linked to goals, each with what the same goal is measured by: the metric of a key result, the outcomes linked to it. What moves
/// with an outcome by arithmetic, as its inputs and segments do, is left out, both ways.
pub fn pairs_of<'p, 'a>(project: impl Into<Study<'p>>, goals: impl IntoIterator<Item = &'a Goal>) -> Vec<Pair> {
    let project = project.into();
    let mut known: BTreeSet<(&MetricId, &MetricId)> = BTreeSet::new();
    let mut found: Vec<Pair> = Vec::new();
    for goal in goals {
        let linked = project.linked_metrics(&goal.id);
        let measure = goal.as_key_result().and_then(|k| k.metric.as_ref()).and_then(|id| project.metric(id));
        let outcomes = linked.iter().filter(|(_, link)| link.role == Role::Outcome).map(|(metric, _)| *metric);
        let outcomes: Vec<&Metric> = measure.into_iter().chain(outcomes).collect();
        for (driver, link) in linked.iter().filter(|(_, link)| link.role == Role::Driver) {
            for outcome in &outcomes {
                if !project.spend(Work::Leads, 50) {
                    return found;
                }
                if known.insert((&driver.id, &outcome.id)) && !is_arithmetic(project, driver, outcome) {
                    let (driver, outcome) = (driver.id.clone(), outcome.id.clone());
                    found.push(Pair { driver, outcome, expected_lag_days: link.expected_lag_days });
                }
            }
        }
    }
    found
}

/// How many pairs of the project are looked at together, at least one: by all of them a lead that is found anywhere is corrected, so that it is
/// found everywhere or nowhere.
pub fn pairs_tried<'a>(project: impl Into<Study<'a>>) -> usize {
    let project = project.into();
    let driven: BTreeSet<&GoalId> = project.links.values().filter(|link| link.role == Role::Driver).map(|link| &link.goal).collect();
    let goals = driven.into_iter().filter_map(|id| project.goal(id)).filter(|goal| !goal.archived);
    pairs_of(project, goals).len().max(1)
}

/// Whether one of two metrics is the other, is computed from it, or is a part of it.
pub fn is_arithmetic<'a>(project: impl Into<Study<'a>>, a: &Metric, b: &Metric) -> bool {
    let project = project.into();
    rests_on(project, a, b) || rests_on(project, b, a)
}

/// Whether a metric is another one, computed from it, or the whole that it is a part of, however many steps away.
fn rests_on(project: Study<'_>, metric: &Metric, other: &Metric) -> bool {
    let mut seen: BTreeSet<MetricId> = BTreeSet::new();
    let mut open = vec![metric.id.clone()];
    while let Some(next) = open.pop() {
        if next == other.id {
            return true;
        }
        if !project.spend(Work::Leads, 20) {
            return true;
        }
        if seen.insert(next.clone()) {
            open.extend(project.metric(&next).map(|m| formula_inputs(project, m)).into_iter().flatten());
            open.extend(segments_of(project, &next));
        }
    }
    false
}

/// As far ahead as people plan by such numbers: every lag tried makes each of them count for less.
fn most_lag(cadence: Cadence) -> usize {
    match cadence {
        Cadence::Hourly | Cadence::Daily => 28,
        Cadence::Weekly => 26,
        Cadence::Monthly => 12,
        Cadence::Quarterly => 8,
        Cadence::Yearly => 5,
    }
}

/// The complete values of the periods that both cover.
fn aligned(a: &Regrained, b: &Regrained) -> (Vec<Option<f64>>, Vec<Option<f64>>) {
    let of = |values: &Regrained, other: &Regrained| {
        let starts = other.values.first().map(|v| v.period);
        let ends = other.values.last().map(|v| v.period);
        let shared = values.values.iter().filter(|v| Some(v.period) >= starts && ends.is_some_and(|e| v.period <= e));
        shared.map(|v| v.value.filter(|_| v.complete)).collect()
    };
    (of(a, b), of(b, a))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analysis::fixture::{Fixture, day};
    use crate::analysis::noise::Noise;
    use crate::model::Aggregation;

    #[test]
    fn a_driver_is_held_against_what_its_goals_are_measured_by_once() {
        let mut f = Fixture::new();
        let [users, trials, mobile] =
            ["users", "trials", "mobile"].map(|name| f.monthly(name, Aggregation::Last, "2026-01-01", &[1.0, 2.0]));
        let half = f.formula("half", &format!("[{users}] / 2"), crate::model::MissingInput::Missing);
        f.edit_metric(&mobile, |m| {
            m.segment =
                Some(crate::model::SegmentOf { whole: users.clone(), dimension: "platform".to_owned(), value: "mobile".to_owned() });
        });
        assert_eq!(pairs_tried(&f.project), 1);
        let aim = crate::model::Aim::Increase { start: 1.0, target: 3.0 };
        let [first, second] = [(), ()].map(|()| f.key_result(aim.clone(), Some(&users), "2026-01-01", "2026-12-31"));
        for (goal, metric) in [(&first, &trials), (&second, &trials), (&second, &mobile), (&first, &half)] {
            f.link(goal, metric, Role::Driver);
        }
        let revenue = f.monthly("revenue", Aggregation::Sum, "2026-01-01", &[5.0, 6.0]);
        f.link(&second, &revenue, Role::Outcome);
        let named = |pairs: Vec<Pair>| pairs.into_iter().map(|p| (p.driver, p.outcome)).collect::<Vec<_>>();
        let pair = |driver: &MetricId, outcome: &MetricId| (driver.clone(), outcome.clone());
        // Neither what is worked out from the outcome nor a part of it.
        assert_eq!(named(pairs_of(&f.project, f.project.goal(&first))), [pair(&trials, &users)]);
        let both = named(pairs_of(&f.project, [&first, &second].map(|g| f.project.goal(g).unwrap())));
        let found: BTreeSet<_> = both.iter().cloned().collect();
        assert_eq!(found, BTreeSet::from([pair(&trials, &users), pair(&trials, &revenue), pair(&mobile, &revenue)]));
        assert_eq!((both.len(), pairs_tried(&f.project)), (3, 3));
    }

    #[test]
    fn metrics_of_different_cadence_and_age_meet_on_the_coarser_calendar() {
        let mut f = Fixture::new();
        let mut noise = Noise::new(12);
        let months = noise.normals(80);
        let driver = f.monthly("trials", Aggregation::Sum, "2018-01-01", &months);
        // Quarters follow two quarters later, and begin a year later.
        let totals: Vec<f64> = months.chunks(3).map(|q| q.iter().sum()).collect();
        let follows: Vec<f64> = (4..totals.len()).map(|q| totals[q - 2]).collect();
        let outcome = f.every("revenue", Cadence::Quarterly, Aggregation::Sum, "2019-01-01", &follows);
        let of = |as_of| of_metrics(&f.project, f.metric(&driver), f.metric(&outcome), day(as_of), 1);
        // Of 80 months there are 27 quarters; the last 23 of them have both values.
        assert_eq!(of("2026-12-31"), Err(Unsuited::TooFew { have: 23, need: 30 }));
        let long = noise.normals(200);
        let driver = f.monthly("visits", Aggregation::Sum, "2000-01-01", &long);
        let totals: Vec<f64> = long.chunks(3).map(|q| q.iter().sum()).collect();
        let follows: Vec<f64> = (4..totals.len()).map(|q| totals[q - 2] + 0.3 * noise.normal()).collect();
        let outcome = f.every("orders", Cadence::Quarterly, Aggregation::Sum, "2001-01-01", &follows);
        let found = of_metrics(&f.project, f.metric(&driver), f.metric(&outcome), day("2026-12-31"), 1).unwrap();
        assert_eq!((found.cadence, found.result.lag, found.result.is_found), (Cadence::Quarterly, 2, true), "{found:?}");
    }
}
