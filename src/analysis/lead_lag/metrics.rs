//! Two metrics on one calendar.

use std::collections::BTreeSet;

use super::{LeadLag, lead_lag};
use crate::analysis::regrain::Regrained;
use crate::analysis::unsuited::Unsuited;
use crate::analysis::values::metric_values;
use crate::analysis::xmr::cycle_of;
use crate::model::{Cadence, Date, Goal, Metric, MetricId, Project, Role};

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
pub fn of_metrics(
    project: &Project,
    driver: &Metric,
    outcome: &Metric,
    as_of: Date,
    pairs_tried: usize,
) -> Result<MetricLeadLag, Unsuited> {
    let rough = driver.cadence.max(outcome.cadence);
    let cadence = [driver, outcome].map(|m| metric_values(project, m, rough, as_of).cadence).into_iter().fold(rough, Cadence::max);
    let [a, b] = [driver, outcome].map(|m| metric_values(project, m, cadence, as_of));
    let (a, b) = aligned(&a, &b);
    let recent = |values: Vec<Option<f64>>| values.get(values.len().saturating_sub(MOST_PERIODS)..).map(<[_]>::to_vec).unwrap_or_default();
    let (a, b) = (recent(a), recent(b));
    let result = lead_lag(&a, &b, cycle_of(cadence), most_lag(cadence), pairs_tried)?;
    Ok(MetricLeadLag { cadence, result })
}

/// A driver of a goal and what it is expected to move.
#[derive(Clone, Debug, PartialEq)]
pub struct GoalLead {
    pub driver: MetricId,
    pub outcome: MetricId,
    pub found: Result<MetricLeadLag, Unsuited>,
}

/// The drivers linked to a goal against what it is measured by: the metric of a key result, and the outcomes linked to it. What moves with an
/// outcome by arithmetic, as its inputs and segments do, is left out.
pub fn of_goal(project: &Project, goal: &Goal, as_of: Date) -> Vec<GoalLead> {
    let linked = project.linked_metrics(&goal.id);
    let of_role = |role: Role| linked.iter().filter(move |(_, link)| link.role == role).map(|(metric, _)| *metric);
    let measure = goal.as_key_result().and_then(|k| k.metric.as_ref()).and_then(|id| project.metric(id));
    let mut outcomes: Vec<&Metric> = measure.into_iter().chain(of_role(Role::Outcome)).collect();
    outcomes.dedup_by_key(|metric| &metric.id);
    let pairs: Vec<(&Metric, &Metric)> = of_role(Role::Driver)
        .flat_map(|driver| outcomes.iter().map(move |outcome| (driver, *outcome)))
        .filter(|(driver, outcome)| !(rests_on(project, driver, outcome) || rests_on(project, outcome, driver)))
        .collect();
    let of = |(driver, outcome): &(&Metric, &Metric)| GoalLead {
        driver: driver.id.clone(),
        outcome: outcome.id.clone(),
        found: of_metrics(project, driver, outcome, as_of, pairs.len()),
    };
    pairs.iter().map(of).collect()
}

/// Whether a metric is another one, computed from it, or the whole that it is a part of, however many steps away.
fn rests_on(project: &Project, metric: &Metric, other: &Metric) -> bool {
    let mut seen: BTreeSet<MetricId> = BTreeSet::new();
    let mut open = vec![metric.id.clone()];
    while let Some(next) = open.pop() {
        if next == other.id {
            return true;
        }
        if seen.insert(next.clone()) {
            open.extend(project.metric(&next).map(|m| project.formula_inputs(m)).into_iter().flatten());
            open.extend(project.segments_of(&next).map(|segment| segment.id.clone()));
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
